// Package explain says of every value of a document where it came from: which
// field of the tracker, tag of the source page, attachment, setting or hand's
// edit, what was there besides and lost, and which parameters left its link.
//
//	retraced, err := p.Retrace(ctx, 3960) // a pipeline for dry runs
//	account := explain.Of(retraced, cleaner.Clean)
//
// It is pure. [pipeline.Pipeline.Retrace] makes the document again from the
// state and compares it with the file; here the result is only put into words.
// An account therefore speaks of today's archetype, settings and rules, and of
// the last visit to the source: where the two disagree with the file, the value
// is the file's, and Key.State tells which of them will have its way.
//
// # Keys
//
// A key is a leaf of the archetype (origins of package archetype): each element
// of a list that the archetype spells out, each key of each element of a $each.
// A mapping that is null, left out or replaced by hand is one key. Behind them
// come the keys that the file has and the archetype does not, and the body.
//
// # Sources
//
// What an expression names is looked up one by one (sources.go): `title` is the
// work package's subject, `wp.fields.via` the custom field of that label,
// `page.title` the place that package page chose, with those it passed over.
// Every text in an account that may come from a stranger's page is cut at
// [MaxText] characters and not escaped: that is for whoever shows it.
//
// Explanation and what is in it are JSON with stable names; names may be added,
// none is renamed.
package explain
