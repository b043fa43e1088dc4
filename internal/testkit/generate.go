package testkit

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vankho/internal/archive"
	"vankho/internal/vitext"
)

// TextArticle makes an article of paragraphs, with nothing extracted.
func TextArticle(name string, paragraphs ...string) *archive.Article {
	a := &archive.Article{
		Schema: archive.SchemaArticle, Version: 1,
		Source: archive.Source{Name: name, Identity: "test/" + name, Media: "text/plain"},
		Title:  archive.Title{Text: name, State: archive.Inferred},
	}
	for i, p := range paragraphs {
		a.Paragraphs = append(a.Paragraphs, archive.Paragraph{
			N: i + 1, Kind: archive.Body, Text: p, Sentences: vitext.Sentences(p),
		})
	}
	a.AssignIDs()
	return a
}

// Generated gives n articles whose sentences come from the seeds, recombined by
// rule with other numbers and days, each with one or two meetings. The same n
// always gives the same articles.
func Generated(tb testing.TB, n int) iter.Seq2[*archive.Article, error] {
	tb.Helper()
	sentences := seedSentences(tb)
	countries := []string{"LA", "KH", "JP", "KR", "FR", "IN", "RU", "US", "BR", "DE", "ID", "CN"}
	return func(yield func(*archive.Article, error) bool) {
		r := rand.New(rand.NewPCG(7, 8))
		for i := range n {
			var ps []string
			for range 5 + r.IntN(10) {
				var b strings.Builder
				for range 1 + r.IntN(4) {
					s := sentences[r.IntN(len(sentences))]
					s = strings.Map(func(c rune) rune {
						if '0' <= c && c <= '9' {
							return '0' + rune(r.IntN(10))
						}
						return c
					}, s)
					b.WriteString(s + " ")
				}
				// Rare words: a made-up name.
				fmt.Fprintf(&b, "Ông X%x nói.", r.IntN(5*n))
				ps = append(ps, b.String())
			}
			a := TextArticle(fmt.Sprintf("%07d.txt", i), ps...)
			a.Published = archive.DateClaim{EDTF: archive.Day(2000+r.IntN(26), 1+r.IntN(12), 1+r.IntN(28)), State: archive.Stated}
			for m := range 1 + r.IntN(2) {
				c := countries[r.IntN(len(countries))]
				a.Meetings = append(a.Meetings, archive.Meeting{
					Kind: archive.MeetingKinds[r.IntN(4)], Status: archive.Held, Main: true, Date: a.Published,
					Participants: []archive.Participation{
						{Person: "a", Name: "A", Country: "VN", Capacity: archive.Principal},
						{Person: fmt.Sprintf("p%d-%s", r.IntN(40), c), Name: "P", Country: archive.Opt(c), Capacity: archive.Principal},
					},
					Evidence: []archive.Evidence{{Span: archive.Span{Paragraph: 1 + m}}},
				})
			}
			addActs(r, a)
			a.AssignIDs()
			if !yield(a, nil) {
				return
			}
		}
	}
}

// seedSentences gives the longer sentences of the seeds.
func seedSentences(tb testing.TB) []string {
	tb.Helper()
	var sentences []string
	files, err := filepath.Glob("../../seeds/*.txt")
	if err != nil || len(files) == 0 {
		tb.Fatalf("no seeds: %v", err)
	}
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			tb.Fatal(err)
		}
		for line := range strings.Lines(vitext.NFC(string(b))) {
			line = strings.TrimSpace(line)
			starts := vitext.Sentences(line)
			for i, s := range starts {
				end := len(line)
				if i+1 < len(starts) {
					end = starts[i+1]
				}
				if s := strings.TrimSpace(line[s:end]); len(s) > 40 {
					sentences = append(sentences, s)
				}
			}
		}
	}
	return sentences
}

// addActs gives the meetings statements, agreements and figures: runs of
// sentences, most of them whole paragraphs.
func addActs(r *rand.Rand, a *archive.Article) {
	topics := []string{"dau-tu", "quoc-phong-an-ninh", "giao-duc-dao-tao", "nong-nghiep", "du-lich"}
	for i := range a.Paragraphs {
		p := &a.Paragraphs[i]
		m := &a.Meetings[r.IntN(len(a.Meetings))]
		for range r.IntN(3) {
			from, to := 0, len(p.Text)
			if first := r.IntN(len(p.Sentences)); r.IntN(3) == 0 {
				from = p.Sentences[first]
				if last := first + 1 + r.IntN(2); last < len(p.Sentences) {
					to = p.Sentences[last] - 1
				}
			}
			span := archive.Evidence{Span: archive.Span{Paragraph: p.N, Start: from, End: to}}
			by := m.Participants[r.IntN(2)].Person
			if r.IntN(2) == 0 {
				m.Statements = append(m.Statements, archive.Statement{
					Speakers: []string{by}, Verb: "khẳng định", Mode: "reported", Text: p.Text[from:to], Evidence: []archive.Evidence{span},
				})
				continue
			}
			g := archive.Agreement{
				Force: archive.Forces[r.IntN(len(archive.Forces))], Actor: archive.BothSides, Text: p.Text[from:to],
				Topics: []string{topics[r.IntN(len(topics))]}, Evidence: []archive.Evidence{span},
			}
			if g.Force == archive.Proposed {
				g.Actor, g.By = archive.OneSide, []string{by}
			}
			if r.IntN(4) == 0 {
				g.Figures = []archive.Figure{{Measure: "kim ngạch", Evidence: []archive.Evidence{span}}}
			}
			m.Agreements = append(m.Agreements, g)
		}
	}
}
