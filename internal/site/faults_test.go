package site

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"vankho/internal/search"
	"vankho/internal/store"
	"vankho/internal/testkit"
	"vankho/web"
)

func answerTo(h http.Handler, target string) *httptest.ResponseRecorder {
	rec := httptest.NewRecorder()
	h.ServeHTTP(rec, httptest.NewRequest(http.MethodGet, target, nil))
	return rec
}

// samplePaths are addresses of every kind that are answered from the store.
func samplePaths(v map[string]string) []string {
	return []string{
		"/", "/a/" + v["talks"], "/a/" + v["series"], "/a/" + v["series"] + "/v/1", "/a/" + v["talks"] + ".json",
		"/a/" + v["announced"] + "/original", "/m/" + v["meeting"], "/m/" + v["meeting"] + ".json", "/m/" + v["moved"],
		"/v/" + v["visit"], "/p", "/p/ana-moreira", "/p/ana-moreira.json", "/p/bounmy-thu", "/c", "/c/br", "/y", "/y/2026",
		"/y/2026/03", "/atom.xml", "/sitemap.xml", "/sitemap/articles.xml",
	}
}

// TestDamagedStore flips a bit in every page of archive.db in turn. Whatever
// is asked then is answered as before or with a 503: damage is never served,
// and never "not found"; FAULTS row 10.
func TestDamagedStore(t *testing.T) {
	arch := sampleArchive(t)
	paths := samplePaths(arch.variables)
	before := map[string]*httptest.ResponseRecorder{}
	plain, err := New(Config{Store: arch.store, Search: search.NewLive(t.TempDir()), Web: web.Files, BaseURL: "https://vankho.example"})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range paths {
		before[p] = answerTo(plain, p)
	}
	file := filepath.Join(arch.dir, "archive.db")
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	const page = 8192
	refused, opened, without := 0, 0, 0
	quotes := func(r *httptest.ResponseRecorder) int { return strings.Count(r.Body.String(), "<blockquote") }
	for at := page / 3; at < len(whole); at += page {
		damaged := bytes.Clone(whole)
		damaged[at] ^= 1 << (at / page % 8)
		if err := os.WriteFile(filepath.Join(dir, "archive.db"), damaged, 0o644); err != nil {
			t.Fatal(err)
		}
		st, err := store.Open(dir)
		if err != nil {
			continue // nothing is served from it
		}
		opened++
		live := search.NewLive(dir)
		var log bytes.Buffer
		s, err := New(Config{Store: st, Search: live, Web: web.Files, BaseURL: "https://vankho.example", Logger: slog.New(slog.NewTextHandler(&log, nil))})
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range paths {
			got := answerTo(s, p)
			switch {
			case got.Code == http.StatusServiceUnavailable:
				refused++
				id := got.Header().Get("X-Request-Id")
				if got.Header().Get("Retry-After") == "" || !strings.Contains(log.String(), id) || !strings.Contains(log.String(), "damaged") {
					t.Errorf("page %d, %s: 503 without Retry-After or without a reason in the log:\n%s", at/page+1, p, log.String())
				}
			case p == "/" && got.Code == http.StatusOK && quotes(got) < quotes(before[p]):
				without++ // the home page does without what it cannot quote
			case got.Code != before[p].Code || !bytes.Equal(got.Body.Bytes(), before[p].Body.Bytes()) && got.Code != http.StatusGone:
				t.Errorf("page %d damaged: %s answers %d, before %d\n%s", at/page+1, p, got.Code, before[p].Code, difference(before[p].Body.String(), got.Body.String()))
			}
		}
		st.Close()
		live.Close()
	}
	if refused == 0 || opened == 0 || without == 0 {
		t.Errorf("%d damaged archives opened, %d requests refused, %d home pages without a quotation: the damage was not where it is read", opened, refused, without)
	}
	t.Logf("%d pages, %d archives opened, %d requests refused", len(whole)/page, opened, refused)
}

// TestSearchWithoutIndex: records serve and search says when to come back;
// FAULTS rows 11 and 12.
func TestSearchWithoutIndex(t *testing.T) {
	spoil := map[string]func(t *testing.T, index string){
		"missing": func(t *testing.T, index string) {
			if err := os.RemoveAll(index); err != nil {
				t.Fatal(err)
			}
		},
		"flipped bit": func(t *testing.T, index string) {
			flipLargest(t, index)
		},
	}
	for name, damage := range spoil {
		t.Run(name, func(t *testing.T) {
			arch := sampleArchive(t)
			arch.search.Close()
			state, err := arch.store.State(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			damage(t, filepath.Join(arch.dir, "index", state.Generation))
			s, err := New(Config{Store: arch.store, Search: search.NewLive(arch.dir), Web: web.Files})
			if err != nil {
				t.Fatal(err)
			}
			if err := s.Refresh(t.Context()); err == nil {
				t.Error("Refresh: no error")
			}
			for path, want := range map[string]int{
				"/search?q=hoi+dam": 503, "/search": 200, "/a/" + arch.variables["talks"]: 200, "/": 200, "/healthz": 200,
			} {
				got := answerTo(s, path)
				if got.Code != want || (want == 503) != (got.Header().Get("Retry-After") != "") {
					t.Errorf("%s: got %d, Retry-After %q", path, got.Code, got.Header().Get("Retry-After"))
				}
			}
			if got := answerTo(s, "/healthz").Body.String(); !strings.Contains(got, `"status":"ok","search":"unavailable"`) {
				t.Errorf("/healthz: %s", got)
			}
		})
	}
}

// difference gives the lines that only one of two pages has.
func difference(a, b string) string {
	var out strings.Builder
	for line := range strings.Lines(a) {
		if !strings.Contains(b, line) {
			out.WriteString("- " + line)
		}
	}
	for line := range strings.Lines(b) {
		if !strings.Contains(a, line) {
			out.WriteString("+ " + line)
		}
	}
	return clip(out.String())
}

func flipLargest(t *testing.T, dir string) {
	t.Helper()
	var largest string
	var size int64
	err := filepath.Walk(dir, func(path string, info os.FileInfo, err error) error {
		if err == nil && !info.IsDir() && info.Size() > size {
			largest, size = path, info.Size()
		}
		return err
	})
	if err != nil || largest == "" {
		t.Fatalf("no file in the index: %v", err)
	}
	b, err := os.ReadFile(largest)
	if err != nil {
		t.Fatal(err)
	}
	b[len(b)/2] ^= 4
	os.Chmod(largest, 0o644)
	if err := os.WriteFile(largest, b, 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestStoreUnreadable: without a store nothing pretends to be well.
func TestStoreUnreadable(t *testing.T) {
	arch := sampleArchive(t)
	arch.store.Close()
	if got := answerTo(arch.site, "/healthz"); got.Code != 503 || !strings.Contains(got.Body.String(), `"status":"unavailable"`) {
		t.Errorf("/healthz: got %d %s", got.Code, got.Body)
	}
	if got := answerTo(arch.site, "/a/"+arch.variables["talks"]); got.Code < 500 {
		t.Errorf("an article: got %d", got.Code)
	}
}

// TestImportsWhileServing imports again and again under load: no request fails,
// and what was imported is found; FAULTS row 32.
func TestImportsWhileServing(t *testing.T) {
	arch := sampleArchive(t)
	ctx, stop := context.WithCancel(t.Context())
	var load sync.WaitGroup
	var answered atomic.Int64
	for _, path := range []string{"/search?q=hoi+dam", "/a/" + arch.variables["talks"], "/"} {
		load.Go(func() {
			for ctx.Err() == nil {
				if got := answerTo(arch.site, path); got.Code != http.StatusOK {
					t.Errorf("%s: got %d\n%s", path, got.Code, clip(got.Body.String()))
					return
				}
				answered.Add(1)
			}
		})
	}
	etag := ""
	for i := range 10 {
		a := testkit.Articles()[0]
		rewrite(a, 5, fmt.Sprintf("Hợp tác lần %d", i))
		importArticles(t, arch.dir, nil, a)
		if err := arch.site.Refresh(t.Context()); err != nil {
			t.Fatal(err)
		}
		got := answerTo(arch.site, "/a/"+arch.variables["talks"])
		if !strings.Contains(got.Body.String(), fmt.Sprintf("lần %d", i)) || got.Header().Get("ETag") == etag {
			t.Errorf("import %d is not served", i)
		}
		etag = got.Header().Get("ETag")
	}
	stop()
	load.Wait()
	t.Logf("%d requests answered", answered.Load())
}

// TestWatch wants an import to be found without anybody asking for it, and one
// log line for an index that stays unusable.
func TestWatch(t *testing.T) {
	t.Parallel()
	arch := sampleArchive(t)
	var log lockedBuffer
	s, err := New(Config{Store: arch.store, Search: search.NewLive(arch.dir), Web: web.Files, Logger: slog.New(slog.NewTextHandler(&log, nil))})
	if err != nil {
		t.Fatal(err)
	}
	index, away := filepath.Join(arch.dir, "index"), filepath.Join(arch.dir, "away")
	if err := os.Rename(index, away); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 5*refreshEvery/2)
	defer cancel()
	s.Watch(ctx)
	if n := strings.Count(log.String(), "level=ERROR"); n != 1 {
		t.Errorf("two failures were logged %d times:\n%s", n, log.String())
	}
	if err := os.Rename(away, index); err != nil {
		t.Fatal(err)
	}
	ctx, cancel = context.WithTimeout(t.Context(), refreshEvery/2)
	defer cancel()
	s.Watch(ctx)
	if got := answerTo(s, "/search?q=hoi+dam"); got.Code != http.StatusOK {
		t.Errorf("after the index came back: got %d", got.Code)
	}
}

// lockedBuffer is a bytes.Buffer for a log that several goroutines write.
type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}
