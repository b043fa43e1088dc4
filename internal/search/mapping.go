package search

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/document"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/mapping"
	index "github.com/blevesearch/bleve_index_api"
	segment "github.com/blevesearch/scorch_segment_api/v2"
	zap "github.com/blevesearch/zapx/v17"
)

// paragraphMapping hands Bleve the fields that our analyzer made. Nothing is
// dynamic, stored, kept for sorting or analysed again; texts and columns lie
// beside the index.
type paragraphMapping struct{ *mapping.IndexMappingImpl }

func newMapping() *paragraphMapping {
	m := bleve.NewIndexMapping()
	m.DefaultMapping = bleve.NewDocumentStaticMapping()
	m.StoreDynamic, m.IndexDynamic, m.DocValuesDynamic = false, false, false
	return &paragraphMapping{m}
}

// MapDocument takes the fields of a paragraph as they are.
func (m *paragraphMapping) MapDocument(doc *document.Document, data any) error {
	fields, ok := data.([]*field)
	if !ok {
		return fmt.Errorf("BUG: search: a paragraph is %T", data)
	}
	for _, f := range fields {
		doc.AddField(f)
	}
	return nil
}

// ordered is Bleve's segment format with one promise more: the documents of a
// batch are numbered in the order of their ids. Bleve's builder keeps a batch
// in a map and would number them at random. Paragraphs are given ids in the
// order they come, so a paragraph's number in Bleve is its place in our
// columns, and the paragraphs of an article follow each other.
type ordered struct{ zap.ZapPlugin }

func (p *ordered) New(docs []index.Document) (segment.Segment, uint64, error) {
	slices.SortFunc(docs, func(a, b index.Document) int { return cmp.Compare(a.ID(), b.ID()) })
	return p.ZapPlugin.New(docs)
}

func init() { scorch.RegisterSegmentPlugin(&ordered{}, true) }
