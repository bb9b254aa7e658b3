// Package feedback answers editors where they work: in the tracker, on the work
// package itself. Tracker is a pipeline.Teller.
//
//	one comment    where it is published, what was taken from the source, what is
//	               missing and how to mend it; edited in place
//	the clean URL  in a custom field, where the visit found the link well
//	a status       once for each publication
//
// # Quiet
//
// The comment is made of the state alone (text.go, found.go): no time and no count
// of runs is in it, and warnings lose what differs from night to night (advice.go).
// So the same state gives the same bytes. A digest of them stands in the comment's
// last line, its mark, and in memory: as long as it is the same nothing is asked and
// nothing is written. Only a person who asks gets an answer although nothing is new:
// a line before the mark. It goes with the next change.
//
// # Memory
//
// The fact "feedback <id>" (memory.go) holds the comment's id and digest, the edition
// that the status was last set for, and the clean URL that was written. The pipeline
// drops it together with the entry of a work package whose document it removes. Without
// it the own comment is found by its mark. A comment that somebody deleted is made anew
// only when there is something to say; one that is another user's is left, and a new
// one made.
//
// # No echo
//
// What is written moves the work package's updatedAt and makes the tracker send
// webhooks. So Tell reads the work package before it writes and after it, with its
// attachments, and returns the later updatedAt only if nothing else differs: the
// pipeline then takes that for no news. If something else does, the next run looks.
// Whatever makes the next run look, it finds the digest, the edition and the link
// that are remembered, and writes nothing.
//
// # Foreign words
//
// Titles, names and messages come from outside. plain (escape.go) makes them text
// that is neither Markdown nor anything that OpenProject makes of text: links to
// work packages (#12), revisions (r12) and wiki pages ([[x]]), values
// (workPackageValue:x), addresses that become links, mentions.
package feedback
