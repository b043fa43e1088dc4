package extract

import (
	"fmt"
	"slices"

	"vankho/internal/archive"
)

// records turns the reading into the shapes of the archive.
func (r *reader) records() (meetings []archive.Meeting, visits []archive.Visit, problems []archive.Problem) {
	for i := range r.events {
		r.onlyPresent(&r.events[i])
		r.events[i].dueAhead()
	}
	order := r.order()
	ids := map[int]archive.Opt{}
	for _, i := range order {
		if ev := &r.events[i]; ev.visit {
			id := fmt.Sprintf("v%d", len(visits)+1)
			ids[i] = archive.Opt(id)
			visits = append(visits, archive.Visit{ID: id, Kind: "visit", Status: ev.status, Main: ev.main, Level: archive.Opt(ev.level),
				Date: ev.date, Place: ev.place, Participants: r.participants(ev), Inviters: r.slugs(ev.inviters),
				Agreements: ev.agreements, Statements: ev.statements, Figures: ev.figures, Evidence: r.evidence(ev), Rule: ev.rule})
		}
	}
	meetings = slices.Grow(meetings, len(order)-len(visits))
	for _, i := range order {
		ev := &r.events[i]
		if ev.visit {
			continue
		}
		m := archive.Meeting{Kind: ev.kind, Status: ev.status, Main: ev.main, Date: ev.date, Place: ev.place,
			Participants: r.participants(ev), Agreements: ev.agreements, Statements: ev.statements, Figures: ev.figures,
			Evidence: r.evidence(ev), Rule: ev.rule}
		if v := r.visitOf(ev); v != nil {
			for k := range r.events {
				if &r.events[k] == v {
					m.Visit = ids[k]
				}
			}
		}
		meetings = append(meetings, m)
		if ev.main && ev.date.EDTF == "" {
			r.problem(ev.refs[0].text, "date-missing", "no date could be read for the encounter")
		}
		if ev.main && ev.date.EDTF != "" && ev.date.EDTF.Year() == 0 {
			r.problem(ev.refs[0].text, "date-year-unknown", "the year of "+string(ev.date.EDTF)+" cannot be had from the text")
		}
	}
	return meetings, visits, r.problems
}

// order gives the events as the record has them: what the article is about
// before what it tells in passing.
func (r *reader) order() []int {
	order := make([]int, len(r.events))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return boolInt(r.events[b].main) - boolInt(r.events[a].main)
	})
	return order
}

// dueAhead takes away when an agreement is due where that lies before the
// encounter: the sentence then names the day of something earlier ("Tuyên bố
// chung đạt được trong tháng 12/2025").
func (ev *event) dueAhead() {
	met := ev.date.EDTF.Start()
	if met.Year() == 0 {
		return
	}
	for i := range ev.agreements {
		ag := &ev.agreements[i]
		if n := min(len(ag.Due), len(met)); ag.Due[:n] < met[:n] {
			ag.Due = ""
		}
	}
}

// onlyPresent keeps of an event what its own participants said and undertook,
// and those who invited among them: a sentence about several events, or one
// that quotes a third person, must not put words into a meeting whose speaker
// was not there.
func (r *reader) onlyPresent(ev *event) {
	here := map[string]bool{}
	for _, who := range [][]int{ev.principals, ev.attending, ev.witnesses} {
		for _, e := range who {
			here[r.entities[e].slug] = true
		}
	}
	absent := func(slug string) bool { return !here[slug] }
	ev.agreements = slices.DeleteFunc(ev.agreements, func(a archive.Agreement) bool { return slices.ContainsFunc(a.By, absent) })
	kept := ev.statements[:0]
	for _, s := range ev.statements {
		if s.Speakers = slices.DeleteFunc(slices.Clone(s.Speakers), absent); len(s.Speakers) > 0 {
			kept = append(kept, s)
		}
	}
	ev.statements = kept
	ev.inviters = slices.DeleteFunc(ev.inviters, func(e int) bool { return absent(r.entities[e].slug) })
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

func (r *reader) problem(text int, rule, message string) {
	p := archive.Problem{Paragraph: r.texts[text].p.N, Rule: rule, Message: message}
	if !slices.Contains(r.problems, p) {
		r.problems = append(r.problems, p)
	}
}

func (r *reader) slugs(who []int) []string {
	var out []string
	for _, e := range who {
		out = append(out, r.entities[e].slug)
	}
	return out
}

func (r *reader) participants(ev *event) []archive.Participation {
	out := make([]archive.Participation, 0, len(ev.principals)+len(ev.attending)+len(ev.witnesses))
	add := func(who []int, c archive.Capacity) {
		for _, e := range who {
			x := &r.entities[e]
			if slices.ContainsFunc(out, func(p archive.Participation) bool { return p.Person == x.slug }) {
				continue
			}
			p := archive.Participation{Person: x.slug, Name: r.shown(e), NameAsWritten: x.written, TitlesAsWritten: x.titles,
				Country: archive.Opt(x.country), CountryState: x.state, Organisation: archive.Opt(x.org), Capacity: c,
				Evidence: once(x.ev), Rule: x.rule}
			if p.Name != x.name {
				p.KnownAs = x.name
			}
			switch {
			case x.country != "":
				p.Organisation = ""
			case x.org == "EU":
				p.Country, p.CountryState = "EU", archive.Stated // ISO 3166 reserves the code, and the Union has relations as a state has
			default:
				p.CountryState = archive.NotStated
			}
			p.Side = r.side(ev, e)
			out = append(out, p)
		}
	}
	add(ev.principals, archive.Principal)
	add(ev.attending, archive.Attending)
	add(ev.witnesses, archive.Witness)
	return out
}

// shown gives the name to show: the archive's own spelling where the article
// has it, or has one that only leaves a part out ("Putin"); else the article's
// ("Phôm-vi-hản" stays; the person's page has every spelling).
func (r *reader) shown(e int) string {
	x := &r.entities[e]
	if x.name == x.written {
		return x.name
	}
	own := nameOf(x.name).parts
	for written, of := range r.spelt {
		if of != e {
			continue
		}
		if parts := nameOf(written).parts; within(own, parts) || within(parts, own) && (len(parts) > 1 || len(x.parts) == 1) {
			return x.name
		}
	}
	return x.written
}

// once drops evidence whose words lie within other evidence: a bare name says
// nothing beside the same name with its titles.
func once(ev []archive.Evidence) []archive.Evidence {
	out := make([]archive.Evidence, 0, len(ev))
	for i, e := range ev {
		if !slices.ContainsFunc(ev, func(o archive.Evidence) bool { return covers(o.Span, e.Span) && o.Span != e.Span }) &&
			!slices.Contains(ev[:i], e) {
			out = append(out, e)
		}
	}
	return out
}

// covers reports whether span a holds all of span b.
func covers(a, b archive.Span) bool {
	return a.Paragraph == b.Paragraph && a.Start <= b.Start && a.End >= b.End
}

// side tells host from guest by the country of the place; in a third country
// nobody is at home.
func (r *reader) side(ev *event, e int) archive.Opt {
	at := string(ev.place.Country)
	if ev.visit {
		at = ev.host
	}
	if at == "" || r.entities[e].country == "" {
		return ""
	}
	if r.entities[e].country == at {
		return archive.Opt(archive.HostSide)
	}
	if !ev.visit && !slices.ContainsFunc(ev.principals, func(p int) bool { return r.entities[p].country == at }) {
		return archive.Opt(archive.ThirdSide)
	}
	return archive.Opt(archive.GuestSide)
}

// evidence gives the words that name the event, the fullest first.
func (r *reader) evidence(ev *event) []archive.Evidence {
	out := make([]archive.Evidence, 0, min(len(ev.refs)+1, 12))
	if ev.unnamed != nil {
		out = append(out, *ev.unnamed)
	}
	for _, full := range []bool{true, false} {
		for _, at := range ev.refs {
			if at.full == full && len(out) < 12 {
				if q := r.refQuote(at); !slices.Contains(out, q) {
					out = append(out, q)
				}
			}
		}
	}
	return out
}
