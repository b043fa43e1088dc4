package search

import (
	index "github.com/blevesearch/bleve_index_api"

	"vankho/internal/vitext"
)

// The fields of a paragraph. S and F hold its syllables with and without
// marks, B and G its pairs of neighbouring syllables likewise, whatever stands
// between them: "Việt Nam – Lào" has the pair "nam lào". D holds the days and
// months it names and those of its meeting.
const (
	fieldS = "S"
	fieldF = "F"
	fieldB = "B"
	fieldG = "G"
	fieldD = "D"
)

// analyzer turns paragraphs into the terms of their fields, all in one pass.
// Bleve's own analysis would read a text once for each field.
type analyzer struct {
	scanner       vitext.Scanner
	toks          []token
	words         map[string]string    // one copy of each key
	pairs, folded map[[2]string]string // one copy of each pair
}

// A table of copies is emptied when it has grown beyond these; what is asked
// for again is copied again.
const (
	maxWordCopies = 1 << 16
	maxPairCopies = 1 << 18
)

func newAnalyzer() *analyzer {
	return &analyzer{words: map[string]string{}, pairs: map[[2]string]string{}, folded: map[[2]string]string{}}
}

// scan gives the tokens of a text; they are valid until the next call.
func (a *analyzer) scan(text string) []token {
	if len(a.words) > maxWordCopies {
		clear(a.words)
	}
	a.toks = a.toks[:0]
	s := &a.scanner
	for s.Reset(text); s.Scan(); {
		t := token{s.Start, s.End, a.copy(s.Exact), "", s.Marked, s.Number}
		if t.folded = t.exact; s.Marked {
			t.folded = a.copy(s.Folded)
		}
		a.toks = append(a.toks, t)
	}
	return a.toks
}

func (a *analyzer) copy(key []byte) string {
	if s, ok := a.words[string(key)]; ok {
		return s
	}
	s := string(key)
	a.words[s] = s
	return s
}

func pairOf(copies map[[2]string]string, first, second string) string {
	k := [2]string{first, second}
	if s, ok := copies[k]; ok {
		return s
	}
	if len(copies) > maxPairCopies {
		clear(copies)
	}
	s := first + " " + second
	copies[k] = s
	return s
}

// fields gives the fields of a paragraph of these tokens and dates.
func (a *analyzer) fields(toks []token, dates []string) []*field {
	s, f, b, g, d := newField(fieldS, len(toks)), newField(fieldF, len(toks)), newField(fieldB, len(toks)), newField(fieldG, len(toks)), newField(fieldD, len(dates))
	for i := range toks {
		s.add(toks[i].exact)
		f.add(toks[i].folded)
		if i > 0 {
			b.add(pairOf(a.pairs, toks[i-1].exact, toks[i].exact))
			g.add(pairOf(a.folded, toks[i-1].folded, toks[i].folded))
		}
	}
	for _, k := range dates {
		d.add(k)
	}
	return []*field{s, f, b, g, d}
}

// field is an analysed field as Bleve's index wants it: terms with their
// frequencies, and nothing of the text. Lengths lie in our own columns.
type field struct {
	name  string
	terms index.TokenFrequencies
}

func newField(name string, n int) *field {
	return &field{name, make(index.TokenFrequencies, n)}
}

// frequencies are shared by all terms of all fields: a term without places has
// nothing but its frequency. A term more frequent counts as the last.
var frequencies = func() (f [256]index.TokenFreq) {
	for i := range f {
		f[i].SetFrequency(i)
	}
	return f
}()

func (f *field) add(term string) {
	n := 0
	if have := f.terms[term]; have != nil {
		n = have.Frequency()
	}
	f.terms[term] = &frequencies[min(n+1, len(frequencies)-1)]
}

// AnalyzedLength is 1 for all: it is kept with every posting, and 1 takes the
// least room. With 0 the index would lose terms that occur once.
func (f *field) AnalyzedLength() int { return 1 }

func (f *field) Name() string                                     { return f.name }
func (f *field) Value() []byte                                    { return nil }
func (f *field) ArrayPositions() []uint64                         { return nil }
func (f *field) EncodedFieldType() byte                           { return 't' }
func (f *field) Analyze()                                         {}
func (f *field) Options() index.FieldIndexingOptions              { return index.IndexField }
func (f *field) AnalyzedTokenFrequencies() index.TokenFrequencies { return f.terms }
func (f *field) NumPlainTextBytes() uint64                        { return 0 }
func (f *field) Size() int                                        { return f.terms.Size() }
