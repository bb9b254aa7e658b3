package output

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"path"
	"strings"
)

// maxDocument bounds an existing document that is read to be compared.
const maxDocument = 64 << 20

// plan is what Write will do: made by reading only, so a DryRun makes the same.
type plan struct {
	document file
	text     []byte   // of the document, as it is to be
	old      []byte   // as it is; nil when there is none
	before   *Written // to be remembered while the document is written
	result   Result   // as far as it is known before anything is written
	assets   []file   // those that differ
	sources  []Asset
	gone     []file // those to be removed
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
	asset  bool
}

// plan compares a document with what is there.
func (t *Tree) plan(ctx context.Context, d Document) (*plan, error) {
	if err := check(d, t.options.IDKey); err != nil {
		return nil, err
	}
	p := &plan{}
	if err := t.planDocument(p, d); err != nil {
		return nil, err
	}
	if err := t.planAssets(ctx, p, d); err != nil {
		return nil, err
	}
	p.result.Outcome = p.outcome()
	return p, nil
}

// assetPlace is where an asset of a document is: beside it if that is a bundle
// in a tree of bundles, or if all assets are.
func (t *Tree) assetPlace(document, name string) file {
	if t.ownFolder(document) || t.options.Beside && document != "" {
		return file{folder: &t.content, path: path.Join(path.Dir(document), name), asset: true}
	}
	return file{folder: &t.assets, path: name, asset: true}
}

// ownFolder tells a bundle in a tree of bundles.
func (t *Tree) ownFolder(document string) bool {
	dir, base := path.Split(document)
	return t.options.Bundle && dir != "" && strings.TrimSuffix(base, path.Ext(base)) == "index"
}

// check refuses what must not come into the tree.
func check(d Document, idKey string) error {
	if d.ID <= 0 || ownerOf(d.FrontMatter, idKey) != d.ID {
		return &IdentityError{d.ID, idKey}
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
		if isDocument(a.Name) {
			return &NameError{a.Name, "is that of a document, not of an asset"}
		}
		seen[key] = true
	}
	return nil
}

func (t *Tree) planDocument(p *plan, d Document) error {
	warnings, err := t.claims.check(d)
	if err != nil {
		return err
	}
	place, warning, err := t.documentPlace(d)
	if err != nil {
		return err
	}
	if warning != nil {
		warnings = append(warnings, warning)
	}
	p.document = file{folder: &t.content, path: place}
	p.result = Result{Path: place, Warnings: warnings}
	if err := p.read(); err != nil {
		return err
	}
	settled, err := p.settled(d)
	switch {
	case err != nil:
		return err
	case settled:
		p.text = p.old
	case p.document.there:
		err = p.merge(d, t.options)
	}
	if p.result.Written == nil {
		p.result.Written = &Written{FrontMatter: d.FrontMatter, Body: plainBody(d.Body)}
	}
	p.document.newLen = int64(len(p.text))
	p.document.same = p.document.there && bytes.Equal(p.old, p.text)
	return err
}

// documentPlace finds the file of a document.
func (t *Tree) documentPlace(d Document) (place string, warning, err error) {
	e, known, err := t.names.place(d.ID)
	if err != nil || known {
		return e.path, nil, err
	}
	if d.File == "" {
		return t.newFile(d.Name), nil, nil
	}
	if place, err = t.ClaimFile(d.ID, d.File); place == "" {
		return "", nil, err
	}
	if next := nameIn(place, d.FrontMatter); len(d.Assets) > 0 && next != d.Name {
		return "", nil, &NameError{d.Name, fmt.Sprintf("would be %q next time, and so would the assets; ask ClaimFile before Name", next)}
	}
	return place, err, nil
}

// read reads the document that is there.
func (p *plan) read() error {
	f := &p.document
	text, info, err := f.folder.document(f.path)
	if err != nil || info == nil {
		return err
	}
	p.old, f.there, f.mode, f.oldLen = text, true, info.Mode(), int64(len(text))
	return nil
}
