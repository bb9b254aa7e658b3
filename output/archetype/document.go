package archetype

import (
	"errors"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"ingest/output/frontmatter"
)

// Generator is a program that makes a site of the documents. "" is one we
// know nothing of.
type Generator string

// The generators whose ways are known.
const (
	Hugo     Generator = "hugo"
	Jekyll   Generator = "jekyll"
	Astro    Generator = "astro"
	Eleventy Generator = "eleventy"
)

// Generators lists them.
func Generators() []Generator { return []Generator{Hugo, Jekyll, Astro, Eleventy} }

// Document is what an archetype's $document says of the documents it makes.
// Paths of keys are dotted: params.ingest.wp.
type Document struct {
	// Generator makes the site; "" when the archetype does not say.
	Generator Generator
	// ID is the path of the key that holds the work package's id, never "".
	ID string
	// Address are the paths of the keys that make the document's address. They
	// keep their values once the document is published, unless
	// output.slug is follow.
	Address []string
	// Aliases is the path of the key that lists former addresses; "" where the
	// site has none. See AddAlias.
	Aliases string
	// Bundle tells that each document has a folder of its own (its file is
	// called index.md) and its assets lie in it. See At.
	Bundle bool
	// Beside tells that the assets of a document lie in its folder even where that
	// is not its own: the generator reads them there.
	Beside bool
	// Draft are the top-level keys that make a document a draft. Where the
	// archetype does not say how, it is what Jekyll reads if that is the
	// generator, which knows no other way, else empty.
	Draft frontmatter.Map
}

// Document returns what $document says.
func (a *Archetype) Document() Document {
	d := a.document.Document
	d.Address, d.Draft = slices.Clone(d.Address), slices.Clone(d.Draft)
	return d
}

// At returns what $document says of the document at a place in the content
// folder; "" is a new one. In a tree of bundles a plain file has no folder of its
// own: its assets have to bear its name.
func (d Document) At(place string) Document {
	dir, base := path.Split(place)
	d.Bundle = d.Bundle && (place == "" || dir != "" && strings.TrimSuffix(base, path.Ext(base)) == "index")
	return d
}

// Written is a document as it is, or is about to be, in the content tree. Its
// values may differ from those that Render gives today: an address is kept, a
// hand's edit wins.
type Written struct {
	FrontMatter frontmatter.Map
	// File is the file's path in the content folder, with slashes.
	File string
}

// path is File as addresses are made of it: without extension, and without
// the index of a bundle.
func (w Written) path() string {
	p := strings.TrimSuffix(w.File, path.Ext(w.File))
	if dir, base := path.Split(p); base == "index" || base == "_index" {
		return strings.TrimSuffix(dir, "/")
	}
	return p
}

// Address returns the public address of a written document, as the site's own
// pages would link to it: /news/tide-clocks/. It is "" for an archetype whose
// $document has no url. The error is a *RenderError.
func (a *Archetype) Address(e Env, w Written) (string, error) {
	return a.place(a.document.url, "url", e, w)
}

// File returns the path that a new document gets in the content folder, with
// slashes: what $document.file says, Env.Name + ".md" without it. fm is the
// front matter about to be written. A stem that means something else, to
// Windows (con, nul) or to a generator (index, outside a bundle), gets the
// work package's id. The error is a *RenderError, also for a path that leaves
// the folder or is not Markdown's.
func (a *Archetype) File(e Env, fm frontmatter.Map) (string, error) {
	if a.document.file == nil {
		return e.Name + ".md", nil
	}
	file, err := a.place(a.document.file, "file", e, Written{FrontMatter: fm})
	if err != nil {
		return "", err
	}
	if err := checkFile(file, a.document.Bundle); err != nil {
		return "", a.misplaced("file", err)
	}
	return distinct(file, e.WP.ID, a.document.Bundle), nil
}

// place runs an expression of $document, which is a text.
func (a *Archetype) place(e *expression, key string, env Env, w Written) (string, error) {
	if e == nil {
		return "", nil
	}
	r := a.run(env)
	r.env[writtenDocument], r.env[writtenPath] = plainMap(w.FrontMatter), w.path()
	v, err := r.eval(e, formDocument+"."+key)
	if err != nil {
		return "", err
	}
	s, ok := v.(string)
	if !ok || s == "" {
		return "", a.misplaced(key, fmt.Errorf("needs a text, got %s", show(v)))
	}
	return s, nil
}

func (a *Archetype) misplaced(key string, err error) error {
	e := a.document.url
	if key == "file" {
		e = a.document.file
	}
	return &RenderError{File: a.file, Line: e.line, Key: formDocument + "." + key, Expression: e.source, Err: err}
}

func checkFile(file string, bundle bool) error {
	switch base := path.Base(file); {
	case path.IsAbs(file) || path.Clean(file) != file || strings.HasPrefix(file, "..") || strings.Contains(file, `\`):
		return fmt.Errorf("%q is not a plain path inside the content folder", file)
	case path.Ext(file) != ".md" && path.Ext(file) != ".markdown" || base[0] == '.':
		return fmt.Errorf("%q does not name a Markdown file, which ends in .md", file)
	case bundle && (base != "index.md" || base == file):
		return errors.New("the file of a bundle is called index.md, in a folder of its own")
	}
	return nil
}

// distinct gives the work package's id to the segments of a path that would
// be taken for something else.
func distinct(file string, id int64, bundle bool) string {
	segments := strings.Split(file, "/")
	for i, s := range segments {
		stem, rest, _ := strings.Cut(s, ".")
		last := i == len(segments)-1
		if device(stem) || last && !bundle && (stem == "index" || stem == "_index") {
			segments[i] = strings.TrimSuffix(stem+"-"+strconv.FormatInt(id, 10)+"."+rest, ".")
		}
	}
	return strings.Join(segments, "/")
}

// device tells whether Windows takes a stem for a device
// (learn.microsoft.com, "Naming Files, Paths, and Namespaces").
func device(stem string) bool {
	switch stem = strings.ToLower(stem); stem {
	case "con", "prn", "aux", "nul":
		return true
	}
	return len(stem) == 4 && (stem[:3] == "com" || stem[:3] == "lpt") && stem[3] >= '0' && stem[3] <= '9'
}
