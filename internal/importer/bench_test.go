package importer

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"vankho/internal/testkit"
)

// BenchmarkRun imports 500 variations of the seeds into an empty archive, in
// this process, for profiles: go test -bench Run -cpuprofile cpu.prof. The
// figures of the whole program are those of BenchmarkImport in cmd/vankho.
func BenchmarkRun(b *testing.B) {
	names, err := filepath.Glob(filepath.Join(seeds, "*.txt"))
	if err != nil || len(names) == 0 {
		b.Fatalf("no seeds: %v", err)
	}
	texts := b.TempDir()
	var size int64
	for i := range 500 {
		seed, err := os.ReadFile(names[i%len(names)])
		if err != nil {
			b.Fatal(err)
		}
		text := testkit.Vary(string(seed), []string{"Tô Lâm", "Thongloun Sisoulith", "Hun Manet"}, uint64(i))
		size += int64(len(text))
		if err := os.WriteFile(filepath.Join(texts, fmt.Sprintf("%04d.txt", i)), []byte(text), 0o644); err != nil {
			b.Fatal(err)
		}
	}
	b.SetBytes(size)
	for b.Loop() {
		if _, err := Run(b.Context(), Config{Archive: b.TempDir(), Paths: []string{texts}}); err != nil {
			b.Fatal(err)
		}
	}
}
