package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/urfave/cli/v3"
	"golang.org/x/term"

	"vankho/internal/importer"
)

func importCommand() *cli.Command {
	return &cli.Command{
		Name:      "import",
		Usage:     "read articles into the archive",
		ArgsUsage: "[PATH...]",
		Description: "Reads .txt, .md and .html files, or all of them below a folder (default: seeds).\n" +
			"Importing the same bytes again changes nothing; other bytes under the same identity\n" +
			"become a new version. A file that is refused is named and does not stop the others.",
		Flags: []cli.Flag{
			archiveFlag(),
			&cli.StringFlag{Name: "collection", Usage: "`NAME` under which files without an address of their own are known (default: the folder's name)"},
			&cli.StringMapFlag{Name: "redirect", Usage: "`OLD=NEW`: a published address that moves, such as /m/…=/m/… (may be repeated)"},
			&cli.StringMapFlag{Name: "retire", Usage: "`OLD=REASON`: a published address that is given up (may be repeated)"},
			&cli.StringSliceFlag{Name: "corrections", Usage: "`FILE` of corrections by people, in YAML or JSON (may be repeated); without a PATH no article is read"},
			&cli.StringFlag{Name: "moved", Usage: "`FILE` that says the same of many addresses, one a line: \"OLD NEW\" or \"OLD retired: REASON\""},
		},
		Action: runImport,
	}
}

func runImport(ctx context.Context, cmd *cli.Command) error {
	out, errOut := cmd.Root().Writer, cmd.Root().ErrWriter
	paths := cmd.Args().Slice()
	corrections := cmd.StringSlice("corrections")
	if len(paths)+len(corrections) == 0 {
		paths = []string{"seeds"}
	}
	moved, err := moved(cmd)
	if err != nil {
		return fmt.Errorf("import: %w", err)
	}
	report, err := importer.Run(ctx, importer.Config{
		Archive:     cmd.String("archive"),
		Paths:       paths,
		Collection:  cmd.String("collection"),
		Redirect:    moved.Redirect,
		Retire:      moved.Retire,
		MovedAt:     moved.At,
		Corrections: corrections,
		Progress:    progressPrinter(errOut),
	})
	var refused *importer.CorrectionsError
	if errors.As(err, &refused) {
		return refuseAll(errOut, refused.Refused)
	}
	if err != nil {
		return fmt.Errorf("import: %s: %w", cmd.String("archive"), err)
	}
	if report.Left != nil {
		fmt.Fprintf(errOut, "vankho import: older indexes could not be removed: %v\n", report.Left)
	}
	printReport(out, report)
	return refuseAll(errOut, report.Refused)
}

// refuseAll names what was refused, and gives the error that says so by the
// exit status.
func refuseAll(w io.Writer, refused []error) error {
	status := 0
	for _, err := range refused {
		fmt.Fprintf(w, "vankho import: %s\n", shown(err))
		status = max(status, refusalStatus(err))
	}
	if status == 0 {
		return nil
	}
	return &saidError{status}
}

// moved gives what is to become of published addresses, by the file that -moved
// names and the flags, which outweigh it.
func moved(cmd *cli.Command) (*importer.Moved, error) {
	m := &importer.Moved{Redirect: map[string]string{}, Retire: map[string]string{}}
	if name := cmd.String("moved"); name != "" {
		f, err := os.Open(name)
		if err != nil {
			return nil, &exitError{refusalStatus(err), err}
		}
		defer f.Close()
		if m, err = importer.ParseMoved(name, f); err != nil {
			return nil, &exitError{exitInput, err}
		}
	}
	for _, flag := range []struct{ said, list map[string]string }{{cmd.StringMap("redirect"), m.Redirect}, {cmd.StringMap("retire"), m.Retire}} {
		for path, what := range flag.said {
			delete(m.At, path)
			flag.list[path] = what
		}
	}
	return m, nil
}

func printReport(w io.Writer, r *importer.Report) {
	fmt.Fprintf(w, "read %d, new %d, changed %d, reread %d, unchanged %d, refused %d\n",
		r.Read, r.New, r.Changed, r.Reread, r.Unchanged, len(r.Refused))
	for _, c := range r.Versions {
		fmt.Fprintf(w, "%s: version %d of %s\n", c.File, c.Version, c.URL)
	}
	fmt.Fprintf(w, "meetings %d, visits %d, problems %d\n", r.Meetings, r.Visits, r.Problems)
	if r.Corrected+r.CorrectedBefore > 0 {
		fmt.Fprintf(w, "corrections: new %d, taken before %d\n", r.Corrected, r.CorrectedBefore)
	}
	switch {
	case r.Generation == "":
		fmt.Fprintln(w, "no archive was made")
	case r.Written:
		fmt.Fprintf(w, "archive %s in %s\n", r.Generation, r.Elapsed.Round(time.Millisecond))
	case r.Indexed:
		fmt.Fprintf(w, "archive %s: nothing changed; the index was missing or damaged and has been rebuilt\n", r.Generation)
	default:
		fmt.Fprintf(w, "archive %s: nothing changed\n", r.Generation)
	}
}

// progressPrinter shows how far the import is: on a terminal one line that is
// rewritten, elsewhere a plain line now and then.
func progressPrinter(w io.Writer) func(importer.Progress) {
	f, ok := w.(*os.File)
	terminal := ok && term.IsTerminal(int(f.Fd()))
	every := 10 * time.Second
	if terminal {
		every = 200 * time.Millisecond
	}
	start, last := time.Now(), time.Now()
	return func(p importer.Progress) {
		if p.Step == "read" && time.Since(last) < every {
			return
		}
		last = time.Now()
		took := time.Since(start)
		line := progressLine(p, took)
		switch {
		case terminal && p.Step == "commit":
			fmt.Fprintf(w, "\r%s\r", strings.Repeat(" ", 79))
		case terminal:
			fmt.Fprintf(w, "\r%-79s", line)
		case took > 5*time.Second:
			fmt.Fprintf(w, "vankho import: %s\n", line)
		}
	}
}

// progressLine says count, rate and, once it is known how many files there
// are, about how long the rest will take.
func progressLine(p importer.Progress, took time.Duration) string {
	if p.Step != "read" {
		return fmt.Sprintf("%s: %d articles", p.Step, p.Files)
	}
	rate := float64(p.Files) / max(took.Seconds(), 0.001)
	line := fmt.Sprintf("read: %d", p.Files)
	if p.Total > 0 {
		line += fmt.Sprintf(" of %d", p.Total)
	}
	line += fmt.Sprintf(" articles, %.0f/s, %.1f MB", rate, float64(p.Bytes)/1e6)
	if left := p.Total - p.Files; left > 0 && rate > 0 {
		line += fmt.Sprintf(", about %s left", (time.Duration(float64(left)/rate) * time.Second).Round(time.Second))
	}
	return line
}
