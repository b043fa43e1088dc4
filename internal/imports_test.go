// Package internal_test holds the import table of the house as a test.
package internal_test

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"path"
	"slices"
	"strings"
	"testing"
)

// mayImport is who may import whom: for each package, the packages of this
// module and the modules from outside (by path prefix) that it may name. The
// standard library is free to all. A new package must first be given a row.
var mayImport = map[string]struct{ module, outside []string }{
	"internal/archive":   {},
	"web":                {},
	"internal/vitext":    {nil, []string{"golang.org/x/text"}},
	"internal/render":    {[]string{"internal/archive"}, []string{"github.com/yuin/goldmark"}},
	"internal/source":    {[]string{"internal/archive", "internal/vitext", "internal/render"}, []string{"golang.org/x/net/html", "codeberg.org/readeck/go-readability", "go.yaml.in/yaml"}},
	"internal/extract":   {[]string{"internal/archive", "internal/vitext"}, nil},
	"internal/encounter": {[]string{"internal/archive"}, nil},
	"internal/store":     {[]string{"internal/archive", "internal/encounter"}, []string{"modernc.org/sqlite"}},
	"internal/search":    {[]string{"internal/archive", "internal/vitext"}, []string{"github.com/blevesearch"}},
	"internal/card":      {nil, []string{"golang.org/x/image", "golang.org/x/text"}},
	"internal/importer":  {[]string{"internal/archive", "internal/source", "internal/extract", "internal/store", "internal/search"}, nil},
	"internal/site":      {[]string{"internal/archive", "internal/card", "internal/encounter", "internal/vitext", "internal/store", "internal/search", "internal/render"}, []string{"github.com/go-chi/chi", "github.com/andybalholm/brotli", "golang.org/x/net/netutil"}},
	"internal/testkit":   {[]string{"internal/archive", "internal/vitext"}, []string{"github.com/google/go-cmp"}},
	"cmd/vankho":         {[]string{"internal/archive", "internal/vitext", "internal/source", "internal/extract", "internal/store", "internal/search", "internal/importer", "internal/site", "web"}, []string{"github.com/urfave/cli", "golang.org/x/term"}},
}

func TestImports(t *testing.T) {
	cmd := exec.Command("go", "list", "-json=ImportPath,Imports", "vankho/...")
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var pkg struct {
			ImportPath string
			Imports    []string
		}
		if err := dec.Decode(&pkg); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		name := strings.TrimPrefix(pkg.ImportPath, "vankho/")
		row, ok := mayImport[name]
		if !ok {
			if name != "internal" {
				t.Errorf("%s has no row in the import table", name)
			}
			continue
		}
		for _, imp := range pkg.Imports {
			switch {
			case !strings.Contains(strings.SplitN(imp, "/", 2)[0], ".") && !strings.HasPrefix(imp, "vankho/"):
				// standard library
			case strings.HasPrefix(imp, "vankho/"):
				if !slices.Contains(row.module, strings.TrimPrefix(imp, "vankho/")) {
					t.Errorf("%s may not import %s", name, imp)
				}
			case !slices.ContainsFunc(row.outside, func(m string) bool {
				return imp == m || strings.HasPrefix(imp, m+"/")
			}):
				t.Errorf("%s may not import %s", name, imp)
			}
		}
	}
}

// TestTopLevel keeps the top of the repository to what HOUSE.md names.
func TestTopLevel(t *testing.T) {
	out, err := exec.Command("git", "ls-files", "--full-name", ":/").Output()
	if err != nil {
		t.Skipf("not a git checkout: %v", err)
	}
	allowed := []string{"cmd", "internal", "web", "seeds", "go.mod", "go.sum", "Makefile", "README.md"}
	for file := range strings.Lines(string(out)) {
		top, _, _ := strings.Cut(path.Clean(strings.TrimSpace(file)), "/")
		if !strings.HasPrefix(top, ".") && !slices.Contains(allowed, top) {
			t.Errorf("%s is outside the top level the project has", strings.TrimSpace(file))
		}
	}
}
