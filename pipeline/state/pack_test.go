package state

import (
	"bytes"
	"errors"
	"testing"

	"github.com/klauspost/compress/zstd"
)

func TestPackedBlobsAreBounded(t *testing.T) {
	p, err := newPacker()
	if err != nil {
		t.Fatal(err)
	}
	for size, want := range map[int]error{maxBlob: nil, maxBlob + 1: zstd.ErrDecoderSizeExceeded} {
		b, err := p.unpack(p.pack(make([]byte, size)))
		if !errors.Is(err, want) || err == nil && len(b) != size {
			t.Errorf("%d bytes: got %d, error %v; want %v", size, len(b), err, want)
		}
	}
}

func TestPackedSizes(t *testing.T) {
	p, err := newPacker()
	if err != nil {
		t.Fatal(err)
	}
	for size, most := range map[int]int{0: 1, 1: 2, packFrom - 1: packFrom, packFrom: 100, 100 * packFrom: 200} {
		b := bytes.Repeat([]byte("a"), size)
		packed := p.pack(b)
		got, err := p.unpack(packed)
		if len(packed) > most || !bytes.Equal(got, b) || err != nil {
			t.Errorf("%d bytes take %d, want at most %d and to come back; error %v", size, len(packed), most, err)
		}
	}
}
