// Package metrics counts what the service does and shows it to Prometheus.
//
//	m := metrics.New(metrics.Options{Version: version, Queue: …, Stock: metrics.StockOf(db)})
//	fetch.Options{Observe: m.Fetched}
//	openproject.Options{Observe: m.TrackerAsked}
//	feedback.Tracker{Client: m.Feedback(client)}
//	traffic.Watch{Observe: m.Served}
//	notify.Options{Sent: m.Notified}
//	daemon.Daemon{Watchers: []daemon.Watcher{m}}
//	mux.Handle("GET /metrics", m)
//
// Each part of the program that has something to count takes a function for it, and
// knows nothing of Prometheus; this package has the functions. Everything is in a
// registry of its own: there is no global one, and two services in a test do not meet.
//
// # Names
//
// As Prometheus has them (https://prometheus.io/docs/practices/naming/): the prefix
// ingest_, base units (seconds), _total for what only grows. testdata/names.golden
// lists them; they are a promise to dashboards and alerts.
//
// # Labels
//
// A label's values are words of the program, never an id, an address, a host or what
// somebody typed: each costs memory here and in every Prometheus that asks. Words that
// come from constants elsewhere (steps, patterns of the mux) are bounded all the same
// (words.go), so that a mistake there cannot fill the memory here.
//
// What is known beforehand is there from the start, with 0: an alert on a rate
// misses the first event of a series that was not there before it.
//
// # Cost
//
// Entries and links are counted in the state when somebody asks, at most every 15 s,
// whatever the number of askers (stock.go).
//
// Rehearsals (dry runs) are not counted, but for the time that their steps take.
package metrics
