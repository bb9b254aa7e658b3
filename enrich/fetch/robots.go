package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"
)

// Robots says whether robots.txt files are obeyed. The zero value is Obey.
type Robots string

// The two ways to treat a robots.txt.
const (
	Obey   Robots = "obey"
	Ignore Robots = "ignore"
)

// Verdict is what a site's robots.txt says of a visit.
type Verdict string

// The verdicts. Only [VerdictDisallowed] and [VerdictUnknown] keep us away.
const (
	VerdictAllowed    Verdict = "allowed"    // a robots.txt was read and lets us in
	VerdictDisallowed Verdict = "disallowed" // a rule of it keeps us out
	VerdictNone       Verdict = "none"       // the site has no robots.txt (RFC 9309, 2.3.1.3)
	VerdictUnknown    Verdict = "unknown"    // it could not be had today (RFC 9309, 2.3.1.4)
	VerdictIgnored    Verdict = "ignored"    // nobody asked, because Options.Robots says so
)

const (
	maxRobots     = 500 << 10 // what must be read of a robots.txt at least (RFC 9309, 2.5)
	robotsHops    = 5         // how many redirects must be followed at least (RFC 9309, 2.3.1.2)
	maxCrawlDelay = 30 * time.Second
)

// permit finds out whether u may be visited, and notes the verdict on the
// present hop. The delay is what the site wants between two requests.
func (ch *chain) permit(ctx context.Context, u *url.URL) (delay time.Duration, err error) {
	hop := &ch.hops[len(ch.hops)-1]
	if ch.client.options.Robots == Ignore || ch.forRobots {
		hop.Robots = VerdictIgnored
		return 0, nil
	}
	said, err := ch.client.robots.of(ctx, u)
	if err != nil {
		hop.Robots = VerdictUnknown
		return 0, err
	}
	rule := said.rules.ruling(u.RequestURI())
	switch {
	case said.none:
		hop.Robots = VerdictNone
	case rule == nil || rule.allow || u.Path == robotsPath:
		hop.Robots = VerdictAllowed
	default:
		hop.Robots = VerdictDisallowed
		return 0, &kindError{Disallowed, &ruledOutError{file: robotsURL(u), rule: rule}}
	}
	return said.rules.delay, nil
}

// ruledOutError is a refusal by a rule.
type ruledOutError struct {
	file string
	rule *robotsRule
}

func (e *ruledOutError) Error() string { return e.file + " " + e.rule.refusal() }

// robotsAwayError is a site whose trouble keeps its robots.txt from us.
type robotsAwayError struct {
	file       string
	status     int
	retryAfter time.Duration
}

func (e *robotsAwayError) Error() string { return e.file + ": " + statusText(e.status) }

const robotsPath = "/robots.txt"

func robotsURL(u *url.URL) string {
	return (&url.URL{Scheme: u.Scheme, Host: u.Host, Path: robotsPath}).String()
}

// askRobots fetches and reads the robots.txt of u's host, by the same door as
// everything else. A site that answers but has none allows all; trouble that
// may pass is an error, for a site in trouble is to be left alone
// (RFC 9309, 2.3.1.3 and 2.3.1.4). Too many requests are trouble, not absence.
func (c *Client) askRobots(ctx context.Context, u *url.URL) (said, error) {
	walk := &chain{client: c, forRobots: true, request: Request{URL: robotsURL(u), MaxBytes: MaxPDF, Accept: "text/plain,*/*;q=0.5"}}
	res, err := walk.run(ctx)
	if err != nil {
		return said{none: true}, robotsTrouble(err)
	}
	defer res.Body.Close() //nolint:errcheck // ours never fails
	file, err := io.ReadAll(io.LimitReader(res.Body, maxRobots))
	if err != nil {
		return said{none: true}, robotsTrouble(err)
	}
	if len(file) == maxRobots { // half a path is a rule about other pages
		file = wholeLines(file)
	}
	return said{rules: parseRobots(file, c.product)}, nil
}

func wholeLines(file []byte) []byte {
	for i := len(file); i > 0; i-- {
		if file[i-1] == '\n' || file[i-1] == '\r' {
			return file[:i]
		}
	}
	return nil
}

// robotsTrouble gives the error that keeps us from a site, or nil where the
// failure to get its robots.txt means that there is none.
func robotsTrouble(err error) error {
	var e *Error
	if !errors.As(err, &e) {
		return err
	}
	switch e.Kind {
	case Status:
		if e.Status < http.StatusInternalServerError && e.Status != http.StatusTooManyRequests {
			return nil
		}
		return &kindError{Disallowed, &robotsAwayError{e.URL, e.Status, e.RetryAfter}}
	case TooManyHops, Loop, BadURL, Scheme, Encoding, TooLarge:
		return nil
	case Blocked:
		if len(e.Hops) > 1 { // a redirect to where nobody may go
			return nil
		}
	}
	return &kindError{e.Kind, fmt.Errorf("robots.txt: %w", e.Err)}
}
