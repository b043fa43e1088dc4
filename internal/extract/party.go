package extract

import (
	"slices"
	"strings"

	"vankho/internal/archive"
)

// ofDelegation reports whether whom the words at token i name lead one party:
// "Đoàn đại biểu Quốc hội X do hai nghị sĩ A và B dẫn đầu".
func (t *text) ofDelegation(i int, s span) bool {
	k := t.after(i, s.to)
	return k >= 0 && t.ledBy(&t.mentions[k]) && t.has(i, t.mentions[k].from, "đoàn")
}

// visitorTo gives whom the leader of a country welcomes in "Thủ tướng chủ trì lễ
// đón" or "tiếp Đoàn": the guest of the one visit there that the article tells of.
func (r *reader) visitorTo(country string) []int {
	var guest []int
	for i := range r.events {
		if ev := &r.events[i]; ev.visit && ev.host == country && !slices.Contains(guest, ev.guest) {
			guest = append(guest, ev.guest)
		}
	}
	if len(guest) == 1 {
		return guest
	}
	if e := r.partyHead(); len(guest) == 0 && e >= 0 && r.entities[e].country != country {
		return []int{e}
	}
	return nil
}

// partyHead gives who leads the delegation that the article follows: "Dẫn đầu
// Đoàn là ông X", "trưởng đoàn là bà X", "Đoàn … do ông X dẫn đầu"; -1 when
// nobody is said to.
func (r *reader) partyHead() int { return r.head.from(r.lookForHead) }

func (r *reader) lookForHead() int {
	for ti := range r.texts {
		t := &r.texts[ti]
		for k := range t.mentions {
			m := &t.mentions[k]
			if m.entity < 0 || m.spouse {
				continue
			}
			if t.leads(m) {
				return m.entity
			}
		}
	}
	return -1
}

// leads reports whether a mention names the head of a delegation.
func (t *text) leads(m *mention) bool {
	return t.is(m.from-1, "là", ":") && t.headOf(m.from-1) || t.ledBy(m) && t.has(m.to, min(m.to+12, len(t.toks)), "dẫn", "trưởng") || t.headsParty(m)
}

// maxHeads is how many sentences behind the one that tells of an encounter may say
// who heads the parties.
const maxHeads = 4

// headOf reports whether the words before token i speak of who heads a delegation:
// "Trưởng đoàn Việt Nam", "Dẫn đầu đoàn Chính phủ Lào".
func (t *text) headOf(i int) bool {
	for k := i - 1; k > 0 && k > i-12 && t.toks[k].shape != punct; k-- {
		if t.is(k, "đoàn") && t.is(k-1, "trưởng", "đầu") && !t.is(k-2, "các") || t.is(k, "đầu") && t.is(k-1, "dẫn", "đứng") {
			return true
		}
	}
	return false
}

// betweenParties reads an encounter of two parties of which nothing is told but who
// heads each: "Đoàn Việt Nam do X dẫn đầu tham dự Đối thoại … Đoàn Ấn Độ do Y làm
// trưởng đoàn." With sides, those named first of each side count as well: "Dự hội đàm,
// về phía Lào có A. Về phía Việt Nam có B …". It reports whether there is one.
func (r *reader) betweenParties(sides bool) bool {
	for _, headline := range []bool{false, true} {
		for ti := range r.texts {
			at := ref{text: ti, full: true}
			if r.body(at) == headline || headline && r.texts[ti].p.Kind != archive.TitleParagraph || !r.early(at) {
				continue
			}
			for at.sent = range r.texts[ti].sents {
				if r.partiesAt(at, sides) {
					return true
				}
			}
		}
	}
	return false
}

// partiesAt reads the encounter of two parties that a sentence tells of, by the word
// that says most of what it was.
func (r *reader) partiesAt(at ref, sides bool) bool {
	t := &r.texts[at.text]
	s := t.sents[at.sent]
	var kind archive.MeetingKind
	for _, h := range t.in(s.from, s.to) {
		if k, ok := t.looseKind(&h); ok && k != archive.Reception && t.status(h.from, s) != archive.Recalled && (kind == "" || strength(k) > strength(kind)) {
			kind, at.trigger = k, span{h.from, h.to}
		}
	}
	if kind == "" {
		return false
	}
	who := r.headsBehind(at.text, at.sent, sides)
	if len(who) != 2 || !r.abroad(who) || slices.ContainsFunc(who, r.meets) {
		return false
	}
	r.add(event{kind: kind, status: t.status(at.trigger.from, s), principals: who, rule: ruleOf(kind) + "-loose", refs: []ref{at}})
	return true
}

// headsBehind gives who heads each party, by sentence si of paragraph ti and those
// behind it: by the next alone, or further on where sentence si names the countries.
func (r *reader) headsBehind(ti, si int, sides bool) (who []int) {
	first := r.texts[ti].sents[si]
	for n, x := 0, ti; n <= maxHeads && x < len(r.texts); x, si = x+1, 0 {
		if x > ti && !r.body(ref{text: x}) {
			continue
		}
		t := &r.texts[x]
		for ; si < len(t.sents) && n <= maxHeads; si, n = si+1, n+1 {
			for _, e := range r.headsOf(t, t.sents[si], sides) {
				if !slices.Contains(who, e) && (n < 2 || r.texts[ti].namesCountry(first, r.entities[e].country)) {
					who = append(who, e)
				}
			}
			if n == 1 && len(who) == 2 && r.abroad(who) {
				return who
			}
		}
	}
	return who
}

// namesCountry reports whether a sentence names a country, if only within the name
// of a body: "Ủy ban liên Chính phủ Việt Nam - Lào".
func (t *text) namesCountry(s span, country string) bool {
	return slices.ContainsFunc(t.in(s.from, s.to), func(h hit) bool { return h.class == classCountry && h.arg == country })
}

// headsOf gives who is said in a sentence to head a party, with sides also who is
// named first of one.
func (r *reader) headsOf(t *text, s span, sides bool) (who []int) {
	if sides {
		if who = t.headsOfSides(s); len(who) == 0 {
			who = t.chairOf(s) // "X chủ trì hội nghị trực tuyến. Phía Trung Quốc có Y"
		}
	}
	for _, m := range t.mentionsIn(s) {
		if m.entity >= 0 && !slices.Contains(who, m.entity) && (t.leads(&m) || t.ledBy(&m) && t.has(max(s.from, m.from-12), m.from, "đoàn")) {
			who = append(who, m.entity)
		}
	}
	return who
}

// headsParty reads "Dẫn đầu đoàn Hội Phụ nữ Cuba, bà X …" and "ông X, Bí thư Đảng Y,
// dẫn đoàn sang".
func (t *text) headsParty(m *mention) bool {
	j := m.to
	if t.is(j, ",") {
		j++
	}
	if t.is(j, "dẫn") && t.has(j+1, min(j+3, len(t.toks)), "đoàn") {
		return true
	}
	s := t.sents[t.sentenceOf(m.from)]
	return t.is(s.from, "dẫn") && t.is(m.from-1, ",") && t.has(s.from, min(s.from+4, m.from), "đoàn") && m.from-s.from < 24 && t.before(m.from, s.from) < 0
}

// party reports whether the words at token i are the visitors as a body, whose
// leader was named before: "tiếp thân mật Đoàn", "tiếp đoàn Việt Nam".
func (t *text) party(i int) bool {
	for k := i; k < i+5 && k < len(t.toks); k++ {
		if t.is(k, "đoàn") && !t.is(k+1, "kết", "thể", "viên", "do", "gồm") {
			return t.toks[k].shape == capital || k+1 >= len(t.toks) || t.toks[k+1].shape == punct
		}
		if t.toks[k].shape == punct || t.inMention(k) {
			return false
		}
	}
	return false
}

// partyActs reports whether the visitors as a body are the subject of the verb at
// token i: "Đoàn đã hội đàm với Y".
func (t *text) partyActs(i, from int) bool {
	for k := i - 1; k >= from && k > i-8; k-- {
		if t.is(k, "đoàn") {
			return k == from || t.toks[k-1].shape == punct || t.toks[k].shape == capital
		}
		if !t.is(k, "đã", "cũng", "có", "sẽ", "đến", "tới", "đại", "biểu", "công", "tác") {
			return false
		}
	}
	return false
}

// partyReceived reports whether the subject before token i acts on the visitors
// as a body: "Đoàn được Thủ tướng Y tiếp".
func (t *text) partyReceived(i, from int) bool {
	k := t.before(i, from)
	if k < 0 {
		return false
	}
	for k > 0 && t.mentions[k-1].from >= from && !t.is(t.mentions[k].from-1, "được") {
		if only, _ := t.links(t.mentions[k-1].to, t.mentions[k].from); !only {
			break
		}
		k--
	}
	at := t.mentions[k].from - 1
	if !t.is(at, "được") {
		return false
	}
	for at--; at >= from && at > i-30; at-- {
		if t.is(at, "đoàn") {
			return true
		}
		if t.toks[at].shape == punct || t.inMention(at) {
			return false
		}
	}
	return false
}

// welcomes reads a coming visit from who will welcome the guest: "Việt Nam sẽ đón
// Thủ tướng Đức X trong hai ngày 11 và 12-10". Who waits at the airport meets nobody,
// see [reader.seenOff].
func (r *reader) welcomes(f *frame) bool {
	if f.kind == archive.Ceremony && f.verb() && f.h.to-f.h.from == 1 && len(f.subject) > 0 &&
		r.entities[f.subject[0]].rank > 1 && f.t.atAirport(f.h.from, f.s) && (r.entities[f.subject[0]].rank > 3 || f.t.has(f.s.from, f.h.from, "ra") || f.t.p.Kind == archive.Caption || r.travels(f.object)) {
		return true
	}
	if f.kind != archive.Ceremony || f.status != archive.Announced || len(f.object) != 1 || !f.verb() || f.h.to-f.h.from != 1 {
		return false
	}
	guest, host, at := f.object[0], "", f.at
	if len(f.subject) > 0 {
		host = r.entities[f.subject[0]].country
	} else {
		for _, c := range f.t.in(f.s.from, f.h.from) {
			if c.class == classCountry {
				host = c.arg
			}
		}
	}
	if x := &r.entities[guest]; host == "" || x.country == "" || x.country == host || x.rank > 3 || !r.dated(at) && !f.t.soon(f.s) {
		return false
	}
	if !r.touchVisits(at, guest, host) {
		at.full = true
		r.addVisit(event{visit: true, status: archive.Announced, guest: guest, host: host, principals: append([]int{guest}, f.subject...), rule: "visit-verb", refs: []ref{at}})
	}
	return true
}

// travels reports whether one of these is on a journey.
func (r *reader) travels(who []int) bool {
	return slices.ContainsFunc(r.events, func(ev event) bool { return ev.visit && slices.Contains(who, ev.guest) })
}

// soon reports whether a sentence is of the next week, month or year: "Tháng tới, …".
func (t *text) soon(s span) bool {
	for i := s.from; i+1 < s.to; i++ {
		if t.is(i, "tuần", "tháng", "năm") && t.is(i+1, "tới", "sau") && !t.inMention(i) {
			return true
		}
	}
	return false
}

// atAirport reports whether the words around "đón" at token i say that it was where the
// guest landed: "ra sân bay đón Y", "đón Y tại sân bay".
func (t *text) atAirport(i int, s span) bool {
	for k := s.from; k < min(s.to, i+24); k++ {
		if t.is(k, "sân", "máy") && t.is(k+1, "bay") || t.is(k, "chuyên") && t.is(k+1, "cơ") {
			return true
		}
	}
	return false
}

// receivers reads "Tiếp Đoàn có các đồng chí: A, Chủ tịch tỉnh; B, …": the first
// is the host, the others attend, and the guest is the foreigner named last.
func (r *reader) receivers(f *frame) bool {
	t, at, h, s := f.t, f.at, f.h, f.s
	k := t.after(h.to, s.to)
	if !mutual(f.kind) && f.kind != archive.Encounter || h.from > s.from+2 || !r.body(at) || k < 0 {
		return false
	}
	guest, opened := -1, t.opener(h.to, s)
	if m := &t.mentions[k]; m.from < opened {
		guest = m.entity // "Tiếp Tổng Lãnh sự X có Chủ tịch tỉnh Y"
		k = t.after(opened, s.to)
	}
	if k < 0 || opened < 0 || guest < 0 && !t.has(h.to, opened, "đoàn") {
		return false
	}
	first := &t.mentions[k]
	if first.entity < 0 || guest >= 0 && !r.abroad([]int{first.entity, guest}) {
		return false
	}
	for ti := at.text; ti >= 0 && ti > at.text-3 && guest < 0; ti-- {
		for x := len(r.texts[ti].mentions) - 1; x >= 0; x-- {
			m := &r.texts[ti].mentions[x]
			if (ti < at.text || m.to <= h.from) && m.entity >= 0 && r.abroad([]int{first.entity, m.entity}) {
				guest = m.entity
			}
		}
	}
	if guest < 0 || len(r.events) >= maxEvents {
		return false
	}
	f.at.full = true
	ev := f.event([]int{first.entity, guest}, "")
	for k++; k < len(t.mentions) && t.mentions[k].to <= s.to; k++ {
		if m := &t.mentions[k]; m.entity >= 0 && !m.name.empty() && !slices.Contains(ev.principals, m.entity) && !slices.Contains(ev.attending, m.entity) {
			ev.attending = append(ev.attending, m.entity)
		}
	}
	r.add(ev)
	return true
}

// opener gives the token after "có" or "gồm" that opens a list of people, when one
// stands behind token i: "Tiếp Đoàn, về phía tỉnh có các đồng chí: …"; or -1.
func (t *text) opener(i int, s span) int {
	for end := min(s.to, i+40); i < end && t.at(i, classSay) == nil; i++ {
		if !t.is(i, "có", "gồm") {
			continue
		}
		to := i + 1
		for t.is(to, "có", "gồm", "còn", "các", "đồng", "chí", "sự", "tham", "dự", "của", ":") {
			to++
		}
		if k := t.after(i, s.to); k >= 0 && t.mentions[k].from <= to {
			return i + 1
		}
	}
	return -1
}

// delegation finds whom "Đoàn đại biểu cấp cao Singapore" stands for: the
// leader of that country the article has named.
func (r *reader) delegation(t *text, from int, s span) []int {
	party := false
	for i := from; i < s.to && i < from+16; i++ {
		country := ""
		if k := t.after(i, s.to); party && k >= 0 && t.mentions[k].from == i && t.mentions[k].name.empty() && t.is(i-1, "biểu") {
			country = t.mentions[k].country // "Đoàn đại biểu Tổng Chưởng lý Campuchia"
		} else if t.inMention(i) || t.toks[i].shape == punct || t.at(i, classTrigger) != nil {
			return nil
		} else if c := t.at(i, classCountry); c != nil {
			country = c.arg
		}
		party = party || t.is(i, "đoàn")
		if country == "" || country == "VN" || !party {
			continue
		}
		if e := r.leaderOf(country); e >= 0 {
			return []int{e}
		}
		return nil
	}
	return nil
}

// leaderOf gives who leads the delegation of a country: who is said to, else the
// highest of that country, -1 when the article names nobody of it.
func (r *reader) leaderOf(country string) int {
	head := r.partyHead()
	for e := range r.entities {
		x := &r.entities[e]
		if x.country == country && slices.ContainsFunc(x.titles, func(s string) bool { return strings.HasPrefix(strings.ToLower(s), "trưởng đoàn") }) {
			head = e
		}
	}
	if head >= 0 && r.entities[head].country == country {
		return head
	}
	best := -1
	for e := range r.entities {
		if x := &r.entities[e]; x.country == country && !x.spouse && (best < 0 || x.rank < r.entities[best].rank) {
			best = e
		}
	}
	return best
}
