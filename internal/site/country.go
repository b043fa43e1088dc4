package site

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/go-chi/chi/v5"

	"vankho/internal/archive"
	"vankho/internal/store"
	"vankho/internal/vitext"
)

// countriesPage lists the counterparts.
type countriesPage struct {
	basePage
	Countries []tally
	All       string
	Sorts     []choice
}

// countryPage is one country: how many events in each year, who took part for
// it, and the events.
type countryPage struct {
	basePage
	Name      string
	Years     []bar
	Undated   string // how many have no known year, and so no bar
	EveryYear string // where one year is shown: the page of all
	Leaders   []tally
	Pairs     []tally // whom it met
	Deeds     []deedView
	Agreed    link // all its agreements, when there are more
	Series    []seriesView
	Entries   []entryView
	All       string
	Pager     *pager
	JSON      string
}

// How many of a country's people, counterparts and newest agreements its page
// names, and how many of its newest figures it looks at for their series.
const (
	countryDeeds   = 3
	countryFigures = 100

	leadersShown = 20
	pairsShown   = 20
)

// serveCountries answers /c, with the parameter sort=name by name.
func (s *Site) serveCountries(w http.ResponseWriter, r *http.Request) error {
	words := s.words(r)
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
	order := r.URL.Query().Get("sort")
	switch order {
	case "":
	case "name":
		byName(p.Countries, words.sortKey)
	default:
		return invalid("error.filter", "sort")
	}
	p.Sorts = []choice{
		{Text: words.t("sort.count"), URL: "/c", Current: order == ""},
		{Text: words.t("sort.name"), URL: "/c?sort=name", Current: order == "name"},
	}
	return s.render(w, r, http.StatusOK, "countries", p)
}

// serveCountry answers /c/{iso2}, all years or with the parameter year that
// one. A country of which nothing is told, or no longer since its texts are
// read better, has a page that says so: the address stays.
func (s *Site) serveCountry(w http.ResponseWriter, r *http.Request) error {
	code := chi.URLParam(r, "iso2")
	path := "/c/" + strings.ToLower(code)
	values := r.URL.Query()
	page, err := pageNumber(values.Get("page"))
	if err != nil {
		return err
	}
	f := store.Filter{Country: strings.ToUpper(code), Limit: pageSize, Offset: (page - 1) * pageSize}
	kept := url.Values{}
	if text := values.Get("year"); text != "" {
		if f.Year, err = parseYear(text); err != nil {
			return invalid("error.filter", "year")
		}
		kept.Set("year", text)
	}
	ctx, words := r.Context(), s.words(r)
	entries, all, err := s.store.Entries(ctx, f)
	if err != nil {
		return err
	}
	if len(entries) == 0 && (page > 1 || !words.knowsCountry(code)) {
		return errNoPage
	}
	if r.URL.Path != path {
		redirect(w, r, http.StatusMovedPermanently, path)
		return nil
	}
	p := newCountryPage(words, f.Country, entries, all)
	p.Feed = countryFeed(words, f.Country).link()
	p.Pager = newPager(words, path, kept, page, pageSize, all)
	pairs, err := s.store.PairsOf(ctx, f.Country, pairsShown)
	if err != nil {
		return err
	}
	p.Pairs = pairTally(words, pairs, f.Country)
	deeds, agreed, err := s.store.Undertakings(ctx, store.UndertakingFilter{Country: f.Country, Forces: bindingForces, Year: f.Year, Limit: countryDeeds})
	if err != nil {
		return err
	}
	p.Deeds = deedViews(words, deeds)
	if agreed > len(deeds) {
		v := url.Values{"country": {strings.ToLower(f.Country)}}
		if f.Year != 0 {
			v.Set("year", strconv.Itoa(f.Year))
		}
		p.Agreed = link{words.t("pair.agreements.all", words.num(agreed)), "/agreements?" + v.Encode()}
	}
	figures, _, err := s.store.Figures(ctx, store.FigureFilter{Country: f.Country, Year: f.Year, Limit: countryFigures})
	if err != nil {
		return err
	}
	series := seriesOf(words, figures)
	p.Series = series[:min(len(series), pairSeries)]
	if len(entries) == 0 {
		p.Robots = "noindex"
	} else if err := s.addYears(ctx, p, words, f); err != nil {
		return err
	}
	if f.Year != 0 {
		p.EveryYear = path
		p.Crumbs[2].URL = path
		p.Crumbs = append(p.Crumbs, link{strconv.Itoa(f.Year), ""})
	}
	if page > 1 {
		kept.Set("page", strconv.Itoa(page))
	}
	if len(kept) > 0 {
		p.Path += "?" + kept.Encode()
	}
	return s.render(w, r, http.StatusOK, "country", p)
}

// addYears adds the chart of a country's years, and what stands in none.
func (s *Site) addYears(ctx context.Context, p *countryPage, words *catalogue, f store.Filter) (err error) {
	if p.Years, err = s.countryYears(ctx, words, f.Country, f.Year); err != nil {
		return err
	}
	_, undated, err := s.store.Entries(ctx, store.Filter{Country: f.Country, Undated: true, Limit: 1})
	if undated > 0 {
		p.Undated = words.t("country.undated", words.num(undated))
	}
	return err
}

// countryYears counts a country's events in every year that the archive has
// meetings of.
func (s *Site) countryYears(ctx context.Context, words *catalogue, code string, current int) ([]bar, error) {
	months, err := s.store.Months(ctx)
	if err != nil {
		return nil, err
	}
	var bars []bar
	last := 0
	for _, m := range months {
		year := archive.Date(m.Key).Year()
		if year == 0 || year == last {
			continue
		}
		last = year
		_, n, err := s.store.Entries(ctx, store.Filter{Country: code, Year: year, Limit: 1})
		if err != nil {
			return nil, err
		}
		text := fmt.Sprintf("%04d", year)
		b := bar{Label: text, Full: text, N: n, Say: words.t("bar.none"), Current: year == current}
		if n > 0 {
			b.Say, b.URL = words.t("bar.events", words.num(n)), "/c/"+strings.ToLower(code)+"?year="+text
		}
		bars = append(bars, b)
	}
	heights(bars)
	return bars, nil
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
		Leaders: leaders(code, entries),
		Entries: entryViews(words, entries, true),
		All:     words.t("country.all", words.num(all)),
		JSON:    path + ".json",
	}
}

// leaders counts who took part for a country in the entries shown.
func leaders(code string, entries []store.Entry) []tally {
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
	var out []tally
	for _, slug := range slugs {
		out = append(out, tally{count[slug].name, "/p/" + slug, count[slug].n})
	}
	out = byCount(out, vitext.SortKey)
	return out[:min(len(out), leadersShown)]
}
