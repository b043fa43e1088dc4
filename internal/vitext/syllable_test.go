package vitext

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
)

// syllable is one that the rules allow, its tone not yet written.
type syllable struct {
	onset, rhyme string
	tone         byte
}

// everySyllable gives what onsets, rhymes and tones can make: some 20,000, most
// of which nobody says.
func everySyllable(yield func(syllable) bool) {
	for _, onset := range append(slices.Sorted(maps.Keys(onsets)), "") {
		for _, rhyme := range slices.Sorted(maps.Keys(rhymes)) {
			if onset == "q" || onset == "qu" && strings.ContainsAny(rhyme[:1], "uoư") || onset == "gi" && strings.HasPrefix(rhyme, "i") || onset == "g" && len(rhyme) > 1 && rhyme[0] == 'i' {
				continue // two ways to divide the same letters: quy, gia
			}
			for tone := range byte(6) {
				if !yield(syllable{onset, rhyme, tone}) {
					return
				}
			}
		}
	}
}

// written gives the syllable with its tone on each vowel of the rhyme in turn.
func (x syllable) written() []string {
	if x.tone == flat {
		return []string{x.onset + x.rhyme}
	}
	var out []string
	for i, r := range x.rhyme {
		if table[r].base != 0 && isVowel(table[r].base) {
			out = append(out, x.onset+x.rhyme[:i]+string(withTone[r][x.tone])+x.rhyme[i+len(string(r)):])
		}
	}
	return out
}

// typed gives the keys that the syllable is typed with.
func (x syllable) typed(letters *strings.Replacer, tones string) string {
	if x.tone == flat {
		return letters.Replace(x.onset + x.rhyme)
	}
	return letters.Replace(x.onset+x.rhyme) + tones[x.tone-1:x.tone]
}

// marksApart writes every letter's marks after it, those of the tone first.
func marksApart(word string) string {
	var b strings.Builder
	for _, r := range word {
		parts := []rune(norm.NFD.String(string(r)))
		slices.Reverse(parts[1:])
		b.WriteString(string(parts))
	}
	return b.String()
}

var (
	telexLetters = strings.NewReplacer("ă", "aw", "â", "aa", "ê", "ee", "ô", "oo", "ơ", "ow", "ư", "uw", "đ", "dd")
	vniLetters   = strings.NewReplacer("ă", "a8", "â", "a6", "ê", "e6", "ô", "o6", "ơ", "o7", "ư", "u7", "đ", "d9")
)

// TestEverySyllable: a syllable is one key wherever its tone is written and in
// whatever form and case its letters are, and the keys of both input methods
// make it.
func TestEverySyllable(t *testing.T) {
	n := 0
	for x := range everySyllable {
		all := x.written()
		want := keys(all[0])
		if !ValidSyllable(all[0]) {
			if x.tone == sharp || x.tone == heavy || x.tone == flat {
				t.Errorf("%q is not valid", all[0])
			}
			continue // a stopped syllable with another tone
		}
		n++
		for _, w := range all {
			for _, form := range []string{w, norm.NFD.String(w), marksApart(w), strings.ToUpper(w), strings.ToUpper(norm.NFD.String(w))} {
				if form == "TƯ" || form == norm.NFD.String("TƯ") {
					continue // T.Ư
				}
				if got := keys(form); !slices.Equal(got, want) {
					t.Errorf("keys of %q: got %q, want %q", form, got, want)
				}
			}
		}
		if strings.Contains(x.rhyme, "oo") || strings.Contains(x.rhyme, "ôô") {
			continue // typed otherwise: xooong
		}
		for _, typed := range []string{x.typed(telexLetters, "fsrxj"), x.typed(vniLetters, "21345")} {
			if typed == x.onset+x.rhyme {
				continue
			}
			got, ok := Keystrokes(typed)
			if !ok || !slices.Equal(keys(got), want) {
				t.Errorf("Keystrokes(%q): got %q, %v, want %q", typed, got, ok, want)
			}
		}
	}
	if n < 15000 {
		t.Errorf("only %d syllables", n)
	}
}
