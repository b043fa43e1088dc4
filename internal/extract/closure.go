package extract

import (
	"slices"

	"vankho/internal/archive"
)

// series is one host and the encounters or messages of one kind that the article
// tells of one after the other: it says so itself ("gặp nhiều người đồng cấp",
// "lần lượt tiếp"), or two of them were read.
type series struct {
	at     ref
	kind   archive.MeetingKind
	status archive.Status
	host   int // entity; of messages who receives them; -1 when not said
	rule   string
	nation string // the one country of all the others, "" where they are of several
	envoys bool   // the others are envoys: whom they greet from is no guest
	told   bool   // the article says so itself

	unnamed *leadership // of messages who received them, where no host is named
	mourned bool        // of condolences that no sentence announces: each says what it is
	tribute bool        // said and not written: who meets somebody in the article says it there
}

// home gives the country of the host of a series.
func (r *reader) home(sr *series) string {
	if sr.host < 0 {
		return sr.unnamed.country
	}
	return r.entities[sr.host].country
}

// maxSeries bounds the series of one article.
const maxSeries = 4

// closeSeries gives each series those of its encounters that no frame read: every
// sentence whose topic is one more foreigner in office, whom the host speaks to or
// who speaks to him, tells of one.
func (r *reader) closeSeries() {
	for _, sr := range r.allSeries() {
		r.closeOne(&sr)
		r.welcomedIn(&sr)
	}
}

// closeOne gives one series those of its encounters that no frame read.
func (r *reader) closeOne(sr *series) {
	for ti := sr.at.text; ti < len(r.texts); ti++ {
		t := &r.texts[ti]
		for si := 0; si < len(t.sents) && r.body(ref{text: ti}); si++ {
			for _, s := range t.turns(t.sents[si]) {
				r.another(sr, t, ref{text: ti, sent: si}, s)
			}
		}
	}
}

// welcomedIn makes encounters of a series of those whom its host is only said to
// have welcomed: "vui mừng được đón Bộ trưởng X".
func (r *reader) welcomedIn(sr *series) {
	for i := range r.events {
		ev := &r.events[i]
		at := ev.refs[0]
		if !sr.told || ev.visit || ev.kind != archive.Ceremony || ev.status != sr.status || len(ev.principals) != 2 || !slices.Contains(ev.principals, sr.host) ||
			at.trigger.to != at.trigger.from+1 || !r.texts[at.text].is(at.trigger.from, "đón") {
			continue
		}
		met := func(b event) bool {
			return !b.visit && b.kind != archive.Ceremony && slices.Contains(b.principals, other(ev, sr.host))
		}
		if !slices.ContainsFunc(r.events, met) {
			ev.kind, ev.rule = sr.kind, sr.rule
		}
	}
}

// turns cuts a sentence where another is spoken of, or speaks: "…; với Thủ tướng X,
// …", "Bộ trưởng X đề nghị …, Bộ trưởng Y cho biết …".
func (t *text) turns(s span) []span {
	var out []span
	for i := s.from + 1; i+1 < s.to; i++ {
		if t.is(i, ";") && t.is(i+1, "với", "còn", "tiếp", "gặp", "tại") || t.is(i, ",", ";") && t.speaker(i+1, s) && t.spoken(span{s.from, i}) {
			out = append(out, span{s.from, i})
			s.from = i + 1
		}
	}
	return append(out, s)
}

// speaker reports whether somebody named at token i, with his office, speaks.
func (t *text) speaker(i int, s span) bool {
	k := t.after(i, s.to)
	return k >= 0 && t.mentions[k].from == i && !t.mentions[k].name.empty() && len(t.mentions[k].titles) > 0 && t.speaks(t.mentions[k].to, min(t.mentions[k].to+2, s.to))
}

// spoken reports whether somebody named in a sentence speaks there.
func (t *text) spoken(s span) bool {
	return slices.ContainsFunc(t.mentionsIn(s), func(m mention) bool { return t.speaks(m.to, min(m.to+2, s.to)) })
}

// allSeries gives the series the article speaks of, and those that are one because
// somebody was read to have met, or to have been written to by, people of two
// countries.
func (r *reader) allSeries() []series {
	var all []series
	for _, sr := range []*series{r.several, r.mail} {
		if sr != nil && (sr.host >= 0 || sr.unnamed != nil) {
			all = append(all, *sr)
		}
	}
	for i := range r.events {
		a := &r.events[i]
		if a.visit || a.status != archive.Held || a.kind == archive.Ceremony || len(a.principals) != 2 || a.unnamed != nil {
			continue
		}
		for _, host := range a.principals {
			known := func(sr series) bool {
				return sr.host == host && (sr.kind == archive.Message) == (a.kind == archive.Message)
			}
			if len(all) < maxSeries && !slices.ContainsFunc(all, known) && r.meetsAnother(host, i) {
				all = append(all, series{at: a.refs[0], kind: a.kind, status: a.status, host: host, rule: ruleOfSeries(a.kind)})
			}
		}
	}
	for i := range all {
		r.describe(&all[i])
	}
	return all
}

// ruleOfSeries names the rule that reads one more of a series.
func ruleOfSeries(kind archive.MeetingKind) string {
	if kind == archive.Message {
		return "event-message"
	}
	return ruleOf(kind) + "-series"
}

// meetsAnother reports whether the host of event i is told to have met somebody of
// yet another country in the same way.
func (r *reader) meetsAnother(host, i int) bool {
	a := &r.events[i]
	return slices.ContainsFunc(r.events[i+1:], func(b event) bool {
		return !b.visit && b.kind == a.kind && b.status == a.status && len(b.principals) == 2 && slices.Contains(b.principals, host) && r.abroad(a.principals, b.principals) &&
			r.abroad([]int{other(a, host), other(&b, host)})
	})
}

// other gives the one of two principals who is not e.
func other(ev *event, e int) int {
	if ev.principals[0] == e {
		return ev.principals[1]
	}
	return ev.principals[0]
}

// describe notes what those of a series who are known have in common.
func (r *reader) describe(sr *series) {
	n := 0
	sr.envoys = true
	for i := range r.events {
		if ev := &r.events[i]; !ev.visit && len(ev.principals) == 2 && slices.Contains(ev.principals, sr.host) && (ev.kind == archive.Message) == (sr.kind == archive.Message) {
			n++
			sr.envoys = sr.envoys && r.entities[other(ev, sr.host)].rank >= 4
		}
	}
	sr.envoys = sr.envoys && n > 0
}

// another reads a sentence, or part of one, on one more encounter of a series.
func (r *reader) another(sr *series, t *text, at ref, s span) {
	if sr.mourned && !t.tribute(s.from, s.to) {
		return
	}
	k, met := r.topic(sr, t, at, s)
	if k < 0 || !met && !sr.told && r.home(sr) != "VN" {
		return // world news: others speak there who met somebody else
	}
	for _, e := range r.topics(t, k, s) {
		if sr.host < 0 {
			if r.oneMore(sr, e, met) {
				at.trigger, at.full = span{t.mentions[k].from, t.mentions[k].to}, true
				r.sentTo(event{kind: sr.kind, status: sr.status, principals: []int{e}, rule: sr.rule + "-unnamed", refs: []ref{at}}, sr.unnamed)
			}
			continue
		}
		who := []int{sr.host, e}
		if r.entities[e].country == "VN" {
			who = []int{e, sr.host}
		}
		if !r.oneMore(sr, e, met) || !r.abroad(who) {
			continue
		}
		m := &t.mentions[k]
		at.trigger, at.full = span{m.from, m.to}, true
		ev := event{kind: sr.kind, status: sr.status, principals: who, series: len(r.events) + 1, rule: sr.rule, refs: []ref{at}}
		if sr.at != at {
			ev.refs = append(ev.refs, sr.at)
		}
		r.add(ev)
	}
}

// oneMore reports whether somebody can be one more of a series: in office, in no
// encounter yet, and of a country that has none in the series: else he is whom a
// guest speaks of or who came with him, unless he is said to be met.
func (r *reader) oneMore(sr *series, e int, met bool) bool {
	x := &r.entities[e]
	if e == sr.host || x.spouse || sr.tribute && r.meets(e) || len(x.titles) == 0 || !met && x.rank > 4 && x.org == "" || !met && sr.envoys && x.rank < 4 || sr.kind == archive.Message && x.rank > 3 && x.org == "" {
		return false
	}
	if x.country == "" && x.org == "" && sr.nation == "" || sr.nation != "" && x.country != "" && x.country != sr.nation {
		return false
	}
	for i := range r.events {
		ev := &r.events[i]
		if ev.visit || (ev.kind == archive.Message) != (sr.kind == archive.Message) || ev.status != sr.status && ev.status != archive.Held {
			continue
		}
		if slices.Contains(ev.principals, e) {
			return false
		}
		if sr.nation == "" && !(met && sr.told) && slices.Contains(ev.principals, sr.host) && slices.ContainsFunc(ev.principals, func(p int) bool { return p != sr.host && !r.abroad([]int{p, e}) }) {
			return false
		}
	}
	return true
}

// topics gives whom the words at mention k name: one, or those of a list.
func (r *reader) topics(t *text, k int, s span) []int {
	m := &t.mentions[k]
	if !t.has(m.to, s.to, ";") && !t.opens(m.from-1) {
		return []int{m.entity}
	}
	return t.objects(m.from, s, listing{series: true}).who
}

// opens reports whether token i stands before a list of people: "gồm", "có:".
func (t *text) opens(i int) bool { return t.is(i, "gồm", "có", "là", ":", "lượt") }

// topic gives the mention of whom a sentence is about who may be one more of a
// series, or -1: he stands at its head, as its subject ("Còn Đại sứ X cho biết
// …") or in a clause before the host's name ("Với Đại sứ X, Thủ tướng …", "Chúc
// mừng ông X, …"). It also reports whether the words say that the host met him.
func (r *reader) topic(sr *series, t *text, at ref, s span) (k int, met bool) {
	k = t.after(s.from, s.to)
	host := -1
	for ; k >= 0 && k < len(t.mentions) && t.mentions[k].to <= s.to; k++ {
		m := &t.mentions[k]
		if m.entity != sr.host && (m.entity >= 0 || m.country != "" && m.country != r.home(sr)) {
			break
		}
		if m.entity == sr.host && sr.host >= 0 {
			host = k
		}
	}
	if k < 0 || k >= len(t.mentions) || t.mentions[k].to > s.to || t.mentions[k].entity < 0 || t.mentions[k].pronoun || !r.ofHost(sr, at) {
		return -1, false
	}
	m := &t.mentions[k]
	lead := s.from
	if host >= 0 {
		lead = t.mentions[host].to // "Đáp lại lời mời của Thủ tướng, ông X …"
	}
	if m.name.empty() && len(r.entities[m.entity].titles) == 0 || m.from-s.from > 30 || t.passing(lead, m.from) {
		return -1, false
	}
	near := min(m.to+10, s.to)
	speaks := t.speaks(m.to, near) || t.is(m.to, "thì", "chúc", ":") || t.is(m.to, ",") && t.is(m.to+1, "người")
	switch {
	case t.opens(m.from-1) && t.comes(s.from, m.from):
		return k, true // "Đến chào Chủ tịch nước có bà X; ông Y", "Người gửi gồm …"
	case host >= 0:
		quoted := t.mentions[host].to + boolInt(t.is(t.mentions[host].to, "”", "\"", "»")) // "Xin chúc mừng ông X", Thủ tướng Y viết
		if quoted+1 == m.from && t.is(m.from-1, ",") && speaks {
			return k, false // "Nhất trí với đề xuất của Bộ trưởng, ông X cho biết …"
		}
		return -1, false
	case r.hostNext(sr, t, k, s):
		if t.faces(s.from, m.from) {
			return k, true
		}
		return -1, false
	case !t.connects(s.from, m.from):
		return -1, false
	case speaks, t.is(m.to, "được") || t.is(m.to, ",") && t.is(m.to+1, "được"):
		return k, t.ledBy(m)
	}
	opens := at.sent == 0 || t.sents[at.sent].from <= 2 // "2. Tổng thống X …"
	told := sr.told && !t.triggers(m.to, near) && !t.is(m.to, "và", "cùng", "sẽ", "đã", ",")
	if opens && (told || t.toks[s.from].shape == punct && m.from-s.from <= 3) {
		return k, t.ledBy(m)
	}
	return -1, false
}

// ofHost reports whether the text still tells of the host there.
func (r *reader) ofHost(sr *series, at ref) bool {
	under := r.current(at.text, at.sent)
	return len(under) == 0 || sr.host < 0 || slices.ContainsFunc(under, func(i int) bool { return r.events[i].visit || slices.Contains(r.events[i].principals, sr.host) })
}

// hostNext reports whether the host is the next who is named after mention k, and
// begins the main clause: "…, Chủ tịch nước đề nghị".
func (r *reader) hostNext(sr *series, t *text, k int, s span) bool {
	first := k
	for k++; sr.host >= 0 && k < len(t.mentions) && t.mentions[k].to <= s.to; k++ {
		m := &t.mentions[k]
		if (m.entity == sr.host || m.pronoun && t.is(m.from-1, ",")) && !t.speaks(t.mentions[first].to, m.from) {
			return t.is(m.from-1, ",") || t.is(m.from-1, "chí", "ông", "bà") && t.is(m.from-2, ",")
		}
		if m.entity >= 0 {
			return false
		}
	}
	return false
}

// passing reports whether the words before somebody only mention him: in history,
// by his greetings or invitation, as one of those present.
func (t *text) passing(from, to int) bool {
	if t.is(to-1, "của") && !t.has(max(from, to-5), to, "gặp", "tiếp", "thư", "điện", "tham") {
		return true
	}
	if slices.ContainsFunc(t.in(from, to), func(h hit) bool { return h.class == classAttend && h.arg == "attend" && !t.is(h.from, "về", "phía") }) {
		return true
	}
	for i := from; i < to; i++ {
		switch {
		case t.is(i, "nhắc", "nhớ", "ôn", "chuyến", "cố", "nguyên", "thay", "thừa", "tháp", "nhờ"),
			t.is(i, "lời") && !t.is(i+1, "lẽ"), t.is(i, "theo") && t.is(i+1, "lời"):
			return true
		}
	}
	return false
}

// faces reports whether a clause from..to turns to whom is named after it: "Với",
// "Chúc mừng", "Tại buổi tiếp", "Cảm ơn tình cảm mà".
func (t *text) faces(from, to int) bool {
	return t.has(from, to, "với", "tiếp", "gặp", "chào", "mừng", "đón", "nghênh", "ơn", "cùng", "đáp", "chuyện", "kiến", "chia", "đàm")
}

// comes reports whether the words from..to bring in guests or senders: "Đến chào
// … có", "Tiếp theo là", "Người gửi gồm".
func (t *text) comes(from, to int) bool {
	return t.has(from, to, "đến", "tới", "khách", "gửi", "gởi", "tiếp", "lượt", "trước", "sau", "cuối", "mừng", "thứ", "sớm")
}

// connects reports whether the words from..to only lead to the subject of a
// sentence: marks, numbers, "Còn", "Về phía Nga,", "Trong thư của mình,".
func (t *text) connects(from, to int) bool {
	for i := from; i < to; i++ {
		switch {
		case t.toks[i].shape == punct, t.num(i) >= 0, t.at(i, classCountry) != nil:
		case t.is(i, "với", "còn", "nữ", "ngài", "tân", "đối", "riêng", "đồng", "chí", "ông", "bà", "về", "phía", "phần", "mình", "trong", "khi", "đó", "thì", "theo", "đoàn", "do", "cũng", "và", "thư", "điện", "bức", "của", "tại", "ở"):
		case t.toks[i].shape == capital && t.is(from, "tại", "ở", "từ", "đoàn", "về"):
		case t.is(from, "tại", "ở", "từ", "trong", "sau", "trước", "tiếp", "cùng", "cũng", "nhân", "đoàn", "trên", "ngày", "hôm", "sáng", "chiều", "tối") && (t.is(to-1, ",", "do", "lượt", "chí", "ông", "bà") || t.toks[to-1].shape == number):
		default:
			return false
		}
	}
	return true
}
