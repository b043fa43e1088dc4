package site

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"

	"vankho/internal/archive"
	"vankho/internal/testkit"
	"vankho/internal/vitext"
)

// drawn writes a passage on one line: [-only in the quotation-], {+only in the
// article+}.
func drawn(list []piece) string {
	var b strings.Builder
	for _, p := range list {
		switch p.Op {
		case pieceDel:
			b.WriteString("[-" + p.Text + "-]")
		case pieceIns:
			b.WriteString("{+" + p.Text + "+}")
		default:
			b.WriteString(p.Text)
		}
	}
	return b.String()
}

func TestQuote(t *testing.T) {
	talks := testkit.Articles()[0]
	const said = "Tổng thống Ana Moreira khẳng định Brazil coi trọng quan hệ với Việt Nam"
	tests := []struct {
		name, quote string
		verdict     string
		differs     string
		where       string // the sentences
		drawn       string
	}{
		{"as it stands", said + ".", "exact", "", "5.1", said},
		{"decomposed, in quotation marks, with odd spaces", "“" + norm.NFD.String(strings.ReplaceAll(said, " ", "\u00a0 ")) + "”", "exact", "", "5.1", said},
		{"from the middle of one sentence into the next", "coi trọng quan hệ với Việt Nam. Chủ tịch nước đề nghị", "exact", "", "5.1 5.2",
			"coi trọng quan hệ với Việt Nam. Chủ tịch nước đề nghị"},
		{"two paragraphs, past a caption", "thăm cấp Nhà nước Việt Nam từ ngày 11 đến 13/3/2026. Sáng 12/3, tại Phủ Chủ tịch", "exact", "", "2.1 4.1",
			"thăm cấp Nhà nước Việt Nam từ ngày 11 đến 13/3/2026.\n\nSáng 12/3, tại Phủ Chủ tịch"},
		{"of the caption", "Hai nhà lãnh đạo tại lễ đón", "exact", "", "3.1", "Hai nhà lãnh đạo tại lễ đón"},
		{"cut with dots", "Hai bên nhất trí … tăng cường hợp tác quốc phòng", "exact", "", "7.1", "Hai bên nhất trí […] tăng cường hợp tác quốc phòng"},
		{"cut over paragraphs, in brackets", "Cùng dự có Bộ trưởng Ngoại giao [...] đề nghị sớm mở đường bay thẳng", "exact", "", "4.2 5.2",
			"Cùng dự có Bộ trưởng Ngoại giao […] đề nghị sớm mở đường bay thẳng"},
		{"dots at both ends", "...coi trọng quan hệ với Việt Nam...", "exact", "", "5.1", "coi trọng quan hệ với Việt Nam"},
		{"another dash", "tăng cường hợp tác quốc phòng – an ninh", "exact", "", "7.1", "tăng cường hợp tác quốc phòng - an ninh"},
		{"without marks", "tong thong ana moreira khang dinh brazil coi trong quan he", "near", "case marks", "5.1",
			"Tổng thống Ana Moreira khẳng định Brazil coi trọng quan hệ"},
		{"a small letter, a word too many", "hai nhà lãnh đạo tại lễ đón, đưa", "near", "case words", "3.1",
			"[-hai-] {+Hai+} nhà lãnh đạo tại lễ đón [-đưa-]"},
		{"a word changed", strings.Replace(said, "coi trọng", "xem trọng", 1), "near", "words", "5.1",
			"Tổng thống Ana Moreira khẳng định Brazil [-xem-] {+coi+} trọng quan hệ với Việt Nam"},
		{"a word left out", strings.Replace(said, "khẳng định ", "", 1), "near", "words", "5.1",
			"Tổng thống Ana Moreira {+khẳng định+} Brazil coi trọng quan hệ với Việt Nam"},
		{"a word put in", strings.Replace(said, "coi trọng", "luôn coi trọng", 1), "near", "words", "5.1",
			"Tổng thống Ana Moreira khẳng định Brazil [-luôn-] coi trọng quan hệ với Việt Nam"},
		{"another sum", "đưa kim ngạch thương mại song phương lên 20 tỷ USD vào năm 2030", "near", "words", "7.1",
			"đưa kim ngạch thương mại song phương lên [-20-] {+15+} tỷ USD vào năm 2030"},
		{"another comma", "Hai bên nhất trí, đưa kim ngạch thương mại", "near", "punctuation", "7.1", "Hai bên nhất trí đưa kim ngạch thương mại"},
		{"the parts in another order", "tăng cường hợp tác quốc phòng … Hai bên nhất trí đưa kim ngạch thương mại song phương lên 15 tỷ USD", "near", "words", "7.1",
			"[-tăng cường hợp tác quốc phòng-] […] Hai bên nhất trí đưa kim ngạch thương mại song phương lên 15 tỷ USD"},
		{"half of it", "Hai bên nhất trí giảm mạnh quan hệ buôn bán với nhau trong năm nay", "absent", "words", "", ""},
		{"furniture is nobody's words", "Tin khác: Thủ tướng làm việc tại Đồng Nai", "absent", "words", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			q := newSought(tt.quote)
			p := q.match(talks)
			if p == nil {
				if tt.verdict != quoteAbsent {
					t.Fatalf("match(%q): nothing", tt.quote)
				}
				return
			}
			if p.verdict != tt.verdict || strings.Join(p.differs, " ") != tt.differs {
				t.Errorf("match(%q): %s, differs in %q, score %.2f; want %s, %q", tt.quote, p.verdict, p.differs, p.score, tt.verdict, tt.differs)
			}
			if tt.verdict == quoteAbsent {
				return
			}
			var where []string
			for _, s := range sentencesOf(talks, p.evidence()) {
				where = append(where, strings.ReplaceAll(strings.TrimPrefix(s.url(talks), "/a/"+talks.ID+"/v/1#d"), "-s", "."))
			}
			if got := strings.Join(where, " "); got != tt.where {
				t.Errorf("match(%q): in %q, want %q", tt.quote, got, tt.where)
			}
			_, list, _ := p.pieces(q)
			if diff := cmp.Diff(tt.drawn, drawn(list)); diff != "" {
				t.Errorf("match(%q) (-want +got):\n%s", tt.quote, diff)
			}
		})
	}
}

// FuzzQuote: whatever is looked for, the passage is words of the article as
// they stand, every word of the quotation is shown once, and what was cut from
// the text is found in it.
func FuzzQuote(f *testing.F) {
	article := testkit.Articles()[0]
	for _, p := range article.Paragraphs {
		f.Add(p.Text, 0, len(p.Text))
	}
	f.Add("a … b [...] c", 3, 40)
	text := newQuotable(article, newLexicon())
	f.Fuzz(func(t *testing.T, quote string, from, n int) {
		q := newSought(quote)
		if q.words > 0 && q.words < 200 {
			checkPassage(t, q, q.match(article))
		}
		if from < 0 || n < minQuoteWords || from+n < n || from+n > len(text.words) {
			return
		}
		cut := text.written(from, from+n)
		if strings.Contains(cut, "…") || strings.Contains(cut, "...") {
			return
		}
		q = newSought(cut)
		p := q.match(article)
		if p == nil || p.verdict != quoteExact || plainForm(p.quote()) != plainForm(cut) {
			t.Errorf("match(%q): got %+v, want it exact", cut, p)
		}
		checkPassage(t, q, p)
	})
}

func checkPassage(t *testing.T, q *sought, p *passage) {
	if p == nil {
		return
	}
	_, list, _ := p.pieces(q)
	words := 0
	var theirs strings.Builder
	for _, one := range list {
		n := len(newLexicon().read(one.Text).words)
		switch one.Op {
		case pieceDel:
			words += n
		case pieceSame:
			words += n
			theirs.WriteString(one.Text)
		case pieceIns:
			theirs.WriteString(one.Text)
		}
	}
	if words != q.words {
		t.Errorf("%+v: %d words shown, want %d: %q", q.segments, words, q.words, drawn(list))
	}
	if got, want := plainForm(theirs.String()), strings.ReplaceAll(plainForm(p.quote()), plainForm("[…]"), ""); got != want {
		t.Errorf("shown as the article's words: %q, want %q", got, want)
	}
	for _, e := range p.evidence() {
		if para := p.text.article.Paragraphs[e.Paragraph-1]; para.Text[e.Start:e.End] != e.Quote {
			t.Errorf("evidence %+v does not stand there", e)
		}
	}
	if from, to := p.where(); from >= to || p.score < 0 || p.score > 1 {
		t.Errorf("words %d to %d, score %v", from, to, p.score)
	}
}

func TestAlignIsBounded(t *testing.T) {
	l := newLexicon()
	long := l.read(strings.Repeat("một hai ba ", 1000))
	other := l.read(strings.Repeat("bốn năm sáu ", 1000))
	if _, ok := align(long.words, other.words, false); ok {
		t.Error("align of 3,000 words with 3,000 others: done, want it declined")
	}
	if steps, ok := align(long.words, long.words, false); !ok || len(steps) != len(long.words) {
		t.Errorf("align of 3,000 words with themselves: %d steps, %v", len(steps), ok)
	}
}

// BenchmarkMatch compares a quotation of two hundred words with an article of
// two thousand that has half of them.
func BenchmarkMatch(b *testing.B) {
	article := testkit.Articles()[0]
	var long, other []string
	for i := range 40 {
		long = append(long, strings.ReplaceAll(article.Paragraphs[i%7].Text, "12", fmt.Sprint(i)))
	}
	for i, word := range strings.Fields(strings.Join(long[14:22], " ")) {
		if i%10 < 5 {
			word += "x"
		}
		other = append(other, word)
	}
	article.Paragraphs = article.Paragraphs[:0]
	for i, text := range long {
		article.Paragraphs = append(article.Paragraphs, archive.Paragraph{N: i + 1, Kind: archive.Body, Text: text, Sentences: vitext.Sentences(text)})
	}
	for name, quote := range map[string]string{"exact": strings.Join(long[14:22], " "), "half": strings.Join(other, " ")} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				newSought(quote).match(article)
			}
		})
	}
}
