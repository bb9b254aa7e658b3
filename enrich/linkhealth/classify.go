package linkhealth

import (
	"crypto/x509"
	"errors"
	"net/http"
	"strings"

	"ingest/enrich/fetch"
	"ingest/enrich/wall"
)

// ofSuccess is the evidence of a resource that answered.
func ofSuccess(asked string, r *fetch.Response) Evidence {
	v := r.Validators()
	e := Evidence{Class: Alive, Status: r.Status, Final: ending(r.Hops), Version: v.ETag}
	if e.Version == "" {
		e.Version = v.LastModified
	}
	if e.Final != "" && sentHome(asked, e.Final) {
		e.Class, e.Detail = Home, "leads to "+e.Final
		return e
	}
	if to := replaced(r.Hops); to != "" && to != asked && !wall.Detour(asked, to) {
		e.Moved = to
	}
	return e
}

// behind is the evidence of a success that shows a wall.
func (e Evidence) behind(found wall.Finding) Evidence {
	class := Refused
	switch found.Kind {
	case wall.Parked:
		class = Parked
	case wall.SoftError:
		class = SoftGone
	}
	return Evidence{Class: class, Detail: string(found.Kind) + ": " + found.Reason, Status: e.Status, Final: e.Final}
}

// ending is the last address of a chain that leads on, "" of one that does not.
func ending(hops []fetch.Hop) string {
	if len(hops) < 2 {
		return ""
	}
	return hops[len(hops)-1].Clean
}

// replaced is how far a chain leads by redirects that are for good.
func replaced(hops []fetch.Hop) (to string) {
	for i, hop := range hops {
		if i > 0 && hop.Reason != fetch.MovedPermanently && hop.Reason != fetch.PermanentRedirect {
			break
		}
		to = hop.Clean
	}
	return to
}

// maxError caps the text of an error, in bytes: it is kept with the evidence.
const maxError = 500

// ofError is the evidence of a visit that failed.
func ofError(asked string, err error) Evidence {
	e := Evidence{Class: Unknown, Error: strings.ToValidUTF8(err.Error()[:min(len(err.Error()), maxError)], "")}
	failure, ok := errors.AsType[*fetch.Error](err)
	if !ok {
		return e
	}
	e.Final = ending(failure.Hops)
	e.Class, e.Detail = classOf(asked, failure)
	e.Status = failure.Status
	return e
}

func classOf(asked string, e *fetch.Error) (Class, string) {
	switch e.Kind {
	case fetch.Status:
		return classOfStatus(asked, e)
	case fetch.DNS:
		if e.Temporary() {
			return DNS, Temporary
		}
		return DNS, NoSuchHost
	case fetch.TLS:
		return TLS, certificate(e)
	case fetch.Refused, fetch.Reset, fetch.Timeout, fetch.Network, fetch.Truncated:
		return Connection, string(e.Kind)
	case fetch.TooLarge, fetch.Encoding: // a success, though not one for us
		return Alive, string(e.Kind)
	case fetch.Disallowed:
		return classOfRobots(e.RobotsStatus()), RobotsTxt
	}
	return Unknown, string(e.Kind)
}

// classOfRobots judges a site that keeps us away: by a rule (0), or by trouble
// that it has with its robots.txt as with everything else.
func classOfRobots(status int) Class {
	switch {
	case status == http.StatusTooManyRequests:
		return Refused
	case isServer(status):
		return Server
	}
	return Unknown
}

func classOfStatus(asked string, e *fetch.Error) (Class, string) {
	found, walled := wallOf(asked, e)
	switch s := e.Status; {
	case walled && found.Kind == wall.Bot:
		return Refused, string(found.Kind) + ": " + found.Reason
	case s == http.StatusNotFound || s == http.StatusGone:
		return Gone, ""
	case isServer(s), s == http.StatusRequestTimeout, s == http.StatusTooEarly:
		return Server, ""
	case s >= 400: // some sites have numbers of their own for it, beyond 599
		return Refused, ""
	}
	return Unknown, ""
}

func isServer(status int) bool { return status >= 500 && status <= 599 }

// wallOf recognises a wall in what came with a refusal. Walls come with 503 and
// with no other status of a server in trouble.
func wallOf(asked string, e *fetch.Error) (wall.Finding, bool) {
	if e.Answer == nil || isServer(e.Status) && e.Status != http.StatusServiceUnavailable {
		return wall.Finding{}, false
	}
	html, _, err := fetch.Decode(e.Answer.Body, e.Answer.Header.Get("Content-Type"))
	if err != nil {
		html = nil // the headers may still tell
	}
	return wall.Recognize(wall.Answer{Asked: asked, URL: e.URL, Status: e.Status, Header: e.Answer.Header, HTML: html})
}

// certificate tells what is wrong with a site's encryption.
func certificate(err error) string {
	var invalid x509.CertificateInvalidError
	var host x509.HostnameError
	var authority x509.UnknownAuthorityError
	switch {
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return Expired
	case errors.As(err, &host):
		return WrongHost
	case errors.As(err, &authority):
		return UnknownAuthority
	}
	return Handshake
}
