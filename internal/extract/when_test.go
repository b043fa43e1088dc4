package extract_test

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"vankho/internal/archive"
	"vankho/internal/extract"
)

// TestWhenAndWhere runs the sentences of testdata/when: each file of an archive
// is a case, its name saying what it is about and, after a comma, the day of
// publication; the lines behind "=>" are the records wanted, as whenAndWhere
// writes them.
func TestWhenAndWhere(t *testing.T) {
	files, err := filepath.Glob("testdata/when/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases in testdata/when: %v", err)
	}
	for _, file := range files {
		ar, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range ar.Files {
			t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar")+"/"+c.Name, func(t *testing.T) {
				text, want := whenCase(string(c.Data))
				published := regexp.MustCompile(`\d{4}[-\d]*$`).FindString(c.Name)
				a := plain(text, archive.Date(published))
				a.Meetings, a.Visits, a.Problems = extract.Meetings(a)
				a.Complete()
				a.AssignIDs()
				if problems := archive.Check(a); len(problems) > 0 {
					t.Errorf("Check: %v", problems)
				}
				if diff := cmp.Diff(want, whenAndWhere(a)); diff != "" {
					t.Errorf("Meetings(%q): (-want +got)\n%s", text, diff)
				}
			})
		}
	}
}

// whenCase parts a case into its text and the records wanted.
func whenCase(data string) (text string, want []string) {
	for line := range strings.Lines(data) {
		if record, ok := strings.CutPrefix(line, "=> "); ok {
			want = append(want, strings.TrimSpace(record))
		} else {
			text += line
		}
	}
	return text, want
}

// whenAndWhere writes each record as its kind, its status unless it was held,
// its date, country and city, with "-" for what is not known.
func whenAndWhere(a *archive.Article) (out []string) {
	line := func(kind string, status archive.Status, d archive.DateClaim, p archive.Place) {
		words := []string{kind}
		if status != archive.Held {
			words = append(words, string(status))
		}
		for _, w := range []string{string(d.EDTF), string(p.Country), string(p.City)} {
			if w == "" {
				w = "-"
			}
			words = append(words, w)
		}
		out = append(out, strings.Join(words, " "))
	}
	for _, m := range a.Meetings {
		line(string(m.Kind), m.Status, m.Date, m.Place)
	}
	for _, v := range a.Visits {
		line("visit", v.Status, v.Date, v.Place)
	}
	return out
}

// TestDaysWrittenOtherwise writes the days of the cases in the other ways that
// outlets write them and wants the same records.
func TestDaysWrittenOtherwise(t *testing.T) {
	day := regexp.MustCompile(`([Nn]gày|[Ss]áng|[Tt]rưa|[Cc]hiều|[Tt]ối|[Đđ]êm|[Hh]ôm) (\d{1,2})[/.-](\d{1,2})([ ,;.:]|$)`)
	year := regexp.MustCompile(`\d{4}[-\d]*$`)
	ways := []struct{ name, with string }{
		{"slash", "$1 $2/$3$4"}, {"hyphen", "$1 $2-$3$4"}, {"point", "$1 $2.$3$4"}, {"words", "$1 $2 tháng $3$4"}, {"ngày", "$1 ngày $2/$3$4"},
	}
	files, err := filepath.Glob("testdata/when/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	tried := 0
	for _, file := range files {
		ar, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range ar.Files {
			text, want := whenCase(string(c.Data))
			if !day.MatchString(text) {
				continue
			}
			for _, way := range ways {
				other := strings.ReplaceAll(day.ReplaceAllString(text, way.with), "gày ngày", "gày")
				tried++
				a := plain(other, archive.Date(year.FindString(c.Name)))
				a.Meetings, a.Visits, a.Problems = extract.Meetings(a)
				a.Complete()
				if diff := cmp.Diff(want, whenAndWhere(a)); diff != "" {
					t.Errorf("%s with %s: Meetings(%q): (-want +got)\n%s", c.Name, way.name, other, diff)
				}
			}
		}
	}
	if tried < 300 {
		t.Fatalf("only %d texts tried", tried)
	}
}
