package search

import (
	"context"
	"fmt"
	"iter"
	"path/filepath"
	"strings"
	"testing"

	"vankho/internal/archive"
	"vankho/internal/testkit"
	"vankho/internal/vitext"
)

// sequence gives articles as Build wants them.
func sequence(articles ...*archive.Article) iter.Seq2[*archive.Article, error] {
	return func(yield func(*archive.Article, error) bool) {
		for _, a := range articles {
			if !yield(a, nil) {
				return
			}
		}
	}
}

// build makes and opens an index in a temporary folder.
func buildTest(t testing.TB, articles ...*archive.Article) *Index {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "g1")
	if err := Build(context.Background(), dir, "g1", sequence(articles...)); err != nil {
		t.Fatal(err)
	}
	ix, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ix.Close() })
	return ix
}

// text makes an article of paragraphs, with nothing extracted.
func textArticle(name string, paragraphs ...string) *archive.Article {
	a := &archive.Article{
		Schema: archive.SchemaArticle, Version: 1,
		Source: archive.Source{Name: name, Identity: "test/" + name, Media: "text/plain"},
		Title:  archive.Title{Text: name, State: archive.Inferred},
	}
	for i, p := range paragraphs {
		a.Paragraphs = append(a.Paragraphs, archive.Paragraph{
			N: i + 1, Kind: archive.Body, Text: p, Sentences: vitext.Sentences(p),
		})
	}
	a.AssignIDs()
	return a
}

// names gives the sources of the articles found, best first.
func names(t testing.TB, ix *Index, query string) []string {
	t.Helper()
	res, err := ix.Search(context.Background(), Query{Text: query, Limit: MaxPage})
	if err != nil {
		t.Fatalf("Search(%q): %v", query, err)
	}
	var out []string
	for _, g := range res.Groups {
		out = append(out, g.Source)
	}
	return out
}

func TestSearchSamples(t *testing.T) {
	ix := buildTest(t, testkit.Articles()...)
	for _, q := range []string{"Tô Lâm", "to lam", "", "hội đàm", "5/2/2026"} {
		res, err := ix.Search(context.Background(), Query{Text: q})
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%q: %d groups, %d articles, facets %+v", q, res.Total, res.Articles, res.Facets)
		for _, g := range res.Groups {
			t.Logf("  %s %s %s %s %.2f %v", g.Article, g.Meeting, g.Source, g.Date, g.Score, g.Hits)
		}
		hits, err := ix.Rank(context.Background(), Query{Text: q})
		t.Logf("  %+v %v", hits, err)
	}
}

func ids(n uint32) string { return fmt.Sprintf("%08x", n) }

func TestNumbersAreOrdinals(t *testing.T) {
	var articles []*archive.Article
	for i := range 3 * batchParagraphs / 5 {
		articles = append(articles, textArticle(fmt.Sprintf("%d.txt", i), "a b", "b c", "c d", "d e", fmt.Sprint("số ", i)))
	}
	ix := buildTest(t, articles...)
	for n := range uint32(ix.col.Paragraphs) {
		id, err := ix.reader.InternalID(ids(n))
		if err != nil {
			t.Fatal(err)
		}
		if got := id.Value(); got != uint64(n) {
			t.Fatalf("paragraph %d has number %d in Bleve", n, got)
		}
	}
	if got := strings.Join(names(t, ix, "số 17"), " "); got != "17.txt" {
		t.Errorf("got %s", got)
	}
}

// buildTexts makes an index of articles of one paragraph.
func buildTexts(t testing.TB, texts []string, name func(string) string) *Index {
	t.Helper()
	var articles []*archive.Article
	for _, text := range texts {
		articles = append(articles, textArticle(name(text), text))
	}
	return buildTest(t, articles...)
}
