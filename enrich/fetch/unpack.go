package fetch

import (
	"bufio"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"io"
	"net/http"
	"strings"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
)

const (
	acceptEncoding = "gzip, deflate, br, zstd"
	// maxCodings is how many content codings may lie over each other. Servers
	// use one; two happen where a proxy packs again.
	maxCodings = 2
	// zstdWindow is what a zstd decoder must support at most (RFC 9659, 3).
	zstdWindow = 8 << 20
)

// unpack gives the answer's body without its content codings (RFC 9110, 8.4),
// capped to limit bytes on every layer.
func unpack(res *http.Response, limit int64) (io.Reader, error) {
	codings := codingsOf(res.Header)
	if len(codings) == 0 && res.ContentLength > limit {
		return nil, tooLarge(limit)
	}
	if len(codings) > maxCodings {
		return nil, faultf(Encoding, "%d content codings over each other", len(codings))
	}
	wire := &memory{r: res.Body}
	var r io.Reader = wire
	for i := len(codings) - 1; i >= 0; i-- {
		open, ok := decoders()[codings[i]]
		if !ok {
			return nil, faultf(Encoding, "unknown content coding %q", codings[i])
		}
		r = &capped{r: &decoder{coding: codings[i], wire: wire, in: bufio.NewReader(r), open: open}, left: limit, limit: limit}
	}
	if len(codings) == 0 {
		r = &capped{r: wire, left: limit, limit: limit}
	}
	return r, nil
}

// codingsOf lists the codings in the order they were applied.
func codingsOf(h http.Header) []string {
	var all []string
	for name := range strings.SplitSeq(strings.Join(h.Values("Content-Encoding"), ","), ",") {
		name = strings.ToLower(strings.TrimSpace(name))
		if name != "" && name != "identity" {
			all = append(all, name)
		}
	}
	return all
}

type opener func(*bufio.Reader) (io.Reader, error)

func decoders() map[string]opener {
	return map[string]opener{
		"gzip":    openGzip,
		"x-gzip":  openGzip,
		"deflate": openDeflate,
		"br":      func(r *bufio.Reader) (io.Reader, error) { return brotli.NewReader(r), nil },
		"zstd":    openZstd,
	}
}

func openGzip(r *bufio.Reader) (io.Reader, error) { return gzip.NewReader(r) }

// openDeflate reads zlib data, which "deflate" means, or bare deflate data,
// which some servers send. Two bytes tell (RFC 1950, 2.2).
func openDeflate(r *bufio.Reader) (io.Reader, error) {
	head, err := r.Peek(2)
	if err == nil && head[0]&0x0f == 8 && (uint(head[0])<<8|uint(head[1]))%31 == 0 {
		return zlib.NewReader(r)
	}
	return flate.NewReader(r), nil
}

// openZstd decodes in the reader's goroutine: such a decoder needs no closing.
func openZstd(r *bufio.Reader) (io.Reader, error) {
	return zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(zstdWindow))
}

// memory remembers how the packed body ended, so that a broken connection is
// not taken for broken data.
type memory struct {
	r   io.Reader
	err error
}

func (m *memory) Read(p []byte) (int, error) {
	n, err := m.r.Read(p)
	if err != nil {
		m.err = err
	}
	return n, err
}

// decoder takes one coding off. It opens at the first read, and leaves an
// empty body empty: servers announce a coding for those too.
type decoder struct {
	coding string
	wire   *memory
	in     *bufio.Reader
	open   opener
	out    io.Reader
}

func (d *decoder) Read(p []byte) (int, error) {
	if d.out == nil {
		if _, err := d.in.Peek(1); isEnd(err) {
			return 0, io.EOF
		}
		out, err := d.open(d.in)
		if err != nil {
			return 0, d.explain(err)
		}
		d.out = out
	}
	n, err := d.out.Read(p)
	if err != nil && !isEnd(err) {
		err = d.explain(err)
	}
	return n, err
}

// explain tells apart a broken connection, an end too early and bad data.
func (d *decoder) explain(err error) error {
	var known *kindError
	switch {
	case errors.As(err, &known):
		return err
	case d.wire.err != nil && !isEnd(d.wire.err):
		return d.wire.err
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return faultf(Truncated, "%s data ends too early", d.coding)
	}
	return faultf(Encoding, "%s data: %w", d.coding, err)
}

// capped fails once more than limit bytes come.
type capped struct {
	r           io.Reader
	left, limit int64
}

func (c *capped) Read(p []byte) (int, error) {
	if int64(len(p))-1 > c.left {
		p = p[:c.left+1] // one more than allowed tells an end from an excess
	}
	n, err := c.r.Read(p)
	if int64(n) > c.left {
		n = int(c.left)
		c.left = 0
		return n, tooLarge(c.limit)
	}
	c.left -= int64(n)
	return n, err
}

func tooLarge(limit int64) error {
	return faultf(TooLarge, "more than %d bytes", limit)
}
