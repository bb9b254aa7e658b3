package pipeline

import (
	"context"
	"errors"

	"ingest/enrich"
	"ingest/output"
	"ingest/output/archetype"
	"ingest/output/frontmatter"
)

// Retraced is a document made again from what is remembered, with everything
// that went into it. Package explain makes an account of it.
type Retraced struct {
	Entry *Entry
	Visit *enrich.Visit // nil when none is remembered

	// What follows is empty for a work package that was never published.

	Item   *enrich.Item // as its last visit left it; the assets have no bytes
	Env    archetype.Env
	Labels map[string]string // of custom fields, by our names for them
	// IDKey is the path of the key that holds the work package's id.
	IDKey string
	// Origins say what the archetype makes each value of.
	Origins []archetype.Origin
	// Document is what a run would write without a new visit, Result what the
	// tree says to it. The hand edits in it are those of today's file.
	Document output.Document
	Result   output.Result
	// Address is that of the published document on the site, "" when not known.
	Address string
	// File is the front matter of the file, Body its body. Found is false where
	// there is no file.
	File  frontmatter.Map
	Body  string
	Found bool
}

// reader is a Sink that shows what it holds; *output.Tree is one.
type reader interface {
	Read(id int64) (matter frontmatter.Map, body string, found bool, err error)
}

// Retrace makes a document again from what is remembered, as Render does, and
// keeps what it is made of. It asks neither the tracker nor the web and writes
// nothing: Pipeline.DryRun has to be set, and Sink to be one that only plans.
// The error is an [UnknownEntryError] for a work package of which nothing is
// remembered.
func (p *Pipeline) Retrace(ctx context.Context, id int64) (*Retraced, error) {
	if !p.DryRun || p.Store == nil {
		return nil, errors.New("retrace needs a pipeline for dry runs that remembers")
	}
	e, err := p.Store.Entry(ctx, id)
	if _, damaged := errors.AsType[*DamagedEntryError](err); damaged {
		return nil, err
	}
	if err != nil {
		return nil, &StoreError{err}
	}
	if e == nil {
		return nil, &UnknownEntryError{ID: id}
	}
	r := &Retraced{Entry: e, Labels: p.Fields}
	if r.Visit, err = visitOf(e); err != nil || e.Path == "" {
		return r, err
	}
	j := p.remembered(ctx, e)
	if j.err != nil {
		return nil, j.err
	}
	return r, guarded(func() error { return p.retrace(ctx, j, r) })
}

// retrace is recast, keeping what goes by.
func (p *Pipeline) retrace(ctx context.Context, j *job, r *Retraced) (err error) {
	if err := j.restore(); err != nil {
		return err
	}
	for _, step := range p.Last {
		if err := apply(ctx, step, j.item); err != nil {
			return err
		}
	}
	if r.Document, err = p.document(j); err != nil {
		return err
	}
	if r.Result, err = p.Sink.Write(ctx, r.Document); err != nil {
		return err
	}
	for _, warning := range r.Result.Warnings {
		j.warn("tree", warning)
	}
	r.Item, r.Env, r.Origins, r.IDKey = j.item, p.env(j), p.Template.Origins(), p.Template.Document().ID
	if urls := p.Sink.URLs(r.Entry.ID); len(urls) > 0 {
		r.Address = urls[0]
	}
	if sink, ok := p.Sink.(reader); ok {
		r.File, r.Body, r.Found, err = sink.Read(r.Entry.ID)
	}
	return err
}
