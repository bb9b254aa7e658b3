package frontmatter_test

import (
	"math"
	"testing"

	"ingest/output/frontmatter"
)

func TestWhole(t *testing.T) {
	for _, c := range []struct {
		value any
		want  int64
		ok    bool
	}{
		{int64(3), 3, true},
		{3.0, 3, true},
		{"3", 3, true},
		{"9223372036854775807", math.MaxInt64, true},
		{"-3", -3, true},
		{3.5, 0, false},
		{math.Inf(1), 0, false},
		{math.NaN(), 0, false},
		{1e300, 0, false},
		{"", 0, false},
		{"03", 0, false},
		{"+3", 0, false},
		{" 3", 0, false},
		{"3.0", 0, false},
		{"3_0", 0, false},
		{"9223372036854775808", 0, false},
		{nil, 0, false},
		{true, 0, false},
		{frontmatter.List{int64(3)}, 0, false},
	} {
		got, ok := frontmatter.Whole(c.value)
		if ok != c.ok || ok && got != c.want {
			t.Errorf("Whole(%#v) = %d, %v; want %d, %v", c.value, got, ok, c.want, c.ok)
		}
	}
}
