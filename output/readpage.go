package output

import (
	"fmt"

	"ingest/output/frontmatter"
)

// Read returns the front matter of a page and its whole text. The error is a
// *FileError or an *UnparsableError.
func (s *Survey) Read(p Page) (frontmatter.Map, []byte, error) {
	text, err := s.text(p)
	if err != nil {
		return nil, nil, err
	}
	parts, err := frontmatter.Split(text)
	if err != nil {
		return nil, nil, &UnparsableError{File: s.File(p), Err: err}
	}
	matter, err := frontmatter.Decode(parts.FrontMatter)
	if err != nil {
		return nil, nil, &UnparsableError{File: s.File(p), Err: err}
	}
	return matter, text, nil
}

// text reads a plain file of at most maxDocument bytes.
func (s *Survey) text(p Page) ([]byte, error) {
	info, err := s.folder.stat(p.Path)
	if err != nil {
		return nil, err
	}
	if info != nil && info.Size() > maxDocument {
		return nil, s.folder.fail("read", p.Path, fmt.Errorf("larger than %d bytes", maxDocument))
	}
	return s.folder.text(p.Path)
}

// URLKey is an address in the form in which addresses are compared: folded,
// decoded, without the slash at its end.
func URLKey(url string) string { return urlKey(url) }
