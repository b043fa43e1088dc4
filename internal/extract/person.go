package extract

import (
	"slices"
	"strings"
)

// mention is one place where a person is named, with what stands around the
// name: "Đại sứ Đức tại Việt Nam Guido Hildner", "ông Guido Hildner, Đại sứ
// Đức", "Marise Payne (Australia)", or an office alone: "Tổng Bí thư".
type mention struct {
	span          // titles, name and what stands behind it
	name   span   // empty for an office alone
	also   span   // the name in Vietnamese spelling, where the name is in brackets behind it
	titles []span // each office with its country or portfolio
	keys   []string
	rank   int
	// country is that of the office, post the one an envoy is sent to.
	country, post, org string
	more               []string // further countries of "Bộ trưởng Ngoại giao ba nước A, B và C"
	holders            []int    // the entities who hold that office in each of them
	spouse, honorific  bool
	firm               bool // the office is of a firm
	host               bool // of the country that is visited: "Thủ tướng nước chủ nhà"
	pronoun            bool // "ông" alone: who was spoken of last
	visitor            bool // "khách" alone: the visitor spoken of
	bracket            bool // the country stands in brackets behind the name
	native             bool // the name is built like a Vietnamese one
	rule               string
	entity             int // -1 while unknown
}

// maxEntities is how many people one article may hold. A joint statement has
// about sixty; a list of thousands is no communiqué.
const maxEntities = 400

func (r *reader) readMentions() {
	for i := range r.texts {
		t := &r.texts[i]
		for j := 0; j < len(t.toks); {
			if t.first[j] == t.first[j+1] && t.toks[j].shape != capital && !t.is(j, "khách") {
				j++
				continue
			}
			// "Phủ Chủ tịch" and "hai Bộ trưởng" name nobody.
			if v := t.at(j, classVenue); v != nil {
				j = v.to
				continue
			}
			if g := t.at(j, classGroup); g != nil {
				m, ok := t.mention(r.lex, j+1)
				if ok && len(m.more) > 0 {
					if end := t.paired(r.lex, m, m.to); end > 0 {
						j = end
						continue
					}
				}
				if !ok || m.name.empty() || m.from >= g.to {
					j = g.to
					continue
				}
				j++
			}
			if t.is(j-1, "nước") && t.is(j, "chủ") && t.toks[j].shape == capital && t.at(j, classTitle) != nil {
				j = t.at(j, classTitle).to // "nước Chủ tịch ASEAN" is a country
				continue
			}
			m, ok := t.mention(r.lex, j)
			if c := t.at(j, classCountry); !ok && c != nil {
				if end := t.paired(r.lex, mention{span: span{j, c.to}, rank: 9, country: c.arg}, c.to); end > 0 {
					j = end
					continue
				}
			}
			if !ok {
				m, ok = t.nameAndCountry(r.lex, j)
			}
			if !ok {
				j++
				if head := t.at(j-1, classOrgHead); head != nil && head.words > 1 {
					j = head.to // "Bộ Tư lệnh Hải quân": no commander
				}
				continue
			}
			if m.country != "" && (m.name.empty() || len(m.more) > 0) {
				if end := t.paired(r.lex, m, m.to); end > 0 {
					j = end
					continue
				}
			}
			t.led(&m)
			if m.consort() && t.is(m.from-1, "và", "cùng") {
				m.spouse = true // "Nhà vua X và Hoàng hậu Y"
			}
			if m.name.empty() && t.is(m.from, "nhà", "nguyên", "lãnh") && t.is(m.from-1, "nhiều", "số", "những", "vị") {
				j = max(m.to, j+1) // "nhiều nhà lãnh đạo Lào": nobody in particular
				continue
			}
			if m.name.empty() && (t.is(m.from-1, "cấp") || (t.is(m.from-1, "nghị") || t.is(m.from-2, "nghị") && t.is(m.from-1, "hẹp")) && (m.org != "" || m.rank >= 3)) {
				j = max(m.to, j+1) // "đối thoại cấp Thứ trưởng", "Hội nghị Bộ trưởng Ngoại giao ASEAN": a level
				continue
			}
			if m.name.empty() && t.is(m.from-1, "làm", "đoàn") {
				j = max(m.to, j+1) // "do ông X làm trưởng đoàn": what X is, nobody else; "Đoàn nghị sĩ"
				continue
			}
			if (m.name.empty() || m.name.to-m.name.from == 1) && t.is(m.from-1, "phủ", "dinh", "phòng", "điện") {
				j = max(m.to, j+1) // "Phủ Tổng thống Ba Lan" is a building
				continue
			}
			if comma := t.comma(m.from, m.name.from); comma > 0 && t.is(m.from-1, "phủ", "dinh") {
				j = comma + 1 // "tại Phủ Tổng thống Ba Lan, Thủ tướng X …"
				continue
			}
			t.mentions = append(t.mentions, m)
			j = max(m.to, j+1)
			if j = t.listed(r.lex, m, j); m.name.empty() && t.is(m.to, ":") && t.is(m.from-1, "các", "hai", "ba", "bốn") {
				j = t.holders(r.lex, m, m.to+1)
			}
		}
	}
}

// consort reports whether an office is that of a prince's wife, who has part in what
// he does: she is no companion only.
func (m *mention) consort() bool {
	return len(m.keys) > 0 && (m.keys[0] == "hoàng hậu" || m.keys[0] == "vương hậu" || strings.HasPrefix(m.keys[0], "công nương") || strings.HasSuffix(m.keys[0], "thái tử phi"))
}

// comma gives the first comma between two tokens, 0 when there is none.
func (t *text) comma(from, to int) int {
	for i := from; i < to; i++ {
		if t.is(i, ",") {
			return i
		}
	}
	return 0
}

// led gives the head of a delegation its country: "đoàn Quốc hội Hàn Quốc do
// Chủ tịch Quốc hội Kang Chang Hee dẫn đầu", "Đại tướng Petr Pavel, Tổng Tham
// mưu trưởng, dẫn đầu đoàn quân sự Cộng hòa Séc".
func (t *text) led(m *mention) {
	if m.country != "" || m.name.empty() {
		return
	}
	if n := len(t.mentions); n > 0 && t.mentions[n-1].name.empty() && t.ledBy(&t.mentions[n-1]) && t.mentions[n-1].to == m.from-1 && t.is(m.from-1, "là") {
		m.country = t.partyOf(t.mentions[n-1].from - 2) // "do hai Quyền Trưởng Ban là X và Y dẫn đầu"
		return
	}
	if n := len(t.mentions); n > 0 && t.is(m.from-1, "và") && t.mentions[n-1].to == m.from-1 && t.is(t.mentions[n-1].from-1, "là", "do") && t.has(m.to, min(m.to+3, len(t.toks)), "dẫn", "làm", "đồng") {
		m.country = t.mentions[n-1].country
		return
	}
	if !t.ledBy(m) {
		j := m.to
		if t.is(j, ",") {
			j++
		}
		party := false
		for i := j + 1; t.is(j, "dẫn", "làm", "đứng") && i < j+16 && i < len(t.toks) && t.toks[i].shape != punct && (i == j+1 || t.at(i, classTrigger) == nil || t.at(i, classTrigger).arg == "x"); i++ {
			party = party || t.is(i, "đoàn")
			if c := t.at(i, classCountry); c != nil && party {
				m.country = c.arg
				return
			}
		}
		return
	}
	if !t.has(m.to, min(m.to+12, len(t.toks)), "dẫn", "làm", "đứng", "trưởng") {
		return
	}
	if n := len(t.mentions); n > 0 && t.mentions[n-1].name.empty() && t.mentions[n-1].to == m.from-1 {
		m.country = t.mentions[n-1].country // "Đoàn nghị sĩ thành phố Kawasaki (Nhật Bản) do ông X dẫn đầu"
		return
	}
	m.country = t.partyOf(m.from - 2)
}

// partyOf gives the country of the delegation that the words up to token end name, or
// "".
func (t *text) partyOf(end int) string {
	country := ""
	for i := end; i >= 0 && i > end-18 && !t.inMention(i); i-- {
		if c := t.at(i, classCountry); c != nil && country == "" && !t.dash(i-1) {
			country = c.arg // of "Hội Hữu nghị Hàn Quốc - Việt Nam" the first
		} else if c := t.at(i, classCity); c != nil && country == "" {
			country = c.arg
		}
		if t.is(i, "tại", "ở", "đến", "tới", "sang", "thăm") {
			country = "" // what follows is where they went
		}
		if t.is(i, "đoàn") && (country == "" || !t.is(i+1, "kết")) || t.is(i, "đại") && t.is(i+1, "biểu") && t.is(i-1, "với", "tiếp", "cho", "các") {
			return country
		}
	}
	return ""
}

// ledBy reports whether "do" stands before a mention: "do hai Quyền Trưởng Ban X".
func (t *text) ledBy(m *mention) bool {
	i := m.from - 1
	for i > m.from-4 && t.is(i, "hai", "ba", "các", "quyền", "ngài") {
		i--
	}
	return t.is(i, "do") && !t.is(i-1, "tự")
}

// listed reads the further names of "các Bộ trưởng Nguyễn Quân (Khoa học và
// Công nghệ), Phạm Vũ Luận (Giáo dục và Đào tạo)": they share the office.
func (t *text) listed(l *lexicon, m mention, j int) int {
	plural := m.from > 0 && t.is(m.from-1, "các", "hai", "ba", "bốn", "những", "2", "3") || m.bracket && t.has(m.from, m.name.from, "các", "nước")
	if m.name.empty() || len(m.titles) == 0 || !plural || m.titles[0].from > m.name.from {
		return j
	}
	for t.is(j, ",", "và", ";") {
		k := j + 1
		if c := t.at(k, classCountry); c != nil && m.bracket && t.is(c.to, "(") {
			end, native := t.nameAt(l, c.to+1, false)
			if end < c.to+3 || !t.is(end, ")") {
				return j
			}
			t.mentions = append(t.mentions, mention{span: span{k, end + 1}, name: span{c.to + 1, end}, titles: m.titles, keys: m.keys, rank: m.rank,
				country: c.arg, bracket: true, native: native, rule: "person-listed", entity: -1})
			j = end + 1
			continue
		}
		end, native := t.nameAt(l, k, true)
		if end == k {
			return j
		}
		next := mention{span: span{k, end}, name: span{k, end}, titles: m.titles, keys: m.keys, rank: m.rank,
			native: native, rule: "person-listed", entity: -1}
		if t.behind(l, &next); !m.bracket && next.country == "" {
			next.country = m.country
		}
		t.mentions = append(t.mentions, next)
		j = next.to
	}
	return j
}

// holders reads the names behind an office of several people at home: "các đồng chí
// Phó Viện trưởng: Trần Công Phàn, Nguyễn Văn Khánh". It gives the token after them.
func (t *text) holders(l *lexicon, m mention, j int) int {
	for k := j; ; k++ {
		end, native := t.nameAt(l, k, true)
		if !native || end < k+3 || !t.is(end, ",", "và", ".", ";", "cùng") {
			return j
		}
		t.mentions = append(t.mentions, mention{span: span{k, end}, name: span{k, end}, titles: m.titles, keys: m.keys, rank: m.rank,
			country: m.country, native: native, rule: "person-listed", entity: -1})
		j, k = end, end
		if !t.is(end, ",", "và") {
			return j
		}
	}
}

// nameAndCountry reads "Marise Payne (Australia)". The office, if any, is the
// one last named before it: "ba người đồng cấp là …".
func (t *text) nameAndCountry(l *lexicon, i int) (mention, bool) {
	// "hai người đồng cấp Mỹ Antony Blinken và Nhật Bản Yoko Kamikawa", "lãnh đạo
	// Đài Loan Thái Anh Văn"
	if c := t.at(i, classCountry); c != nil && !t.is(i-1, "hãng", "tấn", "báo", "tờ", "đài", "kênh") {
		if end, native := t.nameAt(l, c.to, true); end >= c.to+2 && (!native || readsChinese(c.arg) && t.is(i-1, "đạo")) {
			m := mention{span: span{i, end}, name: span{c.to, end}, rank: 9, country: c.arg, rule: "person-country-name", entity: -1}
			t.sameOffice(&m)
			return m, true
		}
		return mention{}, false
	}
	first := i
	i = t.degree(i)
	end, native := t.nameAt(l, i, true)
	if i > first {
		if m, ok := t.scholar(l, first, i); ok {
			return m, true
		}
	}
	if end == i && i > 0 && t.is(i-1, ":", ";") {
		// "các đồng chí: Khăm Phởi Vẳn Na Xản, Bí thư Tỉnh ủy; …"
		if e, n := t.nameAt(l, i, false); e >= i+3 && t.is(e, ",") && t.at(e+1, classTitle) != nil {
			end, native = e, n
		}
	}
	// "tại Johor Bahru (Malaysia)" is a place.
	if end < i+2 || t.at(i, classRegion) != nil || t.at(i-1, classRegion) != nil || t.locating(i) || t.locating(first-1) || t.is(first-1, "phố", "đô", "tỉnh", "bang", "đến", "tới") {
		return mention{}, false
	}
	if t.is(first-1, "hãng", "tờ", "báo", "đài", "kênh", "chí", "đoàn", "ty") {
		return mention{}, false // "theo hãng Sputnik News, …"
	}
	if t.is(end, ",") || t.dash(end) {
		// "Guido Hildner, Đại sứ Đức", "các đồng chí: Đinh Văn Điến, TVTU, Chủ tịch
		// UBND tỉnh; Bùi Mai Hoa - Phó Chủ tịch HĐND": a name with its office behind.
		m := mention{span: span{first, end}, name: span{i, end}, rank: 9, native: native, rule: "person-name-title", entity: -1}
		t.behind(l, &m)
		place := t.is(first-1, "tại", "ở", "đến", "tới", "từ", "thăm", "về", "sang", "rời")
		return m, m.country != "" || m.org != "" || len(m.titles) > 0 && !place && (!native || end > i+2)
	}
	if h := t.at(end, classTitle); h != nil && native && end >= i+3 && t.is(first-1, ":", ";") && t.toks[end].shape == capital {
		// "các đồng chí: Nguyễn Đức Thọ Phó Chủ tịch UBND thành phố; …": no comma.
		m := mention{span: span{first, end}, name: span{i, end}, rank: 9, native: native, rule: "person-name-title", entity: -1}
		m.to = t.offices(l, &m, end)
		e, _ := t.nameAt(l, m.to, false)
		return m, e == m.to
	}
	if c := t.countryAt(end + 1); !t.is(end, "(") || c == nil || !t.is(c.to, ")") {
		return mention{}, false
	}
	m := mention{span: span{first, end}, name: span{i, end}, rank: 9, native: native, rule: "person-name-country", entity: -1}
	t.behind(l, &m)
	for k := i - 1; k >= 0 && k > i-8 && len(m.titles) == 0; k-- {
		if h := t.at(k, classTitle); h != nil && t.is(i-1, ":", "là") {
			office := mention{rank: 9}
			t.office(l, &office, h)
			m.titles, m.keys, m.rank = office.titles, office.keys, office.rank
		}
	}
	if n := len(t.mentions); n > 0 && len(m.titles) == 0 {
		if last := &t.mentions[n-1]; len(last.titles) > 0 && (last.name.empty() || last.rule == "person-name-country") && i-last.to < 4 {
			m.titles, m.keys, m.rank = last.titles, last.keys, last.rank
		}
	}
	return m, true
}

// sameOffice gives m the office of several that was named before it: "những người
// đồng cấp Thổ Nhĩ Kỳ X, Iran Y".
func (t *text) sameOffice(m *mention) {
	n := len(t.mentions)
	if n == 0 || !t.is(m.from-1, ",", "và", "cùng") {
		return
	}
	last := &t.mentions[n-1]
	if last.to+1 == m.from && len(last.titles) > 0 && !last.name.empty() &&
		(last.rule == m.rule || t.is(last.from-1, "những", "các", "hai", "ba", "bốn", "2", "3", "4")) {
		m.titles, m.keys, m.rank = slices.Clone(last.titles), last.keys, last.rank
		for _, c := range t.in(m.titles[0].from+1, m.titles[0].to) {
			if c.class == classCountry {
				m.titles[0].to = c.from // without the country of the other
				break
			}
		}
	}
}

// scholar reads a foreigner with no more than a degree, behind which it may say
// whence: "GS Kim Sung-chul thuộc Viện Hàn lâm Khoa học Hàn Quốc".
func (t *text) scholar(l *lexicon, first, i int) (mention, bool) {
	end, native := t.nameAt(l, i, false)
	m := mention{span: span{first, end}, name: span{i, end}, rank: 9, native: native, honorific: true, rule: "person-honorific-name", entity: -1}
	if end < i+2 || native {
		return m, false
	}
	if head := t.at(end+1, classOrgHead); head != nil && t.is(end, "thuộc", "của") {
		t.body(l, end+1, func(c *hit) { m.country = c.arg })
	} else {
		t.behind(l, &m)
	}
	return m, true
}

// countryAt gives the country at token i, or behind the words there that say what
// state it is: "Cộng hòa Venezuela"; or nil.
func (t *text) countryAt(i int) *hit {
	for {
		if c := t.at(i, classCountry); c != nil {
			return c
		}
		state := t.at(i, classField)
		if state == nil || state.arg != "state" {
			return nil
		}
		i = state.to
	}
}

// mention reads the mention that begins at token i.
func (t *text) mention(l *lexicon, i int) (mention, bool) {
	if h := t.at(i, classHonorific); t.officeAt(i) == nil && (h == nil || h.arg == "pre" || t.is(i, "vị") && t.is(i+1, "khách")) {
		return t.guest(i)
	}
	m := mention{span: span{i, i}, rank: 9, entity: -1, rule: "person-title-name"}
	if t.is(i, "vị") && t.is(i-1, "cương", "chức", "địa", "đơn") || t.authority(i) {
		return m, false
	}
	m.to = t.titles(l, &m, i)
	if t.nameInBrackets(l, &m) {
		return m, true
	}
	if name, native := t.nameBehind(l, &m); !name.empty() {
		m.name, m.native, m.to = name, native, name.to
		if len(m.titles) == 0 {
			m.rule = "person-honorific-name"
		}
		t.countryOfBracket(&m)
		t.behind(l, &m)
		return m, true
	}
	if len(m.titles) == 0 && !m.spouse && m.to == i+1 && t.is(i, "ông", "bà") && m.to < len(t.toks) && !t.is(m.to, "con", "bà", "mẹ", "cha", "trùm") &&
		(t.toks[m.to].shape == lower || t.toks[m.to].shape == punct && (t.objectAt(i) || t.is(i-1, "với", "cùng"))) {
		m.pronoun, m.rule = true, "person-pronoun"
		return m, true
	}
	return m, len(m.titles) > 0 || m.spouse
}

// titles reads the honorifics and offices of mention m from token i on, and gives the
// token after them.
func (t *text) titles(l *lexicon, m *mention, i int) int {
	j := i
	for {
		if h := t.at(j, classHonorific); h != nil {
			if h.arg != "pre" {
				m.honorific = true
				j = h.to
				if h.arg == "spouse" {
					m.spouse = true
					j = t.spouseOf(l, m, h)
				}
				continue
			}
		}
		h := t.officeAt(j)
		if h == nil {
			if k := t.degree(j); k > j {
				j = k
				continue
			}
			break
		}
		j = t.office(l, m, h)
		// "Ủy viên trưởng … (Chủ tịch Nhân đại) Lật Chiến Thư"
		if t.is(j, "(") && t.at(j+1, classTitle) != nil {
			for k := j + 2; k < j+14 && k < len(t.toks); k++ {
				if t.is(k, ")") {
					if end, _ := t.nameAt(l, k+1, false); end > k+1 {
						j = k + 1
					} else if c := t.at(k+1, classCountry); c != nil && (m.country == "" || m.country == c.arg) {
						if end, _ := t.nameAt(l, c.to, false); end > c.to+1 {
							m.titles[len(m.titles)-1].to, m.country, j = k+1, c.arg, c.to
						}
					}
					break
				}
			}
		}
		switch {
		case t.is(j, "kiêm") && t.officeAt(j+1) != nil,
			(t.is(j, ",") || t.dash(j)) && t.officeAt(j+1) != nil && t.sameHolder(l, m, j+1):
			j++
		case (t.is(j, ",") || t.dash(j) && !(t.toks[j].tight && t.toks[j+1].tight)) && t.at(j+1, classHonorific) != nil:
			if end, _ := t.nameAt(l, t.at(j+1, classHonorific).to, false); end > j+2 {
				j++
			}
		}
	}
	if n := len(m.titles); n > 0 && t.serves(m.titles[n-1]) && m.titles[n-1].to == j {
		if e, _ := t.nameAt(l, j, false); e > j && t.listedFor(l, m, j, e) && t.is(m.titles[n-1].from, "đặc", "phái") && !t.has(m.titles[n-1].from, j, "về", "phụ") {
			m.titles[n-1].to, j = e, e // "đặc phái viên của Tổng thống Nga Vladimir Putin": who sent him
		}
	}
	return j
}

// nameInBrackets reads the name of mention m where it stands in brackets behind the
// country: "Đại sứ các nước Pháp (Olivier Brochet), Đức (Guido Hildner)".
func (t *text) nameInBrackets(l *lexicon, m *mention) bool {
	j := m.to
	if !t.is(j, "(") || len(m.titles) == 0 || m.country == "" || len(m.more) > 0 {
		return false
	}
	end, native := t.nameAt(l, j+1, false)
	if e, n := t.nameAt(l, end+1, false); t.is(end, ")") && e > end+2 {
		// "Đảng Cộng sản Ấn Độ (Mác-xít) Sitaram Yechury": the name comes behind.
		m.titles[len(m.titles)-1].to = end + 1
		m.name, m.native, m.to = span{end + 1, e}, n, e
		t.behind(l, m)
		return true
	}
	if end > j+2 && t.is(end, ")") {
		m.name, m.native, m.bracket, m.to = span{j + 1, end}, native, true, end+1
		return true
	}
	return false
}

// nameBehind gives the name behind the titles of mention m, or somewhat further on,
// and whether it is built like a Vietnamese one; empty where there is none.
func (t *text) nameBehind(l *lexicon, m *mention) (name span, native bool) {
	i, j := m.from, m.to
	capitals := j > i && j < len(t.toks) && len(t.word(j-1)) > 2 && shouted(t.word(j-1)) && shouted(t.word(j))
	end, native := t.nameAt(l, j, capitals) // in a headline in capitals any word may follow: "PHU NHÂN BẮT ĐẦU THĂM"
	if end == j && t.is(j, ",") && len(m.titles) > 0 {
		// "Phó Chánh án … Lào, Khampha Sengdara, gặp …": the name between commas.
		// "Ngoại trưởng Mỹ, John Kerry và …" has one.
		if e, n := t.nameAt(l, j+1, true); e > j+2 && (t.is(e, "và") && t.officeAt(e+1) != nil || t.is(e, "đã", "sẽ", "vừa") && t.has(i, j, ",") || t.is(e, ",", ".", ";") && t.at(e+1, classTitle) == nil ||
			m.country != "" && m.country != "VN" && t.is(e, "đã", "sẽ", "đang", "vừa", "tới", "đến", "đón", "tiếp", "hội", "gặp", "chào")) && (m.country == "" || n == (m.country == "VN")) && !t.enumerates(l, e) {
			j++
			end, native = e, n
		}
	}
	if end == j && t.dash(j) && len(m.titles) > 0 && m.country != "" && len(m.more) == 0 {
		// "Đại sứ Việt Nam tại Ấn Độ - Tôn Sinh Thành"
		if e, n := t.nameAt(l, j+1, true); e > j+2 && n == (m.country == "VN") && t.at(e, classTitle) == nil && !t.dash(e) {
			j++
			end, native = e, n
		}
	}
	if h := t.at(end+1, classHonorific); end == j+1 && len(m.titles) > 0 && h != nil && h.arg == "hon" && t.is(end, ",") && t.is(j-1, "phố", "tỉnh", "bang", "quận", "huyện", "vùng") {
		// "Chủ tịch Hội đồng thành phố Sakai, ông Y": a town no list knows.
		if e, n := t.nameAt(l, h.to, false); e > h.to+1 {
			m.titles[len(m.titles)-1].to = end
			j, end, native = h.to, e, n
		}
	}
	if h := t.at(end+1, classHonorific); m.spouse && h != nil && h.arg == "hon" && (t.is(end, ",") || t.dash(end)) {
		// "Phu nhân Thủ tướng, bà Y", "Phu nhân Thủ tướng X, bà Y": the first name is not hers.
		if e, n := t.nameAt(l, h.to, false); e > h.to {
			m.titles[0].to = end
			j, end, native = h.to, e, n
		}
	}
	return span{j, end}, native
}

// countryOfBracket gives mention m the country in whose brackets it stands: "Hàn Quốc
// (bà Kang Kyung-wha)".
func (t *text) countryOfBracket(m *mention) {
	i := m.from
	if m.country != "" || !t.is(i-1, "(") || !t.is(m.to, ")") {
		return
	}
	for k := i - 2; k >= 0 && k > i-6; k-- {
		if c := t.at(k, classCountry); c != nil && c.to == i-1 {
			m.country, m.bracket = c.arg, true
		}
	}
}

// guest reads "khách" and "vị khách" where they stand for the visitor spoken of:
// "khách được Thủ tướng Y tiếp".
func (t *text) guest(i int) (mention, bool) {
	m := mention{rank: 9, entity: -1, pronoun: true, visitor: true, rule: "person-pronoun"}
	j := i
	if t.is(j, "vị") {
		j++
		if c := t.at(j+1, classCountry); t.is(j, "khách") && c != nil { // "tiếp vị khách Belarus"
			m.span, m.country = span{i, c.to}, c.arg
			return m, true
		}
	}
	if !t.is(j, "khách") || j+1 >= len(t.toks) || !t.is(j+1, "được", "đã", "cũng", "sẽ", "hội", "gặp", "tới", "đến", "vào", "rời") ||
		j == i && i > 0 && t.toks[i-1].shape == lower && t.num(i-2) < 0 {
		return mention{}, false
	}
	m.span = span{i, j + 1}
	return m, true
}

// listedFor reports whether the name from..to is one of the authority list for the
// country of office m, or of any for an envoy's: "Chủ tịch Quốc hội Cuba, Esteban Lazo".
func (t *text) listedFor(l *lexicon, m *mention, from, to int) bool {
	who, known := l.knows(t.str(from, to))
	return known && (who.country == m.country || m.country == "" && m.rank == 4)
}

// spouseOf reads "Phu nhân", and of whom: "Phu nhân Thủ tướng Malaysia". The
// office is not hers, but its country is. It gives the token after it.
func (t *text) spouseOf(l *lexicon, m *mention, h *hit) int {
	j := h.to
	if of := t.at(j, classTitle); of != nil {
		var held mention
		j = t.offices(l, &held, j)
		m.country = held.country
	}
	m.titles = append(m.titles, span{h.from, j})
	return j
}

// enumerates reports whether the comma at token i goes on with a further name.
func (t *text) enumerates(l *lexicon, i int) bool {
	end, _ := t.nameAt(l, i+1, true)
	return end > i+1 || t.at(i+1, classHonorific) != nil || t.at(i+1, classCountry) != nil
}

// speaks reports whether the organisation of the office being read is whom
// somebody speaks for: his other offices are no more than ranks. "Thứ trưởng Bộ
// Công an, Chủ tịch Interpol" is a deputy minister.
func (m *mention) speaks() bool {
	return !slices.ContainsFunc(m.keys, func(k string) bool { return !military(k) && !royal(k) })
}
