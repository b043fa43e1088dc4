package store_test

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"vankho/internal/archive"
	"vankho/internal/store"
)

// deed is what the naive answers below know of an agreement or a figure.
type deed struct {
	text, event, force, series string
	article                    string
	topics                     []string
	paragraph, sentence        int
	date                       archive.Date
	countries, pairs           map[string]bool
	place                      int // in the record
}

// at notes where the words stand.
func (d *deed) at(a *archive.Article, e archive.Evidence) {
	d.paragraph = e.Paragraph
	for i := range a.Paragraphs {
		if a.Paragraphs[i].N == e.Paragraph {
			d.sentence = a.Paragraphs[i].SentenceAt(e.Start)
		}
	}
}

// deedsOf reads all agreements and figures from the records.
func deedsOf(t *testing.T, s *store.Store) (undertakings, figures []deed) {
	t.Helper()
	ctx := context.Background()
	for a, err := range s.Articles(ctx) {
		if err != nil {
			t.Fatal(err)
		}
		entries, _, err := s.Entries(ctx, store.Filter{Article: a.ID})
		if err != nil {
			t.Fatal(err)
		}
		add := func(id string, place archive.Opt, who []archive.Participation, agreements []archive.Agreement, own []archive.Figure) {
			h := happening{country: place, who: who}
			i := slices.IndexFunc(entries, func(e store.Entry) bool { return e.ID == id })
			d := deed{event: id, article: a.ID, date: entries[i].Date, countries: h.countries(), pairs: h.pairs()}
			var sides []string
			for _, p := range who {
				if p.Capacity == archive.Principal && p.Country != "" {
					sides = append(sides, string(p.Country))
				}
			}
			slices.Sort(sides)
			sides = slices.Compact(sides)
			for _, g := range agreements {
				d.place++
				d.text, d.force, d.topics = g.Text, string(g.Force), g.Topics
				d.at(a, g.Evidence[0])
				undertakings = append(undertakings, d)
				own = append(slices.Clone(own), g.Figures...)
			}
			seen := map[string]bool{}
			for _, f := range own {
				where := fmt.Sprint(f.Evidence[0].Paragraph, " ", f.Evidence[0].Start)
				if seen[where] {
					continue
				}
				seen[where] = true
				d.place++
				d.text, d.series = f.AsWritten, ""
				d.at(a, f.Evidence[0])
				if key := archive.MeasureKey(f.Measure); key != "" && len(sides) > 1 {
					d.series = strings.Join(sides, "+") + "|" + key + "|" + string(cmp.Or(f.Currency, f.Unit))
				}
				figures = append(figures, d)
			}
		}
		for _, m := range a.Meetings {
			add(m.ID, m.Place.Country, m.Participants, m.Agreements, m.Figures)
		}
		for _, v := range a.Visits {
			add(v.ID, v.Place.Country, v.Participants, v.Agreements, v.Figures)
		}
	}
	return undertakings, figures
}

// sorted gives the texts of deeds by date, event and place.
func sorted(list []deed, oldest bool, limit, offset int) []string {
	slices.SortFunc(list, func(a, b deed) int {
		dated := func(d deed) int { return min(d.date.Year(), 1) }
		if c := dated(b) - dated(a); c != 0 {
			return c
		}
		if dated(a) == 1 && a.date != b.date {
			return cmp.Compare(a.date, b.date) * map[bool]int{true: 1, false: -1}[oldest]
		}
		return cmp.Or(cmp.Compare(a.article, b.article), a.paragraph-b.paragraph, a.sentence-b.sentence, cmp.Compare(a.event, b.event), a.place-b.place)
	})
	list = list[min(offset, len(list)):]
	texts := []string{}
	for _, d := range list[:min(limit, len(list))] {
		texts = append(texts, fmt.Sprint(d.event, " ", d.paragraph, " ", d.text))
	}
	return texts
}

// TestDeeds compares random filters of agreements and figures with a walk over
// all records.
func TestDeeds(t *testing.T) {
	ctx := context.Background()
	s, _ := manifold(t)
	undertakings, figures := deedsOf(t, s)
	series, err := s.Series(ctx, 0, 0)
	if err != nil || len(series) == 0 {
		t.Fatalf("Series = %v, %v", series, err)
	}
	topics, err := s.Topics(ctx)
	if err != nil || len(topics) < 2 {
		t.Fatalf("Topics = %v, %v", topics, err)
	}
	rnd := rand.New(rand.NewPCG(29, 31))
	some := func(of ...string) string { return of[rnd.IntN(len(of))] }
	found := 0
	for range 300 {
		u := store.UndertakingFilter{Limit: 1 + rnd.IntN(400), Offset: rnd.IntN(3)}
		f := store.FigureFilter{Limit: u.Limit, Offset: u.Offset, Oldest: rnd.IntN(2) == 0}
		if rnd.IntN(3) == 0 {
			u.Country = some("VN", "LA", "BR", "CH")
		}
		if rnd.IntN(3) == 0 {
			u.Pair = [2]string{some("VN", "LA"), some("BR", "LA", "CH")}
		}
		if rnd.IntN(3) == 0 {
			u.Year = 2010 + rnd.IntN(3)
		}
		f.Country, f.Pair, f.Year = u.Country, u.Pair, u.Year
		for range rnd.IntN(3) {
			u.Forces = append(u.Forces, archive.Forces[rnd.IntN(len(archive.Forces))])
		}
		if rnd.IntN(3) == 0 {
			u.Topic = topics[rnd.IntN(len(topics))].Key
		}
		if rnd.IntN(3) == 0 {
			f.Series = series[rnd.IntN(len(series))].Key
		}
		between := func(d deed) bool {
			return (u.Country == "" || d.countries[u.Country]) && (u.Year == 0 || d.date.Year() == u.Year) &&
				(u.Pair[0] == "" || d.pairs[min(u.Pair[0], u.Pair[1])+"+"+max(u.Pair[0], u.Pair[1])])
		}
		var wanted, measured []deed
		for _, d := range undertakings {
			if between(d) && (len(u.Forces) == 0 || slices.Contains(u.Forces, archive.Force(d.force))) && (u.Topic == "" || slices.Contains(d.topics, u.Topic)) {
				wanted = append(wanted, d)
			}
		}
		for _, d := range figures {
			if between(d) && (f.Series == "" || d.series == f.Series) {
				measured = append(measured, d)
			}
		}
		list, n, err := s.Undertakings(ctx, u)
		if err != nil {
			t.Fatal(err)
		}
		got := []string{}
		for _, x := range list {
			got = append(got, fmt.Sprint(x.Event.ID, " ", x.Paragraph, " ", x.Text))
		}
		if diff := gocmp.Diff(sorted(wanted, false, u.Limit, u.Offset), got); diff != "" || n != len(wanted) {
			t.Errorf("Undertakings(%+v): total %d, want %d; (-want +got):\n%s", u, n, len(wanted), diff)
		}
		numbers, n, err := s.Figures(ctx, f)
		if err != nil {
			t.Fatal(err)
		}
		read := []string{}
		for _, x := range numbers {
			read = append(read, fmt.Sprint(x.Event.ID, " ", x.Paragraph, " ", x.AsWritten))
		}
		if diff := gocmp.Diff(sorted(measured, f.Oldest, f.Limit, f.Offset), read); diff != "" || n != len(measured) {
			t.Errorf("Figures(%+v): total %d, want %d; (-want +got):\n%s", f, n, len(measured), diff)
		}
		found += len(got) + len(read)
	}
	if found < 2000 {
		t.Errorf("the filters found only %d: they prove little", found)
	}
	counted := 0
	for _, c := range topics {
		counted += c.N
	}
	all := 0
	for _, d := range undertakings {
		all += len(d.topics)
	}
	if counted != all {
		t.Errorf("Topics count %d, the records have %d", counted, all)
	}
}
