package openprojecttest_test

import (
	"crypto/md5"
	"encoding/hex"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"ingest/openproject/openprojecttest"
)

func TestCredentials(t *testing.T) {
	basic := func(key string) string {
		r := http.Request{Header: http.Header{}}
		r.SetBasicAuth("apikey", key)
		return r.Header.Get("Authorization")
	}
	closed, open := openprojecttest.Options{Token: "token"}, openprojecttest.Options{Token: "token", Anonymous: true}
	for name, tc := range map[string]struct {
		options openprojecttest.Options
		header  string
		status  int
		says    string
	}{
		"the key":                   {closed, basic("secret"), 200, "Ingest Bot"},
		"the key as bearer":         {closed, "Bearer secret", 200, "Ingest Bot"},
		"the token":                 {closed, "Bearer token", 200, "Ingest Bot"},
		"the token as key":          {closed, basic("token"), 401, "You did not provide the correct credentials."},
		"another key":               {closed, basic("other"), 401, "You did not provide the correct credentials."},
		"another key, open tracker": {open, basic("other"), 401, "You did not provide the correct credentials."},
		"nothing":                   {closed, "", 401, "You need to be authenticated to access this resource."},
		"nothing, open tracker":     {open, "", 200, "Anonymous"},
		"an empty bearer":           {closed, "Bearer ", 401, "You did not provide the correct credentials."},
	} {
		got := ask(t, curated(t, tc.options), "GET", "/api/v3/users/me", "", "Authorization", tc.header)
		if got.status != tc.status || !strings.Contains(got.text, tc.says) {
			t.Errorf("%s: got %d %s", name, got.status, got.text)
		}
		if challenge := got.header.Get("WWW-Authenticate"); (challenge == `Basic realm="OpenProject API"`) != (tc.status == 401) {
			t.Errorf("%s: challenge %q", name, challenge)
		}
	}
	if got := ask(t, curated(t, closed), "GET", "/api/v3", "", "Authorization", ""); got.status != 200 {
		t.Errorf("the root asks for credentials: %d", got.status)
	}
}

func TestWhatOneMayNotSeeIsNotThere(t *testing.T) {
	tracker := curated(t, openprojecttest.Options{Anonymous: true})
	tracker.AddProject(openprojecttest.Project{ID: 50, Identifier: "hidden", Name: "Hidden", Hidden: true})
	tracker.Add(openprojecttest.WorkPackage{ID: 4000, Project: 50, CreatedAt: noon()})
	for _, path := range []string{"/api/v3/projects/hidden", "/api/v3/work_packages/4000", "/api/v3/projects/50/work_packages", "/api/v3/work_packages/schemas/50-7"} {
		if got := ask(t, tracker, "GET", path, ""); got.status != 404 {
			t.Errorf("%s: %d", path, got.status)
		}
	}
	anonymous := func(path string) reply { return ask(t, tracker, "GET", path, "", "Authorization", "") }
	if got := ids(anonymous(query(list, "filters", "[]"))); len(got) != 1 || got[0] != 3962 {
		t.Errorf("a visitor sees %v, want what is public", got)
	}
	if got := anonymous("/api/v3/attachments/10312/content"); got.status != 404 {
		t.Errorf("a visitor gets a file: %d", got.status)
	}
	if got := ask(t, tracker, "PATCH", "/api/v3/work_packages/3962", `{"lockVersion":0}`, "Authorization", ""); got.status != 403 {
		t.Errorf("a visitor changes something: %d", got.status)
	}
}

func TestContent(t *testing.T) {
	sum := md5.Sum([]byte("jpeg"))
	local := curated(t, openprojecttest.Options{})
	got := ask(t, local, "GET", "/api/v3/attachments/10312/content", "")
	if got.text != "jpeg" || got.header.Get("Content-Type") != "image/jpeg" || !strings.Contains(got.header.Get("Content-Disposition"), "Curated_Featured_Image.jpg") {
		t.Errorf("got %d %v %q", got.status, got.header, got.text)
	}
	if listed := ask(t, local, "GET", "/api/v3/attachments/10312", ""); dig(listed.body, "digest", "hash") != hex.EncodeToString(sum[:]) {
		t.Errorf("listed as %s", listed.text)
	}
	remote := curated(t, openprojecttest.Options{RemoteStorage: true})
	moved := ask(t, remote, "GET", "/api/v3/attachments/10312/content", "")
	signed := moved.header.Get("Location")
	if moved.status != 302 || !strings.HasPrefix(signed, remote.StorageURL()) || strings.HasPrefix(signed, remote.URL()) {
		t.Fatalf("got %d to %s", moved.status, signed)
	}
	for name, tc := range map[string]struct {
		address, authorization string
		status                 int
	}{
		"the signed address": {signed, "", 200},
		"with credentials":   {signed, "Bearer secret", 400},
		"without signature":  {strings.SplitAfter(signed, "?")[0], "", 403},
		"another file":       {strings.Replace(signed, "10312", "1", 1), "", 404},
	} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, tc.address, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Authorization", tc.authorization)
		if tc.authorization == "" {
			r.Header.Del("Authorization")
		}
		resp, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close()
		if resp.StatusCode != tc.status {
			t.Errorf("%s: %d, want %d", name, resp.StatusCode, tc.status)
		}
	}
	if last := remote.Requests(); !last[len(last)-1].Storage {
		t.Error("requests of the storage are not logged")
	}
	remote.ForgetRequests()
	if n := len(remote.Requests()); n != 0 {
		t.Errorf("%d requests are remembered", n)
	}
}

func TestFaults(t *testing.T) {
	tracker := curated(t, openprojecttest.Options{})
	const me = "/api/v3/users/me"
	whole := ask(t, tracker, "GET", me, "").text
	get := func(f *openprojecttest.Fault) (status int, kind, body string, err error) {
		tracker.SetFault(func(*http.Request) *openprojecttest.Fault { return f })
		defer tracker.SetFault(nil)
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, tracker.URL()+me, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.SetBasicAuth("apikey", "secret")
		resp, err := http.DefaultClient.Do(r)
		if err != nil {
			return 0, "", "", err
		}
		defer func() { _ = resp.Body.Close() }()
		text, err := io.ReadAll(resp.Body)
		return resp.StatusCode, resp.Header.Get("Content-Type"), string(text), err
	}
	if status, kind, body, err := get(&openprojecttest.Fault{Status: 503, Body: "down", Header: http.Header{"retry-after": {"3"}}}); status != 503 || kind != "text/html; charset=utf-8" || body != "down" || err != nil {
		t.Errorf("a status: %d %s %q %v", status, kind, body, err)
	}
	if status, _, body, err := get(&openprojecttest.Fault{Half: true}); status != 200 || body != whole[:len(whole)/2] || err != nil {
		t.Errorf("half: %d %q %v", status, body, err)
	}
	if status, _, body, err := get(&openprojecttest.Fault{Cut: true}); status != 200 || body != whole[:len(whole)/2] || err == nil {
		t.Errorf("cut: %d %q %v", status, body, err)
	}
	if _, _, _, err := get(&openprojecttest.Fault{Drop: true}); err == nil {
		t.Error("a dropped connection answered")
	}
	if _, _, body, err := get(&openprojecttest.Fault{Delay: time.Nanosecond}); body != whole || err != nil {
		t.Errorf("a delay: %q %v", body, err)
	}
	if _, _, body, err := get(nil); body != whole || err != nil {
		t.Errorf("no fault: %q %v", body, err)
	}
}

func TestStartAndClose(t *testing.T) {
	tracker := openprojecttest.New(openprojecttest.Options{})
	tracker.Close()
	if err := tracker.Start("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	defer tracker.Close()
	taken := strings.TrimPrefix(tracker.URL(), "http://")
	if err := openprojecttest.New(openprojecttest.Options{}).Start(taken); err == nil {
		t.Errorf("two trackers listen at %s", taken)
	}
	tracker.Close()
	tracker.Close()
}
