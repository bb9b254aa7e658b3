package openproject

import (
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"strings"
	"syscall"
)

// TransportError says that no whole answer came: no connection, a timeout, a
// connection that broke in the middle, a redirect that is not followed.
type TransportError struct {
	Op     string
	Method string
	URL    string // without credentials
	Err    error
}

func (e *TransportError) Error() string {
	return fmt.Sprintf("%s: %s %s: %v", e.Op, e.Method, place(e.URL), e.Err)
}

func (e *TransportError) Unwrap() error { return e.Err }

// Hint tells where to look first.
func (e *TransportError) Hint() string {
	var redirect *RedirectError
	var dns *net.DNSError
	var unknown x509.UnknownAuthorityError
	var invalid x509.CertificateInvalidError
	var name x509.HostnameError
	var timeout net.Error
	switch {
	case errors.As(e.Err, &redirect):
		return redirect.Hint()
	case errors.As(e.Err, &dns):
		return "the host name in tracker.url is not known here: check its spelling and the network"
	case errors.As(e.Err, &unknown), errors.As(e.Err, &invalid), errors.As(e.Err, &name):
		return "the tracker's certificate is not accepted: check the host name in tracker.url and the certificates of this machine"
	case errors.Is(e.Err, syscall.ECONNREFUSED):
		return "nothing listens there: check host and port in tracker.url"
	case errors.As(e.Err, &timeout) && timeout.Timeout():
		return "the tracker did not answer in time: try again later"
	}
	return "the connection to the tracker broke: try again, then check tracker.url and the network"
}

// place is an address without its query: filters and sort orders say nothing to a
// person. The log of requests has them.
func place(address string) string {
	address, _, _ = strings.Cut(address, "?")
	return address
}

// PayloadError says that an answer came but is not what the API promises: not
// whole, not JSON, or without what every such object has. Nothing of the answer
// is used.
type PayloadError struct {
	Op  string
	URL string // without credentials
	Err error
}

func (e *PayloadError) Error() string {
	return fmt.Sprintf("%s: unreadable answer of %s: %v", e.Op, place(e.URL), e.Err)
}

func (e *PayloadError) Unwrap() error { return e.Err }

// Hint asks for a report: a reader can do little else.
func (e *PayloadError) Hint() string {
	return "a proxy may have cut or changed the answer; if it comes again, report it with the tracker's version"
}

// NameError says that a name given by a person matches nothing, or several
// things, in the tracker. Names are compared trimmed and case-folded.
type NameError struct {
	Kind    string   // "type", "status" or "custom field"
	Name    string   // as it was given
	Known   []string // the names that exist there
	Matches []string // what the name matches; empty or at least two
}

func (e *NameError) Error() string {
	if len(e.Matches) > 0 {
		return fmt.Sprintf("%s %q is ambiguous: it matches %s", e.Kind, e.Name, strings.Join(e.Matches, ", "))
	}
	return fmt.Sprintf("no %s %q in the tracker", e.Kind, e.Name)
}

// Hint lists what there is.
func (e *NameError) Hint() string {
	switch {
	case len(e.Matches) > 0:
		return fmt.Sprintf("rename one of them in OpenProject, so that the name of each %s is its own", e.Kind)
	case len(e.Known) == 0:
		return fmt.Sprintf("the user of tracker.api_key sees no %s there", e.Kind)
	}
	return "there are: " + strings.Join(e.Known, ", ")
}

// IncompleteError says that a listing could not reach all the rows the tracker
// counts. Of work packages, every row that was reached has been yielded.
type IncompleteError struct {
	Op    string
	Got   int // rows read since the last bound that could be trusted
	Total int // rows the tracker counts there
}

func (e *IncompleteError) Error() string {
	return fmt.Sprintf("%s: the tracker counts %d rows but gave only %d", e.Op, e.Total, e.Got)
}

// Hint tells what it usually is.
func (e *IncompleteError) Hint() string {
	return "something between here and the tracker ignores paging, or rows change faster than they can be read: run again; nothing is taken for deleted"
}
