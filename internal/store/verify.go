package store

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"

	"vankho/internal/archive"
)

// Verify checks everything that can be checked and calls report for each
// damage, going on after it: the sum of every page of the file; SQLite's own
// integrity check; the SHA-256 of every original, record, text and correction; that what
// is promised by one row is there in another; and the sum over all that is
// stored, which shows what was taken away. The error is for what kept Verify
// from its work, not for damage.
func (s *Store) Verify(ctx context.Context, report func(DamagedError)) error {
	snap, err := s.acquire()
	if err != nil {
		return err
	}
	defer s.release(snap)
	v := &verifier{snapshot: snap, report: report}
	if err := v.pages(ctx); err != nil {
		return err
	}
	if v.found == 0 {
		// On a damaged page SQLite would only say again that it cannot read.
		if err := v.integrity(ctx); err != nil {
			return err
		}
	}
	if err := v.articles(ctx); err != nil {
		return err
	}
	if err := v.encounters(ctx); err != nil {
		return err
	}
	if v.found == 0 {
		return v.paths(ctx)
	}
	return nil
}

type verifier struct {
	*snapshot
	report func(DamagedError)
	found  int
	sum    total
}

func (v *verifier) add(d *DamagedError) {
	v.found++
	v.report(*d)
}

// failed reports err when it is a damage and gives it back when it is not.
func (v *verifier) failed(err error, id, what string) error {
	var d *DamagedError
	if errors.As(v.damage(err, id, what), &d) {
		v.add(d)
		return nil
	}
	return err
}

func (v *verifier) pages(ctx context.Context) error {
	file, last := v.file, int64(0)
	err := walkPages(ctx, file, func(n int64, pages []byte) error {
		if n == 1 {
			if counted := int64(binary.BigEndian.Uint32(pages[28:])) * pageSize; counted != v.info.Size() {
				v.add(&DamagedError{fileName, "the length", fmt.Errorf("%d bytes, its header says %d", v.info.Size(), counted)})
			}
		}
		for i := range len(pages) / pageSize {
			last = n + int64(i)
			var page *pageError
			if errors.As(checkPages(last, pages[i*pageSize:(i+1)*pageSize]), &page) {
				v.add(page.damage())
			}
		}
		return nil
	})
	var page *pageError
	if errors.As(err, &page) {
		v.add(page.damage())
		return nil
	}
	return err
}

func (v *verifier) integrity(ctx context.Context) error {
	lines, err := all(ctx, v.reader, `SELECT integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok'
		UNION ALL SELECT format('row %d of %s has no %s', rowid, "table", parent) FROM pragma_foreign_key_check`, nil,
		func(rows *sql.Rows, line *string) error { return rows.Scan(line) })
	for _, line := range lines {
		v.add(&DamagedError{fileName, "the structure", errors.New(line)})
	}
	return v.failed(err, fileName, "the structure")
}

// articles checks every version of every article.
func (v *verifier) articles(ctx context.Context) error {
	for id, newest := "", 0; ; {
		err := v.one(ctx, `SELECT id, version FROM article WHERE id > ? ORDER BY id LIMIT 1`, []any{id}, &id, &newest)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err != nil {
			return v.failed(err, fileName, "the list of articles after "+id)
		}
		for n := 1; n <= newest; n++ {
			a, err := v.version(ctx, id, n)
			if err == nil && n == newest {
				err = errors.Join(v.events(ctx, a), v.corrected(ctx, a))
			}
			if err := v.failed(err, id, "the record"); err != nil {
				return err
			}
		}
	}
}

// version checks one version of an article and the record read from it.
func (v *verifier) version(ctx context.Context, id string, n int) (*archive.Article, error) {
	original, err := v.original(ctx, id, n)
	if err != nil {
		return nil, err
	}
	a, err := v.article(ctx, id, n)
	if err != nil {
		return nil, err
	}
	var sum, text, record string
	var bytes int
	if err := v.one(ctx, `SELECT v.sha256, v.text_sha256, v.bytes, r.sha256 FROM version v JOIN record r ON r.article = v.article AND r.version = v.n
		WHERE v.article = ? AND v.n = ?`, []any{id, n}, &sum, &text, &bytes, &record); err != nil {
		return nil, v.damage(err, id, "the record")
	}
	v.sum.add("version", id, fmt.Sprint(n), sum, text)
	v.sum.add("record", id, fmt.Sprint(n), record)
	switch {
	case a.ID != id || a.Version != n:
		return nil, &DamagedError{ID: id, What: "the record", Err: fmt.Errorf("it is of version %d of %s", a.Version, a.ID)}
	case a.Source.SHA256 != sum || a.Source.Bytes != len(original) || bytes != len(original):
		return nil, &DamagedError{ID: id, What: "the record", Err: errors.New("it was read from other bytes")}
	case textSum(a.Paragraphs) != text:
		return nil, &DamagedError{ID: id, What: "the text", Err: errors.New("its SHA-256 does not fit")}
	}
	return a, nil
}

// events checks that the browse tables hold the events of the record.
func (v *verifier) events(ctx context.Context, a *archive.Article) error {
	var n int
	if err := v.one(ctx, `SELECT count(*) FROM event WHERE article = ?`, []any{a.ID}, &n); err != nil {
		return err
	}
	list := events(a)
	for _, e := range list {
		var article string
		err := v.one(ctx, `SELECT e.article FROM event e JOIN published p ON p.id = e.id AND p.kind = ? WHERE e.id = ?`, []any{e.kind, *e.id}, &article)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return v.damage(err, *e.id, "the list of events")
		}
		if article != a.ID {
			return &DamagedError{ID: *e.id, What: "the list of events", Err: errors.New("it is not listed under article " + a.ID)}
		}
	}
	if n != len(list) {
		return &DamagedError{ID: a.ID, What: "the list of events", Err: fmt.Errorf("it holds %d, the record %d", n, len(list))}
	}
	return nil
}

// corrected checks the corrections of an article and that its record holds
// them.
func (v *verifier) corrected(ctx context.Context, a *archive.Article) error {
	list, err := v.corrections(ctx, a.ID)
	if err != nil || len(list) == 0 {
		return err
	}
	held := make([]*archive.Correctable, len(list))
	for i := range list {
		held[i], _ = a.Look(&list[i]) // nil: it is not to be found any more, which the record says
	}
	if err := a.Uncorrect(); err != nil {
		return &DamagedError{ID: a.ID, What: "the record", Err: err}
	}
	a.Correct(list)
	for i := range list {
		if r, _ := a.Look(&list[i]); r != nil && (held[i] == nil || !archive.SameValue(r.Held, held[i].Held)) {
			return &DamagedError{ID: a.ID, What: "the record", Err: fmt.Errorf("it does not have %s as people have corrected it", list[i].Field)}
		}
	}
	return nil
}

// encounters checks that lists show readings under those that stand for them.
func (v *verifier) encounters(ctx context.Context) error {
	if v.format < encountersFormat {
		return nil
	}
	wrong, err := all(ctx, v.reader, `SELECT e.id FROM event e LEFT JOIN encounter x ON x.reading = e.id LEFT JOIN event s ON s.n = e.under
		WHERE coalesce(x.stands, e.id) <> coalesce(s.id, e.id) OR e.under IS NOT NULL AND (s.id IS NULL OR s.under IS NOT NULL)
		UNION ALL SELECT reading FROM encounter WHERE reading NOT IN (SELECT id FROM event)`, nil,
		func(rows *sql.Rows, id *string) error { return rows.Scan(id) })
	for _, id := range wrong {
		v.add(&DamagedError{id, "the list of events", errors.New("it is listed under another reading than the one that stands for it")})
	}
	return v.failed(err, fileName, "the encounters")
}

// paths completes the sum over all that is stored and compares it with the one
// that the last import left.
func (v *verifier) paths(ctx context.Context) error {
	for _, t := range []struct {
		name, query string
		since       int // format
	}{
		{"published", `SELECT kind, id FROM published`, 1},
		{"redirect", `SELECT path, "to" FROM redirect`, 1},
		{"tombstone", `SELECT path, reason FROM tombstone`, 1},
		{"correction", `SELECT id, sha256 FROM correction`, formatCorrections},
		{"encounter", `SELECT reading, stands FROM encounter`, encountersFormat},
	} {
		if v.format < t.since {
			continue
		}
		s, err := v.stmt(ctx, t.query)
		if err != nil {
			return err
		}
		rows, err := s.QueryContext(ctx)
		if err != nil {
			return v.failed(err, fileName, "the list "+t.name)
		}
		for rows.Next() {
			var x, y string
			if err := rows.Scan(&x, &y); err != nil {
				rows.Close()
				return err
			}
			v.sum.add(t.name, x, y)
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			return v.failed(err, fileName, "the list "+t.name)
		}
	}
	stored, err := v.readTotal(ctx)
	if err != nil {
		return v.failed(err, fileName, "the sum")
	}
	if stored != v.sum || v.state.Generation != stored.generation(v.format) {
		v.add(&DamagedError{fileName, "the sum over all that is stored", errors.New("something was taken away or put in")})
	}
	return nil
}
