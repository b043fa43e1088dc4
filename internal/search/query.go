package search

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"vankho/internal/vitext"
)

// ParseQuery checks the text of a query and gives a Query without filters.
// Anything a visitor types is literal text but for "quoted phrases"; it never
// is Bleve's query-string syntax. The error wraps ErrBadQuery and says which
// rule the text breaks. A text of white space is allowed: with filters it asks
// for everything they let through.
func ParseQuery(text string) (Query, error) {
	if _, err := parse(text, MaxQueryRunes, MaxTerms); err != nil {
		return Query{}, err
	}
	return Query{Text: text}, nil
}

// part is what must be found: one word, or several that must stand together.
type part struct {
	toks   []token
	quoted bool
	date   string // term of field D, when it is a date
}

// parse reads the words, phrases and dates of a query.
func parse(text string, maxRunes, maxTerms int) ([]part, error) {
	if n := utf8.RuneCountInString(text); n > maxRunes {
		return nil, fmt.Errorf("%w: %d characters, at most %d can be searched for at once", ErrBadQuery, n, maxRunes)
	}
	if strings.TrimSpace(text) == "" {
		return nil, nil
	}
	text = strings.ToValidUTF8(text, " ")
	var parts []part
	var s vitext.Scanner
	terms := 0
	for _, piece := range quotes(text) {
		toks := scan(&s, piece.text)
		terms += len(toks)
		if piece.quoted {
			if len(toks) > 0 {
				parts = append(parts, part{toks: toks, quoted: true})
			}
			continue
		}
		dates := datesIn(toks, piece.text)
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
	}
	if terms > maxTerms {
		return nil, fmt.Errorf("%w: %d words, at most %d can be searched for at once", ErrBadQuery, terms, maxTerms)
	}
	if terms == 0 {
		return nil, fmt.Errorf("%w: no letter or digit to search for", ErrBadQuery)
	}
	return parts, nil
}

type piece struct {
	text   string
	quoted bool
}

// quotes divides a text at "…", “…” and «…». A quote that is not closed is
// passed over.
func quotes(text string) []piece {
	var pieces []piece
	from := 0
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		i += n
		closing := ""
		switch r {
		case '"':
			closing = `"`
		case '“', '”':
			closing = "”“"
		case '«':
			closing = "»"
		default:
			continue
		}
		end := strings.IndexAny(text[i:], closing)
		if end < 0 {
			continue
		}
		pieces = append(pieces, piece{text[from : i-n], false}, piece{text[i : i+end], true})
		i += end
		_, n = utf8.DecodeRuneInString(text[i:])
		i += n
		from = i
	}
	return append(pieces, piece{text[from:], false})
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
	for _, p := range parts {
		for _, t := range p.toks {
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
		return .4, .3
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
	terms  []term
	phrase []wanted // when set, the words must be verified to stand together
	other  bool     // by another name than was typed: found later
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
	var words []token // those that are not quoted or dates, with gaps
	var slotOf []int
	var before *token
	for i := range parts {
		part := &parts[i]
		switch {
		case part.date != "":
			n, err := frequency(fieldD, part.date)
			if err != nil {
				return nil, err
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
			words = append(words, part.toks[0])
			slotOf = append(slotOf, len(p.slots))
			p.word(r, part.toks[0], &before)
		}
	}
	if !exact {
		p.words, p.slotOf = words, slotOf
	}
	return p, nil
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
		for _, t := range toks {
			w.phrase = append(w.phrase, wanted{t.exact, t.folded, fold})
		}
	}
	return w
}

// decodeTyped reads words that no paragraph has as Telex or VNI keystrokes:
// "hooij" is hội when hội is there.
func decodeTyped(parts []part, frequency func(field, key string) (uint64, error)) ([]part, error) {
	var s vitext.Scanner
	for i := range parts {
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
