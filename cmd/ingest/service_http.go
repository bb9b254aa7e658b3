package main

import (
	"net/http"
	"strconv"
	"strings"

	"ingest/cmd/ingest/internal/api"
	"ingest/cmd/ingest/internal/config"
	"ingest/cmd/ingest/internal/desk"
	"ingest/cmd/ingest/internal/page"
)

// furnish builds what answers HTTP by a configuration, and puts it in the place of
// what did so before. On an error nothing changes.
func (s *service) furnish(c *config.Config) error {
	certificate, err := certificateOf(c.Server.TLS)
	if err != nil {
		return err
	}
	pages, err := page.New(page.Options{Desk: s.desk, SiteName: c.Site.Section, Version: programVersion(), Logger: s.log})
	if err != nil {
		return err
	}
	guard, err := newGuard(c.Server, s.guard.Load(), pages.LoginPage, s.log)
	if err != nil {
		return err
	}
	if err := s.watch.notifier.Reload(ways(c)); err != nil {
		return err
	}
	mux := http.NewServeMux()
	mux.Handle("/webhooks/openproject", s.receiver)
	mux.Handle("/api/v1/", api.New(api.Options{Desk: s.desk, Guard: guard, Logger: s.log, Version: programVersion(), Stop: s.stopping}))
	pages.Routes(mux, guard.Require)
	guard.Routes(mux)
	s.watch.mount(mux, guard)
	handler := s.watch.around(s, mux, guard)
	s.guard.Store(guard)
	s.certificate.Store(certificate)
	s.windows.Store(&handler)
	return nil
}

// newDesk is what API and page ask.
func (s *service) newDesk() *desk.Desk {
	return &desk.Desk{Shelf: s.store, Daemon: s.daemon, Queue: s.queue,
		Explain: s.view.explain, Read: s.view.read, OpenAsset: s.view.openAsset, Addresses: s.view.addresses, Clean: s.view.clean,
		SiteURL: func(address string) string {
			if base := s.worker.config.Load().Site.URL; base != "" {
				return strings.TrimSuffix(base, "/") + address
			}
			return ""
		},
		WorkPackageURL: func(id int64) string {
			return strings.TrimSuffix(s.worker.config.Load().Tracker.URL, "/") + "/work_packages/" + strconv.FormatInt(id, 10)
		}}
}
