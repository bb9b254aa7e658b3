package fetch_test

import (
	"testing"

	"ingest/enrich/fetch"
)

// TestPeersIgnoreRobotsUnlessTold: what a site asks of programs is read only
// where somebody has switched it on.
func TestPeersIgnoreRobotsUnlessTold(t *testing.T) {
	site := new(robotsSite)
	s := serve(t, site.handler(text("User-agent: *\nDisallow: /closed")))
	host := s.Listener.Addr().String()
	client, err := fetch.New(fetch.Options{UserAgent: "ingest-test/1", AllowPrivate: loopback(), PerHost: fetch.PerHost{Interval: -1}}) // nothing of robots
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(client.Close)
	_, err = client.Get(t.Context(), fetch.Request{URL: s.URL + "/closed/x"})
	wantKind(t, err, fetch.Disallowed)
	if site.count(host+"/robots.txt") == 0 || site.count(host+"/closed/x") != 0 {
		t.Errorf("asked for %v, want robots.txt and not the page", site.asked)
	}
	if _, err := client.Get(t.Context(), fetch.Request{URL: s.URL + "/open"}); err != nil {
		t.Errorf("the rest of the site: error %v", err)
	}
}
