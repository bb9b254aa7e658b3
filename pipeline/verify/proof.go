package verify

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"

	"ingest/output"
	"ingest/output/archetype"
	"ingest/pipeline"
)

// Proof is what a tree is proved with.
type Proof struct {
	// Tree and Survey are of the same folder.
	Tree   *output.Tree
	Survey *output.Survey
	// Template is the archetype that the documents are made with, Site its
	// settings.
	Template *archetype.Archetype
	Site     archetype.Site
	// Offerings are the permalinks of the catalogue. nil: it is not known, and
	// related offerings are not looked at.
	Offerings []string
	// Workers is how many pages are read at once; 0 is one for each processor, 8
	// at most.
	Workers int
}

// Run reads the tree. The error is that of a context that ended; whatever is
// wrong with the tree is in the report.
func (p Proof) Run(ctx context.Context) (*Report, error) {
	if p.Workers <= 0 {
		p.Workers = min(runtime.GOMAXPROCS(0), 8)
	}
	r := newRun(p)
	r.survey()
	if err := r.pages(ctx); err != nil {
		return nil, err
	}
	r.findings.add(r.addresses.collisions()...)
	if err := r.stray(ctx); err != nil {
		return nil, err
	}
	r.conclude()
	return r.report, nil
}

// run is one proof under way. What page uses is not written to after newRun.
type run struct {
	Proof
	shape              archetype.Document
	places             []place
	names              map[string]bool // of documents
	catalogue          map[string]bool
	report             *Report
	findings, warnings list
	addresses          addresses
	missing, unplaced  int
	unknown            int // offerings that were held against nothing
}

func newRun(p Proof) *run {
	r := &run{Proof: p, shape: p.Template.Document(), names: map[string]bool{}, report: &Report{Notes: []Note{}}}
	for _, e := range p.Tree.Entries() {
		r.names[e.Name] = true
	}
	places, err := trial(p.Template, p.Site)
	if err != nil {
		r.note("where the archetype writes assets and offerings is not known, so some were not looked at: "+err.Error(), pipeline.HintOf(err))
	}
	r.places = places
	if p.Offerings != nil {
		r.catalogue = map[string]bool{}
		for _, permalink := range p.Offerings {
			r.catalogue[output.URLKey(permalink)] = true
		}
	}
	return r
}

func (r *run) note(text, hint string) {
	r.report.Notes = append(r.report.Notes, Note{text, hint})
}

// survey takes over what was found before any page was read whole.
func (r *run) survey() {
	for _, err := range r.Survey.Unreadable {
		if f := findingOf(err); f.Kind == Link {
			r.warnings.add(f)
		} else {
			r.findings.add(f)
		}
	}
	for _, shared := range r.Survey.Shared {
		r.findings.add(Finding{File: shared.Files[0], Kind: SharedID, Text: shared.Error(), Hint: shared.Hint()})
	}
}

// stray looks for what nobody needs.
func (r *run) stray(ctx context.Context) error {
	files, err := r.Tree.LeftOvers()
	for _, file := range files {
		r.warnings.add(Finding{file, LeftOver, "is a temporary file of a run that was killed", "the next run removes it"})
	}
	if err != nil {
		r.note("temporary files were not looked for: "+err.Error(), pipeline.HintOf(err))
	}
	files, err = r.Tree.Orphans(ctx)
	for _, file := range files {
		r.warnings.add(Finding{file, Orphan, "no document speaks of it, and the one that it is named after is gone", "remove it if the site does not need it"})
	}
	if err != nil && ctx.Err() == nil {
		r.note("assets that nobody needs were not looked for: "+err.Error(), pipeline.HintOf(err))
	}
	return context.Cause(ctx)
}

// conclude says what all pages together tell.
func (r *run) conclude() {
	counts := &r.report.Counts
	counts.Addresses = len(r.addresses.first)
	switch {
	case counts.Documents == 0:
		r.findings.add(Finding{r.Survey.File(output.Page{Path: "."}), Empty, fmt.Sprintf("none of its %d pages has a work package's id under %q", counts.Pages, r.shape.ID),
			"name the folder of the documents, and as output.archetype the one that they are made with"})
	case r.unplaced > 0:
		r.note(fmt.Sprintf("the addresses of %d documents cannot be told from their front matter and were not compared", r.unplaced), "$document.url in the archetype says what the address is")
	}
	if r.missing > 0 && r.missing == counts.Assets {
		r.note("not one of the assets that documents name is there", "if they are in another folder, name it with --assets or as output.assets_dir")
	}
	if r.unknown > 0 {
		r.note(fmt.Sprintf("%d related offerings of the site's own were not looked for, since the catalogue is not known", r.unknown),
			"it is in the state after a run, or in offerings.file")
	}
	if r.warnings.omitted > 0 {
		r.note(fmt.Sprintf("%d more warnings are not listed", r.warnings.omitted), "")
	}
	r.report.Findings, r.report.Warnings, r.report.Omitted = r.findings.sorted(), r.warnings.sorted(), r.findings.omitted
	r.report.Sound = len(r.report.Findings) == 0
}

// findingOf makes a finding of what package output says of a file.
func findingOf(err error) Finding {
	f := Finding{Kind: Unreadable, Text: err.Error(), Hint: pipeline.HintOf(err)}
	if e, ok := errors.AsType[*output.UnparsableError](err); ok {
		f.File, f.Kind, f.Text = e.File, Unparsable, e.Err.Error()
		f.Hint = cmp.Or(pipeline.HintOf(e.Err), f.Hint)
	}
	if e, ok := errors.AsType[*output.FileError](err); ok {
		f.File = e.File
	}
	if e, ok := errors.AsType[*output.LinkError](err); ok {
		f.File, f.Kind = e.File, Link
	}
	f.Text = strings.TrimSpace(strings.Replace(f.Text, " "+f.File, "", 1)) // said already
	f.Text = strings.TrimPrefix(f.Text, f.File+" ")
	return f
}
