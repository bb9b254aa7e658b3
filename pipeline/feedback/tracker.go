package feedback

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"ingest/openproject"
	"ingest/pipeline"
)

// Client reads and writes work packages; *openproject.Client is one.
type Client interface {
	WorkPackage(ctx context.Context, id int64) (*openproject.WorkPackage, error)
	Attachments(ctx context.Context, workPackage int64) ([]openproject.Attachment, error)
	Comments(ctx context.Context, workPackage int64) ([]openproject.Comment, error)
	AddComment(ctx context.Context, workPackage int64, markdown, marker string) (openproject.Comment, error)
	EditComment(ctx context.Context, id int64, markdown string) (openproject.Comment, error)
	Change(ctx context.Context, workPackage int64, change openproject.Change) (*openproject.WorkPackage, error)
	Me(ctx context.Context) (openproject.User, error)
}

// Store keeps facts between runs; pipeline.Store is one.
type Store interface {
	Fact(ctx context.Context, key string) (string, error)
	SetFact(ctx context.Context, key, value string) error
}

// Tracker writes answers into the tracker. Its fields are set before the first call
// and not changed after. It belongs to one run: what the user may not do is found
// out once in it.
type Tracker struct {
	Client Client
	Store  Store // nil remembers nothing

	Comment bool // one comment a work package, edited in place
	// CleanURL writes the published link into the custom field CleanURLLabel, whose
	// value the pipeline knows as pipeline.FieldCleanURL.
	CleanURL      bool
	CleanURLLabel string
	// Status is the name of the status that a publication gets; "" leaves it.
	// Without memory it is set on the first publication only, the one that can be
	// told from a later decision of an editor.
	Status string
	// SiteURL is what stands before a document's address, "https://example.org"; ""
	// names the file instead.
	SiteURL string

	Logger *slog.Logger     // nil discards
	Now    func() time.Time // the clock of answers; nil is time.Now

	mu      sync.Mutex
	refused map[refusal]bool
}

// Tell brings one work package up to date: its comment, then its clean URL, then
// its status. What fails leaves the rest alone; the errors are joined.
func (t *Tracker) Tell(ctx context.Context, told pipeline.Told) (time.Time, error) {
	v := &visit{t: t, told: told, body: body(told, t.SiteURL)}
	if err := t.recall(ctx, told.Item.ID, &v.memory); err != nil {
		return time.Time{}, err
	}
	known := v.memory
	if err := v.decide(ctx); err != nil {
		return time.Time{}, err
	}
	var errs []error
	if v.writes() {
		errs = v.write(ctx)
	}
	if v.memory != known {
		if err := t.remember(context.WithoutCancel(ctx), told.Item.ID, v.memory); err != nil {
			return time.Time{}, errors.Join(append(errs, err)...)
		}
	}
	return v.changed, errors.Join(errs...)
}

func (t *Tracker) now() time.Time {
	if t.Now != nil {
		return t.Now()
	}
	return time.Now()
}

func (t *Tracker) log() *slog.Logger {
	if t.Logger == nil {
		return slog.New(slog.DiscardHandler)
	}
	return t.Logger
}
