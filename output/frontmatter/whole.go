package frontmatter

import (
	"math"
	"strconv"
)

// maxExact is the number up to which a float64 tells all whole numbers apart.
const maxExact = 1 << 53

// Whole returns the whole number that a value says, in whichever of the ways
// dumpers have of writing one: 3, 3.0 or "3". A text is one of digits alone, as
// the number itself would be written: "03" and "3.0" are names.
func Whole(v any) (n int64, ok bool) {
	switch v := v.(type) {
	case int64:
		return v, true
	case float64:
		return int64(v), v == math.Trunc(v) && math.Abs(v) <= maxExact
	case string:
		n, err := strconv.ParseInt(v, 10, 64)
		return n, err == nil && strconv.FormatInt(n, 10) == v
	}
	return 0, false
}
