// Package source reads files into articles. It knows how Vietnamese news pages
// look once they have been saved; it knows nothing of meetings.
//
// [Walk] finds files and reads their bytes; [Read] turns the bytes of one into
// an [archive.Article] without meetings. Three formats are read:
//
//   - .txt: a line is a paragraph.
//   - .md: a block is a paragraph; front matter may give title, published,
//     publisher and url.
//   - .html, .htm: a block element is a paragraph, navigation included; what
//     go-readability calls the content may be read for facts, the rest is
//     furniture.
//
// Paragraphs are numbered over all of it, from 1. Only then is each told its
// kind, so a better classifier never moves a permalink. For instance
//
//	 date 2025-12-01 Việt Nam – Lào bổ sung nội hàm mới
//
//	TPO - Trên cơ sở kế thừa, Tổng Bí thư Tô Lâm hội đàm tại Viêng Chăn.
//
//	Cuộc hội đàm giữa hai nhà lãnh đạo. Ảnh: TTXVN
//
//	Có thể bạn quan tâm
//
// gives the title "Việt Nam – Lào bổ sung nội hàm mới", the publisher "Tiền
// Phong", the publication day 2025-12-01 read from paragraph 1, and paragraphs
// of the kinds title, lead, caption and furniture.
//
// Text is NFC and otherwise verbatim, with white space trimmed from both ends
// of a paragraph. What was noticed and not mended is in the article's
// problems. What cannot be read at all is refused with an [Error] that names
// the file, the line and the byte. No charset is guessed: UTF-8 or nothing.
//
// [Corrections] reads the other kind of file, what people have corrected in the
// records.
//
// The words that tell a caption, a byline, a page clock or a block of teasers
// from text are in lexicon/*.txt, each list with its origin.
package source

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/url"
	"path"
	"strings"

	"vankho/internal/archive"
	"vankho/internal/vitext"
)

// Limits on one file, both in bytes (FAULTS.md row 14). The longest article of
// the genre that we have met, a joint declaration, has 40 KiB of text.
const (
	MaxFile = 10 << 20  // as stored on disk
	MaxText = 512 << 10 // text of all paragraphs together
)

// File is one file found under an import root.
type File struct {
	Path       string // as the user named it, for messages
	Name       string // base name
	Rel        string // slash-separated path under the root
	Collection string // "seeds": first part of the identity of a file that names no URL
	Data       []byte // as received
}

// Error says why a file was refused. It is about the file's content or nature,
// never about a failing disk: those errors wrap the one of package os.
type Error struct {
	File   string // File.Path
	Line   int    // from 1; 0 when the whole file is meant
	Offset int    // byte offset into the file; -1 when there is none
	What   string // what could not be done: "not UTF-8"
	Why    string // how it shows: "byte 0xe0 at offset 812"
}

// Error gives "FILE:LINE: what: why", without the line where there is none.
func (e *Error) Error() string {
	place := e.File
	if e.Line > 0 {
		place = fmt.Sprintf("%s:%d", e.File, e.Line)
	}
	return fmt.Sprintf("%s: %s: %s", place, e.What, e.Why)
}

// media maps the file name extensions that are read to their media type.
var media = map[string]string{
	".txt":  "text/plain",
	".md":   "text/markdown",
	".html": "text/html",
	".htm":  "text/html",
}

func mediaOf(name string) string { return media[strings.ToLower(path.Ext(name))] }

// block is a paragraph in the making.
type block struct {
	text string                // NFC, trimmed, not empty
	line int                   // of the original, from 1; 0 unknown
	kind archive.ParagraphKind // "" until told
	from int                   // byte offset at which the paragraph's own words begin, after a date prefix or section name
	to   int                   // byte offset at which they end, before a clock
}

// own gives the words of the block without what the collector or the page put
// around them.
func (b *block) own() string { return strings.TrimSpace(b.text[b.from:b.to]) }

// page is what a format reader makes of a file: its blocks in order, and what
// the format itself says about them. The zero value of a field is unknown.
type page struct {
	blocks    []block
	title     string
	publisher string
	url       string
	published archive.DateClaim
	problems  []archive.Problem
}

func (p *page) add(text string, line int, kind archive.ParagraphKind) {
	if text = trim(vitext.NFC(text)); text != "" {
		p.blocks = append(p.blocks, block{text: text, line: line, kind: kind, to: len(text)})
	}
}

// maxProblems bounds what is noted about one article: past that the file is
// broken, not the details.
const maxProblems = 100

// note adds a problem about the block with index i; -1 is the whole article.
func (p *page) note(i int, rule, format string, args ...any) {
	switch {
	case len(p.problems) < maxProblems:
		p.problems = append(p.problems, archive.Problem{Paragraph: i + 1, Rule: rule, Message: fmt.Sprintf(format, args...)})
	case len(p.problems) == maxProblems:
		p.problems = append(p.problems, archive.Problem{Rule: "problems", Message: "there are more problems than are listed"})
	}
}

// Read parses the bytes of one file. It does no I/O; the same file always
// gives the same article. Every error is an [*Error].
func Read(f File) (*archive.Article, error) {
	text, err := decode(f)
	if err != nil {
		return nil, err
	}
	kind := mediaOf(f.Name)
	var p *page
	switch kind {
	case "text/plain":
		p = readText(text)
	case "text/markdown":
		p, err = readMarkdown(f, text)
	case "text/html":
		p, err = readHTML(f, text)
	default:
		err = &Error{f.Path, 0, -1, "not an article", "only .txt, .md, .html and .htm files are read"}
	}
	if err != nil {
		return nil, err
	}
	size := 0
	for _, b := range p.blocks {
		size += len(b.text)
		if i := strings.IndexFunc(b.text, control); i >= 0 {
			return nil, &Error{f.Path, b.line, -1, "control character", fmt.Sprintf("U+%04X, written as a character reference", b.text[i])}
		}
	}
	switch {
	case size == 0:
		return nil, &Error{f.Path, 0, -1, "empty", "there is no text in it"}
	case size > MaxText:
		return nil, &Error{f.Path, 0, -1, "too long", fmt.Sprintf("%d bytes of text, at most %d are read", size, MaxText)}
	}
	p.noteInvisible()
	p.readPrefix()
	p.classify()
	return p.article(f, kind), nil
}

// article puts the record together.
func (p *page) article(f File, kind string) *archive.Article {
	sum := sha256.Sum256(f.Data)
	a := &archive.Article{
		Schema:  archive.SchemaArticle,
		Version: 1,
		Source: archive.Source{
			Name:     vitext.NFC(f.Name),
			Identity: vitext.NFC(f.Collection + "/" + f.Rel),
			SHA256:   hex.EncodeToString(sum[:]),
			Bytes:    len(f.Data),
			Media:    kind,
			URL:      archive.Opt(p.url),
		},
		Title:      p.headline(),
		Publisher:  archive.Opt(p.publisher),
		Published:  p.published,
		Paragraphs: make([]archive.Paragraph, len(p.blocks)),
		Problems:   p.problems,
	}
	if p.url != "" {
		a.Source.Identity = p.url
	}
	for i, b := range p.blocks {
		a.Paragraphs[i] = archive.Paragraph{N: i + 1, Kind: b.kind, Text: b.text, Sentences: vitext.Sentences(b.text)}
	}
	a.AssignIDs()
	return a
}

// webURL gives s as an absolute http or https URL without its fragment, or ""
// when it is anything else: javascript:, data: and //evil never get further
// than this (FAULTS.md row 18).
func webURL(s string) string {
	u, err := url.Parse(strings.TrimSpace(s))
	if err != nil || u.Host == "" || u.User != nil || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	u.Fragment, u.RawFragment = "", ""
	u.Host = strings.ToLower(u.Host)
	return u.String()
}
