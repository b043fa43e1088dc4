package archive_test

import (
	"reflect"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vankho/internal/archive"
	"vankho/internal/testkit"
)

func TestReading(t *testing.T) {
	paragraph := func(n int, kind archive.ParagraphKind, text string, sentences ...int) archive.Paragraph {
		return archive.Paragraph{N: n, Kind: kind, Text: text, Sentences: append([]int{0}, sentences...)}
	}
	text := []archive.Paragraph{
		paragraph(1, archive.TitleParagraph, "A gặp B"),
		paragraph(2, archive.Body, "Một. Hai. Ba.", 6, 11),
		paragraph(3, archive.Furniture, "Tin khác."),
		paragraph(4, archive.Byline, "TTXVN"),
	}
	cite := func(n, from, to int) []archive.Evidence {
		return []archive.Evidence{{Span: archive.Span{Paragraph: n, Start: from, End: to}}}
	}
	for _, test := range []struct {
		name    string
		meeting archive.Meeting
		want    int
	}{
		{"nothing", archive.Meeting{}, 0},
		{"the first sentence, twice", archive.Meeting{Evidence: cite(2, 0, 3), Date: archive.DateClaim{Evidence: cite(2, 2, 5)}}, 1},
		{"up to the border", archive.Meeting{Evidence: cite(2, 0, 6)}, 1},
		{"across a border", archive.Meeting{Evidence: cite(2, 2, 7)}, 2},
		{"from the second to the last", archive.Meeting{Evidence: cite(2, 6, 14)}, 2},
		{"a title", archive.Meeting{Participants: []archive.Participation{{Evidence: cite(1, 0, 1)}}}, 1},
		{"what is not read", archive.Meeting{Evidence: cite(3, 0, 3), Place: archive.Place{Evidence: cite(4, 0, 5)}}, 0},
		{"a figure of an agreement", archive.Meeting{Agreements: []archive.Agreement{{Figures: []archive.Figure{{Evidence: cite(2, 12, 14)}}}}}, 1},
		{"a paragraph that is not there", archive.Meeting{Evidence: cite(9, 0, 1)}, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			a := archive.Article{Paragraphs: text, Meetings: []archive.Meeting{test.meeting}}
			if got, want := a.Reading(), (archive.Reading{Sentences: 4, Used: test.want}); got != want {
				t.Errorf("Reading() = %+v, want %+v", got, want)
			}
		})
	}
}

// TestEvidence finds with reflection what Evidence must walk, so that a field
// to come is not forgotten.
func TestEvidence(t *testing.T) {
	for _, a := range testkit.Articles() {
		var want []archive.Evidence
		var walk func(v reflect.Value)
		walk = func(v reflect.Value) {
			if e, ok := v.Interface().(archive.Evidence); ok {
				want = append(want, e)
				return
			}
			switch v.Kind() {
			case reflect.Slice:
				for i := range v.Len() {
					walk(v.Index(i))
				}
			case reflect.Struct:
				for i := range v.NumField() {
					walk(v.Field(i))
				}
			}
		}
		walk(reflect.ValueOf(*a))
		order := func(a, b archive.Evidence) int {
			return slices.Compare([]int{a.Paragraph, a.Start, a.End}, []int{b.Paragraph, b.Start, b.End})
		}
		got := slices.SortedFunc(a.Evidence(), order)
		slices.SortFunc(want, order)
		if diff := cmp.Diff(want, got); diff != "" || len(got) == 0 {
			t.Errorf("%s: Evidence(): (-want +got)\n%s", a.Source.Name, diff)
		}
	}
}
