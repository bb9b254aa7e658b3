package urlclean

import (
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
		r, err := rule.row(fmt.Sprintf("extra rule %d", i+1), drop)
		if err != nil {
			return nil, err
		}
		rows = append(rows, r)
	}
	for i, rule := range o.Keep {
		r, err := rule.row(fmt.Sprintf("keep rule %d", i+1), keep)
		if err != nil {
			return nil, err
		}
		rows = append(rows, r)
	}
	for i, site := range o.Sites {
		more, err := site.rows(fmt.Sprintf("site rule %d", i+1))
		if err != nil {
			return nil, err
		}
		rows = append(rows, more...)
	}
	return rows, nil
}

func (u Rule) row(where string, k kind) (row, error) {
	r := row{where: where, kind: k, user: true, items: u.Names, why: u.Why}
	if r.why == "" {
		r.why = "configuration"
	}
	if u.Affiliate {
		r.class = affiliate
	}
	if len(r.items) == 0 {
		return r, r.errorf("no names")
	}
	for _, name := range r.items {
		if _, err := r.pattern(name); err != nil {
			return r, err
		}
	}
	return r, r.scope(column(u.Hosts, u.Paths))
}

func (u Site) rows(where string) ([]row, error) {
	kinds, ok := map[Policy][]kind{Leave: {leave, shut}, Strip: {lift}, Closed: {shut}}[u.Policy]
	base := row{where: where, user: true, why: "configuration"}
	if !ok {
		return nil, base.errorf("no such policy: %d", u.Policy)
	}
	if len(u.Hosts) == 0 {
		return nil, base.errorf("no hosts")
	}
	if err := base.scope(column(u.Hosts, u.Paths)); err != nil {
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

// column writes hosts and paths as the first column of a row.
func column(hosts, paths []string) string {
	if len(hosts) == 0 {
		hosts = []string{"*"}
	}
	return strings.Join(hosts, " ") + " " + strings.Join(paths, " ")
}
