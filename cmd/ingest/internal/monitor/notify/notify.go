package notify

import (
	"cmp"
	"context"
	"crypto/x509"
	"errors"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"ingest/cmd/ingest/internal/daemon"
	"ingest/pipeline"
)

// Facts is where a Notifier remembers; pipeline.Store is one.
type Facts interface {
	Fact(ctx context.Context, key string) (string, error)
	SetFact(ctx context.Context, key, value string) error
}

// Missed is a scheduled run that did not come to its end in time.
type Missed struct {
	Schedule string
	Kind     daemon.Kind
	Due      time.Time // when it should have begun
}

// Options of a Notifier. Without a webhook and a mail server it tells nobody.
type Options struct {
	Webhook string // address that takes Slack's {"text": …}
	Mail    Mail
	// PublicURL is where people reach the service, for links to entries; "" leaves
	// them out. Name stands before each message; "" is "ingest".
	PublicURL, Name string
	Facts           Facts // nil remembers until the end of the process
	// Missed lists the scheduled runs that were missed (health.Punctual.Late); it is
	// asked every minute. nil is none.
	Missed func(now time.Time) []Missed
	// Sent is told of each message that was sent or could not be: way is "webhook"
	// or "mail". It must be quick. nil is nobody.
	Sent    func(way string, err error)
	Client  *http.Client     // for the webhook; nil is one of its own
	RootCAs *x509.CertPool   // that may sign the mail server's certificate; nil takes the system's
	Now     func() time.Time // nil is time.Now
	Logger  *slog.Logger     // nil discards
	// Flush is how long messages may still take when Run is to end; 0 is
	// DefaultFlush.
	Flush time.Duration
}

// DefaultFlush is long enough for one try at the webhook and one at the mail server.
const DefaultFlush = 15 * time.Second

const (
	queued = 256              // runs that wait while a message is being sent
	again  = 10 * time.Minute // after a message that nobody took
	day    = 24 * time.Hour   // between two messages while there is trouble
	lull   = time.Hour        // before they are told that the gravest kind of it went
)

// Notifier tells people. It is a daemon.Watcher.
type Notifier struct {
	o     Options
	runs  chan daemon.Run
	state memory
	saved string    // the fact as it was last written
	after time.Time // no try before it

	mu   sync.Mutex
	ways []way
}

// way is a way to tell people.
type way interface {
	name() string
	send(ctx context.Context, d digest) error
}

// New makes a Notifier. The error names the setting that cannot be used.
func New(o Options) (*Notifier, error) {
	n := &Notifier{o: o, runs: make(chan daemon.Run, queued)}
	if n.o.Now == nil {
		n.o.Now = time.Now
	}
	if n.o.Logger == nil {
		n.o.Logger = slog.New(slog.DiscardHandler)
	}
	return n, n.Reload(o)
}

// Reload puts new ways (Webhook, Mail, PublicURL, Name, Client, RootCAs of o) in the
// place of those there are. With an error all stays as it is.
func (n *Notifier) Reload(o Options) error {
	name := cmp.Or(line(o.Name, maxName), "ingest")
	var ways []way
	if o.Webhook != "" {
		w, err := newWebhook(o)
		if err != nil {
			return err
		}
		ways = append(ways, w)
	}
	if o.Mail.Server != "" {
		m, err := newMailer(o.Mail, o.RootCAs, n.o.Now)
		if err != nil {
			return err
		}
		ways = append(ways, m)
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	n.ways, n.o.Name, n.o.PublicURL = ways, name, o.PublicURL
	return nil
}

// Entered is of no interest.
func (*Notifier) Entered(int64, string) {}

// Item is of no interest: reports have the items.
func (*Notifier) Item(daemon.Run, pipeline.Event) {}

// Ended queues what became of a run. It waits for nothing.
func (n *Notifier) Ended(r daemon.Run) {
	if r.DryRun {
		return
	}
	select {
	case n.runs <- r:
	default:
		n.o.Logger.Error("run not looked at for messages, as too many wait", "run", r.ID)
	}
}

// Run tells people until ctx ends; then what is queued is looked at, and a message
// may take Options.Flush. What cannot be sent any more is remembered, and sent after
// the next start. ctx has to end after the daemon, whose last run is told of too.
func (n *Notifier) Run(ctx context.Context) {
	sending, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	stop := context.AfterFunc(ctx, func() { time.AfterFunc(cmp.Or(n.o.Flush, DefaultFlush), cancel) })
	defer stop()
	n.recall(sending)
	minute := time.NewTicker(time.Minute)
	defer minute.Stop()
	for {
		select {
		case r := <-n.runs:
			n.state.observe(r)
		case <-minute.C:
			n.state.miss(n.missed())
		case <-ctx.Done():
			for len(n.runs) > 0 {
				n.state.observe(<-n.runs)
			}
			n.tell(sending)
			return
		}
		n.tell(sending)
	}
}

func (n *Notifier) missed() []Missed {
	if n.o.Missed == nil {
		return nil
	}
	return n.o.Missed(n.o.Now())
}

// tell sends a message if there is something to say.
func (n *Notifier) tell(ctx context.Context) {
	n.remember(ctx)
	now := n.o.Now()
	occasion := n.state.occasion(now)
	if occasion == nothing || now.Before(n.after) {
		return
	}
	n.mu.Lock()
	ways := n.ways
	d := n.state.digest(occasion, n.o.Name, n.o.PublicURL)
	n.mu.Unlock()
	if len(ways) > 0 && !n.send(ctx, ways, d) {
		n.after = n.o.Now().Add(again)
		return
	}
	n.state.told(occasion, now)
	n.remember(ctx)
}

// send tells by all ways; one that works is enough.
func (n *Notifier) send(ctx context.Context, ways []way, d digest) (sent bool) {
	for _, w := range ways {
		err := w.send(ctx, d)
		if n.o.Sent != nil {
			n.o.Sent(w.name(), err)
		}
		if err != nil {
			n.o.Logger.ErrorContext(ctx, "message not sent", "way", w.name(), "message", d.headline, "error", err, "hint", pipeline.HintOf(err))
		} else {
			n.o.Logger.InfoContext(ctx, "message sent", "way", w.name(), "message", d.headline)
		}
		_, some := errors.AsType[*partlyError](err)
		sent = sent || some || err == nil
	}
	return sent
}
