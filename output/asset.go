package output

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
)

// planAssets compares the assets of a document with what is there.
func (t *Tree) planAssets(ctx context.Context, p *plan, d Document) error {
	for _, a := range d.Assets {
		f := t.assetPlace(p.document.path, a.Name)
		if err := t.holders.claim(d.ID, f); err != nil {
			return err
		}
		f, err := t.planAsset(ctx, a, f)
		if err != nil {
			return err
		}
		if f.same {
			continue
		}
		stays, err := p.keepEdited(ctx, d, a, f)
		switch {
		case err != nil:
			return f.folder.fail("compare", f.path, err)
		case stays:
			continue
		case a.Open == nil:
			return &AssetGoneError{f.folder.file(f.path)}
		}
		p.assets, p.sources = append(p.assets, f), append(p.sources, a)
	}
	return nil
}

// planAsset compares an asset with the file of its name: by size, then byte by
// byte.
func (t *Tree) planAsset(ctx context.Context, a Asset, f file) (file, error) {
	f.newLen = a.Size
	info, err := f.folder.stat(f.path)
	if err != nil || info == nil {
		return f, err
	}
	f.there, f.mode, f.oldLen = true, info.Mode(), info.Size()
	if a.Open == nil || f.oldLen != f.newLen {
		f.same = f.oldLen == f.newLen
		return f, nil
	}
	there, err := f.folder.read(f.path)
	if err != nil {
		return f, err
	}
	defer there.Close() //nolint:errcheck // only read
	if f.same, err = sameContent(ctx, a, there); err != nil {
		return f, f.folder.fail("compare", f.path, err)
	}
	return f, nil
}

// sameContent compares an asset with a file.
func sameContent(ctx context.Context, a Asset, there io.Reader) (same bool, err error) {
	err = a.read(func(content io.Reader) error {
		same, err = equal(ctx, content, there)
		return err
	})
	return same, err
}

// read opens the asset, hands its content to use and closes it.
func (a Asset) read(use func(io.Reader) error) error {
	content, err := a.Open()
	if err != nil {
		return fmt.Errorf("open the asset: %w", err)
	}
	return errors.Join(use(content), content.Close())
}

// copyTo writes the asset and makes sure that it is as long as it should be:
// a shorter one was cut off on its way.
func (a Asset) copyTo(ctx context.Context, w io.Writer) error {
	return a.read(func(content io.Reader) error {
		n, err := io.Copy(w, io.LimitReader(interruptible{ctx, content}, a.Size+1))
		switch {
		case err != nil:
			return err
		case n > a.Size:
			return fmt.Errorf("the asset is longer than the %d bytes it should have", a.Size)
		case n < a.Size:
			return fmt.Errorf("the asset has %d bytes of the %d it should have", n, a.Size)
		}
		return nil
	})
}

// equal compares two streams to their ends.
func equal(ctx context.Context, a, b io.Reader) (bool, error) {
	a = interruptible{ctx, a}
	bufA, bufB := make([]byte, 32<<10), make([]byte, 32<<10)
	for {
		n, errA := io.ReadFull(a, bufA)
		m, errB := io.ReadFull(b, bufB)
		endA, endB := ended(errA), ended(errB)
		switch {
		case errA != nil && !endA:
			return false, errA
		case errB != nil && !endB:
			return false, errB
		case !bytes.Equal(bufA[:n], bufB[:m]) || endA != endB:
			return false, nil
		case endA:
			return true, nil
		}
	}
}

func ended(err error) bool { return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) }

// interruptible is a reader that stops when the run does.
type interruptible struct {
	ctx context.Context //nolint:containedctx // lives for one copy
	r   io.Reader
}

func (i interruptible) Read(p []byte) (int, error) {
	if err := context.Cause(i.ctx); err != nil {
		return 0, err
	}
	return i.r.Read(p)
}
