package search

import (
	"context"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestWide: a search over the wide forms of lists, which scores only what may come
// among the best, finds and counts what one does that scores everything.
func TestWide(t *testing.T) {
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
	wide, loose := 0, 0
	for _, text := range []string{
		"hợp tác", "hop tac", "quốc phong", "Việt Nam hợp tác phát triển", `"hợp tác" quốc`, `"quan hệ hợp tác"`, "Tô Lâm", "Lào", "Hoa Kỳ",
		"hợp hợp tác tác", "12/2025 hai bên", "hai bên OR hợp tác", "hợp tác -quốc", "15 tỷ", `"hai hai hai" bên`,
		`"quan hệ hợp tác" "hai bên"`, "Xyzzy hợp tác phát triển", "Hàn Quốc hợp tác", "đại hội đồng LHQ", "(hai bên OR hai nước) hợp tác",
		"hợp tác quốc phòng an ninh thương mại đầu tư giáo dục Xyzzy",
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
				asFound := collector()
				p, err := ix.collect(ctx, asFound, asked, q.Exact)
				if err != nil {
					t.Fatalf("%s: %v", name, err)
				}
				plain := collector()
				plain.narrow(ix, asked.fields)
				plain.full, plain.need, plain.loose = asFound.full, asFound.need, asFound.loose
				r, err := ix.newRun(ctx, p)
				if err != nil {
					t.Fatal(err)
				}
				if r.dense(plain.need) && p.plain() {
					if wide++; plain.loose {
						loose++
					}
				}
				r.acts = true
				if err := r.articles(plain.need, plain.takeFrom(r)); err != nil {
					t.Fatal(err)
				}
				r.close()
				if asFound.total != plain.total || asFound.articles != plain.articles {
					t.Errorf("%s: %d groups in %d articles, want %d in %d", name, asFound.total, asFound.articles, plain.total, plain.articles)
				}
				if diff := cmp.Diff(plain.sorted(), asFound.sorted(), cmp.AllowUnexported(found{}, docHit{})); diff != "" {
					t.Errorf("%s: (-all scored +wide)\n%s", name, diff)
				}
				if diff := cmp.Diff(plain.counts, asFound.counts, cmp.AllowUnexported(counts{})); diff != "" {
					t.Errorf("%s: counts (-all scored +wide)\n%s", name, diff)
				}
			}
		}
	}
	if wide < 100 || loose < 5 {
		t.Errorf("%d searches were wide, %d of them for some of the words: too few to tell", wide, loose)
	}
}
