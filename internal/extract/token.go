package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

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
			if c := text[i]; c >= 'a' && c <= 'z' { // most are
				prev = rune(c)
				i++
				continue
			}
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
	return first > 0 && l.step(first, second) > 0 || len(l.ends(l.step(0, second))) > 0
}

// nameGoesOn reports whether the next word begins with a capital letter.
func nameGoesOn(rest string) bool {
	if len(rest) < 2 || rest[0] != ' ' {
		return false
	}
	r, _ := utf8.DecodeRuneInString(rest[1:])
	return isUpper(r)
}
