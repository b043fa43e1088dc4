package card

import (
	"bytes"
	"image/png"
	"strings"
	"testing"
)

var sample = Card{
	Site: "Văn khố Đối ngoại", Kind: "Hội đàm",
	Title: "Tổng Bí thư, Chủ tịch nước Lào Thongloun Sisoulith nhiệt liệt chào mừng Tổng Bí thư Tô Lâm thăm cấp Nhà nước",
	Foot:  "Thứ Hai, 1/12/2025, Viêng Chăn, Lào",
}

func TestDraw(t *testing.T) {
	for name, c := range map[string]Card{
		"usual": sample, "empty": {}, "endless word": {Title: strings.Repeat("ngoằn", 200)}, "long": {Title: strings.Repeat(sample.Title+" ", 20), Foot: strings.Repeat("x ", 900)},
		"letters the fonts lack": {Title: "Štefan 习近平 Ğ \u202e\n"},
	} {
		b, err := Draw(c)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		img, err := png.Decode(bytes.NewReader(b))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if size := img.Bounds().Size(); size.X != Width || size.Y != Height {
			t.Errorf("%s: %v", name, size)
		}
		if len(b) > 64<<10 {
			t.Errorf("%s: %d bytes", name, len(b))
		}
		// Nothing runs over the edge: the margin at the right is paper.
		for y := 14; y < Height; y++ {
			if r, g, b, _ := img.At(Width-margin/2, y).RGBA(); r>>8 != uint32(paper.R) || g>>8 != uint32(paper.G) || b>>8 != uint32(paper.B) {
				t.Fatalf("%s: ink in the margin at line %d", name, y)
			}
		}
		// The title ends above the line at the foot.
		for x := range Width {
			if r, g, b, _ := img.At(x, Height-100).RGBA(); r>>8 != uint32(paper.R) || g>>8 != uint32(paper.G) || b>>8 != uint32(paper.B) {
				t.Fatalf("%s: ink between title and foot at column %d", name, x)
			}
		}
		again, err := Draw(c)
		if err != nil || !bytes.Equal(b, again) {
			t.Errorf("%s: drawn twice, it differs (%v)", name, err)
		}
	}
}

// TestLetters wants every letter of Vietnamese in both fonts.
func TestLetters(t *testing.T) {
	f, err := fonts()
	if err != nil {
		t.Fatal(err)
	}
	letters := "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđ0123456789–—…“”,.:;/()"
	serif, err := newFace(f.serif, 40)
	if err != nil {
		t.Fatal(err)
	}
	sans, err := newFace(f.sans, 40)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range letters + strings.ToUpper(letters) {
		if drawable(serif, r) != r || drawable(sans, r) != r {
			t.Errorf("no glyph for %q", r)
		}
	}
	if got := drawable(serif, 'Š'); got != 'S' {
		t.Errorf("drawable(Š) is %q, want S", got)
	}
}

func BenchmarkDraw(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Draw(sample); err != nil {
			b.Fatal(err)
		}
	}
}
