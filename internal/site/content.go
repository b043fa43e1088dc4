package site

import (
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"path"
	"strings"

	"vankho/internal/render"
	"vankho/internal/vitext"
)

// contentPages are the pages written in Markdown: web/content/<lang>/<name>.md
// is served as /<name>, or /<lang>/<name>. Links in a text name the page in its
// own language: [search](/en/search). The text about citing is part of another
// page, see serveQuote.
var contentPages = []string{"about", "method", "help", "data"}

// contentText is one such page, rendered when the site starts.
type contentText struct {
	Title string // the text's first heading
	HTML  template.HTML
}

func loadContent(fsys fs.FS, lang string) (map[string]contentText, error) {
	texts := map[string]contentText{}
	for _, name := range append(contentPages[:len(contentPages):len(contentPages)], "cite") {
		file := path.Join("content", lang, name+".md")
		b, err := fs.ReadFile(fsys, file)
		if err != nil {
			return nil, err
		}
		doc, err := render.Page(b, vitext.Slug)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		texts[name] = contentText{doc.Title, doc.HTML}
	}
	return texts, nil
}

// contentPage is what content.tmpl shows.
type contentPage struct {
	basePage
	HTML    template.HTML // begins with the <h1>
	Quality []qualityView // on the page about the method
}

// serveContent answers one of contentPages.
func (s *Site) serveContent(w http.ResponseWriter, r *http.Request) error {
	a, err := s.assets()
	if err != nil {
		return err
	}
	e := a.editions[askedFor(r).lang]
	name := strings.TrimPrefix(r.URL.Path, "/")
	text, ok := e.content[name]
	if !ok {
		return errNoPage
	}
	var quality []qualityView
	if name == "method" {
		quality = qualityViews(e.catalogue, a.quality)
	}
	return s.render(w, r, http.StatusOK, "content", &contentPage{
		Quality: quality,
		basePage: basePage{
			Title:  text.Title,
			Path:   "/" + name,
			Nav:    name,
			Crumbs: []link{{e.catalogue.t("nav.home"), "/"}, {text.Title, ""}},
		},
		HTML: text.HTML,
	})
}
