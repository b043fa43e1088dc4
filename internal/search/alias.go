package search

import (
	"embed"
	"slices"
	"strings"
	"sync"

	"vankho/internal/vitext"
)

//go:embed alias/*.txt
var aliasFiles embed.FS

// aliasTable has for each name, exact or folded and joined by spaces, the other
// names of the same thing.
type aliasTable struct {
	exact, folded map[string][]otherName
	longest       int // words of a name
}

type otherName struct {
	text string // as it is written
	toks []token
}

const (
	aliasWeight = .5
	// learnedSpellings is how many spellings of one person the index learns.
	learnedSpellings = 8
)

// listedNames are the names of the alias files, but for those of countries.
var listedNames = sync.OnceValue(func() *aliasTable {
	t := newAliasTable()
	for _, file := range []string{"cities.txt", "organisations.txt", "offices.txt", "people.txt"} {
		b, err := aliasFiles.ReadFile("alias/" + file)
		if err != nil {
			panic("BUG: search: " + err.Error())
		}
		for line := range strings.Lines(string(b)) {
			if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
				continue
			}
			left, right, oneWay := strings.Cut(line, ">")
			names := splitNames(left)
			switch {
			case oneWay:
				for _, name := range names {
					t.add(name, splitNames(right))
				}
			case file == "people.txt":
				t.addPerson(names)
			default:
				t.addAll(names)
			}
		}
	}
	return t
})

func splitNames(s string) []string {
	var names []string
	for name := range strings.SplitSeq(s, "|") {
		names = append(names, strings.TrimSpace(name))
	}
	return names
}

func newAliasTable() *aliasTable {
	return &aliasTable{exact: map[string][]otherName{}, folded: map[string][]otherName{}}
}

// add lets a name find others. Those that are the same in all keys are not
// others.
func (t *aliasTable) add(name string, others []string) {
	var s vitext.Scanner
	toks := scan(&s, name)
	if len(toks) == 0 {
		return
	}
	t.longest = max(t.longest, len(toks))
	exact, folded := joined(toks, false), joined(toks, true)
	for _, text := range others {
		other := otherName{text, scan(&s, text)}
		same := func(o otherName) bool { return joined(o.toks, false) == joined(other.toks, false) }
		if len(other.toks) == 0 || joined(other.toks, false) == exact || slices.ContainsFunc(t.exact[exact], same) {
			continue
		}
		t.exact[exact] = append(t.exact[exact], other)
		if joined(other.toks, false) != folded && !slices.ContainsFunc(t.folded[folded], same) {
			t.folded[folded] = append(t.folded[folded], other)
		}
	}
}

// addAll lets each name find all others.
func (t *aliasTable) addAll(names []string) {
	for _, name := range names {
		t.add(name, names)
	}
}

// addPerson lets each spelling of a person's name find the others. Where two
// have as many words, their foreign words in one place find each other too.
func (t *aliasTable) addPerson(names []string) {
	t.addAll(names)
	for i, name := range names {
		words := strings.Fields(name)
		for _, other := range names[i+1:] {
			others := strings.Fields(other)
			if len(words) < 2 || len(others) != len(words) {
				continue
			}
			for k, w := range words {
				if foreign(w) && foreign(others[k]) {
					t.addAll([]string{w, others[k]})
				}
			}
		}
	}
}

// foreign reports whether a word of a name cannot be taken for a Vietnamese
// syllable: it is spelt otherwise, or is several syllables with hyphens.
func foreign(word string) bool {
	var s vitext.Scanner
	toks := scan(&s, word)
	return len(toks) > 1 || len(toks) == 1 && !toks[0].number && !vitext.ValidSyllable(toks[0].exact)
}

// learnNames makes the table of the spellings that the records of an index
// have. A person of one spelling has none to find.
func learnNames(people []person) *aliasTable {
	t := newAliasTable()
	for _, p := range people {
		if len(p.Also) > 0 {
			t.addPerson(append([]string{p.Name}, p.Also...))
		}
	}
	return t
}

// learn adds a spelling of a person's name: one of two words or more, or of a
// foreign one, because half a Vietnamese name is many people's.
func (p *person) learn(name string) {
	if name == p.Name || len(p.Also) == learnedSpellings || slices.Contains(p.Also, name) || len(name) > maxNameBytes {
		return
	}
	if len(strings.Fields(name)) > 1 || foreign(name) {
		p.Also = append(p.Also, name)
	}
}

const maxNameBytes = 96

func joined(toks []token, fold bool) string {
	var b strings.Builder
	for i, t := range toks {
		if i > 0 {
			b.WriteByte(' ')
		}
		if fold {
			b.WriteString(t.folded)
		} else {
			b.WriteString(t.exact)
		}
	}
	return b.String()
}

// others gives the other names of a sequence of words. Words typed without
// marks are compared without them.
func (t *aliasTable) others(seq []token) []otherName {
	if !slices.ContainsFunc(seq, func(t token) bool { return t.marked }) {
		return t.folded[joined(seq, true)]
	}
	return t.exact[joined(seq, false)]
}

// nation gives the country that a sequence of words names, or an empty code.
func (l *nationList) nation(seq []token) string {
	if !slices.ContainsFunc(seq, func(t token) bool { return t.marked }) {
		return l.folded[joined(seq, true)]
	}
	return l.byName[joined(seq, false)]
}

// addNames lets the other names of what was typed stand for its words: those
// of the alias files, those learned from the records, and of a country all.
// Each is looked for as it is written there, marks and all: a folded "my" for Mỹ
// would find too much. What only another name finds comes later.
func (ix *Index) addNames(p *plan) error {
	tables := []*aliasTable{listedNames(), ix.names}
	longest := max(tables[0].longest, tables[1].longest)
	for i := 0; i < len(p.words); {
		n, code := 0, ""
		var others []otherName
		for k := min(longest, len(p.words)-i); k > 0 && n == 0; k-- {
			if p.slotOf[i+k-1]-p.slotOf[i] != k-1 {
				continue // a phrase or date stands between
			}
			seq := p.words[i : i+k]
			for _, t := range tables {
				others = append(others, t.others(seq)...)
			}
			if code = nations().nation(seq); code != "" || len(others) > 0 {
				n = k
			}
		}
		if n == 0 {
			i++
			continue
		}
		if err := ix.addOthers(p, i, n, others); err != nil {
			return err
		}
		if code != "" {
			if err := ix.addNation(p, i, n, code); err != nil {
				return err
			}
		}
		i += n
	}
	return nil
}

// addOthers lets other names stand for n words from word i.
func (ix *Index) addOthers(p *plan, i, n int, others []otherName) error {
	for _, other := range others {
		there, err := ix.stands(other.toks)
		if err != nil || !there {
			if err != nil {
				return err
			}
			continue
		}
		w := together(other.toks, false, aliasWeight/float64(n))
		w.other = true
		p.stand(i, n, w)
		p.also = appendNew(p.also, other.text)
		p.patterns = append(p.patterns, pattern{words: wantedAll(other.toks)})
	}
	return nil
}

// stands reports whether the archive has each word of a name beside the next,
// which nearly always means that it has the name.
func (ix *Index) stands(toks []token) (bool, error) {
	for _, t := range together(toks, false, 1).terms {
		if n, err := ix.frequency(t.field, t.key); n == 0 || err != nil {
			return false, err
		}
	}
	return true, nil
}

// stand lets a way stand for n words from word i.
func (p *plan) stand(i, n int, w way) {
	for _, s := range p.slotOf[i : i+n] {
		p.slots[s].ways = append(p.slots[s].ways, w)
	}
}

// addNation lets the mention of a country stand for its name. A name of one
// syllable is asked for by nothing else when it is all of the query, or is
// written as a country's name among other words.
func (ix *Index) addNation(p *plan, i, n int, code string) error {
	there, err := ix.frequency(fieldD, code)
	if err != nil || there == 0 {
		return err
	}
	if n == 1 && ix.meansNation(p, i, code) {
		t := p.words[i]
		p.slots[p.slotOf[i]].ways = []way{{terms: []term{{fieldD, code, 0}, {fieldS, t.exact, 0}}}}
		p.patterns = slices.DeleteFunc(p.patterns, func(o pattern) bool {
			return len(o.words) == 1 && o.words[0].exact == t.exact
		})
		p.nations = append(p.nations, i)
		// A country is not typed without marks.
		p.folded = p.folded && len(p.nations) < len(p.words)
	}
	p.stand(i, n, way{terms: []term{{fieldD, code, aliasWeight / float64(n)}}, other: true})
	p.patterns = append(p.patterns, pattern{country: code})
	seq := " " + joined(p.words[i:i+n], true) + " "
	for _, name := range nations().written[code] {
		var s vitext.Scanner
		toks := scan(&s, name)
		if strings.Contains(" "+joined(toks, true)+" ", seq) {
			continue // what was typed finds it
		}
		if ok, err := ix.stands(toks); err != nil {
			return err
		} else if ok {
			p.also = appendNew(p.also, name)
		}
	}
	return nil
}

// meansNation reports whether word i, a country's name of one syllable with the
// marks it has, is meant as one.
func (ix *Index) meansNation(p *plan, i int, code string) bool {
	if nations().byName[p.words[i].exact] != code || !vitext.ValidSyllable(p.words[i].exact) {
		return false // without its marks it may be any word; Hungary is no other
	}
	if len(p.slots) == 1 {
		return true
	}
	// The words as a text, a space between: what divided them is not known.
	var toks []token
	var b strings.Builder
	at := 0
	for j, t := range p.words {
		if j > 0 && p.slotOf[j]-p.slotOf[j-1] == 1 {
			b.WriteByte(' ')
		} else {
			b.WriteString("; ")
		}
		if j == i {
			at = len(toks)
		}
		t.start = b.Len()
		b.WriteString(t.exact)
		t.end = b.Len()
		toks = append(toks, t)
	}
	text := b.String()
	none := func(string) bool { return false }
	return slices.ContainsFunc(nations().mentions(toks, text, none), func(m mention) bool { return m.from == at && m.to == at+1 })
}

func wantedAll(toks []token) []wanted {
	var words []wanted
	for _, t := range toks {
		words = append(words, wanted{t.exact, t.folded, false})
	}
	return words
}

func appendNew(list []string, s string) []string {
	if slices.ContainsFunc(list, func(old string) bool { return strings.EqualFold(old, s) }) {
		return list
	}
	return append(list, s)
}
