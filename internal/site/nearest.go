package site

import (
	"errors"
	"net/http"
	"strings"
	"unicode/utf8"

	"vankho/internal/archive"
	"vankho/internal/search"
)

// maxNearest is how many pages an address that is not found leads to.
const maxNearest = 3

// nearest gives the pages that may have been meant by the address of one that
// is not there: of a record, those whose ids a slip of the hand turns into
// this one; of a person, those whose names begin alike. What fails here leaves
// the page of the error as it was without.
func (s *Site) nearest(r *http.Request, err error) []link {
	parts := strings.Split(strings.Trim(r.URL.Path, "/"), "/")
	if len(parts) < 2 || refuse(err).status != http.StatusNotFound {
		return nil
	}
	var near []link
	switch kind, name := parts[0], parts[1]; {
	case kind == "p":
		near = s.nearestPeople(name)
	case !errors.Is(err, archive.ErrMistyped):
	case kind == "a":
		near = s.nearestArticles(r, archive.NearIDs(name))
	case kind == "m" || kind == "v":
		near = s.nearestEvents(r, "/"+kind+"/", archive.NearIDs(name))
	}
	return near[:min(len(near), maxNearest)]
}

func (s *Site) nearestArticles(r *http.Request, ids []string) []link {
	var near []link
	for _, id := range ids {
		if a, err := s.store.Article(r.Context(), id); err == nil {
			near = append(near, link{a.Title.Text, a.URL})
		}
	}
	return near
}

func (s *Site) nearestEvents(r *http.Request, under string, ids []string) []link {
	if len(ids) == 0 {
		return nil
	}
	found, _, err := s.store.EventsOf(r.Context(), ids, nil)
	if err != nil {
		return nil
	}
	var near []link
	for _, id := range ids {
		if e, ok := found[id]; ok && strings.HasPrefix(e.URL, under) {
			near = append(near, link{joinKnown(e.Title, s.words(r).date(e.Date)), e.URL})
		}
	}
	return near
}

// nearestPeople takes letters off the end of a slug until a name begins with
// what is left, at the most half of it.
func (s *Site) nearestPeople(slug string) []link {
	typed := strings.ReplaceAll(shorten(slug, search.MaxQueryRunes), "-", " ")
	for least := len(typed) / 2; len(typed) > max(least, 2); {
		var near []link
		for _, o := range s.search.Suggest(strings.TrimSpace(typed)) {
			if o.Kind == search.OfferPerson {
				near = append(near, link{o.Name, "/p/" + o.Value})
			}
		}
		if len(near) > 0 {
			return near
		}
		_, last := utf8.DecodeLastRuneInString(typed)
		typed = typed[:len(typed)-last]
	}
	return nil
}
