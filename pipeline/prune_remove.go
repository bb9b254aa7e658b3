package pipeline

import (
	"context"
	"encoding/json"
	"fmt"
	"path"
	"strings"
	"time"

	"ingest/enrich"
	"ingest/output"
)

// removal says how a document goes. That a person has named it lets it go no more
// easily: what a hand wrote, or may have written, is only ever removed by hand, as
// with what is remembered and cannot be read (holdBack).
func (p *Pipeline) removal(d *departure) (output.Removal, error) {
	r := p.marking(d.id)
	r.Delete, r.Forgetful = p.Pruning.Mode == PruneDelete && d.damaged == nil, p.Pruning.Forgetful
	if d.entry == nil {
		return r, nil
	}
	var err error
	r.Last, err = lastWritten(d.entry)
	r.Path, r.Name = d.entry.Path, stemOf(d.entry.Path)
	r.Digests = make(map[string]string, len(d.entry.Assets))
	for _, a := range d.entry.Assets {
		r.Assets = append(r.Assets, a.Name)
		r.Digests[a.Name] = a.SHA256
	}
	return r, err
}

// marking is the removal that keeps a document and marks it.
func (p *Pipeline) marking(id int64) output.Removal {
	return output.Removal{ID: id, Mark: p.Template.Document().Draft}
}

// stemOf is the name that a document's assets bear, as far as its place tells.
func stemOf(place string) string {
	stem := strings.TrimSuffix(path.Base(place), path.Ext(place))
	if stem == "index" {
		stem = path.Base(path.Dir(place))
	}
	return stem
}

// takeOff takes a document off the site, or only says why it should go.
func (p *Pipeline) takeOff(ctx context.Context, j *job, d *departure) (output.Result, error) {
	if d.lost() && d.reason.stays {
		return output.Result{}, enrich.Skipf(d.reason.hint, "%s; what is remembered of it cannot be read", d.reason.text)
	}
	if d.lost() {
		return output.Result{}, p.drop(ctx, d)
	}
	if !d.goes {
		return output.Result{}, enrich.Skipf(p.hint(d), "%s; its document %s stays", d.reason.text, d.path)
	}
	if err := p.intend(ctx, d); err != nil {
		return output.Result{}, err
	}
	result, err := p.Sink.Remove(ctx, d.removal)
	for _, warning := range result.Warnings {
		j.warn("tree", warning)
	}
	if err != nil {
		return result, err
	}
	switch {
	case result.Outcome != output.Updated:
		j.prune(d.reason.text+"; its document is removed", d.reason.hint)
	case result.Written == nil:
		j.prune(d.reason.text+"; its document "+d.path+" is marked as a draft", "nothing is remembered of what ingest wrote, so take the mark away by hand should the work package come back")
	default:
		j.prune(d.reason.text+"; its document "+d.path+" is marked as a draft", d.reason.hint)
	}
	return result, p.settle(ctx, d, result)
}

// hint says what to do about a document that stays.
func (p *Pipeline) hint(d *departure) string {
	if !d.reason.stays && d.damaged != nil {
		return keptHint(d.id)
	}
	if !d.reason.stays && !p.Pruning.removes() {
		return fmt.Sprintf("ingest prune --wp %d --mode delete removes it unless a hand may have edited it, --mode draft marks it as a draft", d.id)
	}
	return d.reason.hint
}

// prune notes a reason.
func (j *job) prune(text, hint string) {
	j.item.Warnings = append(j.item.Warnings, enrich.Warning{Step: pruneStep, Text: text, Hint: hint})
}

// intend notes, before a document is marked, that a mark of ours is to come, as
// rememberBefore does of other changes: killed in between, it is not taken for a
// person's, nor its absence.
func (p *Pipeline) intend(ctx context.Context, d *departure) error {
	if d.entry == nil || p.DryRun || d.plan.Outcome != output.Updated || d.plan.Written == nil {
		return nil
	}
	before := *d.removal.Last // there is one, or nothing would be known of what was written
	before.Pending = d.plan.Written
	return p.amend(ctx, d.id, func(e *Entry) (err error) {
		e.Written, err = json.Marshal(before)
		return err
	})
}

// settle remembers what became of a document: one that is gone is forgotten, now
// that nothing of it is left to remove; of one that is marked it is known that
// it needs no other look.
func (p *Pipeline) settle(ctx context.Context, d *departure, result output.Result) error {
	switch {
	case p.Store == nil || p.DryRun || d.unreadable():
		return nil
	case result.Outcome == output.Removed || d.path == "":
		return p.forget(ctx, d.id)
	case d.marked() && !d.goes:
		return nil
	case d.entry == nil:
		return p.noteMarked(ctx, d)
	}
	return p.amend(ctx, d.id, func(e *Entry) (err error) {
		e.Outcome, e.Error, e.Attention, e.CheckedAt = Removed, "", "", p.now()
		e.Failures, e.NextTry, e.ReadAt = 0, time.Time{}, time.Time{} // it is no longer looked at
		if d.goes && result.Written != nil {
			e.Written, err = json.Marshal(result.Written)
		}
		return err
	})
}

// noteMarked remembers of a document of which nothing was that it has its mark: so a
// person who takes that away is not overruled, and who brings the work package back
// is told of it. It has no path: that would promise a visit.
func (p *Pipeline) noteMarked(ctx context.Context, d *departure) error {
	tracker, err := json.Marshal(&record{ID: d.id, Subject: d.subject})
	if err == nil {
		err = p.Store.Put(ctx, &Entry{ID: d.id, Subject: d.subject, Outcome: Removed, CheckedAt: p.now(), Tracker: tracker})
	}
	if err != nil {
		return &StoreError{err}
	}
	return nil
}

// forget drops all that is remembered of a work package: the entry last, since only
// one that is there is pruned again after a crash.
func (p *Pipeline) forget(ctx context.Context, id int64) error {
	err := p.Store.SetFact(ctx, TellerFact(id), "")
	if err == nil {
		err = p.Store.Forget(ctx, id)
	}
	if err != nil {
		return &StoreError{err}
	}
	return nil
}

// amend changes what is remembered of a work package.
func (p *Pipeline) amend(ctx context.Context, id int64, change func(*Entry) error) error {
	e, err := p.Store.Entry(ctx, id)
	if err == nil && e != nil {
		if err = change(e); err == nil {
			err = p.Store.Put(ctx, e)
		}
	}
	if err != nil {
		return &StoreError{err}
	}
	return nil
}
