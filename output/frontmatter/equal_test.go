package frontmatter_test

import (
	"math"
	"testing"

	"ingest/output/frontmatter"
)

func TestEqual(t *testing.T) {
	type (
		object = frontmatter.Map
		list   = frontmatter.List
	)
	ab := object{{Key: "a", Value: int64(1)}, {Key: "b", Value: nil}}
	ba := object{{Key: "b", Value: nil}, {Key: "a", Value: 1.0}}
	tests := []struct {
		name string
		a, b any
		want bool
	}{
		{"nulls", nil, nil, true},
		{"null and empty string", nil, "", false},
		{"null and empty list", nil, list{}, false},
		{"empty list and nil list", list{}, list(nil), true},
		{"empty list and empty mapping", list{}, object{}, false},
		{"booleans", true, false, false},
		{"boolean and word", true, "true", false},
		{"number and digits", int64(1), "1", false},
		{"integers", int64(2), int64(2), true},
		{"integers beyond JavaScript's", int64(1<<53 + 1), int64(1 << 53), false},
		{"integer and float", int64(2), 2.0, true},
		{"float and integer", 2.5, int64(2), false},
		{"float written with zeros", -3686485255602747400.0, int64(-3686485255602747400), true},
		{"no numbers", math.NaN(), math.NaN(), true},
		{"infinities", math.Inf(1), math.Inf(-1), false},
		{"minus zero", math.Copysign(0, -1), int64(0), true},
		{"strings", "a", "a ", false},
		{"invalid UTF-8 and what is written for it", "a\xff", "a\uFFFD", true},
		{"lists", list{"a", list{"b"}}, list{"a", list{"b"}}, true},
		{"lists in another order", list{"a", "b"}, list{"b", "a"}, false},
		{"list and its beginning", list{"a", "b"}, list{"a"}, false},
		{"mappings in another order", ab, ba, true},
		{"mappings with different values", ab, object{{Key: "b", Value: nil}, {Key: "a", Value: int64(2)}}, false},
		{"mappings with different keys", ab, object{{Key: "a", Value: int64(1)}, {Key: "c", Value: nil}}, false},
		{"mapping and its beginning", ab, ab[:1], false},
		{"key that stands twice", object{{Key: "a"}, {Key: "a"}}, object{{Key: "b"}, {Key: "a"}}, false},
		{"other types", 1, 1, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := frontmatter.Equal(test.a, test.b); got != test.want {
				t.Errorf("got %t, want %t", got, test.want)
			}
			if got := frontmatter.Equal(test.b, test.a); got != test.want {
				t.Errorf("the other way round: got %t, want %t", got, test.want)
			}
		})
	}
}

// TestEqualEndless: a value that contains itself must not exhaust the stack.
func TestEqualEndless(t *testing.T) {
	endless := frontmatter.List{nil}
	endless[0] = endless
	if frontmatter.Equal(endless, endless) {
		t.Error("got true, want false")
	}
}

func TestMapGet(t *testing.T) {
	m := frontmatter.Map{{Key: "institution", Value: nil}, {Key: "id", Value: int64(77)}}
	for _, test := range []struct {
		key   string
		value any
		found bool
	}{{"id", int64(77), true}, {"institution", nil, true}, {"title", nil, false}} {
		if value, found := m.Get(test.key); value != test.value || found != test.found {
			t.Errorf("%s: got %v, %t, want %v, %t", test.key, value, found, test.value, test.found)
		}
	}
}
