package page

import (
	"fmt"
	"time"
)

// Date is a day, or a moment where the page gives a clock time with its zone. The zero value is "no date".
type Date struct {
	// Time is the moment, in the zone it was written in; at midnight UTC where only the day is known.
	Time time.Time
	// HasTime says that a clock time was given, HasZone that its zone was.
	HasTime, HasZone bool
}

// IsZero tells that there is no date.
func (d Date) IsZero() bool { return d.Time.IsZero() }

// String prints a moment as RFC 3339 and a day as YYYY-MM-DD; a clock time without zone is a day, since no one can say
// which moment it was. The zero value prints "".
func (d Date) String() string {
	switch {
	case d.IsZero():
		return ""
	case d.HasTime && d.HasZone:
		return d.Time.Format(time.RFC3339)
	}
	return d.Time.Format(time.DateOnly)
}

// Day prints the calendar day as it was written.
func (d Date) Day() string {
	if d.IsZero() {
		return ""
	}
	return d.Time.Format(time.DateOnly)
}

// MarshalText writes what String prints.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (d *Date) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = Date{}
		return nil
	}
	if t, err := time.Parse(time.RFC3339, string(text)); err == nil {
		*d = Date{Time: t, HasTime: true, HasZone: true}
		return nil
	}
	t, err := time.Parse(time.DateOnly, string(text))
	if err != nil {
		return fmt.Errorf("read date %q: %w", text, err)
	}
	*d = Date{Time: t}
	return nil
}

// day makes a Date of a calendar day; ok is false where there is no such day or the year is not one in which web
// pages were written. Years before 1990 are placeholders (0001, 1970) far more often than dates of publication.
func day(year, month, dayOfMonth int) (Date, bool) {
	if year < firstYear || year > lastYear || month < 1 || month > 12 || dayOfMonth < 1 || dayOfMonth > 31 {
		return Date{}, false
	}
	t := time.Date(year, time.Month(month), dayOfMonth, 0, 0, 0, 0, time.UTC)
	if t.Day() != dayOfMonth {
		return Date{}, false
	}
	return Date{Time: t}, true
}

// The years in which a page may have been published. There is no clock here to tell the future by; the upper bound
// only keeps out the far placeholders (2099, 9999).
const (
	firstYear = 1990
	lastYear  = 2090
)
