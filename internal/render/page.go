// Package render is the only room that knows goldmark. It reads Markdown for
// two ends: [Page] makes HTML of the site's own texts (web/content), and
// [Blocks] makes plain text of articles that come as Markdown.
//
//	doc, err := render.Page([]byte("# Help\n\nSee [how to cite](/cite)."), slug)
//	// doc.Title is "Help", doc.HTML `<h1 id="help">Help</h1>
//	// <p>See <a href="/cite">how to cite</a>.</p>`
//
// Nothing that Markdown can carry is trusted, wherever it comes from: raw HTML
// never comes through, links lead only where [AllowedURL] lets them, and a
// text on which goldmark would hang is refused ([CheckDensity]). The package
// keeps no state, and its functions are safe for concurrent use.
package render

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"net/url"
	"strconv"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// Document is one of the site's own pages, rendered.
type Document struct {
	Title string        // text of its only first-level heading
	HTML  template.HTML // the whole page, safe to show as it is
}

// Page renders Markdown (CommonMark and tables) to HTML. The text must have
// exactly one first-level heading, its title. Every heading gets an id to link
// to: the one written behind it, "## Cụm từ {#cum-tu}", else what slug makes
// of its text.
//
// Raw HTML is left out, and so is the link, not its text, of any address but
// http, https and relative ones. An error wraps ErrDense when the text could
// take the renderer unreasonably long.
func Page(markdown []byte, slug func(string) string) (Document, error) {
	if err := CheckDensity(markdown); err != nil {
		return Document{}, err
	}
	ctx := parser.NewContext(parser.WithIDs(&headingIDs{slug: slug, used: map[string]bool{}}))
	root := pages.Parser().Parse(text.NewReader(markdown), parser.WithContext(ctx))
	var title string
	titles := 0
	err := ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if h, ok := n.(*ast.Heading); ok && entering && h.Level == 1 {
			titles++
			title = strings.TrimSpace(inlineText(h, markdown))
		}
		return ast.WalkContinue, nil
	})
	if err != nil {
		return Document{}, fmt.Errorf("markdown: %w", err)
	}
	if titles != 1 || title == "" {
		return Document{}, fmt.Errorf("markdown: %d first-level headings, want one with a text", titles)
	}
	dropUnsafe(root, markdown)
	var b bytes.Buffer
	if err := pages.Renderer().Render(&b, markdown, root); err != nil {
		return Document{}, fmt.Errorf("markdown: %w", err)
	}
	return Document{Title: title, HTML: template.HTML(b.String())}, nil
}

// pages is safe for concurrent use. It is not told WithUnsafe, so that its
// renderer would write no raw HTML even if dropUnsafe had left some.
var pages = goldmark.New(
	goldmark.WithExtensions(extension.Table),
	goldmark.WithParserOptions(parser.WithAutoHeadingID(), parser.WithHeadingAttribute()),
)

// ErrDense is for Markdown with so many delimiters in one block that parsing
// it could take seconds: goldmark 1.8.7 is worse than linear in "_a*" and
// "[](", 22 s for 96 KB.
var ErrDense = errors.New("too many Markdown delimiters in one block")

// A block of text longer than maxBlock bytes may have maxDelimiters of these.
const (
	maxBlock      = 8 << 10
	maxDelimiters = 1000
	delimiters    = "*_`~[]()!<>|&\\"
)

// CheckDensity gives an error that wraps ErrDense and names the line when a
// block of the text, a run of lines that are not blank, is over 8 KiB long and
// has over 1,000 delimiters. Call it before giving foreign Markdown to a
// parser.
func CheckDensity(markdown []byte) error {
	size, count, first, n := 0, 0, 1, 0
	for line := range bytes.Lines(markdown) {
		n++
		if len(bytes.TrimSpace(line)) == 0 {
			size, count, first = 0, 0, n+1
			continue
		}
		size += len(line)
		for _, c := range line {
			if strings.IndexByte(delimiters, c) >= 0 {
				count++
			}
		}
		if size > maxBlock && count > maxDelimiters {
			return fmt.Errorf("line %d: %w", first, ErrDense)
		}
	}
	return nil
}

// dropUnsafe takes out raw HTML and turns every link or image with an address
// that AllowedURL refuses into its text.
func dropUnsafe(root ast.Node, source []byte) {
	var drop []ast.Node
	ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		bad := false
		switch n := n.(type) {
		case *ast.RawHTML, *ast.HTMLBlock:
			bad = true
		case *ast.Link:
			bad = !AllowedURL(destination(n.Destination))
		case *ast.Image:
			bad = !AllowedURL(destination(n.Destination))
		case *ast.AutoLink:
			bad = n.AutoLinkType == ast.AutoLinkEmail || !AllowedURL(destination(n.URL(source)))
		}
		if bad {
			drop = append(drop, n)
		}
		return ast.WalkContinue, nil
	}) // the walker gives no error
	for _, n := range drop {
		parent := n.Parent()
		if link, ok := n.(*ast.AutoLink); ok {
			parent.InsertBefore(parent, n, ast.NewString(link.Label(source)))
		}
		for c := n.FirstChild(); c != nil; c = n.FirstChild() {
			parent.InsertBefore(parent, n, c)
		}
		parent.RemoveChild(parent, n)
	}
}

// destination gives an address as a browser will read it: with backslash
// escapes and character references resolved, "&#106;avascript:" too.
func destination(raw []byte) string {
	return string(util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(raw))))
}

// AllowedURL reports whether a page may link to an address: http and https
// with a host, and paths, queries and fragments of this site. Everything else
// is refused, "//host" and what a browser takes for it among it.
func AllowedURL(address string) bool {
	u, err := url.Parse(address)
	if err != nil || strings.Contains(address, `\`) {
		return false
	}
	switch strings.ToLower(u.Scheme) {
	case "http", "https":
		return u.Host != ""
	case "":
		return u.Host == "" && !strings.HasPrefix(address, "//")
	}
	return false
}

// headingIDs makes the ids of headings, each used once.
type headingIDs struct {
	slug func(string) string
	used map[string]bool
}

// Generate implements parser.IDs.
func (h *headingIDs) Generate(value []byte, kind ast.NodeKind) []byte {
	base := h.slug(string(value))
	if base == "" {
		base = "h"
	}
	id := base
	for n := 2; h.used[id]; n++ {
		id = base + "-" + strconv.Itoa(n)
	}
	h.used[id] = true
	return []byte(id)
}

// Put implements parser.IDs: it takes note of an id that the text gives.
func (h *headingIDs) Put(value []byte) { h.used[string(value)] = true }
