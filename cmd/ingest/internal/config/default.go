package config

import "time"

// Values of offerings.from.
const (
	FromTracker = "tracker"
	FromFile    = "file"
	FromNone    = "none"
)

// Values of links.affiliate, of the policy of a site of links.sites, and of
// scrape.robots.
const (
	Drop   = "drop"
	Keep   = "keep"
	Leave  = "leave"
	Strip  = "strip"
	Closed = "closed"
	Obey   = "obey"
	Ignore = "ignore"
	Locked = "locked"
	Follow = "follow"
	Hand   = "hand"
	// OwnerTracker is output.owner's word for the tracker.
	OwnerTracker = "tracker"
	Escape       = "escape"
	Allow        = "allow"
)

// Default returns the configuration of an empty file. Keys that must be given
// (tracker.url and a credential) are empty in it.
func Default() Config {
	return Config{
		Tracker: Tracker{
			Types:  []string{"Curated Content"},
			Fields: map[string]string{"source_url": "Source URL"},
		},
		Links: Links{Affiliate: Drop},
		Scrape: Scrape{
			Timeout: 20 * time.Second,
			Robots:  Obey,
			// A month is how long what previews show of a page may be behind.
			RefreshAfter: 30 * 24 * time.Hour,
			PerHost:      PerHost{Concurrency: 2, Interval: 500 * time.Millisecond},
		},
		Offerings: Offerings{
			From:   FromNone,
			Types:  []string{"Offering"},
			Limit:  5,
			Fields: map[string]string{"permalink": "Permalink"},
		},
		Output: Output{
			ContentDir: "content/news",
			AssetsDir:  "static/news",
			Archetype:  "curated-content",
			Slug:       Locked,
		},
		Site:    Site{BasePath: "/news/", Section: "News"},
		Body:    Body{Tags: Escape},
		Prune:   defaultPrune(),
		State:   ".ingest/state.db",
		Workers: 8,

		LinkHealth: defaultLinkHealth(),
		Server:     Server{Listen: "127.0.0.1:8085", ShutdownTimeout: 30 * time.Second},
		Feedback:   Feedback{Keyword: "/ingest"},
	}
}
