package extract_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vankho/internal/archive"
	"vankho/internal/extract"
	"vankho/internal/testkit"
)

// TestExplain explains the texts of testdata/explain, which are made up.
func TestExplain(t *testing.T) {
	files, err := filepath.Glob("testdata/explain/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no texts: %v", err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		a := read(t, filepath.Base(file), data)
		a.Problems = nil // Explain finds them
		var out bytes.Buffer
		if err := extract.Explain(a, &out); err != nil {
			t.Fatal(err)
		}
		testkit.Golden(t, strings.TrimSuffix(file, ".txt")+".golden", out.Bytes())
	}
}

// TestExplainTellsAll wants, of every text there is, every rule of the record
// below some sentence, every readable sentence once, the share that the record
// itself gives, the same words twice, and the article as it was.
func TestExplainTellsAll(t *testing.T) {
	for _, glob := range []string{"../../seeds/*.txt", "testdata/*/texts/*.txt"} {
		files, _ := filepath.Glob(glob)
		if len(files) == 0 {
			t.Fatalf("%s: no texts", glob)
		}
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			a := read(t, filepath.Base(file), data)
			record, _ := archive.Encode(a)
			b := *a
			b.Problems = nil
			var out, again bytes.Buffer
			if err := errors.Join(extract.Explain(&b, &out), extract.Explain(&b, &again)); err != nil {
				t.Fatal(err)
			}
			text := out.String()
			for rule := range rulesOf(a) {
				if !strings.Contains(text, ", "+rule) {
					t.Errorf("%s: rule %s is in the record and not explained", file, rule)
				}
			}
			r := a.Reading()
			if want := fmt.Sprintf("\nsentences %d, used by a rule %d, by none %d (", r.Sentences, r.Used, r.Sentences-r.Used); !strings.Contains(text, want) {
				t.Errorf("%s: no %q", file, want)
			}
			if n := strings.Count(text, "\n  s"); n != r.Sentences {
				t.Errorf("%s: %d sentences explained, there are %d", file, n, r.Sentences)
			}
			if n := strings.Count(text, "\n     -\n"); n != r.Sentences-r.Used {
				t.Errorf("%s: %d sentences with a dash, %d unused", file, n, r.Sentences-r.Used)
			}
			if again.String() != text {
				t.Errorf("%s: explained otherwise the second time", file)
			}
			if after, _ := archive.Encode(a); !bytes.Equal(record, after) {
				t.Errorf("%s: Explain changed the article", file)
			}
		}
	}
}

// rulesOf gives the rules of the values of a record that have evidence.
func rulesOf(a *archive.Article) map[string]bool {
	rules := map[string]bool{}
	add := func(rule string, ev []archive.Evidence) {
		if len(ev) > 0 && rule != "" {
			rules[rule] = true
		}
	}
	event := func(rule string, ev []archive.Evidence, date archive.DateClaim, place archive.Place, who []archive.Participation, ags []archive.Agreement, sts []archive.Statement, figs []archive.Figure) {
		add(rule, ev)
		add(date.Rule, date.Evidence)
		add(place.Rule, place.Evidence)
		for _, p := range who {
			add(p.Rule, p.Evidence)
		}
		for _, g := range ags {
			add(g.Rule, g.Evidence)
		}
		for _, s := range sts {
			add(s.Rule, s.Evidence)
		}
		for _, f := range figs {
			add(f.Rule, f.Evidence)
		}
	}
	for _, m := range a.Meetings {
		event(m.Rule, m.Evidence, m.Date, m.Place, m.Participants, m.Agreements, m.Statements, m.Figures)
	}
	for _, v := range a.Visits {
		event(v.Rule, v.Evidence, v.Date, v.Place, v.Participants, v.Agreements, v.Statements, v.Figures)
	}
	return rules
}

func TestExplainFails(t *testing.T) {
	full := errors.New("disk full")
	if err := extract.Explain(plain("Ông gặp bà.", ""), failing{full}); !errors.Is(err, full) {
		t.Errorf("got %v, want the error of the writer", err)
	}
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }
