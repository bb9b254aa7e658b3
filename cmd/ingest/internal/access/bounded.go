package access

import (
	"io"
	"net/http"
	"time"
)

// maxAnswer bounds what is read from a provider, in bytes.
const maxAnswer = 1 << 20

// providerTimeout bounds an exchange with a provider if the client has no bound.
const providerTimeout = 10 * time.Second

// limitedClient is a client that reads no more than maxAnswer of any answer,
// and does not wait for ever.
func limitedClient(c *http.Client) *http.Client {
	bounded := *c
	if bounded.Timeout == 0 {
		bounded.Timeout = providerTimeout
	}
	base := c.Transport
	if base == nil {
		base = http.DefaultTransport
	}
	bounded.Transport = limitedTransport{base}
	return &bounded
}

type limitedTransport struct{ base http.RoundTripper }

func (t limitedTransport) RoundTrip(r *http.Request) (*http.Response, error) {
	answer, err := t.base.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	answer.Body = struct {
		io.Reader
		io.Closer
	}{io.LimitReader(answer.Body, maxAnswer), answer.Body}
	return answer, nil
}
