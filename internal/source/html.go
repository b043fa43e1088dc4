package source

import (
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	readability "codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"vankho/internal/archive"
	"vankho/internal/vitext"
)

// maxTags bounds the work on one saved page. The largest news pages, with all
// their comments, have some 10,000 start and end tags.
const maxTags = 100_000

// readHTML reads a saved page. Its paragraphs are the blocks that a browser
// would show, in the order of the document, after the metadata in its head
// that say when it was published. Those that go-readability does not count to
// the content are furniture.
func readHTML(f File, text string) (*page, error) {
	fail := func(why string) error {
		return &Error{f.Path, 0, -1, "cannot read the HTML", why}
	}
	plain, tags := withoutFormatting(text)
	if tags > maxTags {
		return nil, fail(fmt.Sprintf("%d tags, at most %d are read", tags, maxTags))
	}
	doc, err := html.Parse(strings.NewReader(plain))
	if err != nil {
		return nil, fail(err.Error())
	}
	p := &page{}
	head := readHead(doc)
	base, _ := url.Parse(head.url) // webURL has parsed it before; nil is no base
	p.url = head.url

	parser := readability.NewParser()
	article, err := parser.ParseDocument(doc, base)
	if err != nil {
		return nil, fail(err.Error())
	}
	p.title = oneLine(article.Title())
	p.publisher = oneLine(article.SiteName())

	for _, m := range head.published {
		p.add(m.name+": "+m.value, 0, archive.Furniture)
		if b := p.blocks[len(p.blocks)-1]; p.published.EDTF == "" {
			if d, state := publishedDay(m.value); d != "" {
				at := len(b.text) - len(m.value)
				p.publish(len(p.blocks)-1, at, at+len(m.value), d, state, "html-"+m.rule)
			}
		}
	}
	content := map[string]bool{}
	if article.Node != nil {
		walkBlocks(article.Node, func(s string, _ archive.ParagraphKind) { content[s] = true })
	} else {
		p.note(-1, "no-content", "no article was found among the blocks of the page")
	}
	titled := false
	walkBlocks(doc, func(s string, kind archive.ParagraphKind) {
		switch {
		case kind == archive.Heading && !titled && isTitle(s, p.title):
			p.title, kind, titled = oneLine(s), archive.TitleParagraph, true
		case !content[s]:
			kind = archive.Furniture
		case kind == archive.Heading && endsSentence(s) && longer(s, proseRunes):
			kind = "" // a lead set as a heading
		}
		p.add(s, 0, kind)
	})
	p.reclaimLead()
	return p, nil
}

// reclaimLead takes the paragraphs of text between headline and content for
// text too. Vietnamese pages often print the lead in a block of its own there,
// which readability leaves out.
func (p *page) reclaimLead() {
	title := slices.IndexFunc(p.blocks, func(b block) bool { return b.kind == archive.TitleParagraph })
	text := slices.IndexFunc(p.blocks, func(b block) bool { return b.kind == "" })
	for i := title + 1; title >= 0 && i < text; i++ {
		if b := &p.blocks[i]; endsSentence(b.text) && longer(b.text, proseRunes) {
			b.kind = ""
		}
	}
}

// isTitle reports whether a heading is the page's title, which may have the
// name of the site behind it.
func isTitle(heading, title string) bool {
	heading = oneLine(heading)
	return heading == title || len(strings.Fields(heading)) >= 4 && strings.HasPrefix(title, heading)
}

// oneLine gives s in NFC with every run of white space as one space.
func oneLine(s string) string { return strings.Join(strings.Fields(trim(vitext.NFC(s))), " ") }

// formatting are the elements that a parser opens again in each block that
// follows when they were not closed: 500 of them before 50,000 paragraphs make
// 25 million elements. They say nothing here, so that they are left out before
// the page is parsed.
var formatting = map[atom.Atom]bool{
	atom.B: true, atom.Big: true, atom.Code: true, atom.Em: true, atom.Font: true, atom.I: true, atom.Nobr: true, atom.S: true,
	atom.Small: true, atom.Strike: true, atom.Strong: true, atom.Tt: true, atom.U: true,
}

// withoutFormatting gives a page without its formatting elements, and counts
// the tags that stay.
func withoutFormatting(text string) (plain string, tags int) {
	var b strings.Builder
	b.Grow(len(text))
	for z := html.NewTokenizer(strings.NewReader(text)); ; {
		switch z.Next() {
		case html.ErrorToken: // the end: reading a string gives no other error
			b.Write(z.Raw())
			return b.String(), tags
		case html.StartTagToken, html.EndTagToken, html.SelfClosingTagToken:
			raw := z.Raw()
			name, _ := z.TagName()
			if formatting[atom.Lookup(name)] {
				continue
			}
			tags++
			b.Write(raw)
		default:
			b.Write(z.Raw())
		}
	}
}

// htmlHead is what the head of a page says about it.
type htmlHead struct {
	url       string
	published []metaDate
}

// pageURL gives the address of a page as webURL does, or "" for that of a whole
// site: templates that name their home page as canonical on every page would
// make one article of them all.
func pageURL(s string) string {
	address := webURL(s)
	if u, err := url.Parse(address); err != nil || strings.Trim(u.Path, "/") == "" && u.RawQuery == "" {
		return ""
	}
	return address
}

type metaDate struct{ name, value, rule string }

// publishedNames are the names under which pages give their publication time.
var publishedNames = map[string]bool{
	"article:published_time": true, "og:published_time": true, "pubdate": true, "publishdate": true,
	"datepublished": true, "dc.date.issued": true, "dcterms.issued": true, "date": true,
}

// readHead reads the address and the publication times that a page gives for
// machines: link and meta elements, JSON-LD.
func readHead(doc *html.Node) htmlHead {
	var h htmlHead
	ogURL := ""
	add := func(name, value, rule string) {
		if value = oneLine(value); value != "" && len(value) <= 64 {
			h.published = append(h.published, metaDate{name, value, rule})
		}
	}
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		switch n.DataAtom {
		case atom.Link:
			if strings.EqualFold(attr(n, "rel"), "canonical") && h.url == "" {
				h.url = pageURL(attr(n, "href"))
			}
		case atom.Meta:
			name := attr(n, "property") + attr(n, "name") + attr(n, "itemprop")
			if strings.EqualFold(name, "og:url") {
				ogURL = pageURL(attr(n, "content"))
			}
			if publishedNames[strings.ToLower(name)] {
				add(name, attr(n, "content"), "meta")
			}
		case atom.Script:
			if attr(n, "type") == "application/ld+json" && n.FirstChild != nil {
				if v := datePublished(n.FirstChild.Data); v != "" {
					add("datePublished", v, "json-ld")
				}
			}
		}
	}
	if h.url == "" {
		h.url = ogURL
	}
	return h
}

// datePublished gives the first "datePublished" of a JSON-LD text: of the
// object itself, of the objects of an array, or of its "@graph".
func datePublished(text string) string {
	var v any
	if json.Unmarshal([]byte(text), &v) != nil {
		return ""
	}
	objects := []any{v}
	if list, ok := v.([]any); ok {
		objects = list
	}
	for i := 0; i < len(objects); i++ {
		m, ok := objects[i].(map[string]any)
		if !ok {
			continue
		}
		if graph, ok := m["@graph"].([]any); ok {
			objects = append(objects, graph...)
		}
		if s, ok := m["datePublished"].(string); ok {
			return s
		}
	}
	return ""
}

// vietnam is where the pages are published; it has had no summer time since
// the web began.
var vietnam = time.FixedZone("+07", 7*60*60)

// publishedDay gives the day of a time in ISO 8601 or RFC 1123, as its own
// zone counts it. A time in UTC is counted in Vietnam, which is an inference.
func publishedDay(s string) (archive.Date, archive.State) {
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05-0700", "2006-01-02T15:04-07:00", time.RFC1123Z, time.RFC1123} {
		t, err := time.Parse(layout, s)
		if err != nil {
			continue
		}
		state := archive.Stated
		if _, offset := t.Zone(); offset == 0 {
			t, state = t.In(vietnam), archive.Inferred
		}
		if t.Year() < firstWebYear {
			return "", ""
		}
		return archive.Date(t.Format(time.DateOnly)), state
	}
	if d, _, _ := fullDate(s); d != "" {
		return d, archive.Stated
	}
	return "", ""
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// silent are the elements whose text no browser shows.
var silent = map[atom.Atom]bool{
	atom.Head: true, atom.Script: true, atom.Style: true, atom.Noscript: true, atom.Template: true, atom.Svg: true,
	atom.Iframe: true, atom.Object: true, atom.Select: true, atom.Textarea: true, atom.Math: true, atom.Video: true, atom.Audio: true,
}

// inline are the elements that do not end a paragraph. Every other one does.
var inline = map[atom.Atom]bool{
	atom.A: true, atom.Abbr: true, atom.Bdi: true, atom.Bdo: true, atom.Cite: true, atom.Data: true, atom.Del: true, atom.Dfn: true,
	atom.Img: true, atom.Ins: true, atom.Kbd: true, atom.Label: true, atom.Mark: true, atom.Q: true, atom.Samp: true, atom.Span: true,
	atom.Sub: true, atom.Sup: true, atom.Time: true, atom.Var: true, atom.Wbr: true,
}

// walkBlocks calls fn with the text of each block under n, white space
// collapsed as a browser does, and the kind that its element gives it: heading
// for h1 to h6, caption for figcaption, else "". Two line breaks in a row end
// a block, one is a space.
func walkBlocks(n *html.Node, fn func(text string, kind archive.ParagraphKind)) {
	var text strings.Builder
	space, breaks := false, 0 // since the last word
	var kind archive.ParagraphKind
	flush := func() {
		if s := trim(text.String()); s != "" {
			fn(s, kind)
		}
		text.Reset()
		space, breaks = false, 0
	}
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		switch {
		case n.Type == html.TextNode:
			for s := n.Data; s != ""; {
				word := strings.TrimLeftFunc(s, htmlSpace)
				space = space || len(word) < len(s)
				end := strings.IndexFunc(word, htmlSpace)
				if end < 0 {
					end = len(word)
				}
				if s = word[end:]; end == 0 {
					continue
				}
				if space && text.Len() > 0 {
					text.WriteByte(' ')
				}
				text.WriteString(word[:end])
				space, breaks = false, 0
			}
			return
		case n.Type == html.ElementNode && (silent[n.DataAtom] || hasAttr(n, "hidden")):
			return
		case n.DataAtom == atom.Br:
			space = true
			if breaks++; breaks > 1 {
				flush()
			}
			return
		}
		block := n.Type == html.ElementNode && !inline[n.DataAtom]
		outer := kind
		if block {
			flush()
			switch n.DataAtom {
			case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
				kind = archive.Heading
			case atom.Figcaption:
				kind = archive.Caption
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
		if block {
			flush()
			kind = outer
		}
	}
	walk(n)
	flush()
}

func htmlSpace(r rune) bool { return r == ' ' || r == '\n' || r == '\t' || r == '\r' || r == '\f' }

func hasAttr(n *html.Node, key string) bool {
	for _, a := range n.Attr {
		if a.Key == key {
			return true
		}
	}
	return false
}
