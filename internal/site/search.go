package site

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"

	"vankho/internal/search"
	"vankho/internal/store"
)

// resultsPage is how many results one page of a search shows.
const resultsPage = 10

// facetShown is how many values of a facet are shown before the rest fold.
const facetShown = 6

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
	Keep     []param // what the search box carries along
	Range    []param // what the form of the dates carries along
	From, To string
	Results  []result
	Pager    *pager
	Data     []link // the same search for programs
	Advanced string // the form of every filter, filled in
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

// quotationMarks are what a visitor may put around words that must stand
// together.
const quotationMarks = "\"“”«»"

func (s *Site) serveSearch(w http.ResponseWriter, r *http.Request) error {
	words := s.words(r)
	v, err := parseSearch(r.URL.Query())
	if err == nil && untidy(r.URL.Query()) {
		redirect(w, r, http.StatusFound, v.composed(r.URL.Query()).url())
		return nil
	}
	if err == nil && !v.asked() {
		return s.render(w, r, http.StatusOK, "search", newSearchPage(words, v))
	}
	var found *search.Results
	if err == nil {
		found, err = s.find(r.Context(), v, resultsPage)
	}
	if no := refuse(err); err != nil && no.status == http.StatusBadRequest {
		return s.render(w, r, no.status, "search", newRefusedPage(words, v, err))
	}
	if err != nil {
		return err
	}
	names, err := s.chosenNames(r, v, found)
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
	if p.Results, err = s.results(r.Context(), words, found.Groups); err != nil {
		return err
	}
	return s.render(w, r, http.StatusOK, "search", p)
}

// find answers a search with the results of its page, which has size of them
// at the most.
func (s *Site) find(ctx context.Context, v searchValues, size int) (*search.Results, error) {
	q, err := v.query()
	if err != nil {
		return nil, err
	}
	q.Limit, q.Offset = size, (v.page-1)*size
	if q.Offset > search.MaxOffset {
		return nil, invalid("error.deep", search.MaxOffset)
	}
	return s.search.Search(ctx, q)
}

// newRefusedPage says what of a search was not understood, and offers the
// nearest that would be.
func newRefusedPage(words *catalogue, v searchValues, err error) *searchPage {
	no := refuse(err)
	v.text, v.page = shorten(v.text, search.MaxQueryRunes), 1
	p := newSearchPage(words, v)
	p.Path, p.Heading = "", words.t("search.title")
	p.Problem = words.t(no.key, no.args...)
	if p.Tries = tries(v, err); p.Tries != nil {
		p.Problem = words.t("search.misread", no.args[0])
	}
	var bad *badFilter
	if errors.As(err, &bad) {
		p.Problem = words.t("search.badvalue", bad.value, words.t("facet."+bad.name))
		for _, value := range bad.near {
			p.Tries = append(p.Tries, link{words.filterText(bad.name, value, nil), v.toggle(bad.name, value).url()})
		}
		if p.Tries == nil {
			p.Tries = []link{{words.t("search.without", words.t("facet."+bad.name)), v.url()}}
		}
	}
	return p
}

// chosenNames gives the names of the people a visitor filters by: the results
// know them, but for those who took part in none.
func (s *Site) chosenNames(r *http.Request, v searchValues, found *search.Results) (map[string]string, error) {
	names := map[string]string{}
	for _, f := range slices.Concat(found.Facets.People, found.Facets.Speakers) {
		if f.Selected {
			names[f.Value] = f.Name
		}
	}
	for _, slug := range slices.Concat(v.filters["person"], v.filters["speaker"]) {
		if names[slug] != "" {
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

func newSearchPage(words *catalogue, v searchValues) *searchPage {
	p := &searchPage{
		basePage: basePage{
			Title: words.t("search.title"), Description: words.t("search.description"),
			Path: v.url(), Nav: "search", Query: v.text, Robots: "noindex, follow",
			Crumbs: []link{{words.t("nav.home"), "/"}, {words.t("search.crumb"), ""}},
		},
		From: v.one("from"), To: v.one("to"), Keep: v.keep("q"), Range: v.keep("from", "to"),
	}
	p.Heading = v.heading(words, v.text)
	v.page = 1
	p.Advanced = v.at("/search/advanced")
	return p
}

// heading names a search for a text.
func (v searchValues) heading(words *catalogue, text string) string {
	switch {
	case strings.ContainsAny(text, quotationMarks):
		return words.t("search.for.quoted", text)
	case text != "":
		return words.t("search.for", text)
	case v.asked():
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
	p.facets(words, v, found)
	p.typed(words, v, found)
	for _, name := range filterNames {
		for _, value := range v.filters[name] {
			p.Chips = append(p.Chips, chip{words.filterLabel(name), words.filterText(name, value, names), v.toggle(name, value).url()})
		}
	}
	first := v
	first.page = 1
	for _, order := range orders {
		next := first
		next.sort = order
		p.Sorts = append(p.Sorts, choice{Text: words.t("sort." + string(order)), URL: next.url(), Current: order == v.sort})
	}
	if plain := search.String(plainClauses(found.Clauses)); len(p.Chips) > 0 && plain != "" {
		p.Clear = searchValues{text: plain, sort: v.sort, exact: v.exact}.url()
	}
	p.Pager = newPager(words, "/search", v.values(), v.page, resultsPage, min(found.Total, search.MaxOffset+resultsPage))
	p.forPrograms(words, v)
	if found.Total == 0 {
		p.hints(words, v, found)
	}
}

// facets adds the filters with how many results each value has.
func (p *searchPage) facets(words *catalogue, v searchValues, found *search.Results) {
	f := found.Facets
	years := slices.SortedFunc(slices.Values(f.Years), func(a, b search.Facet) int {
		return cmp.Or(len(b.Value)-len(a.Value), cmp.Compare(b.Value, a.Value))
	})
	for _, x := range []struct {
		name   string
		values []search.Facet
	}{
		{"year", years}, {"country", f.Countries}, {"person", f.People}, {"kind", f.Kinds},
		{"speaker", f.Speakers}, {"force", f.Forces}, {"topic", f.Topics},
	} {
		if g := newFacet(words, v, x.name, x.values); len(g.First) > 0 {
			p.Facets = append(p.Facets, g)
		}
	}
	content := facetGroup{Label: words.t("facet.content")}
	for _, x := range []struct {
		name string
		n    int
	}{{"figure", f.Figures}, {"agreement", f.Agreements}} {
		if on := v.one(x.name) != ""; x.n > 0 || on {
			content.First = append(content.First, choice{Text: words.t("facet." + x.name), URL: v.toggle(x.name, "1").url(), N: x.n, Current: on})
		}
	}
	if len(content.First) > 0 {
		p.Facets = append(p.Facets, content)
	}
}

// newFacet gives the values of a filter. Of those of which any will do only the
// chosen are shown once there are some: another would widen the search, and by
// how much is not counted.
func newFacet(words *catalogue, v searchValues, name string, values []search.Facet) facetGroup {
	g := facetGroup{Label: words.t("facet." + name)}
	adding := v.adding(name)
	chosen := name != "person" && len(v.filters[name]) > 0
	for i, f := range values {
		if chosen && !f.Selected {
			continue
		}
		c := choice{Text: f.Name, Source: f.Name != "", N: f.N, Current: f.Selected}
		if f.Name == "" {
			c.Text = words.filterText(name, f.Value, nil)
		}
		if f.Selected {
			c.URL = v.toggle(name, f.Value).url()
		} else {
			c.URL = adding(f.Value)
		}
		if i < facetShown || f.Selected {
			g.First = append(g.First, c)
		} else {
			g.Rest = append(g.Rest, c)
		}
	}
	return g
}

// hints offers questions that find more than v, which found nothing.
func (p *searchPage) hints(words *catalogue, v searchValues, found *search.Results) {
	for _, w := range found.Without {
		next := v.with(w.Filter)
		if w.Filter == "typed" {
			next = v.withoutTyped(found, w.Clause)
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
