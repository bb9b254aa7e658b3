package verify

import (
	"context"
	"errors"
	"slices"
	"sync"
	"sync/atomic"

	"ingest/output"
	"ingest/output/archetype"
	"ingest/output/frontmatter"
	"ingest/pipeline"
)

// batch is how many pages are read before their results are put together.
const batch = 512

// result is what a page tells.
type result struct {
	findings  []Finding
	warnings  []Finding
	addresses []use
	assets    int
	missing   int
	offerings int
	unknown   int  // offerings that were held against nothing
	unplaced  bool // a document whose address cannot be told
}

// pages reads all pages and takes the results in in their order.
func (r *run) pages(ctx context.Context) error {
	results := make([]result, batch)
	for pages := range slices.Chunk(r.Survey.Pages, batch) {
		r.each(ctx, pages, results)
		if err := context.Cause(ctx); err != nil {
			return err
		}
		for i, page := range pages {
			r.take(page, results[i])
		}
	}
	return nil
}

// each works on the pages of a batch in parallel.
func (r *run) each(ctx context.Context, pages []output.Page, results []result) {
	var workers sync.WaitGroup
	var next atomic.Int64
	for range min(r.Workers, len(pages)) {
		workers.Go(func() {
			for i := next.Add(1) - 1; i < int64(len(pages)) && ctx.Err() == nil; i = next.Add(1) - 1 {
				results[i] = r.page(pages[i])
			}
		})
	}
	workers.Wait()
}

func (r *run) take(page output.Page, found result) {
	counts := &r.report.Counts
	counts.Pages++
	if page.ID != 0 {
		counts.Documents++
	}
	counts.Assets += found.assets
	counts.Offerings += found.offerings
	r.missing += found.missing
	r.unknown += found.unknown
	if found.unplaced {
		r.unplaced++
	}
	r.findings.add(found.findings...)
	r.warnings.add(found.warnings...)
	for _, u := range found.addresses {
		r.addresses.add(u)
	}
}

// page proves what can be told from one page.
func (r *run) page(page output.Page) result {
	matter, text, err := r.Survey.Read(page)
	if err != nil {
		return result{findings: []Finding{findingOf(err)}}
	}
	var found result
	r.uses(page, matter, &found)
	if page.ID == 0 {
		return found
	}
	r.shapes(page, matter, &found)
	r.assets(page, matter, string(text), &found)
	r.offerings(page, matter, &found)
	return found
}

// shapes holds a document to the archetype.
func (r *run) shapes(page output.Page, matter frontmatter.Map, found *result) {
	for _, err := range r.Template.Validate(matter) {
		f := Finding{r.Survey.File(page), Shape, err.Error(), pipeline.HintOf(err)}
		shape, ok := errors.AsType[*archetype.ShapeError](err)
		if ok && shape.Key == r.shape.ID && r.shape.FindID(matter) == page.ID {
			continue // the id, as another dumper writes it
		}
		if ok && shape.Missing() {
			f.Kind, f.Hint = MissingKey, "leave it, if it was taken out on purpose; else ingest --full --take-tracker with its name writes it"
			found.warnings = append(found.warnings, f)
			continue
		}
		found.findings = append(found.findings, f)
	}
}

// uses finds the addresses that a page has.
func (r *run) uses(page output.Page, matter frontmatter.Map, found *result) {
	u := use{file: r.Survey.File(page), ours: page.ID != 0}
	address := r.shape.SetAddress(matter)
	if address == "" {
		address, _ = r.Template.Address(archetype.Env{Site: r.Site}, archetype.Written{FrontMatter: matter, File: page.Path})
	}
	if address != "" { // a page of the site's own need not have what ours is made of
		u.key = output.URLKey(address)
		found.addresses = append(found.addresses, u)
	}
	found.unplaced = u.ours && len(found.addresses) == 0
	u.alias = true
	for _, alias := range r.shape.ListAliases(matter) {
		u.key = output.URLKey(alias)
		found.addresses = append(found.addresses, u)
	}
}
