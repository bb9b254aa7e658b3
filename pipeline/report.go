package pipeline

import (
	"encoding/json"
	"slices"
	"time"
)

// Outcome is what became of one work package.
type Outcome string

// The outcomes, in the order in which reports count them.
const (
	Created   Outcome = "created"   // there was no document, now there is
	Updated   Outcome = "updated"   // document or assets got other bytes
	Unchanged Outcome = "unchanged" // nothing was written
	Skipped   Outcome = "skipped"   // not wanted; the reason is a warning
	Failed    Outcome = "failed"    // an error; what was there before stays
	Removed   Outcome = "removed"   // the document was taken away
)

// Outcomes lists every outcome in report order.
func Outcomes() []Outcome {
	return []Outcome{Created, Updated, Unchanged, Skipped, Failed, Removed}
}

// Report is what a run did. The JSON names are a promise to the scripts that
// read it: names may be added, none is renamed.
type Report struct {
	// ID, Kind and Trigger are set by who asked for the run: its name, what it looks
	// at, and what caused it.
	ID      string `json:"id,omitempty"`
	Kind    string `json:"kind,omitempty"`
	Trigger string `json:"trigger,omitempty"`

	Started     time.Time       `json:"started"`
	Duration    Duration        `json:"duration_seconds"`
	DryRun      bool            `json:"dry_run"`
	Interrupted bool            `json:"interrupted"` // the run was told to stop; items not reached are not listed
	Error       string          `json:"error,omitempty"`
	Hint        string          `json:"hint,omitempty"`
	Counts      map[Outcome]int `json:"counts"` // every outcome, also with 0
	// PruneRefused says that documents should have left the site at the end of the
	// run, and that a guard held all of them back; a warning tells why.
	PruneRefused bool         `json:"prune_refused,omitempty"`
	Warnings     []Warning    `json:"warnings"`
	Items        []ItemReport `json:"items"` // in tracker order, whatever finished first
	// Links is what a links run found out; nil for any other.
	Links *LinkReport `json:"links,omitempty"`
}

// ItemReport is the outcome of one work package.
type ItemReport struct {
	ID       int64     `json:"id"` // 0: assets of no document (see Prune)
	Subject  string    `json:"subject"`
	Outcome  Outcome   `json:"outcome"`
	Files    []File    `json:"files"` // written, or in a dry run to be written
	Warnings []Warning `json:"warnings"`
	// HandEdits are the keys and assets that keep what a person made of them.
	HandEdits []string `json:"hand_edits,omitempty"`
	Error     string   `json:"error,omitempty"`
	Hint      string   `json:"hint,omitempty"`
	Duration  Duration `json:"duration_seconds"`
	// Unread says that it was asked for by its id and that the tracker did not show it
	// as one of the site: no later run tries it again because of that. It is known
	// within the process alone.
	Unread bool `json:"-"`
}

// Include takes over what a second run, made for this one, changed or failed at,
// and what it has to say of documents that stay: of an edit by hand that is in the
// way nobody tells again. A work package that both list is listed with what became
// of it last.
func (r *Report) Include(other *Report) {
	place := make(map[int64]int, len(r.Items))
	for i, item := range r.Items {
		place[item.ID] = i
	}
	for _, item := range other.Items {
		i, listed := place[item.ID]
		switch {
		case item.Outcome == Unchanged || item.Outcome == Skipped:
			news := slices.ContainsFunc(item.Warnings, func(w Warning) bool { return w.Step == "tree" })
			if news && !listed {
				r.add(item)
			}
		case !listed:
			r.add(item)
		case r.Items[i].Outcome != Created: // created and then changed is created
			r.Counts[r.Items[i].Outcome]--
			r.Counts[item.Outcome]++
			r.Items[i] = item
		}
	}
	r.Warnings = append(r.Warnings, other.Warnings...)
	r.Duration += other.Duration
	if other.Error != "" {
		r.Error, r.Hint = other.Error, other.Hint
	}
	r.Interrupted, r.PruneRefused = r.Interrupted || other.Interrupted, r.PruneRefused || other.PruneRefused
}

// File is one file that a run wrote.
type File struct {
	Path   string  `json:"path"`   // slash-separated, from the configuration's folder where it lies in it
	Change Outcome `json:"change"` // created, updated or removed
}

// Warning is something that went less well than it could, and did not stop the
// document from being written.
type Warning struct {
	Step string `json:"step,omitempty"` // which step noticed
	Text string `json:"text"`
	Hint string `json:"hint,omitempty"`
}

// Duration prints as seconds in JSON, with milliseconds.
type Duration time.Duration

// MarshalJSON writes seconds as a number.
func (d Duration) MarshalJSON() ([]byte, error) {
	return json.Marshal(time.Duration(d).Round(time.Millisecond).Seconds())
}

// UnmarshalJSON reads seconds.
func (d *Duration) UnmarshalJSON(b []byte) error {
	var seconds float64
	if err := json.Unmarshal(b, &seconds); err != nil {
		return err
	}
	*d = Duration(seconds * float64(time.Second))
	return nil
}

// Stopped is the report of a run that ended before its first item.
func Stopped(started time.Time, err error) *Report {
	r := newReport(started)
	r.Error, r.Hint = err.Error(), HintOf(err)
	return r
}

// add files one item at its place in tracker order.
func (r *Report) add(item ItemReport) {
	r.Items = append(r.Items, item)
	r.Counts[item.Outcome]++
}

func newReport(started time.Time) *Report {
	r := &Report{Started: started, Counts: make(map[Outcome]int), Warnings: []Warning{}, Items: []ItemReport{}}
	for _, o := range Outcomes() {
		r.Counts[o] = 0
	}
	return r
}
