package wall

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
)

// finding is what all weights of a kind must reach.
const finding = 10

// sentence is how many letters at least make one.
const sentence = 30

// tally is the evidence for one kind.
type tally struct {
	sum      int // of rows
	titles   int // what titles and headings add to it, capped
	said     int // what texts add to it, capped
	weak     int // what hints add to it, capped
	strongly bool
	decided  bool
	reason   string
	weight   int // of the row that gave the reason
	address  bool
}

// score is the evidence of one answer.
type score struct {
	status int
	host   string // of the answer, without "www."
	tally  map[Kind]*tally
	facts  *facts
	met    []row // the evidence
}

func newScore(a Answer) *score {
	return &score{status: a.Status, host: strings.TrimPrefix(parseAddress(a.URL).host, "www."), tally: map[Kind]*tally{}, facts: &facts{}}
}

func (s *score) of(k Kind) *tally {
	if s.tally[k] == nil {
		s.tally[k] = &tally{}
	}
	return s.tally[k]
}

// refuses reports a status by which sites turn away (202 and 405 are those of
// one large protection service).
func (s *score) refuses() bool {
	switch s.status {
	case http.StatusAccepted, http.StatusUnauthorized, http.StatusForbidden, http.StatusMethodNotAllowed, http.StatusNotAcceptable,
		http.StatusTeapot, http.StatusTooManyRequests, http.StatusServiceUnavailable:
		return true
	}
	return false
}

// add counts a row that was found. Hints count for five in all, titles for
// eight and texts for twelve: saying one thing often does not make it true.
func (s *score) add(r row, reason string) {
	t := s.of(r.kind)
	s.met = append(s.met, r)
	switch {
	case r.weight < 6:
		t.sum += min(r.weight, 5-t.weak)
		t.weak = min(5, t.weak+r.weight)
	case strings.HasPrefix(r.place, "title"):
		t.sum += min(r.weight, 8-t.titles)
		t.titles = min(8, t.titles+r.weight)
	case r.place == "text" && r.weight < 20:
		t.sum += min(r.weight, 12-t.said)
		t.said = min(12, t.said+r.weight)
	default:
		t.sum += r.weight
	}
	t.strongly = t.strongly || r.weight >= 6
	t.decided = t.decided || r.weight >= 20
	if r.weight > t.weight {
		t.reason, t.weight = reason, r.weight
	}
}

// headers looks at the status and the headers. Those that protection services
// put on every answer count where the answer is a refusal.
func (s *score) headers(a Answer) {
	for _, r := range table().other["status"] {
		if r.pattern == strconv.Itoa(a.Status) {
			s.add(r, "status "+r.pattern)
		}
	}
	for _, r := range table().other["header"] {
		name, part, _ := strings.Cut(r.pattern, ":")
		part = strings.TrimSpace(part)
		for _, value := range a.Header.Values(name) {
			if strings.Contains(strings.ToLower(value), part) && (r.weight >= 20 && r.kind != Login || s.refuses()) {
				s.add(r, "header "+strings.TrimSuffix(r.pattern, ":"))
			}
		}
	}
}

// page looks at what the page shows. Of one that is content the titles are
// looked at only.
func (s *score) page(f *facts) {
	s.facts = f
	for i, title := range f.titles {
		s.title(title, i)
	}
	if f.content() {
		return
	}
	s.search("text", plain(string(f.shown)), "it says")
	s.search("mark", string(f.marks), "its code has")
	s.search("code", string(f.code), "its code has")
}

// search looks for the rows of a place.
func (s *score) search(place, where, saying string) {
	for _, r := range table().other[place] {
		if pattern, ok := s.fill(r.pattern); ok && strings.Contains(where, pattern) {
			s.add(r, fmt.Sprintf("%s %q", saying, pattern))
		}
	}
}

// fill puts the host in its place. Without one such a pattern is never found.
func (s *score) fill(pattern string) (string, bool) {
	if !strings.Contains(pattern, "{host}") {
		return pattern, true
	}
	return strings.ReplaceAll(pattern, "{host}", s.host), s.host != ""
}

// verdict weighs what was found. Where several kinds reach the mark, one that
// a single row decided goes first, then the order in which one hides the other.
func (s *score) verdict() (Finding, bool) {
	kinds := []Kind{Bot, Consent, Login, Parked, SoftError}
	for _, enough := range []func(Kind, *tally) bool{func(_ Kind, t *tally) bool { return t.decided }, s.suffices} {
		for _, kind := range kinds {
			if t := s.tally[kind]; t != nil && (kind != SoftError || s.status < http.StatusBadRequest) && enough(kind, t) {
				return Finding{kind, t.reason}, true
			}
		}
	}
	return Finding{}, false
}

// suffices reports whether the evidence reaches the mark; hints alone never do,
// but for a refusal.
func (s *score) suffices(kind Kind, t *tally) bool {
	return t.sum+s.circumstances(kind, t) >= finding && (t.strongly || kind == Bot && s.refuses())
}

// circumstances weighs what says nothing by itself.
func (s *score) circumstances(kind Kind, t *tally) int {
	n := 0
	f := s.facts
	if (f.thin() || kind == Consent && f.consentOnly()) && (kind != Login || f.password || t.address) {
		n += 4
	}
	if kind == Login && f.password {
		n += 4
	}
	if kind == Bot && s.refuses() {
		n += 4
	}
	if kind == Bot && f.described {
		n -= 4
	}
	if kind == Bot && (f.told >= sentence || f.fields > 1) { // the captcha is that of a form for comments or letters
		n -= 6
	}
	return n - f.published(kind)
}
