package store_test

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"errors"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
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
		flipped := slices.Clone(sound)
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
	const page = 4096
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
		{"half a page", sound[:page/2]},
		{"one page", sound[:page]},
		{"last page gone", sound[:len(sound)-page]},
		{"last byte gone", sound[:len(sound)-1]},
		{"a byte more", slices.Concat(sound, []byte{0})},
		{"a page more", slices.Concat(sound, sound[:page])},
		{"a page of zeros", slices.Concat(sound[:3*page], make([]byte, page), sound[4*page:])},
		{"two pages swapped", slices.Concat(sound[:3*page], sound[4*page:5*page], sound[3*page:4*page], sound[5*page:])},
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
	newer := sealedHeader(t, file, 63, 99)
	for _, tt := range []struct{ name, bytes, want string }{
		{"text", strings.Repeat("Hội đàm. ", 2000), "not a SQLite file"},
		{"another SQLite file", "SQLite format 3\x00" + strings.Repeat("\x00", 9000), "not an archive"},
		{"a newer format", newer, "format is 99"},
	} {
		if err := os.WriteFile(file, []byte(tt.bytes), 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := store.Open(dir); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: Open gives %v, want %q", tt.name, err, tt.want)
		}
	}
}

// TestReplaced takes the file away under an open Store and puts it back.
func TestReplaced(t *testing.T) {
	ctx := context.Background()
	dir := filled(t)
	file := filepath.Join(dir, "archive.db")
	id := samples()[0].a.ID
	s := open(t, dir)
	replace := func(b []byte) {
		t.Helper()
		if err := os.WriteFile(file+".new", b, 0o644); err != nil {
			t.Fatal(err)
		}
		if err := os.Rename(file+".new", file); err != nil {
			t.Fatal(err)
		}
	}
	sound, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Article(ctx, id); !errors.Is(err, fs.ErrNotExist) || errors.Is(err, store.ErrNotFound) {
		t.Errorf("Article without a file: %v, want fs.ErrNotExist", err)
	}
	replace(sound[:len(sound)/2])
	damaged := new(store.DamagedError)
	if _, err := s.Article(ctx, id); !errors.As(err, &damaged) {
		t.Errorf("Article of half a file: %v, want a *DamagedError", err)
	}
	replace(sound)
	if _, err := s.Article(ctx, id); err != nil {
		t.Errorf("Article of the file put back: %v", err)
	}
}

// sealedHeader gives the file with one byte of its first page changed and the
// sum of the page made to fit.
func sealedHeader(t *testing.T, file string, at int, to byte) string {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	const page, sum = 4096, 16
	b[at] = to
	binary.BigEndian.PutUint64(b[page-sum:], 0)
	binary.BigEndian.PutUint64(b[page-8:], 1)
	h := sha256.Sum256(b[:page])
	copy(b[page-sum:page], h[:])
	return string(b)
}

// TestTriggers tries what promise 2 forbids with SQL.
func TestTriggers(t *testing.T) {
	dir := filled(t)
	w := begin(t, dir)
	lost := samples()[1]
	gone := lost.a.Meetings[1]
	lost.a.Meetings = lost.a.Meetings[:1]
	put(t, w, lost.a, lost.original)
	for _, err := range []error{
		w.Redirect(context.Background(), gone.URL, lost.a.Meetings[0].URL),
		w.Retire(context.Background(), "/p/"+gone.Participants[1].Person, "đọc sai"),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	commit(t, w)
	db, err := sql.Open("sqlite", "file:"+filepath.Join(dir, "archive.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, tt := range []struct{ query, want string }{
		{"DELETE FROM version", "kept for ever"},
		{"UPDATE version SET original = x''", "never changes"},
		{"DELETE FROM article", "kept for ever"},
		{"UPDATE article SET id = 'x'", "keeps its id"},
		{"UPDATE article SET identity = 'x'", "keeps its id"},
		{"DELETE FROM record", "kept for ever"},
		{"UPDATE record SET version = 2", "keeps its version"},
		{"DELETE FROM published", "kept for ever"},
		{"UPDATE published SET id = 'x'", "never changes"},
		{"DELETE FROM redirect", "kept for ever"},
		{`UPDATE redirect SET "to" = 'x'`, "never changes"},
		{"DELETE FROM tombstone", "kept for ever"},
		{"UPDATE tombstone SET reason = 'x'", "never changes"},
	} {
		if _, err := db.Exec(tt.query); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %q", tt.query, err, tt.want)
		}
	}
	if got := verify(t, dir); len(got) > 0 {
		t.Errorf("Verify finds %v", got)
	}
	// What gets round the triggers does not get round the sums.
	if _, err := db.Exec("DROP TRIGGER tombstone_stays; DELETE FROM tombstone"); err != nil {
		t.Fatal(err)
	}
	if got := verify(t, dir); len(got) == 0 {
		t.Error("Verify does not find a tombstone taken away")
	}
}
