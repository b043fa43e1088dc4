package search

import (
	"math/bits"
	"slices"
	"sync"
)

const (
	// A stretch is so many paragraphs, and more to the end of an article, when
	// one in stretchShare or more is walked.
	stretchDocs  = 4096
	stretchShare = 256
)

// stretch is what a run has found in the paragraphs lo to hi-1, which are those
// of whole articles. Terms are taken one after the other, each through the whole
// stretch: that is many times faster than to go from paragraph to paragraph.
type stretch struct {
	lo, hi       uint32
	slots, typed []uint64 // of each paragraph: those found, and those found as typed
	free         []uint64 // those found without conditions, when a way has some
	scores       []float64

	first    uint32    // article
	firstEnd uint32    // of its paragraphs
	spreads  []float64 // of each article

	firstAct uint32
	parts    []partHit // of each act, where acts are asked for
}

// stretches are those that searches have used.
var stretches = sync.Pool{New: func() any { return new(stretch) }}

// begin makes an empty stretch that begins with the article of paragraph d.
func (w *stretch) begin(c *columns, d, size uint32, acts, mixed bool) {
	w.first = c.articleOf[d]
	w.lo, w.hi = c.articleDocs(w.first)
	w.firstEnd = w.hi
	last := w.first
	if size > w.hi-w.lo {
		last = c.articleOf[min(w.lo+size, uint32(c.Paragraphs))-1]
		_, w.hi = c.articleDocs(last)
	}
	n := int(w.hi - w.lo)
	w.slots, w.typed, w.scores = cleared(w.slots, n), cleared(w.typed, n), cleared(w.scores, n)
	if mixed {
		w.free = cleared(w.free, n)
	}
	w.spreads = cleared(w.spreads, int(last-w.first)+1)
	if acts {
		w.firstAct, _ = c.docActs(w.lo)
		_, end := c.docActs(w.hi - 1)
		w.parts = cleared(w.parts, int(end-w.firstAct))
	}
}

// cleared gives a slice of n zeroes, in the place of s where that is large enough.
func cleared[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	s = s[:n]
	clear(s)
	return s
}

// articleSpread adds up, article by article, the most that a term adds to any of
// an article's paragraphs. These come in their order.
type articleSpread struct {
	col     *columns
	spreads []float64
	first   uint32
	at, end uint32 // the article, from first on, and the end of its paragraphs
	most    float64
}

func (r *run) newSpread() articleSpread {
	return articleSpread{col: r.ix.col, spreads: r.stretch.spreads, first: r.stretch.first, end: r.stretch.firstEnd}
}

func (s *articleSpread) add(d uint32, score float64) {
	if d >= s.end {
		s.next(d)
	}
	s.most = max(s.most, score)
}

// next goes on to the article of paragraph d.
func (s *articleSpread) next(d uint32) {
	s.close()
	a := s.col.articleOf[d]
	_, s.end = s.col.articleDocs(a)
	s.at = a - s.first
}

func (s *articleSpread) close() {
	s.spreads[s.at] += s.most
	s.most = 0
}

// fill finds and scores the slots in the stretch. It may leave it unfinished
// when no article can have need of them.
func (r *run) fill(need int) error {
	for i := range r.slots {
		if r.stretch.first == r.ix.col.articleOf[r.stretch.hi-1] && r.hopeless(need, len(r.slots)-i) {
			clear(r.stretch.slots)
			return nil
		}
		for j := range r.slots[i].ways {
			w := &r.slots[i].ways[j]
			if err := r.fillWay(i, w); err != nil {
				return err
			}
		}
	}
	for _, c := range r.scores {
		if err := r.scoreTerm(c); err != nil {
			return err
		}
	}
	return nil
}

// hopeless reports whether a stretch of one article cannot have need of the
// slots when so many are still to be looked for.
func (r *run) hopeless(need, rest int) bool {
	if need <= rest {
		return false
	}
	found := uint64(0)
	for _, s := range r.stretch.slots {
		found |= s
	}
	return bits.OnesCount64(found)+rest < need
}

// fillWay finds slot i in any way.
func (r *run) fillWay(i int, w *wayRun) error {
	win, spread := r.stretch, r.newSpread()
	d, err := w.seek(win.lo)
	for ; d < win.hi && err == nil; d, err = w.seek(d + 1) {
		if w.phrases != nil || w.where != nil {
			ok, err := r.verify(r.ix.col.articleOf[d], d, w)
			if err != nil {
				return err
			}
			if !ok {
				continue
			}
		}
		norm, score := float64(r.ix.col.norms[d]), 0.0
		for _, c := range w.cs {
			score += c.score(norm)
		}
		win.slots[d-win.lo] |= 1 << i
		if r.mixed && w.fields == nil {
			win.free[d-win.lo] |= 1 << i
		}
		if !w.other {
			win.typed[d-win.lo] |= 1 << i
		}
		win.scores[d-win.lo] += score
		spread.add(d, score)
		if r.acts {
			r.inActs(d, i, w)
		}
	}
	spread.close()
	return err
}

// scoreTerm adds what a term that is not asked for adds where slots were found.
func (r *run) scoreTerm(c *cursor) error {
	win, spread := r.stretch, r.newSpread()
	d, err := c.seek(win.lo)
	for ; d < win.hi && err == nil; d, err = c.seek(d + 1) {
		if win.slots[d-win.lo] != 0 {
			score := c.score(float64(r.ix.col.norms[d]))
			win.scores[d-win.lo] += score
			spread.add(d, score)
		}
	}
	spread.close()
	return err
}

// articleSum is what of an article lies in a stretch.
type articleSum struct {
	article, lo, hi uint32 // paragraphs lo to hi-1, from the first in which something was found
	slots, typed    uint64 // found anywhere in it
	spread          float64
}

// emit gives the articles of the stretch that have need of the slots.
func (r *run) emit(need int, emit func(*articleSum) error) error {
	col, win := r.ix.col, r.stretch
	for d := win.lo; d < win.hi; {
		if win.slots[d-win.lo] == 0 {
			d++
			continue
		}
		s := &r.sum
		*s = articleSum{article: col.articleOf[d], lo: d}
		_, s.hi = col.articleDocs(s.article)
		r.addUp(s)
		d = s.hi
		if bits.OnesCount64(s.slots) < need {
			continue
		}
		out, err := r.leftOut(s.article)
		if err != nil {
			return err
		}
		if out {
			continue
		}
		s.spread = win.spreads[s.article-win.first]
		if err := emit(s); err != nil {
			return err
		}
	}
	return nil
}

// addUp adds up what was found in the paragraphs of an article.
func (r *run) addUp(s *articleSum) {
	win := r.stretch
	for i, found := range win.slots[s.lo-win.lo : s.hi-win.lo] {
		s.slots |= found
		s.typed |= win.typed[int(s.lo-win.lo)+i]
	}
}

// hitsOf gives the paragraphs of an article of the stretch, valid until the
// next call.
func (r *run) hitsOf(s *articleSum, need int) (*articleHits, error) {
	win, found := r.stretch, &r.found
	*found = articleHits{
		article: s.article, hits: found.hits[:0], acts: found.acts[:0], slots: s.slots, typed: s.typed, spread: s.spread,
	}
	for d := s.lo; d < s.hi; d++ {
		slots := win.slots[d-win.lo]
		if slots == 0 {
			continue
		}
		h := docHit{doc: d, act: noAct, slots: slots, typed: win.typed[d-win.lo], score: win.scores[d-win.lo]}
		if r.mixed {
			h.field = slots &^ win.free[d-win.lo]
		}
		found.hits = append(found.hits, h)
		if r.acts && bits.OnesCount64(slots) >= need {
			if err := r.actsOf(found, &h, need); err != nil {
				return nil, err
			}
		}
	}
	return found, nil
}

// article gives one article that has need of the slots. Articles must be asked
// for in their order.
func (r *run) article(a uint32, need int) (*articleHits, error) {
	lo, _ := r.ix.col.articleDocs(a)
	r.stretch.begin(r.ix.col, lo, 1, r.acts, r.mixed)
	if err := r.fill(need); err != nil {
		return nil, err
	}
	err := r.emit(need, func(s *articleSum) error {
		_, err := r.hitsOf(s, need)
		return err
	})
	return &r.found, err
}

// plain reports whether each of a plan's slots is found by its terms.
func (p *plan) plain() bool {
	for _, s := range p.slots {
		if slices.ContainsFunc(s.ways, func(w way) bool { return w.where != nil || len(w.terms) == 0 }) {
			return false
		}
	}
	return true
}
