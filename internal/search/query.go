package search

import (
	"iter"
	"slices"
	"strings"
	"unicode/utf8"

	"vankho/internal/vitext"
)

// ParseQuery checks the text of a query and gives a Query without filters.
// The error is a *QueryError. A text of white space is allowed: with filters it
// asks for everything they let through.
func ParseQuery(text string) (Query, error) {
	if _, err := parse(text, MaxQueryRunes, MaxTerms); err != nil {
		return Query{}, err
	}
	return Query{Text: text}, nil
}

// question is the text of a query as it is looked for.
type question struct {
	text    string // that the clauses were read from
	clauses []Clause
	parts   []part   // to be found
	without []choice // an article that has one is left out
	fields  []Clause // of fields alone
}

// part is what must be found: one word, several that must stand together, a
// date, or one of several choices.
type part struct {
	toks   []token
	quoted bool
	date   string // term of field D, when it is a date
	any    []choice
}

// choice is what one paragraph must have: parts, and groups or acts with values
// of fields.
type choice struct {
	parts  []part
	fields All
}

// parse reads a query and checks its length.
func parse(text string, maxRunes, maxTerms int) (*question, error) {
	if n := utf8.RuneCountInString(text); n > maxRunes {
		return nil, &QueryError{Rule: TooLong, N: n, Max: maxRunes}
	}
	clauses, err := ParseClauses(text)
	if err != nil {
		return nil, err
	}
	q := newQuestion(normal(text), clauses)
	switch n := q.length(); {
	case n > maxTerms:
		return nil, &QueryError{Rule: TooMany, N: n, Max: maxTerms}
	case n == 0 && strings.TrimSpace(text) != "":
		return nil, &QueryError{Rule: NoWord}
	}
	return q, nil
}

// newQuestion sorts clauses by what is done with them.
func newQuestion(text string, clauses []Clause) *question {
	q := &question{text: text, clauses: clauses}
	var s vitext.Scanner
	for _, c := range clauses {
		var choices []choice
		withText := false
		for _, all := range c.Any {
			x := choiceOf(&s, all, c.Plain())
			withText = withText || len(x.parts) > 0
			choices = append(choices, x)
		}
		switch {
		case !withText:
			q.fields = append(q.fields, c)
		case c.Not:
			q.without = append(q.without, choices...)
		case len(choices) > 1:
			q.parts = append(q.parts, part{any: choices})
		default: // words, a phrase, or a field with one of them
			q.parts = append(q.parts, choices[0].parts...)
			if len(choices[0].fields) > 0 {
				q.fields = append(q.fields, Clause{Any: []All{choices[0].fields}})
			}
		}
	}
	return q
}

// choiceOf divides terms into text and fields. The text of a field, as of
// số:tỷ, is text. Where operators stand, what has no space in it is one word:
// -Nam-Lào leaves out these two side by side.
func choiceOf(s *vitext.Scanner, all All, plain bool) choice {
	var x choice
	for _, t := range all {
		if t.Field != "" {
			x.fields = append(x.fields, Term{Field: t.Field, Codes: t.Codes})
			if t.Field != FieldAgreed && t.Field != FieldFigure {
				continue
			}
		}
		toks := scan(s, t.Value)
		parts := wordsAndDates(toks, t.Value)
		if len(toks) > 0 && (t.Quoted || !plain && len(parts) > 1 && !strings.Contains(t.Value, " ")) {
			parts = []part{{toks: toks, quoted: true}}
		}
		x.parts = append(x.parts, parts...)
	}
	return x
}

func wordsAndDates(toks []token, text string) []part {
	var parts []part
	dates := datesIn(toks, text)
	for i := 0; i < len(toks); {
		if len(dates) > 0 && dates[0].from == i {
			d := dates[0]
			parts = append(parts, part{toks: toks[i:d.to], date: d.key()})
			dates = dates[1:]
			i = d.to
			continue
		}
		parts = append(parts, part{toks: toks[i : i+1]})
		i++
	}
	return parts
}

// length counts the words of a question, those of all choices, and its fields.
func (q *question) length() int {
	var inChoices func(choices []choice) int
	inParts := func(parts []part) int {
		n := 0
		for i := range parts {
			n += len(parts[i].toks) + inChoices(parts[i].any)
		}
		return n
	}
	inChoices = func(choices []choice) int {
		n := 0
		for _, x := range choices {
			n += inParts(x.parts) + len(x.fields)
		}
		return n
	}
	n := inParts(q.parts) + inChoices(q.without)
	for _, c := range q.fields {
		for _, all := range c.Any {
			n += len(all)
		}
	}
	return n
}

// route says how much each field counts, by the marks that were typed: see
// the package comment. Marks that were typed count; marks that were not, do not.
type route struct {
	marked, mixed bool // the marks are complete; there are some
	exact         bool // nothing else is looked for
}

// A syllable without marks counts as typed without them when this many times
// as many paragraphs have it with other marks or none: "hai" may be meant as it
// stands, "duoc" is not. Marks are complete unless so many syllables are. A
// name like Gaza has no other form.
const (
	unmarkedTimes = 3
	unmarkedShare = 4 // one in
)

func routeOf(parts []part, frequency func(field, key string) (uint64, error)) (route, error) {
	marked, all := 0, 0
	var bare []token
	for t := range typed(parts) {
		switch {
		case t.number:
			continue
		case t.marked:
			marked++
		default:
			bare = append(bare, t)
		}
		all++
	}
	if marked == 0 || 2*marked < all {
		return route{mixed: marked > 0}, nil
	}
	careless := 0
	for _, t := range bare {
		exact, err := frequency(fieldS, t.exact)
		if err != nil {
			return route{}, err
		}
		folded, err := frequency(fieldF, t.folded)
		if err != nil {
			return route{}, err
		}
		if unmarkedTimes*exact < folded {
			careless++
		}
	}
	return route{marked: unmarkedShare*careless < all, mixed: true}, nil
}

// typed gives the words of parts, those of all choices.
func typed(parts []part) iter.Seq[token] {
	return func(yield func(token) bool) {
		for _, p := range parts {
			for _, t := range p.toks {
				if !yield(t) {
					return
				}
			}
			for _, x := range p.any {
				for t := range typed(x.parts) {
					if !yield(t) {
						return
					}
				}
			}
		}
	}
}

// word gives the weights of S and F for a syllable.
func (r route) word(t token) (s, f float64) {
	switch {
	case r.exact:
		return 1, 0
	case r.marked || r.mixed && t.marked:
		return 1, .3
	}
	return 0, 1
}

// pair gives the weights of B and G.
func (r route) pair() (b, g float64) {
	switch {
	case r.exact:
		return .4, 0
	case r.marked:
		return .3, .2
	case r.mixed:
		return .3, .5
	}
	return 0, .5
}

// term is a term of a field with its weight in the score.
type term struct {
	field, key string
	weight     float64
}

// way is one way to find a slot in a paragraph: all its terms are there.
type way struct {
	terms   []term
	phrases [][]wanted  // words that must be verified to stand together
	where   []condition // on the groups and acts of the paragraph
	other   bool        // by another name than was typed: found later
}

// slot is something that must be found, in one of several ways.
type slot struct{ ways []way }

// wanted is a word of a pattern: its exact key, or its folded one.
type wanted struct {
	exact, folded string
	fold          bool
}

func (w wanted) matches(t *token) bool {
	if w.fold {
		return w.folded == t.folded
	}
	return w.exact == t.exact
}

// pattern is what a snippet marks. A word typed with marks is marked without
// them only where the paragraph does not have it as typed.
type pattern struct {
	words   []wanted
	exact   bool   // prefer the exact form
	date    string // term of field D
	country string // term of field D
}

// plan is a query ready to run.
type plan struct {
	slots    []slot
	scores   []term // add to the score where a paragraph has them, not asked for
	patterns []pattern
	folded   bool

	words  []token  // those whose other names may stand for them
	slotOf []int    // the slot of each
	also   []string // other names that are looked for too

	nations []int // words that are read as countries, not as words

	either  []either
	without []way // no paragraph of an article may be found by them
}

// either is a slot of choices, each a plan of its own.
type either struct {
	slot    int
	choices []*plan
	fields  []All // of each
}

// newPlan decides how a query is looked for; exact asks for its words as they
// were typed and nothing else. frequency tells in how many paragraphs a term is.
func newPlan(parts []part, exact bool, frequency func(field, key string) (uint64, error)) (*plan, error) {
	p := &plan{}
	r := route{exact: true}
	if !exact {
		var err error
		if parts, err = decodeTyped(parts, frequency); err != nil {
			return nil, err
		}
		if r, err = routeOf(parts, frequency); err != nil {
			return nil, err
		}
		p.folded = !r.mixed
	}
	return p, p.fill(r, parts, frequency)
}

// fill adds a slot for each of the parts.
func (p *plan) fill(r route, parts []part, frequency func(field, key string) (uint64, error)) error {
	var before *token
	for i := range parts {
		part := &parts[i]
		switch {
		case part.any != nil:
			e := either{slot: len(p.slots)}
			for _, x := range part.any {
				choice := &plan{}
				if err := choice.fill(r, x.parts, frequency); err != nil {
					return err
				}
				e.choices, e.fields = append(e.choices, choice), append(e.fields, x.fields)
			}
			p.slots, p.either = append(p.slots, slot{}), append(p.either, e)
			before = nil
		case part.date != "":
			n, err := frequency(fieldD, part.date)
			if err != nil {
				return err
			}
			if n > 0 {
				p.slots = append(p.slots, slot{[]way{{terms: []term{{fieldD, part.date, 1}}}}})
				p.patterns = append(p.patterns, pattern{date: part.date})
				before = nil
				continue
			}
			for _, t := range part.toks {
				p.word(r, t, &before)
			}
		case part.quoted:
			p.phrase(r, part.toks)
			before = nil
		default:
			if !r.exact {
				p.words = append(p.words, part.toks[0])
				p.slotOf = append(p.slotOf, len(p.slots))
			}
			p.word(r, part.toks[0], &before)
		}
	}
	return nil
}

// word adds a slot for one syllable and scores for it and its pair with the
// one before.
func (p *plan) word(r route, t token, before **token) {
	s, f := r.word(t)
	asked := term{fieldF, t.folded, f}
	if r.exact {
		asked = term{fieldS, t.exact, s}
	} else if s > 0 {
		p.score(fieldS, t.exact, s)
	}
	p.slots = append(p.slots, slot{[]way{{terms: []term{asked}}}})
	if *before != nil {
		b, g := r.pair()
		if b > 0 {
			p.score(fieldB, (*before).exact+" "+t.exact, b)
		}
		if g > 0 {
			p.score(fieldG, (*before).folded+" "+t.folded, g)
		}
	}
	*before = &t
	p.patterns = append(p.patterns, pattern{words: []wanted{{t.exact, t.folded, !t.marked && !r.exact}}, exact: t.marked && !r.exact})
}

func (p *plan) score(field, key string, weight float64) {
	p.scores = append(p.scores, term{field, key, weight})
}

// phrase adds a slot for words that must stand together. One that has marks is
// looked for as it was typed.
func (p *plan) phrase(r route, toks []token) {
	fold := !r.exact && !slices.ContainsFunc(toks, func(t token) bool { return t.marked })
	w := together(toks, fold, 1)
	p.slots = append(p.slots, slot{[]way{w}})
	var words []wanted
	for _, t := range toks {
		words = append(words, wanted{t.exact, t.folded, fold})
	}
	p.patterns = append(p.patterns, pattern{words: words})
}

// together gives the way that finds words standing together: one word by
// itself, two by their pair, more by their pairs and a look at the text.
func together(toks []token, fold bool, weight float64) way {
	single, pair := fieldS, fieldB
	if fold {
		single, pair = fieldF, fieldG
	}
	text := func(t token) string {
		if fold {
			return t.folded
		}
		return t.exact
	}
	if len(toks) == 1 {
		return way{terms: []term{{single, text(toks[0]), weight}}}
	}
	var w way
	for i := 1; i < len(toks); i++ {
		t := term{pair, text(toks[i-1]) + " " + text(toks[i]), weight / float64(len(toks)-1)}
		if !slices.ContainsFunc(w.terms, func(o term) bool { return o.key == t.key }) {
			w.terms = append(w.terms, t)
		}
	}
	if len(toks) > 2 {
		var phrase []wanted
		for _, t := range toks {
			phrase = append(phrase, wanted{t.exact, t.folded, fold})
		}
		w.phrases = [][]wanted{phrase}
	}
	return w
}

// decodeTyped reads words that no paragraph has as Telex or VNI keystrokes:
// "hooij" is hội when hội is there.
func decodeTyped(parts []part, frequency func(field, key string) (uint64, error)) ([]part, error) {
	var s vitext.Scanner
	for i := range parts {
		for _, x := range parts[i].any {
			if _, err := decodeTyped(x.parts, frequency); err != nil {
				return nil, err
			}
		}
		for j, t := range parts[i].toks {
			if t.marked || t.number || parts[i].date != "" {
				continue
			}
			n, err := frequency(fieldF, t.folded)
			if err != nil {
				return nil, err
			}
			if n > 0 {
				continue
			}
			typed, ok := vitext.Keystrokes(t.exact)
			if !ok {
				continue
			}
			read := scan(&s, typed)
			if len(read) != 1 {
				continue
			}
			if n, err = frequency(fieldS, read[0].exact); err != nil {
				return nil, err
			}
			if n > 0 {
				parts[i].toks = slices.Clone(parts[i].toks)
				parts[i].toks[j] = read[0]
			}
		}
	}
	return parts, nil
}
