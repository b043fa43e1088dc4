package extract

import (
	"strconv"
	"strings"

	"vankho/internal/archive"
)

var scales = map[string]float64{"nghìn": 1e3, "ngàn": 1e3, "triệu": 1e6, "tỷ": 1e9, "tỉ": 1e9}

var currencies = map[string]string{"usd": "USD", "đô": "USD", "euro": "EUR", "eur": "EUR", "đồng": "VND", "vnd": "VND", "yên": "JPY", "yen": "JPY", "ndt": "CNY", "won": "KRW", "aud": "AUD"}

// figures reads the amounts of a sentence that measure something: "5 tỷ USD",
// "200 học bổng mỗi năm", "9 văn kiện".
func (t *text) figures(s span) []archive.Figure {
	var out []archive.Figure
	for i := s.from; i < s.to; i++ {
		if t.toks[i].shape != number || t.inMention(i) {
			continue
		}
		value, j := t.amount(i)
		from := i
		scaled := false
		if f, ok := scales[string(wordKey(nil, t.word(j)))]; ok {
			value, scaled = value*f, true
			j++
		}
		f := archive.Figure{Value: value, Role: "count", Rule: "figure-count"}
		code, money := currencies[string(wordKey(nil, t.word(j)))]
		unit := t.at(j, classMeasure)
		switch {
		case money && j < s.to && (scaled || t.is(j, "usd", "euro", "eur")):
			f.Currency, f.Role, f.Rule = archive.Opt(code), t.role(from, s), "figure-money"
			j++
			f.Measure = t.measure(from, s)
		case t.is(j, "%") && j < s.to:
			f.Unit, f.Role, f.Rule = "%", t.role(from, s), "figure-share"
			j++
			f.Measure = t.measure(from, s)
		case unit != nil && unit.arg == "count" && unit.to <= s.to:
			f.Unit = archive.Opt(t.str(unit.from, unit.to))
			f.Measure = string(f.Unit)
			j = unit.to
			if f.Role = t.role(from, s); f.Role == "actual" {
				f.Role = "count"
			}
		default:
			i = max(i, j-1)
			continue
		}
		if t.is(j, "mỗi") && t.is(j+1, "năm") || t.is(j, "/") && t.is(j+1, "năm") {
			f.Period = "P1Y"
			j += 2
		}
		j = min(j, s.to)
		f.AsWritten = t.str(from, j)
		f.Evidence = []archive.Evidence{t.quote(from, j)}
		out = append(out, f)
		i = j - 1
	}
	return out
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

// measure names what an amount of money measures: the nearest measure before
// it, else after it, in the sentence.
func (t *text) measure(i int, s span) string {
	best := ""
	for _, h := range t.in(max(s.from, i-40), min(s.to, i+14)) {
		if h.class != classMeasure || h.arg != "money" {
			continue
		}
		if h.from < i || best == "" {
			best = strings.ToLower(t.str(h.from, h.to))
		}
	}
	return best
}

// role tells a target from what was reached, by the words before the amount.
func (t *text) role(i int, s span) string {
	for k := i - 1; k >= s.from && k > i-12; k-- {
		switch {
		case t.is(k, "phấn", "hướng", "nâng", "mục", "tới", "lên") && !t.is(k, "tới") || t.is(k, "tới") && t.is(k-1, "hướng"):
			return "target"
		case t.is(k, "vượt", "gần") || t.is(k, "đạt") && !t.is(k-1, "phấn", "để"):
			for x := k; x >= s.from && x > k-10; x-- {
				if t.is(x, "phấn", "hướng", "sẽ", "mục") {
					return "target"
				}
			}
			return "actual"
		case t.is(k, "khoản", "cấp", "viện", "trợ", "dành", "tài"):
			return "pledge"
		}
	}
	return "actual"
}
