package search

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"

	"vankho/internal/archive"
	"vankho/internal/testkit"
	"vankho/internal/vitext"
)

// marked gives the snippet of the best hit with its matches in brackets.
func marked(t *testing.T, ix *Index, query string) string {
	t.Helper()
	res, err := ix.Search(context.Background(), Query{Text: query})
	if err != nil {
		t.Fatal(err)
	}
	if res.Total == 0 {
		return ""
	}
	return brackets(res.Groups[0].Hits[0].Snippet)
}

func brackets(fragments []Fragment) string {
	var b strings.Builder
	for _, f := range fragments {
		if f.Match {
			b.WriteString("[" + f.Text + "]")
		} else {
			b.WriteString(f.Text)
		}
	}
	return b.String()
}

func TestSnippetMarks(t *testing.T) {
	for _, tt := range []struct{ name, text, query, want string }{
		{"words side by side", "Hai bên hội đàm hôm nay.", "hội đàm", "Hai bên [hội đàm] hôm nay."},
		{"typed without marks", "Hai bên hội đàm hôm nay.", "hoi dam", "Hai bên [hội đàm] hôm nay."},
		{"decomposed text", norm.NFD.String("Hai bên hội đàm hôm nay."), "hội đàm", norm.NFD.String("Hai bên [hội đàm] hôm nay.")},
		{"decomposed query", "Hai bên hội đàm.", norm.NFD.String("hội đàm"), "Hai bên [hội đàm]."},
		{"glued", "Phạm Minh ChínhChủ tịch Quốc hội", "chủ tịch", "Phạm Minh Chính[Chủ tịch] Quốc hội"},
		{"zero width", "Việt\u200b Nam", "viet", "[Việt]\u200b Nam"},
		{"as typed before folded", "đảng cộng sản đang công bố", "đảng cộng", "[đảng cộng] sản đang công bố"},
		{"folded where there is no other", "cơ quan truyền thông", "truyền thống", "cơ quan [truyền thông]"},
		{"alias", "Tổng thống Mỹ thăm", "Hoa Kỳ", "Tổng thống [Mỹ] thăm"},
		{"alias of several words", "Đại hội đồng Liên hợp quốc", "LHQ", "Đại hội đồng [Liên hợp quốc]"},
		{"phrase only", "đàm phán, hội ý, hội đàm", `"hội đàm"`, "đàm phán, hội ý, [hội đàm]"},
		{"date", "Ngày 5 tháng 2 năm 2026, tại Hà Nội", "5/2", "Ngày [5 tháng 2 năm 2026], tại Hà Nội"},
		{"date in figures", "Ngày 5/2/2026 hoặc 6/2.", "5/2", "Ngày [5/2/2026] hoặc 6/2."},
		{"number", "đạt 1.5 tỷ USD", "1,5 tỷ", "đạt [1.5 tỷ] USD"},
		{"over a comma", "Việt Nam, Lào", "Nam Lào", "Việt [Nam], [Lào]"},
		{"keystrokes", "Hai bên hội đàm.", "hooij ddamf", "Hai bên [hội đàm]."},
	} {
		ix := buildTest(t, textArticle("a.txt", tt.text))
		if got := marked(t, ix, tt.query); got != tt.want {
			t.Errorf("%s: %q in %q: got %q, want %q", tt.name, tt.query, tt.text, got, tt.want)
		}
	}
}

// TestFolded checks of which queries it is said that every way of setting marks
// was looked for: of those with a word that could have some.
func TestFolded(t *testing.T) {
	ix := buildTest(t, textArticle("a.txt", "Ngày 5/2/2026, hai bên hội đàm, Putin nói."))
	for query, want := range map[string]bool{
		"hoi dam": true, "hội đàm": false, "(hoi OR dam)": true, "Putin": false, "5/2/2026": false, "2026": false, "loại:hội-đàm": false,
	} {
		res, err := ix.Search(context.Background(), Query{Text: query})
		if err != nil {
			t.Fatal(err)
		}
		if res.Folded != want {
			t.Errorf("%q: Folded is %v, want %v", query, res.Folded, want)
		}
	}
}

func TestSnippetWindow(t *testing.T) {
	text := strings.Repeat("Một câu dài không có gì đáng kể ở đây cả. ", 30) +
		"Hai bên hội đàm về thương mại. " + strings.Repeat("Thêm một câu nữa để cho thật dài. ", 30)
	text = strings.TrimSpace(text)
	ix := buildTest(t, textArticle("a.txt", text))
	res, err := ix.Search(context.Background(), Query{Text: "hội đàm thương mại"})
	if err != nil {
		t.Fatal(err)
	}
	h := res.Groups[0].Hits[0]
	got := strings.NewReplacer("[", "", "]", "").Replace(brackets(h.Snippet))
	at := strings.Index(text, got)
	if at < 0 {
		t.Fatalf("the snippet %q is not in the text", got)
	}
	if n := len([]rune(got)); n < snippetRunes-20 || n > snippetRunes {
		t.Errorf("%d runes", n)
	}
	if !h.CutStart || !h.CutEnd || h.Sentence != 31 {
		t.Errorf("cut %v %v, sentence %d, want both and 31", h.CutStart, h.CutEnd, h.Sentence)
	}
	if !strings.HasPrefix(got, "Hai bên") {
		t.Errorf("begins with %q, want the sentence", got[:20])
	}
	if before, after := text[:at], text[at+len(got):]; !strings.HasSuffix(before, " ") || strings.IndexFunc(after, func(r rune) bool { return r == ' ' || r == '.' }) != 0 {
		t.Errorf("cut inside a word: …%q and %q…", before[len(before)-10:], after[:10])
	}
}

// FuzzSnippet: the fragments are one piece of the text, whatever was asked.
func FuzzSnippet(f *testing.F) {
	f.Add("Hai bên ChínhChủ hội đàm ngày 26-27/1/2026 tại TP.HCM.", `chủ "hội đàm" 26/1 hcm`)
	f.Add(norm.NFD.String("Tổng thống Mỹ, LHQ"), "hoa kỳ liên hợp quốc")
	f.Fuzz(func(t *testing.T, text, query string) {
		asked, err := parse(query, MaxQueryRunes, MaxTerms)
		if err != nil {
			t.Skip()
		}
		p, err := newPlan(asked.parts, false, func(string, string) (uint64, error) { return 1, nil })
		if err != nil {
			t.Fatal(err)
		}
		fragments, off, start, end := snippet(newAnalyzer(), text, vitext.Sentences(text), p.patterns, 0, len(text))
		whole := ""
		for i, fr := range fragments {
			if fr.Text == "" || i > 0 && fr.Match == fragments[i-1].Match && !fr.Match {
				t.Fatalf("fragment %d of %v is empty or not joined", i, fragments)
			}
			whole += fr.Text
		}
		at := strings.Index(text, whole)
		if at < 0 || off < 0 || off > len(text) {
			t.Fatalf("%q is not in %q, or %d outside", whole, text, off)
		}
		if !start && !end && whole != text {
			t.Fatalf("%q is said to be all of %q", whole, text)
		}
	})
}

// sources gives the sources of a page of results, with the meeting's place in
// its article where there is one.
func sources(res *Results) []string {
	var out []string
	for _, g := range res.Groups {
		out = append(out, g.Source+" "+string(g.Date))
	}
	return out
}

func TestFiltersAndOrder(t *testing.T) {
	ix := buildTest(t, testkit.Articles()...)
	for _, tt := range []struct {
		name string
		q    Query
		want []string
	}{
		{"everything, newest first", Query{}, []string{"ben-le.txt 2026-04-01", "ben-le.txt 2026-04-01", "hoi-dam.txt 2026-03-12", "sap-tham.txt "}},
		{"oldest first, unknown last", Query{Order: Oldest}, []string{"hoi-dam.txt 2026-03-12", "ben-le.txt 2026-04-01", "ben-le.txt 2026-04-01", "sap-tham.txt "}},
		{"country", Query{Countries: []string{"CH"}}, []string{"ben-le.txt 2026-04-01"}},
		{"any of two countries", Query{Countries: []string{"CH", "BR"}}, []string{"ben-le.txt 2026-04-01", "hoi-dam.txt 2026-03-12", "sap-tham.txt "}},
		{"unknown country", Query{Countries: []string{"XX"}}, nil},
		{"person", Query{People: []string{"ana-moreira"}}, []string{"hoi-dam.txt 2026-03-12", "sap-tham.txt "}},
		{"all people", Query{People: []string{"pham-thu", "karl-muster"}}, []string{"ben-le.txt 2026-04-01"}},
		{"unknown person", Query{People: []string{"nobody", "ana-moreira"}}, nil},
		{"year", Query{Years: []int{2026}}, []string{"ben-le.txt 2026-04-01", "ben-le.txt 2026-04-01", "hoi-dam.txt 2026-03-12"}},
		{"kind", Query{Kinds: []string{"talks"}}, []string{"hoi-dam.txt 2026-03-12"}},
		{"visit", Query{Kinds: []string{"visit"}, People: []string{"ana-moreira"}}, []string{"hoi-dam.txt 2026-03-12", "sap-tham.txt "}},
		{"from", Query{From: "2026-03-13"}, []string{"ben-le.txt 2026-04-01", "ben-le.txt 2026-04-01"}},
		{"to a month", Query{To: "2026-03"}, []string{"hoi-dam.txt 2026-03-12"}},
		{"within a day", Query{From: "2026-03-12", To: "2026-03-12"}, []string{"hoi-dam.txt 2026-03-12"}},
		{"text and country", Query{Text: "gặp", Countries: []string{"CH"}}, []string{"ben-le.txt 2026-04-02", "ben-le.txt 2026-04-01"}},
		{"second page", Query{Limit: 1, Offset: 2}, []string{"hoi-dam.txt 2026-03-12"}},
		{"beyond the end", Query{Offset: 100}, nil},
	} {
		res, err := ix.Search(context.Background(), tt.q)
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		if diff := cmp.Diff(tt.want, sources(res)); diff != "" {
			t.Errorf("%s (-want +got)\n%s", tt.name, diff)
		}
	}
}

// TestFacetsCountGroups compares the facets with what each filter then finds.
func TestFacetsCountGroups(t *testing.T) {
	var articles []*archive.Article
	for a := range varied(t, 60) {
		articles = append(articles, a)
	}
	ix := buildTest(t, articles...)
	for _, text := range []string{"", "hợp tác", "Tô Lâm hội đàm"} {
		res, err := ix.Search(context.Background(), Query{Text: text})
		if err != nil {
			t.Fatal(err)
		}
		total := func(q Query) int {
			q.Text = text
			r, err := ix.Search(context.Background(), q)
			if err != nil {
				t.Fatal(err)
			}
			return r.Total
		}
		for _, f := range res.Facets.Countries {
			if n := total(Query{Countries: []string{f.Value}}); n != f.N {
				t.Errorf("%q, country %s: facet %d, filter %d", text, f.Value, f.N, n)
			}
		}
		for _, f := range res.Facets.People {
			if n := total(Query{People: []string{f.Value}}); n != f.N {
				t.Errorf("%q, person %s: facet %d, filter %d", text, f.Value, f.N, n)
			}
		}
		for _, f := range res.Facets.Kinds {
			if n := total(Query{Kinds: []string{f.Value}}); n != f.N {
				t.Errorf("%q, kind %s: facet %d, filter %d", text, f.Value, f.N, n)
			}
		}
		if len(res.Facets.People) != MaxFacets || len(res.Facets.Countries) < 10 {
			t.Errorf("%q: %d people, %d countries", text, len(res.Facets.People), len(res.Facets.Countries))
		}
	}
	last := Query{Text: "hợp tác", People: []string{"p39-CN"}}
	res, err := ix.Search(context.Background(), last)
	if err != nil {
		t.Fatal(err)
	}
	if res.Total > 0 && !slices.ContainsFunc(res.Facets.People, func(f Facet) bool { return f.Selected }) {
		t.Error("the selected person is not among the facets")
	}
}

func TestSpreadWordsComeAfter(t *testing.T) {
	ix := buildTest(t,
		textArticle("spread.txt", "Hai bên bàn về nông nghiệp nông nghiệp nông nghiệp.", "Phần sau nói về hàng không."),
		textArticle("together.txt", "Một câu dài dòng hơn nhiều, trong đó lần lượt có nhắc tới cả nông nghiệp lẫn hàng không và nhiều điều khác nữa của hai nước."),
		textArticle("half.txt", "Chỉ nói về nông nghiệp."),
	)
	if diff := cmp.Diff([]string{"together.txt", "spread.txt"}, names(t, ix, "nông nghiệp hàng không")); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestPartial(t *testing.T) {
	ix := buildTest(t, textArticle("a.txt", "Hai bên hội đàm."), textArticle("b.txt", "Không có gì."))
	res, err := ix.Search(context.Background(), Query{Text: "hai bên hội đàm xyzzy"})
	if err != nil {
		t.Fatal(err)
	}
	if !res.Partial || res.Total != 1 {
		t.Errorf("partial %v, %d groups, want true and 1", res.Partial, res.Total)
	}
	if res, _ = ix.Search(context.Background(), Query{Text: "hội xyzzy"}); res.Total != 0 {
		t.Errorf("one word of two: %d groups", res.Total)
	}
}

// TestParagraphsOfMeetings checks the rule for which group a paragraph
// belongs to.
func TestParagraphsOfMeetings(t *testing.T) {
	ev := func(ns ...int) (l archive.List[archive.Evidence]) {
		for _, n := range ns {
			l = append(l, archive.Evidence{Span: archive.Span{Paragraph: n}})
		}
		return l
	}
	article := func(meetings ...archive.Meeting) *archive.Article {
		a := textArticle("m.txt", "một", "hai", "ba", "bốn", "năm")
		for i := range meetings {
			meetings[i].Main = meetings[i].Kind != ""
			a.Meetings = append(a.Meetings, meetings[i])
		}
		a.AssignIDs()
		return a
	}
	of := func(ix *Index) (out []string) {
		for d := range uint32(ix.col.Paragraphs) {
			groups, n := ix.col.docGroups(d)
			out = append(out, fmt.Sprint(ix.col.docNumber(d), groups[:n]))
		}
		return out
	}
	for _, tt := range []struct {
		name string
		a    *archive.Article
		want []string // number and groups of each paragraph
	}{
		{"no meeting", article(), []string{"1 [0]", "2 [0]", "3 [0]", "4 [0]", "5 [0]"}},
		{"one main meeting has all", article(archive.Meeting{Kind: "talks", Evidence: ev(2)}, archive.Meeting{Evidence: ev(4)}), []string{"1 [0]", "2 [0]", "3 [0]", "4 [0]", "5 [0]"}},
		{"a series", article(
			archive.Meeting{Kind: "talks", Evidence: ev(2), Date: archive.DateClaim{Evidence: ev(1)}},
			archive.Meeting{Kind: "meeting", Evidence: ev(3), Date: archive.DateClaim{Evidence: ev(1, 4)}},
		), []string{"1 [1 2]", "2 [1]", "3 [2]", "4 [2]", "5 [0]"}},
		{"told of by two", article(
			archive.Meeting{Kind: "talks", Evidence: ev(2, 3)},
			archive.Meeting{Kind: "meeting", Evidence: ev(3)},
		), []string{"1 [0]", "2 [1]", "3 [1 2]", "4 [0]", "5 [0]"}},
		{"told of by three, named by four", article(
			archive.Meeting{Kind: "talks", Evidence: ev(2), Place: archive.Place{Evidence: ev(1)}},
			archive.Meeting{Kind: "meeting", Evidence: ev(2), Place: archive.Place{Evidence: ev(1)}},
			archive.Meeting{Kind: "meeting", Evidence: ev(3), Place: archive.Place{Evidence: ev(1, 4)}},
			archive.Meeting{Kind: "meeting", Evidence: ev(2), Place: archive.Place{Evidence: ev(1, 4)}},
		), []string{"1 [0]", "2 [1 2 4]", "3 [3]", "4 [3 4]", "5 [0]"}},
		{"told of by four at once", article(
			archive.Meeting{Kind: "talks", Evidence: ev(2), Place: archive.Place{Evidence: ev(1)}},
			archive.Meeting{Kind: "meeting", Evidence: ev(2), Place: archive.Place{Evidence: ev(1)}},
			archive.Meeting{Kind: "meeting", Evidence: ev(2), Place: archive.Place{Evidence: ev(1)}},
			archive.Meeting{Kind: "meeting", Evidence: ev(2, 3), Place: archive.Place{Evidence: ev(1)}},
		), []string{"1 [0]", "2 [0]", "3 [4]", "4 [0]", "5 [0]", "2 [1]", "2 [2]", "2 [3]"}},
	} {
		if diff := cmp.Diff(tt.want, of(buildTest(t, tt.a))); diff != "" {
			t.Errorf("%s (-want +got)\n%s", tt.name, diff)
		}
	}
}

func TestDatesIn(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"ngày 5/2/2026", "2026-02-05"},
		{"ngày 26/1", "01-26"},
		{"từ ngày 26-27/1", "01-26 01-27"},
		{"từ 26 – 27/1/2026", "2026-01-26 2026-01-27"},
		{"từ 30/1-2/2", "01-30 02-02"},
		{"ngày 26 tháng 1", "01-26"},
		{"ngày 26 tháng 1 năm 2026", "2026-01-26"},
		{"tháng 2/2026 và tháng 3 năm 2026", "2026-02 2026-03"},
		{"12/2025", "2025-12"},
		{"2026-02-05", "2026-02-05"},
		{"31/2, 32/1, 5/13, 0/1", ""},
		{"tháng 2", ""},
		{"29/2 và 29/2/2025", "02-29 02-29"},
		{"1,5/2", ""},
		{"", ""},
	} {
		var s vitext.Scanner
		var got []string
		for _, d := range datesIn(scan(&s, tt.text), tt.text) {
			got = append(got, d.key())
		}
		if g := strings.Join(got, " "); g != tt.want {
			t.Errorf("datesIn(%q): got %q, want %q", tt.text, g, tt.want)
		}
	}
}

func TestEventDates(t *testing.T) {
	for d, want := range map[archive.Date]string{
		"":                      "",
		"2026":                  "",
		"2026-02":               "2026-02",
		"2026-02-05":            "2026-02-05 2026-02 02-05",
		"XXXX-07-18":            "07-18",
		"2026-01-31/2026-02-02": "2026-01-31 2026-01 01-31 2026-02-01 2026-02 02-01 2026-02-02 2026-02 02-02",
	} {
		if got := strings.Join(eventDates(d), " "); got != want {
			t.Errorf("eventDates(%q): got %q, want %q", d, got, want)
		}
	}
}

// TestLiteral: what hasLiteral finds, a reading of the words finds too.
func TestLiteral(t *testing.T) {
	var r run
	for _, tt := range []struct {
		text, phrase   string
		literal, found bool
	}{
		{"thúc đẩy quan hệ hợp tác, và", "quan hệ hợp tác", true, true},
		{"quan hệ hợp tác.", "quan hệ hợp tác", true, true},
		{"Quan hệ hợp tác", "quan hệ hợp tác", true, true},
		{"với Đảng Cộng sản Việt Nam.", "đảng cộng sản Việt Nam", true, true},
		{"QUAN HỆ HỢP TÁC", "quan hệ hợp tác", false, true},
		{"quan hệ hợpTác", "quan hệ hợptác", false, false},
		{"a b c a b d c a b c d", "a b c d", true, true},
		{"quan hệ\u00a0hợp tác", "quan hệ hợp tác", false, true},
		{"quan hệ hợp táchai", "quan hệ hợp tác", false, false},
		{"xquan hệ hợp tác và quan hệ hợp tác", "quan hệ hợp tác", true, true},
		{"vì nền hoà bình lâu dài", "hòa bình lâu dài", false, true},
		{"vì nền hòa bình lâu dài", "hoà bình lâu dài", true, true},
		{"hơn 15 tỷ USD", "15 tỷ usd", false, true},
		{"quan he hop tac", "quan hệ hợp tác", false, false},
	} {
		asked, err := parse(`"`+tt.phrase+`"`, MaxQueryRunes, MaxTerms)
		if err != nil {
			t.Fatal(err)
		}
		words := together(asked.parts[0].toks, false, 1).phrases[0]
		l := literal(words)
		if got := l != "" && hasLiteral([]byte(tt.text), l); got != tt.literal {
			t.Errorf("%q in %q: literally %v, want %v", tt.phrase, tt.text, got, tt.literal)
		}
		if got := r.stand(tt.text, words); got != tt.found {
			t.Errorf("%q in %q: %v, want %v", tt.phrase, tt.text, got, tt.found)
		}
	}
}

// FuzzLiteral: the quick look never finds what the reading would not.
func FuzzLiteral(f *testing.F) {
	f.Add("thúc đẩy quan hệ hợp tác, và", "quan hệ hợp tác")
	f.Add("a. b c, d", "b c")
	f.Fuzz(func(t *testing.T, text, phrase string) {
		var s vitext.Scanner
		var words []wanted
		for _, tok := range scan(&s, phrase) {
			words = append(words, wanted{tok.exact, tok.folded, false})
		}
		var r run
		if l := literal(words); l != "" && hasLiteral([]byte(text), l) && !r.stand(text, words) {
			t.Errorf("%q has %q literally, but does not have its words", text, l)
		}
	})
}
