package site

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"

	"vankho/internal/archive"
	"vankho/internal/card"
	"vankho/internal/store"
)

// maxTurns is how many things of the slow kind are done at once: drawing a
// picture takes some 20 ms, comparing a long quotation with its candidates as
// much. What a picture shows depends on its words alone, whose hash is the ETag,
// so that one that a client has is not drawn again.
const maxTurns = 2

// cardLook is changed when cards look otherwise: it is part of their ETags.
const cardLook = "1"

// previewOf is the picture of a page, as its head names it.
type previewOf struct{ URL, Alt string }

// previewPath gives the path of the picture of a record by that of its page.
func previewPath(page string) string { return "/og" + page + ".png" }

// serveSitePreview answers /og.png: the picture of every page that has none of
// its own.
func (s *Site) serveSitePreview(w http.ResponseWriter, r *http.Request) error {
	words := s.words(r)
	return s.sendCard(w, r, card.Card{Title: words.t("home.promise")})
}

// serveArticlePreview answers /og/a/{id}.png with the picture of the newest
// version.
func (s *Site) serveArticlePreview(w http.ResponseWriter, r *http.Request) error {
	a, err := s.askedArticle(r)
	if err != nil {
		return err
	}
	ref := newArticleRef(s.words(r), a)
	return s.sendCard(w, r, card.Card{
		Kind: s.words(r).t("article.crumb"), Title: visible(ref.Title), Foot: visible(joinKnown(ref.Publisher, ref.Published)),
	})
}

// serveEventPreview answers /og/m/{id}.png and /og/v/{id}.png.
func (s *Site) serveEventPreview(kind string) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		id, err := recordID(r)
		if err != nil {
			return err
		}
		get := s.store.Meeting
		if kind == "v" {
			get = s.store.Visit
		}
		e, err := get(r.Context(), id)
		var moved *store.MovedError
		if errors.As(err, &moved) {
			return &store.MovedError{To: previewPath(moved.To), ForNow: moved.ForNow}
		}
		if err != nil {
			return err
		}
		words := s.words(r)
		rec, _, date := s.eventRecord(r, e)
		foot := placeText(&rec)
		if date != "" {
			foot = joinKnown(words.longDate(date), foot)
		}
		return s.sendCard(w, r, card.Card{Kind: joinKnown(rec.Kind, rec.StatusSay), Title: visible(rec.Name), Foot: visible(foot)})
	}
}

// sendCard draws a card with the site's name on it and answers with it.
func (s *Site) sendCard(w http.ResponseWriter, r *http.Request, c card.Card) error {
	c.Site = s.words(r).t("site.name")
	sum := sha256.Sum256(fmt.Appendf(nil, "%s %q", cardLook, c))
	etag := hex.EncodeToString(sum[:16])
	a := answer{status: http.StatusOK, contentType: "image/png", etag: etag}
	if !hasTag(r.Header.Values("If-None-Match"), `"`+etag+`"`) {
		var err error
		if a.body, err = s.draw(r.Context(), c); err != nil {
			return err
		}
	}
	w.Header().Set("Cross-Origin-Resource-Policy", "cross-origin") // others show it
	send(w, r, a)
	return nil
}

// draw draws a card in its turn, which ends before anything is sent.
func (s *Site) draw(ctx context.Context, c card.Card) ([]byte, error) {
	end, err := s.turn(ctx)
	if err != nil {
		return nil, err
	}
	defer end()
	return card.Draw(c)
}

// turn waits for a turn and gives what ends it.
func (s *Site) turn(ctx context.Context) (end func(), err error) {
	select {
	case s.turns <- struct{}{}:
		return func() { <-s.turns }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// articlePreview and eventPreview name the pictures of a page's head.
func articlePreview(a *archive.Article) previewOf {
	return previewOf{previewPath(a.URL), a.Title.Text}
}

func eventPreview(rec *record) previewOf {
	return previewOf{previewPath(rec.Path), joinKnown(rec.Title, rec.Date.known())}
}
