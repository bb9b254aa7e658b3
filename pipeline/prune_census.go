package pipeline

import (
	"context"
	"fmt"

	"ingest/enrich"
	"ingest/output"
)

// census compares a listing with the tree.
type census struct {
	p         *Pipeline
	s         Selection
	listed    map[int64]bool
	visible   map[string]bool // projects that were asked for
	documents int             // in the tree
	gone      []*departure    // found missing, by id
	off       int             // of them, those that are off the site already
	back      []string        // documents whose mark a person took away
}

func (p *Pipeline) census(s Selection, listed map[int64]bool) *census {
	return &census{p: p, s: s, listed: listed, visible: map[string]bool{}}
}

// departure is a document that the tree or the memory has and the listing has
// not.
type departure struct {
	id      int64
	subject string
	path    string // "" when the file is gone already
	entry   *Entry // what is remembered, in parts; nil when that is nothing
	damaged error  // why nothing is remembered although something was
	reason  reason
	removal output.Removal
	plan    output.Result // what a rehearsal says of removal
	goes    bool          // removal is to be carried out
	err     error
}

// prune asks why documents were not listed, and takes them off the site where
// the mode says so and the guards let it. First everything is found out, then
// the guards judge it as a whole, only then the first file is touched.
func (c *census) prune(ctx context.Context, report *Report) error {
	if err := c.compare(ctx); err != nil {
		return err
	}
	if len(c.gone) > 0 && len(c.listed) == 0 && len(c.s.IDs) == 0 {
		return &PruneRefusedError{Documents: c.documents}
	}
	if err := c.ask(ctx); err != nil {
		return err
	}
	if err := c.rehearse(ctx); err != nil {
		return err
	}
	refused := c.guard()
	if err := c.depart(ctx, report); err != nil {
		return err
	}
	c.tellRest(report)
	return refused
}

// tellRest tells of the documents that nothing is done about.
func (c *census) tellRest(report *Report) {
	if c.off > 0 {
		report.Warnings = append(report.Warnings, Warning{Step: pruneStep,
			Text: fmt.Sprintf("documents that are kept off the site already, since their work packages do not belong to it any more: %d", c.off),
			Hint: "ingest prune --mode delete removes those that are remembered and were not edited by hand"})
	}
	if len(c.back) > 0 {
		report.Warnings = append(report.Warnings, Warning{Step: pruneStep,
			Text: fmt.Sprintf("documents that somebody put back on the site by hand, although their work packages do not belong to it any more: %d (%s)", len(c.back), brief(c.back)),
			Hint: "ingest prune --wp with the id and --mode draft takes one off again; the listing of the tracker does not overrule a person"})
	}
}

// depart carries out what was decided, one document after the other, so that
// what each leaves behind does not depend on chance.
func (c *census) depart(ctx context.Context, report *Report) error {
	serial := *c.p
	serial.Workers = 1
	byID := map[int64]*departure{}
	for _, d := range c.gone {
		byID[d.id] = d
	}
	return serial.drive(ctx, report, func(ctx context.Context, j *job) (output.Result, error) {
		return c.p.takeOff(ctx, j, byID[j.record.ID])
	}, func(ctx context.Context, hand func(*job) bool) error {
		for _, d := range c.gone {
			j := &job{record: &record{ID: d.id, Subject: d.subject}, item: &enrich.Item{ID: d.id}, err: d.err, done: make(chan result, 1)}
			if d.told() && !hand(j) {
				return context.Cause(ctx)
			}
		}
		return nil
	})
}
