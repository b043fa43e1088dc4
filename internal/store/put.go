package store

import (
	"context"
	"database/sql"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"vankho/internal/archive"
)

//go:embed schema.sql
var schema string

// Writer is one import. It reads the archive as it stands until there is
// something to write; then it goes on in a copy beside it, which Commit
// renames into place. So readers never wait and never see half an import, and
// one that dies leaves only a file that the next one removes. A Writer is for
// one goroutine.
type Writer struct {
	// Now is the clock for when things were received, stored and retired.
	Now func() time.Time

	path    string // of archive.db
	lock    *os.File
	old     *snapshot // nil when there was no archive
	*reader           // of old, or of the copy

	copied  bool
	changed bool
	broken  error // a write failed: the copy is unusable
	sum     total
	seen    []uint64            // bit n: article.n was put by this import
	suspect map[string]struct{} // published paths whose record went in this import
}

// Begin opens dir/archive.db for an import, or makes ready to create it. The
// error wraps ErrBusy, at once, when another import is running, and is a
// *DamagedError when the archive cannot be trusted.
func Begin(ctx context.Context, dir string) (_ *Writer, err error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	w := &Writer{Now: time.Now, path: filepath.Join(dir, fileName), suspect: map[string]struct{}{}}
	if w.lock, err = lockDir(dir); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, w.Close())
		}
	}()
	for _, left := range []string{w.copyPath(), w.keptPath()} {
		if err := os.Remove(left); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
	}
	w.old, err = openSnapshot(w.path)
	if errors.Is(err, fs.ErrNotExist) {
		return w, w.create(ctx)
	}
	if err != nil {
		return nil, err
	}
	w.reader = w.old.reader
	w.sum, err = w.readTotal(ctx)
	return w, damage(err, fileName, "the sum")
}

func (w *Writer) copyPath() string { return w.path + ".tmp" }
func (w *Writer) keptPath() string { return w.path + ".old" }

// create makes the copy of an archive that does not exist yet.
func (w *Writer) create(ctx context.Context) error {
	db, err := sql.Open("sqlite", fmt.Sprintf("file::memory:?_pragma=page_size(%d)", pageSize))
	if err != nil {
		return err
	}
	db.SetMaxOpenConns(1)
	_, err = db.ExecContext(ctx, schema+fmt.Sprintf(`PRAGMA application_id = %d; PRAGMA user_version = %d;
		INSERT INTO meta VALUES ('sum', '%v'), ('generation', ''), ('imported', '');`, applicationID, formatVersion, total{}))
	if err == nil {
		// The only way to have SQLite reserve room in every page.
		_, err = db.ExecContext(ctx, `VACUUM INTO ?`, (&url.URL{Scheme: "file", OmitHost: true, Path: w.copyPath()}).String()+fmt.Sprintf("?reserve=%d", sumSize))
	}
	if err = errors.Join(err, db.Close()); err != nil {
		return fmt.Errorf("create %s: %w", w.path, err)
	}
	return w.openCopy(ctx)
}

// writable sees to it that there is a copy to write to.
func (w *Writer) writable(ctx context.Context) error {
	if w.broken != nil || w.copied {
		return w.broken
	}
	dst, err := os.OpenFile(w.copyPath(), os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	err = copyPages(dst, w.old.fs.file)
	var page *pageError
	if errors.As(err, &page) {
		err = &DamagedError{ID: fileName, What: fmt.Sprint("page ", page.page), Err: err}
	}
	if err = errors.Join(err, dst.Close()); err != nil {
		return fmt.Errorf("copy %s: %w", w.path, err)
	}
	return w.openCopy(ctx)
}

// openCopy opens the copy without a journal: nobody else reads it, and when
// something fails it is thrown away.
func (w *Writer) openCopy(ctx context.Context) error {
	dsn := (&url.URL{Scheme: "file", OmitHost: true, Path: w.copyPath()}).String() +
		"?mode=rw&_pragma=journal_mode(off)&_pragma=synchronous(off)&_pragma=locking_mode(exclusive)" +
		"&_pragma=foreign_keys(1)&_pragma=temp_store(2)&_pragma=cache_size(-65536)&_dqs=0"
	db, err := sql.Open("sqlite", dsn)
	if err != nil {
		return err
	}
	db.SetMaxOpenConns(1)
	w.reader = newReader(db)
	w.copied = true
	if _, err := db.ExecContext(ctx, "BEGIN"); err != nil {
		return fmt.Errorf("open %s: %w", w.copyPath(), err)
	}
	return nil
}

// exec writes. An error breaks the import: there is no journal to go back by.
func (w *Writer) exec(ctx context.Context, query string, args ...any) (sql.Result, error) {
	if w.broken != nil {
		return nil, w.broken
	}
	s, err := w.stmt(ctx, query)
	if err == nil {
		var res sql.Result
		// An interrupted write would break the import, and a context that can
		// be cancelled costs a goroutine for each row.
		if res, err = s.ExecContext(context.WithoutCancel(ctx), args...); err == nil {
			w.changed = true
			return res, nil
		}
	}
	w.broken = fmt.Errorf("write %s: %w", w.copyPath(), err)
	return nil, w.broken
}

// Outcome is what Put did.
type Outcome int

// The outcomes of Put.
const (
	New       Outcome = iota + 1 // an identity not seen before
	Changed                      // other bytes under a known identity: a new version
	Reread                       // the same bytes, read differently by better rules
	Unchanged                    // the same bytes and the same reading: nothing was written
)

// ErrRepeated is what Put gives for an identity that this import has put
// already: two files that claim to be the same article.
var ErrRepeated = errors.New("identity already put by this import")

// known is what the store has of an article that is put again.
type known struct {
	n                          int64
	id                         string
	version                    int
	sha256, textSum, recordSum string
}

// Put stores an article and its original bytes. It sets a.ID, a.URL and
// a.Version and replaces the ids of a's meetings and visits by those already
// published for them. Bytes are compared with the newest version only: an
// article whose older bytes come back has changed back, which is a new
// version. An error that the article itself causes leaves the import as it
// was, and others can be put.
func (w *Writer) Put(ctx context.Context, a *archive.Article, original []byte) (Outcome, error) {
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	if sum := hexSum(original); sum != a.Source.SHA256 || len(original) != a.Source.Bytes {
		return 0, fmt.Errorf("BUG: store: %s: the record is of other bytes than those given", a.Source.Name)
	}
	var k known
	err := w.one(ctx, `SELECT a.n, a.id, a.version, v.sha256, v.text_sha256, r.sha256 FROM article a
		JOIN version v ON v.article = a.id AND v.n = a.version
		JOIN record r ON r.article = a.id AND r.version = a.version WHERE a.identity = ?`, []any{a.Source.Identity},
		&k.n, &k.id, &k.version, &k.sha256, &k.textSum, &k.recordSum)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return w.putNew(ctx, a, original)
	case err != nil:
		return 0, damage(err, a.ID, "what is stored")
	case w.wasPut(k.n):
		return 0, fmt.Errorf("%s: %w", a.Source.Identity, ErrRepeated)
	}
	outcome, err := w.putAgain(ctx, a, original, k)
	if err == nil {
		w.markPut(k.n)
	}
	return outcome, err
}

func (w *Writer) wasPut(n int64) bool { return int(n/64) < len(w.seen) && w.seen[n/64]>>(n%64)&1 == 1 }

func (w *Writer) markPut(n int64) {
	if need := int(n/64) + 1; need > len(w.seen) {
		w.seen = append(w.seen, make([]uint64, need-len(w.seen))...)
	}
	w.seen[n/64] |= 1 << (n % 64)
}

func (w *Writer) putNew(ctx context.Context, a *archive.Article, original []byte) (Outcome, error) {
	if err := w.writable(ctx); err != nil {
		return 0, err
	}
	id := a.ID
	for extra := 2; ; extra++ {
		free, err := w.idFree(ctx, id, "")
		if err != nil {
			return 0, err
		}
		if free {
			break
		}
		id = archive.NewID("article", a.Source.Identity, fmt.Sprint(extra))
	}
	a.ID, a.URL, a.Version = id, "/a/"+id, 1
	if err := w.nameEvents(ctx, a, nil, false); err != nil {
		return 0, err
	}
	record, err := archive.Encode(a)
	if err != nil {
		return 0, err
	}
	res, err := w.exec(ctx, `INSERT INTO article (id, identity, version, title, publisher, published, stored) VALUES (?, ?, 1, ?, ?, ?, ?)`,
		a.ID, a.Source.Identity, a.Title.Text, string(a.Publisher), string(a.Published.EDTF), w.time())
	if err != nil {
		return 0, err
	}
	n, err := res.LastInsertId()
	if err != nil {
		return 0, err
	}
	w.markPut(n)
	if err := w.publish(ctx, "a", a.ID, a.ID); err != nil {
		return 0, err
	}
	if err := w.insertVersion(ctx, a, original); err != nil {
		return 0, err
	}
	return New, w.insertRecord(ctx, a, record)
}

func (w *Writer) putAgain(ctx context.Context, a *archive.Article, original []byte, k known) (Outcome, error) {
	same := k.sha256 == a.Source.SHA256
	a.ID, a.URL, a.Version = k.id, "/a/"+k.id, k.version
	if same {
		// Mostly nothing has changed, ids included; then the old record need
		// not be read.
		record, err := archive.Encode(a)
		if err != nil {
			return 0, err
		}
		if hexSum(record) == k.recordSum {
			return Unchanged, nil
		}
	}
	old, err := w.article(ctx, k.id, k.version)
	if err != nil {
		return 0, err
	}
	if same && textSum(a.Paragraphs) != k.textSum {
		return 0, movedText(old, a)
	}
	if err := w.nameEvents(ctx, a, old, same); err != nil {
		return 0, err
	}
	if !same {
		a.Version = k.version + 1
	}
	record, err := archive.Encode(a)
	if err != nil {
		return 0, err
	}
	if same && hexSum(record) == k.recordSum {
		return Unchanged, nil
	}
	if err := w.writable(ctx); err != nil {
		return 0, err
	}
	if _, err := w.exec(ctx, `UPDATE article SET version = ?, title = ?, publisher = ?, published = ?, stored = ? WHERE id = ?`,
		a.Version, a.Title.Text, string(a.Publisher), string(a.Published.EDTF), w.time(), a.ID); err != nil {
		return 0, err
	}
	if err := w.removeEvents(ctx, old); err != nil {
		return 0, err
	}
	if same {
		if _, err := w.exec(ctx, `UPDATE record SET sha256 = ?, json = ? WHERE article = ? AND version = ?`,
			hexSum(record), string(record), a.ID, a.Version); err != nil {
			return 0, err
		}
		w.sum.remove("record", a.ID, fmt.Sprint(a.Version), k.recordSum)
		w.sum.add("record", a.ID, fmt.Sprint(a.Version), hexSum(record))
		return Reread, w.insertEvents(ctx, a)
	}
	if err := w.insertVersion(ctx, a, original); err != nil {
		return 0, err
	}
	return Changed, w.insertRecord(ctx, a, record)
}

// movedText says where a new reading of the same bytes would move a permalink.
func movedText(old, a *archive.Article) error {
	n := 0
	for n < len(old.Paragraphs) && n < len(a.Paragraphs) &&
		old.Paragraphs[n].Text == a.Paragraphs[n].Text && slices.Equal(old.Paragraphs[n].Sentences, a.Paragraphs[n].Sentences) {
		n++
	}
	return fmt.Errorf("article %s (%s), paragraph %d: its text or sentences are read differently, which would move a permalink", old.ID, a.Source.Name, n+1)
}

// nameEvents gives a's events the ids of the old events they are matched to,
// and the others ids that nothing else has or had.
func (w *Writer) nameEvents(ctx context.Context, a, old *archive.Article, sameBytes bool) error {
	list := events(a)
	var before []event
	if old != nil {
		before = events(old)
	}
	pairs := match(before, list, sameBytes)
	used := map[string]bool{}
	for _, j := range pairs {
		if j >= 0 {
			used[*before[j].id] = true
		}
	}
	renamed := map[archive.Opt]archive.Opt{}
	for i, e := range list {
		id := *e.id
		if j := pairs[i]; j >= 0 {
			id = *before[j].id
		} else {
			for extra := 2; ; extra++ {
				free := !used[id]
				if free {
					var err error
					if free, err = w.idFree(ctx, id, a.ID); err != nil {
						return err
					}
				}
				if free {
					break
				}
				id = archive.NewID("event", a.Source.Identity, *e.id, fmt.Sprint(extra))
			}
			used[id] = true
		}
		renamed[archive.Opt(*e.id)] = archive.Opt(id)
		*e.id, *e.url = id, "/"+e.kind+"/"+id
	}
	for i := range a.Meetings {
		if id, ok := renamed[a.Meetings[i].Visit]; ok {
			a.Meetings[i].Visit = id
		}
	}
	return nil
}

// idFree reports whether an id may be given to a new article (owner "") or to
// an event of the article owner. An event may have an id again that its
// article had before, unless that was redirected or retired.
func (w *Writer) idFree(ctx context.Context, id, owner string) (bool, error) {
	var n int
	err := w.one(ctx, `SELECT count(*) FROM published p WHERE id = ?1 AND kind <> 'p' AND (kind = 'a' OR article <> ?2
			OR EXISTS (SELECT 1 FROM redirect WHERE path = '/' || p.kind || '/' || p.id)
			OR EXISTS (SELECT 1 FROM tombstone WHERE path = '/' || p.kind || '/' || p.id))`, []any{id, owner}, &n)
	return n == 0, damage(err, id, "the list of ids")
}

func (w *Writer) time() string { return w.Now().UTC().Format(time.RFC3339) }

// publish keeps a path for ever.
func (w *Writer) publish(ctx context.Context, kind, id, article string) error {
	res, err := w.exec(ctx, `INSERT INTO published (kind, id, article) VALUES (?, ?, nullif(?, '')) ON CONFLICT DO NOTHING`, kind, id, article)
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return err
	}
	w.sum.add("published", kind, id)
	return nil
}

func (w *Writer) insertVersion(ctx context.Context, a *archive.Article, original []byte) error {
	text := textSum(a.Paragraphs)
	w.sum.add("version", a.ID, fmt.Sprint(a.Version), a.Source.SHA256, text)
	_, err := w.exec(ctx, `INSERT INTO version (article, n, sha256, bytes, name, received, text_sha256, original) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
		a.ID, a.Version, a.Source.SHA256, len(original), a.Source.Name, w.time(), text, original)
	return err
}

func (w *Writer) insertRecord(ctx context.Context, a *archive.Article, record []byte) error {
	w.sum.add("record", a.ID, fmt.Sprint(a.Version), hexSum(record))
	if _, err := w.exec(ctx, `INSERT INTO record (article, version, sha256, json) VALUES (?, ?, ?, ?)`,
		a.ID, a.Version, hexSum(record), string(record)); err != nil {
		return err
	}
	return w.insertEvents(ctx, a)
}

// removeEvents takes the events of an article's last reading out of the browse
// tables. Their paths may be left without an answer.
func (w *Writer) removeEvents(ctx context.Context, old *archive.Article) error {
	for _, e := range events(old) {
		w.suspect["/"+e.kind+"/"+*e.id] = struct{}{}
		for _, p := range e.participants {
			w.suspect["/p/"+p.Person] = struct{}{}
		}
	}
	for _, query := range []string{
		`DELETE FROM participation WHERE event IN (SELECT n FROM event WHERE article = ?)`,
		`DELETE FROM presence WHERE event IN (SELECT n FROM event WHERE article = ?)`,
		`DELETE FROM event WHERE article = ?`,
	} {
		if _, err := w.exec(ctx, query, old.ID); err != nil {
			return err
		}
	}
	return nil
}

func (w *Writer) insertEvents(ctx context.Context, a *archive.Article) error {
	for _, e := range events(a) {
		if err := w.insertEvent(ctx, a, &e); err != nil {
			return err
		}
	}
	return nil
}

func (w *Writer) insertEvent(ctx context.Context, a *archive.Article, e *event) error {
	var sort any // null sorts after every date
	if e.date.EDTF.Year() != 0 {
		sort = string(e.date.EDTF)
	}
	kind, level, what := "", "", "visit"
	if e.meeting != nil {
		kind, what = string(e.meeting.Kind), "meeting"
	} else {
		level = string(e.visit.Level)
	}
	binding := 0
	for _, g := range e.agreements {
		if g.Force.Binding() {
			binding++
		}
	}
	figures, err := json.Marshal(figuresShown(e))
	if err != nil {
		return err
	}
	who, err := json.Marshal(principals(e.participants))
	if err != nil {
		return err
	}
	res, err := w.exec(ctx, `INSERT INTO event (id, article, type, kind, level, status, main, date, sort, city, country, agreements, figures, who)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		*e.id, a.ID, what, kind, level, string(e.status), e.main, string(e.date.EDTF), sort,
		string(e.place.City), string(e.place.Country), binding, string(figures), string(who))
	if err != nil {
		return err
	}
	n, err := res.LastInsertId()
	if err != nil {
		return err
	}
	if err := w.publish(ctx, e.kind, *e.id, a.ID); err != nil {
		return err
	}
	countries := map[string]bool{string(e.place.Country): true}
	for _, p := range e.participants {
		titles, err := json.Marshal(nonNil(p.TitlesAsWritten))
		if err != nil {
			return err
		}
		paragraph := 0
		if len(p.Evidence) > 0 {
			paragraph = p.Evidence[0].Paragraph
		}
		if _, err := w.exec(ctx, `INSERT INTO participation (event, person, sort, main, capacity, country, name, written, titles, paragraph)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			n, p.Person, sort, e.main, string(p.Capacity), string(p.Country), p.Name, p.NameAsWritten, string(titles), paragraph); err != nil {
			return err
		}
		if err := w.publish(ctx, "p", p.Person, ""); err != nil {
			return err
		}
		countries[string(p.Country)] = true
	}
	delete(countries, "")
	for c := range countries {
		if _, err := w.exec(ctx, `INSERT INTO presence (event, country, sort, main) VALUES (?, ?, ?, ?)`, n, c, sort, e.main); err != nil {
			return err
		}
	}
	return nil
}

func nonNil(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}

// figuresShown gives the first four figures of an event as written, without
// repeats.
func figuresShown(e *event) []string {
	figures := slices.Clone(e.figures)
	for _, g := range e.agreements {
		figures = append(figures, g.Figures...)
	}
	shown := []string{}
	for _, f := range figures {
		if len(shown) < 4 && !slices.Contains(shown, f.AsWritten) {
			shown = append(shown, f.AsWritten)
		}
	}
	return shown
}

func principals(list []archive.Participation) []Who {
	who := []Who{}
	for _, p := range list {
		if p.Capacity != archive.Principal {
			continue
		}
		title := ""
		if len(p.TitlesAsWritten) > 0 {
			title = p.TitlesAsWritten[0]
		}
		who = append(who, Who{p.Person, p.Name, title, string(p.Country)})
	}
	return who
}

// answers reports whether a published path has a record.
func (r *reader) answers(ctx context.Context, path string) (bool, error) {
	query := ""
	switch {
	case strings.HasPrefix(path, "/a/"):
		query = `SELECT count(*) FROM article WHERE id = ?`
	case strings.HasPrefix(path, "/m/"):
		query = `SELECT count(*) FROM event WHERE id = ? AND type = 'meeting'`
	case strings.HasPrefix(path, "/v/"):
		query = `SELECT count(*) FROM event WHERE id = ? AND type = 'visit'`
	case strings.HasPrefix(path, "/p/"):
		query = `SELECT count(*) FROM (SELECT 1 FROM participation WHERE person = ? LIMIT 1)`
	default:
		return false, nil
	}
	var n int
	err := r.one(ctx, query, []any{path[3:]}, &n)
	return n > 0, damage(err, path, "the list of ids")
}

// published reports whether a path was ever published.
func (r *reader) published(ctx context.Context, path string) (bool, error) {
	if len(path) < 4 || path[0] != '/' || path[2] != '/' {
		return false, nil
	}
	var n int
	err := r.one(ctx, `SELECT count(*) FROM published WHERE id = ? AND kind = ?`, []any{path[3:], path[1:2]}, &n)
	return n > 0, damage(err, path, "the list of ids")
}

// Redirect says that a published path whose record is gone answers from now on
// with a redirect to another published path. What still has a record cannot be
// redirected, nor what was redirected elsewhere or retired; saying the same
// thing again changes nothing. Call it after the last Put.
func (w *Writer) Redirect(ctx context.Context, from, to string) error {
	done, err := w.mayLeave(ctx, from, &MovedError{to})
	if err != nil || done {
		return wrap("redirect", from, err)
	}
	known, err := w.published(ctx, to)
	if err != nil {
		return wrap("redirect", from, err)
	}
	if !known || from == to {
		return fmt.Errorf("redirect %s: %s was never published", from, to)
	}
	// One hop is enough to find a ring: every stored redirect leads on to
	// something that answers.
	if target := w.gone(ctx, to); target != nil {
		return fmt.Errorf("redirect %s: %w", from, target)
	}
	if err := w.writable(ctx); err != nil {
		return err
	}
	w.sum.add("redirect", from, to)
	_, err = w.exec(ctx, `INSERT INTO redirect (path, "to") VALUES (?, ?)`, from, to)
	return err
}

// Retire says that a published path whose record is gone answers from now on
// that it was retired, with the reason and the day. The rules are those of
// Redirect.
func (w *Writer) Retire(ctx context.Context, path, reason string) error {
	if strings.TrimSpace(reason) == "" {
		return fmt.Errorf("retire %s: no reason given", path)
	}
	done, err := w.mayLeave(ctx, path, &GoneError{Path: path, Reason: reason})
	if err != nil || done {
		return wrap("retire", path, err)
	}
	if err := w.writable(ctx); err != nil {
		return err
	}
	w.sum.add("tombstone", path, reason)
	_, err = w.exec(ctx, `INSERT INTO tombstone (path, reason, date) VALUES (?, ?, ?)`, path, reason, w.Now().UTC().Format(time.DateOnly))
	return err
}

func wrap(what, path string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s %s: %w", what, path, err)
}

// mayLeave checks that a path may be redirected or retired; done says that it
// was already, in the way wanted.
func (w *Writer) mayLeave(ctx context.Context, path string, wanted error) (done bool, err error) {
	if ok, err := w.published(ctx, path); err != nil || !ok {
		return false, errors.Join(err, notPublished(ok, err))
	}
	if ok, err := w.answers(ctx, path); err != nil {
		return false, err
	} else if ok {
		return false, errors.New("it still has a record")
	}
	is := w.gone(ctx, path)
	if is == nil {
		return false, nil
	}
	var gone *GoneError
	if errors.As(is, &gone) {
		if want, ok := wanted.(*GoneError); ok && want.Reason == gone.Reason {
			return true, nil
		}
		return false, is
	}
	if is.Error() == wanted.Error() {
		return true, nil
	}
	return false, is
}

func notPublished(ok bool, err error) error {
	if ok || err != nil {
		return nil
	}
	return errors.New("it was never published")
}

// gone gives the *MovedError or *GoneError of a path that was redirected or
// retired, nil for others.
func (r *reader) gone(ctx context.Context, path string) error {
	var to string
	err := r.one(ctx, `SELECT "to" FROM redirect WHERE path = ?`, []any{path}, &to)
	if err == nil {
		return &MovedError{to}
	}
	if errors.Is(err, sql.ErrNoRows) {
		g := GoneError{Path: path}
		if err = r.one(ctx, `SELECT reason, date FROM tombstone WHERE path = ?`, []any{path}, &g.Reason, &g.Date); err == nil {
			return &g
		}
	}
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	return damage(err, path, "the list of ids")
}

// Orphans lists published paths that would answer nothing if the import were
// committed now, in order.
func (w *Writer) Orphans(ctx context.Context) ([]string, error) {
	var orphans []string
	for path := range w.suspect {
		ok, err := w.answers(ctx, path)
		if err != nil {
			return nil, err
		}
		if ok || w.gone(ctx, path) != nil {
			continue
		}
		orphans = append(orphans, path)
	}
	slices.Sort(orphans)
	return orphans, nil
}

// Changed reports whether anything was written.
func (w *Writer) Changed() bool { return w.changed }

// Generation names the state that Commit will make: a hash over every stored
// version, record, published path, redirect and tombstone. The same content
// has the same generation, whenever and in whatever order it was imported.
func (w *Writer) Generation(ctx context.Context) (string, error) {
	if w.broken != nil {
		return "", w.broken
	}
	return w.sum.generation(), nil
}

// Articles walks what the archive will hold once committed, in order of id,
// holding one article in memory at a time.
func (w *Writer) Articles(ctx context.Context) iter.Seq2[*archive.Article, error] {
	return w.articles(ctx)
}

// Commit makes the import visible, atomically and durably. It refuses to leave
// a published path without an answer. Nothing is written when nothing changed.
func (w *Writer) Commit(ctx context.Context) error {
	if w.broken != nil || !w.changed {
		return w.broken
	}
	orphans, err := w.Orphans(ctx)
	if err != nil {
		return err
	}
	if len(orphans) > 0 {
		return fmt.Errorf("published paths would answer nothing: %s", strings.Join(orphans, ", "))
	}
	if err := w.finish(ctx); err != nil {
		w.broken = fmt.Errorf("commit %s: %w", w.path, err)
		return w.broken
	}
	w.changed = false
	return nil
}

func (w *Writer) finish(ctx context.Context) error {
	if err := w.count(ctx); err != nil {
		return err
	}
	for key, value := range map[string]string{"sum": w.sum.String(), "generation": w.sum.generation(), "imported": w.time()} {
		if _, err := w.exec(ctx, `UPDATE meta SET value = ? WHERE key = ?`, value, key); err != nil {
			return err
		}
	}
	if _, err := w.db.ExecContext(ctx, "COMMIT"); err != nil {
		return err
	}
	if err := w.reader.close(); err != nil {
		return err
	}
	w.reader = nil
	file, err := os.OpenFile(w.copyPath(), os.O_RDWR, 0)
	if err != nil {
		return err
	}
	if err := errors.Join(sealPages(file), file.Sync(), file.Close()); err != nil {
		return err
	}
	return w.swap()
}

// swap renames the copy into place. When the folder cannot be made durable
// the old file is put back: an import that is reported as failed has not
// happened.
func (w *Writer) swap() error {
	kept := w.old != nil && os.Link(w.path, w.keptPath()) == nil
	if err := os.Rename(w.copyPath(), w.path); err != nil {
		return err
	}
	err := syncDir(filepath.Dir(w.path))
	if err == nil {
		if kept {
			return os.Remove(w.keptPath())
		}
		return nil
	}
	if kept {
		return errors.Join(err, os.Rename(w.keptPath(), w.path))
	}
	if w.old == nil {
		return errors.Join(err, os.Remove(w.path))
	}
	return err
}

// count fills the tallies that pages begin with.
func (w *Writer) count(ctx context.Context) error {
	for _, query := range []string{
		`DELETE FROM tally`,
		`INSERT INTO tally SELECT 'person', person,
			(SELECT l.name FROM participation l WHERE l.person = p.person ORDER BY l.sort DESC LIMIT 1), count(*)
			FROM participation p WHERE main GROUP BY person`,
		`INSERT INTO tally SELECT 'country', country, '', count(*) FROM presence WHERE main GROUP BY country`,
		`INSERT INTO tally SELECT 'month', substr(sort, 1, 7), '', count(*) FROM event
			WHERE main AND type = 'meeting' AND status = 'held' AND sort GLOB '????-??*' GROUP BY substr(sort, 1, 7)`,
		`INSERT INTO tally SELECT 'total', 'articles', '', count(*) FROM article`,
		`INSERT INTO tally SELECT 'total', 'meetings', '', count(*) FROM event WHERE main AND type = 'meeting'`,
		`INSERT INTO tally SELECT 'total', 'visits', '', count(*) FROM event WHERE main AND type = 'visit'`,
		`INSERT INTO tally SELECT 'total', 'people', '', count(*) FROM tally WHERE kind = 'person'`,
		`INSERT INTO tally SELECT 'total', 'countries', '', count(*) FROM tally WHERE kind = 'country' AND key <> 'VN'`,
		`INSERT INTO tally SELECT 'total', 'first', coalesce(min(sort), ''), 0 FROM event WHERE main AND type = 'meeting' AND status = 'held'`,
		`INSERT INTO tally SELECT 'total', 'last', coalesce(max(sort), ''), 0 FROM event WHERE main AND type = 'meeting' AND status = 'held'`,
	} {
		if _, err := w.exec(ctx, query); err != nil {
			return err
		}
	}
	return nil
}

// Close releases the lock and, unless Commit was called, undoes everything.
func (w *Writer) Close() error {
	var errs []error
	if w.copied && w.reader != nil {
		errs = append(errs, w.reader.close())
	}
	w.reader = nil
	if w.old != nil {
		errs = append(errs, w.old.close())
		w.old = nil
	}
	if w.lock != nil {
		if err := os.Remove(w.copyPath()); err != nil && !errors.Is(err, fs.ErrNotExist) {
			errs = append(errs, err)
		}
		errs = append(errs, w.lock.Close())
		w.lock = nil
	}
	return errors.Join(errs...)
}
