package source

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"vankho/internal/archive"
)

// prefix is what the collector wrote before the first words of a page:
// " date 2025-12-01 Việt Nam – Lào …".
var prefix = regexp.MustCompile(`^date (\d{4}-\d{2}(?:-\d{2})?)(?:\s+|$)`)

// readPrefix reads the collector's date prefix. The prefix stays in the text
// of paragraph 1, so that it can be quoted as evidence.
func (p *page) readPrefix() {
	b := &p.blocks[0]
	m := prefix.FindStringSubmatchIndex(b.text)
	if m == nil {
		return
	}
	b.from = m[1]
	d, err := archive.ParseDate(b.text[m[2]:m[3]])
	if err != nil {
		p.note(0, "date-prefix", "%v", err)
		return
	}
	if p.published.EDTF == "" {
		p.publish(0, m[2], m[3], d, archive.Stated, "date-prefix")
	}
}

// publish sets the publication day, read from bytes start to end of block i.
func (p *page) publish(i, start, end int, d archive.Date, s archive.State, rule string) {
	para := archive.Paragraph{N: i + 1, Text: p.blocks[i].text}
	p.published = archive.DateClaim{EDTF: d, State: s, Evidence: archive.List[archive.Evidence]{para.Quote(start, end)}, Rule: rule}
}

// A clock is the line, or the end of a line, in which a page says when it was
// published.
type clock struct {
	block      int
	start, end int // bytes of the date in the block's text
	date       archive.Date
	timed      bool // with the time of day
	labelled   bool // with words that say what it is: "Cập nhật: 25/09/2019"
}

// firstWebYear is when Vietnam went online (1 December 1997): no page clock is
// older, but anniversaries in brackets are.
const firstWebYear = 1997

// clockRunes bounds the length of a line that is nothing but a clock. The
// longest one met, weekday, date, time and zone in words, has 54.
const clockRunes = 80

const monthNames = `(\d{1,2}|mười một|mười hai|một|hai|ba|tư|năm|sáu|bảy|bẩy|tám|chín|mười)`

// The ways to write a day in full. The names of the groups say which is which.
var fullDates = []*regexp.Regexp{
	regexp.MustCompile(`(?P<d>\d{1,2})\s?[/.-]\s?(?P<m>\d{1,2})\s?[/.-]\s?(?P<y>\d{4})`),
	regexp.MustCompile(`(?i)(?P<d>\d{1,2})\s+tháng\s+(?P<m>` + monthNames + `)\s*,?\s*(?:năm\s+)?(?P<y>\d{4})`),
	regexp.MustCompile(`(?i)tháng\s+(?P<m>` + monthNames + `)\s+(?P<d>\d{1,2})\s*,\s*(?P<y>\d{4})`),
	regexp.MustCompile(`(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})`),
	regexp.MustCompile(`(?i)\b(?P<m>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[ .-]{1,2}(?P<d>\d{1,2})[ ,-]{1,2}(?P<y>\d{4})`),
}

var months = map[string]int{
	"một": 1, "hai": 2, "ba": 3, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7,
	"tám": 8, "chín": 9, "mười": 10, "mười một": 11, "mười hai": 12,
	"jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12,
}

// fullDate finds the first day with its year in s.
func fullDate(s string) (d archive.Date, start, end int) {
	best := -1
	for _, re := range fullDates {
		m := re.FindStringSubmatchIndex(s)
		if m == nil || best >= 0 && m[0] >= best || digitAt(s, m[0]-1) || digitAt(s, m[1]) {
			continue
		}
		part := func(name string) string {
			i := re.SubexpIndex(name)
			return strings.ToLower(s[m[2*i]:m[2*i+1]])
		}
		year, _ := strconv.Atoi(part("y"))
		day, _ := strconv.Atoi(part("d"))
		month, err := strconv.Atoi(part("m"))
		if err != nil {
			month = months[part("m")]
		}
		if year >= firstWebYear && archive.ValidDay(year, month, day) {
			best, d, start, end = m[0], archive.Day(year, month, day), m[0], m[1]
		}
	}
	return d, start, end
}

func digitAt(s string, i int) bool { return i >= 0 && i < len(s) && s[i] >= '0' && s[i] <= '9' }

var (
	clockTime = regexp.MustCompile(`(?i)\d{1,2}\s?[:h]\s?\d{2}(?::\d{2})?(?:\s?(?:AM|PM|SA|CH)\b)?`)
	clockZone = regexp.MustCompile(`(?i)(?:GMT|UTC)\s?[+-]\s?\d{1,2}(?::\d{2})?`)
	// glued is a clock that closes a headline: "… Long Thành(03/08/2025)",
	// "… Johannesburg 21/11/2025 14:59".
	glued = regexp.MustCompile(`\s*(?:\((\d{1,2}[/.-]\d{1,2}[/.-]\d{4})\)|(\d{1,2}[/.-]\d{1,2}[/.-]\d{4})[\s,|-]+\d{1,2}[:h]\d{2}(?:\s*\(?GMT\+7\)?)?)$`)
)

// clockLine reads a line that is a page clock and nothing else: a day with its
// year, and beside it only a time, a weekday and words such as "cập nhật".
// With a time, the author's name may stand there too.
func clockLine(s string) (c clock, ok bool) {
	if longer(s, clockRunes) || !strings.ContainsAny(s, "0123456789") || strings.HasSuffix(s, ",") {
		return clock{}, false
	}
	d, start, end := fullDate(s)
	if d == "" {
		return clock{}, false
	}
	rest := clockZone.ReplaceAllString(s[:start]+" | "+s[end:], " ")
	untimed := clockTime.ReplaceAllString(rest, " | ")
	c = clock{start: start, end: end, date: d, timed: untimed != rest}
	others := ""
	for _, w := range strings.FieldsFunc(untimed, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		w = strings.ToLower(w)
		if !clockWords[w] {
			others = untimed
		}
		c.labelled = c.labelled || w == "cập" || w == "đăng"
	}
	if others == "" {
		return c, true
	}
	others = strings.Trim(others, " |,-–()[]")
	// Beside a time of day the author may stand, or the newsroom in capitals.
	return c, c.timed && (authorLine(others, false) || others == strings.ToUpper(others) && !strings.ContainsAny(others, "0123456789"))
}

// gluedClock reads the clock at the end of a headline.
func gluedClock(s string) (c clock, cut int, ok bool) {
	m := glued.FindStringSubmatchIndex(s)
	if m == nil || m[0] == 0 {
		return clock{}, 0, false
	}
	start, end := m[2], m[3]
	if start < 0 {
		start, end = m[4], m[5]
	}
	d, _, _ := fullDate(s[start:end])
	return clock{start: start, end: end, date: d, timed: m[2] < 0}, m[0], d != ""
}

// settlePublished decides on the publication day once all clocks are found.
// What the format or the collector says comes first; a clock may make a month
// of theirs a day, and is noted when it contradicts them.
func (p *page) settlePublished(clocks []clock, title, text, tail int) {
	c, ok := chooseClock(clocks, title, text, tail)
	switch {
	case !ok && p.published.EDTF == "":
		p.published = archive.DateClaim{State: archive.NotStated}
	case !ok:
	case p.published.EDTF == "" || strings.HasPrefix(string(c.date), string(p.published.EDTF)+"-"):
		p.publish(c.block, c.start, c.end, c.date, archive.Stated, "page-clock")
	case c.date != p.published.EDTF:
		p.note(c.block, "published", "the page says %s, the publication day is taken to be %s", c.date, p.published.EDTF)
	}
}

// chooseClock takes the clock that belongs to the article: the one under its
// title, else one over it (a masthead may show today's date there), else one
// with a time of day after the text; never one among teasers. Last comes one
// that is labelled, wherever it stands: pages of offices close with "Cập nhật:
// 25/09/2019", under their list of other news. The title, the second paragraph
// of text and the first teaser are given by their block.
func chooseClock(clocks []clock, title, text, tail int) (clock, bool) {
	for _, fits := range []func(clock) bool{
		func(c clock) bool { return c.block >= title && c.block < min(text, tail) },
		func(c clock) bool { return c.block < min(text, tail) },
		func(c clock) bool { return c.timed && c.block < tail },
		func(c clock) bool { return c.labelled },
	} {
		if i := slices.IndexFunc(clocks, fits); i >= 0 {
			return clocks[i], true
		}
	}
	return clock{}, false
}
