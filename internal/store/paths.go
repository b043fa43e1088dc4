package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// A published path is "/a/", "/m/", "/v/" or "/p/" and an id or slug. It has a
// record, or was redirected or retired, or it is an orphan.

// cutPath splits a path that can be published into kind and id.
func cutPath(path string) (kind, id string, ok bool) {
	if len(path) < 4 || path[0] != '/' || path[2] != '/' {
		return "", "", false
	}
	return path[1:2], path[3:], true
}

// published reports whether a path was ever published, by this import or
// before.
func (r *reader) published(ctx context.Context, path string) (bool, error) {
	kind, id, ok := cutPath(path)
	if !ok {
		return false, nil
	}
	return r.exists(ctx, path, `SELECT EXISTS (SELECT 1 FROM published WHERE id = ? AND kind = ?)`, id, kind)
}

// answers reports whether a published path has a record.
func (r *reader) answers(ctx context.Context, path string) (bool, error) {
	kind, id, _ := cutPath(path)
	switch kind {
	case "a":
		return r.exists(ctx, path, `SELECT EXISTS (SELECT 1 FROM article WHERE id = ?)`, id)
	case "m":
		return r.exists(ctx, path, `SELECT EXISTS (SELECT 1 FROM event WHERE id = ? AND type = 'meeting')`, id)
	case "v":
		return r.exists(ctx, path, `SELECT EXISTS (SELECT 1 FROM event WHERE id = ? AND type = 'visit')`, id)
	case "p":
		return r.exists(ctx, path, `SELECT EXISTS (SELECT 1 FROM participation WHERE person = ?)`, id)
	}
	return false, nil
}

func (r *reader) exists(ctx context.Context, path, query string, args ...any) (bool, error) {
	var ok bool
	err := r.one(ctx, query, args, &ok)
	return ok, r.damage(err, path, "the list of ids")
}

// fate is what became of a path that was redirected or retired: a *MovedError
// or a *GoneError, or nil when it was neither.
type fate = error

func (r *reader) fate(ctx context.Context, path string) (fate, error) {
	moved := new(MovedError)
	err := r.one(ctx, `SELECT "to" FROM redirect WHERE path = ?`, []any{path}, &moved.To)
	if err == nil {
		return moved, nil
	}
	if !errors.Is(err, sql.ErrNoRows) {
		return nil, r.damage(err, path, "the list of redirects")
	}
	gone := &GoneError{Path: path}
	err = r.one(ctx, `SELECT reason, date FROM tombstone WHERE path = ?`, []any{path}, &gone.Reason, &gone.Date)
	if err == nil {
		return gone, nil
	}
	if !errors.Is(err, sql.ErrNoRows) {
		return nil, r.damage(err, path, "the list of retired paths")
	}
	return nil, nil
}

// explain says of what was not found whether it was redirected or retired, and
// follows redirects to the last.
func (r *reader) explain(ctx context.Context, path string, notFound error) error {
	if !errors.Is(notFound, ErrNotFound) {
		return notFound
	}
	answer := notFound
	for {
		f, err := r.fate(ctx, path)
		if err != nil {
			return err
		}
		switch f := f.(type) {
		case *MovedError:
			path, answer = f.To, f
		case *GoneError:
			return f
		default:
			return answer
		}
	}
}

// A PathError says why a path cannot be redirected or retired as asked.
// Nothing was written.
type PathError struct{ Path, Why string }

func (e *PathError) Error() string { return e.Path + ": " + e.Why }

// Redirect says that a published path whose record is gone answers from now on
// with a redirect to another published path. What still has a record cannot be
// redirected, nor what was redirected elsewhere or retired before; saying the
// same thing again changes nothing. Call it after the last Put.
func (w *Writer) Redirect(ctx context.Context, from, to string) error {
	f, err := w.left(ctx, from)
	if err != nil {
		return err
	}
	if moved, ok := f.(*MovedError); ok && moved.To == to {
		return nil
	}
	if f != nil {
		return &PathError{from, f.Error()}
	}
	// A target that was redirected itself is refused, so there are no rings.
	ok, err := w.published(ctx, to)
	if err != nil {
		return err
	}
	if !ok || to == from {
		return &PathError{from, fmt.Sprintf("its new address %q was never published", to)}
	}
	if f, err = w.fate(ctx, to); err != nil {
		return err
	}
	if f != nil {
		return &PathError{from, "its new address: " + f.Error()}
	}
	if err := w.writable(ctx); err != nil {
		return err
	}
	w.sum.add("redirect", from, to)
	_, err = w.exec(ctx, `INSERT INTO redirect (path, "to") VALUES (?, ?)`, from, to)
	return err
}

// Retire says that a published path whose record is gone answers from now on
// that it was retired, with the reason and the day. The rules are those of
// Redirect.
func (w *Writer) Retire(ctx context.Context, path, reason string) error {
	if strings.TrimSpace(reason) == "" {
		return &PathError{path, "no reason given"}
	}
	f, err := w.left(ctx, path)
	if err != nil {
		return err
	}
	if gone, ok := f.(*GoneError); ok && gone.Reason == reason {
		return nil
	}
	if f != nil {
		return &PathError{path, f.Error()}
	}
	if err := w.writable(ctx); err != nil {
		return err
	}
	w.sum.add("tombstone", path, reason)
	_, err = w.exec(ctx, `INSERT INTO tombstone (path, reason, date) VALUES (?, ?, ?)`, path, reason, w.Now().UTC().Format(time.DateOnly))
	return err
}

// left checks that a path was published and has no record, and gives its fate.
func (w *Writer) left(ctx context.Context, path string) (fate, error) {
	if w.broken != nil {
		return nil, w.broken
	}
	ok, err := w.published(ctx, path)
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, &PathError{path, "it was never published"}
	}
	if ok, err = w.answers(ctx, path); err != nil {
		return nil, err
	}
	if ok {
		return nil, &PathError{path, "it still has a record"}
	}
	return w.fate(ctx, path)
}

// Orphans lists published paths that would answer nothing if the import were
// committed now, in order. No earlier import left any, for Commit refuses.
func (w *Writer) Orphans(ctx context.Context) ([]string, error) {
	if w.broken != nil {
		return nil, w.broken
	}
	var orphans []string
	for path := range w.suspect {
		ok, err := w.answers(ctx, path)
		if err != nil {
			return nil, err
		}
		if ok {
			continue
		}
		f, err := w.fate(ctx, path)
		if err != nil {
			return nil, err
		}
		if f == nil {
			orphans = append(orphans, path)
		}
	}
	slices.Sort(orphans)
	return orphans, nil
}
