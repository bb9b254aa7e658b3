package access

import (
	"crypto/sha256"
	"net/netip"
	"sync"
	"time"
)

// limits are the buckets that logins take from; see the package comment for why
// there are several.
type limits struct {
	address limiter // passwords, by client address
	name    limiter // passwords, by name, whether anybody has it or not
	device  limiter // passwords, by browser that signed in before
	sso     limiter // single sign-on, by client address: spares the provider
}

func newLimits() *limits {
	return &limits{
		address: limiter{burst: 10, every: 10 * time.Second},
		name:    limiter{burst: 20, every: 2 * time.Second},
		device:  limiter{burst: 10, every: 10 * time.Second},
		sso:     limiter{burst: 20, every: 3 * time.Second},
	}
}

// addressKey is the client as limits see it. Whoever has an IPv6 address has its
// whole /64.
func addressKey(addr netip.Addr) string {
	if addr.Is6() {
		addr = netip.PrefixFrom(addr, 64).Masked().Addr()
	}
	return addr.String()
}

// maxBuckets bounds a limiter's memory.
const maxBuckets = 4096

// limiter is a token bucket for each key. It is safe for concurrent use.
type limiter struct {
	burst int
	every time.Duration // a bucket gets one token after each

	mu   sync.Mutex
	full map[[sha256.Size]byte]time.Time // when a bucket has all its tokens again; one that is missing has
}

// take returns 0 if the key has a token, which is then gone, and else how long it
// takes to get one.
func (l *limiter) take(key string, now time.Time) time.Duration {
	digest := sha256.Sum256([]byte(key))
	l.mu.Lock()
	defer l.mu.Unlock()
	full, used := l.full[digest]
	if full.Before(now) {
		full = now
	}
	full = full.Add(l.every)
	if wait := full.Sub(now) - time.Duration(l.burst)*l.every; wait > 0 {
		return wait
	}
	if !used && len(l.full) >= maxBuckets {
		l.makeRoom(now)
	}
	if l.full == nil {
		l.full = map[[sha256.Size]byte]time.Time{}
	}
	l.full[digest] = full
	return 0
}

// give returns tokens to the bucket that they were taken from.
func (l *limiter) give(key string, tokens int) {
	digest := sha256.Sum256([]byte(key))
	l.mu.Lock()
	defer l.mu.Unlock()
	if full, used := l.full[digest]; used {
		l.full[digest] = full.Add(-time.Duration(tokens) * l.every)
	}
}

// makeRoom drops the buckets that are full again, which loses nothing, and if there
// are none the one that is so the soonest: a flood of keys drops its own, never one
// that was emptied.
func (l *limiter) makeRoom(now time.Time) {
	var soonest [sha256.Size]byte
	var when time.Time
	for key, full := range l.full {
		if !full.After(now) {
			delete(l.full, key)
		} else if when.IsZero() || full.Before(when) {
			soonest, when = key, full
		}
	}
	if len(l.full) >= maxBuckets {
		delete(l.full, soonest)
	}
}
