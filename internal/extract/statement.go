package extract

import (
	"slices"

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
		quotes := t.quotes()
		for si, s := range t.sents {
			for len(quotes) > 0 && quotes[0].to <= s.from {
				quotes = quotes[1:]
			}
			st, ok := r.statement(t, s, quotes)
			if !ok && len(quotes) > 0 {
				st, ok = r.quoted(ti, si, quotes)
			}
			figs := r.figures(t, s)
			if !ok && len(figs) == 0 {
				continue
			}
			ok = ok && !r.agreed[ref{text: ti, sent: si}] // what the sides agreed is said once
			meets := r.about(ti, si)
			last := r.last(meets, ti, si)
			for _, i := range meets {
				ev := &r.events[i]
				if ev.series == 0 && i != last {
					continue
				}
				ev.figures = append(ev.figures, figs...)
				if !ok {
					continue
				}
				one := st.Statement
				one.Speakers = r.present(ev, &st)
				if len(one.Speakers) == 0 {
					continue
				}
				ev.statements = append(ev.statements, one)
			}
		}
	}
}

// speech is a statement before it is known in which event it was made. Without
// speakers it is that of the sides together, or of the one side that is said.
type speech struct {
	archive.Statement
	side      string // the country of "phía Lào", or "?" for "phía bạn": abroad
	addressed int    // whom it is spoken to, -1 when that is not said
}

// statement reads who speaks in a sentence, by which verb, and to whom.
func (r *reader) statement(t *text, s span, quotes []span) (speech, bool) {
	st := speech{addressed: -1}
	st.Mode, st.Rule = "reported", "statement-reported"
	for _, m := range t.mentionsIn(s) {
		// "Theo Thủ tướng X, …" and "…, theo ông X."
		if m.entity >= 0 && m.from > s.from && t.is(m.from-1, "theo") && (m.from == s.from+1 || t.is(m.from-2, ",")) && (m.to >= s.to || t.is(m.to, ",", ".", ";")) {
			st.Speakers, st.Verb = []string{r.entities[m.entity].slug}, t.word(m.from-1)
			return t.saying(st, s), true
		}
	}
	for _, h := range t.in(s.from, s.to) {
		if h.class != classSay || t.inMention(h.from) || t.is(h.from, "cần") || t.is(h.to, "chung") ||
			t.is(h.from, "thông") && t.is(h.from-1, "đổi", "công", "hệ", "về", "của") || t.is(h.from, "mời") && t.is(h.from-1, "lời") || t.is(h.to, "lên") {
			continue // "trao đổi thông tin", "Tuyên bố chung", "theo lời mời", "nói lên": nobody speaks
		}
		ok := false
		if st.Speakers, st.side, ok = r.speakers(t, &h, s); !ok {
			continue // "Bày tỏ vui mừng …, Thủ tướng nhấn mạnh …"
		}
		if k := t.after(h.to, s.to); k >= 0 && t.mentions[k].from-h.to <= 2 {
			st.addressed = t.mentions[k].entity // "chúc mừng Tổng Bí thư": spoken to
		}
		st.Verb = t.str(h.from, h.to)
		for _, q := range quotes {
			if q.from >= s.to {
				break
			}
			if q.from >= h.to && q.from < h.to+4 || q.from <= s.from && q.to <= h.from {
				st.Mode, st.Rule = "direct", "statement-direct"
			}
		}
		return t.saying(st, s), true
	}
	return st, false
}

// saying completes a speech with its sentence.
func (t *text) saying(st speech, s span) speech {
	st.Text, st.Evidence = t.str(s.from, s.to), []archive.Evidence{t.quote(s.from, s.to)}
	return st
}

// quotes gives what stands between quotation marks, marks included, where it is
// long enough to be speech.
func (t *text) quotes() []span {
	var out []span
	open := -1
	for i := range t.toks {
		if t.toks[i].shape != punct {
			continue
		}
		switch {
		case open < 0 && t.is(i, "“", "\"", "«"):
			open = i
		case open >= 0 && t.is(i, "”", "\"", "»"):
			if i-open > 6 {
				out = append(out, span{open, i + 1})
			}
			open = -1
		}
	}
	if open >= 0 && len(t.toks)-open > 6 {
		out = append(out, span{open, len(t.toks)})
	}
	return out
}

// quoted reads a sentence that lies within quotation marks: it is said by who
// speaks in the sentence in which the quotation begins or ends, or at the end of
// the paragraph before, after a colon.
func (r *reader) quoted(ti, si int, quotes []span) (speech, bool) {
	t := &r.texts[ti]
	s := t.sents[si]
	for _, q := range quotes {
		if q.from > s.from {
			break
		}
		if q.to < s.to {
			continue
		}
		for _, i := range []int{q.from, q.to} {
			if i >= len(t.toks) {
				continue
			}
			if x := t.sentenceOf(i); x != si && x < si+12 {
				if st, ok := r.statement(t, t.sents[x], nil); ok {
					st.Mode, st.Rule = "direct", "statement-direct"
					return t.saying(st, s), true
				}
			}
		}
		if q.from == 0 && ti > 0 && r.body(ref{text: ti - 1}) {
			if before := &r.texts[ti-1]; len(before.sents) > 0 && before.is(len(before.toks)-1, ":") {
				if st, ok := r.statement(before, before.sents[len(before.sents)-1], nil); ok {
					st.Mode, st.Rule = "direct", "statement-direct"
					return t.saying(st, s), true
				}
			}
		}
	}
	return speech{}, false
}

// present keeps of the speakers those who take part in the event; with none
// named, its principals, of the side that speaks, without the one spoken to.
func (r *reader) present(ev *event, st *speech) []string {
	var out []string
	for _, who := range [][]int{ev.principals, ev.attending, ev.witnesses} {
		for _, e := range who {
			x := &r.entities[e]
			side := st.side == "" || st.side == x.country || st.side == "?" && x.country != "VN" && x.country != ""
			if slices.Contains(st.Speakers, x.slug) || len(st.Speakers) == 0 && side && e != st.addressed && slices.Contains(ev.principals, e) {
				out = append(out, x.slug)
			}
		}
	}
	return out
}

// speakers finds who stands before a verb of speech: people, a side by its
// country, or neither, which is the sides together.
func (r *reader) speakers(t *text, h *hit, s span) (who []string, side string, ok bool) {
	k := t.before(h.from, s.from)
	if k >= 0 && t.mentions[k].from < s.from {
		k = -1
	}
	if k >= 0 && t.is(t.mentions[k].from-1, "của", "với", "cho", "tới", "đến", "việc") {
		// "X giới thiệu với Y về …; đánh giá cao …": the subject stands before, or is
		// no person: "chuyến thăm của Thủ tướng khẳng định …".
		x := k - 1
		for x >= 0 && t.mentions[x].from >= s.from && !t.clauseStart(t.mentions[x].from, s) {
			x--
		}
		if x >= 0 && t.mentions[x].from >= s.from {
			k = x
		} else if t.is(t.mentions[k].from-1, "của", "việc") && !t.has(t.mentions[k].to, h.from, ",") {
			k = -1
		}
	}
	from := s.from
	if k >= 0 {
		from = t.mentions[k].to
	}
	for _, g := range t.in(from, h.from) {
		if g.class == classGroup && !t.inMention(g.from) && t.subjectGroup(&g, s) {
			return nil, "", true
		}
	}
	for i := from; i < h.from; i++ {
		if t.is(i, "phía") && (i == s.from || t.toks[i-1].shape == punct) {
			if c := t.at(i+1, classCountry); c != nil {
				return nil, c.arg, true
			}
			if t.is(i+1, "bạn") {
				return nil, "?", true
			}
		}
	}
	if k < 0 {
		// "Việt Nam khẳng định …": who speaks for it there.
		for _, c := range t.in(s.from, h.from) {
			if c.class == classCountry && t.clauseStart(c.from, s) && !t.inMention(c.from) && h.from-c.to < 3 {
				return nil, c.arg, true
			}
		}
	}
	if k < 0 || t.mentions[k].entity < 0 || t.mentions[k].spouse {
		return nil, "", false
	}
	who = []string{r.entities[t.mentions[k].entity].slug}
	for x := k - 1; x >= 0 && t.mentions[x].from >= s.from; x-- {
		only, and := t.links(t.mentions[x].to, t.mentions[x+1].from)
		if !only || !and || t.mentions[x].entity < 0 {
			break
		}
		if slug := r.entities[t.mentions[x].entity].slug; !slices.Contains(who, slug) {
			who = append([]string{slug}, who...)
		}
	}
	return who, "", true
}
