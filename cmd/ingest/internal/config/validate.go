package config

import (
	"fmt"
	"maps"
	"net/netip"
	"net/url"
	"slices"
	"strings"

	"ingest/cmd/ingest/internal/suggest"
)

// MaxWorkers bounds a typing error ("80000"); each worker may hold a page of
// 10 MB.
const MaxWorkers = 64

// validate checks values against what the program can do. It reports and goes
// on, so that one run shows everything.
func (d *decoder) validate(c *Config) {
	d.tracker(&c.Tracker)
	d.links(&c.Links)
	d.scrape(&c.Scrape)
	d.offerings(&c.Offerings)
	d.linkHealth(&c.LinkHealth)
	d.service(c)
	d.require("output.content_dir", c.Output.ContentDir, "the folder of the site that holds the entries")
	d.require("output.assets_dir", c.Output.AssetsDir, "the folder of the site that holds images and PDFs")
	d.oneOf("output.slug", c.Output.Slug, Locked, Follow)
	for _, key := range slices.Sorted(maps.Keys(c.Output.Owner)) {
		d.oneOf("output.owner."+key, c.Output.Owner[key], Hand, OwnerTracker)
	}
	d.oneOf("body.tags", c.Body.Tags, Escape, Allow)
	d.oneOf("prune.mode", c.Prune.Mode, PruneModes()...)
	d.require("output.archetype", c.Output.Archetype, "curated-content, or a file of your own ending in .yaml")
	d.folderPath("site.base_path", c.Site.BasePath)
	if c.Site.AssetsPath != "" {
		d.folderPath("site.assets_path", c.Site.AssetsPath)
	}
	if c.Workers < 1 || c.Workers > MaxWorkers {
		d.reject("workers", fmt.Sprintf("%d is not between 1 and %d", c.Workers, MaxWorkers), "8 is a good number")
	}
}

// folderPath wants a path on the site to which names are added.
func (d *decoder) folderPath(key, path string) {
	if !strings.HasPrefix(path, "/") || !strings.HasSuffix(path, "/") {
		d.reject(key, fmt.Sprintf("%q does not begin and end with /", path), "for example /news/")
	}
}

func (d *decoder) tracker(t *Tracker) {
	if d.require("tracker.url", t.URL, "the address of your OpenProject, for example https://tracker.example.org") {
		d.trackerURL(t.URL)
	}
	d.credential(t)
	if len(t.Types) == 0 {
		d.reject("tracker.types", "names no type", "for example [Curated Content]")
	}
	d.labels("tracker.fields", t.Fields, "source_url")
}

func (d *decoder) trackerURL(raw string) {
	u, err := url.Parse(raw)
	switch {
	case err != nil || !isWeb(raw):
		d.reject("tracker.url", fmt.Sprintf("%q is not an http or https address", redact(raw)), "for example https://tracker.example.org")
	case u.User != nil:
		d.reject("tracker.url", "holds a user name or password", "give the key in tracker.api_key instead")
	case u.RawQuery != "" || u.Fragment != "":
		d.reject("tracker.url", "holds a query or fragment", "give the address of OpenProject itself")
	}
}

// isWeb says whether a text is an http or https address.
func isWeb(text string) bool {
	u, err := url.Parse(text)
	return err == nil && u.Host != "" && (u.Scheme == "http" || u.Scheme == "https")
}

// redact takes user info out of something that did not parse as a URL.
func redact(raw string) string {
	if scheme, rest, ok := strings.Cut(raw, "://"); ok {
		if _, host, found := strings.Cut(rest, "@"); found {
			return scheme + "://" + mask + "@" + host
		}
	}
	return raw
}

// credential wants exactly one. Without any, OpenProject may answer as for
// anonymous visitors, with fewer items and no error (API.md, section 1).
func (d *decoder) credential(t *Tracker) {
	const help = "create an API token in OpenProject under My account, Access tokens, and set tracker.api_key or tracker.api_key_file"
	switch {
	case t.APIKey != "" && t.Token != "":
		d.reject("tracker.token", "stands beside tracker.api_key", "keep one of the two")
	case t.APIKey == "" && t.Token == "" && !d.mistaken("tracker.api_key", "tracker.api_key_file", "tracker.token", "tracker.token_file"):
		d.reject("tracker.api_key", "is missing or empty", help)
	}
}

// labels checks a map from our names to custom field labels.
func (d *decoder) labels(path string, fields map[string]string, required string) {
	if fields[required] == "" && !d.mistaken(path+"."+required) {
		d.reject(path+"."+required, "is missing", "name the custom field as the tracker shows it")
	}
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		if strings.TrimSpace(fields[name]) == "" && name != required && !d.mistaken(path+"."+name) {
			d.reject(path+"."+name, "names no custom field", "give its label, or leave the key out")
		}
	}
}

func (d *decoder) links(l *Links) {
	d.oneOf("links.affiliate", l.Affiliate, Drop, Keep)
	for _, site := range l.Sites {
		d.oneOf("links.sites.policy", site.Policy, Leave, Strip, Closed)
	}
}

// oneOf wants one of the known words.
func (d *decoder) oneOf(key, value string, known ...string) {
	if !slices.Contains(known, value) {
		words := slices.DeleteFunc(slices.Clone(known), func(word string) bool { return word == "" }) // which is what is left out
		d.reject(key, fmt.Sprintf("%q is not known", value), suggest.DidYouMean(value, words))
	}
}

func (d *decoder) scrape(s *Scrape) {
	d.oneOf("scrape.robots", s.Robots, Obey, Ignore)
	if s.Timeout <= 0 {
		d.reject("scrape.timeout", "is not longer than 0", "for example 20s")
	}
	if s.RefreshAfter < 0 {
		d.reject("scrape.refresh_after", "is negative", "for example 30d; 0 never reads a page again")
	}
	if s.PerHost.Concurrency < 1 {
		d.reject("scrape.per_host.concurrency", fmt.Sprintf("%d is less than 1", s.PerHost.Concurrency), "for example 2")
	}
	if s.PerHost.Interval < 0 {
		d.reject("scrape.per_host.interval", "is negative", "for example 500ms")
	}
	for _, host := range s.AllowPrivateHosts {
		if strings.Contains(host, "/") {
			if _, err := netip.ParsePrefix(host); err != nil {
				d.reject("scrape.allow_private_hosts", fmt.Sprintf("%q is neither a host nor a CIDR", host), "for example wiki.intern, 10.0.0.7:8080 or 10.0.0.0/8")
			}
		}
	}
}

func (d *decoder) offerings(o *Offerings) {
	d.oneOf("offerings.from", o.From, FromTracker, FromFile, FromNone)
	if o.From == FromFile {
		d.require("offerings.file", o.File, "the file that lists the offerings")
	}
	if o.From == FromTracker {
		if len(o.Types) == 0 {
			d.reject("offerings.types", "names no type", "for example [Offering]")
		}
		d.labels("offerings.fields", o.Fields, "topics")
	}
	if o.Limit < 0 {
		d.reject("offerings.limit", "is negative", "0 relates none")
	}
}

func (d *decoder) require(key, value, help string) bool {
	if value == "" && !d.mistaken(key) {
		d.reject(key, "is missing", help)
	}
	return value != ""
}

// reject reports a value at the line of its key; a key that does not stand in
// the file has none.
func (d *decoder) reject(key, text, help string) {
	d.mistake(d.lines[key], key, text, help)
}

// mistaken says whether a mistake about one of the keys is known already, so
// that an unset variable is not also reported as a missing value.
func (d *decoder) mistaken(keys ...string) bool {
	return slices.ContainsFunc(d.mistakes, func(m *Mistake) bool { return slices.Contains(keys, m.Key) })
}
