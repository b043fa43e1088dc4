package extract

// listAhead reports whether the words at token i open a list of people: "các nhà lãnh
// đạo: A, B và C", "một số lãnh đạo cấp cao Việt Nam, gồm A và B", "… , trong đó có A".
func (t *text) listAhead(i int, s span) bool {
	many := false
	for k := i; k < s.to && k < i+20; k++ {
		if t.inMention(k) && !t.is(k+1, ":") && t.mentions[max(0, t.before(k+1, s.from))].to <= k {
			return false
		}
		many = many || t.is(k, "đạo", "vị", "chức", "nguyên", "khách", "cấp")
		next := k + 1
		switch {
		case t.is(k, ":") && (many || k < i+10):
			return true
		case t.is(k, ":", ";") || t.speaks(i, k) || t.triggers(i, k):
			return false
		case t.is(k, "trong") && t.is(k+1, "đó"):
			next = k + 2
			if t.is(next, "có", "gồm") {
				next++
			}
		case t.is(k, "gồm", "như", "là"):
		default:
			continue
		}
		if many && t.opensList(next, s) || t.groupBefore(k, i) == k {
			return true
		}
	}
	return false
}

// opensList reports whether somebody is named at token i, behind "có" or "ông".
func (t *text) opensList(i int, s span) bool {
	m := t.after(i, s.to)
	return m >= 0 && t.mentions[m].from-i <= 2
}

// unnamedBetween reports whether a list goes on past somebody without a name:
// "…, lãnh đạo các đảng và Chủ tịch Hạ viện X".
func (t *text) unnamedBetween(from, to int) bool {
	return to-from <= 16 && t.is(to-1, ",", ";", "và", "cùng") && !t.speaks(from, to) && !t.triggers(from, to) &&
		!t.has(from, to, "đã", "sẽ", "đang", "là", "để", "nhằm")
}

// unnamedMany reports whether the words at token i stand for several people
// whom the rest of the article names: "nhiều người đồng cấp", "từng người", "Đại
// sứ các nước", "khách quốc tế".
func (t *text) unnamedMany(i int, s span) bool {
	for k := i; k < s.to && k < i+6; k++ {
		switch {
		case t.is(k, "lãnh") && t.is(k+1, "đạo"), t.is(k, "khách") && t.is(k+1, "quốc", "nước"), t.is(k, "nhiều", "các", "một") && t.is(k+1, "vị", "đoàn", "khách"),
			t.is(k, "nhiều", "từng", "các", "loạt", "một") && t.is(k+1, "người", "lãnh", "nhà", "vị", "đồng", "đối", "bộ", "ngoại", "đại", "số", "quan", "trưởng"):
			return true
		case t.inMention(k):
			m := &t.mentions[max(0, t.after(k, s.to))]
			return m.from == k && m.name.empty() && t.has(m.from, m.to+2, "các", "nhiều")
		case t.toks[k].shape == punct:
			return false
		}
	}
	return false
}
