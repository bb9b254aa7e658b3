package daemon_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"ingest/cmd/ingest/internal/daemon"
	"ingest/pipeline"
	"ingest/pipeline/hint"
	"ingest/pipeline/state"
)

// runner is a Runner that takes a while for each item.
type runner struct {
	each  time.Duration
	items func(daemon.Request) []int64 // of a listing
	err   func(daemon.Request) error

	mu     sync.Mutex
	active int
	runs   []daemon.Request
	at     []time.Time
	worked []int64
}

func (r *runner) Run(ctx context.Context, q daemon.Request, h daemon.Hooks) (*pipeline.Report, error) {
	r.mu.Lock()
	if r.active++; r.active > 1 {
		panic("two runs at once")
	}
	r.runs, r.at = append(r.runs, q), append(r.at, time.Now())
	r.mu.Unlock()
	defer func() {
		r.mu.Lock()
		r.active--
		r.mu.Unlock()
	}()
	report := &pipeline.Report{Started: time.Now(), Counts: map[pipeline.Outcome]int{}, Items: []pipeline.ItemReport{}}
	if r.err != nil {
		if err := r.err(q); err != nil {
			return report, err
		}
	}
	todo := q.IDs
	if q.Kind != daemon.Named && r.items != nil {
		todo = r.items(q)
	}
	met := map[int64]bool{}
	for len(todo) > 0 {
		if h.Ahead != nil {
			todo = append(h.Ahead(func(id int64) bool { return !met[id] }), todo...)
		}
		id := todo[0]
		todo = todo[1:]
		met[id] = true
		select {
		case <-ctx.Done():
			return report, context.Cause(ctx)
		case <-h.Drain:
			return report, &pipeline.DrainedError{}
		case <-time.After(r.each):
		}
		r.mu.Lock()
		r.worked = append(r.worked, id)
		r.mu.Unlock()
		report.Counts[pipeline.Updated]++
		h.Observe(pipeline.Event{Item: pipeline.ItemReport{ID: id, Outcome: pipeline.Updated}})
	}
	return report, nil
}

func (r *runner) kinds() (kinds []daemon.Kind) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, q := range r.runs {
		kinds = append(kinds, q.Kind)
	}
	return kinds
}

// start runs a daemon until the test ends.
func start(t *testing.T, d *daemon.Daemon) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- d.Run(ctx) }()
	stop = sync.OnceFunc(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("Run: %v", err)
		}
	})
	t.Cleanup(stop)
	return stop
}

func serving(r *runner) (*daemon.Daemon, *hint.Queue) {
	q := &hint.Queue{}
	return &daemon.Daemon{Runner: r, Queue: q, Clock: state.NewMemory()}, q
}

// click adds the hint of a person.
func click(t *testing.T, q *hint.Queue, id int64) {
	t.Helper()
	if err := q.Add(hint.Hint{ID: id, Trigger: hint.Page, Urgent: true}); err != nil {
		t.Fatal(err)
	}
}

func TestStartLooksForWhatWasMissed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := &runner{}
		d, _ := serving(r)
		start(t, d)
		synctest.Wait()
		if got := r.kinds(); !slices.Equal(got, []daemon.Kind{daemon.Incremental}) {
			t.Errorf("runs %v, want one incremental", got)
		}
	})
}

func TestMissedTimeIsCaughtUpOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		clock, r := state.NewMemory(), &runner{}
		full := daemon.Schedule{Cron: "0 2 * * *", Timezone: "UTC", Kind: daemon.Full}
		for day, want := range [][]daemon.Kind{
			{daemon.Incremental}, // never ran: nothing was missed
			{daemon.Incremental, daemon.Full},
			{daemon.Incremental, daemon.Full, daemon.Full},
		} {
			d := &daemon.Daemon{Runner: r, Queue: &hint.Queue{}, Clock: clock, Schedules: []daemon.Schedule{full}}
			stop := start(t, d)
			synctest.Wait()
			stop()
			if got := r.kinds(); !slices.Equal(got, want) {
				t.Errorf("start %d: runs %v, want %v", day, got, want)
			}
			time.Sleep(50 * time.Hour) // two nights while nobody is there
		}
	})
}

func TestNightlyRunAcrossADaylightSavingNight(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Until(time.Date(2026, 3, 6, 20, 0, 0, 0, time.UTC)))
		r := &runner{}
		d, _ := serving(r)
		d.Schedules = []daemon.Schedule{{Cron: "0 2 * * *", Timezone: "America/New_York", Kind: daemon.Full}}
		start(t, d)
		time.Sleep(72 * time.Hour)
		synctest.Wait()
		var nights []string
		for _, at := range r.at[1:] { // the first is the start's
			nights = append(nights, at.UTC().Format("02 15:04"))
		}
		if want := []string{"07 07:00", "08 07:00", "09 06:00"}; !slices.Equal(nights, want) {
			t.Errorf("nights %v, want %v", nights, want)
		}
		if next := d.Upcoming(); len(next) != 1 || next[0].At.UTC().Format("02 15:04") != "10 06:00" {
			t.Errorf("upcoming %+v", next)
		}
	})
}

func TestTickThatMeetsItsLikeIsSkippedAndReported(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := &runner{each: 30 * time.Minute, items: func(daemon.Request) []int64 { return []int64{1, 2, 3} }}
		d, _ := serving(r)
		d.Schedules = []daemon.Schedule{{Cron: "@every 1h", Kind: daemon.Incremental}}
		start(t, d)
		time.Sleep(80 * time.Minute) // the start's run takes 90
		var skipped []daemon.Run
		for _, run := range d.Runs() {
			if run.State == daemon.Skipped {
				skipped = append(skipped, run)
			}
		}
		if len(skipped) != 1 || !strings.Contains(skipped[0].Error, "still active") || skipped[0].Advice == "" {
			t.Errorf("skipped runs %+v, want one that says why", skipped)
		}
		if got := r.kinds(); len(got) != 1 {
			t.Errorf("runs %v, want the start's alone", got)
		}
	})
}

func TestTickThatMeetsAnotherKindOfRunWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := &runner{each: time.Minute}
		d, q := serving(r)
		d.Schedules = []daemon.Schedule{{Cron: "@every 1h", Kind: daemon.Full}}
		start(t, d)
		time.Sleep(time.Hour - 30*time.Second)
		click(t, q, 7)
		time.Sleep(2 * time.Minute)
		if got, want := r.kinds(), []daemon.Kind{daemon.Incremental, daemon.Named, daemon.Full}; !slices.Equal(got, want) {
			t.Errorf("runs %v, want %v", got, want)
		}
	})
}

func TestShutdownDrainsAndThenCancels(t *testing.T) {
	for name, c := range map[string]struct {
		each time.Duration
		took time.Duration
	}{
		"an item that ends in time": {10 * time.Second, 0},
		"an item that does not":     {time.Hour, 0},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				r := &runner{each: c.each}
				d, q := serving(r)
				stop := start(t, d)
				synctest.Wait()
				for id := range int64(3) {
					click(t, q, id+1)
				}
				time.Sleep(time.Second)
				began := time.Now()
				stop()
				if took := time.Since(began); took > daemon.DefaultShutdownTimeout {
					t.Errorf("the stop took %v", took)
				}
				if got := d.Runs()[0]; got.State != daemon.Stopped {
					t.Errorf("the run is %s, want stopped", got.State)
				}
				if len(q.Waiting()) == 0 {
					t.Error("what was not reached is not parked")
				}
			})
		})
	}
}

var errBusy = errors.New("busy")

func TestAnotherProcessIsWaitedFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		free := time.Now().Add(5 * time.Minute)
		r := &runner{err: func(daemon.Request) error {
			if time.Now().Before(free) {
				return errBusy
			}
			return nil
		}}
		d, _ := serving(r)
		d.Busy = func(err error) bool { return errors.Is(err, errBusy) }
		start(t, d)
		time.Sleep(6 * time.Minute)
		if got := d.Runs(); len(got) != 1 || got[0].State != daemon.Done {
			t.Errorf("runs %+v, want one that is done", got)
		}
		free = time.Now().Add(24 * time.Hour)
		d.Ask(daemon.Request{Kind: daemon.Full})
		time.Sleep(2 * time.Hour)
		if got := d.Runs()[0]; got.State != daemon.Skipped || got.Error != "busy" {
			t.Errorf("run %+v, want it skipped since the other does not end", got)
		}
	})
}

func TestAskJoinsWhatWaitsAlready(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := &runner{each: time.Minute, items: func(daemon.Request) []int64 { return []int64{1} }}
		d, _ := serving(r)
		start(t, d)
		time.Sleep(time.Second)
		full := d.Ask(daemon.Request{Kind: daemon.Full})
		for _, q := range []daemon.Request{{Kind: daemon.Full}, {Kind: daemon.Incremental}} {
			if got := d.Ask(q); got.ID != full.ID {
				t.Errorf("%s got a run of its own", q.Kind)
			}
		}
		if got := d.Ask(daemon.Request{Kind: daemon.Full, DryRun: true}); got.ID == full.ID {
			t.Error("a dry run was joined to one that writes")
		}
		if got := d.Ask(daemon.Request{Kind: daemon.Named, IDs: []int64{1}}); got.ID == full.ID {
			t.Error("a named run was joined to another")
		}
		time.Sleep(time.Hour)
		if got, want := len(r.kinds()), 4; got != want {
			t.Errorf("%d runs, want %d", got, want)
		}
	})
}

func TestOldReportsKeepTheirCountsOnly(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := &runner{}
		d, _ := serving(r)
		start(t, d)
		for range 10 {
			d.Ask(daemon.Request{Kind: daemon.Full})
			time.Sleep(time.Second)
		}
		for i, run := range d.Runs() {
			if whole := run.Report.Items != nil; whole != (i < 5) {
				t.Errorf("run %d from the newest: items %t", i, whole)
			}
		}
	})
}
