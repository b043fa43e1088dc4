package extract

import (
	"slices"
	"strings"

	"vankho/internal/archive"
)

// frame is an encounter while it is read from its trigger: where that stands,
// and what the steps of [reader.meetingFrame] have made out so far.
type frame struct {
	t  *text
	at ref
	h  *hit // the trigger
	s  span // its sentence

	kind    archive.MeetingKind
	status  archive.Status
	rule    string
	noun    bool  // "cuộc gặp", not "gặp"
	chained bool  // "… và gặp": the clause before goes on
	several bool  // more encounters than one: "lần lượt gặp"
	before  []int // whom the trigger before met

	programme ref   // the heading whose item this is
	extra     []ref // what else of the text tells of it

	subject []int
	object  []int
	beside  []int      // at the side of one of those met
	second  []int      // two others who met: "của A với B, và C với D"
	offices []*mention // of those met whom nobody names
	end     int        // the token after the last of those met
	group   bool       // the subject is "hai bên"
	fronted bool       // nobody stands before: "Gặp A, Tổng Bí thư …"
	between bool       // subject and object are one list: "giữa A và B"
	jointly bool       // all of them met together
	listed  bool       // the subject is a list behind the object: "Gửi điện tới X còn có A và B"
}

// meetingFrame reads an encounter from its trigger. It is given the subject of
// the trigger before, which may go on to act here, and gives the subject here.
func (r *reader) meetingFrame(t *text, at ref, h *hit, s span, last []int) []int {
	read := newFrame(t, at, h, s)
	if h.arg == string(archive.Reception) && t.is(h.from, "trình", "trao") && !r.saysReceives() {
		read.kind, read.rule = archive.Ceremony, "event-ceremony" // credentials handed over, and nobody is said to be received
	}
	f := &read
	if t.is(h.to-1, "của") && t.is(h.from, "trình", "trao") {
		// "trình Thư ủy nhiệm của Chủ tịch nước X lên Tổng thống Y": who sent it meets nobody.
		to := h.to
		for to < min(h.to+20, s.to) && !t.is(to, "lên", "cho", "tới", "đến") {
			to++
		}
		read.h = &hit{h.from, to + 1, h.phrase}
		h = read.h
	}
	if head := r.programme(at); head >= 0 && f.status == archive.Held {
		f.status, f.programme = archive.Announced, ref{text: head, trigger: span{0, 1}}
	}
	if t.denied(h.from, s.from) {
		return last
	}
	if r.attendedOnly(f) {
		return last // "hội kiến A; dự lễ đón; hội đàm với B"
	}
	if h.arg == "session" && r.chaired(f) {
		return nil
	}
	r.findSubject(f, last)
	if f.fronted && !f.noun && r.receivers(f) {
		return nil
	}
	acted := f.object // whom somebody receives: he goes on to act
	r.findObject(f, last)
	if h.arg == "courtesy_call" && len(f.object) == 0 && among(f.subject, f.before) {
		return last // "tiếp các Đại sứ A, B và C đến chào từ biệt"
	}
	r.met = f.object
	r.unnamedSides(f)
	r.subjectElsewhere(f)
	f.online()
	if h.arg == "sign" && r.abroad(f.subject) {
		f.object = nil // "A và B ký … trước sự chứng kiến của C và D"
	}
	if acts := func(e int) bool { return slices.Contains(f.subject, e) }; slices.ContainsFunc(f.object, acts) {
		f.object = slices.DeleteFunc(slices.Clone(f.object), acts)
	}
	r.neighbours(f.subject, f.object, t.nationOfList(h.to, s))
	if f.kind == archive.Message {
		if h.phrase == sent && t.is(h.to, "của") && (r.carried(f) || r.messagesOf(f) || r.mail == nil && !t.has(h.to, min(h.to+12, s.to), "gửi", "gởi")) {
			return nil
		}
		r.messages(f)
		return f.subject
	}
	if f.kind == archive.Ceremony && f.noun && t.p.Kind == archive.Caption {
		return f.subject // "Ngoại trưởng Anh X trong lễ đón Tổng thống Y": who stands in a picture
	}
	if r.welcomes(f) || r.openList(f) {
		return f.subject
	}
	if k := t.before(h.from, s.from); h.arg == "session" && k > 0 && (t.ledBy(&t.mentions[k]) || t.ledBy(&t.mentions[k-1])) {
		return last // "dự sự kiện do A và B đồng chủ trì; gặp C"
	}
	r.unnamed(f)
	r.officeAlone(f)
	r.openSeries(f)
	r.otherAntecedent(f)
	r.severalActed(f)
	if r.bothSides(f) {
		r.keep(f)
	}
	if len(acted) > 0 {
		return acted // "X được Y và Z tiếp; gặp W"
	}
	return f.subject
}

// programme gives the heading of the programme that a paragraph is an item of, with
// the hour before it: "Lịch làm việc ngày 23/5" above "10h50: Tổng thống X hội đàm
// với …"; -1 where it is none.
func (r *reader) programme(at ref) int {
	if t := &r.texts[at.text]; at.sent > 1 || len(t.toks) == 0 || t.toks[0].shape != number {
		return -1
	}
	for ti := at.text - 1; ti >= 0 && ti > at.text-12; ti-- {
		t := &r.texts[ti]
		if len(t.toks) > 0 && len(t.toks) <= 12 && t.is(0, "lịch", "chương") && t.is(1, "làm", "trình", "hoạt", "tiếp") {
			return ti
		}
	}
	return -1
}

// saysReceives reports whether the article says of anybody that he receives: "tiếp".
func (r *reader) saysReceives() bool { return r.receives.from(r.lookForReceives) }

func (r *reader) lookForReceives() bool {
	for ti := range r.texts {
		t := &r.texts[ti]
		for _, h := range t.hits {
			if h.class == classTrigger && h.arg == "reception" && t.is(h.from, "tiếp", "buổi", "đón") && !t.inMention(h.from) {
				return true
			}
		}
	}
	return false
}

// newFrame reads what the trigger and the words next to it say.
func newFrame(t *text, at ref, h *hit, s span) frame {
	f := frame{t: t, at: at, h: h, s: s, kind: archive.MeetingKind(h.arg), rule: ruleOf(archive.MeetingKind(h.arg)),
		status: t.status(h.from, s), chained: t.chained(h.from)}
	if occasion := t.handedAt(h, s); occasion != nil {
		f.kind, f.rule = archive.MeetingKind(occasion.arg), ruleOf(archive.MeetingKind(occasion.arg))
	}
	named := false // a dialogue by its name is a noun: "duy trì Đối thoại An ninh"
	switch h.arg {
	case "assemble":
		f.kind, f.rule = archive.Encounter, "event-meeting"
	case "session":
		f.kind, f.rule = archive.Encounter, "event-co-chair"
		if f.status == archive.Held && t.dialogue(s.from, min(h.to+10, s.to), true) {
			f.kind = archive.Talks // "đồng chủ trì Đối thoại Chiến lược Quốc phòng", "Kỳ họp Ủy ban liên Chính phủ"
		}
	case "meeting":
		if named = t.dialogue(h.from, h.to, t.is(h.to, "do")); named {
			f.kind, f.rule = archive.Talks, "event-talks" // "cuộc đối thoại chiến lược giữa A và B", "cuộc đối thoại do A và B chủ trì"
		}
	case "sign":
		f.kind, f.rule = archive.Ceremony, "event-signing"
	case "ceremony":
		if h.alt == "v" && h.to-h.from == 1 && (t.calls(h.to, s) || t.is(h.to, "đoàn") && t.ofDelegation(h.to, s) && t.before(h.from, s.from) >= 0) {
			f.kind, f.rule = archive.Reception, "event-reception" // "đón Đại sứ X đến chào và làm việc", "đón đoàn do bà X dẫn đầu"
		}
	}
	f.noun = h.alt != "v" || named || t.is(h.from-1, "quả", "dung") // "báo cáo kết quả hội đàm"
	if f.noun && f.status == archive.Held && t.willBe(h.to, s) {
		f.status = archive.Announced
	}
	f.several = h.alt == "p" || t.is(h.to, "riêng") && t.is(h.to+1, "rẽ", "biệt") || t.is(h.from-1, "lượt", "loạt") || t.is(h.from-2, "lượt") || t.is(h.from-3, "lượt") ||
		h.alt == "n" && h.from > 0 && t.num(h.from-1) > 5 && t.num(h.from-1) < 100 ||
		h.alt == "n" && t.is(h.from-1, "hai", "ba", "bốn", "năm", "2", "3", "4", "5", "những", "nhiều") || t.listAhead(h.to, s) ||
		f.noun && t.has(max(s.from, h.from-4), h.from, "mỗi") || // "dành cho mỗi người một cuộc trò chuyện"
		h.arg == string(archive.Reception) && t.is(h.from, "trình", "trao") // each envoy hands over his own
	return f
}

// dialogue reports whether from..to speak of talks as such: "hội đàm", "Đối thoại
// Chiến lược", "Tham vấn Chính trị". Where somebody chairs them, any "đối thoại" is.
func (t *text) dialogue(from, to int, chaired bool) bool {
	return slices.ContainsFunc(t.in(from, to), func(h hit) bool {
		loose := h.class == classLoose || h.class == classTrigger
		return loose && (h.arg == string(archive.Talks) || chaired && strings.HasSuffix(h.key, "đối thoại")) && !t.inMention(h.from)
	})
}

// willBe reports whether the clause of a noun that ends at token i puts it into the
// future: "Lễ đón Tổng Bí thư X sẽ được tiến hành …".
func (t *text) willBe(i int, s span) bool {
	for ; i < s.to && !t.is(i, ",", ";"); i++ {
		if (t.is(i, "sẽ") || t.is(i, "dự") && t.is(i+1, "kiến")) && t.has(i, min(i+4, s.to), "diễn", "tổ", "tiến", "bắt", "kéo") {
			return true
		}
		if t.at(i, classSay) != nil && !t.inMention(i) {
			return false
		}
	}
	return false
}

// calls reports whether somebody named from token i on came to call: "đến chào",
// "tới làm việc".
func (t *text) calls(i int, s span) bool {
	for k := i; k+1 < min(s.to, i+40); k++ {
		if t.is(k, ",", ";") || t.at(k, classSay) != nil {
			return false
		}
		if t.is(k, "đến", "tới", "vào") && t.is(k+1, "chào", "làm") && t.before(k, i) >= 0 {
			return true
		}
	}
	return false
}

// handedAt gives the encounter at which something is handed over: "Trong buổi tiếp, ông
// X đã trao Kỷ niệm chương tặng ông Y"; nil where the sentence names none before.
func (t *text) handedAt(h *hit, s span) *hit {
	if !t.is(h.from, "trao") || h.arg != string(archive.Ceremony) {
		return nil
	}
	for _, x := range t.in(s.from, min(s.from+5, h.from)) {
		if x.class == classTrigger && x.alt == "n" && (mutual(archive.MeetingKind(x.arg)) || x.arg == string(archive.Encounter)) && t.is(s.from, "trong", "tại") && !t.inMention(x.from) {
			return &x
		}
	}
	return nil
}

// ruleOf names the rule that reads a kind of encounter.
func ruleOf(kind archive.MeetingKind) string {
	return "event-" + strings.ReplaceAll(string(kind), "_", "-")
}

// verb reports whether the trigger is a verb, whatever stands before it.
func (f *frame) verb() bool { return f.h.alt == "v" }

// event gives what was read, with those who meet. The form is added to the name
// of the rule.
func (f *frame) event(who []int, form string) event {
	ev := event{kind: f.kind, status: f.status, principals: who, attending: slices.Clone(f.beside), rule: f.rule + form, refs: []ref{f.at}}
	if f.programme.trigger.to > 0 {
		ev.refs = append(ev.refs, f.programme)
	}
	ev.refs = append(ev.refs, f.extra...)
	return ev
}

// attendedOnly reads "Cùng dự hội đàm có …" and "Đón Thủ tướng X tại sân bay có …":
// those who follow attended, they did not meet.
func (r *reader) attendedOnly(f *frame) bool {
	t := f.t
	if t.welcomed(f.h, f.s) {
		return true
	}
	for _, x := range t.in(max(f.s.from, f.h.from-4), f.h.from) {
		if x.class == classAttend && x.arg == "attend" && (len(r.events) > 0 || t.before(x.from, f.s.from) < 0) {
			r.touchKind(f.kind, false, f.at)
			return true
		}
	}
	return false
}

// welcomed reports whether a trigger tells who welcomed or saw off a guest at an
// airport: "Đón Thủ tướng X và phu nhân tại sân bay, về phía Lào có …".
func (t *text) welcomed(h *hit, s span) bool {
	airport := t.has(s.from, h.from, "bay")
	if h.arg != "ceremony" || h.alt != "v" || h.from > s.from+4 && !(airport && h.from < s.from+20 && t.before(h.from, s.from) < 0) || !t.is(h.from, "đón") {
		return false
	}
	for k := h.to; k < s.to && k < h.to+40; k++ {
		airport = airport || t.is(k, "bay") && t.is(k-1, "sân")
		if t.is(k, "có", "gồm") && !t.inMention(k) {
			next := t.after(k, s.to)
			return airport && next >= 0 && t.mentions[next].from <= k+6
		}
	}
	return false
}

// findSubject finds the subject, and in a passive clause the object.
func (r *reader) findSubject(f *frame, last []int) {
	f.subject, f.object, f.group = r.subjects(f.t, f.h, f.s)
	f.before, r.met = r.met, nil
	f.several = f.several || len(f.object) > 0 && f.t.has(f.s.from, f.h.from, "lượt") // "lần lượt được A, B và C tiếp"
	if last != nil && f.chained {
		f.subject, f.object, f.group = last, nil, false // "hội kiến A và gặp B"
	} else if last != nil && f.verb() && f.t.is(f.h.from-1, "khi") && f.t.is(f.h.from-2, "sau", "trước") && among(f.subject, f.before) {
		f.subject, f.object, f.group = last, nil, false // "hội kiến A sau khi hội đàm với B"
	} else if len(f.subject) == 1 && f.chained && slices.Contains(f.before, f.subject[0]) {
		f.subject = nil // "buổi sáng tiếp A, buổi chiều hội đàm với B": A does not meet B
	}
	if k := f.t.before(f.h.from, f.s.from); last != nil && k >= 0 && f.verb() && len(f.object) == 0 && len(f.subject) == 1 && f.t.mentions[k].entity == f.subject[0] &&
		f.t.is(f.t.mentions[k].from-1, "cùng", "với") && f.h.from-f.t.mentions[k].to <= 2 && r.abroad(last, f.subject) {
		f.subject, f.object = last, f.subject // "X đón Y rồi cùng ông hội đàm"
	}
	if len(f.object) > 0 && last != nil && !r.abroad(f.subject, f.object) && r.abroad(f.subject, last) {
		f.object = last // "ông X gặp A và được B tiếp": it is X whom B receives
	}
	f.fronted = f.subject == nil && f.object == nil && !f.group && !f.t.is(f.h.from-1, ";") && !f.ofUnnamed()
}

// ofUnnamed reports whether the subject is an office that nobody is named with: "Chủ
// tịch nước tiếp Đại sứ A, Đại sứ B".
func (f *frame) ofUnnamed() bool {
	k := f.t.before(f.h.from, f.s.from)
	return k >= 0 && f.verb() && f.t.mentions[k].entity < 0 && f.t.mentions[k].name.empty() && f.t.mentions[k].rank <= 3 && f.h.from-f.t.mentions[k].to <= 2
}

// findObject finds whom the words after the trigger name.
func (r *reader) findObject(f *frame, last []int) {
	t, h, s := f.t, f.h, f.s
	if h.arg == "sign" && len(f.subject) == 0 {
		// "Thay mặt hai bên ký có A và B", "Ký Bản ghi nhớ là A và B"
		for i := h.to; i < min(h.to+10, s.to) && !t.inMention(i); i++ {
			if by := t.objects(i+1, s, listing{series: true}); t.is(i, "có", "là", "gồm") && r.abroad(by.who) {
				f.subject, f.end, f.group, f.fronted = by.who, by.end, false, false
				return
			}
		}
	}
	found := t.objects(h.to, s, listing{fronted: f.fronted, series: f.several})
	f.offices, f.end, f.beside = found.offices, found.end, found.beside
	if f.between = found.between || h.arg == "session" && t.is(h.to, "của"); f.between {
		f.subject = nil
	}
	if f.fronted && !f.between && f.verb() && len(found.who) == 1 {
		// "Tới trình Quốc thư lên Chủ tịch nước lần lượt là Đại sứ A, Đại sứ B và Đại sứ C"
		if from := t.copula(f.end, s); from > f.end {
			if by := t.objects(from, s, listing{series: true}); len(by.who) > 0 && !slices.Contains(by.who, found.who[0]) {
				f.subject, f.end, f.fronted, f.listed = by.who, by.end, false, true
			}
		}
	}
	f.object = append(slices.Clip(f.object), found.who...)
	if found.pairs && len(f.object) == 4 {
		f.object, f.second = f.object[:2], f.object[2:]
	}
	if last != nil && f.chained && len(found.who) > 0 && !r.abroad(f.subject, f.object) && r.abroad(f.before, f.object) {
		f.subject = f.before // "khách được A tiếp, rồi hội đàm với B"
	}
	if with := t.sharedObject(h, s); len(f.object) == 0 && last != nil && with >= 0 {
		f.object = []int{with}
	}
	if len(f.object) == 0 && last != nil && f.chained && f.verb() && f.kind != archive.Ceremony && (h.to >= s.to || t.toks[h.to].shape == punct) {
		f.object = f.before // "được X đón và hội đàm."
	}
}

// sharedObject gives with whom somebody does several things told side by side: "hội đàm,
// chứng kiến lễ ký các văn kiện, dự tiệc với Chủ tịch nước X"; or -1.
func (t *text) sharedObject(h *hit, s span) int {
	k := t.after(h.to, s.to)
	if h.alt != "v" || !t.is(h.to, ",") || k < 0 || t.mentions[k].from-h.to > 40 || !t.is(t.mentions[k].from-1, "với") || t.has(s.from, h.from, "được") || t.speaks(h.to, t.mentions[k].from) || t.has(h.to, t.mentions[k].from, ";", "do", "của") {
		return -1
	}
	return t.mentions[k].entity
}

// unnamedSides finds for whom a delegation stands, and who is meant where the
// clause has nobody after its trigger.
func (r *reader) unnamedSides(f *frame) {
	t, h, s := f.t, f.h, f.s
	if len(f.object) == 0 && !t.is(h.from-1, "quả") {
		f.object = r.delegation(t, h.to, s)
	}
	if len(f.object) > 0 {
		return
	}
	if f.fronted && !f.between && (t.is(h.from-1, "sau", "tại", "thúc", "trong", "vào") || t.has(h.from, h.to+2, "nhau")) {
		if who := r.together(t, h.to, s); who != nil {
			f.subject, f.object, f.jointly = who[:1], who[1:], true
			return
		}
	}
	if !f.verb() {
		return
	}
	if f.fronted && t.party(h.to) {
		// "tiếp Đoàn, Thủ tướng Y chúc mừng …"
		if k := t.after(h.to, s.to); k >= 0 && t.mentions[k].entity >= 0 && t.mentions[k].from-h.to < 8 && t.is(t.mentions[k].from-1, ",") {
			f.subject = []int{t.mentions[k].entity}
			f.object = r.visitorTo(r.entities[f.subject[0]].country)
		}
		return
	}
	if f.object = r.calledOn(f); f.object != nil {
		return
	}
	if f.kind == archive.PhoneCall && len(f.subject) > 0 && t.is(h.from, "gọi") && f.status == archive.Held {
		f.object = r.recipient(f, f.subject) // "X vừa được bầu; Tổng thống Y đã gọi điện chúc mừng"
		return
	}
	ceremony := f.kind == archive.Ceremony
	if ceremony && h.to-h.from > 1 {
		return // see [reader.ceremonies]
	}
	if len(f.subject) > 0 && (ceremony && len(f.subject) == 1 || !ceremony && t.party(h.to) || t.partyReceived(h.from, s.from)) {
		f.object = r.visitorTo(r.entities[f.subject[0]].country) // "Thủ tướng Y tiếp thân mật Đoàn", "Đoàn được Chủ tịch nước Y tiếp"
	}
}

// calledOn gives whom a caller came to see, who goes on to speak: "nhân dịp Đại sứ
// X đến chào từ biệt, Chủ tịch nước Y chúc mừng …".
func (r *reader) calledOn(f *frame) []int {
	t, to := f.t, f.h.to
	k := t.after(to, f.s.to)
	if f.kind != archive.CourtesyCall || len(f.subject) != 1 || k < 0 {
		return nil
	}
	m := &t.mentions[k]
	if m.entity < 0 || !t.is(m.from-1, ",") || m.from-to >= 12 || t.triggers(to, m.from) || !r.abroad(f.subject, []int{m.entity}) {
		return nil
	}
	return []int{m.entity}
}

// subjectElsewhere finds the subject of a clause that has only an object.
func (r *reader) subjectElsewhere(f *frame) {
	if f.subject != nil || len(f.object) == 0 {
		return
	}
	e := -1
	if f.noun && !f.between && !f.group {
		e = r.speakerBefore(f)
	}
	if e < 0 && f.kind == archive.Ceremony {
		e = f.chair()
	}
	if e < 0 && f.verb() && !f.group && f.t.partyActs(f.h.from, f.s.from) {
		if head := r.partyHead(); head >= 0 && !slices.Contains(f.object, head) && r.abroad([]int{head}, f.object) {
			e = head
		}
	}
	if e < 0 && f.fronted && !f.between {
		e = r.subjectAfter(f)
	}
	if e >= 0 {
		f.subject = []int{e}
	}
}

// speakerBefore gives who stands before the noun: "X tuyên bố như vậy trong
// cuộc gặp với Y"; or -1.
func (r *reader) speakerBefore(f *frame) int {
	k := f.t.before(f.h.from, f.s.from)
	if k < 0 {
		return -1
	}
	m := &f.t.mentions[k]
	if m.entity < 0 || m.spouse || f.h.from-m.to >= 25 || slices.Contains(f.object, m.entity) || !r.abroad([]int{m.entity, f.object[0]}) {
		return -1
	}
	return m.entity
}

// chair gives the host of a ceremony: "Lễ đón Thủ tướng X diễn ra …, do Thủ
// tướng Y chủ trì"; or -1.
func (f *frame) chair() int {
	t, host := f.t, -1
	for k := t.after(f.end, f.s.to); k >= 0 && k < len(t.mentions) && t.mentions[k].to <= f.s.to; k++ {
		if m := &t.mentions[k]; m.entity >= 0 && t.is(m.from-1, "do") && t.is(m.to, "chủ") && !slices.Contains(f.object, m.entity) {
			host = m.entity
		}
	}
	return host
}

// subjectAfter gives who follows a clause put first: "Gặp Thủ tướng Armenia,
// Tổng Bí thư Tô Lâm chúc mừng …", "Tiếp ông X ngay sau đó, Thủ tướng Y cho biết
// …"; or -1.
func (r *reader) subjectAfter(f *frame) int {
	t, end := f.t, f.end
	k := t.after(end, f.s.to)
	if k < 0 {
		return -1
	}
	for k+1 < len(t.mentions) && t.mentions[k].entity < 0 && t.mentions[k].name.empty() && t.mentions[k+1].to <= f.s.to && t.mentions[k+1].from-end <= 20 {
		k++ // "buổi làm việc với Tổng Thư ký ASEAN và Ủy ban Đại diện Thường trực, Tổng Bí thư X"
	}
	m := &t.mentions[k]
	if m.pronoun && slices.Contains(f.object, m.entity) && t.is(m.from-1, ",") && r.several != nil && r.several.host >= 0 {
		return r.several.host // "Với Đại sứ X, ông nói về …"
	}
	s := f.s
	near := m.from-end <= 3 && !t.is(end, "về") || m.from-end <= 45 && t.is(s.from, "sau", "trong", "tại", "khi", "ngay", "trước") && t.is(m.from-1, ",") && !t.speaks(end, m.from) && t.before(m.from, end) < 0 || m.from-end <= 20 && t.is(m.from-1, ",") && !t.speaks(end, m.from) && !t.triggers(end, m.from)
	if m.entity < 0 || !near || slices.Contains(f.object, m.entity) {
		return -1
	}
	return m.entity
}

// online reads "trực tuyến", "qua cầu truyền hình" and "qua điện thoại" behind the trigger, and
// before it where no other encounter is told first.
func (f *frame) online() {
	t := f.t
	if f.kind == archive.PhoneCall {
		return
	}
	from := f.h.to
	if t.before(f.h.from, f.s.from) < 0 || !t.triggers(f.s.from, f.h.from) && !t.speaks(f.s.from, f.h.from) {
		from = f.s.from
	}
	kind := t.remote(from, min(f.h.to+12, f.s.to))
	if kind == "" || kind == archive.PhoneCall && f.kind == archive.Message {
		return
	}
	f.kind, f.rule = kind, ruleOf(kind)
}

// remote gives the kind of an encounter whose sides, by the words from..to, were not
// in one place: a phone call or an online one; or "".
func (t *text) remote(from, to int) archive.MeetingKind {
	for i := from; i < to; i++ {
		switch {
		case t.is(i, "qua", "bằng") && t.is(i+1, "điện") && t.is(i+2, "thoại", "đàm"),
			t.is(i, "qua", "trên") && t.is(i+1, "đường") && t.is(i+2, "dây", "điện"):
			return archive.PhoneCall
		case t.is(i, "trực") && t.is(i+1, "tuyến") && !t.is(i-1, "truyền", "phát"),
			t.is(i, "cầu") && t.is(i+1, "truyền") && t.is(i+2, "hình"):
			return archive.Online
		}
	}
	return ""
}

// otherAntecedent mends a pronoun that was taken for a countryman of the other side:
// "Thủ tướng X hội đàm với Y. 16 giờ, ông vào chào Tổng Bí thư Z": it is Y who calls.
func (r *reader) otherAntecedent(f *frame) {
	if len(f.subject) == 0 || r.abroad(f.subject, f.object) {
		return
	}
	t := f.t
	if k := t.before(f.h.from, f.s.from); k >= 0 && len(f.object) == 0 && len(f.subject) == 2 && t.mentions[k].pronoun && t.mentions[k].entity == f.subject[1] {
		if e := r.foreignTo(f.at.text, &t.mentions[k], f.subject[0]); e >= 0 {
			f.subject = []int{f.subject[0], e} // "X đã cùng ông hội đàm"
		}
		return
	}
	if len(f.object) == 0 {
		return
	}
	if k := t.before(f.h.from, f.s.from); k >= 0 && len(f.subject) == 1 && t.mentions[k].pronoun && t.mentions[k].entity == f.subject[0] {
		if e := r.foreignTo(f.at.text, &t.mentions[k], f.object[0]); e >= 0 {
			f.subject = []int{e}
		}
		return
	}
	if k := t.after(f.h.to, f.s.to); k >= 0 && len(f.object) == 1 && !t.has(max(f.s.from, f.h.from-4), f.h.from, "người") && t.mentions[k].pronoun && t.mentions[k].entity == f.object[0] {
		if e := r.foreignTo(f.at.text, &t.mentions[k], f.subject[0]); e >= 0 {
			f.object = []int{e}
		}
	}
}

// foreignTo gives whom a pronoun in paragraph ti can mean who is of another country
// than somebody: who was named last, in the paragraph or the two before; -1 when
// there is nobody.
func (r *reader) foreignTo(ti int, pronoun *mention, other int) int {
	home, word := r.entities[other].country, strings.ToLower(r.texts[ti].word(pronoun.from))
	for x := ti; x >= 0 && x >= ti-2 && home != ""; x-- {
		named := r.texts[x].mentions
		for k := len(named) - 1; k >= 0; k-- {
			m := &named[k]
			if m.entity < 0 || m.spouse || x == ti && m.from >= pronoun.from {
				continue
			}
			if c := r.entities[m.entity].country; c != "" && c != home && r.fits(m.entity, word) {
				return m.entity
			}
		}
	}
	return -1
}

// severalActed finds who "cả ba nhà lãnh đạo đều tiếp ông" speaks of: the people of
// another country whom the sentence before lists.
func (r *reader) severalActed(f *frame) {
	k := f.t.before(f.h.from, f.s.from)
	leaders := k >= 0 && f.t.mentions[k].rank == 5 && f.t.mentions[k].name.empty() && f.t.is(f.t.mentions[k].from-1, "hai", "ba", "bốn", "2", "3", "4") // "cả hai nhà lãnh đạo Lào"
	if !leaders && (!f.group || len(f.subject) > 0) || len(f.object) != 1 || !f.verb() || f.at.sent == 0 {
		return
	}
	before := f.t.sents[f.at.sent-1]
	var who []int
	for _, m := range f.t.mentionsIn(before) {
		if m.entity >= 0 && !m.name.empty() && !m.spouse && r.abroad([]int{m.entity, f.object[0]}) && !slices.Contains(who, m.entity) {
			who = append(who, m.entity)
		}
	}
	if len(who) > 1 && !r.abroad(who) {
		f.subject, f.several = who, true
	}
}

// bothSides reports whether the frame has two sides, if need be with whom the
// article follows or the two leaders before. What has only one tells more of
// an event that is known, or waits for the other side.
func (r *reader) bothSides(f *frame) bool {
	t, h := f.t, f.h
	switch {
	case (f.between || len(f.subject) > 0) && r.abroad(f.subject, f.object):
		return h.arg != "sign" || t.is(h.to, "với") || len(f.object) == 0
	case h.alt == "p" && r.hostOfSeries(f.object):
		r.touchKind(f.kind, true, f.at) // "Tại các cuộc tiếp xúc, Bộ trưởng X cùng các đối tác bàn về …"
		return false
	case len(f.object) > 0 && r.touchWith(f.object, f.at):
		r.outweigh(f)
		return false
	case h.arg == "sign" || h.arg == "assemble":
		return false
	case r.impliesProtagonist(f):
		f.subject = []int{r.protagonist()}
		f.rule += "-subject-implied"
		return r.abroad(f.subject, f.object)
	case f.group && len(f.object) == 0 && f.actOfGroup():
		f.subject = r.pairAt(t, f.at, f.s)
		if t.is(f.s.from, "đây") && r.toldOf(f) {
			return false // "Đây là lần đầu hai ông gặp nhau sau một năm."
		}
		f.rule += "-both-sides"
		return f.subject != nil
	}
	if len(f.subject) == 0 && len(f.object) == 0 && f.status == archive.Held && r.body(f.at) && t.groupAhead(h.to) {
		if who := r.pairAt(t, f.at, f.s); who != nil && !r.touchWith(who, f.at) {
			f.subject = who // "sau cuộc hội đàm giữa lãnh đạo hai nước"
			f.rule += "-both-sides"
			return r.abroad(who)
		}
	}
	if f.kind != archive.Ceremony || h.alt == "n" {
		r.touchKind(f.kind, h.alt == "p", f.at)
	}
	r.hostLater(f)
	if len(f.object) > 0 && f.subject == nil && f.kind != archive.Ceremony && len(r.orphans) < maxEvents {
		alone := f.event(f.object, "-subject-later")
		if r.several != nil {
			alone.refs = append(alone.refs, r.several.at)
		}
		o := orphan{event: alone}
		if office := unnamedOffice(f); office != nil {
			o.office = office.keys
		}
		r.orphans = append(r.orphans, o)
	}
	return false
}

// outweigh gives the one encounter of whom the body names the kind it says, where so
// far only a headline or caption told of it: "X đón tiếp Y" above "kết quả hội đàm với X".
func (r *reader) outweigh(f *frame) {
	of := -1
	for i := range r.events {
		if ev := &r.events[i]; !ev.visit && among(f.object, ev.principals) {
			if of >= 0 {
				return
			}
			of = i
		}
	}
	if of < 0 || !r.body(f.at) || f.status != r.events[of].status {
		return
	}
	if ev := &r.events[of]; !r.body(ev.refs[0]) && strength(f.kind) > strength(ev.kind) {
		ev.kind, ev.rule = f.kind, f.rule
	}
}

// hostOfSeries reports whether those named are one who met all of a series.
func (r *reader) hostOfSeries(who []int) bool {
	return len(who) == 1 && slices.ContainsFunc(r.events, func(ev event) bool {
		return ev.series > 0 && ev.status == archive.Held && slices.Contains(ev.principals, who[0]) && r.throughout(ev.series, who[0])
	})
}

// toldOf notes a sentence that says more of an encounter of the subject told before,
// and reports whether there is one.
func (r *reader) toldOf(f *frame) bool {
	for i := len(r.events) - 1; i >= 0; i-- {
		if ev := &r.events[i]; !ev.visit && among(f.subject, ev.principals) {
			if f.kind == archive.Talks && ev.kind == archive.Encounter {
				ev.kind, ev.rule = f.kind, f.rule
			}
			ev.touch(f.at)
			return true
		}
	}
	return false
}

// impliesProtagonist reports whether the other side of what is told can only be
// whom the article follows.
func (r *reader) impliesProtagonist(f *frame) bool {
	if len(f.object) == 0 || f.kind == archive.Ceremony || f.status == archive.Recalled || f.t.p.Kind == archive.Caption {
		return false
	}
	hero := r.protagonist()
	if office := unnamedOffice(f); office != nil && hero >= 0 && !holds(r.entities[hero].keys, office.keys) {
		return false // "Bộ trưởng tiếp Đại sứ X": not the head of state
	}
	if k := f.t.before(f.h.from, f.s.from); hero >= 0 && k >= 0 && f.t.mentions[k].entity >= 0 && f.t.mentions[k].entity != hero && r.entities[f.t.mentions[k].entity].country == r.entities[hero].country {
		return false // "Bộ trưởng X cho biết đã làm việc với Đại sứ Y": X is spoken of, not the hero
	}
	return hero >= 0 && !slices.Contains(f.object, hero)
}

// actOfGroup reports whether "hai bên" meet in these words, and do not only
// speak of a meeting: "hai nhà lãnh đạo đã hội đàm", "hai bên tiến hành hội đàm".
func (f *frame) actOfGroup() bool {
	t, h := f.t, f.h
	if f.noun && !t.is(h.from-1, "vào", "hành", "đầu", "có") || t.is(h.from-1, "về") || mutual(f.kind) {
		return false
	}
	return f.kind != archive.Encounter || t.is(h.from, "gặp", "hội")
}

// keep adds what was read: one event, or a series with one for each of a list.
func (r *reader) keep(f *frame) {
	f.at.full = true
	if f.kind == archive.CourtesyCall && len(f.subject) == 1 && f.h.to-f.h.from == 1 && r.entities[f.subject[0]].rank <= 2 && r.entities[f.object[0]].rank >= 4 {
		f.kind, f.rule = archive.Reception, "event-reception" // "Chào Đại sứ X đến từ biệt, Thủ tướng Y nói …"
	}
	if f.kind == archive.Ceremony && f.verb() && f.h.to-f.h.from == 1 && len(f.subject) > 0 && len(f.object) > 0 && r.entities[f.subject[0]].rank <= 2 && r.entities[f.object[0]].rank >= 3 &&
		!f.t.has(f.s.from, f.s.to, "bay", "thảm") {
		f.kind, f.rule = archive.Reception, "event-reception" // "được Chủ tịch nước X đón ở Phủ Chủ tịch"
	}
	switch {
	case len(f.object) > 1 && len(f.subject) > 0 && !r.metAsOne(f):
		series := len(r.events) + 1
		for _, e := range f.object {
			ev := f.event(slices.Concat(f.subject, []int{e}), "-series")
			ev.series = series
			r.add(ev)
		}
	case len(f.object) == 1 && len(f.subject) > 1 && r.inTurn(f):
		series := len(r.events) + 1
		for _, e := range f.subject {
			ev := f.event([]int{e, f.object[0]}, "-series")
			ev.series = series
			r.add(ev)
		}
	default:
		ev := f.event(slices.Concat(f.subject, f.object), "")
		if f.fronted && r.several != nil {
			ev.refs = append(ev.refs, r.several.at)
		}
		r.add(ev)
	}
	if r.abroad(f.second) {
		r.add(f.event(f.second, ""))
	}
}

// metAsOne reports whether those of a list are met together: two in one "cuộc
// gặp" when they come from one country, or the article speaks of three sides.
func (r *reader) metAsOne(f *frame) bool {
	t, h := f.t, f.h
	if f.between || f.jointly || len(f.object) == 2 && r.trilateral() {
		return true
	}
	if f.several || r.abroad(f.object) {
		return false
	}
	return f.noun && !t.is(h.from-1, "hai", "ba", "bốn", "năm", "những", "nhiều") || t.ofDelegation(h.to, f.s)
}

// inTurn reports whether several hosts receive a guest one after the other:
// leaders of one country, or of two and the guest of a third.
func (r *reader) inTurn(f *frame) bool {
	if !r.abroad(f.subject) {
		return f.several && f.h.alt != "n" || f.verb() && f.kind != archive.Ceremony && r.apart(f.subject)
	}
	if f.t.is(f.h.from-1, "cùng") && !f.t.is(f.h.from, "trình", "trao") {
		return false
	}
	home := r.entities[f.object[0]].country
	return !slices.ContainsFunc(f.subject, func(e int) bool { return r.entities[e].country == home }) && (f.several || !r.trilateral())
}

// openList opens a list of people, one a paragraph, where the paragraph ends in
// a colon: "Bộ trưởng đã tiếp:".
func (r *reader) openList(f *frame) bool {
	t, s := f.t, f.s
	if len(f.subject) == 0 || len(f.object) > 0 || f.h.arg == "sign" || s.to != len(t.toks) || !t.is(s.to-1, ":") || s.to-f.h.to >= 30 {
		return false
	}
	r.several = &series{at: f.at, kind: f.kind, status: f.status, host: f.subject[0], rule: f.rule + "-series", told: true}
	return true
}

// openSeries notes that somebody had several meetings, where the article does
// not yet name with whom.
func (r *reader) openSeries(f *frame) {
	many := f.t.unnamedMany(f.h.to, f.s)
	if !f.several && !many || !many && r.abroad(f.subject, f.object) || f.kind == archive.Ceremony && f.h.arg != string(archive.Reception) || f.status != archive.Held {
		return
	}
	host := -1
	if len(f.subject) > 0 {
		host = f.subject[0]
	} else if len(f.object) > 0 {
		host = f.object[0]
	}
	if r.several == nil || r.several.host < 0 && host >= 0 {
		r.several = &series{at: f.at, kind: f.kind, status: f.status, host: host, rule: f.rule + "-series", told: true, nation: r.nationAhead(f, host)}
	}
}

// nationAhead gives the country of those met, where they are of one: "các nhà lãnh
// đạo Bulgaria", "một loạt bộ trưởng Ấn Độ"; the "lãnh đạo tỉnh" whom a
// foreigner meets are at home.
func (r *reader) nationAhead(f *frame, host int) string {
	nation := ""
	for i := f.h.to; i < min(f.s.to, f.h.to+16) && f.t.toks[i].shape != punct; i++ {
		if f.t.is(i, "nước", "quốc") {
			return ""
		}
		if c := f.t.at(i, classCountry); c != nil && (host < 0 || c.arg != r.entities[host].country) {
			nation = c.arg
			break
		}
	}
	if nation == "" && host >= 0 && r.entities[host].country != "VN" && f.t.is(f.h.to, "lãnh") {
		return "VN"
	}
	return nation
}
