package api_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"ingest/cmd/ingest/internal/api"
	"ingest/cmd/ingest/internal/desk"
	"ingest/pipeline/hint"
	"ingest/pipeline/state"
	"ingest/pipeline/state/statetest"
)

// eachStore runs a test with each kind of state.
func eachStore(t *testing.T, test func(t *testing.T, w *world)) {
	for name, open := range map[string]func(*testing.T) statetest.Lister{"memory": func(*testing.T) statetest.Lister { return state.NewMemory() }, "file": onDisk} {
		t.Run(name, func(t *testing.T) {
			w := newHandler(t, api.Options{}, open(t))
			w.server = httptest.NewServer(w.handler)
			t.Cleanup(w.server.Close)
			test(t, w)
		})
	}
}

// decoded reads an answer.
func decoded[T any](t *testing.T, a answer) (v T) {
	t.Helper()
	if err := json.Unmarshal([]byte(a.body), &v); err != nil {
		t.Fatalf("%v in %s", err, a.body)
	}
	return v
}

func TestRunIsAskedForAndLookedAt(t *testing.T) {
	eachStore(t, func(t *testing.T, w *world) {
		for body, want := range map[string]string{
			`{"ids": [3960, 1], "dry_run": true}`: "named 2 dry", `{"full": true}`: "full 0", `{"kind": "full", "full": true}`: "full 0", ``: "incremental 0", ` {} `: "incremental 0",
			`{"kind": "links"}`: "links 0", `{"kind": "named", "ids": [1]}`: "named 1",
		} {
			a := w.ask(t, http.MethodPost, "/api/v1/runs", runToken, body)
			asked := decoded[desk.Run](t, a)
			if a.status != http.StatusAccepted || a.header.Get("Location") != "/api/v1/runs/"+asked.ID || asked.By != "ci" || asked.Trigger != "api" {
				t.Errorf("%s: %d, Location %q, %s", body, a.status, a.header.Get("Location"), a.body)
			}
			w.settle(t)
			run := decoded[desk.Run](t, w.ask(t, http.MethodGet, a.header.Get("Location"), readToken, ""))
			got := string(run.Kind) + " " + string('0'+rune(run.Finished))
			if run.DryRun {
				got += " dry"
			}
			if got != want || run.State != "done" || run.Report == nil || len(run.Report.Items) != run.Finished {
				t.Errorf("%s: got %q, want %q: %+v", body, got, want, run)
			}
		}
		runs := decoded[api.RunList](t, w.ask(t, http.MethodGet, "/api/v1/runs?limit=3", readToken, "")).Runs
		if len(runs) != 3 || runs[0].Report != nil {
			t.Errorf("%d runs, want 3 without reports: %+v", len(runs), runs)
		}
	})
}

func TestEntriesAreListedAndShown(t *testing.T) {
	eachStore(t, func(t *testing.T, w *world) {
		for _, id := range []int64{1, 2, 3} {
			w.entry(t, id)
		}
		w.ask(t, http.MethodPost, "/api/v1/runs", runToken, `{"ids": [2]}`)
		w.settle(t)
		list := decoded[desk.List](t, w.ask(t, http.MethodGet, "/api/v1/entries?state=attention&q=clocks&page=2&per_page=2&duplicates=true", readToken, ""))
		if list.Total != 3 || len(list.Entries) != 1 || list.Entries[0].ID != 1 || list.Page != 2 || list.PerPage != 2 {
			t.Errorf("list %+v", list)
		}
		list = decoded[desk.List](t, w.ask(t, http.MethodGet, "/api/v1/entries?dead=true", readToken, ""))
		if list.Total != 0 || list.Entries == nil {
			t.Errorf("dead %+v", list)
		}
		a := w.ask(t, http.MethodGet, "/api/v1/entries/2", readToken, "")
		e := decoded[desk.Entry](t, a)
		if a.status != http.StatusOK || e.FrontMatter != "title: Tides\n" || e.Body != "A body.\n" || e.Image != "a.svg" && e.Image != "b.png" || e.Health == nil || e.Health.Moved == "" ||
			len(e.Duplicates) != 2 || len(e.Outcomes) != 1 || e.Last == nil || e.Last.Diff == "" || e.NextTry == nil || len(e.Warnings) != 1 {
			t.Errorf("%d %s", a.status, a.body)
		}
		if strings.Contains(a.body, "goroutine") {
			t.Errorf("a stack in %s", a.body)
		}
		if a := w.ask(t, http.MethodGet, "/api/v1/entries/77", readToken, ""); a.status != http.StatusNotFound || decoded[api.Problem](t, a).Hint == "" {
			t.Errorf("unknown: %d %s", a.status, a.body)
		}
	})
}

func TestRefresh(t *testing.T) {
	eachStore(t, func(t *testing.T, w *world) {
		for _, body := range []string{"", "{}"} { // of a work package that is not known yet
			a := w.ask(t, http.MethodPost, "/api/v1/entries/7/refresh", runToken, body)
			if r := decoded[api.Refreshed](t, a); a.status != http.StatusAccepted || r.ID != 7 || a.header.Get("Location") != "/api/v1/entries/7" {
				t.Errorf("%d %s", a.status, a.body)
			}
			w.handled(t, 7)
		}
		w.settle(t) // the report comes after the item
		run := decoded[api.RunList](t, w.ask(t, http.MethodGet, "/api/v1/runs", readToken, "")).Runs[0]
		if run.Kind != "named" || run.Trigger != "api" || run.Finished != 1 {
			t.Errorf("run %+v", run)
		}
	})
}

func TestWhatIsNotUnderstoodIsRefused(t *testing.T) {
	w := newWorld(t, api.Options{})
	long := `{"ids": [` + strings.Repeat("1,", 40000) + `1]}`
	for name, c := range map[string]struct {
		method, path, body string
		status             int
	}{
		"unknown key":                 {"POST", "/api/v1/runs", `{"id": [1]}`, 400},
		"text for a number":           {"POST", "/api/v1/runs", `{"ids": ["1"]}`, 400},
		"number for a list":           {"POST", "/api/v1/runs", `{"ids": 1}`, 400},
		"fraction":                    {"POST", "/api/v1/runs", `{"ids": [1.5]}`, 400},
		"too great a number":          {"POST", "/api/v1/runs", `{"ids": [99999999999999999999]}`, 400},
		"nothing for a number":        {"POST", "/api/v1/runs", `{"ids": [null]}`, 400},
		"null for a list":             {"POST", "/api/v1/runs", `{"ids": null}`, 400},
		"null for a mark":             {"POST", "/api/v1/runs", `{"kind": "full", "dry_run": null}`, 400},
		"id 0":                        {"POST", "/api/v1/runs", `{"ids": [0]}`, 400},
		"list":                        {"POST", "/api/v1/runs", `[1]`, 400},
		"null":                        {"POST", "/api/v1/runs", `null`, 400},
		"blank":                       {"POST", "/api/v1/runs", ` `, 400},
		"two objects":                 {"POST", "/api/v1/runs", `{} {}`, 400},
		"broken off":                  {"POST", "/api/v1/runs", `{"ids": [1`, 400},
		"depth":                       {"POST", "/api/v1/runs", `{"ids": ` + strings.Repeat("[", 60000), 400},
		"too long":                    {"POST", "/api/v1/runs", long, 413},
		"too many ids":                {"POST", "/api/v1/runs", `{"ids": [` + strings.Repeat("1,", 1000) + `1]}`, 400},
		"kind that is none":           {"POST", "/api/v1/runs", `{"kind": "all"}`, 400},
		"full that is not":            {"POST", "/api/v1/runs", `{"kind": "links", "full": true}`, 400},
		"full with ids":               {"POST", "/api/v1/runs", `{"ids": [1], "full": true}`, 400},
		"named without ids":           {"POST", "/api/v1/runs", `{"kind": "named"}`, 400},
		"no ids":                      {"POST", "/api/v1/runs", `{"ids": []}`, 400},
		"key in capitals":             {"POST", "/api/v1/runs", `{"Kind": "full"}`, 400},
		"key with a long s":           {"POST", "/api/v1/runs", `{"idſ": [1]}`, 400},
		"key of a Kelvin sign":        {"POST", "/api/v1/runs", `{"\u212aind": "full"}`, 400},
		"key twice":                   {"POST", "/api/v1/runs", `{"dry_run": true, "dry_run": false}`, 400},
		"key twice, once in capitals": {"POST", "/api/v1/runs", `{"ids": [1], "dry_run": true, "DRY_RUN": false}`, 400},
		"parameter":                   {"POST", "/api/v1/runs?full=true", ``, 400},
		"refresh with a body":         {"POST", "/api/v1/entries/1/refresh", `{"ids": [1]}`, 400},
		"refresh of 0":                {"POST", "/api/v1/entries/0/refresh", ``, 400},
		"entry that is no number":     {"GET", "/api/v1/entries/abc", ``, 400},
		"entry +1":                    {"GET", "/api/v1/entries/+1", ``, 400},
		"entry 01":                    {"POST", "/api/v1/entries/01/refresh", ``, 400},
		"entry -1":                    {"GET", "/api/v1/entries/-1", ``, 400},
		"entry beyond all":            {"GET", "/api/v1/entries/99999999999999999999", ``, 400},
		"parameter of an entry":       {"GET", "/api/v1/entries/1?x=1", ``, 400},
		"page 0":                      {"GET", "/api/v1/entries?page=0", ``, 400},
		"page beyond all":             {"GET", "/api/v1/entries?page=99999999999999999999", ``, 400},
		"page that is no number":      {"GET", "/api/v1/entries?page=1;2", ``, 400},
		"too many a page":             {"GET", "/api/v1/entries?per_page=201", ``, 400},
		"state that is none":          {"GET", "/api/v1/entries?state=good", ``, 400},
		"dead or alive":               {"GET", "/api/v1/entries?dead=1", ``, 400},
		"twins":                       {"GET", "/api/v1/entries?duplicates=yes", ``, 400},
		"parameter twice":             {"GET", "/api/v1/entries?q=a&q=b", ``, 400},
		"parameter unknown":           {"GET", "/api/v1/entries?query=a", ``, 400},
		"query broken":                {"GET", "/api/v1/entries?q=%zz", ``, 400},
		"text in no UTF-8":            {"GET", "/api/v1/entries?q=%ff", ``, 400},
		"text of nothing":             {"GET", "/api/v1/entries?q=%00", ``, 400},
		"text too long":               {"GET", "/api/v1/entries?q=" + strings.Repeat("a", desk.MaxQuery+1), ``, 400},
		"limit":                       {"GET", "/api/v1/runs?limit=201", ``, 400},
		"parameter of a run":          {"GET", "/api/v1/runs/x?limit=1", ``, 400},
		"parameter of the document":   {"GET", "/api/v1/openapi.json?x", ``, 400},
		"parameter of events":         {"GET", "/api/v1/events?after=1", ``, 400},
		"run unknown":                 {"GET", "/api/v1/runs/x", ``, 404},
		"address unknown":             {"GET", "/api/v1/other", ``, 404},
		"address of the API":          {"GET", "/api/v1/", ``, 404},
		"method of the list":          {"DELETE", "/api/v1/runs", ``, 405},
		"method of an entry":          {"PUT", "/api/v1/entries/1", `{}`, 405},
		"refresh by GET":              {"GET", "/api/v1/entries/1/refresh", ``, 405},
		"method that nobody knows":    {"BREW", "/api/v1/events", ``, 405},
	} {
		t.Run(name, func(t *testing.T) {
			a := w.ask(t, c.method, c.path, runToken, c.body)
			p := decoded[api.Problem](t, a)
			if a.status != c.status || p.Status != c.status || p.Hint == "" || p.Title == "" || p.Detail == "" || strings.Contains(p.Detail, "Go ") {
				t.Errorf("%d %s, want %d with all members", a.status, a.body, c.status)
			}
			if allow := a.header.Get("Allow"); (c.status == 405) != (allow != "") {
				t.Errorf("Allow %q with %d", allow, c.status)
			}
		})
	}
	if n := len(w.desk.Daemon.Runs()); n != 1 {
		t.Errorf("%d runs, want that of the start only", n)
	}
}

func TestMediaTypes(t *testing.T) {
	w := newWorld(t, api.Options{})
	for media, want := range map[string]int{"application/json": 202, "Application/JSON; charset=utf-8": 202, "": 415, "text/plain": 415, "application/x-www-form-urlencoded": 415, "application/jsonx": 415, ";": 415} {
		r := request(t, http.MethodPost, w.server.URL+"/api/v1/runs", runToken, `{"ids":[1]}`)
		r.Header.Set("Content-Type", media)
		if a := w.send(t, r); a.status != want {
			t.Errorf("%q: %d, want %d", media, a.status, want)
		}
	}
}

func TestWhoMay(t *testing.T) {
	w := newWorld(t, api.Options{})
	w.entry(t, 1)
	for path, methods := range api.Endpoints() {
		for _, method := range append(methods, http.MethodHead, http.MethodOptions, http.MethodDelete) {
			if strings.HasSuffix(path, "events") && method == http.MethodGet {
				continue // a stream: see TestStream
			}
			path := strings.ReplaceAll(path, "{id}", "1")
			body := map[bool]string{true: "{}"}[method == http.MethodPost]
			if a := w.ask(t, method, path, "", body); a.status != http.StatusUnauthorized || a.header.Get("WWW-Authenticate") == "" {
				t.Errorf("%s %s by nobody: %d", method, path, a.status)
			}
			a := w.ask(t, method, path, readToken, body)
			if method == http.MethodPost != (a.status == http.StatusForbidden) {
				t.Errorf("%s %s by a reader: %d", method, path, a.status)
			}
			if a := w.ask(t, method, path, runToken, body); a.status == http.StatusUnauthorized || a.status == http.StatusForbidden {
				t.Errorf("%s %s by a runner: %d", method, path, a.status)
			}
		}
	}
}

func TestPagesOfOtherSitesMayNotAsk(t *testing.T) {
	w := newWorld(t, api.Options{})
	r := request(t, http.MethodPost, w.server.URL+"/api/v1/runs", runToken, "")
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	if a := w.send(t, r); a.status != http.StatusForbidden {
		t.Errorf("%d, want 403", a.status)
	}
}

// brokenDesk fails in each way.
type brokenDesk struct {
	api.Desk
	err error
}

func (b brokenDesk) Entry(context.Context, int64) (*desk.Entry, error) { return nil, b.err }
func (b brokenDesk) Runs(context.Context, int) ([]desk.Run, error)     { panic(b.err.Error()) }
func (b brokenDesk) Refresh(context.Context, int64, hint.Trigger, string) (desk.Pending, error) {
	return desk.Pending{}, &hint.FullError{Limit: 1}
}
func (b brokenDesk) AskRun(context.Context, desk.Order, string) (desk.Run, error) {
	return desk.Run{}, &desk.FullError{Limit: 1}
}

func TestUnforeseenErrorsStayInTheLog(t *testing.T) {
	var log bytes.Buffer
	w := newWorld(t, api.Options{Desk: brokenDesk{err: errors.New("the secret of 10.0.0.1")}, Logger: slog.New(slog.NewTextHandler(&log, nil))})
	for _, path := range []string{"/api/v1/entries/1", "/api/v1/runs"} {
		a := w.ask(t, http.MethodGet, path, readToken, "")
		if a.status != http.StatusInternalServerError || strings.Contains(a.body, "secret") || strings.Contains(a.body, "goroutine") {
			t.Errorf("%s: %d %s", path, a.status, a.body)
		}
	}
	if n := strings.Count(log.String(), "the secret"); n != 2 {
		t.Errorf("%d errors in the log, want 2: %s", n, &log)
	}
}

func TestTooMuchComesLater(t *testing.T) {
	w := newWorld(t, api.Options{Desk: brokenDesk{}})
	for _, path := range []string{"/api/v1/entries/1/refresh", "/api/v1/runs"} {
		a := w.ask(t, http.MethodPost, path, runToken, "")
		if a.status != http.StatusServiceUnavailable || a.header.Get("Retry-After") != "60" || decoded[api.Problem](t, a).Hint == "" {
			t.Errorf("%s: %d %s", path, a.status, a.body)
		}
	}
}
