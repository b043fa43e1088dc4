package search

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vankho/internal/archive"
	"vankho/internal/testkit"
	"vankho/internal/vitext"
)

// TestXQuAD measures ranking on the open question set in the folder that
// VANKHO_XQUAD names (docs.jsonl and queries.tsv), which is not shipped. Each
// question is asked with its marks, without, and with every second word's, of
// texts that are one paragraph and of the same texts with a paragraph for each
// sentence.
func TestXQuAD(t *testing.T) {
	dir := os.Getenv("VANKHO_XQUAD")
	if dir == "" {
		t.Skip("VANKHO_XQUAD does not name the folder of the question set")
	}
	whole, divided := questionSet(t, dir)
	queries, err := os.ReadFile(filepath.Join(dir, "queries.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	var scores bytes.Buffer
	for _, kind := range []struct {
		name           string
		query          func(string) string
		whole, divided float64 // least MRR
	}{
		{"marked", func(q string) string { return q }, .955, .94},
		{"half-marked", halfMarked, .95, .93},
		{"unmarked", vitext.Fold, .95, .935},
	} {
		for _, set := range []struct {
			name  string
			ix    *Index
			least float64
		}{{"whole", whole, kind.whole}, {"divided", divided, kind.divided}} {
			sum, n := 0.0, 0
			for line := range strings.Lines(string(queries)) {
				cols := strings.Split(strings.TrimRight(line, "\n"), "\t")
				hits, err := set.ix.Rank(context.Background(), Query{Text: kind.query(cols[1])})
				if err != nil {
					t.Fatalf("%s: %v", cols[1], err)
				}
				n++
				for i, h := range hits {
					if h.Source == cols[2] {
						sum += 1 / float64(i+1)
					}
				}
			}
			mrr := sum / float64(n)
			fmt.Fprintf(&scores, "%-12s %-8s MRR@10 %.4f over %d questions\n", kind.name, set.name, mrr, n)
			if mrr < set.least {
				t.Errorf("%s, %s: MRR@10 %.4f, want %.3f", kind.name, set.name, mrr, set.least)
			}
		}
	}
	testkit.Golden(t, "testdata/xquad.golden", scores.Bytes())
}

// questionSet builds the two indexes of the set's texts.
func questionSet(t *testing.T, dir string) (whole, divided *Index) {
	t.Helper()
	one, many := questionTexts(t, dir)
	return buildTest(t, one...), buildTest(t, many...)
}

// questionTexts reads the set's texts, as one paragraph each and as one for each
// sentence.
func questionTexts(t *testing.T, dir string) (one, many []*archive.Article) {
	t.Helper()
	f, err := os.Open(filepath.Join(dir, "docs.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var d struct{ Name, Text string }
		if err := json.Unmarshal(lines.Bytes(), &d); err != nil {
			t.Fatal(err)
		}
		one = append(one, textArticle(d.Name, d.Text))
		var sentences []string
		starts := append(vitext.Sentences(d.Text), len(d.Text))
		for i := 1; i < len(starts); i++ {
			sentences = append(sentences, strings.TrimSpace(d.Text[starts[i-1]:starts[i]]))
		}
		many = append(many, textArticle(d.Name, sentences...))
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return one, many
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
