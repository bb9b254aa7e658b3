package urlclean

// spares holds the keep rows for every host, so arranged that a parameter
// meets only those that may be about it.
type spares struct {
	rows  []*site
	begin [256][]spare     // rows that name parameters, by the first byte of the name
	wide  [classes][]spare // by class: rows about it, and names that begin with "*"
}

// spare is one pattern of a row, or none for a row about classes.
type spare struct {
	row  int
	rule *rule
}

// add takes a row that is filled in.
func (s *spares) add(one *site) {
	at := len(s.rows)
	s.rows = append(s.rows, one)
	for class := range s.wide {
		if one.classes>>class&1 != 0 || one.global {
			s.wide[class] = append(s.wide[class], spare{row: at})
		}
	}
	for _, r := range one.names.loose {
		if r.shape.head {
			for class := range s.wide {
				s.wide[class] = append(s.wide[class], spare{at, r})
			}
			continue
		}
		first := r.shape.text[0]
		s.begin[first] = append(s.begin[first], spare{at, r})
	}
}

// spared reports whether a keep row for every host holds the parameter back.
func (s *scope) spared(n []byte, value string, r *rule) bool {
	all := &s.table.spares
	if len(n) > 0 {
		for _, sp := range all.begin[n[0]] {
			if sp.rule.shape.matches(n) && sp.rule.takes(value, inQuery) && s.spareHolds(sp.row) {
				return true
			}
		}
	}
	for _, sp := range all.wide[r.class] {
		if all.rows[sp.row].keeps(n, value, r) && s.spareHolds(sp.row) {
			return true
		}
	}
	return false
}

// spareHolds tests a keep row for every host, once per address.
func (s *scope) spareHolds(i int) bool {
	one, bit := s.table.spares.rows[i], uint64(1)<<i
	if s.asked&bit == 0 {
		s.asked |= bit
		if s.valid(one) && one.cond.holds(&s.addr) {
			s.holds |= bit
		}
	}
	return s.holds&bit != 0
}
