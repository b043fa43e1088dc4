package site

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"vankho/internal/archive"
	"vankho/internal/search"
	"vankho/internal/store"
)

// Limits of looking for a quotation.
const (
	maxQuoteRunes = 1000
	minQuoteWords = 3

	candidates   = 20  // articles that are compared with it
	oldVersions  = 3   // of a candidate that are looked at too
	passages     = 10  // shown
	nearest      = 3   // shown when nothing is near
	nearestShare = 0.3 // of the words that such a passage has at least
)

// citePage finds a quotation, and below says how to cite.
type citePage struct {
	basePage
	Heading, Rest template.HTML // of the text about citing
	Quote         string
	Max           int
	Error         string
	Say           string // the verdict in a sentence
	Verdict       string
	Passages      []passageView
	Search        string // for the same words, when they are too few or absent
	JSON          string
}

// passageView is a passage with all that is needed to cite it.
type passageView struct {
	Say           string // in what it differs
	Before, After string // the rest of its sentence
	Pieces        []piece
	Title, URL    string
	Label         string // "đoạn 4, câu 2"
	Sentences     []link // each of several
	Old           string // that it is in an older version
	Publisher     string
	Published     string
	ISO           string
	Speakers      []link
	Verb          string
	Event         *link
	CiteID, Cite  string
	Quote         string // the article's own words

	slugs []string // of the speakers
}

// serveQuote answers /cite: the form, with q what was found, and the text
// about citing.
func (s *Site) serveQuote(w http.ResponseWriter, r *http.Request) error {
	e, err := s.edition(r)
	if err != nil {
		return err
	}
	words, text := e.catalogue, e.content["cite"]
	p := &citePage{Max: maxQuoteRunes, Quote: quoteText(r)}
	p.basePage = basePage{
		Title: text.Title, Path: "/cite", Nav: "cite",
		Crumbs: []link{{words.t("nav.home"), "/"}, {text.Title, ""}},
	}
	if head, rest, ok := strings.Cut(string(text.HTML), "</h1>"); ok {
		p.Heading, p.Rest = template.HTML(head+"</h1>"), template.HTML(rest)
	}
	if p.Quote != "" {
		err = s.showQuote(r, words, p)
	}
	if err != nil {
		return err
	}
	return s.render(w, r, http.StatusOK, "cite", p)
}

// showQuote fills the page with what was found.
func (s *Site) showQuote(r *http.Request, words *catalogue, p *citePage) error {
	query := url.Values{"q": {p.Quote}}.Encode()
	p.Title, p.Robots = words.t("quote.title"), "noindex"
	p.Path, p.JSON = "/cite?"+query, "/cite.json?"+query
	if utf8.RuneCountInString(p.Quote) <= search.MaxQueryRunes {
		p.Search = "/search?" + query
	}
	found, err := s.findQuote(r.Context(), p.Quote)
	var bad *badRequest
	if errors.As(err, &bad) {
		p.Error = words.t(bad.key, bad.args...)
		return nil
	}
	if err != nil {
		return err
	}
	p.Verdict = found.verdict
	n := words.num(found.total)
	if found.atLeast {
		n = words.t("quote.atleast", n)
	}
	p.Say = words.t("quote."+found.verdict, n)
	if found.total > len(found.passages) && found.verdict != quoteAbsent {
		p.Say += " " + words.t("quote.first", words.num(len(found.passages)))
	}
	if found.verdict == quoteAbsent && len(found.passages) > 0 {
		p.Say += " " + words.t("quote.nearest")
	}
	for i := range found.passages {
		v, err := s.passageView(r.Context(), words, found, i)
		if err != nil {
			return err
		}
		p.Passages = append(p.Passages, v)
	}
	return nil
}

// quoteText gives the quotation in the query, on one line.
func quoteText(r *http.Request) string {
	return strings.Join(strings.Fields(r.URL.Query().Get("q")), " ")
}

// foundQuote is the answer to a quotation. The passages are those of the
// verdict, best first and among equals the one published first; when it is
// absent, they are the nearest there are.
type foundQuote struct {
	sought   *sought
	verdict  string
	passages []*passage
	total    int  // of the verdict, shown or not
	atLeast  bool // there may be more: the last article that was looked at was one
}

// findQuote compares a quotation with the articles that share most rare pairs
// of words with it.
func (s *Site) findQuote(ctx context.Context, text string) (*foundQuote, error) {
	if utf8.RuneCountInString(text) > maxQuoteRunes {
		return nil, invalid("error.quote.long", maxQuoteRunes)
	}
	f := &foundQuote{sought: newSought(text)}
	if f.sought.words < minQuoteWords {
		return nil, invalid("error.quote.short", minQuoteWords)
	}
	ids, err := s.search.Quoting(ctx, f.sought.texts(), candidates)
	if err != nil {
		return nil, err
	}
	end, err := s.turn(ctx)
	if err != nil {
		return nil, err
	}
	defer end()
	var last *passage
	for _, id := range ids {
		if last, err = s.tryArticle(ctx, f.sought, id); err != nil {
			return nil, err
		}
		if last != nil {
			f.passages = append(f.passages, last)
		}
	}
	f.settle()
	f.atLeast = len(ids) == candidates && last != nil && last.verdict == f.verdict && f.verdict != quoteAbsent
	return f, nil
}

func (f *foundQuote) has(verdict string) bool {
	return slices.ContainsFunc(f.passages, func(p *passage) bool { return p.verdict == verdict })
}

// tryArticle aligns the quotation with an article, and where the newest
// version does not have it, with those before it. It gives nothing for an
// article that has no word of it, and for one that the index names and the
// store has given up since.
func (s *Site) tryArticle(ctx context.Context, q *sought, id string) (*passage, error) {
	a, err := s.store.Article(ctx, id)
	var moved *store.MovedError
	var gone *store.GoneError
	if errors.Is(err, store.ErrNotFound) || errors.As(err, &moved) || errors.As(err, &gone) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	best := q.match(a)
	for n := a.Version - 1; n > 0 && n >= a.Version-oldVersions && (best == nil || best.verdict != quoteExact); n-- {
		old, err := s.store.ArticleVersion(ctx, id, n)
		if err != nil {
			return nil, err
		}
		if p := q.match(old); p != nil && (best == nil || p.verdict == quoteExact) {
			best = p
		}
	}
	return best, nil
}

// settle chooses the verdict and the passages to show.
func (f *foundQuote) settle() {
	shown := passages
	switch {
	case f.has(quoteExact):
		f.verdict = quoteExact
	case f.has(quoteNear):
		f.verdict = quoteNear
	default:
		f.verdict, shown = quoteAbsent, nearest
	}
	f.passages = slices.DeleteFunc(f.passages, func(p *passage) bool { return p.verdict != f.verdict || p.score < nearestShare })
	slices.SortStableFunc(f.passages, func(a, b *passage) int {
		return cmp.Or(
			cmp.Compare(b.score, a.score),
			cmp.Compare(len(a.differs), len(b.differs)),
			cmp.Compare(a.text.article.Published.EDTF, b.text.article.Published.EDTF),
		)
	})
	f.total = len(f.passages)
	f.passages = f.passages[:min(f.total, shown)]
}

// quoteSource is whose words a passage is and at which event they were said.
type quoteSource struct {
	speakers []string // slugs
	verb     string
	event    string            // id
	url      string            // where the event is shown
	name     string            // of the event
	names    map[string]string // of the speakers
}

// claim makes the passage part of an event when it stands in one of its
// statements or agreements, and the speakers' only when all its sentences stand
// in statements of theirs.
func (src *quoteSource) claim(id string, who []archive.Participation, statements []archive.Statement, agreements []archive.Agreement, sentences []archive.Evidence) {
	if src.event != "" {
		return
	}
	for _, st := range statements {
		if !archive.Overlap(st.Evidence, sentences) {
			continue
		}
		src.event = id
		if src.verb == "" && saysAll(statements, st.Speakers, sentences) {
			src.speakers, src.verb, src.names = st.Speakers, st.Verb, namesOf(who)
		}
	}
	for _, g := range agreements {
		if archive.Overlap(g.Evidence, sentences) {
			src.event = id
		}
	}
}

// saysAll reports whether each of the sentences stands in a statement of the
// speakers.
func saysAll(statements []archive.Statement, speakers []string, sentences []archive.Evidence) bool {
	for i := range sentences {
		if !slices.ContainsFunc(statements, func(st archive.Statement) bool {
			return slices.Equal(st.Speakers, speakers) && archive.Overlap(st.Evidence, sentences[i:i+1])
		}) {
			return false
		}
	}
	return true
}

// sourceOf finds whose words a passage is. What no statement or agreement holds
// belongs to the article's one main event, if it has one.
func (s *Site) sourceOf(ctx context.Context, words *catalogue, a *archive.Article, spans []archive.Evidence) (quoteSource, error) {
	var src quoteSource
	var main []string
	pieces := bySentence(a, spans)
	for _, m := range a.Meetings {
		src.claim(m.ID, m.Participants, m.Statements, m.Agreements, pieces)
		if m.Main {
			main = append(main, m.ID)
		}
	}
	for _, v := range a.Visits {
		src.claim(v.ID, v.Participants, v.Statements, v.Agreements, pieces)
		if v.Main {
			main = append(main, v.ID)
		}
	}
	if src.event == "" && len(main) == 1 {
		src.event = main[0]
	}
	entries, _, err := s.store.Entries(ctx, store.Filter{Article: a.ID})
	if err != nil {
		return src, err
	}
	for _, e := range entries {
		if e.ID == src.event {
			src.url, src.name = e.URL, joinKnown(words.t("record.title", entryKind(words, e), entryName(words, e)), words.date(e.Date))
		}
	}
	return src, nil
}

// bySentence cuts spans where sentences end.
func bySentence(a *archive.Article, spans []archive.Evidence) []archive.Evidence {
	var out []archive.Evidence
	for _, e := range spans {
		p := &a.Paragraphs[e.Paragraph-1]
		for n := p.SentenceAt(e.Start); n <= p.SentenceAt(e.End-1); n++ {
			span, _ := p.Sentence(n)
			if from, to := max(e.Start, span.Start), min(e.End, span.End); from < to {
				out = append(out, p.Quote(from, to))
			}
		}
	}
	return out
}

// sentenceOf is one sentence of an article.
type sentenceOf struct{ paragraph, sentence int }

// sentencesOf gives the sentences that spans lie in, each once, in order.
func sentencesOf(a *archive.Article, spans []archive.Evidence) []sentenceOf {
	var out []sentenceOf
	for _, e := range bySentence(a, spans) {
		one := sentenceOf{e.Paragraph, a.Paragraphs[e.Paragraph-1].SentenceAt(e.Start)}
		if !slices.Contains(out, one) {
			out = append(out, one)
		}
	}
	return out
}

// url is the address of the sentence in its version, which never changes.
func (o sentenceOf) url(a *archive.Article) string {
	return fmt.Sprintf("/a/%s/v/%d#d%d-s%d", a.ID, a.Version, o.paragraph, o.sentence)
}

func (s *Site) passageView(ctx context.Context, words *catalogue, f *foundQuote, i int) (passageView, error) {
	p := f.passages[i]
	a := p.text.article
	spans := p.evidence()
	src, err := s.sourceOf(ctx, words, a, spans)
	if err != nil {
		return passageView{}, err
	}
	ref := newArticleRef(words, a)
	v := passageView{
		Title: ref.Title, Publisher: ref.Publisher, Published: ref.Published, ISO: ref.ISO,
		Verb: src.verb, slugs: src.speakers, CiteID: fmt.Sprintf("quote-%d", i+1), Quote: p.quote(),
	}
	v.Before, v.Pieces, v.After = p.pieces(f.sought)
	v.Say = differWordsOf(words, p)
	for _, one := range sentencesOf(a, spans) {
		v.Sentences = append(v.Sentences, link{words.t("quote.sentence", one.paragraph, one.sentence), one.url(a)})
	}
	v.Label, v.URL = v.Sentences[0].Text, v.Sentences[0].URL
	if last := v.Sentences[len(v.Sentences)-1]; last != v.Sentences[0] {
		v.Label = words.t("quote.range", v.Label, last.Text)
	} else {
		v.Sentences = nil
	}
	if versions, err := s.store.Versions(ctx, a.ID); err != nil {
		return v, err
	} else if newest := versions[0].Version; newest > a.Version {
		v.Old = words.t("quote.old", a.Version, newest)
	}
	for _, slug := range src.speakers {
		v.Speakers = append(v.Speakers, personLink(slug, src.names))
	}
	if src.url != "" {
		v.Event = &link{src.name, src.url}
	}
	if f.verdict == quoteAbsent {
		return v, nil // a passage that is not the quotation is nothing to cite
	}
	v.Cite = words.t("quote.cite", v.Quote, cite(words, articleReference(a, s.baseURL+words.to(v.URL))).Text)
	return v, nil
}

// differWordsOf says in what a passage differs from the quotation.
func differWordsOf(words *catalogue, p *passage) string {
	if p.verdict == quoteAbsent {
		return words.t("quote.share", int(100*p.score+0.5))
	}
	var how []string
	for _, d := range p.differs {
		how = append(how, words.word("quote.differ", d))
	}
	switch {
	case len(how) == 0 && len(p.fits) > 1:
		return words.t("quote.same.cut")
	case len(how) == 0:
		return words.t("quote.same")
	}
	return words.t("quote.differs", strings.Join(how, ", "))
}

const schemaQuote = "vankho/quote/1"

type quoteJSON struct {
	Schema   string        `json:"schema"`
	Quote    string        `json:"quote"`
	Verdict  string        `json:"verdict"`  // "exact", "near" or "absent"
	Total    int           `json:"total"`    // articles that the verdict is of
	AtLeast  bool          `json:"at_least"` // there may be more
	Passages []passageJSON `json:"passages"` // of an absent quotation the nearest
}

type passageJSON struct {
	URL        string             `json:"url"`       // of the first sentence, in the version that has it
	Sentences  []string           `json:"sentences"` // the URLs of all
	Article    articleJSON        `json:"article"`
	Evidence   []archive.Evidence `json:"evidence"`
	Quote      string             `json:"quote"`      // the article's words
	Similarity float64            `json:"similarity"` // share of the words that stand there in order, 0 to 1
	Differs    []string           `json:"differs"`    // "case", "spelling", "marks", "punctuation", "words"
	Pieces     []piece            `json:"pieces"`     // from the quotation to the article: "same", "del", "ins", "cut"
	Event      archive.Opt        `json:"event"`      // URL
	Speakers   []string           `json:"speakers"`   // person slugs
	Verb       archive.Opt        `json:"verb"`
	Citation   archive.Opt        `json:"citation"` // null when the quotation is absent
}

// serveQuoteJSON answers /cite.json?q=.
func (s *Site) serveQuoteJSON(w http.ResponseWriter, r *http.Request) error {
	text := quoteText(r)
	f, err := s.findQuote(r.Context(), text)
	if err != nil {
		return err
	}
	words := s.words(r)
	out := quoteJSON{Schema: schemaQuote, Quote: text, Verdict: f.verdict, AtLeast: f.atLeast, Passages: []passageJSON{}}
	if f.verdict != quoteAbsent {
		out.Total = f.total
	}
	for i, p := range f.passages {
		v, err := s.passageView(r.Context(), words, f, i)
		if err != nil {
			return err
		}
		one := passageJSON{
			URL: v.URL, Article: articleOf(p.text.article), Evidence: p.evidence(), Quote: v.Quote, Similarity: p.score,
			Differs: append([]string{}, p.differs...), Pieces: v.Pieces, Speakers: append([]string{}, v.slugs...), Verb: archive.Opt(v.Verb), Citation: archive.Opt(v.Cite),
		}
		for _, sentence := range sentencesOf(p.text.article, one.Evidence) {
			one.Sentences = append(one.Sentences, sentence.url(p.text.article))
		}
		if v.Event != nil {
			one.Event = archive.Opt(v.Event.URL)
		}
		out.Passages = append(out.Passages, one)
	}
	return sendJSON(w, r, out)
}

// isQuote reports whether a path is one of the quote finder's.
func isQuote(path string) bool {
	_, path = cutLanguage(path)
	return path == "/cite" || path == "/cite.json"
}
