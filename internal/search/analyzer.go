package search

import (
	"bytes"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/registry"

	"vankho/internal/vitext"
)

// The fields of a paragraph. S and F hold its syllables with and without
// marks, B and G its pairs of neighbouring syllables likewise, D the days and
// months it names and those of its meeting.
const (
	fieldS = "S"
	fieldF = "F"
	fieldB = "B"
	fieldG = "G"
	fieldD = "D"
)

func init() {
	for name, a := range map[string]analysis.Analyzer{
		"vankho_" + fieldS: syllables{folded: false},
		"vankho_" + fieldF: syllables{folded: true},
		"vankho_" + fieldB: bigrams{folded: false},
		"vankho_" + fieldG: bigrams{folded: true},
		"vankho_" + fieldD: list{},
	} {
		err := registry.RegisterAnalyzer(name, func(map[string]any, *registry.Cache) (analysis.Analyzer, error) {
			return a, nil
		})
		if err != nil {
			panic("BUG: search: " + err.Error())
		}
	}
}

// syllables gives one term a token.
type syllables struct{ folded bool }

func (a syllables) Analyze(text []byte) analysis.TokenStream {
	var st stream
	var s vitext.Scanner
	for s.Reset(string(text)); s.Scan(); {
		st.add(nil, key(&s.Token, a.folded), s.Start, s.End)
	}
	return st.tokens()
}

// bigrams gives one term a pair of neighbouring tokens, "hội đàm", whatever
// stands between them: "Việt Nam – Lào" has the pair "nam lào".
type bigrams struct{ folded bool }

func (a bigrams) Analyze(text []byte) analysis.TokenStream {
	var st stream
	var s vitext.Scanner
	var before []byte
	start := 0
	for s.Reset(string(text)); s.Scan(); {
		k := key(&s.Token, a.folded)
		if before != nil {
			st.add(before, k, start, s.End)
		}
		before = append(append(before[:0], k...), ' ')
		start = s.Start
	}
	return st.tokens()
}

func key(t *vitext.Token, folded bool) []byte {
	if folded {
		return t.Folded
	}
	return t.Exact
}

// list gives one term a word, as it stands.
type list struct{}

func (list) Analyze(text []byte) analysis.TokenStream {
	var st stream
	for f := range bytes.FieldsSeq(text) {
		st.add(nil, f, 0, 0)
	}
	return st.tokens()
}

// stream gathers the terms of one field in two allocations that grow, not one
// a term.
type stream struct {
	buf  []byte
	toks []analysis.Token
	ends []int
}

func (st *stream) add(before, term []byte, start, end int) {
	st.buf = append(append(st.buf, before...), term...)
	st.ends = append(st.ends, len(st.buf))
	st.toks = append(st.toks, analysis.Token{Start: start, End: end, Position: len(st.toks) + 1, Type: analysis.AlphaNumeric})
}

func (st *stream) tokens() analysis.TokenStream {
	out := make(analysis.TokenStream, len(st.toks))
	from := 0
	for i := range st.toks {
		st.toks[i].Term = st.buf[from:st.ends[i]:st.ends[i]]
		from = st.ends[i]
		out[i] = &st.toks[i]
	}
	return out
}
