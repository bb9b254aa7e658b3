package openproject_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"ingest/openproject"
	"ingest/openproject/openprojecttest"
)

func TestTransportErrorsSayWhatToDo(t *testing.T) {
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_ = closed.Close()
	secured := httptest.NewUnstartedServer(http.NotFoundHandler())
	secured.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
	secured.StartTLS()
	defer secured.Close()
	for name, tc := range map[string]struct {
		address string
		web     *http.Client
		hint    string
	}{
		"nothing listens":   {"http://" + closed.Addr().String(), nil, "nothing listens"},
		"bad certificate":   {secured.URL, nil, "certificate"},
		"http to https":     {strings.Replace(secured.URL, "https", "http", 1), nil, "prefix included"},
		"not a host at all": {"http://tracker.invalid", alone(), "host name"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := client(t, openproject.Options{BaseURL: tc.address, APIKey: "opapi-secret", HTTPClient: tc.web, Retry: openproject.Retry{Attempts: 1}}).Me(t.Context())
			var hinting interface{ Hint() string }
			if !errors.As(err, &hinting) || !strings.Contains(hinting.Hint(), tc.hint) || strings.Contains(err.Error(), "secret") {
				t.Errorf("got %v", err)
			}
		})
	}
}

// alone is a client that asks neither the proxy nor the name servers of this machine:
// one would give an answer of its own, the others may take a minute.
func alone() *http.Client {
	names := &net.Resolver{PreferGo: true, Dial: func(context.Context, string, string) (net.Conn, error) {
		return nil, errors.New("no name server")
	}}
	dialer := &net.Dialer{Resolver: names}
	return &http.Client{Transport: &http.Transport{Proxy: nil, DialContext: dialer.DialContext}}
}

// An editor reads it on the page: filters and sort orders are for the log.
func TestErrorsNameThePlaceWithoutItsFilters(t *testing.T) {
	tracker := start(t, openprojecttest.Curation(openprojecttest.Options{APIKey: "secret"}))
	c := of(t, tracker)
	for name, fault := range map[string]openprojecttest.Fault{"dropped": {Drop: true}, "HTML": {Status: 200, Body: "<html>login</html>"}} {
		tracker.SetFault(func(*http.Request) *openprojecttest.Fault { return &fault })
		_, err := list(t, c, openproject.Query{Project: "curation", TypeIDs: []int64{7}}, nil)
		if err == nil || !strings.Contains(err.Error(), "/work_packages: ") || strings.Contains(err.Error(), "filters") {
			t.Errorf("%s: %v, want the address without its query", name, err)
		}
	}
}

func TestHalfAnswersAreErrors(t *testing.T) {
	for name, fault := range map[string]openprojecttest.Fault{
		"half":            {Half: true},
		"cut":             {Cut: true},
		"dropped":         {Drop: true},
		"HTML":            {Status: 200, Body: "<html>login</html>"},
		"500":             {Status: 500, Body: "oops"},
		"JSON of another": {Status: 200, Header: http.Header{"Content-Type": {"application/json"}}, Body: `{"ok":true}`},
		"empty":           {Status: 200, Header: http.Header{"Content-Type": {"application/json"}}},
	} {
		t.Run(name, func(t *testing.T) {
			tracker := start(t, openprojecttest.Curation(openprojecttest.Options{APIKey: "secret"}))
			ids := fill(tracker, 30, time.Minute)
			c := of(t, tracker)
			tracker.SetFault(func(*http.Request) *openprojecttest.Fault { return &fault })
			for call, err := range map[string]error{
				"list":        second(list(t, c, openproject.Query{}, nil)),
				"read":        second(c.WorkPackage(t.Context(), ids[0])),
				"me":          second(c.Me(t.Context())),
				"project":     second(c.Project(t.Context(), "41")),
				"projects":    second(c.Projects(t.Context())),
				"types":       second(c.Types(t.Context(), "41")),
				"statuses":    second(c.Statuses(t.Context())),
				"schema":      second(c.Schema(t.Context(), 41, 7)),
				"attachments": second(c.Attachments(t.Context(), ids[0])),
				"attachment":  second(c.Attachment(t.Context(), 1)),
			} {
				var hinting interface{ Hint() string }
				if !errors.As(err, &hinting) || hinting.Hint() == "" {
					t.Errorf("%s: got error %v, want one with a hint", call, err)
				}
			}
		})
	}
}

func second[T any](_ T, err error) error { return err }

func TestListingCanBeCancelled(t *testing.T) {
	tracker := start(t, openprojecttest.Curation(openprojecttest.Options{APIKey: "secret", MaxPageSize: 10}))
	fill(tracker, 50, time.Minute)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	rows := 0
	var last error
	for wp, err := range of(t, tracker).WorkPackages(ctx, openproject.Query{}) {
		if err == nil && wp != nil {
			rows++
		}
		last = err
		cancel()
	}
	if rows != 10 || !errors.Is(last, context.Canceled) {
		t.Errorf("%d rows and then %v", rows, last)
	}
}

func TestSlowTrackersTimeOut(t *testing.T) {
	tracker := start(t, openprojecttest.Curation(openprojecttest.Options{APIKey: "secret"}))
	tracker.SetFault(func(*http.Request) *openprojecttest.Fault { return &openprojecttest.Fault{Delay: time.Hour} })
	attempts := 0 // the tracker may not notice one that is given up so soon
	counting := roundTrip(func(r *http.Request) (*http.Response, error) {
		attempts++
		return http.DefaultTransport.RoundTrip(r)
	})
	c := client(t, openproject.Options{
		BaseURL: tracker.URL(), APIKey: "secret", HTTPClient: &http.Client{Timeout: 20 * time.Millisecond, Transport: counting},
	})
	_, err := c.Me(t.Context())
	var transport *openproject.TransportError
	if !errors.As(err, &transport) || !strings.Contains(transport.Hint(), "in time") {
		t.Errorf("got %v", err)
	}
	if attempts != 4 {
		t.Errorf("%d attempts, want 4", attempts)
	}
}

func TestLog(t *testing.T) {
	tracker := start(t, openprojecttest.Curation(openprojecttest.Options{APIKey: "opapi-key", RemoteStorage: true}))
	ids := fill(tracker, 1, 0)
	tracker.AddAttachment(ids[0], openprojecttest.Attachment{Content: []byte("bytes")})
	busy := 1
	tracker.SetFault(func(*http.Request) *openprojecttest.Fault {
		if busy--; busy == 0 {
			return &openprojecttest.Fault{Status: 503}
		}
		return nil
	})
	var out bytes.Buffer
	c := client(t, openproject.Options{
		BaseURL: tracker.URL(), APIKey: "opapi-key",
		Logger: slog.New(slog.NewTextHandler(&out, &slog.HandlerOptions{Level: slog.LevelDebug})),
	})
	all, err := c.Attachments(t.Context(), ids[0])
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Download(t.Context(), all[0], &strings.Builder{}); err != nil {
		t.Fatal(err)
	}
	log := out.String()
	for _, want := range []string{"level=WARN", "status=503 attempt=1", "status=200 attempt=2", "wp_id=", "url=http://", "duration="} {
		if !strings.Contains(log, want) {
			t.Errorf("no %q in\n%s", want, log)
		}
	}
	for _, secret := range []string{"opapi", "Signature", "YXBpa2V5"} {
		if strings.Contains(log, secret) {
			t.Errorf("%q in\n%s", secret, log)
		}
	}
}
