package encounter

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vankho/internal/archive"
)

// readingOf makes a reading from one line: article, status, kind (or visit, or
// visit/level), date (- for none), published (-), country (-), principals as
// slug/country.
func readingOf(t *testing.T, line string) Reading {
	t.Helper()
	f := strings.Fields(line)
	if len(f) < 7 {
		t.Fatalf("reading %q: want seven words", line)
	}
	for i := range f {
		if f[i] == "-" {
			f[i] = ""
		}
	}
	r := Reading{
		ID: line, Article: f[0], Status: archive.Status(f[1]), Kind: f[2], Main: true,
		Date: archive.Date(f[3]), Published: archive.Date(f[4]), Country: f[5],
	}
	if kind, level, _ := strings.Cut(f[2], "/"); kind == "visit" {
		r.Visit, r.Kind = true, level
	}
	for _, p := range f[6:] {
		slug, country, _ := strings.Cut(p, "/")
		r.Who = append(r.Who, Principal{slug, country})
	}
	for _, d := range []archive.Date{r.Date, r.Published} {
		if _, err := archive.ParseDate(string(d)); err != nil {
			t.Fatal(err)
		}
	}
	return r
}

func TestSame(t *testing.T) {
	for _, tt := range []struct {
		name, a, b string
		want       Degree
	}{
		{"two outlets on one meeting", "A held talks 2026-02-05 2026-02-05 LA x/VN y/LA", "B held talks 2026-02-05 2026-02-06 LA y/LA x/VN", Exact},
		{"the country of one is not given", "A held talks 2026-02-05 - LA x/VN y/LA", "B held talks 2026-02-05 - - x/VN y/LA", Exact},
		{"the countries contradict", "A held talks 2026-02-05 - LA x/VN y/LA", "B held talks 2026-02-05 - VN x/VN y/LA", Apart},
		{"a call is in no one place", "A held phone_call 2026-02-05 - LA x/VN y/LA", "B held phone_call 2026-02-05 - VN x/VN y/LA", Exact},
		{"two rounds in one article", "A held talks 2026-02-05 - LA x/VN y/LA", "A held talks 2026-02-05 - LA x/VN y/LA", Apart},
		{"another status", "A held talks 2026-02-05 - LA x/VN y/LA", "B announced talks 2026-02-05 - LA x/VN y/LA", Apart},
		{"a meeting and a visit", "A held visit 2026-02-05 - LA x/VN y/LA", "B held talks 2026-02-05 - LA x/VN y/LA", Apart},
		{"another person", "A held talks 2026-02-05 - LA x/VN y/LA", "B held talks 2026-02-05 - LA x/VN z/LA", Apart},
		{"a second principal of one side", "A held talks 2026-02-05 - LA x/VN y/LA", "B held talks 2026-02-05 - LA x/VN w/VN y/LA", Close},
		{"a meeting of two and one of three", "A held meeting 2026-02-05 - VN x/VN y/LA", "B held meeting 2026-02-05 - VN x/VN y/LA z/KH", Apart},
		{"nobody says who was met", "A held reception 2026-02-05 - VN x/VN", "B held reception 2026-02-05 - VN x/VN", Apart},
		{"one does not say who was met", "A held reception 2026-02-05 - VN x/VN", "B held reception 2026-02-05 - VN x/VN y/DE", Apart},

		{"gặp for hội đàm", "A held meeting 2026-02-05 - LA x/VN y/LA", "B held talks 2026-02-05 - LA x/VN y/LA", Close},
		{"tiếp and chào xã giao", "A held reception 2026-02-05 - VN x/VN y/DE", "B held courtesy_call 2026-02-05 - VN x/VN y/DE", Close},
		{"hội đàm trực tuyến for hội đàm", "A held online 2026-02-05 - - x/VN y/DE", "B held talks 2026-02-05 - - x/VN y/DE", Close},
		{"hội đàm and tiếp", "A held talks 2026-02-05 - LA x/VN y/LA", "B held reception 2026-02-05 - LA x/VN y/LA", Apart},
		{"talks and the ceremony after them", "A held talks 2026-02-05 - LA x/VN y/LA", "B held ceremony 2026-02-05 - LA x/VN y/LA", Apart},
		{"a call and talks", "A held phone_call 2026-02-05 - - x/VN y/LA", "B held talks 2026-02-05 - LA x/VN y/LA", Apart},

		{"the next day", "A held talks 2026-02-05 - LA x/VN y/LA", "B held talks 2026-02-06 - LA x/VN y/LA", Apart},
		{"a day of days", "A held talks 2026-02-05 - LA x/VN y/LA", "B held talks 2026-02-05/2026-02-06 - LA x/VN y/LA", Close},
		{"meetings on days that overlap", "A held talks 2026-02-04/2026-02-05 - LA x/VN y/LA", "B held talks 2026-02-05/2026-02-06 - LA x/VN y/LA", Apart},
		{"a day of a month", "A held talks 2026-02-05 - LA x/VN y/LA", "B held talks 2026-02 - LA x/VN y/LA", Vague},
		{"a day of another month", "A held talks 2026-02-05 - LA x/VN y/LA", "B held talks 2026-03 - LA x/VN y/LA", Apart},
		{"one month", "A held talks 2026-02 - LA x/VN y/LA", "B held talks 2026-02 - LA x/VN y/LA", Vague},
		{"a year is no date", "A recalled talks 2024 2026-02-05 LA x/VN y/LA", "B recalled talks 2024 2026-02-05 LA x/VN y/LA", Apart},

		{"a day without a year", "A held talks XXXX-07-18 - - x/VN y/LA", "B held talks 2024-07-18 - - x/VN y/LA", Vague},
		{"another day without a year", "A held talks XXXX-07-19 - - x/VN y/LA", "B held talks 2024-07-18 - - x/VN y/LA", Apart},
		{"a month without a year", "A held talks XXXX-07 - - x/VN y/LA", "B held talks 2024-07-18 - - x/VN y/LA", Apart},
		{"published in the year after", "A held talks XXXX-07-18 2025-01-10 - x/VN y/LA", "B held talks 2024-07-18 - - x/VN y/LA", Vague},
		{"published years after", "A held talks XXXX-07-18 2026-01-10 - x/VN y/LA", "B held talks 2024-07-18 - - x/VN y/LA", Apart},
		{"published before it was held", "A held talks XXXX-07-18 2024-07-10 - x/VN y/LA", "B held talks 2024-07-18 - - x/VN y/LA", Apart},
		{"announced before", "A announced talks XXXX-07-18 2024-07-10 - x/VN y/LA", "B announced talks 2024-07-18 - - x/VN y/LA", Vague},
		{"neither has a year, nor was published near", "A held talks XXXX-07-18 - - x/VN y/LA", "B held talks XXXX-07-18 - - x/VN y/LA", Apart},
		{"neither has a year, published together", "A held talks XXXX-07-18 2024-07-18 - x/VN y/LA", "B held talks XXXX-07-18 2024-07-19 - x/VN y/LA", Vague},

		{"no date, published the day after", "A held talks - 2026-02-06 LA x/VN y/LA", "B held talks 2026-02-05 - LA x/VN y/LA", Vague},
		{"no date, published before", "A held talks - 2026-02-04 LA x/VN y/LA", "B held talks 2026-02-05 - LA x/VN y/LA", Apart},
		{"no date, published a week after", "A held talks - 2026-02-12 LA x/VN y/LA", "B held talks 2026-02-05 - LA x/VN y/LA", Apart},
		{"no dates, published together", "A held talks - 2026-02-05 LA x/VN y/LA", "B held talks - 2026-02-06 LA x/VN y/LA", Vague},
		{"no dates at all", "A held talks - - LA x/VN y/LA", "B held talks - - LA x/VN y/LA", Apart},
		{"recalled without a date", "A recalled talks - 2026-02-05 LA x/VN y/LA", "B recalled talks - 2026-02-05 LA x/VN y/LA", Apart},
		{"recalled by day", "A recalled talks 2025-12-01 2026-02-05 LA x/VN y/LA", "B recalled talks 2025-12-01 2026-03-05 LA x/VN y/LA", Exact},
		{"announced without a date", "A announced visit - 2026-01-10 VN y/LA x/VN", "B announced visit - 2026-01-12 VN y/LA x/VN", Vague},

		{"one visit", "A held visit/state 2025-12-01/2025-12-02 - LA x/VN y/LA", "B held visit/state 2025-12-01/2025-12-02 - LA x/VN", Exact},
		{"one visit, other bounds", "A held visit 2025-12-01/2025-12-02 - LA x/VN", "B held visit 2025-11-30/2025-12-01 - LA x/VN", Close},
		{"one visit, another level", "A held visit/state 2025-12-01/2025-12-02 - LA x/VN", "B held visit/official 2025-12-01/2025-12-02 - LA x/VN", Close},
		{"one visit, told on its first day without a date", "A held visit - 2025-12-01 LA x/VN", "B held visit 2025-12-01/2025-12-02 - LA x/VN y/LA", Vague},
		{"a guest more", "A held visit 2025-12-01 - LA x/VN", "B held visit 2025-12-01 - LA x/VN w/VN", Close},
		{"another guest", "A held visit 2025-12-01 - LA x/VN y/LA", "B held visit 2025-12-01 - LA w/VN y/LA", Apart},
		{"another host country", "A held visit 2025-12-01 - LA x/VN", "B held visit 2025-12-01 - KH x/VN", Apart},
		{"no host country", "A held visit 2025-12-01 - - x/VN", "B held visit 2025-12-01 - - x/VN", Apart},
	} {
		a, b := readingOf(t, tt.a), readingOf(t, tt.b)
		if got := Same(&a, &b); got != tt.want {
			t.Errorf("%s: Same = %d, want %d", tt.name, got, tt.want)
		}
		if got := Same(&b, &a); got != tt.want {
			t.Errorf("%s, turned round: Same = %d, want %d", tt.name, got, tt.want)
		}
		// The store finds one from the other.
		if tt.want > Apart && (!in(&b, a.Window) || !in(&a, b.Window)) {
			t.Errorf("%s: one is outside the window of the other", tt.name)
		}
	}
}

// in does what the store does with a window.
func in(r *Reading, window func() (from, to string, also []string)) bool {
	at := string(r.Date)
	if at == "" {
		at = string(r.Published)
	}
	from, to, also := window()
	return from <= at && at <= to || slices.Contains(also, at)
}

func TestGroup(t *testing.T) {
	for _, tt := range []struct {
		name string
		list []string
		want [][]int
	}{
		{"alone", []string{"A held talks 2026-02-05 - LA x/VN y/LA"}, [][]int{{0}}},
		{"three outlets", []string{
			"A held talks 2026-02-05 - LA x/VN y/LA",
			"B held talks 2026-02-05 - LA x/VN y/LA",
			"C held meeting 2026-02-05 - - x/VN y/LA",
		}, [][]int{{0, 1, 2}}},
		{"a month that fits two days fits neither", []string{
			"A held talks 2026-02-05 - LA x/VN y/LA",
			"B held talks 2026-02 - LA x/VN y/LA",
			"C held talks 2026-02-20 - LA x/VN y/LA",
		}, [][]int{{0}, {1}, {2}}},
		{"a day without a year that fits two years fits neither", []string{
			"A held talks 2024-07-18 - - x/VN y/LA",
			"B held talks XXXX-07-18 - - x/VN y/LA",
			"C held talks 2023-07-18 - - x/VN y/LA",
			"D held talks 2023-07-18 - - x/VN y/LA",
		}, [][]int{{0}, {1}, {2, 3}}},
		{"two rounds in one article, one in another", []string{
			"A held talks 2026-02-05 - LA x/VN y/LA",
			"A held talks 2026-02-05 - LA x/VN y/LA",
			"B held talks 2026-02-05 - LA x/VN y/LA",
		}, [][]int{{0}, {1}, {2}}},
		{"the narrow meeting and the talks after it", []string{
			"A held talks 2026-02-05 - LA x/VN y/LA",
			"B held meeting 2026-02-05 - LA x/VN y/LA",
			"B held talks 2026-02-05 - LA x/VN y/LA",
		}, [][]int{{0, 2}, {1}}},
		{"who says no country does not join two that do", []string{
			"A held talks 2026-02-05 - LA x/VN y/LA",
			"B held talks 2026-02-05 - - x/VN y/LA",
			"C held talks 2026-02-05 - VN x/VN y/LA",
			"D held talks 2026-02-05 - LA x/VN y/LA",
		}, [][]int{{0, 3}, {1}, {2}}},
	} {
		var list []Reading
		for i, line := range tt.list {
			list = append(list, readingOf(t, line))
			list[i].ID = string(rune('a' + i))
		}
		if diff := cmp.Diff(tt.want, Group(list)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
		// In any order the same ones are together.
		for range 10 {
			order := rand.Perm(len(list))
			var mixed []Reading
			for _, i := range order {
				mixed = append(mixed, list[i])
			}
			var got [][]int
			for _, g := range Group(mixed) {
				var places []int
				for _, i := range g {
					places = append(places, order[i])
				}
				slices.Sort(places)
				got = append(got, places)
			}
			slices.SortFunc(got, slices.Compare)
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("%s, in order %v (-want +got):\n%s", tt.name, order, diff)
			}
		}
	}
}

// TestGroupRandom: whatever the readings are, all of a group fit each other, no
// two are of one article, and their order changes nothing.
func TestGroupRandom(t *testing.T) {
	rnd := rand.New(rand.NewPCG(5, 55))
	some := func(list ...string) string { return list[rnd.IntN(len(list))] }
	together := 0
	for range 3000 {
		var list []Reading
		for i := range 2 + rnd.IntN(9) {
			r := readingOf(t, fmt.Sprintf("%d %s %s %s %s %s %s", rnd.IntN(8), some("held", "held", "announced", "recalled"), some("talks", "meeting", "reception", "online", "visit"),
				some("2026-02-05", "2026-02-05", "2026-02-04/2026-02-05", "2026-02-05/2026-02-06", "2026-02", "XXXX-02-05", "2026", "-"),
				some("2026-02-05", "2026-02-07", "2027-01-05", "-"), some("LA", "LA", "VN", "-"), some("x/VN y/LA", "x/VN y/LA", "y/LA x/VN w/VN", "x/VN", "x/VN y/LA z/KH")))
			r.ID = fmt.Sprint(i)
			list = append(list, r)
		}
		name := func(list []Reading) []string {
			var groups []string
			for _, g := range Group(list) {
				var ids []string
				for k, i := range g {
					ids = append(ids, list[i].ID)
					for _, j := range g[:k] {
						if Same(&list[i], &list[j]) == Apart || list[i].Article == list[j].Article {
							t.Fatalf("%+v and %+v are together", list[i], list[j])
						}
						together++
					}
				}
				slices.Sort(ids)
				groups = append(groups, strings.Join(ids, " "))
			}
			slices.Sort(groups)
			return groups
		}
		want := name(list)
		rnd.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
		if diff := cmp.Diff(want, name(list)); diff != "" {
			t.Fatalf("in another order (-want +got):\n%s", diff)
		}
	}
	if together < 500 {
		t.Errorf("only %d pairs were together: this proves little", together)
	}
}

func TestOrder(t *testing.T) {
	early := Reading{ID: "b", Main: true, Published: "2026-02-05"}
	late := Reading{ID: "a", Main: true, Published: "2026-02-06"}
	unknown := Reading{ID: "c", Main: true}
	passing := Reading{ID: "d", Published: "2026-01-01"}
	for _, tt := range []struct {
		name           string
		a, b           Reading
		aStood, bStood bool
	}{
		{"published first", early, late, false, false},
		{"what stood before stays", late, early, true, false},
		{"unknown comes last", late, unknown, false, false},
		{"told in passing comes last", unknown, passing, false, true},
	} {
		if got := Order(tt.aStood, tt.bStood, &tt.a, &tt.b); got >= 0 {
			t.Errorf("%s: Order = %d, want the first before the second", tt.name, got)
		}
		if got := Order(tt.bStood, tt.aStood, &tt.b, &tt.a); got <= 0 {
			t.Errorf("%s, turned round: Order = %d", tt.name, got)
		}
	}
}

func TestRelated(t *testing.T) {
	for _, tt := range []struct {
		name string
		r    string
		list []string
		want []int
	}{
		{"a visit recalled by its days and reported without a date", "004 recalled visit 2025-12-01/2025-12-02 2026-01-23 LA x/VN y/LA", []string{
			"001 held visit - 2025-12-01 LA x/VN",
			"001 held talks 2025-12-01 2025-12-01 LA x/VN y/LA",
			"002 held talks 2026-02-05 - LA x/VN y/LA",
			"004 announced visit/state 2026-01-26/2026-01-27 2026-01-23 VN y/LA x/VN",
		}, []int{0, 1}},
		{"a visit announced for days", "A announced visit 2026-01-26/2026-01-27 2026-01-23 VN y/LA x/VN", []string{
			"B held visit 2026-01-26/2026-01-27 2026-01-27 VN y/LA",
			"C held visit 2026-02-05 2026-02-05 LA x/VN y/LA",
			"D held visit 2026-04-26 2026-04-26 VN y/LA",
			"E held talks 2026-01-26 2026-01-27 VN y/LA x/VN",
		}, []int{0, 3}},
		{"put off by days", "A announced visit 2026-01-26/2026-01-27 2026-01-23 VN y/LA x/VN", []string{
			"B held visit 2026-01-30 2026-01-31 VN y/LA",
		}, []int{0}},
		{"soon is the first after", "A announced visit - 2026-01-10 VN y/LA x/VN", []string{
			"B held visit 2026-05-26 2026-05-27 VN y/LA",
			"C held visit 2026-03-05 2026-03-05 VN y/LA",
			"D held visit 2025-12-26 2025-12-27 VN y/LA",
		}, []int{1}},
		{"soon is not today", "A announced meeting - 2026-01-10 - y/LA x/VN", []string{
			"B held meeting 2026-01-10 2026-01-10 - y/LA x/VN",
		}, nil},
		{"soon is not in a year", "A announced visit - 2026-01-10 VN y/LA x/VN", []string{
			"B held visit 2026-12-26 2026-12-27 VN y/LA",
		}, nil},
		{"reported, with two announcements", "A held visit 2026-03-05 2026-03-05 VN y/LA", []string{
			"B announced visit - 2026-01-10 VN y/LA x/VN",
			"C announced visit 2026-03-05/2026-03-06 2026-03-01 VN y/LA x/VN",
		}, []int{0, 1}},
		{"recalled by month", "A recalled meeting 2025-10 2026-01-23 - x/VN y/LA", []string{
			"B held talks 2025-10-09 2025-10-10 LA x/VN y/LA",
			"C held talks 2025-11-09 2025-11-10 LA x/VN y/LA",
		}, []int{0}},
		{"recalled by month, of two", "A recalled meeting 2025-10 2026-01-23 - x/VN y/LA", []string{
			"B held talks 2025-10-09 2025-10-10 LA x/VN y/LA",
			"C held talks 2025-10-19 2025-10-20 LA x/VN y/LA",
		}, nil},
		{"recalled by month, of one that two tell", "A recalled meeting 2025-10 2026-01-23 - x/VN y/LA", []string{
			"B held talks 2025-10-09 2025-10-10 LA x/VN y/LA",
			"C held talks 2025-10-09 2025-10-10 LA x/VN y/LA",
		}, []int{0, 1}},
		{"recalled without a year", "A recalled talks XXXX-10-09 2026-01-23 - x/VN y/LA", []string{
			"B held talks 2025-10-09 2025-10-10 LA x/VN y/LA",
			"C held talks 2024-10-09 2024-10-10 LA x/VN y/LA",
		}, []int{0}},
		{"recalled without a date", "A recalled talks - 2026-01-23 - x/VN y/LA", []string{
			"B held talks 2026-01-22 2026-01-22 LA x/VN y/LA",
		}, nil},
		{"announced and recalled, reported by nobody", "A announced visit 2026-01-26/2026-01-27 2026-01-23 VN y/LA x/VN", []string{
			"B recalled visit 2026-01 2026-07-01 VN y/LA x/VN",
		}, []int{0}},
		{"announced by the article that reports another", "A announced meeting - 2026-01-23 - x/VN y/LA", []string{
			"A held meeting 2026-01-23 2026-01-23 - x/VN y/LA",
			"B held meeting 2026-03-26 2026-03-26 - x/VN y/LA",
		}, []int{1}},
		{"other people", "A announced visit 2026-01-26/2026-01-27 2026-01-23 VN y/LA x/VN", []string{
			"B held visit 2026-01-26/2026-01-27 - VN z/LA x/VN",
			"C held talks 2026-01-26 - VN z/LA x/VN",
		}, nil},
	} {
		r := readingOf(t, tt.r)
		var list []Reading
		for _, line := range tt.list {
			list = append(list, readingOf(t, line))
		}
		if diff := cmp.Diff(tt.want, Related(&r, list)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
		// Each of them is related to it in turn.
		all := append(slices.Clone(list), r)
		for i := range list {
			if got := slices.Contains(Related(&list[i], all), len(all)-1); got != slices.Contains(tt.want, i) {
				t.Errorf("%s, turned round: %q related: %v", tt.name, list[i].ID, got)
			}
			if slices.Contains(tt.want, i) && (!in(&r, list[i].Around) || !in(&list[i], r.Around)) {
				t.Errorf("%s: %q is not looked for", tt.name, list[i].ID)
			}
		}
	}
}
