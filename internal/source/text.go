package source

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// readText makes a paragraph of each line that is not blank. A line that
// stands twice with no blank line between is one paragraph: the alternative
// text and the caption of one photograph. Lines that were broken to fit a
// width are put together again, and a line into which the collector ran headline,
// clock and text is taken apart.
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
		if len(p.blocks) < topBlocks {
			head, clock, rest := apart(line)
			p.add(head, n, "")
			p.add(clock, n, "")
			line = rest
		}
		for at := gap(line); at > 0; at = gap(line) {
			p.add(line[:at], n, "")
			line = line[at:]
		}
		p.add(line, n, "")
	}
	return p
}

// tight reports whether a capital follows a stop or a quotation mark without a space,
// which spares most lines the slower search.
func tight(line string) bool {
	before := ' '
	for _, r := range line {
		if unicode.IsUpper(r) && strings.ContainsRune(".!?…”’)\"", before) {
			return true
		}
		before = r
	}
	return false
}

// lostBreak is the end of a sentence that the next follows without a space. The collector
// lost a line break there: "… hai nước.Chủ tịch nước …", not "Tp.Hồ Chí Minh", "V.Putin".
var lostBreak = regexp.MustCompile(`(?:\p{L}[\p{Ll}\p{M}]{2,}|\d|[”"’)])(?:[.!?…]+[”"’)]?|”)(\p{Lu})\p{L}+[\s,]`)

// gap gives the byte offset at which a new paragraph begins in a line whose break was
// lost, 0 when there is none.
func gap(line string) int {
	if !tight(line) {
		return 0
	}
	if m := lostBreak.FindStringSubmatchIndex(line); m != nil {
		return m[2]
	}
	return 0
}

// inner is a clock between a headline and the text. What stands before it tells it from
// a day in a sentence ("vào ngày 5/2/2026 …").
var inner = regexp.MustCompile(`[\p{L}\d”"’')?!.:]\s?[\s|–-]\s*(` + clockForm + `)\s+[.;|•-]?\s*["“(]?(\p{Lu})`)

// innerRunes bounds how far into a line the clock stands: a headline, and the
// name of a section before it.
const innerRunes = 250

// apart takes a line apart that opens with a headline and a page clock: "Hội đàm Việt
// Nam - Lào 03/12/2025 07:02 Chiều 2/12, …". Any other line is all rest.
func apart(line string) (head, clock, rest string) {
	m := inner.FindStringSubmatchIndex(line)
	if m == nil || longer(line[:m[2]], innerRunes) || strings.HasPrefix(line[m[4]:], "Ảnh") {
		return "", "", line
	}
	head, clock, rest = line[:m[2]], line[m[2]:m[3]], line[m[3]:]
	words := strings.Fields(strings.TrimRight(head, " |–-"))
	if _, ok := clockLine(clock); !ok || len(words) < 4 || beforeDay[strings.ToLower(words[len(words)-1])] {
		return "", "", line
	}
	return head, clock, rest
}

// beforeDay are the words after which a day belongs to a sentence.
var beforeDay = set([]string{"ngày", "lúc", "vào", "sáng", "trưa", "chiều", "tối", "đêm", "hôm", "từ", "đến", "tới", "và", "trước", "sau"})

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
