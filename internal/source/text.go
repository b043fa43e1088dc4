package source

import "strings"

// readText makes a paragraph of each line that is not blank. A line that
// stands twice with no blank line between is one paragraph: the alternative
// text and the caption of one photograph.
func readText(text string) *page {
	p := &page{}
	previous, n := "", 0
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
		p.add(line, n, "")
	}
	return p
}
