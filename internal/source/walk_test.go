package source

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// walk gives a line for each call that Walk makes: the file, or the refusal
// with the folder taken out.
func walk(t *testing.T, dir, collection string, paths ...string) []string {
	t.Helper()
	var got []string
	err := Walk(paths, collection, func(f File, err error) error {
		if err != nil {
			got = append(got, "! "+strings.ReplaceAll(err.Error(), dir, "DIR"))
			return nil
		}
		got = append(got, fmt.Sprintf("%s = %s/%s %q", strings.ReplaceAll(f.Path, dir, "DIR"), f.Collection, f.Rel, f.Data))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func write(t *testing.T, path, data string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(data), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestWalk(t *testing.T) {
	dir := t.TempDir()
	root := filepath.Join(dir, "seeds")
	write(t, filepath.Join(root, "b.txt"), "b")
	write(t, filepath.Join(root, "a.md"), "a")
	write(t, filepath.Join(root, "C.HTML"), "c")
	write(t, filepath.Join(root, ".hidden.txt"), "no")
	write(t, filepath.Join(root, ".git", "x.txt"), "no")
	write(t, filepath.Join(root, "photo.jpg"), "no")
	write(t, filepath.Join(root, "sub", "d.htm"), "d")
	write(t, filepath.Join(dir, "secret.txt"), "no")
	if err := os.Symlink("../secret.txt", filepath.Join(root, "link.txt")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("..", filepath.Join(root, "up")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("b.txt", filepath.Join(root, "within.txt")); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mkfifo(filepath.Join(root, "pipe.txt"), 0o644); err != nil {
		t.Fatal(err)
	}
	huge := filepath.Join(root, "huge.txt")
	write(t, huge, "")
	if err := os.Truncate(huge, MaxFile+1); err != nil { // sparse: takes no space
		t.Fatal(err)
	}

	for _, tt := range []struct {
		name, collection string
		paths, want      []string
	}{
		{"folder", "", []string{root}, []string{
			`DIR/seeds/C.HTML = seeds/C.HTML "c"`,
			`DIR/seeds/a.md = seeds/a.md "a"`,
			`DIR/seeds/b.txt = seeds/b.txt "b"`,
			`! DIR/seeds/huge.txt: too large: 10485761 bytes, at most 10485760 are read`,
			`! DIR/seeds/link.txt: refused: it is a symbolic link`,
			`! DIR/seeds/pipe.txt: refused: it is a named pipe`,
			`DIR/seeds/sub/d.htm = seeds/sub/d.htm "d"`,
			`! DIR/seeds/up: refused: it is a symbolic link`,
			`! DIR/seeds/within.txt: refused: it is a symbolic link`,
		}},
		{"file", "", []string{filepath.Join(root, "b.txt")}, []string{`DIR/seeds/b.txt = seeds/b.txt "b"`}},
		{"file by a detour", "", []string{root + "/sub/../b.txt"}, []string{`DIR/seeds/sub/../b.txt = seeds/b.txt "b"`}},
		{"collection", "other", []string{filepath.Join(root, "sub"), filepath.Join(root, "b.txt")}, []string{
			`DIR/seeds/sub/d.htm = other/d.htm "d"`,
			`DIR/seeds/b.txt = other/b.txt "b"`,
		}},
		{"other format", "", []string{filepath.Join(root, "photo.jpg")}, []string{`! DIR/seeds/photo.jpg: not an article: only .txt, .md, .html and .htm files are read`}},
		{"missing, then there", "", []string{filepath.Join(root, "none.txt"), filepath.Join(root, "b.txt")}, []string{
			`! DIR/seeds/none.txt: cannot open: no such file or directory`,
			`DIR/seeds/b.txt = seeds/b.txt "b"`,
		}},
		{"link as root", "", []string{filepath.Join(root, "up")}, []string{`! DIR/seeds/up: refused: it is a symbolic link`}},
		{"pipe", "", []string{filepath.Join(root, "pipe.txt")}, []string{`! DIR/seeds/pipe.txt: refused: it is a named pipe`}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := walk(t, dir, tt.collection, tt.paths...)
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("Walk: (-want +got)\n%s", diff)
			}
		})
	}
}

// The folder in which the command runs has a name too.
func TestWalkHere(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "seeds", "a.txt"), "a")
	t.Chdir(filepath.Join(dir, "seeds"))
	for path, want := range map[string]string{
		".":        `a.txt = seeds/a.txt "a"`,
		"a.txt":    `a.txt = seeds/a.txt "a"`,
		"../seeds": `../seeds/a.txt = seeds/a.txt "a"`,
	} {
		if diff := cmp.Diff([]string{want}, walk(t, dir, "", path)); diff != "" {
			t.Errorf("Walk(%q): (-want +got)\n%s", path, diff)
		}
	}
}

// A failure of the system can be told from bad input.
func TestWalkSystemErrors(t *testing.T) {
	dir := t.TempDir()
	locked := filepath.Join(dir, "a.txt")
	write(t, locked, "a")
	if err := os.Chmod(locked, 0); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]error{locked: fs.ErrPermission, filepath.Join(dir, "b.txt"): fs.ErrNotExist} {
		if path == locked && os.Geteuid() == 0 {
			continue // root may read everything
		}
		err := Walk([]string{path}, "", func(_ File, err error) error { return err })
		var refused *Error
		if !errors.Is(err, want) || errors.As(err, &refused) {
			t.Errorf("Walk(%s): got %v, want %v and no *Error", path, err, want)
		}
	}
}

// An error of fn ends the walk and comes back as it is.
func TestWalkStops(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "a.txt"), "a")
	write(t, filepath.Join(dir, "sub", "b.txt"), "b")
	write(t, filepath.Join(dir, "z.txt"), "z")
	stop := errors.New("stop")
	calls := 0
	err := Walk([]string{dir, dir}, "", func(f File, _ error) error {
		if calls++; f.Name == "b.txt" {
			return stop
		}
		return nil
	})
	if err != stop || calls != 2 {
		t.Errorf("Walk: got %v after %d calls, want %v after 2", err, calls, stop)
	}
}

func TestWalkBadName(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "a\xff.txt")
	if err := os.WriteFile(name, []byte("a"), 0o644); err != nil {
		t.Skip("the file system takes only UTF-8 names")
	}
	want := []string{"! DIR/a\xff.txt: unusable name: the file name is not UTF-8"}
	if diff := cmp.Diff(want, walk(t, dir, "", dir)); diff != "" {
		t.Errorf("Walk: (-want +got)\n%s", diff)
	}
}

// TestCount counts what Walk hands on.
func TestCount(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"a.txt", "b.md", "sub/c.html", "sub/.hidden.txt", ".git/d.txt", "e.png"} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte("x"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink("a.txt", filepath.Join(dir, "f.txt")); err != nil {
		t.Fatal(err)
	}
	paths := []string{dir, filepath.Join(dir, "e.png"), filepath.Join(dir, "nothing")}
	handed := 0
	if err := Walk(paths, "", func(File, error) error { handed++; return nil }); err != nil {
		t.Fatal(err)
	}
	// What is not there is handed on as an error and not counted.
	if got := Count(paths); got != handed-1 {
		t.Errorf("Count: got %d, Walk hands on %d", got, handed)
	}
}
