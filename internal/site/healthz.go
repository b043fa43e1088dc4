package site

import (
	"net/http"

	"vankho/internal/archive"
)

// health is what /healthz says. Status is "ok" while records can be read;
// Search is "ok" while the index of the newest import answers, "stale" while
// that of an older one does, "unavailable" while none does.
type health struct {
	Status     string `json:"status"`
	Search     string `json:"search"`
	Generation string `json:"generation"`
	Imported   string `json:"imported"`
}

// serveHealth answers balancers and monitors: 200 while records are served,
// with or without search, and 503 when the store cannot be read. The log says
// why.
func (s *Site) serveHealth(w http.ResponseWriter, r *http.Request) error {
	state, err := s.store.State(r.Context())
	status, h := http.StatusOK, health{Status: "ok", Search: "ok", Generation: state.Generation, Imported: state.Imported}
	if err != nil {
		noteCause(w, err)
		status, h = http.StatusServiceUnavailable, health{Status: "unavailable"}
	}
	switch s.search.Generation() {
	case "":
		h.Search = "unavailable"
	case state.Generation:
	default:
		h.Search = "stale"
	}
	b, err := archive.Encode(h)
	if err != nil {
		return err
	}
	send(w, r, answer{status: status, contentType: "application/json", body: append(b, '\n'), cache: noStore})
	return nil
}
