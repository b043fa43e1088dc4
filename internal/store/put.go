package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"slices"
	"time"

	"vankho/internal/archive"
)

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

// Put stores an article, completed, and its original bytes. It sets a.ID, a.URL and
// a.Version, replaces the ids of a's meetings and visits by those already
// published for them, and applies what people have corrected. Bytes are compared with the newest version only: an
// article whose older bytes come back has changed back, which is a new
// version. An error that the article itself causes leaves the import as it
// was, and others can be put.
func (w *Writer) Put(ctx context.Context, a *archive.Article, original []byte) (Outcome, error) {
	if w.broken != nil {
		return 0, w.broken
	}
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	if sum := hexSum(original); sum != a.Source.SHA256 || len(original) != a.Source.Bytes {
		return 0, fmt.Errorf("BUG: store: %s: the record is of other bytes than those given", a.Source.Name)
	}
	a.Complete()
	for _, e := range events(a) {
		people := map[string]bool{}
		for _, p := range e.participants {
			if people[p.Person] {
				return 0, fmt.Errorf("BUG: store: %s: %s takes part twice in %s", a.Source.Name, p.Person, *e.url)
			}
			people[p.Person] = true
		}
	}
	var k known
	err := w.one(ctx, `SELECT a.n, a.id, a.version, coalesce(v.sha256, ''), coalesce(v.text_sha256, ''), coalesce(r.sha256, '') FROM article a
		LEFT JOIN version v ON v.article = a.id AND v.n = a.version
		LEFT JOIN record r ON r.article = a.id AND r.version = a.version WHERE a.identity = ?`, []any{a.Source.Identity},
		&k.n, &k.id, &k.version, &k.sha256, &k.textSum, &k.recordSum)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return w.putNew(ctx, a, original)
	case err != nil:
		return 0, w.damage(err, a.ID, "what is stored")
	case k.sha256 == "" || k.recordSum == "":
		return 0, &DamagedError{ID: k.id, What: "the record", Err: errors.New("it is missing")}
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
	if err == nil {
		err = old.Uncorrect() // the new reading is compared with the old one, not with what people say
	}
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
	corrections, err := w.corrections(ctx, a.ID)
	if err != nil {
		return 0, err
	}
	a.Correct(corrections)
	a.Complete()
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
	w.suspectGone(old, a)
	if same {
		return Reread, w.replaceRecord(ctx, a, record, k.recordSum)
	}
	if err := w.renewArticle(ctx, a); err != nil {
		return 0, err
	}
	if err := w.insertVersion(ctx, a, original); err != nil {
		return 0, err
	}
	return Changed, w.insertRecord(ctx, a, record)
}

// renewArticle makes room for another record of an article: lists show what
// this one says, and the events are to be inserted.
func (w *Writer) renewArticle(ctx context.Context, a *archive.Article) error {
	if _, err := w.exec(ctx, `UPDATE article SET version = ?, title = ?, publisher = ?, published = ?, stored = ? WHERE id = ?`,
		a.Version, a.Title.Text, string(a.Publisher), string(a.Published.EDTF), w.time(), a.ID); err != nil {
		return err
	}
	return w.removeEvents(ctx, a.ID)
}

// replaceRecord puts another record in the place of the one with the SHA-256
// old.
func (w *Writer) replaceRecord(ctx context.Context, a *archive.Article, record []byte, old string) error {
	if err := w.renewArticle(ctx, a); err != nil {
		return err
	}
	if _, err := w.exec(ctx, `UPDATE record SET sha256 = ?, bytes = ?, json = ? WHERE article = ? AND version = ?`,
		hexSum(record), len(record), w.compress(record), a.ID, a.Version); err != nil {
		return err
	}
	w.sum.remove("record", a.ID, fmt.Sprint(a.Version), old)
	w.sum.add("record", a.ID, fmt.Sprint(a.Version), hexSum(record))
	return w.insertEvents(ctx, a)
}

// A FrozenTextError says that the same bytes were read before into other
// paragraphs or sentences. Permanent links count by those, so the stored ones
// stay: read the events from Stored's paragraphs and put the article again.
// Nothing was written.
type FrozenTextError struct {
	Stored *archive.Article // the stored reading
	Why    string           // where the two differ
}

func (e *FrozenTextError) Error() string { return e.Why }

// movedText says where a new reading of the same bytes would move a permalink.
func movedText(old, a *archive.Article) error {
	n := 0
	for n < len(old.Paragraphs) && n < len(a.Paragraphs) &&
		old.Paragraphs[n].Text == a.Paragraphs[n].Text && slices.Equal(old.Paragraphs[n].Sentences, a.Paragraphs[n].Sentences) {
		n++
	}
	return &FrozenTextError{old, fmt.Sprintf("article %s (%s), paragraph %d: its text or sentences are read differently, which would move a permalink", old.ID, a.Source.Name, n+1)}
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
	return n == 0, w.damage(err, id, "the list of ids")
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
	if _, err := w.exec(ctx, `INSERT INTO record (article, version, sha256, bytes, json) VALUES (?, ?, ?, ?, ?)`,
		a.ID, a.Version, hexSum(record), len(record), w.compress(record)); err != nil {
		return err
	}
	return w.insertEvents(ctx, a)
}

// compress gives b compressed, valid until the next call.
func (w *Writer) compress(b []byte) []byte {
	w.packed.Reset()
	w.zlib.Reset(&w.packed)
	_, err := w.zlib.Write(b)
	if err = errors.Join(err, w.zlib.Close()); err != nil {
		panic("BUG: store: a buffer cannot be written: " + err.Error())
	}
	return w.packed.Bytes()
}

// suspectGone notes the paths that the last reading of an article gave and
// this one does not.
func (w *Writer) suspectGone(old, a *archive.Article) {
	has := map[string]bool{}
	for path := range eventPaths(a) {
		has[path] = true
	}
	for path := range eventPaths(old) {
		if !has[path] {
			w.suspect[path] = struct{}{}
		}
	}
}

// eventPaths gives the paths of an article's events and their participants.
func eventPaths(a *archive.Article) iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, e := range events(a) {
			if !yield("/" + e.kind + "/" + *e.id) {
				return
			}
			for _, p := range e.participants {
				if !yield("/p/" + p.Person) {
					return
				}
			}
		}
	}
}

// removeEvents takes the events of an article out of the browse tables.
func (w *Writer) removeEvents(ctx context.Context, article string) error {
	if err := w.unsettle(ctx, article); err != nil {
		return err
	}
	for _, query := range []string{
		`DELETE FROM participation WHERE event IN (SELECT n FROM event WHERE article = ?)`,
		`DELETE FROM presence WHERE event IN (SELECT n FROM event WHERE article = ?)`,
		`DELETE FROM bilateral WHERE event IN (SELECT n FROM event WHERE article = ?)`,
		`DELETE FROM topic WHERE undertaking IN (SELECT u.n FROM undertaking u JOIN event e ON e.n = u.event WHERE e.article = ?)`,
		`DELETE FROM undertaking WHERE event IN (SELECT n FROM event WHERE article = ?)`,
		`DELETE FROM figure WHERE event IN (SELECT n FROM event WHERE article = ?)`,
		`DELETE FROM event WHERE article = ?`,
	} {
		if _, err := w.exec(ctx, query, article); err != nil {
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

// peopleLimit bounds how many persons an import remembers to have published.
const peopleLimit = 1 << 16

func (w *Writer) insertEvent(ctx context.Context, a *archive.Article, e *event) error {
	sort := sortOf(e.date.EDTF)
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
	if _, err := w.exec(ctx, `INSERT INTO unsettled (event) VALUES (?)`, n); err != nil {
		return err
	}
	w.unsettled = true
	if err := w.publish(ctx, e.kind, *e.id, a.ID); err != nil {
		return err
	}
	countries := map[string]bool{string(e.place.Country): true}
	for _, p := range e.participants {
		titles, err := json.Marshal(p.TitlesAsWritten)
		if err != nil {
			return err
		}
		paragraph := 0
		if len(p.Evidence) > 0 {
			paragraph = p.Evidence[0].Paragraph
		}
		if _, err := w.exec(ctx, `INSERT INTO participation (event, person, sort, main, capacity, country, name, written, titles, paragraph, shown)
			VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?1)`,
			n, p.Person, sort, e.main, string(p.Capacity), string(p.Country), p.Known(), p.NameAsWritten, string(titles), paragraph); err != nil {
			return err
		}
		if !w.people[p.Person] {
			if err := w.publish(ctx, "p", p.Person, ""); err != nil {
				return err
			}
			if len(w.people) >= peopleLimit {
				clear(w.people)
			}
			w.people[p.Person] = true
		}
		countries[string(p.Country)] = true
	}
	delete(countries, "")
	for c := range countries {
		if _, err := w.exec(ctx, `INSERT INTO presence (event, country, sort, main, shown) VALUES (?1, ?2, ?3, ?4, ?1)`, n, c, sort, e.main); err != nil {
			return err
		}
	}
	return w.insertDeeds(ctx, a, e, n)
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
