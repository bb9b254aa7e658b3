package access

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"sync"
	"time"
)

// Bounds of the memory of sessions. Only who signed in has one, so that these are far
// more than editors, and one editor, have browsers. However often one signs in, it does
// not end the sessions of others.
const (
	maxSessions     = 1024
	maxSessionsEach = 64
)

// sessions are who is signed in, in memory. The zero value is ready, and safe for
// concurrent use.
type sessions struct {
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

// begin returns the id of a new session. Where there are too many, the one that was
// idle the longest goes.
func (ss *sessions) begin(name string, from proof, now time.Time, life lifetime) string {
	id := randomText()
	ss.mu.Lock()
	defer ss.mu.Unlock()
	if ss.byID == nil {
		ss.byID = map[[sha256.Size]byte]*session{}
	}
	ss.makeRoom(name, now, life)
	ss.byID[sha256.Sum256([]byte(id))] = &session{name: name, from: from, created: now, seen: now}
	return id
}

// makeRoom drops what is over, and what is too much for one more session of a name.
func (ss *sessions) makeRoom(name string, now time.Time, life lifetime) {
	var all, own idlest
	for key, s := range ss.byID {
		if life.over(s, now) {
			delete(ss.byID, key)
			continue
		}
		all.see(key, s)
		if s.name == name {
			own.see(key, s)
		}
	}
	switch {
	case own.of >= maxSessionsEach:
		delete(ss.byID, own.key)
	case all.of >= maxSessions:
		delete(ss.byID, all.key)
	}
}

// idlest is the session that was idle the longest of those that were seen.
type idlest struct {
	of   int
	key  [sha256.Size]byte
	when time.Time
}

func (i *idlest) see(key [sha256.Size]byte, s *session) {
	if i.of == 0 || s.seen.Before(i.when) {
		i.key, i.when = key, s.seen
	}
	i.of++
}

// find returns who has a session, and marks it as used.
func (ss *sessions) find(id string, now time.Time, life lifetime, stands func(name string, from proof) bool) (Principal, bool) {
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
func (ss *sessions) end(id string) {
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
