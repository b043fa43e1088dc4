package extract

import (
	"slices"

	"vankho/internal/archive"
)

// messages reads who wrote to whom: one record for each sender, except where
// leaders of one country write together. Senders may follow a colon
// ("… gửi điện tới X: Tổng thống Y, Nhà vua Z"), and a recipient who is not
// named again is the one of whom the sentence, or the article, speaks.
func (r *reader) messages(f *frame) {
	t, at, s, end := f.t, f.at, f.s, f.end
	from, to := f.subject, f.object
	if len(from) == 0 {
		if k := t.after(end, s.to); k >= 0 && t.mentions[k].from-end <= 2 {
			colon := t.is(end, ":")
			for _, e := range t.objects(end, s, listing{fronted: !colon, series: colon}).who {
				if !slices.Contains(to, e) {
					from = append(from, e)
				}
			}
		}
	}
	if later := t.sendsAgain(at.trigger.to, s); len(to) == 0 && later {
		r.senders = append(r.senders, from...) // "X gửi thư, Y gửi điện thăm hỏi đến Z"
		return
	}
	from = append(r.senders, from...)
	r.senders = nil
	if len(to) == 0 {
		for k := t.before(at.trigger.from, s.from); k >= 0 && t.mentions[k].from >= s.from && len(to) == 0; k-- {
			if e := t.mentions[k].entity; e >= 0 && !slices.Contains(from, e) && r.abroad(from, []int{e}) {
				to = []int{e}
			}
		}
	}
	if len(to) == 0 && r.protagonist() >= 0 && !slices.Contains(from, r.protagonist()) {
		to = []int{r.protagonist()}
	}
	at.full = true
	var parties [][]int // senders of one country together
	for _, e := range from {
		k := slices.IndexFunc(parties, func(p []int) bool { return r.entities[p[0]].country == r.entities[e].country })
		if k < 0 || r.entities[e].country == "" {
			parties = append(parties, []int{e})
		} else {
			parties[k] = append(parties[k], e)
		}
	}
	for _, p := range parties {
		// Recipients of several countries got a message each.
		for len(to) > 0 {
			country := r.entities[to[0]].country
			var here, rest []int
			for _, e := range to {
				if r.entities[e].country == country {
					here = append(here, e)
				} else {
					rest = append(rest, e)
				}
			}
			if all := append(slices.Clone(p), here...); r.abroad(all) {
				r.add(event{kind: archive.Message, status: f.status, principals: all, rule: "event-message", refs: []ref{at}})
			}
			if len(parties) > 1 {
				break
			}
			to = rest
		}
	}
}

// messagesOf reads messages by their senders: "điện mừng của X đã được gửi tới Y;
// của Z tới W".
func (r *reader) messagesOf(f *frame) bool {
	t, s, found := f.t, f.s, false
	f.at.full = true
	for i := f.h.to; i < s.to; i++ {
		from := t.after(i, s.to)
		if from < 0 || from+1 >= len(t.mentions) {
			break
		}
		x, y := &t.mentions[from], &t.mentions[from+1]
		if !t.is(x.from-1, "của") || y.to > s.to || y.from-x.to > 10 || !t.is(y.from-1, "tới", "đến", "cho", "lên", "là") {
			break
		}
		who := []int{x.entity, y.entity}
		if x.entity >= 0 && y.entity >= 0 && r.abroad(who) {
			r.add(f.event(who, ""))
			found = true
		}
		i = y.to
	}
	return found
}

// letter reads a message that is quoted before it is said to have been sent:
// "Trong thư mừng, Thủ tướng X viết: …", to whom the article is about.
func (r *reader) letter(t *text, at ref, h *hit, s span) {
	k := t.after(h.to, s.to)
	if k < 0 || t.mentions[k].entity < 0 || t.mentions[k].from-h.to > 3 || !t.speaks(t.mentions[k].to, min(t.mentions[k].to+8, s.to)) {
		return
	}
	who := []int{t.mentions[k].entity, r.protagonist()}
	if who[1] < 0 || r.touchWith(who, at) || !r.abroad(who) || r.entities[who[0]].rank > 3 {
		return
	}
	at.full = true
	r.add(event{kind: archive.Message, status: archive.Held, principals: who, rule: "event-message", refs: []ref{at}})
}

// sendsAgain reports whether another message is sent after token i, with only
// its sender between.
func (t *text) sendsAgain(i int, s span) bool {
	for _, h := range t.in(i, min(i+16, s.to)) {
		if h.class == classTrigger && h.arg == "message" && !t.inMention(h.from) {
			k := t.before(h.from, i)
			return k >= 0 && t.mentions[k].to == h.from && t.is(i, ",", "và") && t.mentions[k].from == i+1
		}
	}
	return false
}
