package page

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/url"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
)

// read parses the page and walks it once.
func read(markup []byte, served *url.URL) (*signals, error) {
	s := &signals{served: served, base: served}
	markup, k := s.guard(markup)
	doc, err := s.parse(markup)
	if err != nil {
		return nil, err
	}
	w := walker{s: s, classes: k.classes}
	if k.refers {
		w.ids = map[string]*html.Node{}
	}
	w.children(doc.Nodes[0], nil, nil)
	w.follow()
	w.unwrap()
	s.index()
	return s, nil
}

// parse hands the bytes to goquery. The parser of golang.org/x/net/html refuses a page nested deeper than 512 open
// elements, which broken templates do reach; such a page is read up to that point, for its head is whole.
func (s *signals) parse(markup []byte) (*goquery.Document, error) {
	const tries = 6
	var err error
	for range tries {
		counted := &countingReader{r: bytes.NewReader(markup)}
		var doc *goquery.Document
		doc, err = goquery.NewDocumentFromReader(counted)
		if err == nil {
			return doc, nil
		}
		cut := counted.n - parserAhead
		if cut <= 0 {
			cut = min(counted.n, len(markup)) / 2
		}
		markup = markup[:cut]
		s.note(fmt.Sprintf("page is nested too deep and was read only up to byte %d", cut))
	}
	return goquery.NewDocumentFromReader(bytes.NewReader(nil))
}

// parserAhead is how far the tokenizer may have read past the element it stopped at: its buffer of 4,096 bytes
// (golang.org/x/net/html, token.go).
const parserAhead = 4096

type countingReader struct {
	r io.Reader
	n int
}

func (c *countingReader) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += n
	if err != nil && !errors.Is(err, io.EOF) {
		return n, fmt.Errorf("read page: %w", err)
	}
	return n, err //nolint:wrapcheck // io.EOF is handed on as it is
}
