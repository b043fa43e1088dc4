package extract

import (
	"slices"
	"strings"
)

// pairAt finds the two leaders of "hai nhà lãnh đạo": a Vietnamese and a
// foreign one among those named in the sentence, in the events before it, and in
// the paragraphs before.
func (r *reader) pairAt(t *text, at ref, s span) []int {
	home, away := -1, -1
	office := t.sharedOffice(at.trigger.from, s.from)
	consider := func(e int) {
		if e < 0 || r.entities[e].spouse {
			return
		}
		if office != "" && !slices.ContainsFunc(r.entities[e].keys, func(k string) bool { return strings.Contains(k, office) }) {
			return
		}
		if r.entities[e].country == "VN" {
			if home < 0 {
				home = e
			}
		} else if away < 0 {
			away = e
		}
	}
	for k := t.before(at.trigger.from, s.from); k >= 0 && t.mentions[k].from >= s.from; k-- {
		consider(t.mentions[k].entity)
	}
	for i := len(r.events) - 1; i >= 0; i-- {
		for _, e := range r.events[i].principals {
			consider(e)
		}
	}
	for _, rank := range []int{3, 4} { // an envoy only where nobody higher is named
		for ti := at.text; ti >= 0 && ti > at.text-6 && (home < 0 || away < 0); ti-- {
			named := r.texts[ti].mentions
			for k := len(named) - 1; k >= 0 && k > len(named)-80; k-- {
				if m := &named[k]; m.rank <= rank && (ti < at.text || m.from <= at.trigger.from) && !r.texts[ti].inviter(m) {
					consider(m.entity)
				}
			}
		}
	}
	if home >= 0 && away >= 0 {
		return []int{home, away}
	}
	if pair := r.holdersOf(office); pair != nil {
		return pair
	}
	// Among others, "hai nhà lãnh đạo" are the two who met last.
	for i := len(r.events) - 1; i >= 0 && home < 0 && office == ""; i-- {
		if ev := &r.events[i]; !ev.visit && len(ev.principals) == 2 && r.abroad(ev.principals) {
			return slices.Clone(ev.principals)
		}
	}
	if home < 0 && office == "" {
		return r.twoForeigners(at, s)
	}
	return nil
}

// inviter reports whether a mention is of whose invitation somebody else brings: "Lời
// mời sang Helsinki của Thủ tướng X được Đại sứ Y chuyển tới …".
func (t *text) inviter(m *mention) bool {
	from := t.sents[t.sentenceOf(m.from)].from
	return t.is(m.from-1, "của") && m.from-from < 12 && t.is(from, "lời", "thư", "bức") && t.has(from, m.from, "mời", "thư")
}

// holdersOf gives the two of two countries who alone hold an office in the article:
// "hai Thủ tướng" before either is named; nil when there are not two.
func (r *reader) holdersOf(office string) []int {
	var who []int
	for e := range r.entities {
		x := &r.entities[e]
		if office != "" && !x.spouse && x.country != "" && slices.ContainsFunc(x.keys, func(k string) bool { return k == office || strings.HasPrefix(k, office+" ") }) {
			who = append(who, e)
		}
	}
	if len(who) == 2 && r.abroad(who) {
		return who
	}
	return nil
}

// twoForeigners gives the two of two countries named nearest before a trigger, in
// a report in which no Vietnamese is named; nil when there are none.
func (r *reader) twoForeigners(at ref, s span) []int {
	var who []int
	for ti := at.text; ti >= 0 && ti > at.text-3; ti-- {
		named := r.texts[ti].mentions
		for k := len(named) - 1; k >= 0 && k > len(named)-80; k-- {
			m := &named[k]
			if m.entity < 0 || ti == at.text && m.from > at.trigger.from || r.entities[m.entity].spouse || r.entities[m.entity].rank > 4 || r.entities[m.entity].country == "" {
				continue
			}
			if who = append(who, m.entity); r.abroad(who) {
				return []int{m.entity, who[0]}
			}
		}
	}
	return nil
}

// sharedOffice gives the office of "hai Thủ tướng" nearest before token i, as a
// key, or "" where the words name none.
func (t *text) sharedOffice(i, from int) string {
	to := t.groupBefore(i, from)
	if to < 0 {
		return ""
	}
	for k := to - 1; k > from && k > to-6; k-- {
		if h := t.at(k, classTitle); h != nil && h.to <= to && t.is(k-1, "hai") && (h.arg == "1" || stateOffice([]string{strings.ToLower(t.str(h.from, h.to))})) {
			return officeKey(strings.ToLower(t.str(h.from, to)))
		}
	}
	return ""
}

// together finds people of several countries named side by side after a clause
// that names nobody and begins at token from: "Sau hội đàm, A và B …", "Ăn sáng
// làm việc cùng nhau trước giờ khai mạc, A, B và C …".
func (r *reader) together(t *text, from int, s span) []int {
	k := t.after(from, s.to)
	if k < 0 || t.mentions[k].entity < 0 || t.mentions[k].from-from > 30 || !t.is(t.mentions[k].from-1, ",") ||
		t.speaks(from, t.mentions[k].from) || t.triggers(from, t.mentions[k].from) {
		return nil
	}
	who, joined := []int{t.mentions[k].entity}, false
	for k++; k < len(t.mentions) && t.mentions[k].to <= s.to && len(who) < 6; k++ {
		only, and := t.links(t.mentions[k-1].to, t.mentions[k].from)
		if !only || t.mentions[k].entity < 0 {
			break
		}
		who, joined = append(who, t.mentions[k].entity), joined || and
	}
	if !joined || !r.abroad(who) {
		return nil
	}
	return who
}

// trilateral reports whether the article speaks of three sides together, and not
// only of "hợp tác ba bên".
func (r *reader) trilateral() bool {
	for ti := range r.texts {
		for _, h := range r.texts[ti].hits {
			if t := &r.texts[ti]; h.class == classGroup && h.arg == "all" && t.is(h.from, "ba", "3") && !t.is(h.from-1, "tác", "chế") {
				return true
			}
		}
	}
	return false
}
