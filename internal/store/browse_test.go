package store_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vankho/internal/archive"
	"vankho/internal/encounter"
	"vankho/internal/store"
)

// happening is what the naive answers below know of an event.
type happening struct {
	id, typ, article string
	status           archive.Status
	main             bool
	date             archive.Date
	country          archive.Opt
	who              []archive.Participation // of all readings
	readings         []happening             // each by itself, when there are several
	kind             string
	published        archive.Date
}

func (h *happening) person(slug string) bool {
	return slices.ContainsFunc(h.who, func(p archive.Participation) bool { return p.Person == slug })
}

func (h *happening) countries() map[string]bool {
	c := map[string]bool{string(h.country): true}
	for _, p := range h.who {
		c[string(p.Country)] = true
	}
	delete(c, "")
	return c
}

// pairs gives each two countries whose principals one reading has.
func (h *happening) pairs() map[string]bool {
	pairs := map[string]bool{}
	readings := h.readings
	if readings == nil {
		readings = []happening{*h}
	}
	for _, r := range readings {
		for _, p := range r.who {
			for _, q := range r.who {
				if p.Capacity == archive.Principal && q.Capacity == archive.Principal && p.Country != "" && p.Country < q.Country {
					pairs[string(p.Country+"+"+q.Country)] = true
				}
			}
		}
	}
	return pairs
}

// manifold gives an archive of many different events and all of them.
func manifold(t *testing.T) (*store.Store, []happening) {
	t.Helper()
	rnd := rand.New(rand.NewPCG(13, 17))
	dir := t.TempDir()
	w := begin(t, dir)
	var list []happening
	of := samples()
	for i := range 90 {
		x := made(t, of, i*37)
		for j := range x.a.Meetings {
			m := &x.a.Meetings[j]
			m.Main = rnd.IntN(4) > 0
			m.Status = []archive.Status{archive.Held, archive.Announced, archive.Recalled}[rnd.IntN(3)]
			switch rnd.IntN(6) {
			case 0:
				m.Date.EDTF = ""
			case 1:
				m.Date.EDTF = "XXXX-07-18"
			case 2:
				m.Date.EDTF = archive.Date(fmt.Sprint(2010 + rnd.IntN(3)))
			case 3:
				m.Date.EDTF = "2012-03-30/2012-04-02"
			case 4:
				m.Date.EDTF = archive.Date(fmt.Sprintf("%d-%02d", 2010+rnd.IntN(3), 1+rnd.IntN(12)))
			}
			for k := range m.Participants {
				m.Participants[k].Person = fmt.Sprintf("nguoi-%d", (k*5+rnd.IntN(5))%12)
			}
			slices.SortFunc(m.Participants, func(a, b archive.Participation) int { return strings.Compare(a.Person, b.Person) })
			m.Participants = slices.CompactFunc(m.Participants, func(a, b archive.Participation) bool { return a.Person == b.Person })
		}
		x.a.AssignIDs()
		put(t, w, x.a, x.original)
		for _, m := range x.a.Meetings {
			list = append(list, happening{id: m.ID, typ: "meeting", article: x.a.ID, status: m.Status, main: m.Main, date: m.Date.EDTF, country: m.Place.Country,
				who: m.Participants, kind: string(m.Kind), published: x.a.Published.EDTF})
		}
		for _, v := range x.a.Visits {
			list = append(list, happening{id: v.ID, typ: "visit", article: x.a.ID, status: v.Status, main: v.Main, date: v.Date.EDTF, country: v.Place.Country,
				who: v.Participants, kind: string(v.Level), published: x.a.Published.EDTF})
		}
	}
	commit(t, w)
	list = together(list)
	if several := slices.DeleteFunc(slices.Clone(list), func(h happening) bool { return h.readings == nil }); len(several) < 5 {
		t.Fatalf("only %d encounters are told by several articles", len(several))
	}
	return open(t, dir), list
}

// together puts the readings of one encounter together, looking at every pair
// of the archive.
func together(list []happening) []happening {
	var readings []encounter.Reading
	for _, h := range list {
		r := encounter.Reading{ID: h.id, Article: h.article, Visit: h.typ == "visit", Kind: h.kind, Status: h.status, Main: h.main,
			Date: h.date, Published: h.published, Country: string(h.country)}
		for _, p := range h.who {
			if p.Capacity == archive.Principal {
				r.Who = append(r.Who, encounter.Principal{Person: p.Person, Country: string(p.Country)})
			}
		}
		readings = append(readings, r)
	}
	var out []happening
	for _, places := range encounter.Group(readings) {
		slices.SortFunc(places, func(i, j int) int { return encounter.Order(false, false, &readings[i], &readings[j]) })
		one := list[places[0]]
		if len(places) > 1 {
			one.who = nil
			for _, i := range places {
				one.date = encounter.Date(one.date, list[i].date)
				one.readings = append(one.readings, list[i])
				for _, p := range list[i].who {
					// A person once, unless for another country.
					if !slices.ContainsFunc(one.who, func(q archive.Participation) bool { return q.Person == p.Person && q.Country == p.Country }) {
						one.who = append(one.who, p)
					}
				}
			}
			for i := range one.readings {
				one.readings[i].date = one.date
			}
		}
		out = append(out, one)
	}
	return out
}

// TestEntries compares random filters with a walk over all events.
func TestEntries(t *testing.T) {
	ctx := context.Background()
	s, list := manifold(t)
	rnd := rand.New(rand.NewPCG(19, 23))
	some := func(of ...string) string { return of[rnd.IntN(len(of))] }
	found := 0
	for range 800 {
		f := store.Filter{Main: rnd.IntN(2) == 0, Oldest: rnd.IntN(2) == 0}
		if rnd.IntN(3) == 0 {
			f.Person = fmt.Sprintf("nguoi-%d", rnd.IntN(13))
		}
		if rnd.IntN(4) == 0 {
			f.Persons = [2]string{fmt.Sprintf("nguoi-%d", rnd.IntN(12)), fmt.Sprintf("nguoi-%d", rnd.IntN(12))}
		}
		if rnd.IntN(3) == 0 {
			f.Country = some("VN", "LA", "BR", "CH", "FR")
		}
		if rnd.IntN(4) == 0 {
			f.Pair = [2]string{some("VN", "LA", "BR", "CH", "FR"), some("VN", "LA")}
		}
		if rnd.IntN(3) == 0 {
			f.Year = 2009 + rnd.IntN(5)
		}
		if rnd.IntN(4) == 0 {
			f.Month = 1 + rnd.IntN(12)
		}
		if rnd.IntN(6) == 0 {
			f.Status = archive.Status(some("held", "announced", "recalled"))
		}
		if rnd.IntN(9) == 0 {
			f.Article = list[rnd.IntN(len(list))].article
		}
		if rnd.IntN(2) == 0 {
			f.Limit, f.Offset = 1+rnd.IntN(5), rnd.IntN(4)
		}
		want, total := filter(list, f)
		entries, n, err := s.Entries(ctx, f)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, e := range entries {
			got = append(got, e.ID)
		}
		if diff := cmp.Diff(want, got); diff != "" || n != total {
			t.Errorf("Entries(%+v): total %d, want %d; (-want +got):\n%s", f, n, total, diff)
		}
		found += len(got)
	}
	if found < 1000 {
		t.Errorf("the filters found only %d events: they prove little", found)
	}
}

func filter(list []happening, f store.Filter) (ids []string, total int) {
	if f.Article != "" {
		var own []happening
		for _, h := range list {
			if h.readings == nil {
				own = append(own, h)
			}
			own = append(own, h.readings...)
		}
		list = own
	}
	var hits []happening
	for _, h := range list {
		if f.Person != "" && !h.person(f.Person) || f.Persons[0] != "" && !h.person(f.Persons[0]) || f.Persons[1] != "" && !h.person(f.Persons[1]) ||
			f.Country != "" && !h.countries()[f.Country] || f.Pair[0] != "" && !h.pairs()[min(f.Pair[0], f.Pair[1])+"+"+max(f.Pair[0], f.Pair[1])] || f.Status != "" && h.status != f.Status || f.Main && !h.main ||
			f.Article != "" && h.article != f.Article || f.Year != 0 && h.date.Year() != f.Year ||
			f.Month != 0 && (h.date.Month() != f.Month || h.date.Year() == 0) {
			continue
		}
		hits = append(hits, h)
	}
	slices.SortFunc(hits, func(a, b happening) int {
		known := func(h happening) int { return min(h.date.Year(), 1) }
		if c := known(b) - known(a); c != 0 {
			return c
		}
		if known(a) == 1 && a.date != b.date {
			if a.date.Before(b.date) == f.Oldest {
				return -1
			}
			return 1
		}
		return strings.Compare(a.id, b.id)
	})
	total = len(hits)
	hits = hits[min(f.Offset, total):]
	if f.Limit > 0 {
		hits = hits[:min(f.Limit, len(hits))]
	}
	for _, h := range hits {
		ids = append(ids, h.id)
	}
	return ids, total
}

func TestTallies(t *testing.T) {
	ctx := context.Background()
	s, list := manifold(t)
	people, countries, pairs, months := map[string]int{}, map[string]int{}, map[string]int{}, map[string]int{}
	want := store.Totals{Articles: 90, Events: len(list)}
	for _, h := range list {
		if !h.main {
			continue
		}
		counted := map[string]bool{}
		for _, p := range h.who {
			if !counted[p.Person] {
				people[p.Person]++
			}
			counted[p.Person] = true
		}
		from := map[string]bool{}
		for _, p := range h.who {
			from[string(p.Country)] = true
		}
		delete(from, "")
		for c := range from {
			countries[c]++
		}
		for pair := range h.pairs() {
			pairs[pair]++
		}
		if h.status != archive.Held {
			continue
		}
		if h.typ == "visit" {
			want.Visits++
			continue
		}
		want.Meetings++
		if h.date.Year() == 0 {
			months[""]++
			continue
		}
		months[string(h.date)[:min(7, len(h.date))]]++
		if want.First == "" || h.date.Before(want.First) {
			want.First = h.date
		}
		if want.Last.Before(h.date) {
			want.Last = h.date
		}
	}
	want.People, want.Countries = len(people), len(countries)-1 // without Vietnam
	totals, err := s.Totals(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, totals); diff != "" {
		t.Errorf("Totals (-want +got):\n%s", diff)
	}
	check := func(name string, want map[string]int, got []store.Count, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		has := map[string]int{}
		for _, c := range got {
			has[c.Key] = c.N
		}
		if diff := cmp.Diff(want, has); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	got, err := s.People(ctx, 0, 0)
	check("People", people, got, err)
	if !slices.IsSortedFunc(got, func(a, b store.Count) int { return b.N - a.N }) {
		t.Errorf("People are not the most frequent first: %v", got)
	}
	if page, err := s.People(ctx, 3, 2); err != nil || !slices.Equal(page, got[2:5]) {
		t.Errorf("People(3, 2) = %v, %v, want %v", page, err, got[2:5])
	}
	got, err = s.Countries(ctx, 0)
	check("Countries", countries, got, err)
	got, err = s.Pairs(ctx, 0, 0)
	check("Pairs", pairs, got, err)
	if n, err := s.PairsTotal(ctx); err != nil || n != len(pairs) {
		t.Errorf("PairsTotal = %d, %v, want %d", n, err, len(pairs))
	}
	of := map[string]int{}
	for pair, n := range pairs {
		if a, b, _ := strings.Cut(pair, "+"); a == "LA" || b == "LA" {
			of[pair] = n
		}
	}
	got, err = s.PairsOf(ctx, "LA", 0)
	check("PairsOf", of, got, err)
	got, err = s.Months(ctx)
	check("Months", months, got, err)
	if !slices.IsSortedFunc(got, func(a, b store.Count) int { return strings.Compare(a.Key, b.Key) }) {
		t.Errorf("Months are not the oldest first: %v", got)
	}
}

func TestPerson(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	w := begin(t, dir)
	for i, x := range samples() {
		if i == 0 { // an older event under another spelling
			y := clone(t, x.a)
			y.Source.Identity += "-cu"
			y.Meetings[0].Date.EDTF = "2019"
			y.Meetings[0].Participants[1].NameAsWritten = "bà Moreira"
			y.Meetings[0].Participants[1].TitlesAsWritten = []string{"Bộ trưởng", "Thượng nghị sĩ"}
			y.Visits, y.Meetings[0].Visit = nil, ""
			y.AssignIDs()
			put(t, w, y, x.original)
		}
		put(t, w, x.a, x.original)
	}
	commit(t, w)
	s := open(t, dir)
	p, err := s.Person(ctx, "ana-moreira")
	if err != nil {
		t.Fatal(err)
	}
	if p.Name != "Ana Moreira" || p.Country != "BR" {
		t.Errorf("Person = %s of %s", p.Name, p.Country)
	}
	seen := func(list []store.Seen) (got []string) {
		for _, s := range list {
			got = append(got, fmt.Sprintf("%s %s %d ×%d", s.Text, s.Date, s.Paragraph, s.N))
		}
		return got
	}
	if diff := cmp.Diff([]string{"Ana Moreira 2026-03-11/2026-03-13 4 ×3", "bà Moreira 2019 4 ×1"}, seen(p.Spellings)); diff != "" {
		t.Errorf("Spellings (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"Bộ trưởng 2019 4 ×1", "Thượng nghị sĩ 2019 4 ×1", "Tổng thống 2026-03-11/2026-03-13 4 ×3"}, seen(p.Titles)); diff != "" {
		t.Errorf("Titles (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]store.Count{{Key: "tran-van-mau", Name: "Trần Văn Mẫu", N: 2}, {Key: "khamphan-thu", Name: "Khamphan Thử", N: 1}}, p.Counterparts); diff != "" {
		t.Errorf("Counterparts (-want +got):\n%s", diff)
	}
	if _, err := s.Person(ctx, "ai-do"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("Person of nobody: %v, want ErrNotFound", err)
	}
}

func TestArticleList(t *testing.T) {
	ctx := context.Background()
	s, _ := manifold(t)
	var ids []string
	for a, err := range s.Articles(ctx) {
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, a.ID)
	}
	if len(ids) != 90 || !slices.IsSorted(ids) {
		t.Errorf("Articles gives %d, in order: %t", len(ids), slices.IsSorted(ids))
	}
	var paged []string
	for after := ""; ; {
		page, err := s.ArticleList(ctx, after, 7)
		if err != nil {
			t.Fatal(err)
		}
		if len(page) == 0 {
			break
		}
		for _, e := range page {
			paged = append(paged, e.ID)
			if e.Title == "" || e.Imported != "2026-04-01T08:00:00Z" {
				t.Errorf("ArticleList gives %+v", e)
			}
		}
		after = page[len(page)-1].ID
	}
	if !slices.Equal(ids, paged) {
		t.Errorf("ArticleList gives %d, Articles %d", len(paged), len(ids))
	}
}
