package archive_test

import (
	"encoding/json"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vankho/internal/archive"
	"vankho/internal/testkit"
)

// correction of a field of a record from one value to another.
func correction(record, field, old, new string) archive.Correction {
	return archive.Correction{
		Record: record, Field: field, Old: json.RawMessage(old), New: json.RawMessage(new), ReadThen: json.RawMessage(old),
		Reason: "Đính chính của tòa soạn", Author: "Nguyễn Thị Thử", Date: "2026-05-04",
	}
}

func encode(t *testing.T, a *archive.Article) string {
	t.Helper()
	b, err := archive.Encode(a)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// TestCorrectEveryField corrects each field that can be, finds the value in the
// record, and undoes it again.
func TestCorrectEveryField(t *testing.T) {
	const talks, series, announced = 0, 1, 2
	for _, tt := range []struct {
		article   int
		of        string // "a", "m" or "v": the article or its first meeting or visit
		field     string
		old, new  string
		state     func(a *archive.Article) archive.State // of its claim
		paragraph int                                    // of the anchor
	}{
		{talks, "a", "title", `"Chủ tịch nước Trần Văn Mẫu hội đàm với Tổng thống Ana Moreira"`, `"Hội đàm"`, func(a *archive.Article) archive.State { return a.Title.State }, 0},
		{talks, "a", "publisher", `"Báo Mẫu"`, `null`, nil, 0},
		{talks, "a", "published", `"2026-03-12"`, `"2026-03-13"`, func(a *archive.Article) archive.State { return a.Published.State }, 1},
		{talks, "m", "kind", `"talks"`, `"courtesy_call"`, nil, 0},
		{talks, "m", "status", `"held"`, `"announced"`, nil, 0},
		{talks, "m", "main", `true`, `false`, nil, 0},
		{talks, "m", "date", `"2026-03-12"`, `null`, func(a *archive.Article) archive.State { return a.Meetings[0].Date.State }, 4},
		{talks, "m", "place.venue", `"Phủ Chủ tịch"`, `null`, func(a *archive.Article) archive.State { return a.Meetings[0].Place.State }, 4},
		{talks, "m", "place.city", `"Hà Nội"`, `"Huế"`, func(a *archive.Article) archive.State { return a.Meetings[0].Place.State }, 4},
		{talks, "m", "place.country", `"VN"`, `"BR"`, func(a *archive.Article) archive.State { return a.Meetings[0].Place.State }, 4},
		{talks, "m", "participants.ana-moreira.country", `"BR"`, `"PT"`, func(a *archive.Article) archive.State { return a.Meetings[0].Participants[1].CountryState }, 4},
		{talks, "m", "participants.ana-moreira.titles_as_written", `["Tổng thống"]`, `["Thủ tướng","Bộ trưởng"]`, nil, 4},
		{talks, "m", "participants.ana-moreira.organisation", `null`, `"WTO"`, nil, 4},
		{talks, "m", "participants.ana-moreira.side", `"guest"`, `"third"`, nil, 4},
		{talks, "m", "participants.le-thi-thu.capacity", `"attending"`, `"principal"`, nil, 4},
		{talks, "m", "agreements.2.force", `"proposed"`, `"agreed"`, nil, 5},
		{talks, "m", "agreements.2.actor", `"one"`, `"both"`, nil, 5},
		{talks, "m", "agreements.2.by", `["tran-van-mau"]`, `[]`, nil, 5},
		{talks, "m", "agreements.1.topics", `["kinh-te-thuong-mai","quoc-phong-an-ninh"]`, `["dau-tu"]`, nil, 7},
		{talks, "m", "agreements.1.due", `"2030"`, `"2031"`, nil, 7},
		{talks, "m", "agreements.1.figures.1.value", `15000000000`, `1.5e9`, nil, 7},
		{talks, "m", "statements.1.speakers", `["ana-moreira"]`, `["tran-van-mau"]`, nil, 5},
		{talks, "m", "statements.1.mode", `"reported"`, `"direct"`, nil, 5},
		{talks, "m", "figures.1.role", `"target"`, `"actual"`, nil, 7},
		{talks, "m", "figures.1.period", `"2030"`, `"P1Y"`, nil, 7},
		{talks, "m", "figures.1.unit", `null`, `"%"`, nil, 7},
		{talks, "m", "figures.1.currency", `"USD"`, `"EUR"`, nil, 7},
		{talks, "m", "figures.1.measure", `"kim ngạch thương mại song phương"`, `"đầu tư"`, nil, 7},
		{series, "m", "visit", `null`, `null`, nil, 0},
		{announced, "v", "level", `"official"`, `"state"`, nil, 0},
		{announced, "v", "date", `"XXXX-05"`, `"2026-05"`, func(a *archive.Article) archive.State { return a.Visits[0].Date.State }, 1},
		{announced, "v", "inviters", `["khamphan-thu"]`, `[]`, nil, 0},
		{announced, "v", "participants.ana-moreira.country", `"BR"`, `null`, nil, 1},
	} {
		t.Run(tt.of+"/"+tt.field, func(t *testing.T) {
			a := testkit.Articles()[tt.article]
			before := encode(t, a)
			record := map[string]string{"a": a.URL}
			if len(a.Meetings) > 0 {
				record["m"] = a.Meetings[0].URL
			}
			if len(a.Visits) > 0 {
				record["v"] = a.Visits[0].URL
			}
			c := correction(record[tt.of], tt.field, tt.old, tt.new)
			r, err := a.Look(&c)
			if err != nil || !archive.SameValue(r.Held, c.Old) || string(r.Read) != string(r.Held) || r.Field != tt.field {
				t.Fatalf("Look = %+v, %v, want %s", r, err, tt.old)
			}
			c.At = r.At
			if err := a.Correct([]archive.Correction{c})[0]; err != nil {
				t.Fatal(err)
			}
			if problems := archive.Check(a); len(problems) > 0 {
				t.Errorf("Check: %v", problems)
			}
			r, err = a.Look(&c)
			if err != nil || !archive.SameValue(r.Held, c.New) || !archive.SameValue(r.Read, c.Old) {
				t.Errorf("Look = %+v, %v, want %s, read %s", r, err, tt.new, tt.old)
			}
			if tt.state != nil && tt.state(a) != archive.Corrected {
				t.Errorf("its state is %s", tt.state(a))
			}
			listed := len(a.Corrections)
			for _, m := range a.Meetings {
				listed += len(m.Corrections)
			}
			for _, v := range a.Visits {
				listed += len(v.Corrections)
			}
			if want := 1; tt.old != tt.new && listed != want {
				t.Errorf("%d corrections are listed, want %d", listed, want)
			}
			if c.At != nil && c.At.Paragraph != tt.paragraph {
				t.Errorf("it was read in paragraph %d, want %d", c.At.Paragraph, tt.paragraph)
			}
			if err := a.Uncorrect(); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(before, encode(t, a)); diff != "" {
				t.Errorf("Uncorrect does not give back what was read:\n%s", diff)
			}
		})
	}
}

func TestCorrectRefuses(t *testing.T) {
	for _, tt := range []struct{ field, new, want string }{
		{"mood", `"x"`, `the record has no field "mood" to correct; there are agreements, date`},
		{"id", `"x"`, `no field "id"`},
		{"evidence", `[]`, `no field "evidence"`},
		{"place", `"x"`, `place is no single value; name one of city, country, venue`},
		{"place.planet", `"x"`, `place has no field "planet"`},
		{"date.day", `"x"`, `date has no part "day"`},
		{"participants", `[]`, `name one by slug`},
		{"participants.nobody.country", `"VN"`, `no participant "nobody"`},
		{"participants.ana-moreira.name", `"x"`, `has no field "name"`},
		{"agreements", `[]`, `name one by number`},
		{"agreements.0.force", `"agreed"`, `no 0; there are 2`},
		{"agreements.3.force", `"agreed"`, `no 3; there are 2`},
		{"agreements.1.figures.2.value", `1`, `agreements.1.figures: no 2; there are 1`},
		{"agreements.1.text", `"x"`, `agreements.1 has no field "text"`},
		{"agreements.1.force", `"promised"`, `force "promised"`},
		{"agreements.1.by", `["nobody"]`, `"nobody" does not take part`},
		{"kind", `null`, `null is no value of this field`},
		{"kind", `"chat"`, `kind "chat"`},
		{"main", `"yes"`, `"yes" is a string, want true or false`},
		{"date", `"2026-02-30"`, `bad day "30"`},
		{"date", `["2026"]`, `is a array, want a text or null`},
		{"place.country", `"Lào"`, `is no ISO 3166-1 alpha-2 code`},
		{"participants.ana-moreira.titles_as_written", `"Tổng thống"`, `want a list of texts`},
		{"figures.1.value", `"a lot"`, `want a number`},
		{"visit", `"00000000000"`, `is not in this article`},
	} {
		a := testkit.Articles()[0]
		before := encode(t, a)
		c := correction(a.Meetings[0].URL, tt.field, `"?"`, tt.new)
		err := a.Correct([]archive.Correction{c})[0]
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("Correct %s to %s: %v, want %q", tt.field, tt.new, err, tt.want)
		}
		if n := len(a.Problems); n != 1 || a.Problems[0].Rule != "correction-lost" {
			t.Errorf("Correct %s to %s: problems %v", tt.field, tt.new, a.Problems)
		}
		if err := a.Uncorrect(); err != nil || encode(t, a) != before {
			t.Errorf("Correct %s to %s changes the article: %v", tt.field, tt.new, err)
		}
	}
}

// TestCorrectAgain: what stands after several corrections of one field, and
// after the reader has changed its mind.
func TestCorrectAgain(t *testing.T) {
	var record string
	date := func(old, new, read string) archive.Correction {
		c := correction(record, "date", old, new)
		c.ReadThen = json.RawMessage(read)
		return c
	}
	const read, other, right, wrong = `"2026-03-12"`, `"2026-03-14"`, `"2026-03-13"`, `"2026-03-15"`
	for _, tt := range []struct {
		name  string
		reads string // by the reader, now
		list  func() []archive.Correction
		want  string
		state archive.State
		rule  string // of the problem
	}{
		{"one", read, func() []archive.Correction { return []archive.Correction{date(read, right, read)} }, right, archive.Corrected, ""},
		{"superseded", read, func() []archive.Correction {
			return []archive.Correction{date(read, wrong, read), date(wrong, right, read)}
		}, right, archive.Corrected, ""},
		{"withdrawn", read, func() []archive.Correction {
			return []archive.Correction{date(read, wrong, read), date(wrong, read, read)}
		}, read, archive.Inferred, ""},
		{"withdrawn, and the reader reads a third", other, func() []archive.Correction {
			return []archive.Correction{date(read, wrong, read), date(wrong, read, read)}
		}, other, archive.Inferred, ""},
		{"the reader has learnt it", right, func() []archive.Correction { return []archive.Correction{date(read, right, read)} }, right, archive.Inferred, ""},
		{"the reader reads a third", other, func() []archive.Correction { return []archive.Correction{date(read, right, read)} }, right, archive.Corrected, "correction-overtaken"},
		{"that was seen and confirmed", other, func() []archive.Correction {
			return []archive.Correction{date(read, right, read), date(right, right, other)}
		}, right, archive.Corrected, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a := testkit.Articles()[0]
			a.Meetings[0].Date.EDTF = archive.Date(strings.Trim(tt.reads, `"`))
			record = a.Meetings[0].URL
			for i, err := range a.Correct(tt.list()) {
				if err != nil {
					t.Errorf("correction %d: %v", i, err)
				}
			}
			if d := a.Meetings[0].Date; `"`+string(d.EDTF)+`"` != tt.want || d.State != tt.state {
				t.Errorf("the date is %s, %s, want %s, %s", d.EDTF, d.State, tt.want, tt.state)
			}
			if got := len(a.Meetings[0].Corrections) == 1; got != (tt.state == archive.Corrected) {
				t.Errorf("listed: %v", a.Meetings[0].Corrections)
			}
			rule := ""
			if len(a.Problems) > 0 {
				rule = a.Problems[0].Rule
			}
			if rule != tt.rule {
				t.Errorf("problems %v, want %q", a.Problems, tt.rule)
			}
		})
	}
}

// TestAnchor corrects an agreement and lets the reader number and read it
// otherwise afterwards.
func TestAnchor(t *testing.T) {
	first := testkit.Articles()[0]
	c := correction(first.Meetings[0].URL, "agreements.2.force", `"proposed"`, `"agreed"`)
	r, err := first.Look(&c)
	if err != nil {
		t.Fatal(err)
	}
	at := r.At
	c.At = at
	for _, tt := range []struct {
		name   string
		change func(a *archive.Article)
		want   string // the field as it is listed; "" when it is lost
	}{
		{"the same", func(*archive.Article) {}, "agreements.2.force"},
		{"one less before it", func(a *archive.Article) { a.Meetings[0].Agreements = a.Meetings[0].Agreements[1:] }, "agreements.1.force"},
		{"more words", func(a *archive.Article) {
			g := &a.Meetings[0].Agreements[1]
			g.Evidence = []archive.Evidence{a.Paragraphs[4].Quote(0, len(a.Paragraphs[4].Text))}
		}, "agreements.2.force"},
		{"another version with the words elsewhere", func(a *archive.Article) {
			p := archive.Paragraph{N: 10, Kind: archive.Body, Text: at.Quote, Sentences: []int{0}}
			a.Paragraphs[4].Text, a.Paragraphs[4].Sentences = "Khác.", []int{0}
			a.Paragraphs = append(a.Paragraphs, p)
			a.Meetings[0].Statements = nil
			a.Meetings[0].Agreements[1].Evidence = []archive.Evidence{p.Quote(0, len(p.Text))}
		}, "agreements.2.force"},
		{"no more", func(a *archive.Article) { a.Meetings[0].Agreements = a.Meetings[0].Agreements[:1] }, ""},
	} {
		a := testkit.Articles()[0]
		tt.change(a)
		a.Correct([]archive.Correction{c})
		got := ""
		if list := a.Meetings[0].Corrections; len(list) > 0 {
			got = list[0].Field
		}
		if lost := len(a.Problems) == 1 && a.Problems[0].Rule == "correction-lost"; got != tt.want || lost != (tt.want == "") {
			t.Errorf("%s: listed as %q, want %q; problems %v", tt.name, got, tt.want, a.Problems)
		}
	}
	// Of several corrections that are lost the last counts, and one that was
	// withdrawn is none.
	for _, tt := range []struct {
		last string
		want int
	}{{`"signed"`, 1}, {`"proposed"`, 0}} {
		a := testkit.Articles()[0]
		a.Meetings[0].Agreements = a.Meetings[0].Agreements[:1]
		second := c
		second.Old, second.New = c.New, json.RawMessage(tt.last)
		for i, err := range a.Correct([]archive.Correction{c, second}) {
			if err == nil {
				t.Errorf("correction %d is applied to nothing", i)
			}
		}
		if len(a.Problems) != tt.want {
			t.Errorf("then to %s: problems %v, want %d", tt.last, a.Problems, tt.want)
		}
	}
	// A participant whose name is read otherwise is known by the words.
	a := testkit.Articles()[0]
	c = correction(a.Meetings[0].URL, "participants.ana-moreira.country", `"BR"`, `"PT"`)
	if r, err = a.Look(&c); err != nil {
		t.Fatal(err)
	}
	c.At = r.At
	a.Meetings[0].Participants[1].Person = "ana-maria-moreira"
	a.Meetings[0].Statements = nil
	if err := a.Correct([]archive.Correction{c})[0]; err != nil || a.Meetings[0].Participants[1].Country != "PT" {
		t.Errorf("a participant under another slug: %v", err)
	}
}

// TestCorrectSharedLists: readers may put one list into two events; a
// correction changes the one that it names.
func TestCorrectSharedLists(t *testing.T) {
	a := testkit.Articles()[1]
	a.Meetings[1].Participants = a.Meetings[0].Participants
	c := correction(a.Meetings[0].URL, "participants.karl-muster.country", `"CH"`, `"AT"`)
	if err := a.Correct([]archive.Correction{c})[0]; err != nil {
		t.Fatal(err)
	}
	if got := a.Meetings[1].Participants[1].Country; got != "CH" {
		t.Errorf("the other event has %s now", got)
	}
}

// TestUncorrectAnything applies random corrections together and wants what was
// read back.
func TestUncorrectAnything(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	values := []string{`null`, `"VN"`, `"LA"`, `"2026"`, `"held"`, `"agreed"`, `[]`, `["x"]`, `true`, `7`, `"official"`}
	applied := 0
	for range 300 {
		for _, a := range testkit.Articles() {
			before := encode(t, a)
			records := []string{a.URL}
			for _, m := range a.Meetings {
				records = append(records, m.URL)
			}
			for _, v := range a.Visits {
				records = append(records, v.URL)
			}
			var list []archive.Correction
			for range 1 + rnd.IntN(5) {
				fields := []string{"title", "publisher", "published", "date", "status", "main", "level", "place.city", "place.country",
					"participants.ana-moreira.country", "participants.ana-moreira.titles_as_written", "agreements.1.force", "agreements.1.due", "figures.1.value", "visit"}
				c := correction(records[rnd.IntN(len(records))], fields[rnd.IntN(len(fields))], `"?"`, values[rnd.IntN(len(values))])
				list = append(list, c)
			}
			for _, err := range a.Correct(list) {
				if err == nil {
					applied++
				}
			}
			if problems := archive.Check(a); len(problems) > 0 {
				t.Fatalf("%+v: Check: %v", list, problems)
			}
			if err := a.Uncorrect(); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(before, encode(t, a)); diff != "" {
				t.Fatalf("%+v:\n%s", list, diff)
			}
		}
	}
	if applied < 100 {
		t.Errorf("only %d of the corrections were possible", applied)
	}
}

func TestNormalise(t *testing.T) {
	good := func() archive.Correction { return correction("/m/00000000000", "date", `"2026"`, `null`) }
	for _, tt := range []struct {
		name   string
		change func(c *archive.Correction)
		field  string // afterwards
		new    string
		want   string // in the error
	}{
		{"good", func(*archive.Correction) {}, "date", `null`, ""},
		{"the long name of a date", func(c *archive.Correction) { c.Field = "date.edtf" }, "date", `null`, ""},
		{"the long name of a title", func(c *archive.Correction) { c.Field = "title.text" }, "title", `null`, ""},
		{"titles", func(c *archive.Correction) { c.Field = "participants.to-lam.titles" }, "participants.to-lam.titles_as_written", `[]`, ""},
		{"a year that YAML takes for a number", func(c *archive.Correction) { c.New = json.RawMessage(`2026`) }, "date", `"2026"`, ""},
		{"a number that is one", func(c *archive.Correction) { c.Field, c.New = "figures.1.value", json.RawMessage(`1.50e3`) }, "figures.1.value", `1.50e3`, ""},
		{"no new value", func(c *archive.Correction) { c.New = nil }, "", "", "new: no value; unknown is null"},
		{"no reason", func(c *archive.Correction) { c.Reason = "" }, "", "", "reason: missing"},
		{"no author", func(c *archive.Correction) { c.Author = " " }, "", "", "author: missing"},
		{"no day", func(c *archive.Correction) { c.Date = "2026-05" }, "", "", "date: want a day"},
		{"no such day", func(c *archive.Correction) { c.Date = "2026-13-01" }, "", "", "date: date \"2026-13-01\": bad month"},
		{"white space", func(c *archive.Correction) { c.New = json.RawMessage(`"Huế "`) }, "", "", "new: white space"},
		{"control character", func(c *archive.Correction) { c.New = json.RawMessage(`["\u0007"]`) }, "", "", "new: control character"},
		{"a novel", func(c *archive.Correction) { c.Reason = strings.Repeat("vì ", 2000) + "thế" }, "", "", "reason: 8005 bytes"},
		{"text that runs backwards", func(c *archive.Correction) { c.Author = "Thử \u202e" + "x" }, "", "", "author: character in it that turns"},
		{"empty text", func(c *archive.Correction) { c.New = json.RawMessage(`""`) }, "", "", "new: missing"},
	} {
		c := good()
		tt.change(&c)
		err := c.Normalise()
		switch {
		case tt.want == "" && (err != nil || c.Field != tt.field || string(c.New) != tt.new):
			t.Errorf("%s: %s, %s, %v, want %s, %s", tt.name, c.Field, c.New, err, tt.field, tt.new)
		case tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want)):
			t.Errorf("%s: %v, want %q", tt.name, err, tt.want)
		}
	}
	// The id is of what the author wrote, and of nothing else.
	a, b := good(), good()
	b.At, b.ReadThen = &archive.Anchor{}, json.RawMessage(`"2027"`)
	if a.ID() != b.ID() || len(a.ID()) != 64 {
		t.Errorf("ids %s and %s", a.ID(), b.ID())
	}
	if b.Reason += "."; a.ID() == b.ID() {
		t.Error("another reason has the same id")
	}
}

// FuzzCorrect: whatever is corrected to whatever, the article is as sound as
// before, the value is what was wanted or the correction is refused, and undone
// it is what was read.
func FuzzCorrect(f *testing.F) {
	for _, field := range []string{"date", "date.edtf", "place", "participants.ana-moreira.titles", "agreements.1.figures.1.value", "agreements.-1.force",
		"statements.1.speakers", "visit", "level", "inviters", "title", "published", "", ".", "participants.", "figures.99999999999999999999.role"} {
		f.Add(uint8(len(field)), field, `"2026"`, 2, 0)
	}
	f.Add(uint8(3), "agreements.7.force", `[null, {"a": 1}]`, 5, 2)
	f.Fuzz(func(t *testing.T, which uint8, field, value string, paragraph, start int) {
		a := testkit.Articles()[int(which)%3]
		records := []string{a.URL}
		for _, m := range a.Meetings {
			records = append(records, m.URL)
		}
		for _, v := range a.Visits {
			records = append(records, v.URL)
		}
		before := encode(t, a)
		c := correction(records[int(which/3)%len(records)], field, `"?"`, value)
		if which%2 == 0 {
			c.At = &archive.Anchor{Evidence: archive.Evidence{Span: archive.Span{Paragraph: paragraph, Start: start, End: start + 5}, Quote: value}, Rank: paragraph}
		}
		if c.Normalise() != nil {
			return
		}
		c.ID()
		if err := a.Correct([]archive.Correction{c})[0]; err == nil && !c.Withdraws() {
			if r, err := a.Look(&c); err != nil || !archive.SameValue(r.Held, c.New) {
				t.Errorf("%s is %+v, %v, want %s", field, r, err, c.New)
			}
		}
		if problems := archive.Check(a); len(problems) > 0 {
			t.Errorf("Check: %v", problems)
		}
		if err := a.Uncorrect(); err != nil {
			t.Fatal(err)
		}
		if after := encode(t, a); after != before {
			t.Errorf("Uncorrect gives %s, want %s", after, before)
		}
	})
}
