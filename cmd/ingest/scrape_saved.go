package main

import (
	"bufio"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"mime"
	"net/url"
	"os"

	"ingest/enrich/fetch"
	"ingest/enrich/page"
	"ingest/enrich/wall"
)

// readSaved reads a page from a file, - for stdin, as if it had been served
// from address. charset overrides what the bytes say.
func readSaved(stdin io.Reader, file, address, charset string) (*reading, error) {
	base, err := url.Parse(address)
	if err != nil || base.Host == "" {
		return nil, &usageError{fmt.Errorf("%q is not the address of a page", address)}
	}
	body, err := readBody(stdin, file)
	if err != nil {
		return nil, err
	}
	contentType := ""
	if charset != "" {
		contentType = mime.FormatMediaType("text/html", map[string]string{"charset": charset})
	}
	text, name, err := fetch.Decode(body, contentType)
	if err != nil {
		return nil, fmt.Errorf("decode %s: %w", file, err)
	}
	p, err := page.Parse(text, base)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", file, err)
	}
	if found, ok := wall.Recognize(wall.Answer{Asked: address, URL: address, HTML: text}); ok { // a run would not take it
		p.Notes = append(p.Notes, fmt.Sprintf("this is no content but a %s (%s)", found.Kind, found.Reason))
	}
	return &reading{URL: address, Charset: name, Page: p}, nil
}

// gzipMark begins every gzip file (RFC 1952, section 2.3.1).
const gzipMark = "\x1f\x8b"

// readBody reads a file whole, unpacked where it is gzip by its first bytes.
func readBody(stdin io.Reader, file string) (body []byte, err error) {
	in := stdin
	if file != "-" {
		f, err := os.Open(file)
		if err != nil {
			return nil, err
		}
		defer f.Close() //nolint:errcheck // it was only read
		in = f
	}
	buffered := bufio.NewReader(in)
	in = buffered
	if mark, _ := buffered.Peek(len(gzipMark)); string(mark) == gzipMark {
		if in, err = gzip.NewReader(buffered); err != nil {
			return nil, fmt.Errorf("unpack %s: %w", file, err)
		}
	}
	body, err = io.ReadAll(io.LimitReader(in, fetch.MaxPage+1))
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF):
		return nil, fmt.Errorf("unpack %s: the file is cut short", file)
	case isA[*fs.PathError](err):
		return nil, err // it names the file
	case err != nil:
		return nil, fmt.Errorf("read %s: %w", file, err)
	case len(body) > fetch.MaxPage:
		return nil, fmt.Errorf("%s is larger than %d MB, which no page is", file, fetch.MaxPage>>20)
	}
	return body, nil
}
