// Command vankho imports, serves and searches a read-only archive of
// diplomatic communiqués.
//
// This package holds flags, wiring and exit status: a file a command, and no
// logic. Exit status: 0 done, 2 bad input or usage, 3 I/O, 4 another import is
// running, 5 integrity.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"unicode"

	"github.com/urfave/cli/v3"

	"vankho/internal/importer"
	"vankho/internal/search"
	"vankho/internal/source"
	"vankho/internal/store"
)

// The exit statuses.
const (
	exitInput     = 2
	exitIO        = 3
	exitBusy      = 4
	exitIntegrity = 5
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args, os.Stdout, os.Stderr))
}

// run is main without the process: it gives the exit status.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	out := &output{w: stdout}
	err := newCommand(out, stderr).Run(ctx, args)
	switch {
	case err == nil && out.err == nil:
		return 0
	case err == nil:
		err = out.err
	case ctx.Err() != nil && errors.Is(err, context.Canceled):
		err = errors.New("interrupted")
	}
	var said *saidError
	if errors.As(err, &said) {
		return said.status
	}
	fmt.Fprintf(stderr, "vankho: %s\n", shown(err))
	return exitStatus(err)
}

// output remembers the first failure to write, so that the many small prints
// of a command need not each look for one.
type output struct {
	w   io.Writer
	err error
}

func (o *output) Write(p []byte) (int, error) {
	if o.err != nil {
		return 0, o.err
	}
	n, err := o.w.Write(p)
	o.err = err
	return n, err
}

func newCommand(stdout, stderr io.Writer) *cli.Command {
	usageError := func(_ context.Context, cmd *cli.Command, err error, _ bool) error {
		return &exitError{exitInput, fmt.Errorf("%w; see %s -h", err, cmd.FullName())}
	}
	root := &cli.Command{
		Name:                  "vankho",
		Usage:                 "a read-only archive of diplomatic communiqués",
		Description:           "Reads Vietnamese articles about diplomatic meetings into records with evidence,\nand serves them as searchable pages with permanent addresses.",
		EnableShellCompletion: true,
		Suggest:               true,
		Writer:                stdout,
		ErrWriter:             stderr,
		ExitErrHandler:        func(context.Context, *cli.Command, error) {},
		OnUsageError:          usageError,
		Commands: []*cli.Command{
			importCommand(), serveCommand(), searchCommand(), extractCommand(), exportCommand(), verifyCommand(), versionCommand(),
		},
		Action: func(_ context.Context, cmd *cli.Command) error {
			if cmd.Args().Present() {
				return &exitError{exitInput, fmt.Errorf("no command %q; see vankho -h", cmd.Args().First())}
			}
			return cli.ShowAppHelp(cmd)
		},
	}
	for _, c := range root.Commands {
		c.OnUsageError = usageError
		c.HideHelpCommand = true
		c.DisableSliceFlagSeparator = true // a reason given to -retire may have commas
	}
	return root
}

// archiveFlag says which archive a command works on.
func archiveFlag() cli.Flag {
	return &cli.StringFlag{Name: "archive", Value: "archive", Usage: "the archive's `DIR`"}
}

// exitError is an error whose exit status its kind does not tell: see exitStatus.
type exitError struct {
	status int
	err    error
}

func (e *exitError) Error() string { return e.err.Error() }
func (e *exitError) Unwrap() error { return e.err }

// saidError ends a command that has already named each file it refused.
type saidError struct{ status int }

func (*saidError) Error() string { return "files were refused" }

// refusalStatus gives the exit status for a file that was refused: bad input,
// unless reading it failed for want of something that is not the file's.
func refusalStatus(err error) int {
	var refused *source.Error
	if errors.As(err, &refused) || errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrPermission) {
		return exitInput
	}
	return exitIO
}

// shown gives the text of an error as a terminal may have it: file names can
// hold control characters.
func shown(err error) string {
	var b strings.Builder
	for _, r := range err.Error() {
		if unicode.IsControl(r) && r != '\n' {
			fmt.Fprintf(&b, "\\x%02x", r)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// noArgs refuses arguments of a command that has none.
func noArgs(_ context.Context, cmd *cli.Command) (context.Context, error) {
	if cmd.Args().Present() {
		return nil, &exitError{exitInput, fmt.Errorf("%s: unexpected argument %q; see %s -h", cmd.Name, cmd.Args().First(), cmd.FullName())}
	}
	return nil, nil
}

// exitStatus gives the status for an error of any room.
func exitStatus(err error) int {
	var said *exitError
	var damaged *store.DamagedError
	var orphans *importer.OrphanError
	var refused *source.Error
	var path *store.PathError
	var usage cli.ExitCoder // what the command-line library says of its own commands
	switch {
	case errors.As(err, &said):
		return said.status
	case errors.Is(err, store.ErrBusy):
		return exitBusy
	case errors.As(err, &damaged), errors.Is(err, search.ErrNoIndex):
		return exitIntegrity
	case errors.As(err, &orphans), errors.As(err, &refused), errors.As(err, &path), errors.As(err, &usage), errors.Is(err, search.ErrBadQuery):
		return exitInput
	}
	return exitIO
}
