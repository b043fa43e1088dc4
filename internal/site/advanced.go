package site

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"vankho/internal/archive"
	"vankho/internal/search"
	"vankho/internal/store"
)

// advancedPage is a form of everything that a search can ask for. It leads to
// /search, which writes what belongs in the query into it.
type advancedPage struct {
	basePage
	Keep      []param // filters that were chosen elsewhere
	Chips     []chip  // these, to be removed
	Exact     bool
	From, To  string
	Countries []option
	People    []string // names to choose from, or to write others
	Lists     []optionList
	Content   optionList
	Sorts     []choice
}

// optionList is a filter whose values can be ticked.
type optionList struct {
	Name, Label string
	Options     []tick
}

// tick is a value that can be ticked; its name is of the filter, but where
// each value is a filter of its own.
type tick struct {
	Name, Value, Text string
	On                bool
}

// peopleOffered is how many names the form offers.
const peopleOffered = 200

// The fields of the form that become part of the query, by parameter.
const (
	formPhrase = "phrase" // words side by side
	formAny    = "any"    // one of these, with commas between
	formNone   = "none"   // none of these, with commas between
	formWho    = "who"    // somebody took part
	formSaid   = "said"   // somebody said it
)

var formFields = []string{formPhrase, formAny, formNone, formWho, formSaid}

// untidy reports whether the address of a search is as a form writes it: with
// fields that belong in the query, or that are empty.
func untidy(q url.Values) bool {
	for _, name := range formFields {
		if q.Has(name) {
			return true
		}
	}
	known := append(slices.Clone(filterNames), "q", "sort", "page", "exact")
	return slices.ContainsFunc(known, func(name string) bool { return slices.Contains(q[name], "") })
}

// composed gives the search with the fields of the form written into its query,
// in the words of the query language.
func (v searchValues) composed(q url.Values) searchValues {
	clauses, err := search.ParseClauses(v.text)
	if err != nil {
		return v // and the page of results says why
	}
	asked := len(clauses)
	add := func(not bool, terms ...search.Term) {
		c := search.Clause{Not: not}
		for _, t := range terms {
			if t.Value != "" {
				c.Any = append(c.Any, search.All{t})
			}
		}
		if len(c.Any) > 0 {
			clauses = append(clauses, c)
		}
	}
	quoted := func(f search.Field, text string) search.Term {
		return search.Term{Field: f, Value: phraseOf(text), Quoted: true}
	}
	add(false, quoted("", q.Get(formPhrase)))
	var any []search.Term
	for _, text := range strings.Split(q.Get(formAny), ",") {
		any = append(any, quoted("", text))
	}
	add(false, any...)
	for _, text := range strings.Split(q.Get(formNone), ",") {
		add(true, quoted("", text))
	}
	add(false, quoted(search.FieldPerson, q.Get(formWho)))
	add(false, quoted(search.FieldSaid, q.Get(formSaid)))
	if len(clauses) > asked {
		v.text = search.String(clauses)
	}
	return v
}

func (s *Site) serveAdvancedSearch(w http.ResponseWriter, r *http.Request) error {
	words := s.words(r)
	v, err := parseSearch(r.URL.Query())
	if err != nil {
		return err
	}
	v.page = 1
	p := &advancedPage{
		basePage: basePage{
			Title: words.t("advanced.title"), Description: words.t("advanced.description"), Path: "/search/advanced", Nav: "search", Query: v.text,
			Crumbs: []link{{words.t("nav.home"), "/"}, {words.t("search.crumb"), "/search"}, {words.t("advanced.title"), ""}},
		},
		Exact: v.exact, From: v.one("from"), To: v.one("to"),
	}
	if err := s.carry(r, p, v); err != nil {
		return err
	}
	people, err := s.store.People(r.Context(), peopleOffered, 0)
	if err != nil {
		return err
	}
	for _, c := range people {
		p.People = append(p.People, c.Name)
	}
	countries, err := s.store.Countries(r.Context(), 0)
	if err != nil {
		return err
	}
	for _, c := range byName(countryTally(words, countries), words.sortKey) {
		code := strings.ToUpper(strings.TrimPrefix(c.URL, "/c/"))
		p.Countries = append(p.Countries, option{Text: c.Name, Value: code, Current: code == v.one("country")})
	}
	topics, err := s.store.Topics(r.Context())
	if err != nil {
		return err
	}
	p.options(words, v, topics)
	return s.render(w, r, http.StatusOK, "advanced", p)
}

// carry keeps what the form has no field for: people by their addresses, years,
// and all countries but the first.
func (s *Site) carry(r *http.Request, p *advancedPage, v searchValues) error {
	names, err := s.chosenNames(r, v, &search.Results{})
	if err != nil {
		return err
	}
	words := s.words(r)
	for _, name := range []string{"year", "country", "person", "speaker"} {
		list := v.filters[name]
		if name == "country" && len(list) > 0 {
			list = list[1:]
		}
		for _, value := range list {
			p.Keep = append(p.Keep, param{name, value})
			p.Chips = append(p.Chips, chip{words.filterLabel(name), words.filterText(name, value, names), v.toggle(name, value).at("/search/advanced")})
		}
	}
	return nil
}

// options adds what can be ticked.
func (p *advancedPage) options(words *catalogue, v searchValues, topics []store.Count) {
	offer := func(name string, values []string) {
		list := optionList{Name: name, Label: words.t("facet." + name)}
		for _, value := range values {
			list.Options = append(list.Options, tick{name, value, words.word(name, value), slices.Contains(v.filters[name], value)})
		}
		p.Lists = append(p.Lists, list)
	}
	var kinds, forces, slugs []string
	for _, k := range archive.MeetingKinds {
		kinds = append(kinds, string(k))
	}
	for _, f := range archive.Forces {
		forces = append(forces, string(f))
	}
	offer("kind", append(kinds, "visit"))
	offer("force", forces)
	for _, c := range topics {
		slugs = append(slugs, c.Key)
	}
	offer("topic", slugs)
	p.Content = optionList{Label: words.t("facet.content")}
	for _, name := range []string{"agreement", "figure"} {
		p.Content.Options = append(p.Content.Options, tick{name, "1", words.t("facet." + name), v.one(name) != ""})
	}
	for _, order := range orders {
		p.Sorts = append(p.Sorts, choice{Text: words.t("sort." + string(order)), URL: string(order), Current: order == v.sort})
	}
}
