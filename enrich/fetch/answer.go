package fetch

import "net/http"

// sniffWindow is how much of a body is read to tell its type, in bytes.
const sniffWindow = 4 << 10

// open judges the status and, for a resource, makes the body readable and
// tells its type.
func (x *exchange) open(ch *chain) error {
	if x.isRedirect() {
		return nil
	}
	if x.notModified() {
		return x.bodiless()
	}
	if x.res.StatusCode < 200 || x.res.StatusCode > 299 {
		return &statusError{x.res.StatusCode, retryAfter(x.res.Header, ch.client.options.Now()), x.refusal()}
	}
	if ch.request.Head {
		return x.bodiless()
	}
	stream, err := unpack(x.res, ch.request.MaxBytes)
	if err != nil {
		return err
	}
	x.body.stream = stream
	start, err := x.body.peek(sniffWindow)
	if err != nil {
		return err
	}
	x.kind = sniff(start, x.res.Header.Get("Content-Type"))
	return nil
}

// bodiless makes the body one of nothing, whose end lets go of the connection.
func (x *exchange) bodiless() error {
	x.body.stream = http.NoBody
	_, err := x.body.peek(1)
	return err
}

// notModified reports whether the answer says that the version which the
// request named still holds. Nobody may say so unasked.
func (x *exchange) notModified() bool {
	return x.res.StatusCode == http.StatusNotModified && x.sent.any()
}

// maxAnswer is how much of the body of a refusal is kept, in bytes.
const maxAnswer = 64 << 10

// refusal keeps what came with a status that is no success. A body that breaks
// is kept as far as it came: the status is what counts.
func (x *exchange) refusal() *Answer {
	a := &Answer{Header: x.res.Header}
	stream, err := unpack(x.res, MaxPage)
	if err != nil {
		return a
	}
	x.body.stream = stream
	a.Body = x.body.beginning(maxAnswer)
	return a
}

// isRedirect reports whether the answer leads on (RFC 9110, 15.4). A redirect
// that does not say where is no redirect.
func (x *exchange) isRedirect() bool {
	if x.res.Header.Get("Location") == "" {
		return false
	}
	switch x.res.StatusCode {
	case http.StatusMultipleChoices, http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther,
		http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		return true
	}
	return false
}

// refresh gives the refresh that the answer declares, the header's before the page's.
func (x *exchange) refresh() (refresh, bool, error) {
	if r, ok := parseRefresh(x.res.Header.Get("Refresh")); ok {
		r.reason = RefreshHeader
		return r, true, nil
	}
	if x.kind != typeHTML {
		return refresh{}, false, nil
	}
	start, err := x.body.peek(refreshWindow)
	if err != nil {
		return refresh{}, false, err
	}
	page, _, err := Decode(start, x.res.Header.Get("Content-Type"))
	if err != nil {
		return refresh{}, false, err
	}
	r, ok := metaRefresh(page)
	return r, ok, nil
}
