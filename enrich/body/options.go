package body

// Options say what Rewrite changes. The zero value changes nothing.
type Options struct {
	// Tracker is the address of the tracker (https://tracker.example/op), by
	// which absolute links into it are known. Without it only those that begin
	// with a slash are.
	Tracker string
	// Attachment returns the address that the site gives an attachment; false
	// where the site does not have it: then the link stays, with a note. Nil
	// leaves all of them.
	Attachment func(id int64) (address string, ok bool)
	// Macros makes text of the tracker's macros, mentions and links to work
	// packages.
	Macros bool
	// WorkPackage returns the address that the site gives a work package, by
	// the id as the text has it ("123", "PROJ-7"); "" makes it plain text, as nil
	// does for all of them. It counts only with Macros.
	WorkPackage func(id string) (address string)
	// CleanURL takes the tracking parameters off an http or https URL that a
	// link points to. Cleaning twice must be cleaning once. Nil leaves all URLs.
	CleanURL func(url string) string
	// BareURLs has CleanURL clean the URLs that stand in the text without any
	// markup, too.
	BareURLs bool
	// Tags escapes template tags.
	Tags Tags
	// RepairMojibake mends UTF-8 that was read as Windows-1252; see the
	// function of that name.
	RepairMojibake bool
}

// Note is something that a person may want to know about a rewriting.
type Note struct {
	// Line counts from 1, in the text that was given.
	Line int
	Text string
}
