package site

import (
	"fmt"
	"net/http"
	"strings"

	"vankho/internal/archive"
)

// markdown writes a record as CommonMark. Text of articles is escaped, so that
// a reader of the file gets back the words as they stand.
type markdown struct {
	strings.Builder
	words   *catalogue
	baseURL string
}

// mdEscapes are the characters that CommonMark, or the tables and strikes of
// its common extensions, read as markup wherever they stand.
var mdEscapes = strings.NewReplacer(`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", `\<`, ">", `\>`, "&", "&amp;",
	"|", `\|`, "~", `\~`, "#", `\#`, "!", `\!`)

// mdText escapes a text for the middle of a line. Line breaks stay breaks; what
// would begin a list or a rule behind one is escaped too.
func mdText(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		line = mdEscapes.Replace(strings.TrimSpace(line))
		digits := len(line) - len(strings.TrimLeft(line, "0123456789"))
		switch rest := line[digits:]; {
		case i == 0 || rest == "":
		case digits > 0 && (rest[0] == '.' || rest[0] == ')'):
			line = line[:digits] + `\` + rest
		case digits == 0 && strings.IndexByte("-+=", rest[0]) >= 0:
			line = `\` + line
		}
		lines[i] = line
	}
	return strings.Join(lines, "\\\n")
}

func (m *markdown) heading(level int, text string) {
	fmt.Fprintf(m, "\n%s %s\n\n", strings.Repeat("#", level), strings.ReplaceAll(mdText(text), "\\\n", " "))
}

// item writes a line of a list: a label and a value that is Markdown already.
func (m *markdown) item(label, value string) {
	if value != "" {
		fmt.Fprintf(m, "- %s: %s\n", mdText(label), value)
	}
}

func mdLink(text, address string) string { return "[" + mdText(text) + "](" + address + ")" }

// sources writes where a value was read.
func (m *markdown) sources(list sources) string {
	var b strings.Builder
	for _, s := range list {
		address := s.URL
		if strings.HasPrefix(address, "/") {
			address = m.baseURL + address
		}
		b.WriteString(" " + mdLink(s.Label, address))
	}
	return b.String()
}

// claim writes a value, or that it is not known, with how it is known.
func (m *markdown) claim(c claim) string {
	text := c.Text
	if c.Country != nil {
		text = joinKnown(text, c.Country.Text)
	}
	text = mdText(text)
	if c.Say != "" {
		text += " (" + mdText(c.Say) + ")"
	}
	if c.Missing != "" {
		text += " (" + mdText(c.Missing) + ")"
	}
	for _, v := range c.Values {
		text += "; " + mdText(v.Text) + m.sources(v.Sources)
	}
	return text + m.sources(c.Sources)
}

func (m *markdown) participant(p participant) string {
	text := mdText(p.Name.Text)
	var parts []string
	if p.Country != nil {
		parts = append(parts, p.Country.Text)
	}
	for _, s := range []string{p.Org, p.Titles, p.Missing, p.Say} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	if len(parts) > 0 {
		text += " (" + mdText(strings.Join(parts, "; ")) + ")"
	}
	return text + m.sources(p.Sources)
}

// record writes the record of an event.
func (m *markdown) record(r record) {
	m.item(m.words.t("record.date"), m.claim(r.Date))
	m.item(m.words.t("record.place"), m.claim(r.Place))
	m.item(m.words.t("record.form"), m.claim(r.Form))
	m.item(m.words.t("record.status"), mdText(r.StatusSay))
	for _, p := range r.Principals {
		m.item(m.words.t("record.principals"), m.participant(p))
	}
	for _, g := range r.Others {
		for _, p := range g.People {
			m.item(g.Label, m.participant(p))
		}
	}
	for _, g := range r.Undertakings {
		for _, u := range g.Items {
			m.item(g.Label, m.undertaking(u))
		}
	}
	for _, u := range r.Proposals {
		m.item(m.words.t("record.proposals"), m.undertaking(u))
	}
	for _, f := range r.Figures {
		text := mdText(f.AsWritten) + " " + mdText(f.Measure) + " (" + mdText(joinKnown(f.Role, f.Period)) + ")"
		m.item(m.words.t("record.figures"), text+m.sources(f.Sources))
	}
	for _, s := range r.Statements {
		var who []string
		for _, l := range s.Speakers {
			who = append(who, l.Text)
		}
		m.item(m.words.t("record.statements"), mdText(strings.Join(who, ", "))+" "+mdText(s.Verb)+": "+mdQuote(s.Text)+m.sources(s.Sources))
	}
	for _, c := range r.Corrections {
		m.item(m.words.t("correction.title"), mdText(joinKnown(c.Label, c.Now, c.Reason)))
	}
}

// mdQuote writes the words of an article on one line.
func mdQuote(text string) string {
	return "“" + mdText(strings.Join(strings.Fields(text), " ")) + "”"
}

func (m *markdown) undertaking(u undertaking) string {
	text := mdQuote(u.Text)
	if u.By != "" {
		text += " (" + mdText(m.words.t("record.by", u.By)) + ")"
	}
	return text + m.sources(u.Sources)
}

// articleMarkdown writes one version of an article: what it is, the records
// read from it, and every paragraph with its permanent address.
func articleMarkdown(words *catalogue, a *archive.Article, baseURL string) []byte {
	m := &markdown{words: words, baseURL: baseURL}
	address := baseURL + versionPath(a)
	rd := newReader(words, address)
	rd.amended = a.Corrections
	fmt.Fprintf(m, "# %s\n\n", strings.ReplaceAll(mdText(a.Title.Text), "\\\n", " "))
	publisher := string(a.Publisher)
	if publisher == "" {
		publisher = words.t("article.publisher.unknown")
	}
	m.item(words.t("article.source"), mdText(publisher))
	m.item(words.t("claims.published"), m.claim(rd.date(a.Published, words.t("mark.published"), true)))
	m.item(words.t("article.permalink"), "<"+address+">")
	m.item(words.t("article.sha"), "`"+a.Source.SHA256+"`")
	for i := range a.Meetings {
		rec := rd.meeting(&a.Meetings[i], a.Visits)
		m.heading(2, rec.Title)
		m.item(words.t("article.permalink"), "<"+baseURL+rec.Path+">")
		m.record(rec)
	}
	for i := range a.Visits {
		rec := rd.visit(&a.Visits[i])
		m.heading(2, rec.Title)
		m.item(words.t("article.permalink"), "<"+baseURL+rec.Path+">")
		m.record(rec)
	}
	m.heading(2, words.t("article.text"))
	for _, p := range a.Paragraphs {
		mark := ""
		if p.Kind == archive.Furniture {
			mark = "> " // not the article's own
		}
		line := fmt.Sprintf("[%d](%s#d%d) %s", p.N, address, p.N, mdText(p.Text))
		fmt.Fprintf(m, "%s%s\n\n", mark, strings.ReplaceAll(line, "\n", "\n"+mark))
	}
	return []byte(m.String())
}

func (s *Site) serveArticleMarkdown(w http.ResponseWriter, r *http.Request) error {
	a, err := s.askedArticle(r)
	if err != nil {
		return err
	}
	send(w, r, answer{status: http.StatusOK, contentType: markdownType, body: articleMarkdown(s.words(r), a, s.baseURL)})
	return nil
}

const markdownType = "text/markdown; charset=utf-8"

func (s *Site) serveEventMarkdown(w http.ResponseWriter, r *http.Request) error {
	e, err := s.askedEvent(r)
	if err != nil {
		return err
	}
	words := s.words(r)
	rec, refs, _ := s.eventRecord(r, e)
	m := &markdown{words: words, baseURL: s.baseURL}
	fmt.Fprintf(m, "# %s\n\n", strings.ReplaceAll(mdText(rec.Title), "\\\n", " "))
	m.item(words.t("article.permalink"), "<"+s.baseURL+rec.Path+">")
	for _, ref := range refs {
		m.item(words.t("event.source"), mdLink(joinKnown(ref.Title, ref.Publisher, ref.Published), s.baseURL+ref.URL))
	}
	m.record(rec)
	send(w, r, answer{status: http.StatusOK, contentType: markdownType, body: []byte(m.String())})
	return nil
}
