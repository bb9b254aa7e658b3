package access

import (
	"context"
	"net/netip"
	"time"
)

// Bodies bounds the bodies of requests that are read at once, and gives each client
// address a share of them: what an unfinished one takes of memory must not grow with
// the connections, nor with the streams of HTTP/2 on them. It is safe for concurrent
// use.
type Bodies struct {
	shares
	seats    chan struct{} // one in it for each body that is read
	patience time.Duration
}

// NewBodies lets so many bodies be read at once, and so many of them from one address;
// one that finds no room waits so long.
func NewBodies(all, each int, patience time.Duration) *Bodies {
	return &Bodies{shares: shares{each: each}, seats: make(chan struct{}, all), patience: patience}
}

// Enter waits until a body from an address may be read. Leave is to be called when it
// was; it is nil when there was no room.
func (b *Bodies) Enter(ctx context.Context, from netip.Addr) (leave func()) {
	ctx, cancel := context.WithTimeout(ctx, b.patience)
	defer cancel()
	key := addressKey(from)
	own := b.enter(key)
	if !sit(ctx, own.seats) { // before the seats of all, so that who waits takes none of them
		b.leave(key)
		return nil
	}
	if !sit(ctx, b.seats) {
		<-own.seats
		b.leave(key)
		return nil
	}
	return func() {
		<-b.seats
		<-own.seats
		b.leave(key)
	}
}

// sit takes a seat, unless ctx ends first.
func sit(ctx context.Context, seats chan<- struct{}) bool {
	select {
	case seats <- struct{}{}:
		return true
	case <-ctx.Done():
		return false
	}
}
