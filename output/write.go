package output

import (
	"context"
	"io"
)

// Write makes the tree hold a document and its assets. Only files whose bytes
// differ are written, each whole or not at all: first the assets, the document
// last, so that it never speaks of a file that is not there. An error therefore
// leaves the old document; the Result tells which assets were written before.
//
// An existing document stays where it is and is edited key by key: see the
// package comment. Its permissions stay, and so do the line ends at its very
// end: if nothing else differs it is unchanged.
func (t *Tree) Write(ctx context.Context, d Document) (Result, error) {
	t.sweep.Do(func() { t.removeTemps(ctx) })
	p, err := t.plan(ctx, d)
	if err != nil {
		return Result{}, err
	}
	result := p.result
	result.Outcome = ""
	for i, f := range p.assets {
		err := f.replace(ctx, func(w io.Writer) error { return p.sources[i].copyTo(ctx, w) })
		if err != nil {
			return result, err
		}
		t.written(ctx, d.ID, &result, f)
		if f.folder == &t.assets {
			t.mentions.asset(f.path)
		}
	}
	if f := p.document; !f.same {
		if p.before != nil && d.Before != nil {
			if err := d.Before(p.before); err != nil {
				return result, err
			}
		}
		if err := p.put(ctx); err != nil {
			return result, err
		}
		t.written(ctx, d.ID, &result, f)
		if t.options.Texts {
			last := &result.Files[len(result.Files)-1]
			last.Old, last.New = p.old, p.text
		}
	}
	t.names.enter(d.ID, existing{path: p.document.path, name: d.Name})
	t.claims.enter(d, p.document.path)
	t.mentions.enter(p.document.path, p.text)
	result.Outcome = p.result.Outcome
	return result, nil
}

// put brings the document into its place.
func (p *plan) put(ctx context.Context) error {
	return p.document.replace(ctx, func(w io.Writer) error {
		_, err := w.Write(p.text)
		return err
	})
}

func (t *Tree) written(ctx context.Context, id int64, r *Result, f file) {
	c := f.change()
	r.Files = append(r.Files, c)
	t.log.DebugContext(ctx, "file written", "wp_id", id, "path", c.File, "change", c.Kind, "bytes", c.NewSize)
}

// outcome is that of the whole document.
func (p *plan) outcome() Outcome {
	switch {
	case !p.document.there:
		return Created
	case !p.document.same || len(p.assets) > 0:
		return Updated
	}
	return Unchanged
}

// change describes a file for the Result.
func (f file) change() Change {
	c := Change{Root: f.folder.kind, Path: f.path, File: f.folder.file(f.path), Kind: Updated, Asset: f.asset, OldSize: f.oldLen, NewSize: f.newLen}
	if !f.there {
		c.Kind = Created
	}
	return c
}

// removeTemps removes what a run that was killed left half written: the
// temporary files found in the content folder when the tree was opened, and
// those in the assets folder. It is done before the first write, since opening
// a tree and a dry run write nothing. A run beside ours that loses a file in
// this way writes it again (see file.replace).
func (t *Tree) removeTemps(ctx context.Context) {
	for _, p := range t.temps {
		t.removeTemp(ctx, &t.content, p)
	}
	names, err := t.assets.list()
	if err != nil {
		t.log.WarnContext(ctx, "left-overs not looked for", "error", err)
	}
	for _, name := range names {
		if isTemp(name) {
			t.removeTemp(ctx, &t.assets, name)
		}
	}
}

// removeTemp removes one left-over. It is not worth failing for.
func (t *Tree) removeTemp(ctx context.Context, f *folder, p string) {
	if err := f.remove(p); err != nil {
		t.log.WarnContext(ctx, "left-over not removed", "error", err)
		return
	}
	t.log.InfoContext(ctx, "left-over of a killed run removed", "path", f.file(p))
}
