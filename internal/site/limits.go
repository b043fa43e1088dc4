package site

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"net/http"
	"net/url"
	"runtime/debug"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"vankho/internal/archive"
)

// Limits of a request; those of the connection are in server.go, those of a
// search in package search.
const (
	// maxURL is the longest request target in bytes that is read; RFC 9110
	// section 4.1 asks for at least 8,000.
	maxURL = 8 << 10

	// requestTimeout is how long reading the store and searching may take
	// together; then the answer is a 503. It must leave time to write, see
	// writeTimeout.
	requestTimeout = 10 * time.Second

	// refreshEvery is how often Watch looks for a new import, maxPause how
	// long it may wait after failures.
	refreshEvery = 2 * time.Second
	maxPause     = 16 * time.Second
)

// headers go with every answer, errors too.
var headers = map[string]string{
	"Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; " +
		"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
	"Cross-Origin-Opener-Policy":   "same-origin",
	"Cross-Origin-Resource-Policy": "same-origin",
	"Permissions-Policy":           "camera=(), microphone=(), geolocation=()",
	"Referrer-Policy":              "no-referrer",
	"X-Content-Type-Options":       "nosniff",
}

// shared lets other sites read the answer: records and originals are data for
// anyone.
func shared(h handler) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		w.Header().Set("Cross-Origin-Resource-Policy", "cross-origin")
		w.Header().Set("Access-Control-Allow-Origin", "*")
		return h(w, r)
	}
}

// guard stands before the routes: it gives each request its id, its language
// (which it takes off the path) and the headers, refuses what no page needs, turns a panic into a 500 and writes the
// log's one line.
func (s *Site) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := time.Now()
		lang, path := cutLanguage(r.URL.Path)
		note := &asked{id: newRequestID(), lang: lang}
		ctx, cancel := context.WithTimeout(context.WithValue(r.Context(), askedKey{}, note), requestTimeout)
		defer cancel()
		r = r.WithContext(ctx)
		rec := &recorder{ResponseWriter: w}
		h := w.Header()
		for name, value := range headers {
			h.Set(name, value)
		}
		if strings.HasPrefix(s.baseURL, "https:") {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
		h.Set("X-Request-Id", note.id)
		defer func() { s.logRequest(r, rec, note.id, time.Since(began)) }()
		defer func() {
			p := recover()
			if p == nil {
				return
			}
			if p == http.ErrAbortHandler {
				panic(p) // net/http cuts the connection
			}
			cause := fmt.Errorf("panic: %v\n%s", p, debug.Stack())
			if rec.status != 0 {
				noteCause(rec, cause)
				return
			}
			s.fail(rec, r, cause)
		}()
		if err := check(r); err != nil {
			if r.ContentLength != 0 {
				h.Set("Connection", "close") // its body is not read
			}
			if refuse(err).status == http.StatusMethodNotAllowed {
				h.Set("Allow", "GET, HEAD")
			}
			s.fail(rec, r, err)
			return
		}
		if to := tidied(r.URL); to != "" {
			moveTo(rec, http.StatusMovedPermanently, to)
			return
		}
		// Routes match the decoded path, which check has found clean.
		page := withPath(r, path)
		note.target = page.URL.RequestURI()
		next.ServeHTTP(rec, page)
	})
}

// check refuses a request that no page of the site needs, whatever its path.
func check(r *http.Request) error {
	switch {
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		return &badRequest{http.StatusMethodNotAllowed, "error.method", nil}
	case r.ContentLength != 0 || len(r.TransferEncoding) != 0:
		return invalid("error.body")
	case len(r.RequestURI) > maxURL:
		return &badRequest{http.StatusRequestURITooLong, "error.toolong", []any{maxURL}}
	}
	if !clean(r.URL.Path) || !strings.HasPrefix(r.URL.Path, "/") {
		return invalid("error.url")
	}
	if escaped := strings.ToLower(r.URL.RawPath); strings.Contains(escaped, "%2f") || strings.Contains(escaped, "%5c") {
		return invalid("error.url")
	}
	// An empty segment would make "//host/" a redirect to another site; dots
	// are never part of an address here.
	for segment := range strings.SplitSeq(strings.Trim(r.URL.Path, "/"), "/") {
		if segment == "." || segment == ".." {
			return invalid("error.url")
		}
	}
	if strings.Contains(r.URL.Path, "//") {
		return errNoPage
	}
	query, err := url.ParseQuery(r.URL.RawQuery) // refuses ";" and bad escapes
	if err != nil {
		return invalid("error.url")
	}
	for name, values := range query {
		if !clean(name) {
			return invalid("error.url")
		}
		for _, v := range values {
			if name == "q" && isQuote(r.URL.Path) {
				v = strings.Join(strings.Fields(v), " ") // pasted text has lines
			}
			if !clean(v) {
				return invalid("error.url")
			}
		}
	}
	return nil
}

// clean reports whether s is UTF-8 without control characters.
func clean(s string) bool {
	return utf8.ValidString(s) && !strings.ContainsFunc(s, unicode.IsControl)
}

// tidied gives the address that is meant by one with a slash at its end or
// with an id in capitals, or "".
func tidied(u *url.URL) string {
	lang, to := cutLanguage(u.EscapedPath())
	if to != "/" {
		to = strings.TrimSuffix(to, "/")
	}
	if parts := strings.SplitN(to, "/", 4); len(parts) > 2 && (parts[1] == "a" || parts[1] == "m" || parts[1] == "v") {
		id, form, _ := strings.Cut(parts[2], ".")
		if low := strings.ToLower(id); low != id && archive.CheckID(low) == nil {
			parts[2] = strings.TrimSuffix(low+"."+form, ".")
			to = strings.Join(parts, "/")
		}
	}
	if to = pathIn(lang, to); to == u.EscapedPath() {
		return ""
	}
	if u.RawQuery != "" {
		to += "?" + u.RawQuery
	}
	return to
}

// newRequestID gives 40 random bits in ten characters.
func newRequestID() string {
	var b [5]byte
	rand.Read(b[:])
	return hex.EncodeToString(b[:])
}

// recorder notes what was answered, for the log.
type recorder struct {
	http.ResponseWriter
	status int
	bytes  int
	cause  error // of a 5xx
}

func (w *recorder) WriteHeader(status int) {
	if w.status == 0 {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *recorder) Write(b []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	n, err := w.ResponseWriter.Write(b)
	w.bytes += n
	return n, err
}

// noteCause keeps an error for the log; the visitor gets the request id.
func noteCause(w http.ResponseWriter, err error) {
	if rec, ok := w.(*recorder); ok {
		rec.cause = err
	}
}

// logRequest writes one line. It names no visitor: no address, no query.
func (s *Site) logRequest(r *http.Request, rec *recorder, id string, took time.Duration) {
	attrs := []any{
		"method", r.Method, "path", r.URL.Path, "status", rec.status, "bytes", rec.bytes,
		"ms", float64(took.Microseconds()) / 1000, "request", id,
	}
	if rec.cause != nil {
		s.log.Error("request", append(attrs, "error", rec.cause)...)
		return
	}
	s.log.Info("request", attrs...)
}
