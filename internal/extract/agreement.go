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
			going = ok && ag.Actor != archive.OneSide && (ag.Force.Binding() || ag.Force == archive.Reaffirmed)
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
	for x := si; x >= 0; x-- {
		for _, i := range under {
			if slices.ContainsFunc(r.events[i].refs, func(at ref) bool { return at.text == ti && at.sent == x }) {
				return nil
			}
		}
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
			if len(with) == 0 || len(with) == all {
				continue
			}
			if both := slices.DeleteFunc(slices.Clone(with), func(i int) bool { return !slices.Contains(under, i) }); len(both) > 0 {
				return both
			}
			return with
		}
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

// undertaking reads one sentence: who, what force.
func (r *reader) undertaking(t *text, s span, going bool) (archive.Agreement, bool) {
	var best *hit
	actor := archive.BothSides
	var by []string
	rank := -1
	for _, h := range t.in(s.from, s.to) {
		if h.class != classAct || h.arg == "go" || h.arg == "next" || t.inMention(h.from) || t.noun(&h) {
			continue
		}
		joint, one := r.sides(t, &h, s)
		_, value := forceOf(&h, joint)
		if value < 0 || !joint && one < 0 {
			continue
		}
		if !joint {
			value -= 10
		}
		if value > rank || best == nil {
			best, rank = &h, value
			actor, by = archive.BothSides, nil
			if !joint {
				actor, by = archive.OneSide, []string{r.entities[one].slug}
			}
		}
	}
	ag := archive.Agreement{Actor: actor, By: by, Text: t.str(s.from, s.to), Evidence: []archive.Evidence{t.quote(s.from, s.to)}}
	if best != nil && rank > -10 {
		ag.Force, _ = forceOf(best, true)
		ag.Rule = "agreement-" + best.arg
	}
	switch {
	case best != nil && rank >= 4: // joint and binding
	case going && r.continues(t, s):
		ag.Force, ag.Actor, ag.By, ag.Rule = archive.Agreed, archive.BothSides, nil, "agreement-continued"
	case best != nil && rank > -10:
	case r.proposes(t, s, &ag):
	case best != nil:
		ag.Force, _ = forceOf(best, false)
		ag.Rule = "agreement-one-side"
	default:
		return ag, false
	}
	ag.Topics = t.topics(s)
	ag.Figures = t.figures(s)
	return ag, true
}

// forceOf gives the force of a verb and its rank among the verbs of one
// sentence; -1 when it carries none for that subject.
func forceOf(h *hit, joint bool) (archive.Force, int) {
	switch h.arg {
	case "signed":
		if !joint {
			return "", -1
		}
		return archive.Signed, 6
	case "agreed":
		return archive.Agreed, 7
	case "committed":
		return archive.Committed, 5
	case "weak":
		if !joint {
			return "", -1
		}
		return archive.Agreed, 4
	case "reaffirmed":
		if !joint {
			return "", -1
		}
		return archive.Reaffirmed, 3
	case "witnessed":
		return archive.Witnessed, 2
	case "welcomed":
		if !joint {
			return "", -1
		}
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

// sides finds the subject of the verb: the sides together, or one person.
func (r *reader) sides(t *text, h *hit, s span) (joint bool, one int) {
	one = -1
	group, groupFrom := -1, -1
	for _, g := range t.in(s.from, h.from) {
		if g.class == classGroup && !t.inMention(g.from) && g.to <= h.from {
			if !t.subjectGroup(&g, s) {
				continue
			}
			group, groupFrom = g.to, g.from
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
	if group >= 0 && (person < 0 || t.mentions[person].to <= groupFrom) {
		// "Thủ tướng đề nghị hai bên …": the sides are asked, they do not agree.
		if person >= 0 && t.speaks(t.mentions[person].to, groupFrom) {
			return false, -1
		}
		return true, -1
	}
	if person < 0 {
		return false, -1
	}
	m := &t.mentions[person]
	// "A và B nhất trí".
	if x := person + 1; x < len(t.mentions) && t.mentions[x].to <= h.from {
		if only, and := t.links(m.to, t.mentions[x].from); only && and && t.mentions[x].entity >= 0 && r.abroad([]int{m.entity, t.mentions[x].entity}) {
			return true, -1
		}
	}
	// One side alone agrees only with its own first verb.
	if h.from-m.to > 5 && !t.is(h.from-1, ",", ";", "thời", "và") || h.arg == "agreed" && !t.is(h.from, "nhất", "đồng", "hoàn", "tán", "chấp") {
		return false, -1
	}
	// Nothing is asked in between.
	for _, x := range t.in(m.to, h.from) {
		if x.class == classSay && x.arg == "ask" && !t.inMention(x.from) {
			return false, -1
		}
	}
	return false, m.entity
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
