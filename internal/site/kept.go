package site

import (
	"container/list"
	"net/http"
	"sync"

	"vankho/internal/store"
)

// maxKept is how many bytes of answers are kept, compressed, with what keeping
// one takes: some four thousand pages.
const maxKept = 64 << 20

// keptRoom is about what the entry of an answer takes besides its body.
const keptRoom = 1 << 10

// madeFrom is all that the answer to an address depends on, besides the
// language and the encoding.
type madeFrom struct {
	store store.State
	index string // the generation that is open, or none
}

type keptKey struct{ lang, target, encoding string }

type keptEntry struct {
	key  keptKey
	page *packed
}

// keptPages holds the answers asked for last, all of one state of the archive.
type keptPages struct {
	mu    sync.Mutex
	from  madeFrom
	pages map[keptKey]*list.Element // of keptEntry
	order *list.List                // the one asked for last in front
	bytes int
}

// get gives the answer kept for an address, or nil. Those that were made from
// another state of the archive are dropped.
func (k *keptPages) get(from madeFrom, key keptKey) *packed {
	k.mu.Lock()
	defer k.mu.Unlock()
	if from != k.from || k.order == nil {
		k.from, k.pages, k.order, k.bytes = from, map[keptKey]*list.Element{}, list.New(), 0
	}
	e, ok := k.pages[key]
	if !ok {
		return nil
	}
	k.order.MoveToFront(e)
	return e.Value.(keptEntry).page
}

// put keeps an answer and lets go of those that were not asked for longest.
func (k *keptPages) put(from madeFrom, key keptKey, page *packed) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if _, ok := k.pages[key]; ok || from != k.from {
		return // another request was faster, or an import
	}
	k.pages[key] = k.order.PushFront(keptEntry{key, page})
	k.bytes += page.room()
	for k.bytes > maxKept {
		last := k.order.Remove(k.order.Back()).(keptEntry)
		delete(k.pages, last.key)
		k.bytes -= last.page.room()
	}
}

func (p *packed) room() int { return len(p.body) + keptRoom }

// keep answers an address without a query from what is kept, and keeps what h
// answers: between imports it is always the same. h sets no header of its own.
//
// What is kept was checked when it was read, so a record damaged since is
// answered as it was received until the next import or start; nothing damaged
// is, and no refusal is kept.
func (s *Site) keep(h handler) handler {
	if s.dev {
		return h
	}
	return func(w http.ResponseWriter, r *http.Request) error {
		note := askedFor(r)
		from, err := s.madeFrom(r)
		if err != nil || r.URL.RawQuery != "" {
			return h(w, r) // which says what is wrong
		}
		note.keeping = true
		key := keptKey{note.lang, note.target, encodingOf(r, true)}
		if page := s.kept.get(from, key); page != nil {
			page.write(w, r)
			return nil
		}
		if err := h(w, r); err != nil {
			return err
		}
		if note.sent == nil || note.sent.status != http.StatusOK || note.passing {
			return nil
		}
		// An import while h was reading: what it read is not known.
		if now, err := s.madeFrom(r); err == nil && now == from {
			s.kept.put(from, key, note.sent)
		}
		return nil
	}
}

func (s *Site) madeFrom(r *http.Request) (madeFrom, error) {
	state, err := s.store.State(r.Context())
	return madeFrom{state, s.search.Generation()}, err
}
