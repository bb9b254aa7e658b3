package urlclean

import "strings"

// signatures knows the parameters that make an address a signed one: a row is
// one group of names of which any suffices, or two groups of which each must
// have one. A signature covers the whole query, so nothing may go.
type signatures struct {
	groups [2]map[string]uint64 // name → bit per row
	single uint64               // rows of one group
	why    []string             // by row
}

// add reads "Signature", "sig,sign + expires,exp"…
func (s *signatures) add(r *row) error {
	if len(s.why) == 64 {
		return r.errorf("more than 64 rows about signatures")
	}
	bit := uint64(1) << len(s.why)
	s.why = append(s.why, r.why)
	groups := strings.Split(strings.ToLower(strings.Join(r.items, "")), "+")
	if len(groups) > len(s.groups) {
		return r.errorf("more than two groups of names")
	}
	if len(groups) == 1 {
		s.single |= bit
	}
	for i, group := range groups {
		if s.groups[i] == nil {
			s.groups[i] = make(map[string]uint64)
		}
		for name := range strings.SplitSeq(group, ",") {
			s.groups[i][name] |= bit
		}
	}
	return nil
}

// match returns why a query is signed, "" when it is not.
func (s *signatures) match(query string) string {
	var n name
	var have [2]uint64
	for seg := range strings.SplitSeq(query, "&") {
		raw, _, _ := strings.Cut(seg, "=")
		n.set(raw)
		have[0] |= s.groups[0][string(n.bytes())]
		have[1] |= s.groups[1][string(n.bytes())]
	}
	hit := have[0] & (have[1] | s.single)
	for i, why := range s.why {
		if hit>>i&1 != 0 {
			return why
		}
	}
	return ""
}
