package store

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"vankho/internal/archive"
)

// deedsFormat is the first format of archive.db that has tables of what was
// agreed, what was measured and which countries met. Of an older one there is
// nothing to list before the next import over it.
const deedsFormat = 4

// Undertaking is one agreement, of whatever force, with the event at which it
// was made. Every article that tells the event has its own.
type Undertaking struct {
	Event     Entry // as this article tells it
	Force     archive.Force
	Actor     archive.Actor
	By        []string // slugs, when one side speaks
	Text      string   // verbatim
	Topics    []string
	Figures   []string     // as written
	Due       archive.Date // "" when not said
	Paragraph int          // of the event's article
	Sentence  int          // in the paragraph, from 1
}

// UndertakingFilter says which agreements are wanted; a zero field asks for
// nothing.
type UndertakingFilter struct {
	Forces  []archive.Force // any of them
	Topic   string
	Country string    // of a participant or the place
	Pair    [2]string // countries whose principals both take part
	Year    int
	Limit   int // 0: at most 1,000
	Offset  int
}

// Undertakings lists agreements, newest first, and how many there are in all.
func (s *Store) Undertakings(ctx context.Context, f UndertakingFilter) ([]Undertaking, int, error) {
	q := deedQuery{table: "undertaking"}
	switch {
	case f.Topic != "":
		q.lead("topic d JOIN undertaking u ON u.n = d.undertaking", "d")
		q.and("d.topic = ?", f.Topic)
	case len(f.Forces) == 1:
		q.lead("undertaking u", "u")
	}
	q.between(f.Pair, f.Country)
	if len(f.Forces) > 0 {
		forces, err := json.Marshal(f.Forces)
		if err != nil {
			return nil, 0, err
		}
		q.and("u.force IN (SELECT value FROM json_each(?))", string(forces))
	}
	q.year(f.Year)
	columns := `u.force, u.actor, u.by, u.text, u.figures, u.due, u.paragraph, u.sentence,
		(SELECT json_group_array(topic ORDER BY topic) FROM topic t WHERE t.undertaking = u.n), `
	return deeds(ctx, s, &q, columns, true, f.Limit, f.Offset, func(rows *sql.Rows, u *Undertaking) error {
		var by, figures, topics []byte
		err := scanWithEntry(rows, &u.Event, &u.Force, &u.Actor, &by, &u.Text, &figures, &u.Due, &u.Paragraph, &u.Sentence, &topics)
		if err != nil {
			return err
		}
		return errors.Join(json.Unmarshal(by, &u.By), json.Unmarshal(figures, &u.Figures), json.Unmarshal(topics, &u.Topics))
	})
}

// Figure is one number that was named, with the event at which it was.
type Figure struct {
	Event     Entry // as this article tells it
	Series    string
	Measure   string // as written
	AsWritten string
	Value     float64 // in whole units
	Unit      string  // or the currency, ISO 4217; "" when there is none
	Period    string  // as archive.Figure has it
	Role      string
	Paragraph int
	Sentence  int
}

// FigureFilter says which figures are wanted; a zero field asks for nothing.
type FigureFilter struct {
	Series  string    // a key, see Series
	Country string    // of a participant or the place
	Pair    [2]string // countries whose principals both take part
	Year    int
	Oldest  bool // oldest first; otherwise newest first
	Limit   int  // 0: at most 1,000
	Offset  int
}

// Figures lists figures by the date of their events, and how many there are in
// all.
func (s *Store) Figures(ctx context.Context, f FigureFilter) ([]Figure, int, error) {
	q := deedQuery{table: "figure"}
	if f.Series != "" {
		q.lead("figure u", "u")
		q.and("u.series = ?", f.Series)
	}
	q.between(f.Pair, f.Country)
	q.year(f.Year)
	columns := `u.series, u.measure, u.written, u.value, u.unit, u.period, u.role, u.paragraph, u.sentence, `
	return deeds(ctx, s, &q, columns, !f.Oldest, f.Limit, f.Offset, func(rows *sql.Rows, u *Figure) error {
		return scanWithEntry(rows, &u.Event, &u.Series, &u.Measure, &u.AsWritten, &u.Value, &u.Unit, &u.Period, &u.Role, &u.Paragraph, &u.Sentence)
	})
}

// deedQuery is a filter over undertaking or figure, u, as SQL.
type deedQuery struct {
	table string
	from  string // with the table that leads
	d     string // the alias whose sort is in order
	where []string
	args  []any
}

// lead says which table the rows are found by, unless that was said before.
func (q *deedQuery) lead(from, d string) {
	if q.from == "" {
		q.from, q.d = from, d
	}
}

func (q *deedQuery) and(condition string, args ...any) {
	q.where, q.args = append(q.where, condition), append(q.args, args...)
}

// between asks for events of a pair of countries, or of one.
func (q *deedQuery) between(pair [2]string, country string) {
	of := func(table, column, value string) {
		if q.from == "" {
			q.lead(table+" d JOIN "+q.table+" u ON u.event = d.event", "d")
			q.and("d."+column+" = ?", value)
			return
		}
		q.and("EXISTS (SELECT 1 FROM "+table+" x WHERE x.event = u.event AND x."+column+" = ?)", value)
	}
	if pair != [2]string{} {
		of("bilateral", "pair", pairKey(pair[0], pair[1]))
	}
	if country != "" {
		of("presence", "country", country)
	}
	q.lead(q.table+" u", "u")
}

func (q *deedQuery) year(year int) {
	if year == 0 {
		return
	}
	from := fmt.Sprintf("%04d", year)
	q.and(q.d+".sort >= ? AND "+q.d+".sort < ?", from, from+"~") // "~" comes after "-" and the digits
}

// rest is the query from FROM on, without an order.
func (q *deedQuery) rest(events string) string {
	s := " FROM " + q.from + events
	if len(q.where) > 0 {
		s += " WHERE " + strings.Join(q.where, " AND ")
	}
	return s
}

// deeds lists what a query finds, by the date of the encounter, the sentence
// and the event, with the total: what an article tells in one sentence of
// several events stands together.
func deeds[T any](ctx context.Context, s *Store, q *deedQuery, columns string, newest bool, limit, offset int, scan func(*sql.Rows, *T) error) ([]T, int, error) {
	snap, err := s.acquire()
	if err != nil {
		return nil, 0, err
	}
	defer s.release(snap)
	if snap.format < deedsFormat {
		return nil, 0, nil
	}
	count := "SELECT count(*)" + q.rest("")
	total, err := remember(snap, fmt.Sprintf("%s%q", count, q.args), func() (n int, err error) {
		return n, snap.one(ctx, count, q.args, &n)
	})
	if err != nil {
		return nil, 0, snap.damage(err, fileName, "the list of "+q.table+"s")
	}
	order := ".sort NULLS LAST"
	if newest {
		order = ".sort DESC" // null, which is no date, is less than any
	}
	order += ", e.article, u.paragraph, u.sentence, e.id, u.n"
	list, err := all(ctx, snap.reader, `SELECT `+columns+entryColumns(snap.format)+` JOIN `+q.table+` u ON u.event = e.n
		WHERE u.n IN (SELECT n FROM (SELECT u.n`+q.rest(" JOIN event e ON e.n = u.event")+` ORDER BY `+q.d+order+` LIMIT ? OFFSET ?)) ORDER BY u`+order,
		append(q.args, atMost(limit), offset), scan)
	return list, total, snap.damage(err, fileName, "the list of "+q.table+"s")
}

// Series are figures that may be compared: of one measure, in one unit,
// between the same countries.
type Series struct {
	Key       string
	Countries []string // ISO codes, in order
	Measure   string   // see archive.MeasureKey
	Unit      string   // or the currency
	N         int      // figures
}

// ParseSeries reads the key of a series and reports whether it is one.
func ParseSeries(key string) (Series, bool) {
	parts := strings.Split(key, "|")
	if len(parts) != 3 || parts[0] == "" || parts[1] == "" {
		return Series{}, false
	}
	return Series{Key: key, Countries: strings.Split(parts[0], "+"), Measure: parts[1], Unit: parts[2]}, true
}

// Series lists the series with the most figures first.
func (s *Store) Series(ctx context.Context, limit, offset int) ([]Series, error) {
	counts, err := s.tally(ctx, `SELECT key, name, n FROM tally WHERE kind = 'series' ORDER BY n DESC, key LIMIT ? OFFSET ?`, atMost(limit), offset)
	var list []Series
	for _, c := range counts {
		series, ok := ParseSeries(c.Key)
		if !ok {
			return nil, &DamagedError{ID: fileName, What: "the tallies", Err: errors.New("a series without a name")}
		}
		series.N = c.N
		list = append(list, series)
	}
	return list, err
}

// SeriesTotal counts the series there are.
func (s *Store) SeriesTotal(ctx context.Context) (int, error) {
	return s.tallied(ctx, "series")
}

// Pairs lists the pairs of countries by how many main events both took part in
// with a principal, most first: Key is "LA+VN".
func (s *Store) Pairs(ctx context.Context, limit, offset int) ([]Count, error) {
	return s.tally(ctx, `SELECT key, name, n FROM tally WHERE kind = 'pair' ORDER BY n DESC, key LIMIT ? OFFSET ?`, atMost(limit), offset)
}

// PairsTotal counts the pairs there are.
func (s *Store) PairsTotal(ctx context.Context) (int, error) { return s.tallied(ctx, "pair") }

// PairsOf lists the pairs that a country is one of, as Pairs does.
func (s *Store) PairsOf(ctx context.Context, country string, limit int) ([]Count, error) {
	return s.tally(ctx, `SELECT key, name, n FROM tally WHERE kind = 'pair' AND (key GLOB ? OR key GLOB ?) ORDER BY n DESC, key LIMIT ?`,
		country+"+*", "*+"+country, atMost(limit))
}

// Forces and Topics count agreements by force and by topic, most first.
func (s *Store) Forces(ctx context.Context) ([]Count, error) {
	return s.tally(ctx, `SELECT key, name, n FROM tally WHERE kind = 'force' ORDER BY n DESC, key`)
}

func (s *Store) Topics(ctx context.Context) ([]Count, error) {
	return s.tally(ctx, `SELECT key, name, n FROM tally WHERE kind = 'topic' ORDER BY n DESC, key`)
}

func (s *Store) tallied(ctx context.Context, kind string) (int, error) {
	list, err := s.tally(ctx, `SELECT '', '', count(*) FROM tally WHERE kind = ?`, kind)
	if err != nil || len(list) == 0 {
		return 0, err
	}
	return list[0].N, nil
}

// pairKey is bilateral.pair for two countries in any order.
func pairKey(a, b string) string { return min(a, b) + "+" + max(a, b) }

// insertDeeds fills the tables of this file for event n.
func (w *Writer) insertDeeds(ctx context.Context, a *archive.Article, e *event, n int64) error {
	sort := sortOf(e.date.EDTF)
	countries := sides(e.participants)
	for i, c := range countries[:min(len(countries), pairsOf)] {
		for _, d := range countries[i+1 : min(len(countries), pairsOf)] {
			if _, err := w.exec(ctx, `INSERT INTO bilateral (event, pair, sort, main, shown) VALUES (?1, ?2, ?3, ?4, ?1)`, n, pairKey(c, d), sort, e.main); err != nil {
				return err
			}
		}
	}
	figures := slices.Clone(e.figures)
	for i := range e.agreements {
		if err := w.insertUndertaking(ctx, a, &e.agreements[i], n, sort); err != nil {
			return err
		}
		figures = append(figures, e.agreements[i].Figures...)
	}
	type place struct{ paragraph, start int }
	seen := map[place]bool{}
	for i := range figures {
		f := &figures[i]
		p, start := firstWords(f.Evidence)
		if seen[place{p, start}] {
			continue // an agreement's figure that the event has too
		}
		seen[place{p, start}] = true
		if _, err := w.exec(ctx, `INSERT INTO figure (event, series, sort, measure, written, value, unit, period, role, paragraph, sentence) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			n, seriesKey(countries, f), sort, f.Measure, f.AsWritten, f.Value, cmp.Or(string(f.Currency), string(f.Unit)), string(f.Period), f.Role,
			p, sentenceAt(a, p, start)); err != nil {
			return err
		}
	}
	return nil
}

func (w *Writer) insertUndertaking(ctx context.Context, a *archive.Article, g *archive.Agreement, event int64, sort any) error {
	by, err := archive.Encode(g.By)
	if err != nil {
		return err
	}
	written := []string{}
	for _, f := range g.Figures {
		if !slices.Contains(written, f.AsWritten) {
			written = append(written, f.AsWritten)
		}
	}
	figures, err := archive.Encode(written)
	if err != nil {
		return err
	}
	p, start := firstWords(g.Evidence)
	res, err := w.exec(ctx, `INSERT INTO undertaking (event, sort, force, actor, by, text, figures, due, paragraph, sentence) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		event, sort, string(g.Force), string(g.Actor), string(by), g.Text, string(figures), string(g.Due), p, sentenceAt(a, p, start))
	if err != nil {
		return err
	}
	n, err := res.LastInsertId()
	if err != nil {
		return err
	}
	for i, topic := range g.Topics {
		if slices.Contains(g.Topics[:i], topic) {
			continue
		}
		if _, err := w.exec(ctx, `INSERT INTO topic (undertaking, topic, sort) VALUES (?, ?, ?)`, n, topic, sort); err != nil {
			return err
		}
	}
	return nil
}

// firstWords gives the paragraph and byte offset of the first evidence; 0, 0
// without any.
func firstWords(list []archive.Evidence) (paragraph, start int) {
	if len(list) == 0 {
		return 0, 0
	}
	return list[0].Paragraph, list[0].Start
}

// sentenceAt gives the number of the sentence that a byte of a paragraph is in.
func sentenceAt(a *archive.Article, paragraph, start int) int {
	for i := range a.Paragraphs {
		if a.Paragraphs[i].N == paragraph {
			return a.Paragraphs[i].SentenceAt(start)
		}
	}
	return 1
}

// sides gives the countries of the principals, in order.
func sides(list []archive.Participation) []string {
	var countries []string
	for _, p := range list {
		if p.Capacity == archive.Principal && p.Country != "" && !slices.Contains(countries, string(p.Country)) {
			countries = append(countries, string(p.Country))
		}
	}
	slices.Sort(countries)
	return countries
}

// seriesKey gives figure.series: empty where it is not known what was
// measured, or between whom.
func seriesKey(countries []string, f *archive.Figure) string {
	measure := archive.MeasureKey(f.Measure)
	if measure == "" || len(countries) < 2 || len(countries) > pairsOf || strings.Contains(measure, "|") {
		return ""
	}
	return strings.Join(countries, "+") + "|" + measure + "|" + strings.ReplaceAll(cmp.Or(string(f.Currency), string(f.Unit)), "|", "")
}

// dateDeeds gives what was undertaken and measured at event n the date of its
// encounter.
func (w *Writer) dateDeeds(ctx context.Context, n int64, sort any) error {
	for _, query := range []string{
		`UPDATE undertaking SET sort = ? WHERE event = ?`,
		`UPDATE topic SET sort = ? WHERE undertaking IN (SELECT n FROM undertaking WHERE event = ?)`,
		`UPDATE figure SET sort = ? WHERE event = ?`,
	} {
		if _, err := w.exec(ctx, query, sort, n); err != nil {
			return err
		}
	}
	return nil
}

// fillDeeds fills the tables of this file from the records of an archive that
// is being upgraded.
func (w *Writer) fillDeeds(ctx context.Context) error {
	for a, err := range w.articles(ctx) {
		if err != nil {
			return err
		}
		for _, e := range events(a) {
			var n int64
			if err := w.one(ctx, `SELECT n FROM event WHERE id = ?`, []any{*e.id}, &n); err != nil {
				return err
			}
			if err := w.insertDeeds(ctx, a, &e, n); err != nil {
				return err
			}
		}
	}
	return nil
}
