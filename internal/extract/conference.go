package extract

import (
	"slices"

	"vankho/internal/archive"
)

// chaired reads a conference by those who chair it.
func (r *reader) chaired(f *frame) bool {
	who := r.bySides(f.t, f.h.to, f.s)
	if chairs := r.chairsOf(f.t, f.h, f.s); chairs != nil {
		who, f.kind, f.rule = chairs, archive.Summit, "event-summit"
	}
	if who == nil {
		return false
	}
	f.at.full = true
	r.add(f.event(who, ""))
	return true
}

// chairsOf reads a conference of several countries by those who chair and those
// who attend it: "Đồng chủ trì Hội nghị là A và B; tham dự có C, D và E".
func (r *reader) chairsOf(t *text, h *hit, s span) []int {
	if h.from > s.from+2 || !t.has(h.to, h.to+3, "nghị") {
		return nil
	}
	chairs := t.objects(h.to, s, listing{series: true})
	who := chairs.who
	if k := t.after(chairs.end, s.to); k >= 0 && t.has(chairs.end, t.mentions[k].from, "dự") {
		for _, e := range t.objects(t.mentions[k].from, s, listing{series: true}).who {
			if !slices.Contains(who, e) {
				who = append(who, e)
			}
		}
	}
	if r.countries(who) < 3 {
		return nil
	}
	return who
}

// countries counts of how many countries people are.
func (r *reader) countries(who []int) int {
	found := map[string]bool{}
	for _, e := range who {
		found[r.entities[e].country] = true
	}
	return len(found)
}

// bySides reads those who chair together, side by side: "Đồng chủ trì, về phía
// Việt Nam là A và B; về phía Nhật Bản là C và D".
func (r *reader) bySides(t *text, i int, s span) []int {
	sides := 0
	var who []int
	for j := i; j < s.to; j++ {
		if t.is(j, "phía", "bên") && j+1 < s.to {
			sides++
		}
		if t.speaks(j, j+1) {
			break
		}
		if k := t.after(j, s.to); sides > 0 && k >= 0 && t.mentions[k].from == j && t.mentions[k].entity >= 0 && !slices.Contains(who, t.mentions[k].entity) {
			who = append(who, t.mentions[k].entity)
		}
	}
	if sides < 2 || len(who) < 2 || len(who) > 8 || !r.abroad(who) {
		return nil
	}
	return who
}

// chairOf gives who is said to chair: "ông X, Trưởng ban Y, chủ trì hội nghị".
func (t *text) chairOf(s span) []int {
	for _, h := range t.in(s.from, s.to) {
		if h.class == classLoose && t.is(h.to-1, "trì") && t.is(h.to-2, "chủ") {
			if k := t.before(h.from, s.from); k >= 0 && t.mentions[k].entity >= 0 && t.leadsTo(t.mentions[k].to, h.from) {
				return []int{t.mentions[k].entity}
			}
		}
	}
	return nil
}

// headsOfSides gives who is named first behind each "phía" of a sentence.
func (t *text) headsOfSides(s span) (who []int) {
	for j := s.from; j < s.to; j++ {
		if !t.is(j, "phía") {
			continue
		}
		k := t.after(j, s.to)
		for k >= 0 && k+1 < len(t.mentions) && t.mentions[k].name.empty() && t.mentions[k+1].to <= s.to {
			k++
		}
		if k < 0 || t.mentions[k].entity < 0 || t.mentions[k].from-j > 24 {
			continue
		}
		who = append(who, t.mentions[k].entity)
		j = t.mentions[k].to
	}
	return who
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
				if h.class == classTrigger && h.arg == "summit" && t.convenes(&h, s, beside) && r.summitAt(ref{text: ti, sent: si, trigger: span{h.from, h.to}, full: true}) {
					return
				}
			}
		}
	}
}

// convenes reports whether a sentence says that the conference h meets; beside other
// events it must have it for its subject.
func (t *text) convenes(h *hit, s span, beside bool) bool {
	if beside {
		return h.from <= s.from+14 && t.before(h.from, s.from) < 0 && !t.speaks(s.from, h.from) && !t.has(s.from, h.from, "lề", "dự", "sau", "nhân") && t.has(h.to, s.to, "khai", "diễn", "bế", "khép")
	}
	return t.is(h.from-1, "trì") || t.has(s.from, s.to, "khai", "diễn", "bế", "họp", "khép", "kết", "tụ") || t.has(h.to, min(h.to+12, s.to), "tổ")
}

// summitAt keeps the conference of a sentence with the leaders whom it and the next
// name, and those behind them who are said to come. It reports whether there are any.
func (r *reader) summitAt(at ref) bool {
	t := &r.texts[at.text]
	status := t.status(at.trigger.from, t.sents[at.sent])
	var who []int
	for n, next := 0, at; n < 4; n++ {
		t := &r.texts[next.text]
		s := t.sents[next.sent]
		if named := t.mentionsIn(s); n < 2 && next.text == at.text || len(named) > 2 && t.takesPart(s) {
			if n > 0 && t.has(s.from, s.to, "sẽ") && t.takesPart(s) {
				status = archive.Announced // "Trong số những người sẽ dự có …"
			}
			for _, m := range named {
				if m.entity >= 0 && !m.spouse && !slices.Contains(who, m.entity) && r.entities[m.entity].rank <= 3 && !t.mourned(&m) {
					who = append(who, m.entity)
				}
			}
		}
		var ok bool
		if next, ok = r.sentenceAfter(next); !ok {
			break
		}
	}
	chaired := t.is(at.trigger.from-1, "trì")
	told := slices.ContainsFunc(r.events, func(ev event) bool { return among(who, ev.principals) || among(ev.principals, who) && !ev.visit })
	if !r.abroad(who) || chaired && r.countries(who) <= 2 || len(who) > 24 || told {
		return false
	}
	r.events = append(r.events, event{kind: archive.Summit, status: status, principals: who, rule: "event-summit", refs: []ref{at}})
	return true
}

// sentenceAfter gives the next sentence of the text, captions and headings aside.
func (r *reader) sentenceAfter(at ref) (ref, bool) {
	if at.sent++; at.sent < len(r.texts[at.text].sents) {
		return at, true
	}
	for at.text, at.sent = at.text+1, 0; at.text < len(r.texts); at.text++ {
		if r.body(at) && len(r.texts[at.text].sents) > 0 {
			return at, true
		}
	}
	return at, false
}

// attendedSummit reads a conference of nations by the one of those at it whom the report
// begins with: "Thủ tướng X tới Brunei dự Hội nghị Cấp cao ASEAN lần thứ 22". Who else
// comes it does not say. Beside other events it must be said to open: "Hội nghị … khai mạc
// tại Kinshasa. Phó Chủ tịch nước X là Trưởng đoàn Việt Nam dự Hội nghị."
func (r *reader) attendedSummit(beside bool) {
	ti := slices.IndexFunc(r.texts, func(t text) bool {
		return (t.p.Kind == archive.Body || t.p.Kind == archive.Lead) && len(t.mentions) > 0
	})
	if ti < 0 || len(r.events) >= maxEvents {
		return
	}
	t := &r.texts[ti]
	for si, s := range t.sents {
		for _, h := range t.in(s.from, s.to) {
			if h.class != classTrigger || h.arg != "summit" || !t.ofNations(&h, s) {
				continue
			}
			k, goes := t.goesTo(h.from, s)
			if beside {
				if k = -1; t.convenes(&h, s, true) {
					k, goes = t.headOfDelegation(h.to), h.from
				}
			}
			if k < 0 || !r.celebrates(t.mentions[k].entity) || r.entities[t.mentions[k].entity].rank > 3 {
				continue
			}
			q := t.quote(h.from, h.to)
			ev := event{kind: archive.Summit, status: t.status(goes, s), principals: []int{t.mentions[k].entity}, rule: "event-summit", unnamed: &q,
				refs: []ref{{text: ti, sent: si, trigger: span{h.from, h.to}, full: true}}}
			if !beside && (t.setsOut(t.mentions[k].to, goes) || t.has(goes-2, goes, "để")) {
				ev.status = archive.Announced
			}
			r.events = append(r.events, ev)
			return
		}
	}
}

// headOfDelegation gives the mention behind token i of who is said to head a delegation to
// the conference: "X là Trưởng đoàn Việt Nam dự Hội nghị", "X dẫn đầu đoàn tham dự"; or -1.
func (t *text) headOfDelegation(i int) int {
	for k := range t.mentions {
		m := &t.mentions[k]
		if end := min(m.to+14, len(t.toks)); m.from >= i && m.entity >= 0 && !m.spouse && t.has(m.to, min(m.to+4, end), "trưởng", "dẫn", "đứng") && t.has(m.to, end, "dự") {
			return k
		}
	}
	return -1
}

// ofNations reports whether a conference is one of nations: of an international
// organisation, or in a foreign place.
func (t *text) ofNations(h *hit, s span) bool {
	for _, x := range t.in(s.from, s.to) {
		if x.class == classOrg && x.from >= h.from && x.from < h.to+14 || (x.class == classCountry || x.class == classCity) && x.arg != "VN" && !t.inMention(x.from) {
			return true
		}
	}
	return false
}

// goesTo gives the mention of who attends what token i names, and the token of the verb:
// "X dẫn đầu đoàn Việt Nam tham dự"; or -1. On its fringes or after it something else is told.
func (t *text) goesTo(i int, s span) (k, verb int) {
	for verb = i - 1; verb > s.from && verb > i-7 && !t.is(verb, "dự"); verb-- {
	}
	if !t.is(verb, "dự") || t.inMention(verb) {
		return -1, 0
	}
	k = t.before(verb, s.from)
	if k < 0 || t.mentions[k].entity < 0 || t.mentions[k].spouse || verb-t.mentions[k].to > 30 || t.speaks(t.mentions[k].to, verb) ||
		t.has(max(s.from, verb-5), verb, "dịp", "lề", "sau", "khi", "việc", "khuôn", "trước", "mời", "được", "chuyến") || t.asked(t.mentions[k].from, s.from) || t.invited(t.mentions[k].from) {
		return -1, 0
	}
	return k, verb
}

// settleSummit makes a conference of a meeting that is told with the word: "hội nghị
// thượng đỉnh giữa X và Y", "ba Thủ tướng họp hội nghị cấp cao".
func (r *reader) settleSummit(ev *event) {
	if ev.visit || ev.kind != archive.Encounter {
		return
	}
	for _, at := range ev.refs {
		t := &r.texts[at.text]
		for _, h := range t.in(t.sents[at.sent].from, t.sents[at.sent].to) {
			if h.class != classTrigger || h.arg != "summit" || !at.full || !r.body(at) {
				continue
			}
			if many := r.countries(ev.principals) > 2; many && h.from-at.trigger.to < 4 && h.from >= at.trigger.from || t.is(h.to, "giữa") && at.trigger.from-h.to < 30 && at.trigger.from >= h.from {
				ev.kind, ev.rule = archive.Summit, "event-summit"
				return
			}
		}
	}
}

// celebrates reports whether somebody can stand for a country at a ceremony: not
// the head of a firm, nor who has no country of his own.
func (r *reader) celebrates(e int) bool {
	x := &r.entities[e]
	return x.rank <= 4 && !x.business && !x.guessed && (x.country != "" || x.org != "")
}

// gathering reads an occasion that is itself the subject, with people of two countries
// at it: an anniversary, an opening, a seminar of two countries, an exchange over the
// border. Beside a journey it is read too.
func (r *reader) gathering() {
	for ti := range r.texts {
		t := &r.texts[ti]
		if !r.body(ref{text: ti}) || !r.early(ref{text: ti}) {
			continue
		}
		for si, s := range t.sents {
			at, kind := t.occasionAt(s)
			if at < 0 {
				continue
			}
			status := t.status(at, s)
			if who := r.partakers(ti, si); status != archive.Recalled && r.abroad(who) && len(who) <= 6 {
				rule := "event-celebration"
				if kind != archive.Ceremony {
					rule = ruleOf(kind) + "-loose"
				}
				r.add(event{kind: kind, status: status, principals: who, rule: rule, refs: []ref{{text: ti, sent: si, trigger: span{at, t.takesPlace(at+2, s)}, full: true}}})
				return
			}
		}
	}
}

// takesPlace gives the token after the words behind token i that say that an occasion takes
// place, or i: "khai mạc", "diễn ra".
func (t *text) takesPlace(i int, s span) int {
	for k := i; k+1 < s.to && k < i+30; k++ {
		if t.is(k, "khai", "bế") && t.is(k+1, "mạc") || t.is(k, "diễn") && t.is(k+1, "ra") {
			return k + 2
		}
		if t.inMention(k) || t.is(k, ",", ";") {
			break
		}
	}
	return i
}

// occasionAt gives the token where a sentence names a ceremony, or an exchange of two
// countries that it names; or -1.
func (t *text) occasionAt(s span) (at int, kind archive.MeetingKind) {
	for i := s.from; i+1 < s.to; i++ {
		if t.inMention(i) {
			continue
		}
		if t.is(i, "lễ") && t.is(i+1, "kỷ", "khánh", "khai", "trao", "ký", "động", "bàn", "mừng", "chào", "mít", "công", "khởi", "gắn", "phát") || t.is(i, "mít") && t.is(i+1, "tinh") {
			return i, archive.Ceremony
		}
		if (t.is(i, "giao") && t.is(i+1, "lưu") || t.is(i, "hội") && t.is(i+1, "thảo") || t.is(i, "diễn") && t.is(i+1, "đàn") || t.is(i, "tọa", "toạ") && t.is(i+1, "đàm")) &&
			!t.is(i-1, "lề", "tại", "trong", "sau", "của", "về") && t.ofTwoNations(span{i, s.to}) {
			return i, archive.Encounter
		}
	}
	return -1, ""
}

// ofTwoNations reports whether two countries side by side stand in s, and something
// takes place: "Giao lưu biên giới Việt Nam - Lào lần thứ 5 khai mạc …".
func (t *text) ofTwoNations(s span) bool {
	if !t.has(s.from, s.to, "khai", "diễn", "bế", "tổ", "họp", "chủ", "dự") {
		return false
	}
	var last *hit
	for _, h := range t.in(s.from, s.to) {
		if h.class != classCountry {
			continue
		}
		if last != nil && h.arg != last.arg && h.from-last.to < 10 {
			return true
		}
		last = &h
	}
	return false
}

// takesPart reports whether a sentence says of somebody that he takes part in what the
// one before tells of.
func (t *text) takesPart(s span) bool {
	for i := s.from; i+1 < s.to; i++ {
		if !t.inMention(i) && (t.is(i, "dự", "nhận", "phía", "ngồi") || t.is(i, "chủ") && t.is(i+1, "trì") || t.is(i, "thay") && t.is(i+1, "mặt") ||
			t.is(i, "phát") && t.is(i+1, "biểu") || t.is(i, "bắt") && t.is(i+1, "tay") || t.is(i, "dẫn") && t.is(i+1, "đầu", "đoàn") || t.is(i, "trưởng") && t.is(i+1, "đoàn")) {
			return true
		}
	}
	return false
}

// partakers gives who can stand for a country at the occasion of a sentence: whom it
// and the two behind it name, those behind only where they say that somebody takes part.
func (r *reader) partakers(ti, si int) (who []int) {
	for n := 0; n < 3; n++ {
		t := &r.texts[ti]
		s := t.sents[si]
		if n == 0 || t.takesPart(s) {
			for _, m := range t.mentionsIn(s) {
				if m.entity >= 0 && !m.spouse && !slices.Contains(who, m.entity) && r.celebrates(m.entity) && !t.mourned(&m) {
					who = append(who, m.entity)
				}
			}
		}
		next, ok := r.sentenceAfter(ref{text: ti, sent: si})
		if !ok {
			break
		}
		ti, si = next.text, next.sent
	}
	return who
}
