package site

import (
	"bytes"
	"encoding/json"
	"path/filepath"
	"testing"

	"vankho/internal/testkit"
)

// outletArchive holds what several outlets tell of one encounter.
func outletArchive(t *testing.T) *testArchive {
	t.Helper()
	a := &testArchive{dir: t.TempDir(), articles: testkit.Outlets()}
	importArticles(t, a.dir, nil, a.articles...)
	ahead, first, second, back := a.articles[0], a.articles[1], a.articles[2], a.articles[3]
	a.variables = map[string]string{
		"first": first.ID, "second": second.ID, "ahead": ahead.ID, "back": back.ID,
		"meeting": first.Meetings[0].ID, "other": second.Meetings[0].ID,
		"announced": ahead.Visits[0].ID, "recalled": back.Meetings[0].ID,
	}
	a.open(t, nil)
	return a
}

func TestTold(t *testing.T) {
	a := outletArchive(t)
	runScript(t, a.site, "testdata/outlets/told.txt", a.variables)
	for _, path := range []string{"/m/" + a.variables["meeting"], "/v/" + a.variables["announced"], "/m/" + a.variables["recalled"],
		"/", "/p/pham-thu", "/c/la", "/y/2026/05", a.articles[2].URL} {
		status, page := getPage(t, a, path)
		if status != 200 {
			t.Errorf("%s: status %d", path, status)
		}
		checkPage(t, page)
	}
}

// TestToldLinks: every piece of evidence of both articles is linked to in its
// own article, and is marked there.
func TestToldLinks(t *testing.T) {
	a := outletArchive(t)
	_, page := getPage(t, a, "/m/"+a.variables["meeting"])
	for _, article := range a.articles[1:3] {
		_, text := getPage(t, a, article.URL)
		ids := checkPage(t, text).byID()
		for _, e := range evidenceOf(article) {
			if !bytes.Contains(page, []byte(article.URL+"#"+evidenceFragment(e.Span))) {
				t.Errorf("the page does not link to %q in %s", e.Quote, article.Source.Name)
			}
			if ids[evidenceFragment(e.Span)] == nil {
				t.Errorf("%s does not mark %q", article.Source.Name, e.Quote)
			}
		}
	}
}

func TestToldGolden(t *testing.T) {
	a := outletArchive(t)
	var b bytes.Buffer
	if err := json.Indent(&b, answerTo(a.site, "/m/"+a.variables["meeting"]+".json").Body.Bytes(), "", "\t"); err != nil {
		t.Fatal(err)
	}
	testkit.Golden(t, filepath.Join("testdata", "json", "told.json"), b.Bytes())
}

// TestToldVisit: a visit that two articles tell has the talks during it once,
// and the talks have the visit though the first article does not put them
// together.
func TestToldVisit(t *testing.T) {
	first, second := testkit.Articles()[0], testkit.Articles()[0]
	first.Meetings[0].Visit = ""
	second.Source.Identity, second.Publisher, second.Published.EDTF = "khac/hoi-dam.txt", "Báo Khác", "2026-03-13"
	second.AssignIDs()
	a := &testArchive{dir: t.TempDir(), variables: map[string]string{}}
	importArticles(t, a.dir, nil, first, second)
	a.open(t, nil)
	body := answerTo(a.site, first.Visits[0].URL+".json").Body.Bytes()
	if want := []byte(`"meetings":["` + first.Meetings[0].URL + `"]`); !bytes.Contains(body, want) {
		t.Errorf("the visit does not have %s:\n%s", want, body)
	}
	_, page := getPage(t, a, first.Meetings[0].URL)
	checkPage(t, page)
	if want := []byte(`trong <a href="` + second.Visits[0].URL + `">`); !bytes.Contains(page, want) {
		t.Errorf("the talks do not have %s", want)
	}
}
