package vitext

import "strings"

// Keystrokes reads a word as the keys of the Telex or VNI input method, typed
// where no input method was on: "hooij" and "ho6i5" are hội, "ddamf" and
// "d9am2" are đàm. It reports false unless the word has such keys and makes a
// Vietnamese syllable. The result is in lower case.
func Keystrokes(word string) (string, bool) {
	word = strings.ToLower(word)
	for i := 0; i < len(word); i++ {
		if word[i] >= 0x80 {
			return "", false
		}
	}
	read := telex
	if strings.ContainsAny(word, "123456789") {
		read = vni
	}
	units, tone, ok := read(word)
	if !ok || len(units) == 0 {
		return "", false
	}
	// Both methods take the horn for the whole of ươ, but not in quơn.
	for i := 1; i < len(units); i++ {
		if units[i].letter == 'ơ' && units[i-1].letter == 'u' && i+1 < len(units) && (i < 2 || units[i-2].base != 'q') {
			units[i-1].letter = 'ư'
		}
		if units[i-1].letter == 'ư' && units[i].letter == 'o' {
			units[i].letter = 'ơ'
		}
	}
	if tone != 0 {
		at := -1
		for i := range units {
			if isVowel(units[i].base) {
				at = i
			}
		}
		if at < 0 {
			return "", false
		}
		units[at].tone = tone
		placeTone(units)
	}
	if !validSyllable(units) {
		return "", false
	}
	var b strings.Builder
	for _, u := range units {
		if u.tone != 0 {
			b.WriteRune(withTone[u.letter][u.tone])
		} else {
			b.WriteRune(u.letter)
		}
	}
	return b.String(), true
}

// telex reads a letter doubled (aa ee oo dd), w after a, o or u, and one of
// f s r x j after a vowel for the tone, anywhere in the word.
func telex(word string) (units []unit, tone byte, ok bool) {
	for i := 0; i < len(word); i++ {
		c := word[i]
		k := strings.IndexByte("fsrxj", c)
		switch {
		case k >= 0 && hasVowel(units):
			if tone != 0 {
				return nil, 0, false
			}
			tone, ok = byte(k)+1, true
		case c == 'w' && marksLast(units, "aou", "ăơư"):
			ok = true
		case c == 'w' && !hasVowel(units):
			units = append(units, unit{letter: 'ư', base: 'u', marked: true})
			ok = true
		case strings.IndexByte("aeod", c) >= 0 && marksSame(units, c):
			ok = true
		default:
			units = append(units, unit{letter: rune(c), base: c})
		}
	}
	return units, tone, ok
}

// vni reads 1 to 5 for the tone, 6 for ^, 7 for the horn, 8 for the breve and
// 9 for đ, after the letter or anywhere later in the word.
func vni(word string) (units []unit, tone byte, ok bool) {
	for i := 0; i < len(word); i++ {
		c := word[i]
		switch {
		case '1' <= c && c <= '5':
			if tone != 0 {
				return nil, 0, false
			}
			tone, ok = [...]byte{sharp, deep, ask, tumble, heavy}[c-'1'], true
		case c == '6':
			ok = marksLast(units, "aeo", "âêô")
		case c == '7':
			ok = marksLast(units, "ou", "ơư")
		case c == '8':
			ok = marksLast(units, "a", "ă")
		case c == '9':
			ok = marksLast(units, "d", "đ")
		default:
			units = append(units, unit{letter: rune(c), base: c})
			continue
		}
		if !ok {
			return nil, 0, false
		}
	}
	return units, tone, ok
}

func hasVowel(units []unit) bool {
	for _, u := range units {
		if isVowel(u.base) {
			return true
		}
	}
	return false
}

// marksLast gives the last plain letter of from its counterpart in to.
func marksLast(units []unit, from, to string) bool {
	for i := len(units) - 1; i >= 0; i-- {
		if k := strings.IndexRune(from, units[i].letter); k >= 0 {
			units[i].letter, units[i].marked = []rune(to)[k], true
			return true
		}
	}
	return false
}

// marksSame gives the last letter c, typed again, its mark: aa is â, dd is đ. The
// second o of oao and oeo is a letter of its own.
func marksSame(units []unit, c byte) bool {
	for i := len(units) - 1; i >= 0; i-- {
		if units[i].letter != rune(c) {
			continue
		}
		if c == 'o' && i+1 < len(units) && (units[i+1].base == 'a' || units[i+1].base == 'e') {
			return false
		}
		units[i].letter, units[i].marked = []rune("âêôđ")[strings.IndexByte("aeod", c)], true
		return true
	}
	return false
}
