package main

import (
	"cmp"
	"log/slog"
	"strings"
	"time"

	"ingest/cmd/ingest/internal/config"
	"ingest/enrich/body"
	"ingest/enrich/fetch"
	"ingest/enrich/urlclean"
	"ingest/openproject"
	"ingest/output"
	"ingest/output/archetype"
)

// bodyOptions says what a description goes through on its way to the site.
func bodyOptions(c *config.Config, generator archetype.Generator, cleaner *urlclean.Cleaner) body.Options {
	o := body.Options{Tracker: c.Tracker.URL, Macros: true, RepairMojibake: c.Body.RepairMojibake,
		CleanURL: func(url string) string { return cleaner.Clean(url).Output }}
	if c.Body.Tags == config.Escape {
		o.Tags = map[archetype.Generator]body.Tags{archetype.Hugo: body.HugoTags, archetype.Jekyll: body.LiquidTags, archetype.Eleventy: body.EleventyTags}[generator]
	}
	return o
}

// trackerOwns tells the keys on which the tracker decides: those that the
// configuration gives it, and those named for this run.
func trackerOwns(owner map[string]string, taken []string) func(string) bool {
	owned := map[string]bool{}
	for key, who := range owner {
		owned[key] = who == config.OwnerTracker
	}
	for _, key := range taken {
		owned[key] = true
	}
	return func(path string) bool {
		return owned[path] || path == output.BodyKey && owned["body"] || path == output.AssetsKey && owned["assets"]
	}
}

func readArchetype(o config.Output) (*archetype.Archetype, error) {
	if !o.ArchetypeIsFile() {
		source, err := archetype.Builtin(o.Archetype)
		if err != nil {
			return nil, &settingError{"output.archetype", err}
		}
		return archetype.Parse(o.Archetype, source)
	}
	source, err := o.ReadArchetype()
	if err != nil {
		return nil, &settingError{"output.archetype", err}
	}
	return archetype.Parse(o.Archetype, source)
}

// newTracker makes a client of the tracker; observe, if any, is told of its requests.
// The error is a *settingError.
func newTracker(t config.Tracker, logger *slog.Logger, observe ...func(method string, status int, took time.Duration)) (*openproject.Client, error) {
	o := openproject.Options{BaseURL: t.URL, APIKey: t.APIKey.Reveal(), Token: t.Token.Reveal(), UserAgent: userAgent(), Logger: logger}
	for _, told := range observe {
		o.Observe = told
	}
	client, err := openproject.New(o)
	if err != nil {
		return nil, &settingError{"tracker", err}
	}
	return client, nil
}

func newCleaner(l config.Links) (*urlclean.Cleaner, error) {
	o := urlclean.Options{KeepEmptyQuery: l.KeepEmptyQuery, Extra: linkRules(l.Drop), Keep: linkRules(l.Keep)}
	if err := o.Affiliate.UnmarshalText([]byte(l.Affiliate)); err != nil {
		return nil, &settingError{"links.affiliate", err}
	}
	for _, site := range l.Sites {
		made := urlclean.Site{Hosts: site.Hosts, Paths: site.Paths}
		if err := made.Policy.UnmarshalText([]byte(site.Policy)); err != nil {
			return nil, &settingError{"links.sites", err}
		}
		o.Sites = append(o.Sites, made)
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
		rules = append(rules, urlclean.Rule{Hosts: r.Hosts, Paths: r.Paths, Names: r.Names, Why: r.Why, Affiliate: r.Affiliate})
	}
	return rules
}

// newWeb makes the cleaner of links and the door to the web, which uses it; observe,
// if any, is told of its exchanges. The error is a *settingError.
func newWeb(c *config.Config, w world, logger *slog.Logger, observe ...func(kind fetch.Kind, status int, took time.Duration)) (*urlclean.Cleaner, *fetch.Client, error) {
	cleaner, err := newCleaner(c.Links)
	if err != nil {
		return nil, nil, err
	}
	proxy, err := fetch.ProxyFrom(w.lookupEnv)
	if err != nil {
		return nil, nil, &settingError{"scrape", err}
	}
	s := c.Scrape
	o := fetch.Options{
		UserAgent: cmp.Or(s.UserAgent, userAgent()), Timeout: s.Timeout, AllowPrivate: s.AllowPrivateHosts,
		Robots: fetch.Robots(s.Robots), Proxy: proxy, Resolver: w.resolver, Logger: logger,
		// fetch reads 0 as its default; in the configuration 0 means what it says.
		PerHost: fetch.PerHost{Concurrency: s.PerHost.Concurrency, Interval: cmp.Or(s.PerHost.Interval, -1)},
		Clean:   func(rawURL string) string { return cleaner.Clean(rawURL).Output },
	}
	for _, told := range observe {
		o.Observe = told
	}
	web, err := fetch.New(o)
	if err != nil {
		return nil, nil, &settingError{"scrape", err}
	}
	return cleaner, web, nil
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
		Tags: c.Tags, Params: c.Params, AssetsPath: c.AssetsPath,
	}
	if s.Tags == nil {
		s.Tags = []string{section}
	}
	return s
}
