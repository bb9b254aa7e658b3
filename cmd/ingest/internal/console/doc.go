// Package console shows a run to a person: the report as a table, the diffs of
// a dry run, and a progress line while it goes on; and likewise the health of
// links, what adopt found, an explanation, a page's metadata.
//
// The table lists what needs eyes: every item that changed, failed, was
// skipped or has warnings; unchanged ones are counted only, since a nightly run
// over ten thousand entries has ten thousand of them. Edits made by hand are named
// for the items that are listed, and counted for all that were looked at. Text that
// came from outside is shown with control characters escaped, so that a title cannot
// paint over the terminal.
package console
