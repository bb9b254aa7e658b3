package health

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"ingest/cmd/ingest/internal/daemon"
	"ingest/pipeline"
)

// DefaultGrace is longer than a full run over some ten thousand sources takes, and
// shorter than a day.
const DefaultGrace = 6 * time.Hour

// Punctual knows whether scheduled runs come to their end in time. It is a
// daemon.Watcher. Its fields are set before use and not changed after.
type Punctual struct {
	// Schedules are those of today's configuration.
	Schedules func() []daemon.Schedule
	// Since is when the service started: what should have run before is not its
	// business here, for the daemon catches up.
	Since time.Time
	// Grace is how long after its time a run may come to its end; 0 is DefaultGrace.
	Grace time.Duration

	mu    sync.Mutex
	last  map[daemon.Kind]daemon.Run    // that ended; without its report
	good  map[daemon.Kind]time.Time     // when one last came to its end
	known map[daemon.Schedule]time.Time // since when there is one; nil before the first look
}

// Entered is of no interest.
func (*Punctual) Entered(int64, string) {}

// Item is of no interest.
func (*Punctual) Item(daemon.Run, pipeline.Event) {}

// Ended takes note of a run.
func (p *Punctual) Ended(r daemon.Run) {
	if r.DryRun || r.Kind == daemon.Named {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.last == nil {
		p.last, p.good = map[daemon.Kind]daemon.Run{}, map[daemon.Kind]time.Time{}
	}
	r.Report = nil // may be large
	p.last[r.Kind] = r
	if r.State != daemon.Done {
		return
	}
	p.good[r.Kind] = r.Ended
	if r.Kind == daemon.Full { // it looks at all that an incremental one would
		p.good[daemon.Incremental] = r.Ended
	}
}

// Late is a scheduled run that was missed.
type Late struct {
	Schedule daemon.Schedule
	Due      time.Time // when it should have begun
}

// Late lists the schedules whose run was missed.
func (p *Punctual) Late(now time.Time) (late []Late) {
	if p.Schedules == nil {
		return nil
	}
	schedules := p.Schedules()
	known := p.look(schedules, now)
	for _, s := range schedules {
		times, err := s.Parse()
		if err != nil {
			continue // a daemon has none such
		}
		due := times.Next(p.through(s.Kind, known[s]))
		if !due.IsZero() && now.Sub(due) > cmp.Or(p.Grace, DefaultGrace) {
			late = append(late, Late{Schedule: s, Due: due})
		}
	}
	return late
}

// look returns since when there is each schedule: those of the first look since the
// service started, others, which a reload brought, since they are seen.
func (p *Punctual) look(schedules []daemon.Schedule, now time.Time) map[daemon.Schedule]time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	since := now
	if p.known == nil {
		since = p.Since
	}
	known := make(map[daemon.Schedule]time.Time, len(schedules))
	for _, s := range schedules {
		known[s] = since
		if before, old := p.known[s]; old {
			known[s] = before
		}
	}
	p.known = known
	return known
}

// through is until when there is nothing to say about a kind of run.
func (p *Punctual) through(kind daemon.Kind, since time.Time) time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	if good := p.good[kind]; good.After(since) {
		return good
	}
	return since
}

// Check is the check of the schedule.
func (p *Punctual) Check() Check {
	return Check{Name: "schedule", Keep: time.Second, Ask: func(context.Context) error {
		var errs []error
		for _, l := range p.Late(time.Now()) {
			errs = append(errs, p.explain(l))
		}
		return errors.Join(errs...)
	}}
}

func (p *Punctual) explain(l Late) error {
	text := "no run of " + l.Schedule.String() + " came to its end since it was due at " + l.Due.UTC().Format(time.RFC3339)
	p.mu.Lock()
	defer p.mu.Unlock()
	if r, known := p.last[l.Schedule.Kind]; known {
		return fmt.Errorf("%s; the last one was %s at %s: %s", text, r.State, r.Ended.UTC().Format(time.RFC3339), cmp.Or(r.Error, "no error"))
	}
	return errors.New(text)
}

// LastRun is how the last run of a kind ended.
type LastRun struct {
	State daemon.State `json:"state"`
	Ended time.Time    `json:"ended"`
	Age   float64      `json:"age_seconds"`
	Error string       `json:"error,omitempty"`
}

// LastRuns are the last runs by kind, for Options.About.
func (p *Punctual) LastRuns(now time.Time) map[daemon.Kind]LastRun {
	p.mu.Lock()
	defer p.mu.Unlock()
	runs := make(map[daemon.Kind]LastRun, len(p.last))
	for kind, r := range p.last {
		runs[kind] = LastRun{State: r.State, Ended: r.Ended.UTC(), Age: now.Sub(r.Ended).Seconds(), Error: r.Error}
	}
	return runs
}
