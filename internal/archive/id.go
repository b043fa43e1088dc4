package archive

import (
	"crypto/sha256"
	"errors"
	"math/big"
	"slices"
	"strings"
)

// The alphabet of NOID (Nice Opaque Identifiers, Kunze and Rodgers, 2006):
// digits and consonants without "l" and "y", so that no id spells a word and
// no two characters are easily taken for each other. Its length, 29, is prime,
// which the check character needs.
const noidAlphabet = "0123456789bcdfghjkmnpqrstvwxz"

// IDLength is the length of an id in characters: ten and a check character.
const IDLength = 11

// ErrMistyped is what [CheckID] gives for a string that no id can be: a
// character outside the alphabet, a wrong length, or a check character that
// does not fit.
var ErrMistyped = errors.New("mistyped id")

// NewID mints the id of the thing that the parts name, for example
// NewID("article", "seeds/000_….txt"). The same parts always give the same
// id, and nothing can be read from it. A caller that finds the id taken by
// another thing adds a part and tries again.
func NewID(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	n := new(big.Int).SetBytes(sum[:])
	base, digit := big.NewInt(int64(len(noidAlphabet))), new(big.Int)
	id := make([]byte, IDLength-1, IDLength)
	for i := range id {
		n.DivMod(n, base, digit)
		id[i] = noidAlphabet[digit.Int64()]
	}
	return string(append(id, checkCharacter(string(id))))
}

// checkCharacter is the NOID check digit: the sum of each character's value
// times its position, from 1, modulo 29. It finds every single wrong character
// and every swap of two neighbours.
func checkCharacter(s string) byte {
	sum := 0
	for i := 0; i < len(s); i++ {
		sum += (i + 1) * max(0, strings.IndexByte(noidAlphabet, s[i]))
	}
	return noidAlphabet[sum%len(noidAlphabet)]
}

// CheckID gives ErrMistyped unless s has the form of an id and its check
// character is right. It does not say that the id is in use.
func CheckID(s string) error {
	if len(s) != IDLength {
		return ErrMistyped
	}
	for i := 0; i < len(s); i++ {
		if strings.IndexByte(noidAlphabet, s[i]) < 0 {
			return ErrMistyped
		}
	}
	if checkCharacter(s[:IDLength-1]) != s[IDLength-1] {
		return ErrMistyped
	}
	return nil
}

// NearIDs gives the ids that a slip of the hand turns into s: one character
// wrong, left out or too many, or two neighbours swapped. There are some
// dozen; none says that it is in use. Of what is no such slip there are none.
func NearIDs(s string) []string {
	var near []string
	offer := func(id string) {
		if CheckID(id) == nil && !slices.Contains(near, id) {
			near = append(near, id)
		}
	}
	switch len(s) {
	case IDLength + 1:
		for i := range len(s) {
			offer(s[:i] + s[i+1:])
		}
	case IDLength:
		for i := range len(s) {
			if i+1 < len(s) {
				offer(s[:i] + s[i+1:i+2] + s[i:i+1] + s[i+2:])
			}
			for _, c := range noidAlphabet {
				offer(s[:i] + string(c) + s[i+1:])
			}
		}
	case IDLength - 1:
		for i := range len(s) + 1 {
			for _, c := range noidAlphabet {
				offer(s[:i] + string(c) + s[i:])
			}
		}
	}
	return near
}
