package receiver_test

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha1" //nolint:gosec // what the tracker signs with
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"ingest/cmd/ingest/internal/receiver"
	"ingest/openproject/webhook"
	"ingest/pipeline/hint"
)

// hints is a queue that keeps what it is given.
type hints struct {
	mu   sync.Mutex
	list []hint.Hint
	err  error
}

func (q *hints) Add(h hint.Hint) error {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.err == nil {
		q.list = append(q.list, h)
	}
	return q.err
}

func sign(body, secret string) string {
	mac := hmac.New(sha1.New, []byte(secret))
	io.WriteString(mac, body) //nolint:errcheck // a hash takes everything
	return "sha1=" + hex.EncodeToString(mac.Sum(nil))
}

// updated is the event of a work package in a version.
func updated(id, version int) string {
	return fmt.Sprintf(`{"action":"work_package:updated","work_package":{"_type":"WorkPackage","id":%d,"lockVersion":%d,"updatedAt":"2026-03-21T15:00:00Z",`+
		`"_links":{"type":{"href":"/api/v3/types/7","title":"Curated Content"},"project":{"href":"/api/v3/projects/41","title":"Curation"}}}}`, id, version)
}

func comment(id int, text string, internal bool) string {
	return fmt.Sprintf(`{"action":"work_package_comment:comment","activity":{"_type":"Activity::Comment","id":%d,"internal":%t,"comment":{"format":"markdown","raw":%q},"createdAt":"2026-03-21T15:00:00Z",`+
		`"_links":{"workPackage":{"href":"/api/v3/work_packages/3960"},"user":{"href":"/api/v3/users/9"}}}}`, id, internal, text)
}

func post(t *testing.T, address, body, signature string) int {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, address, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if signature != "" {
		r.Header.Set(webhook.Header, signature)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close() //nolint:errcheck // nothing is read
	return answer.StatusCode
}

// receive serves a receiver with the secrets old and new.
func receive(t *testing.T, q *hints) (*receiver.Receiver, string) {
	v := &receiver.Receiver{Secrets: func() []string { return []string{"old", "new"} }, Queue: q, Keyword: func() string { return "/ingest" }}
	server := httptest.NewServer(v)
	t.Cleanup(server.Close)
	return v, server.URL
}

func TestEventsBecomeHints(t *testing.T) {
	asked := hint.Hint{ID: 3960, Trigger: hint.Comment, Urgent: true}
	plain := hint.Hint{ID: 3960, Trigger: hint.Webhook}
	for name, c := range map[string]struct {
		body   string
		status int
		want   []hint.Hint
	}{
		"a change":                    {updated(3960, 4), http.StatusAccepted, []hint.Hint{plain}},
		"a comment":                   {comment(1, "Nice.", false), http.StatusAccepted, []hint.Hint{plain}},
		"a comment that asks":         {comment(1, "/ingest please", false), http.StatusAccepted, []hint.Hint{asked}},
		"in capitals, on a line":      {comment(1, "\n /INGEST\n\nThanks", false), http.StatusAccepted, []hint.Hint{asked}},
		"the word within a sentence":  {comment(1, "I tried /ingest", false), http.StatusAccepted, []hint.Hint{plain}},
		"a longer word":               {comment(1, "/ingestion", false), http.StatusAccepted, []hint.Hint{plain}},
		"with a comma":                {comment(1, "/ingest, please", false), http.StatusAccepted, []hint.Hint{asked}},
		"at the end of a sentence":    {comment(1, "/ingest.", false), http.StatusAccepted, []hint.Hint{asked}},
		"in bold":                     {comment(1, "**/ingest**", false), http.StatusAccepted, []hint.Hint{asked}},
		"in bold with what follows":   {comment(1, "**/Ingest please!**", false), http.StatusAccepted, []hint.Hint{asked}},
		"as code":                     {comment(1, "`/ingest`: thanks", false), http.StatusAccepted, []hint.Hint{asked}},
		"behind what is not seen":     {comment(1, "\u200b\ufeff/ingest\u200b please", false), http.StatusAccepted, []hint.Hint{asked}},
		"another command":             {comment(1, "/ingest-now", false), http.StatusAccepted, []hint.Hint{plain}},
		"a path":                      {comment(1, "/ingest/entries", false), http.StatusAccepted, []hint.Hint{plain}},
		"a quoted request":            {comment(1, ">/ingest", false), http.StatusAccepted, []hint.Hint{plain}},
		"within a longer word":        {comment(1, "re/ingest", false), http.StatusAccepted, []hint.Hint{plain}},
		"no word at all":              {comment(1, " ", false), http.StatusAccepted, []hint.Hint{plain}},
		"an internal comment":         {comment(1, "Hush.", true), http.StatusNoContent, nil},
		"an internal comment asks":    {comment(1, "/ingest", true), http.StatusAccepted, []hint.Hint{asked}},
		"a project":                   {`{"action":"project:updated","project":{"id":41}}`, http.StatusNoContent, nil},
		"an action nobody knows":      {`{"action":"budget:exploded","budget":{"id":1}}`, http.StatusNoContent, nil},
		"signed, and not understood":  {`{"action":`, http.StatusBadRequest, nil},
		"signed, and of another kind": {`[]`, http.StatusBadRequest, nil},
	} {
		t.Run(name, func(t *testing.T) {
			q := &hints{}
			_, address := receive(t, q)
			if got := post(t, address, c.body, sign(c.body, "new")); got != c.status {
				t.Errorf("status %d, want %d", got, c.status)
			}
			if !slices.Equal(q.list, c.want) {
				t.Errorf("hints %v, want %v", q.list, c.want)
			}
		})
	}
}

func TestWhatIsNotSignedDoesNothing(t *testing.T) {
	body := updated(3960, 4)
	for name, c := range map[string]struct{ body, signature string }{
		"no signature":       {body, ""},
		"another secret":     {body, sign(body, "guess")},
		"cut short":          {body, sign(body, "new")[:30]},
		"of another body":    {body, sign(body+" ", "new")},
		"without its kind":   {body, strings.TrimPrefix(sign(body, "new"), "sha1=")},
		"of an empty secret": {body, sign(body, "")},
		"a body cut short":   {body[:100], sign(body, "new")},
		"an empty body":      {"", sign(body, "new")},
	} {
		t.Run(name, func(t *testing.T) {
			q := &hints{}
			_, address := receive(t, q)
			if got := post(t, address, c.body, c.signature); got != http.StatusUnauthorized || len(q.list) > 0 {
				t.Errorf("status %d and hints %v, want 401 and none", got, q.list)
			}
		})
	}
}

func TestReplayedEventIsRefused(t *testing.T) {
	q := &hints{}
	_, address := receive(t, q)
	first, second := updated(3960, 4), updated(3960, 5)
	for i, c := range []struct {
		body   string
		status int
	}{{first, 202}, {first, 401}, {second, 202}, {first, 401}} {
		if got := post(t, address, c.body, sign(c.body, "old")); got != c.status {
			t.Errorf("request %d: status %d, want %d", i+1, got, c.status)
		}
	}
	if len(q.list) != 2 {
		t.Errorf("hints %v, want one for each state", q.list)
	}
}

func TestFullQueueLetsTheEventComeAgain(t *testing.T) {
	q := &hints{err: &hint.FullError{Limit: 1}}
	_, address := receive(t, q)
	body := updated(3960, 4)
	if got := post(t, address, body, sign(body, "new")); got != http.StatusServiceUnavailable {
		t.Errorf("status %d, want 503", got)
	}
	q.err = nil
	if got := post(t, address, body, sign(body, "new")); got != http.StatusAccepted {
		t.Errorf("the second time: status %d, want 202", got)
	}
}

func TestWithoutASecretEverythingIsRefused(t *testing.T) {
	q := &hints{}
	v, address := receive(t, q)
	v.Secrets = func() []string { return nil }
	body := updated(3960, 4)
	if got := post(t, address, body, sign(body, "")); got != http.StatusUnauthorized {
		t.Errorf("status %d, want 401", got)
	}
}

func TestWhatIsNotOfTheSiteIsPassedOver(t *testing.T) {
	q := &hints{}
	v, address := receive(t, q)
	v.Wants = func(_ *http.Request, e webhook.Event) string {
		if e.Project.ID == 41 {
			return "another project"
		}
		return ""
	}
	body := updated(3960, 4)
	if got := post(t, address, body, sign(body, "new")); got != http.StatusNoContent || len(q.list) > 0 {
		t.Errorf("status %d and hints %v, want 204 and none", got, q.list)
	}
}

func TestBodyOverTheLimitAndOtherMethods(t *testing.T) {
	q := &hints{}
	_, address := receive(t, q)
	body := string(bytes.Repeat([]byte(" "), webhook.MaxBody+1))
	if got := post(t, address, body, sign(body, "new")); got != http.StatusRequestEntityTooLarge {
		t.Errorf("status %d, want 413", got)
	}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close() //nolint:errcheck // nothing is read
	if answer.StatusCode != http.StatusMethodNotAllowed || answer.Header.Get("Allow") != http.MethodPost {
		t.Errorf("GET: status %d, Allow %q", answer.StatusCode, answer.Header.Get("Allow"))
	}
}

// unread is a body that must not be read.
type unread struct{ t *testing.T }

func (u unread) Read([]byte) (int, error) {
	u.t.Error("the body is read")
	return 0, io.EOF
}

// TestBodiesThatAreNotRead: what the header alone tells is not signed is refused before
// its body takes any memory, and so is what there is no room for.
func TestBodiesThatAreNotRead(t *testing.T) {
	fits := sign("", "guess")
	for name, c := range map[string]struct {
		signature string
		secrets   []string
		status    int
	}{
		"no signature":        {"", []string{"new"}, http.StatusUnauthorized},
		"no digits":           {"sha1=", []string{"new"}, http.StatusUnauthorized},
		"another kind":        {"sha256" + fits[4:], []string{"new"}, http.StatusUnauthorized},
		"no secret to fit":    {fits, nil, http.StatusUnauthorized},
		"no room":             {fits, []string{"new"}, http.StatusServiceUnavailable},
		"no room, and signed": {sign("", "new"), []string{"new"}, http.StatusServiceUnavailable},
	} {
		t.Run(name, func(t *testing.T) {
			v := &receiver.Receiver{Secrets: func() []string { return c.secrets }, Queue: &hints{}, Room: func(*http.Request) func() { return nil }}
			r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/", unread{t})
			if c.signature != "" {
				r.Header.Set(webhook.Header, c.signature)
			}
			w := httptest.NewRecorder()
			v.ServeHTTP(w, r)
			if w.Code != c.status || (w.Code == http.StatusServiceUnavailable) != (w.Header().Get("Retry-After") != "") {
				t.Errorf("status %d, Retry-After %q, want %d", w.Code, w.Header().Get("Retry-After"), c.status)
			}
		})
	}
}

// TestRoomIsGivenBack: whatever becomes of a body.
func TestRoomIsGivenBack(t *testing.T) {
	q := &hints{}
	v, address := receive(t, q)
	var mu sync.Mutex
	given := 0
	v.Room = func(*http.Request) func() {
		mu.Lock()
		defer mu.Unlock()
		given++
		return func() { mu.Lock(); defer mu.Unlock(); given-- }
	}
	long := strings.Repeat(" ", webhook.MaxBody+1)
	for _, body := range []string{updated(3960, 4), "{", long} {
		post(t, address, body, sign(body, "new"))
	}
	mu.Lock()
	defer mu.Unlock()
	if given != 0 {
		t.Errorf("%d bodies keep their room", given)
	}
}
