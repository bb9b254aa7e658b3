// Package fetchtest is a name server for tests, so that a test of fetching asks
// no real one: hand its Resolver to fetch.Options.
package fetchtest

import (
	"context"
	"encoding/binary"
	"io"
	"net"
	"net/netip"
	"strings"
	"sync"

	"golang.org/x/net/dns/dnsmessage"
)

// Names is a name server. A name with several addresses gives them one after
// the other, one for each look-up, and stays with the last; one that begins with
// busy. makes it fail, any other it does not know. Its zero value knows none.
type Names struct {
	mu    sync.Mutex
	addrs map[string][]string
}

// NewNames returns a name server with addresses (IPv4 or IPv6) by name.
func NewNames(addrs map[string][]string) *Names { return &Names{addrs: addrs} }

// Resolver asks this name server and no other.
func (n *Names) Resolver() *net.Resolver {
	return &net.Resolver{PreferGo: true, Dial: func(context.Context, string, string) (net.Conn, error) {
		ours, theirs := net.Pipe()
		go n.serve(theirs)
		return ours, nil
	}}
}

// serve answers in the form of DNS over TCP: each message after its length.
func (n *Names) serve(c net.Conn) {
	defer func() { _ = c.Close() }()
	for {
		var size [2]byte
		if _, err := io.ReadFull(c, size[:]); err != nil {
			return
		}
		query := make([]byte, binary.BigEndian.Uint16(size[:]))
		if _, err := io.ReadFull(c, query); err != nil {
			return
		}
		answer, err := n.answer(query)
		if err != nil {
			return
		}
		if _, err := c.Write(append(binary.BigEndian.AppendUint16(nil, uint16(len(answer))), answer...)); err != nil {
			return
		}
	}
}

func (n *Names) answer(query []byte) ([]byte, error) {
	var m dnsmessage.Message
	if err := m.Unpack(query); err != nil {
		return nil, err
	}
	m.Response, m.RecursionAvailable, m.Additionals = true, true, nil
	q := m.Questions[0]
	addr, ok := n.next(strings.TrimSuffix(q.Name.String(), "."), q.Type)
	switch {
	case strings.HasPrefix(q.Name.String(), "busy."):
		m.RCode = dnsmessage.RCodeServerFailure
	case !ok:
		m.RCode = dnsmessage.RCodeNameError
	case addr.Is4() && q.Type == dnsmessage.TypeA:
		m.Answers = []dnsmessage.Resource{{Header: dnsmessage.ResourceHeader{Name: q.Name, Class: q.Class}, Body: &dnsmessage.AResource{A: addr.As4()}}}
	case !addr.Is4() && q.Type == dnsmessage.TypeAAAA:
		m.Answers = []dnsmessage.Resource{{Header: dnsmessage.ResourceHeader{Name: q.Name, Class: q.Class}, Body: &dnsmessage.AAAAResource{AAAA: addr.As16()}}}
	}
	return m.Pack()
}

// next gives the present address; a query for it moves on to the one after.
func (n *Names) next(name string, kind dnsmessage.Type) (netip.Addr, bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	all := n.addrs[name]
	if len(all) == 0 {
		return netip.Addr{}, false
	}
	addr := netip.MustParseAddr(all[0])
	if len(all) > 1 && kind == dnsmessage.TypeA {
		n.addrs[name] = all[1:]
	}
	return addr, true
}
