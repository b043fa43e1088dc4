package site

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"github.com/andybalholm/brotli"
)

// answer is a whole response, ready to send.
type answer struct {
	status      int
	contentType string
	body        []byte
	etag        string // made from the body when empty; without quotes
	cache       string // Cache-Control; pageCache when empty, for errors noStore

	forms map[string][]byte // the body as compressed before, by encoding; none are made when there are any
}

// The three ways an answer may be kept. A page may change with the next
// import, and its ETag makes asking again cheap; what is under a hashed or
// versioned URL never changes.
const (
	pageCache = "public, max-age=60, must-revalidate"
	forEver   = "public, max-age=31536000, immutable"
	noStore   = "no-store"
)

// packed is an answer in one encoding, as it goes to the client. It is shared by
// requests and never changed.
type packed struct {
	answer
	encoding string // "br", "gzip" or, as it is, ""
	tag      string // with quotes; none but for a page that is found
	varies   bool   // the encoding was the client's choice
}

// send writes an answer whole: with its ETag, as 304 when the client has it,
// compressed when that is accepted and worth it, without body for HEAD. A
// Range header is ignored, which RFC 9110 section 14.2 allows: nothing here is
// large, and a thousand ranges of it would be.
func send(w http.ResponseWriter, r *http.Request, a answer) {
	p := &packed{answer: a}
	if p.status != http.StatusOK {
		p.cache = noStore
	} else if p.cache == "" {
		p.cache = pageCache
	}
	if p.varies = compressible(p.contentType) && len(p.body) >= compressFrom; p.varies {
		p.encoding = encodingOf(r, askedFor(r).keeping || p.forms != nil)
	}
	if p.status == http.StatusOK {
		if p.etag == "" {
			sum := sha256.Sum256(p.body)
			p.etag = hex.EncodeToString(sum[:16])
		}
		// The tag of a compressed form is another one: a strong ETag names
		// bytes, RFC 9110 section 8.8.3.3.
		p.tag = `"` + p.etag + `"`
		if p.encoding != "" {
			p.tag = `"` + p.etag + "-" + p.encoding + `"`
		}
	}
	if p.known(r) {
		p.write(w, r)
		return
	}
	if p.encoding != "" && p.forms != nil {
		p.body = p.forms[p.encoding]
	} else if p.encoding != "" {
		p.body = compressed(p.encoding, p.body)
	}
	askedFor(r).sent = p
	p.write(w, r)
}

// known reports whether the client has this answer.
func (p *packed) known(r *http.Request) bool {
	return p.tag != "" && hasTag(r.Header.Values("If-None-Match"), p.tag)
}

func (p *packed) write(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Cache-Control", p.cache)
	if p.varies {
		h.Set("Vary", "Accept-Encoding")
	}
	if p.tag != "" {
		h.Set("ETag", p.tag)
	}
	if p.known(r) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	h.Set("Content-Type", p.contentType)
	if p.encoding != "" {
		h.Set("Content-Encoding", p.encoding)
	}
	h.Set("Content-Length", strconv.Itoa(len(p.body)))
	w.WriteHeader(p.status)
	if r.Method != http.MethodHead {
		w.Write(p.body) // an error means that the client has gone
	}
}

// hasTag reports whether a list of entity tags names tag, by weak comparison,
// or everything ("*").
func hasTag(lists []string, tag string) bool {
	for _, list := range lists {
		for one := range strings.SplitSeq(list, ",") {
			one = strings.TrimSpace(one)
			if one == "*" || strings.TrimPrefix(one, "W/") == tag {
				return true
			}
		}
	}
	return false
}

// compressFrom is the size in bytes from which compression saves a packet.
const compressFrom = 1024

func compressible(contentType string) bool {
	kind, _, _ := strings.Cut(contentType, ";")
	return strings.HasPrefix(kind, "text/") || strings.HasSuffix(kind, "+xml") || strings.HasSuffix(kind, "json") ||
		kind == "application/xml"
}

// encodingOf chooses from what a request accepts. Brotli takes twice the time
// of gzip for a twentieth less, so it is for what is sent more than once.
func encodingOf(r *http.Request, again bool) string {
	switch {
	case again && accepts(r, "br"):
		return "br"
	case accepts(r, "gzip"):
		return "gzip"
	}
	return ""
}

// accepts reads Accept-Encoding: the encoding by name, or *, without q=0.
func accepts(r *http.Request, encoding string) bool {
	all := false
	for _, list := range r.Header.Values("Accept-Encoding") {
		for one := range strings.SplitSeq(list, ",") {
			name, param, _ := strings.Cut(one, ";")
			switch name = strings.TrimSpace(name); {
			case strings.EqualFold(strings.TrimPrefix(strings.ToLower(name), "x-"), encoding):
				return weight(param) > 0
			case name == "*":
				all = weight(param) > 0
			}
		}
	}
	return all
}

// weight reads the parameter q: 1 without any, 0 when it is no number.
func weight(param string) float64 {
	value, is := strings.CutPrefix(strings.ReplaceAll(strings.ToLower(param), " ", ""), "q=")
	if !is {
		return 1
	}
	q, _ := strconv.ParseFloat(value, 64)
	return q
}

// brotliLevel compresses as well as a page needs; the levels above take twice
// the time for a fiftieth of the size.
const brotliLevel = 6

// compressor is a writer that compresses and can be used again.
type compressor interface {
	io.WriteCloser
	Reset(io.Writer)
}

// compressors are kept by encoding, because making one costs more than a page.
var compressors = map[string]*sync.Pool{
	"br": {New: func() any { return brotli.NewWriterLevel(nil, brotliLevel) }},
	"gzip": {New: func() any {
		z, err := gzip.NewWriterLevel(nil, gzip.DefaultCompression)
		if err != nil {
			panic("BUG: " + err.Error())
		}
		return z
	}},
}

// compressed gives b in an encoding of encodingOf.
func compressed(encoding string, b []byte) []byte {
	var out bytes.Buffer
	out.Grow(len(b) / 3)
	z := compressors[encoding].Get().(compressor)
	z.Reset(&out)
	z.Write(b) // a bytes.Buffer takes everything
	z.Close()
	compressors[encoding].Put(z)
	return out.Bytes()
}
