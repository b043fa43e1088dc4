package site

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"vankho/internal/store"
	"vankho/web"
)

// TestYearTable checks that every meeting is counted in some row: what has a
// year but no month in its year, what has no year in the last row.
func TestYearTable(t *testing.T) {
	words, err := loadCatalogue(web.Files, "en")
	if err != nil {
		t.Fatal(err)
	}
	rows := yearTable(words, []store.Count{{Key: "", N: 3}, {Key: "2024-12", N: 1}, {Key: "2025", N: 2}, {Key: "2025-01", N: 4}})
	type row struct {
		Year, URL string
		N         int
	}
	var got []row
	for _, r := range rows {
		got = append(got, row{r.Year, r.URL, r.N})
	}
	want := []row{{"2025", "/y/2025", 6}, {"2024", "/y/2024", 1}, {"Unknown", "/y/unknown", 3}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
	if jan := rows[0].Months[0]; jan.N != 4 || jan.URL != "/y/2025/01" {
		t.Errorf("January 2025: %+v", jan)
	}
}

func TestSeriesName(t *testing.T) {
	words, err := loadCatalogue(web.Files, "en")
	if err != nil {
		t.Fatal(err)
	}
	meeting := func(names ...string) store.Entry {
		e := store.Entry{Title: "The title"}
		for _, n := range names {
			e.Who = append(e.Who, store.Who{Slug: n, Name: n})
		}
		return e
	}
	for _, tt := range []struct {
		name string
		list []store.Entry
		want string
	}{
		{"one leader and two in turn", []store.Entry{meeting("A", "B"), meeting("C", "A")}, "A – B – C"},
		{"one leader and many in turn", []store.Entry{meeting("A", "B"), meeting("A", "C"), meeting("A", "D"), meeting("A", "E")}, "A – B, C and 2 others"},
		{"the same two again", []store.Entry{meeting("A", "B"), meeting("A", "B")}, "A – B"},
		{"nobody in all", []store.Entry{meeting("A", "B"), meeting("C", "D")}, "The title"},
	} {
		if got, _ := seriesName(words, tt.list); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestSideNames(t *testing.T) {
	words, err := loadCatalogue(web.Files, "vi")
	if err != nil {
		t.Fatal(err)
	}
	many := []string{"A", "B", "C", "D", "E", "F", "G"}
	for n, want := range map[int]string{2: "A – B", 5: "A – B – C – D – E", 6: "A – B – C và 3 người nữa", 7: "A – B – C và 4 người nữa"} {
		if got := sideNames(words, many[:n]); got != want {
			t.Errorf("%d names: %q, want %q", n, got, want)
		}
	}
}
