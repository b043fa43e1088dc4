package site

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"vankho/internal/vitext"
)

// Missed counts the searches that found nothing, so that the archive's keeper
// can see what is missed. It knows the words and the day and nothing else of
// who asked. It is safe for concurrent use; its zero value is ready.
type Missed struct {
	mu   sync.Mutex
	days map[string]map[string]int // by day, by text
}

// MissedQuery is a search that found nothing, with how often a day. The empty
// text stands for all that were too many, too long or looked personal.
type MissedQuery struct {
	Day  string // UTC: "2026-02-05"
	Text string // lower case, single spaces
	N    int
}

// Bounds of what is counted.
const (
	maxMissed      = 2000 // texts a day
	maxMissedRunes = 80
	maxMissedDigit = 7 // in a row, whatever stands between them but letters: a telephone number
)

// add counts a search.
func (m *Missed) add(text string, now time.Time) {
	text = missedText(text)
	day := now.UTC().Format(time.DateOnly)
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.days == nil {
		m.days = map[string]map[string]int{}
	}
	counts := m.days[day]
	if counts == nil {
		counts = map[string]int{}
		m.days[day] = counts
	}
	if _, known := counts[text]; !known && len(counts) >= maxMissed {
		text = ""
	}
	counts[text]++
}

// Take gives what was counted up to the end of a day, by day and most often
// first, and forgets it.
func (m *Missed) Take(lastDay string) []MissedQuery {
	m.mu.Lock()
	defer m.mu.Unlock()
	var list []MissedQuery
	for _, day := range slices.Sorted(maps.Keys(m.days)) {
		if day > lastDay {
			continue
		}
		list = append(list, missedOn(day, m.days[day])...)
		delete(m.days, day)
	}
	return list
}

// Day gives what has been counted so far of a day, most often first.
func (m *Missed) Day(day string) []MissedQuery {
	m.mu.Lock()
	defer m.mu.Unlock()
	return missedOn(day, m.days[day])
}

func missedOn(day string, counts map[string]int) []MissedQuery {
	var list []MissedQuery
	for text, n := range counts {
		list = append(list, MissedQuery{day, text, n})
	}
	slices.SortFunc(list, func(a, b MissedQuery) int { return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Text, b.Text)) })
	return list
}

// missedText gives a text as it is counted, or nothing where it is too long or
// looks like an address or a telephone number.
func missedText(text string) string {
	text = strings.ToLower(vitext.NFC(strings.ToValidUTF8(text, " ")))
	text = strings.Join(strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " ")
	if utf8.RuneCountInString(text) > maxMissedRunes || strings.ContainsAny(text, "@") || strings.Contains(text, "://") {
		return ""
	}
	digits := 0
	for _, r := range text {
		switch {
		case unicode.IsDigit(r):
			if digits++; digits >= maxMissedDigit {
				return ""
			}
		case unicode.IsLetter(r):
			digits = 0
		}
	}
	return text
}
