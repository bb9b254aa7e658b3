package main

import (
	"context"
	"sync"
	"time"

	"ingest/cmd/ingest/internal/receiver"
	"ingest/openproject"
	"ingest/openproject/webhook"
	"ingest/pipeline/feedback"
)

// self is the user of the API key, by whom the tracker says who caused an event.
type self struct {
	ask func(ctx context.Context) (openproject.User, error)

	mu    sync.Mutex
	id    int64     // 0 before it is known
	after time.Time // no question of its own before it
}

// askSelfAgain is how long events go by after a question that found no answer.
const askSelfAgain = time.Minute

// is says whether a user is ourselves. Nobody is as long as that is not known: an event
// too many costs a look, one too few a person's patience.
func (s *self) is(ctx context.Context, user int64) bool {
	if user == 0 {
		return false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.id == 0 && time.Now().After(s.after) {
		ctx, cancel := context.WithTimeout(ctx, askTime)
		defer cancel()
		s.after = time.Now().Add(askSelfAgain)
		if me, err := s.ask(ctx); err == nil {
			s.id = me.ID
		}
	}
	return s.id == user
}

// forget makes it be asked anew.
func (s *self) forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.id, s.after = 0, time.Time{}
}

// whyComment returns the reason why a comment is passed over: it is our own. The account
// may be a person's too, who asks by the keyword like anybody.
func (b *belonging) whyComment(ctx context.Context, e webhook.Event) string {
	asks := receiver.Asks(e.Text, b.config().Feedback.Keyword) && !feedback.Marked(e.Text, e.WorkPackage)
	if !asks && b.self.is(ctx, e.Actor) {
		return "our own comment"
	}
	return ""
}

// me asks the tracker who we are.
func (s *service) me(ctx context.Context) (openproject.User, error) {
	tracker, err := newTracker(s.worker.config.Load().Tracker, s.log)
	if err != nil {
		return openproject.User{}, err
	}
	defer tracker.Close()
	return tracker.Me(ctx)
}
