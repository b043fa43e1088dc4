package search

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"vankho/internal/vitext"
)

// Many names of countries are common words besides: anh is an elder brother,
// pháp is law, mỹ is beauty. A country is therefore not looked for by its word
// but by its code, which a paragraph has in field D where it names the country:
// see mentions.

//go:embed alias/countries.txt
var nationText string

// nationList is what countries are called.
type nationList struct {
	byFirst map[string][]nationName // by the first word, longest first
	byName  map[string]string       // code by the whole name, exact
	folded  map[string]string       // and without marks
	written map[string][]string     // names by code
	before  map[string]bool         // words after which a name of one syllable is none
	offices [][]string              // words after which it is one, whatever their case
}

type nationName struct {
	words  []string // exact
	code   string   // of field D, or empty for a name that is no country's
	common bool     // also a common word
}

var nations = sync.OnceValue(func() *nationList { return readNations(nationText) })

func readNations(text string) *nationList {
	l := &nationList{map[string][]nationName{}, map[string]string{}, map[string]string{}, map[string][]string{}, map[string]bool{}, nil}
	var s vitext.Scanner
	for line := range strings.Lines(text) {
		code, names, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if strings.HasPrefix(line, "#") || !ok {
			continue
		}
		for name := range strings.SplitSeq(names, "|") {
			name, common := strings.CutSuffix(strings.TrimSpace(name), "*")
			toks := scan(&s, name)
			n := nationName{common: common}
			for _, t := range toks {
				n.words = append(n.words, t.exact)
			}
			switch code {
			case "<":
				l.before[n.words[0]] = true
				continue
			case ">":
				l.offices = append(l.offices, n.words)
				continue
			}
			if code != "-" {
				n.code = nationKey(code)
				l.byName[joined(toks, false)] = n.code
				if len(joined(toks, true)) > 1 {
					l.folded[joined(toks, true)] = n.code
				}
				l.written[n.code] = append(l.written[n.code], name)
			}
			l.byFirst[n.words[0]] = append(l.byFirst[n.words[0]], n)
		}
	}
	for _, names := range l.byFirst {
		slices.SortStableFunc(names, func(a, b nationName) int { return len(b.words) - len(a.words) })
	}
	return l
}

// nationKey gives the term of field D for a country's ISO code.
func nationKey(iso string) string { return strings.ToLower(iso) }

// mention is a country named in tokens from to to-1.
type mention struct {
	from, to int
	code     string // of field D
}

// mentions finds the countries that a text names, its longest names first. A
// name begins with a capital. One of a single syllable is not read beside
// another capital, where it is part of a person's name ("Lê Đức Anh"), unless
// that is an office's ("Quốc Vương Bỉ"), nor after "ông" or "bà"; nor, when it is a common word as well, at the beginning of a
// sentence. None of that matters where known has the country: the records of
// the paragraph say who met.
func (l *nationList) mentions(toks []token, text string, known func(code string) bool) []mention {
	var found []mention
	for i := 0; i < len(toks); i++ {
		if !toks[i].capital {
			continue
		}
		for _, n := range l.byFirst[toks[i].exact] {
			if !startsWith(toks[i:], n.words) {
				continue
			}
			end := i + len(n.words)
			if len(n.words) == 1 && n.code != "" && !known(n.code) && !l.alone(toks, text, i, found, n.common) {
				break
			}
			found = append(found, mention{i, end, n.code})
			i = end - 1
			break
		}
	}
	return slices.DeleteFunc(found, func(m mention) bool { return m.code == "" })
}

func startsWith(toks []token, words []string) bool {
	if len(toks) < len(words) {
		return false
	}
	for i, w := range words {
		if toks[i].exact != w {
			return false
		}
	}
	return true
}

// alone reports whether token i stands like a country's name of one syllable.
func (l *nationList) alone(toks []token, text string, i int, found []mention, common bool) bool {
	between := func(i int) string { return text[toks[i-1].end:toks[i].start] }
	switch {
	case i == 0 || strings.ContainsAny(between(i), ".!?:\n“\""):
		if common {
			return false
		}
	case l.before[toks[i-1].exact]:
		return false
	case between(i) == " " && toks[i-1].capital && (len(found) == 0 || found[len(found)-1].to != i) && !l.afterOffice(toks[:i]):
		return false
	}
	if i+1 == len(toks) || between(i+1) != " " || !toks[i+1].capital || !vitext.ValidSyllable(toks[i+1].exact) {
		return true
	}
	// Tổng thống Nga Vla-đi-mia: what follows is a transcription.
	return i+2 < len(toks) && between(i+2) == "-"
}

// areTwo reports whether two words without marks name different countries, as
// Slovakia and Slovenia do.
func (l *nationList) areTwo(a, b string) bool {
	x, y := l.folded[a], l.folded[b]
	return x != "" && y != "" && x != y
}

// afterOffice reports whether tokens end with an office: Quốc Vương Bỉ.
func (l *nationList) afterOffice(toks []token) bool {
	return slices.ContainsFunc(l.offices, func(words []string) bool {
		return len(toks) >= len(words) && startsWith(toks[len(toks)-len(words):], words)
	})
}

// nationTerms gives the terms of field D for the countries that a text names.
func nationTerms(toks []token, text string, known func(code string) bool) []string {
	var terms []string
	for _, m := range nations().mentions(toks, text, known) {
		terms = append(terms, m.code)
	}
	return terms
}
