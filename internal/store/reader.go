package store

import (
	"bytes"
	"compress/zlib"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"runtime"
	"sync"

	"modernc.org/sqlite"
	sqlitelib "modernc.org/sqlite/lib"
	"modernc.org/sqlite/vfs"

	"vankho/internal/archive"
)

// reader asks one database: a finished archive.db, or the one that an import
// is writing.
type reader struct {
	db     *sql.DB
	fs     *pageFS // nil for one that is being written
	format int     // see upgrade.go

	mu    sync.Mutex
	stmts map[string]*sql.Stmt
}

func newReader(db *sql.DB, fs *pageFS, format int) *reader {
	return &reader{db: db, fs: fs, format: format, stmts: map[string]*sql.Stmt{}}
}

// stmt gives the prepared statement for a query. There are only as many
// queries as this package spells out.
func (r *reader) stmt(ctx context.Context, query string) (*sql.Stmt, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if s, ok := r.stmts[query]; ok {
		return s, nil
	}
	s, err := r.db.PrepareContext(ctx, query)
	if err != nil {
		return nil, fmt.Errorf("prepare %q: %w", query, err)
	}
	r.stmts[query] = s
	return s, nil
}

// one reads the only row of a query into dest. The error is sql.ErrNoRows when
// there is none.
func (r *reader) one(ctx context.Context, query string, args []any, dest ...any) error {
	s, err := r.stmt(ctx, query)
	if err != nil {
		return err
	}
	return s.QueryRowContext(ctx, args...).Scan(dest...)
}

// all reads the rows of a query; each is told how to scan itself.
func all[T any](ctx context.Context, r *reader, query string, args []any, scan func(*sql.Rows, *T) error) ([]T, error) {
	s, err := r.stmt(ctx, query)
	if err != nil {
		return nil, err
	}
	rows, err := s.QueryContext(ctx, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []T
	for rows.Next() {
		var v T
		if err := scan(rows, &v); err != nil {
			return nil, err
		}
		list = append(list, v)
	}
	return list, rows.Err()
}

func (r *reader) close() error {
	for _, s := range r.stmts {
		s.Close()
	}
	return r.db.Close()
}

// damage tells what SQLite could not read from other errors: it gives a
// *DamagedError for the thing that was asked for, and any other error
// unchanged.
func (r *reader) damage(err error, id, what string) error {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return err
	}
	switch {
	case e.Code()&0xff == sqlitelib.SQLITE_CORRUPT, e.Code()&0xff == sqlitelib.SQLITE_NOTADB,
		e.Code() == sqlitelib.SQLITE_IOERR_READ, e.Code() == sqlitelib.SQLITE_IOERR_SHORT_READ:
		if r.fs != nil {
			if page := r.fs.last.Load(); page != nil {
				err = page // says more than "disk I/O error"
			}
		}
		return &DamagedError{ID: id, What: what, Err: err}
	}
	return err
}

// snapshot is one finished archive.db, opened once and shared by all
// connections: whatever happens to the name, they read the same file.
type snapshot struct {
	*reader
	file  *os.File
	vfs   *vfs.FS
	info  os.FileInfo
	state State
	refs  int // under Store.mu

	memoMu sync.Mutex
	memo   map[string]any
}

// openSnapshot opens and checks dir/archive.db.
func openSnapshot(path string) (_ *snapshot, err error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	s := &snapshot{file: file, memo: map[string]any{}}
	defer func() {
		if err != nil {
			err = errors.Join(fmt.Errorf("%s: %w", path, err), s.close())
		}
	}()
	if s.info, err = file.Stat(); err != nil {
		return nil, err
	}
	format, err := checkHeader(file)
	if err != nil {
		return nil, err
	}
	pages := &pageFS{file: file}
	name, fsys, err := vfs.New(pages)
	if err != nil {
		return nil, err
	}
	s.vfs = fsys
	// No lock and no journal is ever needed, so nothing but the file itself
	// is touched: reading works on a read-only file system.
	db, err := sql.Open("sqlite", "file:"+fileName+"?mode=ro&vfs="+name+
		"&_pragma=query_only(1)&_pragma=temp_store(2)&_pragma=cache_size(-4096)&_dqs=0")
	if err != nil {
		return nil, err
	}
	n := min(2*runtime.GOMAXPROCS(0), 16) // each has a cache of 4 MiB
	db.SetMaxOpenConns(n)
	db.SetMaxIdleConns(n)
	s.reader = newReader(db, pages, format)
	if s.state, err = s.readState(context.Background()); err != nil {
		return nil, s.damage(err, fileName, "the state")
	}
	return s, nil
}

func (s *snapshot) close() error {
	var errs []error
	if s.reader != nil {
		errs = append(errs, s.reader.close())
	}
	if s.vfs != nil {
		errs = append(errs, s.vfs.Close())
	}
	return errors.Join(append(errs, s.file.Close())...)
}

// memoLimit bounds what a snapshot remembers.
const memoLimit = 1024

// remember gives what f gave for the key before, as long as there is room.
// A snapshot never changes, so nothing remembered goes stale.
func remember[T any](s *snapshot, key string, f func() (T, error)) (T, error) {
	s.memoMu.Lock()
	v, ok := s.memo[key]
	s.memoMu.Unlock()
	if ok {
		return v.(T), nil
	}
	t, err := f()
	if err != nil {
		return t, err
	}
	s.memoMu.Lock()
	defer s.memoMu.Unlock()
	if len(s.memo) >= memoLimit {
		clear(s.memo)
	}
	s.memo[key] = t
	return t, nil
}

func (r *reader) readState(ctx context.Context) (State, error) {
	var s State
	err := r.one(ctx, `SELECT g.value, i.value FROM meta g, meta i WHERE g.key = 'generation' AND i.key = 'imported'`, nil, &s.Generation, &s.Imported)
	return s, err
}

func (r *reader) readTotal(ctx context.Context) (total, error) {
	var s string
	if err := r.one(ctx, `SELECT value FROM meta WHERE key = 'sum'`, nil, &s); err != nil {
		return total{}, err
	}
	return parseTotal(s)
}

// stored is a row of the table record.
type stored struct {
	sum   sql.NullString // null when there is none
	bytes sql.NullInt64
	json  []byte // compressed
}

// decode checks a stored record and reads it.
func (r *stored) decode(id string) (*archive.Article, error) {
	damaged := func(err error) error { return &DamagedError{ID: id, What: "the record", Err: err} }
	if !r.sum.Valid {
		return nil, damaged(errors.New("it is missing"))
	}
	z, err := zlib.NewReader(bytes.NewReader(r.json))
	if err != nil {
		return nil, damaged(err)
	}
	plain, err := io.ReadAll(io.LimitReader(z, r.bytes.Int64+1))
	if err != nil {
		return nil, damaged(err)
	}
	if hexSum(plain) != r.sum.String {
		return nil, damaged(errors.New("its SHA-256 does not fit"))
	}
	a := new(archive.Article)
	if err := json.Unmarshal(plain, a); err != nil {
		return nil, damaged(err)
	}
	a.Complete() // an older record lacks the lists that were added since
	return a, nil
}

// article gives a version of an article; 0 is the newest. It gives ErrNotFound
// without looking for redirects.
func (r *reader) article(ctx context.Context, id string, version int) (*archive.Article, error) {
	var newest int
	var row stored
	err := r.one(ctx, `SELECT a.version, r.sha256, r.bytes, r.json FROM article a
		LEFT JOIN record r ON r.article = a.id AND r.version = coalesce(nullif(?2, 0), a.version) WHERE a.id = ?1`,
		[]any{id, version}, &newest, &row.sum, &row.bytes, &row.json)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil, ErrNotFound
	case err != nil:
		return nil, r.damage(err, id, "the record")
	case version < 0 || version > newest:
		return nil, ErrNotFound
	}
	return row.decode(id)
}

// articles walks the newest version of every article, in order of id.
func (r *reader) articles(ctx context.Context) iter.Seq2[*archive.Article, error] {
	return func(yield func(*archive.Article, error) bool) {
		for id := ""; ; {
			var row stored
			err := r.one(ctx, `SELECT a.id, r.sha256, r.bytes, r.json FROM article a LEFT JOIN record r ON r.article = a.id AND r.version = a.version
				WHERE a.id > ? ORDER BY a.id LIMIT 1`, []any{id}, &id, &row.sum, &row.bytes, &row.json)
			if errors.Is(err, sql.ErrNoRows) {
				return
			}
			if err != nil {
				yield(nil, r.damage(err, fileName, "the record after "+id))
				return
			}
			a, err := row.decode(id)
			if !yield(a, err) || err != nil {
				return
			}
		}
	}
}
