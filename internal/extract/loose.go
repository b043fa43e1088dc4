package extract

import (
	"slices"
	"strings"

	"vankho/internal/archive"
)

// readLoose reads the sentences in which no trigger told who met whom, by a
// looser grammar: any word of meeting, and two people of two countries who stand
// around it as those who meet do. It looks at the head of the report, and at all
// of it where nothing else was found.
func (r *reader) readLoose() {
	alone := !r.anyMeeting()
	tries := 0
	for ti := range r.texts {
		t := &r.texts[ti]
		at := ref{text: ti}
		if !r.body(at) || !alone && !r.early(at) {
			continue
		}
		for si, s := range t.sents {
			at.sent = si
			few := len(t.mentionsIn(s)) < 2
			if few && t.groupBefore(s.to, s.from) < 0 || r.toldAt(at) || r.countries(t.entitiesIn(s)) > 6 {
				continue
			}
			if !few {
				tries++
			}
			if tries > maxTries {
				return
			}
			r.looseSentence(t, at, s)
		}
	}
}

// toldAt reports whether a trigger of the sentence told who met whom.
func (r *reader) toldAt(at ref) bool {
	return slices.ContainsFunc(r.events, func(ev event) bool {
		return !ev.visit && slices.ContainsFunc(ev.refs, func(x ref) bool { return x.full && x.text == at.text && x.sent == at.sent })
	})
}

// looseSentence reads a sentence by its first word of meeting that has two sides.
func (r *reader) looseSentence(t *text, at ref, s span) {
	if t.unnamedHost(s) {
		return
	}
	for _, h := range t.in(s.from, s.to) {
		kind, ok := t.looseKind(&h)
		if !ok || h.to > s.to || t.is(h.from, "đón") && t.atAirport(h.from, s) || t.wished(h.from, s.from) || t.denied(h.from, s.from) {
			continue
		}
		if far := t.remote(h.to, min(h.to+16, s.to)); far != "" {
			kind = far // "đã nói chuyện với Y qua điện thoại", "chủ trì Hội nghị trực tuyến"
		}
		if kind == archive.Encounter && t.is(h.to-1, "trì", "hành") && t.dialogue(h.to, min(h.to+8, s.to), true) {
			kind = archive.Talks // "A cùng B chủ trì Đối thoại chính sách quốc phòng"
		}
		status := t.status(h.from, s)
		who := r.looseSides(t, &h, s)
		if who == nil || status == archive.Recalled {
			continue
		}
		if !slices.ContainsFunc(who, func(e int) bool { return !r.meets(e) }) {
			r.wasCall(kind, who)
			return // each of them is told to have met, be it the other or a third
		}
		at.trigger, at.full = span{h.from, h.to}, true
		r.add(event{kind: kind, status: status, principals: who, rule: ruleOf(kind) + "-loose", refs: []ref{at}})
		return
	}
}

// wasCall makes a call of what was told loosely of the same people, where another
// sentence says that it was one.
func (r *reader) wasCall(kind archive.MeetingKind, who []int) {
	for i := range r.events {
		if ev := &r.events[i]; kind == archive.PhoneCall && strings.HasSuffix(ev.rule, "-loose") && len(ev.principals) == len(who) && among(who, ev.principals) {
			ev.kind, ev.rule = kind, ruleOf(kind)+"-loose"
		}
	}
}

// meets reports whether somebody is a principal of an encounter.
func (r *reader) meets(e int) bool {
	return slices.ContainsFunc(r.events, func(ev event) bool { return !ev.visit && slices.Contains(ev.principals, e) })
}

// looseKind gives what a word tells of, if it can tell of an encounter at all.
func (t *text) looseKind(h *hit) (archive.MeetingKind, bool) {
	if t.inMention(h.from) {
		return "", false
	}
	switch h.class {
	case classLoose:
		return archive.MeetingKind(h.arg), true
	case classTrigger:
		switch kind := archive.MeetingKind(h.arg); kind {
		case archive.Talks, archive.Encounter, archive.CourtesyCall, archive.Reception, archive.PhoneCall, archive.Online:
			return kind, true
		}
	}
	return "", false
}

// looseSides finds the two sides around a word of meeting: two side by side
// before it, one before and one after, or two after it; nil when there are none.
func (r *reader) looseSides(t *text, h *hit, s span) []int {
	if t.is(h.to, "giữa") && t.at(h.to+1, classGroup) != nil {
		return r.twoBeforeGroup(t, h.from, s) // "Câu chuyện giữa hai người diễn ra …"
	}
	if g := t.groupBefore(h.from, s.from); g >= 0 && t.before(h.from, g) < 0 && h.from-g < 12 && t.leadsTo(g, h.from) {
		return r.twoBeforeGroup(t, g, s)
	}
	k := t.before(h.from, s.from)
	if k >= 0 && r.canMeet(t, k, s) && t.leadsTo(t.mentions[k].to, h.from) {
		if who := r.sideList(t, k, s); r.abroad(who) {
			return who
		}
		if x := t.before(t.mentions[k].from, s.from); x >= 0 && t.is(t.mentions[k].from-1, "được") && t.mentions[k].from-t.mentions[x].to < 14 && r.canMeet(t, x, s) {
			if who := []int{t.mentions[x].entity, t.mentions[k].entity}; r.abroad(who) {
				return who // "A được B đưa đi xem rồi trò chuyện"
			}
		}
		next := t.after(h.to, s.to)
		if next >= 0 && r.canMeet(t, next, s) && t.joins(h.to, t.mentions[next].from) {
			if who := []int{t.mentions[k].entity, t.mentions[next].entity}; r.abroad(who) {
				return who
			}
		}
		return nil
	}
	if k >= 0 {
		return nil
	}
	return r.sidesAfter(t, h, s)
}

// sidesAfter finds both sides behind a word of meeting: "… của A với B", "… là A
// và B".
func (r *reader) sidesAfter(t *text, h *hit, s span) []int {
	k := t.after(h.to, s.to)
	if k < 0 || k+1 >= len(t.mentions) || t.mentions[k+1].to > s.to || !r.canMeet(t, k, s) || !r.canMeet(t, k+1, s) {
		return nil
	}
	a, b := &t.mentions[k], &t.mentions[k+1]
	who := []int{a.entity, b.entity}
	if a.from-h.to > 40 || b.from-a.to > 8 && !(t.is(b.from-1, "là", "với") && b.from-a.to < 20) || !r.abroad(who) || t.has(h.to, a.from, ";") || t.speaks(h.to, a.from) {
		return nil
	}
	if t.is(a.from-1, ",") && t.tells(a.to, b.from) {
		return who
	}
	if only, and := t.links(a.to, b.from); only && and && t.is(a.from-1, ",") && t.has(h.to, a.from, "nhau") {
		return who // "Ngồi với nhau gần hai giờ, A và B …"
	}
	if h.from <= s.from+2 && t.is(a.from-1, "với", "cùng") && t.is(b.from-1, ",") && t.speaks(b.to, min(b.to+3, s.to)) {
		return who // "Nói chuyện với Đại sứ X, Toàn quyền Y bày tỏ …"
	}
	if t.speaks(a.to, b.from) || t.speaks(b.to, min(b.to+2, s.to)) {
		return nil
	}
	if !t.is(a.from-1, "của", "giữa", "do", "là", ":", "có", "với") || !t.has(a.to, b.from, "và", "với", "cùng", "là", "tới", "dành") {
		return nil
	}
	for k += 2; k < len(t.mentions) && t.mentions[k].to <= s.to && len(who) < 6 && r.canMeet(t, k, s); k++ { // "có A và B, C"
		if only, and := t.links(t.mentions[k-1].to, t.mentions[k].from); !only || !and && (t.acts(t.mentions[k].to, min(t.mentions[k].to+6, s.to)) || t.speaks(t.mentions[k].to, min(t.mentions[k].to+6, s.to))) {
			break
		}
		who = append(who, t.mentions[k].entity)
	}
	return who
}

// tells reports whether the words between two people say that one speaks to the
// other: "nói với", "thông báo cho".
func (t *text) tells(from, to int) bool {
	return t.speaks(from, to) && t.is(to-1, "với", "cùng") && to-from <= 4
}

// twoBeforeGroup gives the two of two countries named last before "hai bên" that
// ends at token g, in its sentence or the one before; nil when there are none.
func (r *reader) twoBeforeGroup(t *text, g int, s span) []int {
	from := s.from
	if k := t.sentenceOf(s.from); k > 0 {
		from = t.sents[k-1].from
	}
	second := -1
	for k := t.before(g, from); k >= 0 && t.mentions[k].from >= from; k-- {
		if m := &t.mentions[k]; !r.canMeet(t, k, s) && !(t.invited(m.from) && m.entity >= 0 && r.entities[m.entity].country != "") {
			continue
		}
		e := t.mentions[k].entity
		if second >= 0 && r.abroad([]int{e, second}) {
			return []int{e, second}
		}
		if second < 0 {
			second = e
		}
	}
	return nil
}

// canMeet reports whether mention k names somebody who can be a side here.
func (r *reader) canMeet(t *text, k int, s span) bool {
	m := &t.mentions[k]
	if m.entity < 0 || m.spouse || t.invited(m.from) || t.asked(m.from, s.from) || m.from == s.from+1 && t.is(s.from, "theo") {
		return false // "Theo người phát ngôn X, chuyến thăm của Y …"
	}
	x := &r.entities[m.entity]
	return !x.spouse && !x.business && (x.country != "" || x.org != "")
}

// sideList gives mention k and those joined to it by "và", "cùng" or "với" before.
func (r *reader) sideList(t *text, k int, s span) []int {
	who := []int{t.mentions[k].entity}
	for k--; k >= 0 && t.mentions[k].from >= s.from && len(who) < 5; k-- {
		only, and := t.links(t.mentions[k].to, t.mentions[k+1].from)
		if !only || !and && len(who) == 1 || !r.canMeet(t, k, s) {
			break
		}
		if !slices.Contains(who, t.mentions[k].entity) {
			who = append([]int{t.mentions[k].entity}, who...)
		}
	}
	return who
}

// leadsTo reports whether nothing that acts or speaks stands between a subject
// and what it does.
func (t *text) leadsTo(from, to int) bool {
	from = t.clause(from, to)
	return to-from <= 30 && !t.speaks(from, to) && !t.triggers(from, to) && !t.has(from, to, ";", "không", "chưa", "nếu", "cần", "mà")
}

// joins reports whether whom a word of meeting takes stands behind it: "bàn với
// X", "trò chuyện cùng bà X".
func (t *text) joins(from, to int) bool {
	return to-from <= 14 && !t.speaks(from, to) && !t.triggers(from, to) && !t.has(from, to, ";", ",", "và", "về") &&
		(t.has(from, to, "với", "cùng", "giữa") || to == from)
}
