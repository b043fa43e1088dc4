package site

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"strings"
)

// qualityFile says how well the texts are read that a person has read before:
// the test that scores them writes it and fails when it is no longer true. The
// page on the method prints it.
const qualityFile = "content/quality.json"

// qualitySet is one set of such texts.
type qualitySet struct {
	Name      string
	Texts     int
	HeldOut   bool   `json:"held_out"` // no rule was written on them
	Negatives [2]int // texts that tell of nothing: left empty, all
	Facts     []qualityFact
}

// qualityFact counts the values of one kind: those read rightly, those read, and
// those that a person found.
type qualityFact struct {
	Fact                string
	Right, Read, Wanted int
}

func loadQuality(fsys fs.FS) ([]qualitySet, error) {
	b, err := fs.ReadFile(fsys, qualityFile)
	if err != nil {
		return nil, err
	}
	var q struct{ Sets []qualitySet }
	if err := json.Unmarshal(b, &q); err != nil {
		return nil, fmt.Errorf("%s: %w", qualityFile, err)
	}
	for _, set := range q.Sets {
		if set.Name == "" || set.Texts < 1 || len(set.Facts) == 0 {
			return nil, fmt.Errorf("%s: set %q: no texts or no facts", qualityFile, set.Name)
		}
	}
	return q.Sets, nil
}

// qualityView is a set as the page shows it.
type qualityView struct {
	ID, Name string
	Say      []string // how many texts, and of which kind
	Rows     []qualityRow
}

type qualityRow struct {
	Fact, Precision, Recall string
	Right, Read, Wanted     int
}

// qualityViews shows first what no rule was written on: it comes closest to
// texts to come.
func qualityViews(words *catalogue, sets []qualitySet) []qualityView {
	var first, rest []qualityView
	for _, set := range sets {
		v := qualityView{ID: "quality-" + strings.ReplaceAll(set.Name, "_", "-"), Name: words.word("quality.set", set.Name), Say: []string{words.t("quality.texts", words.num(set.Texts))}}
		if n := set.Negatives; n[1] > 0 {
			v.Say = append(v.Say, words.t("quality.negatives", words.num(n[0]), words.num(n[1])))
		}
		for _, f := range set.Facts {
			v.Rows = append(v.Rows, qualityRow{words.word("quality.fact", f.Fact), words.percent(f.Right, f.Read), words.percent(f.Right, f.Wanted), f.Right, f.Read, f.Wanted})
		}
		if set.HeldOut {
			v.Say = append(v.Say, words.t("quality.heldout"))
			first = append(first, v)
		} else {
			rest = append(rest, v)
		}
	}
	return append(first, rest...)
}

// percent writes the share of n in all with one decimal, or that there is none.
func (c *catalogue) percent(n, all int) string {
	if all == 0 {
		return c.t("quality.none")
	}
	return c.t("quality.percent", strings.Replace(fmt.Sprintf("%.1f", 100*float64(n)/float64(all)), ".", c.t("number.decimal"), 1))
}
