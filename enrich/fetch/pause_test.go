package fetch_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"ingest/enrich/fetch"
)

// busyOnce answers the first request for /busy with a status and Retry-After.
func busyOnce(code int, after string) http.HandlerFunc {
	var mu sync.Mutex
	said := false
	return func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		if r.URL.Path != "/busy" || said {
			return
		}
		said = true
		if after != "" {
			w.Header().Set("Retry-After", after)
		}
		w.WriteHeader(code)
	}
}

// What a host asks for on one page holds for its other pages, and for no other host.
func TestRetryAfterHoldsForTheHost(t *testing.T) {
	for _, test := range []struct {
		code  int
		after string
		pause time.Duration
	}{
		{429, "20", 20 * time.Second},
		{503, "20", 20 * time.Second},
		{503, "", 0},
		{429, "", 0}, // no attempt is to follow: no wait to share
		{500, "20", 0},
		{404, "20", 0},
	} {
		t.Run(fmt.Sprint(test.code, test.after), func(t *testing.T) {
			bubble(t, fetch.Options{}, busyOnce(test.code, test.after), func(t *testing.T, c *fetch.Client) {
				_, err := c.Get(t.Context(), fetch.Request{URL: "http://busy.example/busy"})
				wantKind(t, err, fetch.Status)
				took(t, 0, func() { mustGet(t, c, fetch.Request{URL: "http://other.example/"}) })
				took(t, test.pause, func() { mustGet(t, c, fetch.Request{URL: "http://busy.example/page"}) })
				took(t, 0, func() { mustGet(t, c, fetch.Request{URL: "http://busy.example/page"}) })
			})
		})
	}
}

// A bare 429 is about all our requests: they wait as long as the one that got it.
func TestTooManyRequestsHoldsForTheHost(t *testing.T) {
	bubble(t, fetch.Options{Retry: fetch.Retry{Attempts: 2}}, busyOnce(429, ""), func(t *testing.T, c *fetch.Client) {
		var wg sync.WaitGroup
		took(t, 2*time.Second, func() {
			wg.Go(func() { mustGet(t, c, fetch.Request{URL: "http://busy.example/busy"}) })
			time.Sleep(time.Millisecond)
			took(t, 2*time.Second-time.Millisecond, func() { mustGet(t, c, fetch.Request{URL: "http://busy.example/page"}) })
			wg.Wait()
		})
	})
}

// A host that wants more than a run can wait for is not asked again at all.
func TestLongRetryAfter(t *testing.T) {
	for after, want := range map[string]time.Duration{"3600": time.Hour, "99999999": 24 * time.Hour} {
		bubble(t, fetch.Options{Retry: fetch.Retry{Attempts: 3}}, busyOnce(429, after), func(t *testing.T, c *fetch.Client) {
			took(t, 0, func() {
				_, err := c.Get(t.Context(), fetch.Request{URL: "http://busy.example/busy"})
				asked := asKind(t, err, fetch.Status)
				if asked.RetryAfter < want || asked.Hops[0].Status != 429 {
					t.Errorf("retry after %v, hop %+v", asked.RetryAfter, asked.Hops[0])
				}
				_, err = c.Get(t.Context(), fetch.Request{URL: "http://busy.example/page"})
				e := asKind(t, err, fetch.Status)
				if e.Status != 429 || e.RetryAfter != want || e.Hops[0].Status != 0 || e.Answer != nil {
					t.Errorf("status %d, retry after %v, hop %+v; want 429 and %v without asking", e.Status, e.RetryAfter, e.Hops[0], want)
				}
				if !strings.Contains(e.Error(), "not asked again") {
					t.Errorf("error %q does not say that nobody was asked", e)
				}
			})
			time.Sleep(want - 30*time.Second) // now a run can wait for it
			took(t, 30*time.Second, func() { mustGet(t, c, fetch.Request{URL: "http://busy.example/page"}) })
		})
	}
}

func TestPausedHostIsNotForgotten(t *testing.T) {
	bubble(t, fetch.Options{}, busyOnce(429, "3600"), func(t *testing.T, c *fetch.Client) {
		_, err := c.Get(t.Context(), fetch.Request{URL: "http://busy.example/busy"})
		wantKind(t, err, fetch.Status)
		for i := range 1100 {
			mustGet(t, c, fetch.Request{URL: fmt.Sprintf("http://host%d.example/", i)})
			c.Close()
		}
		_, err = c.Get(t.Context(), fetch.Request{URL: "http://busy.example/page"})
		wantKind(t, err, fetch.Status)
	})
}

func TestTimeoutIsTriedTwice(t *testing.T) {
	var mu sync.Mutex
	asked := 0
	bubble(t, fetch.Options{Retry: fetch.Retry{Attempts: 5}}, func(_ http.ResponseWriter, r *http.Request) {
		mu.Lock()
		asked++
		mu.Unlock()
		<-r.Context().Done()
	}, func(t *testing.T, c *fetch.Client) {
		took(t, 30*time.Second+500*time.Millisecond, func() {
			_, err := c.Get(t.Context(), fetch.Request{URL: "http://slow.example/"})
			wantKind(t, err, fetch.Timeout)
		})
	})
	if asked != 2 {
		t.Errorf("asked %d times, want 2", asked)
	}
}
