package vitext

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestFold(t *testing.T) {
	for in, want := range map[string]string{
		"Đảng Cộng sản":      "dang cong san",
		"Ðảng":               "dang",
		"ho\u0323\u0302i":    "hoi",
		"Viktor Orbán":       "viktor orban",
		"TP.HCM – 10 tỷ USD": "tp.hcm – 10 ty usd",
		"":                   "",
	} {
		got := Fold(in)
		if got != want {
			t.Errorf("Fold(%q): got %q, want %q", in, got, want)
		}
		if again := Fold(got); again != got {
			t.Errorf("Fold(Fold(%q)): got %q, want %q", in, again, got)
		}
	}
}

func TestSlug(t *testing.T) {
	for in, want := range map[string]string{
		"Tô Lâm":                "to-lam",
		"Kassym-Jomart Tokayev": "kassym-jomart-tokayev",
		"S.A-bê ":               "s-a-be",
		"…":                     "",
	} {
		if got := Slug(in); got != want {
			t.Errorf("Slug(%q): got %q, want %q", in, got, want)
		}
	}
}

func TestSentences(t *testing.T) {
	for _, text := range [][]string{
		{"Một câu thôi."},
		{"Câu một. ", "Câu hai; vẫn câu hai! ", "Câu ba?"},
		{"Ngày 22/2, tại TP. HCM, ông Antony J. Blinken gặp báo chí tại Washington D.C. hôm qua. ", "Hết."},
		{"Ông nói: “Tốt.” ", "Rồi đi."},
		{"Vì lợi ích của mỗi nước... ", "Hai bên nhất trí."},
		{"Kim ngạch đạt 1.5 tỷ USD. ", "10 dự án mới."},
		{"(Ông nói. Rồi nghỉ.) ", "Tiếp."},
		{"Dấu ngoặc (quên đóng. ", "Câu sau."},
		{"Dòng một\n", "Dòng hai"},
		{"GS. TS. Nguyễn Văn A phát biểu. ", "“Hay lắm” là lời ông."},
		{"Trao Huân chương cho PGS.TS. Trần Văn Bình. ", "Xong."},
		{""},
	} {
		var whole string
		var want []int
		for _, s := range text {
			want = append(want, len(whole))
			whole += s
		}
		if diff := cmp.Diff(want, Sentences(whole)); diff != "" {
			t.Errorf("Sentences(%q): (-want +got)\n%s", whole, diff)
		}
	}
}

func FuzzSentences(f *testing.F) {
	f.Add("Câu một. Câu hai.\nDòng ba (có. ngoặc).")
	f.Fuzz(func(t *testing.T, s string) {
		starts := Sentences(s)
		if starts[0] != 0 {
			t.Fatalf("Sentences(%q) begins at %d", s, starts[0])
		}
		for i := 1; i < len(starts); i++ {
			if starts[i] <= starts[i-1] || starts[i] >= len(s) {
				t.Fatalf("Sentences(%q) = %v", s, starts)
			}
		}
	})
}
