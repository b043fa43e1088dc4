package site

import (
	"cmp"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"vankho/internal/search"
)

// phrasesPage follows a formula, words that stand together, through the years:
// who was the first to use it, how often it was used in each year out of how
// many records, and every use.
type phrasesPage struct {
	basePage
	Phrase   string
	Problem  string
	Say      string
	First    *result
	Years    []phraseYear
	Bars     []bar
	Uses     []result
	Pager    *pager
	Examples []link
}

// phraseYear is a row of the table.
type phraseYear struct {
	Year  string
	URL   string // a search for the uses of that year
	N     int
	Of    int    // records of that year in all
	Share string // "12,5 %"
}

// servePhrases answers /phrases.
func (s *Site) servePhrases(w http.ResponseWriter, r *http.Request) error {
	words, q := s.words(r), r.URL.Query()
	p := &phrasesPage{
		basePage: basePage{
			Title: words.t("phrases.title"), Description: words.t("phrases.description"), Path: "/phrases", Nav: "search",
			Crumbs: []link{{words.t("nav.home"), "/"}, {words.t("phrases.title"), ""}},
		},
		Phrase: phraseOf(q.Get("q")),
	}
	page, err := pageNumber(q.Get("page"))
	if err == nil && (page-1)*resultsPage > search.MaxOffset {
		err = invalid("error.deep", search.MaxOffset)
	}
	if err != nil {
		return err
	}
	if p.Phrase == "" {
		if p.Examples, err = s.knownPhrases(r); err != nil {
			return err
		}
		return s.render(w, r, http.StatusOK, "phrases", p)
	}
	p.Title = words.t("phrases.of", p.Phrase)
	p.Path = "/phrases?" + url.Values{"q": {p.Phrase}}.Encode()
	p.Crumbs = []link{{words.t("nav.home"), "/"}, {words.t("phrases.title"), "/phrases"}, {p.Phrase, ""}}
	p.Robots = "noindex, follow"
	err = s.fillPhrase(r, p, page)
	if errors.Is(err, search.ErrBadQuery) {
		no := refuse(err)
		p.Problem = words.t(no.key, no.args...)
		return s.render(w, r, no.status, "phrases", p)
	}
	if err != nil {
		return err
	}
	return s.render(w, r, http.StatusOK, "phrases", p)
}

// phraseOf gives the words of a phrase without quotation marks, and no more
// than can be searched for.
func phraseOf(text string) string {
	text = strings.Map(func(r rune) rune {
		if strings.ContainsRune(quotationMarks, r) {
			return -1
		}
		return r
	}, text)
	text = strings.Join(strings.Fields(text), " ")
	if utf8.RuneCountInString(text) > search.MaxQueryRunes-2 {
		text = string([]rune(text)[:search.MaxQueryRunes-2])
	}
	return text
}

// asPhrase is a search for words that stand together, as typed.
func asPhrase(phrase string) search.Query {
	return search.Query{Text: `"` + phrase + `"`, Exact: true, Limit: resultsPage}
}

func (s *Site) fillPhrase(r *http.Request, p *phrasesPage, page int) error {
	ctx, words := r.Context(), s.words(r)
	q := asPhrase(p.Phrase)
	q.Order, q.Offset = search.Oldest, (page-1)*resultsPage
	found, err := s.search.Search(ctx, q)
	if err != nil {
		return err
	}
	if page > 1 && len(found.Groups) == 0 {
		return errNoPage
	}
	everything, err := s.search.Search(ctx, search.Query{Order: search.Oldest, Limit: 1})
	if err != nil {
		return err
	}
	p.Say = words.t("phrases.say", words.num(found.Total), words.num(found.Articles))
	if found.Total == 0 {
		p.Say = words.t("phrases.none")
		return nil
	}
	if p.Uses, err = s.results(ctx, words, found.Groups); err != nil {
		return err
	}
	if page == 1 && found.Groups[0].Date.Year() != 0 {
		p.First = &p.Uses[0]
	}
	p.addYears(words, found.Facets.Years, everything.Facets.Years)
	p.Pager = newPager(words, "/phrases", url.Values{"q": {p.Phrase}}, page, resultsPage, min(found.Total, search.MaxOffset+resultsPage))
	return nil
}

// addYears sets the uses of each year beside all records of that year. Years
// without a use stand between the first and the last that has one.
func (p *phrasesPage) addYears(words *catalogue, uses, all []search.Facet) {
	n := map[string]int{}
	first, last := 0, 0
	for _, f := range uses {
		year, err := strconv.Atoi(f.Value)
		if err != nil {
			continue
		}
		n[f.Value] = f.N
		if first == 0 || year < first {
			first = year
		}
		last = max(last, year)
	}
	all = slices.Clone(all)
	slices.SortFunc(all, func(a, b search.Facet) int { return cmp.Compare(a.Value, b.Value) })
	for _, f := range all {
		year, err := strconv.Atoi(f.Value)
		if err != nil || year < first || year > last {
			continue
		}
		row := phraseYear{Year: f.Value, N: n[f.Value], Of: f.N, Share: words.t("number.percent", words.decimal(100*float64(n[f.Value])/float64(f.N)))}
		b := bar{Label: f.Value, Full: f.Value, N: row.N, Say: words.t("bar.none")}
		if row.N > 0 {
			row.URL = searchValues{text: `"` + p.Phrase + `"`, filters: map[string][]string{"year": {f.Value}}, sort: search.Oldest}.url()
			b.URL, b.Say = row.URL, words.t("phrases.bar", words.num(row.N), words.num(row.Of))
		}
		p.Years, p.Bars = append(p.Years, row), append(p.Bars, b)
	}
	heights(p.Bars)
}

// knownPhrases gives the formulas of the catalogue that the archive has, with
// how often.
func (s *Site) knownPhrases(r *http.Request) ([]link, error) {
	words := s.words(r)
	var out []link
	for _, phrase := range strings.Split(words.t("phrases.examples"), "|") {
		q := asPhrase(phrase)
		q.Limit = 1
		found, err := s.search.Search(r.Context(), q)
		if err != nil {
			return nil, err
		}
		if found.Total > 0 {
			out = append(out, link{words.t("phrases.example", phrase, words.num(found.Total)), "/phrases?" + url.Values{"q": {phrase}}.Encode()})
		}
	}
	return out, nil
}
