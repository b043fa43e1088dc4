package store

import (
	"context"
	"iter"

	"vankho/internal/archive"
)

// Writer is one import: one transaction over archive.db, under a lock that
// only one process can hold.
type Writer struct{}

// Begin opens or creates dir/archive.db for an import. It gives ErrBusy at
// once when another import holds the lock.
func Begin(ctx context.Context, dir string) (*Writer, error) { return nil, nil }

// Outcome is what Put did.
type Outcome int

// The outcomes of Put.
const (
	New       Outcome = iota + 1 // an identity not seen before
	Changed                      // other bytes under a known identity: a new version
	Reread                       // the same bytes, read differently by better rules
	Unchanged                    // the same bytes and the same reading: nothing was written
)

// Put stores an article and its original bytes. It sets a.Version and
// replaces the ids of a's meetings and visits by those already published for
// them.
func (w *Writer) Put(ctx context.Context, a *archive.Article, original []byte) (Outcome, error) {
	return 0, nil
}

// Redirect and Retire say what a published path answers from now on.
func (w *Writer) Redirect(ctx context.Context, from, to string) error   { return nil }
func (w *Writer) Retire(ctx context.Context, path, reason string) error { return nil }

// Orphans lists published paths that would answer nothing if the import were
// committed now.
func (w *Writer) Orphans(ctx context.Context) ([]string, error) { return nil, nil }

// Changed reports whether anything was written.
func (w *Writer) Changed() bool { return false }

// Generation names the state that Commit will make: a hash over every stored
// record.
func (w *Writer) Generation(ctx context.Context) (string, error) { return "", nil }

// Articles walks what the archive will hold once committed.
func (w *Writer) Articles(ctx context.Context) iter.Seq2[*archive.Article, error] { return nil }

// Commit makes the import visible, atomically and durably.
func (w *Writer) Commit(ctx context.Context) error { return nil }

// Close releases the lock and, unless Commit was called, undoes everything.
func (w *Writer) Close() error { return nil }
