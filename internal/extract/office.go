package extract

import (
	"strings"
)

// sameHolder reports whether the office that begins at token j, after a comma,
// is held by the person whose first office m is: "Tổng Bí thư, Chủ tịch nước
// Lào Thongloun". "Gặp Thủ tướng Lào, Chủ tịch Quốc hội Trần Thanh Mẫn" names
// two people: the country came already and the second office has none.
func (t *text) sameHolder(l *lexicon, m *mention, j int) bool {
	var next mention
	if n := len(m.titles); n > 0 && t.twoHolders(t.officeAt(m.titles[n-1].from), t.officeAt(j)) {
		return false
	}
	if m.country == "" && m.org == "" {
		return true
	}
	if m.country == "" {
		// "Tổng Thư ký ASEAN, Bộ trưởng Ngoại giao Na Uy X": two people.
		t.office(l, &next, t.officeAt(j))
		return next.country == "" && (next.org != "" || !stateOffice(next.keys) || t.dash(j-1))
	}
	end := t.office(l, &next, t.officeAt(j))
	if next.country != "" {
		return next.country == m.country
	}
	if e, _ := t.nameAt(l, end, false); e > end && (next.org != "" || t.ofParty(span{j, end}) || t.ofParty(m.titles[len(m.titles)-1])) && t.listedFor(l, m, end, e) {
		return true // "Chủ tịch Quốc hội Campuchia, Chủ tịch AIPA Heng Samrin"
	}
	for t.is(end, ",") && t.officeAt(end+1) != nil {
		end = t.office(l, &next, t.officeAt(end+1))
		if next.country != "" {
			return next.country == m.country
		}
	}
	e, native := t.nameAt(l, end, false)
	if e > end && !native && t.officeAt(m.titles[0].from).arg == "5" && next.org == "" {
		return true // "người đồng cấp Ba Lan, Phó Thủ tướng, Bộ trưởng Ngoại giao X"
	}
	if e > end && (military(next.keys[0]) || royal(next.keys[0])) {
		return true // "Bộ trưởng Ngoại giao UAE, Hoàng thân Abdullah": a rank, no other person
	}
	return m.country == "VN" && native || next.org != "" && strings.HasPrefix(next.keys[0], "chủ tịch") // "Chủ tịch Quốc hội Campuchia, Chủ tịch AIPA Heng Samrin"
}

// ofParty reports whether the office s is one of a party.
func (t *text) ofParty(s span) bool {
	return t.has(s.from, s.to, "đảng") || t.at(s.to-1, classRegion) != nil && shouted(t.word(s.to-1))
}

// officeFrame is an office while it is read, from its title on.
type officeFrame struct {
	t *text
	l *lexicon
	h *hit // the title
	j int  // the token to be read next

	portfolio bool // a field, body or place may follow: "Bộ trưởng", "Chủ tịch"
	envoy     bool // "Đại sứ"
	aide      bool // serves another office: "Cố vấn Tổng thống"

	key     string
	country string
	post    string // the country he is sent to
	org     string
	more    []string // further countries of "Bộ trưởng Ngoại giao ba nước A, B và C"
	speaks  bool     // stands for the organisation he belongs to
	host    bool     // "nước chủ nhà"
	posted  bool     // "tại" came: what follows is where he is sent to
	nations bool     // "các nước" came: a list of countries may follow
	bodied  bool     // a body no list knows was read
	done    bool
}

// office reads the title hit h and what belongs to it, adds it to m and gives
// the token after it.
func (t *text) office(l *lexicon, m *mention, h *hit) int {
	from := h.from
	if q := t.qualifier(from); q != nil {
		from = q.from
	}
	f := officeFrame{t: t, l: l, h: h, j: h.to, key: h.key, org: m.org, speaks: m.speaks(),
		portfolio: strings.Contains(h.arg, "p"), envoy: strings.Contains(h.arg, "e"), aide: strings.Contains(h.arg, "a"),
		nations: t.is(from-1, "các", "hai", "ba", "bốn", "những")}
	for !f.done && f.j < len(t.toks) && f.j-from < 40 {
		if f.nation() || f.region() || f.served() || f.body() || f.joint() || f.listedFields() || f.furtherField() {
			continue
		}
		if f.nameFollows() || !f.unknownBody() {
			break
		}
	}
	f.abbreviated()
	if f.envoy && strings.Contains(h.key, "danh dự") {
		f.country, f.post = f.post, "" // "Lãnh sự danh dự Việt Nam tại Fukuoka" is a Japanese
	} else if f.country == "" && papal(f.key) {
		f.country = "VA"
	}
	if m.country == "" {
		m.country = f.country
	}
	if f.post != "" {
		m.post = f.post
	}
	m.org, m.more, m.host = f.org, append(m.more, f.more...), m.host || f.host
	m.titles = append(m.titles, span{from, f.j})
	if f.key == h.key {
		m.keys = append(m.keys, h.office)
	} else {
		m.keys = append(m.keys, officeKey(f.key))
	}
	m.rank = min(m.rank, int(h.arg[0]-'0'))
	return f.j
}

// papal reports whether an office is the pope's.
func papal(key string) bool {
	return key == "đtc" || strings.HasPrefix(strings.TrimPrefix(key, "đức "), "giáo hoàng") || strings.HasPrefix(key, "đức thánh cha")
}

// take notes the country of a phrase: the one he is sent to, or that of the office.
func (f *officeFrame) take(c *hit) {
	if f.posted {
		f.post = c.arg
	} else if f.country == "" {
		f.country = c.arg
	}
}

// nation reads a country or several.
func (f *officeFrame) nation() bool {
	t, j := f.t, f.j
	if code, end := t.friends(j); code != "" {
		f.take(&hit{j, end, &phrase{class: classCountry, arg: code}})
		f.j = end
		return true
	}
	if t.is(j, "nước") && (t.is(j+1, "chủ") && t.is(j+2, "nhà") || t.is(j+1, "sở") && t.is(j+2, "tại")) {
		f.host = true
		f.j += 3
		return true
	}
	if t.is(j, "nước") && t.is(j+1, "này") || t.is(j, "này") && t.is(j-1, "nước") {
		if c := t.countryBefore(f.h.from); c != nil {
			f.take(c) // "Bộ Ngoại giao Nga cho biết Ngoại trưởng nước này X", "Chủ tịch nước này Y"
			f.j += 2
			if t.is(j, "này") {
				f.j--
			}
			return true
		}
	}
	if t.is(j, "phía", "bên") && t.at(j+1, classCountry) != nil {
		j++ // "người đồng cấp phía Trung Quốc"
		if !f.posted {
			f.country = "" // "Tổng Thư ký Ủy ban Việt Nam - Hungary phía Hungary"
		}
	}
	if c := t.at(j, classCountry); c != nil {
		f.take(c)
		j = c.to
		if cn := t.at(j+1, classCountry); cn != nil && cn.arg == "CN" && t.is(j, ",", "(") && (c.arg == "HK" || c.arg == "MO" || c.arg == "TW") {
			j = cn.to // "Trưởng Đặc khu hành chính Hồng Kông, Trung Quốc"
			if t.is(j, ")") {
				j++
			}
		}
		// "Đảng Cộng sản Việt Nam", "Hội hữu nghị Lào - Việt Nam".
		if t.dash(j) && t.at(j+1, classCountry) != nil && c.from > f.h.to {
			j = t.at(j+1, classCountry).to
		}
		if o := t.at(j+1, classOrg); f.posted && f.envoy && t.is(j, "và", ",") && o != nil {
			j = o.to // "Đại sứ Việt Nam tại Bỉ và Liên minh châu Âu"
		}
		for f.nations = f.nations || f.shared(c.to); f.nations && t.is(j, ",", "và", "-", "–") && t.at(j+1, classCountry) != nil; {
			c := t.at(j+1, classCountry)
			f.more = append(f.more, c.arg)
			j = c.to
		}
		f.j = j
		return true
	}
	return f.shortName() || j == f.h.to && f.country == "" && f.within()
}

// shortName reads a country by a syllable that is a family name too: "Thủ tướng Thái sẽ
// tới thăm", "Ngoại trưởng Ấn".
func (f *officeFrame) shortName() bool {
	t, j := f.t, f.j
	if !t.is(j, "thái", "ấn") || t.toks[j].shape != capital || f.country != "" || f.h.arg[0] > '2' && !t.is(j-1, "trưởng", "giao", "phòng") || j+1 < len(t.toks) && t.toks[j+1].shape == capital {
		return false
	}
	code := "TH"
	if t.is(j, "ấn") {
		code = "IN"
	}
	f.take(&hit{j, j + 1, &phrase{class: classCountry, arg: code}})
	f.j++
	return true
}

// shared reports whether another country that has the office too comes at token i:
// "lãnh đạo Ai Cập và Pháp", "Ngoại trưởng Nga, Mỹ hội đàm".
func (f *officeFrame) shared(i int) bool {
	c := f.t.at(i+1, classCountry)
	if c == nil || f.envoy || f.posted || f.bodied {
		return false
	}
	return f.t.is(i, "và") || f.t.dash(i) && f.t.at(f.h.to, classCountry) != nil || f.t.is(i, ",") && f.t.at(c.to, classTrigger) != nil
}

// countryBefore gives the country named last before token i, in the last words of
// the paragraph; or nil.
func (t *text) countryBefore(i int) *hit {
	for k := i - 1; k >= 0 && k > i-40; k-- {
		if c := t.at(k, classCountry); c != nil {
			return c
		}
	}
	return nil
}

// within reads a country or party that began within the title: "Hội đồng Liên
// bang Nga", "Ủy viên Trung ương Đảng Nhân dân Cách mạng Lào".
func (f *officeFrame) within() bool {
	t, j := f.t, f.j
	for k := max(f.h.from, j-3); k < j; k++ {
		c, party := t.at(k, classCountry), t.at(k, classField)
		if c != nil && c.to > j {
			f.take(c)
			f.j = c.to
		}
		if party != nil && party.to > f.j && party.arg != "field" {
			f.j = party.to
		}
		if f.j > j {
			return true
		}
	}
	return false
}

// region reads a part of a country: "Thủ hiến bang Hessen", "Thị trưởng thành
// phố Asan (Hàn Quốc)".
func (f *officeFrame) region() bool {
	t, j := f.t, f.j
	r := t.at(j, classRegion)
	if r == nil && t.is(j, "bang", "tỉnh", "vùng") {
		r = t.at(j+1, classRegion)
	}
	if r != nil {
		f.take(r)
		f.j = r.to
		return true
	}
	if k := t.district(j); k > j {
		if c := t.at(k-1, classCity); c != nil && c.to == k {
			f.take(c) // "Thị trưởng TP Yokohama"
		}
		f.j = k
		return true
	}
	if c := t.at(j+1, classCountry); c != nil && t.is(j, "(") && t.is(c.to, ")") && j > f.h.to {
		f.take(c)
		f.j = c.to + 1
		return true
	}
	return false
}

// served reads an office he serves and does not hold: "Đặc phái viên Tổng thống
// Hàn Quốc".
func (f *officeFrame) served() bool {
	t, j := f.t, f.j
	of := t.is(j, "của")
	if !f.aide && !(f.envoy && of) {
		return false
	}
	if of {
		j++
	}
	title := t.at(j, classTitle)
	if title == nil {
		return false
	}
	var held mention
	f.j = t.office(f.l, &held, title)
	if next := t.officeAt(f.j + 1); title.arg == "1" && t.is(f.j, ",") && next != nil && next.arg == "1" {
		f.j = t.office(f.l, &held, next) // "của Tổng Bí thư, Chủ tịch nước Lào"
	}
	if f.country == "" {
		f.country = held.country
	}
	return true
}

// body reads a city, organisation or field that the lexicon knows, and what
// stands in brackets behind it.
func (f *officeFrame) body() bool {
	t, j := f.t, f.j
	// "Thị trưởng Bắc Kinh", "Bí thư Thành ủy Hà Nội".
	if c := t.at(j, classCity); c != nil && f.portfolio && !t.familyName(f.l, j) {
		f.take(c)
		f.j = c.to
		return true
	}
	if o := t.at(j, classOrg); o != nil {
		if f.org == "" && !f.posted && f.speaks {
			f.org = o.arg
		}
		f.j = o.to
		if end, _ := t.nameAt(f.l, f.j, false); end > f.j+1 && (t.at(f.j, classOrgHead) == nil || t.leaderLikeBody(f.l, f.j) > f.j) {
			f.done = true // "UNESCO Qu Xing": syllables that could be Vietnamese
		}
		return true
	}
	// "Đại sứ thống nhất …": a verb, and not the name of a ministry.
	if x := t.at(j, classField); x != nil && !(t.toks[j].shape == lower && t.is(j, "thống") && t.at(j, classAct) != nil) {
		if x.arg == "field" || x.arg == "org" && f.portfolio {
			f.key += " " + x.key
		}
		f.j = x.to
		return true
	}
	// "Hội đồng Liên bang (Thượng viện) Nga", "Bộ Ngoại giao (cấp Bộ trưởng)"
	if t.is(j, "(") && (t.is(j+1, "cấp", "phụ", "hàm") || t.at(j+1, classField) != nil || t.at(j+1, classOrgHead) != nil) {
		k := j + 2
		for k < j+8 && k < len(t.toks) && !t.is(k, ")") {
			k++
		}
		if end, _ := t.nameAt(f.l, k+1, false); t.is(k, ")") && (end > k+2 || t.at(k+1, classCountry) != nil) {
			f.j = k + 1
			return true
		}
	}
	// "Ủy viên trưởng Nhân đại toàn quốc (Chủ tịch Quốc hội) Trung Quốc X"
	if o := t.at(j+1, classTitle); t.is(j, "(") && j > f.h.to && o != nil && t.is(o.to, ")") && t.at(o.to+1, classCountry) != nil {
		f.j = o.to + 1
		return true
	}
	// "Liên minh châu Âu (EU)", "Cộng hòa Dân chủ Nhân dân Lào (CHDCND Lào)".
	if t.is(j, "(") && t.is(j+2, ")") && j > f.h.to && t.toks[j+1].shape == capital && shouted(t.word(j+1)) {
		f.j += 3
		return true
	}
	return false
}

// joint reads a word that joins what follows to the office.
func (f *officeFrame) joint() bool {
	t, j := f.t, f.j
	next := t.at(j+1, classCountry)
	if state := t.at(j+1, classField); next == nil && state != nil && state.arg == "state" {
		next = t.at(state.to, classCountry) // "tại Vương quốc Campuchia"
	}
	if t.is(j, "tại", "ở") && (f.envoy && (t.at(j+1, classOrg) != nil || t.at(j+1, classCity) != nil) ||
		(f.envoy || f.org != "" || f.bodied) && next != nil) {
		f.posted = true
		f.j++
		if c := t.at(f.j, classCity); c != nil {
			f.take(c)
			f.j = c.to
		}
		return true
	}
	if t.is(j, "và", ",") && f.envoy && f.posted && f.post != "" {
		// "Đại sứ Việt Nam tại Bỉ và Liên minh châu Âu Phạm Sanh Châu"
		if o := t.at(j+1, classOrg); o != nil && t.is(j, "và") {
			if end, _ := t.nameAt(f.l, o.to, false); end > o.to+1 {
				f.j = o.to
				return true
			}
		}
	}
	if t.is(j, "các", "hai", "ba", "bốn", "năm", "3", "2", "4") && t.is(j+1, "nước") {
		f.nations = true
		f.j += 2
		return true
	}
	if t.is(j, "kiêm") && t.is(j+1, "nhiệm") && t.at(j+2, classCountry) != nil {
		f.j = t.at(j+2, classCountry).to // "Đại sứ Việt Nam tại Tanzania kiêm nhiệm Ethiopia"
		for t.is(f.j, ",", "và") && t.at(f.j+1, classCountry) != nil {
			f.j = t.at(f.j+1, classCountry).to
		}
		return true
	}
	capitalHead := t.at(j+1, classOrgHead) != nil && t.toks[j+1].shape == capital
	field := t.at(j+1, classField)
	if t.is(j, "trong") && (f.bodied || f.country != "") && capitalHead || // "Chủ tịch Phân ban Việt Nam trong Ủy ban hỗn hợp …"
		t.is(j, "của", "về", "các") && t.known(j+1) ||
		t.is(j, "và") && f.portfolio && field != nil && field.arg == "field" {
		f.j++
		return true
	}
	if t.is(j, ",") && f.envoy && capitalHead && t.is(j+2, "sứ", "lãnh") && t.at(j+1, classTitle) != nil {
		f.j = t.at(j+1, classOrgHead).to // "Tham tán Khoa học, Đại sứ quán Italia"
		return true
	}
	// "Chủ tịch phân ban Nga, Ủy ban liên Chính phủ Việt Nam - LB Nga Igor Shuvalov"
	if t.is(j, ",") && f.portfolio && (capitalHead || field != nil && field.arg == "org") && t.at(j+1, classTitle) == nil {
		if k := t.body(f.l, j+1, f.take); k > j+2 {
			name := k
			if t.is(k, ",") {
				name++ // "Vụ trưởng Vụ Tổ chức quốc tế, Bộ Ngoại giao Việt Nam, Vũ Quang"
			}
			if end, _ := t.nameAt(f.l, name, name > k); end > name+1 {
				f.j = k
				return true
			}
		}
	}
	return false
}

// listedFields reads the rest of a portfolio of several fields, whether a list knows
// them or not, up to the country or the name: "Ủy ban Hợp tác quốc tế, Thông tin và
// truyền thông X".
func (f *officeFrame) listedFields() bool {
	t, last := f.t, false
	if !t.is(f.j, ",") || !f.portfolio || f.j == f.h.to {
		return false
	}
	for from, k := f.j+1, f.j+1; k < min(f.j+24, len(t.toks)); k++ {
		named := func() bool {
			end, native := t.nameAt(f.l, k, true)
			return end > k+1 && (!native || end > k+2) || t.at(k, classCountry) != nil
		}
		switch {
		case t.is(k, ",", "và"):
			if k == from || last && (!t.is(k, ",") || t.at(k+1, classField) == nil) {
				return false
			}
			last, from = t.is(k, "và"), k+1
		case k == from && (t.toks[k].shape == punct || named()) || k-from > 5:
			return false
		case last && k > from && (named() || t.is(k, "(", "của", "bang") || t.district(k) > k):
			f.bodied, f.j = true, k
			return true
		case t.at(k, classField) != nil: // "Thông tin và truyền thông"
			to := t.at(k, classField).to
			last = last || t.has(k, to, "và")
			k = to - 1
		case t.toks[k].shape == punct && !t.dash(k) || t.at(k, classTitle) != nil || t.at(k, classTrigger) != nil || t.at(k, classSay) != nil || t.at(k, classHonorific) != nil:
			return false
		}
	}
	return false
}

// furtherField reads a field of government that no list knows behind one that is:
// "Bộ trưởng Hạ tầng và Quản lý nước Mark Harbers".
func (f *officeFrame) furtherField() bool {
	t, j := f.t, f.j
	if !t.is(j, "và") || !f.portfolio || j == f.h.to || j+3 >= len(t.toks) || t.toks[j+1].shape != capital || t.at(j+1, classTitle) != nil || t.at(j+1, classOrgHead) != nil {
		return false
	}
	if f.country == "" { // "Bộ trưởng Y tế và Dịch vụ Nhân sinh Hoa Kỳ"
		for k := j + 2; k < min(j+8, len(t.toks)) && t.toks[k].shape != punct && t.at(k, classTitle) == nil && !t.is(k, "và"); k++ {
			if c := t.at(k, classCountry); c != nil && t.toks[c.to-1].shape == capital {
				f.j = k
				return true
			}
		}
	}
	if t.toks[j+2].shape != lower || t.first[j+1] != t.first[j+2] {
		return false
	}
	for k := j + 2; k < min(j+7, len(t.toks)); k++ {
		if end, native := t.nameAt(f.l, k, true); end > k+1 && !native || t.at(k, classCountry) != nil {
			f.j = k
			return true
		}
		if t.toks[k].shape != lower || t.at(k, classTrigger) != nil || t.at(k, classSay) != nil || t.at(k, classTitle) != nil {
			return false
		}
	}
	return false
}

// nameFollows reports whether the office is complete and the name begins here,
// though its syllables could go on with the office.
func (f *officeFrame) nameFollows() bool {
	t, j, begun := f.t, f.j, f.j > f.h.to
	end, native := t.nameAt(f.l, j, false)
	// "Vương quốc Campuchia Hun Sen"
	if begun && (f.country != "" || t.at(j-1, classCountry) != nil) && end > j+1 {
		return true
	}
	head := t.at(j, classOrgHead)
	if f.portfolio && t.toks[j].shape == capital {
		// "Chủ tịch Hun Sen": a name of Vietnamese syllables, known as one.
		if !begun && end > j+1 {
			if _, known := f.l.knows(t.str(j, end)); known {
				return true
			}
		}
		// "Chủ tịch Quốc hội Kang Chang Hee": nothing is missing from the office.
		if (begun || f.h.words > 2) && head == nil && t.at(j, classCity) == nil && end >= j+3 && end-j <= 4 {
			return true
		}
	}
	// "Tổng Thanh tra Chính phủ Đoàn Hồng Phong"
	return begun && head != nil && native && end == j+3 && t.familyName(f.l, j)
}

// unknownBody reads the name of a body that no list knows: "Cục trưởng Cục Hợp
// tác quốc tế", "Bộ trưởng bộ Ngoại giao", "Trợ lý phụ trách Đông Nam Á".
func (f *officeFrame) unknownBody() bool {
	t, j := f.t, f.j
	head := t.at(j, classOrgHead)
	if t.is(j, "đảng") && j+2 < len(t.toks) && t.toks[j+1].shape == capital && shouted(t.word(j+1)) && len(t.word(j+1)) > 1 && (t.toks[j+2].shape == punct || !shouted(t.word(j+2))) {
		f.bodied, f.j = true, j+2 // "Chủ tịch đảng PSD"
		for k := j; k < j+2; k++ {
			if r := t.at(k, classRegion); r != nil {
				f.take(r) // "đảng CPP"
			}
		}
		return true
	}
	if t.is(j-1, "đảng") && j+1 < len(t.toks) && t.toks[j].shape == capital && shouted(t.word(j)) && len(t.word(j)) > 2 && (t.toks[j+1].shape == punct || !shouted(t.word(j+1))) && !shouted(t.word(j-1)) {
		if f.bodied, f.j = true, j+1; t.at(j, classRegion) != nil { // "Ủy viên Trung ương Đảng CPP"
			f.take(t.at(j, classRegion))
		}
		return true
	}
	charge := (t.is(j, "phụ", "đặc", "về") || j == f.h.to && t.is(j-1, "trách")) && !t.is(j+1, "tới", "đến", "nước", "thăm") // what he has charge of is not whence he is
	small := head != nil && t.is(j, "bộ", "ban", "ủy", "cơ", "cục", "viện", "hội", "văn", "quân") && head.to < len(t.toks) && (t.toks[head.to].shape == capital || t.is(head.to, "kiêm") || t.is(j, "bộ") && t.at(head.to, classField) != nil)
	if !(charge && (f.portfolio || f.envoy || f.aide || t.is(j+1, "trách")) || small && f.portfolio || t.toks[j].shape == capital && (head != nil || f.portfolio || f.aide)) {
		return false
	}
	of := f.take
	if charge {
		of = func(c *hit) {
			if c.class == classCountry && t.inParty(c.from) {
				f.take(c) // "Ủy viên phụ trách Đối ngoại Đảng Cộng sản Uruguay"
			}
		}
	}
	k := t.body(f.l, j, of)
	if k <= j {
		return false
	}
	f.bodied = true
	if head != nil && t.is(j, "hội", "tập", "công", "phòng", "liên", "hiệp", "quỹ") {
		f.key += " " + strings.ToLower(t.str(j, head.to)) // the head of a society is not "Chủ tịch" of a state
	}
	f.organisation(k)
	return true
}

// inParty reports whether the country at token i stands in the name of a party.
func (t *text) inParty(i int) bool {
	f := t.fieldBefore(i)
	return f != nil && (t.is(f.from, "đảng") || t.is(f.from-1, "đảng"))
}

// fieldBefore gives the field or body that ends before token i, or nil.
func (t *text) fieldBefore(i int) *hit {
	for k := max(0, i-4); k < i; k++ {
		if f := t.at(k, classField); f != nil && f.to == i {
			return f
		}
	}
	return nil
}

// organisation goes on to token k, and notes the organisation named up to there.
func (f *officeFrame) organisation(k int) {
	for _, o := range f.t.in(f.j, k) {
		if o.class == classOrg && f.org == "" && f.country == "" && !f.posted && f.speaks {
			f.org = o.arg
		}
	}
	f.j = k
}

// abbreviated reads the rest of a body's long name up to its abbreviation in
// brackets, where a name stands behind them: "Giám đốc Cơ quan Liên hợp quốc về
// bình đẳng giới và trao quyền cho phụ nữ (UN Women) Phumzile Mlambo-Ngcuka".
func (f *officeFrame) abbreviated() {
	t := f.t
	if !f.bodied && f.org == "" {
		return
	}
	for k := f.j; k+2 < len(t.toks) && k < f.j+24; k++ {
		if t.is(k, "(") {
			end := k + 2
			for end < k+5 && t.toks[end].shape != punct {
				end++
			}
			if e, _ := t.nameAt(f.l, end+1, false); t.is(end, ")") && shouted(t.word(k+1)) && e > end+2 {
				f.organisation(end + 1)
			}
			return
		}
		if t.toks[k].shape == punct && !(t.is(k, ",") && t.toks[k+1].shape == lower) || t.at(k, classTitle) != nil || t.at(k, classTrigger) != nil || t.at(k, classSay) != nil {
			return
		}
	}
}

// known reports whether a country, organisation or field begins at token j.
func (t *text) known(j int) bool {
	return t.at(j, classCountry) != nil || t.at(j, classOrg) != nil || t.at(j, classField) != nil
}

// officeAt gives the office that begins at token i, or behind a word there
// that qualifies it, or nil.
func (t *text) officeAt(i int) *hit {
	if q := t.at(i, classHonorific); q != nil && q.arg == "pre" && t.at(i, classTitle) == nil {
		i = q.to
	}
	h := t.at(i, classTitle)
	if h == nil || strings.Contains(h.arg, "o") && t.at(h.to, classOrg) == nil || strings.Contains(h.arg, "m") && !t.ofSeveral(h.to) {
		return nil
	}
	if head := t.at(i, classOrgHead); head != nil && head.to > h.to {
		return nil // "Đại sứ quán"
	}
	if t.is(i, "đối") && t.is(i+1, "tác") && (t.toks[i].shape == capital || h.to < len(t.toks) && t.toks[h.to].shape != capital && !t.is(h.to, "nước", "của", "phía")) {
		return nil // "Đối tác Chiến lược", "là đối tác thương mại"
	}
	if t.is(i, "thường") && t.is(i-1, "không") {
		return nil // "ủy viên không thường trực Hội đồng Bảo an"
	}
	if t.is(i, "tt") && h.to == i+1 && t.placeAt(i+1) == nil {
		if end, _ := t.nameAt(t.lex, i+1, false); end == i+1 {
			return nil // "Bộ VH, TT và DL"
		}
	}
	if i > 0 && t.at(i-1, classCountry) != nil && t.at(i-1, classCountry).to > i {
		return nil // "phía Trung Quốc Trưởng đoàn là …": no "quốc trưởng"
	}
	return h
}

// ofSeveral reports whether two countries stand side by side at token i: "lãnh đạo
// Ai Cập và Pháp", "lãnh đạo hai nước Nga - Mỹ".
func (t *text) ofSeveral(i int) bool {
	if t.is(i, "hai") && t.is(i+1, "nước") {
		i += 2
	}
	c := t.at(i, classCountry)
	return c != nil && (t.is(c.to, "và") || t.dash(c.to)) && t.at(c.to+1, classCountry) != nil
}

// shortNames are countries by one syllable, as they stand in pairs only.
var shortNames = map[string]string{"việt": "VN", "trung": "CN", "nhật": "JP", "hàn": "KR", "mỹ": "US", "nga": "RU", "lào": "LA", "pháp": "FR", "đức": "DE", "ấn": "IN", "anh": "GB", "úc": "AU"}

// friends reads a pair of countries by their short names, "Nhật - Việt", of
// which no list knows one alone, and gives the first and the token after it.
func (t *text) friends(i int) (code string, end int) {
	if i+2 >= len(t.toks) || t.toks[i].shape != capital || !t.dash(i+1) || t.toks[i+2].shape != capital || t.at(i, classCountry) != nil && t.at(i+2, classCountry) != nil {
		return "", i
	}
	a, b := shortNames[t.key(i)], ""
	if a != "" {
		b = shortNames[t.key(i+2)]
	}
	if a == "" || b == "" || a == b {
		return "", i
	}
	return a, i + 3
}

// authority reports whether token i, with the word before it, is power or a body and no
// office: "chính quyền Tổng thống X", "thừa ủy quyền Bộ trưởng Y", "lời mời của Ban Bí thư".
func (t *text) authority(i int) bool {
	return t.is(i, "quyền") && t.is(i-1, "chính", "ủy", "thẩm") || t.is(i, "bí") && t.is(i-1, "ban") && t.is(i-2, "của")
}

// qualifier gives the word before the office at token i that belongs to it:
// "tân", "quyền", "cựu".
func (t *text) qualifier(i int) *hit {
	for k := max(0, i-2); k < i; k++ {
		if h := t.at(k, classHonorific); h != nil && h.arg == "pre" && h.to == i && !t.authority(k) {
			return h
		}
	}
	return nil
}

// district gives the token after a part of a country at token i that no list
// knows, by its first word: "bang Hessen", "thành phố Asan". It gives i when
// there is none.
func (t *text) district(i int) int {
	j := i + 1
	switch {
	case t.is(i, "bang", "tỉnh", "vùng", "hạt", "huyện", "quận"), t.is(i, "tp") && !t.is(j, "."):
	case t.is(i, "tp"):
		j++
	case t.is(i, "thành") && t.is(i+1, "phố"):
		j++
	default:
		return i
	}
	if j >= len(t.toks) || t.toks[j].shape != capital {
		return i
	}
	if c := t.at(j, classCity); c != nil && c.arg == "VN" {
		return c.to // "thành phố Đà Nẵng"
	}
	if t.is(j, "tây", "đông", "nam", "bắc", "thượng", "hạ") && j+1 < len(t.toks) && t.toks[j+1].shape == capital && !t.syllable(j+1) {
		j++ // "bang Tây Ben-gan"
	}
	for j++; j+1 < len(t.toks) && t.dash(j) && t.toks[j].tight && t.toks[j+1].tight; {
		j += 2
	}
	return j
}

// body skips the name of a body that no list knows ("Hội hữu nghị …", "Tập
// đoàn …") up to the person's name, a mark or a verb, and gives j when there
// is none.
func (t *text) body(l *lexicon, j int, take func(*hit)) int {
	k := j
	if head := t.at(j, classOrgHead); head != nil {
		k = head.to // "Bộ Tư lệnh": not the office "Tư lệnh"
	}
	for ; k < len(t.toks) && k-j < 18; k++ {
		tok := &t.toks[k]
		if code, end := t.friends(k); code != "" {
			take(&hit{k, end, &phrase{class: classCountry, arg: code}})
			k = end - 1
			continue
		}
		if f := t.at(k, classField); f != nil && k > j && t.at(k, classCountry) == nil && t.at(k, classCity) == nil && (tok.shape == capital || f.to-f.from > 1) {
			k = f.to - 1
			continue
		}
		if k > j && t.is(k, "(") && t.is(k+2, ")") && shouted(t.word(k+1)) {
			k += 2 // "Liên minh châu Âu (EU)"
			continue
		}
		if tok.shape == punct && !t.dash(k) && !t.is(k, "&") || k > j && (t.at(k, classTitle) != nil || t.is(k, "và") && t.at(k+1, classHonorific) != nil) ||
			t.at(k, classTrigger) != nil && t.at(k, classTrigger).arg != "summit" || t.at(k, classSay) != nil || t.at(k, classAct) != nil && tok.shape != capital ||
			k > j && tok.shape == lower && t.at(k, classHonorific) != nil {
			break
		}
		if tok.shape == lower && t.is(k, "đã", "sẽ", "đang", "có", "là", "được", "cùng", "ngày", "sáng", "chiều", "trưa", "tại", "đến", "tới", "trong", "dẫn", "làm", "vừa", "do", "kiêm", "để", "từ", "bên", "cho", "theo", "sau", "trước", "khi", "nhằm", "nhờ", "tiễn") || t.is(k, "chủ", "đồng") && t.is(k+1, "trì", "chủ") ||
			t.is(k, "với") && !t.is(k-1, "hệ") || // "Bộ Quan hệ với Quốc hội"
			t.is(k, "tối") && tok.shape == lower && !t.is(k+1, "cao") || t.is(k, "nhân") && tok.shape == lower && !t.is(k+1, "dân", "quyền", "lực", "đạo") {
			break
		}
		if t.is(k, "phía") && k > j && t.at(k+1, classCountry) != nil {
			break // "Ủy ban Liên Chính phủ Việt Nam - Hungary phía Hungary"
		}
		if t.knownName(l, k) {
			return k
		}
		if end, native := t.nameAt(l, k, true); end > k && t.at(k, classOrgHead) == nil {
			if h := t.at(j, classOrgHead); h != nil && k == h.to && t.namesBody(h, end, native) {
				k = end - 1
				continue
			}
			// A company's foreign name may stand before a Vietnamese person's.
			for x := k + 1; x < end && !native; x++ {
				if e, native := t.nameAt(l, x, true); native && e-x >= 3 {
					return x
				}
			}
			return k
		}
		c := t.placeAt(k)
		if c == nil {
			continue
		}
		take(c)
		if end, _ := t.nameAt(l, c.to, false); c.class == classCountry && end > c.to+1 {
			return c.to
		}
		k = c.to - 1
		if k+1 < len(t.toks) && t.toks[k+1].shape == lower && !t.joinsBody(k+1) {
			return k + 1 // "Phó Chủ tịch UBND tỉnh Lạng Sơn tiễn Bộ trưởng X"
		}
	}
	if t.is(k-1, "và", "cùng") {
		k--
	}
	return k
}

// placeAt gives the country, the part of one or the city that begins at token i, or nil.
func (t *text) placeAt(i int) *hit {
	for _, c := range []class{classCountry, classRegion, classCity} {
		if h := t.at(i, c); h != nil {
			return h
		}
	}
	return nil
}

// joinsBody reports whether the word at token i goes on with the name of a body behind
// the place in it: "Hội Người Việt Nam tại Séc", "Ủy ban hỗn hợp Việt Nam - Nga về …".
func (t *text) joinsBody(i int) bool {
	return t.is(i, "và", "về", "của", "tại", "ở", "trong", "vì", "cho", "tỉnh", "thành", "bang", "vùng", "quận", "huyện", "khu", "khóa", "kiêm", "các", "hai",
		"với", "trực", "thuộc", "phía", "bên", "toàn", "xây", "phụ", "đặc", "nhiệm", "theo", "cùng", "đã", "sẽ", "là") || t.at(i, classHonorific) != nil || t.at(i, classField) != nil
}

// knownName reports whether a name of the authority list begins at token i, of
// syllables that could be anything: "Men Sam An".
func (t *text) knownName(l *lexicon, i int) bool {
	if t.toks[i].shape != capital {
		return false
	}
	end, _ := t.nameAt(l, i, false)
	if end < i+2 || end > i+4 {
		return false
	}
	_, known := l.knows(t.str(i, end))
	return known
}

// namesBody reports whether the foreign word between the word for a body and
// token end is the body's own name: "Đảng Komeito, Hạ nghị sĩ X", "Tập đoàn
// Siemens phụ trách …". A person's stands there with another, or ends the clause.
func (t *text) namesBody(head *hit, end int, native bool) bool {
	if native || head.to-head.from > 2 || !t.is(head.from, "đảng", "tập", "công", "hãng", "ngân", "quỹ") {
		return false
	}
	if t.is(end, "phụ") && t.is(end+1, "trách") {
		return true
	}
	return end == head.to+1 && (t.is(end, "(") || t.is(end, ",") && (t.officeAt(end+1) != nil || t.at(end+1, classHonorific) != nil))
}

var sameOffice = map[string]string{
	"ngoại trưởng": "bộ trưởng ngoại giao", "btng": "bộ trưởng ngoại giao", "ttk": "tổng thư ký", "pct": "phó chủ tịch", "nguyên thủ tướng": "thủ tướng", "đại sứ đặc mệnh toàn quyền": "đại sứ",
	"bí thư thứ nhất ban chấp hành trung ương": "bí thư thứ nhất", "thủ tướng quốc vụ viện": "thủ tướng",
}

// officeWords are words of offices that have another spelling or say nothing.
var officeWords = [][2]string{{"đặc mệnh toàn quyền", ""}, {" chính phủ", ""}, {" liên bang", ""}, {"uỷ", "ủy"}, {" nhà nước", ""}, {"nghị sỹ", "nghị sĩ"}}

// officeKey makes one key of the spellings of one office.
func officeKey(s string) string {
	for _, w := range officeWords {
		if strings.Contains(s, w[0]) {
			s = strings.Join(strings.Fields(strings.ReplaceAll(s, w[0], w[1])), " ")
		}
	}
	if k, ok := sameOffice[s]; ok {
		return k
	}
	return s
}

// offices reads a list of offices with commas between them from token j. Where
// a name follows the list, its last office is of that name, and so are those
// before it that name no country and no portfolio: "ông X, Đại sứ Hoa Kỳ, Phó
// Thủ tướng, Bộ trưởng Ngoại giao Y". At least one is of m.
func (t *text) offices(l *lexicon, m *mention, j int) int {
	var hits [8]*hit
	n, own := 0, 0 // offices in the list, and those up to the last that says whose it is
	end := j
	for h := t.officeAt(j); h != nil && n < len(hits); h = t.officeAt(end + 1) {
		if n > 0 && t.twoHolders(hits[n-1], h) {
			break
		}
		var probe mention
		hits[n] = h
		n++
		end = t.office(l, &probe, h)
		if next := t.officeAt(end + 1); next == nil || !t.is(end, ",", "và", "kiêm") && !t.dash(end) {
			break
		} else if end > h.to {
			own = n
		}
	}
	if n > 1 && !t.serves(span{hits[n-1].from, end}) {
		if e, _ := t.nameAt(l, end, false); e > end && !(m.honorific && t.company(span{hits[n-1].from, end}, end, e)) {
			n = max(1, own)
		}
	}
	for _, h := range hits[:n] {
		j = t.office(l, m, h)
	}
	return j
}

// twoHolders reports whether two offices with a comma between them are those of two
// people: an envoy and who receives him ("Qua Đại sứ, Chủ tịch nước gửi lời chào"), or
// one office in two countries ("lời mời của Thủ tướng, Thủ tướng Rwanda X nhận lời").
func (t *text) twoHolders(a, b *hit) bool {
	if a == nil || b == nil {
		return false
	}
	if heads[a.office] > 2 && (t.is(b.from, "thứ", "trợ", "chánh") || t.is(b.from, "phó") && !t.is(a.from-1, "phó") || t.is(b.from, "bộ") && heads[a.office] != 4) && t.qualifier(a.from) == nil {
		return true // "theo ủy quyền của Chủ tịch nước, Phó Chủ nhiệm Văn phòng X"
	}
	return t.is(a.from, "đại") && t.is(a.from+1, "sứ") && b.arg[0] < '3' || a.phrase == b.phrase && a.arg[0] < '3' && a.to+1 == b.from ||
		heads[a.office] > 0 && heads[b.office] > 0 && heads[a.office] != heads[b.office] && !(heads[a.office] < 3 && heads[b.office] < 3) &&
			t.qualifier(a.from) == nil && t.qualifier(b.from) == nil && !t.is(b.from-1, "kiêm")
}

// heads are the offices of which one person holds no two in one state: "đón Chủ tịch
// nước, Tổng thống Hàn Quốc X", "gặp Thủ tướng, Chủ tịch Hạ viện". A king, and he alone,
// may head his own government.
var heads = map[string]int{
	"quốc vương": 1, "nhà vua": 1, "thủ tướng": 2, "chủ tịch nước": 3, "tổng thống": 4,
	"chủ tịch quốc hội": 5, "chủ tịch thượng viện": 6, "chủ tịch hạ viện": 7, "chủ tịch nghị viện": 8,
}

// military reports whether the office is a rank or degree that stands before a
// name and beside another office.
func military(key string) bool {
	switch key {
	case "đại tướng", "thượng tướng", "trung tướng", "thiếu tướng", "chuẩn tướng", "tướng", "thống chế", "nguyên soái", "đô đốc", "phó đô đốc", "chuẩn đô đốc", "đề đốc",
		"không đoàn trưởng", "đại tá", "thượng tá", "trung tá", "thiếu tá", "đại úy", "thống tướng", "giáo sư", "tiến sĩ", "phó giáo sư",
		"đại đức", "tăng thống", "phó tăng thống", "hồng y", "đức hồng y", "tổng giám mục", "đức tổng giám mục", "giám mục", "hòa thượng", "thượng tọa", "linh mục", "mục sư", "thượng nghị sĩ", "hạ nghị sĩ", "nghị sĩ":
		return true
	}
	return false
}

func royal(key string) bool {
	switch key {
	case "hoàng thân", "hoàng tử", "công chúa", "thái tử", "hoàng thái tử":
		return true
	}
	return false
}
