package site

import (
	"fmt"
	"strings"

	"vankho/internal/archive"
)

// reference is what a citation needs to know.
type reference struct {
	key, title, publisher string
	date                  archive.Date // of publication or of the event, as far as known
	url                   string       // absolute
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

	var b strings.Builder
	fmt.Fprintf(&b, "@misc{vankho-%s,\n  title = {%s},\n", ref.key, bibtex(ref.title))
	if ref.publisher != "" {
		fmt.Fprintf(&b, "  author = {{%s}},\n", bibtex(ref.publisher))
	}
	if d := isoDay(ref.date); d != "" {
		fmt.Fprintf(&b, "  date = {%s},\n", d)
	}
	fmt.Fprintf(&b, "  howpublished = {%s},\n  url = {%s},\n  langid = {vietnamese}\n}", bibtex(words.t("site.name")), ref.url)
	return citation{text, b.String()}
}

// bibtex escapes what BibTeX reads as commands.
func bibtex(s string) string {
	return strings.NewReplacer(`\`, `\textbackslash{}`, "{", `\{`, "}", `\}`, "%", `\%`, "&", `\&`, "#", `\#`, "$", `\$`, "_", `\_`).Replace(s)
}

// isoDay gives a date, month or year whose year is known in the form of
// ISO 8601-1, of an interval its start, otherwise nothing.
func isoDay(d archive.Date) string {
	if d.Year() == 0 {
		return ""
	}
	return string(d.Start())
}

// eventLD describes an event in the terms of schema.org.
func eventLD(words *catalogue, path, baseURL, kind string, date archive.DateClaim, place archive.Place, who []archive.Participation) map[string]any {
	ld := map[string]any{
		"@type": "Event", "name": words.t("feed.entry", kind, principalNames(who)),
		"url": baseURL + path, "inLanguage": "vi",
	}
	if d := isoDay(date.EDTF); d != "" {
		ld["startDate"] = d
		if date.EDTF.Interval() {
			ld["endDate"] = string(date.EDTF.End())
		}
	}
	if place.Country != "" || place.City != "" || place.Venue != "" {
		where := map[string]any{"@type": "Place"}
		name := joinKnown(string(place.Venue), string(place.City))
		if place.Country != "" {
			where["address"] = map[string]any{"@type": "PostalAddress", "addressCountry": string(place.Country)}
			name = joinKnown(name, words.country(place.Country))
		}
		where["name"] = name
		ld["location"] = where
	}
	var people []any
	for _, p := range who {
		people = append(people, map[string]any{"@type": "Person", "name": p.Name, "url": baseURL + "/p/" + p.Person})
	}
	ld["attendee"] = people
	return ld
}
