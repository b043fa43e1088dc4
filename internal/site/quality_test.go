package site

import (
	"html"
	"strings"
	"testing"
	"testing/fstest"

	"vankho/web"
)

// TestMethodPrintsQuality wants every set and fact of the file that the scores
// are written to on the page about the method, each named in words, and what is
// held out first.
func TestMethodPrintsQuality(t *testing.T) {
	sets, err := loadQuality(web.Files)
	if err != nil {
		t.Fatal(err)
	}
	if len(sets) < 4 {
		t.Fatalf("only %d sets", len(sets))
	}
	words, err := loadCatalogue(web.Files, "vi")
	if err != nil {
		t.Fatal(err)
	}
	page := html.UnescapeString(answerTo(sampleArchive(t).site, "/method").Body.String())
	firstOther, lastHeldOut := len(page), 0
	for _, v := range qualityViews(words, sets) {
		at := strings.Index(page, `id="`+v.ID+`"`)
		if at < 0 {
			t.Errorf("the page lacks the set %s", v.ID)
			continue
		}
		table, _, _ := strings.Cut(page[at:], "</table>")
		for _, row := range v.Rows {
			for _, part := range []string{">" + row.Fact + "<", ">" + row.Precision + "<", ">" + row.Recall + "<"} {
				if !strings.Contains(table, part) {
					t.Errorf("the table of %s lacks %q", v.ID, part)
				}
			}
		}
		if strings.Contains(table, words.t("quality.heldout")) {
			lastHeldOut = max(lastHeldOut, at)
		} else {
			firstOther = min(firstOther, at)
		}
	}
	if lastHeldOut > firstOther {
		t.Error("a set that is held out stands behind one that is not")
	}
	for _, set := range sets {
		if words.word("quality.set", set.Name) == set.Name {
			t.Errorf("the set %s has no words", set.Name)
		}
		for _, f := range set.Facts {
			if words.word("quality.fact", f.Fact) == f.Fact {
				t.Errorf("the fact %s has no words", f.Fact)
			}
		}
	}
}

func TestQualityFigures(t *testing.T) {
	words, err := loadCatalogue(web.Files, "vi")
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		n, all int
		want   string
	}{{0, 0, "–"}, {0, 3, "0,0%"}, {2, 3, "66,7%"}, {3, 3, "100,0%"}} {
		if got := words.percent(test.n, test.all); got != test.want {
			t.Errorf("percent(%d, %d): got %q, want %q", test.n, test.all, got, test.want)
		}
	}
	for name, text := range map[string]string{"no JSON": "x", "no facts": `{"sets":[{"name":"a","texts":1,"facts":[]}]}`} {
		if _, err := loadQuality(fstest.MapFS{qualityFile: {Data: []byte(text)}}); err == nil || !strings.Contains(err.Error(), qualityFile) {
			t.Errorf("%s: got %v, want an error that names the file", name, err)
		}
	}
}
