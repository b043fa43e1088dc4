package site

import (
	"bufio"
	"context"
	"encoding/xml"
	"fmt"
	"io"
	"iter"
	"net/http"
	"strings"

	"github.com/go-chi/chi/v5"
)

// The sitemap is an index of parts, each of at most 50,000 addresses, the
// limit of sitemaps.org:
//
//	/sitemap.xml               the index
//	/sitemap/pages.xml         texts, countries, years and months
//	/sitemap/people.xml        persons
//	/sitemap/articles.xml      articles, or articles-0.xml, … articles-z.xml by the
//	                           first characters of their ids once they are many
//	/sitemap/events.xml        meetings and visits, likewise
//
// Ids are spread evenly, so parts by first characters are of one size, and each
// is one range of the store. Nothing of it is ever in memory whole.
const (
	idAlphabet = "0123456789bcdfghjkmnpqrstvwxz" // see archive.NewID
	partSize   = 40000                           // addresses a part, leaving room for chance
	batch      = 1000
)

// idParts gives the first characters of ids by which n articles or events are
// divided: the empty string for all together, else 29 or 841 parts.
func idParts(n int) []string {
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

// partName names the part of kind, "articles" or "events", with ids that begin
// with prefix.
func partName(kind, prefix string) string { return strings.TrimSuffix(kind+"-"+prefix, "-") }

func (s *Site) serveSitemap(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	totals, err := s.store.Totals(ctx)
	if err != nil {
		return err
	}
	names := []string{"pages", "people"}
	for _, prefix := range idParts(totals.Articles) {
		names = append(names, partName("articles", prefix))
	}
	for _, prefix := range idParts(totals.Events) {
		names = append(names, partName("events", prefix))
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

// place is one page of the sitemap, in all its languages, with the day it
// changed, if known.
type place struct{ path, changed string }

func (s *Site) serveSitemapPart(w http.ResponseWriter, r *http.Request) error {
	name := chi.URLParam(r, "part")
	var places iter.Seq2[place, error]
	kind, prefix, _ := strings.Cut(name, "-")
	if name != partName(kind, prefix) || strings.Trim(prefix, idAlphabet) != "" {
		return errNoPage
	}
	switch {
	case name == "pages":
		places = s.pagePlaces(r.Context())
	case name == "people":
		places = s.peoplePlaces(r.Context())
	case kind == "articles":
		places = s.articlePlaces(r.Context(), prefix)
	case kind == "events":
		places = s.eventPlaces(r.Context(), prefix)
	default:
		return errNoPage
	}
	return s.stream(w, r, func(out io.Writer) error {
		io.WriteString(out, xml.Header+`<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">`+"\n")
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
			for _, l := range alternates(s.baseURL, p.path) {
				io.WriteString(out, `<xhtml:link rel="alternate" hreflang="`+l.Lang+`" href="`)
				xml.EscapeText(out, []byte(l.URL))
				io.WriteString(out, `"/>`)
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
		paths := []string{"/", "/p", "/c", "/y", "/agreements", "/topics", "/figures", "/phrases", "/network"}
		for _, name := range contentPages {
			paths = append(paths, "/"+name)
		}
		for _, c := range countries {
			paths = append(paths, "/c/"+strings.ToLower(c.Key))
		}
		for _, list := range []func(context.Context) ([]string, error){s.pairPaths, s.topicPaths} {
			more, err := list(ctx)
			if err != nil {
				yield(place{}, err)
				return
			}
			paths = append(paths, more...)
		}
		last := ""
		for _, m := range months {
			year, month, dated := strings.Cut(m.Key, "-")
			switch {
			case year == "":
				paths = append(paths, undatedPath)
			case year != last:
				paths = append(paths, "/y/"+year)
				last = year
			}
			if dated {
				paths = append(paths, "/y/"+year+"/"+month)
			}
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
	return byID(prefix, func(after string) (ids []string, places []place, err error) {
		articles, err := s.store.ArticleList(ctx, after, batch)
		for _, a := range articles {
			ids, places = append(ids, a.ID), append(places, place{"/a/" + a.ID, a.Imported})
		}
		return ids, places, err
	})
}

func (s *Site) eventPlaces(ctx context.Context, prefix string) iter.Seq2[place, error] {
	return byID(prefix, func(after string) (ids []string, places []place, err error) {
		events, err := s.store.EventIDs(ctx, after, batch)
		for _, e := range events {
			ids, places = append(ids, e.ID), append(places, place{path: e.URL})
		}
		return ids, places, err
	})
}

// byID walks the places whose id begins with prefix. list gives the next batch
// of them after an id, in order.
func byID(prefix string, list func(after string) (ids []string, places []place, err error)) iter.Seq2[place, error] {
	return func(yield func(place, error) bool) {
		// No id equals its own beginning, so the list after prefix begins with
		// the ids that have it.
		for after := prefix; ; {
			ids, places, err := list(after)
			if err != nil {
				yield(place{}, err)
				return
			}
			for i, id := range ids {
				if !strings.HasPrefix(id, prefix) || !yield(places[i], nil) {
					return
				}
				after = id
			}
			if len(ids) < batch {
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
	compress := accepts(r, "gzip")
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
		z := compressors["gzip"].Get().(compressor)
		defer compressors["gzip"].Put(z)
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
	text := "User-agent: *\n"
	for _, lang := range languages {
		text += "Disallow: " + pathIn(lang, "/search") + "\n"
	}
	text += "\nSitemap: " + s.baseURL + "/sitemap.xml\n"
	send(w, r, answer{status: http.StatusOK, contentType: "text/plain; charset=utf-8", body: []byte(text)})
	return nil
}

// pairPaths gives the pages of the pairs of countries that met most.
func (s *Site) pairPaths(ctx context.Context) ([]string, error) {
	pairs, err := s.store.Pairs(ctx, 0, 0)
	var paths []string
	for _, c := range pairs {
		a, b, _ := strings.Cut(c.Key, "+")
		paths = append(paths, countryPairPath(a, b))
	}
	return paths, err
}

func (s *Site) topicPaths(ctx context.Context) ([]string, error) {
	topics, err := s.store.Topics(ctx)
	var paths []string
	for _, c := range topics {
		paths = append(paths, "/topics/"+c.Key)
	}
	return paths, err
}
