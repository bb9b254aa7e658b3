package fetch

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"time"
)

// Kind says what went wrong. Its text is stable and may be stored.
type Kind string

// The kinds of failure.
const (
	BadURL      Kind = "bad URL"       // cannot be read as an address
	Scheme      Kind = "scheme"        // neither http nor https
	Blocked     Kind = "blocked"       // the guard refuses the network address
	DNS         Kind = "dns"           // the host name has no address
	Refused     Kind = "refused"       // nothing listens there, or no way there
	Reset       Kind = "reset"         // the connection was dropped before an answer
	Timeout     Kind = "timeout"       // a limit of Options.Timeout was reached
	TLS         Kind = "tls"           // certificate or handshake
	Status      Kind = "status"        // an answer that is not the resource: see Error.Status
	TooLarge    Kind = "too large"     // the unpacked body passes Request.MaxBytes
	TooManyHops Kind = "too many hops" // Options.MaxHops was reached
	Loop        Kind = "loop"          // a redirect to where the chain has been
	Encoding    Kind = "encoding"      // content coding unknown or its data broken
	Truncated   Kind = "truncated"     // the body ended before its announced end
	Disallowed  Kind = "disallowed"    // by the site's robots.txt, or by trouble to get it
	Canceled    Kind = "canceled"      // the caller's context ended
	Network     Kind = "network"       // anything else on the wire
)

// Temporary reports whether the same request may well succeed when it is made
// again soon. [Status] and [DNS] depend on more than the kind: ask
// [Error.Temporary].
func (k Kind) Temporary() bool {
	return k == Timeout || k == Reset || k == Truncated
}

// Error is a failure of one [Client.Get] or of reading its body.
type Error struct {
	URL        string        // the address at which it happened, without user info
	Kind       Kind          // what happened
	Status     int           // the HTTP status, for kind Status; else 0
	RetryAfter time.Duration // what the server asked us to wait; 0 if it did not. Nothing helps before
	Hops       []Hop         // the chain so far, this address last
	Answer     *Answer       // what came with the status, for kind Status; else nil
	Err        error         // the cause; nil for a plain status
}

// Answer is what a server sent instead of the resource: it often tells a bot
// wall or a sign-in from a page that is gone.
type Answer struct {
	Header http.Header
	Body   []byte // unpacked, its first 64 KB at most; what could be read of it
}

// Error says what happened to which address.
func (e *Error) Error() string {
	text := "fetch " + e.URL
	if len(e.Hops) > 1 {
		text += " (from " + e.Hops[0].URL + ")"
	}
	if e.Kind == Status {
		text += ": " + statusText(e.Status)
	} else {
		text += ": " + string(e.Kind)
	}
	if e.Err != nil {
		text += ": " + e.Err.Error()
	}
	return text
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// Temporary reports whether the same request may well succeed when it is made
// again soon: a passing kind, a status that tells of a passing state, a name
// server that said it could not answer now, or a robots.txt that a site in
// trouble could not give.
func (e *Error) Temporary() bool {
	switch e.Kind {
	case Status:
		return passing(e.Status)
	case Disallowed:
		var away *robotsAwayError
		return errors.As(e.Err, &away)
	case DNS:
		var d *net.DNSError
		return errors.As(e.Err, &d) && d.Temporary() && !d.IsNotFound
	default:
		return e.Kind.Temporary()
	}
}

// RobotsStatus is the status of the robots.txt of a site in trouble, when that
// is why the visit was not made; else 0.
func (e *Error) RobotsStatus() int {
	var away *robotsAwayError
	if errors.As(e.Err, &away) {
		return away.status
	}
	return 0
}

// passing knows the statuses that tell of a passing state: the server's own
// (RFC 9110, 15; RFC 6585, 4; RFC 8470, 5.2), and those by which Cloudflare
// says that the server behind it did not answer (520 to 524).
func passing(status int) bool {
	switch status {
	case http.StatusRequestTimeout, http.StatusTooEarly, http.StatusTooManyRequests,
		http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return true
	}
	return status >= 520 && status <= 524
}

func statusText(code int) string {
	if name := http.StatusText(code); name != "" {
		return strconv.Itoa(code) + " " + name
	}
	return fmt.Sprintf("status %d", code)
}

// kindError is a failure whose kind is known where it arises; the chain turns
// it into an [*Error] that knows the address and the hops.
type kindError struct {
	kind Kind
	err  error
}

func (e *kindError) Error() string { return e.err.Error() }
func (e *kindError) Unwrap() error { return e.err }

// faultf makes a kindError; %w works.
func faultf(kind Kind, format string, args ...any) error {
	return &kindError{kind: kind, err: fmt.Errorf(format, args...)}
}

// statusError is an answer that is neither the resource nor a redirect.
type statusError struct {
	status     int
	retryAfter time.Duration
	answer     *Answer // nil if nobody was asked, see hosts.enter
}

// notAsked says why nobody was asked, or nil when somebody was.
func (e *statusError) notAsked() error {
	if e.answer != nil {
		return nil
	}
	return fmt.Errorf("not asked again: the host wants no request for %s", e.retryAfter.Round(time.Second))
}

func (e *statusError) Error() string { return statusText(e.status) }
