package site

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vankho/internal/archive"
	"vankho/internal/render"
	"vankho/internal/testkit"
	"vankho/web"
)

// TestFormsGolden holds every other form of an article, a meeting and a visit.
func TestFormsGolden(t *testing.T) {
	arch := sampleArchive(t)
	v := arch.variables
	for name, path := range map[string]string{"article": "/a/" + v["talks"] + "/v/1", "meeting": "/m/" + v["meeting"], "visit": "/v/" + v["planned"]} {
		for _, ending := range []string{".bib", ".ris", ".csl.json", ".md"} {
			rec := answerTo(arch.site, path+ending)
			if rec.Code != 200 {
				t.Errorf("%s: status %d", path+ending, rec.Code)
				continue
			}
			testkit.Golden(t, filepath.Join("testdata", "forms", name+ending), rec.Body.Bytes())
		}
	}
}

// hostile is a reference with everything in it that a format could take for
// its own.
var hostile = reference{
	key: "x1", title: "50% & {một} \\ hai_ba} #1 $2 ~3 ^4 “năm”\nER  - ", publisher: "Báo, {Hà} Nội", date: "2026-02-05",
	url: "https://a.example/a/x1/v/1",
}

// bibFields reads an entry of BibTeX by its own rules: a value ends at the
// brace that balances its first.
func bibFields(t *testing.T, entry string) map[string]string {
	t.Helper()
	_, rest, ok := strings.Cut(entry, ",\n")
	if !ok || !strings.HasPrefix(entry, "@misc{vankho-") {
		t.Fatalf("no entry: %q", entry)
	}
	fields := map[string]string{}
	for {
		m := regexp.MustCompile(`^\s*([a-z]+) = \{`).FindStringSubmatch(rest)
		if m == nil {
			break
		}
		rest = rest[len(m[0]):]
		depth, end := 1, 0
		for ; end < len(rest) && depth > 0; end++ {
			switch rest[end] {
			case '{':
				depth++
			case '}':
				depth--
			}
		}
		fields[m[1]], rest = rest[:end-1], strings.TrimPrefix(rest[end:], ",")
	}
	if strings.TrimSpace(rest) != "}" {
		t.Fatalf("after the last field: %q", rest)
	}
	return fields
}

var fromTeX = strings.NewReplacer(`\textbackslash{}`, `\`, `\textbraceleft{}`, "{", `\textbraceright{}`, "}", `\textasciitilde{}`, "~", `\textasciicircum{}`, "^",
	`\%`, "%", `\&`, "&", `\#`, "#", `\$`, "$", `\_`, "_")

func TestBibTeXParsesBack(t *testing.T) {
	words := wordsIn(t, "vi")
	got := bibFields(t, hostile.bibTeX(words))
	for field, value := range got {
		got[field] = fromTeX.Replace(value)
	}
	want := map[string]string{
		"title": strings.ReplaceAll(hostile.title, "\n", " "), "author": "{Báo, {Hà} Nội}", "date": "2026-02-05", "year": "2026",
		"howpublished": words.t("site.name"), "url": hostile.url, "langid": "vietnamese",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	event := hostile
	event.event, event.publisher = true, ""
	got = bibFields(t, event.bibTeX(words))
	if got["eventdate"] != "2026-02-05" || got["date"] != "" || got["author"] != "" {
		t.Errorf("of an event: %q", got)
	}
}

func TestRISParsesBack(t *testing.T) {
	words := wordsIn(t, "vi")
	lines := strings.Split(string(hostile.ris(words)), "\r\n")
	fields := map[string]string{}
	for i, line := range lines[:len(lines)-1] {
		tag, value, ok := strings.Cut(line, "  - ")
		if !ok || len(tag) != 2 || (tag == "TY") != (i == 0) || (tag == "ER") != (i == len(lines)-2) {
			t.Errorf("line %d: %q", i+1, line)
		}
		fields[tag] = value
	}
	want := map[string]string{
		"TY": "NEWS", "TI": strings.Join(strings.Fields(hostile.title), " "), "T2": hostile.publisher, "PB": hostile.publisher, "PY": "2026", "DA": "2026/02/05/",
		"LA": "vi", "DB": words.t("site.name"), "ID": "vankho-x1", "UR": hostile.url, "ER": "",
	}
	if diff := cmp.Diff(want, fields); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestCSLDates(t *testing.T) {
	for in, want := range map[archive.Date]string{
		"2026-02-05": "[[2026 2 5]]", "2026-02": "[[2026 2]]", "2026": "[[2026]]", "2026-03-11/2026-03-13": "[[2026 3 11] [2026 3 13]]",
	} {
		if got := fmt.Sprint(cslDateOf(in).Parts); got != want {
			t.Errorf("cslDateOf(%q): got %s, want %s", in, got, want)
		}
	}
	for _, in := range []archive.Date{"", "XXXX-05", "XXXX-07-18"} {
		if got := cslDateOf(in); got != nil {
			t.Errorf("cslDateOf(%q): got %v, want nothing", in, got)
		}
	}
	b, err := hostile.csl(wordsIn(t, "vi"))
	var items []cslItem
	if err == nil {
		err = json.Unmarshal(b, &items)
	}
	if err != nil || len(items) != 1 || items[0].Title != hostile.title || items[0].Container != hostile.publisher || items[0].Type != "article-newspaper" {
		t.Errorf("csl: %+v, %v", items, err)
	}
}

func wordsIn(t *testing.T, lang string) *catalogue {
	t.Helper()
	words, err := loadCatalogue(web.Files, lang)
	if err != nil {
		t.Fatal(err)
	}
	return words
}

// TestMarkdownReadsBack reads the Markdown of an article as any program would:
// every paragraph comes back as it stands, whatever it looks like.
func TestMarkdownReadsBack(t *testing.T) {
	a := testkit.Articles()[0]
	rewrite(a, 1, "# không *phải* tiêu_đề_ ![x](y) <b>&amp;</b> ~~z~~\n- một\n2. hai\n=== | `mã` \\ hết")
	rewrite(a, 8, "Tin khác:\n> lùi\n    mã")
	text := articleMarkdown(wordsIn(t, "vi"), a, "https://vankho.example")
	blocks, err := render.Blocks(text)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range a.Paragraphs {
		want := fmt.Sprintf("%d %s", p.N, strings.Join(strings.Fields(p.Text), " "))
		if !slices.ContainsFunc(blocks, func(b render.Block) bool { return b.Kind == render.ParagraphBlock && b.Text == want }) {
			t.Errorf("paragraph %d: no block %q in:\n%s", p.N, want, text)
		}
	}
}
