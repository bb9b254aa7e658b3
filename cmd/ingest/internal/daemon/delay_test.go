package daemon_test

import (
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"ingest/cmd/ingest/internal/daemon"
)

// adviceError is one that says what to do.
type adviceError struct{}

func (adviceError) Error() string { return "the tracker does not answer" }
func (adviceError) Hint() string  { return "see whether it runs" }

func TestDelayTellsWhatStoppedTheLastRun(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		back := time.Now().Add(12 * time.Second)
		d, q := serving(&runner{err: func(daemon.Request) error {
			if time.Now().Before(back) {
				return adviceError{}
			}
			return nil
		}})
		if got := d.Delay(); got != nil {
			t.Errorf("before the start: %+v", got)
		}
		began := time.Now()
		start(t, d)
		synctest.Wait()
		click(t, q, 7)
		want := daemon.Delay{Reason: "the tracker does not answer", Advice: "see whether it runs", Next: began.Add(5 * time.Second)}
		if got := d.Delay(); got == nil || *got != want {
			t.Errorf("during the pause: %+v, want %+v", got, want)
		}
		time.Sleep(6 * time.Second)
		want.Next = began.Add(15 * time.Second)
		if got := d.Delay(); got == nil || *got != want {
			t.Errorf("during the second pause: %+v, want %+v", got, want)
		}
		time.Sleep(10 * time.Second)
		if got := d.Delay(); got != nil {
			t.Errorf("once all is well: %+v", got)
		}
	})
}

func TestDelayTellsOfAnotherProcess(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		d, _ := serving(&runner{each: time.Minute, items: func(daemon.Request) []int64 { return []int64{1} }, err: func(daemon.Request) error {
			if time.Since(began) < 8*time.Second {
				return errBusy
			}
			return nil
		}})
		d.Busy = func(err error) bool { return errors.Is(err, errBusy) }
		start(t, d)
		time.Sleep(6 * time.Second)
		want := daemon.Delay{Reason: "busy", Next: began.Add(10 * time.Second)}
		if got := d.Delay(); got == nil || *got != want {
			t.Errorf("while the other runs: %+v, want %+v", got, want)
		}
		time.Sleep(10 * time.Second)
		if got := d.Delay(); got != nil {
			t.Errorf("while our own run is at work: %+v", got)
		}
	})
}

// A run that waits for another process when the service ends was not skipped.
func TestShutdownWhileAnotherProcessRuns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d, _ := serving(&runner{err: func(daemon.Request) error { return errBusy }})
		d.Busy = func(err error) bool { return errors.Is(err, errBusy) }
		stop := start(t, d)
		time.Sleep(6 * time.Second)
		stop()
		r := d.Runs()[0]
		if r.State != daemon.Stopped || !r.Report.Interrupted || r.Report.Error != "" {
			t.Errorf("state %q, interrupted %t, error %q, want it stopped by the shutdown", r.State, r.Report.Interrupted, r.Report.Error)
		}
	})
}

func TestDelayTellsOfADryRun(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d, _ := serving(&runner{each: time.Minute, items: func(q daemon.Request) []int64 {
			if q.DryRun {
				return []int64{1}
			}
			return nil
		}})
		start(t, d)
		synctest.Wait()
		d.Ask(daemon.Request{Kind: daemon.Full, DryRun: true})
		synctest.Wait()
		if got := d.Delay(); got == nil || got.Reason == "" || !got.Next.IsZero() {
			t.Errorf("while a dry run is at work: %+v", got)
		}
		time.Sleep(2 * time.Minute)
		if got := d.Delay(); got != nil {
			t.Errorf("afterwards: %+v", got)
		}
	})
}

// A links run and a dry run end well without asking what stopped the others.
func TestDelayIsNotEndedByWhatProvesNothing(t *testing.T) {
	for name, q := range map[string]daemon.Request{"links": {Kind: daemon.Links}, "a dry run": {Kind: daemon.Full, DryRun: true}} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				d, hints := serving(&runner{err: func(q daemon.Request) error {
					if q.Kind == daemon.Named {
						return errAway
					}
					return nil
				}})
				start(t, d)
				synctest.Wait()
				click(t, hints, 7)
				synctest.Wait()
				want := d.Delay()
				time.Sleep(2 * time.Second)
				d.Ask(q)
				synctest.Wait()
				if got := d.Delay(); want == nil || got == nil || *got != *want {
					t.Errorf("delay %+v, want it to stay %+v", got, want)
				}
			})
		})
	}
}
