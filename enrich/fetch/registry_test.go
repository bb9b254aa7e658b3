package fetch_test

import (
	"net/netip"
	"strings"
	"testing"

	"ingest/enrich/fetch"
)

// registry is every row of the IANA special-purpose registries, nested ones
// too, with the ranges that the guard adds, and what a refusal says of it.
const registry = `
	0.0.0.0/8          this network
	0.0.0.0/32         this network
	10.0.0.0/8         private use
	100.64.0.0/10      shared address space
	127.0.0.0/8        loopback
	169.254.0.0/16     link local
	172.16.0.0/12      private use
	192.0.0.0/24       protocol assignments
	192.0.0.0/29       protocol assignments
	192.0.0.8/32       protocol assignments
	192.0.0.9/32       protocol assignments
	192.0.0.10/32      protocol assignments
	192.0.0.170/32     protocol assignments
	192.0.0.171/32     protocol assignments
	192.0.2.0/24       documentation
	192.31.196.0/24    AS112
	192.52.193.0/24    AMT
	192.88.99.0/24     6to4
	192.88.99.2/32     6to4
	192.168.0.0/16     private use
	192.175.48.0/24    AS112
	198.18.0.0/15      benchmarking
	198.51.100.0/24    documentation
	203.0.113.0/24     documentation
	240.0.0.0/4        reserved
	255.255.255.255/32 reserved
	224.0.0.0/4        multicast
	168.63.129.16/32   cloud

	::1/128            loopback
	::/128             unspecified
	::ffff:10.0.0.0/104 private use
	64:ff9b::a00:0/104 private use
	64:ff9b:1::/48     local translation
	100::/64           discard only
	100:0:0:1::/64     dummy prefix
	2001::/23          protocol assignments
	2001::/32          Teredo
	2001:1::1/128      protocol assignments
	2001:1::2/128      protocol assignments
	2001:1::3/128      protocol assignments
	2001:2::/48        protocol assignments
	2001:3::/32        protocol assignments
	2001:4:112::/48    protocol assignments
	2001:10::/28       protocol assignments
	2001:20::/28       protocol assignments
	2001:30::/28       protocol assignments
	2001:db8::/32      documentation
	2002::/16          6to4
	2620:4f:8000::/48  AS112
	3fff::/20          documentation
	5f00::/16          segment routing
	fc00::/7           unique local
	fe80::/10          link local
	fec0::/10          site local
	ff00::/8           multicast
	::7f00:0/104       outside 2000::/3
	4000::/2           outside 2000::/3`

func TestEveryRowOfTheRegistries(t *testing.T) {
	c := newClient(t, fetch.Options{})
	rows := 0
	for line := range strings.Lines(strings.TrimSpace(registry)) {
		prefix, why, ok := strings.Cut(strings.TrimSpace(line), " ")
		if !ok {
			continue
		}
		rows++
		row := netip.MustParsePrefix(prefix)
		for _, a := range []netip.Addr{row.Addr(), lastOf(row)} {
			if err := c.CheckAddr(a); err == nil || !strings.Contains(err.Error(), strings.TrimSpace(why)) {
				t.Errorf("%s of %s: %v, want a refusal that says %q", a, prefix, err, why)
			}
		}
	}
	if rows < 57 {
		t.Errorf("%d rows read", rows)
	}
}

func lastOf(p netip.Prefix) netip.Addr {
	b := p.Addr().AsSlice()
	for bit := p.Bits(); bit < len(b)*8; bit++ {
		b[bit/8] |= 0x80 >> (bit % 8)
	}
	a, _ := netip.AddrFromSlice(b) // as many bytes as it had
	return a
}

// Whoever links to these is not after a page: the advice is not to open them.
func TestMetadataServicesAreNotToBeOpened(t *testing.T) {
	c := newClient(t, fetch.Options{})
	for _, host := range []string{"169.254.169.254", "[fe80::a9fe:a9fe]", "[::ffff:169.254.169.254]", "168.63.129.16", "100.100.100.200", "192.0.0.192", "[fd00:ec2::254]", "[fd20:ce::254]"} {
		_, err := c.Get(t.Context(), fetch.Request{URL: "http://" + host + "/latest/meta-data/"})
		if e := asKind(t, err, fetch.Blocked); strings.Contains(e.Hint(), "allow_private_hosts") || e.Hint() == "" {
			t.Errorf("%s: hint %q", host, e.Hint())
		}
	}
}
