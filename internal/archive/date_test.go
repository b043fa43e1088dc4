package archive

import (
	"encoding/json"
	"testing"
)

func TestParseDate(t *testing.T) {
	for _, s := range []string{"", "2026-02-05", "2024-09", "2025", "XXXX-07-18", "XXXX-02-29", "XXXX-07",
		"2026-01-26/2026-01-27", "2024-02-29", "XXXX-06-28/XXXX-06-30"} {
		if d, err := ParseDate(s); err != nil || string(d) != s {
			t.Errorf("ParseDate(%q): got %q, %v", s, d, err)
		}
	}
	for _, s := range []string{"2026-02-30", "2025-02-29", "2026-13", "26-02-05", "2026-2-5", "XXXX", "2026-02-05T10:00",
		"2026-01-27/2026-01-26", "2026-01-27/", "/", "0000", "2026-00-01", "hôm nay"} {
		if d, err := ParseDate(s); err == nil {
			t.Errorf("ParseDate(%q): got %q, want an error", s, d)
		}
	}
}

func TestDateOrderAndParts(t *testing.T) {
	ascending := []Date{"", "XXXX-07", "XXXX-07-18", "2024-09", "2025", "2025-02", "2025-02-22", "2026-01-26", "2026-01-26/2026-01-27"}
	for i := range ascending {
		for j := range ascending {
			if got := ascending[i].Before(ascending[j]); got != (i < j) {
				t.Errorf("%q.Before(%q): got %v", ascending[i], ascending[j], got)
			}
		}
	}
	d := Date("2026-01-26/2026-02-03")
	if d.Year() != 2026 || d.Month() != 1 || d.DayOfMonth() != 26 || d.End() != "2026-02-03" || d.Complete() {
		t.Errorf("parts of %q: %d %d %d %q %v", d, d.Year(), d.Month(), d.DayOfMonth(), d.End(), d.Complete())
	}
	if d := Date("XXXX-07-18"); d.Year() != 0 || d.Month() != 7 || d.Complete() {
		t.Errorf("parts of %q: %d %d %v", d, d.Year(), d.Month(), d.Complete())
	}
	if d := Day(0, 2, 29); d != "XXXX-02-29" {
		t.Errorf("Day(0, 2, 29): got %q", d)
	}
}

func TestDateJSON(t *testing.T) {
	for _, text := range []string{`null`, `"2026-02-05"`} {
		var d Date
		if err := json.Unmarshal([]byte(text), &d); err != nil {
			t.Fatal(err)
		}
		if got, _ := json.Marshal(d); string(got) != text {
			t.Errorf("%s comes back as %s", text, got)
		}
	}
	var d Date
	if err := json.Unmarshal([]byte(`"2026-02-30"`), &d); err == nil {
		t.Errorf("30 February is read as %q", d)
	}
}

func FuzzParseDate(f *testing.F) {
	f.Add("2026-01-26/2026-01-27")
	f.Fuzz(func(t *testing.T, s string) {
		d, err := ParseDate(s)
		if err == nil && d != "" && (d.Before(d) || d.Month() > 12 || d.DayOfMonth() > 31) {
			t.Errorf("ParseDate(%q) lets through %d %d %d", s, d.Year(), d.Month(), d.DayOfMonth())
		}
	})
}
