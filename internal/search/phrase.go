package search

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// The frequent phrases of an archive are offered while a query is typed. They are
// counted in a sample of the articles: all of the first, and ever fewer of
// the later ones.
const (
	sampleFrom  = 500     // articles after which every second is left out, and so on
	maxGrams    = 300_000 // kept while counting; the rarest are forgotten
	maxGram     = 7       // words that are counted together, one more than a phrase has
	maxPhrases  = 3000
	leastPhrase = 4 // times that a phrase must be seen
	// Wherever a phrase is divided, its parts belong together by their normalised
	// pointwise mutual information: 0 when they meet by chance, 1 when always.
	cohesion = .45
	// A phrase is left out when a longer one has so much of it.
	partOfLonger = .6
)

// borderless are words with which a phrase neither begins nor ends.
var borderless = func() map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(`và của các những một là được đã đang sẽ trong ngoài với cho tại về từ đến tới ở ra vào trên dưới
		theo như để khi nếu thì mà nhưng hay hoặc do bởi vì nên này đó kia ấy rất nhiều mọi mỗi hai ba không cũng còn lại giữa sau trước
		có ông bà ngày tháng năm sáng chiều bằng qua lên xuống đi nhằm việc sự cùng phải bị rằng đều nữa vẫn đây tính thêm
		the a an of and in to for on with by is`) {
		m[w] = true
	}
	return m
}()

// gram is a sequence of words while it is counted.
type gram struct {
	n       uint32
	before  uint32 // the gram of all its words but the last; 0 where there is one
	last    uint32 // id of this word
	words   uint8
	surface string // as it is written inside a sentence; empty until it is seen so
}

type phraseCounter struct {
	forms         *forms // which has the words by their ids
	grams         []gram // the first is empty
	places        map[uint64]uint32
	tokens        int
	seen, sampled int
	step          int
	take          bool // the article at hand is of the sample
}

func newPhraseCounter(f *forms) *phraseCounter {
	return &phraseCounter{forms: f, grams: make([]gram, 1), places: map[uint64]uint32{}, step: 1}
}

// gramID is what a gram is found by: the one before it, and its last word.
func gramID(before, last uint32) uint64 { return uint64(before)<<32 | uint64(last) }

// article begins the next article.
func (c *phraseCounter) article() {
	c.take = c.seen%c.step == 0
	c.seen++
	if !c.take {
		return
	}
	if c.sampled++; c.sampled%sampleFrom == 0 {
		c.step *= 2
	}
	for least := uint32(1); len(c.grams) > maxGrams+1; least++ {
		c.forget(least)
	}
}

// forget leaves out grams that were seen least times or fewer. A gram is seen as
// often as those that begin with it, or more often.
func (c *phraseCounter) forget(least uint32) {
	kept := c.grams[:1]
	moved := make([]uint32, len(c.grams))
	clear(c.places)
	for i, g := range c.grams[1:] {
		if g.n <= least {
			continue
		}
		g.before = moved[g.before]
		moved[i+1] = uint32(len(kept))
		c.places[gramID(g.before, g.last)] = uint32(len(kept))
		kept = append(kept, g)
	}
	clear(c.grams[len(kept):])
	c.grams = kept
}

// paragraph counts the words that stand together in a paragraph, a space between;
// exact are the keys of its tokens.
func (c *phraseCounter) paragraph(toks []token, exact []*key, text string) {
	if !c.take {
		return
	}
	for i := range toks {
		c.tokens++
		before := uint32(0)
		for n := 1; n <= maxGram && i+n <= len(toks); n++ {
			t := &toks[i+n-1]
			if t.number || n > 1 && text[toks[i+n-2].end:t.start] != " " {
				break
			}
			last := uint32(exact[i+n-1].id)
			at, ok := c.places[gramID(before, last)]
			if !ok {
				at = uint32(len(c.grams))
				c.places[gramID(before, last)] = at
				c.grams = append(c.grams, gram{before: before, last: last, words: uint8(n)})
			}
			g := &c.grams[at]
			g.n++
			if g.n == 1 && n > 1 {
				break // a longer one is worth a look when this one comes again
			}
			if n > 1 && g.surface == "" && i > 0 && text[toks[i-1].end:toks[i].start] == " " {
				g.surface = strings.Clone(text[toks[i].start:t.end])
			}
			before = at
		}
	}
}

// wordsOf gives the ids of the words of a gram.
func (c *phraseCounter) wordsOf(g *gram) []uint32 {
	words := make([]uint32, g.words)
	for i := len(words) - 1; i >= 0; i-- {
		words[i] = g.last
		g = &c.grams[g.before]
	}
	return words
}

// find gives the gram of these words, or nil.
func (c *phraseCounter) find(words []uint32) *gram {
	at := uint32(0)
	for _, id := range words {
		if at = c.places[gramID(at, id)]; at == 0 {
			return nil
		}
	}
	return &c.grams[at]
}

// key gives words with a space between.
func (c *phraseCounter) key(words []uint32) string {
	var list []string
	for _, id := range words {
		list = append(list, c.forms.words[id])
	}
	return strings.Join(list, " ")
}

// phrases gives the most frequent phrases, the most frequent first.
func (c *phraseCounter) phrases() []string {
	type phrase struct {
		*gram
		ids []uint32
		key string
	}
	var all []phrase
	longer := map[*gram]bool{}
	for i := range c.grams[1:] {
		g := &c.grams[i+1]
		if g.words == 1 || g.n < leastPhrase {
			continue
		}
		p := phrase{gram: g, ids: c.wordsOf(g)}
		all = append(all, p)
		for _, part := range [][]uint32{p.ids[1:], p.ids[:len(p.ids)-1]} {
			if x := c.find(part); x != nil && float64(g.n) >= partOfLonger*float64(x.n) {
				longer[x] = true
			}
		}
	}
	all = slices.DeleteFunc(all, func(p phrase) bool { return longer[p.gram] || p.words == maxGram || !c.holds(p.gram, p.ids) })
	for i := range all {
		all[i].key = c.key(all[i].ids)
	}
	slices.SortFunc(all, func(a, b phrase) int { return cmp.Or(cmp.Compare(b.n, a.n), cmp.Compare(a.key, b.key)) })
	var list []string
	for _, p := range all[:min(len(all), maxPhrases)] {
		list = append(list, cmp.Or(p.surface, p.key))
	}
	return list
}

// holds reports whether the words of a gram belong together: its borders are words
// of their own, and its parts wherever it is divided.
func (c *phraseCounter) holds(g *gram, words []uint32) bool {
	if borderless[c.forms.words[words[0]]] || borderless[c.forms.words[words[len(words)-1]]] {
		return false
	}
	total := float64(c.tokens)
	whole := float64(g.n) / total
	for i := 1; i < len(words); i++ {
		left, right := c.find(words[:i]), c.find(words[i:])
		if left == nil || right == nil {
			continue // forgotten as rare: what has it is no chance
		}
		if math.Log(whole*total*total/(float64(left.n)*float64(right.n))) < -cohesion*math.Log(whole) {
			return false
		}
	}
	return true
}
