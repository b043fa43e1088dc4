package extract

import (
	"slices"
	"strings"

	"vankho/internal/archive"
)

// visitFrame reads a journey: guest, host country and level.
func (r *reader) visitFrame(t *text, at ref, h *hit, s span) {
	noun := h.alt == "n"
	if noun && t.has(h.from-4, h.from, "thúc") && t.has(h.from-7, h.from-1, "sau", "khi") && t.travels(s, h.from) {
		return // "Sau khi kết thúc chuyến thăm Lào, ông tới Hà Nội, bắt đầu thăm Việt Nam"
	}
	if t.calledOff(h, s) {
		return
	}
	hosts, end := t.hosts(h.to, s)
	if k := t.after(h.to, s.to); noun && k >= 0 && t.mentions[k].entity >= 0 && !t.invited(t.mentions[k].from) && t.mourned(&t.mentions[k]) {
		return // "những chuyến thăm của cố Chủ tịch X"
	}
	guest, hosts, end := r.traveller(t, h, s, hosts, end)
	hosts, end = t.furtherHosts(h, s, hosts, end)
	if len(hosts) == 0 && r.touchVisits(at, guest, "") {
		if noun && t.has(h.to, min(h.to+5, s.to), "ấn", "kiến", "sẽ") {
			r.announce(at) // "Chuyến thăm được ấn định từ ngày 1 đến 5-11"
		}
		return
	}
	if guest < 0 && noun && t.is(s.from, "đây") && at.sent > 0 {
		// "Chuyên cơ chở Tổng thống X đáp xuống … Đây là chuyến thăm cấp Nhà nước …"
		if before := t.mentionsIn(t.sents[at.sent-1]); len(before) > 0 {
			guest = before[0].entity
		}
	}
	if len(hosts) == 0 && guest < 0 || guest >= 0 && r.married(guest) {
		return // "Nhân chuyến thăm Việt Nam, Phu nhân Thủ tướng X đã tới thăm Bảo tàng": the journey is his
	}
	if len(hosts) == 0 {
		if hosts = r.hostsElsewhere(t, at, h, s, guest); hosts == nil {
			return
		}
	}
	if guest < 0 {
		for _, c := range hosts {
			r.touchVisits(at, -1, c)
		}
		return
	}
	level := t.level(h.from, min(end+3, s.to))
	if !noun && (level == "" || r.journeys(guest)) && t.has(max(s.from, h.from-10), h.from, "lần") && !r.dated(at) {
		return // "đây là lần đầu ông thăm Lào", "nhiều lần dẫn đoàn thăm Lào": what is said of it
	}
	status := r.journeyStatus(t, at, h, span{end, s.to}, guest)
	legs := t.legs(h.to, end+14)
	for n, c := range hosts {
		var leg span
		if n < len(legs) {
			leg = legs[n]
		}
		if x := &r.entities[guest]; x.country == c || x.country == "" && x.org == "" || t.staysIn(c, h, s) {
			continue
		}
		if status == archive.Announced {
			r.headedVisit(guest, c)
		}
		if r.touchVisits(at, guest, c) {
			r.noteLeg(guest, c, leg, at)
			continue
		}
		if r.inPassing(t, at, h, s, end, status) {
			continue
		}
		at.full = true
		r.addVisit(event{visit: true, status: status, guest: guest, host: c, leg: leg, legAt: at, level: level, principals: []int{guest}, rule: "visit-" + h.alt, refs: []ref{at}})
	}
}

// inPassing reports whether a journey, whose words end at token end, is only spoken of, as
// one of long ago, of many or of another occasion, or deep in the text.
func (r *reader) inPassing(t *text, at ref, h *hit, s span, end int, status archive.Status) bool {
	if h.alt != "n" {
		// "ký Thỏa thuận dịp Chủ tịch X thăm Việt Nam, năm 2017"
		return status == archive.Held && !r.early(at) && !r.dated(at) && t.has(max(s.from, h.from-16), h.from, "dịp")
	}
	return t.longAgo(end, s) || t.amongMany(h.from, s.from) || !t.carried(h.from) && !r.early(at) ||
		status == archive.Held && t.has(h.to, min(s.to, end+14), "vừa")
}

// married reports whether somebody is only told of as the wife of who holds an office.
func (r *reader) married(e int) bool {
	x := &r.entities[e]
	return x.spouse || len(x.keys) > 0 && !slices.ContainsFunc(x.keys, func(k string) bool { return !strings.HasPrefix(k, "phu nhân") })
}

// journeys reports whether a journey of somebody has been told.
func (r *reader) journeys(guest int) bool {
	return slices.ContainsFunc(r.events, func(ev event) bool { return ev.visit && ev.guest == guest })
}

// traveller gives whose journey it is, and the hosts where he shows that they are
// told behind him.
func (r *reader) traveller(t *text, h *hit, s span, hosts []string, end int) (int, []string, int) {
	noun := h.alt == "n"
	guest, _, _ := t.visitor(h, s)
	if guest >= 0 && noun && len(hosts) == 1 && r.entities[guest].country == hosts[0] && t.has(h.from-3, h.from, "trong", "nhân", "khổ", "dịp") {
		guest = r.other(t, h, s, hosts[0]) // "X hội đàm với Tổng thống Belarus Y trong chuyến thăm Belarus"
	}
	if guest < 0 && !noun && t.before(h.from, s.from) < 0 {
		// "Thăm hữu nghị Lào, trong hai ngày 26 và 27/7, ông X …"
		if k := t.after(end, s.to); k >= 0 && t.is(t.mentions[k].from-1, ",") && t.mentions[k].from-end < 24 &&
			!t.speaks(end, t.mentions[k].from) && !t.triggers(end, t.mentions[k].from) {
			guest = t.mentions[k].entity
		}
	}
	if guest < 0 && !noun && t.has(s.from, h.from, "đoàn") {
		guest = r.partyHead() // "Đoàn đại biểu … đã đi thăm Trung Quốc. Trưởng đoàn là ông X"
	}
	if noun {
		// "chuyến thăm Ấn Độ của Thủ tướng X", "trong chuyến công du Việt Nam …, ông X nói"
		if k := t.after(h.to, s.to); k >= 0 && t.mentions[k].entity >= 0 && !t.invited(t.mentions[k].from) {
			m := &t.mentions[k]
			if t.is(m.from-1, "của") && (m.from-h.to < 16 || m.from-t.pastDates(end, s.to) < 4) {
				guest = m.entity
				if len(hosts) == 0 {
					hosts, end = t.hosts(m.to, s) // "chuyến thăm của X tới Việt Nam"
				}
			} else if after := t.pastInvitation(t.pastDates(end, s.to), s.to); guest < 0 && (m.from-after < 12 || m.from-after < 28 && t.is(m.from-1, ",", "do", "chí") && !t.triggers(end, m.from)) && !t.speaks(after, m.from) && !t.has(after, m.from, "của", ";") {
				guest = m.entity
			}
		}
	}
	return guest, hosts, end
}

// other gives who stands first before a word of travel and is of a country, but not of
// the one that is visited; -1 when nobody is.
func (r *reader) other(t *text, h *hit, s span, host string) int {
	for k := t.after(s.from, h.from); k >= 0 && k < len(t.mentions) && t.mentions[k].to <= h.from; k++ {
		if m := &t.mentions[k]; m.entity >= 0 && !t.invited(m.from) && r.entities[m.entity].country != host {
			if r.entities[m.entity].country == "" || t.speaks(m.to, h.from) {
				return -1
			}
			return m.entity
		}
	}
	return -1
}

// furtherHosts looks for the hosts of a journey where none stands right behind it.
func (t *text) furtherHosts(h *hit, s span, hosts []string, end int) ([]string, int) {
	noun := h.alt == "n"
	if len(hosts) == 0 && !noun {
		hosts = t.hostBefore(h.from, s)
	}
	if len(hosts) == 0 && (t.is(h.to, "với") || t.is(h.to, "làm") && t.is(h.to+2, "với") || t.is(h.to, "tại") && (t.at(h.to+1, classOrgHead) != nil || t.at(h.to+1, classField) != nil)) {
		// "sang thăm, làm việc với Bộ Nông Lâm nghiệp Lào", "với Quốc hội hai nước Phần Lan và Na Uy"
		for _, c := range t.in(h.to, min(h.to+18, s.to)) {
			switch {
			case len(hosts) > 0 || t.inMention(c.from):
			case c.class == classCountry:
				hosts, end = t.hosts(c.from, s)
			case (c.class == classCity || c.class == classRegion) && (t.is(h.from, "sang") || t.is(h.from-1, "sang")):
				hosts, end = []string{c.arg}, c.to // "sang thăm và làm việc với lãnh đạo tỉnh Quảng Nam"
			}
		}
	}
	if len(hosts) == 0 && noun {
		hosts, end = t.hostNations(h.to, s)
	}
	if c := t.at(s.from, classCountry); len(hosts) == 0 && c != nil && !t.inMention(s.from) && t.thisCountry(h.to, s) {
		hosts = []string{c.arg} // "Trung Quốc thông báo Tổng thống X sẽ thăm cấp nhà nước nước này"
	}
	if c := t.stage(s); len(hosts) == 0 && c != nil {
		hosts, end = []string{c.arg}, max(end, c.to)
	}
	return hosts, end
}

// thisCountry reports whether the words behind a word of travel lead to "nước này".
func (t *text) thisCountry(i int, s span) bool {
	for ; i+1 < s.to && travelWords[t.key(i)]; i++ {
		if t.is(i, "nước") && t.is(i+1, "này") {
			return true
		}
	}
	return false
}

// stage gives the country that a sentence calls a stage of a journey: "chặng đầu tiên là
// Pháp", "Pháp là điểm dừng chân đầu tiên trong chuyến công du châu Âu"; or nil.
func (t *text) stage(s span) *hit {
	for i := s.from; i+1 < s.to; i++ {
		if !t.is(i, "chặng") && !(t.is(i, "điểm") && t.is(i+1, "đến", "dừng")) || t.inMention(i) {
			continue
		}
		for _, c := range t.in(max(s.from, i-5), min(s.to, i+9)) {
			if (c.class == classCountry || c.class == classCity) && !t.inMention(c.from) && (c.from > i || t.is(c.to, "là")) {
				return &c
			}
		}
	}
	return nil
}

// ahead reports whether the date that comes next in s is still to come:
// "chuyến thăm Việt Nam của Thủ tướng X vào tháng 11 tới".
func (r *reader) ahead(t *text, s span) bool {
	for _, k := range r.datesIn(t, s) {
		if d := &r.dates[k]; d.part > 1 {
			return t.toCome(d.span) && !t.speaks(s.from, d.span.from) && !t.triggers(s.from, d.span.from)
		}
	}
	return false
}

// travels reports whether a sentence tells of a journey besides the one at token i.
func (t *text) travels(s span, i int) bool {
	for _, h := range t.in(s.from, s.to) {
		if h.class == classTrigger && (h.arg == "visit" || h.arg == "arrive") && h.from != i && !t.inMention(h.from) {
			return true
		}
	}
	return false
}

// headedVisit puts a visit into the future of which only a line without a full stop
// told so far: a heading, "1. Thủ tướng X thăm Lào (14-15/8)".
func (r *reader) headedVisit(guest int, host string) {
	for i := range r.events {
		ev := &r.events[i]
		if ev.visit && ev.guest == guest && ev.host == host && ev.status == archive.Held && !slices.ContainsFunc(ev.refs, func(at ref) bool {
			t := &r.texts[at.text]
			s := t.sents[at.sent]
			return t.is(s.to-1, ".") || t.has(s.from, s.to, "đã", "vừa", "đang")
		}) {
			ev.status = archive.Announced
		}
	}
}

// staysIn reports whether the sentence says before the trigger that they are in the
// country already, and a province of it is what they go to see: "Trong thời gian ở
// Lào, Đoàn đi thăm tỉnh …".
func (t *text) staysIn(country string, h *hit, s span) bool {
	return t.has(h.to, min(h.to+3, s.to), "tỉnh", "bang", "huyện") && slices.ContainsFunc(t.in(s.from, h.from), func(c hit) bool {
		return c.class == classCountry && c.arg == country && t.is(c.from-1, "ở", "tại", "thăm") && !t.inMention(c.from)
	})
}

// announce puts the visits that the sentence at tells more of into the future,
// where nothing said that they took place.
func (r *reader) announce(at ref) {
	for i := range r.events {
		if ev := &r.events[i]; ev.visit && ev.status == archive.Held && slices.Contains(ev.refs, at) && !slices.ContainsFunc(ev.refs[:1], r.dated) {
			ev.status = archive.Announced
		}
	}
}

// hostsElsewhere gives the countries of a journey that its own words do not name:
// "Nhận lời mời của X, Y có mặt ở Hà Nội trong chuyến thăm cấp Nhà nước …".
func (r *reader) hostsElsewhere(t *text, at ref, h *hit, s span, guest int) []string {
	home := ""
	if guest >= 0 {
		home = r.entities[guest].country
	}
	noun, end := h.alt == "n", min(h.to+20, s.to)
	c := r.hostAround(t, h, s, home)
	if noun && home == "VN" && r.dated(at) && r.early(at) && (t.is(h.to, "từ", "diễn", "kéo") || t.is(h.to, "của") && t.has(h.to, end, "diễn", "kéo")) {
		if hosts := r.inviting(t, s, home); hosts != nil {
			return hosts
		}
		if c == "" {
			c = r.foreign // "chuyến thăm từ ngày 16/1 đến 18/1": of the country the article is about
		}
	} else if t.level(h.from, min(h.to+6, s.to)) == "" && !(noun && t.carried(h.from)) {
		return nil
	}
	if c == "" {
		return nil
	}
	return []string{c}
}

// inviting gives the countries of those who invite in a sentence, but home: "Chuyến
// công tác của X diễn ra …, theo lời mời của Chủ tịch Quốc hội Morocco A, Chủ tịch
// Quốc hội Senegal B".
func (r *reader) inviting(t *text, s span, home string) (codes []string) {
	for k := t.after(s.from, s.to); k >= 0 && k < len(t.mentions) && t.mentions[k].to <= s.to; k++ {
		if !t.invited(t.mentions[k].from) {
			continue
		}
		for _, e := range t.objects(t.mentions[k].from, s, listing{}).who {
			if c := r.entities[e].country; c != "" && c != home && !slices.Contains(codes, c) {
				codes = append(codes, c)
			}
		}
		return codes
	}
	return nil
}

// journeyStatus says whether a journey is under way, to come or over. It is given the
// words behind its countries.
func (r *reader) journeyStatus(t *text, at ref, h *hit, after span, guest int) archive.Status {
	s, noun := t.sents[at.sent], h.alt == "n"
	if noun && (t.is(h.from-1, "xong", "sau", "từ") && r.body(at) || t.has(after.from, min(after.from+3, s.to), "hồi") || t.recent(after.from)) {
		return archive.Recalled
	}
	if status := t.status(h.from, s); status != archive.Held {
		return status
	}
	if noun && (t.is(h.from-1, "đầu") && t.willOpen(h.from, s) || t.is(h.from-1, "trước", "thềm") || t.is(after.from, "sắp") && t.is(after.from+1, "tới") || t.willBe(after.from, s)) || !noun && t.onTheWay(h.from) {
		return archive.Announced
	}
	if n := len(r.events); !noun && t.chained(h.from) && n > 0 {
		// "sẽ thăm Ba Lan, Séc và thăm Thụy Sĩ"
		if before := &r.events[n-1]; before.visit && before.status == archive.Announced && before.guest == guest &&
			before.refs[0].text == at.text && before.refs[0].sent == at.sent {
			return archive.Announced
		}
	}
	setOut := !noun && r.published().d == 0 && t.setsOut(s.from, h.to) // not arrived
	if setOut || r.ahead(t, after) || t.proclaimed(h.from, s) {
		return archive.Announced
	}
	return archive.Held
}

// calledOff reports whether a journey is put off or called off: "hoãn chuyến thăm Lào",
// "chuyến thăm của X tới Lào bị hủy".
func (t *text) calledOff(h *hit, s span) bool {
	for i := h.from - 1; i >= s.from && i > h.from-8 && t.toks[i].shape != punct; i-- {
		if t.is(i, "hoãn", "hủy", "huỷ") {
			return !t.is(i-1, "không")
		}
	}
	for i := h.to; h.alt == "n" && i < min(s.to, h.to+24) && !t.is(i, ",", ";"); i++ {
		if t.is(i, "hoãn", "hủy", "huỷ") {
			return t.is(i-1, "bị", "phải", "đã", "được", "tạm")
		}
	}
	return false
}

// onTheWay reports whether the verb of travel at token i is where somebody is going who
// stops elsewhere: "quá cảnh tại Mỹ trên đường sang thăm Mexico".
func (t *text) onTheWay(i int) bool {
	return t.is(i-1, "đường") && t.is(i-2, "trên") || t.is(i-1, "đi", "sang", "tới") && t.is(i-2, "đường") && t.is(i-3, "trên")
}

// recent reports whether the words at token i put what stands before them into the last
// weeks: "chuyến thăm Ba Lan mới đây".
func (t *text) recent(i int) bool {
	return t.is(i, "mới", "gần") && t.is(i+1, "đây") || t.is(i, "vừa") && t.is(i+1, "qua", "rồi")
}

// setsOut reports whether "lên đường" stands in from..to.
func (t *text) setsOut(from, to int) bool {
	for i := from; i+1 < to; i++ {
		if t.is(i, "lên") && t.is(i+1, "đường") {
			return true
		}
	}
	return false
}

// amongMany reports whether the noun at token i is one journey of many that the
// sentence looks back on: "có nhiều chuyến thăm, nổi bật là chuyến thăm của X".
func (t *text) amongMany(i, from int) bool {
	for k := from; k+1 < i; k++ {
		if t.is(k, "nhiều", "các", "những") && t.is(k+1, "chuyến", "đoàn", "cuộc") && t.is(i-1, "là", "như", "có", "với") {
			return true
		}
	}
	return t.looksBack(i, from)
}

// proclaimed reports whether a sentence gives what a communiqué says of the journey
// at token i, or what is said on its eve: "Theo thông cáo của Bộ Ngoại giao, X thăm
// Lào từ ngày 5 đến 7-3", "Trước thềm chuyến thăm, …".
func (t *text) proclaimed(i int, s span) bool {
	for k := s.from; k+2 < s.to; k++ {
		if t.is(k, "thông") && t.is(k+1, "cáo") && !t.is(k+2, "chung") || t.is(k, "trước") && t.is(k+1, "thềm") {
			return !t.has(s.from, i, "đã", "đang") && !t.is(i-1, "thúc")
		}
	}
	return false
}

// longAgo reports whether the words from token i on put a journey into an earlier
// year: "trong chuyến thăm Hàn Quốc năm ngoái".
func (t *text) longAgo(i int, s span) bool {
	i = t.pastDates(i, min(i+6, s.to))
	return t.is(i-1, "năm") && t.is(i, "ngoái", "trước", "kia") || t.is(i-1, "tháng") && t.is(i, "trước") || t.is(i, "trước") && t.is(i+1, "đó", "đây")
}

// hostAround finds the host country of a journey in the rest of its sentence:
// that of the inviter, or of the city somebody is in.
func (r *reader) hostAround(t *text, h *hit, s span, home string) string {
	for _, m := range t.mentionsIn(s) {
		if m.entity >= 0 && t.invited(m.from) {
			return r.entities[m.entity].country
		}
	}
	if sp, ok := t.spotIn(s, span{h.from, h.to}); ok && sp.stated {
		return sp.country
	}
	return t.otherOfTwo(s, home)
}

// otherOfTwo gives, of the two countries a sentence begins with, the one that is
// not home: "Việt Nam và Ấn Độ ra Tuyên bố chung nhân chuyến thăm của Thủ tướng
// X"; "" when it does not.
func (t *text) otherOfTwo(s span, home string) string {
	a := t.at(s.from, classCountry)
	if a == nil || home == "" || t.inMention(a.from) || !t.is(a.to, "và", "-", "–") {
		return ""
	}
	b := t.at(a.to+1, classCountry)
	switch {
	case b == nil || t.inMention(b.from):
	case a.arg == home:
		return b.arg
	case b.arg == home:
		return a.arg
	}
	return ""
}

// landed reads the journey of whom somebody waits for at an airport abroad, where the
// article tells of it in no other words: "Tại sân bay …, thủ đô Dhaka, đón X có …".
func (r *reader) landed() {
	for ti := range r.texts {
		t := &r.texts[ti]
		for si, s := range t.sents {
			at := ref{text: ti, sent: si, full: true}
			if !r.body(at) || !r.early(at) {
				continue
			}
			for _, h := range t.in(s.from, s.to) {
				k := t.after(h.to, s.to)
				if h.class != classTrigger || k < 0 || t.mentions[k].entity < 0 || !t.welcomed(&h, s) {
					continue
				}
				guest, host := t.mentions[k].entity, ""
				if sp, ok := t.spotIn(s, span{h.from, h.to}); ok && sp.stated {
					host = sp.country
				}
				for k++; host == "" && k < len(t.mentions) && t.mentions[k].to <= s.to; k++ {
					if e := t.mentions[k].entity; e >= 0 && r.abroad([]int{guest, e}) {
						host = r.entities[e].country // who waits first is at home there
					}
				}
				if home := r.entities[guest].country; home == "" || host == "" || host == home {
					continue
				}
				at.trigger = span{h.from, h.to}
				r.addVisit(event{visit: true, status: archive.Held, guest: guest, host: host, principals: []int{guest}, rule: "visit-arrival", refs: []ref{at}})
				return
			}
		}
	}
}

func (r *reader) addVisit(n event) {
	if len(r.events) < maxEvents {
		if n.rule == "visit-v" {
			n.rule = "visit-verb"
		} else if n.rule == "visit-n" {
			n.rule = "visit-noun"
		}
		r.events = append(r.events, n)
	}
}

// carried reports whether the noun at token i is what somebody does: "có
// chuyến thăm", "bắt đầu chuyến thăm".
func (t *text) carried(i int) bool {
	return t.is(i-1, "có", "hiện", "hành", "đầu", "thúc", "tất", "xong")
}

// visitor finds who travels: like subjects, but a party, a date or an earlier
// leg of the journey may stand between, and those who invited are passed over.
func (t *text) visitor(h *hit, s span) (entity, from int, ok bool) {
	end := h.from // or where who invited begins: "X, theo lời mời của Y, thăm …"
	for k := t.before(h.from, s.from); k >= 0 && t.mentions[k].from >= s.from; k-- {
		m := &t.mentions[k]
		if t.invited(m.from) {
			end = m.from - 3
			continue
		}
		if m.spouse {
			continue
		}
		if m.entity < 0 || h.from-m.to > 70 || t.speaks(m.to, end) || t.asked(m.from, s.from) {
			return -1, 0, false
		}
		for _, x := range t.in(m.to, end) {
			if x.class == classTrigger && x.arg != "x" && x.arg != "visit" && x.arg != "arrive" && x.arg != "summit" && !t.inMention(x.from) {
				return -1, 0, false
			}
		}
		// "chở Thủ tướng X cùng Tổng Thư ký Y", "Quốc vương X và Hoàng hậu Y": who travels stands first.
		if p := k - 1; p >= 0 && t.mentions[p].from >= s.from && (t.is(m.from-1, "cùng") || t.is(m.from-1, "và") && t.is(m.from, "hoàng", "vương") && t.is(m.from+1, "hậu", "phi")) && t.mentions[p].entity >= 0 && !t.mentions[p].spouse && m.from-t.mentions[p].to < 8 {
			m = &t.mentions[p]
		}
		return m.entity, m.from, true
	}
	return -1, 0, false
}

// hosts finds the countries that follow a word of travel: "cấp Nhà nước tới
// Lào", "ba nước Tanzania, Mozambique và Iran".
func (t *text) hosts(i int, s span) (codes []string, end int) {
	end = i
	for j := i; j < s.to && j < i+14; j++ {
		if c := t.at(j, classCountry); c != nil && !t.inMention(j) {
			codes, end = append(codes, c.arg), c.to
			for {
				// "Ấn Độ từ ngày 11 đến 13-10 và Sri Lanka từ ngày 13 đến 15-10"
				if after := t.pastDates(end, s.to); after > end && t.is(after, ",", "và", "rồi", ";") && t.at(t.toward(after+1), classCountry) != nil && !t.inMention(t.toward(after+1)) {
					end = t.toward(after+1) - 1
				} else if !t.is(end, ",", "và", "rồi") {
					break
				}
				// "Vương quốc Bỉ, Liên minh châu Âu và Cộng hòa Liên bang Đức"
				k := end + 1
				for k < s.to && k < end+6 && t.at(k, classCountry) == nil && t.at(k, classOrg) == nil && t.at(k, classField) != nil && t.at(k, classField).arg == "state" {
					k = t.at(k, classField).to
				}
				if o := t.at(k, classOrg); o != nil && !t.inMention(k) {
					end = o.to
					continue
				}
				if c = t.at(k, classCountry); c == nil || t.inMention(k) {
					break
				}
				codes, end = append(codes, c.arg), c.to
			}
			return codes, end
		}
		// "thăm Bắc Kinh": the country of the city.
		if c := t.at(j, classCity); c != nil && !t.inMention(j) {
			return []string{c.arg}, c.to
		}
		if t.has(max(s.from, i-4), i, "việc", "sang") && !t.inMention(j) {
			if c := t.at(j, classRegion); c != nil {
				return []string{c.arg}, c.to // "sang thăm, làm việc tại châu Văn Sơn"
			}
		}
		if t.is(j, "(") && t.is(j+2, ")") && j > i {
			j += 2 // "Cộng hòa (CH) Dominicana"
			continue
		}
		if f := t.at(j, classField); f != nil && f.arg == "state" && !t.inMention(j) {
			j = f.to - 1 // "Cộng hòa Ả-rập Ai Cập"
			continue
		}
		if t.is(j, ",") && t.is(j+1, "chúc") {
			continue // "sang thăm, chúc Tết các tỉnh của Lào"
		}
		if t.inMention(j) || !travelWords[t.key(j)] && !(t.is(j, "của") && t.is(j-1, "tỉnh", "phương", "bang")) {
			return nil, i
		}
	}
	return nil, i
}

// hostNations gives the countries of "chuyến thăm làm việc với Quốc hội và Chính phủ
// hai nước Phần Lan và Na Uy", which stand behind those who are visited there.
func (t *text) hostNations(from int, s span) (codes []string, end int) {
	for j := from; j+1 < s.to && j < from+20 && !t.inMention(j) && t.at(j, classSay) == nil && !t.is(j, "là", "hệ", "giữa", "nhằm", "của"); j++ {
		if t.is(j, "nước") && t.is(j-1, "hai", "ba", "bốn", "các", "2", "3", "4") && t.at(j+1, classCountry) != nil {
			return t.hosts(j+1, s)
		}
	}
	return nil, from
}

// pastInvitation gives the token behind "theo lời mời của Chính phủ X," at token i.
func (t *text) pastInvitation(i, to int) int {
	if t.is(i, "theo") && t.is(i+1, "lời") && t.is(i+2, "mời") {
		for k := i + 3; k < to && k < i+24; k++ {
			if t.is(k, ",") && !t.inMention(k) {
				return k + 1
			}
		}
	}
	return i
}

// toward gives the token behind a word of direction at token i and what a state calls
// itself: "và tới Nga", "Vương quốc Campuchia".
func (t *text) toward(i int) int {
	if t.is(i, "tới", "đến", "sang") {
		i++
	}
	if state := t.at(i, classField); state != nil && state.arg == "state" {
		return state.to
	}
	return i
}

// pastDates gives the token after the numbers and words of a date that stand
// at token i.
func (t *text) pastDates(i, to int) int {
	for i < to && (t.num(i) > 0 || t.dash(i) || t.is(i, "từ", "ngày", "các", "đến", "tới", "tháng", "năm", "/", ".", "(", ")")) {
		i++
	}
	return i
}

// legs parts the words from..to, and the dates behind them, by the countries
// named there; none unless each of several has dates of its own.
func (t *text) legs(from, to int) []span {
	var out []span
	for _, c := range t.in(from, to) {
		if c.class != classCountry || t.inMention(c.from) {
			continue
		}
		end := t.pastDates(c.to, len(t.toks))
		if end < c.to+2 {
			break
		}
		out = append(out, span{c.to, end})
	}
	if len(out) < 2 {
		return nil
	}
	return out
}

// travelWords may stand between "thăm" and the country.
var travelWords = set("cấp nhà nước chính thức hữu nghị làm việc tới đến sang và lại hai ba bốn các " +
	"bạn anh em lần thứ đầu tiên này song phương xã hội chủ nghĩa dân công tác trở ngắn ngày riêng đất tại ở tỉnh bang huyện chúc tết bốn năm sáu bảy 2 3 4 5 6 7 kéo dài tp xã giao viếng")

// hostBefore finds the country before the verb: "sang Việt Nam thăm chính
// thức", "tới Hà Nội thăm và làm việc".
func (t *text) hostBefore(i int, s span) []string {
	for j := i - 1; j >= s.from && j > i-6; j-- {
		if t.inMention(j) {
			return nil
		}
		c := t.at(j, classCountry)
		if c == nil {
			c = t.at(j, classCity)
		}
		if c != nil && c.to <= i && i-c.to <= 2 && t.is(j-1, "sang", "đến", "tới", "đô", "phố") {
			return []string{c.arg}
		}
	}
	return nil
}

// level reads "cấp Nhà nước", "chính thức" and "làm việc".
func (t *text) level(from, to int) string {
	level := ""
	for i := from; i < to; i++ {
		switch {
		case t.is(i, "cấp") && t.is(i+1, "nhà"):
			return "state"
		case t.is(i, "chính") && t.is(i+1, "thức"):
			level = "official"
		case t.is(i, "làm") && t.is(i+1, "việc") && level == "":
			level = "working"
		}
	}
	return level
}

// touchVisits notes that a sentence tells more of a visit already known: of
// this guest (-1 for any) to this host ("" for any).
func (r *reader) touchVisits(at ref, guest int, host string) bool {
	found, last := false, -1
	for i := len(r.events) - 1; i >= 0; i-- {
		ev := &r.events[i]
		if !ev.visit || guest >= 0 && ev.guest != guest || host != "" && ev.host != host {
			continue
		}
		// "Chuyến thăm" alone is the one spoken of last, unless several are told together.
		if found && !ev.toldWith(&r.events[last]) {
			break
		}
		if host != "" && ev.status == archive.Announced && r.body(ev.refs[0]) && !r.texts[at.text].byTheWay(at.trigger.from) && r.texts[at.text].status(at.trigger.from, r.texts[at.text].sents[at.sent]) != archive.Announced && r.dated(at) &&
			!slices.ContainsFunc(ev.refs, func(x ref) bool { return x.text == at.text && x.sent == at.sent }) {
			continue
		}
		if guest >= 0 && host != "" && ev.status == archive.Held && r.opensLater(ev, at) {
			continue
		}
		if guest >= 0 && host != "" {
			at.full = true
			r.tense(ev, at)
		}
		ev.touch(at)
		found, last = true, i
	}
	return found
}

// noteLeg notes the words on a country in a list of several, for a visit that was told
// before without them.
func (r *reader) noteLeg(guest int, host string, leg span, at ref) {
	for i := range r.events {
		if ev := &r.events[i]; !leg.empty() && ev.visit && ev.guest == guest && ev.host == host && ev.leg.empty() && r.body(at) {
			ev.leg, ev.legAt = leg, at
			return
		}
	}
}

// opensLater reports whether the sentence at announces the beginning, on a day of its own,
// of another journey than one that has begun: who came to a conference "sẽ có mặt ở Hà Nội
// hôm 12/11, mở đầu chuyến thăm".
func (r *reader) opensLater(ev *event, at ref) bool {
	t := &r.texts[at.text]
	s := t.sents[at.sent]
	return at.text != ev.refs[0].text && r.body(at) && t.opensVisit(s) && t.willOpen(at.trigger.from, s) && r.dated(at) &&
		slices.ContainsFunc(ev.refs, func(x ref) bool { return r.body(x) && r.dated(x) })
}

// willOpen reports whether the clause before the journey at token i is of what is to come:
// "X sẽ có mặt ở Hà Nội ngày 12/11, mở đầu chuyến thăm".
func (t *text) willOpen(i int, s span) bool {
	return t.has(s.from, i, "sẽ") && !t.has(s.from, i, "đã", "vừa", "đang")
}

// byTheWay reports whether the noun of travel at token i only says when something is done:
// "sẽ gặp ông X trong chuyến thăm Việt Nam từ ngày 22 đến 24/3".
func (t *text) byTheWay(i int) bool {
	h := t.at(i, classTrigger)
	return h != nil && h.alt == "n" && t.is(i-1, "trong", "nhân", "dịp", "khổ") && !t.has(t.sents[t.sentenceOf(i)].from, i, "đã", "vừa")
}

// toldWith reports whether one sentence told of two journeys of one traveller.
func (ev *event) toldWith(o *event) bool {
	return ev.guest == o.guest && slices.ContainsFunc(ev.refs, func(a ref) bool {
		return slices.ContainsFunc(o.refs, func(b ref) bool { return a.text == b.text && a.sent == b.sent })
	})
}

// tense gives a visit that was only told of without a time, as headlines do, the
// time of the sentence at.
func (r *reader) tense(ev *event, at ref) {
	told := func(x ref) bool {
		t := &r.texts[x.text]
		return r.body(x) && r.dated(x) || t.has(x.trigger.from-4, x.trigger.from, "đã", "vừa", "đang")
	}
	if t := &r.texts[at.text]; r.body(at) && ev.status == archive.Held && !slices.ContainsFunc(ev.refs, told) &&
		t.status(at.trigger.from, t.sents[at.sent]) == archive.Announced {
		ev.status = archive.Announced
	} else if r.body(at) && ev.status == archive.Announced && !slices.ContainsFunc(ev.refs, r.body) && t.is(at.trigger.from-1, "đầu") && t.is(at.trigger.from-2, "bắt") {
		ev.status = t.status(at.trigger.from, t.sents[at.sent]) // headed "lên đường thăm", and "bắt đầu chuyến thăm"
	}
}

// dated reports whether the sentence names a day of its own.
func (r *reader) dated(at ref) bool {
	t := &r.texts[at.text]
	s := t.sents[at.sent]
	for _, d := range r.datesIn(t, s) {
		x := &r.dates[d]
		if x.part == 3 && !x.remembers {
			return true
		}
	}
	return false
}

// arrival reads the beginning of a journey from "đáp xuống sân bay …", "sang
// Anh", in headlines and first paragraphs only.
func (r *reader) arrival(t *text, at ref, h *hit, s span) {
	if t.calledOff(h, s) {
		return
	}
	guest, from, ok := t.visitor(h, s)
	if !ok {
		guest, from, ok = t.arrived(h, s)
	}
	if !ok || r.entities[guest].country == "" || t.is(h.from-1, "mang", "đem") || t.is(h.to-1, "dự") && t.relative(from, s) {
		return // "món quà mà X mang sang Lào", "phiên họp mà X sẽ dự"
	}
	hosts := t.arrivalHosts(h, s)
	for _, host := range hosts {
		if host == r.entities[guest].country || r.passesBy(t, h, s, guest, from) {
			return
		}
	}
	met := r.anyMeeting()
	status := t.status(h.to, s)
	if t.precedes(h.to, s, from) {
		status = t.status(min(s.to, from+10), s) // "Vừa tới Hà Nội, X sẽ bước vào …"
	}
	if r.published().d == 0 && t.is(h.from, "lên") && t.is(h.from+1, "đường") {
		status = archive.Announced
	}
	coming := status == archive.Announced && r.dated(at) // "Sau đó, ngày 5/9, ông sẽ tới Lào"
	leaves := !t.is(h.from, "rời") || t.leaves(s) && (t.visits(s) || t.has(s.from, s.to, "chuyến"))
	at.full = true
	legs := t.legs(h.to, min(h.to+40, s.to))
	for n, host := range hosts {
		if r.touchVisits(at, guest, host) || met && !coming || !r.early(at) || !leaves {
			continue
		}
		var leg span
		if n < len(legs) && len(hosts) > 1 {
			leg = legs[n]
		}
		r.addVisit(event{visit: true, status: status, guest: guest, host: host, leg: leg, legAt: at, level: t.level(h.to, min(h.to+8, s.to)), principals: []int{guest}, rule: "visit-arrival", refs: []ref{at}})
	}
}

// arrived gives who is named behind where he has come to, and from which token on:
// "Ngay khi vừa tới Hà Nội, Thủ tướng X sẽ …".
func (t *text) arrived(h *hit, s span) (entity, from int, ok bool) {
	k := t.after(h.to, s.to)
	if !t.is(h.from-1, "vừa", "khi") && h.from > s.from || h.alt != "v" || t.before(h.from, s.from) >= 0 || k < 0 {
		return -1, 0, false
	}
	m := &t.mentions[k]
	if m.entity < 0 || m.from-h.to > 12 || !t.is(m.from-1, ",") || t.speaks(h.to, m.from) || t.triggers(h.to, m.from) {
		return -1, 0, false
	}
	return m.entity, m.from, true
}

// precedes reports whether token i, behind a word of travel, stands before whoever
// travels, named at token from.
func (t *text) precedes(i int, s span, from int) bool { return from >= i && from < s.to }

// relative reports whether who is named at token i is the subject of a relative clause.
func (t *text) relative(i int, s span) bool { return i > s.from && t.is(i-1, "mà") }

// arrivalHosts gives the countries to which a word of arrival leads.
func (t *text) arrivalHosts(h *hit, s span) []string {
	if t.is(h.to-1, "dự") {
		// "lên đường dự Hội nghị … tại Bangkok": where the conference is.
		if sp, ok := t.spotIn(span{h.to, s.to}, span{h.to, h.to}); ok && sp.stated {
			return []string{sp.country}
		}
		return nil
	}
	for j := h.to; j < s.to && j < h.to+12; j++ {
		if t.inMention(j) || t.at(j, classTrigger) != nil && t.at(j, classTrigger).arg != "x" || t.at(j, classOrgHead) != nil && t.is(j+1, "sứ", "lãnh", "thư") {
			return nil // also "đã tới Đại sứ quán nước ta tại Hoa Kỳ"
		}
		for _, class := range []class{classCountry, classCity, classVenue} {
			c := t.at(j, class)
			if c == nil || class == classVenue && !t.is(j, "sân", "nội", "tân", "cảng") {
				continue
			}
			if t.is(c.to, "học", "du", "sống", "định", "lao") {
				return nil // "rồi sang Ấn Độ học"
			}
			if class == classCountry {
				hosts, _ := t.hosts(j, s) // "sẽ tới Anh, Ireland và Việt Nam"
				return hosts
			}
			return []string{c.arg}
		}
	}
	return nil
}

// passesBy reports whether a word of arrival tells of no journey: who only comes to
// meet somebody or attends something, from wherever he is.
func (r *reader) passesBy(t *text, h *hit, s span, guest, from int) bool {
	envoy := slices.ContainsFunc(r.entities[guest].keys, func(k string) bool {
		return strings.HasPrefix(k, "đại sứ") || strings.HasPrefix(k, "trưởng phái đoàn")
	})
	if envoy && t.is(h.from, "dự", "tham") {
		return true // a delegation led by who is posted there
	}
	if t.is(h.from, "tới", "đến", "sang") && h.to == h.from+1 && (!t.arrives(h) && !t.precedes(h.to, s, from) || t.toMeet(h.to, s)) {
		return true
	}
	return t.is(h.from, "dự", "tham") && !t.has(from, h.from, "dẫn", "làm") // "Thủ tướng X dự lễ ở Lào"; but "X sẽ dẫn đầu Đoàn đại biểu cấp cao Việt Nam tham dự Hội nghị tại Lào"
}

// visits reports whether a sentence speaks of a visit.
func (t *text) visits(s span) bool {
	for _, h := range t.in(s.from, s.to) {
		if h.class == classTrigger && h.arg == "visit" && !t.inMention(h.from) {
			return true
		}
	}
	return false
}

// toMeet reports whether who arrives somewhere, by the words at token i, only
// comes to meet somebody: "tới Trung Quốc gặp ông X".
func (t *text) toMeet(i int, s span) bool {
	for k := i; k < min(s.to, i+7) && t.toks[k].shape != punct; k++ {
		if h := t.at(k, classTrigger); h != nil && !t.inMention(k) {
			return h.alt == "v" && (h.arg == "meeting" || h.arg == "talks" || h.arg == "courtesy_call")
		}
	}
	return false
}

// arrives reports whether the bare verb "tới" or "đến" has its place right
// behind it and its subject close before: "Bộ trưởng X tới Việt Nam hôm 28/7".
func (t *text) arrives(h *hit) bool {
	k := t.before(h.from, 0)
	near := t.at(h.to, classCountry) != nil || t.at(h.to, classCity) != nil || t.is(h.to, "thủ", "thành") && t.at(h.to+2, classCity) != nil
	return near && k >= 0 && (h.from-t.mentions[k].to <= 8 || t.is(h.from, "sang") && h.from-t.mentions[k].to <= 14)
}
