// Package api is the service's HTTP API for programs, below /api/v1.
//
//	POST /api/v1/runs                  ask for a run                 scope run
//	GET  /api/v1/runs                  the last runs                 scope read
//	GET  /api/v1/runs/{id}             a run with its report         scope read
//	GET  /api/v1/entries               entries by state and words    scope read
//	GET  /api/v1/entries/{id}          all that is known of one      scope read
//	POST /api/v1/entries/{id}/refresh  look at it now                scope run
//	GET  /api/v1/events                what happens, as it happens   scope read
//	GET  /api/v1/openapi.json          this, for machines            scope read
//
// It asks the desk and decides nothing: what a run and an entry say is package
// desk's. The document openapi.json names every field; the tests hold handlers and
// document against each other.
//
// # Input
//
// What a request says must be understood wholly: an unknown parameter or key, a
// value of another type, a body over 64 KB or of another media type are refused, so
// that a slip of the pen never starts another run than was meant. Errors are
// application/problem+json (RFC 9457) with the additional member hint, which says
// what to do; the status says who has to do it. The text of an error that nobody
// expected stays in the log.
//
// # Events
//
// A stream of server-sent events (events.go) is bounded in time and number, also
// for one person or program; a client that does not read is left after a while.
// Whoever comes back with Last-Event-ID misses nothing that is still kept.
//
// # Where it is mounted
//
// The handler wants the paths it has, and access.Guard.Wrap around it, which says
// who asks. Whatever else is around it must let http.ResponseController reach the
// connection (Unwrap).
package api
