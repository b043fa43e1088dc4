package store_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"vankho/internal/store"
)

// The test binary runs again as another process when this is set.
const helperVariable = "VANKHO_STORE_TEST_HELPER"

func TestMain(m *testing.M) {
	task, dir, _ := strings.Cut(os.Getenv(helperVariable), " ")
	if task == "" {
		os.Exit(m.Run())
	}
	if err := helper(task, dir); err != nil {
		fmt.Println("error", err)
		os.Exit(1)
	}
}

func helper(task, dir string) error {
	ctx := context.Background()
	switch task {
	case "hold": // the lock, until killed
		if _, err := store.Begin(ctx, dir); err != nil {
			return err
		}
		fmt.Println("held")
		select {}
	case "import": // one version after another, until killed
		for {
			k, err := importNext(ctx, dir)
			if err != nil {
				return err
			}
			fmt.Println("done", k)
		}
	case "once":
		k, err := importNext(ctx, dir)
		fmt.Println("done", k)
		return err
	case "read":
		s, err := store.Open(dir)
		if err != nil {
			return err
		}
		entries, n, err := s.Entries(ctx, store.Filter{})
		if err != nil {
			return err
		}
		fmt.Println("read", len(entries), n)
		return s.Close()
	}
	return errors.New("BUG: unknown task")
}

// importNext gives every sample a new version, all with the same number.
func importNext(ctx context.Context, dir string) (int, error) {
	w, err := store.Begin(ctx, dir)
	if err != nil {
		return 0, err
	}
	defer w.Close()
	state, err := w.Generation(ctx)
	if err != nil {
		return 0, err
	}
	version := 0
	for _, s := range samples() {
		s.original = append(s.original, state...)
		setOriginal(s.a, s.original)
		if _, err := w.Put(ctx, s.a, s.original); err != nil {
			return 0, err
		}
		version = s.a.Version
	}
	return version, w.Commit(ctx)
}

func start(t *testing.T, task, dir string) (*exec.Cmd, *bufio.Reader) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), helperVariable+"="+task+" "+dir)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cmd.Process.Kill(); cmd.Wait() })
	return cmd, bufio.NewReader(out)
}

func TestBusy(t *testing.T) {
	ctx := context.Background()
	dir := filled(t)
	holder, out := start(t, "hold", dir)
	if line, err := out.ReadString('\n'); line != "held\n" {
		t.Fatalf("helper says %q, %v", line, err)
	}
	began := time.Now()
	if _, err := store.Begin(ctx, dir); !errors.Is(err, store.ErrBusy) {
		t.Errorf("Begin while another import runs: %v, want ErrBusy", err)
	}
	if d := time.Since(began); d > time.Second {
		t.Errorf("ErrBusy took %v", d)
	}
	open(t, dir) // readers do not care
	holder.Process.Kill()
	holder.Wait()
	w, err := store.Begin(ctx, dir)
	if err != nil {
		t.Fatalf("Begin after the other was killed: %v", err)
	}
	if _, err := store.Begin(ctx, dir); !errors.Is(err, store.ErrBusy) {
		t.Errorf("Begin twice in one process: %v, want ErrBusy", err)
	}
	w.Close()
}

// TestKill kills an importer at random moments. The archive must stand at the
// last import that is known to be done or the one after it, whole.
func TestKill(t *testing.T) {
	kills := 30
	if testing.Short() {
		kills = 5
	}
	ctx := context.Background()
	dir := filled(t)
	rnd := rand.New(rand.NewPCG(7, 11))
	last, midway := 1, 0
	for range kills {
		cmd, out := start(t, "import", dir)
		time.AfterFunc(time.Duration(5+rnd.IntN(60))*time.Millisecond, func() { cmd.Process.Kill() })
		reported, err := io.ReadAll(out)
		if err != nil {
			t.Fatal(err)
		}
		cmd.Wait()
		for line := range strings.Lines(string(reported)) {
			k, ok := strings.CutPrefix(line, "done ")
			if !ok {
				t.Fatalf("helper says %q", line)
			}
			last, _ = strconv.Atoi(strings.TrimSpace(k))
		}
		if _, err := os.Stat(filepath.Join(dir, "archive.db.tmp")); err == nil {
			midway++
		}
		s := open(t, dir)
		got := map[int]bool{}
		for a, err := range s.Articles(ctx) {
			if err != nil {
				t.Fatal(err)
			}
			got[a.Version] = true
		}
		if len(got) != 1 || !got[last] && !got[last+1] {
			t.Fatalf("the articles have the versions %v; %d was reported or seen last", got, last)
		}
		for version := range got {
			last = version // done, though killed before it could say so
		}
		if found := verify(t, dir); len(found) > 0 {
			t.Fatalf("Verify finds %v", found)
		}
	}
	if midway == 0 && !testing.Short() {
		t.Error("no kill hit an import midway: the test proves nothing")
	}
	t.Logf("%d kills, %d of them midway, %d versions", kills, midway, last)
	if _, err := importNext(ctx, dir); err != nil {
		t.Fatal(err)
	}
	left, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil || len(left) != 2 {
		t.Errorf("after the last import the folder holds %v, want archive.db and import.lock", left)
	}
}

// TestFolderNames: SQLite is given names as URIs.
func TestFolderNames(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, dir := range []string{"archive", "a b", "a?b=c&d", "a#b", "a%20b", "lưu trữ/năm 2026", "file:x"} {
		for want := 1; want <= 2; want++ {
			if got, err := importNext(context.Background(), dir); err != nil || got != want {
				t.Errorf("%q: import gives version %d, %v, want %d", dir, got, err, want)
			}
		}
		if found := verify(t, dir); len(found) > 0 {
			t.Errorf("%q: Verify finds %v", dir, found)
		}
	}
}

// TestReadDuringImports reads from many goroutines while imports are committed.
func TestReadDuringImports(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	dir := filled(t)
	s := open(t, dir)
	var readers sync.WaitGroup
	var reads atomic.Int64
	for range 4 {
		readers.Go(func() {
			newest := 0
			for ctx.Err() == nil {
				version := 0
				for a, err := range s.Articles(context.Background()) {
					if err != nil {
						t.Error(err)
						return
					}
					if version != 0 && a.Version != version {
						t.Errorf("one walk sees versions %d and %d", version, a.Version)
					}
					version = a.Version
				}
				if version < newest {
					t.Errorf("version %d after %d", version, newest)
				}
				newest = version
				if _, n, err := s.Entries(context.Background(), store.Filter{Country: "VN"}); err != nil || n == 0 {
					t.Errorf("Entries: %d, %v", n, err)
					return
				}
				reads.Add(1)
			}
		})
	}
	for range 25 {
		if _, err := importNext(ctx, dir); err != nil {
			t.Error(err)
		}
	}
	cancel()
	readers.Wait()
	if reads.Load() == 0 {
		t.Error("nothing was read")
	}
	t.Logf("%d reads", reads.Load())
	if _, err := s.State(context.Background()); err != nil {
		t.Error(err)
	}
	files, err := filepath.Glob("/proc/self/fd/*")
	if err != nil || len(files) == 0 {
		t.Skip("no /proc: cannot count open files")
	}
	held := 0
	for _, f := range files {
		if name, err := os.Readlink(f); err == nil && strings.HasPrefix(name, dir) {
			held++
		}
	}
	if held != 1 {
		t.Errorf("%d files of the archive are open after 25 imports, want 1", held)
	}
}

// TestReadOnly reads as a user who may write neither the file nor the folder.
func TestReadOnly(t *testing.T) {
	dir := filled(t)
	for path, mode := range map[string]os.FileMode{"archive.db": 0o444, "import.lock": 0o444, ".": 0o555} {
		if err := os.Chmod(filepath.Join(dir, path), mode); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() { os.Chmod(dir, 0o755) })
	cmd := exec.Command(os.Args[0])
	if os.Getuid() == 0 {
		// Permissions mean nothing to root, so another user reads.
		binary, err := os.ReadFile(os.Args[0])
		if err != nil {
			t.Fatal(err)
		}
		exe := filepath.Join(t.TempDir(), "test")
		if err := os.WriteFile(exe, binary, 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(filepath.Dir(dir), 0o755); err != nil {
			t.Fatal(err)
		}
		cmd = exec.Command(exe)
		cmd.Dir = "/"
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	}
	cmd.Env = append(os.Environ(), helperVariable+"=read "+dir)
	out, err := cmd.CombinedOutput()
	if err != nil || string(out) != "read 5 5\n" {
		t.Errorf("reading as a user without rights: %q, %v", out, err)
	}
}
