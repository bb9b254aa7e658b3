package pipeline

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"ingest/enrich"
	"ingest/output"
	"ingest/output/archetype"
)

// remember puts what became of a job into the store. What the job did not find
// out stays as it was remembered; where that cannot be read all of it stays, lest half
// of it be taken for the whole.
func (p *Pipeline) remember(ctx context.Context, j *job, r result, written output.Result) error {
	_, damaged := errors.AsType[*DamagedEntryError](r.err)
	if p.Store == nil || p.DryRun || !j.noted || j.still || damaged {
		return nil
	}
	if j.leaves != "" {
		return p.rememberLeaving(ctx, j, r)
	}
	e := Entry{ID: j.record.ID}
	if j.entry != nil {
		e = *j.entry
	}
	e.Subject, e.Outcome, e.Error, e.CheckedAt = j.record.Subject, r.item.Outcome, r.item.Error, p.now()
	e.Attention = attention(r.item)
	if j.recast && r.err == nil && j.entry.leaving() { // the tracker was not asked
		e.Outcome, e.Error, e.Attention = j.entry.Outcome, j.entry.Error, j.entry.Attention
	}
	if e.UpdatedAt = j.seen; !j.told.IsZero() {
		e.UpdatedAt = j.told
	}
	if j.forgot != nil && (r.err != nil || r.item.Outcome == Skipped) {
		e.Path = p.Sink.Place(e.ID) // a document without a visit: what is known of it stays damaged until a look comes to its end
	}
	var err error
	if e.Tracker, err = json.Marshal(j.record); err != nil {
		return fmt.Errorf("remember work package %d: %w", e.ID, err)
	}
	if r.err == nil && r.item.Outcome != Skipped {
		if err := found(&e, j, written); err != nil {
			return fmt.Errorf("remember work package %d: %w", e.ID, err)
		}
	}
	if j.recast && r.item.Outcome == Unchanged && e.tells(j.entry) {
		return nil // ten thousand times in a row
	}
	if j.visited || r.err != nil || r.item.Outcome == Skipped { // else nobody tried
		e.retry(r.err != nil || j.item != nil && len(j.item.Missing()) > 0, p.now())
	}
	return p.Store.Put(ctx, &e)
}

// tells says whether an entry tells the same of the document as another.
func (e *Entry) tells(other *Entry) bool {
	return e.Path == other.Path && bytes.Equal(e.Written, other.Written) && slices.Equal(e.Assets, other.Assets)
}

// rememberBefore notes what a document is about to hold, so that a run that is
// killed before it remembers the end of its write leaves no riddle.
func (p *Pipeline) rememberBefore(ctx context.Context, j *job, w *output.Written) (err error) {
	if p.Store == nil || p.DryRun || j.entry == nil {
		return nil
	}
	e := *j.entry
	if e.Written, err = json.Marshal(w); err != nil {
		return fmt.Errorf("remember work package %d: %w", e.ID, err)
	}
	if err := p.Store.Put(ctx, &e); err != nil {
		return &StoreError{err}
	}
	return nil
}

// found takes over what the steps and the tree made of it.
func found(e *Entry, j *job, written output.Result) (err error) {
	visit := j.item.Visit()
	if e.Visit, err = json.Marshal(visit); err != nil {
		return err
	}
	if visit.Link != nil {
		e.Clean, e.Canonical = visit.Link.Clean, visit.Link.Canonical
	}
	if !visit.ReadAt.IsZero() {
		e.ReadAt = visit.ReadAt
	}
	if html, same := j.item.HTML(); !same {
		e.HTML = html
	}
	e.Path, e.Assets = written.Path, storedAssets(j, e.Assets)
	if written.Written != nil {
		e.Written, err = json.Marshal(written.Written)
	}
	return err
}

// Waits between tries of something that fails: the next run first, then ever
// longer, so that a source that is gone for good costs little.
const (
	firstWait = 12 * time.Hour
	maxWait   = 7 * 24 * time.Hour
)

// retry notes when to try again.
func (e *Entry) retry(again bool, now time.Time) {
	if !again {
		e.Failures, e.NextTry = 0, time.Time{}
		return
	}
	e.Failures++
	e.NextTry = now
	if e.Failures > 1 {
		e.NextTry = now.Add(min(maxWait, firstWait<<min(e.Failures-2, 10)))
	}
}

// attention says why an editor should look at an item, "" when all is well.
func attention(item ItemReport) string {
	if item.Error != "" {
		return item.Error
	}
	texts := make([]string, 0, len(item.Warnings))
	for _, w := range item.Warnings {
		texts = append(texts, w.Text)
	}
	return strings.Join(texts, "; ")
}

// absent puts off a work package that was due and that the query does not find. One
// of which what is remembered cannot be read stays due.
func (p *Pipeline) absent(ctx context.Context, id int64) error {
	e, err := p.Store.Entry(ctx, id)
	if _, damaged := errors.AsType[*DamagedEntryError](err); damaged {
		return nil
	}
	if err != nil || e == nil || p.DryRun {
		return err
	}
	e.Failures++
	e.NextTry = p.now().Add(maxWait)
	return p.Store.Put(ctx, e)
}

// recall reads what is remembered of a work package into its job.
func (p *Pipeline) recall(ctx context.Context, j *job) (err error) {
	if p.Store != nil {
		j.entry, err = p.known(ctx, j.record.ID)
		if _, damaged := errors.AsType[*DamagedEntryError](err); damaged {
			j.forgot, err = err, nil
		}
		if err != nil {
			return &StoreError{err}
		}
	}
	j.adopted, err = p.isAdopted(ctx, j)
	return err
}

// look gives the item what an earlier visit found, so that this one need not
// ask for it again.
func (p *Pipeline) look(j *job) (err error) {
	if j.item.Previous, err = visitOf(j.entry); err != nil || j.item.Previous == nil {
		return err
	}
	if p.TrackerOwns != nil && p.TrackerOwns(output.AssetsKey) {
		return nil // the file may be a person's, of the same size even: all come anew
	}
	j.item.Present = func(part enrich.Part, a *enrich.Asset) bool {
		name := p.shape(j).AssetName(j.name, roleOf(part), a.Ext)
		return p.Sink.HasAsset(j.record.ID, output.Asset{Name: name, Size: a.Size, Last: j.entry.digest(name)})
	}
	return nil
}

// roleOf is what a part is to its document.
func roleOf(part enrich.Part) archetype.Role {
	switch part {
	case enrich.PartImage:
		return archetype.ImageRole
	case enrich.PartPDF:
		return archetype.PDFRole
	case enrich.PartIcon:
		return archetype.IconRole
	}
	return archetype.Role(part) // an attachment that the body refers to
}

// visitOf reads the visit of an entry, nil when there was none. A document cannot
// have been published without one: the error is a *DamagedEntryError.
func visitOf(e *Entry) (*enrich.Visit, error) {
	if e == nil || len(e.Visit) == 0 && e.Path == "" {
		return nil, nil
	}
	if len(e.Visit) == 0 {
		return nil, &DamagedEntryError{e.ID, errNoVisit}
	}
	visit := &enrich.Visit{}
	if err := json.Unmarshal(e.Visit, visit); err != nil {
		return nil, &DamagedEntryError{e.ID, fmt.Errorf("the visit: %w", err)}
	}
	return visit, nil
}
