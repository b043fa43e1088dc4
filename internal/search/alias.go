package search

import (
	_ "embed"
	"slices"
	"strings"
	"unicode"

	"vankho/internal/vitext"
)

//go:embed alias.txt
var aliasText string

// aliases has for each name, exact or folded and joined by spaces, the other
// names of the same thing.
var aliases = readAliases(aliasText)

const (
	aliasWeight    = .5
	longestAlias   = 8 // words
	exactAliasKey  = "="
	foldedAliasKey = "~"
)

func readAliases(text string) map[string][][]token {
	m := map[string][][]token{}
	var s vitext.Scanner
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "#") || strings.TrimSpace(line) == "" {
			continue
		}
		var names [][]token
		for name := range strings.SplitSeq(line, "|") {
			names = append(names, scan(&s, strings.TrimFunc(name, unicode.IsSpace)))
		}
		for i, name := range names {
			for j, other := range names {
				if i == j {
					continue
				}
				exact, folded := exactAliasKey+joined(name, false), foldedAliasKey+joined(name, true)
				m[exact] = append(m[exact], other)
				m[folded] = append(m[folded], other)
			}
		}
	}
	return m
}

func joined(toks []token, fold bool) string {
	var b strings.Builder
	for i, t := range toks {
		if i > 0 {
			b.WriteByte(' ')
		}
		if fold {
			b.WriteString(t.folded)
		} else {
			b.WriteString(t.exact)
		}
	}
	return b.String()
}

// addAliases lets the other names of what was typed stand for its words.
// Words typed without marks are compared without them. Each other name is
// looked for as it is written in the list, marks and all: a folded "my" for Mỹ
// would find too much.
func (p *plan) addAliases(words []token, slotOf []int) {
	for i := 0; i < len(words); {
		n := 0
		var others [][]token
		for k := min(longestAlias, len(words)-i); k > 0 && n == 0; k-- {
			if slotOf[i+k-1]-slotOf[i] != k-1 {
				continue // a phrase or date stands between
			}
			seq := words[i : i+k]
			key := exactAliasKey + joined(seq, false)
			if !slices.ContainsFunc(seq, func(t token) bool { return t.marked }) {
				key = foldedAliasKey + joined(seq, true)
			}
			if found := aliases[key]; found != nil {
				n, others = k, found
			}
		}
		if n == 0 {
			i++
			continue
		}
		for _, other := range others {
			w := together(other, false, aliasWeight/float64(n))
			for j := i; j < i+n; j++ {
				p.slots[slotOf[j]].ways = append(p.slots[slotOf[j]].ways, w)
			}
			var marks []wanted
			for _, t := range other {
				marks = append(marks, wanted{t.exact, t.folded, false})
			}
			p.patterns = append(p.patterns, pattern{words: marks})
		}
		i += n
	}
}
