package site

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vankho/internal/archive"
	"vankho/internal/vitext"
)

// sketch writes runs as text: sentences in {}, evidence in [] with its label,
// control characters by name.
func sketch(runs []run) string {
	var b strings.Builder
	for _, r := range runs {
		switch {
		case r.Sentence != "":
			b.WriteString("{" + sketch(r.Runs) + "}")
		case r.Marked:
			name := r.Evidence
			if name == "" {
				name = "…"
			}
			b.WriteString("[" + name + ":" + sketch(r.Runs) + "|" + r.Label + "]")
		case r.Control != "":
			b.WriteString("<" + r.Control + ">")
		default:
			b.WriteString(r.Text)
		}
	}
	return b.String()
}

// text gives the words of runs and nothing else.
func text(runs []run) string {
	var b strings.Builder
	for _, r := range runs {
		b.WriteString(r.Text + text(r.Runs))
	}
	return b.String()
}

func paragraph(text string) *archive.Paragraph {
	return &archive.Paragraph{N: 4, Kind: archive.Body, Text: text, Sentences: vitext.Sentences(text)}
}

func TestCut(t *testing.T) {
	for _, c := range []struct {
		name, text string
		marks      []mark
		want       string
	}{
		{"nothing marked", "Một câu. Hai câu.", nil, "{Một câu.} {Hai câu.}"},
		{"one mark", "abcdef", []mark{{1, 3, "x", false}}, "{a[e-4-1-3:bc|x]def}"},
		{"the same span twice", "abcdef", []mark{{1, 3, "x", false}, {1, 3, "y", false}, {1, 3, "x", false}}, "{a[e-4-1-3:bc|x · y]def}"},
		{"quiet beside loud", "abcdef", []mark{{1, 3, "lời", true}, {1, 3, "x", false}, {1, 3, "lời", true}}, "{a[e-4-1-3:bc|x]def}"},
		{"inside each other", "abcdef", []mark{{2, 3, "in", false}, {0, 6, "out", false}}, "{[e-4-0-6:ab[e-4-2-3:c|in]def|out]}"},
		{"same start", "abcdef", []mark{{0, 2, "in", false}, {0, 4, "out", false}}, "{[e-4-0-4:[e-4-0-2:ab|in]cd|out]ef}"},
		{"side by side", "abcdef", []mark{{0, 2, "x", false}, {2, 4, "y", false}}, "{[e-4-0-2:ab|x][e-4-2-4:cd|y]ef}"},
		{"crossing", "abcdef", []mark{{0, 3, "x", false}, {2, 5, "y", false}}, "{[e-4-0-3:ab[e-4-2-5:c|]|x][…:de|y]f}"},
		{"three crossing", "abcdefgh", []mark{{0, 4, "x", false}, {2, 6, "y", false}, {3, 8, "z", false}},
			"{[e-4-0-4:ab[e-4-2-6:c[e-4-3-8:d|]|]|x][…:[…:ef|y]gh|z]}"},
		{"over two sentences", "Ab cd. Ef gh.", []mark{{3, 9, "x", false}}, "{Ab [e-4-3-9:cd.|]} {[…:Ef|x] gh.}"},
		{"a bidi control", "ab\u202ecd", []mark{{0, 5, "x", false}}, "{[e-4-0-5:ab<U+202E>|x]cd}"},
		{"outside, empty, inside a rune", "ấb", []mark{{0, 9, "x", false}, {1, 1, "x", false}, {1, 3, "x", false}, {-1, 2, "x", false}}, "{ấb}"},
	} {
		t.Run(c.name, func(t *testing.T) {
			runs := cut(paragraph(c.text), c.marks)
			if diff := cmp.Diff(c.want, sketch(runs)); diff != "" {
				t.Errorf("cut(%q): (-want +got)\n%s", c.text, diff)
			}
			if got := text(runs); got != c.text {
				t.Errorf("cut(%q) holds the text %q", c.text, got)
			}
		})
	}
}

func TestKeepTogether(t *testing.T) {
	p := paragraph("Tổng Bí thư Tô Lâm hội đàm với Tổng Bí thư")
	at := strings.Index(p.Text, "hội đàm")
	runs := keepTogether(cut(p, []mark{{at, at + len("hội đàm"), "x", false}}), []string{"Tổng Bí thư", "hội đàm"})
	if got := text(runs); got != p.Text {
		t.Errorf("keepTogether holds the text %q", got)
	}
	var kept []string
	var walk func([]run)
	walk = func(runs []run) {
		for _, r := range runs {
			if r.Together {
				kept = append(kept, r.Text)
			}
			walk(r.Runs)
		}
	}
	walk(runs)
	if diff := cmp.Diff([]string{"Tổng Bí thư", "hội đàm", "Tổng Bí thư"}, kept); diff != "" {
		t.Errorf("keepTogether: (-want +got)\n%s", diff)
	}
}

// FuzzCut checks what must hold whatever the marks: the words are the
// paragraph's, to the byte; every fragment is there once; every mark that lies
// in the text keeps its fragment and its label.
func FuzzCut(f *testing.F) {
	f.Add("Sáng 12/3, tại Phủ Chủ tịch. Hai bên\u200e nhất trí.", []byte{0, 9, 2, 20, 5, 40, 30, 41})
	f.Fuzz(func(t *testing.T, s string, ends []byte) {
		s = strings.TrimSpace(strings.ToValidUTF8(s, ""))
		if s == "" {
			return
		}
		var marks []mark
		for i := 0; i+1 < len(ends); i += 2 {
			marks = append(marks, mark{Start: int(ends[i]), End: int(ends[i+1]), Label: "x"})
		}
		p := paragraph(s)
		runs := cut(p, marks)
		if got := text(runs); got != s {
			t.Fatalf("cut(%q, %v) holds the text %q", s, marks, got)
		}
		ids, labels := map[string]int{}, map[string]int{}
		var walk func([]run)
		walk = func(runs []run) {
			for _, r := range runs {
				ids[r.Sentence]++
				ids[r.Evidence]++
				if r.Label != "" {
					labels[r.Back]++
				}
				walk(r.Runs)
			}
		}
		walk(runs)
		for id, n := range ids {
			if id != "" && n != 1 {
				t.Errorf("cut(%q, %v): %s is there %d times", s, marks, id, n)
			}
		}
		for back, n := range labels {
			if n != 1 {
				t.Errorf("cut(%q, %v): the label of %s is there %d times", s, marks, back, n)
			}
		}
		for _, m := range mergeMarks(p, marks) {
			if strings.TrimSpace(s[m.start:m.end]) == "" {
				continue // between two sentences
			}
			if ids[evidenceFragment(m.whole)] != 1 {
				t.Errorf("cut(%q, %v): %v is lost", s, marks, m.whole)
			}
		}
	})
}

func TestVisible(t *testing.T) {
	if got := visible("Ana\u200e \u202eMoreira\u2066"); got != "Ana Moreira" {
		t.Errorf("visible: got %q", got)
	}
}
