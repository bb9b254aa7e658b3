package page

import (
	"slices"
	"strings"
)

// agents gives the names of the people a property holds, references followed, and what they are said to be.
func (s *signals) agents(n node, key string) (all []string, kind agentKind) {
	s.graph.each(n[key], func(t string, agent node) {
		if agent != nil {
			t = s.agentName(agent)
			switch {
			case agent.is(siteKinds) > 0:
				kind = organization
			case slices.Contains(agent.types(), "Person") && kind == anyone:
				kind = person
			}
		}
		all = append(all, t)
	})
	return all, kind
}

func (s *signals) agentName(agent node) string {
	if t := firstOf(agent.first("name"), agent.first("givenName")+" "+agent.first("familyName")); t != "" {
		return t
	}
	t := ""
	s.graph.each(agent["name"], func(_ string, inner node) { t = inner.first("name") })
	return t
}

// statedNames takes the names of those that structured data calls a person or an organisation as they stand: "The Honest
// Sorcerer", "Our Foreign Staff".
func statedNames(raw []string) []string {
	var names []string
	for _, r := range raw {
		if r = plain(r); len(r) <= 60 && len(words(r)) > 1 && len(words(r)) < 7 && !isAddress(r) && !isHelper(r) && dropLeadIn(r) == r && !lex().placeholders[strings.ToLower(r)] && !unfilled(r) {
			names = append(names, r)
		}
	}
	return names
}

func (s *signals) metaAuthors(name string) []string {
	most := 1
	if strings.HasPrefix(name, "citation_author") || name == "dc.creator" || name == "eprints.creators_name" {
		most = 3
	}
	values := s.metaAll(name)
	for i, v := range values {
		values[i] = givenFirst(eachGivenFirst(v), most)
	}
	return values
}

// givenFirst turns "Doe, Jane" round, as catalogues write names: always in citation tags, elsewhere only where each half is
// too short to be a whole name.
func givenFirst(v string, most int) string {
	family, given, found := strings.Cut(v, ",")
	if !found || strings.ContainsAny(given, ",;") || len(strings.Fields(family)) > most || len(strings.Fields(given)) > max(most, 2) {
		return v
	}
	if given = strings.TrimSpace(given); given == "" || hasRole(given) || isAgency(given) || isCredential(given) {
		return v
	}
	return given + " " + strings.TrimSpace(family)
}

// eachGivenFirst turns a list of catalogue names round: "Doe, Jane; Roe, John". Only semicolons between names that each have one
// comma tell such a list from names with their roles.
func eachGivenFirst(v string) string {
	pieces := strings.Split(strings.TrimRight(v, "; "), ";")
	if len(pieces) < 2 {
		return v
	}
	for i, piece := range pieces {
		turned := givenFirst(piece, 3)
		if turned == piece || hasRole(piece) || lex().outlets.has(piece) {
			return v
		}
		pieces[i] = turned
	}
	return strings.Join(pieces, "; ")
}
