package main

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/urfave/cli/v3"

	"vankho/internal/importer"
	"vankho/internal/search"
	"vankho/internal/site"
	"vankho/internal/store"
	"vankho/web"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"vankho": main})
}

// TestCommands runs the stories in testdata/script against the real program.
// Besides the commands of testscript there is "exits N COMMAND…": the command
// must end with that status.
func TestCommands(t *testing.T) {
	seeds, err := filepath.Abs("../../seeds")
	if err != nil {
		t.Fatal(err)
	}
	readme, err := filepath.Abs("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(env *testscript.Env) error {
			env.Setenv("SEEDS", seeds)
			env.Setenv("README", readme)
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": func(ts *testscript.TestScript, neg bool, args []string) {
				if neg || len(args) < 2 {
					ts.Fatalf("usage: exits STATUS COMMAND…")
				}
				want, err := strconv.Atoi(args[0])
				ts.Check(err)
				var exit *exec.ExitError
				got := 0
				if err := ts.Exec(args[1], args[2:]...); errors.As(err, &exit) {
					got = exit.ExitCode()
				} else if err != nil {
					ts.Fatalf("%v", err)
				}
				if got != want {
					ts.Fatalf("exit status %d, want %d", got, want)
				}
			},
		},
	})
}

// TestReadmeNamesEveryFlag keeps the README true to the program.
func TestReadmeNamesEveryFlag(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range newCommand(&bytes.Buffer{}, &bytes.Buffer{}).Commands {
		if !strings.Contains(string(readme), "vankho "+c.Name) {
			t.Errorf("README does not name the command vankho %s", c.Name)
		}
		for _, f := range c.Flags {
			if name := f.Names()[0]; !strings.Contains(string(readme), "`-"+name) {
				t.Errorf("README does not name the flag -%s of vankho %s", name, c.Name)
			}
			if _, ok := f.(cli.DocGenerationFlag); !ok {
				t.Errorf("flag %v of vankho %s has no usage", f.Names(), c.Name)
			}
		}
	}
}

// readmeCorrections gives a file with the corrections that the README shows.
func readmeCorrections(t *testing.T) string {
	t.Helper()
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(readme), "```yaml\n")
	entries, _, ok := strings.Cut(rest, "```\n")
	if !ok {
		t.Fatal("the README shows no corrections")
	}
	file := filepath.Join(t.TempDir(), "corrections.yaml")
	if err := os.WriteFile(file, []byte(entries), 0o644); err != nil {
		t.Fatal(err)
	}
	return file
}

// toldTexts are four articles on one journey, of which two tell of the same
// talks.
const toldTexts = "../../internal/importer/testdata/told"

// serveSeeds imports the seeds, corrected as the README shows, and toldTexts
// into a fresh archive and gives its folder and the site over it.
func serveSeeds(t *testing.T) (dir string, h http.Handler) {
	t.Helper()
	dir = t.TempDir()
	report, err := importer.Run(context.Background(), importer.Config{Archive: dir, Paths: []string{"../../seeds", toldTexts}, Corrections: []string{readmeCorrections(t)}})
	if err != nil {
		t.Fatal(err)
	}
	if report.New != 5+4 || len(report.Refused) > 0 {
		t.Fatalf("import of the seeds and what several tell: %+v", report)
	}
	s, err := store.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	live := search.NewLive(dir)
	t.Cleanup(func() { live.Close() })
	if err := live.Use(report.Generation); err != nil {
		t.Fatal(err)
	}
	h, err = site.New(site.Config{Store: s, Search: live, Web: web.Files})
	if err != nil {
		t.Fatal(err)
	}
	return dir, h
}

// samplePaths gives a path of every kind of page, found in the archive.
func samplePaths(t *testing.T, dir string) map[string]string {
	t.Helper()
	s, err := store.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	paths := map[string]string{
		"home": "/", "search": "/search?q=kim+ngach+thuong+mai", "search-all": "/search", "search-none": "/search?q=zzzzz", "search-said": "/search?q=h%E1%BB%A3p+t%C3%A1c&force=agreed", "search-advanced": "/en/search/advanced?country=LA&speaker=to-lam",
		"people": "/p", "countries": "/c", "country": "/c/la", "years": "/y", "year": "/y/2026", "month": "/y/2026/02",
		"person": "/p/to-lam", "about": "/about", "method": "/method", "cite": "/cite", "help": "/help", "data": "/data", "missing": "/a/nothing",
		"pair": "/c/vn/la", "pair-people": "/p/thongloun-sisoulith/to-lam", "agreements": "/agreements?country=la", "topics": "/topics",
		"figures": "/figures", "figure-series": "/figures?series=LA%2BVN%7Ckim+ng%E1%BA%A1ch+th%C6%B0%C6%A1ng+m%E1%BA%A1i%7CUSD",
		"phrases": "/phrases", "phrase": "/phrases?q=g%E1%BA%AFn+k%E1%BA%BFt+chi%E1%BA%BFn+l%C6%B0%E1%BB%A3c", "network": "/network",
		"english": "/en", "english-pair": "/en/c/vn/la", "english-person": "/en/p/to-lam",
	}
	for a, err := range s.Articles(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		switch {
		case strings.HasPrefix(a.Source.Name, "002_"):
			paths["article"], paths["version"], paths["meeting"] = a.URL, a.URL+"/v/1", a.Meetings[0].URL
		case a.Source.Name == "bao-mot.txt":
			paths["told"] = a.Meetings[0].URL
		case strings.HasPrefix(a.Source.Name, "003_"):
			paths["series"] = a.URL
			for _, m := range a.Meetings {
				if len(m.Corrections) > 0 {
					paths["corrected"] = m.URL
				}
			}
		case strings.HasPrefix(a.Source.Name, "004_"):
			paths["visit"] = a.Visits[0].URL
		}
	}
	return paths
}

func TestProgressLine(t *testing.T) {
	for _, test := range []struct {
		progress importer.Progress
		want     string
	}{
		{importer.Progress{Step: "read", Files: 200, Bytes: 1_500_000}, "read: 200 articles, 100/s, 1.5 MB"},
		{importer.Progress{Step: "read", Files: 200, Total: 1000, Bytes: 1_500_000}, "read: 200 of 1000 articles, 100/s, 1.5 MB, about 8s left"},
		{importer.Progress{Step: "index", Files: 1000}, "index: 1000 articles"},
	} {
		if got := progressLine(test.progress, 2*time.Second); got != test.want {
			t.Errorf("progressLine(%+v): got %q, want %q", test.progress, got, test.want)
		}
	}
}
