package search

import (
	"math"
	"math/bits"
	"slices"
	"strings"
	"sync"
)

// wide is what a list says of the whole archive at once: the paragraphs and
// articles that have the term, and how much it adds to an article at the most.
// What several common terms have in common is then found 64 at a time.
type wide struct {
	docs     ranked
	articles bitset
	peaks    []uint8 // of each article, see peakOf
}

// A peak is the most that a term adds to a paragraph of an article, as a share of
// what it can add to any, in steps of a 255th, rounded up.
const peakStep = (bm25K1 + 1) / math.MaxUint8

func peakOf(score float64) uint8 { return uint8(min(math.Ceil(score/peakStep), math.MaxUint8)) }

func newWide(col *columns, x *list) *wide {
	w := &wide{docs: x.set, articles: newBitset(col.Articles)}
	if x.set.before == nil {
		w.docs = newRanked(col.Paragraphs, x.docs)
	}
	for _, d := range x.all() {
		w.articles.add(col.articleOf[d])
	}
	return w
}

// wideActs are the acts that surely have a term, and those where only the text
// tells.
type wideActs struct{ sure, maybe bitset }

func newWideActs(col *columns) *wideActs { return &wideActs{newBitset(col.Acts), newBitset(col.Acts)} }

// add adds the acts of paragraph d, at which the cursors of a way stand.
func (w *wideActs) add(col *columns, d uint32, way *wayRun) {
	for act, end := col.docActs(d); act < end; act++ {
		x := col.act(act)
		switch sure, may := way.inAct(x); {
		case sure || x.whole():
			w.sure.add(act)
		case may:
			w.maybe.add(act)
		}
	}
}

// wideBytes and wideActsBytes are what these take for one list.
func (c *columns) wideBytes() int {
	return c.Paragraphs/8 + c.Paragraphs/16 + c.Articles/8 + c.Articles
}
func (c *columns) wideActsBytes() int { return c.Acts / 4 }

// wide gives the wide form of a cursor's list, which has been read.
func (r *run) wide(c *cursor) *wide {
	c.list.widen.Do(func() {
		col := r.ix.col
		w := newWide(col, c.list)
		w.peaks = make([]uint8, col.Articles)
		unit := cursor{gain: 1, length: c.length}
		for i, d := range c.list.all() {
			peak := &w.peaks[col.articleOf[d]]
			*peak = max(*peak, peakOf(unit.scoreOf(uint64(c.list.freqs[i]), float64(col.norms[d]))))
		}
		c.list.wide = w
		r.ix.lists.grew(c.term, col.wideBytes())
	})
	return c.list.wide
}

// termActs gives the acts of a way that is one term.
func (r *run) termActs(w *wayRun) *wideActs {
	c := w.cs[0]
	c.list.widenActs.Do(func() {
		acts := newWideActs(r.ix.col)
		at := &cursor{term: c.term}
		one := &wayRun{cs: []*cursor{at}}
		for i, d := range c.list.all() {
			at.frequency = uint64(c.list.freqs[i])
			acts.add(r.ix.col, d, one)
		}
		c.list.acts = acts
		r.ix.lists.grew(c.term, r.ix.col.wideActsBytes())
	})
	return c.list.acts
}

// walkedList gives the list of a way that asks for several terms or for phrases, and
// keeps it like that of a term. The cursors of the way are at their beginning
// again after it.
func (r *run) walkedList(w *wayRun) (*list, error) {
	k := w.key()
	if x := r.ix.lists.get(k); x != nil {
		return x, nil
	}
	var docs []uint32
	acts := newWideActs(r.ix.col)
	d, err := w.seek(0)
	for n := 0; d != noDoc && err == nil; d, err = w.seek(d + 1) {
		if n++; n%1024 == 0 {
			if err := r.ctx.Err(); err != nil {
				return nil, err
			}
		}
		ok, err := r.verify(r.ix.col.articleOf[d], d, w)
		if err != nil {
			return nil, err
		}
		if ok {
			docs = append(docs, d)
			acts.add(r.ix.col, d, w)
		}
	}
	if err != nil {
		return nil, err
	}
	for _, c := range w.cs {
		c.begun, c.place = false, 0
	}
	x := newList(r.ix.col.Paragraphs, docs, nil)
	x.wide, x.acts = newWide(r.ix.col, x), acts
	r.ix.lists.put(k, x)
	r.ix.lists.grew(k, r.ix.col.wideBytes()+r.ix.col.wideActsBytes())
	return x, nil
}

// key names the list of a way: no field is called so.
func (w *wayRun) key() listKey {
	var b strings.Builder
	for _, c := range w.cs {
		b.WriteString(c.term.field + c.term.key + "\x00")
	}
	for _, p := range w.phrases {
		b.WriteByte(1)
		for _, x := range p.words {
			if x.fold {
				b.WriteString(x.folded + "\x02")
			} else {
				b.WriteString(x.exact + "\x00")
			}
		}
	}
	return listKey{"way", b.String()}
}

// wideRun is a run over common terms. What has the slots is known at once; only
// articles whose bound is high enough are looked at.
type wideRun struct {
	*run
	need        int
	every       uint64
	docs, any   bitset // paragraphs with all slots, and with one
	articles    bitset // with what is needed, in one paragraph or in several
	typed       bitset // articles with all slots as typed
	acts, maybe bitset // acts that surely have what is needed, and those where the text may tell of some of it
	ways        [][]wideWay
	terms       []wideTerm // in the order in which fill adds them up, so that sums are the same
	plain       []plainTerm
	others      []int     // those of terms that are not in plain
	peaks       []float64 // what each term adds to a paragraph of the article at hand at the most
	rest        []float64 // what those after it do
	bounds      []float64 // what all do, of each paragraph
}

// plainTerm is the peaks of a term, with what a step of them is worth.
type plainTerm struct {
	step  float64
	peaks []uint8
}

// wideWay is a way in its wide form.
type wideWay struct {
	*wide
	acts  *wideActs
	other bool
}

// wideTerm is what adds to scores: a way of a slot, or a term besides.
type wideTerm struct {
	parts []wideCursor
	in    *wide // where it counts; nil: wherever its only part is
}

type wideCursor struct {
	*cursor
	wide *wide // nil where it is rare
}

// wideRuns are those that searches have used.
var wideRuns = sync.Pool{New: func() any { return new(wideRun) }}

// A term that only adds to scores is worth a wide form when it is in one
// paragraph of wideShare or more.
const wideShare = 64

// widen finds what has need of the slots of a run, each of which is found by
// terms. The acts are looked for when they are asked for.
func (r *run) widen(need int, acts bool) (*wideRun, error) {
	for _, c := range r.all {
		if c.list == nil {
			if err := r.readList(c); err != nil {
				return nil, err
			}
		}
	}
	w := wideRuns.Get().(*wideRun)
	w.run, w.need, w.every, w.ways, w.terms = r, need, 1<<len(r.slots)-1, w.ways[:0], w.terms[:0]
	w.plain, w.others = w.plain[:0], w.others[:0]
	for i := range r.slots {
		if err := w.addSlot(&r.slots[i], acts); err != nil {
			w.close()
			return nil, err
		}
	}
	for _, c := range r.scores {
		if err := r.ctx.Err(); err != nil {
			w.close()
			return nil, err
		}
		w.terms = append(w.terms, wideTerm{parts: []wideCursor{w.cursor(c)}})
	}
	for i, t := range w.terms {
		if c := &t.parts[0]; t.in == nil && c.wide != nil {
			w.plain = append(w.plain, plainTerm{c.gain * peakStep, c.wide.peaks})
		} else {
			w.others = append(w.others, i)
		}
	}
	col := r.ix.col
	w.docs = w.find(w.docs, col.Paragraphs, len(w.ways), func(x *wideWay) bitset { return x.docs.bitset })
	w.any = w.find(w.any, col.Paragraphs, 1, func(x *wideWay) bitset { return x.docs.bitset })
	w.articles = w.find(w.articles, col.Articles, need, func(x *wideWay) bitset { return x.articles })
	w.typed = w.find(w.typed, col.Articles, len(w.ways), func(x *wideWay) bitset {
		if x.other {
			return nil
		}
		return x.articles
	})
	if acts {
		sure, maybe := func(x *wideWay) bitset { return x.acts.sure }, func(x *wideWay) bitset { return x.acts.maybe }
		w.acts = w.find(w.acts, col.Acts, need, sure)
		w.maybe = w.find(w.maybe, col.Acts, need, sure, maybe)
	}
	return w, nil
}

func (w *wideRun) cursor(c *cursor) wideCursor {
	x := wideCursor{cursor: c}
	if len(c.list.freqs)*wideShare >= w.ix.col.Paragraphs {
		x.wide = w.wide(c)
	}
	return x
}

// addSlot adds the ways of a slot.
func (w *wideRun) addSlot(s *slotRun, acts bool) error {
	var ways []wideWay
	for i := range s.ways {
		if err := w.ctx.Err(); err != nil {
			return err
		}
		way := &s.ways[i]
		x, t := wideWay{other: way.other}, wideTerm{}
		for _, c := range way.cs {
			t.parts = append(t.parts, w.cursor(c))
		}
		switch {
		case len(way.cs) > 1 || way.phrases != nil:
			list, err := w.walkedList(way)
			if err != nil {
				return err
			}
			x.wide, x.acts = list.wide, list.acts
			t.in = x.wide
		default:
			if x.wide = w.wide(way.cs[0]); acts {
				x.acts = w.termActs(way)
			}
		}
		ways, w.terms = append(ways, x), append(w.terms, t)
	}
	w.ways = append(w.ways, ways)
	return nil
}

// find gives what need of the slots have, by the sets of their ways, in the place
// of old where that is large enough.
func (w *wideRun) find(old bitset, n, need int, sets ...func(*wideWay) bitset) bitset {
	lists := make([][]bitset, len(w.ways))
	for i, ways := range w.ways {
		for j := range ways {
			for _, set := range sets {
				if x := set(&ways[j]); x != nil {
					lists[i] = append(lists[i], x)
				}
			}
		}
	}
	size := (n + 63) / 64
	found := slices.Grow(old[:0], size)[:size]
	inSome(found, need, lists)
	return found
}

// spread gives what the terms add to the best paragraphs of an article, each to
// its own, at the most.
func (w *wideRun) spread(a uint32) (sum float64) {
	for i := range w.plain {
		sum += w.plain[i].step * float64(w.plain[i].peaks[a])
	}
	for _, i := range w.others {
		sum += w.terms[i].peak(w.ix.col, a)
	}
	return sum
}

// at makes an article the one at hand.
func (w *wideRun) at(a uint32) {
	w.rest, w.peaks = cleared(w.rest, len(w.terms)), cleared(w.peaks, len(w.terms))
	sum := 0.0
	for i := len(w.terms) - 1; i >= 0; i-- {
		w.rest[i], w.peaks[i] = sum, w.terms[i].peak(w.ix.col, a)
		sum += w.peaks[i]
	}
}

// peak gives the most that the term adds to a paragraph of an article, or a little
// more.
func (t *wideTerm) peak(col *columns, a uint32) (sum float64) {
	if t.in != nil && !t.in.articles.has(a) {
		return 0
	}
	for i := range t.parts {
		c := &t.parts[i]
		if c.wide != nil {
			sum += c.gain * peakStep * float64(c.wide.peaks[a])
			continue
		}
		most := 0.0
		lo, hi := col.articleDocs(a)
		for place, d := c.list.from(0, lo); d < hi; place, d = c.list.from(place+1, d+1) {
			most = max(most, c.scoreOf(uint64(c.list.freqs[place]), float64(col.norms[d])))
		}
		sum += most
	}
	return sum
}

// placeOf gives the place of paragraph d in the cursor's list, or -1.
func (c *wideCursor) placeOf(d uint32) int {
	if c.wide != nil {
		if !c.wide.docs.has(d) {
			return -1
		}
		return c.wide.docs.rank(d)
	}
	if i, ok := slices.BinarySearch(c.list.docs, d); ok {
		return i
	}
	return -1
}

// add gives what the term adds to paragraph d of this length norm.
func (t *wideTerm) add(d uint32, norm float64) (sum float64) {
	if t.in != nil && !t.in.docs.has(d) {
		return 0
	}
	for i := range t.parts {
		c := &t.parts[i]
		if place := c.placeOf(d); place >= 0 {
			sum += c.scoreOf(uint64(c.list.freqs[place]), norm)
		}
	}
	return sum
}

// best gives the highest score of the paragraphs from d to hi-1 that are in docs; 0
// where none has one above least. They are of the article at hand.
func (w *wideRun) best(docs bitset, d, hi uint32, least float64) (score float64) {
	for d = docs.from(d, hi); d != noDoc; d = docs.from(d+1, hi) {
		if s := w.score(d, max(least, score)); s > max(least, score) {
			score = s
		}
	}
	return score
}

// bestOf gives the best paragraph of an article that has slots in paragraphs from
// lo to hi-1: the first of equals. The one with the most to expect is scored first,
// as most others are then known to be less.
func (w *wideRun) bestOf(a, lo, hi uint32) (best uint32) {
	w.at(a)
	w.bounds = cleared(w.bounds, int(hi-lo))
	for d := w.any.from(lo, hi); d != noDoc; d = w.any.from(d+1, hi) {
		w.bounds[d-lo] = w.boundOf(d)
	}
	best = lo
	for i, bound := range w.bounds {
		if bound > w.bounds[best-lo] {
			best = lo + uint32(i)
		}
	}
	score := w.score(best, 0)
	for i, bound := range w.bounds {
		d := lo + uint32(i)
		if d == best || bound*boundSlack < score {
			continue
		}
		if s := w.score(d, 0); s > score || s == score && d < best {
			best, score = d, s
		}
	}
	return best
}

// boundOf gives what the terms of a paragraph of the article at hand add to it at
// the most.
func (w *wideRun) boundOf(d uint32) (sum float64) {
	for i := range w.terms {
		if c := &w.terms[i].parts[0]; c.wide == nil || c.wide.docs.has(d) {
			sum += w.peaks[i]
		}
	}
	return sum
}

// score gives the score of a paragraph of the article at hand, or 0 as soon as it
// surely is not above least.
func (w *wideRun) score(d uint32, least float64) (sum float64) {
	norm := float64(w.ix.col.norms[d])
	for i := range w.terms {
		sum += w.terms[i].add(d, norm)
		if (sum+w.rest[i])*boundSlack <= least {
			return 0
		}
	}
	return sum
}

// slotsOf gives the slots that lie in an act: all that the text tells, when they
// may be as many as are needed.
func (w *wideRun) slotsOf(article, act uint32) (uint64, error) {
	var h partHit
	for i, ways := range w.ways {
		for j := range ways {
			switch x := ways[j].acts; {
			case x.sure.has(act):
				h.slots |= 1 << i
			case x.maybe.has(act):
				h.maybe |= 1 << i
			}
		}
	}
	if bits.OnesCount64(h.slots) >= w.need {
		return h.slots, nil
	}
	err := w.lookInto(&h, article, act)
	return h.slots, err
}

// close ends the run and keeps its sets for another.
func (w *wideRun) close() {
	clear(w.ways)
	clear(w.terms)
	clear(w.plain)
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
		out, err := w.leftOut(a)
		if err == nil && !out {
			err = c.takeWideArticle(w, a)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// takeWideArticle is take for an article that has what is needed: its groups are
// named and counted, and only when one of them may come among the best are its
// paragraphs scored.
func (c *collector) takeWideArticle(w *wideRun, a uint32) error {
	c.named, c.groupActs = c.named[:0], c.groupActs[:0]
	if c.counts != nil || c.acts.any {
		if err := c.actsOfWide(w, a); err != nil {
			return err
		}
	}
	lo, hi := c.col.articleDocs(a)
	first, end := c.col.articleGroups(a)
	doc := w.docs.from(lo, hi)
	found := wideFound{article: a, from: lo, to: hi, docs: w.any, tier: inArticle}
	if doc != noDoc {
		if found.tier = inParagraph; w.need == len(w.ways) {
			found.from, found.docs = doc, w.docs // which alone are scored
		}
	}
	switch {
	case c.acts.any:
		found.tier = inParagraph
		for _, x := range c.groupActs {
			if n := len(c.named); n == 0 || c.named[n-1] != x.group {
				c.named = append(c.named, x.group)
			}
		}
	case end-first == 1: // which letsThrough has let through
		c.named = append(c.named, first)
	case doc != noDoc:
		c.nameWide(w, doc, hi, first, end)
	default: // the best paragraph says which groups answer
		groups, n := c.col.docGroups(w.bestOf(a, lo, hi))
		c.named = append(c.named, groups[:n]...)
		c.named = slices.DeleteFunc(c.named, func(g uint32) bool { return !c.filter.passes(c.col, g) })
	}
	if len(c.named) == 0 {
		return nil
	}
	if c.count(); c.keep == 0 || !c.mayEnterAny(w, found) {
		return nil
	}
	hits, err := w.article(a, c.need)
	if err != nil {
		return err
	}
	c.gather(hits)
	c.keepBest()
	return nil
}

// wideFound is an article that a wide run has found: the paragraphs from from to
// to-1 that are in docs say how high its groups may come.
type wideFound struct {
	article, from, to uint32
	docs              bitset
	tier              int
}

// mayEnterAny reports whether one of the groups named may come among the best.
func (c *collector) mayEnterAny(w *wideRun, f wideFound) bool {
	if !slices.ContainsFunc(c.named, func(g uint32) bool { return !c.older(g) }) {
		return false
	}
	typed := w.typed.has(f.article)
	enters := func(score float64) bool {
		return slices.ContainsFunc(c.named, func(g uint32) bool { return c.mayEnter(g, f.tier, typed, score) })
	}
	spread := w.spread(f.article)
	if !enters(spread) {
		return false
	}
	least := 0.0
	if (c.order == ByRelevance || c.order == "") && len(c.best) == c.keep && (c.loose || c.best[0].tier == f.tier) {
		least = unlifted(c.best[0].score/boundSlack, spread)
	}
	w.at(f.article)
	return enters(lifted(w.best(f.docs, f.from, f.to, least), spread))
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

// actsOfWide gathers or counts the acts of an article that have what is needed.
func (c *collector) actsOfWide(w *wideRun, a uint32) error {
	act, end := c.col.articleActs(a)
	if act = w.maybe.from(act, end); act == noDoc {
		return nil
	}
	if !c.acts.any {
		c.beginActs(a)
	}
	for ; act != noDoc; act = w.maybe.from(act+1, end) {
		slots := w.every
		if w.need < len(w.ways) || !w.acts.has(act) {
			var err error
			if slots, err = w.slotsOf(a, act); err != nil {
				return err
			}
			if bits.OnesCount64(slots) < w.need {
				continue
			}
		}
		if c.acts.any {
			c.answers(act, slots)
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
