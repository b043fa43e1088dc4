package extract

import "slices"

// people are those whom a list in the text names.
type people struct {
	who     []int      // entities
	beside  []int      // those at the side of one of them: "… cùng Phó Thủ tướng X"
	offices []*mention // offices that nobody is named with: "gặp Thủ tướng Uganda"
	end     int        // the token after the last
	between bool       // they met each other: "giữa A và B"
	pairs   bool       // the first two, and then the others: "của A với B, và C với D"
}

// listing says how far a list of people may reach.
type listing struct {
	// fronted: the clause stands before its subject, so that a comma without "và"
	// ends the list: "Gặp A, B và C, Tổng Bí thư …".
	fronted bool
	// series: it was said that there were several, who may stand further off:
	// "các cuộc gặp với lãnh đạo nhiều nước, trong đó có …".
	series bool
}

// objects finds whom: the list of people that follows token from.
func (t *text) objects(from int, s span, as listing) people {
	if t.is(from, ":") {
		from, as.series, as.fronted = from+1, true, false // "như gặp: Tổng thống A, Thủ tướng B"
	}
	k, from, opened := t.firstObject(from, s)
	if k < 0 {
		return people{end: from}
	}
	m := &t.mentions[k]
	between := false
	for i := from; i < m.from; i++ {
		if t.is(i, "giữa") || t.is(i, "tham") && t.is(i+1, "dự", "gia") && t.is(i+2, "của") {
			between = true
		}
	}
	gap := m.from - from
	led := opened || as.series || t.ledBy(m)
	if gap > 28 || gap > 12 && !led && !between || t.speaks(from, m.from) || t.triggers(from, m.from) || t.has(from, m.from, ";") ||
		!led && t.has(from, m.from, ":", ",") || !as.series && !led && t.groupBefore(m.from, from) >= 0 {
		return people{end: from, between: between}
	}
	items := t.listFrom(k, s, as)
	if as.fronted && !between {
		last := 0
		for i := range items {
			if !items[i].comma || items[i].rule == "person-country-name" {
				last = i
			}
		}
		items = items[:last+1]
	}
	p := people{between: between, end: items[len(items)-1].to}
	of := from
	for t.is(of, "ngắn", "riêng", "kín", "nhanh", "trực", "tiếp", "song", "phương", "thượng", "đỉnh", "đầu", "tiên", "lịch", "sử", "bất", "ngờ") {
		of++
	}
	if t.is(of, "của") && m.from == of+1 && (len(items) > 1 && t.is(items[0].to, "với", "và", "cùng") || len(m.holders) > 1) {
		p.between = true // "cuộc gặp của A với B", "của lãnh đạo Nga và Mỹ"
	}
	p.pairs = p.between && len(items) == 4 && t.is(items[0].to, "với") && !t.has(items[1].to, items[2].from, "với") && t.is(items[2].to, "với")
	for i, it := range items {
		if i+1 < len(items) && items[i+1].comma && t.sentBy(it.mention) {
			continue // "Đặc phái viên của Chủ tịch X, Bí thư Y": X only sent him
		}
		for _, e := range it.holders {
			if !slices.Contains(p.who, e) {
				p.who = append(p.who, e)
			}
		}
		if i > 0 && it.entity >= 0 && t.besides(&items[i-1], &it) {
			p.beside = append(p.beside, it.entity)
			continue
		}
		if it.entity >= 0 && !slices.Contains(p.who, it.entity) {
			p.who = append(p.who, it.entity)
		}
		if it.entity < 0 && it.name.empty() && it.country != "" && it.rank <= 4 && len(it.holders) == 0 && !(it.comma && t.is(it.from, "người")) {
			p.offices = append(p.offices, it.mention)
		}
	}
	// "hội đàm do A và B chủ trì"
	if t.is(m.from-1, "do") && len(p.who) > 1 && t.has(p.end, min(p.end+3, s.to), "chủ") {
		p.between = true
	}
	return p
}

// besides reports whether somebody of lower rank is only at another's side: "hội đàm
// với Tổng thống Putin cùng đồng chí Phó Thủ tướng X".
func (t *text) besides(first, it *item) bool {
	return it.rank > first.rank && (it.country == "" || it.country == first.country) && t.has(first.to, it.from, "cùng") && !t.has(first.to, it.from, "và", "với", ",")
}

// firstObject gives the first mention after token from that can be one of a
// list, or -1, and the token where the list begins; opened says that a colon or
// the like stands before it. An office may be only a word before the names: "ba
// người đồng cấp là A, B và C", "tiếp các Đại sứ trình Quốc thư: A và B".
func (t *text) firstObject(from int, s span) (k, begin int, opened bool) {
	if k = t.after(from, s.to); k < 0 {
		return -1, from, false
	}
	for ; k+1 < len(t.mentions); k++ {
		m, next := &t.mentions[k], &t.mentions[k+1]
		if m.entity >= 0 || !m.name.empty() || next.to > s.to || next.from-m.to > 3 || t.has(m.to, next.from, "và", ";", "của") || m.country != "" && next.country != "" && m.country != next.country {
			break // "Thủ tướng Uganda, Ngoại trưởng Algeria": two people
		}
		// "người đồng cấp Ba Lan, Phó Thủ tướng X": the comma is between names of one man.
		opened = opened || t.has(m.to, next.from, ":") || t.ledBy(m) && t.is(m.to, "là") || m.rank >= 5 && t.is(m.to, ",")
	}
	m := &t.mentions[k]
	if !m.name.empty() || len(m.holders) > 0 || !t.is(m.from-1, "các", "hai", "ba", "bốn", "năm", "sáu") || k+1 == len(t.mentions) || t.mentions[k+1].to > s.to {
		return k, from, opened
	}
	if next := t.mentions[k+1].from; next-m.to < 16 && !t.speaks(m.to, next) && t.has(m.to, next, ":", "gồm") && t.is(next-1, ":", "gồm", "có", "là", "-") {
		return k + 1, next, true
	}
	return k, from, opened
}

// item is somebody in a list.
type item struct {
	*mention
	comma bool // only a comma stood before
}

// listFrom gives mention k and those joined to it, without spouses.
func (t *text) listFrom(k int, s span, as listing) []item {
	items := []item{{&t.mentions[k], false}}
	end := t.mentions[k].to
	for k++; k < len(t.mentions) && t.mentions[k].to <= s.to; k++ {
		m := &t.mentions[k]
		only, and := t.links(end, m.from)
		if !only && ((as.series || len(items) > 1) && t.unnamedBetween(end, m.from) || t.nextParty(end, m)) {
			only, and = true, true
		}
		// "…; Thủ tướng Z gửi điện …", "…, Thủ tướng Z khẳng định …": a new subject.
		if !only || !and && (t.acts(m.to, min(m.to+6, s.to)) || t.speaks(m.to, min(m.to+3, s.to)) || t.newClause(end, m, s)) {
			break
		}
		if !m.spouse {
			items = append(items, item{m, !and})
		}
		end = m.to
	}
	return items
}

// nextParty reports whether a list goes on with who leads another delegation: "Đoàn
// Lào do A dẫn đầu và Đoàn Cuba do B làm trưởng đoàn".
func (t *text) nextParty(from int, m *mention) bool {
	if m.from-from > 40 || !t.ledBy(m) || t.speaks(from, m.from) || t.triggers(from, m.from) {
		return false
	}
	for i := from; i+1 < m.from; i++ {
		if t.is(i, "và", ",", ";", "cùng") && (t.is(i+1, "đoàn") || t.is(i+1, "các", "với") && t.is(i+2, "đoàn")) {
			return true
		}
	}
	return false
}

// newClause reports whether a semicolon from token end on begins a clause whose
// subject is mention m: "chào A; Bộ trưởng B tiễn khách".
func (t *text) newClause(end int, m *mention, s span) bool {
	return t.has(end, m.from, ";") && m.to < s.to && t.toks[m.to].shape == lower && !t.is(m.to, "và", "cùng", "với")
}

// sentBy reports whether a mention names an envoy by who sent him: "Đặc phái viên
// của Chủ tịch X".
func (t *text) sentBy(m *mention) bool {
	return len(m.titles) > 0 && t.is(m.titles[0].from, "đặc") && t.has(m.titles[0].from, m.name.from, "của")
}
