package search

import (
	"bufio"
	"cmp"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/blevesearch/vellum"
)

// Most words and pairs are written in one way, their usual form, wherever they
// are written at all: hop tac is hợp tác. It is the commonest in the first articles
// (see learnFirst), or else the one that is met first. Where a paragraph has a word in its
// usual form only, fields F and G say everything. Fields S and B have postings only
// where it also, or only, has another form, then of each form that is there; the posting
// in F or G is marked. So the postings of a usual form are those without a mark in F
// or G and, where there is one, its own in S or B, if any. Those of other forms are
// all in S and B. This saves nearly half of all postings.
//
// The usual forms lie in two files, of words and of pairs. With each is kept how many
// paragraphs have only other forms of it, 0 for most: it is in so many fewer than
// its form without marks.
const (
	usualWordsFile = "usual-words.fst"
	usualPairsFile = "usual-pairs.fst"
)

// maxUsual bounds the memory of a build. What is met later has no usual form.
const maxUsual = 1 << 22

// forms are the usual forms of an archive that is being indexed. Each word has an
// id, in the order in which they are met, and a pair that of its first
// word, shifted, with that of the second.
type forms struct {
	ids    map[string]uint32
	words  []string // by id
	places map[uint64]uint32
	all    []usualForm
	limit  int
	seen   map[[2]uint64]uint32 // how often each form has been learned
}

// usualForm is the usual form of a word or pair.
type usualForm struct {
	exact   uint64 // id
	lacking uint32 // paragraphs that have it in other forms only
	met     bool   // in a paragraph that was analysed
}

func newForms() *forms {
	return &forms{
		ids: map[string]uint32{}, words: []string{""}, places: map[uint64]uint32{},
		all: []usualForm{{met: true}}, limit: maxUsual, seen: map[[2]uint64]uint32{},
	}
}

// word gives the id of a word.
func (f *forms) word(text string) uint64 {
	id, ok := f.ids[text]
	if !ok {
		id = uint32(len(f.words))
		f.ids[text] = id
		f.words = append(f.words, text)
	}
	return uint64(id)
}

// place gives the place of a word or pair without marks, of which this form was
// met; 0, which has no form, where there are too many.
func (f *forms) place(folded, exact uint64) uint32 {
	at, ok := f.places[folded]
	if !ok && len(f.all) <= f.limit {
		at = uint32(len(f.all))
		f.places[folded] = at
		f.all = append(f.all, usualForm{exact: exact})
	}
	return at
}

// learn counts a word or pair in the form in which it is written.
func (f *forms) learn(folded, exact uint64) {
	k := [2]uint64{folded, exact}
	f.seen[k]++
	u := &f.all[f.place(folded, exact)]
	if u.exact != exact && f.seen[k] > f.seen[[2]uint64{folded, u.exact}] {
		u.exact = exact
	}
}

// learned ends the learning.
func (f *forms) learned() { f.seen = nil }

// write writes the files of usual forms.
func (f *forms) write(dir string) error {
	rank := make([]uint32, len(f.words)) // of each word in the order of their bytes
	order := make([]uint32, len(f.words))
	for i := range order {
		order[i] = uint32(i)
	}
	slices.SortFunc(order, func(a, b uint32) int { return strings.Compare(f.words[a], f.words[b]) })
	for i, id := range order {
		rank[id] = uint32(i)
	}
	all := f.all[1:]
	// A space is less than what a word consists of, so pairs are in the order of
	// their bytes when they are in that of their words.
	slices.SortFunc(all, func(a, b usualForm) int {
		return cmp.Or(cmp.Compare(rank[a.exact>>32], rank[b.exact>>32]), cmp.Compare(rank[uint32(a.exact)], rank[uint32(b.exact)]))
	})
	pairs, _ := slices.BinarySearchFunc(all, 1<<32, func(u usualForm, pair uint64) int { return cmp.Compare(u.exact, pair) })
	return errors.Join(f.writeFST(filepath.Join(dir, usualWordsFile), all[:pairs]), f.writeFST(filepath.Join(dir, usualPairsFile), all[pairs:]))
}

func (f *forms) writeFST(path string, list []usualForm) (err error) {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	out := bufio.NewWriter(file)
	b, err := vellum.New(out, nil)
	if err != nil {
		return err
	}
	var key []byte
	for _, u := range list {
		key = key[:0]
		if first := u.exact >> 32; first > 0 {
			key = append(append(key, f.words[first]...), ' ')
		}
		key = append(key, f.words[uint32(u.exact)]...)
		if err := b.Insert(key, uint64(u.lacking)); err != nil {
			return err
		}
	}
	return errors.Join(b.Close(), out.Flush())
}
