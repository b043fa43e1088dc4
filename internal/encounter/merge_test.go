package encounter

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vankho/internal/archive"
	"vankho/internal/testkit"
)

// told gives the two reports of testkit.Outlets, after a change to the second.
func told(change func(m *archive.Meeting)) []Told {
	all := testkit.Outlets()
	if change != nil {
		change(&all[2].Meetings[0])
	}
	return []Told{{Article: all[1], Meeting: &all[1].Meetings[0]}, {Article: all[2], Meeting: &all[2].Meetings[0]}}
}

func TestMergeConflicts(t *testing.T) {
	agree := func(m *archive.Meeting) {
		m.Kind, m.Place.City, m.Figures = archive.Talks, "Viêng Chăn", nil
	}
	for _, tt := range []struct {
		name   string
		change func(m *archive.Meeting)
		want   []string // field, person or measure: values
	}{
		{"city, kind and sum", nil, []string{
			"kind: talks | meeting", "place.city: Viêng Chăn | Luông Pha-băng", "figures kim ngạch thương mại song phương: 5 tỷ USD | 4,5 tỷ USD"}},
		{"nothing", agree, nil},
		{"what is left out", func(m *archive.Meeting) { agree(m); m.Date, m.Place = archive.DateClaim{}, archive.Place{} }, nil},
		{"a day of days", func(m *archive.Meeting) { agree(m); m.Date.EDTF = "2026-05-20/2026-05-21" }, nil},
		{"another day", func(m *archive.Meeting) { agree(m); m.Date.EDTF = "2026-05-21" }, []string{"date: 2026-05-20 | 2026-05-21"}},
		{"a title in more words", func(m *archive.Meeting) {
			agree(m)
			m.Participants[1].TitlesAsWritten = []string{"Thủ tướng Lào"}
		}, nil},
		{"another title", func(m *archive.Meeting) {
			agree(m)
			m.Participants[1].TitlesAsWritten = []string{"Chủ tịch nước"}
		},
			[]string{"participants.titles bounmy-thu: Thủ tướng | Chủ tịch nước"}},
		{"a principal who only attended", func(m *archive.Meeting) {
			agree(m)
			p := m.Participants[1]
			p.Person, p.Name, p.Capacity, p.TitlesAsWritten = "le-thi-thu", "Lê Thị Thử", archive.Principal, nil
			m.Participants = append(m.Participants, p)
			m.Participants[2].Country = "VN"
		}, []string{"participants.capacity le-thi-thu: attending | principal"}},
		{"others attended", func(m *archive.Meeting) {
			agree(m)
			p := m.Participants[1]
			p.Person, p.Name, p.Capacity = "khac", "Khác", archive.Attending
			m.Participants = append(m.Participants, p)
		}, []string{"participants: Lê Thị Thử | Khác"}},
		{"the same sum in other words", func(m *archive.Meeting) { m.Kind, m.Place.City = archive.Talks, ""; m.Figures[0].Value = 5e9 }, nil},
	} {
		_, conflicts := Merge(told(tt.change))
		var got []string
		for _, c := range conflicts {
			line := strings.TrimSpace(c.Field + " " + string(c.Person) + string(c.About))
			var values []string
			for _, v := range c.Values {
				values = append(values, v.Value)
				if len(v.Articles) == 0 || len(v.Evidence) == 0 {
					t.Errorf("%s: %s: nobody says %q", tt.name, line, v.Value)
				}
			}
			got = append(got, line+": "+strings.Join(values, " | "))
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}

// TestMergeStates: what is disputed is said to be, unless a person has decided.
func TestMergeStates(t *testing.T) {
	list := told(nil)
	m, _ := Merge(list)
	if m.Meeting.Place.State != archive.Conflicting || m.Meeting.Date.State != archive.Inferred {
		t.Errorf("place is %s, date %s", m.Meeting.Place.State, m.Meeting.Date.State)
	}
	list[0].Meeting.Place.State = archive.Corrected
	if m, _ = Merge(list); m.Meeting.Place.State != archive.Corrected {
		t.Errorf("a corrected place is %s", m.Meeting.Place.State)
	}
}

// TestMerge: the first reading stands, the other adds what it leaves out, and
// all evidence names its article and is in it.
func TestMerge(t *testing.T) {
	list := told(func(m *archive.Meeting) {
		m.Place = archive.Place{Venue: "Phủ Chủ tịch", City: "Viêng Chăn", Country: "LA", State: archive.Stated}
	})
	list[0].Meeting.Date = archive.DateClaim{State: archive.NotStated}
	before, err := archive.Encode(list[0].Article)
	if err != nil {
		t.Fatal(err)
	}
	m, _ := Merge(list)
	got := m.Meeting
	if got.ID != list[0].Meeting.ID || got.Kind != archive.Talks || got.Place.Venue != "Phủ Chủ tịch" || got.Place.City != "Viêng Chăn" {
		t.Errorf("Merge gives %s, %s in %+v", got.ID, got.Kind, got.Place)
	}
	if got.Date.EDTF != "2026-05-20" || got.Date.State != archive.Stated || got.Date.Evidence[0].Article != archive.Opt(list[1].Article.ID) {
		t.Errorf("the date is not the second's: %+v", got.Date)
	}
	if len(got.Participants) != 3 || len(got.Participants[0].Evidence) != 2 {
		t.Errorf("participants: %+v", got.Participants)
	}
	// One agreement is in both, word for word; the other differs by its number.
	var evidence []int
	for _, g := range got.Agreements {
		evidence = append(evidence, len(g.Evidence))
	}
	if diff := cmp.Diff([]int{1, 2, 1}, evidence); diff != "" {
		t.Errorf("evidence of the agreements (-want +got):\n%s", diff)
	}
	texts := map[archive.Opt]*archive.Article{archive.Opt(list[0].Article.ID): list[0].Article, archive.Opt(list[1].Article.ID): list[1].Article}
	check := func(what string, list []archive.Evidence) {
		for _, e := range list {
			if a := texts[e.Article]; a == nil || a.Paragraphs[e.Paragraph-1].Text[e.Start:e.End] != e.Quote {
				t.Errorf("%s: %+v is not in its article", what, e)
			}
		}
	}
	check("date", got.Date.Evidence)
	check("place", got.Place.Evidence)
	check("event", got.Evidence)
	for _, p := range got.Participants {
		check(p.Name, p.Evidence)
	}
	for _, g := range got.Agreements {
		check("agreement", g.Evidence)
		for _, f := range g.Figures {
			check("figure of an agreement", f.Evidence)
		}
	}
	for _, f := range got.Figures {
		check("figure", f.Evidence)
	}
	if after, err := archive.Encode(list[0].Article); err != nil || string(after) != string(before) {
		t.Error("Merge changes what it is given")
	}
}

func TestAlike(t *testing.T) {
	for _, tt := range []struct {
		name, a, b string
		want       bool
	}{
		{"the same", "Hai bên nhất trí tăng cường hợp tác.", "Hai bên nhất trí tăng cường hợp tác.", true},
		{"capitals and marks", "Hai bên nhất trí tăng cường hợp tác.", "hai bên nhất trí, tăng cường hợp tác", true},
		{"a word more of many", "Hai bên nhất trí tăng cường hợp tác về kinh tế, thương mại và đầu tư", "Hai bên nhất trí tăng cường hợp tác về kinh tế, thương mại và đầu tư nữa", true},
		{"another number", "Hai bên nhất trí đưa kim ngạch thương mại song phương lên 5 tỷ USD trong thời gian tới đây", "Hai bên nhất trí đưa kim ngạch thương mại song phương lên 6 tỷ USD trong thời gian tới đây", false},
		{"a number more", "Hai bên nhất trí đưa kim ngạch thương mại song phương lên cao hơn nữa trong thời gian tới đây", "Hai bên nhất trí đưa kim ngạch thương mại song phương lên cao hơn nữa trong thời gian tới đây 2030", false},
		{"half of the words", "Hai bên nhất trí tăng cường hợp tác về kinh tế", "Hai bên nhất trí tăng cường giao lưu nhân dân", false},
	} {
		if got := alike(tt.a, tt.b); got != tt.want {
			t.Errorf("%s: alike = %v, want %v", tt.name, got, tt.want)
		}
	}
}
