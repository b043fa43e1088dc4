package site

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"vankho/internal/archive"
)

func TestArticleParts(t *testing.T) {
	for _, tt := range []struct{ articles, parts int }{
		{0, 1}, {5, 1}, {40_000, 1}, {40_001, 29}, {1_000_000, 29}, {1_160_029, 841}, {30_000_000, 841},
	} {
		parts := articleParts(tt.articles)
		if len(parts) != tt.parts || tt.articles/len(parts) > partSize {
			t.Errorf("articleParts(%d): %d parts, want %d", tt.articles, len(parts), tt.parts)
		}
	}
	// Every id begins with one of the parts.
	if id := archive.NewID("x"); strings.Trim(id, idAlphabet) != "" {
		t.Errorf("%s has characters that no part has", id)
	}
}

// TestSitemap finds every article once in the parts, whole and divided.
func TestSitemap(t *testing.T) {
	const n = batch + 10
	arch := manyArchive(t, n)
	loc := regexp.MustCompile(`<loc>https://vankho\.example(/a/[0-9a-z]+)</loc>`)
	count := func(parts []string) map[string]int {
		seen := map[string]int{}
		for _, p := range parts {
			got := answerTo(arch.site, "/sitemap/"+partName(p)+".xml")
			if got.Code != http.StatusOK || !strings.HasSuffix(got.Body.String(), "</urlset>\n") {
				t.Errorf("%s: got %d", partName(p), got.Code)
			}
			for _, m := range loc.FindAllStringSubmatch(got.Body.String(), -1) {
				seen[m[1]]++
			}
		}
		return seen
	}
	for _, parts := range [][]string{articleParts(n), articleParts(1_000_000)} {
		seen := count(parts)
		for _, a := range arch.articles {
			if seen[a.URL] != 1 {
				t.Fatalf("%d parts: %s is there %d times", len(parts), a.URL, seen[a.URL])
			}
		}
		if len(seen) != n {
			t.Errorf("%d parts: %d articles, want %d", len(parts), len(seen), n)
		}
	}
}

// TestStreamCut: an error before anything was sent has its page; after that
// the connection is cut, so that a part is not taken for the whole.
func TestStreamCut(t *testing.T) {
	arch := sampleArchive(t)
	for _, tt := range []struct {
		name string
		size int
		cut  bool
	}{{"at the start", 0, false}, {"in the middle", 1 << 20, true}} {
		t.Run(tt.name, func(t *testing.T) {
			h := arch.site.guard(arch.site.handle(func(w http.ResponseWriter, r *http.Request) error {
				return arch.site.stream(w, r, func(out io.Writer) error {
					io.WriteString(out, strings.Repeat("x", tt.size))
					return errors.New("the disk is gone")
				})
			}))
			rec := httptest.NewRecorder()
			defer func() {
				if cut := recover() == http.ErrAbortHandler; cut != tt.cut {
					t.Errorf("cut: %v", cut)
				}
				if !tt.cut && (rec.Code != 500 || rec.Header().Get("ETag") != "" || rec.Header().Get("Cache-Control") != noStore) {
					t.Errorf("got %d, %v", rec.Code, rec.Header())
				}
			}()
			h.ServeHTTP(rec, httptest.NewRequest(http.MethodGet, "/", nil))
		})
	}
}
