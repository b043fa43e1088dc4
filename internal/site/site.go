package site

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"

	"vankho/internal/search"
	"vankho/internal/store"
)

// Config is what a Site is made from. Store, Search and Web are required.
type Config struct {
	Store  *store.Store
	Search *search.Live

	// Web holds templates, content, catalogue and static; see package web.
	Web fs.FS

	// BaseURL begins every absolute URL: canonical links, feeds, the
	// sitemap. Scheme and host without a path, "http://localhost:8080" when
	// empty.
	BaseURL string

	// Dev reads Web anew at each request.
	Dev bool

	Logger *slog.Logger // nothing is logged when nil
}

// Site is the whole web site, an [http.Handler]. It is safe for concurrent
// use.
type Site struct {
	store   *store.Store
	search  *search.Live
	web     fs.FS
	baseURL string
	dev     bool
	log     *slog.Logger

	loaded *assets // what Web held at the start
	routes http.Handler

	searchError atomic.Pointer[string] // why the newest index could not be opened
}

// New makes a Site. It fails when a template, a text or the catalogue cannot
// be read.
func New(cfg Config) (*Site, error) {
	s := &Site{
		store:   cfg.Store,
		search:  cfg.Search,
		web:     cfg.Web,
		baseURL: cfg.BaseURL,
		dev:     cfg.Dev,
		log:     cfg.Logger,
	}
	if s.baseURL == "" {
		s.baseURL = "http://localhost:8080"
	}
	u, err := url.Parse(s.baseURL)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != "" {
		return nil, fmt.Errorf("site: base URL %q: want http(s)://host", s.baseURL)
	}
	s.baseURL = u.Scheme + "://" + u.Host
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	if s.loaded, err = load(s.web); err != nil {
		return nil, fmt.Errorf("site: %w", err)
	}
	s.routes = s.guard(s.router())
	return s, nil
}

// ServeHTTP answers a request.
func (s *Site) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.routes.ServeHTTP(w, r) }

// router has every route of the site. Only GET and HEAD arrive here.
func (s *Site) router() http.Handler {
	m := chi.NewRouter()
	m.Use(middleware.GetHead)
	m.NotFound(s.handle(func(http.ResponseWriter, *http.Request) error { return errNoPage }))
	page := func(pattern string, h handler) { m.Get(pattern, s.handle(h)) }
	data := func(pattern string, h handler) { m.Get(pattern, s.handle(shared(h))) }

	page("/", s.serveHome)
	page("/search", s.serveSearch)

	page("/a/{id}", s.serveArticle)
	page("/a/{id}/v/{n}", s.serveArticle)
	data("/a/{id}/original", s.serveOriginal)
	data("/a/{id}/v/{n}/original", s.serveOriginal)
	data("/a/{id}.json", s.serveArticleJSON)
	data("/a/{id}/v/{n}.json", s.serveArticleJSON)
	page("/a/{id}/{slug}", s.serveArticleSlug)

	page("/m/{id}", s.serveMeeting)
	data("/m/{id}.json", s.serveMeetingJSON)
	page("/v/{id}", s.serveVisit)
	data("/v/{id}.json", s.serveVisitJSON)

	page("/p", s.servePeople)
	page("/p/{slug}", s.servePerson)
	data("/p/{slug}.json", s.servePersonJSON)
	page("/c", s.serveCountries)
	page("/c/{iso2}", s.serveCountry)
	data("/c/{iso2}.json", s.serveCountryJSON)

	page("/y", s.serveYears)
	page("/y/{year}", s.serveYear)
	page("/y/{year}/{month}", s.serveMonth)
	data("/y/{year}.json", s.serveYearJSON)
	data("/y/{year}/{month}.json", s.serveYearJSON)

	for _, name := range contentPages {
		page("/"+name, s.serveContent)
	}

	data("/atom.xml", s.serveAtom)
	page("/sitemap.xml", s.serveSitemap)
	page("/sitemap/{part}.xml", s.serveSitemapPart)
	page("/robots.txt", s.serveRobots)
	page("/opensearch.xml", s.serveOpenSearch)
	page("/healthz", s.serveHealth)
	page("/favicon.ico", s.serveIcon)
	page("/static/*", s.serveStatic)
	return m
}

// Refresh opens the index of the newest import, if it is not open already.
// While it cannot be opened the previous one, or none, answers searches;
// records are served in any case.
func (s *Site) Refresh(ctx context.Context) error {
	state, err := s.store.State(ctx)
	if err == nil {
		err = s.search.Use(state.Generation)
	}
	if errors.Is(err, context.Canceled) {
		return err
	}
	var why *string
	if err != nil {
		text := err.Error()
		why = &text
	}
	s.searchError.Store(why)
	return err
}

// Watch calls Refresh now and then every two seconds until ctx is done: this
// is how a running server picks up an import. A failure is logged when it
// begins and when it changes, not at each try.
func (s *Site) Watch(ctx context.Context) {
	last := ""
	tick := time.NewTicker(refreshEvery)
	defer tick.Stop()
	for {
		err := s.Refresh(ctx)
		if ctx.Err() != nil {
			return
		}
		now := ""
		if err != nil {
			now = err.Error()
		}
		switch {
		case now != last && now != "":
			s.log.Error("search index", "error", now)
		case now != last:
			s.log.Info("search index opened")
		}
		last = now
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}
