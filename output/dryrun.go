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
	sum := sha256.New()
	if err := a.copyTo(ctx, sum); err != nil {
		return "", "", err
	}
	after = hex.EncodeToString(sum.Sum(nil))
	if !f.there {
		return "", after, nil
	}
	there, err := f.folder.read(f.path)
	if err != nil {
		return "", "", err
	}
	defer there.Close() //nolint:errcheck // only read
	sum.Reset()
	if _, err := io.Copy(sum, interruptible{ctx, there}); err != nil {
		return "", "", err
	}
	return hex.EncodeToString(sum.Sum(nil)), after, nil
}
