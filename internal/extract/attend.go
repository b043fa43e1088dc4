package extract

import (
	"slices"
	"strings"

	"vankho/internal/archive"
)

// readAttendance adds those who were there besides the principals, and those
// who invited.
func (r *reader) readAttendance() {
	if len(r.events) == 0 {
		return
	}
	for ti := range r.texts {
		t := &r.texts[ti]
		for si, s := range t.sents {
			for _, h := range t.in(s.from, s.to) {
				if h.class == classAttend && (h.arg == "attend" || h.arg == "witness") && !t.inMention(h.from) && r.body(ref{text: ti}) {
					r.attend(t, ti, si, &h, s)
				}
				if h.class == classTrigger && h.arg == "ceremony" && r.body(ref{text: ti}) && t.at(h.from, classAttend) == nil && t.welcomed(&h, s) {
					r.attend(t, ti, si, &hit{h.from, h.to, &phrase{class: classAttend, arg: "attend"}}, s)
				}
				if (h.class == classCountry || h.class == classOrg || h.class == classOrgHead && t.toks[h.from].shape == capital) && r.body(ref{text: ti}) {
					if from := t.sideList(&h, s); from > 0 {
						r.attend(t, ti, si, &hit{h.from, from, &phrase{class: classAttend, arg: "attend"}}, s)
					}
				}
			}
			r.inviters(t, ti, si, s)
			r.seenOff(t, s)
			r.spouses(t, ti, s)
		}
	}
}

// current gives the events that the text at this sentence is about: those told
// of last.
func (r *reader) current(ti, si int) []int {
	bestT, bestS := -1, -1
	var out []int
	for i := range r.events {
		for _, at := range r.events[i].refs {
			if at.text > ti || at.text == ti && at.sent > si || !r.body(at) {
				continue
			}
			switch {
			case at.text > bestT || at.text == bestT && at.sent > bestS:
				bestT, bestS, out = at.text, at.sent, append(out[:0], i)
			case at.text == bestT && at.sent == bestS && !slices.Contains(out, i):
				out = append(out, i)
			}
		}
	}
	if out == nil {
		for i := range r.events {
			out = append(out, i)
		}
	}
	return out
}

// sideList reads "(về) phía Nga có", "đoàn Việt Nam gồm" around the country c
// and gives the token after it; 0 when it is none, or nobody follows.
func (t *text) sideList(c *hit, s span) int {
	side := false
	for k := c.from - 1; k >= s.from && k > c.from-6 && !t.inMention(k) && t.toks[k].shape != punct && !side; k-- {
		side = t.is(k, "phía", "đoàn", "bên")
	}
	if !side || t.inMention(c.from) {
		return 0
	}
	k := c.to
	for ; k < s.to && k < c.to+9 && !t.is(k, "có", "gồm", "là", ":"); k++ {
		if t.is(k, "bay", "khẩu") {
			return 0 // "Đón đoàn Việt Nam tại sân bay có …": those of the other side
		}
		if f := t.at(k, classField); f != nil && c.class == classOrgHead {
			k = f.to - 1 // "phía Bộ LĐ-TB&XH có"
		} else if (t.inMention(k) || t.toks[k].shape == punct) && !t.is(k, "trưởng", "đoàn") {
			return 0
		}
	}
	at := k
	for t.is(k, "có", "gồm", "là", ":", "các", "sự", "dự", "tham", "của") {
		k++
	}
	m := t.after(k, s.to)
	if k == at || m < 0 || t.mentions[m].from > k+3 || t.mentions[m].name.empty() && t.mentions[m].from > k+1 {
		return 0
	}
	return k
}

// beside gives the people of "Các đồng chí A, B và C cùng dự", "đồng chí D có
// mặt tại buổi làm việc": those before the phrase, where nothing else is told
// of them.
func (t *text) beside(h *hit, s span) []int {
	if t.is(h.from, "có") && !t.is(h.to, "tại", "trong") && !t.is(h.to+1, "buổi", "cuộc", "lễ") || t.speaks(s.from, h.from) || t.triggers(s.from, h.from) {
		return nil
	}
	var who []int
	for _, m := range t.mentionsIn(span{s.from, h.from}) {
		if m.entity < 0 || m.name.empty() {
			return nil
		}
		who = append(who, m.entity)
	}
	return who
}

func (r *reader) attend(t *text, ti, si int, h *hit, s span) {
	from := h.to
	// "Cùng dự hội đàm với Tổng Bí thư Tô Lâm có Thủ tướng …": those after "có".
	for i := h.to; i < s.to && i < h.to+24; i++ {
		if t.is(i, "có", "gồm", ":", "còn") {
			from = i + 1
			break
		}
	}
	if from == h.to && t.is(h.from, "tháp", "hộ", "ngồi") {
		return // "Tháp tùng Chủ tịch nước X thăm Cuba, ông Y hội đàm với ông Z", "X ngồi cùng Y"
	}
	var who []int
	for k := t.after(from, s.to); k >= 0 && k < len(t.mentions) && t.mentions[k].to <= s.to; k++ {
		if t.speaks(from, t.mentions[k].from) || from == h.to && t.goesOnTo(from, t.mentions[k].from) {
			break // "X dự lễ đón, hội đàm với Y"
		}
		if e := t.mentions[k].entity; e >= 0 && !t.mentions[k].name.empty() && !t.is(t.mentions[k].from-1, "viếng", "niệm", "nhớ") {
			who = append(who, e)
		}
	}
	now := r.current(ti, si)
	if t.airport(h, from) {
		// Who waits there was at no talks.
		if now = slices.DeleteFunc(now, func(i int) bool { return !r.events[i].visit }); len(now) == 0 {
			now = r.journeysOf(t.mentionsIn(span{s.from, from}))
		}
	}
	if h.arg == "attend" && t.is(h.from, "cùng", "có", "ra") && !slices.ContainsFunc(who, func(e int) bool {
		return !slices.ContainsFunc(now, func(i int) bool { return slices.Contains(r.events[i].principals, e) })
	}) {
		with := who
		if who = t.beside(h, s); t.is(h.to-1, "đi") {
			// "A và B cùng đi trong đoàn của ông C": on his journey.
			now = now[:0]
			for i := range r.events {
				if r.events[i].visit && slices.ContainsFunc(with, func(e int) bool { return slices.Contains(r.events[i].principals, e) }) {
					now = append(now, i)
				}
			}
		}
	}
	if len(who) == 0 {
		return
	}
	for _, i := range now {
		ev := &r.events[i]
		for _, e := range who {
			if slices.Contains(ev.principals, e) || slices.Contains(ev.inviters, e) || slices.Contains(ev.attending, e) {
				continue
			}
			if h.arg == "witness" {
				ev.witnesses = append(ev.witnesses, e)
			} else {
				ev.attending = append(ev.attending, e)
			}
		}
	}
}

// goesOnTo reports whether another verb of meeting follows in from..to, behind a comma
// or "và".
func (t *text) goesOnTo(from, to int) bool {
	return slices.ContainsFunc(t.in(from, to), func(h hit) bool {
		return h.class == classTrigger && h.arg != "x" && h.alt == "v" && t.is(h.from-1, ",", ";", "và", "rồi")
	})
}

// journeysOf gives the journeys of those whom the mentions name, all when they name
// no traveller.
func (r *reader) journeysOf(named []mention) (journeys []int) {
	of := func(i int) bool {
		return slices.ContainsFunc(named, func(m mention) bool { return m.entity >= 0 && m.entity == r.events[i].guest })
	}
	for i := range r.events {
		if r.events[i].visit {
			journeys = append(journeys, i)
		}
	}
	if slices.ContainsFunc(journeys, of) {
		journeys = slices.DeleteFunc(journeys, func(i int) bool { return !of(i) })
	}
	return journeys
}

// seenOff adds who sees off a traveller at the airport, or went there to welcome
// him: "Bộ trưởng X tiễn Thủ tướng Y tại sân bay", "Đại sứ X đã ra tận chân cầu thang
// máy bay đón Thủ tướng".
func (r *reader) seenOff(t *text, s span) {
	named := t.mentionsIn(s)
	if len(named) < 2 {
		return
	}
	for i := named[0].to; i < named[len(named)-1].from; i++ {
		if !t.is(i, "tiễn", "đón") {
			continue
		}
		k, next := t.before(i, s.from), t.after(i, s.to)
		if k < 0 || next < 0 {
			continue
		}
		if out := t.has(t.mentions[k].to, i, "ra") && t.has(t.mentions[k].to, i, "bay", "ga") && i-t.mentions[k].to < 14; out {
			r.waits(t.mentions[k].entity, t.mentions[next].entity)
			continue
		}
		if i-t.mentions[k].to > 3 || t.mentions[k].entity < 0 || t.is(i, "đón") || t.mentions[next].from-i > 2 || !t.has(t.mentions[next].to, min(t.mentions[next].to+12, s.to), "bay", "ga") {
			continue
		}
		r.waits(t.mentions[k].entity, t.mentions[next].entity)
	}
}

// waits adds somebody to the journeys of a traveller, whom he welcomes or sees off.
func (r *reader) waits(who, guest int) {
	for i := range r.events {
		if ev := &r.events[i]; who >= 0 && ev.visit && ev.guest == guest && !slices.Contains(ev.principals, who) && !slices.Contains(ev.attending, who) {
			ev.attending = append(ev.attending, who)
		}
	}
}

// airport reports whether those named from token "to" on welcomed or saw off a
// guest at an airport.
func (t *text) airport(h *hit, to int) bool {
	s := t.sents[t.sentenceOf(h.from)]
	for i := s.from; i < to; i++ {
		if t.is(i, "sân") && t.is(i+1, "bay") && t.has(s.from, min(to+2, s.to), "đón", "tiễn") {
			return true
		}
	}
	return false
}

// inviters reads "theo lời mời của X", "Lời mời do X, Y và Z đưa ra", "Người
// mời là X", "do X mời".
func (r *reader) inviters(t *text, ti, si int, s span) {
	if s.empty() || !strings.Contains(t.str(s.from, s.to), "mời") {
		return
	}
	for i := s.from; i < s.to; i++ {
		if !t.is(i, "mời") || t.has(s.from, i, "chiêu", "tiệc", "yến", "cơm") {
			continue // of a journey, not to dinner
		}
		var found []int
		switch k := t.before(i, s.from); {
		case t.is(i-1, "lời", "người") && t.is(i+1, "của", "do", "là", "đến"):
			found = t.objects(i+1, s, listing{}).who
		case t.is(i-1, "người") && t.is(i+1, "ông", "bà") && t.is(i+2, "là"):
			found = t.objects(i+2, s, listing{}).who // "Người mời bà là Thủ tướng X"
		case k >= 0 && t.mentions[k].to == i && t.mentions[k].entity >= 0 && t.is(t.mentions[k].from-1, "do"):
			found = []int{t.mentions[k].entity} // "do Chủ tịch nước X mời"
		case k >= 0 && t.is(i-1, "người") && t.is(i-2, "là") && t.mentions[k].to == i-2 && t.mentions[k].entity >= 0:
			found = []int{t.mentions[k].entity} // "mà Tổng thống X là người mời"
		}
		if len(found) == 0 {
			continue
		}
		here := slices.ContainsFunc(r.events, func(ev event) bool {
			return ev.visit && slices.ContainsFunc(ev.refs, func(at ref) bool { return at.text == ti && at.sent == si })
		})
		for x := range r.events {
			ev := &r.events[x]
			if !ev.visit || !slices.ContainsFunc(ev.refs, func(at ref) bool {
				if here {
					return at.text == ti && at.sent == si // not the journey told of before it
				}
				return at.text == ti && at.sent <= si && at.sent >= si-2 || si == 0 && r.follows(at.text, ti)
			}) {
				continue
			}
			for _, e := range found {
				p := &r.entities[e]
				if (p.country == "" || p.guessed) && len(found) == 1 && e != ev.guest {
					p.country, p.state, p.guessed = ev.host, archive.Inferred, false
				}
				if p.country == ev.host && e != ev.guest && !slices.Contains(ev.inviters, e) {
					ev.inviters = append(ev.inviters, e)
					ev.principals = append(ev.principals, e)
				}
			}
		}
	}
}

// follows reports whether paragraph ti is the next one of the text after
// paragraph from, captions aside.
func (r *reader) follows(from, ti int) bool {
	for from++; from < ti && !r.body(ref{text: from}); from++ {
	}
	return from == ti
}

// spouses adds a named "Phu nhân" to the events of the one she came with.
func (r *reader) spouses(t *text, ti int, s span) {
	here := t.mentionsIn(s)
	for k, m := range here {
		if !m.spouse || m.entity < 0 || k == 0 {
			continue
		}
		with := here[k-1]
		if only, _ := t.links(with.to, m.from); !only || with.entity < 0 {
			continue
		}
		x := &r.entities[m.entity]
		if p := &r.entities[with.entity]; p.country != "" && x.state != archive.Stated {
			x.country, x.state = p.country, archive.Inferred
		}
		for i := range r.events {
			ev := &r.events[i]
			switch {
			case !slices.Contains(ev.principals, with.entity) || slices.Contains(ev.principals, m.entity) || slices.Contains(ev.attending, m.entity) || ev.status == archive.Recalled:
			case m.consort():
				ev.principals = append(ev.principals, m.entity)
			default:
				ev.attending = append(ev.attending, m.entity)
			}
		}
	}
}

// leads reports whether the article begins with a ceremony, in its headline or
// its first sentence, and tells of the talks only after it.
func (r *reader) leads(ceremony, talks *event) bool {
	first := func(ev *event) (at ref, headline bool) {
		at = ref{text: len(r.texts)}
		for _, x := range ev.refs {
			headline = headline || r.texts[x.text].p.Kind == archive.TitleParagraph
			if !x.full && r.texts[x.text].at(x.trigger.from, classTrigger) == nil {
				continue // only its day was found there
			}
			if r.body(x) && (x.text < at.text || x.text == at.text && x.sent < at.sent) {
				at = x
			}
		}
		return at, headline
	}
	a, inTitle := first(ceremony)
	b, talksInTitle := first(talks)
	if a.text >= len(r.texts) || a.sent > 0 || talksInTitle {
		return false
	}
	for i := 0; i < a.text && !inTitle; i++ {
		if r.body(ref{text: i}) {
			return false // something else was told first
		}
	}
	t := &r.texts[a.text]
	over := a.text == b.text && a.sent == b.sent && (t.is(b.trigger.to, "xong", "kết") || t.is(b.trigger.from-1, "sau")) // "Hội đàm xong, X mở tiệc"
	return a.text < b.text || over || inTitle && a.text == b.text && a.sent < b.sent
}

// solemn reports whether the ceremony is told of as one, and not only by "ra đón".
func (r *reader) solemn(ev *event) bool {
	return slices.ContainsFunc(ev.refs, func(at ref) bool {
		return at.full && at.trigger.to-at.trigger.from > 1 && !r.texts[at.text].has(at.trigger.from, at.trigger.to, "thư") // credentials
	})
}

// settle drops what is no encounter of two countries or only the frame of
// another, and says which events the article is about.
func (r *reader) settle() {
	kept := r.events[:0]
	for i := range r.events {
		ev := r.events[i]
		if ev.visit {
			kept = append(kept, ev)
			continue
		}
		if !r.abroad(ev.principals) && ev.unnamed == nil {
			continue
		}
		if ev.status == archive.Recalled && ev.date.EDTF == "" && !r.early(ev.refs[0]) {
			continue // "nơi Chủ tịch Hồ Chí Minh từng gặp …"
		}
		if ev.kind == archive.Ceremony && slices.ContainsFunc(r.events, func(o event) bool {
			return !o.visit && o.kind != archive.Ceremony && o.status == ev.status && among(ev.principals, o.principals) &&
				!(r.isRite(&ev) || r.solemn(&ev) && (r.leads(&ev, &o) || len(ev.attending) > 0 && !among(ev.attending, o.attending)))
		}) {
			continue
		}
		kept = append(kept, ev)
	}
	r.events = kept
	meets := slices.ContainsFunc(r.events, func(ev event) bool { return !ev.visit && ev.status == archive.Held })
	for i := range r.events {
		ev := &r.events[i]
		first := ev.refs[0]
		ev.main = ev.status != archive.Recalled && (!ev.visit || !meets || r.texts[first.text].p.Kind == archive.TitleParagraph) &&
			(i == 0 || ev.series > 0 || r.early(first) || ev.kind == archive.Message && r.events[0].kind == archive.Message)
	}
}
