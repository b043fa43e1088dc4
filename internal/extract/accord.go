package extract

import "vankho/internal/archive"

// accord reads what was agreed where no verb of agreement has the sides as its
// subject: a paper that was signed, a conference that agreed, a meeting that ended
// with an agreement, what the sides will do.
func (r *reader) accord(t *text, ti, si int, ag *archive.Agreement) bool {
	s := t.sents[si]
	signs, agrees, does := false, false, false // what the words of the sentence allow
	for _, h := range t.in(s.from, s.to) {
		if h.class == classAct {
			signs = signs || h.arg == "signed"
			agrees = agrees || h.arg == "agreed" || h.arg == "pass"
			does = does || h.arg == "go"
		}
	}
	switch {
	case signs && (t.paperSigned(s) || t.signsAfter(s)):
		ag.Force, ag.Rule = archive.Signed, "agreement-signed"
	case (signs || agrees) && t.conferenceAgrees(s), t.endsWithAccord(s):
		ag.Force, ag.Rule = archive.Agreed, "agreement-agreed"
	case does && r.willDo(t, ti, si):
		ag.Force, ag.Rule = archive.Agreed, "agreement-intended"
	default:
		return false
	}
	return true
}

// fronts gives the token after the clauses that stand before the subject: "Nhân
// dịp này, …", "Về kinh tế, trên cơ sở các văn kiện đã ký, …"; the sentence's first
// word where there are none.
func (t *text) fronts(s span) int {
	first := t.firstWord(s)
	for to := first; ; first = to {
		if to = t.front(first, s); to == first {
			return first
		}
	}
}

// front gives the token after the one clause that begins at token first and stands
// before the subject; first where there is none.
func (t *text) front(first int, s span) int {
	if h := t.at(first, classAct); h != nil && h.arg == "next" && h.to < s.to {
		if t.is(h.to, ",") {
			return h.to + 1
		}
		return h.to
	}
	if !t.is(first, "nhân", "sau", "kết", "tại", "trong", "về", "trên", "cùng", "cuối", "ngay", "trước", "qua", "với", "ở", "đối", "riêng", "song", "đáng", "bên", "ngoài", "dưới") {
		return first
	}
	for i := first; i < s.to && i < first+24; i++ {
		if t.is(i, ",") {
			return i + 1
		}
		if t.toks[i].shape == punct && !t.dash(i) && !t.is(i, "(", ")") || t.inMention(i) || t.at(i, classSay) != nil {
			break
		}
	}
	return first
}

// papers begin the names of what is signed.
var papers = set("hiệp bản biên văn thỏa thoả nghị tuyên kế chương hợp ý")

// paperSigned reads "Nhân dịp này, Hiệp định … đã được ký kết", "Bản ghi nhớ về …
// cũng được ký": with nobody named, a paper is signed by the sides on the occasion
// that its sentence names.
func (t *text) paperSigned(s span) bool {
	first := t.firstWord(s)
	from := t.fronts(s)
	if from == first && !t.onOccasion(s) || t.is(first, "trước") && t.is(first+1, "đây", "đó") || t.is(first, "về", "trong", "qua") {
		return false
	}
	paper := false
	for i := from; i < s.to; i++ {
		if t.inMention(i) || t.at(i, classSay) != nil || t.is(i, ";", "sẽ", "từng") {
			return false
		}
		paper = paper || papers[t.key(i)] && (i == from || t.num(i-1) >= 0 || numerals[t.key(i-1)] > 0 || t.is(i-1, "một", "hai", "các", "nhiều", "số"))
		if paper && t.is(i, "được") && t.is(i+1, "ký") {
			return true
		}
	}
	return false
}

// onOccasion reports whether the sentence itself says on which occasion: "trong dịp
// này", "ngay sau hội đàm".
func (t *text) onOccasion(s span) bool {
	for i := s.from; i+1 < s.to; i++ {
		if t.is(i, "dịp", "nhân") && t.is(i+1, "này", "đây", "dịp") || t.is(i, "sau", "tại") && t.triggers(i+1, i+3) {
			return true
		}
	}
	return false
}

// signsAfter reads "Kết thúc hội đàm, ký 9 văn kiện": the sides are left out.
func (t *text) signsAfter(s span) bool {
	from := t.fronts(s)
	if from == t.firstWord(s) || !t.triggers(s.from, from) {
		return false
	}
	if t.is(from, "đã", "là") {
		from++
	}
	for t.is(from, "lễ", "tiến", "hành") {
		from++
	}
	h := t.at(from, classAct)
	return h != nil && h.arg == "signed"
}

// conferenceAgrees reads "Hội nghị thống nhất …", "Kỳ họp đã thông qua …".
func (t *text) conferenceAgrees(s span) bool {
	i := t.fronts(s)
	switch {
	case t.is(i, "hội") && t.is(i+1, "nghị", "đàm"), t.is(i, "đối") && t.is(i+1, "thoại"):
		i += 2
	case t.is(i, "kỳ", "phiên", "cuộc", "buổi", "khóa"):
		for i++; t.is(i, "họp", "hội", "đàm", "gặp", "làm", "việc", "trao", "đổi", "đối", "thoại", "tiếp", "xúc", "kiến"); {
			i++
		}
	default:
		return false
	}
	for t.is(i, "đã", "cũng", "cùng", "nhất", "này") && t.at(i, classAct) == nil {
		i++
	}
	if h := t.at(i, classAct); h != nil && (h.arg == "agreed" || h.arg == "pass" && t.is(i, "thông")) {
		return true
	}
	// "Hội nghị đánh giá …; trao đổi …, đồng thời ký kết …"
	for _, h := range t.in(i, s.to) {
		switch {
		case h.class == classGroup || t.inMention(h.from) && !t.is(h.from, "hội"):
			return false
		case h.class == classAct && (h.arg == "agreed" || h.arg == "signed") && (t.is(h.from-1, ";", "thời") || t.is(h.from-1, "và") && t.is(h.from-2, ",")):
			return true
		}
	}
	return false
}

// endsWithAccord reads "Cuộc gặp kết thúc với thỏa thuận lập …", "… khép lại bằng
// việc ký bản ghi nhớ".
func (t *text) endsWithAccord(s span) bool {
	for i := s.from; i+4 < s.to; i++ {
		if !t.is(i, "kết", "khép") || !t.is(i+1, "thúc", "lại") || !t.is(i+2, "với", "bằng") {
			continue
		}
		return t.triggers(s.from, i) && (t.is(i+3, "thỏa", "thoả", "cam", "tuyên", "bản") || t.is(i+3, "việc", "lễ") && t.is(i+4, "ký", "hai"))
	}
	return false
}

// sidesTo gives the token after the sides that are the subject at token i, "hai bên"
// or two countries; -1 where they are not.
func (t *text) sidesTo(i int, s span) int {
	for _, g := range t.in(i, min(s.to, i+9)) {
		if g.class == classGroup && (g.from == i || t.ofSides(g.from, span{i, s.to})) {
			return g.to
		}
	}
	for k := i + 2; k < min(s.to, i+12); k++ {
		if t.is(k, "sẽ", "cũng", "cùng") {
			if first, _ := t.nationsBefore(k, i); first == i {
				return k
			}
			return -1
		}
	}
	return -1
}

// willDo reads "Về an ninh, hai bên sẽ tiếp tục phối hợp …" in the report of a
// meeting that was held.
func (r *reader) willDo(t *text, ti, si int) bool {
	s := t.sents[si]
	verb := t.sidesTo(t.fronts(s), s)
	if verb < 0 || !t.is(verb, "sẽ", "cũng") || t.speaks(s.from, s.to) || t.triggers(verb, s.to) || !t.doing(verb, s) {
		return false
	}
	if t.has(verb, min(verb+5, s.to), "bàn", "thảo", "đổi", "họp", "gặp", "dự", "chứng") {
		return false
	}
	for _, i := range r.about(ti, si) {
		if ev := &r.events[i]; !ev.visit && ev.status == archive.Held {
			return true
		}
	}
	return false
}
