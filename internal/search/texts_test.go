package search

import (
	"math/rand/v2"
	"strings"
	"testing"

	"vankho/internal/testkit"
)

// asBook gives the book that is learned from texts, as it is written and opened.
func asBook(t testing.TB, texts ...string) (*bookWriter, *book) {
	t.Helper()
	w, a := newBookWriter(), newAnalyzer()
	for _, text := range texts {
		w.learn(text, a.scan(text))
	}
	w.learned()
	dir := t.TempDir()
	if err := w.write(dir); err != nil {
		t.Fatal(err)
	}
	b, err := openBook(dir)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := len(b.starts)-1, len(w.entries); got != want {
		t.Fatalf("%d entries were written, %d read", want, got)
	}
	return w, b
}

func TestBook(t *testing.T) {
	learned := "Hai bên nhất trí tăng cường hợp tác."
	long := strings.Repeat("x", 700)
	w, b := asBook(t, learned, learned, learned)
	for _, tt := range []struct {
		name, text string
		most       int // bytes
	}{
		{"nothing", "", 0},
		{"what was learned", "Hai bên nhất trí tăng cường hợp tác", 4},
		{"other words between", "Hai bên đã nhất trí", 2 + 2 + len(" đã") + 2},
		{"never met", "Xyz abc.", 2 + len("Xyz abc.")},
		{"ends in marks", "hợp tác...", 10 + 2 + 4},
		{"a long word", "nhất trí " + long + " hợp tác", 15 + 3*2 + 1 + len(long) + 10},
		{"no words", " \n— !", 2 + len(" \n— !")},
		{"not UTF-8", "hợp \xff\xfe tác", 30},
	} {
		t.Run(tt.name, func(t *testing.T) {
			codes := w.append(nil, tt.text, newAnalyzer().scan(tt.text))
			if got := string(b.append(nil, codes)); got != tt.text {
				t.Errorf("read back as %q", got)
			}
			if len(codes) > tt.most {
				t.Errorf("%q takes %d bytes, want %d at the most", tt.text, len(codes), tt.most)
			}
		})
	}
}

// Numbers of two bytes are used too.
func TestBookOfManyEntries(t *testing.T) {
	var texts []string
	for a, err := range testkit.Generated(t, 20) {
		if err != nil {
			t.Fatal(err)
		}
		for i := range a.Paragraphs {
			texts = append(texts, a.Paragraphs[i].Text)
		}
	}
	w, b := asBook(t, texts...)
	if n := len(w.entries); n <= shortCodes || n > bookSize {
		t.Fatalf("%d entries", n)
	}
	r, a := rand.New(rand.NewPCG(5, 6)), newAnalyzer()
	size, kept := 0, 0
	for _, text := range texts {
		text = text[r.IntN(len(text)):] // may begin within a character
		codes := w.append(nil, text, a.scan(text))
		if got := string(b.append([]byte("before "), codes)); got != "before "+text {
			t.Fatalf("%q is read back as %q", text, got)
		}
		size, kept = size+len(text), kept+len(codes)
	}
	if kept*5 > size*2 {
		t.Errorf("%d bytes take %d", size, kept)
	}
}

func FuzzBook(f *testing.F) {
	f.Add("hợp tác", "Hợp tác, hợp tác và\xffhợp tác")
	f.Add("a a a a", "a a a a a a a a\x00")
	f.Fuzz(func(t *testing.T, learned, text string) {
		w, b := asBook(t, learned, learned, learned, text)
		if got := string(b.append(nil, w.append(nil, text, newAnalyzer().scan(text)))); got != text {
			t.Fatalf("%q is read back as %q", text, got)
		}
	})
}
