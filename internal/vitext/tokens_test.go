package vitext

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"
)

// keys gives the tokens of text as "exact/folded", or "exact" where both are
// the same.
func keys(text string) []string {
	var s Scanner
	var out []string
	for s.Reset(text); s.Scan(); {
		k := string(s.Exact)
		if string(s.Folded) != k {
			k += "/" + string(s.Folded)
		}
		out = append(out, k)
	}
	return out
}

func TestScanner(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"plain", "Đảng Cộng sản", "đảng/dang cộng/cong sản/san"},
		{"old đ", "Ðảng", "đảng/dang"},
		{"tone place", "hoà thuỷ khoẻ toà", "hòa/hoa thủy/thuy khỏe/khoe tòa/toa"},
		{"tone place with final", "tòan hòan thuỵên", "toàn/toan hoàn/hoan thuyện/thuyen"},
		{"tone after qu and gi", "quá qúa quý già gìa gìn giếng", "quá/qua quá/qua quí/qui già/gia già/gia gìn/gin giếng/gieng"},
		{"bare y", "kỹ lý tỷ mỹ y hay hai thủy ấy", "kĩ/ki lí/li tỉ/ti mĩ/mi i hay hai thủy/thuy ấy/ay"},
		{"dashes", "Việt Nam-Lào – Trung", "việt/viet nam lào/lao trung"},
		{"glued", "ChínhChủ tịch", "chính/chinh chủ/chu tịch/tich"},
		{"glued thrice", "BộTrưởngNgoại", "bộ/bo trưởng/truong ngoại/ngoai"},
		{"not glued", "iPhone VinFast McDonald YouTube", "iphone vinfast mcdonald youtube"},
		{"numbers", "1,5 1.5 10.000 1.500.000 0,125 26.1.2026 3,14159 2026.", "1.5 1.5 10000 1500000 0.125 26 1 2026 3.14159 2026"},
		{"digits and letters", "10h30 G20 50% COP26", "10h30 g20 50 cop26"},
		{"initials", "TP.HCM T.Ư S.A-bê", "tp hcm t ư/u s a bê/be"},
		{"central", "Văn phòng TƯ Đảng; ĐẦU TƯ; tư; TƯ ĐẢNG", "văn/van phòng/phong t ư/u đảng/dang đầu/dau tư/tu tư/tu tư/tu đảng/dang"},
		{"zero width", "Việt\u200bNam \ufeffhội\u00ad đàm", "việt/viet nam hội/hoi đàm/dam"},
		{"stray mark order", "\u00f2\u0302i ho\u0302\u0323i ho\u0323\u0302i", "ồi/oi hội/hoi hội/hoi"},
		{"foreign", "Orbán Díaz-Canel Erdoğan Müller Макрон 日本", "orbán/orban díaz/diaz canel erdoğan/erdogan müller/muller макрон 日本"},
		{"nothing", " –…!", ""},
	} {
		if diff := cmp.Diff(tt.want, strings.Join(keys(tt.text), " ")); diff != "" {
			t.Errorf("%s: tokens of %q (-want +got)\n%s", tt.name, tt.text, diff)
		}
	}
}

func TestScannerOffsets(t *testing.T) {
	var got []string
	var s Scanner
	text := "(ChínhChu\u0309 tịch), 1,5 tỷ" + norm.NFD.String(" hội") + "\u200b."
	for s.Reset(text); s.Scan(); {
		got = append(got, norm.NFC.String(text[s.Start:s.End]))
	}
	want := []string{"Chính", "Chủ", "tịch", "1,5", "tỷ", "hội"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("words (-want +got)\n%s", diff)
	}
}

// TestNormalisation has what must be the same word and what must not, one line
// for each rule.
func TestNormalisation(t *testing.T) {
	for _, tt := range []struct {
		name   string
		alike  string // each the same keys, divided by bars
		unlike string // none of them those keys
	}{
		{"letters of one character or several", "hội|ho\u0302\u0323i|ho\u0323\u0302i|h\u00f4\u0323i|h\u1ecd\u0302i", "hôi|họi"},
		{"a mark after the tone", "ồi|\u00f2\u0302i|\u00f4\u0300i", "òi"},
		{"tone marks with two codes", "hòa|ho\u0340a", ""},
		{"zero width", "Việt|Vi\u200bệt|Vi\u200cệt|Vi\u200dệt|Vi\u2060ệt|\ufeffViệt|Vi\u00adệt", "Vi ệt"},
		{"eth", "Đảng|\u00d0ảng|\u00f0ảng|đảng", "Dảng"},
		{"tone on the first or second vowel", "hoà|hòa", "hoá"},
		{"tone in uy", "thuỷ|thủy", "thùy"},
		{"tone in oe", "khoẻ|khỏe", ""},
		{"tone before a consonant", "toàn|tòan", "tóan"},
		{"tone on a marked vowel", "chuyện|chuỵên", ""},
		{"tone after qu", "quá|qúa", ""},
		{"tone after gi", "già|gìa", ""},
		{"bare y after k", "kỹ|kĩ", "ky"},
		{"bare y after l", "lý|lí", ""},
		{"bare y after t", "tỷ|tỉ", "tị"},
		{"bare y after qu", "quý|quí", "quy"},
		{"bare y alone", "y|i|Y|I", "ý"},
		{"y in a rhyme", "hay", "hai"},
		{"y in uy", "thúy", "thúi"},
		{"yê", "yên", "iên"},
		{"hyphen and dashes", "Việt Nam Lào|Việt Nam-Lào|Việt Nam–Lào|Việt Nam — Lào|Việt Nam\u2011Lào", "ViệtNam Lào là"},
		{"đ is a letter of its own", "đa", "da"},
		{"glued", "ChínhChủ|Chính Chủ", "chínhchủ"},
		{"not glued", "iPhone|iphone", "i Phone"},
		{"decimals", "1,5|1.5", "15|1,50"},
		{"thousands", "1.500.000|1,500,000|1500000", "1.5"},
		{"case", "HỘI|Hội|hội", ""},
		{"the old kelvin sign", "Kim|\u212aim", ""},
	} {
		alike, unlike := strings.Split(tt.alike, "|"), strings.Split(tt.unlike, "|")
		want := keys(alike[0])
		for _, s := range alike[1:] {
			if diff := cmp.Diff(want, keys(s)); diff != "" {
				t.Errorf("%s: %q and %q (-want +got)\n%s", tt.name, alike[0], s, diff)
			}
		}
		for _, s := range unlike {
			if cmp.Equal(want, keys(s)) {
				t.Errorf("%s: %q and %q have the same keys", tt.name, alike[0], s)
			}
		}
	}
}

// TestFoldedKeys: the folded key of every token is its exact key folded, so
// that what is typed without marks finds it.
func TestFoldedKeys(t *testing.T) {
	var s Scanner
	for s.Reset(seeds(t)); s.Scan(); {
		if want := Fold(string(s.Exact)); string(s.Folded) != want {
			t.Errorf("folded key of %q: got %q, want %q", s.Exact, s.Folded, want)
		}
		if s.Marked != (string(s.Exact) != string(s.Folded)) {
			t.Errorf("%q: marked is %v", s.Exact, s.Marked)
		}
	}
}

// TestWordsAreWhereTheyWereWritten builds texts of words in every form and asks
// for each its own bytes back.
func TestWordsAreWhereTheyWereWritten(t *testing.T) {
	words := strings.Fields("hội đàm Tổng Bí thư hòa bình thuỷ quý nghiêng Đảng USD Orbán G20 kỹ khuỷu")
	gaps := []string{" ", ", ", " – ", "-", "\u00a0", "\n", "…", " “", "” (", "/"}
	r := rand.New(rand.NewPCG(5, 6))
	for range 2000 {
		var text strings.Builder
		var want []string
		for range 1 + r.IntN(12) {
			word := words[r.IntN(len(words))]
			switch r.IntN(5) {
			case 0:
				word = norm.NFD.String(word)
			case 1:
				word = marksApart(word)
			case 2:
				rs := []rune(word)
				at := 1 + r.IntN(len(rs)-1)
				word = string(rs[:at]) + "\u200b" + string(rs[at:])
			case 3: // two run together, so that a small letter meets a capital
				text.WriteString("Chính")
				want = append(want, "Chính")
				word = "Chủ"
			}
			text.WriteString(word)
			want = append(want, word)
			text.WriteString(gaps[r.IntN(len(gaps))])
		}
		var got []string
		var s Scanner
		for s.Reset(text.String()); s.Scan(); {
			got = append(got, text.String()[s.Start:s.End])
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("words of %q (-want +got)\n%s", text.String(), diff)
		}
	}
}

// TestScannerAllocatesNothing, whatever the form of the text.
func TestScannerAllocatesNothing(t *testing.T) {
	text := seeds(t)
	for _, form := range []string{text, norm.NFD.String(text), strings.ToUpper(text)} {
		var s Scanner
		n := testing.AllocsPerRun(3, func() {
			for s.Reset(form); s.Scan(); {
			}
		})
		if n > 0 {
			t.Errorf("%v allocations reading %.40q", n, form)
		}
	}
}

func TestValidSyllable(t *testing.T) {
	for word, want := range map[string]bool{
		"Chính": true, "nghiêng": true, "Chủ": true, "chu": true, "quyết": true, "giếng": true, "gì": true,
		"oanh": true, "khuỷu": true, "đắk": false, "phone": false, "fast": false, "cạc": true, "càc": false,
		"sách": true, "sàch": false, "hai bên": false, "": false, "tt": false, "ý": true,
	} {
		if got := ValidSyllable(word); got != want {
			t.Errorf("ValidSyllable(%q): got %v, want %v", word, got, want)
		}
	}
}

func ExampleScanner() {
	var s Scanner
	for s.Reset("Hoà bình, 1,5 tỷ"); s.Scan(); {
		fmt.Println(s.Start, s.End, string(s.Exact), string(s.Folded))
	}
	// Output:
	// 0 4 hòa hoa
	// 5 10 bình binh
	// 12 15 1.5 1.5
	// 16 20 tỉ ti
}

func FuzzScanner(f *testing.F) {
	f.Add("Đảng Cộng sản, hoà bình: ChínhChủ tịch 1,5 tỷ USD – 26.1.2026; Orbán \u00f2\u0302 日本")
	f.Add("o\u0301\u0302\u0323 \u200b\u031b qúa gìa iPhone ÐẢNG")
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			t.Skip()
		}
		var s Scanner
		last := 0
		for s.Reset(text); s.Scan(); {
			if s.Start < last || s.End <= s.Start || s.End > len(text) {
				t.Fatalf("token %d..%d after %d in %q", s.Start, s.End, last, text)
			}
			if !utf8.ValidString(text[s.Start:s.End]) {
				t.Fatalf("token %d..%d of %q cuts a rune", s.Start, s.End, text)
			}
			last = s.End
			if len(s.Exact) == 0 || len(s.Folded) == 0 {
				t.Fatalf("token %q of %q has an empty key", text[s.Start:s.End], text)
			}
			again := keys(string(s.Exact))
			want := string(s.Exact)
			if string(s.Folded) != want {
				want += "/" + string(s.Folded)
			}
			if len(again) != 1 || again[0] != want {
				t.Fatalf("keys of the key %q: got %q, want %q", s.Exact, again, want)
			}
		}
		want := keys(text)
		if diff := cmp.Diff(want, keys(norm.NFC.String(text))); diff != "" {
			t.Fatalf("NFC of %q has other keys (-want +got)\n%s", text, diff)
		}
		if diff := cmp.Diff(want, keys(norm.NFD.String(text))); diff != "" {
			t.Fatalf("NFD of %q has other keys (-want +got)\n%s", text, diff)
		}
	})
}

// BenchmarkScanner and BenchmarkFold read the seeds. MB/cpu-s is what a second
// of processor time reads, however busy the machine is.
func BenchmarkScanner(b *testing.B) {
	text := seeds(b)
	for _, form := range []struct{ name, text string }{{"NFC", text}, {"NFD", norm.NFD.String(text)}} {
		b.Run(form.name, func(b *testing.B) {
			var s Scanner
			readRate(b, form.text, func(text string) {
				for s.Reset(text); s.Scan(); {
				}
			})
		})
	}
}

func BenchmarkFold(b *testing.B) {
	readRate(b, seeds(b), func(text string) { Fold(text) })
}

func readRate(b *testing.B, text string, read func(string)) {
	b.ReportAllocs()
	start := processorTime()
	for b.Loop() {
		read(text)
	}
	used := processorTime() - start
	b.ReportMetric(float64(b.N)*float64(len(text))/1e6/used.Seconds(), "MB/cpu-s")
}

func processorTime() time.Duration {
	var u syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// seeds gives the text of all seeds.
func seeds(tb testing.TB) string {
	tb.Helper()
	files, err := filepath.Glob("../../seeds/*.txt")
	if err != nil || len(files) == 0 {
		tb.Fatalf("no seeds: %v", err)
	}
	var all strings.Builder
	for _, path := range files {
		text, err := os.ReadFile(path)
		if err != nil {
			tb.Fatal(err)
		}
		all.WriteString(NFC(string(text)) + "\n")
	}
	return all.String()
}
