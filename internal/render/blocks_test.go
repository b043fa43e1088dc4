package render

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func TestBlocks(t *testing.T) {
	for _, tt := range []struct {
		name, markdown string
		want           []Block
	}{
		{"paragraphs", "Một\nhai  \nba\n\nBốn\n", []Block{
			{ParagraphBlock, 0, "Một hai ba", 1}, {ParagraphBlock, 0, "Bốn", 5}}},
		{"headings", "# Một\n\nHai\n===\n\n###### Ba ######\n", []Block{
			{HeadingBlock, 1, "Một", 1}, {HeadingBlock, 1, "Hai", 3}, {HeadingBlock, 6, "Ba", 6}}},
		{"inline", `*Một* __hai__ ~~ba~~ [bốn](javascript:x "t") <https://a.vn> <b>năm</b> \* &amp; &#273; ` + "`\\* &amp;`", []Block{
			{ParagraphBlock, 0, `Một hai ~~ba~~ bốn https://a.vn năm * & đ \* &amp;`, 1}}},
		{"images", "![Ảnh *một*](a.jpg) ![](b.jpg)\n\n![Ảnh](a.jpg) và chữ\n\n![](c.jpg)\n", []Block{
			{ImageBlock, 0, "Ảnh một", 1}, {ParagraphBlock, 0, "Ảnh và chữ", 3}}},
		{"containers", "> Một\n>\n> - hai\n> - ba\n\n1. Bốn\n\n   năm\n", []Block{
			{ParagraphBlock, 0, "Một", 1}, {ParagraphBlock, 0, "hai", 3}, {ParagraphBlock, 0, "ba", 4},
			{ParagraphBlock, 0, "Bốn", 6}, {ParagraphBlock, 0, "năm", 8}}},
		{"code", "```go\na  b\n\nc\n```\n\n    d\n", []Block{
			{CodeBlock, 0, "a  b\n\nc", 2}, {CodeBlock, 0, "d", 7}}},
		{"script inside a line", "Một <script>alert(1)</script>hai <style>p{}</style>ba", []Block{{ParagraphBlock, 0, "Một hai ba", 1}}},
		{"html", "<script>\nalert(1)\n</script>\n\n<div>\n\nMột\n", []Block{
			{HTMLBlock, 0, "<script>\nalert(1)\n</script>", 1}, {HTMLBlock, 0, "<div>", 5}, {ParagraphBlock, 0, "Một", 7}}},
		{"references", "[Một][a]\n\n[a]: https://a.vn\n\nHai\n", []Block{
			{ParagraphBlock, 0, "Một", 1}, {ParagraphBlock, 0, "Hai", 5}}},
		{"rules and blanks", "---\n\n***\n \n", nil},
		{"nothing", "", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := Blocks([]byte(tt.markdown))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("Blocks(%q): (-want +got)\n%s", tt.markdown, diff)
			}
		})
	}
}

// Bombs (FAULTS.md row 19) are refused; what is small enough is slow, not
// endless: goldmark takes under a tenth of a second for each of these.
func TestBlocksBombs(t *testing.T) {
	for _, bomb := range []string{"_a*", "[](", "*a_", "![", "`a ", "<a ", "[a]", "\\*", "> ", "&a;"} {
		if _, err := Blocks([]byte(strings.Repeat(bomb, 32_000))); !errors.Is(err, ErrDense) {
			t.Errorf("Blocks(%q ×32,000): got %v, want ErrDense", bomb, err)
		}
		small := strings.Repeat(bomb, maxBlock/len(bomb))
		start := time.Now()
		if _, err := Blocks([]byte(small)); err != nil {
			t.Errorf("Blocks(%q in 8 KiB): %v", bomb, err)
		}
		if took := time.Since(start); took > 5*time.Second {
			t.Errorf("Blocks(%q in 8 KiB) took %v", bomb, took)
		}
	}
}

// The blocks of any text come in its order, with the line they stand on, and
// hold no text that is not UTF-8.
func FuzzBlocks(f *testing.F) {
	f.Add([]byte("# Một\n\n> - hai *ba* [bốn](x)\n\n```\nnăm\n```\n\n<b>\n\n![a](b)\n"))
	f.Fuzz(func(t *testing.T, markdown []byte) {
		if !utf8.Valid(markdown) {
			return
		}
		blocks, err := Blocks(markdown)
		if err != nil {
			if !errors.Is(err, ErrDense) {
				t.Fatal(err)
			}
			return
		}
		line, lines := 1, 1+bytes.Count(markdown, []byte("\n"))
		for _, b := range blocks {
			if b.Text == "" || strings.TrimSpace(b.Text) != b.Text || !utf8.ValidString(b.Text) {
				t.Errorf("text %q", b.Text)
			}
			if b.Line < line || b.Line > lines {
				t.Errorf("line %d of %d after line %d", b.Line, lines, line)
			}
			line = b.Line
			if (b.Kind == HeadingBlock) != (b.Level > 0) {
				t.Errorf("%s of level %d", b.Kind, b.Level)
			}
		}
	})
}
