package importer

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vankho/internal/encounter"
	"vankho/internal/store"
)

// eventsOf gives the events of the files of an archive, by file name and their
// order there: "bao-mot.txt m1".
func eventsOf(t *testing.T, s *store.Store) map[string]string {
	t.Helper()
	paths := map[string]string{}
	for a, err := range s.Articles(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		for i, m := range a.Meetings {
			paths[fmt.Sprintf("%s m%d", a.Source.Name, i+1)] = m.URL
		}
		for i, v := range a.Visits {
			paths[fmt.Sprintf("%s v%d", a.Source.Name, i+1)] = v.URL
		}
	}
	return paths
}

// ask gives the record of a path; nil and where it is, when it is elsewhere for
// now.
func ask(t *testing.T, s *store.Store, path string) (*store.EventRecord, string) {
	t.Helper()
	look := s.Visit
	if path[1] == 'm' {
		look = s.Meeting
	}
	e, err := look(context.Background(), path[len("/m/"):])
	if moved := new(store.MovedError); errors.As(err, &moved) && moved.ForNow {
		return nil, moved.To
	}
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return e, path
}

// TestTold reads four articles on one journey: one announces it, two report the
// talks and disagree, one recalls them. Then a person corrects the day of one
// report, which parts the two; every address answers throughout.
func TestTold(t *testing.T) {
	dir := t.TempDir()
	cfg := Config{Archive: dir, Paths: []string{"testdata/told"}}
	if report := mustRun(t, cfg); report.New != 4 || report.Meetings != 3 || report.Visits != 1 {
		t.Fatalf("the import: %+v", report)
	}
	s, err := store.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	at := eventsOf(t, s)
	first, second := at["bao-mot.txt m1"], at["bao-hai.txt m1"]
	e, _ := ask(t, s, first)
	if _, to := ask(t, s, second); to != first || e == nil || e.Others != 1 {
		t.Fatalf("%s is shown at %s; the first is %+v", second, to, e)
	}
	_, conflicts := encounter.Merge(append([]encounter.Told{{Article: e.Article, Meeting: e.Meeting}}, e.Readings...))
	var disputed []string
	for _, c := range conflicts {
		disputed = append(disputed, c.Field)
	}
	if diff := cmp.Diff([]string{"kind", "place.city", "figures"}, disputed); diff != "" {
		t.Errorf("what they disagree on (-want +got):\n%s", diff)
	}
	var related []string
	for _, r := range e.Related {
		related = append(related, r.URL)
	}
	if diff := cmp.Diff([]string{at["bao-truoc.txt v1"], at["bao-sau.txt m1"]}, related); diff != "" {
		t.Errorf("what announces and recalls it (-want +got):\n%s", diff)
	}
	if mustRun(t, cfg).Written {
		t.Error("the same files again change something")
	}

	file := filepath.Join(t.TempDir(), "c.yaml")
	write(t, file, fmt.Sprintf("- {record: %s, field: date, old: 2026-05-20, new: 2026-05-22, reason: thử, author: thử, date: 2026-06-01}\n", second))
	cfg.Corrections = []string{file}
	mustRun(t, cfg)
	for _, path := range []string{first, second} {
		if e, to := ask(t, s, path); e == nil || e.Others != 0 {
			t.Errorf("corrected, %s is still shown with another, at %s", path, to)
		}
	}
}

// TestToldSeeds: what 004_… recalls is what 001_… reports.
func TestToldSeeds(t *testing.T) {
	dir := t.TempDir()
	mustRun(t, Config{Archive: dir, Paths: []string{seeds}})
	s, err := store.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	at := eventsOf(t, s)
	const reported, recalling = "001_092fc1d851c41591.txt ", "004_d9a2984f578e421f.txt "
	for from, wanted := range map[string][]string{
		reported + "m1": {recalling + "v2"}, reported + "v1": {recalling + "v2"}, recalling + "v1": nil,
		recalling + "v2": {reported + "m1", reported + "v1"},
	} {
		e, _ := ask(t, s, at[from])
		var want, got []string
		for _, name := range wanted {
			want = append(want, at[name])
		}
		for _, r := range e.Related {
			got = append(got, r.URL)
		}
		slices.Sort(want)
		slices.Sort(got)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("related to %s (-want +got):\n%s", from, diff)
		}
	}
}
