package archive

// Complete makes every list of the article that is nil an empty one, so that
// the JSON of a record has [] where nothing is known and never null. Whoever
// encodes an article that was not decoded from JSON calls it first.
//
// List could do this itself in MarshalJSON, at ten times the cost: encoding/json
// reads again what each MarshalJSON wrote, at every level of nesting.
func (a *Article) Complete() {
	whole(&a.Paragraphs)
	whole(&a.Meetings)
	whole(&a.Visits)
	whole(&a.Problems)
	whole(&a.Corrections)
	whole(&a.Published.Evidence)
	for i := range a.Paragraphs {
		whole(&a.Paragraphs[i].Sentences)
	}
	for i := range a.Meetings {
		m := &a.Meetings[i]
		whole(&m.Corrections)
		completeEvent(&m.Date, &m.Place, &m.Participants, &m.Agreements, &m.Statements, &m.Figures, &m.Evidence)
	}
	for i := range a.Visits {
		v := &a.Visits[i]
		whole(&v.Inviters)
		whole(&v.Corrections)
		completeEvent(&v.Date, &v.Place, &v.Participants, &v.Agreements, &v.Statements, &v.Figures, &v.Evidence)
	}
}

func completeEvent(date *DateClaim, place *Place, who *List[Participation], agreements *List[Agreement],
	statements *List[Statement], figures *List[Figure], evidence *List[Evidence]) {
	whole(&date.Evidence)
	whole(&place.Evidence)
	whole(who)
	for i := range *who {
		whole(&(*who)[i].TitlesAsWritten)
		whole(&(*who)[i].Evidence)
	}
	whole(agreements)
	for i := range *agreements {
		g := &(*agreements)[i]
		whole(&g.By)
		whole(&g.Topics)
		whole(&g.Evidence)
		completeFigures(&g.Figures)
	}
	whole(statements)
	for i := range *statements {
		whole(&(*statements)[i].Speakers)
		whole(&(*statements)[i].Evidence)
	}
	completeFigures(figures)
	whole(evidence)
}

func completeFigures(l *List[Figure]) {
	whole(l)
	for i := range *l {
		whole(&(*l)[i].Evidence)
	}
}

// whole makes a nil list an empty one.
func whole[T any](l *List[T]) {
	if *l == nil {
		*l = List[T]{}
	}
}
