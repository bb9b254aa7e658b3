package api_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"ingest/cmd/ingest/internal/access"
	"ingest/cmd/ingest/internal/api"
	"ingest/cmd/ingest/internal/daemon"
	"ingest/cmd/ingest/internal/desk"
	"ingest/enrich/linkhealth"
	"ingest/enrich/urlclean"
	"ingest/output"
	"ingest/output/frontmatter"
	"ingest/pipeline"
	"ingest/pipeline/explain"
	"ingest/pipeline/hint"
	"ingest/pipeline/state"
	"ingest/pipeline/state/statetest"
)

const (
	runToken  = "0123456789abcdef0123456789abcdef"
	readToken = "fedcba9876543210fedcba9876543210"
)

// world is a service: a guard, the API, a desk, a daemon at work and its state.
type world struct {
	desk    *desk.Desk
	queue   *hint.Queue
	store   statetest.Lister
	handler http.Handler
	server  *httptest.Server // nil in a bubble
	spec    *spec
}

// newWorld serves with a state in memory, on the loopback.
func newWorld(t testing.TB, o api.Options) *world {
	w := newHandler(t, o, state.NewMemory())
	w.server = httptest.NewServer(w.handler)
	t.Cleanup(w.server.Close)
	return w
}

func newHandler(t testing.TB, o api.Options, store statetest.Lister) *world {
	t.Helper()
	w := &world{queue: &hint.Queue{}, store: store, spec: newSpec(t)}
	d := &daemon.Daemon{Runner: runner{store}, Queue: w.queue}
	w.desk = &desk.Desk{Shelf: store, Daemon: d, Queue: w.queue, Explain: explained,
		Read: func(context.Context, int64) (string, string, bool, error) {
			return "title: Tides\n", "A body.\n", true, nil
		},
		SiteURL:        func(address string) string { return "https://site.example" + address },
		WorkPackageURL: func(id int64) string { return fmt.Sprintf("https://tracker.example/work_packages/%d", id) }}
	guard, err := access.New(access.Options{Tokens: []access.Token{
		{Name: "ci", Token: runToken, Scopes: []string{"run"}}, {Name: "monitor", Token: readToken, Scopes: []string{"read"}}}})
	if err != nil {
		t.Fatal(err)
	}
	if o.Desk == nil {
		o.Desk = w.desk
	}
	o.Guard, o.Version = guard, "1.2.3"
	w.handler = guard.Wrap(api.New(o))
	ctx, cancel := context.WithCancel(context.Background())
	var group sync.WaitGroup
	group.Go(func() {
		if err := d.Run(ctx); err != nil {
			t.Error(err)
		}
	})
	t.Cleanup(func() { cancel(); group.Wait() })
	w.settle(t)
	return w
}

func onDisk(t *testing.T) statetest.Lister {
	db, err := state.Open(t.Context(), filepath.Join(t.TempDir(), "state.db"), state.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

// runner updates what is named; a links run has a report about links.
type runner struct{ store pipeline.Store }

func (r runner) Run(ctx context.Context, q daemon.Request, h daemon.Hooks) (*pipeline.Report, error) {
	report := &pipeline.Report{ID: h.ID, Kind: string(q.Kind), Trigger: string(q.Trigger), Started: time.Now(), DryRun: q.DryRun, Counts: map[pipeline.Outcome]int{}}
	if q.Kind == daemon.Links {
		at := time.Now().UTC()
		report.Links = &pipeline.LinkReport{States: map[linkhealth.State]int{linkhealth.Dead: 1}, Items: []pipeline.LinkItem{{ID: 1, Subject: "s", URL: "https://example.org/",
			Verdict: linkhealth.Verdict{State: linkhealth.Dead, Since: at, Reason: "404 Not Found", Checks: 3, Proposal: "https://example.org/b"}, Was: linkhealth.Suspect, CheckedAt: at,
			Archived: &linkhealth.Copy{URL: "https://web.example/1", At: at},
			Found:    &linkhealth.Evidence{At: at, Class: linkhealth.Gone, Detail: "d", Status: 404, Error: "e", Final: "f", Moved: "m", Version: "v"}}}}
	}
	for _, id := range q.IDs {
		h.Enter(id, "scrape")
		item := pipeline.ItemReport{ID: id, Subject: "Tides", Outcome: pipeline.Updated, HandEdits: []string{"title"}, Error: "e\ngoroutine 1 [running]:\nmain.main()", Hint: "h",
			Files: []pipeline.File{{Path: "a.md", Change: pipeline.Updated}}, Warnings: []pipeline.Warning{{Step: "scrape", Text: "no image", Hint: "attach one"}}}
		report.Items = append(report.Items, item)
		report.Counts[pipeline.Updated]++
		h.Observe(pipeline.Event{Item: item, Changes: []output.Change{{File: "a.md", Kind: output.Updated, Old: []byte("a\n"), New: []byte("b\n")}}})
	}
	return report, r.store.SaveRun(ctx, report)
}

// explained has something in every field.
func explained(_ context.Context, id int64) (*explain.Explanation, error) {
	value := explain.Value{V: frontmatter.Map{{Key: "b", Value: []any{int64(1), nil, "x"}}, {Key: "a", Value: true}}}
	at := time.Date(2026, 11, 22, 2, 0, 0, 0, time.UTC)
	removed, unwrapped := []urlclean.Removal{{Name: "n", Value: "v", Rule: "r", Why: "w"}}, []urlclean.Unwrap{{From: "f", To: "t", Rule: "r", Why: "w"}}
	return &explain.Explanation{ID: id, Subject: "Tides", Tracker: "https://tracker.example/", Path: "a.md", Address: "/tides/", Outcome: pipeline.Created, CheckedAt: at, Error: "e",
		Attention: "a", UpdatedAt: at, ReadAt: at, NextTry: at, Failures: 1, Next: pipeline.Updated, Warnings: []pipeline.Warning{{Text: "w"}},
		Link: &explain.Link{Original: "o", Clean: "c", Href: "h", Canonical: "k", Notes: []string{"n"}, Removed: removed, Unwrapped: unwrapped,
			Hops: []explain.Hop{{Number: 1, URL: "u", Reason: "given", Status: 200, Robots: "r", Removed: removed, Unwrapped: unwrapped, Notes: []string{"n"}}}},
		Keys: []explain.Key{{Key: "title", Value: value, State: explain.Hand, Expression: "= title", Line: 3, Why: "w", Since: at, Offered: &value,
			Conditions: []explain.Condition{{Key: "k", Form: "$when", Expression: "true", Line: 2}}, Edits: []explain.Edit{{Key: "title", Value: value, Offered: value, Deleted: true, Dropped: true, Conflict: true}},
			From: []explain.Source{{Kind: explain.Page, Text: "og:title", Part: "page.title", ID: 1, Hop: 1, URL: "u", Value: value, Empty: true, Fact: true, Lost: []explain.Candidate{{Source: "s", Value: "v", Reason: "r"}}}}}}}, nil
}

// settle waits until nothing runs and nothing waits; a hint that was just taken is
// neither for a moment: handled waits for one.
func (w *world) settle(t testing.TB) {
	t.Helper()
	for range w.desk.Events().After(t.Context(), 0) {
		idle := len(w.queue.Waiting()) == 0 && len(w.desk.Daemon.Runs()) > 0
		for _, r := range w.desk.Daemon.Runs() {
			idle = idle && !r.Ended.IsZero()
		}
		if idle {
			return
		}
	}
}

// handled waits until no hint on a work package waits or is at work.
func (w *world) handled(t testing.TB, id int64) {
	t.Helper()
	for range w.desk.Events().After(t.Context(), 0) {
		if waits, taken := w.queue.Pending(id); !waits && !taken {
			return
		}
	}
}

// entry remembers an entry with something in every field.
func (w *world) entry(t testing.TB, id int64) {
	t.Helper()
	e := statetest.Entry(id)
	h := statetest.LinkHealth(id, linkhealth.Moved)
	e.Visit = fmt.Appendf(nil, `{"Link":{"Original":"https://example.org/?utm_source=x","Href":%q},"Image":{"SHA256":"00ff"}}`, h.URL)
	e.Outcome, e.Canonical = pipeline.Updated, "https://example.org/same"
	if err := w.store.Put(t.Context(), e); err != nil {
		t.Fatal(err)
	}
	if err := w.store.PutLinkHealth(t.Context(), h); err != nil {
		t.Fatal(err)
	}
}

// answer is what came back.
type answer struct {
	status int
	header http.Header
	body   string
}

// request is one with a token and, unless it is empty, a body of JSON.
func request(t testing.TB, method, url, token, body string) *http.Request {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	return r
}

// ask sends a request, and holds the answer against the document.
func (w *world) ask(t testing.TB, method, path, token, body string) answer {
	t.Helper()
	return w.send(t, request(t, method, w.server.URL+path, token, body))
}

func (w *world) send(t testing.TB, r *http.Request) answer {
	t.Helper()
	response, err := w.server.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	if err := response.Body.Close(); err != nil {
		t.Error(err)
	}
	a := answer{response.StatusCode, response.Header, string(body)}
	w.spec.check(t, r, a)
	return a
}
