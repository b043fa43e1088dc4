package site

import (
	"vankho/internal/archive"
	"vankho/internal/encounter"
)

// claims is the account of what one article tells of an event: every value with
// its state and the rule that read it, and what the article leaves open. It
// stands folded below the record.
type claims struct {
	Title    string // of the article, where there are several
	Rows     []claimRow
	Share    string // how much of the article the records rest on
	Problems []problemView
	Article  string // path of the article, before the paragraphs of the problems
}

type claimRow struct {
	Field, Value, State string
	Source              bool   // Value is in the words of the source
	Rule                string // its name
	Words               string // what it reads; empty where the catalogue has no word on it
	Sources             sources
}

// valueShown is how many characters of a sentence a row shows.
const valueShown = 64

// claimsOf gives an account of what each article tells of an event.
func claimsOf(words *catalogue, told []encounter.Told) []claims {
	var out []claims
	for _, t := range told {
		rd := newReader(words, t.Article.URL)
		c := claims{Share: words.share(t.Article.Reading()), Problems: problemViews(words, t.Article.Problems), Article: t.Article.URL}
		if len(told) > 1 {
			c.Title = t.Article.Title.Text
		}
		if m := t.Meeting; m != nil {
			c.Rows = append(c.Rows, rd.row(words.t("record.form"), words.word("kind", m.Kind), archive.Stated, m.Rule, m.Evidence))
			rd.eventRows(&c, m.Date, m.Place, m.Participants, m.Agreements, m.Statements, m.Figures)
		} else {
			v := t.Visit
			c.Rows = append(c.Rows, rd.row(words.t("record.form"), rd.visitName(v.Level), archive.Stated, v.Rule, v.Evidence))
			rd.eventRows(&c, v.Date, v.Place, v.Participants, v.Agreements, v.Statements, v.Figures)
		}
		out = append(out, c)
	}
	return out
}

func (rd *reader) eventRows(c *claims, date archive.DateClaim, place archive.Place, who []archive.Participation,
	agreements []archive.Agreement, statements []archive.Statement, figures []archive.Figure) {
	words := rd.words
	add := func(row claimRow) { c.Rows = append(c.Rows, row) }
	add(rd.row(words.t("record.date"), words.date(date.EDTF), date.State, date.Rule, date.Evidence))
	where := joinKnown(string(place.Venue), string(place.City))
	if place.Country != "" {
		where = joinKnown(where, words.country(place.Country))
	}
	add(rd.row(words.t("record.place"), where, place.State, place.Rule, place.Evidence))
	for _, p := range who {
		row := rd.worded(words.word("capacity", p.Capacity), p.Name, p.Rule, p.Evidence)
		if p.CountryState != archive.Stated && p.CountryState != "" {
			row.State = words.t("claims.country", row.State, words.word("state", p.CountryState))
		}
		add(row)
	}
	seen := map[archive.Span]bool{} // figures of agreements stand among the event's too
	figuresOf := func(list []archive.Figure) {
		for _, f := range list {
			if len(f.Evidence) > 0 && seen[f.Evidence[0].Span] {
				continue
			}
			for _, e := range f.Evidence {
				seen[e.Span] = true
			}
			add(rd.worded(words.t("record.figures"), f.AsWritten, f.Rule, f.Evidence))
		}
	}
	for _, g := range agreements {
		add(rd.worded(words.word("force", g.Force), shorten(g.Text, valueShown), g.Rule, g.Evidence))
		figuresOf(g.Figures)
	}
	for _, s := range statements {
		add(rd.worded(words.t("record.statements"), shorten(s.Text, valueShown), s.Rule, s.Evidence))
	}
	figuresOf(figures)
}

// row makes a row; its sources leave no marks in the text, which has them from
// the record itself.
func (rd *reader) row(field, value string, state archive.State, rule string, evidence []archive.Evidence) claimRow {
	row := claimRow{Field: field, Value: value, State: rd.words.word("state", state), Rule: rule, Words: rd.why(rule)}
	if state == archive.NotStated {
		row.Value = rd.words.t("value.unknown")
	}
	seen := map[int]bool{}
	for _, e := range evidence {
		if seen[e.Paragraph] {
			continue
		}
		seen[e.Paragraph] = true
		row.Sources = append(row.Sources, source{
			URL:   rd.base + "#" + evidenceFragment(e.Span),
			Label: rd.words.t("source.paragraph", e.Paragraph),
			About: rd.words.t("source.about", e.Paragraph, row.Field),
		})
	}
	return row
}

// worded makes the row of a stated value in the words of the source.
func (rd *reader) worded(field, value, rule string, evidence []archive.Evidence) claimRow {
	row := rd.row(field, value, archive.Stated, rule, evidence)
	row.Source = true
	return row
}

// share says how many of the sentences no rule used.
func (c *catalogue) share(r archive.Reading) string {
	if r.Sentences == 0 {
		return ""
	}
	left := r.Sentences - r.Used
	if left == 0 {
		return c.t("reading.all", c.num(r.Sentences))
	}
	return c.t("reading.share", c.num(left), c.num(r.Sentences), c.num(100*left/r.Sentences))
}

func problemViews(words *catalogue, problems []archive.Problem) []problemView {
	var out []problemView
	for _, p := range problems {
		v := problemView{N: p.Paragraph, Rule: p.Rule, Detail: p.Message}
		if text := words.t("problem." + p.Rule); text != "problem."+p.Rule {
			v.Message = text
		}
		out = append(out, v)
	}
	return out
}
