package search

import (
	"errors"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
)

// TestParseClauses: what is typed, and how it is printed when it has been read;
// an empty want is the text itself.
func TestParseClauses(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"", ""},
		{"hội đàm", ""},
		{"  hội \t đàm\n", "hội đàm"},
		{norm.NFD.String("hội đàm"), "hội đàm"},
		{"HỘI ĐÀM", ""},
		{"Việt Nam-Lào", ""},
		{"Việt Nam – Lào", ""},
		{"26 – 27/1", ""},
		{"26/1 5/2/2026 2026-02-05", ""},

		// Quotes of all kinds, and those that are none.
		{`"hội đàm"`, ""},
		{`“hội đàm”`, `"hội đàm"`},
		{`„hội đàm“`, `"hội đàm"`},
		{`”hội đàm”`, `"hội đàm"`},
		{`«hội đàm»`, `"hội đàm"`},
		{`‘hội đàm’`, `"hội đàm"`},
		{`'hội đàm'`, `"hội đàm"`},
		{`＂hội đàm＂`, `"hội đàm"`},
		{`“hội đàm"`, `"hội đàm"`},
		{`"hội “đàm” x"`, `"hội đàm x"`},
		{`"hội đàm" "đàm`, `"hội đàm" đàm`},
		{`hội" đàm`, "hội đàm"},
		{`""`, ""},
		{`"…"`, ""},
		{"Côte d'Ivoire", ""},
		{"N’Djamena d’Ivoire", ""},
		{"a\"b c\"d", `a "b c" d`},

		// What is left out.
		{"hội -Lào", ""},
		{"hội −Lào –Nga", "hội -Lào -Nga"},
		{`-"hội đàm"`, ""},
		{"-nước:Lào", ""},
		{"-Nam-Lào", ""},
		{"- Lào", "Lào"},
		{"hội -", "hội"},
		{"--Lào", "Lào"},
		{"a -- b", "a - - b"},
		{"-(hội đàm)", ""},
		{"-(hội đàm OR điện)", ""},
		{"-(hội)", "-hội"},

		// One or the other.
		{"hội OR điện", ""},
		{"hội HOẶC điện", "hội OR điện"},
		{"hội HOAC điện", "hội OR điện"},
		{"hội | điện|thư", "hội OR điện OR thư"},
		{"a b OR c d", ""},
		{`"hội đàm" OR "điện đàm" Lào`, ""},
		{"nước:Lào OR nước:Nga", ""},
		{`nước:Lào OR "Viêng Chăn"`, ""},
		{"(hội đàm OR điện đàm) Lào", ""},
		{"(hội đàm) OR (điện đàm)", "(hội đàm OR điện đàm)"},
		{"(hội OR điện) OR thư", "hội OR điện OR thư"},
		{"(hội OR điện)", "hội OR điện"},
		{"(hội đàm) Lào", "hội đàm Lào"},
		{"((hội đàm) OR điện)", "(hội đàm OR điện)"},
		{"(nước:Lào hội đàm OR nước:Nga)", ""},
		{"or hoặc Or", ""},
		{"OR", "or"},
		{"hội OR", "hội or"},
		{"OR hội", "or hội"},
		{"hội OR OR đàm", "hội or or đàm"},
		{"hội OR -đàm", "hội or -đàm"},
		{"|hội|", "hội"},
		{"(hội -đàm OR x)", "hội -đàm or x"},
		{"(hội", "hội"},
		{"hội)", "hội"},
		{")(", ""},
		{"()", ""},
		{"f(x)", "f x"},

		// Fields.
		{"năm:2025", ""},
		{"NĂM:2025", "năm:2025"},
		{"nam:2025 year:2026", "năm:2025 năm:2026"},
		{"từ:2025-01 đến:1/2026", "từ:2025-01 đến:2026-01"},
		{"from:5/2/2026 to:05-02-2026 until:5.2.2026", "từ:2026-02-05 đến:2026-02-05 đến:2026-02-05"},
		{"từ:tháng 2/2026 hội", "từ:2026-02 hội"},
		{`từ:"tháng 2 năm 2026"`, "từ:2026-02"},
		{"từ:ngày 5 tháng 2 năm 2026 hội", "từ:2026-02-05 hội"},
		{"từ:năm 2025", "từ:2025"},
		{"từ:2025 10 tỷ", ""},
		{"loại:hội-đàm", ""},
		{`loại:"hội đàm"`, "loại:hội-đàm"},
		{"loại:hội đàm Lào", "loại:hội-đàm Lào"},
		{"kind:talks", "loại:hội-đàm"},
		{"loai:hoi-dam", "loại:hội-đàm"},
		{"kind:phone_call", "loại:điện-đàm"},
		{"mức:ký force:signed", "mức:ký mức:ký"},
		{"chủ-đề:quốc phòng", "chủ-đề:quốc-phòng-an-ninh"},
		{"topic:dau-tu chude:y-te", "chủ-đề:đầu-tư chủ-đề:y-tế"},
		{"nước:Lào", ""},
		{"nước:lao country:LA nuoc:la", "nước:Lào nước:Lào nước:Lào"},
		{"nước:Hàn Quốc Lào", `nước:"Hàn Quốc" Lào`},
		{"nước:south-korea", `nước:"Hàn Quốc"`},
		{"nước:MY nước:my nước:Mỹ", `nước:Malaysia nước:"Hoa Kỳ" nước:"Hoa Kỳ"`},
		{"nước:Congo nước:CD nước:cg", `nước:Congo nước:CD nước:"Congo - Brazzaville"`},
		{`người:"Tô Lâm"`, ""},
		{"người:“Tô Lâm”", `người:"Tô Lâm"`},
		{"người:Tô Lâm", ""},
		{`nói:"Tô Lâm" by:to-lam`, `nói:"Tô Lâm" nói:to-lam`},
		{"nhất-trí:", ""},
		{"nhất_trí: nhat-tri: nhấttrí: agreed:", "nhất-trí: nhất-trí: nhất-trí: nhất-trí:"},
		{`nhất-trí:"thương mại"`, ""},
		{"số:", ""},
		{"số:tỷ", ""},
		{`-(nước:Lào OR nước:Nga)`, ""},

		// What only looks like a field.
		{"a:b", ""},
		{"http://x.vn", ""},
		{"Chủ tịch nước: Việt Nam", ""},
		{"người:", ""},
		{"người: Tô Lâm", ""},
		{`người:""`, "người:"},
		{"lúc 10:30", ""},
		{"tự:2025", ""},
		{"hai bên nhất trí: tăng", ""},
		{"đến :2025", ""},
		{`a* b? c~2 [d TO e] +f /g.*/ \h`, ""},
	} {
		if tt.want == "" && hasWord(tt.text) {
			tt.want = tt.text
		}
		c, err := ParseClauses(tt.text)
		if err != nil {
			t.Errorf("%q: %v", tt.text, err)
			continue
		}
		if got := String(c); got != tt.want {
			t.Errorf("%q: got %q, want %q", tt.text, got, tt.want)
		}
	}
}

func TestBadValues(t *testing.T) {
	for _, tt := range []struct{ text, typed, try string }{
		{"năm:20255", "năm:20255", "năm:2025"},
		{"year:25", "year:25", "year:2025"},
		{"hội năm:nay đàm", "năm:nay", "năm:2025"},
		{"năm:2024-2025", "năm:2024-2025", "từ:2024 đến:2025"},
		{"year:2025-01", "year:2025-01", "from:2025-01 to:2025-01"},
		{"từ:26/1", "từ:26/1", "từ:2025-01-26"},
		{"từ:31/2/2026", "từ:31/2/2026", "từ:2026-02-28"},
		{"to:2026-13", "to:2026-13", "to:2026-12"},
		{"đến:5/2/26", "đến:5/2/26", "đến:2026-02-05"},
		{"từ:hôm qua", "từ:hôm", "từ:2025"},
		{"loại:hộiđàm", "loại:hộiđàm", "loại:hội-đàm"},
		{"-kind:talk", "kind:talk", "kind:hội-đàm"},
		{"mức:camkêts", "mức:camkêts", "mức:cam-kết"},
		{"nước:Làoo", "nước:Làoo", "nước:Lào"},
		{"nước:Hàn-Quóc1", "nước:Hàn-Quóc1", `nước:"Hàn Quốc"`},
		{"chủ-đề:nông-nghiep1", "chủ-đề:nông-nghiep1", "chủ-đề:nông-nghiệp"},
	} {
		_, err := ParseClauses(tt.text)
		var bad *QueryError
		if !errors.As(err, &bad) || !errors.Is(err, ErrBadQuery) {
			t.Errorf("%q: got %v, want a QueryError", tt.text, err)
			continue
		}
		if bad.Typed != tt.typed || len(bad.Try) == 0 || bad.Try[0] != tt.try {
			t.Errorf("%q: got %q and %q, want %q and %q first", tt.text, bad.Typed, bad.Try, tt.typed, tt.try)
		}
		for _, try := range bad.Try {
			if _, err := ParseClauses(strings.Replace(tt.text, bad.Typed, try, 1)); err != nil {
				t.Errorf("%q: what is offered, %q, is none either: %v", tt.text, try, err)
			}
		}
	}
}
