package search

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	snippetRunes = 240
	snippetLead  = 80 // runes shown before the first match at the most
)

// literal gives the words of a phrase with a space between, when a text that has
// just that has the phrase: not where words without marks stand for others or a
// number may be written in other ways.
func literal(words []wanted) string {
	var b strings.Builder
	for i, w := range words {
		if w.fold || strings.ContainsAny(w.exact, "0123456789") {
			return ""
		}
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(w.exact)
	}
	return b.String()
}

// hasLiteral reports whether a text has the words between spaces or at the end
// of a clause, where their borders are beyond doubt. Words may begin with
// capitals.
func hasLiteral(text []byte, words string) bool {
	if i := bytes.Index(text, []byte(words)); i >= 0 && bordered(text, i, i+len(words)) {
		return true // as most have it
	}
	anchor, at := anchorOf(words)
	for from := 0; ; {
		i := bytes.Index(text[from:], []byte(anchor))
		if i < 0 {
			return false
		}
		start := from + i - at
		from += i + len(anchor)
		if start < 0 || start+len(words) > len(text) || !sameButCapitals(text[start:start+len(words)], words) {
			continue
		}
		if bordered(text, start, start+len(words)) {
			return true
		}
	}
}

// bordered reports whether the words at these bytes of a text surely begin and
// end there.
func bordered(text []byte, start, end int) bool {
	rest := text[end:]
	return (start == 0 || text[start-1] == ' ') &&
		(len(rest) == 0 || rest[0] == ' ' || (rest[0] == '.' || rest[0] == ',') && (len(rest) == 1 || rest[1] == ' '))
}

// anchorOf gives the part of a phrase that is looked for first, with its place:
// the longest that no capital begins.
func anchorOf(words string) (anchor string, at int) {
	anchor = words
	longest := 0
	for i := 0; i < len(words); i++ {
		_, first := utf8.DecodeRuneInString(words[i:])
		end := strings.IndexByte(words[i:], ' ')
		if end < 0 {
			end = len(words) - i
		}
		if end-first > longest {
			longest = end - first
			anchor, at = words[i+first:i+end], i+first
		}
		i += end
	}
	return anchor, at
}

// sameButCapitals reports whether a text is these words, which are in lower
// case, as they are or with capitals at the beginnings of words.
func sameButCapitals(text []byte, words string) bool {
	for i := 0; i < len(words); i++ {
		if i > 0 && words[i-1] != ' ' {
			if text[i] != words[i] {
				return false
			}
			continue
		}
		r, n := utf8.DecodeRune(text[i:])
		w, m := utf8.DecodeRuneInString(words[i:])
		if n != m || r != w && unicode.ToLower(r) != w {
			return false
		}
		i += n - 1
	}
	return true
}

// verify reports whether the phrases of a way, whose cursors all stand at paragraph
// d, stand there, and its conditions hold. Most often it can be told from how often
// the words are there, or they stand as they were typed and a look is enough.
func (r *run) verify(article, d uint32, w *wayRun) (bool, error) {
	for i := range w.phrases {
		p := &w.phrases[i]
		if p.surely(d) {
			continue
		}
		text, err := r.text(article, d)
		if err != nil {
			return false, err
		}
		if (p.literal == "" || !hasLiteral(text, p.literal)) && !r.stand(string(text), p.words) {
			return false, nil
		}
	}
	return r.holds(article, d, w)
}

// countable gives a phrase what surely needs, if that is at hand; cs are the cursors
// of its way.
func (r *run) countable(p *phrase, cs []*cursor) {
	key, field, pairField := func(w wanted) string { return w.exact }, fieldS, fieldB
	if p.words[0].fold {
		key, field, pairField = func(w wanted) string { return w.folded }, fieldF, fieldG
	}
	var pairs []*cursor
	var inner []*list
	for i := 1; i < len(p.words); i++ {
		pair := listKey{pairField, key(p.words[i-1]) + " " + key(p.words[i])}
		at := slices.IndexFunc(cs, func(c *cursor) bool { return c.term == pair })
		if at < 0 {
			return
		}
		pairs = append(pairs, cs[at])
		if i+1 < len(p.words) {
			x := r.ix.lists.get(listKey{field, key(p.words[i])})
			if x == nil {
				return
			}
			inner = append(inner, x)
		}
	}
	p.pairs, p.inner = pairs, inner
}

// surely reports whether the words of a phrase, all of whose pairs are in paragraph
// d, surely stand together there. Where a word between stands n times, and its pairs
// with the words before and after it k and l times, these share k+l-n of its places at
// the least; and so on from word to word.
func (p *phrase) surely(d uint32) bool {
	together := 0
	for _, c := range p.pairs {
		together += 1 + int(c.frequency&maxFrequency)
	}
	for _, x := range p.inner {
		place, doc := x.from(0, d)
		if doc != d {
			return false
		}
		n := x.freqs[place] & maxFrequency
		if n == maxFrequency { // or more
			return false
		}
		together -= 1 + int(n)
	}
	return together > 0
}

// stand reports whether the words stand together in a text.
func (r *run) stand(text string, words []wanted) bool {
	// last[k] says that the first k words end at the token before.
	last := make([]bool, len(words)+1)
	s := &r.scanner
	for s.Reset(text); s.Scan(); {
		for k := len(words); k > 0; k-- {
			w := &words[k-1]
			last[k] = (k == 1 || last[k-1]) && (w.fold && w.folded == string(s.Folded) || !w.fold && w.exact == string(s.Exact))
		}
		if last[len(words)] {
			return true
		}
	}
	return false
}

func standsAt(toks []token, words []wanted) bool {
	if len(toks) < len(words) {
		return false
	}
	for i, w := range words {
		if !w.matches(&toks[i]) {
			return false
		}
	}
	return true
}

// mark is what a pattern matched: tokens from to to-1.
type mark struct{ from, to, pattern int }

// marksIn finds what the patterns of a query match in a text. A word that the
// text has only with other marks is marked beside another word of the query,
// "thuong mai" for "thương mại", and by itself only where nothing else is to be
// marked: the "mai" of "mai sau" is not what was meant.
func marksIn(toks []token, text string, patterns []pattern) []mark {
	var marks, alone []mark
	var dates []dateAt
	for n, p := range patterns {
		if p.country != "" {
			is := func(code string) bool { return code == p.country }
			for _, m := range nations().mentions(toks, text, is) {
				if is(m.code) {
					marks = append(marks, mark{m.from, m.to, n})
				}
			}
			continue
		}
		if p.date != "" {
			if dates == nil {
				dates = append(datesIn(toks, text), dateAt{})
			}
			for _, d := range dates[:len(dates)-1] {
				for _, k := range d.keys() {
					if k == p.date {
						marks = append(marks, mark{d.from, d.to, n})
					}
				}
			}
			continue
		}
		before := len(marks)
		for i := range toks {
			if p.words[0].matches(&toks[i]) && standsAt(toks[i:], p.words) {
				marks = append(marks, mark{i, i + len(p.words), n})
			}
		}
		if len(marks) > before || !p.exact {
			continue
		}
		w := p.words[0]
		w.fold = true
		for i := range toks {
			switch {
			case !w.matches(&toks[i]):
			case i > 0 && ofOther(&toks[i-1], patterns, n), i+1 < len(toks) && ofOther(&toks[i+1], patterns, n):
				marks = append(marks, mark{i, i + 1, n})
			default:
				alone = append(alone, mark{i, i + 1, n})
			}
		}
	}
	if len(marks) == 0 {
		return alone
	}
	return marks
}

// shapesOf gives the shapes of the words that marksIn looks for; dates and names
// of countries are read from all words.
func shapesOf(patterns []pattern) (set shapes) {
	for _, p := range patterns {
		if p.country != "" || p.date != "" {
			return everyShape
		}
		for _, w := range p.words {
			set |= shapeOf(w.folded)
		}
	}
	return set
}

// ofOther reports whether a token is a word of the query other than that of
// pattern n, whatever its marks.
func ofOther(t *token, patterns []pattern, n int) bool {
	return slices.ContainsFunc(patterns, func(p pattern) bool {
		return len(p.words) == 1 && p.words[0].folded == t.folded && t.folded != patterns[n].words[0].folded
	})
}

// snippet cuts the piece of a text that has most of what was asked for, at
// word borders, and marks it. sentences are the bytes at which the sentences of
// the text begin. The piece is chosen by the matches between from and to, bytes
// of the text; off is the byte at which the first of them begins, or from.
func snippet(a *analyzer, text string, sentences []int, patterns []pattern, from, to int) (fragments []Fragment, off int, cutStart, cutEnd bool) {
	toks := a.scanFor(text, shapesOf(patterns))
	marks := marksIn(toks, text, patterns)
	hit, joined := make([]bool, len(toks)), make([]bool, len(toks))
	for _, m := range marks {
		for i := m.from; i < m.to; i++ {
			hit[i] = true
			joined[i] = joined[i] || patterns[m.pattern].date != "" && i+1 < m.to
		}
	}
	inside := slices.DeleteFunc(marks, func(m mark) bool { return toks[m.from].start < from || toks[m.to-1].end > to })
	off = from
	if first := bestStart(toks, text, inside); first >= 0 {
		off = toks[first].start
	}
	start, end := window(toks, text, sentences, off)

	at := start
	add := func(to int, match bool) {
		if to > at {
			fragments = append(fragments, Fragment{text[at:to], match})
			at = to
		}
	}
	for i := 0; i < len(toks); {
		if !hit[i] || toks[i].start < start || toks[i].end > end {
			i++
			continue
		}
		j := i
		for j+1 < len(toks) && hit[j+1] && toks[j+1].end <= end && (joined[j] || blank(text[toks[j].end:toks[j+1].start])) {
			j++
		}
		add(toks[i].start, false)
		add(toks[j].end, true)
		i = j + 1
	}
	add(end, false)
	return fragments, off, start > 0, end < len(text)
}

func blank(s string) bool {
	for _, r := range s {
		if r != ' ' && r != '\u00A0' && r != '\n' {
			return false
		}
	}
	return true
}

// bestStart gives the token at which the window with the most different
// patterns begins, the earliest of equals; -1 when nothing matched.
func bestStart(toks []token, text string, marks []mark) int {
	slices.SortFunc(marks, func(a, b mark) int { return cmp.Or(a.from-b.from, a.to-b.to, a.pattern-b.pattern) })
	best, most := -1, 0
	inside := map[int]int{} // patterns in the window, with how often
	end, limit, runes := 0, 0, 0
	for i, m := range marks {
		if i > 0 {
			before := marks[i-1]
			if inside[before.pattern]--; inside[before.pattern] == 0 {
				delete(inside, before.pattern)
			}
			runes -= utf8.RuneCountInString(text[toks[before.from].start:toks[m.from].start])
		}
		for ; runes < snippetRunes-snippetLead && limit < len(text); runes++ {
			if limit < toks[m.from].start {
				limit, runes = toks[m.from].start, 0
			}
			_, size := utf8.DecodeRuneInString(text[limit:])
			limit += size
		}
		for ; end < len(marks) && toks[marks[end].to-1].end <= limit; end++ {
			inside[marks[end].pattern]++
		}
		if end <= i { // wider than the window
			inside[m.pattern]++
			end = i + 1
		}
		if len(inside) > most {
			best, most = m.from, len(inside)
		}
	}
	return best
}

// window gives the bytes of text to show around the match at off: about
// snippetRunes runes from the beginning of its sentence, where that lies within
// snippetLead before the match, and else from half as far before it. Other ends
// are between tokens.
func window(toks []token, text string, sentences []int, off int) (start, end int) {
	i, _ := slices.BinarySearch(sentences, off+1)
	if i > 0 && sentences[i-1] >= back(text, off, snippetLead) {
		start = sentences[i-1]
	} else {
		start = back(text, off, snippetLead/2)
	}
	end = start
	n := 0
	for ; end < len(text) && n < snippetRunes; n++ {
		_, size := utf8.DecodeRuneInString(text[end:])
		end += size
	}
	start = back(text, start, snippetRunes-n) // the end of the text is near: show more before
	if _, whole := slices.BinarySearch(sentences, start); !whole && start > 0 {
		i, _ = slices.BinarySearchFunc(toks, start, func(t token, at int) int { return cmp.Compare(t.start, at) })
		if i < len(toks) {
			start = min(off, toks[i].start)
		}
	}
	if end < len(text) {
		i, found := slices.BinarySearchFunc(toks, end, func(t token, at int) int { return cmp.Compare(t.end, at) })
		if !found {
			i--
		}
		if i >= 0 && toks[i].end > off {
			end = toks[i].end
		}
	}
	return start, end
}

// back gives the offset n runes before off, or 0.
func back(text string, off, n int) int {
	for ; n > 0 && off > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(text[:off])
		off -= size
	}
	return off
}
