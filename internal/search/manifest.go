package search

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// The manifest names every other file of the index with its size and two sums:
// SHA-256, for whoever verifies an archive, and CRC-32C, which takes a tenth of
// the time and finds damage as well. Neither helps against someone who writes
// files and sums. Every byte is read before an index is used. manifestSum holds
// the sum of the manifest, in the form sha256sum reads.
const (
	manifestFile = "manifest.json"
	manifestSum  = "manifest.sha256"

	// format changes when an index written before can no longer be read.
	format = 8
)

type manifest struct {
	Format     int            `json:"format"`
	Generation string         `json:"generation"`
	Articles   int            `json:"articles"`
	Paragraphs int            `json:"paragraphs"`
	Files      []manifestItem `json:"files"`
}

type manifestItem struct {
	Name   string `json:"name"` // with slashes, from the index folder
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
	CRC32C string `json:"crc32c"` // in hex
}

// writeManifest sums every file in dir, writes the manifest and brings all of
// it, names included, to the disk.
func writeManifest(dir string, m manifest) error {
	var dirs []string
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if e.IsDir() {
			dirs = append(dirs, path)
			return os.Chmod(path, 0o755)
		}
		// Bleve makes its files readable by their owner only.
		if err := os.Chmod(path, 0o644); err != nil {
			return err
		}
		sum, crc := sha256.New(), newCRC()
		size, err := sumFile(path, io.MultiWriter(sum, crc))
		if err != nil {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		m.Files = append(m.Files, manifestItem{filepath.ToSlash(name), size, sumText(sum), sumText(crc)})
		return syncPath(path)
	})
	if err != nil {
		return err
	}
	b, err := json.MarshalIndent(m, "", "\t")
	if err != nil {
		return err
	}
	sum := sha256.Sum256(b)
	if err := writeSynced(filepath.Join(dir, manifestFile), b); err != nil {
		return err
	}
	line := hex.EncodeToString(sum[:]) + "  " + manifestFile + "\n"
	if err := writeSynced(filepath.Join(dir, manifestSum), []byte(line)); err != nil {
		return err
	}
	slices.Reverse(dirs)
	for _, d := range dirs {
		if err := syncPath(d); err != nil {
			return err
		}
	}
	return nil
}

func writeSynced(path string, b []byte) error {
	if err := os.WriteFile(path, b, 0o644); err != nil {
		return err
	}
	return syncPath(path)
}

// syncPath brings a file or the names in a folder to the disk.
func syncPath(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	err = f.Sync()
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	return err
}

func newCRC() hash.Hash { return crc32.New(crc32.MakeTable(crc32.Castagnoli)) }

func sumText(h hash.Hash) string { return hex.EncodeToString(h.Sum(nil)) }

// sumFile writes a file to a hash.
func sumFile(path string, h io.Writer) (size int64, err error) {
	f, err := os.Open(path)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	return io.CopyBuffer(h, struct{ io.Reader }{f}, make([]byte, 1<<20))
}

// readManifest reads the manifest and checks it against its sum.
func readManifest(dir string) (*manifest, error) {
	b, err := os.ReadFile(filepath.Join(dir, manifestFile))
	if err != nil {
		return nil, err
	}
	line, err := os.ReadFile(filepath.Join(dir, manifestSum))
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(b)
	if string(line) != hex.EncodeToString(sum[:])+"  "+manifestFile+"\n" {
		return nil, fmt.Errorf("%s does not have the sum in %s", manifestFile, manifestSum)
	}
	m := new(manifest)
	if err := json.Unmarshal(b, m); err != nil {
		return nil, fmt.Errorf("%s: %w", manifestFile, err)
	}
	if m.Format != format {
		return nil, fmt.Errorf("%s: format %d, this program reads %d; the next import builds it anew", manifestFile, m.Format, format)
	}
	return m, nil
}

// check calls report for each file that is not as the manifest has it, by its
// SHA-256 when it is to be thorough.
func (m *manifest) check(dir string, thorough bool, report func(file, why string)) {
	for _, f := range m.Files {
		if !filepath.IsLocal(filepath.FromSlash(f.Name)) {
			report(f.Name, "its name leads out of the index")
			continue
		}
		h, name, want := newCRC(), "CRC-32C", f.CRC32C
		if thorough {
			h, name, want = sha256.New(), "SHA-256", f.SHA256
		}
		size, err := sumFile(filepath.Join(dir, filepath.FromSlash(f.Name)), h)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			report(f.Name, "is missing")
		case err != nil:
			report(f.Name, err.Error())
		case size != f.Size:
			report(f.Name, fmt.Sprintf("has %d bytes, not %d", size, f.Size))
		case !strings.EqualFold(sumText(h), want):
			report(f.Name, "does not have its "+name)
		}
	}
}

// Verify checks the SHA-256 sums of the manifest in dir and calls report for each file
// that is damaged or missing. Its error says that the manifest itself cannot
// be trusted, and wraps ErrNoIndex.
func Verify(dir string, report func(file, why string)) error {
	m, err := readManifest(dir)
	if err != nil {
		report(manifestFile, err.Error())
		return fmt.Errorf("%w: %s: %w", ErrNoIndex, dir, err)
	}
	m.check(dir, true, report)
	return nil
}
