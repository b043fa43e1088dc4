package store

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"vankho/internal/archive"
	"vankho/internal/testkit"
)

// TestSumsWithoutPages alters rows and then makes the sums of the pages fit
// again, as a tool that rewrites the file would: what is left are the sums of
// the records, originals and texts, and the sum over all.
func TestSumsWithoutPages(t *testing.T) {
	ctx := context.Background()
	a := testkit.Articles()[0]
	build := func(t *testing.T, tamper string) string {
		t.Helper()
		dir := t.TempDir()
		w, err := Begin(ctx, dir)
		if err != nil {
			t.Fatal(err)
		}
		defer w.Close()
		for _, a := range testkit.Articles() {
			if _, err := w.Put(ctx, a, testkit.Original(a)); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := w.Correct(ctx, archive.Correction{Record: a.URL, Field: "publisher", Old: []byte(`"Báo Mẫu"`), New: []byte(`null`),
			Reason: "thử", Author: "thử", Date: "2026-05-04"}, nil); err != nil {
			t.Fatal(err)
		}
		if err := w.Commit(ctx); err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(dir, fileName)
		db, err := sql.Open("sqlite", "file:"+file)
		if err != nil {
			t.Fatal(err)
		}
		for _, trigger := range []string{"version_stays", "version_is_frozen", "article_stays", "record_stays", "published_stays", "correction_stays", "correction_is_frozen"} {
			if _, err := db.Exec("DROP TRIGGER " + trigger); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := db.Exec(tamper, a.ID); err != nil {
			t.Fatal(err)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		f, err := os.OpenFile(file, os.O_RDWR, 0)
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(sealPages(ctx, f), f.Close()); err != nil {
			t.Fatal(err)
		}
		return dir
	}
	article := func(s *Store) error { _, err := s.Article(ctx, a.ID); return err }
	original := func(s *Store) error { _, _, err := s.Original(ctx, a.ID, 0); return err }
	meeting := func(s *Store) error { _, err := s.Meeting(ctx, a.Meetings[0].ID); return err }
	for _, tt := range []struct {
		name, tamper string
		read         func(*Store) error // must give a *DamagedError; nil: only Verify can tell
	}{
		{"record altered", `UPDATE record SET sha256 = replace(sha256, substr(sha256, 1, 1), 'x') WHERE article = ?`, article},
		{"record of another", `UPDATE record SET json = (SELECT json FROM record WHERE article <> ?1) WHERE article = ?1`, article},
		{"record is not compressed", `UPDATE record SET json = x'00' WHERE article = ?`, article},
		{"record taken away", `DELETE FROM record WHERE article = ?`, article},
		{"record taken away, asked by meeting", `DELETE FROM record WHERE article = ?`, meeting},
		{"meeting listed under another article", `UPDATE event SET article = (SELECT id FROM article WHERE id <> ?1) WHERE article = ?1`, meeting},
		{"original altered", `UPDATE version SET original = CAST('x' || CAST(original AS TEXT) AS BLOB) WHERE article = ?`, original},
		{"original and its sum altered", `UPDATE version SET original = x'', sha256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855' WHERE article = ?`, original},
		{"original taken away", `DELETE FROM version WHERE article = ?`, original},
		{"text sum altered", `UPDATE version SET text_sha256 = 'x' WHERE article = ?`, nil},
		{"event taken away", `DELETE FROM event WHERE article = ?`, nil},
		{"article taken away", `DELETE FROM article WHERE id = ?`, nil},
		{"path taken away", `DELETE FROM published WHERE article = ?`, nil},
		{"correction altered", `UPDATE correction SET json = replace(json, 'Mẫu', 'khác') WHERE article = ?`, nil},
		{"correction under another id", `UPDATE correction SET id = 'x' WHERE article = ?`, nil},
		{"correction taken away", `DELETE FROM correction WHERE article = ?`, nil},
		{"encounter put in", `INSERT INTO encounter SELECT id, id FROM event WHERE article = ?`, nil},
		{"event under another", `UPDATE event SET under = (SELECT n FROM event WHERE article <> ?1) WHERE article = ?1`, nil},
		{"redirect put in", `INSERT INTO redirect VALUES ('/m/' || ?, '/a/x')`, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s, err := Open(build(t, tt.tamper))
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			if tt.read != nil {
				if d := new(DamagedError); !errors.As(tt.read(s), &d) {
					t.Errorf("reading gives %v, want a *DamagedError", tt.read(s))
				}
			}
			found := 0
			if err := s.Verify(ctx, func(d DamagedError) { found++ }); err != nil {
				t.Fatal(err)
			}
			if found == 0 {
				t.Error("Verify finds nothing")
			}
		})
	}
}
