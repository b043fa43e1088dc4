package source

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vankho/internal/archive"
)

const entry = `- record: /m/whv2tv83q4r
  field: place.city
  old: Hà Nội
  new: Huế
  reason: Tòa soạn đính chính ngày 6/2/2026
  author: Nguyễn Văn A
  date: 2026-02-07
`

func TestCorrections(t *testing.T) {
	raw := func(s string) json.RawMessage { return json.RawMessage(s) }
	want := func(change func(c *Correction)) []Correction {
		c := Correction{File: "c.yaml", Line: 1, Correction: archive.Correction{
			Record: "/m/whv2tv83q4r", Field: "place.city", Old: raw(`"Hà Nội"`), New: raw(`"Huế"`),
			Reason: "Tòa soạn đính chính ngày 6/2/2026", Author: "Nguyễn Văn A", Date: "2026-02-07",
		}}
		change(&c)
		return []Correction{c}
	}
	for _, tt := range []struct {
		name string
		text string
		want []Correction
	}{
		{"an entry", entry, want(func(*Correction) {})},
		{"a comment before it", "# why\n" + entry, want(func(c *Correction) { c.Line = 2 })},
		{"null", strings.Replace(entry, "new: Huế", "new: null", 1), want(func(c *Correction) { c.New = raw("null") })},
		{"nothing is null", strings.Replace(entry, "new: Huế", "new:", 1), want(func(c *Correction) { c.New = raw("null") })},
		{"a date is a text", strings.NewReplacer("place.city", "date", "Huế", "2026-02-06").Replace(entry),
			want(func(c *Correction) { c.Field, c.New = "date", raw(`"2026-02-06"`) })},
		{"so is a year", strings.NewReplacer("place.city", "date", "Huế", "2026").Replace(entry),
			want(func(c *Correction) { c.Field, c.New = "date", raw(`"2026"`) })},
		{"Norway is no truth value", strings.NewReplacer("place.city", "place.country", "Huế", "NO").Replace(entry),
			want(func(c *Correction) { c.Field, c.New = "place.country", raw(`"NO"`) })},
		{"a list", strings.NewReplacer("place.city", "participants.to-lam.titles", "Huế", "[Tổng Bí thư, Chủ tịch nước]").Replace(entry),
			want(func(c *Correction) {
				c.Field, c.New = "participants.to-lam.titles_as_written", raw(`["Tổng Bí thư","Chủ tịch nước"]`)
			})},
		{"a number", strings.NewReplacer("place.city", "figures.1.value", "Huế", "15e9").Replace(entry),
			want(func(c *Correction) { c.Field, c.New = "figures.1.value", raw(`15e9`) })},
		{"true", strings.NewReplacer("place.city", "main", "Huế", "True").Replace(entry),
			want(func(c *Correction) { c.Field, c.New = "main", raw(`true`) })},
		{"text in NFD", strings.Replace(entry, "Huế", "Hue\u0302\u0301", 1), want(func(*Correction) {})},
		{"JSON", `[{"record": "/m/whv2tv83q4r", "field": "place.city", "old": "Hà Nội", "new": "Huế",
			"reason": "Tòa soạn đính chính ngày 6/2/2026", "author": "Nguyễn Văn A", "date": "2026-02-07"}]`, want(func(*Correction) {})},
		{"what an export adds", entry + "  at: {paragraph: 2, start: 0, end: 4, rank: 1, quote: Huế}\n  read_then: \"Đà Nẵng\"\n  reads_now: null\n",
			want(func(c *Correction) {
				c.At = &archive.Anchor{Evidence: archive.Evidence{Span: archive.Span{Paragraph: 2, Start: 0, End: 4}, Quote: "Huế"}, Rank: 1}
				c.ReadThen, c.ReadsNow = raw(`"Đà Nẵng"`), raw(`null`)
			})},
		{"no entry", "[]\n", nil},
		{"only a comment", "# nothing yet\n", nil},
	} {
		got, err := Corrections(File{Path: "c.yaml", Data: []byte(tt.text)})
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}

func TestCorrectionsRefused(t *testing.T) {
	change := func(old, new string) string { return strings.Replace(entry, old, new, 1) }
	for _, tt := range []struct{ name, text, want string }{
		{"empty", "", "c.yaml: empty: "},
		{"not UTF-8", "- \xff", "c.yaml:1: not UTF-8: "},
		{"control character", "- a\x00", "c.yaml:1: control character: "},
		{"a bracket is open", entry + "- [a,\n", "c.yaml:9: not YAML: did not find expected node content"},
		{"a quote is open", entry + "- \"a\n", "not YAML: found unexpected end of stream"},
		{"two colons", change("Huế", "a: b"), "c.yaml:4: not YAML: mapping values are not allowed"},
		{"wrong indent", change("  new", " new"), "c.yaml:4: not YAML: did not find expected"},
		{"tab", change("  new", "\tnew"), "not YAML: "},
		{"text", "Hội đàm\n", "c.yaml:1: not a list of corrections: "},
		{"an entry without its dash", strings.NewReplacer("- ", "", "  ", "").Replace(entry), "c.yaml:1: not a list of corrections: want one entry"},
		{"two documents", entry + "---\n" + entry, "c.yaml:8: not a list of corrections: a second document follows"},
		{"an entry that is text", "- Huế\n", "c.yaml:1: not a correction: want record, field"},
		{"no reason", change("  reason: Tòa soạn đính chính ngày 6/2/2026\n", ""), "c.yaml:1: reason: missing"},
		{"an empty author", change("Nguyễn Văn A", `" "`), "c.yaml:6: author: missing"},
		{"an author that is a list", change("Nguyễn Văn A", "[A, B]"), "c.yaml:6: author: "},
		{"no date", change("  date: 2026-02-07\n", ""), "c.yaml:1: date: missing"},
		{"a month", change("2026-02-07", "2026-02"), "c.yaml:7: date: want a day"},
		{"a year", change("2026-02-07", "2026"), "c.yaml:7: date: want a day"},
		{"no old value", change("  old: Hà Nội\n", ""), "c.yaml:1: old: missing"},
		{"misspelt key", change("reason", "raeson"), `c.yaml:5: unknown key "raeson": there are record, field`},
		{"a key twice", change("  old: Hà Nội\n", "  old: Hà Nội\n  old: Huế\n"), "c.yaml:4: old: given twice"},
		{"an anchor", change("Huế", "&a Huế"), "c.yaml:4: new: anchors and aliases"},
		{"nested", change("Huế", "[[[[a]]]]"), "c.yaml:4: new: nested too deeply"},
		{"binary", change("Huế", "!!binary aGE="), "c.yaml:4: new: the tag !!binary"},
		{"at is no place", entry + "  at: here\n", "c.yaml:8: at: "},
		{"control character in a text", change("Huế", `"\u0007"`), "c.yaml:4: new: control character"},
		{"every bad entry", change("Huế", `""`) + change("2026-02-07", "x"), "c.yaml:4: new: missing\nc.yaml:14: date: "},
		{"too deep", strings.Repeat("[", 1<<20), "c.yaml:1: not YAML: exceeded max depth"},
	} {
		list, err := Corrections(File{Path: "c.yaml", Data: []byte(tt.text)})
		if err == nil || list != nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %d entries, %v, want %q", tt.name, len(list), err, tt.want)
		}
	}
}

// FuzzCorrections: any bytes are read or refused; what is read can be written
// and reads the same again.
func FuzzCorrections(f *testing.F) {
	f.Add([]byte(entry))
	f.Add([]byte(entry + "  at: {paragraph: 2, start: 0, end: 4, rank: 1, quote: \"\\u202e\\\"\\U0001f600\"}\n  read_then: []\n  reads_now: [1.50e3, true]\n"))
	f.Add([]byte("[{\"record\": \"\\u2028\\ufeff\"}]"))
	f.Fuzz(func(t *testing.T, data []byte) {
		list, err := Corrections(File{Path: "c.yaml", Data: data})
		if err != nil || len(list) == 0 {
			return
		}
		var b bytes.Buffer
		for i := range list {
			if err := WriteCorrection(&b, &list[i]); err != nil {
				t.Fatal(err)
			}
		}
		again, err := Corrections(File{Path: "c.yaml", Data: b.Bytes()})
		if err != nil {
			t.Fatalf("%v in\n%s", err, b.Bytes())
		}
		for i := range list {
			list[i].Line, again[i].Line = 0, 0
		}
		if diff := cmp.Diff(list, again); diff != "" {
			t.Errorf("(-read +written and read again):\n%s", diff)
		}
	})
}
