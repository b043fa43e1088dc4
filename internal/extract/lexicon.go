package extract

// class says what a phrase of the lexicon is.
type class uint8

const (
	classTitle class = iota // an office; arg is its rank and what may follow
	classHonorific
	classField   // a portfolio or body that belongs to the title before it
	classOrgHead // begins the name of a body: "Bộ", "Ủy ban"
	classCountry // arg is the ISO code
	classOrg     // an international organisation; arg is its key
	classRegion  // a part of a country; arg is its ISO code
	classCity    // arg is the ISO code, alt the name to show when not as written
	classVenue   // arg is the ISO code, alt the city
	classGroup   // arg is both or all
	classTrigger // arg is the kind, alt the form
	classSay     // arg is say or ask
	classAct     // arg is a force, weak, go or next
	classAttend  // arg is attend, witness or summit
	classTopic   // arg is the slug
	classMeasure // arg is money or count
	classOccasion
	classLoose // arg is the kind
	classSport
	classes
)

// phrase is one entry of the lexicon.
type phrase struct {
	class    class
	arg, alt string
	key      string // the words in small letters
	office   string // of a title: its key, see officeKey
	words    uint8
	capital  bool // the first letter must be a capital: "Anh", not "anh"
}

// leader is a line of the authority list.
type leader struct {
	name, slug, country string
}

// lexicon is every list in one trie over words, so that a paragraph is looked
// up in one walk whatever the number of phrases.
type lexicon struct {
	words   map[string]int32 // key of a word (see keyOf) -> its number, from 1
	known   []word           // by number
	root    []int32          // by word: the node that it leads to from the root, 0 for none
	nodes   []node           // of the trie, the root first; one more at the end
	edges   []edge           // of all nodes but the root, by node and then by word
	phrases []phrase         // by the node at which they end
	chinese map[string]bool  // family names that are Chinese too
	leaders map[string]leader
	byPart  map[string]leader    // one part of a foreign name that only one leader has, alone or behind the country
	bySound map[string][]*listed // by country: every spelling of its leaders
	given   map[string]string    // short and foreign forms of given names, in slugs
	styles  map[string][]*style  // by their first part, or the last of those behind a name
}

// word is what the lexicon knows of a word.
type word struct {
	key      string // see keyOf
	family   string // vn or cn, of family names
	syllable bool   // it can be a Vietnamese one
	dates    bool   // a date can begin with it
}

// node says where the edges and the phrases of a node begin. They end where those
// of the next node begin.
type node struct{ edge, phrase int32 }

// edge leads from a node of the trie over a word to another.
type edge struct{ word, node int32 }

// ends gives the phrases that end at a node.
func (l *lexicon) ends(node int32) []phrase {
	return l.phrases[l.nodes[node].phrase:l.nodes[node+1].phrase]
}

// step gives the node that a word leads to, 0 when there is none; the root is 0.
func (l *lexicon) step(node, word int32) int32 {
	if node == 0 {
		return l.root[word]
	}
	edges := l.edges[l.nodes[node].edge:l.nodes[node+1].edge]
	for len(edges) > 8 {
		if half := len(edges) / 2; edges[half].word > word {
			edges = edges[:half]
		} else {
			edges = edges[half:]
		}
	}
	for _, e := range edges {
		if e.word == word {
			return e.node
		}
	}
	return 0
}

// hit is a phrase found in a paragraph, at tokens from..to.
type hit struct {
	from, to int
	*phrase
}

// find appends the phrases of the lexicon found in toks: for each class the
// longest at each place, and none that begins inside another of its class. It
// fills first with the index, among those it appends, of the first hit at or
// after each token.
func (l *lexicon) find(toks []token, hits []hit, first []int32) ([]hit, []int32) {
	var busy [classes]int
	base := len(hits)
	for i := range toks {
		first = append(first, int32(len(hits)-base))
		if l.root[toks[i].word] == 0 {
			continue // no phrase begins so
		}
		at := len(hits)
		node := int32(0)
		for j := i; j < len(toks) && toks[j].word != 0; j++ {
			if node = l.step(node, toks[j].word); node == 0 {
				break
			}
			ends := l.ends(node)
			for e := range ends {
				p := &ends[e]
				if p.capital && toks[i].shape != capital || busy[p.class] > i {
					continue
				}
				k := at
				for k < len(hits) && hits[k].class != p.class {
					k++
				}
				if k == len(hits) {
					hits = append(hits, hit{})
				}
				hits[k] = hit{i, j + 1, p}
			}
		}
		kept, country := hits[:at], 0
		for _, h := range hits[at:] {
			if h.class == classCountry {
				country = h.to
			}
		}
		for _, h := range hits[at:] {
			busy[h.class] = h.to
			if h.class == classCity && h.to < country {
				continue // "An-giê" in "An-giê-ri"
			}
			if h.arg != "-" { // "Mỹ Latinh" only keeps "Mỹ" from being read
				kept = append(kept, h)
				toks[i].begins |= 1 << h.class
			}
		}
		hits = kept
	}
	return hits, append(first, int32(len(hits)-base))
}

// phraseAt gives the longest phrase of a class that begins at token i, or nil.
func (l *lexicon) phraseAt(toks []token, i int, c class) *hit {
	var best *hit
	node := int32(0)
	for j := i; j < len(toks) && toks[j].word != 0; j++ {
		if node = l.step(node, toks[j].word); node == 0 {
			break
		}
		ends := l.ends(node)
		for e := range ends {
			if p := &ends[e]; p.class == c {
				best = &hit{i, j + 1, p}
			}
		}
	}
	return best
}
