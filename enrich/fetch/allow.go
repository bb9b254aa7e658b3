package fetch

import (
	"fmt"
	"net"
	"net/netip"
	"strconv"
	"strings"

	"golang.org/x/net/idna"
)

// allowlist is what [Options.AllowPrivate] opens.
type allowlist struct {
	hosts map[string]bool // "host" and "host:port", as canonicalHost writes them
	nets  []netip.Prefix
}

func parseAllowlist(entries []string) (allowlist, error) {
	l := allowlist{hosts: map[string]bool{}}
	for _, e := range entries {
		if err := l.add(e); err != nil {
			return allowlist{}, fmt.Errorf("private host %q: %w", e, err)
		}
	}
	return l, nil
}

func (l *allowlist) add(entry string) error {
	if strings.Contains(entry, "/") {
		return l.addNet(entry)
	}
	host, port := splitEntry(entry)
	host, err := canonicalHost(host)
	if err != nil {
		return err
	}
	if port == "" {
		l.hosts[host] = true
		return nil
	}
	if n, err := strconv.ParseUint(port, 10, 16); err != nil || n == 0 {
		return fmt.Errorf("%q is not a port", port)
	}
	l.hosts[net.JoinHostPort(host, port)] = true
	return nil
}

func (l *allowlist) addNet(entry string) error {
	p, err := netip.ParsePrefix(entry)
	switch {
	case err != nil:
		return fmt.Errorf("write host, host:port or a range such as 10.0.0.0/8: %w", err)
	case p.Addr().Is4In6():
		return fmt.Errorf("write the range as IPv4")
	}
	l.nets = append(l.nets, p.Masked())
	return nil
}

// splitEntry parts "host:port"; a bare IPv6 address is all host.
func splitEntry(entry string) (host, port string) {
	if host, port, err := net.SplitHostPort(entry); err == nil {
		return host, port
	}
	return strings.TrimSuffix(strings.TrimPrefix(entry, "["), "]"), ""
}

// names reports whether "host:port", as a request names it, is opened by name.
func (l allowlist) names(address string) bool {
	if len(l.hosts) == 0 {
		return false
	}
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return false
	}
	host, err = canonicalHost(host)
	return err == nil && (l.hosts[host] || l.hosts[net.JoinHostPort(host, port)])
}

// contains reports whether a range opens the address, whatever its name.
func (l allowlist) contains(a netip.Addr) bool {
	for _, p := range l.nets {
		if p.Contains(a) {
			return true
		}
	}
	return false
}

// canonicalHost writes a host name or IP literal in the one form in which two
// spellings of it are equal: lower case, ASCII, no final dot, shortest IPv6.
func canonicalHost(host string) (string, error) {
	if a, err := netip.ParseAddr(host); err == nil {
		return a.String(), nil
	}
	ascii, err := asciiHost(host)
	if err != nil {
		return "", err
	}
	ascii = strings.TrimSuffix(ascii, ".")
	if ascii == "" || strings.ContainsFunc(ascii, notInHost) {
		return "", fmt.Errorf("%q is not a host name", host)
	}
	return ascii, nil
}

// asciiHost lower-cases a host name and writes one in another script in
// Punycode, as it goes over the wire (RFC 5891).
func asciiHost(host string) (string, error) {
	if isASCII(host) {
		return strings.ToLower(host), nil
	}
	return idna.Lookup.ToASCII(host)
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

func notInHost(r rune) bool {
	return (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' && r != '.' && r != '_'
}
