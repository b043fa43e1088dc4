package extract

import (
	"slices"

	"vankho/internal/archive"
)

// readAgreements gives each sentence that says what was to be done to the
// events it is about.
func (r *reader) readAgreements() {
	if len(r.events) == 0 {
		return
	}
	r.agreed = map[ref]bool{}
	going := false // the sentence before was agreed, and a list may go on
	for ti := range r.texts {
		t := &r.texts[ti]
		caption := t.p.Kind == archive.Caption
		if !r.body(ref{text: ti}) && !caption {
			continue
		}
		for si, s := range t.sents {
			ag, ok := r.undertaking(t, s, going && !caption)
			if caption {
				if ok && ag.Force == archive.Witnessed {
					r.give(ti, si, ag)
				}
				continue
			}
			going = ok && (ag.Force.Binding() || ag.Force == archive.Reaffirmed)
			if !ok {
				continue
			}
			r.agreed[ref{text: ti, sent: si}] = ag.Actor != archive.OneSide
			r.give(ti, si, ag)
		}
	}
}

// about gives the events that a sentence is about: meetings rather than visits,
// unless the sentence itself speaks of the visit.
func (r *reader) about(ti, si int) []int {
	under := r.current(ti, si)
	if met := r.metHere(ti, si, under); met != nil {
		return met
	}
	meets := slices.DeleteFunc(slices.Clone(under), func(i int) bool { return r.events[i].visit })
	if len(meets) > 0 {
		return meets
	}
	here := slices.ContainsFunc(under, func(i int) bool {
		return slices.ContainsFunc(r.events[i].refs, func(at ref) bool { return at.text == ti && at.sent == si })
	})
	if !here {
		for i := range r.events {
			if ev := &r.events[i]; !ev.visit && ev.status == archive.Held && (ev.refs[0].text < ti || ev.refs[0].text == ti && ev.refs[0].sent <= si) {
				meets = []int{i}
			}
		}
	}
	if len(meets) == 0 {
		return under
	}
	return meets
}

// metHere gives the meetings with the person of whom the paragraph speaks last,
// in an article that tells of several: after "Với Thủ tướng Ấn Độ Narendra Modi,
// Thủ tướng …" the sides are these two. Whoever takes part in all the meetings
// tells nothing; a sentence that itself tells of a meeting does.
func (r *reader) metHere(ti, si int, under []int) []int {
	all := 0
	for i := range r.events {
		if ev := &r.events[i]; !ev.visit && ev.status == archive.Held {
			all++
		}
	}
	if all < 2 {
		return nil
	}
	t := &r.texts[ti]
	told := slices.ContainsFunc(under, func(i int) bool {
		return slices.ContainsFunc(r.events[i].refs, func(at ref) bool { return at.text == ti && at.sent == si })
	})
	for x := si; x >= 0; x-- {
		for _, i := range under {
			if len(under) == 1 && slices.ContainsFunc(r.events[i].refs, func(at ref) bool { return at.text == ti && at.sent == x }) {
				return nil
			}
		}
		if x < si && told {
			return nil
		}
		var spoken []int // the meetings of the first one named
		for _, m := range t.mentionsIn(t.sents[x]) {
			if m.entity < 0 || m.spouse {
				continue
			}
			var with []int
			for i := range r.events {
				if ev := &r.events[i]; !ev.visit && ev.status == archive.Held && slices.Contains(ev.principals, m.entity) {
					with = append(with, i)
				}
			}
			switch {
			case len(with) == 0 || len(with) == all:
			case spoken == nil:
				spoken = with
			case x < si && !slices.Equal(spoken, with):
				return nil // "gặp A, B và C. Các bên nhất trí …"
			}
		}
		if spoken == nil {
			continue
		}
		if both := slices.DeleteFunc(slices.Clone(spoken), func(i int) bool { return !slices.Contains(under, i) }); len(both) > 0 {
			return both
		}
		return spoken
	}
	return nil
}

// give adds an agreement to the events that its sentence is about.
func (r *reader) give(ti, si int, ag archive.Agreement) {
	meets := r.about(ti, si)
	for _, i := range meets {
		ev := &r.events[i]
		if len(meets) > 1 && ev.series == 0 && i != meets[0] && ev.kind != archive.Message {
			continue
		}
		one := ag
		if one.Actor == archive.BothSides && len(ev.principals) > 2 {
			one.Actor = archive.AllSides
		}
		ev.agreements = append(ev.agreements, one)
	}
}

// undertaking reads one sentence: what the sides together say is to be done.
// The assent or promise of one of them is a statement, his wish a proposal.
func (r *reader) undertaking(t *text, s span, going bool) (archive.Agreement, bool) {
	var best *hit
	rank := -1
	for _, h := range t.in(s.from, s.to) {
		if h.class != classAct || h.arg == "go" || h.arg == "next" || t.inMention(h.from) || t.noun(&h) {
			continue
		}
		if _, value := forceOf(&h); value > rank && r.jointly(t, &h, s) {
			best, rank = &h, value
		}
	}
	ag := archive.Agreement{Actor: archive.BothSides, Text: t.str(s.from, s.to), Evidence: []archive.Evidence{t.quote(s.from, s.to)}}
	if best != nil {
		ag.Force, _ = forceOf(best)
		ag.Rule = "agreement-" + best.arg
	}
	switch {
	case rank >= 4: // binding
	case going && r.continues(t, s):
		ag.Force, ag.Rule = archive.Agreed, "agreement-continued"
	case best != nil:
	case r.proposes(t, s, &ag):
	default:
		return ag, false
	}
	ag.Topics = t.topics(s)
	ag.Figures = t.figures(s)
	return ag, true
}

// forceOf gives the force of a verb whose subject is the sides, and its rank
// among the verbs of one sentence; -1 when it carries none.
func forceOf(h *hit) (archive.Force, int) {
	switch h.arg {
	case "agreed":
		return archive.Agreed, 7
	case "signed":
		return archive.Signed, 6
	case "committed":
		return archive.Committed, 5
	case "weak":
		return archive.Agreed, 4
	case "reaffirmed":
		return archive.Reaffirmed, 3
	case "witnessed":
		return archive.Witnessed, 2
	case "welcomed":
		return archive.Welcomed, 1
	}
	return "", -1
}

// noun reports whether the word is not used as a verb: "sự nhất trí", "các cam
// kết", "lễ ký", "thống nhất đất nước".
func (t *text) noun(h *hit) bool {
	if t.is(h.from-1, "sự", "tính", "những", "các", "lễ", "nghi", "mọi", "hiện", "văn", "chữ") && !t.is(h.from-2, "tái") ||
		t.is(h.from-1, "nước") && t.is(h.from, "thống") || t.is(h.to, "đất", "giữa") && t.is(h.to-1, "nhất") || t.is(h.from-1, "được", "kiến", "sẽ") && h.arg == "signed" || t.is(h.from-1, "đã") && t.is(h.from-2, "đó") {
		return true
	}
	for _, o := range t.hits[t.first[max(0, h.from-4)]:t.first[h.to]] {
		if (o.class == classVenue || o.class == classCountry) && o.from < h.from && o.to >= h.to {
			return true
		}
	}
	return false
}

// jointly reports whether the subject of the verb is the sides together: "hai
// bên", or two people of two countries named side by side.
func (r *reader) jointly(t *text, h *hit, s span) bool {
	group := -1 // where "hai bên" stands
	for _, g := range t.in(s.from, h.from) {
		if g.class == classGroup && !t.inMention(g.from) && g.to <= h.from {
			if !t.subjectGroup(&g, s) {
				continue
			}
			group = g.from
		}
	}
	person := -1
	k := t.before(h.from, s.from)
	for ; k >= 0 && t.mentions[k].from >= s.from; k-- {
		m := &t.mentions[k]
		if m.entity >= 0 && !m.spouse && t.clauseStart(m.from, s) {
			person = k
			break
		}
	}
	if group >= 0 && (person < 0 || t.mentions[person].to <= group) {
		// "Thủ tướng đề nghị hai bên …": the sides are asked, they do not agree.
		return person < 0 || !t.speaks(t.mentions[person].to, group)
	}
	if t.nationsBefore(h.from, s.from) {
		return true
	}
	if person < 0 {
		return false
	}
	// "A và B nhất trí".
	m, x := &t.mentions[person], person+1
	if x >= len(t.mentions) || t.mentions[x].to > h.from || t.mentions[x].entity < 0 {
		return false
	}
	only, and := t.links(m.to, t.mentions[x].from)
	return only && and && r.abroad([]int{m.entity, t.mentions[x].entity})
}

// nationsBefore reports whether two countries are the subject of the verb at
// token i: "Việt Nam và Lào cùng cam kết".
func (t *text) nationsBefore(i, from int) bool {
	for i > from && t.is(i-1, "đã", "cũng", "cùng", "sẽ", "đều") {
		i--
	}
	for k := i - 1; k >= from && k > i-6; k-- {
		if c := t.at(k, classCountry); c != nil && c.to == i && !t.inMention(k) && t.is(k-1, "và") {
			for j := k - 2; j >= from && j > k-8; j-- {
				if o := t.at(j, classCountry); o != nil && o.to == k-1 && !t.inMention(j) {
					return j == from || t.is(j-1, ",", ";", "đó", "là", "rằng")
				}
			}
		}
	}
	return false
}

// subjectGroup reports whether "hai bên" is a subject and not "của hai bên",
// "để hai nước …". Countries are subjects only where a clause begins.
func (t *text) subjectGroup(g *hit, s span) bool {
	i := g.from
	if t.is(i, "hai", "ba", "các") && t.is(i+1, "nước", "đảng", "chính", "quốc") {
		if t.is(i-1, ",") && t.groupBefore(i-1, max(s.from, i-5)) == i-1 {
			return false // "hai Đảng, hai nước": one phrase, and not the subject by its end
		}
		return i == s.from || t.is(i-1, ",", ";", ":", "là", "được", "rằng")
	}
	return !t.is(i-1, "giữa", "của", "cho", "với", "về", "đưa", "vì", "để", "trong", "từ", "giúp", "mà", "đến", "tới")
}

// clauseStart reports whether a person named at token i is the subject of a
// clause.
func (t *text) clauseStart(i int, s span) bool {
	if i == s.from || t.is(i-1, ",", ";", ":", ".", "-", "–", "đó", "này", "thời", "“", "\"") {
		return true
	}
	return i-s.from < 3
}

// continues reports whether a sentence goes on with the list before it: it
// begins with "Theo đó", "Cùng với đó", or has the sides as its subject and
// says what they will do; and nobody speaks for himself in it.
func (r *reader) continues(t *text, s span) bool {
	opens := false
	for _, h := range t.in(s.from, min(s.to, s.from+2)) {
		if h.class == classAct && h.arg == "next" && h.from == s.from {
			opens = true
		}
	}
	for _, h := range t.in(s.from, s.to) {
		switch h.class {
		case classGroup:
			if (h.from == s.from || opens && h.from-s.from < 6 || t.is(h.from-1, ",") && h.from-s.from < 12) && !t.inMention(h.from) &&
				(t.before(h.from, s.from) < 0 || t.mentions[t.before(h.from, s.from)].from < s.from) {
				for _, g := range t.in(h.to, min(s.to, h.to+3)) {
					if g.class == classAct && g.arg == "go" {
						return true
					}
				}
			}
		case classSay:
			if h.from-s.from < 14 && opens && t.before(h.from, s.from) >= 0 && t.mentions[t.before(h.from, s.from)].from >= s.from {
				return false
			}
		}
	}
	if !opens {
		return false
	}
	for _, h := range t.in(s.from, min(s.to, s.from+8)) {
		if h.class == classAct && h.arg == "go" {
			return true
		}
	}
	return false
}

// proposes reads a wish of one side: "Tổng Bí thư đề nghị hai nước …".
func (r *reader) proposes(t *text, s span, ag *archive.Agreement) bool {
	for _, h := range t.in(s.from, s.to) {
		if h.class != classSay || h.arg != "ask" || t.inMention(h.from) || !t.is(h.from, "đề", "kiến") {
			continue
		}
		k := t.before(h.from, s.from)
		if k < 0 || t.mentions[k].from < s.from || t.mentions[k].entity < 0 {
			continue
		}
		ag.Force, ag.Actor, ag.Rule = archive.Proposed, archive.OneSide, "agreement-proposed"
		ag.By = []string{r.entities[t.mentions[k].entity].slug}
		return true
	}
	return false
}

// topics gives the topics of a sentence, each once.
func (t *text) topics(s span) []string {
	var out []string
	for _, h := range t.in(s.from, s.to) {
		if h.class == classTopic && !slices.Contains(out, h.arg) {
			out = append(out, h.arg)
		}
	}
	return out
}
