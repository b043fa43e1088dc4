package search

import (
	"context"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"syscall"
	"testing"
	"time"

	"vankho/internal/archive"
	"vankho/internal/testkit"
)

// varied gives n articles of the archive that is measured.
func varied(tb testing.TB, n int) iter.Seq2[*archive.Article, error] {
	return testkit.Generated(tb, n)
}

func cpu() time.Duration {
	var u syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// benchArticles is the size of the archive that is measured; VANKHO_BENCH_ARTICLES
// sets another.
var benchArticles = func() int {
	if n, err := strconv.Atoi(os.Getenv("VANKHO_BENCH_ARTICLES")); err == nil && n > 0 {
		return n
	}
	return 2000
}()

// benchIndex gives an index of that size. VANKHO_BENCH_DIR names a folder in
// which it is kept from one run to the next.
func benchIndex(tb testing.TB) string {
	tb.Helper()
	parent := os.Getenv("VANKHO_BENCH_DIR")
	if parent == "" {
		parent = tb.TempDir()
	}
	dir := filepath.Join(parent, fmt.Sprintf("format%d-%d", format, benchArticles))
	if _, err := os.Stat(dir); err == nil {
		return dir
	}
	start, used := time.Now(), cpu()
	if err := Build(context.Background(), dir, "g", varied(tb, benchArticles)); err != nil {
		tb.Fatal(err)
	}
	tb.Logf("built %d articles in %v, %v of processor time", benchArticles, time.Since(start), cpu()-used)
	return dir
}

// BenchmarkBuild reports text bytes a second, and a second of processor time.
func BenchmarkBuild(b *testing.B) {
	for b.Loop() {
		bytes := 0
		start := cpu()
		counted := func(yield func(*archive.Article, error) bool) {
			for a, err := range varied(b, benchArticles/2) {
				for _, p := range a.Paragraphs {
					bytes += len(p.Text)
				}
				if !yield(a, err) {
					return
				}
			}
		}
		dir := filepath.Join(b.TempDir(), "g")
		if err := Build(context.Background(), dir, "g", counted); err != nil {
			b.Fatal(err)
		}
		b.SetBytes(int64(bytes))
		b.ReportMetric(float64(bytes)/1e6/(cpu()-start).Seconds(), "MB/cpu-s")
		var size int64
		filepath.WalkDir(dir, func(path string, e os.DirEntry, err error) error {
			if info, err := e.Info(); err == nil && !e.IsDir() {
				size += info.Size()
			}
			return nil
		})
		b.ReportMetric(float64(size)/float64(bytes), "index/text")
		os.RemoveAll(dir)
	}
}

// BenchmarkSearch asks one archive for a page of results of each kind.
func BenchmarkSearch(b *testing.B) {
	dir := benchIndex(b)
	start := time.Now()
	ix, err := Open(dir)
	if err != nil {
		b.Fatal(err)
	}
	defer ix.Close()
	if _, err := ix.Search(context.Background(), Query{Text: "hội đàm"}); err != nil {
		b.Fatal(err)
	}
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	b.Logf("%d paragraphs, first answer after %v, heap %d MB", ix.col.Paragraphs, time.Since(start), m.HeapAlloc>>20)
	for _, q := range []struct {
		name string
		Query
	}{
		{"rare", Query{Text: "X1a2"}},
		{"middling", Query{Text: "học bổng"}},
		{"common", Query{Text: "hợp tác"}},
		{"unmarked", Query{Text: "hop tac quoc phong"}},
		{"and", Query{Text: "Việt Nam hợp tác phát triển"}},
		{"words", Query{Text: "hai nước quan hệ"}},
		{"long", Query{Text: "hai bên nhất trí tăng cường hợp tác quốc phòng an ninh thương mại đầu tư giáo dục"}},
		{"rare-common", Query{Text: "X1a2 Việt Nam"}},
		{"phrase", Query{Text: `"hợp tác"`}},
		{"phrase-long", Query{Text: `"quan hệ hợp tác"`}},
		{"filtered", Query{Text: "hợp tác", Years: []int{2020}, Countries: []string{"LA"}}},
		{"said", Query{Text: "hợp tác", Speakers: []string{"a"}}},
		{"agreed", Query{Text: "hợp tác quốc phòng", Agreements: true}},
		{"agreements", Query{Agreements: true}},
		{"newest", Query{Text: "hợp tác", Order: Newest}},
		{"everything", Query{}},
		{"partial", Query{Text: "hợp tác quốc phòng Xyzzy"}},
		{"country", Query{Text: "Pháp"}},
		{"alias", Query{Text: "Hoa Kỳ"}},
		{"misspelt", Query{Text: "hợp tắc"}},
		{"nothing", Query{Text: "Xyzzyx Qwertyu"}},
	} {
		b.Run(q.name, func(b *testing.B) {
			total, used := 0, cpu()
			for b.Loop() {
				res, err := ix.Search(context.Background(), q.Query)
				if err != nil {
					b.Fatal(err)
				}
				total = res.Total
			}
			b.ReportMetric(float64((cpu()-used).Microseconds())/float64(b.N), "cpu-µs/op")
			b.ReportMetric(float64(total), "groups")
		})
	}
}
