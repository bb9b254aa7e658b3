package daemon_test

import (
	"context"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"ingest/cmd/ingest/internal/daemon"
	"ingest/pipeline/hint"
)

func TestClickGoesAheadOfTheNight(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := &runner{each: time.Minute, items: func(daemon.Request) []int64 { return []int64{1, 2, 3, 4, 5} }}
		d, q := serving(r)
		start(t, d)
		time.Sleep(90 * time.Second) // at the second
		for _, id := range []int64{1, 4, 9} {
			click(t, q, id)
		}
		time.Sleep(20 * time.Minute)
		synctest.Wait()
		if got, want := r.worked, []int64{1, 2, 4, 9, 3, 4, 5, 1}; !slices.Equal(got, want) {
			t.Errorf("worked on %v, want %v: 4 and 9 ahead, 1 once more afterwards", got, want)
		}
		if waits, taken := q.Pending(4); waits || taken {
			t.Error("the hint on 4 is still there")
		}
	})
}

func TestClickGoesAheadOfABulkEdit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := &runner{each: time.Minute}
		d, q := serving(r)
		start(t, d)
		synctest.Wait()
		add := func(urgent bool, ids ...int64) {
			for _, id := range ids {
				if err := q.Add(hint.Hint{ID: id, Trigger: hint.Webhook, Urgent: urgent}); err != nil {
					t.Fatal(err)
				}
			}
		}
		add(false, 1, 2, 3, 4)
		time.Sleep(hint.DefaultQuiet + 90*time.Second) // at the second
		add(false, 5)
		add(true, 9)
		time.Sleep(20 * time.Minute)
		synctest.Wait()
		if got, want := r.worked, []int64{1, 2, 9, 3, 4, 5}; !slices.Equal(got, want) {
			t.Errorf("worked on %v, want %v: the click ahead, the other edit in a run of its own", got, want)
		}
		if got, want := r.kinds(), []daemon.Kind{daemon.Incremental, daemon.Named, daemon.Named}; !slices.Equal(got, want) {
			t.Errorf("runs %v, want %v", got, want)
		}
	})
}

func TestLinksRunGivesWayToAPerson(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := &runner{each: time.Minute, items: func(q daemon.Request) []int64 {
			if q.Kind == daemon.Links {
				return []int64{1, 2, 3, 4, 5}
			}
			return nil
		}}
		d, q := serving(r)
		start(t, d)
		synctest.Wait()
		d.Ask(daemon.Request{Kind: daemon.Links})
		time.Sleep(90 * time.Second)
		click(t, q, 9)
		time.Sleep(2 * time.Second)
		synctest.Wait()
		if got, want := r.kinds(), []daemon.Kind{daemon.Incremental, daemon.Links, daemon.Named}; !slices.Equal(got, want) {
			t.Errorf("runs %v, want %v within seconds", got, want)
		}
		time.Sleep(time.Hour)
		synctest.Wait()
		if got := r.kinds(); len(got) != 4 || got[3] != daemon.Links {
			t.Errorf("runs %v, want the links run to go on", got)
		}
	})
}

// clicks adds an urgent hint every 300 ms until the test ends, on three work packages
// in turn.
func clicks(t *testing.T, q *hint.Queue) {
	ctx, cancel := context.WithCancel(t.Context())
	var group sync.WaitGroup
	group.Go(func() {
		for i := int64(0); ctx.Err() == nil; i++ {
			if err := q.Add(hint.Hint{ID: 1 + i%3, Trigger: hint.API, Urgent: true}); err != nil {
				t.Error(err)
			}
			select {
			case <-ctx.Done():
			case <-time.After(300 * time.Millisecond):
			}
		}
	})
	t.Cleanup(func() { cancel(); group.Wait() })
}

func TestEachRunHasItsTurnHoweverManyClicksCome(t *testing.T) {
	for _, kind := range daemon.Kinds() {
		t.Run(string(kind), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				r := &runner{each: time.Second, items: func(q daemon.Request) []int64 {
					if q.Trigger == hint.Start {
						return nil
					}
					return []int64{101, 102, 103, 104, 105, 106, 107, 108, 109}
				}}
				d, q := serving(r)
				start(t, d)
				synctest.Wait()
				clicks(t, q)
				time.Sleep(2 * time.Second)
				d.Ask(daemon.Request{Kind: kind, Trigger: hint.Schedule})
				time.Sleep(time.Minute)
				r.mu.Lock()
				defer r.mu.Unlock()
				if !slices.Contains(r.worked, 109) {
					t.Errorf("the %s run did not come to its end within a minute of clicks: runs %v", kind, len(r.runs))
				}
				if n := len(r.worked); n < 30 {
					t.Errorf("%d looks in a minute, want the clicks served too", n)
				}
			})
		})
	}
}

func TestLinksRunGoesOnWhileAClickWaitsInAPause(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := &runner{each: 10 * time.Minute, items: func(q daemon.Request) []int64 {
			if q.Kind == daemon.Links {
				return []int64{1, 2, 3}
			}
			return nil
		}, err: func(q daemon.Request) error {
			if q.Kind == daemon.Named {
				return errAway
			}
			return nil
		}}
		d, q := serving(r)
		start(t, d)
		synctest.Wait()
		click(t, q, 7)
		time.Sleep(6 * time.Minute) // pauses of minutes
		d.Ask(daemon.Request{Kind: daemon.Links})
		time.Sleep(time.Second)
		if got := d.Delay(); got == nil || got.Reason != errAway.Error() {
			t.Errorf("delay %+v, want the reason told while the links are checked", got)
		}
		before := len(r.kinds())
		time.Sleep(time.Minute)
		if got := r.kinds(); len(got) > before+2 {
			t.Errorf("runs %v in a minute, want no run over and over", got[before:])
		}
		time.Sleep(2 * time.Hour)
		synctest.Wait()
		if n := len(r.kinds()) - before; n > 2*2*60/5+2 {
			t.Errorf("%d runs in two hours, want a look at what waits each 5 minutes, and the links between", n)
		}
	})
}
