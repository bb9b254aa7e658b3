package access

import (
	"crypto/sha256"
	"net/netip"
	"sync"
	"time"

	"golang.org/x/time/rate"
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

	mu      sync.Mutex
	buckets map[[sha256.Size]byte]*bucket
}

type bucket struct {
	*rate.Limiter
	used time.Time // the last time that a token was taken or refused
}

// take returns 0 if the key has a token, which is then gone, and else how long it
// takes to get one.
func (l *limiter) take(key string, now time.Time) time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	b := l.bucket(sha256.Sum256([]byte(key)), now)
	b.used = now
	if b.AllowN(now, 1) {
		return 0
	}
	return max(time.Duration((1-b.TokensAt(now))*float64(l.every)), time.Millisecond)
}

func (l *limiter) bucket(key [sha256.Size]byte, now time.Time) *bucket {
	if b := l.buckets[key]; b != nil {
		return b
	}
	if l.buckets == nil {
		l.buckets = map[[sha256.Size]byte]*bucket{}
	}
	if len(l.buckets) >= maxBuckets {
		l.makeRoom(now)
	}
	b := &bucket{Limiter: rate.NewLimiter(rate.Every(l.every), l.burst)}
	l.buckets[key] = b
	return b
}

// makeRoom drops the buckets that are full again, which loses nothing, and if there
// are none the one that was used the longest ago.
func (l *limiter) makeRoom(now time.Time) {
	var oldest [sha256.Size]byte
	var used time.Time
	for key, b := range l.buckets {
		if b.TokensAt(now) >= float64(l.burst) {
			delete(l.buckets, key)
		} else if used.IsZero() || b.used.Before(used) {
			oldest, used = key, b.used
		}
	}
	if len(l.buckets) >= maxBuckets {
		delete(l.buckets, oldest)
	}
}
