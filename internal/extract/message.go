package extract

import (
	"slices"
	"strings"

	"vankho/internal/archive"
)

// messages reads who wrote to whom: one record for each sender, except where
// leaders of one country write together. Senders may follow the verb ("Gửi điện mừng
// còn có X; Y"), and a recipient who is not named again is the one of whom the
// sentence, or the article, speaks. Of "gửi điện tới lãnh đạo Cuba" the recipients may
// be named later; where they are not, the record has only who wrote.
func (r *reader) messages(f *frame) {
	from, to, listed := r.correspondents(f)
	r.openMail(f, from, to)
	if len(from) == 0 && r.unsent != nil && len(to) > 0 {
		from, f.extra, r.unsent = r.unsent.principals, r.unsent.refs, nil
	}
	if len(to) == 0 && f.t.sendsAgain(f.at.trigger.to, f.s) {
		r.senders = append(r.senders, from...) // "X gửi thư, Y gửi điện thăm hỏi đến Z"
		return
	}
	from, r.senders = slices.Concat(r.senders, from), nil
	if len(to) == 0 {
		to = r.recipient(f, from)
	}
	f.at.full = true
	if len(to) == 0 && len(from) > 0 {
		r.sendOpen(f, from)
		return
	}
	if pairs := r.inOrder(f, from, to); pairs != nil {
		for _, p := range pairs {
			r.add(f.event(p, ""))
		}
		return
	}
	for i, p := range r.parties(from, listed) {
		// Recipients of several countries got a message each.
		for rest := to; len(rest) > 0; {
			country := r.entities[rest[0]].country
			var here, others []int
			for _, e := range rest {
				if r.entities[e].country == country {
					here = append(here, e)
				} else {
					others = append(others, e)
				}
			}
			if all := slices.Concat(p, here); r.abroad(all) {
				r.add(f.event(all, ""))
			}
			if rest = others; i > 0 {
				break
			}
		}
	}
}

// correspondents gives who wrote and to whom, as far as the sentence names them, and
// whether the senders are a list in which each stands for himself.
func (r *reader) correspondents(f *frame) (from, to []int, listed bool) {
	from, to, listed = f.subject, f.object, f.listed
	if f.h.phrase == received {
		if k := f.t.after(f.h.to, f.s.to); k >= 0 && f.t.is(f.t.mentions[k].from-1, "do") {
			to = nil // "nhận thư mời vào Hội đồng do X khởi xướng"
		}
		return to, from, false
	}
	if k := f.t.before(f.h.from, f.s.from); k >= 0 && len(from) == 1 && f.t.mentions[k].entity == from[0] && f.t.manyWrite(f.t.mentions[k].to, f.h.from) {
		from = nil // "Nhân dịp X được bầu, lãnh đạo nhiều nước gửi điện mừng"
	}
	if len(from) == 0 || f.fronted {
		if behind, opened := f.sendersBehind(); len(from) == 0 || opened {
			from, listed = behind, opened
		}
		if listed {
			to = slices.DeleteFunc(slices.Clone(to), func(e int) bool { return slices.Contains(from, e) })
		}
	}
	return from, to, listed
}

// inOrder gives who wrote to whom where several wrote in turn to several, each to who
// holds his office on the other side, or in the order of the two lists: "A và B lần
// lượt gửi điện mừng X và Y"; nil where they did not.
func (r *reader) inOrder(f *frame, from, to []int) (pairs [][]int) {
	if len(from) < 2 || len(to) < len(from) || !f.t.has(f.s.from, f.s.to, "lượt", "ứng") {
		return nil
	}
	for i, y := range to {
		of := slices.IndexFunc(from, func(x int) bool { return r.branch(x) != "" && r.branch(x) == r.branch(y) })
		if of < 0 && len(from) == len(to) {
			of = i
		}
		if of < 0 || !r.abroad([]int{from[of], y}) {
			return nil
		}
		pairs = append(pairs, []int{from[of], y})
	}
	return pairs
}

// branch says of which part of a state somebody is by his first office: "head",
// "government", "parliament", "foreign"; "" for others.
func (r *reader) branch(e int) string {
	for _, k := range r.entities[e].keys {
		switch {
		case strings.HasPrefix(k, "thủ tướng"):
			return "government"
		case strings.HasPrefix(k, "ủy viên trưởng"), strings.HasPrefix(k, "chủ tịch") && (strings.Contains(k, "quốc hội") || strings.Contains(k, "viện")):
			return "parliament"
		case strings.HasPrefix(k, "bộ trưởng ngoại giao"), strings.HasPrefix(k, "ngoại trưởng"):
			return "foreign"
		case strings.HasPrefix(k, "chủ tịch nước"), strings.HasPrefix(k, "tổng thống"), strings.HasPrefix(k, "quốc vương"), strings.HasPrefix(k, "nhà vua"):
			return "head"
		}
	}
	return ""
}

// parties gives the senders of one country together, unless each stands for himself.
func (r *reader) parties(from []int, apart bool) [][]int {
	var parties [][]int
	for _, e := range from {
		k := slices.IndexFunc(parties, func(p []int) bool { return r.entities[p[0]].country == r.entities[e].country })
		if k < 0 || apart || r.entities[e].country == "" {
			parties = append(parties, []int{e})
		} else {
			parties[k] = append(parties[k], e)
		}
	}
	return parties
}

// sendersBehind gives the senders that follow the verb or the recipient: "Gửi điện
// mừng còn có X, Y", "điện mừng được gửi tới từ X", "… đã gửi điện mừng, trong đó có X",
// "gửi điện tới X: Tổng thống Y". Of those that a word opens each stands for himself.
func (f *frame) sendersBehind() (from []int, listed bool) {
	t := f.t
	for _, end := range []int{f.h.to, f.end} {
		k := t.after(end, f.s.to)
		if k < 0 || t.is(end, "về", "nhân", "do") {
			continue
		}
		i := t.mentions[k].from - 1
		for t.is(i, "đồng", "chí", "ông", "bà", "ngài", "các", "vị") && i > end {
			i--
		}
		opened := t.is(i, "từ", "của", "có", "gồm", "là") || t.is(i, ":") && !t.is(i-1, "tới", "đến", "cho")
		if i >= end && i-end < 24 && opened && !t.is(f.h.from, "người") && // "người nhận điện của X là Y"
			!t.triggers(end, i) && !t.speaks(end, i) {
			who := t.objects(t.mentions[k].from, f.s, listing{series: true}).who
			return slices.DeleteFunc(who, func(e int) bool { return end > f.h.to && slices.Contains(f.object, e) }), true
		}
		if end == f.end && t.mentions[k].from-end <= 2 {
			who := t.objects(end, f.s, listing{fronted: true}).who
			return slices.DeleteFunc(who, func(e int) bool { return slices.Contains(f.object, e) }), false
		}
	}
	return nil, false
}

// recipient gives to whom a message goes that names only its senders: a foreigner
// to them who stands before in the sentence, or whom the article follows.
func (r *reader) recipient(f *frame, from []int) []int {
	t := f.t
	for k := t.before(f.at.trigger.from, f.s.from); k >= 0 && t.mentions[k].from >= f.s.from; k-- {
		if e := t.mentions[k].entity; e >= 0 && !slices.Contains(from, e) && r.abroad(from, []int{e}) && !r.died(e) {
			return []int{e}
		}
	}
	if hero := r.writtenTo(); hero >= 0 && !slices.Contains(from, hero) && !r.died(hero) && !t.is(f.h.to, "tới", "đến", "cho", "lên", "với") {
		return []int{hero}
	}
	return nil
}

// greetings reads "gửi lời chúc mừng tới X" as a message, in a report that tells of
// nothing else: at an encounter it is what a guest says.
func (r *reader) greetings() {
	for ti := range r.texts {
		t := &r.texts[ti]
		for si, s := range t.sents {
			at := ref{text: ti, sent: si}
			for i := s.from; i+2 < s.to; i++ {
				if !r.body(at) || !r.early(at) || !t.is(i, "gửi", "gởi") || !t.is(i+1, "lời") || !t.is(i+2, "chúc", "chia", "thăm") || t.inMention(i) {
					continue
				}
				h := hit{i, t.letterEnd(i + 2), sent}
				at.trigger = span{h.from, h.to}
				r.meetingFrame(t, at, &h, s, nil)
			}
		}
	}
}

// alsoSent reads messages of which the verb alone is said, where the words before name
// what is sent: "Lãnh đạo Singapore đã gửi điện. Tổng thống X gửi Y; Thủ tướng Z gửi W",
// "bức điện mừng mà X gửi Y".
func (r *reader) alsoSent() {
	for ti := range r.texts {
		t := &r.texts[ti]
		for si, s := range t.sents {
			from := t.sents[max(0, si-1)].from
			for k := t.beginning(s.from); k+1 < len(t.mentions) && t.mentions[k].to < s.to; k++ {
				x, y, i := &t.mentions[k], &t.mentions[k+1], t.mentions[k].to
				for t.is(i, "đã", "cũng", "vừa") {
					i++
				}
				to := i + 1
				if t.is(to, "tới", "đến", "cho") {
					to++
				}
				if !t.is(i, "gửi", "gởi") || y.from != to || x.entity < 0 || y.entity < 0 || !t.has(from, x.from, "thư", "điện", "thiếp") || t.at(i, classTrigger) != nil {
					continue
				}
				h := hit{i, i + 1, sent}
				r.meetingFrame(t, ref{text: ti, sent: si, trigger: span{i, i + 1}}, &h, s, nil)
			}
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
		if !t.is(x.from-1, "của") || y.to > s.to || y.from-x.to > 10 || !t.is(y.from-1, "tới", "đến", "cho", "lên", "là", "gửi", "gởi") {
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

// carried reads a message that somebody hands over for another: "trao cho Tổng
// thống Y bức thư của Thủ tướng Z".
func (r *reader) carried(f *frame) bool {
	t, from := f.t, f.t.after(f.h.to, f.s.to)
	to := t.before(f.h.from, f.s.from)
	if to < 0 || from < 0 || t.mentions[from].from != f.h.to+1 || f.h.from-t.mentions[to].to > 6 || t.has(t.mentions[to].to, f.h.from, ",", ";", "nhận") ||
		!t.is(t.mentions[to].from-1, "cho", "tới", "đến", "lên", "gửi", "trao") || !t.has(max(f.s.from, t.mentions[to].from-6), t.mentions[to].from, "gửi", "gởi", "trao", "chuyển", "đưa") {
		return false
	}
	who := []int{t.mentions[from].entity, t.mentions[to].entity}
	if who[0] < 0 || who[1] < 0 || t.mentions[from].pronoun || !r.abroad(who) {
		return false
	}
	f.at.full = true
	r.add(f.event(who, ""))
	return true
}

// letter reads a message that is quoted before it is said to have been sent:
// "Trong thư mừng, Thủ tướng X viết: …", to whom the article is about.
func (r *reader) letter(t *text, at ref, h *hit, s span) {
	k := t.after(h.to, s.to)
	if k < 0 || t.mentions[k].entity < 0 || t.mentions[k].from-h.to > 3 || !t.speaks(t.mentions[k].to, min(t.mentions[k].to+8, s.to)) {
		return
	}
	who := []int{t.mentions[k].entity, r.writtenTo()}
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
