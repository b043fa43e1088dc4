package archive

import (
	"errors"
	"slices"
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

// TestNearIDs finds an id again after every slip of the hand.
func TestNearIDs(t *testing.T) {
	id := NewID("meeting", "x")
	slips := []string{}
	for i := range id {
		slips = append(slips, id[:i]+id[i+1:], id[:i]+"b"+id[i:], id[:i]+"l"+id[i+1:])
		if i+1 < len(id) {
			slips = append(slips, id[:i]+id[i+1:i+2]+id[i:i+1]+id[i+2:])
		}
	}
	for _, slip := range slips {
		near := NearIDs(slip)
		if !slices.Contains(near, id) || len(near) > 50 {
			t.Errorf("NearIDs(%q): %q, want %q among at most 50", slip, near, id)
		}
		for _, other := range near {
			if err := CheckID(other); err != nil {
				t.Errorf("NearIDs(%q) has %q: %v", slip, other, err)
			}
		}
	}
	for _, far := range []string{"", "x", "nothing", id + id, "đđđđđ", "\xff" + id[2:]} {
		for _, other := range NearIDs(far) {
			if CheckID(other) != nil {
				t.Errorf("NearIDs(%q) has %q", far, other)
			}
		}
	}
	if near := NearIDs("nothing"); len(near) != 0 {
		t.Errorf("a word is near %q", near)
	}
}
