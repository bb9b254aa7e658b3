package enrich

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"

	"ingest/enrich/asset"
)

// Spool keeps the bytes of assets in temporary files while their item is
// worked on, so that a run's memory does not grow with the size of its images.
// The zero value uses the system's folder for temporary files.
type Spool struct {
	Dir string
}

// Asset is an image, PDF or icon that was fetched and looked at.
type Asset struct {
	asset.Info
	Size   int64
	SHA256 string // hexadecimal digest of the bytes
	// URL is where the web gave it, "" when it is the tracker's Attachment.
	URL        string
	Attachment *Attachment

	path string
}

// Open returns the bytes. It fails once the item was closed.
func (a *Asset) Open() (io.ReadCloser, error) { return os.Open(a.path) }

// receive lets fill write into a temporary file of the item, then looks at the
// bytes. An error is either fill's or the disk's.
func (s Spool) receive(it *Item, fill func(w io.Writer) error) (*Asset, error) {
	f, err := os.CreateTemp(s.Dir, "ingest-*")
	if err != nil {
		return nil, fmt.Errorf("make a temporary file: %w", err)
	}
	it.spooled = append(it.spooled, func() error { return os.Remove(f.Name()) })
	a, err := measure(f, fill)
	if closeErr := f.Close(); err == nil && closeErr != nil {
		err = fmt.Errorf("close %s: %w", f.Name(), closeErr)
	}
	if err != nil {
		return nil, err
	}
	return a, nil
}

func measure(f *os.File, fill func(w io.Writer) error) (*Asset, error) {
	digest := sha256.New()
	if err := fill(io.MultiWriter(f, digest)); err != nil {
		return nil, err
	}
	size, err := f.Seek(0, io.SeekEnd)
	if err != nil {
		return nil, fmt.Errorf("measure %s: %w", f.Name(), err)
	}
	info, err := asset.Inspect(f, size)
	if err != nil {
		return nil, fmt.Errorf("read %s again: %w", f.Name(), err)
	}
	return &Asset{Info: info, Size: size, SHA256: hex.EncodeToString(digest.Sum(nil)), path: f.Name()}, nil
}
