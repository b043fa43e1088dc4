package search

import (
	"cmp"
	"encoding/binary"
	"maps"
	"math/bits"
	"slices"
	"strings"

	"vankho/internal/archive"
)

// maxActs is how many acts of a paragraph can be found: the first ones. A set
// of them is the bits of a word.
const maxActs = 64

// act is what somebody is told to have said or done: a statement, an
// agreement, or a sentence with a figure where that lies in neither. Those of
// one record that are read from the same words are one act.
type act struct {
	start, end int   // bytes of its paragraph
	groups     []int // of the article; none stands for all groups of the paragraph
	speakers   []uint32
	topics     []uint32
	verb       uint32 // number of the reporting verb, from 1; 0 for none
	forces     uint8  // a bit for each of archive.Forces
	figure     bool
	said       []uint32 // speakers of statements among them
}

// actsOf gives the acts of each paragraph of an article, in the order of their
// words.
func (w *columnWriter) actsOf(a *archive.Article, groups []group) map[int][]act {
	all := map[int][]act{}
	meetings := 0
	for i := range a.Meetings {
		m := &a.Meetings[i]
		var of []int
		switch {
		case !m.Main:
		case len(groups) == 1:
			of = []int{0}
		default: // groupsOf has put the article first
			meetings++
			of = []int{meetings}
		}
		w.recordActs(all, a, of, m.Participants, m.Statements, m.Agreements, m.Figures)
	}
	for i := range a.Visits {
		v := &a.Visits[i]
		w.recordActs(all, a, nil, v.Participants, v.Statements, v.Agreements, v.Figures)
	}
	for n, acts := range all {
		slices.SortStableFunc(acts, func(x, y act) int { return cmp.Or(x.start-y.start, y.end-x.end) })
		all[n] = acts[:min(len(acts), maxActs)]
	}
	return all
}

// recordActs adds the acts of one meeting or visit. An agreement that is read
// from what someone said is said by them.
func (w *columnWriter) recordActs(
	all map[int][]act, a *archive.Article, of []int, who []archive.Participation,
	statements []archive.Statement, agreements []archive.Agreement, figures []archive.Figure,
) {
	names := map[string]string{}
	for _, p := range who {
		names[p.Person] = p.Known()
	}
	r := &recordActs{byParagraph: map[int][]act{}, groups: of}
	for _, s := range statements {
		for _, e := range s.Evidence {
			if x := r.at(e.Span); x != nil {
				w.speak(x, s.Speakers, names)
				x.said = slices.Clone(x.speakers)
				x.verb = cmp.Or(x.verb, w.verb(s.Verb))
			}
		}
	}
	for _, g := range agreements {
		for _, e := range g.Evidence {
			x := r.at(e.Span)
			if x == nil {
				continue
			}
			if f := slices.Index(archive.Forces, g.Force); f >= 0 {
				x.forces |= 1 << f
			}
			w.speak(x, g.By, names)
			for _, t := range g.Topics {
				x.topics = with(x.topics, w.topic(t))
			}
		}
	}
	for _, acts := range r.byParagraph {
		inherit(acts)
	}
	for _, f := range figures {
		r.figure(a, f)
	}
	for _, g := range agreements {
		for _, f := range g.Figures {
			r.figure(a, f)
		}
	}
	for _, n := range slices.Sorted(maps.Keys(r.byParagraph)) {
		for _, x := range r.byParagraph[n] {
			all[n] = share(all[n], x)
		}
	}
}

// recordActs are the acts of one record while they are collected.
type recordActs struct {
	byParagraph map[int][]act
	groups      []int
}

// at gives the act that is read from these words, a new one where there is none
// yet, and nil in a paragraph that has enough.
func (r *recordActs) at(s archive.Span) *act {
	acts := r.byParagraph[s.Paragraph]
	for i := range acts {
		if acts[i].start == s.Start && acts[i].end == s.End {
			return &acts[i]
		}
	}
	if len(acts) == maxActs || s.End <= s.Start {
		return nil
	}
	acts = append(acts, act{start: s.Start, end: s.End, groups: r.groups})
	r.byParagraph[s.Paragraph] = acts
	return &acts[len(acts)-1]
}

// figure marks the acts that have a figure; where there are none its sentence
// is one.
func (r *recordActs) figure(a *archive.Article, f archive.Figure) {
	for _, e := range f.Evidence {
		in := false
		acts := r.byParagraph[e.Paragraph]
		for i := range acts {
			if acts[i].start <= e.Start && e.End <= acts[i].end {
				acts[i].figure, in = true, true
			}
		}
		if in || e.Paragraph < 1 || e.Paragraph > len(a.Paragraphs) {
			continue
		}
		p := &a.Paragraphs[e.Paragraph-1]
		if s, ok := p.Sentence(p.SentenceAt(e.Start)); ok {
			if x := r.at(s); x != nil {
				x.figure = true
			}
		}
	}
}

// inherit gives agreements the speakers of the statements that they lie in.
func inherit(acts []act) {
	for i := range acts {
		x := &acts[i]
		if x.forces == 0 {
			continue
		}
		for _, s := range acts {
			if len(s.said) > 0 && s.start <= x.start && x.end <= s.end {
				x.verb = cmp.Or(x.verb, s.verb)
				for _, p := range s.said {
					x.speakers = with(x.speakers, p)
				}
			}
		}
	}
}

// share adds an act to those of a paragraph. Two records that have the same
// act share it.
func share(acts []act, x act) []act {
	for i := range acts {
		y := &acts[i]
		if x.start != y.start || x.end != y.end || x.verb != y.verb || x.forces != y.forces || x.figure != y.figure ||
			!slices.Equal(x.speakers, y.speakers) || !slices.Equal(x.topics, y.topics) {
			continue
		}
		if x.groups == nil || y.groups == nil {
			y.groups = nil
		} else {
			y.groups = slices.Concat(y.groups, x.groups)
		}
		return acts
	}
	return append(acts, x)
}

// with adds a value to a list that does not have it yet.
func with(list []uint32, v uint32) []uint32 {
	if slices.Contains(list, v) {
		return list
	}
	return append(list, v)
}

func (w *columnWriter) speak(x *act, slugs []string, names map[string]string) {
	for _, slug := range slugs {
		name := names[slug]
		x.speakers = with(x.speakers, w.person(slug, cmp.Or(name, slug)))
	}
}

func (w *columnWriter) topic(slug string) uint32 { return number(w.topics, &w.vocab.Topics, slug) }

func (w *columnWriter) verb(verb string) uint32 {
	if verb == "" {
		return 0
	}
	return 1 + number(w.verbs, &w.vocab.Verbs, verb)
}

// number gives the place of a value in a list, at the end of which it is put
// when it is new.
func number(places map[string]uint32, list *[]string, v string) uint32 {
	n, ok := places[v]
	if !ok {
		n = uint32(len(*list))
		places[v] = n
		*list = append(*list, v)
	}
	return n
}

// Parts of a paragraph. The borders of its acts divide it, and with each
// posting it is kept in which of the first parts the term stands, a bit for
// each; elsewhere says that it stands in a later one, or over a border, where
// only a look at the text can tell. A paragraph whose acts have all its words
// is not divided.
const (
	maxParts  = 6
	elsewhere = 1 << maxParts
)

// borders gives the bytes at which the acts of a paragraph divide it.
func borders(acts []act, toks []token) []int {
	var cuts []int
	for i := range acts {
		if !acts[i].whole(toks) {
			cuts = append(cuts, acts[i].start, acts[i].end)
		}
	}
	slices.Sort(cuts)
	return slices.Compact(cuts)
}

// whole reports whether an act has all words of its paragraph.
func (x *act) whole(toks []token) bool {
	return len(toks) == 0 || x.start <= toks[0].start && toks[len(toks)-1].end <= x.end
}

// parts gives the bits of the parts that an act consists of, as far as there
// are bits for them.
func (x *act) parts(cuts []int) uint8 {
	var set uint8
	for i := range min(len(cuts), maxParts-1) {
		// Part i+1 lies between cuts i and i+1.
		if i+1 < len(cuts) && x.start <= cuts[i] && cuts[i+1] <= x.end {
			set |= 2 << i
		}
	}
	return set
}

// partOf gives the bit of a token's part.
func partOf(t *token, cuts []int) uint8 {
	i, _ := slices.BinarySearch(cuts, t.start+1)
	if i >= maxParts || i < len(cuts) && cuts[i] < t.end {
		return elsewhere
	}
	return 1 << i
}

const actRow = 40 // paragraph, start, end, speakers (start in lists), topics, end of topics, verb (2), forces, flags, parts, groups, unused (2), tags (8)

// The tags of an act are a bit for each force and, from topicTags on, for each of
// the first topics: counting looks at the lists of the others only.
const (
	topicTags    = 8
	taggedTopics = 64 - topicTags
)

const (
	figureFlag = 1
	wholeFlag  = 2
)

// maxVerbs is how many reporting verbs have a number; a later one is not told.
const maxVerbs = 1<<16 - 1

// writeActs writes the acts of a paragraph, which belongs to groups of.
func (w *columnWriter) writeActs(doc uint32, acts []act, of []int, toks []token, cuts []int) error {
	for i := range acts {
		x := &acts[i]
		mask := uint8(0)
		for j, g := range of {
			if slices.Contains(x.groups, g) {
				mask |= 1 << j
			}
		}
		if mask == 0 {
			mask = 1<<len(of) - 1
		}
		flags := uint8(0)
		if x.figure {
			flags |= figureFlag
		}
		if x.whole(toks) {
			flags |= wholeFlag
		}
		verb := x.verb
		if verb > maxVerbs {
			verb = 0
		}
		speakers := w.listed
		topics := speakers + uint32(len(x.speakers))
		w.listed = topics + uint32(len(x.topics))
		if err := w.lists.write(appendU32(appendU32(nil, x.speakers...), x.topics...)); err != nil {
			return err
		}
		row := appendU32(nil, doc, uint32(x.start), uint32(x.end), speakers, topics, w.listed)
		row = binary.LittleEndian.AppendUint16(row, uint16(verb))
		row = append(row, x.forces, flags, x.parts(cuts), mask, 0, 0)
		tags := uint64(x.forces)
		for _, t := range x.topics {
			if t < taggedTopics {
				tags |= 1 << (topicTags + t)
			}
		}
		row = binary.LittleEndian.AppendUint64(row, tags)
		if err := w.acts.write(row); err != nil {
			return err
		}
	}
	w.vocab.Acts += len(acts)
	return nil
}

// docActs gives the acts of a paragraph: lo to hi-1, maxActs at the most.
func (c *columns) docActs(d uint32) (lo, hi uint32) {
	hi = uint32(c.Acts)
	if int(d)+1 < c.Paragraphs {
		hi = u32(c.docs, int(d+1)*docRow+24)
	}
	return u32(c.docs, int(d)*docRow+24), hi
}

func (c *columns) act(a uint32) *actView { return (*actView)(c.acts[int(a)*actRow:]) }

// actView is the row of an act.
type actView [actRow]byte

func (x *actView) doc() uint32    { return u32(x[:], 0) }
func (x *actView) start() int     { return int(u32(x[:], 4)) }
func (x *actView) end() int       { return int(u32(x[:], 8)) }
func (x *actView) verb() int      { return int(binary.LittleEndian.Uint16(x[24:])) }
func (x *actView) forces() uint8  { return x[26] }
func (x *actView) figure() bool   { return x[27]&figureFlag != 0 }
func (x *actView) whole() bool    { return x[27]&wholeFlag != 0 }
func (x *actView) parts() uint8   { return x[28] }
func (x *actView) tags() uint64   { return binary.LittleEndian.Uint64(x[32:]) }
func (x *actView) ofGroup() uint8 { return x[29] } // bits of docGroups

// speakersOf and topicsOf give bytes of lists: four a value.
func (c *columns) speakersOf(x *actView) []byte { return c.lists[4*u32(x[:], 12) : 4*u32(x[:], 16)] }
func (c *columns) topicsOf(x *actView) []byte   { return c.lists[4*u32(x[:], 16) : 4*u32(x[:], 20)] }

// told is what counting asks of an act.
type told struct {
	tags uint64
	more uint64 // a bit for each of its article's first speakers, and those below
}

const (
	toldSpeakers = 62
	hasFigure    = 1 << 62
	listsTell    = 1 << 63 // it has speakers or topics without a bit
)

// layOutArticles lays out where articles begin and their acts for counting.
func (c *columns) layOutArticles() {
	c.starts, c.told = make([]articleStart, c.Articles+1), make([]told, c.Acts)
	end := articleStart{uint32(c.Paragraphs), uint32(c.Groups), uint32(c.Acts), 0}
	for a := range c.Articles {
		row := c.articles[a*articleRow:]
		s := articleStart{u32(row, 20), u32(row, 24), end.act, uint32(len(c.speakers))}
		if int(s.doc) < c.Paragraphs {
			s.act, _ = c.docActs(s.doc)
		}
		hi := end.act
		if a+1 < c.Articles {
			if next := u32(row, articleRow+20); int(next) < c.Paragraphs {
				hi, _ = c.docActs(next)
			}
		}
		for act := s.act; act < hi; act++ {
			c.layOutAct(act, int(s.speaker))
		}
		c.starts[a] = s
	}
	end.speaker = uint32(len(c.speakers))
	c.starts[c.Articles] = end
}

// layOutAct lays out an act of an article whose speakers begin at first.
func (c *columns) layOutAct(act uint32, first int) {
	x, t := c.act(act), &c.told[act]
	if t.tags = x.tags(); x.figure() {
		t.more |= hasFigure
	}
	for l := c.speakersOf(x); len(l) > 0; l = l[4:] {
		v := u32(l, 0)
		i := slices.Index(c.speakers[first:], v)
		if i < 0 {
			i = len(c.speakers) - first
			if i == toldSpeakers {
				t.more |= listsTell
				continue
			}
			c.speakers = append(c.speakers, v)
		}
		t.more |= 1 << i
	}
	for l := c.topicsOf(x); len(l) > 0; l = l[4:] {
		if u32(l, 0) >= taggedTopics {
			t.more |= listsTell
		}
	}
}

// speakersIn gives those of an article's speakers that have a bit in told.
func (c *columns) speakersIn(a uint32) []uint32 {
	return c.speakers[c.starts[a].speaker:c.starts[a+1].speaker]
}

// actFilter is what a query asks of the act that its words lie in.
type actFilter struct {
	speakers, topics []uint32
	forces           uint8
	figure, binding  bool
	by               map[uint32]bool // as speakers, where they may be many
	typed            [][]actFilter   // of each list, one must let the act through too
	any              bool            // something is asked
	none             bool            // a value asked for is not in the archive
}

func (ix *Index) newActFilter(q *Query) actFilter {
	f := actFilter{figure: q.Figures, binding: q.Agreements}
	for _, v := range q.Speakers {
		if n, ok := ix.col.person[v]; ok {
			f.speakers = append(f.speakers, n)
		}
	}
	for _, v := range q.Topics {
		if n := slices.Index(ix.col.Topics, v); n >= 0 {
			f.topics = append(f.topics, uint32(n))
		}
	}
	for _, v := range q.Forces {
		if n := slices.Index(archive.Forces, archive.Force(v)); n >= 0 {
			f.forces |= 1 << n
		}
	}
	f.none = len(q.Speakers) > 0 && len(f.speakers) == 0 || len(q.Topics) > 0 && len(f.topics) == 0 || len(q.Forces) > 0 && f.forces == 0
	f.any = len(q.Speakers)+len(q.Topics)+len(q.Forces) > 0 || f.figure || f.binding
	return f
}

// bindingForces are the forces that make an agreement.
var bindingForces = func() (set uint8) {
	for i, f := range archive.Forces {
		if f.Binding() {
			set |= 1 << i
		}
	}
	return set
}()

// passes reports whether an act is let through.
func (f *actFilter) passes(c *columns, x *actView) bool {
	switch {
	case !f.any:
		return true
	case f.none,
		f.figure && !x.figure(),
		f.binding && x.forces()&bindingForces == 0,
		f.forces != 0 && x.forces()&f.forces == 0,
		f.by != nil && !hasOne(c.speakersOf(x), f.by),
		slices.ContainsFunc(f.typed, func(any []actFilter) bool { return !passesOne(any, c, x) }):
		return false
	}
	return (len(f.speakers) == 0 || slices.ContainsFunc(f.speakers, func(v uint32) bool { return holds(c.speakersOf(x), v) })) &&
		(len(f.topics) == 0 || slices.ContainsFunc(f.topics, func(v uint32) bool { return holds(c.topicsOf(x), v) }))
}

// actHit is an act that has what is needed, with the slots that lie in it.
type actHit struct {
	act   uint32
	slots uint64
}

// partHit is what of a query lies in an act that has not all of its paragraph, a
// bit for each slot: what surely does, and what may, as the text will tell.
type partHit struct{ slots, maybe uint64 }

// inActs notes that slot i was found in paragraph d by way w.
func (r *run) inActs(d uint32, i int, w *wayRun) {
	lo, hi := r.ix.col.docActs(d)
	for a := lo; a < hi; a++ {
		x := r.ix.col.act(a)
		h := &r.stretch.parts[a-r.stretch.firstAct]
		if x.whole() || h.slots>>i&1 != 0 {
			continue
		}
		switch sure, may := w.inAct(x); {
		case sure:
			h.slots |= 1 << i
		case may:
			h.maybe |= 1 << i
		}
	}
}

// actsOf gathers the acts of a paragraph that have need of the slots: all slots
// that the text tells, where they may be so many.
func (r *run) actsOf(found *articleHits, h *docHit, need int) error {
	for a, hi := r.ix.col.docActs(h.doc); a < hi; a++ {
		slots := h.slots
		if !r.ix.col.act(a).whole() {
			p := &r.stretch.parts[a-r.stretch.firstAct]
			if bits.OnesCount64(p.slots) < need && bits.OnesCount64(p.slots|p.maybe) >= need {
				if err := r.lookInto(p, found.article, a); err != nil {
					return err
				}
			}
			slots = p.slots
		}
		if bits.OnesCount64(slots) >= need {
			found.acts = append(found.acts, actHit{a, slots})
		}
	}
	return nil
}

// inAct reports whether the terms of a way, whose cursors all stand at the
// paragraph of an act, surely lie in the act, or may. Dates are of the paragraph.
// Phrases, which stand in the paragraph, surely lie in an act that has all that it
// has of their pairs.
func (w *wayRun) inAct(x *actView) (sure, may bool) {
	sure = true
	for _, c := range w.cs {
		in := c.in()
		if w.phrases != nil && in&^x.parts() != 0 {
			sure = false
		}
		switch {
		case in&x.parts() != 0:
		case in&elsewhere != 0:
			sure = false
		default:
			return false, false
		}
	}
	return sure, true
}

// lookInto settles on the text which slots lie in act a.
func (r *run) lookInto(h *partHit, article, a uint32) error {
	x := r.ix.col.act(a)
	text, err := r.text(article, x.doc())
	if err != nil {
		return err
	}
	var toks []token // read when they are needed
	for rest := h.maybe &^ h.slots; rest != 0; rest &= rest - 1 {
		i := bits.TrailingZeros64(rest)
		for j := range r.slots[i].ways {
			w := &r.slots[i].ways[j]
			var in bool
			if words := w.onlyPhrase(); words != nil {
				in = hasLiteral(text[x.start():x.end()], words.literal) || r.stand(string(text[x.start():x.end()]), words.words)
			} else {
				if toks == nil {
					if toks, err = r.actTokens(article, x); err != nil {
						return err
					}
				}
				in = w.among(toks)
			}
			if in {
				h.slots |= 1 << i
				break
			}
		}
	}
	h.maybe = 0
	return nil
}

// onlyPhrase gives the phrase of a way that asks for nothing else than what all
// texts with the phrase have.
func (w *wayRun) onlyPhrase() *phrase {
	if len(w.phrases) != 1 || w.phrases[0].literal == "" {
		return nil
	}
	p := &w.phrases[0]
	for _, c := range w.cs {
		if c.term.field != fieldB || !strings.Contains(" "+p.literal+" ", " "+c.term.key+" ") {
			return nil
		}
	}
	return p
}

// actTokens gives the tokens of an act.
func (r *run) actTokens(article uint32, x *actView) ([]token, error) {
	all, err := r.tokens(article, x.doc())
	if err != nil {
		return nil, err
	}
	from, _ := slices.BinarySearchFunc(all, x.start(), func(t token, at int) int { return cmp.Compare(t.start, at) })
	to, _ := slices.BinarySearchFunc(all, x.end()+1, func(t token, at int) int { return cmp.Compare(t.end, at) })
	return all[from:max(from, to)], nil
}

// tokens gives the tokens of paragraph d, which are kept while the next asked
// for is the same.
func (r *run) tokens(article, d uint32) ([]token, error) {
	if r.analyzer != nil && r.read == d {
		return r.analyzer.toks, nil
	}
	text, err := r.text(article, d)
	if err != nil {
		return nil, err
	}
	if r.analyzer == nil {
		r.analyzer = analyzers.Get().(*analyzer)
	}
	r.read = d
	return r.analyzer.scan(string(text)), nil
}

// among reports whether the terms of a way, dates left aside, are among tokens
// that follow each other.
func (w *wayRun) among(toks []token) bool {
	for _, c := range w.cs {
		if c.term.field != fieldD && !hasTerm(toks, c.term) {
			return false
		}
	}
	for _, p := range w.phrases {
		if !standsIn(toks, p.words) {
			return false
		}
	}
	return true
}

func standsIn(toks []token, words []wanted) bool {
	for i := range toks {
		if standsAt(toks[i:], words) {
			return true
		}
	}
	return false
}

func hasTerm(toks []token, k listKey) bool {
	for i := range toks {
		t := &toks[i]
		var is bool
		switch k.field {
		case fieldS:
			is = t.exact == k.key
		case fieldF:
			is = t.folded == k.key
		case fieldB:
			is = i > 0 && isPair(toks[i-1].exact, t.exact, k.key)
		case fieldG:
			is = i > 0 && isPair(toks[i-1].folded, t.folded, k.key)
		}
		if is {
			return true
		}
	}
	return false
}

func isPair(first, second, key string) bool {
	return len(key) == len(first)+1+len(second) && key[:len(first)] == first && key[len(first)] == ' ' && key[len(first)+1:] == second
}
