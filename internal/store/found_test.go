package store_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vankho/internal/store"
)

// TestEventsOf wants of each article what the list of its events has.
func TestEventsOf(t *testing.T) {
	s, list := manifold(t)
	var ids, articles []string
	for i, h := range list {
		if i%3 == 0 {
			articles = append(articles, h.article)
		}
	}
	want := map[string]store.Entry{}
	main := map[string]int{}
	for _, h := range list {
		all, _, err := s.Entries(t.Context(), store.Filter{Article: h.article})
		if err != nil {
			t.Fatal(err)
		}
		main[h.article] = 0
		for i, e := range all {
			if i%2 == 0 {
				ids, want[e.ID] = append(ids, e.ID), e
			}
			if e.Main {
				main[h.article]++
				if slices.Contains(articles, h.article) {
					want[e.ID] = e
				}
			}
		}
	}
	byID, byArticle, err := s.EventsOf(t.Context(), append(ids, "nothing"), append(articles, "nowhere"))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, byID); diff != "" || len(want) < 20 {
		t.Errorf("%d events (-want +got):\n%s", len(want), diff)
	}
	for _, a := range articles {
		if len(byArticle[a]) != main[a] {
			t.Errorf("article %s: %d main events, want %d", a, len(byArticle[a]), main[a])
		}
	}
	if byID, byArticle, err = s.EventsOf(t.Context(), nil, nil); err != nil || len(byID)+len(byArticle) > 0 {
		t.Errorf("of nothing: %v, %v, %v", byID, byArticle, err)
	}
}
