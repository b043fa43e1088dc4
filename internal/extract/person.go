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
	titles []span // each office with its country or portfolio
	keys   []string
	rank   int
	// country is that of the office, post the one an envoy is sent to.
	country, post, org string
	more               []string // further countries of "Bộ trưởng Ngoại giao ba nước A, B và C"
	holders            []int    // the entities who hold that office in each of them
	spouse, honorific  bool
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
			t.mentions = append(t.mentions, m)
			j = max(m.to, j+1)
			j = t.listed(r.lex, m, j)
		}
	}
}

// led gives the head of a delegation its country: "đoàn Quốc hội Hàn Quốc do
// Chủ tịch Quốc hội Kang Chang Hee dẫn đầu".
func (t *text) led(m *mention) {
	if m.country != "" || m.name.empty() || !t.is(m.from-1, "do") || !t.is(m.to, "dẫn", "làm", "đứng") {
		return
	}
	country := ""
	for i := m.from - 2; i >= 0 && i > m.from-20 && !t.inMention(i); i-- {
		if c := t.at(i, classCountry); c != nil && country == "" {
			country = c.arg
		}
		if t.is(i, "đoàn") && (country == "" || !t.is(i+1, "kết")) {
			m.country = country
			return
		}
	}
}

// listed reads the further names of "các Bộ trưởng Nguyễn Quân (Khoa học và
// Công nghệ), Phạm Vũ Luận (Giáo dục và Đào tạo)": they share the office.
func (t *text) listed(l *lexicon, m mention, j int) int {
	plural := m.from > 0 && t.is(m.from-1, "các", "hai", "ba", "bốn", "những") || m.bracket && t.has(m.from, m.name.from, "các", "nước")
	if m.name.empty() || len(m.titles) == 0 || !plural {
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
	if end < i+2 {
		return mention{}, false
	}
	if (t.is(end, ",") || t.dash(end)) && t.at(end+1, classTitle) != nil {
		// "Guido Hildner, Đại sứ Đức": a name with its office behind.
		m := mention{span: span{i, end}, name: span{i, end}, rank: 9, native: native, rule: "person-name-title", entity: -1}
		// "các đồng chí: Đinh Văn Điến, Chủ tịch UBND tỉnh; Bùi Mai Hoa, …"
		if t.behind(l, &m); m.country != "" || m.org != "" || native && len(m.titles) > 0 && t.is(i-1, ":", ";") {
			return m, true
		}
		return mention{}, false
	}
	if !t.is(end, "(") || t.at(end+1, classCountry) == nil || !t.is(t.at(end+1, classCountry).to, ")") {
		return mention{}, false
	}
	m := mention{span: span{i, end}, name: span{i, end}, rank: 9, native: native, rule: "person-name-country", entity: -1}
	t.behind(l, &m)
	for k := i - 1; k >= 0 && k > i-8 && len(m.titles) == 0; k-- {
		if h := t.at(k, classTitle); h != nil && t.is(i-1, ":", "là") {
			var office mention
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
	if t.at(i, classTitle) == nil && t.at(i, classHonorific) == nil {
		return m, false
	}
	j := i
	for {
		if h := t.at(j, classHonorific); h != nil {
			m.honorific = true
			if h.arg == "spouse" {
				m.spouse = true
				m.titles = append(m.titles, span{h.from, h.to})
			}
			j = h.to
			continue
		}
		h := t.at(j, classTitle)
		if h == nil {
			break
		}
		j = t.office(l, &m, h)
		// "Ủy viên trưởng … (Chủ tịch Nhân đại) Lật Chiến Thư"
		if t.is(j, "(") && t.at(j+1, classTitle) != nil {
			for k := j + 2; k < j+9 && k < len(t.toks); k++ {
				if t.is(k, ")") {
					if end, _ := t.nameAt(l, k+1, false); end > k+1 {
						j = k + 1
					}
					break
				}
			}
		}
		switch {
		case t.is(j, "kiêm") && t.at(j+1, classTitle) != nil,
			(t.is(j, ",") || t.dash(j)) && t.at(j+1, classTitle) != nil && t.sameHolder(l, &m, j+1):
			j++
		case t.is(j, ",") && t.at(j+1, classHonorific) != nil:
			if end, _ := t.nameAt(l, t.at(j+1, classHonorific).to, false); end > j+2 {
				j++
			}
		}
	}
	// "Đặc phái viên của Tổng thống Mỹ về khí hậu John Kerry"
	if t.is(j, "về") && len(m.titles) > 1 {
		if k := t.body(l, j, func(*hit) {}); k > j {
			if end, _ := t.nameAt(l, k, false); end > k {
				m.titles[len(m.titles)-1].to = k
				j = k
			}
		}
	}
	m.to = j
	// "Đại sứ các nước Pháp (Olivier Brochet), Đức (Guido Hildner)"
	if t.is(j, "(") && len(m.titles) > 0 && m.country != "" && len(m.more) == 0 {
		if end, native := t.nameAt(l, j+1, false); end > j+2 && t.is(end, ")") {
			m.name, m.native, m.bracket, m.to = span{j + 1, end}, native, true, end+1
			return m, true
		}
	}
	end, native := t.nameAt(l, j, false)
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
	if len(m.titles) == 0 && !m.spouse && m.to == i+1 && t.is(i, "ông", "bà") && m.to < len(t.toks) && t.toks[m.to].shape == lower {
		m.pronoun, m.rule = true, "person-pronoun"
		return m, true
	}
	return m, len(m.titles) > 0 || m.spouse
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
		t.office(l, &next, t.at(j, classTitle))
		return next.country == ""
	}
	end := t.office(l, &next, t.at(j, classTitle))
	if next.country != "" {
		return next.country == m.country
	}
	for t.is(end, ",") && t.at(end+1, classTitle) != nil {
		end = t.office(l, &next, t.at(end+1, classTitle))
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
	rank, portfolio, envoy := int(h.arg[0]-'0'), strings.HasSuffix(h.arg, "p"), strings.HasSuffix(h.arg, "e")
	from, j := h.from, h.to
	key := strings.ToLower(t.str(h.from, h.to))
	posted := false
	fieldEnd := -1
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
			}
			if inside {
				continue
			}
		}
		if t.is(j, "bang", "tỉnh", "vùng") && j+1 < len(t.toks) && t.toks[j+1].shape == capital {
			j += 2 // "Thủ hiến bang Hessen Boris Rhein"
			continue
		}
		// "Thị trưởng Bắc Kinh", "Bí thư Thành ủy Hà Nội".
		if c := t.at(j, classCity); c != nil && portfolio {
			take(c)
			j = c.to
			continue
		}
		if o := t.at(j, classOrg); o != nil {
			if m.org == "" && !posted {
				m.org = o.arg
			}
			j = o.to
			continue
		}
		if f := t.at(j, classField); f != nil {
			if f.arg == "field" || f.arg == "org" && portfolio {
				key += " " + strings.ToLower(t.str(f.from, f.to))
			}
			j = f.to
			continue
		}
		// "Liên minh châu Âu (EU)", "Cộng hòa Dân chủ Nhân dân Lào (CHDCND Lào)".
		if t.is(j, "(") && t.is(j+2, ")") && j > h.to && t.toks[j+1].shape == capital && strings.ToUpper(t.word(j+1)) == t.word(j+1) {
			j += 3
			continue
		}
		if t.is(j, "tại", "ở") && envoy && (t.at(j+1, classCountry) != nil || t.at(j+1, classOrg) != nil || t.at(j+1, classCity) != nil) {
			posted = true
			if c := t.at(j+1, classCity); c != nil {
				j = c.to
				continue
			}
			j++
			continue
		}
		if t.is(j, "của") && envoy && t.at(j+1, classTitle) != nil {
			j++
			break
		}
		if t.is(j, "các", "hai", "ba", "bốn", "năm", "3", "2", "4") && t.is(j+1, "nước") {
			nations = true
			j += 2
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
		if head != nil && t.toks[j].shape == capital || portfolio && t.is(j, "phụ", "đặc", "về") || portfolio && t.toks[j].shape == capital {
			if k := t.body(l, j, take); k > j {
				for _, o := range t.in(j, k) {
					if o.class == classOrg && m.org == "" && country == "" && !posted {
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

// body skips the name of a body that no list knows ("Hội hữu nghị …", "Tập
// đoàn …") up to the person's name, a mark or a verb, and gives j when there
// is none.
func (t *text) body(l *lexicon, j int, take func(*hit)) int {
	k := j
	for ; k < len(t.toks) && k-j < 18; k++ {
		tok := &t.toks[k]
		if k > j && t.is(k, "(") && t.is(k+2, ")") && t.word(k+1) == strings.ToUpper(t.word(k+1)) {
			k += 2 // "Liên minh châu Âu (EU)"
			continue
		}
		if tok.shape == punct && !t.dash(k) && !t.is(k, "&") || k > j && t.at(k, classTitle) != nil ||
			t.at(k, classTrigger) != nil || t.at(k, classSay) != nil || t.at(k, classAct) != nil && tok.shape != capital {
			break
		}
		if tok.shape == lower && t.is(k, "đã", "sẽ", "đang", "có", "là", "được", "với", "cùng", "ngày", "sáng", "chiều", "tối", "trưa", "tại", "đến", "tới", "trong", "dẫn", "làm", "vừa", "do", "kiêm", "để", "từ", "bên", "cho", "theo", "sau") ||
			t.is(k, "nhân") && tok.shape == lower && !t.is(k+1, "dân", "quyền", "lực", "đạo") {
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

var officeWords = strings.NewReplacer("đặc mệnh toàn quyền", "", " chính phủ", "", " liên bang", "", "uỷ", "ủy", " nhà nước", "")

// officeKey makes one key of the spellings of one office.
func officeKey(s string) string {
	s = officeWords.Replace(s)
	s = strings.Join(strings.Fields(s), " ")
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
	if t.is(j, "(") {
		end := j + 1
		for end < len(t.toks) && end-j < 14 && !t.is(end, ")") {
			end++
		}
		if t.is(end, ")") {
			switch {
			case t.at(j+1, classCountry) != nil:
				if m.country == "" {
					m.country, m.bracket = t.at(j+1, classCountry).arg, true
				}
				m.to = end + 1
			case t.at(j+1, classTitle) != nil:
				m.to = t.offices(l, m, j+1) + 1
			case t.at(j+1, classField) != nil:
				m.to = end + 1
			case strings.Contains(t.str(m.name.from, m.name.to), "-") && !m.native:
				// "Cờ-rếc Chít-tích (Craig Chittick)": the name as its owner writes it.
				if e, _ := t.nameAt(l, j+1, true); e == end && end > j+2 {
					m.name, m.to = span{j + 1, end}, end+1
				}
			}
		}
		return
	}
	if len(m.titles) == 0 && t.is(j, "được", "trúng", "tái", "trở", "đắc") {
		// "ông X được bổ nhiệm làm Bộ trưởng Ngoại giao Nhật Bản"
		k := j
		for k < j+9 && t.is(k, "được", "bầu", "bổ", "nhiệm", "giữ", "chức", "làm", "vụ", "tái", "đắc", "cử", "trúng", "trở", "thành", "vị", "trí") && t.at(k, classTitle) == nil {
			k++
		}
		if t.at(k, classTitle) != nil && k > j+1 {
			t.offices(l, m, k)
			m.rule = "person-name-title"
			return
		}
	}
	comma := t.is(j, ",")
	if !comma && !t.dash(j) || t.at(j+1, classTitle) == nil {
		return
	}
	if comma && len(m.titles) > 0 && !military(m.keys[0]) {
		return
	}
	next := *m
	next.titles, next.keys = slices.Clone(m.titles), slices.Clone(m.keys)
	end := t.offices(l, &next, j+1)
	if e, _ := t.nameAt(l, end, false); e > end {
		return // the office of another person: "X, Chủ tịch Quốc hội Y"
	}
	// "Tiếp ông X, Thủ tướng nhấn mạnh …": an office without country or
	// portfolio begins the next clause.
	first := t.at(j+1, classTitle)
	if comma && end == first.to && first.arg[0] <= '3' || t.at(end, classSay) != nil && comma && len(next.titles)-len(m.titles) < 2 && next.country == "" {
		return
	}
	next.to = end
	if len(m.titles) == 0 {
		next.rule = "person-name-title"
	}
	*m = next
}

// offices reads a list of offices with commas between them from token j.
func (t *text) offices(l *lexicon, m *mention, j int) int {
	for {
		h := t.at(j, classTitle)
		if h == nil {
			return j
		}
		j = t.office(l, m, h)
		if (t.is(j, ",", "và", "kiêm") || t.dash(j)) && t.at(j+1, classTitle) != nil {
			// Not when that office has a name of its own.
			var probe mention
			end := t.office(l, &probe, t.at(j+1, classTitle))
			if e, _ := t.nameAt(l, end, false); e == end {
				j++
				continue
			}
		}
		return j
	}
}

func military(key string) bool {
	switch key {
	case "đại tướng", "thượng tướng", "trung tướng", "thiếu tướng", "đô đốc", "phó đô đốc", "chuẩn đô đốc", "đại tá", "thống tướng", "giáo sư", "tiến sĩ", "phó giáo sư":
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
	"der": true, "den": true, "bin": true, "binti": true, "ibn": true, "al": true, "el": true, "la": true, "ben": true,
	"af": true, "ter": true, "du": true, "le": true, "y": true, "ul": true, "bint": true,
}

// nameAt gives the end of the name that begins at token i, or i when there is
// none, and whether it is built like a Vietnamese name: a family name and one
// to three syllables. A strict name stands without a title before it, so it
// must be such a name or have a syllable that no Vietnamese word has.
func (t *text) nameAt(l *lexicon, i int, strict bool) (end int, native bool) {
	if i >= len(t.toks) || t.toks[i].shape != capital || t.breaksName(i, true) {
		return i, false
	}
	j := i + 1
	for j < len(t.toks) && j-i < 12 {
		tok := &t.toks[j]
		switch {
		case tok.shape == capital && (tok.start-t.toks[j-1].end <= 1) && !t.breaksName(j, false):
			j++
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
		case tok.shape == lower && particles[t.word(j)] && j+1 < len(t.toks) && t.toks[j+1].shape == capital && !vietnamese(t.word(j+1)):
			j += 2
			continue
		}
		break
	}
	syllables := 0
	for k := i; k < j && t.toks[k].shape == capital && vietnamese(t.word(k)) && (k == i || !t.dash(k-1)) && !(t.dash(k+1) && k+1 < j); k++ {
		syllables++
	}
	if l.surnames[t.toks[i].word] != "" && syllables >= 2 && (syllables == j-i || syllables >= 3) {
		return i + min(syllables, 4), true
	}
	acronym := strings.ToUpper(t.str(i, j)) == t.str(i, j) && j-i == 1 && t.toks[i].end-t.toks[i].start > 1
	if acronym || strict && syllables == j-i {
		return i, false
	}
	if j-i == 1 && syllables == 1 && j < len(t.toks) && t.toks[j].shape == lower && l.surnames[t.toks[i].word] == "" && t.toks[j].word == 0 {
		return i, false // a capital word of the sentence: "Ông Công tác …"
	}
	return j, false
}

// breaksName reports whether token i begins something that is no part of a
// name.
func (t *text) breaksName(i int, first bool) bool {
	for _, h := range t.hits[t.first[i]:t.first[i+1]] {
		switch h.class {
		case classOrg:
			// "Kim Jong Un" does not end in the United Nations.
			if w := t.word(i); h.to-h.from > 1 || len(w) > 3 || w == strings.ToUpper(w) {
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
	if first && len(w) > 1 && w == strings.ToUpper(w) && i+1 < len(t.toks) && t.toks[i+1].shape == capital && t.word(i+1) != strings.ToUpper(t.word(i+1)) && !t.is(i, "tô") {
		return true
	}
	return t.is(i, "tphcm", "ttxvn", "gmt", "ảnh")
}
