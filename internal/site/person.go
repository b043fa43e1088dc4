package site

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/go-chi/chi/v5"

	"vankho/internal/search"
	"vankho/internal/store"
)

// peoplePage lists everyone who took part in something.
type peoplePage struct {
	basePage
	People []tally
	All    string
	Pager  *pager
}

// personPage is one person: titles and spellings with where they stand, the
// events and the counterparts.
type personPage struct {
	basePage
	Name         string
	Country      *link
	Titles       []seenView
	Spellings    []seenView
	Entries      []entryView
	All          string
	Pager        *pager
	Counterparts []tally
	Said         string // a search for what they said
	JSON         string
}

// seenView is a title or a spelling with the first place that has it.
type seenView struct {
	Text, Date, ISO, URL, Label, N string
}

// peoplePageSize is how many names one page of the list shows.
const peoplePageSize = 100

func (s *Site) servePeople(w http.ResponseWriter, r *http.Request) error {
	page, err := pageNumber(r.URL.Query().Get("page"))
	if err != nil {
		return err
	}
	ctx, words := r.Context(), s.words(r)
	totals, err := s.store.Totals(ctx)
	if err != nil {
		return err
	}
	people, err := s.store.People(ctx, peoplePageSize, (page-1)*peoplePageSize)
	if err != nil {
		return err
	}
	if len(people) == 0 && page > 1 {
		return errNoPage
	}
	p := &peoplePage{
		basePage: basePage{
			Title: words.t("people.title"), Description: words.t("people.description"), Path: "/p", Nav: "people",
			Crumbs: []link{{words.t("nav.home"), "/"}, {words.t("people.title"), ""}},
		},
		People: peopleTally(people),
		All:    words.t("people.all", words.num(totals.People)),
		Pager:  newPager(words, "/p", nil, page, peoplePageSize, totals.People),
	}
	if page > 1 {
		p.Path = fmt.Sprintf("/p?page=%d", page)
	}
	return s.render(w, r, http.StatusOK, "people", p)
}

func (s *Site) servePerson(w http.ResponseWriter, r *http.Request) error {
	slug := chi.URLParam(r, "slug")
	page, err := pageNumber(r.URL.Query().Get("page"))
	if err != nil {
		return err
	}
	if low := strings.ToLower(slug); low != slug {
		return &store.MovedError{To: "/p/" + low}
	}
	ctx, words := r.Context(), s.words(r)
	person, err := s.store.Person(ctx, slug)
	if err != nil {
		return err
	}
	entries, all, err := s.store.Entries(ctx, store.Filter{Person: slug, Limit: pageSize, Offset: (page - 1) * pageSize})
	if err != nil {
		return err
	}
	if len(entries) == 0 && page > 1 {
		return errNoPage
	}
	p := newPersonPage(words, person, entries, all, s.baseURL)
	p.Pager = newPager(words, "/p/"+slug, nil, page, pageSize, all)
	if page > 1 {
		p.Path = fmt.Sprintf("/p/%s?page=%d", slug, page)
	}
	return s.render(w, r, http.StatusOK, "person", p)
}

func newPersonPage(words *catalogue, person *store.Person, entries []store.Entry, all int, baseURL string) *personPage {
	path := "/p/" + person.Slug
	p := &personPage{
		basePage: basePage{
			Title: person.Name, Path: path, Nav: "people",
			Description: words.t("person.description", person.Name, words.num(all)),
			Crumbs:      []link{{words.t("nav.home"), "/"}, {words.t("people.title"), "/p"}, {person.Name, ""}},
			JSONLD:      personLD(words, baseURL, person),
		},
		Name:         person.Name,
		Titles:       seenViews(words, person.Titles),
		Spellings:    seenViews(words, person.Spellings),
		Entries:      entryViews(words, entries, true),
		All:          words.t("person.all", words.num(all)),
		Counterparts: counterparts(person),
		Said:         "/search?" + url.Values{"q": {search.Term{Field: search.FieldSaid, Value: person.Slug}.String()}}.Encode(),
		JSON:         path + ".json",
	}
	p.Feed = personFeed(words, person).link()
	if person.Country != "" {
		p.Country = countryLink(words, person.Country)
	}
	return p
}

// counterparts leads to what a person and each of those they met have between
// them.
func counterparts(person *store.Person) []tally {
	var out []tally
	for _, c := range person.Counterparts {
		out = append(out, tally{c.Name, personPairPath(person.Slug, c.Key), c.N})
	}
	return out
}

func seenViews(words *catalogue, seen []store.Seen) []seenView {
	var out []seenView
	for _, s := range seen {
		out = append(out, seenView{
			Text: s.Text, Date: words.date(s.Date), ISO: isoDate(s.Date),
			URL:   fmt.Sprintf("/a/%s#d%d", s.ArticleID, s.Paragraph),
			Label: words.t("source.paragraph", s.Paragraph), N: words.t("seen.times", words.num(s.N)),
		})
	}
	return out
}
