package adopt

import (
	"cmp"
	"context"
	"iter"
	"maps"
	"slices"
	"strings"

	"ingest/output"
	"ingest/pipeline"
)

// Finder finds out whose the files of a content tree are.
type Finder struct {
	Survey *output.Survey
	// Clean cleans a link as source URLs are; "" for a text that is none.
	Clean func(ctx context.Context, link string) string
	// Show names a file for people; nil leaves the name as it is.
	Show func(file string) string
}

// Find fills a report with what the tree holds. It writes nothing.
func (f *Finder) Find(ctx context.Context, r *Report, listed iter.Seq2[pipeline.Sourced, error]) error {
	wps, err := listWorkPackages(listed)
	if err != nil {
		return err
	}
	r.WorkPackages, r.Files = len(wps.ids), len(f.Survey.Pages)
	r.Duplicates = append(r.Duplicates, wps.duplicates()...)
	for _, problem := range f.Survey.Unreadable {
		r.Unreadable = append(r.Unreadable, toProblem(problem))
	}
	surplus := f.shared(r)
	for _, page := range f.Survey.Pages {
		document := Document{page.ID, f.file(page)}
		wps.documented[page.ID] = true
		switch {
		case page.ID == 0, surplus[document.File]:
		case wps.ids[page.ID]:
			r.Known = append(r.Known, document)
		default:
			r.Unknown = append(r.Unknown, document)
		}
	}
	return f.match(ctx, r, wps)
}

// shared reports the ids that stand in several files, and returns the files of
// them that are no documents.
func (f *Finder) shared(r *Report) map[string]bool {
	surplus := map[string]bool{}
	for _, shared := range f.Survey.Shared {
		made := SharedID{ID: shared.ID}
		if shared.Used != "" {
			made.Used = f.show(shared.Used)
		}
		for _, file := range shared.Files {
			file = f.show(file)
			made.Files = append(made.Files, file)
			surplus[file] = file != made.Used
		}
		r.SharedIDs = append(r.SharedIDs, made)
	}
	return surplus
}

func (f *Finder) file(p output.Page) string { return f.show(f.Survey.File(p)) }

func (f *Finder) show(file string) string {
	if f.Show == nil {
		return file
	}
	return f.Show(file)
}

// workPackages are those that the query finds.
type workPackages struct {
	ids        map[int64]bool
	byURL      map[string][]int64
	documented map[int64]bool // those with a document
}

func listWorkPackages(listed iter.Seq2[pipeline.Sourced, error]) (*workPackages, error) {
	w := &workPackages{ids: map[int64]bool{}, byURL: map[string][]int64{}, documented: map[int64]bool{}}
	for wp, err := range listed {
		if err != nil {
			return nil, err
		}
		if w.ids[wp.ID] {
			continue // moved to a later page of the listing meanwhile
		}
		w.ids[wp.ID] = true
		if url := bare(wp.Clean); url != "" {
			w.byURL[url] = append(w.byURL[url], wp.ID)
		}
	}
	return w, nil
}

// bare is a cleaned URL without the "?" that stays behind where all
// parameters went, which one tree keeps and another does not.
func bare(clean string) string { return strings.TrimSuffix(clean, "?") }

func (w *workPackages) duplicates() (all []Duplicate) {
	for _, url := range slices.Sorted(maps.Keys(w.byURL)) {
		if ids := w.byURL[url]; len(ids) > 1 {
			all = append(all, Duplicate{url, slices.Sorted(slices.Values(ids))})
		}
	}
	slices.SortStableFunc(all, func(a, b Duplicate) int { return cmp.Compare(a.IDs[0], b.IDs[0]) })
	return all
}

// about is a file without an id and the work packages without a document that it
// is about.
type about struct {
	ids []int64
	Match
}

// match holds the files without an id against the work packages without a
// document.
func (f *Finder) match(ctx context.Context, r *Report, wps *workPackages) error {
	var candidates []about
	files := map[int64][]string{} // by work package
	for _, page := range f.Survey.Pages {
		if page.ID != 0 {
			continue
		}
		if err := context.Cause(ctx); err != nil {
			return err
		}
		a, err := f.about(ctx, wps, page)
		switch {
		case err != nil:
			r.Unreadable = append(r.Unreadable, toProblem(err))
			continue
		case len(a.ids) == 0:
			r.Own = append(r.Own, a.File)
			continue
		}
		candidates = append(candidates, a)
		for _, id := range a.ids {
			files[id] = append(files[id], a.File)
		}
	}
	for _, a := range candidates {
		switch {
		case len(a.ids) > 1:
			r.Ambiguous = append(r.Ambiguous, Ambiguity{a.ids, []string{a.File}})
		case len(files[a.ID]) == 1:
			r.Matched = append(r.Matched, a.Match)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(files)) {
		if len(files[id]) > 1 {
			r.Ambiguous = append(r.Ambiguous, Ambiguity{[]int64{id}, files[id]})
		}
	}
	return nil
}

// about finds the work packages without a document that a page is about.
func (f *Finder) about(ctx context.Context, wps *workPackages, page output.Page) (about, error) {
	a := about{Match: Match{File: f.file(page), page: page}}
	links, err := f.Survey.Links(page)
	if err != nil {
		return a, err
	}
	for _, link := range links {
		url := bare(f.Clean(ctx, strings.TrimSpace(link.Text)))
		for _, id := range wps.byURL[url] {
			if wps.documented[id] || slices.Contains(a.ids, id) {
				continue
			}
			if a.ids = append(a.ids, id); len(a.ids) == 1 {
				a.ID, a.Key, a.URL = id, link.Key, url
			}
		}
	}
	slices.Sort(a.ids)
	return a, nil
}

func toProblem(err error) Problem { return Problem{err.Error(), pipeline.HintOf(err)} }
