package openproject_test

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"ingest/openproject"
)

// answering serves one answer to everything.
func answering(t testing.TB, status int, kind string, body []byte, header ...string) *openproject.Client {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", kind)
		for i := 0; i+1 < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.WriteHeader(status)
		_, _ = w.Write(body)
	}))
	t.Cleanup(server.Close)
	return client(t, openproject.Options{BaseURL: server.URL, APIKey: "opapi-very-secret"})
}

func TestErrorsOfTheAPI(t *testing.T) {
	const hal = "application/hal+json; charset=utf-8"
	const page = "text/html; charset=utf-8"
	html := []byte("<html>\n  <title>Ünder maintenance</title>" + strings.Repeat(" é", 400))
	for name, tc := range map[string]struct {
		status     int
		kind       string
		body       []byte
		identifier string
		says       string // part of the error
		hint       string // part of the hint
	}{
		"no credentials":    {401, hal, file(t, "error-401.json"), "Unauthenticated", "You need to be authenticated", "tracker.api_key"},
		"wrong credentials": {401, hal, file(t, "error-401-bad-key.json"), "Unauthenticated", "correct credentials", "create an API token"},
		"401 of a proxy":    {401, page, html, "", "401", "tracker.api_key"},
		"forbidden":         {403, hal, file(t, "error-403.json"), "MissingPermission", "not authorized", "role"},
		"not found":         {404, hal, file(t, "error-404.json"), "NotFound", "could not be found", "hidden from the user"},
		"bad query":         {400, hal, file(t, "error-400.json"), "InvalidQuery", "Type filter", "tracker.types"},
		"conflict":          {409, hal, file(t, "error-409.json"), "UpdateConflict", "conflicting", ""},
		"one property":      {422, hal, file(t, "error-422-single.json"), "PropertyConstraintViolation", "Source URL", ""},
		"several":           {422, hal, file(t, "error-422.json"), "MultipleErrors", "Subject can't be blank. Source URL can't be blank.", ""},
		"too many":          {429, hal, file(t, "error-429.json"), "TooManyRequests", "Too many requests", "limits requests"},
		"429 of a proxy":    {429, page, html, "", "429", "limits requests"},
		"no API here":       {404, page, html, "", "Ünder maintenance", "prefix included"},
		"a login page":      {200, page, html, "", "<html> <title>", "prefix included"},
		"maintenance":       {503, page, html, "", "503", "try again later"},
		"internal error":    {500, hal, []byte(`{"errorIdentifier":"urn:openproject-org:api:v3:errors:InternalServerError","message":"Oops"}`), "InternalServerError", "Oops", "log"},
		"JSON of a proxy":   {502, "application/json", []byte(`{"error":"bad gateway"}`), "", `bad gateway`, "try again later"},
		"half an error":     {404, hal, []byte(`{"errorIdentifier":"urn`), "", "errorIdentifier", "prefix included"},
		"nothing":           {404, hal, nil, "", "Not Found", "prefix included"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := answering(t, tc.status, tc.kind, tc.body).WorkPackage(t.Context(), 3960)
			var e *openproject.APIError
			if !errors.As(err, &e) {
				t.Fatalf("got %v, want an APIError", err)
			}
			if e.Status != tc.status || e.Identifier != tc.identifier || !strings.HasSuffix(e.URL, "/api/v3/work_packages/3960") {
				t.Errorf("got %+v", e)
			}
			if !strings.Contains(err.Error(), tc.says) || !strings.HasPrefix(err.Error(), "read work package 3960: GET http://") {
				t.Errorf("says %q, want %q in it", err, tc.says)
			}
			if hint := e.Hint(); !strings.Contains(hint, tc.hint) || (tc.hint == "") != (hint == "") {
				t.Errorf("hint %q, want %q in it", hint, tc.hint)
			}
			if strings.Contains(fmt.Sprintf("%v %+v", err, *e), "secret") || len(e.Snippet) > 200 || strings.ContainsRune(e.Snippet, '\uFFFD') {
				t.Errorf("the error tells too much: %+v", e)
			}
		})
	}
}

func TestErrorsComeWithTheirParts(t *testing.T) {
	_, err := answering(t, 422, "application/hal+json", file(t, "error-422.json")).Me(t.Context())
	var e *openproject.APIError
	if !errors.As(err, &e) || len(e.Parts) != 2 || e.Parts[0].Attribute != "subject" || e.Parts[1].Attribute != "customField11" {
		t.Fatalf("got %+v", err)
	}
	if !errors.Is(err, e.Parts[1]) {
		t.Error("the parts are not part of the error")
	}
}

func TestErrorsTellHowLongToWait(t *testing.T) {
	_, err := answering(t, 429, "application/hal+json", file(t, "error-429.json"), "Retry-After", "3600").Me(t.Context())
	var e *openproject.APIError
	if !errors.As(err, &e) || e.RetryAfter != time.Hour {
		t.Errorf("got %+v", err)
	}
}

func TestBodiesThatAreTooLarge(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/hal+json")
		chunk := []byte(strings.Repeat(" ", 1<<20))
		for range 65 {
			if _, err := w.Write(chunk); err != nil {
				return
			}
		}
	}))
	defer server.Close()
	_, err := client(t, openproject.Options{BaseURL: server.URL}).Me(t.Context())
	var broken *openproject.PayloadError
	if !errors.As(err, &broken) || !strings.Contains(err.Error(), "larger than") {
		t.Errorf("got %v, want a PayloadError", err)
	}
}
