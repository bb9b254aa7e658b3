package output

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

// mentions knows which documents speak of which file of the assets folder. It is
// made when it is first asked, by reading every Markdown file of the content
// folder once.
type mentions struct {
	mu    sync.Mutex
	names []string            // the files of the assets folder, sorted; nil: not made yet
	by    map[string][]string // by name: the documents' places
	added map[string]bool     // names that came since: who speaks of them was not looked for
	gone  map[string]bool     // documents that were removed since

	folders map[string]bool // of bundles; by then has <folder>/<name>, too
}

// notPlain tells characters at which words ends.
func notPlain(r rune) bool {
	return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && !strings.ContainsRune("-._~%", r)
}

// read gathers the names of assets in a text, written as they are or with %20
// and the like.
func (m *mentions) read(place string, text []byte) {
	m.readPaths(place, text)
	for word := range strings.FieldsFuncSeq(string(text), notPlain) {
		word = strings.Trim(word, ".")
		if strings.Contains(word, "%") {
			if decoded, err := url.PathUnescape(word); err == nil {
				word = decoded
			}
		}
		at, known := slices.BinarySearch(m.names, word)
		if !known {
			continue
		}
		name := m.names[at]
		if all := m.by[name]; len(all) == 0 || all[len(all)-1] != place {
			m.by[name] = append(all, place)
		}
	}
}

// enter takes in a document that was written. What its older text spoke of is
// not forgotten: an asset too many is no harm.
func (m *mentions) enter(place string, text []byte) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.gone, place)
	if m.names != nil {
		m.read(place, text)
	}
}

// asset takes in a file of the assets folder that was written.
func (m *mentions) asset(name string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if at, known := slices.BinarySearch(m.names, name); m.names != nil && !known {
		m.names = slices.Insert(slices.Clip(m.names), at, name)
		m.added[name] = true
	}
}

// leave forgets a document that was removed.
func (m *mentions) leave(place string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.gone == nil {
		m.gone = map[string]bool{}
	}
	m.gone[place] = true
}

// prepareMentions reads all documents, if that has not been done, and returns
// the files of the assets folder by name.
func (t *Tree) prepareMentions(ctx context.Context) ([]string, error) {
	m := &t.mentions
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.names != nil {
		return m.names, nil
	}
	names, err := t.assets.list()
	if err != nil {
		return nil, err
	}
	slices.Sort(names)
	m.folders = t.bundles()
	m.by, m.added, m.names = map[string][]string{}, map[string]bool{}, append([]string{}, names...)
	if err := t.eachDocument(ctx, m.read); err != nil {
		m.names = nil
		return nil, err
	}
	return m.names, nil
}

// eachDocument reads every Markdown file of the content folder. One that cannot
// be read ends it: what it speaks of is not known.
func (t *Tree) eachDocument(ctx context.Context, use func(place string, text []byte)) error {
	root, err := t.content.open(false)
	if root == nil {
		return err
	}
	return fs.WalkDir(root.FS(), ".", func(p string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return t.content.fail("read", p, err)
		case context.Cause(ctx) != nil:
			return context.Cause(ctx)
		case d.IsDir() && skipDir(p):
			return fs.SkipDir
		case !d.Type().IsRegular() || !isDocument(d.Name()):
			return nil
		}
		text, err := t.content.text(p)
		if err == nil {
			use(p, text)
		}
		return err
	})
}

// document reads a document whole; info is nil where there is none. A larger one
// than maxDocument is an error.
func (f *folder) document(p string) (text []byte, info fs.FileInfo, err error) {
	if info, err = f.stat(p); info == nil {
		return nil, nil, err
	}
	if info.Size() > maxDocument {
		return nil, nil, f.fail("read", p, fmt.Errorf("larger than %d bytes", maxDocument))
	}
	text, err = f.text(p)
	return text, info, err
}

// text reads a document, up to maxDocument.
func (f *folder) text(p string) ([]byte, error) {
	file, err := f.read(p)
	if err != nil {
		return nil, err
	}
	defer file.Close() //nolint:errcheck // only read
	text, err := io.ReadAll(io.LimitReader(file, maxDocument))
	if err != nil {
		return nil, f.fail("read", p, err)
	}
	return text, nil
}

// users returns the documents that speak of a file of the assets folder. One
// that came since, or has blanks or letters outside ASCII in its name, is looked
// for in every document.
func (t *Tree) users(ctx context.Context, name string) ([]string, error) {
	names, err := t.prepareMentions(ctx)
	if err != nil {
		return nil, err
	}
	m := &t.mentions
	var places []string
	m.mu.Lock()
	_, known := slices.BinarySearch(names, name)
	known = known && !m.added[name]
	places = slices.Clone(m.by[name])
	m.mu.Unlock()
	if !known || strings.ContainsFunc(name, notPlain) {
		places = nil
		escaped := url.PathEscape(name)
		err = t.eachDocument(ctx, func(place string, text []byte) {
			if s := string(text); speaksOf(s, name) || speaksOf(s, escaped) {
				places = append(places, place)
			}
		})
	}
	return m.remaining(places), err
}

// speaksOf tells whether a text has a name that is not part of a longer one.
func speaksOf(text, name string) bool {
	for {
		before, after, found := strings.Cut(text, name)
		if !found {
			return false
		}
		last, _ := utf8.DecodeLastRuneInString(before)
		next, _ := utf8.DecodeRuneInString(strings.TrimLeft(after, "."))
		if (before == "" || notPlain(last)) && (next == utf8.RuneError || notPlain(next)) {
			return true
		}
		text = text[len(before)+1:]
	}
}
