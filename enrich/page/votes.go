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

// completed replaces the winner by a byline that holds more of the same: the full name where the winner is only a given name,
// and all names where two kinds of places in the visible text name others beside the winner's.
func completed(all []byline) []byline {
	if len(all) < 2 {
		return all
	}
	votes := countVotes(all)
	for i, b := range all[1:] {
		if isFuller(b, all[0]) || votes.of(b) > 1 && len(b.names) > len(all[0].names) && holdsAll(b.names, all[0].names) {
			ordered := append([]byline{b}, all[:i+1]...)
			return append(ordered, all[i+2:]...)
		}
	}
	return all
}

// isFuller tells that b gives the whole of a name of which first has only the beginning.
func isFuller(b, first byline) bool {
	if len(b.names) != 1 || len(first.names) != 1 || strings.ContainsAny(first.names[0], " ") {
		return false
	}
	given, _, found := strings.Cut(b.names[0], " ")
	return found && letters(given) == letters(first.names[0])
}

func holdsAll(names, some []string) bool {
	keys := map[string]bool{}
	for _, n := range names {
		keys[letters(n)] = true
	}
	for _, n := range some {
		if !keys[letters(n)] {
			return false
		}
	}
	return true
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
