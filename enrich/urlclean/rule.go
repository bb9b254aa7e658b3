package urlclean

// class says what a parameter is for; it decides where a rule gives way.
type class uint8

const (
	campaign  class = iota // which campaign, channel or feed brought the visitor
	click                  // one click on one advertisement or search result
	mail                   // one mailing and, mostly, one recipient
	affiliate              // who is paid for the sale
	share                  // who passed the link on, from which button
	visit                  // the site's own marks: where on the site, which session
	classes                // how many there are
)

// classNames are the words of the table, in the order of the constants.
func classNames() [classes]string {
	return [classes]string{"campaign", "click", "mail", "affiliate", "share", "visit"}
}

// rule is one pattern of one row, ready to be matched and reported.
type rule struct {
	key   string // "gclid", "amazon.* tag"
	why   string
	class class
	place place
	site  bool                    // from a row for some hosts only
	test  func(value string) bool // nil: whatever the value
	shape pattern
	next  *rule // another rule for the same name
}

// place says where a parameter may stand for a rule to hold.
type place uint8

const (
	inQuery place = 1 << iota
	inFragment
)

// pattern is a name with "*" at none, one or both ends.
type pattern struct {
	text       string
	head, tail bool // "*" before, "*" behind
}

func (p *pattern) matches(name []byte) bool {
	switch n := len(name) - len(p.text); {
	case n < 0:
		return false
	case p.head && p.tail:
		return contains(name, p.text)
	case p.head:
		return n > 0 && string(name[n:]) == p.text
	case p.tail:
		return string(name[:len(p.text)]) == p.text
	default:
		return string(name) == p.text
	}
}

func contains(name []byte, text string) bool {
	for i := 0; i+len(text) <= len(name); i++ {
		if string(name[i:i+len(text)]) == text {
			return true
		}
	}
	return false
}

// names is a set of rules searched by name: exact names are looked up, the few
// patterns tried one by one.
type names struct {
	exact lexicon[*rule]
	loose []*rule
}

func (s *names) add(r *rule) {
	if r.shape.head || r.shape.tail {
		s.loose = append(s.loose, r)
		return
	}
	r.next = s.exact.get([]byte(r.shape.text))
	s.exact.put(r.shape.text, r)
}

// find returns the first rule that takes the parameter, or nil.
func (s *names) find(name []byte, value string, at place) *rule {
	for r := s.exact.get(name); r != nil; r = r.next {
		if r.takes(value, at) {
			return r
		}
	}
	return firstOf(s.loose, name, value, at)
}

func firstOf(rules []*rule, name []byte, value string, at place) *rule {
	for _, r := range rules {
		if r.shape.matches(name) && r.takes(value, at) {
			return r
		}
	}
	return nil
}

func (r *rule) takes(value string, at place) bool {
	return r.place&at != 0 && (r.test == nil || r.test(value))
}

// families is a set of rules for every host, where patterns are many: those
// with a fixed beginning are found by its first byte.
type families struct {
	names
	begin [256][]*rule
}

func (f *families) add(r *rule) {
	if r.shape.tail && !r.shape.head {
		first := r.shape.text[0]
		f.begin[first] = append(f.begin[first], r)
		return
	}
	f.names.add(r)
}

func (f *families) find(name []byte, value string, at place) *rule {
	if len(name) == 0 {
		return nil
	}
	if r := firstOf(f.begin[name[0]], name, value, at); r != nil {
		return r
	}
	return f.names.find(name, value, at)
}
