// Package vitext is Vietnamese text: normal forms, folding, syllables and
// sentences. It knows nothing of diplomacy, files or search engines.
//
// [Scanner] reads a text token by token and gives each the keys under which a
// search finds it; [NFC], [Fold] and [Slug] work on whole strings; [Sentences]
// divides a paragraph; [SortKey] orders names; [Keystrokes] undoes typing in
// Telex or VNI. How a syllable is spelt is known by rule: there is no list of
// words.
//
// Stored text never changes. Whatever loses something (case, marks, the place
// of a tone mark) is done to keys and tokens made here, and everything that
// reports a position reports it as a byte offset into the text it was given.
package vitext

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// NFC gives s in Unicode Normalization Form C (UAX #15), the form in which
// the archive keeps text.
func NFC(s string) string { return norm.NFC.String(s) }

// Fold gives s in lower case without tone and vowel marks: "Đảng Cộng sản" is
// "dang cong san". Đ and đ have no canonical decomposition and are folded by
// hand, as are Ð and ð (U+00D0, U+00F0), which old keyboards type for them.
// Folding twice is folding once.
func Fold(s string) string {
	var room [128]byte
	return string(appendFold(slices.Grow(room[:0], len(s)), s))
}

func appendFold(dst []byte, s string) []byte {
	for _, r := range s {
		switch {
		case r < rune(len(table)) && table[r].r != 0:
			dst = append(dst, table[r].base)
		case r < utf8.RuneSelf:
			dst = append(dst, byte(r))
		case unicode.Is(unicode.Mn, r):
		default:
			for _, d := range norm.NFD.String(string(r)) {
				if !unicode.Is(unicode.Mn, d) {
					dst = utf8.AppendRune(dst, unicode.ToLower(d))
				}
			}
		}
	}
	return dst
}

// Slug gives a folded name with hyphens for use in a URL: "Miguel Díaz-Canel"
// is "miguel-diaz-canel". It is empty when s has no letter or digit.
func Slug(s string) string {
	var room [64]byte
	return string(AppendSlug(room[:0], s))
}

// AppendSlug appends what [Slug] gives.
func AppendSlug(dst []byte, s string) []byte {
	var room [128]byte
	from, gap := len(dst), false
	for _, r := range string(appendFold(room[:0], s)) {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			gap = len(dst) > from
			continue
		}
		if gap {
			dst = append(dst, '-')
			gap = false
		}
		dst = utf8.AppendRune(dst, r)
	}
	return dst
}

// abbreviations end in a full stop that does not end a sentence. A single
// capital letter ("Antony J. Blinken", "D.C.") needs no entry.
var abbreviations = map[string]bool{
	"TP": true, "Tp": true, "tp": true, "TX": true, "Q": true, "P": true,
	"T.Ư": true, "TS": true, "ThS": true, "Ths": true, "GS": true, "PGS": true, "BS": true,
	"KTS": true, "St": true, "Mr": true, "Mrs": true, "Ms": true, "Dr": true, "Jr": true,
	"No": true, "Vol": true, "tr": true, "v.v": true, "Tr": true, "Th": true,
}

// bracketBytes is how far a bracket may reach, in bytes. One that is not closed
// by then is a slip of the source and must not swallow the rest.
const bracketBytes = 400

// Sentences gives the byte offset at which each sentence of a paragraph
// begins; the first is 0. A sentence ends at "." "!" "?" or "…", with the
// closing quotes and brackets that follow, when white space comes next and
// then a capital letter, a digit, an opening quote or bracket. A full stop
// after an abbreviation or a single capital letter ends nothing, nor does one
// inside brackets opened in the same sentence. A line break ends a sentence.
// The result is kept with each stored version, because permanent links count
// by it.
func Sentences(text string) []int {
	starts := []int{0}
	depth := 0
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		at := i
		i += n
		switch r {
		case '(', '[':
			if strings.ContainsAny(text[i:min(len(text), i+bracketBytes)], ")]") {
				depth++
			}
			continue
		case ')', ']':
			depth = max(0, depth-1)
			continue
		case '\n':
			depth = 0
			if rest := strings.TrimLeftFunc(text[i:], unicode.IsSpace); rest != "" {
				i = len(text) - len(rest)
				starts = append(starts, i)
			}
			continue
		case '.', '!', '?', '…':
		default:
			continue
		}
		j := i
		for j < len(text) {
			r, n := utf8.DecodeRuneInString(text[j:])
			if !strings.ContainsRune(".!?…”’»\"')]", r) {
				break
			}
			if r == ')' || r == ']' {
				depth = max(0, depth-1)
			}
			j += n
		}
		i = j
		next := strings.TrimLeftFunc(text[j:], unicode.IsSpace)
		if next == "" || len(next) == len(text)-j || depth > 0 {
			continue
		}
		first, _ := utf8.DecodeRuneInString(next)
		if !unicode.IsUpper(first) && !unicode.IsDigit(first) && !strings.ContainsRune("“‘«\"'([-–", first) {
			continue
		}
		if r == '.' && j == at+1 && abbreviated(text[:at]) {
			continue
		}
		i = len(text) - len(next)
		starts = append(starts, i)
	}
	return starts
}

// abbreviated reports whether a full stop after before belongs to a word.
func abbreviated(before string) bool {
	word := before
	if i := strings.LastIndexFunc(before, unicode.IsSpace); i >= 0 {
		_, n := utf8.DecodeRuneInString(before[i:])
		word = before[i+n:]
	}
	word = strings.TrimLeft(word, "(\"“[‘'")
	if i := strings.LastIndexByte(word, '.'); abbreviations[word] || i > 0 && abbreviations[word[i+1:]] && abbreviated(word[:i]) {
		return true // also "PGS.TS."
	}
	last, n := utf8.DecodeLastRuneInString(word)
	rest := word[:len(word)-n]
	return unicode.IsUpper(last) && (rest == "" || strings.HasSuffix(rest, "."))
}
