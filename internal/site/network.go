package site

import (
	"fmt"
	"math"
	"net/http"
	"strings"

	"vankho/internal/store"
)

// networkPage says which countries met and how often: a table of all pairs, and
// a drawing of those that met most.
type networkPage struct {
	basePage
	Say   string
	Pairs []tally
	Pager *pager
	Graph *graph
}

// graph is a drawing of countries on a circle, with a line between each two
// that met, the thicker the more often.
type graph struct {
	Title string
	Nodes []graphNode
	Edges []graphEdge
}

type graphNode struct {
	X, Y, LabelX, LabelY int
	Anchor               string // of the label: start, middle or end
	Text, URL            string
}

type graphEdge struct {
	Path  string
	Class string // w1 to w5
	Say   string
	URL   string
}

// How many pairs are drawn, and of how many countries at the most.
const (
	graphPairs     = 60
	graphCountries = 24
)

// serveNetwork answers /network.
func (s *Site) serveNetwork(w http.ResponseWriter, r *http.Request) error {
	ctx, words := r.Context(), s.words(r)
	page, err := pageNumber(r.URL.Query().Get("page"))
	if err != nil {
		return err
	}
	all, err := s.store.PairsTotal(ctx)
	if err != nil {
		return err
	}
	pairs, err := s.store.Pairs(ctx, pageSize, (page-1)*pageSize)
	if err != nil {
		return err
	}
	if len(pairs) == 0 && page > 1 {
		return errNoPage
	}
	p := &networkPage{
		basePage: basePage{
			Title: words.t("network.title"), Description: words.t("network.description"), Path: "/network", Nav: "countries",
			Crumbs: []link{{words.t("nav.home"), "/"}, {words.t("network.title"), ""}},
		},
		Say:   words.t("network.say", words.num(all)),
		Pairs: pairTally(words, pairs, ""),
		Pager: newPager(words, "/network", nil, page, pageSize, all),
	}
	if page > 1 {
		p.Path = fmt.Sprintf("/network?page=%d", page)
	} else {
		most, err := s.store.Pairs(ctx, graphPairs, 0)
		if err != nil {
			return err
		}
		p.Graph = newGraph(words, most)
	}
	return s.render(w, r, http.StatusOK, "network", p)
}

// The drawing's own units.
const (
	graphSize   = 720
	graphRadius = 235
	graphLabel  = 250
)

// newGraph places the countries on a circle in the order in which the most
// frequent pairs name them. It is nil when there is no pair.
func newGraph(words *catalogue, pairs []store.Count) *graph {
	place := map[string]int{}
	var codes []string
	var drawn []store.Count
	for _, c := range pairs {
		a, b, _ := strings.Cut(c.Key, "+")
		a, b = ordered(a, b)
		more := 0
		for _, code := range []string{a, b} {
			if _, ok := place[code]; !ok {
				more++
			}
		}
		if len(codes)+more > graphCountries {
			continue
		}
		for _, code := range []string{a, b} {
			if _, ok := place[code]; !ok {
				place[code] = len(codes)
				codes = append(codes, code)
			}
		}
		drawn = append(drawn, c)
	}
	if len(drawn) == 0 {
		return nil
	}
	g := &graph{Title: words.t("network.graph", words.num(len(codes)), words.num(len(drawn)))}
	at := func(i int, radius float64) (x, y float64) {
		angle := 2*math.Pi*float64(i)/float64(len(codes)) - math.Pi/2
		return graphSize/2 + radius*math.Cos(angle), graphSize/2 + radius*math.Sin(angle)
	}
	for i, code := range codes {
		x, y := at(i, graphRadius)
		lx, ly := at(i, graphLabel)
		n := graphNode{X: int(x), Y: int(y), LabelX: int(lx), LabelY: int(ly) + 6, Anchor: "middle", Text: words.country(code), URL: "/c/" + strings.ToLower(code)}
		switch {
		case lx > graphSize/2+20:
			n.Anchor = "start"
		case lx < graphSize/2-20:
			n.Anchor = "end"
		}
		g.Nodes = append(g.Nodes, n)
	}
	for _, c := range drawn {
		a, b, _ := strings.Cut(c.Key, "+")
		a, b = ordered(a, b)
		x1, y1 := at(place[a], graphRadius)
		x2, y2 := at(place[b], graphRadius)
		g.Edges = append(g.Edges, graphEdge{
			Path:  fmt.Sprintf("M%d %dQ%d %d %d %d", int(x1), int(y1), graphSize/2, graphSize/2, int(x2), int(y2)),
			Class: fmt.Sprintf("w%d", 1+int(4*math.Log1p(float64(c.N-1))/math.Log1p(float64(max(drawn[0].N-1, 1))))),
			Say:   words.t("network.edge", words.country(a), words.country(b), words.num(c.N)),
			URL:   countryPairPath(a, b),
		})
	}
	return g
}
