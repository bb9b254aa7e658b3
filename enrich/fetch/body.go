package fetch

import (
	"io"
	"net/http"
	"os"
	"slices"
	"sync/atomic"
)

// body is an answer's body: unpacked, capped, with its beginning read ahead.
// It lets go of connection, time limit and place at the host as soon as it
// ends in whatever way. Close may be called while another goroutine reads.
type body struct {
	raw     *http.Response
	stream  io.Reader         // raw's body through unpack
	end     func()            // ends the exchange; may be called more than once
	explain func(error) error // makes the error for the reader

	ahead  []byte // read from stream, not yet from body
	err    error  // how stream ended
	closed atomic.Bool
}

// Read gives the next bytes. Its errors are io.EOF, os.ErrClosed and [*Error].
func (b *body) Read(p []byte) (int, error) {
	if b.closed.Load() {
		return 0, os.ErrClosed
	}
	if len(b.ahead) > 0 {
		n := copy(p, b.ahead)
		b.ahead = b.ahead[n:]
		return n, nil
	}
	return b.read(p)
}

func (b *body) read(p []byte) (int, error) {
	if b.err != nil {
		return 0, b.err
	}
	n, err := b.stream.Read(p)
	if err == nil {
		return n, nil
	}
	if !isEnd(err) {
		err = b.explain(err)
	}
	b.err = err
	b.release()
	return n, err
}

// isEnd reports a reader's regular end, which is io.EOF itself: one that is
// wrapped is the failure of something beneath.
func isEnd(err error) bool {
	return err == io.EOF //nolint:errorlint // see above
}

// peek gives the first n bytes, fewer where the body ends before. They stay unread.
func (b *body) peek(n int) ([]byte, error) {
	start := b.beginning(n)
	if b.err != nil && !isEnd(b.err) {
		return nil, b.err
	}
	return start, nil
}

// beginning is peek that takes a body which breaks as one that ends.
func (b *body) beginning(n int) []byte {
	for len(b.ahead) < n && b.err == nil {
		have := len(b.ahead)
		b.ahead = slices.Grow(b.ahead, min(n-have, max(have, sniffWindow)))
		got, _ := b.read(b.ahead[have:min(n, cap(b.ahead))]) // the error stays in b.err
		b.ahead = b.ahead[:have+got]
	}
	return b.ahead
}

// Close lets go of what the body holds. Closing again does nothing.
func (b *body) Close() error {
	if !b.closed.Swap(true) {
		b.release()
	}
	return nil
}

func (b *body) release() {
	_ = b.raw.Body.Close() // we only read: nothing is lost if it fails
	b.end()
}

// drop closes a body of no interest. A short one is read to its end first, so
// that the connection can be used again.
func (b *body) drop() {
	const short = 2 << 10
	if n := b.raw.ContentLength; n >= 0 && n <= short {
		_, _ = io.CopyN(io.Discard, b.raw.Body, short) // see above: of no interest
	}
	_ = b.Close() // never fails
}
