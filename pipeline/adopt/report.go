package adopt

import (
	"time"

	"ingest/output"
	"ingest/pipeline"
)

// Report is what was found in a content tree. The JSON names are a promise to
// the scripts that read it: names may be added, none is renamed. Lists are
// empty, never null; files are named with slashes.
type Report struct {
	Started  time.Time         `json:"started"`
	Duration pipeline.Duration `json:"duration_seconds"`
	// ContentDir is the folder that was looked at.
	ContentDir string `json:"content_dir"`
	DryRun     bool   `json:"dry_run"`
	// Adopted says that later runs take the tree, as it was at Started, for the
	// base.
	Adopted bool   `json:"adopted"`
	Error   string `json:"error,omitempty"`
	Hint    string `json:"hint,omitempty"`

	WorkPackages int `json:"work_packages"` // that the query finds
	Files        int `json:"files"`         // Markdown files whose owner can be told, the site's own among them
	// Known are the documents whose work package the query finds, Unknown those
	// whose id it does not find.
	Known   []Document `json:"known"`
	Unknown []Document `json:"unknown"`
	// Matched are the files without an id that are about exactly one work
	// package without a document.
	Matched []Match `json:"matched"`
	// Ambiguous are files without an id that are about several work packages, or
	// several about one.
	Ambiguous []Ambiguity `json:"ambiguous"`
	// SharedIDs are the ids that stand in several files.
	SharedIDs []SharedID `json:"shared_ids"`
	// Duplicates are the work packages with one clean URL.
	Duplicates []Duplicate `json:"duplicates"`
	// Unreadable are files and folders that cannot be read or parsed, and links.
	Unreadable []Problem `json:"unreadable"`
	// Own are the site's own files: without an id, and about no work package that
	// lacks a document.
	Own []string `json:"own"`
	// Preview is what the first run would do; nil when it was not tried.
	Preview  *Preview           `json:"preview"`
	Warnings []pipeline.Warning `json:"warnings"`
}

// Document is a file with an id.
type Document struct {
	ID   int64  `json:"id"`
	File string `json:"file"`
}

// Match is a file that is about one work package.
type Match struct {
	ID   int64  `json:"id"`
	File string `json:"file"`
	// Key is where the front matter holds the link, URL the link, cleaned.
	Key string `json:"key"`
	URL string `json:"url"`
	// IDWritten says that the id was put into the file; Error why it could not,
	// or in a dry run could not be.
	IDWritten bool   `json:"id_written"`
	Error     string `json:"error,omitempty"`
	Hint      string `json:"hint,omitempty"`

	page output.Page
}

// Ambiguity is a file that is about several work packages, or several files
// about one.
type Ambiguity struct {
	IDs   []int64  `json:"ids"`
	Files []string `json:"files"`
}

// SharedID is an id that stands in several files. Used is the one that counts,
// "" when none does.
type SharedID struct {
	ID    int64    `json:"id"`
	Files []string `json:"files"`
	Used  string   `json:"used"`
}

// Duplicate are work packages with one clean URL.
type Duplicate struct {
	URL string  `json:"url"`
	IDs []int64 `json:"ids"`
}

// Problem is something that cannot be read.
type Problem struct {
	Error string `json:"error"`
	Hint  string `json:"hint,omitempty"`
}

// Preview is what the first run would do.
type Preview struct {
	// Run is the report of the dry run.
	Run *pipeline.Report `json:"run"`
	// Assets is how many assets would be written.
	Assets int `json:"assets"`
	// Changes are the keys that would change in documents that are there,
	// HandEdits those that would keep what the file has. The most frequent come
	// first.
	Changes   []Key `json:"changes"`
	HandEdits []Key `json:"hand_edits"`
}

// Key is a key of front matter, (body) for the body, (style) for bytes that
// change without a value.
type Key struct {
	Key      string    `json:"key"`
	Count    int       `json:"count"`
	Examples []Example `json:"examples"` // those with the lowest ids
}

// Example shows the two values of a key. One that is left out is not there; long
// ones are cut.
type Example struct {
	ID          int64  `json:"id"`
	InFile      string `json:"in_file,omitempty"`
	FromTracker string `json:"from_tracker,omitempty"`
}

// New is a report with nothing in it.
func New(started time.Time, contentDir string) *Report {
	return &Report{Started: started, ContentDir: contentDir, Known: []Document{}, Unknown: []Document{}, Matched: []Match{},
		Ambiguous: []Ambiguity{}, SharedIDs: []SharedID{}, Duplicates: []Duplicate{}, Unreadable: []Problem{}, Own: []string{},
		Warnings: []pipeline.Warning{}}
}
