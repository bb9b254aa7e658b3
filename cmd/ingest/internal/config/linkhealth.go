package config

import (
	"strings"
	"time"
)

// LinkHealth says how the links of published documents are checked.
type LinkHealth struct {
	Every  time.Duration `yaml:"every"`   // how often a link that is well is checked
	PerRun int           `yaml:"per_run"` // most links in one run; 0 is no limit
	// Archive is the address of an availability API that knows archived copies,
	// {url} standing for the link; "" asks none.
	Archive string `yaml:"archive"`
}

// minEvery is how often a link may be checked at most: more often tells nothing
// new, and a site would be right to mind.
const minEvery = 24 * time.Hour

func defaultLinkHealth() LinkHealth {
	return LinkHealth{Every: 7 * 24 * time.Hour, PerRun: 500}
}

func (d *decoder) linkHealth(l *LinkHealth) {
	if l.Every < minEvery {
		d.reject("link_health.every", "is less than a day", "for example 7d")
	}
	if l.PerRun < 0 {
		d.reject("link_health.per_run", "is negative", "for example 500; 0 is no limit")
	}
	const example = "for example https://archive.org/wayback/available?url={url}"
	switch {
	case l.Archive == "":
	case !isWeb(strings.ReplaceAll(l.Archive, "{url}", "x")):
		d.reject("link_health.archive", "is not an http or https address", example)
	case !strings.Contains(l.Archive, "{url}"):
		d.reject("link_health.archive", "does not say where the link goes: {url} is missing", example)
	}
}
