package testkit

import (
	"os"
	"testing"
)

func TestVary(t *testing.T) {
	seed, err := os.ReadFile("../../seeds/001_092fc1d851c41591.txt")
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{string(seed): true}
	for n := range uint64(200) {
		v := Vary(string(seed), []string{"Tô Lâm", "Thongloun Sisoulith"}, n)
		if seen[v] {
			t.Fatalf("variation %d is a copy", n)
		}
		seen[v] = true
		if again := Vary(string(seed), []string{"Tô Lâm", "Thongloun Sisoulith"}, n); again != v {
			t.Fatalf("variation %d comes out in two forms", n)
		}
	}
}
