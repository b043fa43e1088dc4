package vitext

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// alphabet is the Vietnamese alphabet with the letters that names of other
// languages bring, in its order: ă, â, đ, ê, ô, ơ and ư are letters of their
// own, and what they are written with is no mark.
const alphabet = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"

// tones are the tone marks in the order of dictionaries: huyền, hỏi, ngã, sắc,
// nặng. A syllable without one comes before all.
const tones = "\u0300\u0309\u0303\u0301\u0323"

// Keys of SortKey: gaps between words come before every letter, digits too, and
// letters of other scripts after all.
const (
	gapWeight    = 1
	digitWeight  = 2
	letterWeight = 16
	otherWeight  = 'z'
)

// SortKey gives a key such that names ordered by their keys are in the order of
// a Vietnamese dictionary: by letters first, of which ă comes between a and â
// and đ after d; where the letters are the same by the tones, where these are
// too by the text itself. Capitals, hyphens and marks that Vietnamese does not
// have make no difference before that. The keys are bytes to compare and
// nothing to show.
func SortKey(s string) string {
	var letters, marks strings.Builder
	gap := false
	for _, r := range norm.NFC.String(s) {
		r = unicode.ToLower(r)
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			gap = letters.Len() > 0
			continue
		}
		if gap {
			letters.WriteByte(gapWeight)
			marks.WriteByte(gapWeight)
			gap = false
		}
		at, ok := rankOf[r]
		switch {
		case ok:
		case unicode.IsDigit(r):
			at.weight = string([]rune{digitWeight, r})
		default:
			at = plainRank(r)
		}
		letters.WriteString(at.weight)
		marks.WriteByte(gapWeight + 1 + at.tone)
	}
	return letters.String() + "\x00" + marks.String() + "\x00" + s
}

// rank is what a letter adds to a key. Its tone is its place in tones from 1,
// and 0 for none.
type rank struct {
	weight string
	tone   byte
}

// rankOf has the small letters of the alphabet with every tone.
var rankOf = func() map[rune]rank {
	all := map[rune]rank{}
	for i, r := range []rune(alphabet) {
		weight := string(rune(letterWeight + i))
		all[r] = rank{weight, 0}
		for tone, mark := range []rune(tones) {
			if with := []rune(norm.NFC.String(string([]rune{r, mark}))); len(with) == 1 {
				all[with[0]] = rank{weight, byte(tone + 1)}
			}
		}
	}
	all['ð'] = all['đ'] // what old keyboards type for it
	return all
}()

// plainRank gives a letter that is not in the alphabet as the one that it is
// without its marks, of which the last that is a tone counts.
func plainRank(r rune) rank {
	parts := []rune(norm.NFD.String(string(r)))
	out, ok := rankOf[parts[0]]
	if !ok {
		out.weight = string([]rune{otherWeight, parts[0]})
	}
	for _, mark := range parts[1:] {
		if i := slices.Index([]rune(tones), mark); i >= 0 {
			out.tone = byte(i + 1)
		}
	}
	return out
}
