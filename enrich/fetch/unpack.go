package fetch

import (
	"bufio"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
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
