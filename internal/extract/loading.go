package extract

import (
	"embed"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
)

//go:embed lexicon/*.txt
var lexiconFS embed.FS

// lex is read from the embedded files once. A file that cannot be read is our
// own bug and stops the program.
var lex = sync.OnceValue(loadLexicon)

// loading is a lexicon while its files are read.
type loading struct {
	*lexicon
	trie map[uint64]int32 // node<<32 | word -> node
	at   [][]phrase       // by node: the phrases that end there
}

func loadLexicon() *lexicon {
	l := loading{
		lexicon: &lexicon{
			words: map[string]int32{}, known: []word{{}},
			chinese: map[string]bool{}, leaders: map[string]leader{}, byPart: map[string]leader{},
			bySound: map[string][]*listed{}, given: map[string]string{}, styles: map[string][]*style{},
		},
		trie: map[uint64]int32{}, at: make([][]phrase, 1),
	}
	l.list("titles.txt", classTitle, false)
	l.deputies()
	l.list("honorifics.txt", classHonorific, false)
	l.list("countries.txt", classCountry, true)
	l.list("regions.txt", classRegion, true)
	l.list("orgs.txt", classOrg, true)
	l.list("groups.txt", classGroup, false)
	l.list("triggers.txt", classTrigger, false)
	l.list("says.txt", classSay, false)
	l.list("acts.txt", classAct, false)
	l.list("attend.txt", classAttend, false)
	l.list("topics.txt", classTopic, false)
	l.list("measures.txt", classMeasure, false)
	l.list("occasions.txt", classOccasion, false)
	l.list("loose.txt", classLoose, false)
	l.list("sports.txt", classSport, false)
	l.loadFields()
	l.loadPlaces()
	l.loadWords()
	l.loadPeople()
	l.freeze()
	return l.lexicon
}

// lines gives the lines of a file of the lexicon, without comments: what stands
// before the first tab, and the columns behind it.
func lines(file string, add func(key string, rest []string)) {
	data, err := lexiconFS.ReadFile("lexicon/" + file)
	if err != nil {
		panic("BUG: extract: " + err.Error())
	}
	for n, line := range strings.Split(string(data), "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		cols := strings.Split(line, "\t")
		if len(cols) < 2 {
			panic(fmt.Sprintf("BUG: extract: lexicon/%s:%d: no tab", file, n+1))
		}
		add(cols[0], cols[1:])
	}
}

// list adds the phrases of a file that holds those of one class.
func (l *loading) list(file string, c class, capital bool) {
	lines(file, func(key string, rest []string) {
		alt := ""
		if c == classTrigger {
			key, alt, _ = strings.Cut(key, " ")
		}
		for p := range strings.SplitSeq(rest[0], ";") {
			p = strings.TrimSpace(p)
			l.add(p, phrase{class: c, arg: key, alt: alt, capital: capital})
			if c != classGroup {
				continue
			}
			for _, digit := range []string{"hai 2", "ba 3"} { // "2 bên", "lãnh đạo 2 nước"
				word, n, _ := strings.Cut(digit, " ")
				if with := strings.Replace(" "+p, " "+word+" ", " "+n+" ", 1); with != " "+p {
					l.add(with, phrase{class: c, arg: key})
				}
			}
		}
	})
}

// deputies adds to every office that takes a portfolio or is an envoy's the one of
// a deputy: "Phó Tổng Công tố", "Phó Trưởng đại diện".
func (l *loading) deputies() {
	known := map[string]bool{}
	var of []phrase
	for _, ends := range l.at {
		for _, p := range ends {
			known[p.key] = true
			if p.arg[0] >= '3' && strings.ContainsAny(p.arg, "pe") && !strings.HasPrefix(p.key, "phó ") {
				of = append(of, p)
			}
		}
	}
	for _, p := range of {
		if key := "phó " + p.key; !known[key] {
			l.add(key, phrase{class: classTitle, arg: "4" + p.arg[1:]})
		}
	}
}

// loadFields reads portfolios and the heads of names of bodies.
func (l *loading) loadFields() {
	lines("fields.txt", func(key string, rest []string) {
		c := classField
		if key == "orghead" {
			c = classOrgHead
		}
		for p := range strings.SplitSeq(rest[0], ";") {
			l.add(strings.TrimSpace(p), phrase{class: c, arg: key})
		}
	})
}

// loadPlaces reads cities and buildings.
func (l *loading) loadPlaces() {
	lines("cities.txt", func(key string, rest []string) {
		for p := range strings.SplitSeq(rest[0], ";") {
			name, alt, _ := strings.Cut(strings.TrimSpace(p), "=")
			l.add(name, phrase{class: classCity, arg: key, alt: alt, capital: true})
		}
	})
	lines("venues.txt", func(key string, rest []string) {
		for p := range strings.SplitSeq(rest[1], ";") {
			l.add(strings.TrimSpace(p), phrase{class: classVenue, arg: rest[0], alt: key})
		}
	})
}

// loadWords notes the words that a date can begin with, and family names.
func (l *loading) loadWords() {
	for w := range strings.FieldsSeq("ngày tuần hôm mùng mồng rạng sáng chiều tối trưa đêm khuya từ tháng năm cùng thứ chủ") {
		l.known[l.word(w)].dates = true
	}
	lines("surnames.txt", func(key string, rest []string) {
		for p := range strings.SplitSeq(rest[0], ";") {
			w := &l.known[l.word(strings.TrimSpace(p))]
			if key == "cn" {
				l.chinese[w.key] = true
			}
			if w.family == "" {
				w.family = key
			}
		}
	})
}

// word gives the number of a word, adding it when it is new.
func (l *loading) word(s string) int32 {
	key := keyOf(s)
	if l.words[key] == 0 {
		l.words[key] = int32(len(l.known))
		l.known = append(l.known, word{key: key, syllable: vietnamese(key)})
	}
	return l.words[key]
}

// add adds a phrase: of p only what the text of it does not tell.
func (l *loading) add(text string, p phrase) {
	toks := tokenize(nil, text, nil)
	if len(toks) == 0 {
		panic("BUG: extract: empty phrase in the lexicon")
	}
	node := int32(0)
	for _, t := range toks {
		step := uint64(node)<<32 | uint64(l.word(text[t.start:t.end]))
		if l.trie[step] == 0 {
			l.trie[step] = int32(len(l.at))
			l.at = append(l.at, nil)
		}
		node = l.trie[step]
	}
	p.words, p.key = uint8(len(toks)), strings.ToLower(text)
	if p.class == classTitle {
		p.office = officeKey(p.key)
	}
	p.capital = p.capital && toks[0].shape == capital
	l.at[node] = append(l.at[node], p)
}

// freeze lays the trie out as it is walked, when all phrases and words are in.
func (l *loading) freeze() {
	l.root = make([]int32, len(l.known))
	l.nodes = make([]node, len(l.at)+1)
	steps := slices.Sorted(maps.Keys(l.trie))
	for n := range l.at {
		for ; len(steps) > 0 && int(steps[0]>>32) == n; steps = steps[1:] {
			if word, to := int32(steps[0]), l.trie[steps[0]]; n == 0 {
				l.root[word] = to
			} else {
				l.edges = append(l.edges, edge{word, to})
			}
		}
		l.phrases = append(l.phrases, l.at[n]...)
		l.nodes[n+1] = node{int32(len(l.edges)), int32(len(l.phrases))}
	}
}
