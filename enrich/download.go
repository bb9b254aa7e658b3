package enrich

import (
	"errors"
	"io"

	"ingest/enrich/asset"
	"ingest/enrich/fetch"
)

// diskError tells a failing disk from a failing web, both of which happen
// while one is copied to the other.
type diskError struct{ err error }

func (d *diskError) Error() string { return d.err.Error() }
func (d *diskError) Unwrap() error { return d.err }

// download spools a response's body.
func download(it *Item, spool Spool, response *fetch.Response) (*Asset, error) {
	var web error
	file, err := spool.receive(it, func(w io.Writer) error {
		body := &erring{Reader: response.Body}
		_, err := io.Copy(w, body)
		web = body.err
		return err
	})
	switch {
	case web != nil:
		return nil, web
	case err != nil:
		return nil, &diskError{err}
	}
	file.URL = response.URL
	return file, nil
}

// erring remembers the error of the reader, so that it is told from that of
// the writer.
type erring struct {
	io.Reader
	err error
}

func (e *erring) Read(p []byte) (int, error) {
	n, err := e.Reader.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		e.err = err
	}
	return n, err
}

// isImage says whether a file can be shown as an image.
func isImage(a *Asset) bool { return a != nil && a.Valid && a.Kind == asset.Image }
