package search

import (
	"cmp"
	"context"
	"math"
	"math/bits"
	"slices"

	"vankho/internal/vitext"
)

// BM25 with the usual constants (Robertson and Zaragoza 2009): of a term in a
// paragraph, idf · tf·(k1+1) / (tf + k1·(1−b+b·length/average)), where
// idf = ln(1 + (N−n+½)/(n+½)), N paragraphs, n of them with the term. Lengths
// are real token counts, kept in our columns.
const (
	bm25K1 = 1.2
	bm25B  = .75
)

// spreadWeight is how far what the rest of an article says lifts its best
// paragraph. Measured with titles and the texts they stand over (TestTitles):
// .45 gives an MRR of .811, .7 one of .801, 0 one of .784.
const spreadWeight = .45

// lifted gives the score of a paragraph in an article with this spread.
func lifted(score, spread float64) float64 { return score + spreadWeight*(spread-score) }

// cursor walks the paragraphs that have a term.
type cursor struct {
	term      listKey
	list      *list     // when it has been read; open is not used then
	place     int       // in the list
	open      *postings // nil when the list was there
	frequency uint64    // see maxFrequency
	doc       uint32    // where it stands; noDoc at the end
	begun     bool
	n         uint64 // paragraphs with the term
	gain      float64
	length    bool // normalise by length
}

// seek moves to the first paragraph from d on that has the term.
func (c *cursor) seek(d uint32) (uint32, error) {
	if c.begun && c.doc >= d {
		return c.doc, nil
	}
	c.begun = true
	if c.list != nil {
		if c.place, c.doc = c.list.from(c.place, d); c.doc != noDoc {
			c.frequency = uint64(c.list.freqs[c.place])
		}
		return c.doc, nil
	}
	doc, frequency, err := c.open.seek(d)
	c.doc, c.frequency = doc, uint64(frequency)
	return doc, err
}

// score is what the term adds to the paragraph the cursor stands at, of which
// this is the length norm.
func (c *cursor) score(norm float64) float64 { return c.scoreOf(c.frequency, norm) }

// scoreOf is score for a paragraph with this frequency.
func (c *cursor) scoreOf(freq uint64, norm float64) float64 {
	tf := float64(1 + freq&maxFrequency)
	if !c.length {
		norm = 1
	}
	return c.gain * tf * (bm25K1 + 1) / (tf + bm25K1*norm)
}

// in gives the parts of the paragraph the cursor stands at that have the term,
// and all of them for what is not kept by parts.
func (c *cursor) in() uint8 {
	if c.term.field == fieldD {
		return 1<<8 - 1
	}
	return uint8(c.frequency >> frequencyBits)
}

// wayRun and slotRun are a way and a slot with cursors.
type wayRun struct {
	cs      []*cursor
	phrases []phrase
	fields  []condition // that its groups must meet
	where   []condition // those of fields that are not known to hold
	other   bool
}

// phrase is words that must stand together.
type phrase struct {
	words   []wanted
	literal string // as most texts write it, or empty

	// The cursors of its pairs, and the lists of its words between the first and
	// the last, where all of these are kept.
	pairs []*cursor
	inner []*list
}

// seek moves to the first paragraph from d on that has all terms.
func (w *wayRun) seek(d uint32) (uint32, error) {
	for {
		high := d
		for _, c := range w.cs {
			at, err := c.seek(high)
			if err != nil || at == noDoc {
				return noDoc, err
			}
			high = at
		}
		if high == d || len(w.cs) == 1 {
			return high, nil
		}
		d = high
	}
}

type slotRun struct {
	ways []wayRun
	n    uint64 // paragraphs at the most
}

// run is one pass over the index for one plan.
type run struct {
	ix     *Index
	ctx    context.Context
	slots  []slotRun // rarest first
	scores []*cursor
	all    []*cursor

	without []wayRun
	mixed   bool // a way has conditions

	acts     bool // which acts the slots lie in is asked
	stretch  *stretch
	sum      articleSum
	found    articleHits
	scanner  vitext.Scanner
	analyzer *analyzer
	read     uint32 // the paragraph whose tokens analyzer has
	buf      []byte // the text of paragraph textOf
	textOf   uint32
}

func (ix *Index) newRun(ctx context.Context, p *plan) (*run, error) {
	r := &run{ix: ix, ctx: ctx, stretch: stretches.Get().(*stretch)}
	for _, s := range p.slots {
		var sr slotRun
		for i := range s.ways {
			w, n, err := r.way(&s.ways[i])
			if err != nil {
				r.close()
				return nil, err
			}
			if n > 0 {
				sr.ways = append(sr.ways, w)
				sr.n += n
				r.mixed = r.mixed || w.fields != nil
			}
		}
		r.slots = append(r.slots, sr)
	}
	for i := range p.without {
		w, n, err := r.way(&p.without[i])
		if err != nil {
			r.close()
			return nil, err
		}
		if n > 0 {
			r.without = append(r.without, w)
		}
	}
	slices.SortStableFunc(r.slots, func(a, b slotRun) int { return cmp.Compare(a.n, b.n) })
	for _, t := range p.scores {
		c, err := r.cursor(t)
		if err != nil {
			r.close()
			return nil, err
		}
		if c.n > 0 {
			r.scores = append(r.scores, c)
		}
	}
	return r, nil
}

// way makes a way ready, and tells how many paragraphs it finds at the most.
func (r *run) way(w *way) (wayRun, uint64, error) {
	wr := wayRun{fields: w.where, where: w.where, other: w.other}
	for _, words := range w.phrases {
		wr.phrases = append(wr.phrases, phrase{words: words, literal: literal(words)})
	}
	if len(w.terms) == 0 {
		c, err := r.listed(&wr)
		if err != nil {
			return wr, 0, err
		}
		wr.cs = append(wr.cs, c)
	}
	for _, t := range w.terms {
		c, err := r.cursor(t)
		if err != nil {
			return wr, 0, err
		}
		wr.cs = append(wr.cs, c)
	}
	for i := range wr.phrases {
		r.countable(&wr.phrases[i], wr.cs)
	}
	slices.SortStableFunc(wr.cs, func(a, b *cursor) int { return cmp.Compare(a.n, b.n) })
	return wr, wr.cs[0].n, nil
}

func (r *run) cursor(t term) (*cursor, error) {
	c := &cursor{term: listKey{t.field, t.key}, length: t.field != fieldD}
	if c.list = r.ix.lists.get(c.term); c.list != nil {
		c.n = uint64(len(c.list.freqs))
	} else {
		open, err := r.ix.postings(r.ctx, c.term)
		if err != nil {
			return nil, err
		}
		c.open, c.n = open, open.n
	}
	total := float64(r.ix.col.Paragraphs)
	c.gain = t.weight * math.Log(1+(total-float64(c.n)+.5)/(float64(c.n)+.5))
	r.all = append(r.all, c)
	return c, nil
}

// readLists reads the lists that are worth it when so many paragraphs are
// walked.
func (r *run) readLists(walked uint64) error {
	for _, c := range r.all {
		if c.list != nil || c.n < listedFrom || c.n > listedTimes*walked {
			continue
		}
		if err := r.readList(c); err != nil {
			return err
		}
	}
	return nil
}

// readList reads the list of a cursor that has not been moved yet, and before it
// that without marks, if the run needs both. A word that is asked for twice is read
// once.
func (r *run) readList(c *cursor) (err error) {
	for _, other := range r.all {
		if other.list != nil && other.term == c.term {
			c.list = other.list
			return nil
		}
	}
	if c.open.folded != c.term {
		for _, other := range r.all {
			if other.list == nil && other.term == c.open.folded {
				if err := r.readList(other); err != nil {
					return err
				}
			}
		}
	}
	if c.list, err = r.ix.readList(r.ctx, c.term); err == nil {
		r.ix.lists.put(c.term, c.list)
	}
	return err
}

// text gives the text of paragraph d, which is valid until that of another is
// asked for.
func (r *run) text(article, d uint32) (text []byte, err error) {
	if len(r.buf) > 0 && r.textOf == d {
		return r.buf, nil
	}
	r.buf, err = r.ix.col.appendText(r.buf[:0], article, d, nil)
	r.textOf = d
	return r.buf, err
}

func (r *run) close() {
	if r.stretch != nil {
		stretches.Put(r.stretch)
		r.stretch = nil
	}
	if r.analyzer != nil {
		analyzers.Put(r.analyzer)
		r.analyzer = nil
	}
	for _, c := range r.all {
		if c.open != nil {
			c.open.close()
		}
	}
}

// docHit is a paragraph with the slots found in it, a bit for each.
type docHit struct {
	doc   uint32
	act   uint32 // the act that was asked for; noAct when none was
	slots uint64
	typed uint64 // those found by what was typed, not by another name
	field uint64 // those found by conditions alone, which not all of its groups need meet
	score float64
}

// noAct is the number of no act.
const noAct = ^uint32(0)

// articleHits are the paragraphs of one article in which something was found,
// in their order.
type articleHits struct {
	article uint32
	hits    []docHit
	slots   uint64  // found anywhere in the article
	typed   uint64  // by what was typed
	spread  float64 // the score of a paragraph that had the best of all of them
	acts    []actHit
}

// hit gives the paragraph of number d, in which something was found.
func (a *articleHits) hit(d uint32) *docHit {
	i, _ := slices.BinarySearchFunc(a.hits, d, func(h docHit, d uint32) int { return cmp.Compare(h.doc, d) })
	return &a.hits[i]
}

// walked is how many paragraphs at the most are walked to find need of the
// slots, and dense reports whether they are many.
func (r *run) walked(need int) (n uint64) {
	for _, s := range r.slots[:len(r.slots)-need+1] {
		n += s.n
	}
	return n
}

func (r *run) dense(need int) bool {
	return r.walked(need)*stretchShare >= uint64(r.ix.col.Paragraphs)
}

// articles gives every article that has at least need of the slots. An
// article with need of n slots has one of the n−need+1 rarest; only those are
// walked, the others are looked up: stretch by stretch, which are of one article
// each where few are found.
func (r *run) articles(need int, emit func(*articleSum) error) error {
	col := r.ix.col
	essential := r.slots[:len(r.slots)-need+1]
	if err := r.readLists(r.walked(need)); err != nil {
		return err
	}
	size := uint32(1)
	if r.dense(need) {
		size = stretchDocs
	}
	for lo, steps := uint32(0), 0; int(lo) < col.Paragraphs; steps++ {
		if size > 1 || steps%64 == 0 {
			if err := r.ctx.Err(); err != nil {
				return err
			}
		}
		next := noDoc
		for i := range essential {
			for j := range essential[i].ways {
				d, err := essential[i].ways[j].seek(lo)
				if err != nil {
					return err
				}
				next = min(next, d)
			}
		}
		if next == noDoc {
			return nil
		}
		w := r.stretch
		w.begin(col, next, size, r.acts, r.mixed)
		if err := r.fill(need); err != nil {
			return err
		}
		if err := r.emit(need, emit); err != nil {
			return err
		}
		lo = w.hi
	}
	return nil
}

// filter is a query's filters as column values.
type filter struct {
	years     []int
	countries []uint32
	people    []uint32
	kinds     uint32
	from, to  int
	typed     []fieldClause
	any       bool // something is filtered
	none      bool // a value asked for is not in the archive
}

func (ix *Index) newFilter(q *Query) filter {
	f := filter{years: q.Years}
	for _, v := range q.Countries {
		if n, ok := ix.col.country[v]; ok {
			f.countries = append(f.countries, n)
		}
	}
	f.none = len(q.Countries) > 0 && len(f.countries) == 0
	for _, v := range q.People {
		n, ok := ix.col.person[v]
		f.people = append(f.people, n)
		f.none = f.none || !ok
	}
	for _, v := range q.Kinds {
		if k := slices.Index(kindNames, v); k >= 0 {
			f.kinds |= 1 << k
		}
	}
	f.none = f.none || len(q.Kinds) > 0 && f.kinds == 0
	f.from, _ = dayRange(q.From)
	_, f.to = dayRange(q.To)
	f.any = len(q.Years)+len(q.Countries)+len(q.People)+len(q.Kinds) > 0 || f.from > 0 || f.to > 0
	return f
}

// passes reports whether a group is let through.
func (f *filter) passes(c *columns, g uint32) bool {
	if !f.any {
		return true
	}
	if f.none {
		return false
	}
	if len(f.years) > 0 && !slices.Contains(f.years, c.groupYear(g)) {
		return false
	}
	if f.kinds != 0 && f.kinds&c.groupKinds(g) == 0 {
		return false
	}
	if f.from > 0 && c.groupTo(g) < f.from {
		return false
	}
	if f.to > 0 && (c.groupFrom(g) == 0 || c.groupFrom(g) > f.to) {
		return false
	}
	if len(f.countries) > 0 {
		list := c.groupCountries(g)
		if !slices.ContainsFunc(f.countries, func(v uint32) bool { return holds(list, v) }) {
			return false
		}
	}
	for _, v := range f.people {
		if !holds(c.groupPeople(g), v) {
			return false
		}
	}
	for i := range f.typed {
		if !f.typed[i].passes(c, g) {
			return false
		}
	}
	return true
}

// How well a group answers: its words in one paragraph, in one article, or
// only most of them.
const (
	someWords = iota + 1
	inArticle
	inParagraph
)

const hitsShown = 3

// found is a group among the results.
type found struct {
	group uint32
	tier  int
	typed bool // every word was found as it was typed
	score float64
	hits  [hitsShown]docHit
	n     int // of hits
}

// add keeps the best hits, best first.
func (f *found) add(h *docHit) {
	i := f.n
	for i > 0 && f.hits[i-1].score < h.score {
		i--
	}
	if i == hitsShown {
		return
	}
	f.n = min(f.n+1, hitsShown)
	copy(f.hits[i+1:], f.hits[i:hitsShown-1])
	f.hits[i] = *h
	f.score = f.hits[0].score
}

// addOnce is add for a paragraph that may be there already, by another act.
func (f *found) addOnce(h *docHit) {
	for _, other := range f.hits[:f.n] {
		if other.doc == h.doc {
			return
		}
	}
	f.add(h)
}

// unlifted gives the score that lifted makes of.
func unlifted(score, spread float64) float64 {
	return (score - spreadWeight*spread) / (1 - spreadWeight)
}

// collector keeps the best groups and counts all.
type collector struct {
	col           *columns
	filter        filter
	acts          actFilter
	order         Order
	keep          int // how many
	enough        int // results that make a second, looser pass needless
	onePerArticle bool
	loose         bool   // the second pass: the score alone orders
	full          uint64 // every slot
	best          []found
	total         int
	articles      int
	counts        *counts                        // of facets; nil when they are not asked for
	counted       bool                           // by someone else
	need          int                            // slots that an act must have
	allows        func(h *docHit, g uint32) bool // when hits are found by conditions
	byGroup       []found
	named         []uint32 // groups
	seen          []bool   // groups of the article at hand
	groupActs     []groupAct
	actsOf        uint32   // the article at hand
	firstGroup    uint32   // of it
	tallies       []told   // of each of its groups, what the acts that answer are, together
	met           []uint64 // its groups with the values counted in them that have no bit
}

// groupAct is an act that answers, under one of its groups.
type groupAct struct {
	group, act uint32
	slots      uint64
}

// takeFrom takes articles that a run finds.
func (c *collector) takeFrom(r *run) func(*articleSum) error {
	return func(s *articleSum) error {
		if !c.letsThrough(s.article) {
			return nil
		}
		a, err := r.hitsOf(s, c.need)
		if err != nil {
			return err
		}
		c.take(a)
		return nil
	}
}

// letsThrough reports whether the filters let one of an article's groups through.
func (c *collector) letsThrough(article uint32) bool {
	if !c.filter.any {
		return true
	}
	for g, end := c.col.articleGroups(article); g < end; g++ {
		if c.filter.passes(c.col, g) {
			return true
		}
	}
	return false
}

// countIn counts an act, which answers, in each of its groups that the filters let
// through; of an article of one group they do.
func (c *collector) countIn(act uint32) {
	if len(c.tallies) == 1 {
		c.countAct(c.firstGroup, act)
		return
	}
	x := c.col.act(act)
	of, n := c.col.docGroups(x.doc())
	for i, g := range of[:n] {
		if x.ofGroup()>>i&1 != 0 && c.filter.passes(c.col, g) {
			c.countAct(g, act)
		}
	}
}

// take adds the groups of one article: those in which a paragraph has
// everything, and where there is none, that of the best paragraph; those of
// acts that have what is needed, when acts are asked for. Filters come after
// that choice, so that a facet's count is what its filter finds.
func (c *collector) take(a *articleHits) {
	c.takeActs(a)
	if c.gather(a); len(c.byGroup) > 0 {
		c.countFound()
		c.keepBest()
	}
}

// keepBest keeps those of byGroup, of one article, that are among the best.
func (c *collector) keepBest() {
	if c.onePerArticle && len(c.byGroup) > 1 {
		best := slices.MinFunc(c.byGroup, c.compare)
		c.byGroup = append(c.byGroup[:0], best)
	}
	for i := range c.byGroup {
		c.put(&c.byGroup[i])
	}
}

// gather puts the groups of an article that answer into byGroup.
func (c *collector) gather(a *articleHits) {
	c.byGroup = c.byGroup[:0]
	if c.acts.any {
		c.groupsOfActs(a)
	} else {
		c.groupsOfParagraphs(a)
	}
	if c.filter.any {
		c.byGroup = slices.DeleteFunc(c.byGroup, func(f found) bool { return !c.filter.passes(c.col, f.group) })
	}
	for i := range c.byGroup {
		c.byGroup[i].score = lifted(c.byGroup[i].score, a.spread)
	}
}

// countFound counts the groups of an article in byGroup, and count those named.
func (c *collector) countFound() {
	c.named = c.named[:0]
	for i := range c.byGroup {
		c.named = append(c.named, c.byGroup[i].group)
	}
	c.count()
}

func (c *collector) count() {
	if c.counted {
		return
	}
	c.articles++
	if c.onePerArticle {
		c.total++
		return
	}
	c.total += len(c.named)
	if c.counts != nil {
		for _, g := range c.named {
			c.counts.add(c.col, g)
		}
	}
}

// boundSlack makes up for sums that are rounded in another order.
const boundSlack = 1 + 1e-9

// mayEnter reports whether a group whose score is a bound may come among the
// best.
func (c *collector) mayEnter(g uint32, tier int, typed bool, score float64) bool {
	if len(c.best) < c.keep || c.keep == 0 {
		return c.keep > 0
	}
	if c.older(g) {
		return false
	}
	score *= boundSlack
	worst := &c.best[0]
	if c.order == Newest || c.order == Oldest || score == worst.score {
		return c.before(&found{group: g, tier: tier, typed: typed, score: score}, worst)
	}
	switch {
	case c.loose || tier == worst.tier && typed == worst.typed:
		return score > worst.score
	case tier != worst.tier:
		return tier > worst.tier
	}
	return typed
}

// older reports whether a group is of an earlier day than all that are kept, the
// newest of all.
func (c *collector) older(g uint32) bool {
	return c.order == Newest && len(c.best) > 0 && len(c.best) == c.keep && c.col.groupFrom(g) < c.col.groupFrom(c.best[0].group)
}

// groupsOfParagraphs puts the groups of an article's paragraphs into byGroup.
func (c *collector) groupsOfParagraphs(a *articleHits) {
	if lo, hi := c.col.articleGroups(a.article); hi-lo == 1 && c.allows == nil {
		c.onlyGroup(a, lo)
		return
	}
	best := 0
	for i := range a.hits {
		h := &a.hits[i]
		if h.score > a.hits[best].score {
			best = i
		}
		if h.slots == c.full {
			c.inGroup(h, inParagraph, h.typed == c.full)
		}
	}
	if len(c.byGroup) > 0 {
		return
	}
	tier := someWords
	if a.slots == c.full {
		tier = inArticle
	}
	c.inGroup(&a.hits[best], tier, a.typed == c.full)
	for i := range a.hits {
		h := &a.hits[i]
		if i == best {
			continue
		}
		of, n := c.col.docGroups(h.doc)
		for j := range c.byGroup {
			if slices.Contains(of[:n], c.byGroup[j].group) {
				c.byGroup[j].add(h)
			}
		}
	}
}

// onlyGroup is groupsOfParagraphs for an article that is one group.
func (c *collector) onlyGroup(a *articleHits, g uint32) {
	f := found{group: g, tier: someWords}
	for i := range a.hits {
		if h := &a.hits[i]; h.slots == c.full {
			f.tier = inParagraph
			f.typed = f.typed || h.typed == c.full
			f.add(h)
		}
	}
	if f.tier != inParagraph {
		if a.slots == c.full {
			f.tier = inArticle
		}
		f.typed = a.typed == c.full
		for i := range a.hits {
			f.add(&a.hits[i])
		}
	}
	c.byGroup = append(c.byGroup, f)
}

// takeActs gathers and counts the acts that answer.
func (c *collector) takeActs(a *articleHits) {
	c.groupActs = c.groupActs[:0]
	if len(a.acts) == 0 {
		return
	}
	for _, h := range a.acts {
		c.answers(h.act, h.slots)
	}
	if c.acts.any {
		c.inOrder()
	}
	if c.allows != nil {
		c.groupActs = slices.DeleteFunc(c.groupActs, func(x groupAct) bool {
			h := a.hit(c.col.act(x.act).doc())
			return h.field != 0 && !c.allows(h, x.group)
		})
	}
	c.countActs(a.article)
}

// answers notes an act under each of its groups, if the filters let it through.
func (c *collector) answers(act uint32, slots uint64) {
	x := c.col.act(act)
	if !c.acts.passes(c.col, x) {
		return
	}
	d := x.doc()
	if lo, hi := c.col.articleGroups(c.col.articleOf[d]); hi-lo == 1 {
		if c.filter.passes(c.col, lo) {
			c.groupActs = append(c.groupActs, groupAct{lo, act, slots})
		}
		return
	}
	of, n := c.col.docGroups(d)
	for i, g := range of[:n] {
		if x.ofGroup()>>i&1 != 0 && c.filter.passes(c.col, g) {
			c.groupActs = append(c.groupActs, groupAct{g, act, slots})
		}
	}
}

// inOrder sorts the acts of an article by their groups.
func (c *collector) inOrder() {
	slices.SortFunc(c.groupActs, func(a, b groupAct) int { return cmp.Or(cmp.Compare(a.group, b.group), cmp.Compare(a.act, b.act)) })
}

// countActs counts the acts of an article in groupActs.
func (c *collector) countActs(article uint32) {
	if c.counts == nil || len(c.groupActs) == 0 {
		return
	}
	c.beginActs(article)
	for _, x := range c.groupActs {
		c.countAct(x.group, x.act)
	}
	c.endActs()
}

// beginActs begins to count the acts of an article, each value once a group.
func (c *collector) beginActs(article uint32) {
	first, end := c.col.articleGroups(article)
	c.actsOf, c.firstGroup, c.met = article, first, c.met[:0]
	c.tallies = cleared(c.tallies, int(end-first))
}

// countAct counts an act of a group.
func (c *collector) countAct(g, act uint32) {
	t, x := &c.tallies[g-c.firstGroup], &c.col.told[act]
	t.tags |= x.tags
	t.more |= x.more
	if x.more&listsTell != 0 {
		c.countListed(g, c.col.act(act))
	}
}

// countListed counts of an act what has no bit.
func (c *collector) countListed(g uint32, x *actView) {
	known := c.col.speakersIn(c.actsOf)
	for l := c.col.speakersOf(x); len(l) > 0; l = l[4:] {
		if v := u32(l, 0); !slices.Contains(known, v) && c.meet(g, v) {
			c.counts.speakers[v]++
		}
	}
	for l := c.col.topicsOf(x); len(l) > 0; l = l[4:] {
		if v := u32(l, 0); v >= taggedTopics && c.meet(g, ^v) {
			c.counts.topics[v]++
		}
	}
}

// meet reports whether a group of the article at hand has a value for the first
// time.
func (c *collector) meet(g, v uint32) bool {
	pair := uint64(g)<<32 | uint64(v)
	if slices.Contains(c.met, pair) {
		return false
	}
	c.met = append(c.met, pair)
	return true
}

// endActs counts what was found of each group.
func (c *collector) endActs() {
	known := c.col.speakersIn(c.actsOf)
	for _, t := range c.tallies {
		c.counts.addTags(t.tags, t.more&hasFigure != 0)
		for set := t.more &^ (hasFigure | listsTell); set != 0; set &= set - 1 {
			c.counts.speakers[known[bits.TrailingZeros64(set)]]++
		}
	}
}

// groupsOfActs puts the groups of the acts that answer into byGroup.
func (c *collector) groupsOfActs(a *articleHits) {
	for _, x := range c.groupActs {
		h := *a.hit(c.col.act(x.act).doc())
		h.act = x.act
		if n := len(c.byGroup); n == 0 || c.byGroup[n-1].group != x.group {
			tier := inParagraph
			if x.slots != c.full {
				tier = someWords
			}
			c.byGroup = append(c.byGroup, found{group: x.group, tier: tier})
		}
		f := &c.byGroup[len(c.byGroup)-1]
		f.addOnce(&h)
		f.typed = f.typed || h.typed == c.full
	}
}

// inGroup adds a hit to its groups.
func (c *collector) inGroup(h *docHit, tier int, typed bool) {
	of, n := c.col.docGroups(h.doc)
	for _, g := range of[:n] {
		if h.field != 0 && !c.allows(h, g) {
			continue
		}
		i := slices.IndexFunc(c.byGroup, func(f found) bool { return f.group == g })
		if i < 0 {
			i = len(c.byGroup)
			c.byGroup = append(c.byGroup, found{group: g, tier: tier})
		}
		c.byGroup[i].add(h)
		c.byGroup[i].typed = c.byGroup[i].typed || typed
	}
}

// put keeps a group while it is among the best.
func (c *collector) put(f *found) {
	switch {
	case c.keep == 0:
	case len(c.best) < c.keep:
		c.best = append(c.best, *f)
		for i := len(c.best) - 1; i > 0; { // c.best is a heap, worst on top
			up := (i - 1) / 2
			if !c.before(&c.best[up], &c.best[i]) {
				break
			}
			c.best[up], c.best[i] = c.best[i], c.best[up]
			i = up
		}
	case c.before(f, &c.best[0]):
		c.best[0] = *f
		for i := 0; ; {
			down := 2*i + 1
			if down >= len(c.best) {
				break
			}
			if down+1 < len(c.best) && c.before(&c.best[down], &c.best[down+1]) {
				down++
			}
			if !c.before(&c.best[i], &c.best[down]) {
				break
			}
			c.best[i], c.best[down] = c.best[down], c.best[i]
			i = down
		}
	}
}

// compare orders groups as they are shown. Ties are broken by date, the newest
// first, and then by id, so that every build gives the same order.
func (c *collector) compare(a, b found) int { return c.ranked(&a, &b) }

func (c *collector) ranked(a, b *found) int {
	newer := cmp.Compare(c.col.groupFrom(b.group), c.col.groupFrom(a.group))
	order := 0
	switch c.order {
	case Newest:
		order = newer
	case Oldest:
		order = -newer
		if c.col.groupFrom(a.group) == 0 || c.col.groupFrom(b.group) == 0 {
			order = newer // unknown dates come last either way
		}
	default:
		if !c.loose {
			order = cmp.Or(cmp.Compare(b.tier, a.tier), boolCompare(b.typed, a.typed))
		}
		order = cmp.Or(order, cmp.Compare(b.score, a.score), newer)
	}
	if order != 0 {
		return order
	}
	return cmp.Compare(c.col.groupID(a.group), c.col.groupID(b.group))
}

func boolCompare(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// before reports whether a is shown before b.
func (c *collector) before(a, b *found) bool { return c.ranked(a, b) < 0 }

// sorted gives the kept groups, best first.
func (c *collector) sorted() []found {
	slices.SortFunc(c.best, c.compare)
	return c.best
}
