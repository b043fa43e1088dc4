package search

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

	index "github.com/blevesearch/bleve_index_api"

	"vankho/internal/vitext"
)

// Limits of looking for a quotation. It is found by its rarest pairs of words:
// they tell it from everything else, and their lists are short. Common words
// are in too many paragraphs to be walked, and say little.
const (
	quotePairs = 32      // one bit of a mask each
	quoteWalk  = 100_000 // paragraphs of all lists together
)

// Quoting gives the ids of articles that may have the segments of a quotation,
// at most limit, those that share most with it first. Marks do not count, and
// words may be other ones as long as some rare pairs are left: whoever asks
// compares the texts. The pairs are those of the readable paragraphs, see
// [Build].
func (ix *Index) Quoting(ctx context.Context, segments []string, limit int) ([]string, error) {
	if !ix.acquire() {
		return nil, fmt.Errorf("%w: it is closed", ErrNoIndex)
	}
	defer ix.done()
	if ix.reader == nil {
		return nil, nil
	}
	var ids []string
	err := ix.guarded(ctx, func(ctx context.Context) error {
		pairs, err := ix.rarePairs(segments)
		if err != nil {
			return err
		}
		shared, err := ix.share(ctx, pairs)
		if err != nil {
			return err
		}
		ids = ix.mostShared(pairs, shared, limit)
		return nil
	})
	return ids, err
}

// rarePair is a pair of words without their marks, and in how many paragraphs
// it is.
type rarePair struct {
	key string
	n   uint64
}

// rarePairs gives the pairs of the segments that the index has, the rarest
// first, as many as may be walked.
func (ix *Index) rarePairs(segments []string) ([]rarePair, error) {
	var pairs []rarePair
	seen := map[string]bool{}
	var s vitext.Scanner
	for _, text := range segments {
		before := ""
		for s.Reset(text); s.Scan(); {
			word := string(s.Folded)
			key := before + " " + word
			first := before == ""
			before = word
			if first || seen[key] {
				continue
			}
			seen[key] = true
			n, err := ix.frequency(fieldG, key)
			if err != nil {
				return nil, err
			}
			if n > 0 {
				pairs = append(pairs, rarePair{key, n})
			}
		}
	}
	slices.SortStableFunc(pairs, func(a, b rarePair) int { return cmp.Compare(a.n, b.n) })
	walked := uint64(0)
	for i, p := range pairs {
		if walked += p.n; i == quotePairs || i > 0 && walked > quoteWalk {
			return pairs[:i], nil
		}
	}
	return pairs, nil
}

// share tells which of the pairs each article has, as the bits of a mask. Of a
// pair that is in more paragraphs than may be walked only the first are.
func (ix *Index) share(ctx context.Context, pairs []rarePair) (map[uint32]uint32, error) {
	shared := map[uint32]uint32{}
	for i, p := range pairs {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if err := ix.sharePair(ctx, p, 1<<i, shared); err != nil {
			return nil, err
		}
	}
	return shared, nil
}

// sharePair sets the bit of a pair for each article that has it.
func (ix *Index) sharePair(ctx context.Context, p rarePair, bit uint32, shared map[uint32]uint32) error {
	r, err := ix.reader.TermFieldReader(ctx, []byte(p.key), fieldG, false, false, false)
	if err != nil {
		return err
	}
	var at index.TermFieldDoc
	for range quoteWalk {
		d, err := r.Next(&at)
		if err != nil {
			return errors.Join(err, r.Close())
		}
		if d == nil {
			break
		}
		shared[ix.col.articleOf[d.ID.Value()]] |= bit
	}
	return r.Close()
}

// mostShared gives the ids of the articles that share most.
func (ix *Index) mostShared(pairs []rarePair, shared map[uint32]uint32, limit int) []string {
	gains := make([]float64, len(pairs))
	for i, p := range pairs {
		gains[i] = math.Log(1 + float64(ix.col.Paragraphs)/float64(p.n))
	}
	type candidate struct {
		article uint32
		gain    float64
	}
	all := make([]candidate, 0, len(shared))
	for a, mask := range shared {
		c := candidate{article: a}
		for i, gain := range gains {
			if mask&(1<<i) != 0 {
				c.gain += gain
			}
		}
		all = append(all, c)
	}
	slices.SortFunc(all, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.gain, a.gain), cmp.Compare(a.article, b.article))
	})
	var ids []string
	for _, c := range all[:min(len(all), limit)] {
		ids = append(ids, ix.col.articleID(c.article))
	}
	return ids
}

// Quoting asks the open generation, see [Index.Quoting], or gives ErrNoIndex.
func (l *Live) Quoting(ctx context.Context, segments []string, limit int) ([]string, error) {
	for {
		ix := l.current()
		if ix == nil {
			return nil, ErrNoIndex
		}
		ids, err := ix.Quoting(ctx, segments, limit)
		switch {
		case errors.Is(err, ErrNoIndex) && l.current() != ix:
			continue // a newer generation was opened meanwhile
		case err != nil && !errors.Is(err, ErrBusy) && ctx.Err() == nil:
			return nil, fmt.Errorf("%w: %w", ErrNoIndex, err)
		}
		return ids, err
	}
}
