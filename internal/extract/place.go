package extract

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"vankho/internal/archive"
)

// spot is a place as one sentence names it.
type spot struct {
	venue, city, country string
	ev                   []archive.Evidence
	stated               bool // the country or city is in the words, not only implied by a building
	clock                bool // only the clock there is named
	from                 int
}

// readWhere gives each event its place.
func (r *reader) readWhere() {
	for i := range r.events {
		ev := &r.events[i]
		ev.place = archive.Place{State: archive.NotStated}
		if !ev.apart() {
			r.locate(ev)
		}
	}
	for i := range r.events {
		if ev := &r.events[i]; !ev.apart() && !ev.visit {
			r.cityOfJourney(ev)
			r.placeOfSeries(ev)
		}
	}
	for i := range r.events {
		if ev := &r.events[i]; !ev.apart() && !ev.visit && ev.place.Country == "" {
			r.homeOfHost(ev)
			r.homeOfCalledOn(ev)
			r.abroadByWord(ev)
		}
	}
	for i := range r.events {
		if ev := &r.events[i]; !ev.apart() && !ev.visit {
			if ev.place.Country == "" {
				r.placeOfSeries(ev)
			}
			r.placeOfHeading(ev)
			r.cityAround(ev)
		}
	}
}

// apart reports whether the sides of an event need not be in one place.
func (ev *event) apart() bool {
	return ev.kind == archive.PhoneCall || ev.kind == archive.Online || ev.kind == archive.Message
}

// told reports whether somebody, no reporter, speaks between two tokens of a
// sentence and has not finished: "cho biết như vậy tại …" is over.
func (t *text) told(from, to int) bool {
	return t.speaks(from, to) && !t.has(from, to, "vậy") && !t.has(from, from+4, "ttxvn", "viên", "vov")
}

// placeOfHeading places an event under the heading it stands below: "1. Tại Bắc
// Kinh".
func (r *reader) placeOfHeading(ev *event) {
	if ev.status != archive.Held || ev.place.City != "" {
		return
	}
	at := ev.refs[0]
	for _, x := range ev.refs {
		if r.body(x) {
			at = x
			break
		}
	}
	for ti := at.text - 1; ti >= 0 && ti >= at.text-6; ti-- {
		t := &r.texts[ti]
		// "1. Tại Bắc Kinh" is none by its form.
		short := len(t.toks) <= 8 && !t.is(len(t.toks)-1, ".") && len(t.mentions) == 0
		if t.p.Kind != archive.Heading && !short || len(t.sents) == 0 {
			continue
		}
		s := span{t.sents[0].from, t.sents[len(t.sents)-1].to}
		if sp, ok := t.spotIn(s, span{s.to, s.to}); ok && sp.stated && sp.city != "" && (ev.place.Country == "" || string(ev.place.Country) == sp.country) {
			ev.place = archive.Place{City: archive.Opt(sp.city), Country: archive.Opt(sp.country), State: archive.Inferred, Rule: "place-heading", Evidence: sp.ev}
		}
		return
	}
}

// cityAround adds to a country that was only stated or inferred its one city, or
// building, that the first paragraphs name as a place.
func (r *reader) cityAround(ev *event) {
	if ev.status != archive.Held || ev.place.City != "" || ev.place.Country == "" || r.unknownPlace(ev) || ev.place.Rule == "place-host-of-visit" || ev.place.Rule == "place-of-journey" {
		return
	}
	var only spot
	n := 0
	for ti := range r.texts {
		t := &r.texts[ti]
		if !r.body(ref{text: ti}) {
			continue
		}
		if n++; n > 2 {
			break
		}
		for si, s := range t.sents {
			sp, ok := t.spotIn(s, span{s.to, s.to})
			if !ok || sp.city == "" || sp.country != string(ev.place.Country) || t.told(s.from, sp.from) || r.ofAnother(ev, ti, si) {
				continue
			}
			if only.city != "" && only.city != sp.city {
				return
			}
			only = sp
		}
	}
	if only.city == "" {
		return
	}
	ev.place.City, ev.place.Evidence = archive.Opt(only.city), append(slices.Clone(ev.place.Evidence), only.ev...)
	ev.place.State = archive.Inferred
	if ev.place.Venue == "" {
		ev.place.Venue = archive.Opt(only.venue)
	}
}

// cityOfJourney adds to the host country of a visit the one city of it that the
// visit went to: "đã có nhiều hoạt động tại thủ đô Viêng Chăn".
func (r *reader) cityOfJourney(ev *event) {
	v := r.visitOf(ev)
	if ev.place.Rule != "place-host-of-visit" || v == nil || v.status != archive.Held || v.place.City == "" {
		return
	}
	for ti := range r.texts {
		t := &r.texts[ti]
		for _, h := range t.hits {
			if h.class == classCity && h.arg == v.host && h.alt != "-" && h.alt != string(v.place.City) && t.str(h.from, h.to) != string(v.place.City) && !t.inMention(h.from) {
				return
			}
		}
	}
	ev.place.City = v.place.City
	ev.place.Evidence = append(slices.Clone(ev.place.Evidence), v.place.Evidence...)
}

// placeOfSeries places a meeting where somebody who takes part in it had all
// the other meetings of that day, or what it is told to follow, and adds the city to a
// country.
func (r *reader) placeOfSeries(ev *event) {
	at := ev.refs[0]
	follows := at.full && r.texts[at.text].follows(r.texts[at.text].sents[at.sent])
	s := r.texts[at.text].sents[at.sent]
	fringe := r.texts[at.text].has(s.from, s.to, "lề") // "Bên lề Hội nghị, …"
	if ev.place.City != "" || ev.status == archive.Recalled || ev.date.EDTF == "" && !follows && !fringe || r.unknownPlace(ev) {
		return
	}
	var found *event
	for i := range r.events {
		o := &r.events[i]
		if o == ev || o.visit || o.apart() || o.status != archive.Held || o.date.EDTF != ev.date.EDTF && !(fringe && o.kind == archive.Summit) || o.place.Country == "" ||
			!slices.ContainsFunc(o.principals, func(e int) bool { return slices.Contains(ev.principals, e) }) {
			continue
		}
		if ev.place.Country != "" && (o.place.Country != ev.place.Country || o.place.City == "") {
			continue
		}
		if found != nil && (found.place.Country != o.place.Country || found.place.City != o.place.City) {
			return
		}
		found = o
	}
	if found != nil {
		ev.place = archive.Place{City: found.place.City, Country: found.place.Country, State: archive.Inferred, Rule: "place-of-series",
			Evidence: slices.Clone(found.place.Evidence)}
		if ev.status == archive.Announced {
			ev.place.City = "" // the country will be the same
		}
	}
}

// homeOfHost places at home a ceremony of welcome, and a reception that a Vietnamese gives, unless the
// article tells of a journey or of an occasion elsewhere.
func (r *reader) homeOfHost(ev *event) {
	if r.isRite(ev) && len(ev.principals) > 1 {
		// Who leads a ceremony of welcome is at home.
		if x := &r.entities[ev.principals[0]]; x.country != "" && x.rank <= 3 && r.entities[ev.principals[1]].country != x.country {
			ev.place = archive.Place{Country: archive.Opt(x.country), State: archive.Inferred, Rule: "place-of-host", Evidence: append([]archive.Evidence{x.ev[0]}, r.refQuote(ev.refs[0]))}
		}
		return
	}
	if ev.kind != archive.Reception && ev.kind != archive.CourtesyCall || ev.status != archive.Held || len(ev.principals) == 0 {
		return
	}
	// Who receives stands first, and so does who calls; an envoy is the guest.
	first := &r.entities[ev.principals[0]]
	envoy := slices.Contains(first.keys, "đại sứ") && first.country != "VN"
	if home := first.country == "VN"; home != (ev.kind == archive.Reception) && !envoy && ev.rule != "event-implied" {
		return
	}
	if r.tellsOfAbroad(ev, "VN") {
		return
	}
	for i := range r.events {
		if v := &r.events[i]; v.visit && v.host != "VN" {
			return
		}
	}
	for _, e := range ev.principals {
		if x := &r.entities[e]; x.country == "VN" && x.post == "" && !slices.Contains(x.keys, "đại sứ") {
			ev.place = archive.Place{Country: "VN", State: archive.Inferred, Rule: "place-of-host", Evidence: append([]archive.Evidence{x.ev[0]}, r.refQuote(ev.refs[0]))}
			return
		}
	}
}

// homeOfCalledOn places at his home a call on somebody to whom the caller comes: "đã
// đến thăm, chào xã giao Tỉnh trưởng …".
func (r *reader) homeOfCalledOn(ev *event) {
	if ev.place.Country != "" || ev.kind != archive.CourtesyCall && ev.kind != archive.Encounter || ev.status != archive.Held || len(ev.principals) != 2 {
		return
	}
	at := ev.refs[0]
	t := &r.texts[at.text]
	s := t.sents[at.sent]
	caller, called := &r.entities[ev.principals[0]], &r.entities[ev.principals[1]]
	m := t.after(at.trigger.to, s.to)
	if !at.full || called.country == "" || called.post != "" || caller.country == called.country || m < 0 || t.mentions[m].entity != ev.principals[1] ||
		!t.has(max(s.from, at.trigger.from-5), at.trigger.to, "đến", "tới", "sang") || t.before(at.trigger.from, max(s.from, at.trigger.from-5)) >= 0 && t.has(t.mentions[t.before(at.trigger.from, s.from)].to, at.trigger.to, ",") {
		return
	}
	ev.place = archive.Place{Country: archive.Opt(called.country), State: archive.Inferred, Rule: "place-of-host", Evidence: append([]archive.Evidence{called.ev[0]}, r.refQuote(at))}
}

// abroadByWord places in the country of the other side a meeting of two with somebody
// whose visit the article speaks of without saying where to: "chuyến thăm của Thủ tướng X
// sẽ …", "cảm ơn Thủ tướng X đã sang thăm".
func (r *reader) abroadByWord(ev *event) {
	if ev.place.Country != "" || ev.status == archive.Recalled || len(ev.principals) != 2 {
		return
	}
	for n, e := range ev.principals {
		host := &r.entities[ev.principals[1-n]]
		if host.country == "" || host.post != "" || host.country == r.entities[e].country || r.tellsOfAbroad(ev, host.country) {
			continue
		}
		for ti := range r.texts {
			t := &r.texts[ti]
			if !r.body(ref{text: ti}) {
				continue
			}
			for k := range t.mentions {
				if m := &t.mentions[k]; m.entity == e && t.travelOf(m) {
					ev.place = archive.Place{Country: archive.Opt(host.country), State: archive.Inferred, Rule: "place-of-host", Evidence: append([]archive.Evidence{host.ev[0]}, t.quote(m.from, m.to))}
					return
				}
			}
		}
	}
}

// travelOf reports whether the words around a mention tell of a journey under way of who
// is mentioned, without its country.
func (t *text) travelOf(m *mention) bool {
	s := t.sents[t.sentenceOf(m.from)]
	if t.wished(m.from, s.from) || t.asked(m.from, s.from) || t.looksBack(m.from, s.from) {
		return false
	}
	i := m.to
	if t.is(m.from-1, "của") {
		for k := m.from - 2; k >= s.from && k > m.from-7; k-- {
			if t.is(k, "chuyến") && t.is(k+1, "thăm", "công", "đi") {
				return !t.has(k-4, k, "các", "những", "nhiều", "hồi", "từng", "sau", "trước") && !t.has(i, min(i+6, s.to), "năm", "hồi", "vừa", "tháng", "trước", "sắp", "tới", "sang", "đến")
			}
		}
		return false
	}
	if t.is(i, "đã") {
		i++
	}
	return t.is(i, "sang", "đến", "tới") && t.is(i+1, "thăm") && (t.toks[i+2].shape == punct || t.is(i+2, "và")) && t.speaks(s.from, m.from)
}

// tellsOfAbroad reports whether the title, the first paragraphs or those that
// tell of an event speak of an occasion, or of a place that is not in a country.
func (r *reader) tellsOfAbroad(ev *event, home string) bool {
	n := 0
	for ti := range r.texts {
		t := &r.texts[ti]
		if r.body(ref{text: ti}) {
			n++
		} else if t.p.Kind != archive.TitleParagraph {
			continue
		}
		if n > 3 && !slices.ContainsFunc(ev.refs, func(at ref) bool { return at.text == ti && !r.otherTime(ev, at) }) {
			continue
		}
		for i := range t.toks {
			if t.is(i, "bên") && t.is(i+1, "lề") || t.is(i, "dịp") && t.is(i+1, "dự", "tham") ||
				t.is(i, "khuôn") && t.is(i+1, "khổ") && t.has(i+2, i+6, "chuyến", "hội", "diễn", "khóa", "kỳ", "phiên", "tuần") {
				return true
			}
			if c := t.at(i+1, classCountry); c != nil && c.arg != home && t.is(i, "sang") && slices.ContainsFunc(ev.refs, func(at ref) bool { return at.text == ti && at.sent == t.sentenceOf(i) }) {
				return true
			}
		}
		for _, s := range t.sents {
			if sp, ok := t.spotIn(s, span{s.to, s.to}); ok && sp.stated && sp.country != home && s.from == t.stamp() && !t.speaks(s.from, sp.from) {
				return true
			}
		}
	}
	return false
}

// naming gives the words that name a country, or a city of it: in the
// sentences that tell of an event, behind the trigger first, else the first in
// the article.
func (r *reader) naming(country string, refs []ref) []archive.Evidence {
	in := func(t *text, from, to int) []archive.Evidence {
		for _, h := range t.in(from, to) {
			if (h.class == classCountry || h.class == classCity) && h.arg == country {
				return []archive.Evidence{t.quote(h.from, h.to)}
			}
		}
		return nil
	}
	for _, at := range refs {
		t := &r.texts[at.text]
		s := t.sents[at.sent]
		if ev := in(t, at.trigger.to, s.to); ev != nil {
			return ev
		}
		if ev := in(t, s.from, s.to); ev != nil {
			return ev
		}
	}
	for ti := range r.texts {
		if ev := in(&r.texts[ti], 0, len(r.texts[ti].toks)); ev != nil {
			return ev
		}
	}
	return nil
}

func (r *reader) locate(ev *event) {
	host, hostEv := ev.host, []archive.Evidence(nil)
	if ev.visit {
		hostEv = append(r.naming(host, ev.refs), r.refQuote(ev.refs[0]))
	} else if v := r.visitOf(ev); v != nil {
		host = v.host
		hostEv = append(r.naming(host, v.refs), r.refQuote(v.refs[0]))
	}
	land, landFull := archive.Place{State: archive.NotStated}, false
	for _, at := range ev.refs {
		if r.weight(at) < 3 && at.full && r.hasBody(ev) {
			continue
		}
		if r.otherTime(ev, at) {
			continue
		}
		t := &r.texts[at.text]
		s := t.sents[at.sent]
		sp, ok := t.spotIn(s, at.trigger)
		if c := t.cityVisited(at.trigger, s); c != nil && ev.visit && c.arg == host {
			sp, ok = spot{from: c.from, city: cmp.Or(c.alt, t.str(c.from, c.to)), country: host, stated: true, ev: []archive.Evidence{t.quote(c.from, c.to)}}, true
		}
		if ev.visit && ok && t.has(at.trigger.from, at.trigger.to, "thăm") && t.attends(sp.from, s) {
			continue // "dự Hội nghị ở Brussels và thăm Bỉ"
		}
		if ev.visit && ok && (t.meetsAfter(s.from, s) || t.meetsAfter(at.trigger.to, s)) && (sp.from < at.trigger.to || sp.from > at.trigger.to+6) {
			continue // the place is that of the encounter
		}
		if !ok || ev.visit && (!at.full && !r.early(at) || sp.country != host || sp.city == "" || !sp.stated && !airport(sp.venue)) {
			continue
		}
		// A building that many capitals have is at home only when nobody is abroad.
		if !sp.stated && host != "" && sp.country != host {
			continue
		}
		if sp.city == "" && sp.country == "" || !at.full && host != "" && sp.country != host && sp.from > at.trigger.from {
			continue
		}
		ev.place = archive.Place{Venue: archive.Opt(sp.venue), City: archive.Opt(sp.city), Country: archive.Opt(sp.country), State: archive.Inferred, Evidence: sp.ev, Rule: "place-building"}
		switch {
		case sp.stated:
			ev.place.State, ev.place.Rule = archive.Stated, "place-named"
		case sp.clock:
			ev.place.Rule = "place-clock"
		}
		if sp.city == "" && land.Country == "" {
			land, landFull = ev.place, at.full // a later sentence may name the city
		}
		if sp.city != "" && (land.Country == "" || land.Country == ev.place.Country && (at.full || sp.from < at.trigger.from)) {
			return
		}
	}
	if land.Country != "" && !landFull && ev.status == archive.Held && !ev.visit {
		if r.placeOfDateline(ev); ev.place.Rule == "place-dateline" && r.houses(ev, string(ev.place.Country)) {
			return
		}
	}
	if ev.place = land; land.Country != "" {
		return
	}
	if host == "" && !ev.visit {
		r.placeAround(ev)
		return
	}
	ev.place = archive.Place{Country: archive.Opt(host), State: archive.Inferred, Rule: "place-host-of-visit", Evidence: hostEv}
	if ev.visit {
		ev.place.State, ev.place.Rule = archive.Stated, "place-visit-host"
	}
	if sp, ok := r.arrivedAt(ev); ok && ev.visit && ev.status == archive.Held {
		ev.place.City = archive.Opt(sp.city)
		ev.place.Evidence = append(ev.place.Evidence, sp.ev...)
		return
	}
	// A caption of the same journey may name the city.
	for ti := range r.texts {
		t := &r.texts[ti]
		if t.p.Kind != archive.Caption || ev.status != archive.Held {
			continue
		}
		for _, s := range t.sents {
			if sp, ok := t.spotIn(s, span{s.to, s.to}); ok && sp.stated && sp.city != "" && sp.country == host && slices.ContainsFunc(t.mentions, func(m mention) bool { return slices.Contains(ev.principals, m.entity) }) &&
				!(ev.visit && slices.ContainsFunc(t.mentions, func(m mention) bool { return m.entity >= 0 && r.entities[m.entity].country == host })) {
				ev.place.City = archive.Opt(sp.city)
				ev.place.Evidence = append(ev.place.Evidence, sp.ev...)
				ev.place.Rule += "+caption"
				return
			}
		}
	}
}

// attends reports whether a place at token i is that of a conference to which somebody
// goes: "dự Hội nghị cấp cao ASEAN - EU ở Brussels".
func (t *text) attends(i int, s span) bool {
	for k := i - 1; k >= s.from && k > i-40; k-- {
		switch {
		case t.inMention(k):
		case t.is(k, "tới", "đến", "sang") && t.is(k-1, "đã", ",", "lên", "sẽ", "chuyến"), t.is(k, "thăm"), t.is(k, "đáp"), t.is(k, "rời"):
			return false
		case t.is(k, "dự") && !t.is(k+1, "kiến", "án", "thảo"):
			return t.has(k+1, i, "nghị", "hội", "đàn", "đỉnh", "họp")
		}
	}
	return false
}

// arrivedAt gives the city at whose airport the guest of a visit was: "Ảnh: Chủ tịch Quốc
// hội tới sân bay Arlanda, Stockholm".
func (r *reader) arrivedAt(ev *event) (spot, bool) {
	for ti := range r.texts {
		t := &r.texts[ti]
		if k := t.p.Kind; !r.body(ref{text: ti}) && k != archive.Caption {
			continue
		}
		for _, s := range t.sents {
			for i := s.from; i+1 < s.to; i++ {
				if !t.is(i, "sân") || !t.is(i+1, "bay") {
					continue
				}
				sp, ok := t.spotIn(span{max(s.from, i-3), min(i+12, s.to)}, span{s.to, s.to})
				if ok && sp.city != "" && sp.country == ev.host && !t.leaves(s) && slices.ContainsFunc(t.mentionsIn(s), func(m mention) bool { return m.entity == ev.guest }) {
					return sp, true
				}
				break
			}
		}
	}
	return spot{}, false
}

// airport reports whether a building is one where guests arrive.
func airport(venue string) bool {
	venue = strings.ToLower(venue)
	return strings.HasPrefix(venue, "sân bay") || strings.HasPrefix(venue, "cảng hàng không")
}

// cityVisited gives the city that a word of travel names: "có chuyến thăm Tokyo".
func (t *text) cityVisited(trigger, s span) *hit {
	for j := trigger.to; j < s.to && j < trigger.to+14 && !t.inMention(j); j++ {
		if c := t.at(j, classCity); c != nil {
			if c.alt == "-" {
				return nil
			}
			return c
		}
		if !travelWords[t.key(j)] {
			return nil
		}
	}
	return nil
}

// otherTime reports whether a sentence names a day or month that is not that of
// an event: it tells of another meeting of the same people.
func (r *reader) otherTime(ev *event, at ref) bool {
	when := ev.date.EDTF
	if ev.visit || !when.Complete() && when.DayOfMonth() == 0 || when.Interval() {
		return false
	}
	t := &r.texts[at.text]
	day0 := dayOfDate(when)
	x, other := serial(day0), false
	for _, k := range r.datesIn(t, t.sents[at.sent]) {
		d := &r.dates[k]
		if d.part < 2 || d.remembers {
			continue
		}
		from, to := d.from, d.to
		from.y, to.y = cmp.Or(from.y, day0.y), cmp.Or(to.y, day0.y)
		if d.part == 2 {
			to.d = 31
		}
		if d.relative == 2 && d.offset != 0 {
			before, ok := r.dayBefore(k)
			y := addDays(day{day0.y, before.from.m, before.from.d}, before.offset)
			if other = ok && serial(y) != x; other {
				continue
			}
			return false
		}
		if d.relative > 0 || x >= serial(from) && x <= serial(to) {
			return false
		}
		other = true
	}
	return other
}

// dayOfDate gives the parts of a date.
func dayOfDate(d archive.Date) day { return day{d.Year(), d.Month(), d.DayOfMonth()} }

func (r *reader) hasBody(ev *event) bool { return slices.ContainsFunc(ev.refs, r.body) }

// placeAround places a meeting by the rest of the article: the journey one of
// its people was on, the one city that the first paragraphs name, or the post
// of an envoy.
func (r *reader) placeAround(ev *event) {
	for i := range r.events {
		v := &r.events[i]
		if v.visit && v.status == ev.status && slices.Contains(ev.principals, v.guest) {
			ev.place = archive.Place{Country: archive.Opt(v.host), State: archive.Inferred, Rule: "place-of-journey", Evidence: append(r.naming(v.host, v.refs), r.refQuote(v.refs[0]))}
			return
		}
	}
	if v := r.journeyWith(ev); v != nil {
		ev.place = archive.Place{Country: archive.Opt(v.host), State: archive.Inferred, Rule: "place-of-journey", Evidence: append(r.naming(v.host, v.refs), r.refQuote(v.refs[0]))}
		return
	}
	var only spot
	land := spot{} // the one country named as a place, where no city is
	n := 0
	for ti := range r.texts {
		t := &r.texts[ti]
		if !r.body(ref{text: ti}) {
			continue
		}
		if n++; n > 2 {
			break
		}
		for si, s := range t.sents {
			sp, ok := t.spotIn(s, span{s.to, s.to})
			if ok && (t.told(s.from, sp.from) || r.ofAnother(ev, ti, si)) {
				continue // "vui mừng vì dự án tại Thành phố Hồ Chí Minh"
			}
			if ok && sp.city == "" && (sp.stated && si == 0 || sp.clock) {
				if land.country != "" && land.country != sp.country {
					land.country = "?"
				} else if land.country == "" {
					land = sp
				}
			}
			if ok && sp.city != "" {
				if only.city != "" && only.city != sp.city {
					only.city = "?"
				} else if only.city == "" {
					only = sp
				}
			}
		}
	}
	if only.city == "" {
		only = r.spotOfTitle()
	}
	if only.city != "" && only.city != "?" && (only.stated || r.houses(ev, only.country)) {
		ev.place = archive.Place{City: archive.Opt(only.city), Country: archive.Opt(only.country), State: archive.Inferred, Rule: "place-of-report", Evidence: only.ev}
		if r.unknownPlace(ev) {
			ev.place.City = ""
		}
		return
	}
	r.homeOfEnvoy(ev)
	if ev.place.Country == "" && only.city == "" && len(land.country) == 2 && land.country != "VN" && ev.status == archive.Held {
		ev.place = archive.Place{Country: archive.Opt(land.country), State: archive.Inferred, Rule: "place-of-report", Evidence: land.ev}
	}
	if ev.place.Country == "" && ev.status == archive.Held {
		r.placeOfDateline(ev)
	}
}

// journeyWith gives the visit on whose occasion others met, those of the guest's country
// with those of the host's: "Nhân chuyến thăm Mỹ của Thủ tướng X, Bộ trưởng Y làm việc
// với Bộ trưởng Mỹ Z".
func (r *reader) journeyWith(ev *event) *event {
	of := func(country string) bool {
		return slices.ContainsFunc(ev.principals, func(e int) bool { return r.entities[e].country == country })
	}
	for i := range r.events {
		v := &r.events[i]
		if !v.visit || v.status == archive.Recalled || ev.status == archive.Recalled || !of(v.host) || !of(r.entities[v.guest].country) {
			continue
		}
		for _, at := range v.refs {
			t := &r.texts[at.text]
			if r.body(at) && r.early(at) && t.has(at.trigger.from-4, at.trigger.from, "trong", "nhân", "khổ", "dịp") {
				return v
			}
		}
	}
	return nil
}

// unknownPlace reports whether a sentence that tells of an event puts it in a
// place that has no name here: "tại huyện Kỳ Sơn". No city of others is its own.
func (r *reader) unknownPlace(ev *event) bool {
	return slices.ContainsFunc(ev.refs, func(at ref) bool {
		t := &r.texts[at.text]
		s := t.sents[at.sent]
		for i := s.from; at.full && i+1 < s.to; i++ {
			if t.locating(i) && t.is(i+1, "huyện", "quận", "xã", "thị", "khu", "đảo", "tỉnh", "cửa", "làng", "vùng") {
				return true
			}
		}
		return false
	})
}

// ofAnother reports whether a sentence tells of a meeting of the same people on a
// day that is not that of an event: its place is its own.
func (r *reader) ofAnother(ev *event, ti, si int) bool {
	for i := range r.events {
		o := &r.events[i]
		if o != ev && !o.visit && o.date.EDTF != ev.date.EDTF && among(o.principals, ev.principals) && slices.ContainsFunc(o.refs, func(at ref) bool { return at.full && at.text == ti && at.sent == si }) {
			return !slices.ContainsFunc(ev.refs, func(at ref) bool { return at.text == ti && at.sent == si })
		}
	}
	return false
}

// houses reports whether a building of a country can be where an event was held:
// somebody of that country took part.
func (r *reader) houses(ev *event, country string) bool {
	return ev.status == archive.Held && slices.ContainsFunc(ev.principals, func(e int) bool { return r.entities[e].country == country })
}

// spotOfTitle gives the city that the headline names as a place.
func (r *reader) spotOfTitle() spot {
	for ti := range r.texts {
		t := &r.texts[ti]
		if t.p.Kind != archive.TitleParagraph {
			continue
		}
		for _, s := range t.sents {
			if sp, ok := t.spotIn(s, span{s.to, s.to}); ok && sp.stated && sp.city != "" {
				return sp
			}
		}
	}
	return spot{}
}

// placeOfDateline places a meeting in the city that opens the report: "Tokyo:
// Sáng 27/9, …", "Viêng Chăn (TTXVN) - …".
func (r *reader) placeOfDateline(ev *event) {
	for ti := range r.texts {
		t := &r.texts[ti]
		if !r.body(ref{text: ti}) {
			continue
		}
		start := 0 // behind the collector's prefix
		for _, e := range r.a.Published.Evidence {
			for e.Paragraph == t.p.N && strings.HasPrefix(r.a.Published.Rule, "date-prefix") && start < len(t.toks) && int(t.toks[start].start) < e.End {
				start++
			}
		}
		for _, h := range t.in(start, start+4) {
			if h.class != classCity || h.alt == "-" || t.inMention(h.from) || h.from > start && t.toks[h.from-1].shape != punct {
				continue
			}
			to := h.to
			if t.is(to, "(") && t.is(to+2, ")") {
				to += 3
			}
			if t.is(to, ",") {
				to = t.pastDates(to+1, len(t.toks))
			}
			shouted := strings.ToUpper(t.str(h.from, h.to)) == t.str(h.from, h.to)
			if !t.is(to, ":") && !t.dash(to) || t.dash(to) && t.toks[to].tight && !shouted {
				return
			}
			city := h.alt
			if city == "" {
				city = t.str(h.from, h.to)
			}
			if city == strings.ToUpper(city) && len(city) > 3 {
				city = titleCase(city)
			}
			ev.place = archive.Place{City: archive.Opt(city), Country: archive.Opt(h.arg), State: archive.Inferred, Rule: "place-dateline", Evidence: []archive.Evidence{t.quote(h.from, h.to)}}
			return
		}
		return
	}
}

// titleCase writes a name in capitals as names are written: "ĐÀ NẴNG" is Đà Nẵng.
func titleCase(s string) string {
	words := strings.Fields(strings.ToLower(s))
	for i, w := range words {
		r, n := utf8.DecodeRuneInString(w)
		words[i] = string(unicode.ToUpper(r)) + w[n:]
	}
	return strings.Join(words, " ")
}

// homeOfEnvoy puts a meeting with an ambassador to a country into that country.
func (r *reader) homeOfEnvoy(ev *event) {
	for _, e := range ev.principals {
		x := &r.entities[e]
		if x.post == "" {
			continue
		}
		if c := r.credentialsOf(ev, e); c != "" {
			ev.place = archive.Place{Country: archive.Opt(c), State: archive.Inferred, Rule: "place-post-of-envoy", Evidence: append(r.naming(c, ev.refs), x.ev...)}
			return
		}
		for _, o := range ev.principals {
			if o != e && (r.entities[o].country == x.post || r.entities[o].post == x.post) {
				ev.place = archive.Place{Country: archive.Opt(x.post), State: archive.Inferred, Rule: "place-post-of-envoy", Evidence: append(r.naming(x.post, ev.refs), x.ev...)}
				return
			}
		}
	}
}

// credentialsOf gives the country to whose head an envoy hands his letters, which
// may be another than that of his seat.
func (r *reader) credentialsOf(ev *event, envoy int) string {
	for _, at := range ev.refs {
		if t := &r.texts[at.text]; t.has(at.trigger.from, at.trigger.to, "thư") && t.has(at.trigger.from-1, at.trigger.to, "trình", "trao") {
			for _, o := range ev.principals {
				if o != envoy && r.entities[o].rank <= 2 {
					return r.entities[o].country
				}
			}
		}
	}
	return ""
}

// visitOf gives the visit that a meeting is part of: its guest is one of the
// principals, and it is neither recalled nor of another time.
func (r *reader) visitOf(ev *event) *event {
	for i := range r.events {
		v := &r.events[i]
		if v.visit && v.status != archive.Recalled && ev.status != archive.Recalled && slices.Contains(ev.principals, v.guest) &&
			slices.ContainsFunc(ev.principals, func(e int) bool { return r.entities[e].country == v.host }) {
			return v
		}
	}
	return nil
}

func (r *reader) refQuote(at ref) archive.Evidence {
	return r.texts[at.text].quote(at.trigger.from, at.trigger.to)
}

// locating are the words behind which a place is where something is.
func (t *text) locating(i int) bool { return t.is(i, "tại", "ở", "xuống") }

// phraseWords may stand between "tại" and the name of a place.
var phraseWords = set("thủ đô thành phố tp . nước tòa toà nhà trụ sở cộng hòa hoà khu khách sạn cung sân bay quốc tế tỉnh bang vùng đảo tự trị dân tộc " +
	"thị xã trấn huyện quận cảng biển ven dinh phủ điện văn phòng phòng trung tâm hội trường đại lễ đường lâu đài")

// phraseFrom gives the token before the words that lead to a place at token i:
// the "tại" of "tại thành phố biển Sochi", and the name between them, if any.
func (t *text) phraseFrom(h *hit, from int) int {
	k := h.from - 1
	for k > from && (phraseWords[t.key(k)] ||
		t.toks[k].shape == capital && h.class == classCity && k > h.from-7 && !t.inMention(k) && !t.is(k, "tại", "ở", "đến", "tới", "từ")) {
		k--
	}
	if t.is(k, "của") && h.class == classVenue { // "ở cửa phía tây của Nhà Trắng"
		for x := k - 1; x > from && x > k-6 && t.toks[x].shape != punct && !t.inMention(x); x-- {
			if t.locating(x) {
				return x
			}
		}
	}
	// "sân bay O.R. Tambo, Johannesburg"
	if t.is(k, ",") && h.alt != "-" {
		x := k - 1
		for x > from && x > k-9 && (t.toks[x].shape == capital && !t.is(x, "tại", "ở") || t.dash(x) && t.toks[x].tight || t.is(x, ".", "sân", "bay", "quốc", "tế", "gia", "quân", "sự", "khách", "sạn")) && !t.inMention(x) {
			x--
		}
		if x < k-1 && (t.locating(x) || t.is(x, "tới", "đến") && t.is(x+1, "sân")) {
			k = x
		} else if x = t.houseBefore(k, from); x >= 0 && !t.speaks(h.to, h.to+2) {
			k = x
		}
	}
	// "tại Bộ Chỉ huy Bộ đội Biên phòng tỉnh Sơn La"
	if h.class == classCity && h.arg == "VN" && t.is(k+1, "tỉnh", "thành", "tp") && !t.locating(k) {
		if x := t.houseBefore(k+1, from); x >= 0 && !t.speaks(h.to, h.to+2) {
			k = x
		}
	}
	return k
}

// houseBefore gives the "tại" of the building named before the comma at token k:
// "tại trụ sở Bộ Ngoại giao, thủ đô Viêng Chăn"; or -1.
func (t *text) houseBefore(k, from int) int {
	for x := k - 1; x >= from && x > k-14; x-- {
		if t.is(x, ")") && t.is(x-2, "(") {
			x -= 2 // "Bộ đội Biên phòng (BĐBP) tỉnh Sơn La"
			continue
		}
		if t.locating(x) {
			if w := t.key(x + 1); seatWords[w] || siteWords[w] {
				return x
			}
			return -1
		}
		if t.toks[x].shape == punct && !t.is(x, ".", "-") || t.inMention(x) || t.at(x, classTrigger) != nil || t.at(x, classSay) != nil {
			return -1
		}
	}
	return -1
}

// hosting reports whether what stands before token i is said to be the place:
// "trụ sở Chính phủ là nơi …", "Điện Kremlin ngày 21/3 mở cửa đón …".
func (t *text) hosting(i int) bool {
	for k := i; k < i+10; k++ {
		if t.at(k, classSay) != nil {
			return false
		}
		if t.is(k, "là") && t.is(k+1, "nơi") || t.is(k, "mở") && t.is(k+1, "cửa") || t.is(k, "chứng") && t.is(k+1, "kiến") || t.is(k, "trang") && t.is(k+1, "trọng") {
			return true
		}
	}
	return false
}

// elsewhere reports whether the place behind the "tại" at token k is that of
// somebody or something else: of the reporter, of an embassy that acts, of
// compatriots, firms and projects.
func (t *text) elsewhere(k, from int) bool {
	if t.is(k-1, "ngày", "giờ") && t.has(k-7, k, "(") {
		return true // "(tối cùng ngày ở Hà Nội)" is a clock
	}
	if t.is(k-1, "kiều", "nghiệp", "sinh", "án", "sống", "tư", "doanh", "viên", "trú", "tích", "đập", "điện", "lũ", "lụt", "bão") {
		return true
	}
	for i := k - 1; i >= from && i > k-8; i-- {
		switch {
		case t.is(i, "kết") && t.is(i+1, "thúc") && t.has(i-3, i, "sau", "khi"):
			return true // "sau khi kết thúc hoạt động tại Cuba, … đã đến Mexico"
		case t.is(i, "ttxvn", "vov", "vtv", "pv") || t.is(i, "phóng", "phái") && t.is(i+1, "viên"):
			return true
		case t.is(i, "sứ") && t.is(i-1, "đại") && !t.is(i+1, "quán") && !t.inMention(i):
			return true // "được cử làm Đại sứ Mỹ tại Nga"
		case t.is(i, "quán") && t.is(i-1, "sứ", "sự"), t.is(i, "người") && t.is(i+1, "việt"), t.is(i, "cộng") && t.is(i+1, "đồng"):
			// "tại Đại sứ quán Nhật Bản ở Hà Nội" is a place.
			for i > from && !t.locating(i) && i > k-14 {
				i--
			}
			return !t.locating(i) && !t.is(i, "đến", "tới")
		case t.locating(i), t.toks[i].shape == punct:
			return false
		}
	}
	return false
}

// seatWords begin the names of buildings that belong to a state.
var seatWords = set("trụ tòa toà văn phủ dinh điện cung nhà hội hoàng")

// cityStates have the name of their capital: "thủ đô Kuwait".
var cityStates = set("KW LU PA GT DJ MC SM")

// siteWords begin the names of other sites where people meet: "khách sạn", "quảng trường".
var siteWords = set("bộ khách trung học đại số đường quảng sân công bảo vườn khu tượng nghĩa đền chùa lăng bến cảng ga nhà biệt lâu resort thư viện")

// bodySeat reads the body whose seat begins before token i: "trụ sở Bộ Tư pháp",
// "trụ sở Thành ủy Hải Phòng". Bodies of the state and national ones sit in the
// capital, local ones in the city of their name, if it is one.
func (t *text) bodySeat(i int, s span) (end int, city string, ok bool) {
	national, local := false, false
	for end = i; end < s.to && end < i+14 && t.toks[end].shape != punct && !seatEnds[t.key(end)]; end++ {
		if t.inMention(end) || t.at(end, classTrigger) != nil || t.at(end, classSay) != nil {
			break
		}
		if c := t.at(end, classCountry); c != nil && c.arg != "VN" {
			return 0, "", false
		} else if c != nil && end > i {
			national = true
		}
		if c := t.at(end, classCity); c != nil && c.arg != "VN" {
			return 0, "", false
		} else if c != nil && end > i {
			if local = true; c.alt != "-" || t.is(end-1, "phố") || t.is(end-2, "thành") {
				city = cmp.Or(strings.TrimPrefix(c.alt, "-"), t.str(c.from, c.to))
			}
		}
		local = local || localWords[t.key(end)] || t.is(end, "ủy", "uỷ") && t.is(end-1, "thành")
	}
	if local && city == "" && !t.has(i, end, "tỉnh") {
		city = t.cityOfOffice(s)
	}
	switch {
	case t.has(i, end, "công", "ngân", "tập", "doanh") && t.has(i, end, "ty", "hàng", "đoàn", "nghiệp"):
		return 0, "", false
	case local:
		return end, city, city != ""
	case t.is(i, "bộ") && !t.is(i+1, "tư", "chỉ"), t.is(i, "vksndtc", "tandtc", "bqp", "bca", "ubtư") || t.is(i, "quốc") && t.is(i+1, "hội"), t.is(i, "cơ") && t.is(i+2, "bộ"), t.is(i, "ban") && t.has(i, end, "trung"), t.is(i, "tổng") && t.is(i+1, "cục", "liên"),
		t.is(i, "kiểm", "thanh") && t.is(i+1, "toán", "tra"), t.is(i, "ủy", "uỷ") && t.is(i+1, "ban") && end > i+2, national && t.toks[i].shape == capital:
		return end, "Hà Nội", true
	}
	return 0, "", false
}

// cityOfOffice gives the city whose committee an office of a sentence is in: "Bí
// thư Thành ủy Đà Nẵng" receives "tại trụ sở Thành ủy".
func (t *text) cityOfOffice(s span) string {
	for _, h := range t.in(s.from, s.to) {
		if h.class == classCity && h.arg == "VN" && h.alt != "-" && t.inMention(h.from) && t.is(h.from-1, "ủy", "uỷ", "ubnd", "hđnd", "phố") {
			return cmp.Or(h.alt, t.str(h.from, h.to))
		}
	}
	return ""
}

// seatEnds cannot belong to the name of a body, localWords say that it is none of
// the whole country.
var (
	seatEnds   = set("đã do chiều sáng tối trưa ngày hôm vào ở tại để là nơi diễn cùng")
	localWords = set("tỉnh phố quận huyện phường xã thị sở ubnd hđnd")
)

// seat gives the first token of the building that the country at token i
// closes: "trụ sở Bộ Ngoại giao Nhật Bản", "Phủ Tổng thống Ba Lan"; or -1.
func (t *text) seat(i, from int) int {
	for k := i - 1; k > from && k > i-10 && t.toks[k].shape != punct && !t.inMention(k); k-- {
		if t.locating(k - 1) {
			if seatWords[t.key(k)] && !t.is(k+1, "nghị") {
				return k
			}
			return -1
		}
	}
	return -1
}

// ownerOf gives the country that a building belongs to when one stands right
// behind it: "Phủ Thủ tướng Lào", "Trụ sở Trung ương Đảng Cộng sản Trung Quốc".
func (t *text) ownerOf(i, to int) *hit {
	if t.is(i, ",") && t.is(i+1, "thủ") && t.is(i+2, "đô") {
		i += 3 // "Phủ Thủ tướng, thủ đô Lào"
	}
	for j := i; j < to && j < i+6 && !t.inMention(j); j++ {
		if c := t.at(j, classCountry); c != nil {
			return c
		}
		if t.toks[j].shape != capital && !t.is(j, "sản", "dân", "mạng", "nước", "hòa", "hoà", "chủ") {
			return nil
		}
	}
	return nil
}

// cityOf gives the name before the brackets or comma at token k, behind which
// its country or province stands: "tại Ô Trấn, tỉnh Chiết Giang", "ở thành phố
// Gyumri (Armenia)". It is empty where that is no name of a place, and sure where a
// word says that it is one of a city.
func (t *text) cityOf(k, from int) (name span, sure bool) {
	if !t.is(k, "(", ",", "của", "ở", "thuộc") {
		return span{}, false
	}
	x := k - 1
	for x > from && x > k-5 && !t.locating(x) && (t.toks[x].shape == capital || t.dash(x) && t.toks[x].tight) && !t.inMention(x) {
		x--
	}
	at := x
	for at > from && t.is(at, "thành", "phố", "thủ", "đô", "thị", "trấn", "xã", "huyện", "quận", "biển", "đảo") {
		sure = true
		at--
	}
	if x == k-1 || !t.locating(at) || t.at(x+1, classVenue) != nil || t.at(x+1, classOrg) != nil || t.at(x+1, classOrgHead) != nil ||
		t.at(x+1, classCountry) != nil || seatWords[t.key(x+1)] && !sure || t.dash(x+1) {
		return span{}, false
	}
	return span{x + 1, k}, sure
}

// spotIn finds the place that a sentence names: the city or building nearest
// before the trigger, else after it, that a word of place stands before.
func (t *text) spotIn(s span, trigger span) (spot, bool) {
	var best spot
	found := false
	gap := func(from int) int {
		if from < trigger.from {
			return trigger.from - from
		}
		return 1000 + from - trigger.to
	}
	for _, h := range t.in(s.from, s.to) {
		if h.class != classCity && h.class != classVenue && h.class != classCountry || t.inMention(h.from) {
			continue
		}
		// What somebody says of a place is not where he says it.
		if h.from >= trigger.to && (t.speaks(trigger.to, h.from) || trigger.from < trigger.to && t.undertakes(trigger.to, h.from)) {
			continue
		}
		k := t.phraseFrom(&h, s.from)
		if t.elsewhere(k, s.from) {
			continue
		}
		ev := t.quote(h.from, h.to)
		sp := spot{from: h.from, country: h.arg}
		named, sure := t.cityOf(k, s.from)
		seat := -1
		if h.class == classCountry {
			seat = t.seat(h.from, s.from)
		}
		placed := t.locating(k) || t.is(k, "lòng") && t.is(k-1, "giữa") || (h.class == classVenue || h.class == classCity && h.from == s.from) && t.hosting(h.to) || t.is(k, "(", "tới", "đến", "sang") || h.class == classVenue && t.is(k, "vào", "lên") || t.is(k, "rời") && !t.has(h.to, min(h.to+6, s.to), "sang", "lên", "đi", "tới", "đến", "dự") || t.is(k, ",") && found && gap(h.from) < 1000+40
		region := h.class == classCity && (h.alt == "-" || t.is(h.from-1, "tỉnh", "bang"))
		switch {
		case seat >= 0:
			ev = t.quote(seat, h.to)
		case (h.class == classCountry || region) && !named.empty() && (t.is(k, "(") || region || sure):
			// "tại Ô Trấn, tỉnh Chiết Giang", "tại thành phố Astrakhan của Nga"
		case !placed, h.class == classCountry && (!t.is(k, "tại", "ở", "(") || t.is(k, "(") && !t.placedName(k, s.from)),
			t.is(k, "tới", "đến", "sang") && h.class == classCountry,
			h.class == classCountry && h.to < s.to && t.toks[h.to].shape == capital && seat < 0 && !t.inMention(h.to) && len(t.in(h.to, h.to+1)) == 0: // "New Zealand House"
			continue
		}
		switch {
		case seat >= 0:
			sp.venue, sp.stated, sp.from = t.str(seat, h.to), true, seat
		case h.class == classVenue && h.alt == "" && t.is(h.from, "trụ"):
			end, city, ok := t.bodySeat(h.to, s)
			if !ok {
				continue
			}
			sp.venue, sp.city = t.str(h.from, end), city
			ev = t.quote(h.from, end)
		case h.class == classVenue:
			sp.venue, sp.city = t.str(h.from, h.to), h.alt
			if c := t.ownerOf(h.to, s.to); c != nil && c.arg != h.arg {
				sp.venue, sp.city, sp.country, sp.stated = t.str(h.from, c.to), "", c.arg, true
				ev = t.quote(h.from, c.to)
			}
		case h.class == classCity && !region:
			sp.city, sp.stated = h.alt, true
			if sp.city == "" {
				sp.city = t.str(h.from, h.to)
			}
			if next := t.at(h.to+1, classCity); next != nil && next.arg == h.arg && next.alt != "-" && t.is(h.to, "và") && !t.inMention(h.to+1) {
				sp.city = "" // "làm việc ở New York và Washington"
			}
		case region && t.is(h.from-1, "phố", "xã"):
			sp.city, sp.stated = t.str(h.from, h.to), true
		case !named.empty() && (region || t.at(named.from, classCity) == nil):
			sp.city, sp.stated, sp.from = t.str(named.from, named.to), true, named.from
			sp.ev = []archive.Evidence{t.quote(named.from, named.to)}
		default:
			sp.stated = true
			if h.arg == "SG" || t.is(h.from-1, "đô") && cityStates[h.arg] { // the country is its city
				sp.city = t.str(h.from, h.to)
			}
		}
		sp.ev = append(sp.ev, ev)
		// "Phủ Chủ tịch (Hà Nội)", "Bangkok (Thái Lan)": two words for one place.
		if found && (best.country == sp.country || !best.stated && best.venue != "") && h.from-best.from < 14 {
			if sp.stated && sp.city != "" && (best.city == "" || !best.stated) {
				best.city, best.stated, best.country = sp.city, true, sp.country
			} else if best.city == "" && best.country == sp.country && sp.city != "" {
				best.city, best.stated = sp.city, false // "đang ở Việt Nam, đến Phủ Chủ tịch"
			}
			if best.venue == "" {
				best.venue = sp.venue
			}
			best.ev = append(best.ev, ev)
			continue
		}
		if !found || gap(h.from) < gap(best.from) && !(best.city != "" && sp.city == "") || best.city == "" && sp.city != "" {
			best, found = sp, true
		}
	}
	if !found {
		return t.clockAt(s)
	}
	return best, found
}

// clockAt gives the country by whose clock a sentence tells the time, where that
// is not the reader's: "15h chiều 31/5 giờ New Delhi", "trưa 15/8 theo giờ Nga".
// A city names the clock of its country.
func (t *text) clockAt(s span) (spot, bool) {
	for _, h := range t.in(s.from, s.to) {
		if h.class != classCity && h.class != classCountry || h.arg == "VN" || h.alt == "-" || !t.is(h.from-1, "giờ") || t.inMention(h.from) {
			continue
		}
		return spot{from: h.from, country: h.arg, ev: []archive.Evidence{t.quote(h.from-1, h.to)}, clock: true}, true
	}
	return spot{}, false
}

// placedName reports whether the name before token i is a place where
// something is: "tại Lima (Peru)", not "đoàn tỉnh Hủa Phăn (Lào)".
func (t *text) placedName(i, from int) bool {
	k := i - 1
	for k > from && k > i-16 && !t.inMention(k) && (t.toks[k].shape == capital && !t.is(k, "tại", "ở", "từ") || t.dash(k) || t.is(k, ".", ",") || phraseWords[t.key(k)]) {
		k--
	}
	return t.is(k, "tại", "ở", "tới", "đến", "từ")
}
