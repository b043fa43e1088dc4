package site

import (
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"vankho/internal/archive"
	"vankho/internal/search"
)

// searchValues are the parameters of a search: all that a visitor chose, and
// nothing else.
type searchValues struct {
	text    string
	filters map[string][]string // by name; replaced, never written to
	exact   bool                // the words as typed and nothing else
	sort    search.Order
	page    int
}

// filterNames are the filters in the order in which they are shown. Their
// values are years, ISO codes, slugs, kinds and forces; "1" where there is
// nothing to choose; and of from and to one date, in EDTF.
var filterNames = []string{"year", "country", "person", "kind", "speaker", "force", "topic", "figure", "agreement", "from", "to"}

// maxFilters is how many values of one filter a search takes.
const maxFilters = 20

// badFilter is the error of a value that a filter cannot have, with the nearest
// that it can.
type badFilter struct {
	name, value string
	near        []string
}

func (e *badFilter) Error() string { return "bad filter " + e.name + "=" + e.value }

func (e *badFilter) Unwrap() error {
	if e.name == "from" || e.name == "to" {
		return invalid("error.date", e.name)
	}
	return invalid("error.filter", e.name)
}

// parseSearch reads the parameters of a request. Unknown ones are nobody's
// business and ignored, empty ones as well; a known one with an impossible
// value is a bad request, and the values given are then without it.
func parseSearch(q url.Values) (searchValues, error) {
	v := searchValues{text: strings.TrimSpace(q.Get("q")), filters: map[string][]string{}, sort: search.ByRelevance, page: 1}
	var bad error
	for _, name := range filterNames {
		if len(q[name]) > maxFilters {
			bad = invalid("error.filter", name)
			continue
		}
		for _, text := range q[name] {
			if text = strings.TrimSpace(text); text == "" {
				continue
			}
			value, ok := filterValue(name, text)
			if ok && !slices.Contains(v.filters[name], value) {
				v.filters[name] = append(v.filters[name], value)
			} else if !ok {
				bad = newBadFilter(name, text)
			}
		}
	}
	for _, name := range []string{"from", "to"} {
		if n := len(v.filters[name]); n > 1 {
			v.filters[name] = v.filters[name][:1]
		}
	}
	v.exact = q.Get("exact") == "1"
	if text := q.Get("sort"); text != "" {
		v.sort = search.Order(text)
		if !slices.Contains(orders, v.sort) {
			v.sort, bad = search.ByRelevance, &badFilter{name: "sort", value: text}
		}
	}
	if bad != nil {
		return v, bad
	}
	var err error
	v.page, err = pageNumber(q.Get("page"))
	return v, err
}

var orders = []search.Order{search.ByRelevance, search.Newest, search.Oldest}

// filterValue gives a filter's value as it is kept.
func filterValue(name, text string) (value string, ok bool) {
	switch name {
	case "year":
		y, err := strconv.Atoi(text)
		return strconv.Itoa(y), err == nil && y >= 1 && y <= 9999
	case "country":
		text = strings.ToUpper(text)
		return text, len(text) == 2 && strings.Trim(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
	case "kind":
		return text, text == "visit" || slices.Contains(archive.MeetingKinds, archive.MeetingKind(text))
	case "force":
		return text, slices.Contains(archive.Forces, archive.Force(text))
	case "figure", "agreement":
		return text, text == "1"
	case "from", "to":
		codes, _ := search.FieldFrom.Read(text)
		return strings.Join(codes, ""), len(codes) > 0
	}
	return text, strings.Trim(text, "abcdefghijklmnopqrstuvwxyz0123456789-") == ""
}

// newBadFilter finds what may have been meant: a value by its name, or the
// nearest.
func newBadFilter(name, text string) *badFilter {
	codes, near := search.Field(name).Read(text)
	return &badFilter{name, text, append(codes, near...)}
}

// query gives the question to ask the index, of which the page is not set. The
// error is a *search.QueryError.
func (v searchValues) query() (search.Query, error) {
	q, err := search.ParseQuery(v.text)
	if err != nil {
		return q, err
	}
	for _, text := range v.filters["year"] {
		y, _ := strconv.Atoi(text) // filterValue has read it
		q.Years = append(q.Years, y)
	}
	q.Countries, q.People, q.Kinds = v.filters["country"], v.filters["person"], v.filters["kind"]
	q.Speakers, q.Forces, q.Topics = v.filters["speaker"], v.filters["force"], v.filters["topic"]
	q.Figures, q.Agreements = v.one("figure") != "", v.one("agreement") != ""
	q.From, q.To = archive.Date(v.one("from")), archive.Date(v.one("to"))
	q.Exact, q.Order = v.exact, v.sort
	return q, nil
}

// one gives the value of a filter that has one at the most.
func (v searchValues) one(name string) string {
	if list := v.filters[name]; len(list) > 0 {
		return list[0]
	}
	return ""
}

func (v searchValues) filtered() bool { return len(v.filters) > 0 }

// asked reports whether there is anything to look for.
func (v searchValues) asked() bool { return v.text != "" || v.filtered() }

// with gives the first page of a search whose filter has these values.
func (v searchValues) with(name string, values ...string) searchValues {
	v.filters, v.page = maps.Clone(v.filters), 1
	if v.filters == nil {
		v.filters = map[string][]string{}
	}
	v.filters[name] = values
	if len(values) == 0 {
		delete(v.filters, name)
	}
	return v
}

// toggle gives the first page of a search without a value that a filter has,
// or with it if it does not.
func (v searchValues) toggle(name, value string) searchValues {
	list := slices.Clone(v.filters[name])
	if i := slices.Index(list, value); i >= 0 {
		return v.with(name, slices.Delete(list, i, i+1)...)
	}
	return v.with(name, append(list, value)...)
}

// values are the parameters of the address. Defaults are left out, so that one
// search has one address.
func (v searchValues) values() url.Values {
	q := url.Values{}
	if v.text != "" {
		q.Set("q", v.text)
	}
	for name, values := range v.filters {
		q[name] = values
	}
	if v.exact {
		q.Set("exact", "1")
	}
	if v.sort != search.ByRelevance && v.sort != "" {
		q.Set("sort", string(v.sort))
	}
	if v.page > 1 {
		q.Set("page", strconv.Itoa(v.page))
	}
	return q
}

func (v searchValues) encode() string { return v.values().Encode() }

func (v searchValues) url() string { return v.at("/search") }

// at gives the address of the search at a path: its page, or another form.
func (v searchValues) at(path string) string {
	if q := v.encode(); q != "" {
		return path + "?" + q
	}
	return path
}

// adding gives the function from a value to the address of the search with it:
// what toggle and url give of one that the filter does not have. A page shows
// a hundred of these.
func (v searchValues) adding(name string) func(value string) string {
	v.page = 1
	before, after := url.Values{}, url.Values{}
	for key, list := range v.values() {
		if key <= name {
			before[key] = list
		} else {
			after[key] = list
		}
	}
	head, tail := "/search?", ""
	if len(before) > 0 {
		head += before.Encode() + "&"
	}
	if len(after) > 0 {
		tail = "&" + after.Encode()
	}
	return func(value string) string { return head + name + "=" + url.QueryEscape(value) + tail }
}

// param is a parameter that a form carries along.
type param struct{ Name, Value string }

// keep gives the parameters that a form carries along, but for those of its
// own and the page.
func (v searchValues) keep(own ...string) []param {
	var out []param
	v.page = 1
	q := v.values()
	for _, name := range slices.Sorted(maps.Keys(q)) {
		for _, value := range q[name] {
			if !slices.Contains(own, name) {
				out = append(out, param{name, value})
			}
		}
	}
	return out
}

// filterText gives the words for a filter's value; names are those of people.
func (c *catalogue) filterText(name, value string, names map[string]string) string {
	switch name {
	case "country":
		return c.country(value)
	case "kind", "force", "topic":
		return c.word(name, value)
	case "person", "speaker":
		if full := names[value]; full != "" {
			return full
		}
	case "figure", "agreement":
		return c.t("facet." + name)
	case "from", "to":
		return c.date(archive.Date(value))
	}
	return value
}

// filterLabel gives the words for a filter itself.
func (c *catalogue) filterLabel(name string) string {
	if name == "figure" || name == "agreement" {
		return c.t("facet.content")
	}
	return c.t("facet." + name)
}
