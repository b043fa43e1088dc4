package site

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vankho/internal/archive"
	"vankho/internal/testkit"
)

// diffOf draws what changed from one text to another, paragraphs divided by
// line breaks.
func diffOf(t *testing.T, from, to string) string {
	t.Helper()
	article := func(text string) *archive.Article {
		a := &archive.Article{Version: 1}
		for i, line := range strings.Split(text, "\n") {
			a.Paragraphs = append(a.Paragraphs, archive.Paragraph{N: i + 1, Text: line})
		}
		return a
	}
	var p diffPage
	p.compare(wordsIn(t, "en"), article(from), article(to))
	var out []string
	for _, row := range p.Rows {
		if row.Same != "" {
			out = append(out, row.Same)
			continue
		}
		out = append(out, row.Label+" "+row.How+": "+drawn(row.Pieces))
	}
	return strings.Join(out, "\n")
}

func TestDiff(t *testing.T) {
	tests := []struct{ name, from, to, want string }{
		{"nothing", "một\nhai", "một\nhai", "2 paragraphs unchanged"},
		{"a word", "một\nhai bên nhất trí hợp tác", "một\nhai bên đồng ý hợp tác",
			"1 paragraph unchanged\nParagraph 2 changed: hai bên [-nhất trí-] {+đồng ý+} hợp tác"},
		{"a comma", "hai bên, nhất trí", "hai bên nhất trí", "Paragraph 1 changed: hai [-bên,-] {+bên+} nhất trí"},
		{"words at the end", "hai bên nhất trí", "hai bên nhất trí hợp tác", "Paragraph 1 changed: hai bên nhất trí {+hợp tác+}"},
		{"words gone from the end", "hai bên nhất trí hợp tác", "hai bên nhất trí", "Paragraph 1 changed: hai bên nhất trí [-hợp tác-]"},
		{"a paragraph put in", "một hai\nba bốn", "một hai\nnăm sáu\nba bốn", "1 paragraph unchanged\nParagraph 2 added: {+năm sáu+}\n1 paragraph unchanged"},
		{"a paragraph gone, the next one changed", "một hai ba\nbốn năm sáu\nbảy tám chín", "một hai ba\nbảy tám mười",
			"1 paragraph unchanged\nParagraph 2 removed: [-bốn năm sáu-]\nParagraph 2 changed: bảy tám [-chín-] {+mười+}"},
		{"another text", "một hai ba", "bốn năm sáu", "Paragraph 1 removed: [-một hai ba-]\nParagraph 1 added: {+bốn năm sáu+}"},
		{"two in another order", "một hai ba\nbốn năm sáu", "bốn năm sáu\nmột hai ba",
			"Paragraph 1 removed: [-một hai ba-]\n1 paragraph unchanged\nParagraph 2 added: {+một hai ba+}"},
		{"from nothing", "", "một", "Paragraph 1 removed: [--]\nParagraph 1 added: {+một+}"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, diffOf(t, tt.from, tt.to)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestDiffIsBounded: what is too long to compare word by word is shown whole,
// and every word of both is there.
func TestDiffIsBounded(t *testing.T) {
	var from, to []string
	for i := range 300 {
		from, to = append(from, fmt.Sprintf("đoạn cũ số %d", i)), append(to, fmt.Sprintf("phần mới thứ %d", i))
	}
	if got := strings.Count(diffOf(t, strings.Join(from, "\n"), strings.Join(to, "\n")), "\n") + 1; got != 600 {
		t.Errorf("300 paragraphs and 300 others: %d rows, want 600", got)
	}
	long := strings.Repeat("một hai ba ", 2000)
	got := diffOf(t, "đầu "+long+"bốn", "cuối "+strings.Repeat("một ba hai ", 2000)+"năm")
	if want := 12004; strings.Count(got, "một")+strings.Count(got, "hai")+strings.Count(got, "ba")+strings.Count(got, "đầu")+strings.Count(got, "cuối")+strings.Count(got, "bốn")+strings.Count(got, "năm") != want {
		t.Errorf("long paragraphs: not all of their words are shown")
	}
}

// TestQuoteOfOldVersion: what a newer version no longer says is found in the
// one that did, and shown to be gone.
func TestQuoteOfOldVersion(t *testing.T) {
	arch := &testArchive{dir: t.TempDir(), articles: testkit.Articles()[:1], variables: map[string]string{}}
	importArticles(t, arch.dir, nil, arch.articles...)
	again := testkit.Articles()[0]
	rewrite(again, 8, "Tin khác: Thủ tướng làm việc tại Cần Thơ")
	rewrite(again, 2, "Hai nhà lãnh đạo tại buổi chiêu đãi. Ảnh: TTXVN")
	importArticles(t, arch.dir, nil, again)
	arch.open(t, nil)
	address := "/a/" + again.ID + "/v/1#d3-s1"
	_, page := getPage(t, arch, "/cite?q="+url.QueryEscape("Hai nhà lãnh đạo tại lễ đón"))
	for _, want := range []string{address, arch.site.loaded.editions["vi"].catalogue.t("quote.old", 1, 2)} {
		if !strings.Contains(string(page), want) {
			t.Errorf("the quotation of version 1: no %q", want)
		}
	}
	_, page = getPage(t, arch, "/a/"+again.ID+"/v/2/diff")
	if want := "Hai nhà lãnh đạo tại <del>"; !strings.Contains(string(page), want) {
		t.Errorf("the versions compared: no %q", want)
	}
}

// FuzzDiff: the first text is what is the same and what was removed, the
// second what is the same and what was added.
func FuzzDiff(f *testing.F) {
	f.Add("hai bên, nhất trí\nhợp tác", "hai bên nhất trí")
	f.Add("a b a b c", "b a b a")
	f.Add("\u00a0x", "x \u2029")
	f.Fuzz(func(t *testing.T, from, to string) {
		if len(from)+len(to) > 2000 || !strings.Contains(from, " ") {
			return
		}
		d := &differ{lexicon: newLexicon(), left: maxCells}
		var a, b strings.Builder
		for _, p := range d.words(from, to) {
			if p.Op != pieceIns {
				a.WriteString(p.Text)
			}
			if p.Op != pieceDel {
				b.WriteString(p.Text)
			}
		}
		bare := func(s string) string { return strings.Join(strings.Fields(s), "") }
		if bare(a.String()) != bare(from) || bare(b.String()) != bare(to) {
			t.Errorf("%q to %q: shown as %q and %q", from, to, a.String(), b.String())
		}
	})
}
