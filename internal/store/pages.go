package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"sync/atomic"
)

// Every page of archive.db ends with a sum of itself, in the bytes that SQLite
// sets aside for such use ("reserved space", Database File Format 1.3.4): the
// first 16 bytes of the SHA-256 of the page with its number, big-endian, in
// their place. The number tells a page that was written to the wrong place.
// Sums are written when an import is finished and checked whenever SQLite asks
// for a page, so that damage to an index or a list cannot make it answer
// wrongly, or "not found". Other tools ignore these bytes.
const (
	pageSize = 4096
	sumSize  = 16
)

// What the header of archive.db says (Database File Format 1.3).
const (
	fileName      = "archive.db"
	applicationID = 0x766b686f // "vkho"
	sqliteMagic   = "SQLite format 3\x00"
)

// pageError says which page is damaged and how.
type pageError struct {
	page int64 // from 1
	why  string
}

func (e *pageError) Error() string { return fmt.Sprintf("page %d: %s", e.page, e.why) }

func (e *pageError) damage() *DamagedError {
	return &DamagedError{ID: fileName, What: fmt.Sprint("page ", e.page), Err: errors.New(e.why)}
}

// pageSum gives the sum of page number n. The last bytes of page are used
// meanwhile and put back.
func pageSum(n int64, page []byte) [sumSize]byte {
	tail := page[len(page)-sumSize:]
	kept := [sumSize]byte(tail)
	clear(tail)
	binary.BigEndian.PutUint64(tail[sumSize-8:], uint64(n))
	sum := sha256.Sum256(page)
	copy(tail, kept[:])
	return [sumSize]byte(sum[:])
}

// checkPages checks the sums of the pages in b, the first of which has number n.
func checkPages(n int64, b []byte) error {
	for ; len(b) > 0; b, n = b[pageSize:], n+1 {
		if sum := pageSum(n, b[:pageSize]); !bytes.Equal(sum[:], b[pageSize-sumSize:pageSize]) {
			return &pageError{n, "its sum does not fit"}
		}
	}
	return nil
}

// pageFS shows one open file to SQLite as a file system that holds only
// archive.db. It stays the file it was however often another one is renamed
// into its place, and there is no journal to be found beside it.
type pageFS struct {
	file *os.File
	last atomic.Pointer[pageError] // the damage met last, which SQLite reports without its page
}

func (fsys *pageFS) Open(name string) (fs.File, error) {
	if name != fileName {
		return nil, fs.ErrNotExist
	}
	return &pageReader{fs: fsys, page: make([]byte, pageSize)}, nil
}

// pageReader is archive.db as one connection reads it.
type pageReader struct {
	fs   *pageFS
	off  int64
	page []byte
}

func (r *pageReader) Stat() (fs.FileInfo, error) { return r.fs.file.Stat() }
func (r *pageReader) Close() error               { return nil }

func (r *pageReader) Seek(offset int64, whence int) (int64, error) {
	if whence != io.SeekStart {
		return 0, errors.New("BUG: pageReader: only io.SeekStart")
	}
	r.off = offset
	return offset, nil
}

// Read reads to the end of the page at most.
func (r *pageReader) Read(b []byte) (int, error) {
	n, at := r.off/pageSize+1, r.off%pageSize
	page := r.page
	if at == 0 && len(b) >= pageSize {
		page = b[:pageSize]
	}
	if _, err := r.fs.file.ReadAt(page, (n-1)*pageSize); err != nil {
		return 0, r.fail(&pageError{n, err.Error()})
	}
	if err := checkPages(n, page); err != nil {
		return 0, r.fail(err.(*pageError))
	}
	got := pageSize
	if &page[0] != &b[0] {
		got = copy(b, page[at:])
	}
	r.off += int64(got)
	return got, nil
}

// fail never gives io.EOF: SQLite takes what is missing at the end for zeros.
func (r *pageReader) fail(err *pageError) error {
	r.fs.last.Store(err)
	return err
}

// checkHeader tells an archive from another file, one that this program can
// read from a newer one's, and a sound first page from a damaged one. It gives
// the format.
func checkHeader(f *os.File) (format int, err error) {
	page := make([]byte, pageSize)
	n, err := f.ReadAt(page, 0)
	if err != nil && err != io.EOF {
		return 0, err
	}
	application, version := binary.BigEndian.Uint32(page[68:]), int(binary.BigEndian.Uint32(page[60:]))
	damaged := checkPages(1, page)
	switch {
	case n < pageSize || !bytes.HasPrefix(page, []byte(sqliteMagic)):
		return 0, &DamagedError{ID: fileName, What: "the header", Err: errors.New("not a SQLite file")}
	case application != applicationID:
		return 0, fmt.Errorf("not an archive of vankho: its application id is %#x, not %#x", application, uint32(applicationID))
	case damaged != nil:
		return 0, damaged.(*pageError).damage()
	case version < 1 || version > formatVersion:
		return 0, fmt.Errorf("its format is %d; this program reads formats 1 to %d", version, formatVersion)
	}
	return version, nil
}

const chunkPages = 256 // a mebibyte

// walkPages reads the file in chunks of whole pages and calls f with each and
// the number of its first page. A file that ends inside a page is damaged.
func walkPages(ctx context.Context, file *os.File, f func(n int64, pages []byte) error) error {
	buf := make([]byte, chunkPages*pageSize)
	for n := int64(1); ; n += chunkPages {
		if err := ctx.Err(); err != nil {
			return err
		}
		got, err := file.ReadAt(buf, (n-1)*pageSize)
		if err != nil && err != io.EOF {
			return err
		}
		if whole := got - got%pageSize; whole > 0 {
			if err := f(n, buf[:whole]); err != nil {
				return err
			}
		}
		if got%pageSize != 0 {
			return &pageError{n + int64(got/pageSize), "cut short"}
		}
		if err == io.EOF {
			return nil
		}
	}
}

// copyPages copies a sealed file, checking every page on the way.
func copyPages(ctx context.Context, dst, src *os.File) error {
	return walkPages(ctx, src, func(n int64, pages []byte) error {
		if err := checkPages(n, pages); err != nil {
			return err
		}
		_, err := dst.WriteAt(pages, (n-1)*pageSize)
		return err
	})
}

// sealPages gives every page its sum.
func sealPages(ctx context.Context, file *os.File) error {
	return walkPages(ctx, file, func(n int64, pages []byte) error {
		changed := false
		for i := range len(pages) / pageSize {
			page := pages[i*pageSize : (i+1)*pageSize]
			sum := pageSum(n+int64(i), page)
			changed = changed || !bytes.Equal(sum[:], page[pageSize-sumSize:])
			copy(page[pageSize-sumSize:], sum[:])
		}
		if !changed {
			return nil
		}
		_, err := file.WriteAt(pages, (n-1)*pageSize)
		return err
	})
}
