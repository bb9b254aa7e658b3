// Package adopt looks at a content tree that was there before ingest, and says
// what it would mean to keep it from now on.
//
//	finder := adopt.Finder{Survey: survey, Clean: p.CleanLink}
//	report, err := finder.Find(ctx, p.Sourced(ctx, query)) // whose files are these?
//	finder.WriteIDs(ctx, report)                           // if that was asked for
//	p.Sink = &adopt.Watch{Sink: p.Sink}                    // and what would a run do?
//
// # Whose files
//
// A file with the id of a work package is its document. A file without one is
// about a work package if some text of its front matter, cleaned as source URLs
// are, is the cleaned source URL of exactly one work package, that one has no
// document yet, and no other file is about it. Everything that is less clear is
// reported for a person to decide; nothing is guessed. WriteIDs puts the id into
// the files that are clear, and from then on they are documents like all others,
// with their own names and addresses.
//
// # What a run would do
//
// A [Watch] stands before the sink of a dry run and counts, key by key, what
// would change in the documents that are there and which edits made by hand
// would stay. The run itself is the pipeline's own, so both always agree.
//
// [Report] is for scripts; its JSON names are a promise.
package adopt
