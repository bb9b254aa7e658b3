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
		if err := q.Add(hint.Hint{ID: 7, Urgent: true}); err != nil {
			t.Fatal(err)
		}
		time.Sleep(2 * time.Minute)
		if got, want := r.kinds(), []daemon.Kind{daemon.Incremental, daemon.Named, daemon.Full}; !slices.Equal(got, want) {
			t.Errorf("runs %v, want %v", got, want)
		}
	})
}

func TestClickGoesAheadOfTheNight(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := &runner{each: time.Minute, items: func(daemon.Request) []int64 { return []int64{1, 2, 3, 4, 5} }}
		d, q := serving(r)
		start(t, d)
		time.Sleep(90 * time.Second) // at the second
		for _, id := range []int64{1, 4, 9} {
			if err := q.Add(hint.Hint{ID: id, Trigger: hint.Page, Urgent: true}); err != nil {
				t.Fatal(err)
			}
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
					if err := q.Add(hint.Hint{ID: id + 1, Urgent: true}); err != nil {
						t.Fatal(err)
					}
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

func TestRescheduleKeepsTheOldWhenTheNewIsWrong(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := &runner{}
		d, _ := serving(r)
		d.Schedules = []daemon.Schedule{{Cron: "@every 1h", Kind: daemon.Full}}
		start(t, d)
		synctest.Wait()
		if err := d.Reschedule(t.Context(), []daemon.Schedule{{Cron: "@every 1m", Kind: daemon.Full}, {Cron: "nonsense"}}); err == nil {
			t.Error("nonsense was accepted")
		}
		time.Sleep(61 * time.Minute)
		if got := len(r.kinds()); got != 2 {
			t.Errorf("%d runs after an hour, want the start's and the hour's", got)
		}
		if err := d.Reschedule(t.Context(), []daemon.Schedule{{Cron: "@every 10m", Kind: daemon.Links}}); err != nil {
			t.Fatal(err)
		}
		time.Sleep(61 * time.Minute)
		if got := r.kinds(); len(got) != 8 || got[7] != daemon.Links {
			t.Errorf("runs %v, want six of the new schedule", got)
		}
	})
}

func TestEventsGoOnWhereAListenerStopped(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := &runner{each: time.Second, items: func(daemon.Request) []int64 { return []int64{1, 2} }}
		d, _ := serving(r)
		start(t, d)
		time.Sleep(time.Minute)
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		var types []daemon.EventType
		seen := d.Events().Last() - 4
		for e := range d.Events().After(ctx, seen) {
			if types = append(types, e.Type); e.Number != seen+uint64(len(types)) {
				t.Errorf("number %d, %d events after %d", e.Number, len(types), seen)
			}
		}
		if want := []daemon.EventType{daemon.RunChanged, daemon.ItemEnded, daemon.ItemEnded, daemon.RunChanged}; !slices.Equal(types, want) {
			t.Errorf("events %v, want %v", types, want)
		}
		if got := d.Of(2); got == nil || got.Item.Outcome != pipeline.Updated {
			t.Errorf("Of(2) = %+v", got)
		}
	})
}

func TestListenerOfTheProcessBeforeMissesNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		serve := func() *daemon.Daemon {
			d, _ := serving(&runner{items: func(daemon.Request) []int64 { return []int64{1, 2, 3} }})
			start(t, d)
			synctest.Wait()
			return d
		}
		before := serve().Events().Last()
		time.Sleep(time.Second)
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		var got int
		for e := range serve().Events().After(ctx, before) {
			if got++; e.Number <= before {
				t.Errorf("number %d after a start, the last one before was %d", e.Number, before)
			}
		}
		if got != 6 {
			t.Errorf("%d events of the run at the start, want all 6", got)
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
		if err := q.Add(hint.Hint{ID: 9, Trigger: hint.Page, Urgent: true}); err != nil {
			t.Fatal(err)
		}
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

func TestScheduleIsDueUntilItsRunIsThrough(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		clock, r := state.NewMemory(), &runner{each: time.Hour, items: func(q daemon.Request) []int64 {
			if q.Kind == daemon.Full {
				return []int64{1, 2, 3}
			}
			return nil
		}}
		begin := func() (stop func()) {
			return start(t, &daemon.Daemon{Runner: r, Queue: &hint.Queue{}, Clock: clock, Schedules: []daemon.Schedule{{Cron: "0 2 * * 0", Timezone: "UTC", Kind: daemon.Full}}})
		}
		stop := begin()
		time.Sleep(27 * time.Hour) // 2000-01-01 is a Saturday; Sunday's run is at work
		stop()
		time.Sleep(time.Hour)
		ran := len(r.kinds())
		begin()
		synctest.Wait()
		if got := r.kinds(); len(got) != ran+1 || got[ran] != daemon.Full {
			t.Errorf("runs after the restart %v, want the full run that was not through", got[ran:])
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
		if err := q.Add(hint.Hint{ID: 7, Trigger: hint.Page, Urgent: true}); err != nil {
			t.Fatal(err)
		}
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

func TestScheduleOfAReloadIsCaughtUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		clock, r := state.NewMemory(), &runner{}
		full := daemon.Schedule{Cron: "0 2 * * *", Timezone: "UTC", Kind: daemon.Full}
		d := &daemon.Daemon{Runner: r, Queue: &hint.Queue{}, Clock: clock}
		stop := start(t, d)
		synctest.Wait()
		if err := d.Reschedule(t.Context(), []daemon.Schedule{full}); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Hour)
		stop()
		time.Sleep(50 * time.Hour)
		start(t, &daemon.Daemon{Runner: r, Queue: &hint.Queue{}, Clock: clock, Schedules: []daemon.Schedule{full}})
		synctest.Wait()
		if got, want := r.kinds(), []daemon.Kind{daemon.Incremental, daemon.Full}; !slices.Equal(got, want) {
			t.Errorf("runs %v, want %v", got, want)
		}
	})
}

// A SIGHUP may come while the daemon starts.
func TestRescheduleBesideTheStartWins(t *testing.T) {
	a := daemon.Schedule{Cron: "0 2 * * *", Timezone: "UTC", Kind: daemon.Full}
	b := daemon.Schedule{Cron: "0 3 * * *", Timezone: "UTC", Kind: daemon.Full}
	for range 100 {
		d := &daemon.Daemon{Runner: &runner{}, Queue: &hint.Queue{}, Clock: state.NewMemory(), Schedules: []daemon.Schedule{a}}
		stop := start(t, d)
		if err := d.Reschedule(t.Context(), []daemon.Schedule{b}); err != nil {
			t.Fatal(err)
		}
		stop()
		if u := d.Upcoming(); len(u) != 1 || u[0].Schedule != b {
			t.Fatalf("upcoming %v, want %v", u, b)
		}
	}
}

func TestHintOfAStoppedRunKeepsItsPlace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d, q := serving(&runner{err: func(daemon.Request) error { return errAway }})
		start(t, d)
		synctest.Wait()
		asked := time.Now()
		if err := q.Add(hint.Hint{ID: 7, Trigger: hint.Page, Urgent: true}); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Hour)
		if got := q.Oldest(); !got.Equal(asked) {
			t.Errorf("the oldest hint is of %v, want %v: it was tried again, not asked again", got, asked)
		}
	})
}
