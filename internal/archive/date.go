package archive

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Date is a date in the part of EDTF (ISO 8601-2:2019, level 0, and level 1
// for unspecified digits) that communiqués need:
//
//	2026-02-05               a day
//	2024-09                  a month
//	2025                     a year
//	XXXX-07-18               a day whose year cannot be had
//	XXXX-07                  a month whose year cannot be had
//	2026-01-26/2026-01-27    an interval, both ends included
//
// The empty Date is unknown and null in JSON. A Date has no time zone: it is
// the day as the article counts it.
type Date string

// MarshalJSON writes null for the unknown date.
func (d Date) MarshalJSON() ([]byte, error) { return Opt(d).MarshalJSON() }

// UnmarshalJSON reads null as the unknown date and refuses what ParseDate does.
func (d *Date) UnmarshalJSON(b []byte) error {
	var s *string
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	*d = ""
	if s == nil {
		return nil
	}
	v, err := ParseDate(*s)
	*d = v
	return err
}

// ParseDate checks that s is a date of the forms above: digits in their
// places, a month and day that exist (29 February only in leap years or when
// the year is unknown), an interval whose end is not before its start.
func ParseDate(s string) (Date, error) {
	if s == "" {
		return "", nil
	}
	first, second, interval := strings.Cut(s, "/")
	if err := checkDate(first); err != nil {
		return "", fmt.Errorf("date %q: %w", s, err)
	}
	if interval {
		if err := checkDate(second); err != nil {
			return "", fmt.Errorf("date %q: %w", s, err)
		}
		if second < first {
			return "", fmt.Errorf("date %q: ends before it starts", s)
		}
	}
	return Date(s), nil
}

func checkDate(s string) error {
	parts := strings.Split(s, "-")
	if len(parts) > 3 || len(parts[0]) != 4 {
		return fmt.Errorf("want YYYY, YYYY-MM or YYYY-MM-DD")
	}
	year := 2000 // a leap year: XXXX-02-29 may exist
	if parts[0] != "XXXX" {
		y, err := strconv.Atoi(parts[0])
		if err != nil || y < 1 {
			return fmt.Errorf("bad year %q", parts[0])
		}
		year = y
	} else if len(parts) == 1 {
		return fmt.Errorf("nothing is known")
	}
	month := 1
	if len(parts) > 1 {
		m, err := strconv.Atoi(parts[1])
		if err != nil || len(parts[1]) != 2 || m < 1 || m > 12 {
			return fmt.Errorf("bad month %q", parts[1])
		}
		month = m
	}
	if len(parts) > 2 {
		d, err := strconv.Atoi(parts[2])
		if err != nil || len(parts[2]) != 2 || d < 1 || d > daysIn(year, month) {
			return fmt.Errorf("bad day %q", parts[2])
		}
	}
	return nil
}

func daysIn(year, month int) int {
	return time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// Day gives the date of one day. It panics on a day that does not exist; a
// year of 0 is unknown.
func Day(year, month, day int) Date {
	s := fmt.Sprintf("%04d-%02d-%02d", year, month, day)
	if year == 0 {
		s = fmt.Sprintf("XXXX-%02d-%02d", month, day)
	}
	d, err := ParseDate(s)
	if err != nil {
		panic("BUG: archive.Day: " + err.Error())
	}
	return d
}

// ValidDay reports whether the day exists; a year of 0 is unknown.
func ValidDay(year, month, day int) bool {
	if year == 0 {
		year = 2000
	}
	return year > 0 && year < 10000 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month)
}

// Start gives the first day, month or year of an interval, or the date itself.
func (d Date) Start() Date {
	first, _, _ := strings.Cut(string(d), "/")
	return Date(first)
}

// End gives the last day, month or year of an interval, or the date itself.
func (d Date) End() Date {
	first, second, ok := strings.Cut(string(d), "/")
	if !ok {
		return Date(first)
	}
	return Date(second)
}

// Interval reports whether the date has two ends.
func (d Date) Interval() bool { return strings.Contains(string(d), "/") }

// Year, Month and DayOfMonth give the parts of the date's start, 0 where
// unknown.
func (d Date) Year() int       { return d.part(0) }
func (d Date) Month() int      { return d.part(1) }
func (d Date) DayOfMonth() int { return d.part(2) }

func (d Date) part(i int) int {
	rest := string(d.Start())
	for ; i > 0; i-- {
		_, rest, _ = strings.Cut(rest, "-")
	}
	part, _, _ := strings.Cut(rest, "-")
	n := 0
	for _, c := range []byte(part) {
		if c < '0' || c > '9' || n > 9999 {
			return 0
		}
		n = 10*n + int(c-'0')
	}
	return n
}

// Complete reports whether the date is one whole day with its year.
func (d Date) Complete() bool {
	return !d.Interval() && d.Year() != 0 && d.DayOfMonth() != 0
}

// Before orders dates by their start: unknown dates and years first, a year
// before its months, a month before its days, and of two that start alike the
// one that ends earlier.
func (d Date) Before(e Date) bool { return d.sortKey() < e.sortKey() }

func (d Date) sortKey() string {
	return strings.ReplaceAll(string(d), "XXXX", "0000")
}
