package config_test

import (
	"strings"
	"testing"

	"ingest/cmd/ingest/internal/config"
)

func TestPrune(t *testing.T) {
	c, _, err := load(t, minimal, env())
	if err != nil || c.Prune != (config.Prune{Mode: config.PruneReport, MaxShare: 0.1}) {
		t.Errorf("default %+v, error %v", c.Prune, err)
	}
	c, _, err = load(t, minimal+"prune: {mode: delete, max_share: 2.5 %}\n", env())
	if err != nil || c.Prune != (config.Prune{Mode: config.PruneDelete, MaxShare: 0.025}) {
		t.Errorf("got %+v, error %v", c.Prune, err)
	}
	_, _, err = load(t, minimal+"prune: {mod: draft, mode: drop, max_share: most}\n", env())
	for _, want := range []string{"prune.mod: unknown key", `prune.mode: "drop" is not known`, `prune.max_share: "most" is not a percentage above 0% and up to 100%`} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want in it %q", err, want)
		}
	}
}

func TestParseShare(t *testing.T) {
	for text, want := range map[string]config.Share{
		"10%": 0.1, "100 %": 1, "0.5%": 0.005,
		"": 0, "%": 0, "10": 0, "0.1": 0, "0%": 0, "-1%": 0, "101%": 0, "NaN%": 0, "Inf%": 0, "1e400%": 0, "ten%": 0, "10%%": 0,
	} {
		if got, err := config.ParseShare(text); got != want || (err == nil) != (want > 0) {
			t.Errorf("ParseShare(%q) is %v, %v; want %v", text, got, err, want)
		}
	}
}
