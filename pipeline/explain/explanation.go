package explain

import (
	"time"

	"ingest/enrich/urlclean"
	"ingest/pipeline"
)

// Explanation is the account of one work package and its document.
type Explanation struct {
	ID      int64  `json:"id"`
	Subject string `json:"subject"`
	// Tracker is where a person opens the work package.
	Tracker string `json:"tracker,omitempty"`
	// Path is the document's place in the content folder, with slashes; Address
	// its address on the site, "" where that is not known.
	Path    string `json:"path,omitempty"`
	Address string `json:"address,omitempty"`

	// Outcome is that of the last run that worked on it, at CheckedAt; Error
	// says why that failed, Attention what an editor should look at.
	Outcome   pipeline.Outcome `json:"outcome"`
	CheckedAt time.Time        `json:"checked_at"`
	Error     string           `json:"error,omitempty"`
	Attention string           `json:"attention,omitempty"`
	// UpdatedAt is the work package's last change that was looked at, ReadAt when
	// the source page was last read.
	UpdatedAt time.Time `json:"updated_at,omitzero"`
	ReadAt    time.Time `json:"read_at,omitzero"`
	// NextTry is when it is worked on again although nothing changed, after so
	// many Failures in a row.
	NextTry  time.Time `json:"next_try,omitzero"`
	Failures int       `json:"failures,omitempty"`
	// Next is what ingest render would do to the files now: unchanged, updated,
	// or created where a file is gone. "" for what was never published.
	Next pipeline.Outcome `json:"next,omitempty"`

	Link     *Link              `json:"link,omitempty"` // nil without a source URL
	Keys     []Key              `json:"keys"`           // in document order
	Warnings []pipeline.Warning `json:"warnings"`
}

// Link is the walk of a source URL.
type Link struct {
	Original  string `json:"original"`            // as the editor gave it
	Clean     string `json:"clean"`               // the same without tracking parameters
	Href      string `json:"href"`                // what is published
	Canonical string `json:"canonical,omitempty"` // what the page calls itself
	// Hops are the addresses that were visited. Without any, nothing was asked.
	Hops []Hop `json:"hops"`
	// Removed, Unwrapped and Notes tell what cleaning did to Original.
	Removed   []urlclean.Removal `json:"removed"`
	Unwrapped []urlclean.Unwrap  `json:"unwrapped,omitempty"`
	Notes     []string           `json:"notes,omitempty"`
}

// Hop is one address on the way.
type Hop struct {
	Number int    `json:"hop"` // from 1
	URL    string `json:"url"` // as it was named
	Clean  string `json:"clean"`
	Reason string `json:"reason"` // what led here: given, 301, meta refresh
	Status int    `json:"status"` // the answer's; 0 if there was none
	Robots string `json:"robots,omitempty"`
	// Removed, Unwrapped and Notes tell what cleaning did to URL; nothing for
	// the first hop, which is Link.Clean.
	Removed   []urlclean.Removal `json:"removed"`
	Unwrapped []urlclean.Unwrap  `json:"unwrapped,omitempty"`
	Notes     []string           `json:"notes,omitempty"`
}

// State says whose a value is.
type State string

// The states of a key.
const (
	Ours    State = "ours"    // what the archetype makes
	Hand    State = "hand"    // wholly or partly what a person wrote; see Key.Edits
	Kept    State = "kept"    // the last good value; see Key.Why
	Locked  State = "locked"  // part of the address, which stays once published
	Pending State = "pending" // Key.Offered takes its place the next time it is written
	Foreign State = "foreign" // the file's own; the archetype has no such key
)

// Key is one value of the front matter, or the body under it.
type Key struct {
	// Key is its path: featuredImage.alt, breadcrumbs[1]; (body) for the body.
	Key string `json:"key"`
	// Value is what the file holds, null where it has no such key; what it will
	// hold where there is no file. Of the body only the beginning is shown.
	Value Value `json:"value"`
	State State `json:"state"`
	// Expression is the archetype's, Line where it stands there. "" is a value
	// that stands as written, or a mapping.
	Expression string      `json:"expression,omitempty"`
	Line       int         `json:"line,omitempty"`
	Conditions []Condition `json:"conditions,omitempty"`
	// From says what the value was made of, or, where it is not ours, what ours
	// would be made of.
	From []Source `json:"from"`
	// Offered is our value where it is another than the file's; nil where it is
	// the same, or where we have none.
	Offered *Value `json:"offered,omitempty"`
	// Why says why our value could not be found out, Since when the source page
	// was last read if that is why the value was kept.
	Why   string    `json:"why,omitempty"`
	Since time.Time `json:"since,omitzero"`
	Edits []Edit    `json:"edits,omitempty"`
}

// Condition is a $when or $each that decides about a key.
type Condition struct {
	Key        string `json:"key"`
	Form       string `json:"form"` // "$when" or "$each"
	Expression string `json:"expression"`
	Line       int    `json:"line"`
}

// Edit is an edit made by hand that stays.
type Edit struct {
	Key     string `json:"key"` // the key's or one below it
	Value   Value  `json:"value"`
	Offered Value  `json:"offered"` // what we have for it
	// Deleted says that the person removed the key, Dropped that we do not write
	// it any more, Conflict that the tracker has changed too.
	Deleted  bool `json:"deleted,omitempty"`
	Dropped  bool `json:"dropped,omitempty"`
	Conflict bool `json:"conflict,omitempty"`
}

// Kind is the kind of a source.
type Kind string

// The kinds of sources.
const (
	Literal     Kind = "literal"      // stands in the archetype
	Field       Kind = "custom_field" // of the tracker
	WorkPackage Kind = "work_package" // a property of it
	LinkURL     Kind = "link"         // the source URL, or what became of it
	Page        Kind = "page"         // what the source page says
	Attachment  Kind = "attachment"   // a file in the tracker
	Web         Kind = "web"          // a file that was fetched
	Offering    Kind = "offering"
	Setting     Kind = "setting"
	Name        Kind = "name" // of the document
	ByHand      Kind = "hand" // a person's edit of the file
	FileAlone   Kind = "file" // a key that only the file knows
	Unknown     Kind = "unknown"
)

// Source is one place that a value came from.
type Source struct {
	Kind Kind `json:"kind"`
	// Text names the place for a person: `custom field "Via"`, `og:title at hop
	// 2`, `attachment 10312 "chart.png"`, `setting site.base_path`.
	Text string `json:"text"`
	// Part is what the expression calls it: wp.fields.via.
	Part string `json:"part,omitempty"`
	// ID is that of an attachment or offering, Hop the hop that answered, URL
	// where a file was fetched.
	ID  int64  `json:"id,omitempty"`
	Hop int    `json:"hop,omitempty"`
	URL string `json:"url,omitempty"`
	// Value is what it gave; texts are cut at MaxText.
	Value Value `json:"value"`
	// Empty says that it gave nothing, Fact that what it gave was found out about
	// a file: its format, its size.
	Empty bool `json:"empty,omitempty"`
	Fact  bool `json:"fact,omitempty"`
	// Lost are the other places that had a value, at most MaxLost.
	Lost []Candidate `json:"lost,omitempty"`
}

// Candidate is a value that another was preferred to.
type Candidate struct {
	Source string `json:"source"`
	Value  string `json:"value"`
	// Reason is why it could not win; "" where it only came later in line.
	Reason string `json:"reason,omitempty"`
}

// Bounds of what is told of a page, so that an account stays readable.
const (
	MaxText = 200 // characters of a text
	MaxLost = 8   // candidates of one source
)
