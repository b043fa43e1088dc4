package importer

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vankho/internal/search"
	"vankho/internal/store"
)

// TestCorrections corrects a meeting of a small archive: the index that the
// import builds has the corrected values, and later imports leave them alone.
func TestCorrections(t *testing.T) {
	ctx := context.Background()
	dir, texts := t.TempDir(), t.TempDir()
	write(t, filepath.Join(texts, "a.txt"), talksText)
	mustRun(t, Config{Archive: dir, Paths: []string{texts}})
	s, err := store.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	entries, _, err := s.Entries(ctx, store.Filter{})
	if err != nil || len(entries) != 1 {
		t.Fatalf("Entries = %v, %v", entries, err)
	}
	file := filepath.Join(t.TempDir(), "c.yaml")
	const entry = "- {record: %s, field: %s, old: %s, new: %s, reason: thử, author: thử, date: 2026-05-04}\n"
	write(t, file, fmt.Sprintf(entry, entries[0].URL, "participants.sonexay-siphandone.country", "LA", "TH")+
		fmt.Sprintf(entry, entries[0].URL, "date", "2026-02-05", "2025-01-05")+
		fmt.Sprintf(entry, entries[0].URL, "agreements.1.topics", "[giao-duc-dao-tao]", "[dau-tu, lao-dong]"))
	report := mustRun(t, Config{Archive: dir, Corrections: []string{file}})
	if report.Corrected != 3 || !report.Written || !report.Indexed || report.Read != 0 {
		t.Errorf("the import of corrections: %+v", report)
	}
	ix, err := search.Open(filepath.Join(dir, "index", report.Generation))
	if err != nil {
		t.Fatal(err)
	}
	defer ix.Close()
	for _, tt := range []struct {
		query search.Query
		want  int
	}{
		{search.Query{Countries: []string{"TH"}}, 1},
		{search.Query{Countries: []string{"LA"}}, 0},
		{search.Query{Years: []int{2025}}, 1},
		{search.Query{Years: []int{2026}}, 0},
	} {
		if got, err := ix.Search(ctx, tt.query); err != nil || got.Total != tt.want {
			t.Errorf("Search(%+v) finds %v, %v, want %d", tt.query, got, err, tt.want)
		}
	}
	if again := mustRun(t, Config{Archive: dir, Paths: []string{texts}, Corrections: []string{file, file}}); again.Written || again.Unchanged != 1 ||
		again.Corrected != 0 || again.CorrectedBefore != 6 {
		t.Errorf("once more: %+v", again)
	}
}

// TestCorrectionsRefused: an import with a correction that is refused changes
// nothing, articles included, and names all of them.
func TestCorrectionsRefused(t *testing.T) {
	dir, texts := t.TempDir(), t.TempDir()
	write(t, filepath.Join(texts, "a.txt"), talksText)
	before := mustRun(t, Config{Archive: dir, Paths: []string{texts}})
	write(t, filepath.Join(texts, "b.txt"), calmText)
	good := filepath.Join(texts, "good.yaml")
	s, err := store.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	entries, _, err := s.Entries(context.Background(), store.Filter{})
	if err != nil || len(entries) != 1 {
		t.Fatalf("Entries = %v, %v", entries, err)
	}
	const entry = "- {record: %s, field: %s, old: %s, new: %s, reason: thử, author: thử, date: 2026-05-04}\n"
	write(t, good, fmt.Sprintf(entry, entries[0].URL, "date", "2026-02-05", "2025-01-05"))
	for _, tt := range []struct {
		name, text string
		want       []string // in the refusals, in order
	}{
		{"stale", fmt.Sprintf(entry, entries[0].URL, "date", "2026-02-05", "2025-01-06"), []string{"does not hold: it is \"2025-01-05\""}},
		{"no country", fmt.Sprintf(entry, entries[0].URL, "place.country", "VN", "QQ"), []string{`"QQ" is no word`}},
		{"no topic", fmt.Sprintf(entry, entries[0].URL, "agreements.1.topics", "[giao-duc-dao-tao]", "[dau-tu, tinh-yeu]"), []string{`"tinh-yeu" is no word`}},
		{"topics that are no list", fmt.Sprintf(entry, entries[0].URL, "agreements.1.topics", "[giao-duc-dao-tao]", "dau-tu"), []string{"want a list of texts"}},
		{"two", fmt.Sprintf(entry, "/m/x", "date", "null", "2025") + fmt.Sprintf(entry, entries[0].URL, "dates", "null", "2025"),
			[]string{"bad.yaml:1: record /m/x: ", `bad.yaml:2: dates of ` + entries[0].URL}},
		{"no YAML", "[", []string{"not YAML"}},
	} {
		bad := filepath.Join(texts, "bad.yaml")
		write(t, bad, tt.text)
		_, err := Run(context.Background(), Config{Archive: dir, Paths: []string{texts}, Corrections: []string{good, bad}})
		var refused *CorrectionsError
		if !errors.As(err, &refused) || len(refused.Refused) != len(tt.want) {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		for i, want := range tt.want {
			if !strings.Contains(refused.Refused[i].Error(), want) {
				t.Errorf("%s: %v, want %q", tt.name, refused.Refused[i], want)
			}
		}
		if err := os.Remove(bad); err != nil {
			t.Fatal(err)
		}
	}
	if state, err := s.State(context.Background()); err != nil || state.Generation != before.Generation {
		t.Errorf("after refused imports: %+v, %v, want %s", state, err, before.Generation)
	}
}
