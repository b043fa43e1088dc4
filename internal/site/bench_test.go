package site

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

// BenchmarkPages gives the CPU time of a request by kind of page, compressed
// as browsers ask for it. Run with -benchmem.
func BenchmarkPages(b *testing.B) {
	arch := sampleArchive(b)
	v := arch.variables
	for _, p := range []struct{ name, path string }{
		{"home", "/"}, {"article", "/a/" + v["talks"]}, {"meeting", "/m/" + v["meeting"]}, {"person", "/p/ana-moreira"},
		{"search", "/search?q=hoi+dam"}, {"json", "/a/" + v["talks"] + ".json"}, {"static", "/static/style.css"}, {"missing", "/nowhere"},
	} {
		b.Run(p.name, func(b *testing.B) {
			r := httptest.NewRequest(http.MethodGet, p.path, nil)
			r.Header.Set("Accept-Encoding", "gzip")
			for b.Loop() {
				arch.site.ServeHTTP(httptest.NewRecorder(), r)
			}
		})
	}
}
