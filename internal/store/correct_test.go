package store_test

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vankho/internal/archive"
	"vankho/internal/store"
)

func correction(record, field, old, new string) archive.Correction {
	return archive.Correction{Record: record, Field: field, Old: json.RawMessage(old), New: json.RawMessage(new),
		Reason: "Tòa soạn đính chính", Author: "Nguyễn Thị Thử", Date: "2026-05-04"}
}

func correct(t testing.TB, w *store.Writer, c archive.Correction) {
	t.Helper()
	if done, err := w.Correct(context.Background(), c, nil); err != nil || !done {
		t.Fatalf("Correct %s: %v, %v", c.Field, done, err)
	}
}

// putSamples imports the samples as they are read, changed by better rules.
func putSamples(t testing.TB, w *store.Writer, change func(list []sample)) {
	t.Helper()
	list := samples()
	change(list)
	for _, s := range list {
		put(t, w, s.a, s.original)
	}
}

func same([]sample) {}

// TestCorrect corrects values that lists and look-ups lean on, and finds them
// everywhere; a later import of the same files changes nothing.
func TestCorrect(t *testing.T) {
	ctx := context.Background()
	dir := filled(t)
	s := open(t, dir)
	m := samples()[0].a.Meetings[0]
	w := begin(t, dir)
	correct(t, w, correction(m.URL, "place.country", `"VN"`, `"LA"`))
	correct(t, w, correction("https://vankho.example/en"+m.URL+".json", "date", `"2026-03-12"`, `"2026-03-10"`))
	correct(t, w, correction(m.ID, "participants.ana-moreira.titles", `["Tổng thống"]`, `["Thủ tướng"]`))
	correct(t, w, correction(m.URL, "participants.ana-moreira.country", `"BR"`, `"PT"`))
	correct(t, w, correction(m.URL, "agreements.2.force", `"proposed"`, `"agreed"`))
	correct(t, w, correction(samples()[0].a.URL, "title", `"Chủ tịch nước Trần Văn Mẫu hội đàm với Tổng thống Ana Moreira"`, `"Hội đàm"`))
	commit(t, w)

	got, err := s.Meeting(ctx, m.ID)
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Meeting.Corrections) != 5 || len(got.Article.Corrections) != 1 || got.Meeting.Date.State != archive.Corrected {
		t.Errorf("the record lists %+v and %+v", got.Meeting.Corrections, got.Article.Corrections)
	}
	entries, _, err := s.Entries(ctx, store.Filter{Country: "PT"})
	if err != nil || len(entries) != 1 {
		t.Fatalf("Entries of PT = %+v, %v", entries, err)
	}
	e := entries[0]
	if e.ID != m.ID || e.Date != "2026-03-10" || e.Country != "LA" || e.Who[1].Title != "Thủ tướng" || e.Agreements != 2 || e.Title != "Hội đàm" {
		t.Errorf("the list has %+v", e)
	}
	if _, n, err := s.Entries(ctx, store.Filter{Country: "LA"}); err != nil || n != 3 {
		t.Errorf("%d events with LA, %v, want 3", n, err)
	}
	if found := verify(t, dir); len(found) > 0 {
		t.Errorf("Verify finds %v", found)
	}

	before, err := s.State(ctx)
	if err != nil {
		t.Fatal(err)
	}
	w = begin(t, dir)
	putSamples(t, w, same)
	if done, err := w.Correct(ctx, correction(m.ID, "date.edtf", `"2026-03-12"`, `"2026-03-10"`), nil); done || err != nil {
		t.Errorf("the same correction again: %v, %v", done, err)
	}
	if w.Changed() {
		t.Error("the same files and corrections again change something")
	}
	commit(t, w)
	if after, err := s.State(ctx); err != nil || after != before {
		t.Errorf("State = %v, %v, want %v", after, err, before)
	}
}

// TestCorrectionsStay reads the articles again with better rules and as other
// bytes: corrections stay, wherever the reader's numbers have gone, and ids are
// found by what was read, not by what was corrected.
func TestCorrectionsStay(t *testing.T) {
	ctx := context.Background()
	dir := filled(t)
	s := open(t, dir)
	series := samples()[1].a
	first, second := series.Meetings[0], series.Meetings[1]
	w := begin(t, dir)
	// The corrected date of the first is what the second had.
	correct(t, w, correction(first.URL, "date", `"2026-04-01"`, `"2026-04-02"`))
	correct(t, w, correction(first.URL, "participants.karl-muster.capacity", `"principal"`, `"attending"`))
	correct(t, w, correction(second.URL, "figures.1.role", `"pledge"`, `"actual"`))
	commit(t, w)
	for _, tt := range []struct {
		name     string
		change   func(list []sample)
		problems []string // of the series
	}{
		{"the same rules", same, nil},
		{"another place, and a figure more", func(list []sample) {
			a := list[1].a
			a.Meetings[0].Place.City = "Bern"
			extra := a.Meetings[1].Figures[0]
			extra.Evidence = []archive.Evidence{a.Paragraphs[3].Quote(0, 4)}
			a.Meetings[1].Figures = []archive.Figure{extra, a.Meetings[1].Figures[0]}
		}, nil},
		{"a third date", func(list []sample) { list[1].a.Meetings[0].Date.EDTF = "2026-04-03" }, []string{"correction-overtaken"}},
		{"no figure", func(list []sample) { list[1].a.Meetings[1].Figures = nil }, []string{"correction-lost"}},
		{"other bytes", func(list []sample) {
			list[1].original = append(list[1].original, '\n')
			setOriginal(list[1].a, list[1].original)
		}, nil},
		{"the same rules once more", func(list []sample) {
			list[1].original = append(list[1].original, '\n')
			setOriginal(list[1].a, list[1].original)
		}, nil},
	} {
		w := begin(t, dir)
		putSamples(t, w, tt.change)
		commit(t, w)
		got, err := s.Meeting(ctx, first.ID)
		if err != nil {
			t.Fatalf("%s: %v", tt.name, err)
		}
		if d := got.Meeting.Date; d.EDTF != "2026-04-02" || d.State != archive.Corrected || got.Meeting.Participants[1].Capacity != archive.Attending {
			t.Errorf("%s: the date is %s, %s", tt.name, d.EDTF, d.State)
		}
		if got, err := s.Meeting(ctx, second.ID); err != nil || got.Meeting.Participants[1].Person != "bounmy-thu" {
			t.Errorf("%s: the second meeting: %+v, %v", tt.name, got, err)
		}
		var rules []string
		for _, p := range got.Article.Problems {
			rules = append(rules, p.Rule)
		}
		if diff := cmp.Diff(tt.problems, rules); diff != "" {
			t.Errorf("%s: problems (-want +got):\n%s", tt.name, diff)
		}
		if found := verify(t, dir); len(found) > 0 {
			t.Errorf("%s: Verify finds %v", tt.name, found)
		}
	}
}

// TestFrozenTextIsUncorrected: whoever reads the events anew from the stored
// paragraphs gets what was read, not what was corrected.
func TestFrozenTextIsUncorrected(t *testing.T) {
	dir := filled(t)
	s := samples()[0]
	w := begin(t, dir)
	correct(t, w, correction(s.a.URL, "publisher", `"Báo Mẫu"`, `"Báo Khác"`))
	commit(t, w)
	s.a.Paragraphs[2].Text += "."
	frozen := new(store.FrozenTextError)
	if _, err := begin(t, dir).Put(context.Background(), s.a, s.original); !errors.As(err, &frozen) {
		t.Fatalf("Put: %v, want a *FrozenTextError", err)
	}
	if got := frozen.Stored; got.Publisher != "Báo Mẫu" || len(got.Corrections) > 0 {
		t.Errorf("the stored reading is by %s, corrected by %v", got.Publisher, got.Corrections)
	}
}

func TestCorrectRefuses(t *testing.T) {
	ctx := context.Background()
	dir := filled(t)
	m := samples()[0].a.Meetings[0]
	good := correction(m.URL, "date", `"2026-03-12"`, `"2026-03-10"`)
	for _, tt := range []struct {
		name   string
		change func(c *archive.Correction)
		want   string
	}{
		{"no such record", func(c *archive.Correction) { c.Record = "/m/" + archive.NewID("x") }, "no such record"},
		{"no such id", func(c *archive.Correction) { c.Record = archive.NewID("x") }, "no such record"},
		{"mistyped", func(c *archive.Correction) { c.Record = m.URL + "0" }, "mistyped"},
		{"a meeting as a visit", func(c *archive.Correction) { c.Record = "/v/" + m.ID }, "no such record"},
		{"a person", func(c *archive.Correction) { c.Record = "/p/ana-moreira" }, "only articles, meetings and visits"},
		{"a version", func(c *archive.Correction) { c.Record = samples()[0].a.URL + "/v/1" }, "mistyped"},
		{"no such field", func(c *archive.Correction) { c.Field = "weather" }, `no field "weather"`},
		{"a stale value", func(c *archive.Correction) { c.Old = json.RawMessage(`"2026-03-11"`) }, `the old value does not hold: it is "2026-03-12", not "2026-03-11"`},
		{"nothing new", func(c *archive.Correction) { c.New = c.Old }, "it changes nothing"},
		{"no reason", func(c *archive.Correction) { c.Reason = "" }, "reason: missing"},
		{"no date that is one", func(c *archive.Correction) { c.New = json.RawMessage(`"hôm qua"`) }, `date "hôm qua"`},
		{"no kind that is one", func(c *archive.Correction) {
			c.Field, c.Old, c.New = "kind", json.RawMessage(`"talks"`), json.RawMessage(`"chat"`)
		}, `kind "chat"`},
	} {
		w := begin(t, dir)
		c := good
		tt.change(&c)
		refused := new(store.CorrectionError)
		if _, err := w.Correct(ctx, c, nil); !errors.As(err, &refused) || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %q", tt.name, err, tt.want)
		}
		if w.Changed() {
			t.Errorf("%s: something was written", tt.name)
		}
		correct(t, w, good) // the import goes on
		w.Close()
	}
	// One that the reader has changed its mind about can be said again.
	w := begin(t, dir)
	correct(t, w, good)
	commit(t, w)
	again := correction(m.URL, "date", `"2026-03-10"`, `"2026-03-10"`)
	w = begin(t, dir)
	if _, err := w.Correct(ctx, again, nil); err == nil {
		t.Error("a value is confirmed that nobody doubts")
	}
	putSamples(t, w, func(list []sample) { list[0].a.Meetings[0].Date.EDTF = "2026-03-09" })
	correct(t, w, again)
	commit(t, w)
	if got, err := open(t, dir).Meeting(ctx, m.ID); err != nil || len(got.Article.Problems) > 0 || got.Meeting.Date.EDTF != "2026-03-10" {
		t.Errorf("confirmed: %+v, %v", got.Article.Problems, err)
	}
}

// TestRebuild makes an archive again from its articles, as the rules of today
// read them, and its corrections, and wants the same archive: whatever was
// corrected again, withdrawn or overtaken.
func TestRebuild(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	talks := samples()[0].a.Meetings[0].URL
	w := begin(t, dir)
	putSamples(t, w, same)
	for _, c := range []archive.Correction{
		correction(talks, "date", `"2026-03-12"`, `"2026-03-10"`),
		correction(talks, "date", `"2026-03-10"`, `"2026-03-11"`),
		correction(talks, "place.city", `"Hà Nội"`, `"Huế"`),
		correction(talks, "place.city", `"Huế"`, `"Hà Nội"`),
		correction(talks, "agreements.2.force", `"proposed"`, `"agreed"`),
		correction(talks, "status", `"held"`, `"announced"`),
		correction(talks, "figures.1.value", `15e9`, `15.5e9`),
	} {
		correct(t, w, c)
	}
	commit(t, w)
	better := func(list []sample) {
		m := &list[0].a.Meetings[0]
		m.Date.EDTF, m.Place.City, m.Status = "2026-03-09", "Vinh", archive.Announced
		m.Agreements = m.Agreements[1:]
		m.Figures = nil
	}
	w = begin(t, dir)
	putSamples(t, w, func(list []sample) { list[0].a.Meetings[0].Place.City = "Bắc Ninh" })
	correct(t, w, correction(talks, "place.city", `"Bắc Ninh"`, `"Bắc Giang"`))
	commit(t, w)
	w = begin(t, dir)
	putSamples(t, w, better)
	commit(t, w)

	second := t.TempDir()
	w = begin(t, second)
	putSamples(t, w, better)
	n, lost := 0, 0
	for c, err := range open(t, dir).Corrections(ctx) {
		if err != nil {
			t.Fatal(err)
		}
		if n++; c.Lost != nil {
			lost++
			continue
		}
		if done, err := w.Correct(ctx, c.Correction, c.ReadsNow); !done || err != nil {
			t.Errorf("%s: %v, %v", c.Field, done, err)
		}
	}
	commit(t, w)
	if n != 8 || lost != 1 {
		t.Errorf("%d corrections, %d of them lost, want 8 and 1", n, lost)
	}
	want, err := open(t, dir).Article(ctx, samples()[0].a.ID)
	if err != nil {
		t.Fatal(err)
	}
	got, err := open(t, second).Article(ctx, samples()[0].a.ID)
	if err != nil {
		t.Fatal(err)
	}
	var rules []string
	for _, p := range want.Problems {
		rules = append(rules, p.Rule)
	}
	if diff := cmp.Diff([]string{"correction-overtaken", "correction-overtaken", "correction-lost"}, rules); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
	want.Problems = want.Problems[:2] // the lost one is not in the second archive
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the article, made again (-first +second):\n%s", diff)
	}
}

// TestCorrectionDamage: what is done to the table without the sums of the
// pages knowing is found.
func TestCorrectionDamage(t *testing.T) {
	m := samples()[0].a.Meetings[0].URL
	dir := filled(t)
	w := begin(t, dir)
	correct(t, w, correction(m, "date", `"2026-03-12"`, `"2026-03-10"`))
	commit(t, w)
	db, err := sql.Open("sqlite", "file:"+filepath.Join(dir, "archive.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, tt := range []struct{ query, want string }{
		{"DELETE FROM correction", "kept for ever"},
		{"UPDATE correction SET json = 'x'", "never changes"},
	} {
		if _, err := db.Exec(tt.query); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %q", tt.query, err, tt.want)
		}
	}
}

// TestCorrectionsSurvive perturbs the records at random between imports, as
// better rules would, corrects some values after each, and asks that nothing a
// person said is forgotten: every correction is kept, and holds, or was followed
// by another, or the article says that it is lost.
func TestCorrectionsSurvive(t *testing.T) {
	ctx := context.Background()
	rnd := rand.New(rand.NewPCG(7, 11))
	dir := filled(t)
	s := open(t, dir)
	values := map[string][]string{
		"date": {`null`, `"2026-03-10"`, `"2025"`}, "place.city": {`null`, `"Huế"`, `"Vinh"`}, "place.country": {`"LA"`, `"VN"`},
		"status": {`"held"`, `"announced"`, `"recalled"`}, "main": {`true`, `false`},
		"participants.ana-moreira.country":      {`"PT"`, `null`},
		"participants.tran-van-mau.capacity":    {`"attending"`, `"principal"`},
		"participants.pham-thu.titles":          {`[]`, `["Chủ tịch"]`},
		"agreements.1.force":                    {`"signed"`, `"welcomed"`},
		"agreements.2.actor":                    {`"all"`, `"both"`},
		"figures.1.value":                       {`1`, `2.5`},
		"participants.khamphan-thu.country":     {`"TH"`},
		"participants.karl-muster.organisation": {`"EU"`},
	}
	given, lost := 0, 0
	for range 25 {
		w := begin(t, dir)
		for _, x := range samples() {
			if rnd.IntN(4) == 0 {
				x.original = append(x.original, byte('a'+rnd.IntN(26)))
				setOriginal(x.a, x.original)
			}
			perturb(rnd, x.a)
			x.a.AssignIDs()
			put(t, w, x.a, x.original)
		}
		orphans, err := w.Orphans(ctx)
		if err != nil {
			t.Fatal(err)
		}
		for _, o := range orphans {
			if err := w.Retire(ctx, o, "đọc lại"); err != nil {
				t.Fatal(err)
			}
		}
		var list []archive.Correction
		for a, err := range w.Articles(ctx) {
			if err != nil {
				t.Fatal(err)
			}
			for _, path := range pathsOf(a) {
				for field, of := range values {
					c := correction(path, field, `null`, of[rnd.IntN(len(of))])
					if err := c.Normalise(); err != nil {
						t.Fatal(err)
					}
					if r, err := a.Look(&c); err == nil && rnd.IntN(6) == 0 {
						c.Old, c.Reason = r.Held, fmt.Sprint("thử ", given+len(list))
						list = append(list, c)
					}
				}
			}
		}
		for _, c := range list {
			done, err := w.Correct(ctx, c, nil)
			if refused := new(store.CorrectionError); err != nil && !errors.As(err, &refused) {
				t.Fatal(err)
			}
			if done {
				given++
			}
		}
		commit(t, w)
		if got := verify(t, dir); len(got) > 0 {
			t.Fatalf("Verify finds %v", got)
		}
		kept, gone, said := 0, 0, 0
		for c, err := range s.Corrections(ctx) {
			if err != nil {
				t.Fatal(err)
			}
			if kept++; c.Lost != nil {
				gone++
			}
		}
		if kept != given {
			t.Fatalf("%d corrections are kept of %d", kept, given)
		}
		for a, err := range s.Articles(ctx) {
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range a.Problems {
				if p.Rule == "correction-lost" {
					said++
				}
			}
			corrected := archive.Check(a)
			if err := a.Uncorrect(); err != nil {
				t.Fatal(err)
			}
			if read := archive.Check(a); len(corrected) > len(read) {
				t.Errorf("corrections make %s unsound: %v", a.URL, corrected)
			}
		}
		if said > gone {
			t.Fatalf("%d corrections are lost, the articles name %d", gone, said)
		}
		lost += said
	}
	if given < 50 || lost == 0 {
		t.Errorf("only %d corrections were given, %d lost", given, lost)
	}
	t.Logf("%d corrections, %d times lost", given, lost)
}
