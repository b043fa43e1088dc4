package search

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vankho/internal/archive"
)

// offerTest has two meetings of one person, one of others, and phrases.
func offerTest(t testing.TB) *Index {
	var articles []*archive.Article
	add := func(country archive.Opt, names ...string) {
		n := len(articles)
		a := textArticle(fmt.Sprint(n), "Hai bên gắn kết chiến lược và hội đàm, trong khi gắn kết chiến lược là hội đàm.", "Đoạn có hội đàm và hội thảo của ủy ban")
		var who []archive.Participation
		for _, name := range names {
			who = append(who, archive.Participation{Person: archive.NewID(name), Name: name, NameAsWritten: name, Country: country})
		}
		a.Meetings = append(a.Meetings, archive.Meeting{ID: archive.NewID(fmt.Sprint("m", n)), Main: true, Kind: archive.Talks, Status: archive.Held, Participants: who})
		articles = append(articles, a)
	}
	add("LA", "Thongloun Sisoulith", "Tô Lâm")
	add("LA", "Thongloun Sisoulith")
	add("US", "Lâm Thị Tô", "Donald Trump")
	add("GB", "Keir Starmer")
	return buildTest(t, articles...)
}

func TestSuggest(t *testing.T) {
	ix := offerTest(t)
	for _, tt := range []struct {
		typed string
		first string // of the offers: kind, then name, code or phrase
		all   []string
		never string
	}{
		{typed: "thong", first: "person Thongloun Sisoulith"},
		{typed: "Sis", first: "person Thongloun Sisoulith"},
		{typed: "thoong-lun", first: "person Thongloun Sisoulith"},
		{typed: "tô", first: "person Tô Lâm", all: []string{"person Tô Lâm", "person Lâm Thị Tô"}},
		{typed: "lam", first: "person Lâm Thị Tô", all: []string{"person Lâm Thị Tô", "person Tô Lâm"}},
		{typed: "to lam", all: []string{"person Tô Lâm"}},
		{typed: "la", first: "country LA"},
		{typed: "Lào", all: []string{"country LA"}},
		{typed: "mỹ", all: []string{"country US"}},
		{typed: "hoa k", all: []string{"country US"}},
		{typed: "united s", all: []string{"country US"}},
		{typed: "anh", first: "country GB"},
		{typed: "gắn", all: []string{"phrase gắn kết chiến lược"}},
		{typed: "gan ket", all: []string{"phrase gắn kết chiến lược"}},
		{typed: "hội", first: "phrase hội đàm"},
		{typed: "và hội", all: nil},
		{typed: "", all: nil},
		{typed: "?!", all: nil},
		{typed: "zzz", all: nil},
	} {
		var got []string
		for _, o := range ix.Suggest(tt.typed) {
			name := o.Name
			if name == "" {
				name = o.Value
			}
			got = append(got, o.Kind+" "+name)
		}
		if tt.first != "" && (len(got) == 0 || got[0] != tt.first) {
			t.Errorf("Suggest(%q): got %q, want %q first", tt.typed, got, tt.first)
		}
		if tt.first == "" || tt.all != nil {
			if diff := cmp.Diff(tt.all, got); diff != "" {
				t.Errorf("Suggest(%q) (-want +got)\n%s", tt.typed, diff)
			}
		}
	}
}

// TestPhrases: what stands together often is a phrase; function words at its
// borders and parts of a longer one are not.
func TestPhrases(t *testing.T) {
	a := newAnalyzer()
	a.forms = newForms()
	c := newPhraseCounter(a.forms)
	for i := range 40 {
		c.article()
		for _, text := range []string{
			[]string{"Nâng cấp lên đối tác chiến lược toàn diện", "Vì đối tác chiến lược toàn diện bền vững", "Bàn về đối tác chiến lược toàn diện",
				"Đây là đối tác chiến lược toàn diện, là bạn", "Có những đối tác chiến lược toàn diện mới"}[i%5],
			fmt.Sprintf("Ông %d và bà gặp nhau, của các bên", i),
			fmt.Sprintf("Từ %c nằm giữa những chữ khác nhau", 'a'+i%26),
		} {
			c.paragraph(a.scan(text), a.exact, text)
		}
	}
	got := c.phrases()
	if !slices.Contains(got, "đối tác chiến lược toàn diện") {
		t.Errorf("no đối tác chiến lược toàn diện in %q", got)
	}
	for _, bad := range []string{"của các", "đối tác chiến lược", "lược toàn diện", "và bà", "các bên"} {
		if slices.Contains(got, bad) {
			t.Errorf("%q is a phrase in %q", bad, got)
		}
	}
}

func BenchmarkSuggest(b *testing.B) {
	v := &vocabulary{}
	for i := range maxOffered {
		v.People = append(v.People, person{Slug: fmt.Sprint(i), Name: fmt.Sprintf("Nguyễn Thị %x", i), Groups: i})
	}
	for i := range maxPhrases {
		v.Phrases = append(v.Phrases, fmt.Sprintf("nhất trí %d", i))
	}
	s := newSuggester(v)
	for _, typed := range []string{"n", "nguyễn", "nguyen thi 4", "zz"} {
		b.Run(typed, func(b *testing.B) {
			for b.Loop() {
				s.suggest(typed)
			}
		})
	}
}
