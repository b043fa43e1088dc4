package extract

import (
	"slices"

	"vankho/internal/archive"
)

// handedOver reads a ceremony of which is told that somebody handed something over to
// somebody of another country: an order, an exequatur, aid. Beside other events it must
// begin the report.
func (r *reader) handedOver() {
	met := r.anyMeeting()
	first := true
	for ti := range r.texts {
		t := &r.texts[ti]
		if !r.body(ref{text: ti}) || !r.early(ref{text: ti}) || len(t.mentions) == 0 {
			continue
		}
		for si, s := range t.sents {
			if met && !first {
				return
			}
			first = false
			i := t.handsOver(s)
			if i < 0 || t.wished(i, s.from) || t.denied(i, s.from) {
				continue
			}
			who := r.giverAndTakers(ref{text: ti, sent: si}, i)
			if who == nil || slices.ContainsFunc(who, func(e int) bool { return !r.celebrates(e) }) ||
				slices.ContainsFunc(r.events, func(ev event) bool { return !ev.visit && among(who, ev.principals) }) {
				continue
			}
			r.add(event{kind: archive.Ceremony, status: t.status(i, s), principals: who, rule: "event-celebration",
				refs: []ref{{text: ti, sent: si, trigger: span{i, i + 1}, full: true}}})
			return
		}
	}
}

// handsOver gives the token where a sentence says that something is handed over, or -1: no
// views are exchanged, and no letter.
func (t *text) handsOver(s span) int {
	for i := s.from; i+1 < s.to; i++ {
		if (t.is(i, "trao") || t.is(i, "bàn") && t.is(i+1, "giao") || t.is(i, "tiếp") && t.is(i+1, "nhận")) && !t.inMention(i) && !t.is(i-1, "lễ", "được", "quyền") &&
			!t.is(i+1, "đổi", "quyền", "thư", "quốc", "công", "thông", "bức", "lời", "điện", "quà") && !t.is(i-1, "chuyển") &&
			!t.has(i, min(i+24, s.to), "thư", "điện", "thiếp") {
			return i
		}
		if t.is(i, "trao") && t.is(i-1, "được") && t.is(i+1, "tặng") {
			return i
		}
	}
	return -1
}

// giverAndTakers gives who hands over what the verb at token i speaks of, and to whom: "X
// trao … cho Y", "Y được X trao tặng …", "Y tiếp nhận … do X trao", and "Nhận … là Y" in the
// next sentence; nil where they are not of two countries.
func (r *reader) giverAndTakers(at ref, i int) []int {
	t := &r.texts[at.text]
	s := t.sents[at.sent]
	k := t.before(i, s.from)
	if k < 0 || t.mentions[k].entity < 0 || t.mentions[k].spouse || t.speaks(t.mentions[k].to, i) || t.triggers(t.mentions[k].to, i) || i-t.mentions[k].to > 16 {
		return nil
	}
	giver := t.mentions[k].entity
	if who, by := t.passive(k, s); by >= 0 && len(who) == 1 {
		return r.pairOf(by, who)
	}
	if t.is(i, "tiếp") {
		for j := i + 2; j < s.to; j++ {
			if x := t.after(j, s.to); t.is(j, "do", "từ") && x >= 0 && t.mentions[x].from <= j+2 && t.mentions[x].entity >= 0 {
				return r.pairOf(t.mentions[x].entity, []int{giver})
			}
		}
		return nil
	}
	for j := i + 1; j < s.to && j < i+40; j++ {
		if t.inMention(j) || !t.is(j, "cho", "tặng", "tới", "tay", "đến") {
			continue
		}
		if x := t.after(j+1, s.to); x >= 0 && t.mentions[x].from <= j+4 {
			if found := t.objects(j+1, s, listing{}); len(found.who) > 0 {
				return r.pairOf(giver, found.who)
			}
		}
	}
	if next, ok := r.sentenceAfter(at); ok {
		n := &r.texts[next.text]
		if ns := n.sents[next.sent]; n.is(ns.from, "nhận") {
			for j := ns.from; j < ns.to && j < ns.from+12; j++ {
				if n.is(j, "là", "có", ":") {
					return r.pairOf(giver, n.objects(j+1, ns, listing{series: true}).who)
				}
			}
		}
	}
	return nil
}

// pairOf gives a giver and those who take, where they are of two countries.
func (r *reader) pairOf(giver int, takers []int) []int {
	if len(takers) == 0 || slices.Contains(takers, giver) || !r.abroad([]int{giver}, takers) {
		return nil
	}
	return append([]int{giver}, takers...)
}
