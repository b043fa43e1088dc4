package extract

import (
	"sort"

	"vankho/internal/archive"
)

// inMention reports whether token i belongs to a title or name.
func (t *text) inMention(i int) bool {
	k := t.ending(i)
	return k < len(t.mentions) && t.mentions[k].from <= i
}

// ending gives the index of the first mention that ends behind token i, or the
// number of mentions.
func (t *text) ending(i int) int {
	return sort.Search(len(t.mentions), func(k int) bool { return t.mentions[k].to > i })
}

// beginning gives the index of the first mention that begins at or after token i,
// or the number of mentions.
func (t *text) beginning(i int) int {
	return sort.Search(len(t.mentions), func(k int) bool { return t.mentions[k].from >= i })
}

// before gives the index of the last mention that ends at or before token i
// and begins at or after from, -1 when there is none.
func (t *text) before(i, from int) int {
	if k := t.ending(i) - 1; k >= 0 && t.mentions[k].from >= from {
		return k
	}
	return -1
}

// after gives the index of the first mention that begins at or after token i
// and ends at or before to, -1 when there is none.
func (t *text) after(i, to int) int {
	if k := t.beginning(i); k < len(t.mentions) && t.mentions[k].to <= to {
		return k
	}
	return -1
}

// speaks reports whether a verb of speech or asking begins in from..to.
func (t *text) speaks(from, to int) bool {
	for _, h := range t.in(from, to) {
		if h.class == classSay && !t.inMention(h.from) && !(h.arg == "ask" && t.is(h.from, "cần")) && !t.is(h.from-1, "lời", "lễ", "tiệc", "nhạc") {
			return true // but "nhận lời mời", "tiệc chào mừng" say nothing
		}
	}
	return false
}

// triggers reports whether a trigger begins in from..to: "gặp", "hội đàm", "thăm".
func (t *text) triggers(from, to int) bool {
	for _, h := range t.in(from, to) {
		if h.class == classTrigger && h.arg != "x" && h.arg != "summit" && h.arg != "arrive" && !t.inMention(h.from) {
			return true
		}
	}
	return false
}

// acts reports whether a trigger begins in from..to that somebody named right
// before it can be the subject of: "Y gửi điện", not "Y và gặp Z".
func (t *text) acts(from, to int) bool {
	for i := from; i < to; i++ {
		if t.is(i, "và", "rồi", ",", ";") {
			to = i
		}
	}
	return t.triggers(from, to)
}

// links reports whether only "và", commas and the like stand between two
// mentions of a list, and whether one of them was more than a comma.
func (t *text) links(from, to int) (only, and bool) {
	depth := 0
	for i := from; i < to; i++ {
		switch {
		case t.is(i, "("):
			depth++
		case t.is(i, ")"):
			depth--
		case depth > 0 || t.is(i, ",", ";"):
		case t.is(i, "và", "cùng", "với", "rồi", "lẫn"):
			and = true
		case t.is(i, "cũng") && t.is(i+1, "như"):
			and = true
			i++
		case t.dash(i) && !t.toks[i].tight && t.closingDash(i+1, to) > 0:
			i = t.closingDash(i+1, to) // "X - người vừa tới Bangkok sáng nay - và Y"
		case t.is(i, "của") && t.is(i-1, "và"), t.is(i, "đã", "vừa", "cũng") && t.is(i+1, "cùng", "với"): // "X đã cùng Y hội đàm"
		case t.dash(i) && to-from == 1:
			and = true
		case t.at(i, classCountry) != nil && t.is(t.at(i, classCountry).to, "("):
			i = t.at(i, classCountry).to - 1 // "Hàn Quốc (bà Kang Kyung-wha)"
		case t.leading(i, to) > i:
			i = t.leading(i, to) - 1
		case t.is(i, "của") && t.at(i+1, classCountry) != nil && t.at(i+1, classCountry).to < to:
			i = t.at(i+1, classCountry).to - 1 // "Donald Trump của Mỹ và Vladimir Putin của Nga"
		case t.is(i, "đồng", "chí", "ngài", "ông", "bà", "phu", "nhân", "các", "những", "tân", "quyền", "hai", "ba", "2", "3", "người", "chủ", "nhà", "khách"):
		default:
			return false, and
		}
	}
	return true, and
}

// closingDash gives the dash that ends a remark begun before token i, or 0.
func (t *text) closingDash(i, to int) int {
	for k := i; k < to && k < i+16; k++ {
		if t.dash(k) && !t.toks[k].tight {
			return k
		}
	}
	return 0
}

// leading gives the token after words at token i on the delegation that one of a
// list leads, or i: "X dẫn đầu Đoàn Bộ Công an và Y dẫn đầu …", "Đoàn A do X làm
// Trưởng đoàn và Đoàn B do Y làm Trưởng đoàn"; or for whom he acts: "X thay mặt Chính
// phủ Việt Nam và Y thay mặt …".
func (t *text) leading(i, to int) int {
	switch {
	case t.is(i, "làm") && t.is(i+1, "trưởng") && t.is(i+2, "đoàn"):
		return i + 3
	case t.is(i, "dẫn", "đứng") && t.is(i+1, "đầu"):
		return i + 2
	case t.is(i, "đoàn"), t.is(i, "thay") && t.is(i+1, "mặt"), t.is(i, "đại") && t.is(i+1, "diện"):
		for k := i + 1; k < to && k < i+16; k++ {
			if t.is(k, "và", "do") || t.toks[k].shape == punct && !t.dash(k) {
				return k + boolInt(t.is(k, "do"))
			}
			if t.at(k, classTrigger) != nil && t.at(k, classTrigger).arg != "x" || t.at(k, classSay) != nil {
				break
			}
		}
	}
	return i
}

// invited reports whether the mention at token i is whose invitation was
// taken: "nhận lời mời của X".
func (t *text) invited(i int) bool {
	return t.is(i-1, "của") && t.is(i-2, "mời")
}

// asked reports whether the mention at token i is whom somebody else invites or
// asks: "mời Thủ tướng thăm Việt Nam".
func (t *text) asked(i, from int) bool {
	for _, h := range t.in(max(from, i-3), i) {
		if h.class == classSay && h.arg == "ask" {
			return true
		}
	}
	return false
}

// wished reports whether the trigger at token i is only what somebody hopes or
// asks for, or believes: "mong sớm được đón Quốc vương X sang thăm Việt Nam".
func (t *text) wished(i, from int) bool {
	for k := i - 1; k >= from && k > i-28; k-- {
		if t.inMention(k) {
			continue
		}
		if t.toks[k].shape == punct && !t.dash(k) || t.is(k, "khi", "tại", "lúc", "nhân", "sau", "theo") || t.is(k, "trong") && !t.has(k-14, k, "đón") {
			return false // but "mong được chào đón X trong chuyến thăm sắp tới"
		}
		if h := t.at(k, classSay); h != nil && h.arg == "ask" && !t.is(k-1, "lời") && !t.inMention(k) || t.is(k, "tin") && t.is(k+1, "rằng", "là") || t.is(k, "đồn") || t.is(k, "khả") && t.is(k+1, "năng") || t.is(k, "ý") && t.is(k+1, "tưởng", "định") {
			return true
		}
	}
	return false
}

// denied reports whether the trigger at token i is said not to have happened:
// "sẽ không có cuộc gặp chính thức với X", "chưa từng gặp Y", or often.
func (t *text) denied(i, from int) bool {
	for k := i - 1; k >= from && k > i-5; k-- {
		if t.is(k, "không", "chưa", "chẳng") {
			return !t.is(k+1, "chỉ", "những") && !t.is(k-1, "hay", "tiếc")
		}
		if t.is(k, "thường") || t.is(k, "xuyên") && t.is(k-1, "thường") {
			return true // no encounter in particular
		}
		if !t.is(k, "có", "được", "hề", "thể", "sẽ", "kịp", "từng", "muốn", "bất", "kỳ", "một", "lần", "nào", "trực", "tiếp") {
			return false
		}
	}
	return false
}

// has reports whether one of the words stands in from..to.
func (t *text) has(from, to int, words ...string) bool {
	from, to = max(from, 0), min(to, len(t.toks))
	for _, w := range words {
		mark := markOf(w)
		for i := from; i < to; i++ {
			if t.toks[i].mark == mark && t.same(&t.toks[i], w) {
				return true
			}
		}
	}
	return false
}

// groupBefore gives the token after the last "hai bên" between from and i.
func (t *text) groupBefore(i, from int) int {
	at := -1
	for _, h := range t.in(from, i) {
		if h.class == classGroup && !t.inMention(h.from) && h.to <= i {
			at = h.to
		}
	}
	return at
}

// groupAhead reports whether "giữa hai bên" begins at token i.
func (t *text) groupAhead(i int) bool {
	g := t.at(i+1, classGroup)
	return t.is(i, "giữa") && g != nil && g.arg == "both"
}

// nationOfList gives the country of "hai quan chức Lào là A và B" at token i, or "".
func (t *text) nationOfList(i int, s span) string {
	k := t.after(i, s.to)
	if k < 0 || !t.is(t.mentions[k].from-1, "là", ":", "gồm") {
		return ""
	}
	for j := i; j < t.mentions[k].from; j++ {
		if c := t.at(j, classCountry); c != nil {
			return c.arg
		}
	}
	return ""
}

// copula gives the token after "lần lượt là", "có", "gồm" at token i, or i.
func (t *text) copula(i int, s span) int {
	for k := i; k < s.to && k < i+8; k++ {
		switch {
		case t.is(k, "là", "gồm", "có", ":"):
			if t.is(k+1, "có", "các", ":") {
				k++
			}
			return k + 1
		case !t.is(k, "lần", "lượt", "hôm", "nay", "dịp", "này", "ngày", "sáng", "chiều", ",", "/", "-", "còn") && t.num(k) < 0:
			return i
		}
	}
	return i
}

// chained reports whether only "và", "rồi" or a comma joins the trigger at
// token i to what stands before it.
func (t *text) chained(i int) bool {
	for k := i - 1; k >= 0 && k > i-9; k-- {
		if t.is(k, "và", "rồi", ",", ";") || t.is(k, ":") && k > 0 && t.is(k-1, "như", "gồm", "là", "có") {
			return true
		}
		if !t.is(k, "như", "đã", "sẽ", "có", "cũng", "sau", "đó", "kế", "tiếp", "liền", "lần", "lượt", "dự", "tiến", "hành", "cuộc", "các", "ngày", "sáng", "chiều", "tối", "trưa", "buổi", "cùng", "nay", "hôm", "/", "-") && t.num(k) < 0 {
			return false
		}
	}
	return false
}

// status reads the words before a trigger that put it in the future.
func (t *text) status(i int, s span) archive.Status {
	far := 14
	chained := t.chained(i) // "sẽ hội đàm với A, chào B và C": the first verb's time is the others'
	if chained {
		far = 60
	}
	for k := i - 1; k >= s.from && k > i-far; k-- {
		if t.is(k, ",", ";") && !chained || chained && t.is(k, "đã", "vừa") {
			break
		}
		if t.is(k, "sẽ", "sắp") || t.is(k, "dự") && t.is(k+1, "kiến", "định") || t.is(k, "kế") && t.is(k+1, "hoạch") && t.is(k-1, "lên", "có") || t.is(k, "chuẩn") && t.is(k+1, "bị") && k > i-14 || k == i-1 && t.is(k, "lịch") && t.is(k-1, "có") && !t.is(i, "làm") {
			return archive.Announced
		}
		if t.is(k, "từng") && k > i-4 {
			return archive.Recalled
		}
	}
	if t.planned(s, i) {
		return archive.Announced
	}
	if t.looksBack(i, s.from) {
		return archive.Recalled // "nhắc lại kỷ niệm gặp gỡ Thủ tướng X nhân dịp Thủ tướng thăm Canada"
	}
	return archive.Held
}

// looksBack reports whether the clause of token i says that somebody looks back:
// "nhắc lại chuyến thăm của X".
func (t *text) looksBack(i, from int) bool {
	for k := i - 1; k > from && t.toks[k].shape != punct; k-- {
		if t.is(k, "lại") && !t.is(k+1, "khi", "trong", "tại", "lúc") && t.is(k-1, "nhắc", "nhớ", "điểm", "ôn", "nhìn") {
			return true
		}
	}
	return false
}

// planned reports whether a sentence tells of a programme to come, by its first
// words or by going on from such a sentence: "Dự kiến …. Tiếp đó, hai nhà lãnh đạo
// hội đàm." What it tells of stands at token i.
func (t *text) planned(s span, i int) bool {
	if t.has(s.from, i, "đã") {
		return false
	}
	if t.is(s.from+1, "mai") && t.is(s.from, "sáng", "trưa", "chiều", "tối", "ngày") {
		return true // "Sáng mai, …"
	}
	if t.is(s.from, "dự") && t.is(s.from+1, "kiến") || t.is(s.from, "theo") && t.is(s.from+1, "chương", "lịch", "kế", "dự") {
		return true
	}
	if t.stillToCome(s, i) {
		return true
	}
	k := t.sentenceOf(s.from)
	if k > 0 && !t.has(s.from, s.to, "vừa", "qua", "nay") && t.busy(t.sents[k-1]) {
		return true
	}
	return k > 0 && t.is(s.from, "tiếp", "sau", "ngay", "cũng", "cùng", "trong") && t.planned(t.sents[k-1], t.sents[k-1].to)
}

// busy reports whether a sentence says that a programme awaits somebody, which the next
// tells: "Thủ tướng X sẽ có một lịch làm việc dày đặc."
func (t *text) busy(s span) bool {
	for i := s.from; i < s.to; i++ {
		if t.is(i, "sẽ") {
			return t.has(i, s.to, "lịch", "chương") && t.has(i, s.to, "trình", "làm", "hoạt") && !t.speaks(s.from, i)
		}
	}
	return false
}

// stillToCome reports whether a clause before token i puts the whole sentence into
// the future, in the words of the article and not of somebody it quotes: "Lễ đón sẽ
// diễn ra, rồi hai nhà lãnh đạo hội đàm; ông X còn gặp Y."
func (t *text) stillToCome(s span, i int) bool {
	if t.speaks(s.from, i) {
		return false
	}
	for k := s.from; k < i; k++ {
		if t.is(k, "sẽ") || t.is(k, "dự") && t.is(k+1, "kiến") {
			end := k
			for end < i && !t.is(end, ",", ";", "rồi") {
				end++
			}
			return end < i && (t.triggers(k, end) || t.has(k, end, "diễn")) && !t.has(end, i, "sau", "khi", "vừa", "theo")
		}
	}
	return false
}
