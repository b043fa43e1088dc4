// Package encounter knows when what several articles tell is one meeting or
// visit, what they then say together, and which announcements, reports and
// recollections belong to each other. It works on records alone; the store
// finds what may belong together and keeps what was decided, the site shows it.
//
// What an article tells of a meeting or visit is a reading. Every reading keeps
// its own record and id; readings of one encounter stand together under one of
// them.
//
// # When two readings are one encounter
//
// All of this must hold, and when in doubt it does not: two pages for one
// meeting are a nuisance, one page for two is an invention.
//
//   - They are of two articles. What one article tells twice happened twice.
//   - Both are meetings or both visits, with one status. What was announced,
//     held and recalled is linked (see [Related]), never put together.
//   - Meetings: the principals are the same. One of the two may name more of
//     them, as long as it names nobody from a country that the other has not,
//     so that a meeting of two is not taken for a part of one of three. Of a
//     meeting whose counterpart is not named nothing can be said.
//   - Meetings: the kinds are the same, or differ only by how closely they are
//     looked at: any meeting in person may be called a meeting, a courtesy call
//     is received by someone, talks or a call may be said to be online.
//   - Meetings in person: the countries where they met do not differ.
//   - Visits: the host country is known and the same, and a guest is in both.
//     Nobody is on two visits to one country at once.
//   - The dates can be the same day: they are equal, or one holds the other;
//     those of a visit may also overlap. A year alone is no date. A date without
//     a year fits that day of a year if the article was published in the year
//     after it, or before it when it announces. A report without a date is of
//     the day its article was published or of the three days before, and two
//     reports or two announcements without a date are one when their articles
//     were published within three days. A recollection without a date is of
//     nothing in particular.
//
// This is weighed in three degrees. Exact is one kind, the same principals and
// one day; Close is a kind, a principal or a bound of dates more or less; Vague
// is a month, a date without a year, and no date. [Group] joins the exact ones
// first, then those groups that are close, then the vague. At each degree two
// groups are joined only if they fit the very same others: who fits two groups
// that do not fit each other belongs to neither. So the outcome depends on the
// readings alone and not on their order.
//
// Of a group, [Order] says which reading stands for it.
package encounter

import (
	"cmp"
	"slices"
	"time"

	"vankho/internal/archive"
)

// Reading is what the rule looks at in one article's telling of a meeting or
// visit.
type Reading struct {
	ID        string
	Article   string // its id
	Visit     bool   // else a meeting
	Kind      string // archive.MeetingKind of a meeting; level of a visit, or empty
	Status    archive.Status
	Main      bool
	Date      archive.Date
	Published archive.Date // of the article
	Country   string       // where it was, ISO 3166-1 alpha-2; empty when unknown
	Who       []Principal
}

// Principal is one of the principals of a reading.
type Principal struct {
	Person  string // slug
	Country string // empty when unknown
}

// Degree says how much speaks for two readings being one encounter.
type Degree int

// The degrees, least first.
const (
	Apart Degree = iota
	Vague
	Close
	Exact
)

// How far what is not dated may lie from its article, in days.
const (
	reportedWithin = 3   // a report after what it reports
	yearOf         = 366 // a date without a year
)

// Same weighs two readings. It does not depend on their order.
func Same(a, b *Reading) Degree {
	if a.Article == b.Article || a.Visit != b.Visit || a.Status != b.Status {
		return Apart
	}
	if a.Visit {
		return min(sameGuests(a, b), sameLevel(a, b), sameTime(a, b))
	}
	if !sameCountry(a, b) {
		return Apart
	}
	return min(samePrincipals(a, b), sameKind(a.Kind, b.Kind), sameTime(a, b))
}

// samePrincipals weighs who met.
func samePrincipals(a, b *Reading) Degree {
	if len(a.Who) > len(b.Who) {
		a, b = b, a
	}
	if len(a.Who) < 2 || !slices.Equal(countries(a), countries(b)) {
		return Apart
	}
	for _, p := range a.Who {
		if !b.has(p.Person) {
			return Apart
		}
	}
	if len(a.Who) < len(b.Who) {
		return Close
	}
	return Exact
}

func (r *Reading) has(person string) bool {
	return slices.ContainsFunc(r.Who, func(p Principal) bool { return p.Person == person })
}

// countries gives the countries of the principals, in order, once each.
func countries(r *Reading) []string {
	var list []string
	for _, p := range r.Who {
		list = append(list, p.Country)
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// guests gives the principals of a visit who come from elsewhere.
func (r *Reading) guests() []string {
	var list []string
	for _, p := range r.Who {
		if r.Country != "" && p.Country != "" && p.Country != r.Country {
			list = append(list, p.Person)
		}
	}
	slices.Sort(list)
	return list
}

func sameGuests(a, b *Reading) Degree {
	if a.Country != b.Country {
		return Apart
	}
	of, and := a.guests(), b.guests()
	if !slices.ContainsFunc(of, func(p string) bool { return slices.Contains(and, p) }) {
		return Apart
	}
	if slices.Equal(of, and) {
		return Exact
	}
	return Close
}

func sameLevel(a, b *Reading) Degree {
	if a.Kind != b.Kind && a.Kind != "" && b.Kind != "" {
		return Close
	}
	return Exact
}

// sameCountry reports whether two meetings can have been in one place.
func sameCountry(a, b *Reading) bool {
	return a.Country == b.Country || a.Country == "" || b.Country == "" || !inPerson(a.Kind) && !inPerson(b.Kind)
}

func inPerson(kind string) bool {
	switch archive.MeetingKind(kind) {
	case archive.PhoneCall, archive.Online, archive.Message:
		return false
	}
	return true
}

// looser is which kinds of meeting an article may call by which others.
var looser = map[archive.MeetingKind][]archive.MeetingKind{
	archive.Encounter: {archive.Talks, archive.CourtesyCall, archive.Reception, archive.Summit, archive.Online},
	archive.Reception: {archive.CourtesyCall},
	archive.Online:    {archive.Talks, archive.PhoneCall},
}

func sameKind(a, b string) Degree {
	x, y := archive.MeetingKind(a), archive.MeetingKind(b)
	switch {
	case x == y:
		return Exact
	case slices.Contains(looser[x], y), slices.Contains(looser[y], x):
		return Close
	}
	return Apart
}

// sameTime weighs two dates of readings with one status.
func sameTime(a, b *Reading) Degree {
	switch {
	case a.Date == "" || b.Date == "":
		return undated(a, b)
	case a.Date.Year() == 0 || b.Date.Year() == 0:
		return yearless(a, b)
	}
	x, y := spanOf(a.Date), spanOf(b.Date)
	switch {
	case x.vague > month || y.vague > month:
		return Apart // a year
	case x.vague == month || y.vague == month:
		if x.holds(y) || y.holds(x) {
			return Vague
		}
	case x == y:
		return Exact
	case x.holds(y), y.holds(x), a.Visit && x.first <= y.last && y.first <= x.last:
		return Close
	}
	return Apart
}

// undated weighs two readings of which at least one has no date.
func undated(a, b *Reading) Degree {
	if a.Date != "" {
		a, b = b, a
	}
	p := spanOf(a.Published)
	if p.vague != day || a.Status == archive.Recalled {
		return Apart
	}
	if b.Date == "" {
		if near(p, spanOf(b.Published)) {
			return Vague
		}
		return Apart
	}
	if d := spanOf(b.Date); a.Status == archive.Held && d.vague == day && d.first <= p.first && p.first <= d.last+reportedWithin {
		return Vague
	}
	return Apart
}

// near reports whether two days of publication are of one report.
func near(p, q span) bool {
	return p.vague == day && q.vague == day && max(p.first-q.first, q.first-p.first) <= reportedWithin
}

// yearless weighs two dates of which at least one has no year.
func yearless(a, b *Reading) Degree {
	if a.Date.Year() != 0 {
		a, b = b, a
	}
	if a.Date.Interval() || a.Date.DayOfMonth() == 0 || b.Date.Interval() ||
		a.Date.Month() != b.Date.Month() || a.Date.DayOfMonth() != b.Date.DayOfMonth() {
		return Apart
	}
	p := spanOf(a.Published)
	if b.Date.Year() == 0 {
		if near(p, spanOf(b.Published)) {
			return Vague
		}
		return Apart
	}
	if p.vague == day {
		late := p.first - spanOf(b.Date).first
		if a.Status == archive.Announced {
			late = -late
		}
		if late < 0 || late > yearOf {
			return Apart
		}
	}
	return Vague
}

// span is a date in days since 1970.
type span struct {
	first, last int
	vague       precision
}

type precision int

const (
	day   precision = iota // a day, or days from and to
	month                  // a month, or from and to months
	year
	never // nothing, or no year
)

func (s span) holds(t span) bool { return s.first <= t.first && t.last <= s.last }

func spanOf(d archive.Date) span {
	if d == "" || d.Year() == 0 || d.End().Year() == 0 {
		return span{vague: never}
	}
	from, first := bound(d.Start(), false)
	to, last := bound(d.End(), true)
	return span{from, to, max(first, last)}
}

// bound gives the first or last day of a date with a year that is no interval.
func bound(d archive.Date, last bool) (int, precision) {
	y, m, n := d.Year(), d.Month(), d.DayOfMonth()
	vague := day
	switch {
	case m == 0:
		vague, m, n = year, 1, 1
		if last {
			m, n = 12, 31
		}
	case n == 0:
		vague, n = month, 1
		if last {
			m, n = m+1, 0
		}
	}
	return int(time.Date(y, time.Month(m), n, 0, 0, 0, 0, time.UTC).Unix() / (24 * 60 * 60)), vague
}

// dayOf gives the date of a day since 1970.
func dayOf(n int) archive.Date {
	return archive.Date(time.Unix(int64(n)*24*60*60, 0).UTC().Format(time.DateOnly))
}

// longest is how many days a visit that overlaps with others lasts at most;
// longer ones are found only from their own side.
const longest = 31

// Window says where to look for readings that [Same] may put beside r: those
// whose date, or without one day of publication, is as text from from to to, or
// is one of also.
func (r *Reading) Window() (from, to string, also []string) {
	if r.Date != "" && r.Date.Year() == 0 && r.Date.DayOfMonth() == 0 {
		return "-", "-", nil // a month without a year fits nothing
	}
	return r.window(longest+reportedWithin, reportedWithin)
}

func (r *Reading) window(before, after int) (from, to string, also []string) {
	d := r.Date
	if d == "" {
		d = r.Published
	}
	s := spanOf(d)
	// "~" comes after every character of a date, so that a date that goes on
	// where a bound ends is before it.
	if s.vague == never {
		return "", "~", nil
	}
	from, to = string(dayOf(s.first-before)), string(dayOf(s.last+after))+"~"
	if s.first == s.last {
		also = []string{"XXXX-" + string(dayOf(s.first))[len("2026-"):]}
	}
	return from, to, also
}

// Order says which of two readings of one group comes first, and so stands for
// it: what an article is about before what it tells in passing; what stood for a
// group before, so that links stay; then what was published first. The first
// two arguments say of each whether it did.
func Order(aStood, bStood bool, a, b *Reading) int {
	return cmp.Or(-compare(a.Main, b.Main), -compare(aStood, bStood), Published(a, b))
}

// Published orders readings by when their articles were published, unknown
// last, ties by id.
func Published(a, b *Reading) int {
	return cmp.Or(compare(a.Published == "", b.Published == ""), cmp.Compare(a.Published, b.Published), cmp.Compare(a.ID, b.ID))
}

// compare puts false before true.
func compare(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// Group divides readings into encounters. Each group holds the places in list
// of its readings, ascending; every place is in one group. It looks at every
// pair: list is what can hang together at all, not an archive.
func Group(list []Reading) [][]int {
	n := len(list)
	degree := make([]Degree, n*n)
	for i := range list {
		for j := range i {
			d := Same(&list[i], &list[j])
			degree[i*n+j], degree[j*n+i] = d, d
		}
	}
	groups := make([][]int, n)
	for i := range groups {
		groups[i] = []int{i}
	}
	for least := Exact; least > Apart && len(groups) > 1; least-- {
		fits := func(g, h []int) bool {
			for _, i := range g {
				for _, j := range h {
					if degree[i*n+j] < least {
						return false
					}
				}
			}
			return true
		}
		groups = join(groups, fits)
	}
	return groups
}

// join puts the groups together that fit each other and the very same others.
func join(groups [][]int, fits func(g, h []int) bool) [][]int {
	var joined [][]int
	at := map[string]int{} // the others that a group fits, itself among them -> place in joined
	for i, g := range groups {
		others := make([]byte, (len(groups)+7)/8)
		for j, h := range groups {
			if i == j || fits(g, h) {
				others[j/8] |= 1 << (j % 8)
			}
		}
		if k, ok := at[string(others)]; ok {
			joined[k] = append(joined[k], g...)
			slices.Sort(joined[k])
			continue
		}
		at[string(others)] = len(joined)
		joined = append(joined, slices.Clone(g))
	}
	return joined
}
