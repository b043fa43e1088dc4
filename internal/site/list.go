package site

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"vankho/internal/archive"
	"vankho/internal/store"
	"vankho/internal/vitext"
)

// pageSize is how many entries a long list shows at once.
const pageSize = 50

// entryView is a meeting, a visit, or a series of meetings that one article
// reports of one day, as lists show it.
type entryView struct {
	Date      string
	ISO       string
	Where     string
	Kind      string // or "9 cuộc gặp"
	Status    string // a word when it was not held
	Told      string // "3 bài cùng kể", when several do
	Heading   string
	Source    bool // the heading is in the words of the sources: names, or the title of an article
	URL       string
	Title     string // of the article, when the heading is not it
	Countries string // of a series: the counterparts
	Agreed    string // "4 nội dung nhất trí"
	Figures   []string
	Members   []link // of a series: each meeting
}

// entryViews makes a list of entries ready to show. Entries next to each other
// that come from one article and one day are one item if group is set.
func entryViews(words *catalogue, entries []store.Entry, group bool) []entryView {
	var out []entryView
	for i := 0; i < len(entries); {
		n := 1
		for group && i+n < len(entries) && sameSeries(entries[i], entries[i+n]) {
			n++
		}
		if n == 1 {
			out = append(out, entryOne(words, entries[i]))
		} else {
			out = append(out, entrySeries(words, entries[i:i+n]))
		}
		i += n
	}
	return out
}

func sameSeries(a, b store.Entry) bool {
	return a.Type == "meeting" && b.Type == "meeting" && a.ArticleID == b.ArticleID && a.Date == b.Date && a.Status == b.Status
}

func entryOne(words *catalogue, e store.Entry) entryView {
	v := entryView{
		Date: words.date(e.Date), ISO: isoDate(e.Date), Where: entryPlace(words, e), Kind: entryKind(words, e),
		Heading: entryName(words, e), Source: visitTo(words, e) == "" && len(e.Who) <= mostNames, URL: e.URL, Title: e.Title, Figures: e.Figures,
	}
	if e.Status != archive.Held {
		v.Status = words.word("status", e.Status)
	}
	if e.Told > 1 {
		v.Told = words.t("entry.told", words.num(e.Told))
	}
	if e.Agreements > 0 {
		v.Agreed = words.t("entry.agreed", words.num(e.Agreements))
	}
	return v
}

func entrySeries(words *catalogue, list []store.Entry) entryView {
	v := entryOne(words, list[0])
	v.Kind = words.t("entry.series", words.num(len(list)))
	v.Heading, v.Source = seriesName(words, list)
	v.URL = "/a/" + list[0].ArticleID
	v.Figures, v.Agreed, v.Told = nil, "", ""
	var countries []string
	agreed := 0
	for _, e := range list {
		agreed += e.Agreements
		for _, w := range e.Who {
			if w.Country != "" && w.Country != "VN" {
				countries = append(countries, words.country(w.Country))
			}
		}
		for _, f := range e.Figures {
			if len(v.Figures) < 4 && !slices.Contains(v.Figures, f) {
				v.Figures = append(v.Figures, f)
			}
		}
		v.Members = append(v.Members, link{entryName(words, e), e.URL})
		if e.City != list[0].City || e.Country != list[0].Country {
			v.Where = ""
		}
	}
	if agreed > 0 {
		v.Agreed = words.t("entry.agreed", words.num(agreed))
	}
	v.Countries = strings.Join(compact(countries), ", ")
	return v
}

// seriesShownNames is how many of those whom a leader met in turn a series names.
const seriesShownNames = 2

// seriesName names a series by who takes part in all of it and the first of
// those they met; where nobody does, it has the title of the article. It reports
// whether all of that is in the words of the sources.
func seriesName(words *catalogue, list []store.Entry) (string, bool) {
	in := map[string]int{}
	for _, e := range list {
		for _, w := range e.Who {
			in[w.Slug]++
		}
	}
	var always, met []string
	for _, e := range list {
		for _, w := range e.Who {
			switch n := in[w.Slug]; {
			case n == 0: // named already
				continue
			case n == len(list):
				always = append(always, w.Name)
			default:
				met = append(met, w.Name)
			}
			in[w.Slug] = 0
		}
	}
	if len(always) == 0 {
		return list[0].Title, true
	}
	name := strings.Join(always, " – ")
	if more := len(met) - seriesShownNames; more > 0 {
		return name + " – " + words.t("entry.series.more", strings.Join(met[:seriesShownNames], ", "), words.num(more)), false
	}
	return strings.Join(append([]string{name}, met...), " – "), true
}

// entryName names an event by its principals, a visit also by where it went.
func entryName(words *catalogue, e store.Entry) string {
	if name := visitTo(words, e); name != "" {
		return name
	}
	if len(e.Who) == 0 {
		return e.Title
	}
	var names []string
	for _, w := range e.Who {
		names = append(names, w.Name)
	}
	return sideNames(words, names)
}

// Of an event with more than mostNames principals, a summit, namedFirst are named.
const (
	mostNames  = 5
	namedFirst = 3
)

// sideNames names an event by its principals: "A – B", "A – B – C và 18 người nữa".
func sideNames(words *catalogue, names []string) string {
	if len(names) <= mostNames {
		return strings.Join(names, " – ")
	}
	return words.t("entry.series.more", strings.Join(names[:namedFirst], " – "), words.num(len(names)-namedFirst))
}

// visitTo says who visits where: those who do not come from there are the
// guests. Of what is no visit, or of one without guests, it says nothing.
func visitTo(words *catalogue, e store.Entry) string {
	if e.Type != "visit" || e.Country == "" {
		return ""
	}
	var guests []string
	for _, w := range e.Who {
		if w.Country != e.Country {
			guests = append(guests, w.Name)
		}
	}
	if len(guests) == 0 {
		return ""
	}
	return words.t("visit.name", strings.Join(guests, ", "), words.nation(e.Country), len(guests))
}

func entryKind(words *catalogue, e store.Entry) string {
	if e.Type == "meeting" {
		return words.word("kind", e.Kind)
	}
	if e.Level == "" {
		return words.word("kind", "visit")
	}
	return words.t("visit.level", words.word("level", e.Level))
}

func entryPlace(words *catalogue, e store.Entry) string {
	if e.Country == "" {
		return e.City
	}
	return joinKnown(e.City, words.country(e.Country))
}

// tally is a linked name with a count.
type tally struct {
	Name, URL string
	N         int
}

func peopleTally(counts []store.Count) []tally {
	var out []tally
	for _, c := range counts {
		out = append(out, tally{c.Name, "/p/" + c.Key, c.N})
	}
	return byCount(out, vitext.SortKey) // names are Vietnamese in every language
}

func countryTally(words *catalogue, counts []store.Count) []tally {
	var out []tally
	for _, c := range counts {
		out = append(out, tally{words.country(c.Key), "/c/" + strings.ToLower(c.Key), c.N})
	}
	return byCount(out, words.sortKey)
}

// byCount orders by number, and by name where that is the same; key gives what
// names are ordered by.
func byCount(list []tally, key func(string) string) []tally {
	list = byName(list, key)
	slices.SortStableFunc(list, func(a, b tally) int { return b.N - a.N })
	return list
}

// byName orders by name alone.
func byName(list []tally, key func(string) string) []tally {
	keys := make(map[string]string, len(list))
	for _, t := range list {
		keys[t.URL] = key(t.Name)
	}
	slices.SortStableFunc(list, func(a, b tally) int { return strings.Compare(keys[a.URL], keys[b.URL]) })
	return list
}

// pager links the pages of a long list.
type pager struct {
	Prev, Next string // URLs; empty at the ends
	Say        string // "Trang 2 trong 5"
}

// newPager makes the pager of a list of total items, size a page, shown at
// page. It is nil when one page holds everything. values are kept.
func newPager(words *catalogue, path string, values url.Values, page, size, total int) *pager {
	pages := (total + size - 1) / size
	if pages <= 1 && page == 1 {
		return nil
	}
	at := func(n int) string {
		v := url.Values{}
		for key, list := range values {
			v[key] = list
		}
		v.Del("page")
		if n > 1 {
			v.Set("page", strconv.Itoa(n))
		}
		if len(v) == 0 {
			return path
		}
		return path + "?" + v.Encode()
	}
	p := &pager{Say: words.t("pager.page", words.num(page), words.num(pages))}
	if page > 1 {
		p.Prev = at(min(page-1, max(1, pages)))
	}
	if page < pages {
		p.Next = at(page + 1)
	}
	return p
}

// bar is one column of a chart: a month or a year with how many meetings.
type bar struct {
	Label string // "T2"
	Year  string // under each column, if the chart runs over two years: a year where it begins, else a space
	Full  string // "tháng 2/2025"
	N     int
	Say   string // "10 cuộc gặp", or "không có"
	URL   string

	Current bool
	Class   string // "n0" to "n20": the height in steps of the highest
}

// heights sets each bar's class. A count of at least one is at least one step
// high, and the highest of fewer than ten is not as high as a chart of many:
// one meeting must not look like a crowd.
func heights(bars []bar) {
	top := 10
	for _, b := range bars {
		top = max(top, b.N)
	}
	for i := range bars {
		step := (bars[i].N*20 + top - 1) / top
		bars[i].Class = fmt.Sprintf("n%d", step)
	}
}

// monthBars gives the bars of count months that end with last, from counts by
// month.
func monthBars(words *catalogue, months []store.Count, year, month, count int) []bar {
	n := map[string]int{}
	for _, m := range months {
		n[m.Key] = m.N
	}
	bars := make([]bar, count)
	for i := range bars {
		at := year*12 + month - 1 - (count - 1 - i)
		y, m := at/12, at%12+1
		key := fmt.Sprintf("%04d-%02d", y, m)
		b := bar{Label: words.word("month.short", m), Full: words.t("month.full", words.word("month", m), y), N: n[key]}
		if month != 12 || count > 12 {
			b.Year = "\u00a0"
			if i == 0 || m == 1 {
				b.Year = fmt.Sprintf("%04d", y)
			}
		}
		b.Say = words.t("bar.none")
		if b.N > 0 {
			b.Say, b.URL = words.t("bar.meetings", words.num(b.N)), fmt.Sprintf("/y/%04d/%02d", y, m)
		}
		bars[i] = b
	}
	heights(bars)
	return bars
}

// yearRow is a year of the table that says the same as the chart.
type yearRow struct {
	Year   string
	URL    string
	Months []monthCell // twelve
	N      int
}

type monthCell struct {
	Short string // the name of the month, for the head of the table
	URL   string
	N     int
}

// yearTable gives a row for each year that has meetings, newest first, and
// last one for those whose year is not known. What is dated by the year alone
// counts in its row and in no month.
func yearTable(words *catalogue, months []store.Count) []yearRow {
	var rows []yearRow
	undated := 0
	for _, c := range slices.Backward(months) {
		d := archive.Date(c.Key)
		y, m := d.Year(), d.Month()
		if y == 0 {
			undated += c.N
			continue
		}
		text := fmt.Sprintf("%04d", y)
		if n := len(rows); n == 0 || rows[n-1].Year != text {
			rows = append(rows, yearRow{Year: text, URL: "/y/" + text, Months: emptyMonths(words)})
		}
		row := &rows[len(rows)-1]
		row.N += c.N
		if m != 0 {
			row.Months[m-1].URL, row.Months[m-1].N = fmt.Sprintf("/y/%s/%02d", text, m), c.N
		}
	}
	if undated > 0 {
		rows = append(rows, yearRow{Year: words.t("years.unknown"), URL: undatedPath, Months: emptyMonths(words), N: undated})
	}
	return rows
}

func emptyMonths(words *catalogue) []monthCell {
	cells := make([]monthCell, 12)
	for i := range cells {
		cells[i].Short = words.word("month.short", i+1)
	}
	return cells
}

// pageNumber reads the parameter page: from 1, at most 10,000.
func pageNumber(text string) (int, error) {
	if text == "" {
		return 1, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > 10_000 {
		return 0, invalid("error.page")
	}
	return n, nil
}
