package source

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"vankho/internal/archive"
	"vankho/internal/vitext"
)

// derivedRunes bounds a title that is derived from the lead. A first sentence
// of up to labelRunes is the number of a paragraph ("1.") or a label, and the
// next belongs to it.
const (
	derivedRunes = 120
	labelRunes   = 12
)

// headline gives the title of the article: what the format says, else the
// headline among the paragraphs, else one run together with the lead, else the
// beginning of the lead, which is then marked as inferred.
func (p *page) headline() archive.Title {
	if p.title != "" {
		return archive.Title{Text: p.title, State: archive.Stated, Rule: "metadata"}
	}
	for _, b := range p.blocks {
		if b.kind == archive.TitleParagraph {
			return archive.Title{Text: b.own(), State: archive.Stated, Rule: "headline"}
		}
	}
	if b := &p.blocks[0]; b.kind == archive.Lead && b.from > 0 {
		if s := runTogether(b.own()); s != "" {
			return archive.Title{Text: s, State: archive.Stated, Rule: "headline-run-into-lead"}
		}
	}
	b := slices.MinFunc(p.blocks, func(a, b block) int { return a.promise() - b.promise() })
	text := b.own()
	if text == "" {
		text = b.text // nothing but the collector's prefix: a file without an article
	}
	return archive.Title{Text: shorten(text), State: archive.Inferred, Rule: "first-words-of-" + string(b.kind)}
}

// promise orders blocks by how well a title can be derived from them, the best
// having the lowest.
func (b *block) promise() int {
	switch {
	case b.own() == "":
		return 9
	case (b.kind == archive.Lead || b.kind == archive.Body) && longer(b.own(), sentenceRunes):
		return 0
	case b.kind == archive.Lead || b.kind == archive.Body:
		return 1
	case b.kind == archive.Caption:
		return 2
	case b.kind == archive.Heading:
		return 3
	}
	return 4
}

// leadOpening is how leads of the genre open: "Sáng 1/12, …", "Hôm 16/10, …",
// "Ngày 5-2, …", "(PLO)- …". In the middle of a sentence these words would not
// have a capital letter, so where no stop comes before them a headline ends.
var leadOpening = regexp.MustCompile(`[\p{L}\d”’)]\s+(?:(?:Rạng sáng|Sáng|Trưa|Chiều|Tối|Đêm|Ngày|Hôm|Sáng ngày|Chiều ngày|Tối ngày)\s\d{1,2}[/.-]\d|(?:Hôm|Sáng|Trưa|Chiều|Tối)\snay\b|\([A-ZĐ][\p{L}.+ ]{1,15}\)\s?[-–])`)

// runTogether gives the headline at the start of a line into which the
// collector ran headline and lead, without the name of a section before it, or
// "" when they cannot be told apart.
func runTogether(s string) string {
	loc := leadOpening.FindStringIndex(s)
	if loc == nil {
		return ""
	}
	_, n := utf8.DecodeRuneInString(s[loc[0]:])
	head := s[:loc[0]+n]
	if utf8.RuneCountInString(head) > headlineRunes || len(strings.Fields(head)) < 4 || len(vitext.Sentences(head)) > 1 {
		return ""
	}
	if n := sectionAt(head); n > 0 {
		rest := strings.TrimSpace(head[n:])
		if first, _ := utf8.DecodeRuneInString(rest); unicode.IsUpper(first) && len(strings.Fields(rest)) >= 4 {
			return rest
		}
	}
	return head
}

// shorten gives the first sentence of s without its full stop, cut to
// derivedRunes: at the end of a clause where that leaves enough to know the
// article by, else between words. A cut is marked by "…".
func shorten(s string) string {
	for _, start := range vitext.Sentences(s) {
		if longer(s[:start], labelRunes) {
			s = s[:start]
			break
		}
	}
	s = strings.TrimSpace(s)
	// What followed the agency's name in brackets: "(SGGP). – Cựu Tổng thống …".
	if rest := strings.TrimLeft(s, ".,:;-–— "); rest != "" {
		s = rest
	}
	if whole, ok := strings.CutSuffix(s, "."); ok && whole != "" && !strings.HasSuffix(whole, ".") {
		s = whole
	}
	if utf8.RuneCountInString(s) <= derivedRunes {
		return s
	}
	clause, word, n := 0, 0, 0
	capital := false // the word before begins with a capital
	for i, r := range s {
		if n++; n >= derivedRunes {
			break
		}
		switch r {
		case ' ':
			next, _ := utf8.DecodeRuneInString(s[i+1:])
			if !capital || !unicode.IsUpper(next) { // never inside a name
				word = i
			}
			capital = unicode.IsUpper(next)
		case ',', ';', ':':
			if n > derivedRunes/2 {
				clause = i
			}
		}
	}
	switch {
	case clause > 0:
		s = s[:clause]
	case word > 0:
		s = s[:word]
	default: // one word of over 120 runes
		s = string([]rune(s)[:derivedRunes-1])
	}
	return strings.TrimRight(s, " ,;:–-") + "…"
}
