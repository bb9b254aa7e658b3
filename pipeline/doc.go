// Package pipeline carries work packages from the tracker into the content
// tree: one [Pipeline.Run] is one run, and its [Report] says what became of
// each work package.
//
//	 Source ──► work package ──► item ──► steps ──► front matter ──► Sink
//	openproject    convert.go    enrich             archetype       output
//
// The pipeline is the only room that knows all three leaves (openproject,
// enrich, output); they do not know each other. What passes from one to the
// next is converted here, by pure functions: convert.go makes items of work
// packages, env.go makes what archetypes read of items. The interfaces that
// the pipeline needs are declared here too (step.go).
//
// A run has one goroutine that lists and as many workers as configured. The
// lister converts each work package, runs the steps that need no network and
// claims the document's name, all in tracker order, so that names never depend
// on timing; then a worker takes over. Finished items are put into the report
// in tracker order, whatever finished first. The lister waits until a worker is
// free, so memory does not grow with the work packages that are still to come.
//
// With a [Store] a run remembers: what the tracker said, what the visit of the
// source found, what the document holds from us, and when to try again
// (remember.go). The next run then lists only what changed (plan.go, lister.go)
// and passes over what is settled; [Pipeline.Render] makes documents again from
// what is remembered alone. The watermark moves only past work packages that
// were done or recorded. A store is a cache: without one, every run looks at
// everything, and the content tree alone says which file is whose. What is
// remembered to be published and is missing from the tree is looked at again, and
// everything when nothing is there (losses.go).
//
// A named work package that no longer belongs to the site, or that the tracker does not
// show, keeps its document and what is remembered of it: its entry tells why it should
// leave and what takes it off (leaving.go), until a prune does or a run finds that it
// belongs again.
//
// A new document's place, name and address are claimed before its source is
// visited; those of a published one stay (claim.go), and come back when its file is
// gone (resume.go). Work packages about one page are told by the run that looks at
// any of them (others.go).
//
// A run that has listed everything, and [Pipeline.Prune], compare the listing
// with the tree (prune_census.go). What is in the tree and was not listed is
// asked for by its id, and only a sure reason, few enough at once, takes its
// document off the site: deleted, or kept with the mark of a draft. The entry of
// a marked document has the outcome Removed; the mark stands among what we have
// written, so that it goes when the work package is published again. Where nothing
// was remembered of what we wrote, the document is never deleted, and a person has
// to take its mark away.
//
// Errors are of three classes. A [enrich.Skip] is an outcome. An error of one
// item is that item's outcome, and the run goes on. An error that would meet
// every other item as well (refused credentials, a full disk, a listing that
// breaks off, a state that cannot be written) stops the run: work at hand is finished, the report is kept, and
// Run returns the error beside it.
package pipeline
