package search

import (
	"sync"

	index "github.com/blevesearch/bleve_index_api"

	"vankho/internal/vitext"
)

// The fields of a paragraph. S and F hold its syllables with and without
// marks, B and G its pairs of neighbouring syllables likewise, whatever stands
// between them: "Việt Nam – Lào" has the pair "nam lào". D holds the days and
// months it names and those of its meeting, and the countries it names.
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
	exact, folded []*key // of the tokens
	words         map[string]*key
	pairs         map[[2]*key]*key
	round         int     // the field that is being counted
	distinct      []*key  // keys of the field
	parts         []uint8 // of the tokens
}

// key is the one copy of a word or pair, with how often a field has it.
type key struct {
	text  string
	round int // the field that n and parts are of
	n     int
	parts uint8
}

// A table of copies is emptied when it has grown beyond these; what is asked
// for again is copied again.
const (
	maxWords = 1 << 16
	maxPairs = 1 << 18
)

func newAnalyzer() *analyzer {
	return &analyzer{words: map[string]*key{}, pairs: map[[2]*key]*key{}}
}

// analyzers are those that searches have used: the words they know need no new
// copies.
var analyzers = sync.Pool{New: func() any { return newAnalyzer() }}

// scan gives the tokens of a text; they are valid until the next call.
func (a *analyzer) scan(text string) []token { return a.scanFor(text, everyShape) }

// shapes is a set of words that may have others in it: a bit for each pair of
// length and last byte, modulo 64.
type shapes uint64

const everyShape = ^shapes(0)

func shapeOf[T string | []byte](word T) shapes {
	if len(word) == 0 {
		return 1
	}
	return 1 << ((len(word)*11 + int(word[len(word)-1])) % 64)
}

// scanFor is scan for who asks only for some words, by their folded forms:
// other tokens may have none.
func (a *analyzer) scanFor(text string, asked shapes) []token {
	if len(a.words) > maxWords || len(a.pairs) > maxPairs {
		clear(a.words) // between texts, so that one text has one copy of each
		clear(a.pairs)
	}
	a.toks, a.exact, a.folded = a.toks[:0], a.exact[:0], a.folded[:0]
	s := &a.scanner
	for s.Reset(text); s.Scan(); {
		if shapeOf(s.Folded)&asked == 0 {
			a.toks = append(a.toks, token{start: s.Start, end: s.End})
			continue
		}
		exact := a.word(s.Exact)
		folded := exact
		if s.Marked {
			folded = a.word(s.Folded)
		}
		a.toks = append(a.toks, token{s.Start, s.End, exact.text, folded.text, s.Marked, s.Number, capital(text[s.Start:])})
		a.exact, a.folded = append(a.exact, exact), append(a.folded, folded)
	}
	return a.toks
}

func (a *analyzer) word(text []byte) *key {
	if k := a.words[string(text)]; k != nil {
		return k
	}
	k := &key{text: string(text)}
	a.words[k.text] = k
	return k
}

func (a *analyzer) pair(first, second *key) *key {
	k := a.pairs[[2]*key{first, second}]
	if k == nil {
		k = &key{text: first.text + " " + second.text}
		a.pairs[[2]*key{first, second}] = k
	}
	return k
}

// begin begins to count the keys of a field, count counts one, and field gives
// the field. Each distinct key is then put into Bleve's map once.
func (a *analyzer) begin() {
	a.round++
	a.distinct = a.distinct[:0]
}

func (a *analyzer) count(k *key, part uint8) {
	if k.round != a.round {
		k.round, k.n, k.parts = a.round, 0, 0
		a.distinct = append(a.distinct, k)
	}
	k.n++
	k.parts |= part
}

func (a *analyzer) field(name string) *field {
	f := &field{name, make(index.TokenFrequencies, len(a.distinct))}
	for _, k := range a.distinct {
		f.terms[k.text] = &frequencies[min(k.n-1, maxFrequency)|int(k.parts)<<frequencyBits]
	}
	return f
}

// fields gives the fields of a paragraph of the tokens scanned last and these
// dates, which acts divide at cuts.
func (a *analyzer) fields(dates []string, cuts []int) []*field {
	a.parts = a.parts[:0]
	for i := range a.toks {
		part := uint8(0)
		if len(cuts) > 0 {
			part = partOf(&a.toks[i], cuts)
		}
		a.parts = append(a.parts, part)
	}
	fields := make([]*field, 0, 5)
	for _, x := range []struct {
		words, pairs string
		keys         []*key
	}{{fieldS, fieldB, a.exact}, {fieldF, fieldG, a.folded}} {
		a.begin()
		for i, k := range x.keys {
			a.count(k, a.parts[i])
		}
		fields = append(fields, a.field(x.words))
		a.begin()
		for i := 1; i < len(x.keys); i++ {
			part := a.parts[i]
			if part != a.parts[i-1] {
				part = elsewhere
			}
			a.count(a.pair(x.keys[i-1], x.keys[i]), part)
		}
		fields = append(fields, a.field(x.pairs))
	}
	a.begin()
	for _, d := range dates {
		a.count(a.word([]byte(d)), 0)
	}
	return append(fields, a.field(fieldD))
}

// field is an analysed field as Bleve's index wants it: terms with their
// frequencies, and nothing of the text. Lengths lie in our own columns.
type field struct {
	name  string
	terms index.TokenFrequencies
}

// What the index keeps as the frequency of a term is how often it stands there
// again, as far as maxFrequency, and above that the parts of the paragraph that
// it stands in. Most often this is 0, for which the index keeps least.
const (
	frequencyBits = 6
	maxFrequency  = 1<<frequencyBits - 1
)

// frequencies are shared by all terms of all fields: a term without places has
// nothing but its frequency and parts.
var frequencies = func() (f [2 * elsewhere << frequencyBits]index.TokenFreq) {
	for i := range f {
		f[i].SetFrequency(i)
	}
	return f
}()

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
