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

// Lengths in runes by which lines are told apart. They are far from where real
// lines lie: headings and headlines seldom pass 100, paragraphs of text seldom
// stay under 120.
const (
	captionRunes  = 350 // a longer paragraph that ends in a credit is text with a caption run into it
	headingRunes  = 120
	headlineRunes = 220
	bylineRunes   = 60
	namesRunes    = 200
	sentenceRunes = 40  // a line that ends in a full stop and is no label
	proseRunes    = 100 // a paragraph of text that ends in a full stop
	runningRunes  = 160 // one that no teaser would have
	teaserRunes   = 200 // the summary under a teaser's headline
)

// topBlocks is how far down a headline, a wire sign or an author's name over
// the text is looked for.
const topBlocks = 12

// classify tells every block its kind, in passes from what a line shows by
// itself to what only its place shows; a later pass never changes an earlier
// one's word, except that everything among teasers is furniture.
func (p *page) classify() {
	clocks := p.classifyLines()
	tail := p.classifyTail()
	title := p.classifyTop(&clocks)
	p.classifyRepeats(title)
	p.classifyTeasers(title)
	p.classifyMiddle(title)

	text, seen := len(p.blocks), 0
	for i := range p.blocks {
		b := &p.blocks[i]
		if b.kind == "" {
			b.kind = archive.Body
			if seen == 0 {
				b.kind = archive.Lead
			}
		}
		if b.kind == archive.Lead || b.kind == archive.Body {
			if seen++; seen == 2 {
				text = i
			}
		}
	}
	p.settlePublished(clocks, max(title, 0), text, tail)
}

// classifyLines finds what a line shows by itself, wherever it stands, and
// gives the page clocks.
func (p *page) classifyLines() (clocks []clock) {
	text := false // has begun
	for i := range p.blocks {
		b := &p.blocks[i]
		if i < topBlocks && p.publisher == "" && !text {
			p.readSign(b)
		}
		if c, cut, ok := openingClock(b.text[b.from:b.to]); ok && i < topBlocks && !text {
			c.block, c.start, c.end = i, c.start+b.from, c.end+b.from
			clocks = append(clocks, c)
			b.from += cut
		}
		text = text || b.prose(proseRunes)
		s := b.own()
		if b.kind != "" && b.kind != archive.Furniture {
			continue
		}
		if c, ok := clockLine(s); ok {
			at := b.from + strings.Index(b.text[b.from:], s)
			c.block, c.start, c.end = i, c.start+at, c.end+at
			c.labelled = c.labelled || i > 0 && labelLine(p.blocks[i-1].own())
			clocks = append(clocks, c)
			b.kind = archive.Furniture
			continue
		}
		switch {
		case b.kind != "":
		case s == "": // nothing but the collector's prefix and a wire sign
			b.kind = archive.Byline
		case isCaption(s):
			b.kind = archive.Caption
		case isFurniture(s):
			b.kind = archive.Furniture
		case isByline(s):
			b.kind = archive.Byline
		}
	}
	return clocks
}

// readSign reads the sign of the outlet before the first words of a lead,
// "TPO -", "(PLO)-", "(CAO)", and takes it off the block's own words. A sign
// that is a domain name stands for itself. One alone on its line is a credit,
// unless the collector cut it off the lead.
func (p *page) readSign(b *block) {
	s := b.text[b.from:b.to]
	sign, end := "", 0
	if strings.HasPrefix(s, "(") {
		if k := strings.IndexByte(s[:min(len(s), 40)], ')'); k > 0 {
			sign, end = s[1:k], k+1
		}
	} else if loc := dash.FindStringIndex(s[:min(len(s), 40)]); loc != nil {
		sign, end = s[:loc[0]], loc[0]
	}
	if sign = strings.TrimSpace(sign); sign == "" {
		return
	}
	name, ok := publishers[strings.ToLower(sign)]
	if !ok && domain.MatchString(sign) {
		name, ok = sign, true
	}
	if !ok {
		return
	}
	if loc := dash.FindStringIndex(s[end:]); loc != nil && loc[0] == 0 {
		end += loc[1]
	}
	if trim(s[end:]) == "" && b.from == 0 {
		return
	}
	b.from += end
	if name != agency {
		p.publisher = name
	}
}

// leadStart is how leads begin and headlines and headings do not, even when
// the line was broken before its sentence ended: "Sáng ngày 11/12/2023, …".
var leadStart = regexp.MustCompile(`^(?:Rạng sáng|Sáng|Trưa|Chiều|Tối|Đêm|Ngày|Hôm)(?: nay| qua| ngày)?,?\s\(?\d{1,2}[/.-]\d`)

// agency is the name of a sign that does not say who published.
const agency = "-"

var (
	dash   = regexp.MustCompile(`\s*[-–—]+(?:\s+|$)|\s+[-–—]+`)
	domain = regexp.MustCompile(`(?i)^[a-z0-9]{2,}(?:\.(?:com|net|org|gov|edu))?\.vn$`)

	readingTime = regexp.MustCompile(`(?i)^\d{1,3} phút (?:để )?đọc$`)

	// photoEnd is a credit without a colon, or the number of a photograph:
	// "/ Ảnh Báo Người lao động.", "(ảnh Thông tấn xã Việt Nam)", "… ảnh 1", "Ngoai
	// truong Anh tai Viet Nam hinh anh 1".
	photoEnd = regexp.MustCompile(`(?i)[(\[/]\s*ảnh\s[^()]{2,80}$|(?:^|[\s–-])(?:ảnh|hinh anh)\s\d{1,3}$`)
)

// besideOther says where somebody stands in a picture: "(trái)", "(thứ hai từ phải sang)".
var besideOther = regexp.MustCompile(`(?i)\((?:[^()]{0,30}\s)?(?:trái|phải|giữa)(?:[ ,][^()]{0,30})?\)`)

// isCaption tells the caption of a photograph by its credit, by the number of
// the photograph, by where somebody stands in it, or by what is left of the table
// or image that held it.
func isCaption(s string) bool {
	if strings.HasPrefix(s, "![") || strings.HasPrefix(s, "©") {
		return true
	}
	if longer(s, captionRunes) {
		return false
	}
	if strings.HasSuffix(s, "|") {
		return strings.ContainsFunc(s, unicode.IsLetter) && !isByline(strings.TrimRight(s, " |"))
	}
	if strings.Contains(s, "(") && besideOther.MatchString(s) && len(vitext.Sentences(s)) == 1 {
		return true
	}
	s = strings.TrimRight(s, " .)]")
	if len(s) > 160 {
		s = s[len(s)-160:]
	}
	if strings.Contains(s, ":") && creditEnd.MatchString(s) {
		return !isByline(s)
	}
	// Looking for the word first spares most paragraphs the slower search.
	return (strings.Contains(s, "ảnh") || strings.Contains(s, "Ảnh") || strings.Contains(s, "ẢNH") || strings.Contains(s, "inh anh ")) && photoEnd.MatchString(s)
}

// isFurniture tells lines that are no part of any article.
func isFurniture(s string) bool {
	if !strings.ContainsFunc(s, unicode.IsLetter) {
		return true
	}
	if longer(s, captionRunes) {
		return false
	}
	if !longer(s, headingRunes) && (furnitureLines[key(s)] != "" || onlySections(s) || readingTime.MatchString(s)) {
		return true
	}
	for _, start := range furnitureStarts {
		if hasPrefixFold(s, start) {
			return !endsSentence(s) || strings.HasPrefix(s, ">>")
		}
	}
	return false
}

// hasPrefixFold reports whether s begins with start, whatever the case.
func hasPrefixFold(s, start string) bool {
	return len(s) >= len(start) && strings.EqualFold(s[:len(start)], start)
}

// onlySections reports whether a line is made up of names of sections.
func onlySections(s string) bool {
	rest := key(s)
	for rest != "" {
		n := sectionAt(rest)
		if n == 0 {
			return false
		}
		rest = strings.TrimLeft(rest[n:], " >/|-–»")
	}
	return true
}

// sectionAt gives the length in bytes of the longest section name that s
// begins with as whole words.
func sectionAt(s string) (n int) {
	words := 0
	for i := 0; i <= len(s) && words < 6; i++ {
		if i == len(s) || s[i] == ' ' {
			words++
			if sections[strings.ToLower(s[:i])] {
				n = i
			}
		}
	}
	return n
}

// isByline tells a line that says who wrote the article or where it is from.
func isByline(s string) bool {
	if longer(s, bylineRunes) || s == "" {
		return false
	}
	for _, start := range bylineStarts {
		if !hasPrefixFold(s, start) {
			continue
		}
		rest := s[len(start):]
		switch {
		case strings.HasPrefix(start, "("):
			return strings.HasSuffix(s, ")")
		case strings.HasSuffix(start, ":"):
			return !endsSentence(s)
		case rest == "" || strings.HasPrefix(rest, " ") && allCapitalised(strings.TrimRight(rest, " .")):
			return true
		}
	}
	return authorLine(strings.TrimRight(s, " |"), false)
}

// placesLikeNames are places that begin like a person's family name.
var placesLikeNames = set([]string{
	"Hà Nội", "Hà Nam", "Hà Tĩnh", "Hà Giang", "Hà Lan", "Thái Lan", "Thái Bình", "Thái Nguyên", "Lâm Đồng",
	"Đồng Nai", "Đồng Tháp", "An Giang", "Hàn Quốc", "Kiên Giang", "Kim Liên", "Cao Bằng", "Triều Tiên", "Hồ Chí Minh",
	"La Habana", "La Haye", "Ma Cao", "Châu Âu", "Châu Á", "Châu Phi",
})

// authorLine reports whether s is names of persons, and perhaps the sign of an
// outlet, and nothing else: "Nguyễn Hồng", "Dương Ngọc - VGP". Where the place
// of the line speaks for an author, anyName does without a family name.
func authorLine(s string, anyName bool) bool {
	persons := 0
	for _, part := range strings.FieldsFunc(strings.ReplaceAll(s, " và ", " - "), func(r rune) bool { return strings.ContainsRune("-–/,|&", r) }) {
		part = strings.TrimSpace(part)
		words := strings.Fields(part)
		switch {
		case part == "":
		case publishers[strings.ToLower(part)] != "":
		case len(words) < 2 || len(words) > 4 || !allCapitalised(part) || placesLikeNames[strings.ToLower(part)]:
			return false
		case anyName || familyNames[strings.ToLower(words[0])]:
			persons++
		default:
			return false
		}
	}
	return persons > 0
}

// allCapitalised reports whether every word begins with a capital letter and
// holds nothing but letters, points and the signs inside names.
func allCapitalised(s string) bool {
	words := strings.Fields(s)
	for _, w := range words {
		first, _ := utf8.DecodeRuneInString(w)
		if !unicode.IsUpper(first) {
			return false
		}
		if strings.ContainsFunc(w, func(r rune) bool { return !unicode.IsLetter(r) && !strings.ContainsRune(".-/+&’'", r) }) {
			return false
		}
	}
	return len(words) > 0
}

// longer reports whether s has more than so many runes, without counting them
// where its bytes already tell.
func longer(s string, runes int) bool {
	return len(s) > runes && (len(s) > utf8.UTFMax*runes || utf8.RuneCountInString(s) > runes)
}

// endsSentence reports whether s ends as a sentence does.
func endsSentence(s string) bool {
	s = strings.TrimRight(s, " ”\"’')]")
	return strings.HasSuffix(s, ".") || strings.HasSuffix(s, "!") || strings.HasSuffix(s, "?") || strings.HasSuffix(s, "…")
}

// runsOn reports whether s ends in a sign that announces what follows.
func runsOn(s string) bool {
	return strings.HasSuffix(s, ",") || strings.HasSuffix(s, ":") || strings.HasSuffix(s, ";")
}

// prose reports whether a block is a paragraph of running text of at least so
// many runes.
func (b *block) prose(runes int) bool {
	s := b.own()
	return b.kind == "" && endsSentence(s) && longer(s, runes-1)
}

// classifyTail finds the heading from which on there are only other articles'
// teasers, and gives its block. A heading that may also stand inside an
// article, over links to others, covers the short lines that follow it when
// running text comes after them: text is paragraph after paragraph, teasers
// are headline and summary by turns. Before any text a heading ends nothing.
func (p *page) classifyTail() (tail int) {
	proses := 0
	for i := range p.blocks {
		b := &p.blocks[i]
		if b.prose(sentenceRunes) {
			proses++
		}
		sort := ""
		if b.kind == archive.Furniture {
			sort = furnitureLines[key(b.own())]
		}
		switch {
		case sort == "end" && proses > 0:
			return p.furnish(i, len(p.blocks))
		case sort == "aside":
			resume := p.resumes(i+1, proses)
			if resume < len(p.blocks) {
				p.furnish(i, resume)
			} else if proses > 0 {
				return p.furnish(i, resume)
			}
		}
	}
	return len(p.blocks)
}

// furnish makes the blocks from i up to end furniture and gives i.
func (p *page) furnish(i, end int) int {
	for j := i; j < end; j++ {
		p.blocks[j].kind = archive.Furniture
	}
	return i
}

// resumes gives the block from i on at which running text goes on: the first
// of two long paragraphs in a row, of three once the article is under way, or
// the number of blocks when there are none.
func (p *page) resumes(i, proses int) int {
	need := 2
	if proses >= 2 {
		need = 3
	}
	run := 0
	for ; i < len(p.blocks); i++ {
		if !p.blocks[i].prose(runningRunes) {
			run = 0
			continue
		}
		if run++; run == need {
			return i - need + 1
		}
	}
	return len(p.blocks)
}

// classifyTop finds the headline among the first blocks, the clock at its end,
// and the authors under it. It gives the headline's block or -1.
func (p *page) classifyTop(clocks *[]clock) (title int) {
	title = slices.IndexFunc(p.blocks, func(b block) bool { return b.kind == archive.TitleParagraph })
	var kickers []int
	for i := 0; i < min(len(p.blocks), topBlocks) && title < 0 && p.title == ""; i++ {
		b := &p.blocks[i]
		if b.kind != "" {
			continue
		}
		if c, cut, ok := gluedClock(b.text[:b.to]); ok && cut > b.from && p.headlineLike(i, b.text[b.from:cut]) {
			c.block = i
			*clocks = append(*clocks, c)
			b.to = cut
		}
		switch {
		case onlyNames(b.own()):
			b.kind = archive.Caption
		case p.headlineLike(i, b.own()):
			title = i
			b.kind = archive.TitleParagraph
		case b.prose(0) || longer(b.own(), headlineRunes):
			return -1
		default:
			kickers = append(kickers, i)
		}
	}
	if title < 0 {
		return -1
	}
	for _, k := range kickers { // over the headline: the masthead, a section
		p.blocks[k].kind = archive.Furniture
	}
	for i := title + 1; i < min(len(p.blocks), title+4); i++ {
		b := &p.blocks[i]
		if b.kind == "" && authorLine(strings.Trim(b.own(), " |"), true) {
			b.kind = archive.Byline
		} else if b.prose(0) {
			break
		}
	}
	return title
}

// headlineLike reports whether s, the words of block i, may be the headline:
// some words, no full stop, and after it a paragraph of text that is longer.
func (p *page) headlineLike(i int, s string) bool {
	s = strings.TrimSpace(s)
	n := utf8.RuneCountInString(s)
	if n < 15 || n > headlineRunes || len(strings.Fields(s)) < 4 || runsOn(s) || leadStart.MatchString(s) {
		return false
	}
	if allCapitalised(s) && s != strings.ToUpper(s) { // a name: the masthead
		return false
	}
	if endsSentence(s) && !strings.HasSuffix(s, "?") && !strings.HasSuffix(s, "!") && !strings.HasSuffix(s, "”") {
		return false
	}
	for j := i + 1; j < min(len(p.blocks), i+topBlocks); j++ {
		b := &p.blocks[j]
		if b.kind == "" && utf8.RuneCountInString(b.text) > n && (endsSentence(b.text) || len(b.text) > 2*len(s)) {
			return true
		}
	}
	return false
}

// classifyRepeats finds what the page says twice: the headline, or a caption
// and right after it the same again, as the alternative text of a photograph;
// the lead or a long paragraph, which is then read only once.
func (p *page) classifyRepeats(title int) {
	first := map[string]int{}
	text, last := -1, -1 // the first paragraph of text, the last line without a kind
	for i := range p.blocks {
		b := &p.blocks[i]
		if b.kind != "" && i != title {
			continue
		}
		if text < 0 && b.prose(proseRunes) {
			text = i
		}
		s := b.own()
		j, again := first[b.text] // the sign of an outlet is taken off only once
		if !again {
			j, again = first[s]
		}
		switch {
		case !again:
			first[b.text], first[s] = i, i
		case longer(s, namesRunes), j == text:
			b.kind = archive.Furniture
			p.note(i, "repeated-paragraph", "paragraph %d has the same words", j+1)
		case j == title:
			b.kind = archive.Caption
		case j == last:
			p.blocks[j].kind, b.kind = archive.Caption, archive.Caption
		}
		last = i
	}
}

// classifyTeasers finds teasers without a heading at the end of the page:
// short headlines, each with a summary of one sentence, to the last line. Two
// such pairs could be the sections of a short article; what gives them away is
// a counter of comments between them, or a third pair.
func (p *page) classifyTeasers(title int) {
	var open []int
	for i := max(title, 0); i < len(p.blocks); i++ {
		if p.blocks[i].kind == "" {
			open = append(open, i)
		}
	}
	paired := 0
	at := len(open)
	for at >= 4 { // at least two paragraphs of text stay
		headline, summary := p.blocks[open[at-2]].own(), p.blocks[open[at-1]].own()
		last := open[at-1] == len(p.blocks)-1
		if !teaserHeadline(headline) || !teaserSummary(summary, last) {
			break
		}
		paired++
		at -= 2
	}
	if paired == 0 {
		return
	}
	from := open[at]
	counters := slices.ContainsFunc(p.blocks[from:], func(b block) bool {
		return b.kind == archive.Furniture && digitsOnly(b.text)
	})
	if paired >= 3 || paired == 2 && counters {
		p.furnish(from, len(p.blocks))
		p.note(from, "teasers", "from here on the lines alternate like the teasers of other articles, and are left out")
	}
}

func teaserHeadline(s string) bool {
	n := utf8.RuneCountInString(s)
	return n >= 15 && n <= headingRunes && len(strings.Fields(s)) >= 4 && !endsSentence(s) && !runsOn(s)
}

func teaserSummary(s string, last bool) bool {
	return !longer(s, teaserRunes) && len(vitext.Sentences(s)) == 1 && (last || endsSentence(s))
}

func digitsOnly(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsDigit(r) && !unicode.IsSpace(r) })
}

// classifyMiddle tells what only the place of a line shows: headings between
// paragraphs of text, captions that only name who is in the picture, the
// author under the text.
func (p *page) classifyMiddle(title int) {
	next := false // whether text follows
	for i := len(p.blocks) - 1; i >= 0; i-- {
		b := &p.blocks[i]
		if b.kind != "" {
			continue
		}
		s := b.own()
		switch {
		case onlyNames(s):
			b.kind = archive.Caption
		case endsSentence(s) || runsOn(s) || longer(s, headingRunes) || leadStart.MatchString(s) || len(vitext.Sentences(s)) > 1:
			next = true
		case next:
			b.kind = archive.Heading
		case i > 0 && !longer(s, bylineRunes) && authorLine(strings.Trim(s, " |()"), true):
			b.kind = archive.Byline
		}
	}
}

// onlyNames reports whether a line is one sentence that names persons by
// title and says nothing of them: "Tổng Bí thư Tô Lâm và Chủ tịch nước Lào
// Thongloun Sisoulith."
func onlyNames(s string) bool {
	if longer(s, namesRunes) {
		return false
	}
	capitals, words := 0, 0
	for _, w := range strings.FieldsFunc(strings.TrimRight(s, ". "), func(r rune) bool { return unicode.IsSpace(r) || r == ',' || r == '-' || r == '–' }) {
		first, _ := utf8.DecodeRuneInString(w)
		switch {
		case unicode.IsUpper(first):
			capitals++
		case titleWords[w]:
			words++
		default:
			return false
		}
	}
	return capitals >= 4 && words > 0
}
