package encounter

import (
	"slices"

	"vankho/internal/archive"
)

// Related says which of others are an announcement, a report or a recollection
// of what r tells: their places in others, ascending. r is among others or not;
// others should hold whatever lies around r, see [Reading.Around], and has to do
// with the same people, for which of two visits an announcement means is only
// seen where both are known.
//
// Two readings of two articles and different status are related when they are of
// one journey or meeting by who, where and when; an article that reports one
// meeting and announces another means two.
//
//   - who: a visit's guest and host country; or the principals of a meeting; or,
//     of a meeting during a visit, two who are principals of both;
//   - where: the countries do not differ;
//   - when: the dates agree as those of one encounter would, or what was
//     announced took place within a week of it. What was announced without a
//     date is the first of its kind within half a year after the announcement. What
//     is recalled by month or year alone, or without a year, is the only one of
//     its kind that the time fits, or none.
func Related(r *Reading, others []Reading) []int {
	var out []int
	for i := range others {
		o := &others[i]
		if o.Article == r.Article || o.Status == r.Status || !sameAffair(r, o) {
			continue
		}
		switch timed(r, o) {
		case Close:
			out = append(out, i)
		case Vague:
			if from, to := pointing(r, o); only(from, to, others) {
				out = append(out, i)
			}
		}
	}
	return out
}

const (
	postponed = 7   // days an encounter is put off and still the one announced
	soon      = 183 // days after an announcement without a date
)

// Around says where [Related] looks, as [Reading.Window] does for [Same].
func (r *Reading) Around() (from, to string, also []string) {
	return r.window(yearOf, yearOf)
}

// sameAffair reports whether two readings are of the same people in the same
// place, whenever it was.
func sameAffair(a, b *Reading) bool {
	if a.Country != b.Country && a.Country != "" && b.Country != "" {
		return false
	}
	if a.Visit && b.Visit && a.Country == b.Country && sameGuests(a, b) > Apart {
		return true
	}
	if !a.Visit && !b.Visit {
		return samePrincipals(a, b) > Apart && sameKind(a.Kind, b.Kind) > Apart
	}
	shared := 0
	for _, p := range a.Who {
		if b.has(p.Person) {
			shared++
		}
	}
	return shared >= 2
}

// timed weighs when two readings of different status were: Close when their
// dates agree, Vague when they only may.
func timed(a, b *Reading) Degree {
	if b.Status == archive.Announced {
		a, b = b, a
	}
	ahead := a.Status == archive.Announced
	x, y := when(a), when(b)
	switch {
	case a.Date.Year() == 0 && a.Date != "" || b.Date.Year() == 0 && b.Date != "":
		return yearless(past(a), past(b))
	case x.vague == never || y.vague == never:
		return Apart
	case ahead && a.Date == "":
		if x.first < y.first && y.first <= x.first+soon {
			return Vague
		}
	case a.Date == "" || b.Date == "":
		// A report is of the days before it was published.
		if a.Date == "" {
			x.first -= reportedWithin
		} else {
			y.first -= reportedWithin
		}
		if x.first <= y.last && y.first <= x.last {
			return min(Close, certain(x, y))
		}
	case x.first <= y.last && y.first <= x.last:
		return certain(x, y)
	case ahead && certain(x, y) == Close && y.first-x.last <= postponed && x.first-y.last <= postponed:
		return Vague
	}
	return Apart
}

// certain is Close for two dates that are days, Vague where one is a month or a
// year.
func certain(x, y span) Degree {
	if x.vague == day && y.vague == day {
		return Close
	}
	return Vague
}

// when gives the time of a reading: its date, or that of its article, except of
// a recollection.
func when(r *Reading) span {
	if r.Date == "" && r.Status != archive.Recalled {
		return spanOf(r.Published)
	}
	return spanOf(r.Date)
}

// past gives a reading as yearless takes it: an announcement stays one, anything
// else was before its article.
func past(r *Reading) *Reading {
	if r.Date.Year() == 0 {
		return r
	}
	held := *r
	held.Status = archive.Held
	return &held
}

// pointing gives of two readings the one that means the other, first: the
// announcement or recollection, and of these the one whose date says less.
func pointing(a, b *Reading) (from, to *Reading) {
	if a.Status == archive.Held || b.Status != archive.Held && spanOf(b.Date).vague > spanOf(a.Date).vague {
		return b, a
	}
	return a, b
}

// only reports whether o is the only one of its status and form that r may
// mean; an announcement means the first.
func only(r, o *Reading, others []Reading) bool {
	first := r.Status == archive.Announced && r.Date == ""
	return !slices.ContainsFunc(others, func(q Reading) bool {
		if q.ID == o.ID || q.Article == r.Article || q.Status != o.Status || q.Visit != o.Visit || !sameAffair(r, &q) ||
			timed(r, &q) == Apart || Same(o, &q) > Apart {
			return false
		}
		return !first || when(&q).first < when(o).first
	})
}
