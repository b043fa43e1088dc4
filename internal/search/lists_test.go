package search

import (
	"context"
	"math/rand/v2"
	"testing"
)

// TestListWalk moves a cursor over Bleve's postings and one over their list to
// the same paragraphs.
func TestListWalk(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir() + "/g"
	if err := Build(ctx, dir, "g", varied(t, 60)); err != nil {
		t.Fatal(err)
	}
	ix, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer ix.Close()
	cursors := func() (plain, listed *cursor) {
		r := &run{ix: ix, ctx: ctx}
		var both [2]*cursor
		for i := range both {
			if both[i], err = r.cursor(term{fieldF, "hop", 1}); err != nil {
				t.Fatal(err)
			}
		}
		if both[1].list, err = ix.readList(ctx, both[1].term); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(r.close)
		return both[0], both[1]
	}
	r := rand.New(rand.NewPCG(1, 2))
	for _, stride := range []int{1, 2, 5, 50, 1000} {
		plain, listed := cursors()
		if plain.n < 50 || plain.gain != listed.gain {
			t.Fatalf("%d paragraphs, gain %v and %v", plain.n, plain.gain, listed.gain)
		}
		for d := uint32(0); ; d += 1 + uint32(r.IntN(stride)) {
			want, err := plain.seek(d)
			if err != nil {
				t.Fatal(err)
			}
			got, err := listed.seek(d)
			if err != nil {
				t.Fatal(err)
			}
			if got != want {
				t.Fatalf("stride %d, seek(%d): %d, want %d", stride, d, got, want)
			}
			if got == noDoc {
				break
			}
			if g, w := listed.score(1.5), plain.score(1.5); g != w {
				t.Fatalf("paragraph %d scores %v, want %v", got, g, w)
			}
		}
	}
}

func TestListsKeepToTheirLimit(t *testing.T) {
	l := newLists(0)
	const postingBytes = 6
	l.limit = 10 * postingBytes
	of := func(n int) *list { return newList(1000, make([]uint32, n), make([]uint16, n)) }
	l.put(listKey{fieldF, "a"}, of(6))
	l.put(listKey{fieldF, "a"}, of(6))
	l.put(listKey{fieldS, "a"}, of(4))
	if l.size != l.limit || len(l.kept) != 2 {
		t.Errorf("%d bytes of %d in %d lists", l.size, l.limit, len(l.kept))
	}
	l.put(listKey{fieldF, "b"}, of(11))
	if l.get(listKey{fieldF, "b"}) != nil || len(l.kept) != 2 {
		t.Error("a list beyond the limit is kept, or took the place of others")
	}
	l.get(listKey{fieldF, "a"})
	l.put(listKey{fieldF, "d"}, of(3))
	if l.get(listKey{fieldS, "a"}) != nil || l.get(listKey{fieldF, "a"}) == nil || l.size != 9*postingBytes {
		t.Error("the list asked for last had to go, or that asked for first did not")
	}
	l.put(listKey{fieldF, "c"}, of(9))
	if l.get(listKey{fieldF, "c"}) == nil || l.size != 9*postingBytes || len(l.kept) != 1 {
		t.Errorf("%d bytes in %d lists, want those of the last", l.size, len(l.kept))
	}
}
