package daemon_test

import (
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"ingest/cmd/ingest/internal/daemon"
	"ingest/pipeline/hint"
	"ingest/pipeline/state"
)

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
