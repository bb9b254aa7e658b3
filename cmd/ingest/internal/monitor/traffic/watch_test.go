package traffic_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"time"

	"ingest/cmd/ingest/internal/access"
	"ingest/cmd/ingest/internal/monitor/traffic"
)

// log is a log that a test can read.
type log struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *log) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(b)
}

// lines waits for nothing: a handler's line is written before its answer ends.
func (l *log) lines(t *testing.T) (lines []map[string]any) {
	t.Helper()
	l.mu.Lock()
	defer l.mu.Unlock()
	for line := range bytes.Lines(l.b.Bytes()) {
		var m map[string]any
		if err := json.Unmarshal(line, &m); err != nil {
			t.Fatal(err)
		}
		lines = append(lines, m)
	}
	return lines
}

type answer struct {
	pattern string
	status  int
}

// reply is what the client got; the zero reply is a broken connection.
type reply struct {
	status     int
	kind, body string
}

// serve answers one request as the service would, and returns what was logged and
// observed.
func serve(t *testing.T, r *http.Request) (reply, []map[string]any, []answer) {
	t.Helper()
	var out log
	var seen []answer
	watch := &traffic.Watch{
		Logger:  slog.New(slog.NewJSONHandler(&out, &slog.HandlerOptions{Level: slog.LevelDebug})),
		Client:  func(*http.Request) netip.Addr { return netip.MustParseAddr("192.0.2.7") },
		Observe: func(pattern string, status int, _ time.Duration) { seen = append(seen, answer{pattern, status}) },
		Probe:   func(pattern string) bool { return pattern == "GET /healthz" },
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "ok") })
	mux.HandleFunc("GET /entries/{id}", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
	mux.HandleFunc("GET /early", func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusEarlyHints)
		w.WriteHeader(http.StatusConflict)
	})
	mux.HandleFunc("GET /nothing", func(http.ResponseWriter, *http.Request) {})
	mux.HandleFunc("GET /flush", func(w http.ResponseWriter, _ *http.Request) {
		if err := http.NewResponseController(w).Flush(); err != nil {
			t.Error(err)
		}
		if err := http.NewResponseController(w).SetWriteDeadline(time.Now().Add(time.Minute)); err != nil {
			t.Error(err)
		}
	})
	mux.HandleFunc("/panic", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "3")
		panic("the password is hunter2")
	})
	mux.HandleFunc("/api/panic", func(http.ResponseWriter, *http.Request) { panic(errors.New("broken")) })
	mux.HandleFunc("/late", func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, strings.Repeat("half ", 2000))
		panic("too late")
	})
	mux.HandleFunc("/abort", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
	guarded := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/refused" {
			w.WriteHeader(http.StatusForbidden)
			return
		}
		r = r.WithContext(access.With(r.Context(), access.Principal{Name: "ana", Kind: access.Session}))
		watch.Inside(mux).ServeHTTP(w, r)
	})
	server := httptest.NewUnstartedServer(watch.Outside(guarded))
	server.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
	server.Start()
	r.URL.Host, r.URL.Scheme, r.RequestURI = strings.TrimPrefix(server.URL, "http://"), "http", ""
	got := ask(t, server.Client(), r)
	server.Close() // after which nobody writes to the log
	return got, out.lines(t), seen
}

func ask(t *testing.T, client *http.Client, r *http.Request) reply {
	t.Helper()
	resp, err := client.Do(r)
	if err != nil {
		return reply{}
	}
	defer resp.Body.Close() //nolint:errcheck // it was read
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return reply{}
	}
	return reply{resp.StatusCode, resp.Header.Get("Content-Type"), string(body)}
}

func TestEachRequestIsLoggedAndObserved(t *testing.T) {
	cases := []struct {
		name, method, path string
		want               answer
		level, who         string
	}{
		{"a pattern instead of the path", "GET", "/entries/3960?token=geheim", answer{"GET /entries/{id}", 204}, "INFO", "session ana"},
		{"nothing there", "GET", "/geheim", answer{"", 404}, "INFO", "session ana"},
		{"a probe", "GET", "/healthz", answer{"GET /healthz", 200}, "DEBUG", "session ana"},
		{"refused by the guard", "POST", "/refused?password=geheim", answer{"", 403}, "INFO", ""},
		{"a method made up", "GEHEIM", "/entries/1", answer{"", 405}, "INFO", "session ana"},
		{"headers ahead of the answer", "GET", "/early", answer{"GET /early", 409}, "INFO", "session ana"},
		{"a handler that writes nothing", "GET", "/nothing", answer{"GET /nothing", 200}, "INFO", "session ana"},
		{"a stream", "GET", "/flush", answer{"GET /flush", 200}, "INFO", "session ana"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, lines, seen := serve(t, httptest.NewRequest(c.method, c.path, nil))
			if len(seen) != 1 || seen[0] != c.want {
				t.Errorf("observed %v, want %v", seen, c.want)
			}
			if len(lines) != 1 {
				t.Fatalf("logged %v, want one line", lines)
			}
			line := lines[0]
			who, _ := line["who"].(string)
			if line["level"] != c.level || line["route"] != c.want.pattern || line["status"] != float64(c.want.status) || who != c.who || line["client"] != "192.0.2.7" || line["duration"] == nil {
				t.Errorf("logged %v, want level %s, route %q, status %d, who %q, client and duration", line, c.level, c.want.pattern, c.want.status, c.who)
			}
			if text, err := json.Marshal(line); err != nil || strings.Contains(strings.ToLower(string(text)), "geheim") {
				t.Errorf("logged %s, which holds a secret", text)
			}
		})
	}
}

func TestPanicIsAnAnswerWithAnID(t *testing.T) {
	for path, kind := range map[string]string{"/panic": "text/plain; charset=utf-8", "/api/panic": "application/problem+json"} {
		got, lines, seen := serve(t, httptest.NewRequest(http.MethodGet, path, nil))
		if got.status != http.StatusInternalServerError || got.kind != kind || len(seen) != 1 || seen[0] != (answer{path, 500}) {
			t.Fatalf("%s: %v, observed %v, want a 500 of type %s", path, got, seen, kind)
		}
		if len(lines) != 2 || lines[0]["level"] != "ERROR" || lines[0]["stack"] == "" || lines[1]["status"] != 500.0 {
			t.Fatalf("%s: logged %v, want the panic and the request", path, lines)
		}
		id, _ := lines[0]["error_id"].(string)
		if id == "" || !strings.Contains(got.body, id) || strings.Contains(got.body, "hunter2") || strings.Contains(got.body, ".go") {
			t.Errorf("%s: %q, want the id %q and nothing of the panic", path, got.body, id)
		}
	}
}

func TestPanicInTheMiddleCutsTheConnection(t *testing.T) {
	for path, logged := range map[string]int{"/late": 2, "/abort": 1} {
		got, lines, _ := serve(t, httptest.NewRequest(http.MethodGet, path, nil))
		if got != (reply{}) {
			t.Errorf("%s: %v, want a broken connection", path, got)
		}
		if len(lines) != logged || lines[logged-1]["cut"] != true {
			t.Errorf("%s: logged %v, want %d lines, the last one of an answer that was cut", path, lines, logged)
		}
	}
}

func TestZeroWatch(t *testing.T) {
	var watch traffic.Watch
	w := httptest.NewRecorder()
	watch.Outside(watch.Inside(http.NotFoundHandler())).ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/", nil))
	if w.Code != http.StatusNotFound {
		t.Errorf("status %d, want 404", w.Code)
	}
}
