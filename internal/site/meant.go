package site

import (
	"strings"

	"vankho/internal/search"
	"vankho/internal/vitext"
)

// meant says how a question was understood: what else was looked for, what it
// may have been meant for, and what is shown in its place.
type meant struct {
	Say     string     // the results are those of another spelling
	Partial bool       // nothing has all the words
	Folded  bool       // no marks were typed
	Nation  string     // the countries that words were read as: "Anh"
	Also    string     // "Mỹ, USA"
	Exact   string     // the same question with the words as typed
	Wide    string     // and with all names and spellings again
	Choices []meantFor // other questions
}

type meantFor struct {
	Text, URL string
	N         int
}

// alsoShown is how many other names are told.
const alsoShown = 6

// meant fills in how the question was understood.
func (p *searchPage) meant(words *catalogue, v searchValues, found *search.Results) {
	m := &p.Meant
	p.Marked = vitext.Fold(p.Query) != strings.ToLower(vitext.NFC(p.Query))
	next := v
	next.page = 1
	if found.Instead != "" {
		m.Say = words.t("search.instead", p.Query, found.Instead)
	}
	also := found.Also
	if len(also) > alsoShown {
		also = append(also[:alsoShown:alsoShown], "…")
	}
	var nations []string
	for _, code := range found.Countries {
		nations = append(nations, words.country(code))
	}
	m.Partial = found.Partial
	m.Nation = strings.Join(nations, ", ")
	m.Folded, m.Also = found.Folded && found.Total > 0, strings.Join(also, ", ")
	next.exact = true
	if m.Folded || m.Also != "" || m.Nation != "" {
		m.Exact = next.url()
	}
	next.exact = false
	if v.exact {
		m.Wide = next.url()
	}
	for _, s := range found.Suggestions {
		if s.Text == found.Instead {
			continue
		}
		next.text = s.Text
		m.Choices = append(m.Choices, meantFor{s.Text, next.url(), s.N})
	}
}
