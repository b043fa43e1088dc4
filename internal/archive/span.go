package archive

import "unicode/utf8"

// Span is a half-open byte range in the text of one paragraph of one version
// of an article. Which article and version is said by the record it stands in.
type Span struct {
	Paragraph int `json:"paragraph"` // from 1
	Start     int `json:"start"`     // byte offset of the first byte
	End       int `json:"end"`       // byte offset after the last byte
}

// Evidence is a span with the words it covers.
type Evidence struct {
	Span
	Quote string `json:"quote"`

	// Article is the id of the article that has the words. It is empty, and not
	// in JSON, in the record of one article, and set where a record is put
	// together from what several say.
	Article Opt `json:"article,omitempty"`
}

// Quote gives the evidence for bytes start to end of the paragraph. It panics
// when they do not lie inside the text on rune borders: whoever made the
// offsets has a bug.
func (p *Paragraph) Quote(start, end int) Evidence {
	if !validRange(p.Text, start, end) {
		panic("BUG: archive: span outside the paragraph or inside a rune")
	}
	return Evidence{Span: Span{p.N, start, end}, Quote: p.Text[start:end]}
}

// validRange reports whether start..end is a non-empty byte range of s whose
// two ends are rune borders.
func validRange(s string, start, end int) bool {
	if start < 0 || end <= start || end > len(s) {
		return false
	}
	return utf8.RuneStart(s[start]) && (end == len(s) || utf8.RuneStart(s[end]))
}

// Overlap reports whether two lists of evidence, of one text, have a byte in
// common.
func Overlap(a, b []Evidence) bool {
	for _, x := range a {
		for _, y := range b {
			if x.Paragraph == y.Paragraph && x.Start < y.End && y.Start < x.End {
				return true
			}
		}
	}
	return false
}
