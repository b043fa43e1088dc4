package site

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/go-chi/chi/v5"

	"vankho/internal/archive"
	"vankho/internal/store"
)

// agreementsPage lists what was agreed at all meetings and visits, each with
// its own words. By default it has what binds; what was only proposed or
// welcomed is there when it is asked for.
type agreementsPage struct {
	basePage
	Heading   string
	Say       string
	Forces    []choice
	Topics    []choice
	Countries []option
	Years     []option
	Action    string  // of the form
	Keep      []param // what the form carries along
	Chips     []chip
	List      []deedView
	Pager     *pager
}

// option is a value of a select.
type option struct {
	Value, Text string
	Current     bool
}

// topicsPage lists the topics.
type topicsPage struct {
	basePage
	Topics []tally
}

// deedView is an agreement with the event at which it was made, or the events:
// an article may tell of several in one sentence.
type deedView struct {
	Force  string
	Wish   bool // a proposal or a courtesy, and not an undertaking
	Text   string
	By     string
	Due    string
	Topics []link
	// Figures are as written.
	Figures []string
	Source  link // the sentence
	Events  []entryView
}

// deedValues are the parameters of /agreements.
type deedValues struct {
	force, topic, country string
	pair                  [2]string
	year, page            int
	path                  string // /agreements, or /topics/{topic}, which is no parameter then
}

func (v deedValues) encode() url.Values {
	q := url.Values{}
	for name, value := range map[string]string{"force": v.force, "topic": v.topic, "country": strings.ToLower(v.country)} {
		if value != "" && !(name == "topic" && v.path != agreementsPath) {
			q.Set(name, value)
		}
	}
	if v.pair[0] != "" {
		q.Set("pair", pairParam(v.pair[0], v.pair[1]))
	}
	if v.year != 0 {
		q.Set("year", strconv.Itoa(v.year))
	}
	return q
}

func (v deedValues) url() string {
	if q := v.encode(); len(q) > 0 {
		return v.path + "?" + q.Encode()
	}
	return v.path
}

const agreementsPath = "/agreements"

// parseDeeds reads the parameters of /agreements and /topics/{slug}.
func parseDeeds(r *http.Request, words *catalogue) (v deedValues, err error) {
	q := r.URL.Query()
	v.path, v.force, v.topic = agreementsPath, q.Get("force"), q.Get("topic")
	if slug := chi.URLParam(r, "slug"); slug != "" {
		v.path, v.topic = "/topics/"+slug, slug
		if !words.has("topic." + slug) {
			return v, errNoPage
		}
	}
	if v.force != "" && !slices.Contains(archive.Forces, archive.Force(v.force)) {
		return v, invalid("error.filter", "force")
	}
	if v.topic != "" && !words.has("topic."+v.topic) {
		return v, invalid("error.filter", "topic")
	}
	if v.country, err = parseCountry(words, q.Get("country")); err != nil {
		return v, err
	}
	if v.pair, err = parsePair(words, q.Get("pair")); err != nil {
		return v, err
	}
	if text := q.Get("year"); text != "" {
		if v.year, err = parseYear(text); err != nil {
			return v, invalid("error.filter", "year")
		}
	}
	v.page, err = pageNumber(q.Get("page"))
	return v, err
}

// parseCountry reads the ISO code of a country that has a name.
func parseCountry(words *catalogue, text string) (string, error) {
	if text != "" && !words.knowsCountry(text) {
		return "", invalid("error.filter", "country")
	}
	return strings.ToUpper(text), nil
}

// parsePair reads two countries as pairParam writes them.
func parsePair(words *catalogue, text string) (pair [2]string, err error) {
	if text == "" {
		return pair, nil
	}
	a, b, _ := strings.Cut(text, "-")
	if !words.knowsCountry(a) || !words.knowsCountry(b) || strings.EqualFold(a, b) {
		return pair, invalid("error.filter", "pair")
	}
	a, b = ordered(strings.ToUpper(a), strings.ToUpper(b))
	return [2]string{a, b}, nil
}

// serveAgreements answers /agreements and /topics/{slug}.
func (s *Site) serveAgreements(w http.ResponseWriter, r *http.Request) error {
	ctx, words := r.Context(), s.words(r)
	v, err := parseDeeds(r, words)
	if err != nil {
		return err
	}
	f := store.UndertakingFilter{Forces: bindingForces, Topic: v.topic, Country: v.country, Pair: v.pair, Year: v.year, Limit: pageSize, Offset: (v.page - 1) * pageSize}
	if v.force != "" {
		f.Forces = []archive.Force{archive.Force(v.force)}
	}
	list, all, err := s.store.Undertakings(ctx, f)
	if err != nil {
		return err
	}
	if len(list) == 0 && v.page > 1 {
		return errNoPage
	}
	p := newAgreementsPage(words, v, all)
	p.List = deedViews(words, list)
	p.Pager = newPager(words, v.path, v.encode(), v.page, pageSize, all)
	if err := s.agreementChoices(r, p, v); err != nil {
		return err
	}
	return s.render(w, r, http.StatusOK, "agreements", p)
}

func newAgreementsPage(words *catalogue, v deedValues, all int) *agreementsPage {
	p := &agreementsPage{Heading: words.t("agreements.title"), Say: words.t("agreements.say", words.num(all)), Action: v.path}
	p.Description = words.t("agreements.description")
	p.Crumbs = []link{{words.t("nav.home"), "/"}, {words.t("agreements.title"), ""}}
	if v.path != agreementsPath {
		p.Heading = words.word("topic", v.topic)
		p.Description = words.t("topic.description", p.Heading)
		p.Crumbs = []link{{words.t("nav.home"), "/"}, {words.t("topics.title"), "/topics"}, {p.Heading, ""}}
	}
	if v.force == "" {
		p.Say += " " + words.t("agreements.binding")
	}
	p.Title, p.Path, p.Nav = p.Heading, v.url(), "agreements"
	if v.page > 1 {
		q := v.encode()
		q.Set("page", strconv.Itoa(v.page))
		p.Path = v.path + "?" + q.Encode()
	}
	if all == 0 {
		p.Robots = "noindex"
	}
	return p
}

// agreementChoices fills in what the list can be narrowed by.
func (s *Site) agreementChoices(r *http.Request, p *agreementsPage, v deedValues) error {
	ctx, words := r.Context(), s.words(r)
	v.page = 0
	forces, err := s.store.Forces(ctx)
	if err != nil {
		return err
	}
	for _, force := range archive.Forces {
		i := slices.IndexFunc(forces, func(c store.Count) bool { return c.Key == string(force) })
		if i < 0 {
			continue
		}
		next := v
		next.force = string(force)
		if v.force == string(force) {
			next.force = ""
		}
		p.Forces = append(p.Forces, choice{Text: words.word("force", force), URL: next.url(), N: forces[i].N, Current: v.force == string(force)})
	}
	if v.path == agreementsPath {
		topics, err := s.store.Topics(ctx)
		if err != nil {
			return err
		}
		for _, c := range topics {
			next := v
			next.topic = c.Key
			if v.topic == c.Key {
				next.topic = ""
			}
			p.Topics = append(p.Topics, choice{Text: words.word("topic", c.Key), URL: next.url(), N: c.N, Current: v.topic == c.Key})
		}
	}
	countries, err := s.store.Countries(ctx, 0)
	if err != nil {
		return err
	}
	months, err := s.store.Months(ctx)
	if err != nil {
		return err
	}
	p.Countries = countryOptions(words, countries, v.country)
	p.Years = yearOptions(months, v.year)
	p.addChips(words, v)
	return nil
}

// addChips adds what can be taken away again, and what the form carries along.
func (p *agreementsPage) addChips(words *catalogue, v deedValues) {
	without := func(label, text string, next deedValues) {
		p.Chips = append(p.Chips, chip{Label: words.t(label), Text: text, URL: next.url()})
	}
	if v.pair[0] != "" {
		next := v
		next.pair = [2]string{}
		without("facet.country", words.country(v.pair[0])+" – "+words.country(v.pair[1]), next)
	}
	if v.country != "" {
		next := v
		next.country = ""
		without("facet.country", words.country(v.country), next)
	}
	if v.year != 0 {
		next := v
		next.year = 0
		without("facet.year", strconv.Itoa(v.year), next)
	}
	kept := v
	kept.country, kept.year = "", 0
	for name, values := range kept.encode() {
		p.Keep = append(p.Keep, param{name, values[0]})
	}
	slices.SortFunc(p.Keep, func(a, b param) int { return strings.Compare(a.Name, b.Name) })
}

func countryOptions(words *catalogue, counts []store.Count, current string) []option {
	var out []option
	for _, t := range countryTally(words, counts) {
		code := strings.TrimPrefix(t.URL, "/c/")
		out = append(out, option{code, t.Name, strings.EqualFold(code, current)})
	}
	return out
}

// yearOptions gives the years that have meetings, newest first.
func yearOptions(months []store.Count, current int) []option {
	var out []option
	for _, m := range slices.Backward(months) {
		year, _, _ := strings.Cut(m.Key, "-")
		if year != "" && (len(out) == 0 || out[len(out)-1].Value != year) {
			out = append(out, option{year, year, year == strconv.Itoa(current)})
		}
	}
	return out
}

// serveTopics answers /topics.
func (s *Site) serveTopics(w http.ResponseWriter, r *http.Request) error {
	words := s.words(r)
	topics, err := s.store.Topics(r.Context())
	if err != nil {
		return err
	}
	p := &topicsPage{basePage: basePage{
		Title: words.t("topics.title"), Description: words.t("topics.description"), Path: "/topics", Nav: "agreements",
		Crumbs: []link{{words.t("nav.home"), "/"}, {words.t("topics.title"), ""}},
	}}
	for _, c := range topics {
		p.Topics = append(p.Topics, tally{words.word("topic", c.Key), "/topics/" + c.Key, c.N})
	}
	return s.render(w, r, http.StatusOK, "topics", p)
}

func deedViews(words *catalogue, list []store.Undertaking) []deedView {
	var out []deedView
	for i, u := range list {
		event := entryOne(words, u.Event)
		if i > 0 && sameWords(u, list[i-1]) {
			last := &out[len(out)-1]
			last.Events = append(last.Events, event)
			continue
		}
		v := deedView{
			Force: words.word("force", u.Force), Wish: !u.Force.Binding(), Text: u.Text, Figures: u.Figures,
			Source: sentenceLink(words, u.Event.ArticleID, u.Paragraph, u.Sentence),
			Events: []entryView{event}, By: strings.Join(entryNames(u.Event, u.By), ", "),
		}
		if u.Due != "" {
			v.Due = words.date(u.Due)
		}
		for _, topic := range u.Topics {
			v.Topics = append(v.Topics, link{words.word("topic", topic), "/topics/" + topic})
		}
		out = append(out, v)
	}
	return out
}

// sameWords reports whether two agreements are the same words of one article.
func sameWords(a, b store.Undertaking) bool {
	return a.Event.ArticleID == b.Event.ArticleID && a.Paragraph == b.Paragraph && a.Sentence == b.Sentence && a.Force == b.Force && a.Text == b.Text
}

// entryNames gives the names of principals by their slugs.
func entryNames(e store.Entry, slugs []string) []string {
	var names []string
	for _, slug := range slugs {
		if i := slices.IndexFunc(e.Who, func(w store.Who) bool { return w.Slug == slug }); i >= 0 {
			names = append(names, e.Who[i].Name)
		}
	}
	return names
}

// sentenceLink leads to a sentence of an article.
func sentenceLink(words *catalogue, article string, paragraph, sentence int) link {
	return link{words.t("source.paragraph", paragraph), fmt.Sprintf("/a/%s#d%d-s%d", article, paragraph, sentence)}
}
