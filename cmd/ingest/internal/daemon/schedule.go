package daemon

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/robfig/cron/v3"
)

// Schedule is one line of the clock.
type Schedule struct {
	// Cron is a line of five fields (minute, hour, day, month, weekday) or a
	// descriptor such as @daily.
	Cron string
	// Timezone is an IANA name; "" is the machine's.
	Timezone string
	Kind     Kind
}

// String is the line as a person writes it.
func (s Schedule) String() string {
	if s.Timezone == "" {
		return fmt.Sprintf("%s (%s)", s.Cron, s.Kind)
	}
	return fmt.Sprintf("%s %s (%s)", s.Cron, s.Timezone, s.Kind)
}

// Parse gives the times of a schedule.
//
// A line with an hour means the clock on the wall. In the night that clocks go
// forward, a time that does not exist is as much later as they were moved, so that
// "0 2 * * *" runs every night of the year; in the night they go back, a time that
// comes twice is taken once, the first time. A line for every hour follows the
// time that passes. (robfig/cron alone leaves the missing hour out.) A line that
// never comes, such as one for 30 February, is refused.
func (s Schedule) Parse() (cron.Schedule, error) {
	zone := time.Local
	if s.Timezone != "" {
		var err error
		if zone, err = time.LoadLocation(s.Timezone); err != nil {
			return nil, &ScheduleError{Schedule: s, Err: fmt.Errorf("time zone %q is not known", s.Timezone), help: "name one such as Europe/Berlin or America/New_York"}
		}
	}
	parsed, err := cron.ParseStandard(s.Cron)
	if err != nil {
		return nil, &ScheduleError{Schedule: s, Err: err, help: `for example "0 2 * * *": minute, hour, day of month, month, day of week`}
	}
	spec, ok := parsed.(*cron.SpecSchedule)
	if !ok { // @every: the time that passes
		return parsed, s.checkEvery()
	}
	if spec.Location != time.Local { // CRON_TZ= before the line
		return nil, &ScheduleError{Schedule: s, Err: fmt.Errorf("names a time zone in the line"), help: "put it into timezone"}
	}
	wall := *spec
	wall.Location = time.UTC
	if wall.Next(leapYear()).IsZero() {
		return nil, &ScheduleError{Schedule: s, Err: errors.New("that time never comes: the months named do not have the day"), help: "name a day that each of the months has, such as 1 or 28"}
	}
	if spec.Hour&starBit != 0 {
		spec.Location = zone
		return spec, nil
	}
	return &onTheWall{spec: &wall, zone: zone}, nil
}

// leapYear begins a year that has every day of the calendar. robfig/cron looks five
// years ahead, which is not always far enough for a 29 February.
func leapYear() time.Time { return time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC) }

// checkEvery refuses a pause that is none, which robfig/cron takes for a second.
func (s Schedule) checkEvery() error {
	pause, err := time.ParseDuration(strings.TrimPrefix(s.Cron, "@every "))
	if err == nil && pause < time.Second {
		return &ScheduleError{Schedule: s, Err: fmt.Errorf("%s is less than a second", pause), help: "for example @every 15m"}
	}
	return nil
}

// starBit marks a field of a line that was written as *.
const starBit = 1 << 63

// onTheWall is a schedule by what the clock on the wall shows. Its spec is reckoned
// in UTC, where every time of day comes once a day.
type onTheWall struct {
	spec *cron.SpecSchedule
	zone *time.Location
}

// Next is the first time after t.
func (s *onTheWall) Next(t time.Time) time.Time {
	local := t.In(s.zone)
	wall := time.Date(local.Year(), local.Month(), local.Day(), local.Hour(), local.Minute(), local.Second(), 0, time.UTC)
	// A clock that was put back shows earlier times again: begin before them.
	for wall = s.spec.Next(wall.Add(-3 * time.Hour)); !wall.IsZero(); wall = s.spec.Next(wall) {
		if at := s.moment(wall); at.After(t) {
			return at
		}
	}
	return time.Time{}
}

// moment is when the clock on the wall first shows a time. A time that it never
// shows is reckoned as if it had not been put forward yet: 2:30 is then 3:30.
func (s *onTheWall) moment(wall time.Time) time.Time {
	_, before := wall.Add(-24 * time.Hour).In(s.zone).Zone()
	_, after := wall.Add(24 * time.Hour).In(s.zone).Zone()
	byOld := wall.Add(-time.Duration(before) * time.Second).In(s.zone)
	byNew := wall.Add(-time.Duration(after) * time.Second).In(s.zone)
	if !shows(byOld, wall) && shows(byNew, wall) {
		return byNew
	}
	return byOld
}

func shows(t, wall time.Time) bool {
	return t.Hour() == wall.Hour() && t.Minute() == wall.Minute() && t.Day() == wall.Day()
}

// ScheduleError is a line of the clock that cannot be understood.
type ScheduleError struct {
	Schedule Schedule
	Err      error
	help     string
}

func (e *ScheduleError) Error() string {
	return fmt.Sprintf("%q: %s", e.Schedule.Cron, e.Err)
}

func (e *ScheduleError) Unwrap() error { return e.Err }

// Hint says how to mend it.
func (e *ScheduleError) Hint() string { return e.help }
