package search

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vankho/internal/archive"
	"vankho/internal/testkit"
)

// labels names what was found in the sample articles, by article and by the guest
// of a meeting.
func labels(res *Results) string {
	meetings := map[string]string{}
	for _, a := range testkit.Articles() {
		for _, m := range a.Meetings {
			guest := m.Participants[1].Person
			meetings[m.ID] = guest[:strings.Index(guest, "-")]
		}
	}
	var out []string
	for _, g := range res.Groups {
		if name := meetings[g.Meeting]; name != "" {
			out = append(out, name)
		} else {
			out = append(out, strings.TrimSuffix(g.Source, ".txt"))
		}
	}
	slices.Sort(out)
	return strings.Join(slices.Compact(out), " ")
}

// TestOperators asks a real index. The sample articles are talks with Ana
// Moreira of Brazil; a series of meetings with Karl Muster of Switzerland and
// Bounmy Thử of Laos, with its article; and a visit of Ana Moreira's that is announced.
func TestOperators(t *testing.T) {
	ix := buildTest(t, testkit.Articles()...)
	const all = "ana bounmy karl sap-tham"
	for _, tt := range []struct{ query, want string }{
		{"", all},
		{"hiệp định", "karl"},

		// What is left out, the whole article with it.
		{"gặp", "ben-le bounmy karl"},
		{"gặp -Muster", ""},
		{"-gặp", "ana sap-tham"},
		{"-gap", "ana sap-tham"},
		{`-"tự do"`, "ana sap-tham"},
		{`-"do tự"`, all},
		{`-"đàm phán hiệp định"`, "ana sap-tham"},
		{"-thương-mại", "sap-tham"},
		{"-(thương mại)", "sap-tham"},
		{"-(thương phán)", "ana sap-tham"},
		{"-(thương OR 200)", "sap-tham"},
		{"-12/3/2026", "bounmy karl sap-tham"},
		{"-nobody", all},
		{"-gặp -hội", "sap-tham"},
		{"Moreira -nước:CH", "ana sap-tham"},

		// One or the other.
		{"Muster OR Bounmy", "bounmy karl"},
		{"phán OR bổng", "bounmy karl"},
		{"phán | bổng | kim", "ana bounmy karl"},
		{`"học bổng" OR "kim ngạch"`, "ana bounmy"},
		{"(học bổng OR kim ngạch)", "ana bounmy"},
		{"(học bổng) OR (kim ngạch)", "ana bounmy"},
		{"(học bổng OR kim ngạch) Lào", "bounmy"},
		{"(bổng ngạch OR không có)", ""},
		{`("đàm phán hiệp định" "nối lại đàm phán" OR không)`, "karl"},
		{"nobody OR 12/3/2026", "ana"},
		{"hoi OR bong", "ana ben-le bounmy"},

		// Fields of meetings.
		{"nước:Lào", "bounmy sap-tham"},
		{"nước:laos", "bounmy sap-tham"},
		{"-nước:Lào", "ana karl"},
		{"nước:Lào OR nước:BR", "ana bounmy sap-tham"},
		{"nước:Lào nước:BR", "sap-tham"},
		{"nước:VN nước:BR", "ana"},
		{"-(nước:Lào OR nước:BR)", "karl"},
		{"nước:FR", ""},
		{"-nước:FR", all},
		{"năm:2026", "ana bounmy karl"},
		{"năm:2025", ""},
		{"từ:2026-03-13", "bounmy karl"},
		{"đến:tháng 3/2026", "ana"},
		{"từ:12/3/2026 đến:12/3/2026", "ana"},
		{"-từ:2026-04", "ana sap-tham"},
		{"loại:hội-đàm", "ana"},
		{"loại:hội đàm Moreira", "ana"},
		{"loại:gặp OR loại:hội-đàm", "ana bounmy karl"},
		{"-loại:gặp", "ana sap-tham"},
		{"(nước:Lào loại:gặp OR loại:hội-đàm)", "ana bounmy"},

		// People, by what is typed of their names.
		{`người:"Ana Moreira"`, "ana sap-tham"},
		{"người:Ana Moreira", "ana sap-tham"},
		{"người:moreira hội", "ana"},
		{"người:Moreira Ana hội", "ana"},
		{"người:ana-moreira", "ana sap-tham"},
		{"người:Thử", "ana bounmy karl sap-tham"},
		{"người:Phạm Thử nước:Lào", "bounmy"},
		{"người:Phạm Thử người:Karl Muster", "karl"},
		{"người:Muster OR người:Moreira", "ana karl sap-tham"},
		{"-người:Ana Moreira", "bounmy karl"},
		{"người:Thủ", "ana bounmy karl sap-tham"},
		{"người:nobody", ""},
		{"-người:nobody", all},

		// Fields of acts, in which the words must be.
		{"nói:Ana Moreira", "ana"},
		{"nói:moreira coi trọng", "ana"},
		{"nói:moreira đường bay", ""},
		{"nói:Mẫu đường bay", "ana"},
		{"nói:Mẫu OR nói:Moreira", "ana"},
		{"nói:Mẫu OR nói:Muster", "ana"},
		{"-nói:Moreira", "bounmy karl sap-tham"},
		{"nhất-trí:", "ana bounmy karl"},
		{"nhất-trí: đường bay", ""},
		{`nhất-trí:"thương mại"`, "ana karl"},
		{"nhất-trí:đường", ""},
		{"-nhất-trí:", "sap-tham"},
		{`-nhất-trí:"thương mại"`, "sap-tham"},
		{"-nhất-trí:đường", all},
		{"mức:đề-nghị", "ana"},
		{"mức:đề-nghị OR mức:cam-kết", "ana bounmy"},
		{"mức:cam kết học bổng", "bounmy"},
		{"chủ-đề:quốc-phòng", "ana"},
		{"topic:economy số:", "ana"},
		{"số:", "ana bounmy"},
		{"số:tỷ", "ana"},
		{"số: OR mức:nhất-trí", "ana bounmy karl"},
		{"-số:", "karl sap-tham"},
		{"số:200 OR số:15", "ana bounmy"},

		// A field or words.
		{"nước:Lào OR nobody", "ben-le bounmy sap-tham"},
		{"nước:Lào OR Muster", "ben-le bounmy karl sap-tham"},
		{"nước:Lào OR phán", "ben-le bounmy karl sap-tham"},
		{"(loại:gặp bổng OR loại:hội-đàm)", "ana bounmy"},
		{"(loại:hội-đàm bổng OR nobody)", ""},
		{"mức:cam-kết OR ngạch", "ana bounmy"},
		{"-(nước:Lào bổng)", "ana sap-tham"},
		{"-(nước:CH bổng)", all},
	} {
		res, err := ix.Search(context.Background(), Query{Text: tt.query, Limit: MaxPage})
		if err != nil {
			t.Errorf("%q: %v", tt.query, err)
			continue
		}
		if got := labels(res); got != tt.want {
			t.Errorf("%q: got %q, want %q", tt.query, got, tt.want)
		}
		again, err := ix.Search(context.Background(), Query{Text: String(res.Clauses), Limit: MaxPage})
		if err != nil {
			t.Errorf("%q as %q: %v", tt.query, String(res.Clauses), err)
			continue
		}
		if got := labels(again); got != tt.want {
			t.Errorf("%q as %q: got %q, want %q", tt.query, String(res.Clauses), got, tt.want)
		}
	}
}

// TestQueryString types what filters say, and finds the same.
func TestQueryString(t *testing.T) {
	ix := buildTest(t, testkit.Articles()...)
	for _, tt := range []struct {
		q    Query
		want string
	}{
		{Query{}, ""},
		{Query{Text: "hội  đàm", Years: []int{2026}}, "hội đàm năm:2026"},
		{Query{Countries: []string{"LA", "KR"}}, `nước:Lào OR nước:"Hàn Quốc"`},
		{Query{People: []string{"ana-moreira", "tran-van-mau"}}, "người:ana-moreira người:tran-van-mau"},
		{Query{Kinds: []string{"talks", "visit"}, From: "2026-03", To: "2026-03-12"}, "loại:hội-đàm OR loại:thăm từ:2026-03 đến:2026-03-12"},
		{Query{Speakers: []string{"ana-moreira"}}, "nói:ana-moreira"},
		{Query{Forces: []string{"agreed", "committed"}, Figures: true}, "mức:nhất-trí OR mức:cam-kết số:"},
		{Query{Text: "-bổng", Agreements: true, Topics: []string{"kinh-te-thuong-mai"}}, "-bổng chủ-đề:kinh-tế-thương-mại nhất-trí:"},
	} {
		if got := tt.q.String(); got != tt.want {
			t.Errorf("%+v: got %q, want %q", tt.q, got, tt.want)
		}
		a, err := ix.Search(context.Background(), tt.q)
		if err != nil {
			t.Fatal(err)
		}
		b, err := ix.Search(context.Background(), Query{Text: tt.q.String()})
		if err != nil {
			t.Fatal(err)
		}
		if labels(a) != labels(b) || a.Total == 0 {
			t.Errorf("%q: %q, and as filters %q", tt.want, labels(b), labels(a))
		}
	}
}

// TestNarrowed: facets under typed fields count what each filter then finds.
func TestNarrowed(t *testing.T) {
	var articles []*archive.Article
	for a := range varied(t, 60) {
		articles = append(articles, a)
	}
	ix := buildTest(t, articles...)
	for _, text := range []string{"nước:LA", "-nước:LA hợp tác", "nước:LA OR nước:CN", "hợp OR đàm -loại:hội-đàm", "nước:LA OR hợp"} {
		res, err := ix.Search(context.Background(), Query{Text: text})
		if err != nil {
			t.Fatal(err)
		}
		if res.Total == 0 || len(res.Facets.Countries) == 0 {
			t.Errorf("%q finds nothing", text)
		}
		for _, f := range res.Facets.Countries {
			q, err := ix.Search(context.Background(), Query{Text: text, Countries: []string{f.Value}})
			if err != nil {
				t.Fatal(err)
			}
			if q.Total != f.N {
				t.Errorf("%q, country %s: facet %d, filter %d", text, f.Value, f.N, q.Total)
			}
		}
		for _, f := range res.Facets.Speakers {
			q, err := ix.Search(context.Background(), Query{Text: text, Speakers: []string{f.Value}})
			if err != nil {
				t.Fatal(err)
			}
			if q.Total != f.N {
				t.Errorf("%q, speaker %s: facet %d, filter %d", text, f.Value, f.N, q.Total)
			}
		}
	}
}

func TestPeopleNamed(t *testing.T) {
	p := func(slug, name string, also ...string) person { return person{Slug: slug, Name: name, Also: also} }
	people := []person{p("to-lam", "Tô Lâm"), p("to-lan", "Tô Lan"), p("lam-to", "Lâm Tố"), p("abe", "Abe Shinzo", "Shinzo Abe", "S.A-bê"), p("lam", "Nguyễn Lam")}
	slugs := map[string]uint32{}
	for i, x := range people {
		slugs[x.Slug] = uint32(i)
	}
	n := newPeopleNames(people, slugs)
	for _, tt := range []struct {
		name  string
		want  string
		whole bool
	}{
		{"Tô Lâm", "to-lam", true},
		{"tô lâm", "to-lam", true},
		{"to lam", "to-lam lam-to", true},
		{"to-lam", "to-lam", true},
		{"Lâm Tô", "to-lam", true},
		{"Tố Lâm", "lam-to", true},
		{"Lâm", "to-lam lam-to", false},
		{"lam", "lam", true},
		{"LÂM", "to-lam lam-to", false},
		{"tô", "to-lam to-lan", false},
		{"Shinzo Abe", "abe", true},
		{"A-bê", "abe", false},
		{"Tòng Lâm", "", false},
	} {
		found, whole := n.find(tt.name)
		var got []string
		for _, i := range found {
			got = append(got, people[i].Slug)
		}
		if g := strings.Join(got, " "); g != tt.want || whole != tt.whole {
			t.Errorf("%q: got %q, %v, want %q, %v", tt.name, g, whole, tt.want, tt.whole)
		}
	}
	if diff := cmp.Diff([]string{"Tô Lâm", "Tô Lan"}, n.nearest("Tô Lâmm")); diff != "" {
		t.Errorf("nearest (-want +got)\n%s", diff)
	}
}

func TestUnknownPerson(t *testing.T) {
	ix := buildTest(t, testkit.Articles()...)
	res, err := ix.Search(context.Background(), Query{Text: `người:"Ana Moreirra"`})
	if err != nil {
		t.Fatal(err)
	}
	if got := res.Clauses[0].Any[0][0]; res.Total != 0 || len(got.Codes) != 0 || !slices.Equal(got.Near, []string{"Ana Moreira"}) {
		t.Errorf("%d found, %+v", res.Total, got)
	}
}

// TestWithoutTyped: where nothing is found, what would be without each operator.
func TestWithoutTyped(t *testing.T) {
	ix := buildTest(t, testkit.Articles()...)
	res, err := ix.Search(context.Background(), Query{Text: "hiệp định năm:2026 nước:BR -Muster"})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]Without(nil), res.Without); diff != "" || res.Total != 0 {
		t.Errorf("%d found (-want +got)\n%s", res.Total, diff)
	}
	if res, err = ix.Search(context.Background(), Query{Text: "hiệp định năm:2026 nước:BR"}); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]Without{{Filter: "typed", Clause: 2, N: 1}}, res.Without); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestWithoutClause(t *testing.T) {
	ix := buildTest(t, testkit.Articles()...)
	for _, tt := range []struct {
		text string
		want []string // without each clause
	}{
		{"hội đàm", []string{""}},
		{"hội  năm:2026 đàm", []string{"năm:2026 đàm", "hội đàm", "hội  năm:2026"}},
		{"kind:talks -Lào", []string{"-Lào", "kind:talks"}},
		{"người:Ana Moreira hội", []string{"hội", `người:"Ana Moreira"`}},
		{"a -b OR c", []string{"-b OR c", "a or c", "a -b"}},
		{"(hội đàm OR gặp) nước:BR", []string{"nước:BR", "(hội đàm OR gặp)"}},
	} {
		res, err := ix.Search(context.Background(), Query{Text: tt.text})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for i := range res.Clauses {
			got = append(got, WithoutClause(res.Text, res.Clauses, i))
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%q (-want +got)\n%s", tt.text, diff)
		}
	}
}

// FuzzClauses: what is printed is read as the same, and no clause is lost when
// one is taken away.
func FuzzClauses(f *testing.F) {
	for _, q := range testkit.Killers() {
		f.Add(q)
	}
	for _, q := range []string{
		`hội -"đàm phán" (a b OR "c d" nước:Lào) năm:2025 OR -x`, "người:Tô Lâm OR (nói:“a” | b)", "-(a OR b) từ:tháng 2/2026 số: nhất-trí:'x y'",
		"loại:hội đàm – 26 – 27/1 OR OR", "((a) OR (b", `"“" '‘ "x`, "-năm:2025|mức:ký|-", "a:b OR c:",
	} {
		f.Add(q)
	}
	f.Fuzz(func(t *testing.T, text string) {
		clauses, err := ParseClauses(text)
		if err != nil {
			return
		}
		printed := String(clauses)
		again, err := ParseClauses(printed)
		if err != nil {
			t.Fatalf("%q is printed as %q: %v", text, printed, err)
		}
		if diff := cmp.Diff(unplaced(clauses), unplaced(again)); diff != "" {
			t.Fatalf("%q is printed as %q (-read +read again)\n%s", text, printed, diff)
		}
		for i, c := range clauses {
			if c.Start < 0 || c.End < c.Start || c.End > len(normal(text)) || i > 0 && c.Start < clauses[i-1].End {
				t.Fatalf("%q: clause %d is at %d to %d", text, i, c.Start, c.End)
			}
			if n, err := ParseClauses(WithoutClause(normal(text), clauses, i)); err != nil || len(n) > len(clauses)-1 {
				t.Fatalf("%q without clause %d is %q: %v", text, i, WithoutClause(normal(text), clauses, i), err)
			}
		}
	})
}

// unplaced gives clauses without where they were read.
func unplaced(clauses []Clause) string {
	var b strings.Builder
	for _, c := range clauses {
		fmt.Fprintf(&b, "%v", c.Not)
		for _, all := range c.Any {
			fmt.Fprintf(&b, " %q", all)
			for _, t := range all {
				fmt.Fprintf(&b, " %q %q %v %q", t.Field, t.Value, t.Quoted, t.Codes)
			}
		}
		b.WriteByte('\n')
	}
	return b.String()
}
