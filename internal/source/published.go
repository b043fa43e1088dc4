package source

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

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
// longest one met, three authors, newsroom, weekday, date, time and zone, has 83.
const clockRunes = 100

const monthNames = `(\d{1,2}|mười một|mười hai|một|hai|ba|tư|năm|sáu|bảy|bẩy|tám|chín|mười)`

// The ways to write a day in full. The names of the groups say which is which.
var fullDates = []*regexp.Regexp{
	regexp.MustCompile(`(?P<d>\d{1,2})\s?[/.|-]\s?(?P<m>\d{1,2})\s?[/.|-]\s?(?P<y>\d{4})`),
	regexp.MustCompile(`(?i)(?P<d>\d{1,2})\s+tháng\s+(?P<m>` + monthNames + `)\s*,?\s*(?:năm\s+)?(?P<y>\d{4})`),
	regexp.MustCompile(`(?i)tháng\s+(?P<m>` + monthNames + `)\s+(?P<d>\d{1,2})\s*,\s*(?P<y>\d{4})`),
	regexp.MustCompile(`(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})`),
	regexp.MustCompile(`(?P<y>\d{4})[/.](?P<m>\d{1,2})[/.](?P<d>\d{1,2})`),
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
		if m == nil || best >= 0 && m[0] >= best || digitAt(s, m[0]-1) || digitAt(s, m[1]) && !hour.MatchString(s[m[1]:]) {
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
	// hour is the time of day that sticks to a year: "20179:19 CH".
	hour      = regexp.MustCompile(`^\d{1,2}:\d{2}(?:\D|$)`)
	clockTime = regexp.MustCompile(`(?i)\d{1,2}\s?[:h]\s?\d{2}(?::\d{2})?(?:\s?(?:AM|PM|SA|CH)\b)?`)
	clockZone = regexp.MustCompile(`(?i)(?:GMT|UTC)\s?[+-]\s?\d{1,2}(?::\d{2})?`)
	// clockLabel parts what stands beside a clock: "Nguồn:Tân Hoa xã Biên tập:Vi Vi".
	clockLabel = regexp.MustCompile(`(?i)(?:(?:nguồn|biên tập(?: viên)?|tác giả|thực hiện|theo|người đăng)\s?:|author\b)`)
	// weekdayNumber is "Thứ 4", whose number is no other part of the date.
	weekdayNumber = regexp.MustCompile(`(?i)thứ\s[2-7](?:[\s,.-]|$)`)
	weekday       = regexp.MustCompile(`(?i)(?:thứ\s(?:hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])|chủ nhật)`)
	// account is the name under which somebody posts: "hoangtien_vnews".
	account = regexp.MustCompile(`^[a-z]+[a-z0-9]*_[a-z0-9_]+$`)
	// views counts readers: "1,856 lượt xem", "View count: 3252", or a number alone at
	// the end.
	views = regexp.MustCompile(`(?i)(?:số lần đã xem|(?:số )?lượt (?:xem|đọc|truy cập)|(?:đã )?xem|view count|views?|hits)\s?:\s?[\d.,]+|[\d.,]+\s(?:lượt xem|lượt đọc|view(?:s)?|bình luận|trả lời|phản hồi|ý kiến)|\|\s*\d{1,7}$`)
	// bracketed is a clock in brackets that closes a headline: "… Long Thành(03/08/2025)".
	bracketed = regexp.MustCompile(`\s*\((\d{1,2}[/.-]\d{1,2}[/.-]\d{4})\)$`)
	// opening is a clock that the first words stick to: "12/11/2017 10:07 GMT+7Đoàn xe …".
	opening = regexp.MustCompile(`^` + clockForm)
	// timed begins a clock with the time of day: "… Johannesburg 21/11/2025 14:59".
	timed = regexp.MustCompile(`\s+((?:\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{4}-\d{2}-\d{2})[\s,|-]+\d{1,2}[:h]\d{2}.*)$`)
)

// clockForm is how a page clock is written where other words stand beside it: a day
// with its year, before or after it the time, before both the weekday or "Cập nhật".
const (
	clockForm = `(?i:(?:(?:cập nhật|ngày đăng|đăng)(?: lúc| ngày)?\s?:?\s{1,2})?` +
		`(?:(?:thứ\s(?:hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])|chủ nhật)[\s,-]{1,3})?` +
		`(?:` + clockDay + `(?:[\s,|-]+` + clockHour + `)?|` + clockHour + `[\s,|-]+` + clockDay + `)` +
		`(?:,?\s?[(\[]?(?:GMT|UTC)\s?[+-]\s?\d{1,2}(?::\d{2})?[)\]]?)?)`
	clockDay  = `(?:ngày\s)?(?:\d{1,2}\s?[/.|-]\s?\d{1,2}\s?[/.|-]\s?\d{4}|\d{4}-\d{2}-\d{2}|\d{4}/\d{1,2}/\d{1,2})`
	clockHour = `\d{1,2}[:h]\d{2}(?::\d{2})?'?(?:\s[AP]M\b)?`
)

// clockLine reads a line that is a page clock and nothing else: a day with its
// year, and beside it only a time, a weekday and words such as "cập nhật".
// With a time, the author or the outlet may stand there too.
func clockLine(s string) (c clock, ok bool) {
	if longer(s, clockRunes) || !strings.ContainsAny(s, "0123456789") || strings.HasSuffix(s, ",") {
		return clock{}, false
	}
	d, start, end := fullDate(s)
	if d == "" {
		return clock{}, false
	}
	rest := clockZone.ReplaceAllString(strings.ReplaceAll(s, s[start:end], " | "), " | ")
	untimed := clockTime.ReplaceAllString(rest, " | ")
	zoned := clockZone.MatchString(s)
	c = clock{start: start, end: end, date: d, timed: untimed != rest}
	untimed = weekdayNumber.ReplaceAllString(clockLabel.ReplaceAllString(untimed, " | "), " | ")
	untimed = views.ReplaceAllString(untimed, " | ")
	sure := weekday.MatchString(s) || zoned // a line of text has none beside date and time
	if c.timed {
		untimed = weekday.ReplaceAllString(untimed, " | ") // "Thời sự Thứ Sáu, …"
	}
	for _, w := range []string{"cập nhật", "ngày đăng", "đăng lúc", "đăng ngày", "thời gian đăng", "last modified"} {
		c.labelled = c.labelled || strings.Contains(strings.ToLower(untimed), w)
	}
	outlet := false // stands before: "VOV-Moscow"
	for part := range strings.FieldsFuncSeq(untimed, func(r rune) bool { return strings.ContainsRune("|,;:()[]-–—/•·", r) }) {
		part = strings.TrimSpace(part)
		known := true
		for w := range strings.FieldsFuncSeq(part, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
			known = known && clockWords[strings.ToLower(w)]
		}
		after := outlet
		outlet = publishers[strings.ToLower(part)] != ""
		if !known && !(c.timed && (besideClock(part) || after && sectionLike(part) || (sure || c.labelled) && (sectionLike(part) || strings.HasPrefix(strings.ToLower(part), "phóng viên ")))) {
			return c, false
		}
	}
	return c, true
}

// labelLine reports whether a line only says what the next one is: "Ngày đăng:".
func labelLine(s string) bool {
	s, ok := strings.CutSuffix(strings.ToLower(strings.TrimSpace(s)), ":")
	return ok && (s == "ngày đăng" || s == "cập nhật" || s == "đăng ngày" || s == "xuất bản")
}

// besideClock reports whether part of a line may stand beside a time of day:
// the author, the outlet, a section, or the newsroom in capitals.
func besideClock(part string) bool {
	return account.MatchString(part) || authorLine(part, true) || publishers[strings.ToLower(part)] != "" || onlySections(part) ||
		part == strings.ToUpper(part) && !strings.ContainsAny(part, "0123456789")
}

// sectionLike reports whether part of a line looks like the name of a section
// or newsroom: "Đối nội", "Tiêu điểm", "Ban Thời sự".
func sectionLike(part string) bool {
	words := strings.Fields(part)
	first, _ := utf8.DecodeRuneInString(part)
	return len(words) <= 3 && unicode.IsUpper(first) && !strings.ContainsAny(part, "0123456789")
}

// openingClock reads the clock that stands before the first words of a block, which
// begin at cut.
func openingClock(s string) (c clock, cut int, ok bool) {
	cut = len(opening.FindString(s))
	if cut == 0 || cut == len(s) {
		return clock{}, 0, false
	}
	if r, _ := utf8.DecodeRuneInString(strings.TrimLeft(s[cut:], " ")); !unicode.IsUpper(r) && !strings.ContainsRune(`("“`, r) {
		return clock{}, 0, false
	}
	c, ok = clockLine(s[:cut])
	return c, cut, ok
}

// gluedClock reads the clock at the end of a headline.
func gluedClock(s string) (c clock, cut int, ok bool) {
	if m := bracketed.FindStringSubmatchIndex(s); m != nil && m[0] > 0 {
		d, _, _ := fullDate(s[m[2]:m[3]])
		return clock{start: m[2], end: m[3], date: d}, m[0], d != ""
	}
	m := timed.FindStringSubmatchIndex(s)
	if m == nil || m[0] == 0 {
		return clock{}, 0, false
	}
	c, ok = clockLine(s[m[2]:])
	c.start, c.end = c.start+m[2], c.end+m[2]
	return c, m[0], ok
}

var (
	// dateline opens the report of an agency: "BẮC KINH, 16/11/2023 /PRNewswire/ --".
	// What closes a document, "Hà Nội, ngày 5 tháng 2 năm 2026", is its day, not that
	// of the page.
	dateline = regexp.MustCompile(`^(?:\([^()]{2,20}\)\s?[-–—]?\s?)?\p{Lu}[\p{L}. -]{1,40},\s(?i:ngày\s)?(\d)`)
	// signature closes the report of an office: "(H.V., Sở Ngoại vụ, ngày 28-9-2008)".
	signature = regexp.MustCompile(`^\([^()]{2,70},\s(?i:ngày\s)?(\d{1,2}[/.-]\d{1,2}[/.-]\d{4})\)$`)
	// agencyDay is the dateline of an agency that brackets its day: "Hà Nội (TTXVN 1/12/2003)".
	agencyDay   = regexp.MustCompile(`^\p{Lu}[\p{L}. -]{1,40}\s?\([\p{L}.-]{2,12},?\s(\d{1,2}[/.-]\d{1,2}[/.-]\d{4})\)`)
	datelineEnd = regexp.MustCompile(`^\s?(?:\([^()]{2,30}\)|/[^/]{2,30}/)?\s?(?:[-–—]|:)`)
)

// readDateline takes the day of publication from the first dateline, or the
// signature that closes the text, for a page that says it nowhere else.
func (p *page) readDateline() {
	for i := range p.blocks {
		b := &p.blocks[i]
		s := b.text[b.from:b.to]
		for _, form := range []struct {
			of   *regexp.Regexp
			rule string
		}{{signature, "signature"}, {agencyDay, "dateline"}} {
			if m := form.of.FindStringSubmatchIndex(s); m != nil {
				if d, _, _ := fullDate(s[m[2]:m[3]]); d != "" {
					p.publish(i, b.from+m[2], b.from+m[3], d, archive.Inferred, form.rule)
					return
				}
			}
		}
		m := dateline.FindStringSubmatchIndex(s)
		if m == nil || b.kind == archive.Furniture || b.kind == archive.Caption {
			continue
		}
		if d, start, end := fullDate(s[m[2]:min(len(s), m[2]+40)]); d != "" && start == 0 && datelineEnd.MatchString(s[m[2]+end:]) {
			p.publish(i, b.from+m[2], b.from+m[2]+end, d, archive.Inferred, "dateline")
			return
		}
	}
}

// toldDay is a day without its year in the first paragraphs: "Ngày 31/10, …".
var toldDay = regexp.MustCompile(`(?i)(?:ngày|sáng|trưa|chiều|tối|đêm|hôm|nay|đến),?\s\(?(\d{1,2})[/.-](\d{1,2})\.?(?:[^/.\d-]|$)`)

// toCome are words of what has not been yet; its day tells nothing of publication.
var toCome = regexp.MustCompile(`(?i)(?:^|\s)(?:sẽ|sắp|dự kiến|tới đây|sang năm)\s`)

// toldDays gives the days without a year that the first three paragraphs tell, in a
// given year; none where they speak of what is to come.
func (p *page) toldDays(year int) (days []archive.Date) {
	seen := 0
	for i := range p.blocks {
		b := &p.blocks[i]
		if b.kind != archive.Lead && b.kind != archive.Body && b.kind != archive.TitleParagraph {
			continue
		}
		if seen++; seen > 3 {
			break
		}
		s := b.own()
		if toCome.MatchString(s) {
			return nil
		}
		for _, m := range toldDay.FindAllStringSubmatch(s, 4) {
			day, _ := strconv.Atoi(m[1])
			month, _ := strconv.Atoi(m[2])
			if archive.ValidDay(year, month, day) {
				days = append(days, archive.Day(year, month, day))
			}
		}
	}
	return days
}

// ofReader reports whether a clock over the title shows when somebody read the page:
// what the page tells lies months before it.
func (p *page) ofReader(c clock, title int) bool {
	told := p.toldDays(c.date.Year())
	far := func(d archive.Date) bool {
		gap := daysBetween(d, c.date)
		if gap < -30 {
			gap += 365
		}
		return gap > 60
	}
	return c.block <= title && len(told) > 0 && !slices.ContainsFunc(told, func(d archive.Date) bool { return !far(d) })
}

// unswap mends a day and month that the collector confused ("2025-01-11" for 1
// November 2025): what the first paragraphs tell then lies in no days before
// publication, and with the two exchanged in the last three.
func (p *page) unswap() {
	pub := p.published.EDTF
	if p.published.Rule != "date-prefix" || !pub.Complete() || pub.DayOfMonth() > 12 || pub.DayOfMonth() == pub.Month() {
		return
	}
	swapped := archive.Day(pub.Year(), pub.DayOfMonth(), pub.Month())
	told, near := p.toldDays(pub.Year()), false
	for _, d := range told {
		if gap := daysBetween(d, pub); gap >= -1 && gap <= 20 {
			return
		}
		if gap := daysBetween(d, swapped); gap >= 0 && gap <= 3 {
			near = true
		}
	}
	if near {
		p.published.EDTF, p.published.State, p.published.Rule = swapped, archive.Inferred, "date-prefix-swapped"
		p.note(0, "published-swapped", "the day %s is read as %s: its day and month are exchanged", pub, swapped)
	}
}

// daysBetween counts the days from a to b, both of which are complete.
func daysBetween(a, b archive.Date) int {
	at := func(d archive.Date) time.Time {
		return time.Date(d.Year(), time.Month(d.Month()), d.DayOfMonth(), 0, 0, 0, 0, time.UTC)
	}
	return int(at(b).Sub(at(a)).Hours() / 24)
}

// settlePublished decides on the publication day once all clocks are found.
// What the format or the collector says comes first; a clock may make a month
// of theirs a day, and is noted when it contradicts them.
func (p *page) settlePublished(clocks []clock, title, text, tail int) {
	c, ok := chooseClock(clocks, title, text, tail)
	switch {
	case !ok && p.published.EDTF == "":
		p.published = archive.DateClaim{State: archive.NotStated}
		p.readDateline()
	case !ok:
		p.unswap()
	case p.published.EDTF == "" && p.ofReader(c, title):
		p.published = archive.DateClaim{State: archive.NotStated}
		p.note(c.block, "published", "the page says %s, months after what it tells", c.date)
	case p.published.EDTF == "" || strings.HasPrefix(string(c.date), string(p.published.EDTF)+"-"):
		p.publish(c.block, c.start, c.end, c.date, archive.Stated, "page-clock")
	case c.date != p.published.EDTF:
		if p.unswap(); c.date != p.published.EDTF {
			p.note(c.block, "published", "the page says %s, the publication day is taken to be %s", c.date, p.published.EDTF)
		}
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
