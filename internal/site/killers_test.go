package site

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"

	"vankho/internal/testkit"
)

// TestKillerQueries asks every form of the search page what would hurt a
// search engine: each is answered, or refused with a page in words.
func TestKillerQueries(t *testing.T) {
	arch := sampleArchive(t)
	for _, form := range []string{"/search", "/en/search", "/search.json", "/search.csv", "/search.atom", "/search/advanced", "/cite", "/cite.json", "/suggest.json"} {
		for _, text := range testkit.Killers() {
			rec := httptest.NewRecorder()
			arch.site.ServeHTTP(rec, httptest.NewRequest(http.MethodGet, form+"?q="+url.QueryEscape(text), nil))
			switch rec.Code {
			case http.StatusOK, http.StatusBadRequest, http.StatusRequestURITooLong:
			default:
				t.Errorf("%s?q=%.40q: %d", form, text, rec.Code)
			}
			body := rec.Body.String()
			page := strings.HasPrefix(rec.Header().Get("Content-Type"), "text/html")
			if !utf8.ValidString(body) || strings.TrimSpace(body) == "" || page && strings.Contains(body, "<script>alert") {
				t.Errorf("%s?q=%.40q: %d with %.200q", form, text, rec.Code, body)
			}
		}
	}
}
