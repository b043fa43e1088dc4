package search

import (
	"context"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vankho/internal/archive"
	"vankho/internal/vitext"
)

// seriesArticle tells of five meetings on two days: the lead names all guests,
// one paragraph tells of three of them, one of the fourth; of the fifth there is
// the lead alone.
func seriesArticle() *archive.Article {
	a := textArticle("series.txt",
		"Ngày 19/2/2026, Tổng Bí thư gặp các ông Anar, Bolat, Chorshanbi, Davit và Ernő bên lề cuộc họp.",
		"Trao đổi với các ông Anar, Bolat và Chorshanbi, hai bên bàn về đường sắt.",
		"Gặp ông Davit, hai bên bàn về nông nghiệp.",
		"Kết thúc chương trình, đoàn về nước.")
	a.Published = archive.DateClaim{EDTF: "2026-02-21", State: archive.Stated}
	at := func(ns ...int) (l archive.List[archive.Evidence]) {
		for _, n := range ns {
			l = append(l, archive.Evidence{Span: archive.Span{Paragraph: n}})
		}
		return l
	}
	for _, m := range []struct {
		name, country string
		date          archive.Date
		told          []int
	}{
		{"Anar", "AZ", "2026-02-19", []int{2}},
		{"Bolat", "KZ", "2026-02-19", []int{2}},
		{"Chorshanbi", "UZ", "2026-02-18", []int{2}},
		{"Davit", "AM", "2026-02-19", []int{3}},
		{"Ernő", "HU", "2026-02-19", nil},
	} {
		a.Meetings = append(a.Meetings, archive.Meeting{
			Kind: archive.Encounter, Status: archive.Held, Main: true,
			Date: archive.DateClaim{EDTF: m.date, State: archive.Stated, Evidence: at(1)},
			Participants: []archive.Participation{{
				Person: vitext.Slug(m.name), Name: m.name, Country: archive.Opt(m.country), Capacity: archive.Principal, Evidence: at(1),
			}},
			Evidence: at(append([]int{1}, m.told...)...),
		})
	}
	a.AssignIDs()
	return a
}

// guests names what was found: the guest of each meeting, and "article".
func guests(a *archive.Article, res *Results) []string {
	var out []string
	for _, g := range res.Groups {
		name := "article"
		for _, m := range a.Meetings {
			if m.ID == g.Meeting {
				name = m.Participants[0].Person
			}
		}
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}

func TestSeries(t *testing.T) {
	a := seriesArticle()
	ix := buildTest(t, a, textArticle("other.txt", "Không liên quan."))
	for _, tt := range []struct {
		name string
		q    Query
		want []string
	}{
		{"shared by three", Query{Text: "đường sắt"}, []string{"anar", "bolat", "chorshanbi"}},
		{"of one", Query{Text: "nông nghiệp"}, []string{"davit"}},
		{"named by the lead alone", Query{Text: "Ernő"}, []string{"article"}},
		{"named by the lead and by a shared paragraph", Query{Text: "Bolat"}, []string{"anar", "article", "bolat", "chorshanbi"}},
		{"shared, and a person", Query{Text: "đường sắt", People: []string{"bolat"}}, []string{"bolat"}},
		{"shared, and a country", Query{Text: "Bolat", Countries: []string{"UZ"}}, []string{"article", "chorshanbi"}},
		{"a day", Query{Text: "18/2/2026"}, []string{"chorshanbi"}},
		{"the day the lead gives", Query{Text: "19/2/2026"}, []string{"anar", "article", "bolat", "davit", "erno"}},
		{"a month", Query{Text: "2/2026", Countries: []string{"AZ", "KZ", "UZ", "AM", "HU"}},
			[]string{"anar", "article", "bolat", "chorshanbi", "davit", "erno"}},
		{"within a day", Query{From: "2026-02-19", To: "2026-02-19"}, []string{"anar", "bolat", "davit", "erno"}},
		{"every main meeting", Query{Years: []int{2026}}, []string{"anar", "bolat", "chorshanbi", "davit", "erno"}},
		{"a person told of nowhere else", Query{People: []string{"erno"}}, []string{"erno"}},
	} {
		res, err := ix.Search(context.Background(), tt.q)
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		if diff := cmp.Diff(tt.want, guests(a, res)); diff != "" {
			t.Errorf("%s (-want +got)\n%s", tt.name, diff)
		}
		for _, f := range res.Facets.People {
			only := tt.q
			only.People = append(slices.Clip(only.People), f.Value)
			if r, err := ix.Search(context.Background(), only); err != nil || r.Total != f.N {
				t.Errorf("%s, person %s: facet %d, filter %d, %v", tt.name, f.Value, f.N, r.Total, err)
			}
		}
		for _, f := range res.Facets.Countries {
			if len(tt.q.Countries) > 0 {
				break // any of them would do
			}
			only := tt.q
			only.Countries = []string{f.Value}
			if r, err := ix.Search(context.Background(), only); err != nil || r.Total != f.N {
				t.Errorf("%s, country %s: facet %d, filter %d, %v", tt.name, f.Value, f.N, r.Total, err)
			}
		}
	}
}

// TestSeriesShowsTheTelling: what stands for a meeting's date shows the
// paragraph that tells of the meeting, once.
func TestSeriesShowsTheTelling(t *testing.T) {
	a := seriesArticle()
	ix := buildTest(t, a)
	for _, tt := range []struct {
		person string
		q      Query
		want   string
	}{
		{"erno", Query{Text: "19/2/2026"}, "Ngày [19/2/2026], Tổng Bí thư gặp"},
		{"erno", Query{}, "Ngày 19/2/2026, Tổng Bí thư gặp"},
		{"anar", Query{}, "Trao đổi với các ông Anar"},
		{"chorshanbi", Query{Text: "đường sắt 18/2/2026"}, "Trao đổi với các ông Anar, Bolat và Chorshanbi, hai bên bàn về [đường sắt]."},
	} {
		tt.q.People = []string{tt.person}
		res, err := ix.Search(context.Background(), tt.q)
		if err != nil {
			t.Fatal(err)
		}
		i := slices.IndexFunc(res.Groups, func(g Group) bool { return g.Meeting != "" })
		if i < 0 || len(res.Groups[i].Hits) != 1 {
			t.Errorf("%s %q: got %+v, want the meeting with one hit", tt.person, tt.q.Text, res.Groups)
			continue
		}
		if got := brackets(res.Groups[i].Hits[0].Snippet); len(got) < len(tt.want) || got[:len(tt.want)] != tt.want {
			t.Errorf("%s %q: got %q, want %q", tt.person, tt.q.Text, got, tt.want)
		}
	}
}
