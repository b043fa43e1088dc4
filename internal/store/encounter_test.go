package store_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vankho/internal/archive"
	"vankho/internal/store"
	"vankho/internal/testkit"
)

// telling gives the sample talks and their visit as another outlet tells them.
func telling(outlet, published string, change func(a *archive.Article)) sample {
	a := testkit.Articles()[0]
	a.Source.Identity, a.Source.Name = outlet+"/hoi-dam.txt", "hoi-dam.txt"
	a.Publisher, a.Published.EDTF = archive.Opt(outlet), archive.Date(published)
	if change != nil {
		change(a)
	}
	a.AssignIDs()
	a.Complete()
	return sample{a, testkit.Original(a)}
}

// stands gives the path that answers for a meeting or visit.
func stands(t *testing.T, s *store.Store, path string) string {
	t.Helper()
	var err error
	if path[1] == 'm' {
		_, err = s.Meeting(context.Background(), path[3:])
	} else {
		_, err = s.Visit(context.Background(), path[3:])
	}
	moved := new(store.MovedError)
	if errors.As(err, &moved) {
		if !moved.ForNow {
			t.Errorf("%s is said to have moved for good", path)
		}
		return moved.To
	}
	if err != nil {
		t.Errorf("%s: %v", path, err)
	}
	return path
}

func putAll(t *testing.T, dir string, list ...sample) {
	t.Helper()
	w := begin(t, dir)
	for _, x := range list {
		put(t, w, x.a, x.original)
	}
	commit(t, w)
	if got := verify(t, dir); len(got) > 0 {
		t.Errorf("Verify finds %v", got)
	}
}

// TestEncounter follows one meeting through imports: told by one article, by a
// second, beside a third that contradicts, and parted from the second by a
// better reading. Every path answers throughout, and lists count it once.
func TestEncounter(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	first := telling("mau", "2026-03-12", nil)
	second := telling("bao", "2026-03-11", nil)
	third := telling("tin", "2026-03-13", func(a *archive.Article) { a.Meetings[0].Place.Country = "BR" })
	meeting := []string{first.a.Meetings[0].URL, second.a.Meetings[0].URL, third.a.Meetings[0].URL}
	visit := []string{first.a.Visits[0].URL, second.a.Visits[0].URL, third.a.Visits[0].URL}
	putAll(t, dir, first)
	s := open(t, dir)
	check := func(when string, wantMeetings, wantVisits []string, main int) {
		t.Helper()
		var got []string
		for _, path := range append(slices.Clone(meeting[:len(wantMeetings)]), visit[:len(wantVisits)]...) {
			got = append(got, stands(t, s, path))
		}
		if diff := cmp.Diff(append(slices.Clone(wantMeetings), wantVisits...), got); diff != "" {
			t.Errorf("%s: who stands for whom (-want +got):\n%s", when, diff)
		}
		totals, err := s.Totals(ctx)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range []store.Filter{{Main: true}, {Main: true, Person: "ana-moreira"}, {Main: true, Country: "BR"}, {Main: true, Year: 2026, Month: 3},
			{Main: true, Persons: [2]string{"ana-moreira", "tran-van-mau"}}} {
			if _, n, err := s.Entries(ctx, f); err != nil || n != main || totals.Meetings != main {
				t.Errorf("%s: Entries(%+v) lists %d, %v; Totals has %d; want %d", when, f, n, err, totals.Meetings, main)
			}
		}
	}
	check("one article", meeting[:1], visit[:1], 1)

	// The second was published before the first and now stands for both.
	putAll(t, dir, second)
	check("two articles", []string{meeting[1], meeting[1]}, []string{visit[1], visit[1]}, 1)
	e, err := s.Meeting(ctx, meeting[1][3:])
	if err != nil || e.Others != 1 || len(e.Readings) != 1 || e.Readings[0].Article.ID != first.a.ID || e.Readings[0].Meeting.URL != meeting[0] {
		t.Errorf("Meeting = %+v, %v, want the reading of the first beside it", e, err)
	}
	entries, _, err := s.Entries(ctx, store.Filter{Article: first.a.ID, Main: true})
	if err != nil || len(entries) != 1 || entries[0].ID != meeting[0][3:] || entries[0].URL != meeting[1] || entries[0].Told != 2 {
		t.Errorf("Entries of the first article: %+v, %v", entries, err)
	}
	ids, err := s.EventIDs(ctx, "", 0)
	if err != nil || len(ids) != 2 {
		t.Errorf("EventIDs = %v, %v, want one meeting and one visit", ids, err)
	}

	// The third met elsewhere, but its visit is the same.
	putAll(t, dir, third)
	check("three articles", []string{meeting[1], meeting[1], meeting[2]}, []string{visit[1], visit[1], visit[1]}, 2)

	// What was published even earlier does not take the place of what stands.
	fourth := telling("som", "2026-03-10", nil)
	putAll(t, dir, fourth)
	check("four articles", []string{meeting[1], meeting[1], meeting[2]}, []string{visit[1], visit[1], visit[1]}, 2)
	if got := stands(t, s, fourth.a.Meetings[0].URL); got != meeting[1] {
		t.Errorf("the fourth stands under %s, want %s", got, meeting[1])
	}

	// A better reading of what stands finds another day: the others go on under
	// the one published first, and every id answers.
	again := telling("bao", "2026-03-11", func(a *archive.Article) { a.Meetings[0].Date.EDTF = "2026-03-11" })
	putAll(t, dir, again)
	check("read again", []string{fourth.a.Meetings[0].URL, meeting[1], meeting[2]}, []string{visit[1], visit[1], visit[1]}, 3)

	// And back: what stood for the group when they parted does not return.
	putAll(t, dir, second)
	check("read as before", []string{fourth.a.Meetings[0].URL, fourth.a.Meetings[0].URL, meeting[2]}, []string{visit[1], visit[1], visit[1]}, 2)

	// What stands loses its meeting for good: the next one stands.
	gone := telling("som", "2026-03-10", func(a *archive.Article) { a.Meetings = nil })
	gone.original = append(gone.original, "Sửa.\n"...)
	setOriginal(gone.a, gone.original)
	w := begin(t, dir)
	put(t, w, gone.a, gone.original)
	if err := w.Retire(ctx, fourth.a.Meetings[0].URL, "báo đã gỡ"); err != nil {
		t.Fatal(err)
	}
	commit(t, w)
	check("retired", []string{meeting[1], meeting[1], meeting[2]}, []string{visit[1], visit[1], visit[1]}, 2)
	if _, err := s.Meeting(ctx, fourth.a.Meetings[0].ID); !errors.As(err, new(*store.GoneError)) {
		t.Errorf("what was retired gives %v", err)
	}
	if got := verify(t, dir); len(got) > 0 {
		t.Errorf("Verify finds %v", got)
	}
}

// TestEncounterPeople: a person whom only one of two articles names has the
// meeting on the own page, once, with the date that the other gives.
func TestEncounterPeople(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	first := telling("mau", "2026-03-12", func(a *archive.Article) { a.Meetings[0].Participants = a.Meetings[0].Participants[:2] })
	second := telling("bao", "2026-03-13", nil)
	putAll(t, dir, first, second)
	s := open(t, dir)
	if got := stands(t, s, second.a.Meetings[0].URL); got != first.a.Meetings[0].URL {
		t.Fatalf("%s answers for the second", got)
	}
	for slug, want := range map[string]int{"ana-moreira": 1, "le-thi-thu": 1} {
		entries, n, err := s.Entries(ctx, store.Filter{Person: slug, Main: true})
		if err != nil || n != want || len(entries) != want || entries[0].URL != first.a.Meetings[0].URL {
			t.Errorf("Entries of %s: %+v, %d, %v", slug, entries, n, err)
		}
		if _, err := s.Person(ctx, slug); err != nil {
			t.Error(err)
		}
	}
	entries, _, err := s.Entries(ctx, store.Filter{Persons: [2]string{"ana-moreira", "le-thi-thu"}, Country: "BR"})
	if err != nil || len(entries) != 1 {
		t.Errorf("Entries of a principal and a person whom one article names: %+v, %v", entries, err)
	}
	p, err := s.Person(ctx, "ana-moreira")
	if err != nil || len(p.Spellings) != 1 || p.Spellings[0].N != 2 || len(p.Counterparts) != 1 || p.Counterparts[0].N != 1 {
		t.Errorf("Person = %+v, %v, want the meeting and the visit counted once each", p, err)
	}
}

// TestEncounterDeterministic: the same articles in one import give the same
// archive, in whatever order they come.
func TestEncounterDeterministic(t *testing.T) {
	var want string
	for i := range 5 {
		list := []sample{telling("mau", "2026-03-12", nil), telling("bao", "2026-03-11", nil), telling("tin", "", nil)}
		rand.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
		dir := t.TempDir()
		putAll(t, dir, list...)
		state, err := open(t, dir).State(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		if i > 0 && state.Generation != want {
			t.Errorf("generation %s, want %s", state.Generation, want)
		}
		want = state.Generation
	}
}

// TestEncounterSteps imports articles in steps, changing some again and again,
// and after each step wants the readings together that a look at every pair
// puts together, all answering.
func TestEncounterSteps(t *testing.T) {
	rnd := rand.New(rand.NewPCG(3, 31))
	dir := t.TempDir()
	now := map[string]sample{} // by identity
	days := []string{"2026-03-11", "2026-03-12", "2026-03-13", "2026-03", "XXXX-03-12", "2026-03-11/2026-03-13", ""}
	some := func(list ...string) string { return list[rnd.IntN(len(list))] }
	grouped := 0
	for range 12 {
		var list []sample
		for range 5 {
			x := telling(fmt.Sprint("bao-", rnd.IntN(14)), some("2026-03-12", "2026-03-13", ""), func(a *archive.Article) {
				m := &a.Meetings[0]
				m.Date.EDTF = archive.Date(some(days...))
				m.Place.Country = archive.Opt(some("VN", "VN", "", "BR"))
				m.Kind = archive.MeetingKind(some("talks", "meeting", "reception"))
				a.Visits[0].Date.EDTF = archive.Date(some(days...))
			})
			if !slices.ContainsFunc(list, func(y sample) bool { return y.a.ID == x.a.ID }) {
				list = append(list, x)
			}
		}
		putAll(t, dir, list...)
		for _, x := range list {
			now[x.a.Source.Identity] = x
		}
		var all []happening
		for _, x := range now {
			m, v := x.a.Meetings[0], x.a.Visits[0]
			all = append(all,
				happening{id: m.ID, typ: "meeting", article: x.a.ID, status: m.Status, main: m.Main, date: m.Date.EDTF, country: m.Place.Country,
					who: m.Participants, kind: string(m.Kind), published: x.a.Published.EDTF},
				happening{id: v.ID, typ: "visit", article: x.a.ID, status: v.Status, main: v.Main, date: v.Date.EDTF, country: v.Place.Country,
					who: v.Participants, kind: string(v.Level), published: x.a.Published.EDTF})
		}
		want := map[string][]string{} // the readings of each group, under the least id
		for _, h := range together(all) {
			ids := []string{h.id}
			if h.readings != nil {
				ids = nil
				grouped++
			}
			for _, r := range h.readings {
				ids = append(ids, r.id)
			}
			slices.Sort(ids)
			want[ids[0]] = ids
		}
		s, by := open(t, dir), map[string][]string{}
		for _, h := range all {
			path := "/" + h.typ[:1] + "/" + h.id
			to := stands(t, s, path)
			by[to] = append(by[to], h.id)
		}
		got := map[string][]string{}
		for _, ids := range by {
			slices.Sort(ids)
			got[ids[0]] = ids
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("who is together (-want +got):\n%s", diff)
		}
	}
	if grouped < 20 {
		t.Errorf("only %d groups: this proves little", grouped)
	}
}

// TestRelated: a visit announced by one article and recalled by another is
// linked to what the articles that report it tell, from each side.
func TestRelated(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	held := telling("mau", "2026-03-12", nil)
	also := telling("bao", "2026-03-13", nil)
	ahead := telling("truoc", "2026-03-01", func(a *archive.Article) { a.Meetings, a.Visits[0].Status = nil, archive.Announced })
	back := telling("sau", "2026-09-01", func(a *archive.Article) {
		a.Meetings, a.Visits[0].Status, a.Visits[0].Date.EDTF = nil, archive.Recalled, "2026-03"
	})
	other := telling("khac", "2026-03-01", func(a *archive.Article) {
		a.Meetings, a.Visits[0].Status, a.Visits[0].Date.EDTF = nil, archive.Announced, "2026-08-01"
	})
	putAll(t, dir, held, also, ahead, back, other)
	s := open(t, dir)
	related := func(e *store.EventRecord, err error) (list []string) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range e.Related {
			list = append(list, string(r.Status)+" "+r.URL)
		}
		slices.Sort(list)
		return list
	}
	held2 := "held " + held.a.Visits[0].URL
	talks := "held " + held.a.Meetings[0].URL
	for _, tt := range []struct {
		path string
		want []string
	}{
		{held.a.Visits[0].URL, []string{"announced " + ahead.a.Visits[0].URL, "recalled " + back.a.Visits[0].URL}},
		{ahead.a.Visits[0].URL, []string{talks, held2, "recalled " + back.a.Visits[0].URL}},
		{back.a.Visits[0].URL, []string{"announced " + ahead.a.Visits[0].URL, talks, held2}},
		{other.a.Visits[0].URL, nil},
	} {
		got := related(s.Visit(ctx, tt.path[3:]))
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.path, diff)
		}
	}
	got := related(s.Meeting(ctx, held.a.Meetings[0].ID))
	if diff := cmp.Diff([]string{"announced " + ahead.a.Visits[0].URL, "recalled " + back.a.Visits[0].URL}, got); diff != "" {
		t.Errorf("the talks (-want +got):\n%s", diff)
	}
}

// TestEncounterCrowd: more readings than are weighed together stay apart, and
// cost no more for it.
func TestEncounterCrowd(t *testing.T) {
	if testing.Short() {
		t.Skip("stores some thousand articles")
	}
	const many = 1500
	dir := t.TempDir()
	w := begin(t, dir)
	for i := range many {
		x := telling(fmt.Sprint("bao-", i), "2026-03-12", func(a *archive.Article) { a.Visits = nil; a.Meetings[0].Visit = "" })
		put(t, w, x.a, x.original)
	}
	commit(t, w)
	s := open(t, dir)
	if _, n, err := s.Entries(context.Background(), store.Filter{Main: true}); err != nil || n != many {
		t.Errorf("Entries lists %d, %v, want every reading", n, err)
	}
}
