package search

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
)

// Live serves searches from the newest generation while older ones finish.
type Live struct {
	dir string

	use sync.Mutex // one Use at a time

	mu sync.Mutex
	ix *Index // nil until the first Use
}

// NewLive gives a Live over archiveDir/index with nothing open yet.
func NewLive(archiveDir string) *Live { return &Live{dir: filepath.Join(archiveDir, "index")} }

// Use opens the generation if it is not the open one, and closes the old one
// when its last search has ended. On error the old one stays.
func (l *Live) Use(generation string) error {
	l.use.Lock()
	defer l.use.Unlock()
	if ix := l.current(); ix != nil && ix.Generation() == generation {
		return nil
	}
	if generation == "" || !filepath.IsLocal(generation) || filepath.Base(generation) != generation {
		return fmt.Errorf("%w: %q is no generation", ErrNoIndex, generation)
	}
	ix, err := Open(filepath.Join(l.dir, generation))
	if err != nil {
		return err
	}
	if ix.Generation() != generation {
		ix.Close()
		return fmt.Errorf("%w: %s holds generation %q", ErrNoIndex, filepath.Join(l.dir, generation), ix.Generation())
	}
	l.mu.Lock()
	old := l.ix
	l.ix = ix
	l.mu.Unlock()
	if old != nil {
		return old.Close()
	}
	return nil
}

func (l *Live) current() *Index {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.ix
}

// Generation names the open generation; it is empty when there is none.
func (l *Live) Generation() string {
	if ix := l.current(); ix != nil {
		return ix.Generation()
	}
	return ""
}

// Search answers from the open generation, or gives ErrNoIndex.
func (l *Live) Search(ctx context.Context, q Query) (*Results, error) {
	for {
		ix := l.current()
		if ix == nil {
			return nil, ErrNoIndex
		}
		// Between current and acquire a swap may close ix; then there is a
		// newer one, unless the Live itself was closed.
		if ix.acquire() {
			defer ix.done()
			results, err := ix.search(ctx, q)
			if err != nil && !errors.Is(err, ErrBadQuery) && !errors.Is(err, ErrBusy) && ctx.Err() == nil {
				// The files were sound when they were opened: what fails now is
				// the index or this program, not the question.
				err = fmt.Errorf("%w: %w", ErrNoIndex, err)
			}
			return results, err
		}
		if l.current() == ix {
			return nil, ErrNoIndex
		}
	}
}

// Close closes the open generation.
func (l *Live) Close() error {
	l.mu.Lock()
	ix := l.ix
	l.ix = nil
	l.mu.Unlock()
	if ix == nil {
		return nil
	}
	return ix.Close()
}
