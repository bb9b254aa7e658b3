package fetch

import "net/netip"

// metadataServices lists where machines of the large clouds find their own
// settings and credentials, besides the link-local 169.254.169.254 of nearly
// all: Azure, Alibaba, Oracle, AWS and Google, each by its own documentation.
func metadataServices() []string {
	return []string{"168.63.129.16", "100.100.100.200", "192.0.0.192", "fd00:ec2::254", "fd20:ce::254"}
}

// block is a range of addresses that no public web site has.
type block struct {
	prefix netip.Prefix
	what   string // what the range is for, and the document that says so
}

// specialBlocks lists the rows of the IANA IPv4 and IPv6 Special-Purpose
// Address Registries (RFC 6890, RFC 8190; IPv6 as of 2025-10-09), nested rows
// left to the row that holds them, with multicast (RFC 5771, RFC 4291) added,
// and the one public address that is a cloud's inner service (Azure's platform).
// Rows that the registries call globally reachable are refused too: they are
// relays, sinks and anycast services, and no site lives there. The exceptions
// are IPv4 in IPv6 and NAT64, which effective has translated before.
func specialBlocks() []block {
	rows := [][2]string{
		{"0.0.0.0/8", "this network (RFC 791)"},
		{"10.0.0.0/8", "private use (RFC 1918)"},
		{"100.64.0.0/10", "shared address space (RFC 6598)"},
		{"127.0.0.0/8", "loopback (RFC 1122)"},
		{"168.63.129.16/32", "a cloud's own service (Microsoft Azure)"},
		{"169.254.0.0/16", "link local (RFC 3927)"},
		{"172.16.0.0/12", "private use (RFC 1918)"},
		{"192.0.0.0/24", "protocol assignments (RFC 6890)"},
		{"192.0.2.0/24", "documentation (RFC 5737)"},
		{"192.31.196.0/24", "AS112 (RFC 7535)"},
		{"192.52.193.0/24", "AMT relays (RFC 7450)"},
		{"192.88.99.0/24", "6to4 relays (RFC 7526)"},
		{"192.168.0.0/16", "private use (RFC 1918)"},
		{"192.175.48.0/24", "AS112 (RFC 7534)"},
		{"198.18.0.0/15", "benchmarking (RFC 2544)"},
		{"198.51.100.0/24", "documentation (RFC 5737)"},
		{"203.0.113.0/24", "documentation (RFC 5737)"},
		{"224.0.0.0/4", "multicast (RFC 5771)"},
		{"240.0.0.0/4", "reserved (RFC 1112)"},

		{"::/128", "unspecified (RFC 4291)"},
		{"::1/128", "loopback (RFC 4291)"},
		{"64:ff9b:1::/48", "local translation (RFC 8215)"},
		{"100::/64", "discard only (RFC 6666)"},
		{"100:0:0:1::/64", "dummy prefix (RFC 9780)"},
		{"2001::/23", "protocol assignments, Teredo among them (RFC 2928, RFC 4380)"},
		{"2001:db8::/32", "documentation (RFC 3849)"},
		{"2002::/16", "6to4 (RFC 3056)"},
		{"2620:4f:8000::/48", "AS112 (RFC 7534)"},
		{"3fff::/20", "documentation (RFC 9637)"},
		{"5f00::/16", "segment routing (RFC 9602)"},
		{"fc00::/7", "unique local (RFC 4193)"},
		{"fe80::/10", "link local (RFC 4291)"},
		{"fec0::/10", "site local (RFC 3879)"},
		{"ff00::/8", "multicast (RFC 4291)"},
	}
	blocks := make([]block, 0, len(rows))
	for _, r := range rows {
		blocks = append(blocks, block{netip.MustParsePrefix(r[0]), r[1]})
	}
	return blocks
}
