package store_test

import (
	"context"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"vankho/internal/archive"
	"vankho/internal/testkit"
)

// FuzzRoundTrip: what is put is what is read, record and bytes, whatever the
// words and bytes are.
func FuzzRoundTrip(f *testing.F) {
	for _, a := range testkit.Articles() {
		f.Add(testkit.Original(a), a.Source.Identity, a.Title.Text, "Trần Văn Mẫu", string(a.Published.EDTF))
	}
	f.Add([]byte{0, 0xff}, "a'b\"c/\x00d", "<b>&\u2028", "", "XXXX-07")
	f.Fuzz(func(t *testing.T, original []byte, identity, text, name, date string) {
		if !utf8.ValidString(identity + text + name) {
			t.Skip("text is UTF-8: source sees to that")
		}
		day, err := archive.ParseDate(date)
		if err != nil {
			t.Skip("no date")
		}
		ctx := context.Background()
		a := testkit.Articles()[0]
		a.Source.Identity, a.Title.Text, a.Paragraphs[0].Text = identity, text, text
		a.Meetings[0].Participants[0].Name = name
		a.Meetings[0].Participants[0].Person = name + "x"
		a.Meetings[0].Date.EDTF = day
		a.Meetings[0].Place.City = archive.Opt(text)
		setOriginal(a, original)
		a.AssignIDs()
		dir := t.TempDir()
		w := begin(t, dir)
		put(t, w, a, original)
		commit(t, w)
		s := open(t, dir)
		got, err := s.Article(ctx, a.ID)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(clone(t, a), got); diff != "" {
			t.Errorf("Article (-want +got):\n%s", diff)
		}
		b, _, err := s.Original(ctx, a.ID, 1)
		if err != nil || string(b) != string(original) {
			t.Errorf("Original = %q, %v, want %q", b, err, original)
		}
		p, err := s.Person(ctx, name+"x")
		if err != nil || p.Name != name {
			t.Errorf("Person = %+v, %v", p, err)
		}
		if found := verify(t, dir); len(found) > 0 {
			t.Errorf("Verify finds %v", found)
		}
	})
}
