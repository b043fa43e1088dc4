package site

import (
	"bytes"
	"context"
	"encoding/xml"
	"net/http"
	"strings"

	"github.com/go-chi/chi/v5"

	"vankho/internal/archive"
	"vankho/internal/store"
)

// feedSize is how many meetings a feed tells of.
const feedSize = 50

// atomFeed and its parts are the elements of RFC 4287 that the site writes.
type atomFeed struct {
	XMLName  xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Lang     string      `xml:"xml:lang,attr"`
	ID       string      `xml:"id"`
	Title    string      `xml:"title"`
	Subtitle string      `xml:"subtitle,omitempty"`
	Updated  string      `xml:"updated"`
	Total    *int        `xml:"http://a9.com/-/spec/opensearch/1.1/ totalResults,omitempty"` // of a search
	PerPage  *int        `xml:"http://a9.com/-/spec/opensearch/1.1/ itemsPerPage,omitempty"`
	Author   atomPerson  `xml:"author"`
	Icon     string      `xml:"icon"`
	Links    []atomLink  `xml:"link"`
	Entries  []atomEntry `xml:"entry"`
}

type atomPerson struct {
	Name string `xml:"name"`
	URI  string `xml:"uri,omitempty"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr"`
	Href string `xml:"href,attr"`
}

type atomEntry struct {
	ID       string         `xml:"id"` // the permanent URL
	Title    string         `xml:"title"`
	Updated  string         `xml:"updated"`
	Links    []atomLink     `xml:"link"`
	Category []atomCategory `xml:"category"`
	Summary  string         `xml:"summary"`
}

type atomCategory struct {
	Term  string `xml:"term,attr"`
	Label string `xml:"label,attr"`
}

// feedOf is what a feed is of.
type feedOf struct {
	title, subtitle string
	page, self      string // paths, without language
	filter          store.Filter
}

// serveAtom answers with the newest meetings and visits, by the day they took
// or will take place.
func (s *Site) serveAtom(w http.ResponseWriter, r *http.Request) error {
	words := s.words(r)
	return s.sendFeed(w, r, feedOf{
		title: words.t("feed.title", words.t("site.name")), subtitle: words.t("site.description"),
		page: "/", self: "/atom.xml",
	})
}

// servePersonAtom answers with those a person took part in.
func (s *Site) servePersonAtom(w http.ResponseWriter, r *http.Request) error {
	p, err := s.store.Person(r.Context(), chi.URLParam(r, "slug"))
	if err != nil {
		return err
	}
	return s.sendFeed(w, r, personFeed(s.words(r), p))
}

func personFeed(words *catalogue, p *store.Person) feedOf {
	page := "/p/" + p.Slug
	return feedOf{title: words.t("feed.of", p.Name), page: page, self: page + ".atom", filter: store.Filter{Person: p.Slug}}
}

// serveCountryAtom answers with those a country took part in or was the place
// of.
func (s *Site) serveCountryAtom(w http.ResponseWriter, r *http.Request) error {
	code, err := countryCode(r)
	if err != nil {
		return err
	}
	words := s.words(r)
	if _, n, err := s.store.Entries(r.Context(), store.Filter{Country: code, Limit: 1}); err != nil {
		return err
	} else if n == 0 && !words.knowsCountry(code) {
		return errNoPage
	}
	return s.sendFeed(w, r, countryFeed(words, code))
}

func countryFeed(words *catalogue, code string) feedOf {
	page := "/c/" + strings.ToLower(code)
	return feedOf{title: words.t("feed.of", words.country(code)), page: page, self: page + ".atom", filter: store.Filter{Country: code}}
}

// serveCountryPairAtom answers with those two countries took part in.
func (s *Site) serveCountryPairAtom(w http.ResponseWriter, r *http.Request) error {
	pair, err := pairCodes(r)
	if err != nil {
		return err
	}
	words := s.words(r)
	for _, code := range pair {
		if !words.knowsCountry(code) {
			return errNoPage
		}
	}
	a, b := ordered(pair[0], pair[1])
	name := words.country(a) + " – " + words.country(b)
	return s.sendFeed(w, r, pairFeed(words, name, countryPairPath(a, b), store.Filter{Pair: pair}))
}

// servePersonPairAtom answers with those two people took part in.
func (s *Site) servePersonPairAtom(w http.ResponseWriter, r *http.Request) error {
	p, f, err := s.personPair(r)
	if err != nil {
		return err
	}
	return s.sendFeed(w, r, pairFeed(s.words(r), p.Name, p.Path, f))
}

// pairFeed is the feed of the pair whose page has this canonical path.
func pairFeed(words *catalogue, name, page string, f store.Filter) feedOf {
	return feedOf{title: words.t("feed.of", name), page: page, self: page + ".atom", filter: f}
}

// link leads from the page to its feed.
func (f feedOf) link() *link { return &link{f.title, f.self} }

// sendFeed answers with a feed. An entry is updated when the newest version of
// its article was received; the feed when the last of them was, and an empty
// one with the import that found nothing for it.
func (s *Site) sendFeed(w http.ResponseWriter, r *http.Request, f feedOf) error {
	words := s.words(r)
	feed, err := s.newFeed(r.Context(), words, f)
	if err != nil {
		return err
	}
	f.filter.Main, f.filter.Limit = true, feedSize
	entries, _, err := s.store.Entries(r.Context(), f.filter)
	if err != nil {
		return err
	}
	received := map[string]string{}
	for _, e := range entries {
		if received[e.ArticleID] == "" {
			if received[e.ArticleID], err = s.received(r.Context(), e.ArticleID, feed.Updated); err != nil {
				return err
			}
		}
		feed.Entries = append(feed.Entries, s.atomEntry(words, e, received[e.ArticleID]))
	}
	return feed.send(w, r)
}

// newFeed gives a feed without entries, updated by the newest import.
func (s *Site) newFeed(ctx context.Context, words *catalogue, f feedOf) (*atomFeed, error) {
	state, err := s.store.State(ctx)
	if err != nil {
		return nil, err
	}
	return &atomFeed{
		Updated:  state.Imported,
		Lang:     words.lang,
		ID:       s.baseURL + words.to(f.page),
		Title:    f.title,
		Subtitle: f.subtitle,
		Author:   atomPerson{words.t("site.name"), s.baseURL + words.to("/")},
		Icon:     s.baseURL + "/favicon.ico",
		Links: []atomLink{
			{"self", "application/atom+xml", s.baseURL + words.to(f.self)},
			{"alternate", "text/html", s.baseURL + words.to(f.page)},
		},
	}, nil
}

// received says when the newest version of an article came, or otherwise what
// is given.
func (s *Site) received(ctx context.Context, article, otherwise string) (string, error) {
	versions, err := s.store.Versions(ctx, article)
	if err != nil || len(versions) == 0 {
		return otherwise, err
	}
	return versions[0].Received, nil
}

// send answers with the feed, which is updated when its newest entry is.
func (f *atomFeed) send(w http.ResponseWriter, r *http.Request) error {
	for i, e := range f.Entries {
		if i == 0 || e.Updated > f.Updated {
			f.Updated = e.Updated
		}
	}
	return sendXML(w, r, "application/atom+xml; charset=utf-8", f)
}

func (s *Site) atomEntry(words *catalogue, e store.Entry, received string) atomEntry {
	kind := entryKind(words, e)
	if e.Status != archive.Held {
		kind = words.t("feed.status", kind, words.word("status", e.Status))
	}
	summary := words.date(e.Date)
	if place := entryPlace(words, e); place != "" {
		summary += ", " + place
	}
	out := atomEntry{
		ID:      s.baseURL + words.to(e.URL),
		Title:   words.t("feed.entry", kind, entryName(words, e)),
		Updated: received,
		Links: []atomLink{
			{"alternate", "text/html", s.baseURL + words.to(e.URL)},
			{"alternate", "application/json", s.baseURL + e.URL + ".json"},
			{"via", "text/html", s.baseURL + words.to("/a/"+e.ArticleID)},
		},
		Summary: summary + ". " + e.Title,
	}
	for _, who := range e.Who {
		out.Category = append(out.Category, atomCategory{who.Slug, who.Name})
	}
	return out
}

// sendXML answers with a document and its XML declaration.
func sendXML(w http.ResponseWriter, r *http.Request, contentType string, doc any) error {
	var b bytes.Buffer
	b.WriteString(xml.Header)
	enc := xml.NewEncoder(&b)
	enc.Indent("", " ")
	if err := enc.Encode(doc); err != nil {
		return err
	}
	b.WriteByte('\n')
	send(w, r, answer{status: http.StatusOK, contentType: contentType, body: b.Bytes()})
	return nil
}

// openSearch is an OpenSearch 1.1 description: it lets a browser search the
// archive from its address bar.
type openSearch struct {
	XMLName     xml.Name `xml:"http://a9.com/-/spec/opensearch/1.1/ OpenSearchDescription"`
	ShortName   string   // at most 16 characters
	Description string   // at most 1,024
	Language    string
	Encoding    string `xml:"InputEncoding"`
	Image       openSearchImage
	URLs        []openSearchURL `xml:"Url"`
}

type openSearchImage struct {
	Width  int    `xml:"width,attr"`
	Height int    `xml:"height,attr"`
	Type   string `xml:"type,attr"`
	URL    string `xml:",chardata"`
}

type openSearchURL struct {
	Type     string `xml:"type,attr"`
	Rel      string `xml:"rel,attr,omitempty"`
	Template string `xml:"template,attr"`
}

func (s *Site) serveOpenSearch(w http.ResponseWriter, r *http.Request) error {
	words := s.words(r)
	return sendXML(w, r, "application/opensearchdescription+xml; charset=utf-8", openSearch{
		ShortName:   words.t("site.shortname"),
		Description: words.t("site.description"),
		Language:    words.lang,
		Encoding:    "UTF-8",
		Image:       openSearchImage{32, 32, "image/x-icon", s.baseURL + "/favicon.ico"},
		URLs: []openSearchURL{
			{"text/html", "", s.baseURL + words.to("/search") + "?q={searchTerms}"},
			{"application/atom+xml", "", s.baseURL + words.to("/search.atom") + "?q={searchTerms}"},
			{"application/x-suggestions+json", "", s.baseURL + words.to("/suggest.json") + "?form=opensearch&q={searchTerms}"},
			{"application/opensearchdescription+xml", "self", s.baseURL + words.to("/opensearch.xml")},
		},
	})
}
