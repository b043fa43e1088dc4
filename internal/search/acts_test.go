package search

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vankho/internal/archive"
	"vankho/internal/vitext"
)

// sayings is an article of two meetings. Its acts are the numbered sentences.
func sayings() *archive.Article {
	a := textArticle("sayings.txt",
		"Ông An nói đường sắt cần vốn. Bà Bình đáp hàng không cần người. Trời mưa to trên đường.",
		"Hai bên nhất trí tăng vốn đường sắt lên 5 tỷ USD.",
		"Ông Danh đề nghị miễn thị thực, và khẳng định sẽ ký hiệp định hàng không.",
		"Kim ngạch đạt 9 tỷ USD. Cây cầu dài.")
	part := func(n, from, to int) archive.List[archive.Evidence] {
		p := a.Paragraphs[n-1]
		start, _ := p.Sentence(from)
		end, _ := p.Sentence(to)
		return archive.List[archive.Evidence]{{Span: archive.Span{Paragraph: n, Start: start.Start, End: end.End}}}
	}
	who := func(names ...string) (l archive.List[archive.Participation]) {
		for _, name := range names {
			l = append(l, archive.Participation{Person: vitext.Slug(name), Name: name, Capacity: archive.Principal})
		}
		return l
	}
	a.Meetings = archive.List[archive.Meeting]{{
		Kind: archive.Talks, Main: true, Participants: who("An", "Bình"), Evidence: part(1, 1, 2),
		Statements: archive.List[archive.Statement]{
			{Speakers: []string{"an"}, Verb: "nói", Evidence: part(1, 1, 1)},
			{Speakers: []string{"binh"}, Verb: "đáp", Evidence: part(1, 2, 2)},
		},
		Agreements: archive.List[archive.Agreement]{
			{Force: archive.Agreed, Actor: archive.BothSides, Topics: []string{"giao-thong"}, Evidence: part(2, 1, 1),
				Figures: archive.List[archive.Figure]{{Evidence: part(2, 1, 1)}}},
		},
		Figures: archive.List[archive.Figure]{{Evidence: archive.List[archive.Evidence]{{Span: archive.Span{Paragraph: 4, Start: 0, End: 3}}}}},
	}, {
		Kind: archive.Encounter, Main: true, Participants: who("An", "Danh"), Evidence: part(3, 1, 1),
		Statements: archive.List[archive.Statement]{{Speakers: []string{"danh"}, Verb: "khẳng định", Evidence: part(3, 1, 1)}},
		Agreements: archive.List[archive.Agreement]{
			{Force: archive.Proposed, Actor: archive.OneSide, By: []string{"danh"}, Topics: []string{"thi-thuc"}, Evidence: part(3, 1, 1)},
			{Force: archive.Committed, Actor: archive.OneSide, Topics: []string{"giao-thong"}, Evidence: part(3, 1, 1)},
		},
	}}
	a.AssignIDs()
	return a
}

func TestActs(t *testing.T) {
	ix := buildTest(t, sayings(), textArticle("other.txt", "Đường sắt cần vốn."))
	for _, tt := range []struct {
		name string
		q    Query
		want []string // snippet, speakers, verb, force and figure of every hit
	}{
		{"said by", Query{Text: "đường", Speakers: []string{"an"}},
			[]string{"Ông An nói [đường] sắt cần vốn. Bà Bình đáp hàng không cần người. Trời mưa to trên [đường]. | An nói"}},
		{"said by another", Query{Text: "đường", Speakers: []string{"binh"}}, nil},
		{"said by nobody", Query{Text: "mưa", Speakers: []string{"an", "binh"}}, nil},
		{"words of one and of another", Query{Text: "đường người", Speakers: []string{"an", "binh"}}, nil},
		{"most words of one, where nobody says all", Query{Text: "đường sắt người", Speakers: []string{"an"}},
			[]string{"Ông An nói [đường sắt] cần vốn. Bà Bình đáp hàng không cần [người]. Trời mưa to trên [đường]. | An nói"}},
		{"over the border of two", Query{Text: `"vốn bà"`, Speakers: []string{"an", "binh"}}, nil},
		{"a pair in one", Query{Text: `"hàng không"`, Speakers: []string{"binh"}},
			[]string{"Ông An nói đường sắt cần vốn. Bà Bình đáp [hàng không] cần người. Trời mưa to trên đường. | Bình đáp"}},
		{"a phrase in one", Query{Text: `"hàng không cần"`, Speakers: []string{"binh"}},
			[]string{"Ông An nói đường sắt cần vốn. Bà Bình đáp [hàng không cần] người. Trời mưa to trên đường. | Bình đáp"}},
		{"a phrase over the border of two", Query{Text: `"cần vốn bà"`, Speakers: []string{"an", "binh"}}, nil},
		{"an agreement", Query{Text: "đường sắt", Agreements: true},
			[]string{"Hai bên nhất trí tăng vốn [đường sắt] lên 5 tỷ USD. |   agreed figure"}},
		{"a proposal is no agreement, what it commits to is", Query{Text: "hàng không", Agreements: true},
			[]string{"Ông Danh đề nghị miễn thị thực, và khẳng định sẽ ký hiệp định [hàng không]. | Danh khẳng định committed"}},
		{"a force", Query{Text: "hàng không", Forces: []string{"proposed"}},
			[]string{"Ông Danh đề nghị miễn thị thực, và khẳng định sẽ ký hiệp định [hàng không]. | Danh khẳng định proposed"}},
		{"a topic, without words", Query{Topics: []string{"giao-thong"}, Figures: true},
			[]string{"Hai bên nhất trí tăng vốn đường sắt lên 5 tỷ USD. |   agreed figure"}},
		{"a figure in no agreement", Query{Text: "kim ngạch", Figures: true},
			[]string{"[Kim ngạch] đạt 9 tỷ USD. Cây cầu dài. |    figure"}},
		{"beside a figure", Query{Text: "cầu", Figures: true}, nil},
		{"no act asked for", Query{Text: "Bình"},
			[]string{"Ông An nói đường sắt cần vốn. Bà [Bình] đáp hàng không cần người. Trời mưa to trên đường. | Bình đáp"}},
		{"in no act", Query{Text: "mưa"},
			[]string{"Ông An nói đường sắt cần vốn. Bà Bình đáp hàng không cần người. Trời [mưa] to trên đường. |"}},
		{"an unknown value", Query{Speakers: []string{"ai"}}, nil},
		{"an unknown value beside a known one", Query{Text: `"hàng không"`, Speakers: []string{"ai", "binh"}},
			[]string{"Ông An nói đường sắt cần vốn. Bà Bình đáp [hàng không] cần người. Trời mưa to trên đường. | Bình đáp"}},
		{"two conditions on one act", Query{Speakers: []string{"an"}, Agreements: true}, nil},
	} {
		res, err := ix.Search(context.Background(), tt.q)
		if err != nil {
			t.Fatalf("%s: %v", tt.name, err)
		}
		var got []string
		for _, g := range res.Groups {
			for _, h := range g.Hits {
				line := brackets(h.Snippet) + " |"
				var names []string
				for _, s := range h.Speakers {
					names = append(names, s.Name)
				}
				if len(names) > 0 || h.Force != "" || h.Figure {
					line += strings.Join(names, ",") + " " + h.Verb + " " + h.Force
				}
				if h.Figure {
					line += " figure"
				}
				got = append(got, strings.TrimRight(strings.Replace(line, " |", " | ", 1), " "))
			}
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s (-want +got)\n%s", tt.name, diff)
		}
	}
}

// said reports whether an act of the article has all the words, folded, and
// what is asked of it: what the index must find, read from the records.
func said(a *archive.Article, q Query) bool {
	any := func(asked []string, has ...string) bool {
		return len(asked) == 0 || slices.ContainsFunc(asked, func(v string) bool { return slices.Contains(has, v) })
	}
	type reading struct {
		speakers, topics, forces []string
		figure, binding          bool
	}
	for _, m := range a.Meetings {
		acts := map[archive.Span]*reading{}
		at := func(s archive.Span) *reading {
			if acts[s] == nil {
				acts[s] = &reading{}
			}
			return acts[s]
		}
		for _, s := range m.Statements {
			x := at(s.Evidence[0].Span)
			x.speakers = append(x.speakers, s.Speakers...)
		}
		for _, g := range m.Agreements {
			x := at(g.Evidence[0].Span)
			x.speakers = append(x.speakers, g.By...)
			x.topics = append(x.topics, g.Topics...)
			x.forces = append(x.forces, string(g.Force))
			x.binding = x.binding || g.Force.Binding()
		}
		// What lies in a statement is said by its speakers; a figure is of
		// every act around it.
		for span, x := range acts {
			for _, s := range m.Statements {
				if o := s.Evidence[0].Span; len(x.forces) > 0 && o.Paragraph == span.Paragraph && o.Start <= span.Start && span.End <= o.End {
					x.speakers = append(x.speakers, s.Speakers...)
				}
			}
			for _, g := range m.Agreements {
				o := g.Evidence[0].Span
				x.figure = x.figure || len(g.Figures) > 0 && o.Paragraph == span.Paragraph && span.Start <= o.Start && o.End <= span.End
			}
		}
		for span, x := range acts {
			if !any(q.Speakers, x.speakers...) || !any(q.Forces, x.forces...) || !any(q.Topics, x.topics...) ||
				q.Figures && !x.figure || q.Agreements && !x.binding {
				continue
			}
			var s vitext.Scanner
			text := scan(&s, a.Paragraphs[span.Paragraph-1].Text[span.Start:span.End])
			words := scan(&s, q.Text)
			if !slices.ContainsFunc(words, func(w token) bool {
				return !slices.ContainsFunc(text, func(t token) bool { return t.folded == w.folded })
			}) {
				return true
			}
		}
	}
	return false
}

// TestActsAsRecorded asks random questions; what is found is what the records
// say, and each count of a facet is what its filter then finds.
func TestActsAsRecorded(t *testing.T) {
	var articles []*archive.Article
	for a := range varied(t, 120) {
		articles = append(articles, a)
	}
	ix := buildTest(t, articles...)
	search := func(q Query) *Results {
		t.Helper()
		q.Limit = MaxPage
		res, err := ix.Search(context.Background(), q)
		if err != nil {
			t.Fatalf("%+v: %v", q, err)
		}
		return res
	}
	r := rand.New(rand.NewPCG(5, 6))
	pick := func(from ...string) string { return from[r.IntN(len(from))] }
	found, facets := 0, 0
	for range 50 {
		q := Query{Text: pick("", "", "hợp tác", "quốc phòng", "hai nước", "tổng bí thư", "ông nói", "Xyzzy hai bên nói")}
		if r.IntN(3) == 0 {
			q.Speakers = []string{pick("a", "p1-LA", "p7-KH")}
		}
		if r.IntN(4) == 0 {
			q.Forces = []string{pick("agreed", "proposed"), pick("signed", "welcomed")}
		}
		if r.IntN(4) == 0 {
			q.Topics = []string{pick("dau-tu", "du-lich")}
		}
		q.Figures, q.Agreements = r.IntN(4) == 0, r.IntN(4) == 0
		if r.IntN(3) == 0 {
			q.Countries = []string{pick("LA", "KH", "JP")}
		}
		res := search(q)
		asked := len(q.Speakers)+len(q.Forces)+len(q.Topics) > 0 || q.Figures || q.Agreements
		if asked && len(q.Countries) == 0 && !res.Partial {
			want := 0
			for _, a := range articles {
				if said(a, q) {
					want++
				}
			}
			if res.Articles != want {
				t.Errorf("%+v: %d articles, the records have %d", q, res.Articles, want)
			}
			found += want
		}
		for _, f := range checkFacets(q, res) {
			facets++
			if n := search(f.q).Total; n != f.n {
				t.Errorf("%+v, %s: facet %d, filter %d", q, f.name, f.n, n)
			}
		}
	}
	if found < 200 || facets < 300 {
		t.Errorf("%d articles found and %d facets: too few to tell", found, facets)
	}
}

type facetQuery struct {
	name string
	q    Query
	n    int
}

// checkFacets gives the question that each count answers: that which was asked
// with one filter more, where no such one was set.
func checkFacets(q Query, res *Results) (out []facetQuery) {
	each := func(name string, facets []Facet, set []string, with func(q *Query, v string)) {
		if len(set) > 0 {
			return
		}
		for _, f := range facets {
			more := q
			with(&more, f.Value)
			out = append(out, facetQuery{fmt.Sprintf("%s %s", name, f.Value), more, f.N})
		}
	}
	each("speaker", res.Facets.Speakers, q.Speakers, func(q *Query, v string) { q.Speakers = []string{v} })
	each("force", res.Facets.Forces, q.Forces, func(q *Query, v string) { q.Forces = []string{v} })
	each("topic", res.Facets.Topics, q.Topics, func(q *Query, v string) { q.Topics = []string{v} })
	each("country", res.Facets.Countries, q.Countries, func(q *Query, v string) { q.Countries = []string{v} })
	each("person", res.Facets.People, nil, func(q *Query, v string) { q.People = []string{v} })
	more := q
	more.Figures = true
	out = append(out, facetQuery{"figures", more, res.Facets.Figures})
	more = q
	more.Agreements = true
	out = append(out, facetQuery{"agreements", more, res.Facets.Agreements})
	return out
}

// TestParts divides a paragraph into more parts than have a bit of their own.
func TestParts(t *testing.T) {
	text := "Một hai. Ba bốn. Năm sáu. Bảy tám. Chín mười. Đông tây. Nam bắc. Xa gần. Cuối."
	a := textArticle("parts.txt", text)
	m := archive.Meeting{Kind: archive.Talks, Main: true, Participants: archive.List[archive.Participation]{{Person: "x", Name: "X"}}}
	p := &a.Paragraphs[0]
	for s := range len(p.Sentences) - 1 {
		from, _ := p.Sentence(s + 1)
		to, _ := p.Sentence(s + 2)
		slug := fmt.Sprintf("s%d", s+1) // says this sentence and the next
		m.Participants = append(m.Participants, archive.Participation{Person: slug, Name: slug})
		m.Statements = append(m.Statements, archive.Statement{Speakers: []string{slug}, Verb: "nói", Evidence: archive.List[archive.Evidence]{
			{Span: archive.Span{Paragraph: 1, Start: from.Start, End: to.End}},
		}})
	}
	a.Meetings = archive.List[archive.Meeting]{m}
	a.AssignIDs()
	ix := buildTest(t, a)
	for s := range len(p.Sentences) {
		span, _ := p.Sentence(s + 1)
		for _, query := range []string{text[span.Start:span.End], `"` + text[span.Start:span.End] + `"`} {
			for by := range len(p.Sentences) - 1 {
				want := by == s || by+1 == s
				res, err := ix.Search(context.Background(), Query{Text: query, Speakers: []string{fmt.Sprintf("s%d", by+1)}})
				if err != nil {
					t.Fatal(err)
				}
				if (res.Total == 1) != want {
					t.Errorf("%s by s%d: %d found, want %v", query, by+1, res.Total, want)
				}
			}
		}
	}
	// Over a border, in an act that has both sides.
	for by, want := range map[string]int{"s1": 1, "s2": 0, "s7": 0} {
		res, err := ix.Search(context.Background(), Query{Text: `"hai ba"`, Speakers: []string{by}})
		if err != nil || res.Total != want {
			t.Errorf("over a border by %s: %+v, %v", by, res, err)
		}
	}
}

func TestExact(t *testing.T) {
	ix := buildTest(t,
		textArticle("exact.txt", "Thương vụ với Mỹ."), textArticle("marks.txt", "Thường vụ."), textArticle("bare.txt", "Thuong vu."),
		textArticle("alias.txt", "Hoa Kỳ."), textArticle("keys.txt", "Hội."))
	for _, tt := range []struct{ query, loose, exact string }{
		{"thương vụ", "exact.txt marks.txt bare.txt", "exact.txt"},
		{"thuong vu", "bare.txt exact.txt marks.txt", "bare.txt"},
		{`"thuong vu"`, "bare.txt exact.txt marks.txt", "bare.txt"},
		{"Mỹ", "exact.txt alias.txt", "exact.txt"},
		{"hooij", "keys.txt", ""},
	} {
		for exact, want := range map[bool]string{false: tt.loose, true: tt.exact} {
			res, err := ix.Search(context.Background(), Query{Text: tt.query, Exact: exact})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, g := range res.Groups {
				got = append(got, g.Source)
			}
			slices.Sort(got)
			wanted := strings.Fields(want)
			slices.Sort(wanted)
			if !slices.Equal(got, wanted) {
				t.Errorf("%s, exact %v: got %v, want %v", tt.query, exact, got, wanted)
			}
		}
	}
}
