package extract

import (
	"slices"
	"strings"

	"vankho/internal/vitext"
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
			if t.first[j] == t.first[j+1] && t.toks[j].shape != capital {
				j++
				continue
			}
			// "Phủ Chủ tịch" and "hai Bộ trưởng" name nobody.
			if v := t.at(j, classVenue); v != nil {
				j = v.to
				continue
			}
			if g := t.at(j, classGroup); g != nil {
				if m, ok := t.mention(r.lex, j+1); !ok || m.name.empty() || m.from >= g.to {
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
			if !ok {
				m, ok = t.nameAndCountry(r.lex, j)
			}
			if !ok {
				j++
				continue
			}
			t.led(&m)
			if m.name.empty() && t.is(m.from-1, "làm") {
				j = max(m.to, j+1) // "do ông X làm trưởng đoàn": what X is, nobody else
				continue
			}
			if m.name.empty() && t.is(m.from-1, "phủ", "dinh", "phòng", "điện") {
				j = max(m.to, j+1) // "Phủ Tổng thống Ba Lan" is a building
				continue
			}
			t.mentions = append(t.mentions, m)
			j = max(m.to, j+1)
			j = t.listed(r.lex, m, j)
		}
	}
}

// led gives the head of a delegation its country: "đoàn Quốc hội Hàn Quốc do
// Chủ tịch Quốc hội Kang Chang Hee dẫn đầu", "Đại tướng Petr Pavel, Tổng Tham
// mưu trưởng, dẫn đầu đoàn quân sự Cộng hòa Séc".
func (t *text) led(m *mention) {
	if m.country != "" || m.name.empty() {
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
	country := ""
	if n := len(t.mentions); n > 0 && t.mentions[n-1].name.empty() && t.mentions[n-1].to == m.from-1 {
		m.country = t.mentions[n-1].country // "Đoàn nghị sĩ thành phố Kawasaki (Nhật Bản) do ông X dẫn đầu"
		return
	}
	for i := m.from - 2; i >= 0 && i > m.from-20 && !t.inMention(i); i-- {
		if c := t.at(i, classCountry); c != nil && country == "" {
			country = c.arg
		} else if c := t.at(i, classCity); c != nil && country == "" {
			country = c.arg
		}
		if t.is(i, "tại", "ở", "đến", "tới", "sang", "thăm") {
			country = "" // what follows is where they went
		}
		if t.is(i, "đoàn") && (country == "" || !t.is(i+1, "kết")) {
			m.country = country
			return
		}
	}
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
	plural := m.from > 0 && t.is(m.from-1, "các", "hai", "ba", "bốn", "những") || m.bracket && t.has(m.from, m.name.from, "các", "nước")
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
		if !m.bracket {
			next.country = m.country
		}
		t.behind(l, &next)
		t.mentions = append(t.mentions, next)
		j = next.to
	}
	return j
}

// nameAndCountry reads "Marise Payne (Australia)". The office, if any, is the
// one last named before it: "ba người đồng cấp là …".
func (t *text) nameAndCountry(l *lexicon, i int) (mention, bool) {
	// "hai người đồng cấp Mỹ Antony Blinken và Nhật Bản Yoko Kamikawa"
	if c := t.at(i, classCountry); c != nil {
		if end, native := t.nameAt(l, c.to, true); end >= c.to+2 && !native {
			return mention{span: span{i, end}, name: span{c.to, end}, rank: 9, country: c.arg, rule: "person-country-name", entity: -1}, true
		}
		return mention{}, false
	}
	end, native := t.nameAt(l, i, true)
	// "tại Johor Bahru (Malaysia)" is a place.
	if end < i+2 || t.locating(i) || t.locating(i-1) || t.is(i-1, "phố", "đô", "tỉnh", "bang", "đến", "tới") {
		return mention{}, false
	}
	if t.is(end, ",") || t.dash(end) {
		// "Guido Hildner, Đại sứ Đức", "các đồng chí: Đinh Văn Điến, TVTU, Chủ tịch
		// UBND tỉnh; Bùi Mai Hoa - Phó Chủ tịch HĐND": a name with its office behind.
		m := mention{span: span{i, end}, name: span{i, end}, rank: 9, native: native, rule: "person-name-title", entity: -1}
		t.behind(l, &m)
		place := t.is(i-1, "tại", "ở", "đến", "tới", "từ", "thăm", "về", "sang", "rời")
		return m, m.country != "" || m.org != "" || len(m.titles) > 0 && !place && (!native || end > i+2)
	}
	if !t.is(end, "(") || t.at(end+1, classCountry) == nil || !t.is(t.at(end+1, classCountry).to, ")") {
		return mention{}, false
	}
	m := mention{span: span{i, end}, name: span{i, end}, rank: 9, native: native, rule: "person-name-country", entity: -1}
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

// mention reads the mention that begins at token i.
func (t *text) mention(l *lexicon, i int) (mention, bool) {
	m := mention{span: span{i, i}, rank: 9, entity: -1, rule: "person-title-name"}
	if h := t.at(i, classHonorific); t.officeAt(i) == nil && (h == nil || h.arg == "pre") {
		return m, false
	}
	j := i
	for {
		if h := t.at(j, classHonorific); h != nil {
			if h.arg != "pre" {
				m.honorific = true
				j = h.to
				if h.arg == "spouse" {
					m.spouse = true
					j = t.spouseOf(l, &m, h)
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
		j = t.office(l, &m, h)
		// "Ủy viên trưởng … (Chủ tịch Nhân đại) Lật Chiến Thư"
		if t.is(j, "(") && t.at(j+1, classTitle) != nil {
			for k := j + 2; k < j+14 && k < len(t.toks); k++ {
				if t.is(k, ")") {
					if end, _ := t.nameAt(l, k+1, false); end > k+1 {
						j = k + 1
					}
					break
				}
			}
		}
		switch {
		case t.is(j, "kiêm") && t.officeAt(j+1) != nil,
			(t.is(j, ",") || t.dash(j)) && t.officeAt(j+1) != nil && t.sameHolder(l, &m, j+1):
			j++
		case t.is(j, ",") && t.at(j+1, classHonorific) != nil:
			if end, _ := t.nameAt(l, t.at(j+1, classHonorific).to, false); end > j+2 {
				j++
			}
		}
	}
	m.to = j
	// "Đại sứ các nước Pháp (Olivier Brochet), Đức (Guido Hildner)"
	if t.is(j, "(") && len(m.titles) > 0 && m.country != "" && len(m.more) == 0 {
		end, native := t.nameAt(l, j+1, false)
		if e, n := t.nameAt(l, end+1, false); t.is(end, ")") && e > end+2 {
			// "Đảng Cộng sản Ấn Độ (Mác-xít) Sitaram Yechury": the name comes behind.
			m.titles[len(m.titles)-1].to = end + 1
			m.name, m.native, m.to = span{end + 1, e}, n, e
			t.behind(l, &m)
			return m, true
		}
		if end > j+2 && t.is(end, ")") {
			m.name, m.native, m.bracket, m.to = span{j + 1, end}, native, true, end+1
			return m, true
		}
	}
	end, native := t.nameAt(l, j, false)
	if end == j && t.is(j, ",") && len(m.titles) > 0 {
		// "Phó Chánh án … Lào, Khampha Sengdara, gặp …": the name between commas.
		if e, n := t.nameAt(l, j+1, true); e > j+2 && t.is(e, ",") && t.at(e+1, classTitle) == nil && (m.country == "" || n == (m.country == "VN")) && !t.enumerates(l, e) {
			j++
			end, native = e, n
		}
	}
	if h := t.at(end+1, classHonorific); m.spouse && h != nil && h.arg == "hon" && (t.is(end, ",") || t.dash(end)) {
		// "Phu nhân Thủ tướng, bà Y", "Phu nhân Thủ tướng X, bà Y": the first name is not hers.
		if e, n := t.nameAt(l, h.to, false); e > h.to {
			m.titles[0].to = end
			j, end, native = h.to, e, n
		}
	}
	if end > j {
		m.name, m.native, m.to = span{j, end}, native, end
		if len(m.titles) == 0 {
			m.rule = "person-honorific-name"
		}
		// "Hàn Quốc (bà Kang Kyung-wha)"
		if m.country == "" && t.is(i-1, "(") && t.is(end, ")") {
			for k := i - 2; k >= 0 && k > i-6; k-- {
				if c := t.at(k, classCountry); c != nil && c.to == i-1 {
					m.country, m.bracket = c.arg, true
				}
			}
		}
		t.behind(l, &m)
		return m, true
	}
	if len(m.titles) == 0 && !m.spouse && m.to == i+1 && t.is(i, "ông", "bà") && m.to < len(t.toks) && t.toks[m.to].shape == lower && !t.is(m.to, "con", "bà", "mẹ", "cha", "trùm") {
		m.pronoun, m.rule = true, "person-pronoun"
		return m, true
	}
	return m, len(m.titles) > 0 || m.spouse
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

// degrees are academic degrees and professions that stand shortened before a
// name.
var degrees = map[string]bool{"TS": true, "GS": true, "PGS": true, "TSKH": true, "ThS": true, "BS": true, "LS": true, "KTS": true, "Ths": true, "Dr": true, "Mr": true, "Mrs": true, "Ms": true}

// degree gives the token after degrees at token i ("PGS.TS.", "GS. TS"), or i.
func (t *text) degree(i int) int {
	for i < len(t.toks) && t.toks[i].shape == capital && degrees[t.word(i)] {
		if i++; t.is(i, ".", ",") && i+1 < len(t.toks) && (degrees[t.word(i+1)] || t.is(i, ".")) {
			i++
		}
	}
	return i
}

// enumerates reports whether the comma at token i goes on with a further name.
func (t *text) enumerates(l *lexicon, i int) bool {
	end, _ := t.nameAt(l, i+1, true)
	return end > i+1 || t.at(i+1, classHonorific) != nil || t.at(i+1, classCountry) != nil
}

// sameHolder reports whether the office that begins at token j, after a comma,
// is held by the person whose first office m is: "Tổng Bí thư, Chủ tịch nước
// Lào Thongloun". "Gặp Thủ tướng Lào, Chủ tịch Quốc hội Trần Thanh Mẫn" names
// two people: the country came already and the second office has none.
func (t *text) sameHolder(l *lexicon, m *mention, j int) bool {
	var next mention
	if m.country == "" && m.org == "" {
		return true
	}
	if m.country == "" {
		// "Tổng Thư ký ASEAN, Bộ trưởng Ngoại giao Na Uy X": two people.
		t.office(l, &next, t.officeAt(j))
		return next.country == ""
	}
	end := t.office(l, &next, t.officeAt(j))
	if next.country != "" {
		return next.country == m.country
	}
	for t.is(end, ",") && t.officeAt(end+1) != nil {
		end = t.office(l, &next, t.officeAt(end+1))
		if next.country != "" {
			return next.country == m.country
		}
	}
	e, native := t.nameAt(l, end, false)
	if e > end && (military(next.keys[0]) || royal(next.keys[0])) {
		return true // "Bộ trưởng Ngoại giao UAE, Hoàng thân Abdullah": a rank, no other person
	}
	return m.country == "VN" && native
}

// office reads the title hit h and what belongs to it, adds it to m and gives
// the token after it.
func (t *text) office(l *lexicon, m *mention, h *hit) int {
	rank := int(h.arg[0] - '0')
	portfolio, envoy, aide := strings.Contains(h.arg, "p"), strings.Contains(h.arg, "e"), strings.Contains(h.arg, "a")
	from, j := h.from, h.to
	if q := t.qualifier(from); q != nil {
		from = q.from
	}
	key := h.key
	posted := false
	fieldEnd := -1
	bodied := false                                             // a body no list knows was read
	nations := t.is(from-1, "các", "hai", "ba", "bốn", "những") // or "các nước" came: a list of countries may follow
	country := ""
	take := func(c *hit) {
		if posted {
			m.post = c.arg
		} else if country == "" {
			country = c.arg
		}
	}
	for j < len(t.toks) && j-from < 40 {
		if code, end := t.friends(j); code != "" {
			take(&hit{j, end, &phrase{class: classCountry, arg: code}})
			j = end
			continue
		}
		if t.is(j, "nước") && (t.is(j+1, "chủ") && t.is(j+2, "nhà") || t.is(j+1, "sở") && t.is(j+2, "tại")) {
			m.host = true
			j += 3
			continue
		}
		if c := t.at(j, classCountry); c != nil {
			take(c)
			j = c.to
			// "Đảng Cộng sản Việt Nam", "Hội hữu nghị Lào - Việt Nam".
			if t.dash(j) && t.at(j+1, classCountry) != nil {
				j = t.at(j+1, classCountry).to
			}
			for nations && t.is(j, ",", "và") && t.at(j+1, classCountry) != nil {
				c := t.at(j+1, classCountry)
				m.more = append(m.more, c.arg)
				j = c.to
			}
			continue
		}
		// "Hội đồng Liên bang Nga": the country began within the title.
		if j == h.to && country == "" {
			inside := false
			for k := max(h.from, j-3); k < j && !inside; k++ {
				if c := t.at(k, classCountry); c != nil && c.to > j {
					take(c)
					j, inside = c.to, true
				}
				// "Ủy viên Trung ương Đảng Nhân dân Cách mạng Lào"
				if f := t.at(k, classField); f != nil && f.to > j && f.arg != "field" {
					j, inside = f.to, true
				}
			}
			if inside {
				continue
			}
		}
		if r := t.at(j, classRegion); r != nil {
			take(r)
			j = r.to
			continue
		}
		if r := t.at(j+1, classRegion); r != nil && t.is(j, "bang", "tỉnh", "vùng") {
			take(r)
			j = r.to
			continue
		}
		if k := t.district(j); k > j {
			j = k // "Thủ hiến bang Hessen Boris Rhein"
			continue
		}
		// "Thị trưởng thành phố Asan (Hàn Quốc)"
		if c := t.at(j+1, classCountry); c != nil && t.is(j, "(") && t.is(c.to, ")") && j > h.to {
			take(c)
			j = c.to + 1
			continue
		}
		// "Đặc phái viên Tổng thống Hàn Quốc": an office he serves and does not hold.
		if aide || envoy && t.is(j, "của") {
			of := t.at(j, classTitle)
			if t.is(j, "của") {
				of = t.at(j+1, classTitle)
			}
			if of != nil {
				var served mention
				j = t.office(l, &served, of)
				if country == "" {
					country = served.country
				}
				continue
			}
		}
		// "Thị trưởng Bắc Kinh", "Bí thư Thành ủy Hà Nội".
		if c := t.at(j, classCity); c != nil && portfolio {
			take(c)
			j = c.to
			continue
		}
		if o := t.at(j, classOrg); o != nil {
			if m.org == "" && !posted && m.speaks() {
				m.org = o.arg
			}
			j = o.to
			if end, _ := t.nameAt(l, j, false); end > j+1 && t.at(j, classOrgHead) == nil {
				break // "UNESCO Qu Xing": syllables that could be Vietnamese
			}
			continue
		}
		// "Đại sứ thống nhất …": a verb, and not the name of a ministry.
		if f := t.at(j, classField); f != nil && !(t.toks[j].shape == lower && t.is(j, "thống") && t.at(j, classAct) != nil) {
			if f.arg == "field" || f.arg == "org" && portfolio {
				key += " " + f.key
			}
			j = f.to
			continue
		}
		// "Hội đồng Liên bang (Thượng viện) Nga", "Bộ Ngoại giao (cấp Bộ trưởng)"
		if t.is(j, "(") && (t.is(j+1, "cấp", "phụ", "hàm") || t.at(j+1, classField) != nil || t.at(j+1, classOrgHead) != nil) {
			k := j + 2
			for k < j+8 && k < len(t.toks) && !t.is(k, ")") {
				k++
			}
			if end, _ := t.nameAt(l, k+1, false); t.is(k, ")") && (end > k+2 || t.at(k+1, classCountry) != nil) {
				j = k + 1
				continue
			}
		}
		// "Liên minh châu Âu (EU)", "Cộng hòa Dân chủ Nhân dân Lào (CHDCND Lào)".
		if t.is(j, "(") && t.is(j+2, ")") && j > h.to && t.toks[j+1].shape == capital && shouted(t.word(j+1)) {
			j += 3
			continue
		}
		if t.is(j, "tại", "ở") && (envoy && (t.at(j+1, classOrg) != nil || t.at(j+1, classCity) != nil) ||
			(envoy || m.org != "" || bodied) && t.at(j+1, classCountry) != nil) {
			posted = true
			if c := t.at(j+1, classCity); c != nil {
				j = c.to
				continue
			}
			j++
			continue
		}
		if t.is(j, "các", "hai", "ba", "bốn", "năm", "3", "2", "4") && t.is(j+1, "nước") {
			nations = true
			j += 2
			continue
		}
		if t.is(j, "kiêm") && t.is(j+1, "nhiệm") && t.at(j+2, classCountry) != nil {
			j = t.at(j+2, classCountry).to // "Đại sứ Việt Nam tại Tanzania kiêm nhiệm Ethiopia"
			for t.is(j, ",", "và") && t.at(j+1, classCountry) != nil {
				j = t.at(j+1, classCountry).to
			}
			continue
		}
		if t.is(j, "trong") && (bodied || country != "") && t.at(j+1, classOrgHead) != nil && t.toks[j+1].shape == capital {
			j++ // "Chủ tịch Phân ban Việt Nam trong Ủy ban hỗn hợp …"
			continue
		}
		if t.is(j, "của", "về", "các") && t.known(j+1) {
			j++
			continue
		}
		if t.is(j, "và") && portfolio && t.at(j+1, classField) != nil && t.at(j+1, classField).arg == "field" {
			j++
			continue
		}
		// "Bộ trưởng Thương mại và Tăng trưởng xuất khẩu": a portfolio half known.
		if t.is(j, "và") && portfolio && country == "" && fieldEnd == j && j+1 < len(t.toks) && t.toks[j+1].shape == capital && t.at(j+1, classTitle) == nil {
			if end, _ := t.nameAt(l, j+1, true); end == j+1 {
				if k := t.body(l, j+1, take); k > j+1 {
					j = k
					continue
				}
			}
		}
		// "Chủ tịch phân ban Nga, Ủy ban liên Chính phủ Việt Nam - LB Nga Igor Shuvalov"
		if t.is(j, ",") && portfolio && t.at(j+1, classOrgHead) != nil && t.at(j+1, classTitle) == nil && t.toks[j+1].shape == capital {
			if k := t.body(l, j+1, take); k > j+2 {
				if end, _ := t.nameAt(l, k, false); end > k+1 {
					j = k
					continue
				}
			}
		}
		// A name follows the country: "Vương quốc Campuchia Hun Sen".
		if j > h.to && t.at(j-1, classCountry) != nil || country != "" && j > h.to {
			if end, _ := t.nameAt(l, j, false); end > j+1 {
				break
			}
		}
		// "Chủ tịch Hun Sen": a name of Vietnamese syllables, known as one.
		if j == h.to && portfolio && t.toks[j].shape == capital {
			if end, _ := t.nameAt(l, j, false); end > j+1 {
				if _, known := l.leaders[vitext.Slug(t.str(j, end))]; known {
					break
				}
			}
		}
		// "Chủ tịch Quốc hội Kang Chang Hee": syllables that could be Vietnamese, but
		// the office is complete.
		if (h.words > 2 || j > h.to) && portfolio && t.toks[j].shape == capital && t.at(j, classOrgHead) == nil && t.at(j, classCity) == nil {
			if end, _ := t.nameAt(l, j, false); end >= j+3 && end-j <= 4 {
				break
			}
		}
		head := t.at(j, classOrgHead)
		if head != nil && j > h.to && t.familyName(l, j) {
			if end, native := t.nameAt(l, j, false); native && end == j+3 {
				break // "Tổng Thanh tra Chính phủ Đoàn Hồng Phong"
			}
		}
		charge := t.is(j, "phụ", "đặc", "về")                                                                                                              // what he has charge of is not whence he is
		small := head != nil && t.is(j, "bộ", "ban", "ủy", "cơ", "cục", "viện", "hội", "văn") && head.to < len(t.toks) && t.toks[head.to].shape == capital // "Bộ trưởng bộ Ngoại giao"
		if charge && (portfolio || envoy || aide) || small && portfolio || t.toks[j].shape == capital && (head != nil || portfolio || aide) {
			of := take
			if charge {
				of = func(*hit) {}
			}
			if k := t.body(l, j, of); k > j {
				bodied = true
				for _, o := range t.in(j, k) {
					if o.class == classOrg && m.org == "" && country == "" && !posted && m.speaks() {
						m.org = o.arg
					}
				}
				j = k
				continue
			}
		}
		break
	}
	if m.country == "" {
		m.country = country
	}
	m.titles = append(m.titles, span{from, j})
	m.keys = append(m.keys, officeKey(key))
	m.rank = min(m.rank, rank)
	return j
}

func (t *text) known(j int) bool {
	return t.at(j, classCountry) != nil || t.at(j, classOrg) != nil || t.at(j, classField) != nil
}

// speaks reports whether the organisation of the office being read is whom
// somebody speaks for: his other offices are no more than ranks. "Thứ trưởng Bộ
// Công an, Chủ tịch Interpol" is a deputy minister.
func (m *mention) speaks() bool {
	return !slices.ContainsFunc(m.keys, func(k string) bool { return !military(k) && !royal(k) })
}

// officeAt gives the office that begins at token i, or behind a word there
// that qualifies it, or nil.
func (t *text) officeAt(i int) *hit {
	if q := t.at(i, classHonorific); q != nil && q.arg == "pre" && t.at(i, classTitle) == nil {
		i = q.to
	}
	h := t.at(i, classTitle)
	if h != nil && strings.Contains(h.arg, "o") && t.at(h.to, classOrg) == nil {
		return nil
	}
	return h
}

// shortNames are countries by one syllable, as they stand in pairs only.
var shortNames = map[string]string{"việt": "VN", "trung": "CN", "nhật": "JP", "hàn": "KR", "mỹ": "US", "nga": "RU", "lào": "LA", "pháp": "FR", "đức": "DE", "ấn": "IN", "anh": "GB", "úc": "AU"}

// friends reads a pair of countries by their short names, "Nhật - Việt", of
// which no list knows one alone, and gives the first and the token after it.
func (t *text) friends(i int) (code string, end int) {
	if i+2 >= len(t.toks) || t.toks[i].shape != capital || !t.dash(i+1) || t.toks[i+2].shape != capital || t.at(i, classCountry) != nil && t.at(i+2, classCountry) != nil {
		return "", i
	}
	var buf [16]byte
	a, b := shortNames[string(wordKey(buf[:0], t.word(i)))], ""
	if a != "" {
		b = shortNames[string(wordKey(buf[:0], t.word(i+2)))]
	}
	if a == "" || b == "" || a == b {
		return "", i
	}
	return a, i + 3
}

// qualifier gives the word before the office at token i that belongs to it:
// "tân", "quyền", "cựu".
func (t *text) qualifier(i int) *hit {
	for k := max(0, i-2); k < i; k++ {
		if h := t.at(k, classHonorific); h != nil && h.arg == "pre" && h.to == i {
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
		if f := t.at(k, classField); f != nil && k > j && t.at(k, classCountry) == nil && (tok.shape == capital || f.to-f.from > 1) {
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
		if tok.shape == lower && t.is(k, "đã", "sẽ", "đang", "có", "là", "được", "với", "cùng", "ngày", "sáng", "chiều", "trưa", "tại", "đến", "tới", "trong", "dẫn", "làm", "vừa", "do", "kiêm", "để", "từ", "bên", "cho", "theo", "sau") || t.is(k, "chủ", "đồng") && t.is(k+1, "trì", "chủ") ||
			t.is(k, "tối") && tok.shape == lower && !t.is(k+1, "cao") || t.is(k, "nhân") && tok.shape == lower && !t.is(k+1, "dân", "quyền", "lực", "đạo") {
			break
		}
		if end, native := t.nameAt(l, k, true); end > k && t.at(k, classOrgHead) == nil {
			// A company's foreign name may stand before a Vietnamese person's.
			for x := k + 1; x < end && !native; x++ {
				if e, native := t.nameAt(l, x, true); native && e-x >= 3 {
					return x
				}
			}
			return k
		}
		if c := t.at(k, classCountry); c != nil {
			take(c)
			if end, _ := t.nameAt(l, c.to, false); end > c.to+1 {
				return c.to
			}
			k = c.to - 1
		} else if c := t.at(k, classRegion); c != nil {
			take(c)
			k = c.to - 1
		} else if c := t.at(k, classCity); c != nil {
			take(c)
			k = c.to - 1
		}
	}
	if t.is(k-1, "và", "cùng") {
		k--
	}
	return k
}

var sameOffice = map[string]string{
	"ngoại trưởng": "bộ trưởng ngoại giao", "đại sứ đặc mệnh toàn quyền": "đại sứ",
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

// behind reads what follows the name: "(Australia)", "(Khoa học và Công
// nghệ)", ", Đại sứ Đức tại Việt Nam", " - Ủy viên Bộ Chính trị".
func (t *text) behind(l *lexicon, m *mention) {
	j := m.to
	// "ông Jun Dae Joo đại sứ Hàn Quốc": no comma.
	if h := t.at(j, classTitle); h != nil && len(m.titles) == 0 && m.honorific && t.toks[j].shape == lower {
		next := *m
		next.titles, next.keys = nil, nil
		if end := t.offices(l, &next, j); next.country != "" || next.org != "" {
			if e, _ := t.nameAt(l, end, false); e == end {
				next.to, next.rule = end, "person-name-title"
				*m = next
				return
			}
		}
	}
	if t.is(j, "(") && !t.bracketed(l, m) {
		return
	}
	if t.appointed(l, m) {
		return
	}
	j = m.to
	comma := t.is(j, ",")
	if !comma && !t.dash(j) {
		return
	}
	if h := t.at(j+1, classHonorific); h != nil && h.arg == "spouse" && len(m.titles) == 0 && t.at(h.to, classTitle) != nil {
		// "bà X - Phu nhân Chủ tịch nước", "…, Phu nhân Thủ tướng Y": the second name is not hers.
		m.spouse, m.rule = true, "person-name-title"
		m.to = t.spouseOf(l, m, h)
		if end, _ := t.nameAt(l, m.to, false); end > m.to {
			m.to = end
			m.titles[len(m.titles)-1].to = end
		}
		return
	}
	j++
	if t.degrees(j) {
		j += 2 // "X, TVTU, Phó Chủ tịch UBND tỉnh"
	}
	first := t.officeAt(j)
	if first == nil {
		return
	}
	if comma && len(m.titles) > 0 && !military(m.keys[0]) {
		return
	}
	next := *m
	next.titles, next.keys = slices.Clone(m.titles), slices.Clone(m.keys)
	end := t.offices(l, &next, j)
	if e, _ := t.nameAt(l, end, false); e > end {
		last := len(next.titles) - 1
		if len(m.titles) > 0 && last > len(m.titles) || last < len(m.titles) || !t.company(next.titles[last], end, e) {
			return // the office of another person: "X, Chủ tịch Quốc hội Y"
		}
		// "ông X, Chủ tịch Tập đoàn Adani, Ấn Độ"
		next.firm = true
		next.titles[last].to, end = e, e
		if c := t.at(end, classCountry); c != nil {
			next.titles[last].to, end = c.to, c.to
		}
	}
	// "Tiếp ông X, Thủ tướng nhấn mạnh …": an office without country or
	// portfolio begins the next clause. "Đại tướng X, Tổng Tham mưu trưởng" does not.
	bare := comma && end == first.to && first.arg[0] <= '3' && end < len(t.toks) && !t.is(end, ",", ";", ".", "và", "cùng")
	if bare && (first.arg[0] < '3' || len(m.titles) == 0 || t.at(end, classSay) != nil) ||
		t.at(end, classSay) != nil && comma && len(next.titles)-len(m.titles) < 2 && next.country == "" && next.org == "" {
		return
	}
	next.to = end
	if len(m.titles) == 0 {
		next.rule = "person-name-title"
	}
	*m = next
}

// bracketed reads the words in brackets behind the name and reports whether
// more may follow them.
func (t *text) bracketed(l *lexicon, m *mention) bool {
	j := m.to
	end := j + 1
	for end < len(t.toks) && end-j < 14 && !t.is(end, ")") {
		end++
	}
	if !t.is(end, ")") {
		return false
	}
	switch {
	case t.at(j+1, classCountry) != nil:
		// "Thủ tướng Xanh Vanh-xăng Gơ-rê-na-đin (St Vincent and the Grenadines) Ralph
		// Gonsalves": what stands before the brackets is the country.
		if e, native := t.nameAt(l, end+1, true); e > end+2 && !m.native && len(m.titles) > 0 {
			m.titles[len(m.titles)-1].to = end + 1
			m.name, m.native, m.to, m.country = span{end + 1, e}, native, e, t.at(j+1, classCountry).arg
			return false
		}
		if m.country == "" {
			m.country, m.bracket = t.at(j+1, classCountry).arg, true
		}
		m.to = end + 1
		return len(m.titles) == 0
	case t.at(j+1, classTitle) != nil:
		m.to = t.offices(l, m, j+1) + 1
	case t.at(j+1, classField) != nil:
		m.to = end + 1
	case strings.Contains(t.str(m.name.from, m.name.to), "-") && !m.native:
		// "Cờ-rếc Chít-tích (Craig Chittick)": the name as its owner writes it.
		if e, _ := t.nameAt(l, j+1, true); e == end && end > j+2 {
			m.also, m.name, m.to = m.name, span{j + 1, end}, end+1
			return true
		}
	}
	return false
}

// appointed reads the office that somebody is said to have been given: "ông X
// vừa được bổ nhiệm làm Bộ trưởng Ngoại giao Nhật Bản", "bầu đồng chí X làm
// Tổng Bí thư". It is one office: those after a comma are another person's.
func (t *text) appointed(l *lexicon, m *mention) bool {
	if len(m.titles) > 0 {
		return false
	}
	k := m.to
	for k < m.to+2 && t.is(k, "đã", "vừa", "mới") {
		k++
	}
	switch {
	case t.is(k, "được", "trúng", "tái", "trở", "đắc"):
	case t.is(k, "trên") && t.is(k+1, "cương"), t.is(k, "với") && t.is(k+1, "tư") && t.is(k+2, "cách"):
	case t.is(k, "làm", "giữ") && t.is(m.from-1, "bầu", "nhiệm", "cử"):
	default:
		return false
	}
	from := k
	for k < from+9 && t.is(k, "được", "bầu", "bổ", "nhiệm", "giữ", "chức", "làm", "vụ", "tái", "đắc", "cử", "trúng", "trở", "thành", "vị", "trí", "cương", "trên", "với", "tư", "cách", "là", "tiếp", "tục", "lại") && t.at(k, classTitle) == nil {
		k++
	}
	if k == from || t.at(k, classTitle) == nil || k == from+1 && t.is(from, "được") {
		return false // "ông X được Phó Thủ tướng Y tiếp"
	}
	m.rule = "person-name-title"
	m.to = t.offices(l, m, k)
	return true
}

// degrees reports whether token i is an abbreviation of a rank that stands
// between a name and the office: "TVTU", "UVBCH".
func (t *text) degrees(i int) bool {
	w := t.word(i)
	return len(w) > 2 && shouted(w) && t.toks[i].shape == capital && t.at(i, classTitle) == nil && t.is(i+1, ",") && t.at(i+2, classTitle) != nil
}

// company reports whether the name-like words from..to belong to the office s
// before them, as that of the firm: "Chủ tịch Tập đoàn Adani".
func (t *text) company(s span, from, to int) bool {
	if s.to != from || to-from > 3 {
		return false
	}
	next := to
	if c := t.at(to, classCountry); c != nil {
		next = c.to
	}
	ends := next >= len(t.toks) || t.toks[next].shape == punct || t.is(next, "và", "cùng")
	return ends && t.firm(s)
}

// firm reports whether an office is of a firm or of a council of firms.
func (t *text) firm(s span) bool {
	key := strings.ToLower(t.str(s.from, s.to))
	for _, w := range firmWords {
		if strings.Contains(key, w) {
			return true
		}
	}
	return key == "tổng giám đốc" || key == "giám đốc điều hành" || key == "nhà sáng lập"
}

var firmWords = []string{"tập đoàn", "công ty", "ceo", "hđqt", "hội đồng quản trị", "hội đồng kinh doanh", "phòng thương mại",
	"hiệp hội doanh nghiệp", "liên đoàn kinh tế", "diễn đàn doanh nghiệp", "hội đồng doanh nghiệp", "hãng "}

// offices reads a list of offices with commas between them from token j. Where
// a name follows the list, its last office is of that name, and so are those
// before it that name no country and no portfolio: "ông X, Đại sứ Hoa Kỳ, Phó
// Thủ tướng, Bộ trưởng Ngoại giao Y". At least one is of m.
func (t *text) offices(l *lexicon, m *mention, j int) int {
	var hits [8]*hit
	n, own := 0, 0 // offices in the list, and those up to the last that says whose it is
	end := j
	for h := t.officeAt(j); h != nil && n < len(hits); h = t.officeAt(end + 1) {
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
	if n > 1 {
		if e, _ := t.nameAt(l, end, false); e > end {
			n = max(1, own)
		}
	}
	for _, h := range hits[:n] {
		j = t.office(l, m, h)
	}
	return j
}

// military reports whether the office is a rank or degree that stands before a
// name and beside another office.
func military(key string) bool {
	switch key {
	case "đại tướng", "thượng tướng", "trung tướng", "thiếu tướng", "chuẩn tướng", "tướng", "thống chế", "nguyên soái", "đô đốc", "phó đô đốc", "chuẩn đô đốc", "đề đốc",
		"đại tá", "thượng tá", "trung tá", "thiếu tá", "đại úy", "thống tướng", "giáo sư", "tiến sĩ", "phó giáo sư",
		"hồng y", "đức hồng y", "tổng giám mục", "đức tổng giám mục", "giám mục", "hòa thượng", "thượng tọa", "linh mục", "mục sư", "thượng nghị sĩ", "hạ nghị sĩ", "nghị sĩ":
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

var particles = map[string]bool{
	"da": true, "de": true, "do": true, "dos": true, "del": true, "della": true, "di": true, "van": true, "von": true,
	"der": true, "den": true, "bin": true, "ibni": true, "binti": true, "ibn": true, "al": true, "el": true, "la": true, "ben": true,
	"af": true, "ter": true, "du": true, "le": true, "y": true, "ul": true, "bint": true, "e": true, "das": true, "ud": true, "ur": true, "zu": true,
	"ap": true, "op": true, "ten": true, "bte": true, "ash": true, "as": true, "ar": true, "ad": true, "an": true, "az": true, "abu": true, "đa": true, "đê": true,
	"đi": true, "đơ": true,
}

// nameAt gives the end of the name that begins at token i, or i when there is
// none, and whether it is built like a Vietnamese name: a family name and one
// to three syllables. A strict name stands without a title before it, so it
// must be such a name or have a syllable that no Vietnamese word has.
func (t *text) nameAt(l *lexicon, i int, strict bool) (end int, native bool) {
	if i >= len(t.toks) || t.toks[i].shape != capital || t.breaksName(i, true) && !t.familyName(l, i) {
		return i, false
	}
	j, words := i+1, 1
	for j < len(t.toks) && words < 12 && j-i < 40 {
		tok := &t.toks[j]
		switch {
		case tok.shape == capital && (tok.start-t.toks[j-1].end <= 1) && !t.breaksName(j, false) && !t.shouted(j):
			j++
			words++
			continue
		case t.is(j, "-", "–") && tok.tight && j+1 < len(t.toks) && t.toks[j+1].tight && t.toks[j+1].shape <= capital:
			j += 2
			continue
		case t.is(j, ".") && tok.tight && j+1 < len(t.toks) && t.toks[j+1].shape == capital && t.toks[j-1].end-t.toks[j-1].start <= 2 && t.toks[j-1].shape == capital &&
			t.sents[t.sentenceOf(j+1)].from != j+1: // "… Hùng Ba. Buổi chiều": no initial
			j += 2
			continue
		case t.is(j, "'", "’", "‘") && tok.tight && j+1 < len(t.toks) && t.toks[j+1].shape == capital && !t.breaksName(j+1, false):
			j += 2
			continue
		case tok.shape == lower && particles[t.word(j)] && j+2 < len(t.toks) && particles[t.word(j+1)] && t.toks[j+2].shape == capital:
			j += 3 // "von der Leyen"
			continue
		case tok.shape == lower && particles[t.word(j)] && j+1 < len(t.toks) && t.toks[j+1].shape == capital && (!vietnamese(t.word(j+1)) || t.hyphen(j+2)):
			j += 2
			continue
		case tok.shape == lower && particles[t.word(j)] && t.hyphen(j+1) && t.toks[j+2].shape == capital:
			j += 3 // "ash-Sheikh"
			continue
		}
		break
	}
	syllables := 0
	for k := i; k < j && t.toks[k].shape == capital && vietnamese(t.word(k)) && (k == i || !t.dash(k-1)) && !(t.dash(k+1) && k+1 < j); k++ {
		syllables++
	}
	// "Trương tấn Sang": a middle name in small letters.
	if !strict && j == i+1 && l.surnames[t.toks[i].word] != "" && j+1 < len(t.toks) && t.toks[j].shape == lower && vietnamese(t.word(j)) && t.toks[j+1].shape == capital &&
		t.toks[j].end-t.toks[j].start > 1 && t.at(j, classTrigger) == nil && t.at(j, classSay) == nil && t.at(j, classTitle) == nil && !t.breaksName(j+1, false) && !t.is(j, "và", "đã", "cùng", "với", "là", "tại", "ở", "có", "do", "của", "về", "được") && vietnamese(t.word(j+1)) {
		return j + 2, true
	}
	if l.surnames[t.toks[i].word] != "" && syllables >= 2 && (syllables == j-i || syllables >= 3) {
		// "Phạm Gia khiêm": the given name of a leader in small letters.
		if syllables == 2 && j == i+2 && j < len(t.toks) && t.toks[j].shape == lower && t.toks[j].word == 0 && !strict {
			if _, known := l.leaders[vitext.Slug(t.str(i, j+1))]; known {
				return j + 1, true
			}
		}
		return i + min(syllables, 4), true
	}
	// "Ksor Phước": families whose names are no Vietnamese syllable.
	if l.surnames[t.toks[i].word] == "vn" && !vietnamese(t.word(i)) && j > i+1 {
		return j, true
	}
	acronym := shouted(t.str(i, j)) && j-i == 1 && t.toks[i].end-t.toks[i].start > 1
	if acronym || t.acronyms(i, j) || strict && syllables == j-i {
		return i, false
	}
	if j-i == 1 && syllables == 1 && j < len(t.toks) && t.toks[j].shape == lower && l.surnames[t.toks[i].word] == "" && t.toks[j].word == 0 {
		return i, false // a capital word of the sentence: "Ông Công tác …"
	}
	return j, false
}

// shouted reports whether token i is a verb in a headline that is in capitals
// throughout: "CHỦ TỊCH QUỐC HỘI … ĐÓN …".
func (t *text) shouted(i int) bool {
	w := t.word(i)
	if last := w[len(w)-1]; last >= 'a' && last <= 'z' || len(w) < 3 || !shouted(w) {
		return false
	}
	return t.at(i, classTrigger) != nil && t.at(i, classTrigger).arg != "x" || t.at(i, classSay) != nil || t.is(i, "và", "với", "tại", "ở", "sẽ", "đã", "từ")
}

// hyphen reports whether token i is one within a word.
func (t *text) hyphen(i int) bool {
	return i+1 < len(t.toks) && t.dash(i) && t.toks[i].tight && t.toks[i+1].tight
}

// acronyms reports whether tokens from..to are only short words in capitals that
// are no syllables: "UBTƯ MTTQ" is a body, "KAZUO AOKI" a man.
func (t *text) acronyms(from, to int) bool {
	for k := from; k < to; k++ {
		if w := t.word(k); w != strings.ToUpper(w) || len(w) > 6 || vietnamese(w) || strings.ContainsAny(w[1:], "AEIO") {
			return false
		}
	}
	return true
}

// familyName reports whether token i is a word for a body that is a family name
// here: "Đoàn Hồng Phong".
func (t *text) familyName(l *lexicon, i int) bool {
	if l.surnames[t.toks[i].word] == "" || t.at(i, classOrgHead) == nil || t.at(i, classOrgHead).to != i+1 || i+2 >= len(t.toks) {
		return false
	}
	for k := i + 1; k < i+3; k++ {
		if t.toks[k].shape != capital || !vietnamese(t.word(k)) || t.breaksName(k, true) || shouted(t.word(k)) {
			return false
		}
	}
	return true
}

// breaksName reports whether token i begins something that is no part of a
// name.
func (t *text) breaksName(i int, first bool) bool {
	for _, h := range t.hits[t.first[i]:t.first[i+1]] {
		switch h.class {
		case classOrg:
			// "Kim Jong Un" does not end in the United Nations.
			if w := t.word(i); h.to-h.from > 1 || len(w) > 3 || shouted(w) {
				return true
			}
		case classTitle, classVenue:
			return true
		case classHonorific:
			if first || h.arg == "spouse" || h.to-h.from > 1 {
				return true
			}
		case classCountry, classCity, classField, classOrgHead:
			if first || h.to-h.from > 1 || h.class == classCountry && !vietnamese(t.word(i)) {
				return true
			}
		}
	}
	// An abbreviation stands before a name: "TBT Nguyễn Phú Trọng".
	w := t.word(i)
	if first && len(w) > 1 && shouted(w) && i+1 < len(t.toks) && t.toks[i+1].shape == capital && !shouted(t.word(i+1)) && !t.is(i, "tô") {
		return true
	}
	return t.is(i, "tphcm", "ttxvn", "gmt", "ảnh")
}
