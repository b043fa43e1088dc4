package site

import (
	"fmt"
	"math"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"vankho/internal/archive"
	"vankho/internal/store"
)

// figuresPage lists the series of figures: of one measure, in one unit,
// between the same countries.
type figuresPage struct {
	basePage
	Say    string
	Series []seriesView
	Pager  *pager
	Every  string // where the series of one pair are shown: the page of all
}

// seriesPage follows one series over time: a chart and the table that says the
// same, every point a sentence.
type seriesPage struct {
	basePage
	Heading string
	Say     string
	Pair    *link
	Chart   *chart
	Rows    []figureRow
	More    string // when there are more than are shown
}

// seriesView is a series as lists show it.
type seriesView struct {
	Name, Countries, URL string
	N                    string
}

// figureRow is one figure.
type figureRow struct {
	Date, ISO string
	Written   string
	Role      string
	Target    bool
	Period    string
	Measure   string
	Event     link
	Status    string
	Source    link
}

// seriesShown is how many figures one series shows.
const seriesShown = 200

func seriesURL(key string) string { return "/figures?series=" + url.QueryEscape(key) }

func newSeriesView(words *catalogue, x store.Series) seriesView {
	var names []string
	for _, code := range x.Countries {
		names = append(names, words.country(code))
	}
	if len(x.Countries) == 2 {
		a, b := ordered(x.Countries[0], x.Countries[1])
		names = []string{words.country(a), words.country(b)}
	}
	name := x.Measure
	if x.Unit != "" && x.Unit != x.Measure {
		name += " (" + x.Unit + ")"
	}
	return seriesView{Name: name, Countries: strings.Join(names, " – "), URL: seriesURL(x.Key), N: words.t("figures.count", words.num(x.N))}
}

// seriesOf gives the series that figures belong to, those with the most first.
func seriesOf(words *catalogue, figures []store.Figure) []seriesView {
	count := map[string]int{}
	var keys []string
	for _, f := range figures {
		if f.Series == "" {
			continue
		}
		if count[f.Series] == 0 {
			keys = append(keys, f.Series)
		}
		count[f.Series]++
	}
	slices.SortStableFunc(keys, func(a, b string) int { return count[b] - count[a] })
	var out []seriesView
	for _, key := range keys {
		if x, ok := store.ParseSeries(key); ok {
			x.N = count[key]
			out = append(out, newSeriesView(words, x))
		}
	}
	return out
}

// serveFigures answers /figures: the list of series, of one pair of countries
// with the parameter pair, or one series with the parameter series.
func (s *Site) serveFigures(w http.ResponseWriter, r *http.Request) error {
	ctx, words, q := r.Context(), s.words(r), r.URL.Query()
	if key := q.Get("series"); key != "" {
		return s.serveSeries(w, r, key)
	}
	page, err := pageNumber(q.Get("page"))
	if err != nil {
		return err
	}
	pair, err := parsePair(words, q.Get("pair"))
	if err != nil {
		return err
	}
	p := &figuresPage{basePage: basePage{
		Title: words.t("figures.title"), Description: words.t("figures.description"), Path: "/figures", Nav: "figures",
		Crumbs: []link{{words.t("nav.home"), "/"}, {words.t("figures.title"), ""}},
	}}
	all := 0
	if pair[0] != "" {
		figures, _, err := s.store.Figures(ctx, store.FigureFilter{Pair: pair})
		if err != nil {
			return err
		}
		p.Series = seriesOf(words, figures)
		all = len(p.Series)
		p.Title += ": " + words.country(pair[0]) + " – " + words.country(pair[1])
		p.Path, p.Every = "/figures?pair="+pairParam(pair[0], pair[1]), "/figures"
	} else {
		if all, err = s.store.SeriesTotal(ctx); err != nil {
			return err
		}
		list, err := s.store.Series(ctx, pageSize, (page-1)*pageSize)
		if err != nil {
			return err
		}
		if len(list) == 0 && page > 1 {
			return errNoPage
		}
		for _, x := range list {
			p.Series = append(p.Series, newSeriesView(words, x))
		}
		p.Pager = newPager(words, "/figures", nil, page, pageSize, all)
		if page > 1 {
			p.Path = "/figures?page=" + strconv.Itoa(page)
		}
	}
	p.Say = words.t("figures.say", words.num(all))
	return s.render(w, r, http.StatusOK, "figures", p)
}

func (s *Site) serveSeries(w http.ResponseWriter, r *http.Request, key string) error {
	ctx, words := r.Context(), s.words(r)
	x, ok := store.ParseSeries(key)
	if !ok {
		return invalid("error.filter", "series")
	}
	list, all, err := s.store.Figures(ctx, store.FigureFilter{Series: key, Oldest: true, Limit: seriesShown})
	if err != nil {
		return err
	}
	x.N = all
	v := newSeriesView(words, x)
	p := &seriesPage{Heading: v.Countries + ": " + v.Name, Say: words.t("figures.series.say", words.num(all))}
	p.Title, p.Path, p.Nav = p.Heading, v.URL, "figures"
	p.Description = words.t("figures.series.description", p.Heading)
	p.Crumbs = []link{{words.t("nav.home"), "/"}, {words.t("figures.title"), "/figures"}, {v.Name, ""}}
	if len(x.Countries) == 2 {
		p.Pair = &link{v.Countries, countryPairPath(x.Countries[0], x.Countries[1])}
	}
	for _, f := range list {
		p.Rows = append(p.Rows, newFigureRow(words, f))
	}
	if all > len(list) {
		p.More = words.t("figures.more", words.num(len(list)), words.num(all))
	}
	if all == 0 {
		p.Robots, p.Say = "noindex", words.t("figures.none")
	}
	p.Chart = newChart(words, p.Heading, list)
	return s.render(w, r, http.StatusOK, "series", p)
}

func newFigureRow(words *catalogue, f store.Figure) figureRow {
	row := figureRow{
		Date: words.date(f.Event.Date), ISO: isoDate(f.Event.Date), Written: f.AsWritten, Role: words.word("role", f.Role),
		Target: f.Role == "target" || f.Role == "pledge", Period: periodWords(words, f.Period), Measure: f.Measure,
		Event: link{entryName(words, f.Event), f.Event.URL}, Source: sentenceLink(words, f.Event.ArticleID, f.Paragraph, f.Sentence),
	}
	if f.Event.Status != archive.Held {
		row.Status = words.word("status", f.Event.Status)
	}
	return row
}

// chart is a drawing of a series, made here: time from left to right, the
// value upwards from zero. What was reached is a full point, what is aimed at
// a hollow one, and no line joins them: nothing is known of the time between.
type chart struct {
	Title  string
	Points []chartPoint
	Ticks  []chartTick // of the years, below
	Levels []chartTick // of the values, at the left
	Base   int
}

type chartPoint struct {
	X, Y   int
	Target bool
	Say    string
	URL    string
}

type chartTick struct {
	At   int
	Text string
}

// The drawing's own units; the style sheet makes it as wide as the page.
const (
	chartLeft, chartRight  = 90, 700
	chartTop, chartBottom  = 20, 240
	chartLevels, chartFews = 4, 2
)

// newChart draws the figures that have a date; nil, when they are too few to
// show anything that the table does not.
func newChart(words *catalogue, title string, list []store.Figure) *chart {
	list = slices.DeleteFunc(slices.Clone(list), func(f store.Figure) bool { return f.Event.Date.Year() == 0 || f.Value <= 0 })
	if len(list) < chartFews {
		return nil
	}
	first, last, top := yearsOf(list[0].Event.Date), yearsOf(list[0].Event.Date), 0.0
	for _, f := range list {
		at := yearsOf(f.Event.Date)
		first, last, top = min(first, at), max(last, at), max(top, f.Value)
	}
	from, to := math.Floor(first), math.Floor(last)+1
	step := niceStep(top / chartLevels)
	high := math.Ceil(top/step) * step
	x := func(year float64) int { return chartLeft + int((year-from)/(to-from)*(chartRight-chartLeft)) }
	y := func(value float64) int { return chartBottom - int(value/high*(chartBottom-chartTop)) }
	c := &chart{Title: words.t("figures.chart", title), Base: chartBottom}
	every := max(1, int(to-from)/8)
	for year := int(from); year < int(to); year += every {
		c.Ticks = append(c.Ticks, chartTick{x(float64(year)), strconv.Itoa(year)})
	}
	for value := step; value <= high+step/2; value += step {
		c.Levels = append(c.Levels, chartTick{y(value), words.amount(value)})
	}
	for _, f := range list {
		c.Points = append(c.Points, chartPoint{
			X: x(yearsOf(f.Event.Date)), Y: y(f.Value), Target: f.Role == "target" || f.Role == "pledge",
			Say: words.t("figures.point", words.date(f.Event.Date), f.AsWritten, words.word("role", f.Role)),
			URL: fmt.Sprintf("/a/%s#d%d-s%d", f.Event.ArticleID, f.Paragraph, f.Sentence),
		})
	}
	return c
}

// yearsOf gives a date as years with their fraction; of a month or year its
// middle.
func yearsOf(d archive.Date) float64 {
	d = d.Start()
	month, day := 6.5, 15.0
	if m := d.Month(); m != 0 {
		month = float64(m) - .5
		if day = float64(d.DayOfMonth()); day != 0 {
			month = float64(m) - 1 + (day-1)/31
		}
	}
	return float64(d.Year()) + month/12
}

// niceStep gives the least 1, 2 or 5 times a power of ten that is not less.
func niceStep(v float64) float64 {
	power := math.Pow(10, math.Floor(math.Log10(v)))
	for _, m := range []float64{1, 2, 5} {
		if m*power >= v {
			return m * power
		}
	}
	return 10 * power
}

// amount writes a large number short: "1,5 tỷ".
func (c *catalogue) amount(v float64) string {
	for _, unit := range []struct {
		size float64
		key  string
	}{{1e9, "amount.billion"}, {1e6, "amount.million"}} {
		if v >= unit.size {
			return c.t(unit.key, c.decimal(v/unit.size))
		}
	}
	if v == math.Trunc(v) {
		return c.num(int(v))
	}
	return c.decimal(v)
}

// decimal writes a number with at most two decimals.
func (c *catalogue) decimal(v float64) string {
	text := strconv.FormatFloat(math.Round(v*100)/100, 'f', -1, 64)
	return strings.Replace(text, ".", c.t("number.decimal"), 1)
}
