package access

import (
	"net/http"
	"net/netip"
	"strings"
)

// proxies are the peers that are believed.
type proxies []netip.Prefix

// newProxies writes prefixes the way addresses are compared: IPv4 inside IPv6 as
// IPv4, bits beyond the mask cleared.
func newProxies(prefixes []netip.Prefix) proxies {
	list := make(proxies, 0, len(prefixes))
	for _, p := range prefixes {
		if a := p.Addr(); a.Is4In6() && p.Bits() >= 96 {
			p = netip.PrefixFrom(a.Unmap(), p.Bits()-96)
		}
		list = append(list, p.Masked())
	}
	return list
}

func (ps proxies) trust(addr netip.Addr) bool {
	for _, p := range ps {
		if p.Contains(addr) {
			return true
		}
	}
	return false
}

// Trusts says whether an address is that of a trusted proxy.
func (g *Guard) Trusts(addr netip.Addr) bool { return g.proxies.trust(addr) }

// ClientIP returns the address of who asks: the peer itself, unless it is a
// trusted proxy; then the right-most address of X-Forwarded-For that is none. What
// stands further left anybody may have written. An entry that is no address ends
// the walk. The header Forwarded is not read. The zero Addr means that the
// server gave none.
func (g *Guard) ClientIP(r *http.Request) netip.Addr {
	addr := parseAddr(r.RemoteAddr)
	rest := strings.Join(r.Header.Values("X-Forwarded-For"), ",")
	for g.proxies.trust(addr) && rest != "" {
		before, last, found := cutLast(rest)
		hop := parseAddr(last)
		if !hop.IsValid() {
			break
		}
		addr = hop
		if !found {
			break
		}
		rest = before
	}
	return addr
}

// proxied says whether a proxy passed a request on, as far as it tells. Who asks is
// then not the peer, and need not be on this machine.
func proxied(h http.Header) bool {
	for name := range h {
		if name == "Forwarded" || name == "Via" || name == "X-Real-Ip" || strings.HasPrefix(name, "X-Forwarded-") {
			return true
		}
	}
	return false
}

// isSecure says whether the browser speaks HTTPS, as far as is known.
func (g *Guard) isSecure(r *http.Request) bool {
	if g.secure || r.TLS != nil {
		return true
	}
	_, last, _ := cutLast(strings.Join(r.Header.Values("X-Forwarded-Proto"), ","))
	return g.proxies.trust(parseAddr(r.RemoteAddr)) && strings.EqualFold(strings.TrimSpace(last), "https")
}

// cutLast takes the last entry off a list with commas.
func cutLast(list string) (before, last string, found bool) {
	i := strings.LastIndexByte(list, ',')
	if i < 0 {
		return "", list, false
	}
	return list[:i], list[i+1:], true
}

// parseAddr reads an address with or without a port; the zero Addr is none.
func parseAddr(s string) netip.Addr {
	s = strings.TrimSpace(s)
	if ap, err := netip.ParseAddrPort(s); err == nil {
		return ap.Addr().Unmap().WithZone("")
	}
	addr, err := netip.ParseAddr(strings.TrimSuffix(strings.TrimPrefix(s, "["), "]"))
	if err != nil {
		return netip.Addr{}
	}
	return addr.Unmap().WithZone("")
}
