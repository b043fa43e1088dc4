package site

import (
	"encoding/json"
	"fmt"
	"mime"
	"net/http"
	"strconv"
	"strings"

	"github.com/go-chi/chi/v5"

	"vankho/internal/archive"
	"vankho/internal/store"
)

// citationForm is a form of a reference for the programs that keep references.
type citationForm struct {
	ending      string // behind the address of the record
	name        string // key of the catalogue
	contentType string
	write       func(words *catalogue, ref reference) ([]byte, error)
}

var citationForms = []citationForm{
	{".bib", "cite.bibtex", "application/x-bibtex; charset=utf-8", func(words *catalogue, ref reference) ([]byte, error) {
		return []byte(ref.bibTeX(words) + "\n"), nil
	}},
	{".ris", "cite.ris", "application/x-research-info-systems; charset=utf-8", func(words *catalogue, ref reference) ([]byte, error) {
		return ref.ris(words), nil
	}},
	{".csl.json", "cite.csl", "application/vnd.citationstyles.csl+json", func(words *catalogue, ref reference) ([]byte, error) {
		return ref.csl(words)
	}},
}

// articleReference is an article as a source, at the absolute address of the
// version that is cited.
func articleReference(a *archive.Article, address string) reference {
	return reference{
		key: a.ID, title: a.Title.Text, publisher: string(a.Publisher), date: a.Published.EDTF, url: address,
		forms: versionPath(a),
	}
}

// eventReference is the archive's record of an event as a source.
func eventReference(rec record, date archive.Date, address string) reference {
	return reference{key: rec.Path[len("/m/"):], title: rec.Title, date: date, event: true, url: address, forms: rec.Path}
}

// versionPath is the permanent path of an article's version.
func versionPath(a *archive.Article) string { return fmt.Sprintf("/a/%s/v/%d", a.ID, a.Version) }

// ris gives a reference in the RIS format: lines of a tag of two letters, two
// spaces, a hyphen, a space and a value, ended by CR LF.
func (ref *reference) ris(words *catalogue) []byte {
	var b strings.Builder
	line := func(tag, value string) {
		if value = strings.Join(strings.Fields(visible(value)), " "); value != "" {
			fmt.Fprintf(&b, "%s  - %s\r\n", tag, value)
		}
	}
	kind := "NEWS"
	if ref.event {
		kind = "ELEC"
	}
	line("TY", kind)
	line("TI", ref.heading(words))
	line("T2", ref.container(words))
	line("PB", ref.publisher)
	if d := ref.date.Start(); ref.event {
		if ref.date != "" {
			line("N1", words.t("cite.eventdate", ref.date))
		}
	} else if y := d.Year(); y != 0 {
		line("PY", fmt.Sprintf("%04d", y))
		day := fmt.Sprintf("%04d/", y)
		if m := d.Month(); m != 0 {
			day += fmt.Sprintf("%02d", m)
		}
		day += "/"
		if n := d.DayOfMonth(); n != 0 {
			day += fmt.Sprintf("%02d", n)
		}
		line("DA", day+"/")
	}
	line("LA", "vi")
	line("DB", words.t("site.name"))
	line("ID", "vankho-"+ref.key)
	line("UR", ref.url)
	b.WriteString("ER  - \r\n")
	return []byte(b.String())
}

// container is what an article appeared in or what keeps a record.
func (ref *reference) container(words *catalogue) string {
	if ref.event {
		return words.t("site.name")
	}
	return ref.publisher
}

// cslItem is an item of CSL-JSON 1.0.2.
type cslItem struct {
	ID        string   `json:"id"`
	Type      string   `json:"type"`
	Title     string   `json:"title"`
	Container string   `json:"container-title,omitempty"`
	Publisher string   `json:"publisher,omitempty"`
	Issued    *cslDate `json:"issued,omitempty"`
	EventDate *cslDate `json:"event-date,omitempty"`
	Archive   string   `json:"archive"`
	Location  string   `json:"archive_location"`
	Language  string   `json:"language"`
	URL       string   `json:"URL"`
}

type cslDate struct {
	Parts [][]int `json:"date-parts"`
}

// csl gives a reference as a list of one item, which is how programs read it.
func (ref *reference) csl(words *catalogue) ([]byte, error) {
	item := cslItem{
		ID: "vankho-" + ref.key, Type: "article-newspaper", Title: ref.heading(words), Container: ref.container(words), Publisher: ref.publisher,
		Archive: words.t("site.name"), Location: ref.key, Language: "vi", URL: ref.url,
	}
	date := cslDateOf(ref.date)
	if ref.event {
		item.Type, item.EventDate = "webpage", date
	} else {
		item.Issued = date
	}
	b, err := json.MarshalIndent([]cslItem{item}, "", " ")
	return append(b, '\n'), err
}

// cslDateOf gives a date whose year is known, or nil.
func cslDateOf(d archive.Date) *cslDate {
	if d.Year() == 0 {
		return nil
	}
	parts := func(d archive.Date) []int {
		out := []int{d.Year()}
		if m := d.Month(); m != 0 {
			if out = append(out, m); d.DayOfMonth() != 0 {
				out = append(out, d.DayOfMonth())
			}
		}
		return out
	}
	c := &cslDate{[][]int{parts(d.Start())}}
	if d.Interval() {
		c.Parts = append(c.Parts, parts(d.End()))
	}
	return c
}

// serveArticleCitation answers /a/{id} and /a/{id}/v/{n} with the ending of a
// form: a reference to that version.
func (s *Site) serveArticleCitation(form citationForm) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		a, err := s.askedArticle(r)
		if err != nil {
			return err
		}
		return s.sendCitation(w, r, form, articleReference(a, s.baseURL+versionPath(a)))
	}
}

// serveEventCitation answers /m/{id} or /v/{id} with the ending of a form.
func (s *Site) serveEventCitation(form citationForm) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		e, err := s.askedEvent(r)
		if err != nil {
			return err
		}
		rec, _, date := s.eventRecord(r, e)
		return s.sendCitation(w, r, form, eventReference(rec, date, s.baseURL+rec.Path))
	}
}

// askedEvent gives the meeting or the visit in the path.
func (s *Site) askedEvent(r *http.Request) (*store.EventRecord, error) {
	id := chi.URLParam(r, "id")
	if err := archive.CheckID(id); err != nil {
		return nil, err
	}
	if strings.HasPrefix(r.URL.Path, "/v/") {
		return s.store.Visit(r.Context(), id)
	}
	return s.store.Meeting(r.Context(), id)
}

// eventRecord gives an event as all of its articles tell it, with these and
// its day.
func (s *Site) eventRecord(r *http.Request, e *store.EventRecord) (record, []articleRef, archive.Date) {
	words := s.words(r)
	rec, merged, _ := readEvent(words, e)
	var refs []articleRef
	for i, t := range toldBy(e) {
		ref := newArticleRef(words, t.Article)
		ref.N = i + 1
		refs = append(refs, ref)
	}
	if merged.Meeting != nil {
		return rec, refs, merged.Meeting.Date.EDTF
	}
	return rec, refs, merged.Visit.Date.EDTF
}

func (s *Site) sendCitation(w http.ResponseWriter, r *http.Request, form citationForm, ref reference) error {
	b, err := form.write(s.words(r), ref)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": "vankho-" + ref.key + form.ending}))
	send(w, r, answer{status: http.StatusOK, contentType: form.contentType, body: b})
	return nil
}

// recordForms are the endings under which records have other forms than their
// page, the longer of two that fit first.
var recordForms = []string{".csl.json", ".json", ".md", ".bib", ".ris", ".atom", ".csv", ".png"}

// formOf gives the ending of a path that asks for another form of a record, or
// nothing.
func formOf(path string) string {
	for _, ending := range recordForms {
		if strings.HasSuffix(path, ending) {
			return ending
		}
	}
	return ""
}

// failPlain answers a program that reads neither pages nor JSON.
func failPlain(w http.ResponseWriter, r *http.Request, page *errorPage) {
	text := strconv.Itoa(page.Status) + " " + page.Sentence + "\n" + requestID(r) + "\n"
	send(w, r, answer{status: page.Status, contentType: "text/plain; charset=utf-8", body: []byte(text)})
}
