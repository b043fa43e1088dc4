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

	forms     *forms  // of the archive that is being indexed; nil for searches
	paragraph int     // counts them
	round     int     // the field that is being counted
	distinct  []*key  // keys of the field
	paired    []*key  // of each token but the last, without marks, the pair with the next
	parts     []uint8 // of the tokens
}

// key is the one copy of a word or pair, with how often a field has it.
type key struct {
	text string
	id   uint64 // see forms
	form uint32 // its place among the forms; 0 while it is not known

	round int // the field that n and parts are of
	n     int
	parts uint8

	// The last paragraphs in which it was written in its usual form and in another.
	usual, other int
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
	if a.forms != nil {
		k.id = a.forms.word(k.text)
	}
	a.words[k.text] = k
	return k
}

func (a *analyzer) pair(first, second *key) *key {
	k := a.pairs[[2]*key{first, second}]
	if k == nil {
		k = &key{text: first.text + " " + second.text, id: pairID(first, second)}
		a.pairs[[2]*key{first, second}] = k
	}
	return k
}

func pairID(first, second *key) uint64 { return first.id<<32 | second.id }

// learn lets the forms learn from the tokens scanned last.
func (a *analyzer) learn() {
	for i, k := range a.folded {
		a.forms.learn(k.id, a.exact[i].id)
		if i > 0 {
			a.forms.learn(pairID(a.folded[i-1], k), pairID(a.exact[i-1], a.exact[i]))
		}
	}
}

// fields gives the fields of a paragraph of the tokens scanned last and these
// dates, which acts divide at cuts.
func (a *analyzer) fields(dates []string, cuts []int) []*field {
	a.paragraph++
	a.parts = a.parts[:0]
	for i := range a.toks {
		part := uint8(0)
		if len(cuts) > 0 {
			part = partOf(&a.toks[i], cuts)
		}
		a.parts = append(a.parts, part)
	}
	fields := append(make([]*field, 0, 5), a.wordFields()...)
	fields = append(fields, a.pairFields()...)
	a.begin()
	for _, d := range dates {
		a.count(a.word([]byte(d)), 0)
	}
	return append(fields, a.field(fieldD))
}

// wordFields gives the fields F and S.
func (a *analyzer) wordFields() []*field {
	a.begin()
	for i, k := range a.folded {
		a.countForm(k, a.exact[i].id, a.parts[i])
	}
	f := a.foldedField(fieldF)
	a.begin()
	for i, k := range a.folded {
		if k.other == a.paragraph {
			a.count(a.exact[i], a.parts[i])
		}
	}
	return []*field{f, a.field(fieldS)}
}

// pairFields gives the fields G and B.
func (a *analyzer) pairFields() []*field {
	part := func(i int) uint8 {
		if a.parts[i] != a.parts[i-1] {
			return elsewhere
		}
		return a.parts[i]
	}
	a.begin()
	a.paired = a.paired[:0]
	for i := 1; i < len(a.folded); i++ {
		k := a.pair(a.folded[i-1], a.folded[i])
		a.paired = append(a.paired, k)
		a.countForm(k, pairID(a.exact[i-1], a.exact[i]), part(i))
	}
	f := a.foldedField(fieldG)
	a.begin()
	for i, k := range a.paired {
		if k.other == a.paragraph {
			a.count(a.pair(a.exact[i], a.exact[i+1]), part(i+1))
		}
	}
	return []*field{f, a.field(fieldB)}
}

// begin begins to count the keys of a field, count and countForm count one, and
// field and foldedField give the field. Each distinct key is then put into
// Bleve's map once.
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

// countForm counts a key without marks that is written in the form of this id.
func (a *analyzer) countForm(k *key, exact uint64, part uint8) {
	a.count(k, part)
	if k.form == 0 {
		k.form = a.forms.place(k.id, exact)
	}
	if a.forms.all[k.form].exact == exact {
		k.usual = a.paragraph
	} else {
		k.other = a.paragraph
	}
}

func (a *analyzer) field(name string) *field {
	f := &field{name, make(index.TokenFrequencies, len(a.distinct))}
	for _, k := range a.distinct {
		f.terms[k.text] = &frequencies()[stored(k.n, k.parts, false)]
	}
	return f
}

// foldedField is field for keys without marks, of whose forms it is noted how
// they were written.
func (a *analyzer) foldedField(name string) *field {
	f := &field{name, make(index.TokenFrequencies, len(a.distinct))}
	for _, k := range a.distinct {
		u := &a.forms.all[k.form]
		unusual := k.other == a.paragraph && k.form != 0
		v := stored(k.n, k.parts, unusual)
		if !u.met && k.n == 1 && !unusual {
			v = firstMet
		}
		u.met = true
		if k.usual != a.paragraph {
			u.lacking++
		}
		f.terms[k.text] = &frequencies()[v]
	}
	return f
}

// field is an analysed field as Bleve's index wants it: terms with their
// frequencies, and nothing of the text. Lengths lie in our own columns.
type field struct {
	name  string
	terms index.TokenFrequencies
}

// The frequency of a posting, as a search has it, is how often the term stands
// there again, as far as maxFrequency, and above that the parts of the paragraph
// that it stands in.
const (
	frequencyBits = 6
	maxFrequency  = 1<<frequencyBits - 1
)

// Bleve keeps numbers below 64 in two bytes, and 0 in one. So it is given a
// frequency with its commonest bits first: two of the count, whether the term is
// written there otherwise than usual (see forms), three of the parts, the others of the
// parts, those of the count; and 1 more where any is set. The first posting of a
// term that stands once, and as usual, is given firstMet, whatever its parts: the text
// will tell them. A term that stays the only one of its kind takes no room besides
// the dictionary when that is its frequency.
const firstMet = 1

func stored(n int, parts uint8, unusual bool) int {
	n = min(n-1, maxFrequency)
	v := n&3 | int(parts)<<3 | n>>2<<10
	if unusual {
		v |= 4
	}
	if v != 0 {
		v++
	}
	return v
}

// kept is what stored was made from, as a search has it.
func kept(stored uint64) (frequency uint16, unusual bool) {
	switch stored {
	case 0:
		return 0, false
	case firstMet:
		return elsewhere << frequencyBits, false
	}
	v := uint16(stored - 1)
	return v&3 | v>>10<<2 | v>>3&(2*elsewhere-1)<<frequencyBits, v&4 != 0
}

// frequencies are shared by all terms of all fields: a term without places has
// nothing but what is stored with it.
var frequencies = sync.OnceValue(func() []index.TokenFreq {
	f := make([]index.TokenFreq, 2+stored(maxFrequency+1, 2*elsewhere-1, true))
	for i := range f {
		f[i].SetFrequency(i)
	}
	return f
})

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
