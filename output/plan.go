package output

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"io/fs"

	"ingest/output/frontmatter"
)

// maxDocument bounds an existing document that is read to be compared.
const maxDocument = 64 << 20

// plan is what Write will do: made by reading only, so a DryRun makes the same.
type plan struct {
	document file
	text     []byte // of the document, as it is to be
	old      []byte // as it is; nil when there is none
	kept     []string
	assets   []file // those that differ
	sources  []Asset
}

// file is a file of the plan.
type file struct {
	folder *folder
	path   string
	there  bool
	mode   fs.FileMode // of the file that is there
	oldLen int64
	newLen int64
	same   bool
}

// plan compares a document with what is there.
func (t *Tree) plan(ctx context.Context, d Document) (*plan, error) {
	if err := check(d); err != nil {
		return nil, err
	}
	p := &plan{}
	if err := t.planDocument(p, d); err != nil {
		return nil, err
	}
	for _, a := range d.Assets {
		f, err := t.planAsset(ctx, a)
		if err != nil {
			return nil, err
		}
		if !f.same {
			p.assets, p.sources = append(p.assets, f), append(p.sources, a)
		}
	}
	return p, nil
}

// check refuses what must not come into the tree.
func check(d Document) error {
	if d.ID <= 0 || ownerOf(d.FrontMatter) != d.ID {
		return &IdentityError{d.ID}
	}
	if err := checkName(d.Name + extension); err != nil {
		return err
	}
	seen := map[string]bool{}
	for _, a := range d.Assets {
		if err := checkName(a.Name); err != nil {
			return err
		}
		key := fold(a.Name)
		if seen[key] {
			return &NameError{a.Name, "is that of two assets of one document"}
		}
		seen[key] = true
	}
	return nil
}

func (t *Tree) planDocument(p *plan, d Document) error {
	e, known, err := t.names.place(d.ID)
	if err != nil {
		return err
	}
	if !known {
		e.path = d.Name + extension
	}
	p.document = file{folder: &t.content, path: e.path}
	if err := p.read(); err != nil {
		return err
	}
	matter := d.FrontMatter
	if p.document.there && len(d.Missing) > 0 {
		if matter, err = p.keep(d); err != nil {
			return err
		}
	}
	if p.text, err = compose(matter, d.Body, p.old); err != nil {
		return fmt.Errorf("compose %s: %w", t.content.file(e.path), err)
	}
	p.document.newLen = int64(len(p.text))
	p.document.same = p.document.there && bytes.Equal(p.old, p.text)
	if p.document.same || !p.document.there {
		return nil
	}
	_, err = p.ours(d.ID)
	return err
}

// read reads the document that is there.
func (p *plan) read() error {
	f := &p.document
	info, err := f.folder.stat(f.path)
	if info == nil {
		return err
	}
	if info.Size() > maxDocument {
		return f.folder.fail("read", f.path, fmt.Errorf("larger than %d bytes", maxDocument))
	}
	r, err := f.folder.read(f.path)
	if err != nil {
		return err
	}
	defer r.Close() //nolint:errcheck // only read
	if p.old, err = io.ReadAll(io.LimitReader(r, maxDocument)); err != nil {
		return f.folder.fail("read", f.path, err)
	}
	f.there, f.mode, f.oldLen = true, info.Mode(), int64(len(p.old))
	return nil
}

// ours reads the front matter of the file that is there and makes sure that it
// is the work package's: a person may have changed or put it there since the
// tree was opened.
func (p *plan) ours(id int64) (frontmatter.Map, error) {
	name := p.document.folder.file(p.document.path)
	parts, err := frontmatter.Split(p.old)
	if err != nil {
		return nil, &UnparsableError{File: name, Err: err}
	}
	m, err := frontmatter.Decode(parts.FrontMatter)
	if err != nil {
		return nil, &UnparsableError{File: name, Err: err}
	}
	if ownerOf(m) != id {
		return nil, &ForeignError{File: name, ID: id}
	}
	return m, nil
}

// keep takes over what the file that is there knows and today's visit does not.
func (p *plan) keep(d Document) (frontmatter.Map, error) {
	old, err := p.ours(d.ID)
	if err != nil {
		return nil, err
	}
	if d.Source != "" && !holds(old, d.Source) {
		return d.FrontMatter, nil
	}
	var m frontmatter.Map
	m, p.kept = keep(d.FrontMatter, old, d.Missing, "")
	return m, nil
}
