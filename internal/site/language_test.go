package site

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"iter"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"text/template/parse"
	"unicode"

	"github.com/go-chi/chi/v5"

	"vankho/internal/archive"
	"vankho/internal/store"
	"vankho/web"
)

func TestCutLanguage(t *testing.T) {
	for _, tt := range []struct{ path, lang, rest, back string }{
		{"/", "vi", "/", "/"},
		{"/a/x", "vi", "/a/x", "/a/x"},
		{"/en", "en", "/", "/en"},
		{"/en/", "en", "/", "/en"},
		{"/en/a/x", "en", "/a/x", "/en/a/x"},
		{"/en/en", "en", "/en", "/en/en"},
		{"/enough", "vi", "/enough", "/enough"},
		{"/vi/a", "vi", "/vi/a", "/vi/a"},
		{"", "vi", "", ""},
	} {
		lang, rest := cutLanguage(tt.path)
		if lang != tt.lang || rest != tt.rest {
			t.Errorf("cutLanguage(%q): got %q, %q", tt.path, lang, rest)
		}
		if got := pathIn(lang, rest); got != tt.back {
			t.Errorf("pathIn(%q, %q): got %q, want %q", lang, rest, got, tt.back)
		}
	}
	for path, want := range map[string]string{"/?x=1": "/en?x=1", "/#a": "/en#a", "#d4": "#d4", "": "", "https://a.example/b": "https://a.example/b"} {
		if got := pathIn("en", path); got != want {
			t.Errorf("pathIn(en, %q): got %q, want %q", path, got, want)
		}
	}
}

// samples are archives that between them have every kind of value.
func samples(t *testing.T) map[*testArchive][]string {
	a, told, corrected := sampleArchive(t), outletArchive(t), correctedArchive(t)
	talks := corrected.articles[0]
	return map[*testArchive][]string{
		a:         append(samplePages(a), "/nowhere", "/search?page=0", "/p/bounmy-thu", "/a/"+a.variables["mistyped"]),
		told:      {"/m/" + told.variables["meeting"], "/v/" + told.variables["announced"], "/m/" + told.variables["recalled"], "/p/pham-thu"},
		corrected: {talks.URL, talks.Meetings[0].URL, corrected.articles[2].Visits[0].URL, "/p/ana-moreira"},
	}
}

// TestLanguagesMirror asks for every kind of page in every language: the same
// answer in each, which names itself and the others, and leads to no page in
// another language but by the switch.
func TestLanguagesMirror(t *testing.T) {
	for a, paths := range samples(t) {
		for _, path := range paths {
			want, _ := getPage(t, a, path)
			for _, lang := range languages {
				status, page := getPage(t, a, pathIn(lang, path))
				if status != want {
					t.Errorf("%s: status %d in %s, %d without", path, status, lang, want)
				}
				checkLinks(t, a, lang, path, checkPage(t, page))
			}
		}
	}
}

func checkLinks(t *testing.T, a *testArchive, lang, path string, root *element) {
	t.Helper()
	var first *element
	alternates, switches := map[string]string{}, 0
	root.walk(func(e *element) {
		href := e.attr["href"]
		switch {
		case e.name == "html" && e.attr["lang"] != lang:
			t.Errorf("%s: lang is %q in %s", path, e.attr["lang"], lang)
		case e.name == "link" && e.attr["hreflang"] != "":
			alternates[e.attr["hreflang"]] = href
		case e.name == "link" && e.attr["rel"] == "canonical":
			alternates["canonical"] = href
		case e.name == "form":
			checkTarget(t, a, lang, path, e.attr["action"])
		case e.name == "a" && e.attr["hreflang"] != "":
			switches++
			if l, rest := cutLanguage(href); l != e.attr["hreflang"] || l == lang || path != "/search?page=0" && rest != path {
				t.Errorf("%s: the switch leads from %s to %s", path, lang, href)
			}
		case e.name == "a":
			if first == nil {
				first = e
			}
			checkTarget(t, a, lang, path, href)
		}
	})
	if first == nil || first.attr["class"] != "skip" || root.byID()[strings.TrimPrefix(first.attr["href"], "#")] == nil {
		t.Errorf("%s: the first link of the page in %s does not skip to the content", path, lang)
	}
	if switches != len(languages)-1 {
		t.Errorf("%s: %d links in %s to other languages", path, switches, lang)
	}
	if alternates["canonical"] == "" {
		return // an error page
	}
	if alternates["canonical"] != alternates[lang] || alternates["x-default"] != alternates[languages[0]] {
		t.Errorf("%s in %s: %q", path, lang, alternates)
	}
	for _, l := range languages {
		if got, want := strings.TrimPrefix(alternates[l], a.site.baseURL), pathIn(l, strings.TrimPrefix(alternates["x-default"], a.site.baseURL)); got != want {
			t.Errorf("%s in %s: the page in %s is %s, want %s", path, lang, l, got, want)
		}
	}
}

// checkTarget wants a link to lead to a page in the language, or to what has
// none: asked for under a language, that is at its own address.
func checkTarget(t *testing.T, a *testArchive, lang, path, href string) {
	t.Helper()
	if href == "" || href[0] == '#' || strings.HasPrefix(href, "https:") {
		return
	}
	to, _, _ := strings.Cut(href, "#")
	if got, _ := cutLanguage(to); got == lang && lang != languages[0] {
		return
	} else if got != lang && lang == languages[0] {
		t.Errorf("%s: a link in %s to %s", path, lang, href)
	}
	if lang == languages[0] {
		return
	}
	if answer := answerTo(a.site, pathIn(lang, to)); answer.Code != http.StatusMovedPermanently || answer.Header().Get("Location") != to {
		t.Errorf("%s: a link in %s to the page %s", path, lang, href)
	}
}

// wordless is package web with a "¤" for each letter of the catalogues and none
// of the texts: whatever letters a page then has are not the site's own words.
func wordless(t *testing.T) fs.FS {
	t.Helper()
	letters := func(text string) string {
		return strings.Map(func(r rune) rune {
			if unicode.IsLetter(r) {
				return '¤'
			}
			return r
		}, text)
	}
	files := fstest.MapFS{}
	err := fs.WalkDir(web.Files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := fs.ReadFile(web.Files, name)
		switch {
		case err != nil:
		case strings.HasPrefix(name, "catalogue/"):
			texts := map[string]string{}
			if err = json.Unmarshal(b, &texts); err != nil {
				return err
			}
			for key, text := range texts {
				texts[key] = letters(text)
			}
			b, err = json.Marshal(texts)
		case strings.HasSuffix(name, ".md"):
			b = []byte("# ¤\n\n## ¤ {#" + "x}\n\n¤\n")
		}
		files[name] = &fstest.MapFile{Data: b}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// spoken are the attributes whose values a reader sees or hears.
var spoken = []string{"alt", "title", "aria-label", "placeholder", "data-copied", "data-paragraph", "data-l", "label"}

// TestEveryWordIsInTheCatalogue shows the pages in English without the words of
// the catalogue. What is left to read comes from records and addresses. What
// has the words of an article says that it is Vietnamese, unless it is a name;
// and nothing else does.
func TestEveryWordIsInTheCatalogue(t *testing.T) {
	fsys := wordless(t)
	for a, paths := range samples(t) {
		known, names := recordWords(t, a)
		s, err := New(Config{Store: a.store, Search: a.search, Web: fsys, BaseURL: a.site.baseURL})
		if err != nil {
			t.Fatal(err)
		}
		a.site = s
		for _, path := range paths {
			_, page := getPage(t, a, pathIn("en", path))
			root, err := parsePage(page)
			if err != nil {
				t.Fatal(err)
			}
			asked, err := url.Parse(path)
			if err != nil {
				t.Fatal(err)
			}
			for _, text := range asked.Query() {
				addWords(known, text...)
			}
			if strings.HasPrefix(path, "/p/bounmy-thu") {
				continue // the reason, in Vietnamese, is part of an English sentence
			}
			checkWords(t, path, root, "", func(lang, text string) {
				for word := range lettersIn(text) {
					switch {
					case strings.Contains(word, "¤"):
						if lang != "en" {
							t.Errorf("%s: the catalogue's words %q stand in an element with lang=%q", path, text, lang)
						}
					case !known[word] && strings.Trim(word, "abcdef") != "": // the id of a request
						t.Errorf("%s: %q in %q is neither of the catalogue nor of a record", path, word, text)
					case lang == "en" && vietnamese.MatchString(word) && !names[word]:
						t.Errorf("%s: %q in %q is Vietnamese and not marked so", path, word, text)
					}
				}
			})
		}
	}
}

// unworded are the classes of what has no language, or several: references and
// addresses, names of characters, of files and of rules.
var unworded = []string{"cite", "permalink", "print-only", "ctl", "how"}

// checkWords gives say each text of an element that is read, with its language.
func checkWords(t *testing.T, path string, e *element, lang string, say func(lang, text string)) {
	if l := e.attr["lang"]; l != "" {
		lang = l
	}
	if e.name == "head" || e.name == "script" || e.name == "code" || e.name == "textarea" || e.attr["hreflang"] != "" || slices.Contains(unworded, e.attr["class"]) {
		return
	}
	for _, name := range spoken {
		if text := e.attr[name]; text != "" {
			say(lang, text)
		}
	}
	if e.name == "#text" {
		say(lang, e.text)
	}
	for _, c := range e.children {
		checkWords(t, path, c, lang, say)
	}
}

// recordWords gives the words of all records of an archive, and those of the
// names among them: of people, places and publishers.
func recordWords(t *testing.T, a *testArchive) (all, names map[string]bool) {
	t.Helper()
	all, names = map[string]bool{}, map[string]bool{}
	for article, err := range a.store.Articles(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		b, err := json.Marshal(article)
		if err != nil {
			t.Fatal(err)
		}
		var values any
		if err := json.Unmarshal(b, &values); err != nil {
			t.Fatal(err)
		}
		eachString(values, func(text string) { addWords(all, text) })
		addWords(names, string(article.Publisher))
		event := func(p archive.Place, who []archive.Participation) {
			addWords(names, string(p.City), string(p.Venue))
			for _, w := range who {
				addWords(names, w.Name, w.NameAsWritten)
			}
		}
		for _, m := range article.Meetings {
			event(m.Place, m.Participants)
		}
		for _, v := range article.Visits {
			event(v.Place, v.Participants)
		}
	}
	return all, names
}

// lettersIn gives the stretches of letters in a text.
func lettersIn(text string) iter.Seq[string] {
	return strings.FieldsFuncSeq(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) && r != '¤' })
}

func addWords(to map[string]bool, texts ...string) {
	for _, text := range texts {
		for word := range lettersIn(text) {
			to[word] = true
		}
	}
}

func eachString(v any, f func(string)) {
	switch v := v.(type) {
	case string:
		f(v)
	case []any:
		for _, one := range v {
			eachString(one, f)
		}
	case map[string]any:
		for _, one := range v {
			eachString(one, f)
		}
	}
}

// TestTemplatesHaveNoWords finds text that a template has by itself, on pages
// and in branches that no sample reaches.
func TestTemplatesHaveNoWords(t *testing.T) {
	for name, text := range webFiles(t, "templates", ".tmpl") {
		tree := parse.New(name)
		tree.Mode = parse.SkipFuncCheck
		sets := map[string]*parse.Tree{}
		if _, err := tree.Parse(text, "{{", "}}", sets); err != nil {
			t.Fatal(err)
		}
		for _, set := range sets {
			var b bytes.Buffer
			templateText(&b, set.Root)
			for _, word := range wordsOfMarkup(b.String()) {
				t.Errorf("%s has words of its own: %q", name, word)
			}
		}
	}
}

// templateText writes the text of a template, with a "0" for each value.
func templateText(b *bytes.Buffer, n parse.Node) {
	branch := func(br *parse.BranchNode) {
		templateText(b, br.List)
		templateText(b, br.ElseList)
	}
	switch n := n.(type) {
	case *parse.ListNode:
		if n != nil {
			for _, c := range n.Nodes {
				templateText(b, c)
			}
		}
	case *parse.TextNode:
		b.Write(n.Text)
	case *parse.ActionNode:
		b.WriteByte('0')
	case *parse.IfNode:
		branch(&n.BranchNode)
	case *parse.RangeNode:
		branch(&n.BranchNode)
	case *parse.WithNode:
		branch(&n.BranchNode)
	}
}

// markup matches a tag, a comment or a doctype; spokenValue a value of an
// attribute that is read, with words in it.
var (
	markup      = regexp.MustCompile(`<[^>]*>`)
	spokenValue = regexp.MustCompile(`\s(?:alt|title|aria-label|placeholder|label)="([^"]*\pL[^"]*)"`)
)

// wordsOfMarkup gives the texts with letters that HTML shows.
func wordsOfMarkup(text string) []string {
	var found []string
	for _, m := range spokenValue.FindAllStringSubmatch(text, -1) {
		found = append(found, m[1])
	}
	for _, part := range markup.Split(text, -1) {
		if strings.ContainsFunc(part, unicode.IsLetter) {
			found = append(found, strings.TrimSpace(part))
		}
	}
	return found
}

func TestWordsOfMarkup(t *testing.T) {
	got := wordsOfMarkup(`<p class="x" aria-label="0">0 · × <b title="Here">Read</b>: 0</p><input placeholder="2025-02">`)
	if want := []string{"Here", "Read"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestNamesInOrder: what counts alike is in the alphabetical order of the
// language, and with it the whole list by name.
func TestNamesInOrder(t *testing.T) {
	counts := []store.Count{{Key: "VN", N: 5}, {Key: "AT", N: 1}, {Key: "CI", N: 1}, {Key: "DE", N: 1}, {Key: "GB", N: 1}, {Key: "IN", N: 1}, {Key: "TR", N: 1}}
	for lang, want := range map[string][2]string{
		"vi": {"Việt Nam, Anh, Áo, Ấn Độ, Côte d’Ivoire, Đức, Thổ Nhĩ Kỳ", "Anh, Áo, Ấn Độ, Côte d’Ivoire, Đức, Thổ Nhĩ Kỳ, Việt Nam"},
		"en": {"Vietnam, Austria, Côte d’Ivoire, Germany, India, Türkiye, United Kingdom", "Austria, Côte d’Ivoire, Germany, India, Türkiye, United Kingdom, Vietnam"},
	} {
		words, err := loadCatalogue(web.Files, lang)
		if err != nil {
			t.Fatal(err)
		}
		names := func(list []tally) string {
			var out []string
			for _, one := range list {
				out = append(out, one.Name)
			}
			return strings.Join(out, ", ")
		}
		list := countryTally(words, counts)
		if got := names(list); got != want[0] {
			t.Errorf("%s, by number: %s", lang, got)
		}
		if got := names(byName(list, words.sortKey)); got != want[1] {
			t.Errorf("%s, by name: %s", lang, got)
		}
	}
	people := peopleTally([]store.Count{{Key: "pham-binh-minh", Name: "Phạm Bình Minh", N: 2}, {Key: "phan-van-giang", Name: "Phan Văn Giang", N: 2}, {Key: "to-lam", Name: "Tô Lâm", N: 3}})
	if people[0].Name != "Tô Lâm" || people[1].Name != "Phạm Bình Minh" {
		t.Errorf("people: %v", people)
	}
}

// TestEveryPageIsSampled wants a sample of every route that is a page, so that
// none is without its mirror.
func TestEveryPageIsSampled(t *testing.T) {
	a := sampleArchive(t)
	routes := a.site.router().(chi.Routes)
	sampled := map[string]bool{}
	for _, path := range samplePages(a) {
		path, _, _ = strings.Cut(path, "?")
		found := chi.NewRouteContext()
		routes.Match(found, http.MethodGet, path)
		sampled[found.RoutePattern()] = true
	}
	noPage := regexp.MustCompile(`\.[a-z]+$|/original$|^/healthz$|^/static/|^/a/\{id\}/\{slug\}$`)
	pages := 0
	err := chi.Walk(routes, func(method, pattern string, _ http.Handler, _ ...func(http.Handler) http.Handler) error {
		if method == http.MethodGet && !noPage.MatchString(pattern) {
			pages++
			if !sampled[pattern] {
				t.Errorf("samplePages has no %s", pattern)
			}
		}
		return nil
	})
	if err != nil || pages < 20 {
		t.Errorf("%d pages are known, %v", pages, err)
	}
}
