package site

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"strings"

	"github.com/go-chi/chi/v5"
)

// staticFiles is the folder static, in memory. All its files are served under
// one hash of the whole folder, /static/1a2b3c4d/style.css, so that the style
// sheet's relative links to its fonts need no rewriting.
type staticFiles struct {
	hash  string // eight hex digits
	files map[string]staticFile
}

type staticFile struct {
	contentType string
	body        []byte
	etag        string
	forms       map[string][]byte // compressed, by encoding; nil when that saves nothing
}

// Content types by extension. The list is closed: what the system believes
// about extensions must not change what the site answers.
var staticTypes = map[string]string{
	".css":   "text/css; charset=utf-8",
	".ico":   "image/x-icon",
	".js":    "text/javascript; charset=utf-8",
	".png":   "image/png",
	".svg":   "image/svg+xml",
	".txt":   "text/plain; charset=utf-8",
	".woff2": "font/woff2",
}

func loadStatic(fsys fs.FS) (*staticFiles, error) {
	st := &staticFiles{files: map[string]staticFile{}}
	all := sha256.New()
	err := fs.WalkDir(fsys, "static", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		contentType, ok := staticTypes[path.Ext(name)]
		if !ok {
			return fmt.Errorf("%s: no content type for this extension", name)
		}
		body, err := fs.ReadFile(fsys, name)
		if err != nil {
			return err
		}
		sum := sha256.Sum256(body)
		fmt.Fprintf(all, "%s %x\n", name, sum)
		f := staticFile{contentType: contentType, body: body, etag: hex.EncodeToString(sum[:16])}
		if compressible(contentType) && len(body) >= compressFrom {
			f.forms = map[string][]byte{"br": compressed("br", body), "gzip": compressed("gzip", body)}
		}
		st.files[strings.TrimPrefix(name, "static/")] = f
		return nil
	})
	if err != nil {
		return nil, err
	}
	st.hash = hex.EncodeToString(all.Sum(nil)[:4])
	return st, nil
}

// url gives the address of a static file; the template function static.
func (st *staticFiles) url(name string) (string, error) {
	if _, ok := st.files[name]; !ok {
		return "", fmt.Errorf("no static file %q", name)
	}
	return "/static/" + st.hash + "/" + name, nil
}

// serveStatic answers /static/<hash>/name, for ever when the hash is today's,
// and /static/name. A page kept from before an update asks with an old hash
// and gets today's file, which may not be kept.
func (s *Site) serveStatic(w http.ResponseWriter, r *http.Request) error {
	a, err := s.assets()
	if err != nil {
		return err
	}
	name := chi.URLParam(r, "*")
	cache := pageCache
	if hash, rest, ok := strings.Cut(name, "/"); ok && isHash(hash) {
		name = rest
		if hash == a.static.hash {
			cache = forEver
		}
	}
	return s.sendStatic(w, r, a.static, name, cache)
}

// serveIcon answers for a static file at the address where programs look for
// it without being told: /favicon.ico, /apple-touch-icon.png.
func (s *Site) serveIcon(w http.ResponseWriter, r *http.Request) error {
	a, err := s.assets()
	if err != nil {
		return err
	}
	return s.sendStatic(w, r, a.static, path.Base(r.URL.Path), pageCache)
}

func (s *Site) sendStatic(w http.ResponseWriter, r *http.Request, st *staticFiles, name, cache string) error {
	f, ok := st.files[name]
	if !ok {
		return errNoPage
	}
	send(w, r, answer{status: http.StatusOK, contentType: f.contentType, body: f.body, etag: f.etag, cache: cache, forms: f.forms})
	return nil
}

func isHash(s string) bool {
	return len(s) == 8 && strings.Trim(s, "0123456789abcdef") == ""
}
