package page

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// nearbyDates finds dates in the plain text around the headline ("By NAME | March 4, 2021", "Stand: 04.03.2021"), and, where none of
// them speaks of the publication, those that a label far from it does.
func (s *signals) nearbyDates() []placed {
	if s.headline == nil {
		return nil
	}
	all := s.headlineDate()
	for _, near := range s.around(s.headline, 12, 40) {
		if p, ok := s.dateIn(near); ok {
			all = append(all, p)
		}
		if len(all) >= 3 {
			break
		}
	}
	if !slices.ContainsFunc(all, func(p placed) bool { return !p.change }) {
		all = append(all, s.labelledDates()...)
	}
	return all
}

// headlineDate is the date in what stands in the heading beside the headline.
func (s *signals) headlineDate() []placed {
	t := text(s.headline.node)
	if len(t) > 400 || t == headingText(s.headline.node) {
		return nil
	}
	d, ok := findDate(t, s.order())
	if !ok {
		return nil
	}
	return []placed{{dated{Candidate{Value: d.String(), Source: "headline"}, d}, s.headline.at, false}}
}

// dateIn reads the date of a text run near the headline, and what its label makes of it.
func (s *signals) dateIn(near run) (placed, bool) {
	t := near.node.Data
	if len(t) > 400 {
		t = cutText(t, 100) // a date line is at the beginning
	}
	if !hasDigit(t) || near.in.zones(s.headline.at)&inCaption != 0 {
		return placed{}, false
	}
	t = squeeze(t)
	if len(t) > 20 && strings.Contains(s.title, t) {
		return placed{}, false // the headline once more
	}
	d, start, end, ok := locateDate(t, s.order())
	if !ok && near.node.Parent != nil && near.node.Parent.FirstChild != near.node.Parent.LastChild {
		if whole := text(near.node.Parent); len(whole) < 160 {
			t = whole
			d, start, end, ok = locateDate(t, s.order())
		}
	}
	if !ok || start > 120 || start > 60 && len(t)-end > 60 || inSentence(near.node) {
		return placed{}, false // a day that a sentence tells of
	}
	label := cutText(t[:start], 60)
	if before := s.runBefore(near.at); blank(label) && !hasDigit(before) {
		label = before
	}
	if tellsOfEvent(t, start, end) || blank(t[:start]) && lex().namesEvent(s.eventLabel(near.at)) {
		return placed{}, false
	}
	return placed{dated{Candidate{Value: d.String(), Source: "text near headline"}, d}, near.at, lex().changed.has(label)}, !lex().deadlines.has(label)
}

// labelledDates finds dates that a label calls the publication, wherever they stand in the content: tables and lists of
// facts, imprints below the text. Where more than two days are so called, the page is a list of others.
func (s *signals) labelledDates() []placed {
	var all []placed
	days := map[string]bool{}
	for i := range s.runs {
		if s.runs[i].in.zones(s.headline.at)&(offside&^inAside) != 0 || !lex().published.has(s.shortRun(i)) {
			continue
		}
		for _, near := range []int{i, i + 1, i - 1} {
			if d, ok := findDate(s.shortRun(near), s.order()); ok {
				days[d.Day()] = true
				all = append(all, placed{dated{Candidate{Value: d.String(), Source: "labelled text"}, d}, s.runs[i].at, false})
				break
			}
		}
		if len(days) > 2 {
			return nil
		}
	}
	return all
}

// shortRun is the text of the run with an index where that is no longer than a label or a date.
func (s *signals) shortRun(i int) string {
	if i < 0 || i >= len(s.runs) || len(s.runs[i].node.Data) > 300 {
		return ""
	}
	if t := squeeze(s.runs[i].node.Data); len(t) <= 80 {
		return t
	}
	return ""
}

// runBefore is the text of the run before a place.
func (s *signals) runBefore(at int) string {
	if i := s.runAfter(at-1) - 1; i >= 0 {
		return squeeze(cutText(s.runs[i].node.Data, 60))
	}
	return ""
}

// inSentence tells a text in the middle of a long paragraph.
func inSentence(n *html.Node) bool {
	if startsLine(n) {
		return false
	}
	block := n.Parent
	for block.Parent != nil && inline(block.DataAtom) {
		block = block.Parent
	}
	return (block.DataAtom == atom.P || block.DataAtom == atom.Li) && len(text(block)) > 250
}
