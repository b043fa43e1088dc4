package importer

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vankho/internal/archive"
	"vankho/internal/search"
	"vankho/internal/source"
	"vankho/internal/store"
	"vankho/internal/testkit"
)

const seeds = "../../seeds"

func mustRun(t *testing.T, cfg Config) *Report {
	t.Helper()
	report, err := Run(context.Background(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

const (
	talksText = "Sáng 5/2/2026, tại Hà Nội, Thủ tướng Phạm Minh Chính hội đàm với Thủ tướng Lào Sonexay Siphandone. Hai bên nhất trí mở rộng hợp tác giáo dục giữa hai nước.\n"
	calmText  = "Sáng 5/2/2026, tại Hà Nội, trời mưa nhỏ và gió nhẹ suốt cả buổi sáng, nhiệt độ không đổi.\n"
)

// TestSeedsAreSound reads the seeds as an import does and wants no surprises.
func TestSeedsAreSound(t *testing.T) {
	n := 0
	err := source.Walk([]string{seeds}, "", func(f source.File, err error) error {
		if err != nil {
			t.Error(err)
			return nil
		}
		a, err := source.Read(f)
		if err != nil {
			t.Error(err)
			return nil
		}
		Extract(a)
		n++
		for _, p := range archive.Check(a) {
			t.Errorf("%s: paragraph %d: %s", f.Name, p.Paragraph, p.Message)
		}
		if len(a.Meetings)+len(a.Visits) == 0 {
			t.Errorf("%s: no event", f.Name)
		}
		return nil
	})
	if err != nil || n != 5 {
		t.Errorf("read %d seeds, %v", n, err)
	}
}

func TestRunTwiceChangesNothing(t *testing.T) {
	dir := t.TempDir()
	first := mustRun(t, Config{Archive: dir, Paths: []string{seeds}})
	if first.New != 5 || !first.Indexed {
		t.Errorf("first import: %+v", first)
	}
	second := mustRun(t, Config{Archive: dir, Paths: []string{seeds}})
	if second.Unchanged != 5 || second.Indexed || second.Generation != first.Generation {
		t.Errorf("second import: %+v", second)
	}
	other := mustRun(t, Config{Archive: t.TempDir(), Paths: []string{seeds}})
	if other.Generation != first.Generation {
		t.Errorf("two empty archives come to generations %s and %s", first.Generation, other.Generation)
	}
}

func TestDamagedIndexIsRebuilt(t *testing.T) {
	dir := t.TempDir()
	report := mustRun(t, Config{Archive: dir, Paths: []string{seeds}})
	manifest := filepath.Join(dir, "index", report.Generation, "manifest.json")
	if err := os.Truncate(manifest, 10); err != nil {
		t.Fatal(err)
	}
	again := mustRun(t, Config{Archive: dir, Paths: []string{seeds}})
	if !again.Indexed || again.Unchanged != 5 {
		t.Errorf("after damage: %+v", again)
	}
	ix, err := search.Open(filepath.Join(dir, "index", again.Generation))
	if err != nil {
		t.Fatal(err)
	}
	ix.Close()
}

// TestIndexOfAnotherFormatIsRebuilt: the sums are right, but another version of
// the program wrote the index.
func TestIndexOfAnotherFormatIsRebuilt(t *testing.T) {
	dir := t.TempDir()
	report := mustRun(t, Config{Archive: dir, Paths: []string{seeds}})
	index := filepath.Join(dir, "index", report.Generation)
	b, err := os.ReadFile(filepath.Join(index, "manifest.json"))
	if err != nil {
		t.Fatal(err)
	}
	b = regexp.MustCompile(`"format": \d+`).ReplaceAll(b, []byte(`"format": 1`))
	write(t, filepath.Join(index, "manifest.json"), string(b))
	write(t, filepath.Join(index, "manifest.sha256"), fmt.Sprintf("%x  manifest.json\n", sha256.Sum256(b)))
	if _, err := search.Open(index); !errors.Is(err, search.ErrNoIndex) || !strings.Contains(err.Error(), "format 1") {
		t.Errorf("Open gives %v", err)
	}
	again := mustRun(t, Config{Archive: dir, Paths: []string{seeds}})
	if !again.Indexed || again.Unchanged != 5 {
		t.Errorf("after the format has changed: %+v", again)
	}
	ix, err := search.Open(index)
	if err != nil {
		t.Fatal(err)
	}
	ix.Close()
}

func TestOldIndexesAreRemoved(t *testing.T) {
	dir, texts := t.TempDir(), t.TempDir()
	write(t, filepath.Join(texts, "a.txt"), talksText)
	mustRun(t, Config{Archive: dir, Paths: []string{texts}})
	write(t, filepath.Join(texts, "b.txt"), calmText)
	write(t, filepath.Join(dir, "index", "half.tmp", "x"), "left by a killed import")
	report := mustRun(t, Config{Archive: dir, Paths: []string{texts}})
	entries, err := os.ReadDir(filepath.Join(dir, "index"))
	if err != nil || len(entries) != 1 || entries[0].Name() != report.Generation {
		t.Errorf("index holds %v, %v; want only %s", entries, err, report.Generation)
	}
}

// TestVanishedMeeting changes an article so that its meeting is gone: the
// import must fail, change nothing and name the address, until told what is to
// become of it.
func TestVanishedMeeting(t *testing.T) {
	dir, texts := t.TempDir(), t.TempDir()
	write(t, filepath.Join(texts, "a.txt"), talksText)
	before := mustRun(t, Config{Archive: dir, Paths: []string{texts}})
	write(t, filepath.Join(texts, "a.txt"), calmText)
	_, err := Run(context.Background(), Config{Archive: dir, Paths: []string{texts}})
	var orphans *OrphanError
	if !errors.As(err, &orphans) {
		t.Fatalf("got %v, want an OrphanError", err)
	}
	s, err := store.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if state, err := s.State(context.Background()); err != nil || state.Generation != before.Generation {
		t.Errorf("after the failed import: %+v, %v; want generation %s", state, err, before.Generation)
	}
	retire := map[string]string{}
	for _, path := range orphans.Paths {
		retire[path] = "the publisher withdrew the report"
	}
	mustRun(t, Config{Archive: dir, Paths: []string{texts}, Retire: retire})
	for _, path := range orphans.Paths {
		id, ok := strings.CutPrefix(path, "/m/")
		if !ok {
			continue
		}
		var gone *store.GoneError
		if _, err := s.Meeting(context.Background(), id); !errors.As(err, &gone) || gone.Reason == "" {
			t.Errorf("%s after it was retired: %v", path, err)
		}
	}
}

func TestTwoFilesOneIdentity(t *testing.T) {
	texts := t.TempDir()
	write(t, filepath.Join(texts, "one", "same", "a.txt"), talksText)
	write(t, filepath.Join(texts, "two", "same", "a.txt"), calmText)
	report := mustRun(t, Config{Archive: t.TempDir(), Paths: []string{filepath.Join(texts, "one", "same"), filepath.Join(texts, "two", "same")}})
	if report.New != 1 || len(report.Refused) != 1 || !strings.Contains(report.Refused[0].Error(), "same/a.txt") {
		t.Errorf("got %+v", report)
	}
}

func TestCancelledImportChangesNothing(t *testing.T) {
	dir := t.TempDir()
	mustRun(t, Config{Archive: dir, Paths: []string{filepath.Join(seeds, "000_e21d8b3f3c8d7f58.txt")}})
	ctx, cancel := context.WithCancel(context.Background())
	_, err := Run(ctx, Config{Archive: dir, Paths: []string{seeds}, Progress: func(Progress) { cancel() }})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want context.Canceled", err)
	}
	report := mustRun(t, Config{Archive: dir, Paths: []string{filepath.Join(seeds, "000_e21d8b3f3c8d7f58.txt")}})
	if report.Unchanged != 1 || report.Indexed {
		t.Errorf("after the cancelled import: %+v", report)
	}
}

func TestBusy(t *testing.T) {
	dir := t.TempDir()
	w, err := store.Begin(context.Background(), dir)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	if _, err := Run(context.Background(), Config{Archive: dir, Paths: []string{seeds}}); !errors.Is(err, store.ErrBusy) {
		t.Errorf("got %v, want ErrBusy", err)
	}
}

// TestFrozenText stores an article as an older reader divided it, into other
// sentences and into other paragraphs, and imports the same bytes: what was
// published stays, the events are read anew, and a third import finds nothing
// to do.
func TestFrozenText(t *testing.T) {
	ctx := context.Background()
	for _, test := range []struct {
		name   string
		divide func(a *archive.Article)
	}{
		{"sentences", func(a *archive.Article) { a.Paragraphs[0].Sentences = []int{0} }},
		{"paragraphs", func(a *archive.Article) {
			p := a.Paragraphs[0]
			at := p.Sentences[1]
			a.Paragraphs = []archive.Paragraph{
				{N: 1, Kind: archive.Lead, Text: strings.TrimSpace(p.Text[:at]), Sentences: []int{0}},
				{N: 2, Kind: archive.Body, Text: p.Text[at:], Sentences: []int{0}},
			}
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir, texts := t.TempDir(), t.TempDir()
			path := filepath.Join(texts, "a.txt")
			write(t, path, talksText)
			var before *archive.Article
			err := source.Walk([]string{texts}, "", func(f source.File, err error) error {
				if err != nil {
					return err
				}
				if before, err = source.Read(f); err != nil {
					return err
				}
				test.divide(before)
				before.Complete()
				w, err := store.Begin(ctx, dir)
				if err != nil {
					return err
				}
				defer w.Close()
				if _, err := w.Put(ctx, before, f.Data); err != nil {
					return err
				}
				return w.Commit(ctx)
			})
			if err != nil {
				t.Fatal(err)
			}
			if report := mustRun(t, Config{Archive: dir, Paths: []string{texts}}); report.Reread != 1 || report.Meetings != 1 {
				t.Errorf("a better reader: %+v", report)
			}
			s, err := store.Open(dir)
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			after, err := s.Article(ctx, before.ID)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(before.Paragraphs, after.Paragraphs); diff != "" {
				t.Errorf("paragraphs moved (-published +now):\n%s", diff)
			}
			if problems := archive.Check(after); len(problems) > 0 || len(after.Meetings) != 1 {
				t.Errorf("%d meetings, problems %v", len(after.Meetings), problems)
			}
			if report := mustRun(t, Config{Archive: dir, Paths: []string{texts}}); report.Unchanged != 1 {
				t.Errorf("once more: %+v", report)
			}
		})
	}
}

// TestOlderArchive imports the files of an archive that an earlier program
// made, over that archive: every address stays, and the archive is then as good
// as a new one.
func TestOlderArchive(t *testing.T) {
	ctx := context.Background()
	b := testkit.Unzip(t, "../store/testdata/format1.db.gz")
	dir := t.TempDir()
	write(t, filepath.Join(dir, "archive.db"), string(b))
	files := []string{filepath.Join(seeds, "001_092fc1d851c41591.txt"), filepath.Join(seeds, "002_d49697acbddfed4e.txt")}
	report := mustRun(t, Config{Archive: dir, Paths: files})
	if report.New+report.Changed+len(report.Refused) > 0 || !report.Indexed {
		t.Errorf("import over an older archive: %+v", report)
	}
	s, err := store.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.Verify(ctx, func(d store.DamagedError) { t.Errorf("Verify: %v", &d) }); err != nil {
		t.Error(err)
	}
	if again := mustRun(t, Config{Archive: dir, Paths: files}); again.Unchanged != 2 || again.Generation != report.Generation {
		t.Errorf("once more: %+v", again)
	}
}
