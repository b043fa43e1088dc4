package extract

import (
	"slices"

	"vankho/internal/archive"
)

// series is where the article says that somebody had several meetings, without
// naming with whom: "gặp nhiều người đồng cấp", "lần lượt tiếp từng người".
type series struct {
	at   ref
	kind archive.MeetingKind
	host int // entity, -1 when not said
	rule string
}

// list is an encounter whose other side follows, one a paragraph: "Bộ trưởng
// đã tiếp:" and then "- Đại sứ Cuba …".
type list struct {
	event
	text int // the paragraph before
}

// listed reads paragraph ti as an item of the open list, and closes the list
// where it is none.
func (r *reader) listed(ti int) {
	t := &r.texts[ti]
	if r.list == nil || !r.body(ref{text: ti}) {
		return
	}
	open := r.list
	r.list = nil
	if open.text != ti-1 || len(t.sents) == 0 || len(t.toks) == 0 {
		return
	}
	s := t.sents[0]
	k := t.after(s.from, s.to)
	if k < 0 || t.mentions[k].from > s.from+3 || t.toks[s.from].shape != punct && t.num(s.from) < 0 || t.triggers(s.from, s.to) {
		return
	}
	found := t.objects(s.from, s, listing{series: true}).who
	at := ref{text: ti, trigger: span{t.mentions[k].from, t.mentions[k].to}, full: true}
	for _, e := range found {
		if who := append(slices.Clone(open.principals), e); r.abroad(who) {
			r.add(event{kind: open.kind, status: open.status, principals: who, series: len(r.events) + 1, rule: open.rule, refs: append([]ref{at}, open.refs...)})
		}
	}
	open.text = ti
	r.list = open
}

// withAnother reads "Với Thủ tướng Nhật Bản Abe Shinzo, Thủ tướng đề nghị …" in
// an article that said there were several meetings; a semicolon may stand before it.
func (r *reader) withAnother(t *text, at ref, s span) {
	if r.several == nil {
		return
	}
	for i := s.from; i+1 < s.to; i++ {
		if !t.is(i, "với") || i > s.from && !t.is(i-1, ";") {
			continue
		}
		if k := t.after(i+1, s.to); k < 0 || t.mentions[k].from != i+1 {
			continue
		}
		at.trigger = span{i, i + 1}
		with := hit{i, i + 1, &phrase{class: classTrigger, arg: string(archive.Encounter), alt: "n"}}
		r.meetingFrame(t, at, &with, span{i, s.to}, nil)
	}
}

// listAhead reports whether a colon opens a list of people: "hội kiến các nhà
// lãnh đạo: A, B và C".
func (t *text) listAhead(i int, s span) bool {
	for k := i; k < s.to && k < i+10; k++ {
		if t.inMention(k) && !t.is(k+1, ":") && t.mentions[max(0, t.before(k+1, s.from))].to <= k {
			return false
		}
		if t.is(k, ":") || t.is(k, "gồm", "như", "là") && t.groupBefore(k, i) == k {
			return true
		}
	}
	return false
}

// unnamed keeps an encounter with somebody of whom the article gives only the
// office: "gặp Thủ tướng Uganda". The record has one side and says so.
func (r *reader) unnamed(f *frame) {
	if len(f.subject) == 0 || f.h.arg == "sign" || f.kind == archive.Ceremony || f.status != archive.Held || !r.body(f.at) {
		return
	}
	for _, m := range f.offices {
		countryman := slices.ContainsFunc(f.subject, func(e int) bool { return r.entities[e].country == m.country || r.entities[e].country == "" })
		q := f.t.quote(m.from, m.to)
		told := slices.ContainsFunc(r.events, func(ev event) bool { return ev.unnamed != nil && ev.unnamed.Quote == q.Quote })
		if countryman || told || len(r.events) >= maxEvents {
			continue
		}
		ev := f.event(slices.Clone(f.subject), "-unnamed")
		ev.series, ev.unnamed, ev.refs[0].full = len(r.events)+1, &q, true
		r.events = append(r.events, ev)
		r.problem(f.at.text, "counterpart-unnamed", "the article does not name who is met: "+q.Quote)
	}
}

// unnamedBetween reports whether a list goes on past somebody without a name:
// "…, lãnh đạo các đảng và Chủ tịch Hạ viện X".
func (t *text) unnamedBetween(from, to int) bool {
	return to-from <= 16 && t.is(to-1, ",", ";", "và", "cùng") && !t.speaks(from, to) && !t.triggers(from, to) &&
		!t.has(from, to, "đã", "sẽ", "đang", "là", "để", "nhằm")
}

// unnamedMany reports whether the words at token i stand for several people
// whom the rest of the article names: "nhiều người đồng cấp", "từng người".
func (t *text) unnamedMany(i int, s span) bool {
	for k := i; k < s.to && k < i+6; k++ {
		if t.is(k, "lãnh") && t.is(k+1, "đạo") || t.is(k, "nhiều", "từng", "các", "loạt", "một") && t.is(k+1, "người", "lãnh", "nhà", "vị", "đồng", "đối", "bộ", "ngoại", "đại", "số", "quan") {
			return true
		}
		if t.inMention(k) || t.toks[k].shape == punct {
			return false
		}
	}
	return false
}

// ofSeries reads a paragraph on one of the meetings of an open series: it begins
// with whom the host met, "* Đại sứ Anh X: …", "Bộ trưởng Ngoại giao Ireland X đề
// xuất …".
func (r *reader) ofSeries(t *text, at ref, s span) {
	if r.several == nil || r.several.host < 0 || at.sent > 0 || at.text <= r.several.at.text || !r.body(at) {
		return
	}
	k := t.after(s.from, s.to)
	if k < 0 || t.mentions[k].from > s.from+14 || t.triggers(s.from, t.mentions[k].from) || t.speaks(s.from, t.mentions[k].from) {
		return
	}
	m := &t.mentions[k]
	for i := s.from; i < m.from; i++ {
		if t.toks[i].shape != punct && t.num(i) < 0 && !t.is(i, "với", "còn", "nữ", "ngài", "tân", "đối", "riêng") && !t.is(s.from, "tại", "ở") {
			return
		}
	}
	if m.entity < 0 || len(m.titles) == 0 || m.name.empty() || m.rank > 4 || r.entities[m.entity].org == "" && r.entities[m.entity].country == "" {
		return
	}
	who := []int{r.several.host, m.entity}
	if !r.abroad(who) {
		return
	}
	known := slices.ContainsFunc(r.events, func(ev event) bool { return !ev.visit && slices.Contains(ev.principals, m.entity) })
	if near := min(m.to+8, s.to); known || t.triggers(m.to, near) && !t.speaks(m.to, near) {
		return
	}
	at.trigger, at.full = span{m.from, m.to}, true
	r.add(event{kind: r.several.kind, status: archive.Held, principals: who, series: len(r.events) + 1, rule: r.several.rule, refs: []ref{at, r.several.at}})
}
