package fetch

import (
	"errors"
	"net/http"
	"slices"
)

// Hint says what a person can do about the error, or nothing where there is
// nothing to do.
func (e *Error) Hint() string {
	switch e.Kind {
	case Status:
		return statusHint(e.Status)
	case BadURL:
		return "correct the link: it needs the form https://host/path"
	case Scheme:
		return "only http and https links can be fetched: give the page's web address"
	case Blocked:
		return e.blockedHint()
	case Disallowed:
		return e.robotsHint()
	case DNS:
		return "check the spelling of the host name, and whether the site still exists"
	case Refused, Reset, Truncated, Network:
		return "open the link in a browser; if it works there, run again later"
	case Timeout:
		return "run again later, or raise scrape.timeout"
	case TLS:
		return "open the link in a browser: the site's certificate or encryption is not accepted"
	case TooLarge:
		return "link to a smaller file or to the page that presents it"
	case TooManyHops, Loop:
		return "open the link in a browser and use the address it ends at"
	case Encoding:
		return "the server packs the page in a way that cannot be read: tell its operator, or link elsewhere"
	default:
		return ""
	}
}

// blockedHint never advises to open what no editor can mean: the addresses at
// which machines find their own secrets.
func (e *Error) blockedHint() string {
	var refused *refusedError
	if errors.As(e.Err, &refused) && (refused.addr.IsLinkLocalUnicast() || slices.Contains(metadataServices(), refused.addr.String())) {
		return "no web site has such an address; cloud machines keep their credentials there: " +
			"find out who put this link, and give the work package the page's public address"
	}
	return "open it with scrape.allow_private_hosts if this host is yours; else give the work package the page's public address"
}

func (e *Error) robotsHint() string {
	if e.Temporary() {
		return "the site cannot say today whether programs may read it: run again later, or set scrape.robots: ignore if you may"
	}
	return "the site asks programs not to read this page: ask its operator, link elsewhere, or set scrape.robots: ignore if you may"
}

func statusHint(code int) string {
	switch code {
	case http.StatusUnauthorized, http.StatusPaymentRequired, http.StatusForbidden:
		return "the site asks for a sign-in or turns programs away: open the link in a browser, or link to a free copy"
	case http.StatusNotFound, http.StatusGone:
		return "the page is gone: give the work package another link"
	case http.StatusTooManyRequests:
		return "the site asks for fewer requests: raise scrape.per_host.interval and run again later"
	}
	if code >= http.StatusInternalServerError {
		return "the site has trouble of its own: run again later"
	}
	return "open the link in a browser to see what the site answers"
}
