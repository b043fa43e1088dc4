package extract

import "slices"

// sides says whose act it is.
type sides uint8

const (
	nobody   sides = iota
	oneSide        // of one of them alone
	together       // of the sides of a meeting
	each           // of the sides of every meeting told of: "Việt Nam và từng đối tác"
)

// actor is the subject nearest before a verb: whose act it is, and which tokens say so.
type actor struct {
	who      sides
	from, to int
	verb     int
}

// nearer takes a subject that ends behind the one found so far.
func (a *actor) nearer(who sides, from, to int) {
	if to > a.to && to <= a.verb {
		a.who, a.from, a.to = who, from, to
	}
}

// undertakers finds whose act the verb is: the subject that stands nearest
// before it in the sentence. "Hai bên", two people or countries side by side,
// a joint document and "X nhất trí với Y" are the sides together.
func (r *reader) undertakers(t *text, h *hit, s span) sides {
	a := actor{nobody, -1, -1, h.from}
	if f, w := t.nationsBefore(h.from, s.from); f >= 0 {
		a.nearer(w, f, h.from)
	}
	if !t.groups(&a, s) {
		return nobody
	}
	if i := t.document(h.from, s); i >= 0 {
		a.nearer(together, i, i+2)
	}
	t.pronouns(&a, h, s)
	if first := t.firstPerson(h.from, s); first >= 0 {
		a.nearer(together, first, h.from)
	}
	if w, f, e := r.persons(t, h, s); w != nobody {
		a.nearer(w, f, e)
	}
	if f := t.twoBefore(h.from, s); f >= 0 && a.to <= f {
		a.nearer(together, f, h.from)
	}
	if a.who == oneSide && h.class == classAct && t.is(h.from-1, "đều") {
		return each // "X và các nhà lãnh đạo là Y, Z đều nhất trí …"
	}
	if a.who != together && a.who != each {
		return a.who
	}
	if h.class == classAct && (!t.has(a.to, h.from, ",", ";") && t.unsettled(h, a.to) || h.arg == "signed" && t.toBeSigned(h.from, a.to)) {
		return nobody // "hai bên cần thống nhất"
	}
	if r.asked(t, a.from, s) {
		return oneSide
	}
	if a.from >= 2 && t.is(s.from, "tại", "trong", "qua", "ở", "sau") && t.is(s.from+1, "các", "những", "mỗi", "2", "3", "hai", "ba") && t.is(s.from+2, "cuộc", "buổi") {
		return each // "Tại các cuộc gặp, hai bên …"
	}
	return a.who
}

// groups finds "hai bên" and single countries among the subjects. It reports false
// where "hai nước" right before the verb is none: "các thỏa thuận hai nước đã ký".
func (t *text) groups(a *actor, s span) bool {
	verb := a.verb // with "đã", "cùng" before it
	for t.is(verb-1, "đã", "cũng", "cùng", "vừa", "đều", "còn") {
		verb--
	}
	for _, g := range t.in(s.from, a.verb) {
		switch {
		case t.inMention(g.from):
		case g.class == classGroup && g.to == verb && !t.subjectGroup(&g, s) && !t.is(g.from-1, "mặt"):
			return false
		case g.class == classGroup && g.arg == "all" && t.at(g.to, classCountry) != nil && !t.is(t.at(g.to, classCountry).to, "và", ","):
			a.nearer(oneSide, g.from, t.at(g.to, classCountry).to) // "Các nhà lãnh đạo Việt Nam bày tỏ …"
		case g.class == classGroup && t.subjectGroup(&g, s):
			end := g.to
			for t.is(end, ",", "và") && t.after(end, s.to) >= 0 && t.mentions[t.after(end, s.to)].from == end+1 && t.mentions[t.after(end, s.to)].name.empty() {
				end = t.mentions[t.after(end, s.to)].to // "hai Phó Thủ tướng, Bộ trưởng Ngoại giao"
			}
			who := together
			if g.arg == "all" {
				who = each
			}
			a.nearer(who, g.from, t.ofCountries(end, a.verb))
		case g.class == classCountry && (t.clauseStart(g.from, s) || t.is(g.from-1, "phía") && t.clauseStart(g.from-1, s)) && !t.is(g.from-1, "-", "–") && !t.alsoOf(g.from):
			a.nearer(oneSide, g.from, g.to)
		}
	}
	return true
}

// pronouns finds "chúng tôi", "họ" and "tôi … với X" right before the verb.
func (t *text) pronouns(a *actor, h *hit, s span) {
	i := h.from - 1
	for t.is(i, "đã", "cũng", "cùng", "vừa", "hoàn", "toàn") {
		i--
	}
	switch {
	case h.arg == "committed" && t.is(i, "họ") && t.clauseStart(i, s):
		a.nearer(together, i, i+1)
	case h.arg != "agreed":
	case t.is(i, ",") && t.apposedTo(i, s):
		a.nearer(together, i, i+1) // "Chúng tôi, lãnh đạo hai nước, nhất trí …"
	case t.is(i, "tôi") && t.clauseStart(i, s) && t.is(h.to, "với", "cùng"):
		a.nearer(together, i, i+1) // "Tôi đã nhất trí với Chủ tịch X rằng chúng tôi …"
	case t.is(i, "tôi", "ta") && t.is(i-1, "chúng", "và") || t.is(i, "họ") && t.clauseStart(i, s):
		a.nearer(together, max(i-1, s.from), i+1) // "Chúng tôi đã nhất trí …", "Họ cũng đồng ý …"
	}
}

// ofCountries gives the token after the countries that say whose the sides are that
// end at token i: "hai nhà lãnh đạo Việt Nam, Hà Lan".
func (t *text) ofCountries(i, to int) int {
	for end := i; end < to; {
		c := t.at(end, classCountry)
		if c == nil || c.to > to {
			break
		}
		if i, end = c.to, c.to; t.is(end, ",", "và", "-", "–") {
			end++
		}
	}
	return i
}

// unsettled reports whether the words between the subject that ends at token to and
// its verb say that it is not done: wished, denied, still to come.
func (t *text) unsettled(h *hit, to int) bool {
	if t.has(to, h.from, "cần", "nên", "muốn", "sắp", "nếu", "khi") || h.arg == "agreed" && t.has(to, h.from, "sẽ") {
		return true
	}
	for i := h.from - 1; i >= to && !t.is(i, "và", "nhưng", "song"); i-- {
		if t.is(i, "chưa", "không") {
			return true // but not in "thừa nhận tình hình không có lợi và nhất trí …"
		}
	}
	return false
}

// toBeSigned reports whether what is signed at token i is only spoken of: "bàn việc sớm
// đàm phán, ký kết Hiệp định".
func (t *text) toBeSigned(i, from int) bool {
	for ; i >= from && !t.is(i, "đã", "vừa", "cùng", ";"); i-- {
		if t.is(i, "bàn", "việc", "khả") || t.is(i, "tiến") && t.is(i+1, "độ", "tới") || t.is(i, "thảo") && t.is(i+1, "luận") || t.is(i, "xem") && t.is(i+1, "xét") || t.is(i, "nghiên") {
			return true
		}
	}
	return false
}

// apposedTo reports whether the words that the comma at token i ends say who "chúng
// tôi" before them are.
func (t *text) apposedTo(i int, s span) bool {
	for k := i - 1; k > s.from && k > i-14; k-- {
		if t.is(k, ",") {
			return t.is(k-1, "tôi", "ta") && t.is(k-2, "chúng")
		}
		if t.toks[k].shape == punct && !t.dash(k) || t.at(k, classSay) != nil {
			return false
		}
	}
	return false
}

// firstPerson gives where "tôi và Ngài Tổng thống" begin that end before the verb at
// token to; -1 when they do not stand there.
func (t *text) firstPerson(to int, s span) int {
	for i := to - 1; i >= s.from && i > to-16; i-- {
		if t.is(i, "tôi") && t.is(i+1, "và", "cùng") && t.clauseStart(i, s) {
			if k := t.after(i+2, to); k >= 0 && t.mentions[k].from <= i+3 && !t.speaks(t.mentions[k].to, to) {
				return i
			}
		}
	}
	return -1
}

// asked reports whether the sides that begin at token i are only spoken of:
// "Thủ tướng đề nghị hai bên …". What somebody says they did is theirs: "cho
// biết hai bên đã nhất trí".
func (r *reader) asked(t *text, i int, s span) bool {
	for k := len(t.in(s.from, i)) - 1; k >= 0; k-- {
		x := t.in(s.from, i)[k]
		if x.class != classSay || t.inMention(x.from) || x.to > i || t.is(x.from-1, "những", "các", "sự", "lời") || t.is(x.to, "này", "trên", "đó") {
			continue
		}
		if t.has(x.to, i, ";") || t.is(i-1, "được") || (t.is(i-1, ",") || t.is(i-1, "và") && t.is(i-2, ",")) && i-x.to > 3 {
			return false
		}
		return x.arg == "ask" || t.is(x.to-1, "rằng") && t.is(x.from, "cho") && t.groupBefore(x.from, s.from) < 0 || !t.is(x.from, "cho", "thông", "nói", "nêu", "khẳng", "tuyên", "nhấn", "phát", "trả", "viết", "chỉ", "nhận", "tái", "chia")
	}
	return false
}

// persons finds the nearest person who is the subject of a clause before the
// verb: alone, or the first of two of two countries.
func (r *reader) persons(t *text, h *hit, s span) (who sides, from, to int) {
	k := t.before(h.from, s.from)
	for ; k >= 0 && t.mentions[k].from >= s.from; k-- {
		if m := &t.mentions[k]; !m.spouse && (m.entity >= 0 || m.name.empty()) && t.leadsClause(m, s) {
			break
		}
	}
	if k < 0 || t.mentions[k].from < s.from {
		return nobody, -1, -1
	}
	m := &t.mentions[k]
	from, to = m.from, m.to
	if end := t.officeOfTwo(m, h, s); end >= 0 {
		return together, from, end
	}
	// "X …, đồng thời cùng Y thống nhất": Y stands right before the verb.
	if y := t.before(h.from, to); y > k && h.from-t.mentions[y].to < 3 && t.is(t.mentions[y].from-1, "cùng", "với") && m.entity >= 0 && t.mentions[y].entity >= 0 &&
		h.arg == "agreed" && r.abroad([]int{m.entity, t.mentions[y].entity}) {
		return together, from, t.mentions[y].to
	}
	var list []int
	country := m.country
	if m.entity >= 0 {
		list, country = append(list, m.entity), r.entities[m.entity].country
	}
	for x := k + 1; x < len(t.mentions) && t.mentions[x].to <= h.from; x++ {
		only, and := t.links(to, t.mentions[x].from)
		if !only {
			break
		}
		o := &t.mentions[x]
		if o.entity >= 0 {
			list = append(list, o.entity)
		}
		to = o.to
		if and && (r.abroad(list) || r.sat(list) || o.entity < 0 && o.country != "" && o.country != country) {
			return together, from, to
		}
	}
	to = m.to
	if h.arg == "agreed" && r.takenUp(t, k, s) {
		return together, from, to
	}
	if t.is(to, "và", "cùng", "với") && (t.is(to+1, "tôi") || t.is(to+1, "người", "đồng") && t.is(to+2, "đồng", "nhiệm", "cấp")) {
		return together, from, min(to+3, h.from) // "ông và người đồng cấp Lào"
	}
	if h.arg == "agreed" && r.agreesWith(t, m, h, s) {
		return together, from, to
	}
	return oneSide, from, to
}

// alsoOf reports whether the country at token i is the second of those whose office
// stands before it: "Bộ trưởng Ngoại giao Trung Quốc, Ấn Độ".
func (t *text) alsoOf(i int) bool {
	k := t.before(i, 0)
	return k >= 0 && t.is(i-1, ",") && t.mentions[k].to == i-1 && t.mentions[k].name.empty() && t.mentions[k].country != ""
}

// leadsClause reports whether a mention is the subject of a clause, with "hai" before
// it or not.
func (t *text) leadsClause(m *mention, s span) bool {
	if t.clauseStart(m.from, s) || t.is(m.from-1, "được", "do", "nói", "biết", "hay", "rằng") || t.is(m.from-1, "rõ") && t.is(m.from-2, "nêu", "chỉ", "ghi") {
		return true
	}
	if !m.name.empty() {
		return false
	}
	two := t.countsTwo(m.from, s.from)
	return two >= 0 && t.clauseStart(two, s)
}

// countsTwo gives where "hai" or "ba" stands that says the office at token i of two or
// three, with at most two words between; -1 when it does not.
func (t *text) countsTwo(i, from int) int {
	for k := i - 1; k >= from && k > i-4 && t.toks[k].shape != punct; k-- {
		if t.is(k, "hai", "ba", "2", "3") {
			return k
		}
	}
	return -1
}

// officeOfTwo gives where an office ends that people of two countries hold, "Tổng thống
// Mỹ và Hàn Quốc", "hai Đồng Chủ tịch", "Bộ trưởng Ngoại giao hai nước"; -1 when it is
// that of one.
func (t *text) officeOfTwo(m *mention, h *hit, s span) int {
	if !m.name.empty() {
		return -1
	}
	if c := t.at(m.to+1, classCountry); c != nil && t.is(m.to, "và", ",") && h.from-c.to < 3 {
		return c.to
	}
	if t.countsTwo(m.from, s.from) >= 0 && !m.pronoun || t.has(m.from, m.to, "hai", "ba", "2", "3") && t.is(m.to-1, "nước") || len(m.more) > 0 {
		return m.to
	}
	for _, g := range t.in(m.to, min(h.from, m.to+1)) {
		if g.class == classGroup && t.is(g.to-1, "nước", "bên", "đảng") {
			return g.to
		}
	}
	return -1
}

// agreesWith reads "Thủ tướng X đã thống nhất với Thủ tướng Y", not with what Y said.
func (r *reader) agreesWith(t *text, m *mention, h *hit, s span) bool {
	if !t.is(h.to, "với", "cùng") || t.is(h.to+1, "đề", "ý", "quan", "nhận", "đánh", "các", "những", "chủ") {
		return false
	}
	if o := t.after(h.to, s.to); o >= 0 && t.mentions[o].from == h.to+1 {
		if e := t.mentions[o].entity; e >= 0 && m.entity >= 0 && r.abroad([]int{m.entity, e}) || e < 0 && t.mentions[o].country != "" {
			return true
		}
	}
	return t.is(h.to+1, "người", "phía", "đồng") || t.at(h.to+1, classCountry) != nil
}

// takenUp reports whether mention k is by whom the proposal is accepted that somebody
// of another country makes before it: "X đề xuất và được Y nhất trí …".
func (r *reader) takenUp(t *text, k int, s span) bool {
	m := &t.mentions[k]
	if !t.is(m.from-1, "được") || m.entity < 0 || !t.asks(span{s.from, m.from}) {
		return false
	}
	for x := k - 1; x >= 0 && t.mentions[x].from >= s.from; x-- {
		if e := t.mentions[x].entity; e >= 0 && r.abroad([]int{e, m.entity}) {
			return true
		}
	}
	return false
}

// sat reports whether two people are the principals of one encounter, whatever
// their countries are taken to be.
func (r *reader) sat(who []int) bool {
	return len(who) > 1 && slices.ContainsFunc(r.events, func(ev event) bool { return !ev.visit && among(who, ev.principals) })
}

// document gives where before token to a joint document stands as the subject of a
// clause: "Tuyên bố chung khẳng định …"; -1 when there is none.
func (t *text) document(to int, s span) int {
	for i := s.from; i+1 < to; i++ {
		if (i == s.from || t.toks[i-1].shape == punct) && t.paper(i) && !t.inMention(i) && t.speaks(i+2, min(to+1, i+12)) {
			return i
		}
	}
	return -1
}

// paper reports whether the name of a joint document begins at token i.
func (t *text) paper(i int) bool {
	switch {
	case t.is(i, "tuyên"):
		return t.is(i+1, "bố")
	case t.is(i, "thông"):
		return t.is(i+1, "cáo")
	case t.is(i, "bản"):
		return t.is(i+1, "ghi", "thỏa", "thoả", "ký", "kế", "hiệp", "tuyên")
	case t.is(i, "biên"):
		return t.is(i+1, "bản")
	case t.is(i, "hiệp"):
		return t.is(i+1, "định", "ước")
	case t.is(i, "thỏa", "thoả"):
		return t.is(i+1, "thuận") && t.toks[i].shape == capital
	case t.is(i, "văn"):
		return t.is(i+1, "kiện", "bản")
	}
	return false
}

// underThis gives the token behind "Theo thỏa thuận này, …", which goes on with what
// was just signed; the first of the sentence where it does not begin so.
func (t *text) underThis(s span) int {
	if !t.is(s.from, "theo") || t.inMention(s.from+1) {
		return s.from
	}
	for i := s.from + 2; i < min(s.to, s.from+8); i++ {
		if t.is(i, ",") && t.is(i-1, "này", "trên", "đó", "ký") && (t.paper(s.from+1) || t.is(s.from+1, "thỏa", "thoả", "văn")) {
			return i + 1
		}
	}
	return s.from
}

// byDocument reads "Theo bản ghi nhớ, hai bên …" and "Bản ghi nhớ nêu rõ: hai bên
// …": what a signed paper says the sides do.
func (t *text) byDocument(s span) bool {
	if i := t.document(s.to, s); i >= 0 && i < s.from+2 {
		for _, h := range t.in(i+2, min(i+12, s.to)) {
			if h.class != classSay || t.inMention(h.from) {
				continue
			}
			to := h.to
			for t.is(to, ":", "rằng", ",", "“", "\"") {
				to++
			}
			g := t.at(to, classGroup)
			return g != nil && t.doing(g.to, s)
		}
	}
	if !t.is(s.from, "theo") || t.is(s.from+1, "đó") {
		return false
	}
	paper := false
	for i := s.from + 1; i < s.to && i < s.from+16; i++ {
		paper = paper || t.is(i, "bản", "thỏa", "thoả", "hiệp", "tuyên", "biên", "kế") && !t.inMention(i)
		if !t.is(i, ",", ":") || !paper {
			continue
		}
		for _, g := range t.in(i+1, min(i+2, s.to)) {
			if g.class == classGroup && !t.inMention(g.from) && !t.speaks(g.to, min(g.to+2, s.to)) {
				return true
			}
		}
	}
	return false
}

// nationsBefore finds two countries, or a country and an organisation, that are
// the subject of the verb at token i: "Việt Nam và Lào cùng cam kết", "Bộ Công
// an Việt Nam và Bộ Công an Lào đã ký". It gives where they begin, or -1.
func (t *text) nationsBefore(i, from int) (int, sides) {
	for i > from && t.is(i-1, "đã", "cũng", "cùng", "sẽ", "đều", "vừa", "chính", "thức", "hoàn", "toàn", "vẫn", "luôn") {
		i--
	}
	first, and, parties := t.partyTo(i, from), false, 1
	if first < 0 {
		first = t.groupTo(i, from)
	}
	if first < 0 {
		first = t.unknownPlace(i, from)
	}
	who := together
	for first >= 0 {
		k, joined := first-1, t.is(first-1, "và", "cùng", "với", "-", "–")
		if t.is(k, "như") && t.is(k-1, "cũng") {
			k, joined = k-1, true
		}
		if !joined && !t.is(k, ",") {
			break
		}
		next := t.partyTo(k, from)
		if next < 0 {
			if next = t.groupTo(k, from); next >= 0 {
				who = each // "Việt Nam và các nước, EU"
			}
		}
		if next < 0 {
			break
		}
		first, and, parties = next, and || joined, parties+1
	}
	if parties < 2 || !and && first != from { // "Mỹ, Nhật Bản …" needs no "và" only when it begins the sentence
		return -1, nobody
	}
	if first == from || t.is(first-1, ",", ";", ":", "đó", "là", "rằng", "biết", "nay", "này", "tin") {
		return first, who
	}
	return -1, nobody
}

// groupTo gives where "các nước", "các đối tác" begins that ends at token i, or -1.
func (t *text) groupTo(i, from int) int {
	for _, g := range t.in(max(from, i-4), i) {
		if g.class == classGroup && g.arg == "all" && g.to == i && !t.inMention(g.from) {
			return g.from
		}
	}
	return -1
}

// unknownPlace gives where the name begins that ends at token i and is in no list:
// "Đà Nẵng và Kobe"; -1 where there is none, or no "và" before it.
func (t *text) unknownPlace(i, from int) int {
	k := i
	for k > from && k > i-5 && t.toks[k-1].shape == capital && !t.inMention(k-1) {
		k--
	}
	if k < i && t.is(k-1, "và") {
		return k
	}
	return -1
}

// twoBefore finds two of whatever kind that are the subject right before the
// verb at token i: "hai Mặt trận", "cả hai lực lượng". It gives where they
// begin, or -1.
func (t *text) twoBefore(i int, s span) int {
	for i > s.from && t.is(i-1, "đã", "cũng", "cùng", "đều", "vừa", "chính", "thức", "hoàn", "toàn") {
		i--
	}
	for k := i - 1; k >= s.from && k > i-6; k-- {
		if t.toks[k].shape == punct || t.at(k, classSay) != nil || t.at(k, classAct) != nil || t.at(k, classTrigger) != nil || t.inMention(k) {
			return -1
		}
		if t.is(k, "hai", "2") && k < i-1 {
			if t.is(k-1, "cả") {
				k--
			}
			if k == s.from || t.is(k-1, ",", ";", ":", "rằng", "là", "được") || t.is(k-1, "diện", "đạo") && t.ofSides(k, s) {
				return k
			}
			return -1
		}
	}
	return -1
}

// partyTo gives where the name of a country or of one of its bodies begins that
// ends at token i, or -1.
func (t *text) partyTo(i, from int) int {
	at := -1
	for _, c := range t.in(max(from, i-8), i) {
		if (c.class == classCountry || c.class == classOrg || c.class == classCity) && c.to == i && !t.inMention(c.from) {
			at = c.from
			break
		}
	}
	if at < 0 {
		return -1
	}
	// The body before it: "Chính phủ", "Bộ Công an", "Ngân hàng Nhà nước", "lãnh đạo".
	for k := at - 1; k >= from && k > at-9; k-- {
		if t.toks[k].shape == punct || t.is(k, "và", "cùng", "với", "tại", "của", "ở", "về", "giữa") || t.inMention(k) {
			break
		}
		if head := t.at(k, classOrgHead); head != nil && t.toks[k].shape == capital || t.is(k, "chính") && t.is(k+1, "phủ") || t.is(k, "phía", "nước") || t.is(k, "lãnh", "nguyên", "đại", "giới") && t.is(k+1, "đạo", "thủ", "diện", "chức") {
			return k
		}
	}
	return at
}

// subjectGroup reports whether "hai bên" is a subject and not "của hai bên",
// "để hai nước …".
func (t *text) subjectGroup(g *hit, s span) bool {
	i := g.from
	switch {
	case i == s.from || t.is(i-1, "là", "được", "rằng", "do", "cả"):
		return true
	case t.is(i-1, ",") && t.groupBefore(i-1, max(s.from, i-5)) == i-1 && !t.is(i+1, "bên", "vị", "ông", "thủ", "bộ", "tổng", "chủ") && !(t.is(i+1, "nhà") && t.is(i+2, "lãnh")):
		return false // "giữa hai Đảng, hai nước": one phrase
	case t.toks[i-1].shape == punct:
		return i-1 == s.from || !t.dash(i-1) && !t.is(i-1, "(") // "- Hai bên …"
	case t.is(i-1, "và", "cùng", "với"):
		// "Việt Nam và từng đối tác"; "…, và hai bên …"
		return t.is(i-2, ",", ";") || g.arg == "all" && (t.inMention(i-2) || t.partyTo(i-1, s.from) >= 0)
	}
	for _, x := range t.in(max(s.from, i-4), i) {
		if x.to == i && x.class == classSay {
			return true
		}
	}
	if t.is(i-1, "việc") && t.is(i-2, "là", "với", "bằng") {
		return true
	}
	if t.is(i, "hai", "ba", "các", "2", "3") && t.is(i+1, "nước", "đảng", "chính", "quốc") {
		return t.ofSides(i, s)
	}
	return t.inMention(i-1) || t.num(i-1) >= 0 || t.ofSides(i, s) || t.is(i-1, "qua") && t.is(i-2, "hôm", "đêm", "vừa") ||
		t.is(i-1, "đó", "này", "nay", "đây", "đàm", "kiến", "gặp", "tiếp", "họp", "nghị", "thăm", "dịp", "thời", "nhưng", "song", "biết", "tin")
}

// ofSides reports whether the words before "hai nước" at token i say who of
// them acts: "Bộ Công an hai nước", "lãnh đạo cấp cao hai bên".
func (t *text) ofSides(i int, s span) bool {
	for k := i - 1; k >= s.from && k > i-9; k-- {
		if t.toks[k].shape == punct || t.at(k, classSay) != nil || t.at(k, classAct) != nil || t.at(k, classTrigger) != nil {
			return false
		}
		if k == s.from || t.toks[k-1].shape == punct {
			return t.sidesHead(k)
		}
	}
	return false
}

// sidesHead reports whether the words at token i name who acts for a country.
func (t *text) sidesHead(i int) bool {
	if t.is(i, "các") {
		i++
	}
	return t.at(i, classOrgHead) != nil || t.is(i, "lãnh", "nguyên", "người", "tổng", "tư", "thủ", "phó", "thứ", "đại", "cơ", "chính", "bộ", "văn", "mặt", "thanh", "kiểm", "quân", "hải", "công", "trung", "ngành", "lực", "đoàn", "hội")
}

// clauseStart reports whether a person named at token i is the subject of a
// clause.
func (t *text) clauseStart(i int, s span) bool {
	if i == s.from || t.is(i-1, ",", ";", ":", ".", "-", "–", "đó", "này", "thời", "“", "\"") {
		return true
	}
	return i-s.from < 3
}
