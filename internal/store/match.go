package store

import (
	"slices"

	"vankho/internal/archive"
)

// event is what a meeting and a visit have in common for the store.
type event struct {
	kind         string // of its path: "m" or "v"
	key          string // of its principals
	id, url      *string
	date         *archive.DateClaim
	place        *archive.Place
	participants archive.List[archive.Participation]
	agreements   archive.List[archive.Agreement]
	figures      archive.List[archive.Figure]
	status       archive.Status
	main         bool
	meeting      *archive.Meeting // or
	visit        *archive.Visit
}

// events gives the visits and meetings of a, in this order. The pointers lead
// into a.
func events(a *archive.Article) []event {
	list := make([]event, 0, len(a.Visits)+len(a.Meetings))
	for i := range a.Visits {
		v := &a.Visits[i]
		list = append(list, event{
			kind: "v", key: archive.PrincipalKey(v.Participants), id: &v.ID, url: &v.URL,
			date: &v.Date, place: &v.Place, participants: v.Participants, agreements: v.Agreements, figures: v.Figures,
			status: v.Status, main: v.Main, visit: v,
		})
	}
	for i := range a.Meetings {
		m := &a.Meetings[i]
		list = append(list, event{
			kind: "m", key: archive.PrincipalKey(m.Participants), id: &m.ID, url: &m.URL,
			date: &m.Date, place: &m.Place, participants: m.Participants, agreements: m.Agreements, figures: m.Figures,
			status: m.Status, main: m.Main, meeting: m,
		})
	}
	return list
}

// match finds for each new event the old one that it is a better reading of:
// result[i] is the index into old, or -1. An event is recognised by its
// principals. Of several with the same principals, those of the same date
// belong together first, then those in the same place of the row. What is left
// is paired where most of the principals are the same, see likeness: a path
// that is taken for another meeting's would be worse than one that is missed,
// for that one is named and the import stops.
func match(old, new []event, sameBytes bool) []int {
	pairs := slices.Repeat([]int{-1}, len(new))
	taken := make([]bool, len(old))
	pass := func(same func(o, n *event) bool) {
		for i := range new {
			for j := range old {
				if pairs[i] < 0 && !taken[j] && old[j].kind == new[i].kind && same(&old[j], &new[i]) {
					pairs[i], taken[j] = j, true
				}
			}
		}
	}
	pass(func(o, n *event) bool { return o.key == n.key && o.date.EDTF == n.date.EDTF })
	pass(func(o, n *event) bool { return o.key == n.key })
	type pair struct{ likeness, i, j int }
	var likely []pair
	for i := range new {
		for j := range old {
			if pairs[i] < 0 && !taken[j] && old[j].kind == new[i].kind {
				if l := likeness(&old[j], &new[i], sameBytes); l > 0 {
					likely = append(likely, pair{l, i, j})
				}
			}
		}
	}
	slices.SortStableFunc(likely, func(a, b pair) int { return b.likeness - a.likeness })
	for _, p := range likely {
		if pairs[p.i] < 0 && !taken[p.j] {
			pairs[p.i], taken[p.j] = p.j, true
		}
	}
	return pairs
}

// likeness says how much speaks for two events with different principals being
// one; 0 is nothing. A principal is the same by name or, where the bytes are
// the same, by the words that name was read from: so a better reading of a name
// keeps the meeting. More than half of the principals must be the same, or on
// one day all of those that one of the two has.
func likeness(o, n *event, sameBytes bool) int {
	before, after := onlyPrincipals(o.participants), onlyPrincipals(n.participants)
	same := 0
	for _, q := range after {
		if slices.ContainsFunc(before, func(p archive.Participation) bool {
			return p.Person == q.Person || sameBytes && archive.Overlap(p.Evidence, q.Evidence)
		}) {
			same++
		}
	}
	day := o.date.EDTF == n.date.EDTF
	if 2*same <= max(len(before), len(after)) && !(day && same > 0 && same == min(len(before), len(after))) {
		return 0
	}
	if day {
		return 2*same + 1
	}
	return 2 * same
}

func onlyPrincipals(who []archive.Participation) []archive.Participation {
	return slices.DeleteFunc(slices.Clone(who), func(p archive.Participation) bool { return p.Capacity != archive.Principal })
}
