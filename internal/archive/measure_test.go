package archive

import "testing"

func TestMeasureKey(t *testing.T) {
	for measure, want := range map[string]string{
		"kim ngạch thương mại song phương":    "kim ngạch thương mại",
		"Kim ngạch  thương mại giữa hai nước": "kim ngạch thương mại",
		"buôn bán hai chiều":                  "kim ngạch thương mại",
		"thương mại":                          "kim ngạch thương mại",
		"kim ngạch xuất khẩu":                 "kim ngạch xuất khẩu",
		"tổng vốn đăng ký":                    "vốn đầu tư đăng ký",
		"đầu tư":                              "đầu tư",
		"song phương":                         "",
		"":                                    "",
	} {
		got := MeasureKey(measure)
		if got != want {
			t.Errorf("MeasureKey(%q) = %q, want %q", measure, got, want)
		}
		if again := MeasureKey(got); again != got {
			t.Errorf("MeasureKey(%q) = %q, and of that %q", measure, got, again)
		}
	}
}
