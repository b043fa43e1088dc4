package vitext

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSortKey(t *testing.T) {
	// Each list is in order.
	for name, want := range map[string][]string{
		"letters": {"Ai Cập", "Anh", "Áo", "Ăng-gô-la", "Ấn Độ", "Ba Lan", "Campuchia", "Cuba", "Dũng", "Đan Mạch", "Đức", "Estonia", "Êđê",
			"Fiji", "Gabon", "Hà Lan", "Hàn Quốc", "Hoa Kỳ", "Iraq", "Jamaica", "Lào", "Litva", "Na Uy", "Nga", "Nhật Bản", "Oman", "Ô-xtrây-li-a", "Ơn",
			"Pháp", "Thái Lan", "Thổ Nhĩ Kỳ", "Thụy Điển", "Thụy Sĩ", "Triều Tiên", "Trung Quốc", "Uy", "Ưng", "Ý", "Zambia"},
		"tones":              {"ma", "mà", "mả", "mã", "má", "mạ", "man", "mă", "mẩ"},
		"letters before":     {"Lê Hoài Trung", "Lễ Hoài Trung", "Lê Hoàng"},
		"words before":       {"Hà Lan", "Hà Văn An", "Hài", "Han"},
		"capitals":           {"Bun-thoong", "BUN-THOONG A", "bun thoong b"},
		"Vietnamese names":   {"Nguyễn Phú Trọng", "Nguyễn Tấn Dũng", "Nguyễn Thị Kim Ngân", "Nguyễn Xuân Phúc", "Phạm Bình Minh", "Phạm Minh Chính", "Phan Văn Giang"},
		"marks of elsewhere": {"Angela Merkel", "Ångström", "Antonio Costa", "António Costa", "Åsa"},
		"digits":             {"", "10 B", "3", "a"},
		"other scripts":      {"z", "Ж", "中"},
	} {
		got := slices.Clone(want)
		rand.New(rand.NewPCG(1, 2)).Shuffle(len(got), func(i, j int) { got[i], got[j] = got[j], got[i] })
		slices.SortFunc(got, func(a, b string) int { return strings.Compare(SortKey(a), SortKey(b)) })
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestSortKeyTellsApart(t *testing.T) {
	// What is the same but for form or case is next to each other, and never the same.
	for _, pair := range [][2]string{{"Tô Lâm", "tô lâm"}, {"Hoà", "Hòa"}, {"a-b", "a b"}} {
		if SortKey(pair[0]) == SortKey(pair[1]) {
			t.Errorf("%q and %q have one key", pair[0], pair[1])
		}
	}
}

func FuzzSortKey(f *testing.F) {
	for _, s := range []string{"Nguyễn Phú Trọng", "Đ", "ð", "", "\xff", "a\u0323\u0302"} {
		f.Add(s, "Lê")
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		if (SortKey(a) == SortKey(b)) != (a == b) {
			t.Errorf("SortKey(%q) and SortKey(%q): %q, %q", a, b, SortKey(a), SortKey(b))
		}
	})
}

func BenchmarkSortKey(b *testing.B) {
	for b.Loop() {
		SortKey("Nguyễn Thị Kim Ngân")
	}
}
