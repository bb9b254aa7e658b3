package linkhealth_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"ingest/enrich/fetch"
	"ingest/enrich/linkhealth"
)

func TestArchive(t *testing.T) {
	var asked, reply string
	status := http.StatusOK
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked = r.URL.Query().Get("url")
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		_, _ = w.Write([]byte(reply))
	}))
	t.Cleanup(s.Close)
	a := linkhealth.Archive{Web: checker(t, fetch.Options{}).Web, Template: s.URL + "/wayback/available?url={url}"}
	closest := func(fields string) string { return `{"url": "x", "archived_snapshots": {"closest": {` + fields + `}}}` }
	const copied = "http://web.example.org/web/20240229133700/https://example.org/a"
	for name, c := range map[string]struct {
		reply, want, fails string
	}{
		"a copy":                {closest(`"status": "200", "available": true, "url": "` + copied + `", "timestamp": "20240229133700"`), copied, ""},
		"a status as a number":  {closest(`"status": 200, "available": true, "url": "` + copied + `", "timestamp": "20240229133700"`), copied, ""},
		"no copy":               {`{"url": "x", "archived_snapshots": {}}`, "", ""},
		"not available":         {closest(`"status": "200", "available": false, "url": "` + copied + `", "timestamp": "20240229133700"`), "", ""},
		"a copy of an error":    {closest(`"status": "404", "available": true, "url": "` + copied + `", "timestamp": "20240229133700"`), "", ""},
		"a time that is none":   {closest(`"status": "200", "available": true, "url": "` + copied + `", "timestamp": "2024"`), "", "the copy's time"},
		"an address of scripts": {closest(`"status": "200", "available": true, "url": "javascript:alert(1)", "timestamp": "20240229133700"`), "", "the copy's address"},
		"no address":            {closest(`"status": "200", "available": true, "timestamp": "20240229133700"`), "", "the copy's address"},
		"a page":                {"<html>Sorry</html>", "", "not that of an availability API"},
		"another JSON":          {`{"error": "too many requests"}`, "", "no archived_snapshots"},
		"null":                  {`null`, "", "no archived_snapshots"},
		"nothing":               {"", "", "not that of an availability API"},
		"a list":                {`{"archived_snapshots": []}`, "", "not that of an availability API"},
		"far too much":          {strings.Repeat(" ", 65<<10), "", "too large"},
	} {
		t.Run(name, func(t *testing.T) {
			reply = c.reply
			got, err := a.LookUp(t.Context(), "https://example.org/a?b=c&d=é#e")
			if (err != nil) != (c.fails != "") || err != nil && !strings.Contains(err.Error(), c.fails) {
				t.Errorf("error %v, want %q", err, c.fails)
			}
			if got.URL != c.want || c.want != "" && !got.At.Equal(time.Date(2024, 2, 29, 13, 37, 0, 0, time.UTC)) {
				t.Errorf("got %+v, want %q", got, c.want)
			}
			if asked != "https://example.org/a?b=c&d=é#e" {
				t.Errorf("asked for %q", asked)
			}
		})
	}
	reply, status = `{"archived_snapshots": {}}`, http.StatusServiceUnavailable
	if got, err := a.LookUp(t.Context(), "https://example.org/"); err == nil {
		t.Errorf("got %+v of an archive in trouble, want an error", got)
	}
}

func FuzzArchive(f *testing.F) {
	f.Add(`{"archived_snapshots": {"closest": {"status": "200", "available": true, "url": "http://a/b", "timestamp": "20240229133700"}}}`)
	f.Add(`{"archived_snapshots": {"closest": null}}`)
	f.Fuzz(func(t *testing.T, body string) {
		found, err := linkhealth.ReadAnswer([]byte(body))
		if found.URL != "" && (err != nil || found.At.IsZero() && !strings.Contains(body, "0001") || !strings.HasPrefix(strings.ToLower(found.URL), "http")) {
			t.Errorf("%+v with error %v", found, err)
		}
	})
}
