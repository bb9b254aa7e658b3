package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"time"

	"github.com/spf13/cobra"

	"ingest/cmd/ingest/internal/config"
)

const serveLong = `serve keeps ingest running: it runs by the schedule of the configuration, follows
OpenProject's webhooks within seconds, answers in the tracker where feedback says so,
and shows editors a page on which they see what needs attention and refresh a link.

  /                        the editors' page
  /api/v1                  the HTTP API; /api/v1/openapi.json describes it
  /webhooks/openproject    where OpenProject's webhooks go
  /healthz /readyz         whether it lives, and whether it can work
  /metrics                 for Prometheus

It listens on loopback unless somebody may sign in: server.users, server.tokens or
server.oidc. SIGHUP reads the configuration again; one with a mistake is refused and
the old one stays. SIGTERM lets the run at hand finish its items within
server.shutdown_timeout; a second one ends the service at once.

Exit codes:
  0    stopped by SIGTERM or SIGINT
  1    stopped by an error
  2    wrong usage or configuration`

func newServe(w world, f *runFlags) *cobra.Command {
	return &cobra.Command{
		Use:     "serve",
		Short:   "Run by schedule, follow webhooks and show editors a page",
		Long:    serveLong,
		Example: "  ingest serve\n  ingest serve --config /srv/site/config.yaml",
		Args:    noArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return runServe(cmd.Context(), w, f) },
	}
}

func runServe(ctx context.Context, w world, f *runFlags) (err error) {
	c, err := config.Load(f.config, w.lookupEnv)
	if err != nil {
		return err
	}
	if w.terminal { // a service tells what it does
		f.verbose = max(f.verbose, 1)
	}
	if err := usable(c, w); err != nil {
		return err
	}
	var hangups <-chan struct{}
	if w.hangup != nil { // before anything else: unheard, a SIGHUP ends a process
		told, stop := w.hangup()
		defer stop()
		hangups = told
	}
	s, err := newService(ctx, w, c, f)
	if err != nil && ctx.Err() != nil {
		return nil // stopped before it had begun
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.close()) }()
	ctx, cancel := context.WithCancel(ctx)
	reloading := make(chan struct{})
	go func() {
		defer close(reloading)
		s.reloadOn(ctx, hangups)
	}()
	defer func() {
		cancel()
		select {
		case <-reloading:
		case <-time.After(reloadTime): // a file that does not open, as one of a network that hangs
		}
	}()
	return s.run(ctx, func(at net.Addr) {
		scheme := "http"
		if c.Server.TLS.CertFile != "" {
			scheme = "https"
		}
		fmt.Fprintf(w.stdout, "ingest serves on %s://%s\n", scheme, at)
	})
}

// reloadTime is how long the end of the service waits for a configuration to be read.
const reloadTime = 2 * time.Second

// reloadOn reads the configuration again whenever it is told to.
func (s *service) reloadOn(ctx context.Context, hangups <-chan struct{}) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-hangups:
		}
		if err := s.reload(ctx); err != nil {
			s.log.ErrorContext(ctx, "configuration not taken over; the old one stays", "error", err, "hint", hintFor(err))
			continue
		}
		s.log.InfoContext(ctx, "configuration read again")
	}
}
