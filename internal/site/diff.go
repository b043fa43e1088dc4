package site

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"vankho/internal/archive"
	"vankho/internal/vitext"
)

// Limits of comparing two versions.
const (
	maxPairs  = 40_000  // of paragraphs that are looked at as one and the same
	maxCells  = 8 << 20 // of all alignments of words together, see maxAlign
	pairShare = 0.5     // of the words that two forms of one paragraph have in common
)

// diffPage sets two versions of an article side by side, word by word.
type diffPage struct {
	basePage
	Article  link
	From, To versionView
	Say      string // how many paragraphs are other
	Rows     []diffRow
	Others   []link // other versions to compare with
}

// diffRow is a paragraph of one or both versions, or a stretch of paragraphs
// that are the same in both.
type diffRow struct {
	Same     string // "7 đoạn không đổi"; then the rest is empty
	Label    string
	How      string
	From, To *link // the paragraph in its version
	Pieces   []piece
}

// serveDiff answers /a/{id}/v/{n}/diff: what version n changed in the one
// before it, or in the one that the parameter with names.
func (s *Site) serveDiff(w http.ResponseWriter, r *http.Request) error {
	words := s.words(r)
	to, err := s.askedArticle(r)
	if err != nil {
		return err
	}
	with := to.Version - 1
	if text := r.URL.Query().Get("with"); text != "" {
		if with, err = number(text, 1, 1_000_000); err != nil {
			return invalid("error.filter", "with")
		}
	}
	if with == to.Version || with < 1 {
		return errNoPage // a version is compared with another
	}
	from, err := s.store.ArticleVersion(r.Context(), to.ID, with)
	if err != nil {
		return err
	}
	versions, err := s.store.Versions(r.Context(), to.ID)
	if err != nil {
		return err
	}
	p := &diffPage{Article: link{to.Title.Text, to.URL}}
	path := versionPath(to) + "/diff"
	p.basePage = basePage{
		Title: words.t("diff.title", from.Version, to.Version, to.Title.Text), Path: path, Robots: "noindex",
		Crumbs: []link{{words.t("nav.home"), "/"}, {words.t("article.crumb"), to.URL}, {words.t("diff.crumb"), ""}},
	}
	if with != to.Version-1 {
		p.Path = fmt.Sprintf("%s?with=%d", path, with)
	}
	for _, v := range versions {
		view := versionView{N: v.Version, URL: fmt.Sprintf("/a/%s/v/%d", to.ID, v.Version), Received: receivedOn(words, v.Received)}
		switch v.Version {
		case from.Version:
			p.From = view
		case to.Version:
			p.To = view
		default:
			p.Others = append(p.Others, link{words.t("diff.with", v.Version), fmt.Sprintf("%s?with=%d", path, v.Version)})
		}
	}
	p.compare(words, from, to)
	return s.render(w, r, http.StatusOK, "diff", p)
}

// compare fills the rows.
func (p *diffPage) compare(words *catalogue, from, to *archive.Article) {
	d := &differ{lexicon: newLexicon(), left: maxCells}
	same, changed, removed, added := 0, 0, 0, 0
	flush := func() {
		if same > 0 {
			p.Rows = append(p.Rows, diffRow{Same: words.t("diff.same", words.num(same))})
			same = 0
		}
	}
	for _, s := range d.paragraphs(from.Paragraphs, to.Paragraphs) {
		var row diffRow
		var old, current *archive.Paragraph
		if s.a >= 0 {
			old = &from.Paragraphs[s.a]
			row.From = &link{words.t("article.version", from.Version), fmt.Sprintf("%s#d%d", versionPath(from), old.N)}
			row.Label = words.t("diff.paragraph", old.N)
		}
		if s.b >= 0 {
			current = &to.Paragraphs[s.b]
			row.To = &link{words.t("article.version", to.Version), fmt.Sprintf("%s#d%d", versionPath(to), current.N)}
			row.Label = words.t("diff.paragraph", current.N)
		}
		switch {
		case old == nil:
			added++
			row.How, row.Pieces = words.t("diff.added"), []piece{{pieceIns, current.Text}}
		case current == nil:
			removed++
			row.How, row.Pieces = words.t("diff.removed"), []piece{{pieceDel, old.Text}}
		case old.Text == current.Text:
			same++
			continue
		default:
			changed++
			row.How, row.Pieces = words.t("diff.changed"), d.words(old.Text, current.Text)
		}
		flush()
		p.Rows = append(p.Rows, row)
	}
	flush()
	p.Say = words.t("diff.say", words.num(changed), words.num(added), words.num(removed))
}

// differ compares texts within one budget of work.
type differ struct {
	lexicon *lexicon
	left    int // cells
}

// fields gives the words of a text with the marks that touch them, so that a
// comma is a difference too.
func (d *differ) fields(text string) wordList {
	list := wordList{text: text}
	at := 0
	for word := range strings.FieldsSeq(text) {
		at += strings.Index(text[at:], word)
		list.words = append(list.words, alignWord{
			start: at, end: at + len(word), exact: d.lexicon.number([]byte(word)), fold: d.lexicon.number([]byte(" " + vitext.Fold(word))),
		})
		at += len(word)
	}
	return list
}

// words compares two forms of a paragraph. Too long ones are shown whole.
func (d *differ) words(from, to string) []piece {
	a, b := d.fields(from), d.fields(to)
	if cells := len(a.words) * len(b.words); cells <= d.left {
		if steps, ok := align(a.words, b.words, false); ok {
			d.left -= cells
			return pieces(&a, &b, steps, func(i, j int) bool { return a.words[i].exact == b.words[j].exact })
		}
	}
	return []piece{{pieceDel, from}, {pieceSame, " "}, {pieceIns, to}}
}

// paragraphs pairs those of two versions: the same, or so much alike that one
// was made from the other, in their order; by the method of align, with
// paragraphs for words.
func (d *differ) paragraphs(a, b []archive.Paragraph) []step {
	head, tail := commonEnds(len(a), len(b), func(i, j int) bool { return a[i].Text == b[j].Text })
	return withEnds(len(a), len(b), head, tail, d.pair(a[head:len(a)-tail], b[head:len(b)-tail]))
}

// pair does so for what is left between the common beginning and end. When
// there are too many to look at, none are paired.
func (d *differ) pair(a, b []archive.Paragraph) []step {
	m, n := len(a), len(b)
	way := make([]uint8, 0)
	if m*n <= maxPairs {
		way = d.pairWays(a, b)
	}
	var steps []step
	i, j := m, n
	for i > 0 || j > 0 {
		how := uint8(onlyA)
		switch {
		case len(way) > 0:
			how = way[i*(n+1)+j]
		case j > 0:
			how = onlyB
		}
		switch how {
		case bothStep:
			i, j = i-1, j-1
			steps = append(steps, step{i, j})
		case onlyA:
			i--
			steps = append(steps, step{i, -1})
		default:
			j--
			steps = append(steps, step{-1, j})
		}
	}
	slices.Reverse(steps)
	return steps
}

// pairWays fills the table of the most alike pairs.
func (d *differ) pairWays(a, b []archive.Paragraph) []uint8 {
	m, n := len(a), len(b)
	left, right := make([][]int32, m), make([][]int32, n)
	for i := range a {
		left[i] = d.bag(a[i].Text)
	}
	for j := range b {
		right[j] = d.bag(b[j].Text)
	}
	way := make([]uint8, (m+1)*(n+1))
	before, row := make([]float64, n+1), make([]float64, n+1)
	for j := 1; j <= n; j++ {
		way[j] = onlyB
	}
	for i := 1; i <= m; i++ {
		way[i*(n+1)] = onlyA
		for j := 1; j <= n; j++ {
			best, from := before[j], uint8(onlyA)
			if row[j-1] >= best { // what was removed comes before what was added
				best, from = row[j-1], onlyB
			}
			if share := common(left[i-1], right[j-1]); share >= pairShare && before[j-1]+share > best {
				best, from = before[j-1]+share, bothStep
			}
			row[j], way[i*(n+1)+j] = best, from
		}
		before, row = row, before
	}
	return way
}

// bag gives the words of a text in the order of their numbers.
func (d *differ) bag(text string) []int32 {
	var out []int32
	for _, w := range d.fields(text).words {
		out = append(out, w.exact)
	}
	slices.Sort(out)
	return out
}

// common gives the share of words that two bags have in common.
func common(a, b []int32) float64 {
	if len(a)+len(b) == 0 {
		return 1
	}
	n, i, j := 0, 0, 0
	for i < len(a) && j < len(b) {
		switch {
		case a[i] < b[j]:
			i++
		case a[i] > b[j]:
			j++
		default:
			n, i, j = n+1, i+1, j+1
		}
	}
	return 2 * float64(n) / float64(len(a)+len(b))
}
