package main

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/crypto/bcrypt"
)

// TestServiceRemembersLoginsAcrossReloads: SIGHUP neither signs anybody out nor gives
// back attempts to guess a password.
func TestServiceRemembersLoginsAcrossReloads(t *testing.T) {
	t.Parallel()
	const password = "a quiet harbour at dawn"
	hash, err := bcrypt.GenerateFromPassword([]byte(password), 10)
	if err != nil {
		t.Fatal(err)
	}
	source := newServiceSource(t, 1, nil)
	config := strings.Replace(source.serviceConfig(""), "server: {", fmt.Sprintf("server: {users: [{name: ana, password_hash: '%s'}], ", hash), 1)
	service := newKillSite(t, config, nil).serve(t)
	service.starts(t)
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	ask := func(method, path, body string, session []*http.Cookie) loginAnswer {
		t.Helper()
		r, err := http.NewRequestWithContext(t.Context(), method, service.url+path, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		for _, c := range session {
			r.AddCookie(c)
		}
		answer, err := client.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		if err := answer.Body.Close(); err != nil {
			t.Error(err)
		}
		return loginAnswer{answer.StatusCode, answer.Header.Get("Retry-After"), answer.Cookies()}
	}
	login := func(try string) loginAnswer {
		t.Helper()
		return ask(http.MethodPost, "/login", url.Values{"name": {"ana"}, "password": {try}}.Encode(), nil)
	}
	session := login(password)
	if session.status != http.StatusSeeOther {
		t.Fatalf("the right password: %d, want 303", session.status)
	}
	judged := 0
	for reload := 1; judged < 3 && reload <= 20; reload++ {
		began, wait := exhaust(t, func() loginAnswer { return login("guess") })
		service.signal(t, syscall.SIGHUP)
		service.log.await(t, `msg="configuration read again"`, reload)
		status := login("guess").status
		if time.Since(began) >= wait { // a busy machine: there is an attempt again in any case
			continue
		}
		if judged++; status != http.StatusTooManyRequests {
			t.Errorf("a guess after reload %d: %d, want 429 for another %v", reload, status, wait-time.Since(began))
		}
	}
	if judged < 3 {
		t.Errorf("within 20 reloads the machine was fast enough for %d, want 3", judged)
	}
	if got := ask(http.MethodGet, "/api/v1/entries", "", session.cookies); got.status != http.StatusOK {
		t.Errorf("who signed in before: %d, want 200", got.status)
	}
	if code := service.stop(t, syscall.SIGTERM); code != exitDone {
		t.Errorf("exit code %d", code)
	}
}

// loginAnswer is what a guard answers.
type loginAnswer struct {
	status     int
	retryAfter string
	cookies    []*http.Cookie
}

// exhaust guesses until it is refused. From began on there is no attempt for wait:
// what Retry-After says, which is rounded up to whole seconds.
func exhaust(t *testing.T, guess func() loginAnswer) (began time.Time, wait time.Duration) {
	t.Helper()
	for late := time.Now().Add(2 * patience); time.Now().Before(late); {
		began = time.Now()
		if got := guess(); got.status == http.StatusTooManyRequests {
			seconds, err := strconv.Atoi(got.retryAfter)
			if err != nil {
				t.Fatal(err)
			}
			return began, time.Duration(seconds-1) * time.Second
		}
	}
	t.Fatal("no guess was refused")
	return began, 0
}

// TestServiceWithoutUsersAnswersNobodyBehindAProxy: a proxy that asks for the service's
// own address does not make strangers local.
func TestServiceWithoutUsersAnswersNobodyBehindAProxy(t *testing.T) {
	t.Parallel()
	source := newServiceSource(t, 1, nil)
	service := newKillSite(t, source.serviceConfig(""), nil).serve(t)
	service.starts(t)
	for _, c := range []struct {
		method, path    string
		direct, proxied int
	}{
		{http.MethodPost, "/api/v1/entries/1/refresh", http.StatusAccepted, http.StatusMisdirectedRequest},
		{http.MethodGet, "/", http.StatusOK, http.StatusMisdirectedRequest},
		{http.MethodGet, "/metrics", http.StatusOK, http.StatusMisdirectedRequest},
		{http.MethodPost, "/webhooks/openproject", http.StatusUnauthorized, http.StatusUnauthorized}, // it is signed or refused
		{http.MethodGet, "/healthz", http.StatusOK, http.StatusOK},
		{http.MethodGet, "/readyz", http.StatusOK, http.StatusOK},
	} {
		for via, want := range map[string]int{"": c.direct, "1.1 nginx": c.proxied} {
			r, err := http.NewRequestWithContext(t.Context(), c.method, service.url+c.path, nil)
			if err != nil {
				t.Fatal(err)
			}
			if via != "" {
				r.Header.Set("Via", via)
			}
			answer, err := http.DefaultClient.Do(r)
			if err != nil {
				t.Fatal(err)
			}
			if err := answer.Body.Close(); err != nil || answer.StatusCode != want {
				t.Errorf("%s %s by %q: %d (%v), want %d", c.method, c.path, via, answer.StatusCode, err, want)
			}
		}
	}
}
