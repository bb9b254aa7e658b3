package output

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
)

// DryRun is a Tree that plans every write and carries out none: no file, no
// folder, no temporary file comes into being or goes. Its results are those of
// the Tree, and their Changes hold what is needed to show the difference.
type DryRun struct{ *Tree }

// Write returns what Tree.Write would do.
func (r DryRun) Write(ctx context.Context, d Document) (Result, error) {
	p, err := r.plan(ctx, d)
	if err != nil {
		return Result{}, err
	}
	result := p.result
	for i, f := range p.assets {
		c := f.change()
		if c.OldSHA256, c.NewSHA256, err = digests(ctx, f, p.sources[i]); err != nil {
			return result, f.folder.fail("compare", f.path, err)
		}
		result.Files = append(result.Files, c)
	}
	if !p.document.same {
		c := p.document.change()
		c.Old, c.New = p.old, p.text
		result.Files = append(result.Files, c)
	}
	return result, nil
}

// digests returns those of the file that is there and of the asset.
func digests(ctx context.Context, f file, a Asset) (before, after string, err error) {
	if after, err = a.digest(ctx); err == nil && f.there {
		before, err = f.digest(ctx)
	}
	return before, after, err
}

// digest is that of the asset's content.
func (a Asset) digest(ctx context.Context) (string, error) {
	sum := sha256.New()
	err := a.copyTo(ctx, sum)
	return hex.EncodeToString(sum.Sum(nil)), err
}

// digest is that of the file that is there.
func (f file) digest(ctx context.Context) (string, error) {
	there, err := f.folder.read(f.path)
	if err != nil {
		return "", err
	}
	defer there.Close() //nolint:errcheck // only read
	sum := sha256.New()
	_, err = io.Copy(sum, interruptible{ctx, there})
	return hex.EncodeToString(sum.Sum(nil)), err
}
