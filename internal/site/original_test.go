package site

import (
	"mime"
	"testing"

	"vankho/internal/testkit"
)

// TestOriginalHTML: a saved page is handed over as a file and never shown as a
// page of this site.
func TestOriginalHTML(t *testing.T) {
	a := testkit.Articles()[0]
	a.Source.Media = "text/html"
	a.Source.Name = `Tệp "gốc"; x.html`
	arch := &testArchive{dir: t.TempDir(), variables: map[string]string{}}
	importArticles(t, arch.dir, nil, a)
	arch.open(t, nil)
	got := answerTo(arch.site, a.URL+"/original")
	kind, params, err := mime.ParseMediaType(got.Header().Get("Content-Disposition"))
	if err != nil || kind != "attachment" || params["filename"] != a.Source.Name {
		t.Errorf("Content-Disposition %q: %s, %q, %v", got.Header().Get("Content-Disposition"), kind, params, err)
	}
	if got.Body.String() != string(testkit.Original(a)) {
		t.Error("the bytes are not those that were received")
	}
}
