package store

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"math/bits"
	"strconv"
	"strings"

	"vankho/internal/archive"
)

// total is the sum, modulo 2^256, of the SHA-256 of everything stored. It does
// not depend on the order in which things came, and a change costs one
// addition, not a walk over the archive.
type total [4]uint64

func (t *total) add(parts ...string)    { t.combine(bits.Add64, parts) }
func (t *total) remove(parts ...string) { t.combine(bits.Sub64, parts) }

func (t *total) combine(op func(x, y, carry uint64) (uint64, uint64), parts []string) {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	var carry uint64
	for i := range t {
		t[i], carry = op(t[i], binary.LittleEndian.Uint64(sum[8*i:]), carry)
	}
}

func (t total) String() string {
	return fmt.Sprintf("%016x%016x%016x%016x", t[0], t[1], t[2], t[3])
}

func parseTotal(s string) (t total, err error) {
	if len(s) != 64 {
		return t, fmt.Errorf("sum %q: not 64 digits", s)
	}
	for i := range t {
		if t[i], err = strconv.ParseUint(s[16*i:16*i+16], 16, 64); err != nil {
			return t, fmt.Errorf("sum %q: %w", s, err)
		}
	}
	return t, nil
}

// generation names the state whose sum is t, in 20 hex digits. Another format
// of the store has other names.
func (t total) generation(format int) string {
	sum := sha256.Sum256([]byte(fmt.Sprint("generation", format, t)))
	return hex.EncodeToString(sum[:10])
}

// hexSum gives the SHA-256 of b in hex.
func hexSum[T string | []byte](b T) string {
	sum := sha256.Sum256([]byte(b))
	return hex.EncodeToString(sum[:])
}

// textSum gives the SHA-256 of what permalinks lean on: the text of every
// paragraph and where its sentences begin.
func textSum(paragraphs []archive.Paragraph) string {
	h := sha256.New()
	var b []byte
	for _, p := range paragraphs {
		b = strconv.AppendInt(b[:0], int64(len(p.Text)), 10)
		b = append(b, ':')
		b = append(b, p.Text...)
		for _, s := range p.Sentences {
			b = append(b, ' ')
			b = strconv.AppendInt(b, int64(s), 10)
		}
		b = append(b, '\n')
		h.Write(b)
	}
	return hex.EncodeToString(h.Sum(nil))
}
