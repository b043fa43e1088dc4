package site

import (
	"bytes"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"path"
	"strings"
)

// basePage is what base.tmpl shows around every page. A page's struct embeds
// it and adds what its own template shows:
//
//	type meetingPage struct {
//		basePage
//		Meeting meetingView
//	}
//
//	func (s *Site) serveMeeting(w http.ResponseWriter, r *http.Request) error {
//		…
//		return s.render(w, r, http.StatusOK, "meeting", &meetingPage{basePage: basePage{Title: …, Path: m.URL}, …})
//	}
type basePage struct {
	Title       string // without the name of the site; the name alone when empty
	Description string
	Path        string // canonical path without the language, with the query if it belongs to it; none when empty
	Robots      string // "noindex", or empty
	Nav         string // the entry of the main navigation that is current: "home", "years", "people", "countries", "agreements", "about"
	Crumbs      []link // from the home page down, the page itself last and without URL
	Query       string // what the search box holds
	OGType      string // "article", or empty for "website"
	Feed        *link  // of what the page is about, besides the feed of everything

	// JSONLD is marshalled into <script type="application/ld+json">, by
	// html/template, which escapes it. The policy blocks scripts in the page;
	// a block of data is not one.
	JSONLD any

	Meta    []metaTag   // of a record, for programs that keep references
	Forms   []otherForm // of the record, besides JSON
	Preview previewOf   // the picture that others show beside a link; the site's when empty

	// The rest is filled by render.
	Lang       string
	BaseURL    string         // scheme and host
	Canonical  string         // BaseURL + Path in the language of the page
	Alternates []languageLink // as Canonical, in every language
	Default    string         // of Alternates, for those who read neither
	Languages  []languageLink // what the request asks for, in the other languages
	CrumbsLD   any
	RequestID  string
}

func (p *basePage) base() *basePage { return p }

// link is an address with its text. The URL is empty where there is nothing
// to follow.
type link struct{ Text, URL string }

// assets is what the site reads from Config.Web.
type assets struct {
	editions map[string]*edition // by language
	static   *staticFiles
	quality  []qualitySet
}

// edition is the site in one language.
type edition struct {
	catalogue *catalogue
	templates map[string]*template.Template // by page name
	content   map[string]contentText        // by page name
}

func load(fsys fs.FS) (*assets, error) {
	a := assets{editions: map[string]*edition{}}
	var err error
	if a.static, err = loadStatic(fsys); err != nil {
		return nil, err
	}
	if a.quality, err = loadQuality(fsys); err != nil {
		return nil, err
	}
	for _, lang := range languages {
		if a.editions[lang], err = loadEdition(fsys, lang, a.static); err != nil {
			return nil, err
		}
	}
	return &a, nil
}

func loadEdition(fsys fs.FS, lang string, static *staticFiles) (*edition, error) {
	var e edition
	var err error
	if e.catalogue, err = loadCatalogue(fsys, lang); err != nil {
		return nil, err
	}
	if e.templates, err = loadTemplates(fsys, e.catalogue.funcs(static)); err != nil {
		return nil, err
	}
	if e.content, err = loadContent(fsys, lang); err != nil {
		return nil, err
	}
	return &e, nil
}

// loadTemplates parses base.tmpl and the partials with each page into a set of
// its own, so that pages may define blocks of the same name.
func loadTemplates(fsys fs.FS, funcs template.FuncMap) (map[string]*template.Template, error) {
	common := []string{"templates/base.tmpl"}
	partials, err := fs.Glob(fsys, "templates/partials/*.tmpl")
	if err != nil {
		return nil, err
	}
	common = append(common, partials...)
	pages, err := fs.Glob(fsys, "templates/pages/*.tmpl")
	if err != nil {
		return nil, err
	}
	if len(pages) == 0 {
		return nil, fmt.Errorf("templates/pages: %w", fs.ErrNotExist)
	}
	sets := make(map[string]*template.Template, len(pages))
	for _, page := range pages {
		files := append(common[:len(common):len(common)], page)
		set, err := template.New("base.tmpl").Funcs(funcs).Option("missingkey=error").ParseFS(fsys, files...)
		if err != nil {
			return nil, err
		}
		sets[strings.TrimSuffix(path.Base(page), ".tmpl")] = set
	}
	return sets, nil
}

// assets gives what Web held at the start or, for a developer, holds now.
func (s *Site) assets() (*assets, error) {
	if !s.dev {
		return s.loaded, nil
	}
	return load(s.web)
}

// pageRoom is the size in bytes that most pages do not exceed.
const pageRoom = 32 << 10

// render executes base.tmpl with a page's template and sends the result. The
// page is executed into a buffer first, so that an error half-way becomes an
// error page and not half a page.
func (s *Site) render(w http.ResponseWriter, r *http.Request, status int, name string, page interface{ base() *basePage }) error {
	e, err := s.edition(r)
	if err != nil {
		return err
	}
	set, ok := e.templates[name]
	if !ok {
		return fmt.Errorf("BUG: no template %q", name)
	}
	b := page.base()
	b.Lang, b.BaseURL, b.RequestID = e.catalogue.lang, s.baseURL, requestID(r)
	b.Languages = otherLanguages(r)
	if b.Path != "" {
		b.Canonical, b.Default = s.baseURL+e.catalogue.to(b.Path), s.baseURL+b.Path
		b.Alternates = alternates(s.baseURL, b.Path)
		if len(b.Crumbs) > 1 {
			b.CrumbsLD = crumbsLD(e.catalogue, s.baseURL, b.Canonical, b.Crumbs)
		}
		if b.Preview.URL == "" {
			b.Preview = previewOf{"/og.png", e.catalogue.t("site.name")}
		}
	}
	var buf bytes.Buffer
	buf.Grow(pageRoom)
	if err := set.Execute(&buf, page); err != nil {
		return fmt.Errorf("page %s: %w", name, err)
	}
	send(w, r, answer{status: status, contentType: "text/html; charset=utf-8", body: buf.Bytes()})
	return nil
}

// edition gives the site in the language of a request.
func (s *Site) edition(r *http.Request) (*edition, error) {
	a, err := s.assets()
	if err != nil {
		return nil, err
	}
	return a.editions[askedFor(r).lang], nil
}

// words gives the catalogue of a request's language, for handlers that write
// dates, countries and kinds into a page's title.
func (s *Site) words(r *http.Request) *catalogue {
	if e, err := s.edition(r); err == nil {
		return e.catalogue
	}
	return s.loaded.editions[askedFor(r).lang].catalogue
}
