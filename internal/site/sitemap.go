package site

import (
	"bufio"
	"compress/gzip"
	"context"
	"encoding/xml"
	"fmt"
	"io"
	"iter"
	"net/http"
	"strings"

	"github.com/go-chi/chi/v5"

	"vankho/internal/archive"
	"vankho/internal/store"
)

// The sitemap is an index of parts, each of at most 50,000 addresses, the
// limit of sitemaps.org:
//
//	/sitemap.xml               the index
//	/sitemap/pages.xml         texts, countries, years and months
//	/sitemap/people.xml        persons
//	/sitemap/articles.xml      articles, or articles-0.xml, … articles-z.xml by the
//	                           first characters of their ids once they are many
//	/sitemap/2026-02.xml       the meetings and visits of a month
//
// Meetings and visits whose month is not known are reached through their
// articles.
//
// Ids are spread evenly, so parts by first characters are of one size, and each
// is one range of the store. Nothing of it is ever in memory whole.
const (
	idAlphabet = "0123456789bcdfghjkmnpqrstvwxz" // see archive.NewID
	partSize   = 40000                           // articles a part, leaving room for chance
	batch      = 1000
)

// articleParts gives the first characters of ids by which n articles are
// divided: the empty string for all together, else 29 or 841 parts.
func articleParts(n int) []string {
	parts := []string{""}
	for size := n; size > partSize; size /= len(idAlphabet) {
		var longer []string
		for _, p := range parts {
			for _, c := range idAlphabet {
				longer = append(longer, p+string(c))
			}
		}
		parts = longer
	}
	return parts
}

// partName names the part of articles with ids that begin with prefix.
func partName(prefix string) string { return strings.TrimSuffix("articles-"+prefix, "-") }

func (s *Site) serveSitemap(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	totals, err := s.store.Totals(ctx)
	if err != nil {
		return err
	}
	months, err := s.store.Months(ctx)
	if err != nil {
		return err
	}
	names := []string{"pages", "people"}
	for _, prefix := range articleParts(totals.Articles) {
		names = append(names, partName(prefix))
	}
	for _, m := range months {
		names = append(names, m.Key)
	}
	return s.stream(w, r, func(out io.Writer) error {
		io.WriteString(out, xml.Header+`<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">`+"\n")
		for _, name := range names {
			fmt.Fprintf(out, "<sitemap><loc>%s/sitemap/%s.xml</loc></sitemap>\n", s.baseURL, name)
		}
		_, err := io.WriteString(out, "</sitemapindex>\n")
		return err
	})
}

// place is one address of the sitemap with the day it changed, if known.
type place struct{ path, changed string }

func (s *Site) serveSitemapPart(w http.ResponseWriter, r *http.Request) error {
	name := chi.URLParam(r, "part")
	var places iter.Seq2[place, error]
	prefix, isArticles := strings.CutPrefix(name, "articles")
	prefix = strings.TrimPrefix(prefix, "-")
	switch {
	case name == "pages":
		places = s.pagePlaces(r.Context())
	case name == "people":
		places = s.peoplePlaces(r.Context())
	case isArticles && name == partName(prefix) && strings.Trim(prefix, idAlphabet) == "":
		places = s.articlePlaces(r.Context(), prefix)
	case len(name) == len("2026-02"):
		date, err := archive.ParseDate(name)
		if err != nil || date.Year() == 0 || date.Month() == 0 {
			return errNoPage
		}
		places = s.eventPlaces(r.Context(), date)
	default:
		return errNoPage
	}
	return s.stream(w, r, func(out io.Writer) error {
		io.WriteString(out, xml.Header+`<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">`+"\n")
		for p, err := range places {
			if err != nil {
				return err
			}
			io.WriteString(out, "<url><loc>")
			xml.EscapeText(out, []byte(s.baseURL+p.path))
			io.WriteString(out, "</loc>")
			if p.changed != "" {
				io.WriteString(out, "<lastmod>"+p.changed+"</lastmod>")
			}
			if _, err := io.WriteString(out, "</url>\n"); err != nil {
				return err
			}
		}
		_, err := io.WriteString(out, "</urlset>\n")
		return err
	})
}

func (s *Site) pagePlaces(ctx context.Context) iter.Seq2[place, error] {
	return func(yield func(place, error) bool) {
		countries, err := s.store.Countries(ctx, 0)
		if err != nil {
			yield(place{}, err)
			return
		}
		months, err := s.store.Months(ctx)
		if err != nil {
			yield(place{}, err)
			return
		}
		paths := []string{"/", "/p", "/c", "/y"}
		for _, name := range contentPages {
			paths = append(paths, "/"+name)
		}
		for _, c := range countries {
			paths = append(paths, "/c/"+strings.ToLower(c.Key))
		}
		last := ""
		for _, m := range months {
			year, month, _ := strings.Cut(m.Key, "-")
			if year != last {
				paths = append(paths, "/y/"+year)
				last = year
			}
			paths = append(paths, "/y/"+year+"/"+month)
		}
		for _, p := range paths {
			if !yield(place{path: p}, nil) {
				return
			}
		}
	}
}

func (s *Site) peoplePlaces(ctx context.Context) iter.Seq2[place, error] {
	return func(yield func(place, error) bool) {
		for offset := 0; offset < 50*batch; offset += batch {
			people, err := s.store.People(ctx, batch, offset)
			if err != nil {
				yield(place{}, err)
				return
			}
			for _, p := range people {
				if !yield(place{path: "/p/" + p.Key}, nil) {
					return
				}
			}
			if len(people) < batch {
				return
			}
		}
	}
}

func (s *Site) articlePlaces(ctx context.Context, prefix string) iter.Seq2[place, error] {
	return func(yield func(place, error) bool) {
		// No id equals its own beginning, so the list after prefix begins with
		// the ids that have it.
		for after := prefix; ; {
			articles, err := s.store.ArticleList(ctx, after, batch)
			if err != nil {
				yield(place{}, err)
				return
			}
			for _, a := range articles {
				if !strings.HasPrefix(a.ID, prefix) || !yield(place{"/a/" + a.ID, a.Imported}, nil) {
					return
				}
				after = a.ID
			}
			if len(articles) < batch {
				return
			}
		}
	}
}

func (s *Site) eventPlaces(ctx context.Context, month archive.Date) iter.Seq2[place, error] {
	return func(yield func(place, error) bool) {
		for offset := 0; offset < 50*batch; offset += batch {
			f := store.Filter{Year: month.Year(), Month: month.Month(), Oldest: true, Limit: batch, Offset: offset}
			events, _, err := s.store.Entries(ctx, f)
			if err != nil {
				yield(place{}, err)
				return
			}
			for _, e := range events {
				if !yield(place{path: e.URL}, nil) {
					return
				}
			}
			if len(events) < batch {
				return
			}
		}
	}
}

// stream answers with XML that is too long to hold. Its ETag is made from the
// generation, which changes with every import. An error before anything was
// sent is returned; after that the connection is cut, so that nobody takes a
// part for the whole.
func (s *Site) stream(w http.ResponseWriter, r *http.Request, write func(io.Writer) error) error {
	state, err := s.store.State(r.Context())
	if err != nil {
		return err
	}
	compress := acceptsGzip(r)
	tag := `"` + state.Generation + `"`
	if compress {
		tag = `"` + state.Generation + `-gzip"`
	}
	h := w.Header()
	h.Set("Cache-Control", pageCache)
	h.Set("Vary", "Accept-Encoding")
	h.Set("ETag", tag)
	if hasTag(r.Header.Values("If-None-Match"), tag) {
		w.WriteHeader(http.StatusNotModified)
		return nil
	}
	h.Set("Content-Type", "application/xml; charset=utf-8")
	if r.Method == http.MethodHead {
		w.WriteHeader(http.StatusOK)
		return nil
	}
	begun := &begunWriter{w: w}
	out := bufio.NewWriterSize(begun, 32<<10)
	if compress {
		h.Set("Content-Encoding", "gzip")
		z := gzipWriters.Get().(*gzip.Writer)
		defer gzipWriters.Put(z)
		z.Reset(out)
		if err = write(z); err == nil {
			err = z.Close()
		}
	} else {
		err = write(out)
	}
	if err == nil {
		err = out.Flush()
	}
	if err != nil && begun.yes {
		if r.Context().Err() == nil {
			noteCause(w, err)
		}
		panic(http.ErrAbortHandler)
	}
	if err != nil {
		h.Del("ETag")
		h.Del("Content-Encoding")
	}
	return err
}

// begunWriter remembers whether anything was written.
type begunWriter struct {
	w   io.Writer
	yes bool
}

func (b *begunWriter) Write(p []byte) (int, error) {
	b.yes = true
	return b.w.Write(p)
}

func (s *Site) serveRobots(w http.ResponseWriter, r *http.Request) error {
	text := "User-agent: *\nDisallow: /search\n\nSitemap: " + s.baseURL + "/sitemap.xml\n"
	send(w, r, answer{status: http.StatusOK, contentType: "text/plain; charset=utf-8", body: []byte(text)})
	return nil
}
