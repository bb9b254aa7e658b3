package openproject

import (
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"errors"
	"hash"
	"io"
	"strings"
	"time"
)

// counting tells a failing writer from a failing reader.
type counting struct {
	to  io.Writer
	n   int64
	err error
}

func (c *counting) Write(p []byte) (int, error) {
	n, err := c.to.Write(p)
	c.n += int64(n)
	c.err = err
	return n, err
}

// digest is a hash with a note whether the listing gave one to compare with.
type digest struct {
	hash.Hash
	known bool
}

func newHash(d Digest) digest {
	known := strings.TrimSpace(d.Hash) != ""
	switch strings.ToLower(d.Algorithm) {
	case "md5":
		return digest{md5.New(), known}
	case "sha1":
		return digest{sha1.New(), known}
	case "sha256":
		return digest{sha256.New(), known}
	}
	return digest{md5.New(), false}
}

// errStalled ends a download that no longer moves.
var errStalled = errors.New("no byte arrived for " + stallLimit.String())

// watched runs the stall timer while, and only while, a read waits.
type watched struct {
	body  io.Reader
	timer *time.Timer
}

func (s *watched) Read(p []byte) (int, error) {
	s.timer.Reset(stallLimit)
	defer s.timer.Stop()
	return s.body.Read(p)
}
