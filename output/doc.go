// Package output is the content tree: a folder of documents (Markdown under
// front matter) and a folder of their assets.
//
//	tree, err := output.Open("content/news", "static/news", output.Options{})
//	name, warning := tree.Name(3960, "https://example.org/article")
//	result, err := tree.Write(ctx, output.Document{ID: 3960, Name: name, …})
//
// # Identity
//
// A file belongs to the work package whose id stands in its front matter
// (`id: 3960`). [Open] reads the front matter of every Markdown file to learn
// which; there is no other memory. An existing document keeps its file and its
// name for ever, a new one is named by its link ([Tree.Name]). A file without
// an id, one that cannot be read and one whose front matter does not parse are
// never touched. When two files carry one id, the one named by a UUID is the
// document; when that does not tell, the work package is not written until a
// person has removed one.
//
// # Writing
//
// [Tree.Write] first plans (it reads and compares) and then carries the plan
// out; a [DryRun] only plans, so both always agree. A file is written only if
// its bytes differ. Assets come first and the document last: at no time does a
// document name a file that is not there, and an asset that fails leaves the
// document as it was.
//
// Every file, new or old, comes into its place by one function: written beside
// it under a temporary name, synced, renamed. Killed at any instant, a run
// leaves whole files and at most one temporary file per worker, named
// .ingest-….tmp; the first write of the next run removes them. Everything
// happens inside an os.Root, and links are not written through: no name, title
// or link can lead outside the two folders.
//
// # Line ends
//
// The body is written as it is. A new file ends with a line feed. An existing
// file keeps the line ends at its very end, and when nothing else differs it is
// unchanged.
//
// # Rooms
//
// Package frontmatter makes the bytes of front matter, package archetype makes
// the front matter. This package knows neither where documents come from nor
// what is in them, but for the id.
package output
