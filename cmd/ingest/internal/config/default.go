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
			PerHost: PerHost{Concurrency: 2, Interval: 500 * time.Millisecond},
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
		},
		Site:    Site{BasePath: "/news/", Section: "News"},
		Workers: 8,
	}
}
