package config

import "time"

// Values of offerings.from.
const (
	FromTracker = "tracker"
	FromFile    = "file"
	FromNone    = "none"
)

// Default returns the configuration of an empty file. Keys that must be given
// (tracker.url and a credential) are empty in it.
func Default() Config {
	return Config{
		Tracker: Tracker{
			Types:  []string{"Curated Content"},
			Fields: map[string]string{"source_url": "Source URL"},
		},
		Scrape: Scrape{
			Timeout: 20 * time.Second,
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
