package site

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"vankho/internal/search"
	"vankho/internal/store"
	"vankho/internal/testkit"
	"vankho/web"
)

func ask(h http.Handler, method, target string, with ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, target, nil)
	for i := 0; i < len(with); i += 2 {
		r.Header.Set(with[i], with[i+1])
	}
	rec := httptest.NewRecorder()
	h.ServeHTTP(rec, r)
	return rec
}

// TestKeptAnswers wants a page that is kept to be answered as one that is made:
// in each encoding, known to the client or not, with and without body.
func TestKeptAnswers(t *testing.T) {
	arch := sampleArchive(t)
	path := "/a/" + arch.variables["talks"]
	whole := strings.ReplaceAll(answerTo(arch.site, path+"?made").Body.String(), "?made", "")
	tags := map[string]bool{}
	for i, encoding := range []string{"", "gzip", "br"} {
		made := ask(arch.site, "GET", path, "Accept-Encoding", encoding)
		if n := len(arch.site.kept.pages); n != i+1 {
			t.Fatalf("%q: %d pages are kept, want %d", encoding, n, i+1)
		}
		kept := ask(arch.site, "GET", path, "Accept-Encoding", encoding)
		for name := range made.Header() {
			if name != "X-Request-Id" && made.Header().Get(name) != kept.Header().Get(name) {
				t.Errorf("%q: %s is %q, kept %q", encoding, name, made.Header().Get(name), kept.Header().Get(name))
			}
		}
		if !bytes.Equal(made.Body.Bytes(), kept.Body.Bytes()) || kept.Header().Get("Vary") != "Accept-Encoding" || kept.Header().Get("Content-Encoding") != encoding {
			t.Errorf("%q: kept %d bytes, made %d, %v", encoding, kept.Body.Len(), made.Body.Len(), kept.Header())
		}
		if body, err := readBody(kept); err != nil || body != whole {
			t.Errorf("%q: another text, %v\n%s", encoding, err, difference(whole, body))
		}
		tag := kept.Header().Get("ETag")
		tags[tag] = true
		if got := ask(arch.site, "GET", path, "Accept-Encoding", encoding, "If-None-Match", tag); got.Code != 304 || got.Body.Len() != 0 || got.Header().Get("ETag") != tag || got.Header().Get("Content-Encoding") != "" {
			t.Errorf("%q: If-None-Match gives %d, %v", encoding, got.Code, got.Header())
		}
		if got := ask(arch.site, "HEAD", path, "Accept-Encoding", encoding); got.Body.Len() != 0 || got.Header().Get("Content-Length") != kept.Header().Get("Content-Length") {
			t.Errorf("%q: HEAD gives %d bytes, %v", encoding, got.Body.Len(), got.Header())
		}
	}
	if len(tags) != 3 {
		t.Errorf("three encodings have the tags %v", tags)
	}
	if got := answerTo(arch.site, "/en"+path).Body.String(); got == whole {
		t.Error("the page in English is the one kept in Vietnamese")
	}
}

// TestKeptUntilImport wants no page to outlive an import.
func TestKeptUntilImport(t *testing.T) {
	arch := sampleArchive(t)
	planned := "/v/" + arch.variables["planned"]
	if got := answerTo(arch.site, planned); got.Code != http.StatusOK || len(arch.site.kept.pages) != 1 {
		t.Fatalf("before: %d, %d pages are kept", got.Code, len(arch.site.kept.pages))
	}
	without := testkit.Articles()[2]
	rewrite(without, 0, without.Paragraphs[0].Text+" (cập nhật)")
	without.Visits = nil
	importArticles(t, arch.dir, func(ctx context.Context, w *store.Writer) error {
		return errors.Join(w.Retire(ctx, planned, "đăng nhầm"), w.Retire(ctx, "/p/khamphan-thu", "đăng nhầm"))
	}, without)
	if got := answerTo(arch.site, planned); got.Code != http.StatusGone {
		t.Errorf("after: %d", got.Code)
	}
	if n := len(arch.site.kept.pages); n != 0 {
		t.Errorf("%d pages of the archive before are kept", n)
	}
	a := testkit.Articles()[0]
	rewrite(a, 5, "Một đoạn khác")
	answerTo(arch.site, "/a/"+a.ID)
	importArticles(t, arch.dir, nil, a)
	if got := answerTo(arch.site, "/a/"+a.ID); !bytes.Contains(got.Body.Bytes(), []byte("Một đoạn khác")) {
		t.Error("an article is answered as it was before an import")
	}
}

// TestNotKept: refusals, redirects, what has a query, and the home page while
// searches fail.
func TestNotKept(t *testing.T) {
	arch := sampleArchive(t)
	v := arch.variables
	for _, path := range []string{"/nowhere", "/a/" + v["mistyped"], "/p/bounmy-thu", "/a/" + v["talks"] + "/slug", "/m/" + v["moved"], "/search?q=hoi+dam", "/agreements?page=1", "/og.png", "/atom.xml"} {
		answerTo(arch.site, path)
		if n := len(arch.site.kept.pages); n != 0 {
			t.Fatalf("%s is kept", path)
		}
	}
	live := search.NewLive(arch.dir)
	defer live.Close()
	s, err := New(Config{Store: arch.store, Search: live, Web: web.Files})
	if err != nil {
		t.Fatal(err)
	}
	without := answerTo(s, "/").Body.String()
	if len(s.kept.pages) != 0 {
		t.Error("a home page without examples is kept")
	}
	answerTo(s, "/about")
	if err := s.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	if answerTo(s, "/").Body.String() == without || len(s.kept.pages) != 1 {
		t.Errorf("with an index the home page is the same, or %d pages are kept", len(s.kept.pages))
	}
}

// TestKeptRoom fills the room twice over.
func TestKeptRoom(t *testing.T) {
	var k keptPages
	from := madeFrom{index: "one"}
	const size = 1 << 20
	key := func(i int) keptKey { return keptKey{"vi", string(rune('a' + i)), ""} }
	fits := maxKept / (size + keptRoom)
	for i := range 2 * fits {
		k.get(from, key(0)) // asked for again and again
		k.put(from, key(i), &packed{answer: answer{body: make([]byte, size)}})
	}
	switch {
	case len(k.pages) != fits || k.order.Len() != fits || k.bytes > maxKept:
		t.Errorf("kept: %d pages, %d in order, %d bytes; room for %d", len(k.pages), k.order.Len(), k.bytes, fits)
	case k.get(from, key(0)) == nil:
		t.Error("what was asked for all the time is gone")
	case k.get(from, key(1)) != nil:
		t.Error("what was asked for longest ago is there")
	}
	k.put(madeFrom{index: "two"}, key(0), &packed{})
	if k.get(from, key(0)) == nil {
		t.Error("a page of another archive was let in")
	}
	if k.get(madeFrom{index: "two"}, key(0)) != nil || len(k.pages) != 0 || k.bytes != 0 {
		t.Error("pages are kept from one archive to the next")
	}
}
