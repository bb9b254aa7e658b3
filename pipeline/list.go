package pipeline

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"ingest/enrich"
	"ingest/openproject"
)

// job is one work package between lister, worker and report.
type job struct {
	record  *record
	entry   *Entry // what is remembered, nil when that is nothing
	item    *enrich.Item
	text    string                   // body as the site gets it
	files   map[string]*enrich.Asset // of the document, by name
	name    string                   // of the document
	file    string                   // place of a new document, "" where its name decides
	health  *LinkHealth              // of its link, nil when nothing is known
	unknown []string                 // paths of values whose health of a link cannot be read
	suffix  bool                     // what makes its address gets the id behind it
	err     error                    // why there is nothing left to work on
	adopted bool                     // the file that is there is the base
	still   bool                     // nothing happened to it since it was worked on
	visited bool                     // its source was asked for
	recast  bool                     // made again from what is remembered, without the tracker
	address string                   // of the document on the site, "" when it is not known
	seen    time.Time                // when the tracker last changed it, as it was listed
	told    time.Time                // when the tracker changed because of what it was told
	forgot  error                    // why nothing is remembered although something was
	noted   bool                     // what becomes of it is to be remembered
	unread  bool                     // it was named, and not shown as one of the site
	leaves  string                   // why its document should leave the site; "" when it is not known to
	spent   time.Duration            // by the lister
	done    chan result              // gets exactly one
}

// list walks the selection in tracker order and hands out a job for each. It
// returns the error that broke the listing off.
func (p *Pipeline) list(ctx context.Context, s Selection, pl *plan, hand func(*job) bool) error {
	l := &lister{p: p, s: s, plan: pl, hand: hand, met: map[int64]bool{}, tried: map[int64]bool{}, left: map[int64]bool{}}
	if len(s.IDs) > 0 {
		return l.runNamed(ctx)
	}
	return l.run(ctx)
}

// named makes the job of one named work package.
func (p *Pipeline) named(ctx context.Context, s Selection, id int64) *job {
	wp, err := p.Source.WorkPackage(ctx, id)
	if err == nil && s.wants(wp) {
		err = p.elsewhere(ctx, s, wp)
	}
	switch {
	case err != nil:
		return p.unfit(ctx, p.orUnread(wp, id), err)
	case !s.wants(wp):
		return p.unfit(ctx, p.orUnread(wp, id), s.unwanted(wp))
	}
	return p.prepare(ctx, wp, false)
}

// elsewhere returns a Skip for a work package outside the query's project and
// its subprojects, which only the tracker can tell.
func (p *Pipeline) elsewhere(ctx context.Context, s Selection, wp *openproject.WorkPackage) error {
	if s.Query.Project == "" {
		return nil
	}
	found, err := p.Source.Count(ctx, openproject.Query{Project: s.Query.Project, IDs: []int64{wp.ID}})
	if err != nil || found > 0 {
		return err
	}
	return enrich.Skipf("tracker.project says what belongs to the site", "it is in project %q, not in %q", wp.Project.Title, s.Query.Project)
}

// orUnread stands in for a work package that could not be read.
func (p *Pipeline) orUnread(wp *openproject.WorkPackage, id int64) *record {
	if wp == nil {
		return &record{ID: id}
	}
	return toRecord(wp, p.Source.WebURL(id))
}

// wants says whether a work package belongs to the query, as far as it can be
// told from the work package itself.
func (s Selection) wants(wp *openproject.WorkPackage) bool {
	has := func(names []string, name string) bool {
		return len(names) == 0 || slices.ContainsFunc(names, func(n string) bool {
			return strings.EqualFold(strings.TrimSpace(n), strings.TrimSpace(name))
		})
	}
	return has(s.Query.Types, wp.Type.Title) && has(s.Query.Statuses, wp.Status.Title)
}

func (s Selection) unwanted(wp *openproject.WorkPackage) error {
	return enrich.Skipf("tracker.types and tracker.statuses say what belongs to the site",
		"type %q with status %q does not belong to the site", wp.Type.Title, wp.Status.Title)
}

// prepare does what must be done in tracker order: conversion, the steps that
// need no network, and the document's name.
func (p *Pipeline) prepare(ctx context.Context, wp *openproject.WorkPackage, settle bool) *job {
	started := p.now()
	j := &job{record: toRecord(wp, p.Source.WebURL(wp.ID)), seen: wp.UpdatedAt, done: make(chan result, 1)}
	j.err = guarded(func() error {
		if err := p.recall(ctx, j); err != nil {
			return err
		}
		if err := p.unstamp(j); err != nil {
			return err
		}
		j.noted = true
		if j.still = settle && !j.entry.leaving() && p.settled(j.entry, wp.UpdatedAt); j.still {
			return nil
		}
		if err := checkFields(wp, p.Fields); err != nil {
			return err
		}
		return p.begin(ctx, j)
	})
	j.spent = p.now().Sub(started)
	return j
}

// begin makes the item, runs the first steps and claims the name.
func (p *Pipeline) begin(ctx context.Context, j *job) error {
	j.item = toItem(j.record, p.Fields)
	if err := p.recallHealth(ctx, j); err != nil {
		return err
	}
	j.warn("state", j.forgot)
	if err := p.warnOfMark(ctx, j); err != nil {
		return err
	}
	for _, step := range p.First {
		if err := apply(ctx, step, j.item); err != nil {
			return err
		}
	}
	return p.claim(ctx, j)
}

// apply runs one step and says which one failed. A Skip passes as it is.
func apply(ctx context.Context, step Step, it *enrich.Item) error {
	err := step.Apply(ctx, it)
	if _, skip := errors.AsType[*enrich.Skip](err); err == nil || skip {
		return err
	}
	return fmt.Errorf("%s: %w", step.Name(), err)
}
