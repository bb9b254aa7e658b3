package openproject_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"ingest/openproject"
)

// script answers the n-th request, from 0, and counts them.
type script struct {
	answer   func(n int) (status int, retryAfter string, err error)
	requests int
}

func (s *script) RoundTrip(r *http.Request) (*http.Response, error) {
	status, retryAfter, err := s.answer(s.requests)
	s.requests++
	if err != nil {
		return nil, err
	}
	body := `{"id":1,"name":"Ingest Bot"}`
	if status != http.StatusOK {
		body = "{}"
	}
	h := http.Header{"Content-Type": {"application/hal+json"}}
	if retryAfter != "" {
		h.Set("Retry-After", retryAfter)
	}
	return &http.Response{StatusCode: status, Header: h, Body: io.NopCloser(strings.NewReader(body)), Request: r}, nil
}

func asking(t testing.TB, s *script) *openproject.Client {
	t.Helper()
	c, err := openproject.New(openproject.Options{BaseURL: "https://tracker.example", HTTPClient: &http.Client{Transport: s}})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestRetriesWhatMayPass(t *testing.T) {
	timeout := &net.OpError{Op: "read", Err: os.ErrDeadlineExceeded}
	for name, tc := range map[string]struct {
		status int
		err    error
		want   int // requests
	}{
		"429":                      {status: 429, want: 4},
		"502":                      {status: 502, want: 4},
		"503":                      {status: 503, want: 4},
		"504":                      {status: 504, want: 4},
		"a timeout":                {err: timeout, want: 4},
		"a connection reset":       {err: &net.OpError{Op: "read", Err: os.NewSyscallError("read", syscall.ECONNRESET)}, want: 4},
		"a connection that closed": {err: io.EOF, want: 4},
		"half an answer":           {err: io.ErrUnexpectedEOF, want: 4},
		"400":                      {status: 400, want: 1},
		"401":                      {status: 401, want: 1},
		"403":                      {status: 403, want: 1},
		"404":                      {status: 404, want: 1},
		"409":                      {status: 409, want: 1},
		"422":                      {status: 422, want: 1},
		"500":                      {status: 500, want: 1},
		"501":                      {status: 501, want: 1},
		"a refused connection":     {err: &net.OpError{Op: "dial", Err: os.NewSyscallError("connect", syscall.ECONNREFUSED)}, want: 1},
		"an unknown host":          {err: &net.DNSError{Err: "no such host", Name: "tracker.example", IsNotFound: true}, want: 1},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := &script{answer: func(int) (int, string, error) { return tc.status, "", tc.err }}
				began := time.Now()
				_, err := asking(t, s).Me(t.Context())
				if s.requests != tc.want || err == nil {
					t.Errorf("%d requests and error %v, want %d", s.requests, err, tc.want)
				}
				// 500 ms, then doubled: 500, 1000, 2000, of which jitter takes up to half.
				if took := time.Since(began); tc.want > 1 && (took < 1750*time.Millisecond || took > 3500*time.Millisecond) || tc.want == 1 && took > 0 {
					t.Errorf("it took %v", took)
				}
				var transport *openproject.TransportError
				if isTransport := errors.As(err, &transport); isTransport != (tc.err != nil) || isTransport && transport.Hint() == "" {
					t.Errorf("got %T %v", err, err)
				}
			})
		})
	}
}

func TestRetrySucceeds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &script{answer: func(n int) (int, string, error) {
			return []int{503, 429, 200}[n], "", nil
		}}
		if me, err := asking(t, s).Me(t.Context()); err != nil || me.ID != 1 {
			t.Errorf("got %+v, %v", me, err)
		}
	})
}

func TestRetryAfterSetsTheWait(t *testing.T) {
	for name, tc := range map[string]struct {
		after    func(now time.Time) string
		min, max time.Duration
	}{
		"seconds":                {func(time.Time) string { return "7" }, 7 * time.Second, 7 * time.Second},
		"a date":                 {func(now time.Time) string { return now.Add(9 * time.Second).UTC().Format(http.TimeFormat) }, 8 * time.Second, 9 * time.Second},
		"longer than the cap":    {func(time.Time) string { return "86400" }, 30 * time.Second, 30 * time.Second},
		"a date that has passed": {func(now time.Time) string { return now.Add(-time.Hour).UTC().Format(http.TimeFormat) }, time.Millisecond, time.Second},
		"nonsense":               {func(time.Time) string { return "soon" }, time.Millisecond, time.Second},
		"negative":               {func(time.Time) string { return "-5" }, time.Millisecond, time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				began := time.Now()
				s := &script{answer: func(n int) (int, string, error) {
					return []int{503, 200}[n], tc.after(began), nil
				}}
				if _, err := asking(t, s).Me(t.Context()); err != nil {
					t.Fatal(err)
				}
				if took := time.Since(began); took < tc.min || took > tc.max {
					t.Errorf("waited %v, want %v to %v", took, tc.min, tc.max)
				}
			})
		})
	}
}

func TestOneAttemptMeansOne(t *testing.T) {
	s := &script{answer: func(int) (int, string, error) { return 503, "", nil }}
	c := client(t, openproject.Options{
		BaseURL: "https://tracker.example", HTTPClient: &http.Client{Transport: s}, Retry: openproject.Retry{Attempts: 1},
	})
	if _, err := c.Me(t.Context()); err == nil || s.requests != 1 {
		t.Errorf("%d requests, error %v", s.requests, err)
	}
}

func TestCancellingEndsTheWaitAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		reason := errors.New("interrupted by a person")
		ctx, cancel := context.WithCancelCause(t.Context())
		s := &script{answer: func(int) (int, string, error) { return 503, "20", nil }}
		time.AfterFunc(5*time.Second, func() { cancel(reason) })
		began := time.Now()
		_, err := asking(t, s).Me(ctx)
		if took := time.Since(began); took != 5*time.Second || s.requests != 1 {
			t.Errorf("ended after %v and %d requests", took, s.requests)
		}
		if !errors.Is(err, context.Canceled) || !errors.Is(err, reason) {
			t.Errorf("got %v", err)
		}
	})
}
