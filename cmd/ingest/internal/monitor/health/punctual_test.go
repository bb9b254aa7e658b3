package health_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"
	_ "time/tzdata" // the zones, where the machine has none

	"ingest/cmd/ingest/internal/daemon"
	"ingest/cmd/ingest/internal/monitor/health"
	"ingest/pipeline"
	"ingest/pipeline/hint"
)

var _ daemon.Watcher = (*health.Punctual)(nil)

func TestPunctual(t *testing.T) {
	night := daemon.Schedule{Cron: "0 2 * * *", Timezone: "UTC", Kind: daemon.Incremental}
	at := func(text string) time.Time {
		when, err := time.Parse("02 15:04", text)
		if err != nil {
			t.Fatal(err)
		}
		return when.AddDate(2026, 10, 0) // November 2026
	}
	run := func(kind daemon.Kind, state daemon.State, ended string) daemon.Run {
		return daemon.Run{Request: daemon.Request{Kind: kind}, State: state, Ended: at(ended), Error: "what happened"}
	}
	cases := []struct {
		name string
		runs []daemon.Run
		now  string
		late bool
	}{
		{"just started", nil, "10 12:00", false},
		{"not due yet", nil, "11 01:59", false},
		{"due, and still within its grace", nil, "11 08:00", false},
		{"missed", nil, "11 08:01", true},
		{"came to its end", []daemon.Run{run(daemon.Incremental, daemon.Done, "11 02:05")}, "11 23:00", false},
		{"missed the day after", []daemon.Run{run(daemon.Incremental, daemon.Done, "11 02:05")}, "12 08:01", true},
		{"stopped by an error", []daemon.Run{run(daemon.Incremental, daemon.Stopped, "11 02:05")}, "11 08:01", true},
		{"skipped for a full run that ended", []daemon.Run{run(daemon.Incremental, daemon.Skipped, "11 02:00"), run(daemon.Full, daemon.Done, "11 04:00")}, "11 23:00", false},
		{"a links run looks at other things", []daemon.Run{run(daemon.Links, daemon.Done, "11 02:05")}, "11 08:01", true},
		{"hints look at single work packages", []daemon.Run{run(daemon.Named, daemon.Done, "11 02:05")}, "11 08:01", true},
		{"a rehearsal does not count", []daemon.Run{{Request: daemon.Request{Kind: daemon.Incremental, DryRun: true}, State: daemon.Done, Ended: at("11 02:05")}}, "11 08:01", true},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			p := &health.Punctual{Schedules: func() []daemon.Schedule { return []daemon.Schedule{night} }, Since: at("10 12:00")}
			for _, r := range c.runs {
				p.Ended(r)
			}
			if late := p.Late(at(c.now)); (len(late) > 0) != c.late {
				t.Errorf("late: %v, want %t", late, c.late)
			}
		})
	}
}

// A schedule that a reload brings has missed nothing before, however long the
// service runs; the others have missed what they had.
func TestScheduleThatIsNew(t *testing.T) {
	start := time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC)
	night := daemon.Schedule{Cron: "0 2 * * *", Timezone: "UTC", Kind: daemon.Incremental}
	sunday := daemon.Schedule{Cron: "0 3 * * 0", Timezone: "UTC", Kind: daemon.Links}
	schedules := []daemon.Schedule{night}
	p := &health.Punctual{Since: start, Schedules: func() []daemon.Schedule { return schedules }}
	for _, c := range []struct {
		name  string
		after time.Duration
		now   []daemon.Schedule
		late  []daemon.Schedule
	}{
		{"the first look", time.Minute, []daemon.Schedule{night}, nil},
		{"missed every night of ten days", 10 * 24 * time.Hour, []daemon.Schedule{night}, []daemon.Schedule{night}},
		{"a new one beside it", 10*24*time.Hour + time.Minute, []daemon.Schedule{night, sunday}, []daemon.Schedule{night}},
		{"whose time came, and still within its grace", 13*24*time.Hour + 20*time.Hour, []daemon.Schedule{sunday}, nil},
		{"whose time was missed", 13*24*time.Hour + 22*time.Hour, []daemon.Schedule{sunday}, []daemon.Schedule{sunday}},
		{"taken out", 15 * 24 * time.Hour, nil, nil},
		{"and in again", 16 * 24 * time.Hour, []daemon.Schedule{sunday}, nil},
	} {
		schedules = c.now
		var late []daemon.Schedule
		for _, l := range p.Late(start.Add(c.after)) {
			late = append(late, l.Schedule)
		}
		if !slices.Equal(late, c.late) {
			t.Errorf("%s: late are %v, want %v", c.name, late, c.late)
		}
	}
}

func TestPunctualSaysWhatHappened(t *testing.T) {
	synctest.Test(t, func(t *testing.T) { // the bubble's clock begins on 2000-01-01
		p := &health.Punctual{Since: time.Now(), Schedules: func() []daemon.Schedule {
			return []daemon.Schedule{{Cron: "0 2 * * *", Timezone: "UTC", Kind: daemon.Full}, {Cron: "nonsense"}}
		}}
		check := p.Check()
		time.Sleep(2 * time.Hour)
		p.Ended(daemon.Run{Request: daemon.Request{Kind: daemon.Full}, State: daemon.Stopped, Ended: time.Now(), Error: "the disk is full"})
		if err := check.Ask(t.Context()); err != nil {
			t.Errorf("within the grace: %v", err)
		}
		time.Sleep(health.DefaultGrace + time.Minute)
		err := check.Ask(t.Context())
		for _, want := range []string{"0 2 * * * UTC (full)", "2000-01-01T02:00:00Z", "stopped", "the disk is full"} {
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("got %v, want it to say %q", err, want)
			}
		}
		last := p.LastRuns(time.Now())[daemon.Full]
		if last.State != daemon.Stopped || last.Age != (health.DefaultGrace+time.Minute).Seconds() {
			t.Errorf("last run %+v", last)
		}
	})
}

// stuck is a Runner whose first run, that of the start, ends and whose later ones hang.
type stuck struct{ began int }

func (s *stuck) Run(ctx context.Context, _ daemon.Request, _ daemon.Hooks) (*pipeline.Report, error) {
	if s.began++; s.began > 1 {
		<-ctx.Done()
		return &pipeline.Report{}, errors.New("cut off")
	}
	return &pipeline.Report{}, nil
}

func TestRunThatHangsIsFound(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := &daemon.Daemon{Runner: &stuck{}, Queue: &hint.Queue{}, Schedules: []daemon.Schedule{{Cron: "0 2 * * *", Timezone: "UTC", Kind: daemon.Incremental}}}
		p := &health.Punctual{Since: time.Now(), Schedules: func() (all []daemon.Schedule) {
			for _, u := range d.Upcoming() {
				all = append(all, u.Schedule)
			}
			return all
		}}
		d.Watchers = []daemon.Watcher{p}
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error)
		go func() { ended <- d.Run(ctx) }()
		time.Sleep(7 * time.Hour)
		if late := p.Late(time.Now()); len(late) != 0 {
			t.Errorf("late after 7 hours: %v, want nothing", late)
		}
		time.Sleep(90 * time.Minute)
		if late := p.Late(time.Now()); len(late) != 1 || late[0].Due.Hour() != 2 {
			t.Errorf("late after 8.5 hours: %v, want the run of two o'clock", late)
		}
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
}
