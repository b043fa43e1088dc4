package site

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestAccepts(t *testing.T) {
	tests := []struct {
		header   string
		gzip, br bool
	}{
		{"", false, false},
		{"gzip", true, false},
		{"GZIP", true, false},
		{"x-gzip", true, false},
		{"gzip, deflate, br", true, true},
		{"br;q=1, gzip;q=0.5", true, true},
		{"gzip;q=0", false, false},
		{"gzip; q=0.000, BR", false, true},
		{"gzip;q=nonsense", false, false},
		{"*", true, true},
		{"*;q=0", false, false},
		{"gzip;q=0, *", false, true},
		{"*, gzip;q=0", false, true},
		{"br;q=0, *;q=0.1", true, false},
		{"identity", false, false},
		{"notgzip, bro", false, false},
	}
	for _, tt := range tests {
		r := &http.Request{Header: http.Header{"Accept-Encoding": {"deflate", tt.header}}}
		if got := accepts(r, "gzip"); got != tt.gzip {
			t.Errorf("accepts(%q, gzip): got %v", tt.header, got)
		}
		if got := accepts(r, "br"); got != tt.br {
			t.Errorf("accepts(%q, br): got %v", tt.header, got)
		}
	}
}

func TestHasTag(t *testing.T) {
	tests := []struct {
		name  string
		lists []string
		want  bool
	}{
		{"none", nil, false},
		{"same", []string{`"abc"`}, true},
		{"weak", []string{`W/"abc"`}, true},
		{"in a list", []string{`"x", "abc" ,"y"`}, true},
		{"in two headers", []string{`"x"`, `"abc"`}, true},
		{"any", []string{`*`}, true},
		{"other", []string{`"abcd"`}, false},
		{"without quotes", []string{`abc`}, false},
		{"nonsense", []string{`",,,`}, false},
	}
	for _, tt := range tests {
		if got := hasTag(tt.lists, `"abc"`); got != tt.want {
			t.Errorf("%s: hasTag(%q): got %v", tt.name, tt.lists, got)
		}
	}
}

func TestSend(t *testing.T) {
	long := []byte(strings.Repeat("Hội đàm. ", 1000))
	get := func(method string, a answer, with ...string) *httptest.ResponseRecorder {
		r := httptest.NewRequest(method, "/", nil)
		for i := 0; i < len(with); i += 2 {
			r.Header.Add(with[i], with[i+1])
		}
		rec := httptest.NewRecorder()
		send(rec, r, a)
		return rec
	}
	text := answer{status: 200, contentType: "text/plain; charset=utf-8", body: long}
	plain := get("GET", text)
	packed := get("GET", text, "Accept-Encoding", "gzip")
	if body, err := readBody(packed); err != nil || body != string(long) || packed.Body.Len() >= len(long) {
		t.Errorf("compressed body: %v, %d bytes", err, packed.Body.Len())
	}
	if plain.Header().Get("ETag") == packed.Header().Get("ETag") {
		t.Error("two forms of one page have the same strong ETag")
	}
	if again := get("GET", text); again.Header().Get("ETag") != plain.Header().Get("ETag") {
		t.Error("the same page has two ETags")
	}
	other := text
	other.body = long[1:]
	if got := get("GET", other); got.Header().Get("ETag") == plain.Header().Get("ETag") {
		t.Error("two pages have the same ETag")
	}
	for _, full := range []*httptest.ResponseRecorder{plain, packed} {
		with := []string{"If-None-Match", full.Header().Get("ETag"), "Accept-Encoding", full.Header().Get("Content-Encoding")}
		got := get("GET", text, with...)
		if got.Code != 304 || got.Body.Len() != 0 || got.Header().Get("ETag") != full.Header().Get("ETag") || got.Header().Get("Cache-Control") == "" {
			t.Errorf("If-None-Match: got %d, %d bytes, %v", got.Code, got.Body.Len(), got.Header())
		}
	}
	head := get("HEAD", text)
	if head.Body.Len() != 0 || head.Header().Get("Content-Length") != fmt.Sprint(len(long)) || head.Header().Get("ETag") != plain.Header().Get("ETag") {
		t.Errorf("HEAD: got %d bytes, %v", head.Body.Len(), head.Header())
	}

	// An error is neither kept nor compared.
	bad := text
	bad.status = 404
	if got := get("GET", bad, "If-None-Match", "*"); got.Code != 404 || got.Header().Get("ETag") != "" || got.Header().Get("Cache-Control") != noStore {
		t.Errorf("404: got %d, %v", got.Code, got.Header())
	}
	font := answer{status: 200, contentType: "font/woff2", body: long}
	if got := get("GET", font, "Accept-Encoding", "gzip"); !bytes.Equal(got.Body.Bytes(), long) || got.Header().Get("Vary") != "" {
		t.Errorf("a font was compressed: %v", got.Header())
	}
	short := answer{status: 200, contentType: "text/plain", body: long[:compressFrom-1]}
	if got := get("GET", short, "Accept-Encoding", "gzip"); got.Header().Get("Content-Encoding") != "" {
		t.Error("a short answer was compressed")
	}

	// Ranges and dates in conditions are ignored (RFC 9110 14.2, 13.1.3).
	ranges := "bytes=" + strings.TrimSuffix(strings.Repeat("0-1,", 200), ",")
	for _, with := range [][]string{
		{"Range", ranges}, {"Range", "bytes=0-0"}, {"Range", "bytes=999999-"}, {"If-Range", `"x"`, "Range", "bytes=0-1"},
		{"If-Modified-Since", "not a date"}, {"If-Modified-Since", "Sun, 06 Nov 2094 08:49:37 GMT"},
		{"If-Unmodified-Since", "Sun, 06 Nov 1994 08:49:37 GMT"}, {"If-None-Match", "not a tag"}, {"If-None-Match", strings.Repeat(",", 5000)},
	} {
		if got := get("GET", text, with...); got.Code != 200 || got.Body.Len() != len(long) {
			t.Errorf("%q: got %d, %d bytes", with, got.Code, got.Body.Len())
		}
	}
}

func BenchmarkSend(b *testing.B) {
	body := []byte(strings.Repeat("<p>Hai bên nhất trí đưa kim ngạch thương mại song phương lên 15 tỷ USD.</p>\n", 300))
	for _, encoding := range []string{"", "gzip"} {
		b.Run("encoding="+encoding, func(b *testing.B) {
			r := httptest.NewRequest(http.MethodGet, "/", nil)
			r.Header.Set("Accept-Encoding", encoding)
			b.SetBytes(int64(len(body)))
			for b.Loop() {
				send(httptest.NewRecorder(), r, answer{status: 200, contentType: "text/html; charset=utf-8", body: body})
			}
		})
	}
}
