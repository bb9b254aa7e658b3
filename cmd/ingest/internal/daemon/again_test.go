package daemon_test

import (
	"errors"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"ingest/cmd/ingest/internal/daemon"
)

var errAway = errors.New("the tracker does not answer")

func TestSetbackIsNotAskedOverAndOver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		back := time.Now().Add(2 * time.Hour)
		r := &runner{err: func(daemon.Request) error {
			time.Sleep(time.Millisecond)
			if time.Now().Before(back) {
				return errAway
			}
			return nil
		}}
		d, q := serving(r)
		start(t, d)
		synctest.Wait()
		click(t, q, 7)
		time.Sleep(time.Hour)
		if got := len(r.kinds()); got < 12 || got > 22 { // after 5, 10, 20, 40, 80, 160 s, then each 5 minutes
			t.Errorf("%d runs in an hour of errors, want about one in 5 minutes", got)
		}
		if waits, _ := q.Pending(7); !waits {
			t.Error("the hint is lost")
		}
		time.Sleep(time.Hour + 10*time.Minute)
		r.mu.Lock()
		defer r.mu.Unlock()
		if !slices.Equal(r.worked, []int64{7}) {
			t.Errorf("worked on %v, want 7 once all is well", r.worked)
		}
	})
}

func TestListingIsTriedAgainWhenItsErrorPasses(t *testing.T) {
	for name, c := range map[string]struct {
		passing bool
		want    []daemon.Kind
	}{
		"passes":     {true, []daemon.Kind{daemon.Incremental, daemon.Incremental, daemon.Incremental}},
		"is to stay": {false, []daemon.Kind{daemon.Incremental}},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				back := time.Now().Add(12 * time.Second)
				r := &runner{err: func(daemon.Request) error {
					if time.Now().Before(back) {
						return errAway
					}
					return nil
				}}
				d, _ := serving(r)
				d.Passing = func(err error) bool { return c.passing && errors.Is(err, errAway) }
				start(t, d)
				time.Sleep(24 * time.Hour)
				if got := r.kinds(); !slices.Equal(got, c.want) {
					t.Errorf("runs %v, want %v", got, c.want)
				}
			})
		})
	}
}

func TestRequestsAndNewSchedulesDoNotWaitForASetback(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		wrong := true
		r := &runner{err: func(daemon.Request) error {
			if wrong {
				return errAway
			}
			return nil
		}}
		d, q := serving(r)
		start(t, d)
		time.Sleep(time.Second)
		d.Ask(daemon.Request{Kind: daemon.Full})
		synctest.Wait()
		if got := len(r.kinds()); got != 2 {
			t.Fatalf("%d runs, want what was asked for at once", got)
		}
		click(t, q, 7)
		synctest.Wait()
		wrong = false // a person mends the configuration
		if err := d.Reschedule(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		if got := r.kinds(); len(got) != 3 || got[2] != daemon.Named {
			t.Errorf("runs %v, want the hint's at once", got)
		}
	})
}

func TestHintOfAStoppedRunKeepsItsPlace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d, q := serving(&runner{err: func(daemon.Request) error { return errAway }})
		start(t, d)
		synctest.Wait()
		asked := time.Now()
		click(t, q, 7)
		time.Sleep(time.Hour)
		if got := q.Oldest(); !got.Equal(asked) {
			t.Errorf("the oldest hint is of %v, want %v: it was tried again, not asked again", got, asked)
		}
	})
}
