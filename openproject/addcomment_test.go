package openproject_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"ingest/openproject"
	"ingest/openproject/openprojecttest"
)

const (
	marker = "<!-- ingest:run=7f3a -->"
	text   = "Published. " + marker
)

// failing makes the first n requests of a method fail.
func failing(tracker *openprojecttest.Tracker, method string, n int, f openprojecttest.Fault) {
	var asked atomic.Int64
	tracker.SetFault(func(r *http.Request) *openprojecttest.Fault {
		if r.Method == method && asked.Add(1) <= int64(n) {
			return &f
		}
		return nil
	})
}

// TestNoCommentIsPostedTwice: whatever becomes of the first attempt, one comment
// stands there in the end, and a second POST is sent only where the first did
// nothing.
func TestNoCommentIsPostedTwice(t *testing.T) {
	never := time.Hour // the client is impatient
	for name, tc := range map[string]struct {
		fault openprojecttest.Fault
		posts int
	}{
		"arrived, no answer":            {openprojecttest.Fault{Done: true, Drop: true}, 1},
		"arrived, half an answer":       {openprojecttest.Fault{Cut: true}, 1},
		"arrived, half an answer whole": {openprojecttest.Fault{Half: true}, 1},
		"arrived, a timeout":            {openprojecttest.Fault{Done: true, Delay: never}, 1},
		"arrived, 502":                  {openprojecttest.Fault{Done: true, Status: 502}, 1},
		"arrived, 503":                  {openprojecttest.Fault{Done: true, Status: 503}, 1},
		"arrived, 504":                  {openprojecttest.Fault{Done: true, Status: 504}, 1},
		"arrived, a page":               {openprojecttest.Fault{Done: true, Status: 200}, 1},
		"lost, no answer":               {openprojecttest.Fault{Drop: true}, 2},
		"lost, a timeout":               {openprojecttest.Fault{Delay: never}, 2},
		"lost, 502":                     {openprojecttest.Fault{Status: 502}, 2},
		"lost, 503":                     {openprojecttest.Fault{Status: 503}, 2},
		"429":                           {openprojecttest.Fault{Status: 429}, 2},
		"no fault":                      {openprojecttest.Fault{}, 1},
	} {
		for _, merge := range []bool{false, true} {
			t.Run(name, func(t *testing.T) {
				tracker, _ := desk(t, openprojecttest.Options{MergeComments: merge}, nil)
				o := openproject.Options{BaseURL: tracker.URL(), APIKey: "secret"}
				if tc.fault.Delay == never {
					o.HTTPClient = &http.Client{Transport: impatient(func() bool {
						return len(sent(tracker, http.MethodPost)) == 1 && (!tc.fault.Done || len(tracker.Comments(3960)) == 2)
					})}
				}
				c := client(t, o)
				if _, err := c.Change(t.Context(), 3960, openproject.Change{Status: "Published"}); err != nil {
					t.Fatal(err)
				}
				tracker.AddComment(3960, openprojecttest.Activity{Comment: "> " + text + "\n\nthanks"}) // quoted, not ours
				failing(tracker, http.MethodPost, 1, tc.fault)
				got, err := c.AddComment(t.Context(), 3960, text, marker)
				said := tracker.Comments(3960)
				if err != nil || len(said) != 2 || got.ID != said[1].ID || got.Text != text {
					t.Errorf("got %+v, %v; there are %+v", got, err, said)
				}
				if posts := len(sent(tracker, http.MethodPost)); posts != tc.posts {
					t.Errorf("%d posts, want %d", posts, tc.posts)
				}
				quiet(t, tracker)
			})
		}
	}
}

// impatient runs out of time with the first POST as soon as that has arrived, be it
// early or late, and with nothing else.
func impatient(arrived func() bool) http.RoundTripper {
	var posted atomic.Bool
	return roundTrip(func(r *http.Request) (*http.Response, error) {
		if r.Method != http.MethodPost || posted.Swap(true) {
			return http.DefaultTransport.RoundTrip(r)
		}
		ctx, giveUp := context.WithCancel(r.Context())
		defer giveUp()
		go func() {
			for tick := time.Tick(time.Millisecond); !arrived() && ctx.Err() == nil; {
				<-tick
			}
			giveUp()
		}()
		resp, err := http.DefaultTransport.RoundTrip(r.WithContext(ctx))
		if err != nil && arrived() {
			err = context.DeadlineExceeded // as http.Client.Timeout says it
		}
		return resp, err
	})
}

func TestMergedCommentsAreFoundAgain(t *testing.T) {
	tracker, c := desk(t, openprojecttest.Options{MergeComments: true}, nil)
	if _, err := c.Change(t.Context(), 3960, openproject.Change{Status: "Published"}); err != nil {
		t.Fatal(err)
	}
	failing(tracker, http.MethodPost, 1, openprojecttest.Fault{Done: true, Drop: true})
	got, err := c.AddComment(t.Context(), 3960, text, marker)
	if said := tracker.Comments(3960); err != nil || len(said) != 1 || got.ID != said[0].ID || len(sent(tracker, http.MethodPost)) != 1 {
		t.Errorf("got %+v, %v; there are %+v", got, err, said)
	}
}

// TestUncertainAttemptsEnd: without a way to know, nothing is posted again.
func TestUncertainAttemptsEnd(t *testing.T) {
	unlisted := func(r *http.Request) *openprojecttest.Fault {
		if r.Method == http.MethodPost {
			return &openprojecttest.Fault{Done: true, Drop: true}
		}
		return &openprojecttest.Fault{Status: 500}
	}
	always := func(f openprojecttest.Fault) func(r *http.Request) *openprojecttest.Fault {
		return func(r *http.Request) *openprojecttest.Fault {
			if r.Method == http.MethodPost {
				return &f
			}
			return nil
		}
	}
	for name, tc := range map[string]struct {
		marker     string
		fault      func(*http.Request) *openprojecttest.Fault
		posts      int
		says       string
		transports bool
	}{
		"no marker, no answer":        {"", always(openprojecttest.Fault{Done: true, Drop: true}), 1, "EOF", true},
		"no marker, 504":              {"", always(openprojecttest.Fault{Done: true, Status: 504}), 1, "504", false},
		"no marker, 429":              {"", always(openprojecttest.Fault{Status: 429}), 4, "429", false},
		"the list cannot be read":     {marker, unlisted, 1, "whether the comment stands there is unknown", true},
		"500 may be half done":        {marker, always(openprojecttest.Fault{Done: true, Status: 500}), 1, "500", false},
		"never an answer, never done": {marker, always(openprojecttest.Fault{Drop: true}), 4, "EOF", true},
		"429 without end":             {marker, always(openprojecttest.Fault{Status: 429}), 4, "429", false},
		"refused":                     {marker, always(openprojecttest.Fault{Status: 422}), 1, "422", false},
		"not the marker of this text": {"<!-- other -->", nil, 0, "lacks its marker", false},
	} {
		t.Run(name, func(t *testing.T) {
			tracker, c := desk(t, openprojecttest.Options{}, nil)
			tracker.SetFault(tc.fault)
			got, err := c.AddComment(t.Context(), 3960, text, tc.marker)
			if err == nil || !strings.Contains(err.Error(), tc.says) || got != (openproject.Comment{}) {
				t.Errorf("got %+v, %v", got, err)
			}
			var transport *openproject.TransportError
			if errors.As(err, &transport) != tc.transports {
				t.Errorf("got %T %v", err, err)
			}
			if posts := len(sent(tracker, http.MethodPost)); posts != tc.posts {
				t.Errorf("%d posts, want %d", posts, tc.posts)
			}
		})
	}
}

// TestWritesWait: writes wait as reads do, and a cancelled context ends it at once.
func TestWritesWait(t *testing.T) {
	for name, tc := range map[string]struct {
		retryAfter string
		cancel     time.Duration
		min, max   time.Duration
		posts      int
	}{
		"doubled":          {"", time.Hour, 1750 * time.Millisecond, 3500 * time.Millisecond, 4},
		"as long as asked": {"7", time.Hour, 21 * time.Second, 21 * time.Second, 4},
		"not too long":     {"86400", time.Hour, 90 * time.Second, 90 * time.Second, 4},
		"cancelled":        {"20", 5 * time.Second, 5 * time.Second, 5 * time.Second, 1},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithTimeout(t.Context(), tc.cancel)
				defer cancel()
				s := &script{answer: func(int) (int, string, error) { return 429, tc.retryAfter, nil }}
				began := time.Now()
				_, err := asking(t, s).AddComment(ctx, 3960, text, marker)
				if took := time.Since(began); err == nil || took < tc.min || took > tc.max || s.requests != tc.posts {
					t.Errorf("%v, %d requests after %v", err, s.requests, took)
				}
				if tc.posts == 1 && !errors.Is(err, context.DeadlineExceeded) {
					t.Errorf("got %v", err)
				}
			})
		})
	}
}

func TestEditsAreSentAgain(t *testing.T) {
	for name, fault := range map[string]openprojecttest.Fault{
		"arrived, no answer": {Done: true, Drop: true},
		"lost, 503":          {Status: 503},
		"429":                {Status: 429},
	} {
		tracker, c := desk(t, openprojecttest.Options{}, nil)
		made, err := c.AddComment(t.Context(), 3960, text, marker)
		if err != nil {
			t.Fatal(err)
		}
		failing(tracker, http.MethodPatch, 2, fault)
		got, err := c.EditComment(t.Context(), made.ID, "new")
		if said := tracker.Comments(3960); err != nil || got.Text != "new" || len(said) != 1 || said[0].Comment != "new" {
			t.Errorf("%s: got %+v, %v; there are %+v", name, got, err, said)
		}
		if n := len(sent(tracker, http.MethodPatch)); n != 3 {
			t.Errorf("%s: %d requests", name, n)
		}
	}
}

// TestEachAttemptCarriesTheWholeBody: also where the first was not read to its end.
func TestEachAttemptCarriesTheWholeBody(t *testing.T) {
	long := strings.Repeat("é", 200_000)
	var bodies []string
	c := client(t, openproject.Options{BaseURL: "https://tracker.example", HTTPClient: &http.Client{Transport: roundTrip(func(r *http.Request) (*http.Response, error) {
		if len(bodies) == 0 {
			bodies = append(bodies, "")
			return nil, io.EOF
		}
		body, err := io.ReadAll(r.Body)
		bodies = append(bodies, string(body))
		return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(`{"id":5}`)), Request: r}, err
	})}})
	if _, err := c.EditComment(t.Context(), 5, long); err != nil || len(bodies) != 2 || bodies[1] != `{"comment":{"raw":"`+long+`"}}` {
		t.Errorf("%d attempts, %v", len(bodies), err)
	}
}

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }
