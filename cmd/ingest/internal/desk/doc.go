// Package desk answers what editors and programs ask of a running service, and
// takes their orders. The HTTP API (package api) and the editors' page (package
// page) are two windows of one desk: what one of them shows, the other can tell.
//
// It reads the state, the content tree and the daemon, and decides nothing that a
// run decides: an order becomes a hint or a request.
//
// # Where what is told comes from
//
// Lists and searches are queries over the columns of the state (Shelf), since there
// may be a hundred thousand entries; the content tree is opened for single ones
// only. Runs are those that the daemon has in memory, then those whose reports the
// state has kept; of these the heads are read, and a whole report only when it is
// asked for. The difference that a run made of a document is in the daemon's memory
// alone: after a restart it is not told any more.
//
// What belongs to today's configuration, archetype and tree comes by functions
// (Desk), which cmd/ingest wires. What they cannot tell at present becomes a
// warning of the entry: a file that is damaged must not hide the rest.
//
// # Errors
//
// A *NotFoundError is something that is not known, an *OrderError a question or an
// order that cannot be, a *FullError and a *hint.FullError that too much waits
// already. Each has a Hint. Texts never hold the stack that a defect of the program
// brings along (plain.go).
package desk
