package site

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"vankho/internal/archive"
)

// correctionView is what a person has corrected in a record, in words.
type correctionView struct {
	Label  string // "Thành phố", "Chức danh, Hun Manet"
	Read   string // what the reader reads; empty for nothing
	Now    string // what is right; empty when that is not known
	Source bool   // Read and Now are in the words of the sources
	Reason string
	Author string
	Date   string
	ISO    string
}

// corrections puts the corrections of a record into words.
func (rd *reader) corrections(list []archive.CorrectedField, who []archive.Participation) []correctionView {
	names := namesOf(who)
	var out []correctionView
	for _, f := range list {
		v := correctionView{
			Label: rd.fieldLabel(f.Field, names), Read: rd.fieldText(f.Field, f.Read, names), Now: rd.fieldText(f.Field, f.New, names),
			Source: ofSource(f.Field), Reason: f.Reason, Author: f.Author, Date: rd.words.date(f.Date), ISO: isoDate(f.Date),
		}
		if n := rd.told[f.Article]; n > 0 {
			v.Label = rd.words.t("correction.told", v.Label, n)
		}
		out = append(out, v)
	}
	return out
}

// fieldLabel names a field: by its last part, and whose or which it is.
func (rd *reader) fieldLabel(field string, names map[string]string) string {
	parts := strings.Split(field, ".")
	label := rd.words.word("field", parts[len(parts)-1])
	switch parts[0] {
	case "participants":
		return rd.words.t("correction.of", label, personLink(parts[1], names).Text)
	case "agreements", "statements", "figures":
		return rd.words.t("correction.of", label, rd.words.word("field", parts[0])+" "+parts[1])
	}
	return label
}

// fieldText gives a value as the pages show those of its field; of null and the
// empty list nothing.
func (rd *reader) fieldText(field string, raw json.RawMessage, names map[string]string) string {
	var v any
	if err := json.Unmarshal(raw, &v); err != nil || v == nil {
		return ""
	}
	last := field[strings.LastIndexByte(field, '.')+1:]
	switch v := v.(type) {
	case string:
		return rd.wordText(last, v, names)
	case bool:
		if v {
			return rd.words.t("correction.true")
		}
		return rd.words.t("correction.false")
	case []any:
		var texts []string
		for _, one := range v {
			texts = append(texts, rd.wordText(last, fmt.Sprint(one), names))
		}
		return strings.Join(texts, ", ")
	case float64:
		if n := int(v); float64(n) == v {
			return rd.words.num(n)
		}
	}
	return string(raw) // a number with a fraction
}

// ofSource reports whether the values of a field are words of the sources.
func ofSource(field string) bool {
	switch field[strings.LastIndexByte(field, '.')+1:] {
	case "title", "publisher", "venue", "city", "titles_as_written", "by", "speakers", "inviters", "measure":
		return true
	}
	return false
}

func (rd *reader) wordText(last, s string, names map[string]string) string {
	switch last {
	case "date", "published", "due", "period":
		if d, err := archive.ParseDate(s); err == nil {
			return rd.words.date(d)
		}
	case "country":
		return rd.words.country(s)
	case "organisation":
		return rd.words.word("organisation", s)
	case "kind", "status", "level", "force", "capacity", "side", "role":
		return rd.words.word(last, s)
	case "actor":
		return rd.words.word("actor", s)
	case "mode":
		return rd.words.word("mode", s)
	case "by", "speakers", "inviters":
		return personLink(s, names).Text
	}
	return s
}

// amends reports whether a correction is of a field of the record in hand, or
// of a part of it. Of several articles, that is the record of the first.
func (rd *reader) amends(f *archive.CorrectedField, field string) bool {
	return (f.Field == field || strings.HasPrefix(f.Field, field+".")) && rd.told[f.Article] <= 1
}

// corrected reports whether people have corrected a field, or a part of it.
func (rd *reader) corrected(field string) bool {
	return slices.ContainsFunc(rd.amended, func(f archive.CorrectedField) bool { return rd.amends(&f, field) })
}

// mark gives the word that a corrected value is followed by, of another nothing.
func (rd *reader) mark(field string) string {
	if !rd.corrected(field) {
		return ""
	}
	return rd.words.word("state", archive.Corrected)
}

// amend says of a claim that people have corrected it, and what the reader
// reads from the words beside it. Its rule is not of the value shown.
func (rd *reader) amend(c claim, field string) claim {
	if !rd.corrected(field) {
		return c
	}
	var read []string
	for _, f := range rd.amended {
		if rd.amends(&f, field) {
			read = append(read, rd.fieldText(f.Field, f.Read, nil))
		}
	}
	c.Say, c.Rule = rd.mark(field), ""
	c.Why = rd.words.t("correction.unread")
	if text := joinKnown(read...); text != "" {
		c.Why = rd.words.t("correction.read", text)
	}
	if !c.Known {
		c.Text = rd.words.t("correction.unknown")
	}
	return c
}
