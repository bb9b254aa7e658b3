package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"time"

	"ingest/cmd/ingest/internal/config"
	"ingest/enrich"
	"ingest/enrich/fetch"
	"ingest/enrich/urlclean"
	"ingest/openproject"
	"ingest/output"
	"ingest/output/archetype"
	"ingest/output/frontmatter"
	"ingest/pipeline"
)

// rooms is a configuration turned into what a run needs.
type rooms struct {
	closers
	config   *config.Config
	tracker  *openproject.Client
	web      *fetch.Client
	tree     *output.Tree
	cleaner  *urlclean.Cleaner
	spool    enrich.Spool
	store    pipeline.Store // nil when nothing is remembered
	notes    []pipeline.Warning
	relating relating
	pipeline *pipeline.Pipeline
	query    openproject.Query
}

// assemble builds the rooms. It reads the archetype and the content tree but
// asks nothing of the tracker.
func assemble(ctx context.Context, c *config.Config, w world, f *runFlags) (_ *rooms, err error) {
	logger := w.logger(f)
	template, err := readArchetype(c.Output)
	if err != nil {
		return nil, err
	}
	if err := checkOwned(template, c.Output.Owner, f.takeTracker); err != nil {
		return nil, err
	}
	r := &rooms{config: c, relating: relating{step: &enrich.Relate{Limit: c.Offerings.Limit}}}
	defer func() {
		if err != nil {
			err = errors.Join(err, r.close())
		}
	}()
	if r.tracker, err = newTracker(c.Tracker, logger, f.counts().tracker...); err != nil {
		return nil, err
	}
	r.closers = append(r.closers, func() error { r.tracker.Close(); return nil })
	if r.cleaner, r.web, err = newWeb(c, w, logger, f.counts().web...); err != nil {
		return nil, err
	}
	r.closers = append(r.closers, func() error { r.web.Close(); return nil })
	if err := r.remember(ctx, c, f); err != nil {
		return nil, err
	}
	if r.spool, err = openSpool(logger); err != nil {
		return nil, err
	}
	r.closers = append(r.closers, r.spool.Close)
	if r.tree, err = openTree(c, template, logger, f.texts); err != nil {
		return nil, err
	}
	r.closers = append(r.closers, r.tree.Close)
	r.query = openproject.Query{Project: c.Tracker.Project, Types: c.Tracker.Types, Statuses: c.Tracker.Statuses}
	r.pipeline = &pipeline.Pipeline{
		Source: r.tracker, Template: template, Store: r.store, Prepare: r.prepare,
		First: []pipeline.Step{enrich.Clean{Cleaner: r.cleaner, Required: c.Links.Required}},
		Steps: []pipeline.Step{enrich.Follow{Web: r.web, Spool: r.spool}, enrich.Scrape{Keep: c.Scrape.KeepHTML},
			enrich.Assets{Web: r.web, Spool: r.spool, LinkedPDF: c.Scrape.LinkedPDF}, enrich.Inline{Tracker: c.Tracker.URL, Spool: r.spool}},
		Last: []pipeline.Step{r.relating.step},
		Sink: r.tree, DryRun: f.dryRun,
		Fields: c.Tracker.Fields, Site: site(c.Site), Workers: c.Workers, Logger: logger, RefreshAfter: c.Scrape.RefreshAfter,
		Body: bodyOptions(c, template.Document().Generator, r.cleaner), FollowTitles: c.Output.Slug == config.Follow, TrackerOwns: trackerOwns(c.Output.Owner, f.takeTracker),
	}
	r.pipeline.Pruning = pipeline.Pruning{Mode: pipeline.PruneMode(c.Prune.Mode), MaxShare: float64(c.Prune.MaxShare), Forgetful: c.State == "", Rehearse: output.DryRun{Tree: r.tree}.Remove}
	if f.dryRun {
		r.pipeline.Sink = output.DryRun{Tree: r.tree}
	}
	r.pipeline.Teller = newTeller(c, f.counts().feedback(r.tracker), r.store, logger)
	return r, nil
}

// openTree opens the content tree as the archetype says its documents lie.
func openTree(c *config.Config, template *archetype.Archetype, logger *slog.Logger, texts bool) (*output.Tree, error) {
	shape := template.Document()
	o := output.Options{Logger: logger, IDKey: shape.ID, Bundle: shape.Bundle, Beside: shape.Beside, Texts: texts}
	for _, role := range archetype.Roles() {
		o.Roles = append(o.Roles, string(role))
	}
	for _, path := range append(shape.Address, shape.Aliases) { // what an address is made of is what stays with it
		if key, _, _ := strings.Cut(path, "."); key != "" {
			o.URLKeys = append(o.URLKeys, key)
		}
	}
	o.URLOf = func(matter frontmatter.Map, path string) []string {
		address, err := template.Address(archetype.Env{Site: site(c.Site)}, archetype.Written{FrontMatter: matter, File: path})
		if err != nil || address == "" {
			return nil // a page of the site's own, or one that needs more than its front matter
		}
		return append([]string{address}, shape.ListAliases(matter)...)
	}
	return output.Open(c.Output.ContentDir, c.Output.AssetsDir, o)
}

// openSpool makes the folder of the run's temporary files, and removes those
// that killed runs have left.
func openSpool(logger *slog.Logger) (enrich.Spool, error) {
	now := time.Now()
	if err := enrich.SweepSpools("", now); err != nil {
		logger.Warn("left-overs of killed runs not removed", "error", err)
	}
	return enrich.OpenSpool("", now)
}

// prepare asks the tracker for what every item needs: that the configured
// custom fields exist, and the catalogue of offerings. A run that went on
// without them would write gaps over good values.
func (r *rooms) prepare(ctx context.Context) error {
	if err := checkFields(ctx, r.tracker, r.config.Tracker); err != nil {
		return err
	}
	return r.loadCatalogue(ctx)
}

// warnings are those of the run rather than of an item.
func (r *rooms) warnings() []pipeline.Warning {
	warnings := slices.Clone(r.notes)
	for _, note := range r.tree.Notes() {
		if isA[*output.ForeignFilesError](note) {
			continue // every site has files of its own; that is no news
		}
		warnings = append(warnings, pipeline.Warning{Step: "tree", Text: note.Error(), Hint: hintFor(note)})
	}
	if r.relating.leftOut > 0 {
		warnings = append(warnings, pipeline.Warning{Step: "relate", Text: fmt.Sprintf("%d offerings without permalink or topics were left out", r.relating.leftOut),
			Hint: "fill the fields named in offerings.fields, or narrow offerings.types"})
	}
	return warnings
}
