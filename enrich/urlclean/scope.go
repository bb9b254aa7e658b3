package urlclean

import "bytes"

// scope is the address at hand and the rows that hold for it.
type scope struct {
	table *table
	addr  address
	lists [16]held
	n     int
	lifts bool   // the configuration lifts the built-in keep and leave rows here
	asked uint64 // of the keep rows for every host: a bit for each that was tested
	holds uint64 // and a bit for each that holds
}

// held is a list of at most 64 rows as the table has it, with a bit for each
// that holds: a row's tests are made once per address.
type held struct {
	rows []*site
	bits uint64
}

const (
	maxHeld = 64  // rows in one list: the bits of a word
	maxRows = 256 // rows for one host, so that four hosts' rows fit in a scope
)

// set finds the rows by host. A host of more than 253 bytes cannot be a name;
// only the rows for every host hold for it.
func (s *scope) set(t *table, a address) {
	s.table, s.addr, s.n, s.asked, s.holds = t, a, 0, 0, 0
	if len(a.host) <= 253 {
		var buf [253]byte
		host := buf[:len(a.host)]
		for i := range host {
			host[i] = lower(a.host[i])
		}
		s.find(host)
	}
	s.lifts = s.has(lift)
}

// find looks up the host, what remains of it without its first labels, and the
// same without the ending: the rows of a subdomain come before its domain's.
func (s *scope) find(host []byte) {
	if first := bytes.IndexByte(host, '.'); first > 0 {
		s.collect(s.table.labels.get(host[:first]))
	}
	stem := len(host) - endingLen(host)
	for at := 0; at < len(host); {
		s.collect(s.table.sites.get(host[at:]))
		if at < stem {
			s.collect(s.table.sites.get(host[at:stem]))
		}
		dot := bytes.IndexByte(host[at:], '.')
		if dot < 0 {
			break
		}
		at += dot + 1
	}
}

func (s *scope) collect(rows []*site) {
	for len(rows) > 0 && s.n < len(s.lists) {
		part := rows[:min(maxHeld, len(rows))]
		rows = rows[len(part):]
		s.lists[s.n] = s.hold(part)
		s.n++
	}
}

func (s *scope) hold(rows []*site) held {
	h := held{rows: rows}
	for i, one := range rows {
		if one.cond.holds(&s.addr) {
			h.bits |= 1 << i
		}
	}
	return h
}

// next walks the rows of a kind that hold for the address: i and j begin at 0
// and go on where the last call left them. It returns nil after the last.
func (s *scope) next(k kind, i, j *int) *site {
	for ; *i < s.n; *i, *j = *i+1, 0 {
		for list := &s.lists[*i]; *j < len(list.rows); {
			one := list.rows[*j]
			*j++
			if one.kind == k && list.bits>>(*j-1)&1 != 0 && s.valid(one) {
				return one
			}
		}
	}
	return nil
}

// valid reports whether the configuration lets a row hold here.
func (s *scope) valid(one *site) bool {
	return one.user || !s.lifts || one.kind != keep && one.kind != leave
}

// has reports whether a row of a kind holds.
func (s *scope) has(k kind) bool {
	var i, j int
	return s.next(k, &i, &j) != nil
}

// verdict returns the rule that takes the parameter out, or nil.
func (s *scope) verdict(n []byte, value string, at place) *rule {
	if r := s.table.global.find(n, value, at); r != nil {
		return r
	}
	for i, j := 0, 0; ; {
		one := s.next(drop, &i, &j)
		if one == nil {
			return nil
		}
		if r := one.names.find(n, value, at); r != nil {
			return r
		}
	}
}

// kept reports whether a keep row holds the parameter back.
func (s *scope) kept(n []byte, value string, r *rule) bool {
	for i, j := 0, 0; ; {
		one := s.next(keep, &i, &j)
		if one == nil {
			break
		}
		if one.keeps(n, value, r) {
			return true
		}
	}
	return s.spared(n, value, r)
}

// leave returns the note why the address must come back untouched, "" when it
// need not; have are the marks of a signature seen in its query.
func (s *scope) leave(have marks) string {
	var i, j int
	if one := s.next(leave, &i, &j); one != nil {
		return one.why
	}
	for i, j := 0, 0; ; {
		one := s.next(open, &i, &j)
		if one == nil {
			break
		}
		if one.opener.class == affiliate {
			return leftAlone + "a redirect that does not carry its target"
		}
	}
	if why := s.table.signed.match(have); why != "" || s.lifts {
		return why
	}
	return s.table.anywhere.match(s.addr.path)
}
