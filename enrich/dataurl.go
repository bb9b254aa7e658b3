package enrich

import (
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"
)

// isData tells an address that carries its file (RFC 2397).
func isData(address string) bool {
	const scheme = "data:"
	return len(address) >= len(scheme) && strings.EqualFold(address[:len(scheme)], scheme)
}

// carried takes the file that a data: address carries into the spool.
func (s Assets) carried(it *Item, address string, limit int64) (*Asset, error) {
	content, err := readData(address, limit)
	if err != nil {
		return nil, fmt.Errorf("address %s: %w", quote(shorten(address, 40)), err)
	}
	file, err := s.Spool.receive(it, func(w io.Writer) error {
		_, err := w.Write(content)
		return err
	})
	if err != nil {
		return nil, &diskError{err}
	}
	return file, nil
}

// readData decodes a data: address. The media type that it declares is not
// asked, since the bytes decide.
func readData(address string, limit int64) ([]byte, error) {
	if int64(len(address)) > 3*limit { // what percent escapes may make of the bytes
		return nil, errors.New("it carries too much")
	}
	declared, data, ok := strings.Cut(address, ",")
	if !ok {
		return nil, errors.New("it carries no data")
	}
	plain, err := url.PathUnescape(data)
	if err != nil {
		return nil, errors.New("its escapes cannot be read")
	}
	content := []byte(plain)
	if strings.HasSuffix(strings.ToLower(strings.TrimSpace(declared)), ";base64") {
		compact := strings.TrimRight(strings.Join(strings.Fields(plain), ""), "=")
		if content, err = base64.RawStdEncoding.DecodeString(compact); err != nil {
			return nil, errors.New("its base64 cannot be read")
		}
	}
	if int64(len(content)) > limit {
		return nil, errors.New("it carries too much")
	}
	return content, nil
}
