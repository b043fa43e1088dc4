package extract

import (
	"slices"
	"strings"

	"vankho/internal/archive"
	"vankho/internal/vitext"
)

// entity is one person of the article.
type entity struct {
	name, slug, written string
	parts               []string // folded parts of the name
	also                []string // and of its Vietnamese spelling
	country             string
	state               archive.State // of the country
	org                 string
	post                string
	keys                []string
	rank                int
	titles              []string // the fullest form
	titleLen            int
	ev                  []archive.Evidence // the mention with the titles, then the first one
	rule                string
	native, spouse      bool
	business            bool   // heads a company
	host                bool   // said to be of the country that is visited
	byName              bool   // the country is only that of the name
	guessed             bool   // the country is only the one the article is about
	sex                 string // "ông" or "bà", where the article or the name says it
	count               int
	last                int // number of the mention that named them last
}

func (r *reader) readEntities() {
	for ti := range r.texts {
		t := &r.texts[ti]
		for mi := range t.mentions {
			if m := &t.mentions[mi]; !m.name.empty() {
				r.named(t, m, false)
			}
		}
	}
	for ti := range r.texts {
		t := &r.texts[ti]
		for mi := range t.mentions {
			// "Ông Trump gặp ông Tập": the headline shortens a name that comes later.
			if m := &t.mentions[mi]; !m.name.empty() && m.entity < 0 {
				r.named(t, m, true)
			}
		}
	}
	r.bareNames()
	r.counterparts()
	r.sides()
	r.party()
	r.announcers()
	r.elected()
	r.unclaimed()
	r.nations()
	r.identities()
	r.headlines()
	n := 0
	for ti := range r.texts {
		t := &r.texts[ti]
		for mi := range t.mentions {
			n++
			m := &t.mentions[mi]
			if m.pronoun {
				m.entity = r.antecedent(ti, mi)
			} else if m.name.empty() && !m.spouse {
				if m.entity = r.holder(m); m.entity >= 0 && r.entities[m.entity].last == 0 && m.country == "" && t.introduces(mi, m.entity) {
					m.entity = -1 // "Thủ tướng gặp Thủ tướng Lào X": not himself
				}
				if len(m.more) > 0 {
					r.resolveNations(m)
				}
			}
			if m.entity >= 0 {
				r.entities[m.entity].last = n
			}
		}
	}
}

// introduces reports whether the sentence of mention mi goes on to name somebody with
// office and country.
func (t *text) introduces(mi, e int) bool {
	s := t.sents[t.sentenceOf(t.mentions[mi].from)]
	for k := mi + 1; k < len(t.mentions) && t.mentions[k].to <= s.to; k++ {
		if m := &t.mentions[k]; m.entity == e && m.country != "" && m.country != "VN" && len(m.titles) > 0 {
			return true
		}
	}
	return false
}

// named finds or makes the entity of a mention with a name. Of one part of a name
// it makes nobody new unless told to: the whole name may come later.
func (r *reader) named(t *text, m *mention, part bool) {
	written := strings.Join(strings.Fields(t.str(m.name.from, m.name.to)), " ")
	if whole := r.cutShort(t, m, written); whole >= 0 {
		r.spelt[written] = whole
	}
	// The same words again are the same person, unless an office says otherwise.
	e, again := r.spelt[written]
	if again = again && (m.country == "" || r.entities[e].country == m.country); again {
		r.meet(t, m, e)
		return
	}
	called := r.lex.bare(nameOf(t.spelled(m.name)), m.country)
	who := leader{}
	if e = r.match(called, m); e < 0 {
		if who = r.meant(t, m, called.parts); who.name != "" {
			own := nameOf(who.name)
			if len(called.parts) == 1 {
				written, called = who.name, own
			}
			e = r.match(own, m)
		}
	}
	if e < 0 {
		if len(called.parts) == 1 && (!part || vietnamese(written) || len(called.slug) < 3) || len(r.entities) >= maxEntities {
			return
		}
		e = len(r.entities)
		r.entities = append(r.entities, entity{rank: 9, rule: m.rule, native: m.native, spouse: m.spouse,
			ev: []archive.Evidence{t.quote(m.name.from, m.name.to)}})
		r.rename(e, written, called, m.country, who)
	} else if x := &r.entities[e]; len(called.parts) > len(x.parts) || shouted(x.written) && len(called.parts) == len(x.parts) {
		r.rename(e, written, called, m.country, who)
	}
	r.spelt[written] = e
	if !m.also.empty() {
		r.alias(e, t.str(m.also.from, m.also.to))
	}
	r.meet(t, m, e)
}

// cutShort finds who is named by the last words of an article that ends within a word:
// "tiếp ông Prachuab Ch". It gives -1 when the name is whole, or nobody begins so.
func (r *reader) cutShort(t *text, m *mention, written string) int {
	if t != &r.texts[len(r.texts)-1] || m.name.to != len(t.toks) || m.name.to-m.name.from < 2 {
		return -1
	}
	return slices.IndexFunc(r.entities, func(x entity) bool { return len(x.written) > len(written) && strings.HasPrefix(x.written, written) })
}

// spelled gives the words of a name with one space between them, as its source may
// not: "VladimirPutin", "Michael Daniel  Higgins".
func (t *text) spelled(name span) string {
	s := t.str(name.from, name.to)
	for i := name.to - 1; i > name.from; i-- {
		at, end := t.toks[i].start-t.toks[name.from].start, t.toks[i-1].end-t.toks[name.from].start
		if gap := s[end:at]; len(gap) > 1 || gap == "" && t.toks[i].shape == capital && t.toks[i-1].shape <= capital {
			s = s[:end] + " " + s[at:]
		}
	}
	return s
}

// alias lets another spelling find entity e too.
func (r *reader) alias(e int, written string) {
	if _, taken := r.spelt[written]; !taken {
		r.spelt[written] = e
	}
	r.entities[e].also = nameOf(written).parts
	r.index(e, r.entities[e].also)
}

// index lets the parts of a name find entity e.
func (r *reader) index(e int, parts []string) {
	for _, p := range parts {
		if ids := r.byToken[p]; !slices.Contains(ids, e) {
			r.byToken[p] = append(ids, e)
		}
	}
}

// meet adds what a mention says to its entity.
func (r *reader) meet(t *text, m *mention, e int) {
	m.entity = e
	x := &r.entities[e]
	x.count++
	x.rank = min(x.rank, m.rank)
	x.spouse = x.spouse && m.spouse
	for _, k := range m.keys {
		if !slices.Contains(x.keys, k) {
			x.keys = append(x.keys, k)
		}
	}
	if sex := t.sex(m); x.sex == "" && sex != "" {
		x.sex = sex
	}
	if m.country != "" && x.state != archive.Stated {
		x.country, x.state = m.country, archive.Stated
	}
	if m.org != "" && m.country == "" && x.state != archive.Stated {
		x.country = "" // the authority list's: here they speak for an organisation
	}
	if x.org == "" {
		x.org = m.org
	}
	if x.post == "" {
		x.post = m.post
	}
	size := 0
	for _, s := range m.titles {
		x.business = x.business || m.org == "" && (m.firm || t.firm(s)) && (x.titleLen == 0 && len(m.titles) == 1 || !bareChief(t.str(s.from, s.to)))
		size += int(t.toks[s.to-1].end - t.toks[s.from].start)
	}
	x.business = x.business && x.org == "" // "Tổng Giám đốc X" alone, of whom it was said that he heads the WHO
	if m.rank == 5 && size > 0 {
		size = 1 // "người đồng cấp Lào" is said of somebody, and is no office
	}
	x.host = x.host || m.host
	if size > x.titleLen {
		x.titleLen = size
		x.ev = append(t.titled(m), x.ev[len(x.ev)-1])
		x.titles = make([]string, 0, len(m.titles))
		for _, s := range m.titles {
			x.titles = append(x.titles, t.str(s.from, s.to))
		}
	}
}

// sex gives "ông" or "bà", whichever a mention calls somebody by or, of a woman of
// Viet Nam, her name has; or "".
func (t *text) sex(m *mention) string {
	for i := m.from; i < m.to; i++ {
		switch {
		case i < m.name.from && t.is(i, "ông", "bà"):
			return strings.ToLower(t.word(i))
		case m.native && i > m.name.from && i < m.name.to && t.is(i, "thị"):
			return "bà"
		}
	}
	return ""
}

// titled gives the evidence of a mention with its titles: one quotation of
// both, or two where the office stands far off, before the list it opens.
func (t *text) titled(m *mention) []archive.Evidence {
	from, to := m.from, m.to
	for _, s := range m.titles {
		from, to = min(from, s.from), max(to, s.to)
	}
	if to-from <= 60 {
		return []archive.Evidence{t.quote(from, to)}
	}
	var out []archive.Evidence
	for _, s := range m.titles {
		out = append(out, t.quote(s.from, s.to))
	}
	return append(out, t.quote(m.name.from, m.name.to))
}

// meant finds the leader that a name with an office means, where the name is
// not listed in this spelling: by one part of it, or as [lexicon.identify] does.
func (r *reader) meant(t *text, m *mention, parts []string) leader {
	if len(parts) > 1 {
		if len(m.keys) == 0 {
			return leader{}
		}
		who, _ := r.lex.identify(parts, m.country, m.rank)
		return who
	}
	if vietnamese(t.str(m.name.from, m.name.to)) {
		return leader{}
	}
	if who, ok := r.lex.part(parts[0], m.country); ok {
		return who
	}
	// "… Tổng thống Hàn Quốc Park" and, a paragraph of its own, "Geun Hye, …".
	i := slices.IndexFunc(r.texts, func(o text) bool { return o.p == t.p })
	if m.name.to < len(t.toks) || i < 0 || i+1 == len(r.texts) {
		return leader{}
	}
	next := &r.texts[i+1]
	for end := min(2, len(next.toks)); end > 0; end-- {
		if who, ok := r.lex.leaders[parts[0]+"-"+vitext.Slug(next.str(0, end))]; ok && (m.country == "" || m.country == who.country) {
			return who
		}
	}
	return leader{}
}

// rename gives entity e the spelling written, what of it is the name, and the person whom it means: whom the authority list has for it, or who, or
// who it was before. The country is that of the office.
func (r *reader) rename(e int, written string, n name, country string, who leader) {
	x := &r.entities[e]
	if of, ok := r.lex.leader(n, country); ok {
		who = of
	} else if before, ok := r.lex.leaders[x.slug]; ok && who.name == "" {
		who = before
	}
	x.written, x.parts, x.name, x.slug = written, n.parts, written, n.slug
	r.index(e, n.parts)
	if who.name != "" {
		x.is(who)
		r.index(e, strings.Split(x.slug, "-")) // both spellings find them
	}
}

// is makes the entity the person who of the authority list.
func (x *entity) is(who leader) {
	x.name, x.slug = who.name, who.slug
	if x.country == "" && x.org == "" {
		x.country, x.state = who.country, archive.Inferred
	}
}

// identities finds, now that it is known of which country each is, who of the
// authority list they are.
func (r *reader) identities() {
	for i := range r.entities {
		x := &r.entities[i]
		if _, known := r.lex.leaders[x.slug]; known || x.country == "" || len(x.keys) == 0 {
			continue
		}
		called := r.lex.bare(name{x.slug, x.parts}, x.country)
		x.slug, x.parts = called.slug, called.parts
		if who, ok := r.lex.leader(called, x.country); ok && who.country == x.country {
			x.is(who)
		} else if who, ok := r.lex.identify(x.parts, x.country, x.rank); ok {
			x.is(who)
		} else if who, ok := r.lex.part(x.slug, x.country); ok && !vietnamese(x.written) {
			x.is(who)
		}
	}
}

// maxAlike bounds how many people with one part of a name in common are
// compared, so that a list of thousands stays linear.
const maxAlike = 24

// match finds the entity that a name belongs to, -1 when there is none: the
// same name, a part of it ("Thủ tướng Pashinyan"), a fuller one, or one
// misspelt ("Thoonglun").
func (r *reader) match(n name, m *mention) int {
	slug, parts, keys := n.slug, n.parts, n.parts
	if who, ok := r.lex.leaders[slug]; ok && slug != who.slug {
		slug = who.slug
		keys = append(slices.Clone(parts), strings.Split(slug, "-")...) // "Jokowi" is Joko Widodo
	}
	best := -1
	seen := 0
	for _, p := range keys {
		ids := r.byToken[p]
		for i := len(ids) - 1; i >= 0 && seen < maxAlike; i-- {
			seen++
			e := ids[i]
			x := &r.entities[e]
			if x.slug == slug {
				return e
			}
			if best >= 0 || m.country != "" && x.country != "" && m.country != x.country && x.state == archive.Stated {
				continue
			}
			if x.native || m.native {
				// A Vietnamese name is whole or it is the given name, with or without the middle one.
				if n := len(x.parts) - len(parts); n > 0 && len(parts) < 3 && x.native && slices.Equal(parts, x.parts[n:]) { // "bà Kim Ngân"
					best = e
				} else if len(parts) == 1 && parts[0] == x.parts[0] && readsChinese(x.country) { // "ông Tập": the family name
					best = e
				} else if len(parts) == len(x.parts) && len(parts) > 2 && misspelt(parts, x.parts) && x.country != "" && m.country == x.country {
					best = e
				}
				continue
			}
			if len(parts) > 1 && len(x.parts) > 1 && len(m.keys) > 0 && len(x.keys) > 0 && !slices.ContainsFunc(m.keys, func(k string) bool { return holds(x.keys, []string{k}) || holds(m.keys, x.keys) }) && !misspelt(parts, x.parts) {
				continue // "Salman bin Abdulaziz" and his son "Mohammed bin Salman bin Abdulaziz"
			}
			if short(parts, x.parts) || short(x.parts, parts) || within(parts, x.parts) || len(x.parts) > 1 && within(x.parts, parts) || misspelt(parts, x.parts) {
				best = e
			}
		}
	}
	return best
}

// short reports whether a is b with an initial for the first name: "S.Mi-xen",
// "Sác-lơ Mi-xen".
func short(a, b []string) bool {
	return len(a) > 1 && len(a) <= len(b) && len(a[0]) <= 2 && len(a[0]) < len(b[0]) && len(a[1]) > 1 && strings.HasPrefix(b[0], a[0]) &&
		slices.Equal(a[1:], b[len(b)-len(a)+1:])
}

// within reports whether every part of a is one of b.
func within(a, b []string) bool {
	for _, p := range a {
		if !slices.Contains(b, p) {
			return false
		}
	}
	return true
}

// misspelt reports whether two names differ in one part only, by at most two
// letters in five or more.
func misspelt(a, b []string) bool {
	if len(a) != len(b) || len(a) < 2 {
		return false
	}
	diff := -1
	for i := range a {
		if a[i] != b[i] {
			if diff >= 0 {
				return false
			}
			diff = i
		}
	}
	return diff >= 0 && len(a[diff]) >= 5 && len(b[diff]) >= 5 && distance(a[diff], b[diff]) <= 2
}

// distance is the number of letters to insert, delete or replace (Levenshtein)
// between two short ASCII words; long words count as different.
func distance(a, b string) int {
	if len(a) > 20 || len(b) > 20 {
		return 99
	}
	var row [21]int
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		prev := row[0]
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := prev
			if a[i-1] != b[j-1] {
				cost = 1 + min(prev, row[j], row[j-1])
			}
			prev, row[j] = row[j], cost
		}
	}
	return row[len(b)]
}

// bareNames adds mentions of people who are known from elsewhere in the
// article, or from the authority list, and stand without a title, as they do
// in headlines and captions.
func (r *reader) bareNames() {
	for ti := range r.texts {
		t := &r.texts[ti]
		var found []mention
		k := 0
		for i := 0; i < len(t.toks); i++ {
			for k < len(t.mentions) && t.mentions[k].to <= i {
				k++
			}
			if k < len(t.mentions) && t.mentions[k].from <= i {
				i = t.mentions[k].to - 1
				continue
			}
			end, native := t.nameAt(r.lex, i, true)
			if end-i < 2 || t.ofBuilding(i) {
				continue
			}
			m := mention{span: span{i, end}, name: span{i, end}, rank: 9, native: native, rule: "person-bare-name", entity: -1}
			called := nameOf(t.str(i, end))
			if e := r.match(called, &m); e >= 0 {
				m.entity = e
				r.entities[e].count++
			} else if _, ok := r.lex.leaders[called.slug]; ok {
				r.named(t, &m, true)
			}
			if m.entity >= 0 {
				if t.behind(r.lex, &m); len(m.titles) > 0 {
					r.meet(t, &m, m.entity)
				}
				found = append(found, m)
			}
			i = end - 1
		}
		if len(found) > 0 {
			t.mentions = append(t.mentions, found...)
			slices.SortFunc(t.mentions, func(a, b mention) int { return a.from - b.from })
		}
	}
}

// headlines gives the office that only a headline names, "Thứ trưởng Ngoại giao
// Việt Nam thăm Mỹ", or only "vị Ngoại trưởng Mỹ" or the subject of a clause, to the
// one of that country whom the article calls "ông".
func (r *reader) headlines() {
	for ti := range r.texts {
		t := &r.texts[ti]
		title := t.p.Kind == archive.TitleParagraph || ti == 0 && t.p.Kind == archive.Caption
		for mi := range t.mentions {
			m := &t.mentions[mi]
			if !title && !t.is(m.from, "vị") && !t.begins(m) || !m.name.empty() || m.spouse || m.country == "" || m.rank > 4 || len(m.more) > 0 || r.holder(m) >= 0 {
				continue
			}
			only := -1
			for e := range r.entities {
				if x := &r.entities[e]; (x.country == m.country || x.country == "" && x.org == "" && !x.native) && !x.spouse {
					if only >= 0 || x.titleLen > 0 {
						only = -2
						break
					}
					only = e
				}
			}
			if only >= 0 {
				r.meet(t, m, only)
			}
		}
	}
}

// ofBuilding reports whether the name at token i is that of a building or street:
// "sân bay Nursultan Nazarbayev", "trường Võ Thị Thắng".
func (t *text) ofBuilding(i int) bool {
	if t.is(i-1, "tế") && t.is(i-2, "quốc") {
		i -= 2
	}
	return t.is(i-1, "bay") && t.is(i-2, "sân") || t.is(i-1, "cảng", "cầu", "đường", "phố", "trường") || t.is(i-1, "lộ") && t.is(i-2, "đại") || t.is(i-1, "học") && t.is(i-2, "đại", "tiểu", "trung")
}

// begins reports whether a mention is the subject of a clause of its own: ", Ngoại
// trưởng Úc đã …", and not "lời mời của Ngoại trưởng Úc".
func (t *text) begins(m *mention) bool {
	s := t.sents[t.sentenceOf(m.from)]
	return (m.from == s.from || t.is(m.from-1, ",", ";")) && t.is(m.to, "đã", "sẽ", "vừa", "cũng", "còn")
}

// sides gives the people of "Về phía Nga có A; B và C" the country of their side, and
// so who heads one: "Phía Nga, đoàn do ông A dẫn đầu".
func (r *reader) sides() {
	for ti := range r.texts {
		t := &r.texts[ti]
		for i := range t.hits {
			c := &t.hits[i]
			if c.class != classCountry {
				continue
			}
			s := t.sents[t.sentenceOf(c.from)]
			from, alone := t.sideList(c, s), false
			if from == 0 && t.is(c.from-1, "phía") && t.is(c.to, ",") && (c.from-1 == s.from || t.is(c.from-2, "về", ",", ";")) {
				from, alone = c.to, true
			}
			if from == 0 {
				continue
			}
			for k := t.after(from, s.to); k >= 0 && k < len(t.mentions) && t.mentions[k].to <= s.to; k++ {
				m := &t.mentions[k]
				if t.has(from, m.from, "phía") || t.speaks(from, m.from) {
					break
				}
				if m.entity < 0 || m.name.empty() {
					continue
				}
				if x := &r.entities[m.entity]; x.country == "" && x.org == "" {
					x.country, x.state = c.arg, archive.Inferred
				}
				if alone {
					break
				}
			}
		}
	}
}

// party gives those who came with somebody his country: "Cùng đi với Thủ tướng
// Lý Cường có Bộ trưởng Bộ Thương mại …".
func (r *reader) party() {
	for ti := range r.texts {
		t := &r.texts[ti]
		for i := range t.hits {
			h := &t.hits[i]
			if h.class != classAttend || h.arg != "attend" || !t.has(h.from, h.to, "đi", "tháp", "thành", "đoàn", "phần", "ngồi") || t.inMention(h.from) {
				continue
			}
			s := t.sents[t.sentenceOf(h.from)]
			k := t.after(h.to, s.to)
			if k < 0 || t.mentions[k].from > h.to+6 || t.mentions[k].entity < 0 || t.has(h.to, t.mentions[k].from, "có", "gồm", ":") {
				continue
			}
			of := &r.entities[t.mentions[k].entity]
			country := of.country
			if country == "" && of.native {
				country = "VN"
			}
			from := t.mentions[k].to
			for from < s.to && !t.is(from, "có", "gồm", ":") {
				from++
			}
			for k++; k < len(t.mentions) && t.mentions[k].to <= s.to; k++ {
				m := &t.mentions[k]
				if m.from < from || m.entity < 0 || m.name.empty() || t.speaks(from, m.from) {
					continue
				}
				if x := &r.entities[m.entity]; x.country == "" && x.org == "" && country != "" {
					x.country, x.state = country, archive.Inferred
				}
			}
		}
	}
}

// announcers gives those of whom a body of a country tells that country: "Bộ Ngoại
// giao Nga cho biết Thứ trưởng X đã điện đàm với …".
func (r *reader) announcers() {
	for ti := range r.texts {
		t := &r.texts[ti]
		for _, s := range t.sents {
			here := t.mentionsIn(s)
			if len(here) == 0 || here[0].entity < 0 || here[0].name.empty() || here[0].native || len(here[0].titles) == 0 {
				continue
			}
			x, m := &r.entities[here[0].entity], &here[0]
			if x.country != "" || x.org != "" || m.rank > 4 {
				continue
			}
			country, n := "", 0
			for _, c := range t.in(s.from, m.from) {
				if c.class == classCountry {
					country = c.arg
					n++
				}
			}
			if n == 1 && t.has(s.from, m.from, "bộ", "phủ", "phòng", "hội", "chính", "quan", "tấn", "hãng", "viện", "điện", "nhà") && t.speaks(s.from, m.from) {
				x.country, x.state = country, archive.Inferred
			}
		}
	}
}

// elected gives somebody the office that he is said to have been given, after a
// pronoun: "gửi điện mừng ông X nhân dịp ông được bầu làm Tổng thống Peru".
func (r *reader) elected() {
	for ti := range r.texts {
		t := &r.texts[ti]
		for k := range t.mentions {
			m := &t.mentions[k]
			if m.entity < 0 || m.name.empty() || len(r.entities[m.entity].titles) > 0 {
				continue
			}
			to := t.sents[t.sentenceOf(m.from)].to
			if next := t.after(m.to, to); next >= 0 {
				to = t.mentions[next].from + 1
			}
			r.electedAfter(t, m, to)
		}
	}
}

// electedAfter gives the office to the one named at m, if the words up to token
// "to" say that he was given it.
func (r *reader) electedAfter(t *text, m *mention, to int) {
	for i := m.to; i+2 < to; i++ {
		if !t.is(i, "ông", "bà", "ngài", "chí") || !t.is(i+1, "được", "trúng", "tái", "đắc") {
			continue
		}
		office := mention{span: span{i, i + 1}, rank: 9}
		if !t.appointed(r.lex, &office) {
			continue
		}
		office.from = office.titles[0].from
		office.name = span{office.from, office.from}
		r.meet(t, &office, m.entity)
		return
	}
}

// counterparts gives who is only called "người đồng cấp Lào" the office of the
// one whose counterpart that is: the words stand in the text, of both.
func (r *reader) counterparts() {
	for ti := range r.texts {
		t := &r.texts[ti]
		for mi := 1; mi < len(t.mentions); mi++ {
			m := &t.mentions[mi]
			if m.rank != 5 || len(m.titles) == 0 || m.name.empty() || m.entity < 0 || r.entities[m.entity].titleLen != 1 || !t.is(m.titles[0].from+1, "đồng") && !t.is(m.titles[0].from, "đồng") {
				continue
			}
			of := &t.mentions[mi-1]
			if len(of.titles) == 0 || of.rank > 4 || of.entity < 0 || of.entity == m.entity || t.sentenceOf(of.from) != t.sentenceOf(m.from) {
				continue
			}
			office := of.titles[len(of.titles)-1]
			for _, c := range t.in(office.from+1, office.to) { // without the country of the other
				if c.class == classCountry || c.class == classField && c.arg == "state" {
					office.to = c.from
					break
				}
			}
			x := &r.entities[m.entity]
			x.titles = append(x.titles, t.str(office.from, office.to))
			x.titleLen++
			x.ev = append(x.ev, t.quote(office.from, office.to))
			x.rank = min(x.rank, of.rank)
		}
	}
}

// unclaimed gives an office of another country that nobody is named with, at the
// head of the report, to the one foreigner who is named after it without an office:
// "… tiếp Phó Tổng Thư ký IPU. … cảm ơn bà Kareen Jabre …".
func (r *reader) unclaimed() {
	who := -1
	for e := range r.entities {
		if x := &r.entities[e]; len(x.titles) == 0 && !x.native && !x.spouse && x.rule == "person-honorific-name" {
			if who >= 0 || x.country != "" {
				return
			}
			who = e
		}
	}
	if who < 0 {
		return
	}
	var office *mention
	var in *text
	for ti := range r.texts {
		t := &r.texts[ti]
		for k := range t.mentions {
			m := &t.mentions[k]
			if m.entity == who {
				if office != nil {
					r.meet(in, office, who)
				}
				return
			}
			if !m.name.empty() || m.pronoun || m.spouse || m.rank > 4 || len(m.more) > 0 || m.country == "VN" || m.country == "" && m.org == "" || !r.early(ref{text: ti}) || r.holder(m) >= 0 {
				continue
			}
			if office != nil && (office.country != m.country || office.org != m.org) {
				return // two offices, and nobody says which is meant
			}
			office, in = m, t
		}
	}
}

// nations gives a country to those whose office did not name one: a Vietnamese
// name is of Viet Nam, anyone else of the one foreign country that the article
// is about.
func (r *reader) nations() {
	count, headed := map[string]int{}, map[string]bool{}
	for ti := range r.texts {
		t := &r.texts[ti]
		for _, h := range t.hits {
			if h.class == classCountry && h.arg != "VN" && !t.inName(h.from) {
				count[h.arg]++
				headed[h.arg] = headed[h.arg] || ti == 0
			}
		}
	}
	if len(count) == 0 { // no country is named: that of its cities, and of the leaders everybody knows
		for ti := range r.texts {
			for _, h := range r.texts[ti].hits {
				if h.class == classCity && h.arg != "VN" {
					count[h.arg]++
				}
			}
		}
		for i := range r.entities {
			if c := r.entities[i].country; c != "" && c != "VN" {
				count[c]++
			}
		}
	}
	about, second := "", 0
	for c, n := range count {
		if n > count[about] || n == count[about] && c < about {
			about = c
		}
	}
	for c, n := range count {
		if c != about {
			second = max(second, n)
		}
	}
	r.foreign = about
	for i := range r.entities {
		x := &r.entities[i]
		switch {
		case x.country != "" || x.org != "":
		case x.native && !never(x.keys) || ours(x.titles):
			x.country, x.state, x.byName = "VN", archive.Inferred, true
		case about != "" && count[about] >= 2*second && (second == 0 || count[about] > 2) && (x.rank <= 4 || second == 0 && (count[about] > 1 || headed[about]) && x.rule == "person-honorific-name") && !acronym(x.titles):
			x.country, x.state, x.guessed = about, archive.Inferred, true
		}
	}
}

// ours reports whether an office is of a Vietnamese local authority, whose
// abbreviations no other country has.
func ours(titles []string) bool {
	return slices.ContainsFunc(titles, func(s string) bool { return strings.Contains(s, "UBND") || strings.Contains(s, "HĐND") })
}

// never reports whether one of the offices is none that Viet Nam has.
func never(keys []string) bool {
	return slices.ContainsFunc(keys, func(k string) bool {
		return royal(k) || strings.HasPrefix(k, "tổng thống") || strings.Contains(k, "thượng viện") || strings.Contains(k, "hạ viện") || strings.HasPrefix(k, "nhà vua")
	})
}

// inName reports whether token i belongs to a name: "Nguyễn Phương Nga" is no
// word on Russia.
func (t *text) inName(i int) bool {
	k := t.ending(i)
	return k < len(t.mentions) && t.mentions[k].name.from <= i && i < t.mentions[k].name.to
}

// acronym reports whether the office is of a body written in capitals, which
// no list knows: "Giám đốc điều hành UNAIDS". It may be of any country or none.
func acronym(titles []string) bool {
	for _, s := range titles {
		for w := range strings.FieldsSeq(s) {
			if len(w) >= 4 && shouted(w) && w != "UBND" && w != "HĐND" && w != strings.ToLower(w) {
				return true
			}
		}
	}
	return false
}

// resolveNations finds who holds an office in each of several countries:
// "Bộ trưởng Ngoại giao ba nước Australia, Malaysia và Philippines".
func (r *reader) resolveNations(m *mention) {
	for _, c := range append([]string{m.country}, m.more...) {
		one := mention{country: c, keys: m.keys, rank: m.rank}
		e := r.holder(&one)
		if e < 0 { // named elsewhere by name and country only
			one.rank = 5
			e = r.holder(&one)
		}
		if e >= 0 && m.rank == 5 && len(m.keys) > 0 && (m.keys[0] == "lãnh đạo" || m.keys[0] == "nguyên thủ") && !r.leadsAlone(e) {
			e = -1
		}
		if e >= 0 && !slices.Contains(m.holders, e) {
			m.holders = append(m.holders, e)
		}
	}
	m.entity = -1
}

// leadsAlone reports whether "lãnh đạo" of his country can only be e: the article
// names one president, or else one head of government.
func (r *reader) leadsAlone(e int) bool {
	rank, n := r.entities[e].rank, 0
	for i := range r.entities {
		if x := &r.entities[i]; x.country == r.entities[e].country && x.rank == rank && !x.spouse {
			n++
		}
	}
	return rank <= 2 && n == 1
}

// antecedent finds whom a pronoun means: the first person named before it in
// its sentence, else the first of one of the two sentences before, which is
// mostly their subject.
func (r *reader) antecedent(ti, mi int) int {
	t := &r.texts[ti]
	here := t.mentions[mi].from
	if t.mentions[mi].visitor {
		return r.visitorBefore(ti, mi, t.mentions[mi].country)
	}
	at, sex := t.sentenceOf(here), strings.ToLower(t.word(here))
	joined := t.is(here-1, "và") && mi > 0 && t.mentions[mi-1].to == here-1
	if (t.objectAt(here) || t.is(here-1, "cùng", "với") || joined) && at > 0 {
		at-- // "Chủ tịch nước Y đã tiếp ông", "Y và ông hội đàm": not Y
		here = t.sents[at].to
	}
	for tries := 0; tries < 3; tries++ {
		for _, m := range t.mentionsIn(t.sents[at]) {
			if m.from >= here {
				break
			}
			if m.entity >= 0 && !m.spouse && r.fits(m.entity, sex) && !t.is(m.to, "cử", "phái") {
				return m.entity
			}
		}
		if at--; at < 0 {
			for ti--; ti >= 0 && !r.body(ref{text: ti}); ti-- {
			}
			if ti < 0 {
				return -1
			}
			t = &r.texts[ti]
			at, here = len(t.sents)-1, len(t.toks)
		}
	}
	return -1
}

// fits reports whether somebody can be meant by "ông" or "bà".
func (r *reader) fits(e int, pronoun string) bool {
	x := &r.entities[e]
	return x.sex == "" || x.sex == pronoun
}

// visitorBefore gives the foreigner, of a country where one is given, who was named
// last before a mention, in its paragraph or the two before; -1 when there is none.
func (r *reader) visitorBefore(ti, mi int, country string) int {
	for x := ti; x >= 0 && x >= ti-2; x-- {
		named := r.texts[x].mentions
		if x < ti {
			mi = len(named)
		}
		for k := mi - 1; k >= 0; k-- {
			if e := named[k].entity; e >= 0 && r.entities[e].country != "VN" && !r.entities[e].spouse && (country == "" || r.entities[e].country == country) {
				return e
			}
		}
	}
	return -1
}

// hosts gives people whose country is never said that of the place: whom a
// guest meets there is at home. Among people of third countries, and beside a
// conference, nobody need be.
func (r *reader) hosts() {
	for i := range r.events {
		ev := &r.events[i]
		at := string(ev.place.Country)
		guest := ""
		for _, e := range ev.principals {
			if c := r.entities[e].country; c != at && guest == "" {
				guest = c
			}
		}
		if ev.visit || at == "" || at == "VN" || guest == "" {
			continue
		}
		gathering := slices.ContainsFunc(ev.refs, func(at ref) bool {
			t := &r.texts[at.text]
			s := t.sents[at.sent]
			return t.has(s.from, s.to, "lề") || slices.ContainsFunc(t.in(s.from, s.to), func(h hit) bool { return h.class == classTrigger && h.arg == "summit" })
		}) || slices.ContainsFunc(r.events, func(o event) bool {
			return !o.visit && o.place.Country == ev.place.Country && slices.ContainsFunc(o.principals, func(e int) bool {
				x := &r.entities[e]
				return x.org != "" || x.country != "" && x.country != at && x.country != guest
			})
		})
		for _, e := range append(slices.Clone(ev.principals), ev.attending...) {
			x := &r.entities[e]
			if x.country == "" && x.org == "" && !x.business && !x.native && (x.host || !gathering && x.rank <= 4) {
				x.country, x.state = at, archive.Inferred
			}
		}
	}
}

// objectAt reports whether the word before token i is a verb of meeting, whose
// subject a pronoun at i cannot mean.
func (t *text) objectAt(i int) bool {
	for _, h := range t.in(max(0, i-4), i) {
		if h.class == classTrigger && h.to == i && h.arg != "x" && h.arg != "message" {
			return true
		}
	}
	return false
}

// holder finds who holds an office named alone. In the Vietnamese press an
// office without a country is Viet Nam's own where it has one; otherwise it is
// who was named last.
func (r *reader) holder(m *mention) int {
	best := -1
	better := func(e, than int) bool {
		if than < 0 {
			return true
		}
		a, b := &r.entities[e], &r.entities[than]
		if home := a.country == "VN"; m.country == "" && home != (b.country == "VN") {
			return home
		}
		if m.rank == 5 && a.rank != b.rank {
			return a.rank < b.rank
		}
		return a.last > b.last
	}
	for e := range r.entities {
		x := &r.entities[e]
		if m.country != "" && x.country != m.country || x.spouse || m.host && (x.country == "VN" || !x.host && r.foreign != "" && x.country != r.foreign) {
			continue
		}
		if m.rank == 5 && m.country == "" {
			continue
		}
		if m.rank != 5 && !holds(x.keys, m.keys) {
			continue
		}
		if better(e, best) {
			best = e
		}
	}
	return best
}

// holds reports whether each of the offices want is among have, in full or by
// its beginning: "bộ trưởng" is said of a "bộ trưởng ngoại giao".
func holds(have, want []string) bool {
	for _, w := range want {
		if !slices.ContainsFunc(have, func(h string) bool { return h == w || strings.HasPrefix(h, w+" ") }) {
			return false
		}
	}
	return true
}
