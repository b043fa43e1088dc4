package search

import "math/bits"

// bitset is a set of small numbers: bit n%64 of word n/64 is number n.
type bitset []uint64

func newBitset(n int) bitset { return make(bitset, (n+63)/64) }

func (s bitset) add(n uint32)      { s[n/64] |= 1 << (n % 64) }
func (s bitset) has(n uint32) bool { return s[n/64]>>(n%64)&1 != 0 }

// from gives the first number from n on, and noDoc when there is none before end.
func (s bitset) from(n, end uint32) uint32 {
	for n < end {
		if w := s[n/64] >> (n % 64); w != 0 {
			if n += uint32(bits.TrailingZeros64(w)); n < end {
				return n
			}
			return noDoc
		}
		n = n&^63 + 64
	}
	return noDoc
}

// ranked is a set that knows the place of each of its numbers.
type ranked struct {
	bitset
	before []uint32 // how many are before those of each word
}

// newRanked gives the set of numbers, all below n.
func newRanked(n int, numbers []uint32) ranked {
	s := newBitset(n)
	for _, x := range numbers {
		s.add(x)
	}
	before, sum := make([]uint32, len(s)), 0
	for i, word := range s {
		before[i] = uint32(sum)
		sum += bits.OnesCount64(word)
	}
	return ranked{s, before}
}

// rank gives how many numbers are less than n.
func (s *ranked) rank(n uint32) int {
	return int(s.before[n/64]) + bits.OnesCount64(s.bitset[n/64]&(1<<(n%64)-1))
}

// inSome puts into dst what is in need or more of the lists of sets: in one of
// its sets or more.
func inSome(dst bitset, need int, lists [][]bitset) {
	for i := range dst {
		var n counter
		every := ^uint64(0)
		for _, list := range lists {
			any := uint64(0)
			for _, s := range list {
				any |= s[i]
			}
			if every &= any; need < len(lists) {
				n.add(any)
			}
		}
		if dst[i] = every; need < len(lists) {
			dst[i] = n.atLeast(need)
		}
	}
}

// counter counts for each of 64 numbers at once, up to 127: word k has bit k of
// every count.
type counter [7]uint64

// add adds 1 to the counts whose bit is set.
func (n *counter) add(set uint64) {
	for k := 0; set != 0; k++ {
		n[k], set = n[k]^set, n[k]&set
	}
}

// atLeast gives the counts that are need or more.
func (n *counter) atLeast(need int) uint64 {
	more, same := uint64(0), ^uint64(0)
	for k := len(n) - 1; k >= 0; k-- {
		if need>>k&1 != 0 {
			same &= n[k]
		} else {
			more |= same & n[k]
			same &^= n[k]
		}
	}
	return more | same
}
