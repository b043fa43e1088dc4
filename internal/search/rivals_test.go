package search

import (
	"database/sql"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/blevesearch/bleve/v2"
	_ "github.com/blevesearch/bleve/v2/analysis/analyzer/keyword"
	_ "github.com/blevesearch/bleve/v2/analysis/analyzer/standard"
	_ "github.com/blevesearch/bleve/v2/analysis/datetime/optional"
	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/search/query"
	_ "modernc.org/sqlite"

	"vankho/internal/archive"
	"vankho/internal/vitext"
)

// bleveRival is Bleve as its documentation shows it: the standard analyzer, text
// stored with the places of its words, values of facets as keywords, batches of
// a thousand. What is found without marks is not its business.
var bleveRival = rival{
	name: "Bleve",
	build: func(dir string, articles iter.Seq2[*archive.Article, error]) error {
		ix, err := bleve.New(dir, bleveMapping())
		if err != nil {
			return err
		}
		batch, n := ix.NewBatch(), 0
		for a, err := range articles {
			if err != nil {
				return err
			}
			for _, p := range a.Paragraphs {
				n++
				if err := batch.Index(strconv.Itoa(n), bleveDocument(a, p.Text)); err != nil {
					return err
				}
				if batch.Size() < 1000 {
					continue
				}
				if err := ix.Batch(batch); err != nil {
					return err
				}
				batch.Reset()
			}
		}
		if err := ix.Batch(batch); err != nil {
			return err
		}
		return ix.Close()
	},
	open: func(dir string) (answerer, error) {
		ix, err := bleve.OpenUsing(dir, map[string]any{"read_only": true})
		return bleveAnswerer{ix}, err
	},
}

func bleveMapping() *mapping.IndexMappingImpl {
	word := bleve.NewKeywordFieldMapping()
	paragraph := bleve.NewDocumentStaticMapping()
	paragraph.AddFieldMappingsAt("text", bleve.NewTextFieldMapping())
	for _, name := range []string{"year", "country", "kind", "date", "source"} {
		paragraph.AddFieldMappingsAt(name, word)
	}
	paragraph.AddSubDocumentMapping("_all", bleve.NewDocumentDisabledMapping())
	m := bleve.NewIndexMapping()
	m.DefaultMapping = paragraph
	return m
}

func bleveDocument(a *archive.Article, text string) map[string]any {
	doc := map[string]any{"text": text, "source": a.Source.Name, "date": string(a.Published.EDTF), "country": foreignCountry(a)}
	if len(a.Meetings) > 0 {
		doc["year"], doc["kind"] = strconv.Itoa(a.Published.EDTF.Year()), string(a.Meetings[0].Kind)
	}
	return doc
}

type bleveAnswerer struct{ bleve.Index }

func (x bleveAnswerer) page(q *compared) (int, error) {
	var words query.Query = bleve.NewMatchAllQuery()
	switch {
	case q.phrase:
		phrase := bleve.NewMatchPhraseQuery(q.text)
		phrase.SetField("text")
		words = phrase
	case q.text != "":
		match := bleve.NewMatchQuery(q.text)
		match.SetField("text")
		match.SetOperator(query.MatchQueryOperatorAnd)
		words = match
	}
	all := []query.Query{words}
	if q.year != 0 {
		all = append(all, keyword("year", strconv.Itoa(q.year)))
	}
	if q.land != "" {
		all = append(all, keyword("country", q.land))
	}
	if len(all) > 1 {
		words = bleve.NewConjunctionQuery(all...)
	}
	req := bleve.NewSearchRequest(words)
	if q.newest {
		req.SortBy([]string{"-date", "_id"})
	}
	if q.facets {
		for _, name := range []string{"year", "country", "kind"} {
			req.AddFacet(name, bleve.NewFacetRequest(name, MaxFacets))
		}
	}
	res, err := x.Search(req)
	if err != nil {
		return 0, err
	}
	return int(res.Total), nil
}

func keyword(field, value string) query.Query {
	q := bleve.NewTermQuery(value)
	q.SetField(field)
	return q
}

func (x bleveAnswerer) ranked(text string) ([]string, error) {
	match := bleve.NewMatchQuery(text)
	match.SetField("text")
	req := bleve.NewSearchRequestOptions(match, 100, 0, false)
	req.Fields = []string{"source"}
	res, err := x.Search(req)
	if err != nil {
		return nil, err
	}
	var sources []string
	for _, hit := range res.Hits {
		sources = appendSource(sources, fmt.Sprint(hit.Fields["source"]))
	}
	return sources, nil
}

// appendSource adds an article to a ranked list once.
func appendSource(sources []string, source string) []string {
	if len(sources) == 10 || slices.Contains(sources, source) {
		return sources
	}
	return append(sources, source)
}

// sqliteRival is FTS5, whose tokenizer does not know that đ is a d with a mark:
// texts and queries are folded before they come to it. The texts lie elsewhere,
// which is the least it can need.
var sqliteRival = rival{
	name: "SQLite FTS5",
	build: func(dir string, articles iter.Seq2[*archive.Article, error]) error {
		if err := os.Mkdir(dir, 0o755); err != nil {
			return err
		}
		db, err := sql.Open("sqlite", filepath.Join(dir, "fts.db"))
		if err != nil {
			return err
		}
		defer db.Close()
		return fillSQLite(db, articles)
	},
	open: func(dir string) (answerer, error) {
		db, err := sql.Open("sqlite", "file:"+filepath.Join(dir, "fts.db")+"?mode=ro")
		return sqliteAnswerer{db}, err
	},
}

func fillSQLite(db *sql.DB, articles iter.Seq2[*archive.Article, error]) error {
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err := tx.Exec(`
		CREATE VIRTUAL TABLE t USING fts5(text, content='');
		CREATE TABLE d (rowid INTEGER PRIMARY KEY, source TEXT, year INTEGER, country TEXT, kind TEXT, date TEXT);`); err != nil {
		return err
	}
	text, err := tx.Prepare("INSERT INTO t(rowid, text) VALUES (?, ?)")
	if err != nil {
		return err
	}
	row, err := tx.Prepare("INSERT INTO d VALUES (?, ?, ?, ?, ?, ?)")
	if err != nil {
		return err
	}
	n := 0
	for a, err := range articles {
		if err != nil {
			return err
		}
		kind := ""
		if len(a.Meetings) > 0 {
			kind = string(a.Meetings[0].Kind)
		}
		for _, p := range a.Paragraphs {
			n++
			if _, err := text.Exec(n, vitext.Fold(p.Text)); err != nil {
				return err
			}
			if _, err := row.Exec(n, a.Source.Name, a.Published.EDTF.Year(), foreignCountry(a), kind, string(a.Published.EDTF)); err != nil {
				return err
			}
		}
	}
	if _, err := tx.Exec("INSERT INTO t(t) VALUES ('optimize')"); err != nil {
		return err
	}
	return tx.Commit()
}

type sqliteAnswerer struct{ *sql.DB }

// matchOf writes words in the language of FTS5.
func matchOf(text, operator string) string {
	var s vitext.Scanner
	var words []string
	for s.Reset(vitext.Fold(text)); s.Scan(); {
		words = append(words, `"`+string(s.Folded)+`"`)
	}
	return strings.Join(words, operator)
}

func (x sqliteAnswerer) page(q *compared) (int, error) {
	from, where, args := "d", "1", []any{}
	if q.text != "" {
		operator := " AND "
		if q.phrase {
			operator = " + "
		}
		from, where, args = "t JOIN d ON d.rowid = t.rowid", "t MATCH ?", []any{matchOf(q.text, operator)}
	}
	if q.year != 0 {
		where, args = where+" AND d.year = ?", append(args, q.year)
	}
	if q.land != "" {
		where, args = where+" AND d.country = ?", append(args, q.land)
	}
	order := "t.rank"
	if q.newest || q.text == "" {
		order = "d.date DESC"
	}
	found, err := x.count("SELECT d.source, 1 FROM "+from+" WHERE "+where+" ORDER BY "+order+" LIMIT 10", args)
	if err != nil || !q.facets {
		return found, err
	}
	for _, name := range []string{"year", "country", "kind"} {
		if found, err = x.count("SELECT d."+name+", count(*) FROM "+from+" WHERE "+where+" GROUP BY 1", args); err != nil {
			return 0, err
		}
	}
	return found, nil
}

// count adds up the second column of a statement's rows.
func (x sqliteAnswerer) count(statement string, args []any) (int, error) {
	rows, err := x.Query(statement, args...)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	sum := 0
	for rows.Next() {
		var value string
		var n int
		if err := rows.Scan(&value, &n); err != nil {
			return 0, err
		}
		sum += n
	}
	return sum, rows.Err()
}

func (x sqliteAnswerer) ranked(text string) ([]string, error) {
	rows, err := x.Query("SELECT d.source FROM t JOIN d ON d.rowid = t.rowid WHERE t MATCH ? ORDER BY t.rank LIMIT 100", matchOf(text, " OR "))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var sources []string
	for rows.Next() {
		var source string
		if err := rows.Scan(&source); err != nil {
			return nil, err
		}
		sources = appendSource(sources, source)
	}
	return sources, rows.Err()
}
