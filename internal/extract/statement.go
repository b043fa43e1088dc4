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
			st, addressed, ok := r.statement(t, s)
			figs := r.figures(t, s)
			if !ok && len(figs) == 0 {
				continue
			}
			ok = ok && !r.agreed[ref{text: ti, sent: si}] // what the sides agreed is said once
			meets := r.about(ti, si)
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
				one.Speakers = r.present(ev, st.Speakers, addressed)
				if len(one.Speakers) == 0 {
					continue
				}
				ev.statements = append(ev.statements, one)
			}
		}
	}
}

// statement reads who speaks in a sentence, by which verb, and to whom (-1 when
// it does not say). No speaker means the sides together.
func (r *reader) statement(t *text, s span) (st archive.Statement, addressed int, ok bool) {
	for _, h := range t.in(s.from, s.to) {
		if h.class != classSay || t.inMention(h.from) || t.is(h.from, "cần") || t.is(h.to, "chung") ||
			t.is(h.from, "thông") && t.is(h.from-1, "đổi", "công", "hệ", "về", "của") {
			continue // "trao đổi thông tin", "Tuyên bố chung": nobody speaks
		}
		speakers, ok := r.speakers(t, &h, s)
		if !ok {
			return archive.Statement{}, -1, false
		}
		addressed = -1
		if k := t.after(h.to, s.to); k >= 0 && t.mentions[k].from-h.to <= 2 {
			addressed = t.mentions[k].entity // "chúc mừng Tổng Bí thư": spoken to
		}
		st := archive.Statement{Speakers: speakers, Verb: t.str(h.from, h.to), Mode: "reported", Text: t.str(s.from, s.to),
			Evidence: []archive.Evidence{t.quote(s.from, s.to)}, Rule: "statement-reported"}
		if t.has(h.to, min(s.to, h.to+3), ":", "“", "\"") && strings.ContainsAny(st.Text, "“\"") {
			st.Mode, st.Rule = "direct", "statement-direct"
		}
		return st, addressed, true
	}
	return archive.Statement{}, -1, false
}

// present keeps of the speakers those who take part in the event; with none
// named, its principals without the one spoken to.
func (r *reader) present(ev *event, speakers []string, addressed int) []string {
	var out []string
	for _, who := range [][]int{ev.principals, ev.attending, ev.witnesses} {
		for _, e := range who {
			slug := r.entities[e].slug
			if slices.Contains(speakers, slug) || len(speakers) == 0 && e != addressed && slices.Contains(ev.principals, e) {
				out = append(out, slug)
			}
		}
	}
	return out
}

// speakers finds who stands before a verb of speech; nobody, and true, when it
// is the sides together.
func (r *reader) speakers(t *text, h *hit, s span) ([]string, bool) {
	k := t.before(h.from, s.from)
	if g := t.groupBefore(h.from, s.from); g >= 0 && (k < 0 || t.mentions[k].to <= g) {
		return nil, true
	}
	if k < 0 || t.mentions[k].entity < 0 || t.mentions[k].spouse {
		return nil, false
	}
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
	return who, true
}
