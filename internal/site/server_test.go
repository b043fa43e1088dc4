package site

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"vankho/web"
)

// serve runs Serve on a free port until the test ends.
func serve(t *testing.T, h http.Handler) (address string, stop func() error) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- Serve(ctx, l, h, nil) }()
	stop = sync.OnceValue(func() error {
		cancel()
		return <-done
	})
	t.Cleanup(func() { stop() })
	return l.Addr().String(), stop
}

// raw sends bytes and reads one answer. Unless that announces the end of the
// connection, it asks for something else on it, which must be answered as if
// nothing had been; closed is which of the two it was.
func raw(t *testing.T, address, request string) (res *http.Response, body string, closed bool) {
	t.Helper()
	c, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	c.SetDeadline(time.Now().Add(10 * time.Second))
	go io.WriteString(c, request) // a server that has heard enough may not read it all
	r := bufio.NewReader(c)
	method, _, _ := strings.Cut(request, " ")
	res, err = http.ReadResponse(r, &http.Request{Method: method})
	if err != nil {
		t.Fatalf("%.80q: %v", request, err)
	}
	b, err := io.ReadAll(res.Body)
	if err != nil {
		return res, string(b), true // cut off: the server does not read what was still being sent
	}
	if res.Close {
		var slow net.Error
		if _, err := r.ReadByte(); err == nil || errors.As(err, &slow) && slow.Timeout() {
			t.Errorf("%.80q: the server said that it closes the connection and did not", request)
		}
		return res, string(b), true
	}
	io.WriteString(c, "GET /opensearch.xml HTTP/1.1\r\nHost: x\r\n\r\n")
	next, err := http.ReadResponse(r, nil)
	if err != nil || next.StatusCode != http.StatusOK || !strings.HasPrefix(next.Header.Get("Content-Type"), "application/opensearch") {
		t.Errorf("%.80q: the next answer on the connection: %v, %v", request, next, err)
	}
	return res, string(b), false
}

// TestRawClient sends what no browser sends; rows 23 to 26 of the faults that
// the site must stand.
func TestRawClient(t *testing.T) {
	s, err := New(Config{Web: web.Files})
	if err != nil {
		t.Fatal(err)
	}
	address, _ := serve(t, s)
	get := func(target string) string { return "GET " + target + " HTTP/1.1\r\nHost: x\r\n\r\n" }
	tests := []struct {
		name    string
		request string
		want    int
		closed  bool
	}{
		{"sound", get("/robots.txt"), 200, false},
		{"HEAD", "HEAD /robots.txt HTTP/1.1\r\nHost: x\r\n\r\n", 200, false},
		{"HTTP/1.0", "GET /robots.txt HTTP/1.0\r\n\r\n", 200, true},
		{"absolute target", get("http://x/robots.txt"), 200, false},

		{"bad escape in the query", get("/robots.txt?q=%zz"), 400, false},
		{"cut escape in the query", get("/robots.txt?q=%"), 400, false},
		{"semicolon in the query", get("/robots.txt?a;b=c"), 400, false},
		{"NUL in the query", get("/robots.txt?q=%00"), 400, false},
		{"NUL in a name", get("/robots.txt?%00=q"), 400, false},
		{"overlong UTF-8 in the query", get("/robots.txt?q=%c0%af"), 400, false},
		{"half a rune in the query", get("/robots.txt?q=%e1%bb"), 400, false},
		{"line break in the query", get("/robots.txt?q=a%0d%0aSet-Cookie:b"), 400, false},

		{"bad escape in the path", get("/%zz"), 400, true},
		{"NUL in the path", get("/a/%00"), 400, false},
		{"overlong UTF-8 in the path", get("/a/%c0%ae%c0%ae/x"), 400, false},
		{"surrogate in the path", get("/a/%ed%a0%80"), 400, false},
		{"traversal", get("/static/../web.go"), 400, false},
		{"encoded traversal", get("/static/%2e%2e/web.go"), 400, false},
		{"encoded slash", get("/static/..%2f..%2fweb.go"), 400, false},
		{"encoded backslash", get("/static/..%5c..%5cweb.go"), 400, false},
		{"twice encoded traversal", get("/static/%252e%252e%252fweb.go"), 404, false},
		{"two slashes", get("//evil.example/"), 404, false},
		{"slashes within", get("/a//b"), 404, false},
		{"a host as target", get("//evil.example/%2e%2e"), 400, false},
		{"line break in the path", get("/a/%0d%0ax"), 400, false},
		{"a name of a folder", get("/static/"), 301, false},
		{"a folder", get("/static"), 404, false},
		{"a file of templates", get("/static/base.tmpl"), 404, false},

		{"POST", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\na=b", 405, true},
		{"PUT", "PUT /a/x HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n", 405, false},
		{"DELETE", "DELETE /a/x HTTP/1.1\r\nHost: x\r\n\r\n", 405, false},
		{"OPTIONS", "OPTIONS / HTTP/1.1\r\nHost: x\r\n\r\n", 405, false},
		{"OPTIONS *", "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n", 405, false},
		{"TRACE", "TRACE / HTTP/1.1\r\nHost: x\r\n\r\n", 405, false},
		{"CONNECT", "CONNECT x:80 HTTP/1.1\r\nHost: x\r\n\r\n", 405, false},
		{"a method of one's own", "BREW / HTTP/1.1\r\nHost: x\r\n\r\n", 405, false},

		{"body of known length", "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\na=b", 400, true},
		{"body in chunks", "GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\na=b\r\n0\r\n\r\n", 400, true},
		{"both lengths", "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400, true},
		{"two lengths", "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd", 400, true},
		{"unknown coding", "GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: cow\r\n\r\n", 501, true},
		{"two hosts", "GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", 400, true},
		{"no host", "GET / HTTP/1.1\r\n\r\n", 400, true},
		{"NUL in a header", "GET / HTTP/1.1\r\nHost: x\r\nX-A: a\x00b\r\n\r\n", 400, true},
		{"NUL in a header's name", "GET / HTTP/1.1\r\nHost: x\r\nX\x00A: b\r\n\r\n", 400, true},
		{"folded header", "GET /robots.txt HTTP/1.1\r\nHost: x\r\nX-A: a\r\n b\r\n\r\n", 200, false},
		{"no version", "GET /robots.txt\r\n\r\n", 400, true},
		{"nonsense", "\x16\x03\x01\x02\x00\x01\x00 nonsense\r\n\r\n", 400, true},

		{"headers of 12 KiB", "GET /robots.txt HTTP/1.1\r\nHost: x\r\nX-A: " + strings.Repeat("a", 12<<10) + "\r\n\r\n", 200, false},
		{"headers over 16 KiB", "GET /robots.txt HTTP/1.1\r\nHost: x\r\nX-A: " + strings.Repeat("a", 17<<10) + "\r\n\r\n", 431, true},
		{"many headers", "GET /robots.txt HTTP/1.1\r\nHost: x\r\n" + strings.Repeat("A: b\r\n", 4000) + "\r\n", 431, true},
		{"URL of 8 KiB", get("/robots.txt?q=" + strings.Repeat("a", maxURL-len("/robots.txt?q="))), 200, false},
		{"URL over 8 KiB", get("/robots.txt?q=" + strings.Repeat("a", maxURL)), 414, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			res, body, closed := raw(t, address, tt.request)
			if res.StatusCode != tt.want || closed != tt.closed {
				t.Errorf("got %s, closed %v; want %d, %v\n%s", res.Status, closed, tt.want, tt.closed, clip(body))
			}
			if strings.Contains(body, "goroutine") || strings.Contains(body, "templates/") {
				t.Errorf("the answer tells too much:\n%s", body)
			}
			if res.StatusCode == 405 && res.Header.Get("Allow") != "GET, HEAD" {
				t.Errorf("Allow: got %q", res.Header.Get("Allow"))
			}
			if got := res.Header.Get("Location"); tt.want == 301 && got != "/static" {
				t.Errorf("Location: got %q", got)
			}
			// net/http itself refuses what is not HTTP, with a status and a few
			// words of its own and the connection closed.
			if own := res.Header.Get("X-Request-Id") == ""; own && !closed {
				t.Errorf("an answer without the site's headers: %v", res.Header)
			}
		})
	}
}

// TestServerLimits holds the numbers that operators are told.
func TestServerLimits(t *testing.T) {
	srv := newServer(http.NotFoundHandler(), nil)
	got := []time.Duration{srv.ReadHeaderTimeout, srv.ReadTimeout, srv.WriteTimeout, srv.IdleTimeout}
	want := []time.Duration{5 * time.Second, 10 * time.Second, 15 * time.Second, 60 * time.Second}
	if !slices.Equal(got, want) || srv.HTTP2.MaxConcurrentStreams != 128 || maxConnections != 1024 {
		t.Errorf("got %v, %d streams, %d connections", got, srv.HTTP2.MaxConcurrentStreams, maxConnections)
	}
	if requestTimeout >= srv.WriteTimeout || drainFor <= srv.WriteTimeout {
		t.Errorf("an answer may be given up in the middle: request %v, write %v, drain %v", requestTimeout, srv.WriteTimeout, drainFor)
	}
}

func TestSlowClients(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("takes as long as the limits")
	}
	s, err := New(Config{Web: web.Files})
	if err != nil {
		t.Fatal(err)
	}
	address, _ := serve(t, s)
	c, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	began := time.Now()
	go func() {
		for _, b := range []byte("GET / HTTP/1.1\r\nHost: x\r\nX-Slow: " + strings.Repeat("a", 100)) {
			if _, err := c.Write([]byte{b}); err != nil {
				return
			}
			time.Sleep(100 * time.Millisecond)
		}
	}()
	io.Copy(io.Discard, c)
	if took := time.Since(began); took < readHeaderTimeout-time.Second || took > readHeaderTimeout+2*time.Second {
		t.Errorf("slow headers: closed after %v, want %v", took, readHeaderTimeout)
	}
}

// TestManyConnections opens more connections than are served and wants an
// answer as soon as some are given back.
func TestManyConnections(t *testing.T) {
	t.Parallel()
	s, err := New(Config{Web: web.Files})
	if err != nil {
		t.Fatal(err)
	}
	address, _ := serve(t, s)
	var conns []net.Conn
	defer func() {
		for _, c := range conns {
			c.Close()
		}
	}()
	for range maxConnections {
		c, err := net.Dial("tcp", address)
		if err != nil {
			t.Skipf("the system allows %d connections: %v", len(conns), err)
		}
		conns = append(conns, c)
	}
	late, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer late.Close()
	io.WriteString(late, "GET /robots.txt HTTP/1.1\r\nHost: x\r\n\r\n")
	late.SetReadDeadline(time.Now().Add(300 * time.Millisecond))
	if _, err := late.Read(make([]byte, 1)); err == nil {
		t.Errorf("connection %d was answered while all before it were open", maxConnections+1)
	}
	for _, c := range conns[:10] {
		c.Close()
	}
	late.SetReadDeadline(time.Now().Add(5 * time.Second))
	if _, err := late.Read(make([]byte, 1)); err != nil {
		t.Errorf("after some were given back: %v", err)
	}
}

// TestShutdown ends a server under load: every request that got a connection
// is answered, and Serve returns nil.
func TestShutdown(t *testing.T) {
	started := make(chan struct{})
	var once sync.Once
	address, stop := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		once.Do(func() { close(started) })
		time.Sleep(20 * time.Millisecond)
		io.WriteString(w, "done")
	}))
	var answered, failed atomic.Int64
	var clients sync.WaitGroup
	for range 8 {
		clients.Go(func() {
			// A connection of its own, so that nothing is tried twice in silence.
			for {
				c, err := net.Dial("tcp", address)
				if err != nil {
					return // the listener is closed
				}
				r := bufio.NewReader(c)
				for {
					fmt.Fprintf(c, "GET / HTTP/1.1\r\nHost: x\r\n\r\n")
					res, err := http.ReadResponse(r, nil)
					if err != nil {
						failed.Add(1)
						break
					}
					if b, err := io.ReadAll(res.Body); err != nil || string(b) != "done" {
						failed.Add(1)
						break
					}
					answered.Add(1)
					if res.Close {
						break
					}
				}
				c.Close()
			}
		})
	}
	<-started
	time.Sleep(100 * time.Millisecond)
	if err := stop(); err != nil {
		t.Errorf("Serve: %v", err)
	}
	clients.Wait()
	// A connection that the system accepted in the very moment in which the
	// listener closes is lost whatever a server does; more than the clients
	// could have begun in that moment is not.
	if failed.Load() > 8 || answered.Load() < 100 {
		t.Errorf("%d requests answered, %d failed", answered.Load(), failed.Load())
	}
	t.Logf("%d requests answered, %d failed", answered.Load(), failed.Load())
}

func TestServeFails(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
	if err := Serve(t.Context(), l, http.NotFoundHandler(), nil); err == nil {
		t.Error("Serve on a closed listener: no error")
	}
}

// TestHTTP2 speaks HTTP/2 without TLS, as a balancer does, and resets streams
// as fast as it can.
func TestHTTP2(t *testing.T) {
	s, err := New(Config{Web: web.Files})
	if err != nil {
		t.Fatal(err)
	}
	address, _ := serve(t, s)
	var protocols http.Protocols
	protocols.SetUnencryptedHTTP2(true)
	client := &http.Client{Transport: &http.Transport{Protocols: &protocols}}
	defer client.CloseIdleConnections()
	ask := func(ctx context.Context) (int, error) {
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+address+"/robots.txt", nil)
		if err != nil {
			return 0, err
		}
		res, err := client.Do(r)
		if err != nil {
			return 0, err
		}
		defer res.Body.Close()
		_, err = io.Copy(io.Discard, res.Body)
		return res.ProtoMajor, err
	}
	if major, err := ask(t.Context()); err != nil || major != 2 {
		t.Fatalf("got HTTP/%d, %v", major, err)
	}
	for range 500 {
		ctx, cancel := context.WithCancel(t.Context())
		go func() {
			time.Sleep(50 * time.Microsecond)
			cancel()
		}()
		ask(ctx)
		cancel()
	}
	if major, err := ask(t.Context()); err != nil || major != 2 {
		t.Errorf("after 500 resets: got HTTP/%d, %v", major, err)
	}
}
