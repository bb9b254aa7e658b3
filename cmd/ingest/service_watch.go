package main

import (
	"context"
	"net/http"
	"time"

	"ingest/cmd/ingest/internal/access"
	"ingest/cmd/ingest/internal/config"
	"ingest/cmd/ingest/internal/daemon"
	"ingest/cmd/ingest/internal/monitor/health"
	"ingest/cmd/ingest/internal/monitor/metrics"
	"ingest/cmd/ingest/internal/monitor/notify"
	"ingest/cmd/ingest/internal/monitor/traffic"
)

// watch is how operators see the service: what it counts, whether it is well, and
// whom it tells when it is not.
type watch struct {
	metrics  *metrics.Metrics
	punctual *health.Punctual
	health   *health.Health
	notifier *notify.Notifier
}

// newWatch builds the watch around a service's daemon and state.
func (s *service) newWatch(ctx context.Context, c *config.Config) (*watch, error) {
	v := &watch{punctual: &health.Punctual{Since: time.Now(), Schedules: s.currentSchedules}}
	v.metrics = metrics.New(metrics.Options{Version: programVersion(), Logger: s.log, Stock: metrics.StockOf(s.store),
		Queue: func() (int, time.Time) { return s.queue.Len(), s.queue.Oldest() },
		Late:  func(now time.Time) int { return len(v.punctual.Late(now)) }})
	heads, err := s.store.RunHeads(ctx, rememberedRuns)
	if err != nil {
		return nil, err
	}
	v.metrics.Remember(heads)
	v.health = health.New(health.Options{Logger: s.log, About: func() any { return v.punctual.LastRuns(time.Now()) }, Checks: []health.Check{
		health.Tracker(s.askTracker), health.State(s.store), health.Tree(s.folders), v.punctual.Check()}})
	v.notifier, err = s.newNotifier(c, v)
	return v, err
}

// rememberedRuns is how far back the last runs of each kind are looked for, so that
// their times are known after a restart.
const rememberedRuns = 100

func (s *service) currentSchedules() []daemon.Schedule { return schedules(s.worker.config.Load()) }

func (s *service) folders() []string {
	o := s.worker.config.Load().Output
	return []string{o.ContentDir, o.AssetsDir}
}

func (s *service) askTracker(ctx context.Context) error {
	_, err := s.me(ctx)
	return err
}

func (s *service) newNotifier(c *config.Config, v *watch) (*notify.Notifier, error) {
	o := ways(c)
	o.Facts, o.Sent, o.Logger = s.store, v.metrics.Notified, s.log
	o.Missed = func(now time.Time) (missed []notify.Missed) {
		for _, late := range v.punctual.Late(now) {
			missed = append(missed, notify.Missed{Schedule: late.Schedule.String(), Kind: late.Schedule.Kind, Due: late.Due})
		}
		return missed
	}
	return notify.New(o)
}

// ways says who is told, and how.
func ways(c *config.Config) notify.Options {
	m := c.Notify.Mail
	return notify.Options{Webhook: c.Notify.Webhook.Reveal(), PublicURL: c.Server.PublicURL,
		Mail: notify.Mail{Server: m.Server, Username: m.Username, Password: m.Password.Reveal(), From: m.From, To: m.To}}
}

// checkWays makes sure that messages can be sent in the ways of a configuration.
func checkWays(c *config.Config) error {
	if _, err := notify.New(ways(c)); err != nil {
		return &settingError{"notify", err}
	}
	return nil
}

// begin lets messages go out until end is called, which waits for those at hand.
func (v *watch) begin(ctx context.Context) (end func()) {
	telling, quiet := context.WithCancel(context.WithoutCancel(ctx))
	told := make(chan struct{})
	go func() {
		defer close(told)
		v.notifier.Run(telling)
	}()
	return func() {
		quiet()
		<-told
	}
}

// mount puts what operators ask for into the mux, and the watch around everything.
func (v *watch) mount(mux *http.ServeMux, guard *access.Guard) {
	mux.HandleFunc("GET /healthz", v.health.Alive)
	mux.HandleFunc("GET /readyz", v.health.Ready)
	mux.Handle("GET /metrics", guard.Require(access.Read, v.metrics))
}

// around watches the requests of a guarded mux.
func (v *watch) around(s *service, mux *http.ServeMux, guard *access.Guard) http.Handler {
	w := &traffic.Watch{Logger: s.log, Client: guard.ClientIP, Observe: v.metrics.Served,
		Probe: func(pattern string) bool {
			return pattern == "GET /healthz" || pattern == "GET /readyz" || pattern == "GET /metrics"
		}}
	return w.Outside(guard.Wrap(w.Inside(mux), "/healthz", "/readyz", "/webhooks/openproject"))
}
