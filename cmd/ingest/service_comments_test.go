package main

import (
	"fmt"
	"net/http"
	"strings"
	"syscall"
	"testing"
	"time"

	"ingest/openproject/openprojecttest"
)

// commented is the event of a comment on a work package.
func commented(id, user int64, text string, at time.Time) string {
	return fmt.Sprintf(`{"action":"work_package_comment:comment","activity":{"_type":"Activity::Comment","id":%d,"comment":{"format":"markdown","raw":%q},"updatedAt":%q,`+
		`"_links":{"workPackage":{"href":"/api/v3/work_packages/%d"},"user":{"href":"/api/v3/users/%d"}}}}`, at.UnixMilli()%1e6, text, at.UTC().Format(time.RFC3339Nano), id, user)
}

const answers = "feedback: {comment: true}\n"

// TestServicePassesOverItsOwnComment: the event of what we said ourselves is no hint,
// and who we are is asked for once. That of a person is, whoever they are, and also
// while it is not known who we are.
func TestServicePassesOverItsOwnComment(t *testing.T) {
	t.Parallel()
	const bot, person = 1, 9
	source := newServiceSource(t, 2, nil)
	service := newKillSite(t, source.serviceConfig(answers), nil).serve(t)
	service.starts(t)
	at := time.Now()
	post := func(user int64, text string, want int) {
		t.Helper()
		at = at.Add(time.Second)
		body := commented(1, user, text, at)
		if got := service.post(t, body, signed([]byte(body))); got != want {
			t.Errorf("user %d said %q: %d, want %d", user, text, got, want)
		}
	}
	source.tracker.SetFault(func(r *http.Request) *openprojecttest.Fault {
		if strings.HasSuffix(r.URL.Path, "/users/me") {
			return &openprojecttest.Fault{Status: http.StatusForbidden}
		}
		return nil
	})
	post(person, "Nice.", http.StatusAccepted)
	post(bot, "**Published:** here", http.StatusAccepted)
	source.tracker.SetFault(nil)
	service.signal(t, syscall.SIGHUP)
	service.log.await(t, "configuration read again", 1)
	source.tracker.ForgetRequests()
	for range 3 {
		post(bot, "**Published:** here", http.StatusNoContent)
	}
	asked := 0
	for _, r := range source.tracker.Requests() {
		if strings.HasSuffix(r.Path, "/users/me") {
			asked++
		}
	}
	if asked != 1 {
		t.Errorf("who we are was asked %d times, want once", asked)
	}
	post(person, "Nice.", http.StatusAccepted)
	post(bot, "/ingest", http.StatusAccepted) // the account may be a person's too
}
