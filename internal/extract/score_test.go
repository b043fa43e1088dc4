package extract_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"
	"testing"

	"vankho/internal/archive"
	"vankho/internal/vitext"
)

// goldArticle is what a person read in an article; no program writes it.
type goldArticle struct {
	Published *string     `json:"published"`
	Events    []goldEvent `json:"events"`
}

type goldEvent struct {
	Type         string       `json:"type"`
	Status       string       `json:"status"`
	Date         *string      `json:"date"`
	City         *string      `json:"city"`
	Country      *string      `json:"country"`
	Main         *bool        `json:"main"`
	Participants []goldPerson `json:"participants"`
	Agreements   []string     `json:"agreements"`
	Optional     []string     `json:"agreements_optional"`
}

func (e *goldEvent) main() bool { return e.Main == nil || *e.Main }

type goldPerson struct {
	Name    string  `json:"name"`
	Title   *string `json:"title"`
	Country *string `json:"country"`
	Role    string  `json:"role"`
}

// readEvent is a meeting or visit as the scorer sees it.
type readEvent struct {
	kind, status, date, city, country string
	people                            []goldPerson
	agreements                        []string
}

func str(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// eventsOf makes one list of an article's meetings and visits.
func eventsOf(a *archive.Article) []readEvent {
	var out []readEvent
	one := func(kind string, status archive.Status, date archive.DateClaim, place archive.Place, who []archive.Participation, ags []archive.Agreement) {
		e := readEvent{kind: kind, status: string(status), date: string(date.EDTF), city: string(place.City), country: string(place.Country)}
		for _, p := range who {
			title, country := strings.Join(p.TitlesAsWritten, ", "), string(p.Country)
			e.people = append(e.people, goldPerson{p.Name, &title, &country, string(p.Capacity)})
		}
		for _, g := range ags {
			if g.Force.Binding() || g.Force == archive.Reaffirmed {
				e.agreements = append(e.agreements, g.Text)
			}
		}
		out = append(out, e)
	}
	for _, m := range a.Meetings {
		one(string(m.Kind), m.Status, m.Date, m.Place, m.Participants, m.Agreements)
	}
	for _, v := range a.Visits {
		one("visit", v.Status, v.Date, v.Place, v.Participants, v.Agreements)
	}
	return out
}

var word = regexp.MustCompile(`[0-9a-z]+`)

func fold(s string) string { return strings.Join(word.FindAllString(vitext.Fold(s), -1), " ") }

func toks(s string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(fold(s)) {
		m[w] = true
	}
	return m
}

func common(a, b map[string]bool) int {
	n := 0
	for w := range a {
		if b[w] {
			n++
		}
	}
	return n
}

func samePerson(a, b string) bool {
	x, y := toks(a), toks(b)
	n := common(x, y)
	return len(x) > 0 && len(y) > 0 && (n == len(x) || n == len(y))
}

func inSentence(a, b string) bool {
	a, b = fold(a), fold(b)
	if a == "" || b == "" {
		return false
	}
	if strings.Contains(a, b) || strings.Contains(b, a) {
		return min(len(a), len(b)) >= 20
	}
	x, y := toks(a), toks(b)
	n := common(x, y)
	return float64(n)/float64(len(x)+len(y)-n) >= 0.75
}

// affinity says how well an event that was read fits one of the gold.
func affinity(g *goldEvent, p *readEvent) float64 {
	if (g.Type == "visit") != (p.kind == "visit") {
		return 0
	}
	var gp, pp []string
	for _, x := range g.Participants {
		if x.Role == "principal" {
			gp = append(gp, x.Name)
		}
	}
	for _, x := range p.people {
		if x.Role == "principal" {
			pp = append(pp, x.Name)
		}
	}
	same := str(g.Date) == p.date
	base := 0.0
	if len(gp) > 0 && len(pp) > 0 {
		hit := 0
		for _, a := range gp {
			if slices.ContainsFunc(pp, func(b string) bool { return samePerson(a, b) }) {
				hit++
			}
		}
		base = 2 * float64(hit) / float64(len(gp)+len(pp))
		if base < 0.5 {
			return 0
		}
	} else if p.date != "" && same {
		base = 0.5
	} else {
		return 0
	}
	for _, x := range []struct {
		weight float64
		good   bool
	}{{0.2, same}, {0.1, g.Type == p.kind}, {0.05, g.Status == p.status}} {
		if x.good {
			base += x.weight
		}
	}
	return base
}

// score adds up what the project's scorer prints, figure for figure.
type score struct {
	events, people, agreements [3]int // right, read, wanted
	shares                     map[string]*[2]int
	values                     map[string]*[3]int // likewise right, read, wanted: of what is known
	notes                      []string
}

var shareNames = []string{"kind", "status", "date", "country", "city", "capacity", "nation", "title", "negatives", "published"}

func (s *score) share(name string, good bool) {
	if s.shares == nil {
		s.shares = map[string]*[2]int{}
		for _, n := range shareNames {
			s.shares[n] = new([2]int)
		}
	}
	s.shares[name][1]++
	if good {
		s.shares[name][0]++
	}
}

// value counts one value for precision and recall: what nobody wanted and
// nobody read says nothing.
func (s *score) value(name string, right, read, wanted bool) {
	if s.values == nil {
		s.values = map[string]*[3]int{}
	}
	if s.values[name] == nil {
		s.values[name] = new([3]int)
	}
	for i, yes := range []bool{right && read && wanted, read, wanted} {
		if yes {
			s.values[name][i]++
		}
	}
}

// of gives the wanted values of an event by name; eventValues orders them.
func (g *goldEvent) of(name string) string {
	return map[string]string{"kind": g.Type, "status": g.Status, "date": str(g.Date), "country": str(g.Country), "city": str(g.City)}[name]
}

var eventValues = []string{"kind", "status", "date", "country", "city"}

func (s *score) note(stem, format string, args ...any) {
	s.notes = append(s.notes, stem+": "+fmt.Sprintf(format, args...))
}

func (s *score) article(stem string, g *goldArticle, a *archive.Article) {
	read := eventsOf(a)
	ok := str(g.Published) == string(a.Published.EDTF)
	s.value("published", ok, a.Published.EDTF != "", str(g.Published) != "")
	if s.share("published", ok); !ok {
		s.note(stem, "published: want %q, got %q", str(g.Published), a.Published.EDTF)
	}
	if len(g.Events) == 0 {
		s.share("negatives", len(read) == 0)
		s.events[1] += len(read)
		return
	}
	// Pairs, best first; equal ones in the order of the gold and of the reading.
	type pair struct {
		fit  float64
		g, p int
	}
	var pairs []pair
	for i := range g.Events {
		for j := range read {
			if f := affinity(&g.Events[i], &read[j]); f > 0 {
				pairs = append(pairs, pair{f, i, j})
			}
		}
	}
	slices.SortStableFunc(pairs, func(a, b pair) int {
		if math.Abs(a.fit-b.fit) > 1e-9 {
			if a.fit > b.fit {
				return -1
			}
			return 1
		}
		return 0
	})
	matched, taken := map[int]int{}, map[int]bool{}
	for _, p := range pairs {
		if _, done := matched[p.g]; !done && !taken[p.p] {
			matched[p.g], taken[p.p] = p.p, true
		}
	}
	optional := 0
	for i := range g.Events {
		e := &g.Events[i]
		j, found := matched[i]
		if !e.main() {
			if found {
				optional++
			}
			continue
		}
		s.events[2]++
		if !found {
			s.note(stem, "missed: %s %s %s", e.Type, e.Status, str(e.Date))
			for _, n := range eventValues {
				s.share(n, false)
				s.value(n, false, false, e.of(n) != "")
			}
			for _, q := range e.Participants {
				s.missed(&q)
				for _, n := range []string{"capacity", "nation", "title"} {
					s.share(n, false)
				}
			}
			s.people[2] += len(e.Participants)
			s.agreements[2] += len(e.Agreements)
			continue
		}
		s.events[0]++
		s.event(stem, e, &read[j])
	}
	s.events[1] += len(read) - optional
	for j := range read {
		if !taken[j] {
			s.note(stem, "extra: %s %s %s", read[j].kind, read[j].status, read[j].date)
		}
	}
}

func (s *score) event(stem string, g *goldEvent, p *readEvent) {
	city := func(c string) string {
		return strings.ReplaceAll(strings.ReplaceAll(fold(c), "thanh pho ", ""), "tp ", "")
	}
	for _, x := range []struct{ name, want, got string }{
		{"kind", g.Type, p.kind}, {"status", g.Status, p.status}, {"date", str(g.Date), p.date},
		{"country", str(g.Country), p.country}, {"city", city(str(g.City)), city(p.city)},
	} {
		s.value(x.name, x.want == x.got, x.got != "", x.want != "")
		if s.share(x.name, x.want == x.got); x.want != x.got {
			s.note(stem, "%s: want %q, got %q", x.name, x.want, x.got)
		}
	}
	used := map[int]bool{}
	for _, q := range g.Participants {
		k := slices.IndexFunc(p.people, func(r goldPerson) bool { return samePerson(q.Name, r.Name) })
		for k >= 0 && used[k] {
			next := slices.IndexFunc(p.people[k+1:], func(r goldPerson) bool { return samePerson(q.Name, r.Name) })
			if next < 0 {
				k = -1
			} else {
				k += 1 + next
			}
		}
		if k < 0 {
			s.note(stem, "person missed: %s", q.Name)
			s.missed(&q)
			for _, n := range []string{"capacity", "nation", "title"} {
				s.share(n, false)
			}
			continue
		}
		used[k] = true
		s.people[0]++
		r := &p.people[k]
		want, got := toks(str(q.Title)), toks(str(r.Title))
		titled := len(want) == 0 || float64(common(want, got)) >= 0.5*float64(max(1, min(len(want), len(got))))
		s.share("capacity", q.Role == r.Role)
		s.share("nation", str(q.Country) == str(r.Country))
		s.share("title", titled)
		s.value("capacity", q.Role == r.Role, true, true)
		s.value("nation", str(q.Country) == str(r.Country), str(r.Country) != "", str(q.Country) != "")
		s.value("title", titled, len(got) > 0, len(want) > 0)
	}
	s.people[1] += len(p.people)
	s.people[2] += len(g.Participants)
	gold, read := map[int]bool{}, map[int]bool{}
	for x, want := range g.Agreements {
		for y, got := range p.agreements {
			if inSentence(want, got) {
				gold[x], read[y] = true, true
			}
		}
	}
	for y, got := range p.agreements {
		if !read[y] && slices.ContainsFunc(g.Optional, func(o string) bool { return inSentence(o, got) }) {
			read[y] = true
		}
		if !read[y] {
			s.note(stem, "agreement extra: %.60s", got)
		}
	}
	for x, want := range g.Agreements {
		if !gold[x] {
			s.note(stem, "agreement missed: %.60s", want)
		}
	}
	s.agreements[0] += len(gold)
	s.agreements[1] += len(gold) + len(p.agreements) - len(read)
	s.agreements[2] += len(g.Agreements)
}

// missed counts what was wanted of a person who was not read.
func (s *score) missed(q *goldPerson) {
	s.value("capacity", false, false, true)
	s.value("nation", false, false, str(q.Country) != "")
	s.value("title", false, false, str(q.Title) != "")
}

// quality is web/content/quality.json: what the page on the method prints.
type quality struct {
	Sets []qualitySet `json:"sets"`
}

// qualitySet is one set of texts. Of a value of an event or a person, precision
// is counted over the events and people that were found, recall over all that
// are wanted.
type qualitySet struct {
	Name      string        `json:"name"`
	Texts     int           `json:"texts"`
	HeldOut   bool          `json:"held_out"`  // no rule was written on these texts
	Negatives [2]int        `json:"negatives"` // texts in which nothing is to be read: right, all
	Facts     []qualityFact `json:"facts"`
}

type qualityFact struct {
	Fact   string `json:"fact"`
	Right  int    `json:"right"`
	Read   int    `json:"read"`
	Wanted int    `json:"wanted"`
}

// lines gives the JSON with a line for each fact, so that a difference shows
// what a rule did.
func (q quality) lines(t *testing.T) []byte {
	var b bytes.Buffer
	b.WriteString(`{"sets":[`)
	for i, set := range q.Sets {
		facts := set.Facts
		set.Facts = []qualityFact{}
		head, err := json.Marshal(set)
		if err != nil {
			t.Fatal(err)
		}
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, "\n%s", bytes.TrimSuffix(head, []byte("]}")))
		for k, f := range facts {
			line, err := json.Marshal(f)
			if err != nil {
				t.Fatal(err)
			}
			if k > 0 {
				b.WriteByte(',')
			}
			fmt.Fprintf(&b, "\n%s", line)
		}
		b.WriteString("]}")
	}
	b.WriteString("]}\n")
	return b.Bytes()
}

func (s *score) quality(name string, texts int, heldOut bool) qualitySet {
	q := qualitySet{Name: name, Texts: texts, HeldOut: heldOut, Negatives: *s.shares["negatives"]}
	add := func(fact string, n [3]int) { q.Facts = append(q.Facts, qualityFact{fact, n[0], n[1], n[2]}) }
	add("events", s.events)
	for _, name := range eventValues {
		add(name, *s.values[name])
	}
	add("people", s.people)
	for _, name := range []string{"capacity", "nation", "title"} {
		add(name, *s.values[name])
	}
	add("agreements", s.agreements)
	add("published", *s.values["published"])
	return q
}

func f1(n [3]int) (p, r, f float64) {
	if n[1] > 0 {
		p = float64(n[0]) / float64(n[1])
	}
	if n[2] > 0 {
		r = float64(n[0]) / float64(n[2])
	}
	if p+r > 0 {
		f = 2 * p * r / (p + r)
	}
	return p, r, f
}

// table prints the score as the project's scorer does, and then what is known
// to be misread. Seeds have no negative article; that line is left out of the
// mean where there is none.
func (s *score) table(articles int) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "articles %d\n", articles)
	var sum float64
	n := 0
	add := func(v float64) { sum += v; n++ }
	prf := func(name string, x [3]int) {
		p, r, f := f1(x)
		fmt.Fprintf(&b, "%-11s P %5.1f  R %5.1f  F1 %5.1f   (%d right, %d read, %d wanted)\n", name, 100*p, 100*r, 100*f, x[0], x[1], x[2])
		add(f)
	}
	prf("events", s.events)
	prf("people", s.people)
	prf("agreements", s.agreements)
	for _, name := range shareNames {
		x := s.shares[name]
		if x[1] == 0 {
			continue
		}
		v := float64(x[0]) / float64(x[1])
		fmt.Fprintf(&b, "%-11s %5.1f   (%d/%d)\n", name, 100*v, x[0], x[1])
		add(v)
	}
	fmt.Fprintf(&b, "overall     %5.1f\n", 100*sum/float64(n))
	for _, note := range s.notes {
		fmt.Fprintf(&b, "  %s\n", note)
	}
	return b.Bytes()
}
