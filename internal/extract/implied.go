package extract

import (
	"slices"

	"vankho/internal/archive"
)

// orphan is an encounter of which only one side is named where it is told: "Bộ
// Công an tổ chức lễ đón và hội đàm với đoàn do ông X dẫn đầu".
type orphan struct{ event }

// adopt gives an orphan the Vietnamese leader named first after it.
func (r *reader) adopt() {
	for _, o := range r.orphans {
		if o.kind == archive.Ceremony && !r.body(o.refs[0]) {
			continue // "Lễ đón Thủ tướng X ở sân bay": only a picture
		}
		same := slices.ContainsFunc(r.events, func(ev event) bool { return ev.kind == o.kind && !ev.visit && among(o.principals, ev.principals) })
		if (same || !r.early(o.refs[0])) && r.touchWith(o.principals, o.refs[0]) || o.status != archive.Held {
			continue
		}
		for _, ti := range []int{o.refs[0].text, o.refs[0].text + 1, o.refs[0].text + 2, 0, 1} {
			if ti >= len(r.texts) {
				continue
			}
			home := -1
			for _, m := range r.texts[ti].mentions {
				if m.entity < 0 || m.spouse || r.entities[m.entity].rank > 4 {
					continue
				}
				// A ceremony is for a guest: its host may be of another country.
				if x := r.entities[m.entity].country; x == "VN" || o.kind == archive.Ceremony && x != "" && r.entities[m.entity].rank <= 2 && r.entities[o.principals[0]].country == "VN" {
					if x != r.entities[o.principals[0]].country {
						home = m.entity
						break
					}
				}
			}
			if home < 0 {
				continue
			}
			r.neighbours([]int{home}, o.principals, "")
			o.principals = append([]int{home}, o.principals...)
			if r.abroad(o.principals) {
				o.refs[0].full = true
				r.add(o.event)
			}
			break
		}
	}
}

// impliedMeeting reads an article that tells of "cuộc hội đàm" and of two
// leaders, but never of both in one clause.
func (r *reader) impliedMeeting() {
	if r.meetingOfAttendants() {
		return
	}
	tries := 0
	for _, nearest := range []bool{true, false} { // those the sentence names come before those around it
		for ti := range r.texts {
			t := &r.texts[ti]
			for si, s := range t.sents {
				for _, h := range t.in(s.from, s.to) {
					if h.class != classTrigger || t.inMention(h.from) {
						continue
					}
					at := ref{text: ti, sent: si, trigger: span{h.from, h.to}, full: true}
					kind := archive.MeetingKind(h.arg)
					switch h.arg {
					case "talks", "phone_call", "online":
					case "courtesy_call", "reception", "meeting":
						if h.alt != "n" && !t.is(h.from, "chào", "vào", "đến", "tới", "yết", "bái", "hội", "tiếp") || !r.early(at) && h.arg == "meeting" {
							continue
						}
					default:
						continue
					}
					if !r.body(at) || t.status(h.from, s) != archive.Held || t.wished(h.from, s.from) {
						continue
					}
					if tries++; tries > 16 {
						return
					}
					var pair []int
					if t.attended(h.from, s.from) {
						pair = r.pictured() // "Dự buổi tiếp có …": those named here only attended
					} else if nearest {
						pair = r.pairIn(t, s, &h)
					} else if h.arg != "meeting" {
						pair = r.pairAround(ti)
					}
					if pair == nil {
						continue
					}
					if mutual(kind) && slices.ContainsFunc(pair, func(e int) bool { return r.entities[e].rank >= 4 }) {
						kind = archive.Reception // an envoy calls and is received
					}
					r.add(event{kind: kind, status: archive.Held, principals: pair, rule: "event-implied", refs: []ref{at}})
					return
				}
			}
		}
	}
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

// pairAround finds a Vietnamese and a foreign leader in the paragraph and its
// neighbours.
func (r *reader) pairAround(ti int) []int {
	home, away := -1, -1
	for _, x := range []int{ti, ti - 1, ti - 2, ti + 1} {
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

// summit reads a conference that is itself the subject: it opens, someone
// chairs it, leaders of several countries attend. Beside other events it must
// begin the report.
func (r *reader) summit(beside bool) {
	for ti := range r.texts {
		t := &r.texts[ti]
		if !r.body(ref{text: ti}) || !r.early(ref{text: ti}) {
			continue
		}
		for si, s := range t.sents {
			if beside && si > 0 {
				return // beside meetings it counts only where the report begins with it
			}
			for _, h := range t.in(s.from, s.to) {
				if beside && (h.from > s.from+4 || !t.has(s.from, s.to, "khai", "diễn", "bế", "khép")) {
					continue
				}
				if h.class != classTrigger || h.arg != "summit" || !t.has(s.from, s.to, "khai", "diễn", "bế", "họp", "khép", "kết") {
					continue
				}
				var who []int
				for x := si; x < len(t.sents) && x < si+2; x++ {
					for _, m := range t.mentionsIn(t.sents[x]) {
						if m.entity >= 0 && !slices.Contains(who, m.entity) && r.entities[m.entity].rank <= 3 {
							who = append(who, m.entity)
						}
					}
				}
				told := slices.ContainsFunc(r.events, func(ev event) bool { return among(who, ev.principals) || among(ev.principals, who) && !ev.visit })
				if r.abroad(who) && len(who) <= 20 && !told {
					r.events = append(r.events, event{kind: archive.Summit, status: t.status(h.from, s), principals: who, rule: "event-summit",
						refs: []ref{{text: ti, sent: si, trigger: span{h.from, h.to}, full: true}}})
					return
				}
			}
		}
	}
}

// celebration reads a ceremony that is itself the subject, with people of two
// countries at it: an anniversary, an opening.
func (r *reader) celebration() {
	for ti := range r.texts {
		t := &r.texts[ti]
		if !r.body(ref{text: ti}) || !r.early(ref{text: ti}) {
			continue
		}
		for si, s := range t.sents {
			at := -1
			for i := s.from; i+1 < s.to && at < 0; i++ {
				if t.is(i, "lễ") && t.is(i+1, "kỷ", "khánh", "khai", "trao", "ký", "động", "bàn", "mừng", "chào") && !t.inMention(i) {
					at = i
				}
			}
			if at < 0 {
				continue
			}
			var who []int
			for x := si; x < len(t.sents) && x < si+2; x++ {
				for _, m := range t.mentionsIn(t.sents[x]) {
					if m.entity >= 0 && !m.spouse && !slices.Contains(who, m.entity) && r.entities[m.entity].rank <= 4 {
						who = append(who, m.entity)
					}
				}
			}
			if r.abroad(who) && len(who) <= 6 {
				r.events = append(r.events, event{kind: archive.Ceremony, status: t.status(at, s), principals: who, rule: "event-celebration",
					refs: []ref{{text: ti, sent: si, trigger: span{at, at + 2}, full: true}}})
				return
			}
		}
	}
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
				for x := si; x < len(t.sents) && x < si+3; x++ {
					var who []int
					named := false
					for _, a := range t.in(t.sents[x].from, t.sents[x].to) {
						named = named || a.class == classAttend && a.arg == "attend"
					}
					for _, m := range t.mentionsIn(t.sents[x]) {
						if m.entity >= 0 && !m.name.empty() && !m.spouse && !slices.Contains(who, m.entity) {
							who = append(who, m.entity)
						}
					}
					if named && r.abroad(who) && len(who) <= 6 {
						r.add(event{kind: archive.MeetingKind(h.arg), status: archive.Held, principals: who, rule: "event-implied",
							refs: []ref{{text: ti, sent: si, trigger: span{h.from, h.to}, full: true}, {text: ti, sent: x, trigger: span{t.sents[x].from, t.sents[x].from + 1}}}})
						return true
					}
				}
			}
		}
	}
	return false
}
