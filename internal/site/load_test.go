package site

import (
	"io/fs"
	"maps"
	"net/http"
	"strings"
	"testing"
	"testing/fstest"

	"vankho/web"
)

// webCopy gives the site's own files in a form that a test can change.
func webCopy(t *testing.T) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	err := fs.WalkDir(web.Files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := fs.ReadFile(web.Files, name)
		files[name] = &fstest.MapFile{Data: b}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// TestNewFails: what is wrong with the site's files is told at the start, with
// the name of the file, not to the first visitor.
func TestNewFails(t *testing.T) {
	whole := webCopy(t)
	tests := []struct {
		name, file, text, want string // an empty text removes the file
	}{
		{"template that does not parse", "templates/pages/article.tmpl", `{{define "main"}}{{if}}{{end}}`, "article.tmpl"},
		{"unknown template function", "templates/pages/article.tmpl", `{{define "main"}}{{shout .Title}}{{end}}`, "shout"},
		{"no base", "templates/base.tmpl", "", "base.tmpl"},
		{"catalogue that is no JSON", "catalogue/vi.json", `{"a": "b",}`, "catalogue/vi.json"},
		{"key in two files", "catalogue/vi.more.json", `{"site.name": "x"}`, `"site.name"`},
		{"no text", "content/vi/help.md", "", "help.md"},
		{"text without a title", "content/vi/help.md", "words\n", "help.md"},
		{"static file of unknown type", "static/x.exe", "MZ", "x.exe"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			files := maps.Clone(whole)
			if tt.text == "" {
				delete(files, tt.file)
			} else {
				files[tt.file] = &fstest.MapFile{Data: []byte(tt.text)}
			}
			if _, err := New(Config{Web: files}); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("New: got %v, want an error with %q", err, tt.want)
			}
		})
	}
	if _, err := New(Config{Web: fstest.MapFS{}}); err == nil {
		t.Error("New without any file: no error")
	}
}

// TestDev: a developer sees a change with the next request, others do not.
func TestDev(t *testing.T) {
	arch := sampleArchive(t)
	for _, dev := range []bool{false, true} {
		files := webCopy(t)
		s, err := New(Config{Store: arch.store, Search: arch.search, Web: files, Dev: dev})
		if err != nil {
			t.Fatal(err)
		}
		files["content/vi/help.md"] = &fstest.MapFile{Data: []byte("# Changed title\n")}
		got := answerTo(s, "/help")
		if got.Code != http.StatusOK || strings.Contains(got.Body.String(), "Changed title") != dev {
			t.Errorf("dev %v: got %d, changed %v", dev, got.Code, !dev)
		}
		files["templates/base.tmpl"] = &fstest.MapFile{Data: []byte("{{")}
		if got := answerTo(s, "/help"); (got.Code == http.StatusInternalServerError) != dev {
			t.Errorf("dev %v, broken template: got %d", dev, got.Code)
		}
	}
}

func TestStaticURL(t *testing.T) {
	files := webCopy(t)
	before, err := loadStatic(files)
	if err != nil {
		t.Fatal(err)
	}
	files["static/icon.svg"] = &fstest.MapFile{Data: []byte("<svg/>")}
	after, err := loadStatic(files)
	if err != nil {
		t.Fatal(err)
	}
	a, _ := before.url("style.css")
	b, _ := after.url("style.css")
	if a == b || !isHash(before.hash) {
		t.Errorf("one file changed, the addresses did not: %s", a)
	}
	if _, err := after.url("nothing.css"); err == nil {
		t.Error("a file that does not exist has an address")
	}
}
