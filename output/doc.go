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
// (`id: 3960`, or another key: [Options.IDKey]; `"3960"` and `3960.0`, as some
// dumpers write it, are the id too, and keep their bytes). [Open] reads the front matter
// of every Markdown file to learn which; there is no other memory. An existing
// document keeps its file and its name for ever; a new one is named by its link
// ([Tree.Name]) or by the place that it claims ([Tree.ClaimFile]). A file
// without an id, one that cannot be read and one whose front matter does not
// parse are never touched. When two files carry one id, the one named by a UUID
// is the document; when that does not tell, the work package is not written
// until a person has removed one.
//
// No two documents share a place or an address: those that are in the tree keep
// theirs, the later of two new ones gets its id for a suffix ([Tree.ClaimFile],
// [Tree.ClaimURL]). Work packages with one source or canonical URL are told
// ([Tree.Duplicates]), also where it is the one to one of them and the other to
// the other, and those that are not asked about but known ([Tree.Known]).
//
// # Writing
//
// [Tree.Write] first plans (it reads and compares) and then carries the plan
// out; a [DryRun] only plans, so both always agree. A file is written only if
// its bytes differ. Assets come first and the document last: at no time does a
// document name a file that is not there, and an asset that fails leaves the
// document as it was. [Tree.Remove] goes the other way round.
//
// An existing file is edited, not replaced: its front matter key by key, its
// body as a whole (package frontmatter tells how). What reads as equal keeps its
// bytes, in whatever style they were written.
//
// # Whose value
//
// Three values meet at each key: what the file held from us when we last wrote
// it ([Document.Last]), what it holds now, and what we want. A key that only one
// side has changed, takes that side's value. One that both have changed keeps
// the person's, and a *[ConflictError] tells both values, once for each value of
// ours. A key that a person has deleted stays away; one that we stop to write
// goes, if nobody has changed it; one that never was ours is not looked at.
// Mappings are merged key by key, lists and texts as one value. Only the list of
// former addresses ([Document.Former]) is both sides': there is no conflict about
// it, since an address that was published must not be lost to an edit.
//
// [Result.Written] is what to give back as Last. At a key that a person holds it
// keeps the value from before their edit, and beside it the one that was offered
// last. So the next night is quiet, and when the person takes the edit back, be
// it to the old value or to the one offered, ours flows again.
//
// Where nobody remembers, what differs in the file is taken for a person's edit
// if the tracker has not changed since ([Document.Stamps], or
// [Document.Adopted] for files that were there before us). Otherwise it is a
// person's where the tracker cannot have changed it ([Document.Constant]); a body
// stays, with a *[ConflictError], since it would be lost; and at any other key
// ours is written, and a *[ReplacedError] tells the old value whole. Keys that we
// do not write stay then, as nobody knows whose they are. What stayed counts as
// an edit of ours of today from then on: the next change of the tracker's is a
// conflict, and the file's taking ours over ends it.
//
// Assets are compared as wholes. A file that differs from what was written
// ([Asset.Last]) is a person's and stays; when another asset has come since, an
// *AssetConflictError tells of both, once. Where nobody remembers, the file gives
// way, with an *AssetReplacedError.
//
// A value that could not be found out today ([Document.Missing]) is no change of
// ours: the file keeps what it has, and so does the memory.
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
// The body of a new file is written as it is, and the file ends with a line
// feed. Bodies are compared without regard to the kind of their line ends and to
// those at the end; an existing file keeps both.
//
// # Rooms
//
// Package frontmatter makes the bytes of front matter, package archetype makes
// the front matter. This package knows neither where documents come from nor
// what is in them, but for the id and the name that an mdName keeps.
package output
