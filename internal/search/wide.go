package search

import (
	"math"
	"math/bits"
	"slices"
	"sync"
)

// bitset is a set of small numbers: bit n%64 of word n/64 is number n.
type bitset []uint64

func newBitset(n int) bitset { return make(bitset, (n+63)/64) }

func (s bitset) add(n uint32)      { s[n/64] |= 1 << (n % 64) }
func (s bitset) has(n uint32) bool { return s[n/64]>>(n%64)&1 != 0 }

// from gives the first number from n on, and noDoc when there is none before end.
func (s bitset) from(n, end uint32) uint32 {
	for n < end {
		if w := s[n/64] >> (n % 64); w != 0 {
			if n += uint32(bits.TrailingZeros64(w)); n < end {
				return n
			}
			return noDoc
		}
		n = n&^63 + 64
	}
	return noDoc
}

// everyOfAny puts into dst what is in one set or more of each list.
func everyOfAny(dst bitset, lists [][]bitset) {
	for i := range dst {
		every := ^uint64(0)
		for _, list := range lists {
			any := uint64(0)
			for _, s := range list {
				any |= s[i]
			}
			every &= any
		}
		dst[i] = every
	}
}

// wide is what a list says of the whole archive at once: the paragraphs and
// articles that have the term, and how much it adds to an article at the most.
// What several common terms have in common is then found 64 at a time.
type wide struct {
	docs, articles bitset
	before         []uint32 // places in the list before those of each word of docs
	peaks          []uint8  // of each article, see peakOf
}

// A peak is the most that a term adds to a paragraph of an article, as a share of
// what it can add to any, in steps of a 255th, rounded up.
const peakStep = (bm25K1 + 1) / math.MaxUint8

func peakOf(score float64) uint8 { return uint8(min(math.Ceil(score/peakStep), math.MaxUint8)) }

// newWide lays out the list of a cursor.
func newWide(col *columns, c *cursor) *wide {
	w := &wide{newBitset(col.Paragraphs), newBitset(col.Articles), make([]uint32, (col.Paragraphs+63)/64), make([]uint8, col.Articles)}
	unit := cursor{gain: 1, length: c.length}
	for i, d := range c.list.docs {
		a := col.articleOf[d]
		w.docs.add(d)
		w.articles.add(a)
		w.peaks[a] = max(w.peaks[a], peakOf(unit.scoreOf(uint64(c.list.freqs[i]), float64(col.norms[d]))))
	}
	n := 0
	for i, word := range w.docs {
		w.before[i] = uint32(n)
		n += bits.OnesCount64(word)
	}
	return w
}

// wideBytes is what the wide form of a list takes, and wideActsBytes its acts.
func (c *columns) wideBytes() int {
	return c.Paragraphs/8 + c.Paragraphs/16 + c.Articles/8 + c.Articles
}
func (c *columns) wideActsBytes() int { return 2 * (c.Acts / 8) }

// place gives the place of paragraph d in the list, or -1.
func (w *wide) place(d uint32) int {
	if !w.docs.has(d) {
		return -1
	}
	return w.from(d)
}

// from gives the place of the first paragraph from d on.
func (w *wide) from(d uint32) int {
	return int(w.before[d/64]) + bits.OnesCount64(w.docs[d/64]&(1<<(d%64)-1))
}

// wideActs are the acts that surely have a term, and those where only the text tells.
type wideActs struct{ sure, maybe bitset }

func newWideActs(col *columns, c *cursor) *wideActs {
	w := &wideActs{newBitset(col.Acts), newBitset(col.Acts)}
	for i, d := range c.list.docs {
		in := (&cursor{term: c.term, frequency: uint64(c.list.freqs[i])}).in()
		for act, end := col.docActs(d); act < end; act++ {
			switch x := col.act(act); {
			case x.whole() || in&x.parts() != 0:
				w.sure.add(act)
			case in&elsewhere != 0:
				w.maybe.add(act)
			}
		}
	}
	return w
}

// wide gives the wide form of a cursor's list, which has been read.
func (r *run) wide(c *cursor) *wide {
	c.list.widen.Do(func() {
		c.list.wide.Store(newWide(r.ix.col, c))
		r.ix.lists.grew(c.term, r.ix.col.wideBytes())
	})
	return c.list.wide.Load()
}

func (r *run) wideActs(c *cursor) *wideActs {
	c.list.widenActs.Do(func() {
		c.list.wideActs = newWideActs(r.ix.col, c)
		r.ix.lists.grew(c.term, r.ix.col.wideActsBytes())
	})
	return c.list.wideActs
}

// wideRun is a run over common terms, each of which is a way of its slot by
// itself. What has all slots is known at once; only articles whose bound is high
// enough are looked at.
type wideRun struct {
	*run
	every       uint64
	docs        bitset     // with all slots
	any         bitset     // with a slot
	articles    bitset     // with all slots, in one paragraph or in several
	typed       bitset     // articles with all slots as typed
	acts, maybe bitset     // acts that surely have all slots, and those where the text may tell of some
	terms       []wideTerm // in the order in which fill adds them up, so that sums are the same
}

// wideTerm is a term that adds to scores, with its wide form where it has one.
type wideTerm struct {
	*cursor
	wide *wide
}

// wideRuns are those that searches have used.
var wideRuns = sync.Pool{New: func() any { return new(wideRun) }}

// isWide reports whether a run can be wide: each of its slots is found by single
// terms.
func (r *run) isWide() bool {
	for _, s := range r.slots {
		if slices.ContainsFunc(s.ways, func(w wayRun) bool { return len(w.cs) != 1 || w.phrases != nil || w.fields != nil }) {
			return false
		}
	}
	return true
}

// widen finds what has all slots of a run.
func (r *run) widen(acts bool) (*wideRun, error) {
	for _, c := range r.all {
		if c.list == nil {
			if err := r.readList(c); err != nil {
				return nil, err
			}
		}
	}
	col := r.ix.col
	w := wideRuns.Get().(*wideRun)
	w.run, w.every, w.terms = r, 1<<len(r.slots)-1, w.terms[:0]
	w.docs = w.find(w.docs, col.Paragraphs, func(way *wayRun) bitset { return w.wide(way.cs[0]).docs })
	w.articles = w.find(w.articles, col.Articles, func(way *wayRun) bitset { return w.wide(way.cs[0]).articles })
	w.typed = w.find(w.typed, col.Articles, func(way *wayRun) bitset {
		if way.other {
			return nil
		}
		return w.wide(way.cs[0]).articles
	})
	w.any = cleared(w.any, len(w.docs))
	for _, s := range r.slots {
		for i := range s.ways {
			for j, word := range w.wide(s.ways[i].cs[0]).docs {
				w.any[j] |= word
			}
		}
	}
	if acts {
		w.acts = w.find(w.acts, col.Acts, func(way *wayRun) bitset { return w.wideActs(way.cs[0]).sure })
		w.maybe = w.find(w.maybe, col.Acts, func(way *wayRun) bitset { return w.wideActs(way.cs[0]).sure },
			func(way *wayRun) bitset { return w.wideActs(way.cs[0]).maybe })
	}
	for _, s := range r.slots {
		for i := range s.ways {
			w.addTerm(s.ways[i].cs[0])
		}
	}
	for _, c := range r.scores {
		w.addTerm(c)
	}
	return w, nil
}

// A term that only adds to scores is worth a wide form when it is in one
// paragraph of wideShare or more.
const wideShare = 64

func (w *wideRun) addTerm(c *cursor) {
	t := wideTerm{cursor: c}
	if len(c.list.docs)*wideShare >= w.ix.col.Paragraphs {
		t.wide = w.wide(c)
	}
	w.terms = append(w.terms, t)
}

// find gives a set in which each slot is, by the sets of its ways, in the place of
// old where that is large enough.
func (w *wideRun) find(old bitset, n int, sets ...func(*wayRun) bitset) bitset {
	lists := make([][]bitset, len(w.slots))
	for i, s := range w.slots {
		for j := range s.ways {
			for _, set := range sets {
				if x := set(&s.ways[j]); x != nil {
					lists[i] = append(lists[i], x)
				}
			}
		}
	}
	size := (n + 63) / 64
	set := slices.Grow(old[:0], size)[:size]
	everyOfAny(set, lists)
	return set
}

// spread gives what the terms add to the best paragraphs of an article, each to
// its own, at the most.
func (w *wideRun) spread(a uint32) (sum float64) {
	for i := range w.terms {
		sum += w.terms[i].peak(w.ix.col, a)
	}
	return sum
}

// peak gives the most that the term adds to a paragraph of an article, or a little more.
func (t *wideTerm) peak(col *columns, a uint32) (most float64) {
	if t.wide != nil {
		return t.gain * peakStep * float64(t.wide.peaks[a])
	}
	lo, hi := col.articleDocs(a)
	for i := t.list.from(0, lo); i < len(t.list.docs) && t.list.docs[i] < hi; i++ {
		most = max(most, t.scoreOf(uint64(t.list.freqs[i]), float64(col.norms[t.list.docs[i]])))
	}
	return most
}

// place gives the place of paragraph d in the term's list, or -1.
func (t *wideTerm) place(d uint32) int {
	if t.wide != nil {
		return t.wide.place(d)
	}
	if i := t.list.from(0, d); i < len(t.list.docs) && t.list.docs[i] == d {
		return i
	}
	return -1
}

// best gives the first of an article's paragraphs d to hi-1 with the highest score,
// of those in docs, and its score; noDoc where none has one above least.
func (w *wideRun) best(docs bitset, a, d, hi uint32, spread, least float64) (best uint32, score float64) {
	best = noDoc
	for d = docs.from(d, hi); d != noDoc; d = docs.from(d+1, hi) {
		if s := w.score(a, d, spread, least); s > least {
			best, score, least = d, s, s
		}
	}
	return best, score
}

// score gives the score of a paragraph of an article with this spread, or 0 when
// it surely is not above least: it begins with the spread and goes down, term by term.
func (w *wideRun) score(a, d uint32, spread, least float64) (sum float64) {
	norm := float64(w.ix.col.norms[d])
	for i := range w.terms {
		t := &w.terms[i]
		if place := t.place(d); place >= 0 {
			sum += t.scoreOf(uint64(t.list.freqs[place]), norm)
		}
		if spread -= t.peak(w.ix.col, a); (spread+sum)*boundSlack <= least {
			return 0
		}
	}
	return sum
}

// close ends the run and keeps its sets for another.
func (w *wideRun) close() {
	w.run = nil
	wideRuns.Put(w)
}

// takeWide takes all that a wide run finds.
func (c *collector) takeWide(w *wideRun) error {
	end := uint32(c.col.Articles)
	for a, n := w.articles.from(0, end), 0; a != noDoc; a, n = w.articles.from(a+1, end), n+1 {
		if n%1024 == 0 {
			if err := w.ctx.Err(); err != nil {
				return err
			}
		}
		if !c.letsThrough(a) {
			continue
		}
		if out, err := w.leftOut(a); err != nil || out {
			if err != nil {
				return err
			}
			continue
		}
		if err := c.takeWideArticle(w, a); err != nil {
			return err
		}
	}
	return nil
}

// takeWideArticle is take for an article that has all slots: its groups are named
// and counted, and only when one of them may come among the best are its paragraphs
// scored.
func (c *collector) takeWideArticle(w *wideRun, a uint32) error {
	lo, hi := c.col.articleDocs(a)
	first, end := c.col.articleGroups(a)
	doc := w.docs.from(lo, hi)
	c.named = c.named[:0]
	if c.counts != nil || c.acts.any {
		if err := c.actsOfWide(w, a, doc); err != nil {
			return err
		}
	}
	tier := inParagraph
	switch {
	case c.acts.any:
		for _, x := range c.groupActs {
			if n := len(c.named); n == 0 || c.named[n-1] != x.group {
				c.named = append(c.named, x.group)
			}
		}
	case end-first == 1: // which letsThrough has let through
		c.named = append(c.named, first)
		if doc == noDoc {
			tier = inArticle
		}
	case doc == noDoc:
		return c.takeBest(w, a, lo, hi)
	default:
		c.nameWide(w, doc, hi, first, end)
	}
	if len(c.named) == 0 {
		return nil
	}
	c.count()
	if c.keep == 0 || !c.mayEnterAny(w, a, doc, hi, tier) {
		return nil
	}
	return c.keepArticle(w, a)
}

// mayEnterAny reports whether one of the groups named may come among the best. d is
// the first of the article's paragraphs with all slots, or noDoc.
func (c *collector) mayEnterAny(w *wideRun, a, d, hi uint32, tier int) bool {
	if !slices.ContainsFunc(c.named, func(g uint32) bool { return !c.older(g) }) {
		return false
	}
	enters := func(score float64) bool {
		return slices.ContainsFunc(c.named, func(g uint32) bool { return c.mayEnter(g, tier, w.typed.has(a), score) })
	}
	spread := w.spread(a)
	if !enters(spread) || d == noDoc {
		return enters(spread)
	}
	least := 0.0
	if (c.order == ByRelevance || c.order == "") && len(c.best) == c.keep && c.best[0].tier == tier {
		least = unlifted(c.best[0].score/boundSlack, spread)
	}
	_, score := w.best(w.docs, a, d, hi, spread, least)
	return enters(lifted(score, spread))
}

// takeBest takes an article of several groups of which no paragraph has all slots:
// the best paragraph says which groups answer.
func (c *collector) takeBest(w *wideRun, a, lo, hi uint32) error {
	spread := w.spread(a)
	d, score := w.best(w.any, a, lo, hi, spread, 0)
	of, n := c.col.docGroups(d)
	for _, g := range of[:n] {
		if c.filter.passes(c.col, g) {
			c.named = append(c.named, g)
		}
	}
	if len(c.named) == 0 {
		return nil
	}
	c.count()
	if !slices.ContainsFunc(c.named, func(g uint32) bool { return c.mayEnter(g, inArticle, w.typed.has(a), lifted(score, spread)) }) {
		return nil
	}
	return c.keepArticle(w, a)
}

// keepArticle keeps an article's groups that are among the best.
func (c *collector) keepArticle(w *wideRun, a uint32) error {
	hits, err := w.article(a, c.need)
	if err != nil {
		return err
	}
	c.gather(hits)
	c.keepBest()
	return nil
}

// nameWide names those of an article's groups, first to end-1, that the filters
// let through and that have one of the paragraphs from d to hi-1 with all slots.
func (c *collector) nameWide(w *wideRun, d, hi, first, end uint32) {
	c.seen = cleared(c.seen, int(end-first))
	for ; d != noDoc && len(c.named) < len(c.seen); d = w.docs.from(d+1, hi) {
		of, n := c.col.docGroups(d)
		for _, g := range of[:n] {
			if !c.seen[g-first] {
				c.seen[g-first] = true
				if c.filter.passes(c.col, g) {
					c.named = append(c.named, g)
				}
			}
		}
	}
}

// actsOfWide gathers and counts the acts with all slots of an article, of which d
// is the first paragraph that has them, or noDoc.
func (c *collector) actsOfWide(w *wideRun, a, d uint32) error {
	c.groupActs = c.groupActs[:0]
	if d == noDoc {
		return nil
	}
	act, end := c.col.articleActs(a)
	if act = w.maybe.from(act, end); act == noDoc {
		return nil
	}
	if !c.acts.any {
		c.beginActs(a)
	}
	for ; act != noDoc; act = w.maybe.from(act+1, end) {
		if !w.acts.has(act) {
			in, err := w.settle(a, act)
			if err != nil {
				return err
			}
			if !in {
				continue
			}
		}
		if c.acts.any {
			c.answers(act, w.every)
		} else {
			c.countIn(act)
		}
	}
	if c.acts.any {
		c.inOrder()
		c.countActs(a)
	} else {
		c.endActs()
	}
	return nil
}

// settle reports whether an act has all slots, by its text.
func (w *wideRun) settle(article, act uint32) (bool, error) {
	var h partHit
	for i, s := range w.slots {
		for j := range s.ways {
			switch x := w.wideActs(s.ways[j].cs[0]); {
			case x.sure.has(act):
				h.slots |= 1 << i
			case x.maybe.has(act):
				h.maybe |= 1 << i
			}
		}
	}
	err := w.lookInto(&h, article, act)
	return h.slots == w.every, err
}
