package output

import (
	"fmt"
	"path"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// maxSegment is the longest part of a proposed place, in bytes: short enough
// for archives and encrypted disks.
const maxSegment = 120

// ClaimFile gives a work package's document its place in the content folder:
// that of the existing document, for ever; else the proposed one, with slashes
// and an extension of Markdown; else, where another page has that already, the
// proposed one with "-" and the id behind its name, and a *TakenError for a
// warning. "" comes with an error that Write would give too: a *NameError for a
// place that is not safe, or that of a file there that cannot be read and may be
// the document itself.
//
// The first to ask for a place has it. So that the places are the same on every
// run, work packages ask in the tracker's order from one goroutine. Asking again
// gives the same answer. Name is to be asked after ClaimFile: it then gives the
// stem of the place, which is the document's name from then on. Write asks for Document.File, and its Result has the
// warning too.
func (t *Tree) ClaimFile(id int64, proposed string) (string, error) {
	if e, known, err := t.names.place(id); err != nil || known {
		return e.path, err
	}
	c := &t.claims
	c.mu.Lock()
	defer c.mu.Unlock()
	if given, ok := c.given[id]; ok {
		return given.file, given.err
	}
	file, err := c.file(id, norm.NFC.String(proposed), t.stemTaken)
	if file != "" {
		c.files[fold(file)] = id
		c.given[id] = claim{file, err}
		t.names.reserve(id, stemOf(file))
	}
	return file, err
}

// stemTaken tells whether the stem of a place is the name of another document,
// so that their assets would have the same names. Those of bundles may.
func (t *Tree) stemTaken(id int64, file string) bool {
	return !t.ownFolder(file) && !t.names.free(id, stemOf(file))
}

// file finds a free place. The caller holds the lock.
func (c *claims) file(id int64, proposed string, stemTaken func(int64, string) bool) (string, error) {
	if err := checkPlace(proposed); err != nil {
		return "", err
	}
	for file := proposed; ; file = suffixed(file, id) {
		if err := c.broken[fold(file)]; err != nil {
			return "", err
		}
		owner, taken := c.files[fold(file)]
		switch {
		case taken && owner != id, stemTaken(id, file):
			continue
		case file == proposed:
			return file, nil
		}
		return file, &TakenError{ID: id, Owner: c.files[fold(proposed)], What: proposed, Free: file}
	}
}

// suffixed puts an id behind the name of a file, for a bundle behind that of its
// folder.
func suffixed(file string, id int64) string {
	ext := path.Ext(file)
	stem := strings.TrimSuffix(file, ext)
	if dir, base := path.Split(stem); base == "index" && dir != "" {
		stem, ext = strings.TrimSuffix(dir, "/"), "/index"+ext
	}
	return stem + "-" + strconv.FormatInt(id, 10) + ext
}

// checkPlace refuses places that are not inside the folder or not safe on every
// system.
func checkPlace(file string) error {
	segments := strings.Split(file, "/")
	for _, s := range segments {
		if err := checkName(s); err != nil {
			return err
		}
		if len(s) > maxSegment {
			return &NameError{s[:32] + "…", fmt.Sprintf("is longer than %d bytes", maxSegment)}
		}
		if s == "node_modules" {
			return &NameError{s, "is a folder that is not looked into"}
		}
	}
	switch last := segments[len(segments)-1]; {
	case !isDocument(last):
		return &NameError{file, "does not end in .md or .markdown"}
	case strings.HasPrefix(last, "_index."), len(segments) == 1 && strings.HasPrefix(last, "index."):
		return &NameError{file, "is that of a section's own page"}
	}
	return nil
}
