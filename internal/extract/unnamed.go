package extract

import (
	"slices"

	"vankho/internal/archive"
)

// unnamed keeps an encounter with somebody of whom the article gives only the
// office: "gặp Thủ tướng Uganda". The record has one side and says so.
func (r *reader) unnamed(f *frame) {
	if len(f.subject) == 0 || f.h.arg == "sign" || f.kind == archive.Ceremony || f.status != archive.Held || !r.body(f.at) {
		return
	}
	for _, m := range f.offices {
		if f.t.is(m.from-1, "biểu") && len(f.object) > 0 {
			continue // "Đoàn đại biểu Tổng Chưởng lý Campuchia", whose head is known
		}
		countryman := slices.ContainsFunc(f.subject, func(e int) bool { return r.entities[e].country == m.country || r.entities[e].country == "" })
		q := f.t.quote(m.from, m.to)
		told := slices.ContainsFunc(r.events, func(ev event) bool { return ev.unnamed != nil && ev.unnamed.Quote == q.Quote })
		if countryman || told || len(r.events) >= maxEvents {
			continue
		}
		ev := f.event(slices.Clone(f.subject), "-unnamed")
		ev.series, ev.unnamed, ev.refs[0].full = len(r.events)+1, &q, true
		r.events = append(r.events, ev)
		r.unnamedIn(&ev)
	}
}

// unnamedIn notes that an encounter has a side that the article does not name.
func (r *reader) unnamedIn(ev *event) {
	r.problem(ev.refs[0].text, "counterpart-unnamed", "the article does not name who is met: "+ev.unnamed.Quote)
}

// nameless is an encounter of which a side is an office that the article names nobody
// with: "Thủ tướng tiếp Đại sứ X".
type nameless struct {
	event
	who []int // those named, one encounter each
}

// officeAlone notes an encounter between an office at home that nobody is named with and
// people of other countries, early in the report.
func (r *reader) officeAlone(f *frame) {
	who := f.object
	if len(f.subject) > 0 {
		who = f.subject
	}
	if len(f.subject) > 0 && len(f.object) > 0 || len(who) == 0 || f.h.arg == "sign" || f.status != archive.Held || !r.body(f.at) || !r.early(f.at) {
		return
	}
	for _, e := range who {
		if x := &r.entities[e]; x.country == "VN" || x.country == "" && x.org == "" || x.business || x.spouse {
			return
		}
	}
	ev := f.event(nil, "-unnamed")
	ev.refs[0].full = true
	if office := unnamedOffice(f); office != nil {
		q := f.t.quote(office.from, office.to)
		ev.unnamed = &q
	} else if n := len(r.nameless); n > 0 && f.chained && r.nameless[n-1].refs[0].text == f.at.text && r.nameless[n-1].refs[0].sent == f.at.sent {
		ev.unnamed = r.nameless[n-1].unnamed // "Chủ tịch Quốc hội hội đàm với A và hội kiến B"
	} else {
		return
	}
	r.nameless = append(r.nameless, nameless{ev, slices.Clone(who)})
}

// unnamedOffice gives the office, of no country or of Viet Nam and with nobody's name, that
// stands right before or behind the verb of a frame, or joined to who does: "Chủ tịch
// nước và Tổng thống X hội đàm"; or nil.
func unnamedOffice(f *frame) *mention {
	k := f.t.before(f.h.from, f.s.from)
	if k < 0 && len(f.subject) == 0 || !f.verb() {
		return nil
	}
	at := f.h.from
	if len(f.subject) > 0 {
		joined := k > 0 && f.t.mentions[k].entity == f.subject[0] && f.t.is(f.t.mentions[k].from-1, "và", "cùng") && f.t.mentions[k-1].from >= f.s.from
		if joined {
			at = f.t.mentions[k].from
			k--
		} else {
			k = f.t.after(f.h.to, f.s.to)
		}
	}
	if k < 0 {
		return nil
	}
	m := &f.t.mentions[k]
	gap := max(at-m.to, m.from-f.h.to)
	if m.entity >= 0 || !m.name.empty() || len(m.keys) == 0 || m.rank > 3 || m.country != "" && m.country != "VN" || m.host || m.pronoun || gap > 2 {
		return nil
	}
	return m
}

// keepNameless keeps the encounters of an office without a name, where the article tells
// of no other.
func (r *reader) keepNameless() {
	if r.anyMeeting() {
		return
	}
	for _, n := range r.nameless {
		for _, e := range n.who {
			if r.meets(e) || len(r.events) >= maxEvents {
				continue
			}
			ev := n.event
			ev.principals, ev.refs = []int{e}, slices.Clone(n.refs)
			ev.series = len(r.events) + 1
			r.events = append(r.events, ev)
			r.unnamedIn(&ev)
		}
	}
}

// hostLater keeps an encounter with a body or a party for whom it names later, if at
// all: "Đại sứ X đến chào xã giao lãnh đạo tỉnh. Tại buổi tiếp, Chủ tịch tỉnh Y …",
// "Chủ tịch tỉnh X tiếp Đoàn đại biểu Quốc hội Lào".
func (r *reader) hostLater(f *frame) {
	if len(f.subject) != 1 || len(f.object) > 0 || len(f.offices) > 0 || f.noun && !f.t.is(f.h.from-1, "có") || !r.body(f.at) || f.status != archive.Held || len(r.orphans) >= maxEvents {
		return
	}
	x := &r.entities[f.subject[0]]
	if x.country == "" && x.org == "" || x.business {
		return
	}
	body, unnamed := f.t.foreignParty(f.h.to, f.s, x.country), true
	if body.empty() || x.rank > 4 || !r.early(f.at) {
		if body = f.t.bodyAt(f.h.to, f.s); f.kind == archive.Talks {
			return
		}
		unnamed = x.country != "VN" // whom ours call on abroad may be any of a series
	}
	of := f.t.nationOf(body) // "Đoàn do ông X dẫn đầu đã có buổi gặp gỡ với Hội Cựu chiến binh Campuchia"
	if body.empty() || !mutual(f.kind) && f.kind != archive.Encounter && f.kind != archive.Talks || x.country == "VN" && of == "" && !unnamed || x.country == of {
		return
	}
	alone := f.event(f.subject, "-subject-later")
	if unnamed {
		q := f.t.quote(body.from, body.to)
		alone.unnamed = &q
	}
	r.orphans = append(r.orphans, orphan{event: alone, of: of})
}

// nationOf gives the foreign country that the name of a body says it is of, or "".
func (t *text) nationOf(body span) (of string) {
	for _, c := range t.in(body.from, body.to) {
		if c.class == classCountry && c.arg != "VN" && !t.dash(c.to) && !t.dash(c.from-1) {
			of = c.arg
		}
	}
	return of
}

// bodyAt gives the words at token i where they stand for those who lead a body:
// "lãnh đạo tỉnh Nghệ An", "với UBND thành phố".
func (t *text) bodyAt(i int, s span) span {
	for t.is(i, "với", "các", "đồng", "chí", "tập", "thể") {
		i++
	}
	if t.is(i, "lãnh") && t.is(i+1, "đạo") || i < s.to && t.at(i, classOrgHead) != nil && t.toks[i].shape == capital {
		return span{i, t.endOfBody(i, s)}
	}
	return span{i, i}
}

// endOfBody gives the token behind the name of a body that begins at token i.
func (t *text) endOfBody(i int, s span) int {
	to := i
	for to < min(s.to, i+16) && t.toks[to].shape != punct && !t.is(to, "nhân", "trong", "để", "về", "vào", "sau", "trước", "khi", "đã", "đến", "tới", "sang", "đang", "do", "tại", "ở", "có", "bày", "cùng") {
		to++
	}
	return to
}

// foreignParty gives the words at token i where they stand for a party of another
// country than home, none of whom they name: "Đoàn đại biểu Quốc hội Lào", "25 Tổng
// Lãnh sự các nước". Merchants and artists stand for no country.
func (t *text) foreignParty(i int, s span, home string) span {
	for i < s.to && (t.is(i, "với", "các", "một", "số", "những", "thân", "mật", "xã", "giao", "riêng") || t.num(i) > 1) {
		i++
	}
	if i >= s.to {
		return span{i, i}
	}
	k := t.after(i, s.to)
	envoys := k >= 0 && t.mentions[k].from == i && t.mentions[k].name.empty() && len(t.mentions[k].keys) > 0 && envoy(t.mentions[k].keys[0])
	to := t.endOfBody(i, s)
	if !envoys && (!t.is(i, "đoàn") || t.is(i+1, "kết", "thể", "viên")) || t.has(i, to, "nghiệp", "nghệ", "bóng", "kiều", "khách", "đầu", "thương") {
		return span{i, i}
	}
	for _, c := range t.in(i, to) {
		switch {
		case (c.class == classCountry || c.class == classCity) && c.arg != home && !t.dash(c.to) && !t.dash(c.from-1), c.class == classOrg && !t.dash(c.to):
			return span{i, to}
		}
	}
	for j := i; envoys && j < to; j++ {
		if t.is(j, "các") && t.is(j+1, "nước") {
			return span{i, to}
		}
	}
	return span{i, i}
}

// envoy reports whether an office is that of somebody sent by a country to another.
func envoy(key string) bool {
	for _, w := range []string{"đại sứ", "tổng lãnh sự", "đại biện", "tùy viên quốc phòng", "trưởng cơ quan đại diện"} {
		if len(key) >= len(w) && key[:len(w)] == w {
			return true
		}
	}
	return false
}
