package search

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"vankho/internal/archive"
	"vankho/internal/testkit"
)

// The bounds of a query: it is answered or refused within them, on a busy
// machine too. Bytes are all that were ever allocated, which is more than was
// held at one time.
const (
	queryTime  = 1500 * time.Millisecond
	queryBytes = 64 << 20
)

func TestKillerQueries(t *testing.T) {
	ix := buildTest(t, generated(500)...)
	for _, text := range testkit.Killers() {
		worked := work(func() {
			q, err := ParseQuery(text)
			if err == nil {
				_, err = ix.Search(context.Background(), q)
			}
			if err != nil && !errors.Is(err, ErrBadQuery) {
				t.Errorf("Search(%.40q): %v", text, err)
			}
			if err != nil && (!utf8.ValidString(err.Error()) || len(err.Error()) > 1000) {
				t.Errorf("Search(%.40q) is refused with %.200q", text, err)
			}
		})
		if worked.time > queryTime || worked.bytes > queryBytes {
			t.Errorf("Search(%.40q) took %v and %d bytes", text, worked.time, worked.bytes)
		}
		if n := len(ix.Suggest(text)); n > MaxOffers {
			t.Errorf("Suggest(%.40q): %d offers", text, n)
		}
	}
}

// worked is what something cost.
type worked struct {
	time  time.Duration
	bytes uint64 // allocated
}

func work(do func()) worked {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	start := time.Now()
	do()
	w := worked{time: time.Since(start)}
	runtime.ReadMemStats(&after)
	w.bytes = after.TotalAlloc - before.TotalAlloc
	return w
}

func TestParseQueryLimits(t *testing.T) {
	for _, tt := range []struct{ name, text, says string }{
		{"empty", "", ""},
		{"white space", " \n\t", ""},
		{"longest", strings.Repeat("ạ", MaxQueryRunes), ""},
		{"too long", strings.Repeat("ạ", MaxQueryRunes+1), "257 characters, at most 256"},
		{"most words", strings.Repeat("ạ ", MaxTerms), ""},
		{"too many words", strings.Repeat("ạ ", MaxTerms+1), "25 words, at most 24"},
		{"too many words in a phrase", `"` + strings.Repeat("ạ ", MaxTerms+1) + `"`, "25 words, at most 24"},
		{"punctuation", "-–…!?*", "no letter or digit"},
		{"empty phrase", `""`, "no letter or digit"},
	} {
		_, err := ParseQuery(tt.text)
		switch {
		case tt.says == "" && err != nil:
			t.Errorf("%s: %v", tt.name, err)
		case tt.says != "" && (!errors.Is(err, ErrBadQuery) || !strings.Contains(err.Error(), tt.says)):
			t.Errorf("%s: got %v, want ErrBadQuery with %q", tt.name, err, tt.says)
		}
	}
}

func TestSearchRefuses(t *testing.T) {
	ix := buildTest(t, testkit.Articles()...)
	for _, q := range []Query{
		{Limit: -1}, {Limit: MaxPage + 1}, {Offset: -1}, {Offset: MaxOffset + 1}, {From: "soon"}, {To: "2026-13"}, {Text: "…"}, {Order: "random"},
	} {
		if _, err := ix.Search(context.Background(), q); !errors.Is(err, ErrBadQuery) {
			t.Errorf("Search(%+v): got %v, want ErrBadQuery", q, err)
		}
	}
}

// FuzzQuery: whatever is typed is answered or refused in words.
func FuzzQuery(f *testing.F) {
	for _, q := range testkit.Killers() {
		f.Add(q)
	}
	ix := buildTest(f, testkit.Articles()...)
	f.Fuzz(func(t *testing.T, text string) {
		ix.Suggest(text)
		res, err := ix.Search(context.Background(), Query{Text: text})
		if err != nil {
			if !errors.Is(err, ErrBadQuery) {
				t.Fatalf("Search(%q): %v", text, err)
			}
			return
		}
		for _, s := range res.Suggestions {
			if s.Text == text || s.N == 0 {
				t.Fatalf("Search(%q) suggests %+v", text, s)
			}
		}
		if res.Total < len(res.Groups) || res.Articles > res.Total {
			t.Fatalf("Search(%q): %d groups, %d shown, %d articles", text, res.Total, len(res.Groups), res.Articles)
		}
	})
}

func TestEmptyArchive(t *testing.T) {
	for name, articles := range map[string][]*archive.Article{
		"no article":   nil,
		"no paragraph": {textArticle("empty.txt")},
	} {
		ix := buildTest(t, articles...)
		for _, text := range []string{"", "hội đàm", `"hội đàm với"`, "26/1"} {
			res, err := ix.Search(context.Background(), Query{Text: text})
			if err != nil || text != "" && res.Total != 0 {
				t.Errorf("%s: Search(%q): %+v, %v", name, text, res, err)
			}
			if _, err := ix.Rank(context.Background(), Query{Text: text}); err != nil {
				t.Errorf("%s: Rank(%q): %v", name, text, err)
			}
		}
	}
}

func TestFailedBuildLeavesNothing(t *testing.T) {
	bad := errors.New("unreadable")
	canceled, cancel := context.WithCancel(context.Background())
	cancel()
	good := generated(30)
	for _, tt := range []struct {
		name     string
		ctx      context.Context
		articles func(func(*archive.Article, error) bool)
		want     error
	}{
		{"error at once", context.Background(), func(yield func(*archive.Article, error) bool) { yield(nil, bad) }, bad},
		{"error later", context.Background(), func(yield func(*archive.Article, error) bool) {
			for _, a := range good {
				if !yield(a, nil) {
					return
				}
			}
			yield(nil, bad)
		}, bad},
		{"canceled", canceled, sequence(good...), context.Canceled},
	} {
		parent := t.TempDir()
		err := Build(tt.ctx, filepath.Join(parent, "g"), "g", tt.articles)
		if !errors.Is(err, tt.want) {
			t.Errorf("%s: got %v, want %v", tt.name, err, tt.want)
		}
		if left, _ := os.ReadDir(parent); len(left) != 0 {
			t.Errorf("%s: left %v", tt.name, left)
		}
	}
}

func TestBuildRefusesExisting(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "g")
	if err := Build(context.Background(), dir, "g", sequence(generated(2)...)); err != nil {
		t.Fatal(err)
	}
	if err := Build(context.Background(), dir, "g", sequence(generated(2)...)); err == nil {
		t.Error("built over an index")
	}
	if _, err := Open(dir); err != nil {
		t.Errorf("the index before is harmed: %v", err)
	}
}

func TestBuildClearsLeftovers(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "g")
	if err := os.MkdirAll(filepath.Join(dir+".tmp", "bleve"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := Build(context.Background(), dir, "g", sequence(generated(2)...)); err != nil {
		t.Fatal(err)
	}
	ix, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	ix.Close()
}

func indexFiles(t *testing.T, dir string) []string {
	t.Helper()
	var files []string
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			files = append(files, path)
			if info, err := e.Info(); err != nil || info.Mode().Perm() != 0o644 {
				t.Errorf("%s: mode %v, %v", path, info.Mode(), err)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestDamageIsRefused(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "g")
	if err := Build(context.Background(), dir, "g", sequence(generated(50)...)); err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(3, 4))
	for _, path := range indexFiles(t, dir) {
		whole, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		refused := func(how string) {
			t.Helper()
			ix, err := Open(dir)
			if err == nil {
				ix.Close()
			}
			if !errors.Is(err, ErrNoIndex) {
				t.Errorf("%s of %s: Open gives %v", how, path, err)
			}
			var damaged []string
			Verify(dir, func(file, why string) { damaged = append(damaged, file) })
			if len(damaged) == 0 {
				t.Errorf("%s of %s: Verify finds nothing", how, path)
			}
		}
		write := func(b []byte) {
			if err := os.WriteFile(path, b, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		for range 20 {
			b := bytes.Clone(whole)
			if len(b) == 0 {
				break
			}
			b[r.IntN(len(b))] ^= 1 << r.IntN(8)
			write(b)
			refused("a flipped bit")
		}
		if len(whole) > 0 {
			write(whole[:len(whole)-1])
			refused("a cut")
		}
		write(append(bytes.Clone(whole), 0))
		refused("an added byte")
		os.Remove(path)
		refused("the loss")
		write(whole)
	}
	ix, err := Open(dir)
	if err != nil {
		t.Fatalf("after repair: %v", err)
	}
	ix.Close()
	if err := Verify(dir, func(file, why string) { t.Errorf("%s: %s", file, why) }); err != nil {
		t.Error(err)
	}
}

func TestOpenMissing(t *testing.T) {
	if _, err := Open(filepath.Join(t.TempDir(), "none")); !errors.Is(err, ErrNoIndex) {
		t.Errorf("got %v, want ErrNoIndex", err)
	}
}

// TestLive swaps generations under load; no search may fail, and all must
// answer from one generation or the other.
func TestLive(t *testing.T) {
	dir := t.TempDir()
	for g, n := range map[string]int{"one": 20, "two": 40} {
		if err := Build(context.Background(), filepath.Join(dir, "index", g), g, sequence(generated(n)...)); err != nil {
			t.Fatal(err)
		}
	}
	live := NewLive(dir)
	if _, err := live.Search(context.Background(), Query{}); !errors.Is(err, ErrNoIndex) {
		t.Errorf("before Use: %v", err)
	}
	if err := live.Use("one"); err != nil {
		t.Fatal(err)
	}
	stop := make(chan struct{})
	var searches atomic.Int64
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				res, err := live.Search(context.Background(), Query{Text: "hội đàm"})
				if err != nil {
					t.Errorf("Search: %v", err)
					return
				}
				if res.Articles != 20 && res.Articles != 40 {
					t.Errorf("%d articles", res.Articles)
				}
				searches.Add(1)
			}
		})
	}
	for i := range 100 {
		if err := live.Use([]string{"two", "one"}[i%2]); err != nil {
			t.Error(err)
		}
	}
	for _, bad := range []string{"three", "", "..", "../x", "one/bleve"} {
		if err := live.Use(bad); !errors.Is(err, ErrNoIndex) {
			t.Errorf("Use(%q): %v", bad, err)
		}
	}
	if got := live.Generation(); got != "one" {
		t.Errorf("after failed Use: %q", got)
	}
	close(stop)
	wg.Wait()
	t.Logf("%d searches over 100 swaps", searches.Load())
	if err := live.Close(); err != nil {
		t.Error(err)
	}
	if _, err := live.Search(context.Background(), Query{}); !errors.Is(err, ErrNoIndex) {
		t.Errorf("after Close: %v", err)
	}
}

func TestBusy(t *testing.T) {
	ix := buildTest(t, generated(5)...)
	for range maxSearches {
		ix.running <- struct{}{}
	}
	start := time.Now()
	if _, err := ix.Search(context.Background(), Query{}); !errors.Is(err, ErrBusy) {
		t.Errorf("got %v, want ErrBusy", err)
	}
	if d := time.Since(start); d < searchWait || d > searchWait+time.Second {
		t.Errorf("waited %v", d)
	}
	<-ix.running
	if _, err := ix.Search(context.Background(), Query{}); err != nil {
		t.Error(err)
	}
}

func TestCanceled(t *testing.T) {
	ix := buildTest(t, generated(200)...)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for range 20 { // the place and the cancellation are both ready
		if _, err := ix.Search(ctx, Query{Text: "hội đàm"}); !errors.Is(err, context.Canceled) {
			t.Fatalf("got %v, want context.Canceled", err)
		}
	}
}

func TestTooLong(t *testing.T) {
	ix := buildTest(t, generated(1)...)
	start := time.Now()
	err := ix.guarded(context.Background(), func(ctx context.Context) error {
		<-ctx.Done()
		return ctx.Err()
	})
	if !errors.Is(err, ErrBusy) {
		t.Errorf("got %v, want ErrBusy", err)
	}
	if d := time.Since(start); d < searchTime || d > searchTime+time.Second {
		t.Errorf("stopped after %v", d)
	}
}

func TestPanicBecomesError(t *testing.T) {
	ix := buildTest(t, generated(1)...)
	err := ix.guarded(context.Background(), func(context.Context) error { panic("deep in the engine") })
	if err == nil || !strings.Contains(err.Error(), "deep in the engine") {
		t.Errorf("got %v", err)
	}
	if len(ix.running) != 0 {
		t.Error("the place was not given back")
	}
}

// TestOrderIsStable builds the same articles in two orders; every list must be
// the same.
func TestOrderIsStable(t *testing.T) {
	articles := generated(300)
	a := buildTest(t, articles...)
	slices.Reverse(articles)
	b := buildTest(t, articles...)
	for _, q := range []Query{
		{Text: "hội đàm"}, {Text: "hoi dam"}, {}, {Order: Oldest}, {Text: "hội đàm", Order: Newest}, {Text: "Lào hợp tác", Offset: 20},
	} {
		q.Limit = MaxPage
		x, err := a.Search(context.Background(), q)
		if err != nil {
			t.Fatal(err)
		}
		y, err := b.Search(context.Background(), q)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(x, y); diff != "" {
			t.Errorf("%+v (-one order +the other)\n%s", q, diff)
		}
	}
}

// generated gives n articles of a few paragraphs, varied by rule.
func generated(n int) []*archive.Article {
	countries := []string{"Lào", "Campuchia", "Nhật Bản", "Hàn Quốc", "Pháp", "Ấn Độ", "Nga", "Hoa Kỳ", "Brazil", "Đức"}
	fields := []string{"quốc phòng", "thương mại", "giáo dục", "nông nghiệp", "năng lượng", "du lịch", "khoa học công nghệ"}
	verbs := []string{"nhất trí", "cam kết", "đề nghị", "khẳng định", "hoan nghênh"}
	r := rand.New(rand.NewPCG(uint64(n), 5))
	var out []*archive.Article
	for i := range n {
		c := countries[r.IntN(len(countries))]
		var ps []string
		ps = append(ps, fmt.Sprintf("Ngày %d/%d, tại Hà Nội, Chủ tịch nước hội đàm với Tổng thống %s nhân chuyến thăm cấp Nhà nước.", 1+r.IntN(28), 1+r.IntN(12), c))
		for range 2 + r.IntN(6) {
			ps = append(ps, fmt.Sprintf("Hai bên %s tăng cường hợp tác %s, phấn đấu đưa kim ngạch song phương Việt Nam – %s đạt %d,%d tỷ USD vào năm %d.",
				verbs[r.IntN(len(verbs))], fields[r.IntN(len(fields))], c, 1+r.IntN(50), r.IntN(10), 2026+r.IntN(5)))
		}
		a := textArticle(fmt.Sprintf("%06d.txt", i), ps...)
		a.Published = archive.DateClaim{EDTF: archive.Day(2010+r.IntN(16), 1+r.IntN(12), 1+r.IntN(28)), State: archive.Stated}
		out = append(out, a)
	}
	return out
}

// TestMonsters searches the largest texts that a source may have.
func TestMonsters(t *testing.T) {
	short := make([]string, 50000)
	for i := range short {
		short[i] = "hội đàm"
	}
	ix := buildTest(t,
		textArticle("wide.txt", strings.Repeat("hội đàm ", 512<<10/len("hội đàm "))),
		textArticle("unbroken.txt", strings.Repeat("hộiđàm", 512<<10/len("hộiđàm"))),
		textArticle("long.txt", short...),
	)
	for _, text := range []string{"hội đàm", "hoi dam", `"hội đàm hội đàm"`, "hội đàm đàm hội", "26/1", "hội xyzzy đàm"} {
		start := time.Now()
		if _, err := ix.Search(context.Background(), Query{Text: text}); err != nil {
			t.Errorf("Search(%q): %v", text, err)
		}
		if d := time.Since(start); d > 1500*time.Millisecond {
			t.Errorf("Search(%q) took %v", text, d)
		}
	}
}

// TestOpenFailsAfterTheSums opens an index whose sums are right and whose
// files are not, as one written by another program version would be.
func TestOpenFailsAfterTheSums(t *testing.T) {
	for _, name := range []string{docsFile, vocabFile, filepath.Join(bleveDir, "index_meta.json")} {
		dir := filepath.Join(t.TempDir(), "g")
		if err := Build(context.Background(), dir, "g", sequence(generated(3)...)); err != nil {
			t.Fatal(err)
		}
		m, err := readManifest(dir)
		if err != nil {
			t.Fatal(err)
		}
		m.Files = nil
		for _, f := range []string{manifestFile, manifestSum} {
			if err := os.Remove(filepath.Join(dir, f)); err != nil {
				t.Fatal(err)
			}
		}
		if err := os.Truncate(filepath.Join(dir, name), 3); err != nil {
			t.Fatal(err)
		}
		if err := writeManifest(dir, *m); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(dir); !errors.Is(err, ErrNoIndex) {
			t.Errorf("with a short %s: Open gives %v", name, err)
		}
	}
}
