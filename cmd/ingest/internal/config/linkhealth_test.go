package config_test

import (
	"strings"
	"testing"
	"time"

	"ingest/cmd/ingest/internal/config"
)

func TestLinkHealth(t *testing.T) {
	c, _, err := load(t, minimal, env())
	if want := (config.LinkHealth{Every: 7 * 24 * time.Hour, PerRun: 500}); err != nil || c.LinkHealth != want {
		t.Errorf("default %+v, error %v; want %+v", c.LinkHealth, err, want)
	}
	const archive = "https://archive.example/available?url={url}"
	c, _, err = load(t, minimal+"link_health: {every: 1d, per_run: 0, archive: '"+archive+"'}\n", env())
	if want := (config.LinkHealth{Every: 24 * time.Hour, Archive: archive}); err != nil || c.LinkHealth != want {
		t.Errorf("got %+v, error %v; want %+v", c.LinkHealth, err, want)
	}
	for text, want := range map[string]string{
		"{every: 23h}":                       "link_health.every: is less than a day",
		"{every: 0s}":                        "link_health.every: is less than a day",
		"{per_run: -1}":                      "link_health.per_run: is negative",
		"{archive: 'https://a.example/x'}":   "link_health.archive: does not say where the link goes",
		"{archive: 'ftp://a.example/{url}'}": "link_health.archive: is not an http or https address",
		"{archive: '{url}'}":                 "link_health.archive: is not an http or https address",
		"{archives: ''}":                     "link_health.archives: unknown key",
		"7d":                                 "link_health: wants keys with values",
	} {
		if _, _, err := load(t, minimal+"link_health: "+text+"\n", env()); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v, want %q", text, err, want)
		}
	}
}
