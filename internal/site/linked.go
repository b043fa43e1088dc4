package site

import (
	"strings"

	"vankho/internal/archive"
	"vankho/internal/encounter"
	"vankho/internal/store"
)

// What pages tell other machines, in the terms of schema.org, Highwire Press
// and Dublin Core. What is not known is left out.

const schemaOrg = "https://schema.org"

// eventLD describes a meeting or a visit.
func eventLD(words *catalogue, baseURL, path string, t encounter.Told) map[string]any {
	ld := map[string]any{"@type": "Event", "url": baseURL + words.to(path), "inLanguage": "vi", "eventStatus": schemaOrg + "/EventScheduled"}
	ld["@id"] = baseURL + path
	var date archive.Date
	var place archive.Place
	var who []archive.Participation
	if m := t.Meeting; m != nil {
		date, place, who = m.Date.EDTF, m.Place, m.Participants
		ld["name"] = words.word("kind", m.Kind) + ": " + principalNames(words, who)
		switch m.Kind {
		case archive.Message:
		case archive.PhoneCall, archive.Online:
			ld["eventAttendanceMode"] = schemaOrg + "/OnlineEventAttendanceMode"
		default:
			ld["eventAttendanceMode"] = schemaOrg + "/OfflineEventAttendanceMode"
		}
	} else {
		v := t.Visit
		date, place, who = v.Date.EDTF, v.Place, v.Participants
		ld["name"] = visitorName(words, v)
		ld["eventAttendanceMode"] = schemaOrg + "/OfflineEventAttendanceMode"
	}
	if d := isoDay(date); d != "" {
		ld["startDate"] = d
		if date.Interval() {
			ld["endDate"] = string(date.End())
		}
	}
	if where := placeLD(words, place); where != nil {
		ld["location"] = where
	}
	var people []any
	for _, p := range who {
		people = append(people, map[string]any{"@type": "Person", "name": p.Name, "url": baseURL + words.to("/p/"+p.Person)})
	}
	if len(people) > 0 {
		ld["attendee"] = people
	}
	return ld
}

func placeLD(words *catalogue, place archive.Place) map[string]any {
	if place.Country == "" && place.City == "" && place.Venue == "" {
		return nil
	}
	where := map[string]any{"@type": "Place"}
	name := joinKnown(string(place.Venue), string(place.City))
	address := map[string]any{"@type": "PostalAddress"}
	if place.City != "" {
		address["addressLocality"] = string(place.City)
	}
	if place.Country != "" {
		address["addressCountry"] = string(place.Country)
		name = joinKnown(name, words.country(place.Country))
	}
	if len(address) > 1 {
		where["address"] = address
	}
	where["name"] = name
	return where
}

// articleLD describes an article and the main events it tells of.
func articleLD(words *catalogue, baseURL string, a *archive.Article) map[string]any {
	ld := map[string]any{
		"@context": schemaOrg, "@type": "NewsArticle", "@id": baseURL + a.URL,
		"headline": a.Title.Text, "inLanguage": "vi", "url": baseURL + words.to(a.URL), "isAccessibleForFree": true,
		"image": []string{baseURL + words.to(articlePreview(a).URL)}, "archivedAt": baseURL + versionPath(a), "version": a.Version,
	}
	if a.Publisher != "" {
		publisher := map[string]any{"@type": "Organization", "name": string(a.Publisher)}
		ld["publisher"], ld["author"] = publisher, publisher
	}
	if d := isoDay(a.Published.EDTF); d != "" {
		ld["datePublished"] = d
	}
	if a.Source.URL != "" {
		ld["isBasedOn"] = string(a.Source.URL)
	}
	var events []any
	for i := range a.Meetings {
		if m := &a.Meetings[i]; m.Main {
			events = append(events, eventLD(words, baseURL, m.URL, encounter.Told{Article: a, Meeting: m}))
		}
	}
	for i := range a.Visits {
		if v := &a.Visits[i]; v.Main {
			events = append(events, eventLD(words, baseURL, v.URL, encounter.Told{Article: a, Visit: v}))
		}
	}
	if len(events) > 0 {
		ld["about"] = events
	}
	return ld
}

// articlesLD says where an event is told of.
func articlesLD(words *catalogue, baseURL string, told []encounter.Told) any {
	var list []map[string]any
	for _, t := range told {
		list = append(list, map[string]any{"@type": "NewsArticle", "headline": t.Article.Title.Text, "url": baseURL + words.to(t.Article.URL)})
	}
	if len(list) == 1 {
		return list[0]
	}
	return list
}

// personLD describes a person by the spellings and titles that articles have.
func personLD(words *catalogue, baseURL string, p *store.Person) map[string]any {
	path := "/p/" + p.Slug
	ld := map[string]any{"@context": schemaOrg, "@type": "Person", "@id": baseURL + path, "name": p.Name, "url": baseURL + words.to(path)}
	var names []string
	for _, s := range p.Spellings {
		if s.Text != p.Name {
			names = append(names, s.Text)
		}
	}
	if len(names) > 0 {
		ld["alternateName"] = names
	}
	var titles []string
	for _, s := range p.Titles {
		titles = append(titles, s.Text)
	}
	if len(titles) > 0 {
		ld["jobTitle"] = titles
	}
	if p.Country != "" {
		ld["nationality"] = map[string]any{"@type": "Country", "name": words.country(p.Country)}
	}
	return ld
}

// crumbsLD describes the way from the home page down to a page.
func crumbsLD(words *catalogue, baseURL, canonical string, crumbs []link) map[string]any {
	var items []any
	for i, c := range crumbs {
		address := canonical
		if c.URL != "" {
			address = baseURL + words.to(c.URL)
		}
		items = append(items, map[string]any{"@type": "ListItem", "position": i + 1, "name": c.Text, "item": address})
	}
	return map[string]any{"@context": schemaOrg, "@type": "BreadcrumbList", "itemListElement": items}
}

// metaTag is a name and a value in the head of a page.
type metaTag struct{ Name, Content string }

// metaTags gives a reference as the tags by which programs that keep references
// know a page: those of Highwire Press, which most read, and of Dublin Core.
func (ref *reference) metaTags(words *catalogue) []metaTag {
	publisher := ref.container(words)
	var out []metaTag
	add := func(name, content string) {
		if content != "" {
			out = append(out, metaTag{name, content})
		}
	}
	add("citation_title", ref.heading(words))
	if !ref.event {
		add("citation_publication_date", strings.ReplaceAll(isoDay(ref.date), "-", "/"))
		add("DC.date", isoDay(ref.date))
	}
	add("citation_publisher", publisher)
	add("citation_language", "vi")
	add("citation_public_url", ref.url)
	add("DC.title", ref.heading(words))
	add("DC.publisher", publisher)
	add("DC.language", "vi")
	add("DC.identifier", ref.url)
	return out
}

// otherForm is another form of a page's record.
type otherForm struct{ Type, URL string }

// otherForms gives those of a reference for the head of its page.
func (ref *reference) otherForms() []otherForm {
	out := []otherForm{{"text/markdown", ref.forms + ".md"}}
	for _, f := range citationForms {
		kind, _, _ := strings.Cut(f.contentType, ";")
		out = append(out, otherForm{kind, ref.forms + f.ending})
	}
	return out
}

// describeAs fills what the head of a page says of its record.
func (p *basePage) describeAs(words *catalogue, ref reference, preview previewOf) {
	p.Meta, p.Forms, p.Preview = ref.metaTags(words), ref.otherForms(), preview
}
