package importer

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"vankho/internal/archive"
	"vankho/internal/search"
	"vankho/internal/site"
	"vankho/internal/source"
	"vankho/internal/store"
	"vankho/internal/testkit"
	"vankho/internal/vitext"
	"vankho/web"
)

// TestPerturbed imports the same articles again and again, each time read a
// little otherwise at random, as other rules might. After every import that
// succeeds every address that ever was published answers; one that would lose
// addresses fails and names them, no more and no fewer. FuzzPerturbed goes on.
func TestPerturbed(t *testing.T) {
	lost, stood := 0, 0
	for seed := range uint64(3) {
		p := perturb(t, seed, 5)
		lost, stood = lost+p.lost, stood+p.stood
	}
	if lost < 5 || stood < 5 {
		t.Errorf("%d imports would have lost an address, %d events answered for others: too few to tell anything", lost, stood)
	}
}

func FuzzPerturbed(f *testing.F) {
	f.Add(uint64(1))
	f.Fuzz(func(t *testing.T, seed uint64) { perturb(t, seed, 4) })
}

// perturb does so many rounds of one chance.
func perturb(t *testing.T, seed uint64, rounds int) *perturber {
	p := &perturber{T: t, Rand: rand.New(rand.NewPCG(seed, 0)), dir: t.TempDir(), published: map[string]bool{}, fate: map[string]string{}}
	read := p.readings()
	current := slices.Clone(read)
	if err := p.put(current, nil, nil); err != nil {
		t.Fatal(err)
	}
	p.store, p.site = openSite(t, p.dir)
	p.lookUp(current)
	for range rounds {
		next := slices.Clone(current)
		var done []string
		for i := range next {
			if p.IntN(6) == 0 {
				next[i] = read[i]
			}
			next[i] = clone(t, next[i])
			for range p.IntN(3) {
				done = append(done, p.change(next[i]))
			}
			checked(t, next[i])
		}
		before := p.generation()
		err := p.put(next, nil, nil)
		var orphans *OrphanError
		if errors.As(err, &orphans) {
			p.lost++
			if now := p.generation(); now != before {
				t.Fatalf("seed %d, %q: an import that failed made generation %s of %s", seed, done, now, before)
			}
			p.answerForAll(next, orphans.Paths)
		} else if err != nil {
			t.Fatalf("seed %d, %q: %v", seed, done, err)
		}
		p.lookUp(next)
		if t.Failed() {
			t.Fatalf("seed %d: after %q", seed, done)
		}
		current = next
	}
	return p
}

type perturber struct {
	*testing.T
	*rand.Rand
	dir   string
	store *store.Store
	site  http.Handler
	lost  int // imports that failed
	stood int // times that one article's event answered for another's

	published map[string]bool   // every address ever
	fate      map[string]string // of those redirected or retired: the new address, or the reason
	events    map[string][]archive.Participation
}

// readings gives what the rules read in a seed with many meetings, and the
// sample records; the first of these twice, as two articles on one encounter.
func (p *perturber) readings() []*archive.Article {
	list := testkit.Articles()
	again := clone(p.T, list[0])
	again.Source.Name, again.Source.Identity = "cung-hoi-dam.txt", "mau/cung-hoi-dam.txt"
	checked(p.T, again)
	list = append(list, again)
	err := source.Walk([]string{seeds + "/003_f7d3cad1695ce084.txt"}, "", func(f source.File, err error) error {
		if err != nil {
			return err
		}
		a, err := read(f)
		list = append(list, a)
		return err
	})
	if err != nil || len(list) != 5 {
		p.Fatalf("%d articles, %v", len(list), err)
	}
	for i := range list {
		list[i] = clone(p.T, list[i])
		setBytes(list[i], "first")
	}
	return list
}

// put imports records as Run does those that it reads from files, without the
// index of the search.
func (p *perturber) put(articles []*archive.Article, redirect, retire map[string]string) error {
	ctx := context.Background()
	w, err := store.Begin(ctx, p.dir)
	if err != nil {
		return err
	}
	defer w.Close()
	for _, a := range articles {
		if _, err := w.Put(ctx, a, []byte(a.Source.Name)); err != nil {
			return err
		}
	}
	if err := answerFor(ctx, Config{Redirect: redirect, Retire: retire}, w); err != nil {
		return err
	}
	return w.Commit(ctx)
}

// answerForAll imports what would lose the given addresses: with one of them
// left out, which must be named alone, and then with all. That goes through
// only if each of them really lost its record and no other did.
func (p *perturber) answerForAll(articles []*archive.Article, paths []string) {
	for _, path := range paths {
		if !p.published[path] || p.fate[path] != "" {
			p.Errorf("%s is named as lost, and was not published or answers otherwise already", path)
		}
	}
	redirect, retire := map[string]string{}, map[string]string{}
	for _, path := range paths {
		if to := p.otherThan(path, paths); to != "" && p.IntN(2) == 0 {
			redirect[path] = to
		} else {
			retire[path] = "read better since, " + path
		}
	}
	left := paths[p.IntN(len(paths))]
	short, shorter := maps.Clone(redirect), maps.Clone(retire)
	delete(short, left)
	delete(shorter, left)
	var orphans *OrphanError
	if err := p.put(articles, short, shorter); !errors.As(err, &orphans) || !slices.Equal(orphans.Paths, []string{left}) {
		p.Errorf("nothing was said of %s: got %v", left, err)
	}
	if err := p.put(articles, redirect, retire); err != nil {
		p.Errorf("told what becomes of %v: %v", paths, err)
	}
	maps.Copy(p.fate, redirect)
	maps.Copy(p.fate, retire)
}

// otherThan picks an address of the same kind that keeps its record.
func (p *perturber) otherThan(path string, lost []string) string {
	var list []string
	for _, to := range slices.Sorted(maps.Keys(p.published)) {
		if to[:3] == path[:3] && !strings.Contains(to[3:], "/") && !slices.Contains(lost, to) && p.fate[to] == "" {
			list = append(list, to)
		}
	}
	if len(list) == 0 {
		return ""
	}
	return list[p.IntN(len(list))]
}

func (p *perturber) generation() string {
	state, err := p.store.State(context.Background())
	if err != nil {
		p.Fatal(err)
	}
	return state.Generation
}

// lookUp asks the site for every address ever published. Events that it shows
// must be those that it showed before: with somebody among the principals who
// was one, by name or by the words that name was read from.
func (p *perturber) lookUp(articles []*archive.Article) {
	events := map[string][]archive.Participation{}
	for _, a := range articles {
		p.published[a.URL] = true
		p.published[fmt.Sprintf("%s/v/%d", a.URL, a.Version)] = true
		eachEvent(a, func(e anEvent) {
			events[*e.url] = *e.who
			p.published[*e.url] = true
			for _, who := range *e.who {
				p.published["/p/"+who.Person] = true
			}
		})
	}
	for url, who := range events {
		if was, ok := p.events[url]; ok && !akin(was, who) {
			p.Errorf("%s was of %v and is of %v", url, archive.PrincipalKey(was), archive.PrincipalKey(who))
		}
	}
	p.events = events
	for path := range p.published {
		rec := p.get(path)
		switch fate := p.fate[path]; {
		case rec.Code == http.StatusOK && fate == "":
		case rec.Code == http.StatusOK && strings.HasPrefix(path, "/p/"):
			// Somebody whose name is read again has a page again.
		case fate == "" && rec.Code == http.StatusFound:
			p.standsFor(path, rec.Header().Get("Location"))
		case fate == "":
			p.Errorf("%s: %d", path, rec.Code)
		case rec.Code == http.StatusMovedPermanently:
			to := rec.Header().Get("Location")
			there := p.get(to)
			if there.Code == http.StatusFound { // another article's event answers for that one
				there = p.get(there.Header().Get("Location"))
			}
			if there.Code != http.StatusOK {
				p.Errorf("%s moved to %s: %d", path, to, there.Code)
			}
		case rec.Code == http.StatusGone:
			for strings.HasPrefix(fate, "/") {
				fate = p.fate[fate]
			}
			if !strings.Contains(rec.Body.String(), fate) {
				p.Errorf("%s: gone without the reason %q", path, fate)
			}
		default:
			p.Errorf("%s: %d, it was to answer %q", path, rec.Code, fate)
		}
	}
}

func (p *perturber) get(path string) *httptest.ResponseRecorder {
	rec := httptest.NewRecorder()
	p.site.ServeHTTP(rec, httptest.NewRequest(http.MethodGet, path, nil))
	return rec
}

// standsFor wants the event at path to be told, with those of other articles on
// the same encounter, at to.
func (p *perturber) standsFor(path, to string) {
	rec := p.get(to)
	if here, there := p.events[path], p.events[to]; rec.Code != http.StatusOK || here == nil || there == nil || !akin(here, there) {
		p.Errorf("%s answers as %s: %d, of %v and %v", path, to, rec.Code, archive.PrincipalKey(here), archive.PrincipalKey(there))
	}
	p.stood++
}

// akin reports whether somebody among the principals is the same; of events
// that have none, among all.
func akin(was, is []archive.Participation) bool {
	all := archive.PrincipalKey(was) == "" && archive.PrincipalKey(is) == ""
	for _, a := range was {
		for _, b := range is {
			same := a.Person == b.Person || slices.ContainsFunc(a.Evidence, func(x archive.Evidence) bool {
				return slices.ContainsFunc(b.Evidence, func(y archive.Evidence) bool {
					return x.Paragraph == y.Paragraph && x.Start < y.End && y.Start < x.End
				})
			})
			if same && (all || a.Capacity == archive.Principal && b.Capacity == archive.Principal) {
				return true
			}
		}
	}
	return false
}

func openSite(t *testing.T, dir string) (*store.Store, http.Handler) {
	s, err := store.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	live := search.NewLive(dir)
	t.Cleanup(func() { live.Close() })
	h, err := site.New(site.Config{Store: s, Search: live, Web: web.Files})
	if err != nil {
		t.Fatal(err)
	}
	return s, h
}

func clone(t *testing.T, a *archive.Article) *archive.Article {
	line, err := archive.Encode(a)
	if err != nil {
		t.Fatal(err)
	}
	b := new(archive.Article)
	if err := json.Unmarshal(line, b); err != nil {
		t.Fatal(err)
	}
	return b
}

// setBytes gives an article other bytes; put stores its name as the original.
func setBytes(a *archive.Article, revision string) {
	name, _, _ := strings.Cut(a.Source.Name, " ")
	a.Source.Name = name + " " + revision
	sum := sha256.Sum256([]byte(a.Source.Name))
	a.Source.SHA256, a.Source.Bytes = hex.EncodeToString(sum[:]), len(a.Source.Name)
}

// checked mints ids as an import does and wants a record that Check lets pass.
func checked(t *testing.T, a *archive.Article) {
	version := a.Version
	a.Version = 1
	a.AssignIDs()
	if problems := archive.Check(a); len(problems) > 0 {
		t.Fatalf("BUG: the test made an unsound record: %v", problems)
	}
	a.Version = version
	a.Complete()
}

// anEvent points into a meeting or visit.
type anEvent struct {
	url        *string
	status     *archive.Status
	date       *archive.DateClaim
	place      *archive.Place
	who        *archive.List[archive.Participation]
	agreements *archive.List[archive.Agreement]
	statements *archive.List[archive.Statement]
	inviters   *archive.List[string] // nil for a meeting
}

func eachEvent(a *archive.Article, fn func(anEvent)) {
	for i := range a.Meetings {
		m := &a.Meetings[i]
		fn(anEvent{&m.URL, &m.Status, &m.Date, &m.Place, &m.Participants, &m.Agreements, &m.Statements, nil})
	}
	for i := range a.Visits {
		v := &a.Visits[i]
		fn(anEvent{&v.URL, &v.Status, &v.Date, &v.Place, &v.Participants, &v.Agreements, &v.Statements, &v.Inviters})
	}
}

// change reads an article otherwise in one respect and says which.
func (p *perturber) change(a *archive.Article) string {
	var list []anEvent
	eachEvent(a, func(e anEvent) { list = append(list, e) })
	if len(list) == 0 {
		return "no event to change"
	}
	e := list[p.IntN(len(list))]
	one := p.IntN(len(*e.who))
	kinds := []struct {
		name string
		do   func()
	}{
		{"an event is gone", func() { p.remove(a) }},
		{"events in another order", func() {
			p.Shuffle(len(a.Meetings), func(i, j int) { a.Meetings[i], a.Meetings[j] = a.Meetings[j], a.Meetings[i] })
			p.Shuffle(len(a.Visits), func(i, j int) { a.Visits[i], a.Visits[j] = a.Visits[j], a.Visits[i] })
		}},
		{"people in another order", func() {
			who := *e.who
			p.Shuffle(len(who), func(i, j int) { who[i], who[j] = who[j], who[i] })
		}},
		{"another date", func() {
			e.date.EDTF = archive.Date(fmt.Sprintf("20%02d-%02d-%02d", p.IntN(30), 1+p.IntN(12), 1+p.IntN(28)))
			p.known(a, e)
		}},
		{"another place", func() { e.place.City, e.place.State, e.place.Evidence = "Hà Nội", archive.Inferred, whole(a) }},
		{"another status", func() { *e.status = archive.Announced }},
		{"another kind", func() {
			if len(a.Meetings) > 0 {
				a.Meetings[p.IntN(len(a.Meetings))].Kind = archive.MeetingKinds[p.IntN(len(archive.MeetingKinds))]
			}
		}},
		{"another capacity", func() { (*e.who)[one].Capacity = archive.Attending }},
		{"a name read otherwise", func() { p.rename(a, (*e.who)[one].Person) }},
		{"somebody was not there", func() {
			if len(*e.who) > 1 {
				e.drop(one)
			}
		}},
		{"one event read as two", func() { p.split(a) }},
		{"one more event", func() { p.add(a) }},
		{"another event instead", func() { p.remove(a); p.add(a) }},
		{"other bytes", func() { setBytes(a, fmt.Sprint(p.Uint32())) }},
	}
	k := kinds[p.IntN(len(kinds))]
	k.do()
	return a.Source.Name + ": " + k.name
}

func (p *perturber) known(a *archive.Article, e anEvent) {
	e.date.State, e.date.Evidence = archive.Inferred, whole(a)
}

func whole(a *archive.Article) []archive.Evidence {
	return []archive.Evidence{a.Paragraphs[0].Quote(0, len(a.Paragraphs[0].Text))}
}

func (p *perturber) remove(a *archive.Article) {
	if n := len(a.Meetings); n > 0 && (len(a.Visits) == 0 || p.IntN(2) == 0) {
		i := p.IntN(n)
		a.Meetings = slices.Delete(a.Meetings, i, i+1)
		return
	}
	i := p.IntN(len(a.Visits))
	for k := range a.Meetings {
		if a.Meetings[k].Visit == archive.Opt(a.Visits[i].ID) {
			a.Meetings[k].Visit = ""
		}
	}
	a.Visits = slices.Delete(a.Visits, i, i+1)
}

// rename gives a person another spelling wherever the article has it.
func (p *perturber) rename(a *archive.Article, slug string) {
	name := fmt.Sprintf("Người Đọc Lại %c%c", 'A'+p.IntN(26), 'a'+p.IntN(26))
	other := vitext.Slug(name)
	each := func(slugs []string) {
		for i := range slugs {
			if slugs[i] == slug {
				slugs[i] = other
			}
		}
	}
	eachEvent(a, func(e anEvent) {
		if slices.ContainsFunc(*e.who, func(q archive.Participation) bool { return q.Person == other }) {
			return // it was made up before
		}
		for i := range *e.who {
			if q := &(*e.who)[i]; q.Person == slug {
				q.Person, q.Name = other, name
			}
		}
		for i := range *e.agreements {
			each((*e.agreements)[i].By)
		}
		for i := range *e.statements {
			each((*e.statements)[i].Speakers)
		}
		if e.inviters != nil {
			each(*e.inviters)
		}
	})
}

// drop takes a participant out of an event, with what that person said.
func (e anEvent) drop(i int) {
	slug := (*e.who)[i].Person
	*e.who = slices.Delete(*e.who, i, i+1)
	*e.agreements = slices.DeleteFunc(*e.agreements, func(g archive.Agreement) bool { return slices.Contains(g.By, slug) })
	*e.statements = slices.DeleteFunc(*e.statements, func(s archive.Statement) bool { return slices.Contains(s.Speakers, slug) })
	if e.inviters != nil {
		*e.inviters = slices.DeleteFunc(*e.inviters, func(s string) bool { return s == slug })
	}
}

// split makes two meetings of one that has three people, the first with both of
// the others.
func (p *perturber) split(a *archive.Article) {
	i := slices.IndexFunc(a.Meetings, func(m archive.Meeting) bool { return len(m.Participants) > 2 })
	if i < 0 {
		return
	}
	b := clone(p.T, a)
	a.Meetings = append(a.Meetings, b.Meetings[i])
	at := func(k, drop int) {
		m := &a.Meetings[k]
		anEvent{who: &m.Participants, agreements: &m.Agreements, statements: &m.Statements}.drop(drop)
	}
	at(i, 1)
	at(len(a.Meetings)-1, 2)
}

// add copies a meeting and puts others, read elsewhere, into it.
func (p *perturber) add(a *archive.Article) {
	if len(a.Meetings) == 0 {
		return
	}
	b := clone(p.T, a)
	b.Meetings = archive.List[archive.Meeting]{b.Meetings[p.IntN(len(b.Meetings))]}
	b.Visits = nil
	who := b.Meetings[0].Participants
	for i := range who {
		if p.IntN(3) > 0 {
			p.rename(b, who[i].Person)
			para := &a.Paragraphs[p.IntN(len(a.Paragraphs))]
			at := para.Sentences[p.IntN(len(para.Sentences))]
			word, _, _ := strings.Cut(para.Text[at:], " ")
			who[i].Evidence = []archive.Evidence{para.Quote(at, at+len(word))}
		}
	}
	a.Meetings = append(a.Meetings, b.Meetings[0])
}
