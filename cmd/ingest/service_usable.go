package main

import (
	"ingest/cmd/ingest/internal/config"
	"ingest/cmd/ingest/internal/daemon"
)

// usable makes sure that a configuration can be served and runs be made of it, as it
// is written, before the service takes it over: what is wrong is told to who started
// or reloaded it, not to the night or the next start.
func usable(c *config.Config, w world) error {
	for _, one := range schedules(c) {
		if _, err := one.Parse(); err != nil {
			return &settingError{"schedule", err}
		}
	}
	if err := checkServer(c.Server); err != nil {
		return err
	}
	if err := checkWays(c); err != nil {
		return err
	}
	template, err := readArchetype(c.Output)
	if err != nil {
		return err
	}
	if err := checkOwned(template, c.Output.Owner, nil); err != nil {
		return err
	}
	tracker, err := newTracker(c.Tracker, nil)
	if err != nil {
		return err
	}
	tracker.Close()
	_, web, err := newWeb(c, w, nil)
	if err != nil {
		return err
	}
	web.Close()
	return nil
}

// checkServer makes sure that a service with these settings may begin.
func checkServer(s config.Server) error {
	if _, err := newGuard(s, nil, nil, nil); err != nil {
		return err
	}
	_, err := certificateOf(s.TLS)
	return err
}

func schedules(c *config.Config) []daemon.Schedule {
	list := make([]daemon.Schedule, 0, len(c.Schedule))
	for _, s := range c.Schedule {
		kind := daemon.Incremental
		if s.Run != "" {
			kind = daemon.Kind(s.Run)
		}
		list = append(list, daemon.Schedule{Cron: s.Cron, Timezone: s.Timezone, Kind: kind})
	}
	return list
}
