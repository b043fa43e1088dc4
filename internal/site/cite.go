package site

import (
	"fmt"
	"strings"

	"vankho/internal/archive"
)

// reference is what a citation needs to know. Nothing in it is made up: there
// are no authors, because articles name none that the archive reads, and no
// day of access, which only the reader knows.
type reference struct {
	key, title, publisher string
	date                  archive.Date // of publication or of the event, as far as known
	event                 bool         // a record of the archive and not an article
	url                   string       // absolute
	forms                 string       // path of the record, to which the other forms add their ending
}

// citation is a reference as pages show it.
type citation struct {
	Text, BibTeX string
	Forms        []link // addresses of the others
}

// cite gives a reference as a line of text and as BibTeX. Parts that are not
// known are left out.
func cite(words *catalogue, ref reference) citation {
	text := words.t("cite.title", ref.title)
	if ref.publisher != "" {
		text += ". " + ref.publisher
	}
	if ref.date != "" {
		text += ", " + words.date(ref.date)
	}
	text += ". " + words.t("site.name") + ". " + ref.url
	c := citation{Text: text, BibTeX: ref.bibTeX(words)}
	for _, f := range citationForms {
		if ref.forms != "" {
			c.Forms = append(c.Forms, link{words.t(f.name), ref.forms + f.ending})
		}
	}
	return c
}

// heading is the title under which programs keep a reference: of an event with
// its day, which most of them have no other place for.
func (ref *reference) heading(words *catalogue) string {
	if ref.event && ref.date != "" {
		return joinKnown(ref.title, words.date(ref.date))
	}
	return ref.title
}

// bibTeX gives a reference as an entry that BibTeX and biblatex read. The day
// of an event is not the day its record was published.
func (ref *reference) bibTeX(words *catalogue) string {
	var b strings.Builder
	fmt.Fprintf(&b, "@misc{vankho-%s,\n  title = {%s},\n", ref.key, bibtex(ref.heading(words)))
	if ref.publisher != "" {
		fmt.Fprintf(&b, "  author = {{%s}},\n", bibtex(ref.publisher))
	}
	if d := isoDay(ref.date); d != "" && ref.event {
		fmt.Fprintf(&b, "  eventdate = {%s},\n", d)
	} else if d != "" {
		fmt.Fprintf(&b, "  date = {%s},\n  year = {%04d},\n", d, ref.date.Year())
	}
	fmt.Fprintf(&b, "  howpublished = {%s},\n  url = {%s},\n  langid = {vietnamese}\n}", bibtex(words.t("site.name")), ref.url)
	return b.String()
}

// bibtex escapes what TeX reads as commands. A brace counts for BibTeX even
// behind a backslash, so that a lone one would break the entry: braces are
// named.
func bibtex(s string) string {
	return strings.NewReplacer(`\`, `\textbackslash{}`, "{", `\textbraceleft{}`, "}", `\textbraceright{}`, "~", `\textasciitilde{}`, "^", `\textasciicircum{}`,
		"%", `\%`, "&", `\&`, "#", `\#`, "$", `\$`, "_", `\_`, "\n", " ").Replace(visible(s))
}

// isoDay gives a date, month or year whose year is known in the form of
// ISO 8601-1, of an interval its start, otherwise nothing.
func isoDay(d archive.Date) string {
	if d.Year() == 0 {
		return ""
	}
	return string(d.Start())
}
