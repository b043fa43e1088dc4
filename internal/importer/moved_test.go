package importer

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParseMoved(t *testing.T) {
	for _, test := range []struct {
		name, list       string
		redirect, retire map[string]string
		err              string
	}{
		{name: "empty"},
		{name: "both", list: "\ufeff# what became of them\r\n\r\n/p/old /p/new\r\n/m/gone\tretired:  the article was about another day \n",
			redirect: map[string]string{"/p/old": "/p/new"}, retire: map[string]string{"/m/gone": "the article was about another day"}},
		{name: "no reason", list: "/m/a retired:\n", err: "moved.txt:1: "},
		{name: "nothing said", list: "# x\n/m/a\n", err: "moved.txt:2: "},
		{name: "undecided", list: "/m/a ?\n", err: "moved.txt:1: "},
		{name: "two targets", list: "/m/a /m/b /m/c\n", err: "moved.txt:1: "},
		{name: "twice", list: "/m/a /m/b\n\n/m/a retired: no\n", err: "moved.txt:3: /m/a is at moved.txt:1 already"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := ParseMoved("moved.txt", strings.NewReader(test.list))
			if test.err != "" {
				if err == nil || !strings.Contains(err.Error(), test.err) {
					t.Fatalf("ParseMoved(%q): error %v, want one with %q", test.list, err, test.err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			for _, x := range []struct{ got, want map[string]string }{{got.Redirect, test.redirect}, {got.Retire, test.retire}} {
				if x.want == nil {
					x.want = map[string]string{}
				}
				if diff := cmp.Diff(x.want, x.got); diff != "" {
					t.Errorf("ParseMoved(%q): (-want +got)\n%s", test.list, diff)
				}
			}
		})
	}
	broken := errors.New("disk on fire")
	if _, err := ParseMoved("moved.txt", errorReader{broken}); !errors.Is(err, broken) {
		t.Errorf("ParseMoved: got %v, want the error of its reader", err)
	}
}

type errorReader struct{ err error }

func (r errorReader) Read([]byte) (int, error) { return 0, r.err }
