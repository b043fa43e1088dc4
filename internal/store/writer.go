package store

import (
	"bytes"
	"compress/zlib"
	"context"
	"database/sql"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"vankho/internal/archive"
)

//go:embed schema.sql
var schema string

// Writer is one import. It reads the archive as it stands until there is
// something to write; then it goes on in a copy beside it, which Commit
// renames into place. So readers never wait and never see half an import, and
// one that dies leaves only a file that the next one removes. A Writer is for
// one goroutine.
type Writer struct {
	// Now is the clock for when things were received, stored and retired.
	Now func() time.Time

	path    string // of archive.db
	lock    *os.File
	old     *snapshot // nil when there was no archive
	*reader           // of old, or of the copy

	copied    bool
	changed   bool
	unsettled bool  // see settle
	broken    error // a write failed: the copy is unusable
	sum       total
	seen      []uint64            // bit n: article.n was put by this import
	suspect   map[string]struct{} // published paths whose record went in this import
	people    map[string]bool     // slugs known to be published
	packed    bytes.Buffer        // what compress gave last
	zlib      *zlib.Writer
}

// Begin opens dir/archive.db for an import, or makes ready to create it. The
// error wraps ErrBusy, at once, when another import is running, and is a
// *DamagedError when the archive cannot be trusted.
func Begin(ctx context.Context, dir string) (_ *Writer, err error) {
	if dir, err = filepath.Abs(dir); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	// Level 3 costs no more time than level 1 on records and gives more.
	z, err := zlib.NewWriterLevel(io.Discard, 3)
	if err != nil {
		return nil, err
	}
	w := &Writer{zlib: z, Now: time.Now, path: filepath.Join(dir, fileName), suspect: map[string]struct{}{}, people: map[string]bool{}}
	if w.lock, err = lockDir(dir); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, w.Close())
		}
	}()
	if err := w.removeLeft(); err != nil {
		return nil, err
	}
	w.old, err = openSnapshot(w.path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		err = w.create(ctx)
	case err == nil:
		w.reader = w.old.reader
		w.sum, err = w.readTotal(ctx)
		err = w.damage(err, fileName, "the sum")
		if err == nil && w.format < formatVersion {
			err = w.upgrade(ctx)
		}
	}
	if err != nil {
		return nil, err
	}
	return w, nil
}

func (w *Writer) copyPath() string { return w.path + ".tmp" }
func (w *Writer) keptPath() string { return w.path + ".old" }

// copyURI is copyPath as SQLite takes it with parameters.
func (w *Writer) copyURI() string {
	return (&url.URL{Scheme: "file", OmitHost: true, Path: w.copyPath()}).String()
}

// removeLeft removes what this import, or one that was killed, has left.
func (w *Writer) removeLeft() error {
	for _, left := range []string{w.copyPath(), w.keptPath()} {
		if err := os.Remove(left); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// create makes the copy of an archive that does not exist yet.
func (w *Writer) create(ctx context.Context) error {
	db, err := sql.Open("sqlite", fmt.Sprintf("file::memory:?_pragma=page_size(%d)", pageSize))
	if err != nil {
		return err
	}
	db.SetMaxOpenConns(1)
	_, err = db.ExecContext(ctx, schema+fmt.Sprintf(`PRAGMA application_id = %d; PRAGMA user_version = %d;
		INSERT INTO meta VALUES ('sum', '%v'), ('generation', ''), ('imported', '');`, applicationID, formatVersion, total{}))
	if err == nil {
		// The only way to have SQLite reserve room in every page.
		_, err = db.ExecContext(ctx, `VACUUM INTO ?`, fmt.Sprintf("%s?reserve=%d", w.copyURI(), sumSize))
	}
	if err = errors.Join(err, db.Close()); err != nil {
		return fmt.Errorf("create %s: %w", w.path, err)
	}
	return w.openCopy(ctx)
}

// writable sees to it that there is a copy to write to.
func (w *Writer) writable(ctx context.Context) error {
	if w.broken != nil || w.copied {
		return w.broken
	}
	dst, err := os.OpenFile(w.copyPath(), os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	err = copyPages(ctx, dst, w.old.file)
	var page *pageError
	if errors.As(err, &page) {
		err = page.damage()
	}
	if err = errors.Join(err, dst.Close()); err != nil {
		return fmt.Errorf("copy %s: %w", w.path, err)
	}
	return w.openCopy(ctx)
}

// openCopy opens the copy without a journal: nobody else reads it, and when
// something fails it is thrown away.
func (w *Writer) openCopy(ctx context.Context) error {
	dsn := w.copyURI() + "?mode=rw&_pragma=journal_mode(off)&_pragma=synchronous(off)&_pragma=locking_mode(exclusive)" +
		"&_pragma=foreign_keys(1)&_pragma=temp_store(2)&_pragma=cache_size(-65536)&_dqs=0"
	db, err := sql.Open("sqlite", dsn)
	if err != nil {
		return err
	}
	db.SetMaxOpenConns(1)
	w.reader = newReader(db, nil, formatVersion)
	w.copied = true
	if _, err := db.ExecContext(ctx, "BEGIN"); err != nil {
		return fmt.Errorf("open %s: %w", w.copyPath(), err)
	}
	return nil
}

// exec writes. An error breaks the import: there is no journal to go back by.
func (w *Writer) exec(ctx context.Context, query string, args ...any) (sql.Result, error) {
	if w.broken != nil {
		return nil, w.broken
	}
	s, err := w.stmt(ctx, query)
	if err == nil {
		var res sql.Result
		// An interrupted write would break the import, and a context that can
		// be cancelled costs a goroutine for each row.
		if res, err = s.ExecContext(context.WithoutCancel(ctx), args...); err == nil {
			w.changed = true
			return res, nil
		}
	}
	w.broken = fmt.Errorf("write %s: %w", w.copyPath(), err)
	return nil, w.broken
}

// Changed reports whether anything was written.
func (w *Writer) Changed() bool { return w.changed }

// Generation names the state that Commit will make: a hash over every stored
// version, record, published path, redirect, tombstone and correction. The same
// content has the same generation, whenever and in whatever order it was
// imported, unless imports that came one after the other left different readings
// to stand for an encounter.
func (w *Writer) Generation(ctx context.Context) (string, error) {
	if err := w.settle(ctx); err != nil {
		return "", err
	}
	return w.sum.generation(formatVersion), nil
}

// Articles walks what the archive will hold once committed, in order of id,
// holding one article in memory at a time.
func (w *Writer) Articles(ctx context.Context) iter.Seq2[*archive.Article, error] {
	if w.broken != nil {
		return func(yield func(*archive.Article, error) bool) { yield(nil, w.broken) }
	}
	return w.articles(ctx)
}

// Commit makes the import visible, atomically and durably. It refuses to leave
// a published path without an answer. Nothing is written when nothing changed.
func (w *Writer) Commit(ctx context.Context) error {
	if w.broken != nil {
		return w.broken
	}
	if !w.changed {
		return nil
	}
	if err := w.settle(ctx); err != nil {
		return err
	}
	orphans, err := w.Orphans(ctx)
	if err != nil {
		return err
	}
	if len(orphans) > 0 {
		return fmt.Errorf("published paths would answer nothing: %s", strings.Join(orphans, ", "))
	}
	if err := w.finish(ctx); err != nil {
		w.broken = fmt.Errorf("commit %s: %w", w.path, err)
		return w.broken
	}
	w.changed = false
	w.broken = errors.New("BUG: store: a Writer is used after Commit")
	return nil
}

func (w *Writer) finish(ctx context.Context) error {
	if err := w.count(ctx); err != nil {
		return err
	}
	for key, value := range map[string]string{"sum": w.sum.String(), "generation": w.sum.generation(formatVersion), "imported": w.time()} {
		if _, err := w.exec(ctx, `UPDATE meta SET value = ? WHERE key = ?`, value, key); err != nil {
			return err
		}
	}
	if _, err := w.db.ExecContext(ctx, "COMMIT"); err != nil {
		return err
	}
	if err := w.reader.close(); err != nil {
		return err
	}
	w.reader = nil
	file, err := os.OpenFile(w.copyPath(), os.O_RDWR, 0)
	if err != nil {
		return err
	}
	if err := errors.Join(sealPages(ctx, file), file.Sync(), file.Close()); err != nil {
		return err
	}
	return w.swap()
}

// swap renames the copy into place. When the folder cannot be made durable
// the old file, kept by a second link where the file system knows such, is put
// back: an import that is reported as failed has not happened.
func (w *Writer) swap() error {
	dir := filepath.Dir(w.path)
	kept := w.old != nil && os.Link(w.path, w.keptPath()) == nil
	if err := os.Rename(w.copyPath(), w.path); err != nil {
		return err
	}
	err := syncDir(dir)
	if w.old == nil {
		err = errors.Join(err, syncDir(filepath.Dir(dir)))
	}
	switch {
	case err == nil:
		return nil
	case kept:
		return errors.Join(err, os.Rename(w.keptPath(), w.path))
	case w.old == nil:
		return errors.Join(err, os.Remove(w.path))
	}
	return err
}

// count fills the tallies that pages begin with.
func (w *Writer) count(ctx context.Context) error {
	for _, query := range []string{
		`DELETE FROM tally`,
		`INSERT INTO tally SELECT 'person', person,
			(SELECT l.name FROM participation l WHERE l.person = p.person ORDER BY l.sort DESC LIMIT 1), count(*)
			FROM participation p WHERE main AND shown IS NOT NULL GROUP BY person`,
		`INSERT INTO tally SELECT 'country', country, '', count(DISTINCT shown) FROM participation WHERE main AND country <> '' GROUP BY country`,
		`INSERT INTO tally SELECT 'pair', pair, '', count(*) FROM bilateral WHERE main AND shown IS NOT NULL GROUP BY pair`,
		`INSERT INTO tally SELECT 'force', force, '', count(*) FROM undertaking GROUP BY force`,
		`INSERT INTO tally SELECT 'topic', topic, '', count(*) FROM topic GROUP BY topic`,
		`INSERT INTO tally SELECT 'series', series, '', count(*) FROM figure WHERE series <> '' GROUP BY series`,
		`INSERT INTO tally SELECT 'month', coalesce(substr(sort, 1, 7), ''), '', count(*) FROM event
			WHERE main AND under IS NULL AND type = 'meeting' AND status = 'held' GROUP BY substr(sort, 1, 7)`,
		`INSERT INTO tally SELECT 'total', 'articles', '', count(*) FROM article`,
		`INSERT INTO tally SELECT 'total', 'meetings', '', count(*) FROM event WHERE main AND under IS NULL AND type = 'meeting' AND status = 'held'`,
		`INSERT INTO tally SELECT 'total', 'visits', '', count(*) FROM event WHERE main AND under IS NULL AND type = 'visit' AND status = 'held'`,
		`INSERT INTO tally SELECT 'total', 'events', '', count(*) FROM event WHERE under IS NULL`,
		`INSERT INTO tally SELECT 'total', 'people', '', count(*) FROM tally WHERE kind = 'person'`,
		`INSERT INTO tally SELECT 'total', 'countries', '', count(*) FROM tally WHERE kind = 'country' AND key <> 'VN'`,
		`INSERT INTO tally SELECT 'total', 'first', coalesce(min(sort), ''), 0 FROM event WHERE main AND type = 'meeting' AND status = 'held'`,
		`INSERT INTO tally SELECT 'total', 'last', coalesce(max(sort), ''), 0 FROM event WHERE main AND type = 'meeting' AND status = 'held'`,
	} {
		if _, err := w.exec(ctx, query); err != nil {
			return err
		}
	}
	return nil
}

// Close releases the lock and, unless Commit was called, undoes everything.
func (w *Writer) Close() error {
	var errs []error
	if w.copied && w.reader != nil {
		errs = append(errs, w.reader.close())
	}
	w.reader = nil
	if w.old != nil {
		errs = append(errs, w.old.close())
		w.old = nil
	}
	if w.lock != nil {
		errs = append(errs, w.removeLeft(), w.lock.Close())
		w.lock = nil
	}
	return errors.Join(errs...)
}
