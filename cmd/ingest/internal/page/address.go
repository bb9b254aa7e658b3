package page

import (
	"net/url"
	"strings"
)

// web returns an address if it is one of the web, and "" else: only those become
// links.
func web(address string) string {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || u.Host == "" || u.User != nil || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	return u.String()
}

// webFrom is web for an address as it stands in a document that is published at
// base: one without a host leads to the site.
func webFrom(base, address string) string {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || address == "" || strings.HasPrefix(address, "#") {
		return ""
	}
	from, err := url.Parse(base)
	if err != nil || u.IsAbs() {
		return web(address)
	}
	return web(from.ResolveReference(u).String())
}

// host is the part of an address that a reader knows a site by.
func host(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(u.Hostname(), "www.")
}
