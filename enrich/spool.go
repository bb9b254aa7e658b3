package enrich

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"ingest/enrich/asset"
	"ingest/enrich/fetch"
)

// Spool keeps the bytes of assets in temporary files while their item is
// worked on, so that a run's memory does not grow with the size of its images.
// The zero value puts them into the system's folder for temporary files, where
// a killed run leaves them lying; [OpenSpool] gives a run a folder of its own.
type Spool struct {
	Dir string
}

// Asset is an image, PDF or icon that was fetched and looked at.
type Asset struct {
	asset.Info
	Size   int64
	SHA256 string // hexadecimal digest of the bytes
	// URL is where the web gave it; "" when it is the tracker's Attachment, or
	// was carried in a data: address.
	URL string
	// Asked is the address that led there.
	Asked string
	// Validators name this version of the file to the server of URL; zero where
	// it gave nothing to go by.
	Validators fetch.Validators
	Attachment *Attachment

	path string
}

// Open returns the bytes. It fails once the item was closed, and for an asset
// that is not [Asset.Fetched].
func (a *Asset) Open() (io.ReadCloser, error) { return os.Open(a.path) }

// Fetched says that the bytes came with this visit. Those of an asset that was
// remembered are where they were published.
func (a *Asset) Fetched() bool { return a.path != "" }

// drop gives back the place of a file that is not wanted after all. Where that
// fails, Item.Close tries again and reports it.
func (a *Asset) drop() {
	if a.Fetched() {
		_ = os.Remove(a.path)
	}
}

// receive lets fill write into a temporary file of the item, then looks at the
// bytes. An error is either fill's or the disk's.
func (s Spool) receive(it *Item, fill func(w io.Writer) error) (*Asset, error) {
	f, err := os.CreateTemp(s.Dir, "ingest-*")
	if err != nil {
		return nil, fmt.Errorf("make a temporary file: %w", err)
	}
	it.spooled = append(it.spooled, func() error { return remove(f.Name()) })
	a, err := measure(f, fill)
	if closeErr := f.Close(); err == nil && closeErr != nil {
		err = fmt.Errorf("close %s: %w", f.Name(), closeErr)
	}
	if err != nil {
		_ = os.Remove(f.Name()) // what came of the file; Item.Close tries again and reports
		return nil, err
	}
	return a, nil
}

// remove takes a file away that may be gone already.
func remove(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("remove a temporary file: %w", err)
	}
	return nil
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
