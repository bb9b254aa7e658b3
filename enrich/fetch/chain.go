package fetch

import (
	"context"
	"errors"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"slices"

	"golang.org/x/net/publicsuffix"
)

// chain is the walk of one Get: where it has been and what it was given there.
type chain struct {
	client  *Client
	request Request
	hops    []Hop
	seen    []string // states, see state
	jar     http.CookieJar

	forRobots bool // the walk is to a robots.txt, which needs no permit
}

// run visits addresses until one leads nowhere else.
func (ch *chain) run(ctx context.Context) (*Response, error) {
	u, err := resolve(nil, ch.request.URL)
	if err != nil {
		return nil, ch.fail(redact(ch.request.URL), err)
	}
	given := u.String()
	ch.hops = []Hop{{URL: given, Clean: given, Visited: given, Reason: Given}}
	for {
		ch.seen = append(ch.seen, ch.state(u))
		x, err := ch.visit(ctx, u)
		if err != nil {
			return nil, err
		}
		next, err := ch.onward(ctx, u, x)
		if err == nil && next == nil {
			return ch.response(x), nil
		}
		x.body.drop()
		if err != nil {
			return nil, ch.fail(u.String(), err)
		}
		u = next
	}
}

// enter turns the target of a hop into the address to visit, and records it.
func (ch *chain) enter(ctx context.Context, target *url.URL, reason Reason) (*url.URL, error) {
	clean := ch.clean(ctx, target)
	visit := clean
	if ch.visited(clean) {
		visit = target
	}
	if slices.Contains(ch.seen, ch.state(visit)) {
		return nil, faultf(Loop, "%s leads back to %s", reason, visit)
	}
	if limit := ch.maxHops(); len(ch.hops) > limit {
		return nil, faultf(TooManyHops, "%s to %s would be one more than %d", reason, visit, max(0, limit))
	}
	ch.hops = append(ch.hops, Hop{URL: target.String(), Clean: clean.String(), Visited: visit.String(), Reason: reason})
	return visit, nil
}

func (ch *chain) maxHops() int {
	if ch.forRobots {
		return robotsHops
	}
	return ch.client.options.MaxHops
}

// clean applies Options.Clean. A result that cannot be visited is not used.
func (ch *chain) clean(ctx context.Context, target *url.URL) *url.URL {
	raw := target.String()
	cleaned := ch.client.options.Clean(raw)
	if cleaned == raw {
		return target
	}
	u, err := resolve(nil, cleaned)
	if err != nil {
		ch.client.options.Logger.WarnContext(ctx, "cleaned address cannot be visited", "url", raw, "error", err)
		return target
	}
	return u
}

// visited reports whether the chain has been at u, with any cookies.
func (ch *chain) visited(u *url.URL) bool {
	return slices.ContainsFunc(ch.hops, func(h Hop) bool {
		v, err := url.Parse(h.Visited)
		return err == nil && place(v) == place(u)
	})
}

// state is an address with the cookies it would be sent. The same address
// with other cookies is not a loop: sites redirect to themselves to see
// whether a cookie sticks.
func (ch *chain) state(u *url.URL) string {
	s := place(u)
	if ch.jar != nil {
		for _, c := range ch.jar.Cookies(u) {
			s += "\n" + c.String()
		}
	}
	return s
}

// keep stores the cookies of an answer for the rest of this chain.
func (ch *chain) keep(u *url.URL, res *http.Response) {
	cookies := res.Cookies()
	if len(cookies) == 0 {
		return
	}
	if ch.jar == nil {
		// New has no error to give: its signature keeps room for one.
		ch.jar, _ = cookiejar.New(&cookiejar.Options{PublicSuffixList: publicsuffix.List})
	}
	ch.jar.SetCookies(u, cookies)
}

// fail makes the error that leaves the package, unless err is one already.
func (ch *chain) fail(at string, err error) *Error {
	var made *Error
	if errors.As(err, &made) {
		return made
	}
	e := &Error{URL: at, Kind: kindOf(err), Hops: slices.Clone(ch.hops), Err: err}
	var answer *statusError
	if errors.As(err, &answer) {
		e.Status, e.RetryAfter, e.Answer, e.Err = answer.status, answer.retryAfter, answer.answer, answer.notAsked()
	}
	var away *robotsAwayError
	if errors.As(err, &away) {
		e.RetryAfter = away.retryAfter
	}
	return e
}
