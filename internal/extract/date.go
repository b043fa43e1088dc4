package extract

import (
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
	relative  int  // 1 for "hôm nay", "cùng ngày" and the like, whose day is elsewhere
	lastYear  bool // "19/6 năm ngoái"
	offset    int  // days from publication for "hôm qua", "ngày mai"
	weekday   int  // 1 for Sunday to 7, when only the day of the week is said
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
			if tok := &t.toks[i]; tok.num < 0 && !r.lex.dateWords[tok.word] {
				i++
				continue
			}
			d, ok := t.date(i)
			if !ok {
				i++
				continue
			}
			d.text = ti
			d.remembers = d.remembers || t.celebrated(d.span)
			t.dates = append(t.dates, len(r.dates))
			r.dates = append(r.dates, d)
			i = max(d.span.to, i+1)
		}
	}
	r.readYear()
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
	return i > 0 && i+1 < len(t.toks) && t.toks[i].tight && t.toks[i+1].tight && t.is(i, marks...)
}

// cue reports whether the word before token i announces a date.
func (t *text) cue(i int) bool {
	return t.is(i-1, "ngày", "sáng", "trưa", "chiều", "tối", "đêm", "hôm", "từ", "đến", "tới", "mùng", "qua", "nay", "và", "khuya") ||
		t.is(i-1, "(", ",", "-", "–") && t.is(i-2, "nay", "qua", "ngày", "mai")
}

// dmy reads D/M, D/M/Y, D-M, D.M, D tháng M and their like at token i.
func (t *text) dmy(i int) (d day, to int, ok bool) {
	n := t.num(i)
	if n < 1 || n > 31 {
		if n >= 1900 && n < 2100 && t.joined(i+1, "-") && t.joined(i+3, "-") && t.num(i+2) >= 1 && t.num(i+4) >= 1 &&
			archive.ValidDay(n, t.num(i+2), t.num(i+4)) {
			return day{n, t.num(i + 2), t.num(i + 4)}, i + 5, true
		}
		return day{}, i, false
	}
	if t.is(i+1, "tháng") {
		m := t.num(i + 2)
		if m < 1 {
			m = monthWords[string(wordKey(nil, t.word(i+2)))]
		}
		if archive.ValidDay(0, m, n) {
			y, to := t.yearAfter(i + 3)
			return day{y, m, n}, to, y == 0 || archive.ValidDay(y, m, n)
		}
		return day{}, i, false
	}
	if !t.joined(i+1, "/", "-", ".", "–") || t.num(i+2) < 1 {
		return day{}, i, false
	}
	sep := t.word(i + 1)
	m, y, end := t.num(i+2), 0, i+3
	if t.joined(i+3, "/", "-", ".") && t.num(i+4) >= 1900 && t.num(i+4) < 2100 {
		y, end = t.num(i+4), i+5
	} else if yy, to := t.yearAfter(i + 3); yy > 0 {
		y, end = yy, to
	}
	if !archive.ValidDay(y, m, n) {
		return day{}, i, false
	}
	// "8.9" and "13-11" are dates only where a word says so; "24/7" never is.
	if y == 0 && (sep != "/" && !t.cue(i) || n == 24 && m == 7 && !t.cue(i)) {
		return day{}, i, false
	}
	// "1.5 tỷ", "5/10 dự án": a number with a unit.
	if sep != "/" && t.is(end, "tỷ", "triệu", "%", "nghìn", "usd") {
		return day{}, i, false
	}
	return day{y, m, n}, end, true
}

// yearAfter reads "năm 2025", "/2025" or ", 2025" at token i.
func (t *text) yearAfter(i int) (year, to int) {
	if t.is(i, "năm") && t.num(i+1) >= 1900 && t.num(i+1) < 2100 {
		return t.num(i + 1), i + 2
	}
	if t.is(i, "/", "-", ".") && t.toks[i].tight && t.num(i+1) >= 1900 && t.num(i+1) < 2100 {
		return t.num(i + 1), i + 2
	}
	return 0, i
}

// date reads the date that begins at token i.
func (t *text) date(i int) (datum, bool) {
	from := i
	if t.is(i, "từ") && (t.num(i+1) > 0 || t.is(i+1, "ngày")) {
		i++
	}
	for t.is(i, "ngày", "hôm", "mùng", "sáng", "chiều", "tối", "trưa") && (t.num(i+1) > 0 || t.is(i+1, "ngày", "mùng")) {
		i++
	}
	if n := t.num(i); n > 0 {
		// "26-27/1", "4 đến 6/12/2022", "28 đến 30-6", "22 và 23-11", "18–20/2/2026".
		if n <= 31 {
			j := i + 1
			if t.is(j, "-", "–", "đến", "tới", "và", ",") {
				j++
				for t.is(j, "ngày", "hết") {
					j++
				}
				if d, to, ok := t.dmy(j); ok && (j > i+2 || t.num(j) > n || t.is(i+1, "đến", "tới", "và")) && d.m > 0 {
					// D1 in the month of D2, unless D1 has its own: "30/7-1/8".
					if n < d.d && archive.ValidDay(d.y, d.m, n) && (!t.joined(i+1, "-", "–", ".") || t.is(j+1, "/") || d.y > 0 || t.cue(i)) && !(t.joined(i+1, ".")) {
						return datum{span: span{from, to}, from: day{d.y, d.m, n}, to: d, part: 3}, true
					}
				}
			}
		}
		if d, to, ok := t.dmy(i); ok {
			out := datum{span: span{from, to}, from: d, to: d, part: 3}
			if d.y == 0 && t.is(to, "năm") && t.is(to+1, "ngoái", "trước") {
				out.span.to, out.lastYear = to+2, true
				return out, true
			}
			j := to
			if t.is(j, "-", "–", "đến", "tới") {
				j++
				for t.is(j, "ngày", "hết") {
					j++
				}
				if e, end, ok := t.dmyAfter(j); ok {
					switch {
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
						}
						if e.m > d.m || e.m == d.m && e.d > d.d || e.y > d.y {
							out.span.to, out.from, out.to = end, d, e
						}
					}
				}
			}
			return out, true
		}
		// "tháng 2/2026" and "11/2024" without a day.
		if n <= 12 && t.joined(i+1, "/") && t.num(i+2) >= 1900 && t.num(i+2) < 2100 {
			d := day{t.num(i + 2), n, 0}
			return datum{span: span{from, i + 3}, from: d, to: d, part: 2}, true
		}
	}
	if t.is(i, "tháng") {
		m := t.num(i + 1)
		if m < 1 || m > 12 {
			m = monthWords[string(wordKey(nil, t.word(i+1)))]
			// "Cách mạng tháng Tám" is no date.
			if t.is(i-1, "mạng") {
				return datum{}, false
			}
		}
		if m >= 1 && m <= 12 {
			// "Tháng Năm 27, 2021".
			if d := t.num(i + 2); d >= 1 && d <= 31 && t.is(i+3, ",") && t.num(i+4) >= 1900 && t.num(i+4) < 2100 && archive.ValidDay(t.num(i+4), m, d) {
				x := day{t.num(i + 4), m, d}
				return datum{span: span{from, i + 5}, from: x, to: x, part: 3}, true
			}
			y, to := t.yearAfter(i + 2)
			d := day{y, m, 0}
			return datum{span: span{from, to}, from: d, to: d, part: 2}, true
		}
	}
	if t.is(i, "năm") && t.num(i+1) >= 1900 && t.num(i+1) < 2100 {
		d := day{t.num(i + 1), 0, 0}
		return datum{span: span{from, i + 2}, from: d, to: d, part: 1}, true
	}
	if t.is(i, "hôm", "sáng", "chiều", "trưa", "tối", "đêm", "ngày") {
		// "Hôm nay 04/06/2023", "hôm qua (05/10)": the day is said.
		if t.is(i+1, "nay", "qua", "mai") {
			j := i + 2
			if t.is(j, "(", ",") {
				j++
			}
			for t.is(j, "ngày") {
				j++
			}
			if d, to, ok := t.dmy(j); ok {
				return datum{span: span{from, to}, from: d, to: d, part: 3}, true
			}
		}
		switch {
		case t.is(i+1, "nay"):
			return datum{span: span{from, i + 2}, part: 3, relative: 1}, true
		case t.is(i+1, "qua"):
			return datum{span: span{from, i + 2}, part: 3, relative: 1, offset: -1}, true
		case t.is(i+1, "mai"):
			return datum{span: span{from, i + 2}, part: 3, relative: 1, offset: 1}, true
		}
	}
	if wd, to, ok := t.weekday(i); ok {
		return datum{span: span{from, to}, part: 3, relative: 1, weekday: wd + 1}, true
	}
	if t.is(i, "cùng") && t.is(i+1, "ngày") {
		return datum{span: span{from, i + 2}, part: 3, relative: 2}, true
	}
	return datum{}, false
}

var weekdays = map[string]int{"hai": 1, "ba": 2, "tư": 3, "năm": 4, "sáu": 5, "bảy": 6, "bẩy": 6}

// weekday reads "hôm thứ Năm", "chiều Chủ nhật" where no date follows.
func (t *text) weekday(i int) (day, to int, ok bool) {
	if !t.is(i-1, "hôm", "ngày", "sáng", "chiều", "tối", "trưa", "vào") {
		return 0, i, false
	}
	switch {
	case t.is(i, "thứ"):
		day, ok = weekdays[string(wordKey(nil, t.word(i+1)))]
	case t.is(i, "chủ") && t.is(i+1, "nhật"):
		ok = true
	}
	to = i + 2
	for k := to; ok && k < to+3; k++ {
		if t.num(k) > 0 {
			return 0, i, false
		}
	}
	return day, to, ok
}

// dmyAfter is dmy for the second half of an interval, where no cue is needed.
func (t *text) dmyAfter(i int) (day, int, bool) {
	d, to, ok := t.dmy(i)
	if !ok && t.num(i) > 0 && t.joined(i+1, "/", "-", ".") && archive.ValidDay(0, max(t.num(i+2), 0), t.num(i)) {
		return day{0, t.num(i + 2), t.num(i)}, i + 3, true
	}
	return d, to, ok
}

// celebrated reports whether the words before a date say that it is kept in
// memory: a birthday, a national day, the day relations began.
func (t *text) celebrated(s span) bool {
	// "Nhân dịp Quốc khánh Lào, ngày 2/12/2023, …": the day of what follows.
	if t.is(s.from-1, ",") && t.is(s.from, "ngày", "hôm", "sáng", "chiều", "tối", "trưa") && !t.is(s.to, ")") {
		return false
	}
	for i := s.from - 1; i >= 0 && i >= s.from-9; i-- {
		if t.is(i, ".", ";") {
			return false
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
					if t.is(k, "sắp") || t.is(k, "hướng", "tiến") && t.is(k+1, "tới") || t.is(k, "chuẩn") {
						r.year.before = d.to
						break
					}
				}
			}
		case d.part == 1 && !d.remembers && t.nowYear(d.span):
			if r.year.year == 0 || r.year.rule == "year-of-anniversary" && r.year.before == (day{}) {
				r.year = yearClue{year: d.from.y, rule: "year-said", ev: ev}
			}
		}
	}
	if r.year.year > 0 {
		return
	}
	for ti := range r.texts {
		t := &r.texts[ti]
		for _, h := range t.hits {
			if h.class != classOccasion {
				continue
			}
			ev := t.quote(h.from, h.to)
			if y, ok := strings.CutPrefix(h.arg, "="); ok {
				d := day{}
				fmt.Sscanf(y, "%d", &d.y)
				r.year = yearClue{year: d.y, rule: "year-of-occasion", ev: ev}
				return
			}
			d := day{}
			fmt.Sscanf(h.arg, "%d-%d-%d", &d.y, &d.m, &d.d)
			r.year = yearClue{year: d.y, after: d, rule: "year-of-occasion", ev: ev}
			return
		}
	}
}

// nowYear reports whether a bare year is spoken of as the present one: "nhân
// dịp năm 2025", "trong năm 2025", "năm 2025 đánh dấu", "Năm mới 2026".
func (t *text) nowYear(s span) bool {
	return t.is(s.from-1, "dịp", "trong") && !t.is(s.to, "đến", "-", "–") ||
		t.is(s.to, "đánh") && t.is(s.to+1, "dấu")
}

// complete gives the day its year: from the publication day, from the same day
// elsewhere in the article, or from what the article says of its year. The
// rule is empty when no year can be had; then the year stays 0.
func (r *reader) complete(d day, status archive.Status) (day, string, []archive.Evidence) {
	if d.y > 0 {
		return d, "date-full", nil
	}
	for i := range r.dates {
		o := &r.dates[i]
		if o.remembers || o.relative > 0 || o.from.y == 0 || o.part < 3 {
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
			if o.remembers || o.from.y == 0 || o.part < 3 || o.relative > 0 {
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
			if o.part != 2 || o.from.y == 0 || o.remembers || !t.has(o.span.from-6, o.span.from, "hồi", "vừa", "mới") {
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

// published gives the publication day, as far as it is known.
func (r *reader) published() day {
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
	if d.relative > 0 {
		pub := r.published()
		if d.relative != 1 || pub.d == 0 || pub.y == 0 {
			return archive.DateClaim{State: archive.NotStated}
		}
		if d.weekday > 0 {
			// The last such day up to the day of publication.
			today := int(time.Date(pub.y, time.Month(pub.m), pub.d, 0, 0, 0, 0, time.UTC).Weekday())
			d.offset = -((today - (d.weekday - 1) + 7) % 7)
			if status == archive.Announced {
				d.offset = (d.weekday - 1 - today + 7) % 7
			}
		}
		return archive.DateClaim{EDTF: edtf(addDays(pub, d.offset)), State: archive.Inferred, Rule: "date-relative+published",
			Evidence: append(ev, r.a.Published.Evidence...)}
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
