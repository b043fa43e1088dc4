package extract

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"vankho/internal/archive"
)

// spot is a place as one sentence names it.
type spot struct {
	venue, city, country string
	ev                   []archive.Evidence
	stated               bool // the country or city is in the words, not only implied by a building
	from                 int
}

// readWhen gives each event its day.
func (r *reader) readWhen() {
	for i := range r.events {
		ev := &r.events[i]
		ev.date = archive.DateClaim{State: archive.NotStated}
		if d, ok := r.dayOf(ev); ok {
			ev.date = r.claim(d, ev.status)
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
	// What lies well before the article, or the event it is about, is recalled.
	ref := serial(r.published())
	if r.published().y == 0 {
		ref = 0
		for i := range r.events {
			if d := r.events[i].date.EDTF; d.Year() > 0 {
				ref = max(ref, serial(dayOfDate(d)))
			}
		}
	}
	pub := r.published()
	// A page may be of a later day than its report: what it opens with is held.
	if len(r.events) > 0 && pub.d > 0 {
		ev := &r.events[0]
		if d := ev.date.EDTF.End(); ev.status == archive.Held && d.Complete() && r.early(ev.refs[0]) {
			if gap := ref - serial(dayOfDate(d)); gap > 25 && gap <= 60 {
				ref -= gap
			}
		}
	}
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
		if ev.status == archive.Held && pub.m > 0 && ref-x > 25 || ev.status == archive.Held && pub.y == 0 && ref-x > 40 {
			ev.status = archive.Recalled
		}
		if ev.status == archive.Announced && pub.d > 0 && x < ref {
			ev.status = archive.Held
		}
		if s := ev.date.EDTF.Start(); ev.status == archive.Held && pub.d > 0 && s.Complete() && serial(dayOfDate(s)) > ref+1 {
			ev.status = archive.Announced
		}
	}
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

// dayOf finds the date of an event in the sentences that tell of it: for a
// meeting the nearest day before the trigger, else after it; for a visit an
// interval if there is one.
func (r *reader) dayOf(ev *event) (datum, bool) {
	order := slices.Clone(ev.refs)
	slices.SortStableFunc(order, func(a, b ref) int { return r.weight(b) - r.weight(a) })
	var month, single datum
	haveMonth, haveSingle, follows := false, false, false
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
		best, nearest, found := datum{}, 0, false
		gap := func(d *datum) int {
			if d.span.to <= at.trigger.from {
				return at.trigger.from - d.span.to
			}
			return 1000 + d.span.from - at.trigger.to
		}
		leg := s
		if ev.visit {
			if leg = t.legOf(at.trigger, s); !ev.leg.empty() && at == ev.refs[0] {
				leg = ev.leg
			}
		}
		for _, k := range r.datesIn(t, s) {
			d := &r.dates[k]
			if leg != s && d.part == 3 && d.relative == 0 && !d.remembers && !t.since(d.span) && d.span.from >= leg.from && d.span.to <= leg.to {
				return *d, true
			}
			if d.remembers || ev.status == archive.Announced && r.past(d) || t.inMention(d.span.from) || t.since(d.span) && !(ev.visit && t.daysLong(s) > 1) || t.toCome(d.span) && ev.status == archive.Held || !ev.visit && ev.kind != archive.Summit && t.ofOther(at.trigger, d.span) {
				continue
			}
			away := gap(d)
			if t.homeClock(d.span) {
				away += 3000 // only where nothing tells the day by the clock there
			}
			if t.reported(d.span, at.trigger) {
				if ev.status == archive.Announced {
					continue // "Ngày 23/5, Bộ Ngoại giao ra thông cáo: X sẽ thăm …"
				}
				away += 2000
			}
			switch {
			case d.part == 3 && d.relative == 2:
				if x, ok := r.dayBefore(k); ok && (!found || away < nearest) && !ev.visit {
					best, nearest, found = x, away, true
				}
			case d.part == 3 && d.interval() == ev.visit:
				if !r.tellable(d) || !ev.visit && t.is(d.span.from, "từ") && !t.is(d.span.from+1, "sáng", "chiều", "tối", "trưa") {
					continue
				}
				if !found || away < nearest {
					best, nearest, found = *d, away, true
				}
			case d.part == 3 && ev.visit && t.leaves(s):
				// The day of departure is not that of the visit.
			case d.part == 3 && ev.visit && !haveSingle && !t.meetsAfter(d.span.to, s) &&
				(at.full || r.body(at) && d.relative == 0 && t.starts(d.span.from) && at.trigger.from-d.span.to < 45 && at.trigger.from > d.span.to),
				d.part == 3 && !ev.visit && ev.status == archive.Held && !haveSingle && at.full && d.interval() && d.span.to <= at.trigger.from && !t.is(d.span.to, ")") && !t.is(d.span.from, "từ") && !t.visits(s):
				single, haveSingle = *d, true // of a meeting: "ngày 19 – 20/2, … lần lượt gặp"
			case d.part == 2 && !haveMonth && (d.from.y > 0 && away < 1000 || ev.status == archive.Recalled || t.roughly(d.span, at.trigger)),
				d.part == 1 && !haveMonth && (ev.visit && at.full && d.relative == 0 && t.nowYear(d.span) || ev.visit && d.span.from >= at.trigger.to && d.span.from < at.trigger.to+5 || t.roughly(d.span, at.trigger) && (d.relative > 0 || d.span.to <= at.trigger.from)):
				if haveMonth = r.tellable(d) && !r.monthBeside(k); haveMonth {
					month = *d
				}
			}
		}
		if found {
			return best, true
		}
	}
	if haveSingle {
		t := &r.texts[single.text]
		if n := t.daysLong(t.sents[t.sentenceOf(single.span.from)]); n > 1 && ev.visit && t.is(single.span.from, "từ") {
			// "trong ba ngày, từ 12/10"
			if full, rule, _ := r.complete(single.from, ev.status); rule != "" {
				single.from, single.to = full, addDays(full, n-1)
			}
		}
		return single, true
	}
	return month, haveMonth
}

// follows reports whether a sentence goes on from the one before it: "Ngay sau
// đó, …", "Tiếp đó, …", "Sau lễ đón, …".
func (t *text) follows(s span) bool {
	i := s.from
	for i < s.to && t.toks[i].shape == punct {
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

// leaves reports whether a sentence tells of the end of a visit.
func (t *text) leaves(s span) bool {
	for i := s.from; i < s.to; i++ {
		if t.is(i, "kết", "khép") && t.is(i+1, "thúc", "lại") && t.has(i+2, i+7, "thăm", "chuyến") && !t.is(i-1, "vừa", "sau") || t.is(i, "tiễn") || t.is(i, "chia") && t.is(i+1, "tay") {
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
	return t.is(d.from-1, "hồi", "trong", "đầu", "giữa", "cuối", "tuần", "vào") || t.starts(d.from)
}

// past reports whether a date, by its own year, ended well before publication:
// nothing announced takes place then.
func (r *reader) past(d *datum) bool {
	pub := r.published()
	if pub.d == 0 || d.relative != 0 || d.part < 2 {
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

// toCome reports whether a day is still ahead: "vào ngày 2/12 tới".
func (t *text) toCome(d span) bool {
	return t.is(d.to, "tới") && (d.to+1 >= len(t.toks) || t.toks[d.to+1].shape == punct || t.is(d.to+1, "đây", "tại", "ở", "và"))
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
		if n := smallNumbers[string(wordKey(nil, t.word(i)))]; n > 0 {
			return n
		}
	}
	return 0
}

// since reports whether a date says from when something is so, or of which
// year a document is: "kể từ ngày …", "nhậm chức (tháng 5/2022)".
func (t *text) since(s span) bool {
	return t.is(s.from-1, "kể", "cuối", "trước", "hết", "nhiệm", "bầu", "lập", "sinh", "mất") || t.is(s.from-1, "chức") && t.is(s.from-2, "nhậm") || t.is(s.from-1, "ký") && !t.is(s.from-2, "lễ", "và", "đã") || t.is(s.from-1, "đến", "tới") && t.has(s.from-5, s.from-1, "dài", "hạn", "hoãn") || t.is(s.from, "từ") && t.is(s.from-1, "kể") || t.is(s.from-2, "chức") || t.is(s.from-1, "từ") && t.is(s.from-2, "kể")
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

// dayElsewhere dates a meeting by its surroundings: "Cũng trong ngày 1/8" after
// it, the one day of the visit it was part of, or for a message the month of
// publication.
func (r *reader) dayElsewhere(ev *event) {
	first := ev.refs[0]
	for _, at := range ev.refs {
		if r.body(at) {
			first = at
			break
		}
	}
	if ev.status == archive.Held {
		for ti := first.text; ti < len(r.texts) && ti <= first.text+2; ti++ {
			t := &r.texts[ti]
			for _, k := range t.dates {
				d := r.dates[k]
				s := t.sents[t.sentenceOf(d.span.from)]
				if (ti > first.text || s.from >= t.sents[first.sent].to) && d.part == 3 && !d.interval() && !d.remembers && d.relative == 0 &&
					t.is(s.from, "cũng") && d.span.from <= s.from+3 {
					ev.date = r.claim(d, ev.status)
					ev.date.State = archive.Inferred
					ev.date.Rule = "date-same-day-after"
					return
				}
			}
		}
		// The dated sentence before it, in the same or the last paragraphs.
		for ti := first.text; ti >= 0 && ti >= first.text-2; ti-- {
			t := &r.texts[ti]
			if !r.body(ref{text: ti}) && t.p.Kind != archive.Heading {
				continue
			}
			for x := len(t.dates) - 1; x >= 0; x-- {
				d := r.dates[t.dates[x]]
				if d.part < 3 || d.interval() || d.remembers || d.relative == 2 || !r.tellable(&d) ||
					ti == first.text && d.span.from >= first.trigger.from || t.since(d.span) ||
					t.leaves(t.sents[t.sentenceOf(d.span.from)]) || d.span.from > t.sents[t.sentenceOf(d.span.from)].from+12 && ev.kind != archive.Message && t.p.Kind != archive.Lead {
					continue
				}
				ev.date = r.claim(d, ev.status)
				ev.date.State = archive.Inferred
				ev.date.Rule = "date-of-report"
				ev.refs = append(ev.refs, ref{text: ti, sent: t.sentenceOf(d.span.from), trigger: d.span})
				return
			}
		}
		for i := range r.events {
			v := &r.events[i]
			if v.visit && v.date.EDTF != "" && !v.date.EDTF.Interval() && v.status == archive.Held && slices.Contains(ev.principals, v.guest) {
				ev.date = v.date
				ev.date.State = archive.Inferred
				ev.date.Rule = "date-of-visit"
				return
			}
		}
	}
	if ev.status == archive.Held && r.dayOfSeries(ev) {
		return
	}
	if pub := r.published(); ev.kind == archive.Message && pub.m > 0 {
		ev.date = archive.DateClaim{EDTF: edtf(day{pub.y, pub.m, 0}), State: archive.Inferred, Rule: "date-month-published", Evidence: r.a.Published.Evidence}
		if len(ev.date.Evidence) == 0 {
			ev.date = archive.DateClaim{State: archive.NotStated}
		}
	}
}

// dayOfSeries dates a meeting told without a day by the one day that all other
// meetings of the article were held on, or by the one day the report names.
func (r *reader) dayOfSeries(ev *event) bool {
	for _, at := range ev.refs {
		t := &r.texts[at.text]
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
			if s := t.sents[t.sentenceOf(d.span.from)]; t.is(d.span.from, "từ") || t.leaves(s) || t.toCome(d.span) || t.is(s.from, "trước") && t.is(s.from+1, "đó") || t.ofOther(span{s.from, s.from}, d.span) {
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
	ev.date = found
	ev.date.State, ev.date.Rule = archive.Inferred, "date-of-series"
	return true
}

// before reports whether an event is told as what went before the others:
// "Trước đó một tuần, hôm 3/10, …".
func (r *reader) before(ev *event) bool {
	t := &r.texts[ev.refs[0].text]
	s := t.sents[ev.refs[0].sent]
	return t.is(s.from, "trước") && t.is(s.from+1, "đó")
}

// readWhere gives each event its place.
func (r *reader) readWhere() {
	for i := range r.events {
		ev := &r.events[i]
		ev.place = archive.Place{State: archive.NotStated}
		if !ev.apart() {
			r.locate(ev)
		}
	}
	for i := range r.events {
		if ev := &r.events[i]; !ev.apart() && !ev.visit {
			r.cityOfJourney(ev)
			r.placeOfSeries(ev)
		}
	}
	for i := range r.events {
		if ev := &r.events[i]; !ev.apart() && !ev.visit && ev.place.Country == "" {
			r.homeOfHost(ev)
		}
	}
	for i := range r.events {
		if ev := &r.events[i]; !ev.apart() && !ev.visit {
			if ev.place.Country == "" {
				r.placeOfSeries(ev)
			}
			r.placeOfHeading(ev)
			r.cityAround(ev)
		}
	}
}

// apart reports whether the sides of an event need not be in one place.
func (ev *event) apart() bool {
	return ev.kind == archive.PhoneCall || ev.kind == archive.Online || ev.kind == archive.Message
}

// told reports whether somebody, no reporter, speaks between two tokens of a
// sentence and has not finished: "cho biết như vậy tại …" is over.
func (t *text) told(from, to int) bool {
	return t.speaks(from, to) && !t.has(from, to, "vậy") && !t.has(from, from+4, "ttxvn", "viên", "vov")
}

// placeOfHeading places an event under the heading it stands below: "1. Tại Bắc
// Kinh".
func (r *reader) placeOfHeading(ev *event) {
	if ev.status != archive.Held || ev.place.City != "" {
		return
	}
	at := ev.refs[0]
	for _, x := range ev.refs {
		if r.body(x) {
			at = x
			break
		}
	}
	for ti := at.text - 1; ti >= 0 && ti >= at.text-6; ti-- {
		t := &r.texts[ti]
		// "1. Tại Bắc Kinh" is none by its form.
		short := len(t.toks) <= 8 && !t.is(len(t.toks)-1, ".") && len(t.mentions) == 0
		if t.p.Kind != archive.Heading && !short || len(t.sents) == 0 {
			continue
		}
		s := span{t.sents[0].from, t.sents[len(t.sents)-1].to}
		if sp, ok := t.spotIn(s, span{s.to, s.to}); ok && sp.stated && sp.city != "" && (ev.place.Country == "" || string(ev.place.Country) == sp.country) {
			ev.place = archive.Place{City: archive.Opt(sp.city), Country: archive.Opt(sp.country), State: archive.Inferred, Rule: "place-heading", Evidence: sp.ev}
		}
		return
	}
}

// cityAround adds to a country that was only stated or inferred its one city, or
// building, that the first paragraphs name as a place.
func (r *reader) cityAround(ev *event) {
	if ev.status != archive.Held || ev.place.City != "" || ev.place.Country == "" || ev.place.Rule == "place-host-of-visit" || ev.place.Rule == "place-of-journey" {
		return
	}
	var only spot
	n := 0
	for ti := range r.texts {
		t := &r.texts[ti]
		if !r.body(ref{text: ti}) {
			continue
		}
		if n++; n > 2 {
			break
		}
		for _, s := range t.sents {
			sp, ok := t.spotIn(s, span{s.to, s.to})
			if !ok || sp.city == "" || sp.country != string(ev.place.Country) || t.told(s.from, sp.from) {
				continue
			}
			if only.city != "" && only.city != sp.city {
				return
			}
			only = sp
		}
	}
	if only.city == "" {
		return
	}
	ev.place.City, ev.place.Evidence = archive.Opt(only.city), append(slices.Clone(ev.place.Evidence), only.ev...)
	ev.place.State = archive.Inferred
	if ev.place.Venue == "" {
		ev.place.Venue = archive.Opt(only.venue)
	}
}

// cityOfJourney adds to the host country of a visit the one city of it that the
// visit went to: "đã có nhiều hoạt động tại thủ đô Viêng Chăn".
func (r *reader) cityOfJourney(ev *event) {
	v := r.visitOf(ev)
	if ev.place.Rule != "place-host-of-visit" || v == nil || v.status != archive.Held || v.place.City == "" {
		return
	}
	for ti := range r.texts {
		t := &r.texts[ti]
		for _, h := range t.hits {
			if h.class == classCity && h.arg == v.host && h.alt != "-" && h.alt != string(v.place.City) && t.str(h.from, h.to) != string(v.place.City) && !t.inMention(h.from) {
				return
			}
		}
	}
	ev.place.City = v.place.City
	ev.place.Evidence = append(slices.Clone(ev.place.Evidence), v.place.Evidence...)
}

// placeOfSeries places a meeting where somebody who takes part in it had all
// the other meetings of that day, and adds the city to a country.
func (r *reader) placeOfSeries(ev *event) {
	if ev.place.City != "" || ev.status != archive.Held || ev.date.EDTF == "" {
		return
	}
	var found *event
	for i := range r.events {
		o := &r.events[i]
		if o == ev || o.visit || o.apart() || o.status != archive.Held || o.date.EDTF != ev.date.EDTF || o.place.Country == "" ||
			!slices.ContainsFunc(o.principals, func(e int) bool { return slices.Contains(ev.principals, e) }) {
			continue
		}
		if ev.place.Country != "" && (o.place.Country != ev.place.Country || o.place.City == "") {
			continue
		}
		if found != nil && (found.place.Country != o.place.Country || found.place.City != o.place.City) {
			return
		}
		found = o
	}
	if found != nil {
		ev.place = archive.Place{City: found.place.City, Country: found.place.Country, State: archive.Inferred, Rule: "place-of-series",
			Evidence: slices.Clone(found.place.Evidence)}
	}
}

// homeOfHost places at home a reception that a Vietnamese gives, unless the
// article tells of a journey or of an occasion elsewhere.
func (r *reader) homeOfHost(ev *event) {
	if ev.kind != archive.Reception && ev.kind != archive.CourtesyCall || ev.status != archive.Held || len(ev.principals) == 0 {
		return
	}
	// Who receives stands first, and so does who calls; an envoy is the guest.
	first := &r.entities[ev.principals[0]]
	envoy := slices.Contains(first.keys, "đại sứ") && first.country != "VN"
	if home := first.country == "VN"; home != (ev.kind == archive.Reception) && !envoy && ev.rule != "event-implied" {
		return
	}
	if r.tellsOfAbroad(ev) {
		return
	}
	for i := range r.events {
		if v := &r.events[i]; v.visit && v.host != "VN" {
			return
		}
	}
	for _, e := range ev.principals {
		if x := &r.entities[e]; x.country == "VN" && x.post == "" && !slices.Contains(x.keys, "đại sứ") {
			ev.place = archive.Place{Country: "VN", State: archive.Inferred, Rule: "place-of-host", Evidence: append([]archive.Evidence{x.ev[0]}, r.refQuote(ev.refs[0]))}
			return
		}
	}
}

// tellsOfAbroad reports whether the title, the first paragraphs or those that
// tell of an event speak of an occasion or a place abroad.
func (r *reader) tellsOfAbroad(ev *event) bool {
	n := 0
	for ti := range r.texts {
		t := &r.texts[ti]
		if r.body(ref{text: ti}) {
			n++
		} else if t.p.Kind != archive.TitleParagraph {
			continue
		}
		if n > 3 && !slices.ContainsFunc(ev.refs, func(at ref) bool { return at.text == ti && !r.otherTime(ev, at) }) {
			continue
		}
		for i := range t.toks {
			if t.is(i, "bên") && t.is(i+1, "lề") || t.is(i, "dịp") && t.is(i+1, "dự", "tham") ||
				t.is(i, "khuôn") && t.is(i+1, "khổ") && t.has(i+2, i+6, "chuyến", "hội", "diễn", "khóa", "kỳ", "phiên", "tuần") {
				return true
			}
		}
		for _, s := range t.sents {
			if sp, ok := t.spotIn(s, span{s.to, s.to}); ok && sp.stated && sp.country != "VN" && s.from == 0 && !t.speaks(s.from, sp.from) {
				return true
			}
		}
	}
	return false
}

// naming gives the words that name a country, or a city of it: in the
// sentences that tell of an event, behind the trigger first, else the first in
// the article.
func (r *reader) naming(country string, refs []ref) []archive.Evidence {
	in := func(t *text, from, to int) []archive.Evidence {
		for _, h := range t.in(from, to) {
			if (h.class == classCountry || h.class == classCity) && h.arg == country {
				return []archive.Evidence{t.quote(h.from, h.to)}
			}
		}
		return nil
	}
	for _, at := range refs {
		t := &r.texts[at.text]
		s := t.sents[at.sent]
		if ev := in(t, at.trigger.to, s.to); ev != nil {
			return ev
		}
		if ev := in(t, s.from, s.to); ev != nil {
			return ev
		}
	}
	for ti := range r.texts {
		if ev := in(&r.texts[ti], 0, len(r.texts[ti].toks)); ev != nil {
			return ev
		}
	}
	return nil
}

func (r *reader) locate(ev *event) {
	host, hostEv := ev.host, []archive.Evidence(nil)
	if ev.visit {
		hostEv = append(r.naming(host, ev.refs), r.refQuote(ev.refs[0]))
	} else if v := r.visitOf(ev); v != nil {
		host = v.host
		hostEv = append(r.naming(host, v.refs), r.refQuote(v.refs[0]))
	}
	land, landFull := archive.Place{State: archive.NotStated}, false
	for _, at := range ev.refs {
		if r.weight(at) < 3 && at.full && r.hasBody(ev) {
			continue
		}
		if r.otherTime(ev, at) {
			continue
		}
		t := &r.texts[at.text]
		s := t.sents[at.sent]
		sp, ok := t.spotIn(s, at.trigger)
		if ev.visit && ok && (t.meetsAfter(s.from, s) || t.meetsAfter(at.trigger.to, s)) && (sp.from < at.trigger.to || sp.from > at.trigger.to+6) {
			continue // the place is that of the encounter
		}
		if !ok || ev.visit && (!at.full && !r.early(at) || sp.country != host || sp.city == "" || !sp.stated) {
			continue
		}
		// A building that many capitals have is at home only when nobody is abroad.
		if !sp.stated && host != "" && sp.country != host {
			continue
		}
		if sp.city == "" && sp.country == "" || !at.full && host != "" && sp.country != host && sp.from > at.trigger.from {
			continue
		}
		ev.place = archive.Place{Venue: archive.Opt(sp.venue), City: archive.Opt(sp.city), Country: archive.Opt(sp.country), State: archive.Inferred, Evidence: sp.ev, Rule: "place-building"}
		if sp.stated {
			ev.place.State, ev.place.Rule = archive.Stated, "place-named"
		}
		if sp.city == "" && land.Country == "" {
			land, landFull = ev.place, at.full // a later sentence may name the city
		}
		if sp.city != "" && (land.Country == "" || land.Country == ev.place.Country && (at.full || sp.from < at.trigger.from)) {
			return
		}
	}
	if land.Country != "" && !landFull && ev.status == archive.Held && !ev.visit {
		if r.placeOfDateline(ev); ev.place.Rule == "place-dateline" && r.houses(ev, string(ev.place.Country)) {
			return
		}
	}
	if ev.place = land; land.Country != "" {
		return
	}
	if host == "" && !ev.visit {
		r.placeAround(ev)
		return
	}
	ev.place = archive.Place{Country: archive.Opt(host), State: archive.Inferred, Rule: "place-host-of-visit", Evidence: hostEv}
	if ev.visit {
		ev.place.State, ev.place.Rule = archive.Stated, "place-visit-host"
	}
	// A caption of the same journey may name the city.
	for ti := range r.texts {
		t := &r.texts[ti]
		if t.p.Kind != archive.Caption || ev.status != archive.Held {
			continue
		}
		for _, s := range t.sents {
			if sp, ok := t.spotIn(s, span{s.to, s.to}); ok && sp.stated && sp.city != "" && sp.country == host && slices.ContainsFunc(t.mentions, func(m mention) bool { return slices.Contains(ev.principals, m.entity) }) &&
				!(ev.visit && slices.ContainsFunc(t.mentions, func(m mention) bool { return m.entity >= 0 && r.entities[m.entity].country == host })) {
				ev.place.City = archive.Opt(sp.city)
				ev.place.Evidence = append(ev.place.Evidence, sp.ev...)
				ev.place.Rule += "+caption"
				return
			}
		}
	}
}

// otherTime reports whether a sentence names a day or month that is not that of
// an event: it tells of another meeting of the same people.
func (r *reader) otherTime(ev *event, at ref) bool {
	day := ev.date.EDTF
	if ev.visit || !day.Complete() && day.DayOfMonth() == 0 || day.Interval() {
		return false
	}
	t := &r.texts[at.text]
	x, other := serial(dayOfDate(day)), false
	for _, k := range r.datesIn(t, t.sents[at.sent]) {
		d := &r.dates[k]
		if d.part < 2 || d.remembers {
			continue
		}
		from, to := d.from, d.to
		from.y, to.y = cmp.Or(from.y, day.Year()), cmp.Or(to.y, day.Year())
		if d.part == 2 {
			to.d = 31
		}
		if d.relative > 0 || x >= serial(from) && x <= serial(to) {
			return false
		}
		other = true
	}
	return other
}

// dayOfDate gives the parts of a date.
func dayOfDate(d archive.Date) day { return day{d.Year(), d.Month(), d.DayOfMonth()} }

func (r *reader) hasBody(ev *event) bool { return slices.ContainsFunc(ev.refs, r.body) }

// placeAround places a meeting by the rest of the article: the journey one of
// its people was on, the one city that the first paragraphs name, or the post
// of an envoy.
func (r *reader) placeAround(ev *event) {
	for i := range r.events {
		v := &r.events[i]
		if v.visit && v.status == ev.status && slices.Contains(ev.principals, v.guest) {
			ev.place = archive.Place{Country: archive.Opt(v.host), State: archive.Inferred, Rule: "place-of-journey", Evidence: append(r.naming(v.host, v.refs), r.refQuote(v.refs[0]))}
			return
		}
	}
	var only spot
	land := spot{} // the one country named as a place, where no city is
	n := 0
	for ti := range r.texts {
		t := &r.texts[ti]
		if !r.body(ref{text: ti}) {
			continue
		}
		if n++; n > 2 {
			break
		}
		for _, s := range t.sents {
			sp, ok := t.spotIn(s, span{s.to, s.to})
			if ok && t.told(s.from, sp.from) {
				continue // "vui mừng vì dự án tại Thành phố Hồ Chí Minh"
			}
			if ok && sp.city == "" && sp.stated && s.from == 0 {
				if land.country != "" && land.country != sp.country {
					land.country = "?"
				} else if land.country == "" {
					land = sp
				}
			}
			if ok && sp.city != "" {
				if only.city != "" && only.city != sp.city {
					only.city = "?"
				} else if only.city == "" {
					only = sp
				}
			}
		}
	}
	if only.city == "" {
		only = r.spotOfTitle()
	}
	if only.city != "" && only.city != "?" && (only.stated || r.houses(ev, only.country)) {
		ev.place = archive.Place{City: archive.Opt(only.city), Country: archive.Opt(only.country), State: archive.Inferred, Rule: "place-of-report", Evidence: only.ev}
		return
	}
	r.homeOfEnvoy(ev)
	if ev.place.Country == "" && only.city == "" && len(land.country) == 2 && land.country != "VN" && ev.status == archive.Held {
		ev.place = archive.Place{Country: archive.Opt(land.country), State: archive.Inferred, Rule: "place-of-report", Evidence: land.ev}
	}
	if ev.place.Country == "" && ev.status == archive.Held {
		r.placeOfDateline(ev)
	}
}

// houses reports whether a building of a country can be where an event was held:
// somebody of that country took part.
func (r *reader) houses(ev *event, country string) bool {
	return ev.status == archive.Held && slices.ContainsFunc(ev.principals, func(e int) bool { return r.entities[e].country == country })
}

// spotOfTitle gives the city that the headline names as a place.
func (r *reader) spotOfTitle() spot {
	for ti := range r.texts {
		t := &r.texts[ti]
		if t.p.Kind != archive.TitleParagraph {
			continue
		}
		for _, s := range t.sents {
			if sp, ok := t.spotIn(s, span{s.to, s.to}); ok && sp.stated && sp.city != "" {
				return sp
			}
		}
	}
	return spot{}
}

// placeOfDateline places a meeting in the city that opens the report: "Tokyo:
// Sáng 27/9, …", "Viêng Chăn (TTXVN) - …".
func (r *reader) placeOfDateline(ev *event) {
	for ti := range r.texts {
		t := &r.texts[ti]
		if !r.body(ref{text: ti}) {
			continue
		}
		start := 0 // behind the collector's prefix
		for _, e := range r.a.Published.Evidence {
			for e.Paragraph == t.p.N && strings.HasPrefix(r.a.Published.Rule, "date-prefix") && start < len(t.toks) && int(t.toks[start].start) < e.End {
				start++
			}
		}
		for _, h := range t.in(start, start+4) {
			if h.class != classCity || h.alt == "-" || t.inMention(h.from) || h.from > start && t.toks[h.from-1].shape != punct {
				continue
			}
			to := h.to
			if t.is(to, "(") && t.is(to+2, ")") {
				to += 3
			}
			if t.is(to, ",") {
				to = t.pastDates(to+1, len(t.toks))
			}
			shouted := strings.ToUpper(t.str(h.from, h.to)) == t.str(h.from, h.to)
			if !t.is(to, ":") && !t.dash(to) || t.dash(to) && t.toks[to].tight && !shouted {
				return
			}
			city := h.alt
			if city == "" {
				city = t.str(h.from, h.to)
			}
			if city == strings.ToUpper(city) && len(city) > 3 {
				city = titleCase(city)
			}
			ev.place = archive.Place{City: archive.Opt(city), Country: archive.Opt(h.arg), State: archive.Inferred, Rule: "place-dateline", Evidence: []archive.Evidence{t.quote(h.from, h.to)}}
			return
		}
		return
	}
}

// titleCase writes a name in capitals as names are written: "ĐÀ NẴNG" is Đà Nẵng.
func titleCase(s string) string {
	words := strings.Fields(strings.ToLower(s))
	for i, w := range words {
		r, n := utf8.DecodeRuneInString(w)
		words[i] = string(unicode.ToUpper(r)) + w[n:]
	}
	return strings.Join(words, " ")
}

// homeOfEnvoy puts a meeting with an ambassador to a country into that country.
func (r *reader) homeOfEnvoy(ev *event) {
	for _, e := range ev.principals {
		x := &r.entities[e]
		if x.post == "" {
			continue
		}
		for _, o := range ev.principals {
			if o != e && r.entities[o].country == x.post {
				ev.place = archive.Place{Country: archive.Opt(x.post), State: archive.Inferred, Rule: "place-post-of-envoy", Evidence: append(r.naming(x.post, ev.refs), x.ev...)}
				return
			}
		}
	}
}

// visitOf gives the visit that a meeting is part of: its guest is one of the
// principals, and it is neither recalled nor of another time.
func (r *reader) visitOf(ev *event) *event {
	for i := range r.events {
		v := &r.events[i]
		if v.visit && v.status != archive.Recalled && ev.status != archive.Recalled && slices.Contains(ev.principals, v.guest) &&
			slices.ContainsFunc(ev.principals, func(e int) bool { return r.entities[e].country == v.host }) {
			return v
		}
	}
	return nil
}

func (r *reader) refQuote(at ref) archive.Evidence {
	return r.texts[at.text].quote(at.trigger.from, at.trigger.to)
}

// locating are the words behind which a place is where something is.
func (t *text) locating(i int) bool { return t.is(i, "tại", "ở", "xuống") }

// phraseWords may stand between "tại" and the name of a place.
var phraseWords = set("thủ đô thành phố tp . nước tòa toà nhà trụ sở cộng hòa hoà khu khách sạn cung sân bay quốc tế tỉnh bang vùng đảo tự trị dân tộc " +
	"thị xã trấn huyện quận dinh phủ điện văn phòng phòng trung tâm hội trường đại lễ đường lâu đài")

// phraseFrom gives the token before the words that lead to a place at token i:
// the "tại" of "tại thành phố biển Sochi", and the name between them, if any.
func (t *text) phraseFrom(h *hit, from int) int {
	k := h.from - 1
	for k > from && (phraseWords[string(wordKey(nil, t.word(k)))] ||
		t.toks[k].shape == capital && h.class == classCity && k > h.from-7 && !t.inMention(k) && !t.is(k, "tại", "ở", "đến", "tới", "từ")) {
		k--
	}
	// "sân bay O.R. Tambo, Johannesburg"
	if t.is(k, ",") && h.alt != "-" {
		x := k - 1
		for x > from && x > k-9 && (t.toks[x].shape == capital || t.is(x, ".", "sân", "bay", "quốc", "tế", "khách", "sạn")) && !t.inMention(x) {
			x--
		}
		if x < k-1 && t.locating(x) {
			k = x
		}
	}
	return k
}

// hosting reports whether what stands before token i is said to be the place:
// "trụ sở Chính phủ là nơi …", "Nhà Quốc hội sáng nay là nơi …".
func (t *text) hosting(i int) bool {
	for k := i; k < i+6; k++ {
		if t.is(k, "là") && t.is(k+1, "nơi") {
			return true
		}
	}
	return false
}

// elsewhere reports whether the place behind the "tại" at token k is that of
// somebody or something else: of the reporter, of an embassy that acts, of
// compatriots, firms and projects.
func (t *text) elsewhere(k, from int) bool {
	if t.is(k-1, "ngày", "giờ") && t.has(k-7, k, "(") {
		return true // "(tối cùng ngày ở Hà Nội)" is a clock
	}
	if t.is(k-1, "kiều", "nghiệp", "sinh", "án", "sống", "tư", "doanh", "viên", "trú", "tích") {
		return true
	}
	for i := k - 1; i >= from && i > k-8; i-- {
		switch {
		case t.is(i, "ttxvn", "vov", "vtv", "pv") || t.is(i, "phóng", "phái") && t.is(i+1, "viên"):
			return true
		case t.is(i, "quán") && t.is(i-1, "sứ", "sự"), t.is(i, "người") && t.is(i+1, "việt"), t.is(i, "cộng") && t.is(i+1, "đồng"):
			// "tại Đại sứ quán Nhật Bản ở Hà Nội" is a place.
			for i > from && !t.locating(i) && i > k-14 {
				i--
			}
			return !t.locating(i) && !t.is(i, "đến", "tới")
		case t.locating(i), t.toks[i].shape == punct:
			return false
		}
	}
	return false
}

// seatWords begin the names of buildings that belong to a state.
var seatWords = set("trụ tòa toà văn phủ dinh điện cung nhà hội hoàng")

// seat gives the first token of the building that the country at token i
// closes: "trụ sở Bộ Ngoại giao Nhật Bản", "Phủ Tổng thống Ba Lan"; or -1.
func (t *text) seat(i, from int) int {
	for k := i - 1; k > from && k > i-10 && t.toks[k].shape != punct && !t.inMention(k); k-- {
		if t.locating(k - 1) {
			if seatWords[string(wordKey(nil, t.word(k)))] && !t.is(k+1, "nghị") {
				return k
			}
			return -1
		}
	}
	return -1
}

// ownerOf gives the country that a building belongs to when one stands right
// behind it: "Phủ Thủ tướng Lào", "Trụ sở Trung ương Đảng Cộng sản Trung Quốc".
func (t *text) ownerOf(i, to int) *hit {
	for j := i; j < to && j < i+6 && !t.inMention(j); j++ {
		if c := t.at(j, classCountry); c != nil {
			return c
		}
		if t.toks[j].shape != capital && !t.is(j, "sản", "dân", "mạng", "nước", "hòa", "hoà", "chủ") {
			return nil
		}
	}
	return nil
}

// cityOf gives the name before the brackets or comma at token k, behind which
// its country or province stands: "tại Ô Trấn, tỉnh Chiết Giang", "ở thành phố
// Gyumri (Armenia)". It is empty where that is no name of a place.
func (t *text) cityOf(k, from int) (name span) {
	if !t.is(k, "(", ",") {
		return span{}
	}
	x := k - 1
	for x > from && x > k-5 && !t.locating(x) && (t.toks[x].shape == capital || t.dash(x) && t.toks[x].tight) && !t.inMention(x) {
		x--
	}
	sure, at := false, x
	for at > from && t.is(at, "thành", "phố", "thủ", "đô", "thị", "trấn", "xã", "biển", "đảo") {
		sure = true
		at--
	}
	if x == k-1 || !t.locating(at) || t.at(x+1, classVenue) != nil || t.at(x+1, classOrg) != nil || t.at(x+1, classOrgHead) != nil ||
		t.at(x+1, classCountry) != nil || seatWords[string(wordKey(nil, t.word(x+1)))] && !sure || t.dash(x+1) {
		return span{}
	}
	return span{x + 1, k}
}

// spotIn finds the place that a sentence names: the city or building nearest
// before the trigger, else after it, that a word of place stands before.
func (t *text) spotIn(s span, trigger span) (spot, bool) {
	var best spot
	found := false
	gap := func(from int) int {
		if from < trigger.from {
			return trigger.from - from
		}
		return 1000 + from - trigger.to
	}
	for _, h := range t.in(s.from, s.to) {
		if h.class != classCity && h.class != classVenue && h.class != classCountry || t.inMention(h.from) {
			continue
		}
		// What somebody says of a place is not where he says it.
		if h.from >= trigger.to && t.speaks(trigger.to, h.from) {
			continue
		}
		k := t.phraseFrom(&h, s.from)
		if t.elsewhere(k, s.from) {
			continue
		}
		ev := t.quote(h.from, h.to)
		sp := spot{from: h.from, country: h.arg}
		named := t.cityOf(k, s.from)
		seat := -1
		if h.class == classCountry {
			seat = t.seat(h.from, s.from)
		}
		placed := t.locating(k) || t.is(k, "lòng") && t.is(k-1, "giữa") || (h.class == classVenue || h.class == classCity && h.from == s.from) && t.hosting(h.to) || t.is(k, "(", "tới", "đến", "sang") || t.is(k, ",") && found && gap(h.from) < 1000+40
		region := h.class == classCity && (h.alt == "-" || t.is(h.from-1, "tỉnh", "bang"))
		switch {
		case seat >= 0:
			ev = t.quote(seat, h.to)
		case (h.class == classCountry || region) && !named.empty() && (t.is(k, "(") || region):
			// "tại Ô Trấn, tỉnh Chiết Giang"
		case !placed, h.class == classCountry && (!t.is(k, "tại", "ở", "(") || t.is(k, "(") && !t.placedName(k, s.from)),
			t.is(k, "tới", "đến", "sang") && h.class == classCountry,
			h.class == classCountry && h.to < s.to && t.toks[h.to].shape == capital && seat < 0 && !t.inMention(h.to) && len(t.in(h.to, h.to+1)) == 0: // "New Zealand House"
			continue
		}
		switch {
		case seat >= 0:
			sp.venue, sp.stated, sp.from = t.str(seat, h.to), true, seat
		case h.class == classVenue:
			sp.venue, sp.city = t.str(h.from, h.to), h.alt
			if c := t.ownerOf(h.to, s.to); c != nil && c.arg != h.arg {
				sp.venue, sp.city, sp.country, sp.stated = t.str(h.from, c.to), "", c.arg, true
				ev = t.quote(h.from, c.to)
			}
		case h.class == classCity && !region:
			sp.city, sp.stated = h.alt, true
			if sp.city == "" {
				sp.city = t.str(h.from, h.to)
			}
		case region && t.is(h.from-1, "phố", "xã"):
			sp.city, sp.stated = t.str(h.from, h.to), true
		case !named.empty() && (region || t.at(named.from, classCity) == nil):
			sp.city, sp.stated, sp.from = t.str(named.from, named.to), true, named.from
			sp.ev = []archive.Evidence{t.quote(named.from, named.to)}
		default:
			sp.stated = true
			if h.arg == "SG" { // the country is its city
				sp.city = t.str(h.from, h.to)
			}
		}
		sp.ev = append(sp.ev, ev)
		// "Phủ Chủ tịch (Hà Nội)", "Bangkok (Thái Lan)": two words for one place.
		if found && (best.country == sp.country || !best.stated && best.venue != "") && h.from-best.from < 14 {
			if sp.stated && sp.city != "" && (best.city == "" || !best.stated) {
				best.city, best.stated, best.country = sp.city, true, sp.country
			} else if best.city == "" && best.country == sp.country && sp.city != "" {
				best.city, best.stated = sp.city, false // "đang ở Việt Nam, đến Phủ Chủ tịch"
			}
			if best.venue == "" {
				best.venue = sp.venue
			}
			best.ev = append(best.ev, ev)
			continue
		}
		if !found || gap(h.from) < gap(best.from) && !(best.city != "" && sp.city == "") || best.city == "" && sp.city != "" {
			best, found = sp, true
		}
	}
	return best, found
}

// placedName reports whether the name before token i is a place where
// something is: "tại Lima (Peru)", not "đoàn tỉnh Hủa Phăn (Lào)".
func (t *text) placedName(i, from int) bool {
	k := i - 1
	for k > from && k > i-8 && (t.toks[k].shape == capital || t.dash(k) || t.is(k, ".", "thành", "phố", "thủ", "đô", "thị", "trấn", "đảo", "bang")) {
		k--
	}
	return t.is(k, "tại", "ở", "tới", "đến", "từ", ",")
}
