package search

import (
	"bufio"
	"cmp"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/bits"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/blevesearch/mmap-go"

	"vankho/internal/archive"
)

// The files beside the Bleve index. Rows are of fixed width and little-endian,
// so that a column file is read as it lies.
const (
	bleveDir     = "bleve"
	docsFile     = "paragraphs.col"
	articlesFile = "articles.col"
	groupsFile   = "groups.col"
	listsFile    = "lists.col"
	actsFile     = "acts.col"
	textsFile    = "texts"
	vocabFile    = "vocabulary.json"
)

// maxShared is how many meetings may share a paragraph.
const maxShared = 3

const (
	docRow     = 28 // group, offset of its text from that of its article, size, paragraph number, tokens, two more groups (2 each: how far after the first, or 0), first act
	articleRow = 28 // id (11), unused (1), offset in texts (8), first paragraph, first group
	groupRow   = 44 // id (11), listed (1), article, first paragraph, first and last day, kinds, year (2), start and ends of its lists
)

// visitKind is the bit after those of archive.MeetingKinds.
var (
	visitKind = len(archive.MeetingKinds)
	kindNames = func() []string {
		var names []string
		for _, k := range archive.MeetingKinds {
			names = append(names, string(k))
		}
		return append(names, "visit")
	}()
)

// vocabulary is what column values stand for, and the sums that scoring needs.
type vocabulary struct {
	Articles   int      `json:"articles"`
	Groups     int      `json:"groups"`
	Paragraphs int      `json:"paragraphs"`
	Acts       int      `json:"acts"`
	Tokens     int64    `json:"tokens"`
	Countries  []string `json:"countries"`
	People     []person `json:"people"`

	// What is offered while a query is typed.
	CountryGroups []int    `json:"country_groups"` // of each country
	Phrases       []string `json:"phrases"`        // the most frequent first
	Topics        []string `json:"topics"`
	Verbs         []string `json:"verbs"`
}

type person struct {
	Slug   string   `json:"slug"`
	Name   string   `json:"name"`
	Also   []string `json:"also,omitempty"` // other spellings in the records
	Groups int      `json:"groups"`
}

// columnWriter writes the columns of one article after another. Besides its
// buffers it holds only the vocabularies.
type columnWriter struct {
	docs, articles, groups, lists, acts, texts *column
	vocab                                      vocabulary
	countries, people, topics, verbs           map[string]uint32
	listed                                     uint32 // numbers in lists so far
	analyzer                                   *analyzer
	phrases                                    *phraseCounter
	book                                       *bookWriter
	buf, row                                   []byte
}

type column struct {
	f *os.File
	w *bufio.Writer
	n int64
}

func (c *column) write(b []byte) error {
	c.n += int64(len(b))
	_, err := c.w.Write(b)
	return err
}

func (c *column) close() error {
	err := c.w.Flush()
	if cerr := c.f.Close(); err == nil {
		err = cerr
	}
	return err
}

func newColumnWriter(dir string) (*columnWriter, error) {
	w := &columnWriter{
		countries: map[string]uint32{}, people: map[string]uint32{}, topics: map[string]uint32{}, verbs: map[string]uint32{},
		analyzer: newAnalyzer(), book: newBookWriter(),
	}
	w.analyzer.forms = newForms()
	w.phrases = newPhraseCounter(w.analyzer.forms)
	for name, c := range map[string]**column{
		docsFile: &w.docs, articlesFile: &w.articles, groupsFile: &w.groups, listsFile: &w.lists, actsFile: &w.acts, textsFile: &w.texts,
	} {
		f, err := os.OpenFile(filepath.Join(dir, name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
		if err != nil {
			w.close()
			return nil, err
		}
		*c = &column{f: f, w: bufio.NewWriterSize(f, 1<<16)}
	}
	return w, nil
}

// close closes every file and gives the first error.
func (w *columnWriter) close() error {
	var first error
	for _, c := range []*column{w.docs, w.articles, w.groups, w.lists, w.acts, w.texts} {
		if c == nil {
			continue
		}
		if err := c.close(); first == nil {
			first = err
		}
	}
	return first
}

// finish writes the vocabulary, the usual forms and the book, and closes the files.
func (w *columnWriter) finish(dir string) error {
	if err := w.close(); err != nil {
		return err
	}
	w.vocab.Phrases = w.phrases.phrases()
	b, err := json.Marshal(w.vocab)
	if err != nil {
		return err
	}
	return errors.Join(os.WriteFile(filepath.Join(dir, vocabFile), b, 0o644), w.analyzer.forms.write(dir), w.book.write(dir))
}

// group is a row of the groups while its article is being written.
type group struct {
	id        string
	meeting   bool
	listed    bool // stands for its article when there is no text to match
	date      archive.Date
	first     uint32 // number of its first paragraph; noDoc when it has none
	dated     bool   // one of its paragraphs is found by its date
	kinds     uint32
	countries []uint32
	people    []uint32
	strong    map[int]bool // paragraphs that tell of it
	weak      map[int]bool // paragraphs that name its people, day or place
	text      docColumns   // the first of its paragraphs, or that tells of it, or that names it
	textRank  int          // which of these: 3, 2, 1
}

// docColumns is a row of the paragraphs.
type docColumns struct {
	firstGroup                   uint32 // of the article
	groups                       []int  // among those of the article, ascending
	offset, size, number, tokens uint32
}

// learn learns the usual forms and the book from an article that is yet to be
// added, and gives the bytes of its text.
func (w *columnWriter) learn(a *archive.Article) (size int) {
	for i := range a.Paragraphs {
		if p := &a.Paragraphs[i]; p.Readable() {
			w.book.learn(p.Text, w.analyzer.scan(p.Text))
			w.analyzer.learn()
			size += len(p.Text)
		}
	}
	return size
}

// learned ends the learning.
func (w *columnWriter) learned() {
	w.analyzer.forms.learned()
	w.book.learned()
}

// add writes an article and gives the fields of each readable paragraph with
// its number to index. It follows the rule of the package comment for which groups a
// paragraph belongs to.
func (w *columnWriter) add(a *archive.Article, index func(n uint32, fields []*field) error) error {
	if len(a.ID) != archive.IDLength {
		return fmt.Errorf("article id %q is not of %d characters", a.ID, archive.IDLength)
	}
	groups, err := w.groupsOf(a)
	if err != nil {
		return err
	}
	w.phrases.article()
	firstDoc, firstGroup := uint32(w.vocab.Paragraphs), uint32(w.vocab.Groups)
	start := w.texts.n

	w.buf = appendString(w.buf[:0], a.Source.Name)
	w.buf = appendString(w.buf, a.Title.Text)
	for _, g := range groups {
		w.buf = appendString(w.buf, string(g.date))
	}
	if err := w.texts.write(w.buf); err != nil {
		return err
	}
	acts := w.actsOf(a, groups)
	for i := range a.Paragraphs {
		p := &a.Paragraphs[i]
		if !p.Readable() {
			continue
		}
		row := docColumns{
			firstGroup: firstGroup, groups: groupsOfParagraph(groups, p.N),
			offset: uint32(w.texts.n - start), number: uint32(p.N),
		}
		if err := w.paragraph(p, row, groups, acts[p.N], index); err != nil {
			return fmt.Errorf("paragraph %d: %w", p.N, err)
		}
	}
	if err := w.undated(groups, acts, index); err != nil {
		return err
	}

	row := append([]byte(a.ID), 0)
	row = binary.LittleEndian.AppendUint64(row, uint64(start))
	row = appendU32(row, firstDoc, firstGroup)
	if err := w.articles.write(row); err != nil {
		return err
	}
	for i := range groups {
		if err := w.writeGroup(&groups[i], uint32(w.vocab.Articles), firstDoc); err != nil {
			return err
		}
	}
	w.vocab.Articles++
	w.vocab.Groups += len(groups)
	return nil
}

// paragraph writes a paragraph and tells its groups of it.
func (w *columnWriter) paragraph(
	p *archive.Paragraph, row docColumns, groups []group, acts []act, index func(n uint32, fields []*field) error,
) error {
	doc := uint32(w.vocab.Paragraphs)
	toks := w.analyzer.scan(p.Text)
	w.phrases.paragraph(toks, w.analyzer.exact, p.Text)
	cuts := borders(acts, toks)
	dates := textDates(toks, p.Text)
	of := row.groups
	dates = append(dates, nationTerms(toks, p.Text, w.known(groups, of))...)
	sameDate := !slices.ContainsFunc(of, func(g int) bool { return groups[g].date != groups[of[0]].date })
	if sameDate {
		dates = append(dates, eventDates(groups[of[0]].date)...)
	}
	if err := index(doc, w.analyzer.fields(dates, cuts)); err != nil {
		return err
	}
	w.buf = binary.AppendUvarint(w.buf[:0], uint64(len(p.Sentences)))
	before := 0
	for _, s := range p.Sentences {
		w.buf = binary.AppendUvarint(w.buf, uint64(s-before))
		before = s
	}
	w.buf = w.book.append(w.buf, p.Text, toks)
	if err := w.texts.write(w.buf); err != nil {
		return err
	}
	row.size, row.tokens = uint32(len(w.buf)), uint32(len(toks))
	if err := w.writeDoc(row); err != nil {
		return err
	}
	if err := w.writeActs(doc, acts, of, toks, cuts); err != nil {
		return err
	}
	w.vocab.Tokens += int64(len(toks))
	for i := range groups {
		g := &groups[i]
		rank := 0
		switch {
		case slices.Contains(of, i):
			g.first = min(g.first, doc)
			g.dated = g.dated || sameDate
			rank = 3
		case g.strong[p.N]:
			rank = 2
		case g.weak[p.N]:
			rank = 1
		}
		if rank > g.textRank {
			g.text, g.textRank = row, rank
		}
	}
	return nil
}

// undated gives each meeting that no paragraph has by its date one more,
// without words, that shows one that tells of it.
func (w *columnWriter) undated(groups []group, acts map[int][]act, index func(n uint32, fields []*field) error) error {
	for i := range groups {
		g := &groups[i]
		if !g.meeting || g.dated || g.textRank == 0 {
			continue
		}
		doc := uint32(w.vocab.Paragraphs)
		w.analyzer.scan("")
		if err := index(doc, w.analyzer.fields(eventDates(g.date), nil)); err != nil {
			return fmt.Errorf("meeting %s: %w", g.id, err)
		}
		g.text.groups, g.text.tokens = []int{i}, 0
		if err := w.writeDoc(g.text); err != nil {
			return err
		}
		told := slices.DeleteFunc(slices.Clone(acts[int(g.text.number)]), func(x act) bool { return !slices.Contains(x.groups, i) })
		if err := w.writeActs(doc, told, g.text.groups, nil, nil); err != nil {
			return err
		}
		g.first = min(g.first, doc)
	}
	return nil
}

func (w *columnWriter) writeDoc(d docColumns) error {
	w.vocab.Paragraphs++
	row := appendU32(w.row[:0], d.firstGroup+uint32(d.groups[0]), d.offset, d.size, d.number, d.tokens)
	for i := 1; i < maxShared; i++ {
		after := 0
		if i < len(d.groups) {
			after = d.groups[i] - d.groups[0]
		}
		row = binary.LittleEndian.AppendUint16(row, uint16(after))
	}
	w.row = appendU32(row, uint32(w.vocab.Acts))
	return w.docs.write(w.row)
}

func (w *columnWriter) writeGroup(g *group, article, firstDoc uint32) error {
	w.countGroup(g)
	from, to := dayRange(g.date)
	countries := w.listed
	people := countries + uint32(len(g.countries))
	w.listed = people + uint32(len(g.people))
	if err := w.lists.write(appendU32(appendU32(nil, g.countries...), g.people...)); err != nil {
		return err
	}
	if g.first == noDoc {
		g.first = firstDoc
	}
	flags := byte(0)
	if g.listed {
		flags |= listedFlag
	}
	if g.meeting {
		flags |= meetingFlag
	}
	row := append([]byte(g.id), flags)
	row = appendU32(row, article, g.first, uint32(from), uint32(to), g.kinds, countries, people, w.listed)
	return w.groups.write(row)
}

// countGroup counts a group for its people and countries. In a series the article
// itself has those of its meetings and is not counted.
func (w *columnWriter) countGroup(g *group) {
	for len(w.vocab.CountryGroups) < len(w.vocab.Countries) {
		w.vocab.CountryGroups = append(w.vocab.CountryGroups, 0)
	}
	if !g.listed {
		return
	}
	for _, n := range g.countries {
		w.vocab.CountryGroups[n]++
	}
	for _, n := range g.people {
		w.vocab.People[n].Groups++
	}
}

const (
	listedFlag  = 1
	meetingFlag = 2
)

// groupsOf gives the article itself as a group and one for each main meeting.
// An article of a single main meeting is that meeting.
func (w *columnWriter) groupsOf(a *archive.Article) ([]group, error) {
	whole := group{id: a.ID, date: a.Published.EDTF, first: noDoc}
	visits := uint32(0)
	for _, v := range a.Visits {
		if v.Main {
			visits = 1 << visitKind
			w.take(&whole, v.Participants)
		}
	}
	whole.kinds = visits
	var meetings []group
	for i := range a.Meetings {
		m := &a.Meetings[i]
		if !m.Main {
			continue
		}
		if len(m.ID) != archive.IDLength {
			return nil, fmt.Errorf("meeting id %q is not of %d characters", m.ID, archive.IDLength)
		}
		g := group{id: m.ID, meeting: true, listed: true, date: m.Date.EDTF, first: noDoc, kinds: visits}
		if g.date.Year() == 0 && a.Published.EDTF != "" {
			g.date = a.Published.EDTF
		}
		if k := slices.Index(archive.MeetingKinds, m.Kind); k >= 0 {
			g.kinds |= 1 << k
		}
		if m.Visit != "" {
			g.kinds |= 1 << visitKind
		}
		w.take(&g, m.Participants)
		w.take(&whole, m.Participants)
		whole.kinds |= g.kinds
		g.strong, g.weak = evidenceOf(m)
		meetings = append(meetings, g)
	}
	if whole.date.Year() == 0 {
		whole.date = eventDate(a)
	}
	switch len(meetings) {
	case 0:
		whole.listed = true
		return []group{whole}, nil
	case 1:
		return meetings, nil
	}
	return append([]group{whole}, meetings...), nil
}

// eventDate gives the first date, with its year, of what an article that does
// not say when it was published tells of; its own date where there is none.
func eventDate(a *archive.Article) archive.Date {
	for _, m := range a.Meetings {
		if m.Main && m.Date.EDTF.Year() != 0 {
			return m.Date.EDTF
		}
	}
	for _, v := range a.Visits {
		if v.Main && v.Date.EDTF.Year() != 0 {
			return v.Date.EDTF
		}
	}
	return a.Published.EDTF
}

// take adds the people of an event and their countries to the group.
func (w *columnWriter) take(g *group, who archive.List[archive.Participation]) {
	for _, p := range who {
		n := w.person(p.Person, p.Known())
		w.vocab.People[n].learn(p.NameAsWritten)
		g.people = with(g.people, n)
		if p.Country != "" {
			g.countries = with(g.countries, number(w.countries, &w.vocab.Countries, string(p.Country)))
		}
	}
}

// person gives the number of a person, who is known by the name met first.
func (w *columnWriter) person(slug, name string) uint32 {
	n, ok := w.people[slug]
	if !ok {
		n = uint32(len(w.vocab.People))
		w.people[slug] = n
		w.vocab.People = append(w.vocab.People, person{Slug: slug, Name: name})
	}
	return n
}

// known gives a test for the countries that the records of some groups have, by
// their terms of field D.
func (w *columnWriter) known(groups []group, of []int) func(code string) bool {
	return func(code string) bool {
		n, ok := w.countries[strings.ToUpper(code)]
		return ok && slices.ContainsFunc(of, func(g int) bool { return slices.Contains(groups[g].countries, n) })
	}
}

// evidenceOf gives the paragraphs that tell of a meeting, and those that only
// name its people, day or place.
func evidenceOf(m *archive.Meeting) (strong, weak map[int]bool) {
	strong, weak = map[int]bool{}, map[int]bool{}
	mark := func(set map[int]bool, ev archive.List[archive.Evidence]) {
		for _, e := range ev {
			set[e.Paragraph] = true
		}
	}
	mark(strong, m.Evidence)
	for _, x := range m.Agreements {
		mark(strong, x.Evidence)
	}
	for _, x := range m.Statements {
		mark(strong, x.Evidence)
	}
	for _, x := range m.Figures {
		mark(strong, x.Evidence)
	}
	mark(weak, m.Date.Evidence)
	mark(weak, m.Place.Evidence)
	for _, x := range m.Participants {
		mark(weak, x.Evidence)
	}
	return strong, weak
}

// groupsOfParagraph gives the groups of paragraph n, ascending: the only one
// there is; in a series the meetings it tells of, or else those whose people,
// day or place it names; the article, which is the first, where these are none
// or more than maxShared.
func groupsOfParagraph(groups []group, n int) []int {
	if len(groups) == 1 {
		return []int{0}
	}
	var strong, weak []int
	for i, g := range groups {
		if g.strong[n] {
			strong = append(strong, i)
		}
		if g.weak[n] {
			weak = append(weak, i)
		}
	}
	of := strong
	if len(strong) == 0 {
		of = weak
	}
	if len(of) == 0 || len(of) > maxShared || of[len(of)-1]-of[0] > math.MaxUint16 {
		return []int{0}
	}
	return of
}

// dayRange gives the first and last day of a date as numbers, 20260205; both
// are 0 when the year is unknown. A month runs from its day 0 to its day 99.
func dayRange(d archive.Date) (from, to int) {
	return dayNumber(d.Start(), 0), dayNumber(d.End(), 99)
}

func dayNumber(d archive.Date, missing int) int {
	if d.Year() == 0 {
		return 0
	}
	month, day := d.Month(), d.DayOfMonth()
	if month == 0 {
		month = missing
	}
	if day == 0 {
		day = missing
	}
	return d.Year()*10000 + month*100 + day
}

func appendU32(b []byte, ns ...uint32) []byte {
	for _, n := range ns {
		b = binary.LittleEndian.AppendUint32(b, n)
	}
	return b
}

func appendString(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

// noDoc is the number of no paragraph.
const noDoc = ^uint32(0)

// columns are the column files of an open index.
type columns struct {
	vocabulary
	docs, articles, groups []byte
	lists, acts            []byte
	country, person        map[string]uint32
	texts                  []byte
	book                   *book
	mapped                 []mmap.MMap

	articleOf []uint32  // of each paragraph
	norms     []float32 // by how much the length of each paragraph lessens its score

	starts   []articleStart // of each article, and where the last ends
	told     []told         // of each act
	speakers []uint32       // of each article, those that have a bit in told

	// What a query without words and filters counts.
	everything          *counts
	allGroups, allTexts int
}

func openColumns(dir string) (*columns, error) {
	c := &columns{country: map[string]uint32{}, person: map[string]uint32{}}
	b, err := os.ReadFile(filepath.Join(dir, vocabFile))
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(b, &c.vocabulary); err != nil {
		return nil, fmt.Errorf("%s: %w", vocabFile, err)
	}
	for i, v := range c.Countries {
		c.country[v] = uint32(i)
	}
	for i, v := range c.People {
		c.person[v.Slug] = uint32(i)
	}
	for _, x := range []struct {
		name string
		to   *[]byte
		want int
	}{
		{docsFile, &c.docs, c.Paragraphs * docRow},
		{articlesFile, &c.articles, c.Articles * articleRow},
		{groupsFile, &c.groups, c.Groups * groupRow},
		{listsFile, &c.lists, -1},
		{actsFile, &c.acts, c.Acts * actRow},
		{textsFile, &c.texts, -1},
	} {
		if *x.to, err = c.mapFile(filepath.Join(dir, x.name)); err == nil && x.want >= 0 && len(*x.to) != x.want {
			err = fmt.Errorf("%s: %d bytes, want %d", x.name, len(*x.to), x.want)
		}
		if err != nil {
			return nil, errors.Join(err, c.close())
		}
	}
	if c.book, err = openBook(dir); err != nil {
		return nil, errors.Join(err, c.close())
	}
	c.derive()
	return c, nil
}

// mapFile maps a file into memory, where it lies in the page cache and takes
// nothing of the program's own.
func (c *columns) mapFile(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if info, err := f.Stat(); err != nil || info.Size() == 0 {
		return nil, err
	}
	m, err := mmap.Map(f, mmap.RDONLY, 0)
	if err != nil {
		return nil, fmt.Errorf("map %s: %w", path, err)
	}
	c.mapped = append(c.mapped, m)
	return m, nil
}

// derive lays out anew what every search asks of every paragraph.
func (c *columns) derive() {
	average := max(1, float64(c.Tokens)/float64(max(1, c.Paragraphs)))
	c.articleOf, c.norms = make([]uint32, c.Paragraphs), make([]float32, c.Paragraphs)
	c.layOutArticles()
	for a := range uint32(c.Articles) {
		for d, hi := c.articleDocs(a); d < hi; d++ {
			c.articleOf[d] = a
			c.norms[d] = float32(1 - bm25B + bm25B*float64(c.docTokens(d))/average)
		}
	}
	all := &collector{col: c, counts: c.newCounts()}
	for a := range uint32(c.Articles) {
		all.takeAll(a)
	}
	c.everything, c.allGroups, c.allTexts = all.counts, all.total, all.articles
}

func (c *columns) close() error {
	var errs []error
	for i := range c.mapped {
		errs = append(errs, c.mapped[i].Unmap())
	}
	return errors.Join(errs...)
}

func u32(b []byte, at int) uint32 { return binary.LittleEndian.Uint32(b[at:]) }

// docGroups gives the groups of a paragraph; there are n, one or more.
func (c *columns) docGroups(d uint32) (groups [maxShared]uint32, n int) {
	row := (*[docRow]byte)(c.docs[int(d)*docRow:])
	groups[0], n = u32(row[:], 0), 1
	if u32(row[:], 20) == 0 {
		return groups, n // as most have
	}
	for at := 20; at < 20+2*(maxShared-1); at += 2 {
		if after := binary.LittleEndian.Uint16(row[at:]); after > 0 {
			groups[n] = groups[0] + uint32(after)
			n++
		}
	}
	return groups, n
}

func (c *columns) docNumber(d uint32) int    { return int(u32(c.docs, int(d)*docRow+12)) }
func (c *columns) docTokens(d uint32) uint32 { return u32(c.docs, int(d)*docRow+16) }

func (c *columns) articleID(a uint32) string {
	return string(c.articles[int(a)*articleRow:][:archive.IDLength])
}

func (c *columns) articleText(a uint32) int64 {
	return int64(binary.LittleEndian.Uint64(c.articles[int(a)*articleRow+12:]))
}

// articleStart is where the paragraphs, groups, acts and speakers of an article begin.
type articleStart struct{ doc, group, act, speaker uint32 }

// articleDocs gives the numbers of the article's first paragraph and of that
// after its last.
func (c *columns) articleDocs(a uint32) (lo, hi uint32) { return c.starts[a].doc, c.starts[a+1].doc }

func (c *columns) articleGroups(a uint32) (lo, hi uint32) {
	return c.starts[a].group, c.starts[a+1].group
}

func (c *columns) articleActs(a uint32) (lo, hi uint32) { return c.starts[a].act, c.starts[a+1].act }

func (c *columns) groupID(g uint32) string {
	return string(c.groups[int(g)*groupRow:][:archive.IDLength])
}
func (c *columns) groupListed(g uint32) bool {
	return c.groups[int(g)*groupRow+archive.IDLength]&listedFlag != 0
}
func (c *columns) groupMeeting(g uint32) bool {
	return c.groups[int(g)*groupRow+archive.IDLength]&meetingFlag != 0
}
func (c *columns) groupArticle(g uint32) uint32 { return u32(c.groups, int(g)*groupRow+12) }
func (c *columns) groupFirst(g uint32) uint32   { return u32(c.groups, int(g)*groupRow+16) }
func (c *columns) groupFrom(g uint32) int       { return int(u32(c.groups, int(g)*groupRow+20)) }
func (c *columns) groupTo(g uint32) int         { return int(u32(c.groups, int(g)*groupRow+24)) }
func (c *columns) groupKinds(g uint32) uint32   { return u32(c.groups, int(g)*groupRow+28) }
func (c *columns) groupYear(g uint32) int       { return c.groupFrom(g) / 10000 }

// groupCountries and groupPeople give bytes of lists: four a value.
func (c *columns) groupCountries(g uint32) []byte {
	at := int(g)*groupRow + 32
	return c.lists[4*u32(c.groups, at) : 4*u32(c.groups, at+4)]
}
func (c *columns) groupPeople(g uint32) []byte {
	at := int(g)*groupRow + 36
	return c.lists[4*u32(c.groups, at) : 4*u32(c.groups, at+4)]
}

// holds reports whether a list of groupCountries or groupPeople has v.
func holds(list []byte, v uint32) bool {
	for i := 0; i < len(list); i += 4 {
		if u32(list, i) == v {
			return true
		}
	}
	return false
}

// hasOne reports whether a list as of holds has one of a set.
func hasOne(list []byte, set map[uint32]bool) bool {
	for i := 0; i < len(list); i += 4 {
		if set[u32(list, i)] {
			return true
		}
	}
	return false
}

// head reads what is shown of an article and its groups: source, title and
// the date of each group.
func (c *columns) head(a uint32) (source, title string, dates []archive.Date, err error) {
	lo, hi := c.articleGroups(a)
	at := c.articleText(a)
	end := int64(len(c.texts))
	if first, last := c.articleDocs(a); first < last {
		end = at + int64(u32(c.docs, int(first)*docRow+4))
	} else if int(a)+1 < c.Articles {
		end = c.articleText(a + 1)
	}
	b, err := c.slice(at, end-at)
	if err != nil {
		return "", "", nil, err
	}
	next := func() string {
		n, k := binary.Uvarint(b)
		if k <= 0 || n > uint64(len(b)-k) {
			err = fmt.Errorf("%s: damaged at %d", textsFile, at)
			return ""
		}
		s := string(b[k : k+int(n)])
		b = b[k+int(n):]
		return s
	}
	source, title = next(), next()
	for range hi - lo {
		dates = append(dates, archive.Date(next()))
	}
	return source, title, dates, err
}

// text reads paragraph d of article a and where its sentences begin.
func (c *columns) text(a, d uint32) (text string, sentences []int, err error) {
	b, err := c.appendText(nil, a, d, func(start int) { sentences = append(sentences, start) })
	return string(b), sentences, err
}

// appendText appends the text of paragraph d of article a to buf, and calls
// sentence, if there is one, for where each of its sentences begins.
func (c *columns) appendText(buf []byte, a, d uint32, sentence func(start int)) ([]byte, error) {
	row := int(d) * docRow
	at := c.articleText(a) + int64(u32(c.docs, row+4))
	b, err := c.slice(at, int64(u32(c.docs, row+8)))
	if err != nil {
		return nil, err
	}
	next := func() int {
		n, k := binary.Uvarint(b)
		if k <= 0 || n > math.MaxInt32 {
			err = fmt.Errorf("%s: damaged at %d", textsFile, at)
			return 0
		}
		b = b[k:]
		return int(n)
	}
	start := 0
	for n := next(); n > 0 && err == nil; n-- {
		start += next()
		if sentence != nil {
			sentence(start)
		}
	}
	if err != nil {
		return nil, err
	}
	return c.book.append(buf, b), nil
}

// slice gives n bytes of the texts.
func (c *columns) slice(at, n int64) ([]byte, error) {
	if n < 0 || at < 0 || at+n > int64(len(c.texts)) {
		return nil, fmt.Errorf("%s: %d bytes at %d are outside the file", textsFile, n, at)
	}
	return c.texts[at : at+n], nil
}

// counts gathers facets over groups.
type counts struct {
	years, countries, people []uint32
	kinds                    [32]uint32

	// Of acts, in how many groups.
	tags                [64]uint32
	speakers, topics    []uint32
	figures, agreements int
}

// clone gives a copy.
func (n *counts) clone() *counts {
	m := *n
	for _, l := range []*[]uint32{&m.years, &m.countries, &m.people, &m.speakers, &m.topics} {
		*l = slices.Clone(*l)
	}
	return &m
}

const maxYear = 9999

func (c *columns) newCounts() *counts {
	return &counts{
		years:     make([]uint32, maxYear+1),
		countries: make([]uint32, len(c.Countries)),
		people:    make([]uint32, len(c.People)),
		speakers:  make([]uint32, len(c.People)),
		topics:    make([]uint32, len(c.Topics)),
	}
}

func (n *counts) add(c *columns, g uint32) {
	row := (*[groupRow]byte)(c.groups[int(g)*groupRow:])
	n.years[min(u32(row[:], 20)/10000, maxYear)]++
	for kinds := u32(row[:], 28); kinds != 0; kinds &= kinds - 1 {
		n.kinds[bits.TrailingZeros32(kinds)&31]++
	}
	countries, people, end := 4*u32(row[:], 32), 4*u32(row[:], 36), 4*u32(row[:], 40)
	for l := c.lists[countries:people]; len(l) >= 4; l = l[4:] {
		n.countries[u32(l, 0)]++
	}
	for l := c.lists[people:end]; len(l) >= 4; l = l[4:] {
		n.people[u32(l, 0)]++
	}
}

// addTags counts the tags of the acts of a group, and whether one has a figure.
func (n *counts) addTags(tags uint64, figure bool) {
	if figure {
		n.figures++
	}
	if tags&uint64(bindingForces) != 0 {
		n.agreements++
	}
	for ; tags != 0; tags &= tags - 1 {
		n.tags[bits.TrailingZeros64(tags)]++
	}
}

// facets gives the most frequent values, and those selected however rare.
func (n *counts) facets(c *columns, q *Query) Facets {
	f := Facets{Figures: n.figures, Agreements: n.agreements}
	n.years[0] = 0 // unknown
	f.Years = top(n.years, func(i int) Facet {
		return Facet{Value: strconv.Itoa(i), Selected: slices.Contains(q.Years, i)}
	})
	f.Countries = top(n.countries, func(i int) Facet {
		return Facet{Value: c.Countries[i], Selected: slices.Contains(q.Countries, c.Countries[i])}
	})
	person := func(selected []string) func(int) Facet {
		return func(i int) Facet {
			p := c.People[i]
			return Facet{Value: p.Slug, Name: p.Name, Selected: slices.Contains(selected, p.Slug)}
		}
	}
	f.People = top(n.people, person(q.People))
	f.Speakers = top(n.speakers, person(q.Speakers))
	f.Forces = top(n.tags[:len(archive.Forces)], func(i int) Facet {
		v := string(archive.Forces[i])
		return Facet{Value: v, Selected: slices.Contains(q.Forces, v)}
	})
	copy(n.topics, n.tags[topicTags:])
	f.Topics = top(n.topics, func(i int) Facet {
		return Facet{Value: c.Topics[i], Selected: slices.Contains(q.Topics, c.Topics[i])}
	})
	f.Kinds = top(n.kinds[:len(kindNames)], func(i int) Facet {
		return Facet{Value: kindNames[i], Selected: slices.Contains(q.Kinds, kindNames[i])}
	})
	return f
}

// top gives a facet for each value that occurs, most frequent first and then
// by value: MaxFacets of them, and those selected.
func top(n []uint32, facet func(int) Facet) []Facet {
	var best, others []Facet // best is sorted
	for i, k := range n {
		if k == 0 {
			continue
		}
		f := facet(i)
		f.N = int(k)
		if len(best) == MaxFacets && byCount(f, best[MaxFacets-1]) > 0 {
			if f.Selected {
				others = append(others, f)
			}
			continue
		}
		if len(best) == MaxFacets {
			if best[MaxFacets-1].Selected {
				others = append(others, best[MaxFacets-1])
			}
			best = best[:MaxFacets-1]
		}
		at, _ := slices.BinarySearchFunc(best, f, byCount)
		best = slices.Insert(best, at, f)
	}
	slices.SortFunc(others, byCount)
	return append(best, others...)
}

func byCount(a, b Facet) int {
	return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Value, b.Value))
}
