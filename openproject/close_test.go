package openproject_test

import (
	"net"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"ingest/openproject"
)

// TestCloseGivesBackConnections: a program that makes a client for each of its runs
// must not gather their connections.
func TestCloseGivesBackConnections(t *testing.T) {
	for name, o := range map[string]openproject.Options{
		"plain":    {},
		"observed": {Observe: func(string, int, time.Duration) {}},
	} {
		t.Run(name, func(t *testing.T) {
			var open atomic.Int64
			closed := make(chan struct{}, 10)
			server := httptest.NewUnstartedServer(http.NotFoundHandler())
			server.Config.ConnState = func(_ net.Conn, state http.ConnState) {
				switch state {
				case http.StateNew:
					open.Add(1)
				case http.StateClosed:
					open.Add(-1)
					closed <- struct{}{}
				}
			}
			server.Start()
			defer server.Close()
			o.BaseURL = server.URL
			client, err := openproject.New(o)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := client.Me(t.Context()); err == nil || open.Load() != 1 {
				t.Fatalf("error %v, %d connections, want an error and a connection kept", err, open.Load())
			}
			client.Close()
			select {
			case <-closed:
			case <-time.After(10 * time.Second):
				t.Error("the connection stays")
			}
		})
	}
}
