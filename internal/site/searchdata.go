package site

import (
	"context"
	"encoding/csv"
	"fmt"
	"mime"
	"net/http"
	"strconv"
	"strings"

	"vankho/internal/archive"
	"vankho/internal/search"
	"vankho/internal/store"
)

const schemaSearch = "vankho/search/1"

// dataPage is how many results a search gives programs at once.
const dataPage = search.MaxPage

// searchForms are the other forms of a page of results: the ending of the
// address, its media type and the key of its name.
var searchForms = []struct{ ending, contentType, name string }{
	{".atom", "application/atom+xml", "search.atom"},
	{".json", "application/json", "search.json"},
	{".csv", "text/csv", "search.csv"},
}

// forPrograms tells a page of results where its other forms are.
func (p *searchPage) forPrograms(words *catalogue, v searchValues) {
	v.page = 1
	for _, f := range searchForms {
		path := v.at("/search" + f.ending)
		if f.ending == ".atom" {
			path = words.to(path) // the others have no language
			p.Feed = &link{p.Title, v.at("/search.atom")}
		} else {
			p.Forms = append(p.Forms, otherForm{f.contentType, path})
		}
		p.Data = append(p.Data, link{words.t(f.name), path})
	}
}

// searchJSON is a page of results. Codes, dates and addresses are as in the
// records.
type searchJSON struct {
	Schema      string                 `json:"schema"`
	URL         string                 `json:"url"`     // of the page that shows the same
	Query       string                 `json:"query"`   // as understood, with its filters, in the query language
	Instead     archive.Opt            `json:"instead"` // nothing was found; these are the results of this query
	Total       int                    `json:"total"`
	Articles    int                    `json:"articles"` // that the results are of
	Limit       int                    `json:"limit"`    // results that can be read in all; narrow the search for others
	Page        int                    `json:"page"`
	Next        archive.Opt            `json:"next"` // URL of the next page
	Folded      bool                   `json:"folded"`
	Partial     bool                   `json:"partial"`
	Also        []string               `json:"also"`
	Suggestions []suggestedJSON        `json:"suggestions"`
	Facets      map[string][]facetJSON `json:"facets"`
	Results     []resultJSON           `json:"results"`
}

type suggestedJSON struct {
	Query string `json:"query"`
	Count int    `json:"count"`
}

type facetJSON struct {
	Value string      `json:"value"`
	Name  archive.Opt `json:"name"` // of a person
	Count int         `json:"count"`
}

// resultJSON is a meeting or visit, or an article where no one of its events is
// meant, with the passages found.
type resultJSON struct {
	URL     string       `json:"url"`
	Date    archive.Date `json:"date"`
	Event   *eventJSON   `json:"event"`
	Article string       `json:"article"` // URL
	Title   string       `json:"title"`   // of the article
	Hits    []hitJSON    `json:"hits"`
}

type hitJSON struct {
	URL       string      `json:"url"` // of the sentence
	Paragraph int         `json:"paragraph"`
	Sentence  int         `json:"sentence"`
	Text      string      `json:"text"`
	Marks     [][2]int    `json:"marks"` // what was looked for: first byte and end, in text
	CutStart  bool        `json:"cut_start"`
	CutEnd    bool        `json:"cut_end"`
	Speakers  []whoSaid   `json:"speakers"`
	Verb      archive.Opt `json:"verb"`
	Force     archive.Opt `json:"force"`
	Figure    bool        `json:"figure"`
}

type whoSaid struct {
	Person string `json:"person"`
	Name   string `json:"name"`
}

// searched reads a search for programs and answers it. Nothing asked for is
// everything.
func (s *Site) searched(r *http.Request) (searchValues, *search.Results, foundEvents, error) {
	v, err := parseSearch(r.URL.Query())
	if err != nil {
		return v, nil, foundEvents{}, err
	}
	v = v.composed(r.URL.Query())
	found, err := s.find(r.Context(), v, dataPage)
	if err != nil {
		return v, nil, foundEvents{}, err
	}
	events, err := s.eventsOf(r.Context(), found.Groups)
	return v, found, events, err
}

// nextPage gives the address of the results after these, or nothing.
func (v searchValues) nextPage(path string, found *search.Results) string {
	if end := v.page * dataPage; end >= found.Total || end > search.MaxOffset {
		return ""
	}
	v.page++
	return v.at(path)
}

func (s *Site) serveSearchJSON(w http.ResponseWriter, r *http.Request) error {
	v, found, events, err := s.searched(r)
	if err != nil {
		return err
	}
	q, err := v.query()
	if err != nil {
		return err
	}
	page := v
	page.page = 1
	out := searchJSON{
		Schema: schemaSearch, URL: page.url(), Query: q.String(), Instead: archive.Opt(found.Instead),
		Total: found.Total, Articles: found.Articles, Limit: search.MaxOffset + dataPage, Page: v.page,
		Next: archive.Opt(v.nextPage("/search.json", found)), Folded: found.Folded, Partial: found.Partial,
		Also: append([]string{}, found.Also...), Suggestions: []suggestedJSON{}, Facets: facetsJSON(found.Facets), Results: []resultJSON{},
	}
	for _, x := range found.Suggestions {
		out.Suggestions = append(out.Suggestions, suggestedJSON{x.Text, x.N})
	}
	for _, g := range found.Groups {
		out.Results = append(out.Results, newResultJSON(g, events))
	}
	return sendJSON(w, r, out)
}

func facetsJSON(f search.Facets) map[string][]facetJSON {
	out := map[string][]facetJSON{
		"figure": {{"1", "", f.Figures}}, "agreement": {{"1", "", f.Agreements}},
	}
	for name, list := range map[string][]search.Facet{
		"year": f.Years, "country": f.Countries, "person": f.People, "kind": f.Kinds,
		"speaker": f.Speakers, "force": f.Forces, "topic": f.Topics,
	} {
		out[name] = []facetJSON{}
		for _, x := range list {
			out[name] = append(out[name], facetJSON{x.Value, archive.Opt(x.Name), x.N})
		}
	}
	return out
}

func newResultJSON(g search.Group, events foundEvents) resultJSON {
	out := resultJSON{URL: "/a/" + g.Article, Date: g.Date, Article: "/a/" + g.Article, Title: g.Title, Hits: []hitJSON{}}
	if e, ok := events.byID[g.Meeting]; ok {
		record := eventOf(e)
		out.Event, out.URL, out.Date = &record, e.URL, e.Date
	}
	for _, h := range g.Hits {
		hit := hitJSON{
			URL: hitPath(g.Article, h), Paragraph: h.Paragraph, Sentence: h.Sentence, Text: wordsOf(h), Marks: [][2]int{},
			CutStart: h.CutStart, CutEnd: h.CutEnd, Speakers: []whoSaid{}, Verb: archive.Opt(h.Verb), Force: archive.Opt(h.Force), Figure: h.Figure,
		}
		at := 0
		for _, f := range h.Snippet {
			if f.Match {
				hit.Marks = append(hit.Marks, [2]int{at, at + len(f.Text)})
			}
			at += len(f.Text)
		}
		for _, who := range h.Speakers {
			hit.Speakers = append(hit.Speakers, whoSaid{who.Slug, who.Name})
		}
		out.Hits = append(out.Hits, hit)
	}
	return out
}

// csvHeader names the columns; more may be added behind them.
var csvHeader = []string{
	"result", "date", "type", "kind", "status", "city", "country", "participants", "speakers", "verb", "force", "text",
	"paragraph", "sentence", "url", "record", "article_title",
}

// serveSearchCSV answers with a row for each passage found, as RFC 4180 has it.
// The name of the file says which results it holds of how many, and a Link
// header leads to the next.
func (s *Site) serveSearchCSV(w http.ResponseWriter, r *http.Request) error {
	v, found, events, err := s.searched(r)
	if err != nil {
		return err
	}
	var b strings.Builder
	out := csv.NewWriter(&b)
	out.UseCRLF = true
	out.Write(csvHeader)
	first := (v.page-1)*dataPage + 1
	for i, g := range found.Groups {
		s.writeCSV(out, strconv.Itoa(first+i), g, events)
	}
	if out.Flush(); out.Error() != nil {
		return out.Error()
	}
	name := fmt.Sprintf("vankho-search-%d-%d-of-%d.csv", min(first, found.Total), first-1+len(found.Groups), found.Total)
	w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	if next := v.nextPage("/search.csv", found); next != "" {
		w.Header().Set("Link", "<"+next+`>; rel="next"`)
	}
	send(w, r, answer{status: http.StatusOK, contentType: "text/csv; charset=utf-8; header=present", body: []byte(b.String())})
	return nil
}

func (s *Site) writeCSV(out *csv.Writer, n string, g search.Group, events foundEvents) {
	e, ok := events.byID[g.Meeting]
	if !ok {
		e = store.Entry{URL: "/a/" + g.Article, Date: g.Date}
	}
	var who []string
	for _, x := range e.Who {
		who = append(who, x.Name)
	}
	for _, h := range g.Hits {
		row := []string{
			n, string(e.Date), e.Type, string(e.Kind), string(e.Status), e.City, e.Country, strings.Join(who, "; "),
			strings.Join(sayers(h), "; "), h.Verb, h.Force, wordsOf(h), strconv.Itoa(h.Paragraph), strconv.Itoa(h.Sentence),
			s.baseURL + hitPath(g.Article, h), s.baseURL + e.URL, g.Title,
		}
		for i := range row {
			row[i] = plainCell(row[i])
		}
		out.Write(row)
	}
}

// plainCell gives a text that no spreadsheet takes for a formula: before one
// that begins like it stands an apostrophe.
func plainCell(text string) string {
	if text != "" && strings.ContainsRune("=+-@\t\r＝＋－＠", []rune(text)[0]) {
		return "'" + text
	}
	return text
}

// serveSearchAtom answers with the newest results. An entry is a meeting, a
// visit or an article, with what was found in it.
func (s *Site) serveSearchAtom(w http.ResponseWriter, r *http.Request) error {
	words := s.words(r)
	v, err := parseSearch(r.URL.Query())
	if err != nil {
		return err
	}
	v = v.composed(r.URL.Query())
	v.page = 1
	newest := v
	if v.sort == search.ByRelevance {
		newest.sort = search.Newest
	}
	found, err := s.find(r.Context(), newest, feedSize)
	if err != nil {
		return err
	}
	names, err := s.chosenNames(r, v, found)
	if err != nil {
		return err
	}
	if found.Instead != "" {
		found.Groups, found.Total = nil, 0 // who follows a search wants what it finds
	}
	title := words.t("feed.search", v.describe(words, names))
	feed, err := s.newFeed(r.Context(), words, feedOf{title: title, page: v.url(), self: v.at("/search.atom")})
	if err != nil {
		return err
	}
	size := feedSize
	feed.Total, feed.PerPage = &found.Total, &size
	if err := s.addFound(r.Context(), words, feed, found.Groups); err != nil {
		return err
	}
	return feed.send(w, r)
}

// describe names a search by all that it asks for.
func (v searchValues) describe(words *catalogue, names map[string]string) string {
	var parts []string
	if v.text != "" {
		parts = append(parts, v.text)
	}
	for _, name := range filterNames {
		for _, value := range v.filters[name] {
			parts = append(parts, words.t("typed.named", words.filterLabel(name), words.filterText(name, value, names)))
		}
	}
	if len(parts) == 0 {
		return words.t("site.name")
	}
	return strings.Join(parts, ", ")
}

// addFound adds an entry for each group of results.
func (s *Site) addFound(ctx context.Context, words *catalogue, feed *atomFeed, groups []search.Group) error {
	events, err := s.eventsOf(ctx, groups)
	if err != nil {
		return err
	}
	received := map[string]string{}
	for _, g := range groups {
		if received[g.Article] == "" {
			if received[g.Article], err = s.received(ctx, g.Article, feed.Updated); err != nil {
				return err
			}
		}
		address := s.baseURL + words.to("/a/"+g.Article)
		entry := atomEntry{
			ID: address, Title: g.Title, Updated: received[g.Article],
			Links: []atomLink{{"alternate", "text/html", address}},
		}
		if e, ok := events.byID[g.Meeting]; ok {
			// The event's own address even where another article's reading of it
			// is shown: two results are two entries.
			entry = s.atomEntry(words, e, received[g.Article])
			entry.ID = s.baseURL + words.to("/"+e.Type[:1]+"/"+e.ID)
		}
		var texts []string
		for i, h := range g.Hits {
			if i == 0 {
				entry.Links = append(entry.Links, atomLink{"related", "text/html", s.baseURL + words.to(hitPath(g.Article, h))})
			}
			texts = append(texts, toldText(words, h))
		}
		if len(texts) > 0 {
			entry.Summary = strings.Join(texts, "\n")
		}
		if entry.Summary == "" {
			entry.Summary = g.Title
		}
		feed.Entries = append(feed.Entries, entry)
	}
	return nil
}

// toldText gives a passage with who said it, or its force.
func toldText(words *catalogue, h search.Hit) string {
	text := wordsOf(h)
	if h.CutStart && cutBefore(h.Snippet) {
		text = "…" + text
	}
	if h.CutEnd && cutAfter(h.Snippet) {
		text += "…"
	}
	switch names := strings.Join(sayers(h), ", "); {
	case names != "" && h.Verb != "":
		return words.t("feed.said", names+" "+h.Verb, text)
	case names != "":
		return words.t("feed.said", names, text)
	case h.Force != "":
		return words.t("feed.said", words.word("force", h.Force), text)
	}
	return text
}
