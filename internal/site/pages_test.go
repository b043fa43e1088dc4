package site

import (
	"bytes"
	"context"
	"encoding/xml"
	"fmt"
	"io"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vankho/internal/archive"
	"vankho/internal/store"
	"vankho/internal/testkit"
	"vankho/web"
)

// element is a node of a parsed page: an element with its children, or text.
type element struct {
	name     string
	attr     map[string]string
	text     string
	children []*element
}

// parsePage reads a page strictly enough to find what a browser would mend in
// silence: elements that are closed in the wrong order or not at all.
func parsePage(page []byte) (*element, error) {
	d := xml.NewDecoder(bytes.NewReader(page))
	d.Strict, d.AutoClose, d.Entity = false, xml.HTMLAutoClose, xml.HTMLEntity
	root := &element{name: "#root"}
	open := []*element{root}
	for {
		token, err := d.RawToken()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
		top := open[len(open)-1]
		switch token := token.(type) {
		case xml.StartElement:
			e := &element{name: token.Name.Local, attr: map[string]string{}}
			for _, a := range token.Attr {
				name := a.Name.Local
				if a.Name.Space != "" {
					name = a.Name.Space + ":" + name
				}
				e.attr[name] = a.Value
			}
			top.children = append(top.children, e)
			if !slices.Contains(xml.HTMLAutoClose, e.name) {
				open = append(open, e)
			}
		case xml.EndElement:
			if slices.Contains(xml.HTMLAutoClose, token.Name.Local) {
				continue
			}
			if top.name != token.Name.Local {
				return nil, fmt.Errorf("</%s> closes <%s %v>", token.Name.Local, top.name, top.attr)
			}
			open = open[:len(open)-1]
		case xml.CharData:
			top.children = append(top.children, &element{name: "#text", text: string(token)})
		}
	}
	if len(open) != 1 {
		return nil, fmt.Errorf("<%s> is not closed", open[len(open)-1].name)
	}
	return root, nil
}

func (e *element) walk(visit func(*element)) {
	visit(e)
	for _, c := range e.children {
		c.walk(visit)
	}
}

// words gives the text of an element without the number of its paragraph.
func (e *element) words() string {
	if e.attr["class"] == "pn" {
		return ""
	}
	var b strings.Builder
	b.WriteString(e.text)
	for _, c := range e.children {
		b.WriteString(c.words())
	}
	return b.String()
}

func (e *element) byID() map[string]*element {
	ids := map[string]*element{}
	e.walk(func(e *element) {
		if id := e.attr["id"]; id != "" {
			ids[id] = e
		}
	})
	return ids
}

// catalogueKey is what a text that the catalogue lacks looks like.
var catalogueKey = regexp.MustCompile(`^[a-z]+(\.[a-z_]+)+$`)

// checkPage checks what must hold of every page: ids are there once, links
// within the page arrive, one main heading, headings that skip no level,
// labelled controls, nothing that the content policy forbids, and no key of
// the catalogue in place of a text.
func checkPage(t *testing.T, page []byte) *element {
	t.Helper()
	root, err := parsePage(page)
	if err != nil {
		t.Fatalf("%v\n%s", err, page)
	}
	ids := root.byID()
	count, labelled, code := map[string]int{}, map[string]bool{}, map[*element]bool{}
	root.walk(func(e *element) {
		if e.name == "code" {
			for _, c := range e.children {
				code[c] = true // the name of a file may look like a key
			}
		}
		count[e.attr["id"]]++
		if e.name == "label" {
			labelled[e.attr["for"]] = true
			for _, c := range e.children {
				if c.name == "input" {
					c.attr["labelled"] = "yes"
				}
			}
		}
	})
	h1, level := 0, 0
	root.walk(func(e *element) {
		for name, value := range e.attr {
			switch {
			case name == "style" || strings.HasPrefix(name, "on"):
				t.Errorf("<%s> has the attribute %s", e.name, name)
			case name == "href" && strings.HasPrefix(value, "#") && ids[value[1:]] == nil:
				t.Errorf("a link to %s arrives nowhere", value)
			case name == "aria-labelledby" && ids[value] == nil:
				t.Errorf("<%s> is labelled by %q, which is not there", e.name, value)
			case catalogueKey.MatchString(value) && strings.HasPrefix(name, "aria-"):
				t.Errorf("<%s %s> shows the key %q", e.name, name, value)
			}
		}
		switch e.name {
		case "script":
			if e.attr["src"] == "" && e.attr["type"] != "application/ld+json" {
				t.Error("a script in the page")
			}
		case "style":
			t.Error("a style sheet in the page")
		case "input", "select", "textarea":
			if e.attr["type"] != "hidden" && !labelled[e.attr["id"]] && e.attr["labelled"] == "" {
				t.Errorf("<%s name=%q> has no label", e.name, e.attr["name"])
			}
		case "h1", "h2", "h3", "h4":
			n := int(e.name[1] - '0')
			if n == 1 {
				h1++
			}
			if n > level+1 {
				t.Errorf("<%s> %q comes after level %d", e.name, e.words(), level)
			}
			level = n
		case "title":
			if strings.TrimSpace(e.words()) == "" {
				t.Error("the title is empty")
			}
		case "#text":
			if text := strings.TrimSpace(e.text); catalogueKey.MatchString(text) && !code[e] {
				t.Errorf("the page shows the key %q", text)
			}
		}
	})
	for id, n := range count {
		if id != "" && n > 1 {
			t.Errorf("the id %q is there %d times", id, n)
		}
	}
	if h1 != 1 {
		t.Errorf("%d main headings", h1)
	}
	return root
}

// TestPagesEmpty executes every template with a struct that holds nothing: a
// template must not count on what a record may lack.
func TestPagesEmpty(t *testing.T) {
	static, err := loadStatic(web.Files)
	if err != nil {
		t.Fatal(err)
	}
	e, err := loadEdition(web.Files, "en", static)
	if err != nil {
		t.Fatal(err)
	}
	pages := map[string]any{
		"home": &homePage{}, "search": &searchPage{}, "advanced": &advancedPage{}, "article": &articlePage{}, "meeting": &eventPage{}, "visit": &eventPage{},
		"people": &peoplePage{}, "person": &personPage{}, "countries": &countriesPage{}, "country": &countryPage{},
		"years": &yearsPage{}, "period": &periodPage{}, "content": &contentPage{}, "error": &errorPage{},
		"cite": &citePage{}, "diff": &diffPage{}, "pair": &pairPage{}, "agreements": &agreementsPage{}, "topics": &topicsPage{},
		"figures": &figuresPage{}, "series": &seriesPage{}, "phrases": &phrasesPage{}, "network": &networkPage{},
	}
	for name, set := range e.templates {
		t.Run(name, func(t *testing.T) {
			page, ok := pages[name]
			if !ok {
				t.Fatal("no empty sample for this template")
			}
			var b bytes.Buffer
			if err := set.Execute(&b, page); err != nil {
				t.Fatal(err)
			}
			if name == "content" || name == "cite" {
				return // its heading is in the text
			}
			if _, err := parsePage(b.Bytes()); err != nil {
				t.Error(err)
			}
		})
	}
}

func getPage(t *testing.T, a *testArchive, path string) (int, []byte) {
	t.Helper()
	w := httptest.NewRecorder()
	a.site.ServeHTTP(w, httptest.NewRequest("GET", path, nil))
	return w.Code, w.Body.Bytes()
}

// newest gives the newest version of every article.
func (a *testArchive) newest(t *testing.T) []*archive.Article {
	t.Helper()
	var out []*archive.Article
	for article, err := range a.store.Articles(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, article)
	}
	if len(out) == 0 {
		t.Fatal("the archive is empty")
	}
	return out
}

// samplePages gives the address of every kind of page of the sample archive.
func samplePages(a *testArchive) []string {
	talks, series, announced := a.articles[0], a.articles[1], a.articles[2]
	return []string{
		"/", "/search", "/search/advanced", "/search/advanced?q=kim&country=BR&force=agreed&figure=1", "/search?q=kim+ngach", "/search?q=Ana&speaker=ana-moreira&force=proposed&topic=y-te&figure=1&agreement=1", "/search?q=hai+b%C3%AAn&person=ana-moreira&sort=newest", "/search?country=LA&from=2026&to=2026-04",
		"/search?q=khongcogi", talks.URL, talks.URL + "/v/1", series.URL, series.URL + "/v/2/diff", announced.URL,
		talks.Meetings[0].URL, talks.Visits[0].URL, series.Meetings[0].URL, announced.Visits[0].URL,
		"/p", "/p/ana-moreira", "/c", "/c?sort=name", "/c/br", "/c/la", "/c/br?year=2026", "/y", "/y/2026", "/y/2026/03", "/y/unknown", "/about", "/method", "/cite", "/help",
		"/c/br/vn", "/p/ana-moreira/tran-van-mau", "/agreements", "/agreements?force=agreed", "/topics", "/topics/kinh-te-thuong-mai", "/data", "/figures", "/phrases", "/phrases?q=hai+b%C3%AAn", "/network",
		"/cite?q=kim+ng%E1%BA%A1ch+th%C6%B0%C6%A1ng+m%E1%BA%A1i+song+ph%C6%B0%C6%A1ng+l%C3%AAn+20+t%E1%BB%B7+USD", "/cite?q=hai", "/cite?q=m%E1%BB%99t+c%C3%A2u+kh%C3%B4ng+c%C3%B3",
	}
}

// TestPagesFull executes every page with the sample records.
func TestPagesFull(t *testing.T) {
	a := sampleArchive(t)
	for _, path := range samplePages(a) {
		t.Run(path, func(t *testing.T) {
			status, page := getPage(t, a, path)
			if status != 200 {
				t.Fatalf("status %d", status)
			}
			checkPage(t, page)
		})
	}
}

// TestPagesOfLittle executes the pages of an archive whose one article tells
// of no event.
func TestPagesOfLittle(t *testing.T) {
	a := &testArchive{dir: t.TempDir(), variables: map[string]string{}}
	silent := testkit.Articles()[2]
	silent.Visits, silent.Problems = nil, nil
	importArticles(t, a.dir, func(context.Context, *store.Writer) error { return nil }, silent)
	a.open(t, nil)
	for _, path := range []string{"/", "/search", "/search?q=brazil", silent.URL, "/p", "/c", "/y", "/about", "/c/la", "/y/2026", "/y/2026/02",
		"/c/vn/la", "/agreements", "/topics", "/topics/y-te", "/figures", "/phrases", "/phrases?q=kim", "/network"} {
		t.Run(path, func(t *testing.T) {
			status, page := getPage(t, a, path)
			if status != 200 {
				t.Fatalf("status %d", status)
			}
			checkPage(t, page)
		})
	}
	for _, path := range []string{"/p/to-lam", "/c/zz", "/y/2026/002", "/y/26", "/y/2026/13", "/p?page=2", "/c/la?page=2", "/c/la/la", "/c/la/zz", "/topics/khong-co", "/agreements?page=2", "/p/to-lam/to-lam"} {
		if status, _ := getPage(t, a, path); status != 404 {
			t.Errorf("%s: status %d, want 404", path, status)
		}
	}
}

// TestArticleVersions checks what the versions of an article say of each other.
func TestArticleVersions(t *testing.T) {
	a := sampleArchive(t)
	url := a.articles[1].URL // received twice
	for path, want := range map[string][]string{
		url:          {"Bài này có 2 bản", `rel="canonical" href="https://vankho.example` + url + `"`},
		url + "/v/2": {"Bài này có 2 bản", `rel="canonical" href="https://vankho.example` + url + `"`},
		url + "/v/1": {"Đây là bản 1 của bài", `<a href="` + url + `">bản 2</a>`, `content="noindex"`, `rel="canonical" href="https://vankho.example` + url + `/v/1"`},
	} {
		status, page := getPage(t, a, path)
		if status != 200 {
			t.Errorf("%s: status %d", path, status)
		}
		checkPage(t, page)
		for _, w := range want {
			if !bytes.Contains(page, []byte(w)) {
				t.Errorf("%s does not have %s", path, w)
			}
		}
	}
	for _, path := range []string{url + "/v/3", url + "/v/0", url + "/v/01", url + "/v/x"} {
		if status, _ := getPage(t, a, path); status != 404 {
			t.Errorf("%s: status %d, want 404", path, status)
		}
	}
}

// TestHomeIsKept checks that the home page of one import is not shown for the
// next.
func TestHomeIsKept(t *testing.T) {
	a := sampleArchive(t)
	_, first := getPage(t, a, "/")
	if _, again := getPage(t, a, "/"); !bytes.Equal(first, again) {
		t.Error("the home page changes without an import")
	}
	more := testkit.Articles()[0]
	more.Source.Identity, more.Source.Name = "mau/them.txt", "them.txt"
	more.AssignIDs()
	importArticles(t, a.dir, func(context.Context, *store.Writer) error { return nil }, more)
	if err := a.site.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, now := getPage(t, a, "/"); bytes.Equal(first, now) {
		t.Error("the home page is the one of the import before")
	}
}

func TestSearchRefuses(t *testing.T) {
	a := sampleArchive(t)
	for _, query := range []string{
		"q=" + strings.Repeat("a", 300), "q=!!!", "year=x", "year=0", "country=Lao", "kind=chat", "from=2026-13", "to=XXXX-02", "from=2025/2026",
		"sort=best", "page=0", "page=x", "q=a&page=200", "speaker=A+B", "force=weak", "topic=%C4%90", "figure=2", "q=a" + strings.Repeat("&year=2026", 21),
	} {
		t.Run(query[:min(len(query), 20)], func(t *testing.T) {
			status, page := getPage(t, a, "/search?"+query)
			if status != 400 {
				t.Fatalf("/search?%s: status %d, want 400", query, status)
			}
			if !bytes.Contains(page, []byte(`role="alert"`)) || !bytes.Contains(page, []byte(`name="q"`)) {
				t.Error("the page does not say which rule was broken beside a form to ask again")
			}
			checkPage(t, page)
		})
	}
}

// TestArticleText checks that a page holds the words of every paragraph, to
// the byte, whatever is marked in it and whatever hides in it.
func TestArticleText(t *testing.T) {
	a := sampleArchive(t)
	for _, article := range a.newest(t) {
		_, page := getPage(t, a, article.URL)
		ids := checkPage(t, page).byID()
		for _, p := range article.Paragraphs {
			e := ids[fmt.Sprintf("d%d", p.N)]
			if e == nil {
				t.Errorf("%s: paragraph %d has no fragment", article.Source.Name, p.N)
				continue
			}
			if diff := cmp.Diff(p.Text, e.words()); diff != "" {
				t.Errorf("%s, paragraph %d (-want +got):\n%s", article.Source.Name, p.N, diff)
			}
			for s := 1; s <= len(p.Sentences); s++ {
				span, _ := p.Sentence(s)
				e := ids[fmt.Sprintf("d%d-s%d", p.N, s)]
				if e == nil || e.words() != p.Text[span.Start:span.End] {
					t.Errorf("%s: #d%d-s%d is not %q", article.Source.Name, p.N, s, p.Text[span.Start:span.End])
				}
			}
		}
	}
}

// evidenceOf gathers every piece of evidence in an article's events.
func evidenceOf(a *archive.Article) []archive.Evidence {
	var all []archive.Evidence
	event := func(d archive.DateClaim, p archive.Place, who []archive.Participation, ags []archive.Agreement, sts []archive.Statement, figs []archive.Figure, own []archive.Evidence) {
		all = append(all, d.Evidence...)
		all = append(all, p.Evidence...)
		for _, w := range who {
			all = append(all, w.Evidence...)
		}
		for _, g := range ags {
			all = append(all, g.Evidence...)
			for _, f := range g.Figures {
				all = append(all, f.Evidence...)
			}
		}
		for _, s := range sts {
			all = append(all, s.Evidence...)
		}
		for _, f := range figs {
			all = append(all, f.Evidence...)
		}
		all = append(all, own...)
	}
	for _, m := range a.Meetings {
		event(m.Date, m.Place, m.Participants, m.Agreements, m.Statements, m.Figures, m.Evidence)
	}
	for _, v := range a.Visits {
		event(v.Date, v.Place, v.Participants, v.Agreements, v.Statements, v.Figures, v.Evidence)
	}
	return all
}

// TestEvidenceBothWays checks that every value's words are marked in the text
// with a way back to the record, and that the pages of the events link to
// them.
func TestEvidenceBothWays(t *testing.T) {
	a := sampleArchive(t)
	for _, article := range a.newest(t) {
		_, page := getPage(t, a, article.URL)
		ids := checkPage(t, page).byID()
		for _, e := range evidenceOf(article) {
			mark, back := ids[evidenceFragment(e.Span)], ids[recordFragment(e.Span)]
			if mark == nil || mark.words() != e.Quote {
				t.Errorf("%s: #%s does not mark %q", article.Source.Name, evidenceFragment(e.Span), e.Quote)
			}
			if back == nil || back.attr["href"] != "#"+evidenceFragment(e.Span) {
				t.Errorf("%s: the record does not cite %q", article.Source.Name, e.Quote)
			}
		}
		for _, m := range article.Meetings {
			_, page := getPage(t, a, m.URL)
			one := &archive.Article{Meetings: []archive.Meeting{m}}
			for _, e := range evidenceOf(one) {
				if !bytes.Contains(page, []byte(article.URL+"#"+evidenceFragment(e.Span))) {
					t.Errorf("%s does not link to the words %q", m.URL, e.Quote)
				}
			}
		}
	}
}

// TestProposalsApart checks that a proposal never stands among agreements.
func TestProposalsApart(t *testing.T) {
	a := testkit.Articles()[0]
	words, err := loadCatalogue(web.Files, "vi")
	if err != nil {
		t.Fatal(err)
	}
	r := newReader(words, "").meeting(&a.Meetings[0], a.Visits)
	if len(r.Proposals) != 1 || len(r.Undertakings) != 1 {
		t.Fatalf("%d proposals and %d kinds of undertaking, want one of each", len(r.Proposals), len(r.Undertakings))
	}
	for _, g := range r.Undertakings {
		if g.Label == words.word("force", archive.Proposed) {
			t.Error("a proposal stands among the undertakings")
		}
	}
}

func TestUnknownIsSaid(t *testing.T) {
	a := sampleArchive(t)
	_, page := getPage(t, a, a.articles[2].URL)
	for _, want := range []string{
		"bài không ghi ngày đăng", "tiêu đề này lấy từ câu mở đầu", "no year for “tháng 5”", "Báo trước",
		`data-c="U&#43;200E"`,
	} {
		if !bytes.Contains(page, []byte(want)) {
			t.Errorf("the page does not say %q", want)
		}
	}
}

func TestEntrySeries(t *testing.T) {
	words, err := loadCatalogue(web.Files, "vi")
	if err != nil {
		t.Fatal(err)
	}
	entry := func(id, article, date string, who ...string) store.Entry {
		e := store.Entry{ID: id, URL: "/m/" + id, Type: "meeting", Kind: archive.Encounter, Status: archive.Held,
			Date: archive.Date(date), ArticleID: article, Title: "Bài " + article, City: "Geneva", Country: "CH", Agreements: 1}
		for _, w := range who {
			e.Who = append(e.Who, store.Who{Slug: w, Name: strings.ToUpper(w), Country: "LA"})
		}
		return e
	}
	got := entryViews(words, []store.Entry{
		entry("1", "x", "2026-04-01", "a", "b"), entry("2", "x", "2026-04-01", "a", "c"),
		entry("3", "x", "2026-04-02", "a", "b"), entry("4", "y", "2026-04-02", "a", "b"),
	}, true)
	var headings []string
	for _, v := range got {
		headings = append(headings, v.Date+" "+v.Kind+": "+v.Heading)
	}
	want := []string{"1/4/2026 2 cuộc gặp: A – B – C", "2/4/2026 Gặp: A – B", "2/4/2026 Gặp: A – B"}
	if diff := cmp.Diff(want, headings); diff != "" {
		t.Errorf("entryViews: (-want +got)\n%s", diff)
	}
	if diff := cmp.Diff([]link{{"A – B", "/m/1"}, {"A – C", "/m/2"}}, got[0].Members); diff != "" {
		t.Errorf("members: (-want +got)\n%s", diff)
	}
}

func TestMonthBars(t *testing.T) {
	words, err := loadCatalogue(web.Files, "vi")
	if err != nil {
		t.Fatal(err)
	}
	bars := monthBars(words, []store.Count{{Key: "2025-02", N: 1}, {Key: "2026-02", N: 40}}, 2026, 2, 13)
	if len(bars) != 13 || bars[0].URL != "/y/2025/02" || bars[12].URL != "/y/2026/02" || bars[1].URL != "" {
		t.Errorf("monthBars: %+v", bars)
	}
	if bars[0].Class != "n1" || bars[12].Class != "n20" || bars[1].Class != "n0" {
		t.Errorf("heights of 1, 40 and 0 are %s, %s and %s", bars[0].Class, bars[12].Class, bars[1].Class)
	}
	if bars[0].Year != "2025" || bars[11].Year != "2026" {
		t.Errorf("years stand under %q and %q", bars[0].Year, bars[11].Year)
	}
}

func TestShorten(t *testing.T) {
	for _, c := range []struct {
		text string
		n    int
		want string
	}{
		{"Hai bên nhất trí.", 40, "Hai bên nhất trí."},
		{"Hai bên nhất trí, đẩy mạnh hợp tác", 19, "Hai bên nhất trí…"},
		{"Thươngmạisongphương", 6, "Thương…"},
	} {
		if got := shorten(c.text, c.n); got != c.want {
			t.Errorf("shorten(%q, %d): got %q, want %q", c.text, c.n, got, c.want)
		}
	}
}

func TestQuotesPutsLikeWordsTogether(t *testing.T) {
	got := sources{{Quote: "hội đàm", Label: "1"}, {Quote: "5/2", Label: "2"}, {Quote: "Hội đàm", Label: "3"}}.Quotes()
	want := []quoted{
		{"hội đàm", sources{{Quote: "hội đàm", Label: "1"}, {Quote: "Hội đàm", Label: "3"}}},
		{"5/2", sources{{Quote: "5/2", Label: "2"}}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Quotes (-want +got):\n%s", diff)
	}
}
