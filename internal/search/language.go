package search

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"vankho/internal/archive"
	"vankho/internal/vitext"
)

// QueryError says what of a query was not understood. It wraps ErrBadQuery.
type QueryError struct {
	Rule   Rule
	N, Max int // of TooLong and TooMany: how many there are and may be

	// Of BadValue: the field, what was typed, and the nearest that can be.
	Field Field
	Typed string   // "năm:20255"
	Try   []string // "năm:2025"
}

// Rule is what a query must keep.
type Rule string

// The rules.
const (
	TooLong  Rule = "long"  // characters
	TooMany  Rule = "words" // words and fields
	NoWord   Rule = "empty" // no letter or digit
	BadValue Rule = "value" // a field that cannot have this value
)

func (e *QueryError) Error() string {
	switch e.Rule {
	case TooLong:
		return fmt.Sprintf("%v: %d characters, at most %d can be searched for at once", ErrBadQuery, e.N, e.Max)
	case TooMany:
		return fmt.Sprintf("%v: %d words, at most %d can be searched for at once", ErrBadQuery, e.N, e.Max)
	case NoWord:
		return fmt.Sprintf("%v: no letter or digit to search for", ErrBadQuery)
	}
	return fmt.Sprintf("%v: %s is no %s; %s would be", ErrBadQuery, e.Typed, e.Field, strings.Join(e.Try, " or "))
}

func (e *QueryError) Unwrap() error { return ErrBadQuery }

// Clause is one condition of a query: one of its alternatives must hold or,
// with Not, none may.
type Clause struct {
	Not bool
	Any []All

	// Start and End are bytes of the text it was read from, in NFC.
	Start, End int
}

// All is terms that must hold together.
type All []Term

// Term is words, a phrase, or a value of a field.
type Term struct {
	Field  Field  // empty for text
	Value  string // text with single spaces; of a field as canonical as can be known without an index
	Quoted bool   // between quotes: these words side by side, or this value and no word more

	// Codes are what the value of a field stands for: a year, a date, ISO codes
	// of countries, kinds, forces or topics, any of them. The index that answers
	// adds the slugs of people, and where nobody is called so the nearest names.
	Codes []string
	Names []string // of people, for each slug
	Near  []string
}

// Plain reports whether the clause is text without any operator.
func (c *Clause) Plain() bool {
	return !c.Not && len(c.Any) == 1 && len(c.Any[0]) == 1 && c.Any[0][0].Field == ""
}

// ParseClauses reads the query language of the package comment. The error is a
// *QueryError.
func ParseClauses(text string) ([]Clause, error) {
	p := &parser{text: normal(text)}
	items, err := p.items(0, len(p.text), false)
	if err != nil {
		return nil, err
	}
	return clauses(items), nil
}

// normal gives a query as it is read: valid, and in NFC.
func normal(text string) string { return vitext.NFC(strings.ToValidUTF8(text, " ")) }

// parser reads a text into items and never looks back. What no rule fits is
// text, so only a value that its field cannot have is an error.
type parser struct{ text string }

type itemKind int

const (
	wordItem  itemKind = iota
	termItem           // a phrase or field
	groupItem          // parentheses
	orItem
)

// item is a piece of a query before OR is applied.
type item struct {
	kind       itemKind
	not        bool
	term       Term
	blank      bool   // punctuation, which stays between words for the sake of dates
	group      []item // of parentheses
	start, end int
}

func (it *item) operand() bool { return it.kind != orItem && !it.blank }

// items reads bytes lo to hi. Inside parentheses others are punctuation.
func (p *parser) items(lo, hi int, inside bool) ([]item, error) {
	var items []item
	fresh := true // a new piece may begin here
	for i := lo; i < hi; {
		r, n := utf8.DecodeRuneInString(p.text[i:])
		at := i
		if isMinus(r) && fresh && !isDash(p.text[i+n:hi]) {
			at = i + n
		}
		it, err := p.operand(at, hi, inside, fresh)
		switch {
		case err != nil:
			return nil, err
		case it.end > at && (at == i || !it.blank && it.kind != orItem):
			it.not, it.start = at > i, i
			items = append(items, it)
			i, fresh = it.end, false
		case isMinus(r):
			items = append(items, item{blank: true, term: Term{Value: p.text[i : i+n]}, start: i, end: i + n})
			i, fresh = i+n, false
		default:
			i, fresh = i+n, opens(r)
		}
	}
	return items, nil
}

// operand reads what begins at byte i. It ends where it begins when nothing
// does.
func (p *parser) operand(i, hi int, inside, fresh bool) (item, error) {
	r, n := utf8.DecodeRuneInString(p.text[i:hi])
	switch {
	case i == hi || unicode.IsSpace(r) || r == ')' || isMinus(r):
		return item{end: i}, nil
	case r == '|':
		end := i + len(p.text[i:hi]) - len(strings.TrimLeft(p.text[i:hi], "|"))
		return item{kind: orItem, start: i, end: end}, nil
	case r == '(':
		end := -1
		if !inside {
			end = p.closing(i, hi)
		}
		if end < 0 {
			return item{end: i}, nil
		}
		group, err := p.items(i+n, end, true)
		if !grouped(group) {
			return item{end: i}, err
		}
		return item{kind: groupItem, group: group, start: i, end: end + 1}, err
	}
	if text, end := p.quoted(i, hi, fresh); end > i {
		if !hasWord(text) {
			return item{blank: true, start: i, end: end}, nil
		}
		return item{kind: termItem, term: Term{Value: text, Quoted: true}, start: i, end: end}, nil
	}
	if isQuote(r) || isSingle(r) {
		return item{end: i}, nil
	}
	if it, err := p.field(i, hi); err != nil || it.end > i {
		return it, err
	}
	end := p.chunk(i, hi)
	word := p.text[i:end]
	if isOr(word) {
		// Where it does not stand between two operands it is a word.
		return item{kind: orItem, term: Term{Value: strings.ToLower(word)}, start: i, end: end}, nil
	}
	return item{term: Term{Value: word}, blank: !hasWord(word), start: i, end: end}, nil
}

// chunk gives the end of the text without white space and operators that
// begins at byte i.
func (p *parser) chunk(i, hi int) int {
	for k, r := range p.text[i:hi] {
		if unicode.IsSpace(r) || r == '|' || r == '(' || r == ')' || isQuote(r) {
			return i + k
		}
	}
	return hi
}

// quoted gives the text between quotes that open at byte i, and the byte
// after them; it is i where none do, or they are not closed. Single quotes are
// apostrophes inside words, and close before no letter.
func (p *parser) quoted(i, hi int, fresh bool) (string, int) {
	r, n := utf8.DecodeRuneInString(p.text[i:hi])
	rest := p.text[i+n : hi]
	var closing string
	switch {
	case r == '«':
		closing = "»"
	case isQuote(r) && r != '»':
		closing = doubleQuotes
	case fresh && isSingle(r):
		for k, c := range rest {
			after, _ := utf8.DecodeRuneInString(rest[k+utf8.RuneLen(c):])
			if isSingle(c) && !unicode.IsLetter(after) && !unicode.IsDigit(after) {
				return words(rest[:k]), i + n + k + utf8.RuneLen(c)
			}
		}
		return "", i
	default:
		return "", i
	}
	k := -1
	if r == '"' || r == '＂' {
		k = strings.IndexRune(rest, r) // quotes of another kind may stand inside
	}
	if k < 0 {
		k = strings.IndexAny(rest, closing)
	}
	if k < 0 {
		return "", i
	}
	_, m := utf8.DecodeRuneInString(rest[k:])
	return words(rest[:k]), i + n + k + m
}

// closing gives the byte of the parenthesis that closes the one at byte i, or
// -1. Those within quotes do not count.
func (p *parser) closing(i, hi int) int {
	depth := 0
	for fresh := true; i < hi; {
		r, n := utf8.DecodeRuneInString(p.text[i:])
		if _, end := p.quoted(i, hi, fresh); end > i {
			i, fresh = end, false
			continue
		}
		switch r {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return i
			}
		}
		fresh = opens(r) || isMinus(r)
		i += n
	}
	return -1
}

// words gives a text with single spaces and without quotes.
func words(text string) string {
	return strings.Join(strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || isQuote(r) }), " ")
}

// doubleQuotes open and close a phrase; «» do as well.
const doubleQuotes = "\"“”„‟＂"

func isQuote(r rune) bool  { return strings.ContainsRune(doubleQuotes+"«»", r) }
func isSingle(r rune) bool { return r == '\'' || r == '‘' || r == '’' }

// opens reports whether an operator may begin after r.
func opens(r rune) bool { return unicode.IsSpace(r) || r == '(' || r == '|' }

// isMinus reports whether r before a word leaves it out: a hyphen, the sign, or
// the dash that text programs make of it.
func isMinus(r rune) bool { return r == '-' || r == '−' || r == '–' }

// isDash reports whether a text goes on with what cannot be left out.
func isDash(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return text == "" || isMinus(r) || unicode.IsSpace(r)
}

func isOr(word string) bool { return word == "OR" || word == "HOẶC" || word == "HOAC" }

func hasWord(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}

// grouped reports whether parentheses can hold these together: something to
// look for, and nothing to leave out.
func grouped(items []item) bool {
	return slices.ContainsFunc(items, func(it item) bool { return it.operand() }) &&
		!slices.ContainsFunc(items, func(it item) bool { return it.not })
}

// clauses applies OR: outside parentheses between the two operands beside it,
// inside them to all that stands on either side.
func clauses(items []item) []Clause {
	items = spliced(settled(items))
	var out []Clause
	for i := 0; i < len(items); {
		end := i + 1
		if it := &items[i]; it.kind != wordItem || it.not || or(items, i+1) {
			for or(items, end) {
				end += 2
			}
			c := Clause{Not: it.not, Start: it.start, End: items[end-1].end}
			for ; i < end; i += 2 {
				c.Any = append(c.Any, items[i].alternatives()...)
			}
			out = append(out, c)
		} else {
			for end < len(items) && items[end].kind == wordItem && !items[end].not && !or(items, end+1) {
				end++
			}
			for _, t := range terms(items[i:end]) {
				out = append(out, Clause{Any: []All{{t}}, Start: it.start, End: items[end-1].end})
			}
		}
		i = end
	}
	return out
}

// or reports whether item i is an OR.
func or(items []item, i int) bool { return i < len(items) && items[i].kind == orItem }

// settled makes words of what is no OR between two operands.
func settled(items []item) []item {
	can := func(i int) bool { return i >= 0 && i < len(items) && items[i].operand() && !items[i].not }
	var out []item
	for i, it := range items {
		if it.kind == orItem && !(can(i-1) && can(i+1)) {
			it.kind = wordItem
			it.blank = it.term.Value == ""
		}
		out = append(out, it)
	}
	return out
}

// spliced opens parentheses that only hold words together which nothing else
// asks to be together.
func spliced(items []item) []item {
	var out []item
	for i, it := range items {
		group := settled(it.group)
		divided := slices.ContainsFunc(group, func(it item) bool { return it.kind == orItem })
		if it.kind == groupItem && !it.not && !divided && !or(items, i+1) && (i == 0 || !or(items, i-1)) {
			out = append(out, group...)
			continue
		}
		out = append(out, it)
	}
	return out
}

// alternatives gives what an operand asks for: one of these.
func (it *item) alternatives() []All {
	if it.kind != groupItem {
		return []All{{it.term}}
	}
	var any []All
	group := settled(it.group)
	for from, i := 0, 0; i <= len(group); i++ {
		if i == len(group) || group[i].kind == orItem {
			any = append(any, terms(group[from:i]))
			from = i + 1
		}
	}
	return any
}

// terms makes one term of words that follow each other, without the
// punctuation around them.
func terms(items []item) All {
	var all All
	for i := 0; i < len(items); {
		if items[i].kind != wordItem {
			all = append(all, items[i].term)
			i++
			continue
		}
		end := i
		for end < len(items) && items[end].kind == wordItem {
			end++
		}
		run := items[i:end]
		i = end
		for len(run) > 0 && run[0].blank {
			run = run[1:]
		}
		for len(run) > 0 && run[len(run)-1].blank {
			run = run[:len(run)-1]
		}
		var values []string
		for _, it := range run {
			if it.term.Value != "" {
				values = append(values, it.term.Value)
			}
		}
		if len(values) > 0 {
			all = append(all, Term{Value: strings.Join(values, " ")})
		}
	}
	return all
}

// String prints a query as ParseClauses reads it back, with the names of
// fields, kinds, forces, topics and countries in Vietnamese.
func String(clauses []Clause) string {
	var b strings.Builder
	for i := range clauses {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(clauses[i].String())
	}
	return b.String()
}

// WithoutClause gives the text of a query without clause i of those that were
// read from it: as it was typed where that can be.
func WithoutClause(text string, clauses []Clause, i int) string {
	c := clauses[i]
	typed := strings.TrimSpace(strings.TrimSpace(text[:c.Start]) + " " + strings.TrimSpace(text[c.End:]))
	printed := String(slices.Delete(slices.Clone(clauses), i, i+1))
	if again, err := ParseClauses(typed); err != nil || String(again) != printed {
		return printed
	}
	return typed
}

// String prints a query as it could be typed, with its filters as fields.
func (q Query) String() string {
	clauses, err := ParseClauses(q.Text)
	if err != nil {
		return q.Text
	}
	add := func(all ...All) { clauses = append(clauses, Clause{Any: all}) }
	oneOf := func(f Field, values []string, print func(string) string) {
		var any []All
		for _, v := range values {
			any = append(any, All{{Field: f, Value: print(v)}})
		}
		if len(any) > 0 {
			add(any...)
		}
	}
	asIs := func(v string) string { return v }
	var years []string
	for _, y := range q.Years {
		years = append(years, fmt.Sprintf("%04d", y))
	}
	oneOf(FieldYear, years, asIs)
	oneOf(FieldCountry, q.Countries, countryNames.name)
	for _, slug := range q.People {
		oneOf(FieldPerson, []string{slug}, asIs)
	}
	oneOf(FieldKind, q.Kinds, valueNames[FieldKind].name)
	for _, x := range []struct {
		f Field
		d archive.Date
	}{{FieldFrom, q.From}, {FieldTo, q.To}} {
		if x.d != "" {
			add(All{{Field: x.f, Value: string(x.d)}})
		}
	}
	oneOf(FieldSaid, q.Speakers, asIs)
	oneOf(FieldForce, q.Forces, valueNames[FieldForce].name)
	oneOf(FieldTopic, q.Topics, valueNames[FieldTopic].name)
	if q.Agreements {
		add(All{{Field: FieldAgreed}})
	}
	if q.Figures {
		add(All{{Field: FieldFigure}})
	}
	return String(clauses)
}

func (c Clause) String() string {
	var b strings.Builder
	whole := true // no operand needs parentheses
	for i, all := range c.Any {
		if i > 0 {
			b.WriteString(" OR ")
		}
		for j, t := range all {
			if j > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(t.String())
		}
		whole = whole && len(all) == 1 && (all[0].Field != "" || all[0].Quoted || !strings.Contains(all[0].Value, " "))
	}
	switch s := b.String(); {
	case c.Not && whole && len(c.Any) == 1:
		return "-" + s
	case c.Not:
		return "-(" + s + ")"
	case whole || c.Plain():
		return s
	default:
		return "(" + s + ")"
	}
}

func (t Term) String() string {
	value := t.Value
	if t.Quoted || t.Field != "" && strings.Contains(value, " ") {
		value = `"` + value + `"`
	}
	if t.Field == "" {
		return value
	}
	return fieldWords[t.Field] + ":" + value
}
