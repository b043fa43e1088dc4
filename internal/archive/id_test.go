package archive

import (
	"errors"
	"testing"
)

func TestNewID(t *testing.T) {
	id := NewID("article", "seeds/001_092fc1d851c41591.txt")
	if err := CheckID(id); err != nil {
		t.Errorf("CheckID(%q): %v", id, err)
	}
	if again := NewID("article", "seeds/001_092fc1d851c41591.txt"); again != id {
		t.Errorf("the same parts give %q, then %q", id, again)
	}
	if other := NewID("article", "seeds", "001_092fc1d851c41591.txt"); other == id {
		t.Errorf("other parts give %q too", other)
	}
	// These ids are published: a change here breaks every link ever made.
	if id != "whv2tv83q4r" {
		t.Errorf("NewID gives %q, not what it gave when the archive began", id)
	}
}

// TestCheckIDFindsSlips changes every character and swaps every two
// neighbours: what a hand does when it copies an id.
func TestCheckIDFindsSlips(t *testing.T) {
	id := NewID("meeting", "x")
	for i := range id {
		for _, c := range noidAlphabet {
			b := []byte(id)
			if b[i] = byte(c); string(b) == id {
				continue
			}
			if err := CheckID(string(b)); !errors.Is(err, ErrMistyped) {
				t.Errorf("CheckID(%q), a slip of %q: got %v", b, id, err)
			}
		}
		if i+1 < len(id)-1 && id[i] != id[i+1] {
			b := []byte(id)
			b[i], b[i+1] = b[i+1], b[i]
			if err := CheckID(string(b)); !errors.Is(err, ErrMistyped) {
				t.Errorf("CheckID(%q), a swap in %q: got %v", b, id, err)
			}
		}
	}
	for _, s := range []string{"", "abc", id + "0", "ABCDEFGHIJK", "hội-đàm-a"} {
		if err := CheckID(s); !errors.Is(err, ErrMistyped) {
			t.Errorf("CheckID(%q): got %v", s, err)
		}
	}
}
