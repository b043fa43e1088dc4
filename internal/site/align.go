package site

import (
	"strings"

	"vankho/internal/vitext"
)

// wordList is a text as it is compared with another: its words, each with the
// number that a lexicon gave to its key.
type wordList struct {
	text  string
	words []alignWord
}

type alignWord struct {
	start, end  int   // bytes of the text
	exact, fold int32 // the keys of vitext; 0 when the lexicon was closed and does not know it
	marked      bool
}

// lexicon numbers the keys of words, from 1, so that comparing is comparing
// numbers. A closed one takes no more: what it does not know is 0 and equal to
// nothing.
type lexicon struct {
	numbers map[string]int32
	closed  bool
	scanner vitext.Scanner
}

func newLexicon() *lexicon { return &lexicon{numbers: map[string]int32{}} }

func (l *lexicon) number(key []byte) int32 {
	n, ok := l.numbers[string(key)]
	if !ok && !l.closed {
		n = int32(len(l.numbers) + 1)
		l.numbers[string(key)] = n
	}
	return n
}

// read gives the words of a text. Exact and folded keys are numbered apart:
// an unmarked word is not its marked neighbour because they fold alike.
func (l *lexicon) read(text string) wordList {
	list := wordList{text: text}
	var folded []byte
	for l.scanner.Reset(text); l.scanner.Scan(); {
		t := &l.scanner.Token
		folded = append(append(folded[:0], ' '), t.Folded...)
		list.words = append(list.words, alignWord{t.Start, t.End, l.number(t.Exact), l.number(folded), t.Marked})
	}
	return list
}

// written gives words from to to-1 as the text has them.
func (w *wordList) written(from, to int) string {
	if from >= to {
		return ""
	}
	return w.text[w.words[from].start:w.words[to-1].end]
}

// sameWord reports whether two words have one key.
func sameWord(a, b *alignWord) bool { return a.exact != 0 && a.exact == b.exact }

// sameFold reports whether two words are alike but for their marks.
func sameFold(a, b *alignWord) bool { return a.fold != 0 && a.fold == b.fold }

// step is one step from a text to another: a word of each, or -1 where one of
// them has none.
type step struct{ a, b int }

// The costs of a step. A changed word is cheaper than one left out beside one
// put in, and marks alone cost least.
const (
	costMarks  = 1
	costSkip   = 2
	costChange = 3
)

// maxAlign bounds an alignment: as many pairs of words are looked at, which is
// a few milliseconds and one byte each.
const maxAlign = 1 << 20

// align gives the cheapest steps from the words of a to those of b, by the
// method of Wagner and Fischer after the common beginning and end are taken
// off. With free, a is looked for within b: what b has before and after costs
// nothing and is no step. It gives false when the texts are too long.
func align(a, b []alignWord, free bool) ([]step, bool) {
	var head, tail int
	if !free {
		head, tail = commonEnds(len(a), len(b), func(i, j int) bool { return sameWord(&a[i], &b[j]) })
	}
	middle, ok := alignMiddle(a[head:len(a)-tail], b[head:len(b)-tail], free)
	if !ok {
		return nil, false
	}
	return withEnds(len(a), len(b), head, tail, middle), true
}

// commonEnds tells how many of m things and of n are the same at the beginning
// and, of the rest, at the end.
func commonEnds(m, n int, same func(i, j int) bool) (head, tail int) {
	for head < m && head < n && same(head, head) {
		head++
	}
	for tail < m-head && tail < n-head && same(m-1-tail, n-1-tail) {
		tail++
	}
	return head, tail
}

// withEnds puts the steps of the common beginning and end around those of the
// middle, which count from where it begins.
func withEnds(m, n, head, tail int, middle []step) []step {
	steps := make([]step, 0, head+len(middle)+tail)
	for i := range head {
		steps = append(steps, step{i, i})
	}
	for _, s := range middle {
		if s.a >= 0 {
			s.a += head
		}
		if s.b >= 0 {
			s.b += head
		}
		steps = append(steps, s)
	}
	for i := tail; i > 0; i-- {
		steps = append(steps, step{m - i, n - i})
	}
	return steps
}

// The ways into a cell of the table of alignMiddle.
const (
	bothStep = iota
	onlyA
	onlyB
	noStep
)

func alignMiddle(a, b []alignWord, free bool) ([]step, bool) {
	m, n := len(a), len(b)
	if (m+1)*(n+1) > maxAlign {
		return nil, false
	}
	way := make([]uint8, (m+1)*(n+1))
	before, row := make([]int, n+1), make([]int, n+1)
	for j := 1; j <= n; j++ {
		way[j] = onlyB
		if before[j] = j * costSkip; free {
			way[j], before[j] = noStep, 0
		}
	}
	for i := 1; i <= m; i++ {
		row[0], way[i*(n+1)] = i*costSkip, onlyA
		for j := 1; j <= n; j++ {
			best, from := before[j-1]+stepCost(&a[i-1], &b[j-1]), uint8(bothStep)
			if c := before[j] + costSkip; c < best {
				best, from = c, onlyA
			}
			if c := row[j-1] + costSkip; c < best {
				best, from = c, onlyB
			}
			row[j], way[i*(n+1)+j] = best, from
		}
		before, row = row, before
	}
	end := n
	if free {
		for j := range before {
			if before[j] < before[end] || before[j] == before[end] && j < end {
				end = j
			}
		}
	}
	return walkBack(way, m, end, n), true
}

func stepCost(a, b *alignWord) int {
	switch {
	case sameWord(a, b):
		return 0
	case sameFold(a, b):
		return costMarks
	}
	return costChange
}

// walkBack reads the steps that lead to cell i, j.
func walkBack(way []uint8, i, j, n int) []step {
	var steps []step
	for i > 0 || j > 0 {
		switch way[i*(n+1)+j] {
		case bothStep:
			i, j = i-1, j-1
			steps = append(steps, step{i, j})
		case onlyA:
			i--
			steps = append(steps, step{i, -1})
		case onlyB:
			j--
			steps = append(steps, step{-1, j})
		default:
			j = 0 // b's words before the match
			if i > 0 {
				panic("BUG: an alignment that begins in the middle")
			}
		}
	}
	for x, y := 0, len(steps)-1; x < y; x, y = x+1, y-1 {
		steps[x], steps[y] = steps[y], steps[x]
	}
	return steps
}

// The kinds of a piece of a comparison.
const (
	pieceSame = "same"
	pieceDel  = "del" // only in the first text
	pieceIns  = "ins" // only in the second
	pieceCut  = "cut" // words of the second that the first leaves out and says so
)

// piece is a stretch of two compared texts.
type piece struct {
	Op   string `json:"op"`
	Text string `json:"text"`
}

// alike says which words of two texts are shown as the same.
type alike func(a, b int) bool

// pieces turns the steps from a to b into stretches of text: what is the same,
// as b writes it, and between, what only a and what only b has. Words that
// stand together are one stretch.
func pieces(a, b *wordList, steps []step, same alike) []piece {
	var out []piece
	add := func(op, text string) {
		switch {
		case text == "":
		case len(out) > 0 && out[len(out)-1].Op == op:
			out[len(out)-1].Text += text
		default:
			out = append(out, piece{op, text})
		}
	}
	at := -1 // the end of what was written of b
	for i := 0; i < len(steps); {
		j := i
		isSame := steps[i].a >= 0 && steps[i].b >= 0 && same(steps[i].a, steps[i].b)
		a0, a1, b0, b1 := -1, -1, -1, -1
		for ; j < len(steps); j++ {
			s := steps[j]
			if (s.a >= 0 && s.b >= 0 && same(s.a, s.b)) != isSame {
				break
			}
			if s.a >= 0 {
				if a0 < 0 {
					a0 = s.a
				}
				a1 = s.a + 1
			}
			if s.b >= 0 {
				if b0 < 0 {
					b0 = s.b
				}
				b1 = s.b + 1
			}
		}
		i = j
		if b0 >= 0 && at >= 0 {
			add(pieceSame, b.text[at:b.words[b0].start])
		}
		if isSame {
			add(pieceSame, b.written(b0, b1))
			at = b.words[b1-1].end
			continue
		}
		if a0 >= 0 {
			gap := ""
			if b0 < 0 && at >= 0 {
				gap = " "
			}
			add(pieceSame, gap)
			add(pieceDel, a.written(a0, a1))
			if b0 >= 0 || at < 0 {
				add(pieceSame, " ")
			}
		}
		if b0 >= 0 {
			add(pieceIns, b.written(b0, b1))
			at = b.words[b1-1].end
		}
	}
	return out
}

// plainForm gives a text as quotations are compared letter by letter: NFC,
// without white space, quotation marks and characters of no width, with one
// kind of dash and dots.
func plainForm(text string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case '"', '\'', '“', '”', '‘', '’', '«', '»', '„', '‟', '‹', '›':
			return -1
		case '–', '—', '‐', '‑', '−':
			return '-'
		case ' ', '\u00a0', '\n', '\t', '\r', '\u00ad', '\u2009', '\u202f':
			return -1
		}
		if invisible(r) || r >= '\u200b' && r <= '\u200d' {
			return -1
		}
		return r
	}, strings.ReplaceAll(vitext.NFC(text), "…", "..."))
}
