package vitext

import "strings"

// A syllable is onset × rhyme × tone. The lists below are the grammar of
// Vietnamese spelling, not a list of syllables: whatever they allow can be
// read aloud, used or not.
var (
	onsets = set("b c ch d đ g gh gi h k kh l m n ng ngh nh p ph q qu r s t th tr v x")

	rhymes = set("a ac ach ai am an ang anh ao ap at au ay " +
		"ă ăc ăm ăn ăng ăp ăt " +
		"â âc âm ân âng âp ât âu ây " +
		"e ec em en eng eo ep et " +
		"ê êch êm ên ênh êp êt êu " +
		"i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu y yên yêm yêng yêt yêu " +
		"o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong op ot " +
		"ô ôc ôi ôm ôn ông ôp ôt ôông " +
		"ơ ơi ơm ơn ơp ơt " +
		"u ua uân uâng uât uây uc uê uêch uên uênh uêt ui um un ung uôc uôi uôm uôn uông uôt up ut uơ uy uya uych uyên uyêt uynh uyp uyt uyu " +
		"ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu")
)

func set(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}

// ValidSyllable reports whether a word, in any case and normal form, is spelt as
// a Vietnamese syllable can be. One without its marks counts when its letters
// as they stand make one: "chu" is valid, "phone" is not.
func ValidSyllable(word string) bool {
	var s Scanner
	word = strings.ToLower(word) // so that nothing is taken for glued
	s.Reset(word)
	return s.Scan() && s.Start == 0 && s.End == len(word) && !s.foreign && len(s.cuts) == 0 && validSyllable(s.units)
}

// validSyllable reports whether letters, whose tones stand apart, are spelt as
// a Vietnamese syllable can be: onset, rhyme, tone. A syllable without its marks
// counts when its letters as they stand make one: "chu" is valid, "phone" is
// not.
func validSyllable(units []unit) bool {
	var buf [16]byte
	letters := buf[:0]
	tone := byte(0)
	if len(units) > 7 { // nghiêng
		return false
	}
	for _, u := range units {
		letters = appendRune(letters, u.letter)
		if u.tone != 0 {
			if tone != 0 {
				return false
			}
			tone = u.tone
		}
	}
	for n := min(3, len(letters)); n >= 0; n-- {
		if n > 0 && !onsets[string(letters[:n])] {
			continue
		}
		rhyme := letters[n:]
		if !rhymes[string(rhyme)] || n == 1 && letters[0] == 'q' && rhyme[0] != 'u' {
			continue
		}
		// Stopped syllables have only two tones; without a mark they may be
		// a syllable typed without its tone.
		switch rhyme[len(rhyme)-1] {
		case 'p', 't', 'c':
			return tone == 0 || tone == sharp || tone == heavy
		case 'h':
			return rhyme[len(rhyme)-2] != 'c' || tone == 0 || tone == sharp || tone == heavy
		}
		return true
	}
	return false
}
