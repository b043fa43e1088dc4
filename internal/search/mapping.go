package search

import (
	"cmp"
	"slices"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/mapping"
	index "github.com/blevesearch/bleve_index_api"
	segment "github.com/blevesearch/scorch_segment_api/v2"
	zap "github.com/blevesearch/zapx/v17"
)

// newMapping says what Bleve keeps of a paragraph: terms with frequencies in
// five fields, and nothing else. Nothing is dynamic, stored or kept for
// sorting; texts and columns lie beside the index.
func newMapping() *mapping.IndexMappingImpl {
	field := func(name string) *mapping.FieldMapping {
		return &mapping.FieldMapping{Name: name, Type: "text", Analyzer: "vankho_" + name, Index: true}
	}
	doc := bleve.NewDocumentStaticMapping()
	doc.AddFieldMappingsAt("text", field(fieldS), field(fieldF), field(fieldB), field(fieldG))
	doc.AddFieldMappingsAt("dates", field(fieldD))
	m := bleve.NewIndexMapping()
	m.DefaultMapping = doc
	m.DefaultAnalyzer = "vankho_" + fieldS
	m.StoreDynamic, m.IndexDynamic, m.DocValuesDynamic = false, false, false
	return m
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
