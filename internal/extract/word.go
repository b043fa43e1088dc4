package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

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

// appendLower appends s in small letters.
func appendLower(dst []byte, s string) []byte {
	for _, r := range s {
		dst = utf8.AppendRune(dst, toLower(r))
	}
	return dst
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
