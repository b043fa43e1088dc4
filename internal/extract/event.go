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
	legAt    ref    // the sentence that has them
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

// readEvents reads who met whom and who travelled: sentence by sentence from the
// triggers, then what no frame gave.
func (r *reader) readEvents() {
	for ti := range r.texts {
		for si := range r.texts[ti].sents {
			r.readSentence(ti, si)
		}
	}
	r.alsoSent()
	r.flushUnsent()
	r.closeSeries()
	r.adopt()
	r.ceremonies()
	for i := range r.events {
		r.settleCall(&r.events[i])
	}
	if r.sport() {
		return // "tiếp Thái Lan ở bán kết" is a match: only what is told in full is an encounter
	}
	if !slices.ContainsFunc(r.events, func(ev event) bool { return !ev.visit && ev.kind != archive.Ceremony }) {
		r.impliedMeeting(r.anyMeeting())
	}
	if len(r.events) == 0 {
		r.greetings()
	}
	r.readLoose()
	if !slices.ContainsFunc(r.events, func(ev event) bool { return ev.visit }) {
		r.landed()
	}
	r.betweenParties(false)
	if !r.anyMeeting() {
		r.thanked()
	}
	r.tributes()
	r.summit(len(r.events) > 0)
	if !r.anyMeeting() {
		r.gathering()
	}
	r.handedOver()
	r.keepNameless()
	r.attendedSummit(slices.ContainsFunc(r.events, func(ev event) bool { return !ev.visit && ev.status == archive.Held }))
	r.unsaidJourney()
	for i := range r.events {
		r.settleSummit(&r.events[i])
	}
}

// anyMeeting reports whether an encounter other than a journey was read.
func (r *reader) anyMeeting() bool {
	return slices.ContainsFunc(r.events, func(ev event) bool { return !ev.visit })
}

// sport reports whether the article tells of a match or a contest.
func (r *reader) sport() bool {
	var found []string
	for ti := range r.texts {
		for _, h := range r.texts[ti].hits {
			if h.class != classSport || slices.Contains(found, h.key) {
				continue
			}
			if found = append(found, h.key); len(found) > 2 {
				return true
			}
		}
	}
	return false
}

// readSentence reads the triggers of a sentence in their order.
func (r *reader) readSentence(ti, si int) {
	t := &r.texts[ti]
	s, at := t.sents[si], ref{text: ti, sent: si}
	r.met, r.senders = nil, nil
	var last []int // subject of the trigger before, for "… và gặp …"
	done := s.from
	hits := t.in(s.from, s.to)
	for i := range hits {
		h := r.trigger(t, &hits[i])
		if h == nil || h.from < done || t.wished(h.from, s.from) && !(h.phrase == sent && t.is(h.to, "của")) {
			continue
		}
		if to := t.goesOn(h, s); to > h.to {
			h = &hit{h.from, to, h.phrase}
			done = to
		}
		at.trigger = span{h.from, h.to}
		last = r.readTrigger(t, at, h, s, last)
	}
}

// trigger gives the trigger that begins with a phrase, nil when there is none. A
// name may have taken its first words: "Trương Tấn Sang thăm" is not "… sang thăm".
func (r *reader) trigger(t *text, h *hit) *hit {
	if h.class != classTrigger {
		return nil
	}
	if t.inMention(h.from) && !t.inMention(h.to-1) {
		i := h.from
		for t.inMention(i) {
			i++
		}
		if rest := r.lex.phraseAt(t.toks, i, classTrigger); rest != nil {
			h = rest
		}
	}
	if h.arg == "ceremony" && h.to-h.from == 1 && t.is(h.to, "đoàn") && !t.ofDelegation(h.to, t.sents[t.sentenceOf(h.from)]) {
		return nil // "ra sân bay đón đoàn": but who receives "đoàn do bà X dẫn đầu" meets her
	}
	if h.arg == "x" || t.inMention(h.from) || h.arg == "sign" && t.is(h.from-1, "tới", "đến", "sớm", "việc", "để", "đẩy", "tiến", "xét", "cứu") {
		return nil // "tiến tới ký kết": nobody signs yet
	}
	return h
}

// goesOn gives the token after the words that say again what a trigger says: "tiếp
// và làm việc với", "chào, trao đổi với", and the slip "gặp gặp".
func (t *text) goesOn(h *hit, s span) int {
	if h.to-h.from == 1 && h.to < s.to && t.word(h.to) == t.word(h.from) {
		return h.to + 1
	}
	i := h.to
	if t.is(i, "và", ",") {
		i++
	}
	switch h.arg {
	case "visit":
		if t.is(i, "làm") && t.is(i+1, "việc") && h.alt == "v" {
			return i + 2 // "đi thăm, làm việc tại tỉnh Vân Nam"
		}
		return h.to
	case string(archive.Talks), string(archive.Reception), string(archive.CourtesyCall), string(archive.Encounter):
	default:
		return h.to
	}
	if next := t.at(i, classTrigger); next != nil && next.arg == string(archive.Encounter) && next.alt == "v" && next.to <= s.to && !t.is(i, "gặp") {
		return next.to
	}
	return h.to
}

// readTrigger reads what a trigger tells. It is given the subject of the one
// before, and gives the subject that the next may share.
func (r *reader) readTrigger(t *text, at ref, h *hit, s span, last []int) []int {
	switch h.arg {
	case "visit":
		// "đến thăm Bộ trưởng X" is a call on a person, not a journey.
		with := h.to
		if t.is(with, "với") {
			with++
		}
		if k := t.after(h.to, s.to); h.alt == "v" && k >= 0 && t.mentions[k].from-with <= 1 && t.mentions[k].entity >= 0 {
			call := hit{h.from, h.to, &phrase{class: classTrigger, arg: string(archive.CourtesyCall), alt: "v"}}
			return r.meetingFrame(t, at, &call, s, last)
		}
		r.visitFrame(t, at, h, s)
		if guest, _, ok := t.visitor(h, s); ok && h.alt == "v" {
			return []int{guest} // "thăm Bình Nhưỡng và hội đàm với Y"
		}
		return last
	case "arrive":
		r.arrival(t, at, h, s)
		return last
	case "summit":
		return last // [reader.summit] reads it, when all else is read
	case "message":
		if h.alt == "n" {
			r.letter(t, at, h, s)
			return last
		}
		return r.meetingFrame(t, at, h, s, nil)
	}
	return r.meetingFrame(t, at, h, s, last)
}

// settleCall says what a call is of which no more is told than that somebody was
// visited: who visits an old friend meets him.
func (r *reader) settleCall(ev *event) {
	if ev.kind != archive.CourtesyCall {
		return
	}
	for _, at := range ev.refs {
		if t := &r.texts[at.text]; at.full && !t.has(at.trigger.from, at.trigger.to, "thăm") {
			return
		}
	}
	ev.kind, ev.rule = archive.Encounter, strings.Replace(ev.rule, "courtesy-call", "meeting", 1)
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

// abroad reports whether the people come from two countries, or from a country
// and an international organisation. Somebody who heads a company represents
// neither.
func (r *reader) abroad(lists ...[]int) bool {
	first := ""
	for _, who := range lists {
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
	t := &r.texts[at.text]
	under := r.current(at.text, at.sent)
	found := false
	talks := slices.ContainsFunc(r.events, func(ev event) bool { return ev.kind == archive.Talks })
	for _, i := range under {
		ev := &r.events[i]
		// "Tổng thống X tiếp người đồng cấp Y. Hội đàm kéo dài 90 phút."
		if kind == archive.Talks && !talks && ev.status == archive.Held && (ev.kind == archive.Encounter && ev.series == 0 || ev.kind == archive.Reception) && r.apart(ev.principals) {
			ev.kind, ev.rule = archive.Talks, "event-talks"
		}
		if kind == archive.Talks && !talks && ev.kind == archive.Ceremony && ev.status == archive.Held && len(ev.principals) == 2 && r.body(at) &&
			t.status(at.trigger.from, t.sents[at.sent]) == archive.Held {
			at.full = true // "X làm lễ đón Y; cuộc hội đàm sau đó kéo dài 50 phút."
			r.add(event{kind: kind, status: archive.Held, principals: slices.Clone(ev.principals), rule: "event-talks", refs: []ref{at}})
			return
		}
		if kind == archive.Online && ev.kind == archive.Talks && !t.undertakes(t.sents[at.sent].from, at.trigger.from) {
			ev.kind, ev.rule = kind, "event-online" // "… hội đàm với Y. Cuộc hội đàm trực tuyến diễn ra …"
		}
		if ev.visit || ev.kind != kind && strength(kind) > 0 && strength(ev.kind) > 0 || ev.kind == archive.Message ||
			ev.kind == archive.Ceremony && kind != archive.Ceremony && slices.ContainsFunc(r.events, func(x event) bool { return x.kind == kind && !x.visit }) {
			continue // "X hội kiến Y. Y ra đón X ở bậc thềm. Dự hội kiến có …"
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
// was held: but a headline tells what is to come as if it were there.
func (r *reader) add(n event) {
	if len(n.principals) > 40 || len(r.events) >= maxEvents {
		return
	}
	for i := range r.events {
		ev := &r.events[i]
		if ev.visit || n.visit || ev.unnamed != nil || (ev.kind == archive.Message) != (n.kind == archive.Message) || ev.status != n.status && !r.headlined(ev, &n) {
			continue
		}
		if ev.kind != n.kind && strength(ev.kind) > 0 && strength(n.kind) > 0 && !r.weaker(ev, &n) && !oneMeeting(ev, &n) ||
			(ev.kind == archive.Ceremony) != (n.kind == archive.Ceremony) {
			continue
		}
		if !among(n.principals, ev.principals) && !among(ev.principals, n.principals) || r.anotherDay(ev, &n) {
			continue
		}
		// An envoy calls and is received: it is a reception.
		if mutual(ev.kind) && mutual(n.kind) && ev.kind != n.kind && slices.ContainsFunc(n.principals, func(e int) bool { return r.entities[e].rank >= 4 }) {
			if n.kind == archive.Reception {
				ev.kind, ev.rule = n.kind, n.rule
			} else {
				n.kind = ev.kind
			}
		}
		if ev.kind == archive.Online && n.kind == archive.Talks {
			n.kind, n.rule = ev.kind, ev.rule // "hội đàm trực tuyến … Tại cuộc hội đàm"
		}
		// A caption or headline does not outweigh the body.
		if strength(n.kind) > strength(ev.kind) || r.body(n.refs[0]) && !slices.ContainsFunc(ev.refs, func(at ref) bool { return at.full && r.body(at) }) && strength(n.kind) >= strength(ev.kind) {
			ev.kind, ev.rule = n.kind, n.rule
		}
		if len(n.principals) > len(ev.principals) && r.body(n.refs[0]) {
			ev.principals = n.principals
		}
		ev.status = n.status
		for _, at := range n.refs {
			ev.touch(at)
		}
		return
	}
	r.events = append(r.events, n)
}

// headlined reports whether an event is so far only told in a headline, and is to
// come by what the text says of it now.
func (r *reader) headlined(ev, now *event) bool {
	return now.status == archive.Announced && r.body(now.refs[0]) &&
		!slices.ContainsFunc(ev.refs, func(at ref) bool { return r.texts[at.text].p.Kind != archive.TitleParagraph })
}

// oneMeeting reports whether two kinds told of the same people are one
// encounter: "tiếp" and "hội kiến" are its two sides, and one sentence tells of
// it in two words ("đón và hội đàm").
func oneMeeting(a, b *event) bool {
	if mutual(a.kind) && mutual(b.kind) || a.kind == archive.Online && b.kind == archive.Talks {
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
	for i := 0; i < at.text && n < 3; i++ {
		if r.body(ref{text: i}) {
			n++
		}
	}
	return n < 3
}
