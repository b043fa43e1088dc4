package search

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	index "github.com/blevesearch/bleve_index_api"

	"vankho/internal/vitext"
)

// Suggestion is another question, as it may have been meant.
type Suggestion struct {
	Text string
	N    int // groups that it finds, with the same filters
}

// Without tells how much a question that finds nothing finds without one of its
// filters.
type Without struct {
	Filter string // "year", "country", "person", "kind", "from", "to", "speaker", "force", "topic", "figure", "agreement" or "typed"
	Clause int    // the place among the clauses of a filter that was typed
	N      int    // groups; more than 0
}

// wordsFile has the words of the archive that have marks, a line for each way
// to write them without: "hoi<tab>hội 812 hỏi 40". It is sorted.
const wordsFile = "words.txt"

const (
	maxForms  = 12      // of one word without marks
	maxSpelt  = 50_000  // words without marks
	spellKept = 1 << 12 // words whose neighbours are kept
)

// marking is a word as the archive writes it, with the number of its paragraphs.
type marking struct {
	exact string
	n     uint64
}

// writeWords writes the words of an index whose terms are written, the commonest
// of them where there are too many.
func (ix *Index) writeWords(dir string) error {
	forms := map[string][]marking{}
	err := ix.eachWord(func(exact string, n uint64) {
		if !strings.ContainsAny(exact, "0123456789") {
			folded := vitext.Fold(exact)
			forms[folded] = append(forms[folded], marking{exact, n})
		}
	})
	if err != nil {
		return err
	}
	type word struct {
		line string
		n    uint64
	}
	var words []word
	for folded, list := range forms {
		if len(list) == 1 && list[0].exact == folded {
			continue
		}
		slices.SortFunc(list, func(a, b marking) int { return cmp.Or(cmp.Compare(b.n, a.n), cmp.Compare(a.exact, b.exact)) })
		w := word{line: folded + "\t"}
		for i, f := range list[:min(len(list), maxForms)] {
			if i > 0 {
				w.line += " "
			}
			w.line += f.exact + " " + strconv.FormatUint(f.n, 10)
			w.n += f.n
		}
		words = append(words, w)
	}
	slices.SortFunc(words, func(a, b word) int { return cmp.Or(cmp.Compare(b.n, a.n), cmp.Compare(a.line, b.line)) })
	words = words[:min(len(words), maxSpelt)]
	slices.SortFunc(words, func(a, b word) int { return cmp.Compare(a.line, b.line) })
	f, err := os.Create(filepath.Join(dir, wordsFile))
	if err != nil {
		return err
	}
	out := bufio.NewWriter(f)
	for _, w := range words {
		out.WriteString(w.line)
		out.WriteByte('\n')
	}
	return errors.Join(out.Flush(), f.Close())
}

// speller knows how the words of the archive are spelt.
type speller struct {
	lines []string // of wordsFile

	mu   sync.Mutex
	near map[string][]string // neighbours of words, as they were found
}

func openSpeller(dir string) (*speller, error) {
	b, err := os.ReadFile(filepath.Join(dir, wordsFile))
	if err != nil {
		return nil, err
	}
	s := &speller{near: map[string][]string{}}
	for line := range strings.Lines(string(b)) {
		s.lines = append(s.lines, strings.TrimSuffix(line, "\n"))
	}
	return s, nil
}

// forms gives the words of the archive that are this one but for their marks,
// the commonest first; none when it is only written without.
func (s *speller) forms(folded string) []marking {
	i, _ := slices.BinarySearch(s.lines, folded+"\t")
	if i == len(s.lines) || !strings.HasPrefix(s.lines[i], folded+"\t") {
		return nil
	}
	fields := strings.Fields(s.lines[i][len(folded):])
	var list []marking
	for k := 0; k+1 < len(fields); k += 2 {
		n, err := strconv.ParseUint(fields[k+1], 10, 64)
		if err == nil {
			list = append(list, marking{fields[k], n})
		}
	}
	return list
}

// A word is looked for among its neighbours from so many letters on; two may be
// wrong in a long one. The first is thought to be right.
const (
	nearFrom     = 3
	farFrom      = 8
	maxNeighbour = 6
)

// neighbours gives the words of the archive, without marks, that differ from
// this one in a letter or two, the nearest and then the commonest first.
func (ix *Index) neighbours(folded string) ([]string, error) {
	n := utf8.RuneCountInString(folded)
	if n < nearFrom || n > vitext.MaxKeyRunes {
		return nil, nil
	}
	ix.speller.mu.Lock()
	found, ok := ix.speller.near[folded]
	ix.speller.mu.Unlock()
	if ok {
		return found, nil
	}
	dict, ok := ix.reader.(index.IndexReaderFuzzy)
	if !ok {
		return nil, nil
	}
	_, first := utf8.DecodeRuneInString(folded)
	type word struct {
		text string
		n    uint64
	}
	for far := 1; far <= 2 && len(found) == 0 && (far == 1 || n >= farFrom); far++ {
		d, err := dict.FieldDictFuzzy(fieldF, folded, far, folded[:first])
		if err != nil {
			return nil, err
		}
		var words []word
		for {
			e, err := d.Next()
			if err != nil || e == nil {
				if err = errors.Join(err, d.Close()); err != nil {
					return nil, err
				}
				break
			}
			if e.Term == folded {
				continue
			}
			w := word{text: strings.Clone(e.Term)}
			if w.n, err = ix.frequency(fieldF, w.text); err != nil {
				return nil, err
			}
			words = append(words, w)
		}
		slices.SortFunc(words, func(a, b word) int { return cmp.Or(cmp.Compare(b.n, a.n), cmp.Compare(a.text, b.text)) })
		for _, w := range words[:min(len(words), maxNeighbour)] {
			found = append(found, w.text)
		}
	}
	ix.speller.mu.Lock()
	defer ix.speller.mu.Unlock()
	if len(ix.speller.near) >= spellKept {
		clear(ix.speller.near)
	}
	ix.speller.near[folded] = found
	return found, nil
}

const (
	nearWeight = .3
	// A misspelling is rarer than the word it stands for.
	rarerTimes = 4
	rareAtMost = 2
	// maxForeign is how many words of one query are looked for misspelt.
	maxForeign = 4
	// Of a shorter one too much is a neighbour.
	foreignFrom = 5
	maxMisspelt = 3 // neighbours that stand for one word
)

// addMisspelt lets the neighbours of foreign words stand for them: misspellings
// of what was typed, or what was typed misspelt. A word that is the name of
// something else is neither.
func (ix *Index) addMisspelt(p *plan) error {
	tried := 0
	for i, t := range p.words {
		if t.number || len(t.folded) < foreignFrom || vitext.ValidSyllable(t.exact) || tried == maxForeign {
			continue
		}
		tried++
		n, err := ix.frequency(fieldF, t.folded)
		if err != nil {
			return err
		}
		near, err := ix.neighbours(t.folded)
		if err != nil {
			return err
		}
		for _, w := range near[:min(len(near), maxMisspelt)] {
			m, err := ix.frequency(fieldF, w)
			if err != nil {
				return err
			}
			if vitext.ValidSyllable(w) || nations().areTwo(t.folded, w) || n > 0 && (m > max(rareAtMost, n/rarerTimes) || ix.suggester.isName(w)) {
				continue
			}
			other := token{exact: w, folded: w}
			p.stand(i, 1, way{terms: []term{{fieldF, w, nearWeight}}, other: true})
			p.patterns = append(p.patterns, pattern{words: []wanted{{other.exact, other.folded, true}}})
			p.also = appendNew(p.also, ix.written(w, t))
		}
	}
	return nil
}

// written gives a word as the archive mostly writes it, with a capital where the
// word it stands for has one.
func (ix *Index) written(folded string, like token) string {
	word := folded
	if forms := ix.speller.forms(folded); len(forms) > 0 {
		word = forms[0].exact
	}
	if like.capital {
		_, n := utf8.DecodeRuneInString(word)
		word = strings.ToUpper(word[:n]) + word[n:]
	}
	return word
}

// couldHaveMarks reports whether a word typed without marks may be a syllable
// that has some: not a foreign name.
func couldHaveMarks(t token) bool { return !t.number && vitext.ValidSyllable(t.exact) }

// Words of a query longer than this are not looked at for their spelling.
const maxSpelled = 8

// Another reading of a query must be so many times likelier than what was
// typed, for each word that it changes: its pairs of words are in so many times
// as many paragraphs. What was typed without marks has further readings, as
// long as they are not so many times less likely than the first.
const (
	likelierTimes = 200
	lessLikely    = 200
	// maxChoice is how many words a query without marks may have for several
	// readings of it to be shown.
	maxChoice = 3
)

// What it costs to change a word: one that the archive has, one that it has with
// other marks alone, one that it has not.
var (
	changeCost = math.Log(likelierTimes)
	absentCost = math.Log(2)
	nearCost   = math.Log(4)
)

// reading is a sequence of words with how likely it is.
type reading struct {
	words []string
	score float64
}

// readings gives likelier ways to spell the words of a query, the likeliest
// first: with other marks, or with other letters where the archive does not
// have a word.
func (ix *Index) readings(p *plan) ([]reading, error) {
	if len(p.words) == len(p.nations) || len(p.words) > maxSpelled {
		return nil, nil
	}
	if ok, err := ix.suspicious(p); err != nil || !ok {
		return nil, err
	}
	typed := reading{}
	var paths []reading
	for i, t := range p.words {
		choices, err := ix.spellings(p, i)
		if err != nil {
			return nil, err
		}
		joins := i > 0 && p.slotOf[i]-p.slotOf[i-1] == 1
		if paths, err = ix.extend(paths, choices, joins); err != nil {
			return nil, err
		}
		typed.words = append(typed.words, t.exact)
	}
	var better []reading
	for _, r := range paths {
		if slices.Equal(r.words, typed.words) {
			break
		}
		if len(better) > 0 && (!p.folded || len(p.words) > maxChoice || r.score < better[0].score-math.Log(lessLikely)) {
			break
		}
		better = append(better, r)
	}
	return better[:min(len(better), maxSuggestions)], nil
}

const (
	maxSuggestions = 3
	maxPaths       = 10 // readings kept from word to word
)

// suspicious reports whether the spelling of a query is worth a look: a word is
// not in the archive, or a pair of words is far rarer as typed than with other
// marks, or is not there at all. Where no marks were typed a word must have several ways to write it,
// or there is nothing to choose.
func (ix *Index) suspicious(p *plan) (bool, error) {
	for i, t := range p.words {
		if p.folded && len(ix.speller.forms(t.folded)) > 0 {
			if several, err := ix.severalWays(p, i); err != nil || several {
				return several, err
			}
			continue
		}
		n, err := ix.frequency(fieldS, t.exact)
		if err != nil || n == 0 {
			return !t.number, err
		}
		if i == 0 || p.slotOf[i]-p.slotOf[i-1] != 1 {
			continue
		}
		before := p.words[i-1]
		exact, err := ix.frequency(fieldB, before.exact+" "+t.exact)
		if err != nil {
			return false, err
		}
		folded, err := ix.frequency(fieldG, before.folded+" "+t.folded)
		if err != nil || folded == 0 || exact*likelierTimes < folded {
			return true, err
		}
	}
	return false, nil
}

// severalWays reports whether the archive has word i, behind the word before it,
// with different marks.
func (ix *Index) severalWays(p *plan, i int) (bool, error) {
	forms := ix.speller.forms(p.words[i].folded)
	if i == 0 || p.slotOf[i]-p.slotOf[i-1] != 1 {
		return len(p.words) == 1 && len(forms) > 1, nil
	}
	before := p.words[i-1].folded
	all, err := ix.frequency(fieldG, before+" "+p.words[i].folded)
	if err != nil || all == 0 {
		return false, err
	}
	most := uint64(0)
	for _, first := range append(ix.speller.forms(before), marking{exact: before}) {
		for _, second := range forms {
			n, err := ix.frequency(fieldB, first.exact+" "+second.exact)
			if err != nil {
				return false, err
			}
			most = max(most, n)
		}
	}
	return most < all, nil
}

// respelling is a way to spell a word, with what speaks against it.
type respelling struct {
	exact string
	n     uint64
	cost  float64
}

// spellings gives the ways to spell one word of a query.
func (ix *Index) spellings(p *plan, i int) ([]respelling, error) {
	t := p.words[i]
	n, err := ix.frequency(fieldS, t.exact)
	if err != nil {
		return nil, err
	}
	list := []respelling{{t.exact, n, 0}}
	if t.number || slices.Contains(p.nations, i) {
		return list, nil
	}
	cost := 0.0
	switch {
	case p.folded:
	case n == 0:
		cost = absentCost
	default:
		cost = changeCost
	}
	add := func(folded string, cost float64) {
		forms := ix.speller.forms(folded)
		for _, f := range forms {
			if f.exact != t.exact {
				list = append(list, respelling{f.exact, f.n, cost})
			}
		}
	}
	add(t.folded, cost)
	cost = nearCost
	if len(list) > 1 || n > 0 {
		if strange, err := ix.strange(p, i); err != nil || !strange {
			return list, err
		}
		cost = changeCost
	}
	near, err := ix.neighbours(t.folded)
	if err != nil {
		return nil, err
	}
	for _, w := range near {
		before := len(list)
		add(w, cost)
		if len(list) == before {
			n, err := ix.frequency(fieldS, w)
			if err != nil {
				return nil, err
			}
			list = append(list, respelling{w, n, cost})
		}
	}
	return list, nil
}

// strange reports whether a word that the archive has stands beside one that it
// never stands beside there, whatever their marks are. Names may stand anywhere.
func (ix *Index) strange(p *plan, i int) (bool, error) {
	if t := p.words[i]; len(p.words) > maxChoice || t.capital || !vitext.ValidSyllable(t.exact) {
		return false, nil
	}
	for first := max(0, i-1); first <= i && first+1 < len(p.words); first++ {
		if p.slotOf[first+1]-p.slotOf[first] != 1 {
			continue
		}
		n, err := ix.frequency(fieldG, p.words[first].folded+" "+p.words[first+1].folded)
		if err != nil || n == 0 {
			return true, err
		}
	}
	return false, nil
}

// extend puts each spelling of a word behind each path and keeps the likeliest.
// Where words are not side by side only how common each is counts.
func (ix *Index) extend(paths []reading, choices []respelling, joins bool) ([]reading, error) {
	var longer []reading
	for _, c := range choices {
		own := math.Log(float64(c.n) + .1)
		if c.n == 0 {
			own = math.Log(1e-4)
		}
		if len(paths) == 0 {
			longer = append(longer, reading{[]string{c.exact}, own/4 - c.cost})
			continue
		}
		for _, before := range paths {
			score := own
			if joins {
				n, err := ix.frequency(fieldB, before.words[len(before.words)-1]+" "+c.exact)
				if err != nil {
					return nil, err
				}
				score = own/4 + math.Log(float64(n)+.1) // the pair says more than its words
			}
			longer = append(longer, reading{append(slices.Clip(before.words), c.exact), before.score + score - c.cost})
		}
	}
	slices.SortStableFunc(longer, func(a, b reading) int { return cmp.Compare(b.score, a.score) })
	return longer[:min(len(longer), maxPaths)], nil
}

// suggest gives the query with other words for some of its own, those that
// find something, and with what they find.
func (ix *Index) suggest(ctx context.Context, q Query, p *plan) ([]Suggestion, error) {
	readings, err := ix.readings(p)
	if err != nil {
		return nil, err
	}
	var list []Suggestion
	for _, r := range readings {
		text := respelt(q.Text, p.words, r.words)
		if text == q.Text || slices.ContainsFunc(list, func(s Suggestion) bool { return s.Text == text }) {
			continue
		}
		other := q
		other.Text = text
		n, err := ix.count(ctx, other)
		if err != nil {
			return nil, err
		}
		if n > 0 {
			list = append(list, Suggestion{text, n})
		}
	}
	return list, nil
}

// respelt gives a query with words in the place of others, in the case of those.
// Phrases and fields stay as they are.
func respelt(text string, typed []token, words []string) string {
	text = normal(text)
	clauses, err := ParseClauses(text)
	if err != nil {
		return text
	}
	var b strings.Builder
	var s vitext.Scanner
	at, next := 0, 0
	for _, c := range clauses {
		if !c.Plain() || c.Any[0][0].Quoted {
			continue
		}
		for s.Reset(text[c.Start:c.End]); s.Scan(); {
			is := func(t token) bool { return t.exact == string(s.Exact) }
			i := slices.IndexFunc(typed[next:], is)
			if i < 0 {
				continue
			}
			next += i + 1
			if words[next-1] == typed[next-1].exact {
				continue
			}
			start, end := c.Start+s.Start, c.Start+s.End
			b.WriteString(text[at:start])
			b.WriteString(inCase(text[start:end], words[next-1]))
			at = end
		}
	}
	return b.String() + text[at:]
}

// inCase gives a word with the capitals of another.
func inCase(like, word string) string {
	switch {
	case like == strings.ToUpper(like) && utf8.RuneCountInString(like) > 1:
		return strings.ToUpper(word)
	case capital(like):
		_, n := utf8.DecodeRuneInString(word)
		return strings.ToUpper(word[:n]) + word[n:]
	}
	return word
}

// count tells how many groups a query finds.
func (ix *Index) count(ctx context.Context, q Query) (int, error) {
	asked, err := ix.ask(&q, MaxQueryRunes, MaxTerms)
	if err != nil {
		return 0, err
	}
	c := &collector{col: ix.col, filter: ix.newFilter(&q), acts: ix.newActFilter(&q), order: q.Order, enough: 1}
	if _, err := ix.collect(ctx, c, asked, q.Exact); err != nil {
		return 0, err
	}
	return c.total, nil
}

// without counts what a query that finds nothing finds without each of its
// filters.
func (ix *Index) without(ctx context.Context, q Query) ([]Without, error) {
	type less struct {
		filter string
		set    bool
		drop   func(*Query)
	}
	var list []Without
	for _, f := range []less{
		{"year", len(q.Years) > 0, func(q *Query) { q.Years = nil }},
		{"country", len(q.Countries) > 0, func(q *Query) { q.Countries = nil }},
		{"person", len(q.People) > 0, func(q *Query) { q.People = nil }},
		{"kind", len(q.Kinds) > 0, func(q *Query) { q.Kinds = nil }},
		{"from", q.From != "", func(q *Query) { q.From = "" }},
		{"to", q.To != "", func(q *Query) { q.To = "" }},
		{"speaker", len(q.Speakers) > 0, func(q *Query) { q.Speakers = nil }},
		{"force", len(q.Forces) > 0, func(q *Query) { q.Forces = nil }},
		{"topic", len(q.Topics) > 0, func(q *Query) { q.Topics = nil }},
		{"figure", q.Figures, func(q *Query) { q.Figures = false }},
		{"agreement", q.Agreements, func(q *Query) { q.Agreements = false }},
	} {
		if !f.set {
			continue
		}
		wider := q
		f.drop(&wider)
		n, err := ix.count(ctx, wider)
		if err != nil {
			return nil, err
		}
		if n > 0 {
			list = append(list, Without{Filter: f.filter, N: n})
		}
	}
	return list, nil
}

// maxTyped is how many operators of one query are tried without.
const maxTyped = 4

// withoutTyped counts what a query that finds nothing finds without each of
// the operators typed in it.
func (ix *Index) withoutTyped(ctx context.Context, q Query, res *Results) ([]Without, error) {
	var list []Without
	tried := 0
	for i := range res.Clauses {
		if res.Clauses[i].Plain() || tried == maxTyped {
			continue
		}
		tried++
		wider := q
		wider.Text = WithoutClause(res.Text, res.Clauses, i)
		n, err := ix.count(ctx, wider)
		if err != nil {
			return nil, err
		}
		if n > 0 {
			list = append(list, Without{Filter: "typed", Clause: i, N: n})
		}
	}
	return list, nil
}

// help adds to the results what else may have been meant. A search whose help
// takes too long goes without.
func (ix *Index) help(ctx context.Context, q Query, p *plan, res *Results) error {
	late := func(err error) error {
		if errors.Is(err, context.DeadlineExceeded) {
			return nil
		}
		return err
	}
	res.Also = p.also
	for _, i := range p.nations {
		res.Countries = appendNew(res.Countries, strings.ToUpper(nations().nation(p.words[i:i+1])))
	}
	if ix.reader == nil || q.Exact {
		return nil
	}
	var err error
	if res.Suggestions, err = ix.suggest(ctx, q, p); err != nil {
		return late(fmt.Errorf("suggestions: %w", err))
	}
	if res.Total > 0 {
		return nil
	}
	if res.Without, err = ix.without(ctx, q); err != nil {
		return late(fmt.Errorf("counts without filters: %w", err))
	}
	typed, err := ix.withoutTyped(ctx, q, res)
	if err != nil {
		return late(fmt.Errorf("counts without operators: %w", err))
	}
	res.Without = append(res.Without, typed...)
	return nil
}
