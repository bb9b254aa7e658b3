package fetch

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"syscall"
)

// guard opens connections, to public addresses and opened hosts only.
type guard struct {
	special []block
	unicast netip.Prefix // where IPv6 hosts are; see checkAddr
	nat64   netip.Prefix
	opened  allowlist

	resolver *net.Resolver
	free     net.Dialer // for opened hosts and proxies
	checked  net.Dialer // asks the guard once the address is known
	hook     func(ctx context.Context, network, address string) (net.Conn, error)
}

func newGuard(o Options) (*guard, error) {
	opened, err := parseAllowlist(o.AllowPrivate)
	if err != nil {
		return nil, err
	}
	g := &guard{
		special:  specialBlocks(),
		unicast:  netip.MustParsePrefix("2000::/3"),
		nat64:    netip.MustParsePrefix("64:ff9b::/96"),
		opened:   opened,
		resolver: o.Resolver,
		hook:     o.Dial,
		free:     net.Dialer{Timeout: o.Timeout / 2, Resolver: o.Resolver},
	}
	g.checked = g.free
	g.checked.ControlContext = func(_ context.Context, _, address string, _ syscall.RawConn) error {
		return g.check(address)
	}
	return g, nil
}

// dial connects to "host:port" as the request names it. It is the transport's
// only way to a connection.
func (g *guard) dial(ctx context.Context, network, address string) (net.Conn, error) {
	free := viaProxy(ctx) != nil || g.opened.names(address)
	switch {
	case g.hook != nil:
		return g.dialHook(ctx, network, address, free)
	case free:
		return g.free.DialContext(ctx, network, address)
	default:
		return g.checked.DialContext(ctx, network, address)
	}
}

func (g *guard) dialHook(ctx context.Context, network, address string, free bool) (net.Conn, error) {
	conn, err := g.hook(ctx, network, address)
	if err != nil || free {
		return conn, err
	}
	if err := g.check(conn.RemoteAddr().String()); err != nil {
		_ = conn.Close() // the refusal is the error that counts
		return nil, err
	}
	return conn, nil
}

// check refuses "ip:port" unless the address is public or opened by a CIDR.
func (g *guard) check(address string) error {
	ap, err := netip.ParseAddrPort(address)
	if err != nil {
		return faultf(Blocked, "%s is not a network address", address)
	}
	return g.checkAddr(ap.Addr())
}

// checkAddr is check without the port. IPv6 is public only within 2000::/3,
// the one range from which IANA assigns unicast addresses (IPv6 Address Space
// registry, RFC 4291).
func (g *guard) checkAddr(met netip.Addr) error {
	a := g.effective(met)
	if g.opened.contains(a) {
		return nil
	}
	for _, b := range g.special {
		if b.prefix.Contains(a) {
			return refuse(met, a, b.what)
		}
	}
	if a.Is6() && !g.unicast.Contains(a) {
		return refuse(met, a, "outside 2000::/3 (RFC 4291)")
	}
	if inner, ok := isatap(a); ok {
		return g.checkAddr(inner)
	}
	return nil
}

// isatap gives the IPv4 address to which the router of a public prefix tunnels
// what is sent to an ISATAP interface (RFC 5214, 6.1).
func isatap(a netip.Addr) (netip.Addr, bool) {
	b := a.As16()
	if !a.Is6() || b[8]&^0x02 != 0 || b[9] != 0 || b[10] != 0x5e || b[11] != 0xfe {
		return netip.Addr{}, false
	}
	return netip.AddrFrom4([4]byte(b[12:])), true
}

// refusedError is an address that the guard does not let through.
type refusedError struct {
	met, addr netip.Addr // as met, and what it stands for
	why       string
}

func (r *refusedError) Error() string {
	return fmt.Sprintf("%s is no public address: %s", r.met, r.why)
}

func refuse(met, addr netip.Addr, why string) error {
	return &kindError{Blocked, &refusedError{met, addr, why}}
}

// effective gives the address that packets sent to a end at: without a zone
// (which would hide it from every prefix), IPv4 out of its mapped form
// (RFC 4291, 2.5.5.2) and out of the well-known NAT64 prefix (RFC 6052), by
// which networks without IPv4 reach all of it.
func (g *guard) effective(a netip.Addr) netip.Addr {
	a = a.WithZone("").Unmap()
	if g.nat64.Contains(a) {
		b := a.As16()
		return netip.AddrFrom4([4]byte(b[12:]))
	}
	return a
}

// checkTarget looks a proxied target up and refuses it unless each of its
// addresses would pass, as the proxy may pick any.
func (g *guard) checkTarget(ctx context.Context, u *url.URL) error {
	if g.opened.names(hostPort(u)) {
		return nil
	}
	addrs, err := g.resolver.LookupNetIP(ctx, "ip", u.Hostname())
	if err != nil {
		return err
	}
	for _, a := range addrs {
		if err := g.checkAddr(a); err != nil {
			return err
		}
	}
	return nil
}
