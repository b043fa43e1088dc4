package extract

import (
	"slices"

	"vankho/internal/archive"
)

// chaired reads a conference by those who chair it.
func (r *reader) chaired(f *frame) bool {
	who := r.bySides(f.t, f.h.to, f.s)
	if chairs := r.chairsOf(f.t, f.h, f.s); chairs != nil {
		who, f.kind, f.rule = chairs, archive.Summit, "event-summit"
	}
	if who == nil {
		return false
	}
	f.at.full = true
	r.add(f.event(who, ""))
	return true
}

// chairsOf reads a conference of several countries by those who chair and those
// who attend it: "Đồng chủ trì Hội nghị là A và B; tham dự có C, D và E".
func (r *reader) chairsOf(t *text, h *hit, s span) []int {
	if h.from > s.from+2 || !t.has(h.to, h.to+3, "nghị") {
		return nil
	}
	chairs := t.objects(h.to, s, listing{series: true})
	who := chairs.who
	if k := t.after(chairs.end, s.to); k >= 0 && t.has(chairs.end, t.mentions[k].from, "dự") {
		for _, e := range t.objects(t.mentions[k].from, s, listing{series: true}).who {
			if !slices.Contains(who, e) {
				who = append(who, e)
			}
		}
	}
	countries := map[string]bool{}
	for _, e := range who {
		countries[r.entities[e].country] = true
	}
	if len(countries) < 3 {
		return nil
	}
	return who
}

// bySides reads those who chair together, side by side: "Đồng chủ trì, về phía
// Việt Nam là A và B; về phía Nhật Bản là C và D".
func (r *reader) bySides(t *text, i int, s span) []int {
	sides := 0
	var who []int
	for j := i; j < s.to; j++ {
		if t.is(j, "phía", "bên") && j+1 < s.to {
			sides++
		}
		if t.speaks(j, j+1) {
			break
		}
		if k := t.after(j, s.to); sides > 0 && k >= 0 && t.mentions[k].from == j && t.mentions[k].entity >= 0 && !slices.Contains(who, t.mentions[k].entity) {
			who = append(who, t.mentions[k].entity)
		}
	}
	if sides < 2 || len(who) < 2 || len(who) > 8 || !r.abroad(who) {
		return nil
	}
	return who
}
