package page

import (
	"cmp"
	"context"
	"html/template"
	"io"
	"log/slog"
	"net/http"
	"time"

	"ingest/cmd/ingest/internal/access"
	"ingest/cmd/ingest/internal/daemon"
	"ingest/cmd/ingest/internal/desk"
	"ingest/pipeline/hint"
)

// Desk answers what the pages ask; *desk.Desk is one. Its methods are called by
// several goroutines. What was asked for by its name and is not known is a
// *desk.NotFoundError.
type Desk interface {
	Overview(ctx context.Context) (desk.Overview, error)
	// Upcoming lists the next time of each schedule, the soonest first.
	Upcoming() []daemon.Upcoming
	Entries(ctx context.Context, f desk.Filter) (desk.List, error)
	Entry(ctx context.Context, id int64) (*desk.Entry, error)
	// Find returns the entries that an id, an address or words mean.
	Find(ctx context.Context, text string) ([]desk.Summary, error)
	Refresh(ctx context.Context, id int64, trigger hint.Trigger, by string) (desk.Pending, error)
	AskRun(ctx context.Context, o desk.Order, by string) (desk.Run, error)
	// Runs returns the last runs, the newest first.
	Runs(ctx context.Context, limit int) ([]desk.Run, error)
	Run(ctx context.Context, id string) (*desk.Run, error)
	// Image opens the featured image of an entry's document.
	Image(ctx context.Context, id int64) (io.ReadSeekCloser, time.Time, error)
}

// Options are what the pages are made of.
type Options struct {
	Desk     Desk
	SiteName string           // what the pages are headed with; "" is ingest
	Version  string           // of the program, at the foot of each page
	Now      func() time.Time // nil is time.Now
	Logger   *slog.Logger     // nil discards
}

// Page is the editors' page. It is safe for concurrent use.
type Page struct {
	desk      Desk
	site      string
	version   string
	now       func() time.Time
	log       *slog.Logger
	assets    *assets
	templates map[string]*template.Template
}

// New returns the page. Its error is a defect of an embedded template.
func New(o Options) (*Page, error) {
	files, err := loadAssets()
	if err != nil {
		return nil, err
	}
	templates, err := parseTemplates()
	if err != nil {
		return nil, err
	}
	p := &Page{desk: o.Desk, site: cmp.Or(o.SiteName, "ingest"), version: o.Version,
		now: o.Now, log: o.Logger, assets: files, templates: templates}
	if p.now == nil {
		p.now = time.Now
	}
	if p.log == nil {
		p.log = slog.New(slog.DiscardHandler)
	}
	return p, nil
}

// Require lets a handler be reached only by who has a scope; access.Guard.Require
// is one.
type Require func(scope access.Scope, h http.Handler) http.Handler

// Routes adds the pages to a mux that access.Guard.Wrap goes around. "/" takes
// what nothing else in the mux takes, and says that there is no such page.
func (p *Page) Routes(mux *http.ServeMux, require Require) {
	mux.HandleFunc("GET "+assetPath+"{name}", p.asset)
	read := func(pattern string, h http.HandlerFunc) { mux.Handle(pattern, require(access.Read, h)) }
	run := func(pattern string, h http.HandlerFunc) { mux.Handle(pattern, require(access.Run, h)) }
	read("GET /{$}", p.overview)
	read("GET /find", p.find)
	read("GET /entries", p.entries)
	read("GET /entries/{id}", p.entry)
	read("GET /entries/{id}/image", p.image)
	run("POST /entries/{id}/refresh", p.refresh)
	read("GET /runs", p.runs)
	run("POST /runs", p.askRun)
	read("GET /runs/{id}", p.run)
	read("/", p.notFound)
}
