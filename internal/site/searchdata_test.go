package site

import (
	"encoding/csv"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"vankho/internal/search"
)

// searchedJSON asks for a search as JSON.
func searchedJSON(t *testing.T, a *testArchive, query string) (out searchJSON) {
	t.Helper()
	w := answerTo(a.site, "/search.json?"+query)
	if err := json.Unmarshal(w.Body.Bytes(), &out); err != nil || w.Code != http.StatusOK {
		t.Fatalf("/search.json?%s: %d, %v", query, w.Code, err)
	}
	return out
}

// questions are searches of the sample archive that find something, each by
// other means.
var questions = []string{
	"", "q=Ana+Moreira", "q=hai+b%C3%AAn", "q=nh%E1%BA%A5t+tr%C3%AD&sort=newest", "q=kim+ng%E1%BA%A1ch&force=agreed",
	"speaker=ana-moreira", "topic=quoc-phong-an-ninh", "figure=1", "agreement=1&country=CH", "q=nói:Moreira+OR+nhất-trí:&kind=talks", "from=3/2026&to=3/2026",
}

// TestFacetsOfPages follows every filter of a page of results: its count is how
// many results its address has.
func TestFacetsOfPages(t *testing.T) {
	a := sampleArchive(t)
	followed := map[string]int{}
	for _, query := range questions {
		if query == "" {
			query = "year=2026"
		}
		status, page := getPage(t, a, "/search?"+query)
		if status != http.StatusOK {
			t.Fatalf("/search?%s: %d", query, status)
		}
		checkPage(t, page).walk(func(e *element) {
			if e.name != "a" || e.attr["aria-current"] != "" || len(e.children) == 0 || e.children[len(e.children)-1].name != "data" {
				return
			}
			n, err := strconv.Atoi(e.children[len(e.children)-1].attr["value"])
			if err != nil {
				t.Fatal(err)
			}
			address, with, _ := strings.Cut(e.attr["href"], "?")
			if address != "/search" {
				t.Errorf("/search?%s: a filter leads to %s", query, e.attr["href"])
			}
			if got := searchedJSON(t, a, with).Total; got != n {
				t.Errorf("/search?%s: %s counts %d, and %s finds %d", query, e.words(), n, with, got)
			}
			v, err := parseSearch(mustQuery(t, with))
			if err != nil || v.encode() != with {
				t.Errorf("the address %q is not the only one of its search: %q, %v", with, v.encode(), err)
			}
			for name := range v.filters {
				followed[name]++
			}
		})
	}
	for _, name := range []string{"year", "country", "person", "kind", "speaker", "force", "topic", "figure", "agreement"} {
		if followed[name] == 0 {
			t.Errorf("no page has the filter %s", name)
		}
	}
}

func mustQuery(t *testing.T, text string) url.Values {
	t.Helper()
	q, err := url.ParseQuery(text)
	if err != nil {
		t.Fatal(err)
	}
	return q
}

// TestSearchForms compares the forms of a search: a row of CSV for each passage
// of the JSON, and each at an address that answers.
func TestSearchForms(t *testing.T) {
	a := sampleArchive(t)
	rows := 0
	for _, query := range questions {
		found := searchedJSON(t, a, query)
		if found.Total == 0 || found.Total != len(found.Results) {
			t.Errorf("%s: %d results of %d", query, len(found.Results), found.Total)
		}
		w := answerTo(a.site, "/search.csv?"+query)
		body := w.Body.String()
		if strings.Count(body, "\n") != strings.Count(body, "\r\n") || !strings.HasPrefix(body, "result,date,") {
			t.Errorf("%s: the lines of the CSV do not end in CR LF, or something stands before the first", query)
		}
		list, err := csv.NewReader(strings.NewReader(body)).ReadAll()
		if err != nil {
			t.Fatalf("%s: %v", query, err)
		}
		var want, got [][]string
		for _, res := range found.Results {
			for _, h := range res.Hits {
				want = append(want, []string{a.site.baseURL + h.URL, h.Text, string(h.Force), string(h.Verb)})
				if status, _ := getPage(t, a, strings.Split(h.URL, "#")[0]); status != http.StatusOK {
					t.Errorf("%s: %d", h.URL, status)
				}
				for _, m := range h.Marks {
					if m[0] < 0 || m[0] >= m[1] || m[1] > len(h.Text) {
						t.Errorf("%s: mark %v in %q", query, m, h.Text)
					}
				}
			}
		}
		for _, row := range list[1:] {
			got = append(got, []string{row[14], row[11], row[10], row[9]})
			rows++
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-JSON +CSV):\n%s", query, diff)
		}
	}
	if rows < 15 {
		t.Errorf("%d rows prove little", rows)
	}
}

func TestPlainCell(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"", ""}, {"Hai bên", "Hai bên"}, {"=1+1", "'=1+1"}, {"+84", "'+84"}, {"-5", "'-5"}, {"@SUM(A1)", "'@SUM(A1)"},
		{"\tA1", "'\tA1"}, {"＝1", "'＝1"}, {"– Tăng cường", "– Tăng cường"}, {"a=b", "a=b"},
	} {
		if got := plainCell(tt.text); got != tt.want {
			t.Errorf("plainCell(%q): got %q, want %q", tt.text, got, tt.want)
		}
	}
}

// TestComposed writes the fields of the form into a query.
func TestComposed(t *testing.T) {
	for _, tt := range []struct{ name, query, want string }{
		{"nothing", "q=h%E1%BB%A3p+t%C3%A1c&phrase=", "hợp tác"},
		{"a phrase", "q=h%E1%BB%A3p+t%C3%A1c&phrase=h%E1%BB%AFu+ngh%E1%BB%8B", `hợp tác "hữu nghị"`},
		{"quotes in it", "phrase=%22h%E1%BB%AFu+ngh%E1%BB%8B%22", `"hữu nghị"`},
		{"one of", "any=L%C3%A0o,+Vi%E1%BB%87t+Nam,,", `"Lào" OR "Việt Nam"`},
		{"none of", "q=thu&none=L%C3%A0o,Ana+Moreira", `thu -"Lào" -"Ana Moreira"`},
		{"people", "who=Ana+Moreira&said=T%C3%B4+L%C3%A2m", `người:"Ana Moreira" nói:"Tô Lâm"`},
		{"what opens and is not closed", "q=%22thu+(l%C3%A0&phrase=hai+b%C3%AAn", `thu là "hai bên"`},
		{"not understood", "q=n%C4%83m:20255&phrase=hai", "năm:20255"},
	} {
		q := mustQuery(t, tt.query)
		v, err := parseSearch(q)
		if err != nil {
			t.Fatal(err)
		}
		if got := v.composed(q).text; got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.want)
		}
	}
}

// FuzzComposed: what a field of the form says is one condition of the query.
func FuzzComposed(f *testing.F) {
	f.Add("hợp tác", "hữu nghị", "Ana Moreira")
	f.Add(`"thu (`, `"`, "a OR b)")
	f.Add("a OR", "-x", "nói:y")
	f.Fuzz(func(t *testing.T, text, phrase, who string) {
		before, err := search.ParseClauses(text)
		if err != nil {
			t.Skip()
		}
		q := url.Values{"phrase": {phrase}, "who": {who}}
		composed := searchValues{text: text}.composed(q).text
		after, err := search.ParseClauses(composed)
		if err != nil {
			t.Fatalf("%q: %v", composed, err)
		}
		var phrases, people int
		count := func(clauses []search.Clause, by int) {
			for _, c := range clauses {
				if len(c.Any) == 1 && len(c.Any[0]) == 1 {
					switch x := c.Any[0][0]; {
					case x.Field == search.FieldPerson:
						people += by
					case x.Field == "" && x.Quoted:
						phrases += by
					}
				}
			}
		}
		count(before, -1)
		count(after, 1)
		if strings.ContainsFunc(phrase, unicode.IsLetter) && phrases != 1 || strings.ContainsFunc(who, unicode.IsLetter) && people != 1 {
			t.Errorf("%q with the phrase %q and the name %q: %q has %d phrases and %d names more", text, phrase, who, composed, phrases, people)
		}
	})
}
