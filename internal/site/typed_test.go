package site

import (
	"net/url"
	"regexp"
	"testing"

	"vankho/internal/search"
	"vankho/web"
)

// TestHelpShowsEveryField: the examples of the help pages are read as operators,
// and between them they have every field.
func TestHelpShowsEveryField(t *testing.T) {
	for _, name := range []string{"content/vi/help.md", "content/en/help.md"} {
		text, err := web.Files.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		shown := map[search.Field]bool{}
		for _, m := range regexp.MustCompile(`\(/(?:en/)?search\?([^)]*)\)`).FindAllStringSubmatch(string(text), -1) {
			q, err := url.ParseQuery(m[1])
			if err != nil {
				t.Fatalf("%s: %s: %v", name, m[1], err)
			}
			clauses, err := search.ParseClauses(q.Get("q"))
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
			for _, c := range clauses {
				for _, all := range c.Any {
					for _, term := range all {
						shown[term.Field] = true
					}
				}
			}
		}
		for _, f := range search.Fields {
			if !shown[f] {
				t.Errorf("%s has no example of %s", name, f)
			}
		}
	}
}
