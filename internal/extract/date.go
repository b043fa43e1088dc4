package extract

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"vankho/internal/archive"
)

// day is a date with unknown parts: 0.
type day struct{ y, m, d int }

// datum is a date as one place of the text names it.
type datum struct {
	span
	text     int // index into reader.texts
	from, to day // one day twice, unless it is an interval
	part     int // 3 has a day, 2 a month, 1 only a year
	// remembers is set for the days that the text looks back to or celebrates:
	// "(2/9/1945 - 2/9/2025)", "Quốc khánh 2/9".
	remembers bool
	relative  int  // 1 for "hôm nay", "tháng trước" and the like, told from publication; 2 for "cùng ngày", from the day before in the text
	lastYear  bool // "19/6 năm ngoái"
	offset    int  // days, months or years (see part) from there: "hôm qua", "tháng trước", "hôm sau"
	weekday   int  // 1 for Sunday to 7, when only the day of the week is said
	today     day  // the day of the report, where the date tells it: "hôm qua (28/9)" is told on the 29th
	via       int  // 1 + index into reader.dates of the day that "cùng ngày" repeats
}

func (d datum) interval() bool { return d.from != d.to }

// yearClue is what the article lets one know of its year when a date lacks it.
type yearClue struct {
	year   int
	before day // the event is before this day of year: "sắp kỷ niệm … 18/1/2015"
	after  day // the event is within a year after this day
	rule   string
	ev     archive.Evidence
}

var monthWords = map[string]int{"giêng": 1, "một": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9, "mười": 10, "chạp": 12}

// readDates finds the dates of every readable paragraph and then what the
// article says of its year.
func (r *reader) readDates() {
	for ti := range r.texts {
		t := &r.texts[ti]
		for i := 0; i < len(t.toks); {
			if tok := &t.toks[i]; tok.num < 0 && !r.lex.known[tok.word].dates {
				i++
				continue
			}
			d, ok := t.date(i)
			if !ok {
				d, ok = r.bareDay(t, i)
			}
			if !ok {
				i++
				continue
			}
			i = max(d.span.to, i+1)
			if r.publishes(t, d.span) || d.from == r.published() && t.clocked(d.span.to) {
				continue
			}
			d.text = ti
			d.remembers = d.remembers || t.celebrated(d.span) && !(d.interval() && t.is(d.span.from, "từ") && d.from.y == d.to.y) || t.dash(d.span.from-1) && t.num(d.span.from-2) >= 1000 && t.num(d.span.from-2) < 1900 // "(15/9/1821-15/9/2016)"
			if d.today.d > 0 && r.today.d == 0 && r.body(ref{text: ti}) {
				r.today, r.todayBy = d.today, t.quote(d.span.from, d.span.to)
			}
			t.dates = append(t.dates, len(r.dates))
			r.dates = append(r.dates, d)
		}
	}
	r.readYear()
}

// bareDay reads "Ngày 16, …": a day of the span named before ("thăm từ ngày 16
// đến 17/12"), else of the week before publication.
func (r *reader) bareDay(t *text, i int) (datum, bool) {
	_, at, cued := t.lead(i)
	n := t.num(at)
	if !cued || n < 1 || n > 31 || !t.is(at-1, "ngày", "hôm", "sáng", "chiều", "tối", "trưa") || !t.is(at+1, ",", "tại", "thì", "này") {
		return datum{}, false
	}
	if len(r.dates) > 0 {
		last := &r.dates[len(r.dates)-1]
		for _, d := range []day{{last.from.y, last.from.m, n}, {last.to.y, last.to.m, n}} {
			if last.part == 3 && last.relative == 0 && !last.remembers && last.interval() &&
				serial(d) >= serial(last.from) && serial(d) <= serial(last.to) && archive.ValidDay(d.y, d.m, d.d) {
				return datum{span: span{i, at + 1}, from: d, to: d, part: 3, via: len(r.dates)}, true
			}
		}
	}
	if pub := r.published(); pub.d > 0 {
		for back := range 7 {
			if d := addDays(pub, -back); d.d == n {
				d.y = 0 // told by publication, as a day without its year
				return datum{span: span{i, at + 1}, from: d, to: d, part: 3}, true
			}
		}
	}
	return datum{}, false
}

// publishes reports whether the words of a date are those that publication was
// read from: the collector's prefix, a clock run into the headline. A dateline
// is also the day of what it reports.
func (r *reader) publishes(t *text, s span) bool {
	rule := r.a.Published.Rule
	if rule != "page-clock" && !strings.HasPrefix(rule, "date-prefix") {
		return false
	}
	for _, e := range r.a.Published.Evidence {
		if e.Paragraph == t.p.N && int(t.toks[s.from].start) >= e.Start && int(t.toks[s.to-1].end) <= e.End {
			return true
		}
	}
	return false
}

// clocked reports whether the time of a page clock stands at token i, behind a day
// with its year: "VOV-Washington| 20/09/2025 08:18".
func (t *text) clocked(i int) bool {
	return t.num(i) >= 0 && t.num(i) < 24 && t.joined(i+1, ":") && t.num(i+2) >= 0 && t.num(i+2) < 60
}

func (t *text) num(i int) int {
	if i < 0 || i >= len(t.toks) {
		return -1
	}
	return int(t.toks[i].num)
}

// joined reports whether tokens i-1, i and i+1 stand together and i is one of
// the marks: the "/" of "5/2".
func (t *text) joined(i int, marks ...string) bool {
	return i > 0 && i+1 < len(t.toks) && t.toks[i].tight && t.toks[i+1].tight && t.isOne(i, marks[0], marks[1:])
}

// cue reports whether the words before token i announce a date.
func (t *text) cue(i int) bool {
	return t.is(i-1, "ngày", "sáng", "trưa", "chiều", "tối", "đêm", "hôm", "từ", "đến", "tới", "mùng", "mồng", "qua", "nay", "và", "khuya") ||
		t.is(i-1, "(", ",", "-", "–") && t.is(i-2, "nay", "qua", "ngày", "mai")
}

// yearAt gives the number at token i if it can be the year of an event, else 0.
func (t *text) yearAt(i int) int {
	if n := t.num(i); n >= 1900 && n < 2100 {
		return n
	}
	return 0
}

// monthAt reads the number or name of a month at token i: "2", "02", "Hai",
// "Mười một".
func (t *text) monthAt(i int) (m, to int) {
	if n := t.num(i); n >= 1 && n <= 12 {
		return n, i + 1
	}
	m = monthWords[t.key(i)]
	if m == 10 && t.is(i+1, "một", "hai") {
		return 10 + monthWords[t.key(i+1)], i + 2
	}
	return m, i + 1
}

// yearAfter reads "năm 2025", "/2025", ", 2025" or "2025" at token i.
func (t *text) yearAfter(i int) (year, to int) {
	if t.yearAt(i) > 0 && !t.toks[i].tight {
		return t.yearAt(i), i + 1
	}
	if y := t.yearAt(i + 1); y > 0 && (t.is(i, "năm") || t.is(i, "/", "-", ".") && t.toks[i].tight) {
		return y, i + 2
	}
	return 0, i
}

// point reads one day in figures at token i: "5/2", "5-2-2026", "5.2", "5 tháng
// 2 năm 2026", "2026-02-05". A day alone, whose month stands behind a later
// day, has month 0. cued says that the words before announce a date.
func (t *text) point(i int, cued bool) (d day, to int, ok bool) {
	n := t.num(i)
	if y := t.yearAt(i); y > 0 {
		d = day{y, t.num(i + 2), t.num(i + 4)}
		return d, i + 5, t.joined(i+1, "-") && t.joined(i+3, "-") && d.m > 0 && d.d > 0 && archive.ValidDay(d.y, d.m, d.d)
	}
	if n < 1 || n > 31 {
		return day{}, i, false
	}
	bare := day{d: n}
	if t.is(i+1, "tháng") {
		m, end := t.monthAt(i + 2)
		if m == 0 || !archive.ValidDay(0, m, n) {
			return bare, i + 1, true
		}
		y, to := t.yearAfter(end)
		if y == 0 && t.is(end, ",") && t.yearAt(end+1) > 0 {
			y, to = t.yearAt(end+1), end+2
		}
		return day{y, m, n}, to, archive.ValidDay(y, m, n)
	}
	m := t.num(i + 2)
	apart := cued && m > 0 && t.is(i+1, "/") && !t.toks[i+1].tight || // "7 / 5 / 2024"
		cued && m > 0 && m <= 12 && t.is(i+1, "-", ".") && t.is(i+3, "-", ".") && t.yearAt(i+4) > 0 // "24- 4-2010"
	if !apart && !t.joined(i+1, "/", "-", ".", "–") || m < 1 {
		return bare, i + 1, true
	}
	d, to = day{0, m, n}, i+3
	if y := t.yearAt(i + 4); y > 0 && (t.joined(i+3, "/", "-", ".") || apart && t.is(i+3, "/", "-", ".")) {
		d.y, to = y, i+5
	} else if y, end := t.yearAfter(i + 3); y > 0 && t.is(i+3, "năm") {
		d.y, to = y, end
	} else if cued && t.is(i+1, "/") && t.joined(i+3, "/") && t.num(i+4) > 0 && t.num(i+4) <= 50 && t.toks[i+4].end-t.toks[i+4].start == 2 {
		d.y, to = 2000+t.num(i+4), i+5 // "27/5/21"
	}
	slash := t.is(i+1, "/")
	switch {
	// "7-8/9", "28-30-6": two days, whose month follows.
	case !slash && m > n && d.y == 0 && (t.joined(i+3, "/", "-", ".") && t.num(i+4) >= 1 && t.num(i+4) <= 12 || t.is(i+3, "tháng")):
		return bare, i + 1, true
	case !archive.ValidDay(d.y, m, n):
		return bare, i + 1, true
	// "8.9" and "13-11" are dates only where a word says so; "24/7" never is.
	case d.y == 0 && !cued && (!slash || n == 24 && m == 7):
		return bare, i + 1, true
	// "1.5 tỷ", "5/10 dự án": a number with what it counts.
	case !slash && t.is(to, "tỷ", "tỉ", "triệu", "%", "nghìn", "usd"),
		slash && !cued && d.y == 0 && t.counted(to):
		return day{}, i, false
	}
	return d, to, true
}

// counted reports whether the words at token i are what a fraction counts:
// "5/10 dự án", "27/28 nước thành viên".
func (t *text) counted(i int) bool {
	switch {
	case t.is(i, "dự"):
		return t.is(i+1, "án")
	case t.is(i, "thành"):
		return t.is(i+1, "viên")
	case t.is(i, "địa"):
		return t.is(i+1, "phương")
	case t.is(i, "mục"):
		return t.is(i+1, "tiêu")
	}
	return t.is(i, "tỷ", "tỉ", "triệu", "nước", "tỉnh", "người", "phiếu")
}

// next reads the joint between two days at token i: whether it makes a span of
// them ("-", "đến") or a list ("và", ","), and where the second begins.
func (t *text) next(i int) (to int, list, ok bool) {
	if t.is(i, "cho") && t.is(i+1, "đến", "tới") {
		i++
	}
	switch {
	case t.is(i, "-", "–", "—", "đến", "tới"):
		to = i + 1
		if t.is(to, "hết") {
			to++
		}
	case t.is(i, "và", ","):
		to, list = i+1, true
	default:
		return i, false, false
	}
	for t.is(to, "ngày", "hôm", "sáng", "chiều", "tối", "trưa", "mùng", "mồng") {
		to++
	}
	return to, list, t.num(to) > 0
}

// maxDays is how many days a list of them may have: "các ngày 3, 4 và 5/10".
const maxDays = 7

// days reads one day or several in figures at token i: "5/2", "26-27/1", "30/7
// đến 1/8", "22 và 23-9". Of days that do not follow each other it reads the
// first.
func (t *text) days(i int, cued bool) (datum, bool) {
	d, to, ok := t.point(i, cued)
	if !ok {
		return datum{}, false
	}
	if d.m > 0 {
		return t.until(d, to)
	}
	// "26-27/1", "4 đến 6/12/2022", "3, 4 và 5/10": the month stands with the last.
	first, end, prev, spans := d, to, d.d, false
	for range maxDays {
		at, list, ok := t.next(end)
		if !ok || list && (!cued || spans) {
			return datum{}, false
		}
		// "8-12/7", "28-30/6/2024", "22-23-9": the middle number is no month.
		d, end, ok = t.point(at, cued || at > to+1)
		if m := t.num(at + 2); ok && d.m == 0 && m >= 1 && m <= 12 && t.joined(at+1, "-", ".") && archive.ValidDay(0, m, d.d) {
			d.m, end = m, at+3
		}
		if !ok || d.d <= prev {
			return datum{}, false
		}
		spans = spans || !list
		if !spans && d.d != prev+1 {
			spans = false
			if d.m == 0 {
				return datum{}, false
			}
			x := day{d.y, d.m, first.d}
			return datum{span: span{i, to}, from: x, to: x, part: 3}, archive.ValidDay(x.y, x.m, x.d)
		}
		if prev = d.d; d.m > 0 {
			x := day{d.y, d.m, first.d}
			return datum{span: span{i, end}, from: x, to: d, part: 3}, archive.ValidDay(x.y, x.m, x.d)
		}
	}
	return datum{}, false
}

// until reads what may follow a day with its month: the last day of a span,
// the day after it, the second of two years of an anniversary.
func (t *text) until(d day, to int) (datum, bool) {
	out := datum{span: span{to: to}, from: d, to: d, part: 3}
	if d.y == 0 && t.is(to, "năm") && t.is(to+1, "ngoái", "trước") {
		out.span.to, out.lastYear = to+2, true
		return out, true
	}
	at, list, ok := t.next(to)
	if !ok || t.is(to, ",") {
		return out, true
	}
	if y := t.yearAt(at); y > d.y && d.y > 0 && t.is(at+1, ")") {
		out.remembers = true // "(25/9/1963-2023)"
		out.span.to = at + 1
		return out, true
	}
	e, end, ok := t.point(at, true)
	switch {
	case !ok || e.m == 0:
	case list:
		if f := addDays(day{max(d.y, e.y, 2023), d.m, d.d}, 1); f.m == e.m && f.d == e.d && (d.y == 0 || e.y == 0 || d.y == e.y) {
			e.y = max(d.y, e.y)
			d.y = e.y
			out.span.to, out.from, out.to = end, d, e
		}
	case e.d == d.d && e.m == d.m && e.y != d.y && e.y > 0 && d.y > 0:
		out.remembers = true // "2/9/1945 - 2/9/2025"
		out.span.to, out.from, out.to = end, d, e
	case d.y > 0 && e.y > 0 && e.y-d.y > 1:
		out.remembers = true
		out.span.to = end
	default:
		if d.y == 0 && e.y > 0 {
			d.y = e.y
			if e.m < d.m {
				d.y--
			}
		}
		if d.y > 0 && e.y == 0 {
			e.y = d.y
			if e.m < d.m {
				e.y++
			}
		}
		if e.y == d.y && (e.m > d.m || e.m == d.m && e.d > d.d) || e.y > d.y || e.y == 0 && d.m-e.m > 9 {
			out.span.to, out.from, out.to = end, d, e
		}
	}
	return out, true
}

// lead reads the words that announce a day, and what they say themselves:
// "từ ngày", "rạng sáng", "sáng nay (", "hôm thứ Ba, ngày". to is where the
// figures are to begin.
func (t *text) lead(i int) (d datum, to int, cued bool) {
	d.part, to = 3, i
	for to < i+10 {
		switch {
		case t.is(to, "từ") && to == i, t.is(to, "ngày", "hôm", "mùng", "mồng", "sáng", "trưa", "chiều", "tối", "đêm", "khuya"):
			to++
			cued = true
			continue
		case t.is(to, "rạng") && t.is(to+1, "sáng"):
			to += 2
			cued = true
			continue
		case d.relative > 0 && (t.is(to, ",", "(", "-", "–") && (t.num(to+1) > 0 || t.is(to+1, "ngày", "tức")) || t.is(to, "tức")):
			to++
			continue
		case d.relative > 0:
		case !cued && (!t.starts(to) && !t.is(to-1, "vào") || !t.is(to, "thứ", "chủ")):
		case t.is(to, "nay", "qua", "mai", "kia") && (t.is(to-1, "hôm", "sáng", "trưa", "chiều", "tối", "đêm") ||
			t.is(to-1, "ngày") && (t.is(to, "mai") || t.num(to+1) > 0 || t.num(to+2) > 0)):
			d.relative = 1
			switch {
			case t.is(to, "qua"):
				d.offset = -1
			case t.is(to, "mai"):
				d.offset = 1
			case t.is(to, "kia"):
				d.offset = -2
			}
			to++
			d.span.to = to
			continue
		case t.is(to, "sau", "trước", "đó", "ấy") && t.is(to-1, "hôm"):
			d.relative = 2
			if t.is(to, "sau") {
				d.offset = 1
			} else if t.is(to, "trước") {
				d.offset = -1
			}
			to++
			d.span.to = to
			continue
		default:
			if wd, end, ok := t.weekday(to); ok {
				d.relative, d.weekday = 1, wd+1
				to, cued = end, true
				switch {
				case t.is(to, "tuần") && t.is(to+1, "trước", "qua"):
					d.offset, to = -7, to+2
				case t.is(to, "tuần") && t.is(to+1, "tới", "sau"):
					d.offset, to = 7, to+2
				case t.is(to, "tuần") && t.is(to+1, "này"):
					to += 2
				}
				d.span.to = to
				continue
			}
		}
		break
	}
	return d, to, cued
}

// starts reports whether token i begins a sentence or a clause put first.
func (t *text) starts(i int) bool {
	return i == 0 || t.toks[i-1].shape == punct && !t.is(i-1, ",", "/", "(")
}

var weekdays = map[string]int{"hai": 1, "ba": 2, "tư": 3, "năm": 4, "sáu": 5, "bảy": 6, "bẩy": 6}

// weekday reads "thứ Năm", "thứ 5" or "Chủ nhật" at token i: 0 is Sunday.
func (t *text) weekday(i int) (day, to int, ok bool) {
	if t.is(i, "chủ") && t.is(i+1, "nhật") {
		return 0, i + 2, true
	}
	if !t.is(i, "thứ") {
		return 0, i, false
	}
	if n := t.num(i + 1); n >= 2 && n <= 7 && !t.joined(i+2, "/", "-", ".") {
		return n - 1, i + 2, true
	}
	day, ok = weekdays[t.key(i+1)]
	return day, i + 2, ok
}

// date reads the date that begins at token i.
func (t *text) date(i int) (datum, bool) {
	said, at, cued := t.lead(i)
	if t.num(at) > 0 {
		if d, ok := t.days(at, cued || t.cue(at) || t.is(at-1, "(")); ok {
			d.span.from = i
			if said.relative == 1 && said.weekday == 0 && (!d.interval() || said.offset == 0) { // "chiều qua (28/9)", "từ hôm nay 16/4 - 18/4"
				d.today = addDays(day{cmp.Or(d.from.y, 2023), d.from.m, d.from.d}, -said.offset)
				if d.from.y == 0 {
					d.today.y = 0
				}
			}
			return d, true
		}
		// "tháng 2/2026" and "11/2024" without a day.
		if n := t.num(at); n <= 12 && t.joined(at+1, "/") && t.yearAt(at+2) > 0 {
			d := day{t.yearAt(at + 2), n, 0}
			return datum{span: span{i, at + 3}, from: d, to: d, part: 2}, true
		}
	}
	if said.relative > 0 {
		said.span.from = i
		// "từ hôm nay đến ngày 16/10"
		if to, list, ok := t.next(said.span.to); ok && !list && t.is(i, "từ") && said.relative == 1 && said.weekday == 0 {
			if e, end, ok := t.point(to, true); ok && e.m > 0 {
				said.span.to, said.to = end, e
			}
		}
		return said, true
	}
	return t.span(i)
}

// span reads a date that is no day in figures: a month, a year, "cùng ngày",
// "một ngày trước đó".
func (t *text) span(i int) (datum, bool) {
	switch {
	case t.is(i, "tháng"):
		m, end := t.monthAt(i + 1)
		switch {
		case t.is(i+1, "trước", "này", "tới", "sau"):
			d := datum{span: span{i, i + 2}, part: 2, relative: 1}
			if t.is(i+1, "trước") {
				d.offset = -1
			} else if !t.is(i+1, "này") {
				d.offset = 1
			}
			return d, t.is(i-1, "trong", "hồi", "đầu", "giữa", "cuối", "vào") || t.starts(i)
		// "Cách mạng tháng Tám" is no date.
		case m == 0 || t.num(i+1) < 0 && t.is(i-1, "mạng"):
			return datum{}, false
		}
		// "Tháng Năm 27, 2021".
		if d := t.num(end); d >= 1 && d <= 31 && t.is(end+1, ",") && t.yearAt(end+2) > 0 && archive.ValidDay(t.yearAt(end+2), m, d) {
			x := day{t.yearAt(end + 2), m, d}
			return datum{span: span{i, end + 3}, from: x, to: x, part: 3}, true
		}
		y, to := t.yearAfter(end)
		d := day{y, m, 0}
		return datum{span: span{i, to}, from: d, to: d, part: 2}, true
	case t.is(i, "năm") && t.yearAt(i+1) > 0:
		d := day{t.yearAt(i + 1), 0, 0}
		return datum{span: span{i, i + 2}, from: d, to: d, part: 1}, true
	case t.is(i, "năm") && t.is(i+1, "nay", "ngoái") && (t.is(i-1, "đầu", "giữa", "cuối", "hồi", "trong") || t.starts(i)):
		d := datum{span: span{i, i + 2}, part: 1, relative: 1}
		if t.is(i+1, "ngoái") {
			d.offset = -1
		}
		return d, true
	case t.is(i, "cùng") && (t.is(i+1, "ngày", "sáng", "chiều", "tối", "trưa", "hôm") || t.is(i+1, "buổi") && t.is(i+2, "sáng", "chiều", "tối", "trưa")):
		to := i + 2
		if t.is(i+1, "buổi") {
			to++
		}
		return datum{span: span{i, to}, part: 3, relative: 2}, true
	case t.is(i, "ngày", "tuần"):
		// "một ngày trước đó", "trước đó hai ngày", "một tuần trước đó"
		s, at := span{i - 1, i + 3}, i+1
		if t.is(i-2, "đó") {
			s, at = span{i - 3, i + 1}, i-3
		}
		n := t.count(i - 1)
		if n > 0 && t.is(i+1, "sau") && (i == 1 || t.toks[i-2].shape == punct) && (t.is(i+2, ",", "tại", "ở")) {
			return datum{span: span{i - 1, i + 2}, part: 3, relative: 2, offset: n}, true // "Hai ngày sau, ở Rome, …"
		}
		if n == 0 || s.from < 0 || !t.is(at, "trước", "sau") || !t.is(at+1, "đó") {
			return datum{}, false
		}
		if t.is(i, "tuần") {
			n *= 7
		}
		if t.is(at, "trước") {
			n = -n
		}
		return datum{span: s, part: 3, relative: 2, offset: n}, true
	}
	return datum{}, false
}

// count reads a small number, in figures or in words, at token i; 0 when there
// is none.
func (t *text) count(i int) int {
	if n := t.num(i); n >= 0 {
		return n
	}
	if t.is(i, "một") {
		return 1
	}
	return smallNumbers[t.key(i)]
}

// celebrated reports whether the words before a date say that it is kept in
// memory: a birthday, a national day, the day relations began.
func (t *text) celebrated(s span) bool {
	// "Nhân dịp Quốc khánh Lào, ngày 2/12/2023, …": the day of what follows.
	if t.is(s.from-1, ",") && t.is(s.from, "ngày", "hôm", "sáng", "chiều", "tối", "trưa") && !t.is(s.to, ")") {
		return false
	}
	for i := s.from - 1; i >= 0 && i >= s.from-14; i-- {
		if t.is(i, ".", ";") {
			return false
		}
		// "Nghị định số 12/2024/NĐ-CP ngày 5/3/2024"
		if t.is(i, "số") && t.is(i-1, "định", "quyết", "thị", "tư", "văn", "luật", "lệnh") && t.num(i+1) > 0 {
			return true
		}
		if i < s.from-9 {
			continue
		}
		if t.is(i, "kỷ", "khánh", "sinh", "thành") && t.is(i+1, "niệm", "nhật", "lập", "(", "chủ") ||
			t.is(i, "quốc") && t.is(i+1, "khánh") || t.is(i, "thiết") && t.is(i+1, "lập") || t.is(i, "nghị") && t.is(i+1, "quyết", "định") {
			return true
		}
	}
	return false
}

// readYear looks for the year of a text whose dates lack it.
func (r *reader) readYear() {
	for i := range r.dates {
		d := &r.dates[i]
		t := &r.texts[d.text]
		ev := t.quote(d.span.from, d.span.to)
		switch {
		case d.remembers && d.from.y > 0 && d.to.y > d.from.y && d.to.m > 0:
			// An anniversary is kept in the year it ends with, or the one before it
			// when it is still to come.
			if r.year.year == 0 {
				r.year = yearClue{year: d.to.y, rule: "year-of-anniversary", ev: ev}
				for k := d.span.from - 1; k >= 0 && k > d.span.from-25; k-- {
					if t.is(k, "sắp") || t.is(k, "phối") && t.is(k+1, "hợp") || t.is(k, "hướng", "tiến") && t.is(k+1, "tới") || t.is(k, "chuẩn") {
						r.year.before = d.to
						break
					}
				}
			}
		case d.part == 1 && !d.remembers && t.nowYear(d.span):
			if r.year.year == 0 || r.year.rule == "year-of-anniversary" && r.year.before == (day{}) {
				r.year = yearClue{year: d.from.y, rule: "year-said", ev: ev}
				if t.intended(d.span.from) {
					r.year.before = day{d.from.y, 10, 1} // at the end of a year it is the next
				}
			}
		}
	}
	if r.year.year > 0 {
		return
	}
	chair := r.chairYear()
	for ti := range r.texts {
		t := &r.texts[ti]
		for i := range t.toks {
			if y, m := t.yearsSince(i); y > 0 {
				r.year = yearClue{year: y, after: day{y, m, 1}, rule: "year-said", ev: t.quote(i, i+3)}
				return
			}
			if y := t.anniversary(i); y > 0 {
				r.year = yearClue{year: y, rule: "year-of-anniversary", ev: t.quote(i, i+3)}
				return
			}
			// "đảm nhận vai trò Chủ tịch ASEAN 2016", "Gặp gỡ đầu xuân 2025"
			y := t.yearAt(i)
			if y > 0 && (y == chair && t.has(i-4, i-1, "tịch") && t.has(i-2, i, "asean", "apec") || t.is(i-1, "xuân") || t.is(i-1, "mới") && t.is(i-2, "năm")) {
				r.year = yearClue{year: y, rule: "year-said", ev: t.quote(i-1, i+1)}
				return
			}
			// "chúc Tết Nguyên đán Quý Mão 2023"
			if y > 0 && i > 0 && t.toks[i-1].shape == capital && t.has(i-5, i-1, "tết", "xuân") && !t.has(i-5, i, ".", ",") {
				r.year = yearClue{year: y, before: day{y, 10, 1}, rule: "year-said", ev: t.quote(i-1, i+1)}
				return
			}
		}
		for _, h := range t.hits {
			if h.class != classOccasion {
				continue
			}
			d := day{}
			fmt.Sscanf(h.arg, "%d-%d-%d", &d.y, &d.m, &d.d)
			r.year = yearClue{year: d.y, after: d, rule: "year-of-occasion", ev: t.quote(h.from, h.to)}
			return
		}
	}
}

// chairYear gives the one year of which the text speaks as that of a chair of ASEAN or
// APEC; 0 where there is none, or several.
func (r *reader) chairYear() (year int) {
	for ti := range r.texts {
		t := &r.texts[ti]
		for i := range t.toks {
			y := t.yearAt(i)
			if y == 0 || !t.has(i-2, i, "asean", "apec") || !t.has(i-4, i-1, "tịch") || !t.is(i-1, "asean", "apec", "năm") {
				continue
			}
			if year > 0 && y != year {
				return 0
			}
			year = y
		}
	}
	return year
}

// yearsSince reads at token i after how many years something is there again, and gives
// the year and month of that: "sau 11 năm, kể từ chuyến thăm … tháng 10-2011".
func (t *text) yearsSince(i int) (year, month int) {
	n := t.num(i + 1)
	if !t.is(i, "sau") || n < 2 || n > 60 || !t.is(i+2, "năm") {
		return 0, 0
	}
	to := t.sents[t.sentenceOf(i)].to
	for k := i + 3; k < min(i+28, to); k++ {
		if y := t.yearAt(k); y > 0 && t.has(i+3, min(i+7, k), "từ") {
			if month = 1; t.joined(k-1, "-", "/", ".") {
				month = t.num(k - 2)
			}
			if month < 1 || month > 12 {
				return 0, 0
			}
			return y + n, month
		}
	}
	return 0, 0
}

// anniversary gives the year in which so many years are kept as the words before the two
// years at token i say: "65 năm thiết lập quan hệ ngoại giao (1950-2015)"; 0 where none
// are, or are still to come.
func (t *text) anniversary(i int) int {
	from, to := t.yearAt(i), t.yearAt(i+2)
	if from == 0 || to <= from || !t.dash(i+1) || !t.is(i-1, "(") && !t.has(i-24, i, "niệm") {
		return 0
	}
	for k := i - 1; k > 0 && k > i-24 && !t.is(k, ".", ";"); k-- {
		if t.is(k, "năm") && t.num(k-1) == to-from {
			if s := t.sents[t.sentenceOf(i)]; t.intended(k-1) || t.has(k-12, k-1, "tới", "chuẩn") || t.has(s.from, s.to, "sẽ", "sắp") {
				return 0
			}
			return to
		}
	}
	return 0
}

// nowYear reports whether a bare year is spoken of as the present one: "nhân
// dịp năm 2025", "trong năm 2025", "năm 2025 đánh dấu", "Năm mới 2026".
func (t *text) nowYear(s span) bool {
	return t.is(s.from-1, "dịp", "trong") && !t.is(s.to, "đến", "-", "–") || t.starts(s.from) && t.is(s.to, ",") && t.celebrates(s.to) ||
		t.is(s.to, "đánh") && t.is(s.to+1, "dấu") || t.is(s.to, "này") || t.ofProgramme(s.from) || t.is(s.from-3, "lần") && t.is(s.from-2, "thứ") && !t.intended(s.from) && !t.recalls(s.from)
}

// recalls reports whether the words before token i are of what went before: "kể từ Hội
// nghị lần thứ 2 năm 2014", "kết quả kỳ họp lần thứ 2 năm 2014".
func (t *text) recalls(i int) bool {
	return t.has(max(t.sents[t.sentenceOf(i)].from, i-14), i, "từ", "sau", "trước", "kết", "biên", "tại", "nghị")
}

// ofProgramme reports whether the year at token i is that of a programme which what is
// told carries out: "Thực hiện Chương trình đối ngoại năm 2017".
func (t *text) ofProgramme(i int) bool {
	for k := i - 1; k > 0 && k > i-16 && !t.is(k, ",", ".", ";", "("); k-- {
		if t.is(k, "chương", "kế") && t.is(k+1, "trình", "hoạch") {
			return t.has(k-4, k, "thực", "triển", "theo", "trong", "khuôn") && !t.has(k, i, "thỏa", "thoả", "hiệp")
		}
	}
	return false
}

// celebrates reports whether an anniversary is kept, not awaited, in the words
// behind token i: "Năm 2018, Việt Nam và Nhật Bản kỷ niệm 45 năm …".
func (t *text) celebrates(i int) bool {
	for k := i; k < i+12; k++ {
		if t.is(k, "sẽ", ".") {
			return false
		}
		if t.is(k, "kỷ") && t.is(k+1, "niệm") {
			return true
		}
	}
	return false
}

// intended reports whether the words before token i are of what is to be done:
// "nhất trí phối hợp tổ chức các hoạt động trong năm 2022" may be said in 2021.
func (t *text) intended(i int) bool {
	for k := max(t.sents[t.sentenceOf(i)].from, i-20); k < i; k++ {
		if t.is(k, "nhất", "thống") && t.is(k+1, "trí", "nhất") || t.is(k, "sẽ", "sắp", "nhằm") || t.is(k, "hướng") && t.is(k+1, "tới") || t.is(k, "phối") && t.is(k+1, "hợp") {
			return true
		}
	}
	return false
}

// firstYear is before any page of the web: what is of an earlier year is history,
// and tells no other day its year.
const firstYear = 1990

// complete gives the day its year: from the publication day, from the same day
// elsewhere in the article, or from what the article says of its year. The
// rule is empty when no year can be had; then the year stays 0.
func (r *reader) complete(d day, status archive.Status) (day, string, []archive.Evidence) {
	if d.y > 0 {
		return d, "date-full", nil
	}
	for i := range r.dates {
		o := &r.dates[i]
		if o.remembers || o.relative > 0 || o.from.y < firstYear || o.part < 3 {
			continue
		}
		a, b := serial(o.from), serial(o.to)
		x := serial(day{o.from.y, d.m, max(d.d, 1)})
		if x >= a && x <= b {
			return day{o.from.y, d.m, d.d}, "date-year-elsewhere", []archive.Evidence{r.texts[o.text].quote(o.span.from, o.span.to)}
		}
	}
	if pub := r.published(); pub.y > 0 {
		return nearest(d, pub, status), "date-day-month+published", r.a.Published.Evidence
	}
	c := r.year
	if c.year == 0 {
		// A full date close by, within half a year, tells the year too.
		for i := range r.dates {
			o := &r.dates[i]
			if o.remembers || o.from.y < firstYear || o.part < 3 || o.relative > 0 || r.texts[o.text].ofLife(o.span) {
				continue
			}
			if x := serial(day{o.from.y, d.m, max(d.d, 1)}) - serial(o.from); x > -45 && x < 45 {
				return day{o.from.y, d.m, d.d}, "date-year-elsewhere", []archive.Evidence{r.texts[o.text].quote(o.span.from, o.span.to)}
			}
		}
		// "vừa khởi động hồi tháng 4/2019" is said within three months of it.
		for i := range r.dates {
			o := &r.dates[i]
			t := &r.texts[o.text]
			if o.part == 2 && o.from.y > 0 && o.from.m == d.m && !o.remembers && r.early(ref{text: o.text}) && !t.since(o.span) {
				return day{o.from.y, d.m, d.d}, "date-year-elsewhere", []archive.Evidence{t.quote(o.span.from, o.span.to)}
			}
			if o.part != 2 || o.from.y == 0 || o.remembers || !t.has(o.span.from-6, o.span.from, "hồi", "vừa", "mới", "tính") {
				continue
			}
			if months := d.m - o.from.m; months >= 0 && months <= 3 {
				return day{o.from.y, d.m, d.d}, "date-year-elsewhere", []archive.Evidence{t.quote(o.span.from, o.span.to)}
			}
		}
		return d, "", nil
	}
	y := c.year
	if c.before.y > 0 && serial(day{y, d.m, max(d.d, 1)}) >= serial(c.before) {
		y--
	}
	if c.after.y > 0 && serial(day{y, d.m, max(d.d, 1)}) < serial(c.after) {
		y++
	}
	if d.m > 0 && d.d > 0 && !archive.ValidDay(y, d.m, d.d) {
		return d, "", nil
	}
	return day{y, d.m, d.d}, "date-" + c.rule, []archive.Evidence{c.ev}
}

// ofLife reports whether a day is one of somebody's life, which tells nothing of when
// the text is from: "tái đắc cử Tổng thống ngày 19/12/2010", not "vừa nhậm chức …".
func (t *text) ofLife(d span) bool {
	s := t.sents[t.sentenceOf(d.from)]
	for i := max(s.from+1, d.from-12); i < min(d.to+6, s.to); i++ {
		if t.is(i, "cử") && t.is(i-1, "đắc", "trúng") || t.is(i, "chức") && t.is(i-1, "nhậm") || t.is(i, "nhiệm") && t.is(i-1, "bổ") || t.is(i, "bầu") || t.is(i, "sinh") && t.is(i+1, "ngày", "năm", "tại") {
			return !t.has(max(i-4, s.from), i, "vừa", "mới")
		}
	}
	return false
}

// published gives the publication day, as far as it is known and of the report.
func (r *reader) published() day {
	if r.late {
		return day{}
	}
	p := r.a.Published.EDTF
	return day{p.Year(), p.Month(), p.DayOfMonth()}
}

// nearest gives d the year that puts it closest to publication: what was held
// lies before it, what is announced after it.
func nearest(d, pub day, status archive.Status) day {
	ref := serial(day{pub.y, max(pub.m, 1), max(pub.d, 1)})
	early, late := 300, 40 // days before and after publication
	if status == archive.Announced {
		early, late = 15, 340
	} else if status == archive.Held && pub.d > 0 {
		early, late = 350, 3
	}
	for _, y := range []int{pub.y, pub.y - 1, pub.y + 1} {
		x := day{y, d.m, d.d}
		if d.d > 0 && !archive.ValidDay(y, d.m, d.d) {
			continue
		}
		if gap := serial(day{y, d.m, max(d.d, 1)}) - ref; gap >= -early && gap <= late {
			return x
		}
	}
	if d.d > 0 && !archive.ValidDay(pub.y, d.m, d.d) {
		return d
	}
	return day{pub.y, d.m, d.d}
}

// serial counts days, close enough to compare: months have 31.
func serial(d day) int { return (d.y*12+d.m)*31 + d.d }

func addDays(d day, n int) day {
	y, m, x := time.Date(d.y, time.Month(d.m), d.d+n, 0, 0, 0, 0, time.UTC).Date()
	return day{y, int(m), x}
}

// edtf writes a day, month or year.
func edtf(d day) archive.Date {
	s := "XXXX"
	if d.y > 0 {
		s = fmt.Sprintf("%04d", d.y)
	}
	switch {
	case d.m == 0 && d.y == 0:
		return ""
	case d.m > 0 && d.d > 0:
		s += fmt.Sprintf("-%02d-%02d", d.m, d.d)
	case d.m > 0:
		s += fmt.Sprintf("-%02d", d.m)
	}
	if v, err := archive.ParseDate(s); err == nil {
		return v
	}
	return ""
}

// claim turns a date of the text into the claim of an event.
func (r *reader) claim(d datum, status archive.Status) archive.DateClaim {
	t := &r.texts[d.text]
	ev := []archive.Evidence{t.quote(d.span.from, d.span.to)}
	if d.via > 0 {
		o := &r.dates[d.via-1]
		ev = append(ev, r.texts[o.text].quote(o.span.from, o.span.to))
	}
	if d.relative > 0 {
		return r.toldFromPublication(d, status, ev)
	}
	if pub := r.published(); d.lastYear && pub.y > 0 {
		d.from.y, d.to.y = pub.y-1, pub.y-1
		return archive.DateClaim{EDTF: edtf(d.from), State: archive.Inferred, Rule: "date-last-year", Evidence: append(ev, r.a.Published.Evidence...)}
	}
	from, rule, more := r.complete(d.from, status)
	state := archive.Inferred
	if rule == "date-full" || rule == "" {
		state = archive.Stated
	}
	if rule == "" {
		rule = "date-year-unknown"
	}
	if d.via > 0 && d.offset != 0 {
		// "hôm sau"
		x := addDays(day{cmp.Or(from.y, 2023), from.m, from.d}, d.offset)
		if from.y == 0 {
			x.y = 0
		}
		from, state = x, archive.Inferred
	}
	date := edtf(from)
	if d.interval() {
		to := d.to
		if to.y == 0 && from.y > 0 {
			to.y = from.y
			if to.m < from.m {
				to.y++
			}
		}
		if v, err := archive.ParseDate(string(date) + "/" + string(edtf(to))); err == nil {
			date = v
		}
	}
	if date == "" {
		return archive.DateClaim{State: archive.NotStated}
	}
	return archive.DateClaim{EDTF: date, State: state, Rule: rule, Evidence: append(ev, more...)}
}

// toldFromPublication reads "hôm qua", "thứ Năm tuần trước", "tháng trước" and
// "đầu năm nay" from the day of publication, as far as that is known.
func (r *reader) toldFromPublication(d datum, status archive.Status, ev []archive.Evidence) archive.DateClaim {
	pub := r.published()
	if pub.d == 0 && r.fromToday(&d) {
		x := addDays(day{cmp.Or(r.today.y, 2023), r.today.m, r.today.d}, d.offset)
		if r.today.y == 0 {
			x.y = 0
			x, _, _ = r.complete(x, status)
		}
		return archive.DateClaim{EDTF: edtf(x), State: archive.Inferred, Rule: "date-relative+told", Evidence: append(ev, r.todayBy)}
	}
	x := day{}
	switch {
	case d.relative != 1:
	case pub.y == 0:
		// "Sáng nay", in a text that knows its year.
		if c := r.year; c.year > 0 && c.before == (day{}) && c.after == (day{}) && d.offset == 0 && d.part == 3 {
			return archive.DateClaim{EDTF: edtf(day{y: c.year}), State: archive.Inferred, Rule: "date-" + c.rule, Evidence: append(ev, c.ev)}
		}
	case d.part == 1:
		x = day{y: pub.y + d.offset}
	case pub.m == 0:
	case d.part == 2:
		x = addDays(day{pub.y, pub.m + d.offset, 1}, 0)
		x.d = 0
	case pub.d == 0:
		// "Sáng nay" of a page that knows its month: that month.
		if d.offset == 0 && d.weekday == 0 && !d.interval() {
			x = pub
		}
	case d.weekday > 0:
		// The last such day up to the day of publication; with "tuần trước" that of
		// the week before, weeks beginning on Monday.
		today := int(time.Date(pub.y, time.Month(pub.m), pub.d, 0, 0, 0, 0, time.UTC).Weekday())
		gap := d.weekday - 1 - today
		switch {
		case d.offset != 0:
			gap = d.offset + (d.weekday+5)%7 - (today+6)%7
		case status == archive.Announced:
			gap = (gap + 7) % 7
		default:
			gap = -((7 - gap) % 7)
		}
		x = addDays(pub, gap)
	default:
		x = addDays(pub, d.offset)
	}
	date := edtf(x)
	if date == "" {
		return archive.DateClaim{State: archive.NotStated}
	}
	if d.to.m > 0 {
		to := d.to
		if to.y == 0 {
			to.y = x.y
			if to.m < x.m {
				to.y++
			}
		}
		if v, err := archive.ParseDate(string(date) + "/" + string(edtf(to))); err == nil {
			date = v
		}
	}
	return archive.DateClaim{EDTF: date, State: archive.Inferred, Rule: "date-relative+published", Evidence: append(ev, r.a.Published.Evidence...)}
}

// fromToday reports whether a date is told from the day of the report, which the
// article tells: "Sáng nay, …" beside "chiều qua (28/9)".
func (r *reader) fromToday(d *datum) bool {
	return r.today.d > 0 && d.relative == 1 && d.part == 3 && d.weekday == 0 && d.to.m == 0
}

// tellable reports whether a date that is told from publication can be had.
func (r *reader) tellable(d *datum) bool {
	pub := r.published()
	if c := r.year; pub.y == 0 && c.year > 0 && c.before == (day{}) && c.after == (day{}) && d.part == 3 && d.offset == 0 && d.weekday == 0 {
		return true
	}
	return d.relative != 1 || pub.d > 0 || r.fromToday(d) || pub.m > 0 && d.part == 3 && d.offset == 0 && d.weekday == 0 && !d.interval() || pub.m > 0 && d.part < 3
}
