package daemon_test

import (
	"errors"
	"testing"
	"time"
	_ "time/tzdata" // the zones, where the machine has none

	"ingest/cmd/ingest/internal/daemon"
)

func TestScheduleFollowsTheClockOnTheWall(t *testing.T) {
	cases := []struct {
		name, cron, zone, from string
		want                   []string
	}{
		{"an ordinary night", "0 2 * * *", "America/New_York", "2026-11-22T12:00:00Z", []string{"2026-11-23T07:00:00Z", "2026-11-24T07:00:00Z"}},
		{"clocks go forward over the time: an hour later, not left out", "0 2 * * *", "America/New_York", "2026-03-07T12:00:00Z",
			[]string{"2026-03-08T07:00:00Z", "2026-03-09T06:00:00Z"}},
		{"half past in the missing hour", "30 2 * * *", "America/New_York", "2026-03-07T12:00:00Z", []string{"2026-03-08T07:30:00Z", "2026-03-09T06:30:00Z"}},
		{"clocks go back over the time: once", "30 1 * * *", "America/New_York", "2026-10-31T12:00:00Z",
			[]string{"2026-11-01T05:30:00Z", "2026-11-02T06:30:00Z"}},
		{"begun between the two", "30 1 * * *", "America/New_York", "2026-11-01T05:45:00Z", []string{"2026-11-02T06:30:00Z"}},
		{"after the clocks went back, the same night", "0 3 * * *", "America/New_York", "2026-11-01T05:45:00Z", []string{"2026-11-01T08:00:00Z"}},
		{"Europe goes forward at one UTC", "15 2 * * *", "Europe/Berlin", "2026-03-28T12:00:00Z", []string{"2026-03-29T01:15:00Z", "2026-03-30T00:15:00Z"}},
		{"half an hour at Lord Howe", "15 2 * * *", "Australia/Lord_Howe", "2026-10-03T12:00:00Z", []string{"2026-10-03T15:45:00Z", "2026-10-04T15:15:00Z"}},
		{"midnight that does not exist", "0 0 * * *", "America/Santiago", "2026-09-05T12:00:00Z", []string{"2026-09-06T04:00:00Z", "2026-09-07T03:00:00Z"}},
		{"every hour follows the time that passes", "0 * * * *", "America/New_York", "2026-11-01T04:30:00Z",
			[]string{"2026-11-01T05:00:00Z", "2026-11-01T06:00:00Z", "2026-11-01T07:00:00Z"}},
		{"twice a night", "0 1,4 * * *", "America/New_York", "2026-10-31T22:00:00Z", []string{"2026-11-01T05:00:00Z", "2026-11-01T09:00:00Z", "2026-11-02T06:00:00Z"}},
		{"a day that not every year has", "0 2 29 2 *", "UTC", "2026-11-22T00:00:00Z", []string{"2028-02-29T02:00:00Z"}},
		{"a day that one of the months has", "0 2 31 2,3 *", "UTC", "2026-11-22T00:00:00Z", []string{"2027-03-31T02:00:00Z"}},
		{"a weekday beside a day that never comes", "0 2 31 2 1", "UTC", "2026-11-22T00:00:00Z", []string{"2027-02-01T02:00:00Z"}},
		{"@daily", "@daily", "Asia/Kolkata", "2026-11-22T12:00:00Z", []string{"2026-11-22T18:30:00Z"}},
		{"@every", "@every 90m", "", "2026-11-22T12:00:00Z", []string{"2026-11-22T13:30:00Z"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			times, err := daemon.Schedule{Cron: c.cron, Timezone: c.zone, Kind: daemon.Full}.Parse()
			if err != nil {
				t.Fatal(err)
			}
			at, err := time.Parse(time.RFC3339, c.from)
			if err != nil {
				t.Fatal(err)
			}
			for i, want := range c.want {
				at = times.Next(at)
				if got := at.UTC().Format(time.RFC3339); got != want {
					t.Fatalf("time %d: %s, want %s", i+1, got, want)
				}
			}
		})
	}
}

// Every night of three years has its run, and no two lie close together.
func TestScheduleHasOneRunANight(t *testing.T) {
	for _, zone := range []string{"America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "America/Santiago", "Africa/Cairo", "UTC"} {
		for _, line := range []string{"0 0 * * *", "30 1 * * *", "0 2 * * *", "30 2 * * *", "0 3 * * *"} {
			times, err := daemon.Schedule{Cron: line, Timezone: zone}.Parse()
			if err != nil {
				t.Fatal(err)
			}
			at := times.Next(time.Date(2025, 1, 1, 12, 0, 0, 0, time.UTC))
			for range 3 * 365 {
				next := times.Next(at)
				if gap := next.Sub(at); gap > 26*time.Hour || gap < 22*time.Hour {
					t.Fatalf("%s in %s: %s after %s", line, zone, next, at)
				}
				at = next
			}
		}
	}
}

func TestScheduleThatCannotBeUnderstood(t *testing.T) {
	for name, s := range map[string]daemon.Schedule{
		"no line":          {Cron: ""},
		"six fields":       {Cron: "0 0 2 * * *"},
		"hour 25":          {Cron: "0 25 * * *"},
		"unknown zone":     {Cron: "0 2 * * *", Timezone: "Europe/Atlantis"},
		"zone in the line": {Cron: "CRON_TZ=Europe/Berlin 0 2 * * *"},
		"31 February":      {Cron: "0 0 31 2 *"},
		"the same, hourly": {Cron: "0 * 31 2 *"},
		"30 and 31 of it":  {Cron: "0 2 30-31 2 *", Timezone: "Europe/Berlin"},
		"31 of short ones": {Cron: "0 2 31 4,6,9,11 *"},
		"every no time":    {Cron: "@every 0s"},
		"every time back":  {Cron: "@every -5m"},
	} {
		_, err := s.Parse()
		wrong, ok := errors.AsType[*daemon.ScheduleError](err)
		if !ok || wrong.Hint() == "" {
			t.Errorf("%s: %v, want a ScheduleError with a hint", name, err)
		}
	}
}
