package api

import (
	"fmt"
	"sync"
)

// streams counts those that are open, so that nobody takes them all. The zero value
// is ready.
type streams struct {
	mu   sync.Mutex
	all  int
	each map[string]int // by the name of who listens
}

// take counts a stream until release is called.
func (s *streams) take(name string, most, mostEach int) (release func(), err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.all >= most || s.each[name] >= mostEach {
		return nil, fmt.Errorf("%d streams of events are open, %d of them for %q", s.all, s.each[name], name)
	}
	if s.each == nil {
		s.each = map[string]int{}
	}
	s.all++
	s.each[name]++
	return func() { s.release(name) }, nil
}

func (s *streams) release(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.all--
	if s.each[name]--; s.each[name] == 0 {
		delete(s.each, name)
	}
}
