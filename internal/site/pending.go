// Handlers not written yet. Whoever writes one deletes its line here; the file
// goes with the last of them.

package site

import (
	"net/http"

	"vankho/internal/store"
)

func (s *Site) serveHome(w http.ResponseWriter, r *http.Request) error      { return store.ErrNotFound }
func (s *Site) serveSearch(w http.ResponseWriter, r *http.Request) error    { return store.ErrNotFound }
func (s *Site) serveArticle(w http.ResponseWriter, r *http.Request) error   { return store.ErrNotFound }
func (s *Site) serveMeeting(w http.ResponseWriter, r *http.Request) error   { return store.ErrNotFound }
func (s *Site) serveVisit(w http.ResponseWriter, r *http.Request) error     { return store.ErrNotFound }
func (s *Site) servePeople(w http.ResponseWriter, r *http.Request) error    { return store.ErrNotFound }
func (s *Site) servePerson(w http.ResponseWriter, r *http.Request) error    { return store.ErrNotFound }
func (s *Site) serveCountries(w http.ResponseWriter, r *http.Request) error { return store.ErrNotFound }
func (s *Site) serveCountry(w http.ResponseWriter, r *http.Request) error   { return store.ErrNotFound }
func (s *Site) serveYears(w http.ResponseWriter, r *http.Request) error     { return store.ErrNotFound }
func (s *Site) serveYear(w http.ResponseWriter, r *http.Request) error      { return store.ErrNotFound }
func (s *Site) serveMonth(w http.ResponseWriter, r *http.Request) error     { return store.ErrNotFound }

func (s *Site) serveOriginal(w http.ResponseWriter, r *http.Request) error { return store.ErrNotFound }
func (s *Site) serveArticleJSON(w http.ResponseWriter, r *http.Request) error {
	return store.ErrNotFound
}
func (s *Site) serveArticleSlug(w http.ResponseWriter, r *http.Request) error {
	return store.ErrNotFound
}
func (s *Site) serveMeetingJSON(w http.ResponseWriter, r *http.Request) error {
	return store.ErrNotFound
}
func (s *Site) serveVisitJSON(w http.ResponseWriter, r *http.Request) error { return store.ErrNotFound }
func (s *Site) servePersonJSON(w http.ResponseWriter, r *http.Request) error {
	return store.ErrNotFound
}
func (s *Site) serveCountryJSON(w http.ResponseWriter, r *http.Request) error {
	return store.ErrNotFound
}
func (s *Site) serveYearJSON(w http.ResponseWriter, r *http.Request) error { return store.ErrNotFound }
func (s *Site) serveAtom(w http.ResponseWriter, r *http.Request) error     { return store.ErrNotFound }
func (s *Site) serveSitemap(w http.ResponseWriter, r *http.Request) error  { return store.ErrNotFound }
func (s *Site) serveSitemapPart(w http.ResponseWriter, r *http.Request) error {
	return store.ErrNotFound
}
func (s *Site) serveRobots(w http.ResponseWriter, r *http.Request) error { return store.ErrNotFound }
func (s *Site) serveOpenSearch(w http.ResponseWriter, r *http.Request) error {
	return store.ErrNotFound
}
func (s *Site) serveHealth(w http.ResponseWriter, r *http.Request) error { return store.ErrNotFound }
