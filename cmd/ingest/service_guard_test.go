package main

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"syscall"
	"testing"

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
	ask := func(method, path, body string, session []*http.Cookie) (int, []*http.Cookie) {
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
		return answer.StatusCode, answer.Cookies()
	}
	login := func(try string) (int, []*http.Cookie) {
		t.Helper()
		return ask(http.MethodPost, "/login", url.Values{"name": {"ana"}, "password": {try}}.Encode(), nil)
	}
	status, session := login(password)
	if status != http.StatusSeeOther {
		t.Fatalf("the right password: %d, want 303", status)
	}
	const tried = 30 // far more than are allowed in the time that it takes
	refused := 0
	for i := range tried {
		if status, _ := login("guess"); status == http.StatusTooManyRequests {
			refused++
		}
		if i%5 == 4 {
			service.signal(t, syscall.SIGHUP)
			service.log.await(t, `msg="configuration read again"`, i/5+1)
		}
	}
	if refused < tried/3 {
		t.Errorf("%d of %d guesses were refused, want all but the 10 of an address and what is added meanwhile", refused, tried)
	}
	if status, _ := ask(http.MethodGet, "/api/v1/entries", "", session); status != http.StatusOK {
		t.Errorf("who signed in before: %d, want 200", status)
	}
	if code := service.stop(t, syscall.SIGTERM); code != exitDone {
		t.Errorf("exit code %d", code)
	}
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
		{http.MethodPost, "/webhooks/openproject", http.StatusUnauthorized, http.StatusMisdirectedRequest},
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
