package api_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"ingest/cmd/ingest/internal/access"
	"ingest/cmd/ingest/internal/api"
	"ingest/cmd/ingest/internal/daemon"
	"ingest/cmd/ingest/internal/desk"
	"ingest/pipeline/state"
)

// pipes is a listener of connections that have no buffers, so that a bubble's clock
// goes on while they wait, and that who does not read is noticed at once.
type pipes struct {
	conns chan net.Conn
	done  chan struct{}
}

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case c := <-p.conns:
		return c, nil
	case <-p.done:
		return nil, net.ErrClosed
	}
}
func (p *pipes) Close() error   { return nil }
func (p *pipes) Addr() net.Addr { return &net.IPAddr{} }

// bubble serves inside a bubble of time. dial opens a connection to it.
func bubble(t *testing.T, o api.Options) (w *world, dial func() net.Conn) {
	w = newHandler(t, o, state.NewMemory())
	p := &pipes{make(chan net.Conn), make(chan struct{})}
	server := &http.Server{Handler: w.handler, ReadHeaderTimeout: time.Minute}
	var group sync.WaitGroup
	group.Go(func() { _ = server.Serve(p) })
	var conns []net.Conn
	t.Cleanup(func() {
		for _, c := range conns {
			_ = c.Close()
		}
		close(p.done)
		if err := server.Close(); err != nil {
			t.Error(err)
		}
		group.Wait()
	})
	return w, func() net.Conn {
		client, server := net.Pipe()
		conns = append(conns, client)
		p.conns <- server
		return client
	}
}

// listen asks for events on a connection and returns the status and what comes.
func listen(t *testing.T, c net.Conn, lastEventID string) (int, *bufio.Reader) {
	t.Helper()
	r := request(t, http.MethodGet, "http://service.example/api/v1/events", readToken, "")
	if lastEventID != "" {
		r.Header.Set("Last-Event-ID", lastEventID)
	}
	if err := r.Write(c); err != nil {
		t.Fatal(err)
	}
	response, err := http.ReadResponse(bufio.NewReader(c), r) //nolint:bodyclose // it ends with the connection, which bubble closes
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, bufio.NewReader(response.Body)
}

// message reads the lines up to the next empty one; "" is the end.
func message(t *testing.T, from *bufio.Reader) string {
	t.Helper()
	var lines []string
	for {
		line, err := from.ReadString('\n')
		if err != nil {
			return ""
		}
		if line == "\n" {
			return strings.Join(lines, "")
		}
		lines = append(lines, line)
	}
}

func TestStream(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, dial := bubble(t, api.Options{})
		status, events := listen(t, dial(), "")
		if status != http.StatusOK || message(t, events) != "retry: 2000\n" {
			t.Fatalf("status %d", status)
		}
		run, err := w.desk.AskRun(t.Context(), desk.Order{IDs: []int64{3960}}, "ana")
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		var last daemon.Event
		for range 5 {
			text := message(t, events)
			data := text[strings.Index(text, "data: ")+len("data: "):]
			w.spec.validate(t, "#/components/schemas/Event", data)
			if err := json.Unmarshal([]byte(data), &last); err != nil || last.Run != run.ID {
				t.Fatalf("event %q, error %v", text, err)
			}
			if want := fmt.Sprintf("id: %d\nevent: %s\ndata: ", last.Number, last.Type); !strings.HasPrefix(text, want) {
				t.Errorf("event %q, want it to begin with %q", text, want)
			}
			got = append(got, string(last.Type))
		}
		if want := "run run step item run"; strings.Join(got, " ") != want {
			t.Errorf("events %v, want %s", got, want)
		}
		began := time.Now()
		for range 3 {
			if text := message(t, events); text != ":\n" {
				t.Errorf("heartbeat %q", text)
			}
		}
		if waited := time.Since(began); waited > 45*time.Second {
			t.Errorf("three heartbeats in %v, want one every 15 s", waited)
		}

		_, again := listen(t, dial(), fmt.Sprint(last.Number-2)) // as a browser comes back
		message(t, again)
		if text := message(t, again); !strings.HasPrefix(text, fmt.Sprintf("id: %d\nevent: item\n", last.Number-1)) {
			t.Errorf("after Last-Event-ID %d: %q", last.Number-2, text)
		}
		first := last.Number - 7                                              // the run of the start had three
		for _, seen := range []uint64{first - 60_000, last.Number + 60_000} { // of a process before this one; with a clock that was put back
			_, restarted := listen(t, dial(), fmt.Sprint(seen))
			message(t, restarted)
			if text := message(t, restarted); !strings.HasPrefix(text, fmt.Sprintf("id: %d\nevent: run\n", first)) {
				t.Errorf("after a restart, Last-Event-ID %d: %q, want all from %d", seen, text, first)
			}
		}
	})
}

func TestStreamsEnd(t *testing.T) {
	t.Run("when the service stops", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			stop := make(chan struct{})
			_, dial := bubble(t, api.Options{Stop: stop})
			_, events := listen(t, dial(), "")
			message(t, events)
			close(stop)
			began := time.Now()
			if text := message(t, events); text != "" || time.Since(began) != 0 {
				t.Errorf("got %q after %v, want the end at once", text, time.Since(began))
			}
		})
	})
	t.Run("when their time is over", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			_, dial := bubble(t, api.Options{})
			_, events := listen(t, dial(), "")
			began := time.Now()
			for message(t, events) != "" {
			}
			if lived := time.Since(began); lived != 15*time.Minute {
				t.Errorf("ended after %v, want 15 min", lived)
			}
		})
	})
	t.Run("when nobody reads", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			_, dial := bubble(t, api.Options{MaxStreams: 1})
			listen(t, dial(), "") // and then nothing
			time.Sleep(40 * time.Second)
			synctest.Wait()
			if status, _ := listen(t, dial(), ""); status != http.StatusTooManyRequests {
				t.Errorf("status %d while the first may still read, want 429", status)
			}
			time.Sleep(10 * time.Second) // 15 s to the heartbeat, 30 s of patience
			synctest.Wait()
			if status, _ := listen(t, dial(), ""); status != http.StatusOK {
				t.Errorf("status %d after its patience, want 200", status)
			}
		})
	})
	t.Run("when the client goes", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			_, dial := bubble(t, api.Options{MaxStreams: 1})
			c := dial()
			listen(t, c, "")
			if err := c.Close(); err != nil {
				t.Fatal(err)
			}
			synctest.Wait()
			if status, _ := listen(t, dial(), ""); status != http.StatusOK {
				t.Errorf("status %d, want 200", status)
			}
		})
	})
}

func TestStreamsAreBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, dial := bubble(t, api.Options{MaxStreamsEach: 2})
		for range 2 {
			if status, _ := listen(t, dial(), ""); status != http.StatusOK {
				t.Fatalf("status %d", status)
			}
		}
		status, problem := listen(t, dial(), "")
		body, err := io.ReadAll(problem)
		if status != http.StatusTooManyRequests || err != nil {
			t.Errorf("status %d, error %v, want 429", status, err)
		}
		w.spec.validate(t, "#/components/schemas/Problem", string(body))
	})
}

func TestStreamRefusesWhatIsNoEvent(t *testing.T) {
	w := newWorld(t, api.Options{})
	for _, id := range []string{"x", "-1", "1.5", "99999999999999999999"} {
		r := request(t, http.MethodGet, w.server.URL+"/api/v1/events", readToken, "")
		r.Header.Set("Last-Event-ID", id)
		if a := w.send(t, r); a.status != http.StatusBadRequest {
			t.Errorf("%q: %d %s, want 400", id, a.status, a.body)
		}
	}
	if a := w.ask(t, http.MethodHead, "/api/v1/events", readToken, ""); a.status != http.StatusOK || a.header.Get("Content-Type") != "text/event-stream" {
		t.Errorf("HEAD: %d %v", a.status, a.header)
	}
}

// TestStreamNeedsTheConnection hides it: without deadlines a client that does not
// read would be served for ever.
func TestStreamNeedsTheConnection(t *testing.T) {
	w := newWorld(t, api.Options{})
	recorder := hidden{header: http.Header{}}
	r := request(t, http.MethodGet, "http://service.example/api/v1/events", readToken, "")
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	w.handler.ServeHTTP(&recorder, r.WithContext(access.With(ctx, access.Principal{Name: "ana"})))
	if recorder.status != http.StatusInternalServerError {
		t.Errorf("status %d, want 500", recorder.status)
	}
}

type hidden struct {
	header http.Header
	status int
}

func (h *hidden) Header() http.Header         { return h.header }
func (h *hidden) Write(b []byte) (int, error) { return len(b), nil }
func (h *hidden) WriteHeader(status int)      { h.status = status }
