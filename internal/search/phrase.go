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
	words   uint8
	surface string // as it is written inside a sentence; empty until it is seen so
}

type phraseCounter struct {
	grams         map[string]*gram
	tokens        int
	seen, sampled int
	step          int
	take          bool // the article at hand is of the sample
	buf           []byte
}

func newPhraseCounter() *phraseCounter { return &phraseCounter{grams: map[string]*gram{}, step: 1} }

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
	for least := uint32(1); len(c.grams) > maxGrams; least++ {
		for k, g := range c.grams {
			if g.n <= least {
				delete(c.grams, k)
			}
		}
	}
}

// paragraph counts the words that stand together in a paragraph, a space between.
func (c *phraseCounter) paragraph(toks []token, text string) {
	if !c.take {
		return
	}
	for i := range toks {
		c.buf = c.buf[:0]
		c.tokens++
		for n := 1; n <= maxGram && i+n <= len(toks); n++ {
			t := &toks[i+n-1]
			if t.number || n > 1 && text[toks[i+n-2].end:t.start] != " " {
				break
			}
			if n > 1 {
				c.buf = append(c.buf, ' ')
			}
			c.buf = append(c.buf, t.exact...)
			g := c.grams[string(c.buf)]
			if g == nil {
				g = &gram{words: uint8(n)}
				c.grams[string(c.buf)] = g
			}
			g.n++
			if g.n == 1 && n > 1 {
				break // a longer one is worth a look when this one comes again
			}
			if n > 1 && g.surface == "" && i > 0 && text[toks[i-1].end:toks[i].start] == " " {
				g.surface = strings.Clone(text[toks[i].start:t.end])
			}
		}
	}
}

// phrases gives the most frequent phrases, the most frequent first.
func (c *phraseCounter) phrases() []string {
	type phrase struct {
		key string
		*gram
	}
	var all []phrase
	for key, g := range c.grams {
		if g.words > 1 && g.n >= leastPhrase {
			all = append(all, phrase{key, g})
		}
	}
	longer := map[string]bool{}
	for _, p := range all {
		for _, part := range []string{p.key[strings.IndexByte(p.key, ' ')+1:], p.key[:strings.LastIndexByte(p.key, ' ')]} {
			if g := c.grams[part]; g != nil && float64(p.n) >= partOfLonger*float64(g.n) {
				longer[part] = true
			}
		}
	}
	all = slices.DeleteFunc(all, func(p phrase) bool { return longer[p.key] || p.words == maxGram || !c.holds(p.key) })
	slices.SortFunc(all, func(a, b phrase) int { return cmp.Or(cmp.Compare(b.n, a.n), cmp.Compare(a.key, b.key)) })
	var list []string
	for _, p := range all[:min(len(all), maxPhrases)] {
		list = append(list, cmp.Or(p.surface, p.key))
	}
	return list
}

// holds reports whether the words of a sequence belong together: its borders are
// words of their own, and its parts wherever it is divided.
func (c *phraseCounter) holds(key string) bool {
	words := strings.Fields(key)
	if borderless[words[0]] || borderless[words[len(words)-1]] {
		return false
	}
	total := float64(c.tokens)
	whole := float64(c.grams[key].n) / total
	for i := 1; i < len(words); i++ {
		left, right := c.grams[strings.Join(words[:i], " ")], c.grams[strings.Join(words[i:], " ")]
		if left == nil || right == nil {
			continue // forgotten as rare: what has it is no chance
		}
		if math.Log(whole*total*total/(float64(left.n)*float64(right.n))) < -cohesion*math.Log(whole) {
			return false
		}
	}
	return true
}
