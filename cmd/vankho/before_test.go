package main

import (
	"bytes"
	"compress/zlib"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"vankho/internal/archive"
	"vankho/internal/importer"
	"vankho/internal/search"
	"vankho/internal/site"
	"vankho/internal/store"
	"vankho/internal/testkit"
	"vankho/web"
)

// TestPublishedStays imports the texts of an archive that older rules made over
// it, and asks for every address that it published: each answers the same
// thing, a redirect to it, or that it was retired and why. What becomes of an
// address that the rules of today give up stands in testdata/before/moved.txt;
// see the README there.
func TestPublishedStays(t *testing.T) {
	const dir = "testdata/before"
	list, err := os.ReadFile(filepath.Join(dir, "moved.txt"))
	if err != nil {
		t.Fatal(err)
	}
	moved, err := importer.ParseMoved("moved.txt", bytes.NewReader(list))
	if err != nil {
		t.Fatal(err)
	}
	redirect, retire := moved.Redirect, moved.Retire
	before := openBefore(t, dir)
	cfg := importer.Config{Archive: before.dir, Paths: before.sources, Redirect: redirect, Retire: retire}
	report, err := importer.Run(context.Background(), cfg)
	var orphans *importer.OrphanError
	for err != nil {
		// Every line to take away and to add is told at once, so the import goes
		// on without the former and with what stands for the latter.
		var asked *store.PathError
		switch {
		case errors.As(err, &asked):
			t.Errorf("%s: take away the line of %s: %s", moved.At[asked.Path], asked.Path, asked.Why)
			delete(redirect, asked.Path)
			delete(retire, asked.Path)
		case errors.As(err, &orphans):
			for _, path := range orphans.Paths {
				retire[path] = "not reviewed"
			}
		default:
			t.Fatal(err)
		}
		report, err = importer.Run(context.Background(), cfg)
	}
	if len(report.Refused) > 0 || report.Read != len(before.articles) {
		t.Fatalf("import over the older archive: %+v", report)
	}
	s, err := store.Open(before.dir)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if orphans != nil {
		t.Errorf("%d published addresses would answer nothing. Look at each text; then say in moved.txt, in place of \"?\", which address answers in its stead, or \"retired:\" and the reason:\n%s",
			len(orphans.Paths), before.advice(t, s, orphans.Paths))
	}
	live := search.NewLive(before.dir)
	defer live.Close()
	if err := live.Use(report.Generation); err != nil {
		t.Fatal(err)
	}
	h, err := site.New(site.Config{Store: s, Search: live, Web: web.Files})
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range slices.Sorted(maps.Keys(before.published)) {
		rec := get(h, path)
		switch {
		case rec.Code == http.StatusGone:
			if reason := retire[path]; reason == "" {
				t.Errorf("%s: 410, and moved.txt has no reason", path)
			} else if !strings.Contains(rec.Body.String(), reason) {
				t.Errorf("%s: 410 without the reason %q", path, reason)
			}
		case rec.Code != http.StatusOK:
			t.Errorf("%s: %d", path, rec.Code)
		case redirect[path] == "":
			if check := before.published[path]; check != nil {
				if why := check(h); why != "" {
					t.Errorf("%s: %s", path, why)
				}
			}
		}
	}
	if after, err := importer.Run(context.Background(), cfg); err != nil || after.Unchanged != len(before.articles) {
		t.Errorf("imported once more, with the same list: %+v, %v", after, err)
	}
}

// get asks for a path and follows redirects.
func get(h http.Handler, path string) *httptest.ResponseRecorder {
	for hops := 0; ; hops++ {
		rec := httptest.NewRecorder()
		h.ServeHTTP(rec, httptest.NewRequest(http.MethodGet, path, nil))
		if rec.Code != http.StatusMovedPermanently && rec.Code != http.StatusFound || hops == 5 {
			return rec
		}
		path = rec.Header().Get("Location")
	}
}

// before is the older archive, a copy that may be written to.
type before struct {
	dir      string
	sources  []string
	articles []*archive.Article

	// published has every address, with a check that what answers there now
	// with 200 is what answered before; nil where the address says it all.
	published map[string]func(http.Handler) string
}

func openBefore(t *testing.T, from string) *before {
	t.Helper()
	b := &before{dir: t.TempDir(), published: map[string]func(http.Handler) string{}}
	list, err := os.ReadFile(filepath.Join(from, "sources.txt"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range strings.Fields(string(list)) {
		b.sources = append(b.sources, filepath.Join("../..", name))
	}
	data := testkit.Unzip(t, filepath.Join(from, "archive.db.gz"))
	file := filepath.Join(b.dir, "archive.db")
	if err := os.WriteFile(file, data, 0o644); err != nil {
		t.Fatal(err)
	}
	// By SQL, because package store reads archives of its own format only.
	db, err := sql.Open("sqlite", "file:"+file+"?mode=ro&immutable=1")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	column := func(query string) (values []string) {
		rows, err := db.Query(query)
		if err != nil {
			t.Fatalf("%s: %v", query, err)
		}
		defer rows.Close()
		for rows.Next() {
			var v string
			if err := rows.Scan(&v); err != nil {
				t.Fatal(err)
			}
			values = append(values, v)
		}
		if err := rows.Err(); err != nil || len(values) == 0 {
			t.Fatalf("%s: %d rows, %v", query, len(values), err)
		}
		return values
	}
	for _, record := range column(`SELECT json FROM record`) {
		z, err := zlib.NewReader(strings.NewReader(record))
		if err != nil {
			t.Fatal(err)
		}
		a := new(archive.Article)
		if err := json.NewDecoder(z).Decode(a); err != nil {
			t.Fatal(err)
		}
		b.articles = append(b.articles, a)
	}
	pages := []string{"/", "/p", "/c", "/y"}
	pages = append(pages, column(`SELECT '/' || kind || '/' || id FROM published`)...)
	pages = append(pages, column(`SELECT DISTINCT '/c/' || lower(country) FROM presence`)...)
	pages = append(pages, column(`SELECT DISTINCT '/y/' || substr(sort, 1, 4) FROM event WHERE sort IS NOT NULL`)...)
	pages = append(pages, column(`SELECT DISTINCT '/y/' || replace(substr(sort, 1, 7), '-', '/') FROM event WHERE sort GLOB '????-??*'`)...)
	for _, path := range pages {
		b.published[path] = nil
	}
	for _, path := range pages[4:] {
		b.published[path+".json"] = nil
	}
	for _, a := range b.articles {
		version := fmt.Sprintf("%s/v/%d", a.URL, a.Version)
		for _, path := range []string{a.URL, version} {
			b.published[path] = func(h http.Handler) string { return sameText(h, path, a) }
			b.published[path+".json"] = nil
			b.published[path+"/original"] = nil
		}
		for _, m := range a.Meetings {
			b.published[m.URL] = func(h http.Handler) string { return sameEvent(h, m.URL, m.Participants) }
		}
		for _, v := range a.Visits {
			b.published[v.URL] = func(h http.Handler) string { return sameEvent(h, v.URL, v.Participants) }
		}
	}
	return b
}

// sameText compares the paragraphs and sentences that permanent links count.
func sameText(h http.Handler, path string, a *archive.Article) string {
	var now archive.Article
	if err := json.Unmarshal(get(h, path+".json").Body.Bytes(), &now); err != nil {
		return err.Error()
	}
	if now.Source.SHA256 != a.Source.SHA256 || get(h, path+"/original").Body.Len() != a.Source.Bytes {
		return "other bytes"
	}
	if len(now.Paragraphs) != len(a.Paragraphs) {
		return fmt.Sprintf("%d paragraphs, there were %d", len(now.Paragraphs), len(a.Paragraphs))
	}
	for i, p := range a.Paragraphs {
		if q := now.Paragraphs[i]; p.Text != q.Text || !slices.Equal(p.Sentences, q.Sentences) {
			return fmt.Sprintf("paragraph %d or its sentences moved", p.N)
		}
	}
	return ""
}

// sameEvent wants somebody among the principals who was one before, by name or
// by the words that name was read from.
func sameEvent(h http.Handler, path string, was []archive.Participation) string {
	body := get(h, path+".json").Body.Bytes()
	var now struct {
		Participants []archive.Participation `json:"participants"`
	}
	if err := json.Unmarshal(body, &now); err != nil {
		return err.Error()
	}
	for _, p := range now.Participants {
		for _, q := range was {
			both := p.Capacity == archive.Principal && q.Capacity == archive.Principal
			if both && (p.Person == q.Person || archive.Overlap(p.Evidence, q.Evidence)) {
				return ""
			}
		}
	}
	return fmt.Sprintf("is another event: %.300s", body)
}

// advice gives the lines that moved.txt lacks, each with what was published
// there and what the text is read to tell now.
func (b *before) advice(t *testing.T, s *store.Store, paths []string) string {
	var out strings.Builder
	for _, a := range b.articles {
		after, err := s.Article(context.Background(), a.ID)
		if err != nil {
			t.Fatal(err)
		}
		was, now := addresses(a), addresses(after)
		said := false
		for _, path := range paths {
			if was[path] == "" {
				continue
			}
			said = true
			fmt.Fprintf(&out, "\n# %s: %s\n%s ?\n", a.Source.Name, was[path], path)
		}
		for _, path := range slices.Sorted(maps.Keys(now)) {
			if said && was[path] == "" {
				fmt.Fprintf(&out, "#   new here: %s %s\n", path, now[path])
			}
		}
	}
	return out.String()
}

// addresses says in a line what an article has under each of its addresses.
func addresses(a *archive.Article) map[string]string {
	list := map[string]string{}
	event := func(url, what string, status archive.Status, date archive.Date, who []archive.Participation) {
		var names []string
		for _, p := range who {
			list["/p/"+p.Person] = fmt.Sprintf("%s (%s)", p.NameAsWritten, strings.Join(p.TitlesAsWritten, ", "))
			if p.Capacity == archive.Principal {
				names = append(names, p.Name)
			}
		}
		list[url] = fmt.Sprintf("%s %s %s, %s", what, status, date, strings.Join(names, " – "))
	}
	for _, m := range a.Meetings {
		event(m.URL, string(m.Kind), m.Status, m.Date.EDTF, m.Participants)
	}
	for _, v := range a.Visits {
		event(v.URL, "visit", v.Status, v.Date.EDTF, v.Participants)
	}
	return list
}
