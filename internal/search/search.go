// Package search is the only room that knows Bleve: how text becomes terms,
// how the index is built and opened, what a query means and how results are
// ranked, grouped, counted and quoted.
//
// [Build] writes one generation of the index from a stream of articles, [Open]
// checks and opens it, [Index.Search] answers a page of results and
// [Index.Rank] a ranked list of articles. [Live] swaps generations under a
// running server. For example
//
//	err := search.Build(ctx, "archive/index/g1", "g1", articles)
//	ix, err := search.Open("archive/index/g1")
//	q, err := search.ParseQuery(`"hội đàm" tô lâm 5/2/2026`)
//	q.Countries = []string{"LA"}
//	res, err := ix.Search(ctx, q)
//
// # What can be typed
//
// Words are looked for with the marks that were typed; words typed without
// marks are found whatever their marks are. Case, Unicode form, the place of a
// tone mark (hoà, hòa), a bare i or y (kĩ, kỹ), hyphens and the way a number is
// written (1,5 and 1.5) make no difference: see [vankho/internal/vitext].
//
//	hội đàm         both words; paragraphs with "hoi dam" otherwise marked come later
//	hoi dam         hội đàm, hỏi đám, …: no marks were typed, none are asked for
//	"hội đàm"       these words, side by side, marked as typed
//	26/1  5/2/2026  the day, however the text writes it, or the day of the meeting
//	tháng 2/2026    the month, likewise
//	LHQ, Hoa Kỳ     other names of the same thing are found too, later
//	Anh, Thủ tướng Nga   the country, not the word
//	hooij ddamf     Telex or VNI keystrokes, when no paragraph has the word as typed
//
// # Operators
//
// [ParseClauses] reads them, [String] prints them. All clauses must hold.
//
//	-x  −x  –x            an article with x is left out; with marks only as typed
//	-"x y"  -(x y)        one with these words side by side; in one paragraph
//	x OR y, x HOẶC y, x|y one of the two; binds tighter than the space: a b OR c is a (b or c)
//	(a b OR c) d          inside parentheses OR divides all that stands there
//	-(x OR y)             neither
//	field:value           see below; -field:value leaves out groups with that value
//
// OR joins words, phrases, fields and parentheses. Because most Vietnamese words
// are of two syllables, each typed apart, one that OR is to join wants quotes or
// parentheses. Parentheses stand neither inside others nor around what is left out.
// A minus stands at the beginning of a word: a hyphen inside one is a hyphen. A
// question of what is left out alone is answered with all the rest.
//
// Quotes are " “ ” „ ‟ « » ＂, and ' ‘ ’ where they are no apostrophes. A field is
// one of fields.txt, in Vietnamese or English, in any case, with all its marks or
// none, directly before a colon and its value:
//
//	người: person:     took part          by any part of a name, in any order; all whom it may mean
//	nước: country:     of who took part   by any name, or ISO 3166-1 alpha-2 code in capitals
//	loại: kind:        of meeting         hội-đàm, "hội đàm", talks
//	năm: year:         2025
//	từ: from: đến: to: both days count    2025, 1/2025, 5/2/2026, "tháng 2/2026", 2026-02-05
//	nói: said: by:     said by            as người:
//	nhất-trí: agreed:  in an agreement    alone or with a word or phrase
//	mức: force:        of an agreement    ký, cam-kết, đề-nghị
//	chủ-đề: topic:     of an agreement    đầu-tư
//	số: figure:        with a figure      alone or with a word or phrase
//
// Fields down to the dates are of meetings, the others of acts: all words and
// phrases must then lie in one statement or agreement for which all such fields
// hold. Left out, or beside other things in an OR, they are asked of the meeting:
// has it such an act. A value of several words stands in quotes or with hyphens;
// without, it goes on for as long as it is one: người:Tô Lâm hội đàm. Filters of
// the [Query] narrow what its text asks for.
//
// Everything else is literal text: an unknown field, a field without a value, an
// OR without two sides, a quote or parenthesis that is not closed, wildcards. So
// nothing that is pasted is an error but a value that a field cannot have; its
// [QueryError] has the nearest that it can. A name nobody has finds nothing, and the
// [Term] in [Results] has the nearest names. Texts of more than [MaxQueryRunes]
// characters or [MaxTerms] words and fields are refused.
//
// # Other names
//
// Cities, organisations, offices and people are looked for by all names that
// the files of alias/ give them, people also by every spelling that the records
// of the archive have. A country is looked for by its mention, which the index
// keeps with each paragraph by the country's code, however it is called there.
// Many countries are called like common words: a name of one syllable that is
// the whole query, or that stands in it as a country's name does (with a
// capital, and beside no other that would make it a person's), finds only paragraphs
// that name the country: capitalised, not part of another name, or named as who
// met by the records. "Anh" finds neither "anh em" nor "Lê Đức Anh". Written
// otherwise it is a word like others. What only another name finds comes after all
// that has what was typed, and quoted words have no other names.
//
// # What may have been meant
//
// A foreign word finds its misspellings of a letter or two besides, and is found
// where it is misspelt itself: later, and not where the misspelling is the name
// of somebody or something else. A query of which the archive has a word not at
// all, or two neighbouring words far oftener with other marks, is answered as it
// stands and with a suggestion: the likeliest way to spell it by the numbers of
// paragraphs that have its pairs of words. So is a query without marks that has
// several readings. Where nothing is found the likeliest suggestion answers, and
// [Results] says so.
//
// # What is found, and in which order
//
// The unit is the paragraph: title, lead, body, heading and caption, not
// furniture and bylines. First come articles that have all words in one
// paragraph, then those that have them in several. If there are none, and the
// words are three or more, those with at least half of them answer, and
// [Results] says so. Within each of the three, paragraphs are ranked by BM25
// over four fields: S and F, the syllables with and without marks, B and G, the
// pairs of neighbouring syllables likewise. The marks typed decide how much each
// counts:
//
//	no marks              F + .5 G
//	marked                S + .3 F + .3 B + .2 G
//	partly marked         S + .3 F for those, F for the others, + .3 B + .5 G
//
// Words are partly marked when fewer than half carry marks, or when a quarter
// lack marks that most texts give them (duoc, nguoi).
//
// An article in which other paragraphs say more of what was asked for is lifted
// a little. The weights were found on a set of 1,190 questions (TestXQuAD) and on the
// titles of 241 news texts (TestTitles); words cut by a
// segmenter, stop words and guessed marks were measured too and make it worse,
// and weights of their own for titles and names do not make it better
// (TestRecordQuestions).
//
// # Groups
//
// Results are grouped under meetings. In an article with one main meeting every
// paragraph belongs to it. In a series a paragraph belongs to the meetings that
// it tells of (their own words, agreements, statements, figures), else to those
// whose people, day or place it names. Up to three may share it, and each is
// found by it; a paragraph of none or of more belongs to the article, which then
// is a group of its own: the lead that lists nine meetings is one result, not
// nine. An article whose words stand in several paragraphs answers once, under
// the groups of its best one.
//
// A date finds every meeting of that day, and a query without words every main
// meeting, also one of which only shared paragraphs tell. The date is looked for
// in a paragraph when all its groups have it. A meeting left without such a
// paragraph gets an entry of its date alone, which is found by no word and
// shows the first of its paragraphs, or else the first that tells of it.
//
// # Acts
//
// An act is what an article tells somebody to have said or done: a statement or
// an agreement of its records, or else a sentence with a figure. Those read
// from the same words are one act, and an agreement that lies in a statement is
// said by its speakers. A query that asks for a speaker, a force, a topic, a
// figure or an agreement finds acts: its words must all lie in one that is all
// of this at once, or most of them, as above, where there is none. The act is a
// result of its meeting's, where the paragraph is one. Dates and countries are
// looked for in the paragraph.
//
// The index keeps with each posting in which parts of its paragraph, divided at
// the borders of acts, the term stands, so that the text is seldom looked at.
//
// Facets count groups, all of them, and their counts are what each filter then
// finds. The date of a group is its meeting's, or else the day of publication, or
// else that of the first event the article tells of.
//
// # How a search runs
//
// Where few paragraphs are found, the postings of the rarest terms are walked and
// the others looked up, article by article ([stretch]). Where many are, the lists
// of all terms are laid out over the archive ([wide]): a bit for each paragraph,
// article and act that has the term, and for each article the most that the term
// adds to its score. What has all words is then known 64 paragraphs at a time and
// is counted without a look at them. A paragraph is scored only when what its terms
// add to the article at the most may bring it among the best. The results and
// their scores are the same either way. Articles of which the filters let no group
// through are left before anything else is asked of them. The lists of words that
// are often asked for are kept in memory ([lists]), up to 64 bytes for each
// paragraph of the archive; everything else lies in the page cache.
//
// # How terms are kept
//
// Fields F and G have every word and pair. Most are written in one way nearly
// everywhere, hop tac as hợp tác, and S and B do not say so again: they keep only
// the paragraphs where a word or pair is written otherwise, and F and G mark them. What
// is not marked is of the usual form ([forms]). [postings] and the lists give every
// term whole, as if S and B had all. Texts are kept in the words of a [book].
//
// # Files
//
// An index is a folder: bleve/ with the terms, the usual forms, columns of fixed width
// beside it (paragraphs, acts, articles, groups, lists), the texts and their book, a
// vocabulary, and a manifest with the sums of each. The number of a paragraph is its place in Bleve and
// in the columns alike, in the order of the articles. The index is derived: it
// can always be built again from the archive.
package search

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math/bits"
	"path/filepath"
	"runtime/debug"
	"slices"
	"sync"
	"time"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	index "github.com/blevesearch/bleve_index_api"
	segment "github.com/blevesearch/scorch_segment_api/v2"

	"vankho/internal/archive"
)

// Errors a caller must tell apart.
var (
	ErrBadQuery = errors.New("bad query")         // wrapped with the rule in words
	ErrNoIndex  = errors.New("no usable index")   // missing, damaged, of another format
	ErrBusy     = errors.New("too many searches") // at most 4 run at once
)

// Limits of one query.
const (
	MaxQueryRunes = 256
	MaxTerms      = 24
	MaxPage       = 100
	MaxOffset     = 1000
	MaxFacets     = 30
	MaxFilters    = 20 // values of one filter

	// A ranked list is asked for at the keeper's own machine and may take
	// whole sentences.
	MaxRankRunes = 1024
	MaxRankTerms = 64
)

// Order is how results are sorted.
type Order string

// The orders.
const (
	ByRelevance Order = "relevance"
	Newest      Order = "newest"
	Oldest      Order = "oldest"
)

// Query is a parsed question with filters and paging.
type Query struct {
	Text      string   // as typed
	Years     []int    // any of them
	Countries []string // ISO codes, any of them
	People    []string // slugs, all of them
	Kinds     []string // meeting kinds or "visit", any of them
	From, To  archive.Date

	// The acts of an article are the statements and agreements of its records.
	// Each of these asks that the words be found within one act, and that it
	// is such a one.
	Speakers   []string // slugs: said by any of them
	Forces     []string // of archive.Forces: agreements of any of them
	Topics     []string // slugs: agreements on any of them
	Figures    bool     // with a figure
	Agreements bool     // agreements whose force is binding

	Exact  bool // words as typed: no other marks, names or keystrokes
	Order  Order
	Limit  int // results a page, 1..MaxPage; 0 means 10
	Offset int // 0..MaxOffset
}

// Results is one page of results.
type Results struct {
	Text    string   // the query as it was read; clauses give places in it
	Clauses []Clause // what it asks for, with the people that it names

	Total    int // groups
	Articles int // articles among them
	Groups   []Group
	Facets   Facets
	Folded   bool // the query had no marks and was matched without them
	Partial  bool // no article has all the words; these have at least half

	// What else may have been meant. Also are other names and spellings that were
	// looked for too; see Query.Exact. Where nothing is found but a suggestion
	// finds something, everything else here is what that finds, and Instead its text.
	// Countries are those whose names were not looked for as the words they are.
	Also        []string
	Countries   []string     // ISO codes
	Suggestions []Suggestion // the likeliest first, three at the most
	Instead     string
	Without     []Without // where nothing is found: what is without one filter
}

// Group is a meeting, or an article where no single meeting is meant, with
// its best paragraphs.
type Group struct {
	Article string // id
	Meeting string // id, or empty
	Source  string // base name of the article's file
	Title   string // of the article
	Date    archive.Date
	Score   float64
	Hits    []Hit // best first, at most three
}

// Hit is one paragraph, with the fragment to show.
type Hit struct {
	Paragraph int
	Sentence  int // the sentence (from 1) that holds the first match
	Score     float64
	Snippet   []Fragment

	// Of the act that the match lies in; empty where it lies in none.
	Speakers []Speaker
	Verb     string // "khẳng định", as written
	Force    string // of archive.Forces, or empty
	Figure   bool   // it has a figure

	// CutStart and CutEnd say that the paragraph goes on before or after the
	// snippet.
	CutStart, CutEnd bool
}

// Speaker is a person who is told to have said something.
type Speaker struct{ Slug, Name string }

// Fragment is a piece of a snippet; the pieces follow each other in the text.
type Fragment struct {
	Text  string
	Match bool
}

// Facets counts the groups of all results by value, most frequent first.
// Speakers, Forces and Topics count those with an act in which the words are
// found; so do Figures, acts with a figure, and Agreements, those that bind.
type Facets struct {
	Years, Countries, People, Kinds, Speakers, Forces, Topics []Facet
	Figures, Agreements                                       int
}

// Facet is a value with its count.
type Facet struct {
	Value    string // "2026", "LA", "to-lam", "talks", "agreed", "dau-tu"
	Name     string // a person's name; otherwise empty
	N        int
	Selected bool
}

// Index is one generation, open for reading. It is safe for concurrent use.
type Index struct {
	generation string
	bleve      bleve.Index // nil when there are no paragraphs
	reader     index.IndexReader
	segment    segment.Segment // the only one
	usual      usual
	col        *columns
	lists      *lists
	names      *aliasTable // learned from the records
	people     func() *peopleNames
	speller    *speller
	suggester  *suggester
	running    chan struct{} // a place for each search that may run

	mu     sync.Mutex
	users  int // searches running
	closed bool
}

const (
	maxSearches = 4
	searchWait  = 300 * time.Millisecond // how long a search waits for a place
	searchTime  = time.Second            // how long it may run
)

// Open checks the manifest and every byte of the files it names, by their
// CRC-32C, and opens the index: some tenths of a second for a gigabyte. The
// error wraps ErrNoIndex when the index is missing or damaged, and names what
// is: nothing is read by Bleve before its sum has been found right, because a
// damaged Bleve index can answer wrongly without an error.
func Open(dir string) (*Index, error) {
	ix, err := open(dir)
	if err != nil {
		return nil, fmt.Errorf("%w: %s: %w", ErrNoIndex, dir, err)
	}
	return ix, nil
}

func open(dir string) (*Index, error) {
	m, err := readManifest(dir)
	if err != nil {
		return nil, err
	}
	m.check(dir, false, func(file, why string) {
		if err == nil {
			err = fmt.Errorf("%s %s", file, why)
		}
	})
	if err != nil {
		return nil, err
	}
	ix := &Index{generation: m.Generation, running: make(chan struct{}, maxSearches)}
	if err := ix.load(dir); err != nil {
		ix.release()
		return nil, err
	}
	return ix, nil
}

// load opens the files of an index whose sums are right. On error some may be
// open.
func (ix *Index) load(dir string) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("opening: %v", p)
		}
	}()
	if ix.col, err = openColumns(dir); err != nil {
		return err
	}
	ix.lists, ix.names = newLists(ix.col.Paragraphs), learnNames(ix.col.People)
	ix.people = sync.OnceValue(func() *peopleNames { return newPeopleNames(ix.col.People, ix.col.person) })
	ix.suggester = newSuggester(&ix.col.vocabulary)
	if ix.speller, err = openSpeller(dir); err != nil {
		return err
	}
	return ix.openTerms(dir)
}

// openTerms opens what Bleve has of an index: nothing when it has no
// paragraphs.
func (ix *Index) openTerms(dir string) error {
	if ix.col.Paragraphs == 0 {
		return nil
	}
	var err error
	if ix.usual, err = openUsual(dir); err != nil {
		return err
	}
	opened, err := bleve.OpenUsing(filepath.Join(dir, bleveDir), map[string]any{
		"read_only": true, "bolt_timeout": "2s",
	})
	if err != nil {
		return err // with a nil *indexImpl in opened, which is no nil interface
	}
	ix.bleve = opened
	adv, err := ix.bleve.Advanced()
	if err != nil {
		return err
	}
	if ix.reader, err = adv.Reader(); err != nil {
		return err
	}
	n, err := ix.reader.DocCount()
	if err != nil {
		return err
	}
	if n != uint64(ix.col.Paragraphs) {
		return fmt.Errorf("%d paragraphs in Bleve, %d in the columns", n, ix.col.Paragraphs)
	}
	snapshot, ok := ix.reader.(*scorch.IndexSnapshot)
	if !ok || len(snapshot.Segments()) != 1 {
		return fmt.Errorf("the Bleve index is a %T, not of one segment", ix.reader)
	}
	ix.segment = snapshot.Segments()[0].Segment()
	return nil
}

// Generation names the state of the archive that the index was built from.
func (ix *Index) Generation() string { return ix.generation }

// acquire reports whether the index may be used; done must then be called.
func (ix *Index) acquire() bool {
	ix.mu.Lock()
	defer ix.mu.Unlock()
	if ix.closed {
		return false
	}
	ix.users++
	return true
}

func (ix *Index) done() {
	ix.mu.Lock()
	defer ix.mu.Unlock()
	ix.users--
	if ix.closed && ix.users == 0 {
		ix.release()
	}
}

// Close lets no new search begin and releases the index once none is running.
// It does not wait for that.
func (ix *Index) Close() error {
	ix.mu.Lock()
	defer ix.mu.Unlock()
	if ix.closed {
		return nil
	}
	ix.closed = true
	if ix.users == 0 {
		return ix.release()
	}
	return nil
}

// release closes what is open.
func (ix *Index) release() error {
	err := ix.closeTerms()
	if ix.col != nil {
		err = errors.Join(err, ix.col.close())
	}
	return err
}

func (ix *Index) closeTerms() error {
	errs := []error{ix.usual.close()}
	if ix.reader != nil {
		errs = append(errs, ix.reader.Close())
	}
	if ix.bleve != nil {
		errs = append(errs, ix.bleve.Close())
	}
	return errors.Join(errs...)
}

// guarded runs one search: not too many at once, not for too long, and a
// panic below becomes an error.
func (ix *Index) guarded(ctx context.Context, search func(context.Context) error) (err error) {
	wait := time.NewTimer(searchWait)
	defer wait.Stop()
	select {
	case ix.running <- struct{}{}:
		defer func() { <-ix.running }()
	case <-wait.C:
		return ErrBusy
	case <-ctx.Done():
		return ctx.Err()
	}
	limited, cancel := context.WithTimeout(ctx, searchTime)
	defer cancel()
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("search: panic: %v\n%s", p, debug.Stack())
		}
	}()
	err = search(limited)
	if errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil {
		return fmt.Errorf("%w: this one took longer than %v", ErrBusy, searchTime)
	}
	return err
}

// Search answers a query.
func (ix *Index) Search(ctx context.Context, q Query) (*Results, error) {
	if !ix.acquire() {
		return nil, fmt.Errorf("%w: it is closed", ErrNoIndex)
	}
	defer ix.done()
	return ix.search(ctx, q)
}

// search is Search on an acquired index.
func (ix *Index) search(ctx context.Context, q Query) (*Results, error) {
	if q.Limit == 0 {
		q.Limit = 10
	}
	asked, err := ix.ask(&q, MaxQueryRunes, MaxTerms)
	if err != nil {
		return nil, err
	}
	var res *Results
	err = ix.guarded(ctx, func(ctx context.Context) error {
		res, err = ix.answer(ctx, q, asked)
		return err
	})
	if err != nil {
		return nil, err
	}
	return res, nil
}

// answer runs a query and gives its page of results, or where it finds nothing
// that of the likeliest other spelling.
func (ix *Index) answer(ctx context.Context, q Query, asked *question) (*Results, error) {
	res, p, err := ix.page(ctx, q, asked)
	if err != nil {
		return nil, err
	}
	if err := ix.help(ctx, q, p, res); err != nil {
		return nil, err
	}
	if res.Total > 0 || len(res.Suggestions) == 0 {
		return res, nil
	}
	other := q
	other.Text = res.Suggestions[0].Text
	if asked, err = ix.ask(&other, MaxQueryRunes, MaxTerms); err != nil {
		return nil, err
	}
	instead, p, err := ix.page(ctx, other, asked)
	if err != nil {
		return nil, err
	}
	instead.Instead, instead.Suggestions, instead.Also = other.Text, res.Suggestions, p.also
	return instead, nil
}

// page gives a page of what a query finds, and how that was looked for.
func (ix *Index) page(ctx context.Context, q Query, asked *question) (*Results, *plan, error) {
	c := &collector{
		col: ix.col, filter: ix.newFilter(&q), acts: ix.newActFilter(&q), order: q.Order, keep: q.Offset + q.Limit,
		enough: 1, counts: ix.col.newCounts(),
	}
	p, err := ix.collect(ctx, c, asked, q.Exact)
	if err != nil {
		return nil, nil, err
	}
	res, err := ix.results(&q, c, p)
	if err != nil {
		return nil, nil, err
	}
	res.Text, res.Clauses = asked.text, asked.clauses
	return res, p, nil
}

// checkQuery refuses a query beyond the limits, with the rule in words.
func checkQuery(q *Query) error {
	if q.Limit < 1 || q.Limit > MaxPage {
		return fmt.Errorf("%w: a page has 1 to %d results, not %d", ErrBadQuery, MaxPage, q.Limit)
	}
	if q.Offset < 0 || q.Offset > MaxOffset {
		return fmt.Errorf("%w: results can be leafed through from 0 to %d, not from %d", ErrBadQuery, MaxOffset, q.Offset)
	}
	for _, n := range []int{
		len(q.Years), len(q.Countries), len(q.People), len(q.Kinds), len(q.Speakers), len(q.Forces), len(q.Topics),
	} {
		if n > MaxFilters {
			return fmt.Errorf("%w: %d values of one filter, at most %d", ErrBadQuery, n, MaxFilters)
		}
	}
	switch q.Order {
	case "", ByRelevance, Newest, Oldest:
	default:
		return fmt.Errorf("%w: there is no order %q", ErrBadQuery, q.Order)
	}
	for _, d := range []archive.Date{q.From, q.To} {
		if _, err := archive.ParseDate(string(d)); err != nil {
			return fmt.Errorf("%w: %w", ErrBadQuery, err)
		}
	}
	return nil
}

// collect finds the groups that answer the query. Where articles with all the
// words are not enough, those with part of three or more are taken too: half
// of them for a visitor, a third, but at least two, for a ranked list.
func (ix *Index) collect(ctx context.Context, c *collector, q *question, exact bool) (*plan, error) {
	c.narrow(ix, q.fields)
	p, err := newPlan(q.parts, exact, ix.frequency)
	if err != nil {
		return nil, err
	}
	if ix.reader != nil {
		if err := ix.complete(p, q.without, exact); err != nil {
			return nil, err
		}
	}
	switch {
	case len(p.slots) == 0:
		if c.order == "" || c.order == ByRelevance {
			c.order = Newest
		}
		return p, ix.all(ctx, c, p)
	case ix.reader == nil:
		return p, nil
	}
	n := len(p.slots)
	c.full = 1<<n - 1
	if err := ix.pass(ctx, p, n, c); err != nil {
		return nil, err
	}
	if c.total < c.enough && n > 2 {
		c.best, c.total, c.articles, c.loose = c.best[:0], 0, 0, true
		if c.counts != nil {
			c.counts = ix.col.newCounts()
		}
		need := (n + 1) / 2
		if c.onePerArticle {
			need = max(2, (n+2)/3)
		}
		err = ix.pass(ctx, p, need, c)
	}
	return p, err
}

// pass gives the articles that have need of the plan's slots to the collector.
func (ix *Index) pass(ctx context.Context, p *plan, need int, c *collector) error {
	r, err := ix.newRun(ctx, p)
	if err != nil {
		return err
	}
	defer r.close()
	c.need, c.allows = need, nil
	if r.mixed {
		c.allows = r.allows
	}
	acts := c.counts != nil || c.acts.any
	if !r.dense(need) || !p.plain() {
		r.acts = acts
		return r.articles(need, c.takeFrom(r))
	}
	w, err := r.widen(need, acts)
	if err != nil {
		return err
	}
	defer w.close()
	return c.takeWide(w)
}

// all takes every group that the filters let through.
func (ix *Index) all(ctx context.Context, c *collector, p *plan) error {
	r, err := ix.newRun(ctx, p)
	if err != nil {
		return err
	}
	defer r.close()
	if !c.filter.any && !c.acts.any && len(r.without) == 0 && c.counts != nil {
		c.counts, c.total, c.articles, c.counted = ix.col.everything.clone(), ix.col.allGroups, ix.col.allTexts, true
	}
	for a := range uint32(ix.col.Articles) {
		if a%1024 == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		if len(r.without) > 0 {
			out, err := r.leftOut(a)
			if err != nil {
				return err
			}
			if out {
				continue
			}
		}
		c.takeAll(a)
	}
	return nil
}

// takeAll takes the groups of an article without a look at its words: those
// of which an act is asked for, or all that stand for themselves.
func (c *collector) takeAll(a uint32) {
	lo, hi := c.col.articleDocs(a)
	first, end := c.col.articleGroups(a)
	if end-first == 1 && !c.filter.passes(c.col, first) {
		return
	}
	c.groupActs = c.groupActs[:0]
	if lo < hi && (c.counts != nil && !c.counted || c.acts.any) {
		for act, end := c.col.articleActs(a); act < end; act++ {
			c.answers(act, 0)
		}
		if c.acts.any {
			c.inOrder()
		}
		c.countActs(a)
	}
	c.byGroup = c.byGroup[:0]
	if c.acts.any {
		for i := 0; i < len(c.groupActs); {
			f := found{group: c.groupActs[i].group}
			for ; i < len(c.groupActs) && c.groupActs[i].group == f.group; i++ {
				act := c.groupActs[i].act
				f.addOnce(&docHit{doc: c.col.act(act).doc(), act: act})
			}
			c.byGroup = append(c.byGroup, f)
		}
	} else {
		for g := first; g < end; g++ {
			if !c.col.groupListed(g) || c.counted && c.older(g) || !c.filter.passes(c.col, g) {
				continue
			}
			f := found{group: g}
			if d := c.col.groupFirst(g); lo <= d && d < hi {
				f.add(&docHit{doc: d, act: noAct})
			}
			c.byGroup = append(c.byGroup, f)
		}
	}
	if len(c.byGroup) == 0 {
		return
	}
	c.countFound()
	if c.onePerArticle {
		c.byGroup = c.byGroup[:1]
	}
	c.keepBest()
}

// results makes the page of results that is shown.
func (ix *Index) results(q *Query, c *collector, p *plan) (*Results, error) {
	res := &Results{
		Total: c.total, Articles: c.articles, Folded: p.folded && len(p.slots) > 0,
		Facets: c.counts.facets(ix.col, q),
	}
	best := c.sorted()
	scanned := analyzers.Get().(*analyzer)
	defer analyzers.Put(scanned)
	for _, f := range best[min(q.Offset, len(best)):] {
		res.Partial = res.Partial || f.tier == someWords
		g, err := ix.group(scanned, &f, p, c.acts.forces)
		if err != nil {
			return nil, err
		}
		res.Groups = append(res.Groups, *g)
	}
	return res, nil
}

// group reads what is shown of a group. forces are those asked for, or none.
func (ix *Index) group(scanned *analyzer, f *found, p *plan, forces uint8) (*Group, error) {
	a := ix.col.groupArticle(f.group)
	source, title, dates, err := ix.col.head(a)
	if err != nil {
		return nil, err
	}
	firstGroup, _ := ix.col.articleGroups(a)
	g := &Group{
		Article: ix.col.articleID(a), Source: source, Title: title,
		Date: dates[f.group-firstGroup], Score: f.score,
	}
	if ix.col.groupMeeting(f.group) {
		g.Meeting = ix.col.groupID(f.group)
	}
	for _, h := range f.hits[:f.n] {
		hit := Hit{Paragraph: ix.col.docNumber(h.doc), Sentence: 1, Score: h.score}
		if slices.ContainsFunc(g.Hits, func(other Hit) bool { return other.Paragraph == hit.Paragraph }) {
			continue // found once by its words and once as the one that stands for a date
		}
		text, sentences, err := ix.col.text(a, h.doc)
		if err != nil {
			return nil, err
		}
		from, to := 0, len(text)
		if h.act != noAct {
			x := ix.col.act(h.act)
			from, to = x.start(), x.end()
		}
		var off int
		hit.Snippet, off, hit.CutStart, hit.CutEnd = snippet(scanned, text, sentences, p.patterns, from, to)
		ix.tell(&hit, &h, off, forces)
		for i, start := range sentences {
			if start <= off {
				hit.Sentence = i + 1
			}
		}
		g.Hits = append(g.Hits, hit)
	}
	return g, nil
}

// tell says whose act a hit lies in: the one that was asked for, or the
// shortest that has the match at off, and of equals the first. Of several
// forces it tells the strongest, of those asked for when some are.
func (ix *Index) tell(hit *Hit, h *docHit, off int, forces uint8) {
	act := h.act
	if act == noAct {
		least := 0
		for a, end := ix.col.docActs(h.doc); a < end; a++ {
			x := ix.col.act(a)
			if n := x.end() - x.start(); x.start() <= off && off < x.end() && (act == noAct || n < least) {
				act, least = a, n
			}
		}
	}
	if act == noAct {
		return
	}
	x := ix.col.act(act)
	for l := ix.col.speakersOf(x); len(l) > 0; l = l[4:] {
		p := ix.col.People[u32(l, 0)]
		hit.Speakers = append(hit.Speakers, Speaker{p.Slug, p.Name})
	}
	if v := x.verb(); v > 0 {
		hit.Verb = ix.col.Verbs[v-1]
	}
	if f := cmp.Or(x.forces()&forces, x.forces()); f != 0 {
		hit.Force = string(archive.Forces[bits.TrailingZeros8(f)])
	}
	hit.Figure = x.figure()
}

// ArticleHit is an article as a ranked list shows it.
type ArticleHit struct {
	Article   string // id
	Source    string // base name of its file
	Paragraph int    // the best one
	Meeting   string // id, or empty
	Score     float64
}

// Rank gives the best articles for a query, each once, best first. Where the
// articles that have all the words do not fill the list, those that have at
// least a third of them are ranked along with them.
func (ix *Index) Rank(ctx context.Context, q Query) ([]ArticleHit, error) {
	if q.Limit == 0 {
		q.Limit = 10
	}
	if !ix.acquire() {
		return nil, fmt.Errorf("%w: it is closed", ErrNoIndex)
	}
	defer ix.done()
	asked, err := ix.ask(&q, MaxRankRunes, MaxRankTerms)
	if err != nil {
		return nil, err
	}
	var hits []ArticleHit
	err = ix.guarded(ctx, func(ctx context.Context) error {
		c := &collector{
			col: ix.col, filter: ix.newFilter(&q), acts: ix.newActFilter(&q), order: q.Order, keep: q.Offset + q.Limit,
			enough: q.Offset + q.Limit, onePerArticle: true,
		}
		if _, err := ix.collect(ctx, c, asked, q.Exact); err != nil {
			return err
		}
		best := c.sorted()
		for _, f := range best[min(q.Offset, len(best)):] {
			a := ix.col.groupArticle(f.group)
			source, _, _, err := ix.col.head(a)
			if err != nil {
				return err
			}
			h := ArticleHit{Article: ix.col.articleID(a), Source: source, Score: f.score}
			if f.n > 0 {
				h.Paragraph = ix.col.docNumber(f.hits[0].doc)
			}
			if ix.col.groupMeeting(f.group) {
				h.Meeting = ix.col.groupID(f.group)
			}
			hits = append(hits, h)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return hits, nil
}
