package openproject_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"ingest/openproject"
	"ingest/openproject/openprojecttest"
)

func TestBaseAddresses(t *testing.T) {
	for _, raw := range []string{
		"", "tracker.example", "ftp://tracker.example", "https://", "https://user:secret@tracker.example",
		"https://tracker.example/?a=secret", "https://tracker.example/#secret", "http://[::1", ":", "https:tracker.example",
	} {
		_, err := openproject.New(openproject.Options{BaseURL: raw})
		if err == nil || strings.Contains(err.Error(), "user:secret") {
			t.Errorf("%q: got error %v", raw, err)
		}
	}
	if _, err := openproject.New(openproject.Options{BaseURL: "https://t.example", APIKey: "a", Token: "b"}); err == nil {
		t.Error("two kinds of credentials were taken")
	}
}

func TestInstallationsUnderAPrefix(t *testing.T) {
	for name, tc := range map[string]struct {
		prefix, suffix string
		bare           bool // hrefs come without the prefix
	}{
		"at the root":               {"", "", false},
		"at the root, with slash":   {"", "/", false},
		"given with the API's path": {"", "/api/v3", false},
		"a prefix":                  {"/tracker", "", false},
		"a prefix, with slashes":    {"/tracker", "/api/v3//", false},
		"a prefix not in hrefs":     {"/tracker", "", true},
	} {
		t.Run(name, func(t *testing.T) {
			tracker := openprojecttest.Curation(openprojecttest.Options{APIKey: "secret", BareHrefs: tc.bare, NoSchemas: true, Prefix: tc.prefix})
			server := httptest.NewServer(tracker.Handler())
			defer server.Close()
			id := tracker.Add(openprojecttest.WorkPackage{Fields: map[string]any{"Via": "x"}})
			file := tracker.AddAttachment(id, openprojecttest.Attachment{FileName: "a", Content: []byte("bytes")})
			c := client(t, openproject.Options{BaseURL: server.URL + tc.prefix + tc.suffix, APIKey: "secret"})
			got, err := list(t, c, openproject.Query{}, nil)
			if err != nil || len(got) != 1 {
				t.Fatalf("%d rows, %v", len(got), err)
			}
			if v, _ := got[id].Fields.Get("Via"); v.Text() != "x" {
				t.Errorf("got %q", v.Text())
			}
			a, err := c.Attachment(t.Context(), file)
			if err != nil {
				t.Fatal(err)
			}
			var content strings.Builder
			if _, err := c.Download(t.Context(), a, &content); err != nil || content.String() != "bytes" {
				t.Errorf("got %q, %v", content.String(), err)
			}
			if web := c.WebURL(id); !strings.HasPrefix(web, server.URL+tc.prefix+"/work_packages/") {
				t.Errorf("web address %s", web)
			}
		})
	}
}

func TestHrefsOfOtherHosts(t *testing.T) {
	tracker := start(t, openprojecttest.Curation(openprojecttest.Options{APIKey: "secret"}))
	host := strings.TrimPrefix(tracker.URL(), "http://")
	file := tracker.AddAttachment(tracker.Add(openprojecttest.WorkPackage{}), openprojecttest.Attachment{Content: []byte("bytes")})
	path := strings.ReplaceAll("/api/v3/attachments/ID/content", "ID", itoa(file))
	for href, fine := range map[string]bool{
		path:                                     true,
		"http://" + host + path:                  true,
		"https://" + host + path:                 true, // asked for as http, like everything
		"//" + host + path:                       true,
		"http://HOST" + path:                     false,
		"//evil.example" + path:                  false,
		"http://" + host + ".x" + path:           false,
		"http://127.0.0.1:1" + path:              false,
		"file://" + path:                         false,
		"urn:openproject-org:api:v3:undisclosed": false,
		"api/v3/attachments/1/content":           false,
		"javascript:alert(1)":                    false,
		"":                                       false,
		"http://%zz/":                            false,
		"ftp://" + host + path:                   false,
	} {
		_, err := of(t, tracker).Download(t.Context(), openproject.Attachment{ID: file, Size: -1, Href: href}, &strings.Builder{})
		var refused *openproject.HrefError
		if fine != (err == nil) || !fine && (!errors.As(err, &refused) || refused.Hint() == "") {
			t.Errorf("%s: got error %v", href, err)
		}
	}
}

func TestRedirectsOfTheAPI(t *testing.T) {
	var foreign []string // Authorization headers that left the origin
	other := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		foreign = append(foreign, r.Header.Get("Authorization"))
	}))
	defer other.Close()
	hops := 0
	var target string
	home := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/api/v3/users/me" && hops > 0 {
			hops--
			http.Redirect(w, r, target, http.StatusFound)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write([]byte(`{"id":1,"name":"` + r.Header.Get("Authorization")[:5] + `"}`))
	}))
	defer home.Close()
	for name, tc := range map[string]struct {
		target string
		hops   int
		fine   bool
	}{
		"inside the origin": {home.URL + "/api/v3/users/1", 1, true},
		"five times":        {home.URL + "/api/v3/users/me", 5, true},
		"for ever":          {home.URL + "/api/v3/users/me", 1000, false},
		"to another port":   {other.URL + "/", 1, false},
		"to https":          {strings.Replace(home.URL, "http:", "https:", 1) + "/", 1, false},
		"to another name":   {strings.Replace(home.URL, "127.0.0.1", "localhost", 1) + "/", 1, false},
	} {
		t.Run(name, func(t *testing.T) {
			target, hops = tc.target, tc.hops
			me, err := client(t, openproject.Options{BaseURL: home.URL, APIKey: "secret"}).Me(t.Context())
			var refused *openproject.RedirectError
			if tc.fine && (err != nil || me.Name != "Basic") {
				t.Errorf("got %+v, %v", me, err)
			}
			if !tc.fine && (!errors.As(err, &refused) || !strings.Contains(refused.Hint(), "tracker.url")) {
				t.Errorf("got %v, want a RedirectError", err)
			}
		})
	}
	if len(foreign) > 0 {
		t.Errorf("requests left the origin, with %q", foreign)
	}
}
