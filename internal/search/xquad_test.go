package search

import (
	"bufio"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vankho/internal/archive"
	"vankho/internal/vitext"
)

// TestXQuAD measures ranking on the open question set in the folder that
// VANKHO_XQUAD names (docs.jsonl and queries.tsv), which is not shipped. Each
// question is asked with its marks, without, and with every second word's.
func TestXQuAD(t *testing.T) {
	dir := os.Getenv("VANKHO_XQUAD")
	if dir == "" {
		t.Skip("VANKHO_XQUAD does not name the folder of the question set")
	}
	f, err := os.Open(filepath.Join(dir, "docs.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var articles []*archive.Article
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var d struct{ Name, Text string }
		if err := json.Unmarshal(lines.Bytes(), &d); err != nil {
			t.Fatal(err)
		}
		articles = append(articles, textArticle(d.Name, d.Text))
	}
	ix := buildTest(t, articles...)
	queries, err := os.ReadFile(filepath.Join(dir, "queries.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range []struct {
		name  string
		query func(string) string
		least float64
	}{
		{"marked", func(q string) string { return q }, .955},
		{"half-marked", halfMarked, .945},
		{"unmarked", vitext.Fold, .95},
	} {
		sum, n, first, refused := 0.0, 0, 0, 0
		for line := range strings.Lines(string(queries)) {
			cols := strings.Split(strings.TrimRight(line, "\n"), "\t")
			q := kind.query(cols[1])
			n++
			hits, err := ix.Rank(context.Background(), Query{Text: q, Limit: 10})
			if err != nil {
				refused++
				continue
			}
			for i, h := range hits {
				if h.Source == cols[2] {
					sum += 1 / float64(i+1)
					if i == 0 {
						first++
					}
					break
				}
			}
		}
		mrr := sum / float64(n)
		t.Logf("%-12s MRR@10 %.4f  first %.4f  refused %d of %d", kind.name, mrr, float64(first)/float64(n), refused, n)
		if mrr < kind.least {
			t.Errorf("%s: MRR@10 %.4f, want %.3f", kind.name, mrr, kind.least)
		}
	}
}

// halfMarked takes the marks from every second word.
func halfMarked(q string) string {
	words := strings.Fields(q)
	for i := range words {
		if i%2 == 1 {
			words[i] = vitext.Fold(words[i])
		}
	}
	return strings.Join(words, " ")
}
