package source

import (
	"strings"
	"testing"
)

func TestShorten(t *testing.T) {
	long := strings.Repeat("hai bên nhất trí ", 10)
	for _, tt := range []struct{ name, in, want string }{
		{"whole sentence", "Ông đến Hà Nội. Ông đi Huế.", "Ông đến Hà Nội"},
		{"three dots stay", "Ông đến Hà Nội...", "Ông đến Hà Nội..."},
		{"question", "Ông đến Hà Nội? Chưa.", "Ông đến Hà Nội?"},
		{"number", "1. Ông đến Hà Nội. Ông đi Huế.", "1. Ông đến Hà Nội"},
		{"only a stop", ".", "."},
		{"what is left of a dateline", ". – Ông đến Hà Nội. Ông đi Huế.", "Ông đến Hà Nội"},
		{"at a clause", "Sáng 5/2, trong chuyến thăm cấp Nhà nước tới Lào theo lời mời của nước chủ nhà, " + long, "Sáng 5/2, trong chuyến thăm cấp Nhà nước tới Lào theo lời mời của nước chủ nhà…"},
		{"no clause long enough", "Sáng 5/2, " + long, "Sáng 5/2, hai bên nhất trí hai bên nhất trí hai bên nhất trí hai bên nhất trí hai bên nhất trí hai bên nhất trí hai…"},
		{"not inside a name", strings.Repeat("một hai ba ", 9) + "và ông Nguyễn Văn An đã gặp", strings.TrimSpace(strings.Repeat("một hai ba ", 9)) + " và ông…"},
		{"one word", strings.Repeat("ă", 130), strings.Repeat("ă", 119) + "…"},
	} {
		if got := shorten(tt.in); got != tt.want {
			t.Errorf("%s: shorten(%q): got %q, want %q", tt.name, tt.in, got, tt.want)
		}
	}
}
