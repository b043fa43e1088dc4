package encounter

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"vankho/internal/archive"
)

// Told is a reading with its whole record: the article and, in it, the meeting
// or the visit.
type Told struct {
	Article *archive.Article
	Meeting *archive.Meeting // or
	Visit   *archive.Visit
}

// facts are what a meeting and a visit have in common.
type facts struct {
	date         *archive.DateClaim
	place        *archive.Place
	participants *archive.List[archive.Participation]
	agreements   *archive.List[archive.Agreement]
	statements   *archive.List[archive.Statement]
	figures      *archive.List[archive.Figure]
	evidence     *archive.List[archive.Evidence]
	corrections  *archive.List[archive.CorrectedField]
}

func (t Told) facts() facts {
	if m := t.Meeting; m != nil {
		return facts{&m.Date, &m.Place, &m.Participants, &m.Agreements, &m.Statements, &m.Figures, &m.Evidence, &m.Corrections}
	}
	v := t.Visit
	return facts{&v.Date, &v.Place, &v.Participants, &v.Agreements, &v.Statements, &v.Figures, &v.Evidence, &v.Corrections}
}

// form gives the kind of a meeting or the level of a visit.
func (t Told) form() string {
	if t.Meeting != nil {
		return string(t.Meeting.Kind)
	}
	return string(t.Visit.Level)
}

// Conflict is a value on which articles disagree.
type Conflict struct {
	// Field is "date", "kind", "level", "place.city", "place.venue",
	// "participants" (who else attended), "participants.titles",
	// "participants.country", "participants.capacity" or "figures".
	Field  string      `json:"field"`
	Person archive.Opt `json:"person"`  // slug, of a field of participants
	About  archive.Opt `json:"measure"` // of figures
	Values []Said      `json:"values"`
}

// Said is a value with the articles that give it.
type Said struct {
	Value    string                         `json:"value"`
	Articles []string                       `json:"articles"` // ids
	Evidence archive.List[archive.Evidence] `json:"evidence"` // each names its article
}

// Merge gives the meeting or visit that the readings tell together, and where
// they disagree. The first reading stands for them: it gives id, kind, status
// and whatever it says itself; the others add what it leaves out, a more exact
// date, further participants, and their agreements, statements and figures.
// What two articles say in nearly the same words is one, with the evidence of
// both. A date or place on which they disagree has the state conflicting, unless
// a person has corrected it. Every piece of evidence and every correction names
// its article, the first one's too. The readings are not changed.
func Merge(list []Told) (Told, []Conflict) {
	all := make([]Told, len(list))
	for i, t := range list {
		all[i] = t.own()
	}
	out := list[0].own()
	to := out.facts()
	var conflicts []Conflict
	for _, t := range all[1:] {
		from := t.facts()
		mergeDate(to.date, from.date)
		mergePlace(to.place, from.place)
		mergeParticipants(to.participants, *from.participants)
		mergeAgreements(to.agreements, *from.agreements)
		mergeStatements(to.statements, *from.statements)
		mergeFigures(to.figures, *from.figures)
		*to.evidence = append(*to.evidence, *from.evidence...)
		*to.corrections = append(*to.corrections, *from.corrections...)
		if out.Meeting != nil {
			out.Meeting.Visit = cmp.Or(out.Meeting.Visit, t.Meeting.Visit)
		}
		if out.Visit != nil {
			out.Visit.Level = cmp.Or(out.Visit.Level, t.Visit.Level)
			for _, slug := range t.Visit.Inviters {
				if !slices.Contains(out.Visit.Inviters, slug) {
					out.Visit.Inviters = append(out.Visit.Inviters, slug)
				}
			}
		}
	}
	add := func(c Conflict) bool {
		if c.Values = disagreeing(c); len(c.Values) > 1 {
			conflicts = append(conflicts, c)
			return true
		}
		return false
	}
	if add(said(all, "date", func(f facts) (string, []archive.Evidence) { return string(f.date.EDTF), f.date.Evidence })) {
		disputed(&to.date.State)
	}
	form := Conflict{Field: "kind"}
	if out.Visit != nil {
		form.Field = "level"
	}
	for _, t := range all {
		form.say(t, t.form(), *t.facts().evidence)
	}
	add(form)
	city := add(said(all, "place.city", func(f facts) (string, []archive.Evidence) { return string(f.place.City), f.place.Evidence }))
	venue := add(said(all, "place.venue", func(f facts) (string, []archive.Evidence) { return string(f.place.Venue), f.place.Evidence }))
	if city || venue {
		disputed(&to.place.State)
	}
	for _, p := range *to.participants {
		for _, field := range []struct {
			name  string
			value func(archive.Participation) string
		}{
			{"titles", func(p archive.Participation) string { return strings.Join(p.TitlesAsWritten, ", ") }},
			{"country", func(p archive.Participation) string { return string(p.Country) }},
			{"capacity", func(p archive.Participation) string { return string(p.Capacity) }},
		} {
			c := said(all, "participants."+field.name, func(f facts) (string, []archive.Evidence) {
				for _, q := range *f.participants {
					if q.Person == p.Person {
						return field.value(q), q.Evidence
					}
				}
				return "", nil
			})
			c.Person = archive.Opt(p.Person)
			add(c)
		}
	}
	add(said(all, "participants", attending))
	seen := map[string]bool{}
	for _, f := range *to.figures {
		key := FigureKey(f)
		if !seen[key] {
			seen[key] = true
			add(figuresSaid(all, key))
		}
	}
	return out, conflicts
}

// disputed notes that articles disagree on a claim, unless a person has decided.
func disputed(s *archive.State) {
	if *s != archive.Corrected {
		*s = archive.Conflicting
	}
}

// own gives a copy of a reading whose evidence names the article.
func (t Told) own() Told {
	if t.Meeting != nil {
		m := *t.Meeting
		t.Meeting = &m
	} else {
		v := *t.Visit
		v.Inviters = slices.Clone(v.Inviters)
		t.Visit = &v
	}
	f := t.facts()
	name := func(list *archive.List[archive.Evidence]) {
		*list = slices.Clone(*list)
		for i := range *list {
			(*list)[i].Article = archive.Opt(t.Article.ID)
		}
	}
	figures := func(list *archive.List[archive.Figure]) {
		*list = slices.Clone(*list)
		for i := range *list {
			name(&(*list)[i].Evidence)
		}
	}
	name(&f.date.Evidence)
	name(&f.place.Evidence)
	name(f.evidence)
	*f.corrections = slices.Clone(*f.corrections)
	for i := range *f.corrections {
		(*f.corrections)[i].Article = archive.Opt(t.Article.ID)
	}
	figures(f.figures)
	*f.participants = slices.Clone(*f.participants)
	for i := range *f.participants {
		name(&(*f.participants)[i].Evidence)
	}
	*f.agreements = slices.Clone(*f.agreements)
	for i := range *f.agreements {
		name(&(*f.agreements)[i].Evidence)
		figures(&(*f.agreements)[i].Figures)
	}
	*f.statements = slices.Clone(*f.statements)
	for i := range *f.statements {
		name(&(*f.statements)[i].Evidence)
	}
	return t
}

// mergeDate takes a date that is missing, or one that is more exact and does
// not contradict; the evidence of an equal one is added.
func mergeDate(to, from *archive.DateClaim) {
	switch {
	case from.EDTF == "":
	case to.EDTF == from.EDTF:
		to.Evidence = append(to.Evidence, from.Evidence...)
	case Date(to.EDTF, from.EDTF) == from.EDTF:
		*to = *from
		to.Evidence = slices.Clone(from.Evidence)
	}
}

// Date gives the date of an encounter whose readings have these, in their
// order: the first known, or one that is more exact and does not contradict it.
func Date(list ...archive.Date) archive.Date {
	var d archive.Date
	for _, e := range list {
		if e != "" && (d == "" || within(e, d)) {
			d = e
		}
	}
	return d
}

// within reports whether a date says the same as another and more.
func within(exact, d archive.Date) bool {
	if d.Year() == 0 {
		return exact.Year() != 0 && strings.TrimPrefix(string(d), "XXXX") == string(exact)[min(len(exact), len("2026")):]
	}
	x, y := spanOf(exact), spanOf(d)
	return x.vague < never && y.vague < never && x != y && y.holds(x)
}

// mergePlace takes venue, city and country where they are missing. A city of
// another article is taken only for the country that is known, and a venue only
// for the city.
func mergePlace(to, from *archive.Place) {
	if to.Country != "" && from.Country != "" && to.Country != from.Country {
		return
	}
	if to.City != "" && from.City != "" && to.City != from.City {
		return
	}
	known := to.Country != "" || to.City != "" || to.Venue != ""
	to.Country, to.City, to.Venue = cmp.Or(to.Country, from.Country), cmp.Or(to.City, from.City), cmp.Or(to.Venue, from.Venue)
	if !known {
		to.State, to.Rule = from.State, from.Rule
	}
	to.Evidence = append(to.Evidence, from.Evidence...)
}

func mergeParticipants(to *archive.List[archive.Participation], from []archive.Participation) {
	for _, p := range from {
		i := slices.IndexFunc(*to, func(q archive.Participation) bool { return q.Person == p.Person })
		if i < 0 {
			*to = append(*to, p)
			continue
		}
		q := &(*to)[i]
		q.Evidence = append(q.Evidence, p.Evidence...)
		q.Side, q.Organisation = cmp.Or(q.Side, p.Side), cmp.Or(q.Organisation, p.Organisation)
		if q.Country == "" {
			q.Country, q.CountryState = p.Country, p.CountryState
		}
		// The fuller title is shown.
		if covers(strings.Join(p.TitlesAsWritten, " "), strings.Join(q.TitlesAsWritten, " ")) {
			q.TitlesAsWritten = p.TitlesAsWritten
		}
	}
}

func mergeAgreements(to *archive.List[archive.Agreement], from []archive.Agreement) {
	own := len(*to)
	for _, g := range from {
		i := slices.IndexFunc((*to)[:own], func(o archive.Agreement) bool {
			return o.Force == g.Force && o.Actor == g.Actor && slices.Equal(o.By, g.By) && alike(o.Text, g.Text)
		})
		if i < 0 {
			*to = append(*to, g)
			continue
		}
		(*to)[i].Evidence = append((*to)[i].Evidence, g.Evidence...)
	}
}

func mergeStatements(to *archive.List[archive.Statement], from []archive.Statement) {
	own := len(*to)
	for _, s := range from {
		i := slices.IndexFunc((*to)[:own], func(o archive.Statement) bool {
			return slices.Equal(o.Speakers, s.Speakers) && alike(o.Text, s.Text)
		})
		if i < 0 {
			*to = append(*to, s)
			continue
		}
		(*to)[i].Evidence = append((*to)[i].Evidence, s.Evidence...)
	}
}

func mergeFigures(to *archive.List[archive.Figure], from []archive.Figure) {
	own := len(*to)
	for _, f := range from {
		i := slices.IndexFunc((*to)[:own], func(o archive.Figure) bool { return FigureKey(o) == FigureKey(f) && o.Value == f.Value })
		if i < 0 {
			*to = append(*to, f)
			continue
		}
		(*to)[i].Evidence = append((*to)[i].Evidence, f.Evidence...)
	}
}

// nearly is the share of words that two sentences have in common, of all that
// either has, from which on they are one.
const nearly = 0.9

// alike reports whether two sentences say the same in nearly the same words,
// and with the same numbers.
func alike(a, b string) bool {
	x, y := words(a), words(b)
	count := map[string]int{}
	for _, w := range x {
		count[w]++
	}
	common := 0
	for _, w := range y {
		if count[w] > 0 {
			count[w]--
			common++
		} else if strings.ContainsFunc(w, unicode.IsDigit) {
			return false
		}
	}
	for w, n := range count {
		if n > 0 && strings.ContainsFunc(w, unicode.IsDigit) {
			return false
		}
	}
	return float64(common) >= nearly*float64(len(x)+len(y)-common)
}

// covers reports whether a has every word of b.
func covers(a, b string) bool {
	have := words(a)
	for _, w := range words(b) {
		if !slices.Contains(have, w) {
			return false
		}
	}
	return true
}

func words(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) })
}

func folded(s string) string { return strings.Join(words(s), " ") }

// FigureKey says what a figure is a number of: two with one key and different
// values contradict each other.
func FigureKey(f archive.Figure) string {
	return strings.Join([]string{folded(f.Measure), string(f.Unit), string(f.Currency), string(f.Period), f.Role}, "\x00")
}

// figuresSaid gathers what each article gives as the one figure with the key. Of
// an article that gives several nothing can be said.
func figuresSaid(all []Told, key string) Conflict {
	c := Conflict{Field: "figures"}
	written := map[float64]string{}
	for _, t := range all {
		var found []archive.Figure
		for _, f := range *t.facts().figures {
			if FigureKey(f) == key && !slices.ContainsFunc(found, func(o archive.Figure) bool { return o.Value == f.Value }) {
				found = append(found, f)
			}
		}
		if len(found) != 1 {
			continue
		}
		f := found[0]
		c.About = cmp.Or(c.About, archive.Opt(f.Measure))
		written[f.Value] = cmp.Or(written[f.Value], f.AsWritten)
		c.say(t, written[f.Value], f.Evidence)
	}
	return c
}

// attending gives who attended besides the principals, by name.
func attending(f facts) (string, []archive.Evidence) {
	var names []string
	var evidence []archive.Evidence
	for _, p := range *f.participants {
		if p.Capacity == archive.Attending {
			names = append(names, p.Name)
			evidence = append(evidence, p.Evidence...)
		}
	}
	slices.Sort(names)
	return strings.Join(names, ", "), evidence
}

// said gathers what each article says of a field.
func said(all []Told, field string, value func(facts) (string, []archive.Evidence)) Conflict {
	c := Conflict{Field: field}
	for _, t := range all {
		v, evidence := value(t.facts())
		c.say(t, v, evidence)
	}
	return c
}

// say adds what one article says; nothing is no disagreement.
func (c *Conflict) say(t Told, value string, evidence []archive.Evidence) {
	if value == "" {
		return
	}
	for i := range c.Values {
		if v := &c.Values[i]; v.Value == value {
			v.Articles = append(v.Articles, t.Article.ID)
			v.Evidence = append(v.Evidence, evidence...)
			return
		}
	}
	c.Values = append(c.Values, Said{value, []string{t.Article.ID}, slices.Clone(evidence)})
}

// disagreeing gives the values of a field that contradict each other. One that
// only says less than another does not.
func disagreeing(c Conflict) []Said {
	less := func(a, b string) bool { return false }
	switch c.Field {
	case "date":
		less = func(a, b string) bool { return within(archive.Date(b), archive.Date(a)) }
	case "participants":
		less = func(a, b string) bool {
			have := strings.Split(b, ", ")
			return !slices.ContainsFunc(strings.Split(a, ", "), func(name string) bool { return !slices.Contains(have, name) })
		}
	case "participants.titles", "place.city", "place.venue":
		less = func(a, b string) bool { return covers(b, a) && !(covers(a, b) && a > b) }
	}
	return slices.DeleteFunc(slices.Clone(c.Values), func(v Said) bool {
		return slices.ContainsFunc(c.Values, func(o Said) bool { return o.Value != v.Value && less(v.Value, o.Value) })
	})
}
