package openproject_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"ingest/openproject"
	"ingest/openproject/openprojecttest"
)

func TestDownloadsThatBreak(t *testing.T) {
	fail := func(f openprojecttest.Fault, times int) func(*http.Request) *openprojecttest.Fault {
		return func(r *http.Request) *openprojecttest.Fault {
			if strings.HasSuffix(r.URL.Path, "/content") && times > 0 {
				times--
				return &f
			}
			return nil
		}
	}
	for name, tc := range map[string]struct {
		fault func(*http.Request) *openprojecttest.Fault
		check func(n int64, err error) bool
	}{
		"busy, then there": {fail(openprojecttest.Fault{Status: 503}, 2), func(n int64, err error) bool { return err == nil && n == 10_000 }},
		"always busy": {fail(openprojecttest.Fault{Status: 503, Body: "maintenance"}, 9), func(_ int64, err error) bool {
			var e *openproject.APIError
			return errors.As(err, &e) && e.Status == 503 && e.Snippet == "maintenance"
		}},
		"cut on the way": {fail(openprojecttest.Fault{Cut: true}, 1), func(n int64, err error) bool {
			var e *openproject.TransportError
			return errors.As(err, &e) && errors.Is(err, io.ErrUnexpectedEOF) && n == 5000
		}},
		"half as if whole": {fail(openprojecttest.Fault{Half: true}, 1), func(_ int64, err error) bool {
			var e *openproject.ContentError
			return errors.As(err, &e) && e.What == "size"
		}},
		"a login page": {fail(openprojecttest.Fault{Status: 200, Body: "<html>"}, 1), func(_ int64, err error) bool {
			var e *openproject.ContentError
			return errors.As(err, &e)
		}},
		"gone": {fail(openprojecttest.Fault{Status: 404}, 1), func(_ int64, err error) bool {
			var e *openproject.APIError
			return errors.As(err, &e) && e.Status == 404
		}},
	} {
		t.Run(name, func(t *testing.T) {
			tracker, c, a := upload(t, openprojecttest.Options{}, openprojecttest.Attachment{Content: make([]byte, 10_000)})
			tracker.SetFault(tc.fault)
			if n, err := c.Download(t.Context(), a, io.Discard); !tc.check(n, err) {
				t.Errorf("%d bytes, %v", n, err)
			}
		})
	}
}

// full is a disk without room.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no space left") }

func TestDownloadToAFullDisk(t *testing.T) {
	_, c, a := upload(t, openprojecttest.Options{}, openprojecttest.Attachment{Content: []byte("bytes")})
	_, err := c.Download(t.Context(), a, full{})
	var transport *openproject.TransportError
	if err == nil || errors.As(err, &transport) || !strings.Contains(err.Error(), "no space left") {
		t.Errorf("got %v", err)
	}
}

// trickle sends one byte and then nothing, until its request is given up.
type trickle struct{ ctx context.Context }

func (s trickle) RoundTrip(r *http.Request) (*http.Response, error) {
	body := io.MultiReader(strings.NewReader("a"), trickle{r.Context()})
	return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: io.NopCloser(body), Request: r}, nil
}

func (s trickle) Read([]byte) (int, error) {
	<-s.ctx.Done()
	return 0, s.ctx.Err()
}

func TestDownloadThatNoLongerMoves(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		_, err := from(t, trickle{}).Download(t.Context(), openproject.Attachment{ID: 1, Size: 2, Href: "/api/v3/attachments/1/content"}, io.Discard)
		var transport *openproject.TransportError
		if !errors.As(err, &transport) || time.Since(began) != time.Minute {
			t.Errorf("got %v after %v", err, time.Since(began))
		}
	})
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		_, err := from(t, trickle{}).Download(ctx, openproject.Attachment{ID: 1, Size: 2, Href: "/api/v3/attachments/1/content"}, io.Discard)
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v", err)
		}
	})
}
