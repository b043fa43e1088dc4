package main

import (
	"context"
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/urfave/cli/v3"

	"vankho/internal/archive"
)

func versionCommand() *cli.Command {
	return &cli.Command{
		Name:   "version",
		Usage:  "print what this program was built from",
		Before: noArgs,
		Action: func(_ context.Context, cmd *cli.Command) error {
			revision := "unknown revision"
			if info, ok := debug.ReadBuildInfo(); ok {
				for _, s := range info.Settings {
					if s.Key == "vcs.revision" {
						revision = s.Value
					}
				}
			}
			_, err := fmt.Fprintf(cmd.Root().Writer, "vankho %s, %s, %s/%s, records %s\n",
				revision, runtime.Version(), runtime.GOOS, runtime.GOARCH, archive.SchemaArticle)
			return err
		},
	}
}
