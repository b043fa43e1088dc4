package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"net/url"
	"strings"

	"vankho/internal/archive"
)

// formatCorrections is the first format with the table correction.
const formatCorrections = 2

// A CorrectionError says why a correction is refused. Nothing was written.
type CorrectionError struct {
	What string // the record, or the field and the record
	Why  string
}

func (e *CorrectionError) Error() string { return e.What + ": " + e.Why }

// Correct takes a correction by a person: it is kept for ever, its record is
// corrected now, and Put corrects every later reading of it. The record is
// named by path, URL or id; it is found in the newest version of its article.
// Old must be what the record says, or readsNow, when that is given, and the
// article must stay sound. The result is false, and nothing is done, for one
// that was taken before. The error for a correction that is refused is a
// *CorrectionError; others can be taken after it. Call it after the Puts of
// the articles it is about.
func (w *Writer) Correct(ctx context.Context, c archive.Correction, readsNow json.RawMessage) (bool, error) {
	if w.broken != nil {
		return false, w.broken
	}
	refuse := func(why string) error { return &CorrectionError{c.Field + " of " + c.Record, why} }
	if err := c.Normalise(); err != nil {
		return false, refuse(err.Error())
	}
	var err error
	if c.Record, err = w.recordPath(ctx, c.Record); err != nil {
		return false, err
	}
	known, err := w.exists(ctx, c.Record, `SELECT EXISTS (SELECT 1 FROM correction WHERE id = ?)`, c.ID())
	if known || err != nil {
		return false, err
	}
	id, err := w.articleOf(ctx, c.Record)
	if err != nil {
		return false, err
	}
	a, err := w.article(ctx, id, 0)
	if err != nil {
		return false, err
	}
	list, err := w.corrections(ctx, id)
	if err != nil {
		return false, err
	}
	r, err := a.Look(&c)
	if err != nil {
		return false, refuse(err.Error())
	}
	holds := archive.SameValue(r.Held, c.Old)
	switch {
	case !holds && (len(readsNow) == 0 || !archive.SameValue(r.Held, readsNow)):
		return false, refuse(fmt.Sprintf("the old value does not hold: it is %s, not %s", r.Held, c.Old))
	case archive.SameValue(c.Old, c.New) && len(c.ReadThen) == 0 && !overtaken(a, list, c.Record, r):
		return false, refuse("it changes nothing: old and new are the same")
	}
	c.At = r.At
	switch {
	case len(c.ReadThen) > 0: // an export says it
	case holds:
		c.ReadThen = r.Read
	default:
		c.ReadThen = c.Old
	}
	if err := a.Uncorrect(); err != nil {
		return false, err
	}
	list = append(list, c)
	if err := a.Correct(list)[len(list)-1]; err != nil {
		return false, refuse(err.Error())
	}
	a.Complete()
	if err := w.writable(ctx); err != nil {
		return false, err
	}
	text, err := archive.Encode(c)
	if err != nil {
		return false, err
	}
	if _, err := w.exec(ctx, `INSERT INTO correction (id, article, record, field, sha256, json) VALUES (?, ?, ?, ?, ?, ?)`,
		c.ID(), id, c.Record, c.Field, hexSum(text), string(text)); err != nil {
		return false, err
	}
	w.sum.add("correction", c.ID(), hexSum(text))
	record, err := archive.Encode(a)
	if err != nil {
		return false, err
	}
	var old string
	if err := w.one(ctx, `SELECT sha256 FROM record WHERE article = ? AND version = ?`, []any{id, a.Version}, &old); err != nil {
		return false, w.damage(err, id, "the record")
	}
	if hexSum(record) == old {
		return true, nil
	}
	return true, w.replaceRecord(ctx, a, record, old)
}

// overtaken reports whether the reader has changed its mind since the value was
// last corrected; then it can be confirmed by saying it again.
func overtaken(a *archive.Article, list []archive.Correction, record string, value *archive.Correctable) bool {
	for i := len(list) - 1; i >= 0; i-- {
		if list[i].Record != record {
			continue
		}
		if r, err := a.Look(&list[i]); err == nil && r.Field == value.Field {
			return !archive.SameValue(list[i].ReadThen, value.Read)
		}
	}
	return false
}

// recordPath gives the path of a record that is named by path, URL or id.
func (w *Writer) recordPath(ctx context.Context, name string) (string, error) {
	refuse := func(why string) error { return &CorrectionError{"record " + name, why} }
	path := name
	if u, err := url.Parse(name); err == nil && u.Host != "" {
		path = u.Path
	}
	kind, id, ok := cutPath(strings.TrimSuffix(strings.TrimPrefix(path, "/en"), ".json"))
	if !ok && !strings.Contains(path, "/") {
		id = path
		err := w.one(ctx, `SELECT kind FROM published WHERE id = ? AND kind <> 'p'`, []any{id}, &kind)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return "", w.damage(err, id, "the list of ids")
		}
	}
	switch {
	case archive.CheckID(id) != nil && kind != "p":
		return "", refuse("want the address or id of an article, a meeting or a visit, such as /m/whv2tv83q4r; this is mistyped")
	case kind == "":
		return "", refuse("there is no such record")
	case kind != "a" && kind != "m" && kind != "v":
		return "", refuse("only articles, meetings and visits are corrected")
	}
	return "/" + kind + "/" + id, nil
}

// articleOf gives the article whose newest version holds a record.
func (w *Writer) articleOf(ctx context.Context, path string) (string, error) {
	kind, id, _ := cutPath(path)
	var article string
	err := w.one(ctx, `SELECT id FROM article WHERE id = ?1 AND ?2 = 'a'
		UNION ALL SELECT article FROM event WHERE id = ?1 AND type = CASE ?2 WHEN 'm' THEN 'meeting' WHEN 'v' THEN 'visit' END`, []any{id, kind}, &article)
	if !errors.Is(err, sql.ErrNoRows) {
		return article, w.damage(err, id, "the record")
	}
	f, err := w.fate(ctx, path)
	switch {
	case err != nil:
		return "", err
	case f != nil:
		return "", &CorrectionError{"record " + path, "it is there no more: " + f.Error()}
	}
	return "", &CorrectionError{"record " + path, "there is no such record"}
}

// corrections gives what people have corrected in an article and its events, in
// the order in which it came.
func (r *reader) corrections(ctx context.Context, article string) ([]archive.Correction, error) {
	if r.format < formatCorrections {
		return nil, nil
	}
	list, err := all(ctx, r, `SELECT id, sha256, json FROM correction WHERE article = ? ORDER BY n`, []any{article},
		func(rows *sql.Rows, c *archive.Correction) error {
			var id, sum, text string
			if err := rows.Scan(&id, &sum, &text); err != nil {
				return err
			}
			damaged := func(err error) error { return &DamagedError{ID: article, What: "a correction", Err: err} }
			if hexSum(text) != sum {
				return damaged(errors.New("its SHA-256 does not fit"))
			}
			if err := json.Unmarshal([]byte(text), c); err != nil {
				return damaged(err)
			}
			if c.ID() != id {
				return damaged(errors.New("it says something else than its id"))
			}
			return nil
		})
	return list, r.damage(err, article, "the corrections")
}

// KeptCorrection is a correction as an archive has it, with what another
// archive needs to take it after the same articles.
type KeptCorrection struct {
	archive.Correction
	ReadsNow json.RawMessage // see Writer.Correct; empty when Old is what the reader reads
	Lost     error           // why it can no more be applied; nil when it can
}

// Corrections walks all corrections, by article and then in the order in which
// they came.
func (s *Store) Corrections(ctx context.Context) iter.Seq2[*KeptCorrection, error] {
	return func(yield func(*KeptCorrection, error) bool) {
		snap, err := s.acquire()
		if err != nil {
			yield(nil, err)
			return
		}
		defer s.release(snap)
		if snap.format < formatCorrections {
			return
		}
		for id := ""; ; {
			err := snap.one(ctx, `SELECT article FROM correction WHERE article > ? ORDER BY article LIMIT 1`, []any{id}, &id)
			if errors.Is(err, sql.ErrNoRows) {
				return
			}
			var list []KeptCorrection
			if err == nil {
				list, err = snap.kept(ctx, id)
			}
			if err != nil {
				yield(nil, snap.damage(err, fileName, "the corrections after "+id))
				return
			}
			for i := range list {
				if !yield(&list[i], nil) {
					return
				}
			}
		}
	}
}

// kept gives the corrections of one article.
func (r *reader) kept(ctx context.Context, article string) ([]KeptCorrection, error) {
	list, err := r.corrections(ctx, article)
	if err != nil {
		return nil, err
	}
	a, err := r.article(ctx, article, 0)
	if err != nil {
		return nil, err
	}
	if err := a.Uncorrect(); err != nil {
		return nil, err
	}
	kept := make([]KeptCorrection, len(list))
	held := map[string]json.RawMessage{} // by field: what the record says after the corrections so far
	for i, c := range list {
		kept[i].Correction = c
		v, err := a.Look(&c)
		if err != nil {
			continue // and Correct says why
		}
		key := c.Record + "\x00" + v.Field
		if held[key] == nil {
			held[key] = v.Read
		}
		if !archive.SameValue(held[key], c.Old) {
			kept[i].ReadsNow = held[key]
		}
		if held[key] = c.New; c.Withdraws() {
			held[key] = v.Read
		}
	}
	for i, err := range a.Correct(list) {
		kept[i].Lost = err
	}
	return kept, nil
}
