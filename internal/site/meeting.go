package site

import (
	"net/http"

	"github.com/go-chi/chi/v5"

	"vankho/internal/archive"
	"vankho/internal/store"
)

// pairShown is how many other events of the same two principals a record's
// page lists.
const pairShown = 8

// eventPage is the record of a meeting or a visit, every value beside the
// words it was read from. The templates "meeting" and "visit" show it.
type eventPage struct {
	basePage
	Record    record
	Claims    []claims // one for each article that tells of it
	DateWords string
	Where     string
	Article   articleRef
	Told      *comparison    // of several articles
	Related   []relatedGroup // what announces, reports or recalls it
	Series    []link         // the other events of the article
	Pair      []entryView
	PairSay   string
	PairMore  string // the page of the two, when it has another
	JSON      string
	Permalink string
	Cite      citation
	Prev      *neighbour
	Next      *neighbour
}

// articleRef is the article a record was read from.
type articleRef struct {
	N                                int // by which the page calls it, of several
	Title, URL, Publisher, Published string
	ISO                              string
	Version                          int
}

func (s *Site) serveMeeting(w http.ResponseWriter, r *http.Request) error {
	id := chi.URLParam(r, "id")
	if err := archive.CheckID(id); err != nil {
		return err
	}
	e, err := s.store.Meeting(r.Context(), id)
	if err != nil {
		return err
	}
	return s.showEvent(w, r, "meeting", e)
}

// showEvent answers with the page of a meeting or a visit.
func (s *Site) showEvent(w http.ResponseWriter, r *http.Request, page string, e *store.EventRecord) error {
	words := s.words(r)
	rec, merged, told := readEvent(words, e)
	var date archive.Date
	var who []archive.Participation
	if m := merged.Meeting; m != nil {
		date, who = m.Date.EDTF, m.Participants
	} else {
		date, who = merged.Visit.Date.EDTF, merged.Visit.Participants
	}
	p := newEventPage(words, rec, e.Article, date, s.baseURL)
	p.Claims = claimsOf(words, toldBy(e))
	p.Told, p.Related = told, relatedGroups(words, e.Related)
	ld := eventLD(words, s.baseURL, rec.Path, merged)
	ld["@context"], ld["subjectOf"] = schemaOrg, articlesLD(words, s.baseURL, toldBy(e))
	ld["image"] = []string{s.baseURL + words.to(p.Preview.URL)}
	if p.Description != "" {
		ld["description"] = p.Description
	}
	p.JSONLD = ld
	if err := s.addHistory(r, p, rec.Path[len("/m/"):], who); err != nil {
		return err
	}
	return s.render(w, r, http.StatusOK, page, p)
}

// newArticleRef names an article as the source of a record.
func newArticleRef(words *catalogue, a *archive.Article) articleRef {
	ref := articleRef{Title: a.Title.Text, URL: a.URL, Publisher: string(a.Publisher), Version: a.Version}
	if a.Published.EDTF != "" {
		ref.Published, ref.ISO = words.date(a.Published.EDTF), isoDate(a.Published.EDTF)
	}
	return ref
}

func newEventPage(words *catalogue, rec record, a *archive.Article, date archive.Date, baseURL string) *eventPage {
	p := &eventPage{
		Record: rec, DateWords: words.longDate(date), Where: placeText(&rec),
		Article: newArticleRef(words, a), JSON: rec.Path + ".json", Permalink: baseURL + words.to(rec.Path),
	}
	p.Title = joinKnown(rec.Title, rec.Date.known())
	p.Description = words.t("event.description", p.Title)
	p.Path = rec.Path
	p.Crumbs = append([]link{{words.t("nav.home"), "/"}}, dateCrumbs(words, date)...)
	p.Crumbs = append(p.Crumbs, link{rec.Kind, ""})
	for i := range a.Meetings {
		if m := &a.Meetings[i]; m.URL != rec.Path {
			p.Series = append(p.Series, link{joinKnown(words.t("record.title", words.word("kind", m.Kind), principalNames(words, m.Participants)), words.date(m.Date.EDTF)), m.URL})
		}
	}
	for i := range a.Visits {
		if v := &a.Visits[i]; v.URL != rec.Path {
			p.Series = append(p.Series, link{joinKnown(visitorName(words, v), words.date(v.Date.EDTF)), v.URL})
		}
	}
	ref := eventReference(rec, date, p.Permalink)
	p.Cite = cite(words, ref)
	p.describeAs(words, ref, eventPreview(&rec))
	return p
}

// addHistory adds the other events of the same two principals. Among the many of a
// summit no two are the sides.
func (s *Site) addHistory(r *http.Request, p *eventPage, id string, who []archive.Participation) error {
	first := principals(who)
	if len(first) < 2 || len(first) > mostNames {
		return nil
	}
	words := s.words(r)
	entries, all, err := s.store.Entries(r.Context(), store.Filter{Persons: [2]string{first[0].Person, first[1].Person}, Main: true, Oldest: true})
	if err != nil {
		return err
	}
	p.Prev, p.Next = around(words, entries, id)
	at := len(entries)
	for i, e := range entries {
		if e.ID == id {
			at = i
		}
	}
	// The ones nearest in time, around this one.
	from := max(0, min(at-pairShown/2, len(entries)-pairShown-1))
	for i := from; i < len(entries) && len(p.Pair) < pairShown; i++ {
		if i != at {
			p.Pair = append(p.Pair, entryOne(words, entries[i]))
		}
	}
	others := all
	if at < len(entries) {
		others--
	}
	p.PairSay = words.t("event.pair", first[0].Name, first[1].Name, words.num(others))
	if others == 0 {
		p.PairSay = words.t("event.pair.none", first[0].Name, first[1].Name)
	}
	if others > 0 {
		p.PairMore = personPairPath(first[0].Person, first[1].Person)
	}
	return nil
}
