package notify_test

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"ingest/cmd/ingest/internal/daemon"
	"ingest/cmd/ingest/internal/monitor/notify"
)

// tellOnce lets a notifier tell of one failed run and end, and returns its log.
func tellOnce(t *testing.T, o notify.Options) (log string, sent []string) {
	t.Helper()
	var out bytes.Buffer
	o.Logger = slog.New(slog.NewTextHandler(&out, nil))
	o.Sent = func(way string, err error) {
		result := " ok"
		if err != nil {
			result = " failed"
		}
		sent = append(sent, way+result)
	}
	n, err := notify.New(o)
	if err != nil {
		t.Fatal(err)
	}
	n.Ended(run(daemon.Full, failure(1)))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	n.Run(ctx)
	return out.String(), sent
}

func TestWebhookOverARealConnection(t *testing.T) {
	cases := []struct {
		name    string
		answers []int
		tries   int
		result  string
	}{
		{"taken", []int{200}, 1, "webhook ok"},
		{"taken without a word", []int{204}, 1, "webhook ok"},
		{"in trouble once", []int{500, 200}, 2, "webhook ok"},
		{"too many", []int{429, 200}, 2, "webhook ok"},
		{"in trouble twice", []int{500, 503, 200}, 2, "webhook failed"},
		{"taken away", []int{404, 200}, 1, "webhook failed"},
		{"moved", []int{302, 200}, 1, "webhook failed"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			tries := 0
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				var body struct{ Text string }
				if err := json.NewDecoder(r.Body).Decode(&body); err != nil || r.Method != http.MethodPost || r.Header.Get("Content-Type") != "application/json" ||
					r.URL.Path != "/GEHEIM" || !strings.HasPrefix(body.Text, "ingest: 1 work package failed\n") {
					t.Errorf("%s %s with %q (%v)", r.Method, r.URL, body.Text, err)
				}
				w.Header().Set("Location", "/GEHEIM")
				w.WriteHeader(c.answers[tries])
				tries++
			}))
			defer server.Close()
			log, sent := tellOnce(t, notify.Options{Webhook: server.URL + "/GEHEIM"})
			if tries != c.tries || !slices.Equal(sent, []string{c.result}) {
				t.Errorf("tried %d times, %v, want %d and %s", tries, sent, c.tries, c.result)
			}
			if strings.Contains(log, "GEHEIM") || strings.Contains(log, strings.TrimPrefix(server.URL, "http://")) {
				t.Errorf("logged the address: %s", log)
			}
		})
	}
}

func TestWebhookThatDoesNotListen(t *testing.T) {
	server := httptest.NewServer(http.NotFoundHandler())
	server.Close()
	log, sent := tellOnce(t, notify.Options{Webhook: server.URL + "/GEHEIM", Flush: 100 * time.Millisecond})
	if len(sent) != 1 || sent[0] != "webhook failed" || !strings.Contains(log, "cannot be reached") || strings.Contains(log, "GEHEIM") || strings.Contains(log, "127.0.0.1") {
		t.Errorf("sent %v, logged %s", sent, log)
	}
}
