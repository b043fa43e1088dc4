package store_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"vankho/internal/archive"
	"vankho/internal/store"
	"vankho/internal/testkit"
)

var clock = time.Date(2026, 4, 1, 8, 0, 0, 0, time.UTC)

// sample is an article with its original bytes.
type sample struct {
	a        *archive.Article
	original []byte
}

func samples() []sample {
	var list []sample
	for _, a := range testkit.Articles() {
		list = append(list, sample{a, testkit.Original(a)})
	}
	return list
}

// clone gives a deep copy.
func clone(t testing.TB, a *archive.Article) *archive.Article {
	t.Helper()
	b, err := archive.Encode(a)
	if err != nil {
		t.Fatal(err)
	}
	c := new(archive.Article)
	if err := json.Unmarshal(b, c); err != nil {
		t.Fatal(err)
	}
	return c
}

// setOriginal makes a an article read from other bytes.
func setOriginal(a *archive.Article, original []byte) {
	sum := sha256.Sum256(original)
	a.Source.SHA256, a.Source.Bytes = hex.EncodeToString(sum[:]), len(original)
}

func begin(t testing.TB, dir string) *store.Writer {
	t.Helper()
	w, err := store.Begin(context.Background(), dir)
	if err != nil {
		t.Fatal(err)
	}
	w.Now = func() time.Time { return clock }
	t.Cleanup(func() { w.Close() })
	return w
}

func put(t testing.TB, w *store.Writer, a *archive.Article, original []byte) store.Outcome {
	t.Helper()
	got, err := w.Put(context.Background(), a, original)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func commit(t testing.TB, w *store.Writer) {
	t.Helper()
	if err := w.Commit(context.Background()); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
}

func open(t testing.TB, dir string) *store.Store {
	t.Helper()
	s, err := store.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// filled gives the folder of an archive that holds the samples.
func filled(t testing.TB) string {
	t.Helper()
	dir := t.TempDir()
	w := begin(t, dir)
	for _, s := range samples() {
		put(t, w, s.a, s.original)
	}
	commit(t, w)
	return dir
}

func TestRoundTrip(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	w := begin(t, dir)
	var want []sample
	for _, s := range samples() {
		if got := put(t, w, s.a, s.original); got != store.New {
			t.Errorf("Put(%s) = %v, want New", s.a.Source.Name, got)
		}
		want = append(want, s)
	}
	commit(t, w)
	s := open(t, dir)
	for _, x := range want {
		got, err := s.Article(ctx, x.a.ID)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(clone(t, x.a), got); diff != "" {
			t.Errorf("Article(%s) (-want +got):\n%s", x.a.ID, diff)
		}
		original, source, err := s.Original(ctx, x.a.ID, 0)
		if err != nil {
			t.Fatal(err)
		}
		if string(original) != string(x.original) || source != x.a.Source {
			t.Errorf("Original(%s) gives other bytes or another source", x.a.ID)
		}
		for _, m := range x.a.Meetings {
			e, err := s.Meeting(ctx, m.ID)
			if err != nil {
				t.Fatal(err)
			}
			if e.Meeting.ID != m.ID || e.Article.ID != x.a.ID || e.Visit != nil {
				t.Errorf("Meeting(%s) gives %v", m.ID, e)
			}
		}
		for _, v := range x.a.Visits {
			e, err := s.Visit(ctx, v.ID)
			if err != nil {
				t.Fatal(err)
			}
			if e.Visit.ID != v.ID || e.Article.ID != x.a.ID || e.Meeting != nil {
				t.Errorf("Visit(%s) gives %v", v.ID, e)
			}
		}
	}
	entries, n, err := s.Entries(ctx, store.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	if n != len(entries) || n == 0 {
		t.Errorf("Entries gives %d of %d", len(entries), n)
	}
}
