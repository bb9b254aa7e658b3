package fetch_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"ingest/enrich/fetch"
)

func TestAnswerOfARefusal(t *testing.T) {
	wall := strings.Repeat("<p>prove that you are no robot</p>", 10)
	long := strings.Repeat("0123456789abcdef", 8<<10)
	for name, test := range map[string]struct {
		coding string
		body   []byte
		length string // announced; empty for the right one
		want   string
	}{
		"plain":      {"", []byte(wall), "", wall},
		"packed":     {"gzip", pack(t, "gzip", []byte(wall)), "", wall},
		"none":       {"", nil, "", ""},
		"long":       {"", []byte(long), "", long[:64<<10]},
		"a bomb":     {"gzip", pack(t, "gzip", []byte(strings.Repeat(long, 200))), "", long[:64<<10]},
		"cut off":    {"", []byte(wall), "100000", wall},
		"not packed": {"gzip", []byte(wall), "", ""},
		"unknown":    {"compress", []byte(wall), "", ""},
		"huge":       {"", []byte(wall), "1000000000000", ""},
	} {
		for _, code := range []int{401, 403, 404, 429, 503} {
			s := serve(t, func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Cf-Mitigated", "challenge")
				w.Header()["Content-Encoding"] = []string{test.coding}
				if test.length != "" {
					w.Header().Set("Content-Length", test.length)
				}
				w.WriteHeader(code)
				_, _ = w.Write(test.body)
			})
			c := newClient(t, fetch.Options{AllowPrivate: loopback()})
			_, err := c.Get(t.Context(), fetch.Request{URL: s.URL})
			e := asKind(t, err, fetch.Status)
			if e.Status != code || e.Answer == nil || e.Answer.Header.Get("Cf-Mitigated") != "challenge" {
				t.Errorf("%s %d: status %d, answer %+v", name, code, e.Status, e.Answer)
				continue
			}
			if got := string(e.Answer.Body); got != test.want {
				t.Errorf("%s %d: body of %d bytes, want %d", name, code, len(got), len(test.want))
			}
		}
	}
}

// The body of a refusal has the same time limit as any.
func TestAnswerThatDrips(t *testing.T) {
	bubble(t, fetch.Options{}, func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusForbidden)
		for r.Context().Err() == nil {
			_, _ = w.Write([]byte("x"))
			w.(http.Flusher).Flush()
			time.Sleep(time.Second)
		}
	}, func(t *testing.T, c *fetch.Client) {
		took(t, 20*time.Second, func() {
			_, err := c.Get(t.Context(), fetch.Request{URL: "http://drip.example/"})
			if e := asKind(t, err, fetch.Status); len(e.Answer.Body) < 19 {
				t.Errorf("%d bytes kept", len(e.Answer.Body))
			}
		})
	})
}
