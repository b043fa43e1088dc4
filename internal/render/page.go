package render

import (
	"bytes"
	"fmt"
	"html/template"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
)

// Document is a page of the site, rendered.
type Document struct {
	Title string        // text of the first heading
	HTML  template.HTML // safe to show as it is
}

// Page renders one of the site's own Markdown pages.
func Page(markdown []byte) (Document, error) {
	md := goldmark.New(goldmark.WithExtensions(extension.Table), goldmark.WithParserOptions(parser.WithAutoHeadingID()))
	var b bytes.Buffer
	if err := md.Convert(markdown, &b); err != nil {
		return Document{}, fmt.Errorf("markdown: %w", err)
	}
	return Document{HTML: template.HTML(b.String())}, nil
}
