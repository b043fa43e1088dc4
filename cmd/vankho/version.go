package main

import (
	"cmp"
	"context"
	"fmt"
	"runtime"

	"github.com/urfave/cli/v3"

	"vankho/internal/archive"
)

// revision is the commit the program was built from. The Makefile sets it: go
// build would rather fail than stamp a checkout that belongs to another user.
var revision string

func versionCommand() *cli.Command {
	return &cli.Command{
		Name:   "version",
		Usage:  "print what this program was built from",
		Before: noArgs,
		Action: func(_ context.Context, cmd *cli.Command) error {
			_, err := fmt.Fprintf(cmd.Root().Writer, "vankho %s, %s, %s/%s, records %s\n",
				cmp.Or(revision, "of unknown revision"), runtime.Version(), runtime.GOOS, runtime.GOARCH, archive.SchemaArticle)
			return err
		},
	}
}
