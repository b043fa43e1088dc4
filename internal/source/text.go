package source

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// readText makes a paragraph of each line that is not blank. A line that
// stands twice with no blank line between is one paragraph: the alternative
// text and the caption of one photograph. Lines that were broken to fit a
// width are put together again.
func readText(text string) *page {
	p := &page{}
	previous, n := "", 0
	unbroken := mended(text)
	for line := range strings.Lines(text) {
		n++
		line = trim(line)
		if line != "" && line == previous {
			if k := len(p.problems); k == 0 || p.problems[k-1].Paragraph != len(p.blocks) {
				p.note(len(p.blocks)-1, "repeated-line", "the source has this line again on its line %d", n)
			}
			continue
		}
		previous = line
		if unbroken[n] != "" {
			line = unbroken[n]
		} else if _, part := unbroken[n]; part {
			continue
		}
		p.add(line, n, "")
	}
	return p
}

// A text is taken to be broken into lines when so many of them, and one in
// brokenShare, go on in the next with a small letter.
const (
	leastBroken = 3
	brokenShare = 4
)

// mended gives the paragraphs that a text broken into lines had, by the number of
// their first line, and nothing for their other lines. From the first line that goes
// on with a small letter, a line that does not end as a sentence does goes on in the
// next; what stands before are headlines, which may end anyhow.
func mended(text string) map[int]string {
	var lines []string
	for line := range strings.Lines(text) {
		lines = append(lines, trim(line))
	}
	first, broken, all := 0, 0, 0
	for i, line := range lines {
		if line != "" {
			all++
		}
		if i > 0 && goesOn(lines[i-1]) && lowerFirst(line) {
			if broken++; broken == 1 {
				first = i - 1
			}
		}
	}
	out := map[int]string{}
	if broken < leastBroken || broken*brokenShare < all {
		return out
	}
	for i := first; i < len(lines); i++ {
		k := i
		for k+1 < len(lines) && goesOn(lines[k]) && lines[k+1] != "" {
			k++
			out[k+1] = ""
		}
		if k > i {
			out[i+1] = strings.Join(lines[i:k+1], " ")
		}
		i = k
	}
	return out
}

// goesOn reports whether a line does not end as a sentence does.
func goesOn(line string) bool {
	r, _ := utf8.DecodeLastRuneInString(strings.TrimRight(line, `"”’)`))
	return unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune(",–-", r)
}

func lowerFirst(line string) bool {
	r, _ := utf8.DecodeRuneInString(line)
	return unicode.IsLower(r)
}
