package site

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/url"
	"path/filepath"
	"testing"

	"vankho/internal/testkit"
)

// TestRecordsGolden holds the published form of every kind of record. A change
// that is not an addition breaks somebody's program.
func TestRecordsGolden(t *testing.T) {
	arch := sampleArchive(t)
	v := arch.variables
	for name, path := range map[string]string{
		"meeting":    "/m/" + v["meeting"] + ".json",
		"visit":      "/v/" + v["visit"] + ".json",
		"person":     "/p/ana-moreira.json",
		"country":    "/c/la.json",
		"chronology": "/y/2026.json",
		"quote":      "/cite.json?q=" + url.QueryEscape("Tổng thống Ana Moreira khẳng định Brazil xem trọng quan hệ … mở đường bay thẳng"),
	} {
		var b bytes.Buffer
		if err := json.Indent(&b, answerTo(arch.site, path).Body.Bytes(), "", "\t"); err != nil {
			t.Errorf("%s: %v", path, err)
			continue
		}
		testkit.Golden(t, filepath.Join("testdata", "json", name+".json"), b.Bytes())
	}
}

// manyArchive holds n articles that tell of a visit each.
func manyArchive(t *testing.T, n int) *testArchive {
	t.Helper()
	arch := &testArchive{dir: t.TempDir(), variables: map[string]string{}}
	for i := range n {
		a := testkit.Articles()[2]
		a.Source.Identity += fmt.Sprint(i)
		a.AssignIDs()
		arch.articles = append(arch.articles, a)
	}
	importArticles(t, arch.dir, nil, arch.articles...)
	arch.open(t, nil)
	return arch
}

// TestJSONPages walks a list that is longer than one answer.
func TestJSONPages(t *testing.T) {
	const events = 2*jsonPageSize + 1
	arch := manyArchive(t, events)
	seen := map[string]bool{}
	pages := 0
	for path := "/p/ana-moreira.json"; path != ""; pages++ {
		var page struct {
			Total  int
			Events []struct{ ID string }
			Next   string
		}
		if err := json.Unmarshal(answerTo(arch.site, path).Body.Bytes(), &page); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		if page.Total != events {
			t.Errorf("%s: total %d, want %d", path, page.Total, events)
		}
		for _, e := range page.Events {
			seen[e.ID] = true
		}
		path = page.Next
	}
	if len(seen) != events || pages != 3 {
		t.Errorf("%d pages with %d events, want 3 with %d", pages, len(seen), events)
	}
}
