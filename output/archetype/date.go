package archetype

import (
	"time"
	_ "time/tzdata" // a zone means the same on a machine without a zone database
)

// dateArgs is date(time, layout[, zone]). It replaces the engine's date(),
// which reads times; this one writes them.
func dateArgs(args ...any) (any, error) {
	layout, err := text("date", args[1])
	if err != nil {
		return nil, err
	}
	zone := "UTC"
	if len(args) > 3 {
		return nil, misuse("date() has one zone, got %d", len(args)-2)
	}
	if len(args) == 3 {
		if zone, err = text("date", args[2]); err != nil {
			return nil, err
		}
	}
	switch t := args[0].(type) {
	case nil:
		return nil, nil
	case *time.Time:
		if t == nil {
			return nil, nil
		}
		return date(*t, layout, zone)
	case time.Time:
		return date(t, layout, zone)
	}
	return nil, misuse("date() needs a time, got %s", show(args[0]))
}

// date writes t by a layout in the words of Go's time package, whose elements
// are the parts of Mon Jan 2 15:04:05 2006. An unknown time stays null.
func date(t time.Time, layout, zone string) (any, error) {
	if t.IsZero() {
		return nil, nil
	}
	if zone == "Local" || zone == "" {
		return nil, misuse("date() needs a zone that means the same on every machine, got %q", zone)
	}
	loc, err := time.LoadLocation(zone)
	if err != nil {
		return nil, misuse("date() does not know the zone %q", zone)
	}
	s := t.In(loc).Format(layout)
	if s == layout && constant(layout) {
		return nil, misuse("date() got a layout without a date in it: %q; write it as the day 2006-01-02 at 15:04:05", layout)
	}
	return s, nil
}

// constant tells whether a layout formats any time alike, as "YYYY-MM-DD" does.
func constant(layout string) bool {
	other := time.Date(2017, time.November, 28, 21, 43, 56, 987654321, time.UTC)
	return other.Format(layout) == layout
}
