package verify

import (
	"cmp"
	"slices"
)

// MaxFindings bounds how many findings, and how many warnings, a report lists;
// those beyond are counted. A wrong archetype has dozens for each document.
const MaxFindings = 10_000

// Kind says what is wrong. Scripts may rely on the words.
type Kind string

// The kinds of findings.
const (
	Unreadable Kind = "unreadable" // a file or folder cannot be read, or is a link
	Unparsable Kind = "unparsable" // its front matter is not read as YAML
	Shape      Kind = "shape"      // a value is not what the archetype makes
	SharedID   Kind = "shared-id"  // several files have one work package's id
	Missing    Kind = "missing"    // a document names an asset that is not there
	Broken     Kind = "broken"     // an asset is empty, cut short or something else than its name says
	Address    Kind = "address"    // two pages have one address
	Alias      Kind = "alias"      // a former address of one page is that of another
	Offering   Kind = "offering"   // the catalogue does not know a related offering
	Empty      Kind = "empty"      // there is no document of ours at all
)

// The kinds of warnings.
const (
	Orphan   Kind = "orphan"    // an asset of ours that no document speaks of
	LeftOver Kind = "left-over" // a temporary file of a run that was killed
	Link     Kind = "link"      // a link that is not followed
	// MissingKey is a key that the archetype makes and the file has not: a person
	// may have taken it out, and then it stays away.
	MissingKey Kind = "missing-key"
)

// Finding is one defect of the tree.
type Finding struct {
	// File is the file that has it, its folder as it was given.
	File string `json:"file"`
	Kind Kind   `json:"kind"`
	// Text says what is wrong, Hint how to mend it; Hint may be "".
	Text string `json:"text"`
	Hint string `json:"hint,omitempty"`
}

// Note is something that was not proved.
type Note struct {
	Text string `json:"text"`
	Hint string `json:"hint,omitempty"`
}

// Counts say how much was looked at.
type Counts struct {
	Pages     int `json:"pages"`     // Markdown files whose owner can be told
	Documents int `json:"documents"` // those that belong to a work package
	Assets    int `json:"assets"`    // that documents name, for each of them once
	Addresses int `json:"addresses"` // different ones, aliases included
	Offerings int `json:"offerings"` // internal ones that documents relate to, held against the catalogue
}

// Report is the outcome of a proof. The JSON names are a promise to the scripts
// that read it: names may be added, none is renamed.
type Report struct {
	// Sound says that there are no findings.
	Sound  bool   `json:"sound"`
	Counts Counts `json:"counts"`
	// Findings and Warnings are sorted by file, kind and text. Omitted counts the
	// findings that are not listed, see MaxFindings.
	Findings []Finding `json:"findings"`
	Warnings []Finding `json:"warnings"`
	Omitted  int       `json:"omitted"`
	Notes    []Note    `json:"notes"`
}

// list gathers findings, each once.
type list struct {
	found   map[Finding]bool
	omitted int
}

func (l *list) add(findings ...Finding) {
	if l.found == nil {
		l.found = map[Finding]bool{}
	}
	for _, f := range findings {
		if !l.found[f] && len(l.found) == MaxFindings {
			l.omitted++
			continue
		}
		l.found[f] = true
	}
}

// sorted is never nil, so that JSON has a list.
func (l *list) sorted() []Finding {
	all := make([]Finding, 0, len(l.found))
	for f := range l.found {
		all = append(all, f)
	}
	slices.SortFunc(all, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Text, b.Text), cmp.Compare(a.Hint, b.Hint))
	})
	return all
}
