package fetch_test

import (
	"context"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"

	"ingest/enrich/fetch"
	"ingest/enrich/fetch/fetchtest"
)

// refused has an address of every row of IANA's registries, its first and last
// where the row is not a single one, and the forms that hide IPv4 in IPv6.
var refused = strings.Fields(`
	0.0.0.0 0.1.2.3 10.0.0.0 10.255.255.255 100.64.0.0 100.127.255.255 127.0.0.1 127.255.255.254
	169.254.0.1 169.254.169.254 172.16.0.0 172.31.255.255 192.0.0.0 192.0.0.8 192.0.0.9 192.0.0.170 192.0.0.255
	192.0.2.1 192.31.196.1 192.52.193.1 192.88.99.1 192.88.99.2 192.168.0.0 192.168.255.255 192.175.48.1
	198.18.0.0 198.19.255.255 198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255
	:: ::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:169.254.169.254 ::7f00:1 ::a00:1
	64:ff9b::127.0.0.1 64:ff9b::10.0.0.1 64:ff9b::169.254.169.254 64:ff9b:1::1 64:ff9b:1:ffff::8.8.8.8
	100::1 100:0:0:1::1 2001::1 2001:0:4136:e378:8000:63bf:3fff:fdd2 2001:1::1 2001:2::1 2001:3::1 2001:4:112::1
	2001:10::1 2001:20::1 2001:30::1 2001:1ff:ffff::1 2001:db8::1 2002:7f00:1::1 2002:a00:1::1 2002:808:808::1
	2620:4f:8000::1 3fff::1 3fff:fff::1 4000::1 5f00::1 8000::1 fc00::1 fdff::1 fe80::1 fe80::1%eth0 febf::1
	fec0::1 ff02::1 ff0e::1 ::1%lo ::ffff:127.0.0.1%eth0 1::1
	2606:4700::5efe:10.0.0.1 2606:4700::200:5efe:10.0.0.1 2606:4700::5efe:127.0.0.1`)

var public = strings.Fields(`
	1.1.1.1 8.8.8.8 9.255.255.255 11.0.0.0 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.0 172.15.255.255 172.32.0.0
	192.0.1.0 192.0.3.0 192.167.255.255 192.169.0.0 198.17.255.255 198.20.0.0 223.255.255.255
	2000::1 2001:200::1 2001:4860:4860::8888 2001:db7::1 2001:db9::1 2003::1 2606:4700::1111 2a00:1450::1 3ffe::1
	::ffff:8.8.8.8 64:ff9b::8.8.8.8 64:ff9b::808:808
	2606:4700::5efe:8.8.8.8 2606:4700::100:5efe:10.0.0.1 2606:4700::1:5efe:10.0.0.1 2606:4700::5efd:10.0.0.1 168.63.129.15 168.63.129.17`)

func TestSpecialAddressesAreRefused(t *testing.T) {
	c := newClient(t, fetch.Options{})
	for _, a := range refused {
		if err := c.CheckAddr(netip.MustParseAddr(a)); err == nil {
			t.Errorf("%s passes, want refused", a)
		}
	}
	for _, a := range public {
		if err := c.CheckAddr(netip.MustParseAddr(a)); err != nil {
			t.Errorf("%s: %v, want public", a, err)
		}
	}
}

func TestRangeOpensAddressesWithZone(t *testing.T) {
	c := newClient(t, fetch.Options{AllowPrivate: []string{"fe80::/10"}})
	if err := c.CheckAddr(netip.MustParseAddr("fe80::1%eth0")); err != nil {
		t.Error(err)
	}
}

// What has no network address is no public address.
func TestConnectionWithoutAddressIsRefused(t *testing.T) {
	c := newClient(t, fetch.Options{Dial: func(context.Context, string, string) (net.Conn, error) {
		ours, _ := net.Pipe()
		return ours, nil
	}})
	_, err := c.Get(t.Context(), fetch.Request{URL: "http://site.example/"})
	wantKind(t, err, fetch.Blocked)
}

// The guard asks for the address of the connection, not for the name: the
// same request passes or not by where it leads.
func TestConnectionIsJudgedByItsAddress(t *testing.T) {
	for remote, want := range map[string]fetch.Kind{
		"1.1.1.1:80":            "",
		"[2606:4700::1111]:80":  "",
		"10.0.0.1:80":           fetch.Blocked,
		"[::1]:80":              fetch.Blocked,
		"[fe80::1%1]:80":        fetch.Blocked,
		"[64:ff9b::a00:1]:80":   fetch.Blocked,
		"[::ffff:127.0.0.1]:80": fetch.Blocked,
	} {
		t.Run(remote, func(t *testing.T) {
			web, stop := newPipeWeb(remote, pages(map[string]string{"/": "hello"}))
			defer stop()
			c := newClient(t, fetch.Options{Dial: web.dial})
			_, body, err := get(t, c, fetch.Request{URL: "http://site.example/"})
			if want != "" {
				e := asKind(t, err, want)
				if open := !strings.HasPrefix(remote, "[fe80:"); strings.Contains(e.Hint(), "scrape.allow_private_hosts") != open || e.Hint() == "" {
					t.Errorf("hint %q", e.Hint())
				}
				return
			}
			if err != nil || body != "hello" {
				t.Errorf("body %q, error %v", body, err)
			}
		})
	}
}

// No spelling of a private address reaches the server that listens there.
func TestOddSpellingsOfLoopback(t *testing.T) {
	var hits atomic.Int32
	s := serve(t, func(http.ResponseWriter, *http.Request) { hits.Add(1) })
	port := mustParse(t, s.URL).Port()
	names := fetchtest.NewNames(map[string][]string{"loop.test": {"127.0.0.1"}, "mapped.test": {"::ffff:127.0.0.1"}})
	c := newClient(t, fetch.Options{Resolver: names.Resolver()})
	for _, host := range []string{
		"127.0.0.1", "127.0.0.1.", "127.1", "127.0.1", "0177.0.0.1", "0x7f.0.0.1", "0x7f000001", "2130706433", "017700000001",
		"0", "0.0.0.0", "[::]", "[::1]", "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::1%25lo]", "[::127.0.0.1]",
		"localhost", "LOCALHOST", "localhost.", "loop.test", "mapped.test", "１２７.０.０.１", "127。0。0。1", "ⓛocalhost", "①②⑦.0.0.1",
		"%31%32%37.0.0.1", "127.0.0.1%2f", "user@127.0.0.1", "example.com@127.0.0.1", `example.com\@127.0.0.1`, "example.com#@127.0.0.1",
	} {
		res, err := c.Get(t.Context(), fetch.Request{URL: "http://" + host + ":" + port + "/"})
		if err == nil {
			_ = res.Body.Close()
			t.Errorf("%s was fetched", host)
			continue
		}
		if k := asKind(t, err, "").Kind; k != fetch.Blocked && k != fetch.DNS && k != fetch.BadURL {
			t.Errorf("%s: %v, want blocked, dns or bad URL", host, err)
		}
	}
	if n := hits.Load(); n != 0 {
		t.Errorf("the server was reached %d times", n)
	}
}

func TestAllowPrivateOpensWhatItNames(t *testing.T) {
	s := serve(t, pages(map[string]string{"/": "hello"}))
	port := mustParse(t, s.URL).Port()
	names := fetchtest.NewNames(map[string][]string{"one.test": {"127.0.0.1"}, "two.test": {"127.0.0.1"}, "xn--bcher-kva.test": {"127.0.0.1"}, "my_host.test": {"127.0.0.1"}})
	for _, test := range []struct {
		name, allow, host string
		open              bool
	}{
		{"host and port", "127.0.0.1:" + port, "127.0.0.1", true},
		{"other port", "127.0.0.1:1", "127.0.0.1", false},
		{"host, any port", "127.0.0.1", "127.0.0.1", true},
		{"name", "one.test", "one.test", true},
		{"name and port", "one.test:" + port, "one.test", true},
		{"other name, same address", "one.test", "two.test", false},
		{"the address of the name", "one.test", "127.0.0.1", false},
		{"a name of the address", "127.0.0.1", "one.test", false},
		{"subdomain", "test", "one.test", false},
		{"case and dot", "ONE.test.", "one.TEST", true},
		{"underscore", "my_host.test", "my_host.test", true},
		{"other script", "Bücher.test", "bücher.test", true},
		{"range, by address", "127.0.0.0/8", "127.0.0.1", true},
		{"range, by name", "127.0.0.0/8", "two.test", true},
		{"range, IPv4 in IPv6", "127.0.0.0/8", "[::ffff:127.0.0.1]", true},
		{"other range", "10.0.0.0/8", "127.0.0.1", false},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := newClient(t, fetch.Options{AllowPrivate: []string{test.allow}, Resolver: names.Resolver()})
			_, body, err := get(t, c, fetch.Request{URL: "http://" + test.host + ":" + port + "/"})
			if test.open && (err != nil || body != "hello") {
				t.Errorf("body %q, error %v, want it open", body, err)
			}
			if !test.open {
				wantKind(t, err, fetch.Blocked)
			}
		})
	}
}

func TestAllowPrivateOpensIPv6(t *testing.T) {
	for _, test := range []struct {
		allow, url string
		open       bool
	}{
		{"::1", "http://[::1]/", true},
		{"[::1]", "http://[0:0::1]:8080/", true},
		{"[0:0::1]:8080", "http://[::1]:8080/", true},
		{"[::1]:8080", "http://[::1]/", false},
		{"::/0", "http://[::1]/", true},
		{"0.0.0.0/0", "http://[::1]/", false},
	} {
		web, stop := newPipeWeb("[::1]:80", pages(map[string]string{"/": "hello"}))
		c := newClient(t, fetch.Options{Dial: web.dial, AllowPrivate: []string{test.allow}})
		_, _, err := get(t, c, fetch.Request{URL: test.url})
		if test.open && err != nil {
			t.Errorf("%s opened by %s: %v", test.url, test.allow, err)
		}
		if !test.open {
			wantKind(t, err, fetch.Blocked)
		}
		stop()
	}
}

// The first address is let through, the one it redirects to is not.
func TestRedirectToPrivateAddressIsRefused(t *testing.T) {
	var hits atomic.Int32
	secret := serve(t, func(http.ResponseWriter, *http.Request) { hits.Add(1) })
	for name, target := range map[string]func(open string) string{
		"other server": func(string) string { return secret.URL },
		"other name":   func(open string) string { return strings.Replace(open, "127.0.0.1", "localhost", 1) },
		"metadata":     func(string) string { return "http://169.254.169.254/latest/" },
	} {
		for _, way := range []string{"redirect", "meta refresh", "refresh header"} {
			t.Run(name+" by "+way, func(t *testing.T) {
				var open string
				s := serve(t, func(w http.ResponseWriter, _ *http.Request) {
					switch to := target(open); way {
					case "redirect":
						w.Header().Set("Location", to)
						w.WriteHeader(http.StatusFound)
					case "refresh header":
						w.Header().Set("Refresh", "0;url="+to)
					default:
						_, _ = w.Write([]byte(`<meta http-equiv=refresh content="0;url=` + to + `">`))
					}
				})
				open = s.URL
				c := newClient(t, fetch.Options{AllowPrivate: []string{strings.TrimPrefix(s.URL, "http://")}})
				_, err := c.Get(t.Context(), fetch.Request{URL: s.URL, Refresh: true})
				e := asKind(t, err, fetch.Blocked)
				if len(e.Hops) != 2 || e.Hops[0].Status == 0 || e.Hops[1].Status != 0 {
					t.Errorf("hops %+v, want the first with a status, the second without", e.Hops)
				}
			})
		}
	}
	if n := hits.Load(); n != 0 {
		t.Errorf("the private server was reached %d times", n)
	}
}

// A name server that changes its answer between the check of one connection
// and the next gains nothing: each connection is checked.
func TestRebindingIsRefused(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Connection", "close")
		_, _ = w.Write([]byte("hello"))
	})
	names := fetchtest.NewNames(map[string][]string{"rebind.test": {"127.0.0.1", "10.0.0.1"}})
	c := newClient(t, fetch.Options{AllowPrivate: []string{"127.0.0.1/32"}, Resolver: names.Resolver()})
	url := "http://rebind.test:" + mustParse(t, s.URL).Port() + "/"
	if _, body := mustGet(t, c, fetch.Request{URL: url}); body != "hello" {
		t.Fatalf("first answer %q", body)
	}
	_, err := c.Get(t.Context(), fetch.Request{URL: url})
	if e := asKind(t, err, fetch.Blocked); !strings.Contains(e.Error(), "10.0.0.1") {
		t.Errorf("error %q does not name the address", e)
	}
}

func mustParse(t testing.TB, raw string) *url.URL {
	t.Helper()
	u, err := url.Parse(raw)
	if err != nil {
		t.Fatal(err)
	}
	return u
}
