package main

import (
	"bufio"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"vankho/internal/testkit"
)

// leaders are the names in the seeds that variations replace.
var leaders = []string{"Tô Lâm", "Thongloun Sisoulith", "Hun Sen", "Hun Manet", "Phạm Minh Chính", "Prabowo Subianto",
	"Shavkat Mirziyoyev", "Ilham Aliyev", "Kassym-Jomart Tokayev", "Nikol Pashinyan", "Viktor Orbán", "Shehbaz Sharif", "Petr Macinka"}

// writeVariations writes n variations of the seeds into dir and gives their
// size in bytes.
func writeVariations(b *testing.B, dir string, n int) int64 {
	b.Helper()
	names, err := filepath.Glob("../../seeds/*.txt")
	if err != nil || len(names) == 0 {
		b.Fatalf("no seeds: %v", err)
	}
	var seeds []string
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			b.Fatal(err)
		}
		seeds = append(seeds, string(text))
	}
	var size int64
	for i := range n {
		text := testkit.Vary(seeds[i%len(seeds)], leaders, uint64(i))
		size += int64(len(text))
		// A hundred files a folder, as a newsroom's export would have.
		folder := filepath.Join(dir, fmt.Sprintf("%04d", i/100))
		if err := os.MkdirAll(folder, 0o755); err != nil {
			b.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, fmt.Sprintf("%06d.txt", i)), []byte(text), 0o644); err != nil {
			b.Fatal(err)
		}
	}
	return size
}

// BenchmarkImport imports variations of the seeds with the whole program, into
// an empty archive. Its figures: articles/s by the clock, MB of text per
// second of processor time, and the peak memory of the process, which must not
// grow with the number of articles.
func BenchmarkImport(b *testing.B) {
	for _, n := range []int{500, 5000} {
		b.Run(fmt.Sprintf("articles=%d", n), func(b *testing.B) {
			texts := b.TempDir()
			size := writeVariations(b, texts, n)
			var clock, cpu time.Duration
			var peak int64
			for b.Loop() {
				usage, elapsed := runVankho(b, "import", "-archive", filepath.Join(b.TempDir(), "archive"), texts)
				clock += elapsed
				cpu += time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
				peak = max(peak, usage.Maxrss)
			}
			b.ReportMetric(float64(n*b.N)/clock.Seconds(), "articles/s")
			b.ReportMetric(float64(size)*float64(b.N)/1e6/cpu.Seconds(), "MB/cpu-s")
			b.ReportMetric(float64(peak)/1024, "peak-MB")
		})
	}
}

func runVankho(b *testing.B, args ...string) (*syscall.Rusage, time.Duration) {
	b.Helper()
	start := time.Now()
	cmd := exec.Command("vankho", args...)
	if out, err := cmd.CombinedOutput(); err != nil {
		b.Fatalf("vankho %v: %v\n%s", args, err, out)
	}
	return cmd.ProcessState.SysUsage().(*syscall.Rusage), time.Since(start)
}

// BenchmarkServe serves an archive of 5,000 variations and asks it for
// searches and pages one after the other. Its figures: milliseconds from start
// to the first answer, p50 and p99 of a request, processor time a request.
func BenchmarkServe(b *testing.B) {
	texts, archive := b.TempDir(), filepath.Join(b.TempDir(), "archive")
	writeVariations(b, texts, 5000)
	runVankho(b, "import", "-archive", archive, texts)
	searches := []string{"kim ngach thuong mai", "quốc phòng an ninh", `"đoàn kết đặc biệt"`, "hợp tác", "Gaza", "Tổng Bí thư"}
	for _, kind := range []struct {
		name string
		path func(i int) string
	}{
		{"search", func(i int) string { return "/search?q=" + url.QueryEscape(searches[i%len(searches)]) }},
		{"home", func(int) string { return "/" }},
		{"page", nil},
	} {
		b.Run(kind.name, func(b *testing.B) {
			srv := startServer(b, archive)
			path := kind.path
			if path == nil {
				articles := srv.articles(b)
				path = func(i int) string { return articles[i%len(articles)] }
			}
			var times []time.Duration
			for i := 0; b.Loop(); i++ {
				start := time.Now()
				srv.get(b, path(i))
				times = append(times, time.Since(start))
			}
			slices.Sort(times)
			cpu := srv.stop(b)
			b.ReportMetric(float64(srv.firstAnswer.Microseconds())/1000, "ms-to-first")
			b.ReportMetric(float64(times[len(times)/2].Microseconds()), "p50-µs")
			b.ReportMetric(float64(times[len(times)*99/100].Microseconds()), "p99-µs")
			b.ReportMetric(float64(cpu.Microseconds())/float64(len(times)), "cpu-µs/op")
		})
	}
}

type servedArchive struct {
	cmd         *exec.Cmd
	base        string
	firstAnswer time.Duration
}

func startServer(b *testing.B, archive string) *servedArchive {
	b.Helper()
	s := &servedArchive{cmd: exec.Command("vankho", "serve", "-archive", archive, "-addr", "127.0.0.1:0")}
	stdout, err := s.cmd.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	start := time.Now()
	if err := s.cmd.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { s.cmd.Process.Kill() })
	for lines := bufio.NewScanner(stdout); s.base == "" && lines.Scan(); {
		if i := strings.Index(lines.Text(), "http://"); i >= 0 {
			s.base = strings.TrimRight(strings.Fields(lines.Text()[i:])[0], "/.")
		}
	}
	go io.Copy(io.Discard, stdout)
	s.get(b, "/search?q=Gaza")
	s.firstAnswer = time.Since(start)
	return s
}

func (s *servedArchive) get(b *testing.B, path string) []byte {
	b.Helper()
	resp, err := http.Get(s.base + path)
	if err != nil {
		b.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusOK {
		b.Fatalf("%s: %d %v", path, resp.StatusCode, err)
	}
	return body
}

// articles gives paths of articles, from the sitemap.
func (s *servedArchive) articles(b *testing.B) []string {
	b.Helper()
	var paths []string
	for _, loc := range strings.Split(string(s.get(b, "/sitemap/articles.xml")), "<loc>")[1:] {
		loc, _, _ = strings.Cut(loc, "</loc>")
		if u, err := url.Parse(loc); err == nil && strings.HasPrefix(u.Path, "/a/") {
			paths = append(paths, u.Path)
		}
	}
	if len(paths) == 0 {
		b.Fatal("the sitemap has no article")
	}
	return paths
}

// stop ends the server and gives the processor time it took in all.
func (s *servedArchive) stop(b *testing.B) time.Duration {
	b.Helper()
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		b.Fatal(err)
	}
	if err := s.cmd.Wait(); err != nil {
		b.Fatalf("the server did not end well: %v", err)
	}
	usage := s.cmd.ProcessState.SysUsage().(*syscall.Rusage)
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
