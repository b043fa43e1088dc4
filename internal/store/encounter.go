package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"vankho/internal/archive"
	"vankho/internal/encounter"
)

// Readings of one encounter are put together once all of an import's articles
// are there, because which of them belong together does not depend on their
// order (see package encounter). What was put in, or stood near something that
// was taken out, is noted in the table unsettled; settle takes each of these,
// gathers whatever may hang together with it through the table contact, and
// writes what package encounter makes of it:
//
//   - table encounter: of every reading that has company, the one that stands
//     for them. It outlives the rows of event, which a new reading replaces, so
//     that the one that stands stays the one;
//   - event.under, the same for lists; event.sort, the date they agree on;
//   - participation.shown, presence.shown and bilateral.shown: one row of each
//     person, country and pair of countries of an encounter stands in lists, under
//     the event that stands for it;
//   - undertaking.sort, topic.sort and figure.sort, the date as event.sort has it.

// encountersFormat is the first format of archive.db that has them.
const encountersFormat = 3

const (
	// pairsOf is among how many principals of an event, in order of slug, each
	// two are noted as a contact.
	pairsOf = 12
	// togetherLimit is how many readings are weighed together. Where there are
	// more of the same people and days they stay apart: it is no encounter that
	// so many tell, and looking at every pair would take too long.
	togetherLimit = 1000
)

// member is a reading as settle takes it.
type member struct {
	encounter.Reading
	n     int64         // event.n
	under sql.NullInt64 // event.under as it is stored
	stood string        // the reading that stood for it when it was settled last; else empty
	in    bool          // it hangs together with what is being settled
}

// what gives event.type.
func (m *member) what() string {
	if m.Visit {
		return "visit"
	}
	return "meeting"
}

// settle puts the readings of each encounter together.
func (w *Writer) settle(ctx context.Context) error {
	if w.broken != nil || !w.unsettled {
		return w.broken
	}
	for _, query := range []string{noteContacts, passLonely} {
		if _, err := w.exec(ctx, query); err != nil {
			return err
		}
	}
	// Look-ups are many and short; see exec on contexts that can be cancelled.
	brief := context.WithoutCancel(ctx)
	for n := int64(0); ; {
		if err := ctx.Err(); err != nil {
			return err
		}
		err := w.one(brief, `SELECT event FROM unsettled WHERE event > ? ORDER BY event LIMIT 1`, []any{n}, &n)
		if errors.Is(err, sql.ErrNoRows) {
			break
		}
		if err != nil {
			return err
		}
		if err := w.settleOne(brief, n); err != nil {
			return err
		}
	}
	if _, err := w.exec(ctx, `DELETE FROM unsettled`); err != nil {
		return err
	}
	if err := w.forgetGone(ctx); err != nil {
		return err
	}
	w.unsettled = false
	return nil
}

// noteContacts fills the table contact for what is not settled.
var noteContacts = fmt.Sprintf(`INSERT OR IGNORE INTO contact
	SELECT p.person || '+' || q.person, coalesce(nullif(e.date, ''), a.published), e.n
	FROM unsettled u JOIN event e ON e.n = u.event JOIN article a ON a.id = e.article
	JOIN participation p ON p.event = e.n AND p.capacity = 'principal'
	JOIN participation q ON q.event = e.n AND q.capacity = 'principal' AND q.person > p.person
	WHERE (e.date <> '' OR a.published <> '') AND q.person <= coalesce((SELECT person FROM participation x
		WHERE x.event = e.n AND x.capacity = 'principal' ORDER BY person LIMIT 1 OFFSET %d), '~')
	UNION ALL
	SELECT p.person || '>' || e.country, coalesce(nullif(e.date, ''), a.published), e.n
	FROM unsettled u JOIN event e ON e.n = u.event JOIN article a ON a.id = e.article
	JOIN participation p ON p.event = e.n AND p.capacity = 'principal'
	WHERE e.type = 'visit' AND e.country <> '' AND p.country NOT IN ('', e.country) AND (e.date <> '' OR a.published <> '')`, pairsOf-1)

// passLonely takes out of unsettled what has nobody to be put beside and had
// nobody before: of most archives the most.
const passLonely = `DELETE FROM unsettled WHERE
	NOT EXISTS (SELECT 1 FROM contact o JOIN contact c ON c.who = o.who AND c.event <> o.event WHERE o.event = unsettled.event)
	AND NOT EXISTS (SELECT 1 FROM event e JOIN encounter x ON x.reading = e.id WHERE e.n = unsettled.event)`

// near gives the events that share a contact with event n in a window of days
// and of which the condition on e, the event, holds; at most limit.
func (r *reader) near(ctx context.Context, n int64, window func() (from, to string, also []string), condition string, args []any, limit int) ([]int64, error) {
	from, to, also := window()
	shared := `SELECT c.event FROM contact o JOIN contact c ON c.who = o.who JOIN event e ON e.n = c.event WHERE o.event = ? AND ` + condition
	list, err := all(ctx, r, shared+` AND c.day BETWEEN ? AND ? LIMIT ?`, append(append([]any{n}, args...), from, to, limit), scanInt)
	if err != nil {
		return nil, err
	}
	for _, day := range also {
		more, err := all(ctx, r, shared+` AND c.day = ? LIMIT ?`, append(append([]any{n}, args...), day, limit), scanInt)
		if err != nil {
			return nil, err
		}
		list = append(list, more...)
	}
	slices.Sort(list)
	return slices.Compact(list), nil
}

func scanInt(rows *sql.Rows, n *int64) error { return rows.Scan(n) }

// members reads the readings that are events of the numbers given, in their
// order.
func (r *reader) members(ctx context.Context, numbers ...int64) ([]*member, error) {
	asked, err := json.Marshal(numbers)
	if err != nil {
		return nil, err
	}
	return all(ctx, r, `SELECT e.n, e.id, e.article, e.type, e.kind, e.level, e.status, e.main, e.date, a.published, e.country, e.who, e.under, coalesce(x.stands, '')
		FROM json_each(?) j JOIN event e ON e.n = j.value JOIN article a ON a.id = e.article LEFT JOIN encounter x ON x.reading = e.id ORDER BY j.key`,
		[]any{string(asked)}, scanMember)
}

func scanMember(rows *sql.Rows, to **member) error {
	m := &member{}
	var kind, level, what string
	var who []byte
	if err := rows.Scan(&m.n, &m.ID, &m.Article, &what, &kind, &level, &m.Status, &m.Main, &m.Date, &m.Published, &m.Country, &who, &m.under, &m.stood); err != nil {
		return err
	}
	m.Visit, m.Kind = what == "visit", kind+level
	var list []Who
	if err := json.Unmarshal(who, &list); err != nil {
		return err
	}
	for _, p := range list {
		m.Who = append(m.Who, encounter.Principal{Person: p.Slug, Country: p.Country})
	}
	*to = m
	return nil
}

// settleOne settles event n and whatever hangs together with it.
func (w *Writer) settleOne(ctx context.Context, n int64) error {
	together, err := w.members(ctx, n)
	if err != nil {
		return err
	}
	seen := map[int64]*member{n: together[0]}
	together[0].in = true
	crowd := false
	for i := 0; i < len(together) && !crowd; i++ {
		m := together[i]
		others, err := w.near(ctx, m.n, m.Window, `e.type = ? AND e.status = ? AND e.article <> ?`, []any{m.what(), string(m.Status), m.Article}, togetherLimit)
		if err != nil {
			return err
		}
		if crowd = len(others) >= togetherLimit; crowd {
			break
		}
		unseen := slices.DeleteFunc(slices.Clone(others), func(n int64) bool { return seen[n] != nil })
		if len(unseen) > 0 {
			list, err := w.members(ctx, unseen...)
			if err != nil {
				return err
			}
			for _, o := range list {
				seen[o.n] = o
			}
		}
		for _, n := range others {
			o := seen[n]
			if !o.in && encounter.Same(&m.Reading, &o.Reading) > encounter.Apart {
				o.in = true
				together = append(together, o)
			}
		}
		crowd = len(together) > togetherLimit
	}
	if len(together) > 1 {
		for _, m := range together {
			if _, err := w.exec(ctx, `DELETE FROM unsettled WHERE event = ?`, m.n); err != nil {
				return err
			}
		}
	}
	if crowd {
		for _, m := range together {
			if err := w.write(ctx, []*member{m}); err != nil {
				return err
			}
		}
		return nil
	}
	list := make([]encounter.Reading, len(together))
	for i, m := range together {
		list[i] = m.Reading
	}
	for _, places := range encounter.Group(list) {
		group := make([]*member, len(places))
		for i, k := range places {
			group[i] = together[k]
		}
		slices.SortFunc(group, func(a, b *member) int {
			return encounter.Order(a.stood == a.ID, b.stood == b.ID, &a.Reading, &b.Reading)
		})
		if err := w.write(ctx, group); err != nil {
			return err
		}
	}
	return nil
}

// write stores what an encounter has come to. The first of the group stands for
// it.
func (w *Writer) write(ctx context.Context, group []*member) error {
	stands := group[0]
	if len(group) == 1 && stands.stood == "" && !stands.under.Valid {
		return nil // as it was put
	}
	var dates []archive.Date
	for _, m := range group {
		dates = append(dates, m.Date)
	}
	sort := sortOf(encounter.Date(dates...))
	for _, m := range group {
		var under any
		if m != stands {
			under = stands.n
		}
		if _, err := w.exec(ctx, `UPDATE event SET under = ?, sort = ? WHERE n = ?`, under, sort, m.n); err != nil {
			return err
		}
		id := stands.ID
		if len(group) == 1 {
			id = ""
		}
		if err := w.keepStanding(ctx, m, id); err != nil {
			return err
		}
	}
	if err := w.showOnce(ctx, group, sort, "participation", "person", `SELECT person, 2 * (capacity <> 'principal') + (country = '') FROM participation WHERE event = ?`); err != nil {
		return err
	}
	if err := w.showOnce(ctx, group, sort, "presence", "country", `SELECT country, 0 FROM presence WHERE event = ?`); err != nil {
		return err
	}
	if err := w.showOnce(ctx, group, sort, "bilateral", "pair", `SELECT pair, 0 FROM bilateral WHERE event = ?`); err != nil {
		return err
	}
	for _, m := range group {
		if err := w.dateDeeds(ctx, m.n, sort); err != nil {
			return err
		}
	}
	return nil
}

// sortOf gives event.sort for a date: null, which sorts after every date, when
// it has no year.
func sortOf(d archive.Date) any {
	if d.Year() == 0 {
		return nil
	}
	return string(d)
}

// keepStanding notes which reading stands for m, or with an empty id that m is
// alone.
func (w *Writer) keepStanding(ctx context.Context, m *member, id string) error {
	if m.stood == id {
		return nil
	}
	if m.stood != "" {
		w.sum.remove("encounter", m.ID, m.stood)
		if _, err := w.exec(ctx, `DELETE FROM encounter WHERE reading = ?`, m.ID); err != nil {
			return err
		}
	}
	if id == "" {
		return nil
	}
	w.sum.add("encounter", m.ID, id)
	_, err := w.exec(ctx, `INSERT INTO encounter (reading, stands) VALUES (?, ?)`, m.ID, id)
	return err
}

// showOnce sees to it that lists show every person, or country, of a group
// once: by the row of the first reading that has it. The query gives them for
// one event, and of each whether rows of other readings come before it: those of
// a principal do, and those with a country.
func (w *Writer) showOnce(ctx context.Context, group []*member, sort any, table, column, query string) error {
	type row struct {
		event int64
		key   string
		later int
	}
	var rows []row
	for _, m := range group {
		of, err := all(ctx, w.reader, query, []any{m.n}, func(rows *sql.Rows, r *row) error {
			r.event = m.n
			return rows.Scan(&r.key, &r.later)
		})
		if err != nil {
			return err
		}
		rows = append(rows, of...)
	}
	seen := map[string]bool{}
	slices.SortStableFunc(rows, func(a, b row) int { return a.later - b.later })
	for _, r := range rows {
		var shown any
		if !seen[r.key] {
			shown = group[0].n
			seen[r.key] = true
		}
		if _, err := w.exec(ctx, `UPDATE `+table+` SET sort = ?, main = ?, shown = ? WHERE event = ? AND `+column+` = ?`,
			sort, group[0].Main, shown, r.event, r.key); err != nil {
			return err
		}
	}
	return nil
}

// unsettle prepares for the events of an article to be taken out: whatever may
// hang together with them is to be settled anew.
func (w *Writer) unsettle(ctx context.Context, article string) error {
	type contact struct {
		event int64
		day   string
	}
	list, err := all(ctx, w.reader, `SELECT DISTINCT c.event, c.day FROM contact c JOIN event e ON e.n = c.event WHERE e.article = ?`, []any{article},
		func(rows *sql.Rows, c *contact) error { return rows.Scan(&c.event, &c.day) })
	if err != nil {
		return err
	}
	for _, c := range list {
		// The article may be known by another day of publication by now.
		then := &encounter.Reading{Date: archive.Date(c.day)}
		others, err := w.near(ctx, c.event, then.Window, `e.article <> ?`, []any{article}, togetherLimit)
		if err != nil {
			return err
		}
		for _, n := range others {
			if _, err := w.exec(ctx, `INSERT OR IGNORE INTO unsettled (event) VALUES (?)`, n); err != nil {
				return err
			}
		}
	}
	for _, query := range []string{
		// However many are near, none may be left under what is taken out.
		`INSERT OR IGNORE INTO unsettled SELECT m.n FROM event o JOIN event m ON m.under = o.n WHERE o.article = ?`,
		`DELETE FROM contact WHERE event IN (SELECT n FROM event WHERE article = ?)`,
		`DELETE FROM unsettled WHERE event IN (SELECT n FROM event WHERE article = ?)`,
	} {
		if _, err := w.exec(ctx, query, article); err != nil {
			return err
		}
	}
	w.unsettled = true
	return nil
}

// forgetGone takes out of the encounters what no article tells any more.
func (w *Writer) forgetGone(ctx context.Context) error {
	type gone struct{ reading, stands string }
	list, err := all(ctx, w.reader, `SELECT reading, stands FROM encounter WHERE NOT EXISTS (SELECT 1 FROM event WHERE id = reading)`, nil,
		func(rows *sql.Rows, g *gone) error { return rows.Scan(&g.reading, &g.stands) })
	if err != nil {
		return err
	}
	for _, g := range list {
		w.sum.remove("encounter", g.reading, g.stands)
		if _, err := w.exec(ctx, `DELETE FROM encounter WHERE reading = ?`, g.reading); err != nil {
			return err
		}
	}
	return nil
}

// readingsShown is how many readings of one encounter are read for its page.
const readingsShown = 24

// readings gives the articles' readings that stand under event n, by the day of
// publication, at most readingsShown, and how many there are.
func (r *reader) readings(ctx context.Context, n int64) (list []encounter.Told, total int, err error) {
	if r.format < encountersFormat {
		return nil, 0, nil
	}
	if err := r.one(ctx, `SELECT count(*) FROM event WHERE under = ?`, []any{n}, &total); err != nil || total == 0 {
		return nil, 0, err
	}
	type row struct{ id, article string }
	rows, err := all(ctx, r, `SELECT e.id, e.article FROM event e JOIN article a ON a.id = e.article WHERE e.under = ?
		ORDER BY a.published = '', a.published, e.id LIMIT ?`, []any{n, readingsShown},
		func(rows *sql.Rows, v *row) error { return rows.Scan(&v.id, &v.article) })
	if err != nil {
		return nil, 0, err
	}
	for _, v := range rows {
		a, err := r.article(ctx, v.article, 0)
		if errors.Is(err, ErrNotFound) {
			err = &DamagedError{ID: v.article, What: "the record", Err: errors.New("it is missing")}
		}
		if err != nil {
			return nil, 0, err
		}
		e := find(a, v.id)
		if e == nil {
			return nil, 0, &DamagedError{ID: v.id, What: "the record", Err: errors.New("it is not in article " + v.article)}
		}
		list = append(list, encounter.Told{Article: a, Meeting: e.meeting, Visit: e.visit})
	}
	return list, total, nil
}

// find gives the event of an article by id, or nil.
func find(a *archive.Article, id string) *event {
	for _, e := range events(a) {
		if *e.id == id {
			return &e
		}
	}
	return nil
}

// How many events of the same people are looked at for what is related to one,
// and how many readings of it are asked about.
const (
	relatedLimit = 500
	relatedAsked = 4
)

// related gives the announcements, reports and recollections of what event n
// and the readings under it tell, in this order, oldest first.
func (r *reader) related(ctx context.Context, n int64) ([]Entry, error) {
	if r.format < encountersFormat {
		return nil, nil
	}
	group, err := all(ctx, r, `SELECT ?1 UNION ALL SELECT n FROM event WHERE under = ?1 LIMIT ?2`, []any{n, relatedAsked}, scanInt)
	if err != nil {
		return nil, err
	}
	asked, err := r.members(ctx, group...)
	if err != nil {
		return nil, err
	}
	found := map[int64]bool{}
	for _, self := range asked {
		near, err := r.near(ctx, self.n, self.Around, `e.under IS NULL`, nil, relatedLimit)
		if err != nil {
			return nil, err
		}
		others, err := r.members(ctx, near...)
		if err != nil {
			return nil, err
		}
		var list []encounter.Reading
		for _, o := range others {
			list = append(list, o.Reading)
		}
		for _, i := range encounter.Related(&self.Reading, list) {
			found[others[i].n] = true
		}
	}
	var entries []Entry
	for n := range found {
		list, err := all(ctx, r, `SELECT `+entryColumns(r.format)+` WHERE e.n = ?`, []any{n}, scanEntry)
		if err != nil {
			return nil, err
		}
		entries = append(entries, list...)
	}
	slices.SortFunc(entries, func(a, b Entry) int {
		if c := strings.Compare(string(a.Status), string(b.Status)); c != 0 {
			return c // announced, held, recalled
		}
		if a.Date.Before(b.Date) != b.Date.Before(a.Date) {
			if a.Date.Before(b.Date) {
				return -1
			}
			return 1
		}
		return strings.Compare(a.ID, b.ID)
	})
	return entries, nil
}
