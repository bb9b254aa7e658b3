package fetch

import (
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Validators name the version of a resource that somebody already has
// (RFC 9110, 8.8), so that a server need not send it again. They are kept as
// the server wrote them, and mean nothing at any other address.
type Validators struct {
	// URL is the address they were got from. Empty is Request.URL.
	URL string
	// ETag is the entity tag, weak (W/"…") or strong ("…"). One of another
	// form is not sent: an asterisk would stand for every version.
	ETag string
	// LastModified is the date of the header of that name.
	LastModified string
}

// Validators gives what to send along when this resource is asked for again,
// or the zero value when the server gave nothing to go by. On an answer that
// is NotModified they are those of the request, with what the server renewed.
func (r *Response) Validators() Validators {
	v := validatorsIn(r.Header)
	if r.NotModified {
		v.ETag = orElse(v.ETag, r.sent.ETag)
		v.LastModified = orElse(v.LastModified, r.sent.LastModified)
	}
	if v != (Validators{}) {
		v.URL = r.URL
	}
	return v
}

func orElse(value, otherwise string) string {
	if value == "" {
		return otherwise
	}
	return value
}

// validatorsIn reads the two headers. A date in the second of the answer, or
// after it, may be followed by another change in the same second (RFC 9110,
// 8.8.2.2), and is what pages made afresh for everyone say: it names no version.
func validatorsIn(h http.Header) Validators {
	var v Validators
	if tag := h.Get("ETag"); isEntityTag(tag) {
		v.ETag = tag
	}
	changed, err := http.ParseTime(h.Get("Last-Modified"))
	if err != nil {
		return v
	}
	if sent, err := http.ParseTime(h.Get("Date")); err != nil || sent.Sub(changed) >= time.Second {
		v.LastModified = h.Get("Last-Modified")
	}
	return v
}

// isEntityTag knows the form of RFC 9110, 8.8.3.
func isEntityTag(tag string) bool {
	tag = strings.TrimPrefix(tag, "W/")
	if len(tag) < 2 || tag[0] != '"' || tag[len(tag)-1] != '"' {
		return false
	}
	return !strings.ContainsFunc(tag[1:len(tag)-1], func(r rune) bool { return r <= ' ' || r == '"' || r == 0x7f })
}

// forAddress gives what may be sent to u: what was got from there and has the
// form of its kind. If-None-Match compares weakly, so a weak tag serves as
// well as a strong one (RFC 9110, 13.1.2).
func (v Validators) forAddress(u *url.URL, given string) Validators {
	from, err := resolve(nil, orElse(v.URL, given))
	if err != nil || place(from) != place(u) {
		return Validators{}
	}
	sent := Validators{URL: v.URL}
	if isEntityTag(v.ETag) {
		sent.ETag = v.ETag
	}
	if _, err := http.ParseTime(v.LastModified); err == nil {
		sent.LastModified = v.LastModified
	}
	return sent
}

// set writes the conditions (RFC 9110, 13.1.2 and 13.1.3). A server that knows
// the first leaves the second alone.
func (v Validators) set(h http.Header) {
	if v.ETag != "" {
		h.Set("If-None-Match", v.ETag)
	}
	if v.LastModified != "" {
		h.Set("If-Modified-Since", v.LastModified)
	}
}

// any reports whether there is a condition at all.
func (v Validators) any() bool { return v.ETag != "" || v.LastModified != "" }
