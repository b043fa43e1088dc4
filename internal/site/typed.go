package site

import (
	"errors"
	"slices"
	"strings"

	"vankho/internal/archive"
	"vankho/internal/search"
)

// unknownName is a name that nobody in the archive has, with those that are
// like it.
type unknownName struct {
	Name string
	Near []link
}

// tries gives the searches that a bad query may have meant.
func tries(v searchValues, err error) []link {
	var bad *search.QueryError
	if !errors.As(err, &bad) {
		return nil
	}
	var out []link
	for _, try := range bad.Try {
		next := v
		next.text, next.page = strings.Replace(v.text, bad.Typed, try, 1), 1
		out = append(out, link{try, next.url()})
	}
	return out
}

// plainClauses gives the clauses without an operator.
func plainClauses(clauses []search.Clause) []search.Clause {
	return slices.DeleteFunc(slices.Clone(clauses), func(c search.Clause) bool { return !c.Plain() })
}

// plainWords gives a query without its operators, as it was typed where it has
// none.
func plainWords(text string, clauses []search.Clause) string {
	plain := plainClauses(clauses)
	if len(plain) == len(clauses) {
		return text
	}
	return search.String(plain)
}

// unquoted gives a query with the words of its phrases in any order, if it has
// phrases.
func unquoted(clauses []search.Clause) (string, bool) {
	var out []string
	quoted := false
	for _, c := range clauses {
		text := c.String()
		if t := c.Any[0][0]; c.Plain() {
			quoted = quoted || t.Quoted
			text = t.Value
		}
		out = append(out, text)
	}
	return strings.Join(out, " "), quoted
}

// typed adds a chip for each operator of the query, which takes it out of the
// text, and the names that nobody has.
func (p *searchPage) typed(words *catalogue, v searchValues, found *search.Results) {
	for i, c := range found.Clauses {
		if c.Plain() {
			continue
		}
		label, text := words.clause(c)
		p.Chips = append(p.Chips, chip{label, text, v.withoutTyped(found, i).url()})
		for _, all := range c.Any {
			for _, t := range all {
				if (t.Field == search.FieldPerson || t.Field == search.FieldSaid) && len(t.Codes) == 0 {
					p.Unknown = append(p.Unknown, v.unknown(found.Text, c, t))
				}
			}
		}
	}
}

// withoutTyped gives the question without clause i of its text.
func (v searchValues) withoutTyped(found *search.Results, i int) searchValues {
	v.text, v.page = search.WithoutClause(found.Text, found.Clauses, i), 1
	return v
}

// filter names a filter that lets nothing through.
func (c *catalogue) filter(found *search.Results, w search.Without) string {
	if w.Filter != "typed" {
		return c.t("facet." + w.Filter)
	}
	label, text := c.clause(found.Clauses[w.Clause])
	return c.t("typed.named", label, text)
}

// unknown offers the search with each of the nearest names.
func (v searchValues) unknown(text string, c search.Clause, t search.Term) unknownName {
	u := unknownName{Name: t.Value}
	for _, name := range t.Near {
		next, other := v, t
		other.Value, other.Quoted = name, true
		typed := strings.Replace(c.String(), t.String(), other.String(), 1)
		next.text, next.page = text[:c.Start]+typed+text[c.End:], 1
		u.Near = append(u.Near, link{name, next.url()})
	}
	return u
}

// clause gives the words of an operator, divided as a chip shows them: "Quốc gia"
// and "Lào", "Không có" and "Muster".
func (c *catalogue) clause(clause search.Clause) (label, text string) {
	if f, ok := oneField(clause); ok {
		var values []string
		for _, all := range clause.Any {
			values = append(values, c.value(all[0]))
		}
		return c.t("typed." + string(f)), strings.Join(values, c.t("typed.or.between"))
	}
	var alternatives []string
	for _, all := range clause.Any {
		var terms []string
		for _, t := range all {
			terms = append(terms, c.term(t))
		}
		alternatives = append(alternatives, strings.Join(terms, " + "))
	}
	label = c.t("typed.or")
	if clause.Not {
		label = c.t("typed.not")
	}
	return label, strings.Join(alternatives, c.t("typed.or.between"))
}

// oneField gives the field of a clause whose alternatives are values of one.
func oneField(clause search.Clause) (search.Field, bool) {
	f := clause.Any[0][0].Field
	other := func(all search.All) bool { return len(all) != 1 || all[0].Field != f }
	return f, f != "" && !clause.Not && !slices.ContainsFunc(clause.Any, other)
}

// term gives the words of a term that stands among others.
func (c *catalogue) term(t search.Term) string {
	switch {
	case t.Field == "" && t.Quoted:
		return c.t("typed.phrase", t.Value)
	case t.Field == "":
		return t.Value
	}
	return c.t("typed.named", c.t("typed."+string(t.Field)), c.value(t))
}

// shownNames is how many people of one name a chip names.
const shownNames = 3

// value gives the words for the value of a field.
func (c *catalogue) value(t search.Term) string {
	each := func(word func(string) string) string {
		var out []string
		for _, code := range t.Codes {
			out = append(out, word(code))
		}
		return strings.Join(out, ", ")
	}
	switch t.Field {
	case search.FieldCountry:
		return each(func(code string) string { return c.country(code) })
	case search.FieldKind:
		return each(func(code string) string { return c.word("kind", code) })
	case search.FieldForce:
		return each(func(code string) string { return c.word("force", code) })
	case search.FieldYear, search.FieldFrom, search.FieldTo:
		return each(func(code string) string { return c.date(archive.Date(code)) })
	case search.FieldPerson, search.FieldSaid:
		if n := len(t.Names); n > 0 && n <= shownNames {
			return strings.Join(t.Names, ", ")
		} else if n > shownNames {
			return c.t("typed.people", t.Value, c.num(n))
		}
	}
	if t.Value == "" {
		return c.t("typed.any")
	}
	return t.Value
}
