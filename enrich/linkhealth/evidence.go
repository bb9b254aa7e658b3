package linkhealth

import "time"

// Class says what a check found. Its text is stable and may be stored.
type Class string

// The classes.
const (
	Alive      Class = "alive"      // the resource answered; Evidence.Moved where it has a new address
	Gone       Class = "gone"       // 404 or 410
	Parked     Class = "parked"     // a success that shows a domain for sale, expired or suspended
	SoftGone   Class = "soft 404"   // a success whose page says that there is no such page
	Home       Class = "sent home"  // a deep path that leads to the site's front page
	Refused    Class = "refused"    // 401, 403, 429 and the like, or a wall: the site is there
	Server     Class = "server"     // 5xx: trouble of the site's own
	DNS        Class = "dns"        // the host name has no address, or its name server gave no answer
	TLS        Class = "tls"        // no trusted encryption
	Connection Class = "connection" // nothing listens, no answer in time, dropped
	Unknown    Class = "unknown"    // could not be asked: robots.txt, a private address, a redirect loop
)

// Details of a class, where it has several kinds. Connection has those of
// fetch.Kind, Parked and SoftGone the words that gave them away.
const (
	NoSuchHost       = "no such host"
	Temporary        = "temporary failure"
	Expired          = "certificate expired"
	WrongHost        = "certificate for another host"
	UnknownAuthority = "certificate of an unknown authority"
	Handshake        = "handshake failed"
	RobotsTxt        = "robots.txt"
	ReadByRun        = "read by an ordinary run" // of Alive: no check of its own
)

// Evidence is what one check found.
type Evidence struct {
	At     time.Time `json:"at"`
	Class  Class     `json:"class"`
	Detail string    `json:"detail,omitempty"`
	Status int       `json:"status,omitempty"` // HTTP status; 0 when there was none
	Error  string    `json:"error,omitempty"`  // what went wrong, as it was met
	Final  string    `json:"final,omitempty"`  // where the visit ended, "" where it began
	// Moved is the address that the link's own redirects for good (301, 308)
	// name in its place, "" when there is none.
	Moved string `json:"moved,omitempty"`
	// Version names what was read (ETag or Last-Modified), "" when nothing does.
	Version string `json:"version,omitempty"`
}

// Network reports whether a broken network of this machine's own would look
// like this.
func (e Evidence) Network() bool {
	return e.Class == DNS || e.Class == TLS || e.Class == Connection
}

// failed reports whether the evidence counts towards a link's death.
func (e Evidence) failed() bool { return e.gone() || e.Network() || e.Class == Server }

// gone reports whether somebody was reached who says that the page is not there.
func (e Evidence) gone() bool {
	return e.Class == Gone || e.Class == Parked || e.Class == SoftGone
}
