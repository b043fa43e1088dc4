package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"strings"

	"github.com/urfave/cli/v3"

	"vankho/internal/archive"
	"vankho/internal/source"
	"vankho/internal/store"
)

func exportCommand() *cli.Command {
	return &cli.Command{
		Name:  "export",
		Usage: "print every record of the archive",
		Description: "Prints the newest version of every article, one JSON object a line, in order of id,\n" +
			"in the schema " + archive.SchemaArticle + ".\n" +
			"With -corrections, prints instead what people have corrected, as import takes it.",
		Flags: []cli.Flag{
			archiveFlag(),
			&cli.BoolFlag{Name: "corrections", Usage: "print the corrections by people, in YAML, instead of the records"},
		},
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
	if cmd.Bool("corrections") {
		if err := exportCorrections(ctx, out, s); err != nil {
			return fail(err)
		}
		return nil
	}
	for a, err := range s.Articles(ctx) {
		if err != nil {
			return fail(err)
		}
		if err := writeLine(out, a.Document()); err != nil {
			return fail(err)
		}
	}
	if err := out.Flush(); err != nil {
		return fail(err)
	}
	return nil
}

// exportCorrections prints a file of corrections which, imported after the same
// articles, makes the same archive. One that is lost is a comment in it.
func exportCorrections(ctx context.Context, out *bufio.Writer, s *store.Store) error {
	n := 0
	for c, err := range s.Corrections(ctx) {
		if err != nil {
			return err
		}
		entry := source.Correction{Correction: c.Correction, ReadsNow: c.ReadsNow}
		if archive.SameValue(c.ReadThen, c.Old) {
			entry.ReadThen = nil // what import takes it for
		}
		var text bytes.Buffer
		if err := source.WriteCorrection(&text, &entry); err != nil {
			return err
		}
		if c.Lost == nil {
			n++
			_, err = out.Write(text.Bytes())
		} else {
			_, err = fmt.Fprintf(out, "# fits no more: %s\n# %s\n", shown(c.Lost), strings.ReplaceAll(strings.TrimSpace(text.String()), "\n", "\n# "))
		}
		if err != nil {
			return err
		}
	}
	if n == 0 {
		fmt.Fprintln(out, "[]")
	}
	return out.Flush()
}
