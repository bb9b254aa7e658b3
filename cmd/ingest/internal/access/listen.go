package access

import (
	"fmt"
	"net"
	"net/netip"
	"strings"
)

// ListenError is an address that others than this machine reach, with nothing that
// guards it.
type ListenError struct{ Listen string }

func (e *ListenError) Error() string {
	return fmt.Sprintf("%q can be reached from other machines, and anybody there could start runs", e.Listen)
}

// Hint says how to mend it.
func (e *ListenError) Hint() string {
	return "set server.users (ingest passwd makes an entry), server.tokens or server.oidc, or listen on 127.0.0.1"
}

// CheckListen returns a *ListenError if an address, host:port, is not loopback
// and nothing is configured that guards it.
func CheckListen(listen string, configured bool) error {
	host, _, err := net.SplitHostPort(listen)
	if err != nil {
		return fmt.Errorf("address to listen on: %w", err)
	}
	if configured || loopback(host) {
		return nil
	}
	return &ListenError{Listen: listen}
}

// loopback says whether a host is this machine: an address of loopback, or
// localhost and the names below it (RFC 6761, 6.3).
func loopback(host string) bool {
	if addr, err := netip.ParseAddr(host); err == nil {
		return addr.Unmap().IsLoopback()
	}
	name := "." + strings.TrimSuffix(strings.ToLower(host), ".")
	return strings.HasSuffix(name, ".localhost") && !strings.Contains(name, ":")
}

// loopbackHost says so of a Host header, which may have a port.
func loopbackHost(header string) bool {
	host, _, err := net.SplitHostPort(header)
	if err != nil {
		host = strings.TrimSuffix(strings.TrimPrefix(header, "["), "]")
	}
	return loopback(host)
}
