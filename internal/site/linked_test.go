package site

import (
	"encoding/json"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"vankho/internal/archive"
)

// ldOf gives the blocks of linked data in a page.
func ldOf(t *testing.T, page *element) []map[string]any {
	t.Helper()
	var out []map[string]any
	page.walk(func(e *element) {
		if e.name == "script" && e.attr["type"] == "application/ld+json" {
			var ld map[string]any
			if err := json.Unmarshal([]byte(e.words()), &ld); err != nil {
				t.Errorf("linked data: %v", err)
				return
			}
			out = append(out, ld)
		}
	})
	return out
}

// shape is what schema.org and those who read it ask of a type: the properties
// that must be there and those that may.
type shape struct{ must, may []string }

var shapes = map[string]shape{
	"WebSite":       {[]string{"@context", "name", "url", "inLanguage", "potentialAction"}, nil},
	"SearchAction":  {[]string{"target", "query-input"}, nil},
	"Event":         {[]string{"@id", "name", "url", "eventStatus", "inLanguage"}, []string{"@context", "startDate", "endDate", "location", "attendee", "eventAttendanceMode", "image", "description", "subjectOf"}},
	"Place":         {[]string{"name"}, []string{"address"}},
	"PostalAddress": {nil, []string{"addressLocality", "addressCountry"}},
	"Person":        {[]string{"name", "url"}, []string{"@context", "@id", "alternateName", "jobTitle", "nationality"}},
	"Country":       {[]string{"name"}, nil},
	"Organization":  {[]string{"name"}, nil},
	"NewsArticle": {[]string{"headline", "url"}, []string{"@context", "@id", "inLanguage", "isAccessibleForFree", "image", "archivedAt", "version",
		"publisher", "author", "datePublished", "isBasedOn", "about"}},
	"BreadcrumbList": {[]string{"@context", "itemListElement"}, nil},
	"ListItem":       {[]string{"position", "name", "item"}, nil},
}

var isoForm = regexp.MustCompile(`^\d{4}(-\d\d(-\d\d)?)?$`)

// checkLD holds a value of linked data against its shape.
func checkLD(t *testing.T, where string, value any) {
	t.Helper()
	switch v := value.(type) {
	case []any:
		if len(v) == 0 {
			t.Errorf("%s: an empty list", where)
		}
		for i, one := range v {
			checkLD(t, fmt.Sprintf("%s[%d]", where, i), one)
		}
	case nil, string:
		if v == nil || v == "" {
			t.Errorf("%s: an empty value", where)
		}
	case map[string]any:
		kind, _ := v["@type"].(string)
		want, ok := shapes[kind]
		if !ok {
			t.Errorf("%s: a %q is not known", where, kind)
			return
		}
		for _, p := range want.must {
			if v[p] == nil {
				t.Errorf("%s: a %s without %s", where, kind, p)
			}
		}
		for p, one := range v {
			if p != "@type" && !slices.Contains(want.must, p) && !slices.Contains(want.may, p) {
				t.Errorf("%s: a %s has no property %s", where, kind, p)
			}
			checkProperty(t, where+"."+p, p, one)
		}
	}
}

func checkProperty(t *testing.T, where, name string, value any) {
	t.Helper()
	text, _ := value.(string)
	switch name {
	case "@context":
		if text != "https://schema.org" {
			t.Errorf("%s: %q", where, text)
		}
	case "url", "@id", "item", "archivedAt", "eventStatus", "eventAttendanceMode", "target":
		if u, err := url.Parse(text); err != nil || u.Scheme != "https" || u.Host == "" {
			t.Errorf("%s: %q is no absolute address", where, text)
		}
	case "startDate", "endDate", "datePublished":
		if !isoForm.MatchString(text) {
			t.Errorf("%s: %q is no date", where, text)
		}
	case "addressCountry":
		if len(text) != 2 {
			t.Errorf("%s: %q is no code of a country", where, text)
		}
	default:
		checkLD(t, where, value)
	}
}

// TestLinkedData wants of every kind of page the linked data it is to have, and
// of all of them the shape.
func TestLinkedData(t *testing.T) {
	arch := sampleArchive(t)
	v := arch.variables
	for path, kinds := range map[string]string{
		"/":                               "WebSite",
		"/a/" + v["talks"]:                "NewsArticle BreadcrumbList",
		"/a/" + v["announced"]:            "NewsArticle BreadcrumbList",
		"/en/a/" + v["series"]:            "NewsArticle BreadcrumbList",
		"/m/" + v["meeting"]:              "Event BreadcrumbList",
		"/en/v/" + v["planned"]:           "Event BreadcrumbList",
		"/p/ana-moreira":                  "Person BreadcrumbList",
		"/c/br":                           "BreadcrumbList",
		"/cite":                           "BreadcrumbList",
		"/a/" + v["series"] + "/v/2/diff": "BreadcrumbList",
		"/search?q=h%E1%BB%A3p+t%C3%A1c":  "BreadcrumbList",
		"/en/a/" + v["unknown"]:           "",
	} {
		_, page := getPage(t, arch, path)
		root, err := parsePage(page)
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		var got []string
		for i, ld := range ldOf(t, root) {
			got = append(got, fmt.Sprint(ld["@type"]))
			checkLD(t, fmt.Sprintf("%s #%d", path, i+1), ld)
		}
		if strings.Join(got, " ") != kinds {
			t.Errorf("%s: linked data of %q, want %q", path, got, kinds)
		}
	}
}

// TestCrumbsLD: positions count from 1 and the last item is the page itself.
func TestCrumbsLD(t *testing.T) {
	ld := crumbsLD(wordsIn(t, "en"), "https://a.example", "https://a.example/en/p/x", []link{{"Home", "/"}, {"People", "/p"}, {"X", ""}})
	items := ld["itemListElement"].([]any)
	for i, want := range []string{"https://a.example/en", "https://a.example/en/p", "https://a.example/en/p/x"} {
		item := items[i].(map[string]any)
		if item["position"] != i+1 || item["item"] != want {
			t.Errorf("item %d: %v, want %s", i+1, item, want)
		}
	}
}

func TestMetaTags(t *testing.T) {
	words := wordsIn(t, "vi")
	for _, tt := range []struct {
		name string
		ref  reference
		want string
	}{
		{"an article", reference{title: "T", publisher: "Báo", date: "2026-02-05", url: "https://a.example/x"},
			"citation_title=T citation_publication_date=2026/02/05 DC.date=2026-02-05 citation_publisher=Báo citation_language=vi citation_public_url=https://a.example/x " +
				"DC.title=T DC.publisher=Báo DC.language=vi DC.identifier=https://a.example/x"},
		{"one of which little is known", reference{title: "T", url: "u"},
			"citation_title=T citation_language=vi citation_public_url=u DC.title=T DC.language=vi DC.identifier=u"},
		{"an event's day is not its publication", reference{title: "T", date: "2026-02-05", event: true, url: "u"},
			"citation_title=T, 5/2/2026 citation_publisher=" + words.t("site.name") + " citation_language=vi citation_public_url=u DC.title=T, 5/2/2026 DC.publisher=" +
				words.t("site.name") + " DC.language=vi DC.identifier=u"},
	} {
		var got []string
		for _, m := range tt.ref.metaTags(words) {
			got = append(got, m.Name+"="+m.Content)
		}
		if strings.Join(got, " ") != tt.want {
			t.Errorf("%s:\ngot  %s\nwant %s", tt.name, strings.Join(got, " "), tt.want)
		}
	}
}

// TestEventModes: what was done by telephone has no place to go to, and a
// letter is no gathering.
func TestEventModes(t *testing.T) {
	arch := sampleArchive(t)
	e, err := arch.store.Meeting(t.Context(), arch.variables["meeting"])
	if err != nil {
		t.Fatal(err)
	}
	words := wordsIn(t, "vi")
	told := toldBy(e)[0]
	for kind, want := range map[archive.MeetingKind]any{
		archive.Talks: "https://schema.org/OfflineEventAttendanceMode", archive.PhoneCall: "https://schema.org/OnlineEventAttendanceMode", archive.Message: nil,
	} {
		told.Meeting.Kind = kind
		if got := eventLD(words, "https://a.example", "/m/x", told)["eventAttendanceMode"]; got != want {
			t.Errorf("%s: %v, want %v", kind, got, want)
		}
	}
}
