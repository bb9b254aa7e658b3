package output

import (
	"errors"
	"log/slog"
	"slices"
	"sync"

	"ingest/output/frontmatter"
)

// Options are what a Tree is given besides its folders. The zero value works.
type Options struct {
	// Logger gets a line for each file written; nil discards.
	Logger *slog.Logger
	// IDKey is the path, its keys joined by dots, of the front matter that holds
	// the work package's id; "" is "id".
	IDKey string
	// Bundle makes new documents leaf bundles: Name/index.md. The assets of any
	// document that is one are then written beside it instead of into the
	// assets folder.
	Bundle bool
	// Beside makes the assets of every document lie in its folder, even where that
	// is not its own. Their names must then differ from those of its neighbours'.
	Beside bool
	// URLOf reads from a page of the content folder, its own or not, the
	// addresses that it has on the site, its aliases among them; nil knows none.
	// path is its place in the folder, with slashes.
	URLOf func(matter frontmatter.Map, path string) []string
	// URLKeys are the outermost keys of front matter that URLOf looks at; nil
	// are all. To read a few takes a tenth of the time.
	URLKeys []string
	// Roles are what assets are to their documents, in their names:
	// <name>-<role>.<ext>. A file with another role is not ours, though it bears a
	// document's name; nil takes any role for ours.
	Roles []string
	// Texts makes the Changes of a Write hold the document before and after, as
	// those of a DryRun do.
	Texts bool
}

// Tree is a content folder and an assets folder. It is safe for concurrent
// use.
type Tree struct {
	content, assets folder
	options         Options
	log             *slog.Logger
	notes           []error
	temps           []string
	sweep           sync.Once
	names           register
	claims          claims
	mentions        mentions
	holders         holders
}

// Open reads which documents the content folder holds. It writes nothing: a
// folder that does not exist is an empty one until the first file is written.
func Open(content, assets string, o Options) (*Tree, error) {
	if o.IDKey == "" {
		o.IDKey = defaultIDKey
	}
	t := &Tree{log: o.Logger, options: o, content: folder{kind: Content, dir: content}, assets: folder{kind: Assets, dir: assets}}
	if t.log == nil {
		t.log = slog.New(slog.DiscardHandler)
	}
	x, err := t.content.walk(o)
	if err != nil {
		return nil, errors.Join(err, t.Close())
	}
	if _, err := t.assets.open(false); err != nil {
		return nil, errors.Join(err, t.Close())
	}
	chosen, unclear := x.choose(&t.content)
	t.names.init(chosen, unclear, x.broken)
	t.claims.init(x, chosen)
	t.notes, t.temps = x.sorted(), x.temps
	return t, nil
}

// Notes returns what was found when the tree was opened and a person should
// know: files that cannot be read or parsed (*FileError, *UnparsableError),
// several files with one id (*SharedIDError), and how many files belong to no
// work package (*ForeignFilesError). None of it stops a run.
func (t *Tree) Notes() []error { return slices.Clone(t.notes) }

// Place returns the place of a work package's document in the content folder,
// with slashes; "" without one.
func (t *Tree) Place(id int64) string {
	e, _, err := t.names.place(id)
	if err != nil {
		return ""
	}
	return e.path
}

// HasAsset says whether an asset is in the place that belongs to a work package's
// document: a file of its size or, where it is remembered what was written, any,
// since one of another size was edited by hand.
func (t *Tree) HasAsset(id int64, a Asset) bool {
	place := t.Place(id)
	if place == "" || checkName(a.Name) != nil {
		return false
	}
	f := t.assetPlace(place, a.Name)
	info, err := f.folder.stat(f.path)
	return err == nil && info != nil && (info.Size() == a.Size || a.Last != "")
}

// Close releases the folders.
func (t *Tree) Close() error { return errors.Join(t.content.close(), t.assets.close()) }
