package extract

import (
	"strings"

	"vankho/internal/vitext"
)

// degrees are academic degrees and professions that stand shortened before a
// name.
var degrees = map[string]bool{"TS": true, "GS": true, "PGS": true, "TSKH": true, "ThS": true, "BS": true, "LS": true, "KTS": true, "Ths": true, "Dr": true, "Mr": true, "Mrs": true, "Ms": true}

// degree gives the token after degrees at token i ("PGS.TS.", "GS. TS"), or i.
func (t *text) degree(i int) int {
	for i < len(t.toks) && t.toks[i].shape == capital && degrees[t.word(i)] {
		if i++; t.is(i, ".", ",") && i+1 < len(t.toks) && (degrees[t.word(i+1)] || t.is(i, ".")) {
			i++
		}
	}
	return i
}

// degrees reports whether token i is an abbreviation of a rank that stands
// between a name and the office: "TVTU", "UVBCH".
func (t *text) degrees(i int) bool {
	w := t.word(i)
	return len(w) > 2 && shouted(w) && t.toks[i].shape == capital && t.at(i, classTitle) == nil && t.is(i+1, ",") && t.at(i+2, classTitle) != nil
}

var particles = map[string]bool{
	"da": true, "de": true, "do": true, "dos": true, "del": true, "della": true, "di": true, "van": true, "von": true,
	"der": true, "den": true, "bin": true, "ibni": true, "binti": true, "ibn": true, "al": true, "el": true, "la": true, "ben": true,
	"af": true, "ter": true, "du": true, "le": true, "y": true, "ul": true, "bint": true, "e": true, "das": true, "ud": true, "ur": true, "zu": true,
	"ap": true, "op": true, "ten": true, "bte": true, "ash": true, "as": true, "ar": true, "ad": true, "an": true, "az": true, "abu": true, "đa": true, "đê": true,
	"đi": true, "đơ": true,
}

// nameAt gives the end of the name that begins at token i, or i when there is
// none, and whether it is built like a Vietnamese name: a family name and one
// to three syllables. A strict name stands without a title before it, so it
// must be such a name or have a syllable that no Vietnamese word has.
func (t *text) nameAt(l *lexicon, i int, strict bool) (end int, native bool) {
	if end := t.leaderLikeBody(l, i); end > i {
		return end, false
	}
	if i >= len(t.toks) || t.toks[i].shape != capital || t.shouted(i) || t.openingWord(i) || t.breaksName(i, true) && !t.familyName(l, i) && (strict || !t.givenLikeCity(i) && !t.initials(i)) {
		return i, false
	}
	j, words := i+1, 1
	for j < len(t.toks) && words < 12 && j-i < 40 {
		tok := &t.toks[j]
		switch {
		case tok.shape == capital && t.nextWord(j) && (!t.breaksName(j, false) || j == i+1 && t.givenLikePlace(l, i)) && !t.shouted(j):
			j++
			words++
			continue
		case tok.shape == capital && j == i+1 && t.is(j, "đệ") && t.is(j+1, "nhất", "nhị", "tam", "tứ", "ngũ"):
			return j + 2, false // "Elizabeth Đệ nhị"
		case t.is(j, "-", "–") && tok.tight && j+1 < len(t.toks) && t.toks[j+1].tight && t.toks[j+1].shape <= capital && t.at(j+1, classTitle) == nil: // not "Phạm Tấn-Ủy viên …"
			j += 2
			continue
		case t.is(j, ".") && tok.tight && j+1 < len(t.toks) && (t.toks[j+1].shape == capital || t.particleAhead(j+1)) && t.toks[j-1].end-t.toks[j-1].start <= 2 && t.toks[j-1].shape == capital &&
			t.sents[t.sentenceOf(j+1)].from != j+1: // "… Hùng Ba. Buổi chiều": no initial
			j += 2
			continue
		case t.is(j, ".") && j+2 < len(t.toks) && t.toks[j+1].shape == lower && particles[t.word(j+1)] && t.toks[j+2].shape == capital && t.toks[j-1].end-t.toks[j-1].start == 1 && t.toks[j-1].shape == capital:
			j += 3 // "Albert F. del Rosario"
			continue
		case j == i+1 && !strict && t.dash(j) && !tok.tight && t.partedHyphen(l, i):
			j += 2
			words++
			continue
		case t.is(j, "“", "\"") && j+3 < len(t.toks) && t.toks[j+1].shape == capital && t.is(j+2, "”", "\"") && t.toks[j+3].shape == capital && !t.syllable(j+3) && t.placeAt(j+3) == nil && !t.breaksName(j+3, true):
			j += 4 // "Aquilino “Koko” Pimentel"
			words += 2
			continue
		case t.is(j, "'", "’", "‘") && tok.tight && j+1 < len(t.toks) && t.toks[j+1].shape == capital && !t.breaksName(j+1, false):
			j += 2
			continue
		case tok.shape == lower && j+2 < len(t.toks) && t.toks[j+2].shape == capital && particles[t.word(j)] && particles[t.word(j+1)]:
			j += 3 // "von der Leyen"
			continue
		case tok.shape == lower && j+1 < len(t.toks) && t.toks[j+1].shape == capital && particles[t.word(j)] && (!t.syllable(j+1) || t.hyphen(j+2)):
			j += 2
			continue
		case tok.shape == lower && t.hyphen(j+1) && t.toks[j+2].shape == capital && particles[t.word(j)]:
			j += 3 // "ash-Sheikh"
			continue
		}
		break
	}
	syllables := 0
	for k := i; k < j && t.toks[k].shape == capital && t.syllable(k) && (k == i || !t.dash(k-1)) && !(t.dash(k+1) && k+1 < j); k++ {
		syllables++
	}
	// "Trương tấn Sang": a middle name in small letters.
	if !strict && j == i+1 && t.family(i) != "" && j+1 < len(t.toks) && t.toks[j].shape == lower && t.syllable(j) && t.toks[j+1].shape == capital &&
		t.toks[j].end-t.toks[j].start > 1 && t.at(j, classTrigger) == nil && t.at(j, classSay) == nil && t.at(j, classTitle) == nil && !t.breaksName(j+1, false) && !t.is(j, "và", "đã", "cùng", "với", "là", "tại", "ở", "có", "do", "của", "về", "được", "rằng", "sang", "để", "cho", "khi", "vì", "thì", "mà", "bị", "sẽ", "đang", "vừa", "cũng", "vẫn", "từ", "đến", "tới", "trong", "ngày", "hôm", "nhân", "theo", "như", "trước", "sau", "qua", "rời", "về", "hoặc", "hay") && t.syllable(j+1) {
		return j + 2, true
	}
	if t.family(i) != "" && syllables >= 2 && (syllables == j-i || syllables >= 3) {
		// "Phạm Gia khiêm": the given name of a leader in small letters.
		if syllables == 2 && j == i+2 && j < len(t.toks) && t.toks[j].shape == lower && t.toks[j].word == 0 && !strict {
			if _, known := l.knows(t.str(i, j+1)); known {
				return j + 1, true
			}
		}
		return i + min(syllables, 4), true
	}
	// "Ksor Phước": families whose names are no Vietnamese syllable.
	if t.family(i) == "vn" && !t.syllable(i) && j > i+1 {
		return j, true
	}
	if syllables >= 3 && syllables == j-i && j-i <= 4 && !strict && t.marked(i, i+1) == 1 && t.marked(i, j) >= 2 {
		return j, true // "Luận Thùy Dương": a family that no list knows
	}
	acronym := shouted(t.str(i, j)) && j-i == 1 && t.toks[i].end-t.toks[i].start > 1
	if acronym || t.acronyms(i, j) || strict && syllables == j-i {
		return i, false
	}
	if j-i == 1 && syllables == 1 && j < len(t.toks) && t.toks[j].shape == lower && t.family(i) == "" && t.toks[j].word == 0 {
		return i, false // a capital word of the sentence: "Ông Công tác …"
	}
	return j, false
}

// initials reports whether token i is two initials without their points: "DK Joshi".
func (t *text) initials(i int) bool {
	w := t.word(i)
	return len(w) == 2 && shouted(w) && w[0] < 0x80 && t.first[i] == t.first[i+1] && i+1 < len(t.toks) && t.toks[i+1].shape == capital &&
		!t.syllable(i+1) && !shouted(t.word(i+1)) && t.placeAt(i+1) == nil && !t.breaksName(i+1, true)
}

// partedHyphen reports whether the dash behind token i is the hyphen of a given name,
// with a space on each side: "Frank - Walter Steinmeier". Of two people "Putin - Donald
// Trump" the first is known by his family name.
func (t *text) partedHyphen(l *lexicon, i int) bool {
	if i+3 >= len(t.toks) || t.syllable(i) || t.syllable(i+2) || t.toks[i+2].shape != capital || t.toks[i+3].shape != capital || !t.nextWord(i+3) ||
		t.breaksName(i+2, true) || t.breaksName(i+3, false) || t.placeAt(i+2) != nil {
		return false
	}
	_, called := l.part(vitext.Slug(t.word(i)), "")
	return !called
}

// openingWord reports whether token i is a word with which sentences begin and no name:
// "Thưa Ngài X", "Tờ The Straits Times".
func (t *text) openingWord(i int) bool {
	return t.is(i, "thưa", "tờ", "theo", "trong", "khi", "những", "nhưng", "được", "cùng", "kính")
}

// nextWord reports whether no more than spaces stand between token i and the one before.
func (t *text) nextWord(i int) bool {
	gap := t.p.Text[t.toks[i-1].end:t.toks[i].start]
	return len(gap) <= 1 || len(gap) < 4 && strings.TrimLeft(gap, " \u00a0") == ""
}

// particleAhead reports whether a particle and the rest of a name follow at token i:
// "Albert F. del Rosario".
func (t *text) particleAhead(i int) bool {
	return i+1 < len(t.toks) && t.toks[i].shape == lower && particles[t.word(i)] && t.toks[i+1].shape == capital && !t.syllable(i+1)
}

// leaderLikeBody gives the end of the name at token i of a leader whose family name is
// also the word for a body, "Ban Ki-moon", or i.
func (t *text) leaderLikeBody(l *lexicon, i int) int {
	if i+1 >= len(t.toks) || t.toks[i].shape != capital || t.at(i, classOrgHead) == nil || t.toks[i+1].shape != capital {
		return i
	}
	for end := min(i+5, len(t.toks)); end > i+1; end-- {
		if _, known := l.knows(t.str(i, end)); known && t.toks[end-1].shape != punct {
			return end
		}
	}
	return i
}

// shouted reports whether token i is a verb in a headline that is in capitals
// throughout: "CHỦ TỊCH QUỐC HỘI … ĐÓN …".
func (t *text) shouted(i int) bool {
	w := t.word(i)
	if last := w[len(w)-1]; last >= 'a' && last <= 'z' || len(w) < 3 || !shouted(w) {
		return false
	}
	return t.at(i, classTrigger) != nil && t.at(i, classTrigger).arg != "x" || t.at(i, classSay) != nil || t.is(i, "và", "với", "tại", "ở", "sẽ", "đã", "từ")
}

// givenLikePlace reports whether the two words behind the family name at token i
// are given names that are also a place or a degree: "Nguyễn Tân Cương", "Đỗ Tiến Sỹ".
func (t *text) givenLikePlace(l *lexicon, i int) bool {
	if t.family(i) != "vn" || t.at(i, classOrgHead) != nil || t.at(i, classCity) != nil || !t.syllable(i+1) || !t.syllable(i+2) {
		return false
	}
	for _, c := range []class{classCity, classRegion, classTitle, classHonorific, classField} {
		if h := t.at(i+1, c); h != nil {
			return h.to == i+3 && t.toks[i+2].shape == capital
		}
	}
	return false
}

// givenLikeCity reports whether token i, behind an office, is a given name and no
// city of that name: another follows, or the country stands before: "Công chúa
// Victoria Ingrid", "Công chúa Thụy Điển Victoria".
func (t *text) givenLikeCity(i int) bool {
	c := t.at(i, classCity)
	if c == nil || c.to != i+1 || t.syllable(i) || len(t.hits[t.first[i]:t.first[i+1]]) > 1 {
		return false
	}
	if i+1 < len(t.toks) && t.toks[i+1].shape == capital && t.toks[i+1].start-t.toks[i].end == 1 {
		return !t.syllable(i+1) && !t.breaksName(i+1, true)
	}
	for k := max(0, i-4); k < i; k++ {
		if h := t.at(k, classCountry); h != nil && h.to == i {
			return true
		}
	}
	return false
}

// marked counts the words of from..to that have Vietnamese letters.
func (t *text) marked(from, to int) (n int) {
	for k := from; k < to; k++ {
		if strings.ContainsFunc(t.word(k), func(r rune) bool { return r >= 0x80 }) {
			n++
		}
	}
	return n
}

// hyphen reports whether token i is one within a word.
func (t *text) hyphen(i int) bool {
	return i+1 < len(t.toks) && t.dash(i) && t.toks[i].tight && t.toks[i+1].tight
}

// acronyms reports whether tokens from..to are only short words in capitals that
// are no syllables: "UBTƯ MTTQ" is a body, "KAZUO AOKI" a man.
func (t *text) acronyms(from, to int) bool {
	for k := from; k < to; k++ {
		if w := t.word(k); len(w) > 6 || t.syllable(k) || strings.ContainsAny(w[1:], "AEIO") || w != strings.ToUpper(w) {
			return false
		}
	}
	return true
}

// familyName reports whether token i is a word for a body or a city that is a
// family name here: "Đoàn Hồng Phong", "Viên Gia Quân", "Hoàng Gia Long".
func (t *text) familyName(l *lexicon, i int) bool {
	body, city, field := t.at(i, classOrgHead), t.at(i, classCity), t.at(i, classField)
	if t.family(i) == "" || i+2 >= len(t.toks) || t.at(i+2, classCountry) != nil ||
		!(body != nil && body.to == i+1 || city != nil && city.to == i+1 || field != nil && field.to == i+2) {
		return false
	}
	for k := i + 1; k < i+3; k++ {
		if t.toks[k].shape != capital || !t.syllable(k) || t.breaksName(k, true) || shouted(t.word(k)) {
			return false
		}
	}
	return true
}

// breaksName reports whether token i begins something that is no part of a
// name.
func (t *text) breaksName(i int, first bool) bool {
	for _, h := range t.hits[t.first[i]:t.first[i+1]] {
		switch h.class {
		case classOrg:
			// "Kim Jong Un" does not end in the United Nations.
			if w := t.word(i); h.to-h.from > 1 || len(w) > 3 || shouted(w) {
				return true
			}
		case classTitle, classVenue:
			return true
		case classHonorific:
			if first || h.arg == "spouse" || h.to-h.from > 1 {
				return true
			}
		case classCountry, classCity, classField, classOrgHead:
			if t.hyphen(h.to) && t.toks[h.to+1].shape == lower {
				continue // "Pa-ri-gia" is no city
			}
			if first || h.to-h.from > 1 || h.class == classCountry && !t.syllable(i) {
				return true
			}
		}
	}
	// An abbreviation stands before a name: "TBT Nguyễn Phú Trọng".
	w := t.word(i)
	if first && len(w) > 1 && shouted(w) && i+1 < len(t.toks) && t.toks[i+1].shape == capital && (!shouted(t.word(i+1)) || t.is(i+2, ".") && len(t.word(i+1)) == 1) && !t.is(i, "tô") {
		return true
	}
	return strings.HasPrefix(w, "TTX") || t.is(i, "tphcm", "gmt", "ảnh")
}
