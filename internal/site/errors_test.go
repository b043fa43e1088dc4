package site

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"vankho/internal/archive"
	"vankho/internal/search"
	"vankho/internal/store"
	"vankho/web"
)

func TestRefuse(t *testing.T) {
	tests := []struct {
		name  string
		err   error
		want  int
		retry bool
	}{
		{"bad parameter", invalid("error.page"), 400, false},
		{"bad query", fmt.Errorf("%w: too long", search.ErrBadQuery), 400, false},
		{"no page", errNoPage, 404, false},
		{"no record", fmt.Errorf("article x: %w", store.ErrNotFound), 404, false},
		{"mistyped id", archive.ErrMistyped, 404, false},
		{"method", &badRequest{405, "error.method", nil}, 405, false},
		{"moved", &store.MovedError{To: "/a/x"}, 301, false},
		{"gone", &store.GoneError{Path: "/a/x", Reason: "r", Date: "2026-01-01"}, 410, false},
		{"long URL", &badRequest{414, "error.toolong", []any{maxURL}}, 414, false},
		{"damage", fmt.Errorf("reading: %w", &store.DamagedError{ID: "x", What: "the record"}), 503, true},
		{"no index", search.ErrNoIndex, 503, true},
		{"busy", search.ErrBusy, 503, true},
		{"slow", context.DeadlineExceeded, 503, true},
		{"anything else", errors.New("open /srv/secret: permission denied"), 500, false},
	}
	s, err := New(Config{Web: web.Files})
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			no := refuse(tt.err)
			if no.status != tt.want || (no.retryAfter > 0) != tt.retry {
				t.Errorf("refuse(%v): got %d, retry after %d", tt.err, no.status, no.retryAfter)
			}
			for lang, e := range s.loaded.editions {
				if e.catalogue.t(no.key) == no.key {
					t.Errorf("the catalogue of %s has no %q", lang, no.key)
				}
			}
			rec := httptest.NewRecorder()
			s.fail(rec, httptest.NewRequest(http.MethodGet, "/", nil), tt.err)
			if rec.Code != tt.want || (rec.Header().Get("Retry-After") != "") != tt.retry {
				t.Errorf("answer: got %d, %v", rec.Code, rec.Header())
			}
			if strings.Contains(rec.Body.String(), tt.err.Error()) {
				t.Errorf("the page shows the error's own text:\n%s", rec.Body)
			}
		})
	}
}

// TestPanic wants a page, a log line with the request's id, and a process that
// lives; FAULTS row 30.
func TestPanic(t *testing.T) {
	var log bytes.Buffer
	s, err := New(Config{Web: web.Files, Logger: slog.New(slog.NewTextHandler(&log, nil))})
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name string
		h    handler
		want int
	}{
		{"before anything was sent", func(http.ResponseWriter, *http.Request) error { panic("secret words") }, 500},
		{"after", func(w http.ResponseWriter, _ *http.Request) error { w.WriteHeader(200); panic("secret words") }, 200},
	} {
		t.Run(tt.name, func(t *testing.T) {
			log.Reset()
			rec := httptest.NewRecorder()
			s.guard(s.handle(tt.h)).ServeHTTP(rec, httptest.NewRequest(http.MethodGet, "/", nil))
			id := rec.Header().Get("X-Request-Id")
			if rec.Code != tt.want || id == "" || strings.Contains(rec.Body.String(), "secret") || strings.Contains(rec.Body.String(), "goroutine") {
				t.Errorf("got %d, request id %q:\n%s", rec.Code, id, rec.Body)
			}
			if tt.want == 500 && !strings.Contains(rec.Body.String(), id) {
				t.Errorf("the page does not name its request id:\n%s", rec.Body)
			}
			if lines := strings.Count(log.String(), "\n"); lines != 1 || !strings.Contains(log.String(), id) || !strings.Contains(log.String(), "secret words") {
				t.Errorf("log, %d lines:\n%s", lines, log.String())
			}
		})
	}
}

// TestBrokenErrorPage wants a plain answer when even the error page fails.
func TestBrokenErrorPage(t *testing.T) {
	s, err := New(Config{Web: web.Files})
	if err != nil {
		t.Fatal(err)
	}
	delete(s.loaded.editions["vi"].templates, "error")
	rec := httptest.NewRecorder()
	s.ServeHTTP(rec, httptest.NewRequest(http.MethodGet, "/nowhere", nil))
	if rec.Code != 404 || !strings.HasPrefix(rec.Header().Get("Content-Type"), "text/plain") || !strings.Contains(rec.Body.String(), rec.Header().Get("X-Request-Id")) {
		t.Errorf("got %d, %v\n%s", rec.Code, rec.Header(), rec.Body)
	}
}

func TestErrorPages(t *testing.T) {
	s, err := New(Config{Web: web.Files})
	if err != nil {
		t.Fatal(err)
	}
	gone := &store.GoneError{Path: "/a/x", Reason: "<b>trùng</b> bài khác", Date: "2026-04-01"}
	rec := httptest.NewRecorder()
	s.guard(s.handle(func(http.ResponseWriter, *http.Request) error { return gone })).ServeHTTP(rec, httptest.NewRequest(http.MethodGet, "/a/x", nil))
	for _, want := range []string{"&lt;b&gt;trùng&lt;/b&gt; bài khác", "1/4/2026", rec.Header().Get("X-Request-Id")} {
		if !strings.Contains(rec.Body.String(), want) {
			t.Errorf("410 page: no %q in\n%s", want, rec.Body)
		}
	}
}

// TestInterrupted: a client that goes away is no failure, and reading that
// takes too long is a 503, whatever words the store has for either.
func TestInterrupted(t *testing.T) {
	var log bytes.Buffer
	s, err := New(Config{Web: web.Files, Logger: slog.New(slog.NewTextHandler(&log, nil))})
	if err != nil {
		t.Fatal(err)
	}
	h := s.guard(s.handle(func(_ http.ResponseWriter, r *http.Request) error {
		<-r.Context().Done()
		return &store.DamagedError{ID: "x", What: "the record", Err: errors.New("interrupted")}
	}))
	ask := func(ctx context.Context) (rec *httptest.ResponseRecorder, cut bool) {
		rec = httptest.NewRecorder()
		defer func() { cut = recover() == http.ErrAbortHandler }()
		h.ServeHTTP(rec, httptest.NewRequest(http.MethodGet, "/", nil).WithContext(ctx))
		return rec, false
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if _, cut := ask(gone); !cut || strings.Contains(log.String(), "level=ERROR") || strings.Count(log.String(), "\n") != 1 {
		t.Errorf("client gone: cut %v, log:\n%s", cut, log.String())
	}
	log.Reset()
	late, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	if rec, cut := ask(late); cut || rec.Code != 503 || rec.Header().Get("Retry-After") != "5" || !strings.Contains(log.String(), "level=ERROR") {
		t.Errorf("too slow: got %d, cut %v, log:\n%s", rec.Code, cut, log.String())
	}
}
