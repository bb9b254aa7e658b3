package frontmatter

import (
	"math"
	"math/big"
	"strings"
)

// isInteger recognizes decimal, 0b, 0o and 0x integers with an optional sign. One that is too large for a number is
// none.
func isInteger(s string) bool {
	digits, base := unsigned(s)
	if digits == "" {
		return false
	}
	for i := range len(digits) {
		if digitValue(digits[i]) >= base {
			return false
		}
	}
	return finite(digits, base)
}

// unsigned takes sign and base prefix away.
func unsigned(s string) (digits string, base int) {
	if s != "" && (s[0] == '+' || s[0] == '-') {
		s = s[1:]
	}
	if len(s) > 1 && s[0] == '0' {
		switch s[1] {
		case 'b':
			return s[2:], 2
		case 'o':
			return s[2:], 8
		case 'x':
			return s[2:], 16
		}
	}
	return s, 10
}

// finite reports whether an integer fits a float64. No base needs fewer than 256 digits to pass its limit 2^1024, and
// none more than 1024.
func finite(digits string, base int) bool {
	if len(digits) < 256 {
		return true
	}
	digits = strings.TrimLeft(digits, "0")
	if len(digits) > 1024 {
		return false
	}
	f, _ := new(big.Float).SetInt(bigInteger(digits, base)).Float64()
	return !math.IsInf(f, 0)
}

func bigInteger(digits string, base int) *big.Int {
	n := new(big.Int)
	if digits != "" {
		n.SetString(digits, base)
	}
	return n
}

// integer returns the value of what isInteger recognized.
func integer(s string) any {
	digits, base := unsigned(s)
	n := bigInteger(strings.TrimLeft(digits, "0"), base)
	if s[0] == '-' {
		n.Neg(n)
	}
	if n.IsInt64() {
		return n.Int64()
	}
	f, _ := new(big.Float).SetInt(n).Float64()
	return f
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// digitValue is the value of a digit in any base up to 16, or 16.
func digitValue(c byte) int {
	switch {
	case isDigit(c):
		return int(c - '0')
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	}
	return 16
}
