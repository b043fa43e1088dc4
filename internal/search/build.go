package search

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"runtime/debug"

	"github.com/blevesearch/bleve/v2"

	"vankho/internal/archive"
)

const (
	// batchParagraphs is how many paragraphs Bleve turns into one segment;
	// it bounds the memory of a build.
	batchParagraphs = 2000
	// mergeAll lets the builder merge all segments at once. Merging in
	// rounds would be slower and would not keep their order.
	mergeAll = 1 << 30
	// How texts and their words are best kept is learned from so many articles at
	// the beginning, or from so much text.
	learnArticles = 500
	learnText     = 4 << 20
)

// Build writes an index of the articles into dir, which must not exist, with a
// manifest of sums. generation is kept in the manifest. A failed build
// leaves nothing behind. The index is made in dir + ".tmp", brought to the
// disk and then renamed, so that dir is a whole index or is not there.
//
// Memory grows with the number of different words, people and countries, and as
// far as maxUsual with that of pairs of words, not with the number of articles.
func Build(ctx context.Context, dir, generation string, articles iter.Seq2[*archive.Article, error]) (err error) {
	tmp := dir + ".tmp"
	if _, err := os.Lstat(dir); err == nil {
		return fmt.Errorf("build index: %s exists", dir)
	}
	if err := os.RemoveAll(tmp); err != nil {
		return fmt.Errorf("build index: %w", err)
	}
	defer func() {
		if err != nil {
			os.RemoveAll(tmp)
			err = fmt.Errorf("build index %s: %w", dir, err)
		}
	}()
	if err := os.MkdirAll(tmp, 0o755); err != nil {
		return err
	}
	vocab, err := build(ctx, tmp, articles)
	if err != nil {
		return err
	}
	m := manifest{Format: format, Generation: generation, Articles: vocab.Articles, Paragraphs: vocab.Paragraphs}
	if err := writeManifest(tmp, m); err != nil {
		return err
	}
	if err := os.Rename(tmp, dir); err != nil {
		return err
	}
	// The folder of generations may be new as well: bring both names to the disk.
	parent := filepath.Dir(dir)
	if err := errors.Join(syncPath(parent), syncPath(filepath.Dir(parent))); err != nil {
		os.RemoveAll(dir)
		return err
	}
	return nil
}

// build writes the files that the manifest will name.
func build(ctx context.Context, dir string, articles iter.Seq2[*archive.Article, error]) (*vocabulary, error) {
	w, err := newColumnWriter(dir)
	if err != nil {
		return nil, err
	}
	if err := fill(ctx, dir, w, articles); err != nil {
		w.close()
		return nil, err
	}
	if err := w.finish(dir); err != nil {
		return nil, err
	}
	return &w.vocab, spellFile(dir, w.vocab.Paragraphs)
}

// spellFile writes the words of an index whose terms and columns are written.
func spellFile(dir string, paragraphs int) error {
	ix := &Index{col: &columns{vocabulary: vocabulary{Paragraphs: paragraphs}}}
	if err := ix.openTerms(dir); err != nil {
		return errors.Join(err, ix.closeTerms())
	}
	return errors.Join(ix.writeWords(dir), ix.closeTerms())
}

// buildGC is the share of garbage a build lets grow: it makes much of it and
// keeps little.
const buildGC = 400

// docID is how Bleve is told the number of a paragraph: in their order.
func docID(n uint32) string { return string(binary.BigEndian.AppendUint32(nil, n)) }

func fill(ctx context.Context, dir string, w *columnWriter, articles iter.Seq2[*archive.Article, error]) error {
	defer debug.SetGCPercent(debug.SetGCPercent(buildGC))
	var b bleve.Builder
	index := func(n uint32, fields []*field) (err error) {
		// A builder that was given nothing cannot be closed, so it is not
		// made before the first paragraph comes.
		if b == nil {
			b, err = bleve.NewBuilder(filepath.Join(dir, bleveDir), newMapping(), map[string]any{
				"batchSize": batchParagraphs, "mergeMax": mergeAll, "buildPathPrefix": dir,
			})
			if err != nil {
				return err
			}
		}
		return b.Index(docID(n), fields)
	}
	for a, err := range learnFirst(w, articles) {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return err
		}
		if err := w.add(a, index); err != nil {
			return fmt.Errorf("article %s: %w", a.ID, err)
		}
	}
	if b == nil {
		return nil
	}
	return b.Close()
}

// learnFirst gives the articles once w has learned the usual forms and the book
// from the first of them.
func learnFirst(w *columnWriter, articles iter.Seq2[*archive.Article, error]) iter.Seq2[*archive.Article, error] {
	return func(yield func(*archive.Article, error) bool) {
		next, stop := iter.Pull2(articles)
		defer stop()
		var first []*archive.Article
		a, err, more := next()
		for size := 0; more && err == nil && len(first) < learnArticles && size < learnText; a, err, more = next() {
			first = append(first, a)
			size += w.learn(a)
		}
		w.learned()
		for _, a := range first {
			if !yield(a, nil) {
				return
			}
		}
		first = nil
		for ; more && yield(a, err); a, err, more = next() {
		}
	}
}
