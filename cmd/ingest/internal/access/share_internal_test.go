package access

import (
	"errors"
	"net"
	"net/netip"
	"slices"
	"testing"
	"testing/synctest"
)

// street is a listener to which a test sends clients.
type street struct {
	net.Listener
	coming chan arrival
	closed chan struct{}
}

func (l *street) Accept() (net.Conn, error) {
	select {
	case a := <-l.coming:
		return a.conn, a.err
	case <-l.closed:
		return nil, net.ErrClosed
	}
}

func (l *street) Close() error {
	close(l.closed)
	return nil
}

// clientConn is the service's end of a connection from an address.
type clientConn struct {
	net.Conn
	from net.Addr
}

func (c clientConn) RemoteAddr() net.Addr { return c.from }

// door is a Sharing at work in a bubble.
type door struct {
	*Sharing
	street *street
	served map[string][]net.Conn // what Accept gave, by address
	errs   []error
}

// openDoor accepts whatever comes; a share is two, three may wait, and 10.0.0.9 is
// a trusted proxy.
func openDoor(t *testing.T) *door {
	t.Helper()
	d := &door{street: &street{coming: make(chan arrival), closed: make(chan struct{})}, served: map[string][]net.Conn{}}
	d.Sharing = Share(d.street, 2, 3, func(a netip.Addr) bool { return a == netip.MustParseAddr("10.0.0.9") })
	go func() {
		for {
			conn, err := d.Accept()
			if errors.Is(err, net.ErrClosed) {
				return
			}
			if err != nil {
				d.errs = append(d.errs, err)
				continue
			}
			host, _, _ := net.SplitHostPort(conn.RemoteAddr().String())
			d.served[host] = append(d.served[host], conn)
		}
	}()
	return d
}

// comes lets a client connect from an address and returns its end.
func (d *door) comes(from string) net.Conn {
	here, there := net.Pipe()
	d.street.coming <- arrival{conn: clientConn{here, net.TCPAddrFromAddrPort(netip.AddrPortFrom(netip.MustParseAddr(from), 4711))}}
	synctest.Wait()
	return there
}

func (d *door) serves(t *testing.T, from string, want int) {
	t.Helper()
	synctest.Wait()
	if got := len(d.served[from]); got != want {
		t.Errorf("%d connections of %s were served, want %d", got, from, want)
	}
}

func (d *door) shuts(t *testing.T) {
	t.Helper()
	if err := d.Close(); err != nil {
		t.Error(err)
	}
	synctest.Wait()
}

func TestOneAddressLeavesTheOthersTheirs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := openDoor(t)
		for range 5 {
			d.comes("192.0.2.1")
		}
		d.serves(t, "192.0.2.1", 2)
		d.comes("192.0.2.2")
		d.serves(t, "192.0.2.2", 1)
		first := d.served["192.0.2.1"][0]
		for range 2 { // the second time frees nothing
			_ = first.Close() // the other end of a pipe does not mind
		}
		d.serves(t, "192.0.2.1", 3)
		d.shuts(t)
	})
}

func TestWhatCountsAsOneAddress(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := openDoor(t)
		for range 9 {
			d.comes("10.0.0.9")
		}
		d.serves(t, "10.0.0.9", 9) // a trusted proxy
		for _, from := range []string{"2001:db8::1", "2001:db8::2", "2001:db8::3", "2001:db8:0:1::1"} {
			d.comes(from)
		}
		d.serves(t, "2001:db8::3", 0) // the third of a /64
		d.serves(t, "2001:db8:0:1::1", 1)
		d.shuts(t)
	})
}

func TestTooManyThatWaitAreClosed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := openDoor(t)
		var ends []net.Conn
		for range 7 { // two are served, three wait
			ends = append(ends, d.comes("192.0.2.1"))
		}
		closed := make([]bool, len(ends))
		for i, end := range ends {
			go func() {
				_, err := end.Read(make([]byte, 1))
				closed[i] = err != nil
			}()
		}
		synctest.Wait()
		if want := []bool{5: true, 6: true}; !slices.Equal(closed, want) {
			t.Errorf("closed are %v, want %v", closed, want)
		}
		d.comes("192.0.2.2")
		d.serves(t, "192.0.2.2", 1) // those who need not wait do not mind
		d.shuts(t)
		if want := []bool{2: true, 3: true, 4: true, 5: true, 6: true}; !slices.Equal(closed, want) {
			t.Errorf("closed at the end are %v, want all that were not served", closed)
		}
		for _, list := range d.served {
			for _, conn := range list {
				_ = conn.Close()
			}
		}
		synctest.Wait()
		if len(d.of) != 0 || len(d.waiting) != 0 {
			t.Errorf("%d addresses and %d that wait are remembered after all have gone", len(d.of), len(d.waiting))
		}
	})
}

func TestErrorsOfTheListenerArePassedOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := openDoor(t)
		tooMany := errors.New("too many open files")
		d.street.coming <- arrival{err: tooMany}
		d.comes("192.0.2.1")
		d.serves(t, "192.0.2.1", 1)
		if !slices.Equal(d.errs, []error{tooMany}) {
			t.Errorf("errors %v, want %v", d.errs, tooMany)
		}
		d.shuts(t)
	})
}
