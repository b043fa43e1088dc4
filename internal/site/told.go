package site

import (
	"slices"
	"strings"

	"vankho/internal/archive"
	"vankho/internal/encounter"
	"vankho/internal/store"
)

// said is one of several values that contradict each other, with who says it.
type said struct {
	Text    string
	Sources sources
}

// comparison sets side by side what several articles tell of one encounter.
type comparison struct {
	Say      string // "3 bài cùng nói về cuộc này"
	More     string // of how many more articles nothing is shown
	Articles []articleRef
	Rows     []comparedRow
	Differ   bool // a row does
}

type comparedRow struct {
	Label  string
	Source bool   // the label is in the words of the sources
	Note   string // after the label, in brackets
	Differ bool
	Cells  []comparedCell // one of each article
}

// comparedCell is what an article says; nothing, when Text is empty.
type comparedCell struct {
	Text    string
	Source  bool   // as in claim
	Note    string // after the text, in brackets
	Say     string // as in claim
	Sources sources
}

// cellSources is how many places a cell of the comparison leads to.
const cellSources = 2

// toldBy gives all readings of an event, the one that stands for them first.
func toldBy(e *store.EventRecord) []encounter.Told {
	return append([]encounter.Told{{Article: e.Article, Meeting: e.Meeting, Visit: e.Visit}}, e.Readings...)
}

// numbered gives the number by which the page calls each article.
func numbered(told []encounter.Told) map[archive.Opt]int {
	n := map[archive.Opt]int{}
	for i, t := range told {
		n[archive.Opt(t.Article.ID)] = i + 1
	}
	return n
}

// readEvent makes the record of an event from all of its readings, and of
// several articles the comparison.
func readEvent(words *catalogue, e *store.EventRecord) (record, encounter.Told, *comparison) {
	told := toldBy(e)
	rd := newReader(words, e.Article.URL)
	if len(told) == 1 {
		return rd.record(told[0], e.Article.Visits), told[0], nil
	}
	rd.told = numbered(told)
	merged, conflicts := encounter.Merge(told)
	var visits []archive.Visit
	for _, t := range told {
		visits = append(visits, t.Article.Visits...)
	}
	rec := rd.record(merged, visits)
	for _, c := range conflicts {
		switch c.Field {
		case "date":
			rec.Date.Values = rd.values(c, rd.words.t("mark.date"), func(v string) string { return words.date(archive.Date(v)) })
		case "place.city", "place.venue":
			rec.Place.Values = append(rec.Place.Values, rd.values(c, rd.words.t("mark.place"), verbatim)...)
		case "kind", "level":
			word := c.Field
			if !rd.corrected(word) {
				rec.Form.Say = words.word("state", archive.Conflicting)
			}
			rec.Form.Values = rd.values(c, rd.words.t("mark.kind"), func(v string) string { return words.word(word, v) })
		}
	}
	return rec, merged, compare(words, e, told, conflicts)
}

func verbatim(s string) string { return s }

// record reads a meeting or a visit, whichever it is. A meeting may have been
// part of one of visits.
func (rd *reader) record(t encounter.Told, visits []archive.Visit) record {
	if t.Meeting != nil {
		return rd.meeting(t.Meeting, visits)
	}
	return rd.visit(t.Visit)
}

func (rd *reader) values(c encounter.Conflict, about string, show func(string) string) []said {
	var out []said
	for _, v := range c.Values {
		out = append(out, said{show(v.Value), rd.sources(about, false, v.Evidence)})
	}
	return out
}

// compare makes the table: a row for each fact, a column for each article.
func compare(words *catalogue, e *store.EventRecord, told []encounter.Told, conflicts []encounter.Conflict) *comparison {
	c := &comparison{Say: words.t("told.by", words.num(e.Others+1))}
	if more := e.Others + 1 - len(told); more > 0 {
		c.More = words.t("told.more", words.num(more))
	}
	differs := func(fields []string, person string) bool {
		return slices.ContainsFunc(conflicts, func(c encounter.Conflict) bool {
			return slices.Contains(fields, c.Field) && string(c.Person) == person
		})
	}
	columns := make([]column, len(told))
	for i, t := range told {
		rd := newReader(words, t.Article.URL)
		columns[i] = column{rd.record(t, nil), t, rd}
		ref := newArticleRef(words, t.Article)
		ref.N = i + 1
		c.Articles = append(c.Articles, ref)
	}
	row := func(r comparedRow, cell func(*column) comparedCell) {
		known := false
		for i := range columns {
			one := cell(&columns[i])
			one.Sources = slices.Clone(one.Sources[:min(len(one.Sources), cellSources)])
			for j := range one.Sources {
				one.Sources[j].ID = "" // the record above has it
			}
			known = known || one.Text != ""
			r.Cells = append(r.Cells, one)
		}
		if known {
			c.Rows = append(c.Rows, r)
			c.Differ = c.Differ || r.Differ
		}
	}
	row(comparedRow{Label: words.t("record.date"), Differ: differs([]string{"date"}, "")}, func(c *column) comparedCell {
		return comparedCell{Text: c.rec.Date.known(), Say: c.rec.Date.Say, Sources: c.rec.Date.Sources}
	})
	row(comparedRow{Label: words.t("record.place"), Differ: differs([]string{"place.city", "place.venue"}, "")}, func(c *column) comparedCell {
		return comparedCell{Text: placeText(&c.rec), Say: c.rec.Place.Say, Sources: c.rec.Place.Sources}
	})
	row(comparedRow{Label: words.t("record.form"), Differ: differs([]string{"kind", "level"}, "")}, func(c *column) comparedCell {
		return comparedCell{Text: c.rec.Kind, Say: c.rec.Form.Say, Sources: c.rec.Form.Sources}
	})
	for _, p := range everyone(columns, archive.Principal) {
		differ := differs([]string{"participants.titles", "participants.country", "participants.capacity"}, p.Person)
		row(comparedRow{Label: p.Name, Source: true, Differ: differ}, func(c *column) comparedCell {
			return c.person(words, p.Person)
		})
	}
	for _, capacity := range []archive.Capacity{archive.Attending, archive.Witness} {
		differ := capacity == archive.Attending && differs([]string{"participants"}, "")
		row(comparedRow{Label: words.word("capacity", capacity), Differ: differ}, func(c *column) comparedCell {
			return c.people(capacity)
		})
	}
	seen := map[string]bool{}
	for _, t := range told {
		for _, f := range figures(t) {
			key := encounter.FigureKey(f)
			if seen[key] {
				continue
			}
			seen[key] = true
			differ := slices.ContainsFunc(conflicts, func(c encounter.Conflict) bool { return c.Field == "figures" && string(c.About) == f.Measure })
			row(comparedRow{Label: f.Measure, Source: true, Note: words.word("role", f.Role), Differ: differ}, func(c *column) comparedCell {
				return c.figure(words, key)
			})
		}
	}
	row(comparedRow{Label: words.t("event.agreements")}, func(c *column) comparedCell {
		n := 0
		for _, g := range c.rec.Undertakings {
			n += len(g.Items)
		}
		return comparedCell{Text: counted(words, "told.deeds", n)}
	})
	row(comparedRow{Label: words.t("record.statements")}, func(c *column) comparedCell {
		return comparedCell{Text: counted(words, "record.statements.all", len(c.rec.Statements))}
	})
	return c
}

// counted says how many there are, or nothing when there are none.
func counted(words *catalogue, key string, n int) string {
	if n == 0 {
		return ""
	}
	return words.t(key, words.num(n))
}

// column is one article of a comparison.
type column struct {
	rec  record
	told encounter.Told
	rd   *reader
}

func participants(t encounter.Told) []archive.Participation {
	if t.Meeting != nil {
		return t.Meeting.Participants
	}
	return t.Visit.Participants
}

func figures(t encounter.Told) []archive.Figure {
	if t.Meeting != nil {
		return t.Meeting.Figures
	}
	return t.Visit.Figures
}

// everyone gives those who have the capacity in some column, each once.
func everyone(columns []column, capacity archive.Capacity) []archive.Participation {
	var out []archive.Participation
	for _, c := range columns {
		for _, p := range participants(c.told) {
			if p.Capacity == capacity && !slices.ContainsFunc(out, func(o archive.Participation) bool { return o.Person == p.Person }) {
				out = append(out, p)
			}
		}
	}
	return out
}

// person gives the titles of a person, or that the name alone is there.
func (c *column) person(words *catalogue, slug string) comparedCell {
	for _, p := range participants(c.told) {
		if p.Person != slug {
			continue
		}
		v := c.rd.participant(p)
		cell := comparedCell{Text: v.Titles, Source: true, Sources: v.Sources}
		if v.Titles == "" {
			cell.Text, cell.Source = words.t("told.nameonly"), false
		}
		if p.Capacity != archive.Principal {
			cell.Note = words.word("capacity", p.Capacity)
		}
		return cell
	}
	return comparedCell{}
}

func (c *column) people(capacity archive.Capacity) comparedCell {
	var names []string
	cell := comparedCell{Source: true}
	for _, p := range participants(c.told) {
		if p.Capacity == capacity {
			names = append(names, p.Name)
			cell.Sources = append(cell.Sources, c.rd.participant(p).Sources...)
		}
	}
	cell.Text = strings.Join(names, ", ")
	return cell
}

func (c *column) figure(words *catalogue, key string) comparedCell {
	var texts []string
	cell := comparedCell{Source: true}
	for _, f := range figures(c.told) {
		if encounter.FigureKey(f) == key {
			texts = append(texts, f.AsWritten)
			cell.Sources = append(cell.Sources, c.rd.sources(words.t("mark.figure"), false, f.Evidence)...)
		}
	}
	cell.Text = strings.Join(compact(texts), "; ")
	return cell
}

// relatedGroup are the announcements, the reports or the recollections of an
// event.
type relatedGroup struct {
	Label string
	Items []relatedView
}

type relatedView struct {
	entryView
	Name string // "Chuyến thăm chính thức: Tô Lâm thăm Lào"
}

// relatedGroups puts what is related to an event into groups by status.
func relatedGroups(words *catalogue, entries []store.Entry) []relatedGroup {
	var out []relatedGroup
	for _, status := range []archive.Status{archive.Announced, archive.Held, archive.Recalled} {
		g := relatedGroup{Label: words.word("related", status)}
		for _, e := range entries {
			if e.Status == status {
				v := relatedView{entryView: entryOne(words, e)}
				v.Name = words.t("feed.entry", v.Kind, v.Heading)
				g.Items = append(g.Items, v)
			}
		}
		if g.Items != nil {
			out = append(out, g)
		}
	}
	return out
}
