package daemon

import (
	"context"
	"fmt"
	"time"

	"github.com/robfig/cron/v3"

	"ingest/pipeline/hint"
)

// Reschedule puts new schedules in the place of those there are. When one of them
// cannot be understood, all stays as it is.
func (d *Daemon) Reschedule(ctx context.Context, schedules []Schedule) error {
	d.init()
	d.mu.Lock()
	err := d.replace(schedules)
	d.mu.Unlock()
	if err != nil {
		return err
	}
	for _, s := range schedules { // from now on a time of it can be missed
		d.missed(ctx, s)
	}
	return nil
}

// schedule takes over the schedules, those of a Reschedule that came first.
func (d *Daemon) schedule() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.replace(d.Schedules)
}

// replace exchanges the schedules. The daemon is locked.
func (d *Daemon) replace(schedules []Schedule) error {
	times := make([]cron.Schedule, len(schedules))
	for i, s := range schedules {
		var err error
		if times[i], err = s.Parse(); err != nil {
			return fmt.Errorf("schedule %w", err)
		}
	}
	for id := range d.next {
		d.clock.Remove(id)
	}
	clear(d.next)
	d.relieve()
	d.Schedules = schedules
	for i, s := range schedules {
		id := d.clock.Schedule(times[i], cron.FuncJob(func() { d.tick(s) }))
		d.next[id] = s
	}
	return nil
}

// tick asks for the run of a schedule, unless one that looks at the same is at it.
func (d *Daemon) tick(s Schedule) {
	d.mu.Lock()
	current := d.current
	d.mu.Unlock()
	if current == nil || !current.Kind.covers(s.Kind) || current.DryRun {
		d.Ask(Request{Kind: s.Kind, Trigger: hint.Schedule, By: s.String()})
		return
	}
	skipped := d.newRun(Request{Kind: s.Kind, Trigger: hint.Schedule, By: s.String()})
	skipped.State, skipped.Ended = Skipped, time.Now()
	skipped.Error = "run " + current.ID + " was still active"
	skipped.Advice = "it looks at the same work packages; if this happens often, schedule runs further apart"
	d.mu.Lock()
	d.file(skipped)
	d.mu.Unlock()
	d.Logger.Warn("scheduled run skipped", "schedule", s.String(), "active", current.ID)
	d.tell(skipped)
}

// fulfil notes that the schedules which a run covers have had what was due.
func (d *Daemon) fulfil(ctx context.Context, r *Run) {
	d.mu.Lock()
	schedules := d.Schedules
	d.mu.Unlock()
	for _, s := range schedules {
		if r.Kind.covers(s.Kind) {
			d.note(ctx, s, r.Started)
		}
	}
}

// note remembers until when a schedule has had what was due.
func (d *Daemon) note(ctx context.Context, s Schedule, until time.Time) {
	if d.Clock == nil {
		return
	}
	if err := d.Clock.SetFact(ctx, factOf(s), until.UTC().Format(time.RFC3339)); err != nil {
		d.Logger.ErrorContext(ctx, "the time of a schedule is not remembered", "schedule", s.String(), "error", err)
	}
}

func factOf(s Schedule) string { return "schedule " + s.String() }

// catchUp asks for what was missed: an incremental run always, since hints do not
// outlive the process; other kinds where a time passed while nobody was there.
func (d *Daemon) catchUp(ctx context.Context) {
	d.mu.Lock()
	schedules := d.Schedules
	d.mu.Unlock()
	kinds := map[Kind]bool{Incremental: true}
	for _, s := range schedules {
		if d.missed(ctx, s) {
			kinds[s.Kind] = true
		}
	}
	for _, kind := range []Kind{Full, Incremental, Links} {
		if kinds[kind] && (kind != Incremental || !kinds[Full]) {
			d.Ask(Request{Kind: kind, Trigger: hint.Start})
		}
	}
}

// missed says whether a time of the schedule passed since it last had one. A schedule
// that is new begins now.
func (d *Daemon) missed(ctx context.Context, s Schedule) bool {
	if d.Clock == nil {
		return false
	}
	text, err := d.Clock.Fact(ctx, factOf(s))
	if err != nil {
		d.Logger.ErrorContext(ctx, "the time of a schedule cannot be read", "schedule", s.String(), "error", err)
		return true
	}
	last, err := time.Parse(time.RFC3339, text)
	if err != nil {
		d.note(ctx, s, time.Now())
		return false
	}
	times, err := s.Parse()
	if err != nil {
		return false
	}
	next := times.Next(last)
	return !next.IsZero() && next.Before(time.Now())
}

// Upcoming is the next time of a schedule.
type Upcoming struct {
	Schedule Schedule
	At       time.Time
}

// Upcoming lists the next time of each schedule, the soonest first.
func (d *Daemon) Upcoming() []Upcoming {
	d.init()
	entries := d.clock.Entries() // sorted by time
	d.mu.Lock()
	defer d.mu.Unlock()
	upcoming := make([]Upcoming, 0, len(entries))
	for _, e := range entries {
		if s, ok := d.next[e.ID]; ok && !e.Next.IsZero() {
			upcoming = append(upcoming, Upcoming{Schedule: s, At: e.Next})
		}
	}
	return upcoming
}
