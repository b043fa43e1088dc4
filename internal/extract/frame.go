package extract

import (
	"slices"
	"strings"

	"vankho/internal/archive"
)

// subjects finds who acts: the people named nearest before the trigger, when
// no other verb stands between. "A được B tiếp" gives B, and A as acted upon.
func (r *reader) subjects(t *text, h *hit, s span) (subject, object []int, group bool) {
	k := t.before(h.from, s.from)
	for k > 0 && (t.mentions[k].spouse || t.mentions[k].entity < 0 && t.mentions[k].name.empty() && t.mentions[k-1].from >= s.from) {
		k--
	}
	if g := t.groupBefore(h.from, s.from); g >= 0 && (k < 0 || t.mentions[k].from < s.from || t.mentions[k].to <= g) && !t.speaks(g, h.from) && h.from-g < 20 {
		return nil, nil, true
	}
	if k < 0 || t.mentions[k].from < s.from {
		return nil, nil, false
	}
	m := &t.mentions[k]
	if len(m.holders) > 1 && h.from-m.to < 20 && !t.speaks(m.to, h.from) && !t.triggers(m.to, h.from) {
		return slices.Clone(m.holders), nil, false // "Đại sứ các nước Thái Lan, Indonesia và Malaysia trình Quốc thư"
	}
	// "Phó Thủ tướng X - người tháp tùng Chủ tịch nước Y - gặp …": between dashes nobody acts.
	clear := m.to // nothing that acts may stand between here and the trigger
	if x, end := t.aside(k, h.from, s.from); x >= 0 {
		k, m, clear = x, &t.mentions[x], end
	}
	// "A và B nhất trí như vậy khi gặp nhau": the verb before is another clause's.
	spoken := !t.is(h.from-1, "khi", "lúc") && t.speaks(clear, h.from)
	if m.entity < 0 || h.from-m.to > 60 || spoken || t.triggers(clear, h.from) || t.has(clear, h.from, ";") || t.asked(m.from, s.from) {
		return nil, nil, false
	}
	if t.invited(m.from) {
		return nil, nil, false
	}
	if who, by := t.passive(k, s); by >= 0 {
		return who, []int{by}, false
	}
	subject = []int{m.entity}
	from := m.from
	sawAnd := false
	var commas []int // length of the list at each comma passed: "X và Y, A và B" are two lists
	for k--; k >= 0 && t.mentions[k].from >= s.from; k-- {
		p := &t.mentions[k]
		if p.spouse {
			continue
		}
		if p.entity < 0 && p.name.empty() && t.is(p.to, ",") && p.to+1 == from {
			from = p.from // "Chủ tịch Hội hữu nghị, bà X": an office of hers
			continue
		}
		if t.has(p.to, from, "được") && from-p.to < 14 && !sawAnd {
			if p.entity >= 0 {
				object = append(object, p.entity)
			}
			break
		}
		only, and := t.links(p.to, from)
		if only && and && len(commas) > 0 {
			subject = subject[len(subject)-commas[0]:]
			break
		}
		// "Tổng Bí thư X, Chủ tịch nước Y gửi điện": leaders of one country, by the comma alone.
		together := only && h.arg == "message" && !p.name.empty() && t.has(p.to, from, ";") && !slices.Contains(r.met, p.entity) || only && len(subject) == 1 && r.colleagues(p, &t.mentions[k+1]) && (p.from == s.from || t.is(p.from-1, ",", ";", "*"))
		if sawAnd = sawAnd || and || together; !only || !sawAnd || p.entity < 0 || t.invited(p.from) {
			break
		}
		if !and {
			commas = append(commas, len(subject))
		}
		if !p.spouse && !slices.Contains(subject, p.entity) {
			subject = append([]int{p.entity}, subject...)
		}
		from = p.from
	}
	return subject, object, false
}

// colleagues reports whether two neighbours in the text are named, lead, and
// are of one country.
func (r *reader) colleagues(a, b *mention) bool {
	if a.entity < 0 || b.entity < 0 || a.name.empty() || b.name.empty() {
		return false
	}
	x, y := &r.entities[a.entity], &r.entities[b.entity]
	return x.country != "" && x.country == y.country && x.rank <= 2 && y.rank <= 2
}

// aside gives the mention before a remark between dashes that holds mention k
// and ends before the trigger at token i, and where it ends; or -1.
func (t *text) aside(k, i, from int) (mention, after int) {
	end := -1
	for j := t.mentions[k].to; j < i && j < t.mentions[k].to+14; j++ {
		if t.dash(j) && !t.toks[j].tight {
			end = j
		}
	}
	if end < 0 || i-end > 6 {
		return -1, 0
	}
	for x := k - 1; x >= 0 && x > k-4 && t.mentions[x].from >= from; x-- {
		if j := t.mentions[x].to; t.dash(j) && !t.toks[j].tight && t.mentions[x].entity >= 0 {
			return x, end
		}
	}
	return -1, 0
}

// passive reads "X … được A, B tiếp" where mention k is B: those who receive,
// and X, whom they receive; -1 when the clause is not passive.
func (t *text) passive(k int, s span) (who []int, by int) {
	from := t.mentions[k].from
	who = []int{t.mentions[k].entity}
	for k--; ; k-- {
		if t.is(from-1, "được") {
			break
		}
		if k < 0 || t.mentions[k].from < s.from || t.mentions[k].entity < 0 || t.mentions[k].spouse {
			return nil, -1
		}
		if only, _ := t.links(t.mentions[k].to, from); !only {
			return nil, -1
		}
		who = append([]int{t.mentions[k].entity}, who...)
		from = t.mentions[k].from
	}
	for ; k >= 0 && t.mentions[k].from >= s.from && from-t.mentions[k].to < 24; k-- {
		if m := &t.mentions[k]; m.entity >= 0 && !m.spouse && !slices.Contains(who, m.entity) && !t.speaks(m.to, from) {
			return who, m.entity
		}
	}
	return nil, -1
}

// objects finds whom: the list of people after the trigger. In a clause put
// first ("Gặp A, B và C, Tổng Bí thư …") a comma without "và" ends the list.
func (t *text) objects(from int, s span, fronted, series bool) (found []int, end int, between bool) {
	found, _, end, between = t.met(from, s, fronted, series)
	return found, end, between
}

// met is objects with the offices in the list that nobody is named with.
func (t *text) met(from int, s span, fronted, series bool) (found []int, offices []*mention, end int, between bool) {
	k := t.after(from, s.to)
	if k < 0 {
		return nil, nil, from, false
	}
	opened := false
	// "ba người đồng cấp là A, B và C", "…: A (Mỹ), B (Lào) và C (Nhật Bản)": the
	// office is only a word before the names.
	for k+1 < len(t.mentions) && t.mentions[k].entity < 0 && t.mentions[k].name.empty() && t.mentions[k+1].to <= s.to &&
		t.mentions[k+1].from-t.mentions[k].to <= 3 && !t.has(t.mentions[k].to, t.mentions[k+1].from, "và", ";") {
		opened = opened || t.has(t.mentions[k].to, t.mentions[k+1].from, ":")
		k++
	}
	// "tiếp các Đại sứ trình Quốc thư: A, B và C"
	if m := &t.mentions[k]; m.name.empty() && len(m.holders) == 0 && t.is(m.from-1, "các", "hai", "ba", "bốn", "năm", "sáu") && k+1 < len(t.mentions) && t.mentions[k+1].to <= s.to {
		if next := t.mentions[k+1].from; next-m.to < 16 && !t.speaks(m.to, next) && t.has(m.to, next, ":", "gồm") && t.is(next-1, ":", "gồm", "có", "là", "-") {
			k++
			from, opened = next, true
		}
	}
	m := &t.mentions[k]
	for i := from; i < m.from; i++ {
		if t.is(i, "giữa") || t.is(i, "tham") && t.is(i+1, "dự", "gia") && t.is(i+2, "của") {
			between = true
		}
	}
	led := t.ledBy(m) || opened
	gap := m.from - from
	if series && gap <= 28 && !t.speaks(from, m.from) && !t.triggers(from, m.from) {
		led = true // "các cuộc gặp với lãnh đạo nhiều nước, trong đó có …"
	}
	if gap > 28 || gap > 12 && !led && !between || t.speaks(from, m.from) || t.triggers(from, m.from) || t.has(from, m.from, ";") || !led && t.has(from, m.from, ":") ||
		!led && t.has(from, m.from, ",") || !series && t.groupBefore(m.from, from) >= 0 {
		return nil, nil, from, between
	}
	type item struct {
		mention *mention
		entity  int
		comma   bool // only a comma stood before it
		end     int
	}
	items := []item{{m, m.entity, false, m.to}}
	end = m.to
	chaired := t.is(m.from-1, "do") // "hội đàm do A và B chủ trì"
	for k++; k < len(t.mentions) && t.mentions[k].to <= s.to; k++ {
		n := &t.mentions[k]
		only, and := t.links(end, n.from)
		if !only && (series || len(items) > 1) && t.unnamedBetween(end, n.from) {
			only, and = true, true
		}
		// "…; Thủ tướng Z gửi điện …", "…, Thủ tướng Z khẳng định …": a new subject.
		if !only || !and && (t.acts(n.to, min(n.to+6, s.to)) || t.speaks(n.to, min(n.to+3, s.to))) {
			break
		}
		if !n.spouse {
			items = append(items, item{n, n.entity, !and, n.to})
		}
		end = n.to
	}
	if fronted && !between && len(items) > 1 {
		last := 0
		for i := range items {
			if !items[i].comma {
				last = i
			}
		}
		items = items[:last+1]
	}
	for i, it := range items {
		if i+1 < len(items) && items[i+1].comma && t.sentBy(it.mention) {
			continue // "Đặc phái viên của Chủ tịch X, Bí thư Y": X only sent him
		}
		for _, e := range it.mention.holders {
			if !slices.Contains(found, e) {
				found = append(found, e)
			}
		}
		if it.entity >= 0 && !slices.Contains(found, it.entity) {
			found = append(found, it.entity)
		}
		if it.entity < 0 && it.mention.name.empty() && it.mention.country != "" && it.mention.rank <= 4 && len(it.mention.holders) == 0 {
			offices = append(offices, it.mention)
		}
		end = it.end
	}
	between = between || chaired && len(found) > 1 && t.has(end, min(end+3, s.to), "chủ")
	return found, offices, end, between
}

// sentBy reports whether a mention names an envoy by who sent him: "Đặc phái viên
// của Chủ tịch X".
func (t *text) sentBy(m *mention) bool {
	return len(m.titles) > 0 && t.is(m.titles[0].from, "đặc") && t.has(m.titles[0].from, m.name.from, "của")
}

// meetingFrame reads an encounter from its trigger and gives its subject.
func (r *reader) meetingFrame(t *text, at ref, h *hit, s span, last []int) []int {
	kind := archive.MeetingKind(h.arg)
	rule := "event-" + strings.ReplaceAll(h.arg, "_", "-")
	noun := h.alt != "v"
	switch h.arg {
	case "assemble":
		kind, rule = archive.Encounter, "event-meeting"
	case "session":
		kind, rule = archive.Encounter, "event-co-chair"
		who := r.bySides(t, h.to, s)
		if chairs := r.chairsOf(t, h, s); len(chairs) > 0 {
			who, kind, rule = chairs, archive.Summit, "event-summit"
		}
		if who != nil {
			at.full = true
			r.add(event{kind: kind, status: t.status(h.from, s), principals: who, rule: rule, refs: []ref{at}})
			return nil
		}
	case "sign":
		kind, rule = archive.Ceremony, "event-signing"
	}
	if !noun && t.is(h.from-1, "quả", "dung") {
		noun = true // "báo cáo kết quả hội đàm"
	}
	// "Cùng dự hội đàm có …": those who follow attended, they did not meet.
	for _, x := range t.in(max(s.from, h.from-4), h.from) {
		if k := t.before(x.from, s.from); x.class == classAttend && x.arg == "attend" && (len(r.events) > 0 || k < 0 || t.mentions[k].from < s.from) {
			r.touchKind(kind, false, at)
			return nil
		}
	}
	subject, object, group := r.subjects(t, h, s)
	// "hội kiến A và gặp B": the second verb has the first one's subject.
	met := r.met
	r.met = nil
	if last != nil && t.chained(h.from) {
		subject, object, group = last, nil, false
	} else if len(subject) == 1 && slices.Contains(met, subject[0]) && t.chained(h.from) {
		subject = nil // "buổi sáng tiếp A, buổi chiều hội đàm với B": A does not meet B
	}
	if len(object) > 0 && last != nil && !r.abroad(append(slices.Clone(subject), object...)) && r.abroad(append(slices.Clone(subject), last...)) {
		object = last // "ông X gặp A và được B tiếp": it is X whom B receives
	}
	fronted := subject == nil && !group && object == nil
	several := h.alt == "p" || t.is(h.from-1, "lượt", "loạt") || t.is(h.from-2, "lượt") || t.is(h.from-3, "lượt") || t.listAhead(h.to, s)
	if fronted && !noun && r.receivers(t, at, h, s, kind, rule) {
		return nil
	}
	found, offices, end, between := t.met(h.to, s, fronted, several)
	between = between || h.arg == "session" && t.is(h.to, "của")
	if between {
		subject = nil
	}
	if fronted && !between && len(found) == 1 && h.alt == "v" {
		// "Tới trình Quốc thư lên Chủ tịch nước lần lượt là Đại sứ A, Đại sứ B và Đại sứ C"
		if from := t.copula(end, s); from > end {
			if who, to, _ := t.objects(from, s, false, true); len(who) > 0 && !slices.Contains(who, found[0]) {
				subject, end, fronted = who, to, false
			}
		}
	}
	object = append(object, found...)
	if len(object) == 0 && last != nil && t.chained(h.from) && h.alt == "v" && kind != archive.Ceremony && (h.to >= s.to || t.toks[h.to].shape == punct) {
		object = met // "được X đón và hội đàm."
	}
	if h.arg == "courtesy_call" && len(object) == 0 && among(subject, met) {
		return last // "tiếp các Đại sứ A, B và C đến chào từ biệt"
	}
	r.met = object
	if len(object) == 0 {
		object = r.delegation(t, h.to, s)
	}
	jointly := false
	if fronted && len(object) == 0 && !between && (t.is(h.from-1, "sau", "tại", "thúc", "trong", "vào") || t.has(h.from, h.to+2, "nhau")) {
		if who := r.together(t, h.to, s); who != nil {
			subject, object, jointly = who[:1], who[1:], true
		}
	}
	if len(object) == 0 && h.alt == "v" && kind != archive.Ceremony && len(subject) > 0 && t.party(h.to) {
		object = r.visitorTo(r.entities[subject[0]].country) // "Thủ tướng Y tiếp thân mật Đoàn"
	}
	if len(subject) > 0 && len(object) == 0 && h.alt == "v" && t.partyReceived(h.from, s.from) {
		object = r.visitorTo(r.entities[subject[0]].country) // "Đoàn được Chủ tịch nước Y tiếp"
	}
	if fronted && len(object) == 0 && h.alt == "v" && t.party(h.to) {
		// "tiếp Đoàn, Thủ tướng Y chúc mừng …"
		if k := t.after(h.to, s.to); k >= 0 && t.mentions[k].entity >= 0 && t.mentions[k].from-h.to < 8 && t.is(t.mentions[k].from-1, ",") {
			subject = []int{t.mentions[k].entity}
			object = r.visitorTo(r.entities[subject[0]].country)
		}
	}
	if subject == nil && noun && len(object) > 0 && !between && !group {
		// "X tuyên bố như vậy trong cuộc gặp với Y"
		if k := t.before(h.from, s.from); k >= 0 && t.mentions[k].from >= s.from && t.mentions[k].entity >= 0 && !t.mentions[k].spouse &&
			!slices.Contains(object, t.mentions[k].entity) && r.abroad([]int{t.mentions[k].entity, object[0]}) && h.from-t.mentions[k].to < 25 {
			subject = []int{t.mentions[k].entity}
		}
	}
	if kind == archive.Ceremony && h.alt == "v" && len(subject) == 1 && len(object) == 0 {
		object = r.visitorTo(r.entities[subject[0]].country)
	}
	if kind == archive.Ceremony && subject == nil && len(object) > 0 {
		// "Lễ đón Thủ tướng X diễn ra …, do Thủ tướng Y chủ trì"
		for k := t.after(end, s.to); k >= 0 && k < len(t.mentions) && t.mentions[k].to <= s.to; k++ {
			if m := &t.mentions[k]; m.entity >= 0 && t.is(m.from-1, "do") && t.is(m.to, "chủ") && !slices.Contains(object, m.entity) {
				subject = []int{m.entity}
			}
		}
	}
	if fronted && subject == nil && len(object) > 0 && !between {
		// "Gặp Thủ tướng Armenia, Tổng Bí thư Tô Lâm chúc mừng …"
		// and "Tiếp ông X ngay sau đó, Thủ tướng Y cho biết …"
		k := t.after(end, s.to)
		for k >= 0 && t.mentions[k].entity < 0 && t.mentions[k].name.empty() && k+1 < len(t.mentions) && t.mentions[k+1].to <= s.to && t.mentions[k+1].from-end <= 20 {
			k++ // "buổi làm việc với Tổng Thư ký ASEAN và Ủy ban Đại diện Thường trực, Tổng Bí thư X"
		}
		if k >= 0 && t.mentions[k].entity >= 0 && !slices.Contains(object, t.mentions[k].entity) &&
			(t.mentions[k].from-end <= 3 || t.mentions[k].from-end <= 20 && t.is(t.mentions[k].from-1, ",") && !t.speaks(end, t.mentions[k].from) && !t.triggers(end, t.mentions[k].from)) {
			subject = []int{t.mentions[k].entity}
		}
	}
	if kind != archive.PhoneCall {
		for i := h.to; i < min(h.to+12, s.to); i++ {
			if t.is(i, "trực") && t.is(i+1, "tuyến") || t.is(i, "truyền") && t.is(i+1, "hình") && t.is(i-1, "cầu") {
				kind, rule = archive.Online, "event-online"
			}
		}
	}
	if h.arg == "sign" && r.abroad(subject) {
		object = nil // "A và B ký … trước sự chứng kiến của C và D"
	}
	object = slices.DeleteFunc(object, func(e int) bool { return slices.Contains(subject, e) })
	r.neighbours(subject, object, t.nationOfList(h.to, s))
	if kind == archive.Message && t.is(h.to, "của") && r.messagesOf(t, at, h, s) {
		return nil
	}
	if kind == archive.Message {
		r.messages(t, at, s, end, subject, object, t.status(h.from, s))
		return subject
	}
	status := t.status(h.from, s)
	if kind == archive.Ceremony && status == archive.Announced && len(object) == 1 && h.alt == "v" && h.to-h.from == 1 && r.welcomes(t, at, subject, object[0], s) {
		return subject
	}
	full := append(slices.Clone(subject), object...)
	if len(subject) > 0 && len(object) == 0 && h.arg != "sign" && s.to == len(t.toks) && t.is(s.to-1, ":") && s.to-h.to < 30 {
		r.list = &list{event{kind: kind, status: status, principals: subject, rule: rule + "-series", refs: []ref{at}}, at.text}
		return subject
	}
	if len(subject) > 0 && h.arg != "sign" && kind != archive.Ceremony && r.body(at) {
		r.unnamed(t, at, subject, offices, kind, status, rule)
	}
	if (several || t.unnamedMany(h.to, s)) && !r.abroad(full) && (r.several == nil || r.several.host < 0 && len(full) > 0) && kind != archive.Ceremony && status == archive.Held {
		r.several = &series{at: at, kind: kind, host: -1, rule: rule + "-series"}
		if len(full) > 0 {
			r.several.host = full[0]
		}
	}
	switch {
	case r.abroad(full) && len(object) == 0 && len(subject) > 1:
	case r.abroad(full) && (len(subject) > 0 || between):
	case len(object) > 0 && r.touchWith(object, at):
		return subject
	case h.arg == "sign" || h.arg == "assemble":
		return subject
	case len(object) > 0 && r.protagonist() >= 0 && !slices.Contains(object, r.protagonist()) && kind != archive.Ceremony && status == archive.Held && t.p.Kind != archive.Caption:
		subject = []int{r.protagonist()}
		full = append(slices.Clone(subject), object...)
		if !r.abroad(full) {
			return subject
		}
		rule += "-subject-implied"
	case group && (!noun || t.is(h.from-1, "vào", "hành", "đầu", "có")) && len(object) == 0 && kind != archive.Reception && kind != archive.CourtesyCall && (kind != archive.Encounter || t.is(h.from, "gặp", "hội")) && !t.is(h.from-1, "về"):
		pair := r.pairAt(t, at, s)
		if pair == nil {
			return nil
		}
		subject, full = pair, pair
		rule += "-both-sides"
	default:
		if kind != archive.Ceremony || h.alt == "n" {
			r.touchKind(kind, h.alt == "p", at)
		}
		if len(object) > 0 && subject == nil && h.arg != "sign" && len(r.orphans) < maxEvents {
			refs := []ref{at}
			if r.several != nil {
				refs = append(refs, r.several.at)
			}
			r.orphans = append(r.orphans, orphan{event{kind: kind, status: status, principals: object, rule: rule + "-subject-later", refs: refs}})
		}
		return subject
	}
	if h.arg == "sign" && !t.is(h.to, "với") && len(object) > 0 {
		return subject
	}
	at.full = true
	// A series: one meeting with each. Two met in one "cuộc gặp" are met together
	// when they come from one country, or the article speaks of three sides.
	series := 0
	one := between || jointly || len(object) == 2 && r.trilateral() || !several && !r.abroad(object) &&
		(noun && !t.is(h.from-1, "hai", "ba", "bốn", "năm", "những", "nhiều") || t.ofDelegation(h.to, s))
	if len(object) > 1 && len(subject) > 0 && !one {
		series = len(r.events) + 1
		for _, o := range object {
			r.add(event{kind: kind, status: status, principals: append(slices.Clone(subject), o), series: series, rule: rule + "-series", refs: []ref{at}})
		}
		return subject
	}
	if len(object) == 1 && len(subject) > 1 && !r.abroad(subject) && (several && h.alt != "n" || h.alt == "v" && kind != archive.Ceremony && r.apart(subject)) ||
		len(object) == 1 && len(subject) > 1 && r.abroad(subject) && !slices.ContainsFunc(subject, func(e int) bool { return r.entities[e].country == r.entities[object[0]].country }) && !r.trilateral() {
		series = len(r.events) + 1
		for _, e := range subject {
			r.add(event{kind: kind, status: status, principals: []int{e, object[0]}, series: series, rule: rule + "-series", refs: []ref{at}})
		}
		return subject
	}
	refs := []ref{at}
	if fronted && r.several != nil {
		refs = append(refs, r.several.at)
	}
	r.add(event{kind: kind, status: status, principals: full, rule: rule, refs: refs})
	return subject
}

// together finds people of several countries named side by side after a clause
// that names nobody and begins at token from: "Sau hội đàm, A và B …", "Ăn sáng
// làm việc cùng nhau trước giờ khai mạc, A, B và C …".
func (r *reader) together(t *text, from int, s span) []int {
	k := t.after(from, s.to)
	if k < 0 || t.mentions[k].entity < 0 || t.mentions[k].from-from > 30 || !t.is(t.mentions[k].from-1, ",") ||
		t.speaks(from, t.mentions[k].from) || t.triggers(from, t.mentions[k].from) {
		return nil
	}
	who, joined := []int{t.mentions[k].entity}, false
	for k++; k < len(t.mentions) && t.mentions[k].to <= s.to && len(who) < 6; k++ {
		only, and := t.links(t.mentions[k-1].to, t.mentions[k].from)
		if !only || t.mentions[k].entity < 0 {
			break
		}
		who, joined = append(who, t.mentions[k].entity), joined || and
	}
	if !joined || !r.abroad(who) {
		return nil
	}
	return who
}

// trilateral reports whether the article speaks of three sides together, and not
// only of "hợp tác ba bên".
func (r *reader) trilateral() bool {
	for ti := range r.texts {
		for _, h := range r.texts[ti].hits {
			if t := &r.texts[ti]; h.class == classGroup && h.arg == "all" && t.is(h.from, "ba") && !t.is(h.from-1, "tác", "chế") {
				return true
			}
		}
	}
	return false
}

// sharedOffice gives the office of "hai Thủ tướng" nearest before token i, as a
// key, or "" where the words name none.
func (t *text) sharedOffice(i, from int) string {
	to := t.groupBefore(i, from)
	if to < 0 {
		return ""
	}
	for k := to - 1; k > from && k > to-6; k-- {
		if h := t.at(k, classTitle); h != nil && h.to <= to && t.is(k-1, "hai") && stateOffice([]string{strings.ToLower(t.str(h.from, h.to))}) {
			return officeKey(strings.ToLower(t.str(h.from, to)))
		}
	}
	return ""
}

// pairAt finds the two leaders of "hai nhà lãnh đạo": a Vietnamese and a
// foreign one among those named in the sentence, in the visit under way, and
// in the paragraphs before.
func (r *reader) pairAt(t *text, at ref, s span) []int {
	home, away := -1, -1
	office := t.sharedOffice(at.trigger.from, s.from)
	consider := func(e int) {
		if e < 0 || r.entities[e].spouse {
			return
		}
		if office != "" && !slices.ContainsFunc(r.entities[e].keys, func(k string) bool { return strings.Contains(k, office) }) {
			return
		}
		if r.entities[e].country == "VN" {
			if home < 0 {
				home = e
			}
		} else if away < 0 {
			away = e
		}
	}
	for k := t.before(at.trigger.from, s.from); k >= 0 && t.mentions[k].from >= s.from; k-- {
		consider(t.mentions[k].entity)
	}
	for i := len(r.events) - 1; i >= 0; i-- {
		for _, e := range r.events[i].principals {
			consider(e)
		}
	}
	for ti := at.text; ti >= 0 && ti > at.text-6 && (home < 0 || away < 0); ti-- {
		for k := len(r.texts[ti].mentions) - 1; k >= 0 && k > len(r.texts[ti].mentions)-80; k-- {
			if ti == at.text && r.texts[ti].mentions[k].from > at.trigger.from {
				continue
			}
			if r.texts[ti].mentions[k].rank <= 3 {
				consider(r.texts[ti].mentions[k].entity)
			}
		}
	}
	if home >= 0 && away >= 0 {
		return []int{home, away}
	}
	// Among others, "hai nhà lãnh đạo" are the two who met last.
	for i := len(r.events) - 1; i >= 0 && home < 0; i-- {
		if ev := &r.events[i]; office == "" && !ev.visit && len(ev.principals) == 2 && r.abroad(ev.principals) {
			return slices.Clone(ev.principals)
		}
	}
	return nil
}
