package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vankho/internal/archive"
	"vankho/internal/testkit"
)

// unpack gives the folder of an archive that an earlier program made of two
// seeds (001_… and 002_…); testdata has one of each format.
func unpack(t *testing.T, name string) string {
	t.Helper()
	b := testkit.Unzip(t, filepath.Join("testdata", name))
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, fileName), b, 0o644); err != nil {
		t.Fatal(err)
	}
	return dir
}

// paths asks the archive for everything it published, and gives the paths.
func paths(t *testing.T, s *Store) []string {
	t.Helper()
	ctx := context.Background()
	var list []string
	for a, err := range s.Articles(ctx) {
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, a.URL)
		for path := range eventPaths(a) {
			list = append(list, path)
			switch kind, id, _ := cutPath(path); kind {
			case "m":
				_, err = s.Meeting(ctx, id)
			case "v":
				_, err = s.Visit(ctx, id)
			case "p":
				_, err = s.Person(ctx, id)
			}
			if err != nil {
				t.Errorf("%s: %v", path, err)
			}
		}
	}
	if err := s.Verify(ctx, func(d DamagedError) { t.Errorf("Verify: %v", &d) }); err != nil {
		t.Error(err)
	}
	return list
}

// TestUpgrade reads an archive of each older format as it is, lets an import
// that has nothing to put go over it, and wants everything to answer as before,
// in the newest format.
func TestUpgrade(t *testing.T) {
	ctx := context.Background()
	for format, name := range map[int]string{1: "format1.db.gz"} {
		dir := unpack(t, name)
		s, err := Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		if got := s.cur.format; got != format {
			t.Errorf("%s: format %d, want %d", name, got, format)
		}
		before := paths(t, s)
		if len(before) < 8 {
			t.Errorf("%s: publishes only %v", name, before)
		}
		for c, err := range s.Corrections(ctx) {
			t.Errorf("%s: a correction %+v, %v", name, c, err)
		}
		old, err := s.State(ctx)
		if err != nil {
			t.Fatal(err)
		}

		w, err := Begin(ctx, dir)
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil { // an import that fails
			t.Fatal(err)
		}
		if state, err := s.State(ctx); err != nil || state != old {
			t.Errorf("%s: after an import that failed: %v, %v, want %v", name, state, err, old)
		}

		if w, err = Begin(ctx, dir); err != nil {
			t.Fatal(err)
		}
		if !w.Changed() {
			t.Errorf("%s: Changed is false though the format is older", name)
		}
		if err := w.Commit(ctx); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(before, paths(t, s)); diff != "" {
			t.Errorf("%s: paths (-before +after):\n%s", name, diff)
		}
		if state, err := s.State(ctx); err != nil || state.Generation == old.Generation || s.cur.format != formatVersion {
			t.Errorf("%s: after the upgrade: %v, %v, format %d", name, state, err, s.cur.format)
		}
		if diff := cmp.Diff(newSchema(t), fileSchema(t, dir)); diff != "" {
			t.Errorf("%s: an upgraded archive is not like a new one (-new +upgraded):\n%s", name, diff)
		}

		if w, err = Begin(ctx, dir); err != nil {
			t.Fatal(err)
		}
		if w.Changed() {
			t.Errorf("%s: the second import upgrades again", name)
		}
		w.Close()
	}
}

// newSchema gives what schema.sql makes, fileSchema what is in an archive:
// name and SQL of every table, index and trigger, without comments and layout.
func newSchema(t *testing.T) map[string]string {
	db, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	if _, err := db.Exec(schema); err != nil {
		t.Fatal(err)
	}
	return readSchema(t, db)
}

func fileSchema(t *testing.T, dir string) map[string]string {
	db, err := sql.Open("sqlite", "file:"+filepath.Join(dir, fileName))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	return readSchema(t, db)
}

func readSchema(t *testing.T, db *sql.DB) map[string]string {
	t.Helper()
	rows, err := db.Query(`SELECT name, coalesce(sql, '') FROM sqlite_schema`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	found := map[string]string{}
	for rows.Next() {
		var name, text string
		if err := rows.Scan(&name, &text); err != nil {
			t.Fatal(err)
		}
		var words []string
		for line := range strings.Lines(text) {
			line, _, _ = strings.Cut(line, "--")
			words = append(words, strings.Fields(line)...)
		}
		text = strings.Join(words, " ")
		found[name] = strings.NewReplacer("( ", "(", " )", ")", " ,", ",").Replace(text)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return found
}

// TestUpgradeEncounters: an import over an archive made before readings were
// put together does so for all that is there.
func TestUpgradeEncounters(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	articles := testkit.Outlets()
	put := func(articles ...*archive.Article) {
		t.Helper()
		w, err := Begin(ctx, dir)
		if err != nil {
			t.Fatal(err)
		}
		defer w.Close()
		for _, a := range articles {
			if _, err := w.Put(ctx, a, testkit.Original(a)); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Commit(ctx); err != nil {
			t.Fatal(err)
		}
	}
	put(articles...)
	s, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	look := func(when string, wantTogether bool, wantListed int) {
		t.Helper()
		for _, a := range articles[1:3] {
			_, err := s.Meeting(ctx, a.Meetings[0].ID)
			if moved := new(MovedError); errors.As(err, &moved) != (wantTogether && a == articles[2]) {
				t.Errorf("%s: %s: %v", when, a.Meetings[0].URL, err)
			}
		}
		for _, f := range []Filter{{Main: true, Status: archive.Held}, {Person: "pham-thu", Main: true, Status: archive.Held}, {Country: "LA", Main: true, Status: archive.Held},
			{Persons: [2]string{"pham-thu", "bounmy-thu"}, Country: "LA", Main: true, Status: archive.Held}} {
			if _, n, err := s.Entries(ctx, f); err != nil || n != wantListed {
				t.Errorf("%s: Entries(%+v) lists %d, %v, want %d", when, f, n, err, wantListed)
			}
		}
		ids, err := s.EventIDs(ctx, "", 0)
		if err != nil || len(ids) != wantListed+2 {
			t.Errorf("%s: EventIDs = %v, %v", when, ids, err)
		}
		if p, err := s.Person(ctx, "pham-thu"); err != nil || len(p.Counterparts) != 1 {
			t.Errorf("%s: Person = %+v, %v", when, p, err)
		}
		if err := s.Verify(ctx, func(d DamagedError) { t.Errorf("%s: Verify: %v", when, &d) }); err != nil {
			t.Error(err)
		}
	}
	look("new", true, 1)
	downgrade(t, dir)
	look("before", false, 2)
	put()
	look("upgraded", true, 1)
	if diff := cmp.Diff(newSchema(t), fileSchema(t, dir)); diff != "" {
		t.Errorf("an upgraded archive is not like a new one (-new +upgraded):\n%s", diff)
	}
}

// downgrade makes of an archive what a program that knew no encounters, format
// 2, would have made.
func downgrade(t *testing.T, dir string) {
	t.Helper()
	file := filepath.Join(dir, fileName)
	db, err := sql.Open("sqlite", "file:"+file)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var text string
	if err := db.QueryRow(`SELECT value FROM meta WHERE key = 'sum'`).Scan(&text); err != nil {
		t.Fatal(err)
	}
	sum, err := parseTotal(text)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := db.Query(`SELECT reading, stands FROM encounter`)
	if err != nil {
		t.Fatal(err)
	}
	for rows.Next() {
		var reading, stands string
		if err := rows.Scan(&reading, &stands); err != nil {
			t.Fatal(err)
		}
		sum.remove("encounter", reading, stands)
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		t.Fatal(err)
	}
	for _, query := range []string{
		`DROP INDEX event_sort`, `DROP INDEX event_under`, `DROP INDEX participation_person`, `DROP INDEX presence_country`,
		`UPDATE event SET sort = date`,
		`UPDATE participation SET sort = (SELECT sort FROM event WHERE n = event), main = (SELECT main FROM event WHERE n = event)`,
		`UPDATE presence SET sort = (SELECT sort FROM event WHERE n = event), main = (SELECT main FROM event WHERE n = event)`,
		`ALTER TABLE event DROP COLUMN under`, `ALTER TABLE participation DROP COLUMN shown`, `ALTER TABLE presence DROP COLUMN shown`,
		`DROP TABLE contact`, `DROP TABLE encounter`, `DROP TABLE unsettled`,
		`DROP TABLE bilateral`, `DROP TABLE topic`, `DROP TABLE undertaking`, `DROP TABLE figure`,
		`CREATE INDEX event_sort ON event (sort, id, main, status, type)`,
		`CREATE INDEX participation_person ON participation (person, sort, main, event)`,
		`CREATE INDEX presence_country ON presence (country, sort, main, event)`,
		fmt.Sprintf(`UPDATE meta SET value = '%s' WHERE key = 'sum'`, sum),
		fmt.Sprintf(`UPDATE meta SET value = '%s' WHERE key = 'generation'`, sum.generation(encountersFormat-1)),
		fmt.Sprintf(`PRAGMA user_version = %d`, encountersFormat-1),
	} {
		if _, err := db.Exec(query); err != nil {
			t.Fatalf("%s: %v", query, err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	f, err := os.OpenFile(file, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(sealPages(context.Background(), f), f.Close()); err != nil {
		t.Fatal(err)
	}
}
