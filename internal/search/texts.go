package search

import (
	"bufio"
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
)

// Texts are kept as numbers of the entries of a book, which has the words, with
// what stands before each, and the runs of up to bookRun words that were met most in
// the first articles (see learnFirst). The commonest have numbers of one byte,
// others of two. What no entry has stands as it is, after a byte that says so and one with
// its length. A text takes a third of its room so, and any paragraph is read by
// itself, at a gigabyte a second.
const (
	bookFile = "texts.book"
	bookRun  = 3
	bookMet  = 3 // times that an entry must have been met

	shortCodes  = 192
	literalCode = 255
	bookSize    = shortCodes + (literalCode-shortCodes)*256
)

// bookWriter learns what the book should have, and then puts texts in its terms.
type bookWriter struct {
	met     map[string]uint32 // how often each run was met, while it learns
	codes   map[string]uint16
	entries []string
}

func newBookWriter() *bookWriter { return &bookWriter{met: map[string]uint32{}} }

// learn counts the runs of a text of these tokens.
func (w *bookWriter) learn(text string, toks []token) {
	for i := range toks {
		start := startOf(toks, i)
		for _, t := range toks[i:min(i+bookRun, len(toks))] {
			w.met[text[start:t.end]]++
		}
	}
}

// startOf gives the byte from which on a text belongs to token i: what stands
// between two tokens belongs to the second.
func startOf(toks []token, i int) int {
	if i == 0 {
		return 0
	}
	return toks[i-1].end
}

// learned chooses the entries: those that save most, the commonest first.
func (w *bookWriter) learned() {
	saved := func(run string) int { return int(w.met[run]) * (len(run) - 2) }
	for run, n := range w.met {
		if n >= bookMet && len(run) > 2 {
			w.entries = append(w.entries, run)
		}
	}
	slices.SortFunc(w.entries, func(a, b string) int { return cmp.Or(cmp.Compare(saved(b), saved(a)), cmp.Compare(a, b)) })
	w.entries = w.entries[:min(len(w.entries), bookSize)]
	slices.SortFunc(w.entries, func(a, b string) int { return cmp.Or(cmp.Compare(w.met[b], w.met[a]), cmp.Compare(a, b)) })
	w.codes = make(map[string]uint16, len(w.entries))
	for i, run := range w.entries {
		w.codes[run] = uint16(i)
	}
	w.met = nil
}

// append appends a text of these tokens in the terms of the book.
func (w *bookWriter) append(b []byte, text string, toks []token) []byte {
	written := 0
	literal := func(end int) {
		for written < end {
			n := min(end-written, 255)
			b = append(append(b, literalCode, byte(n)), text[written:written+n]...)
			written += n
		}
	}
	for i := 0; i < len(toks); {
		start := startOf(toks, i)
		code, n := w.longest(text[start:], start, toks[i:])
		if n == 0 {
			i++
			continue
		}
		literal(start)
		if code < shortCodes {
			b = append(b, byte(code))
		} else {
			b = append(b, byte(shortCodes+(code-shortCodes)>>8), byte(code-shortCodes))
		}
		i += n
		written = toks[i-1].end
	}
	literal(len(text))
	return b
}

// longest gives the entry with most of the next tokens, and how many these are;
// 0 where there is none. The text is that from its byte start on.
func (w *bookWriter) longest(text string, start int, toks []token) (code uint16, n int) {
	for n := min(bookRun, len(toks)); n > 0; n-- {
		if code, ok := w.codes[text[:toks[n-1].end-start]]; ok {
			return code, n
		}
	}
	return 0, 0
}

// write writes the book: each entry behind its length.
func (w *bookWriter) write(dir string) error {
	f, err := os.Create(filepath.Join(dir, bookFile))
	if err != nil {
		return err
	}
	out := bufio.NewWriter(f)
	var b []byte
	for _, run := range w.entries {
		b = appendString(b[:0], run)
		out.Write(b)
	}
	return errors.Join(out.Flush(), f.Close())
}

// book has the entries, by their numbers.
type book struct {
	text   []byte // one behind the other, and copied bytes more
	starts []uint32
}

// copied is how many bytes are copied at once: that takes less time than to copy as
// many as an entry has, and few have more.
const copied = 32

func openBook(dir string) (*book, error) {
	b, err := os.ReadFile(filepath.Join(dir, bookFile))
	if err != nil {
		return nil, err
	}
	e := &book{starts: []uint32{0}}
	for len(b) > 0 {
		n, k := binary.Uvarint(b)
		if k <= 0 || n > uint64(len(b)-k) {
			return nil, fmt.Errorf("%s: damaged %d bytes before its end", bookFile, len(b))
		}
		e.text = append(e.text, b[k:k+int(n)]...)
		e.starts = append(e.starts, uint32(len(e.text)))
		b = b[k+int(n):]
	}
	e.text = append(e.text, make([]byte, copied)...)
	return e, nil
}

// append appends the text that codes stand for.
func (e *book) append(b, codes []byte) []byte {
	for i := 0; i < len(codes); i++ {
		code := int(codes[i])
		switch {
		case code < shortCodes:
		case code < literalCode:
			i++
			code = shortCodes + (code-shortCodes)<<8 + int(codes[i])
		default:
			n := int(codes[i+1])
			b = append(b, codes[i+2:i+2+n]...)
			i += 1 + n
			continue
		}
		start, end := e.starts[code], e.starts[code+1]
		n, at := int(end-start), len(b)
		if n > copied || cap(b)-at < copied {
			b = append(b, e.text[start:end]...)
			continue
		}
		*(*[copied]byte)(b[at : at+copied]) = [copied]byte(e.text[start:])
		b = b[:at+n]
	}
	return b
}
