package site

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"sync/atomic"
	"time"

	"golang.org/x/net/netutil"
)

// Limits of a connection.
const (
	maxConnections = 1024

	// net/http reads 4 KiB more than it is told, "slop" for its buffer.
	maxHeaderBytes = 16<<10 - 4<<10

	readHeaderTimeout = 5 * time.Second
	readTimeout       = 10 * time.Second
	writeTimeout      = 15 * time.Second
	idleTimeout       = 60 * time.Second

	maxStreams = 128 // of one HTTP/2 connection

	// lingerFor is how long a server that is to stop still takes requests.
	// Each answer in that time closes its connection, so that a client that
	// keeps connections learns of it from an answer and not from an error.
	lingerFor = 500 * time.Millisecond

	// drainFor is how long requests under way may take after that.
	drainFor = writeTimeout + time.Second
)

// Serve answers requests on l with h, within the limits of this package, until
// ctx is done. Then it answers what is under way, closes l and returns nil.
// HTTP/2 is spoken to whoever begins with it, as balancers do; TLS is theirs.
func Serve(ctx context.Context, l net.Listener, h http.Handler, log *slog.Logger) error {
	var leaving atomic.Bool
	srv := newServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if leaving.Load() {
			w.Header().Set("Connection", "close")
		}
		h.ServeHTTP(w, r)
	}), log)
	failed := make(chan error, 1)
	go func() { failed <- srv.Serve(limit(l)) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	leaving.Store(true)
	select {
	case err := <-failed:
		return err
	case <-time.After(lingerFor):
	}
	drain, cancel := context.WithTimeout(context.Background(), drainFor)
	defer cancel()
	if err := srv.Shutdown(drain); err != nil {
		srv.Close()
		return err
	}
	if err := <-failed; !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// newServer gives a server of h with every limit but that of connections, for
// which its listener is to be wrapped by limit. Serve does both.
func newServer(h http.Handler, log *slog.Logger) *http.Server {
	var protocols http.Protocols
	protocols.SetHTTP1(true)
	protocols.SetUnencryptedHTTP2(true)
	srv := &http.Server{
		Handler:           h,
		ReadHeaderTimeout: readHeaderTimeout,
		ReadTimeout:       readTimeout,
		WriteTimeout:      writeTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    maxHeaderBytes,
		Protocols:         &protocols,
		HTTP2:             &http.HTTP2Config{MaxConcurrentStreams: maxStreams},

		// "OPTIONS *" too is answered by h, with 405.
		DisableGeneralOptionsHandler: true,
	}
	if log != nil {
		srv.ErrorLog = slog.NewLogLogger(log.Handler(), slog.LevelWarn)
	}
	return srv
}

// limit lets at most 1,024 connections be open at once. Others wait in the
// backlog of the system.
func limit(l net.Listener) net.Listener { return netutil.LimitListener(l, maxConnections) }
