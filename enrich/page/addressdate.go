package page

import (
	"strings"
)

// addressDate reads a day from the path of the page's address: /2012/05/11/, /2019/nov/18/, /23-01-2022-…, …-20180704.
func (s *signals) addressDate() (Date, bool) {
	if s.served == nil {
		return Date{}, false
	}
	path := s.served.Path
	for i := 0; i < len(path); i++ {
		if !isDigit(path[i]) || i > 0 && isAlnum(path[i-1]) {
			continue
		}
		if d, ok := pathDay(path[i:]); ok {
			return d, true
		}
	}
	return Date{}, false
}

// pathDay reads a day at the beginning of a piece of a path.
func pathDay(piece string) (Date, bool) {
	first, rest, ok := number(piece, 1, 8)
	if !ok {
		return Date{}, false
	}
	digits := len(piece) - len(rest)
	if digits == 8 {
		if rest != "" && isDigit(rest[0]) {
			return Date{}, false
		}
		return day(first/10_000, first/100%100, first%100)
	}
	if rest == "" || strings.IndexByte("/-_.", rest[0]) < 0 {
		return Date{}, false
	}
	sep := rest[0]
	month, rest, ok := pathMonth(rest[1:])
	if !ok || rest == "" || rest[0] != sep {
		return Date{}, false
	}
	third, rest, ok := number(rest[1:], 1, 4)
	if !ok || rest != "" && isDigit(rest[0]) {
		return Date{}, false
	}
	switch {
	case digits == 4 && third <= 31:
		if rest != "" && (rest[0] >= 'a' && rest[0] <= 'z') {
			return Date{}, false
		}
		return day(first, month, third)
	case digits <= 2 && third > 1000:
		if month > 12 {
			first, month = month, first
		}
		return day(third, month, first)
	}
	return Date{}, false
}

func pathMonth(v string) (month int, rest string, ok bool) {
	if month, rest, ok = number(v, 1, 2); ok {
		return month, rest, true
	}
	end := strings.IndexAny(v, "/-_.")
	if end < 0 {
		return 0, v, false
	}
	month = monthOf(strings.ToLower(v[:end]))
	return month, v[end:], month > 0
}
