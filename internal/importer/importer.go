// Package importer runs the pipeline of one import: files are read, meetings
// extracted, records checked and stored, the index built, and all of it made
// visible at once. It decides the order and nothing else; each step belongs to
// the package that does it.
//
//	files --source.Walk--> source.Read --extract.Meetings--> archive.Check
//	      --store.Writer.Put--> search.Build --store.Writer.Commit-->
//
// What people correct (source.Corrections) goes to store.Writer.Correct after
// the last Put, and later imports have it applied by Put.
//
// Files are read and extracted by as many workers as there are processors and
// stored in the order in which they were found, so that the same files make
// the same archive. At most a few files per worker are in memory.
//
// The commit of archive.db is the only moment at which anything changes for a
// reader: the index of the new generation already lies in its folder by then,
// and archive.db names the generation. An import that fails or is killed
// leaves the old archive and the old index as they were.
package importer

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync/atomic"
	"time"

	"vankho/internal/archive"
	"vankho/internal/extract"
	"vankho/internal/search"
	"vankho/internal/source"
	"vankho/internal/store"
)

// Config says what to import and where to.
type Config struct {
	Archive    string   // the archive's folder; made if it does not exist
	Paths      []string // files and folders
	Collection string   // see source.Walk

	Redirect map[string]string // published path -> path that answers from now on
	Retire   map[string]string // published path -> reason why it answers no more
	MovedAt  map[string]string // either of them -> the "file:line" that says so, for errors; may be nil

	Corrections []string // files of corrections by people, see source.Corrections

	Progress func(Progress) // called after every file and step; may be nil
}

// Progress is how far an import has come.
type Progress struct {
	Step  string // "read", "index" or "commit"
	Files int    // read or refused so far
	Total int    // to be read in all; 0 until they are counted
	Bytes int64  // read so far
}

// Report is what an import did.
type Report struct {
	Read, New, Changed, Reread, Unchanged int // articles
	Refused                               []error
	Versions                              []NewVersion // one for each that changed
	Meetings, Visits, Problems            int          // in the articles read
	Corrected, CorrectedBefore            int          // corrections taken, and given again
	Written                               bool         // the archive is another one now
	Generation                            string       // "" when there is no archive and none was made
	Indexed                               bool         // an index was built
	Left                                  error        // older indexes could not be removed; nothing else is amiss
	Elapsed                               time.Duration
}

// NewVersion says which file became a further version of which article.
type NewVersion struct {
	File    string // as the user named it
	Version int
	URL     string
}

// OrphanError names published paths that the import would leave without an
// answer. Nothing was changed.
type OrphanError struct{ Paths []string }

func (e *OrphanError) Error() string {
	return fmt.Sprintf("%d published addresses would answer nothing: %v; redirect or retire them", len(e.Paths), e.Paths)
}

// Run does one import. Files that are refused are in the report and do not
// stop the others; an error means that nothing was changed. Of the errors,
// store.ErrBusy, *store.DamagedError, *store.PathError, *OrphanError and
// *CorrectionsError are for the caller to tell apart.
func Run(ctx context.Context, cfg Config) (*Report, error) {
	start := time.Now()
	corrections, err := readCorrections(cfg.Corrections)
	if err != nil {
		return nil, err
	}
	w, err := store.Begin(ctx, cfg.Archive)
	if err != nil {
		return nil, err
	}
	defer w.Close()
	report := &Report{}
	if err := putAll(ctx, cfg, w, report); err != nil {
		return nil, err
	}
	if err := answerFor(ctx, cfg, w); err != nil {
		return nil, err
	}
	if err := correctAll(ctx, corrections, w, report); err != nil {
		return nil, err
	}
	report.Generation, err = w.Generation(ctx)
	if err != nil {
		return nil, err
	}
	index := filepath.Join(cfg.Archive, "index")
	dir := filepath.Join(index, report.Generation)
	if !w.Changed() && report.Read == 0 && !exists(cfg.Archive) {
		return &Report{Refused: report.Refused}, nil // nothing could be read, and there is no archive yet
	}
	if !sound(dir) {
		progress(cfg, Progress{Step: "index", Files: report.Read})
		if err := buildIndex(ctx, w, dir, report.Generation); err != nil {
			return nil, err
		}
		report.Indexed = true
	}
	if w.Changed() {
		progress(cfg, Progress{Step: "commit", Files: report.Read})
		if err := w.Commit(ctx); err != nil {
			if report.Indexed {
				err = errors.Join(err, os.RemoveAll(dir)) // no archive names it
			}
			return nil, err
		}
		report.Written = true
	}
	report.Left = removeOthers(index, report.Generation)
	report.Elapsed = time.Since(start)
	return report, nil
}

func progress(cfg Config, p Progress) {
	if cfg.Progress != nil {
		cfg.Progress(p)
	}
}

// reading is a file on its way through a worker.
type reading struct {
	file    source.File
	article *archive.Article
	err     error // the file was refused
	done    chan struct{}
}

// putAll reads, extracts and stores every file, in the order of the walk.
func putAll(ctx context.Context, cfg Config, w *store.Writer, report *Report) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	workers := runtime.GOMAXPROCS(0)
	todo, inOrder := make(chan *reading), make(chan *reading, 4*workers)
	var total atomic.Int64
	if cfg.Progress != nil {
		go func() { total.Store(int64(source.Count(cfg.Paths))) }()
	}
	var walkErr error
	go func() {
		defer close(inOrder)
		defer close(todo)
		walkErr = source.Walk(cfg.Paths, cfg.Collection, func(f source.File, err error) error {
			r := &reading{file: f, err: err, done: make(chan struct{})}
			select {
			case inOrder <- r:
			case <-ctx.Done():
				return ctx.Err()
			}
			if err != nil {
				close(r.done)
				return nil
			}
			select {
			case todo <- r:
				return nil
			case <-ctx.Done():
				return ctx.Err()
			}
		})
	}()
	for range workers {
		go func() {
			for r := range todo {
				r.article, r.err = read(r.file)
				close(r.done)
			}
		}()
	}
	var bytes int64
	for r := range inOrder {
		select {
		case <-r.done:
		case <-ctx.Done():
			return ctx.Err()
		}
		if r.err == nil {
			r.err = put(ctx, w, r, report)
			var refused *source.Error
			if r.err != nil && !errors.As(r.err, &refused) {
				return r.err
			}
		}
		if r.err != nil {
			report.Refused = append(report.Refused, r.err)
		}
		bytes += int64(len(r.file.Data))
		progress(cfg, Progress{"read", report.Read + len(report.Refused), int(total.Load()), bytes})
	}
	if walkErr != nil {
		return walkErr
	}
	return ctx.Err()
}

// read turns one file into an article with everything that can be read from
// it. A panic, which would be our own mistake, refuses this file only.
func read(f source.File) (a *archive.Article, err error) {
	defer func() {
		if p := recover(); p != nil {
			a, err = nil, &source.Error{File: f.Path, Offset: -1, What: "cannot be read", Why: fmt.Sprintf("BUG: %v", p)}
		}
	}()
	if a, err = source.Read(f); err != nil {
		return nil, err
	}
	Extract(a)
	return a, nil
}

// Extract adds to an article from source.Read the meetings and visits it
// reports, and mints their ids. A record that archive.Check finds unsound
// loses them all: the text is kept, and its problems say why.
func Extract(a *archive.Article) {
	meetings, visits, problems := extract.Meetings(a)
	known := len(a.Problems)
	a.Meetings, a.Visits = meetings, visits
	a.Problems = append(a.Problems, problems...)
	a.AssignIDs()
	if unsound := archive.Check(a); len(unsound) > 0 {
		a.Meetings, a.Visits = nil, nil
		a.Problems = append(a.Problems[:known:known], unsound...)
	}
	a.Complete()
}

// readFrozen reads a file again into the paragraphs and sentences that its
// version was published with, because links count by them and a better reader
// would now divide the same bytes otherwise. Where only sentences differ the
// reader's other findings stay; where paragraphs do, whatever quotes them is
// the stored reading's.
func readFrozen(f source.File, stored *archive.Article) (*archive.Article, error) {
	a, err := source.Read(f)
	if err != nil {
		return nil, err
	}
	if slices.EqualFunc(a.Paragraphs, stored.Paragraphs, func(p, q archive.Paragraph) bool { return p.Text == q.Text }) {
		for i := range a.Paragraphs {
			a.Paragraphs[i].Sentences = stored.Paragraphs[i].Sentences
		}
	} else {
		a.Title, a.Publisher, a.Published, a.Paragraphs = stored.Title, stored.Publisher, stored.Published, stored.Paragraphs
		a.Problems = nil
	}
	a.Problems = append(a.Problems, archive.Problem{Rule: "frozen-text",
		Message: "the reader now divides this text otherwise; paragraphs and sentences are kept as they were published"})
	Extract(a)
	return a, nil
}

func put(ctx context.Context, w *store.Writer, r *reading, report *Report) error {
	outcome, err := w.Put(ctx, r.article, r.file.Data)
	var frozen *store.FrozenTextError
	if errors.As(err, &frozen) {
		if r.article, err = readFrozen(r.file, frozen.Stored); err == nil {
			outcome, err = w.Put(ctx, r.article, r.file.Data)
		}
	}
	if err != nil {
		if errors.Is(err, store.ErrRepeated) {
			return &source.Error{File: r.file.Path, Offset: -1, What: "identity " + r.article.Source.Identity,
				Why: "another file of this import already has it"}
		}
		return fmt.Errorf("%s: %w", r.file.Path, err)
	}
	report.Read++
	report.Meetings += len(r.article.Meetings)
	report.Visits += len(r.article.Visits)
	report.Problems += len(r.article.Problems)
	switch outcome {
	case store.New:
		report.New++
	case store.Changed:
		report.Changed++
		report.Versions = append(report.Versions, NewVersion{r.file.Path, r.article.Version, r.article.URL})
	case store.Reread:
		report.Reread++
	case store.Unchanged:
		report.Unchanged++
	}
	return nil
}

// answerFor sees to it that every published path still answers something. Its
// error is a *store.PathError for each path that cannot be redirected or retired
// as asked and an *OrphanError for those that are left, all of them joined.
func answerFor(ctx context.Context, cfg Config, w *store.Writer) error {
	var refused []error
	each := func(paths map[string]string, do func(ctx context.Context, path, what string) error) error {
		for _, path := range slices.Sorted(maps.Keys(paths)) {
			err := do(ctx, path, paths[path])
			var asked *store.PathError
			if err != nil && !errors.As(err, &asked) {
				return err
			}
			if at := cfg.MovedAt[path]; err != nil && at != "" {
				err = fmt.Errorf("%s: %w", at, err)
			}
			refused = append(refused, err)
		}
		return nil
	}
	if err := each(cfg.Redirect, w.Redirect); err != nil {
		return err
	}
	if err := each(cfg.Retire, w.Retire); err != nil {
		return err
	}
	orphans, err := w.Orphans(ctx)
	if err != nil {
		return err
	}
	if len(orphans) > 0 {
		refused = append(refused, &OrphanError{orphans})
	}
	return errors.Join(refused...)
}

// exists reports whether the folder holds an archive that can be read.
func exists(dir string) bool {
	s, err := store.Open(dir)
	if err != nil {
		return false
	}
	s.Close()
	return true
}

// sound reports whether dir holds an undamaged index.
func sound(dir string) bool {
	damaged := false
	err := search.Verify(dir, func(string, string) { damaged = true })
	return err == nil && !damaged
}

// buildIndex puts a sound index into dir. What lies there already was left by
// an import that was killed, or is damaged.
func buildIndex(ctx context.Context, w *store.Writer, dir, generation string) error {
	if err := os.RemoveAll(dir); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(dir), 0o755); err != nil {
		return err
	}
	return search.Build(ctx, dir, generation, w.Articles(ctx))
}

// removeOthers removes every index but the one of this generation. A server
// that still reads one keeps its open files until it has switched.
func removeOthers(index, generation string) error {
	entries, err := os.ReadDir(index)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	for _, e := range entries {
		if e.Name() != generation {
			if err := os.RemoveAll(filepath.Join(index, e.Name())); err != nil {
				return err
			}
		}
	}
	return nil
}
