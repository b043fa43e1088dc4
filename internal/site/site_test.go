package site

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"log/slog"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"vankho/internal/archive"
	"vankho/internal/search"
	"vankho/internal/store"
	"vankho/internal/testkit"
	"vankho/internal/vitext"
	"vankho/web"
)

// testArchive is an archive with a site that serves it.
type testArchive struct {
	dir       string
	store     *store.Store
	search    *search.Live
	site      *Site
	articles  []*archive.Article
	variables map[string]string // for request scripts
}

// sampleArchive imports the articles of testkit, and then one of them again
// with other bytes and one meeting fewer: the path of that meeting redirects
// to the other, and the person who took part in no other was retired.
func sampleArchive(t testing.TB) *testArchive {
	t.Helper()
	a := &testArchive{dir: t.TempDir(), articles: testkit.Articles()}
	talks, series, announced := a.articles[0], a.articles[1], a.articles[2]
	importArticles(t, a.dir, nil, a.articles...)

	again := testkit.Articles()[1]
	rewrite(again, 0, again.Paragraphs[0].Text+" (cập nhật)")
	again.Meetings = again.Meetings[:1]
	importArticles(t, a.dir, func(ctx context.Context, w *store.Writer) error {
		return errors.Join(
			w.Redirect(ctx, series.Meetings[1].URL, series.Meetings[0].URL),
			w.Retire(ctx, "/p/bounmy-thu", "trùng tên <với> người khác"),
		)
	}, again)
	a.variables = map[string]string{
		"talks":     talks.ID,
		"series":    series.ID,
		"announced": announced.ID,
		"meeting":   talks.Meetings[0].ID,
		"first":     series.Meetings[0].ID,
		"moved":     series.Meetings[1].ID,
		"visit":     talks.Visits[0].ID,
		"planned":   announced.Visits[0].ID,
		"sha1":      series.Source.SHA256,
		"sha2":      again.Source.SHA256,
		"unknown":   archive.NewID("nothing", "has this id"),
		"mistyped":  mistype(talks.ID),
		"slip":      mistype(talks.Meetings[0].ID),
		"CAPITALS":  strings.ToUpper(talks.ID),
		"long":      strings.Repeat("a", maxURL),
	}
	a.open(t, nil)
	return a
}

// rewrite gives a paragraph another text and the article the bytes that go
// with it.
func rewrite(a *archive.Article, i int, text string) {
	a.Paragraphs[i].Text = text
	a.Paragraphs[i].Sentences = vitext.Sentences(text)
	original := testkit.Original(a)
	sum := sha256.Sum256(original)
	a.Source.SHA256, a.Source.Bytes = hex.EncodeToString(sum[:]), len(original)
	if i == 0 && a.Title.State == archive.Stated {
		a.Title.Text = text
	}
}

// open opens the archive as a server does.
func (a *testArchive) open(t testing.TB, log *slog.Logger) {
	t.Helper()
	var err error
	if a.store, err = store.Open(a.dir); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.store.Close() })
	a.search = search.NewLive(a.dir)
	t.Cleanup(func() { a.search.Close() })
	a.site, err = New(Config{Store: a.store, Search: a.search, Web: web.Files, BaseURL: "https://vankho.example", Logger: log})
	if err != nil {
		t.Fatal(err)
	}
	if err := a.site.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	a.variables["static"] = a.site.loaded.static.hash
}

// importArticles is an import without the reading: it stores the articles,
// does what else is wanted, and builds the index.
func importArticles(t testing.TB, dir string, also func(context.Context, *store.Writer) error, articles ...*archive.Article) string {
	t.Helper()
	ctx := t.Context()
	w, err := store.Begin(ctx, dir)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	for _, a := range articles {
		if _, err := w.Put(ctx, a, testkit.Original(a)); err != nil {
			t.Fatal(err)
		}
	}
	if also != nil {
		if err := also(ctx, w); err != nil {
			t.Fatal(err)
		}
	}
	if orphans, err := w.Orphans(ctx); err != nil || len(orphans) > 0 {
		t.Fatalf("orphans %q, %v", orphans, err)
	}
	generation, err := w.Generation(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if err := search.Build(ctx, filepath.Join(dir, "index", generation), generation, w.Articles(ctx)); err != nil {
		t.Fatal(err)
	}
	if err := w.Commit(ctx); err != nil {
		t.Fatal(err)
	}
	return generation
}

// mistype swaps two neighbours that differ, which the check character finds.
func mistype(id string) string {
	b := []byte(id)
	for i := 0; i+1 < len(b); i++ {
		if b[i] != b[i+1] {
			b[i], b[i+1] = b[i+1], b[i]
			return string(b)
		}
	}
	return id + "0"
}

func TestNewRefusesBadConfig(t *testing.T) {
	for _, base := range []string{"localhost:8080", "ftp://a.example", "https://", "https://a.example/path", "https://a.example?x=1", "://"} {
		if _, err := New(Config{Web: web.Files, BaseURL: base}); err == nil {
			t.Errorf("New with base URL %q: no error", base)
		}
	}
	for _, base := range []string{"", "http://localhost:8080", "https://a.example/"} {
		s, err := New(Config{Web: web.Files, BaseURL: base})
		if err != nil {
			t.Errorf("New with base URL %q: %v", base, err)
		} else if got := s.baseURL[len(s.baseURL)-1]; got == '/' {
			t.Errorf("New with base URL %q: kept as %q", base, s.baseURL)
		}
	}
}

var _ http.Handler = (*Site)(nil)
