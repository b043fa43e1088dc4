package render

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// BlockKind is what a block of a Markdown text is.
type BlockKind string

// The kinds of block.
const (
	ParagraphBlock BlockKind = "paragraph" // also an item of a list and a quoted paragraph
	HeadingBlock   BlockKind = "heading"
	ImageBlock     BlockKind = "image" // a paragraph of nothing but images; Text is their alternative text
	CodeBlock      BlockKind = "code"
	HTMLBlock      BlockKind = "html" // raw HTML, tags included: for a message, never to be shown
)

// Block is one block of a Markdown text as plain text, on one line unless it
// is code or HTML.
type Block struct {
	Kind  BlockKind
	Level int // 1 to 6 for a heading, else 0
	Text  string
	Line  int // in which it begins, from 1
}

// Blocks gives the blocks of a CommonMark text in their order, without markup:
// of a link its text, of an image its alternative text, of raw HTML inside a
// line nothing. Blocks without text are left out. An error wraps ErrDense.
func Blocks(markdown []byte) ([]Block, error) {
	if err := CheckDensity(markdown); err != nil {
		return nil, err
	}
	root := goldmark.DefaultParser().Parse(text.NewReader(markdown))
	var blocks []Block
	line, counted := 1, 0
	add := func(n ast.Node, b Block) {
		if at := blockStart(n, markdown); at >= counted { // lines are counted once, forwards
			line += bytes.Count(markdown[counted:at], []byte("\n"))
			counted = at
		}
		b.Line = line
		if b.Text = strings.TrimSpace(b.Text); b.Text != "" {
			blocks = append(blocks, b)
		}
	}
	err := ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Heading:
			add(n, Block{Kind: HeadingBlock, Level: n.Level, Text: inlineText(n, markdown)})
		case *ast.Paragraph, *ast.TextBlock:
			kind := ParagraphBlock
			if onlyImages(n, markdown) {
				kind = ImageBlock
			}
			add(n, Block{Kind: kind, Text: inlineText(n, markdown)})
		case *ast.CodeBlock, *ast.FencedCodeBlock:
			add(n, Block{Kind: CodeBlock, Text: string(n.Lines().Value(markdown))})
		case *ast.HTMLBlock:
			raw := string(n.Lines().Value(markdown))
			if n.HasClosure() {
				raw += string(n.ClosureLine.Value(markdown))
			}
			add(n, Block{Kind: HTMLBlock, Text: raw})
		default:
			return ast.WalkContinue, nil
		}
		return ast.WalkSkipChildren, nil
	})
	return blocks, err
}

// blockStart gives the byte offset of a block's first line.
func blockStart(n ast.Node, markdown []byte) int {
	if lines := n.Lines(); lines != nil && lines.Len() > 0 {
		return lines.At(0).Start
	}
	return 0
}

// inlineText gives the text of a block as a reader sees it, its line breaks as
// spaces. What stands between the tags of a script or style is no text.
func inlineText(block ast.Node, markdown []byte) string {
	var b strings.Builder
	hidden := false
	ast.Walk(block, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		if raw, ok := n.(*ast.RawHTML); ok {
			switch tag := strings.ToLower(string(raw.Segments.Value(markdown))); {
			case strings.HasPrefix(tag, "<script"), strings.HasPrefix(tag, "<style"):
				hidden = true
			case strings.HasPrefix(tag, "</script"), strings.HasPrefix(tag, "</style"):
				hidden = false
			}
		}
		if hidden {
			return ast.WalkSkipChildren, nil
		}
		switch n := n.(type) {
		case *ast.Text:
			if _, code := n.Parent().(*ast.CodeSpan); code {
				b.Write(n.Value(markdown))
			} else {
				b.Write(unescape(n.Value(markdown)))
			}
			if n.SoftLineBreak() || n.HardLineBreak() {
				b.WriteByte(' ')
			}
		case *ast.String:
			b.Write(n.Value)
		case *ast.AutoLink:
			b.Write(n.Label(markdown))
		}
		return ast.WalkContinue, nil
	})
	return b.String()
}

// unescape resolves backslash escapes and character references.
func unescape(s []byte) []byte {
	if bytes.IndexByte(s, '\\') < 0 && bytes.IndexByte(s, '&') < 0 {
		return s
	}
	return util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(s)))
}

// onlyImages reports whether a block has an image and no other text.
func onlyImages(block ast.Node, markdown []byte) bool {
	images := 0
	for n := block.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Image:
			images++
		case *ast.Text:
			if len(bytes.TrimSpace(n.Value(markdown))) > 0 {
				return false
			}
		default:
			return false
		}
	}
	return images > 0
}
