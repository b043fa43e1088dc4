package archive

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// Correction is what a person says of one value of one record, with who says
// so, why and when. Values are JSON; null is unknown.
//
// Field is the path of the value in the JSON of the record: "date", "status",
// "place.city", "participants.to-lam.country", "agreements.2.force",
// "statements.1.speakers", "figures.3.value". A date or title stands for its
// text ("date" is "date.edtf"), participants are named by slug, and agreements,
// statements and figures by number, from 1. Evidence, names and identities are
// not corrected: they are what the text says and what links point to.
type Correction struct {
	Record string          `json:"record"` // path of an article, meeting or visit: "/m/…"
	Field  string          `json:"field"`
	Old    json.RawMessage `json:"old"` // what the record said
	New    json.RawMessage `json:"new"` // what is right
	Reason string          `json:"reason"`
	Author string          `json:"author"`
	Date   Date            `json:"date"` // a whole day

	// What the archive adds when it takes the correction.
	At       *Anchor         `json:"at"`        // where the participant, agreement, statement or figure was read; null for other fields
	ReadThen json.RawMessage `json:"read_then"` // what the reader read at the time; not Old when that was corrected before
}

// Anchor finds an element of a list again after better rules have numbered or
// named it otherwise: by the words it was read from.
type Anchor struct {
	Evidence
	Rank int `json:"rank"` // of several read from these words, how many stand before it
}

// CorrectedField says in a record that a value of it is a person's.
type CorrectedField struct {
	Field     string          `json:"field"` // as in Correction, with the numbers this record has
	Old       json.RawMessage `json:"old"`
	New       json.RawMessage `json:"new"`
	Reason    string          `json:"reason"`
	Author    string          `json:"author"`
	Date      Date            `json:"date"`
	Read      json.RawMessage `json:"read"`       // what the reader reads, which would stand here otherwise
	ReadState Opt             `json:"read_state"` // the state of the reader's claim; null where the value has none

	// Article is the id of the article whose reading was corrected. Like that
	// of Evidence it is empty, and not in the JSON, in a record of one article.
	Article Opt `json:"article,omitempty"`
}

// The rules of the problems that corrections can have when an article is read
// again.
const (
	ruleLost      = "correction-lost"      // what was corrected is no longer read, or the value would make the record unsound
	ruleOvertaken = "correction-overtaken" // the reader reads something else than when it was corrected
)

// ID names a correction by what its author wrote, so that the same one given
// again is known: 64 hex digits. Call Normalise first.
func (c *Correction) ID() string {
	b, err := marshal(struct {
		Record, Field          string
		Old, New               json.RawMessage
		Reason, Author, OnDate string
	}{c.Record, c.Field, c.Old, c.New, c.Reason, c.Author, string(c.Date)})
	if err != nil {
		panic("BUG: archive: a correction that was not normalised: " + err.Error())
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// Normalise gives field and values their one written form and says what a
// correction lacks on its own, whatever the record holds.
func (c *Correction) Normalise() error {
	c.Field = strings.TrimSuffix(c.Field, ".edtf")
	if c.Field == "title.text" {
		c.Field = "title"
	}
	parts := strings.Split(c.Field, ".")
	if len(parts) == 3 && parts[0] == "participants" && parts[2] == "titles" {
		c.Field = parts[0] + "." + parts[1] + ".titles_as_written"
	}
	for _, v := range []struct {
		name string
		raw  *json.RawMessage
	}{{"old", &c.Old}, {"new", &c.New}, {"read_then", &c.ReadThen}} {
		if len(*v.raw) == 0 && v.name == "read_then" {
			continue
		}
		if err := normaliseValue(v.raw, c.Field); err != nil {
			return fmt.Errorf("%s: %w", v.name, err)
		}
	}
	if err := checkTexts(c.New); err != nil {
		return fmt.Errorf("new: %w", err)
	}
	for _, v := range []struct{ name, text string }{
		{"record", c.Record}, {"field", c.Field}, {"reason", c.Reason}, {"author", c.Author},
	} {
		if err := checkText(v.text); err != nil {
			return fmt.Errorf("%s: %w", v.name, err)
		}
		if strings.ContainsFunc(v.text, func(r rune) bool { return unicode.Is(unicode.Bidi_Control, r) }) {
			return fmt.Errorf("%s: character in it that turns the direction of writing", v.name)
		}
	}
	if _, err := ParseDate(string(c.Date)); err != nil {
		return fmt.Errorf("date: %w", err)
	}
	if !c.Date.Complete() {
		return errors.New("date: want a day, YYYY-MM-DD")
	}
	return nil
}

// normaliseValue compacts a JSON value. A list that is null is an empty one,
// and a bare number is the text it looks like ("2025" as a date) in every field
// but the one that is a number.
func normaliseValue(raw *json.RawMessage, field string) error {
	last := field[strings.LastIndexByte(field, '.')+1:]
	var v any
	d := json.NewDecoder(bytes.NewReader(*raw))
	d.UseNumber()
	if err := d.Decode(&v); err != nil {
		return errors.New("no value; unknown is null")
	}
	switch t := v.(type) {
	case nil:
		if slices.Contains(listFields, last) {
			v = []any{}
		}
	case json.Number:
		if last != "value" {
			v = t.String()
		}
	}
	b, err := marshal(v)
	*raw = b
	return err
}

// listFields are the correctable fields whose value is a list.
var listFields = []string{"titles_as_written", "by", "topics", "speakers", "inviters"}

// maxText is how many bytes a text of a correction has at most: the longest
// sentence of a declaration, and more than a reason needs.
const maxText = 4096

// checkTexts checks a value that is a text or a list of texts.
func checkTexts(raw json.RawMessage) error {
	var v any
	if err := json.Unmarshal(raw, &v); err != nil {
		return err
	}
	list, _ := v.([]any)
	for _, one := range append(list, v) {
		if s, ok := one.(string); ok {
			if err := checkText(s); err != nil {
				return err
			}
		}
	}
	return nil
}

func checkText(s string) error {
	switch {
	case strings.TrimSpace(s) == "":
		return errors.New("missing")
	case len(s) > maxText:
		return fmt.Errorf("%d bytes; at most %d are taken", len(s), maxText)
	case strings.TrimSpace(s) != s:
		return errors.New("white space around it")
	case strings.ContainsFunc(s, unicode.IsControl):
		return errors.New("control character or line end in it")
	}
	return nil
}

// Correct applies corrections to what a reader read, those of one field in the
// order in which they were made; each begins where the one before ended. The
// last one's value stands, its claim has the state corrected, and the record
// lists it; evidence and rule stay the reader's. A correction back to what the
// reader read withdraws those before it, and one that the reader has come to
// read itself rests: then nothing is corrected.
//
// The result has an error for each correction that cannot be applied: its value
// is not to be found any more, or would make the article unsound. Those, and
// values of which the reader has changed its mind since, are problems of the
// article. The article must not be corrected already, see Uncorrect.
func (a *Article) Correct(list []Correction) []error {
	refused := make([]error, len(list))
	if len(list) > 0 {
		a.unshare()
	}
	type change struct {
		*spot
		read      json.RawMessage
		readState Opt
		last      int // index into list
	}
	var changes []*change
	for i, c := range list {
		s, err := a.spot(c.Record, c.Field, c.At)
		if err != nil {
			refused[i] = err
			continue
		}
		at := slices.IndexFunc(changes, func(o *change) bool { return o.value == s.value })
		if at < 0 {
			at = len(changes)
			changes = append(changes, &change{spot: s, read: get(s.value), readState: s.claimState()})
		}
		changes[at].last = i
	}
	sound := Check(a)
	for _, ch := range changes {
		c := &list[ch.last]
		if c.Withdraws() || SameValue(ch.read, c.New) {
			continue
		}
		was := ch.claimState()
		err := set(ch.value, c.New)
		if ch.state != nil {
			*ch.state = Corrected
		}
		if err == nil {
			err = newProblem(sound, Check(a))
		}
		if err != nil {
			refused[ch.last] = err
			if err := ch.restore(ch.read, was); err != nil {
				panic("BUG: archive: what was read cannot be put back: " + err.Error())
			}
			continue
		}
		*ch.list = append(*ch.list, CorrectedField{
			Field: ch.field, Old: c.Old, New: c.New, Reason: c.Reason, Author: c.Author, Date: c.Date, Read: ch.read, ReadState: ch.readState,
		})
		if !SameValue(ch.read, c.ReadThen) {
			a.Problems = append(a.Problems, Problem{ch.paragraph, ruleOvertaken, fmt.Sprintf(
				"%s of %s was corrected from %s to %s; the reader now reads %s", ch.field, c.Record, c.ReadThen, c.New, ch.read)})
		}
	}
	for i, err := range refused {
		c := &list[i]
		followed := slices.ContainsFunc(list[i+1:], func(o Correction) bool { return o.Record == c.Record && o.Field == c.Field && sameAnchor(o.At, c.At) })
		if err != nil && !followed && !c.Withdraws() {
			a.Problems = append(a.Problems, Problem{0, ruleLost, fmt.Sprintf(
				"%s of %s was corrected to %s, which does not fit any more: %v", c.Field, c.Record, c.New, err)})
		}
	}
	return refused
}

// unshare gives each event lists of its own: a reader may have put one list
// into several.
func (a *Article) unshare() {
	own := func(who *List[Participation], agreements *List[Agreement], statements *List[Statement], figures *List[Figure]) {
		*who, *statements, *figures = slices.Clone(*who), slices.Clone(*statements), slices.Clone(*figures)
		*agreements = slices.Clone(*agreements)
		for i := range *agreements {
			(*agreements)[i].Figures = slices.Clone((*agreements)[i].Figures)
		}
	}
	for i := range a.Meetings {
		m := &a.Meetings[i]
		own(&m.Participants, &m.Agreements, &m.Statements, &m.Figures)
	}
	for i := range a.Visits {
		v := &a.Visits[i]
		own(&v.Participants, &v.Agreements, &v.Statements, &v.Figures)
	}
}

// Withdraws reports whether the correction takes back those before it: it says
// what the reader read anyway.
func (c *Correction) Withdraws() bool { return SameValue(c.New, c.ReadThen) }

func sameAnchor(a, b *Anchor) bool { return a == b || a != nil && b != nil && *a == *b }

// newProblem gives what is wrong now and was not before.
func newProblem(before, now []Problem) error {
	for _, p := range now {
		if !slices.Contains(before, p) {
			return errors.New(p.Message)
		}
	}
	return nil
}

// Uncorrect undoes Correct: it gives every value back what the reader read.
func (a *Article) Uncorrect() error {
	records := map[string]*List[CorrectedField]{a.URL: &a.Corrections}
	for i := range a.Meetings {
		records[a.Meetings[i].URL] = &a.Meetings[i].Corrections
	}
	for i := range a.Visits {
		records[a.Visits[i].URL] = &a.Visits[i].Corrections
	}
	for record, list := range records {
		for _, f := range *list {
			s, err := a.spot(record, f.Field, nil)
			if err == nil {
				err = s.restore(f.Read, f.ReadState)
			}
			if err != nil {
				return fmt.Errorf("%s: %w", record, err)
			}
		}
		*list = List[CorrectedField]{}
	}
	a.Problems = slices.DeleteFunc(a.Problems, func(p Problem) bool { return p.Rule == ruleLost || p.Rule == ruleOvertaken })
	return nil
}

// Correctable is a value that can be corrected, as a record has it.
type Correctable struct {
	Field string          // its path, with the numbers the record has
	Held  json.RawMessage // what the record says
	Read  json.RawMessage // what the reader reads there
	At    *Anchor         // where it was read, when it is part of a list
}

// Look finds the value that a correction is about. The error says what is not
// to be found.
func (a *Article) Look(c *Correction) (*Correctable, error) {
	s, err := a.spot(c.Record, c.Field, c.At)
	if err != nil {
		return nil, err
	}
	held := get(s.value)
	r := &Correctable{s.field, held, held, s.anchor}
	for _, f := range *s.list {
		if f.Field == s.field {
			r.Read = f.Read
		}
	}
	return r, nil
}

// spot is one correctable value of an article.
type spot struct {
	field     string // its path, with the numbers the record has
	value     any    // a pointer to it
	state     *State // of the claim it is part of; nil when it has none
	list      *List[CorrectedField]
	anchor    *Anchor // of the innermost element of a list it is part of
	paragraph int     // where it was read; 0 unknown

	paragraphs []Paragraph
	at         *Anchor // where to look, when the number may have changed
}

// claimState gives the state of the claim, "" where there is none.
func (s *spot) claimState() Opt {
	if s.state == nil {
		return ""
	}
	return Opt(*s.state)
}

// restore puts back a value that the record had before.
func (s *spot) restore(value json.RawMessage, state Opt) error {
	if s.state != nil {
		*s.state = State(state)
	}
	return set(s.value, value)
}

// spot finds a value by the path of its record and its field. An element of a
// list is looked for at the anchor, when there is one.
func (a *Article) spot(record, field string, at *Anchor) (*spot, error) {
	s := &spot{paragraphs: a.Paragraphs, at: at}
	parts := strings.Split(field, ".")
	if record == a.URL {
		s.list = &a.Corrections
		return s, s.enter(fields{"title": &a.Title, "publisher": &a.Publisher, "published": &a.Published}, parts)
	}
	for i := range a.Meetings {
		if m := &a.Meetings[i]; m.URL == record {
			s.list = &m.Corrections
			return s, s.enter(fields{"kind": &m.Kind, "status": &m.Status, "main": &m.Main, "date": &m.Date, "place": &m.Place,
				"participants": &m.Participants, "agreements": &m.Agreements, "statements": &m.Statements, "figures": &m.Figures,
				"visit": &m.Visit}, parts)
		}
	}
	for i := range a.Visits {
		if v := &a.Visits[i]; v.URL == record {
			s.list = &v.Corrections
			return s, s.enter(fields{"status": &v.Status, "main": &v.Main, "level": &v.Level, "date": &v.Date, "place": &v.Place,
				"participants": &v.Participants, "inviters": &v.Inviters, "agreements": &v.Agreements, "statements": &v.Statements,
				"figures": &v.Figures}, parts)
		}
	}
	return nil, fmt.Errorf("article %s has no record %s", a.URL, record)
}

// fields are the correctable fields of a record or of a part of one.
type fields map[string]any

// enter goes into the field that the path begins with and on to its end.
func (s *spot) enter(of fields, path []string) error {
	v, ok := of[path[0]]
	if !ok {
		where := s.field
		if where == "" {
			where = "the record"
		}
		return fmt.Errorf("%s has no field %q to correct; there are %s", where, path[0], strings.Join(slices.Sorted(maps.Keys(of)), ", "))
	}
	s.extend(path[0])
	rest := path[1:]
	switch v := v.(type) {
	case *Title:
		return s.end(&v.Text, &v.State, nil, rest)
	case *DateClaim:
		return s.end(&v.EDTF, &v.State, v.Evidence, rest)
	case *Place:
		s.state, s.paragraph = &v.State, paragraphOf(v.Evidence)
		return s.part(fields{"venue": &v.Venue, "city": &v.City, "country": &v.Country}, rest)
	case *List[Participation]:
		return s.participant(*v, rest)
	case *List[Agreement]:
		i, err := s.element(len(*v), func(i int) []Evidence { return (*v)[i].Evidence }, rest)
		if err != nil {
			return err
		}
		g := &(*v)[i]
		return s.part(fields{"force": &g.Force, "actor": &g.Actor, "by": &g.By, "topics": &g.Topics, "due": &g.Due, "figures": &g.Figures}, rest[1:])
	case *List[Statement]:
		i, err := s.element(len(*v), func(i int) []Evidence { return (*v)[i].Evidence }, rest)
		if err != nil {
			return err
		}
		t := &(*v)[i]
		return s.part(fields{"speakers": &t.Speakers, "mode": &t.Mode}, rest[1:])
	case *List[Figure]:
		i, err := s.element(len(*v), func(i int) []Evidence { return (*v)[i].Evidence }, rest)
		if err != nil {
			return err
		}
		f := &(*v)[i]
		return s.part(fields{"measure": &f.Measure, "value": &f.Value, "unit": &f.Unit, "currency": &f.Currency, "period": &f.Period, "role": &f.Role}, rest[1:])
	}
	return s.end(v, s.state, nil, rest)
}

func (s *spot) extend(part string) {
	if s.field != "" {
		s.field += "."
	}
	s.field += part
}

// end takes v for the value that was looked for.
func (s *spot) end(v any, state *State, evidence []Evidence, rest []string) error {
	if len(rest) > 0 {
		return fmt.Errorf("%s has no part %q", s.field, strings.Join(rest, "."))
	}
	s.value, s.state = v, state
	if len(evidence) > 0 {
		s.paragraph = paragraphOf(evidence)
	}
	return nil
}

// part goes into a part of a value that has several.
func (s *spot) part(of fields, rest []string) error {
	if len(rest) == 0 {
		return fmt.Errorf("%s is no single value; name one of %s", s.field, strings.Join(slices.Sorted(maps.Keys(of)), ", "))
	}
	return s.enter(of, rest)
}

func (s *spot) participant(who []Participation, rest []string) error {
	if len(rest) == 0 {
		return fmt.Errorf("%s is no single value; name one by slug", s.field)
	}
	i := slices.IndexFunc(who, func(p Participation) bool { return p.Person == rest[0] })
	if i < 0 && s.at != nil {
		i = s.nearest(len(who), func(i int) []Evidence { return who[i].Evidence })
	}
	if i < 0 {
		return fmt.Errorf("no participant %q", rest[0])
	}
	p := &who[i]
	s.extend(p.Person)
	s.hold(p.Evidence, 0)
	if len(rest) > 1 && rest[1] == "country" {
		s.state = &p.CountryState
	}
	return s.part(fields{"titles_as_written": &p.TitlesAsWritten, "country": &p.Country, "organisation": &p.Organisation,
		"side": &p.Side, "capacity": &p.Capacity}, rest[1:])
}

// element finds an element of a list of n by its anchor or else by its number.
func (s *spot) element(n int, evidence func(i int) []Evidence, rest []string) (int, error) {
	if len(rest) == 0 {
		return 0, fmt.Errorf("%s is no single value; name one by number, from 1", s.field)
	}
	i := -1
	if s.at != nil {
		i = s.nearest(n, evidence)
	} else if number, err := strconv.Atoi(rest[0]); err == nil && number >= 1 && number <= n {
		i = number - 1
	}
	if i < 0 {
		return 0, fmt.Errorf("%s: no %s; there are %d", s.field, rest[0], n)
	}
	s.extend(strconv.Itoa(i + 1))
	rank := 0
	for j := range i {
		if len(evidence(i)) > 0 && len(evidence(j)) > 0 && evidence(j)[0] == evidence(i)[0] {
			rank++
		}
	}
	s.hold(evidence(i), rank)
	return i, nil
}

// hold notes where the element was read.
func (s *spot) hold(evidence []Evidence, rank int) {
	s.paragraph = paragraphOf(evidence)
	if len(evidence) > 0 {
		s.anchor = &Anchor{evidence[0], rank}
	}
}

// nearest finds the element that was read from the words of the anchor, or from
// those that overlap them most; -1 when there is none. In another version of the
// text the same words may stand elsewhere. Of several alike the rank decides.
func (s *spot) nearest(n int, evidence func(i int) []Evidence) int {
	at := s.at
	there := at.Paragraph >= 1 && at.Paragraph <= len(s.paragraphs) && validRange(s.paragraphs[at.Paragraph-1].Text, at.Start, at.End) &&
		s.paragraphs[at.Paragraph-1].Text[at.Start:at.End] == at.Quote
	best, found := 0.0, []int(nil)
	for i := range n {
		alike := 0.0
		for _, e := range evidence(i) {
			switch {
			case there && e.Paragraph == at.Paragraph:
				shared := min(e.End, at.End) - max(e.Start, at.Start)
				alike = max(alike, float64(shared)/float64(max(e.End, at.End)-min(e.Start, at.Start)))
			case !there && e.Quote == at.Quote:
				alike = 1
			}
		}
		switch {
		case alike > best:
			best, found = alike, []int{i}
		case alike == best && alike > 0:
			found = append(found, i)
		}
	}
	if at.Rank >= 0 && at.Rank < len(found) {
		return found[at.Rank]
	}
	return -1
}

func paragraphOf(evidence []Evidence) int {
	if len(evidence) == 0 {
		return 0
	}
	return evidence[0].Paragraph
}

// get gives the JSON of what a spot points to.
func get(value any) json.RawMessage {
	b, err := marshal(value)
	if err != nil {
		panic("BUG: archive: a value without JSON: " + err.Error())
	}
	if string(b) == "null" && reflect.TypeOf(value).Elem().Kind() == reflect.Slice {
		return json.RawMessage("[]")
	}
	return b
}

// set gives what a spot points to the value raw, or leaves it as it was and
// says why not.
func set(value any, raw json.RawMessage) error {
	v := reflect.ValueOf(value).Elem()
	old := reflect.New(v.Type()).Elem()
	old.Set(v)
	v.SetZero() // json would write into the old list's memory
	err := json.Unmarshal(raw, value)
	var wrong *json.UnmarshalTypeError
	switch {
	case errors.As(err, &wrong):
		err = fmt.Errorf("%s is a %s, want %s", raw, wrong.Value, want(v.Type()))
	case err == nil && !SameValue(get(value), raw):
		err = fmt.Errorf("%s is no value of this field, want %s", raw, want(v.Type()))
	}
	if err != nil {
		v.Set(old)
	}
	return err
}

// want says in a word what a type takes.
func want(t reflect.Type) string {
	switch t.Kind() {
	case reflect.Slice:
		return "a list of texts"
	case reflect.Bool:
		return "true or false"
	case reflect.Float64:
		return "a number"
	}
	if t == reflect.TypeFor[Opt]() || t == reflect.TypeFor[Date]() {
		return "a text or null"
	}
	return "a text"
}

// SameValue reports whether two pieces of JSON are one value, however written.
func SameValue(x, y json.RawMessage) bool {
	var a, b any
	if json.Unmarshal(x, &a) != nil || json.Unmarshal(y, &b) != nil {
		return false
	}
	return reflect.DeepEqual(a, b)
}
