package extract

import (
	"math/bits"
	"slices"
	"sort"
	"sync"

	"vankho/internal/archive"
)

// Meetings reads the meetings and visits that an article reports. It does not
// change a. Meetings have no ids yet and visits the temporary ids "v1", "v2",
// …, to which Meeting.Visit refers; [archive.Article.AssignIDs] mints the
// lasting ones. Problems say what was noticed and could not be made out.
func Meetings(a *archive.Article) (meetings []archive.Meeting, visits []archive.Visit, problems []archive.Problem) {
	r := read(a)
	meetings, visits, problems = r.records()
	r.release()
	return meetings, visits, problems
}

// read makes every pass.
func read(a *archive.Article) *reader {
	r := readers.Get().(*reader)
	r.a, r.lex = a, lex()
	r.readTokens()     // words, phrases of the lexicon, sentences
	r.readDates()      // every date the text names, before any is given to an event
	r.readMentions()   // title · country · name, in any order
	r.readEntities()   // which mentions are one person
	r.readEvents()     // who met whom, from triggers and their frames
	r.readAttendance() // who else was there
	r.readWhen()       // day of each event
	r.readWhere()      // place of each event
	r.hosts()          // the country of those who are at home there
	r.settle()         // drop what is no encounter of two countries, order the rest
	r.besidesRites(func() {
		r.readAgreements() // what was said to be done, and by whom
		r.readStatements() // who said what
	})
	return r
}

// readers are those whose reading is over. The next article is read into the
// slices of one: no record points into them.
var readers = sync.Pool{New: newReader}

func newReader() any {
	return &reader{byToken: map[string][]int{}, spelt: map[string]int{}}
}

// release ends the reading and gives the reader back.
func (r *reader) release() {
	for i := range r.texts {
		t := &r.texts[i]
		*t = text{mentions: emptied(t.mentions), dates: t.dates[:0]}
	}
	clear(r.byToken)
	clear(r.spelt)
	*r = reader{toks: r.toks[:0], hits: r.hits[:0], first: r.first[:0], letters: r.letters[:0], sents: r.sents[:0], texts: r.texts[:0],
		entities: emptied(r.entities), byToken: r.byToken, spelt: r.spelt, dates: emptied(r.dates), events: emptied(r.events)}
	readers.Put(r)
}

// emptied gives the room of a slice without what it held.
func emptied[T any](s []T) []T {
	clear(s)
	return s[:0]
}

// reader is one reading of one article.
type reader struct {
	a        *archive.Article
	lex      *lexicon
	toks     []token // of all texts, as are
	hits     []hit
	first    []int32
	letters  []byte
	sents    []span
	texts    []text // the readable paragraphs
	entities []entity
	byToken  map[string][]int // folded part of a name -> entities, newest last
	spelt    map[string]int   // name as written -> entity
	foreign  string           // the foreign country named most
	dates    []datum          // every date in the article, in order
	year     yearClue
	late     bool // the page is of months after what it reports: its day tells no year
	today    day  // of the report, where the article tells it
	todayBy  archive.Evidence
	events   []event
	met      []int        // whom the trigger before in the sentence met
	senders  []int        // of messages whose recipient is still to be named
	unsent   *event       // a message to recipients whom a later sentence may name
	unsentTo *leadership  // and what it says of them
	head     answer[int]  // who leads the delegation, -1 for nobody
	receives answer[bool] // whether anybody is said to receive
	orphans  []orphan
	nameless []nameless
	several  *series // the meetings that the article speaks of together before it names whom
	mail     *series // and the messages
	// communique is set for a joint statement: what it says belongs to the visit.
	communique bool
	aboutAt    ref          // the sentence last asked about,
	aboutIs    []int        // and the events it is about
	agreed     map[ref]bool // sentences that are agreements of the sides
	problems   []archive.Problem
}

// answer is what is looked for once in an article, when first asked.
type answer[T any] struct {
	known bool
	is    T
}

func (a *answer[T]) from(look func() T) T {
	if !a.known {
		a.is = look()
		a.known = true
	}
	return a.is
}

// text is a readable paragraph with what was found in it.
type text struct {
	p        *archive.Paragraph
	lex      *lexicon
	toks     []token
	hits     []hit
	first    []int32 // by token: index of the first hit at or after it
	letters  []byte  // by token: the first of its key; zeros follow, up to a power of two
	mask     int     // their number less one: any index is one of letters through it
	sents    []span  // token ranges
	mentions []mention
	dates    []int // indexes into reader.dates
}

// span is a half-open range of tokens.
type span struct{ from, to int }

func (s span) empty() bool { return s.to <= s.from }

// maxSentence is how many tokens of a sentence are read together.
const maxSentence = 600

func (r *reader) readTokens() {
	for i := range r.a.Paragraphs {
		p := &r.a.Paragraphs[i]
		if !p.Readable() {
			continue
		}
		t := r.newText(p)
		// Each paragraph has its part of the reader's slices, with no room behind it.
		toks, hits, first, sents := len(r.toks), len(r.hits), len(r.first), len(r.sents)
		r.toks = tokenize(r.toks, p.Text, r.lex)
		t.toks = slices.Clip(r.toks[toks:])
		t.readFirst(r)
		r.hits, r.first = r.lex.find(t.toks, r.hits, r.first)
		t.hits, t.first = slices.Clip(r.hits[hits:]), slices.Clip(r.first[first:])
		t.readLetters()
		at := t.stamp()
		for s := range p.Sentences {
			end := len(p.Text)
			if s+1 < len(p.Sentences) {
				end = p.Sentences[s+1]
			}
			from := at
			for at < len(t.toks) && int(t.toks[at].start) < end {
				at++
			}
			// A source may run sentences together: "… ở Tokyo.Hai bên …".
			for i := from + 1; i+1 < at; i++ {
				if t.glued(i) {
					r.sents = append(r.sents, span{from, i + 1})
					from = i + 1
				}
			}
			// A sentence without end is read in windows, so that the work grows with the
			// text and not with its square. The longest we have met has 260 tokens.
			for ; at-from > maxSentence; from += maxSentence {
				r.sents = append(r.sents, span{from, from + maxSentence})
			}
			if at > from {
				r.sents = append(r.sents, span{from, at})
			}
		}
		t.sents = slices.Clip(r.sents[sents:])
	}
}

// readFirst notes the first letter of every token.
func (t *text) readFirst(r *reader) {
	from, n := len(r.letters), 1<<bits.Len(uint(len(t.toks)))
	r.letters = slices.Grow(r.letters, n)[:from+n]
	t.letters, t.mask = slices.Clip(r.letters[from:]), n-1
	clear(t.letters)
	for i := range t.toks {
		t.letters[i] = byte(t.toks[i].mark >> 8)
	}
}

// newText adds a text, in the room of one of the reading before.
func (r *reader) newText(p *archive.Paragraph) *text {
	n := len(r.texts)
	r.texts = slices.Grow(r.texts, 1)[:n+1]
	t := &r.texts[n]
	*t = text{p: p, lex: r.lex, mentions: t.mentions, dates: t.dates}
	return t
}

// stamp gives the token behind what stands before the first sentence and belongs to none:
// the day that a crawl sets before a text, "date 2017-08", and the sign of the outlet,
// "(VOV5) -"; 0 where there is neither.
func (t *text) stamp() int {
	i := 0
	if t.is(0, "date") && len(t.toks) > 1 && t.toks[1].shape == number {
		i = 2
		for i+1 < len(t.toks) && t.dash(i) && t.toks[i].tight && t.toks[i+1].shape == number {
			i += 2
		}
	}
	if !t.is(i, "(") {
		return i
	}
	for k := i + 2; k+2 < len(t.toks) && k < i+7; k++ {
		if t.is(k, ")") && t.dash(k+1) {
			return k + 2
		}
	}
	return i
}

// glued reports whether token i is the full stop of a sentence that the next
// follows without a space: not the dot of "G.Phi-ni", "TP.HCM" or "PGS.TS.".
func (t *text) glued(i int) bool {
	if t.toks[i].shape != punct || !t.toks[i].tight || !t.toks[i+1].tight || !t.is(i, ".") {
		return false
	}
	j := i + 1
	if t.is(j, "*", "•", "+") && j+1 < len(t.toks) {
		j++
	}
	if t.toks[j].shape != capital {
		return false
	}
	prev, next := t.toks[i-1], t.toks[j]
	if prev.end-prev.start < 3 || next.end-next.start < 2 || next.word == 0 {
		return false
	}
	if t.syllable(i-1) && (prev.shape == lower || !shouted(t.word(i-1)) && t.syllable(j)) {
		return true // "… người Việt.Trả lời …"
	}
	return sentenceWords[t.key(j)]
}

// sentenceWords begin most sentences of the genre.
var sentenceWords = set("các hai bên tại gặp với tiếp trao chủ tổng thủ phó bộ ông bà ngày sáng chiều tối theo đồng cùng cũng về trong trước sau nhân đáp phía hội lãnh việt từ")

// at gives the phrase of a class that begins at token i, or nil.
func (t *text) at(i int, c class) *hit {
	if i < 0 || i >= len(t.toks) || t.toks[i].begins&(1<<c) == 0 {
		return nil
	}
	for k := t.first[i]; k < t.first[i+1]; k++ {
		if t.hits[k].class == c {
			return &t.hits[k]
		}
	}
	return nil
}

// in gives the phrases that begin in tokens from..to.
func (t *text) in(from, to int) []hit {
	from, to = max(0, from), min(to, len(t.toks))
	if from >= to {
		return nil
	}
	return t.hits[t.first[from]:t.first[to]]
}

// str gives the words of tokens from..to as written.
func (t *text) str(from, to int) string {
	if to <= from {
		return ""
	}
	return t.p.Text[t.toks[from].start:t.toks[to-1].end]
}

// word gives token i as written, "" outside the text.
func (t *text) word(i int) string {
	if i < 0 || i >= len(t.toks) {
		return ""
	}
	return t.p.Text[t.toks[i].start:t.toks[i].end]
}

// key gives token i in the form in which words are compared, "" outside the text.
func (t *text) key(i int) string {
	if i < 0 || i >= len(t.toks) {
		return ""
	}
	if n := t.toks[i].word; n > 0 {
		return t.lex.known[n].key
	}
	return keyOf(t.word(i))
}

// syllable reports whether token i can be a Vietnamese syllable.
func (t *text) syllable(i int) bool {
	if i < 0 || i >= len(t.toks) {
		return false
	}
	if n := t.toks[i].word; n > 0 {
		return t.lex.known[n].syllable
	}
	return vietnamese(t.word(i))
}

// family gives of what people token i is a family name: vn, cn, or "".
func (t *text) family(i int) string { return t.lex.known[t.toks[i].word].family }

// is reports whether token i is one of the given words, which are in lower case.
// The token may begin with a capital.
func (t *text) is(i int, word string, or ...string) bool {
	// Most questions are of one word, and its first letter answers most of them
	// where they are asked: the compiler writes no call there.
	return (or != nil || word[0] == t.letters[i&t.mask]) && t.isOne(i, word, or)
}

func (t *text) isOne(i int, word string, or []string) bool {
	if i < 0 || i >= len(t.toks) {
		return false
	}
	tok := &t.toks[i]
	if markOf(word) == tok.mark && t.same(tok, word) {
		return true
	}
	for _, w := range or {
		if markOf(w) == tok.mark && t.same(tok, w) {
			return true
		}
	}
	return false
}

// same reports whether a token is the word w.
func (t *text) same(tok *token, w string) bool {
	as := t.p.Text[tok.start:tok.end]
	switch {
	case tok.shape != capital:
		return as == w
	case tok.word > 0:
		return t.lex.known[tok.word].key == w
	}
	return keyOf(as) == w
}

func (t *text) dash(i int) bool { return t.is(i, "-", "–", "—") }

// quote gives the evidence for tokens from..to.
func (t *text) quote(from, to int) archive.Evidence {
	return t.p.Quote(int(t.toks[from].start), int(t.toks[to-1].end))
}

// sentenceOf gives the index of the sentence that holds token i.
func (t *text) sentenceOf(i int) int {
	return max(0, sort.Search(len(t.sents), func(k int) bool { return t.sents[k].from > i })-1)
}

// mentionsIn gives the mentions that lie in a sentence.
func (t *text) mentionsIn(s span) []mention {
	from, to := t.beginning(s.from), t.ending(s.to)
	return t.mentions[from:max(from, to)]
}

// datesIn gives the indexes into reader.dates of the dates in a sentence.
func (r *reader) datesIn(t *text, s span) []int {
	from := sort.Search(len(t.dates), func(k int) bool { return r.dates[t.dates[k]].span.from >= s.from })
	to := sort.Search(len(t.dates), func(k int) bool { return r.dates[t.dates[k]].span.to > s.to })
	return t.dates[from:max(from, to)]
}
