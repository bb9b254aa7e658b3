package pipeline

import (
	"context"
	"errors"

	"ingest/output"
)

// PruneMode says what becomes of a document whose work package does not belong
// to the site any more.
type PruneMode string

// The modes. The zero value is PruneReport.
const (
	PruneReport PruneMode = "report" // it stays and is reported
	PruneDraft  PruneMode = "draft"  // it stays, with the archetype's mark of a draft
	PruneDelete PruneMode = "delete" // it goes, with its assets; one that was edited by hand, or may have been, is marked
)

// removes says whether documents leave the site at all.
func (p Pruning) removes() bool { return p.Mode == PruneDraft || p.Mode == PruneDelete }

// Pruning is how documents leave the site.
type Pruning struct {
	Mode PruneMode
	// MaxShare is the largest part of the tree's documents, 0 to 1, that one run
	// may take off the site, rounded down; one document always may.
	MaxShare float64
	// Forgetful says that there is no Store on purpose: documents go although nobody
	// knows whether a hand has edited them.
	Forgetful bool
	// Rehearse says what the sink's Remove would do, and does not do it. nil takes
	// no document off the site, whatever the mode.
	Rehearse func(ctx context.Context, r output.Removal) (output.Result, error)
}

// Prune compares what the tracker lists with what the tree holds, and carries
// nothing else: what Run does at the end of a whole listing. It also looks for
// assets of ours that belong to no document. Named work packages are asked for
// instead of listed. The report is never nil; the error is as that of
// [Pipeline.Run], or a *[PruneRefusedError].
func (p *Pipeline) Prune(ctx context.Context, s Selection) (*Report, error) {
	report := newReport(p.now())
	return report, p.conclude(ctx, report, p.pruneOnly(ctx, report, s))
}

func (p *Pipeline) pruneOnly(ctx context.Context, report *Report, s Selection) error {
	listed, err := p.listOnly(ctx, s)
	if err != nil {
		return err
	}
	c := p.census(s, listed)
	orphans, most, err := c.orphans(ctx) // before documents go, so that a dry run sees the same
	if err != nil {
		return err
	}
	if err := c.prune(ctx, report); err != nil {
		return err
	}
	return c.dropOrphans(ctx, report, orphans, most)
}

// listOnly lists the ids of a query.
func (p *Pipeline) listOnly(ctx context.Context, s Selection) (map[int64]bool, error) {
	listed := map[int64]bool{}
	if len(s.IDs) > 0 {
		return listed, nil
	}
	for wp, err := range p.Source.WorkPackages(ctx, s.Query) {
		if err != nil {
			return nil, err
		}
		listed[wp.ID] = true
	}
	return listed, nil
}

// pruneAfter prunes at the end of a run that has listed everything. What a guard
// refuses is a warning, and where documents should have gone the report says so:
// the run itself is done.
func (p *Pipeline) pruneAfter(ctx context.Context, report *Report, s Selection, pl *plan) error {
	if !pl.whole {
		return nil
	}
	err := p.census(s, pl.met).prune(ctx, report)
	if refused, ok := errors.AsType[*PruneRefusedError](err); ok {
		report.Warnings = append(report.Warnings, Warning{Step: pruneStep, Text: refused.Error(), Hint: refused.Hint()})
		report.PruneRefused = p.Pruning.removes()
		return nil
	}
	return err
}

// pruneStep is the step of the warnings that tell why a document goes.
const pruneStep = "prune"
