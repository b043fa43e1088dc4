package site

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/go-chi/chi/v5"

	"vankho/internal/archive"
	"vankho/internal/store"
)

// pairPage is every contact of two countries or of two people: what took place,
// newest first, with the time between, apart from what was announced and what
// is only recalled.
type pairPage struct {
	basePage
	Name        string
	Source      bool    // the name is in the words of the sources
	Sides       [2]link // the two
	Say         string
	Held        []contactView
	HeldSay     string
	Pager       *pager
	Announced   []entryView
	Recalled    []entryView
	Leaders     [2][]tally // of countries: who took part for each
	Agreements  []deedView
	AllAgreed   link
	Series      []seriesView
	AllMeasured string
	JSON        string
}

// contactView is an entry with the level at which it took place and how long
// after the contact before it came.
type contactView struct {
	entryView
	Level string // the offices of the principals, as written
	Gap   string
}

// How many agreements and series of figures a pair's page begins with, and how
// many contacts that were only announced or recalled.
const (
	pairDeeds  = 6
	pairSeries = 6
	pairOthers = 20
)

// serveCountryPair answers /c/{iso2}/{other}, in either order; the canonical one
// has Vietnam first and is otherwise that of the alphabet.
func (s *Site) serveCountryPair(w http.ResponseWriter, r *http.Request) error {
	pair, err := pairCodes(r)
	if err != nil {
		return err
	}
	ctx, words := r.Context(), s.words(r)
	for _, code := range pair {
		if !words.knowsCountry(code) {
			return errNoPage
		}
	}
	a, b := words.country(pair[0]), words.country(pair[1])
	p := &pairPage{
		Name:  a + " – " + b,
		Sides: [2]link{{a, "/c/" + strings.ToLower(pair[0])}, {b, "/c/" + strings.ToLower(pair[1])}},
		JSON:  strings.ToLower("/c/"+pair[0]+"/"+pair[1]) + ".json",
	}
	p.Nav, p.Path = "countries", countryPairPath(pair[0], pair[1])
	p.Crumbs = []link{{words.t("nav.home"), "/"}, {words.t("countries.title"), "/c"}, {a, p.Sides[0].URL}, {b, ""}}
	entries, err := s.fillPair(r, p, store.Filter{Pair: pair})
	if err != nil {
		return err
	}
	p.Leaders = [2][]tally{leaders(pair[0], entries), leaders(pair[1], entries)}
	deeds, all, err := s.store.Undertakings(ctx, store.UndertakingFilter{Pair: pair, Forces: bindingForces, Limit: pairDeeds})
	if err != nil {
		return err
	}
	p.Agreements = deedViews(words, deeds)
	if all > len(deeds) {
		p.AllAgreed = link{words.t("pair.agreements.all", words.num(all)), "/agreements?pair=" + pairParam(pair[0], pair[1])}
	}
	figures, _, err := s.store.Figures(ctx, store.FigureFilter{Pair: pair})
	if err != nil {
		return err
	}
	p.Series = seriesOf(words, figures)
	if len(p.Series) > pairSeries {
		p.Series, p.AllMeasured = p.Series[:pairSeries], "/figures?pair="+pairParam(pair[0], pair[1])
	}
	return s.render(w, r, http.StatusOK, "pair", p)
}

// pairCodes gives the two ISO codes of a path in upper case; a path in capitals
// is moved to lower case. Two of the same are no pair.
func pairCodes(r *http.Request) ([2]string, error) {
	first, err := countryCode(r)
	if err != nil {
		return [2]string{}, err
	}
	second := chi.URLParam(r, "other")
	low := strings.ToLower(second)
	switch {
	case len(second) != 2 || strings.Trim(low, "abcdefghijklmnopqrstuvwxyz") != "" || strings.EqualFold(first, second):
		return [2]string{}, errNoPage
	case low != second:
		return [2]string{}, &store.MovedError{To: "/c/" + strings.ToLower(first) + "/" + low}
	}
	return [2]string{first, strings.ToUpper(second)}, nil
}

// ordered puts Vietnam first and others in the order of the alphabet.
func ordered(a, b string) (string, string) {
	if b == "VN" || a != "VN" && b < a {
		return b, a
	}
	return a, b
}

// countryPairPath is the canonical path of two countries' page.
func countryPairPath(a, b string) string {
	a, b = ordered(a, b)
	return strings.ToLower("/c/" + a + "/" + b)
}

// pairParam is the pair as a parameter has it: "vn-la".
func pairParam(a, b string) string {
	a, b = ordered(a, b)
	return strings.ToLower(a + "-" + b)
}

// personPairPath is the canonical path of two people's page.
func personPairPath(a, b string) string { return "/p/" + min(a, b) + "/" + max(a, b) }

// servePersonPair answers /p/{slug}/{other}, in either order; the canonical
// one is that of the alphabet.
func (s *Site) servePersonPair(w http.ResponseWriter, r *http.Request) error {
	p, f, err := s.personPair(r)
	if err != nil {
		return err
	}
	if _, err := s.fillPair(r, p, f); err != nil {
		return err
	}
	return s.render(w, r, http.StatusOK, "pair", p)
}

// personPair looks the two people of a path up. One who has another slug by
// now is answered with the path that has it.
func (s *Site) personPair(r *http.Request) (*pairPage, store.Filter, error) {
	ctx, words := r.Context(), s.words(r)
	slugs := [2]string{chi.URLParam(r, "slug"), chi.URLParam(r, "other")}
	if slugs[0] == slugs[1] {
		return nil, store.Filter{}, errNoPage
	}
	p := &pairPage{Source: true}
	for i, slug := range slugs {
		person, err := s.store.Person(ctx, slug)
		if err != nil {
			return nil, store.Filter{}, movedPair(err, slugs, i)
		}
		p.Sides[i] = link{person.Name, "/p/" + slug}
	}
	p.Name = p.Sides[0].Text + " – " + p.Sides[1].Text
	p.JSON = "/p/" + slugs[0] + "/" + slugs[1] + ".json"
	p.Nav, p.Path = "people", personPairPath(slugs[0], slugs[1])
	p.Crumbs = []link{{words.t("nav.home"), "/"}, {words.t("people.title"), "/p"}, p.Sides[0], {p.Sides[1].Text, ""}}
	return p, store.Filter{Persons: slugs}, nil
}

// fillPair fills in the contacts and gives those that took place and are shown.
func (s *Site) fillPair(r *http.Request, p *pairPage, f store.Filter) ([]store.Entry, error) {
	page, err := pageNumber(r.URL.Query().Get("page"))
	if err != nil {
		return nil, err
	}
	ctx, words := r.Context(), s.words(r)
	p.Feed = pairFeed(words, p.Name, p.Path, f).link()
	f.Status, f.Limit, f.Offset = archive.Held, pageSize+1, (page-1)*pageSize // one more, for the time since it
	held, all, err := s.store.Entries(ctx, f)
	if err != nil {
		return nil, err
	}
	if len(held) == 0 && page > 1 {
		return nil, errNoPage
	}
	p.Held = contacts(words, held)
	if len(held) > pageSize {
		held, p.Held = held[:pageSize], p.Held[:pageSize]
	}
	p.HeldSay = words.t("pair.held.say", words.num(all))
	p.Pager = newPager(words, p.Path, nil, page, pageSize, all)
	p.Title = words.t("pair.titled", p.Name)
	p.Description = words.t("pair.description", p.Name, words.num(all))
	if page > 1 {
		p.Path += fmt.Sprintf("?page=%d", page)
	}
	f.Limit, f.Offset = pairOthers, 0
	for status, list := range map[archive.Status]*[]entryView{archive.Announced: &p.Announced, archive.Recalled: &p.Recalled} {
		f.Status = status
		others, _, err := s.store.Entries(ctx, f)
		if err != nil {
			return nil, err
		}
		*list = entryViews(words, others, false)
	}
	p.Say = words.t("pair.say", words.num(all))
	switch {
	case all == 0 && len(p.Announced)+len(p.Recalled) == 0:
		p.Say, p.Robots = words.t("pair.none"), "noindex"
	case all == 0:
		p.Say = words.t("pair.none.held")
	case len(held) > 0 && page == 1 && held[0].Date.Year() != 0:
		p.Say += " " + words.t("pair.last", held[0].Date)
	}
	return held, nil
}

// contacts makes contacts ready to show, newest first, each with how long after
// the one before it came, if that was a year or more.
func contacts(words *catalogue, list []store.Entry) []contactView {
	out := make([]contactView, len(list))
	for i, e := range list {
		out[i].entryView, out[i].Level = entryOne(words, e), offices(e)
		if i+1 < len(list) {
			out[i].Gap = gap(words, list[i+1].Date.End(), e.Date.Start())
		}
	}
	return out
}

// offices gives the offices of an event's principals as the article writes
// them.
func offices(e store.Entry) string {
	var list []string
	for _, w := range e.Who {
		if w.Title != "" {
			list = append(list, w.Title)
		}
	}
	return strings.Join(list, " – ")
}

// gap says how much time lies between two days or months, in years and months;
// nothing, when it is less than a year or one is not known to the month.
func gap(words *catalogue, from, to archive.Date) string {
	if from.Year() == 0 || from.Month() == 0 || to.Year() == 0 || to.Month() == 0 {
		return ""
	}
	months := (to.Year()-from.Year())*12 + to.Month() - from.Month()
	if from.DayOfMonth() != 0 && to.DayOfMonth() != 0 && to.DayOfMonth() < from.DayOfMonth() {
		months--
	}
	switch years, rest := months/12, months%12; {
	case months < 12:
		return ""
	case rest == 0:
		return words.t("pair.gap.years", years)
	default:
		return words.t("pair.gap", years, rest)
	}
}

// movedPair is the error of one of two people as an error of their pair.
func movedPair(err error, slugs [2]string, i int) error {
	var moved *store.MovedError
	if !errors.As(err, &moved) {
		return err
	}
	slugs[i] = strings.TrimPrefix(moved.To, "/p/")
	return &store.MovedError{To: "/p/" + slugs[0] + "/" + slugs[1], ForNow: moved.ForNow}
}

// pairTally makes the counts of pairs ready to show: of a country, by the other
// one alone.
func pairTally(words *catalogue, counts []store.Count, of string) []tally {
	var out []tally
	for _, c := range counts {
		a, b, _ := strings.Cut(c.Key, "+")
		if b == of {
			a, b = b, a
		}
		t := tally{Name: words.country(b), URL: countryPairPath(a, b), N: c.N}
		if of == "" {
			a, b = ordered(a, b)
			t.Name = words.country(a) + " – " + words.country(b)
		}
		out = append(out, t)
	}
	return out
}

// bindingForces are those of what was agreed, as against what was only wished.
var bindingForces = slices.DeleteFunc(slices.Clone(archive.Forces), func(f archive.Force) bool { return !f.Binding() })
