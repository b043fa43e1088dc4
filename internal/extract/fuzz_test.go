package extract_test

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"

	"vankho/internal/archive"
	"vankho/internal/extract"
	"vankho/internal/source"
	"vankho/internal/vitext"
)

// FuzzBytes reads any bytes as a file of each format, as an import does: they
// are refused, or give a record of which all of holds is true.
func FuzzBytes(f *testing.F) {
	files, _ := filepath.Glob("../../seeds/*.txt")
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data[:1200]) // the fuzzer is slow to make long ones shorter
	}
	f.Add([]byte("<title>Hội đàm</title><p>Sáng 5/2/2026, tại Hà Nội, Thủ tướng Phạm Minh Chính hội đàm với Thủ tướng Lào Sonexay Siphandone.<p>Hai bên nhất trí."))
	f.Add([]byte("---\ntitle: Gặp\npublished: 2026-02-05\n---\n**Hôm qua**, Tổng thống Lào *gặp* bà Merkel.\n"))
	f.Add([]byte("Ng\xc3\xa0y 5/2, Th\xe1\xbb tướng \xff hội đàm với Tổng thống Lào X\xf0\x9f\x87."))
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, name := range []string{"a.txt", "a.md", "a.html"} {
			a, err := source.Read(source.File{Path: name, Name: name, Rel: name, Collection: "test", Data: data})
			var refused *source.Error
			if errors.As(err, &refused) {
				continue
			}
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			holds(t, a)
		}
	})
}

// FuzzParagraph reads one paragraph whose sentences begin anywhere, as those may
// that an older reader published.
func FuzzParagraph(f *testing.F) {
	f.Add("Ngày 5/2, Thủ tướng Phạm Minh Chính hội đàm với Thủ tướng Lào Sonexay Siphandone. Hai bên nhất trí.", uint(9), uint(33))
	f.Add("Nhận lời mời của ông A, bà B thăm Lào từ 5-7/2 và đề nghị 5 tỷ USD", uint(3), uint(1))
	f.Fuzz(func(t *testing.T, text string, cut, second uint) {
		text = strings.TrimSpace(vitext.NFC(strings.ToValidUTF8(text, "?")))
		if text == "" {
			return
		}
		a := plain("x", "2024-05-04")
		p := &a.Paragraphs[0]
		a.Published.Evidence = nil
		a.Published.State, a.Published.EDTF = archive.NotStated, ""
		p.Text, p.Sentences = text, []int{0}
		for _, at := range []int{int(cut % 1e6), int(cut%1e6 + second%1e6)} {
			if at < len(text) && at > p.Sentences[len(p.Sentences)-1] && utf8.RuneStart(text[at]) {
				p.Sentences = append(p.Sentences, at)
			}
		}
		holds(t, a)
	})
}

// holds wants of a reading that every span lies inside its paragraph on rune
// borders and reproduces its quote, that Check finds nothing, that the article
// itself is as it was, and that a second reading gives the same.
func holds(t *testing.T, a *archive.Article) {
	t.Helper()
	text := slices.Clone(a.Paragraphs)
	var readings [2]*archive.Article
	for i := range readings {
		b := *a
		meetings, visits, problems := extract.Meetings(&b)
		b.Meetings, b.Visits, b.Problems = meetings, visits, append(slices.Clone(a.Problems), problems...)
		b.AssignIDs()
		b.Complete()
		readings[i] = &b
	}
	if !reflect.DeepEqual(readings[0], readings[1]) {
		t.Fatalf("read twice: (-first +second)\n%s", cmp.Diff(readings[0], readings[1]))
	}
	if !reflect.DeepEqual(text, slices.Clone(a.Paragraphs)) {
		t.Fatalf("Meetings changed the article: (-before +after)\n%s", cmp.Diff(text, slices.Clone(a.Paragraphs)))
	}
	if problems := archive.Check(readings[0]); len(problems) > 0 {
		t.Fatalf("Check: %v", problems)
	}
	n := 0
	eachEvidence(reflect.ValueOf(readings[0]), func(e archive.Evidence) {
		n++
		if e.Paragraph < 1 || e.Paragraph > len(a.Paragraphs) {
			t.Fatalf("evidence %+v: no such paragraph", e)
		}
		text := a.Paragraphs[e.Paragraph-1].Text
		if e.Start < 0 || e.Start >= e.End || e.End > len(text) || text[e.Start:e.End] != e.Quote {
			t.Fatalf("evidence %+v is not what the paragraph has there: %q", e, text)
		}
		if !utf8.ValidString(e.Quote) || !utf8.RuneStart(text[e.Start]) || e.End < len(text) && !utf8.RuneStart(text[e.End]) {
			t.Fatalf("evidence %+v cuts a rune of %q", e, text)
		}
	})
	if len(readings[0].Meetings)+len(readings[0].Visits) > 0 && n == 0 {
		t.Fatal("events without any evidence")
	}
}

// eachEvidence finds evidence at whatever place of a record, in fields to come
// as well.
func eachEvidence(v reflect.Value, fn func(archive.Evidence)) {
	if e, ok := v.Interface().(archive.Evidence); ok {
		fn(e)
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			eachEvidence(v.Elem(), fn)
		}
	case reflect.Slice:
		for i := range v.Len() {
			eachEvidence(v.Index(i), fn)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			eachEvidence(v.Field(i), fn)
		}
	}
}

// TestHolds wants the same of every text there is, in Unicode composed and
// decomposed, and cut off at any place.
func TestHolds(t *testing.T) {
	n := 0
	for _, glob := range []string{"../../seeds/*.txt", "testdata/*/texts/*.txt"} {
		files, _ := filepath.Glob(glob)
		for i, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			n++
			texts := [][]byte{data}
			if i%8 == 0 {
				texts = append(texts, []byte(norm.NFD.String(string(data))), data[:len(data)/2], data[:len(data)*2/3+1], data[len(data)/3+1:])
			}
			for _, data := range texts {
				name := filepath.Base(file)
				a, err := source.Read(source.File{Path: name, Name: name, Rel: name, Collection: "test", Data: data})
				var refused *source.Error
				if errors.As(err, &refused) {
					continue // it was cut inside a rune
				}
				if err != nil {
					t.Fatalf("%s: %v", file, err)
				}
				holds(t, a)
			}
		}
	}
	if n < 100 {
		t.Fatalf("only %d texts", n)
	}
}
