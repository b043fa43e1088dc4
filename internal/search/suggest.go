package search

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"vankho/internal/vitext"
)

// Kinds of what is offered while a query is typed.
const (
	OfferPerson  = "person"
	OfferCountry = "country"
	OfferPhrase  = "phrase"
)

// Offer is a person, country or phrase that begins with what was typed.
type Offer struct {
	Kind  string // OfferPerson, OfferCountry or OfferPhrase
	Value string // slug, ISO code or the phrase
	Name  string // of a person; otherwise empty
}

const (
	// MaxOffers is how many offers are made at once.
	MaxOffers = 8
	// maxOffered is how many people can be offered: those met most often.
	maxOffered    = 20_000
	maxOfferWords = 8
)

// offersOfKind is how many offers of a kind are made when there are others.
var offersOfKind = map[string]int{OfferPerson: 4, OfferCountry: 2, OfferPhrase: 4}

// suggester finds what begins with a few letters. It is made when an index is
// opened.
type suggester struct {
	offers []offer
	keys   []offerKey // sorted

	mu   sync.Mutex
	kept map[string][]Offer // answers that took a long look
}

// An answer is kept when so many keys had to be looked at for it.
const (
	keptFrom   = 1000
	maxAnswers = 1000
)

type offer struct {
	Offer
	weight int // the greater, the earlier
}

// offerKey is a name from one of its words on, without marks.
type offerKey struct {
	text  string
	exact string // the same with marks
	offer uint32
	start bool // from its first word
}

func newSuggester(v *vocabulary) *suggester {
	s := &suggester{kept: map[string][]Offer{}}
	var scanner vitext.Scanner
	add := func(o offer, anyWord bool, names ...string) {
		s.offers = append(s.offers, o)
		for _, name := range names {
			toks := scan(&scanner, name)
			key, exact := joined(toks, true), joined(toks, false)
			s.keys = append(s.keys, offerKey{key, exact, uint32(len(s.offers) - 1), true})
			for i := range len(toks) - 1 {
				key, exact = key[len(toks[i].folded)+1:], exact[len(toks[i].exact)+1:]
				if anyWord {
					s.keys = append(s.keys, offerKey{key, exact, uint32(len(s.offers) - 1), false})
				}
			}
		}
	}
	for i, code := range v.Countries {
		add(offer{Offer{OfferCountry, code, ""}, v.CountryGroups[i]}, true, nations().written[nationKey(code)]...)
	}
	people := slices.Clone(v.People)
	slices.SortStableFunc(people, func(a, b person) int { return cmp.Compare(b.Groups, a.Groups) })
	for _, p := range people[:min(len(people), maxOffered)] {
		names := append([]string{p.Name}, p.Also...)
		for _, other := range listedNames().exact[joined(scan(&scanner, p.Name), false)] {
			names = append(names, other.text)
		}
		add(offer{Offer{OfferPerson, p.Slug, p.Name}, p.Groups}, true, names...)
	}
	for i, text := range v.Phrases {
		add(offer{Offer{OfferPhrase, text, ""}, len(v.Phrases) - i}, false, text)
	}
	slices.SortFunc(s.keys, func(a, b offerKey) int {
		return cmp.Or(cmp.Compare(a.text, b.text), cmp.Compare(a.offer, b.offer))
	})
	return s
}

// isName reports whether a word without marks is in the name of a country or
// person.
func (s *suggester) isName(folded string) bool {
	for _, k := range s.from(folded) {
		if !strings.HasPrefix(k.text, folded) {
			return false
		}
		if s.offers[k.offer].Kind != OfferPhrase && (len(k.text) == len(folded) || k.text[len(folded)] == ' ') {
			return true
		}
	}
	return false
}

// from gives the keys from a text on.
func (s *suggester) from(text string) []offerKey {
	i, _ := slices.BinarySearchFunc(s.keys, text, func(k offerKey, text string) int { return cmp.Compare(k.text, text) })
	return s.keys[i:]
}

// candidate is an offer with how well it answers.
type candidate struct {
	offer  uint32
	rank   int
	weight int
}

func (a candidate) before(b candidate) bool {
	return cmp.Or(cmp.Compare(b.rank, a.rank), cmp.Compare(b.weight, a.weight), cmp.Compare(a.offer, b.offer)) < 0
}

// candidates are the best of one kind, the best first.
type candidates []candidate

// take puts an offer among the best, once.
func (l *candidates) take(c candidate) {
	list := *l
	if len(list) == MaxOffers && !c.before(list[MaxOffers-1]) {
		return
	}
	if i := slices.IndexFunc(list, func(o candidate) bool { return o.offer == c.offer }); i >= 0 {
		if !c.before(list[i]) {
			return
		}
		list = slices.Delete(list, i, i+1)
	}
	i := 0
	for i < len(list) && list[i].before(c) {
		i++
	}
	list = slices.Insert(list, i, c)
	*l = list[:min(len(list), MaxOffers)]
}

// suggest gives what begins with a text, the likeliest first: what has the
// marks that were typed, what begins with it rather than has a word that does,
// and what is met more often.
func (s *suggester) suggest(text string) []Offer {
	var scanner vitext.Scanner
	toks := scan(&scanner, text)
	if len(toks) == 0 || len(toks) > maxOfferWords {
		return nil
	}
	prefix, exact := joined(toks, true), joined(toks, false)
	s.mu.Lock()
	offers, ok := s.kept[exact]
	s.mu.Unlock()
	if ok {
		return offers
	}
	best, looked := s.best(prefix, exact)
	offers = s.mixed(best)
	if looked >= keptFrom {
		s.mu.Lock()
		defer s.mu.Unlock()
		if len(s.kept) == maxAnswers {
			clear(s.kept)
		}
		s.kept[exact] = offers
	}
	return offers
}

// best gives the best of each kind, and how many keys were looked at.
func (s *suggester) best(prefix, exact string) (best map[string]*candidates, looked int) {
	marked := prefix != exact
	best = map[string]*candidates{OfferPerson: {}, OfferCountry: {}, OfferPhrase: {}}
	for _, k := range s.from(prefix) {
		if !strings.HasPrefix(k.text, prefix) {
			break
		}
		looked++
		o := &s.offers[k.offer]
		c := candidate{k.offer, 1, o.weight}
		if k.start {
			c.rank++
		}
		if marked && strings.HasPrefix(k.exact, exact) {
			c.rank += 2
		}
		best[o.Kind].take(c)
	}
	return best, looked
}

// mixed gives the best of all kinds, of each some at least: of equally good ones
// countries, then people, then phrases.
func (s *suggester) mixed(best map[string]*candidates) []Offer {
	var list, rest candidates
	for kind, c := range best {
		n := min(len(*c), offersOfKind[kind])
		list, rest = append(list, (*c)[:n]...), append(rest, (*c)[n:]...)
	}
	var offers []Offer
	for _, l := range []candidates{list, rest} {
		slices.SortFunc(l, func(a, b candidate) int {
			return cmp.Or(b.rank-a.rank, cmp.Compare(s.offers[a.offer].Kind, s.offers[b.offer].Kind),
				cmp.Compare(b.weight, a.weight), cmp.Compare(a.offer, b.offer))
		})
		for _, c := range l {
			offers = append(offers, s.offers[c.offer].Offer)
		}
	}
	return offers[:min(len(offers), MaxOffers)]
}

// Suggest gives people, countries and frequent phrases that begin with what is
// typed, or have a word that does, whatever their marks: MaxOffers at the most.
func (ix *Index) Suggest(text string) []Offer {
	if len(text) > 4*MaxQueryRunes {
		return nil
	}
	return ix.suggester.suggest(text)
}

// Suggest is that of the open generation; there is nothing while none is open.
func (l *Live) Suggest(text string) []Offer {
	if ix := l.current(); ix != nil {
		return ix.Suggest(text)
	}
	return nil
}
