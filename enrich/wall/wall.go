package wall

import "net/http"

// Kind says what stands in the way. Its text is stable and may be shown.
type Kind string

// The kinds of walls.
const (
	Bot       Kind = "bot wall"   // a challenge, or a refusal of programs
	Consent   Kind = "consent"    // cookies must be accepted first
	Login     Kind = "login"      // one must sign in first
	Parked    Kind = "parked"     // the domain is for sale, expired, suspended or empty
	SoftError Kind = "soft error" // a success whose page says that it is an error
)

// Answer is what is known of an answer. Every field may be empty.
type Answer struct {
	Asked  string      // the address that was asked for
	URL    string      // the address that answered, after all hops
	Status int         // HTTP status; 0 is a success
	Header http.Header // as sent
	HTML   []byte      // the page in UTF-8, or the beginning of it
}

// Finding names a wall.
type Finding struct {
	Kind   Kind
	Reason string // the evidence that weighed most, in a few words
}

// Hint says what a person can do about it.
func (f Finding) Hint() string {
	switch f.Kind {
	case Bot:
		return "the site turns programs away: open the link in a browser to see whether it is right; what was read on an earlier day stays"
	case Consent:
		return "the site shows its pages to those only who accept cookies: link to another copy of the page, or attach what is needed"
	case Login:
		return "the page is shown to those only who sign in: link to a public copy, or attach what is needed"
	case Parked:
		return "the site is no longer there: give the work package another link"
	case SoftError:
		return "the site says that the page is gone or out of order: open the link in a browser, and give the work package another one if it is so"
	}
	return ""
}

// Recognize weighs the evidence that an answer is a wall. ok is false for all
// that may be content.
func Recognize(a Answer) (found Finding, ok bool) {
	s := newScore(a)
	s.address(a)
	s.headers(a)
	if len(a.HTML) > 0 {
		s.page(scan(a.HTML))
	}
	return s.verdict()
}
