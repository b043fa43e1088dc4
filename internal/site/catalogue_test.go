package site

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"text/template/parse"
	"unicode"

	"vankho/internal/archive"
	"vankho/internal/extract"
	"vankho/internal/search"
	"vankho/web"
)

// use is one place where a text of the catalogue is asked for.
type use struct {
	where string
	key   string // ends with "." when the rest is made from a value
	args  int    // -1 when that cannot be read from the source
}

func TestCatalogue(t *testing.T) {
	words, err := loadCatalogue(web.Files, "vi")
	if err != nil {
		t.Fatal(err)
	}
	uses := append(templateUses(t), goUses(t)...)
	if len(uses) < 50 {
		t.Fatalf("only %d uses of texts were found; the test no longer reads the sources", len(uses))
	}
	used := map[string]bool{}
	for _, u := range uses {
		used[u.key] = true
		if strings.HasSuffix(u.key, ".") {
			continue
		}
		text, ok := words.text[u.key]
		if !ok {
			t.Errorf("%s: the catalogue has no %q", u.where, u.key)
			continue
		}
		if n := len(places(text)); u.args >= 0 && n != u.args {
			t.Errorf("%s: %q has %d places, %d arguments are given", u.where, u.key, n, u.args)
		}
	}
	for key := range words.text {
		made := slices.ContainsFunc(uses, func(u use) bool {
			return strings.HasSuffix(u.key, ".") && strings.HasPrefix(key, u.key)
		})
		if !used[key] && !made {
			t.Errorf("nothing uses %q", key)
		}
	}
}

// places gives the different numbers of a text's places, {0} and {0:…}.
func places(text string) []string {
	var seen []string
	for _, m := range regexp.MustCompile(`\{(\d)[:}]`).FindAllStringSubmatch(text, -1) {
		if !slices.Contains(seen, m[1]) {
			seen = append(seen, m[1])
		}
	}
	slices.Sort(seen)
	return seen
}

// TestLanguagesAlike wants the same keys with the same places in every
// language: what one of them says, the others do.
func TestLanguagesAlike(t *testing.T) {
	first, err := loadCatalogue(web.Files, languages[0])
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range languages[1:] {
		other, err := loadCatalogue(web.Files, lang)
		if err != nil {
			t.Fatal(err)
		}
		for key, text := range first.text {
			there, ok := other.text[key]
			if !ok {
				t.Errorf("%s lacks %q: %q", lang, key, text)
			} else if want, got := places(text), places(there); !slices.Equal(got, want) {
				t.Errorf("%s: %q has the places %q, want %q", lang, key, got, want)
			}
		}
		for key := range other.text {
			if _, ok := first.text[key]; !ok {
				t.Errorf("%s has %q, which %s lacks", lang, key, first.lang)
			}
		}
	}
}

// notTranslated are keys whose text is Vietnamese in every language: terms of
// the sources, and the language's own name.
var notTranslated = []string{"phrases.examples", "lang.vi", "heading.together", "home.examples"}

// TestEnglishIsEnglish finds Vietnamese left in the English catalogue and
// pages. Words of the sources may stand in brackets, quotation marks or italics.
func TestEnglishIsEnglish(t *testing.T) {
	words, err := loadCatalogue(web.Files, "en")
	if err != nil {
		t.Fatal(err)
	}
	texts := webFiles(t, "content/en", ".md")
	for key, text := range words.text {
		if !slices.Contains(notTranslated, key) {
			texts[key] = text
		}
	}
	source := regexp.MustCompile("“[^”]*”|\\([^)]*\\)|`[^`]*`|\\*[^*]+\\*")
	for name, text := range texts {
		text = strings.ReplaceAll(text, "**", "") // bold is not italic
		if found := vietnamese.FindString(source.ReplaceAllString(text, "")); found != "" {
			t.Errorf("%s has Vietnamese: %q", name, found)
		}
	}
}

// vietnamese matches a letter that of the languages written here only
// Vietnamese has.
var vietnamese = regexp.MustCompile(`[ăĂđĐơƠưƯ\x{1EA0}-\x{1EF9}]`)

// templateUses reads the calls of t and word in every template.
func templateUses(t *testing.T) []use {
	t.Helper()
	var uses []use
	for name, text := range webFiles(t, "templates", ".tmpl") {
		tree := parse.New(name)
		tree.Mode = parse.SkipFuncCheck
		sets := map[string]*parse.Tree{}
		if _, err := tree.Parse(text, "{{", "}}", sets); err != nil {
			t.Fatal(err)
		}
		for _, set := range sets {
			walkTemplate(set.Root, func(c *parse.CommandNode) {
				fn, ok := c.Args[0].(*parse.IdentifierNode)
				if !ok || fn.Ident != "t" && fn.Ident != "tsource" && fn.Ident != "word" || len(c.Args) < 2 {
					return
				}
				if key, ok := c.Args[1].(*parse.StringNode); ok && fn.Ident != "word" {
					uses = append(uses, use{name, key.Text, len(c.Args) - 2})
				} else if ok {
					uses = append(uses, use{name, key.Text + ".", -1})
				}
			})
		}
	}
	return uses
}

func walkTemplate(n parse.Node, f func(*parse.CommandNode)) {
	branch := func(b *parse.BranchNode) {
		walkTemplate(b.Pipe, f)
		walkTemplate(b.List, f)
		walkTemplate(b.ElseList, f)
	}
	switch n := n.(type) {
	case *parse.ListNode:
		if n != nil {
			for _, c := range n.Nodes {
				walkTemplate(c, f)
			}
		}
	case *parse.ActionNode:
		walkTemplate(n.Pipe, f)
	case *parse.PipeNode:
		if n != nil {
			for _, c := range n.Cmds {
				f(c)
				for _, arg := range c.Args {
					walkTemplate(arg, f)
				}
			}
		}
	case *parse.TemplateNode:
		walkTemplate(n.Pipe, f)
	case *parse.IfNode:
		branch(&n.BranchNode)
	case *parse.RangeNode:
		branch(&n.BranchNode)
	case *parse.WithNode:
		branch(&n.BranchNode)
	}
}

// goUses reads the calls of t and word, and the keys of refusals, in this
// package.
func goUses(t *testing.T) []use {
	t.Helper()
	var uses []use
	for name, file := range goFiles(t) {
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				called := ""
				switch f := n.Fun.(type) {
				case *ast.SelectorExpr:
					called = f.Sel.Name
				case *ast.Ident:
					called = f.Name
				}
				if len(n.Args) == 0 {
					return true
				}
				key, whole := literalStart(n.Args[0])
				switch {
				case key == "":
				case called == "word":
					uses = append(uses, use{name, key + ".", -1})
				case called == "t" && !whole:
					uses = append(uses, use{name, key, -1})
				case called == "t" && n.Ellipsis != token.NoPos:
					uses = append(uses, use{name, key, -1})
				case called == "t", called == "invalid":
					uses = append(uses, use{name, key, len(n.Args) - 1})
				}
			case *ast.BasicLit:
				// Keys travel through structs and helpers too.
				if key, _ := literalStart(n); keyForm.MatchString(key) {
					uses = append(uses, use{name, key, -1})
				}
			}
			return true
		})
	}
	// A literal of the form of a key that is none is a file's name or the like.
	words, err := loadCatalogue(web.Files, "vi")
	if err != nil {
		t.Fatal(err)
	}
	return slices.DeleteFunc(uses, func(u use) bool {
		_, known := words.text[u.key]
		return u.args < 0 && !known && !strings.HasSuffix(u.key, ".")
	})
}

var keyForm = regexp.MustCompile(`^[a-z]+(\.[a-z0-9]+)+$`)

// literalStart gives a string literal, or the literal a sum begins with.
func literalStart(e ast.Expr) (text string, whole bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		if e.Kind == token.STRING {
			text, _ = strconv.Unquote(e.Value)
			return text, true
		}
	case *ast.BinaryExpr:
		text, _ = literalStart(e.X)
	}
	return text, false
}

func goFiles(t *testing.T) map[string]*ast.File {
	t.Helper()
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]*ast.File{}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		files[name] = file
	}
	return files
}

func webFiles(t *testing.T, dir, ext string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := fs.WalkDir(web.Files, dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(name) != ext {
			return err
		}
		b, err := fs.ReadFile(web.Files, name)
		files[name] = string(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// TestNoTextOutsideCatalogue finds words that could not be translated: letters
// that English does not have.
func TestNoTextOutsideCatalogue(t *testing.T) {
	foreign := func(s string) string {
		return strings.TrimFunc(s, func(r rune) bool { return r <= unicode.MaxASCII || !unicode.IsLetter(r) })
	}
	comment := regexp.MustCompile(`(?s)\{\{-?\s*/\*.*?\*/\s*-?\}\}`)
	for name, text := range webFiles(t, "templates", ".tmpl") {
		if found := foreign(comment.ReplaceAllString(text, "")); found != "" {
			t.Errorf("%s has text outside the catalogue: %.40q", name, found)
		}
	}
	for name, text := range webFiles(t, "static", ".js") {
		if found := foreign(text); found != "" {
			t.Errorf("%s has text outside the catalogue: %.40q", name, found)
		}
	}
	for name, file := range goFiles(t) {
		ast.Inspect(file, func(n ast.Node) bool {
			if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING && foreign(lit.Value) != "" {
				t.Errorf("%s has text outside the catalogue: %s", name, lit.Value)
			}
			return true
		})
	}
}

// TestCatalogueFamilies wants a text for every value a record may have.
func TestCatalogueFamilies(t *testing.T) {
	want := map[string][]string{"weekday": {"0", "1", "2", "3", "4", "5", "6"}, "country": {"VN", "LA", "US", "CZ"}, "level": {"state", "official", "working"}}
	for _, k := range archive.MeetingKinds {
		want["kind"] = append(want["kind"], string(k))
	}
	for _, f := range archive.Forces {
		want["force"] = append(want["force"], string(f))
	}
	for _, s := range []archive.Status{archive.Announced, archive.Recalled} {
		want["status"] = append(want["status"], string(s))
	}
	for _, s := range []archive.State{archive.Inferred, archive.Conflicting, archive.Corrected} {
		want["state"] = append(want["state"], string(s))
	}
	for i := 1; i <= 12; i++ {
		want["month"] = append(want["month"], strconv.Itoa(i))
	}
	want["month.short"] = want["month"]
	for line := range strings.Lines(read(t, "../extract/lexicon/orgs.txt")) {
		if key, _, ok := strings.Cut(line, "\t"); ok {
			want["organisation"] = append(want["organisation"], key)
		}
	}
	for _, lang := range languages {
		words, err := loadCatalogue(web.Files, lang)
		if err != nil {
			t.Fatal(err)
		}
		for family, values := range want {
			if len(values) == 0 {
				t.Errorf("no values of %q are known", family)
			}
			for _, v := range values {
				if words.text[family+"."+v] == "" {
					t.Errorf("the catalogue of %s has no %q", lang, family+"."+v)
				}
			}
		}
	}
}

func read(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestDates(t *testing.T) {
	words, err := loadCatalogue(web.Files, "vi")
	if err != nil {
		t.Fatal(err)
	}
	english, err := loadCatalogue(web.Files, "en")
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		in                               archive.Date
		date, long, enDate, enLong, mark string
	}{
		{"2026-02-05", "5/2/2026", "Thứ Năm, ngày 5 tháng 2 năm 2026", "5 February 2026", "Thursday, 5 February 2026", "2026-02-05"},
		{"2024-02-29", "29/2/2024", "Thứ Năm, ngày 29 tháng 2 năm 2024", "29 February 2024", "Thursday, 29 February 2024", "2024-02-29"},
		{"2024-09", "9/2024", "Tháng 9 năm 2024", "September 2024", "September 2024", "2024-09"},
		{"2025", "2025", "Năm 2025", "2025", "2025", "2025"},
		{"XXXX-07-18", "18/7", "Ngày 18 tháng 7, không rõ năm", "18 July", "18 July, year unknown", "07-18"},
		{"XXXX-07", "tháng 7", "Tháng 7, không rõ năm", "July", "July, year unknown", ""},
		{"2026-01-26/2026-01-27", "26–27/1/2026", "Thứ Hai, ngày 26 tháng 1 năm 2026 – Thứ Ba, ngày 27 tháng 1 năm 2026",
			"26–27 January 2026", "Monday, 26 January 2026 – Tuesday, 27 January 2026", "2026-01-26"},
		{"2026-01-30/2026-02-02", "30/1 – 2/2/2026", "Thứ Sáu, ngày 30 tháng 1 năm 2026 – Thứ Hai, ngày 2 tháng 2 năm 2026",
			"30 January – 2 February 2026", "Friday, 30 January 2026 – Monday, 2 February 2026", "2026-01-30"},
		{"2025-12-31/2026-01-02", "31/12/2025 – 2/1/2026", "Thứ Tư, ngày 31 tháng 12 năm 2025 – Thứ Sáu, ngày 2 tháng 1 năm 2026",
			"31 December 2025 – 2 January 2026", "Wednesday, 31 December 2025 – Friday, 2 January 2026", "2025-12-31"},
		{"2025-11/2026-02", "11/2025 – 2/2026", "Tháng 11 năm 2025 – Tháng 2 năm 2026", "November 2025 – February 2026", "November 2025 – February 2026", "2025-11"},
		{"", "không rõ ngày", "không rõ ngày", "date unknown", "date unknown", ""},
	}
	for _, tt := range tests {
		if _, err := archive.ParseDate(string(tt.in)); err != nil {
			t.Fatal(err)
		}
		if got := words.date(tt.in); got != tt.date {
			t.Errorf("date(%q): got %q, want %q", tt.in, got, tt.date)
		}
		if got := words.longDate(tt.in); got != tt.long {
			t.Errorf("longDate(%q): got %q, want %q", tt.in, got, tt.long)
		}
		if got := english.date(tt.in); got != tt.enDate {
			t.Errorf("date(%q) in English: got %q, want %q", tt.in, got, tt.enDate)
		}
		if got := english.longDate(tt.in); got != tt.enLong {
			t.Errorf("longDate(%q) in English: got %q, want %q", tt.in, got, tt.enLong)
		}
		if got := isoDate(tt.in); got != tt.mark {
			t.Errorf("isoDate(%q): got %q, want %q", tt.in, got, tt.mark)
		}
	}
}

func TestLapse(t *testing.T) {
	words, err := loadCatalogue(web.Files, "en")
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		from, to archive.Date
		want     string
	}{
		{"2026-02-05", "2026-02-05", "the same day"},
		{"2026-02-05", "2026-02-06", "1 day"},
		{"2026-02-05", "2026-03-07", "30 days"},
		{"2026-02-05", "2026-03-08", "1 month"},
		{"2025-12-31", "2026-03-30", "2 months"},
		{"2024-02-06", "2026-02-05", "23 months"},
		{"2024-02-05", "2026-02-05", "2 years"},
		{"2019-06-30", "2026-02-05", "6 years"},
		{"2026-01-26/2026-01-27", "2026-02-01", "6 days"},
		{"2025-11", "2026-02-05", "3 months"},
		{"2026-02", "2026-02-05", ""},
		{"2025", "2026-02-05", "1 year"},
		{"2026", "2026-02-05", ""},
		{"2026-02-06", "2026-02-05", ""},
		{"XXXX-02-06", "2026-02-05", ""},
		{"", "2026-02-05", ""},
	} {
		if got := words.lapse(tt.from, tt.to); got != tt.want {
			t.Errorf("lapse(%q, %q): got %q, want %q", tt.from, tt.to, got, tt.want)
		}
	}
}

func TestWords(t *testing.T) {
	words := &catalogue{lang: "vi", text: map[string]string{
		"a": "{0} và {1}, {0}", "n": "{0} {0:result|results} in {1} {1:article|articles}", "one": "{0:cuộc gặp}", "odd": "{x} {9}",
		"nation.articled": "PH US", "nation.article": "the {0}", "country.PH": "Philippines", "number.thousands": ".", "kind.talks": "Hội đàm", "country.LA": "Lào",
	}}
	tests := []struct{ name, got, want string }{
		{"arguments", words.t("a", "x", 2), "x và 2, x"},
		{"no argument is read twice", words.t("a", "{1}", "y"), "{1} và y, {1}"},
		{"without arguments", words.t("a"), "{0} và {1}, {0}"},
		{"one and many", words.t("n", 1, "2"), "1 result in 2 articles"},
		{"many and one", words.t("n", "1.200", 1), "1.200 results in 1 article"},
		{"none", words.t("n", 0, 0), "0 results in 0 articles"},
		{"one form for all", words.t("one", 7), "cuộc gặp"},
		{"no place", words.t("odd", 1), "{x} {9}"},
		{"article", words.nation("ph"), "the Philippines"},
		{"no article", words.nation("LA"), "Lào"},
		{"no such key", words.t("b"), "b"},
		{"word", words.word("kind", archive.Talks), "Hội đàm"},
		{"no such word", words.word("kind", "duel"), "duel"},
		{"country", words.country("LA"), "Lào"},
		{"country in lower case", words.country("la"), "Lào"},
		{"country as Opt", words.country(archive.Opt("LA")), "Lào"},
		{"no such country", words.country("zz"), "ZZ"},
		{"small number", words.num(999), "999"},
		{"thousands", words.num(1000), "1.000"},
		{"millions", words.num(1234567), "1.234.567"},
		{"below zero", words.num(-1234), "-1.234"},
	}
	for _, tt := range tests {
		if tt.got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, tt.got, tt.want)
		}
	}
}

// TestRulesHaveWords wants every rule that reads records in words on the page.
func TestRulesHaveWords(t *testing.T) {
	words, err := loadCatalogue(web.Files, "vi")
	if err != nil {
		t.Fatal(err)
	}
	rd := newReader(words, "")
	for _, r := range extract.Rules {
		if rd.why(r.Name) == "" {
			t.Errorf("the catalogue has no %q: %s", "rule."+r.Name, r.Reads)
		}
	}
	for rule, want := range map[string]string{
		"event-talks":                          "rule.frame",
		"event-phone-call":                     "rule.frame",
		"event-phone-call-series":              "rule.frame.series",
		"event-meeting-subject-implied-series": "rule.frame.subject-implied-series",
		"event-summit":                         "rule.event-summit",
	} {
		if got := rd.why(rule); got != words.text[want] || got == "" {
			t.Errorf("why(%q): got %q, want %q", rule, got, words.text[want])
		}
	}
	if got := rd.why("nothing-of-ours"); got != "" {
		t.Errorf("why of an unknown rule: %q", got)
	}
}

// TestCountriesTyped: a country is found by the name that pages give it, in both
// languages, and by its code.
func TestCountriesTyped(t *testing.T) {
	for _, lang := range languages {
		words, err := loadCatalogue(web.Files, lang)
		if err != nil {
			t.Fatal(err)
		}
		for key, name := range words.text {
			code, ok := strings.CutPrefix(key, "country.")
			if !ok || len(code) != 2 {
				continue
			}
			for _, typed := range []string{name, code} {
				c, err := search.ParseClauses(`country:"` + typed + `"`)
				if err != nil || !slices.Contains(c[0].Any[0][0].Codes, code) {
					t.Errorf("%s: country:%q gives %v, %v, want %s", lang, typed, c, err, code)
				}
			}
		}
	}
}
