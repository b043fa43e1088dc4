package site

import (
	"fmt"
	"net/http"
	"sort"
	"strings"

	"github.com/go-chi/chi/v5"

	"vankho/internal/store"
)

// countriesPage lists the counterparts.
type countriesPage struct {
	basePage
	Countries []tally
	All       string
}

// countryPage is one country: how many events in each year, who took part for
// it, and the events.
type countryPage struct {
	basePage
	Name    string
	Years   []bar
	Leaders []tally
	Entries []entryView
	All     string
	Pager   *pager
	JSON    string
}

// leadersShown is how many of a country's people its page names.
const leadersShown = 20

func (s *Site) serveCountries(w http.ResponseWriter, r *http.Request) error {
	words := s.words()
	counts, err := s.store.Countries(r.Context(), 0)
	if err != nil {
		return err
	}
	p := &countriesPage{
		basePage: basePage{
			Title: words.t("countries.title"), Description: words.t("countries.description"), Path: "/c", Nav: "countries",
			Crumbs: []link{{words.t("nav.home"), "/"}, {words.t("countries.title"), ""}},
		},
		Countries: countryTally(words, counts),
		All:       words.t("countries.all", words.num(len(counts))),
	}
	return s.render(w, r, http.StatusOK, "countries", p)
}

func (s *Site) serveCountry(w http.ResponseWriter, r *http.Request) error {
	code := chi.URLParam(r, "iso2")
	upper := strings.ToUpper(code)
	page, err := pageNumber(r.URL.Query().Get("page"))
	if err != nil {
		return err
	}
	ctx, words := r.Context(), s.words()
	entries, all, err := s.store.Entries(ctx, store.Filter{Country: upper, Limit: pageSize, Offset: (page - 1) * pageSize})
	if err != nil {
		return err
	}
	if len(entries) == 0 {
		return errNoPage
	}
	if code != strings.ToLower(code) {
		redirect(w, r, "/c/"+strings.ToLower(code))
		return nil
	}
	p := newCountryPage(words, upper, entries, all)
	p.Pager = newPager(words, p.Path, nil, page, pageSize, all)
	months, err := s.store.Months(ctx)
	if err != nil {
		return err
	}
	for _, row := range yearTable(words, months) {
		var year int
		fmt.Sscanf(row.Year, "%d", &year)
		_, n, err := s.store.Entries(ctx, store.Filter{Country: upper, Year: year, Main: true, Limit: 1})
		if err != nil {
			return err
		}
		b := bar{Label: row.Year, Full: row.Year, N: n, Say: words.t("bar.none")}
		if n > 0 {
			b.Say, b.URL = words.t("bar.events", words.num(n)), "/search?"+searchValues{countries: []string{upper}, years: []int{year}}.encode()
		}
		p.Years = append([]bar{b}, p.Years...)
	}
	heights(p.Years)
	if page > 1 {
		p.Path = fmt.Sprintf("%s?page=%d", p.Path, page)
	}
	return s.render(w, r, http.StatusOK, "country", p)
}

func newCountryPage(words *catalogue, code string, entries []store.Entry, all int) *countryPage {
	name := words.country(code)
	path := "/c/" + strings.ToLower(code)
	return &countryPage{
		basePage: basePage{
			Title: name, Path: path, Nav: "countries",
			Description: words.t("country.description", name, words.num(all)),
			Crumbs:      []link{{words.t("nav.home"), "/"}, {words.t("countries.title"), "/c"}, {name, ""}},
		},
		Name:    name,
		Leaders: leaders(words, code, entries),
		Entries: entryViews(words, entries, true),
		All:     words.t("country.all", words.num(all)),
		JSON:    path + ".json",
	}
}

// leaders counts who took part for a country in the entries shown.
func leaders(words *catalogue, code string, entries []store.Entry) []tally {
	type person struct {
		name string
		n    int
	}
	count := map[string]*person{}
	var slugs []string
	for _, e := range entries {
		for _, w := range e.Who {
			if w.Country != code {
				continue
			}
			if count[w.Slug] == nil {
				count[w.Slug] = &person{name: w.Name}
				slugs = append(slugs, w.Slug)
			}
			count[w.Slug].n++
		}
	}
	sort.SliceStable(slugs, func(i, j int) bool { return count[slugs[i]].n > count[slugs[j]].n })
	var out []tally
	for _, slug := range slugs[:min(len(slugs), leadersShown)] {
		out = append(out, tally{count[slug].name, "/p/" + slug, words.num(count[slug].n)})
	}
	return out
}
