package extract

import (
	"os"
	"slices"
	"strings"
	"testing"

	"vankho/internal/vitext"
)

// TestLeaders reads the authority list as a person edits it: in the order its
// top promises, four columns, a country that the lexicon knows, and no spelling
// that would find two people.
func TestLeaders(t *testing.T) {
	data, err := os.ReadFile("lexicon/leaders.txt")
	if err != nil {
		t.Fatal(err)
	}
	countries, err := os.ReadFile("lexicon/countries.txt")
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	for line := range strings.Lines(string(countries)) {
		code, _, _ := strings.Cut(line, "\t")
		known[code] = true
	}
	spelt := map[string]string{}
	before := ""
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSuffix(line, "\n")
		if strings.HasPrefix(line, "#") {
			continue
		}
		cols := strings.Split(line, "\t")
		if len(cols) != 4 {
			t.Errorf("leaders.txt: %q: %d columns, want 4", line, len(cols))
			continue
		}
		name, country := cols[0], cols[1]
		if !known[country] {
			t.Errorf("leaders.txt: %s: country %q is not in countries.txt", name, country)
		}
		if at := country + " " + vitext.Slug(name); at <= before {
			t.Errorf("leaders.txt: %s stands behind %s: sort by country and name", name, before)
		} else {
			before = at
		}
		for i, spelling := range append([]string{name}, strings.Split(cols[3], ";")...) {
			spelling = strings.TrimSpace(spelling)
			if spelling == "" && (i == 0 || cols[3] != "") {
				t.Errorf("leaders.txt: %s: an empty spelling", name)
			}
			slug := vitext.Slug(spelling)
			if of, taken := spelt[slug]; taken && slug != "" {
				t.Errorf("leaders.txt: %s: %q finds %s too", name, spelling, of)
			}
			spelt[slug] = name
		}
	}
	if len(spelt) < 900 {
		t.Errorf("leaders.txt: %d spellings read, want all", len(spelt))
	}
}

// TestTitles wants no office in two ranks: which of them held would be chance.
func TestTitles(t *testing.T) {
	data, err := os.ReadFile("lexicon/titles.txt")
	if err != nil {
		t.Fatal(err)
	}
	rank := map[string]string{}
	for line := range strings.Lines(string(data)) {
		key, phrases, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		if strings.HasPrefix(line, "#") || !ok {
			continue
		}
		if !slices.Contains([]string{"1", "1p", "2", "2p", "3", "3p", "3pa", "4e", "4ea", "4p", "4pa", "5", "5o", "5m"}, key) {
			t.Errorf("titles.txt: unknown key %q", key)
		}
		for p := range strings.SplitSeq(phrases, ";") {
			var words []string
			for w := range strings.FieldsSeq(p) {
				words = append(words, keyOf(w))
			}
			office := strings.Join(words, " ")
			if other, taken := rank[office]; taken || office == "" {
				t.Errorf("titles.txt: %q under %s and %s", office, other, key)
			}
			rank[office] = key
		}
	}
}
