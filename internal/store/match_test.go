package store

import (
	"slices"
	"testing"

	"vankho/internal/archive"
)

func TestMatch(t *testing.T) {
	type ev struct {
		kind, date string
		who        []string
		words      [2]int // byte range of the last one's name
	}
	talk := func(date string, who ...string) ev { return ev{"m", date, who, [2]int{0, 0}} }
	at := func(e ev, start, end int) ev { e.words = [2]int{start, end}; return e }
	visit := func(date string, who ...string) ev { return ev{"v", date, who, [2]int{0, 0}} }
	for _, tt := range []struct {
		name      string
		old, new  []ev
		sameBytes bool
		want      []int
	}{
		{"the same", []ev{talk("2026", "a", "b")}, []ev{talk("2026", "a", "b")}, true, []int{0}},
		{"another order", []ev{talk("", "a", "b"), talk("", "a", "c")}, []ev{talk("", "a", "c"), talk("", "b", "a")}, true, []int{1, 0}},
		{"a better date", []ev{talk("2026", "a", "b")}, []ev{talk("2026-02", "a", "b")}, true, []int{0}},
		{"the first of two is read no more", []ev{talk("2025", "a", "b"), talk("2026", "a", "b")}, []ev{talk("2026", "a", "b")}, true, []int{1}},
		{"one more with the same principals", []ev{talk("2026", "a", "b")}, []ev{talk("2025", "a", "b"), talk("2026", "a", "b")}, true, []int{-1, 0}},
		{"a name is read better", []ev{at(talk("2026", "a", "b"), 0, 5)}, []ev{at(talk("2026", "a", "bb"), 0, 7)}, true, []int{0}},
		{"another counterpart in the same bytes", []ev{at(talk("2026", "a", "b"), 0, 5)}, []ev{at(talk("2026", "a", "c"), 9, 12)}, true, []int{-1}},
		{"another counterpart in other bytes", []ev{at(talk("2026", "a", "b"), 0, 5)}, []ev{at(talk("2026", "a", "c"), 0, 5)}, false, []int{-1}},
		{"a principal more on another day", []ev{talk("2026", "a")}, []ev{talk("2025", "a", "b")}, false, []int{-1}},
		{"a principal more", []ev{talk("2026", "a", "b"), talk("2026", "a", "c")}, []ev{talk("2026", "a", "c", "d"), talk("2026", "a", "b", "d")}, false, []int{1, 0}},
		{"a visit is no meeting", []ev{visit("2026", "a", "b")}, []ev{talk("2026", "a", "b")}, true, []int{-1}},
		{"nobody in common, other words", []ev{at(talk("2026", "a", "b"), 0, 5)}, []ev{at(talk("2026", "c", "d"), 5, 9)}, true, []int{-1}},
		{"the only name is read otherwise", []ev{at(talk("2026", "a"), 0, 5)}, []ev{at(talk("2026", "c"), 3, 9)}, true, []int{0}},
		{"the same offsets in other bytes say nothing", []ev{at(talk("2026", "a", "b"), 0, 5)}, []ev{at(talk("2026", "c", "d"), 3, 9)}, false, []int{-1}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			build := func(list []ev) []event {
				var a archive.Article
				for _, e := range list {
					var who []archive.Participation
					for _, p := range e.who {
						who = append(who, archive.Participation{Person: p, Capacity: archive.Principal})
					}
					who[len(who)-1].Evidence = []archive.Evidence{{Span: archive.Span{Paragraph: 1, Start: e.words[0], End: e.words[1]}}}
					date := archive.DateClaim{EDTF: archive.Date(e.date)}
					if e.kind == "m" {
						a.Meetings = append(a.Meetings, archive.Meeting{Date: date, Participants: who})
					} else {
						a.Visits = append(a.Visits, archive.Visit{Date: date, Participants: who})
					}
				}
				return events(&a)
			}
			if got := match(build(tt.old), build(tt.new), tt.sameBytes); !slices.Equal(got, tt.want) {
				t.Errorf("match = %v, want %v", got, tt.want)
			}
		})
	}
}
