package output

import "ingest/output/frontmatter"

// Read returns the front matter and the body that the document of a work
// package has in its file now; found is false where there is no file. The
// error is as those of Write: a *FileError, *UnparsableError, *ForeignError or
// *SharedIDError.
func (t *Tree) Read(id int64) (matter frontmatter.Map, body string, found bool, err error) {
	e, known, err := t.names.place(id)
	if err != nil || !known {
		return nil, "", false, err
	}
	p := &plan{document: file{folder: &t.content, path: e.path}}
	if err := p.read(); err != nil || !p.document.there {
		return nil, "", false, err
	}
	parts, matter, err := p.ours(id, t.options.IDKey)
	if err != nil {
		return nil, "", false, err
	}
	return matter, plainBody(string(parts.Body)), true, nil
}
