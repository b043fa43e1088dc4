package extract

import (
	"bytes"
	"slices"
	"strings"
)

// behind reads what follows the name: "(Australia)", "(Khoa học và Công
// nghệ)", ", Đại sứ Đức tại Việt Nam", " - Ủy viên Bộ Chính trị".
func (t *text) behind(l *lexicon, m *mention) {
	j := m.to
	// "ông Jun Dae Joo đại sứ Hàn Quốc": no comma.
	if h := t.at(j, classTitle); h != nil && len(m.titles) == 0 && m.honorific {
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
	if c := t.at(j+1, classCountry); c != nil && t.is(j, "của") && m.country == "" && m.org == "" && !m.native {
		m.country, m.to = c.arg, c.to // "những người đồng cấp John Kerry của Mỹ và Sameh Shoukry của Ai Cập"
		j = m.to
	}
	if t.is(j, "(") && !t.bracketed(l, m) {
		return
	}
	if t.appointed(l, m) {
		return
	}
	j = m.to
	if head := t.at(j+1, classOrgHead); t.is(j, "của") && head != nil && len(m.titles) == 0 {
		// "ông X của Hội đồng Kinh doanh Hoa Kỳ - ASEAN"
		if end := t.body(l, j+1, func(*hit) {}); end > head.to && t.firm(span{j + 1, end}) {
			m.titles, m.keys, m.firm, m.to = append(m.titles, span{j + 1, end}), append(m.keys, "của"), true, end
			return
		}
	}
	if o := t.at(j+1, classOrg); t.is(j, "của") && o != nil && len(m.titles) == 0 {
		m.org, m.to = o.arg, o.to // "ông Josep Borrell của Liên minh châu Âu"
		return
	}
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
	if comma && len(m.titles) > 0 && !military(m.keys[0]) && !(m.keys[0] == "đại sứ" && m.country == "") && !further(first.key) {
		return
	}
	next := *m
	next.titles, next.keys = slices.Clone(m.titles), slices.Clone(m.keys)
	end := t.offices(l, &next, j)
	for e, _ := t.nameAt(l, end, false); e > end; e, _ = t.nameAt(l, end, false) {
		last := len(next.titles) - 1
		if last >= len(m.titles) && t.serves(next.titles[last]) {
			next.titles[last].to, end = e, e // "ông X - Đặc phái viên của Tổng thống Y"
			break
		}
		if len(m.titles) > 0 && last > len(m.titles) || last < len(m.titles) || !t.company(next.titles[last], end, e) {
			return // the office of another person: "X, Chủ tịch Quốc hội Y"
		}
		// "ông X, Chủ tịch Tập đoàn Adani, Ấn Độ"
		next.firm = next.firm || !t.overTown(next.titles[last])
		next.titles[last].to, end = e, e
		if c := t.at(end+1, classCountry); c != nil && !next.firm && t.is(end, ",") && next.country == "" {
			next.country, end = c.arg, c.to // "Thị trưởng Palmerston North, New Zealand"
		}
		if c := t.at(end, classCountry); c != nil {
			next.titles[last].to, end = c.to, c.to
		}
		if t.is(end, "kiêm") {
			end = t.offices(l, &next, end+1)
		}
	}
	if comma && len(m.titles) > 0 && end == first.to && first.arg[0] <= '3' && t.is(end, ",") && t.officeAt(end+1) != nil {
		if who, ok := t.mention(l, end+1); ok && !who.name.empty() && who.country != "" && who.country != m.country {
			return // "Hội kiến Đại tướng X, Phó Thủ tướng, Bộ trưởng Quốc phòng Australia Y bày tỏ": both offices are Y's
		}
	}
	// "Tiếp ông X, Thủ tướng nhấn mạnh …": an office without country or
	// portfolio begins the next clause. "Đại tướng X, Tổng Tham mưu trưởng" does not.
	bare := comma && end == first.to && first.arg[0] <= '3' && end < len(t.toks) && !t.is(end, ",", ";", ".", "và", "cùng")
	if bare && (first.arg[0] < '3' || len(m.titles) == 0 || t.at(end, classSay) != nil) ||
		t.at(end, classSay) != nil && comma && len(next.titles)-len(m.titles) < 2 && next.country == "" && next.org == "" {
		return
	}
	homely := m.native || m.name.to-m.name.from == 1 && vietnamese(t.str(m.name.from, m.name.to))
	if comma && homely && next.country != "" && next.country != "VN" && m.country == "" && !readsChinese(next.country) && next.post == "" {
		return // "Chia tay ông Nguyễn Văn X, Tổng thống Chile ra sân bay": who acts next
	}
	next.to = end
	if len(m.titles) == 0 {
		next.rule = "person-name-title"
	}
	*m = next
}

// further reports whether an office is one that its holder has besides that by which
// he is called: "Phó Thủ tướng X, Chủ tịch Phân ban Nga".
func further(key string) bool {
	for _, w := range []string{"chủ tịch phân ban", "đồng chủ tịch", "trưởng phân ban", "trưởng đoàn"} {
		if strings.HasPrefix(key, w) {
			return true
		}
	}
	return false
}

// serves reports whether the office s is that of somebody who serves another's:
// "Đặc phái viên của Tổng Bí thư".
func (t *text) serves(s span) bool {
	h := t.at(s.from, classTitle)
	return h != nil && strings.Contains(h.arg, "a") && t.has(s.from, s.to, "của")
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
	case t.countryAt(j+1) != nil:
		// "Thủ tướng Xanh Vanh-xăng Gơ-rê-na-đin (St Vincent and the Grenadines) Ralph
		// Gonsalves": what stands before the brackets is the country.
		if e, native := t.nameAt(l, end+1, true); e > end+2 && !m.native && len(m.titles) > 0 {
			m.titles[len(m.titles)-1].to = end + 1
			m.name, m.native, m.to, m.country = span{end + 1, e}, native, e, t.countryAt(j+1).arg
			return false
		}
		if m.country == "" {
			m.country, m.bracket = t.countryAt(j+1).arg, true
		}
		m.to = end + 1
		return len(m.titles) == 0
	case t.at(j+1, classTitle) != nil:
		m.to = t.offices(l, m, j+1) + 1
	case t.toks[j+1].shape == lower && t.is(end+1, ",") && t.officeAt(end+2) != nil && len(m.titles) == 0:
		m.to = end + 1 // "ông X (bên phải), Bộ trưởng Công Thương Việt Nam"
		return true
	case t.at(j+1, classField) != nil:
		m.to = end + 1
	case strings.Contains(t.str(m.name.from, m.name.to), "-") && !m.native:
		// "Cờ-rếc Chít-tích (Craig Chittick)": the name as its owner writes it.
		if e, _ := t.nameAt(l, j+1, true); e == end && end > j+2 {
			m.also, m.name, m.to = m.name, span{j + 1, end}, end+1
			return true
		}
	default:
		// "Mã Hiểu Thiên (Ma Xiaotian), Tư lệnh Không quân": the name as others write it.
		if e, _ := t.nameAt(l, j+1, false); e == end && end > j+2 {
			m.also, m.to = span{j + 1, end}, end+1
			return true
		}
	}
	return false
}

// appointed reads the office that somebody is said to have been given: "ông X
// vừa được bổ nhiệm làm Bộ trưởng Ngoại giao Nhật Bản", "bầu đồng chí X làm
// Tổng Bí thư", or that he is said to hold: "Ông X hiện là Đặc phái viên …". It is
// one office: those after a comma are another person's.
func (t *text) appointed(l *lexicon, m *mention) bool {
	if len(m.titles) > 0 {
		return false
	}
	k := m.to
	if t.is(k, "nhân") && t.is(k+1, "dịp", "việc") {
		if k += 2; m.honorific && t.is(k, "ông", "bà") && t.is(k+1, "được", "đắc", "tái", "trúng", "nhậm") {
			k++ // "gửi thư mừng tới ông X nhân dịp ông được bổ nhiệm làm …"
		}
	}
	for from := k; k < from+2 && t.is(k, "đã", "vừa", "mới", "chính", "thức"); {
		k++
	}
	switch {
	case t.is(k, "được", "trúng", "tái", "trở", "đắc"):
	case t.is(k, "đảm", "tiếp") && t.is(k+1, "nhận", "nhiệm"), t.is(k, "nhận", "nhậm") && t.is(k+1, "nhiệm", "trọng", "chức", "cương"):
	case t.is(k, "trên") && t.is(k+1, "cương"), t.is(k, "với") && t.is(k+1, "tư") && t.is(k+2, "cách"):
	case t.is(k, "làm", "giữ") && t.is(m.from-1, "bầu", "nhiệm", "cử"):
	case t.is(k, "là") && t.at(k+1, classTitle) != nil, t.is(k, "hiện", "đang") && t.is(k+1, "là", "đang", "giữ"):
	default:
		return false
	}
	from := k
	for x := k + 1; t.is(from, "được") && x < from+8 && x < len(t.toks) && t.toks[x].shape != punct; x++ {
		if t.is(x, "bầu", "bổ", "tín", "cử") {
			k = x // "được nhân dân bầu làm", "được Quốc hội bổ nhiệm làm"
			break
		}
	}
	for k < from+15 && t.is(k, "hiện", "đang", "được", "bầu", "bổ", "nhiệm", "giữ", "chức", "làm", "vụ", "tái", "đắc", "cử", "trúng", "trở", "thành", "vị", "trí", "cương", "trên", "với", "tư", "cách", "là", "tiếp", "tục", "lại", "đảm", "nhận", "nhậm", "trọng", "trách") && t.at(k, classTitle) == nil {
		k++
	}
	if k == from || t.at(k, classTitle) == nil || k == from+1 && t.is(from, "được") {
		return false // "ông X được Phó Thủ tướng Y tiếp"
	}
	m.rule = "person-name-title"
	m.to = t.offices(l, m, k)
	return true
}

// company reports whether the name-like words from..to belong to the office s
// before them, as that of the firm or fund: "Chủ tịch Tập đoàn Adani".
func (t *text) company(s span, from, to int) bool {
	if s.to != from || to-from > 3 {
		return false
	}
	next := to
	if c := t.at(to, classCountry); c != nil {
		next = c.to
	}
	ends := next >= len(t.toks) || t.toks[next].shape == punct || t.is(next, "và", "cùng") || t.is(next, "kiêm") && t.officeAt(next+1) != nil
	return ends && (t.firm(s) || t.overTown(s) || strings.Contains(strings.ToLower(t.str(s.from, s.to)), " quỹ "))
}

// overTown reports whether what follows the office s is a town or province, which no
// list may know: "ông X, Thị trưởng Palmerston North".
func (t *text) overTown(s span) bool {
	h := t.at(s.from, classTitle)
	return h != nil && h.to == s.to && t.is(s.to-1, "trưởng", "hiến") && (t.is(s.from, "thị", "đô", "tỉnh", "thủ") || t.is(s.from, "phó") && t.is(s.from+1, "thị", "đô", "tỉnh"))
}

// firm reports whether an office is of a firm or of a council of firms.
func (t *text) firm(s span) bool {
	office := t.str(s.from, s.to)
	var room [128]byte
	key := appendLower(room[:0], office)
	for _, w := range firmWords {
		if bytes.Contains(key, w) {
			return true
		}
	}
	return bareChief(office) || string(key) == "nhà sáng lập"
}

// bareChief reports whether an office is that of a chief of what is not said: of a
// firm, unless more is told of who holds it.
func bareChief(office string) bool {
	return strings.EqualFold(office, "tổng giám đốc") || strings.EqualFold(office, "giám đốc điều hành")
}

var firmWords = bytes.Split([]byte("tập đoàn;tổ hợp;công ty;ceo;hđqt;hội đồng quản trị;hội đồng kinh doanh;phòng thương mại;"+
	"hiệp hội doanh nghiệp;hội người việt;liên đoàn kinh tế;diễn đàn doanh nghiệp;hội đồng doanh nghiệp;hãng "), []byte(";"))
