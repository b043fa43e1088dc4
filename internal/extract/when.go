package extract

import (
	"cmp"
	"slices"
	"strings"

	"vankho/internal/archive"
)

// readWhen gives each event its day.
func (r *reader) readWhen() {
	r.ownDays()
	if r.late = r.collectedLate(); r.late {
		r.ownDays()
	}
	for i := range r.events {
		if ev := &r.events[i]; ev.visit && ev.status == archive.Held && r.yetToBe(ev) {
			ev.status = archive.Announced
		}
	}
	for i := range r.events {
		ev := &r.events[i]
		switch {
		case ev.date.EDTF != "":
		case ev.visit:
			r.daysOfJourney(ev)
		default:
			r.dayElsewhere(ev)
		}
	}
	r.settleTimes()
}

// collectedLate reports whether the collector's prefix is of months after the report:
// all that the text tells as held, by days without a year, lies so far back.
func (r *reader) collectedLate() bool {
	pub := r.published()
	if pub.m == 0 || !strings.HasPrefix(r.a.Published.Rule, "date-prefix") {
		return false
	}
	late := false
	for i := range r.events {
		ev := &r.events[i]
		d := ev.date.EDTF.Start()
		if d.Year() == 0 || !d.Complete() {
			continue
		}
		if gap := serial(day{pub.y, pub.m, cmp.Or(pub.d, 1)}) - serial(dayOfDate(d)); gap <= 70 {
			return false
		}
		late = late || ev.status == archive.Held && ev.date.Rule == "date-day-month+published" && r.early(ev.refs[0])
	}
	return late
}

// ownDays gives the events the days that their own sentences tell.
func (r *reader) ownDays() {
	for i := range r.events {
		ev := &r.events[i]
		ev.date = archive.DateClaim{State: archive.NotStated}
		if d, ok := r.dayOf(ev); ok {
			if ev.visit && d.part == 3 && !d.interval() {
				r.until(ev, &d)
				r.wholeStay(&d, ev.status)
			}
			ev.date = r.claim(d, ev.status)
		}
	}
}

// yetToBe reports whether a visit of which nothing says that it began is still to come
// by what is told of it: "X thăm Lào từ ngày 24 đến 26-8. Trong chuyến thăm, X sẽ …".
func (r *reader) yetToBe(ev *event) bool {
	if r.visitAhead(ev) {
		return true
	}
	if r.departs(ev) {
		return true
	}
	if r.published().d > 0 {
		return false
	}
	for ti := range r.texts {
		t := &r.texts[ti]
		if !r.body(ref{text: ti}) {
			continue
		}
		for _, s := range t.sents {
			if t.has(s.from, s.to, "đã", "đang", "vừa", "nay", "qua") || t.opensVisit(s) || t.leaves(s) {
				return false
			}
		}
	}
	for _, at := range ev.refs {
		t := &r.texts[at.text]
		s := t.sents[at.sent]
		if !r.body(at) {
			continue
		}
		for i := s.from; i < min(s.from+24, s.to); i++ {
			if t.is(i, "sẽ") && t.someDayOfVisit(s) && !t.speaks(s.from, i) {
				return true
			}
		}
	}
	return false
}

// visitAhead reports whether an article speaks of a visit as the coming one, and of
// its days, the first of which is not past: "Trước chuyến thăm, Đại sứ X cho biết …".
func (r *reader) visitAhead(ev *event) bool {
	first := ev.date.EDTF.Start()
	if first.Complete() && r.published().d > 0 && serial(dayOfDate(first)) < r.told() {
		return false
	}
	begun := func(at ref) bool {
		t := &r.texts[at.text]
		s := t.sents[at.sent]
		return t.has(s.from, s.to, "đã", "đang", "vừa") && !t.comingVisit(s, first.Complete())
	}
	if slices.ContainsFunc(ev.refs, begun) {
		return false
	}
	for ti := range r.texts {
		t := &r.texts[ti]
		if r.body(ref{text: ti}) && slices.ContainsFunc(t.sents, func(s span) bool { return t.comingVisit(s, first.Complete()) }) {
			return true
		}
	}
	return false
}

// comingVisit reports whether a sentence speaks of "chuyến thăm … sắp tới", or, where the
// days of the visit are known, begins with "Trước chuyến thăm".
func (t *text) comingVisit(s span, dated bool) bool {
	for _, h := range t.in(s.from, s.to) {
		if h.class != classTrigger || h.arg != "visit" || h.alt != "n" {
			continue
		}
		soon := dated && t.is(h.from-1, "trước") && h.from-1 == s.from
		for k := h.to; k+1 < min(h.to+10, s.to); k++ {
			soon = soon || t.is(k, "sắp") && t.is(k+1, "tới")
		}
		if soon && !t.speaks(s.from, h.from) {
			return true
		}
	}
	return false
}

// departs reports whether the article tells how the guest of a visit was seen off on the
// way there: "… tiễn Bộ trưởng X lên đường sang Lào", and of no stay there or return.
func (r *reader) departs(ev *event) bool {
	off := false
	for ti := range r.texts {
		t := &r.texts[ti]
		if k := t.p.Kind; !r.body(ref{text: ti}) && k != archive.Caption && k != archive.TitleParagraph {
			continue
		}
		for _, s := range t.sents {
			for i := s.from; i < s.to; i++ {
				switch {
				case t.is(i, "kết", "khép") && t.is(i+1, "thúc", "lại"), t.is(i, "rời", "về") && t.is(i+1, "nước", "tới", "đến"), t.is(i, "trở") && t.is(i+1, "về"), t.is(i, "đã", "vừa") && t.is(i+1, "tới", "đến", "có"):
					return false
				case t.is(i, "tiễn") && !t.is(i-1, "đưa"):
					m := t.after(i, min(i+24, s.to))
					off = off || m >= 0 && t.mentions[m].entity == ev.guest && r.entities[ev.guest].country == "VN"
				}
			}
		}
	}
	return off
}

// told gives the day from which an article tells, in the count of serial: that of
// publication, else the latest of its events. A page may be of a later day than its
// report: what it opens with is held.
func (r *reader) told() int {
	pub := r.published()
	at := serial(pub)
	if pub.y == 0 {
		at = 0
		for i := range r.events {
			if d := r.events[i].date.EDTF; d.Year() > 0 {
				at = max(at, serial(dayOfDate(d)))
			}
		}
	}
	if len(r.events) > 0 && pub.m > 0 {
		ev := &r.events[0]
		if d := ev.date.EDTF.End(); ev.status == archive.Held && d.Complete() && r.early(ev.refs[0]) {
			if gap := at - serial(dayOfDate(d)); gap > 25 && (gap <= 60 || gap <= 400 && ev.date.Rule == "date-full" && at == serial(pub) && r.opensReport(ev)) {
				at -= gap
			}
		}
	}
	return at
}

// opensReport reports whether the first sentence of the body tells of an event.
func (r *reader) opensReport(ev *event) bool {
	for ti := range r.texts {
		if r.body(ref{text: ti}) {
			return slices.ContainsFunc(ev.refs, func(at ref) bool { return at.text == ti && at.sent == 0 })
		}
	}
	return false
}

// settleTimes says of each dated event whether it was recalled, held or announced:
// what lies well before the article, or the event it is about, is recalled.
func (r *reader) settleTimes() {
	told, pub := r.told(), r.published()
	for i := range r.events {
		ev := &r.events[i]
		d := ev.date.EDTF.End()
		if ev.status == archive.Held && d.Year() > 0 && d.Month() == 0 && d.Year() < pub.y {
			ev.status = archive.Recalled
		}
		if d.Year() == 0 || d.Month() == 0 {
			continue
		}
		x := serial(dayOfDate(d))
		if d.DayOfMonth() == 0 {
			x += 31 // some day of that month
		}
		if ev.status == archive.Held && pub.m > 0 && told-x > 25 || ev.status == archive.Held && pub.y == 0 && told-x > 40 {
			ev.status = archive.Recalled
		}
		if ev.status == archive.Announced && pub.d > 0 && x < told {
			ev.status = archive.Held
		}
		if s := ev.date.EDTF.Start(); ev.status == archive.Held && pub.d > 0 && (s.Complete() && serial(dayOfDate(s)) > told || s.DayOfMonth() == 0 && serial(dayOfDate(s)) > told) {
			ev.status = archive.Announced
		}
	}
}

// until adds to the first day of a visit the last: "… kéo dài đến hết ngày 7/9",
// "… khép lại chiều 14/6".
func (r *reader) until(ev *event, d *datum) {
	for _, at := range ev.refs {
		t := &r.texts[at.text]
		if !r.body(at) {
			continue
		}
		s := t.sents[at.sent]
		for _, k := range r.datesIn(t, s) {
			end := &r.dates[k]
			if end.part != 3 || end.interval() || end.relative != 0 || end.remembers || !t.ends(end.span.from) && !t.leaves(s) {
				continue
			}
			if days := serial(day{2000, end.from.m, end.from.d}) - serial(day{2000, d.from.m, d.from.d}); days > 0 && days < 20 {
				d.to, d.via = end.to, k+1
				return
			}
		}
	}
}

// wholeStay gives a visit all its days where the first is known and the text tells how
// long the guest stays: "… lưu lại từ hôm nay cho đến ngày 2/9".
func (r *reader) wholeStay(d *datum, status archive.Status) {
	if d.interval() {
		return
	}
	first := r.claim(*d, status).EDTF
	for k := range r.dates {
		o := &r.dates[k]
		t := &r.texts[o.text]
		if o.part != 3 || !o.interval() || o.remembers || !r.body(ref{text: o.text}) || !t.stays(t.sents[t.sentenceOf(o.span.from)], o.span.from) {
			continue
		}
		if all := r.claim(*o, status).EDTF; all.Interval() && all.Start() == first {
			*d = *o
			return
		}
	}
}

// stays reports whether a sentence tells before token i of a stay or a journey.
func (t *text) stays(s span, i int) bool {
	for k := s.from; k < i; k++ {
		if t.is(k, "lưu", "ở") && t.is(k+1, "lại") || t.is(k, "chuyến") && t.is(k+1, "thăm", "công", "đi") || t.is(k, "kéo") && t.is(k+1, "dài") {
			return !t.speaks(s.from, k)
		}
	}
	return false
}

// ends reports whether the date at token i is the last day of something: "kéo
// dài đến hết ngày 7/9".
func (t *text) ends(i int) bool {
	return t.has(i-3, i, "đến", "tới", "hết") && t.has(i-14, i, "kéo")
}

// opensVisit reports whether a sentence tells of what a visit began with: "… mở
// đầu chuyến thăm cấp Nhà nước".
func (t *text) opensVisit(s span) bool {
	for i := s.from; i+2 < s.to; i++ {
		if t.is(i, "mở", "bắt", "khởi") && t.is(i+1, "đầu") && (t.is(i+2, "chuyến") || t.is(i+3, "chuyến")) {
			return true
		}
	}
	return false
}

// daysOfJourney dates a visit by the one interval that begins a sentence of the
// article: "Từ ngày 8-12/7, Chủ tịch Quốc hội đã hội kiến …".
func (r *reader) daysOfJourney(ev *event) {
	var only *datum
	for k := range r.dates {
		d := &r.dates[k]
		t := &r.texts[d.text]
		if d.part < 3 || !d.interval() || d.remembers || !r.body(ref{text: d.text}) {
			continue
		}
		if only != nil {
			return
		}
		if s := t.sents[t.sentenceOf(d.span.from)]; d.span.from != s.from && !(t.is(d.span.from, "từ") && d.span.from <= s.from+5) {
			return
		}
		only = d
	}
	if only != nil && ev.status != archive.Recalled {
		ev.date = r.claim(*only, ev.status)
		ev.date.State, ev.date.Rule = archive.Inferred, "date-of-journey"
	}
}

// choice is what the sentences on an event offer for its day: the one nearest to
// the trigger in the sentence at hand, and what there is where none has such a day.
type choice struct {
	best    datum
	nearest int // tokens from best to the trigger
	found   bool
	single  *datum // one day of a visit, several days of a meeting
	month   *datum // or a year
	weak    *datum // the day on which somebody told of it
}

// dayOf finds the date of an event in the sentences that tell of it: for a
// meeting the nearest day before the trigger, else after it; for a visit an
// interval if there is one.
func (r *reader) dayOf(ev *event) (datum, bool) {
	order := slices.Clone(ev.refs)
	trust := func(at ref) int { return 2*r.weight(at) - boolInt(ev.visit && r.whole(ev, at)) }
	slices.SortStableFunc(order, func(a, b ref) int { return trust(b) - trust(a) })
	var c choice
	follows := false
	if d, ok := r.dayOfLeg(ev, ev.legAt); ok && !ev.leg.empty() {
		return d, true
	}
	for _, at := range order {
		if r.weight(at) == 0 {
			continue
		}
		if follows && !at.full {
			break // the day is that of what it followed
		}
		t := &r.texts[at.text]
		s := t.sents[at.sent]
		follows = follows || at.full && r.body(at) && !ev.visit && t.follows(s)
		if d, ok := r.dayOfLeg(ev, at); ok {
			return d, true
		}
		for _, k := range r.datesIn(t, s) {
			r.weigh(ev, at, k, &c)
		}
		if c.found {
			return c.best, true
		}
	}
	return r.lesserDay(ev, &c)
}

// whole reports whether a sentence tells of a visit only as a part of a journey, whose
// days it names: "Ngày 22 - 26/8, X sẽ thăm Indonesia và Myanmar".
func (r *reader) whole(ev *event, at ref) bool {
	if !slices.ContainsFunc(ev.refs, func(x ref) bool { return x.full && x != at && r.body(x) && r.spans(x) }) || !r.spans(at) {
		return false
	}
	return slices.ContainsFunc(r.events, func(o event) bool {
		return o.visit && o.guest == ev.guest && o.host != ev.host && slices.ContainsFunc(o.refs, func(x ref) bool { return x.text == at.text && x.sent == at.sent })
	})
}

// spans reports whether a sentence names the first and the last of days.
func (r *reader) spans(at ref) bool {
	t := &r.texts[at.text]
	return slices.ContainsFunc(r.datesIn(t, t.sents[at.sent]), func(k int) bool {
		d := &r.dates[k]
		return d.part == 3 && d.interval() && !d.remembers
	})
}

// dayOfLeg gives the day that a sentence on several journeys has for one of them.
func (r *reader) dayOfLeg(ev *event, at ref) (datum, bool) {
	t := &r.texts[at.text]
	s := t.sents[at.sent]
	if !ev.visit {
		return datum{}, false
	}
	leg := t.legOf(at.trigger, s)
	if !ev.leg.empty() && at.text == ev.legAt.text && at.sent == ev.legAt.sent {
		leg = ev.leg
	}
	if leg == s {
		return datum{}, false
	}
	for _, k := range r.datesIn(t, leg) {
		if d := &r.dates[k]; d.part == 3 && d.relative == 0 && !d.remembers && !t.since(d.span) {
			return *d, true
		}
	}
	return datum{}, false
}

// weigh notes date k of the sentence at, if it can be that of the event.
func (r *reader) weigh(ev *event, at ref, k int, c *choice) {
	t := &r.texts[at.text]
	d := &r.dates[k]
	if r.ofSomethingElse(ev, at, d) {
		return
	}
	away := t.away(d.span, at.trigger)
	switch {
	case t.reported(d.span, at.trigger):
		// "Ngày 23/5, Bộ Ngoại giao ra thông cáo: X sẽ thăm …"
		if ev.status == archive.Held && c.weak == nil && d.part == 3 && (ev.visit || !d.interval()) && d.relative < 2 && r.tellable(d) {
			c.weak = d
		}
	case d.part == 3 && d.relative == 2:
		if x, ok := r.dayBefore(k); ok && !ev.visit && (!c.found || away < c.nearest) {
			c.best, c.nearest, c.found = x, away, true
		}
	case d.part == 3 && d.interval() == ev.visit:
		if open := !ev.visit && t.is(d.span.from, "từ") && !t.is(d.span.from+1, "sáng", "chiều", "tối", "trưa"); r.tellable(d) && !open && (!c.found || away < c.nearest) {
			c.best, c.nearest, c.found = *d, away, true
		}
	case d.part == 3:
		if c.single == nil && r.standsFor(ev, at, d) {
			c.single = d
		}
	case c.month == nil && (at.full || ev.visit || d.part < 2 || ev.status == archive.Recalled) && t.tellsRoughly(ev, at, d, away) && r.tellable(d) && !r.monthBeside(k):
		c.month = d
	}
}

// ofSomethingElse reports whether a date of the sentence at is plainly not that of
// an event: remembered, since when something is so, still to come, of a document, a
// conference or another meeting.
func (r *reader) ofSomethingElse(ev *event, at ref, d *datum) bool {
	t := &r.texts[at.text]
	s := t.sents[at.sent]
	switch {
	case d.remembers, t.inMention(d.span.from), t.ofAnotherTrigger(at.trigger, d.span, s),
		ev.status == archive.Announced && (r.past(d) || r.saidThen(t, s, d)), ev.status == archive.Held && (t.toCome(d.span) || t.intends(at.trigger.to, d.span.from)),
		t.since(d.span) && !(ev.visit && t.daysLong(s) > 1):
		return true
	case ev.visit:
		return t.ofOccasion(at.trigger, d.span)
	}
	return ev.kind != archive.Summit && t.ofOther(at.trigger, d.span)
}

// intends reports whether somebody is to do something in from..to: "đã tới Astana, nơi
// các lãnh đạo dự kiến bàn …".
func (t *text) intends(from, to int) bool {
	for i := from; i < to; i++ {
		if t.is(i, "dự") && t.is(i+1, "kiến") || t.is(i, "sẽ") {
			return t.has(from, i, "nơi", "mà", ";")
		}
	}
	return false
}

// away is how far a date stands from a trigger: one behind it comes after all that
// stand before it, but for "hội đàm với X (21/8), hội kiến Y (22/8)", and one that
// repeats the day by the clock at home comes last.
func (t *text) away(d, trigger span) int {
	n := trigger.from - d.to
	if n < 0 {
		n = 1000 + d.from - trigger.to
	}
	if t.inBrackets(d) && d.from > trigger.to && !t.triggers(trigger.to, d.from) {
		n -= 1000
	}
	if t.homeClock(d) {
		n += 3000
	}
	return n
}

// standsFor reports whether one day stands for a visit, or several for a meeting:
// "ngày 19 – 20/2, … lần lượt gặp".
func (r *reader) standsFor(ev *event, at ref, d *datum) bool {
	t := &r.texts[at.text]
	s := t.sents[at.sent]
	if !ev.visit {
		return ev.status != archive.Recalled && at.full && d.interval() && d.span.to <= at.trigger.from && !t.is(d.span.to, ")") &&
			(!t.is(d.span.from, "từ") || t.sits(d.span.to, min(at.trigger.to+8, s.to))) && (!t.visits(s) || t.within(d.span.to, at.trigger.from))
	}
	if (t.leaves(s) || t.onTheWay(at.trigger.from)) && !t.is(d.span.from, "từ") {
		return false // the day of departure is not that of the visit
	}
	fronted := t.starts(d.span.from) && at.trigger.from > d.span.to && at.trigger.from-d.span.to < 45
	meets := t.meetsAfter(d.span.to, s)
	return r.body(at) && d.relative == 0 && t.opensVisit(s) && !(meets && d.span.from > at.trigger.to) ||
		!meets && (at.full || r.body(at) && d.relative == 0 && fronted)
}

// sits reports whether a session that may take days is named in from..to: "đã họp khóa
// họp thứ 10", "đồng chủ trì Đối thoại …".
func (t *text) sits(from, to int) bool {
	for i := from; i < to; i++ {
		if t.is(i, "khóa", "khoá", "kỳ", "phiên") && t.is(i+1, "họp") || t.is(i, "hội") && t.is(i+1, "nghị") || t.is(i, "đối") && t.is(i+1, "thoại") || t.is(i, "vòng") && t.is(i+1, "đàm") {
			return !t.inMention(i)
		}
	}
	return false
}

// tellsRoughly reports whether a month or year is when an event was.
func (t *text) tellsRoughly(ev *event, at ref, d *datum, away int) bool {
	roughly := t.roughly(d.span, at.trigger)
	if d.part == 2 {
		return roughly || d.from.y > 0 && away < 1000 || ev.status == archive.Recalled
	}
	behind := d.span.from - at.trigger.to
	return roughly && (d.relative > 0 || d.span.to <= at.trigger.from) ||
		ev.visit && (at.full && d.relative == 0 && t.nowYear(d.span) || behind >= 0 && behind < 5)
}

// lesserDay gives the date of an event of which no sentence tells it as it should.
func (r *reader) lesserDay(ev *event, c *choice) (datum, bool) {
	switch {
	case c.single != nil:
		d := *c.single
		t := &r.texts[d.text]
		if s := t.sents[t.sentenceOf(d.span.from)]; ev.visit && t.daysLong(s) > 1 && (t.is(d.span.from, "từ") || t.opensVisit(s)) {
			// "trong ba ngày, từ 12/10", "bắt đầu chuyến thăm kéo dài ba ngày"
			d.from, _, _ = r.complete(d.from, ev.status)
			d.to = addDays(day{cmp.Or(d.from.y, 2023), d.from.m, d.from.d}, t.daysLong(s)-1)
			if d.from.y == 0 {
				d.to.y = 0
			}
		}
		return d, true
	case c.month != nil:
		if c.weak != nil && ev.status == archive.Held && r.texts[c.month.text].lately(c.month.span) {
			ev.status = archive.Recalled // "Chiều 8/10, ông X cho biết, tại cuộc hội đàm tháng 7 vừa qua …"
		}
		return *c.month, true
	case c.weak != nil:
		return *c.weak, true
	}
	return datum{}, false
}

// within reports whether the only journey between two tokens is the occasion of
// what is told: "Ngày 26 và 27/7, trong chuyến thăm Lào, ông X đã hội kiến …".
func (t *text) within(from, to int) bool {
	for _, h := range t.in(from, to) {
		if h.class != classTrigger || t.inMention(h.from) || h.arg != "visit" && h.arg != "arrive" {
			continue
		}
		if h.alt != "n" || !t.has(h.from-4, h.from, "trong", "nhân", "khổ", "dịp") {
			return false
		}
	}
	return true
}

// follows reports whether a sentence goes on from the one before it: "Ngay sau
// đó, …", "Tiếp đó, …", "Sau lễ đón, …".
func (t *text) follows(s span) bool {
	i := s.from
	for i < s.to && (t.toks[i].shape == punct || t.is(i, "dự", "kiến")) {
		i++
	}
	if t.is(i, "ngay") {
		i++
	}
	return t.is(i, "sau") && t.is(i+1, "đó", "lễ", "khi", "cuộc", "hội") || t.is(i, "tiếp") && t.is(i+1, "đó", "theo")
}

// reported reports whether a day before a trigger is when somebody told of it:
// "ngày 14/7 cho biết", "Ngày 23/5, Bộ Ngoại giao ra thông cáo".
func (t *text) reported(d, trigger span) bool {
	if i := d.to; t.source(d.from) || t.is(i, ",") && t.is(i+1, "theo") && t.is(i+2, "thông", "tin", "hãng", "báo", "đài", "tờ") {
		return true // "Ngày 26/10, theo tin của Đài NHK, …"
	}
	for i := d.to; i < trigger.from && i < d.to+30; i++ {
		switch {
		case t.is(i, "thông") && t.is(i+1, "cáo", "báo"), t.is(i, "cho") && t.is(i+1, "biết", "hay"), t.is(i, "đưa") && t.is(i+1, "tin"),
			t.is(i, "thuật") && t.is(i+1, "lại"), t.is(i, "tiết") && t.is(i+1, "lộ"), t.is(i, "công") && t.is(i+1, "bố"),
			t.is(i, "tuyên") && t.is(i+1, "bố"), t.is(i, "xác") && t.is(i+1, "nhận"), t.is(i, "dẫn") && t.is(i+1, "lời"):
			return !t.inMention(i)
		}
	}
	return false
}

// source reports whether the date at token i is that of what a sentence is told
// from: "Theo thông báo của Nhà Trắng hôm 28/8, …".
func (t *text) source(i int) bool {
	for k := i - 1; k >= 0 && k > i-14; k-- {
		switch {
		case t.is(k, "theo"):
			return t.is(k+1, "thông", "tuyên", "tin", "nguồn", "hãng", "báo", "đài", "tân")
		case t.is(k, ",", ";", ".", ":"):
			return false
		}
	}
	return false
}

// ofOther reports whether a day behind a trigger is that of something else of
// which the sentence speaks: "về hiệp định ký ngày …", "hội nghị khai mạc ngày …".
func (t *text) ofOther(trigger, d span) bool {
	occasion := false
	for i := max(trigger.to, d.from-20); i < d.from; i++ {
		if t.inMention(i) {
			continue
		}
		if h := t.at(i, classTrigger); h != nil && h.arg == "summit" || t.is(i, "hội") && t.is(i+1, "nghị") || t.is(i, "kỳ", "phiên", "khóa") && t.is(i+1, "họp") ||
			t.is(i, "diễn") && t.is(i+1, "đàn") || t.is(i, "lễ") && t.is(i+1, "kỷ") {
			occasion = true
		}
		near := d.from-i < 7
		switch {
		case !near:
		case t.is(i, "khai", "bế") && t.is(i+1, "mạc"), t.is(i, "ký") && !t.is(i-1, "và", "đã", ",", "lễ") && (i+1 == d.from || i+2 == d.from && t.is(i+1, "kết")),
			t.is(i, "thông") && t.is(i+1, "qua") && d.from-i < 5, t.is(i, "ban") && t.is(i+1, "hành"), t.is(i, "nhậm") && t.is(i+1, "chức"),
			t.is(i, "hoàn") && t.is(i+1, "thành", "tất"), t.is(i, "hiệu") && t.is(i+1, "lực"), t.is(i, "nhận") && t.is(i+1, "nhiệm"),
			t.is(i, "bổ") && t.is(i+1, "nhiệm"), t.is(i, "thành") && t.is(i+1, "lập"), t.is(i, "thiết") && t.is(i+1, "lập"),
			occasion && (t.is(i, "diễn") && t.is(i+1, "ra") || t.is(i, "tổ") && t.is(i+1, "chức")):
			return true
		}
	}
	return false
}

// inBrackets reports whether a day stands in brackets of its own: "(21/8)".
func (t *text) inBrackets(d span) bool { return t.is(d.from-1, "(") && t.is(d.to, ")") }

// ofAnotherTrigger reports whether a day in brackets before a trigger follows
// another one, whose day it is.
func (t *text) ofAnotherTrigger(trigger, d, s span) bool {
	return d.to <= trigger.from && t.inBrackets(d) && t.triggers(s.from, d.from)
}

// ofOccasion reports whether a day behind a trigger is when a conference opens or
// takes place: "dự Diễn đàn khai mạc vào ngày 6/9".
func (t *text) ofOccasion(trigger, d span) bool {
	for i := max(trigger.to, d.from-6); i < d.from; i++ {
		if t.is(i, "khai", "bế") && t.is(i+1, "mạc") && !t.inMention(i) {
			return true
		}
	}
	return false
}

// leaves reports whether a sentence tells of the end of a visit.
func (t *text) leaves(s span) bool {
	for i := s.from; i < s.to; i++ {
		over := t.is(i, "kết", "khép") && t.is(i+1, "thúc", "lại") && !t.is(i-1, "vừa", "sau", "khi")
		if over && (t.has(i+2, i+7, "thăm", "chuyến") || t.is(i-1, "đã", "thăm", "sẽ") && t.visits(span{s.from, i}) || t.is(i, "khép") && t.visits(span{s.from, i})) ||
			t.is(i, "tiễn") || t.is(i, "về") && t.is(i+1, "tới", "đến") && !t.has(max(s.from, i-16), i, "khi") || t.is(i, "về") && t.is(i+1, "nước") && t.has(i-12, i, "rời", "đường") || t.is(i, "chia") && t.is(i+1, "tay") || t.is(i, "trở") && t.is(i+1, "về") && t.has(i+2, i+5, "sau", "nước", "từ") {
			return !t.inMention(i)
		}
	}
	return false
}

// meetsAfter reports whether the next thing that happens behind token i of a
// sentence is an encounter, whose day then stands before it.
func (t *text) meetsAfter(i int, s span) bool {
	for _, h := range t.in(i, s.to) {
		if h.class == classTrigger && h.arg != "x" && !t.inMention(h.from) {
			return h.arg != "visit" && h.arg != "arrive" && h.arg != "summit"
		}
	}
	return false
}

// monthBeside reports whether another month stands beside date k: "cuối tháng
// 10, đầu tháng 11" is neither.
func (r *reader) monthBeside(k int) bool {
	d := &r.dates[k]
	for _, i := range []int{k - 1, k + 1} {
		if i < 0 || i >= len(r.dates) {
			continue
		}
		if o := &r.dates[i]; o.text == d.text && o.part == 2 && d.part == 2 && o.from.m != d.from.m && o.span.from-d.span.to < 4 && d.span.from-o.span.to < 4 {
			return true
		}
	}
	return false
}

// roughly reports whether a month or year is what a sentence tells of its
// event: "hồi tháng 2", "Trung tuần tháng 5, …", "thăm … trong tháng 11 tới".
func (t *text) roughly(d, trigger span) bool {
	if t.has(d.to, trigger.from, ";") || d.from > trigger.to+40 || trigger.from > d.to+40 || d.from > trigger.to && (t.has(trigger.to, d.from, ";") || t.speaks(trigger.to, d.from)) {
		return false
	}
	return t.is(d.from-1, "hồi", "trong", "đầu", "giữa", "cuối", "tuần", "vào") || t.lately(d) || t.starts(d.from)
}

// lately reports whether a month is told of as just over: "tháng 7 vừa qua".
func (t *text) lately(d span) bool {
	return t.is(d.to, "vừa") && t.is(d.to+1, "qua", "rồi") || t.is(d.to, "qua", "rồi")
}

// saidThen reports whether a date is the day of publication, on which somebody spoke of
// what is announced: "… nói như vậy ngày 6-10 khi loan tin Tổng Bí thư X sắp đi Trung Quốc".
func (r *reader) saidThen(t *text, s span, d *datum) bool {
	pub := r.published()
	if pub.d == 0 || d.relative != 0 || d.part != 3 || d.interval() || !t.speaks(s.from, d.span.from) {
		return false
	}
	on, _, _ := r.complete(d.to, archive.Held)
	return on == pub
}

// past reports whether a date, by its own year, ended well before publication:
// nothing announced takes place then.
func (r *reader) past(d *datum) bool {
	pub := r.published()
	if pub.d == 0 || d.relative != 0 || d.part < 2 || r.texts[d.text].toCome(d.span) {
		return false
	}
	status := archive.Announced
	if d.part == 2 {
		status = archive.Held // "hồi tháng 5": the one before
	}
	full, _, _ := r.complete(d.to, status)
	if full.y == 0 {
		return false
	}
	if full.d == 0 {
		full.d = 31
	}
	return serial(full)+20 < serial(pub)
}

// toCome reports whether a day is still ahead: "vào ngày 2/12 tới", not "ngày 2/12
// tới Hà Nội".
func (t *text) toCome(d span) bool {
	return t.is(d.to, "tới") && (d.to+1 >= len(t.toks) || t.toks[d.to+1].shape == punct ||
		t.is(d.to+1, "đây", "tại", "ở", "và", "đang", "sẽ", "theo", "nhằm", "để", "khi", "của", "là", "với", "trong", "nhân", "do", "được", "sau"))
}

// homeClock reports whether a date only repeats another by the clock at home:
// "tối 10-12 theo giờ địa phương (sáng 11-12, theo giờ Hà Nội)".
func (t *text) homeClock(s span) bool {
	for i := s.to; i < s.to+5; i++ {
		if t.is(i, "giờ") && (t.is(i+1, "hà") && t.is(i+2, "nội") || t.is(i+1, "việt") || t.is(i+1, "vn")) {
			return true
		}
	}
	return false
}

// legOf gives the part of a sentence that tells of one of several journeys:
// "thăm Lào ngày 5/2; thăm Campuchia từ ngày 6 đến 7/2". With one journey it is
// the sentence.
func (t *text) legOf(trigger, s span) span {
	leg := span{trigger.to, s.to}
	if h := t.at(trigger.from, classTrigger); h != nil && h.arg == "arrive" {
		return s // "có mặt tại Pretoria tối 13/9, bắt đầu thăm Nam Phi từ ngày 13-16/9"
	}
	several := false
	for _, h := range t.in(s.from, s.to) {
		if h.class != classTrigger || h.arg != "visit" || h.alt != "v" || h.from == trigger.from || t.inMention(h.from) {
			continue
		}
		several = true
		if h.from > trigger.from {
			leg.to = min(leg.to, h.from)
		}
	}
	if !several {
		return s
	}
	return leg
}

var smallNumbers = map[string]int{"hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7}

// daysLong reads "ba ngày" and "3 ngày" in a sentence, 0 when it is not said.
func (t *text) daysLong(s span) int {
	for i := s.from; i+1 < s.to; i++ {
		if !t.is(i+1, "ngày") || t.num(i+2) > 0 {
			continue
		}
		if n := t.num(i); n > 1 && n < 10 {
			return n
		}
		if n := smallNumbers[t.key(i)]; n > 0 {
			return n
		}
	}
	return 0
}

// since reports whether a date says from when something is so, or of which
// year a document is: "kể từ ngày …", "kể từ khi nhậm chức hồi tháng 5/2022",
// "nhậm chức (tháng 5/2022)".
func (t *text) since(s span) bool {
	i := s.from
	if t.is(i-1, "kể", "cuối", "trước", "hết", "nhiệm", "bầu", "sinh", "mất") || t.is(i-1, "lập") && !t.is(i-2, "độc") || t.is(i, "từ") && t.is(i-1, "kể") || t.is(i-2, "chức") ||
		t.is(i-1, "chức") && t.is(i-2, "nhậm") || t.is(i-1, "ký") && !t.is(i-2, "lễ", "và", "đã") || t.is(i-1, "đến", "tới") && t.has(i-5, i-1, "dài", "hạn", "hoãn") {
		return true
	}
	for k := i - 1; k > 0 && k > i-14 && !t.is(k, ",", ";", "."); k-- {
		if t.is(k, "từ") && t.is(k-1, "kể") {
			return true
		}
	}
	return false
}

// weight orders the refs of an event by how far their dates are trusted.
func (r *reader) weight(at ref) int {
	switch r.texts[at.text].p.Kind {
	case archive.Body, archive.Lead:
		if at.full {
			return 4
		}
		return 3
	case archive.TitleParagraph, archive.Heading:
		return 1
	}
	return 0
}

// dayBefore gives the last day named before the date k of the text, as the day
// that k ("cùng ngày", "hôm sau") is told from.
func (r *reader) dayBefore(k int) (datum, bool) {
	said := &r.dates[k]
	best := -1
	for i := k - 1; i >= 0; i-- {
		d := &r.dates[i]
		if d.part < 3 || d.remembers || d.relative == 2 || d.interval() || !r.body(ref{text: d.text}) || !r.tellable(d) {
			continue
		}
		if best < 0 {
			best = i
		}
		if !r.texts[d.text].spokenOf(d.span) {
			best = i
			break
		}
	}
	if best < 0 {
		return datum{}, false
	}
	d := r.dates[best]
	d.span, d.text, d.via = said.span, said.text, best+1
	d.offset += said.offset
	return d, true
}

// spokenOf reports whether a date stands deep in what somebody says: "nhắc lại
// chuyến thăm ngày 2/11/2023".
func (t *text) spokenOf(d span) bool {
	s := t.sents[t.sentenceOf(d.from)]
	return d.from > s.from+12 && t.speaks(s.from, d.from)
}

// dayElsewhere dates a meeting by its surroundings: its place in a visit, "Cũng
// trong ngày 1/8" after it, the dated sentence before it, the one day of the visit
// it was part of, or for a message the month of publication.
func (r *reader) dayElsewhere(ev *event) {
	first := ev.refs[0]
	for _, at := range ev.refs {
		if r.body(at) {
			first = at
			break
		}
	}
	t := &r.texts[first.text]
	if r.ofLostDay(first) {
		return
	}
	someDay := ev.kind == archive.Message && t.has(t.sents[first.sent].from, t.sents[first.sent].from+2, "dịp") // "Cũng dịp này, X gửi điện …"
	switch {
	case someDay:
	case ev.status == archive.Held:
		if t.someDayOfVisit(t.sents[first.sent]) {
			r.dayOfVisit(ev)
			return
		}
		if r.dayOfStay(ev) || r.dayAfter(ev, first) || r.dayOfReport(ev, first) || r.dayOfVisit(ev) || r.dayBesideNames(ev) || r.dayOfSeries(ev) {
			return
		}
	case ev.status == archive.Announced && t.follows(t.sents[first.sent]):
		if r.dayOfReport(ev, first) {
			return
		}
	}
	if ev.status == archive.Held && r.daysOfSession(ev) {
		return
	}
	if pub := r.published(); ev.kind == archive.Message && pub.m > 0 && len(r.a.Published.Evidence) > 0 {
		ev.date = archive.DateClaim{EDTF: edtf(day{pub.y, pub.m, 0}), State: archive.Inferred, Rule: "date-month-published", Evidence: r.a.Published.Evidence}
	}
}

// ofLostDay reports whether a sentence tells its trigger by a day that the text named
// before it begins: "Tối cùng ngày, …" after a beginning that the page has lost.
func (r *reader) ofLostDay(at ref) bool {
	t := &r.texts[at.text]
	for _, k := range r.datesIn(t, span{t.sents[at.sent].from, at.trigger.from}) {
		if d := &r.dates[k]; d.relative == 2 {
			_, ok := r.dayBefore(k)
			return !ok
		}
	}
	return false
}

// daysOfSession dates an encounter of which the first paragraphs tell as a session of
// several days: "Trong hai ngày 28-29/11, … đã tiến hành vòng đàm phán thứ nhất".
func (r *reader) daysOfSession(ev *event) bool {
	if ev.kind != archive.Talks && ev.kind != archive.Encounter || slices.ContainsFunc(r.events, func(o event) bool { return o.visit }) {
		return false
	}
	only := -1
	for k := range r.dates {
		d := &r.dates[k]
		t := &r.texts[d.text]
		if d.part != 3 || !d.interval() || d.relative > 0 || d.remembers || !r.early(ref{text: d.text}) || t.p.Kind == archive.Caption {
			continue
		}
		if s := t.sents[t.sentenceOf(d.span.from)]; only >= 0 || d.span.from > s.from+4 || !t.sits(d.span.to, s.to) || t.has(s.from, s.to, "sẽ") {
			return false
		}
		only = k
	}
	return only >= 0 && ev.dated(r.claim(r.dates[only], ev.status), "date-of-report")
}

// someDayOfVisit reports whether a sentence that names no day tells of some day of a
// visit: "Trong chuyến thăm, …", "Trong thời gian ở thăm Lào, …".
func (t *text) someDayOfVisit(s span) bool {
	for i := s.from + 1; t.is(s.from, "trong") && i < s.from+6; i++ {
		if t.is(i, "chuyến", "thăm") {
			return t.has(s.from+1, i, "thời") || t.is(i, "chuyến") && i == s.from+1
		}
	}
	return false
}

// dated gives an event a date that its own sentences do not tell.
func (ev *event) dated(d archive.DateClaim, rule string) bool {
	d.State, d.Rule = archive.Inferred, rule
	ev.date = d
	return true
}

// dayAfter dates a meeting by "Cũng trong ngày 1/8" in what follows it.
func (r *reader) dayAfter(ev *event, first ref) bool {
	for ti := first.text; ti < len(r.texts) && ti <= first.text+2; ti++ {
		t := &r.texts[ti]
		for _, k := range t.dates {
			d := r.dates[k]
			s := t.sents[t.sentenceOf(d.span.from)]
			if (ti > first.text || s.from >= t.sents[first.sent].to) && d.part == 3 && !d.interval() && !d.remembers && d.relative == 0 &&
				t.is(s.from, "cũng") && d.span.from <= s.from+3 {
				return ev.dated(r.claim(d, ev.status), "date-same-day-after")
			}
		}
	}
	return false
}

// dayOfReport dates a meeting by the dated sentence before it, in the same
// paragraph or the last two, or further up for "Trong ngày, …"; what is to follow
// another act ("Sau đó, …") by any day told there.
func (r *reader) dayOfReport(ev *event, first ref) bool {
	back, fringe := 2, false
	if t := &r.texts[first.text]; t.sameDay(t.sents[first.sent].from) {
		back = 8
	} else {
		fringe = t.occasion(t.sents[first.sent].from)
	}
	for ti := first.text; ti >= 0 && ti >= first.text-back; ti-- {
		t := &r.texts[ti]
		if !r.body(ref{text: ti}) && t.p.Kind != archive.Heading {
			continue
		}
		anywhere := ev.kind == archive.Message || t.p.Kind == archive.Lead || ev.status == archive.Announced && ti == first.text
		for x := len(t.dates) - 1; x >= 0; x-- {
			d := r.dates[t.dates[x]]
			s := t.sents[t.sentenceOf(d.span.from)]
			if d.part < 3 || d.interval() || d.remembers || d.relative == 2 || !r.tellable(&d) || t.reportedIn(d.span) || t.since(d.span) || t.leaves(s) || t.homeClock(d.span) || t.earlier(s) && !(ti == first.text && s == t.sents[first.sent]) || fringe && r.oneOfSeveral(&d) ||
				ti == first.text && d.span.from >= first.trigger.from || d.span.from > s.from+12 && !anywhere {
				continue
			}
			ev.refs = append(ev.refs, ref{text: ti, sent: t.sentenceOf(d.span.from), trigger: d.span})
			return ev.dated(r.claim(d, ev.status), "date-of-report")
		}
	}
	return false
}

// oneOfSeveral reports whether the article counts a day among the days of something: of
// what is told on the fringes of that, any of them may be the day.
func (r *reader) oneOfSeveral(d *datum) bool {
	for k := range r.dates {
		o := &r.dates[k]
		if o.part != 3 || !o.interval() || o.remembers || o.relative > 0 || !r.body(ref{text: o.text}) {
			continue
		}
		y := cmp.Or(o.from.y, d.from.y)
		if x := serial(day{y, d.from.m, d.from.d}); x >= serial(day{y, o.from.m, o.from.d}) && x <= serial(day{y, o.to.m, o.to.d}) {
			return true
		}
	}
	return false
}

// sameDay reports whether the words at token i put what follows on the day told last,
// without a day of their own: "Trong ngày, …", "Cũng trong buổi chiều, …", "Vào buổi tối, …", "Nhân dịp này, …".
func (t *text) sameDay(i int) bool {
	k := i
	for t.is(k, "cũng", "trong", "vào", "đến") {
		k++
	}
	if t.is(k, "buổi") && t.is(k+1, "sáng", "trưa", "chiều", "tối") {
		return !t.is(k+2, "nay", "qua", "mai", "hôm", "ngày", "thứ", "cùng") && t.num(k+2) < 0 && t.num(k+3) < 0
	}
	if t.is(k, "nhân", "cũng", "cùng") {
		k++
	}
	return k > i && t.is(k, "ngày") && t.is(k+1, ",", "tại", "ở") || t.is(k, "dịp") && t.is(k+1, "này") && t.is(k+2, ",")
}

// dayOfVisit dates a meeting by the visit of one day that it was part of.
func (r *reader) dayOfVisit(ev *event) bool {
	of := -1
	for i := range r.events {
		v := &r.events[i]
		if !v.visit || !slices.Contains(ev.principals, v.guest) {
			continue
		}
		if v.date.EDTF != "" && v.date.EDTF.DayOfMonth() == 0 && (of >= 0 || slices.ContainsFunc(r.events[i+1:], func(o event) bool { return o.visit && slices.Contains(ev.principals, o.guest) })) {
			continue // "X thăm Hà Lan vào tháng 12/2022", besides the visit that it is part of
		}
		if of = i; v.date.EDTF != "" && !v.date.EDTF.Interval() && !opensOnly(v.date) && v.status == archive.Held {
			return ev.dated(v.date, "date-of-visit")
		}
	}
	return false
}

// dayBesideNames dates a meeting by the first sentence that names all its people
// beside a day, though it tells of it in words of its own: "Cuộc trao đổi giữa X và
// Y diễn ra chiều 25/4".
func (r *reader) dayBesideNames(ev *event) bool {
	for ti := range r.texts {
		t := &r.texts[ti]
		if !r.body(ref{text: ti}) || len(t.dates) == 0 {
			continue
		}
		for si, s := range t.sents {
			day := -1
			for _, k := range r.datesIn(t, s) {
				if d := &r.dates[k]; d.part == 3 && !d.interval() && !d.remembers && d.relative < 2 && r.tellable(d) && !t.since(d.span) && !t.toCome(d.span) && !t.reportedIn(d.span) && !t.ofOther(span{s.from, s.from}, d.span) {
					day = k
					break
				}
			}
			if day < 0 || t.leaves(s) || !t.triggers(s.from, s.to) && !t.has(s.from, s.to, "trao", "cuộc") || !t.names(ev.principals, s) {
				continue
			}
			ev.refs = append(ev.refs, ref{text: ti, sent: si, trigger: r.dates[day].span})
			return ev.dated(r.claim(r.dates[day], ev.status), "date-of-report")
		}
	}
	return false
}

// dayOfStay dates a meeting told by its day of a visit whose days are known: "ngày
// làm việc thứ hai", "trong ngày đầu tiên của chuyến thăm". It reports whether the
// meeting is told so, known or not: then no other day is its own.
func (r *reader) dayOfStay(ev *event) bool {
	for _, at := range ev.refs {
		t := &r.texts[at.text]
		s := t.sents[at.sent]
		for i := s.from; i < min(at.trigger.from, s.from+24); i++ {
			n := t.nthDay(i)
			if n == 0 || t.inMention(i) {
				continue
			}
			for k := range r.events {
				v := &r.events[k]
				if d := v.date.EDTF; v.visit && v.status == ev.status && d.Interval() && d.Start().Complete() && slices.Contains(ev.principals, v.guest) {
					x := dayOfDate(d.End())
					if n > 0 {
						x = addDays(dayOfDate(d.Start()), n-1)
					}
					ev.date = archive.DateClaim{EDTF: edtf(x), State: archive.Inferred, Rule: "date-day-of-visit",
						Evidence: append([]archive.Evidence{t.quote(i, i+2)}, v.date.Evidence...)}
					break
				}
			}
			return true
		}
	}
	return false
}

// nthDay reads "ngày đầu", "ngày làm việc thứ hai", "ngày cuối" at token i: the
// number of the day, -1 for the last, 0 where nothing of the kind stands.
func (t *text) nthDay(i int) int {
	if !t.is(i, "ngày") {
		return 0
	}
	if i++; t.is(i, "làm") {
		i += 2
	}
	switch {
	case t.is(i, "đầu") && !t.is(i+1, "tháng", "năm", "xuân", "tuần"):
		return 1
	case t.is(i, "cuối") && !t.is(i+1, "tháng", "năm", "tuần"):
		return -1
	case t.is(i, "thứ") && (t.is(i+2, "của", "ở", "tại", "trong", "chuyến", ",") || t.is(i-1, "việc")):
		return t.count(i + 1)
	}
	return 0
}

// names reports whether a sentence names everybody of a list.
func (t *text) names(who []int, s span) bool {
	mentions := t.mentionsIn(s)
	for _, e := range who {
		if !slices.ContainsFunc(mentions, func(m mention) bool { return m.entity == e }) {
			return false
		}
	}
	return true
}

// reportedIn reports whether a day is when somebody told of what its sentence says.
func (t *text) reportedIn(d span) bool {
	s := t.sents[t.sentenceOf(d.from)]
	to := min(d.to+30, s.to)
	return t.reported(d, span{to, s.to}) && !t.has(d.to, to, "vừa") // "cho biết vừa điện đàm"
}

// ownDay gives the day that a sentence tells its trigger by, where it puts one
// before it; the zero day otherwise.
func (r *reader) ownDay(at ref) day {
	t := &r.texts[at.text]
	if !r.body(at) {
		return day{}
	}
	for _, k := range r.datesIn(t, span{t.sents[at.sent].from, at.trigger.from}) {
		d := &r.dates[k]
		if d.part != 3 || d.interval() || d.remembers || d.relative == 1 || t.since(d.span) || t.reported(d.span, at.trigger) || t.homeClock(d.span) || t.inMention(d.span.from) {
			continue
		}
		if d.relative == 2 {
			before, ok := r.dayBefore(k)
			if !ok || d.offset == 0 {
				return day{}
			}
			return addDays(day{cmp.Or(before.from.y, 2023), before.from.m, before.from.d}, before.offset)
		}
		return d.from
	}
	return day{}
}

// anotherDay reports whether a sentence tells of a day of its own that is not the
// one on which an event was told to be.
func (r *reader) anotherDay(ev, n *event) bool {
	x := r.ownDay(n.refs[0])
	if x == (day{}) {
		return false
	}
	for _, at := range ev.refs {
		if y := r.ownDay(at); at.full && y != (day{}) {
			return y.m != x.m || y.d != x.d
		}
	}
	return false
}

// opensOnly reports whether a date is the first of days whose last is not told:
// "từ ngày 12/6".
func opensOnly(d archive.DateClaim) bool {
	return len(d.Evidence) > 0 && strings.HasPrefix(strings.ToLower(d.Evidence[0].Quote), "từ ")
}

// occasion reports whether a sentence that begins at token i tells of some day of
// an occasion: "Trong khuôn khổ Lễ kỷ niệm, …", "Cũng tại Hội nghị, …".
func (t *text) occasion(i int) bool {
	if t.is(i, "cũng") {
		i++
	}
	return t.is(i, "trong") && (t.is(i+1, "khuôn", "chuyến", "thời", "dịp", "những") || t.is(i+2, "ngày")) || t.is(i, "nhân", "bên") && t.is(i+1, "dịp", "lề") ||
		t.is(i, "tại") && t.is(i-1, "cũng") && t.is(i+1, "hội", "diễn", "kỳ")
}

// dayOfSeries dates a meeting told without a day by the one day that all other
// meetings of the article were held on, or by the one day the report names.
func (r *reader) dayOfSeries(ev *event) bool {
	for _, at := range ev.refs {
		t := &r.texts[at.text]
		if at.full && ev.kind != archive.Message && t.occasion(t.sents[at.sent].from) {
			return false
		}
		for _, k := range r.datesIn(t, t.sents[at.sent]) {
			if d := &r.dates[k]; d.part == 2 && d.span.to <= at.trigger.from {
				return false // "hồi tháng 11 ông đã gặp …": another time
			}
		}
	}
	var found archive.DateClaim
	for i := range r.events {
		o := &r.events[i]
		if o == ev || o.visit || o.status != archive.Held || o.date.EDTF == "" || o.date.Rule == "date-month-published" || r.before(o) {
			continue
		}
		if found.EDTF != "" && found.EDTF != o.date.EDTF {
			return false
		}
		found = o.date
	}
	if found.EDTF == "" {
		var only *datum
		for k := range r.dates {
			d := &r.dates[k]
			t := &r.texts[d.text]
			if d.part < 3 || d.relative > 0 || d.remembers || d.interval() || !r.body(ref{text: d.text}) || t.since(d.span) || t.homeClock(d.span) {
				continue
			}
			if s := t.sents[t.sentenceOf(d.span.from)]; t.is(d.span.from, "từ") || t.leaves(s) || t.toCome(d.span) || t.has(d.span.to, min(d.span.to+14, s.to), "sẽ") || t.earlier(s) || t.ofOther(span{s.from, s.from}, d.span) || t.reportedIn(d.span) {
				continue
			}
			if only != nil && (only.from.d != d.from.d || only.from.m != d.from.m) {
				return false
			}
			if only == nil {
				only = d
			}
		}
		if only == nil || !r.early(ref{text: only.text}) {
			return false
		}
		found = r.claim(*only, ev.status)
	}
	if d := found.EDTF; d == "" || r.published().d > 0 && serial(r.published())-serial(dayOfDate(d.End())) > 60 {
		return false // what is that old is remembered
	}
	return ev.dated(found, "date-of-series")
}

// before reports whether an event is told as what went before the others:
// "Trước đó một tuần, hôm 3/10, …".
func (r *reader) before(ev *event) bool {
	t := &r.texts[ev.refs[0].text]
	return t.earlier(t.sents[ev.refs[0].sent])
}

// earlier reports whether a sentence tells of what went before: "Trước đó, …".
func (t *text) earlier(s span) bool { return t.is(s.from, "trước") && t.is(s.from+1, "đó") }
