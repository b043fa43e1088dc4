package extract

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"vankho/internal/archive"
)

var scales = map[string]float64{"nghìn": 1e3, "ngàn": 1e3, "triệu": 1e6, "tỷ": 1e9, "tỉ": 1e9}

// currencies are the words for money of one syllable; see [text.currency] for
// the others.
var currencies = map[string]string{
	"usd": "USD", "$": "USD", "euro": "EUR", "eur": "EUR", "đồng": "VND", "vnd": "VND", "yên": "JPY", "yen": "JPY", "jpy": "JPY",
	"ndt": "CNY", "cny": "CNY", "tệ": "CNY", "won": "KRW", "krw": "KRW", "aud": "AUD", "cad": "CAD", "sgd": "SGD", "nzd": "NZD",
	"gbp": "GBP", "rúp": "RUB", "ruble": "RUB", "rub": "RUB", "rupee": "INR", "inr": "INR", "baht": "THB", "thb": "THB", "kip": "LAK", "kíp": "LAK",
	"riel": "KHR", "ringgit": "MYR", "rupiah": "IDR", "chf": "CHF",
}

// dollars are the dollars that are not American, by the word after "đô la".
var dollars = map[string]string{"úc": "AUD", "australia": "AUD", "canada": "CAD", "singapore": "SGD", "new": "NZD"}

// numerals are the numbers that are written out before things that are counted.
var numerals = map[string]float64{"một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10}

// figures reads the amounts of a sentence that measure something: "5 tỷ USD",
// "200 học bổng mỗi năm", "9 văn kiện", "tăng 12,5%", both ends of "từ 2 lên 3
// tỷ USD".
func (r *reader) figures(t *text, s span) []archive.Figure {
	var out []archive.Figure
	for i := s.from; i < s.to; i++ {
		if t.toks[i].shape != number && (t.toks[i].shape == punct || i+1 >= s.to || t.first[i+1] == t.first[i+2]) || t.inMention(i) {
			continue // a number written out counts something that a list has
		}
		value, j, ok := t.quantity(i)
		if !ok || j > s.to {
			continue
		}
		q := t.unit(j, s)
		if q.to == j {
			// "2 lên 3 tỷ USD", "15-17 triệu": the unit stands behind the second number.
			k := j
			if t.joined(k, "-", "–") || t.is(k, "lên", "đến", "tới") {
				k++
			}
			if k > j && k < s.to && t.toks[k].shape == number {
				if second, end, ok := t.quantity(k); ok && value < second {
					if q = t.unit(end, s); q.to > end {
						f := r.figure(t, span{i, q.to}, value, q, s)
						if t.is(k-1, "lên") {
							f.Role, f.Period = "actual", "" // from here it is to rise
						}
						out = append(out, f)
						i = k - 1
						continue
					}
				}
			}
			if t.toks[i].shape == number {
				i = max(i, j-1)
			}
			continue
		}
		from := i
		if i > s.from && (t.is(i-1, "$") || q.code == "%" && t.is(i-1, "tăng", "giảm") || q.code == "lần") {
			from--
		} else if q.code == "%" && i-1 > s.from && t.is(i-1, "hơn", "gần", "khoảng", "trên", "tới", "thêm") && t.is(i-2, "tăng", "giảm") {
			from -= 2 // "tăng hơn 30%"
		}
		out = append(out, r.figure(t, span{from, q.to}, value, q, s))
		i = q.to - 1
	}
	return out
}

// unit is what follows a number: its scale, and what is measured or counted.
type unit struct {
	scale float64
	code  string // the currency, "%", "lần" or the thing that is counted
	money bool
	count bool
	to    int
}

// unit reads the unit at token i. One that is none ends where it begins.
func (t *text) unit(i int, s span) unit {
	u := unit{scale: 1, to: i}
	j := i
	if f, ok := scales[t.key(j)]; ok {
		u.scale = f
		j++
	}
	if j >= s.to {
		if j > i && j == s.to && t.is(i-2, "$") {
			u.code, u.money, u.to = "USD", true, j
		}
		return u
	}
	if code, end := t.currency(j, u.scale > 1); end > j && end <= s.to {
		u.code, u.money, u.to = code, true, end
		return u
	}
	switch m := t.at(j, classMeasure); {
	case t.is(i-2, "$") && j > i:
		u.code, u.money, u.to = "USD", true, j
	case t.is(j, "%"):
		u.code, u.to = "%", j+1
	case t.is(j, "lần") && t.is(i-2, "gấp"):
		u.code, u.to = "lần", j+1
	case m != nil && m.arg == "count" && m.to <= s.to:
		u.code, u.count, u.to = t.str(m.from, m.to), true, m.to
	}
	return u
}

// currency reads the name of a currency at token i and gives its code and the
// token after it, i when there is none. "đồng" and their like are money only
// after "triệu" or "tỷ".
func (t *text) currency(i int, scaled bool) (code string, to int) {
	w := t.key(i)
	switch {
	case w == "đô" && (t.is(i+1, "la") || t.is(i+1, "-") && t.is(i+2, "la")):
		to = i + 2
		if t.is(i+1, "-") {
			to++
		}
		if code, ok := dollars[t.key(to)]; ok {
			if code == "NZD" {
				to++
			}
			return code, to + 1
		}
		if t.is(to, "mỹ") || t.is(to, "hoa") && t.is(to+1, "kỳ") {
			to++
			if t.is(to, "kỳ") {
				to++
			}
		}
		return "USD", to
	case w == "nhân" && t.is(i+1, "dân") && t.is(i+2, "tệ"):
		return "CNY", i + 3
	case w == "bảng" && t.is(i+1, "anh"):
		return "GBP", i + 2
	case w == "franc" && t.is(i+1, "thụy"):
		return "CHF", i + 3
	case w == "us" && t.is(i+1, "$"):
		return "USD", i + 2
	}
	if code, ok := currencies[w]; ok && (scaled && !(w == "đồng" && t.is(i+1, "chí")) || strings.ToUpper(t.word(i)) == t.word(i) && w != "$" || w == "euro") {
		return code, i + 1
	}
	return "", i
}

// quantity reads a number at token i: in digits, or in words where it counts
// something.
func (t *text) quantity(i int) (value float64, to int, ok bool) {
	if t.toks[i].shape == number {
		if i > 0 && t.toks[i].tight && t.toks[i-1].tight && t.dash(i-1) && i > 1 && t.toks[i-2].shape <= capital {
			return 0, i, false // "Covid-19"
		}
		value, to = t.amount(i)
		return value, to, true
	}
	n, found := numerals[t.word(i)]
	if !found || t.at(i, classGroup) != nil || t.is(i, "năm") && t.is(i-1, "mỗi", "hằng", "hàng", "trong", "đầu", "cuối", "mỗi", "các", "những", "nhiều") {
		return 0, i, false
	}
	to = i + 1
	if t.is(to, "mươi") {
		n, to = n*10, to+1
	}
	if units, more := numerals[t.word(to)]; more && n >= 10 && units < 10 {
		n, to = n+units, to+1
	}
	if m := t.at(to, classMeasure); m != nil && m.arg == "count" && n > 1 {
		return n, to, true
	}
	if _, scaled := scales[t.word(to)]; scaled {
		return n, to, true
	}
	return 0, i, false
}

// figure makes the record of an amount written at span at.
func (r *reader) figure(t *text, at span, value float64, u unit, s span) archive.Figure {
	f := archive.Figure{Value: value * u.scale}
	rate, to := t.rate(at, s)
	f.Period = rate
	period, end := "", 0
	if f.Period == "" {
		period, end = r.period(t, at, s)
		f.Period = archive.Opt(period)
	}
	f.AsWritten = t.str(at.from, to)
	f.Evidence = []archive.Evidence{t.quote(at.from, to)}
	f.Role = r.role(t, at, s, end)
	switch {
	case u.money:
		f.Currency, f.Rule, f.Measure = archive.Opt(u.code), "figure-money", t.measure(at, s)
	case u.count:
		f.Unit, f.Rule, f.Measure = archive.Opt(u.code), "figure-count", u.code
		if f.Role == "actual" {
			f.Role = "count"
		}
	default:
		f.Unit, f.Rule, f.Measure = archive.Opt(u.code), "figure-share", t.measure(at, s)
		if t.is(at.from, "giảm") {
			f.Value = -f.Value
		}
	}
	return f
}

// amount reads a number with Vietnamese marks at token i: "1,5", "1.500",
// "2.500.000". A comma parts decimals and full stops part thousands; one full
// stop before fewer than three digits parts decimals too.
func (t *text) amount(i int) (float64, int) {
	whole := t.word(i)
	j := i + 1
	for t.joined(j, ".") && len(t.word(j+1)) == 3 && t.toks[j+1].shape == number {
		whole += t.word(j + 1)
		j += 2
	}
	if t.joined(j, ",", ".") && t.toks[j+1].shape == number && len(t.word(j+1)) < 3 {
		whole += "." + t.word(j+1)
		j += 2
	}
	v, err := strconv.ParseFloat(whole, 64)
	if err != nil {
		return 0, j
	}
	return v, j
}

// rate reads "mỗi năm", "/năm" behind an amount, or "mỗi năm" before it in its
// clause, and where the words that belong to it end.
func (t *text) rate(at span, s span) (archive.Opt, int) {
	every := func(i int) (archive.Opt, int) {
		if !t.is(i, "mỗi", "hằng", "hàng", "/", "một") || i+2 > s.to {
			return "", i
		}
		switch {
		case t.is(i+1, "năm"):
			return "P1Y", i + 2
		case t.is(i+1, "tháng"):
			return "P1M", i + 2
		case t.is(i+1, "tuần"):
			return "P1W", i + 2
		}
		return "", i
	}
	if p, to := every(at.to); p != "" {
		return p, to
	}
	for i := at.from - 1; i >= s.from && i > at.from-8 && !t.is(i, ";") && t.toks[i].shape != number; i-- {
		if p, _ := every(i); p != "" && !t.is(i, "một") {
			return p, at.to
		}
	}
	return "", at.to
}

// period finds the year or months that an amount is of or due in, as EDTF: the
// one named right behind it, else the last one before it; and the year it ends.
func (r *reader) period(t *text, at span, s span) (string, int) {
	for i := at.to; i < s.to && i < at.to+5 && !t.is(at.from, "gấp"); i++ {
		if t.is(i, ",", ";", "và", ".", "so") || t.toks[i].shape == number {
			break
		}
		if p, end := r.timeAt(t, i); p != "" {
			return p, end
		}
	}
	for i := at.from - 1; i >= s.from && i > at.from-14; i-- {
		if t.is(i, ";", "%") || t.at(i, classMeasure) != nil && t.at(i, classMeasure).arg == "count" || t.is(i, "usd") {
			break // another amount
		}
		if t.is(i-1, "với", "từ", "hơn", "kỳ", "những") {
			continue // "so với năm 2020", "cùng kỳ năm 2021", "những năm 1990"
		}
		if p, end := r.timeAt(t, i); p != "" {
			return p, end
		}
	}
	return "", 0
}

// timeAt reads a time of which amounts are told at token i: "năm 2025", "5 tháng
// đầu năm 2025", "quý I/2025", "giai đoạn 2021-2025", "năm nay", "năm ngoái".
func (r *reader) timeAt(t *text, i int) (string, int) {
	if !t.is(i, "đoạn", "năm", "tháng", "quý", "qúy") {
		return "", 0
	}
	now := r.a.Published.EDTF.Year()
	valid := func(y int) bool { return y >= 1945 && y < 2100 }
	if t.is(i, "đoạn") && valid(t.num(i+1)) && (t.dash(i+2) || t.is(i+2, "đến")) && valid(t.num(i+3)) && t.num(i+3) > t.num(i+1) {
		return fmt.Sprintf("%d/%d", t.num(i+1), t.num(i+3)), t.num(i + 3)
	}
	year := 0
	switch {
	case !t.is(i, "năm"):
		if m := t.num(i + 1); t.is(i, "tháng") && m >= 1 && m <= 12 && t.joined(i+2, "/") && valid(t.num(i+3)) {
			return fmt.Sprintf("%d-%02d", t.num(i+3), m), t.num(i + 3)
		}
		if q := slices.Index([]string{"i", "ii", "iii", "iv"}, strings.ToLower(t.word(i+1))); t.is(i, "quý", "qúy") && (q >= 0 || t.num(i+1) >= 1 && t.num(i+1) <= 4) {
			if q < 0 {
				q = t.num(i+1) - 1
			}
			if year = t.num(i + 3); (t.is(i+2, "/") || t.is(i+2, "năm")) && valid(year) {
				return fmt.Sprintf("%d-%02d/%d-%02d", year, 3*q+1, year, 3*q+3), year
			}
		}
		return "", 0
	case valid(t.num(i + 1)):
		year = t.num(i + 1)
	case now == 0:
		return "", 0
	case t.is(i+1, "nay") || t.is(i-1, "đầu") && t.is(i-2, "tháng"):
		year = now
	case t.is(i+1, "ngoái"):
		year = now - 1
	case t.is(i+1, "tới") && !t.is(i+2, "nay") && !t.is(i-1, "những", "vài", "các", "đầu") && t.num(i-1) < 0:
		year = now + 1
	default:
		return "", 0
	}
	if n := t.num(i - 3); t.is(i-1, "đầu") && t.is(i-2, "tháng") && n >= 2 && n < 12 {
		return fmt.Sprintf("%d-01/%d-%02d", year, year, n), year
	}
	if t.is(i-1, "đầu") && t.is(i-2, "nửa") {
		return fmt.Sprintf("%d-01/%d-06", year, year), year
	}
	return strconv.Itoa(year), year
}

// measure names what an amount of money measures: the measure right behind it,
// else the nearest before it, else one before another amount or after it. A
// loose one ("đầu tư") only where the same words have no other.
func (t *text) measure(at span, s span) string {
	var best string
	rank := 0
	for _, h := range t.in(max(s.from, at.from-40), min(s.to, at.to+14)) {
		if h.class != classMeasure || h.arg == "count" || h.arg == "scale" || h.from < at.to && h.to > at.from {
			continue
		}
		value := 2
		switch {
		case h.from >= at.to && h.from <= at.to+1 && t.toks[at.to].shape != punct && !t.is(at.to, "và", "còn") && !t.has(max(s.from, at.from-3), at.from, "đạt", "lên", "vượt"):
			value = 8
		case h.from >= at.to:
			value = 1
		case !t.has(h.to, at.from, "usd", "%", "tỷ", "triệu", ";"):
			value = 6
		}
		if h.arg == "loose" {
			value--
		}
		if value > rank || value == rank && h.from < at.from {
			best, rank = strings.ToLower(t.str(h.from, h.to)), value
		}
	}
	return best
}

// role tells a target from what was reached and what is promised, by the words
// around the amount and the year end that it is due in, 0 when none is said.
func (r *reader) role(t *text, at span, s span, end int) string {
	now := r.a.Published.EDTF.Year()
	if now == 0 {
		now = r.year.year
	}
	ahead := now > 0 && end > now
	for k := at.to; k < min(s.to, at.to+7) && !t.is(k, ",", ";"); k++ {
		if t.is(k, "tương") && t.is(k+1, "lai") || t.is(k, "tới") && t.is(k-1, "gian", "năm", "đoạn") {
			ahead = true
		}
	}
	for k := at.from - 1; k >= s.from && k > at.from-14 && !t.is(k, ";"); k-- {
		switch {
		case t.aims(k):
			if t.is(k-1, "đã") && !ahead {
				return "actual"
			}
			return "target"
		case ahead && t.is(k, "đạt", "vượt", "gần", "tăng", "giảm", "chiếm"):
			return "target"
		case t.is(k, "đạt", "vượt", "gần", "tăng", "giảm", "chiếm"):
			for x := k - 1; x >= s.from && x > k-10 && !t.is(x, ";", "đã"); x-- {
				if t.aims(x) || t.is(x, "sẽ", "sớm", "để", "dự") && !t.is(x+1, "án") {
					return "target"
				}
				if t.is(x, ",") && t.is(k, "tăng", "giảm") {
					break
				}
			}
			return "actual"
		case k < at.from-8:
		case t.is(k, "khoản", "gói", "dành", "tặng") || t.is(k, "cấp") && (k+1 == at.from || t.is(k+1, "cho", "thêm", "mỗi", "hằng", "hàng")) ||
			t.is(k, "trợ", "cấp", "vay") && t.is(k-1, "viện", "tài", "hỗ", "cung", "cho"):
			if t.has(max(s.from, k-3), k, "đã") {
				return "actual"
			}
			return "pledge"
		}
	}
	if ahead {
		return "target"
	}
	return "actual"
}

// aims reports whether the word at token k sets an aim: "phấn đấu", "hướng tới",
// "mục tiêu", "nâng … lên".
func (t *text) aims(k int) bool {
	return t.is(k, "phấn", "nâng") || t.is(k, "mục") && t.is(k+1, "tiêu") || t.is(k, "hướng") && t.is(k+1, "tới", "đến") ||
		t.is(k, "kỳ") && t.is(k+1, "vọng") || t.is(k, "quyết") && t.is(k+1, "tâm") || t.is(k, "đưa") && t.has(k+1, min(k+10, len(t.toks)), "lên", "đạt")
}

// due finds by when something is to be done: the last day, month or year that
// the words from..to name after "vào", "trước", "đến" and their like, when it
// lies behind publication; "" when there is none.
func (r *reader) due(t *text, s span) archive.Date {
	published := r.a.Published.EDTF
	due := archive.Date("")
	for _, d := range r.datesIn(t, s) {
		x := r.dates[d]
		if x.relative != 0 || x.remembers || x.lastYear || !t.is(x.span.from-1, "vào", "trước", "đến", "tới", "trong", "cuối", "hết", "đầu", "giữa", "ngay", "ngày") {
			continue
		}
		if x.to.y == 0 && published.Year() > 0 && x.to.m > 0 {
			if x.to.y = published.Year(); x.to.m < published.Month() {
				x.to.y++
			}
		}
		on := edtf(x.to)
		if published != "" && (on.Year() < published.Year() || on.Year() == published.Year() && on.Month() > 0 && on.Month() < published.Month()) {
			continue
		}
		due = on
	}
	if due != "" || published == "" || !strings.Contains(t.str(s.from, s.to), "năm") {
		return due
	}
	for i := s.from; i < s.to; i++ {
		switch {
		case t.is(i, "năm") && t.is(i+1, "nay") && t.is(i-1, "trong", "cuối", "ngay", "hết"):
			due = archive.Date(strconv.Itoa(published.Year()))
		case t.is(i, "năm") && t.is(i+1, "tới") && t.is(i-1, "trong", "vào", "đầu", "cuối"), t.is(i, "sang") && t.is(i+1, "năm"):
			due = archive.Date(strconv.Itoa(published.Year() + 1))
		}
	}
	return due
}
