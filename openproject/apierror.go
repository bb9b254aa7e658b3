package openproject

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/go-resty/resty/v2"
)

// errorPrefix stands before every identifier of API.md 2.
const errorPrefix = "urn:openproject-org:api:v3:errors:"

// snippetLimit is how much of an answer that is not JSON is kept, in bytes.
const snippetLimit = 200

// APIError is an answer of the tracker that is not what was asked for: a status
// outside 200–299, or something else than JSON.
type APIError struct {
	Op     string // what was being done, "read work package 3960"
	Method string
	URL    string // without credentials, and without query when outside the origin
	Status int    // HTTP status
	// Identifier names the error independently of the user's language, without
	// its URN prefix: "NotFound", "InvalidQuery". Empty when the body was not
	// an error object of the API (a proxy's page).
	Identifier string
	Message    string        // the tracker's words, in the user's language
	Attribute  string        // the property at fault, "customField11", if named
	RetryAfter time.Duration // the wait the answer asked for; 0: none
	Snippet    string        // first bytes of an answer that is not JSON
	Foreign    bool          // the answer of a host to which the tracker redirected
	Parts      []*APIError   // the single errors of a MultipleErrors
}

func (e *APIError) Error() string {
	text := e.Message
	switch {
	case text == "" && e.Snippet != "":
		text = fmt.Sprintf("not an answer of the API: %q", e.Snippet)
	case text == "":
		text = http.StatusText(e.Status)
	}
	if len(e.Parts) > 0 {
		var all []string
		for _, p := range e.Parts {
			all = append(all, p.Message)
		}
		text = strings.Join(all, " ")
	}
	return fmt.Sprintf("%s: %s %s: %d: %s", e.Op, e.Method, place(e.URL), e.Status, text)
}

// Unwrap gives the single errors of a MultipleErrors to errors.As and errors.Is.
func (e *APIError) Unwrap() []error {
	parts := make([]error, len(e.Parts))
	for i, p := range e.Parts {
		parts[i] = p
	}
	return parts
}

// wireError is the error object of API.md 2.
type wireError struct {
	Identifier string `json:"errorIdentifier"`
	Message    string `json:"message"`
	Embedded   struct {
		Details struct {
			Attribute string `json:"attribute"`
		} `json:"details"`
		Errors []wireError `json:"errors"`
	} `json:"_embedded"`
}

func (c *Client) apiError(in call, resp *resty.Response, body []byte) *APIError {
	asked := in.url
	if resp.RawResponse.Request != nil {
		asked = resp.RawResponse.Request.URL
	}
	e := &APIError{
		Op:         in.op,
		Method:     in.verb(),
		URL:        c.base.stripped(asked),
		Status:     resp.StatusCode(),
		RetryAfter: retryAfter(resp.Header(), time.Now()),
		Foreign:    !c.base.sameOrigin(asked),
	}
	var w wireError
	switch {
	case isJSON(resp.Header()) && json.Unmarshal(body, &w) == nil && w.Identifier != "":
		e.fill(w)
	case !e.Foreign: // a storage host's answer may repeat signatures
		e.Snippet = snippet(body)
	}
	return e
}

func (e *APIError) fill(w wireError) {
	e.Identifier = strings.TrimPrefix(w.Identifier, errorPrefix)
	e.Message = w.Message
	e.Attribute = w.Embedded.Details.Attribute
	for _, part := range w.Embedded.Errors {
		p := &APIError{Op: e.Op, Method: e.Method, URL: e.URL, Status: e.Status}
		p.fill(part)
		e.Parts = append(e.Parts, p)
	}
}

// snippet is the beginning of a body as one line of valid text.
func snippet(body []byte) string {
	body = body[:min(len(body), snippetLimit)] // half a letter at the end is not valid either
	return strings.Join(strings.Fields(strings.ToValidUTF8(string(body), "")), " ")
}

// Hint says what a person can do about it; empty when there is nothing to do.
func (e *APIError) Hint() string {
	switch {
	case e.Foreign:
		return "the storage behind the tracker refused the file: run again; if it stays so, ask the tracker's administrator"
	case e.Identifier == "" && e.Status < 500 && e.Status != http.StatusTooManyRequests && e.Status != http.StatusUnauthorized:
		return "is tracker.url the address of OpenProject, path prefix included? it did not answer as its API"
	case e.Identifier == "Unauthenticated" || e.Status == http.StatusUnauthorized:
		return "create an API token in OpenProject (My account, Access tokens, API) and set it as tracker.api_key; " +
			"if the token is right, basic authentication may be switched off for the API"
	case e.Identifier == "MissingPermission" || e.Status == http.StatusForbidden:
		return "give the user of tracker.api_key a role that may view work packages in this project"
	case e.Identifier == "NotFound" || e.Status == http.StatusNotFound:
		return "it does not exist, or it is hidden from the user of tracker.api_key: OpenProject answers both alike"
	case e.Identifier == "InvalidQuery":
		return "a type, status or field named in the query cannot be used in this project; compare tracker.types and tracker.statuses with the project's settings"
	case e.Status == http.StatusTooManyRequests:
		return "the tracker limits requests: run less often, or ask its administrator"
	case e.Status >= http.StatusInternalServerError:
		return "the tracker or the proxy before it is in trouble: try again later, then look at its log"
	}
	return ""
}
