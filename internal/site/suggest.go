package site

import (
	"net/http"
	"net/url"
	"strings"

	"vankho/internal/archive"
	"vankho/internal/search"
)

const schemaSuggestions = "vankho/suggestions/1"

// suggestCache is how long what is offered while typing may be kept: it changes
// with the next import, and a little late does no harm.
const suggestCache = "public, max-age=300"

// suggestionsJSON is what the search box offers for what has been typed so far.
// Links lead to pages in the language of the address.
type suggestionsJSON struct {
	Schema      string           `json:"schema"`
	Query       string           `json:"q"`
	Suggestions []suggestionJSON `json:"suggestions"`
}

type suggestionJSON struct {
	Kind  string `json:"kind"`  // "person", "country" or "phrase"
	Label string `json:"label"` // the kind in words
	Text  string `json:"text"`
	URL   string `json:"url"`
}

// serveSuggest answers with the site's own form, or with form=opensearch with
// that of browsers (OpenSearch Suggestions 1.1). There is nothing to offer while
// no index is open.
func (s *Site) serveSuggest(w http.ResponseWriter, r *http.Request) error {
	words := s.words(r)
	typed := shorten(r.URL.Query().Get("q"), search.MaxQueryRunes)
	out := suggestionsJSON{schemaSuggestions, typed, []suggestionJSON{}}
	for _, o := range s.search.Suggest(typed) {
		out.Suggestions = append(out.Suggestions, offered(words, o))
	}
	var record any = out
	contentType := "application/json"
	if r.URL.Query().Get("form") == "opensearch" {
		contentType = "application/x-suggestions+json"
		record = browserForm(s.baseURL, out)
	}
	b, err := archive.Encode(record)
	if err != nil {
		return err
	}
	send(w, r, answer{status: http.StatusOK, contentType: contentType, body: append(b, '\n'), cache: suggestCache})
	return nil
}

func offered(words *catalogue, o search.Offer) suggestionJSON {
	out := suggestionJSON{Kind: o.Kind, Label: words.word("offer", o.Kind)}
	path := "/search?" + url.Values{"q": {o.Value}}.Encode()
	switch out.Text = o.Value; o.Kind {
	case search.OfferPerson:
		out.Text, path = o.Name, "/p/"+o.Value
	case search.OfferCountry:
		out.Text, path = words.country(o.Value), "/c/"+strings.ToLower(o.Value)
	}
	out.URL = words.to(path)
	return out
}

// browserForm gives the query, the texts, descriptions (none) and absolute
// addresses, as browsers want them.
func browserForm(baseURL string, s suggestionsJSON) []any {
	texts, urls := []string{}, []string{}
	for _, x := range s.Suggestions {
		texts, urls = append(texts, x.Text), append(urls, baseURL+x.URL)
	}
	return []any{s.Query, texts, []string{}, urls}
}
