package page

import (
	"slices"
	"strings"

	"golang.org/x/net/html/atom"
)

// placed is a date with its place in the page.
type placed struct {
	dated
	at     int
	change bool // a label calls it the last change
}

// markedDates reads the <time> elements and the elements whose class or property says date: sure are those with markup
// made for machines, likely those beside the headline.
func (s *signals) markedDates(want mark) (sure []dated, likely []placed) {
	for i := range s.times {
		e := &s.times[i]
		if e.in.zones(s.headlineAt())&offside != 0 || !s.fitsMark(e, want) {
			continue
		}
		strong := e.marks&markStrong != 0 && e.marks&want != 0
		if !strong && (!s.nearHeadline(e.at, e.in) || s.announces(e)) {
			continue
		}
		d := s.dateFrom(markSource(e), firstOf(attr(e.node, "datetime"), attr(e.node, "content"), attr(e.node, "title")))
		if d.Refused != "" || d.Value == "" {
			d = s.dateFrom(markSource(e), cutText(text(e.node), 200))
		}
		if d.Refused != "" || d.Value == "" {
			continue
		}
		if strong {
			sure = append(sure, d)
		} else {
			likely = append(likely, placed{d, e.at, false})
		}
		if len(sure)+len(likely) > 12 {
			break
		}
	}
	return sure, likely
}

// visibleDates orders what stands in the text by its distance from the headline, where bylines and datelines are. What
// stands before the headline counts as farther, since menus and the day's date stand there.
// Plain text is read only where no date is settled yet.
func (s *signals) visibleDates(marked []placed, settled bool) []dated {
	all := marked
	if !settled {
		all = append(all, s.nearbyDates()...)
	}
	if s.headline != nil {
		slices.SortStableFunc(all, func(a, b placed) int {
			switch {
			case a.change == b.change:
				return s.distance(a.at) - s.distance(b.at)
			case a.change:
				return 1
			}
			return -1
		})
	}
	dates := make([]dated, len(all))
	for i := range all {
		dates[i] = all[i].dated
	}
	return dates
}

func (s *signals) distance(at int) int {
	if at < s.headline.at {
		return (s.headline.at - at) * 2
	}
	return max(at-s.headline.end, 0)
}

// fitsMark tells whether an element speaks of publication or of change, as wanted.
func (s *signals) fitsMark(e *element, want mark) bool {
	updated := e.marks&markUpdated != 0
	if want == markUpdated {
		return updated && e.marks&markStrong != 0
	}
	return !updated || e.marks&markDate != 0 && e.marks&markStrong != 0
}

func markSource(e *element) string {
	if e.node.DataAtom == atom.Time {
		return "time"
	}
	if e.marks&markStrong != 0 {
		return "date property"
	}
	return "date class"
}

// nearHeadline tells whether a place belongs to the headline: close before it, or behind it in the same article.
func (s *signals) nearHeadline(at int, in *frame) bool {
	h := s.headline
	if h == nil {
		return true // nothing to measure by
	}
	if at < h.at {
		return h.at-at < 30
	}
	if at-h.end < 120 {
		return true
	}
	own := h.in.nearest(inArticle)
	return own != nil && own == in.nearest(inArticle) && at-h.end < 250
}

// around gives the text runs close to an element: those behind it in order, then those before it, nearest first.
func (s *signals) around(e *element, before, after int) []run {
	i := s.runAfter(e.end)
	var near []run
	for j := i; j < len(s.runs) && j < i+after; j++ {
		if s.runs[j].in.zones(e.at)&offside == 0 {
			near = append(near, s.runs[j])
		}
	}
	for j := s.runAfter(e.at) - 1; j >= 0 && j >= i-before; j-- {
		if s.runs[j].at < e.at && s.runs[j].in.zones(e.at)&(offside&^inNav) == 0 {
			near = append(near, s.runs[j])
		}
	}
	return near
}

// runAfter is the index of the first run behind a place.
func (s *signals) runAfter(at int) int {
	low, high := 0, len(s.runs)
	for low < high {
		if mid := (low + high) / 2; s.runs[mid].at <= at {
			low = mid + 1
		} else {
			high = mid
		}
	}
	return low
}

func hasDigit(s string) bool {
	return strings.ContainsAny(s, "0123456789٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹")
}
