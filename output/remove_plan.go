package output

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"path"
	"slices"

	"ingest/output/frontmatter"
)

// planRemoval finds out, by reading only, what is to go.
func (t *Tree) planRemoval(ctx context.Context, r Removal) (*plan, error) {
	p := &plan{result: Result{Outcome: Unchanged, Written: r.Last}}
	e, known, err := t.names.place(r.ID)
	if err != nil {
		return nil, err
	}
	if known {
		p.document = file{folder: &t.content, path: e.path}
		p.result.Path = e.path
		if err := p.read(); err != nil {
			return nil, err
		}
		r.Name, r.Path = e.name, e.path
	}
	marked := false
	if p.document.there {
		if r.Delete {
			if p.result.HandEdits, err = t.editedAssets(ctx, r); err != nil {
				return nil, err
			}
		}
		if marked, err = p.planMark(r, t.options.IDKey); err != nil {
			return nil, err
		}
	}
	if marked || !r.Delete {
		return p, nil
	}
	t.planDeletion(ctx, p, r)
	return p, nil
}

// planMark reads the document and, unless it is to be deleted and may be, marks
// it.
func (p *plan) planMark(r Removal, idKey string) (marked bool, err error) {
	parts, old, err := p.ours(r.ID, idKey)
	if err != nil {
		return false, err
	}
	last := r.Last.arrived(old, plainBody(string(parts.Body)))
	if r.Delete {
		objection := p.object(last, idKey, old, string(parts.Body), r.Forgetful)
		if objection == nil {
			return false, nil
		}
		p.result.Warnings = append(p.result.Warnings, objection)
	}
	mark := r.Mark
	if len(mark) == 0 {
		mark = frontmatter.Map{{Key: "draft", Value: true}}
	}
	spliced, err := parts.Splice(mark)
	if err != nil {
		return false, p.composing(err)
	}
	m := &merge{edits: p.result.HandEdits}
	if last != nil {
		p.result.Written = last.marked(mark, old)
	} else {
		m.overrule(mark, old)
	}
	if text := spliced.Bytes(); !bytes.Equal(text, p.old) {
		p.text, p.document.newLen, p.result.Outcome = text, int64(len(text)), Updated
		p.tell(m, spliced.Whole)
	}
	return true, nil
}

// object says why a document must not be deleted: a person has edited it, or may
// have. nil lets it go.
func (p *plan) object(last *Written, idKey string, old frontmatter.Map, body string, forgetful bool) error {
	file := p.document.folder.file(p.document.path)
	if last == nil {
		if forgetful {
			return nil
		}
		return &ForgottenDocumentError{File: file}
	}
	bare, was := last.uncovered(old)
	p.result.HandEdits = append(handEdits(bare, idKey, was, body), p.result.HandEdits...)
	if len(p.result.HandEdits) == 0 {
		return nil
	}
	edited := &HandEditedError{File: file}
	for _, e := range p.result.HandEdits {
		edited.Paths = append(edited.Paths, e.Path)
	}
	return edited
}

// overrule notes the values that a mark takes the place of while nobody remembers
// whose they are.
func (m *merge) overrule(mark, disk frontmatter.Map) {
	there := table(disk)
	for _, e := range mark {
		if now := (slot{e.Value, true}); !now.equal(there[e.Key]) {
			m.replace(e.Key, there[e.Key], now)
		}
	}
}

// handEdits returns what a person has changed in a document since it was
// written. Keys that a person added are not among it: they say how the page is
// shown.
func handEdits(last *Written, idKey string, old frontmatter.Map, body string) []HandEdit {
	m := newMerge(Document{Last: last}, idKey, false, nil)
	m.mapping("", last.FrontMatter, last.FrontMatter, old)
	text := slot{last.Body, true}
	m.key(BodyKey, text, text, slot{plainBody(body), true})
	return m.edits
}

// planDeletion lists the files that go: the document first.
func (t *Tree) planDeletion(ctx context.Context, p *plan, r Removal) {
	if p.document.there {
		p.gone = append(p.gone, p.document)
	}
	candidates, err := t.assetsOf(ctx, r)
	if err != nil {
		p.result.Warnings = append(p.result.Warnings, &AssetsKeptError{err})
	}
	for _, f := range candidates {
		info, err := f.folder.stat(f.path)
		if err != nil {
			p.result.Warnings = append(p.result.Warnings, err)
		}
		if info != nil {
			f.there, f.oldLen = true, info.Size()
			p.gone = append(p.gone, f)
		}
	}
	if len(p.gone) > 0 {
		p.result.Outcome, p.result.Written = Removed, nil
	}
}

// assetsOf returns the assets that go with a document.
func (t *Tree) assetsOf(ctx context.Context, r Removal) ([]file, error) {
	bundle := t.assetPlace(r.Path, "").folder == &t.content
	var names []string
	var err error
	if bundle {
		names, err = t.content.listIn(path.Dir(r.Path))
		if errors.Is(err, fs.ErrNotExist) {
			return nil, nil
		}
	} else {
		names, err = t.assetNames(ctx, r)
	}
	if err != nil {
		return nil, err
	}
	slices.Sort(names)
	var found []file
	for _, name := range names {
		ours := slices.Contains(r.Assets, name) || r.Name != "" && assetStem(name) == r.Name && t.ourRole(name)
		if !ours || isDocument(name) || checkName(name) != nil {
			continue
		}
		f := t.assetPlace(r.Path, name)
		users := t.users
		if bundle {
			users = func(ctx context.Context, name string) ([]string, error) { return t.usersBeside(ctx, r.Path, name) }
		}
		places, err := users(ctx, name)
		if err != nil {
			return nil, err
		}
		if !slices.ContainsFunc(places, func(place string) bool { return place != r.Path }) {
			found = append(found, f)
		}
	}
	return found, nil
}

// assetNames lists the assets folder, unless there is nothing to look for.
func (t *Tree) assetNames(ctx context.Context, r Removal) ([]string, error) {
	if r.Name == "" && len(r.Assets) == 0 {
		return nil, nil
	}
	names, err := t.prepareMentions(ctx)
	return slices.Clone(names), err
}
