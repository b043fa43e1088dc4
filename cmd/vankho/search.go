package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/urfave/cli/v3"

	"vankho/internal/archive"
	"vankho/internal/search"
	"vankho/internal/store"
)

func searchCommand() *cli.Command {
	return &cli.Command{
		Name:        "search",
		Usage:       "search the archive from a terminal",
		ArgsUsage:   "QUERY",
		Description: queryHelp,
		Flags: []cli.Flag{
			archiveFlag(),
			&cli.IntFlag{Name: "limit", Value: 10, Usage: "at most `N` results, 1 to 100"},
			&cli.StringFlag{Name: "format", Value: "text", Usage: "output `FORMAT`: text or jsonl"},
			&cli.StringFlag{Name: "queries", Usage: "answer every line (id, tab, query) of `FILE`, one JSON line each"},
		},
		Action: runSearch,
	}
}

// queryHelp is the query language in short; the package comment of search has
// all of it.
const queryHelp = `Words match with or without their marks; marks that are typed count. What is not listed here is literal text.

  hội đàm thương mại            all these words
  "hội đàm"                     side by side, in quotes of any kind
  -Lào  -"hội đàm"  -năm:2025   not in the article; not of this year
  "hội đàm" OR "điện đàm"       one or the other; also HOẶC and |
  (hội đàm OR hội kiến) Lào     inside parentheses OR divides all that stands there
  5/2/2026  tháng 2/2026        a day or month, however it is written

Fields, with or without marks, in Vietnamese or English; "a value of several words" in quotes or with-hyphens:

  người: person:    took part              nói: said: by:     said by
  nước: country:    of who took part       nhất-trí: agreed:  in an agreement; alone, or with a word
  loại: kind:       hội-đàm, talks, …      mức: force:        ký, nhất-trí, cam-kết, đề-nghị, …
  năm: year:        2025                   chủ-đề: topic:     đầu-tư, y-tế, …
  từ: from:         2025, 1/2025,          số: figure:        with a figure; alone, or with a word
  đến: to:          5/2/2026, 2026-02-05

Words and phrases beside a field of the right column must stand in one statement or agreement.
At a shell, put the whole query in single quotes, and -- before one that begins with a minus.`

// rankedQuery is a line of `vankho search -format jsonl` and `-queries`.
type rankedQuery struct {
	ID    archive.Opt `json:"id"`
	Query string      `json:"query"`
	Error string      `json:"error,omitempty"`
	Hits  []rankedHit `json:"hits"`
}

type rankedHit struct {
	Article   string      `json:"article"`
	Source    string      `json:"source"`
	Paragraph int         `json:"paragraph"`
	Meeting   archive.Opt `json:"meeting"`
	Score     float64     `json:"score"`
}

func runSearch(ctx context.Context, cmd *cli.Command) error {
	format, limit, queries := cmd.String("format"), cmd.Int("limit"), cmd.String("queries")
	switch {
	case format != "text" && format != "jsonl":
		return &exitError{exitInput, fmt.Errorf("search: format %q is neither text nor jsonl", format)}
	case limit < 1 || limit > search.MaxPage:
		return &exitError{exitInput, fmt.Errorf("search: limit %d is not from 1 to %d", limit, search.MaxPage)}
	case queries == "" && !cmd.Args().Present():
		return &exitError{exitInput, errors.New("search: no query; see vankho search -h")}
	case queries != "" && cmd.Args().Present():
		return &exitError{exitInput, errors.New("search: either a query or -queries, not both")}
	}
	ix, err := openIndex(ctx, cmd.String("archive"))
	if err != nil {
		return fmt.Errorf("search: %w", err)
	}
	defer ix.Close()
	out := bufio.NewWriter(cmd.Root().Writer)
	if queries != "" {
		err = answerFile(ctx, ix, queries, limit, out)
	} else {
		err = answer(ctx, ix, strings.Join(cmd.Args().Slice(), " "), limit, format, out)
	}
	if err == nil {
		err = out.Flush()
	}
	if err != nil {
		return fmt.Errorf("search: %w", err)
	}
	return nil
}

// openIndex opens the index that belongs to the archive's present state.
func openIndex(ctx context.Context, dir string) (*search.Index, error) {
	s, err := store.Open(dir)
	if err != nil {
		return nil, err
	}
	defer s.Close()
	state, err := s.State(ctx)
	if err != nil {
		return nil, err
	}
	return search.Open(filepath.Join(dir, "index", state.Generation))
}

func answer(ctx context.Context, ix *search.Index, text string, limit int, format string, out io.Writer) error {
	if format == "jsonl" {
		line, err := rank(ctx, ix, "", text, limit)
		if err != nil {
			return err
		}
		return writeLine(out, line)
	}
	q, err := search.ParseQuery(text)
	if err != nil {
		return err
	}
	q.Limit = limit
	results, err := ix.Search(ctx, q)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "%d results in %d articles\n", results.Total, results.Articles)
	writeUnknown(out, results.Clauses)
	for _, g := range results.Groups {
		url := "/a/" + g.Article
		if g.Meeting != "" {
			url = "/m/" + g.Meeting
		}
		fmt.Fprintf(out, "\n%s  %s\n%s  %s\n", g.Date, g.Title, url, g.Source)
		for _, h := range g.Hits {
			fmt.Fprintf(out, "  /a/%s#d%d  ", g.Article, h.Paragraph)
			for _, f := range h.Snippet {
				if f.Match {
					fmt.Fprintf(out, "[%s]", f.Text)
				} else {
					io.WriteString(out, f.Text)
				}
			}
			fmt.Fprintln(out)
		}
	}
	return nil
}

// writeUnknown names the people whom a query names and the archive does not know.
func writeUnknown(out io.Writer, clauses []search.Clause) {
	for _, c := range clauses {
		for _, all := range c.Any {
			for _, t := range all {
				if t.Field != search.FieldPerson && t.Field != search.FieldSaid || len(t.Codes) > 0 {
					continue
				}
				fmt.Fprintf(out, "nobody is called %q", t.Value)
				if len(t.Near) > 0 {
					fmt.Fprintf(out, "; nearest: %s", strings.Join(t.Near, ", "))
				}
				fmt.Fprintln(out)
			}
		}
	}
}

// answerFile answers each line of a file. A line that is no query gets its
// error in its answer; one without a tab stops the run with its number.
func answerFile(ctx context.Context, ix *search.Index, name string, limit int, out io.Writer) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for n := 1; lines.Scan(); n++ {
		text := strings.TrimPrefix(lines.Text(), "\ufeff")
		if strings.TrimSpace(text) == "" {
			continue
		}
		id, query, ok := strings.Cut(text, "\t")
		if !ok {
			return &exitError{exitInput, fmt.Errorf("%s:%d: want id, tab, query", name, n)}
		}
		query, _, _ = strings.Cut(query, "\t") // further columns are the asker's own
		line, err := rank(ctx, ix, id, query, limit)
		if errors.Is(err, search.ErrBadQuery) {
			line = rankedQuery{ID: archive.Opt(id), Query: query, Error: err.Error(), Hits: []rankedHit{}}
		} else if err != nil {
			return err
		}
		if err := writeLine(out, line); err != nil {
			return err
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

func rank(ctx context.Context, ix *search.Index, id, text string, limit int) (rankedQuery, error) {
	hits, err := ix.Rank(ctx, search.Query{Text: text, Limit: limit})
	if err != nil {
		return rankedQuery{}, err
	}
	line := rankedQuery{ID: archive.Opt(id), Query: text, Hits: []rankedHit{}}
	for _, h := range hits {
		line.Hits = append(line.Hits, rankedHit{h.Article, h.Source, h.Paragraph, archive.Opt(h.Meeting), h.Score})
	}
	return line, nil
}

func writeLine(out io.Writer, v any) error {
	b, err := archive.Encode(v)
	if err != nil {
		return err
	}
	_, err = out.Write(append(b, '\n'))
	return err
}
