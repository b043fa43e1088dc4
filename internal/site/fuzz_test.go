package site

import (
	"bufio"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// FuzzTarget asks for anything a client can write between GET and HTTP/1.1.
// Nothing is a server error; redirects stay on this site; what is refused says
// no more than its sentence.
func FuzzTarget(f *testing.F) {
	arch := sampleArchive(f)
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		cases, err := parseScript(string(text))
		if err != nil {
			f.Fatal(err)
		}
		for _, c := range cases {
			target := c.target
			for name, value := range arch.variables {
				target = strings.ReplaceAll(target, "$"+name, value)
			}
			f.Add(target)
		}
	}
	for _, target := range []string{"*", "//a.example/", "/\\a.example/", "/%2f/a.example/", "http://a.example//b/", "/?#", "/a/..;/", "/a/%e2%80%ae", "/search?q=%ef%bf%bd&q=2", "/c/%C4%B0%C4%B0", "/y/٢٠٢٦"} {
		f.Add(target)
	}
	f.Fuzz(func(t *testing.T, target string) {
		r, err := http.ReadRequest(bufio.NewReader(strings.NewReader("GET " + target + " HTTP/1.1\r\nHost: x\r\n\r\n")))
		if err != nil {
			t.Skip("net/http refuses it")
		}
		rec := httptest.NewRecorder()
		arch.site.ServeHTTP(rec, r)
		switch rec.Code {
		case 200, 400, 404, 410, 414:
		case 301, 302:
			to := rec.Header().Get("Location")
			if !strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") || strings.ContainsAny(to, "\\\r\n") {
				t.Errorf("GET %q: leads to %q", target, to)
			}
		default:
			t.Errorf("GET %q: got %d\n%s", target, rec.Code, rec.Body)
		}
		for name := range headers {
			if rec.Header().Get(name) == "" {
				t.Errorf("GET %q: no %s", target, name)
			}
		}
	})
}
