package site

import (
	"encoding/json"
	"html"
	"regexp"
	"strings"
	"testing"

	"vankho/web"
)

// TestClaims wants on the page of every record the state and the rule of every
// value that the record itself has, without a script, and on the page of the
// article the way there and the share of sentences that no rule used.
func TestClaims(t *testing.T) {
	words, err := loadCatalogue(web.Files, "vi")
	if err != nil {
		t.Fatal(err)
	}
	arch := sampleArchive(t)
	rules := regexp.MustCompile(`"rule":"([^"]+)"`)
	for _, name := range []string{"meeting", "first", "visit", "planned"} {
		path := "/m/" + arch.variables[name]
		if name == "visit" || name == "planned" {
			path = "/v/" + arch.variables[name]
		}
		page := html.UnescapeString(answerTo(arch.site, path).Body.String())
		_, table, ok := strings.Cut(page, `<div id="rules">`)
		if !ok {
			t.Fatalf("%s has no account of its values", path)
		}
		table, _, _ = strings.Cut(table, "</details>")
		body := answerTo(arch.site, path+".json").Body.Bytes()
		var record struct {
			Participants []any `json:"participants"`
			Agreements   []any `json:"agreements"`
			Statements   []any `json:"statements"`
			Figures      []any `json:"figures"`
			Article      struct {
				URL     string         `json:"url"`
				Reading map[string]int `json:"reading"`
			} `json:"article"`
		}
		if err := json.Unmarshal(body, &record); err != nil {
			t.Fatal(err)
		}
		record.Figures = record.Figures[:min(1, len(record.Figures))] // the sample has the agreement's figure twice
		own, _, _ := strings.Cut(string(body), `"article":{`)
		for _, m := range rules.FindAllStringSubmatch(own, -1) {
			if rule := m[1]; !strings.Contains(table, "<code>"+rule+"</code>") {
				t.Errorf("%s: the account lacks the rule %s", path, rule)
			}
		}
		want := 3 + len(record.Participants) + len(record.Agreements) + len(record.Statements) + len(record.Figures)
		if got := strings.Count(table, `<th scope="row">`); got != want {
			t.Errorf("%s: the account has %d values, the record %d", path, got, want)
		}
		article := html.UnescapeString(answerTo(arch.site, record.Article.URL).Body.String())
		if !strings.Contains(article, `href="`+path+`#rules"`) {
			t.Errorf("%s does not lead to the account of %s", record.Article.URL, path)
		}
		left := record.Article.Reading["sentences"] - record.Article.Reading["used"]
		share := words.t("reading.share", left, record.Article.Reading["sentences"], 100*left/max(1, record.Article.Reading["sentences"]))
		if left == 0 {
			share = words.t("reading.all", record.Article.Reading["sentences"])
		}
		if record.Article.Reading["used"] == 0 || !strings.Contains(table, share) || !strings.Contains(article, share) {
			t.Errorf("%s, %s: no %q", path, record.Article.URL, share)
		}
	}
}
