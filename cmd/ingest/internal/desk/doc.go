// Package desk answers what editors and programs ask of a running service, and
// takes their orders. The HTTP API (package api) and the editors' page (package
// page) are two windows of one desk: what one of them shows, the other can tell.
//
// It reads the state, the content tree and the daemon, and decides nothing that a
// run decides: an order becomes a hint or a request.
package desk
