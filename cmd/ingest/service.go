package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"path/filepath"
	"sync/atomic"

	"golang.org/x/net/netutil"

	"ingest/cmd/ingest/internal/access"
	"ingest/cmd/ingest/internal/config"
	"ingest/cmd/ingest/internal/daemon"
	"ingest/cmd/ingest/internal/desk"
	"ingest/cmd/ingest/internal/receiver"
	"ingest/openproject"
	"ingest/pipeline"
	"ingest/pipeline/hint"
	"ingest/pipeline/state"
)

// service is everything that serve keeps alive.
type service struct {
	closers
	world  world
	flags  *runFlags
	log    *slog.Logger
	worker *worker
	store  serviceStore
	queue  *hint.Queue
	daemon *daemon.Daemon
	view   *view
	hooks  *belonging
	desk   *desk.Desk
	watch  *watch
	// stopping is closed when the service begins to stop.
	stopping chan struct{}
	// receiver takes webhooks; it remembers those it had across reloads.
	receiver *receiver.Receiver
	guard    atomic.Pointer[access.Guard]
	// windows is what answers HTTP; a reload puts another in its place.
	windows     atomic.Pointer[http.Handler]
	certificate atomic.Pointer[tls.Certificate]
}

// serviceStore is the state as the service needs it; *state.DB and *state.Memory
// are two.
type serviceStore interface {
	pipeline.LinkStore
	desk.Shelf
	InPlace() error
}

// newService opens the state and builds the rooms around it. It begins nothing.
func newService(ctx context.Context, w world, c *config.Config, f *runFlags) (_ *service, err error) {
	s := &service{world: w, flags: f, log: w.logger(f), queue: &hint.Queue{}, stopping: make(chan struct{})}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.close())
		}
	}()
	if err := s.openStore(ctx, c); err != nil {
		return nil, err
	}
	s.worker = &worker{world: w, flags: f, store: s.store}
	s.worker.config.Store(c)
	s.view = &view{worker: s.worker}
	s.closers = append(s.closers, s.view.close)
	s.hooks = &belonging{config: s.worker.config.Load, store: s.store, inQuery: s.inQuery, self: &self{ask: s.me}}
	s.receiver = &receiver.Receiver{Queue: s.queue, Wants: s.hooks.why, Secrets: s.secrets, Logger: s.log,
		Keyword: func() string { return s.worker.config.Load().Feedback.Keyword }, Room: s.room()}
	s.daemon = &daemon.Daemon{Runner: s.worker, Queue: s.queue, Clock: s.store, Schedules: schedules(c), Logger: s.log,
		Busy: isA[*state.LockedError], Passing: trackerAway, ShutdownTimeout: c.Server.ShutdownTimeout, Watchers: []daemon.Watcher{s.view}}
	if s.watch, err = s.newWatch(ctx, c); err != nil {
		return nil, err
	}
	s.daemon.Watchers = append(s.daemon.Watchers, s.watch.metrics, s.watch.punctual, s.watch.notifier)
	s.worker.metrics = s.watch.metrics
	s.desk = s.newDesk()
	return s, s.furnish(c)
}

// secrets are those of webhooks.
func (s *service) secrets() []string {
	var list []string
	for _, secret := range s.worker.config.Load().Server.WebhookSecrets {
		list = append(list, secret.Reveal())
	}
	return list
}

// openStore opens the state for as long as the service lives. A damaged file is
// moved aside only while no run is active.
func (s *service) openStore(ctx context.Context, c *config.Config) error {
	if c.State == "" {
		s.store = state.NewMemory()
		return nil
	}
	release, err := state.Lock(filepath.Join(filepath.Dir(c.State), lockName), owner())
	if err != nil && !isA[*state.LockedError](err) {
		return err
	}
	alone := err == nil
	db, err := state.Open(ctx, c.State, state.Options{Replace: alone, Logger: s.log})
	if alone {
		err = errors.Join(err, release())
	}
	if err != nil {
		return &pipeline.StoreError{Err: err}
	}
	s.store = db
	s.closers = append(s.closers, db.Close)
	return nil
}

func (s *service) inQuery(ctx context.Context, id int64) (bool, error) {
	c := s.worker.config.Load()
	tracker, err := newTracker(c.Tracker, s.log)
	if err != nil {
		return false, err
	}
	defer tracker.Close()
	found, err := tracker.Count(ctx, openproject.Query{Project: c.Tracker.Project, IDs: []int64{id}})
	return found > 0, err
}

// reload takes over a configuration that was edited; one with a mistake changes
// nothing.
func (s *service) reload(ctx context.Context) error {
	c, err := config.Load(s.flags.config, s.world.lookupEnv)
	if err != nil {
		return err
	}
	if err := usable(c, s.world); err != nil {
		return err
	}
	before, guarded := s.worker.config.Load(), !s.guard.Load().Open()
	if keepUntilRestart(c, before) {
		s.log.WarnContext(ctx, "server.listen, server.shutdown_timeout, TLS on or off, and state change only with a restart")
	}
	if err := s.furnish(c); err != nil {
		return err
	}
	if guarded && s.guard.Load().Open() {
		s.log.WarnContext(ctx, "nobody has to sign in any more: the configuration has no users, tokens or single sign-on")
	}
	s.worker.config.Store(c)
	s.view.forget()
	s.hooks.forget()
	return s.daemon.Reschedule(ctx, schedules(c))
}

// run serves until ctx ends.
func (s *service) run(ctx context.Context, ready func(net.Addr)) error {
	c := s.worker.config.Load()
	var listen net.ListenConfig
	listener, err := listen.Listen(ctx, "tcp", c.Server.Listen)
	if err != nil && ctx.Err() != nil {
		return nil // stopped before it had begun
	}
	if err != nil {
		return notListening(err)
	}
	server := s.newServer(ctx)
	shared := access.Share(listener, maxOfAddress, maxWaiting, func(from netip.Addr) bool { return s.guard.Load().Trusts(from) })
	bounded := netutil.LimitListener(shared, maxConnections)
	if c.Server.TLS.CertFile != "" {
		bounded = tls.NewListener(bounded, &tls.Config{MinVersion: tls.VersionTLS12, NextProtos: []string{"h2", "http/1.1"},
			GetCertificate: func(*tls.ClientHelloInfo) (*tls.Certificate, error) { return s.certificate.Load(), nil }})
	}
	served := make(chan error, 1)
	go func() { served <- server.Serve(bounded) }()
	ready(listener.Addr())
	defer s.watch.begin(ctx)()
	working, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	var wrong error
	worked := make(chan struct{})
	go func() {
		defer close(worked)
		wrong = s.daemon.Run(working)
	}()
	select {
	case err = <-served:
		err = fmt.Errorf("serve: %w", err)
		stop(err)
	case <-worked: // it ends with ctx, or by a schedule that cannot be understood
	case <-ctx.Done():
	}
	s.log.InfoContext(ctx, "the service is stopping")
	close(s.stopping)
	err = errors.Join(err, s.shutDown(ctx, server))
	<-worked
	return errors.Join(err, wrong)
}

// shutDown lets requests that are at hand be answered. They have the same time as
// the run at hand, not one after the other.
func (s *service) shutDown(ctx context.Context, server *http.Server) error {
	ending, cancel := context.WithTimeout(context.WithoutCancel(ctx), s.worker.config.Load().Server.ShutdownTimeout)
	defer cancel()
	if server.Shutdown(ending) != nil { // somebody does not come to an end
		return server.Close()
	}
	return nil
}
