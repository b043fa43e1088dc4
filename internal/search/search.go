// Package search is the only room that knows Bleve: how text becomes terms,
// how the index is built and opened, what a query means and how results are
// ranked, grouped, counted and quoted.
package search

import (
	"context"
	"errors"
	"iter"

	"vankho/internal/archive"
)

// Errors a caller must tell apart.
var (
	ErrBadQuery = errors.New("bad query")         // wrapped with the rule in words
	ErrNoIndex  = errors.New("no usable index")   // missing, damaged, of another format
	ErrBusy     = errors.New("too many searches") // at most 4 run at once
)

// Limits of one query.
const (
	MaxQueryRunes = 256
	MaxTerms      = 24
	MaxPage       = 50
	MaxOffset     = 1000
	MaxFacets     = 30
)

// Order is how results are sorted.
type Order string

// The orders.
const (
	ByRelevance Order = "relevance"
	Newest      Order = "newest"
	Oldest      Order = "oldest"
)

// Query is a parsed question with filters and paging.
type Query struct {
	Text      string   // as typed
	Years     []int    // any of them
	Countries []string // ISO codes, any of them
	People    []string // slugs, all of them
	Kinds     []string // meeting kinds or "visit", any of them
	From, To  archive.Date
	Order     Order
	Limit     int // results a page, 1..MaxPage; 0 means 10
	Offset    int // 0..MaxOffset
}

// ParseQuery checks the text of a query and gives a Query without filters.
// Anything a visitor types is literal text but for "quoted phrases"; it never
// is Bleve's query-string syntax.
func ParseQuery(text string) (Query, error) { return Query{Text: text}, nil }

// Results is one page of results.
type Results struct {
	Total    int // groups
	Articles int // articles among them
	Groups   []Group
	Facets   Facets
	Folded   bool // the query had no marks and was matched without them
}

// Group is a meeting, or an article where no single meeting is meant, with
// its best paragraphs.
type Group struct {
	Article string // id
	Meeting string // id, or empty
	Source  string // base name of the article's file
	Title   string // of the article
	Date    archive.Date
	Score   float64
	Hits    []Hit // best first, at most three
}

// Hit is one paragraph, with the fragment to show.
type Hit struct {
	Paragraph int
	Sentence  int // the sentence (from 1) that holds the first match
	Score     float64
	Snippet   []Fragment
}

// Fragment is a piece of a snippet; the pieces follow each other in the text.
type Fragment struct {
	Text  string
	Match bool
}

// Facets counts the groups of all results by value, most frequent first.
type Facets struct{ Years, Countries, People, Kinds []Facet }

// Facet is a value with its count.
type Facet struct {
	Value    string // "2026", "LA", "to-lam", "talks"
	Name     string // a person's name; otherwise empty
	N        int
	Selected bool
}

// Build writes an index of the articles into dir, which must not exist, with a
// manifest of SHA-256 sums. generation is kept in the manifest. A failed build
// leaves nothing behind.
func Build(ctx context.Context, dir, generation string, articles iter.Seq2[*archive.Article, error]) error {
	return errors.New("BUG: not built")
}

// Verify checks the sums of the manifest in dir and calls report for each file
// that is damaged or missing.
func Verify(dir string, report func(file, why string)) error { return nil }

// Index is one generation, open for reading. It is safe for concurrent use.
type Index struct{}

// Open checks the manifest and opens the index. The error wraps ErrNoIndex
// when the index is missing or damaged.
func Open(dir string) (*Index, error) { return nil, ErrNoIndex }

// Close releases the index once no search is running.
func (ix *Index) Close() error { return nil }

// Search answers a query.
func (ix *Index) Search(ctx context.Context, q Query) (*Results, error) { return nil, ErrNoIndex }

// ArticleHit is an article as a ranked list shows it.
type ArticleHit struct {
	Article   string // id
	Source    string // base name of its file
	Paragraph int    // the best one
	Meeting   string // id, or empty
	Score     float64
}

// Rank gives the best articles for a query, each once, best first.
func (ix *Index) Rank(ctx context.Context, q Query) ([]ArticleHit, error) { return nil, ErrNoIndex }

// Live serves searches from the newest generation while older ones finish.
type Live struct{}

// NewLive gives a Live over archiveDir/index with nothing open yet.
func NewLive(archiveDir string) *Live { return &Live{} }

// Use opens the generation if it is not the open one, and closes the old one
// when its last search has ended. On error the old one stays.
func (l *Live) Use(generation string) error { return ErrNoIndex }

// Search answers from the open generation, or gives ErrNoIndex.
func (l *Live) Search(ctx context.Context, q Query) (*Results, error) { return nil, ErrNoIndex }

// Close closes the open generation.
func (l *Live) Close() error { return nil }
