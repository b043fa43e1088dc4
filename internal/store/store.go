// Package store keeps the archive: archive.db, one SQLite file with the
// original bytes, the versions, the records read from them, the paths they are
// published under, and narrow tables for browsing.
//
// # Writing
//
// One import is one [Writer]. Articles go in, and afterwards whoever imports
// answers for every published path that has lost its record:
//
//	w, err := store.Begin(ctx, "archive") // ErrBusy: another import is running
//	defer w.Close()                       // undoes everything unless committed
//	outcome, err := w.Put(ctx, article, original)
//	orphans, err := w.Orphans(ctx)        // Redirect or Retire each
//	taken, err := w.Correct(ctx, c, nil)  // what a person says is right
//	err = w.Commit(ctx)
//
// Put recognises an article by its identity and an event by its article and
// principals, so that ids survive better rules. Other bytes under a known
// identity make a new version; the same bytes read otherwise replace the
// record; but nothing may change the paragraphs and sentences of a version,
// to which permalinks point. The first thing to write copies archive.db to
// archive.db.tmp; Commit counts, seals, syncs and renames it. Hence:
//
//   - Readers never wait for an import and never see a part of one.
//   - An import that fails or is killed, at whatever moment, has changed
//     nothing; it leaves at most a file that the next one removes.
//   - Reading needs no lock, journal or shared memory: it works on a
//     read-only file system and for a user who may not write the folder.
//   - An import that finds nothing new writes nothing. Any other costs a copy,
//     as building its search index costs a walk over the archive.
//   - An archive of an older format is read as it is. The first import over it
//     brings the copy to the format of today before anything else (upgrade.go).
//
// Records are stored as they were read and then corrected by people; Put undoes
// the corrections of the stored record before it compares, so that an event is
// known by what was read, and applies them to the new one.
//
// The lock is on the file import.lock, which stays; the kernel releases it
// when the process ends.
//
// What several articles tell of one meeting or visit stays a record of each,
// with an id of its own; before the import is committed they are put together
// under the one that stands for them (see encounter.go and package encounter).
// Lists and counts have it once, and the ids of the others say where it is, for
// as long as they are together.
//
// What was agreed, which figures were named and which countries met is also
// kept in tables of its own, so that pages across all records read no record
// (deeds.go).
//
// # Reading
//
// A [Store] looks at the name archive.db at each call and moves on to a new
// file when there is one; calls under way end with the file they began with.
// An id has four possible answers: the record; a [*MovedError] or
// [*GoneError]; [ErrNotFound]; and a [*DamagedError] when it is there but
// cannot be trusted.
//
// Damage is found twice. Every page of the file ends with its sum, which is
// checked before SQLite sees the page, so that a damaged index or list cannot
// answer wrongly or "not found" (see pages.go). And every original and record
// has its SHA-256, checked when it is read, which also holds in a copy of the
// data made by other tools. [Store.Verify] checks both, and a sum over all
// that is stored. What Verify finds is mended from a copy of the archive, or by
// importing the sources into an empty folder: the ids come out the same.
//
// # With other tools
//
// archive.db opens in any SQLite tool; schema.sql, which is also in the file,
// says what each table is for. With the sqlite3 shell:
//
//	$ sqlite3 -readonly archive/archive.db
//	sqlite> SELECT date, kind, city, who FROM event WHERE main AND under IS NULL ORDER BY sort DESC LIMIT 10;
//	sqlite> SELECT original FROM version WHERE article = 'whv2tv83q4r' AND n = 1;
//	sqlite> SELECT sqlar_uncompress(json, bytes) ->> '$.title.text' FROM record;
//
// A tool that writes breaks the sums of the pages it writes: Verify then says
// so, and pages that need them answer 503.
package store

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"sync"

	"vankho/internal/archive"
	"vankho/internal/encounter"
)

// Errors a caller must tell apart. ErrNotFound is for an id that never was.
var (
	ErrNotFound = errors.New("not found")
	ErrBusy     = errors.New("another import is running")
)

// DamagedError says that something stored no longer has the SHA-256 it was
// stored with. It is never served as content, nor as "not found".
type DamagedError struct {
	ID   string // of an article, meeting, visit or person; else "archive.db"
	What string // "the record", "the original", "page 17"
	Err  error  // how it shows
}

func (e *DamagedError) Error() string {
	s := e.What + " of " + e.ID + " is damaged"
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	return s
}

func (e *DamagedError) Unwrap() error { return e.Err }

// MovedError says that a published path now answers under another.
type MovedError struct {
	To string

	// ForNow is set for a reading of an encounter that another article's stands
	// for. The two may part again, by a better rule or a correction, and then
	// the path answers by itself.
	ForNow bool
}

func (e *MovedError) Error() string { return "moved to " + e.To }

// GoneError says that a published path was retired, when and why.
type GoneError struct{ Path, Reason, Date string }

func (e *GoneError) Error() string { return e.Path + " was retired: " + e.Reason }

// Store is an archive opened for reading. It is safe for concurrent use and
// sees each finished import as soon as it is committed; one call never mixes
// two imports. While the file is missing or damaged its methods fail, and they
// work again once there is a sound one.
type Store struct {
	path string

	mu     sync.Mutex
	cur    *snapshot
	closed bool
}

// Open opens dir/archive.db for reading. The error wraps fs.ErrNotExist when
// there is none, and says so when the file is something else or of a newer
// format.
func Open(dir string) (*Store, error) {
	path, err := filepath.Abs(filepath.Join(dir, fileName))
	if err != nil {
		return nil, err
	}
	s := &Store{path: path}
	if s.cur, err = openSnapshot(path); err != nil {
		return nil, err
	}
	s.cur.refs = 1
	return s, nil
}

// Close releases the file once the calls that are under way have ended.
func (s *Store) Close() error {
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return nil
	}
	s.closed = true
	s.mu.Unlock()
	return s.release(s.cur)
}

// acquire gives the newest snapshot, to be released. A new import is seen by
// its file: another one has the name.
func (s *Store) acquire() (*snapshot, error) {
	info, err := os.Stat(s.path)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil, os.ErrClosed
	}
	if old := s.cur; !os.SameFile(info, old.info) || info.Size() != old.info.Size() || !info.ModTime().Equal(old.info.ModTime()) {
		next, err := openSnapshot(s.path)
		if err != nil {
			return nil, err
		}
		next.refs = 1
		s.cur = next
		if old.refs--; old.refs == 0 {
			_ = old.close() // it was only read: nothing can be lost
		}
	}
	s.cur.refs++
	return s.cur, nil
}

func (s *Store) release(snap *snapshot) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if snap.refs--; snap.refs > 0 {
		return nil
	}
	return snap.close()
}

// State says which import the store stands at. Generation names the index
// (dir/index/Generation) that belongs to it and changes with every import
// that changed anything; it is the base of every ETag.
type State struct {
	Generation string
	Imported   string // RFC 3339, UTC, when the last change was committed
}

// State gives the state of the store.
func (s *Store) State(ctx context.Context) (State, error) {
	snap, err := s.acquire()
	if err != nil {
		return State{}, err
	}
	defer s.release(snap)
	return snap.state, nil
}

// Article gives the newest version of an article; ArticleVersion a given one.
// Like the other look-ups by id they give ErrNotFound for what never was, a
// *MovedError or *GoneError for what was redirected or retired, and a
// *DamagedError for what is there but cannot be trusted.
func (s *Store) Article(ctx context.Context, id string) (*archive.Article, error) {
	return s.ArticleVersion(ctx, id, 0)
}

func (s *Store) ArticleVersion(ctx context.Context, id string, version int) (*archive.Article, error) {
	snap, err := s.acquire()
	if err != nil {
		return nil, err
	}
	defer s.release(snap)
	a, err := snap.article(ctx, id, version)
	return a, snap.explain(ctx, "/a/"+id, err)
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
func (s *Store) Versions(ctx context.Context, id string) ([]VersionInfo, error) {
	snap, err := s.acquire()
	if err != nil {
		return nil, err
	}
	defer s.release(snap)
	list, err := all(ctx, snap.reader, `SELECT n, sha256, bytes, received, name FROM version WHERE article = ? ORDER BY n DESC`, []any{id},
		func(rows *sql.Rows, v *VersionInfo) error {
			return rows.Scan(&v.Version, &v.SHA256, &v.Bytes, &v.Received, &v.Name)
		})
	if err != nil {
		return nil, snap.damage(err, id, "the list of versions")
	}
	if len(list) == 0 {
		return nil, snap.explain(ctx, "/a/"+id, ErrNotFound)
	}
	return list, nil
}

// Original gives the bytes of one version exactly as received (version 0: the
// newest), with the article's source at that version.
func (s *Store) Original(ctx context.Context, id string, version int) ([]byte, archive.Source, error) {
	snap, err := s.acquire()
	if err != nil {
		return nil, archive.Source{}, err
	}
	defer s.release(snap)
	a, err := snap.article(ctx, id, version)
	if err != nil {
		return nil, archive.Source{}, snap.explain(ctx, "/a/"+id, err)
	}
	original, err := snap.original(ctx, id, a.Version)
	if err != nil {
		return nil, archive.Source{}, err
	}
	if hexSum(original) != a.Source.SHA256 {
		return nil, archive.Source{}, &DamagedError{ID: id, What: "the original", Err: errors.New("its SHA-256 is not the record's")}
	}
	return original, a.Source, nil
}

// original gives the bytes of a version that the record says is there.
func (r *reader) original(ctx context.Context, id string, version int) ([]byte, error) {
	var sum string
	var original []byte
	err := r.one(ctx, `SELECT sha256, original FROM version WHERE article = ? AND n = ?`, []any{id, version}, &sum, &original)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil, &DamagedError{ID: id, What: "the original", Err: errors.New("it is missing")}
	case err != nil:
		return nil, r.damage(err, id, "the original")
	case hexSum(original) != sum:
		return nil, &DamagedError{ID: id, What: "the original", Err: errors.New("its SHA-256 does not fit")}
	}
	return original, nil
}

// EventRecord is a meeting or a visit with the article that reports it.
// Exactly one of Meeting and Visit is set; they point into Article.
type EventRecord struct {
	Meeting *archive.Meeting
	Visit   *archive.Visit
	Article *archive.Article

	// Readings are what other articles tell of the same encounter, by the day
	// they were published: the first 24 of Others.
	Readings []encounter.Told
	Others   int

	// Related are what announces, reports or recalls it, in this order, oldest
	// first; their status says which.
	Related []Entry
}

// Meeting and Visit give an event by id. Of the readings of one encounter one
// stands for all: the ids of the others give a *MovedError to it, for now.
func (s *Store) Meeting(ctx context.Context, id string) (*EventRecord, error) {
	return s.event(ctx, "m", "meeting", id)
}

func (s *Store) Visit(ctx context.Context, id string) (*EventRecord, error) {
	return s.event(ctx, "v", "visit", id)
}

func (s *Store) event(ctx context.Context, kind, what, id string) (*EventRecord, error) {
	snap, err := s.acquire()
	if err != nil {
		return nil, err
	}
	defer s.release(snap)
	var article, stands string
	var n int64
	if snap.format < encountersFormat {
		err = snap.one(ctx, `SELECT n, article, id FROM event WHERE id = ? AND type = ?`, []any{id, what}, &n, &article, &stands)
	} else {
		err = snap.one(ctx, `SELECT e.n, e.article, coalesce(s.id, e.id) FROM event e LEFT JOIN event s ON s.n = e.under WHERE e.id = ? AND e.type = ?`,
			[]any{id, what}, &n, &article, &stands)
	}
	if errors.Is(err, sql.ErrNoRows) {
		return nil, snap.explain(ctx, "/"+kind+"/"+id, ErrNotFound)
	}
	if err != nil {
		return nil, snap.damage(err, id, "the record")
	}
	if stands != id {
		return nil, &MovedError{To: "/" + kind + "/" + stands, ForNow: true}
	}
	a, err := snap.article(ctx, article, 0)
	if errors.Is(err, ErrNotFound) {
		err = &DamagedError{ID: article, What: "the record", Err: errors.New("it is missing")}
	}
	if err != nil {
		return nil, err
	}
	e := find(a, id)
	if e == nil || e.kind != kind {
		return nil, &DamagedError{ID: id, What: "the record", Err: errors.New("it is not in article " + article)}
	}
	rec := &EventRecord{Meeting: e.meeting, Visit: e.visit, Article: a}
	if rec.Readings, rec.Others, err = snap.readings(ctx, n); err == nil {
		rec.Related, err = snap.related(ctx, n)
	}
	if err != nil {
		return nil, snap.damage(err, id, "the list of events")
	}
	return rec, nil
}
