package output

import (
	"errors"
	"path/filepath"
	"strconv"
	"strings"

	"ingest/output/frontmatter"
)

// Survey is what a content folder holds, told to somebody who is about to give
// it to ingest. Nothing is written but by [Survey.WriteID].
type Survey struct {
	// Pages are the Markdown files whose front matter tells whose they are, in
	// the order of their paths.
	Pages []Page
	// Unreadable are the files and folders that cannot be read (*FileError) or
	// parsed (*UnparsableError), and links to folders, which are not followed
	// (*LinkError). None of them is ever touched.
	Unreadable []error
	// Shared are the work packages whose id stands in several files.
	Shared []*SharedIDError

	folder folder
	idKey  string
}

// Page is a Markdown file of a content folder.
type Page struct {
	// Path is its place in the content folder, with slashes.
	Path string
	// ID is the work package that it belongs to; 0 for none.
	ID int64
}

// Text is a text of front matter.
type Text struct {
	// Key is the path to it, keys and positions in lists joined by dots.
	Key, Text string
}

// LinkError is a link among the documents that leads to a folder, out of the
// content folder or nowhere.
type LinkError struct{ File string }

func (e *LinkError) Error() string { return e.File + " is a link and is not followed" }

// Hint says what that means.
func (e *LinkError) Hint() string {
	return "documents behind a link are neither seen nor written; put the files themselves there"
}

// Look surveys a content folder as [Open] reads it. Of the options the id's key
// is used. The folder must be there.
func Look(content string, o Options) (*Survey, error) {
	if o.IDKey == "" {
		o.IDKey = defaultIDKey
	}
	s := &Survey{folder: folder{kind: Content, dir: content}, idKey: o.IDKey}
	if err := s.folder.mustBe(); err != nil {
		return nil, err
	}
	x, err := s.folder.walk(Options{IDKey: o.IDKey})
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	for _, p := range x.pages {
		if p.err == nil {
			s.Pages = append(s.Pages, Page{Path: p.path, ID: p.id})
		}
	}
	for _, link := range x.links {
		if s.folder.leadsAway(link) {
			x.note(&LinkError{s.folder.file(link)})
		}
	}
	x.choose(&s.folder)
	x.foreign = 0 // their pages are listed
	for _, note := range x.sorted() {
		if shared, ok := note.(*SharedIDError); ok { //nolint:errorlint // notes are not wrapped
			s.Shared = append(s.Shared, shared)
		} else {
			s.Unreadable = append(s.Unreadable, note)
		}
	}
	return s, nil
}

// mustBe is an error where the folder is not there.
func (f *folder) mustBe() error {
	root, err := f.open(false)
	if root == nil && err == nil {
		err = f.fail("read", ".", errNoFolder)
	}
	return err
}

// leadsAway tells a link that no plain file of the folder is behind.
func (f *folder) leadsAway(path string) bool {
	info, err := f.root.Stat(filepath.FromSlash(path))
	return err != nil || info.IsDir()
}

// Close releases the folder.
func (s *Survey) Close() error { return s.folder.close() }

// File names a file of the folder for people.
func (s *Survey) File(p Page) string { return s.folder.file(p.Path) }

// Links returns the texts of a page's front matter that may be web addresses, in
// their order: those with two slashes in them. The error is a *FileError or an
// *UnparsableError.
func (s *Survey) Links(p Page) ([]Text, error) {
	fm, err := s.folder.head(p.Path)
	if err != nil {
		return nil, err
	}
	m, err := frontmatter.Decode(fm)
	if err != nil {
		return nil, &UnparsableError{File: s.File(p), Err: err}
	}
	var found []Text
	texts("", m, func(t Text) {
		if strings.Contains(t.Text, "//") {
			found = append(found, t)
		}
	})
	return found, nil
}

// texts visits the texts in a value.
func texts(key string, value any, visit func(Text)) {
	below := func(name string) string {
		if key == "" {
			return name
		}
		return key + "." + name
	}
	switch v := value.(type) {
	case string:
		visit(Text{key, v})
	case frontmatter.List:
		for i, element := range v {
			texts(below(strconv.Itoa(i+1)), element, visit)
		}
	case frontmatter.Map:
		for _, e := range v {
			texts(below(e.Key), e.Value, visit)
		}
	}
}
