package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"

	"vankho/internal/archive"
)

// Entry is one meeting or visit as lists show it.
type Entry struct {
	ID         string
	URL        string              // where it is shown: not by its own id when another article's reading stands for it
	Type       string              // "meeting" or "visit"
	Kind       archive.MeetingKind // "" for a visit
	Level      string              // of a visit
	Status     archive.Status
	Main       bool
	Date       archive.Date // what the articles that tell it agree on
	City       string
	Country    string   // ISO 3166-1 alpha-2
	Who        []Who    // principals, in record order
	Agreements int      // those whose force is binding
	Figures    []string // as written, without repeats, at most four
	ArticleID  string
	Title      string // of the article
	Told       int    // how many articles tell it; the rest of the entry is of the one that stands for them
}

// Who is a principal as lists show it.
type Who struct{ Slug, Name, Title, Country string }

// Filter says which entries are wanted; a zero field asks for nothing.
type Filter struct {
	Person  string    // slug
	Persons [2]string // both take part
	Country string    // of a participant or the place
	Pair    [2]string // countries whose principals both take part, in any order
	Year    int
	Month   int
	Undated bool // only those whose year is not known
	Article string
	Status  archive.Status
	Main    bool // only main events
	Oldest  bool // oldest first; otherwise newest first. Ties by id.
	Limit   int  // 0: at most 1,000
	Offset  int
}

// Entries lists meetings and visits, and how many there are in all. One that
// several articles tell is listed once, but by article: then each reading of
// its own is.
func (s *Store) Entries(ctx context.Context, f Filter) ([]Entry, int, error) {
	snap, err := s.acquire()
	if err != nil {
		return nil, 0, err
	}
	defer s.release(snap)
	if f.Pair != [2]string{} && snap.format < deedsFormat {
		return nil, 0, nil
	}
	q := f.query(snap.format)
	total, err := remember(snap, fmt.Sprintf("%s%q", q.count(), q.args), func() (n int, err error) {
		return n, snap.one(ctx, q.count(), q.args, &n)
	})
	if err != nil {
		return nil, 0, snap.damage(err, fileName, "the list of events")
	}
	entries, err := all(ctx, snap.reader, q.list(f.Oldest), append(q.args, atMost(f.Limit), f.Offset), scanEntry)
	return entries, total, snap.damage(err, fileName, "the list of events")
}

// listLimit is what a list holds at most when no limit is given.
const listLimit = 1000

func atMost(limit int) int {
	if limit <= 0 {
		return listLimit
	}
	return limit
}

// entryQuery is a Filter as SQL: which events, by the table whose index has
// them in order of date.
type entryQuery struct {
	format int    // of the file
	from   string // "event e", or a table d of events by what is asked for
	d      string // the alias of the table that leads
	key    string // its column with event.n
	event  bool   // a condition is about a column that only event has
	where  []string
	args   []any
}

func (f Filter) query(format int) *entryQuery {
	q := &entryQuery{format: format, from: "event e", d: "e", key: "e.n"}
	shown := "shown"
	if format < encountersFormat {
		shown = "event"
	}
	people := []string{f.Person, f.Persons[0], f.Persons[1]}
	people = slices.DeleteFunc(people, func(s string) bool { return s == "" })
	country, pair := f.Country, ""
	if f.Pair != [2]string{} {
		pair = pairKey(f.Pair[0], f.Pair[1])
	}
	// All rows of an encounter have its date and whether it is a main one, so
	// that the index leads to the one that is shown.
	another := func(table, column string) string {
		return "EXISTS (SELECT 1 FROM " + table + " x WHERE x." + column + " = ? AND x.sort IS " + q.d + ".sort AND x.main = " + q.d + ".main AND x." + shown + " = " + q.key + ")"
	}
	switch {
	case f.Article != "":
		another = func(table, column string) string {
			return "EXISTS (SELECT 1 FROM " + table + " x WHERE x.event = e.n AND x." + column + " = ?)"
		}
	case len(people) > 0:
		q.from, q.d, q.key = "participation d", "d", "d."+shown
		q.and("d.person = ?", people[0])
		people = people[1:]
	case pair != "":
		q.from, q.d, q.key = "bilateral d", "d", "d.shown"
		q.and("d.pair = ?", pair)
		pair = ""
	case country != "":
		q.from, q.d, q.key = "presence d", "d", "d."+shown
		q.and("d.country = ?", country)
		country = ""
	}
	switch {
	case q.d == "d":
		q.where = append(q.where, q.key+" IS NOT NULL")
	case f.Article == "" && format >= encountersFormat:
		q.where = append(q.where, "e.under IS NULL")
	}
	for _, p := range people {
		q.and(another("participation", "person"), p)
	}
	if country != "" {
		q.and(another("presence", "country"), country)
	}
	if pair != "" {
		q.and(another("bilateral", "pair"), pair)
	}
	if f.Undated {
		q.where = append(q.where, q.d+".sort IS NULL")
	}
	if f.Year != 0 {
		from := fmt.Sprintf("%04d", f.Year)
		if f.Month != 0 {
			from += fmt.Sprintf("-%02d", f.Month)
		}
		q.and(q.d+".sort >= ?", from)
		q.and(q.d+".sort < ?", from+"~") // "~" comes after "-" and the digits
	} else if f.Month != 0 {
		q.and("substr("+q.d+".sort, 6, 2) = ?", fmt.Sprintf("%02d", f.Month))
	}
	if f.Main {
		q.where = append(q.where, q.d+".main")
	}
	if f.Article != "" {
		q.event = true
		q.and("e.article = ?", f.Article)
	}
	if f.Status != "" {
		q.event = true
		q.and("e.status = ?", string(f.Status))
	}
	return q
}

func (q *entryQuery) and(condition string, arg any) {
	q.where, q.args = append(q.where, condition), append(q.args, arg)
}

func (q *entryQuery) rest(event bool) string {
	s := " FROM " + q.from
	if event && q.d != "e" {
		s += " JOIN event e ON e.n = " + q.key
	}
	if len(q.where) > 0 {
		s += " WHERE " + strings.Join(q.where, " AND ")
	}
	return s
}

func (q *entryQuery) count() string { return "SELECT count(*)" + q.rest(q.event) }

// list reads the rows themselves only after the page is cut out: the rows
// before it cost no more than their place in an index.
func (q *entryQuery) list(oldest bool) string {
	order := ".sort DESC, e.id" // null, which is no date, is less than any
	if oldest {
		order = ".sort NULLS LAST, e.id"
	}
	return `SELECT ` + entryColumns(q.format) + ` WHERE e.n IN (SELECT n FROM (SELECT e.n` + q.rest(true) + " ORDER BY " + q.d + order + ` LIMIT ? OFFSET ?)) ORDER BY e` + order
}

// entryColumns is what scanEntry reads, and from where.
func entryColumns(format int) string {
	under, told, stands := "e.id", "1", ""
	if format >= encountersFormat {
		under, told = "coalesce(s.id, e.id)", "1 + (SELECT count(*) FROM event t WHERE t.under = coalesce(e.under, e.n))"
		stands = " LEFT JOIN event s ON s.n = e.under"
	}
	return `e.id, ` + under + `, e.type, e.kind, e.level, e.status, e.main, coalesce(e.sort, e.date), e.city, e.country, e.who, e.agreements, e.figures, e.article, a.title, ` + told + `
		FROM event e JOIN article a ON a.id = e.article` + stands
}

func scanEntry(rows *sql.Rows, e *Entry) error { return scanWithEntry(rows, e) }

// scanWithEntry scans a row whose first columns are for dest and whose others
// are entryColumns.
func scanWithEntry(rows *sql.Rows, e *Entry, dest ...any) error {
	var who, figures []byte
	var stands string
	if err := rows.Scan(append(dest, &e.ID, &stands, &e.Type, &e.Kind, &e.Level, &e.Status, &e.Main, &e.Date, &e.City, &e.Country,
		&who, &e.Agreements, &figures, &e.ArticleID, &e.Title, &e.Told)...); err != nil {
		return err
	}
	e.URL = "/" + e.Type[:1] + "/" + stands
	return errors.Join(json.Unmarshal(who, &e.Who), json.Unmarshal(figures, &e.Figures))
}

// Count is a value with how many main events have it.
type Count struct {
	Key  string // slug, ISO code, "2026" or "2026-02"
	Name string // a person's name; otherwise empty
	N    int
}

// Totals counts what the archive holds. Meetings and visits are the main ones
// that were held, as announced ones may never be. Countries are those that take part in
// an event, without Vietnam: counterparts, not where one met.
type Totals struct {
	Articles, Meetings, Visits, People, Countries int
	Events                                        int          // meetings and visits, main or not
	First, Last                                   archive.Date // of held main meetings
}

// Totals, People, Countries and Months count over main events, most frequent
// first (People, Countries) or oldest first (Months: held main meetings of
// "2026-02", of "2026" where no month is known, of "" where no year is). A country is counted where one of its people takes part; Entries
// finds it also where it was only the place. limit 0 means at most 1,000.
func (s *Store) Totals(ctx context.Context) (Totals, error) {
	snap, err := s.acquire()
	if err != nil {
		return Totals{}, err
	}
	defer s.release(snap)
	var t Totals
	err = snap.one(ctx, `SELECT
		(SELECT n FROM tally WHERE kind = 'total' AND key = 'articles'),
		(SELECT n FROM tally WHERE kind = 'total' AND key = 'meetings'),
		(SELECT n FROM tally WHERE kind = 'total' AND key = 'visits'),
		(SELECT n FROM tally WHERE kind = 'total' AND key = 'people'),
		(SELECT n FROM tally WHERE kind = 'total' AND key = 'countries'),
		(SELECT n FROM tally WHERE kind = 'total' AND key = 'events'),
		(SELECT name FROM tally WHERE kind = 'total' AND key = 'first'),
		(SELECT name FROM tally WHERE kind = 'total' AND key = 'last')`, nil,
		&t.Articles, &t.Meetings, &t.Visits, &t.People, &t.Countries, &t.Events, &t.First, &t.Last)
	return t, snap.damage(err, fileName, "the totals")
}

func (s *Store) People(ctx context.Context, limit, offset int) ([]Count, error) {
	return s.tally(ctx, `SELECT key, name, n FROM tally WHERE kind = 'person' ORDER BY n DESC, key LIMIT ? OFFSET ?`, atMost(limit), offset)
}

func (s *Store) Countries(ctx context.Context, limit int) ([]Count, error) {
	return s.tally(ctx, `SELECT key, name, n FROM tally WHERE kind = 'country' ORDER BY n DESC, key LIMIT ?`, atMost(limit))
}

func (s *Store) Months(ctx context.Context) ([]Count, error) {
	return s.tally(ctx, `SELECT key, name, n FROM tally WHERE kind = 'month' ORDER BY key`)
}

func (s *Store) tally(ctx context.Context, query string, args ...any) ([]Count, error) {
	snap, err := s.acquire()
	if err != nil {
		return nil, err
	}
	defer s.release(snap)
	list, err := all(ctx, snap.reader, query, args, scanCount)
	return list, snap.damage(err, fileName, "the tallies")
}

func scanCount(rows *sql.Rows, c *Count) error { return rows.Scan(&c.Key, &c.Name, &c.N) }

// Person is one human with every spelling and title seen, each with where.
type Person struct {
	Slug, Name   string
	Country      string // the country most often named
	Spellings    []Seen
	Titles       []Seen // oldest first
	Counterparts []Count
}

// Seen is a spelling or title with the first place that has it.
type Seen struct {
	Text      string
	Date      archive.Date // of the event
	ArticleID string
	Paragraph int
	N         int // how many events have it
}

// Person gives a person by slug. Counterparts are the principals from
// elsewhere whom the person met as a principal, in main events, most often
// first. The result is shared: a caller must not change it.
func (s *Store) Person(ctx context.Context, slug string) (*Person, error) {
	snap, err := s.acquire()
	if err != nil {
		return nil, err
	}
	defer s.release(snap)
	p, err := remember(snap, "person "+slug, func() (*Person, error) { return snap.person(ctx, slug) })
	if err != nil {
		return nil, snap.explain(ctx, "/p/"+slug, snap.damage(err, slug, "the list of events"))
	}
	return p, nil
}

func (r *reader) person(ctx context.Context, slug string) (*Person, error) {
	p := &Person{Slug: slug}
	err := r.one(ctx, `SELECT name FROM participation WHERE person = ? ORDER BY sort DESC LIMIT 1`, []any{slug}, &p.Name)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, ErrNotFound
	}
	if err != nil {
		return nil, err
	}
	err = r.one(ctx, `SELECT country FROM participation WHERE person = ? AND country <> '' GROUP BY country ORDER BY count(*) DESC, country LIMIT 1`, []any{slug}, &p.Country)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return nil, err
	}
	encounter := "e.n"
	if r.format >= encountersFormat {
		encounter = "coalesce(e.under, e.n)"
	}
	// The columns beside min() are those of the row that has the least.
	p.Spellings, err = all(ctx, r, `SELECT p.written, e.date, e.article, p.paragraph, count(DISTINCT `+encounter+`) AS times, min(coalesce(p.sort, '~') || ' ' || e.id)
		FROM participation p JOIN event e ON e.n = p.event WHERE p.person = ? GROUP BY p.written ORDER BY times DESC, p.written LIMIT 1000`, []any{slug}, scanSeen)
	if err != nil {
		return nil, err
	}
	p.Titles, err = all(ctx, r, `SELECT t.value, e.date, e.article, p.paragraph, count(DISTINCT `+encounter+`), min(coalesce(p.sort, '~') || ' ' || e.id) AS first
		FROM participation p JOIN event e ON e.n = p.event JOIN json_each(p.titles) t WHERE p.person = ? GROUP BY t.value ORDER BY first, t.value LIMIT 1000`, []any{slug}, scanSeen)
	if err != nil {
		return nil, err
	}
	p.Counterparts, err = all(ctx, r, `SELECT q.person, t.name, count(DISTINCT `+encounter+`) AS times FROM participation p JOIN event e ON e.n = p.event
		JOIN participation q ON q.event = p.event AND q.capacity = 'principal' AND q.person <> p.person AND (q.country <> p.country OR q.country = '')
		JOIN tally t ON t.kind = 'person' AND t.key = q.person
		WHERE p.person = ? AND p.main AND p.capacity = 'principal' GROUP BY q.person ORDER BY times DESC, q.person LIMIT 1000`, []any{slug}, scanCount)
	return p, err
}

func scanSeen(rows *sql.Rows, s *Seen) error {
	var least string
	return rows.Scan(&s.Text, &s.Date, &s.ArticleID, &s.Paragraph, &s.N, &least)
}

// ArticleEntry is one article as lists and the sitemap show it.
type ArticleEntry struct {
	ID, Title, Publisher string
	Published            archive.Date
	Imported             string // RFC 3339, UTC: when the newest version or reading was stored
}

// ArticleList lists articles by id, after the id given, at most limit.
func (s *Store) ArticleList(ctx context.Context, after string, limit int) ([]ArticleEntry, error) {
	snap, err := s.acquire()
	if err != nil {
		return nil, err
	}
	defer s.release(snap)
	list, err := all(ctx, snap.reader, `SELECT id, title, publisher, published, stored FROM article WHERE id > ? ORDER BY id LIMIT ?`, []any{after, atMost(limit)},
		func(rows *sql.Rows, e *ArticleEntry) error {
			return rows.Scan(&e.ID, &e.Title, &e.Publisher, &e.Published, &e.Imported)
		})
	return list, snap.damage(err, fileName, "the list of articles")
}

// EventIDs lists the ids of meetings and visits, main or not, after the id
// given, at most limit, each with its path. Readings that another article's
// stands for are not among them.
func (s *Store) EventIDs(ctx context.Context, after string, limit int) ([]EventID, error) {
	snap, err := s.acquire()
	if err != nil {
		return nil, err
	}
	defer s.release(snap)
	once := ""
	if snap.format >= encountersFormat {
		once = " AND under IS NULL"
	}
	list, err := all(ctx, snap.reader, `SELECT id, CASE type WHEN 'visit' THEN '/v/' ELSE '/m/' END || id FROM event WHERE id > ?`+once+` ORDER BY id LIMIT ?`, []any{after, atMost(limit)},
		func(rows *sql.Rows, e *EventID) error { return rows.Scan(&e.ID, &e.URL) })
	return list, snap.damage(err, fileName, "the list of events")
}

// EventID is a meeting or visit as the sitemap names it.
type EventID struct{ ID, URL string }

// Articles walks the newest version of every article, in order of id, holding
// one in memory at a time. It stays with the import it began with, and ends
// after the first error.
func (s *Store) Articles(ctx context.Context) iter.Seq2[*archive.Article, error] {
	return func(yield func(*archive.Article, error) bool) {
		snap, err := s.acquire()
		if err != nil {
			yield(nil, err)
			return
		}
		defer s.release(snap)
		snap.articles(ctx)(yield)
	}
}
