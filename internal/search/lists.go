package search

import (
	"sync"
	"sync/atomic"
)

// list is the paragraphs of a term, ascending, with how often each has it and
// where. A walk over it takes a tenth of the time that Bleve's own takes, which
// decodes as it goes.
type list struct {
	docs  []uint32
	freqs []uint16 // see maxFrequency

	widen, widenActs sync.Once
	wide             atomic.Pointer[wide]
	acts             *wideActs
}

const (
	// A list is worth its reading when it is long, and when not much more of
	// it is read than a search looks at.
	listedFrom  = 128 // paragraphs
	listedTimes = 32

	postingBytes    = 6
	leastListBytes  = 32 << 20
	listBytesPerDoc = 32
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
	if l.kept[k] != nil || postingBytes*len(x.docs) > l.limit {
		return
	}
	l.use(k)
	l.kept[k] = x
	l.add(k, postingBytes*len(x.docs))
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

// from gives the place of the first paragraph from d on, not before place i.
func (x *list) from(i int, d uint32) int {
	if w := x.wide.Load(); w != nil && int(d) < len(w.before)*64 {
		return max(i, w.from(d))
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
	return i
}
