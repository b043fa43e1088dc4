package source

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// byteOrderMark is U+FEFF in UTF-8. At the start of a file it is a mark of the
// encoding and no part of the text.
const byteOrderMark = "\ufeff"

// decode gives the text of a file with one kind of line end, or the error that
// refuses it: empty, too large, not UTF-8, or with control characters.
func decode(f File) (string, error) {
	if len(f.Data) > MaxFile {
		return "", tooLarge(f.Path, int64(len(f.Data)))
	}
	if len(bytes.TrimSpace(f.Data)) == 0 {
		return "", &Error{f.Path, 0, -1, "empty", "there is no text in it"}
	}
	if guess := magic(f.Data); guess != "" {
		return "", &Error{f.Path, 0, 0, "not UTF-8", guess}
	}
	if off := invalidUTF8(f.Data); off >= 0 {
		why := fmt.Sprintf("byte 0x%02x at offset %d%s", f.Data[off], off, legacy(f.Data))
		return "", &Error{f.Path, lineAt(f.Data, off), off, "not UTF-8", why}
	}
	for i, c := range f.Data {
		if control(rune(c)) && c != '\r' {
			why := fmt.Sprintf("U+%04X at offset %d", c, i)
			if wide(f.Data) {
				why += wideHint
			}
			return "", &Error{f.Path, lineAt(f.Data, i), i, "control character", why}
		}
	}
	text := strings.TrimPrefix(string(f.Data), byteOrderMark)
	if strings.IndexByte(text, '\r') >= 0 {
		text = strings.ReplaceAll(text, "\r\n", "\n")
		text = strings.ReplaceAll(text, "\r", "\n")
	}
	return text, nil
}

// control reports whether r is a control character (C0 or delete) that has no
// place in text.
func control(r rune) bool { return r < ' ' && r != '\n' && r != '\t' || r == 0x7f }

func tooLarge(path string, size int64) *Error {
	return &Error{path, 0, -1, "too large", fmt.Sprintf("%d bytes, at most %d are read", size, MaxFile)}
}

// magic recognises files that are not text by how they begin.
func magic(data []byte) string {
	for _, m := range []struct{ prefix, name string }{
		{"\xff\xfe\x00\x00", "UTF-32 byte order mark"},
		{"\x00\x00\xfe\xff", "UTF-32 byte order mark"},
		{"\xff\xfe", "UTF-16 byte order mark"},
		{"\xfe\xff", "UTF-16 byte order mark"},
		{"\x1f\x8b", "gzip data"},
		{"PK\x03\x04", "zip data (docx, epub and the like)"},
		{"%PDF-", "a PDF document"},
		{"\xd0\xcf\x11\xe0", "an old Microsoft Office document"},
	} {
		if bytes.HasPrefix(data, []byte(m.prefix)) {
			return m.name + " at offset 0"
		}
	}
	return ""
}

// invalidUTF8 gives the offset of the first byte that is not UTF-8, or -1.
func invalidUTF8(data []byte) int {
	if utf8.Valid(data) {
		return -1
	}
	for i := 0; i < len(data); {
		r, n := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return -1
}

// legacy guesses in words which old Vietnamese charset the bytes are in: what
// a page says of itself, else by the byte that would stand for "đ", the
// commonest letter that they all put elsewhere. It only helps the reader of a message: nothing is converted.
func legacy(data []byte) string {
	if m := charset.FindSubmatch(data[:min(len(data), 1024)]); m != nil && !strings.EqualFold(string(m[1]), "utf-8") {
		return fmt.Sprintf("; the page says it is in %s, convert it to UTF-8 first", m[1])
	}
	if wide(data) {
		return wideHint
	}
	if bytes.ContainsFunc(data, func(r rune) bool { return control(r) && r != '\r' }) {
		return "; it is binary, not text"
	}
	best, name := 0, ""
	for _, c := range []struct {
		d    byte
		name string
	}{{0xae, "TCVN3"}, {0xf0, "windows-1258"}, {0xf1, "VNI"}} {
		if n := bytes.Count(data, []byte{c.d}); n > best {
			best, name = n, c.name
		}
	}
	if name == "" {
		return ""
	}
	return "; it looks like " + name + ", convert it to UTF-8 first"
}

// wide reports whether so many bytes are zero that they must be halves of
// characters.
func wide(data []byte) bool { return bytes.Count(data, []byte{0}) > len(data)/5 }

const wideHint = "; it looks like UTF-16, convert it to UTF-8 first"

// charset is how a saved page names its encoding in its first KiB.
var charset = regexp.MustCompile(`(?i)<meta[^>]{0,200}charset\s*=\s*["']?([a-z0-9_-]{1,40})`)

// lineAt gives the line, from 1, of a byte offset.
func lineAt(data []byte, off int) int {
	head := data[:off]
	n := 1 + bytes.Count(head, []byte("\n"))
	if n == 1 {
		n += bytes.Count(head, []byte("\r"))
	}
	return n
}

// trim removes white space, byte order marks and zero-width spaces from both
// ends. A line of nothing else is blank.
func trim(s string) string {
	return strings.TrimFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || r == '\ufeff' || r == '\u200b'
	})
}

// invisible says what is wrong with a character that a reader cannot see, or
// "". Direction controls (Unicode Technical Report 36, section 3.2) stay in
// the text, and the page that shows them must make them visible.
func invisible(r rune) (rule, why string) {
	switch {
	case r == 0x061c, r == 0x200e, r == 0x200f, r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069:
		return "direction-control", "it changes the direction of the text"
	case r >= 0x80 && r < 0xa0, r == utf8.RuneError:
		return "broken-character", "the text was damaged before it came here"
	}
	return "", ""
}

// noteInvisible adds a problem for the first of each sort in each paragraph.
func (p *page) noteInvisible() {
	for i, b := range p.blocks {
		last := ""
		for at, r := range b.text {
			if r < 0x80 {
				continue
			}
			if rule, why := invisible(r); rule != last && rule != "" {
				last = rule
				p.note(i, rule, "U+%04X at byte %d: %s", r, at, why)
			}
		}
	}
}
