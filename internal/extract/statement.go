package extract

import (
	"slices"
	"strings"

	"vankho/internal/archive"
)

// readStatements gives each sentence in which somebody speaks to the events it
// is about.
func (r *reader) readStatements() {
	if len(r.events) == 0 {
		return
	}
	for ti := range r.texts {
		t := &r.texts[ti]
		if !r.body(ref{text: ti}) {
			continue
		}
		for si, s := range t.sents {
			st, ok := r.statement(t, s)
			figs := t.figures(s)
			if !ok && len(figs) == 0 {
				continue
			}
			meets := r.current(ti, si)
			for n, i := range meets {
				ev := &r.events[i]
				if n > 0 && ev.series == 0 {
					continue
				}
				ev.figures = append(ev.figures, figs...)
				if !ok {
					continue
				}
				one := st
				if len(one.Speakers) == 0 {
					for _, e := range ev.principals {
						one.Speakers = append(one.Speakers, r.entities[e].slug)
					}
				}
				ev.statements = append(ev.statements, one)
			}
		}
	}
}

// statement reads who speaks in a sentence, and by which verb. No speaker means
// the sides together.
func (r *reader) statement(t *text, s span) (archive.Statement, bool) {
	for _, h := range t.in(s.from, s.to) {
		if h.class != classSay || t.inMention(h.from) {
			continue
		}
		st := archive.Statement{Verb: t.str(h.from, h.to), Mode: "reported", Text: t.str(s.from, s.to),
			Evidence: []archive.Evidence{t.quote(s.from, s.to)}, Rule: "statement-reported"}
		if strings.ContainsAny(st.Text, "“\"") && t.has(h.to, min(s.to, h.to+3), ":", "“", "\"") {
			st.Mode, st.Rule = "direct", "statement-direct"
		}
		k := t.before(h.from, s.from)
		g := t.groupBefore(h.from, s.from)
		switch {
		case g >= 0 && (k < 0 || t.mentions[k].from < s.from || t.mentions[k].to <= g):
			return st, true
		case k >= 0 && t.mentions[k].from >= s.from && t.mentions[k].entity >= 0 && !t.mentions[k].spouse:
			who := []string{r.entities[t.mentions[k].entity].slug}
			for x := k - 1; x >= 0 && t.mentions[x].from >= s.from; x-- {
				only, and := t.links(t.mentions[x].to, t.mentions[x+1].from)
				if !only || !and || t.mentions[x].entity < 0 {
					break
				}
				if slug := r.entities[t.mentions[x].entity].slug; !slices.Contains(who, slug) {
					who = append([]string{slug}, who...)
				}
			}
			st.Speakers = who
			return st, true
		}
		return st, false
	}
	return archive.Statement{}, false
}
