package output

import (
	"io/fs"

	"ingest/output/frontmatter"
)

// Read returns the front matter of a page and its whole text. The error is a
// *FileError or an *UnparsableError.
func (s *Survey) Read(p Page) (frontmatter.Map, []byte, error) {
	plan, err := s.read(p)
	if err != nil {
		return nil, nil, err
	}
	_, matter, err := plan.parse()
	if err != nil {
		return nil, nil, err
	}
	return matter, plan.old, nil
}

// read reads a page, which must be there.
func (s *Survey) read(page Page) (*plan, error) {
	p := &plan{document: file{folder: &s.folder, path: page.Path}}
	err := p.read()
	if err == nil && !p.document.there {
		err = s.folder.fail("read", page.Path, fs.ErrNotExist)
	}
	return p, err
}

// URLKey is an address in the form in which addresses are compared: folded,
// decoded, without the slash at its end.
func URLKey(url string) string { return urlKey(url) }
