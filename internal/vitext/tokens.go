package vitext

import (
	"bytes"
	"slices"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Token is a syllable, word or number with the keys by which it is found.
type Token struct {
	Start, End int // bytes of the text it was read from

	// Exact is the key with marks, Folded the one without. Both are in lower
	// case and normalised; they are valid until the next call of Scan.
	Exact, Folded []byte

	Marked bool // a tone or vowel mark, or đ, was written
	Number bool
}

// Scanner reads the tokens of a text in one pass. Its zero value is ready for
// Reset. It allocates nothing for Vietnamese and plain Latin words.
//
// A token is a run of letters, digits and combining marks. Zero-width
// characters inside it are passed over; everything else, hyphens and dashes
// among it, divides. The keys are made alike for spellings that mean the same:
//
//   - letters typed as one character or with combining marks in any order
//     (NFC, NFD, and "ò" followed by a circumflex); Ð and ð (U+00D0, U+00F0)
//     as Đ and đ;
//   - the tone mark in one place: hoà is hòa, thuỷ is thủy, tòan is toàn;
//   - y as i where it is the whole rhyme: kỹ is kĩ, quý is quí; not in hay;
//   - numbers with a decimal point and without thousands marks: 1,5 is 1.5 and
//     1.500.000 is 1500000.
//
// Words that a lost line break ran together are divided where a small letter
// meets a capital, both sides can be Vietnamese syllables and one carries a
// mark: ChínhChủ is two tokens, iPhone is one. TƯ among small letters is read
// as T.Ư, "trung ương": two tokens, as in the word's other spelling; the
// syllable tư is never written so but in a line of capitals.
//
//	var s vitext.Scanner
//	for s.Reset("Hoà bình"); s.Scan(); {
//		fmt.Println(s.Start, s.End, string(s.Exact), string(s.Folded))
//	}
//	// 0 4 hòa hoa
//	// 5 10 bình binh
type Scanner struct {
	Token

	text  string
	pos   int
	plain int // up to here a point or comma divides numbers

	units   []unit
	piece   int   // first unit of the next piece
	cuts    []int // where the pieces of a glued word end, the last excepted
	foreign bool  // the word has letters or marks that Vietnamese does not use
	caps    bool  // the token before is in capitals, more than one
	exact   []byte
	folded  []byte
}

// MaxKeyRunes bounds a key: letters after so many are not looked at.
const MaxKeyRunes = 64

// unit is one letter of a word with the marks that belong to it.
type unit struct {
	letter rune // lower case, with its vowel mark, without its tone: ô for Ộ
	base   byte // without any mark: o; 0 when it is not ASCII
	tone   byte
	upper  bool
	marked bool
	start  int32
	end    int32
}

// The tones, in the order of the letters in toned and of the Telex keys f s r x j.
const (
	flat  = iota
	deep  // huyền
	sharp // sắc
	ask   // hỏi
	tumble
	heavy // nặng
)

const (
	zwFirst, zwLast = '\u200B', '\u200D'
	wordJoiner      = '\u2060'
	byteOrderMark   = '\uFEFF'
	softHyphen      = '\u00AD'
	kelvin          = '\u212A'

	// From the hyphen to the hyphenation point, all dashes, quotation marks and
	// dots.
	firstDash, lastDot = '\u2010', '\u2027'
	// The block of combining marks that Vietnamese letters take.
	firstMark, lastMark = '\u0300', '\u036F'
)

// letter is what the table knows of a character.
type letter struct {
	r      rune // 0: not a letter of the table
	base   byte
	tone   byte
	upper  bool
	marked bool
}

// toned spells out every vowel with every tone, flat first.
var toned = [...]string{
	"aàáảãạ", "ăằắẳẵặ", "âầấẩẫậ", "eèéẻẽẹ", "êềếểễệ", "iìíỉĩị",
	"oòóỏõọ", "ôồốổỗộ", "ơờớởỡợ", "uùúủũụ", "ưừứửữự", "yỳýỷỹỵ",
}

// table holds ASCII letters and digits and every Vietnamese letter.
// withTone gives a vowel its tone: withTone[ô][heavy] is ộ.
var table, withTone = func() (t [0x1EFA]letter, w ['ư' + 1][6]rune) {
	for r := 'a'; r <= 'z'; r++ {
		t[r] = letter{r: r, base: byte(r)}
		t[r-'a'+'A'] = letter{r: r, base: byte(r), upper: true}
	}
	for r := '0'; r <= '9'; r++ {
		t[r] = letter{r: r, base: byte(r)}
	}
	for _, r := range "đð" {
		t[r] = letter{r: 'đ', base: 'd', marked: true}
		t[unicode.ToUpper(r)] = letter{r: 'đ', base: 'd', marked: true, upper: true}
	}
	for _, row := range toned {
		var six [6]rune
		tone := byte(0)
		var plain rune
		for _, r := range row {
			if tone == 0 {
				plain = r
			}
			base := norm.NFD.String(string(r))[0]
			l := letter{r: plain, base: base, tone: tone, marked: r != rune(base)}
			t[r] = l
			l.upper = true
			t[unicode.ToUpper(r)] = l
			six[tone] = r
			tone++
		}
		w[plain] = six
	}
	return t, w
}()

// Reset begins a new text.
func (s *Scanner) Reset(text string) {
	s.text, s.pos, s.plain, s.piece, s.caps = text, 0, 0, 0, false
	s.units, s.cuts = s.units[:0], s.cuts[:0]
}

// Scan reads the next token and reports whether there was one.
func (s *Scanner) Scan() bool {
	if s.piece > 0 {
		s.nextPiece()
		return true
	}
	for s.pos < len(s.text) {
		c := s.text[s.pos]
		if c < utf8.RuneSelf {
			if table[c].r == 0 {
				s.pos++
				continue
			}
			if c <= '9' && s.number() {
				return true
			}
			s.word()
			return true
		}
		r, n := utf8.DecodeRuneInString(s.text[s.pos:])
		if wordRune(r) && !unicode.IsMark(r) && !zeroWidth(r) {
			s.word()
			return true
		}
		s.pos += n
	}
	return false
}

// number reads digits with points and commas between them. It declines when
// letters follow, as in 10h30 and 5G.
func (s *Scanner) number() bool {
	end, groups, thousands := s.pos, 1, true
	last := s.pos // where the current group begins
	for ; end < len(s.text); end++ {
		c := s.text[end]
		if isDigit(c) {
			continue
		}
		if (c != '.' && c != ',') || end+1 == len(s.text) || !isDigit(s.text[end+1]) || s.pos < s.plain {
			break
		}
		if groups > 1 && end-last != 3 || groups == 1 && (end-last > 3 || s.text[last] == '0') {
			thousands = false
		}
		groups++
		last = end + 1
	}
	if groups > 1 && end-last != 3 {
		thousands = false
	}
	first := s.pos
	if groups == 1 {
		if r, _ := utf8.DecodeRuneInString(s.text[end:]); wordRune(r) {
			return false
		}
	} else if groups > 2 && !thousands {
		// 26.1.2026 is three numbers.
		s.plain = end
		end = first
		for isDigit(s.text[end]) {
			end++
		}
	}
	s.exact = s.exact[:0]
	for i := first; i < end && len(s.exact) < MaxKeyRunes; i++ {
		switch c := s.text[i]; {
		case isDigit(c):
			s.exact = append(s.exact, c)
		case !thousands:
			s.exact = append(s.exact, '.')
		}
	}
	s.folded = append(s.folded[:0], s.exact...)
	s.caps = false
	s.Token = Token{Start: first, End: end, Exact: s.exact, Folded: s.folded, Number: true}
	s.pos = end
	return true
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func zeroWidth(r rune) bool {
	return zwFirst <= r && r <= zwLast || r == wordJoiner || r == byteOrderMark || r == softHyphen
}

// wordRune reports whether r continues a word.
func wordRune(r rune) bool {
	switch {
	case r < rune(len(table)) && table[r].r != 0:
		return true
	case r < utf8.RuneSelf || firstDash <= r && r <= lastDot:
		return false // at once, because these are in every sentence
	case firstMark <= r && r <= lastMark:
		return true
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || zeroWidth(r)
}

// word reads a run of letters, digits and marks and gives its first piece.
func (s *Scanner) word() {
	start, end := s.pos, s.pos
	s.units, s.cuts, s.piece, s.foreign = s.units[:0], s.cuts[:0], 0, false
	uppers, borders := 0, false
	i := s.pos
	for i < len(s.text) {
		r, n := rune(s.text[i]), 1
		if r >= utf8.RuneSelf {
			if r, n = utf8.DecodeRuneInString(s.text[i:]); r == kelvin {
				r = 'K' // the same letter in every normal form
			}
		}
		if r < rune(len(table)) && table[r].r != 0 {
			l := &table[r]
			if l.upper {
				borders = borders || uppers < len(s.units)
				uppers++
			}
			s.units = append(s.units, unit{l.r, l.base, l.tone, l.upper, l.marked, int32(i), int32(i + n)})
		} else if !wordRune(r) {
			break
		} else if zeroWidth(r) {
			i += n
			continue
		} else if !s.mark(r, i+n) {
			s.foreign = true
		}
		i += n
		end = i
	}
	s.pos = i
	if s.foreign {
		s.foreignWord(start, end)
		return
	}
	if borders {
		s.cut()
	}
	caps := uppers > 1 && uppers == len(s.units)
	if caps && !s.caps && s.isCentral() && !s.capitalsNext() {
		s.cuts = append(s.cuts, 1)
	}
	s.caps = caps
	s.nextPiece()
}

// isCentral reports whether the word in s.units is tư.
func (s *Scanner) isCentral() bool {
	return len(s.units) == 2 && s.units[0].letter == 't' && s.units[1].letter == 'ư' && s.units[1].tone == flat
}

// capitalsNext reports whether the next word begins with two capitals.
func (s *Scanner) capitalsNext() bool {
	n := 0
	for _, r := range s.text[s.pos:] {
		switch {
		case unicode.IsUpper(r):
			if n++; n == 2 {
				return true
			}
		case unicode.IsMark(r) || zeroWidth(r):
		case unicode.IsLetter(r) || unicode.IsDigit(r) || n > 0:
			return false
		}
	}
	return false
}

// mark adds a combining mark to the letter before it and reports whether
// Vietnamese writes that letter so.
func (s *Scanner) mark(r rune, end int) bool {
	if len(s.units) == 0 {
		return false
	}
	u := &s.units[len(s.units)-1]
	tone := byte(0)
	switch r {
	case '\u0300', '\u0340': // U+0340 and U+0341 are old doubles
		tone = deep
	case '\u0301', '\u0341':
		tone = sharp
	case '\u0309':
		tone = ask
	case '\u0303':
		tone = tumble
	case '\u0323':
		tone = heavy
	}
	u.end = int32(end)
	if tone != 0 {
		if u.tone != 0 || !isVowel(u.base) {
			return false
		}
		u.tone, u.marked = tone, true
		return true
	}
	var to rune
	switch {
	case r == '\u0302' && u.letter == 'a':
		to = 'â'
	case r == '\u0302' && u.letter == 'e':
		to = 'ê'
	case r == '\u0302' && u.letter == 'o':
		to = 'ô'
	case r == '\u0306' && u.letter == 'a':
		to = 'ă'
	case r == '\u031B' && u.letter == 'o':
		to = 'ơ'
	case r == '\u031B' && u.letter == 'u':
		to = 'ư'
	default:
		return false
	}
	u.letter, u.marked = to, true
	return true
}

func isVowel(base byte) bool {
	switch base {
	case 'a', 'e', 'i', 'o', 'u', 'y':
		return true
	}
	return false
}

// foreignWord makes the keys of a word that needs the whole of Unicode.
func (s *Scanner) foreignWord(start, end int) {
	s.caps = false
	word := make([]byte, 0, end-start)
	for _, r := range s.text[start:end] {
		switch {
		case zeroWidth(r):
		case r == 'ð', r == 'Ð':
			word = append(word, "đ"...)
		default:
			word = utf8.AppendRune(word, r)
		}
	}
	exact := []rune(string(norm.NFC.Bytes(bytes.ToLower(norm.NFC.Bytes(word)))))
	exact = exact[:min(len(exact), MaxKeyRunes)]
	s.exact = append(s.exact[:0], norm.NFC.String(string(exact))...)
	s.folded = append(s.folded[:0], Fold(string(s.exact))...)
	s.Token = Token{Start: start, End: end, Exact: s.exact, Folded: s.folded, Marked: string(s.exact) != string(s.folded)}
	s.units = s.units[:0]
}

// cut finds where a glued word is to be divided.
func (s *Scanner) cut() {
	from := 0
	for i := 1; i < len(s.units); i++ {
		if !s.units[i].upper || s.units[i-1].upper {
			continue
		}
		next := i + 1
		for next < len(s.units) && (!s.units[next].upper || s.units[next-1].upper) {
			next++
		}
		left, right := s.units[from:i], s.units[i:next]
		if validSyllable(left) && validSyllable(right) && (anyMarked(left) || anyMarked(right)) {
			s.cuts = append(s.cuts, i)
			from = i
		}
	}
}

func anyMarked(units []unit) bool {
	for i := range units {
		if units[i].marked {
			return true
		}
	}
	return false
}

// nextPiece makes the token of the next piece of the word in s.units.
func (s *Scanner) nextPiece() {
	end := len(s.units)
	for _, c := range s.cuts {
		if c > s.piece {
			end = c
			break
		}
	}
	units := s.units[s.piece:end]
	s.piece = end
	if end == len(s.units) {
		s.piece = 0
	}
	start, stop := int(units[0].start), int(units[len(units)-1].end)
	units = units[:min(len(units), MaxKeyRunes)]
	toned, marked, number := 0, false, true
	for i := range units {
		u := &units[i]
		marked = marked || u.marked
		number = number && isDigit(u.base)
		if u.tone != flat {
			toned++
		}
	}
	if toned == 1 {
		placeTone(units)
	}
	if n := len(units); units[n-1].letter == 'y' && bareRhyme(units) {
		units[n-1].letter, units[n-1].base = 'i', 'i'
	}
	exact, folded := s.exact[:0], s.folded[:0]
	for i := range units {
		u := &units[i]
		folded = append(folded, u.base)
		switch {
		case u.tone != flat:
			exact = utf8.AppendRune(exact, withTone[u.letter][u.tone])
		case u.letter < utf8.RuneSelf:
			exact = append(exact, u.base)
		default:
			exact = utf8.AppendRune(exact, u.letter)
		}
	}
	s.exact, s.folded = exact, folded
	s.Token = Token{Start: start, End: stop, Exact: exact, Folded: folded, Marked: marked, Number: number}
}

func appendRune(b []byte, r rune) []byte {
	if r < utf8.RuneSelf {
		return append(b, byte(r))
	}
	return utf8.AppendRune(b, r)
}

// bareRhyme reports whether the last letter is the whole rhyme: nothing or an
// onset stands before it.
func bareRhyme(units []unit) bool {
	var buf [8]byte
	b := buf[:0]
	if len(units) > 4 {
		return false
	}
	for _, u := range units[:len(units)-1] {
		b = appendRune(b, u.letter)
	}
	return len(b) == 0 || onsets[string(b)]
}

// placeTone moves the tone of a syllable to the vowel that carries it in the
// older spelling, which newspapers use (hòa, khỏe, thủy): the last vowel with
// a mark of its own; else the only one; else the second of three or of two
// before a consonant; else the first. A word of other shape is left as it is.
func placeTone(units []unit) {
	at := slices.IndexFunc(units, func(u unit) bool { return u.tone != flat })
	if at < 0 || (at == 0 || !isVowel(units[at-1].base)) && (at+1 == len(units) || !isVowel(units[at+1].base)) {
		return // most syllables have one vowel
	}
	first := 0
	for first < len(units) && !isVowel(units[first].base) {
		first++
	}
	onset := first
	// The u of qu belongs to the onset, and the i of gi when a vowel follows.
	if first > 0 && first+1 < len(units) && isVowel(units[first+1].base) {
		if before := units[first-1].base; before == 'q' && units[first].letter == 'u' ||
			before == 'g' && first == 1 && units[first].letter == 'i' && units[first+1].letter != 'ê' {
			first++
		}
	}
	last := first
	for last < len(units) && isVowel(units[last].base) {
		last++
	}
	for _, u := range units[last:] {
		switch u.base {
		case 'c', 'g', 'h', 'm', 'n', 'p', 't':
		default:
			return // no syllable ends so: Díaz, Orbán
		}
	}
	if at < onset || at >= last || last == first || last-first > 3 {
		return
	}
	to := first
	if last-first == 3 || last-first == 2 && last < len(units) {
		to = first + 1
	}
	for i := last - 1; i >= first; i-- {
		if units[i].letter != rune(units[i].base) {
			to = i
			break
		}
	}
	units[at].tone, units[to].tone = units[to].tone, units[at].tone
}
