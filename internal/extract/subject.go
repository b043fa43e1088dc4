package extract

import "slices"

// subjects finds who acts: the people named nearest before the trigger, when
// no other verb stands between. "A được B tiếp" gives B, and A as acted upon.
// Of "hai bên" it gives nobody, and group.
func (r *reader) subjects(t *text, h *hit, s span) (subject, object []int, group bool) {
	k := t.before(h.from, s.from)
	for k > 0 && (t.mentions[k].spouse || t.mentions[k].entity < 0 && t.mentions[k].name.empty() && t.mentions[k-1].from >= s.from) {
		k--
	}
	if k >= 0 && t.mentions[k].from < s.from {
		k = -1
	}
	if g := t.groupBefore(h.from, s.from); g >= 0 && (k < 0 || t.mentions[k].to <= g) && !t.speaks(g, h.from) && h.from-g < 20 {
		return nil, nil, true
	}
	if k < 0 {
		return nil, nil, false
	}
	m := &t.mentions[k]
	if len(m.holders) > 1 && h.from-m.to < 20 && !t.speaks(m.to, h.from) && !t.triggers(m.to, h.from) {
		return slices.Clone(m.holders), nil, false // "Đại sứ các nước Thái Lan, Indonesia và Malaysia trình Quốc thư"
	}
	clear := m.to // nothing that acts may stand between here and the trigger
	if x, end := t.aside(k, h.from, s.from); x >= 0 {
		k, m, clear = x, &t.mentions[x], end
	}
	// "A và B nhất trí như vậy khi gặp nhau": the verb before is another clause's.
	when := h.from - 1
	for t.is(when, "tới", "đến", "đang", "cùng", "ngồi") {
		when--
	}
	clause := t.clause(clear, h.from)
	inLetter := h.phrase == sent && t.is(when, "trong", "qua") // "X viết trong bức điện gửi Y"
	spoken := !t.is(when, "khi", "lúc") && !inLetter && t.speaks(clause, h.from) && !t.saysOwn(clause, h.from)
	if m.entity < 0 || h.from-m.to > 60 || spoken || t.triggers(clause, h.from) || t.has(clear, h.from, ";") ||
		t.asked(m.from, s.from) || t.invited(m.from) {
		return nil, nil, false
	}
	for i := clear; i+2 < h.from; i++ {
		if t.is(i, "những") && t.is(i+1, "người") && t.is(i+2, "đã", "từng") {
			return nil, nil, false // "…, những người đã đón bà trong chuyến thăm năm ngoái"
		}
	}
	if who, by := t.passive(k, s); by < 0 && len(who) > 1 {
		return who, nil, false // "Đoàn được A, B tiếp"
	} else if by >= 0 {
		return who, []int{by}, false
	}
	subject, object = r.sideBySide(t, k, h, s)
	return subject, object, false
}

// saysOwn reports whether somebody tells in from..to what he himself did: "cho biết
// đã hội đàm với Y".
func (t *text) saysOwn(from, to int) bool {
	end := -1
	for _, h := range t.in(from, to) {
		if h.class == classSay && !t.inMention(h.from) {
			if h.arg != "say" {
				return false
			}
			end = h.to
		}
	}
	if end < 0 || end == to {
		return false
	}
	for i := end; i < to; i++ {
		if !t.is(i, "đã", "vừa", "từng", "mới", "rằng", "là", "có", "cũng") {
			return false
		}
	}
	return true
}

// clause gives the token after the last "khi", "lúc" or "để" in from..to, which
// begins a clause with the same subject: "X nói khi tới Paris gặp Y", "X thăm Pháp
// để gặp Y"; from when there is none.
func (t *text) clause(from, to int) int {
	for i := to - 1; i > from; i-- {
		if t.is(i, "khi", "lúc", "để") && !t.is(i-1, "trước", "kể", "từ") {
			return i + 1
		}
	}
	return from
}

// sideBySide gives mention k and those who act together with it: "X và Y gặp …".
// In "X được Y và Z tiếp" X is acted upon.
func (r *reader) sideBySide(t *text, k int, h *hit, s span) (subject, object []int) {
	subject = []int{t.mentions[k].entity}
	from := t.mentions[k].from
	joined, alone := t.is(h.from-1, "cùng", "đều"), false // alone: colleagues are joined only by a comma
	var commas []int                                      // length of the list at each comma passed: "X và Y, A và B" are two lists
	for k--; k >= 0 && t.mentions[k].from >= s.from; k-- {
		m := &t.mentions[k]
		if m.spouse {
			continue
		}
		if t.mourned(m) {
			break
		}
		if m.entity < 0 && m.name.empty() && t.is(m.to, ",") && m.to+1 == from {
			from = m.from // "Chủ tịch Hội hữu nghị, bà X": an office of hers
			continue
		}
		if !joined && from-m.to < 14 && t.has(m.to, from, "được") {
			if m.entity >= 0 {
				object = append(object, m.entity)
			}
			break
		}
		only, and := t.links(m.to, from)
		if only && and && len(commas) > 0 {
			subject = subject[len(subject)-commas[0]:]
			break
		}
		// "Tổng Bí thư X; Chủ tịch nước Y gửi điện", "Tổng Bí thư X, Chủ tịch nước Y
		// gửi điện": leaders of one country, without "và".
		peers := only && r.colleagues(m, &t.mentions[k+1]) && (m.from == s.from || t.is(m.from-1, ",", ";", "*"))
		if alone && !and && !peers && len(subject) > 1 {
			break // "Nhân 70 năm ngày sinh của A, B, C gửi thư mừng"
		}
		alone = peers && !and && !joined
		joined = joined || and || peers ||
			only && h.arg == "message" && !m.name.empty() && t.has(m.to, from, ";") && !slices.Contains(r.met, m.entity) ||
			only && h.arg == "message" && r.foreignSenders(m, &t.mentions[k+1])
		if !only || !joined || m.entity < 0 || t.invited(m.from) || h.arg == "message" && !and && r.homeAndAbroad(m.entity, subject[0]) {
			break
		}
		if !and {
			commas = append(commas, len(subject))
		}
		if !slices.Contains(subject, m.entity) {
			subject = append([]int{m.entity}, subject...)
		}
		from = m.from
	}
	return subject, object
}

// mourned reports whether a mention is of somebody who has died: "Quốc tang nguyên
// Chủ tịch nước X", "viếng Tổng Bí thư X".
func (t *text) mourned(m *mention) bool {
	i := m.from - 1
	for t.is(i, "nguyên", "cựu", "đồng", "chí", "cố") {
		i--
	}
	return t.is(i, "tang", "viếng", "truy", "điệu") || t.is(m.from, "cố") || t.is(m.from-1, "cố")
}

// homeAndAbroad reports whether one of two is a Vietnamese and the other is not: they
// do not write to anybody together.
func (r *reader) homeAndAbroad(a, b int) bool {
	return (r.entities[a].country == "VN") != (r.entities[b].country == "VN")
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

// foreignSenders reports whether two neighbours in the text hold offices of two
// foreign countries: "Tổng thống Đức X, Tổng thống Serbia Y đã gửi điện mừng …".
func (r *reader) foreignSenders(a, b *mention) bool {
	if a.entity < 0 || b.entity < 0 || a.name.empty() || b.name.empty() || len(a.titles) == 0 || len(b.titles) == 0 {
		return false
	}
	x, y := r.entities[a.entity].country, r.entities[b.entity].country
	return x != y && x != "" && y != "" && x != "VN" && y != "VN"
}

// aside gives the mention before a remark between dashes that holds mention k
// and ends before the trigger at token i, and where it ends; or -1.
func (t *text) aside(k, i, from int) (mention, after int) {
	for _, w := range t.in(from+1, i) { // "A và B, trước sự chứng kiến của C và D, đã ký"
		if w.class == classAttend && w.arg == "witness" && t.is(w.from-1, ",") && t.has(i-4, i, ",") {
			if x := t.before(w.from, from); x >= 0 && t.mentions[x].to == w.from-1 && t.mentions[x].entity >= 0 {
				return x, i
			}
		}
	}
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
// and X, whom they receive, -1 where nobody is named; nobody when the clause is not
// passive.
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
	by = -1
	for ; k >= 0 && t.mentions[k].from >= s.from && from-t.mentions[k].to < 24; k-- {
		m := &t.mentions[k]
		if m.entity < 0 || m.spouse || slices.Contains(who, m.entity) || t.speaks(m.to, from) {
			continue
		}
		if by < 0 {
			by = m.entity
		}
		if !t.is(m.from-1, "của") {
			return who, m.entity
		}
		from = m.from // "X, Đặc phái viên của Y, được Z tiếp" tells of X
	}
	return who, by
}
