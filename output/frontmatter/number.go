package frontmatter

import (
	"math"
	"strconv"
	"strings"
)

// appendFloat writes a number as js-yaml does: like JavaScript's Number.prototype.toString (ECMA-262, 6.1.6.1.20),
// with YAML's own words for the numbers that have none there.
func appendFloat(dst []byte, f float64) []byte {
	abs := math.Abs(f)
	switch {
	case math.IsNaN(f):
		return append(dst, ".nan"...)
	case math.IsInf(f, 1):
		return append(dst, ".inf"...)
	case math.IsInf(f, -1):
		return append(dst, "-.inf"...)
	case f == 0 && math.Signbit(f):
		return append(dst, "-0.0"...)
	case abs >= 1e21:
		return strconv.AppendFloat(dst, f, 'e', -1, 64)
	case abs < 1e-6 && f != 0:
		return appendTiny(dst, f)
	}
	return strconv.AppendFloat(dst, f, 'f', -1, 64)
}

// appendTiny writes a number too small for the plain form: 5.e-7, with a point that YAML 1.1 asks for and JavaScript
// leaves out, and with an exponent of as few digits as it has.
func appendTiny(dst []byte, f float64) []byte {
	digits, exponent, _ := strings.Cut(strconv.FormatFloat(f, 'e', -1, 64), "e-")
	dst = append(dst, digits...)
	if !strings.Contains(digits, ".") {
		dst = append(dst, '.')
	}
	dst = append(dst, "e-"...)
	return append(dst, strings.TrimPrefix(exponent, "0")...)
}
