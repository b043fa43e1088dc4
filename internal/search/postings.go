package search

import (
	"context"
	"errors"
	"path/filepath"
	"strings"

	index "github.com/blevesearch/bleve_index_api"
	segment "github.com/blevesearch/scorch_segment_api/v2"
	"github.com/blevesearch/vellum"

	"vankho/internal/vitext"
)

// usual is an open index's files of usual forms, by the field of the forms.
type usual map[string]*vellum.FST

func openUsual(dir string) (usual, error) {
	u := usual{}
	for field, name := range map[string]string{fieldS: usualWordsFile, fieldB: usualPairsFile} {
		fst, err := vellum.Open(filepath.Join(dir, name))
		if err != nil {
			return u, err
		}
		u[field] = fst
	}
	return u, nil
}

func (u usual) close() error {
	var errs []error
	for _, fst := range u {
		errs = append(errs, fst.Close())
	}
	return errors.Join(errs...)
}

// foldedField gives the field that has the words or pairs of S or B without marks.
var foldedField = map[string]string{fieldS: fieldF, fieldB: fieldG}

// folded gives the term whose postings those of a usual form are among, and how
// many of them lack it. ok is false for any other term.
func (u usual) folded(k listKey) (folded listKey, lacking uint64, ok bool, err error) {
	fst := u[k.field]
	if fst == nil {
		return k, 0, false, nil
	}
	lacking, ok, err = fst.Get([]byte(k.key))
	if err != nil || !ok {
		return k, 0, false, err
	}
	return listKey{foldedField[k.field], vitext.Fold(k.key)}, lacking, true, nil
}

// frequency tells in how many paragraphs a term is.
func (ix *Index) frequency(field, key string) (uint64, error) {
	if ix.reader == nil {
		return 0, nil
	}
	k, lacking, _, err := ix.usual.folded(listKey{field, key})
	if err != nil {
		return 0, err
	}
	p, err := ix.segmentPostings(k)
	if err != nil {
		return 0, err
	}
	return p.Count() - lacking, nil
}

// segmentPostings gives the postings that the index keeps of a term. They come from the
// segment itself, which gives them three times as fast as the reader over all segments.
func (ix *Index) segmentPostings(k listKey) (segment.PostingsList, error) {
	dict, err := ix.segment.Dictionary(k.field)
	if err != nil {
		return nil, err
	}
	return dict.PostingsList([]byte(k.key), nil, nil)
}

// walk goes through the postings that the index keeps of a term.
type walk struct {
	r     index.TermFieldReader
	at    index.TermFieldDoc
	to    index.IndexInternalID
	doc   uint32 // where it stands; noDoc at the end
	begun bool
}

// seek moves to the first posting from paragraph d on.
func (w *walk) seek(d uint32) (uint32, error) {
	if w.begun && w.doc >= d {
		return w.doc, nil
	}
	var at *index.TermFieldDoc
	var err error
	if w.begun && d == w.doc+1 || !w.begun && d == 0 {
		at, err = w.r.Next(&w.at)
	} else {
		w.to = index.NewIndexInternalID(w.to, uint64(d))
		at, err = w.r.Advance(w.to, &w.at)
	}
	w.begun, w.doc = true, noDoc
	if err != nil || at == nil {
		return noDoc, err
	}
	w.doc = uint32(at.ID.Value())
	return w.doc, nil
}

// postings are the paragraphs that have a term, whichever way the index keeps
// them.
type postings struct {
	walk           // over its own postings, or over those of the folded term
	folded listKey // this term
	marked *walk   // of a usual form: over its own
	n      uint64  // paragraphs
}

// postings opens those of a term.
func (ix *Index) postings(ctx context.Context, k listKey) (*postings, error) {
	open := func(k listKey) (index.TermFieldReader, error) {
		return ix.reader.TermFieldReader(ctx, []byte(k.key), k.field, true, false, false)
	}
	folded, lacking, ok, err := ix.usual.folded(k)
	if err != nil {
		return nil, err
	}
	p := &postings{folded: folded}
	if p.r, err = open(folded); err != nil {
		return nil, err
	}
	p.n = p.r.Count() - lacking
	if ok {
		p.marked = new(walk)
		if p.marked.r, err = open(k); err != nil {
			return nil, errors.Join(err, p.r.Close())
		}
	}
	return p, nil
}

// seek moves to the first paragraph from d on that has the term, and gives its
// frequency there.
func (p *postings) seek(d uint32) (uint32, uint16, error) {
	for {
		doc, err := p.walk.seek(d)
		if err != nil || doc == noDoc {
			return noDoc, 0, err
		}
		frequency, unusual := kept(p.at.Freq)
		if p.marked == nil || !unusual {
			return doc, frequency, nil
		}
		own, err := p.marked.seek(doc)
		if err != nil {
			return noDoc, 0, err
		}
		if own == doc {
			frequency, _ = kept(p.marked.at.Freq)
			return doc, frequency, nil
		}
		d = doc + 1
	}
}

func (p *postings) close() error {
	err := p.r.Close()
	if p.marked != nil {
		err = errors.Join(err, p.marked.r.Close())
	}
	return err
}

// readList reads the paragraphs of a term. Those of a usual form are had at once
// where the list of its form without marks is kept.
func (ix *Index) readList(ctx context.Context, k listKey) (*list, error) {
	folded, lacking, usual, err := ix.usual.folded(k)
	if err != nil {
		return nil, err
	}
	if !usual {
		return ix.readOwn(ctx, k)
	}
	all := ix.lists.get(folded)
	if all == nil {
		if all, err = ix.readOwn(ctx, folded); err != nil {
			return nil, err
		}
	}
	return ix.amongFolded(all, k, len(all.freqs)-int(lacking))
}

// readOwn reads the postings that the index keeps of a term.
func (ix *Index) readOwn(ctx context.Context, k listKey) (*list, error) {
	p, err := ix.segmentPostings(k)
	if err != nil {
		return nil, err
	}
	docs, frequencies := make([]uint32, 0, p.Count()), make([]uint16, 0, p.Count())
	var unusual []uint32
	for it := p.Iterator(true, false, false, nil); ; {
		if len(docs)%(1<<16) == 0 {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
		}
		at, err := it.Next()
		if err != nil {
			return nil, err
		}
		if at == nil {
			x := newList(ix.col.Paragraphs, docs, frequencies)
			x.unusual = unusual
			return x, nil
		}
		frequency, marked := kept(at.Frequency())
		if marked {
			unusual = append(unusual, uint32(len(docs)))
		}
		docs, frequencies = append(docs, uint32(at.Number())), append(frequencies, frequency)
	}
}

// amongFolded gives the list of a usual form, which has n paragraphs; all is that of
// its form without marks.
func (ix *Index) amongFolded(all *list, k listKey, n int) (*list, error) {
	p, err := ix.segmentPostings(k)
	if err != nil {
		return nil, err
	}
	docs, frequencies := make([]uint32, 0, n), make([]uint16, 0, n)
	it := p.Iterator(true, false, false, nil)
	var own segment.Posting // where it stands
	unusual := all.unusual
	for place, d := range all.all() {
		frequency := all.freqs[place]
		if len(unusual) > 0 && int(unusual[0]) == place {
			unusual = unusual[1:]
			if own == nil || own.Number() < uint64(d) {
				if own, err = it.Advance(uint64(d)); err != nil {
					return nil, err
				}
			}
			if own == nil || own.Number() != uint64(d) {
				continue
			}
			frequency, _ = kept(own.Frequency())
		}
		docs, frequencies = append(docs, d), append(frequencies, frequency)
	}
	return newList(ix.col.Paragraphs, docs, frequencies), nil
}

// eachWord visits the words of field S, each with the number of its paragraphs.
func (ix *Index) eachWord(visit func(exact string, n uint64)) error {
	if ix.reader == nil {
		return nil
	}
	counted := func(exact string) error {
		n, err := ix.frequency(fieldS, exact)
		visit(exact, n)
		return err
	}
	it, err := ix.usual[fieldS].Iterator(nil, nil)
	for ; err == nil; err = it.Next() {
		exact, _ := it.Current()
		if err := counted(string(exact)); err != nil {
			return err
		}
	}
	if !errors.Is(err, vellum.ErrIteratorDone) {
		return err
	}
	others, err := ix.reader.FieldDict(fieldS)
	if err != nil {
		return err
	}
	for {
		e, err := others.Next()
		if err != nil || e == nil {
			return errors.Join(err, others.Close())
		}
		exact := strings.Clone(e.Term)
		if usual, err := ix.usual[fieldS].Contains([]byte(exact)); err != nil || usual {
			if err != nil {
				return errors.Join(err, others.Close())
			}
			continue
		}
		if err := counted(exact); err != nil {
			return errors.Join(err, others.Close())
		}
	}
}
