package site

import (
	"net/http"
	"strings"
)

// languages are those the site speaks. The first one's pages have the bare
// addresses, which are also those of records for programs; another's have its
// name in front: /a/{id} and /en/a/{id} are one page. The address alone decides,
// and no header of the request does.
var languages = []string{"vi", "en"}

// cutLanguage divides the path of an address into its language and the path
// that both languages have.
func cutLanguage(path string) (lang, rest string) {
	for _, lang := range languages[1:] {
		rest, ok := strings.CutPrefix(path, "/"+lang)
		if ok && (rest == "" || rest[0] == '/') {
			if rest == "" {
				rest = "/"
			}
			return lang, rest
		}
	}
	return languages[0], path
}

// pathIn gives the address of a page in a language by the path that all
// languages have. Nothing else is changed: fragments of the same page, and
// addresses elsewhere.
func pathIn(lang, path string) string {
	if lang == languages[0] || !strings.HasPrefix(path, "/") {
		return path
	}
	if rest := path[1:]; rest == "" || rest[0] == '?' || rest[0] == '#' {
		return "/" + lang + rest
	}
	return "/" + lang + path
}

// asked is what the site knows of a request besides the request, which reaches
// the routes without the language in its path.
type asked struct {
	id     string // that the answer, its error page and the log carry
	lang   string
	target string // path and query without the language; none when guard refuses the address

	keeping bool    // the answer is to be kept, see keep
	passing bool    // the answer may be another the next moment
	sent    *packed // the answer, unless the client had it
}

type askedKey struct{}

// askedFor gives what guard noted of a request; of one that never passed it, a
// request in the first language.
func askedFor(r *http.Request) *asked {
	if a, ok := r.Context().Value(askedKey{}).(*asked); ok {
		return a
	}
	return &asked{lang: languages[0]}
}

// requestID gives the id that the answer, its error page and the log carry.
func requestID(r *http.Request) string { return askedFor(r).id }

// withPath gives the request with another path, which is clean.
func withPath(r *http.Request, path string) *http.Request {
	u := *r.URL
	u.Path, u.RawPath = path, ""
	r = r.WithContext(r.Context())
	r.URL = &u
	return r
}

// languageLink leads to the same page in a language.
type languageLink struct{ Lang, URL string }

// alternates gives the absolute addresses of a page in every language.
func alternates(baseURL, path string) []languageLink {
	var out []languageLink
	for _, lang := range languages {
		out = append(out, languageLink{lang, baseURL + pathIn(lang, path)})
	}
	return out
}

// otherLanguages gives the addresses, on this site, of what r asks for in the
// languages it is not asked for in.
func otherLanguages(r *http.Request) []languageLink {
	a := askedFor(r)
	target := a.target
	if target == "" {
		target = "/"
	}
	var out []languageLink
	for _, lang := range languages {
		if lang != a.lang {
			out = append(out, languageLink{lang, pathIn(lang, target)})
		}
	}
	return out
}

// neutral keeps what is the same in every language at the one address without
// any: asked for under a language, it is there.
func neutral(h handler) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		if a := askedFor(r); a.lang != languages[0] {
			moveTo(w, http.StatusMovedPermanently, a.target)
			return nil
		}
		return h(w, r)
	}
}
