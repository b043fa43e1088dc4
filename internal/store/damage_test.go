package store_test

import (
	"context"
	"errors"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vankho/internal/archive"
	"vankho/internal/store"
)

// verify gives the damages found, or those that opening fails with.
func verify(t *testing.T, dir string) []store.DamagedError {
	t.Helper()
	s, err := store.Open(dir)
	if err != nil {
		return []store.DamagedError{{ID: "archive.db", Err: err}}
	}
	defer s.Close()
	var found []store.DamagedError
	if err := s.Verify(context.Background(), func(d store.DamagedError) { found = append(found, d) }); err != nil {
		t.Fatal(err)
	}
	return found
}

func TestVerifySound(t *testing.T) {
	if got := verify(t, filled(t)); len(got) > 0 {
		t.Errorf("Verify finds %v", got)
	}
}

// TestFlips changes one byte at a time, anywhere in the file. Verify must find
// each, and whatever is read must be right or said to be damaged: never wrong,
// and never "not found".
func TestFlips(t *testing.T) {
	n := 1000
	if testing.Short() {
		n = 100
	}
	ctx := context.Background()
	dir := filled(t)
	sound, err := os.ReadFile(filepath.Join(dir, "archive.db"))
	if err != nil {
		t.Fatal(err)
	}
	want := readAll(t, ctx, open(t, dir))
	rnd := rand.New(rand.NewPCG(1, 2))
	undetected, wrong := 0, 0
	file := filepath.Join(t.TempDir(), "archive.db")
	for range n {
		flipped := append([]byte(nil), sound...)
		at, with := rnd.IntN(len(sound)), byte(1+rnd.IntN(255))
		flipped[at] ^= with
		if err := os.WriteFile(file, flipped, 0o644); err != nil {
			t.Fatal(err)
		}
		if len(verify(t, filepath.Dir(file))) == 0 {
			undetected++
			t.Errorf("byte %d changed by %#x: not found", at, with)
		}
		s, err := store.Open(filepath.Dir(file))
		if err != nil {
			continue
		}
		for key, got := range readAll(t, ctx, s) {
			if err, ok := got.(error); ok {
				if d := new(store.DamagedError); !errors.As(err, &d) {
					wrong++
					t.Errorf("byte %d changed by %#x: %s: %v", at, with, key, err)
				}
			} else if diff := cmp.Diff(want[key], got); diff != "" {
				wrong++
				t.Errorf("byte %d changed by %#x: %s (-want +got):\n%s", at, with, key, diff)
			}
		}
		s.Close()
	}
	t.Logf("%d flips in %d bytes: %d undetected, %d wrong answers", n, len(sound), undetected, wrong)
}

// readAll asks everything a site asks and gives the answers, or errors.
func readAll(t *testing.T, ctx context.Context, s *store.Store) map[string]any {
	t.Helper()
	got := map[string]any{}
	keep := func(key string, v any, err error) {
		if err != nil {
			v = err
		}
		got[key] = v
	}
	for _, x := range samples() {
		a, err := s.Article(ctx, x.a.ID)
		keep("article "+x.a.ID, a, err)
		b, _, err := s.Original(ctx, x.a.ID, 0)
		keep("original "+x.a.ID, b, err)
		versions, err := s.Versions(ctx, x.a.ID)
		keep("versions "+x.a.ID, versions, err)
		for _, m := range x.a.Meetings {
			e, err := s.Meeting(ctx, m.ID)
			keep("meeting "+m.ID, e, err)
			for _, p := range m.Participants {
				person, err := s.Person(ctx, p.Person)
				keep("person "+p.Person, person, err)
				entries, _, err := s.Entries(ctx, store.Filter{Person: p.Person})
				keep("entries "+p.Person, entries, err)
			}
		}
		for _, v := range x.a.Visits {
			e, err := s.Visit(ctx, v.ID)
			keep("visit "+v.ID, e, err)
		}
	}
	state, err := s.State(ctx)
	keep("state", state, err)
	totals, err := s.Totals(ctx)
	keep("totals", totals, err)
	people, err := s.People(ctx, 0, 0)
	keep("people", people, err)
	countries, err := s.Countries(ctx, 0)
	keep("countries", countries, err)
	months, err := s.Months(ctx)
	keep("months", months, err)
	entries, _, err := s.Entries(ctx, store.Filter{Country: "VN"})
	keep("entries VN", entries, err)
	entries, _, err = s.Entries(ctx, store.Filter{Oldest: true})
	keep("entries", entries, err)
	list, err := s.ArticleList(ctx, "", 0)
	keep("list", list, err)
	var articles []*archive.Article
	for a, e := range s.Articles(ctx) {
		if e != nil {
			err = e
			break
		}
		articles = append(articles, a)
	}
	keep("articles", articles, err)
	return got
}

func TestCut(t *testing.T) {
	dir := filled(t)
	file := filepath.Join(dir, "archive.db")
	sound, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name  string
		bytes []byte
	}{
		{"empty", nil},
		{"half a page", sound[:4096]},
		{"one page", sound[:8192]},
		{"last page gone", sound[:len(sound)-8192]},
		{"last byte gone", sound[:len(sound)-1]},
		{"a byte more", append(append([]byte(nil), sound...), 0)},
		{"a page more", append(append([]byte(nil), sound...), sound[:8192]...)},
		{"a page of zeros", append(append(append([]byte(nil), sound[:8192*3]...), make([]byte, 8192)...), sound[8192*4:]...)},
		{"two pages swapped", append(append(append(append([]byte(nil), sound[:8192*3]...), sound[8192*4:8192*5]...), sound[8192*3:8192*4]...), sound[8192*5:]...)},
	} {
		if err := os.WriteFile(file, tt.bytes, 0o644); err != nil {
			t.Fatal(err)
		}
		if got := verify(t, dir); len(got) == 0 {
			t.Errorf("%s: not found", tt.name)
		} else {
			t.Logf("%s: %v", tt.name, got[0].Error())
		}
	}
}

func TestOpenErrors(t *testing.T) {
	_, err := store.Open(t.TempDir())
	if !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("Open of an empty folder: %v, want fs.ErrNotExist", err)
	}
	dir := filled(t)
	file := filepath.Join(dir, "archive.db")
	for _, tt := range []struct{ name, bytes, want string }{
		{"text", strings.Repeat("Hội đàm. ", 2000), "not a SQLite file"},
		{"another SQLite file", "SQLite format 3\x00" + strings.Repeat("\x00", 9000), "not an archive"},
	} {
		if err := os.WriteFile(file, []byte(tt.bytes), 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := store.Open(dir); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: Open gives %v, want %q", tt.name, err, tt.want)
		} else {
			t.Log(err)
		}
	}
}
