package daemon

import (
	"context"
	"time"
)

// Pauses after runs that an error stopped. They double: what stopped one, a tracker
// that is away or a disk that is full, stops the next one as well.
const (
	firstPause   = 5 * time.Second
	longestPause = 5 * time.Minute
)

// setback is what follows from runs that an error stopped. Its zero value is that
// all is well.
type setback struct {
	length         time.Duration
	until          time.Time
	reason, advice string    // of the run that was stopped last
	again          []Request // to be asked for when the pause is over
}

// reckon files how a run ended. The daemon is locked.
func (d *Daemon) reckon(r *Run, err error) {
	switch {
	case err == nil && (r.DryRun || r.Kind == Links): // neither asks what stopped the others
	case err == nil:
		d.setback.length, d.setback.until = 0, time.Time{}
	default:
		d.setback.length = min(max(2*d.setback.length, firstPause), longestPause)
		d.setback.until = time.Now().Add(d.setback.length)
		d.setback.reason, d.setback.advice = r.Error, r.Advice
		if r.Kind != Named && !r.DryRun && d.Passing != nil && d.Passing(err) {
			d.setback.again = append(d.setback.again, r.Request)
		}
	}
}

// rest waits until a pause is over. It is false when a run waits then, or ctx ended.
func (d *Daemon) rest(ctx context.Context) bool {
	d.mu.Lock()
	until := d.setback.until
	d.mu.Unlock()
	timer := time.NewTimer(time.Until(until))
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
	}
	d.mu.Lock()
	again := d.setback.again
	d.setback.again = nil
	d.mu.Unlock()
	for _, r := range again {
		d.Ask(r)
	}
	return len(again) == 0
}

// relieve ends a pause, when what was wrong may have been mended. The daemon is
// locked.
func (d *Daemon) relieve() {
	d.setback.length, d.setback.until = 0, time.Time{}
	if d.wake != nil {
		d.wake()
	}
}
