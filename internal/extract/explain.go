package extract

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"vankho/internal/archive"
)

// Explain writes how an article is read, for whoever writes the next rule:
// every paragraph with its number and kind, every sentence with the number its
// permalink has, and below it what was recognised there, what came of it, and
// the values of the record that cite it, each with the name of its rule. A "-"
// stands where no value does. At the end stand the events, the problems and the
// share of sentences that no rule used:
//
//	d3 body
//	  s1 Sáng 1/12, tại Viêng Chăn, Tổng Bí thư Tô Lâm hội đàm với …
//	     date      "1/12" 2025-12-01, date-day-month+published
//	     person    "Tổng Bí thư Tô Lâm" Tô Lâm, VN, person-title-name
//	     trigger   "hội đàm" talks: begins m1
//	     > m1 date 2025-12-01, inferred, date-day-month+published, "1/12"
//	  s2 Trời mưa nhỏ.
//	     -
//
// It makes the passes that [Meetings] makes, on the article as package source
// gives it, and does not change a. Sentences of a source that runs them
// together are read one by one and stand below the one they have in the
// permalink. The only errors are those of w.
func Explain(a *archive.Article, w io.Writer) error {
	x := explainer{reader: read(a), w: bufio.NewWriter(w), cited: map[int][]citation{}}
	b := *a
	var problems []archive.Problem
	b.Meetings, b.Visits, problems = x.records()
	b.Problems = slices.Concat(a.Problems, problems)
	x.name(&b)
	x.cite(&b)
	fmt.Fprintf(x.w, "%s\ntitle %q, %s, %s\n", a.Source.Name, a.Title.Text, a.Title.State, cmp.Or(a.Title.Rule, "no rule"))
	fmt.Fprintf(x.w, "published %s\n", dateSaid(a.Published))
	next := 0
	for i := range a.Paragraphs {
		p := &a.Paragraphs[i]
		if !p.Readable() {
			fmt.Fprintf(x.w, "\nd%d %s, not read: %s\n", p.N, p.Kind, p.Text)
			x.values(p.N, 1, false)
			continue
		}
		fmt.Fprintf(x.w, "\nd%d %s\n", p.N, p.Kind)
		x.paragraph(next)
		next++
	}
	x.summary(&b)
	return x.w.Flush()
}

type explainer struct {
	*reader
	w      *bufio.Writer
	labels []string           // by event: "m1", the number in the record
	cited  map[int][]citation // by paragraph, in order
}

// citation is a value of the record and one place where it was read.
type citation struct {
	archive.Evidence
	value string // "m1 date 2025-12-01, inferred, date-full"
}

// name gives the events their labels.
func (x *explainer) name(a *archive.Article) {
	x.labels = make([]string, len(x.events))
	meetings, visits := 0, 0
	for _, i := range x.order() {
		if x.events[i].visit {
			visits++
			x.labels[i] = fmt.Sprint("v", visits)
		} else {
			meetings++
			x.labels[i] = fmt.Sprint("m", meetings)
		}
	}
	if meetings != len(a.Meetings) || visits != len(a.Visits) {
		panic("BUG: extract: records and events are not the same")
	}
}

// cite notes for every paragraph which values were read there.
func (x *explainer) cite(a *archive.Article) {
	add := func(ev []archive.Evidence, format string, args ...any) {
		value := fmt.Sprintf(format, args...)
		for _, e := range ev {
			x.cited[e.Paragraph] = append(x.cited[e.Paragraph], citation{e, value})
		}
	}
	figures := func(label string, list []archive.Figure) {
		for _, f := range list {
			add(f.Evidence, "%s figure %s %s, %s", label, f.AsWritten, f.Role, f.Rule)
		}
	}
	event := func(label, what string, rule string, ev []archive.Evidence, date archive.DateClaim, place archive.Place,
		who []archive.Participation, ags []archive.Agreement, sts []archive.Statement, figs []archive.Figure) {
		add(ev, "%s %s, %s", label, what, rule)
		add(date.Evidence, "%s date %s", label, dateSaid(date))
		add(place.Evidence, "%s place %s", label, placeSaid(place))
		for _, p := range who {
			add(p.Evidence, "%s %s %s, %s, %s", label, p.Capacity, p.Name, cmp.Or(string(p.Country), string(p.Organisation), "country not stated"), p.Rule)
		}
		for _, g := range ags {
			add(g.Evidence, "%s agreement %s by %s, %s", label, g.Force, g.Actor, g.Rule)
			figures(label, g.Figures)
		}
		for _, s := range sts {
			add(s.Evidence, "%s statement %s by %s, %s", label, s.Mode, strings.Join(s.Speakers, ", "), s.Rule)
		}
		figures(label, figs)
	}
	add(a.Published.Evidence, "published %s", dateSaid(a.Published))
	for i, m := range a.Meetings {
		event(fmt.Sprint("m", i+1), fmt.Sprintf("%s %s", m.Kind, m.Status), m.Rule, m.Evidence, m.Date, m.Place, m.Participants, m.Agreements, m.Statements, m.Figures)
	}
	for i, v := range a.Visits {
		event(fmt.Sprint("v", i+1), fmt.Sprintf("visit %s", v.Status), v.Rule, v.Evidence, v.Date, v.Place, v.Participants, v.Agreements, v.Statements, v.Figures)
	}
	for n, list := range x.cited {
		slices.SortStableFunc(list, func(a, b citation) int { return cmp.Compare(a.Start, b.Start) })
		x.cited[n] = slices.Compact(list)
	}
}

// finding is something recognised at a token.
type finding struct {
	at   int
	line string
}

// paragraph explains the sentences of readable paragraph ti.
func (x *explainer) paragraph(ti int) {
	t := &x.texts[ti]
	var found []finding
	for si, s := range t.sents {
		found = append(found, x.found(t, ti, si, s)...)
	}
	slices.SortStableFunc(found, func(a, b finding) int { return cmp.Compare(a.at, b.at) })
	for n := range t.p.Sentences {
		s, _ := t.p.Sentence(n + 1)
		fmt.Fprintf(x.w, "  s%d %s\n", n+1, t.p.Text[s.Start:s.End])
		for len(found) > 0 && t.p.SentenceAt(int(t.toks[found[0].at].start)) == n+1 {
			fmt.Fprintf(x.w, "     %s\n", found[0].line)
			found = found[1:]
		}
		x.values(t.p.N, n+1, true)
	}
}

// values writes which values cite a sentence, from where it begins.
func (x *explainer) values(paragraph, sentence int, dash bool) {
	p := &x.a.Paragraphs[paragraph-1]
	whole, _ := p.Sentence(sentence)
	for _, c := range x.cited[paragraph] {
		begins := p.SentenceAt(c.Start)
		switch {
		case c.Span == whole:
			fmt.Fprintf(x.w, "     > %s, the sentence\n", c.value)
		case begins == sentence:
			fmt.Fprintf(x.w, "     > %s, %q\n", c.value, c.Quote)
		case begins < sentence && c.End > p.Sentences[sentence-1]:
			fmt.Fprintf(x.w, "     > %s, goes on\n", c.value)
		default:
			continue
		}
		dash = false
	}
	if dash {
		fmt.Fprintln(x.w, "     -")
	}
}

// found gives what the passes recognised in a sentence.
func (x *explainer) found(t *text, ti, si int, s span) (list []finding) {
	add := func(at span, what, format string, args ...any) {
		list = append(list, finding{at.from, fmt.Sprintf("%-9s %q %s", what, t.str(at.from, at.to), fmt.Sprintf(format, args...))})
	}
	for _, i := range x.datesIn(t, s) {
		d := x.dates[i]
		if said := x.claim(d, archive.Held); d.remembers {
			add(d.span, "date", "looked back to or celebrated, of no event")
		} else if said.EDTF == "" {
			add(d.span, "date", "by itself no day")
		} else {
			add(d.span, "date", "%s, %s", said.EDTF, said.Rule)
		}
	}
	for _, m := range t.mentionsIn(s) {
		what := "person"
		switch {
		case m.pronoun:
			what = "pronoun"
		case m.name.empty():
			what = "office"
		}
		who := "nobody known"
		if m.entity >= 0 {
			e := &x.entities[m.entity]
			who = e.name + ", " + cmp.Or(e.country, e.org, "country unknown")
		}
		add(m.span, what, "%s", strings.TrimSuffix(who+", "+m.rule, ", "))
	}
	begins := map[span]bool{} // triggers whose event is told
	for i := range x.events {
		ev := &x.events[i]
		for n, at := range ev.refs {
			if at.text != ti || at.sent != si {
				continue
			}
			does := "again"
			if n == 0 {
				does = "begins"
			}
			begins[at.trigger] = true
			kind := string(ev.kind)
			if ev.visit {
				kind = "visit"
			}
			add(at.trigger, "event", "%s %s, %s", does, x.labels[i], kind)
		}
	}
	if sp, ok := t.spotIn(s, span{s.to, s.to}); ok && len(sp.ev) > 0 {
		list = append(list, finding{sp.from, fmt.Sprintf("%-9s %q %s", "place", sp.ev[0].Quote, placeSaid(archive.Place{Venue: archive.Opt(sp.venue), City: archive.Opt(sp.city), Country: archive.Opt(sp.country)}))})
	}
	for _, h := range t.in(s.from, s.to) {
		if t.inMention(h.from) {
			continue
		}
		at := span{h.from, h.to}
		switch h.class {
		case classTrigger:
			if !begins[at] && h.arg != "x" { // x: not the trigger it looks like
				add(at, "trigger", "%s, of no event", h.arg)
			}
		case classCountry, classOrg, classRegion, classCity, classVenue, classGroup, classSay, classAct, classAttend, classTopic, classOccasion, classLoose:
			add(at, classNames[h.class], "%s", h.arg)
		}
	}
	return list
}

var classNames = map[class]string{
	classCountry: "country", classOrg: "body", classRegion: "region", classCity: "city", classVenue: "venue", classGroup: "sides",
	classSay: "speech", classAct: "act", classAttend: "attends", classTopic: "topic", classOccasion: "occasion", classLoose: "meets",
}

func (x *explainer) summary(a *archive.Article) {
	fmt.Fprintln(x.w)
	event := func(label, what string, main bool, date archive.DateClaim, place archive.Place, who []archive.Participation, ags, sts, figs int) {
		var names []string
		for _, p := range who {
			if p.Capacity == archive.Principal {
				names = append(names, p.Name)
			}
		}
		if !main {
			what += ", in passing"
		}
		fmt.Fprintf(x.w, "%s %s: %s\n   date %s\n   place %s\n   %d people, %d agreements, %d statements, %d figures\n",
			label, what, strings.Join(names, " – "), dateSaid(date), placeSaid(place), len(who), ags, sts, figs)
	}
	for i, m := range a.Meetings {
		event(fmt.Sprint("m", i+1), fmt.Sprint(m.Kind, " ", m.Status), m.Main, m.Date, m.Place, m.Participants, len(m.Agreements), len(m.Statements), len(m.Figures))
	}
	for i, v := range a.Visits {
		event(fmt.Sprint("v", i+1), fmt.Sprint("visit ", v.Status), v.Main, v.Date, v.Place, v.Participants, len(v.Agreements), len(v.Statements), len(v.Figures))
	}
	for _, p := range a.Problems {
		fmt.Fprintf(x.w, "problem d%d %s: %s\n", p.Paragraph, p.Rule, p.Message)
	}
	r := a.Reading()
	fmt.Fprintf(x.w, "sentences %d, used by a rule %d, by none %d (%d%%)\n", r.Sentences, r.Used, r.Sentences-r.Used, 100*(r.Sentences-r.Used)/max(1, r.Sentences))
}

func dateSaid(d archive.DateClaim) string {
	if d.EDTF == "" {
		return "not stated"
	}
	return fmt.Sprintf("%s, %s, %s", d.EDTF, d.State, d.Rule)
}

func placeSaid(p archive.Place) string {
	var parts []string
	for _, part := range []string{string(p.Venue), string(p.City), string(p.Country), string(p.State), p.Rule} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return cmp.Or(strings.Join(parts, ", "), "not stated")
}
