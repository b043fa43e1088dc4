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

// titledArticles reads the texts that extraction is measured with, line by line:
// what package source takes for a title may change, the measure must not. The
// title is the first line that is long enough and does not end as a sentence
// does. It is asked for when the text does not repeat it and has most of its
// words, which the furniture of a page does not.
func titledArticles(t *testing.T) ([]titled, []*archive.Article) {
	t.Helper()
	files := measured(t, "devset/texts/h*", "heldout/texts/[jk]*", "news/texts/[c-k]*", "pages/texts/r*")
	var titles []titled
	var articles []*archive.Article
	for _, path := range files {
		name, lines := readLines(t, path)
		title := slices.IndexFunc(lines, isTitle)
		if title < 0 {
			continue
		}
		a := textArticle(name, slices.Delete(slices.Clone(lines), title, title+1)...)
		articles = append(articles, a)
		if speaksOf(strings.Join(lines[title+1:], "\n"), lines[title]) {
			titles = append(titles, titled{lines[title], a.ID})
		}
	}
	return titles, articles
}

// measured gives the files of texts that extraction is measured with.
func measured(t *testing.T, batches ...string) (files []string) {
	t.Helper()
	for _, batch := range batches {
		some, err := filepath.Glob("../extract/testdata/" + batch)
		if err != nil || len(some) == 0 {
			t.Fatalf("%s: %d texts, %v", batch, len(some), err)
		}
		files = append(files, some...)
	}
	return files
}

// readLines reads a text that extraction is measured with: its lines that are not
// blank, and a name for it.
func readLines(t *testing.T, path string) (name string, lines []string) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(vitext.NFC(string(text))) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.ReplaceAll(strings.TrimPrefix(path, "../extract/testdata/"), "/", "-"), lines
}

func isTitle(line string) bool {
	n := len(strings.Fields(line))
	return 6 <= n && n <= 30 && !strings.ContainsAny(line[len(line)-1:], ".:;")
}

// speaksOf reports whether a text has most words of a title and not the title.
func speaksOf(text, title string) bool {
	if strings.Contains(strings.ToLower(text), strings.ToLower(title)) {
		return false
	}
	has := map[string]bool{}
	for _, k := range keysOf(text) {
		has[k[0]] = true
	}
	known, all := 0, 0
	for _, k := range keysOf(title) {
		all++
		if has[k[0]] {
			known++
		}
	}
	return 3*known >= 2*all
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
