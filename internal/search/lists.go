package search

import (
	"iter"
	"slices"
	"sync"
)

// list is the paragraphs of a term, ascending, with how often each has it and
// where. A walk over it takes a tenth of the time that Bleve's own takes, which
// decodes as it goes.
type list struct {
	docs  []uint32 // where they are few
	set   ranked   // where they are many
	freqs []uint16 // see maxFrequency

	unusual []uint32 // places of what is written otherwise than usual, in F and G

	widen, widenActs sync.Once
	wide             *wide
	acts             *wideActs
}

// A list of paragraphs takes less room as a set when they are one in manyDocs or
// more of all.
const manyDocs = 16

// newList makes a list of paragraphs, ascending, of so many that there are.
func newList(paragraphs int, docs []uint32, freqs []uint16) *list {
	if len(docs)*manyDocs < paragraphs {
		return &list{docs: docs, freqs: freqs}
	}
	return &list{set: newRanked(paragraphs, docs), freqs: freqs}
}

const (
	// A list is worth its reading when it is long, and when not much more of
	// it is read than a search looks at.
	listedFrom  = 128 // paragraphs
	listedTimes = 32

	leastListBytes  = 32 << 20
	listBytesPerDoc = 64
)

// lists keeps the lists asked for last, up to a number of bytes.
type lists struct {
	limit int

	mu    sync.Mutex
	kept  map[listKey]*list
	used  map[listKey]int // when each was asked for last
	sizes map[listKey]int // bytes
	clock int
	size  int
}

type listKey struct{ field, key string }

func newLists(paragraphs int) *lists {
	return &lists{limit: max(leastListBytes, listBytesPerDoc*paragraphs), kept: map[listKey]*list{}, used: map[listKey]int{}, sizes: map[listKey]int{}}
}

func (l *lists) get(k listKey) *list {
	l.mu.Lock()
	defer l.mu.Unlock()
	x := l.kept[k]
	if x != nil {
		l.use(k)
	}
	return x
}

func (l *lists) use(k listKey) {
	l.clock++
	l.used[k] = l.clock
}

// put keeps a list, in the place of those not asked for the longest.
func (l *lists) put(k listKey, x *list) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.kept[k] != nil || x.bytes() > l.limit {
		return
	}
	l.use(k)
	l.kept[k] = x
	l.add(k, x.bytes())
}

// grew tells that a list that may be kept takes so many bytes more.
func (l *lists) grew(k listKey, bytes int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.kept[k] != nil {
		l.add(k, bytes)
	}
}

// add adds to the bytes of a list and drops those not asked for the longest while
// they are too many.
func (l *lists) add(k listKey, bytes int) {
	l.sizes[k] += bytes
	for l.size += bytes; l.size > l.limit; {
		oldest, at := listKey{}, l.clock+1
		for old, used := range l.used {
			if used < at {
				oldest, at = old, used
			}
		}
		l.size -= l.sizes[oldest]
		delete(l.kept, oldest)
		delete(l.used, oldest)
		delete(l.sizes, oldest)
	}
}

// bytes is what a list takes, without its wide form.
func (x *list) bytes() int {
	return 4*len(x.docs) + 12*len(x.set.before) + 2*len(x.freqs) + 4*len(x.unusual)
}

// from gives the first paragraph from d on, not before place i, and its place; noDoc
// at the end.
func (x *list) from(i int, d uint32) (place int, doc uint32) {
	if x.docs == nil {
		if doc = x.set.from(d, uint32(len(x.set.bitset)*64)); doc == noDoc {
			return len(x.freqs), noDoc
		}
		return x.set.rank(doc), doc
	}
	step := 1
	for i+step < len(x.docs) && x.docs[i+step] < d {
		i += step
		step *= 2
	}
	for end := min(i+step, len(x.docs)); i < end; {
		if mid := i + (end-i)/2; x.docs[mid] < d {
			i = mid + 1
		} else {
			end = mid
		}
	}
	if i == len(x.docs) {
		return i, noDoc
	}
	return i, x.docs[i]
}

// all gives the paragraphs with their places.
func (x *list) all() iter.Seq2[int, uint32] {
	if x.docs != nil {
		return slices.All(x.docs)
	}
	return func(yield func(int, uint32) bool) {
		place, end := 0, uint32(len(x.set.bitset)*64)
		for d := x.set.from(0, end); d != noDoc && yield(place, d); d = x.set.from(d+1, end) {
			place++
		}
	}
}
