package main

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"os"
	"strings"

	"ingest/cmd/ingest/internal/config"
	"ingest/enrich"
	"ingest/enrich/fetch"
	"ingest/enrich/urlclean"
	"ingest/openproject"
	"ingest/output"
	"ingest/output/archetype"
	"ingest/pipeline"
)

// rooms is a configuration turned into what a run needs.
type rooms struct {
	config   *config.Config
	tracker  *openproject.Client
	web      *fetch.Client
	tree     *output.Tree
	relate   *enrich.Relate
	leftOut  int // offerings that cannot be related
	pipeline *pipeline.Pipeline
	query    openproject.Query
}

// assemble builds the rooms. It reads the archetype and the content tree but
// asks nothing of the tracker.
func assemble(c *config.Config, w world, f *runFlags) (*rooms, error) {
	logger := w.logger(f)
	template, err := readArchetype(c.Output)
	if err != nil {
		return nil, err
	}
	r := &rooms{config: c, relate: &enrich.Relate{Limit: c.Offerings.Limit}}
	if r.tracker, err = newTracker(c.Tracker, logger); err != nil {
		return nil, &settingError{"tracker", err}
	}
	cleaner, err := newCleaner(c.Links)
	if err != nil {
		return nil, err
	}
	if r.web, err = newWeb(c.Scrape, cleaner, w, logger); err != nil {
		return nil, &settingError{"scrape", err}
	}
	if r.tree, err = output.Open(c.Output.ContentDir, c.Output.AssetsDir, output.Options{Logger: logger}); err != nil {
		return nil, err
	}
	r.query = openproject.Query{Project: c.Tracker.Project, Types: c.Tracker.Types, Statuses: c.Tracker.Statuses}
	r.pipeline = &pipeline.Pipeline{
		Source: r.tracker, Template: template,
		First:  []pipeline.Step{enrich.Clean{Cleaner: cleaner, Required: c.Links.Required}},
		Steps:  []pipeline.Step{enrich.Follow{Web: r.web}, enrich.Scrape{}, enrich.Assets{Web: r.web}, r.relate},
		Sink:   r.tree,
		Fields: c.Tracker.Fields, Site: site(c.Site), Workers: c.Workers, Logger: logger,
	}
	if f.dryRun {
		r.pipeline.Sink = output.DryRun{Tree: r.tree}
	}
	return r, nil
}

func readArchetype(o config.Output) (*archetype.Archetype, error) {
	if !o.ArchetypeIsFile() {
		source, err := archetype.Builtin(o.Archetype)
		if err != nil {
			return nil, &settingError{"output.archetype", err}
		}
		return archetype.Parse(o.Archetype, source)
	}
	source, err := os.ReadFile(o.Archetype)
	if err != nil {
		return nil, &settingError{"output.archetype", err}
	}
	return archetype.Parse(o.Archetype, source)
}

func newTracker(t config.Tracker, logger *slog.Logger) (*openproject.Client, error) {
	return openproject.New(openproject.Options{BaseURL: t.URL, APIKey: t.APIKey.Reveal(), Token: t.Token.Reveal(),
		UserAgent: userAgent(), Logger: logger})
}

func newCleaner(l config.Links) (*urlclean.Cleaner, error) {
	o := urlclean.Options{KeepEmptyQuery: l.KeepEmptyQuery, Extra: linkRules(l.Drop), Keep: linkRules(l.Keep)}
	if l.Affiliate == config.Keep {
		o.Affiliate = urlclean.Keep
	}
	policies := map[string]urlclean.Policy{config.Leave: urlclean.Leave, config.Strip: urlclean.Strip, config.Closed: urlclean.Closed}
	for _, site := range l.Sites {
		o.Sites = append(o.Sites, urlclean.Site{Hosts: site.Hosts, Paths: site.Paths, Policy: policies[site.Policy]})
	}
	cleaner, err := urlclean.New(o)
	if err != nil {
		return nil, &settingError{"links", err}
	}
	return cleaner, nil
}

func linkRules(configured []config.LinkRule) []urlclean.Rule {
	rules := make([]urlclean.Rule, 0, len(configured))
	for _, r := range configured {
		rules = append(rules, urlclean.Rule{Hosts: r.Hosts, Paths: r.Paths, Names: r.Names, Why: r.Why})
	}
	return rules
}

func newWeb(s config.Scrape, cleaner *urlclean.Cleaner, w world, logger *slog.Logger) (*fetch.Client, error) {
	return fetch.New(fetch.Options{
		UserAgent: cmp.Or(s.UserAgent, userAgent()), Timeout: s.Timeout, AllowPrivate: s.AllowPrivateHosts,
		Resolver: w.resolver, Logger: logger,
		// fetch reads 0 as its default; in the configuration 0 means what it says.
		PerHost: fetch.PerHost{Concurrency: s.PerHost.Concurrency, Interval: cmp.Or(s.PerHost.Interval, -1)},
		Clean:   func(rawURL string) string { return cleaner.Clean(rawURL).Output },
	})
}

// site fills the constants that the configuration leaves out: from its section
// where they repeat it, else from the built-in archetype's corpus.
func site(c config.Site) archetype.Site {
	d := archetype.DefaultSite()
	section := cmp.Or(c.Section, d.Section)
	s := archetype.Site{
		BasePath: cmp.Or(c.BasePath, d.BasePath), Section: section,
		HomeLabel: cmp.Or(c.HomeLabel, d.HomeLabel), HomeLink: cmp.Or(c.HomeLink, d.HomeLink),
		TopicPath: cmp.Or(c.TopicPath, d.TopicPath), Masthead: cmp.Or(c.Masthead, strings.ToUpper(section)),
		ContentCategory: cmp.Or(c.ContentCategory, d.ContentCategory), Archetype: d.Archetype,
		Identifier: cmp.Or(c.Identifier, section), SearchCategory: cmp.Or(c.SearchCategory, section),
		Sub: cmp.Or(c.Sub, d.Sub), Layout: cmp.Or(c.Layout, d.Layout), Source: cmp.Or(c.Source, d.Source),
		Tags: c.Tags, Params: c.Params,
	}
	if s.Tags == nil {
		s.Tags = []string{section}
	}
	return s
}

// prepare asks the tracker for what every item needs: that the configured
// custom fields exist, and the catalogue of offerings. A run that went on
// without them would write gaps over good values.
func (r *rooms) prepare(ctx context.Context) error {
	if err := checkFields(ctx, r.tracker, r.config.Tracker); err != nil {
		return err
	}
	offerings, leftOut, err := loadOfferings(ctx, r.tracker, r.config.Offerings)
	if err != nil {
		return fmt.Errorf("load the offerings: %w", err)
	}
	r.relate.Catalogue, r.leftOut = enrich.NewCatalogue(offerings), leftOut
	return nil
}

// warnings are those of the run rather than of an item.
func (r *rooms) warnings() []pipeline.Warning {
	var warnings []pipeline.Warning
	for _, note := range r.tree.Notes() {
		if isA[*output.ForeignFilesError](note) {
			continue // every site has files of its own; that is no news
		}
		warnings = append(warnings, pipeline.Warning{Step: "tree", Text: note.Error(), Hint: hintFor(note)})
	}
	if r.leftOut > 0 {
		warnings = append(warnings, pipeline.Warning{Step: "relate", Text: fmt.Sprintf("%d offerings without permalink or topics were left out", r.leftOut),
			Hint: "fill the fields named in offerings.fields, or narrow offerings.types"})
	}
	return warnings
}

func (r *rooms) close() error {
	r.web.Close()
	return r.tree.Close()
}
