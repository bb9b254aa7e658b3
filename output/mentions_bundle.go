package output

import (
	"context"
	"net/url"
	"path"
	"slices"
	"strings"
)

// bundles are the names of the folders that bundles have for their own.
func (t *Tree) bundles() map[string]bool {
	folders := map[string]bool{}
	for _, e := range t.Entries() {
		if t.ownFolder(e.Path) {
			folders[path.Base(path.Dir(e.Path))] = true
		}
	}
	return folders
}

// notPath tells characters at which paths end.
func notPath(r rune) bool { return r != '/' && notPlain(r) }

// readPaths gathers what a text says of files in bundles, by folder and name:
// ../tides/featured.png, /news/tides/featured.png and, from a page in the same
// folder, featured.png. What a bundle says of its own files is not of interest.
func (m *mentions) readPaths(place string, text []byte) {
	if len(m.folders) == 0 {
		return
	}
	dir, base := path.Dir(place), path.Base(place)
	index := isIndex(strings.TrimSuffix(base, path.Ext(base)))
	for word := range strings.FieldsFuncSeq(string(text), notPath) {
		word = strings.TrimRight(word, ".")
		if path.Ext(word) == "" {
			continue
		}
		if !strings.HasPrefix(word, "/") {
			if word = path.Join(dir, word); index && path.Dir(word) == dir {
				continue
			}
		}
		folder := path.Base(path.Dir(word))
		key := folder + "/" + path.Base(word)
		if all := m.by[key]; m.folders[folder] && (len(all) == 0 || all[len(all)-1] != place) {
			m.by[key] = append(all, place)
		}
	}
}

// usersBeside returns the documents that speak of a file that lies beside a
// document. In a bundle it has a name that many have, so its folder must be named
// too. One in whose folder's name there are blanks or letters outside ASCII, or
// whose document is gone already, is looked for in every document.
func (t *Tree) usersBeside(ctx context.Context, document, name string) ([]string, error) {
	if !t.ownFolder(document) {
		return t.users(ctx, name)
	}
	if _, err := t.prepareMentions(ctx); err != nil {
		return nil, err
	}
	dir := path.Dir(document)
	m, key := &t.mentions, path.Base(dir)+"/"+name
	m.mu.Lock()
	places, known := slices.Clone(m.by[key]), m.folders[path.Base(dir)]
	m.mu.Unlock()
	var err error
	if !known || strings.ContainsFunc(key, notPath) {
		escaped := (&url.URL{Path: key}).EscapedPath()
		err = t.eachDocument(ctx, func(place string, text []byte) {
			s, inside := string(text), strings.HasPrefix(place, dir+"/")
			if speaksOf(s, key) || speaksOf(s, escaped) || inside && speaksOf(s, name) {
				places = append(places, place)
			}
		})
	}
	return m.remaining(places), err
}

// remaining drops documents that were removed since, and doubles.
func (m *mentions) remaining(places []string) []string {
	m.mu.Lock()
	defer m.mu.Unlock()
	places = slices.DeleteFunc(places, func(place string) bool { return m.gone[place] })
	slices.Sort(places)
	return slices.Compact(places)
}
