package fetch

import (
	"bufio"
	"errors"
	"io"
)

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
