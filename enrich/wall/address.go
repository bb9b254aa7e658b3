package wall

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
)

// address is what the rules see of an address.
type address struct {
	host     string
	path     string
	segments []string
	query    string // opened escapes
}

// parseAddress gives the parts in lower case; nothing for what is no address.
func parseAddress(raw string) address {
	u, err := url.Parse(raw)
	if err != nil {
		return address{}
	}
	path := strings.ToLower(u.Path)
	query, err := url.QueryUnescape(u.RawQuery)
	if err != nil {
		query = u.RawQuery
	}
	return address{
		host: strings.ToLower(u.Hostname()), path: path,
		segments: strings.FieldsFunc(path, func(r rune) bool { return r == '/' }),
		query:    strings.ToLower(query),
	}
}

// address looks at where the answer stands, if that is not where it was asked
// for. A rule that the asked address meets, too, says nothing: whoever links to
// a page about signing in means it.
func (s *score) address(a Answer) {
	asked, stands := parseAddress(a.Asked), parseAddress(a.URL)
	if asked.host == "" || stands.host == "" {
		return
	}
	for _, place := range places() {
		for _, r := range table().other[place] {
			if stands.meets(r) && !asked.meets(r) {
				s.add(r, fmt.Sprintf("it stands at %.100q", stands.host+stands.path))
				s.of(r.kind).address = true
			}
		}
	}
	s.companion(asked, stands)
}

// Detour reports whether an address to which a link led looks by itself like
// that of a wall, so that it is no address to publish; asked is the link's own.
func Detour(asked, reached string) bool {
	from, to := parseAddress(asked), parseAddress(reached)
	for _, place := range places() {
		for _, r := range table().other[place] {
			if r.weight >= 6 && to.meets(r) && !from.meets(r) {
				return true
			}
		}
	}
	return false
}

// places are those of the rules about addresses.
func places() []string { return []string{"host", "label", "path", "path~"} }

// companion adds what makes an address of that kind certain: it names the one
// it will lead back to, or the domain it offers.
func (s *score) companion(asked, stands address) {
	back := strings.Contains(stands.query, asked.host+asked.path) || len(asked.path) > 1 && strings.Contains(stands.query, asked.path)
	for _, kind := range []Kind{Consent, Login} {
		if t := s.tally[kind]; t != nil && t.address && back {
			t.sum += 4
		}
	}
	name, _, _ := strings.Cut(strings.TrimPrefix(asked.host, "www."), ".")
	if t := s.tally[Parked]; t != nil && t.address && len(name) > 2 && strings.Contains(stands.path+"?"+stands.query+stands.host, name) {
		t.decided = true
	}
}

// meets reports whether a row about addresses fits.
func (a address) meets(r row) bool {
	switch r.place {
	case "host":
		return a.host == r.pattern || strings.HasSuffix(a.host, "."+r.pattern)
	case "label":
		label, _, _ := strings.Cut(a.host, ".")
		return label == r.pattern
	case "path":
		return slices.Contains(a.segments, r.pattern)
	default:
		return strings.Contains(a.path, r.pattern)
	}
}
