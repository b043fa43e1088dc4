// Package extract reads diplomatic communiqués: an article goes in, the
// meetings and visits it reports come out, each value with the words it was
// read from and the name of the rule that read it. It reads the genre, in
// Vietnamese, and knows no article in particular.
//
//	Ngày 5/2, tại Viêng Chăn, Tổng Bí thư Tô Lâm hội đàm với Tổng Bí thư, Chủ
//	tịch nước Lào Thongloun Sisoulith. Hai bên nhất trí nâng kim ngạch lên 10 tỷ USD.
//
// published on 2026-02-05 gives one meeting:
//
//	kind    talks        event-talks               “hội đàm”
//	status  held
//	date    2026-02-05   date-day-month+published  “Ngày 5/2”
//	place   Viêng Chăn, LA   place-named           “Viêng Chăn”
//	people  Tô Lâm (VN), Thongloun Sisoulith (LA), both principal
//	agreed  “Hai bên nhất trí nâng kim ngạch lên 10 tỷ USD.” by both; 10 tỷ USD, a target
//
// # The passes
//
// [Meetings] runs them in order; each fills the reader for the next.
//
//  1. Words (token.go), phrases of the lexicon (lexicon.go), sentences. A paragraph is
//     looked up in one walk over a trie, whatever the number of phrases.
//  2. Dates (date.go): all of them, before any is given to an event.
//  3. Mentions (person.go): title, country and name in any order, one grammar, with
//     a file each for the office and what belongs to it (office.go), the name
//     (name.go) and what stands behind the name (apposition.go). An office alone
//     ("Tổng Bí thư") and a pronoun are mentions too.
//  4. Entities (entity.go): which mentions are one person, of which country, and
//     whom of the authority list a spelling means (identity.go).
//  5. Events (event.go): each sentence from its triggers ("hội đàm", "tiếp",
//     "thăm"). A later sentence that tells of the same people joins its event
//     ([event.touch]). See below.
//  6. Attendance (attend.go): "Cùng dự có …", who invited, named spouses.
//  7. Time and place (when.go, place.go): from the sentences that tell of the event,
//     then from the visit, then from the rest of the article.
//  8. What is no encounter of two countries is dropped, and agreements, figures
//     and statements go to the events that the text is about at that place
//     (agreement.go, sides.go, figure.go, statement.go).
//
// # Who met whom
//
// A trigger and its frame ([reader.meetingFrame], frame.go) give an encounter in
// steps: who stands before ([reader.subjects], subject.go), also in "được … tiếp";
// whom the list after it names ([text.objects], object.go), also in "giữa A và B";
// who is meant where one side is not named here; then one event, or one for each
// of "lần lượt gặp A, B và C". What the steps ask of the words is in clause.go:
// does a verb of speech stand between, is it wished, is it to come.
//
// What is told in another way has a file: several encounters whose people are
// never named (series.go), or follow one a paragraph: once the text shows a series,
// each sentence whose topic is one more foreigner in office is one more of it
// (closure.go); messages (message.go), those to leaders whom nobody names (mail.go)
// and those said and not written (tribute.go), a delegation for its leader
// (party.go), "hai nhà lãnh đạo" (pair.go), a conference by its chairs
// (conference.go), a ceremony of welcome (ceremony.go) or at which something is
// handed over (handover.go), journeys (visit.go, and journey.go where
// no word of travel tells them), and what no frame gave (implied.go). In nation.go the people of one encounter say of which country
// another is.
//
// # Who agrees
//
// A sentence is an agreement by its verb ("nhất trí", "cam kết", "ký", "khẳng
// định") and by the subject that stands nearest before it ([reader.undertakers]):
// "hai bên" in all its names, two people, countries or bodies side by side, "X
// thống nhất với Y", a joint document, or what somebody says the sides did. Not
// the sides when they are only asked to ("đề nghị hai bên …"), stand in a
// relative or conditional clause, or agreed at another time. A list goes on
// without verb or subject until somebody speaks for himself, and with what each
// side gives ("Theo đó, Việt Nam sẽ …"). What no verb of agreement says is in
// accord.go. It belongs to the encounter the text is about there, or whose guest
// the sentence names; to each of a series where the sentence says so ("tại các
// cuộc gặp", "từng đối tác"); to the visit in a joint statement.
//
// # What holds
//
//   - Furniture and bylines contribute nothing. A caption may tell of a meeting,
//     but the body outweighs it, and no date is taken from it.
//   - A value is stated or inferred and says which. A year that cannot be had is
//     XXXX, a city that is not said is empty. Publication is not the event.
//   - A wish of one side ("đề nghị") is proposed, never agreed; its assent or
//     promise alone is a statement. A count without content ("đã ký nhiều văn
//     kiện") is no more than its sentence.
//   - Who speaks, undertakes or invites takes part in the event it stands in.
//     The evidence of a person holds the titles, that of a place its name.
//   - Chinese names in Vietnamese reading look Vietnamese: their country comes
//     from the office, the list they stand in or the authority list.
//   - A country nobody says is inferred from the side ("phía Nga có …"), the
//     party, the delegation somebody leads or, for whom a guest meets, the place;
//     among people of third countries it stays empty.
//   - Who serves an office ("Cố vấn Tổng thống") or is married to one does not
//     hold it; a queen or princess named beside her husband meets whom he meets.
//     Heads of firms are no side of a meeting of countries.
//   - Time grows with the text: sentences are read in windows, people and events
//     of one article are bounded.
//
// # Adding a rule
//
//  1. `vankho extract -explain FILE` shows what the passes made of a text, see
//     [Explain].
//  2. A missing word goes into lexicon/*.txt, which say at their top what a line
//     means and where the list comes from. A missing frame goes into the pass it
//     belongs to, with a txtar of its own in testdata: a sentence of our own, never
//     one from a found page.
//  3. A value that is read in a new way has a new name in [Rules], which it keeps.
//  4. `go test -update` rewrites the score tables; their diff is what the rule did.
//
// # What it is measured on
//
// Each set has a score_SET.txt. What persons read is in gold, which no program
// writes.
//
//   - seeds: the articles that came with the project. Read them.
//   - devset_a: testdata/devset, to develop on, but for the few texts of it that
//     are held out: devset_b.
//   - pages and news: the pages and news texts found on the web, to read;
//     score_pages.txt and score_news.txt name what is still misread.
//   - heldout: texts that no rule was made for. Of what is held out look at the
//     table, not at the texts: only so does it say how unseen texts are read.
package extract
