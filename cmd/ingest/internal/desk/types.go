package desk

import (
	"time"

	"ingest/cmd/ingest/internal/daemon"
	"ingest/pipeline"
	"ingest/pipeline/explain"
)

// State is how an entry stands with its editor.
type State string

// The states of an entry.
const (
	Attention State = "attention" // published, but something is lacking or wrong
	Failed    State = "failed"    // the last run could not bring it up to date
	Skipped   State = "skipped"   // not wanted on the site; the reason is told
	Published State = "published" // all is well
	Gone      State = "gone"      // taken off the site
)

// Filter says which entries are asked for.
type Filter struct {
	State State // "" is all
	// Text is words, each of which is in the title or in the clean or canonical
	// URL, or is the id. It has at most MaxQuery characters.
	Text string
	// Dead keeps those whose link is dead, Duplicates those that share their link
	// with another.
	Dead, Duplicates bool
	Page, PerPage    int // from 1; 0 is the first page of 50
}

// Summary is an entry in a list.
type Summary struct {
	ID        int64            `json:"id"`
	Title     string           `json:"title"`
	State     State            `json:"state"`
	Attention string           `json:"attention,omitempty"` // why
	Outcome   pipeline.Outcome `json:"outcome"`             // of the last run that worked on it
	URL       string           `json:"url,omitempty"`       // the clean source URL
	Path      string           `json:"path,omitempty"`      // of the document in the content tree
	UpdatedAt time.Time        `json:"updated_at"`          // of the work package
	CheckedAt time.Time        `json:"checked_at"`          // when a run last worked on it
	Link      string           `json:"link,omitempty"`      // health of the link: ok, suspect, dead, moved; "" when not known
}

// List is a page of entries.
type List struct {
	Entries []Summary `json:"entries"`
	Total   int       `json:"total"`
	Page    int       `json:"page"`
	PerPage int       `json:"per_page"`
}

// Entry is all that is known of one.
type Entry struct {
	Summary
	WorkPackageURL string               `json:"work_package_url"`     // in the tracker
	SiteURL        string               `json:"site_url,omitempty"`   // where it is published
	SourceURL      string               `json:"source_url,omitempty"` // as the editor gave it
	Canonical      string               `json:"canonical,omitempty"`  // what the page calls itself
	FrontMatter    string               `json:"front_matter"`         // YAML, as the file has it
	Body           string               `json:"body"`                 // Markdown, as the file has it
	Image          string               `json:"image,omitempty"`      // name of the featured image, for the preview
	Failures       int                  `json:"failures"`             // in a row
	NextTry        *time.Time           `json:"next_try,omitempty"`
	Pending        Pending              `json:"pending"`
	Warnings       []pipeline.Warning   `json:"warnings"` // of the last run
	Duplicates     []int64              `json:"duplicates"`
	Explanation    *explain.Explanation `json:"explanation,omitempty"`
	Health         *Health              `json:"health,omitempty"`
	Outcomes       []PastOutcome        `json:"outcomes"` // the newest first
	Last           *Last                `json:"last,omitempty"`
}

// Pending says whether the service is about to look at an entry.
type Pending struct {
	Waiting bool   `json:"waiting"`
	Running bool   `json:"running"`
	Delay   *Delay `json:"delay,omitempty"` // of one that waits
}

// Delay is why what waits does not begin yet.
type Delay struct {
	Reason  string     `json:"reason"`
	Hint    string     `json:"hint,omitempty"`
	NextTry *time.Time `json:"next_try,omitempty"` // absent: as soon as the run at work has ended
}

// Health is how the source link fares.
type Health struct {
	State    string    `json:"state"`
	Reason   string    `json:"reason"`
	Since    time.Time `json:"since"`
	Checked  time.Time `json:"checked"`
	Archived string    `json:"archived,omitempty"` // a copy that could take its place
	Moved    string    `json:"moved,omitempty"`    // where the link leads for good
}

// PastOutcome is what a run made of an entry.
type PastOutcome struct {
	Run     string           `json:"run"`
	At      time.Time        `json:"at"`
	Outcome pipeline.Outcome `json:"outcome"`
	Text    string           `json:"text,omitempty"` // error or first warning
}

// Last is what this process last made of an entry, with the difference it made.
type Last struct {
	Run  string              `json:"run"`
	At   time.Time           `json:"at"`
	Item pipeline.ItemReport `json:"item"`
	Diff string              `json:"diff"` // unified; "" when no text changed
}

// Run is a run in a list.
type Run struct {
	ID       string                   `json:"id"`
	Kind     daemon.Kind              `json:"kind"` // "" is not known: of a run that no daemon has made
	State    daemon.State             `json:"state"`
	Trigger  string                   `json:"trigger"`
	By       string                   `json:"by,omitempty"`
	DryRun   bool                     `json:"dry_run"`
	Asked    *time.Time               `json:"asked,omitempty"`
	Started  *time.Time               `json:"started,omitempty"`
	Ended    *time.Time               `json:"ended,omitempty"`
	Finished int                      `json:"finished"` // items so far
	Counts   map[pipeline.Outcome]int `json:"counts,omitempty"`
	Error    string                   `json:"error,omitempty"`
	Hint     string                   `json:"hint,omitempty"`
	Report   *pipeline.Report         `json:"report,omitempty"` // of a single run only
}

// Overview is what the first page shows.
type Overview struct {
	Counts     map[State]int     `json:"counts"`
	Attention  []Summary         `json:"attention"` // the newest first, at most 20
	Dead       []Summary         `json:"dead"`
	Duplicates [][]Summary       `json:"duplicates"` // each group shares a link, the oldest first
	Runs       []Run             `json:"runs"`       // the last ones
	Next       []daemon.Upcoming `json:"-"`
	Queue      int               `json:"queue"` // work packages that wait
	Delay      *Delay            `json:"delay,omitempty"`
}
