package fetch

import (
	"context"
	"crypto/tls"
	"errors"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"sync"
	"sync/atomic"
	"time"
)

// exchange is one request and its answer.
type exchange struct {
	res  *http.Response
	body *body
	kind string // the sniffed type; empty for a redirect
	sent Validators
}

// visit asks u until there is an answer or no use in asking again.
func (ch *chain) visit(ctx context.Context, u *url.URL) (*exchange, error) {
	o := ch.client.options
	delay, err := ch.permit(ctx, u)
	if err != nil {
		o.observeRefusal(err)
		return nil, ch.fail(u.String(), err)
	}
	for attempt := 1; ; attempt++ {
		x, err := ch.ask(ctx, u, delay)
		hop := &ch.hops[len(ch.hops)-1]
		if err == nil {
			hop.Status = x.res.StatusCode
			o.Logger.DebugContext(ctx, "visited", "url", hop.Visited, "reason", hop.Reason, "status", hop.Status)
			return x, nil
		}
		var answer *statusError
		if errors.As(err, &answer) && answer.answer != nil {
			hop.Status = answer.status
		}
		failure := ch.fail(u.String(), err)
		wait, again := o.Retry.wait(attempt, failure)
		again = again && !ch.request.Head
		if failure.Answer != nil { // else a pause that holds already
			ch.client.hosts.pause(hostKey(u), failure.pause(wait), failure.Status)
		}
		if !again {
			return nil, failure
		}
		o.Logger.DebugContext(ctx, "asking again", "url", hop.Visited, "attempt", attempt, "wait", wait, "error", err)
		if err := sleep(ctx, wait); err != nil {
			return nil, ch.fail(u.String(), &kindError{Canceled, err})
		}
	}
}

// ask makes one exchange: waits for its turn, and tells the observer what came of it.
func (ch *chain) ask(ctx context.Context, u *url.URL, delay time.Duration) (*exchange, error) {
	leave, err := ch.client.hosts.enter(ctx, hostKey(u), visit{delay: delay, longest: ch.client.options.Retry.Max, unpaced: ch.forRobots})
	if err != nil {
		return nil, err
	}
	life, end := begin(ctx, ch.client.options.Timeout, leave)
	started := time.Now()
	x, err := ch.converse(life, end, u)
	ch.client.options.observe(x, err, time.Since(started))
	return x, err
}

// converse sends, and reads as much of the body as it takes to know the type.
func (ch *chain) converse(life context.Context, end func(), u *url.URL) (*exchange, error) {
	conditions := ch.request.Validators.forAddress(u, ch.request.URL)
	res, err := ch.send(life, u, conditions) //nolint:bodyclose // body.release closes it
	if err != nil {
		err = causeOf(life, err)
		end()
		return nil, err
	}
	ch.keep(u, res)
	x := &exchange{res: res, sent: conditions, body: &body{raw: res, end: end, explain: func(err error) error {
		return ch.fail(u.String(), causeOf(life, err))
	}}}
	if err := x.open(ch); err != nil {
		x.body.drop()
		return nil, err
	}
	return x, nil
}

// begin starts the time of an exchange. end gives back its place at the host
// and may be called more than once; running out of time calls it too, so that
// a body nobody closes holds nothing.
func begin(ctx context.Context, limit time.Duration, leave func()) (life context.Context, end func()) {
	life, cancel := context.WithTimeoutCause(ctx, limit, errOutOfTime)
	once := sync.OnceFunc(func() {
		cancel()
		leave()
	})
	stop := context.AfterFunc(life, once)
	return life, func() {
		stop()
		once()
	}
}

// errOutOfTime is why an exchange's context ended by itself.
var errOutOfTime = &kindError{Timeout, errors.New("the exchange took too long")}

// causeOf replaces what the network stack says about an ended context by the
// reason it ended.
func causeOf(life context.Context, err error) error {
	var known *kindError
	if life.Err() == nil || errors.As(err, &known) {
		return err
	}
	cause := context.Cause(life)
	if errors.As(cause, &known) {
		return cause
	}
	return &kindError{Canceled, cause}
}

// send makes the request and reads the headers of the answer.
func (ch *chain) send(ctx context.Context, u *url.URL, conditions Validators) (*http.Response, error) {
	var handshake atomic.Bool // set by the dialing goroutine
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		TLSHandshakeDone: func(_ tls.ConnectionState, err error) { handshake.Store(err != nil) },
	})
	method := http.MethodGet
	if ch.request.Head {
		method = http.MethodHead
	}
	req, err := http.NewRequestWithContext(ctx, method, u.String(), nil)
	if err != nil {
		return nil, &kindError{BadURL, bare(err)}
	}
	req.Header.Set("User-Agent", ch.client.options.UserAgent)
	req.Header.Set("Accept", ch.request.Accept)
	req.Header.Set("Accept-Encoding", acceptEncoding)
	conditions.set(req.Header)
	if ch.jar != nil {
		for _, c := range ch.jar.Cookies(u) {
			req.AddCookie(c)
		}
	}
	if req, err = ch.client.chooseProxy(req); err != nil {
		return nil, err
	}
	res, err := ch.client.transport.RoundTrip(req)
	if err != nil && handshake.Load() && kindOf(err) == Network {
		err = &kindError{TLS, err} // handshake errors have no type of their own
	}
	return res, err
}
