package testkit

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
)

// What Vary puts in the place of what a text has. Names and countries keep
// their form (family and given name; a country that may follow a title), so
// that a variation is read as its model is.
var (
	varyNames = []string{"Trần Văn Hải", "Lê Thị Minh", "Phạm Quang Thái", "Đỗ Hữu Nam", "Vũ Thanh Bình", "Bùi Đức Long",
		"Hồ Ngọc Lan", "Ngô Xuân Kiên", "Maria Santos", "Karl Hoffmann", "Jean Dupont", "Ali Hassan", "John Carter", "Kenji Sato",
		"Min-jun Park", "Somchai Suwan", "Bounmy Keola", "Sok Dara", "Anna Novak", "Peter Lindqvist"}
	varyCountries = []string{"Lào", "Campuchia", "Thái Lan", "Indonesia", "Hungary", "Pakistan", "Armenia", "Kazakhstan", "Séc",
		"Nhật Bản", "Hàn Quốc", "Ấn Độ", "Cuba", "Brazil", "Đức", "Ba Lan", "Mông Cổ", "Singapore"}
	varyDays = regexp.MustCompile(`\b(\d{1,2})/(\d{1,2})(/\d{4})?\b`)
	varySums = regexp.MustCompile(`\b\d{1,3} (tỷ|triệu) USD`)
)

// Vary gives the nth variation of a text: other names, countries, days and
// sums, some paragraphs left out, and sentences of the others in another
// order. The same text and n always give the same variation. Benchmarks make
// large archives with it: copies of five articles would compress and cache as
// no archive does.
func Vary(text string, names []string, n uint64) string {
	r := rand.New(rand.NewPCG(n, 20260205))
	var swaps []string
	for i, k := range r.Perm(len(varyNames))[:min(len(names), len(varyNames))] {
		swaps = append(swaps, names[i], fmt.Sprintf("%s %s", varyNames[k], string(rune('A'+r.IntN(26)))))
	}
	countries := r.Perm(len(varyCountries))
	for i, c := range varyCountries[:10] {
		swaps = append(swaps, " "+c+" ", " "+varyCountries[countries[i]]+" ")
	}
	text = strings.NewReplacer(swaps...).Replace(text)
	year, month := 2010+r.IntN(16), 1+r.IntN(12)
	text = varyDays.ReplaceAllStringFunc(text, func(string) string {
		return fmt.Sprintf("%d/%d/%d", 1+r.IntN(28), month, year)
	})
	text = varySums.ReplaceAllStringFunc(text, func(string) string {
		return fmt.Sprintf("%d %s USD", 1+r.IntN(900), []string{"tỷ", "triệu"}[r.IntN(2)])
	})
	paragraphs := strings.Split(text, "\n\n")
	kept := paragraphs[:0]
	for i, p := range paragraphs {
		if i > 3 && r.IntN(5) == 0 {
			continue
		}
		if sentences := strings.SplitAfter(p, ". "); i > 3 && len(sentences) > 2 {
			last := len(sentences) - 1
			r.Shuffle(last, func(a, b int) { sentences[a], sentences[b] = sentences[b], sentences[a] })
			p = strings.Join(sentences, "")
		}
		kept = append(kept, p)
	}
	return strings.Join(kept, "\n\n")
}
