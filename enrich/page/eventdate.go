package page

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// eventDays are the days on which the event takes place that the page is about; none where it is an article, which may well
// come out on the day it tells of.
func (s *signals) eventDays() map[string]bool {
	days := map[string]bool{}
	for _, e := range s.graph.entities {
		if !e.top {
			continue
		}
		if e.is(subjectRank) >= articleRank {
			return nil
		}
		if !slices.ContainsFunc(e.types(), func(t string) bool { return strings.HasSuffix(t, "Event") }) {
			continue
		}
		for _, key := range []string{"startDate", "endDate", "doorTime", "previousStartDate"} {
			if d, ok := parseStamp(e.first(key), s.order()); ok {
				days[d.Day()] = true
			}
		}
	}
	return days
}

// refuseEventDays refuses, as days of publication, those on which the page's event takes place.
func (s *signals) refuseEventDays(all []dated) {
	days := s.eventDays()
	for i := range all {
		if all[i].Refused == "" && days[all[i].date.Day()] {
			all[i].Refused = "day of an event"
		}
	}
}

// tellsOfEvent tells by the words around a date, which stands in t between start and end, that something takes place then.
func tellsOfEvent(t string, start, end int) bool {
	return lex().namesEvent(t[:start]) || lex().namesEvent(cutText(t[min(end, len(t)):], 60)) || isRange(t, start, end)
}

// namesEvent tells whether one of the phrases stands in a text, as whole words.
func (l *lexicon) namesEvent(t string) bool {
	t = strings.ToLower(t)
	return slices.ContainsFunc(l.events, func(phrase string) bool {
		at := strings.Index(t, phrase)
		if at < 0 {
			return false
		}
		before, _ := utf8.DecodeLastRuneInString(t[:at])
		after, _ := utf8.DecodeRuneInString(t[at+len(phrase):])
		return !unicode.IsLetter(before) && !unicode.IsLetter(after)
	})
}

// rangeBegin is the first half of a stretch of days before the date that ends it: "1 – ", "from 28 August to ", "du 1er au ".
// A number in the middle of something else ("12:30 - 3 September 2025") begins none.
var rangeBegin = regexp.MustCompile(`(?i)(?:^|[,(|·]|\b(?:from|du|vom|del|dal|van|od|fra)\s)\s*(?:\p{L}+\.?,?\s+)?(\d{1,2})(?:st|nd|rd|th|er|\.|º)?(?:\s+(?:de\s+)?(\p{L}+)\.?)?\s*(?:[-–—]|\s(?:to|au|bis|al|tot|do|til)\s)\s*(?:\p{L}+\.?,?\s+)?$`)

// isRange tells a date that begins or ends a stretch of days.
func isRange(t string, start, end int) bool {
	if m := rangeBegin.FindStringSubmatch(t[:start]); m != nil {
		first, _ := strconv.Atoi(m[1]) // one or two digits
		last, _, found := number(t[start:], 1, 2)
		if month := monthOf(strings.ToLower(m[2])); month > 0 || m[2] == "" && found && first > 0 && first < last {
			return true
		}
	}
	rest := t[min(end, len(t)):]
	if date := strings.TrimSpace(t[start:min(end, len(t))]); !strings.HasSuffix(date, "-") && !strings.HasSuffix(date, "–") {
		joint, after, _ := strings.Cut(rest, " ")
		switch joint {
		case "to", "au", "bis", "al", "tot":
			rest = after
		default:
			return false
		}
	}
	_, at, _, ok := locateDate(rest, dayFirst)
	return ok && at == 0
}

// eventLabel is what stands right before a place and may speak of an event; the headline does not count.
func (s *signals) eventLabel(at int) string {
	i := s.runAfter(at-1) - 1
	if i < 0 || s.headline != nil && s.runs[i].at >= s.headline.at && s.runs[i].at <= s.headline.end {
		return ""
	}
	if t := squeeze(cutText(s.runs[i].node.Data, 300)); len(t) <= 80 && !hasDigit(t) {
		return t
	}
	return ""
}

// announces tells an element that gives the day of an event, by its words and those before it.
func (s *signals) announces(e *element) bool {
	if lex().namesEvent(s.eventLabel(e.at)) {
		return true
	}
	t := cutText(text(e.node), 200)
	_, start, end, ok := locateDate(t, s.order())
	return ok && tellsOfEvent(t, start, end)
}
