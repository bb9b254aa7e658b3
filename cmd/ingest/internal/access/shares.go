package access

import "sync"

// shares are what client addresses have of something that is bounded, by the key of
// the address. An address that has nothing is forgotten.
type shares struct {
	each int // what an address may have at once

	mu sync.Mutex
	of map[string]*share
}

// share is what an address has.
type share struct {
	seats chan struct{} // one in it for each of its clients that is served
	all   int           // all that are there, those that wait as well
}

func (s *shares) enter(key string) *share {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.of == nil {
		s.of = map[string]*share{}
	}
	own := s.of[key]
	if own == nil {
		own = &share{seats: make(chan struct{}, s.each)}
		s.of[key] = own
	}
	own.all++
	return own
}

func (s *shares) leave(key string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.of[key].all--; s.of[key].all == 0 {
		delete(s.of, key)
	}
}
