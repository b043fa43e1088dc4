package source

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"
)

// Walk finds the articles at the given paths, files or folders, reads each and
// calls fn with it, or with an error and a File that has at least its Path.
// Folders are read in the order of their names, with their subfolders.
//
// In a folder, hidden files and files of other formats are passed over in
// silence; named by themselves they are refused. Symbolic links, devices,
// pipes, and files over MaxFile are always refused, without reading them, and
// nothing outside a root is ever opened. Refusals are [*Error]s, failures of
// the system wrap the error of package os.
//
// The collection is the first part of the identity of each file; "" stands for
// the base name of the folder, or of the folder that a single file lies in.
// Walk holds the names of one folder at a time and the bytes of one file. It
// ends early only when fn gives an error, and gives that error.
func Walk(paths []string, collection string, fn func(File, error) error) error {
	for _, p := range paths {
		if err := walkPath(p, collection, fn); err != nil {
			return err
		}
	}
	return nil
}

// Count says how many files Walk is going to hand on, as far as names tell,
// for whoever wants to show how much is left. It opens no file; what cannot be
// listed counts as nothing.
func Count(paths []string) int {
	n := 0
	for _, p := range paths {
		filepath.WalkDir(p, func(at string, e fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return nil
			case at != p && strings.HasPrefix(e.Name(), "."):
				if e.IsDir() {
					return fs.SkipDir
				}
			case !e.IsDir() && (at == p || !e.Type().IsRegular() || mediaOf(e.Name()) != ""):
				n++
			}
			return nil
		})
	}
	return n
}

func walkPath(p, collection string, fn func(File, error) error) error {
	refuse := func(err error) error { return fn(File{Path: p, Name: filepath.Base(p)}, err) }
	info, err := os.Lstat(p)
	if err != nil {
		return refuse(failed(p, "cannot open", err))
	}
	abs, err := filepath.Abs(p)
	if err != nil {
		return refuse(failed(p, "cannot open", err))
	}
	dir, rel := abs, "."
	if !info.IsDir() {
		if err := irregular(p, info); err != nil {
			return refuse(err)
		}
		if mediaOf(p) == "" {
			return refuse(&Error{p, 0, -1, "not an article", "only .txt, .md, .html and .htm files are read"})
		}
		dir, rel = filepath.Dir(abs), filepath.Base(abs)
	}
	if collection == "" {
		collection = filepath.Base(dir)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return refuse(failed(p, "cannot open", err))
	}
	defer root.Close()
	w := walker{root: root, collection: collection, fn: fn}
	if rel == "." {
		return w.folder(p, rel)
	}
	return w.file(p, rel)
}

type walker struct {
	root       *os.Root
	collection string
	fn         func(File, error) error
}

// folder reads the folder rel of the root, which the user would call shown.
func (w *walker) folder(shown, rel string) error {
	names, err := w.names(rel)
	if err != nil {
		return w.fn(File{Path: shown, Name: path.Base(rel), Rel: rel, Collection: w.collection}, failed(shown, "cannot list", err))
	}
	for _, name := range names {
		if strings.HasPrefix(name, ".") {
			continue
		}
		shown, rel := filepath.Join(shown, name), path.Join(rel, name)
		info, err := w.root.Lstat(rel)
		switch {
		case err == nil && info.IsDir():
			err = w.folder(shown, rel)
		case err == nil && info.Mode().IsRegular() && mediaOf(name) == "":
			continue
		default:
			err = w.file(shown, rel)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (w *walker) names(rel string) ([]string, error) {
	d, err := w.root.Open(rel)
	if err != nil {
		return nil, err
	}
	defer d.Close()
	names, err := d.Readdirnames(-1)
	slices.Sort(names)
	return names, err
}

// file reads one file and hands it on.
func (w *walker) file(shown, rel string) error {
	f := File{Path: shown, Name: path.Base(rel), Rel: rel, Collection: w.collection}
	data, err := w.read(shown, rel)
	f.Data = data
	return w.fn(f, err)
}

func (w *walker) read(shown, rel string) ([]byte, error) {
	if !utf8.ValidString(rel) {
		return nil, &Error{shown, 0, -1, "unusable name", "the file name is not UTF-8"}
	}
	named, err := w.root.Lstat(rel)
	if err != nil {
		return nil, failed(shown, "cannot open", err)
	}
	if err := irregular(shown, named); err != nil {
		return nil, err
	}
	if named.Size() > MaxFile {
		return nil, tooLarge(shown, named.Size())
	}
	file, err := w.root.Open(rel)
	if err != nil {
		return nil, failed(shown, "cannot open", err)
	}
	defer file.Close()
	opened, err := file.Stat()
	if err != nil {
		return nil, failed(shown, "cannot read", err)
	}
	if !os.SameFile(named, opened) {
		return nil, &Error{shown, 0, -1, "refused", "it was replaced while it was opened"}
	}
	data, err := io.ReadAll(io.LimitReader(file, MaxFile+1))
	if err != nil {
		return nil, failed(shown, "cannot read", err)
	}
	if len(data) > MaxFile {
		return nil, tooLarge(shown, int64(len(data)))
	}
	return data, nil
}

// irregular refuses everything that is not a plain file. Opening a pipe could
// wait for ever, and a link may lead anywhere.
func irregular(shown string, info fs.FileInfo) error {
	if info.Mode().IsRegular() {
		return nil
	}
	why := "it is no regular file"
	switch info.Mode().Type() {
	case fs.ModeSymlink:
		why = "it is a symbolic link"
	case fs.ModeNamedPipe:
		why = "it is a named pipe"
	case fs.ModeSocket:
		why = "it is a socket"
	}
	return &Error{shown, 0, -1, "refused", why}
}

// failed words a failure of the system as FILE: what: why, without the path
// that package os would repeat.
func failed(shown, what string, err error) error {
	var perr *fs.PathError
	if errors.As(err, &perr) {
		err = perr.Err
	}
	return fmt.Errorf("%s: %s: %w", shown, what, err)
}
