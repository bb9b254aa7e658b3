package fetch

import (
	"errors"
	"time"
)

// observe tells what came of one exchange.
func (o Options) observe(x *exchange, err error, took time.Duration) {
	if o.Observe == nil {
		return
	}
	if err == nil {
		o.Observe("", x.res.StatusCode, took)
		return
	}
	var answer *statusError
	if errors.As(err, &answer) {
		o.Observe(Status, answer.status, took)
		return
	}
	o.Observe(kindOf(err), 0, took)
}

// observeRefusal tells that a robots.txt kept us from an exchange. Other reasons
// are those of the exchange for the robots.txt itself, and told of already.
func (o Options) observeRefusal(err error) {
	if o.Observe != nil && kindOf(err) == Disallowed {
		o.Observe(Disallowed, 0, 0)
	}
}
