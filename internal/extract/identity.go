package extract

import (
	"maps"
	"slices"
	"strings"

	"vankho/internal/vitext"
)

// A person has one slug whatever an outlet writes. An article is read alone, so
// what unites the spellings of two articles is the authority list: a name leads
// to the person it lists, in steps that ask for more the less alike they are.
//
//  1. The spelling as listed, in any order of its parts ([lexicon.leader]).
//  2. The same without what honours its bearer and is no name: "Samdech Techo
//     Hun Sen" ([lexicon.bare]).
//  3. Of the country the office names, a spelling that sounds the same
//     ([sound]), one with further names ("Dina Ercilia Boluarte Zegarra"), one
//     with an initial ("G.Na-pô-li-ta-nô"), one with a slip ("Narenda Modi").
//
// Two people must never become one: each step wants exactly one person of the
// list, and names of Viet Nam, China, Korea and Myanmar, where a letter makes
// another name, are taken as listed. Who is on no list keeps the slug of the spelling.

// listed is a spelling of the authority list.
type listed struct {
	leader
	parts  []string // folded
	sounds []string // of the parts
	sound  string   // of them all
}

// name is a name as names are compared: its slug, and the parts of that.
type name struct {
	slug  string
	parts []string
}

func nameOf(written string) name {
	slug := vitext.Slug(written)
	return name{slug, strings.Split(slug, "-")}
}

// style is what honours the bearer of a name in some countries, in parts of a
// slug, before the name or behind it.
type style struct {
	parts     []string
	countries string // "" for all
	behind    bool
}

// loadPeople reads the lists that tell who a name means.
func (l *lexicon) loadPeople() {
	lines("givennames.txt", func(name string, rest []string) {
		for p := range strings.SplitSeq(rest[0], ";") {
			l.given[vitext.Slug(p)] = vitext.Slug(name)
		}
	})
	lines("styles.txt", func(where string, rest []string) {
		for p := range strings.SplitSeq(rest[1], ";") {
			s := &style{parts: nameOf(p).parts, countries: strings.Trim(rest[0], "*"), behind: where == "behind"}
			key := s.parts[0]
			if s.behind {
				key = s.parts[len(s.parts)-1]
			}
			l.styles[key] = append(l.styles[key], s)
		}
	})
	called := map[string]leader{} // who is listed by one part of the name too
	lines("leaders.txt", func(written string, rest []string) {
		who := leader{written, vitext.Slug(written), rest[0]}
		l.addPart(who)
		spellings := []string{written}
		if len(rest) > 2 && rest[2] != "" {
			spellings = append(spellings, strings.Split(rest[2], ";")...)
		}
		for i, p := range spellings {
			listed := nameOf(p)
			parts := listed.parts
			l.leaders[listed.slug] = who
			if len(parts) == 1 {
				called[parts[0]], called[who.country+" "+parts[0]] = who, who
			}
			if i == 0 && who.country != "VN" && who.country != "CN" {
				l.leaders[anyOrder(parts)] = who
			}
			l.addListed(who, parts)
			if len(parts) > 1 && eitherOrder[who.country] {
				last := len(parts) - 1
				l.addListed(who, append([]string{parts[last]}, parts[:last]...))
			}
		}
	})
	maps.Copy(l.byPart, called)
}

func (l *lexicon) addListed(who leader, parts []string) {
	x := &listed{leader: who, parts: parts}
	x.sounds, x.sound = l.sounds(parts)
	l.bySound[who.country] = append(l.bySound[who.country], x)
}

// addPart lets one part of a name find a leader. Alone stands the family name,
// which is the last part of most names and the first of some; given names are
// too common to tell.
func (l *lexicon) addPart(who leader) {
	parts := strings.Fields(who.name)
	for i, p := range parts {
		slug := vitext.Slug(p)
		if vietnamese(p) || len(slug) < 4 || i < len(parts)-1 && !calledFirst[who.country] {
			continue
		}
		for _, key := range []string{slug, who.country + " " + slug} {
			if other, taken := l.byPart[key]; taken && other != who {
				l.byPart[key] = leader{}
			} else {
				l.byPart[key] = who
			}
		}
	}
}

// part finds the leader of a country, or of any where it is "", who is called
// by one part of the name: "Ngoại trưởng Blinken".
func (l *lexicon) part(slug, country string) (leader, bool) {
	if country != "" {
		slug = country + " " + slug
	}
	who := l.byPart[slug]
	return who, who.name != ""
}

// calledFirst are the countries whose people are called by the first part of
// the name: "ông Thongloun", "ông Prabowo".
var calledFirst = set("LA KH TH MM ID MY BN TL MN KR")

// leader finds a name in the authority list, in the order it has there or, as
// names of Japan and Hungary are printed in both, in another. One part of a
// longer name ("Charles") is that person's only where the country says so.
func (l *lexicon) leader(n name, country string) (leader, bool) {
	who, ok := l.leaders[n.slug]
	if !ok && len(n.parts) > 1 {
		who, ok = l.leaders[anyOrder(n.parts)]
	}
	if len(n.parts) == 1 && who.country != country && strings.Contains(who.name, " ") {
		return leader{}, false
	}
	return who, ok
}

// knows finds a name as written in the authority list.
func (l *lexicon) knows(written string) (leader, bool) {
	var room [64]byte
	who, ok := l.leaders[string(vitext.AppendSlug(room[:0], written))]
	return who, ok
}

// anyOrder makes one key of the parts of a name in whatever order; it is no
// slug.
func anyOrder(parts []string) string {
	var room [8]string
	sorted := append(room[:0], parts...)
	slices.Sort(sorted)
	return strings.Join(sorted, " ")
}

// bare gives a name without the styles of a country around it. While the country
// is unknown, only those of all countries are taken away, and those of one whose
// leader is left.
func (l *lexicon) bare(n name, country string) name {
	for {
		if _, ok := l.leaders[n.slug]; ok {
			return n
		}
		rest := n.parts
		for _, key := range []string{n.parts[0], n.parts[len(n.parts)-1]} {
			for _, s := range l.styles[key] {
				if cut := s.cut(n.parts); len(cut) < len(rest) && l.honours(s, cut, country) {
					rest = cut
				}
			}
		}
		if len(rest) == len(n.parts) {
			return n
		}
		n = name{strings.Join(rest, "-"), rest}
	}
}

// honours reports whether a style is one of the country, or of the leader whose
// name is left without it.
func (l *lexicon) honours(s *style, rest []string, country string) bool {
	if s.countries == "" || country != "" {
		return s.countries == "" || strings.Contains(s.countries, country)
	}
	who, ok := l.leaders[strings.Join(rest, "-")]
	return ok && strings.Contains(s.countries, who.country)
}

// cut gives what is left of a name without the style: all of it when the style
// is not there, or nothing else is.
func (s *style) cut(parts []string) []string {
	from, to := len(s.parts), len(parts)
	if s.behind {
		from, to = 0, to-from
	}
	switch {
	case len(parts) <= len(s.parts):
	case !s.behind && slices.Equal(parts[:from], s.parts), s.behind && slices.Equal(parts[to:], s.parts):
		return parts[from:to]
	}
	return parts
}

// identify finds the person of the authority list that a name of a country
// means, by more than the letter. The parts are those of the name's slug; rank
// is that of the office.
func (l *lexicon) identify(parts []string, country string, rank int) (leader, bool) {
	if len(parts) < 2 || exactNames[country] || l.bySound[country] == nil {
		return leader{}, false
	}
	sounds, all := l.sounds(parts)
	named := rank <= 3 && !wholeNames[country]
	for _, alike := range []func(*listed) bool{
		func(x *listed) bool { return x.sound == all && len(all) >= 6 },
		func(x *listed) bool { return named && x.fuller(parts, sounds) },
		func(x *listed) bool { return named && x.initial(sounds) },
		func(x *listed) bool { return named && x.slip(parts) },
	} {
		var found leader
		for _, x := range l.bySound[country] {
			if !alike(x) || x.leader == found {
				continue
			}
			if found.name != "" {
				return leader{}, false
			}
			found = x.leader
		}
		if found.name != "" {
			return found, true
		}
	}
	return leader{}, false
}

// exactNames are the countries whose names are of short syllables, so that
// another letter, or one that sounds alike, makes somebody else ("Than Shwe",
// "Than Swe"). Those of wholeNames may be spelt otherwise, but with a further
// syllable they are somebody else too.
var (
	exactNames = set("VN CN TW HK MO KP KR MM")
	wholeNames = set("JP KH MN SG")
)

// eitherOrder are the countries whose names are printed in both orders.
var eitherOrder = set("JP HU MN KR")

// fuller reports whether a name is the listed one with names between or behind:
// patronymics ("Valentina Ivanovna Matvienko"), a mother's family ("Daniel
// Ortega Saavedra"). The first name must be the same. One with "bin" goes on
// with the father's name, and may be the son's.
func (x *listed) fuller(parts, sounds []string) bool {
	if len(x.sounds) < 2 || len(sounds) <= len(x.sounds) || sounds[0] != x.sounds[0] || len(parts[0]) < 3 {
		return false
	}
	next := 0
	for i, s := range sounds {
		switch {
		case next < len(x.sounds) && s == x.sounds[next]:
			next++
		case descent[parts[i]]:
			return false
		}
	}
	return next == len(x.sounds)
}

var descent = set("bin ibn binti bint ben al jr sr ii iii iv v")

// initial reports whether a name is the listed one with the first name
// shortened: "S. Jaishankar", "G.Na-pô-li-ta-nô".
func (x *listed) initial(sounds []string) bool {
	last := len(x.sounds) - 1
	return last > 0 && len(sounds[0]) == 1 && strings.HasPrefix(x.sounds[0], sounds[0]) && len(x.sounds[0]) > 1 &&
		len(x.sounds[last]) >= 4 && strings.Join(sounds[1:], "") == x.sounds[last]
}

// slip reports whether a name is the listed one with a letter left out, added
// or changed in one long part: "Linsay Hoyle". A last "a" makes a woman's name
// of a man's, and is none.
func (x *listed) slip(parts []string) bool {
	if len(parts) != len(x.parts) {
		return false
	}
	at := -1
	for i := range parts {
		if parts[i] != x.parts[i] {
			if at >= 0 {
				return false
			}
			at = i
		}
	}
	if at < 0 {
		return false
	}
	a, b := parts[at], x.parts[at]
	return len(a) >= 6 && len(b) >= 6 && a[0] == b[0] && distance(a, b) == 1 && a[:len(a)-1] != b[:len(b)-1] && a+"a" != b && b+"a" != a
}

// sounds lists spellings of one sound in romanised names and in Vietnamese
// respellings of them; of those that begin alike the longer stands first.
var sounds = strings.NewReplacer(
	"ph", "f", "th", "t", "kh", "k", "gh", "g", "dh", "d", "bh", "b", "sch", "s", "sh", "s", "tch", "c", "ch", "c", "ck", "k", "zh", "z",
	"ce", "se", "ci", "si", "cy", "si", "c", "k", "qu", "k", "q", "k", "ks", "s", "x", "s", "w", "v",
	"aign", "aini", "nh", "ni", "gn", "n", "ou", "u", "uo", "ua", "y", "i")

// sound gives the key that spellings of one part of a name share: "sisoulith"
// and "xixulit", "sergei" and "sergey". It is a key and no pronunciation.
func sound(part string) string {
	if n := len(part); n > 2 && strings.HasSuffix(part, "nh") {
		part = part[:n-1]
	}
	part = strings.ReplaceAll(single(sounds.Replace(part)), "ie", "e")
	if n := len(part); n > 3 && part[n-1] == 'e' && !isVowel(part[n-2]) || n > 2 && part[n-1] == 'h' {
		part = part[:n-1]
	}
	return part
}

// sounds gives the key of each part of a name, and of them all, with which
// "Xay-nha-xỏn" is "Sayasone" whatever hyphens divide it. A short form of a
// given name counts as the name.
func (l *lexicon) sounds(parts []string) (each []string, all string) {
	each = make([]string, len(parts))
	for i, p := range parts {
		if full, ok := l.given[p]; ok && i < len(parts)-1 {
			p = full
		}
		each[i] = sound(p)
	}
	return each, strings.ReplaceAll(strings.Join(each, ""), "ainia", "aia")
}

// single writes doubled letters once.
func single(s string) string {
	var b strings.Builder
	for i := range len(s) {
		if i == 0 || s[i] != s[i-1] {
			b.WriteByte(s[i])
		}
	}
	return b.String()
}
