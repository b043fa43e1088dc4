package extract

import (
	"slices"

	"vankho/internal/archive"
)

// orphan is an encounter of which only one side is named where it is told: "Bộ
// Công an tổ chức lễ đón và hội đàm với đoàn do ông X dẫn đầu".
type orphan struct {
	event
	of     string   // the country of the body that is met, abroad; or ""
	office []string // the office of who is not named: another's is not his
}

// adopt gives an orphan the Vietnamese leader named first after it.
func (r *reader) adopt() {
	for _, o := range r.orphans {
		same := slices.ContainsFunc(r.events, func(ev event) bool { return ev.kind == o.kind && !ev.visit && among(o.principals, ev.principals) })
		if (same || !r.early(o.refs[0])) && r.touchWith(o.principals, o.refs[0]) || o.status != archive.Held {
			continue
		}
		home := r.hostOf(&o)
		if home < 0 {
			if o.unnamed != nil && !r.meets(o.principals[0]) && len(r.events) < maxEvents {
				o.refs[0].full = true
				o.rule = ruleOf(o.kind) + "-unnamed"
				r.events = append(r.events, o.event)
				r.unnamedIn(&o.event)
			}
			continue
		}
		o.unnamed = nil
		r.neighbours([]int{home}, o.principals, "")
		o.principals = append([]int{home}, o.principals...)
		if r.abroad(o.principals) {
			o.refs[0].full = true
			r.add(o.event)
		}
	}
}

// hostOf gives the leader who can be the other side of an event, named in its
// paragraph, soon after it or at the head of the article; -1 when there is none.
func (r *reader) hostOf(ev *orphan) int {
	guest, at := r.entities[ev.principals[0]].country, ev.refs[0].text
	for _, ti := range []int{at, at + 1, at + 2, 0, 1} {
		if ti >= len(r.texts) {
			continue
		}
		for _, m := range r.texts[ti].mentions {
			if m.entity < 0 || m.spouse || r.texts[ti].accompanies(&m) {
				continue
			}
			x := &r.entities[m.entity]
			ofAnother := len(x.keys) > 0 && !holds(x.keys, ev.office)
			if x.rank <= 4 && !ofAnother && x.country != guest && (x.country == "VN" || x.country == ev.of && x.country != "") {
				return m.entity
			}
		}
	}
	return -1
}

// accompanies reports whether the words before somebody say that he came with the
// guest: "Đi cùng đoàn có …".
func (t *text) accompanies(m *mention) bool {
	from := t.sents[t.sentenceOf(m.from)].from
	return slices.ContainsFunc(t.in(from, m.from), func(h hit) bool {
		return h.class == classAttend && h.arg == "attend" && t.has(h.from, h.to, "đi", "tháp", "thành")
	})
}

// maxTries bounds how many triggers are tried for an implied meeting.
const maxTries = 16

// impliedMeeting reads an article that tells of "cuộc hội đàm" and of two
// leaders, but never of both in one clause. Where they were already told to have
// been welcomed only talks are looked for.
func (r *reader) impliedMeeting(welcomed bool) {
	if !welcomed && (r.meetingOfAttendants() || r.betweenParties(true)) {
		return
	}
	tries := 0
	for _, nearest := range []bool{true, false} { // those the sentence names come before those around it
		for ti := range r.texts {
			t := &r.texts[ti]
			for si, s := range t.sents {
				hits := t.in(s.from, s.to)
				for i := range hits {
					h := &hits[i]
					at := ref{text: ti, sent: si, trigger: span{h.from, h.to}, full: true}
					if welcomed && h.arg != "talks" || !r.implies(t, at, h, s) {
						continue
					}
					if tries++; tries > maxTries {
						return
					}
					if pair := r.impliedPair(t, at, h, s, nearest); pair != nil {
						r.addImplied(archive.MeetingKind(h.arg), pair, at)
						return
					}
				}
			}
		}
	}
	if !welcomed {
		r.welcomed()
	}
}

// welcomed reads who welcomes a visitor in a report that tells of no meeting in
// other words: "Thủ tướng X chào mừng Bộ trưởng Y đến thăm Việt Nam".
func (r *reader) welcomed() {
	for ti := range r.texts {
		t := &r.texts[ti]
		if at := (ref{text: ti}); !r.body(at) || !r.early(at) {
			continue
		}
		for si, s := range t.sents {
			here := t.mentionsIn(s)
			for k := 0; k+1 < len(here); k++ {
				x, y := &here[k], &here[k+1]
				if x.entity < 0 || y.entity < 0 || y.name.empty() || !t.welcomes(x.to, y.from) || !t.has(y.to, min(y.to+4, s.to), "thăm") {
					continue
				}
				host, guest := &r.entities[x.entity], &r.entities[y.entity]
				if host.country == "VN" && host.rank <= 4 && guest.country != "" && guest.country != "VN" && guest.rank <= 4 {
					r.addImplied(archive.Reception, []int{x.entity, y.entity}, ref{text: ti, sent: si, trigger: span{x.to, y.from}, full: true})
					return
				}
			}
		}
	}
}

// welcomes reports whether the words between two people say that the first
// welcomes the second.
func (t *text) welcomes(from, to int) bool {
	return to-from <= 10 && (t.has(from, to, "chào") && t.has(from, to, "mừng") || t.has(from, to, "hoan") && t.has(from, to, "nghênh")) && !t.has(from, to, ",", "chuyến")
}

// implies reports whether a trigger says that a meeting took place, whoever met.
func (r *reader) implies(t *text, at ref, h *hit, s span) bool {
	if h.class != classTrigger || t.inMention(h.from) || t.unnamedHost(s) {
		return false
	}
	if t.is(h.to, "hằng", "hàng", "thường") {
		return false // "cuộc đối thoại hằng năm của Viện …"
	}
	switch h.arg {
	case "talks", "phone_call", "online":
	case "courtesy_call", "reception", "meeting":
		if t.is(h.from-1, "sau") {
			return false // what came after it is told here
		}
		if h.alt != "n" && !t.is(h.from, "chào", "vào", "đến", "tới", "yết", "bái", "hội", "tiếp") || h.arg == "meeting" && !r.early(at) {
			return false
		}
	default:
		return false
	}
	return (r.body(at) || t.p.Kind == archive.Caption && r.early(at)) && t.status(h.from, s) == archive.Held && !t.wished(h.from, s.from) && !t.denied(h.from, s.from)
}

// impliedPair gives the two who can have met, nil when nobody can.
func (r *reader) impliedPair(t *text, at ref, h *hit, s span, nearest bool) []int {
	switch {
	case t.attended(h.from, s.from):
		return r.pictured() // "Dự buổi tiếp có …": those named here only attended
	case nearest:
		return r.pairIn(t, s, h)
	case h.arg != "meeting" || h.alt == "n" && h.from == s.from && t.is(h.to, "diễn", "kéo"): // "Cuộc gặp diễn ra …"
		return r.pairAround(at.text)
	case t.is(h.from-1, "tại", "trong"):
		// "Tại buổi làm việc, bà Y bày tỏ …", in answer to who spoke before
		if k := t.after(h.to, s.to); k >= 0 && r.canMeet(t, k, s) {
			if other := r.othersNear(at.text, s.from, s.from, t.mentions[k].entity); other >= 0 {
				return []int{other, t.mentions[k].entity}
			}
		}
		// "Đại sứ X chẳng cần phiên dịch trong cuộc gặp": with whom a caption shows him
		if k, both := t.before(h.from, s.from), r.pictured(); k >= 0 && h.alt == "n" && slices.Contains(both, t.mentions[k].entity) {
			return both
		}
	}
	return nil
}

// addImplied adds the meeting of two. An envoy calls and is received.
func (r *reader) addImplied(kind archive.MeetingKind, pair []int, at ref) {
	if mutual(kind) && slices.ContainsFunc(pair, func(e int) bool { return r.entities[e].rank >= 4 }) {
		kind = archive.Reception
	}
	r.add(event{kind: kind, status: archive.Held, principals: pair, rule: "event-implied", refs: []ref{at}})
}

// attended reports whether the trigger at token i is what the people named
// after it attended: "Dự buổi tiếp về phía Việt Nam có …".
func (t *text) attended(i, from int) bool {
	for _, h := range t.in(max(from, i-4), i+1) {
		if h.class == classAttend && h.arg == "attend" {
			return true
		}
	}
	return false
}

// pictured gives the two people of two countries whom a caption of the first
// paragraphs shows together, nil when there is none.
func (r *reader) pictured() []int {
	for ti := range r.texts {
		t := &r.texts[ti]
		if k := t.p.Kind; k != archive.Caption && k != archive.Lead || len(t.sents) == 0 || !r.early(ref{text: ti}) {
			continue
		}
		here := t.mentionsIn(t.sents[0])
		for k := 0; k+1 < len(here); k++ {
			a, b := &here[k], &here[k+1]
			if only, and := t.links(a.to, b.from); only && and && a.entity >= 0 && b.entity >= 0 && r.abroad([]int{a.entity, b.entity}) {
				return []int{a.entity, b.entity}
			}
		}
	}
	return nil
}

// pairIn finds the two sides among those whom the sentence and the next one
// name: the first, and the first after it who is of another country.
func (r *reader) pairIn(t *text, s span, h *hit) []int {
	to := s.to
	if k := t.sentenceOf(s.from) + 1; k < len(t.sents) {
		to = t.sents[k].to
	}
	first := -1
	for _, m := range t.mentionsIn(span{s.from, to}) {
		if m.entity < 0 || m.spouse || r.entities[m.entity].rank > 4 && m.rank > 4 && !m.honorific || t.asked(m.from, s.from) || t.invited(m.from) {
			continue
		}
		if first < 0 {
			if m.from >= s.to {
				return nil // nobody in the sentence itself
			}
			first = m.entity
		} else if x, y := r.entities[first].country, r.entities[m.entity].country; m.entity != first && x != "" && y != "" && x != y {
			return []int{first, m.entity}
		}
	}
	return nil
}

// unnamedHost reports whether who receives or meets is an office that nobody is named
// with, so that those named are no sides of each other: "Chủ tịch nước tiếp Đại sứ A
// và Đại sứ B".
func (t *text) unnamedHost(s span) bool {
	for _, m := range t.mentionsIn(s) {
		if m.entity < 0 && m.name.empty() && m.rank <= 3 && (t.triggers(m.to, min(m.to+3, s.to)) || t.is(m.to, "và", "cùng")) {
			return true
		}
	}
	return false
}

// pairAround finds a Vietnamese and a foreign leader in the paragraph and its
// neighbours.
func (r *reader) pairAround(ti int) []int {
	home, away := -1, -1
	next := ti + 1
	if next < len(r.texts) && !r.body(ref{text: next}) {
		next++ // past a picture
	}
	for _, x := range []int{ti, ti - 1, ti - 2, ti + 1, next} {
		if x < 0 || x >= len(r.texts) {
			continue
		}
		for _, m := range r.texts[x].mentions {
			if m.entity < 0 || r.entities[m.entity].spouse || r.entities[m.entity].rank > 4 && m.rank > 4 && !m.honorific {
				continue
			}
			switch {
			case r.entities[m.entity].country == "VN" && home < 0:
				home = m.entity
			case r.entities[m.entity].country != "VN" && away < 0:
				away = m.entity
			}
		}
	}
	if home < 0 || away < 0 {
		return nil
	}
	return []int{away, home}
}

// meetingOfAttendants reads a meeting whose people are only named as those who
// attended: "cuộc gặp giữa ba Bộ trưởng … Tham dự có A, B và C".
func (r *reader) meetingOfAttendants() bool {
	for ti := range r.texts {
		t := &r.texts[ti]
		if !r.body(ref{text: ti}) || !r.early(ref{text: ti}) {
			continue
		}
		for si, s := range t.sents {
			for _, h := range t.in(s.from, s.to) {
				if h.class != classTrigger || h.alt != "n" || h.arg == "visit" || h.arg == "summit" || h.arg == "ceremony" || t.inMention(h.from) || t.status(h.from, s) != archive.Held {
					continue
				}
				who, x := r.attendants(t, si)
				if who == nil {
					continue
				}
				r.add(event{kind: archive.MeetingKind(h.arg), status: archive.Held, principals: who, rule: "event-implied",
					refs: []ref{{text: ti, sent: si, trigger: span{h.from, h.to}, full: true}, {text: ti, sent: x, trigger: span{t.sents[x].from, t.sents[x].from + 1}}}})
				return true
			}
		}
	}
	return false
}

// thanked reads an encounter from the courtesies of it: "Ông X cảm ơn sự đón tiếp nồng
// hậu", "vui mừng được gặp bà Y". The other is whom the sentence names, or who was
// named last before it.
func (r *reader) thanked() {
	for ti := range r.texts {
		t := &r.texts[ti]
		if !r.body(ref{text: ti}) {
			continue
		}
		for si, s := range t.sents {
			i := t.thanks(s)
			if i < 0 {
				continue
			}
			kind := archive.Reception
			if t.is(i, "gặp") {
				kind = archive.Encounter
			}
			k := t.before(i, s.from)
			if k < 0 || !r.canMeet(t, k, s) {
				continue
			}
			speaker := t.mentions[k].entity
			other := r.othersNear(ti, i, s.to, speaker)
			if other < 0 {
				continue
			}
			r.addImplied(kind, []int{other, speaker}, ref{text: ti, sent: si, trigger: span{i, i + 2}, full: true})
			return
		}
	}
}

// thanks gives the token where the sentence thanks for a reception, or is glad of
// one or of a meeting; or -1.
func (t *text) thanks(s span) int {
	for i := s.from; i+1 < s.to; i++ {
		if t.is(i, "đón", "tiếp", "gặp") && t.is(i-1, "được") && t.has(max(s.from, i-4), i, "mừng", "hạnh", "hân") {
			return i
		}
		if !t.is(i, "cảm", "cám") || !t.is(i+1, "ơn") {
			continue
		}
		for k := i + 2; k < min(s.to, i+24) && !t.is(k, ",", ";"); k++ {
			if t.is(k, "đón") && t.is(k+1, "tiếp") && (t.is(k-1, "sự", "gian") || t.is(k-1, "đã") && t.has(i, k, "tỉnh", "thành", "lãnh")) || t.is(k, "tiếp") && t.is(k-1, "gian") {
				return i
			}
		}
	}
	return -1
}

// othersNear gives who of another country than guest is named in the rest of a
// sentence, or last before it in the paragraph and the two before; or -1.
func (r *reader) othersNear(ti, i, to, guest int) int {
	for _, m := range r.texts[ti].mentionsIn(span{i, to}) {
		if m.entity >= 0 && !m.spouse && r.abroad([]int{guest, m.entity}) {
			return m.entity
		}
	}
	for x := ti; x >= max(0, ti-2); x-- {
		named := r.texts[x].mentions
		for k := len(named) - 1; k >= 0; k-- {
			if m := &named[k]; (x < ti || m.to <= i) && m.entity >= 0 && r.entities[m.entity].rank <= 4 && !r.entities[m.entity].spouse &&
				!r.texts[x].accompanies(m) && r.abroad([]int{guest, m.entity}) {
				return m.entity
			}
		}
	}
	return -1
}

// attendants gives the people of two countries whom sentence si or one of the
// next two names as those who attended, and which sentence it is; or nil.
func (r *reader) attendants(t *text, si int) (who []int, at int) {
	for at = si; at < len(t.sents) && at < si+3; at++ {
		s := t.sents[at]
		if !slices.ContainsFunc(t.in(s.from, s.to), func(h hit) bool { return h.class == classAttend && h.arg == "attend" }) {
			continue
		}
		who = nil
		for _, m := range t.mentionsIn(s) {
			if m.entity >= 0 && !m.name.empty() && !m.spouse && !t.invited(m.from) && !slices.Contains(who, m.entity) {
				who = append(who, m.entity)
			}
		}
		if r.abroad(who) && len(who) <= 6 {
			return who, at
		}
	}
	return nil, -1
}
