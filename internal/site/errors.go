package site

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"vankho/internal/archive"
	"vankho/internal/search"
	"vankho/internal/store"
)

// handler answers a request or gives an error, which handle turns into an
// error page. It writes nothing when it gives an error.
type handler func(w http.ResponseWriter, r *http.Request) error

// badRequest is the error of a request that breaks a rule. Key names the rule
// in the catalogue; the visitor reads it.
type badRequest struct {
	status int
	key    string
	args   []any
}

func (e *badRequest) Error() string { return "bad request: " + e.key }

// invalid is a 400 whose rule is the catalogue's text for key.
func invalid(key string, args ...any) error {
	return &badRequest{http.StatusBadRequest, key, args}
}

// errNoPage is for a path that no record ever had.
var errNoPage = errors.New("no such page")

// refusal is how the site answers an error: the only things a visitor learns
// about it, and whether the log should say more.
type refusal struct {
	status     int
	key        string // of the sentence in the catalogue
	args       []any
	retryAfter int    // seconds; 0 for none
	location   string // of a redirect
}

// refuse maps every error to its answer. Nothing else in the site chooses a
// status for an error.
func refuse(err error) refusal {
	var (
		bad     *badRequest
		moved   *store.MovedError
		gone    *store.GoneError
		damaged *store.DamagedError
		query   *search.QueryError
	)
	switch {
	case errors.As(err, &bad):
		return refusal{status: bad.status, key: bad.key, args: bad.args}
	case errors.As(err, &query):
		return refuseQuery(query)
	case errors.Is(err, search.ErrBadQuery):
		return refusal{status: http.StatusBadRequest, key: "error.query", args: []any{search.MaxQueryRunes, search.MaxTerms}}
	case errors.Is(err, archive.ErrMistyped):
		return refusal{status: http.StatusNotFound, key: "error.mistyped"}
	case errors.Is(err, store.ErrNotFound), errors.Is(err, errNoPage):
		return refusal{status: http.StatusNotFound, key: "error.notfound"}
	case errors.As(err, &moved) && moved.ForNow:
		// 302 and not 301: the address stays this record's own, and answers by
		// itself when what is shown together is parted again.
		return refusal{status: http.StatusFound, key: "error.moved", location: moved.To}
	case errors.As(err, &moved):
		return refusal{status: http.StatusMovedPermanently, key: "error.moved", location: moved.To}
	case errors.As(err, &gone):
		return refusal{status: http.StatusGone, key: "error.gone", args: []any{gone.Reason, day(gone.Date)}}
	case errors.Is(err, context.DeadlineExceeded):
		return refusal{status: http.StatusServiceUnavailable, key: "error.slow", retryAfter: 5}
	case errors.As(err, &damaged):
		return refusal{status: http.StatusServiceUnavailable, key: "error.damaged", args: []any{damaged.ID}, retryAfter: 3600}
	case errors.Is(err, search.ErrNoIndex):
		return refusal{status: http.StatusServiceUnavailable, key: "error.noindex", retryAfter: 30}
	case errors.Is(err, search.ErrBusy):
		return refusal{status: http.StatusServiceUnavailable, key: "error.busy", retryAfter: 2}
	}
	return refusal{status: http.StatusInternalServerError, key: "error.internal"}
}

// refuseQuery words what of a query was not understood.
func refuseQuery(err *search.QueryError) refusal {
	no := refusal{status: http.StatusBadRequest, key: "error.query.empty"}
	switch err.Rule {
	case search.TooLong:
		no.key, no.args = "error.query.long", []any{err.N, err.Max}
	case search.TooMany:
		no.key, no.args = "error.query.words", []any{err.N, err.Max}
	case search.BadValue:
		no.key, no.args = "error.query.value", []any{err.Typed, strings.Join(err.Try, ", ")}
	}
	return no
}

// nearValues gives what may have been meant by what of a search was not
// understood, as it can be typed or stand in an address.
func nearValues(err error) []string {
	var query *search.QueryError
	var filter *badFilter
	switch {
	case errors.As(err, &query):
		return query.Try
	case errors.As(err, &filter):
		var out []string
		for _, value := range filter.near {
			out = append(out, filter.name+"="+value)
		}
		return out
	}
	return nil
}

// day gives the day of an RFC 3339 time or of a date.
func day(s string) archive.Date {
	d, err := archive.ParseDate(s[:min(len(s), len("2026-02-05"))])
	if err != nil {
		return ""
	}
	return d
}

// errorPage is a status, one plain sentence and the id to quote.
type errorPage struct {
	basePage
	Status   int
	Sentence string
	Near     []string // what of a search would be understood instead
	Nearest  []link   // pages that may have been meant
}

// handle makes an http.HandlerFunc of a handler.
func (s *Site) handle(h handler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if err := h(w, r); err != nil {
			s.fail(w, r, err)
		}
	}
}

// fail answers an error with its page.
func (s *Site) fail(w http.ResponseWriter, r *http.Request, err error) {
	// What was interrupted may say so in words of its own.
	if interrupted := r.Context().Err(); interrupted != nil {
		err = fmt.Errorf("%w: %w", interrupted, err)
	}
	if errors.Is(err, context.Canceled) {
		panic(http.ErrAbortHandler) // the client has gone; nobody reads an answer
	}
	no := refuse(err)
	if no.status >= 500 {
		noteCause(w, err)
	}
	form := formOf(r.URL.Path)
	if no.location != "" {
		if !strings.HasSuffix(no.location, form) {
			no.location += form // the store knows records, not their forms
		}
		redirect(w, r, no.status, no.location)
		return
	}
	if no.retryAfter != 0 {
		w.Header().Set("Retry-After", strconv.Itoa(no.retryAfter))
	}
	words := s.words(r)
	page := &errorPage{
		basePage: basePage{Title: words.word("http", no.status), Robots: "noindex"},
		Status:   no.status,
		Sentence: words.t(no.key, no.args...),
	}
	page.Near = nearValues(err)
	switch form {
	case "":
		page.Nearest = s.nearest(r, err)
	case ".json", ".csl.json":
		s.failJSON(w, r, page)
		return
	default:
		failPlain(w, r, page)
		return
	}
	if broken := s.render(w, r, no.status, "error", page); broken != nil {
		noteCause(w, errors.Join(err, broken))
		send(w, r, answer{status: no.status, contentType: "text/plain; charset=utf-8", body: []byte(page.Sentence + "\n" + requestID(r) + "\n")})
	}
}

// failJSON answers a program as fail answers a person.
func (s *Site) failJSON(w http.ResponseWriter, r *http.Request, page *errorPage) {
	b, err := archive.Encode(struct {
		Schema  string   `json:"schema"`
		Status  int      `json:"status"`
		Error   string   `json:"error"`
		Try     []string `json:"try,omitempty"`
		Request string   `json:"request"`
	}{schemaError, page.Status, page.Sentence, page.Near, requestID(r)})
	if err != nil {
		panic("BUG: " + err.Error())
	}
	send(w, r, answer{status: page.Status, contentType: "application/json", body: append(b, '\n')})
}

// redirect sends a visitor on, for good or for now as the status says. The
// target is a path of this site; it answers in the language of the request.
func redirect(w http.ResponseWriter, r *http.Request, status int, to string) {
	moveTo(w, status, pathIn(askedFor(r).lang, to))
}

// moveTo sends a visitor on to a path of this site as it stands.
func moveTo(w http.ResponseWriter, status int, to string) {
	w.Header().Set("Cache-Control", pageCache)
	w.Header().Set("Location", to)
	w.WriteHeader(status)
}
