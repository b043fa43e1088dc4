package search

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"vankho/internal/archive"
)

func TestQuoting(t *testing.T) {
	articles := []*archive.Article{
		textArticle("a", "Hai bên nhất trí tăng cường hợp tác quốc phòng.", "Chủ tịch nước đề nghị mở đường bay thẳng."),
		textArticle("b", "Hai bên nhất trí tăng cường hợp tác giáo dục."),
		textArticle("c", "Hai bên khẳng định hợp tác quốc phòng."),
		textArticle("d", "Một tin khác hẳn."),
	}
	ix := buildTest(t, articles...)
	name := map[string]string{}
	for _, a := range articles {
		name[a.ID] = a.Source.Name
	}
	for _, tt := range []struct {
		quote, want string // the articles, best first; a cut is |
	}{
		{"tăng cường hợp tác quốc phòng", "a b c"},
		{"TANG CUONG HOP TAC GIAO DUC", "b a c"},
		{"hợp tác quốc phòng|đường bay thẳng", "a c b"}, // no pair over the cut
		{"tăng cường hợp tác giáo dục mầm non", "b a c"},
		{"con mèo trèo cây cau", ""},
		{"hai", ""},
		{"", ""},
	} {
		ids, err := ix.Quoting(context.Background(), strings.Split(tt.quote, "|"), 10)
		if err != nil {
			t.Fatalf("Quoting(%q): %v", tt.quote, err)
		}
		var got []string
		for _, id := range ids {
			got = append(got, name[id])
		}
		if strings.Join(got, " ") != tt.want {
			t.Errorf("Quoting(%q): got %q, want %q", tt.quote, got, tt.want)
		}
	}
	if ids, err := ix.Quoting(context.Background(), []string{"hai bên"}, 2); err != nil || len(ids) != 2 {
		t.Errorf("Quoting with limit 2: %q, %v", ids, err)
	}
	if ids, err := buildTest(t).Quoting(context.Background(), []string{"hai bên"}, 2); err != nil || len(ids) != 0 {
		t.Errorf("Quoting from nothing: %q, %v", ids, err)
	}
}

// TestRarePairs: no more pairs are taken than the mask has bits, and common
// ones are left out when there are rarer ones.
func TestRarePairs(t *testing.T) {
	var words []string
	for i := range 100 {
		words = append(words, fmt.Sprintf("w%d", i))
	}
	ix := buildTest(t, textArticle("a", strings.Join(words, " ")), textArticle("b", "w1 w2 w3"))
	pairs, err := ix.rarePairs([]string{strings.Join(words, " ")})
	if err != nil || len(pairs) != quotePairs {
		t.Fatalf("%d pairs, %v; want %d", len(pairs), err, quotePairs)
	}
	if slices.ContainsFunc(pairs, func(p rarePair) bool { return p.n != 1 }) {
		t.Errorf("a common pair is among %v", pairs)
	}
}

// BenchmarkQuoting looks for a sentence of the seeds, as it stands and with
// other words.
func BenchmarkQuoting(b *testing.B) {
	ix, err := Open(benchIndex(b))
	if err != nil {
		b.Fatal(err)
	}
	defer ix.Close()
	const said = "Nhân dịp này, Đảng, Nhà nước và nhân dân Lào chia sẻ những mất mát to lớn của nhân dân Việt Nam trong những đợt bão lũ vừa qua và mong muốn Việt Nam sớm vượt qua khó khăn."
	for name, quote := range map[string]string{
		"exact": said, "near": strings.NewReplacer("mất mát", "tổn thất", "vừa qua ", "").Replace(said), "short": "Đảng, Nhà nước và nhân dân", "thousand": strings.Repeat(said+" ", 6),
	} {
		b.Run(name, func(b *testing.B) {
			used := cpu()
			for b.Loop() {
				if _, err := ix.Quoting(context.Background(), []string{quote}, 40); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64((cpu()-used).Microseconds())/float64(b.N), "cpu-µs/op")
		})
	}
}
