package site

import (
	"encoding/xml"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"vankho/internal/archive"
)

func TestIDParts(t *testing.T) {
	for _, tt := range []struct{ articles, parts int }{
		{0, 1}, {5, 1}, {40_000, 1}, {40_001, 29}, {1_000_000, 29}, {1_160_029, 841}, {30_000_000, 841},
	} {
		parts := idParts(tt.articles)
		if len(parts) != tt.parts || tt.articles/len(parts) > partSize {
			t.Errorf("idParts(%d): %d parts, want %d", tt.articles, len(parts), tt.parts)
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
			got := answerTo(arch.site, "/sitemap/"+partName("articles", p)+".xml")
			if got.Code != http.StatusOK || !strings.HasSuffix(got.Body.String(), "</urlset>\n") {
				t.Errorf("%s: got %d", partName("articles", p), got.Code)
			}
			for _, m := range loc.FindAllStringSubmatch(got.Body.String(), -1) {
				seen[m[1]]++
			}
		}
		return seen
	}
	for _, parts := range [][]string{idParts(n), idParts(1_000_000)} {
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

// TestAddressesAnswer follows the sitemap to its end: everything it and the
// feed name is there, and says of itself that it lives at that address.
func TestAddressesAnswer(t *testing.T) {
	arch := sampleArchive(t)
	const base = "https://vankho.example"
	loc := regexp.MustCompile(`<loc>` + regexp.QuoteMeta(base) + `([^<]+)</loc>`)
	named := func(path string, re *regexp.Regexp) (paths []string) {
		for _, m := range re.FindAllStringSubmatch(answerTo(arch.site, path).Body.String(), -1) {
			paths = append(paths, m[1])
		}
		return paths
	}
	seen := map[string]bool{}
	for _, part := range named("/sitemap.xml", loc) {
		for _, path := range named(part, loc) {
			seen[path] = true
			got := answerTo(arch.site, path)
			if want := `<link rel="canonical" href="` + base + path + `">`; got.Code != http.StatusOK || !strings.Contains(got.Body.String(), want) {
				t.Errorf("%s, named in %s: got %d, or another canonical address", path, part, got.Code)
			}
		}
	}
	v := arch.variables
	for _, path := range []string{"/a/" + v["talks"], "/a/" + v["announced"], "/m/" + v["meeting"], "/m/" + v["first"], "/v/" + v["visit"], "/v/" + v["planned"], "/p/ana-moreira", "/y/2026/04", "/"} {
		if !seen[path] {
			t.Errorf("the sitemap does not name %s", path)
		}
	}
	for _, path := range named("/atom.xml", regexp.MustCompile(`href="`+regexp.QuoteMeta(base)+`([^"]+)"`)) {
		if got := answerTo(arch.site, path); got.Code != http.StatusOK {
			t.Errorf("%s, named in the feed: got %d", path, got.Code)
		}
	}
}

// TestAtom holds what RFC 4287 asks of a feed, and that each feed names only
// what it is of.
func TestAtom(t *testing.T) {
	arch := sampleArchive(t)
	for path, entries := range map[string]int{
		"/atom.xml": 3, "/en/atom.xml": 3, "/p/ana-moreira.atom": 2, "/en/p/ana-moreira.atom": 2, "/p/le-thi-thu.atom": 1, "/c/br.atom": 2, "/c/jp.atom": 0,
		"/search.atom": 3, "/en/search.atom?q=thu": 3, "/search.atom?country=CH&q=nh%E1%BA%A5t+tr%C3%AD": 1, "/search.atom?q=kim+ng%E1%BA%A1hc": 0,
		"/c/vn/br.atom": 1, "/p/ana-moreira/tran-van-mau.atom": 1, "/en/c/vn/la.atom": 0,
	} {
		var feed atomFeed
		if err := xml.Unmarshal(answerTo(arch.site, path).Body.Bytes(), &feed); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		if feed.ID == "" || feed.Title == "" || feed.Author.Name == "" || feed.Links[0].Rel != "self" || !strings.HasSuffix(feed.Links[0].Href, path) {
			t.Errorf("%s: an element that must be there is not: %+v", path, feed)
		}
		if len(feed.Entries) != entries {
			t.Errorf("%s: %d entries, want %d", path, len(feed.Entries), entries)
		}
		ids := map[string]bool{feed.ID: true}
		latest := ""
		for _, e := range feed.Entries {
			if e.ID == "" || ids[e.ID] || e.Title == "" || e.Summary == "" {
				t.Errorf("%s: entry without an id of its own, title or summary: %+v", path, e)
			}
			ids[e.ID] = true
			latest = max(latest, e.Updated)
			if _, err := time.Parse(time.RFC3339, e.Updated); err != nil {
				t.Errorf("%s: %s: updated: %v", path, e.ID, err)
			}
		}
		if feed.Updated == "" || latest != "" && feed.Updated != latest {
			t.Errorf("%s: updated at %s, its newest entry at %s", path, feed.Updated, latest)
		}
	}
}
