package site

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"vankho/internal/archive"
)

// mark says that a span of a paragraph is the evidence of something.
type mark struct {
	Start, End int
	Label      string // what it is the evidence of: "ngày"
	Quiet      bool   // not tinted: statements and courtesies, which may be most of a text, and the day of publication
}

// run is a piece of a paragraph as a page shows it: words, or an element with
// runs inside. The words of all runs, in order, are the paragraph's text and
// nothing else; labels and names of control characters are attributes.
type run struct {
	Text     string
	Control  string // "U+202E" when Text is one character that cannot be seen
	Together bool   // a term that is not broken over two lines

	Runs     []run
	Sentence string // fragment of a sentence, "d4-s2"
	Number   string // of a sentence that is not alone in its paragraph: its own link
	Evidence string // fragment of a piece of evidence, "e-4-0-10"; empty on its second half if it was cut
	Label    string // what the evidence is for, on its last half only; of a numbered sentence what its link says
	Back     string // fragment of its first mention in the record
	Marked   bool   // evidence, also its second half
	Quiet    bool
}

// evidenceFragment names the place of a span on its article's page. It depends
// on nothing but the span, so that any page can link to it and it keeps its
// name for as long as the version keeps its text.
func evidenceFragment(s archive.Span) string {
	return fmt.Sprintf("e-%d-%d-%d", s.Paragraph, s.Start, s.End)
}

// recordFragment names the first mention of a span in the record beside the
// text: where the mark in the text links back to.
func recordFragment(s archive.Span) string {
	return fmt.Sprintf("r-%d-%d-%d", s.Paragraph, s.Start, s.End)
}

// cut splits a paragraph at the borders of its sentences and marks into well
// nested runs. Sentences are outermost. A mark that crosses the end of a
// sentence or of another mark is cut there; its fragment stays with the first
// half and its label with the last. Marks over the same span become one with
// all their labels; a mark that does not lie in the text is left out.
func cut(p *archive.Paragraph, marks []mark) []run {
	spans := mergeMarks(p, marks)
	var runs []run
	at := 0
	for s := 1; s <= len(p.Sentences); s++ {
		span, ok := p.Sentence(s)
		if !ok || span.Start < at {
			continue
		}
		runs = append(runs, plain(p.Text[at:span.Start])...)
		var inside, later []spanMark
		for _, m := range spans {
			if m.start < span.End {
				m.start = max(m.start, span.Start)
				if m.end > span.End {
					rest := m
					rest.start, rest.cut = span.End, true
					later = append(later, rest)
					m.end = span.End
				}
				if m.start < m.end {
					inside = append(inside, m)
				}
			} else {
				later = append(later, m)
			}
		}
		runs = append(runs, run{Sentence: fmt.Sprintf("d%d-s%d", p.N, s), Runs: nest(p, span.Start, span.End, inside)})
		spans, at = later, span.End
	}
	return append(runs, plain(p.Text[at:])...)
}

// spanMark is what all marks over one span add up to, or a half of it.
type spanMark struct {
	start, end int
	whole      archive.Span
	labels     []string
	quiet      bool
	cut        bool // the first half is elsewhere
}

// add puts another mark over the same span. What is quiet is not heard beside
// what is not: a sentence of an agreement is labelled as that alone, though
// someone said it.
func (s *spanMark) add(m mark) {
	switch {
	case s.quiet && !m.Quiet:
		s.quiet, s.labels = false, []string{m.Label}
	case s.quiet == m.Quiet && !slices.Contains(s.labels, m.Label):
		s.labels = append(s.labels, m.Label)
	}
}

func mergeMarks(p *archive.Paragraph, marks []mark) []spanMark {
	var out []spanMark
	byStart := slices.Clone(marks)
	slices.SortStableFunc(byStart, func(a, b mark) int {
		if a.Start != b.Start {
			return a.Start - b.Start
		}
		return b.End - a.End // the longer one is outside
	})
	for _, m := range byStart {
		if m.Start < 0 || m.End > len(p.Text) || m.Start >= m.End ||
			!utf8.RuneStart(p.Text[m.Start]) || m.End < len(p.Text) && !utf8.RuneStart(p.Text[m.End]) {
			continue
		}
		if n := len(out) - 1; n >= 0 && out[n].start == m.Start && out[n].end == m.End {
			out[n].add(m)
			continue
		}
		out = append(out, spanMark{
			start: m.Start, end: m.End, whole: archive.Span{Paragraph: p.N, Start: m.Start, End: m.End},
			labels: []string{m.Label}, quiet: m.Quiet,
		})
	}
	return out
}

// nest gives the runs of bytes lo to hi, where marks, in order of their
// start, lie inside.
func nest(p *archive.Paragraph, lo, hi int, marks []spanMark) []run {
	var runs []run
	for len(marks) > 0 {
		m := marks[0]
		runs = append(runs, plain(p.Text[lo:m.start])...)
		var inside, later []spanMark
		for _, o := range marks[1:] {
			switch {
			case o.start >= m.end:
				later = append(later, o)
			case o.end <= m.end:
				inside = append(inside, o)
			default:
				rest := o
				rest.start, rest.cut = m.end, true
				later = append(later, rest)
				o.end = m.end
				inside = append(inside, o)
			}
		}
		// What was cut now begins where m ends, before anything after it;
		// the longer one must stay outside.
		slices.SortStableFunc(later, func(a, b spanMark) int {
			if a.start != b.start {
				return a.start - b.start
			}
			return b.end - a.end
		})
		r := run{Marked: true, Quiet: m.quiet, Runs: nest(p, m.start, m.end, inside)}
		if !m.cut {
			r.Evidence = evidenceFragment(m.whole)
		}
		if m.end == m.whole.End {
			r.Label, r.Back = strings.Join(m.labels, " · "), recordFragment(m.whole)
		}
		runs = append(runs, r)
		marks, lo = later, m.end
	}
	return append(runs, plain(p.Text[lo:hi])...)
}

// plain gives text as runs of which each control character is one of its own,
// so that a page can show it and keep it from turning the text around it.
func plain(text string) []run {
	var runs []run
	at := 0
	for i, r := range text {
		if !invisible(r) {
			continue
		}
		if i > at {
			runs = append(runs, run{Text: text[at:i]})
		}
		at = i + utf8.RuneLen(r)
		runs = append(runs, run{Text: text[i:at], Control: fmt.Sprintf("U+%04X", r)})
	}
	if at < len(text) {
		runs = append(runs, run{Text: text[at:]})
	}
	return runs
}

// visible gives text without control characters, for places such as the title
// of a window, where nothing can show them and they would turn what stands
// around.
func visible(text string) string {
	return strings.Map(func(r rune) rune {
		if invisible(r) {
			return -1
		}
		return r
	}, text)
}

// keepTogether makes a run of its own of each of the terms in a heading, for
// the page to keep on one line: a title broken after "Tổng Bí" reads badly.
func keepTogether(runs []run, terms []string) []run {
	var out []run
	for _, r := range runs {
		if r.Runs != nil {
			r.Runs = keepTogether(r.Runs, terms)
		}
		if r.Text == "" || r.Control != "" {
			out = append(out, r)
			continue
		}
		rest := r.Text
		for rest != "" {
			at, found := len(rest), ""
			for _, term := range terms {
				if i := strings.Index(rest, term); i >= 0 && i < at {
					at, found = i, term
				}
			}
			if at > 0 {
				out = append(out, run{Text: rest[:at]})
			}
			if found != "" {
				out = append(out, run{Text: found, Together: true})
			}
			rest = rest[at+len(found):]
		}
	}
	return out
}

// invisible reports whether r changes the direction of the text around it
// (UAX #9) or hides in it: what a reader of a record must not miss.
func invisible(r rune) bool {
	switch r {
	case '\u061c', '\u200b', '\u200e', '\u200f', '\u2060', '\ufeff':
		return true
	}
	return r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069'
}
