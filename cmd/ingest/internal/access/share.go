package access

import (
	"net"
	"net/netip"
	"sync"
)

// A Sharing is a listener that gives each client address no more than its share of
// the connections that are served at once, so that one client which holds what it can
// get leaves the others theirs. What an address has beyond its share is not served
// before it closes another; it waits, as a burst of webhooks may.
//
// Trusted proxies are not bounded: their connections are those of many. An IPv6 /64 is
// one address. It is safe for concurrent use.
type Sharing struct {
	net.Listener
	shares
	trusted  func(netip.Addr) bool
	arrivals chan arrival
	waiting  chan struct{} // one in it for each connection that waits for its address
	closed   chan struct{}
	closing  sync.Once
}

// arrival is what Accept returns.
type arrival struct {
	conn net.Conn
	err  error
}

// Share shares a listener out. Each is what an address may have at once; as many as
// waiting may wait for a seat of their address, and those beyond are closed. Trusted is
// asked of the address of each connection. It takes connections until it is closed.
func Share(l net.Listener, each, waiting int, trusted func(netip.Addr) bool) *Sharing {
	s := &Sharing{Listener: l, shares: shares{each: each}, trusted: trusted, arrivals: make(chan arrival),
		waiting: make(chan struct{}, waiting), closed: make(chan struct{})}
	go s.receive()
	return s
}

// Accept waits for the next connection that may be served.
func (s *Sharing) Accept() (net.Conn, error) {
	select {
	case a := <-s.arrivals:
		return a.conn, a.err
	case <-s.closed:
		return nil, net.ErrClosed
	}
}

// Close ends the listener, and with it the connections that wait.
func (s *Sharing) Close() error {
	s.closing.Do(func() { close(s.closed) })
	return s.Listener.Close()
}

func (s *Sharing) receive() {
	for {
		conn, err := s.Listener.Accept()
		if err == nil {
			s.seat(conn)
		} else if !s.hand(nil, err) {
			return
		}
	}
}

// hand gives to Accept, and says whether anybody takes it any more.
func (s *Sharing) hand(conn net.Conn, err error) bool {
	select {
	case s.arrivals <- arrival{conn, err}:
		return true
	case <-s.closed:
		if conn != nil {
			_ = conn.Close() // nothing was said on it
		}
		return false
	}
}

// seat hands a connection on when its address has a seat. For one that has, it waits
// itself until somebody accepts: where all are busy, the others stay outside.
func (s *Sharing) seat(conn net.Conn) {
	addr := parseAddr(conn.RemoteAddr().String())
	if s.trusted(addr) {
		s.hand(conn, nil)
		return
	}
	key := addressKey(addr)
	own := s.enter(key)
	seated := &seatedConn{Conn: conn, leave: sync.OnceFunc(func() { <-own.seats; s.leave(key) })}
	select {
	case own.seats <- struct{}{}:
		s.hand(seated, nil)
		return
	default:
	}
	away := func() {
		_ = conn.Close() // nothing was said on it
		s.leave(key)
	}
	select {
	case s.waiting <- struct{}{}:
	default:
		away()
		return
	}
	go func() {
		defer func() { <-s.waiting }()
		select {
		case own.seats <- struct{}{}:
			s.hand(seated, nil)
		case <-s.closed:
			away()
		}
	}()
}

// seatedConn is a connection that leaves its seat when it is closed.
type seatedConn struct {
	net.Conn
	leave func()
}

// Close closes the connection.
func (c *seatedConn) Close() error {
	defer c.leave()
	return c.Conn.Close()
}
