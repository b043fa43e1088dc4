package search

import (
	"context"
	"errors"
	"fmt"
)

// Rank gives a ranked list from the open generation, see [Index.Rank], or
// ErrNoIndex.
func (l *Live) Rank(ctx context.Context, q Query) ([]ArticleHit, error) {
	for {
		ix := l.current()
		if ix == nil {
			return nil, ErrNoIndex
		}
		hits, err := ix.Rank(ctx, q)
		switch {
		case errors.Is(err, ErrNoIndex) && l.current() != ix:
			continue // a newer generation was opened meanwhile
		case err != nil && !errors.Is(err, ErrBadQuery) && !errors.Is(err, ErrBusy) && ctx.Err() == nil:
			return nil, fmt.Errorf("%w: %w", ErrNoIndex, err)
		}
		return hits, err
	}
}
