package site

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// TestMissedText: what is counted has nothing of who asked.
func TestMissedText(t *testing.T) {
	for _, tt := range []struct{ typed, want string }{
		{"  Hội \t ĐÀM\n", "hội đàm"},
		{"hội đàm 5/2/2026", "hội đàm 5/2/2026"}, // six digits: a day is nobody's number
		{"10 tỷ USD năm 2026", "10 tỷ usd năm 2026"},
		{"nguyen@example.vn", ""},
		{"https://example.vn/x", ""},
		{"gọi 0912 345 678", ""},
		{"(+84) 91-234-5678", ""},
		{"số 123456789", ""},
		{strings.Repeat("a", maxMissedRunes), strings.Repeat("a", maxMissedRunes)},
		{strings.Repeat("ạ", maxMissedRunes+1), ""},
		{"\x00a\xffb", "a b"},
	} {
		if got := missedText(tt.typed); got != tt.want {
			t.Errorf("missedText(%q): got %q, want %q", tt.typed, got, tt.want)
		}
	}
}

func TestMissed(t *testing.T) {
	var m Missed
	first := time.Date(2026, 2, 5, 23, 0, 0, 0, time.UTC)
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() { m.add("Hội đàm", first) })
	}
	wg.Wait()
	m.add("gặp", first)
	m.add("gặp", first.Add(2*time.Hour))
	want := []MissedQuery{{"2026-02-05", "hội đàm", 3}, {"2026-02-05", "gặp", 1}}
	if diff := cmp.Diff(want, m.Day("2026-02-05")); diff != "" {
		t.Errorf("Day (-want +got)\n%s", diff)
	}
	if diff := cmp.Diff(want, m.Take("2026-02-05")); diff != "" {
		t.Errorf("Take (-want +got)\n%s", diff)
	}
	if got := m.Take("2026-02-05"); got != nil {
		t.Errorf("taken twice: %v", got)
	}
	if diff := cmp.Diff([]MissedQuery{{"2026-02-06", "gặp", 1}}, m.Take("2026-02-06")); diff != "" {
		t.Errorf("the next day (-want +got)\n%s", diff)
	}
}

// TestMissedIsBounded: texts beyond the bound are counted together.
func TestMissedIsBounded(t *testing.T) {
	var m Missed
	day := time.Date(2026, 2, 5, 0, 0, 0, 0, time.UTC)
	for i := range maxMissed + 10 {
		m.add(fmt.Sprint("từ ", i), day)
	}
	list := m.Take("2026-02-05")
	if len(list) != maxMissed+1 || list[0] != (MissedQuery{"2026-02-05", "", 10}) {
		t.Errorf("%d texts, first %+v", len(list), list[0])
	}
}
