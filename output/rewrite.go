package output

import (
	"fmt"
	"slices"
	"strings"

	"ingest/output/frontmatter"
)

// merge plans what an existing document is to become: front matter and body
// merged, the file spliced.
func (p *plan) merge(d Document, o Options) error {
	parts, old, err := p.ours(d.ID, o.IDKey)
	if err != nil {
		return err
	}
	known, bare := d.Last.arrived(old, plainBody(string(parts.Body))).uncovered(old)
	missing := d.Missing
	if d.Source != "" && !holds(bare, d.Source) {
		missing = nil // what the file knows is of another page
	}
	var last Written
	if known != nil {
		last = *known
	}
	m := newMerge(d, o.IDKey, d.unchanged(bare), missing)
	if p.result.Stays = d.Leaves != "" && o.stays(p.document.path, bare, m.trial(last.FrontMatter, d.FrontMatter, bare)); p.result.Stays {
		m.former.stay()
	}
	matter := m.mapping("", last.FrontMatter, d.FrontMatter, bare)
	matter.uncover(old, bare)
	body, lastBody := m.key(BodyKey, slot{plainBody(last.Body), d.Last != nil}, slot{plainBody(d.Body), true}, slot{plainBody(string(parts.Body)), true})

	spliced, err := parts.Splice(matter.set, matter.remove...)
	if err != nil {
		return p.composing(err)
	}
	if body.value != plainBody(string(parts.Body)) {
		spliced.File = withBody(spliced.File, d.Body)
	}
	p.text = spliced.Bytes()
	p.tell(m, spliced.Whole)
	p.result.Written = &Written{FrontMatter: matter.remember, Body: lastBody.value.(string), Offered: m.offered}
	p.result.Written.sort()
	if d.Last != nil {
		last.Pending = p.result.Written
		p.before = &last
	}
	return nil
}

// composing says which document cannot be put together.
func (p *plan) composing(err error) error {
	return fmt.Errorf("compose %s: %w", p.document.folder.file(p.document.path), err)
}

// tell reports what became of the file's values.
func (p *plan) tell(m *merge, whole *frontmatter.StyleError) {
	r, file := &p.result, p.document.folder.file(p.document.path)
	slices.Sort(m.kept)
	r.Kept, r.HandEdits, r.Replaced = m.kept, m.edits, m.replaced
	for _, e := range m.edits {
		if e.Conflict {
			r.Warnings = append(r.Warnings, &ConflictError{File: file, Edit: e})
		}
	}
	for _, e := range m.replaced {
		r.Warnings = append(r.Warnings, &ReplacedError{File: file, Replaced: e})
	}
	if whole != nil {
		r.Warnings = append(r.Warnings, &RewrittenError{File: file, Err: whole})
	}
}

// ours reads the file that is there and makes sure that it is the work
// package's: a person may have changed or put it there since the tree was
// opened.
func (p *plan) ours(id int64, idKey string) (frontmatter.File, frontmatter.Map, error) {
	parts, m, err := p.parse()
	if err == nil && ownerOf(m, idKey) != id {
		err = &ForeignError{File: p.document.folder.file(p.document.path), ID: id, Key: idKey}
	}
	return parts, m, err
}

// parse reads the text of the file that is there.
func (p *plan) parse() (frontmatter.File, frontmatter.Map, error) {
	parts, m, err := readText(p.old)
	if err != nil {
		err = &UnparsableError{File: p.document.folder.file(p.document.path), Err: err}
	}
	return parts, m, err
}

// sameStamps tells whether the file was written from what the tracker says now.
func sameStamps(d Document, old frontmatter.Map) bool {
	found := false
	for _, path := range d.Stamps {
		now, there := lookup(d.FrontMatter, path)
		was, held := lookup(old, path)
		if !there || !held || isGap(now) {
			continue
		}
		if !frontmatter.Equal(now, was) {
			return false
		}
		found = true
	}
	return found
}

// lookup finds the value at a path of keys joined by dots.
func lookup(m frontmatter.Map, path string) (any, bool) {
	key, rest, deeper := strings.Cut(path, ".")
	v, found := m.Get(key)
	if !found || !deeper {
		return v, found
	}
	inner, ok := v.(frontmatter.Map)
	if !ok {
		return nil, false
	}
	return lookup(inner, rest)
}

// settled tells whether the file is what a new one would be, but for the line
// ends at its very end: then there is nothing to merge, unless a mark covers
// something.
func (p *plan) settled(d Document) (bool, error) {
	text, err := compose(d.FrontMatter, d.Body)
	if err != nil {
		return false, p.composing(err)
	}
	p.text = text
	return p.document.there && sameText(text, p.old) && (d.Last == nil || len(d.Missing) == 0) && len(d.Last.covers()) == 0, nil
}
