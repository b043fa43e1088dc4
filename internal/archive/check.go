package archive

import (
	"fmt"
	"slices"
	"sort"
	"strings"
)

// AssignIDs gives the article its URL and every meeting and visit its id and
// URL, from the article's identity, the kind of record and its principals. Two
// records of one article with the same principals are told apart by their
// order. The ids are those an empty archive would give; a store that already
// holds the article replaces them by the ids it has published.
// A meeting whose Visit is the old id of a visit follows it.
func (a *Article) AssignIDs() {
	a.ID = NewID("article", a.Source.Identity)
	a.URL = "/a/" + a.ID
	seen := map[string]int{}
	mint := func(kind string, who List[Participation]) string {
		key := kind + "\x00" + PrincipalKey(who)
		seen[key]++
		return NewID(kind, a.Source.Identity, PrincipalKey(who), fmt.Sprint(seen[key]))
	}
	renamed := map[Opt]Opt{}
	for i := range a.Visits {
		v := &a.Visits[i]
		id := mint("visit", v.Participants)
		if v.ID != "" {
			renamed[Opt(v.ID)] = Opt(id)
		}
		v.ID, v.URL = id, "/v/"+id
	}
	for i := range a.Meetings {
		m := &a.Meetings[i]
		m.ID = mint("meeting", m.Participants)
		m.URL = "/m/" + m.ID
		if id, ok := renamed[m.Visit]; ok {
			m.Visit = id
		}
	}
}

// PrincipalKey names the principals of an event, in an order of its own: what
// an event is recognised by when a better reader reads it again.
func PrincipalKey(who List[Participation]) string {
	var slugs []string
	for _, p := range who {
		if p.Capacity == Principal {
			slugs = append(slugs, p.Person)
		}
	}
	sort.Strings(slugs)
	return strings.Join(slugs, "+")
}

// Check says what cannot be true of an article, whoever made it: all of it,
// in the order of the record, and nothing when the article is sound. A span
// must lie in its paragraph on rune borders and reproduce its quote; words
// must come from the closed lists of this package; ids, dates and paragraph
// numbers must be well formed. Each problem has the rule "check".
func Check(a *Article) []Problem {
	c := checker{a: a}
	if a.Schema != SchemaArticle {
		c.add(0, "schema %q is not %q", a.Schema, SchemaArticle)
	}
	if err := CheckID(a.ID); err != nil {
		c.add(0, "article id %q: %v", a.ID, err)
	}
	if a.Version < 1 {
		c.add(0, "version %d is not from 1", a.Version)
	}
	for i, p := range a.Paragraphs {
		c.paragraph(i, &p)
	}
	if !oneOf(a.Title.State, Stated, Inferred, Corrected, NotStated) {
		c.add(0, "title: state %q", a.Title.State)
	}
	c.date("published", a.Published)
	ids := map[string]bool{}
	visits := map[Opt]bool{"": true}
	for _, v := range a.Visits {
		where := "visit " + v.ID
		c.event(where, v.ID, ids, v.Status, v.Date, v.Place, v.Participants, v.Evidence)
		if !oneOf(v.Level, "", "state", "official", "working") {
			c.add(0, "%s: level %q", where, v.Level)
		}
		c.present(where+": inviters", v.Participants, v.Inviters)
		c.content(where, v.Participants, v.Agreements, v.Statements, v.Figures)
		visits[Opt(v.ID)] = true
	}
	for _, m := range a.Meetings {
		where := "meeting " + m.ID
		c.event(where, m.ID, ids, m.Status, m.Date, m.Place, m.Participants, m.Evidence)
		if !slices.Contains(MeetingKinds, m.Kind) {
			c.add(0, "%s: kind %q", where, m.Kind)
		}
		if !visits[m.Visit] {
			c.add(0, "%s: visit %q is not in this article", where, m.Visit)
		}
		c.content(where, m.Participants, m.Agreements, m.Statements, m.Figures)
	}
	for _, p := range a.Problems {
		if p.Paragraph < 0 || p.Paragraph > len(a.Paragraphs) {
			c.add(0, "problem %q: no paragraph %d", p.Rule, p.Paragraph)
		}
	}
	return c.problems
}

type checker struct {
	a        *Article
	problems []Problem
}

func (c *checker) add(paragraph int, format string, args ...any) {
	c.problems = append(c.problems, Problem{paragraph, "check", fmt.Sprintf(format, args...)})
}

func (c *checker) paragraph(i int, p *Paragraph) {
	if p.N != i+1 {
		c.add(0, "paragraph %d is numbered %d", i+1, p.N)
	}
	if !oneOf(p.Kind, TitleParagraph, Lead, Body, Heading, Caption, Byline, Furniture) {
		c.add(p.N, "kind %q", p.Kind)
	}
	if strings.TrimSpace(p.Text) != p.Text || p.Text == "" {
		c.add(p.N, "text is empty or has white space around it")
	}
	if len(p.Sentences) == 0 || p.Sentences[0] != 0 {
		c.add(p.N, "no sentence begins at 0")
	}
	for s := 1; s < len(p.Sentences); s++ {
		if p.Sentences[s] <= p.Sentences[s-1] || !validRange(p.Text, p.Sentences[s-1], p.Sentences[s]) {
			c.add(p.N, "sentence %d begins at %d", s+1, p.Sentences[s])
		}
	}
}

func (c *checker) event(where, id string, ids map[string]bool, status Status, date DateClaim, place Place, who List[Participation], ev List[Evidence]) {
	if err := CheckID(id); err != nil {
		c.add(0, "%s: %v", where, err)
	}
	if ids[id] {
		c.add(0, "%s: id used twice", where)
	}
	ids[id] = true
	if !oneOf(status, Held, Announced, Recalled) {
		c.add(0, "%s: status %q", where, status)
	}
	c.evidence(where, ev)
	c.date(where+": date", date)
	c.country(where+": place", place.Country)
	c.claim(where+": place", place.State, place.Country != "" || place.City != "" || place.Venue != "", place.Evidence)
	if len(who) == 0 {
		c.add(0, "%s: no participants", where)
	}
	people := map[string]bool{}
	for _, p := range who {
		at := where + ": " + p.Name
		if p.Person == "" || p.Name == "" {
			c.add(0, "%s: participant without a name", where)
		}
		if people[p.Person] {
			c.add(0, "%s: takes part twice", at)
		}
		people[p.Person] = true
		c.country(at, p.Country)
		if !oneOf(p.Capacity, Principal, Attending, Witness) {
			c.add(0, "%s: capacity %q", at, p.Capacity)
		}
		if !oneOf(Side(p.Side), "", HostSide, GuestSide, ThirdSide) {
			c.add(0, "%s: side %q", at, p.Side)
		}
		if len(p.Evidence) == 0 {
			c.add(0, "%s: no evidence", at)
		}
		c.evidence(at, p.Evidence)
	}
}

func (c *checker) content(where string, who List[Participation], ags List[Agreement], sts List[Statement], figs List[Figure]) {
	for _, g := range ags {
		if !slices.Contains(Forces, g.Force) {
			c.add(0, "%s: force %q", where, g.Force)
		}
		if !oneOf(g.Actor, OneSide, BothSides, AllSides) {
			c.add(0, "%s: actor %q", where, g.Actor)
		}
		if len(g.Evidence) == 0 || g.Text == "" {
			c.add(0, "%s: agreement without text or evidence", where)
		}
		c.present(where+": agreement", who, g.By)
		c.evidence(where+": agreement", g.Evidence)
		c.figures(where, g.Figures)
	}
	for _, s := range sts {
		if !oneOf(s.Mode, "direct", "reported") {
			c.add(0, "%s: statement mode %q", where, s.Mode)
		}
		if len(s.Evidence) == 0 || s.Text == "" || len(s.Speakers) == 0 {
			c.add(0, "%s: statement without speaker, text or evidence", where)
		}
		c.present(where+": statement", who, s.Speakers)
		c.evidence(where+": statement", s.Evidence)
	}
	c.figures(where, figs)
}

// present checks that people named by slug take part in the event: every slug
// in a record has a page, and nobody speaks at a meeting without being there.
func (c *checker) present(where string, who List[Participation], slugs []string) {
	for _, slug := range slugs {
		if !slices.ContainsFunc(who, func(p Participation) bool { return p.Person == slug }) {
			c.add(0, "%s: %q does not take part", where, slug)
		}
	}
}

func (c *checker) figures(where string, figs List[Figure]) {
	for _, f := range figs {
		if !oneOf(f.Role, "actual", "target", "pledge", "count") {
			c.add(0, "%s: figure role %q", where, f.Role)
		}
		if len(f.Evidence) == 0 {
			c.add(0, "%s: figure without evidence", where)
		}
		c.evidence(where+": figure", f.Evidence)
	}
}

func (c *checker) date(where string, d DateClaim) {
	if _, err := ParseDate(string(d.EDTF)); err != nil {
		c.add(0, "%s: %v", where, err)
	}
	c.claim(where, d.State, d.EDTF != "", d.Evidence)
}

// claim checks that a known value has a state and evidence, and that an unknown
// one pretends to neither, unless a person says that it is unknown.
func (c *checker) claim(where string, s State, known bool, ev List[Evidence]) {
	switch {
	case known && !oneOf(s, Stated, Inferred, Conflicting, Corrected):
		c.add(0, "%s: known, but its state is %q", where, s)
	case !known && s != NotStated && s != Corrected:
		c.add(0, "%s: unknown, but its state is %q", where, s)
	case known && len(ev) == 0 && s != Corrected:
		c.add(0, "%s: no evidence", where)
	}
	c.evidence(where, ev)
}

func (c *checker) country(where string, code Opt) {
	if code == "" {
		return
	}
	if len(code) != 2 || code[0] < 'A' || code[0] > 'Z' || code[1] < 'A' || code[1] > 'Z' {
		c.add(0, "%s: country %q is no ISO 3166-1 alpha-2 code", where, code)
	}
}

func (c *checker) evidence(where string, ev List[Evidence]) {
	for _, e := range ev {
		if e.Paragraph < 1 || e.Paragraph > len(c.a.Paragraphs) {
			c.add(0, "%s: no paragraph %d", where, e.Paragraph)
			continue
		}
		text := c.a.Paragraphs[e.Paragraph-1].Text
		if !validRange(text, e.Start, e.End) {
			c.add(e.Paragraph, "%s: bytes %d to %d are outside the paragraph or inside a rune", where, e.Start, e.End)
		} else if text[e.Start:e.End] != e.Quote {
			c.add(e.Paragraph, "%s: bytes %d to %d read %q, the quote is %q", where, e.Start, e.End, text[e.Start:e.End], e.Quote)
		}
	}
}

func oneOf[T comparable](v T, allowed ...T) bool { return slices.Contains(allowed, v) }
