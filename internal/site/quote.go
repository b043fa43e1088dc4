package site

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"vankho/internal/archive"
)

// sought is the quotation a visitor looks for: its words, cut where the visitor left
// something out.
type sought struct {
	segments []wordList
	words    int
	marked   bool // some word was typed with its marks
	lexicon  *lexicon
}

// cutMark is how a quotation says that it leaves words out.
var cutMark = regexp.MustCompile(`[\[(]\s*(?:…|\.{3,})\s*[\])]|…|\.{3,}`)

func newSought(text string) *sought {
	q := &sought{lexicon: newLexicon()}
	for _, part := range cutMark.Split(text, -1) {
		list := q.lexicon.read(part)
		if len(list.words) == 0 {
			continue
		}
		q.segments = append(q.segments, list)
		q.words += len(list.words)
		for i := range list.words {
			q.marked = q.marked || list.words[i].marked
		}
	}
	q.lexicon.closed = true
	return q
}

// quotable is the text of an article as it is quoted: its paragraphs in order,
// so that a quotation may go on from one to the next, and the captions after
// them. Furniture and bylines are nobody's words.
type quotable struct {
	article *archive.Article
	wordList
	starts []int // where each of the paragraphs begins in text
	paras  []*archive.Paragraph
}

func newQuotable(a *archive.Article, l *lexicon) *quotable {
	t := &quotable{article: a}
	var b strings.Builder
	add := func(caption bool) {
		for i := range a.Paragraphs {
			p := &a.Paragraphs[i]
			if !p.Readable() || (p.Kind == archive.Caption) != caption {
				continue
			}
			t.starts, t.paras = append(t.starts, b.Len()), append(t.paras, p)
			b.WriteString(p.Text)
			b.WriteString("\n\n")
		}
	}
	add(false)
	add(true)
	t.wordList = l.read(b.String())
	return t
}

// fit is where a segment of a quotation was found: words from to to-1 of the
// text, with the steps from the one to the other.
type fit struct {
	from, to int
	steps    []step
	same     int // words of the segment that stand there
	foreign  int // words that stand between them and not in the segment
}

func (f *fit) score(words int) float64 { return float64(f.same) / float64(words+f.foreign) }

// votes of this many neighbouring diagonals are counted together, and this
// many windows with the most are looked at.
const (
	voteWidth = 16
	windows   = 3
)

// find looks for a segment among words lo to hi-1 of the text. Neighbouring
// words that both have vote for the distance between them; where most votes
// fall, the two are aligned. near is the word to prefer among equals.
func (t *quotable) find(seg *wordList, lo, hi, near int, marked bool) (fit, bool) {
	var best fit
	found := false
	m := len(seg.words)
	for _, w := range t.windows(seg, lo, hi) {
		a, b := max(lo, w-m/4-8), min(hi, w+2*voteWidth+m+m/2+24)
		steps, ok := align(seg.words, t.words[a:b], true)
		if !ok {
			continue
		}
		f := fit{from: -1, steps: steps}
		for i := range steps {
			s := &steps[i]
			if s.b < 0 {
				continue
			}
			s.b += a
			if f.from < 0 {
				f.from = s.b
			}
			f.to = s.b + 1
			if s.a < 0 {
				f.foreign++
			} else if x, y := &seg.words[s.a], &t.words[s.b]; sameWord(x, y) || !marked && sameFold(x, y) {
				f.same++
			}
		}
		if f.same == 0 {
			continue
		}
		distance := func(f *fit) int { return max(f.from-near, near-f.from) }
		switch d := cmp.Compare(f.score(m), best.score(m)); {
		case !found, d > 0, d == 0 && distance(&f) < distance(&best):
			best, found = f, true
		}
	}
	return best, found
}

// windows gives the words of the text at which the segment may begin.
func (t *quotable) windows(seg *wordList, lo, hi int) []int {
	m := len(seg.words)
	if hi-lo < 1 {
		return nil
	}
	size := min(2, m)
	at := map[[2]int32][]int{}
	for i := range m - size + 1 {
		at[foldKey(seg.words, i, size)] = append(at[foldKey(seg.words, i, size)], i)
	}
	votes := make([]int, (hi-lo+m)/voteWidth+2)
	for i := lo; i+size <= hi; i++ {
		for _, j := range at[foldKey(t.words, i, size)] {
			votes[(i-lo-j+m)/voteWidth]++
		}
	}
	var out []int
	most := 0
	for range windows {
		best := -1
		for b := range len(votes) - 1 {
			if n := votes[b] + votes[b+1]; n > 0 && (best < 0 || n > votes[best]+votes[best+1]) {
				best = b
			}
		}
		if best < 0 || votes[best]+votes[best+1] < most/2 {
			break
		}
		most = max(most, votes[best]+votes[best+1])
		out = append(out, lo+best*voteWidth-m)
		votes[best], votes[best+1] = 0, 0
	}
	return out
}

func foldKey(words []alignWord, i, size int) [2]int32 {
	key := [2]int32{words[i].fold, -1}
	if size == 2 {
		key[1] = words[i+1].fold
	}
	return key
}

// The verdicts on a quotation, and what else a passage may be.
const (
	quoteExact  = "exact"
	quoteNear   = "near"
	quoteAbsent = "absent"
)

// In what a passage differs from a quotation.
const (
	differCase        = "case"
	differSpelling    = "spelling"    // hoà and hòa, kỹ and kĩ, 1.500 and 1500
	differMarks       = "marks"       // the quotation has none
	differPunctuation = "punctuation" // and nothing else
	differWords       = "words"
)

// A passage is near a quotation when so many of its words stand there in
// order, and at least so many.
const (
	nearShare = 0.6
	nearWords = 4
)

// passage is where an article has a quotation, or comes nearest to it.
type passage struct {
	text    *quotable
	fits    []fit // of the segments, in order
	score   float64
	verdict string
	differs []string
}

// match finds where an article comes nearest to a quotation: the longest
// segment anywhere, the ones before it and after it in their order, if they
// are near enough there.
func (q *sought) match(a *archive.Article) *passage {
	t := newQuotable(a, q.lexicon)
	longest := 0
	for i := range q.segments {
		if len(q.segments[i].words) > len(q.segments[longest].words) {
			longest = i
		}
	}
	fits := make([]fit, len(q.segments))
	anchor, ok := t.find(&q.segments[longest], 0, len(t.words), 0, q.marked)
	if !ok {
		return nil
	}
	fits[longest] = anchor
	for i, end := longest-1, anchor.from; i >= 0; i-- {
		if f, ok := t.find(&q.segments[i], 0, end, end, q.marked); ok && f.score(len(q.segments[i].words)) >= nearShare {
			fits[i], end = f, f.from
		}
	}
	for i, from := longest+1, anchor.to; i < len(fits); i++ {
		if f, ok := t.find(&q.segments[i], from, len(t.words), from, q.marked); ok && f.score(len(q.segments[i].words)) >= nearShare {
			fits[i], from = f, f.to
		}
	}
	p := &passage{text: t, fits: fits}
	p.judge(q)
	return p
}

// judge says how far a passage is the quotation.
func (p *passage) judge(q *sought) {
	same, foreign := 0, 0
	differs := map[string]bool{}
	for i := range p.fits {
		f, seg := &p.fits[i], &q.segments[i]
		same, foreign = same+f.same, foreign+f.foreign
		if f.steps == nil {
			differs[differWords] = true
			continue
		}
		for _, s := range f.steps {
			if how := p.differ(q, seg, s); how != "" {
				differs[how] = true
			}
		}
		if len(differs) == 0 && plainForm(seg.written(0, len(seg.words))) != plainForm(p.text.written(f.from, f.to)) {
			differs[differPunctuation] = true
		}
	}
	p.score = float64(same) / float64(q.words+foreign)
	for _, how := range []string{differCase, differSpelling, differMarks, differPunctuation, differWords} {
		if differs[how] {
			p.differs = append(p.differs, how)
		}
	}
	switch {
	case len(p.differs) == 0:
		p.verdict = quoteExact
	case !differs[differWords], p.score >= nearShare && same >= nearWords:
		p.verdict = quoteNear
	default:
		p.verdict = quoteAbsent
	}
}

// differ says in what one word of the quotation differs from the text's, or
// nothing.
func (p *passage) differ(q *sought, seg *wordList, s step) string {
	if s.a < 0 || s.b < 0 {
		return differWords
	}
	x, y := &seg.words[s.a], &p.text.words[s.b]
	if sameWord(x, y) {
		a, b := plainForm(seg.text[x.start:x.end]), plainForm(p.text.text[y.start:y.end])
		switch {
		case a == b:
			return ""
		case strings.EqualFold(a, b):
			return differCase
		}
		return differSpelling
	}
	if !q.marked && sameFold(x, y) {
		return differMarks
	}
	return differWords
}

// where gives the words of the
// passage, from the first to the one after the last.
func (p *passage) where() (from, to int) {
	from = -1
	for _, f := range p.fits {
		if f.steps != nil {
			if from < 0 {
				from = f.from
			}
			to = f.to
		}
	}
	return from, to
}

// evidence gives the spans of the passage: one for each stretch of a paragraph.
func (p *passage) evidence() []archive.Evidence {
	var out []archive.Evidence
	for _, f := range p.fits {
		if f.steps == nil {
			continue
		}
		start, end := p.text.words[f.from].start, p.text.words[f.to-1].end
		for i, para := range p.text.paras {
			lo := p.text.starts[i]
			a, b := max(start, lo)-lo, min(end, lo+len(para.Text))-lo
			if a < b {
				out = append(out, para.Quote(a, b))
			}
		}
	}
	return out
}

// contextRunes is how much of the sentence around a passage is shown on each
// side.
const contextRunes = 160

// pieces shows the passage: the sentence it stands in, and within it what is
// the same and what is not.
func (p *passage) pieces(q *sought) (before string, out []piece, after string) {
	for i := range p.fits {
		f, seg := &p.fits[i], &q.segments[i]
		if i > 0 {
			out = append(out, piece{pieceCut, " […] "})
		}
		if f.steps == nil {
			out = append(out, piece{pieceDel, seg.written(0, len(seg.words))})
			continue
		}
		out = append(out, pieces(seg, &p.text.wordList, f.steps, func(a, b int) bool {
			switch p.differ(q, seg, step{a, b}) {
			case "", differMarks:
				return true
			case differCase:
				return !q.marked // who types no marks types no capitals
			}
			return false
		})...)
	}
	from, to := p.where()
	if from < 0 {
		return "", out, ""
	}
	return p.before(p.text.words[from].start), out, p.after(p.text.words[to-1].end)
}

// paragraphAt gives the paragraph that holds byte off of the text, and where
// it begins.
func (t *quotable) paragraphAt(off int) (*archive.Paragraph, int) {
	i, found := slices.BinarySearch(t.starts, off)
	if !found {
		i--
	}
	return t.paras[i], t.starts[i]
}

// before gives what the sentence has before byte off, and after what it has
// behind byte end.
func (p *passage) before(off int) string {
	para, lo := p.text.paragraphAt(off)
	span, _ := para.Sentence(para.SentenceAt(off - lo))
	text := []rune(para.Text[min(span.Start, off-lo) : off-lo])
	if n := len(text); n > contextRunes {
		cut := slices.Index(text[n-contextRunes:], ' ')
		return "… " + string(text[n-contextRunes+cut+1:])
	}
	return string(text)
}

func (p *passage) after(end int) string {
	para, lo := p.text.paragraphAt(end - 1)
	span, _ := para.Sentence(para.SentenceAt(end - 1 - lo))
	text := []rune(para.Text[end-lo : max(span.End, end-lo)])
	if len(text) > contextRunes {
		cut := contextRunes
		for cut > 0 && text[cut] != ' ' {
			cut--
		}
		return string(text[:cut]) + " …"
	}
	return string(text)
}

// quote gives the words of the passage as the article has them.
func (p *passage) quote() string {
	var parts []string
	for _, f := range p.fits {
		if f.steps != nil {
			parts = append(parts, strings.Join(strings.Fields(p.text.written(f.from, f.to)), " "))
		}
	}
	return strings.Join(parts, " […] ")
}

// texts gives the segments as they were typed, to search for.
func (q *sought) texts() []string {
	var out []string
	for _, seg := range q.segments {
		out = append(out, seg.text)
	}
	return out
}
