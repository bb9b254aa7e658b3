package openprojecttest_test

import (
	"crypto/hmac"
	"crypto/sha1"
	"encoding/hex"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"ingest/openproject/openprojecttest"
)

func number(id int64) string { return strconv.FormatInt(id, 10) }

func jsonBody(text string) io.Reader { return strings.NewReader(text) }

// receiver keeps what it is sent.
type receiver struct {
	mu     sync.Mutex
	status int
	got    []received
}

type received struct {
	header http.Header
	text   string
	body   map[string]any
}

func (r *receiver) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	text, _ := io.ReadAll(req.Body)
	one := received{header: req.Header, text: string(text)}
	_ = json.Unmarshal(text, &one.body)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.got = append(r.got, one)
	w.WriteHeader(r.status)
}

// all waits for what is under way and takes what has come, by action.
func (r *receiver) all(tracker *openprojecttest.Tracker) map[string]received {
	tracker.WaitForHooks()
	r.mu.Lock()
	defer r.mu.Unlock()
	byAction := map[string]received{}
	for _, one := range r.got {
		action, _ := one.body["action"].(string)
		byAction[action] = one
	}
	r.got = nil
	return byAction
}

// hooked is a tracker that tells a receiver.
func hooked(t *testing.T, o openprojecttest.Options) (*openprojecttest.Tracker, *receiver) {
	t.Helper()
	r := &receiver{status: http.StatusAccepted}
	server := httptest.NewServer(r)
	t.Cleanup(server.Close)
	tracker := curated(t, o)
	tracker.Webhook(server.URL+"/hooks", "s3cret")
	return tracker, r
}

func TestWebhooksTellOfChanges(t *testing.T) {
	const wp = "/api/v3/work_packages/3960"
	for name, tc := range map[string]struct {
		options openprojecttest.Options
		change  func(*openprojecttest.Tracker)
		want    []string // actions
		actor   any
	}{
		"a new work package":  {change: func(t *openprojecttest.Tracker) { t.Add(openprojecttest.WorkPackage{Author: 58}) }, want: []string{"work_package:created"}, actor: 58.0},
		"an editor's change":  {change: func(t *openprojecttest.Tracker) { t.Update(3960, func(*openprojecttest.WorkPackage) {}) }, want: []string{"work_package:updated"}, actor: 58.0},
		"our change":          {change: func(tr *openprojecttest.Tracker) { ask(t, tr, "PATCH", wp, `{"lockVersion":7,"subject":"S"}`) }, want: []string{"work_package:updated"}, actor: 1.0},
		"a change that fails": {change: func(tr *openprojecttest.Tracker) { ask(t, tr, "PATCH", wp, `{"lockVersion":6,"subject":"S"}`) }},
		"an editor's comment": {change: func(t *openprojecttest.Tracker) { t.AddComment(3960, openprojecttest.Activity{Comment: "x"}) }, want: []string{"work_package_comment:comment"}, actor: 58.0},
		"an internal one": {change: func(t *openprojecttest.Tracker) {
			t.AddComment(3960, openprojecttest.Activity{Comment: "x", Internal: true})
		}, want: []string{"work_package_comment:internal_comment"}, actor: 58.0},
		"our comment":              {change: func(tr *openprojecttest.Tracker) { ask(t, tr, "POST", activities, `{"comment":{"raw":"x"}}`) }, want: []string{"work_package_comment:comment"}, actor: 1.0},
		"our comment, which moves": {options: openprojecttest.Options{CommentsTouch: true}, change: func(tr *openprojecttest.Tracker) { ask(t, tr, "POST", activities, `{"comment":{"raw":"x"}}`) }, want: []string{"work_package:updated", "work_package_comment:comment"}, actor: 1.0},
		"our comment, edited": {change: func(tr *openprojecttest.Tracker) {
			ask(t, tr, "PATCH", "/api/v3/activities/"+number(tr.AddComment(3960, openprojecttest.Activity{Comment: "x", User: 1})), `{"comment":{"raw":"y"}}`)
		}, want: []string{"work_package_comment:comment"}, actor: 1.0},
		"a file":             {change: func(t *openprojecttest.Tracker) { t.AddAttachment(3960, openprojecttest.Attachment{Author: 58}) }, want: []string{"attachment:created"}, actor: 58.0},
		"a deletion":         {change: func(t *openprojecttest.Tracker) { t.Delete(3960) }},
		"an older tracker's": {options: openprojecttest.Options{NoActor: true}, change: func(t *openprojecttest.Tracker) { t.Update(3960, func(*openprojecttest.WorkPackage) {}) }, want: []string{"work_package:updated"}},
	} {
		t.Run(name, func(t *testing.T) {
			tracker, r := hooked(t, tc.options)
			tc.change(tracker)
			got := r.all(tracker)
			if actions := slices.Sorted(maps.Keys(got)); !slices.Equal(actions, tc.want) {
				t.Fatalf("told of %q, want %q", actions, tc.want)
			}
			for action, one := range got {
				if actor := dig(one.body, "actor", "id"); actor != tc.actor {
					t.Errorf("%s by %v, want %v", action, actor, tc.actor)
				}
				signedBy(t, one.text, one.header.Get("X-OP-Signature"), "s3cret")
				if one.header.Get("Content-Type") != "application/json" {
					t.Errorf("headers %v", one.header)
				}
			}
		})
	}
}

func signedBy(t *testing.T, body, signature, secret string) {
	t.Helper()
	mac := hmac.New(sha1.New, []byte(secret))
	mac.Write([]byte(body))
	if want := "sha1=" + hex.EncodeToString(mac.Sum(nil)); signature != want {
		t.Errorf("signed %q, want %q", signature, want)
	}
}

func TestSignIsTheTrackers(t *testing.T) {
	const want = "sha1=f0c37630aa88376a2a61f6702d0a590ee56b362d" // the vector of API.md 10
	if got := openprojecttest.Sign([]byte(`{"action":"work_package:updated"}`), "s3cret"); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestWebhooksHaveTheShapesOfTheTracker(t *testing.T) {
	tracker := curated(t, openprojecttest.Options{})
	tracker.Webhook("http://ingest.example/hooks", "s3cret")
	comment := tracker.AddComment(3960, openprojecttest.Activity{Comment: "x", User: 1})
	for name, body := range map[string][]byte{
		"webhook-work-package-updated.json": tracker.HookBody("work_package:updated", 3960),
		"webhook-work-package-comment.json": tracker.HookBody("work_package_comment:comment", comment),
		"webhook-attachment-created.json":   tracker.HookBody("attachment:created", 10312),
	} {
		var got map[string]any
		if err := json.Unmarshal(body, &got); err != nil {
			t.Fatal(err)
		}
		want, have := shape(payload(t, name), "", map[string]string{}), shape(got, "", map[string]string{})
		for _, path := range slices.Sorted(maps.Keys(want)) {
			if have[path] != want[path] && !strings.HasSuffix(path, "customField17/raw") && !strings.HasSuffix(path, "/update/href") {
				t.Errorf("%s: %s is %q, want %q", name, path, have[path], want[path])
			}
		}
	}
}

func TestSignedHooks(t *testing.T) {
	tracker, _ := hooked(t, openprojecttest.Options{})
	for action, id := range map[string]int64{"work_package:created": 3961, "attachment:created": 10312, "project:updated": 41} {
		r := tracker.SignedHook(action, id)
		text, err := io.ReadAll(r.Body)
		if err != nil || r.Method != http.MethodPost || !strings.HasSuffix(r.URL.Path, "/hooks") || !strings.Contains(string(text), action) {
			t.Errorf("got %s %s %s, %v", r.Method, r.URL, text, err)
		}
		signedBy(t, string(text), r.Header.Get("X-OP-Signature"), "s3cret")
	}
	for name, mistake := range map[string]func(){
		"no such work package": func() { tracker.SignedHook("work_package:updated", 1) },
		"no such comment":      func() { tracker.SignedHook("work_package_comment:comment", 1) },
		"no such project":      func() { tracker.SignedHook("project:updated", 1) },
		"no webhook":           func() { curated(t, openprojecttest.Options{}).SignedHook("work_package:updated", 3960) },
		"a comment on nothing": func() { tracker.AddComment(1, openprojecttest.Activity{Comment: "x"}) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: no panic", name)
				}
				tracker.Get(3960) // and no lock is held
			}()
			mistake()
		}()
	}
}

func TestWebhooksAreNeverSentAgain(t *testing.T) {
	tracker, r := hooked(t, openprojecttest.Options{})
	r.status = http.StatusInternalServerError
	tracker.Webhook("http://127.0.0.1:1/nobody", "")
	tracker.Update(3960, func(*openprojecttest.WorkPackage) {})
	if got := r.all(tracker); len(got) != 1 {
		t.Errorf("told %d times", len(got))
	}
	refused := 0
	for _, d := range tracker.Deliveries() {
		if d.Action != "work_package:updated" || len(d.Body) == 0 || (d.Err == nil) != (d.Status == 500) {
			t.Errorf("got %+v", d)
		}
		if d.Err != nil {
			refused++
		}
	}
	if n := len(tracker.Deliveries()); n != 2 || refused != 1 {
		t.Errorf("%d deliveries, %d refused", n, refused)
	}
}

func TestWithoutSecretNothingIsSigned(t *testing.T) {
	r := &receiver{status: http.StatusAccepted}
	server := httptest.NewServer(r)
	defer server.Close()
	tracker := curated(t, openprojecttest.Options{})
	tracker.Webhook(server.URL, "")
	tracker.Update(3960, func(*openprojecttest.WorkPackage) {})
	for _, one := range r.all(tracker) {
		if len(one.header.Values("X-OP-Signature")) > 0 {
			t.Errorf("headers %v", one.header)
		}
	}
}

// TestCloseEndsDeliveries: a receiver that hangs holds up nothing, and changes go
// on while deliveries are under way.
func TestCloseEndsDeliveries(t *testing.T) {
	release := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body) // only then does the server notice that the client has gone
		select {
		case <-r.Context().Done():
		case <-release:
		}
	}))
	defer server.Close()
	defer close(release)
	tracker := curated(t, openprojecttest.Options{})
	tracker.Webhook(server.URL, "s3cret")
	var group sync.WaitGroup
	for range 50 {
		group.Go(func() { tracker.Update(3960, func(*openprojecttest.WorkPackage) {}) })
	}
	group.Wait()
	began := time.Now()
	tracker.Close()
	tracker.Close()
	if took := time.Since(began); took > 10*time.Second {
		t.Errorf("closing took %v", took)
	}
	if n := len(tracker.Deliveries()); n != 50 {
		t.Errorf("%d deliveries are accounted for", n)
	}
	tracker.Update(3960, func(*openprojecttest.WorkPackage) {})
	tracker.WaitForHooks()
	if n := len(tracker.Deliveries()); n != 50 {
		t.Error("told after the end")
	}
}
