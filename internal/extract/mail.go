package extract

import (
	"slices"

	"vankho/internal/archive"
)

// leadership stands for those to whom somebody wrote and whom nobody names: "lãnh đạo
// Đảng, Nhà nước ta", "Tổng thống Malawi".
type leadership struct {
	country string
	words   archive.Evidence
}

// openMail notes that several wrote to somebody, where the article does not yet name
// who: "lãnh đạo các nước A và B đã gửi điện mừng tới X", "lãnh đạo Đảng, Nhà nước ta
// đã nhận được điện mừng của nhiều nước".
func (r *reader) openMail(f *frame, from, to []int) {
	if r.mail != nil || len(from) > 0 || f.status != archive.Held || !f.t.manyWrite(f.s.from, f.h.from) && !f.t.manyWrite(f.h.to, min(f.h.to+10, f.s.to)) {
		return
	}
	mail := series{at: f.at, kind: archive.Message, status: archive.Held, host: -1, rule: f.rule, told: true}
	if len(to) == 0 {
		if mail.unnamed = f.writtenTo(); mail.unnamed != nil {
			r.mail = &mail
			return
		}
		to = r.recipient(f, nil)
	}
	to = slices.DeleteFunc(slices.Clone(to), r.died)
	if len(to) == 1 {
		mail.host = to[0]
		r.mail = &mail
	}
}

// sendOpen keeps a message whose recipients the sentence does not name: those of all
// the messages of the article, each sender writing to his own, or leaders of a
// country, whom a later sentence may name.
func (r *reader) sendOpen(f *frame, from []int) {
	t := f.t
	to := f.writtenTo()
	if cut := t.is(f.h.to, "tới", "đến", "cho", "gửi"); to == nil && r.mail != nil && r.mail.unnamed != nil {
		for _, p := range r.parties(from, !cut) {
			r.sentTo(f.event(p, "-unnamed"), r.mail.unnamed)
		}
		return
	}
	r.flushUnsent()
	ev := f.event(from, "")
	r.unsent, r.unsentTo = &ev, to
}

// flushUnsent keeps the message that still waits for its recipients without them.
func (r *reader) flushUnsent() {
	if r.unsent != nil && r.unsentTo != nil {
		ev := *r.unsent
		ev.rule += "-unnamed"
		r.sentTo(ev, r.unsentTo)
	}
	r.unsent, r.unsentTo = nil, nil
}

// sentTo adds a message to leaders whom nobody names, of another country than who
// writes.
func (r *reader) sentTo(ev event, to *leadership) {
	home := func(e int) bool {
		x := &r.entities[e]
		return x.business || x.country == to.country || x.country == "" && x.org == ""
	}
	told := func(o event) bool {
		return o.kind == archive.Message && o.unnamed != nil && among(ev.principals, o.principals)
	}
	if ev.status != archive.Held || !r.body(ev.refs[0]) || slices.ContainsFunc(ev.principals, home) || slices.ContainsFunc(r.events, told) {
		return
	}
	ev.series, ev.unnamed = len(r.events)+1, &to.words
	r.unnamedIn(&ev)
	r.add(ev)
}

// writtenTo finds the leaders of a country behind the verb, or before it of those who
// receive: nil where there are none.
func (f *frame) writtenTo() *leadership {
	t, s := f.t, f.s
	if f.h.phrase != received {
		if k := t.after(f.h.to, s.to); k >= 0 {
			if m := &t.mentions[k]; m.entity < 0 && m.name.empty() && m.country != "" && m.from-f.h.to < 4 {
				return &leadership{m.country, t.quote(m.from, m.to)}
			}
		}
		return t.leadersAt(f.h.to, s)
	}
	for i := f.h.from - 1; i >= s.from; i-- {
		if t.is(i, ";") || t.speaks(i, i+1) {
			break
		}
		if t.is(i, "lãnh") && t.is(i+1, "đạo") {
			return t.leadersAt(i, span{s.from, f.h.from})
		}
	}
	return nil
}

// leadersAt reads at token i who leads a country or stands for it without a name: "tới
// các đồng chí lãnh đạo Đảng, Nhà nước Việt Nam". Of no country they are at home.
func (t *text) leadersAt(i int, s span) *leadership {
	from := i
	for t.is(i, "tới", "đến", "cho", "lên", "gửi", "các", "đồng", "chí", "vị", "giới", "sâu", "sắc", "nhất", "chân", "thành") || t.is(i, "nhà") && t.is(i+1, "lãnh") {
		i++
	}
	if !t.stateAt(i) && !(t.is(i, "nhân", "người") && t.is(i+1, "dân") && t.has(max(s.from, from-6), from, "mừng", "buồn", "hỏi", "ưu")) {
		return nil
	}
	country, to := "", i
	for ; to < min(s.to, i+24) && !t.inMention(to); to++ {
		if c := t.at(to, classCountry); c != nil {
			country, to = c.arg, c.to
			break
		}
		if t.toks[to].shape == punct && !t.is(to, ",") || t.is(to, "nhân") && !t.is(to+1, "dân") || t.is(to, "đã", "về", "do", "sau", "khi", "để", "bày", "chúc", "tỉnh", "thành", "nhiều", "các") {
			break
		}
	}
	if country == "" {
		return nil
	}
	return &leadership{country, t.quote(i, to)}
}

// stateAt reports whether token i begins the name of those who lead a state: "lãnh đạo",
// "Đảng", "Chính phủ".
func (t *text) stateAt(i int) bool {
	switch {
	case t.is(i, "lãnh"):
		return t.is(i+1, "đạo")
	case t.is(i, "đảng"):
		return t.toks[i].shape == capital
	case t.is(i, "nhà"):
		return t.is(i+1, "nước")
	case t.is(i, "chính"):
		return t.is(i+1, "phủ")
	case t.is(i, "quốc"):
		return t.is(i+1, "hội")
	}
	return false
}

// died reports whether the article tells of somebody's death: nobody writes to him.
func (r *reader) died(e int) bool {
	return slices.ContainsFunc(r.texts, func(t text) bool {
		return slices.ContainsFunc(t.mentions, func(m mention) bool {
			return m.entity == e && t.hasDied(&m)
		})
	})
}

// hasDied reports whether the words around a mention say that he is dead: "X từ trần",
// "sự ra đi của X", "Quốc tang X".
func (t *text) hasDied(m *mention) bool {
	to := m.to
	for t.is(to, ",", "đã", "vừa") {
		to++
	}
	return t.is(to, "từ") && t.is(to+1, "trần") || t.is(to, "qua", "tạ") && t.is(to+1, "đời", "thế") || t.is(m.from-1, "của") && t.is(m.from-2, "đi") && t.is(m.from-3, "ra") || t.mourned(m)
}

// manyAt reports whether token i is the second word of "nhiều nước", "các nguyên thủ".
func (t *text) manyAt(i int) bool {
	return t.is(i, "nước", "quốc", "nguyên", "nhà", "chính", "vị") && t.is(i-1, "các", "nhiều", "số", "những")
}

// manyWrite reports whether the words from..to name several senders by their
// countries: "lãnh đạo nhiều nước", "Triều Tiên, Palestine và ASEAN".
func (t *text) manyWrite(from, to int) bool {
	n := 0
	for i := from; i < to; i++ {
		if t.manyAt(i) {
			return true
		}
		if (t.at(i, classCountry) != nil || t.at(i, classOrg) != nil) && !t.inMention(i) {
			n++
		}
	}
	return n > 1 && t.has(from, to, "và", "cùng")
}

// writtenTo gives to whom a message goes that does not say so: to whom several are
// said to have written, else whom the article follows; or -1.
func (r *reader) writtenTo() int {
	if r.mail != nil {
		return r.mail.host
	}
	return r.protagonist()
}
