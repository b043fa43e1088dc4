// Package archive is the vocabulary of the house: what an article, a meeting,
// a visit, a person, an agreement and a figure are, in Go and in JSON.
//
// Everything else speaks in these types. [Article] is the unit that travels:
// source.Read makes one from a file, extract.Meetings adds the meetings and
// visits it reports, [Check] says what cannot be true of it, store.Put keeps
// it, search and site show it. The JSON form of each type is the published
// record format, "vankho/article/1"; fields are added, never renamed or moved.
//
// Three rules hold for every record:
//
//   - A value is stated or inferred and says which ([State]); what the text
//     does not say is empty: null or [] in JSON, the zero value in Go.
//   - Every value carries [Evidence]: the paragraph and the byte range of the
//     words it was read from, with those words, and the name of the rule.
//   - Text is NFC and otherwise verbatim. Errors of the source stay visible.
//
// Offsets are bytes into the UTF-8 text of one paragraph, half open, and lie
// on rune borders. Paragraphs and sentences are counted from 1.
//
// The package imports nothing but the standard library and does no I/O.
package archive

import (
	"bytes"
	"cmp"
	"encoding/json"
	"slices"
)

// SchemaArticle names the JSON form of [Article].
const SchemaArticle = "vankho/article/1"

// Opt is a text that may be unknown. The empty string is null in JSON.
type Opt string

// MarshalJSON writes null for the empty string.
func (o Opt) MarshalJSON() ([]byte, error) {
	if o == "" {
		return []byte("null"), nil
	}
	return marshal(string(o))
}

// UnmarshalJSON reads null as the empty string.
func (o *Opt) UnmarshalJSON(b []byte) error {
	var s *string
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	*o = ""
	if s != nil {
		*o = Opt(*s)
	}
	return nil
}

// List is a slice that is [] in JSON, not null, when it is empty: see
// [Article.Complete].
type List[T any] []T

// marshal is json.Marshal without HTML escapes: records quote their sources
// verbatim, and "<" in a quote is "<" in its JSON.
func marshal(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimRight(b.Bytes(), "\n"), nil
}

// Encode gives the canonical JSON of a record, on one line and without a
// newline: what is stored, hashed, printed and served.
func Encode(v any) ([]byte, error) { return marshal(v) }

// State says how a value came to be known.
type State string

// The states of a claim.
const (
	Stated      State = "stated"      // the words say it
	Inferred    State = "inferred"    // it follows from the words and their context
	NotStated   State = "not_stated"  // the text does not say
	Conflicting State = "conflicting" // two articles disagree
	Corrected   State = "corrected"   // set by a person, with a reason
)

// Article is one published text with everything read from it.
type Article struct {
	Schema  string `json:"schema"`  // SchemaArticle
	ID      string `json:"id"`      // see NewID
	URL     string `json:"url"`     // "/a/" + ID
	Version int    `json:"version"` // 1, 2, …: counts the different bytes received under one identity

	Source     Source          `json:"source"`
	Title      Title           `json:"title"`
	Publisher  Opt             `json:"publisher"` // as a reader names it: "Tiền Phong" for "TPO"
	Published  DateClaim       `json:"published"` // publication day; not the day of the event
	Paragraphs List[Paragraph] `json:"paragraphs"`
	Meetings   List[Meeting]   `json:"meetings"`
	Visits     List[Visit]     `json:"visits"`
	Problems   List[Problem]   `json:"problems"`

	Corrections List[CorrectedField] `json:"corrections"` // of the title, publisher and publication day
}

// Source says which bytes the article was read from.
type Source struct {
	Name     string `json:"name"`     // base name of the file
	Identity string `json:"identity"` // what the id is minted from: the source's URL, else "collection/name"
	SHA256   string `json:"sha256"`   // of the original bytes, in hex
	Bytes    int    `json:"bytes"`
	Media    string `json:"media"` // "text/plain", "text/markdown" or "text/html"
	URL      Opt    `json:"url"`   // where the publisher put it, if the source says
}

// Title is the headline. One that the source lacks is derived from the lead
// and has the state inferred.
type Title struct {
	Text  string `json:"text"`
	State State  `json:"state"`
	Rule  string `json:"rule"`
}

// ParagraphKind says what a paragraph is for.
type ParagraphKind string

// The kinds of paragraph.
const (
	TitleParagraph ParagraphKind = "title"
	Lead           ParagraphKind = "lead"
	Body           ParagraphKind = "body"
	Heading        ParagraphKind = "heading"
	Caption        ParagraphKind = "caption"
	Byline         ParagraphKind = "byline"
	Furniture      ParagraphKind = "furniture" // related links, adverts, page clocks
)

// Paragraph is one block of the original, furniture included.
type Paragraph struct {
	N    int           `json:"n"` // from 1, over the whole original
	Kind ParagraphKind `json:"kind"`
	Text string        `json:"text"` // NFC, otherwise verbatim, no surrounding white space

	// Sentences holds the byte offset at which each sentence begins; the
	// first is 0. They are frozen with the version: "#d4-s2" is the sentence
	// that begins at Sentences[1] of paragraph 4 and ends where the next
	// begins, white space trimmed.
	Sentences List[int] `json:"sentences"`
}

// Sentence gives the span of sentence s (from 1) without the white space that
// follows it, and whether there is such a sentence.
func (p *Paragraph) Sentence(s int) (Span, bool) {
	if s < 1 || s > len(p.Sentences) {
		return Span{}, false
	}
	start, end := p.Sentences[s-1], len(p.Text)
	if s < len(p.Sentences) {
		end = p.Sentences[s]
	}
	for end > start && (p.Text[end-1] == ' ' || p.Text[end-1] == '\n' || p.Text[end-1] == '\t') {
		end--
	}
	return Span{Paragraph: p.N, Start: start, End: end}, true
}

// SentenceAt gives the number (from 1) of the sentence that holds the byte
// offset off.
func (p *Paragraph) SentenceAt(off int) int {
	n, _ := slices.BinarySearch(p.Sentences, off+1)
	return max(1, n)
}

// Readable reports whether facts may be read from the paragraph: everything
// except furniture and bylines.
func (p *Paragraph) Readable() bool { return p.Kind != Furniture && p.Kind != Byline }

// MeetingKind is the form of an encounter.
type MeetingKind string

// The kinds of meeting, with the words that usually name them.
const (
	Talks        MeetingKind = "talks"         // hội đàm
	CourtesyCall MeetingKind = "courtesy_call" // hội kiến, chào xã giao
	Reception    MeetingKind = "reception"     // tiếp (a guest of lower rank, an envoy)
	Encounter    MeetingKind = "meeting"       // gặp, tiếp xúc, cuộc gặp cấp cao
	PhoneCall    MeetingKind = "phone_call"    // điện đàm
	Online       MeetingKind = "online"        // hội đàm trực tuyến
	Summit       MeetingKind = "summit"        // hội nghị cấp cao
	Ceremony     MeetingKind = "ceremony"      // lễ đón, lễ ký, when it is the subject
	Message      MeetingKind = "message"       // thư, điện mừng
)

// MeetingKinds lists every kind, in the order in which pages show them.
var MeetingKinds = []MeetingKind{Talks, Encounter, Reception, CourtesyCall, PhoneCall, Online, Summit, Ceremony, Message}

// Status says whether an event has taken place as the article tells it.
type Status string

// The statuses of a meeting or visit.
const (
	Held      Status = "held"      // it took place, and the article reports it
	Announced Status = "announced" // it was still to come
	Recalled  Status = "recalled"  // an earlier one, mentioned in passing
)

// Meeting is one encounter of representatives of two or more countries or
// international organisations. A series of meetings is one record per
// counterpart.
type Meeting struct {
	ID     string      `json:"id"`
	URL    string      `json:"url"` // "/m/" + ID
	Kind   MeetingKind `json:"kind"`
	Status Status      `json:"status"`
	Main   bool        `json:"main"` // false for what is only recalled or mentioned in passing

	Date         DateClaim           `json:"date"`
	Place        Place               `json:"place"`
	Participants List[Participation] `json:"participants"`
	Agreements   List[Agreement]     `json:"agreements"`
	Statements   List[Statement]     `json:"statements"`
	Figures      List[Figure]        `json:"figures"`
	Visit        Opt                 `json:"visit"` // id of the visit it was part of

	Evidence List[Evidence] `json:"evidence"` // the words that name the encounter
	Rule     string         `json:"rule"`     // what read kind and status

	Corrections List[CorrectedField] `json:"corrections"` // the values of this record that people have corrected
}

// Visit is one journey of a guest to a host country.
type Visit struct {
	ID     string `json:"id"`
	URL    string `json:"url"`  // "/v/" + ID
	Kind   string `json:"kind"` // always "visit"
	Status Status `json:"status"`
	Main   bool   `json:"main"`
	Level  Opt    `json:"level"` // "state" cấp Nhà nước, "official" chính thức, "working" làm việc

	Date         DateClaim           `json:"date"`
	Place        Place               `json:"place"`
	Participants List[Participation] `json:"participants"` // the side says who is guest and who is host
	Inviters     List[string]        `json:"inviters"`     // person slugs of those who invited
	Agreements   List[Agreement]     `json:"agreements"`
	Statements   List[Statement]     `json:"statements"`
	Figures      List[Figure]        `json:"figures"`

	Evidence List[Evidence] `json:"evidence"`
	Rule     string         `json:"rule"`

	Corrections List[CorrectedField] `json:"corrections"`
}

// DateClaim is a day, month, year or interval with where it was read.
type DateClaim struct {
	EDTF     Date           `json:"edtf"`
	State    State          `json:"state"`
	Evidence List[Evidence] `json:"evidence"`
	Rule     string         `json:"rule"`
}

// Place is where an event took place, as far as the text lets one know.
type Place struct {
	Venue    Opt            `json:"venue"`   // "Phủ Chủ tịch"
	City     Opt            `json:"city"`    // in Vietnamese: "Viêng Chăn"
	Country  Opt            `json:"country"` // ISO 3166-1 alpha-2, upper case
	State    State          `json:"state"`
	Evidence List[Evidence] `json:"evidence"`
	Rule     string         `json:"rule"`
}

// Side is the part someone takes at an event.
type Side string

// The sides. Unknown is the empty Opt.
const (
	HostSide  Side = "host"
	GuestSide Side = "guest"
	ThirdSide Side = "third"
)

// Capacity is the rank of someone's part in an event.
type Capacity string

// The capacities.
const (
	Principal Capacity = "principal"
	Attending Capacity = "attending"
	Witness   Capacity = "witness"
)

// Participation is one person's part in one event. Titles and country are as
// of that day, as the article gives them; they are never looked up from today.
type Participation struct {
	Person          string         `json:"person"`             // slug, see DESIGN: /p/{slug}
	Name            string         `json:"name"`               // the spelling to show beside what the article tells
	KnownAs         string         `json:"known_as,omitempty"` // the archive's spelling, where it is another: see Known
	NameAsWritten   string         `json:"name_as_written"`
	TitlesAsWritten List[string]   `json:"titles_as_written"` // the fullest form in the article
	Country         Opt            `json:"country"`           // ISO 3166-1 alpha-2
	CountryState    State          `json:"country_state"`
	Organisation    Opt            `json:"organisation"` // when someone speaks for one, not for a country
	Side            Opt            `json:"side"`         // a Side
	Capacity        Capacity       `json:"capacity"`
	Evidence        List[Evidence] `json:"evidence"`
	Rule            string         `json:"rule"`
}

// Known gives the archive's spelling of the name, by which a person goes where
// no article is in hand: on the person's page, in lists across all records.
func (p *Participation) Known() string { return cmp.Or(p.KnownAs, p.Name) }

// Force is what kind of undertaking an agreement is.
type Force string

// The forces, from the verbs that carry them.
const (
	Agreed     Force = "agreed"     // nhất trí, thống nhất, đồng ý
	Committed  Force = "committed"  // cam kết
	Signed     Force = "signed"     // ký
	Witnessed  Force = "witnessed"  // chứng kiến lễ trao: not the same as signed
	Reaffirmed Force = "reaffirmed" // khẳng định, nhắc lại
	Proposed   Force = "proposed"   // đề nghị: by one side, never an agreement
	Welcomed   Force = "welcomed"   // hoan nghênh
)

// Forces lists every force, strongest first, in the order pages show them.
var Forces = []Force{Signed, Agreed, Committed, Witnessed, Reaffirmed, Welcomed, Proposed}

// Binding reports whether the force is a joint or own undertaking rather than
// a wish or a courtesy: what a reader may call "agreed".
func (f Force) Binding() bool { return f == Agreed || f == Committed || f == Signed }

// Actor says whose undertaking it is.
type Actor string

// The actors.
const (
	OneSide   Actor = "one"
	BothSides Actor = "both"
	AllSides  Actor = "all"
)

// Agreement is what was said to be done.
type Agreement struct {
	Force    Force          `json:"force"`
	Actor    Actor          `json:"actor"`
	By       List[string]   `json:"by"`   // person slugs, when one side speaks
	Text     string         `json:"text"` // the whole sentence, verbatim
	Topics   List[string]   `json:"topics"`
	Figures  List[Figure]   `json:"figures"`
	Due      Date           `json:"due"`
	Evidence List[Evidence] `json:"evidence"`
	Rule     string         `json:"rule"`
}

// Statement is what someone said.
type Statement struct {
	Speakers List[string]   `json:"speakers"` // person slugs
	Verb     string         `json:"verb"`     // the reporting verb as written: "khẳng định"
	Mode     string         `json:"mode"`     // "direct" or "reported"
	Text     string         `json:"text"`     // verbatim
	Evidence List[Evidence] `json:"evidence"`
	Rule     string         `json:"rule"`
}

// Figure is a number with what it measures.
type Figure struct {
	Measure   string         `json:"measure"`    // "kim ngạch thương mại song phương"
	AsWritten string         `json:"as_written"` // "10 tỷ USD"
	Value     float64        `json:"value"`      // in whole units: 10 tỷ is 1e10
	Unit      Opt            `json:"unit"`       // "học bổng", "%"; null for money
	Currency  Opt            `json:"currency"`   // ISO 4217
	Period    Opt            `json:"period"`     // EDTF, or an ISO 8601 duration for a rate: "P1Y" mỗi năm
	Role      string         `json:"role"`       // "actual", "target", "pledge" or "count"
	Evidence  List[Evidence] `json:"evidence"`
	Rule      string         `json:"rule"`
}

// Problem is what the reader could not make out. It is shown, not hidden.
type Problem struct {
	Paragraph int    `json:"paragraph"` // 0 when it is about the whole article
	Rule      string `json:"rule"`
	Message   string `json:"message"`
}
