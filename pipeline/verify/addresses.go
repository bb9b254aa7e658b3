package verify

import (
	"maps"
	"slices"
)

// use is an address and the page that has it.
type use struct {
	key   string // as addresses are compared
	file  string
	alias bool // a former address
	ours  bool
}

// addresses knows who has which address. Most have one page, so that only the
// first is kept apart.
type addresses struct {
	first map[string]use
	more  map[string][]use // behind the first
}

func (a *addresses) add(u use) {
	if a.first == nil {
		a.first, a.more = map[string]use{}, map[string][]use{}
	}
	first, taken := a.first[u.key]
	sameFile := func(other use) bool { return other.file == u.file }
	switch {
	case !taken:
		a.first[u.key] = u
	case !sameFile(first) && !slices.ContainsFunc(a.more[u.key], sameFile):
		a.more[u.key] = append(a.more[u.key], u)
	}
}

// collisions lists the addresses that several pages have, one of ours among
// them. Each is a finding about the first document of ours.
func (a *addresses) collisions() []Finding {
	var all []Finding
	for _, key := range slices.Sorted(maps.Keys(a.more)) {
		uses := append([]use{a.first[key]}, a.more[key]...)
		at := slices.IndexFunc(uses, func(u use) bool { return u.ours })
		if at < 0 {
			continue // the site's own affair
		}
		f := Finding{File: uses[at].file, Kind: Address, Hint: "give one of them another title, or close one of them in the tracker if they are the same"}
		if slices.ContainsFunc(uses, func(u use) bool { return u.alias }) {
			f.Kind, f.Hint = Alias, "take the alias out of one of them"
		}
		f.Text = "its " + uses[at].role() + " " + key + " is also the "
		for i, u := range slices.Delete(uses, at, at+1) {
			if i > 0 {
				f.Text += " and the "
			}
			f.Text += u.role() + " of " + u.file
		}
		all = append(all, f)
	}
	return all
}

// role says what the address is to the page.
func (u use) role() string {
	if u.alias {
		return "alias"
	}
	return "address"
}
