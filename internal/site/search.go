package site

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"vankho/internal/archive"
	"vankho/internal/search"
	"vankho/internal/store"
)

// resultsPage is how many results one page of a search shows.
const resultsPage = 10

// facetShown is how many values of a facet are shown before the rest fold.
const facetShown = 8

// searchPage is the form, the filters and the results. Without a question and
// without filters it is the form alone.
type searchPage struct {
	basePage
	Asked    bool
	Heading  string
	Problem  string // the rule a bad query broke, in words
	Tries    []link // what can be asked for in its place
	Unknown  []unknownName
	Meant    meant
	Marked   bool   // marks were typed
	Say      string // "4 kết quả trong 3 bài"
	Facets   []facetGroup
	FacetSay string
	Chips    []chip
	Sorts    []choice
	Keep     []param // what the form of the search box and of the dates carries along
	From, To string
	Results  []result
	Pager    *pager
	Clear    string // the same question without filters
	Hints    []link // where nothing was found: wider questions
}

type facetGroup struct {
	Label       string
	First, Rest []choice
}

// choice is a value that can be switched on, or off when it is current.
type choice struct {
	Text, URL string
	N         int // of a facet
	Current   bool
	Source    bool // Text is a name from the sources
}

type chip struct{ Label, Text, URL string }

type param struct{ Name, Value string }

// result is a meeting, or an article where no one meeting is meant.
type result struct {
	entryView
	Snippets []snippet
}

type snippet struct {
	Fragments           []search.Fragment
	CutBefore, CutAfter bool // the paragraph goes on there, by the look of it
	URL                 string
	Label               string // "Đọc đoạn 18"
}

// searchValues are the parameters of a search: all that a visitor chose, and
// nothing else.
type searchValues struct {
	text      string
	years     []int
	countries []string
	people    []string
	kinds     []string
	from, to  string
	exact     bool // the words as typed and nothing else
	sort      search.Order
	page      int
}

// encode gives the query part of the URL. Defaults are left out, so that one
// search has one address.
func (v searchValues) encode() string {
	q := url.Values{}
	set := func(name string, values ...string) {
		for _, value := range values {
			if value != "" {
				q.Add(name, value)
			}
		}
	}
	set("q", v.text)
	for _, y := range v.years {
		set("year", strconv.Itoa(y))
	}
	set("country", v.countries...)
	set("person", v.people...)
	set("kind", v.kinds...)
	set("from", v.from)
	set("to", v.to)
	if v.exact {
		set("exact", "1")
	}
	if v.sort != search.ByRelevance {
		set("sort", string(v.sort))
	}
	if v.page > 1 {
		set("page", strconv.Itoa(v.page))
	}
	return q.Encode()
}

func (v searchValues) url() string {
	if q := v.encode(); q != "" {
		return "/search?" + q
	}
	return "/search"
}

func (v searchValues) filtered() bool {
	return len(v.years)+len(v.countries)+len(v.people)+len(v.kinds) > 0 || v.from != "" || v.to != ""
}

// quotationMarks are what a visitor may put around words that must stand
// together.
const quotationMarks = "\"“”«»"

// maxFilters is how many values of one filter a search takes.
const maxFilters = 20

// parseSearch reads the parameters of a request. Unknown ones are nobody's
// business and ignored; a known one with an impossible value is a bad request.
func parseSearch(q url.Values) (searchValues, error) {
	v := searchValues{text: strings.TrimSpace(q.Get("q")), sort: search.ByRelevance}
	for _, name := range []string{"year", "country", "person", "kind"} {
		if len(q[name]) > maxFilters {
			return v, invalid("error.filter", name)
		}
	}
	for _, text := range q["year"] {
		y, err := strconv.Atoi(text)
		if err != nil || y < 1 || y > 9999 {
			return v, invalid("error.filter", "year")
		}
		v.years = append(v.years, y)
	}
	for _, text := range q["country"] {
		if len(text) != 2 || strings.Trim(strings.ToUpper(text), "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
			return v, invalid("error.filter", "country")
		}
		v.countries = append(v.countries, strings.ToUpper(text))
	}
	v.people = q["person"]
	v.exact = q.Get("exact") == "1"
	for _, text := range q["kind"] {
		if text != "visit" && !slices.Contains(archive.MeetingKinds, archive.MeetingKind(text)) {
			return v, invalid("error.filter", "kind")
		}
		v.kinds = append(v.kinds, text)
	}
	v.from, v.to = strings.TrimSpace(q.Get("from")), strings.TrimSpace(q.Get("to"))
	for name, text := range map[string]string{"from": v.from, "to": v.to} {
		if d, err := archive.ParseDate(text); err != nil || d.Interval() || text != "" && d.Year() == 0 {
			return v, invalid("error.date", name)
		}
	}
	if text := q.Get("sort"); text != "" {
		v.sort = search.Order(text)
		if v.sort != search.ByRelevance && v.sort != search.Newest && v.sort != search.Oldest {
			return v, invalid("error.filter", "sort")
		}
	}
	var err error
	v.page, err = pageNumber(q.Get("page"))
	if err == nil && (v.page-1)*resultsPage > search.MaxOffset {
		err = invalid("error.deep", search.MaxOffset)
	}
	return v, err
}

func (s *Site) serveSearch(w http.ResponseWriter, r *http.Request) error {
	words := s.words(r)
	v, err := parseSearch(r.URL.Query())
	if err == nil && v.text == "" && !v.filtered() {
		return s.render(w, r, http.StatusOK, "search", newSearchPage(words, v))
	}
	var q search.Query
	if err == nil {
		q, err = search.ParseQuery(v.text)
	}
	var bad *badRequest
	if errors.Is(err, search.ErrBadQuery) || errors.As(err, &bad) {
		no := refuse(err)
		p := newSearchPage(words, searchValues{text: shorten(v.text, search.MaxQueryRunes), sort: search.ByRelevance})
		p.Problem = words.t(no.key, no.args...)
		if p.Tries = tries(v, err); p.Tries != nil {
			p.Problem = words.t("search.misread", no.args[0])
		}
		return s.render(w, r, no.status, "search", p)
	}
	if err != nil {
		return err
	}
	q.Years, q.Countries, q.People, q.Kinds = v.years, v.countries, v.people, v.kinds
	q.From, q.To = archive.Date(v.from), archive.Date(v.to)
	q.Exact = v.exact
	q.Order, q.Limit, q.Offset = v.sort, resultsPage, (v.page-1)*resultsPage
	found, err := s.search.Search(r.Context(), q)
	if err != nil {
		return err
	}
	names, err := s.chosenNames(r, v.people, found)
	if err != nil {
		return err
	}
	if s.missed != nil && v.text != "" && !v.filtered() && !v.exact && v.page == 1 && (found.Total == 0 || found.Instead != "") {
		s.missed.add(v.text, time.Now())
	}
	p := newSearchPage(words, v)
	if found.Instead != "" {
		v.text = found.Instead // filters and pages are of what is shown
	}
	p.fill(words, v, found, names)
	for _, g := range found.Groups {
		res, err := s.result(r, g)
		if err != nil {
			return err
		}
		p.Results = append(p.Results, res)
	}
	return s.render(w, r, http.StatusOK, "search", p)
}

// chosenNames gives the names of the people a visitor filters by: the results
// know them, but for those who took part in none.
func (s *Site) chosenNames(r *http.Request, slugs []string, found *search.Results) (map[string]string, error) {
	names := map[string]string{}
	for _, slug := range slugs {
		if i := slices.IndexFunc(found.Facets.People, func(f search.Facet) bool { return f.Value == slug }); i >= 0 {
			names[slug] = found.Facets.People[i].Name
			continue
		}
		var moved *store.MovedError
		var gone *store.GoneError
		person, err := s.store.Person(r.Context(), slug)
		switch {
		case err == nil:
			names[slug] = person.Name
		case errors.Is(err, store.ErrNotFound), errors.As(err, &moved), errors.As(err, &gone):
			names[slug] = slug
		default:
			return nil, err
		}
	}
	return names, nil
}

// result makes a group ready to show: its meeting as lists show it, with the
// paragraphs found.
func (s *Site) result(r *http.Request, g search.Group) (result, error) {
	words := s.words(r)
	res := result{entryView: entryView{
		Date: words.date(g.Date), ISO: isoDate(g.Date), Heading: g.Title, URL: "/a/" + g.Article,
	}}
	if g.Date == "" {
		res.Date = ""
	}
	entries, _, err := s.store.Entries(r.Context(), store.Filter{Article: g.Article})
	if err != nil {
		return res, err
	}
	if i := slices.IndexFunc(entries, func(e store.Entry) bool { return e.ID == g.Meeting }); i >= 0 {
		res.entryView = entryOne(words, entries[i])
	} else {
		main := slices.DeleteFunc(entries, func(e store.Entry) bool { return !e.Main })
		if list := entryViews(words, main, true); len(list) == 1 {
			res.Date, res.ISO, res.Where, res.Kind = list[0].Date, list[0].ISO, list[0].Where, list[0].Kind
		}
	}
	for _, h := range g.Hits {
		fragment := fmt.Sprintf("#d%d", h.Paragraph)
		if h.Sentence > 0 {
			fragment += fmt.Sprintf("-s%d", h.Sentence)
		}
		res.Snippets = append(res.Snippets, snippet{
			Fragments: h.Snippet,
			CutBefore: cutBefore(h.Snippet), CutAfter: cutAfter(h.Snippet),
			URL:   "/a/" + g.Article + fragment,
			Label: words.t("search.read", h.Paragraph),
		})
	}
	return res, nil
}

// cutBefore reports whether a snippet begins inside a sentence: a sentence does
// not begin with a small letter.
func cutBefore(f []search.Fragment) bool {
	if len(f) == 0 {
		return false
	}
	r, _ := utf8.DecodeRuneInString(f[0].Text)
	return unicode.IsLower(r)
}

// cutAfter reports whether a snippet ends inside a sentence.
func cutAfter(f []search.Fragment) bool {
	if len(f) == 0 {
		return false
	}
	r, _ := utf8.DecodeLastRuneInString(strings.TrimRight(f[len(f)-1].Text, " "))
	return unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune(",;:–-", r)
}

func newSearchPage(words *catalogue, v searchValues) *searchPage {
	p := &searchPage{
		basePage: basePage{
			Title: words.t("search.title"), Description: words.t("search.description"),
			Path: v.url(), Nav: "search", Query: v.text, Robots: "noindex, follow",
			Crumbs: []link{{words.t("nav.home"), "/"}, {words.t("search.crumb"), ""}},
		},
		From: v.from, To: v.to,
	}
	p.Heading = v.heading(words, v.text)
	return p
}

// heading names a search for a text.
func (v searchValues) heading(words *catalogue, text string) string {
	switch {
	case strings.ContainsAny(text, quotationMarks):
		return words.t("search.for.quoted", text)
	case text != "":
		return words.t("search.for", text)
	case v.text != "" || v.filtered():
		return words.t("search.filtered")
	}
	return words.t("search.title")
}

// fill adds what a search found, but for the results themselves.
func (p *searchPage) fill(words *catalogue, v searchValues, found *search.Results, names map[string]string) {
	p.Asked = true
	p.Heading = v.heading(words, plainWords(v.text, found.Clauses))
	p.meant(words, v, found)
	p.Say = words.t("search.count", words.num(found.Total), words.num(found.Articles))
	p.Title = words.t("search.titled", p.Heading, words.num(found.Total))
	p.FacetSay = words.t("search.facets", words.num(found.Total))
	first := v
	first.page = 1

	p.Facets = append(p.Facets,
		facet(words.t("facet.year"), found.Facets.Years, func(f search.Facet) (string, string) {
			y, _ := strconv.Atoi(f.Value)
			next := first
			next.years = toggle(v.years, y)
			return f.Value, next.url()
		}),
		facet(words.t("facet.country"), found.Facets.Countries, func(f search.Facet) (string, string) {
			next := first
			next.countries = toggle(v.countries, f.Value)
			return words.country(f.Value), next.url()
		}),
		facet(words.t("facet.person"), found.Facets.People, func(f search.Facet) (string, string) {
			next := first
			next.people = toggle(v.people, f.Value)
			return f.Name, next.url()
		}),
		facet(words.t("facet.kind"), found.Facets.Kinds, func(f search.Facet) (string, string) {
			next := first
			next.kinds = toggle(v.kinds, f.Value)
			return words.word("kind", f.Value), next.url()
		}),
	)
	p.Facets = slices.DeleteFunc(p.Facets, func(g facetGroup) bool { return len(g.First) == 0 })

	p.typed(words, v, found)
	chip1 := func(label, text string, next searchValues) {
		next.page = 1
		p.Chips = append(p.Chips, chip{words.t(label), text, next.url()})
	}
	for _, y := range v.years {
		next := v
		next.years = toggle(v.years, y)
		chip1("facet.year", strconv.Itoa(y), next)
	}
	for _, c := range v.countries {
		next := v
		next.countries = toggle(v.countries, c)
		chip1("facet.country", words.country(c), next)
	}
	for _, slug := range v.people {
		next := v
		next.people = toggle(v.people, slug)
		chip1("facet.person", names[slug], next)
	}
	for _, k := range v.kinds {
		next := v
		next.kinds = toggle(v.kinds, k)
		chip1("facet.kind", words.word("kind", k), next)
	}
	if v.from != "" {
		next := v
		next.from = ""
		chip1("facet.from", words.date(archive.Date(v.from)), next)
	}
	if v.to != "" {
		next := v
		next.to = ""
		chip1("facet.to", words.date(archive.Date(v.to)), next)
	}

	for _, order := range []search.Order{search.ByRelevance, search.Newest, search.Oldest} {
		next := first
		next.sort = order
		p.Sorts = append(p.Sorts, choice{Text: words.t("sort." + string(order)), URL: next.url(), Current: order == v.sort})
	}
	p.Keep = v.keep()
	if plain := search.String(plainClauses(found.Clauses)); len(p.Chips) > 0 && plain != "" {
		p.Clear = searchValues{text: plain, sort: v.sort, exact: v.exact}.url()
	}
	p.Pager = newPager(words, "/search", mustValues(v.encode()), v.page, resultsPage, min(found.Total, search.MaxOffset+resultsPage))
	if found.Total == 0 {
		p.hints(words, v, found)
	}
}

// hints offers questions that find more than v, which found nothing.
func (p *searchPage) hints(words *catalogue, v searchValues, found *search.Results) {
	for _, w := range found.Without {
		next, ok := v.withoutFilter(w.Filter)
		if w.Filter == "typed" {
			next, ok = v.withoutTyped(found, w.Clause), true
		}
		if !ok {
			continue
		}
		p.Hints = append(p.Hints, link{words.t("search.hint.without", words.filter(found, w), words.num(w.N)), next.url()})
	}
	if p.Clear != "" {
		p.Hints = append(p.Hints, link{words.t("search.hint.filters"), p.Clear})
	}
	if text, ok := unquoted(found.Clauses); ok {
		next := v
		next.text, next.page = text, 1
		said, _ := unquoted(plainClauses(found.Clauses))
		p.Hints = append(p.Hints, link{words.t("search.hint.quotes", said), next.url()})
	}
}

// keep gives the parameters that the form of the dates carries along.
func (v searchValues) keep() []param {
	var out []param
	q := mustValues(v.encode())
	for _, name := range []string{"q", "year", "country", "person", "kind", "exact", "sort"} {
		for _, value := range q[name] {
			out = append(out, param{name, value})
		}
	}
	return out
}

// mustValues parses what encode wrote.
func mustValues(encoded string) url.Values {
	v, err := url.ParseQuery(encoded)
	if err != nil {
		panic("BUG: site: " + err.Error())
	}
	return v
}

func facet(label string, values []search.Facet, next func(search.Facet) (text, url string)) facetGroup {
	g := facetGroup{Label: label}
	for i, f := range values {
		text, to := next(f)
		c := choice{Text: text, Source: f.Name != "", URL: to, N: f.N, Current: f.Selected}
		if i < facetShown || f.Selected {
			g.First = append(g.First, c)
		} else {
			g.Rest = append(g.Rest, c)
		}
	}
	return g
}

// toggle gives the list without the value, or with it if it was not there.
func toggle[T comparable](list []T, value T) []T {
	if i := slices.Index(list, value); i >= 0 {
		return slices.Delete(slices.Clone(list), i, i+1)
	}
	return append(slices.Clone(list), value)
}
