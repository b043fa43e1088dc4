package main

import (
	"bufio"
	"context"
	"fmt"

	"github.com/urfave/cli/v3"

	"vankho/internal/archive"
	"vankho/internal/extract"
	"vankho/internal/importer"
	"vankho/internal/source"
)

func extractCommand() *cli.Command {
	return &cli.Command{
		Name:      "extract",
		Usage:     "print the records read from files, storing nothing",
		ArgsUsage: "FILE...",
		Description: "Prints one JSON object a line and file, in the order given, in the schema " + archive.SchemaArticle + ".\n" +
			"With -explain it prints, for whoever writes the next rule, what was recognised in each\n" +
			"sentence, which values of the record cite it and by which rule, and what no rule used.",
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "format", Value: "jsonl", Usage: "output `FORMAT`: jsonl"},
			&cli.BoolFlag{Name: "explain", Usage: "print the reading sentence by sentence instead"},
			&cli.StringFlag{Name: "collection", Usage: "`NAME` under which files without an address of their own are known (default: the folder's name)"},
		},
		Action: runExtract,
	}
}

func runExtract(_ context.Context, cmd *cli.Command) error {
	if format := cmd.String("format"); format != "jsonl" {
		return &exitError{exitInput, fmt.Errorf("extract: format %q: the only format is jsonl", format)}
	}
	if !cmd.Args().Present() {
		return &exitError{exitInput, fmt.Errorf("extract: no file named; see vankho extract -h")}
	}
	out := bufio.NewWriter(cmd.Root().Writer)
	status, files := 0, 0
	err := source.Walk(cmd.Args().Slice(), cmd.String("collection"), func(f source.File, err error) error {
		var a *archive.Article
		if err == nil {
			a, err = source.Read(f)
		}
		if err != nil {
			status = max(status, refusalStatus(err))
			fmt.Fprintf(cmd.Root().ErrWriter, "vankho extract: %s\n", shown(err))
			return nil
		}
		if cmd.Bool("explain") {
			if files++; files > 1 {
				out.WriteByte('\n')
			}
			return extract.Explain(a, out)
		}
		importer.Extract(a)
		line, err := archive.Encode(a.Document())
		if err != nil {
			return err
		}
		_, err = out.Write(append(line, '\n'))
		return err
	})
	if err == nil {
		err = out.Flush()
	}
	if err != nil {
		return fmt.Errorf("extract: %w", err)
	}
	if status != 0 {
		return &saidError{status}
	}
	return nil
}
