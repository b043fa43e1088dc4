package extract

import (
	"embed"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

//go:embed lexicon/*.txt
var lexiconFS embed.FS

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
	ends    [][]phrase       // by node: the phrases that end there
	root    []int32          // by word: the node that it leads to from the root, 0 for none
	next    []edge           // the other edges, by node and then by word
	first   []int32          // by node: its first edge in next
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

// edge leads from a node of the trie over a word to another.
type edge struct{ word, node int32 }

// step gives the node that a word leads to, 0 when there is none; the root is 0.
func (l *lexicon) step(node, word int32) int32 {
	if node == 0 {
		return l.root[word]
	}
	edges := l.next[l.first[node]:l.first[node+1]]
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

// lex is read from the embedded files once. A file that cannot be read is our
// own bug and stops the program.
var lex = sync.OnceValue(loadLexicon)

func loadLexicon() *lexicon {
	l := &lexicon{
		words: map[string]int32{}, known: []word{{}}, ends: make([][]phrase, 1),
		chinese: map[string]bool{}, leaders: map[string]leader{}, byPart: map[string]leader{},
		bySound: map[string][]*listed{}, given: map[string]string{}, styles: map[string][]*style{},
	}
	trie := map[uint64]int32{} // node<<32 | word -> node
	add := func(text string, p phrase) { l.add(trie, text, p) }
	list := func(file string, add func(key string, rest []string)) {
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
	phrases := func(file string, c class, capital bool) {
		list(file, func(key string, rest []string) {
			alt := ""
			if c == classTrigger {
				key, alt, _ = strings.Cut(key, " ")
			}
			for p := range strings.SplitSeq(rest[0], ";") {
				p = strings.TrimSpace(p)
				add(p, phrase{class: c, arg: key, alt: alt, capital: capital})
				if c != classGroup {
					continue
				}
				for _, digit := range []string{"hai 2", "ba 3"} { // "2 bên", "lãnh đạo 2 nước"
					word, n, _ := strings.Cut(digit, " ")
					if with := strings.Replace(" "+p, " "+word+" ", " "+n+" ", 1); with != " "+p {
						add(with, phrase{class: c, arg: key})
					}
				}
			}
		})
	}
	phrases("titles.txt", classTitle, false)
	l.deputies(add)
	phrases("honorifics.txt", classHonorific, false)
	phrases("countries.txt", classCountry, true)
	phrases("regions.txt", classRegion, true)
	phrases("orgs.txt", classOrg, true)
	phrases("groups.txt", classGroup, false)
	phrases("triggers.txt", classTrigger, false)
	phrases("says.txt", classSay, false)
	phrases("acts.txt", classAct, false)
	phrases("attend.txt", classAttend, false)
	phrases("topics.txt", classTopic, false)
	phrases("measures.txt", classMeasure, false)
	phrases("occasions.txt", classOccasion, false)
	phrases("loose.txt", classLoose, false)
	phrases("sports.txt", classSport, false)
	list("fields.txt", func(key string, rest []string) {
		c := classField
		if key == "orghead" {
			c = classOrgHead
		}
		for p := range strings.SplitSeq(rest[0], ";") {
			add(strings.TrimSpace(p), phrase{class: c, arg: key})
		}
	})
	list("cities.txt", func(key string, rest []string) {
		for p := range strings.SplitSeq(rest[0], ";") {
			name, alt, _ := strings.Cut(strings.TrimSpace(p), "=")
			add(name, phrase{class: classCity, arg: key, alt: alt, capital: true})
		}
	})
	list("venues.txt", func(key string, rest []string) {
		for p := range strings.SplitSeq(rest[1], ";") {
			add(strings.TrimSpace(p), phrase{class: classVenue, arg: rest[0], alt: key})
		}
	})
	for w := range strings.FieldsSeq("ngày tuần hôm mùng mồng rạng sáng chiều tối trưa đêm khuya từ tháng năm cùng thứ chủ") {
		l.known[l.word(w)].dates = true
	}
	list("surnames.txt", func(key string, rest []string) {
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
	l.loadPeople(list)
	l.freeze(trie)
	return l
}

// deputies adds to every office that takes a portfolio or is an envoy's the one of
// a deputy: "Phó Tổng Công tố", "Phó Trưởng đại diện".
func (l *lexicon) deputies(add func(string, phrase)) {
	known := map[string]bool{}
	var of []phrase
	for _, ends := range l.ends {
		for _, p := range ends {
			known[p.key] = true
			if p.arg[0] >= '3' && strings.ContainsAny(p.arg, "pe") && !strings.HasPrefix(p.key, "phó ") {
				of = append(of, p)
			}
		}
	}
	for _, p := range of {
		if key := "phó " + p.key; !known[key] {
			add(key, phrase{class: classTitle, arg: "4" + p.arg[1:]})
		}
	}
}

// word gives the number of a word, adding it when it is new.
func (l *lexicon) word(s string) int32 {
	key := keyOf(s)
	if l.words[key] == 0 {
		l.words[key] = int32(len(l.known))
		l.known = append(l.known, word{key: key, syllable: vietnamese(key)})
	}
	return l.words[key]
}

func (l *lexicon) add(trie map[uint64]int32, text string, p phrase) {
	toks := tokenize(nil, text, nil)
	if len(toks) == 0 {
		panic("BUG: extract: empty phrase in the lexicon")
	}
	node := int32(0)
	for _, t := range toks {
		step := uint64(node)<<32 | uint64(l.word(text[t.start:t.end]))
		if trie[step] == 0 {
			trie[step] = int32(len(l.ends))
			l.ends = append(l.ends, nil)
		}
		node = trie[step]
	}
	p.words, p.key = uint8(len(toks)), strings.ToLower(text)
	if p.class == classTitle {
		p.office = officeKey(p.key)
	}
	p.capital = p.capital && toks[0].shape == capital
	l.ends[node] = append(l.ends[node], p)
}

// freeze lays out the trie for [lexicon.step], when all phrases and words are in.
func (l *lexicon) freeze(trie map[uint64]int32) {
	l.root = make([]int32, len(l.known))
	steps := slices.Sorted(maps.Keys(trie))
	l.first = make([]int32, len(l.ends)+1)
	node := 0
	for _, s := range steps {
		from, word := int(s>>32), int32(s)
		if from == 0 {
			l.root[word] = trie[s]
			continue
		}
		for ; node < from; node++ {
			l.first[node+1] = int32(len(l.next))
		}
		l.next = append(l.next, edge{word, trie[s]})
	}
	for ; node < len(l.ends); node++ {
		l.first[node+1] = int32(len(l.next))
	}
}

// token is a word, a number or one mark of punctuation; offsets are bytes into
// the paragraph.
type token struct {
	start, end int32
	word       int32  // number in the lexicon, 0 when it is in no phrase
	num        int32  // value of a number of up to four digits, else -1
	mark       uint16 // of the text that [text.is] compares, see markOf
	shape      shape
	tight      bool   // nothing stands between it and the token before
	begins     uint32 // one bit for each class of which a phrase begins here
}

// markOf tells most words apart without a look at all their letters.
func markOf(s string) uint16 { return uint16(s[0])<<8 | uint16(s[len(s)-1]) }

type shape uint8

const (
	lower   shape = iota // a word in lower case
	capital              // a word that begins with a capital
	number
	punct
)

// tokenize appends the tokens of text to dst. Words that a source ran together
// ("ChínhChủ tịch") are parted where a capital follows a small letter, unless
// the first part is a prefix of names ("McKinley").
func tokenize(dst []token, text string, l *lexicon) []token {
	prevEnd := -1
	emit := func(start, end int, sh shape) {
		n := len(dst)
		dst = append(dst, token{start: int32(start), end: int32(end), num: -1, shape: sh, tight: start == prevEnd})
		prevEnd = end
		if l == nil || l.look(&dst[n], text) || sh > capital || end-start < 6 {
			return
		}
		if cut := start + l.cut(text[start:end]); cut > start && (sh == lower || shouted(text[start:cut]) || !nameGoesOn(text[end:]) || l.joins(text[start:end], cut-start)) {
			dst[n].end = int32(cut)
			dst = append(dst, token{start: int32(cut), end: int32(end), num: -1, shape: lower})
			l.look(&dst[n], text)
			l.look(&dst[n+1], text)
		}
	}
	for i := 0; i < len(text); {
		if text[i] == ' ' {
			i++
			continue
		}
		r, n := decode(text, i)
		start := i
		i += n
		switch {
		case unicode.IsSpace(r):
			continue
		case r >= '0' && r <= '9':
			for i < len(text) && text[i] >= '0' && text[i] <= '9' {
				i++
			}
			emit(start, i, number)
			continue
		case !isLetter(r):
			emit(start, i, punct)
			continue
		}
		sh := lower
		if isUpper(r) {
			sh = capital
		}
		prev := r
		for i < len(text) {
			r, n := decode(text, i)
			if (r == '\'' || r == '’') && i+n < len(text) {
				if after, _ := utf8.DecodeRuneInString(text[i+n:]); isLetter(after) {
					i += n
					prev = r
					continue
				}
			}
			if !isLetter(r) {
				break
			}
			if isUpper(r) && isLower(prev) && glued(text[start:i]) {
				emit(start, i, sh)
				start, sh = i, capital
			}
			prev = r
			i += n
		}
		emit(start, i, sh)
	}
	return dst
}

// look looks a token of text up, and reports whether it is a word of the lexicon.
func (l *lexicon) look(t *token, text string) bool {
	// Most words are in lower case and no older spelling: they are their own key.
	w := text[t.start:t.end]
	t.mark = markOf(w)
	if t.shape != capital {
		t.word = l.words[w]
	}
	if t.word == 0 && (t.shape == capital || w[len(w)-1] >= 0x80 || len(w) > 2 && w[1] == '\'') {
		var buf [48]byte
		key := wordKey(buf[:0], w)
		t.word = l.words[string(key)]
		if t.shape == capital {
			t.mark = markOf(string(key))
		}
	}
	if t.shape == number && len(w) <= 4 {
		t.num = 0
		for _, c := range []byte(w) {
			t.num = t.num*10 + int32(c-'0')
		}
	}
	return t.word > 0
}

// decode gives the character at byte i of text and its length.
func decode(text string, i int) (rune, int) {
	if c := text[i]; c < utf8.RuneSelf {
		return rune(c), 1
	}
	return utf8.DecodeRuneInString(text[i:])
}

// number gives the number of a word, 0 when no list has it.
func (l *lexicon) number(s string) int32 {
	var buf [32]byte
	return l.words[string(wordKey(buf[:0], s))]
}

// cut finds where a source ran two words of small letters together
// ("thămvà", "Đoànđại"): both are words of the lexicon, and the whole cannot be
// one syllable. It gives the byte offset of the second word, or 0. Only words
// with a Vietnamese letter are cut: names in other languages have none.
func (l *lexicon) cut(s string) int {
	own := false
	for _, r := range s {
		own = own || r >= 0x80 && (r >= 0x1EA0 && r <= 0x1EF9 || strings.ContainsRune("ăâđêôơưĂÂĐÊÔƠƯ", r) || strings.ContainsRune("àèìòùãẽĩõũ", r))
	}
	if !own || vietnamese(s) {
		return 0
	}
	if i := strings.IndexFunc(s, isLower); i >= 3 && vietnamese(s[i:]) && l.number(s[i:]) > 0 && isUpper(rune(s[0])) {
		return i // "UBNDtỉnh", "TP.HCMđến"
	}
	for i := range s {
		if i >= 2 && len(s)-i >= 2 && vietnamese(s[:i]) && vietnamese(s[i:]) && l.number(s[:i]) > 0 && l.number(s[i:]) > 0 {
			return i
		}
	}
	return 0
}

// joins reports whether the two words that stand together in s begin a phrase, or
// the second is one: "Thủtướng", "Lâmgặp", not "Hôxê", a name in Vietnamese
// spelling.
func (l *lexicon) joins(s string, cut int) bool {
	first, second := l.step(0, l.number(s[:cut])), l.number(s[cut:])
	return first > 0 && l.step(first, second) > 0 || len(l.ends[l.step(0, second)]) > 0
}

// nameGoesOn reports whether the next word begins with a capital letter.
func nameGoesOn(rest string) bool {
	if len(rest) < 2 || rest[0] != ' ' {
		return false
	}
	r, _ := utf8.DecodeRuneInString(rest[1:])
	return isUpper(r)
}

// letters tells of every character up to the last Vietnamese one what package
// unicode tells of it: most of a text is looked up here.
var letters = func() (table [0x1F00]struct {
	lower, base  rune
	letter       bool // or a mark on one
	upper, small bool
}) {
	for r := range table {
		r := rune(r)
		x := &table[r]
		x.lower, x.upper, x.small = unicode.ToLower(r), unicode.IsUpper(r), unicode.IsLower(r)
		x.letter = unicode.IsLetter(r) || unicode.Is(unicode.Mn, r)
		x.base = 'w'
	}
	for base, marked := range baseLetters {
		for _, r := range marked {
			table[r].base, table[unicode.ToUpper(r)].base = base, base
		}
	}
	return table
}()

func isLetter(r rune) bool {
	if r < rune(len(letters)) {
		return letters[r].letter
	}
	return unicode.IsLetter(r) || unicode.Is(unicode.Mn, r)
}

// shouted reports whether a word has no small letter: "UBND".
func shouted(s string) bool {
	for _, r := range s {
		if isLower(r) {
			return false
		}
	}
	return true
}

func isUpper(r rune) bool {
	if r < rune(len(letters)) {
		return letters[r].upper
	}
	return unicode.IsUpper(r)
}

func isLower(r rune) bool {
	if r < rune(len(letters)) {
		return letters[r].small
	}
	return unicode.IsLower(r)
}

func toLower(r rune) rune {
	if r < rune(len(letters)) {
		return letters[r].lower
	}
	return unicode.ToLower(r)
}

// glued reports whether a capital after the word part begins a new word.
func glued(part string) bool {
	switch part {
	case "Mc", "Mac", "De", "Di", "Du", "La", "Le", "Van", "Von", "Fitz", "O", "Mi", "i", "e":
		return false
	}
	return utf8.RuneCountInString(part) > 1
}

// oldTone moves a tone mark from the second vowel, where older spelling puts
// it ("hoà", "uỷ", "thuý"), to the first. Only for keys: both spellings are in
// use and mean the same word.
var oldTone = map[string]string{
	"oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa",
	"oè": "òe", "oé": "óe", "oẻ": "ỏe", "oẽ": "õe", "oẹ": "ọe",
	"uỳ": "ùy", "uý": "úy", "uỷ": "ủy", "uỹ": "ũy", "uỵ": "ụy",
}

// keyOf gives the form in which words are compared: lower case, one place for the
// tone mark, one letter đ.
func keyOf(s string) string {
	var buf [48]byte
	if key := wordKey(buf[:0], s); string(key) != s {
		return string(key)
	}
	return s
}

// wordKey appends the key of a word.
func wordKey(dst []byte, s string) []byte {
	from := len(dst)
	for _, r := range s {
		switch {
		case r < 0x80:
			if r >= 'A' && r <= 'Z' {
				r += 'a' - 'A'
			}
			dst = append(dst, byte(r))
			continue
		case r == 'Ð' || r == 'ð':
			r = 'đ'
		case r == '–' || r == '—':
			r = '-'
		case r == '’':
			r = '\''
		}
		dst = utf8.AppendRune(dst, toLower(r))
	}
	if n := len(dst); n >= from+3 && dst[n-1] >= 0x80 {
		_, size := utf8.DecodeLastRune(dst)
		if n-size > from && (dst[n-size-1] == 'o' || dst[n-size-1] == 'u') {
			if moved, ok := oldTone[string(dst[n-size-1:])]; ok {
				dst = append(dst[:n-size-1], moved...)
			}
		}
	}
	return dst
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
		if toks[i].word == 0 {
			continue
		}
		at := len(hits)
		node := int32(0)
		for j := i; j < len(toks) && toks[j].word != 0; j++ {
			if node = l.step(node, toks[j].word); node == 0 {
				break
			}
			for e := range l.ends[node] {
				p := &l.ends[node][e]
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
		for e := range l.ends[node] {
			if p := &l.ends[node][e]; p.class == c {
				best = &hit{i, j + 1, p}
			}
		}
	}
	return best
}

// vietnamese reports whether a word can be a Vietnamese syllable: an onset, a
// run of vowels and a coda. Names in other languages mostly cannot.
func vietnamese(s string) bool {
	var buf [32]byte
	b := buf[:0]
	for _, r := range s {
		if r >= 0x80 {
			r = baseLetter(r)
		}
		if r >= 'A' && r <= 'Z' {
			r += 'a' - 'A'
		}
		if r >= 0x80 || len(b) == len(buf) {
			return false
		}
		b = append(b, byte(r))
	}
	i := 0
	for i < len(b) && !isVowel(b[i]) {
		i++
	}
	switch string(b[:i]) {
	case "", "b", "c", "ch", "d", "g", "gh", "h", "k", "kh", "l", "m", "n", "ng", "ngh", "nh", "p", "ph", "q", "r", "s", "t", "th", "tr", "v", "x":
	default:
		return false
	}
	j := i
	for j < len(b) && isVowel(b[j]) {
		j++
	}
	switch string(b[j:]) {
	case "", "c", "ch", "m", "n", "ng", "nh", "p", "t":
		return j > i && j-i <= 3
	}
	return false
}

func isVowel(c byte) bool {
	return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y'
}

// baseLetter strips the marks of a Vietnamese letter, and gives a letter that
// no Vietnamese word has for one that is none.
func baseLetter(r rune) rune {
	if r < rune(len(letters)) {
		return letters[r].base
	}
	return 'w'
}

// baseLetters names for every vowel, and for đ, the letters it is with marks.
var baseLetters = map[rune]string{
	'a': "àáảãạăằắẳẵặâầấẩẫậ", 'e': "èéẻẽẹêềếểễệ", 'i': "ìíỉĩị", 'o': "òóỏõọôồốổỗộơờớởỡợ",
	'u': "ùúủũụưừứửữự", 'y': "ỳýỷỹỵ", 'd': "đð",
}

func set(words string) map[string]bool {
	m := map[string]bool{"": true}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}
