package site

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"vankho/internal/archive"
	"vankho/internal/search"
	"vankho/internal/store"
)

// What the home page shows of each list.
const (
	homeMonths  = 13 // a year, and the same month of the year before
	homeNewest  = 6
	homeTally   = 6
	homeQuotes  = 2
	homeLookups = 6 // articles read for quotations
)

type homePage struct {
	basePage
	Examples  []link
	Totals    []total
	Span      string // "22/2/2025 – 19/2/2026"
	Bars      []bar
	Years     []yearRow
	Newest    []entryView
	All       string // "Tất cả 12 cuộc gặp"
	Quotes    []quotation
	Countries []tally
	People    []tally
	CountryN  string
	PeopleN   string
}

type total struct{ N, Label string }

// quotation is a sentence of an article that tells of an agreement or quotes a
// speaker.
type quotation struct {
	Text    string
	Context string
	URL     string
	Link    string
}

func (s *Site) serveHome(w http.ResponseWriter, r *http.Request) error {
	ctx, words := r.Context(), s.words(r)
	page, err := s.readHome(ctx, words)
	if err != nil {
		return err
	}
	// Without an index there are no examples; the next visitor may see some.
	if page.Examples, err = s.examples(ctx, words); err != nil {
		askedFor(r).passing = true
	}
	return s.render(w, r, http.StatusOK, "home", page)
}

// readHome makes the home page from the store.
func (s *Site) readHome(ctx context.Context, words *catalogue) (*homePage, error) {
	totals, err := s.store.Totals(ctx)
	if err != nil {
		return nil, err
	}
	months, err := s.store.Months(ctx)
	if err != nil {
		return nil, err
	}
	// A series in one article fills one place, so more are asked for.
	newest, held, err := s.store.Entries(ctx, store.Filter{Main: true, Status: archive.Held, Limit: 60})
	if err != nil {
		return nil, err
	}
	countries, err := s.store.Countries(ctx, homeTally+1)
	if err != nil {
		return nil, err
	}
	people, err := s.store.People(ctx, homeTally, 0)
	if err != nil {
		return nil, err
	}
	p := newHomePage(words, totals, months, newest, held, s.baseURL)
	// Nearly every record has Vietnam in it, which says nothing here.
	countries = slices.DeleteFunc(countries, func(c store.Count) bool { return c.Key == "VN" })
	p.Countries, p.People = countryTally(words, countries[:min(len(countries), homeTally)]), peopleTally(people)
	p.Quotes, err = s.quotations(ctx, words, newest)
	return p, err
}

func newHomePage(words *catalogue, totals store.Totals, months []store.Count, newest []store.Entry, held int, baseURL string) *homePage {
	p := &homePage{
		basePage: basePage{
			Title: words.t("home.title"), Description: words.t("home.description"), Path: "/", Nav: "home",
			JSONLD: map[string]any{
				"@context": "https://schema.org", "@type": "WebSite", "name": words.t("site.name"), "inLanguage": words.lang,
				"url": baseURL + words.to("/"),
				"potentialAction": map[string]any{
					"@type": "SearchAction", "target": baseURL + words.to("/search") + "?q={q}", "query-input": "required name=q",
				},
			},
		},
		Totals:   []total{{words.num(totals.Meetings), words.t("home.meetings", totals.Meetings)}},
		Years:    yearTable(words, months),
		All:      words.t("home.all", words.num(held)),
		CountryN: words.t("home.countries.all"),
		PeopleN:  words.t("home.people.all", words.num(totals.People)),
	}
	if totals.Visits > 0 { // an archive may tell of announced ones alone
		p.Totals = append(p.Totals, total{words.num(totals.Visits), words.t("home.visits", totals.Visits)})
	}
	p.Totals = append(p.Totals,
		total{words.num(totals.Articles), words.t("home.articles", totals.Articles)},
		total{words.num(totals.Countries), words.t("home.countries", totals.Countries)},
		total{words.num(totals.People), words.t("home.people", totals.People)})
	if totals.First != "" {
		p.Span = words.t("date.interval", words.date(totals.First.Start()), words.date(totals.Last.End()))
	}
	if last := totals.Last.End(); last.Year() != 0 && last.Month() != 0 {
		p.Bars = monthBars(words, months, last.Year(), last.Month(), homeMonths)
	}
	p.Newest = entryViews(words, newest, true)
	if len(p.Newest) > homeNewest {
		p.Newest = p.Newest[:homeNewest]
	}
	return p
}

// examples gives the catalogue's sample searches that find something here.
func (s *Site) examples(ctx context.Context, words *catalogue) ([]link, error) {
	var out []link
	for _, text := range strings.Split(words.t("home.examples"), "|") {
		q, err := search.ParseQuery(text)
		if err != nil {
			return nil, err
		}
		q.Limit = 1
		found, err := s.search.Search(ctx, q)
		if err != nil {
			return nil, err
		}
		if found.Total > 0 {
			out = append(out, link{text, "/search?" + searchValues{text: text}.encode()})
		}
	}
	return out, nil
}

// quotations chooses from the newest meetings, at most one of each article:
// an undertaking with a figure before the words of a speaker before any other
// undertaking. What is too short to say something, or too long to be read
// here, is passed over.
func (s *Site) quotations(ctx context.Context, words *catalogue, newest []store.Entry) ([]quotation, error) {
	var out []quotation
	seen := map[string]bool{}
	for _, e := range newest {
		if e.Type != "meeting" || seen[e.ArticleID] {
			continue
		}
		if len(out) == homeQuotes || len(seen) == homeLookups {
			break
		}
		seen[e.ArticleID] = true
		a, err := s.store.Article(ctx, e.ArticleID)
		var damaged *store.DamagedError
		if errors.As(err, &damaged) {
			continue // its own page says so; the home page does without it
		}
		if err != nil {
			return nil, err
		}
		if q, ok := quoteFrom(words, a); ok {
			out = append(out, q)
		}
	}
	return out, nil
}

func quoteFrom(words *catalogue, a *archive.Article) (quotation, bool) {
	var best quotation
	rank := 0
	offer := func(r int, m *archive.Meeting, text, label string, evidence []archive.Evidence) {
		if n := utf8.RuneCountInString(text); r <= rank || n < 40 || n > 280 || len(evidence) == 0 {
			return
		}
		rank = r
		best = quotation{
			Text:    text,
			Context: words.t("home.quote", label, words.word("kind", m.Kind), principalNames(words, m.Participants), words.date(m.Date.EDTF)),
			URL:     a.URL + "#" + evidenceFragment(evidence[0].Span),
			Link:    words.t("home.quote.link", evidence[0].Paragraph),
		}
	}
	for i := range a.Meetings {
		m := &a.Meetings[i]
		if !m.Main || m.Status != archive.Held {
			continue
		}
		names := namesOf(m.Participants)
		for _, ag := range m.Agreements {
			switch {
			case !ag.Force.Binding():
			case len(ag.Figures) > 0:
				offer(3, m, ag.Text, words.word("force", ag.Force), ag.Evidence)
			default:
				offer(1, m, ag.Text, words.word("force", ag.Force), ag.Evidence)
			}
		}
		for _, st := range m.Statements {
			if st.Mode == "direct" {
				offer(2, m, st.Text, personLink(st.Speakers[0], names).Text, st.Evidence)
			}
		}
	}
	return best, rank > 0
}
