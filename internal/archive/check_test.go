package archive

import (
	"reflect"
	"strings"
	"testing"
)

// validArticle gives a sound article after one change.
func validArticle(change func(*Article)) *Article {
	text := "Ngày 5/2/2026, tại Viêng Chăn, ông A hội đàm với ông B. Hai bên nhất trí."
	p := Paragraph{N: 1, Kind: Lead, Text: text, Sentences: []int{0, strings.Index(text, "Hai bên")}}
	quote := func(s string) List[Evidence] {
		i := strings.Index(text, s)
		return List[Evidence]{p.Quote(i, i+len(s))}
	}
	who := func(slug, name, country string) Participation {
		return Participation{Person: slug, Name: name, NameAsWritten: name, Country: Opt(country),
			CountryState: Inferred, Capacity: Principal, Evidence: quote("ông " + name), Rule: "r"}
	}
	a := &Article{
		Schema: SchemaArticle, Version: 1, Source: Source{Name: "a.txt", Identity: "x/a.txt"},
		Title:      Title{Text: "Hội đàm", State: Inferred, Rule: "lead"},
		Published:  DateClaim{State: NotStated},
		Paragraphs: List[Paragraph]{p},
		Meetings: List[Meeting]{{
			Kind: Talks, Status: Held, Main: true,
			Date:         DateClaim{EDTF: "2026-02-05", State: Stated, Evidence: quote("Ngày 5/2/2026"), Rule: "r"},
			Place:        Place{City: "Viêng Chăn", Country: "LA", State: Stated, Evidence: quote("Viêng Chăn"), Rule: "r"},
			Participants: List[Participation]{who("a", "A", "VN"), who("b", "B", "LA")},
			Agreements: List[Agreement]{{Force: Agreed, Actor: BothSides, Text: "Hai bên nhất trí.",
				Evidence: quote("Hai bên nhất trí."), Rule: "r"}},
			Evidence: quote("hội đàm"), Rule: "r",
		}},
	}
	a.AssignIDs()
	if change != nil {
		change(a)
	}
	return a
}

func TestCheck(t *testing.T) {
	for _, test := range []struct {
		name   string
		change func(*Article)
		want   string // in the only problem's message; "" for none
	}{
		{"sound", nil, ""},
		{"quote differs", func(a *Article) { a.Meetings[0].Evidence[0].Quote = "hội kiến" }, "the quote is"},
		{"span inside a rune", func(a *Article) { a.Meetings[0].Evidence[0].Start += 2 }, "inside a rune"},
		{"span outside", func(a *Article) { a.Meetings[0].Evidence[0].End = 4000 }, "outside the paragraph"},
		{"no such paragraph", func(a *Article) { a.Meetings[0].Evidence[0].Paragraph = 2 }, "no paragraph 2"},
		{"bad kind", func(a *Article) { a.Meetings[0].Kind = "chat" }, `kind "chat"`},
		{"bad force", func(a *Article) { a.Meetings[0].Agreements[0].Force = "maybe" }, `force "maybe"`},
		{"bad date", func(a *Article) { a.Meetings[0].Date.EDTF = "2026-02-30" }, "bad day"},
		{"known without evidence", func(a *Article) { a.Meetings[0].Date.Evidence = nil }, "no evidence"},
		{"unknown but stated", func(a *Article) { a.Published.State = Stated }, "unknown, but its state"},
		{"bad country", func(a *Article) { a.Meetings[0].Place.Country = "Lào" }, "no ISO 3166-1"},
		{"twice", func(a *Article) { a.Meetings[0].Participants[1].Person = "a" }, "takes part twice"},
		{"absent speaker", func(a *Article) {
			m := &a.Meetings[0]
			m.Statements = List[Statement]{{Speakers: List[string]{"c"}, Mode: "reported", Text: "x", Evidence: m.Evidence}}
		}, `"c" does not take part`},
		{"mistyped id", func(a *Article) { a.ID = "0123456789z" }, "mistyped id"},
		{"paragraph number", func(a *Article) { a.Paragraphs[0].N = 7 }, "numbered 7"},
		{"sentence order", func(a *Article) { a.Paragraphs[0].Sentences[1] = 0 }, "sentence 2 begins at 0"},
		{"visit elsewhere", func(a *Article) { a.Meetings[0].Visit = "v9" }, "not in this article"},
	} {
		t.Run(test.name, func(t *testing.T) {
			problems := Check(validArticle(test.change))
			if test.want == "" {
				if len(problems) > 0 {
					t.Errorf("got %v, want none", problems)
				}
				return
			}
			if len(problems) != 1 || !strings.Contains(problems[0].Message, test.want) {
				t.Errorf("got %v, want one with %q", problems, test.want)
			}
		})
	}
}

func TestSentence(t *testing.T) {
	p := &validArticle(nil).Paragraphs[0]
	span, ok := p.Sentence(1)
	if !ok || !strings.HasSuffix(p.Text[span.Start:span.End], "ông B.") {
		t.Errorf("Sentence(1): got %v, %v", span, ok)
	}
	if _, ok := p.Sentence(3); ok {
		t.Error("Sentence(3) of two: got one")
	}
	if n := p.SentenceAt(p.Sentences[1]); n != 2 {
		t.Errorf("SentenceAt(start of the second): got %d", n)
	}
}

// TestCompleteLeavesNoNullList fills every list of an article with one zero
// element, so that a list added to the vocabulary and forgotten in Complete
// shows as null.
func TestCompleteLeavesNoNullList(t *testing.T) {
	agreement := Agreement{Figures: List[Figure]{{}}}
	a := &Article{
		Paragraphs: List[Paragraph]{{}},
		Meetings: List[Meeting]{{Participants: List[Participation]{{}}, Agreements: List[Agreement]{agreement, {}},
			Statements: List[Statement]{{}}, Figures: List[Figure]{{}}}, {}},
		Visits: List[Visit]{{Participants: List[Participation]{{}}, Agreements: List[Agreement]{agreement, {}},
			Statements: List[Statement]{{}}, Figures: List[Figure]{{}}}, {}},
		Problems: List[Problem]{{}},
	}
	a.Complete()
	for _, path := range nilSlices(reflect.ValueOf(*a), "Article") {
		t.Errorf("%s is nil", path)
	}
	b, err := Encode(a)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"agreements":[]`, `"visit":null`, `"edtf":null`, `"city":null`} {
		if !strings.Contains(string(b), want) {
			t.Errorf("%s is not in %s", want, b)
		}
	}
}

func nilSlices(v reflect.Value, path string) (nils []string) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			nils = append(nils, nilSlices(v.Field(i), path+"."+v.Type().Field(i).Name)...)
		}
	case reflect.Slice:
		if v.IsNil() {
			return []string{path}
		}
		for i := range v.Len() {
			nils = append(nils, nilSlices(v.Index(i), path+"[]")...)
		}
	}
	return nils
}
