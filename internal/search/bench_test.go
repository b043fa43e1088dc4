package search

import (
	"context"
	"fmt"
	"iter"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"vankho/internal/archive"
	"vankho/internal/vitext"
)

// varied gives n articles whose sentences come from the seeds, recombined by
// rule with other numbers and days, each with one or two meetings. The same n
// always gives the same articles.
func varied(tb testing.TB, n int) iter.Seq2[*archive.Article, error] {
	tb.Helper()
	var sentences []string
	files, err := filepath.Glob("../../seeds/*.txt")
	if err != nil || len(files) == 0 {
		tb.Fatalf("no seeds: %v", err)
	}
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			tb.Fatal(err)
		}
		for line := range strings.Lines(vitext.NFC(string(b))) {
			line = strings.TrimSpace(line)
			starts := vitext.Sentences(line)
			for i, s := range starts {
				end := len(line)
				if i+1 < len(starts) {
					end = starts[i+1]
				}
				if s := strings.TrimSpace(line[s:end]); len(s) > 40 {
					sentences = append(sentences, s)
				}
			}
		}
	}
	countries := []string{"LA", "KH", "JP", "KR", "FR", "IN", "RU", "US", "BR", "DE", "ID", "CN"}
	return func(yield func(*archive.Article, error) bool) {
		r := rand.New(rand.NewPCG(7, 8))
		for i := range n {
			var ps []string
			for range 5 + r.IntN(10) {
				var b strings.Builder
				for range 1 + r.IntN(4) {
					s := sentences[r.IntN(len(sentences))]
					s = strings.Map(func(c rune) rune {
						if '0' <= c && c <= '9' {
							return '0' + rune(r.IntN(10))
						}
						return c
					}, s)
					b.WriteString(s + " ")
				}
				// Rare words: a made-up name.
				fmt.Fprintf(&b, "Ông X%x nói.", r.IntN(5*n))
				ps = append(ps, b.String())
			}
			a := textArticle(fmt.Sprintf("%07d.txt", i), ps...)
			a.Published = archive.DateClaim{EDTF: archive.Day(2000+r.IntN(26), 1+r.IntN(12), 1+r.IntN(28)), State: archive.Stated}
			for m := range 1 + r.IntN(2) {
				c := countries[r.IntN(len(countries))]
				a.Meetings = append(a.Meetings, archive.Meeting{
					Kind: archive.MeetingKinds[r.IntN(4)], Status: archive.Held, Main: true, Date: a.Published,
					Participants: []archive.Participation{
						{Person: "a", Name: "A", Country: "VN", Capacity: archive.Principal},
						{Person: fmt.Sprintf("p%d-%s", r.IntN(40), c), Name: "P", Country: archive.Opt(c), Capacity: archive.Principal},
					},
					Evidence: []archive.Evidence{{Span: archive.Span{Paragraph: 1 + m}}},
				})
			}
			addActs(r, a)
			a.AssignIDs()
			if !yield(a, nil) {
				return
			}
		}
	}
}

// addActs gives the meetings statements, agreements and figures: runs of
// sentences, most of them whole paragraphs.
func addActs(r *rand.Rand, a *archive.Article) {
	topics := []string{"dau-tu", "quoc-phong-an-ninh", "giao-duc-dao-tao", "nong-nghiep", "du-lich"}
	for i := range a.Paragraphs {
		p := &a.Paragraphs[i]
		m := &a.Meetings[r.IntN(len(a.Meetings))]
		for range r.IntN(3) {
			from, to := 0, len(p.Text)
			if first := r.IntN(len(p.Sentences)); r.IntN(3) == 0 {
				from = p.Sentences[first]
				if last := first + 1 + r.IntN(2); last < len(p.Sentences) {
					to = p.Sentences[last] - 1
				}
			}
			span := archive.Evidence{Span: archive.Span{Paragraph: p.N, Start: from, End: to}}
			by := m.Participants[r.IntN(2)].Person
			if r.IntN(2) == 0 {
				m.Statements = append(m.Statements, archive.Statement{
					Speakers: []string{by}, Verb: "khẳng định", Mode: "reported", Text: p.Text[from:to], Evidence: []archive.Evidence{span},
				})
				continue
			}
			g := archive.Agreement{
				Force: archive.Forces[r.IntN(len(archive.Forces))], Actor: archive.BothSides, Text: p.Text[from:to],
				Topics: []string{topics[r.IntN(len(topics))]}, Evidence: []archive.Evidence{span},
			}
			if g.Force == archive.Proposed {
				g.Actor, g.By = archive.OneSide, []string{by}
			}
			if r.IntN(4) == 0 {
				g.Figures = []archive.Figure{{Measure: "kim ngạch", Evidence: []archive.Evidence{span}}}
			}
			m.Agreements = append(m.Agreements, g)
		}
	}
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
