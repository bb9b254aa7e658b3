package page

import (
	"strings"
)

// dayOrder says how 03/04/2021 is to be read.
type dayOrder int

const (
	dayFirst dayOrder = iota
	monthFirst
)

// order is the habit of the page's language and place. Of the languages of the web, English alone, as written in
// North America, puts the month first (Unicode CLDR, dateFormats short).
func (s *signals) order() dayOrder {
	if primary(s.lang) != "en" && s.lang != "" {
		return dayFirst
	}
	switch strings.ToUpper(strings.TrimPrefix(s.lang, "en-")) {
	case "GB", "AU", "NZ", "IE", "IN", "ZA", "SG", "HK", "MY", "NG", "KE":
		return dayFirst
	}
	tld := s.dom.host[strings.LastIndexByte(s.dom.host, '.')+1:]
	switch tld {
	case "uk", "au", "nz", "ie", "in", "za", "eu", "de", "fr", "it", "es", "nl", "se", "no", "dk", "pl", "ch", "at", "be", "sg", "hk", "my", "ng", "ke", "br", "pt", "cz", "fi", "gr", "ru":
		return dayFirst
	}
	return monthFirst
}

// findDate finds the first complete date in a text. A date that lacks its year, month or day is none.
func findDate(text string, order dayOrder) (Date, bool) {
	d, _, _, ok := locateDate(text, order)
	return d, ok
}

// locateDate is findDate with the place of the date in bytes.
func locateDate(text string, order dayOrder) (d Date, start, end int, ok bool) {
	text = cutText(text, 600)
	ts := tokens(text)
	for i := range ts {
		d, used, ok := dateAt(ts[i:], order)
		if !ok {
			continue
		}
		end := len(text)
		if i+used < len(ts) {
			end = ts[i+used].at
		}
		if !d.HasTime && i+used <= len(ts) {
			d = clockAfter(d, text[end:], ts[i+used-1])
		}
		return d, ts[i].at, end, true
	}
	return Date{}, 0, 0, false
}

// clockAfter is a seam for clock times in running text: the day is all that is taken, for the zone is hardly ever given.
func clockAfter(d Date, _ string, _ token) Date { return d }

// dateAt reads a date at the beginning of the tokens.
func dateAt(ts []token, order dayOrder) (d Date, used int, ok bool) {
	if len(ts) < 3 {
		return compactDay(ts)
	}
	a, b, c := ts[0], ts[1], ts[2]
	switch {
	case a.n >= 0 && b.n >= 0 && c.n >= 0:
		return numericDay(a, b, c, order)
	case a.n >= 0 && b.n < 0:
		return dayMonthYear(ts)
	case a.n < 0:
		return monthDayYear(ts)
	}
	return compactDay(ts)
}

// compactDay reads 20180704.
func compactDay(ts []token) (Date, int, bool) {
	if len(ts) == 0 || ts[0].digits != 8 {
		return Date{}, 0, false
	}
	n := ts[0].n
	d, ok := day(n/10_000, n/100%100, n%100)
	return d, 1, ok
}

// numericDay reads three numbers: 2021-03-04, 04.03.2021, 3/4/21. Dots mean day first everywhere.
func numericDay(a, b, c token, order dayOrder) (Date, int, bool) {
	if d, n, ok := compactDay([]token{a}); ok {
		return d, n, true
	}
	sep := strings.TrimSpace(b.before)
	if sep != strings.TrimSpace(c.before) || len(sep) > 1 && sep != "年" || a.digits > 4 || b.digits > 2 || c.digits > 4 {
		return Date{}, 0, false
	}
	if a.digits == 4 {
		if sep != "-" && sep != "/" && sep != "." {
			return Date{}, 0, false
		}
		d, ok := day(a.n, b.n, c.n)
		return d, 3, ok
	}
	if sep != "." && sep != "/" && sep != "-" || c.digits != 4 && c.digits != 2 || a.digits > 2 {
		return Date{}, 0, false
	}
	year := c.n
	if c.digits == 2 {
		if sep == "-" || a.digits+b.digits < 3 {
			return Date{}, 0, false // "2.4.29" is a version
		}
		year = century(c.n)
	}
	dom, month := a.n, b.n
	if sep == "/" && order == monthFirst && month <= 31 && dom <= 12 || month > 12 {
		dom, month = month, dom
	}
	d, ok := day(year, month, dom)
	return d, 3, ok
}

// century completes a year of two digits, as POSIX does but for the years before the web.
func century(yy int) int {
	if yy >= 90 {
		return 1900 + yy
	}
	return 2000 + yy
}

// dayMonthYear reads "4 March 2021", "4. März 2021", "4 de marzo de 2021", "4th of March, 2021", "2021年3月4日", "2021 March 4".
func dayMonthYear(ts []token) (Date, int, bool) {
	i := 1
	if ts[0].digits == 4 {
		return yearFirst(ts)
	}
	if ts[0].digits > 2 {
		return compactDay(ts)
	}
	for i < len(ts) && ts[i].n < 0 && (lex().ordinals[ts[i].word] || lex().dateLinks[ts[i].word]) {
		i++
	}
	if i >= len(ts) || ts[i].n >= 0 {
		return Date{}, 0, false
	}
	month := monthOf(ts[i].word)
	if month == 0 {
		return Date{}, 0, false
	}
	i++
	for i < len(ts) && ts[i].n < 0 && lex().dateLinks[ts[i].word] {
		i++
	}
	if i >= len(ts) {
		return Date{}, 0, false
	}
	year, ok := yearToken(ts[i])
	if !ok {
		return Date{}, 0, false
	}
	d, ok := day(year, month, ts[0].n)
	return d, i + 1, ok
}

// yearToken reads a year of four digits, or of two behind an apostrophe or a month's name.
func yearToken(t token) (int, bool) {
	switch {
	case t.n >= 2500 && t.n < 2600 && t.digits == 4:
		return t.n - 543, true // the Thai calendar counts from 543 BC
	case t.digits == 4:
		return t.n, true
	case t.digits == 2 && (strings.HasSuffix(t.before, "'") || strings.HasSuffix(t.before, "’") || strings.HasSuffix(t.before, "-")):
		return century(t.n), true
	}
	return 0, false
}

// yearFirst reads 2021年3月4日, 2021년 3월 4일 and "2021 March 4".
func yearFirst(ts []token) (Date, int, bool) {
	year := ts[0].n
	if month := monthOf(ts[1].word); month != 0 && ts[2].n > 0 && ts[2].digits <= 2 {
		d, ok := day(year, month, ts[2].n)
		return d, 3, ok
	}
	if len(ts) < 5 || !lex().yearSigns[ts[1].word] || ts[2].n < 0 || !lex().monthSigns[ts[3].word] || ts[4].n < 0 {
		return Date{}, 0, false
	}
	d, ok := day(year, ts[2].n, ts[4].n)
	return d, min(6, len(ts)), ok
}

// monthDayYear reads "March 4, 2021", "Mar 4th 2021".
func monthDayYear(ts []token) (Date, int, bool) {
	month := monthOf(ts[0].word)
	if month == 0 || ts[1].n < 0 || ts[1].digits > 2 {
		return Date{}, 0, false
	}
	i := 2
	for i < len(ts) && ts[i].n < 0 && lex().ordinals[ts[i].word] {
		i++
	}
	if i >= len(ts) {
		return Date{}, 0, false
	}
	year, ok := yearToken(ts[i])
	if !ok || strings.Contains(ts[i].before, ":") {
		return Date{}, 0, false
	}
	d, ok := day(year, month, ts[1].n)
	return d, i + 1, ok
}
