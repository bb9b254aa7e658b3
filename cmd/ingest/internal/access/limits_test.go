package access_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"sync"
	"testing"
	"time"

	"ingest/cmd/ingest/internal/access"
)

// loginFrom tries a password from an address behind a trusted proxy.
func loginFrom(b *browser, address, name, password string) answer {
	b.t.Helper()
	return b.post("/login", url.Values{"name": {name}, "password": {password}}, http.Header{"X-Forwarded-For": {address}})
}

func TestAnAddressRunsOutOfAttempts(t *testing.T) {
	now := newClock()
	o := closed()
	o.Now, o.TrustedProxies = now.Now, prefixes(t, "127.0.0.1/32")
	base, _ := service(t, o)
	for i := range 10 { // other names do not help, and neither does another address of the same /64
		wantStatus(t, loginFrom(newBrowser(t, base), fmt.Sprintf("2001:db8::%x", i), "name"+strconv.Itoa(i), "wrong"), 401)
	}
	got := loginFrom(newBrowser(t, base), "2001:db8::ff", "ana", anasPassword)
	wantStatus(t, got, 429)
	if got.header.Get("Retry-After") != "10" {
		t.Errorf("Retry-After %q, want 10", got.header.Get("Retry-After"))
	}
	wantRedirect(t, loginFrom(newBrowser(t, base), "2001:db8:0:1::1", "ana", anasPassword), "/") // another /64
	wantStatus(t, loginFrom(newBrowser(t, base), "2001:db8::ff", "ana", anasPassword), 429)      // whose success gave nothing back here
	now.Add(10 * time.Second)
	wantRedirect(t, loginFrom(newBrowser(t, base), "2001:db8::ff", "ana", anasPassword), "/")
	wantStatus(t, loginFrom(newBrowser(t, base), "2001:db8::ff", "ana", "wrong"), 401) // what the success took it gave back,
	wantStatus(t, loginFrom(newBrowser(t, base), "2001:db8::ff", "ana", "wrong"), 429) // and no more
}

func TestSuccessesUseNothingUp(t *testing.T) {
	o := closed()
	o.Now = newClock().Now
	base, _ := service(t, o)
	for range 30 { // one office, new browsers
		wantRedirect(t, newBrowser(t, base).login("ana", anasPassword, ""), "/")
	}
	device := find(t, newBrowser(t, base).login("ana", anasPassword, ""), "ingest_device")
	for range 30 { // one browser
		got := newBrowser(t, base).post("/login", url.Values{"name": {"ana"}, "password": {anasPassword}}, http.Header{"Cookie": {device.Name + "=" + device.Value}})
		wantRedirect(t, got, "/")
	}
}

// Somebody who has an account here guesses the password of another: between the
// guesses, signing in does not bring back an attempt.
func TestSuccessDoesNotPayForGuesses(t *testing.T) {
	o := closed()
	o.Now = newClock().Now
	o.Users = append(o.Users, access.User{Name: "ben", PasswordHash: cheapHash(t, "bens long password")})
	base, _ := service(t, o)
	ben := newBrowser(t, base)
	wantRedirect(t, ben.login("ben", "bens long password", ""), "/")
	for range 9 {
		wantStatus(t, newBrowser(t, base).login("ana", "guess", ""), 401)
		wantRedirect(t, newBrowser(t, base).login("ben", "bens long password", ""), "/")
	}
	wantStatus(t, newBrowser(t, base).login("ana", "guess", ""), 401)
	wantStatus(t, newBrowser(t, base).login("ana", "guess", ""), 429)
	wantStatus(t, newBrowser(t, base).login("ben", "bens long password", ""), 429)
	wantRedirect(t, ben.login("ben", "bens long password", ""), "/") // whose browser is known
	wantStatus(t, ben.login("ana", "guess", ""), 429)                // for ben alone
}

func TestLimitsOutliveAReload(t *testing.T) {
	o := closed()
	o.Now = newClock().Now
	current := newGuard(t, o)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { handler(current).ServeHTTP(w, r) }))
	t.Cleanup(server.Close)
	for range 10 {
		o.Before = current
		current = newGuard(t, o)
		wantStatus(t, newBrowser(t, server.URL).login("ana", "guess", ""), 401)
	}
	wantStatus(t, newBrowser(t, server.URL).login("ana", "guess", ""), 429)
}

func TestForgedAddressesDoNotHelp(t *testing.T) {
	o := closed()
	o.Now = newClock().Now
	base, _ := service(t, o)
	for i := range 10 {
		wantStatus(t, loginFrom(newBrowser(t, base), fmt.Sprintf("192.0.2.%d", i), "x", "wrong"), 401)
	}
	wantStatus(t, loginFrom(newBrowser(t, base), "192.0.2.99", "x", "wrong"), 429)
}

func TestManyAddressesDoNotLockAKnownBrowserOut(t *testing.T) {
	now := newClock()
	o := closed()
	o.Now, o.TrustedProxies = now.Now, prefixes(t, "127.0.0.1/32")
	base, _ := service(t, o)
	known := newBrowser(t, base)
	wantRedirect(t, loginFrom(known, "198.51.100.1", "ana", anasPassword), "/")
	refused := 0
	for i := range 40 {
		got := loginFrom(newBrowser(t, base), fmt.Sprintf("192.0.2.%d", i), "ana", "guess")
		if got.status == 429 {
			refused++
		}
	}
	if refused != 20 { // 20 in the bucket: ana's own success took none
		t.Errorf("%d of 40 guesses refused, want 20", refused)
	}
	for range 20 { // being refused for the name costs the address nothing
		wantStatus(t, loginFrom(newBrowser(t, base), "192.0.2.199", "ana", anasPassword), 429)
	}
	wantStatus(t, loginFrom(newBrowser(t, base), "192.0.2.199", "ben", "guess"), 401)
	wantStatus(t, loginFrom(newBrowser(t, base), "192.0.2.200", "ana", anasPassword), 429)
	wantRedirect(t, loginFrom(known, "203.0.113.7", "ana", anasPassword), "/") // elsewhere, the same browser
	wantStatus(t, loginFrom(known, "192.0.2.201", "ben", "guess"), 401)        // it is known for ana alone
	now.Add(2 * time.Second)
	wantRedirect(t, loginFrom(newBrowser(t, base), "192.0.2.200", "ana", anasPassword), "/")
}

func TestAKnownBrowserRunsOutToo(t *testing.T) {
	o := closed()
	o.Now = newClock().Now
	base, _ := service(t, o)
	known := newBrowser(t, base)
	wantRedirect(t, known.login("ana", anasPassword, ""), "/")
	thief := known.client.Jar
	wantRedirect(t, known.post("/logout", nil, nil), "/login")
	known.client.Jar = thief
	for range 10 {
		wantStatus(t, known.login("ana", "guess", ""), 401)
	}
	wantStatus(t, known.login("ana", anasPassword, ""), 429)
}

func TestLoginsAtOnce(t *testing.T) {
	base, _ := service(t, closed())
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			b := newBrowser(t, base)
			if i%2 == 0 {
				b.login("ana", anasPassword, "")
				b.get("/")
				b.post("/logout", nil, nil)
			} else {
				b.login("nobody", "x", "")
			}
			api(t, base, "POST", "/api/v1/runs", bearer(ciToken))
		})
	}
	wg.Wait()
}
