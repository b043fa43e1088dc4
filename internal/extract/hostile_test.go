package extract_test

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"vankho/internal/archive"
	"vankho/internal/extract"
)

// hostile are texts that no publisher prints, of n parts each. The sizes make
// one paragraph of 512 KiB, or 5,000 names.
var hostile = []struct {
	name string
	n    int
	make func(n int) string
}{
	{"names", 5000, func(n int) string {
		var b strings.Builder
		b.WriteString("Ngày 5/2, Thủ tướng Phạm Minh Chính gặp ")
		for i := range n {
			fmt.Fprintf(&b, "Tổng thống Lào %s, ", madeUp(i))
		}
		return b.String()
	}},
	{"names, one a line", 5000, func(n int) string {
		var b strings.Builder
		b.WriteString("Ngày 5/2, Thủ tướng Phạm Minh Chính đã tiếp:\n")
		for i := range n {
			fmt.Fprintf(&b, "- Tổng thống Lào %s.\n", madeUp(i))
		}
		return b.String()
	}},
	{"meetings", 5000, func(n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, "Ngày %d/%d, Tổng thống Lào %s hội đàm với bà Merkel.\n", 1+i%28, 1+i%12, madeUp(i))
		}
		return b.String()
	}},
	{"no full stop", 3000, func(n int) string { return strings.Repeat(manyTriggers, n) }},
	{"sentences", 3000, func(n int) string { return strings.Repeat(strings.TrimSpace(manyTriggers)+". ", n) }},
	{"paragraphs", 3000, func(n int) string { return strings.Repeat(manyTriggers+".\n", n) }},
	{"credentials", 6000, func(n int) string { return strings.Repeat("Ông Trump trình Quốc thư lên bà Merkel. ", n) }},
	{"parties", 6000, func(n int) string { return strings.Repeat("Ông Trump tiếp Đoàn. ", n) }},
	{"offices", 16000, func(n int) string { return strings.Repeat("Tổng Bí thư, Chủ tịch nước, ", n) }},
	{"brackets", 30000, func(n int) string { return strings.Repeat("ông Xonza (", n) }},
	{"quotation marks", 30000, func(n int) string { return strings.Repeat("ông nói “họ ", n) }},
	{"dates", 30000, func(n int) string { return strings.Repeat("5/2 đến 6/2 - ", n) }},
	{"figures", 30000, func(n int) string { return strings.Repeat("10 tỷ USD và ", n) }},
	{"cities", 30000, func(n int) string { return strings.Repeat("tại Hà Nội, ở Viêng Chăn ", n) }},
	{"capitals", 60000, func(n int) string { return strings.Repeat("Xonza ", n) }},
	{"one word", 512 << 10, func(n int) string { return strings.Repeat("a", n) }},
	{"marks", 512 << 10, func(n int) string { return strings.Repeat(".", n) }},
}

const manyTriggers = "Ông Trump và bà Merkel hội đàm với hai nhà lãnh đạo ngày 5/2, tại Hà Nội Thủ tướng đề nghị hai bên nhất trí gặp Tổng thống Lào thăm Việt Nam "

// madeUp is the i-th of many different names.
func madeUp(i int) string {
	return fmt.Sprintf("Xonzav%c%c%c Kwel%c%c", 'a'+i%26, 'a'+i/26%26, 'a'+i/676%26, 'a'+i%26, 'a'+i/26%26)
}

// TestHostile wants work that grows with the text and not with its square: of
// a text four times as long, as many operations as it has more words, and a
// tenth. An operation is a statement executed, in this package or in those of
// the module that it calls, as the compiler's coverage counters have it: the
// clock of a busy machine has no say. Adding slices, sort and strings to the
// packages counted covers their loops too, and has the standard library built
// anew. The counting is done by this test's own binary in TestHostileText.
func TestHostile(t *testing.T) {
	if testing.Short() {
		t.Skip("builds a binary with counters")
	}
	dir := t.TempDir()
	bin := filepath.Join(dir, "counting.test")
	build := exec.Command("go", "test", "-c", "-o", bin, "-covermode=count",
		"-coverpkg=vankho/internal/extract,vankho/internal/archive,vankho/internal/vitext", ".")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	operations := func(t *testing.T, name string, n int) int {
		profile := filepath.Join(dir, "counts")
		run := exec.Command(bin, "-test.run=^TestHostileText$", "-test.coverprofile="+profile)
		run.Env = append(os.Environ(), "HOSTILE="+name, fmt.Sprint("HOSTILE_N=", n))
		if out, err := run.CombinedOutput(); err != nil {
			t.Fatalf("%d %s: %v\n%s", n, name, err, out)
		}
		f, err := os.Open(profile)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		sum := 0
		for lines := bufio.NewScanner(f); lines.Scan(); {
			var statements, count int
			if _, at, ok := strings.Cut(lines.Text(), " "); ok {
				if _, err := fmt.Sscan(at, &statements, &count); err == nil {
					sum += statements * count
				}
			}
		}
		return sum
	}
	for _, c := range hostile {
		t.Run(c.name, func(t *testing.T) {
			none := operations(t, c.name, 0) // what it takes to begin
			small := operations(t, c.name, c.n/4) - none
			large := operations(t, c.name, c.n) - none
			if small < 1000 {
				t.Fatalf("%d operations: nothing was counted", small)
			}
			words := float64(len(c.make(c.n))) / float64(len(c.make(c.n/4)))
			ratio := float64(large) / float64(small)
			t.Logf("%.1f times the text, %.2f times the operations, %.0f a byte", words, ratio, float64(large)/float64(len(c.make(c.n))))
			if ratio > 1.1*words {
				t.Errorf("%.1f times the text took %.2f times the operations (%d, then %d): more than linear", words, ratio, small, large)
			}
		})
	}
}

// TestHostileText reads one of the texts, for TestHostile to count by.
func TestHostileText(t *testing.T) {
	name := os.Getenv("HOSTILE")
	var n int
	fmt.Sscan(os.Getenv("HOSTILE_N"), &n)
	for _, c := range hostile {
		if c.name != name {
			continue
		}
		a := plain(c.make(n), "2024-05-04")
		a.Meetings, a.Visits, a.Problems = extract.Meetings(a)
		a.AssignIDs()
		if problems := archive.Check(a); len(problems) > 0 {
			t.Fatalf("Check: %v", problems)
		}
	}
}
