// Package receiver takes OpenProject's webhooks: it checks the signature, reads
// which work package an event is about, and puts a hint into the queue. It answers
// at once; what is written follows later from the tracker's present state.
//
//	202  the hint is in the queue
//	204  signed, but nothing for this site: another type, another project, a wiki
//	     page's file, our own comment, a state that was looked at already
//	401  not signed (then it is not read), wrongly signed, cut short, or received before
//	405  not a POST
//	413  more than webhook.MaxBody
//	503  the queue is full, or too many bodies are being read; the next scheduled run
//	     finds the change
//
// The tracker has neither a delivery id nor a time in its headers (API.md, section
// 10), so that a recorded request could be sent again. One that says the same of the
// same state as an earlier one is refused; after a restart, a state that is no newer
// than the one that was worked on is passed over. A comment may come again then: it is a
// look, no more. (By its time it could not be told from a new one: that is the tracker's
// clock, and a person may ask again while the first request is at work.)
//
// Our own comments are known by their author, who is asked for once (users/me); as long
// as that is not known they are looked at like anybody's.
package receiver
