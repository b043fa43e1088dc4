package site

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strconv"
	"strings"
	"sync"
)

// answer is a whole response, ready to send.
type answer struct {
	status      int
	contentType string
	body        []byte
	etag        string // made from the body when empty; without quotes
	cache       string // Cache-Control; pageCache when empty, for errors noStore
}

// The three ways an answer may be kept. A page may change with the next
// import, and its ETag makes asking again cheap; what is under a hashed or
// versioned URL never changes.
const (
	pageCache = "public, max-age=60, must-revalidate"
	forEver   = "public, max-age=31536000, immutable"
	noStore   = "no-store"
)

// send writes an answer whole: with its ETag, as 304 when the client has it,
// compressed when that is accepted and worth it, without body for HEAD. A
// Range header is ignored, which RFC 9110 section 14.2 allows: nothing here is
// large, and a thousand ranges of it would be.
func send(w http.ResponseWriter, r *http.Request, a answer) {
	h := w.Header()
	h.Set("Content-Type", a.contentType)
	if a.status != http.StatusOK {
		a.cache = noStore
	} else if a.cache == "" {
		a.cache = pageCache
	}
	h.Set("Cache-Control", a.cache)
	compress := compressible(a.contentType) && len(a.body) >= gzipFrom
	if compress {
		h.Set("Vary", "Accept-Encoding")
		compress = acceptsGzip(r)
	}
	if a.status == http.StatusOK {
		if a.etag == "" {
			sum := sha256.Sum256(a.body)
			a.etag = hex.EncodeToString(sum[:16])
		}
		// The tag of the compressed form is another one: a strong ETag names
		// bytes, RFC 9110 section 8.8.3.3.
		tag := `"` + a.etag + `"`
		if compress {
			tag = `"` + a.etag + `-gzip"`
		}
		h.Set("ETag", tag)
		if hasTag(r.Header.Values("If-None-Match"), tag) {
			h.Del("Content-Type")
			w.WriteHeader(http.StatusNotModified)
			return
		}
	}
	if compress {
		a.body = gzipped(a.body)
		h.Set("Content-Encoding", "gzip")
	}
	h.Set("Content-Length", strconv.Itoa(len(a.body)))
	w.WriteHeader(a.status)
	if r.Method != http.MethodHead {
		w.Write(a.body) // an error means that the client has gone
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

// gzipFrom is the size in bytes from which compression saves a packet.
const gzipFrom = 1024

func compressible(contentType string) bool {
	kind, _, _ := strings.Cut(contentType, ";")
	return strings.HasPrefix(kind, "text/") || strings.HasSuffix(kind, "+xml") || strings.HasSuffix(kind, "json") ||
		kind == "application/xml"
}

// acceptsGzip reads Accept-Encoding: gzip or * without q=0.
func acceptsGzip(r *http.Request) bool {
	all := false
	for one := range strings.SplitSeq(strings.Join(r.Header.Values("Accept-Encoding"), ","), ",") {
		name, param, _ := strings.Cut(one, ";")
		name = strings.ToLower(strings.TrimSpace(name))
		value, isQ := strings.CutPrefix(strings.ReplaceAll(strings.ToLower(param), " ", ""), "q=")
		q := 1.0
		if isQ {
			q, _ = strconv.ParseFloat(value, 64)
		}
		switch name {
		case "gzip", "x-gzip":
			return q > 0
		case "*":
			all = q > 0
		}
	}
	return all
}

var gzipWriters = sync.Pool{New: func() any {
	z, err := gzip.NewWriterLevel(nil, gzip.DefaultCompression)
	if err != nil {
		panic("BUG: " + err.Error())
	}
	return z
}}

func gzipped(b []byte) []byte {
	var out bytes.Buffer
	out.Grow(len(b) / 3)
	z := gzipWriters.Get().(*gzip.Writer)
	z.Reset(&out)
	z.Write(b) // a bytes.Buffer takes everything
	z.Close()
	gzipWriters.Put(z)
	return out.Bytes()
}
