package access_test

import (
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"

	"ingest/cmd/ingest/internal/access"
)

func TestClientIP(t *testing.T) {
	o := access.Options{TrustedProxies: prefixes(t, "10.0.0.1/8", "::ffff:192.168.0.0/112", "fd00::/8")}
	g := newGuard(t, o)
	for _, c := range []struct {
		name, peer string
		forwarded  []string
		want       string
	}{
		{"no proxy", "203.0.113.9:5", nil, "203.0.113.9"},
		{"a stranger who claims", "203.0.113.9:5", []string{"1.1.1.1"}, "203.0.113.9"},
		{"a proxy", "10.1.2.3:5", []string{"203.0.113.9"}, "203.0.113.9"},
		{"a proxy without a header", "10.1.2.3:5", nil, "10.1.2.3"},
		{"two proxies", "10.1.2.3:5", []string{"203.0.113.9, 10.9.9.9"}, "203.0.113.9"},
		{"what the client wrote itself", "10.1.2.3:5", []string{"1.1.1.1, 203.0.113.9"}, "203.0.113.9"},
		{"the same on two lines", "10.1.2.3:5", []string{"1.1.1.1", "203.0.113.9, 10.9.9.9"}, "203.0.113.9"},
		{"a trusted address that the client wrote", "10.1.2.3:5", []string{"10.0.0.7, 203.0.113.9"}, "203.0.113.9"},
		{"only proxies", "10.1.2.3:5", []string{"10.0.0.7, 10.0.0.8"}, "10.0.0.7"},
		{"garbage", "10.1.2.3:5", []string{"203.0.113.9, garbage"}, "10.1.2.3"},
		{"garbage further left", "10.1.2.3:5", []string{"garbage, 203.0.113.9"}, "203.0.113.9"},
		{"garbage behind a proxy", "10.1.2.3:5", []string{"1.1.1.1, <x>, 10.9.9.9"}, "10.9.9.9"},
		{"unknown", "10.1.2.3:5", []string{"unknown"}, "10.1.2.3"},
		{"nothing between commas", "10.1.2.3:5", []string{"1.1.1.1,,"}, "10.1.2.3"},
		{"a port", "10.1.2.3:5", []string{"203.0.113.9:4711"}, "203.0.113.9"},
		{"IPv6", "[fd00::1]:5", []string{"2001:db8::1"}, "2001:db8::1"},
		{"IPv6 with a port", "[fd00::1]:5", []string{"[2001:db8::1]:4711"}, "2001:db8::1"},
		{"IPv6 in brackets", "[fd00::1]:5", []string{"[2001:db8::1]"}, "2001:db8::1"},
		{"IPv6 with a zone", "[fd00::1%eth0]:5", []string{"fe80::1%eth0"}, "fe80::1"},
		{"IPv4 in IPv6", "[::ffff:10.1.2.3]:5", []string{"::ffff:203.0.113.9"}, "203.0.113.9"},
		{"a proxy written as IPv4 in IPv6", "192.168.7.7:5", []string{"203.0.113.9"}, "203.0.113.9"},
		{"no address of the peer", "@", []string{"203.0.113.9"}, "invalid IP"},
	} {
		r := httptest.NewRequestWithContext(t.Context(), "GET", "/", nil)
		r.RemoteAddr, r.Header["X-Forwarded-For"] = c.peer, c.forwarded
		if got := g.ClientIP(r).String(); got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
}

// FuzzClientIP: whatever the client writes, a proxy that appends its address
// makes the result that address.
func FuzzClientIP(f *testing.F) {
	g := newGuard(f, access.Options{TrustedProxies: prefixes(f, "10.0.0.0/8", "::/8")})
	f.Add("1.1.1.1, 10.0.0.1", "::1")
	f.Add("\x00,[", "fe80::%x")
	f.Add(strings.Repeat(",", 100), "[::1]:80")
	f.Fuzz(func(t *testing.T, first, second string) {
		r := httptest.NewRequestWithContext(t.Context(), "GET", "/", nil)
		r.RemoteAddr = "10.0.0.2:80"
		r.Header = http.Header{"X-Forwarded-For": {first, second, second + ",203.0.113.9"}}
		if got := g.ClientIP(r); got != netip.MustParseAddr("203.0.113.9") {
			t.Errorf("%q, %q: got %v", first, second, got)
		}
		r.RemoteAddr = "203.0.113.7:80"
		if got := g.ClientIP(r); got != netip.MustParseAddr("203.0.113.7") {
			t.Errorf("an untrusted peer was believed: %v", got)
		}
	})
}
