package vitext

import (
	"fmt"
	"strings"
	"testing"
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

func BenchmarkScanner(b *testing.B) {
	text := strings.Repeat("Tổng Bí thư Tô Lâm và Tổng Bí thư, Chủ tịch nước Lào Thongloun Sisoulith nhất trí làm sâu sắc hơn quan hệ song phương bằng việc bổ sung nội hàm mới: “Hữu nghị vĩ đại, đoàn kết đặc biệt, hợp tác toàn diện, gắn kết chiến lược”. Kim ngạch đạt 1,5 tỷ USD. ", 20)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	var s Scanner
	for b.Loop() {
		for s.Reset(text); s.Scan(); {
		}
	}
}
