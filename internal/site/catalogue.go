package site

import (
	"encoding/json"
	"fmt"
	"html/template"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"time"

	"vankho/internal/archive"
	"vankho/internal/vitext"
)

// catalogue holds every word the site shows in one language, by key:
// web/catalogue/vi.json, vi.countries.json and vi.organisations.json. A key is
// lower-case words joined by dots, "search.results"; its text may hold {0},
// {1}, … for the arguments of t, and words that depend on how many an argument
// counts: "{0} {0:meeting|meetings}" has the first for one and the second for
// any other number. Vietnamese has one form for all, "{0:cuộc gặp}".
//
// Keys of one family (see word) share their first part: "kind.talks",
// "force.agreed", "country.LA".
type catalogue struct {
	lang string
	text map[string]string
}

// loadCatalogue reads catalogue/<lang>.json and catalogue/<lang>.*.json. A key
// in two files is an error.
func loadCatalogue(fsys fs.FS, lang string) (*catalogue, error) {
	names, err := fs.Glob(fsys, "catalogue/"+lang+".*json")
	if err != nil {
		return nil, err
	}
	if len(names) == 0 {
		return nil, fmt.Errorf("catalogue/%s.json: %w", lang, fs.ErrNotExist)
	}
	c := &catalogue{lang: lang, text: map[string]string{}}
	for _, name := range names {
		b, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, err
		}
		var texts map[string]string
		if err := json.Unmarshal(b, &texts); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		for key, text := range texts {
			if _, twice := c.text[key]; twice {
				return nil, fmt.Errorf("%s: key %q is in another file too", name, key)
			}
			c.text[key] = text
		}
	}
	return c, nil
}

// funcs are the functions a template may call besides those of html/template.
//
//	{{t "search.results" (num .Total)}}   text of a key, with arguments
//	{{word "kind" .Kind}}                 text of a member of a family
//	{{country "LA"}}                      Lào
//	{{date .Date}}                        5/2/2026 (5 February 2026)
//	{{longdate .Date}}                    Thứ Năm, ngày 5 tháng 2 năm 2026 (Thursday, 5 February 2026)
//	{{isodate .Date}}                     2026-02-05, for <time datetime>
//	{{num 12345}}                         12.345 (12,345)
//	{{static "style.css"}}                /static/1a2b3c4d/style.css
//	<p{{sourced}}>                        says that the element holds words of a source: its lang
//	<a{{own}}>                            says that it holds the page's own words, within those of a source
//	{{source .City}}                      words of a source amid the page's own
//	{{tsource "record.by" .Name}}         as t, of arguments that are words of a source
//	{{choices .First}}                    the values of a filter, as items of a list
//	{{to .URL}}                           the page at this path, in this language: /en/a/…
func (c *catalogue) funcs(static *staticFiles) template.FuncMap {
	return template.FuncMap{
		"t":        c.t,
		"word":     c.word,
		"country":  c.country,
		"date":     c.date,
		"longdate": c.longDate,
		"isodate":  isoDate,
		"num":      c.num,
		"static":   static.url,
		"visible":  visible,
		"to":       c.to,
		"choices":  c.choices,
		"own":      c.own,
		"sourced":  c.sourced,
		"source":   c.source,
		"tsource":  c.tsource,
	}
}

// sourceLang is the language of every source.
const sourceLang = "vi"

// sourced gives the attribute that tells an element with words of a source from
// the page's own words; where both are Vietnamese there is none.
func (c *catalogue) sourced() template.HTMLAttr { return c.apart(sourceLang) }

// own is as sourced, for the page's own words within those of a source.
func (c *catalogue) own() template.HTMLAttr { return c.apart(c.lang) }

func (c *catalogue) apart(lang string) template.HTMLAttr {
	if c.lang == sourceLang {
		return ""
	}
	return template.HTMLAttr(` lang="` + lang + `"`)
}

// source gives words of a source that stand amid the page's own.
func (c *catalogue) source(text string) template.HTML {
	text = template.HTMLEscapeString(text)
	if c.lang == sourceLang {
		return template.HTML(text)
	}
	return template.HTML(`<span lang="` + sourceLang + `">` + text + `</span>`)
}

// tsource is as t, of arguments that are words of a source.
func (c *catalogue) tsource(key string, texts ...string) template.HTML {
	args := make([]any, len(texts))
	for i, text := range texts {
		args[i] = c.source(text)
	}
	return template.HTML(c.fill(template.HTMLEscapeString(c.t(key)), args))
}

// to gives the address in the catalogue's language of a page of this site,
// whose path comes without one. Fragments and addresses elsewhere stay as they
// are; those of data, originals and static files, which have no language, are
// not to be given.
func (c *catalogue) to(path string) string { return pathIn(c.lang, path) }

// t gives the text of a key with its arguments in the places {0}, {1}, …; a
// date is written as date does. A key that does not exist is shown as it is; a
// test finds it before a visitor does.
func (c *catalogue) t(key string, args ...any) string {
	text, ok := c.text[key]
	if !ok {
		return key
	}
	if len(args) == 0 {
		return text
	}
	return c.fill(text, args)
}

// fill puts arguments into the places of a text.
func (c *catalogue) fill(text string, args []any) string {
	var b strings.Builder
	for text != "" {
		before, rest, found := strings.Cut(text, "{")
		b.WriteString(before)
		if !found {
			break
		}
		inside, after, _ := strings.Cut(rest, "}")
		b.WriteString(c.place(inside, args))
		text = after
	}
	return b.String()
}

// place fills a place of a text: "0" with the argument, "0:meeting|meetings"
// with the word that goes with that many.
func (c *catalogue) place(inside string, args []any) string {
	number, forms, counted := strings.Cut(inside, ":")
	i, err := strconv.Atoi(number)
	if err != nil || i >= len(args) {
		return "{" + inside + "}"
	}
	arg := fmt.Sprint(args[i])
	if d, ok := args[i].(archive.Date); ok {
		arg = c.date(d)
	}
	if !counted {
		return arg
	}
	one, many, two := strings.Cut(forms, "|")
	if arg == "1" || !two {
		return one
	}
	return many
}

// word gives the text of a value that records use, such as a meeting kind:
// word("kind", archive.Talks). A value without a text is shown as it is.
func (c *catalogue) word(family string, value any) string {
	v := fmt.Sprint(value)
	if text, ok := c.text[family+"."+v]; ok {
		return text
	}
	return v
}

// country gives the name of a country by its ISO 3166-1 alpha-2 code in upper
// or lower case; a code without a name is shown in upper case.
func (c *catalogue) country(code any) string {
	return c.word("country", strings.ToUpper(fmt.Sprint(code)))
}

// nation gives the name of a country as it stands within a sentence: in
// English some have an article, "visits the Philippines".
func (c *catalogue) nation(code string) string {
	code = strings.ToUpper(code)
	if slices.Contains(strings.Fields(c.t("nation.articled")), code) {
		return c.t("nation.article", c.country(code))
	}
	return c.country(code)
}

// sortKey gives the key by which words of this language are ordered: in
// Vietnamese ă, â, đ, ê, ô, ơ and ư are letters of their own and tones decide
// last, in English marks make no difference.
func (c *catalogue) sortKey(text string) string {
	if c.lang == sourceLang {
		return vitext.SortKey(text)
	}
	return vitext.Fold(text)
}

// knowsCountry reports whether there is a name for a country's code.
func (c *catalogue) knowsCountry(code string) bool {
	_, ok := c.text["country."+strings.ToUpper(code)]
	return ok
}

// has reports whether there is a text for a key.
func (c *catalogue) has(key string) bool {
	_, ok := c.text[key]
	return ok
}

// num writes a whole number with the language's thousands separator.
func (c *catalogue) num(n int) string {
	s := strconv.Itoa(n)
	sign := ""
	if n < 0 {
		sign, s = "-", s[1:]
	}
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + c.t("number.thousands") + s[i:]
	}
	return sign + s
}

// date writes a date as short as the language allows, and as much of it as is
// known: "5/2/2026", "2/2026", "2026", "18/7" and "26–27/1/2026"; in English
// "5 February 2026". The unknown date is "date.unknown".
func (c *catalogue) date(d archive.Date) string {
	if d == "" {
		return c.t("date.unknown")
	}
	if d.Interval() {
		return c.interval(d.Start(), d.End())
	}
	y, m, day := d.Year(), d.Month(), d.DayOfMonth()
	switch {
	case y != 0 && day != 0:
		return c.t("date.day", day, c.word("month", m), y)
	case day != 0:
		return c.t("date.day.noyear", day, c.word("month", m))
	case y != 0 && m != 0:
		return c.t("date.month", c.word("month", m), y)
	case m != 0:
		return c.t("date.month.noyear", c.word("month", m))
	}
	return strconv.Itoa(y)
}

// interval writes the days from one to another, what both have in common once:
// "26–27/1/2026", "30/1 – 2/2/2026".
func (c *catalogue) interval(from, to archive.Date) string {
	days := from.DayOfMonth() != 0 && to.DayOfMonth() != 0 && from.Year() != 0 && from.Year() == to.Year()
	switch {
	case days && from.Month() == to.Month():
		return c.t("date.interval.month", from.DayOfMonth(), to.DayOfMonth(), c.word("month", to.Month()), to.Year())
	case days:
		return c.t("date.interval", c.t("date.day.noyear", from.DayOfMonth(), c.word("month", from.Month())), c.date(to))
	}
	return c.t("date.interval", c.date(from), c.date(to))
}

// longDate writes a date in words, with the day of the week when the day is
// complete: "Thứ Năm, ngày 5 tháng 2 năm 2026".
func (c *catalogue) longDate(d archive.Date) string {
	if d == "" {
		return c.t("date.unknown")
	}
	if d.Interval() {
		return c.t("longdate.interval", c.longDate(d.Start()), c.longDate(d.End()))
	}
	y, m, day := d.Year(), d.Month(), d.DayOfMonth()
	switch {
	case y != 0 && day != 0:
		weekday := time.Date(y, time.Month(m), day, 0, 0, 0, 0, time.UTC).Weekday()
		return c.t("longdate.day", c.word("weekday", int(weekday)), day, c.word("month", m), y)
	case day != 0:
		return c.t("longdate.day.noyear", day, c.word("month", m))
	case y != 0 && m != 0:
		return c.t("longdate.month", c.word("month", m), y)
	case m != 0:
		return c.t("longdate.month.noyear", c.word("month", m))
	}
	return c.t("longdate.year", y)
}

// lapse says how long after one date another is, as exactly as both are known
// and no more: "12 ngày", "3 tháng", "2 năm". Of dates in the other order, of
// the same month without days, or without a year it says nothing.
func (c *catalogue) lapse(from, to archive.Date) string {
	from, to = from.Start(), to.Start()
	if from.Year() == 0 || to.Year() == 0 || to.Before(from) {
		return ""
	}
	months := (to.Year()-from.Year())*12 + to.Month() - from.Month()
	switch {
	case from.Month() == 0 || to.Month() == 0:
		months = (to.Year() - from.Year()) * 12
	case from.DayOfMonth() != 0 && to.DayOfMonth() != 0:
		if days := daysBetween(from, to); days == 0 {
			return c.t("lapse.none")
		} else if days < 31 {
			return c.t("lapse.days", days)
		}
		if to.DayOfMonth() < from.DayOfMonth() {
			months--
		}
	}
	switch {
	case months >= 24:
		return c.t("lapse.years", months/12)
	case months > 0 && from.Month() != 0 && to.Month() != 0:
		return c.t("lapse.months", months)
	case months > 0:
		return c.t("lapse.years", months/12)
	}
	return ""
}

// daysBetween counts the days from one complete date to another.
func daysBetween(from, to archive.Date) int {
	day := func(d archive.Date) time.Time {
		return time.Date(d.Year(), time.Month(d.Month()), d.DayOfMonth(), 0, 0, 0, 0, time.UTC)
	}
	return int(day(to).Sub(day(from)).Hours() / 24)
}

// isoDate gives what <time datetime> may hold: a day, month or year, the start
// of an interval, or a day or month without its year ("07-18"; a lone month
// has no such form).
func isoDate(d archive.Date) string {
	s := string(d.Start())
	if rest, ok := strings.CutPrefix(s, "XXXX-"); ok {
		if !strings.Contains(rest, "-") {
			return ""
		}
		return rest
	}
	return s
}
