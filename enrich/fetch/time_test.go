package fetch_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"ingest/enrich/fetch"
)

// bubble runs test in virtual time, with a client whose every request goes to
// the handler, at a public address.
func bubble(t *testing.T, o fetch.Options, h http.HandlerFunc, test func(*testing.T, *fetch.Client)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		web, stop := newPipeWeb("1.1.1.1:80", h)
		defer stop()
		o.Dial = web.dial
		c := newClient(t, o)
		defer c.Close()
		test(t, c)
	})
}

// took checks how much virtual time f takes.
func took(t *testing.T, want time.Duration, f func()) {
	t.Helper()
	start := time.Now()
	f()
	if got := time.Since(start); got != want {
		t.Errorf("took %v, want %v", got, want)
	}
}

func TestServerThatNeverAnswers(t *testing.T) {
	for limit, want := range map[time.Duration]time.Duration{0: 15 * time.Second, 8 * time.Second: 6 * time.Second} {
		bubble(t, fetch.Options{Timeout: limit}, func(_ http.ResponseWriter, r *http.Request) {
			<-r.Context().Done()
		}, func(t *testing.T, c *fetch.Client) {
			took(t, want, func() {
				_, err := c.Get(t.Context(), fetch.Request{URL: "http://slow.example/"})
				if e := asKind(t, err, fetch.Timeout); !e.Temporary() || e.Hint() == "" {
					t.Errorf("temporary %v, hint %q", e.Temporary(), e.Hint())
				}
			})
		})
	}
}

func TestServerThatNeverFinishesItsHandshake(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		web, stop := newPipeWeb("1.1.1.1:443", http.NotFoundHandler())
		defer stop()
		c := newClient(t, fetch.Options{Dial: web.dialSilent})
		defer c.Close()
		took(t, 10*time.Second, func() {
			_, err := c.Get(t.Context(), fetch.Request{URL: "https://slow.example/"})
			wantKind(t, err, fetch.Timeout)
		})
	})
}

func TestBodyThatDrips(t *testing.T) {
	bubble(t, fetch.Options{Timeout: 19500 * time.Millisecond}, func(w http.ResponseWriter, r *http.Request) {
		_, _ = w.Write(make([]byte, 5000))
		for r.Context().Err() == nil {
			_, _ = w.Write([]byte("x"))
			w.(http.Flusher).Flush()
			time.Sleep(time.Second)
		}
	}, func(t *testing.T, c *fetch.Client) {
		took(t, 19500*time.Millisecond, func() {
			_, body, err := get(t, c, fetch.Request{URL: "http://drip.example/"})
			wantKind(t, err, fetch.Timeout)
			if len(body) != 5020 {
				t.Errorf("%d bytes, want 5020", len(body))
			}
		})
	})
}

func TestRetry(t *testing.T) {
	type answer struct {
		status int
		after  string
	}
	date := time.Date(2000, 1, 1, 0, 0, 7, 0, time.UTC).Format(http.TimeFormat) // the bubble begins at midnight
	for _, test := range []struct {
		name    string
		retry   fetch.Retry
		answers []answer
		want    time.Duration
		status  int // of the error; 0 for none
	}{
		{"backoff doubles", fetch.Retry{Attempts: 4}, []answer{{502, ""}, {504, ""}, {522, ""}, {200, ""}}, 3500 * time.Millisecond, 0},
		{"gives up after three", fetch.Retry{Max: time.Minute}, []answer{{502, ""}, {502, ""}, {502, ""}, {200, ""}}, 1500 * time.Millisecond, 502},
		{"seconds", fetch.Retry{Attempts: 3}, []answer{{429, "7"}, {200, ""}}, 7 * time.Second, 0},
		{"date", fetch.Retry{Attempts: 3}, []answer{{429, date}, {200, ""}}, 7 * time.Second, 0},
		{"date that has passed", fetch.Retry{Attempts: 3}, []answer{{429, "Sat, 01 Jan 1994 00:00:00 GMT"}, {200, ""}}, 2 * time.Second, 0},
		{"shorter than backoff", fetch.Retry{Attempts: 3, Base: time.Second}, []answer{{503, "1"}, {200, ""}}, 2 * time.Second, 0},
		{"longer than allowed", fetch.Retry{Attempts: 3}, []answer{{429, "31"}, {200, ""}}, 0, 429},
		{"longer than a number holds", fetch.Retry{Attempts: 3}, []answer{{429, "99999999999999999999"}, {200, ""}}, 0, 429},
		{"garbage", fetch.Retry{Attempts: 3}, []answer{{503, "soon"}, {200, ""}}, 1000 * time.Millisecond, 0},
		{"negative", fetch.Retry{Attempts: 3}, []answer{{503, "-5"}, {200, ""}}, 1000 * time.Millisecond, 0},
		{"backoff is capped", fetch.Retry{Attempts: 6, Max: time.Second}, []answer{{502, ""}, {502, ""}, {502, ""}, {502, ""}, {200, ""}}, 3500 * time.Millisecond, 0},
		{"twice as patient with 503", fetch.Retry{Attempts: 3}, []answer{{503, ""}, {503, ""}, {200, ""}}, 3 * time.Second, 0},
		{"four times with 429", fetch.Retry{Attempts: 3}, []answer{{429, ""}, {429, ""}, {200, ""}}, 6 * time.Second, 0},
		{"but not past the cap", fetch.Retry{Attempts: 3, Max: time.Second}, []answer{{429, ""}, {429, ""}, {200, ""}}, 2 * time.Second, 0},
		{"408 and 425 pass", fetch.Retry{Attempts: 3}, []answer{{408, ""}, {425, ""}, {200, ""}}, 1500 * time.Millisecond, 0},
		{"never for 525", fetch.Retry{Attempts: 3}, []answer{{525, ""}, {200, ""}}, 0, 525},
		{"never for 404", fetch.Retry{Attempts: 3}, []answer{{404, ""}, {200, ""}}, 0, 404},
		{"never for 500", fetch.Retry{Attempts: 3}, []answer{{500, ""}, {200, ""}}, 0, 500},
		{"never for 403", fetch.Retry{Attempts: 3}, []answer{{403, "1"}, {200, ""}}, 0, 403},
		{"one attempt", fetch.Retry{Attempts: 1}, []answer{{503, ""}, {200, ""}}, 0, 503},
	} {
		t.Run(test.name, func(t *testing.T) {
			var mu sync.Mutex
			bubble(t, fetch.Options{Retry: test.retry}, func(w http.ResponseWriter, _ *http.Request) {
				mu.Lock()
				defer mu.Unlock()
				a := test.answers[0]
				test.answers = test.answers[1:]
				if a.after != "" {
					w.Header().Set("Retry-After", a.after)
				}
				w.WriteHeader(a.status)
			}, func(t *testing.T, c *fetch.Client) {
				took(t, test.want, func() {
					res, _, err := get(t, c, fetch.Request{URL: "http://busy.example/"})
					if test.status != 0 {
						if e := asKind(t, err, fetch.Status); e.Status != test.status {
							t.Errorf("status %d, want %d", e.Status, test.status)
						}
						return
					}
					if err != nil {
						t.Fatal(err)
					}
					if len(res.Hops) != 1 || res.Hops[0].Status != 200 {
						t.Errorf("hops %+v", res.Hops)
					}
				})
			})
		})
	}
}

func TestRetryAfterDroppedConnection(t *testing.T) {
	asked := 0
	bubble(t, fetch.Options{Retry: fetch.Retry{Attempts: 3}}, func(w http.ResponseWriter, _ *http.Request) {
		asked++
		if asked < 3 {
			panic(http.ErrAbortHandler) // drops the connection without an answer
		}
		_, _ = io.WriteString(w, "hello")
	}, func(t *testing.T, c *fetch.Client) {
		took(t, 1500*time.Millisecond, func() {
			if _, body := mustGet(t, c, fetch.Request{URL: "http://flaky.example/"}); body != "hello" {
				t.Errorf("body %q", body)
			}
		})
	})
	if asked != 3 {
		t.Errorf("asked %d times, want 3", asked)
	}
}

func TestRequestsToOneHostAreSpaced(t *testing.T) {
	var mu sync.Mutex
	starts := map[string][]time.Duration{}
	var begun time.Time
	bubble(t, fetch.Options{PerHost: fetch.PerHost{Interval: 500 * time.Millisecond, Concurrency: 10}}, func(_ http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		starts[r.Host] = append(starts[r.Host], time.Since(begun))
	}, func(t *testing.T, c *fetch.Client) {
		begun = time.Now()
		took(t, 1500*time.Millisecond, func() {
			var wg sync.WaitGroup
			for i := range 8 {
				wg.Go(func() { mustGet(t, c, fetch.Request{URL: fmt.Sprintf("http://host%d.example/", i%2)}) })
			}
			wg.Wait()
		})
	})
	for host, at := range starts {
		if want := "[0s 500ms 1s 1.5s]"; fmt.Sprint(at) != want {
			t.Errorf("%s was asked at %v, want %s", host, at, want)
		}
	}
}

func TestOpenExchangesWithOneHostAreCounted(t *testing.T) {
	text := make([]byte, 100_000)
	ask := func(t *testing.T, c *fetch.Client, url string) *fetch.Response {
		t.Helper()
		res, err := c.Get(t.Context(), fetch.Request{URL: url})
		if err != nil {
			t.Fatal(err)
		}
		return res
	}
	for name, test := range map[string]struct {
		with func(t *testing.T, r *fetch.Response) // what is done to one of two open bodies, a second in
		want time.Duration                         // how long a third exchange waits
	}{
		"closed":       {func(_ *testing.T, r *fetch.Response) { _ = r.Body.Close() }, time.Second},
		"read to end":  {func(_ *testing.T, r *fetch.Response) { _, _ = io.Copy(io.Discard, r.Body) }, time.Second},
		"read in part": {func(_ *testing.T, r *fetch.Response) { _, _ = r.Body.Read(make([]byte, 10)) }, 20 * time.Second},
		"forgotten":    {func(*testing.T, *fetch.Response) {}, 20 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, fetch.Options{}, func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(text) }, func(t *testing.T, c *fetch.Client) {
				one := ask(t, c, "http://host.example/1")
				two := ask(t, c, "http://host.example/2")
				took(t, 0, func() { _ = ask(t, c, "http://other.example/").Body.Close() })
				time.AfterFunc(time.Second, func() { test.with(t, one) })
				took(t, test.want, func() { _ = ask(t, c, "http://host.example/3").Body.Close() })
				_ = one.Body.Close()
				_ = two.Body.Close()
			})
		})
	}
}

// Waiting for a turn takes nothing from the time of the exchange.
func TestPoliteWaitIsNotCounted(t *testing.T) {
	bubble(t, fetch.Options{PerHost: fetch.PerHost{Interval: time.Minute}}, func(w http.ResponseWriter, _ *http.Request) {
		time.Sleep(10 * time.Second)
		_, _ = io.WriteString(w, "hello")
	}, func(t *testing.T, c *fetch.Client) {
		mustGet(t, c, fetch.Request{URL: "http://host.example/"})
		took(t, time.Minute, func() { mustGet(t, c, fetch.Request{URL: "http://host.example/"}) })
	})
}

func TestCallerEndsIt(t *testing.T) {
	hang := func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }
	drip := func(w http.ResponseWriter, r *http.Request) {
		_, _ = w.Write(make([]byte, 5000))
		w.(http.Flusher).Flush()
		<-r.Context().Done()
	}
	busy := func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusServiceUnavailable) }
	for name, test := range map[string]struct {
		handler http.HandlerFunc
		options fetch.Options
		before  int // exchanges first
	}{
		"while waiting for the answer": {handler: hang},
		"within the body":              {handler: drip},
		"between two attempts":         {handler: busy, options: fetch.Options{Retry: fetch.Retry{Attempts: 2, Base: 10 * time.Second}}},
		"while waiting for its turn":   {handler: func(http.ResponseWriter, *http.Request) {}, options: fetch.Options{PerHost: fetch.PerHost{Interval: time.Minute}}, before: 1},
	} {
		t.Run(name, func(t *testing.T) {
			cause := errors.New("enough")
			bubble(t, test.options, test.handler, func(t *testing.T, c *fetch.Client) {
				for range test.before {
					mustGet(t, c, fetch.Request{URL: "http://host.example/"})
				}
				ctx, cancel := context.WithCancelCause(t.Context())
				time.AfterFunc(3*time.Second, func() { cancel(cause) })
				took(t, 3*time.Second, func() {
					res, err := c.Get(ctx, fetch.Request{URL: "http://host.example/"})
					if err == nil {
						_, err = res.Bytes()
					}
					if e := asKind(t, err, fetch.Canceled); !errors.Is(e, cause) || e.Temporary() {
						t.Errorf("error %v, temporary %v, want the cause and not", e, e.Temporary())
					}
				})
				// a place given up is free again
				took(t, 57*time.Second*time.Duration(test.before), func() {
					for range 3 * test.before {
						ctx, cancel := context.WithCancel(t.Context())
						cancel()
						_, err := c.Get(ctx, fetch.Request{URL: "http://host.example/"})
						wantKind(t, err, fetch.Canceled)
					}
					for range test.before {
						mustGet(t, c, fetch.Request{URL: "http://host.example/"})
					}
				})
			})
		})
	}
}

func TestHostsAreForgotten(t *testing.T) {
	bubble(t, fetch.Options{PerHost: fetch.PerHost{Interval: time.Second}}, func(http.ResponseWriter, *http.Request) {}, func(t *testing.T, c *fetch.Client) {
		for i := range 5000 {
			mustGet(t, c, fetch.Request{URL: fmt.Sprintf("http://host%d.example/", i)})
			c.Close() // else each would keep its idle connection
			time.Sleep(10 * time.Millisecond)
		}
		if n := c.KnownHosts(); n > 1200 {
			t.Errorf("%d hosts remembered of 5000", n)
		}
	})
}

func TestHostInUseIsNotForgotten(t *testing.T) {
	bubble(t, fetch.Options{PerHost: fetch.PerHost{Concurrency: 1}}, func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(make([]byte, 5000)) }, func(t *testing.T, c *fetch.Client) {
		held, err := c.Get(t.Context(), fetch.Request{URL: "http://held.example/"})
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = held.Body.Close() }()
		for i := range 1100 {
			mustGet(t, c, fetch.Request{URL: fmt.Sprintf("http://host%d.example/", i)})
			c.Close()
		}
		took(t, 20*time.Second, func() { mustGet(t, c, fetch.Request{URL: "http://held.example/"}) })
	})
}

func TestTheSchemesOwnPortIsNoOtherHost(t *testing.T) {
	bubble(t, fetch.Options{PerHost: fetch.PerHost{Interval: time.Minute}}, func(http.ResponseWriter, *http.Request) {}, func(t *testing.T, c *fetch.Client) {
		mustGet(t, c, fetch.Request{URL: "http://host.example/"})
		took(t, time.Minute, func() { mustGet(t, c, fetch.Request{URL: "http://HOST.example:80/"}) })
		took(t, 0, func() { mustGet(t, c, fetch.Request{URL: "http://host.example:8080/"}) })
		if n := c.KnownHosts(); n != 2 {
			t.Errorf("%d hosts, want 2", n)
		}
		for _, port := range []string{"", ":443"} { // nobody speaks TLS there; the host is known all the same
			_, err := c.Get(t.Context(), fetch.Request{URL: "https://secure.example" + port + "/"})
			_ = asKind(t, err, "")
		}
		if n := c.KnownHosts(); n != 3 {
			t.Errorf("%d hosts, want 3", n)
		}
	})
}
