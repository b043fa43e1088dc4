package search

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// peopleNames finds people by what is typed of their names.
type peopleNames struct {
	people []person
	slugs  map[string]uint32
	words  map[string][]uint32 // people by each folded word of their names, ascending
	whole  map[string][]uint32 // by all words of a name, folded and sorted
}

func newPeopleNames(people []person, slugs map[string]uint32) *peopleNames {
	n := &peopleNames{people: people, slugs: slugs, words: map[string][]uint32{}, whole: map[string][]uint32{}}
	for i, p := range people {
		add := func(m map[string][]uint32, key string) {
			if l := m[key]; len(l) == 0 || l[len(l)-1] != uint32(i) {
				m[key] = append(l, uint32(i))
			}
		}
		for _, name := range p.names() {
			words := strings.Fields(spelt(name, true))
			for _, w := range words {
				add(n.words, w)
			}
			slices.Sort(words)
			add(n.whole, strings.Join(words, " "))
		}
	}
	return n
}

// names gives every spelling of a person's name.
func (p *person) names() []string { return append([]string{p.Name}, p.Also...) }

// find gives the people of a name, and whether it is all of their name: those
// called so, in any order of the words, or else those with all its words in
// their name. Marks that were typed count where that leaves anybody.
func (n *peopleNames) find(name string) (found []uint32, whole bool) {
	if i, ok := n.slugs[name]; ok {
		return []uint32{i}, true
	}
	words := strings.Fields(spelt(name, true))
	sorted := slices.Sorted(slices.Values(words))
	found, whole = n.whole[strings.Join(sorted, " ")], true
	if len(found) == 0 {
		found, whole = n.withAll(words), false
	}
	exact := strings.Fields(spelt(name, false))
	marked := slices.DeleteFunc(slices.Clone(found), func(i uint32) bool {
		return !slices.ContainsFunc(n.people[i].names(), func(other string) bool { return hasAll(strings.Fields(spelt(other, false)), exact) })
	})
	if len(marked) > 0 && !slices.Equal(words, exact) {
		return marked, whole
	}
	return found, whole
}

// withAll gives the people who have all words in one of their names.
func (n *peopleNames) withAll(words []string) []uint32 {
	if len(words) == 0 {
		return nil
	}
	rarest := slices.MinFunc(words, func(a, b string) int { return cmp.Compare(len(n.words[a]), len(n.words[b])) })
	return slices.DeleteFunc(slices.Clone(n.words[rarest]), func(i uint32) bool {
		return !slices.ContainsFunc(n.people[i].names(), func(name string) bool { return hasAll(strings.Fields(spelt(name, true)), words) })
	})
}

func hasAll(words, asked []string) bool {
	return !slices.ContainsFunc(asked, func(w string) bool { return !slices.Contains(words, w) })
}

// nearest gives up to three names that differ least from a name nobody has, and
// by no more than a third of it.
func (n *peopleNames) nearest(name string) []string {
	key := spelt(name, true)
	most := utf8.RuneCountInString(key) / 3
	best := map[string]int{}
	for _, p := range n.people {
		for _, other := range p.names() {
			if d := distance(spelt(other, true), key, most); d <= most {
				if old, ok := best[p.Name]; !ok || d < old {
					best[p.Name] = d
				}
			}
		}
	}
	return closest(best)
}

// withPeople looks up the names of people in a question. A name typed without
// quotes may have several words: as many as somebody's name has.
func (ix *Index) withPeople(q *question) *question {
	names := ix.people()
	text := q.text
	for i := len(q.clauses) - 1; i >= 0; i-- {
		text = names.quote(text, q.clauses[i])
	}
	clauses := q.clauses
	if text != q.text {
		clauses, _ = ParseClauses(text) // only quotes have been put in
	}
	for _, c := range clauses {
		for _, all := range c.Any {
			for i := range all {
				t := &all[i]
				if t.Field != FieldPerson && t.Field != FieldSaid {
					continue
				}
				found, _ := names.find(t.Value)
				for _, n := range found {
					t.Codes, t.Names = append(t.Codes, names.people[n].Slug), append(t.Names, names.people[n].Name)
				}
				if len(found) == 0 {
					t.Near = names.nearest(t.Value)
				}
			}
		}
	}
	return newQuestion(text, clauses)
}

// quote puts quotes around the name that begins at the end of a clause where
// the words after it belong to the name too.
func (n *peopleNames) quote(text string, c Clause) string {
	if len(c.Any) != 1 || len(c.Any[0]) != 1 {
		return text
	}
	t := c.Any[0][0]
	if t.Quoted || t.Field != FieldPerson && t.Field != FieldSaid || !strings.HasSuffix(text[:c.End], t.Value) {
		return text
	}
	p := &parser{text: text}
	ends := p.following(c.End, len(text))
	start := c.End - len(t.Value)
	for _, end := range slices.Backward(ends[1:]) {
		if _, whole := n.find(text[start:end]); whole {
			return text[:start] + `"` + words(text[start:end]) + `"` + text[end:]
		}
	}
	return text
}
