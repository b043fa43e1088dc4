// Package store keeps the archive: archive.db, one SQLite file with the
// original bytes, the versions, the records read from them, the ids they are
// published under, and narrow tables for browsing.
package store

import (
	"context"
	"errors"
	"iter"

	"vankho/internal/archive"
)

// Errors a caller must tell apart. ErrNotFound is for an id that never was.
var (
	ErrNotFound = errors.New("not found")
	ErrBusy     = errors.New("another import is running")
)

// DamagedError says that something stored no longer has the SHA-256 it was
// stored with. It is never served as content, nor as "not found".
type DamagedError struct{ ID, What string }

func (e *DamagedError) Error() string { return e.What + " of " + e.ID + " is damaged" }

// MovedError says that a published path now answers under another.
type MovedError struct{ To string }

func (e *MovedError) Error() string { return "moved to " + e.To }

// GoneError says that a published path was retired, when and why.
type GoneError struct{ Path, Reason, Date string }

func (e *GoneError) Error() string { return e.Path + " was retired: " + e.Reason }

// Store is an archive opened for reading. It is safe for concurrent use and
// sees each finished import as soon as it is committed.
type Store struct{}

// Open opens dir/archive.db for reading.
func Open(dir string) (*Store, error) { return nil, errors.New("BUG: not built") }

// Close releases the file.
func (s *Store) Close() error { return nil }

// State says which import the store stands at. Generation names the index
// (dir/index/Generation) that belongs to it and changes with every import
// that changed anything; it is the base of every ETag.
type State struct {
	Generation string
	Imported   string // RFC 3339, UTC, when the last change was committed
}

// State gives the state of the store.
func (s *Store) State(ctx context.Context) (State, error) { return State{}, nil }

// Article gives the newest version of an article; ArticleVersion a given one.
func (s *Store) Article(ctx context.Context, id string) (*archive.Article, error) { return nil, nil }
func (s *Store) ArticleVersion(ctx context.Context, id string, version int) (*archive.Article, error) {
	return nil, nil
}

// VersionInfo is one received version of an article.
type VersionInfo struct {
	Version  int
	SHA256   string
	Bytes    int
	Received string // RFC 3339, UTC
	Name     string // base name of the file
}

// Versions lists an article's versions, newest first.
func (s *Store) Versions(ctx context.Context, id string) ([]VersionInfo, error) { return nil, nil }

// Original gives the bytes of one version exactly as received (version 0: the
// newest), with the article's source at that version.
func (s *Store) Original(ctx context.Context, id string, version int) ([]byte, archive.Source, error) {
	return nil, archive.Source{}, nil
}

// EventRecord is a meeting or a visit with the article that reports it.
// Exactly one of Meeting and Visit is set; they point into Article.
type EventRecord struct {
	Meeting *archive.Meeting
	Visit   *archive.Visit
	Article *archive.Article
}

// Meeting and Visit give an event by id.
func (s *Store) Meeting(ctx context.Context, id string) (*EventRecord, error) { return nil, nil }
func (s *Store) Visit(ctx context.Context, id string) (*EventRecord, error)   { return nil, nil }

// Entry is one meeting or visit as lists show it.
type Entry struct {
	ID         string
	URL        string
	Type       string              // "meeting" or "visit"
	Kind       archive.MeetingKind // "" for a visit
	Level      string              // of a visit
	Status     archive.Status
	Main       bool
	Date       archive.Date
	City       string
	Country    string   // ISO 3166-1 alpha-2
	Who        []Who    // principals, in record order
	Agreements int      // those whose force is binding
	Figures    []string // as written, without repeats, at most four
	ArticleID  string
	Title      string // of the article
}

// Who is a principal as lists show it.
type Who struct{ Slug, Name, Title, Country string }

// Filter says which entries are wanted; a zero field asks for nothing.
type Filter struct {
	Person  string    // slug
	Persons [2]string // both take part
	Country string    // of a participant or the place
	Year    int
	Month   int
	Article string
	Status  archive.Status
	Main    bool // only main events
	Oldest  bool // oldest first; otherwise newest first. Ties by id.
	Limit   int  // 0: at most 1,000
	Offset  int
}

// Entries lists meetings and visits, and how many there are in all.
func (s *Store) Entries(ctx context.Context, f Filter) ([]Entry, int, error) { return nil, 0, nil }

// Count is a value with how many main events have it.
type Count struct {
	Key  string // slug, ISO code, "2026" or "2026-02"
	Name string // a person's name; otherwise empty
	N    int
}

// Totals counts what the archive holds. Countries leaves Vietnam out: it
// counts counterparts.
type Totals struct {
	Articles, Meetings, Visits, People, Countries int
	First, Last                                   archive.Date // of held main meetings
}

// Totals, People, Countries and Months count over main events, most frequent
// first (People, Countries) or oldest first (Months: "2026-02" of held main
// meetings). limit 0 means at most 1,000.
func (s *Store) Totals(ctx context.Context) (Totals, error)                     { return Totals{}, nil }
func (s *Store) People(ctx context.Context, limit, offset int) ([]Count, error) { return nil, nil }
func (s *Store) Countries(ctx context.Context, limit int) ([]Count, error)      { return nil, nil }
func (s *Store) Months(ctx context.Context) ([]Count, error)                    { return nil, nil }

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

// Person gives a person by slug.
func (s *Store) Person(ctx context.Context, slug string) (*Person, error) { return nil, nil }

// ArticleEntry is one article as lists and the sitemap show it.
type ArticleEntry struct {
	ID, Title, Publisher string
	Published            archive.Date
	Imported             string // RFC 3339, UTC: when the newest version or reading was stored
}

// ArticleList lists articles by id, after the id given, at most limit.
func (s *Store) ArticleList(ctx context.Context, after string, limit int) ([]ArticleEntry, error) {
	return nil, nil
}

// Articles walks the newest version of every article, in order of id, holding
// one in memory at a time.
func (s *Store) Articles(ctx context.Context) iter.Seq2[*archive.Article, error] { return nil }

// Verify checks every hash in the store and calls report for each damage.
func (s *Store) Verify(ctx context.Context, report func(DamagedError)) error { return nil }
