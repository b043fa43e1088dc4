package extract

import (
	"slices"

	"vankho/internal/archive"
)

// rite is the ceremony with which a guest is welcomed, as the sentences of an article
// tell of it: "Lễ đón Thủ tướng X diễn ra trọng thể. Chủ trì lễ đón là Thủ tướng Y."
type rite struct {
	guest, host int // -1 where nobody is named
	status      archive.Status
	refs        []ref // the sentences that say that it took place, or is to
	over        []ref // those that only say that it is over
	words       archive.Evidence
}

// ceremonies reads the ceremonies of welcome. One sentence names the guest, another
// who leads it, a third says that it was held.
func (r *reader) ceremonies() {
	var rites []rite
	for ti := range r.texts {
		t := &r.texts[ti]
		for si, s := range t.sents {
			noun := t.rite(s, len(rites) > 0)
			if noun.empty() || t.wished(noun.from, s.from) || t.denied(noun.from, s.from) {
				continue
			}
			if r.countries(t.entitiesIn(span{noun.to, s.to})) > 3 || t.atAirport(noun.from, s) && r.leadsRite(t, noun, s) < 0 {
				continue // the heads of many delegations, see [reader.summit], and who only waits
			}
			guest := r.guestOf(t, noun.to, s)
			if k := len(rites) - 1; k < 0 || guest >= 0 && rites[k].guest >= 0 && guest != rites[k].guest && !r.sameSide(guest, rites[k].guest) {
				rites = append(rites, rite{guest: -1, host: -1, words: t.quote(noun.from, noun.to)})
			}
			x := &rites[len(rites)-1]
			if x.guest < 0 {
				x.guest = guest
			}
			if x.host < 0 {
				x.host = r.leadsRite(t, noun, s)
			}
			at := ref{text: ti, sent: si, trigger: noun, full: true}
			switch {
			case !r.body(at) || !t.held(noun, s):
			case t.is(noun.to, "kết", "vừa", "xong", "dứt") || t.has(noun.to, min(noun.to+8, s.to), "xong"):
				x.over = append(x.over, at)
			default:
				if len(x.refs) == 0 {
					x.status = t.status(noun.from, s)
					if t.willBe(noun.to, s) {
						x.status = archive.Announced
					}
				}
				x.refs = append(x.refs, at)
			}
		}
	}
	for i := range rites {
		r.keepRite(&rites[i])
	}
}

// entitiesIn gives whom a range of tokens names.
func (t *text) entitiesIn(s span) (who []int) {
	for _, m := range t.mentionsIn(s) {
		if m.entity >= 0 {
			who = append(who, m.entity)
		}
	}
	return who
}

// sameSide reports whether two people come from one country.
func (r *reader) sameSide(a, b int) bool {
	return r.entities[a].country != "" && r.entities[a].country == r.entities[b].country
}

// rite gives the words of a sentence that name a ceremony for a guest: "lễ đón chính
// thức", also "buổi lễ" where one was spoken of, "duyệt đội danh dự", "21 phát đại bác",
// "quốc yến"; empty when there are none.
func (t *text) rite(s span, known bool) span {
	for i := s.from; i+1 < s.to; i++ {
		to := i + 1
		switch {
		case !t.is(i, "lễ", "duyệt", "đại", "quốc", "chiêu") || t.inMention(i):
			continue
		case t.is(i, "lễ") && (t.is(to, "đón") && t.is(to+1, "tiếp") || t.is(to, "tiếp", "chào", "nghênh") && t.is(to+1, "đón")):
			to += 2
		case t.is(i, "lễ") && t.is(to, "đón"):
			to++
		case t.is(i, "lễ") && known && t.is(i-1, "buổi") && (to == s.to || t.toks[to].shape == punct):
		case t.is(i, "duyệt") && t.has(to, to+3, "danh") && t.has(to, to+4, "dự"):
			return span{i, to + 1}
		case t.is(i, "đại") && t.is(to, "bác") && t.has(max(s.from, i-5), i, "loạt", "phát", "tiếng") && (t.is(to+1, "đón") || t.is(to+1, "chào") && t.is(to+2, "mừng")):
			return span{i, to + 2 + boolInt(t.is(to+1, "chào"))}
		case t.is(i, "quốc") && t.is(to, "yến"), t.is(i, "chiêu") && t.is(to, "đãi") && t.is(i-1, "tiệc", "buổi", "lễ", "trì"):
			to++
		default:
			continue
		}
		if t.is(to, "nhận", "tết", "năm", "xuân", "giao", "bằng", "huân", "danh", "khách", "hài", "tân") {
			continue // "lễ đón nhận Huân chương"
		}
		for t.is(to, "chính", "thức", "cấp", "nhà", "nước", "trọng", "thể", "long", "trang", "quốc", "gia", "thị") {
			to++
		}
		return span{i, to}
	}
	return span{}
}

// guestOf gives whom the ceremony is for that is named up to token i: "lễ đón Tổng
// thống X", "lễ đón chính thức được tổ chức trọng thể dành cho ông Y"; or -1.
func (r *reader) guestOf(t *text, i int, s span) int {
	k := t.after(i, s.to)
	party := t.is(i, "đoàn") || t.is(i+1, "đoàn")
	if k >= 0 && party && t.mentions[k].entity >= 0 && t.ledBy(&t.mentions[k]) && !t.has(i, t.mentions[k].from, ",") {
		return t.mentions[k].entity // "Lễ đón Đoàn đại biểu quân sự cấp cao do X dẫn đầu"
	}
	if party {
		if e := r.partyHead(); e >= 0 {
			return e // "Lễ đón đoàn diễn ra …"
		}
	}
	if k < 0 {
		return -1
	}
	m := &t.mentions[k]
	if m.entity < 0 || m.spouse || m.from-i > 3 && !(m.from-i < 24 && t.is(m.from-1, "cho", "đón", "mừng", "với")) || t.is(m.from-1, "do", "là", ",", "có") || t.has(i, m.from, ";") {
		return -1
	}
	return m.entity
}

// leadsRite gives who leads the ceremony that the words noun name: "do Thủ tướng Y và Phu
// nhân chủ trì", "Chủ trì lễ đón là Y", "Y chủ trì lễ đón", "Y tổ chức lễ đón"; or -1.
func (r *reader) leadsRite(t *text, noun, s span) int {
	for k := t.after(s.from, s.to); k >= 0 && k < len(t.mentions) && t.mentions[k].to <= s.to; k++ {
		m := &t.mentions[k]
		if m.entity < 0 || m.spouse {
			continue
		}
		end := m.to // past "và Phu nhân"
		if k+1 < len(t.mentions) && t.mentions[k+1].spouse {
			end = t.mentions[k+1].to
		} else if t.is(end, "và", "cùng") && t.is(end+1, "phu") {
			end += 3
		}
		leads := t.has(end, min(end+6, s.to), "chủ", "tổ") && !t.has(end, min(end+4, s.to), ";") && !t.speaks(end, min(end+3, s.to))
		if leads && (m.from >= noun.to || m.to <= noun.from && noun.from-end < 14) ||
			m.from >= noun.to && t.is(m.from-1, "là", "có") && t.has(max(s.from, noun.from-3), noun.from, "trì") {
			return m.entity
		}
	}
	return -1
}

// held reports whether a sentence says of the ceremony that it takes place, not only
// what came after or before it.
func (t *text) held(noun, s span) bool {
	if t.is(noun.from-1, "sau", "trước", "dự", "khi") || t.is(noun.from-1, "buổi", "nghi") && t.is(noun.from-2, "sau", "trước", "dự") {
		return false
	}
	return t.is(noun.from, "duyệt") || t.is(noun.from-1, "tại", "trong") || noun.from <= s.from+1 || t.has(s.from, s.to, "diễn", "cử", "tiến", "chủ", "trì", "tổ")
}

// keepRite keeps the ceremony of a guest. Who is not said to lead it, or to be welcomed,
// is whom the article shows there beside the other.
func (r *reader) keepRite(x *rite) {
	if len(x.refs) == 0 {
		x.refs, x.status = x.over, archive.Held
	}
	if len(x.refs) == 0 || len(r.events) >= maxEvents {
		return
	}
	if at := x.refs[0]; x.guest < 0 && x.host < 0 && r.texts[at.text].is(at.trigger.from, "duyệt") {
		x.host = r.firstNamed(at)
	}
	if x.guest < 0 && x.host >= 0 {
		if guest := r.visitorTo(r.entities[x.host].country); guest != nil {
			x.guest = guest[0] // "Thủ tướng Y chủ trì lễ đón"
		} else {
			x.guest = r.besideAt(x.host)
		}
	}
	if x.guest < 0 || r.entities[x.guest].rank > 4 {
		return
	}
	if x.host < 0 || !r.abroad([]int{x.guest, x.host}) {
		x.host = r.besideAt(x.guest)
	}
	for i := range r.events {
		if ev := &r.events[i]; ev.kind == archive.Ceremony && slices.Contains(ev.principals, x.guest) && ev.status == x.status {
			for _, at := range x.refs {
				if t := &r.texts[at.text]; t.is(at.trigger.from, "lễ") {
					ev.touch(at)
				}
			}
			return
		}
	}
	ev := event{kind: archive.Ceremony, status: x.status, principals: []int{x.guest}, rule: "event-ceremony", refs: x.refs[:min(len(x.refs), maxRefs)]}
	if x.host >= 0 {
		ev.principals = []int{x.host, x.guest}
	} else if x.status == archive.Held && r.isRite(&ev) && r.awayFromHome(x) {
		ev.unnamed, ev.rule = &x.words, "event-ceremony-unnamed"
	} else {
		return
	}
	if x.status == archive.Announced && r.meets(x.guest) {
		return // part of the programme of which the talks are told
	}
	at := slices.IndexFunc(r.events, func(o event) bool {
		return o.refs[0].text > ev.refs[0].text || o.refs[0].text == ev.refs[0].text && o.refs[0].sent > ev.refs[0].sent
	})
	if at < 0 {
		at = len(r.events)
	}
	r.events = slices.Insert(r.events, at, ev)
}

// awayFromHome reports whether the guest of a ceremony whose host nobody names is of
// another country than where it is held.
func (r *reader) awayFromHome(x *rite) bool {
	if r.entities[x.guest].country != "VN" {
		return r.entities[x.guest].country != ""
	}
	for _, at := range x.refs {
		t := &r.texts[at.text]
		s := t.sents[at.sent]
		for _, h := range t.in(s.from, s.to) {
			if (h.class == classCountry || h.class == classCity || h.class == classVenue) && h.arg != "VN" && !t.inMention(h.from) {
				return true
			}
		}
	}
	return false
}

// firstNamed gives the leader whom a sentence names first, or -1.
func (r *reader) firstNamed(at ref) int {
	t := &r.texts[at.text]
	for _, m := range t.mentionsIn(t.sents[at.sent]) {
		if m.entity >= 0 && !m.spouse && r.entities[m.entity].rank <= 2 {
			return m.entity
		}
	}
	return -1
}

// besideAt gives the leader of another country who does with somebody what is done at a
// ceremony of welcome: "X cùng Y duyệt đội danh dự", "Y mời X bước lên bục danh dự", "Y
// bắt tay X tại lễ đón"; or -1.
func (r *reader) besideAt(e int) int {
	for ti := range r.texts {
		t := &r.texts[ti]
		for _, s := range t.sents {
			if !t.has(s.from, s.to, "duyệt", "bục", "danh", "đón", "thiều") {
				continue
			}
			with, other := false, -1
			for _, m := range t.mentionsIn(s) {
				if m.entity == e {
					with = true
				} else if m.entity >= 0 && !m.spouse && other < 0 && r.entities[m.entity].rank <= 2 && r.abroad([]int{e, m.entity}) {
					other = m.entity
				}
			}
			if with && other >= 0 {
				return other
			}
		}
	}
	return -1
}

// isRite reports whether the text says of an event that it was a ceremony of welcome.
func (r *reader) isRite(ev *event) bool {
	return ev.kind == archive.Ceremony && ev.status == archive.Held && slices.ContainsFunc(ev.refs, func(at ref) bool {
		t := &r.texts[at.text]
		return at.full && r.body(at) && t.has(at.trigger.from, at.trigger.to, "lễ") && t.has(at.trigger.from, at.trigger.to, "đón")
	})
}

// besidesRites runs a pass over what was said as if there were no ceremonies of welcome
// beside the other encounters of the same people: nobody agrees to anything there.
func (r *reader) besidesRites(pass func()) {
	all := r.events
	var kept []int
	for i := range all {
		ev := &all[i]
		if !r.isRite(ev) || !slices.ContainsFunc(all, func(o event) bool {
			return !o.visit && o.kind != archive.Ceremony && o.status == ev.status && among(ev.principals, o.principals)
		}) {
			kept = append(kept, i)
		}
	}
	r.events = make([]event, len(kept))
	for k, i := range kept {
		r.events[k] = all[i]
	}
	pass()
	for k, i := range kept {
		all[i] = r.events[k]
	}
	r.events = all
}
