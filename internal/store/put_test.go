package store_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"vankho/internal/archive"
	"vankho/internal/store"
)

func TestPutAgain(t *testing.T) {
	ctx := context.Background()
	dir := filled(t)
	before, err := open(t, dir).State(ctx)
	if err != nil {
		t.Fatal(err)
	}
	w := begin(t, dir)
	for _, s := range samples() {
		if got := put(t, w, s.a, s.original); got != store.Unchanged {
			t.Errorf("Put(%s) again = %v, want Unchanged", s.a.Source.Name, got)
		}
	}
	if w.Changed() {
		t.Error("Changed is true though nothing changed")
	}
	if got, err := w.Generation(ctx); err != nil || got != before.Generation {
		t.Errorf("Generation = %q, %v, want %q", got, err, before.Generation)
	}
	commit(t, w)
	if after, err := open(t, dir).State(ctx); err != nil || after != before {
		t.Errorf("State = %v, %v, want %v", after, err, before)
	}
}

// TestGeneration: the same content has the same generation, in whatever order
// and whenever it came; any change gives another.
func TestGeneration(t *testing.T) {
	ctx := context.Background()
	generation := func(change func(list []sample) []sample) string {
		w := begin(t, t.TempDir())
		defer w.Close()
		for _, s := range change(samples()) {
			put(t, w, s.a, s.original)
		}
		g, err := w.Generation(ctx)
		if err != nil {
			t.Fatal(err)
		}
		return g
	}
	want := generation(func(list []sample) []sample { return list })
	if len(want) != 20 {
		t.Errorf("Generation = %q, want 20 digits", want)
	}
	if got := generation(func(list []sample) []sample { slices.Reverse(list); return list }); got != want {
		t.Errorf("Generation in another order = %q, want %q", got, want)
	}
	seen := map[string]string{want: "the samples"}
	for _, tt := range []struct {
		name   string
		change func(list []sample) []sample
	}{
		{"one less", func(list []sample) []sample { return list[1:] }},
		{"another title", func(list []sample) []sample { list[0].a.Title.Text += "!"; return list }},
		{"another identity", func(list []sample) []sample { list[0].a.Source.Identity += "!"; return list }},
		{"other bytes", func(list []sample) []sample {
			list[0].original = append(list[0].original, '\n')
			setOriginal(list[0].a, list[0].original)
			return list
		}},
	} {
		got := generation(tt.change)
		if other, ok := seen[got]; ok {
			t.Errorf("%s: the same generation as %s", tt.name, other)
		}
		seen[got] = tt.name
	}
}

func TestNewVersion(t *testing.T) {
	ctx := context.Background()
	dir := filled(t)
	s := open(t, dir)
	first := samples()[0]
	old, err := s.Article(ctx, first.a.ID)
	if err != nil {
		t.Fatal(err)
	}

	// The text grows by a paragraph; the events stay.
	changed := samples()[0]
	changed.a.Paragraphs = append(changed.a.Paragraphs, archive.Paragraph{N: len(changed.a.Paragraphs) + 1, Kind: archive.Body, Text: "Bổ sung.", Sentences: []int{0}})
	changed.original = append(changed.original, "\nBổ sung.\n"...)
	setOriginal(changed.a, changed.original)
	w := begin(t, dir)
	if got := put(t, w, changed.a, changed.original); got != store.Changed {
		t.Errorf("Put of other bytes = %v, want Changed", got)
	}
	if changed.a.Version != 2 || changed.a.ID != first.a.ID {
		t.Errorf("Put sets version %d of %s, want 2 of %s", changed.a.Version, changed.a.ID, first.a.ID)
	}
	commit(t, w)

	got, err := s.Article(ctx, first.a.ID)
	if err != nil {
		t.Fatal(err)
	}
	if got.Version != 2 || got.Meetings[0].ID != old.Meetings[0].ID || got.Visits[0].ID != old.Visits[0].ID {
		t.Errorf("newest is version %d with meeting %s and visit %s, want 2, %s, %s",
			got.Version, got.Meetings[0].ID, got.Visits[0].ID, old.Meetings[0].ID, old.Visits[0].ID)
	}
	v1, err := s.ArticleVersion(ctx, first.a.ID, 1)
	if err != nil || v1.Version != 1 || len(v1.Paragraphs) != len(old.Paragraphs) {
		t.Errorf("ArticleVersion(1) = %v, %v", v1, err)
	}
	if b, _, err := s.Original(ctx, first.a.ID, 1); err != nil || string(b) != string(first.original) {
		t.Errorf("Original(1) gives other bytes, %v", err)
	}
	for _, n := range []int{-1, 3} {
		if _, err := s.ArticleVersion(ctx, first.a.ID, n); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("ArticleVersion(%d): %v, want ErrNotFound", n, err)
		}
	}
	versions, err := s.Versions(ctx, first.a.ID)
	if err != nil || len(versions) != 2 || versions[0].Version != 2 || versions[1].Received != "2026-04-01T08:00:00Z" {
		t.Errorf("Versions = %+v, %v", versions, err)
	}

	// The old bytes come back: the article has changed back, which is news.
	back := samples()[0]
	w = begin(t, dir)
	if got := put(t, w, back.a, back.original); got != store.Changed || back.a.Version != 3 {
		t.Errorf("Put of the first bytes = %v, version %d, want Changed, 3", got, back.a.Version)
	}
	commit(t, w)
	if got := verify(t, dir); len(got) > 0 {
		t.Errorf("Verify finds %v", got)
	}
}

func TestReread(t *testing.T) {
	ctx := context.Background()
	dir := filled(t)
	s := open(t, dir)
	before, err := s.State(ctx)
	if err != nil {
		t.Fatal(err)
	}
	better := samples()[0]
	better.a.Meetings[0].Place.City = "Huế"
	w := begin(t, dir)
	if got := put(t, w, better.a, better.original); got != store.Reread || better.a.Version != 1 {
		t.Errorf("Put of another reading = %v, version %d, want Reread, 1", got, better.a.Version)
	}
	commit(t, w)
	if after, err := s.State(ctx); err != nil || after.Generation == before.Generation {
		t.Errorf("State = %v, %v after a change", after, err)
	}
	got, err := s.Meeting(ctx, better.a.Meetings[0].ID)
	if err != nil || got.Meeting.Place.City != "Huế" {
		t.Errorf("Meeting = %v, %v", got, err)
	}
}

func TestPutRefuses(t *testing.T) {
	ctx := context.Background()
	dir := filled(t)
	for _, tt := range []struct {
		name   string
		change func(s *sample)
		want   string
	}{
		{"other text", func(s *sample) { s.a.Paragraphs[2].Text += "." }, "paragraph 3"},
		{"other sentences", func(s *sample) { s.a.Paragraphs[4].Sentences = []int{0} }, "paragraph 5"},
		{"a paragraph less", func(s *sample) { s.a.Paragraphs = s.a.Paragraphs[:8] }, "paragraph 9"},
		{"other bytes than the record's", func(s *sample) { s.original = append(s.original, 'x') }, "BUG"},
	} {
		w := begin(t, dir)
		s := samples()[0]
		tt.change(&s)
		if _, err := w.Put(ctx, s.a, s.original); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: Put: %v, want %q", tt.name, err, tt.want)
		}
		// The import goes on.
		s = samples()[1]
		put(t, w, s.a, s.original)
		if _, err := w.Put(ctx, s.a, s.original); !errors.Is(err, store.ErrRepeated) {
			t.Errorf("Put of the same identity twice: %v, want ErrRepeated", err)
		}
		w.Close()
	}
	w := begin(t, t.TempDir())
	s := samples()[0]
	put(t, w, s.a, s.original)
	if _, err := w.Put(ctx, s.a, s.original); !errors.Is(err, store.ErrRepeated) {
		t.Errorf("Put of a new identity twice: %v, want ErrRepeated", err)
	}
}

// TestTakenIDs: an id that another thing has is not given again.
func TestTakenIDs(t *testing.T) {
	dir := t.TempDir()
	w := begin(t, dir)
	first, other := samples()[0], samples()[1]
	put(t, w, first.a, first.original)
	other.a.ID = first.a.ID
	other.a.Meetings[0].ID = first.a.Meetings[0].ID
	other.a.Meetings[1].ID = first.a.ID
	put(t, w, other.a, other.original)
	ids := []string{first.a.ID, first.a.Meetings[0].ID, first.a.Visits[0].ID, other.a.ID, other.a.Meetings[0].ID, other.a.Meetings[1].ID}
	for i, id := range ids {
		if err := archive.CheckID(id); err != nil || slices.Contains(ids[:i], id) {
			t.Errorf("id %d of %v is taken or bad: %v", i, ids, err)
		}
	}
	if other.a.Meetings[0].URL != "/m/"+other.a.Meetings[0].ID || other.a.URL != "/a/"+other.a.ID {
		t.Errorf("URLs %s, %s do not follow the ids", other.a.URL, other.a.Meetings[0].URL)
	}
	commit(t, w)
	if got := verify(t, dir); len(got) > 0 {
		t.Errorf("Verify finds %v", got)
	}
}

// TestOrphans walks the way of an operator whose import would break a link.
func TestOrphans(t *testing.T) {
	ctx := context.Background()
	dir := filled(t)
	s := open(t, dir)
	lost := samples()[1] // two meetings; the second is read no more
	gone, kept := lost.a.Meetings[1], lost.a.Meetings[0]
	onlyThere := gone.Participants[len(gone.Participants)-1].Person
	reread := func() *store.Writer {
		w := begin(t, dir)
		lost := samples()[1]
		lost.a.Meetings = lost.a.Meetings[:1]
		put(t, w, lost.a, lost.original)
		return w
	}
	w := reread()
	orphans, err := w.Orphans(ctx)
	want := []string{gone.URL, "/p/" + onlyThere}
	slices.Sort(want)
	if err != nil || !slices.Equal(orphans, want) {
		t.Fatalf("Orphans = %v, %v, want %v", orphans, err, want)
	}
	if err := w.Commit(ctx); err == nil || !strings.Contains(err.Error(), gone.URL) {
		t.Errorf("Commit with orphans: %v, want an error that names them", err)
	}
	w.Close()
	if _, err := s.Meeting(ctx, gone.ID); err != nil {
		t.Errorf("after a refused import: %v", err)
	}

	w = reread()
	for _, tt := range []struct {
		name string
		err  error
		want string
	}{
		{"redirect what answers", w.Redirect(ctx, kept.URL, gone.URL), "still has a record"},
		{"retire what answers", w.Retire(ctx, kept.URL, "why"), "still has a record"},
		{"redirect nothing", w.Redirect(ctx, "/m/0000000000x", kept.URL), "never published"},
		{"redirect nowhere", w.Redirect(ctx, gone.URL, "/m/0000000000x"), "never published"},
		{"redirect to itself", w.Redirect(ctx, gone.URL, gone.URL), "never published"},
		{"retire nothing", w.Retire(ctx, "nonsense", "why"), "never published"},
		{"retire without a reason", w.Retire(ctx, gone.URL, " "), "no reason"},
	} {
		if tt.err == nil || !strings.Contains(tt.err.Error(), tt.want) {
			t.Errorf("%s: %v, want %q", tt.name, tt.err, tt.want)
		}
	}
	for range 2 { // saying it again changes nothing
		if err := w.Redirect(ctx, gone.URL, kept.URL); err != nil {
			t.Error(err)
		}
		if err := w.Retire(ctx, "/p/"+onlyThere, "đọc sai"); err != nil {
			t.Error(err)
		}
	}
	if err := w.Retire(ctx, gone.URL, "why"); err == nil {
		t.Error("Retire of what was redirected gives no error")
	}
	if orphans, err := w.Orphans(ctx); err != nil || len(orphans) > 0 {
		t.Errorf("Orphans = %v, %v, want none", orphans, err)
	}
	commit(t, w)
	_, err = s.Meeting(ctx, gone.ID)
	if moved := new(store.MovedError); !errors.As(err, &moved) || moved.To != kept.URL {
		t.Errorf("Meeting of what was redirected: %v", err)
	}
	_, err = s.Person(ctx, onlyThere)
	if g := new(store.GoneError); !errors.As(err, &g) || g.Reason != "đọc sai" || g.Date != "2026-04-01" {
		t.Errorf("Person of who was retired: %v", err)
	}
	if _, err := s.Meeting(ctx, "0000000000x"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("Meeting of what never was: %v", err)
	}

	// The old rules come back: the meeting returns, under an id of its own.
	w = begin(t, dir)
	again := samples()[1]
	put(t, w, again.a, again.original)
	if id := again.a.Meetings[1].ID; id == gone.ID || archive.CheckID(id) != nil {
		t.Errorf("a meeting that returns has the id %s, which is redirected", id)
	}
	commit(t, w)
	if got := verify(t, dir); len(got) > 0 {
		t.Errorf("Verify finds %v", got)
	}
}

// TestNothingMoves perturbs the records at random between imports, as better
// rules would, and asks that every path published before answers something
// afterwards, unless Orphans names it.
func TestNothingMoves(t *testing.T) {
	ctx := context.Background()
	rnd := rand.New(rand.NewPCG(3, 5))
	dir := filled(t)
	s := open(t, dir)
	published := map[string]bool{}
	for a, err := range s.Articles(ctx) {
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range pathsOf(a) {
			published[p] = true
		}
	}
	moves, named := 0, 0
	for range 60 {
		w := begin(t, dir)
		for _, x := range samples() {
			if rnd.IntN(4) == 0 {
				x.original = append(x.original, byte('a'+rnd.IntN(26)))
				setOriginal(x.a, x.original)
			}
			perturb(rnd, x.a)
			x.a.AssignIDs()
			put(t, w, x.a, x.original)
			for _, p := range pathsOf(x.a) {
				published[p] = true
			}
		}
		orphans, err := w.Orphans(ctx)
		if err != nil {
			t.Fatal(err)
		}
		for _, o := range orphans {
			named++
			if err := w.Retire(ctx, o, "đọc lại"); err != nil {
				t.Fatal(err)
			}
		}
		commit(t, w)
		for path := range published {
			err := answer(ctx, s, path)
			if g := new(store.GoneError); errors.As(err, &g) {
				continue
			}
			if err != nil {
				moves++
				t.Errorf("%s: %v", path, err)
			}
		}
	}
	if got := verify(t, dir); len(got) > 0 {
		t.Errorf("Verify finds %v", got)
	}
	t.Logf("%d paths, %d named as orphans, %d lost", len(published), named, moves)
}

func pathsOf(a *archive.Article) []string {
	paths := []string{a.URL}
	for _, m := range a.Meetings {
		paths = append(paths, m.URL)
		for _, p := range m.Participants {
			paths = append(paths, "/p/"+p.Person)
		}
	}
	for _, v := range a.Visits {
		paths = append(paths, v.URL)
		for _, p := range v.Participants {
			paths = append(paths, "/p/"+p.Person)
		}
	}
	return paths
}

func answer(ctx context.Context, s *store.Store, path string) (err error) {
	switch id := path[3:]; path[:3] {
	case "/a/":
		_, err = s.Article(ctx, id)
	case "/m/":
		_, err = s.Meeting(ctx, id)
	case "/v/":
		_, err = s.Visit(ctx, id)
	case "/p/":
		_, err = s.Person(ctx, id)
	}
	return err
}

// perturb changes what another reader might read otherwise: it drops, repeats
// and reorders events, renames and drops persons, changes dates and kinds.
func perturb(rnd *rand.Rand, a *archive.Article) {
	if len(a.Meetings) > 0 {
		switch rnd.IntN(5) {
		case 0:
			a.Meetings = slices.Delete(a.Meetings, 0, 1)
		case 1:
			a.Meetings = append(a.Meetings, a.Meetings[0])
		case 2:
			slices.Reverse(a.Meetings)
		}
	}
	for i := range a.Meetings {
		m := &a.Meetings[i]
		m.Participants = slices.Clone(m.Participants)
		j := rnd.IntN(len(m.Participants))
		switch rnd.IntN(6) {
		case 0:
			m.Participants[j].Person += "-khac"
		case 1:
			m.Participants[j].Capacity = archive.Attending
		case 2:
			m.Date.EDTF = archive.Day(2020+rnd.IntN(5), 1+rnd.IntN(12), 1)
		case 3:
			m.Kind = archive.Reception
		}
	}
	for i := range a.Visits {
		if rnd.IntN(3) == 0 {
			a.Visits[i].Date.EDTF = "2025"
		}
	}
}
