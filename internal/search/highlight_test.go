package search

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"vankho/internal/vitext"
)

// TestHighlightsAreExact: in texts of words in every Unicode form, glued, in
// capitals and with other marks, what a snippet marks is the word asked for and
// all of it, and what it does not mark is not.
func TestHighlightsAreExact(t *testing.T) {
	texts := scrambled(300)
	source := map[string]string{}
	ix := buildTexts(t, texts, func(text string) string {
		name := fmt.Sprintf("%d.txt", len(source))
		source[name] = text
		return name
	})
	for _, query := range []string{
		"hội", "hoi", norm.NFD.String("hội"), "HỘI", "hòa", "hoà", "hoa", "kỹ", "kĩ", "ky", "Đảng", "\u00d0ảng", "dang",
		"Chủ", "chu", "thủy", "thuỷ", "1,5", "Orbán", "orban", "quý",
	} {
		res, err := ix.Search(context.Background(), Query{Text: query, Limit: MaxPage})
		if err != nil {
			t.Fatalf("%q: %v", query, err)
		}
		if len(res.Groups) < 10 {
			t.Errorf("%q: found %d times", query, len(res.Groups))
		}
		wanted := keysOf(query)[0]
		for _, g := range res.Groups {
			for _, h := range g.Hits {
				if why := badHighlight(h.Snippet, source[g.Source], wanted); why != "" {
					t.Errorf("%q in %q: %s: %v", query, source[g.Source], why, h.Snippet)
				}
			}
		}
	}
}

// badHighlight tells what is wrong with a snippet of a text in which a word is
// looked for: as it was typed where the snippet has it so, else without marks.
func badHighlight(snippet []Fragment, text string, wanted [2]string) string {
	var whole strings.Builder
	hasExact := false
	for _, f := range snippet {
		whole.WriteString(f.Text)
	}
	if !strings.Contains(text, whole.String()) {
		return "it is not of the text"
	}
	for _, k := range keysOf(text) {
		hasExact = hasExact || k == wanted
	}
	matches := 0
	for _, f := range snippet {
		for _, k := range keysOf(f.Text) {
			is := k == wanted || k[1] == wanted[1] && (!hasExact || wanted[0] == wanted[1])
			if is != f.Match {
				return fmt.Sprintf("marking %q is %v", f.Text, f.Match)
			}
			if is {
				matches++
			}
		}
	}
	if matches == 0 {
		return "nothing is marked"
	}
	return ""
}

// keysOf gives the exact and folded keys of a text's words.
func keysOf(text string) [][2]string {
	var s vitext.Scanner
	var keys [][2]string
	for s.Reset(text); s.Scan(); {
		keys = append(keys, [2]string{string(s.Exact), string(s.Folded)})
	}
	return keys
}

// scrambled gives n texts of words in every form.
func scrambled(n int) []string {
	words := strings.Fields("hội hỏi đàm hòa hoà hoa thủy thuỷ kỹ kĩ ky quý quí Đảng \u00d0ảng đang bình chính Chủ chú 1,5 1.5 Orbán Orban TPHCM nước Lào")
	gaps := []string{" ", " ", " ", ", ", "-", " – ", "\u00a0", ". ", " (", "…"}
	r := rand.New(rand.NewPCG(8, 9))
	var texts []string
	for range n {
		var b strings.Builder
		for range 3 + r.IntN(25) {
			word := words[r.IntN(len(words))]
			switch r.IntN(6) {
			case 0:
				word = norm.NFD.String(word)
			case 1:
				word = strings.ToUpper(word)
			case 2:
				rs := []rune(word)
				at := 1 + r.IntN(len(rs)-1)
				word = string(rs[:at]) + "\u200b" + string(rs[at:])
			case 3:
				word = "ChínhChủ"
			}
			b.WriteString(word + gaps[r.IntN(len(gaps))])
		}
		texts = append(texts, b.String())
	}
	return texts
}

// TestOtherMarksBesideTheQuery: a word that a text has only with other marks is
// marked beside another word of the query, and by itself only where it is all
// there is to mark.
func TestOtherMarksBesideTheQuery(t *testing.T) {
	for _, test := range []struct{ query, text, want string }{
		{"thương mại Lào", "Trao đổi với Lào và Nga, thượng viện hẹn mai sau.", "Lào"},
		{"thương mại Lào", "Truyền thông mai mối ở Lào: thượng mãi phát triển.", "Lào|thượng mãi"},
		{"mại", "Hẹn mai sau gặp lại.", "mai"},
		{"thương mại", "Hai bên nói về thuong mai.", "thuong mai"},
	} {
		var scanner vitext.Scanner
		var patterns []pattern
		for _, tok := range scan(&scanner, test.query) {
			patterns = append(patterns, pattern{words: []wanted{{tok.exact, tok.folded, !tok.marked}}, exact: tok.marked})
		}
		var marked []string
		fragments, _, _, _ := snippet(newAnalyzer(), test.text, nil, patterns, 0, len(test.text))
		for _, f := range fragments {
			if f.Match {
				marked = append(marked, f.Text)
			}
		}
		if got := strings.Join(marked, "|"); got != test.want {
			t.Errorf("%q marks %q of %q, want %q", test.query, got, test.text, test.want)
		}
	}
}
