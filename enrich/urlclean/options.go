package urlclean

import (
	"cmp"
	"fmt"
	"strings"
)

// Options adjusts a Cleaner. The zero value is the policy of the table.
type Options struct {
	// KeepEmptyQuery leaves the "?" standing when every parameter went.
	KeepEmptyQuery bool
	// Affiliate says what becomes of the marks of affiliate networks.
	Affiliate Affiliate
	// Extra names parameters that go besides those of the table.
	Extra []Rule
	// Keep names parameters that stay whatever the table says.
	Keep []Rule
	// Sites changes the treatment of whole sites.
	Sites []Site
}

// Affiliate says what becomes of the marks of affiliate networks.
type Affiliate uint8

const (
	// Drop takes affiliate marks out and opens affiliate redirects.
	Drop Affiliate = iota
	// Keep leaves both as they are.
	Keep
)

// Rule is one rule of the configuration.
type Rule struct {
	// Hosts are "example.com" with its subdomains, "example.*" under any
	// country's ending, "click." for hosts that begin so, or "*".
	// None means every host.
	Hosts []string
	// Paths narrow the rule to paths: "/begin", "/whole$", "~segment",
	// "*anywhere", "?parameter" or "?parameter=value".
	Paths []string
	// Names are parameters: "exact", "begin*", "*end" or "*middle*", letter
	// case aside; "#name" for fragments only.
	Names []string
	// Why is reported with each removal; "configuration" when empty.
	Why string
	// Affiliate marks names that Options.Affiliate decides on.
	Affiliate bool
}

// Site changes the treatment of the addresses on some hosts.
type Site struct {
	Hosts, Paths []string // as in Rule
	Policy       Policy
}

// Policy is the treatment of a site.
type Policy uint8

const (
	// Leave gives every address back as it was, redirects included.
	Leave Policy = iota
	// Strip lifts the table's exceptions: only signed addresses stay whole.
	Strip
	// Closed leaves redirects unopened.
	Closed
)

// rows turns the options into rows of the table.
func (o Options) rows() ([]row, error) {
	var rows []row
	for i, rule := range o.Extra {
		r, err := rule.row(row{where: fmt.Sprintf("extra rule %d", i+1), list: ListExtra, index: i, kind: drop})
		if err != nil {
			return nil, err
		}
		rows = append(rows, r)
	}
	for i, rule := range o.Keep {
		r, err := rule.row(row{where: fmt.Sprintf("keep rule %d", i+1), list: ListKeep, index: i, kind: keep})
		if err != nil {
			return nil, err
		}
		rows = append(rows, r)
	}
	for i, site := range o.Sites {
		more, err := site.rows(row{where: fmt.Sprintf("site rule %d", i+1), list: ListSites, index: i})
		if err != nil {
			return nil, err
		}
		rows = append(rows, more...)
	}
	return rows, nil
}

// row completes r, which says where the rule stands.
func (u Rule) row(r row) (row, error) {
	r.user, r.items, r.why = true, u.Names, cmp.Or(u.Why, "configuration")
	if u.Affiliate {
		r.class = affiliate
	}
	if len(r.items) == 0 {
		return r, r.errorf(nameHelp, "no names")
	}
	for _, name := range r.items {
		if _, err := r.pattern(name); err != nil {
			return r, err
		}
	}
	return r, r.places(u.Hosts, u.Paths)
}

// rows completes base, which says where the site stands.
func (u Site) rows(base row) ([]row, error) {
	base.user, base.why = true, "configuration"
	kinds, ok := map[Policy][]kind{Leave: {leave, shut}, Strip: {lift}, Closed: {shut}}[u.Policy]
	if !ok {
		return nil, base.errorf("write one of "+strings.Join(policyWords(), ", "), "no such policy: %s", u.Policy)
	}
	if len(u.Hosts) == 0 {
		return nil, base.errorf(hostHelp, "no hosts")
	}
	if err := base.places(u.Hosts, u.Paths); err != nil {
		return nil, err
	}
	var rows []row
	for _, k := range kinds {
		r := base
		r.kind = k
		rows = append(rows, r)
	}
	return rows, nil
}

// places reads the hosts and paths of a rule of the configuration.
func (r *row) places(hosts, paths []string) error {
	if len(hosts) == 0 {
		hosts = []string{"*"}
	}
	for _, word := range hosts {
		if err := r.host(word); err != nil {
			return err
		}
	}
	for _, word := range paths {
		if word == "" || strings.IndexByte(testSigns, word[0]) < 0 {
			return r.errorf(pathHelp, "%q is no path", word)
		}
		if err := r.test(word); err != nil {
			return err
		}
	}
	return r.checkHosts()
}
