package site

import (
	"fmt"
	"slices"
	"strings"

	"vankho/internal/archive"
)

// record is a meeting or visit as the pages of articles, meetings and visits
// show it: every value ready to print and followed by its sources.
type record struct {
	Path      string // "/m/…" or "/v/…"
	Visit     bool
	Name      string // its principals, "Tô Lâm – Thongloun Sisoulith", or "Tô Lâm thăm Lào"
	Source    bool   // Name is in the words of the sources
	Title     string // what a list of records calls it: "Hội đàm Tô Lâm – Thongloun Sisoulith"
	Kind      string // "Hội đàm"
	StatusSay string // what a reader must know of it; empty when held
	Summary   string // where several records share a page
	Told      string // what the link to the record's own page says, when several articles tell it

	Date, Place, Form claim
	Frame             *link // the visit a meeting was part of
	Principals        []participant
	Others            []participantGroup // attending, witnesses
	Inviters          []link
	Undertakings      []undertakingGroup // by force; proposals are not among them
	Proposals         []undertaking
	Figures           []figure
	Statements        []statement
	Corrections       []correctionView
}

// claim is one value, or a plain word that it is not known.
type claim struct {
	Text    string
	Source  bool   // Text is in the words of the source
	Country *link  // of a place
	Values  []said // what each article says, where several contradict each other
	Missing string // the part of a known place that is not: "thành phố không nêu trong bài"
	Known   bool
	Say     string // "suy ra", when it is not simply stated
	Rule    string // the name of the rule that read it
	Why     string // the rule in words, when it is not simply stated
	ISO     string // of a date, for <time>
	Sources sources
}

// known gives the text of a known value, of an unknown one nothing.
func (c claim) known() string {
	if !c.Known {
		return ""
	}
	return c.Text
}

// source is a place in the text where a value was read.
type source struct {
	URL   string // "#e-4-0-10" on the article's own page
	ID    string // target of the mark's way back; empty but on its first mention
	Label string // "đoạn 4"
	About string // for those who hear the link and not what stands before it
	Quote string
}

// sources are all the places of one value, in the order of the record.
type sources []source

// quoted is the words of one or more sources that read alike.
type quoted struct {
	Quote   string
	Sources sources
}

// Quotes puts sources together whose words are the same but for capitals: a
// page says "hội đàm" once, however often the article does.
func (s sources) Quotes() []quoted {
	var out []quoted
	for _, one := range s {
		i := slices.IndexFunc(out, func(q quoted) bool { return strings.EqualFold(q.Quote, one.Quote) })
		if i < 0 {
			i = len(out)
			out = append(out, quoted{Quote: one.Quote})
		}
		out[i].Sources = append(out[i].Sources, one)
	}
	return out
}

type participant struct {
	Name    link
	Written string // as the article writes the name, when that differs
	Titles  string
	Missing string // "chức danh không nêu trong bài"
	Country *link
	Org     string
	Side    string
	Sources sources
	Say     string // "đã đính chính"
}

type participantGroup struct {
	Label  string
	People []participant
}

type undertaking struct {
	Text    string // the whole sentence
	Short   string // its beginning
	By      string // whose it is, when one side's
	Due     string
	Figures []string
	Sources sources
	Say     string
}

type undertakingGroup struct {
	Label string
	Items []undertaking
}

// panelShown is how many undertakings of one force the panel beside a text
// shows before the rest fold.
const panelShown = 4

// First and Rest divide the undertakings for the panel.
func (g undertakingGroup) First() []undertaking { return g.Items[:min(len(g.Items), panelShown)] }
func (g undertakingGroup) Rest() []undertaking  { return g.Items[len(g.First()):] }

type figure struct {
	AsWritten, Measure, Role, Period string
	Sources                          sources
	Say                              string
}

type statement struct {
	Speakers []link
	Verb     string
	Direct   bool
	Text     string
	Sources  sources
	Say      string
}

// reader turns the events of one article into records and notes, as it goes,
// which spans it cited: those become the marks of the text, so that each mark
// has a record to go back to and each source a mark to go to.
type reader struct {
	words *catalogue
	base  string              // path before "#": empty on the article's own page
	told  map[archive.Opt]int // of a page that several articles are the source of: the number of each, by id
	marks map[int][]mark
	cited map[archive.Span]bool

	amended []archive.CorrectedField // of the record in hand
}

// newReader makes a reader whose sources lie on the page at base.
func newReader(words *catalogue, base string) *reader {
	return &reader{words: words, base: base, marks: map[int][]mark{}, cited: map[archive.Span]bool{}}
}

// sources cites evidence. about says in a word what it is the evidence of and
// labels the mark.
func (rd *reader) sources(about string, quiet bool, evidence []archive.Evidence) sources {
	var out sources
	for i, e := range evidence {
		if slices.ContainsFunc(evidence[:i], func(o archive.Evidence) bool { return o.Span == e.Span && o.Article == e.Article }) {
			continue
		}
		rd.marks[e.Paragraph] = append(rd.marks[e.Paragraph], mark{Start: e.Start, End: e.End, Label: about, Quiet: quiet})
		s := source{
			URL:   rd.base + "#" + evidenceFragment(e.Span),
			Label: rd.words.t("source.paragraph", e.Paragraph),
			About: rd.words.t("source.about", e.Paragraph, about),
			Quote: e.Quote,
		}
		if n, ok := rd.told[e.Article]; ok {
			s.URL = "/a/" + string(e.Article) + "#" + evidenceFragment(e.Span)
			s.Label = rd.words.t("source.told", n, e.Paragraph)
			s.About = rd.words.t("source.told.about", n, e.Paragraph, about)
		}
		if !rd.cited[e.Span] {
			rd.cited[e.Span] = true
			s.ID = recordFragment(e.Span)
		}
		out = append(out, s)
	}
	return out
}

func (rd *reader) meeting(m *archive.Meeting, visits []archive.Visit) record {
	rd.amended = m.Corrections
	r := rd.event(false, m.URL, m.Status, m.Date, m.Place, m.Participants)
	r.Kind = rd.words.word("kind", m.Kind)
	r.Title = rd.words.t("record.title", r.Kind, r.Name)
	r.Form = rd.amend(claim{Text: r.Kind, Known: true, Rule: m.Rule,
		Sources: rd.sources(rd.words.t("mark.kind"), false, m.Evidence)}, "kind")
	for i := range visits {
		if archive.Opt(visits[i].ID) == m.Visit {
			r.Frame = &link{rd.visitName(visits[i].Level), visits[i].URL}
		}
	}
	rd.content(&r, m.Participants, m.Agreements, m.Statements, m.Figures)
	return r
}

func (rd *reader) visit(v *archive.Visit) record {
	rd.amended = v.Corrections
	r := rd.event(true, v.URL, v.Status, v.Date, v.Place, v.Participants)
	r.Visit = true
	r.Kind = rd.visitName(v.Level)
	r.Name = visitorName(rd.words, v)
	r.Source = r.Source && r.Name == principalNames(rd.words, v.Participants)
	r.Title, r.Summary = r.Name, r.Name
	r.Form = rd.amend(claim{Text: r.Kind, Known: true, Rule: v.Rule,
		Sources: rd.sources(rd.words.t("mark.visit"), false, v.Evidence)}, "level")
	names := namesOf(v.Participants)
	for _, slug := range v.Inviters {
		r.Inviters = append(r.Inviters, personLink(slug, names))
	}
	rd.content(&r, v.Participants, v.Agreements, v.Statements, v.Figures)
	return r
}

// visitName is "Chuyến thăm cấp Nhà nước", or without the level if the article
// does not give one.
func (rd *reader) visitName(level archive.Opt) string {
	if level == "" {
		return rd.words.word("kind", "visit")
	}
	return rd.words.t("visit.level", rd.words.word("level", level))
}

func (rd *reader) event(visit bool, path string, status archive.Status, date archive.DateClaim, place archive.Place, who archive.List[archive.Participation]) record {
	r := record{Path: path, Name: principalNames(rd.words, who), Source: len(principals(who)) <= mostNames}
	if status != archive.Held {
		r.StatusSay = rd.words.word("status", status)
	}
	r.Date = rd.amend(rd.date(date, rd.words.t("mark.date"), false), "date")
	r.Place = rd.amend(rd.place(place, visit), "place")
	r.Corrections = rd.corrections(rd.amended, who)
	others := map[archive.Capacity][]participant{}
	var guests []string
	for _, p := range who {
		v := rd.participant(p)
		if p.Capacity == archive.Principal {
			r.Principals = append(r.Principals, v)
			if p.Country != "" && p.Country != "VN" {
				guests = append(guests, rd.words.country(p.Country))
			}
		} else {
			others[p.Capacity] = append(others[p.Capacity], v)
		}
	}
	for _, c := range []archive.Capacity{archive.Attending, archive.Witness} {
		if len(others[c]) > 0 {
			r.Others = append(r.Others, participantGroup{rd.words.word("capacity", c), others[c]})
		}
	}
	r.Summary = r.Name
	if guests = compact(guests); len(guests) > 0 {
		r.Summary += ", " + strings.Join(guests, ", ")
	}
	return r
}

func (rd *reader) date(d archive.DateClaim, about string, quiet bool) claim {
	c := rd.claim(d.State, d.Rule, d.EDTF != "", about, quiet, d.Evidence)
	if c.Known {
		c.Text, c.ISO = rd.words.date(d.EDTF), isoDate(d.EDTF)
	}
	return c
}

// place reads a place. A visit is to a country, so that the lack of a city is
// nothing to speak of.
func (rd *reader) place(p archive.Place, visit bool) claim {
	c := rd.claim(p.State, p.Rule, p.Venue != "" || p.City != "" || p.Country != "", rd.words.t("mark.place"), false, p.Evidence)
	if !c.Known {
		return c
	}
	c.Text, c.Source = joinKnown(string(p.Venue), string(p.City)), true
	if p.Country != "" {
		c.Country = countryLink(rd.words, string(p.Country))
	}
	if p.City == "" && !visit {
		c.Missing = rd.words.t("missing.city")
	}
	return c
}

// claim fills what every value has. An unknown value says so: its absence
// would leave a reader guessing who left it out.
func (rd *reader) claim(state archive.State, rule string, known bool, about string, quiet bool, evidence []archive.Evidence) claim {
	c := claim{Known: known, Rule: rule}
	if !known {
		c.Text = rd.words.t("value.unknown")
		return c
	}
	if state != archive.Stated {
		c.Say = rd.words.word("state", state)
		if state == archive.Corrected {
			c.Rule = "" // it did not read this value
		} else {
			c.Why = rd.why(rule)
		}
	}
	c.Sources = rd.sources(about, quiet, evidence)
	return c
}

// why gives a rule in words, or nothing when the catalogue has none for it. The
// rules that read an encounter are named after its word and its frame,
// "event-talks-series"; the word is in the quote, and the frame has the words.
func (rd *reader) why(rule string) string {
	if words := rd.words.word("rule", rule); words != rule {
		return words
	}
	rest, ok := strings.CutPrefix(rule, "event-")
	if !ok {
		return ""
	}
	for ok {
		if _, rest, ok = strings.Cut(rest, "-"); ok {
			if words := rd.words.word("rule.frame", rest); words != rest {
				return words
			}
		}
	}
	return rd.words.t("rule.frame")
}

func (rd *reader) participant(p archive.Participation) participant {
	about := rd.words.t("mark.person")
	if p.Capacity != archive.Principal {
		about = rd.words.t("mark." + string(p.Capacity))
	}
	v := participant{
		Name:    link{p.Name, "/p/" + p.Person},
		Titles:  strings.Join(p.TitlesAsWritten, ", "),
		Sources: rd.sources(about, false, p.Evidence),
		Say:     rd.mark("participants." + p.Person),
	}
	if p.NameAsWritten != p.Name {
		v.Written = p.NameAsWritten
	}
	if p.Country != "" {
		v.Country = countryLink(rd.words, string(p.Country))
	} else {
		v.Org = rd.words.word("organisation", p.Organisation)
	}
	var missing []string
	if v.Titles == "" {
		missing = append(missing, rd.words.t("missing.titles"))
	}
	if p.Country == "" && p.Organisation == "" {
		missing = append(missing, rd.words.t("missing.country"))
	}
	v.Missing = strings.Join(missing, ", ")
	if p.Side != "" {
		v.Side = rd.words.word("side", p.Side)
	}
	return v
}

func (rd *reader) content(r *record, who []archive.Participation, agreements []archive.Agreement, statements []archive.Statement, figures []archive.Figure) {
	names := namesOf(who)
	for _, f := range archive.Forces {
		var items []undertaking
		for i, a := range agreements {
			if a.Force == f {
				u := rd.undertaking(a, names)
				u.Say = rd.mark(fmt.Sprintf("agreements.%d", i+1))
				items = append(items, u)
			}
		}
		switch {
		case f == archive.Proposed:
			r.Proposals = items
		case len(items) > 0:
			r.Undertakings = append(r.Undertakings, undertakingGroup{rd.words.word("force", f), items})
		}
	}
	// Figures of agreements stand among the event's too; each is shown once.
	seen := map[archive.Span]bool{}
	show := func(figures []archive.Figure, field string) {
		for i, f := range figures {
			if len(f.Evidence) > 0 && seen[f.Evidence[0].Span] {
				continue
			}
			for _, e := range f.Evidence {
				seen[e.Span] = true
			}
			v := rd.figure(f)
			v.Say = rd.mark(fmt.Sprintf("%s.%d", field, i+1))
			r.Figures = append(r.Figures, v)
		}
	}
	show(figures, "figures")
	for i, a := range agreements {
		show(a.Figures, fmt.Sprintf("agreements.%d.figures", i+1))
	}
	for i, s := range statements {
		v := statement{
			Verb: s.Verb, Direct: s.Mode == "direct", Text: s.Text,
			Sources: rd.sources(rd.words.t("mark.statement"), true, s.Evidence),
			Say:     rd.mark(fmt.Sprintf("statements.%d", i+1)),
		}
		for _, slug := range s.Speakers {
			v.Speakers = append(v.Speakers, personLink(slug, names))
		}
		r.Statements = append(r.Statements, v)
	}
}

func (rd *reader) undertaking(a archive.Agreement, names map[string]string) undertaking {
	courtesy := a.Force == archive.Welcomed || a.Force == archive.Reaffirmed
	u := undertaking{
		Text: a.Text, Short: shorten(a.Text, 96),
		Sources: rd.sources(rd.words.t("mark."+string(a.Force)), courtesy, a.Evidence),
	}
	if a.Actor == archive.OneSide {
		var by []string
		for _, slug := range a.By {
			by = append(by, personLink(slug, names).Text)
		}
		u.By = strings.Join(by, ", ")
	}
	if a.Due != "" {
		u.Due = rd.words.date(a.Due)
	}
	for _, f := range a.Figures {
		if !slices.Contains(u.Figures, f.AsWritten) {
			u.Figures = append(u.Figures, f.AsWritten)
		}
	}
	return u
}

func (rd *reader) figure(f archive.Figure) figure {
	v := figure{
		AsWritten: f.AsWritten, Measure: f.Measure, Role: rd.words.word("role", f.Role),
		Sources: rd.sources(rd.words.t("mark.figure"), false, f.Evidence),
	}
	v.Period = periodWords(rd.words, string(f.Period))
	return v
}

func namesOf(who []archive.Participation) map[string]string {
	names := map[string]string{}
	for _, p := range who {
		names[p.Person] = p.Name
	}
	return names
}

// personLink names a person who takes part in the event. One who does not may
// have no page: the slug is shown, and nothing to follow.
func personLink(slug string, names map[string]string) link {
	if name, ok := names[slug]; ok {
		return link{name, "/p/" + slug}
	}
	return link{slug, ""}
}

func countryLink(words *catalogue, code string) *link {
	return &link{words.country(code), "/c/" + strings.ToLower(code)}
}

func principalNames(words *catalogue, who []archive.Participation) string {
	var names []string
	for _, p := range principals(who) {
		names = append(names, p.Name)
	}
	return sideNames(words, names)
}

// visitorName is "Tô Lâm thăm Lào", or the principals when guest or country is
// not known.
func visitorName(words *catalogue, v *archive.Visit) string {
	var guests []string
	for _, p := range principals(v.Participants) {
		if p.Side == archive.Opt(archive.GuestSide) {
			guests = append(guests, p.Name)
		}
	}
	if len(guests) == 0 || v.Place.Country == "" {
		return principalNames(words, v.Participants)
	}
	return words.t("visit.name", strings.Join(guests, ", "), words.nation(string(v.Place.Country)), len(guests))
}

func joinKnown(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), ", ")
}

// compact drops repeats, keeping the order.
func compact(list []string) []string {
	var out []string
	for _, s := range list {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// shorten cuts a text of more than n characters at a space and says so by an
// ellipsis.
func shorten(text string, n int) string {
	runes := []rune(text)
	if len(runes) <= n {
		return text
	}
	cut := string(runes[:n])
	if i := strings.LastIndexByte(cut, ' '); i > 0 {
		cut = cut[:i]
	}
	return strings.TrimRight(cut, " ,;:–-") + "…"
}

// periodWords says for what time a figure stands: a date, or how often.
func periodWords(words *catalogue, period string) string {
	switch d, err := archive.ParseDate(period); {
	case period == "":
		return ""
	case period == "P1Y":
		return words.t("figure.yearly")
	case period == "P1M":
		return words.t("figure.monthly")
	case period == "P1W":
		return words.t("figure.weekly")
	case err == nil:
		return words.date(d)
	}
	return period
}
