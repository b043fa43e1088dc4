package extract

import (
	"slices"
	"strings"

	"vankho/internal/archive"
)

// readAgreements gives each sentence that says what was to be done to the
// events it is about.
func (r *reader) readAgreements() {
	if len(r.events) == 0 {
		return
	}
	r.agreed = map[ref]bool{}
	r.communique = r.jointStatement()
	var run course
	for ti := range r.texts {
		t := &r.texts[ti]
		caption := t.p.Kind == archive.Caption
		if !r.body(ref{text: ti}) && !caption {
			continue
		}
		for si, s := range t.sents {
			if caption {
				if ag, _, ok := r.undertaking(t, ti, si, course{}); ok && ag.Force == archive.Witnessed {
					r.give(ti, si, ag, false)
				}
				continue
			}
			ag, who, ok := r.undertaking(t, ti, si, run)
			run = r.after(t, s, run, ag, who, ok)
			if !ok || r.recalls(t, ti, si) {
				continue
			}
			if r.communique && ag.Force == archive.Signed && t.has(s.from, s.to, "chung") && len(ag.Figures) == 0 && s.to-s.from < 14 {
				continue // "hai bên ra Thông cáo chung": that is the article itself
			}
			if who == each && ag.Force == archive.Reaffirmed && len(r.about(ti, si)) > 1 {
				continue // the views of all of a series summed up: nothing that two of them agreed
			}
			r.agreed[ref{text: ti, sent: si}] = ag.Actor != archive.OneSide
			r.give(ti, si, ag, who == each)
		}
	}
}

// course is what the sentence before lets one expect of the next.
type course struct {
	sides  bool // the sides together were its subject
	agreed bool // it was agreed, and a list may go on
	list   bool // it ended with a colon: each paragraph after it is an item
}

// after gives the course of the text behind a sentence.
func (r *reader) after(t *text, s span, before course, ag archive.Agreement, who sides, ok bool) course {
	if t.firstWord(s) == s.to {
		return before // the "2." of an item, read as a sentence
	}
	binding := ok && (ag.Force.Binding() || ag.Force == archive.Reaffirmed)
	next := course{
		sides:  who == together || who == each || binding || t.at(t.fronts(s), classGroup) != nil,
		agreed: binding,
		list:   binding && (t.is(s.to-1, ":") || before.list && ag.Rule == "agreement-continued"),
	}
	if t.is(s.to-1, ":") && !next.list && t.groupBefore(s.to-1, s.from) >= 0 && !t.asks(s) {
		// "Hai bên đã:" and "… đi đến những thỏa thuận sau:", with an item a paragraph
		next.sides = true
		next.list = t.has(s.from, s.to, "thỏa", "thoả", "thống", "nhất")
	}
	if !ok && before.agreed && who != oneSide && !t.speaks(s.from, s.to) {
		next.agreed = next.sides // "Hai bên đã trao đổi …" between two of a list
	}
	return next
}

// behindNext gives the token after the word that begins the sentence as one that goes
// on, "đồng thời", "bên cạnh đó", or its first word.
func (t *text) behindNext(s span) int {
	first := t.firstWord(s)
	h := t.at(first, classAct)
	if h == nil || h.arg != "next" {
		return first
	}
	if t.is(h.to, ",", "cũng") {
		return h.to + 1
	}
	return h.to
}

// firstWord gives the first token of a sentence behind the dash or number of an
// item.
func (t *text) firstWord(s span) int {
	i := s.from
	for i < s.to && (t.toks[i].shape == punct || t.toks[i].shape == number) {
		i++
	}
	return i
}

// asks reports whether a sentence proposes or wishes.
func (t *text) asks(s span) bool {
	return slices.ContainsFunc(t.in(s.from, s.to), func(h hit) bool { return h.class == classSay && h.arg == "ask" })
}

// jointStatement reports whether the article is, or prints, a joint statement:
// what it says was agreed in the visit as a whole.
func (r *reader) jointStatement() bool {
	for ti := range r.texts {
		t := &r.texts[ti]
		if !strings.Contains(t.p.Text, "hung") && !strings.Contains(t.p.Text, "HUNG") {
			continue // "Tuyên bố chung", "THÔNG CÁO CHUNG"
		}
		for i := 0; i+2 < len(t.toks) && i < 40; i++ {
			if !t.is(i, "tuyên", "thông") || !t.is(i+1, "bố", "cáo") || !t.is(i+2, "chung") {
				continue
			}
			if i == 0 && (len(t.toks) < 25 && !t.speaks(3, 8) || t.p.Kind == archive.TitleParagraph) || t.has(max(0, i-6), i, "toàn") || t.has(max(0, i-6), i, "thiệu") {
				return true
			}
		}
	}
	return false
}

// about gives the events that a sentence is about: meetings rather than visits,
// unless the sentence itself speaks of the visit, or the article is the visit's
// joint statement.
func (r *reader) about(ti, si int) []int {
	if at := (ref{text: ti, sent: si}); r.aboutIs == nil || r.aboutAt != at {
		r.aboutAt, r.aboutIs = at, r.concerned(ti, si)
	}
	return r.aboutIs
}

func (r *reader) concerned(ti, si int) []int {
	if r.communique {
		var visits []int
		for i := range r.events {
			if ev := &r.events[i]; ev.visit && ev.status == archive.Held {
				visits = append(visits, i)
			}
		}
		if len(visits) == 1 {
			return visits
		}
	}
	if met := r.metNamed(ti, si); met != nil {
		return met
	}
	if r.planned(ti, si) {
		// "hai bên nhất trí sẽ gặp nhau …": that encounter is not this one.
		if before, ok := r.sentenceBefore(ref{text: ti, sent: si}, 0); ok {
			ti, si = before.text, before.sent
		}
	}
	if i := r.ofOffice(ti, si); i >= 0 {
		return []int{i}
	}
	under := r.current(ti, si)
	if met := r.metHere(ti, si, under); met != nil {
		return met
	}
	meets := slices.DeleteFunc(slices.Clone(under), func(i int) bool { return r.events[i].visit })
	if slices.ContainsFunc(r.events, func(ev event) bool { return !ev.visit && ev.status == archive.Held }) {
		// What is still to come has settled nothing.
		meets = slices.DeleteFunc(meets, func(i int) bool { return r.events[i].status == archive.Announced })
	}
	if len(meets) > 0 {
		return meets
	}
	here := slices.ContainsFunc(under, func(i int) bool {
		return !r.onlyOccasion(i) && slices.ContainsFunc(r.events[i].refs, func(at ref) bool { return at.text == ti && at.sent == si })
	})
	if !here {
		for i := range r.events {
			if ev := &r.events[i]; !ev.visit && ev.status == archive.Held && (ev.refs[0].text < ti || ev.refs[0].text == ti && ev.refs[0].sent <= si) {
				meets = []int{i}
			}
		}
	}
	if len(meets) == 0 {
		return under
	}
	return meets
}

// onlyOccasion reports whether a visit is only named as the occasion of what others
// do: its guest meets nobody in the article, and those who do are of his country:
// "Nhân chuyến thăm của Thủ tướng X, hai bên đã ký …".
func (r *reader) onlyOccasion(i int) bool {
	ev := &r.events[i]
	if !ev.visit || r.meets(ev.guest) {
		return false
	}
	at := ev.refs[0]
	t := &r.texts[at.text]
	return t.has(max(t.sents[at.sent].from, at.trigger.from-3), at.trigger.from, "nhân", "dịp", "khuôn") &&
		slices.ContainsFunc(r.events, func(o event) bool {
			return !o.visit && o.status == archive.Held && slices.ContainsFunc(o.principals, func(e int) bool { return r.entities[e].country == r.entities[ev.guest].country })
		})
}

// ofOffice gives the one encounter of an article with several whose principals all
// hold the office that a sentence has for its subject: "Hai Chủ tịch Quốc hội thỏa
// thuận …"; or -1.
func (r *reader) ofOffice(ti, si int) int {
	t := &r.texts[ti]
	s := t.sents[si]
	office := t.sharedOffice(min(s.from+6, s.to), s.from)
	if office == "" {
		return -1
	}
	found := -1
	for i := range r.events {
		ev := &r.events[i]
		if ev.visit || ev.status != archive.Held || ev.kind == archive.Message || slices.ContainsFunc(ev.principals, func(e int) bool {
			return !slices.ContainsFunc(r.entities[e].keys, func(k string) bool { return strings.HasPrefix(k, office) })
		}) {
			continue
		}
		if found >= 0 {
			return -1
		}
		found = i
	}
	return found
}

// metNamed gives, in an article that tells of several encounters, those with whom a
// sentence names before its undertaking, by name or by country: "Phó Thủ tướng và ông
// X nhất trí …", "Với Australia, hai bên thống nhất …"; nil where it names nobody of
// one alone, or tells of an encounter itself.
func (r *reader) metNamed(ti, si int) []int {
	t := &r.texts[ti]
	s := t.sents[si]
	act := t.actAt(s)
	if act < 0 {
		return nil
	}
	all := 0
	for i := range r.events {
		if ev := &r.events[i]; !ev.visit && ev.status == archive.Held {
			all++
		}
		if slices.ContainsFunc(r.events[i].refs, func(at ref) bool { return at.full && at.text == ti && at.sent == si }) {
			return nil
		}
	}
	var met []int
	only := func(of func(e int) bool) {
		var with []int
		for i := range r.events {
			if ev := &r.events[i]; !ev.visit && ev.status == archive.Held && slices.ContainsFunc(ev.principals, of) {
				with = append(with, i)
			}
		}
		if len(with) > 0 && len(with) < all {
			met = with
		}
	}
	for _, m := range t.mentionsIn(span{s.from, act}) {
		if m.entity >= 0 && !m.spouse {
			only(func(e int) bool { return e == m.entity })
		}
	}
	if first := t.firstWord(s); met == nil && t.is(first, "với", "về", "đối", "tại") {
		for _, c := range t.in(first, min(act, first+6)) {
			if c.class == classCountry && !t.inMention(c.from) && t.is(c.to, ",") {
				only(func(e int) bool { return r.entities[e].country == c.arg })
			}
		}
	}
	return met
}

// planned reports whether the sentence, which is not the first of the article,
// names an encounter only as what was agreed to be done.
func (r *reader) planned(ti, si int) bool {
	if ti == 0 && si == 0 {
		return false
	}
	t := &r.texts[ti]
	found := false
	for i := range r.events {
		for _, at := range r.events[i].refs {
			if at.text == ti && at.sent == si {
				told := !r.events[i].visit && r.events[i].refs[0] == at && r.events[i].status == archive.Held &&
					t.is(at.trigger.from-1, "khi", "trong", "tại", "lúc", "sau", "nhân") // "nhất trí như vậy khi gặp nhau"
				if told || !t.undertakes(t.sents[si].from, at.trigger.from) && !(t.byDocument(t.sents[si]) && t.has(t.sents[si].from, at.trigger.from, "sẽ")) {
					return false
				}
				found = true
			}
		}
	}
	return found
}

// metHere gives the meetings with the person of whom the paragraph speaks last,
// in an article that tells of several: after "Với Thủ tướng Ấn Độ Narendra Modi,
// Thủ tướng …" the sides are these two. Whoever takes part in all the meetings
// tells nothing; a sentence that itself tells of a meeting does.
func (r *reader) metHere(ti, si int, under []int) []int {
	all := 0
	for i := range r.events {
		if ev := &r.events[i]; !ev.visit && ev.status == archive.Held {
			all++
		}
	}
	if all < 2 {
		return nil
	}
	tells := func(i int, at ref) bool {
		return slices.ContainsFunc(r.events[i].refs, func(of ref) bool { return of.text == at.text && of.sent == at.sent })
	}
	here := ref{text: ti, sent: si}
	told := slices.ContainsFunc(under, func(i int) bool { return tells(i, here) })
	for at, ok := here, true; ok; at, ok = r.sentenceBefore(at, ti-metParagraphs) {
		t, s := &r.texts[at.text], r.texts[at.text].sents[at.sent]
		if at.text != ti && r.speaksOfSeveral(at.text) {
			return nil
		}
		if len(under) == 1 && tells(under[0], at) || at != here && told {
			return nil
		}
		var spoken []int // the meetings of the first one named
		for _, m := range t.mentionsIn(s) {
			if m.entity < 0 || m.spouse || at == here && m.name.empty() && t.undertakes(s.from, m.from) {
				continue // "hai Chủ tịch thống nhất mời Chủ tịch …": no party to it
			}
			with := r.heldWith(m.entity)
			switch {
			case len(with) == 0 || len(with) == all:
			case spoken == nil, at == here && told && !t.undertakes(s.from, m.from):
				spoken = with // "hội kiến A và hội đàm với B, trong đó hai bên nhất trí …"
			case at != here && !slices.Equal(spoken, with):
				return nil // "gặp A, B và C. Các bên nhất trí …"
			}
		}
		if spoken == nil {
			if at.sent == 0 && t.is(t.firstWord(s), "tại", "ở", "trong", "sau", "kết") {
				return nil // "Tại Hội nghị, …": of another encounter than what stands before
			}
			continue
		}
		if both := slices.DeleteFunc(slices.Clone(spoken), func(i int) bool { return !slices.Contains(under, i) }); len(both) > 0 {
			return both
		}
		return spoken
	}
	return nil
}

// heldWith gives the meetings that were held with somebody.
func (r *reader) heldWith(e int) (with []int) {
	for i := range r.events {
		if ev := &r.events[i]; !ev.visit && ev.status == archive.Held && slices.Contains(ev.principals, e) {
			with = append(with, i)
		}
	}
	return with
}

// speaksOfSeveral reports whether a paragraph names people who met at different
// encounters.
func (r *reader) speaksOfSeveral(ti int) bool {
	t := &r.texts[ti]
	var of []int
	for _, m := range t.mentions {
		if m.entity < 0 || m.spouse {
			continue
		}
		with := r.heldWith(m.entity)
		if with != nil && of != nil && !slices.Equal(of, with) && !among(of, with) && !among(with, of) {
			return true
		}
		if of == nil || len(with) > 0 && len(with) < len(of) {
			of = with
		}
	}
	return false
}

// metParagraphs is how many paragraphs a talk with one person is followed back: many
// pages make a paragraph of each sentence.
const metParagraphs = 3

// sentenceBefore gives the sentence of the body before another, in no paragraph before
// the given one.
func (r *reader) sentenceBefore(at ref, first int) (ref, bool) {
	if at.sent > 0 {
		return ref{text: at.text, sent: at.sent - 1}, true
	}
	for k := at.text - 1; k >= max(0, first); k-- {
		if n := len(r.texts[k].sents); n > 0 && r.body(ref{text: k}) {
			return ref{text: k, sent: n - 1}, true
		}
	}
	return ref{}, false
}

// undertakes reports whether a verb of agreement begins in from..to.
func (t *text) undertakes(from, to int) bool { return t.actAt(span{from, to}) >= 0 }

// actAt gives where the first verb of agreement begins in a span, or -1.
func (t *text) actAt(s span) int {
	for _, h := range t.in(s.from, s.to) {
		if h.class == classAct && (h.arg == "agreed" || h.arg == "committed" || h.arg == "signed" || h.arg == "reaffirmed") && !t.inMention(h.from) {
			return h.from
		}
	}
	return -1
}

// give adds an agreement to the events that its sentence is about; to each of
// them when the sentence says so, or they are a series.
func (r *reader) give(ti, si int, ag archive.Agreement, all bool) {
	meets := r.about(ti, si)
	last := r.last(meets, ti, si)
	for _, i := range meets {
		ev := &r.events[i]
		if ev.visit && ev.status == archive.Announced && ag.Force == archive.Signed {
			continue // what they signed before
		}
		if ev.kind == archive.Message || i != last && (ev.series == 0 || r.events[last].series == 0 && !r.events[last].visit) && !all {
			continue // who writes says what he thinks
		}
		one := ag
		if one.Actor == archive.BothSides && len(ev.principals) > 2 {
			one.Actor = archive.AllSides
		}
		ev.agreements = append(ev.agreements, one)
	}
}

// last gives of the events that a sentence is about the one that was told of
// last: "Sau buổi tiếp, hai đoàn bước vào hội đàm", of the same people.
func (r *reader) last(meets []int, ti, si int) int {
	best, told := -1, ref{text: -1}
	for _, i := range meets {
		for _, at := range r.events[i].refs {
			if at.text > ti || at.text == ti && at.sent > si || !r.body(at) {
				continue
			}
			later := at.text > told.text || at.text == told.text && at.trigger.from >= told.trigger.from
			if best >= 0 && best != i && !at.full && !told.full && at.text == told.text && at.sent == told.sent {
				// "Các cuộc hội đàm, hội kiến diễn ra …. Hai bên đồng ý …": at the talks
				later = strength(r.events[i].kind) > strength(r.events[best].kind) || later && strength(r.events[i].kind) == strength(r.events[best].kind)
			}
			if later {
				best, told = i, at
			}
		}
	}
	if best < 0 && len(meets) > 0 {
		return meets[0]
	}
	return best
}

// undertaking reads one sentence: what the sides together say is to be done,
// and who is its subject. The assent or promise of one of them is a statement,
// his wish a proposal.
func (r *reader) undertaking(t *text, ti, si int, run course) (archive.Agreement, sides, bool) {
	s := t.sents[si]
	ag := archive.Agreement{Actor: archive.BothSides}
	who, rank := nobody, -1
	for _, h := range t.in(s.from, s.to) {
		if h.class == classAct && h.words == 2 && t.is(h.from, "thống") && t.is(h.from-1, "tổng") {
			if rest := r.lex.phraseAt(t.toks, h.from+1, classAct); rest != nil {
				h = *rest // "hai tổng thống nhất trí"
			}
		}
		if h.class != classAct && h.class != classSay || t.inMention(h.from) {
			continue
		}
		force, value, rule := t.force(&h, s)
		if value <= rank || t.noun(&h) {
			continue
		}
		by := r.undertakers(t, &h, s)
		if first := t.firstWord(s); by == nobody && h.from == first && (h.arg == "agreed" || first > s.from && h.class == classAct) && run.sides && t.toks[h.from].shape == capital {
			by = together // "Nhất trí tiếp tục …": the subject is that of the sentence before
		}
		if by == nobody && run.sides && h.class == classAct && h.from > s.from && h.from == t.behindNext(s) {
			by = together // "Đồng thời khẳng định …"
		}
		if by != together && by != each {
			if who == nobody {
				who = by
			}
			continue
		}
		who, rank = by, value
		ag.Force, ag.Rule = force, rule
	}
	switch {
	case rank >= 4: // binding
	case run.agreed && r.continues(t, s), run.list && t.item(s) && !t.triggers(s.from, s.to) && !t.has(s.from, min(s.from+16, s.to), "đã"):
		ag.Force, ag.Rule = archive.Agreed, "agreement-continued"
	case r.accord(t, ti, si, &ag):
		who = together
	case t.byDocument(s):
		ag.Force, ag.Rule = archive.Agreed, "agreement-document"
	case rank >= 0:
	case r.proposes(t, s, &ag):
		who = oneSide
	default:
		return ag, who, false
	}
	ag.Text, ag.Evidence = t.str(s.from, s.to), []archive.Evidence{t.quote(s.from, s.to)}
	ag.Topics = t.topics(s)
	ag.Figures = r.figures(t, s)
	if ag.Force.Binding() || ag.Force == archive.Proposed {
		ag.Due = r.due(t, s)
		for _, f := range ag.Figures {
			if on := archive.Date(f.Period); f.Role == "target" && len(on) == len("2030") && on > ag.Due {
				ag.Due = on
			}
		}
	}
	return ag, who, true
}

// force gives what a verb whose subject is the sides makes of its sentence, its
// rank among the verbs there, and the rule; rank -1 when it makes nothing.
func (t *text) force(h *hit, s span) (archive.Force, int, string) {
	if h.class == classSay {
		// "nhấn mạnh hai nước cần …", "cho rằng phải …"
		if h.arg == "say" && t.is(h.from, "nhấn", "cho", "khẳng", "nhận", "chia", "nêu", "tái", "đánh") && t.needs(h, s) {
			return archive.Agreed, 4, "agreement-weak"
		}
		return "", -1, ""
	}
	switch h.arg {
	case "agreed":
		return archive.Agreed, 7, "agreement-agreed"
	case "pass":
		if t.groupBefore(h.from, s.from) == h.from || t.is(h.from-1, "đã", "cũng", "cùng", "đều", "còn") && t.groupBefore(h.from, s.from) == h.from-1 {
			return archive.Agreed, 4, "agreement-agreed"
		}
		return "", -1, ""
	case "signed":
		return archive.Signed, 6, "agreement-signed"
	case "committed":
		return archive.Committed, 5, "agreement-committed"
	case "weak":
		if t.is(h.to-1, "việc") && t.isClaim(h.to, s.to) {
			return "", -1, ""
		}
		return archive.Agreed, 4, "agreement-weak"
	case "reaffirmed":
		return archive.Reaffirmed, 3, "agreement-reaffirmed"
	case "witnessed":
		return archive.Witnessed, 2, "agreement-witnessed"
	case "welcomed":
		return archive.Welcomed, 1, "agreement-welcomed"
	}
	return "", -1, ""
}

// isClaim reports whether the clause from..to says what something is: "nhấn mạnh việc
// tổ chức Năm hữu nghị là sự kiện trọng đại".
func (t *text) isClaim(from, to int) bool {
	for i := from; i < to && !t.is(i, ";", ","); i++ {
		if t.is(i, "là") {
			return !t.is(i+1, "cần", "ưu", "rất", "hết") && !t.is(i-1, "nhất", "tức")
		}
	}
	return false
}

// needs reports whether what is said in the words after the verb is a need:
// "cần tiếp tục", "tầm quan trọng của việc …".
func (t *text) needs(h *hit, s span) bool {
	for i := h.to; i < min(s.to, h.to+10); i++ {
		switch {
		case t.is(i, ";"):
			return false
		case t.is(i, "phải") && t.is(i+1, "được", "là", "chăng"):
			return false // "tranh chấp phải được giải quyết bằng biện pháp hòa bình"
		case t.is(i, "cần", "phải"), t.is(i, "tầm") && t.is(i+3, "của") && t.is(i+4, "việc"), t.is(i, "nhu") && t.is(i+1, "cầu"):
			return true
		case t.is(i, "sẽ", "tiếp") && t.is(h.from, "nhấn", "nêu"):
			return true
		}
	}
	return false
}

// noun reports whether the word is not used as a verb: "sự nhất trí", "các cam
// kết", "lễ ký", "thống nhất đất nước"; or is denied or still to come: "chưa
// thống nhất", "sẽ ký".
func (t *text) noun(h *hit) bool {
	before := h.from - 1
	for t.is(before, "thể", "được", "đạt", "chính", "thức", "hoàn", "toàn") {
		before--
	}
	if t.is(before, "không", "chưa", "chẳng", "khó", "có") && before < h.from-1 || t.is(h.from-1, "không", "chưa", "chẳng", "từng", "khó") {
		return true
	}
	if t.is(h.from-1, "sự", "tính", "những", "các", "lễ", "nghi", "mọi", "hiện", "văn", "chữ", "vốn", "theo", "dung") && !t.is(h.from-2, "tái") ||
		t.is(h.from-1, "nước", "nam") && t.is(h.from, "thống") && !t.rightAfter(h.from) || t.is(h.to, "đất", "giữa") && t.is(h.to-1, "nhất") ||
		t.is(h.from-1, "(") || t.is(h.from-1, "đã") && t.is(h.from-2, "đó") && !t.is(h.from-3, "sau") || t.is(h.from, "quyết") && t.is(h.from-1, "các", "ra", "vai", "tố", "trò", "nghị") {
		return true
	}
	if t.is(h.from, "cam") && t.is(h.from-1, "tìm", "nhận", "xin", "nhiều", "thêm", "trọng", "giữ", "thủ", "với", "bằng", "đúng") {
		return true // "tìm cam kết", "tuân thủ cam kết"
	}
	if t.is(h.from, "thỏa", "thoả") && h.from == t.sents[t.sentenceOf(h.from)].from {
		return true // "Thỏa thuận nói trên đạt được …"
	}
	if h.arg == "agreed" && t.is(h.from-1, "đã") && t.is(h.from, "thống", "thỏa", "thoả") && !t.rightAfter(h.from) && !t.speaks(h.from-3, h.from-1) {
		return true // "theo các nguyên tắc đã thống nhất"
	}
	if h.arg == "signed" && t.is(h.to, "trên", "này", "nói") {
		return true // "đưa ra tuyên bố trên nhân dịp …"
	}
	if h.arg == "signed" && (!t.rightAfter(h.from) || t.is(h.from-1, "được", "kiến", "kiện", "sẽ")) ||
		h.arg == "agreed" && t.is(h.to-2, "thỏa") && !t.is(h.from, "đạt") && !t.rightAfter(h.from) {
		return true
	}
	for _, o := range t.hits[t.first[max(0, h.from-4)]:t.first[h.to]] {
		if (o.class == classVenue || o.class == classCountry) && o.from < h.from && o.to >= h.to {
			return true
		}
	}
	return false
}

// rightAfter reports whether the verb at token i follows its subject, or
// another verb of it after a comma or "và": what is between others is a noun
// ("việc ký", "sớm ký").
func (t *text) rightAfter(i int) bool {
	for t.is(i-1, "đã", "cũng", "cùng", "vừa", "chính", "thức", "tiến", "hành", "nhau", "đều", "còn") || t.is(i-1, "đó") && t.is(i-2, "sau") || t.is(i-1, "sau") && t.is(i, "đó") {
		i-- // "Hai Bộ trưởng sau đó đã cùng ký …"
	}
	if i == 0 || t.toks[i-1].shape == punct || t.is(i-1, "và", "rồi", "lãm", "bên") || t.inMention(i-1) || t.twoBefore(i, t.sents[t.sentenceOf(i)]) >= 0 {
		return true
	}
	for _, g := range t.in(max(0, i-6), i) {
		if (g.class == classGroup || g.class == classCountry || g.class == classOrg || g.class == classCity) && g.to == i {
			return true
		}
	}
	return false
}

// continues reports whether a sentence goes on with the list before it: it
// begins with "Theo đó", "Cùng với đó", with what is to be done, or has the
// sides as its subject and says what they will do; and nobody speaks for
// himself in it.
func (r *reader) continues(t *text, s span) bool {
	from := s.from
	if h := t.at(s.from, classAct); h != nil && h.arg == "next" {
		from = h.to
		if t.is(from, ",") {
			from++
		}
	}
	if i := t.underThis(s); i > s.from {
		from = i
	}
	opens := from > s.from
	for _, h := range t.in(s.from, min(s.to, s.from+14)) {
		if h.class == classSay && h.to <= s.to && !t.is(h.from, "cần", "ủng", "chia") && !t.inMention(h.from) {
			// Somebody speaks: only what the sides say goes on.
			g := t.groupBefore(h.from, s.from)
			if g < 0 || g > s.from+8 || h.arg == "ask" {
				return false
			}
		}
	}
	for _, g := range t.in(s.from, min(s.to, max(s.from+12, t.fronts(s)+1))) {
		if g.class != classGroup || t.inMention(g.from) || g.from != s.from && g.from != from && !t.is(g.from-1, ",") && !t.ofSides(g.from, s) && g.from != t.fronts(s) {
			continue
		}
		if k := t.before(g.from, s.from); k >= 0 && t.mentions[k].from >= s.from {
			continue
		}
		return t.doing(g.to, s)
	}
	if opens {
		for i := from; i < min(s.to, s.from+8); i++ {
			if a := t.at(i, classAct); a != nil && a.arg == "go" || i == from && t.doing(i, s) {
				return true
			}
		}
		return t.is(s.from, "theo", "trong", "cụ", "cũng") && t.sideGives(from, s)
	}
	if t.sidesTo(s.from, s) >= 0 {
		return true // "Việt Nam và Lào sẽ …"
	}
	// "Đẩy mạnh hợp tác …": no subject at all.
	a := t.at(s.from, classAct)
	return a != nil && a.arg == "go" && t.toks[s.from].shape == capital && !t.is(s.from, "cùng", "cần", "sẽ")
}

// sideGives reports whether the subject at token i is one of the sides, by its
// name, and does something for the other: "Trong đó, tỉnh Sơn La giúp tỉnh …".
func (t *text) sideGives(i int, s span) bool {
	for k := i; k < min(s.to, i+8) && t.toks[k].shape != punct; k++ {
		for _, h := range t.in(k, k+1) {
			if h.class == classCountry || h.class == classCity || h.class == classOrg {
				return t.is(h.to, "giúp", "dành", "cấp", "nhận", "mở", "cử", "tặng", "cung", "viện", "tạo") || t.doing(h.to, s)
			}
		}
	}
	return false
}

// doing reports whether the words at token i say what the sides are to do.
func (t *text) doing(i int, s span) bool {
	for k := i; k < min(s.to, i+4); k++ {
		if t.is(k, "đã", "đang", "vừa", "có", "là", "từng", "đều", ",") {
			return false
		}
		if a := t.at(k, classAct); a != nil && a.arg == "go" && !(t.is(k, "cùng") && a.to == k+1) {
			return true
		}
		if t.is(k, "trao") && t.is(k+1, "đổi") && t.has(k+2, k+5, "về", "ý", "quan", "vấn", "sâu", "thẳng", "cởi", "xung", "hình") {
			return false // "Hai bên cũng trao đổi về …"
		}
		if t.is(k, "chia") && t.is(k+1, "sẻ") && t.is(k+2, "quan", "ý", "nhận", "mối", "đánh", "lo") {
			return false // "Hai bên chia sẻ quan điểm về …"
		}
		if k+1 < s.to && deeds[t.key(k)+t.key(k+1)] {
			return true
		}
		if !t.is(k, "cũng", "cùng", "đồng", "thời", "tích", "cực", "chủ", "động", "thường", "xuyên", "nhau", "ngày", "càng") {
			return false
		}
	}
	return false
}

// deeds are verbs of two syllables, written together, with which a list of what
// the sides agreed goes on.
var deeds = joined("hợp tác, trao đổi, chia sẻ, thực hiện, xây dựng, tổ chức, khuyến khích, tạo điều, nâng cao, giải quyết, tham vấn, nghiên cứu, " +
	"chỉ đạo, xử lý, ủng hộ, tập trung, thành lập, thiết lập, áp dụng, hoàn thiện, hoàn tất, bảo đảm, đảm bảo, giao cho, giao các, lập nhóm, lập một, " +
	"mở thêm, mở rộng, cử đoàn, kiểm soát, tôn trọng, tuân thủ, đưa quan, đưa kim, giữ vững, giữ gìn, phấn đấu, đàm phán, ký kết, khởi động, xem xét, quan tâm, coi trọng, đơn giản, tháo gỡ, thí điểm, giữ nguyên, luân phiên, " +
	"cho phép, mở lại, cấp thêm, gia hạn, sửa đổi, bổ sung, công nhận, tiếp nhận, cung cấp, khôi phục, nối lại, kết nối, rà soát, ngăn chặn, trao trả")

func joined(phrases string) map[string]bool {
	m := map[string]bool{}
	for p := range strings.SplitSeq(phrases, ", ") {
		m[strings.ReplaceAll(p, " ", "")] = true
	}
	return m
}

// item reports whether a sentence is an item of a list: "- Tăng cường …", "1. …".
func (t *text) item(s span) bool {
	if s.to-s.from < 4 {
		return false // "4."
	}
	return s.from == 0 && (t.toks[0].shape == punct || t.toks[0].shape == number || t.toks[0].shape == lower) || s.from > 0 && t.item(span{0, s.to}) ||
		t.at(s.from, classAct) != nil && t.at(s.from, classAct).arg == "go"
}

// recalls reports whether the sentence tells of what was agreed at another
// time: "Năm 2013, hai nước đã nhất trí …" in a report of 2023.
func (r *reader) recalls(t *text, ti, si int) bool {
	s := t.sents[si]
	if t.is(s.from, "trước") && t.is(s.from+1, "đây") || t.is(s.from, "lúc", "khi") && t.is(s.from+1, "đó") || t.is(s.from, "hồi") && len(r.datesIn(t, s)) > 0 || t.is(s.from, "năm") && t.is(s.from+1, "ngoái", "trước") {
		return true
	}
	for i := s.from + 2; i < s.to; i++ {
		if t.is(i-1, "năm") && t.is(i, "ngoái") && t.is(i-2, "từ", "hồi") {
			return true
		}
	}
	for _, d := range r.datesIn(t, s) {
		x := &r.dates[d]
		apart := x.span.from > s.from && t.is(x.span.from-1, ",") && t.is(x.span.to, ",") // "nhắc lại, năm 2012, hai nước đã ký …"
		if x.relative != 0 || x.to.y == 0 || x.span.from > s.from+2 && !apart && !t.signedOn(x.span) {
			continue
		}
		for _, i := range r.about(ti, si) {
			on := r.events[i].date.EDTF
			if on.Year() > x.to.y || on.Year() == x.to.y && x.to.m > 0 && on.Month() > x.to.m+1 {
				return true
			}
			if on.Year() == 0 && x.to.m == 0 && (apart || t.treatyOf(x.span)) {
				return true // a report without years gives that of a treaty when it is an old one
			}
		}
	}
	return false
}

// treatyOf reports whether the year at span d is that of the treaty named before it:
// "Hiệp định … năm 1994", not "Kế hoạch hợp tác năm 2023".
func (t *text) treatyOf(d span) bool {
	for i := d.from - 1; i > 0 && i > d.from-14 && t.toks[i].shape != punct; i-- {
		if t.is(i-1, "hiệp") && t.is(i, "định", "ước") {
			return true
		}
		if t.is(i, "hoạch", "trình", "bản", "thuận", "bố") {
			return false
		}
	}
	return false
}

// signedOn reports whether a date is that of a paper named before it: "đã ký Hiệp
// định thương mại tự do tháng 11 năm 2011".
func (t *text) signedOn(d span) bool {
	for i := d.from - 1; i >= 0 && i > d.from-14 && t.toks[i].shape != punct; i-- {
		if t.is(i, "ký", "lập") && !t.inMention(i) {
			return true
		}
	}
	return false
}

// proposes reads a wish of one side: "Tổng Bí thư đề nghị hai nước …".
func (r *reader) proposes(t *text, s span, ag *archive.Agreement) bool {
	for _, h := range t.in(s.from, s.to) {
		if h.class != classSay || h.arg != "ask" || t.inMention(h.from) || !t.is(h.from, "đề", "kiến") ||
			t.is(h.from-1, "vấn", "các", "những", "mọi", "với", "về", "theo", "sự", "một", "bản", "nhiều", "số", "hai") {
			continue
		}
		k := t.before(h.from, s.from)
		if k < 0 || t.mentions[k].from < s.from || t.mentions[k].entity < 0 {
			continue
		}
		ag.Force, ag.Actor, ag.Rule = archive.Proposed, archive.OneSide, "agreement-proposed"
		ag.By = []string{r.entities[t.mentions[k].entity].slug}
		return true
	}
	return false
}

// topics gives the topics of a sentence, each once.
func (t *text) topics(s span) []string {
	var out []string
	for _, h := range t.in(s.from, s.to) {
		if h.class == classTopic && !slices.Contains(out, h.arg) {
			out = append(out, h.arg)
		}
	}
	return out
}
