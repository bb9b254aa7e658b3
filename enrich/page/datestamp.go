package page

import (
	"strconv"
	"strings"
	"time"
)

// parseStamp reads a date written for machines: ISO 8601 in its many spellings (20201123T11:02:35Z, 2020-11-23 11:02 +0100),
// RFC 1123 and 850, seconds or milliseconds since 1970. Anything else is tried as a text with a date in it.
func parseStamp(v string, order dayOrder) (Date, bool) {
	v = squeeze(v)
	if v == "" || len(v) > 100 {
		return Date{}, false
	}
	if d, ok := isoStamp(v); ok {
		return d, true
	}
	if d, ok := epoch(v); ok {
		return d, true
	}
	for _, layout := range []string{time.RFC1123Z, time.RFC1123, "Mon Jan 2 15:04:05 -0700 2006", "Mon Jan 2 15:04:05 MST 2006", "Mon, 2 Jan 2006 15:04:05 -0700", "2 Jan 2006 15:04:05 -0700", time.ANSIC} {
		if t, err := time.Parse(layout, v); err == nil && plausible(t) {
			_, offset := t.Zone()
			known := offset != 0 || strings.HasSuffix(v, "GMT") || strings.HasSuffix(v, "UTC") || strings.Contains(v, "+0000") || strings.Contains(v, "-0000")
			return Date{Time: t, HasTime: true, HasZone: known}, true
		}
	}
	return findDate(v, order)
}

func plausible(t time.Time) bool { return t.Year() >= firstYear && t.Year() <= lastYear }

// isoStamp reads YYYY-MM-DD or YYYYMMDD, and a clock time and zone where they follow.
func isoStamp(v string) (Date, bool) {
	year, rest, ok := number(v, 4, 4)
	if !ok {
		return Date{}, false
	}
	sep := byte(0)
	if rest != "" && strings.IndexByte("-/.", rest[0]) >= 0 {
		sep, rest = rest[0], rest[1:]
	}
	least := 2
	if sep != 0 {
		least = 1
	}
	month, rest, ok := number(rest, least, 2)
	if !ok {
		return Date{}, false
	}
	if sep != 0 {
		if rest == "" || rest[0] != sep {
			return Date{}, false
		}
		rest = rest[1:]
	}
	dom, rest, ok := number(rest, least, 2)
	if !ok || rest != "" && isDigit(rest[0]) {
		return Date{}, false
	}
	d, ok := day(year, month, dom)
	if !ok {
		return Date{}, false
	}
	return withClock(d, rest), true
}

// withClock adds the clock time and zone that follow a date; what cannot be read leaves the day.
func withClock(d Date, rest string) Date {
	rest = strings.TrimLeft(rest, "T, ")
	hour, rest, ok := number(rest, 1, 2)
	if !ok {
		return d
	}
	rest = strings.TrimPrefix(rest, ":")
	minute, rest, ok := number(rest, 2, 2)
	if !ok || hour > 24 || minute > 59 {
		return d
	}
	second := 0
	if sec, after, ok := number(strings.TrimPrefix(rest, ":"), 2, 2); ok && sec < 61 {
		second, rest = min(sec, 59), after
		if rest != "" && (rest[0] == '.' || rest[0] == ',') {
			rest = strings.TrimLeft(rest[1:], "0123456789")
		}
	}
	zone, known := zoneOf(strings.TrimSpace(rest))
	if !known {
		zone = time.UTC
	}
	year, month, dom := d.Time.Date()
	return Date{Time: time.Date(year, month, dom, min(hour, 23), minute, second, 0, zone), HasTime: true, HasZone: known}
}

// zoneOf reads Z, UTC, GMT, +01:00, -0500, +1. Abbreviations such as EST or IST name several zones and are left out.
func zoneOf(v string) (*time.Location, bool) {
	switch strings.ToUpper(v) {
	case "Z", "UTC", "GMT":
		return time.UTC, true
	}
	v = strings.TrimPrefix(strings.TrimPrefix(v, "UTC"), "GMT")
	if len(v) < 2 || v[0] != '+' && v[0] != '-' {
		return nil, false
	}
	hours, rest, ok := number(v[1:], 1, 2)
	if !ok || hours > 14 {
		return nil, false
	}
	minutes, _, ok := number(strings.TrimPrefix(rest, ":"), 2, 2)
	if !ok || minutes > 59 {
		minutes = 0
	}
	offset := hours*3600 + minutes*60
	if v[0] == '-' {
		offset = -offset
	}
	if offset == 0 {
		return time.UTC, true
	}
	return time.FixedZone("", offset), true
}

// epoch reads seconds or milliseconds since 1970.
func epoch(v string) (Date, bool) {
	if len(v) != 10 && len(v) != 13 {
		return Date{}, false
	}
	n, err := strconv.ParseInt(v, 10, 64)
	if err != nil || n < 0 {
		return Date{}, false
	}
	t := time.Unix(n, 0)
	if len(v) == 13 {
		t = time.UnixMilli(n)
	}
	if !plausible(t) {
		return Date{}, false
	}
	return Date{Time: t.UTC(), HasTime: true, HasZone: true}, true
}

// number reads between least and most digits off the front of v.
func number(v string, least, most int) (n int, rest string, ok bool) {
	i := 0
	for i < len(v) && i < most && isDigit(v[i]) {
		n = n*10 + int(v[i]-'0')
		i++
	}
	return n, v[i:], i >= least
}
