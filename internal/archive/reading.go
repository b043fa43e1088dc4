package archive

import (
	"iter"
	"slices"
)

// Reading says how much of an article its record rests on.
type Reading struct {
	Sentences int `json:"sentences"` // of the readable paragraphs
	Used      int `json:"used"`      // those that some value of the record cites
}

// Reading counts the sentences of the readable paragraphs and those that hold a
// word of some evidence: the others no rule has used. It goes by the record
// alone, whatever rules made it.
func (a *Article) Reading() Reading {
	used := make([][]bool, len(a.Paragraphs))
	var r Reading
	for i := range a.Paragraphs {
		if p := &a.Paragraphs[i]; p.Readable() {
			used[i] = make([]bool, len(p.Sentences))
			r.Sentences += len(p.Sentences)
		}
	}
	for e := range a.Evidence() {
		if e.Paragraph < 1 || e.Paragraph > len(a.Paragraphs) || used[e.Paragraph-1] == nil {
			continue
		}
		p := &a.Paragraphs[e.Paragraph-1]
		for s := p.SentenceAt(e.Start); s <= len(p.Sentences) && (s == 1 || p.Sentences[s-1] < e.End); s++ {
			if here := &used[e.Paragraph-1][s-1]; !*here {
				*here = true
				r.Used++
			}
		}
	}
	return r
}

// Document is an article as it is served, exported and printed: the record,
// and what is counted from it.
type Document struct {
	*Article
	Reading Reading `json:"reading"`
}

// Document gives the article with its counts.
func (a *Article) Document() Document { return Document{a, a.Reading()} }

// Evidence walks the evidence of every value of the article, meetings first,
// in the order of the record.
func (a *Article) Evidence() iter.Seq[Evidence] {
	return func(yield func(Evidence) bool) {
		figures := func(list []Figure) (all []Evidence) {
			for _, f := range list {
				all = append(all, f.Evidence...)
			}
			return all
		}
		event := func(own []Evidence, date DateClaim, place Place, who []Participation, ags []Agreement, sts []Statement, figs []Figure) bool {
			all := slices.Concat(own, date.Evidence, place.Evidence)
			for _, p := range who {
				all = append(all, p.Evidence...)
			}
			for _, g := range ags {
				all = append(append(all, g.Evidence...), figures(g.Figures)...)
			}
			for _, s := range sts {
				all = append(all, s.Evidence...)
			}
			for _, e := range append(all, figures(figs)...) {
				if !yield(e) {
					return false
				}
			}
			return true
		}
		for _, m := range a.Meetings {
			if !event(m.Evidence, m.Date, m.Place, m.Participants, m.Agreements, m.Statements, m.Figures) {
				return
			}
		}
		for _, v := range a.Visits {
			if !event(v.Evidence, v.Date, v.Place, v.Participants, v.Agreements, v.Statements, v.Figures) {
				return
			}
		}
		for _, e := range a.Published.Evidence {
			if !yield(e) {
				return
			}
		}
	}
}
