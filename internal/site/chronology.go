package site

import (
	"fmt"
	"net/http"
	"strconv"

	"github.com/go-chi/chi/v5"

	"vankho/internal/archive"
	"vankho/internal/store"
)

// yearsPage is the whole chronology: a table of years and months.
type yearsPage struct {
	basePage
	Years []yearRow
}

// periodPage is a year or a month: what was held, and apart from it what was
// announced or is only recalled by an article about something else.
type periodPage struct {
	basePage
	Heading   string
	Bars      []bar // of a year
	Held      []entryView
	HeldSay   string
	Announced []entryView
	Recalled  []entryView
	Pager     *pager
	Prev      *link
	Next      *link
	JSON      string
}

// undatedPath is the page of what has no known year.
const undatedPath = "/y/unknown"

// asideShown is how many announced or recalled events a period lists.
const asideShown = 50

func (s *Site) serveYears(w http.ResponseWriter, r *http.Request) error {
	words := s.words(r)
	months, err := s.store.Months(r.Context())
	if err != nil {
		return err
	}
	return s.render(w, r, http.StatusOK, "years", newYearsPage(words, months))
}

func newYearsPage(words *catalogue, months []store.Count) *yearsPage {
	return &yearsPage{
		basePage: basePage{
			Title: words.t("years.title"), Description: words.t("years.description"), Path: "/y", Nav: "years",
			Crumbs: []link{{words.t("nav.home"), "/"}, {words.t("years.title"), ""}},
		},
		Years: yearTable(words, months),
	}
}

func (s *Site) serveYear(w http.ResponseWriter, r *http.Request) error {
	year, err := parseYear(chi.URLParam(r, "year"))
	if err != nil {
		return err
	}
	return s.servePeriod(w, r, year, 0)
}

// serveUndated answers the events that no article gives a year.
func (s *Site) serveUndated(w http.ResponseWriter, r *http.Request) error {
	return s.servePeriod(w, r, 0, 0)
}

func (s *Site) serveMonth(w http.ResponseWriter, r *http.Request) error {
	year, err := parseYear(chi.URLParam(r, "year"))
	if err != nil {
		return err
	}
	text := chi.URLParam(r, "month")
	month, err := strconv.Atoi(text)
	if err != nil || len(text) > 2 || month < 1 || month > 12 {
		return errNoPage
	}
	if len(text) == 1 {
		return &store.MovedError{To: fmt.Sprintf("/y/%04d/%02d", year, month)}
	}
	return s.servePeriod(w, r, year, month)
}

func parseYear(text string) (int, error) {
	year, err := strconv.Atoi(text)
	if err != nil || len(text) != 4 || year < 1 {
		return 0, errNoPage
	}
	return year, nil
}

// servePeriod answers a year, a month of it when month is not 0, or what has no
// known year when year is 0. A period of
// which nothing is told, or no longer since a text is read better, has a page
// that says so: the address stays.
func (s *Site) servePeriod(w http.ResponseWriter, r *http.Request, year, month int) error {
	page, err := pageNumber(r.URL.Query().Get("page"))
	if err != nil {
		return err
	}
	ctx, words := r.Context(), s.words(r)
	f := store.Filter{Year: year, Month: month, Undated: year == 0, Oldest: true}
	f.Status, f.Limit, f.Offset = archive.Held, pageSize, (page-1)*pageSize
	held, all, err := s.store.Entries(ctx, f)
	if err != nil {
		return err
	}
	f.Status, f.Limit, f.Offset = archive.Announced, asideShown, 0
	announced, _, err := s.store.Entries(ctx, f)
	if err != nil {
		return err
	}
	f.Status = archive.Recalled
	recalled, _, err := s.store.Entries(ctx, f)
	if err != nil {
		return err
	}
	if len(held) == 0 && page > 1 {
		return errNoPage
	}
	months, err := s.store.Months(ctx)
	if err != nil {
		return err
	}
	p := newPeriodPage(words, year, month, months, held, announced, recalled, all)
	p.Pager = newPager(words, p.Path, nil, page, pageSize, all)
	if page > 1 {
		p.Path = fmt.Sprintf("%s?page=%d", p.Path, page)
	}
	if len(held)+len(announced)+len(recalled) == 0 {
		p.Robots = "noindex"
	}
	return s.render(w, r, http.StatusOK, "period", p)
}

func newPeriodPage(words *catalogue, year, month int, months []store.Count, held, announced, recalled []store.Entry, all int) *periodPage {
	p := &periodPage{
		Held: entryViews(words, held, true), HeldSay: words.t("period.held", words.num(all)),
		Announced: entryViews(words, announced, false), Recalled: entryViews(words, recalled, false),
	}
	p.Nav = "years"
	p.Crumbs = []link{{words.t("nav.home"), "/"}, {words.t("years.title"), "/y"}}
	switch {
	case year == 0:
		p.Heading, p.Path = words.t("years.unknown.title"), undatedPath
		p.HeldSay = words.t("years.unknown.say", words.num(all))
		p.Crumbs = append(p.Crumbs, link{words.t("years.unknown"), ""})
	case month == 0:
		p.Heading, p.Path = words.t("longdate.year", year), fmt.Sprintf("/y/%04d", year)
		p.Crumbs = append(p.Crumbs, link{strconv.Itoa(year), ""})
		p.Bars = monthBars(words, months, year, 12, 12)
	default:
		p.Heading, p.Path = words.t("longdate.month", words.word("month", month), year), fmt.Sprintf("/y/%04d/%02d", year, month)
		p.Crumbs = append(p.Crumbs, link{strconv.Itoa(year), fmt.Sprintf("/y/%04d", year)}, link{words.t("month.name", words.word("month", month)), ""})
	}
	p.Title = p.Heading
	p.Description = words.t("period.description", p.Heading, words.num(all))
	p.JSON = p.Path + ".json"
	p.Prev, p.Next = periodsAround(words, year, month, months)
	return p
}

// periodsAround gives the nearest years or months that have held meetings.
func periodsAround(words *catalogue, year, month int, months []store.Count) (prev, next *link) {
	if year == 0 {
		return nil, nil
	}
	for _, c := range months { // oldest first
		d := archive.Date(c.Key)
		y, m := d.Year(), d.Month()
		if y == 0 || m == 0 && month != 0 {
			continue
		}
		l, at, here := &link{strconv.Itoa(y), fmt.Sprintf("/y/%04d", y)}, y, year
		if month != 0 {
			l = &link{words.t("month.full", words.word("month", m), y), fmt.Sprintf("/y/%04d/%02d", y, m)}
			at, here = y*12+m, year*12+month
		}
		switch {
		case at < here:
			prev = l
		case at > here && next == nil:
			next = l
		}
	}
	return prev, next
}
