package daemon

import (
	"time"

	"ingest/pipeline"
)

// Delay is why what waits does not begin yet.
type Delay struct {
	Reason string    // an error, or the run that is at work
	Advice string    // what to do about it; may be ""
	Next   time.Time // when it is tried again; zero: as soon as the run at work has ended
}

// Delay tells why what waits does not begin. nil is no reason but that one thing is
// done after the other.
func (d *Daemon) Delay() *Delay {
	d.mu.Lock()
	defer d.mu.Unlock()
	switch {
	case d.busy != nil:
		busy := *d.busy
		return &busy
	case (d.current == nil || d.current.Kind == Links) && time.Now().Before(d.setback.until):
		return &Delay{Reason: d.setback.reason, Advice: d.setback.advice, Next: d.setback.until}
	case d.current != nil && d.current.DryRun: // it takes nothing ahead
		return &Delay{Reason: "a dry run is at work"}
	}
	return nil
}

// await notes that the current run waits for another process, until when.
func (d *Daemon) await(err error, next time.Time) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.busy = &Delay{Reason: err.Error(), Advice: pipeline.HintOf(err), Next: next}
}

// proceed notes that the current run waits for nobody.
func (d *Daemon) proceed() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.busy = nil
}
