package output

import (
	"context"
	"errors"
	"io/fs"
	"path"
	"path/filepath"
)

// Remove takes a work package's document off the site. It is deleted or marked
// (see Removal); a file that is not, or not any more, the work package's is
// never touched. With the document go its assets: those that bear its name or
// are named in the Removal, unless another document speaks of them. First goes
// the document, then the assets, so that no document ever names a file that is
// not there; killed in between, Remove with Name and Path set removes the rest.
//
// The outcome is Removed, Updated for a document that was marked, or Unchanged
// if there was nothing to do.
func (t *Tree) Remove(ctx context.Context, r Removal) (Result, error) {
	t.sweep.Do(func() { t.removeTemps(ctx) })
	p, err := t.planRemoval(ctx, r)
	if err != nil {
		return Result{}, err
	}
	result := p.result
	result.Outcome, result.Files = "", nil
	if p.text != nil {
		if err := p.put(ctx); err != nil {
			return result, err
		}
		t.written(ctx, r.ID, &result, p.document)
	}
	for _, f := range p.gone {
		if err := context.Cause(ctx); err != nil {
			return result, f.folder.fail("remove", f.path, err)
		}
		if err := f.folder.unlink(f.path); err != nil {
			return result, err
		}
		t.removed(ctx, r.ID, &result, f)
	}
	result.Outcome = p.result.Outcome
	return result, nil
}

// Remove returns what Tree.Remove would do.
func (r DryRun) Remove(ctx context.Context, how Removal) (Result, error) {
	p, err := r.planRemoval(ctx, how)
	if err != nil {
		return Result{}, err
	}
	result := p.result
	if p.text != nil {
		c := p.document.change()
		c.Old, c.New = p.old, p.text
		result.Files = append(result.Files, c)
	}
	for _, f := range p.gone {
		c := f.change()
		c.Kind = Removed
		if !f.asset {
			c.Old = p.old
		}
		result.Files = append(result.Files, c)
	}
	return result, nil
}

// removed notes a file that is gone.
func (t *Tree) removed(ctx context.Context, id int64, r *Result, f file) {
	c := f.change()
	c.Kind = Removed
	r.Files = append(r.Files, c)
	t.log.DebugContext(ctx, "file removed", "wp_id", id, "path", c.File)
	if !f.asset {
		t.names.leave(id)
		t.claims.leave(id, f.path)
		t.mentions.leave(f.path)
	}
}

// unlink removes a file for good, and its folder if that was a bundle and is
// empty now.
func (f *folder) unlink(p string) error {
	if err := f.remove(p); err != nil {
		return err
	}
	root, err := f.open(false)
	if root == nil {
		return err
	}
	dir := filepath.FromSlash(path.Dir(p))
	if err := syncDir(root, dir); err != nil {
		return f.fail("remove", p, err)
	}
	if entries, err := fs.ReadDir(root.FS(), path.Dir(p)); err == nil && len(entries) == 0 && dir != "." {
		if err := root.Remove(dir); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return f.fail("remove", path.Dir(p), err)
		}
	}
	return nil
}
