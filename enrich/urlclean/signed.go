package urlclean

import (
	"math/bits"
	"strings"
)

// signatures knows the parameters that mark an address as one to be left
// whole, signed or a step of a sign-in: a row is one group of names of which
// any suffices, or two groups of which each must have one.
type signatures struct {
	names  lexicon[marks]
	single uint64   // rows of one group
	why    []string // by row
}

// marks has a bit per row, for the first group of names and for the second.
type marks [2]uint64

// add reads "Signature", "sig,sign + expires,exp"…
func (s *signatures) add(r *row) error {
	if len(s.why) == 64 {
		return r.errorf(rowHelp, "more than 64 rows about signatures")
	}
	bit := uint64(1) << len(s.why)
	s.why = append(s.why, r.why)
	groups := strings.Split(strings.ToLower(strings.Join(r.items, "")), "+")
	if len(groups) > len(marks{}) {
		return r.errorf(rowHelp, "more than two groups of names")
	}
	if len(groups) == 1 {
		s.single |= bit
	}
	for i, group := range groups {
		for name := range strings.SplitSeq(group, ",") {
			if name == "" {
				return r.errorf(rowHelp, "a name is missing")
			}
			m := s.names.get([]byte(name))
			m[i] |= bit
			s.names.put(name, m)
		}
	}
	return nil
}

// note adds the marks of one more parameter to those seen.
func (s *signatures) note(have *marks, name []byte) {
	m := s.names.get(name)
	have[0] |= m[0]
	have[1] |= m[1]
}

// match returns why a query with these marks is signed, "" when it is not.
func (s *signatures) match(have marks) string {
	hit := have[0] & (have[1] | s.single)
	if hit == 0 {
		return ""
	}
	return s.why[bits.TrailingZeros64(hit)]
}
