package urlclean

import "strings"

// table is the compiled form of all rows, never written after it is built.
type table struct {
	global families         // drop rows for every host
	sites  lexicon[[]*site] // by "example.com", by "example." for "example.*"
	labels lexicon[[]*site] // by first label
	spares spares           // keep rows for every host
	signed signatures

	anywhere anywhere // leave rows for every host
}

// leftAlone begins the note about an address that comes back untouched.
const leftAlone = "left alone: "

// site is one row, ready for one of its hosts.
type site struct {
	kind    kind
	user    bool
	cond    cond
	names   names // drop, keep
	classes uint8 // keep: bit per class that stays
	global  bool  // keep: rows for every host do not hold here
	opener  opener
	mark    string // trim: where the cut begins
	key     string
	why     string
}

func compile(rows []row) (*table, error) {
	t := &table{}
	for i := range rows {
		if err := t.add(&rows[i]); err != nil {
			return nil, err
		}
	}
	return t, nil
}

func (t *table) add(r *row) error {
	if r.kind == leave || r.kind == sign {
		r.why = leftAlone + r.why // it becomes a note as it stands
	}
	switch {
	case r.kind == sign:
		return t.signed.add(r)
	case r.kind == leave && r.any():
		return t.anywhere.add(r)
	case r.kind == drop && r.any() && len(r.cond.paths)+len(r.cond.queries) == 0:
		return addNames(t.global.add, r, "")
	}
	for _, host := range r.hosts {
		s, err := t.siteFor(host, r)
		if err != nil {
			return err
		}
		if err := s.fill(r, host); err != nil {
			return err
		}
		if host == "*" {
			t.spares.add(s)
		}
	}
	return nil
}

// siteFor returns the site a row is to fill: drop rows without tests of path
// or query share one per host, so that few are searched.
func (t *table) siteFor(host string, r *row) (*site, error) {
	list, key := &t.sites, strings.TrimSuffix(host, "*")
	switch {
	case host == "*":
		if r.kind != keep {
			return nil, r.errorf(pathHelp, "such a rule needs a host")
		}
		if len(t.spares.rows) == maxHeld {
			return nil, r.errorf(manyHelp, "more than %d rules that keep parameters on every host", maxHeld)
		}
		return &site{kind: r.kind, user: r.user, cond: r.cond, why: r.why, key: "*"}, nil
	case host == key && strings.HasSuffix(host, "."):
		list, key = &t.labels, strings.TrimSuffix(host, ".")
	}
	plain := r.kind == drop && len(r.cond.paths)+len(r.cond.queries) == 0
	rows := list.get([]byte(key))
	for _, s := range rows {
		if plain && s.kind == drop && len(s.cond.paths)+len(s.cond.queries) == 0 && s.user == r.user {
			return s, nil
		}
	}
	if len(rows) == maxRows {
		return nil, r.errorf(manyHelp, "more than %d rules for %s", maxRows, host)
	}
	s := &site{kind: r.kind, user: r.user, cond: r.cond, why: r.why, key: host}
	list.put(key, append(rows, s))
	return s, nil
}

// fill adds what the row's middle column says.
func (s *site) fill(r *row, host string) (err error) {
	switch r.kind {
	case drop:
		return addNames(s.names.add, r, host+" ")
	case keep:
		return s.fillKeep(r)
	case trim:
		s.mark, s.key = strings.ToLower(r.items[0]), host+" "+r.items[0]
	case open:
		s.opener, err = openerFor(r)
		s.key = host + pathKey(r.cond.paths)
	}
	return err
}

// pathKey names an open row by its path, if it has but one.
func pathKey(paths []pathTest) string {
	if len(paths) != 1 {
		return ""
	}
	return " " + paths[0].text
}

func addNames(add func(*rule), r *row, prefix string) error {
	for _, item := range r.items {
		p, err := r.pattern(item)
		if err != nil {
			return err
		}
		p.key, p.site = prefix+p.key, prefix != ""
		add(p)
	}
	return nil
}

// fillKeep reads names, "@mail" for a class, "@global" for all that rows for
// every host take, "*" for everything and then "!click" for all but a class.
func (s *site) fillKeep(r *row) error {
	for _, item := range r.items {
		switch item[0] {
		case '@', '!':
			if item == "@global" {
				s.global = true
				continue
			}
			bit, ok := classBit(item[1:])
			if !ok {
				return r.errorf(rowHelp, "%q is no class", item[1:])
			}
			if item[0] == '@' {
				s.classes |= bit
			} else {
				s.classes &^= bit
			}
		case '*':
			if item == "*" {
				s.classes = 1<<classes - 1
				continue
			}
			fallthrough
		default:
			p, err := r.pattern(item)
			if err != nil {
				return err
			}
			p.place = inQuery | inFragment
			s.names.loose = append(s.names.loose, p) // few: trying them costs less than hashing
		}
	}
	return nil
}

func classBit(word string) (uint8, bool) {
	for i, name := range classNames() {
		if name == word {
			return 1 << i, true
		}
	}
	return 0, false
}

// keeps reports whether a keep row holds a parameter back from rule r.
func (s *site) keeps(name []byte, value string, r *rule) bool {
	return s.classes>>r.class&1 != 0 || s.global && !r.site || s.names.find(name, value, inQuery) != nil
}
