package access_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"sync"
	"testing"
	"time"
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
	wantStatus(t, loginFrom(newBrowser(t, base), "2001:db8::ff", "ana", anasPassword), 429)      // whose success gave nothing back
	now.Add(10 * time.Second)
	wantRedirect(t, loginFrom(newBrowser(t, base), "2001:db8::ff", "ana", anasPassword), "/")
	wantStatus(t, loginFrom(newBrowser(t, base), "2001:db8::ff", "ana", anasPassword), 429) // nor did its own
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
	if refused != 21 { // 20 in the bucket, one of which was ana's own
		t.Errorf("%d of 40 guesses refused, want 21", refused)
	}
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
