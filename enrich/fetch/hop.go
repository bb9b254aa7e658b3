package fetch

// Reason says how a chain came to an address.
type Reason string

// The reasons. A permanent redirect (301, 308) says that the new address
// replaces the old one for good.
const (
	Given             Reason = "given" // the caller named it
	MultipleChoices   Reason = "300"
	MovedPermanently  Reason = "301"
	Found             Reason = "302"
	SeeOther          Reason = "303"
	TemporaryRedirect Reason = "307"
	PermanentRedirect Reason = "308"
	RefreshHeader     Reason = "refresh header"
	MetaRefresh       Reason = "meta refresh"
	// NoscriptRefresh is a meta refresh within noscript: what the page has for
	// readers like us, who run no scripts. Some redirectors have only this; on
	// other pages it leads to a plea to turn scripts on.
	NoscriptRefresh Reason = "noscript refresh"
)

// Hop is one address of a chain: the given one, each one after it, the last
// one being that of the response or of the error. Addresses carry no user info.
type Hop struct {
	URL     string  // the address as it was named, made absolute
	Clean   string  // the same, cleaned; for the given address the same as URL
	Visited string  // the one that was asked: Clean, or URL where Clean had been visited before
	Reason  Reason  // what led here
	Status  int     // the answer's status; 0 if there was none
	Robots  Verdict // what the host's robots.txt says of the visit
}
