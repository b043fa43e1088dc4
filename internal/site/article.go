package site

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"vankho/internal/archive"
	"vankho/internal/store"
)

// articlePage is one version of an article: its text with every piece of
// evidence marked, beside the records read from it.
type articlePage struct {
	basePage
	ID        string
	Article   string        // the path before a fragment: none, on this page itself
	Heading   paragraphView // the title's own paragraph; N is 0 when the title was derived
	Derived   string        // why the title is not the article's own
	Dateline  *claim        // of the main event, when the article has one
	DateWords string
	Where     string
	Publisher string
	Published claim
	Blocks    []block
	Main      []record
	Rest      []record // announced or recalled in passing
	Hidden    int      // paragraphs not shown at first
	All       int
	Problems  []problemView
	Share     string     // how much of the text the records rest on
	Claims    []claimRow // of the article itself; each record has its own

	Corrections []correctionView // of the title, the publisher and the day of publication

	Version   int
	Newest    int
	Versions  []versionView
	Permalink string // of this version
	JSON      string
	Original  string
	SHA256    string
	Bytes     int
	FileName  string
	SourceURL string
	Cite      citation
	Prev      *neighbour
	Next      *neighbour
}

// block is a stretch of paragraphs: shown, or folded away as furniture.
type block struct {
	Folded     bool
	Paragraphs []paragraphView
	Summary    string
}

type paragraphView struct {
	N     int
	Kind  string
	Label string // of the number, for those who hear it
	Runs  []run
}

type problemView struct {
	N       int
	Rule    string
	Message string // the rule in words, where the catalogue has them
	Detail  string // as the reader reported it
}

type versionView struct {
	N        int
	URL      string
	Diff     string // where it is compared with the one before it, if there is one
	Current  bool
	Received string
	SHA256   string
	Bytes    int
}

// neighbour is the event before or after, in the history of the same
// principals.
type neighbour struct{ When, Name, URL string }

func (s *Site) serveArticle(w http.ResponseWriter, r *http.Request) error {
	a, err := s.askedArticle(r)
	if err != nil {
		return err
	}
	versions, err := s.store.Versions(r.Context(), a.ID)
	if err != nil {
		return err
	}
	p := newArticlePage(s.words(r), a, versions, s.baseURL)
	if p.Version != p.Newest {
		p.Path, p.Robots = p.Permalink, "noindex"
	}
	entries, _, err := s.store.Entries(r.Context(), store.Filter{Article: a.ID})
	if err != nil {
		return err
	}
	p.shown(s.words(r), entries)
	if p.Prev, p.Next, err = s.neighbours(r, a, entries); err != nil {
		return err
	}
	return s.render(w, r, http.StatusOK, "article", p)
}

// shown leads the records of an article to where its events are shown, together
// with what other articles tell of them.
func (p *articlePage) shown(words *catalogue, entries []store.Entry) {
	for _, records := range [][]record{p.Main, p.Rest} {
		for i := range records {
			rec := &records[i]
			for _, e := range entries {
				if e.ID == rec.Path[len("/m/"):] {
					rec.Path = e.URL
					if e.Told > 1 {
						rec.Told = words.t("record.open.told", words.num(e.Told))
					}
					break
				}
			}
		}
	}
}

// neighbours gives the events before and after the article's first main one
// among the same two principals. entries are the article's.
func (s *Site) neighbours(r *http.Request, a *archive.Article, entries []store.Entry) (prev, next *neighbour, err error) {
	var pair [2]string
	var self string
	for _, m := range a.Meetings {
		if who := principals(m.Participants); m.Main && len(who) > 1 {
			pair, self = [2]string{who[0].Person, who[1].Person}, m.ID
			break
		}
	}
	if self == "" {
		return nil, nil, nil
	}
	for _, e := range entries {
		if e.ID == self {
			self = e.URL[len("/m/"):]
			break
		}
	}
	entries, _, err = s.store.Entries(r.Context(), store.Filter{Persons: pair, Main: true, Oldest: true})
	if err != nil {
		return nil, nil, err
	}
	prev, next = around(s.words(r), entries, self)
	return prev, next, nil
}

// around finds the entries before and after one, in entries from old to new.
// Those of the same article are not neighbours.
func around(words *catalogue, entries []store.Entry, id string) (prev, next *neighbour) {
	at := -1
	for i, e := range entries {
		if e.ID == id {
			at = i
		}
	}
	if at < 0 {
		return nil, nil
	}
	for i := at - 1; i >= 0 && prev == nil; i-- {
		if entries[i].ArticleID != entries[at].ArticleID {
			prev = &neighbour{joinKnown(words.date(entries[i].Date), apart(words, "lapse.earlier", entries[i].Date, entries[at].Date)), entries[i].Title, "/a/" + entries[i].ArticleID}
		}
	}
	for i := at + 1; i < len(entries) && next == nil; i++ {
		if entries[i].ArticleID != entries[at].ArticleID {
			next = &neighbour{joinKnown(words.date(entries[i].Date), apart(words, "lapse.later", entries[at].Date, entries[i].Date)), entries[i].Title, "/a/" + entries[i].ArticleID}
		}
	}
	return prev, next
}

// apart says how long before or after one event another was, or nothing.
func apart(words *catalogue, key string, from, to archive.Date) string {
	lapse := words.lapse(from, to)
	if lapse == "" || lapse == words.t("lapse.none") {
		return lapse
	}
	return words.t(key, lapse)
}

func principals(who []archive.Participation) []archive.Participation {
	var out []archive.Participation
	for _, p := range who {
		if p.Capacity == archive.Principal {
			out = append(out, p)
		}
	}
	return out
}

func newArticlePage(words *catalogue, a *archive.Article, versions []store.VersionInfo, baseURL string) *articlePage {
	rd := newReader(words, "")
	p := &articlePage{
		ID: a.ID, Publisher: string(a.Publisher), All: len(a.Paragraphs),
		Version: a.Version, Newest: a.Version,
		Permalink: fmt.Sprintf("/a/%s/v/%d", a.ID, a.Version),
		Original:  fmt.Sprintf("/a/%s/v/%d/original", a.ID, a.Version),
		JSON:      fmt.Sprintf("/a/%s/v/%d.json", a.ID, a.Version),
		SHA256:    a.Source.SHA256, Bytes: a.Source.Bytes, FileName: a.Source.Name, SourceURL: string(a.Source.URL),
	}
	together := strings.Split(words.t("heading.together"), "|")
	rd.amended = a.Corrections
	p.Published = rd.amend(rd.date(a.Published, words.t("mark.published"), true), "published")
	p.Corrections = rd.corrections(a.Corrections, nil)
	for i := range a.Meetings {
		p.add(rd.meeting(&a.Meetings[i], a.Visits), a.Meetings[i].Main)
	}
	for i := range a.Visits {
		p.add(rd.visit(&a.Visits[i]), a.Visits[i].Main)
	}
	if len(p.Main) > 0 {
		p.Dateline, p.Where = &p.Main[0].Date, placeText(&p.Main[0])
		p.DateWords = words.longDate(mainDate(a))
	}
	for i := range a.Paragraphs {
		p.paragraph(words, rd, a, &a.Paragraphs[i])
	}
	for i, b := range p.Blocks {
		if b.Folded {
			p.Hidden += len(b.Paragraphs)
			p.Blocks[i].Summary = words.t("article.hidden", words.num(len(b.Paragraphs)), words.num(p.All))
		}
	}
	if p.Heading.N == 0 {
		p.Heading.Runs = plain(a.Title.Text)
	}
	p.Heading.Runs = keepTogether(p.Heading.Runs, together)
	if a.Title.State == archive.Inferred {
		p.Derived = words.t("article.derived")
	}
	p.Problems, p.Share = problemViews(words, a.Problems), words.share(a.Reading())
	p.Claims = []claimRow{
		rd.row(words.t("claims.title"), a.Title.Text, a.Title.State, a.Title.Rule, nil),
		rd.row(words.t("claims.published"), words.date(a.Published.EDTF), a.Published.State, a.Published.Rule, a.Published.Evidence),
	}
	for _, v := range versions {
		p.Newest = max(p.Newest, v.Version)
		p.Versions = append(p.Versions, versionView{
			N: v.Version, URL: fmt.Sprintf("/a/%s/v/%d", a.ID, v.Version), Current: v.Version == a.Version,
			Received: receivedOn(words, v.Received), SHA256: v.SHA256, Bytes: v.Bytes,
		})
		if v.Version > 1 {
			last := &p.Versions[len(p.Versions)-1]
			last.Diff = last.URL + "/diff"
		}
	}
	p.describe(words, a, baseURL)
	return p
}

func (p *articlePage) add(r record, main bool) {
	if main {
		p.Main = append(p.Main, r)
	} else {
		p.Rest = append(p.Rest, r)
	}
}

// paragraph adds one paragraph to the text, or to the heading when it is the
// title. Furniture next to each other is folded into one block, in its place
// and with its numbers, so that a link to it still arrives.
func (p *articlePage) paragraph(words *catalogue, rd *reader, a *archive.Article, para *archive.Paragraph) {
	v := paragraphView{
		N: para.N, Kind: string(para.Kind),
		Label: words.t("article.paragraph", para.N),
		Runs:  cut(para, rd.marks[para.N]),
	}
	numberSentences(words, para, v.Runs)
	if para.Kind == archive.TitleParagraph && p.Heading.N == 0 && para.Text == a.Title.Text {
		p.Heading = v
		return
	}
	folded := para.Kind == archive.Furniture
	if n := len(p.Blocks); n == 0 || p.Blocks[n-1].Folded != folded {
		p.Blocks = append(p.Blocks, block{Folded: folded})
	}
	last := &p.Blocks[len(p.Blocks)-1]
	last.Paragraphs = append(last.Paragraphs, v)
}

// numberSentences gives the sentences of a paragraph that has several their
// own links.
func numberSentences(words *catalogue, para *archive.Paragraph, runs []run) {
	if len(para.Sentences) < 2 {
		return
	}
	n := 0
	for i := range runs {
		if runs[i].Sentence != "" {
			n++
			runs[i].Number, runs[i].Label = strconv.Itoa(n), words.t("article.sentence", n, para.N)
		}
	}
}

// describe fills what the head of the page, the citation and other machines
// read.
func (p *articlePage) describe(words *catalogue, a *archive.Article, baseURL string) {
	p.Title, p.Path, p.OGType = a.Title.Text, a.URL, "article"
	p.Crumbs = []link{{words.t("nav.home"), "/"}}
	// The day of publication is no crumb: its month may have no page.
	p.Crumbs = append(p.Crumbs, dateCrumbs(words, mainDate(a))...)
	p.Crumbs = append(p.Crumbs, link{words.t("article.crumb"), ""})

	var about []string
	for _, r := range p.Main {
		about = append(about, joinKnown(r.Title, r.Date.known()))
		if len(about) == 3 {
			break
		}
	}
	p.Description = strings.Join(about, "; ")
	if p.Description == "" {
		for _, b := range p.Blocks {
			if !b.Folded {
				p.Description = shorten(a.Paragraphs[b.Paragraphs[0].N-1].Text, 160)
				break
			}
		}
	}
	ref := articleReference(a, baseURL+words.to(p.Permalink))
	p.Cite = cite(words, ref)
	p.describeAs(words, ref, articlePreview(a))
	p.JSONLD = articleLD(words, baseURL, a)
}

// receivedOn is the day of an instant in RFC 3339, in UTC.
func receivedOn(words *catalogue, instant string) string {
	day, _, _ := strings.Cut(instant, "T")
	d, err := archive.ParseDate(day)
	if err != nil {
		return instant
	}
	return words.date(d)
}

// mainDate is the day of the article's first main event, or unknown.
func mainDate(a *archive.Article) archive.Date {
	for _, m := range a.Meetings {
		if m.Main {
			return m.Date.EDTF
		}
	}
	for _, v := range a.Visits {
		if v.Main {
			return v.Date.EDTF
		}
	}
	return ""
}

// placeText is a record's place in one line: "Phủ Chủ tịch, Hà Nội, Việt Nam".
func placeText(r *record) string {
	if !r.Place.Known {
		return ""
	}
	if r.Place.Country != nil {
		return joinKnown(r.Place.Text, r.Place.Country.Text)
	}
	return r.Place.Text
}

// dateCrumbs are the year and month a date lies in.
func dateCrumbs(words *catalogue, d archive.Date) []link {
	var out []link
	y, m := d.Year(), d.Month()
	if y != 0 {
		out = append(out, link{strconv.Itoa(y), fmt.Sprintf("/y/%04d", y)})
		if m != 0 {
			out = append(out, link{words.t("month.name", words.word("month", m)), fmt.Sprintf("/y/%04d/%02d", y, m)})
		}
	}
	return out
}
