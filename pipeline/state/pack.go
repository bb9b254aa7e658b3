package state

import (
	"fmt"

	"github.com/klauspost/compress/zstd"
)

const (
	// packFrom is the size from which a blob is compressed.
	packFrom = 512
	// maxBlob bounds what is kept, so that reading back is bounded too.
	maxBlob = 64 << 20
)

// How a blob is kept, said by its first byte.
const (
	plain  = 0
	zipped = 1
)

// packer compresses blobs. It may be used by several goroutines.
type packer struct {
	enc *zstd.Encoder
	dec *zstd.Decoder
}

func newPacker() (*packer, error) {
	enc, err := zstd.NewWriter(nil, zstd.WithLowerEncoderMem(true))
	if err != nil {
		return nil, err
	}
	dec, err := zstd.NewReader(nil, zstd.WithDecoderMaxMemory(maxBlob), zstd.WithDecoderLowmem(true))
	return &packer{enc, dec}, err
}

// pack returns nil for nil, so that "nothing" and "empty" stay two things.
func (p *packer) pack(b []byte) []byte {
	switch {
	case b == nil:
		return nil
	case len(b) < packFrom:
		return append([]byte{plain}, b...)
	}
	return p.enc.EncodeAll(b, []byte{zipped})
}

// unpack reads what pack has made into memory of its own.
func (p *packer) unpack(b []byte) ([]byte, error) {
	switch {
	case b == nil:
		return nil, nil
	case len(b) > 0 && b[0] == plain:
		return append([]byte{}, b[1:]...), nil
	case len(b) > 1 && b[0] == zipped: // nothing zipped is not nothing: it was cut off
		return p.dec.DecodeAll(b[1:], nil)
	}
	return nil, fmt.Errorf("%d bytes packed in no known way", len(b))
}
