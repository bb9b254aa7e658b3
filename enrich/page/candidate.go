package page

// Candidate is one value that a field could have taken.
type Candidate struct {
	Value string `json:"value"`
	// Source names the place: "og:title", "json-ld headline", "h1", "text near headline".
	Source string `json:"source"`
	// Refused says why a value cannot win ("placeholder date", "logo"); empty where it could.
	Refused string `json:"refused,omitempty"`
	// Doubt says what speaks against a value that may still win, for want of a better one ("logo").
	Doubt string `json:"doubt,omitempty"`
}

// Property is one meta tag: its name in lower case, its content as written.
type Property struct {
	Name    string `json:"name"`
	Content string `json:"content"`
}

// Properties is a family of meta tags in the page's order.
type Properties []Property

// First returns the first value of name that is not empty.
func (ps Properties) First(name string) string {
	for _, p := range ps {
		if p.Name == name && p.Content != "" {
			return p.Content
		}
	}
	return ""
}

// All returns every value of name in order.
func (ps Properties) All(name string) []string {
	var all []string
	for _, p := range ps {
		if p.Name == name {
			all = append(all, p.Content)
		}
	}
	return all
}

// Groups returns the structured values of name as the Open Graph protocol defines arrays (ogp.me, "Arrays"): each
// "og:image" (or "og:image:url") begins a group, and "og:image:width" and its like belong to the group before them.
// The keys of a group are the last parts: "url", "width", "alt".
func (ps Properties) Groups(name string) []map[string]string {
	var groups []map[string]string
	for _, p := range ps {
		key, begins := groupKey(name, p.Name)
		if key == "" {
			continue
		}
		last := len(groups) - 1
		if begins && (last < 0 || p.Name == name || groups[last]["url"] != "") {
			if last >= 0 && p.Name != name && groups[last]["url"] == p.Content {
				continue // og:image:url that only repeats og:image
			}
			groups = append(groups, map[string]string{key: p.Content})
			continue
		}
		if last < 0 {
			groups = append(groups, map[string]string{})
			last = 0
		}
		if _, taken := groups[last][key]; !taken {
			groups[last][key] = p.Content
		}
	}
	return groups
}

// groupKey says which key of a group a property is, and whether it begins one.
func groupKey(name, property string) (key string, begins bool) {
	if property == name {
		return "url", true
	}
	if len(property) <= len(name)+1 || property[:len(name)] != name || property[len(name)] != ':' {
		return "", false
	}
	key = property[len(name)+1:]
	return key, key == "url"
}

// rank puts the candidates that may win before the refused ones, drops repetitions and empty values, and keeps the order.
func rank(all []Candidate) []Candidate {
	ranked := make([]Candidate, 0, len(all))
	for _, refused := range []bool{false, true} {
		for _, c := range all {
			if c.Value == "" || (c.Refused != "") != refused || len(ranked) >= maxCandidates || repeated(ranked, c) {
				continue
			}
			ranked = append(ranked, c)
		}
	}
	return ranked
}

// maxCandidates is how many candidates of one field are kept.
const maxCandidates = 50

func repeated(ranked []Candidate, c Candidate) bool {
	for i := range ranked {
		if ranked[i].Value == c.Value && ranked[i].Source == c.Source {
			return true
		}
	}
	return false
}

// keep ranks a field's candidates, stores them in the page, and returns the winner.
func (s *signals) keep(p *Page, field string, all []Candidate) string {
	ranked := rank(all)
	if len(ranked) == 0 {
		return ""
	}
	p.Sources[field] = ranked
	if ranked[0].Refused != "" {
		return ""
	}
	return ranked[0].Value
}
