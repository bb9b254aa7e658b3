package page

import (
	"strings"
)

// outvoted puts the first byline behind one that at least two other kinds of places agree on, if no second place
// supports the first: a publisher in the author tag against the byline in text and links.
func outvoted(all []byline) []byline {
	if len(all) < 3 {
		return all
	}
	votes := countVotes(all)
	if votes.of(all[0]) > 1 {
		return all
	}
	for i, b := range all[1:] {
		if votes.of(b) > 1 {
			ordered := append([]byline{b}, all[:i+1]...)
			return append(ordered, all[i+2:]...)
		}
	}
	return all
}

// votes are the kinds of places that give the same names.
type votes map[string]map[string]bool

func countVotes(all []byline) votes {
	v := votes{}
	for _, b := range all {
		key := letters(strings.Join(b.names, ""))
		if v[key] == nil {
			v[key] = map[string]bool{}
		}
		v[key][b.source] = true
	}
	return v
}

func (v votes) of(b byline) int { return len(v[letters(strings.Join(b.names, ""))]) }
