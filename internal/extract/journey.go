package extract

import (
	"slices"

	"vankho/internal/archive"
)

// unsaidJourney reads the journey that an article is about where no sentence says who
// visits which country: those who wait at the airport tell it, or the programme does.
func (r *reader) unsaidJourney() {
	if slices.ContainsFunc(r.events, func(ev event) bool { return ev.visit && ev.status != archive.Recalled }) {
		return
	}
	for ti := range r.texts {
		t, at := &r.texts[ti], ref{text: ti, full: true}
		if !r.body(at) || !r.early(at) {
			continue
		}
		for si, s := range t.sents {
			at.sent = si
			if r.awaited(t, at, s) {
				return
			}
		}
	}
	r.journeyAhead()
}

// awaited reads where a guest landed from those who waited there: "Đón Chủ tịch Quốc
// hội và Đoàn tại sân bay …, Thủ đô Dhaka có: …".
func (r *reader) awaited(t *text, at ref, s span) bool {
	for i := s.from; i < s.to; i++ {
		if !t.is(i, "đón", "tiễn") || t.inMention(i) || !t.atAirport(i, s) {
			continue
		}
		k := t.after(i, s.to)
		if k < 0 || t.mentions[k].from-i > 4 || t.mentions[k].entity < 0 {
			continue
		}
		m := &t.mentions[k]
		sp, ok := t.spotIn(span{m.to, s.to}, span{m.to, m.to})
		if !ok {
			sp, ok = t.spotIn(s, span{i, i + 1}) // "tại sân bay Nội Bài, Bộ trưởng X đã tiễn Tổng thống Y"
		}
		guest := &r.entities[m.entity]
		if !ok || guest.rank > 3 || guest.country == "" || r.meets(m.entity) || sp.country == "" || sp.country == guest.country || t.status(i, s) != archive.Held {
			continue
		}
		at.trigger = span{i, i + 1}
		r.addVisit(event{visit: true, status: archive.Held, guest: m.entity, host: sp.country, principals: []int{m.entity}, rule: "visit-arrival", refs: []ref{at}})
		return true
	}
	return false
}

// journeyAhead reads the journey of somebody of whom only is told whom he is to meet on it:
// "Trong chuyến thăm, Bộ trưởng X dự kiến hội đàm với người đồng cấp nước chủ nhà". It
// leads to the country of those he is to meet.
func (r *reader) journeyAhead() {
	var n event
	for ti := range r.texts {
		t, at := &r.texts[ti], ref{text: ti, full: true}
		if !r.body(at) || !r.early(at) {
			continue
		}
		for si, s := range t.sents {
			for _, h := range t.in(s.from, s.to) {
				if h.class != classTrigger || h.arg != "visit" || h.alt != "n" || t.inMention(h.from) {
					continue
				}
				k := t.after(h.to, s.to)
				if k < 0 || t.mentions[k].entity < 0 || t.mentions[k].from-h.to > 2 || !t.is(t.mentions[k].from-1, ",", "của") || n.visit && n.guest != t.mentions[k].entity {
					continue
				}
				guest := t.mentions[k].entity
				host := r.toMeetOf(guest)
				if host == "" {
					continue
				}
				at.sent, at.trigger = si, span{h.from, h.to}
				if !n.visit {
					n = event{visit: true, status: archive.Announced, guest: guest, host: host, principals: []int{guest}, rule: "visit-noun"}
				}
				if t.under(t.mentions[k].to) {
					n.status = archive.Held
				}
				n.touch(at)
			}
		}
	}
	if n.visit {
		r.addVisit(n)
	}
}

// under reports whether the words at token i say that a journey takes place: "Chuyến đi
// của X được tiến hành khi …".
func (t *text) under(i int) bool {
	if t.is(i, "được", "đang", "đã") {
		i++
	}
	return t.is(i, "tiến", "diễn", "bắt") && t.is(i+1, "hành", "ra", "đầu")
}

// toMeetOf gives the country of all whom somebody is to meet; "" where they are of
// several, where he has met anybody, or where he is at home.
func (r *reader) toMeetOf(guest int) (host string) {
	home := r.entities[guest].country
	for i := range r.events {
		ev := &r.events[i]
		if ev.visit || !slices.Contains(ev.principals, guest) {
			continue
		}
		for _, e := range ev.principals {
			c := r.entities[e].country
			if e == guest {
				continue
			}
			if home == "" || c == "" || c == home || host != "" && c != host || ev.status != archive.Announced {
				return ""
			}
			host = c
		}
	}
	return host
}
