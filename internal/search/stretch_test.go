package search

import (
	"context"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestBounds: a search that scores only what may come among the best finds and
// counts what one does that scores everything.
func TestBounds(t *testing.T) {
	dir := t.TempDir() + "/g"
	if err := Build(context.Background(), dir, "g", varied(t, 400)); err != nil {
		t.Fatal(err)
	}
	ix, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer ix.Close()
	ctx := context.Background()
	bounded, widened := 0, 0
	for _, text := range []string{
		"hợp tác", "hop tac", "quốc phong", "Việt Nam hợp tác phát triển", `"hợp tác" quốc`, `"quan hệ hợp tác"`, "Tô Lâm", "Lào", "Hoa Kỳ",
		"hợp hợp tác tác", "12/2025 hai bên", "hai bên OR hợp tác", "hợp tác -quốc", "15 tỷ", `"hai hai hai" bên`,
	} {
		for _, q := range []Query{{}, {Order: Newest}, {Countries: []string{"LA"}}, {Speakers: []string{"a"}}, {Exact: true}} {
			for _, single := range []bool{false, true} {
				name := fmt.Sprintf("%s %+v, one an article: %v", text, q, single)
				q.Text, q.Limit = text, 1
				asked, err := ix.ask(&q, MaxQueryRunes, MaxTerms)
				if err != nil {
					t.Fatalf("%s: %v", name, err)
				}
				collector := func() *collector {
					c := &collector{
						col: ix.col, filter: ix.newFilter(&q), acts: ix.newActFilter(&q), order: q.Order, keep: 20,
						enough: 1, onePerArticle: single,
					}
					if !single {
						c.counts = ix.col.newCounts()
					}
					return c
				}
				rough := collector()
				p, err := ix.collect(ctx, rough, asked, q.Exact)
				if err != nil {
					t.Fatalf("%s: %v", name, err)
				}
				if rough.loose {
					continue
				}
				if rough.exact != nil {
					bounded++
				}
				plain := collector()
				plain.narrow(ix, asked.fields)
				plain.full, plain.need = rough.full, rough.need
				r, err := ix.newRun(ctx, p)
				if err != nil {
					t.Fatal(err)
				}
				if r.dense(plain.need) && r.isWide() {
					widened++
				}
				r.acts = true
				if err := r.articles(plain.need, plain.takeFrom(r)); err != nil {
					t.Fatal(err)
				}
				r.close()
				if rough.total != plain.total || rough.articles != plain.articles {
					t.Errorf("%s: %d groups in %d articles, want %d in %d", name, rough.total, rough.articles, plain.total, plain.articles)
				}
				if diff := cmp.Diff(plain.sorted(), rough.sorted(), cmp.AllowUnexported(found{}, docHit{})); diff != "" {
					t.Errorf("%s: (-all scored +bounds first)\n%s", name, diff)
				}
				if diff := cmp.Diff(plain.counts, rough.counts, cmp.AllowUnexported(counts{})); diff != "" {
					t.Errorf("%s: counts (-all scored +bounds first)\n%s", name, diff)
				}
			}
		}
	}
	if bounded < 15 || widened < 50 {
		t.Errorf("%d searches began with bounds and %d were wide: too few to tell", bounded, widened)
	}
}
