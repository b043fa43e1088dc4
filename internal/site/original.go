package site

import (
	"mime"
	"net/http"
)

// serveOriginal answers /a/{id}/original and /a/{id}/v/{n}/original: the bytes
// as received, never as a page of this site. Text is shown as plain text;
// saved HTML pages are handed over as files.
func (s *Site) serveOriginal(w http.ResponseWriter, r *http.Request) error {
	id, err := recordID(r)
	if err != nil {
		return err
	}
	n, err := versionNumber(r)
	if err != nil {
		return err
	}
	original, source, err := s.store.Original(r.Context(), id, n)
	if err != nil {
		return err
	}
	disposition, contentType := "inline", "text/plain; charset=utf-8"
	if source.Media == "text/html" {
		disposition, contentType = "attachment", "text/html; charset=utf-8"
	}
	w.Header().Set("Content-Disposition", mime.FormatMediaType(disposition, map[string]string{"filename": source.Name}))
	send(w, r, answer{status: http.StatusOK, contentType: contentType, body: original, etag: source.SHA256})
	return nil
}

// serveArticleSlug sends /a/{id}/any-slug to /a/{id}: people may put the title
// behind an id to say what they link to.
func (s *Site) serveArticleSlug(w http.ResponseWriter, r *http.Request) error {
	id, err := recordID(r)
	if err != nil {
		return err
	}
	redirect(w, r, http.StatusMovedPermanently, "/a/"+id)
	return nil
}
