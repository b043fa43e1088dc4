package site

import (
	"context"
	"fmt"
	"html/template"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"vankho/internal/search"
	"vankho/internal/store"
)

// result is a meeting, or an article where no one meeting is meant.
type result struct {
	Entry entryView
	Hits  []hit
}

// hit is a passage that was found: who said it or what force it has, its
// words, and where they are.
type hit struct {
	Article  string // title of the other article on the same meeting that this and the next are of
	Speakers []link
	Verb     string // "khẳng định"
	Force    string
	Figures  []string      // those of the record that the passage names
	Words    template.HTML // of the source
	URL      string
	Label    string // "Đoạn 18, câu 2"
}

// foundEvents are the records of a page of results.
type foundEvents struct {
	byID      map[string]store.Entry
	byArticle map[string][]store.Entry // the main ones, of articles that are results themselves
}

// eventsOf reads the records of groups, all at once.
func (s *Site) eventsOf(ctx context.Context, groups []search.Group) (foundEvents, error) {
	var events, articles []string
	for _, g := range groups {
		if g.Meeting != "" {
			events = append(events, g.Meeting)
		} else {
			articles = append(articles, g.Article)
		}
	}
	var f foundEvents
	var err error
	f.byID, f.byArticle, err = s.store.EventsOf(ctx, events, articles)
	return f, err
}

// results makes groups ready to show: each its record as lists show it, with
// the passages found. What two articles tell of one meeting is one result.
func (s *Site) results(ctx context.Context, words *catalogue, groups []search.Group) ([]result, error) {
	events, err := s.eventsOf(ctx, groups)
	if err != nil {
		return nil, err
	}
	var out []result
	for _, g := range groups {
		res := newResult(words, g, events)
		same := slices.IndexFunc(out, func(other result) bool { return other.Entry.URL == res.Entry.URL })
		if same < 0 || len(res.Hits) == 0 {
			out = append(out, res)
			continue
		}
		res.Hits[0].Article = g.Title
		out[same].Hits = append(out[same].Hits, res.Hits...)
	}
	return out, nil
}

func newResult(words *catalogue, g search.Group, events foundEvents) result {
	v := entryView{ISO: isoDate(g.Date), Heading: g.Title, Source: true, URL: "/a/" + g.Article}
	if g.Date != "" {
		v.Date = words.date(g.Date)
	}
	var figures []string
	if e, ok := events.byID[g.Meeting]; ok {
		v, figures = entryOne(words, e), e.Figures
	} else if list := entryViews(words, events.byArticle[g.Article], true); len(list) == 1 {
		v.Date, v.ISO, v.Where, v.Kind = list[0].Date, list[0].ISO, list[0].Where, list[0].Kind
		figures = list[0].Figures
	}
	res := result{Entry: v}
	for _, h := range g.Hits {
		res.Hits = append(res.Hits, newHit(words, g.Article, h, figures))
	}
	return res
}

func newHit(words *catalogue, article string, h search.Hit, figures []string) hit {
	out := hit{
		Verb: h.Verb, Words: passageMarkup(h), URL: hitPath(article, h), Label: words.t("search.read", h.Paragraph, h.Sentence),
	}
	if h.Force != "" {
		out.Force = words.word("force", h.Force)
	}
	for _, who := range h.Speakers {
		out.Speakers = append(out.Speakers, link{who.Name, "/p/" + who.Slug})
	}
	text := wordsOf(h)
	for _, f := range figures {
		if strings.Contains(text, f) {
			out.Figures = append(out.Figures, f)
		}
	}
	return out
}

// hitPath is the permanent address of the sentence that was found.
func hitPath(article string, h search.Hit) string {
	if h.Sentence == 0 {
		return fmt.Sprintf("/a/%s#d%d", article, h.Paragraph)
	}
	return fmt.Sprintf("/a/%s#d%d-s%d", article, h.Paragraph, h.Sentence)
}

// wordsOf gives the words of a hit.
func wordsOf(h search.Hit) string {
	var b strings.Builder
	for _, f := range h.Snippet {
		b.WriteString(f.Text)
	}
	return b.String()
}

// cutBefore reports whether a passage begins inside a sentence: a sentence does
// not begin with a small letter.
func cutBefore(f []search.Fragment) bool {
	if len(f) == 0 {
		return false
	}
	r, _ := utf8.DecodeRuneInString(f[0].Text)
	return unicode.IsLower(r)
}

// cutAfter reports whether a passage ends inside a sentence.
func cutAfter(f []search.Fragment) bool {
	if len(f) == 0 {
		return false
	}
	r, _ := utf8.DecodeLastRuneInString(strings.TrimRight(f[len(f)-1].Text, " "))
	return unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune(",;:–-", r)
}

// sayers gives the names of everybody who is told to have said a hit.
func sayers(h search.Hit) []string {
	var names []string
	for _, who := range h.Speakers {
		names = append(names, who.Name)
	}
	return slices.Compact(names)
}
