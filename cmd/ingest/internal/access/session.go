package access

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"sync"
	"time"
)

// maxSessions bounds the memory of sessions. Only who signed in has one, so that
// this is far more than editors have browsers.
const maxSessions = 1024

// Sessions are who is signed in, in memory. The zero value is ready, and safe for
// concurrent use.
type Sessions struct {
	mu   sync.Mutex
	byID map[[sha256.Size]byte]*session
}

type session struct {
	name          string
	from          proof
	created, seen time.Time
}

// lifetime is how long a session lasts.
type lifetime struct{ absolute, idle time.Duration }

func (l lifetime) over(s *session, now time.Time) bool {
	return now.Sub(s.created) >= l.absolute || now.Sub(s.seen) >= l.idle
}

// begin returns the id of a new session. Where there are too many, those that are
// over go, or else the one that was idle the longest.
func (ss *Sessions) begin(name string, from proof, now time.Time, life lifetime) string {
	id := randomText()
	ss.mu.Lock()
	defer ss.mu.Unlock()
	if ss.byID == nil {
		ss.byID = map[[sha256.Size]byte]*session{}
	}
	if len(ss.byID) >= maxSessions {
		ss.makeRoom(now, life)
	}
	ss.byID[sha256.Sum256([]byte(id))] = &session{name: name, from: from, created: now, seen: now}
	return id
}

func (ss *Sessions) makeRoom(now time.Time, life lifetime) {
	var oldest [sha256.Size]byte
	var seen time.Time
	for key, s := range ss.byID {
		if life.over(s, now) {
			delete(ss.byID, key)
		} else if seen.IsZero() || s.seen.Before(seen) {
			oldest, seen = key, s.seen
		}
	}
	if len(ss.byID) >= maxSessions {
		delete(ss.byID, oldest)
	}
}

// find returns who has a session, and marks it as used.
func (ss *Sessions) find(id string, now time.Time, life lifetime, stands func(name string, from proof) bool) (Principal, bool) {
	key := sha256.Sum256([]byte(id))
	ss.mu.Lock()
	defer ss.mu.Unlock()
	s := ss.byID[key]
	if s == nil {
		return Principal{}, false
	}
	if life.over(s, now) || !stands(s.name, s.from) {
		delete(ss.byID, key)
		return Principal{}, false
	}
	s.seen = now
	return Principal{Name: s.name, Kind: Session, Scopes: everything()}, true
}

// end forgets a session, if there is one.
func (ss *Sessions) end(id string) {
	ss.mu.Lock()
	defer ss.mu.Unlock()
	delete(ss.byID, sha256.Sum256([]byte(id)))
}

// randomText is 256 random bits as text.
func randomText() string {
	var b [32]byte
	_, _ = rand.Read(b[:]) // never fails, by its contract
	return base64.RawURLEncoding.EncodeToString(b[:])
}
