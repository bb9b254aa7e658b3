package page

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// posterNames reads who wrote the first post of a forum thread, where elements marked as users stand below the headline.
func (s *signals) posterNames() []byline {
	if !s.isForum() {
		return nil
	}
	for i := range s.people {
		e := &s.people[i]
		if e.marks&(markUser|markAuthor) == 0 || e.at < s.headlineAt() || e.in.zones(s.headlineAt())&(inNav|inFooter|inForm|inHidden|inAside|inHeader) != 0 {
			continue
		}
		if names := s.authorNames(firstOf(firstLink(e.node), text(e.node))); len(names) == 1 && len(names[0]) <= 40 {
			return []byline{{"poster", names, person}}
		}
	}
	return nil
}

// isForum tells a thread by its markup or its address.
func (s *signals) isForum() bool {
	for _, e := range s.subjects() {
		for _, t := range e.types() {
			if t == "DiscussionForumPosting" || t == "QAPage" || t == "Question" {
				return true
			}
		}
	}
	if s.served == nil {
		return false
	}
	address := strings.ToLower(s.served.Host + s.served.RequestURI())
	for _, sign := range []string{"forum", "thread", "topic", "/t/", "board", "viewtopic", "showthread", "community", "/comments/", "/questions/", "discuss"} {
		if strings.Contains(address, sign) {
			return true
		}
	}
	return false
}

// firstLink is the text of the first link below an element.
func firstLink(n *html.Node) string {
	t := ""
	visit(n, func(c *html.Node) {
		if t == "" && c.DataAtom == atom.A {
			t = text(c)
		}
	})
	return t
}
