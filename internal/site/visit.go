package site

import (
	"net/http"

	"github.com/go-chi/chi/v5"

	"vankho/internal/archive"
)

func (s *Site) serveVisit(w http.ResponseWriter, r *http.Request) error {
	id := chi.URLParam(r, "id")
	if err := archive.CheckID(id); err != nil {
		return err
	}
	e, err := s.store.Visit(r.Context(), id)
	if err != nil {
		return err
	}
	words, v := s.words(), e.Visit
	rd := newReader(words, e.Article.URL)
	p := newEventPage(words, rd.visit(v), e.Article, v.Date.EDTF, s.baseURL)
	ld := eventLD(words, v.URL, s.baseURL, p.Record.Kind, v.Date, v.Place, v.Participants)
	if err := s.addHistory(r, p, ld, e.Article, v.ID, v.Participants); err != nil {
		return err
	}
	return s.render(w, r, http.StatusOK, "visit", p)
}
