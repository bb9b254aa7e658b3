package fetch

import (
	"io"
	"net/http"
	"slices"
)

// Response is a resource that was found, its body not yet read.
type Response struct {
	URL      string      // the final address, as visited, with its fragment
	Hops     []Hop       // how it was reached: the given address first, this one last
	Status   int         // 200 to 299, or 304 when NotModified
	Header   http.Header // as sent; Content-Length and Content-Encoding speak of the packed body
	Type     string      // MIME type by the first bytes, without parameters; empty for an empty body
	Declared string      // the Content-Type header
	// NotModified says that the server was sent Request.Validators and has no
	// other version (304): Body is empty, and what the caller has still holds.
	NotModified bool
	// Body is unpacked, and capped to Request.MaxBytes: reading on gives an
	// [*Error] of kind [TooLarge]. Until it is read to its end or closed it
	// holds a connection and a place at its host, at most for Options.Timeout.
	Body io.ReadCloser

	sent Validators // what the last address was asked with
}

func (ch *chain) response(x *exchange) *Response {
	return &Response{
		URL:      ch.hops[len(ch.hops)-1].Visited,
		Hops:     slices.Clone(ch.hops),
		Status:   x.res.StatusCode,
		Header:   x.res.Header,
		Type:     x.kind,
		Declared: x.res.Header.Get("Content-Type"),
		Body:     x.body,

		NotModified: x.notModified(),
		sent:        x.sent,
	}
}

// Bytes reads the body to its end and closes it.
func (r *Response) Bytes() ([]byte, error) {
	b, err := io.ReadAll(r.Body)
	_ = r.Body.Close() // ours never fails
	return b, err
}

// Text reads the body as [Response.Bytes] does and decodes it as [Decode] does.
func (r *Response) Text() (text []byte, charset string, err error) {
	b, err := r.Bytes()
	if err != nil {
		return nil, "", err
	}
	return Decode(b, r.Declared)
}
