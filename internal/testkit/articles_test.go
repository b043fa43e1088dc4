package testkit

import (
	"testing"

	"vankho/internal/archive"
)

func TestArticlesAreSound(t *testing.T) {
	for _, a := range append(Articles(), Outlets()...) {
		for _, p := range archive.Check(a) {
			t.Errorf("%s: paragraph %d: %s", a.Source.Name, p.Paragraph, p.Message)
		}
	}
}
