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
	return s.showEvent(w, r, "visit", e)
}
