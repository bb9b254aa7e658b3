package frontmatter

import (
	"math"
	"strconv"
)

// This file is the one place that knows what a plain (unquoted) scalar means. The writer asks it whether a string
// needs quotes, the reader asks it for the value, so that they cannot disagree. The rules are those of js-yaml 4.3:
// YAML 1.2's core schema and binary integers.

// plainValue returns the value of a plain scalar: nil, bool, int64, float64, or the string itself. An integer too
// large for int64 is a float64, as every number is in JavaScript. Dates stay strings.
func plainValue(s string) any {
	switch s {
	case "", "~", "null", "Null", "NULL":
		return nil
	case "true", "True", "TRUE":
		return true
	case "false", "False", "FALSE":
		return false
	}
	if !numeral(s) {
		return s
	}
	if isInteger(s) {
		return integer(s)
	}
	if f, ok := float(s); ok {
		return f
	}
	return s
}

// typed reports whether the plain form of a string would be read as another type: as null, a boolean or a number, as
// a date by those readers that have dates, or as the merge key.
func typed(s string) bool {
	switch s {
	case "", "~", "null", "Null", "NULL", "true", "True", "TRUE", "false", "False", "FALSE", "<<":
		return true
	}
	if !numeral(s) {
		return false
	}
	if isInteger(s) || isTimestamp(s) {
		return true
	}
	_, ok := float(s)
	return ok
}

// oldWord reports whether YAML 1.1 would read s as a boolean or as a number in base 60 (`12:30`). js-yaml quotes
// these for older readers, but does not read them so.
func oldWord(s string) bool {
	switch s {
	case "y", "Y", "yes", "Yes", "YES", "on", "On", "ON", "n", "N", "no", "No", "NO", "off", "Off", "OFF":
		return true
	}
	return isBase60(s)
}

// numeral reports whether s begins like a number: what is none costs no more than this.
func numeral(s string) bool {
	return s != "" && (isDigit(s[0]) || s[0] == '+' || s[0] == '-' || s[0] == '.')
}

// float recognizes a decimal number with a fraction or an exponent, infinity and NaN. A number without digits before
// the point has no sign, and one that is too large is a string: js-yaml's rules.
func float(s string) (float64, bool) {
	switch s {
	case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF":
		return math.Inf(1), true
	case "-.inf", "-.Inf", "-.INF":
		return math.Inf(-1), true
	case ".nan", ".NaN", ".NAN":
		return math.NaN(), true
	}
	if !isDecimal(s) {
		return 0, false
	}
	f, err := strconv.ParseFloat(s, 64)
	return f, err == nil
}
