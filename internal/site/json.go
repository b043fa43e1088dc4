package site

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/go-chi/chi/v5"

	"vankho/internal/archive"
	"vankho/internal/encounter"
	"vankho/internal/store"
)

// The schemas of records besides that of the article. Fields are added, never
// renamed; unknown is null or [].
const (
	schemaMeeting    = "vankho/meeting/1"
	schemaVisit      = "vankho/visit/1"
	schemaPerson     = "vankho/person/1"
	schemaCountry    = "vankho/country/1"
	schemaPair       = "vankho/pair/1"
	schemaChronology = "vankho/chronology/1"
	schemaError      = "vankho/error/1"
)

// jsonPageSize is how many events one answer lists; Next leads to the rest.
const jsonPageSize = 500

// articleJSON says which article reports an event.
type articleJSON struct {
	ID        string          `json:"id"`
	URL       string          `json:"url"`
	Version   int             `json:"version"`
	Title     archive.Title   `json:"title"`
	Publisher archive.Opt     `json:"publisher"`
	Published archive.Date    `json:"published"`
	Source    archive.Source  `json:"source"`
	Reading   archive.Reading `json:"reading"`
}

func articleOf(a *archive.Article) articleJSON {
	return articleJSON{a.ID, a.URL, a.Version, a.Title, a.Publisher, a.Published.EDTF, a.Source, a.Reading()}
}

// meetingJSON and visitJSON are what all articles that tell of an event tell
// together. Of one article they are its record; of several, every piece of
// evidence names its article.
type meetingJSON struct {
	Schema string `json:"schema"`
	*archive.Meeting
	Article articleJSON `json:"article"` // the one that stands for all
	toldJSON
}

type visitJSON struct {
	Schema string `json:"schema"`
	*archive.Visit
	Meetings []string    `json:"meetings"` // URLs of those that were part of it
	Article  articleJSON `json:"article"`
	toldJSON
}

// toldJSON says who tells of an event and what else is told of it.
type toldJSON struct {
	Told      int                  `json:"told"`      // how many articles
	Articles  []articleJSON        `json:"articles"`  // these, at most 25
	Readings  []any                `json:"readings"`  // the record of each of several articles, with the URL of the article
	Conflicts []encounter.Conflict `json:"conflicts"` // on what they disagree
	Related   []relatedJSON        `json:"related"`
}

type meetingReading struct {
	Article string `json:"article"`
	*archive.Meeting
}

type visitReading struct {
	Article string `json:"article"`
	*archive.Visit
}

// relatedJSON is an event that announces, reports or recalls another.
type relatedJSON struct {
	Relation string `json:"relation"` // "announced_in", "held_in" or "recalled_in"
	eventJSON
}

// toldOf gives what is told of an event, and the event as all tell it.
func toldOf(e *store.EventRecord) (toldJSON, encounter.Told) {
	told := toldBy(e)
	out := toldJSON{Told: e.Others + 1, Readings: []any{}, Conflicts: []encounter.Conflict{}, Related: []relatedJSON{}}
	for _, t := range told {
		out.Articles = append(out.Articles, articleOf(t.Article))
	}
	for _, r := range e.Related {
		out.Related = append(out.Related, relatedJSON{string(r.Status) + "_in", eventOf(r)})
	}
	if len(told) == 1 {
		return out, told[0]
	}
	for _, t := range told {
		if t.Meeting != nil {
			out.Readings = append(out.Readings, meetingReading{t.Article.URL, t.Meeting})
		} else {
			out.Readings = append(out.Readings, visitReading{t.Article.URL, t.Visit})
		}
	}
	merged, conflicts := encounter.Merge(told)
	out.Conflicts = append(out.Conflicts, conflicts...)
	return out, merged
}

// eventJSON is a meeting or visit in a list.
type eventJSON struct {
	ID           string         `json:"id"`
	URL          string         `json:"url"`
	Type         string         `json:"type"`
	Kind         archive.Opt    `json:"kind"`
	Level        archive.Opt    `json:"level"`
	Status       archive.Status `json:"status"`
	Main         bool           `json:"main"`
	Date         archive.Date   `json:"date"`
	City         archive.Opt    `json:"city"`
	Country      archive.Opt    `json:"country"`
	Participants []whoJSON      `json:"participants"` // the principals
	Agreements   int            `json:"agreements"`
	Figures      []string       `json:"figures"`
	Article      archive.Opt    `json:"article"` // URL
	Title        archive.Opt    `json:"title"`
	Told         int            `json:"told"` // how many articles tell of it
}

type whoJSON struct {
	Person  string      `json:"person"`
	Name    string      `json:"name"`
	Title   archive.Opt `json:"title"`
	Country archive.Opt `json:"country"`
}

// listJSON is the part that every list of events has.
type listJSON struct {
	Total  int         `json:"total"`
	Events []eventJSON `json:"events"`
	Next   archive.Opt `json:"next"` // URL of the next page
}

type personJSON struct {
	Schema       string      `json:"schema"`
	Person       string      `json:"person"`
	URL          string      `json:"url"`
	Name         string      `json:"name"`
	Country      archive.Opt `json:"country"`
	Spellings    []seenJSON  `json:"spellings"`
	Titles       []seenJSON  `json:"titles"`
	Counterparts []countJSON `json:"counterparts"`
	listJSON
}

type seenJSON struct {
	Text      string       `json:"text"`
	Date      archive.Date `json:"date"`
	Article   string       `json:"article"`
	Paragraph int          `json:"paragraph"`
	Count     int          `json:"count"` // of events that have it
}

type countJSON struct {
	Person string `json:"person"`
	Name   string `json:"name"`
	Count  int    `json:"count"` // of main events together
}

type countryJSON struct {
	Schema  string `json:"schema"`
	Country string `json:"country"` // ISO 3166-1 alpha-2
	URL     string `json:"url"`
	Name    string `json:"name"`
	listJSON
}

type chronologyJSON struct {
	Schema string `json:"schema"`
	Period string `json:"period"` // "2026" or "2026-02"
	URL    string `json:"url"`
	listJSON
}

// sendJSON answers with the canonical JSON of a record and a newline.
func sendJSON(w http.ResponseWriter, r *http.Request, record any) error {
	b, err := archive.Encode(record)
	if err != nil {
		return err
	}
	send(w, r, answer{status: http.StatusOK, contentType: "application/json", body: append(b, '\n')})
	return nil
}

// recordID gives the id in the path, or archive.ErrMistyped.
func recordID(r *http.Request) (string, error) {
	id := chi.URLParam(r, "id")
	return id, archive.CheckID(id)
}

// versionNumber gives the version in the path, 0 where the path has none.
func versionNumber(r *http.Request) (int, error) {
	s := chi.URLParam(r, "n")
	if s == "" {
		return 0, nil
	}
	return number(s, 1, 1_000_000)
}

// number reads a whole number as the site writes it, without sign or zeros
// before it. Anything else in a path is a page that never was.
func number(s string, low, high int) (int, error) {
	n, err := strconv.Atoi(s)
	if err != nil || n < low || n > high || strconv.Itoa(n) != s {
		return 0, errNoPage
	}
	return n, nil
}

// askedArticle gives the article in the path, at its version in the path or,
// where the path has none, at the newest.
func (s *Site) askedArticle(r *http.Request) (*archive.Article, error) {
	id, err := recordID(r)
	if err != nil {
		return nil, err
	}
	n, err := versionNumber(r)
	if err != nil {
		return nil, err
	}
	if n == 0 {
		return s.store.Article(r.Context(), id)
	}
	return s.store.ArticleVersion(r.Context(), id, n)
}

func (s *Site) serveArticleJSON(w http.ResponseWriter, r *http.Request) error {
	a, err := s.askedArticle(r)
	if err != nil {
		return err
	}
	return sendJSON(w, r, a.Document())
}

func (s *Site) serveMeetingJSON(w http.ResponseWriter, r *http.Request) error {
	id, err := recordID(r)
	if err != nil {
		return err
	}
	e, err := s.store.Meeting(r.Context(), id)
	if err != nil {
		return err
	}
	told, all := toldOf(e)
	return sendJSON(w, r, meetingJSON{schemaMeeting, all.Meeting, articleOf(e.Article), told})
}

func (s *Site) serveVisitJSON(w http.ResponseWriter, r *http.Request) error {
	id, err := recordID(r)
	if err != nil {
		return err
	}
	e, err := s.store.Visit(r.Context(), id)
	if err != nil {
		return err
	}
	meetings, err := s.meetingsDuring(r, toldBy(e))
	if err != nil {
		return err
	}
	told, all := toldOf(e)
	return sendJSON(w, r, visitJSON{schemaVisit, all.Visit, meetings, articleOf(e.Article), told})
}

// meetingsDuring gives the URLs of the meetings that were part of a visit, by
// what each article tells.
func (s *Site) meetingsDuring(r *http.Request, told []encounter.Told) ([]string, error) {
	urls := []string{}
	for _, t := range told {
		entries, _, err := s.store.Entries(r.Context(), store.Filter{Article: t.Article.ID})
		if err != nil {
			return nil, err
		}
		for _, m := range t.Article.Meetings {
			if string(m.Visit) != t.Visit.ID {
				continue
			}
			url := m.URL
			for _, e := range entries {
				if e.ID == m.ID {
					url = e.URL // where it is shown
				}
			}
			if !slices.Contains(urls, url) {
				urls = append(urls, url)
			}
		}
	}
	return urls, nil
}

func (s *Site) servePersonJSON(w http.ResponseWriter, r *http.Request) error {
	p, err := s.store.Person(r.Context(), chi.URLParam(r, "slug"))
	if err != nil {
		return err
	}
	out := personJSON{
		Schema: schemaPerson, Person: p.Slug, URL: "/p/" + p.Slug, Name: p.Name, Country: archive.Opt(p.Country),
		Spellings: seenOf(p.Spellings), Titles: seenOf(p.Titles), Counterparts: make([]countJSON, 0, len(p.Counterparts)),
	}
	for _, c := range p.Counterparts {
		out.Counterparts = append(out.Counterparts, countJSON{c.Key, c.Name, c.N})
	}
	out.listJSON, err = s.listJSON(r, store.Filter{Person: p.Slug})
	if err != nil {
		return err
	}
	return sendJSON(w, r, out)
}

func seenOf(list []store.Seen) []seenJSON {
	out := make([]seenJSON, 0, len(list))
	for _, s := range list {
		out = append(out, seenJSON{s.Text, s.Date, "/a/" + s.ArticleID, s.Paragraph, s.N})
	}
	return out
}

func (s *Site) serveCountryJSON(w http.ResponseWriter, r *http.Request) error {
	code, err := countryCode(r)
	if err != nil {
		return err
	}
	list, err := s.listJSON(r, store.Filter{Country: code})
	if err != nil {
		return err
	}
	if list.Total == 0 && !s.words(r).knowsCountry(code) {
		return errNoPage
	}
	return sendJSON(w, r, countryJSON{schemaCountry, code, "/c/" + strings.ToLower(code), s.words(r).country(code), list})
}

// pairJSON is every contact of two countries or two people.
type pairJSON struct {
	Schema string   `json:"schema"`
	URL    string   `json:"url"` // the canonical one of the two orders
	Of     []string `json:"of"`  // ISO codes, or slugs
	listJSON
}

func (s *Site) serveCountryPairJSON(w http.ResponseWriter, r *http.Request) error {
	pair, err := pairCodes(r)
	if err != nil {
		return err
	}
	list, err := s.listJSON(r, store.Filter{Pair: pair})
	if err != nil {
		return err
	}
	words := s.words(r)
	if list.Total == 0 && (!words.knowsCountry(pair[0]) || !words.knowsCountry(pair[1])) {
		return errNoPage
	}
	return sendJSON(w, r, pairJSON{schemaPair, countryPairPath(pair[0], pair[1]), pair[:], list})
}

func (s *Site) servePersonPairJSON(w http.ResponseWriter, r *http.Request) error {
	p, f, err := s.personPair(r)
	if err != nil {
		return err
	}
	list, err := s.listJSON(r, f)
	if err != nil {
		return err
	}
	return sendJSON(w, r, pairJSON{schemaPair, p.Path, f.Persons[:], list})
}

// countryCode gives the ISO code of /c/{iso2} in upper case; a path in
// capitals is moved to lower case.
func countryCode(r *http.Request) (string, error) {
	code := chi.URLParam(r, "iso2")
	if len(code) != 2 || strings.Trim(strings.ToLower(code), "abcdefghijklmnopqrstuvwxyz") != "" {
		return "", errNoPage
	}
	if low := strings.ToLower(code); low != code {
		return "", &store.MovedError{To: strings.Replace(r.URL.EscapedPath(), "/c/"+code, "/c/"+low, 1)}
	}
	return strings.ToUpper(code), nil
}

func (s *Site) serveYearJSON(w http.ResponseWriter, r *http.Request) error {
	year, month, err := period(r)
	if err != nil {
		return err
	}
	list, err := s.listJSON(r, store.Filter{Year: year, Month: month, Oldest: true})
	if err != nil {
		return err
	}
	name := chi.URLParam(r, "year")
	url := "/y/" + name
	if month != 0 {
		name += "-" + chi.URLParam(r, "month")
		url += "/" + chi.URLParam(r, "month")
	}
	return sendJSON(w, r, chronologyJSON{schemaChronology, name, url, list})
}

func (s *Site) serveUndatedJSON(w http.ResponseWriter, r *http.Request) error {
	list, err := s.listJSON(r, store.Filter{Undated: true, Oldest: true})
	if err != nil {
		return err
	}
	return sendJSON(w, r, chronologyJSON{schemaChronology, "unknown", undatedPath, list})
}

// period reads /y/{year} and /y/{year}/{month}: four digits and two; the month
// is 0 where the path has none.
func period(r *http.Request) (year, month int, err error) {
	y, m := chi.URLParam(r, "year"), chi.URLParam(r, "month")
	if len(y) != 4 || m != "" && len(m) != 2 {
		return 0, 0, errNoPage
	}
	if year, err = number(strings.TrimLeft(y, "0"), 1, 9999); err != nil {
		return 0, 0, err
	}
	if m != "" {
		if month, err = number(strings.TrimLeft(m, "0"), 1, 12); err != nil {
			return 0, 0, err
		}
	}
	return year, month, nil
}

// listJSON lists the events that f wants, from the page that the request asks
// for. Only the first page may be empty.
func (s *Site) listJSON(r *http.Request, f store.Filter) (listJSON, error) {
	page := 1
	if p := r.URL.Query().Get("page"); p != "" {
		n, err := number(p, 1, 1_000_000)
		if err != nil {
			return listJSON{}, invalid("error.page")
		}
		page = n
	}
	f.Limit, f.Offset = jsonPageSize, (page-1)*jsonPageSize
	entries, total, err := s.store.Entries(r.Context(), f)
	if err != nil {
		return listJSON{}, err
	}
	if len(entries) == 0 && page > 1 {
		return listJSON{}, errNoPage
	}
	list := listJSON{Total: total, Events: make([]eventJSON, 0, len(entries))}
	for _, e := range entries {
		list.Events = append(list.Events, eventOf(e))
	}
	if f.Offset+len(entries) < total {
		list.Next = archive.Opt(r.URL.EscapedPath() + "?page=" + strconv.Itoa(page+1))
	}
	return list, nil
}

func eventOf(e store.Entry) eventJSON {
	out := eventJSON{
		ID: e.ID, URL: e.URL, Type: e.Type, Kind: archive.Opt(e.Kind), Level: archive.Opt(e.Level), Status: e.Status,
		Main: e.Main, Date: e.Date, City: archive.Opt(e.City), Country: archive.Opt(e.Country),
		Agreements: e.Agreements, Figures: append([]string{}, e.Figures...), Title: archive.Opt(e.Title), Told: e.Told,
		Participants: make([]whoJSON, 0, len(e.Who)),
	}
	if e.ArticleID != "" {
		out.Article = archive.Opt("/a/" + e.ArticleID)
	}
	for _, w := range e.Who {
		out.Participants = append(out.Participants, whoJSON{w.Slug, w.Name, archive.Opt(w.Title), archive.Opt(w.Country)})
	}
	return out
}
