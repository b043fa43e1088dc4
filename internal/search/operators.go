package search

import (
	"math/bits"
	"slices"

	"vankho/internal/archive"
)

// condition is a term of a field as column values: one of the filters lets a
// group through, or one of the acts does that it has.
type condition struct {
	groups []filter
	people map[uint32]bool // one of them takes part
	acts   []actFilter
}

// fieldClause is a clause of fields alone, to be met by each group.
type fieldClause struct {
	not bool
	any [][]condition
}

func (f *fieldClause) passes(c *columns, g uint32) bool {
	met := slices.ContainsFunc(f.any, func(all []condition) bool {
		return !slices.ContainsFunc(all, func(x condition) bool { return !x.group(c, g) })
	})
	return met != f.not
}

// group reports whether a group meets a condition.
func (x *condition) group(c *columns, g uint32) bool {
	if x.acts != nil {
		return c.hasAct(g, func(act *actView) bool { return passesOne(x.acts, c, act) })
	}
	if x.people != nil {
		return hasOne(c.groupPeople(g), x.people)
	}
	return slices.ContainsFunc(x.groups, func(f filter) bool { return f.passes(c, g) })
}

func passesOne(any []actFilter, c *columns, x *actView) bool {
	return slices.ContainsFunc(any, func(f actFilter) bool { return f.passes(c, x) })
}

// hasAct reports whether a group has an act that passes.
func (c *columns) hasAct(g uint32, passes func(*actView) bool) bool {
	lo, hi := c.articleDocs(c.groupArticle(g))
	if lo == hi {
		return false
	}
	a, _ := c.docActs(lo)
	for _, end := c.docActs(hi - 1); a < end; a++ {
		x := c.act(a)
		of, n := c.docGroups(x.doc())
		if i := slices.Index(of[:n], g); i >= 0 && x.ofGroup()>>i&1 != 0 && passes(x) {
			return true
		}
	}
	return false
}

// ofAct reports whether a field is about an act rather than a meeting.
func (f Field) ofAct() bool {
	switch f {
	case FieldSaid, FieldAgreed, FieldForce, FieldTopic, FieldFigure:
		return true
	}
	return false
}

// condition looks up what a term of a field stands for.
func (ix *Index) condition(t Term) condition {
	if t.Field.ofAct() {
		return condition{acts: []actFilter{ix.actCondition(t)}}
	}
	var q Query
	switch t.Field {
	case FieldPerson:
		return condition{people: ix.numbers(t.Codes)}
	case FieldCountry:
		q.Countries = t.Codes
	case FieldYear:
		for _, v := range t.Codes {
			d := archive.Date(v)
			q.Years = append(q.Years, d.Year())
		}
	case FieldFrom:
		q.From = archive.Date(t.Codes[0])
	case FieldTo:
		q.To = archive.Date(t.Codes[0])
	case FieldKind:
		q.Kinds = t.Codes
	}
	return condition{groups: []filter{ix.newFilter(&q)}}
}

func (ix *Index) actCondition(t Term) actFilter {
	q := Query{Figures: t.Field == FieldFigure, Agreements: t.Field == FieldAgreed}
	switch t.Field {
	case FieldForce:
		q.Forces = t.Codes
	case FieldTopic:
		q.Topics = t.Codes
	}
	f := ix.newActFilter(&q)
	if t.Field == FieldSaid {
		f.by, f.any = ix.numbers(t.Codes), true
	}
	return f
}

// numbers gives the numbers of people in the columns.
func (ix *Index) numbers(slugs []string) map[uint32]bool {
	set := map[uint32]bool{}
	for _, slug := range slugs {
		if n, ok := ix.col.person[slug]; ok {
			set[n] = true
		}
	}
	return set
}

func (ix *Index) conditions(all All) []condition {
	var out []condition
	for _, t := range all {
		out = append(out, ix.condition(t))
	}
	return out
}

// narrow adds the clauses of fields to the filters. What is asked of acts is
// asked of the one act in which the words are found; where it is left out, or
// stands beside something else in an OR, it is asked of the group.
func (c *collector) narrow(ix *Index, clauses []Clause) {
	for _, clause := range clauses {
		f := fieldClause{not: clause.Not}
		var acts []actFilter
		for _, all := range clause.Any {
			f.any = append(f.any, ix.conditions(all))
			if len(all) == 1 && all[0].Field.ofAct() {
				acts = append(acts, ix.actCondition(all[0]))
			}
		}
		if !clause.Not && len(acts) == len(clause.Any) {
			c.acts.typed, c.acts.any = append(c.acts.typed, acts), true
			continue
		}
		c.filter.typed, c.filter.any = append(c.filter.typed, f), true
	}
}

// holds reports whether the conditions of a way hold for paragraph d, at which
// its cursors stand: those on groups for one of its groups, those on acts for
// one act that the way lies in.
func (r *run) holds(article, d uint32, w *wayRun) (bool, error) {
	col := r.ix.col
	if len(w.where) == 0 {
		return true, nil
	}
	groups, n := col.docGroups(d)
	if !slices.ContainsFunc(groups[:n], func(g uint32) bool {
		return !slices.ContainsFunc(w.where, func(x condition) bool { return x.acts == nil && !x.group(col, g) })
	}) {
		return false, nil
	}
	if !slices.ContainsFunc(w.where, func(x condition) bool { return x.acts != nil }) {
		return true, nil
	}
	for a, end := col.docActs(d); a < end; a++ {
		x := col.act(a)
		if slices.ContainsFunc(w.where, func(c condition) bool { return c.acts != nil && !passesOne(c.acts, col, x) }) {
			continue
		}
		sure, may := w.inAct(x)
		if sure = sure || x.whole(); !sure && may {
			toks, err := r.actTokens(article, x)
			if err != nil {
				return false, err
			}
			sure = w.among(toks)
		}
		if sure {
			return true, nil
		}
	}
	return false, nil
}

// allows reports whether a group meets the conditions that its paragraph was
// found by.
func (r *run) allows(h *docHit, g uint32) bool {
	for rest := h.field; rest != 0; rest &= rest - 1 {
		ways := r.slots[bits.TrailingZeros64(rest)].ways
		if !slices.ContainsFunc(ways, func(w wayRun) bool {
			return !slices.ContainsFunc(w.fields, func(x condition) bool { return !x.group(r.ix.col, g) })
		}) {
			return false
		}
	}
	return true
}

// listed gives a cursor over the paragraphs for which the conditions of a way
// hold that has nothing else.
func (r *run) listed(w *wayRun) (*cursor, error) {
	var docs []uint32
	for d := range uint32(r.ix.col.Paragraphs) {
		if d%4096 == 0 {
			if err := r.ctx.Err(); err != nil {
				return nil, err
			}
		}
		ok, err := r.holds(r.ix.col.articleOf[d], d, w)
		if err != nil {
			return nil, err
		}
		if ok {
			docs = append(docs, d)
		}
	}
	w.where = nil
	// Like a date, it is about the whole paragraph.
	c := &cursor{term: listKey{field: fieldD}, list: newList(r.ix.col.Paragraphs, docs, make([]uint16, len(docs))), n: uint64(len(docs))}
	r.all = append(r.all, c)
	return c, nil
}

// leftOut reports whether an article has what must not be in it. Articles must
// come in their order.
func (r *run) leftOut(article uint32) (bool, error) {
	lo, hi := r.ix.col.articleDocs(article)
	for i := range r.without {
		w := &r.without[i]
		d, err := w.seek(lo)
		for ; d < hi && err == nil; d, err = w.seek(d + 1) {
			ok, err := r.verify(article, d, w)
			if err != nil || ok {
				return ok, err
			}
		}
		if err != nil {
			return false, err
		}
	}
	return false, nil
}

// maxWays is in how many ways, by other names and forms, the words of one
// choice are looked for.
const maxWays = 16

// complete adds what only the index knows: other names, and what the fields of
// choices stand for.
func (ix *Index) complete(p *plan, without []choice, exact bool) error {
	if err := ix.addNames(p); err != nil {
		return err
	}
	if err := ix.addMisspelt(p); err != nil {
		return err
	}
	p.folded = p.folded && (len(p.either) > 0 || slices.ContainsFunc(p.words, couldHaveMarks))
	for _, e := range p.either {
		for i, choice := range e.choices {
			if err := ix.addNames(choice); err != nil {
				return err
			}
			where := ix.conditions(e.fields[i])
			for _, w := range choice.together() {
				w.where = where
				p.slots[e.slot].ways = append(p.slots[e.slot].ways, w)
			}
			p.scores = append(p.scores, choice.scores...)
			p.patterns = append(p.patterns, choice.patterns...)
			for _, name := range choice.also {
				p.also = appendNew(p.also, name)
			}
		}
	}
	for _, x := range without {
		w := way{where: ix.conditions(x.fields)}
		for _, part := range x.parts {
			w = w.and(leave(&part, exact))
		}
		p.without = append(p.without, w)
	}
	return nil
}

// leave gives the way that finds what must not be there: a date, or words as
// they were typed, those without marks whatever their marks are.
func leave(part *part, exact bool) way {
	if part.date != "" {
		return way{terms: []term{{fieldD, part.date, 0}}}
	}
	fold := !exact && !slices.ContainsFunc(part.toks, func(t token) bool { return t.marked })
	return together(part.toks, fold, 0)
}

// together gives the ways to find all slots of a plan in one paragraph.
func (p *plan) together() []way {
	ways := []way{{}}
	for _, s := range p.slots {
		var next []way
		for _, w := range ways {
			for _, other := range s.ways {
				if len(next) < maxWays {
					next = append(next, w.and(other))
				}
			}
		}
		ways = next
	}
	return ways
}

// and gives the way that needs both.
func (w way) and(other way) way {
	w.terms, w.phrases = slices.Clone(w.terms), slices.Clone(w.phrases)
	for _, t := range other.terms {
		if !slices.ContainsFunc(w.terms, func(o term) bool { return o.field == t.field && o.key == t.key }) {
			w.terms = append(w.terms, t)
		}
	}
	w.phrases = append(w.phrases, other.phrases...)
	w.other = w.other || other.other
	return w
}

// ask reads the text of a query with what the index knows of people.
func (ix *Index) ask(q *Query, maxRunes, maxTerms int) (*question, error) {
	if err := checkQuery(q); err != nil {
		return nil, err
	}
	asked, err := parse(q.Text, maxRunes, maxTerms)
	if err != nil {
		return nil, err
	}
	return ix.withPeople(asked), nil
}
