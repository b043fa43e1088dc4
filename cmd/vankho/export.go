package main

import (
	"bufio"
	"context"
	"fmt"

	"github.com/urfave/cli/v3"

	"vankho/internal/archive"
	"vankho/internal/store"
)

func exportCommand() *cli.Command {
	return &cli.Command{
		Name:  "export",
		Usage: "print every record of the archive",
		Description: "Prints the newest version of every article, one JSON object a line, in order of id,\n" +
			"in the schema " + archive.SchemaArticle + ".",
		Flags:  []cli.Flag{archiveFlag()},
		Before: noArgs,
		Action: runExport,
	}
}

func runExport(ctx context.Context, cmd *cli.Command) error {
	fail := func(err error) error {
		return fmt.Errorf("export: %s: %w", cmd.String("archive"), err)
	}
	s, err := store.Open(cmd.String("archive"))
	if err != nil {
		return fail(err)
	}
	defer s.Close()
	out := bufio.NewWriter(cmd.Root().Writer)
	for a, err := range s.Articles(ctx) {
		if err != nil {
			return fail(err)
		}
		if err := writeLine(out, a); err != nil {
			return fail(err)
		}
	}
	if err := out.Flush(); err != nil {
		return fail(err)
	}
	return nil
}
