package main

import (
	"context"
	"log/slog"
	"net"
	"net/http"
	"time"

	"ingest/cmd/ingest/internal/access"
)

// Bounds of the HTTP server: a client that is slow or greedy must not stand in the
// way of the night's run.
const (
	maxConnections = 256
	maxOfAddress   = maxConnections / 4 // which is not a trusted proxy
	maxWaiting     = 512                // beyond what their addresses may have
	maxStreams     = 24                 // of HTTP/2 on a connection: the 20 that one person may follow events on, and a page's
	maxBodies      = 32                 // webhooks that are read at once, of 1 MB each
	maxBodiesOfOne = maxBodies / 4      // from one address
	maxHeader      = 32 << 10
	maxFrame       = 16 << 10 // of HTTP/2, the least that there is
	maxUnread      = 64 << 10 // of what HTTP/2 brings before anybody reads it, for a request
	headerTime     = 10 * time.Second
	roomTime       = 8 * time.Second // that a body waits before it is read; more than one that is read may take
	readTime       = 30 * time.Second
	writeTime      = 60 * time.Second // streams of events set their own
	idleTime       = 2 * time.Minute
)

// newServer is what answers on each connection; ctx is that of its requests.
func (s *service) newServer(ctx context.Context) *http.Server {
	return &http.Server{Handler: http.HandlerFunc(s.answer), ReadHeaderTimeout: headerTime, ReadTimeout: readTime, WriteTimeout: writeTime,
		IdleTimeout: idleTime, MaxHeaderBytes: maxHeader, ErrorLog: slog.NewLogLogger(s.log.Handler(), slog.LevelDebug),
		HTTP2: &http.HTTP2Config{MaxConcurrentStreams: maxStreams, MaxReadFrameSize: maxFrame,
			MaxReceiveBufferPerConnection: 4 * maxUnread, MaxReceiveBufferPerStream: maxUnread},
		BaseContext: func(net.Listener) context.Context { return ctx }}
}

func (s *service) answer(w http.ResponseWriter, r *http.Request) { (*s.windows.Load()).ServeHTTP(w, r) }

// room gives the bodies of webhooks room, which anybody can send.
func (s *service) room() func(*http.Request) func() {
	bodies := access.NewBodies(maxBodies, maxBodiesOfOne, roomTime)
	return func(r *http.Request) func() { return bodies.Enter(r.Context(), s.guard.Load().ClientIP(r)) }
}
