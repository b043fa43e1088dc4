package site

import (
	"html/template"
	"strconv"
	"strings"

	"vankho/internal/search"
)

// What a page of results has by the hundred is written here rather than by a
// template, which takes ten times as long for it. All text is escaped.

// passageMarkup gives the words of a passage with what was looked for marked.
func passageMarkup(h search.Hit) template.HTML {
	var b strings.Builder
	if h.CutStart && cutBefore(h.Snippet) {
		b.WriteString("…")
	}
	for _, f := range h.Snippet {
		text := template.HTMLEscapeString(f.Text)
		if f.Match {
			text = "<mark>" + text + "</mark>"
		}
		b.WriteString(text)
	}
	if h.CutEnd && cutAfter(h.Snippet) {
		b.WriteString("…")
	}
	return template.HTML(b.String())
}

// choiceRoom is about how many bytes an item takes.
const choiceRoom = 160

// choices gives the values of a filter as items of a list, each a link with its
// count.
func (c *catalogue) choices(list []choice) template.HTML {
	var b strings.Builder
	b.Grow(choiceRoom * len(list))
	for _, x := range list {
		b.WriteString(`<li><a href="`)
		b.WriteString(template.HTMLEscapeString(c.to(x.URL)))
		b.WriteByte('"')
		if x.Current {
			b.WriteString(` aria-current="true"`)
		}
		b.WriteString("><span")
		if x.Source {
			b.WriteString(string(c.sourced()))
		}
		b.WriteByte('>')
		b.WriteString(template.HTMLEscapeString(x.Text))
		b.WriteString(`</span><data value="` + strconv.Itoa(x.N) + `">` + c.num(x.N) + "</data></a></li>")
	}
	return template.HTML(b.String())
}
