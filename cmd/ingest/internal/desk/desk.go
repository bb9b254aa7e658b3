package desk

import (
	"context"
	"io"
	"iter"
	"log/slog"
	"time"

	"ingest/cmd/ingest/internal/daemon"
	"ingest/pipeline"
	"ingest/pipeline/explain"
	"ingest/pipeline/hint"
	"ingest/pipeline/state"
)

// Desk answers and takes orders. Its fields are set before the first question and
// not changed after. It may be used by several goroutines.
type Desk struct {
	Shelf  Shelf
	Daemon Daemon
	Queue  Queue

	// What follows speaks of today's configuration, archetype and content tree,
	// which change while the service runs; cmd/ingest wires it. What is nil is not
	// known, and left out.

	// Explain says where each value of a document comes from.
	Explain func(ctx context.Context, id int64) (*explain.Explanation, error)
	// Read gives the document as its file has it: YAML, and Markdown.
	Read func(ctx context.Context, id int64) (frontMatter, body string, found bool, err error)
	// OpenAsset opens an asset that a document names. The error is fs.ErrNotExist
	// where there is none.
	OpenAsset func(ctx context.Context, id int64, name string) (io.ReadSeekCloser, time.Time, error)
	// Addresses yields the addresses on the site, aliases too, with the work
	// packages whose documents have them.
	Addresses func(ctx context.Context) iter.Seq2[int64, string]
	// SiteURL makes an address on the site one that a browser opens.
	SiteURL func(address string) string
	// WorkPackageURL is where a person opens a work package in the tracker.
	WorkPackageURL func(id int64) string
	// Clean takes the tracking parameters out of a URL.
	Clean func(url string) string

	Logger *slog.Logger // nil discards
}

// Shelf is the state as the desk reads it; *state.DB and *state.Memory are two.
type Shelf interface {
	Entry(ctx context.Context, id int64) (*pipeline.Entry, error)
	WithURL(ctx context.Context, url string) ([]int64, error)
	LinkHealth(ctx context.Context, id int64) (*pipeline.LinkHealth, error)
	List(ctx context.Context, c state.Choice) (*state.Listing, error)
	Standings(ctx context.Context) (map[state.Standing]int, error)
	Duplicates(ctx context.Context) ([][]int64, error)
	Past(ctx context.Context, id int64, n int) ([]state.PastItem, error)
	RunHeads(ctx context.Context, n int) ([]*pipeline.Report, error)
	FindRun(ctx context.Context, sought func(head *pipeline.Report) bool) (*pipeline.Report, error)
}

// Daemon is what runs; *daemon.Daemon is one.
type Daemon interface {
	Ask(r daemon.Request) daemon.Run
	Runs() []daemon.Run
	Of(id int64) *daemon.Result
	Upcoming() []daemon.Upcoming
	Events() *daemon.Events
	Delay() *daemon.Delay
}

// Queue takes hints; *hint.Queue is one.
type Queue interface {
	Add(h hint.Hint) error
	Pending(id int64) (waits, taken bool)
	Waiting() []hint.Hint
}

// Upcoming lists the next time of each schedule, the soonest first.
func (d *Desk) Upcoming() []daemon.Upcoming { return d.Daemon.Upcoming() }

// Events tells what happens from now on.
func (d *Desk) Events() *daemon.Events { return d.Daemon.Events() }

func (d *Desk) log() *slog.Logger {
	if d.Logger == nil {
		return slog.New(slog.DiscardHandler)
	}
	return d.Logger
}
