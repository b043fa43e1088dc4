package search

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vankho/internal/archive"
)

// mixedMarks gives articles in which words and pairs stand in several forms, in
// one paragraph and in others, and words that come late. Agreements divide some.
func mixedMarks(r *rand.Rand, n int) []*archive.Article {
	words := strings.Fields("hop hợp hợp hợp hợp hớp tac tác tác tặc lao Lào Lào lão ky kỹ kí 12 1,5 đàm đàm dam")
	var articles []*archive.Article
	for i := range n {
		var ps []string
		for range 1 + r.IntN(3) {
			var b strings.Builder
			for range r.IntN(30) {
				if r.IntN(20) == 0 {
					fmt.Fprintf(&b, "mới%d ", i/(1+r.IntN(2)))
				}
				fmt.Fprintf(&b, "%s ", words[r.IntN(len(words))])
			}
			for range r.IntN(4) * r.IntN(40) {
				b.WriteString("hợp tác ")
			}
			b.WriteString("hết.")
			ps = append(ps, b.String())
		}
		a := textArticle(fmt.Sprintf("%04d.txt", i), ps...)
		m := archive.Meeting{Kind: archive.Talks, Status: archive.Held, Main: true}
		for k, p := range ps {
			end := strings.Index(p, " ") + 1
			m.Agreements = append(m.Agreements, archive.Agreement{
				Force: archive.Agreed, Actor: archive.BothSides, Text: p[:end],
				Evidence: []archive.Evidence{{Span: archive.Span{Paragraph: k + 1, Start: 0, End: end}}},
			})
		}
		if r.IntN(3) == 0 {
			a.Meetings = append(a.Meetings, m)
			a.AssignIDs()
		}
		articles = append(articles, a)
	}
	return articles
}

// readTerms gives the list of every term of the four fields by a reading of the
// articles.
func readTerms(t *testing.T, articles []*archive.Article) map[listKey]*list {
	t.Helper()
	w, err := newColumnWriter(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer w.close()
	lists := map[listKey]*list{}
	doc := uint32(0)
	for _, a := range articles {
		groups, err := w.groupsOf(a)
		if err != nil {
			t.Fatal(err)
		}
		acts := w.actsOf(a, groups)
		for i := range a.Paragraphs {
			toks := w.analyzer.scan(a.Paragraphs[i].Text)
			cuts := borders(acts[i+1], toks)
			count, parts := map[listKey]int{}, map[listKey]uint8{}
			add := func(field, key string, part uint8) {
				count[listKey{field, key}]++
				parts[listKey{field, key}] |= part
			}
			before := uint8(0)
			for j := range toks {
				part := uint8(0)
				if len(cuts) > 0 {
					part = partOf(&toks[j], cuts)
				}
				add(fieldS, toks[j].exact, part)
				add(fieldF, toks[j].folded, part)
				if j > 0 {
					both := part
					if part != before {
						both = elsewhere
					}
					add(fieldB, toks[j-1].exact+" "+toks[j].exact, both)
					add(fieldG, toks[j-1].folded+" "+toks[j].folded, both)
				}
				before = part
			}
			for k, n := range count {
				if lists[k] == nil {
					lists[k] = new(list)
				}
				lists[k].docs = append(lists[k].docs, doc)
				lists[k].freqs = append(lists[k].freqs, uint16(min(n-1, maxFrequency))|uint16(parts[k])<<frequencyBits)
			}
			doc++
		}
	}
	return lists
}

// TestPostings compares what the index gives of every term, in whichever of its
// fields it is kept, with what the articles have.
func TestPostings(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	articles := mixedMarks(r, learnArticles+200)
	ix, ctx := buildTest(t, articles...), context.Background()
	want := readTerms(t, articles)
	usual, first := 0, 0
	for _, k := range slices.SortedFunc(maps.Keys(want), func(a, b listKey) int {
		return strings.Compare(a.field+a.key, b.field+b.key)
	}) {
		x := want[k]
		if n, err := ix.frequency(k.field, k.key); err != nil || n != uint64(len(x.docs)) {
			t.Fatalf("%v: frequency %d, %v, want %d", k, n, err, len(x.docs))
		}
		got, err := ix.readList(ctx, k)
		if err != nil {
			t.Fatal(err)
		}
		if k.field == fieldF && r.IntN(2) == 0 {
			ix.lists.put(k, got) // for the word with its marks, which comes later
		}
		if got.freqs[0] == elsewhere<<frequencyBits && x.freqs[0]&maxFrequency == 0 {
			x.freqs[0] = got.freqs[0] // the first posting, whose parts are not kept
			first++
		}
		var docs []uint32
		for place, d := range got.all() {
			if at, doc := got.from(0, d); place != len(docs) || at != place || doc != d {
				t.Fatalf("%v: paragraph %d is at place %d, and %d at %d", k, d, place, doc, at)
			}
			docs = append(docs, d)
		}
		if diff := cmp.Diff(x.docs, docs); diff != "" {
			t.Fatalf("%v: paragraphs (-want +got)\n%s", k, diff)
		}
		if diff := cmp.Diff(x.freqs, got.freqs); diff != "" {
			t.Fatalf("%v: frequencies (-want +got)\n%s", k, diff)
		}
		for _, stride := range []int{1, 3, 40} {
			seekAll(t, ix, k, x, func(d uint32) uint32 { return d + 1 + uint32(r.IntN(stride)) })
		}
		if _, _, ok, _ := ix.usual.folded(k); ok {
			usual++
		}
	}
	if usual < 500 || first < 500 {
		t.Errorf("%d usual forms, %d first postings", usual, first)
	}
	for _, k := range []listKey{{fieldS, "hóp"}, {fieldB, "hóp tác"}, {fieldB, "tác"}, {fieldS, "hợp tác"}} {
		if n, err := ix.frequency(k.field, k.key); err != nil || n != 0 {
			t.Errorf("%v: frequency %d, %v, want 0", k, n, err)
		}
	}
	words := map[string]int{}
	err := ix.eachWord(func(exact string, n uint64) {
		if words[exact]++; n != uint64(len(want[listKey{fieldS, exact}].docs)) {
			t.Errorf("word %q is in %d paragraphs", exact, n)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	for k := range want {
		if k.field == fieldS && words[k.key] != 1 {
			t.Errorf("word %q is visited %d times", k.key, words[k.key])
		}
	}
}

// seekAll walks the postings of a term in steps.
func seekAll(t *testing.T, ix *Index, k listKey, x *list, next func(d uint32) uint32) {
	t.Helper()
	p, err := ix.postings(context.Background(), k)
	if err != nil {
		t.Fatal(err)
	}
	defer p.close()
	for d := uint32(0); int(d) < ix.col.Paragraphs; d = next(d) {
		doc, frequency, err := p.seek(d)
		if err != nil {
			t.Fatal(err)
		}
		wantDoc, want := noDoc, uint16(0)
		if i, _ := slices.BinarySearch(x.docs, d); i < len(x.docs) {
			wantDoc, want = x.docs[i], x.freqs[i]
		}
		if doc != wantDoc || frequency != want {
			t.Fatalf("%v: seek(%d) gives %d with %d, want %d with %d", k, d, doc, frequency, wantDoc, want)
		}
	}
}

func TestStoredFrequency(t *testing.T) {
	for n := 1; n <= maxFrequency+5; n++ {
		for parts := range uint8(2 * elsewhere) {
			for _, unusual := range []bool{false, true} {
				v := stored(n, parts, unusual)
				got, bit := kept(uint64(v))
				if want := uint16(min(n-1, maxFrequency)) | uint16(parts)<<frequencyBits; got != want || bit != unusual {
					t.Fatalf("stored(%d, %b, %v) = %d, read as %b, %v", n, parts, unusual, v, got, bit)
				}
				if v == firstMet || v >= len(frequencies()) {
					t.Fatalf("stored(%d, %b, %v) = %d", n, parts, unusual, v)
				}
			}
		}
	}
}

// What has no usual form, because there are too many, is kept whole in S and B.
func TestFormsAreLimited(t *testing.T) {
	a := newAnalyzer()
	a.forms = newForms()
	a.forms.limit = 2
	a.scan("Lào hợp tác, lao hợp tac")
	got := map[string]string{}
	for _, f := range a.fields(nil, nil) {
		for _, k := range slices.Sorted(maps.Keys(f.terms)) {
			frequency, unusual := kept(uint64(f.terms[k].Frequency()))
			got[f.name] += fmt.Sprintf("%s %d %v, ", k, frequency, unusual)
		}
	}
	want := map[string]string{
		fieldF: "hop 1 false, lao 1 true, tac 1 false, ",
		fieldS: "lao 0 false, lào 0 false, tac 0 false, tác 0 false, ",
		fieldG: "hop tac 1 false, lao hop 1 false, tac lao 0 false, ",
		fieldB: "hợp tac 0 false, hợp tác 0 false, lao hợp 0 false, lào hợp 0 false, tác lao 0 false, ",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// TestPhrasesAreCounted compares what is told from counts of where phrases stand with
// what the texts have.
func TestPhrasesAreCounted(t *testing.T) {
	rnd := rand.New(rand.NewPCG(7, 9))
	articles := mixedMarks(rnd, 200)
	ix, a := buildTest(t, articles...), newAnalyzer()
	texts := map[uint32]string{}
	for _, x := range articles {
		for i := range x.Paragraphs {
			texts[uint32(len(texts))] = x.Paragraphs[i].Text
		}
	}
	sure, stand, not := 0, 0, 0
	for range 300 {
		toks := slices.Clone(a.scan(texts[uint32(rnd.IntN(len(texts)))]))
		if len(toks) < 3 {
			continue
		}
		n := 3 + rnd.IntN(min(3, len(toks)-2))
		at := rnd.IntN(len(toks) - n + 1)
		w := together(toks[at:at+n], rnd.IntN(2) == 0, 1)
		for _, x := range toks[at+1 : at+n-1] {
			for _, k := range []listKey{{fieldS, x.exact}, {fieldF, x.folded}} {
				x, err := ix.readList(context.Background(), k)
				if err != nil {
					t.Fatal(err)
				}
				ix.lists.put(k, x)
			}
		}
		r := &run{ix: ix, ctx: context.Background()}
		wr, _, err := r.way(&w)
		if err != nil {
			t.Fatal(err)
		}
		d, err := wr.seek(0)
		for ; d != noDoc && err == nil; d, err = wr.seek(d + 1) {
			got := wr.phrases[0].surely(d)
			is := standsIn(a.scan(texts[d]), w.phrases[0])
			switch {
			case got && !is:
				t.Fatalf("%v surely stands in %q", w.phrases[0], texts[d])
			case got:
				sure++
			case is:
				stand++
			default:
				not++
			}
		}
		if err != nil {
			t.Fatal(err)
		}
		r.close()
	}
	if sure < 100 || stand < 100 || not < 100 {
		t.Errorf("%d surely, %d where the text tells, %d do not stand", sure, stand, not)
	}
}
