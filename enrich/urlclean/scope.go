package urlclean

import "strings"

// scope is the address at hand and the rows that hold for its host and path.
type scope struct {
	table *table
	addr  address
	sites []*site // backed by room as a rule
	room  [24]*site
	buf   [256]byte
	lifts bool // the configuration lifts the built-in keep and leave rows here
}

// set finds the rows. A host of more than 253 bytes cannot be a name; only the
// rows for every host hold for it.
func (s *scope) set(t *table, a address) {
	s.table, s.addr, s.sites, s.lifts = t, a, s.room[:0], false
	if len(a.host) > 253 {
		return
	}
	host := s.buf[:len(a.host)]
	for i := range host {
		host[i] = lower(a.host[i])
	}
	stem := len(host) - endingLen(host)
	label := true
	for i := 0; i <= len(host); i++ {
		if i > 0 && (i == len(host) || host[i-1] != '.') {
			if label && i < len(host) && host[i] == '.' {
				s.collect(t.labels[string(host[:i])])
				label = false
			}
			continue
		}
		s.collect(t.sites[string(host[i:])])
		if i < stem {
			s.collect(t.sites[string(host[i:stem])])
		}
	}
}

func (s *scope) collect(list []*site) {
	for _, one := range list {
		if one.cond.holds(&s.addr) {
			s.sites = append(s.sites, one)
			s.lifts = s.lifts || one.kind == lift
		}
	}
}

// endingLen is the length of the ending that "*" stands for in "example.*":
// "com", a country's two letters, or a country's with a general label before,
// as in "co.uk". 0 when the host ends otherwise.
func endingLen(host []byte) int {
	last := lastDot(host)
	if last < 0 {
		return 0
	}
	switch ending := host[last+1:]; {
	case len(ending) == 2:
		before := lastDot(host[:last])
		if before >= 0 && generalLabel(string(host[before+1:last])) {
			return len(host) - before - 1
		}
		return 2
	case string(ending) == "com" || string(ending) == "net" || string(ending) == "org" || string(ending) == "cat":
		return 3
	}
	return 0
}

func generalLabel(label string) bool {
	switch label {
	case "ac", "co", "com", "edu", "gob", "gov", "ne", "net", "nom", "or", "org":
		return true
	}
	return false
}

func lastDot(b []byte) int {
	for i := len(b) - 1; i >= 0; i-- {
		if b[i] == '.' {
			return i
		}
	}
	return -1
}

// verdict returns the rule that takes the parameter out, or nil.
func (s *scope) verdict(n []byte, value string, at place) *rule {
	if r := s.table.global.find(n, value, at); r != nil {
		return r
	}
	for _, one := range s.sites {
		if one.kind == drop {
			if r := one.names.find(n, value, at); r != nil {
				return r
			}
		}
	}
	return nil
}

// kept reports whether a keep row holds the parameter back.
func (s *scope) kept(n []byte, value string, r *rule) bool {
	for _, one := range s.sites {
		if one.kind == keep && (one.user || !s.lifts) && one.keeps(n, value, r) {
			return true
		}
	}
	for _, one := range s.table.every {
		if one.kind == keep && (one.user || !s.lifts) && one.keeps(n, value, r) && one.cond.holds(&s.addr) {
			return true
		}
	}
	return false
}

// leave returns why the address must come back untouched, "" when it need not.
func (s *scope) leave() string {
	for _, one := range s.sites {
		if one.kind == leave && (one.user || !s.lifts) {
			return one.why
		}
	}
	for _, one := range s.table.every {
		if one.kind == leave && (one.user || !s.lifts) && one.cond.holds(&s.addr) {
			return one.why
		}
	}
	return s.table.signed.match(s.addr.query)
}

// shut reports whether redirects stay closed here.
func (s *scope) shut() bool {
	for _, one := range s.sites {
		if one.kind == shut {
			return true
		}
	}
	return false
}

// trimFrom finds where a trim row cuts the path; -1 when none does.
func (s *scope) trimFrom() (int, *site) {
	for _, one := range s.sites {
		if one.kind == trim {
			if i := strings.Index(s.addr.path, one.mark); i >= 0 {
				return i, one
			}
		}
	}
	return -1, nil
}
