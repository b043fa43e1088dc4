// Package site is the web site: every page, feed and file it answers with, and
// every refusal. It reads the store and the index and writes nothing; it is
// the only room that knows chi.
//
//	s, err := site.New(site.Config{Store: st, Search: live, Web: web.Files, BaseURL: "https://vankho.example"})
//	go s.Watch(ctx)                        // opens the index of each new import
//	err = site.Serve(ctx, listener, s, log) // until ctx is done
//
// # The way of a request
//
// guard (limits.go) gives it an id, its language and the headers that go with
// every answer, and refuses what no page needs: other methods than GET and HEAD,
// bodies, addresses that are too long, badly encoded or lead upwards. router (site.go)
// has every route. A handler fetches records, fills the struct of its page and
// calls render (page.go), or returns an error, and refuse (errors.go) turns it
// into a status and one plain sentence: nothing else chooses a status for an
// error, and a visitor never sees the error's own words. send (etag.go) writes
// the answer: ETag, 304, compression, HEAD.
//
// # A page
//
// One file a page: home.go has serveHome and homePage, its template is
// web/templates/pages/home.tmpl. Values reach the template ready to show, in
// words from the catalogue (catalogue.go): no visible text is in Go or in a
// template. Parameters that are not known are ignored, and the canonical
// address leaves them out.
//
// # Two languages
//
// /en/a/{id} is the page /a/{id} in English (language.go). guard takes the
// language off the path and notes it with the request, and everything after it
// uses the bare paths: routes, the store, the links in a page's struct. The
// words of a request come from s.words(r); a template writes each address of
// a page as {{to .URL}}, which puts the language back, and redirect does the
// same. What people said and were called stays Vietnamese, in elements with
// lang="vi". Data has no language and one address.
//
// # Records for programs
//
// The address of a record with ".json" behind it gives the record itself
// (json.go). Such answers, originals and the feed may be read by other sites;
// their errors are JSON too.
//
// # Failure
//
// Records are served whether or not search works; /healthz says so. A damaged
// record is a 503 that names it, and never a 404. A panic is a 500, and the log
// has its stack under the request id that the page shows.
package site

import (
	"context"
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
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

	Missed *Missed // counts searches that find nothing; nil when nobody asks
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
	missed  *Missed

	loaded *assets // what Web held at the start
	routes http.Handler

	kept  keptPages
	turns chan struct{} // holds one for each thing of the slow kind that is being done
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
		missed:  cfg.Missed,
		turns:   make(chan struct{}, maxTurns),
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

// router has every route of the site. Only GET and HEAD arrive here, and no
// path has a language in front: guard has taken it off. A page answers in the
// language that was asked for and may be kept, what else is spoken is made at
// each request; data and other files have no language.
func (s *Site) router() http.Handler {
	m := chi.NewRouter()
	m.Use(middleware.GetHead)
	m.NotFound(s.handle(func(http.ResponseWriter, *http.Request) error { return errNoPage }))
	page := func(pattern string, h handler) { m.Get(pattern, s.handle(s.keep(h))) }
	spoken := func(pattern string, h handler) { m.Get(pattern, s.handle(h)) }
	data := func(pattern string, h handler) { m.Get(pattern, s.handle(neutral(shared(h)))) }
	file := func(pattern string, h handler) { m.Get(pattern, s.handle(neutral(h))) }

	page("/", s.serveHome)
	page("/search", s.serveSearch)
	page("/search/advanced", s.serveAdvancedSearch)
	spoken("/search.atom", shared(s.serveSearchAtom))
	data("/search.json", s.serveSearchJSON)
	data("/search.csv", s.serveSearchCSV)
	spoken("/suggest.json", shared(s.serveSuggest))

	page("/a/{id}", s.serveArticle)
	page("/a/{id}/v/{n}", s.serveArticle)
	page("/a/{id}/v/{n}/diff", s.serveDiff)
	data("/a/{id}/original", s.serveOriginal)
	data("/a/{id}/v/{n}/original", s.serveOriginal)
	data("/a/{id}.json", s.serveArticleJSON)
	data("/a/{id}/v/{n}.json", s.serveArticleJSON)
	data("/a/{id}.md", s.serveArticleMarkdown)
	data("/a/{id}/v/{n}.md", s.serveArticleMarkdown)
	page("/a/{id}/{slug}", s.serveArticleSlug)

	page("/m/{id}", s.serveMeeting)
	data("/m/{id}.json", s.serveMeetingJSON)
	page("/v/{id}", s.serveVisit)
	data("/v/{id}.json", s.serveVisitJSON)
	data("/m/{id}.md", s.serveEventMarkdown)
	data("/v/{id}.md", s.serveEventMarkdown)
	for _, form := range citationForms {
		data("/a/{id}"+form.ending, s.serveArticleCitation(form))
		data("/a/{id}/v/{n}"+form.ending, s.serveArticleCitation(form))
		data("/m/{id}"+form.ending, s.serveEventCitation(form))
		data("/v/{id}"+form.ending, s.serveEventCitation(form))
	}

	page("/p", s.servePeople)
	page("/p/{slug}", s.servePerson)
	data("/p/{slug}.json", s.servePersonJSON)
	page("/p/{slug}/{other}", s.servePersonPair)
	data("/p/{slug}/{other}.json", s.servePersonPairJSON)
	page("/c", s.serveCountries)
	page("/c/{iso2}", s.serveCountry)
	data("/c/{iso2}.json", s.serveCountryJSON)
	page("/c/{iso2}/{other}", s.serveCountryPair)
	data("/c/{iso2}/{other}.json", s.serveCountryPairJSON)

	page("/y", s.serveYears)
	page("/y/{year}", s.serveYear)
	page(undatedPath, s.serveUndated)
	page("/y/{year}/{month}", s.serveMonth)
	data("/y/{year}.json", s.serveYearJSON)
	data(undatedPath+".json", s.serveUndatedJSON)
	data("/y/{year}/{month}.json", s.serveYearJSON)

	page("/agreements", s.serveAgreements)
	page("/topics", s.serveTopics)
	page("/topics/{slug}", s.serveAgreements)
	page("/figures", s.serveFigures)
	page("/phrases", s.servePhrases)
	page("/network", s.serveNetwork)

	for _, name := range contentPages {
		page("/"+name, s.serveContent)
	}
	page("/cite", s.serveQuote)
	data("/cite.json", s.serveQuoteJSON)

	spoken("/atom.xml", shared(s.serveAtom))
	spoken("/p/{slug}.atom", shared(s.servePersonAtom))
	spoken("/p/{slug}/{other}.atom", shared(s.servePersonPairAtom))
	spoken("/c/{iso2}.atom", shared(s.serveCountryAtom))
	spoken("/c/{iso2}/{other}.atom", shared(s.serveCountryPairAtom))
	spoken("/opensearch.xml", s.serveOpenSearch)
	spoken("/og.png", s.serveSitePreview)
	spoken("/og/a/{id}.png", s.serveArticlePreview)
	spoken("/og/m/{id}.png", s.serveEventPreview("m"))
	spoken("/og/v/{id}.png", s.serveEventPreview("v"))
	file("/sitemap.xml", s.serveSitemap)
	file("/sitemap/{part}.xml", s.serveSitemapPart)
	file("/robots.txt", s.serveRobots)
	file("/healthz", s.serveHealth)
	file("/favicon.ico", s.serveIcon)
	file("/apple-touch-icon.png", s.serveIcon)
	file("/static/*", s.serveStatic)
	return m
}

// Refresh opens the index of the newest import, if it is not open already.
// While it cannot be opened the previous one, or none, answers searches;
// records are served in any case.
func (s *Site) Refresh(ctx context.Context) error {
	state, err := s.store.State(ctx)
	if err != nil {
		return err
	}
	return s.search.Use(state.Generation)
}

// Watch calls Refresh now and then every two seconds until ctx is done: this
// is how a running server picks up an import. While an index cannot be opened
// it is tried less and less often, up to every 16 seconds, because each try
// sums every byte of it; the log tells of a failure when it begins or changes.
func (s *Site) Watch(ctx context.Context) {
	said, pause := "", refreshEvery
	for {
		err := s.Refresh(ctx)
		if ctx.Err() != nil {
			return
		}
		if err != nil {
			pause = min(2*pause, maxPause)
			if err.Error() != said {
				said = err.Error()
				s.log.Error("search index", "error", said)
			}
		} else {
			pause = refreshEvery
			if said != "" {
				said = ""
				s.log.Info("search index opened")
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(pause):
		}
	}
}
