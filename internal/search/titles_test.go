package search

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"vankho/internal/archive"
	"vankho/internal/source"
	"vankho/internal/testkit"
	"vankho/internal/vitext"
)

// TestTitles measures ranking on what the archive is of: the title of each of
// some hundred news texts must find the text, of which everything but the
// title is indexed. The set is another than TestXQuAD's, which has questions
// on encyclopedic texts, so that weights are not tuned to one of them alone.
// Several texts tell of the same meeting; the right one is not always first.
func TestTitles(t *testing.T) {
	titles, articles := titledArticles(t)
	ix := buildTest(t, articles...)
	var scores bytes.Buffer
	fmt.Fprintf(&scores, "%d titles, %d articles\n", len(titles), len(articles))
	for _, kind := range []struct {
		name  string
		query func(n int, title string) string
		least float64
	}{
		{"marked", func(_ int, s string) string { return s }, .7},
		{"half-marked", func(_ int, s string) string { return halfMarked(s) }, .68},
		{"unmarked", func(_ int, s string) string { return vitext.Fold(s) }, .7},
		{"one typo", mistype, .69},
	} {
		sum, first := 0.0, 0
		for n, title := range titles {
			hits, err := ix.Rank(context.Background(), Query{Text: kind.query(n, title.text)})
			if err != nil {
				t.Fatalf("%s: %v", title.text, err)
			}
			i := slices.IndexFunc(hits, func(h ArticleHit) bool { return h.Article == title.article })
			if i >= 0 {
				sum += 1 / float64(i+1)
			}
			if i == 0 {
				first++
			}
		}
		mrr := sum / float64(len(titles))
		fmt.Fprintf(&scores, "%-12s MRR@10 %.4f, first %d\n", kind.name, mrr, first)
		if mrr < kind.least {
			t.Errorf("%s: MRR@10 %.4f, want %.2f", kind.name, mrr, kind.least)
		}
	}
	testkit.Golden(t, "testdata/titles.golden", scores.Bytes())
}

// titled is a title with the id of the article that must be found by it.
type titled struct{ text, article string }

// titledArticles reads the texts that extraction is measured with. A title is
// asked for when it is the text's own, has some words and is not repeated in
// the body.
func titledArticles(t *testing.T) ([]titled, []*archive.Article) {
	t.Helper()
	files, err := filepath.Glob("../extract/testdata/*/texts/*.txt")
	if err != nil || len(files) < 100 {
		t.Fatalf("%d texts, %v", len(files), err)
	}
	var titles []titled
	var articles []*archive.Article
	seen := map[string]bool{}
	for _, path := range files {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		rel := strings.TrimPrefix(filepath.ToSlash(path), "../extract/testdata/")
		a, err := source.Read(source.File{Path: path, Name: strings.ReplaceAll(rel, "/", "-"), Rel: rel, Collection: "titles", Data: b})
		if err != nil {
			t.Fatal(err)
		}
		if a.Paragraphs = slices.DeleteFunc(a.Paragraphs, func(p archive.Paragraph) bool { return p.Kind == archive.TitleParagraph }); len(a.Paragraphs) == 0 {
			continue
		}
		a.AssignIDs()
		articles = append(articles, a)
		title := strings.ToLower(a.Title.Text)
		repeated := slices.ContainsFunc(a.Paragraphs, func(p archive.Paragraph) bool { return strings.Contains(strings.ToLower(p.Text), title) })
		if a.Title.State == archive.Stated && len(strings.Fields(title)) >= 5 && !repeated && !seen[title] {
			titles = append(titles, titled{a.Title.Text, a.ID})
		}
		seen[title] = true
	}
	return titles, articles
}

// mistype makes one mistake in the nth title, in a word of its middle that is
// long enough: a letter left out, doubled, exchanged with the next, or another
// tone.
func mistype(n int, title string) string {
	words := strings.Fields(title)
	at := len(words) / 2
	for len([]rune(words[at])) < 4 && at+1 < len(words) {
		at++
	}
	r := []rune(words[at])
	k := len(r) / 2
	switch n % 4 {
	case 0:
		r = slices.Delete(r, k, k+1)
	case 1:
		r = slices.Insert(r, k, r[k])
	case 2:
		r[k-1], r[k] = r[k], r[k-1]
	case 3:
		words[at] = strings.NewReplacer("à", "á", "á", "à", "ộ", "ổ", "ố", "ồ", "ư", "ứ", "ế", "ề", "ạ", "ả", "ì", "í").Replace(words[at])
		r = []rune(words[at])
	}
	words[at] = string(r)
	return strings.Join(words, " ")
}
