package demo

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"ingest/openproject/openprojecttest"
)

// The addresses that a demo prefers. The source site's is part of the names of
// the documents, so it is the same every time unless something else listens
// there.
const (
	trackerAddress = "127.0.0.1:8801"
	siteAddress    = "127.0.0.1:8802"
)

// Key is the API key of the demo's tracker.
const Key = "opapi-demo"

// World is a running tracker and a running source site.
type World struct {
	Tracker *openprojecttest.Tracker
	SiteURL string
	site    *http.Server
}

// Start opens the world. With anyPort both servers take a free port.
func Start(ctx context.Context, anyPort bool) (*World, error) {
	w := &World{Tracker: openprojecttest.Curation(openprojecttest.Options{APIKey: Key, User: openprojecttest.User{ID: 77, Name: "Ingest Bot", Login: "ingest"}})}
	listener, err := listen(ctx, siteAddress, anyPort)
	if err != nil {
		return nil, fmt.Errorf("start the source site: %w", err)
	}
	w.SiteURL = "http://" + listener.Addr().String()
	w.site = &http.Server{Handler: newSite(), ReadHeaderTimeout: 10 * time.Second}
	go func() { _ = w.site.Serve(listener) }() // ends with Close
	if err := fill(w.Tracker, w.SiteURL); err != nil {
		return nil, errors.Join(err, w.site.Close())
	}
	if err := w.startTracker(anyPort); err != nil {
		return nil, errors.Join(fmt.Errorf("start the tracker: %w", err), w.site.Close())
	}
	return w, nil
}

func (w *World) startTracker(anyPort bool) error {
	if !anyPort && w.Tracker.Start(trackerAddress) == nil {
		return nil
	}
	return w.Tracker.Start("127.0.0.1:0")
}

// listen prefers an address and takes any free port where it is taken.
func listen(ctx context.Context, address string, anyPort bool) (net.Listener, error) {
	if !anyPort {
		if l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", address); err == nil {
			return l, nil
		}
	}
	return (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
}

// Close stops both servers.
func (w *World) Close() error {
	w.Tracker.Close()
	return w.CloseSite()
}

// CloseSite stops the source site, as sites do.
func (w *World) CloseSite() error { return w.site.Close() }

// Mark is the first line of a demo's configuration: a file without it is
// somebody else's and not overwritten.
const Mark = "# The configuration of the demo, as a site would have it."

// Config is the configuration file of the world, for documents beside it.
func (w *World) Config() []byte {
	return fmt.Appendf(nil, `%s
tracker:
  url: %s
  api_key: %s
  project: medigy-curation
  types: [Curated Content]
  statuses: []
  fields: {source_url: Source URL, clean_url: Clean URL, topics: Medigy Topics, via: Via, via_link: Via Link,
           insights_name: Insights Name, insights_description: Insights Description}
links: {keep_empty_query: true}
scrape:
  per_host: {concurrency: 8, interval: 0s} # one's own site, on loopback
  allow_private_hosts: [%s]
offerings:
  from: tracker
  project: medigy-offerings
  types: [Offering]
  fields: {permalink: Permalink, topics: Medigy Topics}
output: {content_dir: content/news, assets_dir: static/news}
`, Mark, w.Tracker.URL(), Key, w.SiteURL[len("http://"):])
}

// Offline is a resolver that knows no host: a demo needs no network, and its
// work package 3960 has a source on the web.
func Offline() *net.Resolver {
	return &net.Resolver{PreferGo: true, Dial: func(context.Context, string, string) (net.Conn, error) {
		return nil, errors.New("the demo does not leave this machine")
	}}
}
