package enrich

import (
	"context"
	"net/url"
	"strings"

	"ingest/enrich/urlclean"
)

// Clean is the step that turns the source URL into a link without tracking
// parameters. It needs no network, so that identity never depends on one.
type Clean struct {
	Cleaner *urlclean.Cleaner
	// Required skips items without a usable URL. Otherwise they go on without
	// a link and with a warning.
	Required bool
}

// Name returns "clean".
func (Clean) Name() string { return "clean" }

const sourceHelp = "give the work package a source URL that begins with https:// or http://"

// Apply sets the item's link, or leaves it nil.
func (c Clean) Apply(_ context.Context, it *Item) error {
	source := strings.TrimSpace(it.Source)
	if reason := unusable(source); reason != "" {
		if c.Required {
			return Skipf(sourceHelp, "%s", reason)
		}
		it.Warnings = append(it.Warnings, Warning{Step: c.Name(), Text: reason + "; written without a link", Hint: sourceHelp})
		return nil
	}
	result := c.Cleaner.Clean(source)
	clean := result.Output
	if unusable(clean) != "" {
		clean = source
	}
	it.Link = &Link{Original: it.Source, Clean: clean, Href: clean, Removed: result.Removed}
	return nil
}

// unusable says why an address cannot be a source URL, or "".
func unusable(source string) string {
	if source == "" {
		return "no source URL"
	}
	u, err := url.Parse(source)
	switch {
	case err != nil:
		return "source URL " + quote(source) + " cannot be read"
	case u.Scheme == "":
		return "source URL " + quote(source) + " is relative"
	case u.Scheme != "http" && u.Scheme != "https":
		return "source URL " + quote(source) + " is not a web address"
	case u.Hostname() == "":
		return "source URL " + quote(source) + " names no host"
	}
	return ""
}
