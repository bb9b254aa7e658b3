package output

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// existing is a file of the content folder that carries the id of a work
// package.
type existing struct {
	path string
	name string
}

// index is what is in the content folder when the tree is opened.
type index struct {
	documents map[int64][]existing // by work package, in the order of paths
	temps     []string             // left over by a run that was killed
	pages     []page               // every Markdown file
	foreign   int                  // those without an id
	broken    map[string]error     // by folded stem: files that cannot be read
	places    map[string]error     // the same by folded path
	links     []string             // with other names than documents have
	notes     []error
}

// page is a Markdown file of the content folder.
type page struct {
	path string
	id   int64    // 0: of no work package
	urls []string // as Options.URLOf says
	err  error    // why its owner cannot be told
}

// walk reads the front matter of every Markdown file. Hidden directories,
// node_modules and links to directories are not entered.
func (f *folder) walk(o Options) (*index, error) {
	x := &index{documents: map[int64][]existing{}, broken: map[string]error{}, places: map[string]error{}}
	root, err := f.open(false)
	if root == nil {
		return x, err
	}
	err = fs.WalkDir(root.FS(), ".", func(p string, d fs.DirEntry, err error) error {
		switch {
		case err != nil && p == ".":
			return f.fail("read", p, err)
		case err != nil:
			x.note(f.fail("read", p, err))
			return nil
		case d.IsDir():
			if skipDir(p) {
				return fs.SkipDir
			}
		case isTemp(d.Name()):
			x.temps = append(x.temps, p)
		case isDocument(d.Name()):
			f.add(x, p, o)
		case d.Type()&fs.ModeSymlink != 0:
			x.links = append(x.links, p)
		}
		return nil
	})
	return x, err
}

// skipDir tells the folders that hold no content.
func skipDir(p string) bool {
	name := path.Base(p)
	return name != "." && (strings.HasPrefix(name, ".") || name == "node_modules")
}

// isDocument tells Markdown files by their name.
func isDocument(name string) bool {
	ext := strings.ToLower(path.Ext(name))
	return (ext == ".md" || ext == ".markdown") && !strings.HasPrefix(name, ".")
}

// add puts one Markdown file into the index, or notes why it cannot be.
func (f *folder) add(x *index, p string, o Options) {
	fm, err := f.head(p)
	if err != nil {
		x.unreadable(p, err)
		return
	}
	id, err := owner(fm, o.IDKey)
	if err != nil {
		x.unreadable(p, &UnparsableError{File: f.file(p), Err: err})
		return
	}
	if id == 0 {
		x.foreign++
	} else {
		x.documents[id] = append(x.documents[id], existing{path: p, name: nameOf(p, fm)})
	}
	x.pages = append(x.pages, page{path: p, id: id, urls: o.urls(fm, p)})
}

// urls asks for the addresses of a page.
func (o Options) urls(fm []byte, path string) []string {
	switch {
	case o.URLOf == nil:
		return nil
	case o.URLKeys == nil:
		return o.URLOf(all(fm), path)
	}
	return o.URLOf(pick(fm, o.URLKeys...), path)
}

// head reads the front matter of a file.
func (f *folder) head(p string) ([]byte, error) {
	if _, err := f.stat(p); err != nil {
		return nil, err
	}
	file, err := f.read(p)
	if err != nil {
		return nil, err
	}
	fm, err := head(file)
	if err != nil {
		err = &UnparsableError{File: f.file(p), Err: err}
	}
	return fm, errors.Join(err, file.Close())
}

// unreadable notes a file whose owner cannot be told. No document is written
// under its name: it may be the one that belongs there, in the middle of a merge.
func (x *index) unreadable(p string, err error) {
	x.pages = append(x.pages, page{path: p, err: err})
	x.broken[fold(stemOf(p))], x.places[fold(p)] = err, err
	x.note(err)
}

func (x *index) note(err error) { x.notes = append(x.notes, err) }

// choose picks the document of each work package. Of several files with one id
// the one with a UUID for a name is it; if there is not exactly one of those,
// none is.
func (x *index) choose(f *folder) (chosen map[int64]existing, unclear map[int64]*SharedIDError) {
	chosen, unclear = map[int64]existing{}, map[int64]*SharedIDError{}
	for id, files := range x.documents {
		if len(files) == 1 {
			chosen[id] = files[0]
			continue
		}
		shared := &SharedIDError{ID: id}
		var uuids []existing
		for _, e := range files {
			shared.Files = append(shared.Files, f.file(e.path))
			if isUUID(strings.TrimSuffix(path.Base(e.path), path.Ext(e.path))) {
				uuids = append(uuids, e)
			}
		}
		if len(uuids) == 1 {
			chosen[id], shared.Used = uuids[0], f.file(uuids[0].path)
		} else {
			unclear[id] = shared
		}
		x.note(shared)
	}
	return chosen, unclear
}

// sorted returns the notes in an order that does not depend on a map's, with
// the count of foreign files last.
func (x *index) sorted() []error {
	slices.SortStableFunc(x.notes, func(a, b error) int { return strings.Compare(a.Error(), b.Error()) })
	if x.foreign > 0 {
		x.note(&ForeignFilesError{x.foreign})
	}
	return x.notes
}
