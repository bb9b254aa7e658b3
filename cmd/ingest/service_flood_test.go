package main

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// TestServiceUnderSlowAndFloodingClients: headers that never end, bodies that never
// end, connections that say nothing, headers and bodies that are too large. The
// scheduled run goes on beside each, memory stays bounded, and afterwards the service
// answers as before.
func TestServiceUnderSlowAndFloodingClients(t *testing.T) {
	t.Parallel()
	source := newServiceSource(t, 3, nil)
	service := newKillSite(t, source.serviceConfig("schedule: [{cron: '@every 1s'}]\n"), nil).serve(t)
	service.starts(t)
	before, _ := resident(service.process.Process.Pid)
	slow, began := service.dial(t), time.Now()
	fmt.Fprint(slow, "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n")
	var watching sync.WaitGroup
	watching.Go(func() { cutOff(t, slow, began) })
	for _, attack := range []struct {
		name    string
		clients int
		bytes   string // of each, at once; then a byte with every tick
		drip    string
	}{
		{"nothing is said", 1000, "", ""},
		{"headers that never end", 200, "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n", "X-A: b\r\n"},
		{"bodies that never end", 200, "POST /webhooks/openproject HTTP/1.1\r\nHost: 127.0.0.1\r\nX-OP-Signature: sha1=00\r\nContent-Length: 1000000\r\n\r\n", "x"},
		{"chunks that never end", 200, "POST /webhooks/openproject HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n", "1\r\nx\r\n"},
		{"giant headers", 300, "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Giant: " + strings.Repeat("g", 8<<20), ""},
		{"giant bodies", 100, "POST /webhooks/openproject HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000000000\r\n\r\n" + strings.Repeat("b", 4<<20), ""},
		{"answers that nobody reads", 200, strings.Repeat("GET /login HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", 2000), ""},
	} {
		runs := service.log.count(`msg="run ended"`)
		end := service.flood(t, attack.clients, attack.bytes, attack.drip)
		service.log.await(t, `msg="run ended"`, runs+1)
		now, peak := resident(service.process.Process.Pid)
		t.Logf("%-26s %4d clients: resident %d MB, peak %d MB", attack.name, attack.clients, now>>20, peak>>20)
		end()
	}
	watching.Wait()
	_, peak := resident(service.process.Process.Pid)
	if most := before + 150<<20; peak > most && !underRace { // which keeps a shadow of all memory
		t.Errorf("resident memory reached %d MB, want at most %d", peak>>20, most>>20)
	}
	if failed := service.log.count(`state=(stopped|skipped)`); failed > 0 {
		t.Errorf("%d runs were not carried out\n%s", failed, service.log.tail())
	}
	source.touch(1, 1)
	if got := service.hook(t, source, "work_package:updated", 1); got != http.StatusAccepted {
		t.Errorf("a webhook afterwards: %d, want 202", got)
	}
	service.converges(t, source.fresh(t))
	if code := service.stop(t, syscall.SIGTERM); code != exitDone {
		t.Errorf("exit code %d", code)
	}
}

// flood connects clients that each send some bytes and then a drip with every tick,
// as long as somebody takes them, and read nothing. The function that is returned ends it.
func (v *servedSite) flood(t *testing.T, clients int, first, drip string) (end func()) {
	t.Helper()
	var sending sync.WaitGroup
	conns := make([]net.Conn, clients)
	stop := make(chan struct{})
	for i := range conns {
		conns[i] = v.dial(t)
		sending.Go(func() {
			_, err := io.WriteString(conns[i], first)
			tick := time.NewTicker(100 * time.Millisecond)
			defer tick.Stop()
			for err == nil && drip != "" {
				select {
				case <-stop:
					return
				case <-tick.C:
					_, err = fmt.Fprint(conns[i], drip)
				}
			}
		})
	}
	return func() {
		close(stop)
		for _, c := range conns {
			_ = c.Close() // or the service has
		}
		sending.Wait()
	}
}

// cutOff waits until the service closes a connection on which a request began to
// come too slowly.
func cutOff(t *testing.T, c net.Conn, began time.Time) {
	t.Helper()
	if err := c.SetReadDeadline(began.Add(patience)); err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(io.Discard, c); err != nil {
		t.Errorf("half a header: %v, want the connection closed", err)
	}
	// Anything below readTime shows that it was headerTime which ended it; the rest is
	// for a machine that the floods keep busy.
	if took := time.Since(began); took >= readTime {
		t.Errorf("half a header was waited for %v, want %v", took, headerTime)
	}
}
