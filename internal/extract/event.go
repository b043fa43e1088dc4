package extract

import (
	"slices"
	"strings"

	"vankho/internal/archive"
)

// event is a meeting or a visit while it is being read.
type event struct {
	visit      bool
	kind       archive.MeetingKind
	status     archive.Status
	principals []int // entities
	attending  []int
	witnesses  []int
	refs       []ref
	series     int // events of one series share a number from 1
	rule       string
	unnamed    *archive.Evidence // the counterpart's office, when nobody is named with it

	// Visits only.
	guest    int
	host     string // ISO code
	leg      span   // the words on this country in a list of several, each with its dates
	level    string
	inviters []int

	date       archive.DateClaim
	place      archive.Place
	main       bool
	agreements []archive.Agreement
	statements []archive.Statement
	figures    []archive.Figure
}

// ref is a place of the text that tells of an event.
type ref struct {
	text, sent int
	trigger    span
	full       bool // it named the principals
}

// maxRefs bounds how many sentences are kept for one event.
const maxRefs = 48

// touch notes that another sentence tells of the event.
func (ev *event) touch(at ref) {
	if len(ev.refs) < maxRefs && !slices.Contains(ev.refs, at) {
		ev.refs = append(ev.refs, at)
	}
}

// series is where the article says that somebody had several meetings, without
// naming with whom: "gặp nhiều người đồng cấp", "lần lượt tiếp từng người".
type series struct {
	at   ref
	kind archive.MeetingKind
	host int // entity, -1 when not said
	rule string
}

func (r *reader) readEvents() {
	for ti := range r.texts {
		t := &r.texts[ti]
		r.listed(ti)
		for si, s := range t.sents {
			var last []int // subject of the trigger before, for "… và gặp …"
			r.met, r.senders = nil, nil
			slip := 0 // the end of a word printed twice
			// "Với Thủ tướng Nhật Bản Abe Shinzo, Thủ tướng đề nghị …" in an article that
			// said there were several meetings.
			r.ofSeries(t, ref{text: ti, sent: si}, s)
			if r.several != nil && t.is(s.from, "với") && t.after(s.from+1, s.to) >= 0 && t.mentions[t.after(s.from+1, s.to)].from == s.from+1 {
				with := hit{s.from, s.from + 1, &phrase{class: classTrigger, arg: string(archive.Encounter), alt: "n"}}
				r.meetingFrame(t, ref{text: ti, sent: si, trigger: span{s.from, s.from + 1}}, &with, s, nil)
			}
			for _, h := range t.in(s.from, s.to) {
				if h.class == classTrigger && t.inMention(h.from) && !t.inMention(h.to-1) {
					// "Trương Tấn Sang thăm" is not "… sang thăm".
					i := h.from
					for t.inMention(i) {
						i++
					}
					if rest := r.lex.phraseAt(t.toks, i, classTrigger); rest != nil {
						h = *rest
					}
				}
				if h.class != classTrigger || h.arg == "x" || t.inMention(h.from) || t.wished(h.from, s.from) {
					continue
				}
				if h.from < slip {
					continue
				}
				if h.to-h.from == 1 && h.to < s.to && t.word(h.to) == t.word(h.from) {
					h.to++ // "lần lượt gặp gặp ba người": a slip of the source
					slip = h.to
				}
				at := ref{text: ti, sent: si, trigger: span{h.from, h.to}}
				switch h.arg {
				case "visit":
					// "đến thăm Bộ trưởng X" is a call on a person, not a journey.
					if k := t.after(h.to, s.to); h.alt == "v" && k >= 0 && t.mentions[k].from-h.to <= 1 && t.mentions[k].entity >= 0 {
						call := hit{h.from, h.to, &phrase{class: classTrigger, arg: string(archive.CourtesyCall), alt: "v"}}
						last = r.meetingFrame(t, at, &call, s, last)
						continue
					}
					r.visitFrame(t, at, &h, s)
					if guest, _, ok := t.visitor(&h, s); ok && h.alt == "v" {
						last = []int{guest} // "thăm Bình Nhưỡng và hội đàm với Y"
					}
				case "arrive":
					r.arrival(t, at, &h, s)
				case "summit":
				case "message":
					if h.alt == "n" {
						r.letter(t, at, &h, s)
						continue
					}
					last = r.meetingFrame(t, at, &h, s, nil)
				default:
					last = r.meetingFrame(t, at, &h, s, last)
				}
			}
		}
	}
	r.adopt()
	for i := range r.events {
		// Whom an envoy comes to see receives him, unless the call is said to be one
		// of courtesy.
		ev := &r.events[i]
		if ev.kind != archive.CourtesyCall || !slices.ContainsFunc(ev.principals, func(e int) bool { return r.entities[e].rank >= 4 }) {
			continue
		}
		if !slices.ContainsFunc(ev.refs, func(at ref) bool {
			return at.full && r.texts[at.text].has(at.trigger.from, at.trigger.to, "xã", "kiến")
		}) {
			ev.kind, ev.rule = archive.Reception, strings.Replace(ev.rule, "courtesy-call", "reception", 1)
		}
	}
	if !slices.ContainsFunc(r.events, func(ev event) bool { return !ev.visit }) {
		r.impliedMeeting()
	}
	r.summit(len(r.events) > 0)
	if len(r.events) == 0 {
		r.celebration()
	}
}

// list is an encounter whose other side follows, one a paragraph: "Bộ trưởng
// đã tiếp:" and then "- Đại sứ Cuba …".
type list struct {
	event
	text int // the paragraph before
}

// listed reads paragraph ti as an item of the open list, and closes the list
// where it is none.
func (r *reader) listed(ti int) {
	t := &r.texts[ti]
	if r.list == nil || !r.body(ref{text: ti}) {
		return
	}
	open := r.list
	r.list = nil
	if open.text != ti-1 || len(t.sents) == 0 || len(t.toks) == 0 {
		return
	}
	s := t.sents[0]
	k := t.after(s.from, s.to)
	if k < 0 || t.mentions[k].from > s.from+3 || t.toks[s.from].shape != punct && t.num(s.from) < 0 || t.triggers(s.from, s.to) {
		return
	}
	found, _, _ := t.objects(s.from, s, false, true)
	at := ref{text: ti, trigger: span{t.mentions[k].from, t.mentions[k].to}, full: true}
	for _, e := range found {
		if who := append(slices.Clone(open.principals), e); r.abroad(who) {
			r.add(event{kind: open.kind, status: open.status, principals: who, series: len(r.events) + 1, rule: open.rule, refs: append([]ref{at}, open.refs...)})
		}
	}
	open.text = ti
	r.list = open
}

// inMention reports whether token i belongs to a title or name.
func (t *text) inMention(i int) bool {
	k, _ := slices.BinarySearchFunc(t.mentions, i, func(m mention, i int) int { return m.to - i - 1 })
	return k < len(t.mentions) && t.mentions[k].from <= i && i < t.mentions[k].to
}

// before gives the index of the last mention that ends at or before token i
// and begins at or after from, -1 when there is none.
func (t *text) before(i, from int) int {
	k, _ := slices.BinarySearchFunc(t.mentions, i+1, func(m mention, i int) int { return m.to - i })
	if k--; k >= 0 && t.mentions[k].from >= from {
		return k
	}
	return -1
}

// after gives the index of the first mention that begins at or after token i
// and ends at or before to, -1 when there is none.
func (t *text) after(i, to int) int {
	k, _ := slices.BinarySearchFunc(t.mentions, i, func(m mention, i int) int { return m.from - i })
	if k < len(t.mentions) && t.mentions[k].to <= to {
		return k
	}
	return -1
}

// speaks reports whether a verb of speech or asking begins in from..to.
func (t *text) speaks(from, to int) bool {
	for _, h := range t.in(from, to) {
		if h.class == classSay && !t.inMention(h.from) && !(h.arg == "ask" && t.is(h.from, "cần")) {
			return true
		}
	}
	return false
}

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
		case t.is(i, "và", "cùng", "với", "rồi"):
			and = true
		case t.dash(i) && to-from == 1:
			and = true
		case t.at(i, classCountry) != nil && t.is(t.at(i, classCountry).to, "("):
			i = t.at(i, classCountry).to - 1 // "Hàn Quốc (bà Kang Kyung-wha)"
		case t.is(i, "đồng", "chí", "ngài", "ông", "bà", "phu", "nhân", "các", "tân", "quyền", "hai", "ba", "người"):
		default:
			return false, and
		}
	}
	return true, and
}

// subjects finds who acts: the people named nearest before the trigger, when
// no other verb stands between. "A được B tiếp" gives B, and A as acted upon.
func (r *reader) subjects(t *text, h *hit, s span) (subject, object []int, group bool) {
	k := t.before(h.from, s.from)
	for k > 0 && (t.mentions[k].spouse || t.mentions[k].entity < 0 && t.mentions[k].name.empty() && t.mentions[k-1].from >= s.from) {
		k--
	}
	if g := t.groupBefore(h.from, s.from); g >= 0 && (k < 0 || t.mentions[k].from < s.from || t.mentions[k].to <= g) && !t.speaks(g, h.from) && h.from-g < 20 {
		return nil, nil, true
	}
	if k < 0 || t.mentions[k].from < s.from {
		return nil, nil, false
	}
	m := &t.mentions[k]
	if len(m.holders) > 1 && h.from-m.to < 20 && !t.speaks(m.to, h.from) && !t.triggers(m.to, h.from) {
		return slices.Clone(m.holders), nil, false // "Đại sứ các nước Thái Lan, Indonesia và Malaysia trình Quốc thư"
	}
	// "Phó Thủ tướng X - người tháp tùng Chủ tịch nước Y - gặp …": between dashes nobody acts.
	clear := m.to // nothing that acts may stand between here and the trigger
	if x, end := t.aside(k, h.from, s.from); x >= 0 {
		k, m, clear = x, &t.mentions[x], end
	}
	// "A và B nhất trí như vậy khi gặp nhau": the verb before is another clause's.
	spoken := !t.is(h.from-1, "khi", "lúc") && t.speaks(clear, h.from)
	if m.entity < 0 || h.from-m.to > 60 || spoken || t.triggers(clear, h.from) || t.has(clear, h.from, ";") || t.asked(m.from, s.from) {
		return nil, nil, false
	}
	if t.invited(m.from) {
		return nil, nil, false
	}
	if who, by := t.passive(k, s); by >= 0 {
		return who, []int{by}, false
	}
	subject = []int{m.entity}
	from := m.from
	sawAnd := false
	var commas []int // length of the list at each comma passed: "X và Y, A và B" are two lists
	for k--; k >= 0 && t.mentions[k].from >= s.from; k-- {
		p := &t.mentions[k]
		if p.spouse {
			continue
		}
		if p.entity < 0 && p.name.empty() && t.is(p.to, ",") && p.to+1 == from {
			from = p.from // "Chủ tịch Hội hữu nghị, bà X": an office of hers
			continue
		}
		if t.has(p.to, from, "được") && from-p.to < 14 && !sawAnd {
			if p.entity >= 0 {
				object = append(object, p.entity)
			}
			break
		}
		only, and := t.links(p.to, from)
		if only && and && len(commas) > 0 {
			subject = subject[len(subject)-commas[0]:]
			break
		}
		// "Tổng Bí thư X, Chủ tịch nước Y gửi điện": leaders of one country, by the comma alone.
		together := only && h.arg == "message" && !p.name.empty() && t.has(p.to, from, ";") && !slices.Contains(r.met, p.entity) || only && len(subject) == 1 && r.colleagues(p, &t.mentions[k+1]) && (p.from == s.from || t.is(p.from-1, ",", ";", "*"))
		if sawAnd = sawAnd || and || together; !only || !sawAnd || p.entity < 0 || t.invited(p.from) {
			break
		}
		if !and {
			commas = append(commas, len(subject))
		}
		if !p.spouse && !slices.Contains(subject, p.entity) {
			subject = append([]int{p.entity}, subject...)
		}
		from = p.from
	}
	return subject, object, false
}

// colleagues reports whether two neighbours in the text are named, lead, and
// are of one country.
func (r *reader) colleagues(a, b *mention) bool {
	if a.entity < 0 || b.entity < 0 || a.name.empty() || b.name.empty() {
		return false
	}
	x, y := &r.entities[a.entity], &r.entities[b.entity]
	return x.country != "" && x.country == y.country && x.rank <= 2 && y.rank <= 2
}

// aside gives the mention before a remark between dashes that holds mention k
// and ends before the trigger at token i, and where it ends; or -1.
func (t *text) aside(k, i, from int) (mention, after int) {
	end := -1
	for j := t.mentions[k].to; j < i && j < t.mentions[k].to+14; j++ {
		if t.dash(j) && !t.toks[j].tight {
			end = j
		}
	}
	if end < 0 || i-end > 6 {
		return -1, 0
	}
	for x := k - 1; x >= 0 && x > k-4 && t.mentions[x].from >= from; x-- {
		if j := t.mentions[x].to; t.dash(j) && !t.toks[j].tight && t.mentions[x].entity >= 0 {
			return x, end
		}
	}
	return -1, 0
}

// passive reads "X … được A, B tiếp" where mention k is B: those who receive,
// and X, whom they receive; -1 when the clause is not passive.
func (t *text) passive(k int, s span) (who []int, by int) {
	from := t.mentions[k].from
	who = []int{t.mentions[k].entity}
	for k--; ; k-- {
		if t.is(from-1, "được") {
			break
		}
		if k < 0 || t.mentions[k].from < s.from || t.mentions[k].entity < 0 || t.mentions[k].spouse {
			return nil, -1
		}
		if only, _ := t.links(t.mentions[k].to, from); !only {
			return nil, -1
		}
		who = append([]int{t.mentions[k].entity}, who...)
		from = t.mentions[k].from
	}
	for ; k >= 0 && t.mentions[k].from >= s.from && from-t.mentions[k].to < 24; k-- {
		if m := &t.mentions[k]; m.entity >= 0 && !m.spouse && !slices.Contains(who, m.entity) && !t.speaks(m.to, from) {
			return who, m.entity
		}
	}
	return nil, -1
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
// asks for: "mong sớm được đón Quốc vương X sang thăm Việt Nam".
func (t *text) wished(i, from int) bool {
	for k := i - 1; k >= from && k > i-20; k-- {
		if t.toks[k].shape == punct && !t.dash(k) || t.is(k, "khi", "trong", "tại", "lúc", "nhân", "sau", "theo") {
			return false
		}
		if h := t.at(k, classSay); h != nil && h.arg == "ask" && !t.is(k-1, "lời") && !t.inMention(k) {
			return true
		}
	}
	return false
}

func (t *text) has(from, to int, words ...string) bool {
	for i := max(from, 0); i < to; i++ {
		if t.is(i, words...) {
			return true
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

// objects finds whom: the list of people after the trigger. In a clause put
// first ("Gặp A, B và C, Tổng Bí thư …") a comma without "và" ends the list.
func (t *text) objects(from int, s span, fronted, series bool) (found []int, end int, between bool) {
	found, _, end, between = t.met(from, s, fronted, series)
	return found, end, between
}

// met is objects with the offices in the list that nobody is named with.
func (t *text) met(from int, s span, fronted, series bool) (found []int, offices []*mention, end int, between bool) {
	k := t.after(from, s.to)
	if k < 0 {
		return nil, nil, from, false
	}
	opened := false
	// "ba người đồng cấp là A, B và C", "…: A (Mỹ), B (Lào) và C (Nhật Bản)": the
	// office is only a word before the names.
	for k+1 < len(t.mentions) && t.mentions[k].entity < 0 && t.mentions[k].name.empty() && t.mentions[k+1].to <= s.to &&
		t.mentions[k+1].from-t.mentions[k].to <= 3 && !t.has(t.mentions[k].to, t.mentions[k+1].from, "và", ";") {
		opened = opened || t.has(t.mentions[k].to, t.mentions[k+1].from, ":")
		k++
	}
	// "tiếp các Đại sứ trình Quốc thư: A, B và C"
	if m := &t.mentions[k]; m.name.empty() && len(m.holders) == 0 && t.is(m.from-1, "các", "hai", "ba", "bốn", "năm", "sáu") && k+1 < len(t.mentions) && t.mentions[k+1].to <= s.to {
		if next := t.mentions[k+1].from; next-m.to < 16 && !t.speaks(m.to, next) && t.has(m.to, next, ":", "gồm") && t.is(next-1, ":", "gồm", "có", "là", "-") {
			k++
			from, opened = next, true
		}
	}
	m := &t.mentions[k]
	for i := from; i < m.from; i++ {
		if t.is(i, "giữa") || t.is(i, "tham") && t.is(i+1, "dự", "gia") && t.is(i+2, "của") {
			between = true
		}
	}
	led := t.ledBy(m) || opened
	gap := m.from - from
	if series && gap <= 28 && !t.speaks(from, m.from) && !t.triggers(from, m.from) {
		led = true // "các cuộc gặp với lãnh đạo nhiều nước, trong đó có …"
	}
	if gap > 28 || gap > 12 && !led && !between || t.speaks(from, m.from) || t.triggers(from, m.from) || t.has(from, m.from, ";") || !led && t.has(from, m.from, ":") ||
		!led && t.has(from, m.from, ",") || !series && t.groupBefore(m.from, from) >= 0 {
		return nil, nil, from, between
	}
	type item struct {
		mention *mention
		entity  int
		comma   bool // only a comma stood before it
		end     int
	}
	items := []item{{m, m.entity, false, m.to}}
	end = m.to
	chaired := t.is(m.from-1, "do") // "hội đàm do A và B chủ trì"
	for k++; k < len(t.mentions) && t.mentions[k].to <= s.to; k++ {
		n := &t.mentions[k]
		only, and := t.links(end, n.from)
		if !only && (series || len(items) > 1) && t.unnamedBetween(end, n.from) {
			only, and = true, true
		}
		// "…; Thủ tướng Z gửi điện …", "…, Thủ tướng Z khẳng định …": a new subject.
		if !only || !and && (t.acts(n.to, min(n.to+6, s.to)) || t.speaks(n.to, min(n.to+3, s.to))) {
			break
		}
		if !n.spouse {
			items = append(items, item{n, n.entity, !and, n.to})
		}
		end = n.to
	}
	if fronted && !between && len(items) > 1 {
		last := 0
		for i := range items {
			if !items[i].comma {
				last = i
			}
		}
		items = items[:last+1]
	}
	for i, it := range items {
		if i+1 < len(items) && items[i+1].comma && t.sentBy(it.mention) {
			continue // "Đặc phái viên của Chủ tịch X, Bí thư Y": X only sent him
		}
		for _, e := range it.mention.holders {
			if !slices.Contains(found, e) {
				found = append(found, e)
			}
		}
		if it.entity >= 0 && !slices.Contains(found, it.entity) {
			found = append(found, it.entity)
		}
		if it.entity < 0 && it.mention.name.empty() && it.mention.country != "" && it.mention.rank <= 4 && len(it.mention.holders) == 0 {
			offices = append(offices, it.mention)
		}
		end = it.end
	}
	between = between || chaired && len(found) > 1 && t.has(end, min(end+3, s.to), "chủ")
	return found, offices, end, between
}

// sentBy reports whether a mention names an envoy by who sent him: "Đặc phái viên
// của Chủ tịch X".
func (t *text) sentBy(m *mention) bool {
	return len(m.titles) > 0 && t.is(m.titles[0].from, "đặc") && t.has(m.titles[0].from, m.name.from, "của")
}

// listAhead reports whether a colon opens a list of people: "hội kiến các nhà
// lãnh đạo: A, B và C".
func (t *text) listAhead(i int, s span) bool {
	for k := i; k < s.to && k < i+10; k++ {
		if t.inMention(k) && !t.is(k+1, ":") && t.mentions[max(0, t.before(k+1, s.from))].to <= k {
			return false
		}
		if t.is(k, ":") || t.is(k, "gồm", "như", "là") && t.groupBefore(k, i) == k {
			return true
		}
	}
	return false
}

// unnamed keeps an encounter with somebody of whom the article gives only the
// office: "gặp Thủ tướng Uganda". The record has one side and says so.
func (r *reader) unnamed(t *text, at ref, subject []int, offices []*mention, kind archive.MeetingKind, status archive.Status, rule string) {
	for _, m := range offices {
		if slices.ContainsFunc(subject, func(e int) bool { return r.entities[e].country == m.country || r.entities[e].country == "" }) || len(r.events) >= maxEvents {
			continue
		}
		q := t.quote(m.from, m.to)
		told := slices.ContainsFunc(r.events, func(ev event) bool { return ev.unnamed != nil && ev.unnamed.Quote == q.Quote })
		if told {
			continue
		}
		at.full = true
		r.events = append(r.events, event{kind: kind, status: status, principals: slices.Clone(subject), series: len(r.events) + 1,
			unnamed: &q, rule: rule + "-unnamed", refs: []ref{at}})
		r.problem(at.text, "counterpart-unnamed", "the article does not name who is met: "+q.Quote)
	}
}

// unnamedBetween reports whether a list goes on past somebody without a name:
// "…, lãnh đạo các đảng và Chủ tịch Hạ viện X".
func (t *text) unnamedBetween(from, to int) bool {
	return to-from <= 16 && t.is(to-1, ",", ";", "và", "cùng") && !t.speaks(from, to) && !t.triggers(from, to) &&
		!t.has(from, to, "đã", "sẽ", "đang", "là", "để", "nhằm")
}

// meetingFrame reads an encounter from its trigger and gives its subject.
func (r *reader) meetingFrame(t *text, at ref, h *hit, s span, last []int) []int {
	kind := archive.MeetingKind(h.arg)
	rule := "event-" + strings.ReplaceAll(h.arg, "_", "-")
	noun := h.alt != "v"
	switch h.arg {
	case "assemble":
		kind, rule = archive.Encounter, "event-meeting"
	case "session":
		kind, rule = archive.Encounter, "event-co-chair"
		who := r.bySides(t, h.to, s)
		if chairs := r.chairsOf(t, h, s); len(chairs) > 0 {
			who, kind, rule = chairs, archive.Summit, "event-summit"
		}
		if who != nil {
			at.full = true
			r.add(event{kind: kind, status: t.status(h.from, s), principals: who, rule: rule, refs: []ref{at}})
			return nil
		}
	case "sign":
		kind, rule = archive.Ceremony, "event-signing"
	}
	if !noun && t.is(h.from-1, "quả", "dung") {
		noun = true // "báo cáo kết quả hội đàm"
	}
	// "Cùng dự hội đàm có …": those who follow attended, they did not meet.
	for _, x := range t.in(max(s.from, h.from-4), h.from) {
		if k := t.before(x.from, s.from); x.class == classAttend && x.arg == "attend" && (len(r.events) > 0 || k < 0 || t.mentions[k].from < s.from) {
			r.touchKind(kind, false, at)
			return nil
		}
	}
	subject, object, group := r.subjects(t, h, s)
	// "hội kiến A và gặp B": the second verb has the first one's subject.
	met := r.met
	r.met = nil
	if last != nil && t.chained(h.from) {
		subject, object, group = last, nil, false
	} else if len(subject) == 1 && slices.Contains(met, subject[0]) && t.chained(h.from) {
		subject = nil // "buổi sáng tiếp A, buổi chiều hội đàm với B": A does not meet B
	}
	if len(object) > 0 && last != nil && !r.abroad(append(slices.Clone(subject), object...)) && r.abroad(append(slices.Clone(subject), last...)) {
		object = last // "ông X gặp A và được B tiếp": it is X whom B receives
	}
	fronted := subject == nil && !group && object == nil
	several := h.alt == "p" || t.is(h.from-1, "lượt", "loạt") || t.is(h.from-2, "lượt") || t.is(h.from-3, "lượt") || t.listAhead(h.to, s)
	if fronted && !noun && r.receivers(t, at, h, s, kind, rule) {
		return nil
	}
	found, offices, end, between := t.met(h.to, s, fronted, several)
	between = between || h.arg == "session" && t.is(h.to, "của")
	if between {
		subject = nil
	}
	if fronted && !between && len(found) == 1 && h.alt == "v" {
		// "Tới trình Quốc thư lên Chủ tịch nước lần lượt là Đại sứ A, Đại sứ B và Đại sứ C"
		if from := t.copula(end, s); from > end {
			if who, to, _ := t.objects(from, s, false, true); len(who) > 0 && !slices.Contains(who, found[0]) {
				subject, end, fronted = who, to, false
			}
		}
	}
	object = append(object, found...)
	if len(object) == 0 && last != nil && t.chained(h.from) && h.alt == "v" && kind != archive.Ceremony && (h.to >= s.to || t.toks[h.to].shape == punct) {
		object = met // "được X đón và hội đàm."
	}
	if h.arg == "courtesy_call" && len(object) == 0 && among(subject, met) {
		return last // "tiếp các Đại sứ A, B và C đến chào từ biệt"
	}
	r.met = object
	if len(object) == 0 {
		object = r.delegation(t, h.to, s)
	}
	jointly := false
	if fronted && len(object) == 0 && !between && (t.is(h.from-1, "sau", "tại", "thúc", "trong", "vào") || t.has(h.from, h.to+2, "nhau")) {
		if who := r.together(t, h.to, s); who != nil {
			subject, object, jointly = who[:1], who[1:], true
		}
	}
	if len(object) == 0 && h.alt == "v" && kind != archive.Ceremony && len(subject) > 0 && t.party(h.to) {
		object = r.visitorTo(r.entities[subject[0]].country) // "Thủ tướng Y tiếp thân mật Đoàn"
	}
	if len(subject) > 0 && len(object) == 0 && h.alt == "v" && t.partyReceived(h.from, s.from) {
		object = r.visitorTo(r.entities[subject[0]].country) // "Đoàn được Chủ tịch nước Y tiếp"
	}
	if fronted && len(object) == 0 && h.alt == "v" && t.party(h.to) {
		// "tiếp Đoàn, Thủ tướng Y chúc mừng …"
		if k := t.after(h.to, s.to); k >= 0 && t.mentions[k].entity >= 0 && t.mentions[k].from-h.to < 8 && t.is(t.mentions[k].from-1, ",") {
			subject = []int{t.mentions[k].entity}
			object = r.visitorTo(r.entities[subject[0]].country)
		}
	}
	if subject == nil && noun && len(object) > 0 && !between && !group {
		// "X tuyên bố như vậy trong cuộc gặp với Y"
		if k := t.before(h.from, s.from); k >= 0 && t.mentions[k].from >= s.from && t.mentions[k].entity >= 0 && !t.mentions[k].spouse &&
			!slices.Contains(object, t.mentions[k].entity) && r.abroad([]int{t.mentions[k].entity, object[0]}) && h.from-t.mentions[k].to < 25 {
			subject = []int{t.mentions[k].entity}
		}
	}
	if kind == archive.Ceremony && h.alt == "v" && len(subject) == 1 && len(object) == 0 {
		object = r.visitorTo(r.entities[subject[0]].country)
	}
	if kind == archive.Ceremony && subject == nil && len(object) > 0 {
		// "Lễ đón Thủ tướng X diễn ra …, do Thủ tướng Y chủ trì"
		for k := t.after(end, s.to); k >= 0 && k < len(t.mentions) && t.mentions[k].to <= s.to; k++ {
			if m := &t.mentions[k]; m.entity >= 0 && t.is(m.from-1, "do") && t.is(m.to, "chủ") && !slices.Contains(object, m.entity) {
				subject = []int{m.entity}
			}
		}
	}
	if fronted && subject == nil && len(object) > 0 && !between {
		// "Gặp Thủ tướng Armenia, Tổng Bí thư Tô Lâm chúc mừng …"
		// and "Tiếp ông X ngay sau đó, Thủ tướng Y cho biết …"
		k := t.after(end, s.to)
		for k >= 0 && t.mentions[k].entity < 0 && t.mentions[k].name.empty() && k+1 < len(t.mentions) && t.mentions[k+1].to <= s.to && t.mentions[k+1].from-end <= 20 {
			k++ // "buổi làm việc với Tổng Thư ký ASEAN và Ủy ban Đại diện Thường trực, Tổng Bí thư X"
		}
		if k >= 0 && t.mentions[k].entity >= 0 && !slices.Contains(object, t.mentions[k].entity) &&
			(t.mentions[k].from-end <= 3 || t.mentions[k].from-end <= 20 && t.is(t.mentions[k].from-1, ",") && !t.speaks(end, t.mentions[k].from) && !t.triggers(end, t.mentions[k].from)) {
			subject = []int{t.mentions[k].entity}
		}
	}
	if kind != archive.PhoneCall {
		for i := h.to; i < min(h.to+12, s.to); i++ {
			if t.is(i, "trực") && t.is(i+1, "tuyến") || t.is(i, "truyền") && t.is(i+1, "hình") && t.is(i-1, "cầu") {
				kind, rule = archive.Online, "event-online"
			}
		}
	}
	if h.arg == "sign" && r.abroad(subject) {
		object = nil // "A và B ký … trước sự chứng kiến của C và D"
	}
	object = slices.DeleteFunc(object, func(e int) bool { return slices.Contains(subject, e) })
	r.neighbours(subject, object, t.nationOfList(h.to, s))
	if kind == archive.Message && t.is(h.to, "của") && r.messagesOf(t, at, h, s) {
		return nil
	}
	if kind == archive.Message {
		r.messages(t, at, s, end, subject, object, t.status(h.from, s))
		return subject
	}
	status := t.status(h.from, s)
	if kind == archive.Ceremony && status == archive.Announced && len(object) == 1 && h.alt == "v" && h.to-h.from == 1 && r.welcomes(t, at, subject, object[0], s) {
		return subject
	}
	full := append(slices.Clone(subject), object...)
	if len(subject) > 0 && len(object) == 0 && h.arg != "sign" && s.to == len(t.toks) && t.is(s.to-1, ":") && s.to-h.to < 30 {
		r.list = &list{event{kind: kind, status: status, principals: subject, rule: rule + "-series", refs: []ref{at}}, at.text}
		return subject
	}
	if len(subject) > 0 && h.arg != "sign" && kind != archive.Ceremony && r.body(at) {
		r.unnamed(t, at, subject, offices, kind, status, rule)
	}
	if (several || t.unnamedMany(h.to, s)) && !r.abroad(full) && (r.several == nil || r.several.host < 0 && len(full) > 0) && kind != archive.Ceremony && status == archive.Held {
		r.several = &series{at: at, kind: kind, host: -1, rule: rule + "-series"}
		if len(full) > 0 {
			r.several.host = full[0]
		}
	}
	switch {
	case r.abroad(full) && len(object) == 0 && len(subject) > 1:
	case r.abroad(full) && (len(subject) > 0 || between):
	case len(object) > 0 && r.touchWith(object, at):
		return subject
	case h.arg == "sign" || h.arg == "assemble":
		return subject
	case len(object) > 0 && r.protagonist() >= 0 && !slices.Contains(object, r.protagonist()) && kind != archive.Ceremony && status == archive.Held && t.p.Kind != archive.Caption:
		subject = []int{r.protagonist()}
		full = append(slices.Clone(subject), object...)
		if !r.abroad(full) {
			return subject
		}
		rule += "-subject-implied"
	case group && (!noun || t.is(h.from-1, "vào", "hành", "đầu", "có")) && len(object) == 0 && kind != archive.Reception && kind != archive.CourtesyCall && (kind != archive.Encounter || t.is(h.from, "gặp", "hội")) && !t.is(h.from-1, "về"):
		pair := r.pairAt(t, at, s)
		if pair == nil {
			return nil
		}
		subject, full = pair, pair
		rule += "-both-sides"
	default:
		if kind != archive.Ceremony || h.alt == "n" {
			r.touchKind(kind, h.alt == "p", at)
		}
		if len(object) > 0 && subject == nil && h.arg != "sign" && len(r.orphans) < maxEvents {
			refs := []ref{at}
			if r.several != nil {
				refs = append(refs, r.several.at)
			}
			r.orphans = append(r.orphans, orphan{event{kind: kind, status: status, principals: object, rule: rule + "-subject-later", refs: refs}})
		}
		return subject
	}
	if h.arg == "sign" && !t.is(h.to, "với") && len(object) > 0 {
		return subject
	}
	at.full = true
	// A series: one meeting with each. Two met in one "cuộc gặp" are met together
	// when they come from one country, or the article speaks of three sides.
	series := 0
	one := between || jointly || len(object) == 2 && r.trilateral() || !several && !r.abroad(object) &&
		(noun && !t.is(h.from-1, "hai", "ba", "bốn", "năm", "những", "nhiều") || t.ofDelegation(h.to, s))
	if len(object) > 1 && len(subject) > 0 && !one {
		series = len(r.events) + 1
		for _, o := range object {
			r.add(event{kind: kind, status: status, principals: append(slices.Clone(subject), o), series: series, rule: rule + "-series", refs: []ref{at}})
		}
		return subject
	}
	if len(object) == 1 && len(subject) > 1 && !r.abroad(subject) && (several && h.alt != "n" || h.alt == "v" && kind != archive.Ceremony && r.apart(subject)) ||
		len(object) == 1 && len(subject) > 1 && r.abroad(subject) && !slices.ContainsFunc(subject, func(e int) bool { return r.entities[e].country == r.entities[object[0]].country }) && !r.trilateral() {
		series = len(r.events) + 1
		for _, e := range subject {
			r.add(event{kind: kind, status: status, principals: []int{e, object[0]}, series: series, rule: rule + "-series", refs: []ref{at}})
		}
		return subject
	}
	refs := []ref{at}
	if fronted && r.several != nil {
		refs = append(refs, r.several.at)
	}
	r.add(event{kind: kind, status: status, principals: full, rule: rule, refs: refs})
	return subject
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

// ofDelegation reports whether whom the words at token i name lead one party:
// "Đoàn đại biểu Quốc hội X do hai nghị sĩ A và B dẫn đầu".
func (t *text) ofDelegation(i int, s span) bool {
	k := t.after(i, s.to)
	return k >= 0 && t.ledBy(&t.mentions[k]) && t.has(i, t.mentions[k].from, "đoàn")
}

// visitorTo gives whom the leader of a country welcomes in "Thủ tướng chủ trì lễ
// đón" or "tiếp Đoàn": the guest of the one visit there that the article tells of.
func (r *reader) visitorTo(country string) []int {
	var guest []int
	for i := range r.events {
		if ev := &r.events[i]; ev.visit && ev.host == country && !slices.Contains(guest, ev.guest) {
			guest = append(guest, ev.guest)
		}
	}
	if len(guest) == 1 {
		return guest
	}
	if e := r.headOfParty(); len(guest) == 0 && e >= 0 && r.entities[e].country != country {
		return []int{e}
	}
	return nil
}

// headOfParty gives who leads the delegation that the article follows: "Dẫn đầu
// Đoàn là ông X", "trưởng đoàn là bà X", "Đoàn … do ông X dẫn đầu"; -1 when
// nobody is said to.
func (r *reader) headOfParty() int {
	for ti := range r.texts {
		t := &r.texts[ti]
		for k := range t.mentions {
			m := &t.mentions[k]
			if m.entity < 0 || m.spouse {
				continue
			}
			i := m.from - 1
			if t.is(i, "là") && (t.is(i-1, "đoàn") && t.is(i-2, "trưởng", "đầu") || t.is(i-1, "đầu") && t.is(i-2, "dẫn", "đứng")) ||
				t.ledBy(m) && t.has(m.to, min(m.to+12, len(t.toks)), "dẫn", "trưởng") {
				return m.entity
			}
		}
	}
	return -1
}

// unnamedMany reports whether the words at token i stand for several people
// whom the rest of the article names: "nhiều người đồng cấp", "từng người".
func (t *text) unnamedMany(i int, s span) bool {
	for k := i; k < s.to && k < i+6; k++ {
		if t.is(k, "lãnh") && t.is(k+1, "đạo") || t.is(k, "nhiều", "từng", "các", "loạt", "một") && t.is(k+1, "người", "lãnh", "nhà", "vị", "đồng", "đối", "bộ", "ngoại", "đại", "số", "quan") {
			return true
		}
		if t.inMention(k) || t.toks[k].shape == punct {
			return false
		}
	}
	return false
}

// ofSeries reads a paragraph on one of the meetings of an open series: it begins
// with whom the host met, "* Đại sứ Anh X: …", "Bộ trưởng Ngoại giao Ireland X đề
// xuất …".
func (r *reader) ofSeries(t *text, at ref, s span) {
	if r.several == nil || r.several.host < 0 || at.sent > 0 || at.text <= r.several.at.text || !r.body(at) {
		return
	}
	k := t.after(s.from, s.to)
	if k < 0 || t.mentions[k].from > s.from+14 || t.triggers(s.from, t.mentions[k].from) || t.speaks(s.from, t.mentions[k].from) {
		return
	}
	m := &t.mentions[k]
	for i := s.from; i < m.from; i++ {
		if t.toks[i].shape != punct && t.num(i) < 0 && !t.is(i, "với", "còn", "nữ", "ngài", "tân", "đối", "riêng") && !t.is(s.from, "tại", "ở") {
			return
		}
	}
	if m.entity < 0 || len(m.titles) == 0 || m.name.empty() || m.rank > 4 || r.entities[m.entity].org == "" && r.entities[m.entity].country == "" {
		return
	}
	who := []int{r.several.host, m.entity}
	if !r.abroad(who) {
		return
	}
	known := slices.ContainsFunc(r.events, func(ev event) bool { return !ev.visit && slices.Contains(ev.principals, m.entity) })
	if near := min(m.to+8, s.to); known || t.triggers(m.to, near) && !t.speaks(m.to, near) {
		return
	}
	at.trigger, at.full = span{m.from, m.to}, true
	r.add(event{kind: r.several.kind, status: archive.Held, principals: who, series: len(r.events) + 1, rule: r.several.rule, refs: []ref{at, r.several.at}})
}

// party reports whether the words at token i are the visitors as a body, whose
// leader was named before: "tiếp thân mật Đoàn", "tiếp đoàn Việt Nam".
func (t *text) party(i int) bool {
	for k := i; k < i+5 && k < len(t.toks); k++ {
		if t.is(k, "đoàn") && !t.is(k+1, "kết", "thể", "viên", "do", "gồm") {
			return t.toks[k].shape == capital || k+1 >= len(t.toks) || t.toks[k+1].shape == punct
		}
		if t.toks[k].shape == punct || t.inMention(k) {
			return false
		}
	}
	return false
}

// partyReceived reports whether the subject before token i acts on the visitors
// as a body: "Đoàn được Thủ tướng Y tiếp".
func (t *text) partyReceived(i, from int) bool {
	k := t.before(i, from)
	if k < 0 {
		return false
	}
	for k > 0 && t.mentions[k-1].from >= from && !t.is(t.mentions[k].from-1, "được") {
		if only, _ := t.links(t.mentions[k-1].to, t.mentions[k].from); !only {
			break
		}
		k--
	}
	at := t.mentions[k].from - 1
	if !t.is(at, "được") {
		return false
	}
	for at--; at >= from && at > i-30; at-- {
		if t.is(at, "đoàn") {
			return true
		}
		if t.toks[at].shape == punct || t.inMention(at) {
			return false
		}
	}
	return false
}

// welcomes reads a coming visit from who will welcome the guest: "Việt Nam sẽ đón
// Thủ tướng Đức X trong hai ngày 11 và 12-10".
func (r *reader) welcomes(t *text, at ref, subject []int, guest int, s span) bool {
	host := ""
	if len(subject) > 0 {
		host = r.entities[subject[0]].country
	} else {
		for _, c := range t.in(s.from, at.trigger.from) {
			if c.class == classCountry {
				host = c.arg
			}
		}
	}
	if x := &r.entities[guest]; host == "" || x.country == "" || x.country == host || x.rank > 3 || !r.dated(at) {
		return false
	}
	if !r.touchVisits(at, guest, host) {
		at.full = true
		r.addVisit(event{visit: true, status: archive.Announced, guest: guest, host: host, principals: []int{guest}, rule: "visit-verb", refs: []ref{at}})
	}
	return true
}

// chairsOf reads a conference of several countries by those who chair and those
// who attend it: "Đồng chủ trì Hội nghị là A và B; tham dự có C, D và E".
func (r *reader) chairsOf(t *text, h *hit, s span) []int {
	if h.from > s.from+2 || !t.has(h.to, h.to+3, "nghị") {
		return nil
	}
	who, end, _ := t.objects(h.to, s, false, true)
	if k := t.after(end, s.to); k >= 0 && t.has(end, t.mentions[k].from, "dự") {
		more, _, _ := t.objects(t.mentions[k].from, s, false, true)
		for _, e := range more {
			if !slices.Contains(who, e) {
				who = append(who, e)
			}
		}
	}
	countries := map[string]bool{}
	for _, e := range who {
		countries[r.entities[e].country] = true
	}
	if len(countries) < 3 {
		return nil
	}
	return who
}

// bySides reads those who chair together, side by side: "Đồng chủ trì, về phía
// Việt Nam là A và B; về phía Nhật Bản là C và D".
func (r *reader) bySides(t *text, i int, s span) []int {
	sides := 0
	var who []int
	for j := i; j < s.to; j++ {
		if t.is(j, "phía", "bên") && j+1 < s.to {
			sides++
		}
		if t.speaks(j, j+1) {
			break
		}
		if k := t.after(j, s.to); sides > 0 && k >= 0 && t.mentions[k].from == j && t.mentions[k].entity >= 0 && !slices.Contains(who, t.mentions[k].entity) {
			who = append(who, t.mentions[k].entity)
		}
	}
	if sides < 2 || len(who) < 2 || len(who) > 8 || !r.abroad(who) {
		return nil
	}
	return who
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
		case !t.is(k, "lần", "lượt", "hôm", "nay", "dịp", "này", "sáng", "chiều", ",", "còn"):
			return i
		}
	}
	return i
}

// apart reports whether people of one country each hold an office of their own
// at the top: two of them receive a guest one after the other.
func (r *reader) apart(who []int) bool {
	for _, e := range who {
		if x := &r.entities[e]; x.rank > 2 || x.spouse || len(x.titles) == 0 {
			return false
		}
	}
	return true
}

// neighbours corrects the country of those who have it only from their name.
// Chinese names in Vietnamese reading are built like Vietnamese ones: in a list
// after a Chinese leader, or met by a Vietnamese in an article about China,
// "Bộ trưởng Bộ Công an Quách Thanh Côn" is Chinese.
func (r *reader) neighbours(subject, object []int, said string) {
	country := ""
	for _, e := range subject {
		// Whom an envoy meets is of the country he is sent to.
		if post := r.entities[e].post; post != "" && r.entities[e].country == "VN" {
			for _, o := range object {
				if x := &r.entities[o]; x.country == "" || x.guessed {
					x.country, x.state, x.guessed = post, archive.Inferred, false
				}
			}
		}
	}
	for i, e := range object {
		x := &r.entities[e]
		// "hai quan chức Lào là A và B"
		if said != "" && x.org == "" && (x.country == "" || x.guessed) {
			x.country, x.state, x.guessed = said, archive.Inferred, false
		}
		// "Chủ tịch Hạ viện Bỉ X và Chủ tịch Thượng viện Y": both are Belgian.
		if i > 0 && (x.country == "" || x.guessed) && x.org == "" && stateOffice(x.keys) {
			if before := &r.entities[object[i-1]]; before.country != "" && before.country != "VN" {
				x.country, x.state, x.guessed = before.country, archive.Inferred, false
			}
		}
		if x.country != "VN" && !x.guessed {
			country = x.country
		}
	}
	if country == "" && (r.foreign == "CN" || r.foreign == "TW" || r.foreign == "SG") {
		country = r.foreign
	}
	// Somebody must be at home for the other to be a guest: known from the
	// authority list, from an office that says so, or by a name that is not Chinese.
	all := append(slices.Clone(subject), object...)
	home := slices.ContainsFunc(all, func(e int) bool {
		x := &r.entities[e]
		return x.country == "VN" && (!x.byName || r.homeName(x))
	}) || slices.ContainsFunc(subject, func(e int) bool { return r.entities[e].country == "VN" })
	if country == "" || !home || !readsChinese(country) {
		return
	}
	others := object
	if r.abroad(all) && len(object) > 0 && !slices.ContainsFunc(object, func(e int) bool { return r.entities[e].byName }) {
		return
	}
	if len(object) == 0 || !slices.ContainsFunc(object, func(e int) bool { return r.entities[e].byName && !r.homeName(&r.entities[e]) }) {
		others = all
	}
	// The guest is known, and whoever is left with a Chinese name is at home.
	if known := slices.ContainsFunc(all, func(e int) bool { return r.entities[e].country == country }); known && !slices.ContainsFunc(all, func(e int) bool {
		x := &r.entities[e]
		return x.country == "VN" && (!x.byName || r.homeName(x) || !slices.Contains(others, e))
	}) {
		return
	}
	for _, e := range others {
		if x := &r.entities[e]; x.byName && !r.homeName(x) {
			x.country, x.byName = country, false
		}
	}
}

// receivers reads "Tiếp Đoàn có các đồng chí: A, Chủ tịch tỉnh; B, …": the first
// is the host, the others attend, and the guest is the foreigner named last.
func (r *reader) receivers(t *text, at ref, h *hit, s span, kind archive.MeetingKind, rule string) bool {
	k := t.after(h.to, s.to)
	if !mutual(kind) && kind != archive.Encounter || h.from > s.from+2 || !r.body(at) || k < 0 {
		return false
	}
	first := &t.mentions[k]
	if first.entity < 0 || first.from-h.to > 12 || !t.has(h.to, first.from, "có") || !t.has(h.to, first.from, "đoàn") || t.speaks(h.to, first.from) {
		return false
	}
	guest := -1
	for ti := at.text; ti >= 0 && ti > at.text-3 && guest < 0; ti-- {
		for x := len(r.texts[ti].mentions) - 1; x >= 0; x-- {
			m := &r.texts[ti].mentions[x]
			if (ti < at.text || m.to <= h.from) && m.entity >= 0 && r.abroad([]int{first.entity, m.entity}) {
				guest = m.entity
			}
		}
	}
	if guest < 0 || len(r.events) >= maxEvents {
		return false
	}
	at.full = true
	ev := event{kind: kind, status: t.status(h.from, s), principals: []int{first.entity, guest}, rule: rule, refs: []ref{at}}
	for k++; k < len(t.mentions) && t.mentions[k].to <= s.to; k++ {
		if m := &t.mentions[k]; m.entity >= 0 && !m.name.empty() && !slices.Contains(ev.principals, m.entity) && !slices.Contains(ev.attending, m.entity) {
			ev.attending = append(ev.attending, m.entity)
		}
	}
	r.add(ev)
	return true
}

// stateOffice reports whether one of the offices is of a state: a body of its
// own may have a president too.
func stateOffice(keys []string) bool {
	return slices.ContainsFunc(keys, func(k string) bool {
		for _, w := range []string{"thủ tướng", "tổng thống", "quốc hội", "nghị viện", "thượng viện", "hạ viện", "chủ tịch nước", "bộ trưởng", "quốc vương"} {
			if strings.Contains(k, w) {
				return true
			}
		}
		return false
	})
}

// readsChinese reports whether names of a country are written in Vietnamese
// reading, and so look Vietnamese.
func readsChinese(country string) bool {
	switch country {
	case "CN", "TW", "HK", "MO", "SG", "MY", "KP", "KR":
		return true
	}
	return false
}

// homeName reports whether a name can hardly be Chinese: its family name is
// none of the Chinese ones.
func (r *reader) homeName(x *entity) bool {
	first, _, _ := strings.Cut(x.written, " ")
	return !r.lex.chinese[string(wordKey(nil, first))]
}

// messages reads who wrote to whom: one record for each sender, except where
// leaders of one country write together. Senders may follow a colon
// ("… gửi điện tới X: Tổng thống Y, Nhà vua Z"), and a recipient who is not
// named again is the one of whom the sentence, or the article, speaks.
func (r *reader) messages(t *text, at ref, s span, end int, from, to []int, status archive.Status) {
	if len(from) == 0 {
		if k := t.after(end, s.to); k >= 0 && t.mentions[k].from-end <= 2 {
			senders, _, _ := t.objects(end, s, !t.is(end, ":"), t.is(end, ":"))
			for _, e := range senders {
				if !slices.Contains(to, e) {
					from = append(from, e)
				}
			}
		}
	}
	if later := t.sendsAgain(at.trigger.to, s); len(to) == 0 && later {
		r.senders = append(r.senders, from...) // "X gửi thư, Y gửi điện thăm hỏi đến Z"
		return
	}
	from = append(r.senders, from...)
	r.senders = nil
	if len(to) == 0 {
		for k := t.before(at.trigger.from, s.from); k >= 0 && t.mentions[k].from >= s.from && len(to) == 0; k-- {
			if e := t.mentions[k].entity; e >= 0 && !slices.Contains(from, e) && r.abroad(append(slices.Clone(from), e)) {
				to = []int{e}
			}
		}
	}
	if len(to) == 0 && r.protagonist() >= 0 && !slices.Contains(from, r.protagonist()) {
		to = []int{r.protagonist()}
	}
	at.full = true
	var parties [][]int // senders of one country together
	for _, e := range from {
		k := slices.IndexFunc(parties, func(p []int) bool { return r.entities[p[0]].country == r.entities[e].country })
		if k < 0 || r.entities[e].country == "" {
			parties = append(parties, []int{e})
		} else {
			parties[k] = append(parties[k], e)
		}
	}
	for _, p := range parties {
		// Recipients of several countries got a message each.
		for len(to) > 0 {
			country := r.entities[to[0]].country
			var here, rest []int
			for _, e := range to {
				if r.entities[e].country == country {
					here = append(here, e)
				} else {
					rest = append(rest, e)
				}
			}
			if all := append(slices.Clone(p), here...); r.abroad(all) {
				r.add(event{kind: archive.Message, status: status, principals: all, rule: "event-message", refs: []ref{at}})
			}
			if len(parties) > 1 {
				break
			}
			to = rest
		}
	}
}

// messagesOf reads messages by their senders: "điện mừng của X đã được gửi tới Y;
// của Z tới W".
func (r *reader) messagesOf(t *text, at ref, h *hit, s span) bool {
	found := false
	at.full = true
	for i := h.to; i < s.to; i++ {
		from := t.after(i, s.to)
		if from < 0 || from+1 >= len(t.mentions) {
			break
		}
		x, y := &t.mentions[from], &t.mentions[from+1]
		if !t.is(x.from-1, "của") || y.to > s.to || y.from-x.to > 10 || !t.is(y.from-1, "tới", "đến", "cho", "lên", "là") {
			break
		}
		who := []int{x.entity, y.entity}
		if x.entity >= 0 && y.entity >= 0 && r.abroad(who) {
			r.add(event{kind: archive.Message, status: t.status(h.from, s), principals: who, rule: "event-message", refs: []ref{at}})
			found = true
		}
		i = y.to
	}
	return found
}

// letter reads a message that is quoted before it is said to have been sent:
// "Trong thư mừng, Thủ tướng X viết: …", to whom the article is about.
func (r *reader) letter(t *text, at ref, h *hit, s span) {
	k := t.after(h.to, s.to)
	if k < 0 || t.mentions[k].entity < 0 || t.mentions[k].from-h.to > 3 || !t.speaks(t.mentions[k].to, min(t.mentions[k].to+8, s.to)) {
		return
	}
	who := []int{t.mentions[k].entity, r.protagonist()}
	if who[1] < 0 || r.touchWith(who, at) || !r.abroad(who) || r.entities[who[0]].rank > 3 {
		return
	}
	at.full = true
	r.add(event{kind: archive.Message, status: archive.Held, principals: who, rule: "event-message", refs: []ref{at}})
}

// sendsAgain reports whether another message is sent after token i, with only
// its sender between.
func (t *text) sendsAgain(i int, s span) bool {
	for _, h := range t.in(i, min(i+16, s.to)) {
		if h.class == classTrigger && h.arg == "message" && !t.inMention(h.from) {
			k := t.before(h.from, i)
			return k >= 0 && t.mentions[k].to == h.from && t.is(i, ",", "và") && t.mentions[k].from == i+1
		}
	}
	return false
}

// delegation finds whom "Đoàn đại biểu cấp cao Singapore" stands for: the
// leader of that country the article has named.
func (r *reader) delegation(t *text, from int, s span) []int {
	party := false
	for i := from; i < s.to && i < from+16; i++ {
		if t.inMention(i) || t.toks[i].shape == punct || t.at(i, classTrigger) != nil {
			return nil
		}
		party = party || t.is(i, "đoàn")
		c := t.at(i, classCountry)
		if c == nil || c.arg == "VN" || !party {
			continue
		}
		best := r.headOfParty()
		for e := range r.entities {
			if x := &r.entities[e]; x.country == c.arg && slices.ContainsFunc(x.titles, func(s string) bool { return strings.HasPrefix(strings.ToLower(s), "trưởng đoàn") }) {
				best = e
			}
		}
		if best < 0 || r.entities[best].country != c.arg {
			best = -1
			for e := range r.entities {
				if x := &r.entities[e]; x.country == c.arg && !x.spouse && (best < 0 || x.rank < r.entities[best].rank) {
					best = e
				}
			}
		}
		if best < 0 {
			return nil
		}
		return []int{best}
	}
	return nil
}

// together finds people of several countries named side by side after a clause
// that names nobody and begins at token from: "Sau hội đàm, A và B …", "Ăn sáng
// làm việc cùng nhau trước giờ khai mạc, A, B và C …".
func (r *reader) together(t *text, from int, s span) []int {
	k := t.after(from, s.to)
	if k < 0 || t.mentions[k].entity < 0 || t.mentions[k].from-from > 30 || !t.is(t.mentions[k].from-1, ",") ||
		t.speaks(from, t.mentions[k].from) || t.triggers(from, t.mentions[k].from) {
		return nil
	}
	who, joined := []int{t.mentions[k].entity}, false
	for k++; k < len(t.mentions) && t.mentions[k].to <= s.to && len(who) < 6; k++ {
		only, and := t.links(t.mentions[k-1].to, t.mentions[k].from)
		if !only || t.mentions[k].entity < 0 {
			break
		}
		who, joined = append(who, t.mentions[k].entity), joined || and
	}
	if !joined || !r.abroad(who) {
		return nil
	}
	return who
}

// trilateral reports whether the article speaks of three sides together, and not
// only of "hợp tác ba bên".
func (r *reader) trilateral() bool {
	for ti := range r.texts {
		for _, h := range r.texts[ti].hits {
			if t := &r.texts[ti]; h.class == classGroup && h.arg == "all" && t.is(h.from, "ba") && !t.is(h.from-1, "tác", "chế") {
				return true
			}
		}
	}
	return false
}

// chained reports whether only "và", "rồi" or a comma joins the trigger at
// token i to what stands before it.
func (t *text) chained(i int) bool {
	for k := i - 1; k >= 0 && k > i-9; k-- {
		if t.is(k, "và", "rồi", ",", ";") {
			return true
		}
		if !t.is(k, "đã", "sẽ", "có", "cũng", "sau", "đó", "kế", "tiếp", "liền", "lần", "lượt", "dự", "tiến", "hành", "cuộc", "các", "ngày", "sáng", "chiều", "tối", "trưa", "buổi", "cùng", "nay", "hôm", "/", "-") && t.num(k) < 0 {
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
		if t.is(k, ";") || t.is(k, ",") && !chained || chained && t.is(k, "đã", "vừa") {
			break
		}
		if t.is(k, "sẽ", "sắp") || t.is(k, "dự") && t.is(k+1, "kiến") || t.is(k, "chuẩn") && t.is(k+1, "bị") {
			return archive.Announced
		}
		if t.is(k, "từng") && k > i-4 {
			return archive.Recalled
		}
	}
	if t.is(s.from, "dự") && t.is(s.from+1, "kiến") {
		return archive.Announced
	}
	return archive.Held
}

// abroad reports whether the people come from two countries, or from a country
// and an international organisation. Somebody who heads a company represents
// neither.
func (r *reader) abroad(who []int) bool {
	first := ""
	for _, e := range who {
		x := &r.entities[e]
		if x.business {
			continue
		}
		from := x.country
		if from == "" {
			from = "org:" + x.org
		}
		if from == "org:" {
			from = "?" // foreign, and we do not know whence
		}
		if first == "" {
			first = from
		} else if first != from {
			return true
		}
	}
	return false
}

// protagonist is whom the article follows: the Vietnamese principal of its
// first event, or before there is one the Vietnamese leader named most; -1 when
// there is neither.
func (r *reader) protagonist() int {
	best := -1
	for e := range r.entities {
		x := &r.entities[e]
		if x.country == "VN" && x.rank <= 3 && !x.spouse && (x.count > 1 || x.rank <= 2) && (best < 0 || x.count > r.entities[best].count) {
			best = e
		}
	}
	for i := range r.events {
		for _, e := range r.events[i].principals {
			if r.entities[e].country == "VN" {
				return e
			}
		}
	}
	return best
}

// touchWith notes that the sentence at tells more of the events whose
// principals include all of who.
func (r *reader) touchWith(who []int, at ref) bool {
	found := false
	for i := range r.events {
		ev := &r.events[i]
		if ev.visit {
			continue
		}
		hit := among(who, ev.principals)
		if ev.series > 0 {
			hit = slices.ContainsFunc(who, func(e int) bool { return slices.Contains(ev.principals, e) && !r.throughout(ev.series, e) })
		}
		if hit {
			ev.touch(at)
			found = true
		}
	}
	return found
}

// throughout reports whether somebody takes part in every meeting of a series:
// its host, who tells nothing of which one is meant.
func (r *reader) throughout(series, e int) bool {
	n := 0
	for i := range r.events {
		if ev := &r.events[i]; ev.series == series {
			if n++; !slices.Contains(ev.principals, e) {
				return false
			}
		}
	}
	return n > 1 || r.entities[e].country == "VN"
}

// touchKind notes a sentence that tells of "cuộc hội đàm" without saying
// whose: the one under way, or all of a series for "các cuộc gặp".
func (r *reader) touchKind(kind archive.MeetingKind, plural bool, at ref) {
	under := r.current(at.text, at.sent)
	found := false
	talks := slices.ContainsFunc(r.events, func(ev event) bool { return ev.kind == archive.Talks })
	for _, i := range under {
		ev := &r.events[i]
		// "Tổng thống X tiếp người đồng cấp Y. Hội đàm kéo dài 90 phút."
		if kind == archive.Talks && ev.kind == archive.Reception && !talks && r.apart(ev.principals) {
			ev.kind, ev.rule = archive.Talks, "event-talks"
		}
		if kind == archive.Online && ev.kind == archive.Talks {
			ev.kind, ev.rule = kind, "event-online" // "… hội đàm với Y. Cuộc hội đàm trực tuyến diễn ra …"
		}
		if ev.visit || ev.kind != kind && strength(kind) > 0 && strength(ev.kind) > 0 || ev.kind == archive.Message {
			continue
		}
		ev.touch(at)
		found = true
	}
	for i := len(r.events) - 1; i >= 0 && (plural || !found); i-- {
		ev := &r.events[i]
		if ev.visit || ev.kind != kind || plural && ev.series == 0 || ev.status != archive.Held || slices.Contains(under, i) {
			continue
		}
		ev.touch(at)
		found = true
	}
}

// among reports whether a is not empty and all of it is in b.
func among(a, b []int) bool {
	for _, x := range a {
		if !slices.Contains(b, x) {
			return false
		}
	}
	return len(a) > 0
}

// sharedOffice gives the office of "hai Thủ tướng" nearest before token i, as a
// key, or "" where the words name none.
func (t *text) sharedOffice(i, from int) string {
	to := t.groupBefore(i, from)
	if to < 0 {
		return ""
	}
	for k := to - 1; k > from && k > to-6; k-- {
		if h := t.at(k, classTitle); h != nil && h.to <= to && t.is(k-1, "hai") && stateOffice([]string{strings.ToLower(t.str(h.from, h.to))}) {
			return officeKey(strings.ToLower(t.str(h.from, to)))
		}
	}
	return ""
}

// pairAt finds the two leaders of "hai nhà lãnh đạo": a Vietnamese and a
// foreign one among those named in the sentence, in the visit under way, and
// in the paragraphs before.
func (r *reader) pairAt(t *text, at ref, s span) []int {
	home, away := -1, -1
	office := t.sharedOffice(at.trigger.from, s.from)
	consider := func(e int) {
		if e < 0 || r.entities[e].spouse {
			return
		}
		if office != "" && !slices.ContainsFunc(r.entities[e].keys, func(k string) bool { return strings.Contains(k, office) }) {
			return
		}
		if r.entities[e].country == "VN" {
			if home < 0 {
				home = e
			}
		} else if away < 0 {
			away = e
		}
	}
	for k := t.before(at.trigger.from, s.from); k >= 0 && t.mentions[k].from >= s.from; k-- {
		consider(t.mentions[k].entity)
	}
	for i := len(r.events) - 1; i >= 0; i-- {
		for _, e := range r.events[i].principals {
			consider(e)
		}
	}
	for ti := at.text; ti >= 0 && ti > at.text-6 && (home < 0 || away < 0); ti-- {
		for k := len(r.texts[ti].mentions) - 1; k >= 0 && k > len(r.texts[ti].mentions)-80; k-- {
			if ti == at.text && r.texts[ti].mentions[k].from > at.trigger.from {
				continue
			}
			if r.texts[ti].mentions[k].rank <= 3 {
				consider(r.texts[ti].mentions[k].entity)
			}
		}
	}
	if home >= 0 && away >= 0 {
		return []int{home, away}
	}
	// Among others, "hai nhà lãnh đạo" are the two who met last.
	for i := len(r.events) - 1; i >= 0 && home < 0; i-- {
		if ev := &r.events[i]; office == "" && !ev.visit && len(ev.principals) == 2 && r.abroad(ev.principals) {
			return slices.Clone(ev.principals)
		}
	}
	return nil
}

// strength orders kinds by how much they say: "gặp" is any encounter, and who is
// received "và hội đàm" has talks.
func strength(k archive.MeetingKind) int {
	switch k {
	case archive.Encounter:
		return 0
	case archive.Ceremony:
		return -1
	case archive.Talks:
		return 2
	}
	return 1
}

// add keeps an event, or joins it to the one it tells of again: the same
// principals, neither a visit nor a message, one not announced while the other
// was held.
func (r *reader) add(n event) {
	if len(n.principals) > 40 || len(r.events) >= maxEvents {
		return
	}
	for i := range r.events {
		ev := &r.events[i]
		if ev.visit || n.visit || ev.unnamed != nil || (ev.kind == archive.Message) != (n.kind == archive.Message) || ev.status != n.status {
			continue
		}
		if ev.kind != n.kind && strength(ev.kind) > 0 && strength(n.kind) > 0 && !r.weaker(ev, &n) && !oneMeeting(ev, &n) ||
			(ev.kind == archive.Ceremony) != (n.kind == archive.Ceremony) {
			continue
		}
		if !among(n.principals, ev.principals) && !among(ev.principals, n.principals) {
			continue
		}
		// A caption or headline does not outweigh the body.
		if strength(n.kind) > strength(ev.kind) || r.body(n.refs[0]) && !slices.ContainsFunc(ev.refs, func(at ref) bool { return at.full && r.body(at) }) && strength(n.kind) >= strength(ev.kind) {
			ev.kind, ev.rule = n.kind, n.rule
		}
		if len(n.principals) > len(ev.principals) && r.body(n.refs[0]) {
			ev.principals = n.principals
		}
		for _, at := range n.refs {
			ev.touch(at)
		}
		return
	}
	r.events = append(r.events, n)
}

// oneMeeting reports whether two kinds told of the same people are one
// encounter: "tiếp" and "hội kiến" are its two sides, and one sentence tells of
// it in two words ("đón và hội đàm").
func oneMeeting(a, b *event) bool {
	if mutual(a.kind) && mutual(b.kind) {
		return true
	}
	y := b.refs[0]
	return slices.ContainsFunc(a.refs, func(x ref) bool { return x.full && x.text == y.text && x.sent == y.sent })
}

// mutual reports whether a kind is one of the two sides of a visitor's call.
func mutual(k archive.MeetingKind) bool {
	return k == archive.Reception || k == archive.CourtesyCall
}

// weaker reports whether two kinds may name one event: one of them stands only
// in a headline or caption.
func (r *reader) weaker(a, b *event) bool {
	return !r.body(a.refs[0]) || !r.body(b.refs[0])
}

// body reports whether the ref is in running text, not a headline or caption.
func (r *reader) body(at ref) bool {
	k := r.texts[at.text].p.Kind
	return k == archive.Body || k == archive.Lead
}

const maxEvents = 64

// early reports whether the ref is in the headline, the lead or the first
// paragraphs of text.
func (r *reader) early(at ref) bool {
	n := 0
	for i := 0; i < at.text; i++ {
		if r.body(ref{text: i}) {
			n++
		}
	}
	return n < 3
}
