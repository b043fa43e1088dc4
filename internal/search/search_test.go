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

// buildTest makes and opens an index in a temporary folder.
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

// textArticle makes an article of paragraphs, with nothing extracted.
func textArticle(name string, paragraphs ...string) *archive.Article {
	return testkit.TextArticle(name, paragraphs...)
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

func TestRankGivesArticlesOnce(t *testing.T) {
	ix := buildTest(t, testkit.Articles()...)
	for _, q := range []Query{{Text: "gặp"}, {Text: "Lào"}, {}, {Order: Oldest}} {
		hits, err := ix.Rank(context.Background(), q)
		if err != nil {
			t.Fatal(err)
		}
		seen := map[string]bool{}
		for _, h := range hits {
			if seen[h.Article] {
				t.Errorf("Rank(%+v): %s twice", q, h.Source)
			}
			seen[h.Article] = true
			if h.Paragraph < 1 {
				t.Errorf("Rank(%+v): %s without a paragraph", q, h.Source)
			}
		}
		if len(hits) == 0 {
			t.Errorf("Rank(%+v): nothing", q)
		}
	}
}

func TestNumbersAreOrdinals(t *testing.T) {
	var articles []*archive.Article
	for i := range 3 * batchParagraphs / 5 {
		articles = append(articles, textArticle(fmt.Sprintf("%d.txt", i), "a b", "b c", "c d", "d e", fmt.Sprint("số ", i)))
	}
	ix := buildTest(t, articles...)
	for n := range uint32(ix.col.Paragraphs) {
		id, err := ix.reader.InternalID(docID(n))
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
