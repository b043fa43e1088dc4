package source

import (
	"errors"
	"fmt"
	"strings"

	"vankho/internal/archive"
	"vankho/internal/render"
	"vankho/internal/vitext"
)

// maxMarkdown bounds the work on one text: blocks just small enough not to be
// refused for their delimiters take 5 ms a KiB to parse.
const maxMarkdown = 2 * MaxText

// readMarkdown reads a Markdown file. Its front matter, when it has one, comes
// first and is a line of "---", lines of "key: value", and a line of "---".
// This is not YAML but the part of it that four keys need, so that every
// mistake has a line number:
//
//	---
//	title: Việt Nam và Lào hội đàm
//	published: 2026-02-05
//	publisher: Nhân Dân
//	url: https://example.org/hoi-dam
//	---
//
// A value may stand in quotation marks. Its lines are furniture, so that the
// publication day has words to point to.
func readMarkdown(f File, text string) (*page, error) {
	p := &page{}
	body, line := text, 1
	if rest, ok := strings.CutPrefix(text, "---\n"); ok {
		n, after, err := p.frontMatter(f, rest)
		if err != nil {
			return nil, err
		}
		body, line = after, n
	}
	if len(body) > maxMarkdown {
		return nil, &Error{f.Path, 0, -1, "too long", fmt.Sprintf("%d bytes of Markdown, at most %d are read", len(body), maxMarkdown)}
	}
	blocks, err := render.Blocks([]byte(body))
	if err != nil {
		why := err.Error()
		if errors.Is(err, render.ErrDense) {
			why = "a block of over 8 KiB has over 1,000 Markdown delimiters"
		}
		return nil, &Error{f.Path, 0, -1, "cannot read the Markdown", why}
	}
	titled := p.title != ""
	for _, b := range blocks {
		kind := archive.ParagraphKind("")
		switch b.Kind {
		case render.HeadingBlock:
			kind = archive.Heading
			if b.Level == 1 && !titled {
				kind, titled = archive.TitleParagraph, true
			} else if b.Text == p.title {
				kind = archive.TitleParagraph
			}
		case render.ImageBlock:
			kind = archive.Caption
		case render.HTMLBlock:
			p.note(-1, "raw-html", "the raw HTML from line %d on is left out", line+b.Line-1)
			continue
		}
		p.add(b.Text, line+b.Line-1, kind)
	}
	return p, nil
}

// frontMatter reads the lines after the opening "---" and gives the number of
// the line after the closing one, and the text from there.
func (p *page) frontMatter(f File, text string) (line int, body string, err error) {
	seen := map[string]bool{}
	line = 1
	for s := range strings.Lines(text) {
		line++
		text = text[len(s):]
		s = trim(s)
		if s == "---" {
			return line + 1, text, nil
		}
		if s == "" || strings.HasPrefix(s, "#") {
			continue
		}
		fail := func(what, why string, args ...any) error {
			return &Error{f.Path, line, -1, what, fmt.Sprintf(why, args...)}
		}
		k, v, ok := strings.Cut(s, ":")
		k, v = strings.TrimSpace(k), vitext.NFC(unquote(strings.TrimSpace(v)))
		switch {
		case !ok || k == "":
			return 0, "", fail("bad front matter", "want key: value, got %q", s)
		case seen[k]:
			return 0, "", fail("bad front matter", "%s stands twice", k)
		}
		seen[k] = true
		p.add(s, line, archive.Furniture)
		if v == "" {
			continue
		}
		i := len(p.blocks) - 1
		switch k {
		case "title":
			p.title = v
		case "publisher":
			p.publisher = v
		case "published":
			d, err := archive.ParseDate(v)
			if err != nil {
				return 0, "", fail("bad front matter", "published: %v", err)
			}
			if d.Interval() || d.Year() == 0 {
				return 0, "", fail("bad front matter", "published: %q is no day, month or year", v)
			}
			at := strings.Index(p.blocks[i].text, v)
			p.publish(i, at, at+len(v), d, archive.Stated, "front-matter")
		case "url":
			if p.url = webURL(v); p.url == "" {
				p.note(i, "front-matter", "url: only absolute http and https addresses are kept")
			}
		default:
			p.note(i, "front-matter", "%s: the known keys are title, published, publisher and url", k)
		}
	}
	return 0, "", &Error{f.Path, line, -1, "bad front matter", "no closing ---"}
}

// unquote takes off one pair of quotation marks.
func unquote(s string) string {
	if len(s) >= 2 && (s[0] == '"' || s[0] == '\'') && s[len(s)-1] == s[0] {
		return strings.TrimSpace(s[1 : len(s)-1])
	}
	return s
}
