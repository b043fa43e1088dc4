package search

import (
	"bytes"
	"context"
	_ "embed"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vankho/internal/archive"
	"vankho/internal/source"
	"vankho/internal/testkit"
)

//go:embed testdata/queries.txt
var seedQueries string

// seedArticles reads the seeds, with nothing extracted from them.
func seedArticles(t testing.TB) []*archive.Article {
	t.Helper()
	files, err := filepath.Glob("../../seeds/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no seeds: %v", err)
	}
	var articles []*archive.Article
	for _, path := range files {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Base(path)
		a, err := source.Read(source.File{Path: path, Name: name, Rel: name, Collection: "seeds", Data: b})
		if err != nil {
			t.Fatal(err)
		}
		a.AssignIDs()
		articles = append(articles, a)
	}
	return articles
}

// TestRank keeps the effect of every change of ranking in sight: where each
// question of queries.txt finds its answer among the seeds.
func TestRank(t *testing.T) {
	ix := buildTest(t, seedArticles(t)...)
	var out bytes.Buffer
	n, sum := 0, 0.0
	for line := range strings.Lines(seedQueries) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		var file, query string
		var paragraph int
		file, rest, _ := strings.Cut(line, " ")
		number, query, _ := strings.Cut(rest, " ")
		if _, err := fmt.Sscan(number, &paragraph); err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		hits, err := ix.Rank(context.Background(), Query{Text: query})
		if err != nil {
			t.Fatalf("%q: %v", query, err)
		}
		rank, at := 0, 0
		for i, h := range hits {
			if strings.HasPrefix(h.Source, file) {
				rank, at = i+1, h.Paragraph
				sum += 1 / float64(rank)
			}
		}
		n++
		fmt.Fprintf(&out, "rank %d of %d, paragraph %d", rank, len(hits), at)
		if paragraph != 0 && at != paragraph {
			fmt.Fprintf(&out, " (wanted %d)", paragraph)
		}
		fmt.Fprintf(&out, ": %s %s\n", file, query)
	}
	fmt.Fprintf(&out, "MRR %.3f over %d questions\n", sum/float64(n), n)
	testkit.Golden(t, "testdata/rank.golden", out.Bytes())
}
