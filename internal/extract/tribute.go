package extract

import (
	"slices"

	"vankho/internal/archive"
)

// tributes reads that leaders of several countries congratulated or condoled in an
// article that tells of no meeting: its head says so ("Lãnh đạo thế giới chúc mừng ông
// X đắc cử"), or somebody who led a state has died. What they say is a message.
func (r *reader) tributes() {
	if r.mail != nil {
		return
	}
	for ti := range r.texts {
		t := &r.texts[ti]
		if at := (ref{text: ti}); t.p.Kind != archive.TitleParagraph && (!r.body(at) || !r.early(at)) {
			continue
		}
		for si, s := range t.sents {
			if t.tribute(s.from, s.to) && t.fromMany(s) && t.status(s.to, s) != archive.Announced {
				r.honoured(t, ref{text: ti, sent: si, trigger: span{s.from, s.to}}, s)
			}
			if r.mail != nil {
				r.paid()
				return
			}
		}
	}
	if r.mourning(); r.mail != nil {
		r.paid()
	}
}

// paid reads the tributes that were opened, unless the article tells of a meeting first:
// there they are what a guest says.
func (r *reader) paid() {
	before := func(ev event) bool {
		at := ev.refs[0]
		return !ev.visit && ev.kind != archive.Message && ev.status == archive.Held && (at.text < r.mail.at.text || at.text == r.mail.at.text && at.sent <= r.mail.at.sent)
	}
	if slices.ContainsFunc(r.events, before) {
		r.mail = nil
		return
	}
	r.mail.tribute = true
	r.closeOne(r.mail)
}

// honoured opens the messages that a sentence speaks of together, by the first leader
// it names: to him, or on his death to those who lead his country.
func (r *reader) honoured(t *text, at ref, s span) {
	for _, m := range t.mentionsIn(s) {
		if m.entity < 0 || m.spouse || r.entities[m.entity].country == "" || r.entities[m.entity].rank > 3 {
			continue
		}
		r.mail = &series{at: at, kind: archive.Message, status: archive.Held, host: m.entity, rule: "event-message", told: true}
		if r.died(m.entity) {
			r.mail.host, r.mail.unnamed = -1, &leadership{r.entities[m.entity].country, t.quote(m.from, m.to)}
		}
		return
	}
}

// mourning opens the condolences on the death of a leader that no sentence announces.
func (r *reader) mourning() {
	for ti := range r.texts {
		t := &r.texts[ti]
		if at := (ref{text: ti}); !r.body(at) || !r.early(at) {
			continue
		}
		for k := range t.mentions {
			m := &t.mentions[k]
			if m.entity < 0 || r.entities[m.entity].rank > 2 || r.entities[m.entity].country == "" || !t.hasDied(m) {
				continue
			}
			at := ref{text: ti, sent: t.sentenceOf(m.from), trigger: span{m.from, m.to}}
			r.mail = &series{at: at, kind: archive.Message, status: archive.Held, host: -1, rule: "event-message", told: true, mourned: true,
				unnamed: &leadership{r.entities[m.entity].country, t.quote(m.from, m.to)}}
			return
		}
	}
}

// tribute reports whether the words from..to congratulate or condole.
func (t *text) tribute(from, to int) bool {
	for i := from; i+1 < to; i++ {
		if t.is(i, "chúc") && t.is(i+1, "mừng") || t.is(i, "chia") && t.is(i+1, "buồn", "sẻ") || t.is(i, "tiếc") && t.is(i+1, "thương") || t.is(i, "thương") && t.is(i+1, "tiếc") || t.is(i, "phân") && t.is(i+1, "ưu") || t.is(i, "đau") && t.is(i+1, "buồn", "xót") || t.is(i, "tưởng") && t.is(i+1, "nhớ") {
			return true
		}
	}
	return false
}

// fromMany reports whether a sentence speaks of leaders of several countries without
// naming them: "lãnh đạo thế giới", "nhiều nước".
func (t *text) fromMany(s span) bool {
	for i := s.from; i+1 < s.to; i++ {
		if t.manyAt(i) || t.is(i, "thế") && t.is(i+1, "giới") && t.is(i-1, "đạo", "khách", "gia") || t.is(i, "quốc") && t.is(i+1, "tế") && t.is(i-1, "đạo", "đồng") {
			return true
		}
	}
	return false
}
