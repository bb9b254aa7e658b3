package output

import (
	"time"

	"ingest/output/frontmatter"
)

// unchanged tells whether what the tracker says now is what the file was
// written from, so that what differs in it is an edit made by hand.
func (d Document) unchanged(old frontmatter.Map) bool {
	return d.TrackerUnchanged || d.Adopted && !outdated(d, old) || sameStamps(d, old)
}

// outdated tells whether a stamp in the file is from before the tracker's last
// change. One that cannot be held against the tracker's is taken to be.
func outdated(d Document, old frontmatter.Map) bool {
	for _, path := range d.Stamps {
		now, there := lookup(d.FrontMatter, path)
		was, held := lookup(old, path)
		if there && held && !isGap(now) && !isGap(was) && !frontmatter.Equal(now, was) && !asLate(was, now) {
			return true
		}
	}
	return false
}

// asLate tells whether a stamp is from the time of another or later, as far as
// the less exact of the two tells.
func asLate(was, now any) bool {
	a, exactA, okA := instant(was)
	b, exactB, okB := instant(now)
	unit := max(exactA, exactB)
	return okA && okB && !a.Truncate(unit).Before(b.Truncate(unit))
}

// instant reads a stamp in one of the forms that dumpers give to a time, and
// how exact it is.
func instant(v any) (t time.Time, exact time.Duration, ok bool) {
	text, _ := v.(string)
	for _, form := range []struct {
		layout string
		exact  time.Duration
	}{
		{time.RFC3339, time.Second}, // fractions of a second may follow in each
		{"2006-01-02 15:04:05Z07:00", time.Second},
		{"2006-01-02 15:04:05 Z07:00", time.Second},
		{"2006-01-02 15:04:05 -0700", time.Second},
		{"2006-01-02T15:04:05", time.Second},
		{time.DateTime, time.Second},
		{time.DateOnly, 24 * time.Hour},
	} {
		if t, err := time.Parse(form.layout, text); err == nil {
			return t.UTC(), form.exact, true
		}
	}
	return time.Time{}, 0, false
}
