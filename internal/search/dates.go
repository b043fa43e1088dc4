package search

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"vankho/internal/archive"
	"vankho/internal/vitext"
)

// token is a vitext.Token that outlives its scanner.
type token struct {
	start, end     int
	exact, folded  string
	marked, number bool
	capital        bool // it begins with one
}

// scan gives the tokens of a text.
func scan(s *vitext.Scanner, text string) []token {
	var toks []token
	for s.Reset(text); s.Scan(); {
		t := token{s.Start, s.End, string(s.Exact), "", s.Marked, s.Number, capital(text[s.Start:])}
		if t.folded = t.exact; s.Marked {
			t.folded = string(s.Folded)
		}
		toks = append(toks, t)
	}
	return toks
}

func capital(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return unicode.IsUpper(r)
}

// dateAt is a day or month written in tokens from to to-1.
type dateAt struct {
	from, to         int
	year, month, day int // 0 where not written
}

// key is the term of field D that finds the date.
func (d dateAt) key() string {
	switch {
	case d.year == 0:
		return fmt.Sprintf("%02d-%02d", d.month, d.day)
	case d.day == 0:
		return fmt.Sprintf("%04d-%02d", d.year, d.month)
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.year, d.month, d.day)
}

// keys are the terms under which the date is found: as a whole, by its month,
// and by its day in any year.
func (d dateAt) keys() []string {
	keys := []string{d.key()}
	if d.year != 0 && d.day != 0 {
		keys = append(keys, dateAt{year: d.year, month: d.month}.key(), dateAt{month: d.month, day: d.day}.key())
	}
	return keys
}

// datesIn finds the dates in a text: 5/2/2026, 26/1, 26-27/1, 2/2026, ngày 26
// tháng 1, tháng 2 năm 2026, 2026-02-05.
func datesIn(toks []token, text string) []dateAt {
	var dates []dateAt
	num := func(i int) int {
		if i < 0 || i >= len(toks) || !toks[i].number || len(toks[i].exact) > 4 {
			return -1
		}
		n, err := strconv.Atoi(toks[i].exact)
		if err != nil {
			return -1
		}
		return n
	}
	between := func(i int) string { // the text before token i
		if i < 1 || i >= len(toks) {
			return ""
		}
		return text[toks[i-1].end:toks[i].start]
	}
	word := func(i int, folded string) bool {
		return i >= 0 && i < len(toks) && toks[i].folded == folded
	}
	year := func(i int) int {
		if n := num(i); n >= 1000 && n <= maxYear {
			return n
		}
		return 0
	}
	for i := 0; i < len(toks); {
		if !toks[i].number && toks[i].folded != "thang" {
			i++
			continue
		}
		d := dateAt{from: i}
		n := num(i)
		switch {
		case n >= 1000 && between(i+1) == "-" && between(i+2) == "-" && archive.ValidDay(n, num(i+1), num(i+2)):
			d = dateAt{i, i + 3, n, num(i + 1), num(i + 2)}
		case n >= 1 && between(i+1) == "/" && archive.ValidDay(0, num(i+1), n):
			d = dateAt{i, i + 2, 0, num(i + 1), n}
			if between(i+2) == "/" && archive.ValidDay(year(i+2), num(i+1), n) && year(i+2) > 0 {
				d.to, d.year = i+3, year(i+2)
			}
		case n >= 1 && n <= 12 && between(i+1) == "/" && year(i+1) > 0:
			d = dateAt{i, i + 2, year(i + 1), n, 0}
		case n >= 1 && word(i+1, "thang") && archive.ValidDay(0, num(i+2), n):
			d = dateAt{i, i + 3, 0, num(i + 2), n}
			d.to, d.year = yearAfter(word, year, between(i+3) == "/", i+3)
		case word(i, "thang") && num(i+1) >= 1 && num(i+1) <= 12:
			d = dateAt{i, i + 2, 0, num(i + 1), 0}
			d.to, d.year = yearAfter(word, year, between(i+2) == "/", i+2)
			if d.year == 0 {
				d.to = 0
			}
		}
		if d.to == 0 {
			i++
			continue
		}
		// 26-27/1: the day before the dash has the same month, unless it is
		// part of a date itself, as in 30/1-2/2.
		free := len(dates) == 0 || dates[len(dates)-1].to < i
		if first := num(i - 1); free && d.day > 0 && first >= 1 && first < d.day && dash(between(i)) && archive.ValidDay(d.year, d.month, first) {
			dates = append(dates, dateAt{i - 1, i, d.year, d.month, first})
		}
		dates = append(dates, d)
		i = d.to
	}
	return dates
}

// yearAfter reads "năm 2026" or "/2026" at token i and gives the token after
// it with the year, or i and 0.
func yearAfter(word func(int, string) bool, year func(int) int, slashed bool, i int) (int, int) {
	if word(i, "nam") && year(i+1) > 0 {
		return i + 2, year(i + 1)
	}
	if slashed && year(i) > 0 {
		return i + 1, year(i)
	}
	return i, 0
}

func dash(s string) bool {
	switch strings.TrimSpace(s) {
	case "-", "–", "—":
		return true
	}
	return false
}

// textDates gives the terms of field D for the dates in a text.
func textDates(toks []token, text string) []string {
	var keys []string
	for _, d := range datesIn(toks, text) {
		keys = append(keys, d.keys()...)
	}
	return keys
}

// longestEvent bounds the days of an interval that are found one by one.
const longestEvent = 31

// eventDates gives the terms of field D for the date of a meeting or article,
// each day of an interval among them.
func eventDates(d archive.Date) []string {
	first, last := d.Start(), d.End()
	var keys []string
	add := func(x archive.Date) {
		if x.Month() != 0 {
			keys = append(keys, dateAt{year: x.Year(), month: x.Month(), day: x.DayOfMonth()}.keys()...)
		}
	}
	add(first)
	if last == first {
		return keys
	}
	if first.Complete() && last.Complete() {
		day := time.Date(first.Year(), time.Month(first.Month()), first.DayOfMonth(), 0, 0, 0, 0, time.UTC)
		for n := 1; n < longestEvent; n++ {
			next := day.AddDate(0, 0, n)
			x := archive.Day(next.Year(), int(next.Month()), next.Day())
			if !x.Before(last) {
				break
			}
			add(x)
		}
	}
	add(last)
	return keys
}
