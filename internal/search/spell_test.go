package search

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vankho/internal/archive"
)

// spellTexts are what the tests of spelling ask: common words often, rare ones
// once.
func spellTexts() []string {
	var texts []string
	for i := range 30 {
		texts = append(texts,
			fmt.Sprintf("Thủ tướng hội đàm với Thủ tướng Slovakia lần thứ %d", i),
			fmt.Sprintf("Ủy ban Thường vụ Quốc hội họp phiên %d bàn về quan hệ ngoại giao", i),
			fmt.Sprintf("Quan hệ đối tác chiến lược, mục %d", i),
			fmt.Sprintf("Tổng thống Slovenia thăm cấp Nhà nước, mục %d", i),
		)
	}
	return append(texts, "một thương vụ lớn", "ông Thongloun Sisoulith thăm Việt Nam", "ông Kerekes", "ông Kerekez", "tình hình Iran", "tình hình Iraq", "nói về phủ nhận", "cùng Phu nhân", "ông lần lượt gặp")
}

func TestSuggestions(t *testing.T) {
	ix := buildTexts(t, spellTexts(), func(s string) string { return s })
	for _, tt := range []struct {
		query   string
		want    []string // suggestions
		instead string
		found   bool // there are results
	}{
		{query: "hội đàm", found: true},
		{query: "hỏi đàm", want: []string{"hội đàm"}, found: true},
		{query: "Hỏi đàm", want: []string{"Hội đàm"}, found: true},
		{query: "HỎI ĐÀM", want: []string{"HỘI ĐÀM"}, found: true},
		{query: "hôi đam", want: []string{"hội đàm"}, found: true},
		{query: "thũ tướng", want: []string{"thủ tướng"}, found: true},
		{query: "Thủ tướng hỏi đàm", want: []string{"Thủ tướng hội đàm"}, found: true},
		{query: "thuong vu", want: []string{"thường vụ", "thương vụ"}, found: true},
		{query: "hoi dam", found: true}, // there is no other reading: nothing to choose
		{query: "thương vụ", found: true},
		{query: "phu nhân", found: true},
		{query: "ngoai gaio", want: []string{"ngoại giao"}, instead: "ngoại giao", found: true},
		{query: "ngoại gaio", want: []string{"ngoại giao"}, instead: "ngoại giao", found: true},
		{query: "hooj ddafm", found: false},
		{query: "chiến lượt", want: []string{"chiến lược"}, instead: "chiến lược", found: true},
		{query: "Irn", want: []string{"Iran", "Iraq"}[:1], instead: "Iran", found: true},
		{query: "Thủ tướng Slovenia", found: true},
		{query: "Thonglun Sisoulith", want: []string{"Thongloun Sisoulith"}, found: true}, // as another spelling, see TestMisspelt
		{query: "xyzzy", found: false},
		{query: "Iran", found: true},
		{query: "31/12/1999", found: false},
	} {
		res, err := ix.Search(context.Background(), Query{Text: tt.query})
		if err != nil {
			t.Fatalf("%q: %v", tt.query, err)
		}
		var got []string
		for _, s := range res.Suggestions {
			got = append(got, s.Text)
			again, err := ix.Search(context.Background(), Query{Text: s.Text})
			if err != nil || again.Total != s.N || again.Total == 0 {
				t.Errorf("%q: %q is told to find %d, found %d, %v", tt.query, s.Text, s.N, again.Total, err)
			}
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%q: suggestions (-want +got)\n%s", tt.query, diff)
		}
		if res.Instead != tt.instead || (res.Total > 0) != tt.found {
			t.Errorf("%q: instead %q, %d found, want %q, %v", tt.query, res.Instead, res.Total, tt.instead, tt.found)
		}
	}
}

// TestMisspelt: a foreign word finds its misspellings and is found misspelt, but
// no other name.
func TestMisspelt(t *testing.T) {
	ix := buildTexts(t, spellTexts(), func(s string) string { return s })
	for _, tt := range []struct {
		query        string
		first, also  string
		never        string
		withoutExact bool // what was typed is nowhere
	}{
		{query: "Kerekes", first: "ông Kerekes", also: "Kerekez"},
		{query: "Kerekez", first: "ông Kerekez", also: "Kerekes"},
		{query: "Sisoulit", first: "ông Thongloun Sisoulith thăm Việt Nam", also: "Sisoulith", withoutExact: true},
		{query: "Thoonglun", first: "ông Thongloun Sisoulith thăm Việt Nam", also: "Thongloun", withoutExact: true},
		{query: "Thongluon", first: "ông Thongloun Sisoulith thăm Việt Nam", also: "Thongloun", withoutExact: true},
		{query: "Slovenia", never: "Slovakia"},
		{query: "Slovakia", never: "Slovenia"},
		{query: "Iran", never: "Iraq"},
	} {
		res, err := ix.Search(context.Background(), Query{Text: tt.query, Limit: MaxPage})
		if err != nil {
			t.Fatal(err)
		}
		if tt.first != "" && (len(res.Groups) == 0 || res.Groups[0].Source != tt.first) {
			t.Errorf("%s: got %+v first, want %q", tt.query, res.Groups, tt.first)
		}
		if tt.also != "" && !slices.Contains(res.Also, tt.also) {
			t.Errorf("%s: %q were looked for too, want %q", tt.query, res.Also, tt.also)
		}
		for _, g := range res.Groups {
			if tt.never != "" && strings.Contains(g.Source, tt.never) {
				t.Errorf("%s: found %q", tt.query, g.Source)
			}
		}
		exact, err := ix.Search(context.Background(), Query{Text: tt.query, Exact: true, Limit: MaxPage})
		if err != nil {
			t.Fatal(err)
		}
		if len(exact.Also) > 0 || len(exact.Suggestions) > 0 || exact.Instead != "" {
			t.Errorf("%s exactly: also %q, suggestions %v, instead %q", tt.query, exact.Also, exact.Suggestions, exact.Instead)
		}
		if tt.withoutExact != (exact.Total == 0) {
			t.Errorf("%s exactly: found %d", tt.query, exact.Total)
		}
	}
}

// TestAlsoIsTold: names that were looked for too are told, as far as the archive
// has them.
func TestAlsoIsTold(t *testing.T) {
	ix := buildTexts(t, []string{"Tổng thống Hoa Kỳ", "Tổng thống Mỹ", "Đại hội đồng LHQ", "Liên hợp quốc"}, func(s string) string { return s })
	for _, tt := range []struct {
		query string
		want  []string
	}{
		{"Hoa Kỳ", []string{"Mỹ"}},
		{"LHQ", []string{"Liên hợp quốc"}},
		{"Tổng thống", nil},
		{`"Hoa Kỳ"`, nil},
	} {
		res, err := ix.Search(context.Background(), Query{Text: tt.query})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(tt.want, res.Also); diff != "" {
			t.Errorf("%s (-want +got)\n%s", tt.query, diff)
		}
	}
}

// TestWithout: what is told to be found without a filter is what is found.
func TestWithout(t *testing.T) {
	ix := buildTest(t, generated(200)...)
	q := Query{Text: "quốc phòng", Years: []int{1999}, Kinds: []string{"talks"}, Forces: []string{string(archive.Signed)}}
	res, err := ix.Search(context.Background(), q)
	if err != nil || res.Total != 0 {
		t.Fatalf("found %d, %v", res.Total, err)
	}
	if len(res.Without) != 0 {
		t.Errorf("two filters let nothing through, and yet %v", res.Without)
	}
	q.Kinds, q.Forces = nil, nil
	if res, err = ix.Search(context.Background(), q); err != nil {
		t.Fatal(err)
	}
	q.Years = nil
	all, err := ix.Search(context.Background(), q)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]Without{{Filter: "year", N: all.Total}}, res.Without); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestRespelt(t *testing.T) {
	ix := buildTexts(t, []string{"x"}, func(s string) string { return s })
	for _, tt := range []struct {
		text  string
		words []string
		want  string
	}{
		{"Hỏi  đàm, 5/2", []string{"hội", "đàm"}, "Hội  đàm, 5/2"},
		{`-hỏi "hỏi đàm" năm:2025 hỏi đàm`, []string{"hội", "đàm"}, `-hỏi "hỏi đàm" năm:2025 hội đàm`},
		{`"hỏi đàm" hỏi đàm`, []string{"hội", "đàm"}, `"hỏi đàm" hội đàm`},
	} {
		asked, err := parse(tt.text, MaxQueryRunes, MaxTerms)
		if err != nil {
			t.Fatal(err)
		}
		p, err := newPlan(asked.parts, false, ix.frequency)
		if err != nil {
			t.Fatal(err)
		}
		if got := respelt(tt.text, p.words[:len(tt.words)], tt.words); got != tt.want {
			t.Errorf("respelt(%q): got %q, want %q", tt.text, got, tt.want)
		}
	}
}
